//! Receipts (<https://c2sp.org/tlog-proof>): one text file that proves offline that an entry is in
//! a log.
//!
//! A device gets one with every acknowledgement and keeps it. Whoever holds a receipt can show
//! later that the log was rewritten, without asking anybody.

use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::encoding::{from_base64, from_decimal, to_base64};
use crate::note::{MAX_NOTE_BYTES, VerifyingKey};
use crate::tree::{Hash, ProofError, verify_inclusion};

/// The most hashes in a receipt: the height of the largest tree that a 64-bit size can name.
pub const MAX_PATH: usize = 64;

/// The most bytes in a receipt: the largest note, the longest path, and as much extra data again.
pub const MAX_RECEIPT_BYTES: usize = 2 * MAX_NOTE_BYTES;

/// The first line of every receipt.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Why bytes are not a receipt, or why a receipt does not prove that an entry is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Larger than [`MAX_RECEIPT_BYTES`].
    #[error("the receipt has {bytes} bytes, more than the {MAX_RECEIPT_BYTES} allowed: it was not made by Showclear")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
    },
    /// Not UTF-8, a wrong first line, or no empty line before the checkpoint.
    #[error("this is not a receipt, or it was cut off: it must begin with `{HEADER}` and end with a checkpoint")]
    NotAReceipt,
    /// The line `extra` is not base64.
    #[error("the receipt's extra data cannot be read: the file was changed")]
    Extra,
    /// The line `index` is missing or not a plain number.
    #[error("the receipt does not say which entry it is for: the file was changed")]
    Index,
    /// A line of the path is not a hash in base64, or there are more than [`MAX_PATH`].
    #[error("line {line} of the receipt's proof is not a hash, or there are too many: the file was changed")]
    Path {
        /// Counted from 1 behind the index.
        line: usize,
    },
    /// The checkpoint is not one that the log signed.
    #[error("the receipt's checkpoint is refused: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from the entry to the signed root.
    #[error("the receipt does not prove this entry: {0}")]
    Proof(#[from] ProofError),
}

impl ReceiptError {
    /// A code that stays the same when the sentence is reworded; that of the part at fault if there
    /// is one.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "receipt/too-large",
            Self::NotAReceipt => "receipt/not-a-receipt",
            Self::Extra => "receipt/extra",
            Self::Index => "receipt/index",
            Self::Path { .. } => "receipt/path",
            Self::Checkpoint(error) => error.code(),
            Self::Proof(error) => error.code(),
        }
    }
}

/// The proof that one entry is in a log. Files of it end in `.tlog-proof`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Opaque data that travels along. Nothing authenticates it: never trust it. Empty data is
    /// written as none.
    pub extra: Option<Vec<u8>>,
    /// The zero-based place of the entry in the log.
    pub index: u64,
    /// The inclusion proof, from the leaf's sibling up to the root's child.
    pub path: Vec<Hash>,
    /// The signed checkpoint, byte for byte as the log gave it out.
    pub checkpoint: Vec<u8>,
}

impl Receipt {
    /// The receipt as it is stored and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("{HEADER}\n");
        if let Some(extra) = self.extra.as_deref().filter(|extra| !extra.is_empty()) {
            head.push_str(&format!("extra {}\n", to_base64(extra)));
        }
        head.push_str(&format!("index {}\n", self.index));
        for hash in &self.path {
            head.push_str(&format!("{hash}\n"));
        }
        head.push('\n');
        [head.as_bytes(), &self.checkpoint].concat()
    }

    /// Reads a receipt, without verifying anything. [`Receipt::to_bytes`] gives back exactly
    /// `bytes`.
    ///
    /// # Errors
    ///
    /// [`ReceiptError`] names the first line that cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > MAX_RECEIPT_BYTES {
            return Err(ReceiptError::TooLarge { bytes: bytes.len() });
        }
        let whole = str::from_utf8(bytes).map_err(|_| ReceiptError::NotAReceipt)?;
        let (head, checkpoint) = whole.split_once("\n\n").ok_or(ReceiptError::NotAReceipt)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(ReceiptError::NotAReceipt);
        }
        let extra = lines.next_if(|line| line.starts_with("extra "));
        let extra = extra.map(|line| parse_extra(line).ok_or(ReceiptError::Extra)).transpose()?;
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(from_decimal).ok_or(ReceiptError::Index)?;
        let mut path = Vec::new();
        for (line, number) in lines.zip(1..) {
            if number > MAX_PATH {
                return Err(ReceiptError::Path { line: number });
            }
            path.push(line.parse().map_err(|_| ReceiptError::Path { line: number })?);
        }
        Ok(Self { extra, index, path, checkpoint: checkpoint.as_bytes().to_vec() })
    }

    /// Checks that the entry with leaf hash `leaf` is in the log `origin`, and gives the checkpoint
    /// that says so.
    ///
    /// `keys` may hold more than the log's keys, but one of the log's own must have signed: see
    /// [`Checkpoint::open`].
    ///
    /// # Errors
    ///
    /// [`ReceiptError`] says whether the checkpoint or the way to it is at fault.
    pub fn verify(&self, leaf: &Hash, origin: &str, keys: &[VerifyingKey]) -> Result<Checkpoint, ReceiptError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, origin, keys)?;
        verify_inclusion(leaf, self.index, checkpoint.size, &self.path, &checkpoint.root)?;
        Ok(checkpoint)
    }
}

/// Empty extra data must be left out altogether, so an empty line is refused.
fn parse_extra(line: &str) -> Option<Vec<u8>> {
    let base64 = line.strip_prefix("extra ")?;
    from_base64(base64).filter(|bytes| !bytes.is_empty())
}
