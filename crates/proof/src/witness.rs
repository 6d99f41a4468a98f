//! What a witness is asked (<https://c2sp.org/tlog-witness>) and what it may answer. Pure: the
//! transport may be HTTP, a file or a picture of the same bytes, and the one row that a witness
//! keeps for each log is the caller's to store.
//!
//! The caller must compare and store the row in one step, before it answers: of two requests at once
//! the smaller must never come last.

use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::encoding::{from_decimal, to_base64};
use crate::note::{MAX_NOTE_BYTES, Note, VerifyingKey};
use crate::tree::{Hash, ProofError, empty_root, verify_consistency};

/// The most lines of proof in a request.
pub const MAX_PROOF: usize = 63;

/// The most bytes in a request: a note of 16 of the largest signatures now in use, and a proof before it. Whoever takes
/// requests over a network takes as many, for a note with so many signatures is one that must be read.
pub const MAX_REQUEST_BYTES: usize = MAX_NOTE_BYTES;

/// What a witness remembers of a log: the newest head that it cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The number of entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Default for Row {
    /// A log that was never cosigned.
    fn default() -> Self {
        Self { size: 0, root: empty_root() }
    }
}

/// A request to cosign a checkpoint: the body of `add-checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The size that the asker believes the witness to have seen last.
    pub old_size: u64,
    /// The consistency proof from there to the checkpoint.
    pub proof: Vec<Hash>,
    /// The checkpoint as the log signed it.
    pub checkpoint: Note,
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The bytes are not a request.
    #[error(
        "this is not a request to a witness: it needs an `old` line, at most {MAX_PROOF} hashes, a blank line and a checkpoint"
    )]
    NotARequest,
    /// The checkpoint cannot be read.
    #[error("the checkpoint in the request is refused: {0}")]
    Checkpoint(CheckpointError),
    /// The old size is larger than the checkpoint's.
    #[error("the request goes from {old_size} entries back to {new_size}: a record never shrinks")]
    Backwards {
        /// The old size in the request.
        old_size: u64,
        /// The size of the checkpoint.
        new_size: u64,
    },
    /// The log is not one that this witness watches.
    #[error("this witness does not watch the log `{origin}`: enter its key first")]
    UnknownLog {
        /// The log that the checkpoint names.
        origin: String,
    },
    /// The log's own signature is missing or does not verify.
    #[error("the log has not signed this checkpoint: {0}")]
    NotSigned(CheckpointError),
    /// The witness saw another size last: ask again from there.
    #[error("this witness saw {size} entries last, and the request begins elsewhere: ask again from {size}")]
    Conflict {
        /// The size that the witness has.
        size: u64,
    },
    /// The new head does not extend the one that the witness saw. Keep the request: it may be the
    /// proof that the record was rewritten.
    #[error("the checkpoint does not extend what this witness saw before: keep this request as evidence ({0})")]
    Inconsistent(#[from] ProofError),
}

impl Refusal {
    /// The HTTP status that the specification has for it. Equal sizes with other roots are 422 since July 2026
    /// (C2SP/C2SP pull request 280, in v1.1), as every head that does not go on from the one before: every 409 has a size
    /// that one can ask again from. Before, as in v1.0.0, they were 409.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotARequest | Self::Checkpoint(_) | Self::Backwards { .. } => 400,
            Self::NotSigned(_) => 403,
            Self::UnknownLog { .. } => 404,
            Self::Conflict { .. } => 409,
            Self::Inconsistent(_) => 422,
        }
    }

    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotARequest => "witness/not-a-request",
            Self::Checkpoint(error) => error.code(),
            Self::Backwards { .. } => "witness/backwards",
            Self::UnknownLog { .. } => "witness/unknown-log",
            Self::NotSigned(_) => "witness/not-signed",
            Self::Conflict { .. } => "witness/conflict",
            Self::Inconsistent(_) => "witness/inconsistent",
        }
    }
}

impl Request {
    /// The request as it is sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let proof: String = self.proof.iter().map(|hash| format!("{}\n", to_base64(&hash.0))).collect();
        let mut bytes = format!("old {}\n{proof}\n", self.old_size).into_bytes();
        bytes.extend(self.checkpoint.to_bytes());
        bytes
    }

    /// Reads a request. Nothing in it is verified yet.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotARequest`] or, if the note at its end cannot be read, [`Refusal::Checkpoint`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(Refusal::NotARequest);
        }
        let text = str::from_utf8(bytes).map_err(|_| Refusal::NotARequest)?;
        let (head, note) = text.split_once("\n\n").ok_or(Refusal::NotARequest)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old_size = old.and_then(from_decimal).ok_or(Refusal::NotARequest)?;
        let proof: Result<Vec<Hash>, _> = lines.map(str::parse).collect();
        let proof = proof.ok().filter(|proof| proof.len() <= MAX_PROOF).ok_or(Refusal::NotARequest)?;
        let checkpoint = Note::parse(note.as_bytes()).map_err(|error| Refusal::Checkpoint(error.into()))?;
        Ok(Self { old_size, proof, checkpoint })
    }
}

/// Judges a request in the specification's order. `watched` gives the key and the row of the log
/// that a checkpoint names, if the witness watches it. On success the caller stores the row, then
/// [cosigns](crate::cosignature::Cosigner::cosign).
///
/// # Errors
///
/// [`Refusal`], the first reason not to cosign.
pub fn consider(request: &Request, watched: impl FnOnce(&str) -> Option<(VerifyingKey, Row)>) -> Result<Row, Refusal> {
    let head = Checkpoint::parse_text(request.checkpoint.text()).map_err(Refusal::Checkpoint)?;
    let (key, row) = watched(&head.origin).ok_or_else(|| Refusal::UnknownLog { origin: head.origin.clone() })?;
    Checkpoint::open_note(&request.checkpoint, &head.origin, &[key]).map_err(Refusal::NotSigned)?;
    if request.old_size > head.size {
        return Err(Refusal::Backwards { old_size: request.old_size, new_size: head.size });
    }
    if request.old_size != row.size {
        return Err(Refusal::Conflict { size: row.size });
    }
    verify_consistency(row.size, &row.root, head.size, &head.root, &request.proof)?;
    Ok(Row { size: head.size, root: head.root })
}
