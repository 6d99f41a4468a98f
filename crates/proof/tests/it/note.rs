use proptest::prelude::*;
use showclear_proof::note::{KeyName, MAX_NOTE_BYTES, MAX_SIGNATURES, Note, Signer, VerifyingKey};

use crate::vectors::{cases, hex, keys, load, note_bytes, number, text, texts};

fn signer(name: &str) -> Signer {
    Signer::new(KeyName::new(name).unwrap(), [7; 32])
}

/// The text that `bytes` prove to be signed by the device's key, if they do.
fn proven_text(bytes: &[u8]) -> Option<String> {
    let note = Note::parse(bytes).ok()?;
    note.verify(&[signer("1/k/0a1b2c3d").verifying_key().clone()]).ok()?;
    Some(note.text().to_owned())
}

#[test]
fn a_note_is_read_verified_and_written_as_the_specification_has_it() {
    let file = load("note.json");
    for case in cases(&file, "accepted") {
        let name = text(case, "name");
        let note = Note::parse(&note_bytes(case)).expect(name);
        assert_eq!(note.text(), text(case, "text"), "{name}");
        assert_eq!(note.to_bytes(), note_bytes(case), "{name}");
        let signers: Vec<String> = note.verify(&keys(case)).expect(name).iter().map(KeyName::to_string).collect();
        assert_eq!(signers, texts(case, "signers"), "{name}");
    }
    for case in cases(&file, "readable") {
        let note = Note::parse(&note_bytes(case)).unwrap();
        assert_eq!(note.text(), text(case, "text"));
        assert_eq!(u64::try_from(note.signatures().len()).unwrap(), number(case, "signature_lines"));
        assert_eq!(note.to_bytes(), note_bytes(case));
    }
}

#[test]
fn what_proves_nothing_is_refused_and_the_reason_is_named() {
    let file = load("note.json");
    for case in cases(&file, "refused") {
        let name = text(case, "name");
        let verdict = Note::parse(&note_bytes(case)).and_then(|note| note.verify(&keys(case)));
        assert_eq!(verdict.expect_err(name).code(), text(case, "code"), "{name}");
    }
}

#[test]
fn a_signature_is_the_one_that_a_second_implementation_makes() {
    let file = load("note.json");
    for case in cases(&file, "signed") {
        let signer = Signer::new(KeyName::new(text(case, "key_name")).unwrap(), hex(text(case, "secret")));
        assert_eq!(signer.verifying_key().to_string(), text(case, "vkey"));
        let note = signer.sign(text(case, "text")).unwrap();
        assert_eq!(note.to_bytes(), note_bytes(case));
        let line = &note.signatures()[0];
        assert_eq!((line.name(), line.key_id()), (signer.verifying_key().name(), signer.verifying_key().id()));
        assert_eq!(line.signature().len(), 64);
    }
}

#[test]
fn a_verifying_key_has_one_spelling() {
    let file = load("note.json");
    for case in cases(&file, "vkeys_accepted") {
        let key: VerifyingKey = text(case, "vkey").parse().unwrap();
        assert_eq!(key.to_string(), text(case, "vkey"));
        assert_eq!(key.name().as_str(), text(case, "name"));
        assert_eq!(key.id(), hex(text(case, "id")));
        assert_eq!(key.public(), &hex(text(case, "public")));
        assert_eq!(VerifyingKey::new(key.name().clone(), *key.public()), Ok(key));
    }
    for case in cases(&file, "vkeys_refused") {
        let name = text(case, "name");
        let error = text(case, "vkey").parse::<VerifyingKey>().expect_err(name);
        assert_eq!(error.code(), text(case, "code"), "{name}");
    }
}

#[test]
fn every_bit_of_a_signed_note_counts() {
    let bytes = signer("1/k/0a1b2c3d").sign("A text.\n\nWith a blank line.\n").unwrap().to_bytes();
    assert!(proven_text(&bytes).is_some());
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert_eq!(proven_text(&changed), None, "bit {bit} of byte {at}");
        }
        assert_eq!(proven_text(&bytes[..at]), None, "cut off at {at}");
        let without = [&bytes[..at], &bytes[at + 1..]].concat();
        assert_eq!(proven_text(&without), None, "without byte {at}");
    }
}

#[test]
fn a_signer_signs_only_what_a_reader_takes() {
    let signer = signer("1/k/0a1b2c3d");
    let code = |text: &str| signer.sign(text).map_err(|error| error.code()).map(|_| ());
    assert_eq!(code("A text.\n"), Ok(()));
    assert_eq!(code(""), Err("note/incomplete"));
    assert_eq!(code("No newline."), Err("note/incomplete"));
    assert_eq!(code("A tab\t.\n"), Err("note/control-character"));
    assert_eq!(code("A return\r\n"), Err("note/control-character"));
    assert_eq!(code(&format!("{}\n", "a".repeat(MAX_NOTE_BYTES))), Err("note/too-large"));
}

#[test]
fn a_note_has_a_largest_size() {
    let signer = signer("1/k/0a1b2c3d");
    let around = signer.sign("\n").unwrap().to_bytes().len();
    let largest = format!("{}\n", "a".repeat(MAX_NOTE_BYTES - around));
    let bytes = signer.sign(&largest).unwrap().to_bytes();
    assert_eq!(bytes.len(), MAX_NOTE_BYTES);
    assert_eq!(proven_text(&bytes), Some(largest));
    let too_large = [b"a", bytes.as_slice()].concat();
    assert_eq!(Note::parse(&too_large).unwrap_err().code(), "note/too-large");
    assert_eq!(signer.sign(&"a\n".repeat(MAX_NOTE_BYTES / 2)).unwrap_err().code(), "note/too-large");
}

#[test]
fn sixteen_signatures_fit_beside_the_largest_entry() {
    // The type ML-DSA-44 has the largest signatures that logs use now: 8 bytes of time and 2,420 of signature.
    let line = format!("— {} {}\n", "k".repeat(100), "A".repeat(3_244));
    let note = format!("{}\n\n{}", "a".repeat(65_535), line.repeat(MAX_SIGNATURES));
    assert_eq!(Note::parse(note.as_bytes()).unwrap().signatures().len(), MAX_SIGNATURES);
}

#[test]
fn a_signer_never_shows_its_secret() {
    let shown = format!("{:?}", signer("1/k/0a1b2c3d"));
    assert!(shown.contains("1/k/0a1b2c3d"), "{shown}");
    assert!(!shown.contains("7, 7, 7") && !shown.contains("0707"), "{shown}");
    assert!(!shown.contains("SigningKey"), "{shown}");
}

proptest! {
    #[test]
    fn whatever_is_read_is_written_back_byte_for_byte(
        note in "[ab— +\n]{0,6}\n{0,3}(— [a-c]{1,2} ([A-Za-z0-9+/]{4}){1,3}([A-Za-z0-9+/]{2}[AEI]=)?\n){0,3}\n?",
    ) {
        if let Ok(read) = Note::parse(note.as_bytes()) {
            prop_assert_eq!(read.to_bytes(), note.as_bytes());
        }
    }

    #[test]
    fn every_text_that_may_be_signed_comes_back(text in "([^\u{0}-\u{1f}]|\n){0,60}\n", seed: [u8; 32]) {
        let signer = Signer::new(KeyName::new("1/k/0a1b2c3d").unwrap(), seed);
        let bytes = signer.sign(&text).unwrap().to_bytes();
        let note = Note::parse(&bytes).unwrap();
        prop_assert_eq!(note.text(), text);
        prop_assert_eq!(note.verify(std::slice::from_ref(signer.verifying_key())).unwrap().len(), 1);
        let other = Signer::new(KeyName::new("1/k/0a1b2c3d").unwrap(), [8; 32]);
        prop_assert!(note.verify(std::slice::from_ref(other.verifying_key())).is_err());
    }

    #[test]
    fn bytes_of_any_kind_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Note::parse(&bytes).is_err());
    }
}
