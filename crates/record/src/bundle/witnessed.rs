//! Who outside has countersigned the record in a bundle, and up to where.

use proof::checkpoint::{Checkpoint, CheckpointError};
use proof::note::{Note, NoteError, VerifyingKey};
use proof::policy::{Policy, PolicyFault, Standing};
use proof::tree::Tree;

use super::BundleFault;
use super::files::{CHECKPOINT, POLICY, WITNESSED};
use super::opened::Opened;
use super::verify::Trust;

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

/// Holds the checkpoints of a bundle or an extract against the policy that counts. The bundle's own is read in any case; an
/// older checkpoint only where the whole `tree` is at hand.
pub(super) fn check(
    opened: &Opened<'_>,
    tree: Option<&Tree>,
    key: &VerifyingKey,
    trust: &Trust<'_>,
) -> Result<Witnessed, BundleFault> {
    let own = own_policy(opened, key)?;
    let policy = trust.policy.unwrap_or(&own);
    let newest = note_of(CHECKPOINT, opened.get(CHECKPOINT)?)?;
    let mut best = stand(policy, CHECKPOINT, &newest)?;
    let by_log_ml_dsa_44 = best.by_log_ml_dsa_44;
    if let (Some(tree), Ok(bytes)) = (tree, opened.get(WITNESSED)) {
        let older = note_of(WITNESSED, bytes)?;
        let standing = stand(policy, WITNESSED, &older)?;
        is_of_this_log(&standing.checkpoint, opened, tree)?;
        if rank(&standing) > rank(&best) {
            best = standing;
        }
    }
    Ok(Witnessed { standing: best, by_given_policy: trust.policy.is_some(), by_log_ml_dsa_44 })
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

fn stand(policy: &Policy, path: &str, note: &Note) -> Result<Standing, BundleFault> {
    policy.stand(note).map_err(|fault| {
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

/// An older head that was countersigned is one of this very record.
fn is_of_this_log(head: &Checkpoint, opened: &Opened<'_>, tree: &Tree) -> Result<(), BundleFault> {
    if head.origin == opened.manifest.origin.to_string() && tree.root_at(head.size) == Some(head.root) {
        return Ok(());
    }
    let sentence = format!(
        "it was signed over {} entries of {}, and the record here is not what they were: there are two histories",
        head.size, head.origin
    );
    Err(BundleFault { held: tree.size(), ..BundleFault::of_file(WITNESSED, "WITNESSED-OTHER", sentence) })
}
