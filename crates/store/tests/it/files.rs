//! The file: who may open it, when, and what may be done to it.

use std::path::Path;
use std::process::Command;

use rusqlite::Connection;
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{Store, StoreError};

use crate::{append, beside, entry, log_of_batches, names_in};

#[test]
fn the_engine_is_one_without_the_wal_reset_fault() {
    // SQLite 3.7.0 to 3.51.2 could lose a page when a journal was reset while another connection wrote.
    assert!(rusqlite::version_number() >= 3_051_003, "SQLite {}", rusqlite::version());
}

#[test]
fn a_log_is_made_once_and_opened_often() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 3);
    assert_eq!(names_in(folder.path()), ["log.db", "log.db.lock"]);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(SqliteStore::create(&path).unwrap_err().code(), "store/already-exists");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 6);
}

#[test]
fn a_log_is_not_made_beside_the_journal_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    std::fs::write(beside(&path, "-wal"), b"the last batches of a log that was moved").unwrap();
    let StoreError::AlreadyExists { path: found } = SqliteStore::create(&path).unwrap_err() else {
        panic!("another error");
    };
    assert_eq!(found, beside(&path, "-wal"));
    assert!(!path.exists());
}

#[test]
fn what_a_killed_creation_left_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    std::fs::write(beside(&path, ".new"), b"half").unwrap();
    assert_eq!(SqliteStore::create(&path).unwrap().size().unwrap(), 0);
    assert!(!beside(&path, ".new").exists());
}

#[test]
fn opening_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let no_folder = folder.path().join("no folder").join("log.db");
    assert_eq!(SqliteStore::open(&path).unwrap_err().code(), "store/not-found");
    assert_eq!(SqliteStore::open_read_only(&path).unwrap_err().code(), "store/not-found");
    assert_eq!(store::fsck::fsck(&path, &mut |_, _| {}).unwrap_err().code(), "store/not-found");
    assert_eq!(SqliteStore::create(&no_folder).unwrap_err().code(), "store/not-found");
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

#[test]
fn a_second_opener_is_refused_while_the_first_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    let mut first = SqliteStore::open(&path).unwrap();
    assert_eq!(SqliteStore::open(&path).unwrap_err().code(), "store/in-use");
    assert_eq!(SqliteStore::create(&path).unwrap_err().code(), "store/in-use");
    assert_eq!(SqliteStore::open_read_only(&path).unwrap_err().code(), "store/in-use");
    assert_eq!(store::fsck::fsck(&path, &mut |_, _| {}).unwrap_err().code(), "store/in-use");
    append(&mut first, &[entry(3)]).unwrap();
    drop(first);
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 4);
}

#[test]
fn another_program_is_kept_out_by_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    let store = SqliteStore::open(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.busy_timeout(std::time::Duration::ZERO).unwrap();
    let error = other.execute("INSERT INTO entry (seq, bytes) VALUES (3, x'00')", []).unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy), "{error}");
    drop(store);
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 3);
}

#[test]
fn a_writer_and_readers_keep_each_other_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    let one = SqliteStore::open_read_only(&path).unwrap();
    let mut two = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(SqliteStore::open(&path).unwrap_err().code(), "store/in-use");
    drop(one);
    assert_eq!(two.size().unwrap(), 3);
    drop(two);
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 3);
}

#[test]
fn reading_leaves_no_trace_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 3);
    std::fs::remove_file(beside(&path, ".lock")).unwrap();
    let before = std::fs::read(&path).unwrap();
    let mut store = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(store.entries(0, 99).unwrap(), (0..6).map(entry).collect::<Vec<_>>());
    assert_eq!(append(&mut store, &[entry(6)]).unwrap_err().code(), "store/read-only");
    assert_eq!(store.put_snapshot(1, b"state").unwrap_err().code(), "store/read-only");
    assert!(store::fsck::fsck(&path, &mut |_, _| {}).unwrap().is_clean());
    drop(store);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(names_in(folder.path()), ["log.db"]);
}

/// A log as a killed writer leaves it: the last batches are in the journal alone.
fn log_with_journal(folder: &Path) -> std::path::PathBuf {
    let original = tempfile::tempdir().unwrap();
    let path = log_of_batches(original.path(), 2);
    let mut store = SqliteStore::open(&path).unwrap();
    append(&mut store, &[entry(3), entry(4)]).unwrap();
    let copy = folder.join("log.db");
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(beside(&path, "-wal"), beside(&copy, "-wal")).unwrap();
    assert!(std::fs::metadata(beside(&copy, "-wal")).unwrap().len() > 0);
    copy
}

#[test]
fn a_journal_that_was_left_is_read_and_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_with_journal(folder.path());
    let before = (std::fs::read(&path).unwrap(), std::fs::read(beside(&path, "-wal")).unwrap());
    let mut store = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(store.entries(0, 99).unwrap(), (0..5).map(entry).collect::<Vec<_>>());
    drop(store);
    let report = store::fsck::fsck(&path, &mut |_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.entries, 5);
    assert_eq!(names_in(folder.path()), ["log.db", "log.db-wal"]);
    assert_eq!((std::fs::read(&path).unwrap(), std::fs::read(beside(&path, "-wal")).unwrap()), before);
    // Whoever opens it to write plays the journal in.
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 5);
}

#[test]
fn names_with_signs_that_mean_something_elsewhere_are_names() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("scene 5?mode=memory&x=%41#b é");
    std::fs::create_dir(&odd).unwrap();
    let path = log_of_batches(&odd, 2);
    assert_eq!(SqliteStore::open_read_only(&path).unwrap().size().unwrap(), 3);
    let path = log_with_journal(tempfile::tempdir_in(&odd).unwrap().keep().as_path());
    assert_eq!(SqliteStore::open_read_only(&path).unwrap().size().unwrap(), 5);
}

/// To root everything can be written, so this runs once more as somebody else where the tests run as root.
#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_a_log_is_read_and_not_written() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    const FOLDER: &str = "SHOWCLEAR_TEST_READ_ONLY_FOLDER";
    const NAME: &str = "files::where_nothing_can_be_written_a_log_is_read_and_not_written";
    if let Some(folder) = std::env::var_os(FOLDER) {
        return use_what_cannot_be_written(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let allow = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let [closed, killed, file] = ["closed", "killed", "file"].map(|name| folder.path().join(name));
    for folder in [&closed, &killed, &file] {
        std::fs::create_dir(folder).unwrap();
    }
    log_of_batches(&closed, 2);
    log_with_journal(&killed);
    let path = log_of_batches(&file, 2);
    std::fs::remove_file(beside(&path, ".lock")).unwrap();
    let program = folder.path().join("tests");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    for (path, mode) in [
        (closed.as_path(), 0o555),
        (killed.as_path(), 0o555),
        (file.as_path(), 0o777),
        (path.as_path(), 0o444),
        (program.as_path(), 0o555),
        (folder.path(), 0o755),
    ] {
        allow(path, mode);
    }
    let mut command = Command::new(&program);
    command.args(["--exact", NAME]).env(FOLDER, folder.path()).current_dir(folder.path());
    if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    for folder in [&closed, &killed] {
        allow(folder, 0o755);
    }
}

#[cfg(unix)]
fn use_what_cannot_be_written(folder: &Path) {
    for (kind, size) in [("closed", 3), ("killed", 5), ("file", 3)] {
        let path = folder.join(kind).join("log.db");
        assert_eq!(SqliteStore::open(&path).unwrap_err().code(), "store/read-only", "{kind}");
        assert_eq!(SqliteStore::open_read_only(&path).unwrap().size().unwrap(), size, "{kind}");
        let report = store::fsck::fsck(&path, &mut |_, _| {}).unwrap();
        assert!(report.is_clean() && report.entries == size, "{kind}: {report:?}");
    }
    for kind in ["closed", "killed"] {
        assert_eq!(SqliteStore::create(&folder.join(kind).join("new.db")).unwrap_err().code(), "store/read-only");
        assert_eq!(Office::open(&folder.join(kind).join("office.db")).unwrap_err().code(), "store/read-only");
    }
}

#[test]
fn no_program_can_change_or_remove_what_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 3);
    let other = Connection::open(&path).unwrap();
    for (attempt, guard) in [
        ("UPDATE entry SET bytes = x'00' WHERE seq = 1", "an entry is never changed"),
        ("UPDATE entry SET seq = 99 WHERE seq = 5", "an entry is never changed"),
        ("DELETE FROM entry WHERE seq = 5", "an entry is never deleted"),
        ("INSERT INTO entry (seq, bytes) VALUES (7, x'00')", "an entry has only one place, after the last"),
        ("INSERT OR REPLACE INTO entry (seq, bytes) VALUES (1, x'00')", "an entry has only one place, after the last"),
        ("UPDATE checkpoint SET note = x'00'", "a checkpoint is never changed"),
        ("DELETE FROM checkpoint", "a checkpoint is never deleted"),
        ("INSERT INTO checkpoint (size, note) VALUES (5, x'00')", "a checkpoint covers the whole log, once"),
        ("INSERT OR REPLACE INTO checkpoint (size, note) VALUES (6, x'00')", "a checkpoint covers the whole log, once"),
        ("INSERT INTO entry (seq, bytes) VALUES (6, 'text')", "cannot store TEXT value"),
        ("INSERT INTO entry (seq, bytes) VALUES (6, zeroblob(65536))", "CHECK constraint failed"),
    ] {
        let error = other.execute_batch(attempt).unwrap_err().to_string();
        assert!(error.contains(guard), "{attempt}: {error}");
    }
    drop(other);
    assert!(store::fsck::fsck(&path, &mut |_, _| {}).unwrap().is_clean());
}
