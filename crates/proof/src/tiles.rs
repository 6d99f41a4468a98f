//! A log as plain files (<https://c2sp.org/tlog-tiles>): hash tiles, entry bundles, and their paths.
//!
//! Tile `n` of level `l` holds, next to each other, the roots of up to [`TILE_WIDTH`] perfect subtrees of `256^l`
//! leaves each, beginning with the subtree `256 * n`. From the tiles alone anybody can compute any proof. An entry
//! bundle holds the entries themselves, as many as the tile of level 0 at the same place has hashes.

use thiserror::Error;

use crate::tree::{Hash, Tree};

/// How many hashes a full tile has, and how many entries a full bundle.
pub const TILE_WIDTH: u64 = 256;

/// The levels of subtrees that one level of tiles stands for: 2^8 is [`TILE_WIDTH`].
const HEIGHTS_A_LEVEL: u8 = 8;

/// The highest level: a tree of 64-bit size has no subtree of 256^8 leaves.
const MAX_LEVEL: u8 = 7;

/// Why bytes are not an entry bundle, or entries cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TileError {
    /// The bundle ends inside an entry or its length, before it has as many entries as it should.
    #[error("the bundle of entries is cut off in its entry {entry}")]
    CutOff {
        /// Counted from 0 within the bundle.
        entry: u64,
    },
    /// Bytes follow after the last entry that should be there.
    #[error("the bundle of entries goes on after its last entry")]
    Trailing,
    /// An entry longer than its two bytes of length can say.
    #[error("an entry of {bytes} bytes is too long for a bundle of entries")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

impl TileError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::CutOff { .. } => "tile/cut-off",
            Self::Trailing => "tile/trailing",
            Self::TooLong { .. } => "tile/too-long",
        }
    }
}

/// What a file of the log holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The roots of subtrees.
    Hashes {
        /// The level, from 0.
        level: u8,
    },
    /// Entries.
    Entries,
}

/// One file of a log of some size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// What it holds.
    pub content: Content,
    /// Which of its level, from 0.
    pub index: u64,
    /// How many hashes or entries, 1 to [`TILE_WIDTH`].
    pub width: u64,
}

impl Tile {
    /// Its path below the log's address: `tile/0/x001/x234/067`, with `.p/<width>` where it is not full.
    #[must_use]
    pub fn path(&self) -> String {
        let level = match self.content {
            Content::Hashes { level } => level.to_string(),
            Content::Entries => "entries".to_owned(),
        };
        let partial = if self.width < TILE_WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{level}/{}{partial}", number(self.index))
    }

    /// The first leaf or subtree that it holds.
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.index.saturating_mul(TILE_WIDTH)
    }
}

/// A number as the path writes it: three digits an element, all but the last with an `x`.
fn number(index: u64) -> String {
    let mut rest = index;
    let mut elements = Vec::new();
    loop {
        elements.push(rest.checked_rem(1_000).unwrap_or(0));
        rest = rest.checked_div(1_000).unwrap_or(0);
        if rest == 0 {
            break;
        }
    }
    let mut path = String::new();
    for (place, element) in elements.iter().enumerate().rev() {
        path.push_str(&if place == 0 { format!("{element:03}") } else { format!("x{element:03}/") });
    }
    path
}

/// Every file of a log of `size` entries: the entry bundles, then the tiles level by level, each in order.
#[must_use]
pub fn tiles_of(size: u64) -> Vec<Tile> {
    let mut tiles = level_tiles(Content::Entries, size);
    for level in 0..=MAX_LEVEL {
        let hashes = size.checked_shr(u32::from(height_of(level))).unwrap_or(0);
        tiles.extend(level_tiles(Content::Hashes { level }, hashes));
    }
    tiles
}

fn level_tiles(content: Content, held: u64) -> Vec<Tile> {
    let full = held.checked_div(TILE_WIDTH).unwrap_or(0);
    let rest = held.checked_rem(TILE_WIDTH).unwrap_or(0);
    let mut tiles: Vec<Tile> = (0..full).map(|index| Tile { content, index, width: TILE_WIDTH }).collect();
    if rest > 0 {
        tiles.push(Tile { content, index: full, width: rest });
    }
    tiles
}

const fn height_of(level: u8) -> u8 {
    level.saturating_mul(HEIGHTS_A_LEVEL)
}

/// The bytes of a hash tile; nothing where the tree has no such tile, or none so wide.
#[must_use]
pub fn hash_tile(tree: &Tree, level: u8, tile: &Tile) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for place in tile.first()..tile.first().checked_add(tile.width)? {
        let Hash(hash) = tree.subtree(height_of(level), place)?;
        bytes.extend_from_slice(&hash);
    }
    Some(bytes)
}

/// The bytes of an entry bundle: each entry behind its length in two bytes, the high one first.
///
/// # Errors
/// [`TileError::TooLong`].
pub fn entry_bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| TileError::TooLong { bytes: entry.len() })?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The `width` entries of a bundle.
///
/// # Errors
/// [`TileError::CutOff`] and [`TileError::Trailing`].
pub fn read_entry_bundle(bytes: &[u8], width: u64) -> Result<Vec<&[u8]>, TileError> {
    let mut rest = bytes;
    let mut entries = Vec::new();
    for entry in 0..width {
        let (length, behind) = rest.split_first_chunk::<2>().ok_or(TileError::CutOff { entry })?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (found, behind) = behind.split_at_checked(length).ok_or(TileError::CutOff { entry })?;
        entries.push(found);
        rest = behind;
    }
    if rest.is_empty() { Ok(entries) } else { Err(TileError::Trailing) }
}
