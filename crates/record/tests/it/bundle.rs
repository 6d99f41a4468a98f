//! Bundles: written the same each time, verified from the bytes alone, and every change found and named.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use kernel::{PlaceKind, StopCause};
use proof::checkpoint::Checkpoint;
use proof::cosignature::Cosigner;
use proof::note::{KeyName, Note, SignatureLine, Signer, VerifyingKey};
use proof::policy::Policy;
use proof::tiles::{Content, entry_bundle, tiles_of};
use proof::tree::Hash;
use proof::zip::{self, File};
use record::Intent;
use record::bundle::{
    Attached, BundleFault, BundleReport, Disclosure, KeptStamp, MANIFEST, Parts, Trust, digest_of, verify, verify_with,
    write,
};
use record::intent::Attachment;
use record::verify::{Effort, Replayed};

use crate::log::{Log, id, origin};

const SALT: [u8; 16] = [5; 16];

/// A log of `entries` entries: places and people are registered, one with its name as a commitment.
fn log(entries: usize) -> Log {
    let mut log = Log::found();
    let person = log.fresh();
    let mut said = log.said(Intent::AddPerson { person });
    let digest = Hash(proof::commit::commit(&SALT, "name", "the armorer"));
    said.digests = BTreeMap::from([("name".to_owned(), digest)]);
    assert!(log.submit_said(&said));
    while log.entries.len() < entries {
        let place = log.fresh();
        assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true }));
    }
    log
}

/// The intent that holds the commitment: the second entry's.
fn disclosure(log: &Log) -> Disclosure {
    let entry = record::entry::Entry::decode(&log.entries[1], &origin()).unwrap();
    let intent = entry.intent().unwrap().said.id;
    Disclosure { intent, path: "name".to_owned(), salt: SALT, value: "the armorer".to_owned() }
}

fn bundle_with(log: &Log, disclosures: &[Disclosure]) -> Vec<u8> {
    bundle_of(log, disclosures, &[])
}

fn bundle_of(log: &Log, disclosures: &[Disclosure], attachments: &[Vec<u8>]) -> Vec<u8> {
    let checkpoint = log.checkpoint();
    let parts = Parts {
        entries: &log.entries,
        checkpoint: &checkpoint,
        witnessed: None,
        policy: None,
        stamps: &[],
        disclosures,
        attachments,
        format_page: "# The bytes of the record\n",
        verify_page: "",
    };
    write(&parts, log.signer()).unwrap()
}

fn bundle(log: &Log) -> Vec<u8> {
    bundle_with(log, &[])
}

fn check(bytes: &[u8]) -> Result<BundleReport, BundleFault> {
    verify(bytes, &Trust::default(), &mut |_, _| {})
}

/// Witnesses of three interests, one of them of the other type.
fn witnesses() -> [Cosigner; 3] {
    let name = |of: &str| KeyName::new(&format!("witness.example/{of}")).unwrap();
    [
        Cosigner::ed25519(name("armorer"), [21; 32]),
        Cosigner::ed25519(name("insurer"), [22; 32]),
        Cosigner::ml_dsa_44(name("union"), [23; 32]),
    ]
}

/// A policy that asks for two interests of three.
pub fn policy(log: &Log) -> String {
    let [armorer, insurer, union] = witnesses();
    format!(
        "log {}\nwitness armorer {}\nwitness insurer {}\nwitness union {}\n\
         group interests 2 armorer insurer union\nquorum interests\n",
        log.signer().verifying_key(),
        armorer.key(),
        insurer.key(),
        union.key()
    )
}

/// The checkpoint over the log's first `entries`, countersigned at these seconds by these witnesses.
pub fn countersigned(log: &Log, entries: usize, by: &[(usize, u64)]) -> Vec<u8> {
    let leaves: Vec<Hash> = log.entries.iter().take(entries).map(|it| proof::tree::hash_leaf(it)).collect();
    let size = u64::try_from(leaves.len()).unwrap();
    let head = Checkpoint { origin: origin().to_string(), size, root: proof::tree::root_of(&leaves) };
    let mut note = log.signer().sign(&head.to_text()).unwrap();
    for (witness, seconds) in by {
        note.add(witnesses()[*witness].cosign(&note, *seconds).unwrap()).unwrap();
    }
    note.to_bytes()
}

pub fn witnessed_bundle(log: &Log, newest: &[u8], older: Option<&[u8]>, policy: Option<&str>) -> Vec<u8> {
    let parts = Parts {
        entries: &log.entries,
        checkpoint: newest,
        witnessed: older,
        policy,
        stamps: &[],
        disclosures: &[],
        attachments: &[],
        format_page: "",
        verify_page: "",
    };
    write(&parts, log.signer()).unwrap()
}

/// Which witnesses count, up to which entry, and whether they are enough.
fn told(report: &BundleReport) -> (Vec<&str>, u64, bool) {
    let standing = &report.witnessed.standing;
    let names = standing.seen_by.iter().map(|seen| seen.name.as_str()).collect();
    (names, standing.checkpoint.size, report.witnessed.holds())
}

#[test]
fn witnesses_are_counted_by_the_policy_of_the_bundle() {
    let log = log(7);
    let policy = policy(&log);
    let of = |newest: &[(usize, u64)], older: Option<&[(usize, u64)]>| {
        let older = older.map(|by| countersigned(&log, 4, by));
        let bytes = witnessed_bundle(&log, &countersigned(&log, 7, newest), older.as_deref(), Some(&policy));
        check(&bytes).unwrap()
    };
    assert_eq!(told(&of(&[], None)), (vec![], 7, false));
    assert_eq!(told(&of(&[(1, 50)], None)), (vec!["insurer"], 7, false));
    let two = of(&[(2, 90), (0, 60)], None);
    assert_eq!(told(&two), (vec!["armorer", "union"], 7, true));
    assert_eq!(two.witnessed.by_seconds(), Some(90));
    assert_eq!(told(&of(&[], Some(&[(0, 40), (1, 41)]))), (vec!["armorer", "insurer"], 4, true));
    assert_eq!(told(&of(&[(1, 70)], Some(&[(0, 40), (1, 41)]))), (vec!["armorer", "insurer"], 4, true));
    assert_eq!(told(&of(&[(1, 70), (2, 71)], Some(&[(0, 40), (1, 41)]))), (vec!["insurer", "union"], 7, true));
    assert_eq!(told(&check(&bundle(&log)).unwrap()), (vec![], 7, false), "and nobody, where the policy names nobody");
}

/// A policy in the bundle is the producer's word: whoever verifies may bring his own.
#[test]
fn a_policy_from_outside_counts_instead_of_the_bundles_own() {
    let log = log(6);
    let newest = countersigned(&log, 6, &[(1, 50)]);
    let bytes = witnessed_bundle(&log, &newest, None, None);
    let insurer = witnesses()[1].key().to_string();
    let own = log.signer().verifying_key();
    let of = |text: String| {
        let policy = Policy::parse(text.as_bytes()).unwrap();
        verify(&bytes, &Trust { key: None, policy: Some(&policy), ..Trust::default() }, &mut |_, _| {})
    };
    let holds = of(format!("log {own}\nwitness i {insurer}\nquorum i\n")).unwrap();
    assert_eq!(told(&holds), (vec!["i"], 6, true));
    assert!(holds.witnessed.by_given_policy);
    let other = Signer::new(own.name().clone(), [7; 32]);
    let found = of(format!("log {}\nquorum none\n", other.verifying_key())).unwrap_err();
    assert_eq!((found.fault.code, found.file.as_deref()), ("POLICY-LOG", Some("checkpoint")));
}

/// Whoever has the log's key can countersign with it under another name, and write a policy that counts it.
#[test]
fn a_key_of_the_log_is_no_witness_in_the_bundles_policy_and_in_none_from_outside() {
    let log = log(7);
    let name = |text: &str| KeyName::new(text).unwrap();
    let own = log.signer().verifying_key();
    let second = Cosigner::ml_dsa_44(own.name().clone(), [9; 32]);
    for me in [Cosigner::ed25519(name("me.example"), [9; 32]), Cosigner::ml_dsa_44(name("me.example"), [9; 32])] {
        let mut note = Note::parse(&log.checkpoint()).unwrap();
        note.add(me.cosign(&note, 50).unwrap()).unwrap();
        let witness = format!("witness me {}\nquorum me\n", me.key());
        let logs = format!("log {own}\nlog {}\n", second.key());
        let by_its_own = witnessed_bundle(&log, &note.to_bytes(), None, Some(&format!("{logs}{witness}")));
        let report = check(&by_its_own).unwrap();
        assert_eq!(told(&report), (vec![], 7, false));
        assert_eq!((report.witnessed.standing.witnesses, report.witnessed.standing.not_apart.len()), (0, 1));
        // A policy from outside that knows one of the log's keys, or the other.
        let bytes = witnessed_bundle(&log, &note.to_bytes(), None, Some(&format!("{logs}quorum none\n")));
        for named in [own.to_string(), second.key().to_string()] {
            let mut signed = unpack(&bytes);
            let line = second.cosign(&note, 50).unwrap();
            let mut both = note.clone();
            both.add(line).unwrap();
            signed.insert("checkpoint".to_owned(), both.to_bytes());
            let bytes = pack_signed(signed, own.name().as_str(), log.signer());
            let policy = Policy::parse(format!("log {named}\n{witness}").as_bytes()).unwrap();
            let trust = Trust { key: None, policy: Some(&policy), ..Trust::default() };
            let report = verify(&bytes, &trust, &mut |_, _| {}).unwrap();
            assert_eq!(told(&report), (vec![], 7, false), "{named}");
            assert_eq!(report.witnessed.standing.not_apart, ["me"]);
        }
    }
}

/// The entry that a countersigned head ends with is given with its time.
#[test]
fn the_last_entry_that_a_countersigned_head_covers_is_given() {
    let log = log(7);
    let decided =
        |index: usize| record::entry::Entry::decode(&log.entries[index], &crate::log::origin()).unwrap().decided_at;
    let older = countersigned(&log, 4, &[(0, 40), (1, 41)]);
    let bytes = witnessed_bundle(&log, &log.checkpoint(), Some(&older), Some(&policy(&log)));
    assert_eq!(check(&bytes).unwrap().witnessed.last_covered, Some((3, decided(3))));
    assert_eq!(check(&bundle(&log)).unwrap().witnessed.last_covered, Some((6, decided(6))));
}

/// Of a tree that is not the log's no entry holds; of one that is, all do, whatever is wrong beside it.
#[test]
fn how_much_holds_is_said_of_the_tree_and_of_what_lies_beside_it() {
    let log = log(8);
    let own = log.signer().verifying_key().clone();
    let files = unpack(&bundle_with(&log, &[disclosure(&log)]));
    let with = |changes: &[(&str, Vec<u8>)]| {
        let mut changed = files.clone();
        changed.extend(changes.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.clone())));
        let found = check(&pack_signed(changed, own.name().as_str(), log.signer())).unwrap_err();
        (found.fault.code, found.held, found.tree_holds)
    };
    let policy = ("policy.txt", b"quorum none\n".to_vec());
    let other_root = ("checkpoint", log.checkpoint_of(8, proof::tree::hash_leaf(b"other")));
    let other = Signer::new(own.name().clone(), [7; 32]);
    let text = Note::parse(&log.checkpoint()).unwrap().text().to_owned();
    let unsigned = ("checkpoint", other.sign(&text).unwrap().to_bytes());
    let tile = ("tile/0/000.p/8", vec![7; 256]);
    let disclosed = ("disclosures.jsonl", b"{}\n".to_vec());
    assert_eq!(with(std::slice::from_ref(&policy)), ("POLICY", 8, true));
    assert_eq!(with(&[disclosed]), ("DISCLOSURE", 8, true));
    assert_eq!(with(&[("witnessed", b"nothing".to_vec())]), ("CHECKPOINT", 8, true));
    assert_eq!(with(std::slice::from_ref(&tile)), ("TILE-HASHES", 8, true));
    assert_eq!(with(std::slice::from_ref(&other_root)), ("TREE-ROOT", 0, false));
    assert_eq!(with(&[unsigned.clone(), policy]), ("CHECKPOINT", 0, false));
    assert_eq!(with(&[tile, other_root]), ("TILE-HASHES", 0, false), "the first fault is named, and no entry holds");
}

#[test]
fn what_is_wrong_with_witnesses_and_their_policy_is_named() {
    let log = log(7);
    let policy = policy(&log);
    let good = countersigned(&log, 7, &[(0, 50)]);
    let of =
        |newest: &[u8], older: Option<&[u8]>, policy: &str| fault(&witnessed_bundle(&log, newest, older, Some(policy)));
    let at = |code, file: &str| (code, Some(file.to_owned()));
    assert_eq!(of(&good, None, "quorum\n"), at("POLICY", "policy.txt"));
    assert_eq!(of(&good, None, "quorum none\n"), at("POLICY", "policy.txt"), "it does not name the log");
    // A witness of the policy whose line does not verify is never passed over.
    let mut note = Note::parse(&good).unwrap();
    let (begin, base64) =
        note.signatures()[1].to_string().rsplit_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let mut signature = BASE64.decode(base64.trim_end()).unwrap();
    signature[20] ^= 1;
    let line: SignatureLine = format!("{begin} {}", BASE64.encode(signature)).parse().unwrap();
    note.add(line).unwrap();
    assert_eq!(of(&note.to_bytes(), None, &policy), at("WITNESS-SIGNATURE", "checkpoint"));
    assert_eq!(of(&good, Some(&note.to_bytes()), &policy), at("WITNESS-SIGNATURE", "witnessed"));
    assert_eq!(of(&good, Some(b"nothing"), &policy), at("CHECKPOINT", "witnessed"));
    // The same key over another history, and over more than there is.
    let mut other = Log::found();
    while other.entries.len() < 9 {
        let place = other.fresh();
        assert!(other.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: false, for_guns: true }));
    }
    for entries in [5, 9] {
        let older = countersigned(&other, entries, &[(0, 30)]);
        assert_eq!(of(&good, Some(&older), &policy), at("WITNESSED-OTHER", "witnessed"), "{entries}");
    }
}

/// The log's second signature: counted where the policy names its key, passed over where it does not, and a fault where it is
/// named and does not verify.
#[test]
fn the_logs_second_signature_is_counted_ignored_or_a_fault() {
    let log = log(7);
    let key = log.signer().verifying_key();
    let second = Cosigner::ml_dsa_44(key.name().clone(), [31; 32]);
    let plain = countersigned(&log, 7, &[(0, 50)]);
    let mut note = Note::parse(&plain).unwrap();
    note.add(second.cosign(&note, 1_000).unwrap()).unwrap();
    let dual = note.to_bytes();
    let both = policy(&log).replacen('\n', &format!("\nlog {}\n", second.key()), 1);
    let of = |note: &[u8], policy: &str| {
        let report = check(&witnessed_bundle(&log, note, None, Some(policy))).unwrap();
        assert_eq!(told(&report).0, ["armorer"], "nobody becomes a witness by it");
        report.witnessed.by_log_ml_dsa_44
    };
    assert!(of(&dual, &both));
    assert!(!of(&dual, &policy(&log)), "a key that nobody named is ignored");
    assert!(!of(&plain, &both), "a key that did not sign");
    // Readers that know the first key alone, as those from before there was a second.
    let own = std::slice::from_ref(key);
    assert_eq!(Checkpoint::open(&dual, &origin().to_string(), own).unwrap().size, 7);
    // The key of another seed under the same name, and a second signature that was changed.
    let stranger = Cosigner::ml_dsa_44(key.name().clone(), [32; 32]);
    let other = both.replacen(&second.key().to_string(), &stranger.key().to_string(), 1);
    assert!(!of(&dual, &other));
    let text = String::from_utf8(dual).unwrap();
    let (before, base64) = text.trim_end().rsplit_once(' ').unwrap();
    let mut signature = BASE64.decode(base64).unwrap();
    let at = signature.len() - 700;
    signature[at] ^= 1;
    let changed = format!("{before} {}\n", BASE64.encode(signature));
    let found = fault(&witnessed_bundle(&log, changed.as_bytes(), None, Some(&both)));
    assert_eq!(found, ("CHECKPOINT", Some("checkpoint".to_owned())));
    assert!(!of(changed.as_bytes(), &policy(&log)), "and ignored by whoever does not know the key");
}

/// Stamps of authorities that openssl made up, over bytes that are no checkpoint: they end before any signature is looked at.
#[test]
fn a_stamp_over_something_else_and_one_that_is_none_are_named() {
    let log = log(7);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/vectors/stamp.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let answer = BASE64.decode(file["cases"][0]["answer"].as_str().unwrap()).unwrap();
    let own = countersigned(&log, 4, &[]);
    let with = |name: &str, answer: &[u8], checkpoint: &[u8], chain: Option<&[u8]>| {
        let stamps = [KeptStamp {
            name: name.to_owned(),
            answer: answer.to_vec(),
            checkpoint: checkpoint.to_vec(),
            chain: chain.map(<[u8]>::to_vec),
        }];
        let checkpoint = log.checkpoint();
        let parts = Parts {
            entries: &log.entries,
            checkpoint: &checkpoint,
            witnessed: None,
            policy: None,
            stamps: &stamps,
            disclosures: &[],
            attachments: &[],
            format_page: "",
            verify_page: "",
        };
        fault(&write(&parts, log.signer()).unwrap())
    };
    let at = |code, file: &str| (code, Some(format!("timestamps/{file}")));
    assert_eq!(with("4", &answer, &own, None), at("STAMP-IMPRINT", "4.tsr"));
    assert_eq!(with("4", &answer[..answer.len() - 1], &own, None), at("STAMP-FORM", "4.tsr"));
    assert_eq!(with("4", b"", &own, None), at("STAMP-FORM", "4.tsr"));
    assert_eq!(with("five", &answer, &own, None), at("STAMP-FORM", "five.checkpoint"));
    // A checkpoint of another size than its name says, of another history, of another log's key, and none at all.
    assert_eq!(with("5", &answer, &own, None), at("STAMP-OTHER", "5.checkpoint"));
    let mut other = Log::found();
    while other.entries.len() < 9 {
        let place = other.fresh();
        assert!(other.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: false, for_guns: true }));
    }
    for (name, entries) in [("5", 5), ("9", 9)] {
        let theirs = countersigned(&other, entries, &[]);
        assert_eq!(with(name, &answer, &theirs, None), at("STAMP-OTHER", &format!("{name}.checkpoint")));
    }
    let head = Note::parse(&own).unwrap().text().to_owned();
    let stranger = Signer::new(log.signer().verifying_key().name().clone(), [7; 32]).sign(&head).unwrap();
    assert_eq!(with("4", &answer, &stranger.to_bytes(), None), at("STAMP-OTHER", "4.checkpoint"));
    assert_eq!(with("4", &answer, b"nothing", None), at("STAMP-OTHER", "4.checkpoint"));
}

/// What lies among the stamps and belongs to none is never passed over.
#[test]
fn a_file_among_the_stamps_that_belongs_to_none_is_named() {
    let log = log(7);
    for path in
        ["timestamps/4.checkpoint", "timestamps/4.pem", "timestamps/note", "timestamps/04.tsr", "timestamps/4.txt"]
    {
        let mut files = unpack(&bundle(&log));
        files.insert(path.to_owned(), Vec::new());
        let found = fault(&pack_signed(files, &origin().to_string(), log.signer()));
        assert_eq!(found, ("STAMP-FORM", Some(path.to_owned())));
    }
}

/// The code of the first fault, and the file that it names.
fn fault(bytes: &[u8]) -> (&'static str, Option<String>) {
    let found = check(bytes).expect_err("it holds");
    assert!(!found.fault.sentence.is_empty());
    (found.fault.code, found.file)
}

pub type Files = BTreeMap<String, Vec<u8>>;

pub fn unpack(bytes: &[u8]) -> Files {
    zip::read(bytes).unwrap().into_iter().map(|it| (it.path.to_owned(), it.bytes.to_vec())).collect()
}

pub fn pack(files: &Files) -> Vec<u8> {
    zip::write(files.iter().map(|(path, bytes)| File { path, bytes })).unwrap()
}

/// Packs changed files with a manifest of the same kind that lists them as they are, signed with this key.
pub fn pack_signed(mut files: Files, origin: &str, signer: &Signer) -> Vec<u8> {
    let old = String::from_utf8(files.remove(MANIFEST).unwrap()).unwrap();
    let (kind, _) = old.split_once(' ').unwrap();
    let size = old.lines().nth(1).unwrap();
    let mut text = format!("{kind} {origin}\n{size}\n");
    for (path, bytes) in &files {
        use sha2::Digest as _;
        let digest: String = sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("{digest}  {path}\n"));
    }
    files.insert(MANIFEST.to_owned(), signer.sign(&text).unwrap().to_bytes());
    pack(&files)
}

#[test]
fn a_bundle_is_the_same_each_time_and_holds() {
    let log = log(300);
    let bytes = bundle(&log);
    assert_eq!(bundle(&log), bytes);
    assert_eq!(pack(&unpack(&bytes)), bytes, "unzipped and zipped again it is the same");
    let report = check(&bytes).unwrap();
    assert_eq!((report.record.size, report.record.signatures), (300, 299));
    assert_eq!((report.record.root, report.record.replayed), (log.tree.root(), Replayed::Replayed));
    assert_eq!((report.disclosed, report.redacted), (0, 1));
    let files = unpack(&bytes);
    assert_eq!(report.files, files.len() as u64 - 1);
    for path in ["checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"] {
        assert!(files.contains_key(path), "{path}");
    }
}

/// A verdict that the rules do not give, in a bundle that the log's own key signed: only the replay finds it.
#[test]
fn a_wrong_verdict_is_found_by_the_replay_alone() {
    let mut log = log(8);
    let person = log.fresh();
    log.take_whatever_comes(Intent::AddPerson { person });
    let bytes = bundle(&log);
    let found = check(&bytes).unwrap_err();
    assert_eq!((found.fault.code, found.fault.index, found.held), ("REPLAY", Some(8), 8));
    let report =
        verify_with(&bytes, &Trust::default(), Effort { replay: false, ..Effort::default() }, &mut |_, _| {}).unwrap();
    assert_eq!((report.record.replayed, report.record.compared), (Replayed::LeftOut, 0));
}

/// Many faults in one record, each in a copy that has those behind it too: however many threads look ahead, and whichever is
/// first, the first fault is found, in its place.
#[test]
fn however_many_threads_look_the_same_is_found() {
    let mut log = Log::found();
    // Devices are enrolled on the way: whoever looks ahead does not know their keys yet.
    for secret in 0..30 {
        let person = log.fresh();
        assert!(log.submit(Intent::AddPerson { person }));
        log.hand_over_to(log.founder, [100 + secret; 32]);
        for _ in 0..20 {
            let place = log.fresh();
            assert!(log.submit(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true }));
        }
    }
    assert!(log.entries.len() > 600, "tiles follow on each other");
    let found = |entries: &[Vec<u8>], threads| {
        let mut told = Vec::new();
        let effort = Effort { threads: NonZeroUsize::new(threads).unwrap(), ..Effort::default() };
        let bytes = with_entries(&log, entries);
        (verify_with(&bytes, &Trust::default(), effort, &mut |done, of| told.push((done, of))), told)
    };
    let whole = found(&log.entries, 1);
    assert_eq!(whole.0.as_ref().unwrap().record.size, log.entries.len() as u64);
    assert_eq!((&found(&log.entries, 2), &found(&log.entries, 4)), (&whole, &whole));
    let mut entries = log.entries.clone();
    let mut codes = BTreeSet::new();
    for (place, index) in (1..entries.len()).step_by(37).collect::<Vec<_>>().into_iter().rev().enumerate() {
        // A signature, a form, a place, and a verdict, in turn.
        let text = String::from_utf8(entries[index].clone()).unwrap();
        let changed = match place % 4 {
            0 => signed_otherwise(&text),
            1 => text.replacen("{\"accepted\"", "{ \"accepted\"", 1),
            2 => text.replacen("\"index\":", "\"index\":9", 1),
            _ => text.replacen("\"own_device_pin\"", "\"nobody\"", 1).replacen("\"code\"", "\"nobody\"", 1),
        };
        entries[index] = changed.into_bytes();
        let one = found(&entries, 1);
        let fault = one.0.as_ref().unwrap_err();
        assert_eq!(fault.fault.index, Some(index as u64), "{fault:?}");
        codes.insert(fault.fault.code);
        for threads in [2, 4] {
            assert_eq!(found(&entries, threads), one, "{threads} threads");
        }
    }
    assert!(
        ["SIGNATURE", "ENTRY-MALFORMED", "ENTRY-PLACE", "REPLAY"].iter().all(|code| codes.contains(code)),
        "{codes:?}"
    );
}

/// The log's bundle with other entries in it, as whoever has the log's key could write it.
fn with_entries(log: &Log, entries: &[Vec<u8>]) -> Vec<u8> {
    let mut files = unpack(&bundle(log));
    for tile in tiles_of(log.tree.size()).into_iter().filter(|tile| tile.content == Content::Entries) {
        let place = |number| usize::try_from(number).unwrap();
        let held = entries.iter().skip(place(tile.first())).take(place(tile.width));
        files.insert(tile.path(), entry_bundle(held.map(Vec::as_slice)).unwrap());
    }
    pack_signed(files, &origin().to_string(), log.signer())
}

/// The entry with another signature than its device made.
fn signed_otherwise(entry: &str) -> String {
    let note = entry.lines().nth(2).unwrap();
    let mut said = BASE64.decode(note).unwrap();
    let at = said.len() - 20;
    said[at] = if said[at] == b'A' { b'B' } else { b'A' };
    entry.replacen(note, &BASE64.encode(said), 1)
}

#[test]
fn progress_is_told_up_to_the_last_entry() {
    let bytes = bundle(&log(300));
    let mut told = Vec::new();
    verify(&bytes, &Trust::default(), &mut |done, of| told.push((done, of))).unwrap();
    assert_eq!(told, [(256, 300), (300, 300)]);
}

/// A disclosed text is held to its commitment; a redacted one is missing, never wrong.
#[test]
fn a_disclosed_text_is_held_to_its_commitment() {
    let log = log(8);
    let told = disclosure(&log);
    let report = check(&bundle_with(&log, std::slice::from_ref(&told))).unwrap();
    assert_eq!((report.disclosed, report.redacted), (1, 0));
    let others = [
        Disclosure { value: "somebody else".to_owned(), ..told.clone() },
        Disclosure { salt: [6; 16], ..told.clone() },
        Disclosure { path: "contact".to_owned(), ..told.clone() },
        Disclosure { intent: id(77), ..told },
    ];
    for other in others {
        let found = fault(&bundle_with(&log, std::slice::from_ref(&other)));
        assert_eq!(found, ("DISCLOSURE", Some("disclosures.jsonl".to_owned())), "{other:?}");
    }
}

#[test]
fn a_disclosure_stands_once_and_in_its_one_form() {
    let log = log(8);
    let told = disclosure(&log);
    let mut files = unpack(&bundle_with(&log, std::slice::from_ref(&told)));
    let line = files["disclosures.jsonl"].clone();
    let spaced = [b" ", line.as_slice()].concat();
    let ends_otherwise = [line.strip_suffix(b"\n").unwrap(), b"\r\n"].concat();
    for changed in [[line.clone(), line].concat(), spaced, ends_otherwise, b"{}\n".to_vec(), b"\xff\n".to_vec()] {
        files.insert("disclosures.jsonl".to_owned(), changed);
        assert_eq!(fault(&pack_signed(files.clone(), &origin().to_string(), log.signer())).0, "DISCLOSURE");
    }
}

const PHOTOGRAPH: &[u8] = b"a photograph of the case heads";

/// A log whose third entry names two files, one of them with a length that is not its own.
fn log_with_files() -> Log {
    let mut log = log(2);
    let place = log.fresh();
    let mut said = log.said(Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true });
    let named = |bytes: &[u8], len| Attachment { sha256: digest_of(bytes), len, media_type: "image/jpeg".to_owned() };
    said.attachments = vec![named(PHOTOGRAPH, 30), named(b"a letter", 7)];
    assert!(log.submit_said(&said));
    log
}

/// A file goes along under its digest, once; a missing one is missing, never wrong.
#[test]
fn an_attachment_is_held_to_the_digest_that_an_entry_names() {
    let log = log_with_files();
    assert_eq!(check(&bundle(&log)).unwrap().attached, Attached { named: 2, carried: 0 });
    let twice = [PHOTOGRAPH.to_vec(), PHOTOGRAPH.to_vec()];
    let bytes = bundle_of(&log, &[], &twice);
    assert_eq!(check(&bytes).unwrap().attached, Attached { named: 2, carried: 1 });
    let files = unpack(&bytes);
    let path = files.keys().find(|path| path.starts_with("attachments/")).unwrap();
    let hex = digest_of(PHOTOGRAPH).to_hex();
    assert_eq!(*path, format!("attachments/{hex}"));
    let unnamed = bundle_of(&log, &[], &[b"nobody named it".to_vec()]);
    assert_eq!(fault(&unnamed).0, "ATTACHMENT");
    let other_length = bundle_of(&log, &[], &[b"a letter".to_vec()]);
    assert_eq!(fault(&other_length).0, "ATTACHMENT");
    let mut changed = files.clone();
    changed.insert(path.clone(), b"another photograph, named so     ".to_vec());
    let found = fault(&pack_signed(changed, &origin().to_string(), log.signer()));
    assert_eq!(found, ("ATTACHMENT", Some(path.clone())));
}

/// Every byte of a bundle of 64 entries, and a cut at every byte: each is found.
#[test]
fn every_flipped_byte_and_every_cut_of_a_small_bundle_is_found() {
    let bytes = bundle(&log(64));
    let mut flipped = bytes.clone();
    for at in 0..bytes.len() {
        flipped[at] ^= 1 << (at % 8);
        assert!(check(&flipped).is_err(), "byte {at}");
        flipped[at] = bytes[at];
    }
    for at in (0..bytes.len()).step_by(7).chain(bytes.len() - 100..bytes.len()) {
        assert!(check(&bytes[..at]).is_err(), "cut at {at}");
    }
}

/// Whoever changes a file and mends the container is found by the manifest; whoever mends the manifest too, by its
/// signature. The file is named.
#[test]
fn a_changed_file_in_a_mended_container_is_found_and_named() {
    let log = log(64);
    let files = unpack(&bundle(&log));
    let stranger = Signer::new(KeyName::new(&origin().to_string()).unwrap(), [7; 32]);
    for (path, content) in &files {
        for at in (0..content.len()).step_by(content.len().div_ceil(64)) {
            let mut changed = files.clone();
            changed.get_mut(path).unwrap()[at] ^= 1;
            let found = fault(&pack(&changed));
            let named = if path == MANIFEST { found.1.is_some() } else { found.1.as_ref() == Some(path) };
            assert!(named, "{path}, byte {at}: {found:?}");
            if path != MANIFEST {
                let resigned = pack_signed(changed, &origin().to_string(), &stranger);
                assert!(check(&resigned).is_err(), "{path}, byte {at}");
            }
        }
    }
}

/// The log's own key signs a manifest over tiles that are not those of its tree: the tree is not taken from a file.
#[test]
fn a_manifest_does_not_vouch_for_wrong_tiles() {
    let log = log(300);
    let files = unpack(&bundle(&log));
    let with = |path: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut changed = files.clone();
        change(changed.get_mut(path).unwrap());
        fault(&pack_signed(changed, &origin().to_string(), log.signer()))
    };
    let tile = "tile/0/000".to_owned();
    assert_eq!(with("tile/0/000", &|bytes| bytes[40] ^= 1), ("TILE-HASHES", Some(tile.clone())));
    assert_eq!(with("tile/0/000", &|bytes| bytes.truncate(8_000)), ("TILE-HASHES", Some(tile)));
    let entries = "tile/entries/001.p/44".to_owned();
    let cut_off = |bytes: &mut Vec<u8>| {
        bytes.pop();
    };
    assert_eq!(with("tile/entries/001.p/44", &cut_off), ("tile/cut-off", Some(entries.clone())));
    assert_eq!(with("tile/entries/001.p/44", &|bytes| bytes.push(0)), ("tile/trailing", Some(entries)));
    let key = "keys/devices.vkeys".to_owned();
    assert_eq!(with("keys/devices.vkeys", &|bytes| bytes.clear()), ("FILE-OTHER", Some(key)));
    assert_eq!(with("policy.txt", &|bytes| bytes.push(1)).0, "POLICY");
}

#[test]
fn tiles_that_are_doubled_missing_or_in_another_order_are_found() {
    let log = log(600);
    let files = unpack(&bundle(&log));
    let resigned = |files: Files| fault(&pack_signed(files, &origin().to_string(), log.signer()));
    let mut missing = files.clone();
    missing.remove("tile/entries/001");
    assert_eq!(resigned(missing), ("TILE-MISSING", Some("tile/entries/001".to_owned())));
    let mut doubled = files.clone();
    doubled.insert("tile/entries/003".to_owned(), files["tile/entries/001"].clone());
    assert_eq!(resigned(doubled), ("TILE-UNKNOWN", Some("tile/entries/003".to_owned())));
    let mut reordered = files.clone();
    reordered.insert("tile/entries/000".to_owned(), files["tile/entries/001"].clone());
    reordered.insert("tile/entries/001".to_owned(), files["tile/entries/000"].clone());
    let found = check(&pack_signed(reordered, &origin().to_string(), log.signer())).unwrap_err();
    assert_eq!((found.fault.code, found.fault.index), ("GENESIS-MISSING", Some(0)));
}

#[test]
fn what_the_manifest_does_not_list_and_what_it_lists_and_is_not_there_are_named() {
    let files = unpack(&bundle(&log(8)));
    let mut more = files.clone();
    more.insert("attachments/photo".to_owned(), b"x".to_vec());
    assert_eq!(fault(&pack(&more)), ("FILE-NOT-LISTED", Some("attachments/photo".to_owned())));
    let mut last = files.clone();
    last.insert("zz".to_owned(), b"x".to_vec());
    assert_eq!(fault(&pack(&last)), ("FILE-NOT-LISTED", Some("zz".to_owned())));
    for path in files.keys().filter(|path| *path != MANIFEST) {
        let mut less = files.clone();
        less.remove(path);
        assert_eq!(fault(&pack(&less)), ("FILE-MISSING", Some(path.clone())));
    }
    let mut without = files;
    without.remove(MANIFEST);
    assert_eq!(fault(&pack(&without)), ("FILE-MISSING", Some(MANIFEST.to_owned())));
}

#[test]
fn a_checkpoint_of_another_log_and_one_of_another_size_are_refused() {
    let (log, shorter) = (log(64), log(60));
    let mut files = unpack(&bundle(&log));
    files.insert("checkpoint".to_owned(), shorter.checkpoint());
    assert_eq!(fault(&pack_signed(files.clone(), &origin().to_string(), log.signer())).0, "CHECKPOINT-SIZE");
    let text = String::from_utf8(log.checkpoint()).unwrap();
    let other = text.replacen("/e0", "/e1", 1).into_bytes();
    files.insert("checkpoint".to_owned(), other);
    assert_eq!(fault(&pack_signed(files.clone(), &origin().to_string(), log.signer())).0, "CHECKPOINT-ORIGIN");
    files.insert("checkpoint".to_owned(), b"\x01\n2\n3\n".to_vec());
    assert_eq!(fault(&pack_signed(files, &origin().to_string(), log.signer())).0, "CHECKPOINT");
}

/// Whoever forges a size makes nobody look for more files than there can be.
#[test]
fn a_size_that_no_memory_holds_is_refused() {
    let log = log(8);
    for size in [257, 1_000_000_000_000_000, u64::MAX] {
        let mut files = unpack(&bundle(&log));
        for path in ["checkpoint", MANIFEST] {
            let text = String::from_utf8(files[path].clone()).unwrap();
            let forged = text.replacen("size 8\n", &format!("size {size}\n"), 1).replacen(
                "/e0\n8\n",
                &format!("/e0\n{size}\n"),
                1,
            );
            files.insert(path.to_owned(), forged.into_bytes());
        }
        let bytes = pack_signed(files, &origin().to_string(), log.signer());
        assert_eq!(fault(&bytes).0, "TILE-MISSING", "{size}");
    }
}

/// A known key with a bad signature fails and is not ignored; an unknown key beside a good one is.
#[test]
fn a_bad_signature_of_the_log_fails_and_an_unknown_key_is_ignored() {
    let log = log(8);
    let mut files = unpack(&bundle(&log));
    let good = String::from_utf8(files[MANIFEST].clone()).unwrap();
    let stranger = Signer::new(KeyName::new("somebody.example").unwrap(), [7; 32]);
    let text = good.split_once("\n\n").unwrap().0.to_owned() + "\n";
    let line = String::from_utf8(stranger.sign(&text).unwrap().to_bytes()).unwrap();
    let line = line.split_once("\n\n").unwrap().1.to_owned();
    files.insert(MANIFEST.to_owned(), format!("{good}{line}").into_bytes());
    assert!(check(&pack(&files)).is_ok());
    files.insert(MANIFEST.to_owned(), format!("{text}\n{line}").into_bytes());
    assert_eq!(fault(&pack(&files)), ("MANIFEST-SIGNATURE", Some(MANIFEST.to_owned())));
    let size = text.replacen("size 8", "size 9", 1);
    files.insert(MANIFEST.to_owned(), good.replacen(&text, &size, 1).into_bytes());
    assert_eq!(fault(&pack(&files)).0, "CHECKPOINT-SIZE");
}

#[test]
fn a_manifest_that_is_none_or_newer_is_said_so() {
    let log = log(8);
    let files = unpack(&bundle(&log));
    let good = String::from_utf8(files[MANIFEST].clone()).unwrap();
    let with = |text: String| {
        let mut changed = files.clone();
        changed.insert(MANIFEST.to_owned(), text.into_bytes());
        fault(&pack(&changed)).0
    };
    assert_eq!(with(good.replacen("bundle/v1 ", "bundle/v2 ", 1)), "BUNDLE-VERSION");
    for other in [
        good.replacen("showclear.dev", "example.org", 1),
        good.replacen("showclear.dev/bundle", "showclear.dev/bundles", 1),
        good.replacen("size 8", "size 08", 1),
        good.replacen("size 8", "size many", 1),
        good.replacen("  checkpoint", " checkpoint", 1),
        good.replacen("  checkpoint", "  ../checkpoint", 1),
        good.replacen("size 8", "size 8\x07", 1),
        String::new(),
    ] {
        assert_eq!(with(other), "MANIFEST");
    }
}

#[test]
fn a_pinned_key_that_is_not_the_logs_is_found() {
    let log = log(8);
    let bytes = bundle(&log);
    let own = log.signer().verifying_key().clone();
    assert!(verify(&bytes, &Trust { key: Some(&own), policy: None, ..Trust::default() }, &mut |_, _| {}).is_ok());
    let other =
        VerifyingKey::new(own.name().clone(), *Signer::new(own.name().clone(), [7; 32]).verifying_key().public());
    let trust = Trust { key: Some(&other.unwrap()), policy: None, ..Trust::default() };
    let found = verify(&bytes, &trust, &mut |_, _| {}).unwrap_err();
    assert_eq!((found.fault.code, found.fault.index, found.held), ("LOG-KEY", Some(0), 0));
    // It is looked at before the entries: what is wrong in a log of somebody else's is of no interest.
    let mut wrong = log.entries.clone();
    wrong[5] = wrong[6].clone();
    let found = verify(&with_entries(&log, &wrong), &trust, &mut |_, _| {}).unwrap_err();
    assert_eq!((found.fault.code, found.held), ("LOG-KEY", 0));
}

/// What a device signs after its key was revoked is refused in the record, and a record that took it does not hold.
#[test]
fn a_signature_by_a_revoked_key_does_not_hold() {
    let mut log = log(4);
    let device = log.device.id();
    assert!(log.submit(Intent::RevokeDevice { device }));
    assert!(!log.submit(Intent::AddPerson { person: id(50) }), "the kernel refuses it");
    assert!(check(&bundle(&log)).is_ok(), "the refusal stands in the record");
    assert!(log.submit(Intent::Stop { cause: StopCause::Called }), "a stop is heard from anybody");
    log.take_whatever_comes(Intent::AddPerson { person: id(50) });
    let found = check(&bundle(&log)).unwrap_err();
    assert_eq!((found.fault.code, found.fault.index), ("REPLAY", Some(log.entries.len() as u64 - 1)));
}

/// 10,000 random flips in a bundle of 10,000 entries with SHOWCLEAR_FULL; a tenth of both without.
#[test]
fn random_flips_in_a_large_bundle_are_found() {
    let all = std::env::var_os("SHOWCLEAR_FULL").is_some();
    let (entries, flips) = if all { (10_000, 10_000) } else { (1_000, 1_000) };
    let bytes = bundle(&log(entries));
    let mut flipped = bytes.clone();
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..flips {
        // Steele's splitmix: any spread of places will do, the same in every run.
        random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (random ^ (random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let at = usize::try_from(mixed % bytes.len() as u64).unwrap();
        flipped[at] ^= 1 << (mixed >> 61);
        assert!(check(&flipped).is_err(), "byte {at}");
        flipped[at] = bytes[at];
    }
}
