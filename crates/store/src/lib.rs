//! Bytes, in order, exactly once.
//!
//! The log of a production is a row of entries and, after each batch, one signed checkpoint over all of them. This
//! crate keeps those bytes and gives them back unchanged; what they mean is no business of its. It never interprets
//! an entry, it owns no clock and no thread, and nothing in it waits.
//!
//! * [`Store`] is what the writer of a production needs, with two back ends, [`memory`] and [`sqlite`].
//! * [`fault`] makes any of them fail on purpose, for tests.
//! * [`fsck`] looks a database over without trusting it and without writing to it.
//! * [`lock`] keeps two programs from one database, and from whatever else only one may have.
//! * [`office`] is the second database, which may change: names, PIN hashes, sessions, salts. Nothing of it is ever in
//!   the log.

mod error;
pub mod fault;
mod file;
pub mod fsck;
pub mod lock;
pub mod memory;
pub mod office;
mod schema;
pub mod sqlite;

pub use error::{SealError, StoreError};

/// The longest entry that can be kept: an entry bundle gives each entry's length in two bytes (C2SP tlog-tiles).
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// How many snapshots are kept: one that may turn out to be unreadable, and one to fall back on.
pub const SNAPSHOTS_KEPT: u8 = 2;

/// Signs a batch: it is given the entries as the database gives them back, recomputes leaf hashes and root from
/// *these* bytes, and returns the signed checkpoint for the log with the batch in it.
///
/// A log that signs what it meant to write, and not what it wrote, is lost for ever at the first wrong bit, as a
/// certificate log was in 2021 (Yeti 2022).
pub type Seal<'a> = dyn FnMut(&[Vec<u8>]) -> Result<Vec<u8>, SealError> + 'a;

/// A signed checkpoint and the number of entries that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// How many entries the checkpoint covers: entries 0 to `size` - 1.
    pub size: u64,
    /// The checkpoint, a signed note, byte for byte as the seal returned it.
    pub note: Vec<u8>,
}

/// The log of one production: entries in order from 0, a checkpoint after each batch, and up to two snapshots.
///
/// Every verb takes `&mut self`: one thread owns a store, and no two of its verbs run at once.
pub trait Store: Send + std::fmt::Debug {
    /// How many entries are durable; the next one's index.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Failed`] if the database cannot be read.
    fn size(&mut self) -> Result<u64, StoreError>;

    /// Appends a batch and its checkpoint in one transaction, and returns when both are durable.
    ///
    /// The entries are inserted at `first` and following, read back from the database, given to `seal`, and the
    /// checkpoint that `seal` returns is inserted for the new size. After an error either nothing of the batch is kept
    /// or, where the commit itself was not acknowledged, all of it with its checkpoint; never a part. The caller then
    /// drops its state and reads [`Store::size`] anew.
    ///
    /// # Errors
    /// [`StoreError::EmptyBatch`], [`StoreError::TooLarge`], [`StoreError::OutOfPlace`] if `first` is not the size,
    /// [`StoreError::Seal`] if the seal refuses, [`StoreError::Damaged`] if what is read back is not what was
    /// inserted, [`StoreError::DiskFull`], [`StoreError::ReadOnly`], [`StoreError::Failed`].
    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError>;

    /// Up to `count` entries from index `from`, in order; fewer where the log ends before.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if an entry between two others is missing; otherwise as [`Store::size`].
    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError>;

    /// The newest checkpoint; none in an empty log.
    ///
    /// # Errors
    /// As [`Store::size`].
    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError>;

    /// The checkpoint for exactly `size` entries, if a batch ended there.
    ///
    /// # Errors
    /// As [`Store::size`].
    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError>;

    /// Keeps a snapshot of what the first `size` entries come to, instead of an earlier one for the same size, and
    /// lets go of all but the [`SNAPSHOTS_KEPT`] of the greatest sizes. A snapshot only saves time: it is not evidence.
    ///
    /// # Errors
    /// [`StoreError::OutOfPlace`] if the log is shorter than `size`; otherwise as [`Store::append`].
    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError>;

    /// The snapshots with their sizes, the greatest size first.
    ///
    /// # Errors
    /// As [`Store::size`].
    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError>;
}

/// What every back end asks of a batch before it touches anything; returns the size of the log after it.
fn check_batch(size: u64, first: u64, entries: &[Vec<u8>]) -> Result<u64, StoreError> {
    if entries.is_empty() {
        return Err(StoreError::EmptyBatch);
    }
    if first != size {
        return Err(StoreError::OutOfPlace { expected: size, found: first });
    }
    let mut index = first;
    for entry in entries {
        if entry.len() > MAX_ENTRY_BYTES {
            return Err(StoreError::TooLarge { index, bytes: entry.len() });
        }
        index = index.saturating_add(1);
    }
    Ok(index)
}

/// A snapshot of more entries than there are would outlive what it was made from.
fn check_snapshot(size: u64, of: u64) -> Result<(), StoreError> {
    if of > size {
        return Err(StoreError::OutOfPlace { expected: size, found: of });
    }
    Ok(())
}
