//! Test support: a store whose writes fail when they are told to.
//!
//! A write that returns an error has failed in one of two ways that the caller cannot tell apart: nothing was kept, or
//! everything was kept and only the answer was lost. Whoever writes to a store is tested against both.

use std::path::PathBuf;

use crate::{Seal, SealError, Sealed, Store, StoreError};

/// In which of the two ways a write fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Everything was kept, and the caller is told that it was not.
    KeptUnacknowledged,
    /// Nothing was kept. The seal has been asked and has signed: a signature is out that no log stands behind.
    Lost,
}

/// A store whose `nth` write fails, once, with [`StoreError::Failed`]; every other verb is the inner store's own.
///
/// Writes are counted from 1. [`Store::append`] and [`Store::put_snapshot`] are writes.
#[derive(Debug)]
pub struct FaultStore {
    inner: Box<dyn Store>,
    fault: Fault,
    nth: u64,
    writes: u64,
}

impl FaultStore {
    /// Makes the `nth` write to `inner` fail; with 0, none.
    pub fn new(inner: Box<dyn Store>, nth: u64, fault: Fault) -> Self {
        Self { inner, fault, nth, writes: 0 }
    }

    /// How many writes were asked for so far, the failed one among them.
    pub fn writes(&self) -> u64 {
        self.writes
    }

    fn fault_now(&mut self) -> Option<Fault> {
        self.writes = self.writes.saturating_add(1);
        (self.writes == self.nth).then_some(self.fault)
    }
}

/// What the caller sees in both cases; the two must look alike.
fn failed() -> StoreError {
    StoreError::Failed { path: PathBuf::from("the store under test"), detail: "the write was made to fail".to_owned() }
}

impl Store for FaultStore {
    fn size(&mut self) -> Result<u64, StoreError> {
        self.inner.size()
    }

    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        match self.fault_now() {
            None => self.inner.append(first, entries, seal),
            Some(Fault::KeptUnacknowledged) => {
                self.inner.append(first, entries, seal)?;
                Err(failed())
            }
            Some(Fault::Lost) => {
                let mut signed = false;
                let outcome = self.inner.append(first, entries, &mut |read_back| {
                    seal(read_back)?;
                    signed = true;
                    Err(SealError::new("the write was made to fail"))
                });
                // A batch that was refused before it was signed is refused for its own reason.
                if signed { Err(failed()) } else { outcome }
            }
        }
    }

    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.entries(from, count)
    }

    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint()
    }

    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        self.inner.checkpoint_at(size)
    }

    fn put_snapshot(&mut self, size: u64, bytes: &[u8]) -> Result<(), StoreError> {
        match self.fault_now() {
            None => self.inner.put_snapshot(size, bytes),
            Some(Fault::KeptUnacknowledged) => {
                self.inner.put_snapshot(size, bytes)?;
                Err(failed())
            }
            Some(Fault::Lost) => Err(failed()),
        }
    }

    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.inner.snapshots()
    }
}
