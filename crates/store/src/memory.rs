//! The store that forgets: the same promises as a file, kept in memory. For tests and for trying things out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{SNAPSHOTS_KEPT, Seal, Sealed, Store, StoreError, check_batch, check_snapshot};

/// A log in memory. A clone is a second handle on the same bytes, as opening a file again is.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    entries: Vec<Vec<u8>>,
    checkpoints: BTreeMap<u64, Vec<u8>>,
    snapshots: BTreeMap<u64, Vec<u8>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Kept {
    fn size(&self) -> u64 {
        // A vector's length always fits: usize is at most 64 bits wide on every platform that exists.
        u64::try_from(self.entries.len()).unwrap_or(u64::MAX)
    }
}

impl MemoryStore {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // A batch is put in only once it is whole, so a thread that died with the lock left nothing half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn size(&mut self) -> Result<u64, StoreError> {
        Ok(self.kept().size())
    }

    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        let mut kept = self.kept();
        let size = check_batch(kept.size(), first, entries)?;
        let batch = entries.to_vec();
        let note = seal(&batch)?;
        kept.entries.extend(batch);
        kept.checkpoints.insert(size, note);
        Ok(())
    }

    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        let skip = usize::try_from(from).unwrap_or(usize::MAX);
        let take = usize::try_from(count).unwrap_or(usize::MAX);
        let kept = self.kept();
        Ok(kept.entries.iter().skip(skip).take(take).cloned().collect())
    }

    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        let kept = self.kept();
        Ok(kept.checkpoints.last_key_value().map(sealed))
    }

    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        let kept = self.kept();
        Ok(kept.checkpoints.get_key_value(&size).map(sealed))
    }

    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let mut kept = self.kept();
        check_snapshot(kept.size(), size)?;
        kept.snapshots.insert(size, bytes.to_vec());
        while kept.snapshots.len() > usize::from(SNAPSHOTS_KEPT) {
            kept.snapshots.pop_first();
        }
        Ok(())
    }

    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let kept = self.kept();
        Ok(kept.snapshots.iter().rev().map(|(size, bytes)| (*size, bytes.clone())).collect())
    }
}

fn sealed((size, note): (&u64, &Vec<u8>)) -> Sealed {
    Sealed { size: *size, note: note.clone() }
}
