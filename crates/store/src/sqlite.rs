//! The log of a production in one SQLite file.
//!
//! The file is in write-ahead mode with a sync at every commit. While it is open for writing, `<name>.db-wal` and
//! `<name>.db.lock` lie beside it; who copies a log that was not closed copies the first with it.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};

use crate::file::Database;
use crate::schema::LOG;
use crate::{SNAPSHOTS_KEPT, Seal, Sealed, Store, StoreError, check_batch, check_snapshot};

/// A log in a file, by SQLite.
#[derive(Debug)]
pub struct SqliteStore {
    database: Database,
}

impl SqliteStore {
    /// Makes an empty log and opens it for writing.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`], [`StoreError::NotFound`] if the folder does not exist, [`StoreError::InUse`],
    /// [`StoreError::ReadOnly`], [`StoreError::DiskFull`], [`StoreError::Failed`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Database::create(path, &LOG).map(|database| Self { database })
    }

    /// Opens an existing log for writing; nobody else can open it until this is dropped.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::InUse`], [`StoreError::NotShowclear`], [`StoreError::Newer`],
    /// [`StoreError::SchemaChanged`], [`StoreError::Damaged`], [`StoreError::ReadOnly`], [`StoreError::DiskFull`],
    /// [`StoreError::Failed`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Database::open(path, &LOG).map(|database| Self { database })
    }

    /// Opens a closed or copied log for reading, also in a folder that cannot be written, and also where the writer
    /// was killed and left its journal. It makes no file and changes none. Verbs that write fail with
    /// [`StoreError::ReadOnly`].
    ///
    /// # Errors
    /// As [`SqliteStore::open`], save that it needs no right to write. [`StoreError::InUse`] if a writer has it open.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Database::open_read_only(path, &LOG).map(|database| Self { database })
    }

    fn wrong(&self) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path = self.database.path.clone();
        move |e| StoreError::from_sqlite(&path, &e)
    }
}

impl Store for SqliteStore {
    fn size(&mut self) -> Result<u64, StoreError> {
        size(&self.database.conn).map_err(self.wrong())
    }

    fn append(&mut self, first: u64, entries: &[Vec<u8>], seal: &mut Seal<'_>) -> Result<(), StoreError> {
        let wrong = self.wrong();
        // IMMEDIATE takes the right to write at once. DEFERRED takes it at the first insert, when what was read before
        // may be out of date.
        let tx = self.database.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&wrong)?;
        let new_size = check_batch(size(&tx).map_err(&wrong)?, first, entries)?;
        insert(&tx, first, entries).map_err(&wrong)?;
        let count = new_size.saturating_sub(first);
        let read_back = read(&tx, &self.database.path, first, count)?;
        if read_back != entries {
            return Err(StoreError::Damaged {
                path: self.database.path.clone(),
                detail: "what was read back is not what was written".to_owned(),
            });
        }
        let note = seal(&read_back)?;
        insert_checkpoint(&tx, new_size, note).map_err(&wrong)?;
        tx.commit().map_err(&wrong)
    }

    fn entries(&mut self, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        read(&self.database.conn, &self.database.path, from, count)
    }

    fn checkpoint(&mut self) -> Result<Option<Sealed>, StoreError> {
        let newest = "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1";
        self.database.conn.query_row(newest, [], sealed).optional().map_err(self.wrong())
    }

    fn checkpoint_at(&mut self, size: u64) -> Result<Option<Sealed>, StoreError> {
        let exactly = "SELECT size, note FROM checkpoint WHERE size = ?1";
        self.database.conn.query_row(exactly, [clamped(size)], sealed).optional().map_err(self.wrong())
    }

    fn put_snapshot(&mut self, of: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let wrong = self.wrong();
        let tx = self.database.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&wrong)?;
        check_snapshot(size(&tx).map_err(&wrong)?, of)?;
        tx.execute("INSERT OR REPLACE INTO snapshot (size, bytes) VALUES (?1, ?2)", (clamped(of), bytes))
            .map_err(&wrong)?;
        tx.execute(
            "DELETE FROM snapshot WHERE size NOT IN (SELECT size FROM snapshot ORDER BY size DESC LIMIT ?1)",
            [i64::from(SNAPSHOTS_KEPT)],
        )
        .map_err(&wrong)?;
        tx.commit().map_err(&wrong)
    }

    fn snapshots(&mut self) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        snapshots(&self.database.conn).map_err(self.wrong())
    }
}

/// The engine counts in signed numbers; a place that it cannot count to is one where nothing lies.
fn clamped(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A count or an index out of the database, where none is negative.
pub(crate) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, stored))
}

/// Entries are dense from 0, so the last index says how many there are; `fsck` counts them.
fn size(conn: &Connection) -> rusqlite::Result<u64> {
    conn.prepare_cached("SELECT coalesce(max(seq) + 1, 0) FROM entry")?.query_row([], |row| number(row, 0))
}

fn insert(conn: &Connection, first: u64, entries: &[Vec<u8>]) -> rusqlite::Result<()> {
    let mut statement = conn.prepare_cached("INSERT INTO entry (seq, bytes) VALUES (?1, ?2)")?;
    for (seq, bytes) in (first..).zip(entries) {
        statement.execute((clamped(seq), bytes))?;
    }
    Ok(())
}

fn insert_checkpoint(conn: &Connection, size: u64, note: Vec<u8>) -> rusqlite::Result<usize> {
    conn.prepare_cached("INSERT INTO checkpoint (size, note) VALUES (?1, ?2)")?.execute((clamped(size), note))
}

/// A part of the entries in their order.
const READ: &str = "SELECT seq, bytes FROM entry WHERE seq >= ?1 ORDER BY seq LIMIT ?2";

fn read(conn: &Connection, path: &Path, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
    let wrong = |e: rusqlite::Error| StoreError::from_sqlite(path, &e);
    let mut statement = conn.prepare_cached(READ).map_err(wrong)?;
    let mut rows = statement.query((clamped(from), clamped(count))).map_err(wrong)?;
    let mut entries = Vec::new();
    let mut expected = from;
    while let Some(row) = rows.next().map_err(wrong)? {
        let found = number(row, 0).map_err(wrong)?;
        if found != expected {
            return Err(StoreError::Damaged { path: path.to_owned(), detail: format!("entry {expected} is missing") });
        }
        entries.push(row.get(1).map_err(wrong)?);
        expected = expected.saturating_add(1);
    }
    Ok(entries)
}

fn snapshots(conn: &Connection) -> rusqlite::Result<Vec<(u64, Vec<u8>)>> {
    conn.prepare("SELECT size, bytes FROM snapshot ORDER BY size DESC")?
        .query_map([], |row| Ok((number(row, 0)?, row.get(1)?)))?
        .collect()
}

fn sealed(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok(Sealed { size: number(row, 0)?, note: row.get(1)? })
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// A log of one entry in which no page more can be had, as on a full disk.
    fn full(path: &Path) -> SqliteStore {
        let mut store = SqliteStore::create(path).unwrap();
        store.append(0, &[b"genesis".to_vec()], &mut |_| Ok(b"signed".to_vec())).unwrap();
        let conn = &store.database.conn;
        let pages: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        store
    }

    #[test]
    fn a_full_disk_is_named_and_keeps_nothing_of_the_batch() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let mut store = full(&path);
        let batch = vec![vec![0; 5_000]; 4];
        let error = store.append(1, &batch, &mut |_| Ok(b"signed".to_vec())).unwrap_err();
        assert_eq!(error.code(), "store/disk-full");
        assert_eq!(store.put_snapshot(1, &[0; 50_000]).unwrap_err().code(), "store/disk-full");
        drop(store);
        let mut store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.entries(0, 9).unwrap(), [b"genesis".to_vec()]);
        assert_eq!(store.checkpoint().unwrap().unwrap().size, 1);
        assert_eq!(store.snapshots().unwrap(), []);
        store.append(1, &batch, &mut |_| Ok(b"signed".to_vec())).unwrap();
    }

    #[test]
    fn a_disk_that_is_full_at_the_checkpoint_keeps_no_entry_either() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let mut store = full(&path);
        let error = store.append(1, &[b"short".to_vec()], &mut |_| Ok(vec![0; 50_000])).unwrap_err();
        assert_eq!(error.code(), "store/disk-full");
        assert_eq!(store.size().unwrap(), 1);
        store.append(1, &[b"short".to_vec()], &mut |_| Ok(b"signed".to_vec())).unwrap();
    }

    /// A statement that is kept is planned once, whatever numbers are bound to it.
    #[test]
    fn reading_back_plans_nothing_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::create(&folder.path().join("log.db")).unwrap();
        for first in 0..5 {
            store.append(first, &[vec![0]], &mut |_| Ok(Vec::new())).unwrap();
        }
        let statement = store.database.conn.prepare_cached(READ).unwrap();
        assert!(statement.get_status(StatementStatus::Run) > 0, "it is the one that was kept");
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }

    /// A trigger changes what is inserted, as a failing disk or memory would: it is found before anything is signed.
    #[test]
    fn what_is_read_back_wrong_is_not_signed() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::create(&folder.path().join("log.db")).unwrap();
        store
            .database
            .conn
            .execute_batch(
                "DROP TRIGGER entry_is_never_changed;
                 CREATE TEMP TRIGGER flip AFTER INSERT ON entry
                 BEGIN UPDATE entry SET bytes = x'ff' WHERE seq = NEW.seq AND seq = 1; END",
            )
            .unwrap();
        let batch = [b"one".to_vec(), b"two".to_vec()];
        let error = store.append(0, &batch, &mut |_| panic!("it was signed")).unwrap_err();
        assert_eq!(error.code(), "store/damaged");
        assert_eq!(store.size().unwrap(), 0);
    }

    #[test]
    fn an_entry_that_is_missing_in_the_middle_is_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::create(&folder.path().join("log.db")).unwrap();
        let batch = [b"one".to_vec(), b"two".to_vec(), b"three".to_vec()];
        store.append(0, &batch, &mut |_| Ok(Vec::new())).unwrap();
        let take_out = "DROP TRIGGER entry_is_never_deleted; DELETE FROM entry WHERE seq = 1";
        store.database.conn.execute_batch(take_out).unwrap();
        assert_eq!(store.entries(0, 1).unwrap(), [b"one".to_vec()]);
        for (from, count) in [(0, 2), (1, 1), (0, u64::MAX)] {
            assert_eq!(store.entries(from, count).unwrap_err().code(), "store/damaged");
        }
    }
}
