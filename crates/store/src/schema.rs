//! Which database a file is, and how its tables came about: numbered migrations, each recorded with its hash.

use std::collections::BTreeSet;
use std::path::Path;

use proof::tree::hash_leaf;
use rusqlite::{Connection, Transaction};

use crate::StoreError;

/// One step in the life of a database's tables. Once released, its text never changes.
#[derive(Debug)]
pub(crate) struct Migration {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

/// A kind of database.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Stands in bytes 68 to 71 of the file (SQLite file format 1.3.18), so that `file` and we can tell what it is.
    pub(crate) application_id: i32,
    /// What the file is, with its article, for messages.
    pub(crate) called: &'static str,
    /// Whether only the owner of the file may read it.
    pub(crate) private: bool,
    pub(crate) migrations: &'static [Migration],
}

/// A production's log. The application id reads "SCLG" in ASCII.
pub(crate) static LOG: Kind = Kind {
    application_id: i32::from_be_bytes(*b"SCLG"),
    called: "the log of a Showclear production",
    private: false,
    migrations: &[Migration {
        number: 1,
        name: "entries, checkpoints, snapshots",
        sql: include_str!("../migrations/log/0001.sql"),
    }],
};

/// A production's office. The application id reads "SCOF" in ASCII.
pub(crate) static OFFICE: Kind = Kind {
    application_id: i32::from_be_bytes(*b"SCOF"),
    called: "the office database of a Showclear production",
    private: true,
    migrations: &[
        Migration {
            number: 1,
            name: "disclosures, names, PINs, sessions, invitations",
            sql: include_str!("../migrations/office/0001.sql"),
        },
        Migration { number: 2, name: "attachments", sql: include_str!("../migrations/office/0002.sql") },
    ],
};

const MIGRATION_TABLE: &str = "CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  hash   BLOB NOT NULL
) STRICT";

impl Migration {
    /// The leaf hash of RFC 6962, SHA-256(0x00 || text): the one hash that this crate knows.
    fn hash(&self) -> [u8; 32] {
        hash_leaf(self.sql.as_bytes()).0
    }
}

impl Kind {
    /// The number of the newest migration.
    pub(crate) fn newest(&self) -> u32 {
        self.migrations.last().map_or(0, |m| m.number)
    }
}

/// Makes an empty database one of this kind, in the caller's transaction.
pub(crate) fn lay_out(tx: &Transaction<'_>, kind: &Kind) -> rusqlite::Result<()> {
    tx.pragma_update(None, "application_id", kind.application_id)?;
    tx.execute_batch(MIGRATION_TABLE)?;
    apply_after(tx, kind, 0)
}

/// Applies every migration after `version` and records it, in the caller's transaction: `user_version` is written with
/// the rest or not at all.
pub(crate) fn apply_after(tx: &Transaction<'_>, kind: &Kind, version: u32) -> rusqlite::Result<()> {
    for migration in kind.migrations.iter().filter(|m| m.number > version) {
        tx.execute_batch(migration.sql)?;
        tx.execute(
            "INSERT INTO migration (number, name, hash) VALUES (?1, ?2, ?3)",
            (migration.number, migration.name, migration.hash()),
        )?;
        tx.pragma_update(None, "user_version", migration.number)?;
    }
    Ok(())
}

/// Checks that the database is of this kind, not newer, and laid out by our migrations and by nothing else; returns
/// the number of its newest migration.
pub(crate) fn check(conn: &Connection, kind: &Kind, path: &Path) -> Result<u32, StoreError> {
    let wrong = |e: rusqlite::Error| StoreError::from_sqlite(path, &e);
    if application_id(conn).map_err(wrong)? != kind.application_id {
        return Err(StoreError::NotShowclear { path: path.to_owned(), expected: kind.called });
    }
    let version = user_version(conn).map_err(wrong)?;
    if version > kind.newest() {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: kind.newest() });
    }
    let mut differences = differences_in_migrations(conn, kind, version).map_err(wrong)?;
    differences.extend(differences_in_tables(conn, kind, version).map_err(wrong)?);
    match differences.into_iter().next() {
        Some(detail) => Err(StoreError::SchemaChanged { path: path.to_owned(), detail }),
        None => Ok(version),
    }
}

pub(crate) fn application_id(conn: &Connection) -> rusqlite::Result<i32> {
    conn.pragma_query_value(None, "application_id", |row| row.get(0))
}

/// The number of the newest migration that was applied; 0 if the stored number is no such number.
pub(crate) fn user_version(conn: &Connection) -> rusqlite::Result<u32> {
    let stored: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(u32::try_from(stored).unwrap_or(0))
}

/// What differs between the recorded migrations and ours up to `version`, one sentence each.
pub(crate) fn differences_in_migrations(conn: &Connection, kind: &Kind, version: u32) -> rusqlite::Result<Vec<String>> {
    let exists: bool = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration' AND sql = ?1)",
        [MIGRATION_TABLE],
        |row| row.get(0),
    )?;
    if !exists {
        return Ok(vec!["the table of migrations is missing".to_owned()]);
    }
    let mut statement = conn.prepare("SELECT number, name, hash FROM migration ORDER BY number")?;
    let recorded: BTreeSet<(i64, String, Vec<u8>)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    let ours: BTreeSet<(i64, String, Vec<u8>)> =
        up_to(kind, version).map(|m| (i64::from(m.number), m.name.to_owned(), m.hash().to_vec())).collect();
    let missing = ours
        .difference(&recorded)
        .map(|(number, name, _)| format!("migration {number} ({name}) is not recorded as we know it"));
    let foreign = recorded
        .difference(&ours)
        .map(|(number, name, _)| format!("migration {number} ({name}) is recorded and is not ours"));
    Ok(missing.chain(foreign).collect())
}

/// What differs between the tables, indexes and triggers of the database and those that our migrations up to `version`
/// make, one sentence each. A trigger that somebody dropped is found here.
pub(crate) fn differences_in_tables(conn: &Connection, kind: &Kind, version: u32) -> rusqlite::Result<Vec<String>> {
    let ours = model(kind, version)?;
    let found = objects(conn)?;
    let missing =
        ours.difference(&found).map(|(sort, name, _)| format!("the {sort} {name} is missing or not as we made it"));
    let foreign =
        found.difference(&ours).map(|(sort, name, _)| format!("there is a {sort} {name} that we did not make"));
    Ok(missing.chain(foreign).collect())
}

/// Whether every table of ours is there as we made it, whatever else may be wrong.
pub(crate) fn has_tables(conn: &Connection, kind: &Kind, version: u32) -> rusqlite::Result<bool> {
    let found = objects(conn)?;
    Ok(model(kind, version)?.iter().filter(|(sort, ..)| sort == "table").all(|table| found.contains(table)))
}

/// The objects that our migrations up to `version` make, as the engine itself writes them down.
fn model(kind: &Kind, version: u32) -> rusqlite::Result<Objects> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(MIGRATION_TABLE)?;
    for migration in up_to(kind, version) {
        conn.execute_batch(migration.sql)?;
    }
    objects(&conn)
}

fn up_to(kind: &Kind, version: u32) -> impl Iterator<Item = &'static Migration> {
    kind.migrations.iter().filter(move |m| m.number <= version)
}

/// Everything in a schema: what it is, its name, the text that made it (none for an index behind a key).
type Objects = BTreeSet<(String, String, Option<String>)>;

fn objects(conn: &Connection) -> rusqlite::Result<Objects> {
    let mut statement = conn.prepare("SELECT type, name, sql FROM sqlite_schema")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Database;

    const FIRST: Migration = Migration { number: 1, name: "first", sql: "CREATE TABLE one (n INTEGER) STRICT" };
    const SECOND: Migration = Migration {
        number: 2,
        name: "second",
        sql: "ALTER TABLE one ADD COLUMN m INTEGER; CREATE TABLE two (n INTEGER) STRICT",
    };

    const fn kind(migrations: &'static [Migration]) -> Kind {
        Kind { application_id: 7, called: "a database of this test", private: false, migrations }
    }

    static OLD: Kind = kind(&[FIRST]);
    static NEW: Kind = kind(&[FIRST, SECOND]);
    static BROKEN: Kind = kind(&[
        FIRST,
        Migration { number: 2, name: "second", sql: "CREATE TABLE two (n INTEGER) STRICT; CREATE TABLE one (n)" },
    ]);
    static REWRITTEN: Kind =
        kind(&[Migration { number: 1, name: "first", sql: "CREATE TABLE one (n  INTEGER) STRICT" }, SECOND]);

    fn old_database() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.db");
        let database = Database::create(&path, &OLD).unwrap();
        database.conn.execute_batch("INSERT INTO one VALUES (5)").unwrap();
        (folder, path)
    }

    #[test]
    fn a_later_migration_is_applied_once_and_recorded() {
        let (_folder, path) = old_database();
        for _ in 0..2 {
            let database = Database::open(&path, &NEW).unwrap();
            assert_eq!(user_version(&database.conn).unwrap(), 2);
            let rows = |sql| database.conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
            assert_eq!(rows("SELECT count(*) FROM migration"), 2);
            assert_eq!(rows("SELECT n FROM one WHERE m IS NULL"), 5);
            assert_eq!(rows("SELECT count(*) FROM two"), 0);
        }
        let error = Database::open(&path, &OLD).unwrap_err();
        assert_eq!(error.code(), "store/newer");
        // A database made anew is the same as one that grew.
        drop(Database::create(&path.with_extension("fresh"), &NEW).unwrap());
        let fresh = Database::open_read_only(&path.with_extension("fresh"), &NEW).unwrap();
        let grown = Database::open_read_only(&path, &NEW).unwrap();
        assert_eq!(objects(&fresh.conn).unwrap(), objects(&grown.conn).unwrap());
    }

    #[test]
    fn a_migration_that_fails_leaves_the_database_as_it_was() {
        let (_folder, path) = old_database();
        assert_eq!(Database::open(&path, &BROKEN).unwrap_err().code(), "store/failed");
        let database = Database::open(&path, &OLD).unwrap();
        assert_eq!(user_version(&database.conn).unwrap(), 1);
        assert_eq!(objects(&database.conn).unwrap(), model(&OLD, 1).unwrap());
    }

    #[test]
    fn a_migration_whose_text_was_changed_later_is_refused() {
        let (_folder, path) = old_database();
        let error = Database::open(&path, &REWRITTEN).unwrap_err();
        assert_eq!(error.code(), "store/schema-changed");
        assert!(error.to_string().contains("migration 1 (first) is not recorded as we know it"), "{error}");
        assert_eq!(Database::open_read_only(&path, &REWRITTEN).unwrap_err().code(), "store/schema-changed");
    }

    /// Released migrations never change: every log out there has recorded these hashes.
    #[test]
    fn released_migrations_are_as_they_were() {
        let hashes = |kind: &Kind| kind.migrations.iter().map(|m| proof::tree::Hash(m.hash()).to_string()).collect();
        let log: Vec<String> = hashes(&LOG);
        let office: Vec<String> = hashes(&OFFICE);
        assert_eq!(log, ["jBgm0ZxezvZsLjYYJzez1Bky49tLRS+S515rdXBwL7I="]);
        let second = "CBDe5ublWqgPHQyJiR3s6Pd5hX6F5plW1n/dHgA6jdA=";
        assert_eq!(office, ["O30JhMsTu1Jl+9Q/sEWKHGn+gBnPOugHIPhZvy8ABTA=", second]);
    }

    #[test]
    fn a_file_says_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        for (kind, id) in [(&LOG, b"SCLG"), (&OFFICE, b"SCOF")] {
            let path = folder.path().join("file.db");
            drop(Database::create(&path, kind).unwrap());
            assert_eq!(&std::fs::read(&path).unwrap()[68..72], id);
            std::fs::remove_file(&path).unwrap();
        }
    }
}
