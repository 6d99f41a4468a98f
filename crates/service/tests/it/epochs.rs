//! After an older copy was put back: a new epoch, in the open.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kernel::{Content, Intent, Status, StopCause};
use record::entry::{Body, Entry};
use record::verify::Verifier;
use service::testkit::{CALL_MS, ManualClock, Part, Stage};
use service::{Begun, Clock, EntryView, Service, ServiceError, View, begin_epoch};
use tempfile::TempDir;

const LATER_MS: i64 = CALL_MS + 3_600_000;

fn open(folder: &Path) -> Result<Service, ServiceError> {
    Service::open(folder, ManualClock::at(LATER_MS))
}

fn begin(folder: &Path) -> Result<Begun, ServiceError> {
    let clock: Arc<dyn Clock> = ManualClock::at(CALL_MS);
    begin_epoch(folder, &clock)
}

/// A gun was shown, handed over, and something more happened; then the copy from before that was put back.
fn restored(medium: Option<&Path>) -> (TempDir, Stage, u64) {
    let folder = tempfile::tempdir().unwrap();
    if let Some(medium) = medium {
        service::add_head_medium(folder.path(), medium).unwrap();
    }
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    let offer = stage.offer().unwrap();
    assert!(stage.take(offer).unwrap().accepted);
    stage.service.close();
    let (log, older) = (folder.path().join("log.db"), folder.path().join("older"));
    fs::copy(&log, &older).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeBack { gun: stage.revolver }).unwrap();
    let size = stage.service.view().size;
    stage.service.close();
    fs::rename(&older, &log).unwrap();
    (folder, stage, size)
}

fn entries(view: &View) -> Vec<Vec<u8>> {
    let entry = |index| match view.entry(index) {
        Some(EntryView::Open { bytes }) => bytes,
        other => panic!("{other:?}"),
    };
    (0..view.size).map(entry).collect()
}

#[test]
fn what_was_lost_is_said_and_everything_is_held_and_unknown() {
    let (folder, stage, lost_at) = restored(None);
    assert_eq!(open(folder.path()).unwrap_err().code(), "HEAD-AHEAD");
    let begun = begin(folder.path()).unwrap();
    assert_eq!((begun.before, begun.lost_at), (lost_at - 1, Some(lost_at)));
    assert_eq!(begun.origin.epoch(), 1);
    let service = open(folder.path()).unwrap();
    let view = service.view();
    assert_eq!(service.origin(), begun.origin.to_string());
    assert_eq!(service.log_key().to_string(), begun.log_key);
    let cards = view.cards(service.now_ms());
    assert!(cards.iter().all(|card| matches!(card.status, Status::Held { cause: StopCause::Called, .. })));
    // Under the stop nothing is shown either.
    let mut state = view.state.clone();
    state.stops.clear();
    let below = kernel::shown(&view.rules, &state, record::Millis(service.now_ms()));
    let revolver = below.iter().find(|card| card.gun == stage.revolver).unwrap();
    assert!(matches!(revolver.status, Status::Unknown { .. }), "{:?}", revolver.status);
    // A stranger finds the same, and what was lost.
    let entries = entries(&view);
    let mut verifier = Verifier::begin(&entries[0]).unwrap();
    entries[1..].iter().for_each(|entry| drop(verifier.entry(entry).unwrap()));
    let report = verifier.finish(&view.checkpoint, Some(service.log_key())).unwrap();
    let before = report.before.unwrap();
    assert_eq!((before.checkpoint.size, before.lost_at), (lost_at - 1, Some(lost_at)));
    // The record before lies there as it was, with its head, and is never signed on.
    assert_eq!(begun.kept, folder.path().join("log-e0.db"));
    let head = fs::read_to_string(folder.path().join("log-e0.head")).unwrap();
    assert_eq!(head.lines().nth(1), Some(lost_at.to_string().as_str()));
}

#[test]
fn people_go_on_with_their_own_devices_from_the_first_of_their_new_chain() {
    let (folder, stage, _) = restored(None);
    begin(folder.path()).unwrap();
    let stage = stage.in_next_epoch(folder.path()).unwrap();
    let stopped = stage.service.view().state.stops.keys().copied().next().unwrap();
    let gun = stage.revolver;
    assert!(stage.ask(Part::Armorer, Intent::TakeBack { gun }).unwrap().accepted, "HELD lets a gun be taken back");
    let inquirer = stage.person(Part::Witness).unwrap();
    stage.accepted(Part::FirstAd, Intent::NameInquiry { stop: stopped, inquirer }).unwrap();
    stage.accepted(Part::Witness, Intent::CloseInquiry { stop: stopped }).unwrap();
    assert!(stage.service.view().state.stops.is_empty());
    assert_eq!(stage.service.view().name(gun), "GUN 1", "names lie in the office, and are still there");
    let entry = Entry::decode(&entries(&stage.service.view())[1], &stage.service.view().origin).unwrap();
    assert!(matches!(entry.body, Body::Carried(_)));
}

/// What the phones and the other media know outlives the folder.
#[test]
fn a_copy_of_the_first_epoch_is_not_signed_on_once_there_is_a_second() {
    let medium = tempfile::tempdir().unwrap();
    let (folder, _, _) = restored(Some(medium.path()));
    let older = fs::read(folder.path().join("log.db")).unwrap();
    begin(folder.path()).unwrap();
    open(folder.path()).unwrap().close();
    for name in ["log.head", "log-e0.head"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("log.db"), older).unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code(), "HEAD-OF-LATER-EPOCH");
}

#[test]
fn a_third_epoch_follows_the_second_and_nothing_is_written_over() {
    let (folder, _, _) = restored(None);
    begin(folder.path()).unwrap();
    let second = begin(folder.path()).unwrap();
    assert_eq!((second.origin.epoch(), second.lost_at), (2, None));
    assert!(folder.path().join("log-e1.db").exists() && folder.path().join("log-e0.db").exists());
    open(folder.path()).unwrap().close();
    fs::write(folder.path().join("log-e2.db"), "something else").unwrap();
    let size = fs::metadata(folder.path().join("log.db")).unwrap().len();
    assert_eq!(begin(folder.path()).unwrap_err().code(), "FOUNDING-ALREADY");
    assert_eq!(fs::metadata(folder.path().join("log.db")).unwrap().len(), size);
    open(folder.path()).unwrap();
}

#[test]
fn while_the_folder_is_served_no_epoch_is_begun() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    assert_eq!(begin(folder.path()).unwrap_err().code(), "store/in-use");
    drop(stage);
}
