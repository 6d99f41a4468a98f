//! The Merkle tree of a log (RFC 6962 section 2.1): hashes, the writer's right edge, proofs and
//! their checks.
//!
//! `D[a..b)` are the hashes of leaves `a` to `b`. The root over more than one leaf splits them at
//! the largest power of two that is smaller than their number, so all subtrees but the rightmost
//! are perfect and never change again. That is what makes a proof short.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::encoding::{from_base64_of, to_base64};

/// The hash of a leaf, a node or a whole tree: 32 bytes of SHA-256.
///
/// `Display` and `FromStr` use standard base64, as every C2SP format does; `Debug` prints
/// hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// In hexadecimal, as `sha256sum` prints it.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A hash as `sha256sum` prints it: 64 digits, small letters alone. There is no second spelling of one hash.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let small = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if digits.len() != 64 || !small {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl FromStr for Hash {
    type Err = ProofError;

    fn from_str(text: &str) -> Result<Self, ProofError> {
        from_base64_of(text).map(Self).ok_or(ProofError::NotAHash)
    }
}

/// Why a proof does not prove what it was offered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// Not 32 bytes in canonical base64.
    #[error("this is not a SHA-256 hash in base64: take the file again from its source")]
    NotAHash,
    /// The entry's index is not below the tree's size.
    #[error("entry {index} is not among the {size} entries of the tree: the proof belongs to a larger tree")]
    IndexOutsideTree {
        /// Zero-based place of the entry.
        index: u64,
        /// Number of entries in the tree.
        size: u64,
    },
    /// A log only grows; the later tree is smaller than the earlier one.
    #[error("the later tree has {new_size} entries, the earlier had {old_size}: entries of this log were dropped")]
    Shrunk {
        /// Number of entries in the earlier tree.
        old_size: u64,
        /// Number of entries in the later tree.
        new_size: u64,
    },
    /// More or fewer hashes than this index and these sizes call for.
    #[error("the proof has the wrong number of hashes for its place in the tree: ask for it again")]
    WrongLength,
    /// The computed root is not the one that was given.
    #[error("the proof does not lead to the signed root: the entry, the proof or the log was changed")]
    WrongRoot,
    /// The proof does not lead to the root of the earlier tree.
    #[error("the later tree does not contain the earlier one: this log was rewritten")]
    Rewritten,
}

impl ProofError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAHash => "proof/not-a-hash",
            Self::IndexOutsideTree { .. } => "proof/index-outside-tree",
            Self::Shrunk { .. } => "proof/shrunk",
            Self::WrongLength => "proof/wrong-length",
            Self::WrongRoot => "proof/wrong-root",
            Self::Rewritten => "proof/rewritten",
        }
    }
}

/// The hash of an entry: `SHA-256(0x00 || data)`. The prefix keeps an entry from posing as a node.
#[must_use]
pub fn hash_leaf(data: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x00]);
    hasher.update(data);
    Hash(hasher.finalize().into())
}

/// The hash of an inner node: `SHA-256(0x01 || left || right)`.
#[must_use]
pub fn hash_node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(left.0);
    hasher.update(right.0);
    Hash(hasher.finalize().into())
}

/// The root of the tree without entries: `SHA-256("")`.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// The right edge of a growing tree: all that a writer needs in order to append and to know the
/// root.
///
/// It holds the roots of the perfect subtrees, largest first: one for each bit that is set in the
/// size.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// Appends the hash of one leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        // Each trailing one in the size is a perfect subtree whose sibling is now complete.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                root = hash_node(&left, &root);
            }
        }
        self.subtrees.push(root);
        // At a million entries a second the count lasts for half a million years.
        self.size = self.size.saturating_add(1);
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        let smallest_first = self.subtrees.iter().rev().copied();
        let root = smallest_first.reduce(|right, left| hash_node(&left, &right));
        root.unwrap_or_else(empty_root)
    }
}

/// The root over `leaves`, by the definition.
#[must_use]
pub fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        [_, ..] => {
            let half = leaves.len().next_power_of_two() >> 1;
            let (left, right) = leaves.split_at_checked(half).unwrap_or((leaves, &[]));
            hash_node(&root_of(left), &root_of(right))
        }
    }
}

/// The inclusion proof of leaf `index` in the tree over the first `size` of `leaves`, from the
/// leaf's sibling up to the root's child. Nothing if there is no such leaf or no such tree.
#[must_use]
pub fn prove_inclusion(leaves: &[Hash], index: u64, size: u64) -> Option<Vec<Hash>> {
    inclusion_path(index, size, |range| Some(root_of(range.of(leaves)?)))
}

/// The proof that the tree over the first `old` of `leaves` is the beginning of the tree over the
/// first `new`. Nothing if there are no such trees. Every tree begins with the empty one: that
/// proof has no hashes.
#[must_use]
pub fn prove_consistency(leaves: &[Hash], old: u64, new: u64) -> Option<Vec<Hash>> {
    consistency_path(old, new, |range| Some(root_of(range.of(leaves)?)))
}

/// A growing tree that answers for every entry and every size it ever had, in time logarithmic in
/// its size.
///
/// It keeps the root of every perfect subtree: two hashes, 64 bytes, for each entry.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// `levels[h][i]` is the root over `D[i * 2^h .. (i + 1) * 2^h)`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Appends the hash of one leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        for level in &mut self.levels {
            level.push(root);
            // An odd count leaves this root without its sibling; the levels above wait for it.
            let (pairs, without_sibling) = level.as_chunks::<2>();
            let (Some([left, right]), []) = (pairs.last(), without_sibling) else {
                return;
            };
            root = hash_node(left, right);
        }
        self.levels.push(vec![root]);
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        let leaves = self.levels.first().map_or(0, Vec::len);
        // A length in memory always fits: no machine has addresses of more than 64 bits.
        u64::try_from(leaves).unwrap_or(u64::MAX)
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root_at(self.size()).unwrap_or_else(empty_root)
    }

    /// The root that the tree had when it held `size` leaves, or nothing if it never held so many.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        match size {
            0 => Some(empty_root()),
            _ => self.range_root(Range { start: 0, len: size }),
        }
    }

    /// The root of the perfect subtree over the leaves `index * 2^height` to `(index + 1) * 2^height - 1`, or nothing
    /// where the tree does not have them all.
    #[must_use]
    pub fn subtree(&self, height: u8, index: u64) -> Option<Hash> {
        let level = self.levels.get(usize::from(height))?;
        level.get(usize::try_from(index).ok()?).copied()
    }

    /// As [`prove_inclusion`], without hashing every leaf.
    #[must_use]
    pub fn prove_inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        inclusion_path(index, size, |range| self.range_root(range))
    }

    /// As [`prove_consistency`], without hashing every leaf.
    #[must_use]
    pub fn prove_consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        consistency_path(old, new, |range| self.range_root(range))
    }

    /// The root over a range that starts where a perfect subtree of at least its length does.
    fn range_root(&self, range: Range) -> Option<Hash> {
        if let Some((left, right)) = range.split().filter(|_| !range.len.is_power_of_two()) {
            return Some(hash_node(&self.range_root(left)?, &self.range_root(right)?));
        }
        let height = range.len.checked_ilog2()?;
        let place = usize::try_from(range.start.checked_shr(height)?).ok()?;
        self.levels.get(usize::try_from(height).ok()?)?.get(place).copied()
    }
}

/// The leaves `D[start .. start + len)`.
#[derive(Debug, Clone, Copy)]
struct Range {
    start: u64,
    len: u64,
}

impl Range {
    /// The two children, split at the largest power of two below the length. A single leaf has
    /// none.
    fn split(self) -> Option<(Self, Self)> {
        let half = 1_u64.checked_shl(self.len.checked_sub(1)?.checked_ilog2()?)?;
        let left = Self { start: self.start, len: half };
        let right = Self { start: self.start.checked_add(half)?, len: self.len.checked_sub(half)? };
        Some((left, right))
    }

    fn of(self, leaves: &[Hash]) -> Option<&[Hash]> {
        let start = usize::try_from(self.start).ok()?;
        let end = usize::try_from(self.start.checked_add(self.len)?).ok()?;
        leaves.get(start..end)
    }
}

/// RFC 6962 section 2.1.1: walks from the root down to the leaf and notes the root of each subtree
/// not entered.
fn inclusion_path(index: u64, size: u64, root: impl Fn(Range) -> Option<Hash>) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let mut path = Vec::new();
    let mut here = Range { start: 0, len: size };
    while let Some((left, right)) = here.split() {
        let sibling = if index < right.start { right } else { left };
        here = if index < right.start { left } else { right };
        path.push(root(sibling)?);
    }
    // A tree of one leaf notes nothing on the way, so ask whether that leaf exists at all.
    root(here)?;
    path.reverse();
    Some(path)
}

/// RFC 6962 section 2.1.2: walks from the new root down to the right edge of the old tree.
fn consistency_path(old: u64, new: u64, root: impl Fn(Range) -> Option<Hash>) -> Option<Vec<Hash>> {
    // A tree may need no proof at all, so ask whether its last leaf exists.
    if new > 0 {
        root(Range { start: new.checked_sub(1)?, len: 1 })?;
    }
    let mut path = Vec::new();
    let mut here = Range { start: 0, len: new };
    // Until the old tree ends exactly where this subtree does. An old tree that is larger than the
    // new one ends nowhere in it: the walk comes to a single leaf, which has no children.
    while old > 0 && old != here.start.checked_add(here.len)? {
        let (left, right) = here.split()?;
        let sibling = if old <= right.start { right } else { left };
        here = if old <= right.start { left } else { right };
        path.push(root(sibling)?);
    }
    // A subtree that starts at the first leaf is the whole old tree, whose root the reader already
    // has.
    if here.start > 0 {
        path.push(root(here)?);
    }
    path.reverse();
    Some(path)
}

/// Checks that the leaf with hash `leaf` is entry `index` of the tree of `size` entries with root
/// `root`.
///
/// # Errors
///
/// [`ProofError`] says why it does not follow. The algorithm is that of RFC 9162 section 2.1.3.2.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::IndexOutsideTree { index, size });
    }
    let mut climb = Climb { place: index, last: size.saturating_sub(1) };
    let mut computed = *leaf;
    for sibling in path {
        computed = match climb.step()? {
            Side::Left => hash_node(sibling, &computed),
            Side::Right => hash_node(&computed, sibling),
        };
    }
    climb.finish()?;
    if computed == *root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

/// Checks that the tree of `old_size` entries with root `old_root` is the beginning of the tree of
/// `new_size` entries with root `new_root`: nothing was changed, dropped or put in between.
///
/// # Errors
///
/// [`ProofError`] says why it does not follow. The algorithm is that of RFC 9162 section 2.1.4.2.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::Shrunk { old_size, new_size });
    }
    if old_size == 0 || old_size == new_size {
        return verify_trivial_consistency(old_size, old_root, new_size, new_root, path);
    }
    // A perfect old tree is itself the first subtree of the proof, which therefore leaves it out.
    let (start, rest) = match (old_size.is_power_of_two(), path) {
        (true, rest) => (old_root, rest),
        (false, [first, rest @ ..]) => (first, rest),
        (false, []) => return Err(ProofError::WrongLength),
    };
    let mut climb = Climb { place: old_size.saturating_sub(1), last: new_size.saturating_sub(1) };
    climb.rise(climb.place.trailing_ones());
    let (mut computed_old, mut computed_new) = (*start, *start);
    for sibling in rest {
        match climb.step()? {
            Side::Left => {
                computed_old = hash_node(sibling, &computed_old);
                computed_new = hash_node(sibling, &computed_new);
            }
            Side::Right => computed_new = hash_node(&computed_new, sibling),
        }
    }
    climb.finish()?;
    if computed_old != *old_root {
        return Err(ProofError::Rewritten);
    }
    if computed_new == *new_root { Ok(()) } else { Err(ProofError::WrongRoot) }
}

/// The two cases in which there is nothing to compute: from the empty tree, and from a tree to
/// itself.
fn verify_trivial_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), ProofError> {
    if !path.is_empty() {
        return Err(ProofError::WrongLength);
    }
    let old_is_as_it_must_be = old_size > 0 || *old_root == empty_root();
    let new_is_as_it_must_be = new_size > old_size || new_root == old_root;
    if old_is_as_it_must_be && new_is_as_it_must_be { Ok(()) } else { Err(ProofError::Rewritten) }
}

/// Where the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node up to the root: `fn` and `sn` of RFC 9162.
struct Climb {
    /// The place of the current node in its level.
    place: u64,
    /// The place of the last node of that level.
    last: u64,
}

impl Climb {
    fn rise(&mut self, levels: u32) {
        self.place = self.place.checked_shr(levels).unwrap_or(0);
        self.last = self.last.checked_shr(levels).unwrap_or(0);
    }

    /// One hash further up. Fails if the root was already reached.
    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::WrongLength);
        }
        let is_right_child = self.place & 1 == 1;
        if !is_right_child && self.place != self.last {
            self.rise(1);
            return Ok(Side::Right);
        }
        if !is_right_child {
            // The last node of its level without a sibling moves up unchanged until it is a right
            // child.
            self.rise(self.place.trailing_zeros());
        }
        self.rise(1);
        Ok(Side::Left)
    }

    /// Fails if hashes are missing on the way to the root.
    fn finish(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::WrongLength) }
    }
}
