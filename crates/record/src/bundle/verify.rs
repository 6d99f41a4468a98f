//! Whether a bundle holds: the file, the manifest, the entries, the tiles, the texts, in this order.

use proof::note::VerifyingKey;
use proof::policy::Policy;
use proof::stamp::Certificate;
use proof::tiles::{Content, TILE_WIDTH, Tile, hash_tile, read_entry_bundle, tiles_of};

use super::consistency::Held;
use super::files::CHECKPOINT;
use super::manifest::{Kind, MANIFEST};
use super::opened::{Beside, Learned, Opened};
use super::{Attached, BundleFault, Stamped, Witnessed, stamped, witnessed};
use crate::entry::Entry;
use crate::erasure::Erased;
use crate::verify::{Ahead, Effort, Fault, Report, Verifier};

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
    /// The files that the entries name.
    pub attached: Attached,
    /// Who outside has countersigned it.
    pub witnessed: Witnessed,
    /// Which authorities have stamped it.
    pub stamped: Stamped,
    /// What of the texts and files was erased, as the record says.
    pub erased: Erased,
}

/// Whom the one who verifies trusts by himself, and not because the bundle says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust<'a> {
    /// The log's key as it was noted outside.
    pub key: Option<&'a VerifyingKey>,
    /// Which logs and witnesses count, instead of those that the bundle's own policy names.
    pub policy: Option<&'a Policy>,
    /// The certificates of the time-stamping authorities that count. Without any, a stamp is held to the certificate in it.
    pub tsa_roots: &'a [Certificate],
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
    verify_with(bytes, trust, Effort::default(), progress)
}

/// Verifies a bundle with as much effort as is asked for.
///
/// # Errors
/// [`BundleFault`], the first thing that is wrong, with its place.
pub fn verify_with(
    bytes: &[u8],
    trust: &Trust<'_>,
    effort: Effort,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BundleReport, BundleFault> {
    let opened = Opened::open(bytes, Kind::Whole)?;
    let tiles = expected_tiles(&opened, opened.head()?.size);
    tiles_are_there(&opened, &tiles)?;
    let mut audit = Audit { opened, tiles, effort, pinned: trust.key, learned: Learned::default() };
    let verifier = audit.entries(progress)?;
    let held = verifier.size();
    let key = log_key(&verifier, MANIFEST)?;
    let derived = audit.hash_tiles(&verifier).and_then(|()| audit.opened.check_derived(&key, &audit.learned, held));
    let by_tree = Held::ByTree(verifier.tree());
    let witnessed = witnessed::check(&audit.opened, by_tree, &audit.learned, &key, trust);
    let stamped = stamped::check(&audit.opened, by_tree, &key, trust);
    let checkpoint = audit.opened.get(CHECKPOINT)?;
    // Of a tree that the log's key did not sign no entry holds.
    let record = verifier.finish(checkpoint, trust.key).map_err(|fault| in_file(CHECKPOINT, fault, 0));
    let beside = |fault: BundleFault| match &record {
        Ok(_) => fault.beside_a_tree_of(held),
        Err(_) => BundleFault { held: 0, ..fault },
    };
    derived.map_err(beside)?;
    let around = witnessed.and_then(|witnessed| Ok((witnessed, stamped?))).map_err(beside);
    let texts = audit.opened.check_beside(&audit.learned).map_err(beside);
    // Whose checkpoint it is comes before what others say of it.
    let (record, (witnessed, stamped)) = (record?, around?);
    let Beside { disclosed, redacted, attached, erased } = texts?;
    let files = audit.opened.count();
    Ok(BundleReport { record, files, disclosed, redacted, attached, witnessed, stamped, erased })
}

pub(super) fn in_file(path: &str, fault: Fault, held: u64) -> BundleFault {
    BundleFault { file: Some(path.to_owned()), fault, held, tree_holds: false }
}

/// The tiles of a log of `size` entries. Nobody has signed for the size yet: of one that asks for more tiles of entries than
/// there are files, only so many are thought of as show that one is missing.
fn expected_tiles(opened: &Opened<'_>, size: u64) -> Vec<Tile> {
    let one_more = opened.count().saturating_add(1);
    tiles_of(size.min(one_more.saturating_mul(TILE_WIDTH)))
}

/// Every tile of the log is there, and no other.
fn tiles_are_there(opened: &Opened<'_>, tiles: &[Tile]) -> Result<(), BundleFault> {
    let mut expected: Vec<String> = tiles.iter().map(Tile::path).collect();
    expected.sort_unstable();
    let found: Vec<&str> = opened.paths("tile/").collect();
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

/// A bundle under audit.
struct Audit<'a> {
    opened: Opened<'a>,
    tiles: Vec<Tile>,
    effort: Effort,
    pinned: Option<&'a VerifyingKey>,
    learned: Learned,
}

impl<'a> Audit<'a> {
    /// Every entry, in order.
    fn entries(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verifier, BundleFault> {
        let bundles: Vec<Tile> = self.tiles.iter().copied().filter(|tile| tile.content == Content::Entries).collect();
        let empty = || BundleFault::of_file(CHECKPOINT, "LOG-EMPTY", "the log has no entry".to_owned());
        let (first, rest) = bundles.split_first().ok_or_else(empty)?;
        let bytes = self.read(first)?;
        let (founding, bytes) = bytes.split_first().ok_or_else(empty)?;
        let mut verifier = self.begin(founding, &first.path())?;
        // A fault of the tile that follows is said in its turn: what is wrong before it comes first.
        let (mut tile, mut entries, mut ahead) = (first, Ok(bytes.to_vec()), Ahead::default());
        let mut following = rest.iter();
        loop {
            let held = entries?;
            let next = following.next();
            entries = next.map_or(Ok(Vec::new()), |tile| self.read(tile));
            let then = entries.as_deref().unwrap_or_default();
            let learned = &mut self.learned;
            let passed = verifier.entries(&held, ahead, then, &mut |entry| learned.learn(entry));
            ahead = passed.map_err(|fault| in_file(&tile.path(), fault, verifier.size()))?;
            progress(tile.first().saturating_add(tile.width), self.opened.manifest.size);
            let Some(next) = next else { return Ok(verifier) };
            tile = next;
        }
    }

    /// The entries in a tile.
    fn read(&self, tile: &Tile) -> Result<Vec<&'a [u8]>, BundleFault> {
        let path = tile.path();
        let broken = |error: proof::tiles::TileError| BundleFault {
            held: tile.first(),
            ..BundleFault::of_file(&path, error.code(), error.to_string())
        };
        read_entry_bundle(self.opened.get(&path)?, tile.width).map_err(broken)
    }

    /// The first entry names the key that must have signed the manifest.
    fn begin(&mut self, first: &[u8], path: &str) -> Result<Verifier, BundleFault> {
        let verifier = Verifier::begin(first).map_err(|fault| in_file(path, fault, 0))?;
        self.opened.check_founding(verifier.origin(), &log_key(&verifier, path)?)?;
        verifier.check_pinned(self.pinned).map_err(|fault| in_file(path, Fault { index: Some(0), ..fault }, 0))?;
        let founding = Entry::decode(first, verifier.origin());
        self.learned
            .learn(&founding.map_err(|error| BundleFault::of_file(path, "ENTRY-MALFORMED", error.to_string()))?);
        Ok(verifier.with(self.effort))
    }

    /// The tiles of hashes are those of the tree over the entries.
    fn hash_tiles(&self, verifier: &Verifier) -> Result<(), BundleFault> {
        for tile in &self.tiles {
            let Content::Hashes { level } = tile.content else { continue };
            let path = tile.path();
            if hash_tile(verifier.tree(), level, tile).as_deref() != Some(self.opened.get(&path)?) {
                let sentence = "its hashes are not those of the tree over the entries".to_owned();
                return Err(BundleFault {
                    held: verifier.size(),
                    ..BundleFault::of_file(&path, "TILE-HASHES", sentence)
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
