//! A record that is older than what was signed, or another one, is never signed on.

use std::fs;
use std::path::{Path, PathBuf};

use kernel::{Content, Intent};
use service::testkit::{CALL_MS, ManualClock, Part, Stage, founding};
use service::{Service, ServiceError};

const LOG: &str = "log.db";
const HEAD: &str = "log.head";

/// The wall's clock is far behind the record, so that a notice is the first thing that is written.
fn open(folder: &Path) -> Result<Service, ServiceError> {
    Service::open(folder, ManualClock::at(CALL_MS - 3_600_000))
}

/// What is refused leaves the record as it was: not even the clock's jump is signed on it.
fn refused(folder: &Path) -> ServiceError {
    let before = fs::read(folder.join(LOG)).unwrap();
    let error = open(folder).map(|_| "it was opened").unwrap_err();
    assert_eq!(fs::read(folder.join(LOG)).unwrap(), before, "nothing was written");
    error
}

/// A folder in which the log was copied before the last things that happened, and closed.
fn with_an_older_copy(folder: &Path) -> PathBuf {
    let stage = Stage::found(folder).unwrap();
    stage.show(Content::Empty).unwrap();
    let stage = stage.reopened(folder).unwrap();
    stage.service.close();
    let older = folder.join("older");
    fs::copy(folder.join(LOG), &older).unwrap();
    let stage = stage.reopened(folder).unwrap();
    stage.accepted(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    stage.service.close();
    older
}

/// The head that lies on the medium.
fn on_medium(medium: &Path) -> PathBuf {
    let mut files = fs::read_dir(medium).unwrap().map(|file| file.unwrap().path());
    let file = files.next().expect("a head");
    assert_eq!(files.next(), None, "and nothing else");
    file
}

#[test]
fn an_older_copy_of_the_log_is_not_signed_on() {
    let folder = tempfile::tempdir().unwrap();
    let older = with_an_older_copy(folder.path());
    let newer = fs::read(folder.path().join(LOG)).unwrap();
    fs::copy(&older, folder.path().join(LOG)).unwrap();
    let error = refused(folder.path());
    assert_eq!(error.code(), "HEAD-AHEAD");
    let ServiceError::HeadAhead { path, head, size } = error else { panic!("{error:?}") };
    assert_eq!(path, folder.path().join(HEAD));
    assert_eq!(head, size + 1);
    fs::write(folder.path().join(LOG), newer).unwrap();
    open(folder.path()).unwrap();
}

#[test]
fn a_whole_folder_out_of_a_backup_is_found_out_by_the_second_medium() {
    let folder = tempfile::tempdir().unwrap();
    let medium = tempfile::tempdir().unwrap();
    service::add_head_medium(folder.path(), medium.path()).unwrap();
    service::add_head_medium(folder.path(), medium.path()).unwrap();
    let older = with_an_older_copy(folder.path());
    assert_eq!(fs::read(on_medium(medium.path())).unwrap(), fs::read(folder.path().join(HEAD)).unwrap());
    fs::copy(&older, folder.path().join(LOG)).unwrap();
    fs::remove_file(folder.path().join(HEAD)).unwrap();
    let error = refused(folder.path());
    assert_eq!(error.code(), "HEAD-AHEAD");
    let ServiceError::HeadAhead { path, .. } = error else { panic!("{error:?}") };
    assert_eq!(path, on_medium(&medium.path().canonicalize().unwrap()));
}

#[test]
fn a_second_history_under_the_same_key_is_not_signed_on() {
    let folder = tempfile::tempdir().unwrap();
    let older = with_an_older_copy(folder.path());
    let head = fs::read(folder.path().join(HEAD)).unwrap();
    // Somebody takes the head away, goes on from the older copy, and gets further than the record was.
    fs::copy(&older, folder.path().join(LOG)).unwrap();
    fs::remove_file(folder.path().join(HEAD)).unwrap();
    let forked = open(folder.path()).unwrap();
    assert_eq!(forked.view().size, size_of(&head), "the notice of the clock is its next entry");
    forked.close();
    fs::write(folder.path().join(HEAD), head).unwrap();
    assert_eq!(refused(folder.path()).code(), "HEAD-OTHER");
}

fn size_of(head: &[u8]) -> u64 {
    str::from_utf8(head).unwrap().lines().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_head_that_was_changed_anywhere_is_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    with_an_older_copy(folder.path());
    let path = folder.path().join(HEAD);
    let head = fs::read(&path).unwrap();
    for at in (0..head.len()).step_by(7) {
        let mut changed = head.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).unwrap();
        assert_eq!(refused(folder.path()).code(), "HEAD-UNREADABLE", "byte {at}");
    }
    for cut in [0, 1, head.len() / 2, head.len() - 1] {
        fs::write(&path, &head[..cut]).unwrap();
        assert_eq!(refused(folder.path()).code(), "HEAD-UNREADABLE", "cut to {cut}");
    }
    fs::write(&path, vec![b'x'; 300_000]).unwrap();
    assert_eq!(refused(folder.path()).code(), "HEAD-UNREADABLE", "and one without end");
}

#[test]
fn a_medium_that_is_not_plugged_in_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let medium = tempfile::tempdir().unwrap();
    let gone = medium.path().join("stick");
    assert_eq!(service::add_head_medium(folder.path(), &gone).unwrap_err().code(), "HEAD-MEDIUM-MISSING");
    fs::write(&gone, "a file").unwrap();
    assert_eq!(service::add_head_medium(folder.path(), &gone).unwrap_err().code(), "HEAD-MEDIUM-MISSING");
    fs::remove_file(&gone).unwrap();
    fs::create_dir(&gone).unwrap();
    service::add_head_medium(folder.path(), &gone).unwrap();
    with_an_older_copy(folder.path());
    fs::rename(&gone, medium.path().join("another")).unwrap();
    assert_eq!(refused(folder.path()).code(), "HEAD-MEDIUM-MISSING");
    fs::rename(medium.path().join("another"), &gone).unwrap();
    open(folder.path()).unwrap();
    fs::write(folder.path().join("head-media"), [0xff]).unwrap();
    assert_eq!(refused(folder.path()).code(), "HEAD-UNREADABLE");
}

#[test]
fn one_stick_serves_many_productions() {
    let medium = tempfile::tempdir().unwrap();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        service::add_head_medium(folder.path(), medium.path()).unwrap();
        Service::found(folder.path(), &founding().unwrap(), ManualClock::at(CALL_MS)).unwrap().close();
    }
    assert_eq!(fs::read_dir(medium.path()).unwrap().count(), 2);
    for folder in &folders {
        open(folder.path()).unwrap();
    }
}

/// A folder from before heads were kept has none; it gets one when it is opened.
#[test]
fn the_head_is_kept_from_the_first_opening_on_and_follows_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.service.close();
    let path = folder.path().join(HEAD);
    fs::remove_file(&path).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    let view = stage.service.view();
    stage.service.close();
    assert_eq!(fs::read(&path).unwrap(), view.checkpoint);
}

/// What cannot be written to the stick stops nobody, the record itself being durable, and is told until it can be again.
#[test]
fn a_medium_that_goes_while_the_set_works_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let medium = tempfile::tempdir().unwrap();
    let stick = medium.path().join("stick");
    fs::create_dir(&stick).unwrap();
    service::add_head_medium(folder.path(), &stick).unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    fs::remove_dir_all(&stick).unwrap();
    stage.show(Content::Empty).unwrap();
    let view = stage.service.view();
    assert_eq!(view.doubt, None);
    stage.service.close();
    assert_eq!(stage.service.heads_not_kept().len(), 1, "the stick is gone");
    fs::create_dir(&stick).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    let view = stage.service.view();
    stage.service.close();
    assert!(stage.service.heads_not_kept().is_empty(), "the stick is back");
    assert_eq!(fs::read(folder.path().join(HEAD)).unwrap(), view.checkpoint);
}
