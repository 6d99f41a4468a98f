//! Checkpoints (<https://c2sp.org/tlog-checkpoint> v1.0.0): the head of a log at one size, as the
//! text of a note.

use thiserror::Error;

use crate::encoding::{from_decimal, is_name};
use crate::note::{Note, NoteError, VerifyingKey};
use crate::tree::Hash;

/// Why a text is not a checkpoint, or why a checkpoint is not one of the log in question.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The note around the checkpoint cannot be read or does not verify.
    #[error("the checkpoint's note is refused: {0}")]
    Note(#[from] NoteError),
    /// Fewer than three lines, an empty line, or no newline at the end.
    #[error("the checkpoint is incomplete: it needs the lines origin, size and root, each with its newline")]
    Incomplete,
    /// The first line cannot be the name of a log.
    #[error("the checkpoint's first line is not the name of a log: no spaces, `+` or control characters")]
    Origin,
    /// The second line is not a decimal number without leading zeros, or exceeds 64 bits.
    #[error("the checkpoint's second line is not a tree size: it must be a plain number without leading zeros")]
    Size,
    /// The third line is not a hash in base64.
    #[error("the checkpoint's third line is not a root hash: it must be 32 bytes in base64")]
    Root,
    /// A checkpoint of another log.
    #[error("this checkpoint is of the log `{found}`, not of `{expected}`: it says nothing about this log")]
    OtherLog {
        /// The log that was asked for.
        expected: String,
        /// The log that the checkpoint names.
        found: String,
    },
    /// Known keys have signed, but none that bears the log's name.
    #[error("known keys have signed this checkpoint, but not the log itself: ask the log for its own checkpoint")]
    NotByTheLog,
}

impl CheckpointError {
    /// A code that stays the same when the sentence is reworded; that of the note if the note is at
    /// fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Note(error) => error.code(),
            Self::Incomplete => "checkpoint/incomplete",
            Self::Origin => "checkpoint/origin",
            Self::Size => "checkpoint/size",
            Self::Root => "checkpoint/root",
            Self::OtherLog { .. } => "checkpoint/other-log",
            Self::NotByTheLog => "checkpoint/not-by-the-log",
        }
    }
}

/// The head of a log: what it is called, how many entries it has, and the root over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log, which is also the name of its key. See [`check_origin`].
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    /// The root of the tree over those entries.
    pub root: Hash,
}

/// Checks that `origin` can name a log and its key: not empty, no Unicode space, no `+`, no control
/// character.
///
/// The format recommends this; we require it, because our logs sign with a key of the same name.
///
/// # Errors
///
/// [`CheckpointError::Origin`].
pub fn check_origin(origin: &str) -> Result<(), CheckpointError> {
    if is_name(origin) { Ok(()) } else { Err(CheckpointError::Origin) }
}

impl Checkpoint {
    /// The text to sign: three lines, no extension lines.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// Reads the text of a note. Extension lines, which the format allows, are passed over.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] names the line that cannot be read.
    pub fn parse_text(text: &str) -> Result<Self, CheckpointError> {
        let lines = text.strip_suffix('\n').ok_or(CheckpointError::Incomplete)?;
        let lines: Vec<&str> = lines.split('\n').collect();
        let [origin, size, root, ..] = lines.as_slice() else {
            return Err(CheckpointError::Incomplete);
        };
        if lines.iter().any(|line| line.is_empty()) {
            return Err(CheckpointError::Incomplete);
        }
        check_origin(origin)?;
        let size = from_decimal(size).ok_or(CheckpointError::Size)?;
        let root = root.parse().map_err(|_| CheckpointError::Root)?;
        Ok(Self { origin: (*origin).to_owned(), size, root })
    }

    /// Reads and verifies a signed checkpoint of the log `origin`.
    ///
    /// One of `keys` that bears the log's own name must have signed: a device's or a witness's key
    /// among them can not speak for the log.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] says what is wrong with the note, its signatures or its text.
    pub fn open(note: &[u8], origin: &str, keys: &[VerifyingKey]) -> Result<Self, CheckpointError> {
        Self::open_note(&Note::parse(note)?, origin, keys)
    }

    /// As [`Checkpoint::open`], of a note that was read already.
    pub(crate) fn open_note(note: &Note, origin: &str, keys: &[VerifyingKey]) -> Result<Self, CheckpointError> {
        let signers = note.verify(keys)?;
        let checkpoint = Self::parse_text(note.text())?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::OtherLog { expected: origin.to_owned(), found: checkpoint.origin });
        }
        if !signers.iter().any(|signer| signer.as_str() == origin) {
            return Err(CheckpointError::NotByTheLog);
        }
        Ok(checkpoint)
    }
}
