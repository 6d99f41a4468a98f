//! `showclear history`: the record as a table, in one of the three views of law 13.

use std::path::PathBuf;

use csv::{Terminator, WriterBuilder};
use record::Millis;
use record::bundle::digest_of;
use record::history::View;
use serde_json::json;
use service::history::{History, Named, Row, history};

use crate::bundle;
use crate::extract::Part;
use crate::failure::{Exit, Failure, out};
use crate::verify::holding;

/// `showclear history FOLDER`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The folder with the production's databases. Nothing in it is changed.
    pub folder: PathBuf,
    /// As first entered, as it holds, or both.
    #[arg(long, value_enum, default_value = "both")]
    view: ViewName,
    /// Tell the names that the office has.
    #[arg(long)]
    with_names: bool,
    /// The file to write; the standard output unless it is given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print one line of JSON about the file.
    #[arg(long, requires = "out")]
    pub json: bool,
    #[command(flatten)]
    part: Part,
}

/// Which of the three.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ViewName {
    /// Without the entries that correct others.
    Original,
    /// Without the entries that others correct.
    Corrected,
    /// Every entry, with what it corrects and what corrects it.
    Both,
}

impl ViewName {
    const fn view(self) -> View {
        match self {
            ViewName::Original => View::Original,
            ViewName::Corrected => View::Corrected,
            ViewName::Both => View::Both,
        }
    }
}

/// The columns.
const HEADER: [&str; 19] = [
    "entry",
    "decided_at",
    "claimed_at",
    "kind",
    "outcome",
    "reasons",
    "about",
    "about_label",
    "about_name",
    "by",
    "by_label",
    "by_name",
    "device",
    "proven",
    "says",
    "happened",
    "corrects",
    "corrected_by",
    "leaf_sha256",
];

/// Writes the table.
///
/// # Errors
/// Where the folder cannot be read, the record does not hold, or the file cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    // A table of a record that does not hold would lend it a look that it has not earned.
    holding(&args.folder, "No table was written.")?;
    let question = args.part.question_or_all();
    let told = history(&args.folder, &question, args.view.view(), args.with_names);
    let told = told.map_err(|error| Failure { means: NOTHING.to_owned(), ..Failure::service(&error) })?;
    let bytes = table(&told).map_err(|error| unwritable(&error))?;
    let Some(file) = &args.out else {
        out(&String::from_utf8_lossy(&bytes));
        return Ok(Exit::Fine);
    };
    bundle::write_new(file, &bytes, "No table was written. The record itself is as it was.")?;
    let digest = digest_of(&bytes).to_hex();
    let path = file.display().to_string();
    out(&if args.json {
        format!("{}\n", json!({"file": path, "entries": told.size, "rows": told.rows.len(), "sha256": digest}))
    } else {
        format!("{} of {} entries are in {path}.\nSHA-256 {digest}\n", told.rows.len(), told.size)
    });
    Ok(Exit::Fine)
}

/// What it means that there is no table.
const NOTHING: &str = "No table was written. The record itself is as it was.";

fn unwritable(error: &csv::Error) -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "history/not-written",
        format!("the table cannot be made: {error}"),
        NOTHING,
        "Report this with the version of Showclear: no record should lead here.",
    )
}

/// The table as RFC 4180 has it.
fn table(history: &History) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for row in &history.rows {
        writer.write_record(cells(row).map(|cell| guarded(&cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn cells(row: &Row) -> [String; 19] {
    let [about, about_label, about_name] = named(&row.about);
    let [by, by_label, by_name] = named(&row.by);
    let place = |index: Option<u64>| index.map(|it| it.to_string()).unwrap_or_default();
    [
        row.index.to_string(),
        moment(row.decided_at),
        row.claimed_at.map(moment).unwrap_or_default(),
        row.kind.to_owned(),
        row.outcome.word().to_owned(),
        row.reasons.join(" "),
        about,
        about_label,
        about_name,
        by,
        by_label,
        by_name,
        row.device.map(|it| it.to_string()).unwrap_or_default(),
        row.proven.unwrap_or_default().to_owned(),
        row.says.clone(),
        row.happened.join(" "),
        place(row.corrects),
        place(row.corrected_by),
        format!("{:?}", row.leaf),
    ]
}

fn named(named: &Named) -> [String; 3] {
    let id = named.id.map(|it| it.to_string()).unwrap_or_default();
    [id, named.label.clone().unwrap_or_default(), named.name.clone().unwrap_or_default()]
}

/// A moment in universal time, to the millisecond.
fn moment(at: Millis) -> String {
    let utc = jiff::Timestamp::from_millisecond(at.0);
    utc.map_or_else(|_| format!("{} ms", at.0), |it| it.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// What a spreadsheet would run as a formula gets an apostrophe before it: a name is whatever somebody typed.
fn guarded(cell: &str) -> String {
    let runs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(runs) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_guarded_and_every_other_is_left_alone() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"] {
            assert_eq!(guarded(bad), format!("'{bad}"));
        }
        for good in ["", "GUN 1", "a=b", "{\"a\":-1}", "2026-05-04T08:00:00.000Z", "'", " =1"] {
            assert_eq!(guarded(good), good);
        }
    }
}
