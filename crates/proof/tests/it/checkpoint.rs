use showclear_proof::checkpoint::{Checkpoint, check_origin};
use showclear_proof::note::{KeyName, Signer};
use showclear_proof::tree::{empty_root, hash_leaf};

use crate::vectors::{cases, hash, keys, load, note_bytes, number, text};

const ORIGIN: &str = "showclear.test/p/1/e1";

fn log() -> Signer {
    Signer::new(KeyName::new(ORIGIN).unwrap(), [7; 32])
}

#[test]
fn a_checkpoint_is_read_and_written_as_the_specification_has_it() {
    let file = load("checkpoint.json");
    for case in cases(&file, "accepted") {
        let name = text(case, "name");
        let checkpoint = Checkpoint::parse_text(text(case, "text")).expect(name);
        assert_eq!(checkpoint.origin, text(case, "origin"), "{name}");
        assert_eq!(checkpoint.size, number(case, "size"), "{name}");
        assert_eq!(checkpoint.root, hash(case, "root"), "{name}");
        let has_extensions = case["extended"].as_bool().unwrap();
        let written = checkpoint.to_text();
        assert_eq!(written == text(case, "text"), !has_extensions, "{name}");
        assert!(text(case, "text").starts_with(&written), "{name}");
    }
}

#[test]
fn what_is_not_a_checkpoint_is_refused_and_the_line_is_named() {
    let file = load("checkpoint.json");
    for case in cases(&file, "refused") {
        let error = Checkpoint::parse_text(text(case, "text")).expect_err(text(case, "name"));
        assert_eq!(error.code(), text(case, "code"), "{}", text(case, "name"));
    }
}

#[test]
fn a_signed_checkpoint_is_opened_for_its_own_log_only() {
    let file = load("checkpoint.json");
    for case in cases(&file, "opened") {
        let name = text(case, "name");
        let opened = Checkpoint::open(&note_bytes(case), text(case, "origin"), &keys(case)).expect(name);
        assert_eq!(opened.size, number(case, "size"), "{name}");
        assert_eq!(opened.root, hash(case, "root"), "{name}");
    }
    for case in cases(&file, "refused_opened") {
        let name = text(case, "name");
        let error = Checkpoint::open(&note_bytes(case), text(case, "origin"), &keys(case)).expect_err(name);
        assert_eq!(error.code(), text(case, "code"), "{name}");
    }
}

#[test]
fn every_bit_of_a_signed_checkpoint_counts() {
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: 1, root: hash_leaf(b"entry") };
    let bytes = log().sign(&checkpoint.to_text()).unwrap().to_bytes();
    let keys = [log().verifying_key().clone()];
    assert_eq!(Checkpoint::open(&bytes, ORIGIN, &keys), Ok(checkpoint));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert!(Checkpoint::open(&changed, ORIGIN, &keys).is_err(), "bit {bit} of byte {at}");
        }
        assert!(Checkpoint::open(&bytes[..at], ORIGIN, &keys).is_err(), "cut off at {at}");
    }
}

#[test]
fn the_largest_size_is_read_and_written() {
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: u64::MAX, root: empty_root() };
    assert_eq!(Checkpoint::parse_text(&checkpoint.to_text()), Ok(checkpoint));
}

#[test]
fn an_origin_is_fit_to_be_a_key_name() {
    assert_eq!(check_origin(ORIGIN), Ok(()));
    for origin in ["", "showclear test", "showclear+test", "showclear\ttest", "showclear\u{2003}test"] {
        assert_eq!(check_origin(origin).map_err(|error| error.code()), Err("checkpoint/origin"), "{origin:?}");
        assert!(KeyName::new(origin).is_err(), "{origin:?}");
    }
}
