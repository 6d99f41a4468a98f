use record::device::{SimulatedDevice, key_name};
use record::intent::{IntentError, MAX_INTENT_BYTES, SignedIntent};
use record::{Id, Origin};

use crate::log::{Log, id, origin};
use crate::wire;

#[test]
fn every_intent_signs_parses_and_verifies() {
    let mut log = Log::found();
    for intent in wire::intents() {
        let said = log.said(intent);
        let note = log.device.sign(&said).unwrap();
        let read = SignedIntent::parse(&note, &origin()).unwrap();
        assert_eq!(read.said, said);
        assert_eq!(read.key_name, key_name(origin().production(), log.device.id()));
        read.verify(log.device.public()).unwrap();
        let other = SimulatedDevice::new(&origin(), [2; 32]).unwrap();
        assert_eq!(read.verify(other.public()), Err(IntentError::Signature));
    }
}

#[test]
fn no_byte_of_an_intent_can_be_changed() {
    let mut log = Log::found();
    let said = log.said(kernel::Intent::Offer { gun: id(4), to: id(5) });
    let note = log.device.sign(&said).unwrap();
    for at in 0..note.len() {
        let mut changed = note.clone();
        changed[at] ^= 1 << (at % 8);
        let holds = SignedIntent::parse(&changed, &origin()).and_then(|it| it.verify(log.device.public()));
        assert!(holds.is_err(), "byte {at}");
    }
}

#[test]
fn what_is_no_intent_is_named() {
    let mut log = Log::found();
    let said = log.said(kernel::Intent::ReportBreak);
    let note = log.device.sign(&said).unwrap();
    let text = String::from_utf8(note.clone()).unwrap();
    let code = |bytes: &[u8]| SignedIntent::parse(bytes, &origin()).unwrap_err().code();
    let elsewhere = Origin::new("example", Id::from_bytes([7; 16]), 0).unwrap();
    assert_eq!(SignedIntent::parse(&note, &elsewhere).unwrap_err().code(), "INTENT-OTHER-PRODUCTION");
    assert_eq!(code(&vec![b'a'; MAX_INTENT_BYTES + 1]), "INTENT-TOO-LARGE");
    assert_eq!(code(b""), "INTENT-MALFORMED");
    assert_eq!(code(&[0xff, 0xfe]), "INTENT-MALFORMED");
    assert_eq!(code(text.replace("intent/v1", "entry/v1").as_bytes()), "INTENT-MALFORMED");
    assert_eq!(code(text.replace("\"kind\":\"report_break\"", "\"kind\":\"shout\"").as_bytes()), "INTENT-MALFORMED");
    let signature = text.lines().last().unwrap();
    assert_eq!(code(format!("{text}{signature}\n").as_bytes()), "INTENT-MALFORMED", "two signatures");
    for cut in 0..note.len() {
        assert!(SignedIntent::parse(&note[..cut], &origin()).is_err(), "cut at {cut}");
    }
}

#[test]
fn the_chain_hangs_on_the_text_and_not_on_the_signature() {
    let mut log = Log::found();
    let said = log.said(kernel::Intent::ReportBreak);
    let note = log.device.sign(&said).unwrap();
    let other = SimulatedDevice::new(&origin(), [2; 32]).unwrap().sign(&said).unwrap();
    assert_ne!(note, other);
    let hash = |note: &[u8]| SignedIntent::parse(note, &origin()).unwrap().text_hash();
    assert_eq!(hash(&note), hash(&other));
    log.device.recorded(&note);
    assert_eq!(log.device.next_link().prev, Some(hash(&note)));
    assert_eq!(log.device.next_link().dseq, 2);
}
