//! The vector that the browser's modules and other people's verifiers are held to.

use std::collections::BTreeMap;
use std::path::Path;

use record::device::{SimulatedDevice, device_id, key_name};
use record::intent::{Link, Said, Seen, text_hash};
use record::{Id, Millis, Origin};
use serde_json::json;

/// Compares with the file; with SHOWCLEAR_WRITE_VECTORS set it writes it.
#[test]
fn the_intent_note_is_byte_for_byte_the_vector() {
    let production: Id = "019a0000-0000-7000-8000-000000000001".parse().unwrap();
    let origin = Origin::new("example", production, 0).unwrap();
    let secret = [42u8; 32];
    let device = SimulatedDevice::new(&origin, secret).unwrap();
    let person: Id = "019a0000-0000-7000-8000-000000000002".parse().unwrap();
    let gun: Id = "019a0000-0000-7000-8000-000000000003".parse().unwrap();
    let say = |intent| Said {
        id: "019a0000-0000-7000-8000-000000000004".parse().unwrap(),
        by: Some(person),
        claimed_at: Millis(1_795_000_000_000),
        intent,
        link: Some(Link { dseq: 1, prev: None }),
        seen: Some(Seen { size: 0, root: proof::tree::empty_root() }),
        names: None,
        key: None,
        digests: BTreeMap::new(),
        attachments: Vec::new(),
    };
    let digest = proof::tree::Hash(proof::commit::commit(&[7; 16], "note", "behind the church"));
    let said = Said {
        digests: BTreeMap::from([("note".to_owned(), digest)]),
        ..say(kernel::Intent::ReportOutOfSight { gun })
    };
    let line = |intent| say(intent).text(&origin).unwrap().lines().nth(1).unwrap().to_owned();
    let note = device.sign(&said).unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let vector = json!({
        "about": "An intent note: the text that is signed, the key it is signed with, and the whole note. \
                  Then the second line of the text of each kind of intent.",
        "origin": origin.to_string(),
        "secret_hex": hex(&secret),
        "public_hex": hex(device.public()),
        "device": device_id(device.public()).to_string(),
        "key_name": key_name(production, device.id()),
        "text": said.text(&origin).unwrap(),
        "text_sha256_base64": text_hash(&note).to_string(),
        "note": String::from_utf8(note).unwrap(),
        "salt_hex": hex(&[7; 16]),
        "disclosed": {"path": "note", "value": "behind the church"},
        "lines": crate::wire::intents().into_iter().map(line).collect::<Vec<_>>(),
    });
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/vectors/intent.json");
    if std::env::var_os("SHOWCLEAR_WRITE_VECTORS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&vector).unwrap() + "\n").unwrap();
    }
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(written, vector, "the form of an intent never changes");
}
