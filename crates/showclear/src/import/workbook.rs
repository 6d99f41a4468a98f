//! Workbooks (XLSX). Before anything is unpacked for reading it is looked at what it would unpack to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::sheet::{
    Cell, MAX_COLUMNS, MAX_ROWS, Row, Sheet, Wish, failure, too_large, too_many_columns, too_many_rows,
};
use crate::failure::{Exit, Failure};

/// The most bytes that a workbook may unpack to, and the most text that may come out of it: 64 MiB.
const MAX_UNPACKED_BYTES: u64 = 67_108_864;
/// The most files within a workbook. One with a hundred sheets and pictures has a few hundred.
const MAX_PARTS: usize = 4_096;

/// The largest whole number that a workbook's numbers tell from its neighbours: 2^53.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads a sheet of a workbook: the one that is wished for, else the first visible one that holds
/// something.
pub(super) fn read(bytes: &[u8], wish: &Wish<'_>) -> Result<Sheet, Failure> {
    look_before(bytes)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    if let Some(wished) = wish.sheet {
        let wished = names.iter().find(|name| name.trim() == wished.trim()).ok_or_else(|| no_sheet(wished, &names))?;
        let rows = rows(&mut book, wished)?;
        return Ok(sheet(rows, wished, &names));
    }
    for (name, _) in sheets.iter().filter(|(_, visible)| *visible) {
        let rows = rows(&mut book, name)?;
        if !rows.is_empty() {
            return Ok(sheet(rows, name, &names));
        }
    }
    Ok(Sheet { rows: Vec::new(), read_as: "a workbook".to_owned(), others: names })
}

fn sheet(rows: Vec<Row>, name: &str, names: &[String]) -> Sheet {
    let others = names.iter().filter(|other| *other != name).cloned().collect();
    Sheet { rows, read_as: format!("sheet {name} of a workbook"), others }
}

/// Looks at what a ZIP holds and how large that is: as it declares, and, because a declaration can lie, as
/// it unpacks.
fn look_before(bytes: &[u8]) -> Result<(), Failure> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(too_large("it is made of more than 4,096 files"));
    }
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    if !has("xl/workbook.xml") || !has("[Content_Types].xml") {
        return Err(not_a_workbook(&has));
    }
    let mut declared = 0u64;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| broken(&error))?;
        declared = declared.saturating_add(part.size());
    }
    if declared > MAX_UNPACKED_BYTES {
        return Err(bomb());
    }
    let mut left = MAX_UNPACKED_BYTES;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| broken(&error))?;
        let unpacked = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        left = left.checked_sub(unpacked.map_err(|error| broken(&error))?).ok_or_else(bomb)?;
    }
    Ok(())
}

fn not_a_workbook(has: &dyn Fn(&str) -> bool) -> Failure {
    let what = if has("xl/workbook.bin") {
        "a binary workbook (XLSB)"
    } else if has("mimetype") {
        "an OpenDocument file"
    } else if has("word/document.xml") {
        "a document of a word processor"
    } else if has("Index/Document.iwa") {
        "a Numbers file"
    } else {
        "a ZIP archive and no workbook"
    };
    failure("other-kind", format!("this is {what}, whatever its name says"), "Save it as XLSX or as CSV.")
}

fn rows(book: &mut Book<'_>, name: &str) -> Result<Vec<Row>, Failure> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut text_left = MAX_UNPACKED_BYTES;
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|error| broken(&error))? {
        let cell = if found.formula.is_some() { Cell::Formula } else { cell_of(&found.value) };
        if cell.is_blank() {
            continue;
        }
        if let Cell::Text(text) = &cell {
            // One long text that every cell points to is small in the file, and large in memory.
            let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
            text_left = text_left.checked_sub(length).ok_or_else(bomb)?;
        }
        let number = found.pos.0.saturating_add(1);
        let column = usize::try_from(found.pos.1).unwrap_or(usize::MAX);
        if number > MAX_ROWS {
            return Err(too_many_rows());
        }
        if column >= MAX_COLUMNS {
            return Err(too_many_columns(number));
        }
        let cells = rows.entry(number).or_default();
        if cells.len() <= column {
            cells.resize(column.saturating_add(1), Cell::Blank);
        }
        if let Some(slot) = cells.get_mut(column) {
            *slot = cell;
        }
    }
    Ok(rows.into_iter().map(|(number, cells)| Row { number, cells }).collect())
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Int(number) => Cell::of(&number.to_string()),
        DataRef::Float(number) => number_cell(*number),
        DataRef::String(text) => Cell::of(text),
        DataRef::SharedString(text) => Cell::of(text),
        DataRef::Bool(value) => Cell::of(if *value { "yes" } else { "no" }),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
        DataRef::Error(_) => Cell::Error,
    }
}

/// A number as the spreadsheet shows it, as far as it can be told: 12 and not 12.0.
fn number_cell(number: f64) -> Cell {
    let whole = number.fract() == 0.0 && number.abs() <= MAX_EXACT;
    Cell::of(&if whole { format!("{number:.0}") } else { number.to_string() })
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    let error: String = error.to_string().chars().take(200).collect();
    let remedy = "Open it in a spreadsheet and save it again as XLSX or CSV; a password is taken off first.";
    failure("damaged", format!("this workbook cannot be read: {error}"), remedy)
}

fn bomb() -> Failure {
    too_large("it unpacks to more than 64 MiB")
}

fn no_sheet(wished: &str, names: &[String]) -> Failure {
    let wished: String = wished.chars().take(60).collect();
    let happened = format!("the workbook has no sheet `{wished}`; it has {}", names.join(", "));
    Failure { exit: Exit::Usage, ..failure("no-sheet", happened, "Name one of its sheets, or leave --sheet away.") }
}
