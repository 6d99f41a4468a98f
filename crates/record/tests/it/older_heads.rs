//! Extracts whose newest checkpoint nobody outside has seen: an older one was countersigned or stamped, and a
//! consistency proof leads from it to the newest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use kernel::{Intent as I, PlaceKind};
use proof::checkpoint::Checkpoint;
use proof::note::Note;
use proof::tree::Hash;
use proof::witness::{Request, Row, consider};
use record::bundle::extent::{Asked, Span};
use record::bundle::extract::{ExtractReport, write};
use record::bundle::{KeptStamp, Parts, Witnessed};

use crate::bundle::{Files, countersigned, pack_signed, policy, unpack, witnessed_bundle};
use crate::extracts::{asked, check, extent, fault, log, resigned};
use crate::log::{Log, origin};

const PROOF: &str = "witnessed.consistency";

/// An extract of this log with an older head that the armorer's and the insurer's witness have countersigned.
pub fn extract(log: &Log, asked: &Asked, older: Option<usize>, stamps: &[KeptStamp]) -> Vec<u8> {
    let older = older.map(|size| countersigned(log, size, &[(0, 40), (1, 41)]));
    extract_with(log, asked, &log.checkpoint(), older.as_deref(), stamps)
}

fn extract_with(log: &Log, asked: &Asked, newest: &[u8], witnessed: Option<&[u8]>, stamps: &[KeptStamp]) -> Vec<u8> {
    let policy = policy(log);
    let parts = Parts {
        entries: &log.entries,
        checkpoint: newest,
        witnessed,
        policy: Some(&policy),
        stamps,
        disclosures: &[],
        attachments: &[],
        format_page: "# The bytes of the record\n",
        verify_page: "",
    };
    write(&parts, &extent(log, asked), log.signer()).unwrap()
}

fn range() -> Asked {
    asked(Span::Entries { from: 4, to: 7 })
}

/// Who has countersigned, up to which entry, and whether they are enough.
fn told(report: &ExtractReport) -> (Vec<&str>, u64, bool) {
    let standing = &report.witnessed.standing;
    let names = standing.seen_by.iter().map(|seen| seen.name.as_str()).collect();
    (names, standing.checkpoint.size, report.witnessed.holds())
}

/// A log of another history, longer than the first.
fn other_log(entries: usize) -> Log {
    let mut other = Log::found();
    while other.entries.len() < entries {
        let place = other.fresh();
        assert!(other.submit(I::RegisterPlace { place, kind: PlaceKind::Case, locks: false, for_guns: true }));
    }
    other
}

fn at(code: &'static str, file: &str) -> (&'static str, Option<String>, Option<u64>) {
    (code, Some(file.to_owned()), None)
}

/// From every size: our verifier follows the proof, a witness that saw that size last does, and somebody else's code.
#[test]
fn an_older_head_that_was_countersigned_counts_from_every_size() {
    use ct_merkle::{ConsistencyProof, RootHash};
    let log = log();
    let size = log.entries.len();
    let newest = RootHash::<sha2::Sha256>::new(log.tree.root().0.into(), log.tree.size());
    for older in 1..size {
        let bytes = extract(&log, &range(), Some(older), &[]);
        let report = check(&bytes).unwrap();
        assert_eq!(told(&report), (vec!["armorer", "insurer"], older as u64, true));
        let files = unpack(&bytes);
        let request = Request::parse(&files[PROOF]).unwrap();
        assert_eq!(request.checkpoint.to_bytes(), files["checkpoint"]);
        let root = log.tree.root_at(older as u64).unwrap();
        let row = Row { size: older as u64, root };
        let key = log.signer().verifying_key().clone();
        assert_eq!(consider(&request, |_| Some((key.clone(), row))).unwrap().root, log.tree.root(), "{older}");
        let hashes: Vec<u8> = request.proof.iter().flat_map(|hash| hash.0).collect();
        let proof = ConsistencyProof::<sha2::Sha256>::try_from_bytes(hashes).unwrap();
        let old = RootHash::new(root.0.into(), older as u64);
        assert!(newest.verify_consistency(&old, &proof).is_ok(), "{older}");
    }
}

/// The head that counts is the one that a bundle of the same record would count.
#[test]
fn an_extract_counts_the_head_that_a_bundle_counts() {
    let log = log();
    let size = log.entries.len();
    for (newest, older) in [
        (vec![], vec![]),
        (vec![(1, 70)], vec![(0, 40), (1, 41)]),
        (vec![(1, 70), (2, 71)], vec![(0, 40), (1, 41)]),
        (vec![(1, 70)], vec![(0, 40)]),
        (vec![], vec![(2, 40)]),
    ] {
        let (newest, older) = (countersigned(&log, size, &newest), countersigned(&log, 5, &older));
        let report = check(&extract_with(&log, &range(), &newest, Some(&older), &[])).unwrap();
        let bundle = witnessed_bundle(&log, &newest, Some(&older), Some(&policy(&log)));
        let bundle = record::bundle::verify(&bundle, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
        // Fewer entries are at hand here: the last that it covers is another.
        let without = |it: Witnessed| Witnessed { last_covered: None, ..it };
        assert_eq!(without(report.witnessed), without(bundle.witnessed));
    }
    // One over all entries needs no proof, and has none.
    let whole = extract(&log, &range(), Some(size), &[]);
    assert!(!unpack(&whole).contains_key(PROOF));
    assert_eq!(told(&check(&whole).unwrap()), (vec!["armorer", "insurer"], size as u64, true));
}

/// An extract without older heads has no file more than before there were any.
#[test]
fn an_extract_without_older_heads_is_as_it_was() {
    let log = log();
    let files = unpack(&extract(&log, &range(), None, &[]));
    let known =
        ["entries/", "proofs/", "keys/", "README.txt", "checkpoint", "extract.json", "manifest", "policy.txt", "spec/"];
    let strange = files.keys().find(|path| !known.iter().any(|it| path.starts_with(it)));
    assert_eq!(strange, None);
}

fn with(log: &Log, files: &Files, path: &str, bytes: Vec<u8>) -> (&'static str, Option<String>, Option<u64>) {
    resigned(log, files, |files| {
        files.insert(path.to_owned(), bytes);
    })
}

/// The log's own key signed each of these: what is wrong is found by the proof.
#[test]
fn what_is_wrong_with_an_older_head_or_its_proof_is_named() {
    let log = log();
    let (size, older) = (log.entries.len() as u64, 5);
    let files = unpack(&extract(&log, &range(), Some(5), &[]));
    let good = Request::parse(&files[PROOF]).unwrap();
    let proof = |change: &dyn Fn(&mut Request)| {
        let mut request = good.clone();
        change(&mut request);
        with(&log, &files, PROOF, request.to_bytes())
    };
    let missing = resigned(&log, &files, |files| drop(files.remove(PROOF)));
    assert_eq!(missing, at("CONSISTENCY-MISSING", PROOF));
    assert_eq!(proof(&|it| it.proof[0] = Hash([1; 32])), at("proof/rewritten", PROOF));
    assert_eq!(proof(&|it| *it.proof.last_mut().unwrap() = Hash([1; 32])), at("proof/wrong-root", PROOF));
    assert_eq!(proof(&|it| it.proof.push(Hash([1; 32]))), at("proof/wrong-length", PROOF));
    assert_eq!(proof(&|it| it.proof.truncate(1)), at("proof/wrong-length", PROOF));
    assert_eq!(proof(&|it| it.proof = log.tree.prove_consistency(6, size).unwrap()).1.as_deref(), Some(PROOF));
    for from in [0, 4, 6, size, size + 1] {
        assert_eq!(proof(&|it| it.old_size = from), at("CONSISTENCY-OTHER", PROOF), "{from}");
    }
    let earlier = Note::parse(&countersigned(&log, 9, &[])).unwrap();
    assert_eq!(proof(&|it| it.checkpoint = earlier.clone()), at("CONSISTENCY-CHECKPOINT", PROOF));
    for bytes in [b"".to_vec(), b"old 5\n".to_vec(), [files[PROOF].as_slice(), b"\n"].concat()] {
        assert_eq!(with(&log, &files, PROOF, bytes), at("CONSISTENCY-FORM", PROOF));
    }
    // The older head of another history under the same key, of a larger size than the record, and of another log.
    let other = other_log(log.entries.len() + 2);
    let theirs = countersigned(&other, 5, &[(0, 40)]);
    assert_eq!(with(&log, &files, "witnessed", theirs), at("proof/rewritten", PROOF));
    for entries in [log.entries.len(), log.entries.len() + 1] {
        let found = resigned(&log, &files, |files| {
            files.insert("witnessed".to_owned(), countersigned(&other, entries, &[(0, 40)]));
            files.remove(PROOF);
        });
        assert_eq!(found, at("WITNESSED-OTHER", "witnessed"), "{entries}");
    }
    let head = Checkpoint::parse_text(Note::parse(&files["witnessed"]).unwrap().text()).unwrap();
    assert_eq!(head.size, older);
    // A proof where none is needed: of a head over all entries, and of one above.
    for entries in [log.entries.len(), log.entries.len() + 1] {
        let head = countersigned(&other, entries, &[(0, 40)]);
        assert_eq!(with(&log, &files, "witnessed", head), at("CONSISTENCY-FORM", PROOF), "{entries}");
    }
    // The entries in the extract hold, and it is said how many they are.
    let mut less = files.clone();
    less.remove(PROOF);
    let found = check(&pack_signed(less, &origin().to_string(), log.signer())).unwrap_err();
    assert_eq!(found.held, files.keys().filter(|path| path.starts_with("entries/")).count() as u64);
    // A proof without its head, and a file that is called so and is neither.
    let alone = resigned(&log, &files, |files| drop(files.remove("witnessed")));
    assert_eq!(alone, at("WITNESSED-FORM", PROOF));
    let unknown = with(&log, &files, "witnessed.consistency.2", files[PROOF].clone());
    assert_eq!(unknown, at("WITNESSED-FORM", "witnessed.consistency.2"));
}

/// Every byte of the proof is looked at, also where the log's key signs for what came of it.
#[test]
fn every_byte_of_a_consistency_proof_is_held() {
    let log = log();
    let files = unpack(&extract(&log, &range(), Some(5), &[]));
    for at in 0..files[PROOF].len() {
        let mut bytes = files[PROOF].clone();
        bytes[at] ^= 1;
        assert_eq!(with(&log, &files, PROOF, bytes).1.as_deref(), Some(PROOF), "byte {at}");
    }
}

/// In a bundle the tree shows it, and a proof beside it is a file that nothing needs.
#[test]
fn a_consistency_proof_has_no_place_in_a_bundle() {
    let log = log();
    let older = countersigned(&log, 5, &[(0, 40)]);
    let files = unpack(&witnessed_bundle(&log, &log.checkpoint(), Some(&older), Some(&policy(&log))));
    let proof = unpack(&extract(&log, &range(), Some(5), &[]))[PROOF].clone();
    let of = |change: &dyn Fn(&mut Files)| {
        let mut files = files.clone();
        change(&mut files);
        let bytes = pack_signed(files, &origin().to_string(), log.signer());
        record::bundle::verify(&bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap_err().fault.code
    };
    assert_eq!(of(&|files| drop(files.insert(PROOF.to_owned(), proof.clone()))), "CONSISTENCY-FORM");
    let alone = |files: &mut Files| {
        files.remove("witnessed");
        files.insert(PROOF.to_owned(), proof.clone());
    };
    assert_eq!(of(&alone), "WITNESSED-FORM");
    assert_eq!(of(&|files| drop(files.insert("timestamps/5.consistency".to_owned(), proof.clone()))), "STAMP-FORM");
}

/// An authority's answer over bytes that are no checkpoint: whatever is wrong before its imprint is found first.
fn stamp(name: &str, checkpoint: &[u8]) -> KeptStamp {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/vectors/stamp.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let answer = BASE64.decode(file["cases"][0]["answer"].as_str().unwrap()).unwrap();
    KeptStamp { name: name.to_owned(), answer, checkpoint: checkpoint.to_vec(), chain: None }
}

#[test]
fn the_proof_from_a_stamped_head_is_held_and_what_is_wrong_is_named() {
    let log = log();
    let size = log.entries.len();
    let older = countersigned(&log, 5, &[]);
    let bytes = extract(&log, &range(), None, &[stamp("5", &older), stamp("5-2", &older)]);
    // The proof holds: the first thing that is wrong is the imprint.
    assert_eq!(fault(&bytes), at("STAMP-IMPRINT", "timestamps/5-2.tsr"));
    let files = unpack(&bytes);
    for name in ["5", "5-2"] {
        let path = format!("timestamps/{name}.consistency");
        assert_eq!(Request::parse(&files[&path]).unwrap().old_size, 5);
        let missing = resigned(&log, &files, |files| drop(files.remove(&path)));
        let expected =
            if name == "5" { at("STAMP-IMPRINT", "timestamps/5-2.tsr") } else { at("CONSISTENCY-MISSING", &path) };
        assert_eq!(missing, expected);
    }
    let (path, second) = ("timestamps/5-2.consistency", files["timestamps/5-2.consistency"].clone());
    let mut wrong = Request::parse(&second).unwrap();
    *wrong.proof.last_mut().unwrap() = Hash([1; 32]);
    assert_eq!(with(&log, &files, path, wrong.to_bytes()), at("proof/wrong-root", path));
    let other_size = unpack(&extract(&log, &range(), Some(6), &[]))[PROOF].clone();
    assert_eq!(with(&log, &files, path, other_size), at("CONSISTENCY-OTHER", path));
    // A stamp over the newest checkpoint has none.
    let newest = extract(&log, &range(), None, &[stamp(&size.to_string(), &log.checkpoint())]);
    let files = unpack(&newest);
    let path = format!("timestamps/{size}.consistency");
    assert!(!files.contains_key(&path));
    assert_eq!(fault(&newest), at("STAMP-IMPRINT", &format!("timestamps/{size}.tsr")));
    assert_eq!(with(&log, &files, &path, second.clone()), at("CONSISTENCY-FORM", &path));
    assert_eq!(with(&log, &files, "timestamps/2.consistency", second), at("STAMP-FORM", "timestamps/2.consistency"));
    // Another history, and more entries than there are.
    let other = other_log(size + 2);
    for (entries, expected) in [
        (5, at("proof/rewritten", "timestamps/5.consistency")),
        (size, at("STAMP-OTHER", &format!("timestamps/{size}.checkpoint"))),
        (size + 1, at("STAMP-OTHER", &format!("timestamps/{}.checkpoint", size + 1))),
    ] {
        let theirs = stamp(&entries.to_string(), &countersigned(&other, entries, &[]));
        assert_eq!(fault(&extract(&log, &range(), None, &[theirs])), expected);
    }
}
