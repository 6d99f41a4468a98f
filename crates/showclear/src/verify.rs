//! `showclear verify`: does a record hold, and what does that prove?

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::tree::{Frontier, hash_leaf};
use record::Millis;
use record::bundle::{BundleFault, BundleReport};
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
    /// A bundle, an extract, or the log of a production: `log.db` of its folder, or a copy of it.
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

/// What was found to hold: a record, and of a bundle what lies beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Holds {
    /// The record.
    pub record: Report,
    /// Whose bundle it is in.
    pub bundle: Option<Beside>,
}

/// What lies beside the record in a bundle.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Beside {
    /// How many files the manifest lists.
    pub files: u64,
    /// How many texts are disclosed.
    pub disclosed: u64,
    /// How many are redacted.
    pub redacted: u64,
}

/// The first thing that is wrong, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Broken {
    /// The file in a bundle.
    pub file: Option<String>,
    /// What is wrong.
    pub fault: Fault,
    /// How many entries before it hold.
    pub held: u64,
}

/// What a record was found to be.
type Outcome = Result<Holds, Broken>;

/// The first bytes of a bundle.
const BUNDLE: &[u8] = b"PK";

/// The ending of a bundle's name: a bundle that was damaged in its first bytes is still one.
const BUNDLE_ENDING: &str = "showclear";

/// Verifies the record and says what that proves.
///
/// # Errors
/// Where the file cannot be read.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if let Some(exit) = crate::extract::verified(&args.file, args.key.as_ref(), args.json)? {
        return Ok(exit);
    }
    let outcome = verify(&args.file, args.key.as_ref(), &mut |done, of| {
        note(&format!("  {done} of {of} entries"));
    })?;
    let said = match &outcome {
        Ok(holds) if args.json => format!("{}\n", report_json(holds, args.key.is_some())),
        Ok(holds) => report_text(holds, args.key.is_some()),
        Err(broken) if args.json => format!("{}\n", fault_json(broken)),
        Err(broken) => fault_text(broken),
    };
    out(&said);
    Ok(if outcome.is_ok() { Exit::Fine } else { Exit::Findings })
}

/// Verifies the log or the bundle at `path`. `progress` is told how many entries were read, and of how many.
///
/// # Errors
/// Where the file cannot be read. What is wrong with the record itself is no error but the outcome.
pub fn verify(path: &Path, key: Option<&VerifyingKey>, progress: &mut dyn FnMut(u64, u64)) -> Result<Outcome, Failure> {
    if is_bundle(path)? { verify_bundle(path, key, progress) } else { verify_log(path, key, progress) }
}

pub(crate) fn is_bundle(path: &Path) -> Result<bool, Failure> {
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(2).read_to_end(&mut begin));
    match read {
        Ok(_) => Ok(begin == BUNDLE || path.extension().is_some_and(|ending| ending == BUNDLE_ENDING)),
        // The store says what is the matter with a database.
        Err(_) if path.extension().is_none_or(|ending| ending != BUNDLE_ENDING) => Ok(false),
        Err(error) => Err(Failure::unreadable(path, &error)),
    }
}

fn verify_bundle(
    path: &Path,
    key: Option<&VerifyingKey>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Outcome, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    let mut told = 0u64;
    let outcome = record::bundle::verify(&bytes, key, &mut |done, of| {
        if done.saturating_sub(told) >= PROGRESS_EVERY {
            told = done;
            progress(done, of);
        }
    });
    Ok(match outcome {
        Ok(BundleReport { record, files, disclosed, redacted }) => {
            Ok(Holds { record, bundle: Some(Beside { files, disclosed, redacted }) })
        }
        Err(BundleFault { file, fault, held }) => Err(Broken { file, fault, held }),
    })
}

fn verify_log(path: &Path, key: Option<&VerifyingKey>, progress: &mut dyn FnMut(u64, u64)) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::store(&error);
    let mut store = SqliteStore::open_read_only(path).map_err(failed)?;
    let size = store.size().map_err(failed)?;
    let Some(first) = store.entries(0, 1).map_err(failed)?.into_iter().next() else {
        return Ok(Err(missing("LOG-EMPTY", "the log has no entry: its founding was cut off", 0)));
    };
    let faulty = |store: &mut SqliteStore, fault, held| locate(store, fault, held).map(Err).map_err(failed);
    let mut verifier = match Verifier::begin(&first) {
        Ok(verifier) => verifier,
        Err(fault) => return Ok(Err(Broken { file: None, fault, held: 0 })),
    };
    let mut next = 1u64;
    while next < size {
        let entries = store.entries(next, BATCH).map_err(failed)?;
        if entries.is_empty() {
            return Ok(Err(missing("ENTRY-MISSING", "the log ends before its last entry", next)));
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
        return Ok(Err(missing("CHECKPOINT-MISSING", "no checkpoint was ever signed over these entries", next)));
    };
    match verifier.finish(&checkpoint.note, key) {
        Ok(record) => Ok(Ok(Holds { record, bundle: None })),
        Err(fault) => faulty(&mut store, fault, next),
    }
}

/// An entry that was changed may be well formed, and show only in what rests on it: in the root at the end, or in a
/// later entry whose device had seen another log. Every checkpoint on the way has a root of its own, so the first entry
/// that is not the signed one is found. Where a batch had more than one entry, the first of the batch is named.
fn locate(store: &mut SqliteStore, fault: Fault, held: u64) -> Result<Broken, StoreError> {
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
                let fault = Fault { code: "TREE-ROOT", index: Some(good), sentence };
                return Ok(Broken { file: None, fault, held: good });
            }
            good = tree.size();
        }
    }
    Ok(Broken { file: None, fault, held })
}

fn missing(code: &'static str, sentence: &str, held: u64) -> Broken {
    Broken { file: None, fault: Fault { code, index: None, sentence: sentence.to_owned() }, held }
}

/// What the verifier cannot know, however well the record holds.
fn not_proven(holds: &Holds, pinned: bool) -> Vec<String> {
    let mut said = vec![
        "Nobody outside has countersigned this log. Whoever has all its keys could have written it anew, save what \
         others hold a receipt or a checkpoint of: compare those with it."
            .to_owned(),
        format!(
            "That it is whole: whether entries after the {} here were cut off, only a later receipt or checkpoint in \
             other hands can show.",
            holds.record.size
        ),
        "That what people entered is true. A record shows who entered what, when, and by which rules it was judged."
            .to_owned(),
        match holds.bundle {
            Some(_) => "That a redacted text is what somebody says it is: only its disclosure shows that.",
            None => "Names, PINs and texts: they lie in the office database, which can be changed.",
        }
        .to_owned(),
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

fn report_text(holds: &Holds, pinned: bool) -> String {
    let report = &holds.record;
    let whose = if pinned { "the key that you gave" } else { "the key that the log names" };
    let replayed = match report.replayed {
        Replayed::Replayed => "REPLAYED      The rules, run again, gave every verdict as it is recorded.".to_owned(),
        Replayed::NotReplayed { recorded, built_in } => not_replayed(report, recorded, built_in),
    };
    let mut text = format!(
        "{origin}\n\n\
         SIGNED        {signatures} intents, each with the key of its device; the checkpoint with {whose}.\n\
         INCLUDED      All {size} entries are in the tree that the checkpoint was signed over, root {root}.\n\
         {complete}\
         {replayed}\n\
         The last entry was decided at {last}.\n\
         Log key: {key}\n\n\
         What this does not prove:\n",
        complete = holds.bundle.map_or_else(String::new, |beside| beside_text(&beside, report.size)),
        origin = report.origin,
        signatures = report.signatures,
        size = report.size,
        root = report.root,
        last = moment(report.last_decided_at),
        key = report.log_key,
    );
    for said in not_proven(holds, pinned) {
        text.push_str(&format!("  - {said}\n"));
    }
    text
}

/// What a bundle proves beside what the record in it does.
fn beside_text(beside: &Beside, size: u64) -> String {
    let Beside { files, disclosed, redacted } = beside;
    format!(
        "COMPLETE      [0, {size}): no entry up to the checkpoint is missing, and all {files} files are those that the log's \
         key signed for.\n\
         WITNESSED     0 of 0: the bundle names no witness.\n\
         REDACTED      {redacted} texts are kept back; {disclosed} are disclosed, each as the record has it.\n"
    )
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

fn report_json(holds: &Holds, pinned: bool) -> Value {
    let report = &holds.record;
    let mut levels = vec![json!("SIGNED"), json!("INCLUDED")];
    levels.extend(holds.bundle.map(|_| json!("COMPLETE")));
    let bundle = holds.bundle.map(|it| {
        json!({
            "files": it.files, "complete": [0, report.size], "witnesses": 0,
            "disclosed": it.disclosed, "redacted": it.redacted,
        })
    });
    let replayed = match report.replayed {
        Replayed::Replayed => json!("REPLAYED"),
        Replayed::NotReplayed { .. } => json!("NOT REPLAYED"),
    };
    let rules = match report.replayed {
        Replayed::Replayed => Value::Null,
        Replayed::NotReplayed { recorded, built_in } => json!({"recorded": recorded, "built_in": built_in}),
    };
    levels.push(replayed);
    json!({
        "verified": true,
        "levels": levels,
        "bundle": bundle,
        "rules": rules,
        "compared": report.compared,
        "origin": report.origin.to_string(),
        "entries": report.size,
        "root": report.root.to_string(),
        "signatures": report.signatures,
        "last_decided_at": report.last_decided_at.0,
        "log_key": report.log_key,
        "key_pinned": pinned,
        "not_proven": not_proven(holds, pinned),
    })
}

fn place(broken: &Broken) -> String {
    match (broken.fault.index, &broken.file) {
        (Some(index), None) => format!("Entry {index}"),
        (Some(index), Some(file)) => format!("Entry {index}, in {file},"),
        (None, Some(file)) => format!("The file {file} in the bundle"),
        (None, None) => "The record".to_owned(),
    }
}

pub(crate) fn fault_text(broken: &Broken) -> String {
    let before = if broken.held == 0 {
        "Nothing before it was verified.".to_owned()
    } else {
        format!("The {} entries before it hold.", broken.held)
    };
    format!(
        "{} does not hold [{}]: {}.\n\
         {before} From there on the record proves nothing, and every gun counts as UNKNOWN.\n\
         Keep the file as it is, with everything beside it, and verify a copy from elsewhere.\n",
        place(broken),
        broken.fault.code,
        broken.fault.sentence
    )
}

pub(crate) fn fault_json(broken: &Broken) -> Value {
    let Fault { code, index, sentence } = &broken.fault;
    json!({
        "verified": false,
        "fault": {"code": code, "entry": index, "file": broken.file, "sentence": sentence},
        "entries_that_hold": broken.held,
    })
}
