//! The head over a wrap: signed by the log's second key as well, by itself, and kept for the next bundle and extract.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use kernel::{Day, Intent};
use proof::note::Note;
use record::bundle::Trust;
use record::bundle::extent::Span;
use service::Service;
use service::bundle::{Pages, Wish, bundle};
use service::extract::{Question, extract};
use service::testkit::{ManualClock, Part, Stage};
use service::witness::{Signs, Witness};
use tempfile::TempDir;

const NOTHING_MORE: Wish = Wish { names: false, attachments: false, closed_answers: false };

fn lines(path: &Path) -> usize {
    fs::read(path).map_or(0, |bytes| Note::parse(&bytes).unwrap().signatures().len())
}

/// Waits until the head of this size lies there with so many lines: a thread of its own writes them.
fn has_lines(path: &Path, count: usize) {
    let (_open, nothing) = channel::<()>();
    for _ in 0..1_000 {
        if lines(path) == count {
            return;
        }
        let _ = nothing.recv_timeout(Duration::from_millis(10));
    }
    panic!("{} has {} lines", path.display(), lines(path));
}

fn head(folder: &TempDir, size: u64) -> PathBuf {
    folder.path().join("cosigned").join(size.to_string())
}

fn bundled(folder: &TempDir) -> Vec<u8> {
    bundle(folder.path(), NOTHING_MORE, Pages::default(), &mut |_, _| {}).unwrap().bytes
}

fn extracted(folder: &TempDir) -> Vec<u8> {
    let question = Question { labels: Vec::new(), span: Span::Whole };
    extract(folder.path(), &question, NOTHING_MORE, Pages::default(), &mut |_, _| {}).unwrap().bytes
}

/// Whether the log's second signature is under the checkpoint of a bundle, and of an extract.
fn signed_twice(folder: &TempDir) -> (bool, bool) {
    let whole = record::bundle::verify(&bundled(folder), &Trust::default(), &mut |_, _| {}).unwrap();
    let part = record::bundle::extract::verify(&extracted(folder), &Trust::default()).unwrap();
    (whole.witnessed.by_log_ml_dsa_44, part.witnessed.by_log_ml_dsa_44)
}

#[test]
fn at_wrap_the_head_is_signed_twice_and_bundle_and_extract_carry_it() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    assert!(!folder.path().join("cosigned").exists(), "nothing is signed twice before the day is wrapped");
    let size = stage.wrap().unwrap().index + 1;
    assert_eq!(stage.service.view().wrap.as_ref().unwrap().size, size);
    has_lines(&head(&folder, size), 2);
    stage.service.close();
    assert_eq!(signed_twice(&folder), (true, true));
    // The bundle signs nothing a second time: its line is the one of the wrap, and its bytes are what they were.
    let with = bundled(&folder);
    fs::remove_dir_all(folder.path().join("cosigned")).unwrap();
    assert_eq!(bundled(&folder), with);
    let part = record::bundle::extract::verify(&extracted(&folder), &Trust::default()).unwrap();
    assert!(!part.witnessed.by_log_ml_dsa_44, "an extract is not signed a second time by itself");
}

#[test]
fn a_wrap_that_was_not_signed_twice_is_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let size = stage.wrap().unwrap().index + 1;
    stage.service.close();
    fs::remove_dir_all(folder.path().join("cosigned")).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.view().wrap.as_ref().unwrap().size, size);
    has_lines(&head(&folder, size), 2);
    // What comes after the wrap changes nothing of it; the next wrap is another head.
    stage.open_day(Day(2)).unwrap();
    assert_eq!(stage.service.view().wrap.as_ref().unwrap().size, size);
    let next = stage.wrap().unwrap().index + 1;
    has_lines(&head(&folder, next), 2);
    stage.service.close();
    assert_eq!(fs::read_dir(folder.path().join("cosigned")).unwrap().count(), 2);
    assert_eq!(signed_twice(&folder), (true, true));
}

/// The line of a witness and the second one of the log stand under the same head, whichever comes first.
#[test]
fn the_lines_of_witnesses_stay() {
    let (folder, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let stage = Stage::found(folder.path()).unwrap();
    stage.service.close();
    let clock = ManualClock::at(1_795_000_000_000);
    let witness = Witness::make(theirs.path(), "insurer.example/witness", Signs::Ed25519, clock).unwrap();
    let policy = format!("witness insurer {}\nquorum insurer\n", witness.key());
    fs::write(folder.path().join("policy.txt"), policy).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    witness.watch(stage.service.log_key()).unwrap();
    let size = stage.wrap().unwrap().index + 1;
    let path = head(&folder, size);
    has_lines(&path, 2);
    stage.service.begin_round();
    let request = stage.service.witness_request("insurer").unwrap();
    assert!(request.len() < 2_000, "no picture holds the second line, and no witness is asked with it");
    stage.service.take_cosignatures(&witness.answer(&request).unwrap()).unwrap();
    assert_eq!(lines(&path), 3);
    // The other way about: the log's second line was lost.
    stage.service.close();
    let kept = fs::read(&path).unwrap();
    let kept = String::from_utf8(kept).unwrap();
    let short: String = kept.lines().filter(|line| line.len() < 2_000).map(|line| format!("{line}\n")).collect();
    fs::write(&path, short).unwrap();
    assert_eq!(lines(&path), 2);
    let stage = stage.reopened(folder.path()).unwrap();
    has_lines(&path, 3);
    assert_eq!(stage.service.witnessed().enough.map(|head| head.size), Some(size));
    // A later bundle carries it as the older head that was countersigned.
    stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    stage.service.close();
    let report = record::bundle::verify(&bundled(&folder), &Trust::default(), &mut |_, _| {}).unwrap();
    assert!(report.witnessed.holds() && report.witnessed.by_log_ml_dsa_44);
    assert_eq!(report.witnessed.standing.checkpoint.size, size);
}

/// The head over a wrap is one more that an older copy of the database is held against.
#[test]
fn an_older_copy_is_found_out_by_the_head_over_the_wrap() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.service.close();
    let (log, older) = (folder.path().join("log.db"), folder.path().join("older"));
    fs::copy(&log, &older).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    let size = stage.wrap().unwrap().index + 1;
    stage.service.close();
    fs::rename(&older, &log).unwrap();
    fs::remove_file(folder.path().join("log.head")).unwrap();
    let refused = stage.reopened(folder.path()).map(drop).unwrap_err();
    assert_eq!(refused.code(), "HEAD-AHEAD");
    // What is lost is said by that head, with both its lines.
    let clock: std::sync::Arc<dyn service::Clock> = ManualClock::at(service::testkit::CALL_MS + 86_400_000);
    assert_eq!(service::begin_epoch(folder.path(), &clock).unwrap().lost_at, Some(size));
    drop(Service::open(folder.path(), clock).unwrap());
    let mut log = store::sqlite::SqliteStore::open_read_only(&folder.path().join("log.db")).unwrap();
    let entries = store::Store::entries(&mut log, 0, 1_000).unwrap();
    let mut verifier = record::verify::Verifier::begin(&entries[0]).unwrap();
    entries[1..].iter().for_each(|entry| drop(verifier.entry(entry).unwrap()));
}
