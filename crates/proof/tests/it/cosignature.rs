use showclear_proof::checkpoint::CheckpointError;
use showclear_proof::cosignature::{Cosigner, CosignerKey};
use showclear_proof::note::{KeyName, Note, NoteError, SignatureLine};

use crate::vectors::{cases, hex, load, note_bytes, number, text};

fn key_and_note(case: &serde_json::Value) -> (CosignerKey, Note) {
    let name = text(case, "name");
    (text(case, "vkey").parse().expect(name), Note::parse(&note_bytes(case)).expect(name))
}

#[test]
fn a_cosignature_of_either_type_says_when_the_head_was_seen() {
    let file = load("cosignature.json");
    for case in cases(&file, "accepted") {
        let (key, note) = key_and_note(case);
        assert_eq!(key.time_of(&note), Ok(Some(number(case, "time"))), "{}", text(case, "name"));
        assert_eq!(key.to_string(), text(case, "vkey"));
    }
    for case in cases(&file, "absent") {
        let (key, note) = key_and_note(case);
        assert_eq!(key.time_of(&note), Ok(None), "{}", text(case, "name"));
    }
}

#[test]
fn a_known_cosigner_with_a_bad_signature_fails_and_is_not_passed_over() {
    let file = load("cosignature.json");
    for case in cases(&file, "refused") {
        let (key, note) = key_and_note(case);
        let bad = NoteError::BadSignature { key: key.name().clone() };
        assert_eq!(key.time_of(&note), Err(CheckpointError::Note(bad)), "{}", text(case, "name"));
    }
}

#[test]
fn what_is_no_cosigners_key_is_refused() {
    let file = load("cosignature.json");
    for case in cases(&file, "not_keys") {
        let refused = text(case, "vkey").parse::<CosignerKey>();
        assert!(refused.is_err(), "{}", text(case, "name"));
    }
}

#[test]
fn a_cosigner_signs_as_a_second_implementation_does() {
    let file = load("cosignature.json");
    for case in cases(&file, "signed") {
        let name = KeyName::new(text(case, "key_name")).unwrap();
        let secret = hex(text(case, "secret"));
        let by =
            if number(case, "type") == 4 { Cosigner::ed25519(name, secret) } else { Cosigner::ml_dsa_44(name, secret) };
        assert_eq!(by.key().to_string(), text(case, "vkey"));
        let mut note = Note::parse(&note_bytes(case)).unwrap();
        let line = by.cosign(&note, number(case, "time")).unwrap();
        // Type 06 may be signed with randomness, so only type 04 has one right answer.
        if let Some(expected) = case.get("line") {
            assert_eq!(format!("{line}\n"), expected.as_str().unwrap());
        }
        assert_eq!(line.to_string().parse::<SignatureLine>(), Ok(line.clone()));
        note.add(line).unwrap();
        let gathered = Note::parse(&note.to_bytes()).unwrap();
        assert_eq!(by.key().time_of(&gathered), Ok(Some(number(case, "time"))));
    }
}

#[test]
fn every_byte_of_what_was_cosigned_counts() {
    let file = load("cosignature.json");
    // Those without an extension line, which type 06 does not sign.
    for case in cases(&file, "accepted").iter().filter(|case| ["Ed25519", "ML-DSA-44"].contains(&text(case, "name"))) {
        let (key, note) = key_and_note(case);
        let bytes = note.to_bytes();
        for at in 0..note.text().len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let seen = Note::parse(&changed).map_err(CheckpointError::Note).and_then(|note| key.time_of(&note));
            assert!(!matches!(seen, Ok(Some(_))), "byte {at} changed and nobody saw it");
        }
    }
}

#[test]
fn a_note_takes_no_more_lines_than_a_reader_takes() {
    let (_, mut note) = key_and_note(&cases(&load("cosignature.json"), "accepted")[0]);
    let line = note.signatures()[1].clone();
    for _ in 0..14 {
        note.add(line.clone()).unwrap();
    }
    assert_eq!(note.add(line), Err(NoteError::TooManySignatures));
    assert_eq!(Note::parse(&note.to_bytes()), Ok(note));
}

#[test]
fn the_secret_of_a_cosigner_never_shows() {
    let by = Cosigner::ed25519(KeyName::new("witness.example").unwrap(), [7; 32]);
    assert!(!format!("{by:?}").contains("7, 7"));
}
