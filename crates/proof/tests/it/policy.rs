use showclear_proof::checkpoint::Checkpoint;
use showclear_proof::cosignature::Cosigner;
use showclear_proof::note::{KeyName, Note, Signer};
use showclear_proof::policy::{LineFault, MAX_POLICY_BYTES, Policy, PolicyError};
use showclear_proof::tree::empty_root;

use crate::vectors::{cases, load, note_bytes, number, text};

#[test]
fn a_quorum_is_one_of_interests_and_not_of_machines() {
    for case in cases(&load("policy.json"), "stands") {
        let name = text(case, "name");
        let policy = Policy::parse(text(case, "policy").as_bytes()).expect(name);
        let standing = policy.stand(&Note::parse(&note_bytes(case)).unwrap()).expect(name);
        let seen: Vec<_> = standing.seen_by.iter().map(|seen| serde_json::json!([seen.name, seen.seconds])).collect();
        assert_eq!(serde_json::json!(seen), case["seen"], "{name}");
        assert_eq!(standing.quorum_met, case["met"].as_bool().unwrap(), "{name}");
        assert_eq!(u64::try_from(standing.witnesses).unwrap(), number(case, "witnesses"), "{name}");
        assert_eq!(standing.checkpoint.size, 13);
    }
}

#[test]
fn a_checkpoint_that_no_known_log_signed_stands_under_no_policy() {
    for case in cases(&load("policy.json"), "faults") {
        let name = text(case, "name");
        let policy = Policy::parse(text(case, "policy").as_bytes()).expect(name);
        let fault = policy.stand(&Note::parse(&note_bytes(case)).unwrap()).expect_err(name);
        assert_eq!(fault.code(), text(case, "code"), "{name}");
    }
}

#[test]
fn a_line_that_is_wrong_is_named() {
    for case in cases(&load("policy.json"), "refused") {
        let name = text(case, "name");
        let error = Policy::parse(text(case, "policy").as_bytes()).expect_err(name);
        assert_eq!(error.code(), text(case, "code"), "{name}");
        let line = if let PolicyError::Line { line, .. } = error { u64::try_from(line).ok() } else { None };
        assert_eq!(line, case["line"].as_u64(), "{name}");
    }
}

#[test]
fn names_are_bytes_and_need_be_no_text() {
    let file = load("policy.json");
    let witness = text(&cases(&file, "stands")[0], "policy").lines().nth(1).unwrap().to_owned();
    let (_, vkey) = witness.rsplit_once(' ').unwrap();
    let named = |name: &[u8]| {
        let line = [b"witness ".as_slice(), name, b" ", vkey.as_bytes(), b"\nquorum ", name, b"\n"].concat();
        Policy::parse(&line).map(|_| ())
    };
    assert_eq!(named(b"\xff\xfe"), Ok(()));
    // A name that is no text may hold any byte but those that part words.
    let parted = PolicyError::Line { line: 1, what: LineFault::Key };
    assert_eq!(named(b"the\tarmorer"), Err(parted), "the second word is taken for the key");
}

#[test]
fn a_witness_has_an_address_where_the_policy_says_so() {
    let [here, there] = [[1; 32], [2; 32]].map(|secret| Cosigner::ed25519(KeyName::new("w").unwrap(), secret));
    let text = format!("witness a {} http://cart.local:8480\nwitness b {}\nquorum none\n", here.key(), there.key());
    let policy = Policy::parse(text.as_bytes()).unwrap();
    let told: Vec<_> = policy.witnesses().map(|it| (it.name.as_str(), it.url.as_deref())).collect();
    assert_eq!(told, [("a", Some("http://cart.local:8480")), ("b", None)]);
    assert!(policy.witnesses().map(|it| &it.key).eq([here.key(), there.key()]));
}

/// By the specification a cosignature of type 06 with time 0 does not say that the head is the newest that was seen.
#[test]
fn a_cosignature_without_a_time_does_not_count_towards_a_quorum() {
    let log = Signer::new(KeyName::new("log").unwrap(), [9; 32]);
    let witness = Cosigner::ml_dsa_44(KeyName::new("w").unwrap(), [1; 32]);
    let text = format!("log {}\nwitness w {}\nquorum w\n", log.verifying_key(), witness.key());
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert_eq!(policy.log_keys(), [log.verifying_key().to_string()]);
    let head = Checkpoint { origin: "log".to_owned(), size: 1, root: empty_root() };
    let mut note = log.sign(&head.to_text()).unwrap();
    note.add(witness.cosign(&note, 0).unwrap()).unwrap();
    assert!(!policy.stand(&note).unwrap().quorum_met);
    note.add(witness.cosign(&note, 7).unwrap()).unwrap();
    let standing = policy.stand(&note).unwrap();
    assert!(standing.quorum_met);
    assert_eq!(standing.seen_by[0].seconds, 7, "the line without a time bounds nothing");
}

/// Whoever writes the log's policy can name the log's own keys as witnesses, by any name and of either type.
#[test]
fn a_witness_with_a_key_of_the_log_counts_for_nothing() {
    let [key_name, other] = ["log", "me.example"].map(|name| KeyName::new(name).unwrap());
    let log = Signer::new(key_name.clone(), [9; 32]);
    let second = Cosigner::ml_dsa_44(key_name, [9; 32]);
    let head = Checkpoint { origin: "log".to_owned(), size: 1, root: empty_root() };
    let renamed = Cosigner::ml_dsa_44(other.clone(), [9; 32]);
    for own in [Cosigner::ed25519(other.clone(), [9; 32]), renamed, second] {
        let mut note = log.sign(&head.to_text()).unwrap();
        note.add(own.cosign(&note, 7).unwrap()).unwrap();
        let outside = Cosigner::ed25519(KeyName::new("insurer").unwrap(), [3; 32]);
        note.add(outside.cosign(&note, 8).unwrap()).unwrap();
        let known = Cosigner::ml_dsa_44(KeyName::new("log").unwrap(), [9; 32]);
        let witnesses = format!("witness me {}\nwitness insurer {}\n", own.key(), outside.key());
        let logs = format!("log {}\nlog {}\n", log.verifying_key(), known.key());
        let stand = |quorum: &str| Policy::parse(format!("{logs}{witnesses}{quorum}").as_bytes()).unwrap().stand(&note);
        let standing = stand("quorum me\n").unwrap();
        assert!(!standing.quorum_met);
        assert_eq!((standing.witnesses, standing.not_apart), (1, vec!["me".to_owned()]));
        assert_eq!(standing.seen_by.iter().map(|seen| seen.name.as_str()).collect::<Vec<_>>(), ["insurer"]);
        assert!(!stand("group all 2 me insurer\nquorum all\n").unwrap().quorum_met);
        assert!(stand("group one any me insurer\nquorum one\n").unwrap().quorum_met);
    }
}

/// A policy of one's own need not name every key that the log has.
#[test]
fn a_witness_with_a_key_of_the_log_that_the_policy_does_not_name_counts_for_nothing() {
    let log = Signer::new(KeyName::new("log").unwrap(), [9; 32]);
    let second = Cosigner::ml_dsa_44(KeyName::new("log").unwrap(), [9; 32]);
    let witness = Cosigner::ml_dsa_44(KeyName::new("me.example").unwrap(), [9; 32]);
    let head = Checkpoint { origin: "log".to_owned(), size: 1, root: empty_root() };
    let mut note = log.sign(&head.to_text()).unwrap();
    note.add(witness.cosign(&note, 7).unwrap()).unwrap();
    let text = format!("log {}\nwitness me {}\nquorum me\n", log.verifying_key(), witness.key());
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert!(policy.stand(&note).unwrap().quorum_met, "nothing here says whose key it is");
    let own = Policy::parse(format!("log {}\nquorum none\n", second.key()).as_bytes()).unwrap();
    assert!(own.keys_of("other").is_empty());
    let standing = policy.stand_apart(&note, &own.keys_of("log")).unwrap();
    assert!(!standing.quorum_met && standing.seen_by.is_empty());
    assert_eq!((standing.witnesses, standing.not_apart), (0, vec!["me".to_owned()]));
}

#[test]
fn a_policy_has_limits() {
    let whole = vec![b'\n'; MAX_POLICY_BYTES];
    assert_eq!(Policy::parse(&whole), Err(PolicyError::NoQuorum));
    let larger = vec![b'\n'; MAX_POLICY_BYTES + 1];
    assert_eq!(Policy::parse(&larger), Err(PolicyError::TooLarge { bytes: MAX_POLICY_BYTES + 1 }));
}
