//! What the store promises, held against every back end and against files that were damaged on purpose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test stops at the first thing that is not as it should be"
)]

// The name under which every crate of the workspace knows this one.
extern crate showclear_store as store;

mod conformance;
mod damage;
mod files;
mod fsck;
mod office;

use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, Signer};
use proof::tree::{Frontier, Hash, hash_leaf};
use store::sqlite::SqliteStore;
use store::{SealError, Store, StoreError};

const ORIGIN: &str = "showclear.test/p/1/e0";

/// The checkpoint that a log signs: note and root over `entries`.
fn checkpoint_over(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut tree = Frontier::default();
    for entry in entries {
        tree.push(hash_leaf(entry));
    }
    checkpoint_of(entries.len() as u64, tree.root())
}

fn checkpoint_of(size: u64, root: Hash) -> Vec<u8> {
    let signer = Signer::new(KeyName::new(ORIGIN).unwrap(), [7; 32]);
    let text = Checkpoint { origin: ORIGIN.to_owned(), size, root }.to_text();
    signer.sign(&text).unwrap().to_bytes()
}

/// Appends as the writer of a production does: the root is made of what is read back.
fn append(store: &mut dyn Store, batch: &[Vec<u8>]) -> Result<(), StoreError> {
    let size = store.size()?;
    let before = store.entries(0, size)?;
    store.append(size, batch, &mut |read_back| {
        let mut all = before.clone();
        all.extend_from_slice(read_back);
        Ok(checkpoint_over(&all))
    })
}

/// A seal for calls that must be refused before anything is signed.
fn never(_: &[Vec<u8>]) -> Result<Vec<u8>, SealError> {
    panic!("a batch that is refused is not signed");
}

/// Entry `n`; different ones differ in length too.
fn entry(n: u64) -> Vec<u8> {
    format!("entry {n} {}", ".".repeat((n % 97) as usize)).into_bytes()
}

/// A closed log of 1 + 2 + ... + `batches` entries, at `folder/log.db`.
fn log_of_batches(folder: &Path, batches: u64) -> PathBuf {
    let path = folder.join("log.db");
    let mut store = SqliteStore::create(&path).unwrap();
    for batch in 1..=batches {
        let first = store.size().unwrap();
        let entries: Vec<Vec<u8>> = (first..first + batch).map(entry).collect();
        append(&mut store, &entries).unwrap();
    }
    path
}

/// The path with something put behind its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
