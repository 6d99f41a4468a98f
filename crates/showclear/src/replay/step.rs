//! The steps of a scenario: names for identifiers, short forms for readings and chambers.

use std::collections::BTreeMap;

use kernel::{Code, Doubt, Proven};
use record::wire::{self, Kind, Wire};
use record::words::Word;
use record::{Context, Id, Millis};
use serde_json::{Map, Value, json};

use super::file::{After, Expected, Heading, Held, Step, unknown};
use super::kinds;
use super::lined::{Item, Lined, Mistakes, Section, whole_number};
use super::names::{Names, Space, parse_clock, phone_of};
use super::nearest;
use super::play::CARD_WORDS;

/// A step whose own fields are read and whose names are not yet looked up.
#[derive(Debug)]
struct Draft {
    section: Section,
    at: Millis,
    /// What is asked or reported; nothing where there is no such thing.
    kind: Option<&'static Kind>,
    name: Option<String>,
    item: Option<(usize, String)>,
    /// How rounds were read, once it was looked up.
    method: Option<&'static str>,
}

/// Reads all steps, and of each, whether or not it can be played, what others look at. Names may be used before the step that brings them: what is not there yet, the
/// kernel says.
pub fn read_all(
    sections: Vec<Section>,
    names: &mut Names,
    owners: &BTreeMap<Id, Id>,
    mistakes: &mut Mistakes,
) -> (Vec<Step>, Vec<Heading>) {
    let mut owners = owners.clone();
    let mut drafts = Vec::new();
    let mut last = None;
    for section in sections {
        let draft = Draft::read(section, &mut last, mistakes);
        draft.declare(names, &mut owners, mistakes);
        drafts.push(draft);
    }
    let read = drafts.into_iter().map(|draft| draft.resolve(names, &owners, mistakes));
    let (steps, headings): (Vec<Option<Step>>, Vec<Heading>) = read.unzip();
    (steps.into_iter().flatten().collect(), headings)
}

impl Draft {
    fn read(mut section: Section, last: &mut Option<Millis>, mistakes: &mut Mistakes) -> Draft {
        let (line, text) =
            section.need_text("at", "the time of day, as `13:04`, `13:04:30` or `13:04:30.25`", mistakes);
        let at = parse_clock(&text);
        match at {
            Some(at) if last.is_some_and(|last| at <= last) => {
                let sentence = format!("`at` is {text}, and the step before it is not earlier");
                mistakes.add(line, &section.part, sentence);
            }
            None if !text.is_empty() => {
                let sentence = format!("`at` should be a time of day such as `13:04` or `13:04:30`, and is `{text}`");
                mistakes.add(line, &section.part, sentence);
            }
            Some(_) | None => {}
        }
        *last = at.or(*last);
        let (line, word) = section.need_text("do", "what is asked or reported", mistakes);
        let kind = kinds::find(&word);
        if kind.is_none() && !word.is_empty() {
            let sentence = format!("there is no `do = \"{word}\"`; there is {}", kinds::listed(&word));
            mistakes.add(line, &section.part, sentence);
        }
        let name = section.text("name", mistakes).map(|(_, name)| name);
        let item = section.text("item", mistakes);
        Draft { section, at: at.unwrap_or(Millis(0)), kind, name, item, method: None }
    }

    /// Enters the step's own name, and the name of what it brings onto the register.
    fn declare(&self, names: &mut Names, owners: &mut BTreeMap<Id, Id>, mistakes: &mut Mistakes) {
        if let Some(name) = &self.name
            && !names.declare(Space::Step, name)
        {
            mistakes.add(self.section.line, &self.section.part, format!("another step is called `{name}`"));
        }
        let Some((_, item)) = &self.item else { return };
        match self.kind.map_or("", |kind| kind.word) {
            "add_person" => {
                names.declare(Space::Person, item);
                names.declare(Space::Device, &phone_of(item));
                owners.insert(Space::Device.id(&phone_of(item)), Space::Person.id(item));
            }
            "register_place" => drop(names.declare(Space::Place, item)),
            "register_gun" => drop(names.declare(Space::Gun, item)),
            "register_lot" | "receive_lot" | "re_box" => drop(names.declare(Space::Lot, item)),
            "plan_scene" => drop(names.declare(Space::Scene, item)),
            "enrol_device" => drop(names.declare(Space::Device, item)),
            _ => {}
        }
    }

    fn resolve(mut self, names: &Names, owners: &BTreeMap<Id, Id>, mistakes: &mut Mistakes) -> (Option<Step>, Heading) {
        let before = mistakes.len();
        let context = self.context(names, owners, mistakes);
        let item = self.kind.and_then(|kind| self.item_id(kind, names, mistakes));
        let mut body = Map::new();
        for (field, schema) in self.kind.map_or(&[][..], |kind| kind.fields) {
            if let Some(value) = self.field(field, &schema(), names, mistakes) {
                body.insert((*field).to_owned(), value);
            }
        }
        let section = &mut self.section;
        let clock_jumped = section.truth("clock_jumped", false, mistakes);
        let says = section.text("says", mistakes).map(|(_, says)| says);
        let note = section.text("note", mistakes).map(|(_, note)| note);
        let decisive = section.truth("decisive", false, mistakes);
        let expected = read_expected(section, Some(true), names, mistakes);
        let (line, part) = (section.line, section.part.clone());
        let heading = Heading { line, name: self.name.clone(), decisive, says: says.is_some() };
        // Which fields belong to a kind that is not there, nobody can say.
        let Some(kind) = self.kind else { return (None, heading) };
        self.section.finish(mistakes);
        let step = match wire::read_intent(kind.word, item, body) {
            Ok(intent) => {
                Some(Step { line, name: self.name, context, intent, says, note, decisive, clock_jumped, expected })
            }
            Err(error) => {
                // Where a field was wrong that is the mistake, and not that nothing stands in its place.
                if mistakes.len() == before {
                    mistakes.add(line, &part, kinds::explain(kind, &error));
                }
                None
            }
        };
        (step, heading)
    }

    fn context(&mut self, names: &Names, owners: &BTreeMap<Id, Id>, mistakes: &mut Mistakes) -> Context {
        let section = &mut self.section;
        let find = |space: Space, said: Option<(usize, String)>, part: &str, mistakes: &mut Mistakes| {
            let (line, name) = said?;
            let id = names.find(space, &name);
            if id.is_none() {
                mistakes.add(line, part, unknown(names, space, &name));
            }
            id
        };
        let said_by = section.text("by", mistakes);
        let said_proven = section.text("proven", mistakes);
        let word = self.kind.map_or("", |kind| kind.word);
        if said_by.is_none() && said_proven.is_none() && word != "stop" {
            let sentence = "`by` is missing: only a stop needs no person. Where nobody was to be found behind it, say \
                            `proven` all the same";
            mistakes.add(section.line, &section.part, sentence);
        }
        let phone = said_by.as_ref().map(|(line, name)| (*line, phone_of(name)));
        let by = find(Space::Person, said_by, &section.part, mistakes);
        let said_device = section.text("device", mistakes);
        let device = match said_device {
            Some(_) => find(Space::Device, said_device, &section.part, mistakes),
            None if word == "enrol_device" => None,
            None => phone.and_then(|(_, name)| names.find(Space::Device, &name)),
        };
        let proven = match said_proven {
            Some((line, word)) => Proven::from_word(&word).unwrap_or_else(|| {
                let sentence = format!("`proven` should be {}, and is `{word}`", kinds::one_of::<Proven>(&word));
                mistakes.add(line, &section.part, sentence);
                Proven::Nobody
            }),
            None if word == "enrol_device" => Proven::Code,
            None if by.is_none() => Proven::Nobody,
            None if device.and_then(|it| owners.get(&it)).copied() == by => Proven::OwnDevicePin,
            None => Proven::OtherDevicePin,
        };
        let claimed_at = section.text("claimed_at", mistakes).map(|(line, text)| {
            parse_clock(&text).unwrap_or_else(|| {
                let sentence =
                    format!("`claimed_at` should be a time of day such as `13:04` or `13:04:30`, and is `{text}`");
                mistakes.add(line, &section.part, sentence);
                self.at
            })
        });
        let act = self.name.clone().unwrap_or_else(|| format!("{}, line {}", section.part, section.line));
        let (act, decided_at) = (Space::Step.id(&act), self.at);
        Context { act, by, device, proven, decided_at, claimed_at: claimed_at.unwrap_or(decided_at) }
    }

    fn item_id(&self, kind: &Kind, names: &Names, mistakes: &mut Mistakes) -> Option<Id> {
        let section = &self.section;
        match (kind.item.and_then(Space::of_item), &self.item) {
            (None, None) => None,
            (None, Some((line, _))) => {
                mistakes.add(*line, &section.part, format!("`{}` is about no `item`", kind.word));
                None
            }
            (Some(_), None) => {
                mistakes.add(section.line, &section.part, kinds::missing_item(kind));
                None
            }
            (Some(space), Some((line, name))) => {
                let id = names.find(space, name);
                if id.is_none() {
                    mistakes.add(*line, &section.part, unknown(names, space, name));
                }
                // An identifier that is not there keeps the second mistake, "item is missing", away.
                Some(id.unwrap_or_else(|| space.id(name)))
            }
        }
    }

    /// A field of the intent as the API has it.
    fn field(&mut self, name: &'static str, schema: &Value, names: &Names, mistakes: &mut Mistakes) -> Option<Value> {
        let method = if name == "readings" || name == "feed" { self.method(mistakes) } else { "" };
        let Some(lined) = self.section.take(name) else {
            let nothing = left_out(schema);
            if nothing.is_none() {
                mistakes.add(self.section.line, &self.section.part, kinds::missing(name, schema));
            }
            return nothing;
        };
        if let Some(space) = Space::of_field(name, schema)
            && let Item::Text(text) = &lined.item
        {
            let id = names.find(space, text);
            if id.is_none() {
                mistakes.add(lined.line, &self.section.part, unknown(names, space, text));
            }
            return Some(id.unwrap_or_else(|| space.id(text)).put());
        }
        let short = Short { name, schema, method, part: &self.section.part };
        short.read(lined, mistakes)
    }

    fn method(&mut self, mistakes: &mut Mistakes) -> &'static str {
        // Chambers and feed of one step were read in one way.
        if let Some(method) = self.method {
            return method;
        }
        let said = self.section.text("method", mistakes).map(|(line, text)| {
            kernel::Method::from_word(&text).map_or_else(
                || {
                    let words = kinds::one_of::<kernel::Method>(&text);
                    let sentence = format!("`method` should be {words}, and is `{text}`");
                    mistakes.add(line, &self.section.part, sentence);
                    "seen_at_head"
                },
                Word::word,
            )
        });
        self.method.insert(said.unwrap_or("seen_at_head"))
    }
}

/// What stands in a field that the step does not have: nothing, or no chamber.
fn left_out(schema: &Value) -> Option<Value> {
    if kinds::is_optional(schema) { Some(Value::Null) } else { kinds::is_chambers(schema).then(|| json!([])) }
}

/// A field as people write it: shorter than the record does.
struct Short<'a> {
    name: &'static str,
    schema: &'a Value,
    method: &'static str,
    part: &'a str,
}

impl Short<'_> {
    fn read(&self, Lined { line, item }: Lined, mistakes: &mut Mistakes) -> Option<Value> {
        let (value, expected) = match item.clone() {
            Item::Text(text) if self.name == "readings" => (short_readings(&text, self.method), READINGS.to_owned()),
            Item::Text(text) if self.name == "rods" => (short_rods(&text), RODS.to_owned()),
            Item::Text(text) if kinds::is_chambers(self.schema) => {
                (short_chambers(&text), "such as `1-6` or `1, 3-4`".to_owned())
            }
            Item::Text(text) if kinds::is_moment(self.schema) => {
                (parse_clock(&text).map(|at| at.put()), "a time of day such as `13:04`".to_owned())
            }
            Item::List(items) if self.name == "roles" => {
                return Some(read_roles(texts(items, self.part, mistakes), self.part, mistakes));
            }
            Item::List(items) if ["topics", "packs", "choices"].contains(&self.name) => {
                let texts = texts(items, self.part, mistakes);
                return Some(match self.name {
                    "topics" => read_words::<kernel::Topic, kernel::Topics>("topic", texts, self.part, mistakes),
                    "packs" => read_words::<kernel::Pack, kernel::Packs>("pack", texts, self.part, mistakes),
                    _ => read_words::<kernel::Choice, kernel::Choices>("choice", texts, self.part, mistakes),
                });
            }
            Item::Table(fields) if ["tally", "saw"].contains(&self.name) => {
                return Some(read_tally(self.name, line, fields, self.part, mistakes));
            }
            Item::Table(fields) if self.name == "feed" => {
                let saw = read_tally("feed", line, fields, self.part, mistakes);
                return Some(json!({"method": self.method, "saw": saw}));
            }
            Item::Text(_) | Item::Whole(_) | Item::Truth(_) | Item::List(_) | Item::Table(_) | Item::Other(_) => {
                // What is written as in the record.
                let value = json_of(&item).filter(|value| kinds::takes(self.name, self.schema, value));
                let wrong = if let Item::Text(text) = &item { text } else { "" };
                (value, kinds::expected(self.name, self.schema, wrong))
            }
        };
        if value.is_none() {
            let sentence = format!("`{}` should be {expected}, and is {}", self.name, item.written());
            mistakes.add(line, self.part, sentence);
        }
        value
    }
}

/// The texts of a list.
fn texts(items: Vec<Lined>, part: &str, mistakes: &mut Mistakes) -> Vec<(usize, String)> {
    let mut texts = Vec::new();
    for Lined { line, item } in items {
        match item {
            Item::Text(text) => texts.push((line, text)),
            Item::Whole(_) | Item::Truth(_) | Item::List(_) | Item::Table(_) | Item::Other(_) => {
                mistakes.add(line, part, "only texts stand in this list");
            }
        }
    }
    texts
}

/// What was counted; what is not named is 0.
fn read_tally(of: &str, line: usize, fields: BTreeMap<String, Lined>, part: &str, mistakes: &mut Mistakes) -> Value {
    let mut tally = kernel::Tally::default().put();
    for (name, lined) in fields {
        let slot = tally.get_mut(&name);
        match (slot, lined.item) {
            (Some(slot), Item::Whole(number)) if u32::try_from(number).is_ok() => *slot = Value::from(number),
            (Some(_), item) => {
                let (expected, written) = (whole_number(u32::MAX), item.written());
                mistakes.add(lined.line, part, format!("`{name}` of `{of}` should be {expected}, and is {written}"));
            }
            (None, _) => {
                let sentence = format!("`{name}` is not counted; `{of}` has {TALLY}");
                mistakes.add(line, part, sentence);
            }
        }
    }
    tally
}

/// What is counted.
const TALLY: &str = "`live`, `blank`, `dummy`, `spent`, `misfired`, `not_sure`";

/// Words of one kind, in the order in which the record writes them.
fn read_words<T: Word, S: FromIterator<T> + Wire>(
    of: &str,
    texts: Vec<(usize, String)>,
    part: &str,
    mistakes: &mut Mistakes,
) -> Value {
    let word = |(line, text): (usize, String)| {
        let found = T::from_word(&text);
        if found.is_none() {
            let words = kinds::one_of::<T>(&text);
            mistakes.add(line, part, format!("there is no {of} `{text}`; it should be {words}"));
        }
        found
    };
    texts.into_iter().filter_map(word).collect::<S>().put()
}

/// What the short form of readings is.
const READINGS: &str = "one letter a chamber from the marked one (E empty, D dummy, B blank, L live, S spent, \
                        C snap cap, ? not sure, - not looked at) or a list";

/// `DDD---`: one letter a chamber. The method is that of the rounds; an empty chamber is seen.
fn short_readings(text: &str, method: &str) -> Option<Value> {
    let mut readings = Vec::new();
    if text.is_empty() || text.chars().count() > kernel::MAX_CHAMBERS {
        return None;
    }
    for (chamber, letter) in (1u8..).zip(text.chars()) {
        let saw = match letter {
            'E' => "empty",
            'D' => "dummy",
            'B' => "blank",
            'L' => "live",
            'S' => "spent",
            'C' => "snap_cap",
            '?' => "not_sure",
            '-' => continue,
            _ => return None,
        };
        let method = if saw == "empty" { "seen_at_head" } else { method };
        readings.push(json!({"chamber": chamber, "method": method, "saw": saw}));
    }
    Some(Value::Array(readings))
}

/// What the short form of rods is.
const RODS: &str = "one letter a barrel from the marked one (E at its mark, C above it, P above it and primed, K at its \
                    mark with a cap on, ? not sure, - not read) or a list";

/// `CP`: one letter a barrel.
fn short_rods(text: &str) -> Option<Value> {
    let mut rods = Vec::new();
    if text.is_empty() || text.chars().count() > kernel::MAX_CHAMBERS {
        return None;
    }
    for (barrel, letter) in (1u8..).zip(text.chars()) {
        let (rod, primed) = match letter {
            'E' => ("at_mark", false),
            'C' => ("above_mark", false),
            'P' => ("above_mark", true),
            'K' => ("at_mark", true),
            '?' => ("not_sure", false),
            '-' => continue,
            _ => return None,
        };
        rods.push(json!({"barrel": barrel, "primed": primed, "rod": rod}));
    }
    Some(Value::Array(rods))
}

/// `1-6` or `1, 3-4`: chambers and spans of chambers.
fn short_chambers(text: &str) -> Option<Value> {
    let mut chambers = kernel::Chambers::NONE;
    for part in text.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (u8, u8) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first == 0 || last < first || usize::from(last) > kernel::MAX_CHAMBERS {
            return None;
        }
        chambers = (first..=last).fold(chambers, kernel::Chambers::with);
    }
    Some(chambers.put())
}

/// Roles in the order in which the record writes them.
pub fn read_roles(texts: Vec<(usize, String)>, part: &str, mistakes: &mut Mistakes) -> Value {
    read_words::<kernel::Role, kernel::Roles>("role", texts, part, mistakes)
}

/// What is expected of an answer. Where nothing is said, `default` is; where there is none, it must be said.
pub fn read_expected(section: &mut Section, default: Option<bool>, names: &Names, mistakes: &mut Mistakes) -> Expected {
    let accepted = match section.text("expect", mistakes) {
        Some((_, word)) if word == "accepted" => Some(true),
        Some((_, word)) if word == "refused" => Some(false),
        Some((line, word)) => {
            let sentence = format!("`expect` should be `accepted` or `refused`, and is `{word}`");
            mistakes.add(line, &section.part, sentence);
            None
        }
        None if default.is_none() => {
            mistakes.add(section.line, &section.part, "`expect` is missing: `accepted` or `refused`");
            None
        }
        None => default,
    };
    let mut reasons = Vec::new();
    for (line, text) in section.texts("reasons", mistakes) {
        match Code::parse(&text) {
            Some(code) => reasons.push(code),
            None => mistakes.add(line, &section.part, no_such_code(&text)),
        }
    }
    let held = section.text("held", mistakes).and_then(|(line, text)| {
        let held = held_for(&text);
        if held.is_none() {
            mistakes.add(line, &section.part, no_such_cause(&text));
        }
        held
    });
    let after = section.table("after", mistakes);
    let read = |(gun, said): (String, Lined)| read_after(&gun, &said, &section.part, names, mistakes);
    let after = after.into_iter().filter_map(read).collect();
    Expected { accepted, reasons, held, after }
}

/// The codes are too many to be listed where one is misspelt.
fn no_such_code(text: &str) -> String {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let near = nearest::nearest(text, &codes).map_or_else(String::new, |code| format!("there is `{code}`, and "));
    format!("there is no reason code `{text}`; {near}docs/scenarios.md has them all")
}

fn held_for(text: &str) -> Option<Held> {
    if text == NOTHING { Some(Held::Nothing) } else { kernel::StopCause::from_word(text).map(Held::For) }
}

/// In `held`, where nothing is.
const NOTHING: &str = "nothing";

fn no_such_cause(text: &str) -> String {
    let causes = kernel::StopCause::WORDS.iter().map(|(_, word)| *word);
    let words: Vec<&str> = std::iter::once(NOTHING).chain(causes).collect();
    format!("`held` should be one of {}, and is `{text}`", nearest::listed(text, &words))
}

fn read_after(gun: &str, said: &Lined, part: &str, names: &Names, mistakes: &mut Mistakes) -> Option<After> {
    let Some(id) = names.find(Space::Gun, gun) else {
        mistakes.add(said.line, part, unknown(names, Space::Gun, gun));
        return None;
    };
    let Item::Text(text) = &said.item else {
        mistakes.add(said.line, part, format!("`after` of `{gun}` should be a text such as `UNKNOWN: SHOWING-BREAK`"));
        return None;
    };
    let (word, doubt) = text.split_once(": ").map_or((text.as_str(), None), |(word, code)| (word, Some(code)));
    if !CARD_WORDS.contains(&word) {
        let sentence = format!("`after` should begin with one of `{}`, and is `{text}`", CARD_WORDS.join("`, `"));
        mistakes.add(said.line, part, sentence);
        return None;
    }
    let code = doubt.and_then(|text| Doubt::ALL.into_iter().map(Doubt::code).find(|code| code.as_str() == text));
    if doubt.is_some() && code.is_none() {
        let codes: Vec<&str> = Doubt::ALL.iter().map(|doubt| doubt.code().as_str()).collect();
        let sentence = format!("`after` should name a doubt, one of `{}`, and is `{text}`", codes.join("`, `"));
        mistakes.add(said.line, part, sentence);
        return None;
    }
    Some(After { gun: id, word: word.to_owned(), doubt: code })
}

/// As the record has it; nothing where it has no such thing.
fn json_of(item: &Item) -> Option<Value> {
    match item {
        Item::Text(text) => Some(Value::from(text.as_str())),
        Item::Whole(whole) => Some(Value::from(*whole)),
        Item::Truth(truth) => Some(Value::from(*truth)),
        Item::List(items) => items.iter().map(|it| json_of(&it.item)).collect::<Option<_>>().map(Value::Array),
        Item::Table(fields) => {
            let of = |(name, it): (&String, &Lined)| Some((name.clone(), json_of(&it.item)?));
            fields.iter().map(of).collect::<Option<_>>().map(Value::Object)
        }
        Item::Other(_) => None,
    }
}
