//! Time stamps: what openssl answered, whole and changed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use showclear_proof::stamp::{Authority, Certificate, Stamp, StampError, UpTo, request};

use crate::vectors::{cases, from_hex, load, text};

fn decoded(case: &Value, key: &str) -> Vec<u8> {
    STANDARD.decode(text(case, key)).unwrap()
}

fn certificates(pem: &Value) -> Vec<Certificate> {
    pem.as_str().map_or_else(Vec::new, |pem| Certificate::read_pem(pem.as_bytes()).unwrap())
}

/// The answer of this name, with the certificates beside it and the root.
fn named(file: &Value, name: &str) -> (Vec<u8>, Vec<Certificate>, Vec<Certificate>) {
    let case = cases(file, "cases").iter().find(|case| text(case, "name") == name).unwrap();
    (decoded(case, "answer"), certificates(&case["chain"]), certificates(&file["roots"][text(case, "root")]))
}

fn checked(answer: &[u8], beside: &[Certificate], roots: &[Certificate]) -> Result<Authority, StampError> {
    Stamp::parse(answer)?.verify(beside, roots)
}

#[test]
fn a_request_is_byte_for_byte_what_openssl_asks() {
    let file = load("stamp.json");
    let nonce: [u8; 8] = from_hex(text(&file, "nonce")).try_into().unwrap();
    assert_eq!(request(text(&file, "bytes").as_bytes(), nonce), decoded(&file, "request"));
}

#[test]
fn a_nonce_is_the_shortest_number_that_is_not_negative() {
    let number = |nonce: [u8; 8]| {
        let bytes = request(b"", nonce);
        // Behind the version and the imprint, before the yes.
        bytes[56..bytes.len() - 3].to_vec()
    };
    assert_eq!(number([0; 8]), [2, 1, 0]);
    assert_eq!(number([0, 0, 0, 0, 0, 0, 0, 0x80]), [2, 2, 0, 0x80]);
    assert_eq!(number([1, 0, 0, 0, 0, 0, 0, 0]), [2, 8, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(number([0xff; 8]), [2, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
}

#[test]
fn each_answer_is_found_to_be_what_it_is() {
    let file = load("stamp.json");
    let bytes = text(&file, "bytes").as_bytes();
    let others = certificates(&file["roots"]["other-root"]);
    for case in cases(&file, "cases") {
        let (name, says) = (text(case, "name"), text(case, "says"));
        let (answer, beside, roots) = named(&file, name);
        let found = checked(&answer, &beside, &roots);
        if says.starts_with("stamp/") {
            assert_eq!(found.map_err(|error| error.code()), Err(says), "{name}");
            continue;
        }
        let stamp = Stamp::parse(&answer).unwrap();
        assert!(stamp.is_over(bytes) && !stamp.is_over(b"other bytes"), "{name}");
        assert_eq!(stamp.not_after_ms(), stamp.made_ms() + 1_000, "{name}: the authority is exact to a second");
        let expected = if says == "given" { UpTo::Trusted(text(case, "root").to_owned()) } else { UpTo::Elsewhere };
        assert_eq!(found.unwrap().up_to, expected, "{name}");
        assert_eq!(checked(&answer, &beside, &[]).unwrap().up_to, UpTo::Itself, "{name}");
        assert_eq!(checked(&answer, &beside, &others).unwrap().up_to, UpTo::Elsewhere, "{name}");
    }
}

#[test]
fn an_answer_is_known_by_its_nonce() {
    let file = load("stamp.json");
    let nonce: [u8; 8] = from_hex(text(&file, "nonce")).try_into().unwrap();
    let stamp = Stamp::parse(&named(&file, "rsa").0).unwrap();
    assert!(stamp.answers(nonce));
    assert!(!stamp.answers([1; 8]));
}

/// The certificate that signed may itself be the one that is trusted.
#[test]
fn the_signers_own_certificate_may_be_trusted() {
    let file = load("stamp.json");
    let (answer, beside, _) = named(&file, "below-middle");
    assert_eq!(checked(&answer, &[], &beside).unwrap().up_to, UpTo::Trusted("middle".to_owned()));
}

#[test]
fn an_answer_that_was_cut_off_or_lengthened_is_none() {
    let file = load("stamp.json");
    let (answer, ..) = named(&file, "rsa");
    for length in 0..answer.len() {
        assert!(Stamp::parse(&answer[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(Stamp::parse(&[answer, vec![0]].concat()).unwrap_err(), StampError::Form);
    assert!(matches!(Stamp::parse(&vec![0x30; 70_000]), Err(StampError::TooLarge { .. })));
}

/// Not every byte is signed: the status, and what a certificate carries beside. But whatever is flipped, no other bytes, no other
/// time and no other authority come out of it.
#[test]
fn whatever_is_flipped_nothing_else_is_said() {
    let file = load("stamp.json");
    let bytes = text(&file, "bytes").as_bytes();
    for name in ["rsa", "p256"] {
        let (answer, beside, roots) = named(&file, name);
        let whole = Stamp::parse(&answer).unwrap();
        let (mut refused, mut passed) = (0, 0);
        for at in 0..answer.len() {
            for bit in [0, 3, 7] {
                let mut changed = answer.clone();
                changed[at] ^= 1 << bit;
                let Ok(stamp) = Stamp::parse(&changed) else {
                    refused += 1;
                    continue;
                };
                match stamp.verify(&beside, &roots) {
                    Ok(authority) if matches!(authority.up_to, UpTo::Trusted(_)) => {
                        assert!(stamp.is_over(bytes), "{name}, byte {at}");
                        assert_eq!((stamp.made_ms(), stamp.not_after_ms()), (whole.made_ms(), whole.not_after_ms()));
                        assert_eq!(authority, whole.verify(&beside, &roots).unwrap(), "{name}, byte {at}");
                        passed += 1;
                    }
                    Ok(_) | Err(_) => refused += 1,
                }
            }
        }
        assert!(refused > 50 * passed, "{name}: {passed} of {} changed nothing", refused + passed);
    }
}

#[test]
fn what_is_no_file_of_certificates_is_not_read() {
    let file = load("stamp.json");
    let good = file["roots"]["root"].as_str().unwrap();
    assert_eq!(Certificate::read_pem(good.as_bytes()).unwrap()[0].name(), "root");
    assert_eq!(Certificate::read_pem(format!("a word before\n{good}{good}").as_bytes()).unwrap().len(), 2);
    for bad in [
        String::new(),
        "a word".to_owned(),
        good.replacen("-----END CERTIFICATE-----\n", "", 1),
        good.replacen("MII", "MIJ", 1),
        good.repeat(17),
    ] {
        assert_eq!(Certificate::read_pem(bad.as_bytes()).unwrap_err(), StampError::Pem);
    }
}
