//! Whether a bundle holds: the file, the manifest, the entries, the tiles, the texts, in this order.

use std::collections::BTreeMap;

use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::policy::Policy;
use proof::tiles::{Content, Tile, hash_tile, read_entry_bundle, tiles_of};
use proof::tree::Hash;
use proof::zip::{self, File};

use super::files::{self, CHECKPOINT, DISCLOSURES, DeviceKeys};
use super::manifest::{MANIFEST, Manifest};
use super::{BundleFault, Witnessed, disclosure, witnessed};
use crate::Id;
use crate::entry::{Body, Entry};
use crate::verify::{Fault, Report, Verifier};

/// What a bundle that holds was found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct BundleReport {
    /// What the record is.
    pub record: Report,
    /// How many files the manifest lists.
    pub files: u64,
    /// How many texts are disclosed, each as the record has a commitment to it.
    pub disclosed: u64,
    /// How many texts of the record are redacted: a commitment, and no text.
    pub redacted: u64,
    /// Who outside has countersigned it.
    pub witnessed: Witnessed,
}

/// Whom the one who verifies trusts by himself, and not because the bundle says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust<'a> {
    /// The log's key as it was noted outside.
    pub key: Option<&'a VerifyingKey>,
    /// Which logs and witnesses count, instead of those that the bundle's own policy names.
    pub policy: Option<&'a Policy>,
}

/// Verifies a bundle; `progress` is told how many entries were read, and of how many.
///
/// # Errors
/// [`BundleFault`], the first thing that is wrong, with its place.
pub fn verify(
    bytes: &[u8],
    trust: &Trust<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BundleReport, BundleFault> {
    let files = zip::read(bytes).map_err(|error| BundleFault::of_zip(&error))?;
    let by_path: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.path, file.bytes)).collect();
    let manifest = Manifest::parse(get(&by_path, MANIFEST)?)?;
    manifest.check_files(&files)?;
    let tiles = tiles_of_the_checkpoint(&by_path, &manifest)?;
    tiles_are_there(&files, &tiles)?;
    let mut audit = Audit { by_path, manifest, tiles, commitments: BTreeMap::new(), devices: DeviceKeys::default() };
    let verifier = audit.entries(progress)?;
    audit.hash_tiles(&verifier)?;
    audit.derived_files(&verifier)?;
    let held = verifier.size();
    let checkpoint = get(&audit.by_path, CHECKPOINT)?;
    let key = log_key(&verifier, MANIFEST)?;
    let witnessed = witnessed::check(&audit.by_path, &verifier, &key, trust);
    let record = verifier.finish(checkpoint, trust.key).map_err(|fault| in_file(CHECKPOINT, fault, held))?;
    let witnessed = witnessed?;
    let disclosed =
        audit.by_path.get(DISCLOSURES).map_or(Ok(0), |bytes| disclosure::check(bytes, &audit.commitments))?;
    let texts = u64::try_from(audit.commitments.len()).unwrap_or(u64::MAX);
    let count = u64::try_from(files.len()).unwrap_or(u64::MAX).saturating_sub(1);
    Ok(BundleReport { record, files: count, disclosed, redacted: texts.saturating_sub(disclosed), witnessed })
}

pub(super) fn get<'a>(by_path: &BTreeMap<&str, &'a [u8]>, path: &str) -> Result<&'a [u8], BundleFault> {
    let missing = || BundleFault::of_file(path, "FILE-MISSING", "it is not in the bundle".to_owned());
    by_path.get(path).copied().ok_or_else(missing)
}

fn in_file(path: &str, fault: Fault, held: u64) -> BundleFault {
    BundleFault { file: Some(path.to_owned()), fault, held }
}

/// The tiles that a log of the checkpoint's size has. Whose checkpoint it is, is seen at the end.
fn tiles_of_the_checkpoint(by_path: &BTreeMap<&str, &[u8]>, manifest: &Manifest) -> Result<Vec<Tile>, BundleFault> {
    let fault = |code, sentence: String| BundleFault::of_file(CHECKPOINT, code, sentence);
    let note = Note::parse(get(by_path, CHECKPOINT)?).map_err(|error| fault("CHECKPOINT", error.to_string()))?;
    let head = Checkpoint::parse_text(note.text()).map_err(|error| fault("CHECKPOINT", error.to_string()))?;
    if head.origin != manifest.origin.to_string() {
        return Err(fault("CHECKPOINT-ORIGIN", format!("it is of another log: {}", head.origin)));
    }
    if head.size != manifest.size {
        let sentence = format!("it was signed over {} entries, and the manifest says {}", head.size, manifest.size);
        return Err(fault("CHECKPOINT-SIZE", sentence));
    }
    Ok(tiles_of(head.size))
}

/// Every tile of the log is there, and no other.
fn tiles_are_there(files: &[File<'_>], tiles: &[Tile]) -> Result<(), BundleFault> {
    let mut expected: Vec<String> = tiles.iter().map(Tile::path).collect();
    expected.sort_unstable();
    let found: Vec<&str> = files.iter().map(|file| file.path).filter(|path| path.starts_with("tile/")).collect();
    if let Some(missing) = expected.iter().find(|path| found.binary_search(&path.as_str()).is_err()) {
        let sentence = "a log of this size has it, and it is not in the bundle".to_owned();
        return Err(BundleFault::of_file(missing, "TILE-MISSING", sentence));
    }
    match found.iter().find(|path| expected.binary_search(&(**path).to_owned()).is_err()) {
        Some(path) => {
            let sentence = "a log of this size does not have it".to_owned();
            Err(BundleFault::of_file(path, "TILE-UNKNOWN", sentence))
        }
        None => Ok(()),
    }
}

/// A bundle whose files are those of its manifest.
struct Audit<'a> {
    by_path: BTreeMap<&'a str, &'a [u8]>,
    manifest: Manifest,
    tiles: Vec<Tile>,
    /// The commitments of all entries, by intent and path.
    commitments: BTreeMap<(Id, String), Hash>,
    devices: DeviceKeys,
}

impl Audit<'_> {
    /// Every entry, in order.
    fn entries(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verifier, BundleFault> {
        let bundles: Vec<Tile> = self.tiles.iter().copied().filter(|tile| tile.content == Content::Entries).collect();
        let mut verifier: Option<Verifier> = None;
        for tile in bundles {
            let path = tile.path();
            let broken = |error: proof::tiles::TileError| BundleFault {
                held: tile.first(),
                ..BundleFault::of_file(&path, error.code(), error.to_string())
            };
            for bytes in read_entry_bundle(get(&self.by_path, &path)?, tile.width).map_err(broken)? {
                let held = verifier.as_ref().map_or(0, Verifier::size);
                let failed = |fault| in_file(&path, fault, held);
                let entry = match &mut verifier {
                    Some(verifier) => verifier.entry(bytes).map_err(failed)?,
                    None => {
                        let begun = self.begin(bytes, &path)?;
                        let entry = Entry::decode(bytes, begun.origin());
                        verifier = Some(begun);
                        entry.map_err(|error| BundleFault::of_file(&path, "ENTRY-MALFORMED", error.to_string()))?
                    }
                };
                self.learn(&entry);
            }
            progress(tile.first().saturating_add(tile.width), self.manifest.size);
        }
        let empty = || BundleFault::of_file(CHECKPOINT, "LOG-EMPTY", "the log has no entry".to_owned());
        verifier.ok_or_else(empty)
    }

    /// The first entry names the key that must have signed the manifest.
    fn begin(&self, first: &[u8], path: &str) -> Result<Verifier, BundleFault> {
        let verifier = Verifier::begin(first).map_err(|fault| in_file(path, fault, 0))?;
        if *verifier.origin() != self.manifest.origin {
            let sentence = format!("the manifest is of another log: {}", self.manifest.origin);
            return Err(BundleFault::of_file(MANIFEST, "MANIFEST-ORIGIN", sentence));
        }
        self.manifest.check_signature(&log_key(&verifier, path)?)?;
        Ok(verifier)
    }

    fn learn(&mut self, entry: &Entry) {
        self.devices.learn(entry);
        if let Body::Decision(decision) = &entry.body {
            let said = &decision.intent.said;
            let commitments = said.digests.iter().map(|(path, digest)| ((said.id, path.clone()), *digest));
            self.commitments.extend(commitments);
        }
    }

    /// The tiles of hashes are those of the tree over the entries.
    fn hash_tiles(&self, verifier: &Verifier) -> Result<(), BundleFault> {
        for tile in &self.tiles {
            let Content::Hashes { level } = tile.content else { continue };
            let path = tile.path();
            if hash_tile(verifier.tree(), level, tile).as_deref() != Some(get(&self.by_path, &path)?) {
                let sentence = "its hashes are not those of the tree over the entries".to_owned();
                return Err(BundleFault {
                    held: verifier.size(),
                    ..BundleFault::of_file(&path, "TILE-HASHES", sentence)
                });
            }
        }
        Ok(())
    }

    /// What follows from the entries is what follows from them.
    fn derived_files(&self, verifier: &Verifier) -> Result<(), BundleFault> {
        let key = log_key(verifier, MANIFEST)?;
        for (path, bytes) in files::derived(verifier.origin(), &key, &self.devices) {
            if get(&self.by_path, &path)? != bytes {
                let sentence = "it does not hold what follows from the entries".to_owned();
                return Err(BundleFault {
                    held: verifier.size(),
                    ..BundleFault::of_file(&path, "FILE-OTHER", sentence)
                });
            }
        }
        Ok(())
    }
}

fn log_key(verifier: &Verifier, path: &str) -> Result<VerifyingKey, BundleFault> {
    let unreadable = |_| BundleFault::of_file(path, "LOG-KEY", "the log's key cannot be read".to_owned());
    verifier.log_key().parse().map_err(unreadable)
}
