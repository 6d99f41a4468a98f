use proptest::prelude::*;
use showclear_proof::checkpoint::Checkpoint;
use showclear_proof::note::{KeyName, Signer};
use showclear_proof::receipt::{MAX_PATH, MAX_RECEIPT_BYTES, Receipt};
use showclear_proof::tree::{Hash, Tree, hash_leaf};

use crate::vectors::{cases, from_hex, hash, keys, load, number, text};

const ORIGIN: &str = "showclear.test/p/1/e1";

fn log() -> Signer {
    Signer::new(KeyName::new(ORIGIN).unwrap(), [7; 32])
}

/// A receipt for entry `index` of `size`, made as the server makes it.
fn issue(index: u64, size: u64) -> (Receipt, Hash) {
    let leaf = |place: u64| hash_leaf(&place.to_be_bytes());
    let mut tree = Tree::default();
    (0..size).for_each(|place| tree.push(leaf(place)));
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root: tree.root() };
    let path = tree.prove_inclusion(index, size).unwrap();
    let checkpoint = log().sign(&checkpoint.to_text()).unwrap().to_bytes();
    (Receipt { extra: None, index, path, checkpoint }, leaf(index))
}

/// Everything that a holder of a receipt checks.
fn is_proven(bytes: &[u8], leaf: &Hash) -> bool {
    let keys = [log().verifying_key().clone()];
    Receipt::parse(bytes).is_ok_and(|receipt| receipt.verify(leaf, ORIGIN, &keys).is_ok())
}

#[test]
fn a_receipt_is_read_verified_and_written_as_the_specification_has_it() {
    let file = load("receipt.json");
    for case in cases(&file, "accepted") {
        let name = text(case, "name");
        let bytes = text(case, "receipt").as_bytes();
        let receipt = Receipt::parse(bytes).expect(name);
        assert_eq!(receipt.index, number(case, "index"), "{name}");
        assert_eq!(u64::try_from(receipt.path.len()).unwrap(), number(case, "path_length"), "{name}");
        assert_eq!(receipt.extra, case["extra"].as_str().map(from_hex), "{name}");
        assert_eq!(receipt.to_bytes(), bytes, "{name}");
        let checkpoint = receipt.verify(&hash(case, "leaf"), text(case, "origin"), &keys(case)).expect(name);
        assert_eq!(checkpoint.size, number(case, "size"), "{name}");
        assert_eq!(checkpoint.root, hash(case, "root"), "{name}");
    }
}

#[test]
fn what_proves_nothing_is_refused_and_the_reason_is_named() {
    let file = load("receipt.json");
    for case in cases(&file, "refused") {
        let name = text(case, "name");
        let receipt = Receipt::parse(text(case, "receipt").as_bytes());
        let verdict =
            receipt.and_then(|receipt| receipt.verify(&hash(case, "leaf"), text(case, "origin"), &keys(case)));
        assert_eq!(verdict.expect_err(name).code(), text(case, "code"), "{name}");
    }
}

#[test]
fn every_bit_of_a_receipt_counts() {
    let (receipt, leaf) = issue(2, 3);
    let bytes = receipt.to_bytes();
    assert!(is_proven(&bytes, &leaf));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert!(!is_proven(&changed, &leaf), "bit {bit} of byte {at}");
        }
        assert!(!is_proven(&bytes[..at], &leaf), "cut off at {at}");
        let without = [&bytes[..at], &bytes[at + 1..]].concat();
        assert!(!is_proven(&without, &leaf), "without byte {at}");
    }
}

#[test]
fn every_entry_of_every_small_log_is_proven_and_no_other_entry_is() {
    for size in 1..=12 {
        for index in 0..size {
            let (receipt, leaf) = issue(index, size);
            let bytes = receipt.to_bytes();
            assert!(is_proven(&bytes, &leaf), "{index} of {size}");
            assert!(!is_proven(&bytes, &issue((index + 1) % 13, 13).1), "{index} of {size}");
        }
    }
}

#[test]
fn empty_extra_data_is_written_as_none() {
    let (mut receipt, _) = issue(0, 2);
    let bytes = receipt.to_bytes();
    receipt.extra = Some(Vec::new());
    assert_eq!(receipt.to_bytes(), bytes);
}

#[test]
fn extra_data_can_be_changed_by_anybody_and_proves_nothing() {
    let (mut receipt, leaf) = issue(1, 2);
    receipt.extra = Some(b"anything".to_vec());
    assert!(is_proven(&receipt.to_bytes(), &leaf));
}

#[test]
fn a_receipt_has_a_largest_size() {
    let (mut receipt, leaf) = issue(0, 2);
    let rest = receipt.to_bytes().len();
    // The line `extra ` and its newline are 7 bytes; base64 is in groups of 4 for 3.
    receipt.extra = Some(vec![0; (MAX_RECEIPT_BYTES - rest - 7) / 4 * 3]);
    assert!(is_proven(&receipt.to_bytes(), &leaf));
    receipt.extra.as_mut().unwrap().extend([0; 4]);
    let error = Receipt::parse(&receipt.to_bytes()).unwrap_err();
    assert_eq!(error.code(), "receipt/too-large");
}

#[test]
fn the_longest_path_is_read() {
    let (mut receipt, _) = issue(0, 1);
    receipt.path = vec![hash_leaf(b""); MAX_PATH];
    assert_eq!(Receipt::parse(&receipt.to_bytes()), Ok(receipt.clone()));
    receipt.path.push(hash_leaf(b""));
    assert_eq!(Receipt::parse(&receipt.to_bytes()).unwrap_err().code(), "receipt/path");
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_back_byte_for_byte(
        head in "(c2sp.org/tlog-proof@v1\n)?(extra [A-Za-z0-9+/]{0,5}={0,2}\n)?(index [0-9]{0,3}\n)?([A-Za-z0-9+/]{42}[AEI]=\n){0,2}",
        tail in "\n{0,2}[a-z\n]{0,9}",
    ) {
        let bytes = format!("{head}{tail}").into_bytes();
        if let Ok(receipt) = Receipt::parse(&bytes) {
            prop_assert_eq!(receipt.to_bytes(), bytes);
        }
    }

    #[test]
    fn a_receipt_survives_its_file(
        extra in proptest::option::of(proptest::collection::vec(any::<u8>(), 1..40)),
        index: u64,
        path in proptest::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..=MAX_PATH),
        checkpoint in "[^\r]{0,60}",
    ) {
        let receipt = Receipt { extra, index, path, checkpoint: checkpoint.into_bytes() };
        prop_assert_eq!(Receipt::parse(&receipt.to_bytes()), Ok(receipt.clone()));
    }
}
