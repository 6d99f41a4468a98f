//! Witnesses: the record is offered to them, and what they countersign is counted and kept.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kernel::{Content, Intent};
use proof::witness::{Refusal, Request};
use record::bundle::extent::Span;
use service::bundle::{Pages, Wish, bundle};
use service::extract::{Question, extract};
use service::testkit::{CALL_MS, ManualClock, Part, Stage};
use service::witness::{Signs, Witness, WitnessFault};
use service::{LeftOut, SeenHead, Service, WitnessError};
use tempfile::TempDir;

const SECONDS: u64 = 1_795_000_000;

fn witness(folder: &Path, name: &str, signs: Signs) -> Witness {
    let clock = ManualClock::at(i64::try_from(SECONDS).unwrap() * 1_000);
    Witness::make(folder, name, signs, clock).unwrap()
}

/// A production that has named the armorer's, the insurer's and the union's witness, of whom two are enough.
struct Set {
    stage: Stage,
    folder: TempDir,
    witnesses: Vec<Witness>,
    _folders: Vec<TempDir>,
}

const NAMES: [&str; 3] = ["armorer", "insurer", "union"];

impl Set {
    fn new() -> Set {
        let folder = tempfile::tempdir().unwrap();
        let stage = Stage::found(folder.path()).unwrap();
        stage.service.close();
        let folders: Vec<TempDir> = NAMES.iter().map(|_| tempfile::tempdir().unwrap()).collect();
        let make = |(name, folder): (&&str, &TempDir)| {
            let signs = if *name == "union" { Signs::MlDsa44 } else { Signs::Ed25519 };
            witness(folder.path(), &format!("{name}.example/witness"), signs)
        };
        let witnesses: Vec<Witness> = NAMES.iter().zip(&folders).map(make).collect();
        let lines: String =
            NAMES.iter().zip(&witnesses).map(|(name, it)| format!("witness {name} {}\n", it.key())).collect();
        let policy = format!("{lines}group interests 2 armorer insurer union\nquorum interests\n");
        fs::write(folder.path().join("policy.txt"), policy).unwrap();
        let stage = stage.reopened(folder.path()).unwrap();
        let key = stage.service.log_key().clone();
        witnesses.iter().for_each(|it| it.watch(&key).unwrap());
        Set { stage, folder, witnesses, _folders: folders }
    }

    fn service(&self) -> &Service {
        &self.stage.service
    }

    /// A round with one witness: what it is asked goes there, and its answer comes back.
    fn asks(&self, which: usize) -> SeenHead {
        let request = self.service().witness_request(NAMES[which]).unwrap();
        let answer = self.witnesses[which].answer(&request).unwrap();
        self.service().take_cosignatures(&answer).unwrap()
    }

    fn newest(&self, which: usize) -> Option<SeenHead> {
        self.service().witnessed().witnesses[which].newest
    }
}

#[test]
fn two_interests_of_three_are_enough_and_it_is_said_by_when_and_up_to_where() {
    let set = Set::new();
    let size = set.service().view().size;
    assert_eq!(set.service().witnessed().enough, None);
    let seen = SeenHead { size, seconds: SECONDS };
    assert_eq!(set.asks(1), seen);
    assert_eq!((set.newest(0), set.newest(1), set.service().witnessed().enough), (None, Some(seen), None));
    // The record goes on; the round is still about the same head.
    set.stage.show(Content::Empty).unwrap();
    assert_eq!(set.asks(2), seen);
    assert_eq!(set.service().witnessed().enough, Some(seen));
    set.service().begin_round();
    let later = SeenHead { size: set.service().view().size, seconds: SECONDS };
    assert_eq!(set.asks(1), later, "the proof leads from what it saw");
    assert_eq!(set.service().witnessed().enough, Some(seen), "one alone is not enough for the newer head");
    assert_eq!(set.asks(0), later);
    assert_eq!(set.service().witnessed().enough, Some(later));
    assert_eq!(set.newest(2), Some(seen));
}

#[test]
fn what_was_countersigned_outlives_a_restart_and_goes_into_the_bundle() {
    let set = Set::new();
    set.asks(0);
    set.asks(2);
    let told = set.service().witnessed();
    set.service().close();
    let Set { stage, folder, witnesses, _folders } = set;
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.witnessed(), told);
    let report = |stage: &Stage| {
        stage.service.close();
        let wish = Wish { names: false, attachments: false, closed_answers: false };
        let bundled = bundle(folder.path(), wish, Pages::default(), &mut |_, _| {}).unwrap();
        record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap()
    };
    let whole = report(&stage);
    assert!(whole.witnessed.holds());
    assert_eq!(whole.witnessed.standing.checkpoint.size, whole.record.size, "the newest head itself is countersigned");
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    let later = report(&stage);
    assert!(later.witnessed.holds());
    assert_eq!(
        (later.witnessed.standing.checkpoint.size, later.record.size),
        (whole.record.size, whole.record.size + 1)
    );
    assert_eq!(later.witnessed.by_seconds(), Some(SECONDS));
    drop(witnesses);
}

/// The record went on since: an extract carries the older head, with the proof that the newest goes on from it.
#[test]
fn an_extract_counts_an_older_head_as_the_bundle_does() {
    let set = Set::new();
    set.asks(0);
    let seen = set.asks(2);
    set.stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: set.stage.revolver }).unwrap();
    set.service().close();
    let wish = Wish { names: false, attachments: false, closed_answers: false };
    let bundled = bundle(set.folder.path(), wish, Pages::default(), &mut |_, _| {}).unwrap();
    let whole = record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
    for (from, to) in [(3, 5), (seen.size - 1, seen.size + 1), (seen.size, seen.size + 1)] {
        let question = Question { labels: Vec::new(), span: Span::Entries { from, to } };
        let extracted = extract(set.folder.path(), &question, wish, Pages::default(), &mut |_, _| {}).unwrap();
        let report = record::bundle::extract::verify(&extracted.bytes, &record::bundle::Trust::default()).unwrap();
        assert_eq!(report.witnessed.standing, whole.witnessed.standing);
        assert!(report.witnessed.holds());
        assert_eq!((report.witnessed.standing.checkpoint.size, report.size), (seen.size, seen.size + 1));
    }
}

/// How a line under a countersigned head can be damaged: its signature, its form, its bytes, its end.
const DAMAGES: [fn(&mut Vec<u8>); 4] = [
    |line| {
        let at = line.len() - 20;
        line[at] = if line[at] == b'A' { b'B' } else { b'A' };
    },
    |line| line.insert(line.len() / 2, b'!'),
    |line| {
        let at = line.len() / 2;
        line[at] = 0xff;
    },
    |line| line.truncate(line.len() / 2),
];

/// Damages the line of a file that holds this text. Gives its number, counted from 1.
fn damage(path: &Path, of: &str, how: fn(&mut Vec<u8>)) -> usize {
    let mut lines: Vec<Vec<u8>> = fs::read(path).unwrap().split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = lines.iter().position(|line| String::from_utf8_lossy(line).contains(of)).unwrap();
    how(&mut lines[at]);
    fs::write(path, lines.join(&b'\n')).unwrap();
    at + 1
}

/// A damaged line among what was countersigned keeps no bundle and no extract from being written: it is left out, and told.
/// The other lines count still; a head of which the log's own line is damaged is left out whole.
#[test]
fn a_damaged_line_is_left_out_of_the_bundle_and_told() {
    let set = Set::new();
    for which in 0..3 {
        set.asks(which);
    }
    let folder = set.folder.path();
    set.service().close();
    let wish = Wish { names: false, attachments: false, closed_answers: false };
    let written = || bundle(folder, wish, Pages::default(), &mut |_, _| {}).unwrap();
    let seen_by = |bytes: &[u8]| {
        let report = record::bundle::verify(bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
        let standing = report.witnessed.standing.clone();
        (standing.seen_by.into_iter().map(|seen| seen.name).collect::<Vec<_>>(), report.witnessed.holds())
    };
    let sound = written();
    assert_eq!(sound.left_out, []);
    assert_eq!(seen_by(&sound.bytes).0.len(), 3);
    let path = fs::read_dir(folder.join("cosigned")).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&path).unwrap();
    for how in DAMAGES {
        let line = damage(&path, "— insurer.example", how);
        let (left_out, there) = (vec![LeftOut { path: path.clone(), line: Some(line) }], ["armorer", "union"]);
        let bundled = written();
        assert_eq!(bundled.left_out, left_out);
        assert_eq!(seen_by(&bundled.bytes), (there.map(str::to_owned).to_vec(), true), "two of three are enough");
        let question = Question { labels: Vec::new(), span: Span::Entries { from: 3, to: 5 } };
        let extracted = extract(folder, &question, wish, Pages::default(), &mut |_, _| {}).unwrap();
        assert_eq!(extracted.left_out, left_out);
        record::bundle::extract::verify(&extracted.bytes, &record::bundle::Trust::default()).unwrap();
        fs::write(&path, &whole).unwrap();
    }
    for how in DAMAGES {
        damage(&path, &format!("— {}", set.stage.service.view().origin), how);
        let bundled = written();
        assert_eq!(bundled.left_out, [LeftOut { path: path.clone(), line: None }]);
        assert!(!seen_by(&bundled.bytes).1, "nobody has countersigned it then, as far as it shows");
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn an_answer_is_held_to_policy_and_head() {
    let set = Set::new();
    let service = set.service();
    assert_eq!(service.witness_request("nobody").unwrap_err(), WitnessError::Unknown);
    for nothing in [b"".as_slice(), b"\n", b"yes", &[0xff], &[b'x'; 20_000]] {
        assert_eq!(service.take_cosignatures(nothing).unwrap_err(), WitnessError::Malformed);
    }
    // Somebody whom the policy does not name.
    let folder = tempfile::tempdir().unwrap();
    let stranger = witness(folder.path(), "stranger.example/witness", Signs::Ed25519);
    stranger.watch(service.log_key()).unwrap();
    let request = service.witness_request("insurer").unwrap();
    let theirs = stranger.answer(&request).unwrap();
    assert_eq!(service.take_cosignatures(&theirs).unwrap_err(), WitnessError::OfNoHead);
    // The same beside one whom it does name is passed over.
    let good = set.witnesses[1].answer(&request).unwrap();
    service.take_cosignatures(&[theirs, good.clone()].concat()).unwrap();
    // Once more says nothing new, and adds nothing.
    service.take_cosignatures(&good).unwrap();
    let kept = fs::read_dir(set.folder.path().join("cosigned")).unwrap().next().unwrap().unwrap();
    let lines = fs::read_to_string(kept.path()).unwrap().matches("— ").count();
    assert_eq!(lines, 2, "the log's and the insurer's");
    // A line that was changed on its way is nobody's.
    let changed = String::from_utf8(good).unwrap().replace("AAAA", "AAAB");
    assert_eq!(service.take_cosignatures(changed.as_bytes()).unwrap_err(), WitnessError::OfNoHead);
}

#[test]
fn a_witness_that_saw_another_size_is_asked_from_there() {
    let set = Set::new();
    let size = set.asks(0).size;
    // What the production kept is lost; the witness still knows.
    fs::remove_dir_all(set.folder.path().join("cosigned")).unwrap();
    set.service().close();
    let Set { stage, folder, witnesses, _folders } = set;
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    let request = stage.service.witness_request("armorer").unwrap();
    let refused = witnesses[0].answer(&request).unwrap_err();
    assert!(matches!(refused, WitnessFault::Refused(Refusal::Conflict { size: saw }) if saw == size), "{refused:?}");
    stage.service.witness_saw("armorer", size).unwrap();
    let request = stage.service.witness_request("armorer").unwrap();
    stage.service.take_cosignatures(&witnesses[0].answer(&request).unwrap()).unwrap();
    let beyond = stage.service.view().size + 1;
    assert_eq!(stage.service.witness_saw("armorer", beyond).unwrap_err(), WitnessError::Ahead { size: beyond });
}

/// The whole point: a record that was written anew is not countersigned, and the witness says so.
#[test]
fn a_witness_does_not_sign_a_record_that_was_written_anew() {
    let set = Set::new();
    let older = set.folder.path().join("older");
    set.service().close();
    fs::copy(set.folder.path().join("log.db"), &older).unwrap();
    let Set { stage, folder, witnesses, _folders } = set;
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    let request = stage.service.witness_request("insurer").unwrap();
    let seen = stage.service.take_cosignatures(&witnesses[1].answer(&request).unwrap()).unwrap();
    stage.service.close();
    // Somebody puts the older copy back, takes every trace of the newer head away, and goes on otherwise.
    fs::copy(&older, folder.path().join("log.db")).unwrap();
    let open = || Service::open(folder.path(), ManualClock::at(CALL_MS - 3_600_000));
    assert_eq!(open().map(|_| ()).unwrap_err().code(), "HEAD-AHEAD");
    fs::remove_file(folder.path().join("log.head")).unwrap();
    assert_eq!(open().map(|_| ()).unwrap_err().code(), "HEAD-AHEAD", "what was countersigned is a head as well");
    fs::remove_dir_all(folder.path().join("cosigned")).unwrap();
    let forged = open().unwrap();
    assert_eq!(forged.view().size, seen.size);
    forged.witness_saw("insurer", seen.size).unwrap();
    let refused = witnesses[1].answer(&forged.witness_request("insurer").unwrap()).unwrap_err();
    assert_eq!(refused.code(), "witness/inconsistent");
    assert!(refused.remedy().contains("Keep the request"), "{}", refused.remedy());
}

#[test]
fn a_policy_that_cannot_be_used_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let key = stage.service.log_key().clone();
    assert_eq!(stage.service.witness_request("insurer").unwrap_err(), WitnessError::NoPolicy);
    assert_eq!(stage.service.take_cosignatures(b"x").unwrap_err(), WitnessError::NoPolicy);
    stage.service.close();
    let other = Witness::make(&folder.path().join("w"), "w", Signs::Ed25519, ManualClock::at(0)).unwrap();
    let policy = folder.path().join("policy.txt");
    let open = || Service::open(folder.path(), ManualClock::at(CALL_MS + 1_000_000)).map(|it| it.close());
    for bad in ["quorum\n", "quorum none", &format!("log {}\nquorum none\n", other.key().replace("+B", "+A"))] {
        fs::write(&policy, bad).unwrap();
        assert_eq!(open().unwrap_err().code(), "POLICY-UNUSABLE", "{bad}");
    }
    fs::write(&policy, [0xff, b'\n']).unwrap();
    assert_eq!(open().unwrap_err().code(), "POLICY-UNUSABLE");
    fs::write(&policy, format!("log {key}\nquorum none\n")).unwrap();
    open().unwrap();
}

#[test]
fn a_witness_keeps_its_key_and_what_it_saw() {
    let set = Set::new();
    let folder = tempfile::tempdir().unwrap();
    let made = witness(folder.path(), "w.example", Signs::Ed25519);
    let key = made.key();
    made.watch(set.service().log_key()).unwrap();
    let in_use = Witness::open(folder.path(), ManualClock::at(0)).unwrap_err();
    assert_eq!(in_use.code(), "witness/in-use");
    let request = set.service().witness_request("armorer").unwrap();
    let answer = made.answer(&request).unwrap();
    drop(made);
    let clock: Arc<ManualClock> = ManualClock::at(i64::try_from(SECONDS).unwrap() * 1_000);
    let again = Witness::open(folder.path(), clock.clone()).unwrap();
    assert_eq!(again.key(), key);
    let size: u64 = Request::parse(&request).unwrap().checkpoint.text().lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(again.logs().unwrap().iter().map(|it| it.row.size).collect::<Vec<u64>>(), [size]);
    assert_eq!(again.answer(&request).unwrap_err().code(), "witness/conflict", "from nothing: it has seen it already");
    drop(again);
    assert_eq!(
        Witness::make(folder.path(), "w", Signs::Ed25519, clock.clone()).unwrap_err().code(),
        "witness/already-made"
    );
    // A witness that forgot what it saw would sign anything: it does not begin anew by itself.
    let file = fs::read_dir(folder.path().join("logs")).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "damaged").unwrap();
    let damaged = Witness::open(folder.path(), clock.clone()).unwrap();
    assert_eq!(damaged.answer(&request).unwrap_err().code(), "witness/file");
    drop(damaged);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Witness::open(empty.path(), clock).unwrap_err().code(), "witness/not-made");
    assert!(answer.starts_with("— w.example ".as_bytes()));
}
