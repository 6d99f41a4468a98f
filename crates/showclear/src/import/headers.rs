//! Which column is what. A list is found by the row of its headers, whatever stands above it, in whatever order
//! they stand, and in the wordings of the trade.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Cell, NOTHING_ENTERED, Row, Sheet, column_letters};
use super::text::{hides, quoted, stands_for_nothing, tidy, words};
use crate::failure::{Exit, Failure};

/// Among how many rows the headers are looked for.
const LOOKED_AT: usize = 20;

/// Something that a list can say of each row.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The word for it: what `--map` takes.
    pub word: &'static str,
    /// How people head the column, as [`words`] gives it.
    pub wordings: &'static [&'static str],
}

/// What a kind of list can say.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Everything that it can say.
    pub fields: &'static [Field],
    /// What it must say: one of each of these.
    pub needed: &'static [&'static [&'static str]],
    /// Whether it is of people: what it says of how to reach them is called personal.
    pub of_people: bool,
}

impl Table {
    fn field_of(&self, header: &str) -> Option<&'static str> {
        let whole = words(header);
        // "Blanks (full load)" is about blanks.
        let without_bracket = header.split_once('(').map(|(before, _)| words(before));
        let fits = |wanted: &str| self.fields.iter().find(|field| field.wordings.contains(&wanted));
        let field = fits(&whole).or_else(|| without_bracket.as_deref().filter(|it| !it.is_empty()).and_then(fits));
        field.map(|field| field.word)
    }

    /// What is needed and has no column.
    fn missing(&self, columns: &BTreeMap<&'static str, usize>) -> Vec<String> {
        let lacking = self.needed.iter().filter(|any| !any.iter().any(|word| columns.contains_key(word)));
        lacking.map(|any| any.join(" or ")).collect()
    }
}

/// A column that was not taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ignored {
    /// Its letters.
    pub column: String,
    /// Its header.
    pub header: String,
    /// Whether it holds what is personal: it never enters.
    pub personal: bool,
}

/// Which column is what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mapping {
    /// The row of the headers.
    pub row: u32,
    /// The column of each field, counted from 0.
    pub columns: BTreeMap<&'static str, usize>,
    /// The header of each field, as it stands there.
    pub headers: BTreeMap<&'static str, String>,
    /// Columns that were not taken.
    pub ignored: Vec<Ignored>,
}

/// Why a row cannot be taken.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct RowFault {
    /// The row.
    pub row: u32,
    /// The letters of the column, where it is about one.
    pub column: Option<String>,
    /// What is wrong.
    pub sentence: String,
}

/// Something to be said of a row that was taken or passed over.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Remark {
    /// The row.
    pub row: u32,
    /// What is to be said.
    pub sentence: String,
}

/// What became of the rows of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Taken<R> {
    /// The rows that can be taken.
    pub rows: Vec<R>,
    /// Why others cannot. One of these, and nothing is entered.
    pub faults: Vec<RowFault>,
    /// What else is to be said.
    pub remarks: Vec<Remark>,
}

impl<R> Default for Taken<R> {
    fn default() -> Self {
        Taken { rows: Vec::new(), faults: Vec::new(), remarks: Vec::new() }
    }
}

impl<R> Taken<R> {
    /// Says something of a row.
    pub fn remark(&mut self, row: u32, sentence: impl Into<String>) {
        self.remarks.push(Remark { row, sentence: sentence.into() });
    }

    /// Says what is wrong with a row as a whole.
    pub fn fault(&mut self, row: u32, sentence: impl Into<String>) {
        self.faults.push(RowFault { row, column: None, sentence: sentence.into() });
    }
}

/// `field=Header text`, as `--map` takes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Override {
    /// The word of the field.
    pub field: String,
    /// The header.
    pub header: String,
}

impl std::str::FromStr for Override {
    type Err = String;

    fn from_str(text: &str) -> Result<Override, String> {
        let (field, header) = text.split_once('=').ok_or("it is written field=Header, such as name=\"Crew member\"")?;
        let (field, header) = (field.trim().to_owned(), tidy(header));
        if field.is_empty() || header.is_empty() {
            return Err("it is written field=Header, such as name=\"Crew member\"".to_owned());
        }
        Ok(Override { field, header })
    }
}

/// Finds the headers of a list.
///
/// # Errors
/// Where none of the first rows has what the list must say, where two columns say the same, or where
/// an override names what is not there.
pub fn find(table: &Table, sheet: &Sheet, overrides: &[Override]) -> Result<Mapping, Failure> {
    for chosen in overrides {
        if !table.fields.iter().any(|field| field.word == chosen.field) {
            return Err(unknown_field(table, &chosen.field));
        }
    }
    let tried = sheet.rows.iter().take(LOOKED_AT).map(|row| (row, columns_of(table, row, overrides)));
    // Of rows that name as much the first one: `max_by_key` would give the last.
    let best = tried.rev().max_by_key(|(_, found)| (table.missing(&found.columns).is_empty(), found.columns.len()));
    let Some((row, found)) = best else { return Err(no_headers(table, None)) };
    if let Some((field, one, two)) = found.twice {
        return Err(twice(field, row.number, one, two));
    }
    if let Some(chosen) = overrides.iter().find(|it| !found.columns.contains_key(it.field.as_str())) {
        return Err(no_such_header(chosen, row));
    }
    if !table.missing(&found.columns).is_empty() {
        let named = (!found.columns.is_empty()).then_some((row, &found.columns));
        return Err(no_headers(table, named));
    }
    Ok(mapping(table, row, found.columns))
}

#[derive(Default)]
struct Found {
    columns: BTreeMap<&'static str, usize>,
    twice: Option<(&'static str, usize, usize)>,
}

fn columns_of(table: &Table, row: &Row, overrides: &[Override]) -> Found {
    let mut found = Found::default();
    let chosen_for = |header: &str| overrides.iter().find(|it| words(&it.header) == words(header));
    for (column, header) in texts(row) {
        let chosen = chosen_for(header).and_then(|it| table.fields.iter().find(|field| field.word == it.field));
        let own = table.field_of(header).filter(|word| !overrides.iter().any(|it| it.field == *word));
        let Some(word) = chosen.map(|field| field.word).or(own) else { continue };
        match found.columns.get(word) {
            Some(other) => found.twice = found.twice.or(Some((word, *other, column))),
            None => {
                found.columns.insert(word, column);
            }
        }
    }
    found
}

fn texts(row: &Row) -> impl Iterator<Item = (usize, &str)> {
    row.cells.iter().enumerate().filter_map(|(column, cell)| match cell {
        Cell::Text(text) => Some((column, text.as_str())),
        Cell::Blank | Cell::Formula | Cell::Date | Cell::Error | Cell::TooLong => None,
    })
}

fn mapping(table: &Table, row: &Row, columns: BTreeMap<&'static str, usize>) -> Mapping {
    let mut headers = BTreeMap::new();
    let mut ignored = Vec::new();
    for (column, header) in texts(row) {
        let header = tidy(header);
        match columns.iter().find(|(_, taken)| **taken == column) {
            Some((word, _)) => {
                headers.insert(*word, header);
            }
            None => ignored.push(Ignored {
                column: column_letters(column),
                personal: table.of_people && is_personal(&header),
                header,
            }),
        }
    }
    Mapping { row: row.number, columns, headers, ignored }
}

/// Is it how to reach a person, where he lives, what he earns, or how he is? It has no place in the record.
fn is_personal(header: &str) -> bool {
    const PERSONAL: [&str; 29] = [
        "phone",
        "telephone",
        "tel",
        "cell",
        "mobile",
        "email",
        "mail",
        "contact",
        "emergency",
        "address",
        "street",
        "city",
        "zip",
        "postcode",
        "birth",
        "birthday",
        "dob",
        "age",
        "ssn",
        "passport",
        "rate",
        "salary",
        "fee",
        "agent",
        "agency",
        "diet",
        "dietary",
        "allergies",
        "medical",
    ];
    words(header).split(' ').any(|word| PERSONAL.contains(&word))
}

impl Mapping {
    /// The rows below the headers, without those that repeat them on each page.
    pub fn below<'a>(&self, sheet: &'a Sheet) -> impl Iterator<Item = &'a Row> {
        let (from, headers) = (self.row, self.repeated());
        sheet.rows.iter().filter(move |row| {
            let repeats = headers.iter().all(|(column, header)| match row.cell(*column) {
                Cell::Text(text) => words(text) == *header,
                Cell::Blank | Cell::Formula | Cell::Date | Cell::Error | Cell::TooLong => false,
            });
            row.number > from && !repeats
        })
    }

    fn repeated(&self) -> Vec<(usize, String)> {
        let header = |(word, column): (&&str, &usize)| self.headers.get(*word).map(|text| (*column, words(text)));
        self.columns.iter().filter_map(header).collect()
    }

    /// Is there a column for it?
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    /// What a row says under a field: tidy text, or nothing where the cell is blank, holds a dash, or where
    /// there is no such column.
    ///
    /// # Errors
    /// Where it holds a formula, a date, an error or far too much, or characters that nobody sees.
    pub fn text(&self, row: &Row, field: &str) -> Result<Option<String>, RowFault> {
        let Some(column) = self.columns.get(field) else { return Ok(None) };
        let wrong = match row.cell(*column) {
            Cell::Blank => return Ok(None),
            Cell::Formula => "holds a formula, which is never worked out: write the value",
            Cell::Date => {
                "holds a date: a spreadsheet makes one of texts such as 4-40; format the cell as text and write it again"
            }
            Cell::Error => "holds an error of the spreadsheet: write the value",
            Cell::TooLong => {
                "holds more than 2,000 characters: a quotation mark may be open, and swallow the rows that follow"
            }
            Cell::Text(text) if stands_for_nothing(text) => return Ok(None),
            Cell::Text(text) if is_signed_number(text) => "is a number with a sign, which nothing in this list is",
            Cell::Text(text) if text.starts_with(['=', '@', '+', '-']) => {
                "begins as a formula does, which is never worked out: write it without `=`, `+`, `-` or `@`"
            }
            Cell::Text(text) if tidy(text).chars().any(hides) => "holds characters that nobody sees",
            Cell::Text(text) => return Ok(Some(tidy(text)).filter(|text| !text.is_empty())),
        };
        Err(self.fault(row, field, wrong))
    }

    /// A fault of a row under a field. The cell is named by its header.
    #[must_use]
    pub fn fault(&self, row: &Row, field: &str, wrong: &str) -> RowFault {
        let header = self.headers.get(field).map_or(field, String::as_str);
        let column = self.columns.get(field).map(|column| column_letters(*column));
        RowFault { row: row.number, column, sentence: format!("{} {wrong}", quoted(header)) }
    }

    /// What swallows other rows is a fault in whatever column it stands.
    #[must_use]
    pub fn swallowed(&self, row: &Row) -> Option<RowFault> {
        let taken: BTreeSet<usize> = self.columns.values().copied().collect();
        let column =
            row.cells.iter().position(|cell| *cell == Cell::TooLong).filter(|column| !taken.contains(column))?;
        let sentence = "more than 2,000 characters: a quotation mark may be open, and swallow the rows that follow";
        Some(RowFault { row: row.number, column: Some(column_letters(column)), sentence: sentence.to_owned() })
    }
}

fn is_signed_number(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).map(str::trim_start);
    number.is_some_and(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit() || matches!(it, '.' | ',')))
}

fn usage(code: &str, happened: String, remedy: String) -> Failure {
    Failure::new(Exit::Usage, format!("import/{code}"), happened, NOTHING_ENTERED, remedy)
}

fn unknown_field(table: &Table, word: &str) -> Failure {
    let known: Vec<&str> = table.fields.iter().map(|field| field.word).collect();
    let happened = format!("this list has no field {}", quoted(word));
    usage("map-field", happened, format!("The fields are: {}.", known.join(", ")))
}

fn no_such_header(chosen: &Override, row: &Row) -> Failure {
    let there: Vec<String> = texts(row).map(|(_, header)| quoted(header)).collect();
    let happened = format!("no column is headed {}", quoted(&chosen.header));
    usage("map-header", happened, format!("Row {} has these headers: {}.", row.number, there.join(", ")))
}

fn twice(field: &str, row: u32, one: usize, two: usize) -> Failure {
    let (one, two) = (column_letters(one), column_letters(two));
    let happened = format!("in row {row}, columns {one} and {two} both say what `{field}` is");
    let remedy =
        format!("Say which one: --map \"{field}=Header\". Where both have the same header, give one of them another.");
    Failure::new(Exit::NotReadOrWritten, "import/header-twice", happened, NOTHING_ENTERED, remedy)
}

/// Without a row of headers nobody can say what a column is.
fn no_headers(table: &Table, named: Option<(&Row, &BTreeMap<&'static str, usize>)>) -> Failure {
    let (happened, missing) = match named {
        Some((row, columns)) => {
            let found: Vec<&str> = columns.keys().copied().collect();
            let missing = table.missing(columns).join(", ");
            let found = found.join(", ");
            (format!("row {} looks like the headers, for {found}; what is missing is {missing}", row.number), missing)
        }
        None => {
            let missing = table.missing(&BTreeMap::new()).join(", ");
            (format!("none of the first {LOOKED_AT} rows holds headers that are known"), missing)
        }
    };
    let first = missing.split([',', ' ']).next().unwrap_or("name").to_owned();
    let remedy = format!("Write a row of headers above the list, or say which header it is: --map \"{first}=Header\".");
    Failure::new(Exit::NotReadOrWritten, "import/headers-missing", happened, NOTHING_ENTERED, remedy)
}
