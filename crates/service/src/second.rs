//! The log's second key: ML-DSA-44 (FIPS 204), which holds against quantum computers as far as anybody knows. With it the log
//! signs, beside its own Ed25519, the head over each wrap and the checkpoint of each bundle (C2SP tlog-checkpoint, signature
//! type 06).
//!
//! The founding names the Ed25519 key alone. That this is the log's second key is said by `policy.txt` in the bundle, which
//! the manifest lists, which the Ed25519 key signs.

use std::path::Path;

use proof::cosignature::Cosigner;
use proof::note::{KeyName, Note, VerifyingKey};
use proof::policy::Policy;
use record::entry::Entry;
use record::{Millis, Origin};

use crate::error::ServiceError;
use crate::key::LogKey;

/// The file with the seed of the key, 32 bytes.
pub(crate) const SECOND_KEY: &str = "log.mldsa44.key";

/// Makes the key where there is none, beside the first one: at the founding, and in older folders when they are opened.
///
/// # Errors
/// [`ServiceError::NoRandomness`], [`ServiceError::KeyUnusable`].
pub(crate) fn make(folder: &Path) -> Result<(), ServiceError> {
    let path = folder.join(SECOND_KEY);
    if path.exists() { Ok(()) } else { LogKey::fresh()?.write(&path) }
}

/// The log's second signer; none in a folder that was never opened since there are such keys.
///
/// # Errors
/// [`ServiceError::KeyUnusable`] where the file is there and holds no key.
pub(crate) fn read(folder: &Path, origin: &Origin) -> Result<Option<Cosigner>, ServiceError> {
    let key = match LogKey::read(&folder.join(SECOND_KEY)) {
        Ok(key) => key,
        Err(ServiceError::KeyMissing { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let name = KeyName::new(&origin.to_string());
    let name = name.map_err(|error| ServiceError::NotBundled { detail: error.to_string() })?;
    Ok(Some(Cosigner::ml_dsa_44(name, key.secret())))
}

/// The checkpoint with a line by the second key, at its end where it has none yet; nothing where it cannot have one.
/// `last` is the last entry below it.
pub(crate) fn sign(checkpoint: &[u8], second: &Cosigner, last: Option<&[u8]>, origin: &Origin) -> Option<Vec<u8>> {
    let mut note = Note::parse(checkpoint).ok()?;
    add(&mut note, second, Entry::decode(last?, origin).ok()?.decided_at)?;
    Some(note.to_bytes())
}

/// Puts a line by the second key under a head of this log, unless there is one. The line's time is when the last entry was
/// decided: the same record gives the same bytes. Nothing where the note has as many lines as a note may have.
pub(crate) fn add(note: &mut Note, second: &Cosigner, last_decided: Millis) -> Option<()> {
    if is_signed(note, second) {
        return Some(());
    }
    let seconds = u64::try_from(last_decided.0).ok()? / 1_000;
    note.add(second.cosign(note, seconds).ok()?).ok()
}

/// Whether the second key has signed this head.
pub(crate) fn is_signed(note: &Note, second: &Cosigner) -> bool {
    second.key().time_of(note).is_ok_and(|time| time.is_some())
}

/// The policy with the second key in it, behind the first.
pub(crate) fn policy(written: Option<&str>, key: &VerifyingKey, second: &Cosigner) -> String {
    let second = second.key();
    let Some(written) = written else { return format!("log {key}\nlog {second}\nquorum none\n") };
    let names_it = Policy::parse(written.as_bytes()).is_ok_and(|it| it.log_keys().contains(&second.to_string()));
    if names_it {
        return written.to_owned();
    }
    let own = format!("log {key}\n");
    match written.strip_prefix(&own) {
        Some(rest) => format!("{own}log {second}\n{rest}"),
        None => format!("log {second}\n{written}"),
    }
}
