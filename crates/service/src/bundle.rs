//! A production's folder as one file for a stranger: `record::bundle`, signed with the log's key.

use std::collections::BTreeSet;
use std::path::Path;

use proof::note::Signer;
use proof::tree::Hash;
use record::blind::Closed;
use record::bundle::{self, Disclosure, Parts, Trust};
use record::entry::Entry;
use record::{Id, Origin};
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{Sealed, Store, StoreError};

use crate::cosigned::LeftOut;
use crate::error::ServiceError;
use crate::found::log_signer;
use crate::key::LogKey;
use crate::second;
use crate::service::{KEY, LOG, OFFICE};
use crate::stamps::kept_stamps;
use crate::witnessed::WitnessFiles;

/// How many entries are read at a time.
const BATCH: u64 = 512;

/// What goes into a bundle besides the record itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// The texts behind the commitments, such as names. Without them they stay redacted.
    pub names: bool,
    /// The files that intents name, such as photographs. Without them their digests stand alone.
    pub attachments: bool,
    /// Blind answers that nobody has opened yet.
    pub closed_answers: bool,
}

/// The pages that go along with every record, so that its reader needs nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages<'a> {
    /// The page that specifies the format.
    pub format: &'a str,
    /// The verifier as a page; empty, and none goes along.
    pub verify: &'a str,
}

/// A bundle that was written.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The log's name.
    pub origin: Origin,
    /// How many entries it holds.
    pub entries: u64,
    /// How many texts it discloses.
    pub disclosed: u64,
    /// How many files that intents name it carries along.
    pub attached: u64,
    /// What others countersigned and is damaged: it is not in it.
    pub left_out: Vec<LeftOut>,
}

/// Bundles the production of a folder that nobody serves; `progress`
/// is told how many entries were read, and of how many. It writes nothing.
///
/// # Errors
/// [`ServiceError::Store`], [`ServiceError::KeyMissing`], [`ServiceError::KeyUnusable`], [`ServiceError::NotFounded`],
/// [`ServiceError::AnswerClosed`] and [`ServiceError::NotBundled`].
pub fn bundle(
    folder: &Path,
    wish: Wish,
    pages: Pages<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Bundled, ServiceError> {
    let read = Folder::read(folder, progress)?;
    let broken = |detail: String| ServiceError::NotBundled { detail };
    let Told { disclosures, attachments } = read.told(wish, |_| true)?;
    let signer = read.signer()?;
    let witnesses = WitnessFiles::of_folder(folder).read(&read.origin, signer.verifying_key())?;
    let (whole, older) = witnesses.for_bundle(read.head.size);
    let stamps = kept_stamps(folder, &read.origin, signer.verifying_key());
    let second = second::read(folder, &read.origin)?;
    let checkpoint = whole.as_deref().unwrap_or(&read.head.note);
    let last = read.entries.last().map(Vec::as_slice);
    let dual = second.as_ref().and_then(|second| second::sign(checkpoint, second, last, &read.origin));
    let own_policy = witnesses.policy_text();
    let policy = second.as_ref().map(|second| second::policy(own_policy, signer.verifying_key(), second));
    let parts = Parts {
        entries: &read.entries,
        checkpoint: dual.as_deref().unwrap_or(checkpoint),
        witnessed: older.as_deref(),
        policy: policy.as_deref().or(own_policy),
        stamps: &stamps,
        disclosures: &disclosures,
        attachments: &attachments,
        format_page: pages.format,
        verify_page: pages.verify,
    };
    let bytes = bundle::write(&parts, &signer).map_err(|error| broken(error.to_string()))?;
    // What is handed to a stranger was read back as he will read it.
    let trust = Trust { key: Some(signer.verifying_key()), policy: None, ..Trust::default() };
    bundle::verify(&bytes, &trust, &mut |_, _| {}).map_err(|found| broken(found.fault.sentence))?;
    let [disclosed, attached] = counts(&disclosures, &attachments);
    let left_out = witnesses.left_out().to_vec();
    Ok(Bundled { bytes, origin: read.origin, entries: read.head.size, disclosed, attached, left_out })
}

/// The record of a folder, read through.
pub(crate) struct Folder<'a> {
    path: &'a Path,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) head: Sealed,
    pub(crate) origin: Origin,
}

impl<'a> Folder<'a> {
    pub(crate) fn read(path: &'a Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Folder<'a>, ServiceError> {
        let mut log = SqliteStore::open_read_only(&path.join(LOG))?;
        let (entries, head) = read(&mut log, progress)?;
        let first = entries.first().ok_or(ServiceError::NotFounded)?;
        let origin = Entry::origin_of(first);
        let origin = origin.map_err(|error| ServiceError::NotBundled { detail: error.to_string() })?;
        Ok(Folder { path, entries, head, origin })
    }

    /// The log's own signer.
    pub(crate) fn signer(&self) -> Result<Signer, ServiceError> {
        log_signer(&self.origin, &LogKey::read(&self.path.join(KEY))?)
    }

    /// The texts and files that go along with the entries that do. Refused where one of these is a blind answer that
    /// the other of the two could now read.
    pub(crate) fn told(&self, wish: Wish, goes_along: impl Fn(u64) -> bool) -> Result<Told, ServiceError> {
        let named = named(&self.entries, &self.origin, wish, goes_along)?;
        let mut told = Told::default();
        if !wish.names && !wish.attachments {
            return Ok(told);
        }
        let mut office = Office::open_read_only(&self.path.join(OFFICE))?;
        if wish.names {
            told.disclosures = disclosures(&mut office, &named.intents)?;
        }
        if wish.attachments {
            for digest in &named.files {
                told.attachments.extend(office.attachment(&digest.0)?);
            }
        }
        Ok(told)
    }
}

/// What the office still has of what the entries only commit to.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) disclosures: Vec<Disclosure>,
    pub(crate) attachments: Vec<Vec<u8>>,
}

/// How many they are.
pub(crate) fn counts(disclosures: &[Disclosure], attachments: &[Vec<u8>]) -> [u64; 2] {
    [disclosures.len(), attachments.len()].map(|count| u64::try_from(count).unwrap_or(u64::MAX))
}

/// Every entry, and the checkpoint over them.
fn read(log: &mut dyn Store, progress: &mut dyn FnMut(u64, u64)) -> Result<(Vec<Vec<u8>>, Sealed), ServiceError> {
    let head = log.checkpoint()?.ok_or(ServiceError::NotFounded)?;
    let mut entries = Vec::new();
    let mut next = 0u64;
    while next < head.size {
        let read = log.entries(next, BATCH.min(head.size.saturating_sub(next)))?;
        if read.is_empty() {
            let detail = format!("the log ends at entry {next}, before its checkpoint");
            return Err(ServiceError::NotBundled { detail });
        }
        next = next.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX));
        entries.extend(read);
        progress(next, head.size);
    }
    Ok((entries, head))
}

/// What the entries that go along name.
#[derive(Default)]
struct Named {
    intents: Vec<Id>,
    files: BTreeSet<Hash>,
}

/// The intents of the entries that go along and the files that these name. None is a blind answer that is still closed,
/// unless that is wished.
fn named(
    entries: &[Vec<u8>],
    origin: &Origin,
    wish: Wish,
    goes_along: impl Fn(u64) -> bool,
) -> Result<Named, ServiceError> {
    let mut closed = Closed::default();
    let mut named = Named::default();
    for (index, bytes) in (0u64..).zip(entries) {
        let broken = |error| ServiceError::NotBundled { detail: format!("entry {index} cannot be read: {error}") };
        let entry = Entry::decode(bytes, origin).map_err(broken)?;
        closed.learn(index, &entry);
        if let Some(intent) = entry.intent().filter(|_| goes_along(index)) {
            named.intents.push(intent.said.id);
            named.files.extend(intent.said.attachments.iter().map(|it| it.sha256));
        }
    }
    let first_closed = closed.places().into_iter().find(|index| goes_along(*index)).filter(|_| !wish.closed_answers);
    first_closed.map_or(Ok(named), |index| Err(ServiceError::AnswerClosed { index }))
}

/// The texts of the record that the office still has.
fn disclosures(office: &mut Office, intents: &[Id]) -> Result<Vec<Disclosure>, StoreError> {
    let mut all = Vec::new();
    for intent in intents {
        let kept = office.disclosures(intent.to_bytes())?;
        let with_intent = |it: store::office::Disclosure| Disclosure {
            intent: *intent,
            path: it.path,
            salt: it.salt,
            value: it.value,
        };
        all.extend(kept.into_iter().map(with_intent));
    }
    Ok(all)
}
