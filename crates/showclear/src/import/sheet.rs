//! From the bytes of a file to rows of cells, each with its place. What a file is, its content says;
//! what its name ends in is not looked at.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{delimited, workbook};
use crate::failure::{Exit, Failure};

/// The largest file that is read: 16 MiB. The crew list of a large production has less than one.
pub const MAX_FILE_BYTES: u64 = 16_777_216;
/// The most rows.
pub const MAX_ROWS: u32 = 20_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 200;
/// The most characters of one cell. A longer one is no name, title or number, but a quotation mark that
/// was never closed.
pub const MAX_CELL_CHARS: usize = 2_000;

/// One cell.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Cell {
    /// Nothing, or white space.
    #[default]
    Blank,
    /// Text, as it stands there. A whole number of a workbook is one without a decimal point.
    Text(String),
    /// A formula of a workbook. It is never worked out, and the result that was saved with it never taken.
    Formula,
    /// A date or time of a workbook, which nothing of an import is: a spreadsheet made it of "4-40".
    Date,
    /// An error value of a workbook, such as `#REF!`.
    Error,
    /// More than [`MAX_CELL_CHARS`].
    TooLong,
}

impl Cell {
    /// The cell of this text.
    #[must_use]
    pub fn of(text: &str) -> Cell {
        let text = text.trim();
        if text.is_empty() {
            Cell::Blank
        } else if text.chars().nth(MAX_CELL_CHARS).is_some() {
            Cell::TooLong
        } else {
            Cell::Text(text.to_owned())
        }
    }

    /// Is there nothing in it?
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }
}

/// One row that holds something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from column A on; behind the last one everything is blank.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }

    /// How many cells hold something.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }
}

/// The rows of one sheet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sheet {
    /// The rows that hold something, in order.
    pub rows: Vec<Row>,
    /// What it was read as: "text in UTF-8, columns parted by commas", "sheet CREW of a workbook".
    pub read_as: String,
    /// Other sheets of the workbook, which were not read.
    pub others: Vec<String>,
}

/// What the command line says of how to read a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// The encoding of a text, by its label in the Encoding Standard of the WHATWG.
    pub encoding: Option<&'a str>,
}

/// Reads a file.
///
/// # Errors
/// Where it cannot be read, is larger than [`MAX_FILE_BYTES`], or as [`from_bytes`].
pub fn read(path: &Path, wish: &Wish<'_>) -> Result<Sheet, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error))?;
    from_bytes(&bytes, wish)
}

/// Reads the bytes of a file: a workbook (XLSX), or text whose columns are parted by commas,
/// semicolons, tabs or bars.
///
/// # Errors
/// Where it is something else, holds nothing, or goes beyond a limit. The codes are those of
/// docs/import.md.
pub fn from_bytes(bytes: &[u8], wish: &Wish<'_>) -> Result<Sheet, Failure> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_FILE_BYTES) {
        return Err(too_large("it is larger than 16 MiB"));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(empty());
    }
    if let Some(what) = other_kind(bytes) {
        return Err(other(what));
    }
    let sheet = if bytes.starts_with(b"PK") { workbook::read(bytes, wish) } else { delimited::read(bytes, wish) }?;
    if sheet.rows.is_empty() { Err(empty()) } else { Ok(sheet) }
}

/// What a file is that an import does not read, by how it begins, whatever its name ends in.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 9] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a workbook of the kind before 2007 (XLS), or one with a password"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a document of a word processor"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"\x1F\x8B", "a compressed file"),
        (b"Rar!", "a compressed file"),
        (b"7z\xBC\xAF\x27\x1C", "a compressed file"),
        (b"SQLite format 3\0", "a database"),
    ];
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some(what);
    }
    let markup = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = markup.iter().take(14).map(u8::to_ascii_lowercase).collect();
    let is_markup = [&b"<html"[..], b"<!doctype", b"<?xml", b"<table"].iter().any(|it| head.starts_with(it));
    is_markup.then_some("a web page or an XML document")
}

/// The letters of a column, counted from 0, as a spreadsheet shows them: A, B, … Z, AA.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        let letter = u8::try_from(left.checked_rem(26).unwrap_or(0)).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        match left.checked_div(26).and_then(|more| more.checked_sub(1)) {
            Some(more) => left = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// What every failure before an import means for the record.
pub(super) const NOTHING_ENTERED: &str = "Nothing was entered.";

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "file/unreadable",
        format!("the file {} cannot be read: {error}", path.display()),
        NOTHING_ENTERED,
        "Look at the name and at who may read the file.",
    )
}

pub(super) fn failure(code: &str, happened: impl Into<String>, remedy: &str) -> Failure {
    Failure::new(Exit::NotReadOrWritten, format!("import/{code}"), happened, NOTHING_ENTERED, remedy)
}

fn empty() -> Failure {
    failure("empty", "the file holds nothing", "Look whether it is the right file, or the right sheet: --sheet NAME.")
}

fn other(what: &str) -> Failure {
    failure("other-kind", format!("this is {what}, whatever its name says"), "Save it as XLSX or as CSV.")
}

pub(super) fn too_large(why: &str) -> Failure {
    let remedy = "Remove what does not belong to the list: pictures, other sheets, columns; then save it again.";
    failure("too-large", format!("the file is too large: {why}"), remedy)
}

pub(super) fn too_many_rows() -> Failure {
    let happened = format!("the file has more than {MAX_ROWS} rows");
    failure("too-many-rows", happened, "Import the rows of this production alone.")
}

pub(super) fn too_many_columns(row: u32) -> Failure {
    let happened = format!("row {row} has more than {MAX_COLUMNS} columns");
    failure("too-many-columns", happened, "Remove the columns that the list does not need, or write it as one table.")
}
