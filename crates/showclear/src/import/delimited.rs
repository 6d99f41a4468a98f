//! Text with columns: CSV as spreadsheets and production software save it, in whatever encoding and
//! with whatever separator.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::sheet::{Cell, MAX_COLUMNS, MAX_ROWS, Row, Sheet, Wish, failure, too_many_columns, too_many_rows};
use crate::failure::Failure;

/// The separators that are tried, each with how it is called.
const SEPARATORS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

/// How many records are looked at to find out which separator it is.
const LOOKED_AT: usize = 30;

/// How many bytes are looked at to find out whether two of them make a character.
const SAMPLE: usize = 1_024;

/// Reads text with columns.
pub(super) fn read(bytes: &[u8], wish: &Wish<'_>) -> Result<Sheet, Failure> {
    let (text, encoding) = decoded(bytes, wish.encoding)?;
    if text.contains('\0') {
        return Err(not_text("it holds NUL bytes"));
    }
    // One kind of line end, so that the lines of a quoted cell can be counted; one at the very end.
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.push('\n');
    let (said, rest) = said_separator(&text);
    let (separator, called) = said.unwrap_or_else(|| separator_of(rest));
    let read_as = format!("text in {}, columns parted by {called}", encoding.name());
    Ok(Sheet { rows: rows(rest, separator)?, read_as, others: Vec::new() })
}

/// The text, and what it was encoded in.
fn decoded(bytes: &[u8], wished: Option<&str>) -> Result<(String, &'static Encoding), Failure> {
    let encoding = match wished {
        Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown_encoding(label))?,
        None => encoding_of(bytes)?,
    };
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        return Err(not_text(&format!("it is not all in one encoding: {} was tried", encoding.name())));
    }
    Ok((text.into_owned(), encoding))
}

fn encoding_of(bytes: &[u8]) -> Result<&'static Encoding, Failure> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(wide) = wide(bytes) {
        return Ok(wide);
    }
    if bytes.contains(&0) {
        return Err(not_text("it holds NUL bytes"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// UTF-16 without a mark at its beginning: of Latin text every other byte is a zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = sample.len().checked_div(4).unwrap_or(0).max(1);
    if second > many && first == 0 {
        Some(UTF_16LE)
    } else if first > many && second == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The separator that a first line `sep=;` names, and the text behind it. Spreadsheets do not count that
/// line as a row.
fn said_separator(text: &str) -> (Option<(u8, &'static str)>, &str) {
    let Some((first, rest)) = text.split_once('\n') else { return (None, text) };
    let said = first.trim().strip_prefix("sep=").map(str::as_bytes);
    let found = SEPARATORS.into_iter().find(|(separator, _)| said == Some(std::slice::from_ref(separator)));
    if found.is_some() { (found, rest) } else { (None, text) }
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The separator by which the most rows have the same number of columns, and the most of them.
fn separator_of(text: &str) -> (u8, &'static str) {
    let score = |separator: u8| {
        let mut reader = reader(text, separator);
        let widths: Vec<usize> = reader.records().take(LOOKED_AT).flatten().map(|it| it.len()).collect();
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        widths.iter().map(|width| alike(*width).saturating_mul(width.saturating_sub(1))).max().unwrap_or(0)
    };
    // Of equals the one that stands first: `max_by_key` would give the last.
    let best = SEPARATORS.iter().rev().max_by_key(|(separator, _)| score(*separator));
    best.copied().unwrap_or((b',', "commas"))
}

fn rows(text: &str, separator: u8) -> Result<Vec<Row>, Failure> {
    let mut reader = reader(text, separator);
    let mut record = StringRecord::new();
    let (mut rows, mut number) = (Vec::new(), 0u32);
    loop {
        let before = reader.position().line();
        let more = reader.read_record(&mut record).map_err(|error| not_text(&error.to_string()))?;
        if !more {
            return Ok(rows);
        }
        // Blank lines are passed over by the reader, and count as rows in a spreadsheet; line ends
        // within a cell do not.
        let lines = reader.position().line().saturating_sub(before);
        let within = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count();
        let passed = lines.saturating_sub(u64::try_from(within).unwrap_or(u64::MAX)).max(1);
        number = number.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        if number > MAX_ROWS {
            return Err(too_many_rows());
        }
        if record.len() > MAX_COLUMNS {
            return Err(too_many_columns(number));
        }
        let cells: Vec<Cell> = record.iter().map(Cell::of).collect();
        if cells.iter().any(|cell| !cell.is_blank()) {
            rows.push(Row { number, cells });
        }
    }
}

fn not_text(why: &str) -> Failure {
    failure(
        "not-text",
        format!("this is no text that can be read: {why}"),
        "Save it again as XLSX, or as CSV in UTF-8.",
    )
}

fn unknown_encoding(label: &str) -> Failure {
    let label: String = label.chars().take(40).collect();
    let happened = format!("no encoding is called `{label}`");
    Failure {
        exit: crate::failure::Exit::Usage,
        ..failure("encoding", happened, "Say --encoding windows-1252, or leave it away.")
    }
}
