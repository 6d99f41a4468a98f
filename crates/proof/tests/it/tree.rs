use std::str::FromStr as _;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;
use showclear_proof::tree::{
    Frontier, Hash, ProofError, Tree, empty_root, hash_leaf, hash_node, prove_consistency, prove_inclusion, root_of,
    verify_consistency, verify_inclusion,
};

use crate::vectors::{cases, from_hex, hash, hashes, load, number, text, texts};

/// Sizes to this one are tried completely: they pass 64 and so the first seven levels.
const SIZES: u64 = 70;

fn leaf(index: u64) -> Hash {
    hash_leaf(&index.to_be_bytes())
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(leaf).collect()
}

fn tree(leaves: &[Hash]) -> Tree {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree
}

#[test]
fn a_hash_has_one_spelling_in_hexadecimal() {
    let hash = leaf(7);
    let text = hash.to_hex();
    assert_eq!(text, format!("{hash:?}"));
    assert_eq!((text.len(), Hash::from_hex(&text)), (64, Some(hash)));
    assert_eq!(Hash([0xA0; 32]).to_hex(), "a0".repeat(32));
    let wrong = [
        text.to_uppercase(),
        format!("{text}00"),
        text[2..].to_owned(),
        String::new(),
        "+f".repeat(32),
        "é".repeat(32),
    ];
    assert!(wrong.iter().all(|text| Hash::from_hex(text).is_none()));
}

#[test]
fn leaves_and_roots_are_those_of_the_reference() {
    let file = load("tree.json");
    let leaves: Vec<Hash> = texts(&file, "leaves").iter().map(|leaf| hash_leaf(&from_hex(leaf))).collect();
    assert_eq!(leaves, hashes(&file, "leaf_hashes"));
    let roots = hashes(&file, "roots");
    assert_eq!(roots.len(), leaves.len() + 1);
    assert_eq!(roots[0], empty_root());
    assert_eq!(roots[2], hash_node(&leaves[0], &leaves[1]));
    let (mut frontier, mut tree) = (Frontier::default(), Tree::default());
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(root_of(&leaves[..size]), *root, "size {size}");
        assert_eq!(frontier.root(), *root, "size {size}");
        assert_eq!(tree.root(), *root, "size {size}");
        if let Some(leaf) = leaves.get(size) {
            frontier.push(*leaf);
            tree.push(*leaf);
        }
    }
}

#[test]
fn proofs_are_those_of_the_reference() {
    let file = load("tree.json");
    let leaves = hashes(&file, "leaf_hashes");
    for case in cases(&file, "inclusion") {
        let (index, size) = (number(case, "index"), number(case, "size"));
        assert_eq!(prove_inclusion(&leaves, index, size), Some(hashes(case, "path")), "{index} of {size}");
    }
    for case in cases(&file, "consistency") {
        let (old, new) = (number(case, "old"), number(case, "new"));
        assert_eq!(prove_consistency(&leaves, old, new), Some(hashes(case, "path")), "{old} to {new}");
    }
}

#[test]
fn false_proofs_are_refused_and_the_reason_is_named() {
    let file = load("tree.json");
    for case in cases(&file, "refused_inclusion") {
        let (path, root) = (hashes(case, "path"), hash(case, "root"));
        let (index, size) = (number(case, "index"), number(case, "size"));
        let verdict = verify_inclusion(&hash(case, "leaf"), index, size, &path, &root);
        let name = text(case, "name");
        assert_eq!(verdict.expect_err(name).code(), text(case, "code"), "{name}");
    }
    for case in cases(&file, "refused_consistency") {
        let (old, new) = (number(case, "old"), number(case, "new"));
        let (old_root, new_root) = (hash(case, "old_root"), hash(case, "new_root"));
        let verdict = verify_consistency(old, &old_root, new, &new_root, &hashes(case, "path"));
        let name = text(case, "name");
        assert_eq!(verdict.expect_err(name).code(), text(case, "code"), "{name}");
    }
}

#[test]
fn the_growing_structures_agree_with_the_definition() {
    let leaves = leaves(SIZES);
    let (mut frontier, whole) = (Frontier::default(), tree(&leaves));
    let mut growing = Tree::default();
    for (size, end) in (0..=SIZES).zip(0..) {
        let root = root_of(&leaves[..end]);
        assert_eq!((frontier.size(), frontier.root()), (size, root));
        assert_eq!((growing.size(), growing.root()), (size, root));
        assert_eq!(whole.root_at(size), Some(root), "size {size}");
        if size < SIZES {
            frontier.push(leaf(size));
            growing.push(leaf(size));
        }
    }
    assert_eq!(whole.root_at(SIZES + 1), None);
}

#[test]
fn every_inclusion_in_every_small_tree_is_proven() {
    let leaves = leaves(SIZES);
    let tree = tree(&leaves);
    for size in 1..=SIZES {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let path = prove_inclusion(&leaves, index, size).unwrap();
            assert_eq!(tree.prove_inclusion(index, size).as_ref(), Some(&path), "{index} of {size}");
            assert_eq!(verify_inclusion(&leaf(index), index, size, &path, &root), Ok(()), "{index} of {size}");
            // Neighbours, and one in another half: trying all others takes seconds and finds no more.
            for other in [index ^ 1, index ^ 2, size - 1 - index].into_iter().filter(|o| *o != index && *o < size) {
                assert!(verify_inclusion(&leaf(index), other, size, &path, &root).is_err(), "{index} as {other}");
                assert!(verify_inclusion(&leaf(other), index, size, &path, &root).is_err(), "{other} as {index}");
            }
        }
    }
}

#[test]
fn every_growth_of_every_small_tree_is_proven() {
    let leaves = leaves(SIZES);
    let tree = tree(&leaves);
    let root = |size| tree.root_at(size).unwrap();
    for new in 0..=SIZES {
        for old in 0..=new {
            let path = prove_consistency(&leaves, old, new).unwrap();
            assert_eq!(tree.prove_consistency(old, new).as_ref(), Some(&path), "{old} to {new}");
            assert_eq!(verify_consistency(old, &root(old), new, &root(new), &path), Ok(()), "{old} to {new}");
            let other = hash_leaf(b"another root");
            assert!(verify_consistency(old, &other, new, &root(new), &path).is_err(), "{old} to {new}");
            if old > 0 {
                assert!(verify_consistency(old, &root(old), new, &other, &path).is_err(), "{old} to {new}");
            }
        }
    }
}

#[test]
fn another_implementation_makes_the_same_proofs() {
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let leaves = leaves(SIZES);
    let ours = tree(&leaves);
    for (size, new) in (1..=SIZES).zip(1_usize..) {
        theirs.push((size - 1).to_be_bytes().to_vec());
        assert_eq!(theirs.root().as_bytes().as_slice(), ours.root_at(size).unwrap().0, "size {size}");
        for (index, place) in (0..size).zip(0_usize..) {
            let path = ours.prove_inclusion(index, size).unwrap();
            let joined: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
            assert_eq!(theirs.prove_inclusion(place).as_bytes(), joined, "{index} of {size}");
        }
        for (old_size, old) in (1..=size).zip(1_usize..) {
            let path = ours.prove_consistency(old_size, size).unwrap();
            let joined: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
            assert_eq!(theirs.prove_consistency(new - old).as_bytes(), joined, "{old_size} to {size}");
        }
    }
}

#[test]
fn there_is_no_proof_about_what_is_not_there() {
    let leaves = leaves(6);
    let tree = tree(&leaves);
    for (index, size) in [(0, 0), (6, 6), (0, 7), (6, 7), (5, u64::MAX), (u64::MAX, u64::MAX)] {
        assert_eq!(prove_inclusion(&leaves, index, size), None, "{index} of {size}");
        assert_eq!(tree.prove_inclusion(index, size), None, "{index} of {size}");
    }
    for (old, new) in [(5, 4), (0, 7), (7, 7), (6, 7), (1, u64::MAX), (u64::MAX, u64::MAX)] {
        assert_eq!(prove_consistency(&leaves, old, new), None, "{old} to {new}");
        assert_eq!(tree.prove_consistency(old, new), None, "{old} to {new}");
    }
    for size in [7, 8, 1 << 40, u64::MAX] {
        assert_eq!(tree.root_at(size), None, "{size}");
    }
    let empty = Tree::default();
    assert_eq!((empty.size(), empty.root(), empty.root_at(0)), (0, empty_root(), Some(empty_root())));
    assert_eq!(empty.prove_consistency(0, 0), Some(Vec::new()));
    assert_eq!(empty.prove_inclusion(0, 1), None);
}

#[test]
fn a_hash_has_one_spelling() {
    let root = empty_root();
    assert_eq!(root.to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(format!("{root:?}"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(format!("{:?}", Hash([0x0a; 32])), "0a".repeat(32));
    assert_eq!(Hash::from_str(&root.to_string()), Ok(root));
    for text in [
        "",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
        "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==",
        " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ] {
        assert_eq!(Hash::from_str(text), Err(ProofError::NotAHash), "{text}");
    }
}

#[test]
fn the_largest_numbers_are_refused_and_not_computed() {
    let (hash, most) = (hash_leaf(b""), u64::MAX);
    for path_len in [0, 1, 63, 64, 65, 200] {
        let path = vec![hash; path_len];
        for index in [0, 1, most / 2, most - 2, most - 1, most] {
            assert!(verify_inclusion(&hash, index, most, &path, &hash).is_err());
        }
        for old in [1, 2, 1 << 63, most - 1] {
            assert!(verify_consistency(old, &hash, most, &hash, &path).is_err());
        }
    }
}

/// A path with one bit changed, one hash left out, or one put in; `pick` chooses which.
fn tampered(path: &[Hash], pick: usize) -> Vec<Vec<Hash>> {
    let mut with_more = path.to_vec();
    with_more.insert(pick % (path.len() + 1), hash_leaf(b"more"));
    let mut all = vec![with_more];
    if !path.is_empty() {
        let mut with_less = path.to_vec();
        with_less.remove(pick % path.len());
        all.push(with_less);
        let mut with_change = path.to_vec();
        with_change[pick % path.len()].0[pick % 32] ^= 1 << (pick % 8);
        all.push(with_change);
    }
    all
}

proptest! {
    #[test]
    fn a_proof_of_inclusion_holds_until_it_is_touched(size in 1_u64..300, index: u64, pick: usize) {
        let (index, tree) = (index % size, tree(&leaves(size)));
        let (path, root) = (tree.prove_inclusion(index, size).unwrap(), tree.root());
        prop_assert_eq!(verify_inclusion(&leaf(index), index, size, &path, &root), Ok(()));
        for path in tampered(&path, pick) {
            prop_assert!(verify_inclusion(&leaf(index), index, size, &path, &root).is_err());
        }
    }

    #[test]
    fn a_proof_of_growth_holds_until_it_is_touched(new in 1_u64..300, old: u64, pick: usize) {
        let (old, tree) = (old % new + 1, tree(&leaves(new)));
        let path = tree.prove_consistency(old, new).unwrap();
        let (old_root, new_root) = (tree.root_at(old).unwrap(), tree.root());
        prop_assert_eq!(verify_consistency(old, &old_root, new, &new_root, &path), Ok(()));
        for path in tampered(&path, pick) {
            prop_assert!(verify_consistency(old, &old_root, new, &new_root, &path).is_err());
        }
    }

    #[test]
    fn a_rewritten_entry_cannot_be_hidden(new in 1_u64..300, old: u64, place: u64) {
        let old = old % new + 1;
        let honest = tree(&leaves(new));
        let mut forged = leaves(new);
        forged[usize::try_from(place % old).unwrap()] = hash_leaf(b"forged");
        let forged = tree(&forged);
        let path = forged.prove_consistency(old, new).unwrap();
        let old_root = honest.root_at(old).unwrap();
        prop_assert!(verify_consistency(old, &old_root, new, &forged.root(), &path).is_err());
    }
}
