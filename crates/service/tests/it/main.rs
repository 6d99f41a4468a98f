//! The service against real threads, real files and failing stores.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "a test that meets the unexpected fails, and may say so"
)]

extern crate showclear_service as service;

mod attached;
mod bundle;
mod clocks;
mod custody;
mod draws;
mod epochs;
mod erased;
mod extracts;
mod faults;
mod folder;
mod heads;
mod intents;
mod night;
mod of_these_rules;
mod older;
mod people;
mod sealed;
mod witnesses;
mod wraps;

use kernel::Code;
use service::testkit::{KitError, Stage};
use service::{Answer, SubmitError};

/// A stage in memory, which needs no folder.
pub fn in_memory() -> Stage {
    Stage::found_in(stores(Box::new(store::memory::MemoryStore::new()))).unwrap()
}

/// Stores with this log, and an office that is gone afterwards.
pub fn stores(log: Box<dyn store::Store>) -> service::Stores {
    let office = store::office::Office::in_memory().unwrap();
    service::Stores {
        log,
        office,
        key: service::LogKey::from_secret([7; 32]),
        heads: service::Heads::default(),
        witnesses: service::WitnessFiles::default(),
    }
}

/// The codes of an answer's reasons.
pub fn codes(answer: &Answer) -> Vec<Code> {
    answer.reasons.iter().map(|reason| reason.code).collect()
}

/// Why the service took no intent.
pub fn refused_by_service<T: std::fmt::Debug>(outcome: Result<T, KitError>) -> SubmitError {
    match outcome {
        Err(KitError::Submit(error)) => error,
        other => panic!("expected the service to take nothing: {other:?}"),
    }
}
