//! Who outside has countersigned the record in a bundle, and up to where.

use proof::checkpoint::{Checkpoint, CheckpointError};
use proof::note::{Note, NoteError, VerifyingKey};
use proof::policy::{Policy, PolicyFault, Standing};

use super::BundleFault;
use super::consistency::Held;
use super::files::{CHECKPOINT, POLICY, WITNESSED, WITNESSED_PROOF};
use super::opened::{Learned, Opened};
use super::verify::Trust;
use crate::Millis;

/// How the record stands with its witnesses.
#[derive(Clone, Debug, PartialEq)]
pub struct Witnessed {
    /// The countersigned checkpoint that counts: of those that enough witnesses have signed the newest, else the one that
    /// most have.
    pub standing: Standing,
    /// Whether the one who verifies said which witnesses count; else the bundle's own policy did.
    pub by_given_policy: bool,
    /// Whether the log has signed the newest checkpoint with an ML-DSA-44 key as well, one that the policy names.
    pub by_log_ml_dsa_44: bool,
    /// Of the entries here that the checkpoint covers, the last, and when it was decided. Whoever countersigned it after
    /// them has a later time, by a clock that goes right.
    pub last_covered: Option<(u64, Millis)>,
}

impl Witnessed {
    /// Whether somebody outside has countersigned, and enough of them.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.standing.quorum_met && !self.standing.seen_by.is_empty()
    }

    /// The moment by which all of them had seen it, in seconds since 1970.
    #[must_use]
    pub fn by_seconds(&self) -> Option<u64> {
        self.standing.seen_by.iter().map(|seen| seen.seconds).max()
    }
}

/// Holds the checkpoints of a bundle or an extract against the policy that counts. The bundle's own is read in any case.
pub(super) fn check(
    opened: &Opened<'_>,
    held: Held<'_>,
    learned: &Learned,
    key: &VerifyingKey,
    trust: &Trust<'_>,
) -> Result<Witnessed, BundleFault> {
    let own = own_policy(opened, key)?;
    let policy = trust.policy.unwrap_or(&own);
    // A policy from outside need not name every key of the log: no witness may have one of them.
    let mut keys = own.keys_of(opened.manifest.origin.as_str());
    keys.push(key.public().to_vec());
    let stand = |path, note: &Note| stand(policy, &keys, path, note);
    let newest = note_of(CHECKPOINT, opened.get(CHECKPOINT)?)?;
    let mut best = stand(CHECKPOINT, &newest)?;
    let by_log_ml_dsa_44 = best.by_log_ml_dsa_44;
    each_belongs_there(opened)?;
    if let Ok(bytes) = opened.get(WITNESSED) {
        let older = note_of(WITNESSED, bytes)?;
        let standing = stand(WITNESSED, &older)?;
        is_of_this_log(&standing.checkpoint, opened, held)?;
        if rank(&standing) > rank(&best) {
            best = standing;
        }
    }
    let last_covered = learned.last_of(best.checkpoint.size);
    Ok(Witnessed { standing: best, by_given_policy: trust.policy.is_some(), by_log_ml_dsa_44, last_covered })
}

/// Enough of them first, then how many, then how much of the record they saw.
fn rank(standing: &Standing) -> (bool, usize, u64) {
    (standing.quorum_met, standing.seen_by.len(), standing.checkpoint.size)
}

fn own_policy(opened: &Opened<'_>, key: &VerifyingKey) -> Result<Policy, BundleFault> {
    let fault = |sentence: String| BundleFault::of_file(POLICY, "POLICY", sentence);
    let policy = Policy::parse(opened.get(POLICY)?).map_err(|error| fault(error.to_string()))?;
    if policy.log_keys().contains(&key.to_string()) {
        return Ok(policy);
    }
    Err(fault("it does not name this log's key".to_owned()))
}

fn note_of(path: &str, bytes: &[u8]) -> Result<Note, BundleFault> {
    Note::parse(bytes).map_err(|error| BundleFault::of_file(path, "CHECKPOINT", error.to_string()))
}

fn stand(policy: &Policy, own: &[Vec<u8>], path: &str, note: &Note) -> Result<Standing, BundleFault> {
    policy.stand_apart(note, own).map_err(|fault| {
        let code = match &fault {
            PolicyFault::UnknownLog => "POLICY-LOG",
            PolicyFault::Checkpoint(error) if is_of_a_log(error, note) => "CHECKPOINT",
            PolicyFault::Checkpoint(_) => "WITNESS-SIGNATURE",
        };
        BundleFault::of_file(path, code, fault.to_string())
    })
}

/// Whether it is the log's own second signature that does not hold. The first is checked by itself.
fn is_of_a_log(error: &CheckpointError, note: &Note) -> bool {
    let CheckpointError::Note(NoteError::BadSignature { key }) = error else { return false };
    Checkpoint::parse_text(note.text()).is_ok_and(|head| head.origin == key.as_str())
}

/// Whatever is called like the older checkpoint is it, or the proof that leads from it.
fn each_belongs_there(opened: &Opened<'_>) -> Result<(), BundleFault> {
    let is_there = opened.get(WITNESSED).is_ok();
    let belongs = |path: &&str| *path == WITNESSED || (*path == WITNESSED_PROOF && is_there);
    match opened.paths(WITNESSED).find(|path| !belongs(path)) {
        Some(path) => {
            Err(BundleFault::of_file(path, "WITNESSED-FORM", "it belongs to no countersigned checkpoint".to_owned()))
        }
        None => Ok(()),
    }
}

/// An older head that was countersigned is one of this very record.
fn is_of_this_log(head: &Checkpoint, opened: &Opened<'_>, held: Held<'_>) -> Result<(), BundleFault> {
    if held.shows(opened, head, WITNESSED_PROOF)? {
        return Ok(());
    }
    let (Checkpoint { origin, size, .. }, newest) = (head, opened.manifest.size);
    let why = if *size > newest && *origin == opened.manifest.origin.to_string() {
        format!("the newest checkpoint here over {newest}: the record was cut, or written anew")
    } else {
        "the record here is not what they were: there are two histories".to_owned()
    };
    let sentence = format!("it was signed over {size} entries of {origin}, and {why}");
    Err(BundleFault { held: held.entries(), ..BundleFault::of_file(WITNESSED, "WITNESSED-OTHER", sentence) })
}
