//! What the file check finds, and that it finds nothing where nothing is wrong.

use std::path::Path;

use rusqlite::Connection;
use store::Store;
use store::fsck::{FsckReport, MAX_FINDINGS, fsck};
use store::sqlite::SqliteStore;

use crate::{append, checkpoint_of, checkpoint_over, entry, log_of_batches};
use proof::tree::{Hash, root_of};

fn check(path: &Path) -> FsckReport {
    fsck(path, &mut |_, _| {}).unwrap()
}

/// Makes a change that the guards forbid, and puts the guards back, as somebody would who wants to hide it.
fn change(path: &Path, sql: &str) {
    let conn = Connection::open(path).unwrap();
    let guards: Vec<(String, String)> = conn
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch(sql).unwrap();
    for (_, sql) in &guards {
        conn.execute_batch(sql).unwrap();
    }
}

/// The findings after a change, each as `place code`.
fn findings_after(sql: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 4);
    change(&path, sql);
    let report = check(&path);
    assert_eq!(report.is_clean(), report.findings.is_empty());
    report.findings.iter().map(|f| format!("{} {}", f.place, f.code.as_str())).collect()
}

#[test]
fn a_whole_log_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 10);
    SqliteStore::open(&path).unwrap().put_snapshot(55, b"state").unwrap();
    let report = check(&path);
    assert!(report.is_clean(), "{report:?}");
    let leaves: Vec<Hash> = (0..55).map(|n| proof::tree::hash_leaf(&entry(n))).collect();
    assert_eq!((report.entries, report.checkpoints, report.root), (55, 10, Some(root_of(&leaves))));
}

#[test]
fn an_empty_log_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 0);
    let report = check(&path);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.entries, report.checkpoints), (0, 0));
}

#[test]
fn progress_is_told_and_ends_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 0);
    let mut store = SqliteStore::open(&path).unwrap();
    append(&mut store, &(0..9_000).map(entry).collect::<Vec<_>>()).unwrap();
    drop(store);
    let mut told = Vec::new();
    fsck(&path, &mut |done, of| told.push((done, of))).unwrap();
    assert_eq!(told, [(4_096, 9_000), (8_192, 9_000), (9_000, 9_000)]);
}

#[test]
fn a_changed_entry_shows_in_every_checkpoint_after_it() {
    // The batches end at 1, 3, 6 and 10; entry 4 is in the third.
    let found = findings_after("UPDATE entry SET bytes = x'00' WHERE seq = 4");
    assert_eq!(found, ["checkpoint 6 fsck/checkpoint-root", "checkpoint 10 fsck/checkpoint-root"]);
}

#[test]
fn two_entries_that_changed_places_show() {
    let found = findings_after(
        "UPDATE entry SET seq = 99 WHERE seq = 6; UPDATE entry SET seq = 6 WHERE seq = 7;
         UPDATE entry SET seq = 7 WHERE seq = 99",
    );
    assert_eq!(found, ["checkpoint 10 fsck/checkpoint-root"]);
}

#[test]
fn a_missing_entry_shows_wherever_it_stood() {
    assert_eq!(
        findings_after("DELETE FROM entry WHERE seq = 4"),
        ["entry 5 fsck/entry-place", "checkpoint 6 fsck/checkpoint-beyond", "checkpoint 10 fsck/checkpoint-beyond"]
    );
    assert_eq!(findings_after("DELETE FROM entry WHERE seq = 9"), ["checkpoint 10 fsck/checkpoint-beyond"]);
    assert_eq!(
        findings_after("DELETE FROM entry WHERE seq = 0")[0..2],
        ["entry 1 fsck/entry-place", "checkpoint 1 fsck/checkpoint-beyond"]
    );
}

#[test]
fn an_entry_that_no_checkpoint_covers_shows() {
    assert_eq!(findings_after("DELETE FROM checkpoint WHERE size = 10"), ["file fsck/checkpoint-missing"]);
    assert_eq!(findings_after("DELETE FROM checkpoint"), ["file fsck/checkpoint-missing"]);
    assert_eq!(findings_after("INSERT INTO entry VALUES (10, x'00')"), ["file fsck/checkpoint-missing"]);
}

#[test]
fn an_entry_that_is_too_long_shows() {
    let found = findings_after(
        "PRAGMA ignore_check_constraints = ON; UPDATE entry SET bytes = zeroblob(65536) WHERE seq = 9;
         DELETE FROM checkpoint WHERE size = 10",
    );
    assert_eq!(found, ["entry 9 fsck/entry-too-large", "file fsck/checkpoint-missing"]);
}

#[test]
fn what_the_engine_finds_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 4);
    let mut bytes = std::fs::read(&path).unwrap();
    // The number of pages that are free (SQLite file format 1.3): there is none.
    bytes[39] = 5;
    std::fs::write(&path, bytes).unwrap();
    let report = check(&path);
    let found: Vec<_> = report.findings.iter().map(|f| (f.place.as_str(), f.code.as_str())).collect();
    assert_eq!(found, [("file", "fsck/integrity")]);
    assert_eq!(report.entries, 10);
}

#[test]
fn a_checkpoint_that_claims_something_else_shows() {
    let hex = |bytes: Vec<u8>| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let all: Vec<Vec<u8>> = (0..10).map(entry).collect();
    let other_root = hex(checkpoint_of(6, Hash([1; 32])));
    let other_size = hex(checkpoint_over(&all[..5]));
    let sql = |note: &str| format!("UPDATE checkpoint SET note = x'{note}' WHERE size = 6");
    assert_eq!(findings_after(&sql(&other_root)), ["checkpoint 6 fsck/checkpoint-root"]);
    assert_eq!(findings_after(&sql(&other_size)), ["checkpoint 6 fsck/checkpoint-size"]);
    for unreadable in ["", "00", &hex(b"showclear.test/p/1/e0\n6\nnot base64\n".to_vec())] {
        assert_eq!(findings_after(&sql(unreadable)), ["checkpoint 6 fsck/checkpoint-unreadable"]);
    }
    // Filed under a size that no batch ended at, with the right root for it.
    assert_eq!(findings_after("UPDATE checkpoint SET size = 7 WHERE size = 6"), ["checkpoint 7 fsck/checkpoint-size"]);
}

#[test]
fn a_snapshot_of_the_future_shows() {
    assert_eq!(findings_after("INSERT INTO snapshot VALUES (11, x'00')"), ["snapshot 11 fsck/snapshot-beyond"]);
    assert_eq!(findings_after("INSERT INTO snapshot VALUES (10, x'00')"), Vec::<String>::new());
}

#[test]
fn whose_file_it_is_shows_and_the_rest_is_checked_all_the_same() {
    let found = findings_after("PRAGMA application_id = 1; UPDATE entry SET bytes = x'00' WHERE seq = 9");
    assert_eq!(found, ["file fsck/application-id", "checkpoint 10 fsck/checkpoint-root"]);
    assert_eq!(findings_after("PRAGMA user_version = 9"), ["file fsck/user-version"]);
    assert_eq!(findings_after("PRAGMA user_version = -1"), ["file fsck/user-version"]);
    assert_eq!(findings_after("UPDATE migration SET name = 'another'"), ["file fsck/migration", "file fsck/migration"]);
}

#[test]
fn a_dropped_guard_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    Connection::open(&path).unwrap().execute_batch("DROP TRIGGER checkpoint_is_never_deleted").unwrap();
    let report = check(&path);
    assert_eq!(report.findings.len(), 1);
    let line = report.findings[0].to_string();
    assert_eq!(line, "file [fsck/schema]: the trigger checkpoint_is_never_deleted is missing or not as we made it");
    assert_eq!(report.entries, 3);
}

/// A view that never ends in the place of the entries: it is named, and not read.
#[test]
fn a_trap_in_the_place_of_the_entries_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    let trap = "DROP TABLE entry; CREATE VIEW entry AS
        WITH RECURSIVE n(seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM n) SELECT seq, x'00' AS bytes FROM n";
    Connection::open(&path).unwrap().execute_batch(&format!("DROP TRIGGER entry_is_never_deleted; {trap}")).unwrap();
    let report = check(&path);
    let found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert!(found.contains(&"file [fsck/schema]: there is a view entry that we did not make".to_owned()), "{found:?}");
    assert_eq!((report.entries, report.root), (0, None));
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 1);
    change(
        &path,
        "WITH RECURSIVE n(size) AS (SELECT 2 UNION ALL SELECT size + 1 FROM n WHERE size < 1502)
         INSERT INTO snapshot SELECT size, x'00' FROM n",
    );
    let report = check(&path);
    assert_eq!((report.findings.len(), report.omitted), (MAX_FINDINGS, 501));
    assert!(!report.is_clean());
}
