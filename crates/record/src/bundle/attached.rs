//! Files that intents name by their digest: `attachments/<SHA-256 in hex>`, byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use proof::tree::Hash;
use sha2::{Digest, Sha256};

use super::BundleFault;
use super::opened::Opened;

/// What stands before the name of each.
const FOLDER: &str = "attachments/";

/// How many of the files that the entries name go along. Each that does is the one that was named; of the others only
/// the digests are there.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Attached {
    /// How many different files the entries name.
    pub named: u64,
    /// How many of these go along.
    pub carried: u64,
}

/// SHA-256 over the bytes of a file.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The files that go along: those given, each once, under the names that their digests give them.
pub(super) fn files(given: &[Vec<u8>]) -> Vec<(String, Vec<u8>)> {
    let by_digest: BTreeMap<Hash, &Vec<u8>> = given.iter().map(|bytes| (digest_of(bytes), bytes)).collect();
    by_digest.into_iter().map(|(digest, bytes)| (path_of(digest), bytes.clone())).collect()
}

fn path_of(digest: Hash) -> String {
    format!("{FOLDER}{}", digest.to_hex())
}

/// Holds each file to the digest that is its name, and to an intent that names it with that length; gives those that go
/// along.
pub(super) fn check(opened: &Opened<'_>, files: &BTreeSet<(Hash, u32)>) -> Result<BTreeSet<Hash>, BundleFault> {
    let named: BTreeSet<String> = files.iter().map(|(digest, _)| path_of(*digest)).collect();
    let mut carried = BTreeSet::new();
    for path in opened.paths(FOLDER) {
        let fault = |sentence: &str| Err(BundleFault::of_file(path, "ATTACHMENT", sentence.to_owned()));
        if !named.contains(path) {
            return fault("no entry names this file");
        }
        let bytes = opened.get(path)?;
        let digest = digest_of(bytes);
        if path_of(digest) != path {
            return fault("its bytes are not those that its name is the digest of");
        }
        if !u32::try_from(bytes.len()).is_ok_and(|len| files.contains(&(digest, len))) {
            return fault("it has another length than the entry says");
        }
        carried.insert(digest);
    }
    Ok(carried)
}
