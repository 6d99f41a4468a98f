//! `showclear verify`: does a record hold, and what does that prove?

use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::tree::{Frontier, hash_leaf};
use record::Millis;
use record::verify::{Fault, Replayed, Report, Verifier};
use serde_json::{Value, json};
use store::sqlite::SqliteStore;
use store::{Store, StoreError};

use crate::failure::{Exit, Failure, note, out};

/// How many entries are read at a time.
const BATCH: u64 = 512;

/// After how many entries progress is told.
const PROGRESS_EVERY: u64 = 8_192;

/// `showclear verify FILE`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The log of a production: `log.db` of its folder, or a copy of it.
    pub file: PathBuf,
    /// The log's public key as it was noted at the founding; without it the log's own word for it is taken.
    #[arg(long, value_name = "VKEY", value_parser = parse_key)]
    pub key: Option<VerifyingKey>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

fn parse_key(text: &str) -> Result<VerifyingKey, String> {
    text.parse().map_err(|error| format!("this is not a verifier key such as `name+1a2b3c4d+AbCd…`: {error}"))
}

/// What a record was found to be: a report, or the first thing that is wrong with it and how many entries hold.
type Outcome = Result<Report, (Fault, u64)>;

/// Verifies the record and says what that proves.
///
/// # Errors
/// Where the file cannot be read.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let outcome = verify(&args.file, args.key.as_ref(), &mut |done, of| {
        note(&format!("  {done} of {of} entries"));
    })?;
    let said = match &outcome {
        Ok(report) if args.json => format!("{}\n", report_json(report, args.key.is_some())),
        Ok(report) => report_text(report, args.key.is_some()),
        Err((fault, held)) if args.json => format!("{}\n", fault_json(fault, *held)),
        Err((fault, held)) => fault_text(fault, *held),
    };
    out(&said);
    Ok(if outcome.is_ok() { Exit::Fine } else { Exit::Findings })
}

/// Verifies the log at `path`. `progress` is told how many entries were read, and of how many.
///
/// # Errors
/// Where the file cannot be read. What is wrong with the record itself is no error but the outcome.
pub fn verify(path: &Path, key: Option<&VerifyingKey>, progress: &mut dyn FnMut(u64, u64)) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::store(&error);
    let mut store = SqliteStore::open_read_only(path).map_err(failed)?;
    let size = store.size().map_err(failed)?;
    let Some(first) = store.entries(0, 1).map_err(failed)?.into_iter().next() else {
        return Ok(Err((missing("LOG-EMPTY", "the log has no entry: its founding was cut off"), 0)));
    };
    let faulty = |store: &mut SqliteStore, fault, held| locate(store, fault, held).map(Err).map_err(failed);
    let mut verifier = match Verifier::begin(&first) {
        Ok(verifier) => verifier,
        Err(fault) => return Ok(Err((fault, 0))),
    };
    let mut next = 1u64;
    while next < size {
        let entries = store.entries(next, BATCH).map_err(failed)?;
        if entries.is_empty() {
            return Ok(Err((missing("ENTRY-MISSING", "the log ends before its last entry"), next)));
        }
        for entry in entries {
            if let Err(fault) = verifier.entry(&entry) {
                return faulty(&mut store, fault, next);
            }
            next = next.saturating_add(1);
            if next.is_multiple_of(PROGRESS_EVERY) {
                progress(next, size);
            }
        }
    }
    let Some(checkpoint) = store.checkpoint().map_err(failed)? else {
        return Ok(Err((missing("CHECKPOINT-MISSING", "no checkpoint was ever signed over these entries"), next)));
    };
    match verifier.finish(&checkpoint.note, key) {
        Ok(report) => Ok(Ok(report)),
        Err(fault) => faulty(&mut store, fault, next),
    }
}

/// An entry that was changed may be well formed, and show only in what rests on it: in the root at the end, or in a
/// later entry whose device had seen another log. Every checkpoint on the way has a root of its own, so the first entry
/// that is not the signed one is found. Where a batch had more than one entry, the first of the batch is named.
fn locate(store: &mut SqliteStore, fault: Fault, held: u64) -> Result<(Fault, u64), StoreError> {
    let mut tree = Frontier::default();
    let mut good = 0u64;
    while tree.size() < held {
        let entries = store.entries(tree.size(), BATCH)?;
        if entries.is_empty() {
            break;
        }
        for entry in entries.iter().take(usize::try_from(held.saturating_sub(tree.size())).unwrap_or(usize::MAX)) {
            tree.push(hash_leaf(entry));
            let Some(sealed) = store.checkpoint_at(tree.size())? else { continue };
            let claim = Note::parse(&sealed.note).ok().and_then(|note| Checkpoint::parse_text(note.text()).ok());
            if claim.is_some_and(|claim| claim.root != tree.root()) {
                let last = tree.size().saturating_sub(1);
                let range = if last == good { String::new() } else { format!(", or one of those up to entry {last}") };
                let shows =
                    fault.index.map_or_else(String::new, |at| format!("; it shows in entry {at}: {}", fault.sentence));
                let sentence = format!("it is not the entry that was signed{range}{shows}");
                return Ok((Fault { code: "TREE-ROOT", index: Some(good), sentence }, good));
            }
            good = tree.size();
        }
    }
    Ok((fault, held))
}

fn missing(code: &'static str, sentence: &str) -> Fault {
    Fault { code, index: None, sentence: sentence.to_owned() }
}

/// What the verifier cannot know, however well the record holds.
fn not_proven(report: &Report, pinned: bool) -> Vec<String> {
    let mut said = vec![
        "Nobody outside has countersigned this log. Whoever has all its keys could have written it anew, save what \
         others hold a receipt or a checkpoint of: compare those with it."
            .to_owned(),
        format!(
            "That it is whole: whether entries after the {} here were cut off, only a later receipt or checkpoint in \
             other hands can show.",
            report.size
        ),
        "That what people entered is true. A record shows who entered what, when, and by which rules it was judged."
            .to_owned(),
        "Names, PINs and texts: they lie in the office database, which can be changed.".to_owned(),
    ];
    if !pinned {
        said.insert(
            0,
            "That this is the log's key: the log itself says so. Give the key that was noted at the founding with --key."
                .to_owned(),
        );
    }
    said
}

/// A moment in universal time.
fn moment(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| format!("{} ms", at.0), |it| it.to_string())
}

fn report_text(report: &Report, pinned: bool) -> String {
    let whose = if pinned { "the key that you gave" } else { "the key that the log names" };
    let replayed = match report.replayed {
        Replayed::Replayed => "REPLAYED      The rules, run again, gave every verdict as it is recorded.".to_owned(),
        Replayed::NotReplayed { recorded, built_in } => not_replayed(report, recorded, built_in),
    };
    let mut text = format!(
        "{origin}\n\n\
         SIGNED        {signatures} intents, each with the key of its device; the checkpoint with {whose}.\n\
         INCLUDED      All {size} entries are in the tree that the checkpoint was signed over, root {root}.\n\
         {replayed}\n\
         The last entry was decided at {last}.\n\
         Log key: {key}\n\n\
         What this does not prove:\n",
        origin = report.origin,
        signatures = report.signatures,
        size = report.size,
        root = report.root,
        last = moment(report.last_decided_at),
        key = report.log_key,
    );
    for said in not_proven(report, pinned) {
        text.push_str(&format!("  - {said}\n"));
    }
    text
}

/// The rules of the record, or of its beginning, are not the ones built in.
fn not_replayed(report: &Report, recorded: u32, built_in: u32) -> String {
    let (compared, all) = (report.compared, report.signatures);
    if compared == 0 {
        return format!(
            "NOT REPLAYED  The record was made by rules number {recorded}; number {built_in} is built in here. \
             No verdict was compared."
        );
    }
    format!(
        "NOT REPLAYED  A part of the record was made by rules number {recorded}; number {built_in} is built in here. \
         {compared} of {all} verdicts were compared: those since the record went over to number {built_in}."
    )
}

fn report_json(report: &Report, pinned: bool) -> Value {
    let replayed = match report.replayed {
        Replayed::Replayed => json!("REPLAYED"),
        Replayed::NotReplayed { .. } => json!("NOT REPLAYED"),
    };
    let rules = match report.replayed {
        Replayed::Replayed => Value::Null,
        Replayed::NotReplayed { recorded, built_in } => json!({"recorded": recorded, "built_in": built_in}),
    };
    json!({
        "verified": true,
        "levels": ["SIGNED", "INCLUDED", replayed],
        "rules": rules,
        "compared": report.compared,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(report, pinned),
    })
}

fn place(fault: &Fault) -> String {
    fault.index.map_or_else(|| "The log".to_owned(), |index| format!("Entry {index}"))
}

fn fault_text(fault: &Fault, held: u64) -> String {
    let before = if held == 0 {
        "Nothing before it was verified.".to_owned()
    } else {
        format!("The {held} entries before it hold.")
    };
    format!(
        "{} does not hold [{}]: {}.\n\
         {before} From there on the record proves nothing, and every gun counts as UNKNOWN.\n\
         Keep the file as it is, with everything beside it, and verify a copy from elsewhere.\n",
        place(fault),
        fault.code,
        fault.sentence
    )
}

fn fault_json(fault: &Fault, held: u64) -> Value {
    json!({
        "verified": false,
        "fault": {"code": fault.code, "entry": fault.index, "sentence": fault.sentence},
        "entries_that_hold": held,
    })
}
