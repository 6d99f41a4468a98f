//! One database file: opened by one writer, or read without being touched.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};

use crate::StoreError;
use crate::lock::Lock;
use crate::schema::{self, Kind};

/// The first bytes of every SQLite database (SQLite file format 1.3.1).
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The length of the header of every SQLite database.
const HEADER_BYTES: u64 = 100;

/// An open database. The lock is let go after the connection: fields are dropped in the order in which they stand.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    _lock: Option<Lock>,
}

impl Database {
    /// Makes a new database and opens it for writing. It appears under its name whole or not at all: a program killed
    /// half way leaves a file that ends in `.new` and is overwritten by the next attempt.
    pub(crate) fn create(path: &Path, kind: &Kind) -> Result<Self, StoreError> {
        let lock = lock_to_write(path)?;
        // A journal without its database would be played into the new one.
        for left in [path.to_owned(), beside(path, "-wal"), beside(path, "-journal")] {
            if left.exists() {
                return Err(StoreError::AlreadyExists { path: left });
            }
        }
        let new = beside(path, ".new");
        let io = |e: std::io::Error| StoreError::from_io(path, &e);
        remove_if_there(&new).map_err(io)?;
        for left in ["-journal", "-wal"] {
            remove_if_there(&beside(&new, left)).map_err(io)?;
        }
        create_empty(&new, kind.private).map_err(io)?;
        lay_out(&engine_path(&new)?, kind).map_err(|e| StoreError::from_sqlite(path, &e))?;
        std::fs::rename(&new, path).map_err(io)?;
        sync_folder(path).map_err(io)?;
        Self::open_locked(path, kind, lock)
    }

    /// Opens an existing database for writing, and brings its tables up to date.
    pub(crate) fn open(path: &Path, kind: &Kind) -> Result<Self, StoreError> {
        check_is_there(path)?;
        let lock = lock_to_write(path)?;
        check_kind(path, kind)?;
        Self::open_locked(path, kind, lock)
    }

    fn open_locked(path: &Path, kind: &Kind, lock: Lock) -> Result<Self, StoreError> {
        let wrong = |e: rusqlite::Error| StoreError::from_sqlite(path, &e);
        // Without SQLITE_OPEN_CREATE a file that is not there stays away.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = Connection::open_with_flags(engine_path(path)?, flags).map_err(wrong)?;
        // SQLite opens a file that it may only read for reading, and says nothing.
        if conn.is_readonly(rusqlite::MAIN_DB).map_err(wrong)? {
            return Err(StoreError::ReadOnly { path: path.to_owned() });
        }
        set_for_writing(&conn, kind).map_err(wrong)?;
        let version = schema::check(&conn, kind, path)?;
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        schema::apply_after(&tx, kind, version).map_err(wrong)?;
        tx.commit().map_err(wrong)?;
        Ok(Self { conn, path: path.to_owned(), _lock: Some(lock) })
    }

    /// Opens an existing database for reading, and checks that it is of this kind.
    pub(crate) fn open_read_only(path: &Path, kind: &Kind) -> Result<Self, StoreError> {
        let database = Self::open_untrusted(path)?;
        schema::check(&database.conn, kind, path)?;
        Ok(database)
    }

    /// Opens whatever lies there for reading, without a check and without leaving a trace: no file is made, changed or
    /// removed, in a folder that can be written as in one that cannot.
    pub(crate) fn open_untrusted(path: &Path) -> Result<Self, StoreError> {
        check_is_there(path)?;
        let lock = lock_to_read(path)?;
        header(path)?;
        let wrong = |e: rusqlite::Error| StoreError::from_sqlite(path, &e);
        let name = if journal_length(path) == 0 {
            // Nobody writes while we hold the lock, and nothing waits to be played in.
            uri(path, "immutable=1")?
        } else {
            // The writer was killed: its last batches are in the journal alone, and "immutable" would pass over them.
            // Reading a journal takes an index in a shared file beside it, or, in exclusive mode, in memory; and
            // exclusive mode takes a lock that a file opened for reading cannot have, or a file layer without locks.
            let layer = if cfg!(windows) { "win32-none" } else { "unix-none" };
            uri(path, &format!("vfs={layer}"))?
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let conn = Connection::open_with_flags(name, flags).map_err(wrong)?;
        set_for_reading(&conn).map_err(wrong)?;
        Ok(Self { conn, path: path.to_owned(), _lock: lock })
    }
}

/// A database that is gone when it is dropped, with the same tables and the same care.
pub(crate) fn in_memory(kind: &Kind) -> Result<Database, StoreError> {
    let path = PathBuf::from("the database in memory");
    let wrong = |e: rusqlite::Error| StoreError::from_sqlite(&path, &e);
    let mut conn = Connection::open_in_memory().map_err(wrong)?;
    conn.pragma_update(None, "foreign_keys", "ON").and_then(|()| distrust(&conn)).map_err(wrong)?;
    let tx = conn.transaction().map_err(wrong)?;
    schema::lay_out(&tx, kind).map_err(wrong)?;
    tx.commit().map_err(wrong)?;
    Ok(Database { conn, path, _lock: None })
}

/// Settings that last as long as the connection, so they are made at every opening.
fn set_for_writing(conn: &Connection, kind: &Kind) -> rusqlite::Result<()> {
    // Whoever holds the file holds it until he stops: waiting would only delay the answer.
    conn.busy_timeout(std::time::Duration::ZERO)?;
    // One writer, kept out by the engine too, so that no other program can write to the file or move its journal under
    // us. It comes before the first access: then the journal's index is kept in memory, and not in a third file.
    conn.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    // One sync a commit, and a torn write cannot reach what was committed before.
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(rusqlite::Error::SqliteFailure(
            ffi::Error::new(ffi::SQLITE_CANTOPEN),
            Some(format!("write-ahead journal refused, {mode} offered")),
        ));
    }
    // NORMAL, the usual choice with this journal, acknowledges before the disk has it: a power cut loses what people
    // were told is recorded.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // On macOS an ordinary sync ends in the drive's own memory. Elsewhere these two change nothing.
    conn.pragma_update(None, "fullfsync", "ON")?;
    conn.pragma_update(None, "checkpoint_fullfsync", "ON")?;
    // Off by default in SQLite, for the sake of databases older than the feature.
    conn.pragma_update(None, "foreign_keys", "ON")?;
    if kind.private {
        // What is erased is overwritten in its page, not only unlinked. A log erases nothing but old snapshots, and
        // those hold nothing that its entries do not.
        conn.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
    }
    distrust(conn)
}

fn set_for_reading(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(std::time::Duration::ZERO)?;
    // Keeps the journal's index in memory, see `open_untrusted`.
    conn.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    // Leaves the journal where it is: it may be evidence.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // The file is opened for reading already; this also refuses writes to what is only in memory.
    conn.pragma_update(None, "query_only", "ON")?;
    distrust(conn)
}

/// The file may come from anywhere: from a failing disk, or from somebody who wants us to run what he put into it.
fn distrust(conn: &Connection) -> rusqlite::Result<()> {
    // Nothing in the schema of a file may call a function with side effects.
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    // A damaged page is found when it is loaded, not when it happens to be used.
    conn.pragma_update(None, "cell_size_check", "ON")?;
    // A statement that is kept prepared is not planned anew for each number that is bound to it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn lay_out(path: &Path, kind: &Kind) -> rusqlite::Result<()> {
    let mut conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "fullfsync", "ON")?;
    // Nothing is there that a journal on the disk could bring back: a file that was cut off here is never taken for a
    // database, and is overwritten.
    conn.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    schema::lay_out(&tx, kind)?;
    tx.commit()?;
    // It stays so in the file; to change it once the file has its name would take a journal and four more syncs.
    conn.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.close().map_err(|(_, e)| e)
}

/// The header that every database begins with (SQLite file format 1.3), refused where it is none, and where the file
/// is shorter than it says.
///
/// The engine alone would take a file shorter than the header for an empty database, and one cut within its last page
/// for whole, with zeros at the end.
fn header(path: &Path) -> Result<Vec<u8>, StoreError> {
    let io = |e: std::io::Error| StoreError::from_io(path, &e);
    let damaged = |detail: &str| StoreError::Damaged { path: path.to_owned(), detail: detail.to_owned() };
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let mut header = Vec::new();
    file.take(HEADER_BYTES).read_to_end(&mut header).map_err(io)?;
    if !header.starts_with(MAGIC) || u64::try_from(header.len()) != Ok(HEADER_BYTES) {
        return Err(damaged("it does not begin as a database does"));
    }
    // A writer killed while it moved the journal into the file may have written page 1 and not yet the last: then the
    // journal still has them all.
    if journal_length(path) == 0 && pages_length(&header) > length {
        return Err(damaged("it is shorter than its header says"));
    }
    Ok(header)
}

/// How many bytes all pages take: the page size at 16, in two bytes, where 1 stands for 65,536; the count at 28.
fn pages_length(header: &[u8]) -> u64 {
    let number = |range: Range<usize>| {
        header.get(range).unwrap_or_default().iter().fold(0_u64, |n, byte| (n << 8) | u64::from(*byte))
    };
    let size = match number(16..18) {
        1 => 65_536,
        size => size,
    };
    size.saturating_mul(number(28..32))
}

fn journal_length(path: &Path) -> u64 {
    std::fs::metadata(beside(path, "-wal")).map_or(0, |journal| journal.len())
}

/// Refuses a foreign file before the engine has touched it: opening for writing plays journals in.
fn check_kind(path: &Path, kind: &Kind) -> Result<(), StoreError> {
    if header(path)?.get(68..72) == Some(kind.application_id.to_be_bytes().as_slice()) {
        return Ok(());
    }
    Err(StoreError::NotShowclear { path: path.to_owned(), expected: kind.called })
}

fn check_is_there(path: &Path) -> Result<(), StoreError> {
    let found = std::fs::metadata(path).map_err(|e| StoreError::from_io(path, &e))?;
    if found.is_file() {
        return Ok(());
    }
    Err(StoreError::Failed { path: path.to_owned(), detail: "it is not a file".to_owned() })
}

/// Keeps two programs from one database, by a lock on the file `<name>.lock` beside it.
///
/// The lock is not on the database itself: where a process closes any handle on a file, POSIX drops all its locks on
/// that file, the engine's too.
fn lock_to_write(path: &Path) -> Result<Lock, StoreError> {
    Lock::exclusive(&beside(path, ".lock")).map_err(|e| not_locked(path, e))
}

/// None where no lock file is: then no writer was ever here.
fn lock_to_read(path: &Path) -> Result<Option<Lock>, StoreError> {
    match Lock::shared(&beside(path, ".lock")) {
        Ok(lock) => Ok(Some(lock)),
        Err(TryLockError::Error(e)) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(not_locked(path, e)),
    }
}

fn not_locked(path: &Path, error: TryLockError) -> StoreError {
    match error {
        TryLockError::WouldBlock => StoreError::InUse { path: path.to_owned() },
        TryLockError::Error(e) => StoreError::from_io(path, &e),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The engine gives a journal the permissions of its database, so they are right from the first byte.
fn create_empty(path: &Path, private: bool) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path).map(drop)
}

/// A new name is durable only once its folder is.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    // Only Unix can open a folder as a file; elsewhere a rename is made durable by the file system's own journal.
    if cfg!(unix) {
        let folder = std::path::absolute(path)?;
        File::open(folder.parent().unwrap_or(&folder))?.sync_all()?;
    }
    Ok(())
}

/// The whole path: the engine takes `:memory:` and names that begin with `file:` for something else.
fn engine_path(path: &Path) -> Result<PathBuf, StoreError> {
    std::path::absolute(path).map_err(|e| StoreError::from_io(path, &e))
}

/// The path as a URI file name (<https://www.sqlite.org/uri.html>), the only way to pass the engine `parameter`.
fn uri(path: &Path, parameter: &str) -> Result<String, StoreError> {
    let absolute = engine_path(path)?;
    let mut uri = String::from("file://");
    for (place, byte) in absolute.as_os_str().as_encoded_bytes().iter().enumerate() {
        let byte = match byte {
            b'\\' if cfg!(windows) => &b'/',
            other => other,
        };
        // A drive letter stands behind a third slash.
        if place == 0 && *byte != b'/' {
            uri.push('/');
        }
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push('?');
    uri.push_str(parameter);
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{LOG, OFFICE};

    fn setting(conn: &Connection, name: &str) -> String {
        conn.pragma_query_value(None, name, |row| {
            let value: rusqlite::types::Value = row.get(0)?;
            Ok(format!("{value:?}"))
        })
        .unwrap()
    }

    #[test]
    fn every_opening_makes_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let kinds = [("log.db", &LOG, "Integer(0)", "Integer(1)"), ("office.db", &OFFICE, "Integer(1)", "Integer(2)")];
        for (name, kind, erases, version) in kinds {
            let path = folder.path().join(name);
            drop(Database::create(&path, kind).unwrap());
            let database = Database::open(&path, kind).unwrap();
            for (name, value) in [
                ("journal_mode", "Text(\"wal\")"),
                ("locking_mode", "Text(\"exclusive\")"),
                // 2 is FULL.
                ("synchronous", "Integer(2)"),
                ("fullfsync", "Integer(1)"),
                ("checkpoint_fullfsync", "Integer(1)"),
                ("foreign_keys", "Integer(1)"),
                ("trusted_schema", "Integer(0)"),
                ("cell_size_check", "Integer(1)"),
                ("busy_timeout", "Integer(0)"),
                ("user_version", version),
                ("secure_delete", erases),
            ] {
                assert_eq!(setting(&database.conn, name), value, "{name}");
            }
        }
    }

    #[test]
    fn reading_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        drop(Database::create(&path, &LOG).unwrap());
        let database = Database::open_read_only(&path, &LOG).unwrap();
        assert_eq!(setting(&database.conn, "query_only"), "Integer(1)");
        assert_eq!(setting(&database.conn, "trusted_schema"), "Integer(0)");
        assert!(database.conn.is_readonly(rusqlite::MAIN_DB).unwrap());
        assert!(database.conn.db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).unwrap());
    }

    #[test]
    fn a_name_that_the_engine_would_take_for_memory_is_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let here = std::env::current_dir().unwrap();
        let up: PathBuf = here.components().skip(1).map(|_| "..").collect();
        let relative = up.join(folder.path().strip_prefix("/").unwrap());
        for name in [":memory:", "file::memory:?mode=memory"] {
            let path = relative.join(name);
            drop(Database::create(&path, &LOG).unwrap());
            assert!(folder.path().join(name).exists());
            drop(Database::open(&path, &LOG).unwrap());
            drop(Database::open_read_only(&path, &LOG).unwrap());
        }
        assert!(engine_path(Path::new(":memory:")).unwrap().starts_with(here));
    }

    #[test]
    fn a_uri_says_no_more_than_the_path() {
        let uri = |path| uri(Path::new(path), "immutable=1").unwrap();
        assert_eq!(uri("/set/log.db"), "file:///set/log.db?immutable=1");
        assert_eq!(uri("/a b?vfs=x&%41#c"), "file:///a%20b%3Fvfs%3Dx%26%2541%23c?immutable=1");
        assert_eq!(uri("/é"), "file:///%C3%A9?immutable=1");
    }
}
