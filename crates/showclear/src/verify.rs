//! `showclear verify`: does a record hold, and what does that prove?

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::policy::{MAX_POLICY_BYTES, Policy};
use proof::stamp::{Certificate, MAX_PEM_BYTES};
use proof::tree::{Frontier, hash_leaf};
use record::bundle::Trust;
use record::erasure::Digests;
use record::verify::{Ahead, Effort, Fault, Verifier};
use store::sqlite::SqliteStore;
use store::{Store, StoreError};
use verifier::report::{Broken, Holds, Outcome, fault_json, fault_text};
use verifier::{Held, Reader};

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
    /// Which witnesses count, in a file as C2SP tlog-policy has it; without it the bundle's own policy says so.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The certificates of the time-stamping authorities that count, in a file (PEM), as they came from the authorities.
    #[arg(long, value_name = "FILE")]
    pub tsa_root: Option<PathBuf>,
    /// Do not run the rules again: everything is verified but that the verdicts follow from them.
    #[arg(long)]
    pub without_replay: bool,
    /// On how many threads signatures are checked; without it on as many as the machine has. What is found is the same.
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

fn parse_key(text: &str) -> Result<VerifyingKey, String> {
    text.parse().map_err(|error| format!("this is not a verifier key such as `name+1a2b3c4d+AbCd…`: {error}"))
}

/// The first bytes of a bundle.
const BUNDLE: &[u8] = b"PK";

/// The ending of a bundle's name: a bundle that was damaged in its first bytes is still one.
const BUNDLE_ENDING: &str = "showclear";

/// Verifies the record and says what that proves.
///
/// # Errors
/// Where the file cannot be read.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let policy = args.policy.as_deref().map(read_policy).transpose()?;
    let tsa_roots = args.tsa_root.as_deref().map_or(Ok(Vec::new()), read_roots)?;
    let trust = Trust { key: args.key.as_ref(), policy: policy.as_ref(), tsa_roots: &tsa_roots };
    let effort = Effort { replay: !args.without_replay, threads: args.threads.unwrap_or_else(all_threads) };
    let mut told = |done: u64, of: u64| note(&format!("  {done} of {of} entries"));
    let outcome = if is_bundle(&args.file)? {
        verifier::found(&read(&args.file)?, &trust, effort, &mut seldom(&mut told))
    } else {
        verify_log(&args.file, trust.key, effort, &mut told)?.map(Held::Record)
    };
    let reader = Reader::now(args.key.is_some());
    out(&match &outcome {
        Ok(held) if args.json => format!("{}\n", held.json(reader)),
        Ok(held) => held.text(reader),
        Err(broken) if args.json => format!("{}\n", fault_json(broken)),
        Err(broken) => fault_text(broken),
    });
    Ok(if outcome.is_ok() { Exit::Fine } else { Exit::Findings })
}

/// As many threads as the machine has.
fn all_threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::unreadable(path, &error))
}

/// Tells of one entry in [`PROGRESS_EVERY`].
fn seldom(tell: &mut dyn FnMut(u64, u64)) -> impl FnMut(u64, u64) {
    let mut told = 0u64;
    move |done, of| {
        if done.saturating_sub(told) >= PROGRESS_EVERY {
            told = done;
            tell(done, of);
        }
    }
}

/// Verifies the log or the bundle at `path`. `progress` is told how many entries were read, and of how many.
///
/// # Errors
/// Where the file cannot be read. What is wrong with the record itself is no error but the outcome.
pub fn verify(path: &Path, trust: &Trust<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<Outcome, Failure> {
    if is_bundle(path)? {
        verify_bundle(path, trust, progress)
    } else {
        verify_log(path, trust.key, Effort::default(), progress)
    }
}

/// What is known of the record in a production's folder, where it holds; `not_done` is what was not done otherwise.
///
/// # Errors
/// Where it cannot be read, or does not hold.
pub(crate) fn holding(folder: &Path, not_done: &str) -> Result<Holds, Failure> {
    let outcome = verify(&folder.join("log.db"), &Trust::default(), &mut |_, _| {});
    let outcome = outcome
        .map_err(|failure| Failure { means: format!("{not_done} The record itself is as it was."), ..failure })?;
    outcome.map_err(|broken| {
        Failure::new(
            Exit::Findings,
            broken.fault.code,
            format!("the record does not hold after {} entries: {}", broken.held, broken.fault.sentence),
            format!("What it says is in doubt, and every gun counts as UNKNOWN. {not_done}"),
            "Run `showclear verify` on the folder's log.db, and keep the folder as it is.",
        )
    })
}

/// The bytes of a small file, one more than `most` where it is longer: what reads them then refuses them.
pub(crate) fn read_small(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| Failure::unreadable(path, &error))?;
    Ok(bytes)
}

fn read_roots(path: &Path) -> Result<Vec<Certificate>, Failure> {
    let remedy = "Take the authority's certificate from the authority, as PEM, or leave --tsa-root out.";
    Ok(read_certificates(path, "Nothing was verified.", remedy)?.1)
}

/// The certificates (PEM) in a file, with its bytes.
pub(crate) fn read_certificates(
    path: &Path,
    means: &str,
    remedy: &str,
) -> Result<(Vec<u8>, Vec<Certificate>), Failure> {
    let bytes = read_small(path, MAX_PEM_BYTES)?;
    let certificates = Certificate::read_pem(&bytes).map_err(|error| {
        Failure::new(Exit::Usage, error.code(), format!("in the file {}: {error}", path.display()), means, remedy)
    })?;
    Ok((bytes, certificates))
}

fn read_policy(path: &Path) -> Result<Policy, Failure> {
    let bytes = read_small(path, MAX_POLICY_BYTES)?;
    Policy::parse(&bytes).map_err(|error| {
        Failure::new(
            Exit::Usage,
            error.code(),
            format!("in the file {}: {error}", path.display()),
            "Nothing was verified.",
            "Mend the line, or leave --policy out: then the bundle's own policy says which witnesses count.",
        )
    })
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

fn verify_bundle(path: &Path, trust: &Trust<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<Outcome, Failure> {
    let outcome = record::bundle::verify(&read(path)?, trust, &mut seldom(progress));
    Ok(outcome.map(Holds::from).map_err(Broken::from))
}

fn verify_log(
    path: &Path,
    key: Option<&VerifyingKey>,
    effort: Effort,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::store(&error);
    let mut store = SqliteStore::open_read_only(path).map_err(failed)?;
    let size = store.size().map_err(failed)?;
    let Some(first) = store.entries(0, 1).map_err(failed)?.into_iter().next() else {
        return Ok(Err(missing("LOG-EMPTY", "the log has no entry: its founding was cut off", 0)));
    };
    let faulty = |store: &mut SqliteStore, fault, held| locate(store, fault, held).map(Err).map_err(failed);
    let mut verifier = match Verifier::begin(&first) {
        Ok(verifier) => verifier.with(effort),
        Err(fault) => return Ok(Err(in_the_log(fault, 0))),
    };
    if let Err(fault) = verifier.check_pinned(key) {
        return Ok(Err(in_the_log(fault, 0)));
    }
    // The first entry holds no digest of a text or a file.
    let mut digests = Digests::default();
    // What cannot be read is said in its turn: what is wrong before it comes first.
    let (mut entries, mut ahead) = (store.entries(1, BATCH), Ahead::default());
    while verifier.size() < size {
        let read = entries.map_err(failed)?;
        if read.is_empty() {
            return Ok(Err(missing("ENTRY-MISSING", "the log ends before its last entry", verifier.size())));
        }
        let mut done = verifier.size();
        entries = store.entries(done.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX)), BATCH);
        let then = entries.as_deref().unwrap_or_default();
        let passed = verifier.entries(&read, ahead, then, &mut |entry| {
            digests.learn(entry);
            done = done.saturating_add(1);
            if done.is_multiple_of(PROGRESS_EVERY) {
                progress(done, size);
            }
        });
        ahead = match passed {
            Ok(ahead) => ahead,
            Err(fault) => return faulty(&mut store, fault, verifier.size()),
        };
    }
    let next = verifier.size();
    let Some(checkpoint) = store.checkpoint().map_err(failed)? else {
        return Ok(Err(missing("CHECKPOINT-MISSING", "no checkpoint was ever signed over these entries", 0)));
    };
    match verifier.finish(&checkpoint.note, key) {
        Ok(record) => {
            let erased = digests.erased(&BTreeSet::new(), &BTreeSet::new());
            Ok(Ok(Holds { record, bundle: None, erased }))
        }
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
                return Ok(in_the_log(fault, good));
            }
            good = tree.size();
        }
    }
    // What names no entry is wrong with the head: of a tree that the log's key did not sign no entry holds.
    let held = if fault.index.is_some() { held } else { 0 };
    Ok(in_the_log(fault, held))
}

fn in_the_log(fault: Fault, held: u64) -> Broken {
    Broken { file: None, fault, held, tree_holds: false }
}

fn missing(code: &'static str, sentence: &str, held: u64) -> Broken {
    in_the_log(Fault { code, index: None, sentence: sentence.to_owned() }, held)
}
