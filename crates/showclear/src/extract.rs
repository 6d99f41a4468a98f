//! `showclear bundle` of a part of the record: the extract.

use std::path::{Path, PathBuf};

use kernel::Day;
use record::Millis;
use record::bundle::digest_of;
use record::bundle::extent::Span;
use record::label::{Label, LabelKind};
use serde_json::{Value, json};
use service::bundle::Pages;
use service::extract::{Extracted, Question, extract};
use verifier::extract::extent_json;

use crate::bundle;
use crate::failure::{Exit, Failure, out};

/// Which part of the record. Nothing of this, and it is all of it.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Only a part of the record")]
pub struct Part {
    /// Only what is about the gun with this label, and what lapses or holds every gun; more than once for more guns.
    #[arg(long, value_name = "LABEL", value_parser = label_of_a_gun)]
    gun: Vec<Label>,
    /// Only what is about the lot with this label; more than once, and beside guns and persons.
    #[arg(long, value_name = "LABEL", value_parser = label_of_a_lot)]
    lot: Vec<Label>,
    /// Only what is about the person with this label, or entered by him; more than once, and beside guns and lots.
    #[arg(long, value_name = "LABEL", value_parser = label_of_a_person)]
    person: Vec<Label>,
    /// Only this production day, from the entry that opens it up to the one that opens the next.
    #[arg(long, value_name = "N", conflicts_with = "case")]
    day: Option<u32>,
    /// Only from an entry or a moment on, up to and without another: `412..530`, or
    /// `2026-05-04T13:00:00Z..2026-05-04T14:30:00Z`.
    #[arg(long, value_name = "FROM..TO", value_parser = parse_case)]
    case: Option<Span>,
}

impl Part {
    /// The question that these ask; none where they ask for all of the record.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        Some(self.question_or_all()).filter(|it| !it.labels.is_empty() || it.span != Span::Whole)
    }

    /// The question that these ask, if it is for all of the record.
    #[must_use]
    pub fn question_or_all(&self) -> Question {
        let labels = [&self.gun, &self.lot, &self.person].into_iter().flatten().cloned().collect();
        let span = self.day.map(|day| Span::Day(Day(day))).or(self.case);
        Question { labels, span: span.unwrap_or(Span::Whole) }
    }
}

fn label_of(kind: LabelKind, text: &str) -> Result<Label, String> {
    let label = record::label::parse(text).map_err(|error| error.to_string())?;
    if label.kind == kind {
        return Ok(label);
    }
    Err(format!("this is the label of a {}, and not of a {}", label.kind.word(), kind.word()))
}

fn label_of_a_gun(text: &str) -> Result<Label, String> {
    label_of(LabelKind::Gun, text)
}

fn label_of_a_lot(text: &str) -> Result<Label, String> {
    label_of(LabelKind::Lot, text)
}

fn label_of_a_person(text: &str) -> Result<Label, String> {
    label_of(LabelKind::Person, text)
}

/// `FROM..TO`, both places of entries or both moments. A moment has its offset: nobody guesses where the set was.
fn parse_case(text: &str) -> Result<Span, String> {
    let refused = || {
        "a case is `FROM..TO`, two places of entries such as `412..530`, or two moments with their offset such as \
         `2026-05-04T13:00:00Z..2026-05-04T14:30:00Z`"
            .to_owned()
    };
    let (from, to) = text.split_once("..").ok_or_else(refused)?;
    if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
        return Ok(Span::Entries { from, to });
    }
    let moment = |text: &str| text.parse::<jiff::Timestamp>().map(|it| Millis(it.as_millisecond()));
    match (moment(from), moment(to)) {
        (Ok(from), Ok(to)) => Ok(Span::Moments { from, to }),
        _ => Err(refused()),
    }
}

/// Writes the extract that answers a question.
///
/// # Errors
/// As [`bundle::run`], and where nothing on the record answers.
pub fn write(
    args: &bundle::Args,
    question: &Question,
    pages: Pages<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Exit, Failure> {
    let wish = args.wish();
    let extracted = extract(&args.folder, question, wish, pages, progress);
    let extracted = extracted.map_err(|error| bundle::not_written(&error))?;
    let file = args.out.clone().unwrap_or_else(|| named(&extracted, question));
    bundle::write_new(&file, &extracted.bytes, bundle::NOTHING_WRITTEN)?;
    bundle::tell_left_out(&extracted.left_out);
    let digest = digest_of(&extracted.bytes).to_hex();
    out(&if args.json {
        format!("{}\n", json_of(&extracted, &file, &digest))
    } else {
        text_of(&extracted, &file, &digest)
    });
    Ok(Exit::Fine)
}

/// `<production>-<entries>-<what was asked for>.showclear`.
fn named(extracted: &Extracted, question: &Question) -> PathBuf {
    let mut parts = vec![extracted.origin.production().to_string(), extracted.size.to_string()];
    parts.extend(question.labels.iter().map(|label| label.text.clone()));
    match question.span {
        Span::Whole => {}
        Span::Day(Day(day)) => parts.push(format!("day-{day}")),
        Span::Entries { .. } | Span::Moments { .. } => {
            parts.push(format!("entries-{}-{}", extracted.extent.from, extracted.extent.to));
        }
    }
    PathBuf::from(format!("{}.showclear", parts.join("-")))
}

fn text_of(extracted: &Extracted, file: &Path, digest: &str) -> String {
    let extent = &extracted.extent;
    let complete = if extent.is_gapless() {
        format!("They are every entry from {} up to and without {}: the file itself shows it.", extent.from, extent.to)
    } else {
        format!(
            "They are the entries about what you named, from {} up to and without {}. That none is left out the log's key \
             signs for; only the whole record shows it.",
            extent.from, extent.to
        )
    };
    format!(
        "{origin}\n\
         {extracted} of {size} entries are in {file}, and {beside} beside them to check them by, {bytes} bytes.\n\
         {complete}\n\
         {names}\n\
         {files}{ending}",
        files = bundle::files_text(extracted.attached),
        origin = extracted.origin,
        extracted = extent.extracted.len(),
        size = extracted.size,
        file = file.display(),
        beside = extent.beside.len(),
        bytes = extracted.bytes.len(),
        names = bundle::names_text(extracted.disclosed),
        ending = bundle::ending(digest),
    )
}

fn json_of(extracted: &Extracted, file: &Path, digest: &str) -> Value {
    json!({
        "file": file.display().to_string(),
        "origin": extracted.origin.to_string(),
        "entries": extracted.size,
        "extract": extent_json(&extracted.origin, &extracted.extent),
        "disclosed": extracted.disclosed,
        "attached": extracted.attached,
        "bytes": extracted.bytes.len(),
        "left_out": bundle::left_out_json(&extracted.left_out),
        "sha256": digest,
    })
}
