//! That an older checkpoint is one of this very log: its root follows from the whole tree, or, where only some entries
//! are at hand, a consistency proof leads from it to the newest checkpoint (RFC 9162 section 2.1.4).
//!
//! Such a proof lies beside the older checkpoint as what a witness would be asked that had seen it last: the body of
//! `add-checkpoint` (C2SP tlog-witness), byte for byte, with the newest checkpoint at its end.

use proof::checkpoint::Checkpoint;
use proof::note::Note;
use proof::tree::{Tree, verify_consistency};
use proof::witness::Request;

use super::BundleFault;
use super::files::CHECKPOINT;
use super::opened::Opened;

/// What shows that older checkpoints are of this log.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held<'a> {
    /// Every entry is here.
    ByTree(&'a Tree),
    /// Some are, so many; this is the newest checkpoint.
    ByProofs(&'a Checkpoint, u64),
}

/// The proof from `old` entries to the newest checkpoint; nothing where there is nothing between them, or the tree is
/// smaller.
pub(super) fn proof(tree: &Tree, old: u64, newest: &Note) -> Option<Vec<u8>> {
    if old >= tree.size() {
        return None;
    }
    let proof = tree.prove_consistency(old, tree.size())?;
    Some(Request { old_size: old, proof, checkpoint: newest.clone() }.to_bytes())
}

impl Held<'_> {
    /// How many entries are here, and hold.
    pub(super) fn entries(self) -> u64 {
        match self {
            Held::ByTree(tree) => tree.size(),
            Held::ByProofs(_, entries) => entries,
        }
    }

    /// Is the older checkpoint one of this log? `path` is where the proof from it lies, where it needs one. One that was
    /// signed over more entries than there are is none.
    pub(super) fn shows(self, opened: &Opened<'_>, older: &Checkpoint, path: &str) -> Result<bool, BundleFault> {
        let needs_none = match self {
            Held::ByTree(_) => true,
            Held::ByProofs(head, _) => older.size >= head.size,
        };
        if needs_none && opened.get(path).is_ok() {
            let sentence = "it is a consistency proof where none is needed".to_owned();
            return Err(BundleFault {
                held: self.entries(),
                ..BundleFault::of_file(path, "CONSISTENCY-FORM", sentence)
            });
        }
        Ok(match self {
            _ if older.origin != opened.manifest.origin.to_string() => false,
            Held::ByTree(tree) => tree.root_at(older.size) == Some(older.root),
            Held::ByProofs(head, _) if needs_none => older == head,
            Held::ByProofs(head, entries) => {
                leads_to(opened, older, head, path).map_err(|fault| BundleFault { held: entries, ..fault })?;
                true
            }
        })
    }
}

/// The proof at `path` leads from the older checkpoint to the newest.
fn leads_to(opened: &Opened<'_>, older: &Checkpoint, head: &Checkpoint, path: &str) -> Result<(), BundleFault> {
    let fault = |code, sentence: String| BundleFault::of_file(path, code, sentence);
    let missing = |_| {
        let sentence = "without it nothing shows that the older checkpoint is one of this log".to_owned();
        fault("CONSISTENCY-MISSING", sentence)
    };
    let bytes = opened.get(path).map_err(missing)?;
    let request = Request::parse(bytes).map_err(|_| {
        let sentence = "it is no consistency proof in the form in which a witness is asked".to_owned();
        fault("CONSISTENCY-FORM", sentence)
    })?;
    if request.old_size != older.size {
        let sentence =
            format!("it leads from {} entries, and the older checkpoint has {}", request.old_size, older.size);
        return Err(fault("CONSISTENCY-OTHER", sentence));
    }
    if request.checkpoint.to_bytes() != opened.get(CHECKPOINT)? {
        return Err(fault("CONSISTENCY-CHECKPOINT", "its checkpoint is not the one of the extract".to_owned()));
    }
    // What is read has one spelling: nothing may stand in the file that nobody checks.
    if request.to_bytes() != bytes {
        return Err(fault("CONSISTENCY-FORM", "it is not written in the one form".to_owned()));
    }
    verify_consistency(older.size, &older.root, head.size, &head.root, &request.proof)
        .map_err(|error| fault(error.code(), error.to_string()))
}
