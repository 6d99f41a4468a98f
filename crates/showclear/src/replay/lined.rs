//! TOML with the line of every value, so that each mistake in a file can be named with its place.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// One mistake in a scenario file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// The line, counted from 1.
    pub line: usize,
    /// The part of the file: `step 4`, `gun 1`, `the file`.
    pub part: String,
    /// What is wrong, and what was expected.
    pub sentence: String,
}

/// Every mistake that was met so far.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Keeps one.
    pub fn add(&mut self, line: usize, part: &str, sentence: impl Into<String>) {
        self.0.push(Mistake { line, part: part.to_owned(), sentence: sentence.into() });
    }

    /// Was none met?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, by line. What is said of several lines is said once, with the other lines.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Mistake> {
        self.0.sort_by_key(|mistake| mistake.line);
        let mut said: Vec<(Mistake, Vec<usize>)> = Vec::new();
        for mistake in self.0 {
            match said.iter_mut().find(|(first, _)| first.sentence == mistake.sentence) {
                Some((first, others)) if first.line != mistake.line && !others.contains(&mistake.line) => {
                    others.push(mistake.line);
                }
                Some(_) => {}
                None => said.push((mistake, Vec::new())),
            }
        }
        said.into_iter().map(|(first, others)| also_in(first, &others)).collect()
    }
}

fn also_in(mistake: Mistake, others: &[usize]) -> Mistake {
    let lines: Vec<String> = others.iter().map(usize::to_string).collect();
    let also = match lines.as_slice() {
        [] => return mistake,
        [one] => format!("; the same in line {one}"),
        several => format!("; the same in lines {}", several.join(", ")),
    };
    Mistake { sentence: format!("{}{also}", mistake.sentence), ..mistake }
}

/// A value of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A text; a time of day counts as one.
    Text(String),
    /// An integer.
    Whole(i64),
    /// True or false.
    Truth(bool),
    /// A list.
    List(Vec<Lined>),
    /// A table.
    Table(BTreeMap<String, Lined>),
    /// A number that no field of a scenario takes, as it is written.
    Other(String),
}

/// A value and its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Lined {
    /// The line, counted from 1.
    pub line: usize,
    /// The value.
    pub item: Item,
}

impl Item {
    fn called(&self) -> String {
        match self {
            Item::Text(_) => "a text".to_owned(),
            Item::Whole(_) => "a number".to_owned(),
            Item::Truth(_) => "true or false".to_owned(),
            Item::List(_) => "a list".to_owned(),
            Item::Table(_) => "a table".to_owned(),
            Item::Other(written) => format!("`{written}`"),
        }
    }

    /// What was written, for whoever wrote it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Item::Text(text) | Item::Other(text) => format!("`{text}`"),
            Item::Whole(whole) => format!("`{whole}`"),
            Item::Truth(truth) => format!("`{truth}`"),
            Item::List(_) | Item::Table(_) => self.called(),
        }
    }
}

/// A table of the file that is being read. What nobody has asked for at the end is a mistake.
#[derive(Debug)]
pub struct Section {
    /// What the table is, for whoever made a mistake in it.
    pub part: String,
    /// Its first line.
    pub line: usize,
    fields: BTreeMap<String, Lined>,
    asked: Vec<&'static str>,
    /// The lines of the fields that were read.
    lines: BTreeMap<&'static str, usize>,
}

impl Section {
    /// Reads a whole file.
    pub fn parse(text: &str, mistakes: &mut Mistakes) -> Section {
        let (table, errors) = DeTable::parse_recoverable(text);
        let lines = Lines::of(text);
        for error in errors {
            let line = error.span().map_or(1, |span| lines.line_of(span.start));
            mistakes.add(line, "the file", format!("this is not TOML: {}", error.message()));
        }
        Section {
            part: "the file".to_owned(),
            line: 1,
            fields: fields(&lines, table.get_ref()),
            asked: Vec::new(),
            lines: BTreeMap::new(),
        }
    }

    /// A part of the file of which every field was read.
    #[must_use]
    pub const fn called(part: String, line: usize) -> Section {
        Section { part, line, fields: BTreeMap::new(), asked: Vec::new(), lines: BTreeMap::new() }
    }

    /// A table within a list.
    fn within(part: String, lined: &Lined, mistakes: &mut Mistakes) -> Section {
        let fields = match &lined.item {
            Item::Table(fields) => fields.clone(),
            Item::Text(_) | Item::Whole(_) | Item::Truth(_) | Item::List(_) | Item::Other(_) => {
                mistakes.add(lined.line, &part, format!("a table was expected, and {} is here", lined.item.called()));
                BTreeMap::new()
            }
        };
        Section { part, line: lined.line, fields, asked: Vec::new(), lines: BTreeMap::new() }
    }

    /// The value of a field, where it is there.
    pub fn take(&mut self, name: &'static str) -> Option<Lined> {
        self.asked.push(name);
        let lined = self.fields.remove(name)?;
        self.lines.insert(name, lined.line);
        Some(lined)
    }

    /// Is there such a field that nobody has read?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The line of a field that was read; the first line of the table where it is not there.
    #[must_use]
    pub fn line_of(&self, name: &str) -> usize {
        self.lines.get(name).copied().unwrap_or(self.line)
    }

    /// The text of a field, where it is there.
    pub fn text(&mut self, name: &'static str, mistakes: &mut Mistakes) -> Option<(usize, String)> {
        let lined = self.take(name)?;
        let Item::Text(text) = lined.item else {
            self.wrong(name, "a text", &lined, mistakes);
            return None;
        };
        Some((lined.line, text))
    }

    /// The text of a field that must be there.
    pub fn need_text(&mut self, name: &'static str, what: &str, mistakes: &mut Mistakes) -> (usize, String) {
        let there = self.fields.contains_key(name);
        let text = self.text(name, mistakes);
        if !there {
            mistakes.add(self.line, &self.part, format!("`{name}` is missing: {what}"));
        }
        text.unwrap_or((self.line, String::new()))
    }

    /// The number of a field, from 0 to `most`, where it is there.
    pub fn whole(&mut self, name: &'static str, most: u32, mistakes: &mut Mistakes) -> Option<(usize, u32)> {
        let lined = self.take(name)?;
        let whole = self.whole_of(name, most, &lined, mistakes)?;
        Some((lined.line, whole))
    }

    fn whole_of(&self, name: &str, most: u32, lined: &Lined, mistakes: &mut Mistakes) -> Option<u32> {
        let whole = match lined.item {
            Item::Whole(whole) => u32::try_from(whole).ok().filter(|whole| *whole <= most),
            Item::Text(_) | Item::Truth(_) | Item::List(_) | Item::Table(_) | Item::Other(_) => None,
        };
        if whole.is_none() {
            let sentence = format!("`{name}` should be {}, and is {}", whole_number(most), lined.item.written());
            mistakes.add(lined.line, &self.part, sentence);
        }
        whole
    }

    /// The truth of a field; `default` where it is not there.
    pub fn truth(&mut self, name: &'static str, default: bool, mistakes: &mut Mistakes) -> bool {
        let Some(lined) = self.take(name) else { return default };
        let Item::Truth(truth) = lined.item else {
            self.wrong(name, "true or false", &lined, mistakes);
            return default;
        };
        truth
    }

    /// The texts of a list, each with its line; none where the field is not there.
    pub fn texts(&mut self, name: &'static str, mistakes: &mut Mistakes) -> Vec<(usize, String)> {
        let Some(lined) = self.take(name) else { return Vec::new() };
        let Item::List(items) = &lined.item else {
            self.wrong(name, "a list of texts", &lined, mistakes);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            if let Item::Text(text) = &item.item {
                texts.push((item.line, text.clone()));
            } else {
                self.wrong(name, "a list of texts", item, mistakes);
            }
        }
        texts
    }

    /// The numbers of a list, each from 0 to `most`; none where the field is not there.
    pub fn wholes(&mut self, name: &'static str, most: u32, mistakes: &mut Mistakes) -> Vec<u32> {
        let Some(lined) = self.take(name) else { return Vec::new() };
        let Item::List(items) = &lined.item else {
            self.wrong(name, "a list of numbers", &lined, mistakes);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.whole_of(name, most, item, mistakes)).collect()
    }

    /// The fields of a table, where it is there.
    pub fn table(&mut self, name: &'static str, mistakes: &mut Mistakes) -> BTreeMap<String, Lined> {
        let Some(lined) = self.take(name) else { return BTreeMap::new() };
        let Item::Table(fields) = lined.item else {
            self.wrong(name, "a table", &lined, mistakes);
            return BTreeMap::new();
        };
        fields
    }

    /// The table of a field as a section; an empty one where it is not there.
    pub fn section(&mut self, name: &'static str, mistakes: &mut Mistakes) -> Section {
        let lined = self.take(name).unwrap_or(Lined { line: self.line, item: Item::Table(BTreeMap::new()) });
        Section::within(name.to_owned(), &lined, mistakes)
    }

    /// The tables of a list, called `<called> 1`, `<called> 2` …
    pub fn sections(&mut self, name: &'static str, called: &str, mistakes: &mut Mistakes) -> Vec<Section> {
        let Some(lined) = self.take(name) else { return Vec::new() };
        let Item::List(items) = &lined.item else {
            self.wrong(name, &format!("a list of tables, each under `[[{name}]]`"), &lined, mistakes);
            return Vec::new();
        };
        let numbered = (1usize..).zip(items);
        numbered.map(|(number, item)| Section::within(format!("{called} {number}"), item, mistakes)).collect()
    }

    /// A table, or a list of tables; each is called as the field is, within this part.
    pub fn tables(&mut self, name: &'static str, mistakes: &mut Mistakes) -> Vec<Section> {
        let Some(lined) = self.take(name) else { return Vec::new() };
        let part = format!("{}, {name}", self.part);
        match &lined.item {
            Item::List(items) => items.iter().map(|item| Section::within(part.clone(), item, mistakes)).collect(),
            Item::Text(_) | Item::Whole(_) | Item::Truth(_) | Item::Table(_) | Item::Other(_) => {
                vec![Section::within(part, &lined, mistakes)]
            }
        }
    }

    /// Names every field that nobody has asked for.
    pub fn finish(self, mistakes: &mut Mistakes) {
        for (name, lined) in &self.fields {
            let known = self.asked.join("`, `");
            mistakes.add(lined.line, &self.part, format!("`{name}` does not belong here; the fields are `{known}`"));
        }
    }

    fn wrong(&self, name: &str, expected: &str, found: &Lined, mistakes: &mut Mistakes) {
        let sentence = format!("`{name}` should be {expected}, and is {}", found.item.called());
        mistakes.add(found.line, &self.part, sentence);
    }
}

/// A whole number and its bounds, in words.
#[must_use]
pub fn whole_number(most: u32) -> String {
    format!("a whole number from 0 to {most}")
}

fn fields(lines: &Lines, table: &DeTable<'_>) -> BTreeMap<String, Lined> {
    let field = |(name, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = name.get_ref();
        (name.clone().into_owned(), lined(lines, value))
    };
    table.iter().map(field).collect()
}

fn lined(lines: &Lines, value: &toml::Spanned<DeValue<'_>>) -> Lined {
    let item = match value.get_ref() {
        DeValue::String(text) => Item::Text(text.clone().into_owned()),
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix())
            .map_or_else(|_| Item::Other(whole.as_str().to_owned()), Item::Whole),
        DeValue::Boolean(truth) => Item::Truth(*truth),
        DeValue::Datetime(moment) => Item::Text(moment.to_string()),
        DeValue::Array(items) => Item::List(items.iter().map(|item| lined(lines, item)).collect()),
        DeValue::Table(table) => Item::Table(fields(lines, table)),
        DeValue::Float(number) => Item::Other(number.as_str().to_owned()),
    };
    Lined { line: lines.line_of(value.span().start), item }
}

/// Where the lines of a text end.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte of the text, counted from 1.
    fn line_of(&self, at: usize) -> usize {
        self.0.partition_point(|end| *end < at).saturating_add(1)
    }
}
