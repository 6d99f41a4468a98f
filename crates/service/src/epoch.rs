//! A new epoch, made in a folder whose record cannot be gone on with: an older copy that was put back, above all.
//!
//! The older record stays as it is, under another name. What it had come to is carried over, everything is voided and held,
//! and the highest head that was found stands in the new record: what is lost is said, and never covered up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{Event, SEMANTICS};
use proof::checkpoint::Checkpoint;
use proof::note::Signer;
use proof::tree::{hash_leaf, root_of};
use record::entry::{Body, Entry, Genesis, rules_hash};
use record::epoch::{Carried, carry};
use record::schema::schema_hash;
use record::{Millis, Origin};
use store::sqlite::SqliteStore;
use store::{SealError, Store};

use crate::archive;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::found::log_signer;
use crate::heads::Heads;
use crate::key::LogKey;
use crate::load::{Loaded, load};
use crate::random;
use crate::service::{KEY, LOG};
use crate::stamps::STAMPS;
use crate::witnessed::COSIGNED;

/// What of a folder belongs to one epoch.
const OF_AN_EPOCH: [&str; 4] = [LOG, "log.head", COSIGNED, STAMPS];

/// A new epoch that was begun.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Begun {
    /// The log's new name.
    pub origin: Origin,
    /// The log's key under that name.
    pub log_key: String,
    /// How many entries the record before has.
    pub before: u64,
    /// How many entries it is known to have had; none where nothing is known to be lost.
    pub lost_at: Option<u64>,
    /// Where the record before lies now.
    pub kept: PathBuf,
    /// How many entries the new record begins with.
    pub entries: u64,
}

/// Begins a new epoch in a production's folder that nobody serves.
///
/// # Errors
/// [`ServiceError`]; the folder is then as it was.
pub fn begin_epoch(folder: &Path, clock: &Arc<dyn Clock>) -> Result<Begun, ServiceError> {
    let key = LogKey::read(&folder.join(KEY))?;
    let mut log = SqliteStore::open(&folder.join(LOG))?;
    let loaded = load(&mut log, &key)?;
    let lost = Heads::of_folder(folder)?.highest_not_reached(&loaded)?;
    let lost_at = lost.as_ref().map(|(size, _)| *size);
    let Drafted { origin, signer, entries } = draft(&loaded, &key, lost.map(|(_, note)| note), clock.now_ms())?;
    drop(log);
    let suffix = format!("-e{}", loaded.origin.epoch());
    let new = folder.join(format!("log{suffix}-next.db"));
    write(&new, &entries, &origin, &signer)?;
    let kept = put_aside(folder, &suffix)?;
    let renamed = std::fs::rename(&new, folder.join(LOG));
    renamed.map_err(|error| unusable(&new, &error))?;
    // Nobody else ever locks the name under which it was made.
    let _left = std::fs::remove_file(folder.join(format!("log{suffix}-next.db.lock")));
    Ok(Begun {
        origin,
        log_key: signer.verifying_key().to_string(),
        before: loaded.core.size(),
        lost_at,
        kept,
        entries: u64::try_from(entries.len()).unwrap_or(u64::MAX),
    })
}

fn unusable(path: &Path, error: &std::io::Error) -> ServiceError {
    ServiceError::EpochNotBegun { path: path.to_owned(), detail: error.to_string() }
}

/// The entries that a new epoch begins with.
struct Drafted {
    origin: Origin,
    signer: Signer,
    entries: Vec<Vec<u8>>,
}

fn draft(loaded: &Loaded, key: &LogKey, lost: Option<String>, now_ms: i64) -> Result<Drafted, ServiceError> {
    let broken = |detail: String| ServiceError::DoesNotVerify { detail };
    let older = &loaded.origin;
    let epoch = older.epoch().checked_add(1).ok_or_else(|| broken("there is no later epoch".to_owned()))?;
    let origin = Origin::new(older.domain(), older.production(), epoch).map_err(|error| broken(error.to_string()))?;
    let signer = log_signer(&origin, key)?;
    let mut at = now_ms.max(loaded.core.last_decided.0.saturating_add(1));
    let archive = archive::read(&loaded.core.archive);
    let parts = carry(&loaded.core.state, archive.keys(), lost, random::id(at)?, Millis(at));
    let genesis = Body::Genesis(Box::new(genesis(loaded, &signer)?));
    let bodies = std::iter::once(genesis).chain(parts.into_iter().map(|part: Carried| Body::Carried(Box::new(part))));
    let mut entries = Vec::new();
    for (index, body) in (0u64..).zip(bodies) {
        let entry = Entry { index, decided_at: Millis(at), body };
        entries.push(entry.encode(&origin).map_err(|error| broken(error.to_string()))?);
        at = at.saturating_add(1);
    }
    drop(archive);
    Ok(Drafted { origin, signer, entries })
}

/// The first entry: as that of the epoch before, with the rules built in, going on from its newest checkpoint.
fn genesis(loaded: &Loaded, signer: &Signer) -> Result<Genesis, ServiceError> {
    let broken = |detail: &str| ServiceError::DoesNotVerify { detail: detail.to_owned() };
    let archive = archive::read(&loaded.core.archive);
    let first = archive.get(0).map(|kept| &kept.entry.body);
    let Some(Body::Genesis(older)) = first else { return Err(ServiceError::NotFounded) };
    let previous = String::from_utf8(loaded.checkpoint.clone()).map_err(|_| broken("its checkpoint is not text"))?;
    Ok(Genesis {
        production: older.production,
        log_key: signer.verifying_key().to_string(),
        limits: older.limits,
        rules: rules_hash(&older.limits),
        semantics: SEMANTICS,
        schema: schema_hash(),
        founder_key: older.founder_key,
        previous: Some(previous),
        events: vec![Event::PersonAdded { person: loaded.founder }],
    })
}

/// Writes the new log beside the older one, and reads it back as whoever opens it will.
fn write(path: &Path, entries: &[Vec<u8>], origin: &Origin, signer: &Signer) -> Result<(), ServiceError> {
    if path.exists() {
        std::fs::remove_file(path).map_err(|error| unusable(path, &error))?;
    }
    let mut log = SqliteStore::create(path)?;
    log.append(0, entries, &mut |read_back| {
        let leaves: Vec<_> = read_back.iter().map(|bytes| hash_leaf(bytes)).collect();
        let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
        let head = Checkpoint { origin: origin.to_string(), size, root: root_of(&leaves) };
        let note = signer.sign(&head.to_text()).map_err(|error| SealError::new(error.to_string()))?;
        Ok(note.to_bytes())
    })?;
    let checkpoint = log.checkpoint()?.map(|sealed| sealed.note).unwrap_or_default();
    drop(log);
    let broken = |fault: record::verify::Fault| ServiceError::DoesNotVerify { detail: fault.sentence };
    let mut verifier: Option<record::verify::Verifier> = None;
    for bytes in entries {
        match &mut verifier {
            None => verifier = Some(record::verify::Verifier::begin(bytes).map_err(broken)?),
            Some(verifier) => drop(verifier.entry(bytes).map_err(broken)?),
        }
    }
    let verified = verifier.map(|verifier| verifier.finish(&checkpoint, Some(signer.verifying_key())));
    verified.map_or(Err(ServiceError::NotFounded), |done| done.map(drop).map_err(broken))
}

/// Keeps the record before under another name, with its head and what was countersigned and stamped of it.
fn put_aside(folder: &Path, suffix: &str) -> Result<PathBuf, ServiceError> {
    let mut kept = folder.to_owned();
    for name in OF_AN_EPOCH {
        let (from, to) = (folder.join(name), folder.join(aside(name, suffix)));
        if to.exists() {
            return Err(ServiceError::AlreadyThere { path: to });
        }
        if name == LOG {
            kept.clone_from(&to);
        }
        if from.exists() {
            std::fs::rename(&from, &to).map_err(|error| unusable(&from, &error))?;
        }
    }
    Ok(kept)
}

fn aside(name: &str, suffix: &str) -> String {
    match name.split_once('.') {
        Some((stem, ending)) => format!("{stem}{suffix}.{ending}"),
        None => format!("{name}{suffix}"),
    }
}
