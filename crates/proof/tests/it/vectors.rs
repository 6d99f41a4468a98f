//! Reads `testdata/vectors`, which the tests of the browser's code read too.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use showclear_proof::note::VerifyingKey;
use showclear_proof::tree::Hash;

pub fn load(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/vectors");
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The cases in the list `key`, of which there must be some.
pub fn cases<'a>(file: &'a Value, key: &str) -> &'a [Value] {
    let list = file[key].as_array().unwrap();
    assert!(!list.is_empty(), "{key} has no cases");
    list
}

pub fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} is missing in {case}"))
}

pub fn number(case: &Value, key: &str) -> u64 {
    case[key].as_u64().unwrap()
}

pub fn texts(case: &Value, key: &str) -> Vec<String> {
    case[key].as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

pub fn from_hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2));
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

pub fn hex<const N: usize>(text: &str) -> [u8; N] {
    from_hex(text).try_into().unwrap()
}

pub fn hash(case: &Value, key: &str) -> Hash {
    Hash(hex(text(case, key)))
}

pub fn hashes(case: &Value, key: &str) -> Vec<Hash> {
    texts(case, key).iter().map(|text| Hash(hex(text))).collect()
}

pub fn keys(case: &Value) -> Vec<VerifyingKey> {
    texts(case, "vkeys").iter().map(|vkey| vkey.parse().unwrap()).collect()
}

/// The bytes of a note, which are written in base64 where they are not text.
pub fn note_bytes(case: &Value) -> Vec<u8> {
    match case.get("note_base64") {
        Some(base64) => STANDARD.decode(base64.as_str().unwrap()).unwrap(),
        None => text(case, "note").as_bytes().to_vec(),
    }
}
