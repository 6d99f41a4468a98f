//! Files that are not what they should be: every one is answered with a code, none with a panic.

use std::path::Path;

use rusqlite::Connection;
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{Store, StoreError};

use crate::{append, beside, entry, log_of_batches, names_in};

fn code_of<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> &'static str {
    outcome.unwrap_err().code()
}

#[test]
fn a_log_cut_anywhere_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 20);
    let whole = std::fs::read(&path).unwrap();
    let cuts = [0, 1, 15, 16, 40, 71, 72, 99, 100, 511, 512, 4_095, 4_096, 8_192, whole.len() / 2];
    for cut in cuts.into_iter().chain([whole.len() - 4_096, whole.len() - 1]) {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(code_of(SqliteStore::open_read_only(&path)), "store/damaged", "cut at {cut}");
        assert_eq!(code_of(SqliteStore::open(&path)), "store/damaged", "cut at {cut}");
        match store::fsck::fsck(&path, &mut |_, _| {}) {
            Ok(report) => assert!(!report.is_clean(), "cut at {cut}"),
            Err(error) => assert_eq!(error.code(), "store/damaged", "cut at {cut}"),
        }
    }
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 210);
}

#[test]
fn a_journal_cut_anywhere_loses_whole_batches_and_nothing_else() {
    let original = tempfile::tempdir().unwrap();
    let path = log_of_batches(original.path(), 1);
    let mut store = SqliteStore::open(&path).unwrap();
    for n in 0..10 {
        append(&mut store, &[entry(2 * n + 1), entry(2 * n + 2)]).unwrap();
    }
    let file = std::fs::read(&path).unwrap();
    let journal = std::fs::read(beside(&path, "-wal")).unwrap();
    drop(store);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("log.db");
    let mut sizes = Vec::new();
    for step in 0..=50 {
        std::fs::write(&copy, &file).unwrap();
        std::fs::write(beside(&copy, "-wal"), &journal[..journal.len() * step / 50]).unwrap();
        let report = store::fsck::fsck(&copy, &mut |_, _| {}).unwrap();
        assert!(report.is_clean(), "{report:?}");
        let size = SqliteStore::open(&copy).unwrap().size().unwrap();
        assert_eq!((report.entries, size % 2), (size, 1), "a part of a batch");
        sizes.push(size);
    }
    assert!(sizes.is_sorted());
    assert_eq!((sizes[0], sizes[50]), (1, 21));
}

/// A writer killed while it moves the journal into the file may have written the first page, which says how many there
/// are, and not the last. The journal still has them all.
#[test]
fn a_file_that_is_too_short_is_whole_with_its_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 1);
    let mut store = SqliteStore::open(&path).unwrap();
    let batch: Vec<Vec<u8>> = (1..100).map(entry).collect();
    append(&mut store, &batch).unwrap();
    let before = std::fs::read(&path).unwrap();
    let journal = std::fs::read(beside(&path, "-wal")).unwrap();
    drop(store);
    let after = std::fs::read(&path).unwrap();
    assert!(before.len() < after.len());
    let between = [&after[..4_096], &before[4_096..]].concat();
    std::fs::write(&path, &between).unwrap();
    assert_eq!(code_of(SqliteStore::open_read_only(&path)), "store/damaged");
    std::fs::write(beside(&path, "-wal"), &journal).unwrap();
    assert_eq!(SqliteStore::open_read_only(&path).unwrap().size().unwrap(), 100);
    assert!(store::fsck::fsck(&path, &mut |_, _| {}).unwrap().is_clean());
    assert_eq!(SqliteStore::open(&path).unwrap().size().unwrap(), 100);
    assert!(std::fs::read(&path).unwrap() == after, "the journal was not played in as it was before");
}

#[test]
fn a_text_file_by_another_name_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let text = "The armorer's notes of the day. ".repeat(1_000);
    std::fs::write(&path, &text).unwrap();
    assert_eq!(code_of(SqliteStore::open(&path)), "store/damaged");
    assert_eq!(code_of(SqliteStore::open_read_only(&path)), "store/damaged");
    assert_eq!(code_of(Office::open(&path)), "store/damaged");
    assert_eq!(code_of(store::fsck::fsck(&path, &mut |_, _| {})), "store/damaged");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_folder_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    std::fs::create_dir(&path).unwrap();
    assert_eq!(code_of(SqliteStore::open(&path)), "store/failed");
    assert_eq!(code_of(SqliteStore::open_read_only(&path)), "store/failed");
    assert_eq!(names_in(folder.path()), ["log.db"]);
    assert_eq!(code_of(SqliteStore::create(&path)), "store/already-exists");
}

#[test]
fn a_database_of_another_program_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE entry (seq, bytes); INSERT INTO entry VALUES (0, 'theirs')").unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(code_of(SqliteStore::open(&path)), "store/not-showclear");
    assert_eq!(code_of(SqliteStore::open_read_only(&path)), "store/not-showclear");
    assert_eq!(code_of(Office::open(&path)), "store/not-showclear");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn log_and_office_are_not_taken_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of_batches(folder.path(), 1);
    let office = folder.path().join("office.db");
    drop(Office::open(&office).unwrap());
    assert_eq!(code_of(SqliteStore::open(&office)), "store/not-showclear");
    assert_eq!(code_of(SqliteStore::open_read_only(&office)), "store/not-showclear");
    assert_eq!(code_of(Office::open(&log)), "store/not-showclear");
    let error = Office::open(&log).unwrap_err().to_string();
    assert!(error.ends_with("log.db is not the office database of a Showclear production"), "{error}");
}

#[test]
fn a_log_without_its_guards_is_not_opened() {
    for (change, detail) in [
        ("DROP TRIGGER entry_is_never_deleted", "the trigger entry_is_never_deleted is missing"),
        ("CREATE TRIGGER mine BEFORE INSERT ON snapshot BEGIN SELECT 1; END", "there is a trigger mine"),
        ("UPDATE migration SET hash = x'00'", "migration 1 (entries, checkpoints, snapshots) is not recorded"),
        ("DELETE FROM migration", "migration 1 (entries, checkpoints, snapshots) is not recorded"),
        ("DROP TABLE migration", "the table of migrations is missing"),
        ("PRAGMA user_version = 0", "migration 1 (entries, checkpoints, snapshots) is recorded and is not ours"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = log_of_batches(folder.path(), 2);
        Connection::open(&path).unwrap().execute_batch(change).unwrap();
        for outcome in [SqliteStore::open(&path), SqliteStore::open_read_only(&path)] {
            let error = outcome.unwrap_err();
            assert_eq!(error.code(), "store/schema-changed", "{change}");
            assert!(error.to_string().contains(detail), "{change}: {error}");
        }
    }
}

#[test]
fn a_log_of_a_later_showclear_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 2);
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 7").unwrap();
    for outcome in [SqliteStore::open(&path), SqliteStore::open_read_only(&path)] {
        let error = outcome.unwrap_err();
        assert_eq!(error.code(), "store/newer");
        assert!(error.to_string().ends_with("its layout is 7, this one knows 1"), "{error}");
    }
}

/// Overwrites some bytes of the file, a different few each round; nothing may panic, and what is read must be the
/// original or an error. Reproducible: the rounds are numbered and come from no clock.
#[test]
fn overwritten_bytes_never_panic_and_are_never_silent_to_fsck() {
    let folder = tempfile::tempdir().unwrap();
    let path = log_of_batches(folder.path(), 12);
    let whole = std::fs::read(&path).unwrap();
    let mut noise = 0x2021_1021_u64;
    let mut next = move || {
        // Knuth's linear congruential generator (MMIX).
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 33) as usize
    };
    for round in 0..150 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 8 {
            let at = next() % bytes.len();
            bytes[at] = next() as u8;
        }
        std::fs::write(&path, &bytes).unwrap();
        let clean = store::fsck::fsck(&path, &mut |_, _| {}).is_ok_and(|report| report.is_clean());
        if clean {
            let mut store = SqliteStore::open_read_only(&path).unwrap();
            let expected: Vec<Vec<u8>> = (0..78).map(entry).collect();
            assert!(store.entries(0, 99).unwrap() == expected, "round {round}: fsck is clean, the entries are not");
        }
        use_whatever_opens(&path);
    }
}

fn use_whatever_opens(path: &Path) {
    if let Ok(mut store) = SqliteStore::open(path) {
        let _ = store.entries(0, u64::MAX);
        let _ = store.checkpoint();
        let _ = store.snapshots();
        let _ = append(&mut store, &[entry(78)]);
    }
}
