//! The second database of a production: what may change, and what may have to be erased.
//!
//! Names, PIN hashes, sessions, invitations, and the salts and values behind the commitments in the log. Nothing of it
//! is ever in the log, and nothing in the log depends on it: without it the record verifies, with people and things
//! under their ids.
//!
//! Ids are 16 bytes, digests 32 bytes, times milliseconds since 1970-01-01 UTC. The caller brings the time: this crate
//! has no clock. What `Debug` prints never contains a salt, a hash, a token or a value.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row};

use crate::StoreError;
use crate::file::{self, Database};
use crate::schema::OFFICE;

/// The value behind a commitment in the log, with the salt that opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// Where in the intent the commitment stands.
    pub path: String,
    /// The salt of this one commitment.
    pub salt: [u8; 16],
    /// The value.
    pub value: String,
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosure").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What stands between a person and the acts that need his PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin {
    /// The hash, with its algorithm and parameters, as the caller made it.
    pub hash: String,
    /// How many times in a row it was entered wrongly.
    pub failures: u32,
    /// Until when no attempt is accepted; 0 if none was ever barred.
    pub locked_until_ms: i64,
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pin")
            .field("failures", &self.failures)
            .field("locked_until_ms", &self.locked_until_ms)
            .finish_non_exhaustive()
    }
}

/// A session of a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// The digest of the token that the browser holds; the token itself is nowhere here.
    pub token_hash: [u8; 32],
    /// Whose session it is; none on a board or a kiosk.
    pub person: Option<[u8; 16]>,
    /// The device, once it has a key.
    pub device: Option<[u8; 16]>,
    /// When it began.
    pub created_ms: i64,
    /// From when on it is over.
    pub expires_ms: i64,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("person", &self.person)
            .field("device", &self.device)
            .field("created_ms", &self.created_ms)
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}

/// An invitation to enrol a device, which its code opens once.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The digest of the code.
    pub code_hash: [u8; 32],
    /// The id of the invitation, by which the log knows it.
    pub invitation: [u8; 16],
    /// Who is invited.
    pub person: [u8; 16],
    /// From when on the code opens nothing.
    pub expires_ms: i64,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("invitation", &self.invitation)
            .field("person", &self.person)
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}

const PUT_NAME: &str =
    "INSERT INTO name (item, text) VALUES (?1, ?2) ON CONFLICT (item) DO UPDATE SET text = excluded.text";
const SET_PIN: &str = "INSERT INTO pin (person, hash) VALUES (?1, ?2)
                       ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, failures = 0, locked_until_ms = 0";

/// The office database of one production. Each verb is one transaction, durable when it returns.
///
/// Every verb fails with [`StoreError::Failed`], [`StoreError::Damaged`] or, where it writes, [`StoreError::DiskFull`]
/// if the database does; only other errors are named at the verbs.
#[derive(Debug)]
pub struct Office {
    database: Database,
}

impl Office {
    /// Opens the office, or makes an empty one where none is. On Unix only its owner can read a file made here.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::NotShowclear`], [`StoreError::Newer`], [`StoreError::SchemaChanged`],
    /// [`StoreError::Damaged`], [`StoreError::ReadOnly`], [`StoreError::DiskFull`], [`StoreError::Failed`],
    /// [`StoreError::NotFound`] if the folder does not exist.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let database = match Database::open(path, &OFFICE) {
            Err(StoreError::NotFound { .. }) => Database::create(path, &OFFICE),
            other => other,
        };
        database.map(|database| Self { database })
    }

    /// Opens an office that is there for reading: no file is made or changed, and nothing can be written through it.
    ///
    /// # Errors
    /// As [`Office::open`], save that it needs no right to write, and [`StoreError::NotFound`] where there is none.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Database::open_read_only(path, &OFFICE).map(|database| Self { database })
    }

    /// An empty office that is gone when it is dropped.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub fn in_memory() -> Result<Self, StoreError> {
        file::in_memory(&OFFICE).map(|database| Self { database })
    }

    fn conn(&self) -> &Connection {
        &self.database.conn
    }

    fn wrong(&self) -> impl Fn(rusqlite::Error) -> StoreError + use<> {
        let path: PathBuf = self.database.path.clone();
        move |e| StoreError::from_sqlite(&path, &e)
    }

    /// Keeps the value and salt behind the commitment at `path` of an intent. Doing it again with the same changes
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Differs`] if another salt or value is kept there.
    pub fn put_disclosure(
        &mut self,
        intent: [u8; 16],
        path: &str,
        salt: &[u8; 16],
        value: &str,
    ) -> Result<(), StoreError> {
        let wrong = self.wrong();
        let sql = "INSERT INTO disclosure (intent, path, salt, value) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        self.conn().execute(sql, (intent, path, salt, value)).map_err(&wrong)?;
        let sql = "SELECT path, salt, value FROM disclosure WHERE intent = ?1 AND path = ?2";
        let kept = self.conn().query_row(sql, (intent, path), disclosure).map_err(&wrong)?;
        if kept.salt == *salt && kept.value == value {
            Ok(())
        } else {
            Err(StoreError::Differs { what: "a disclosure" })
        }
    }

    /// What is kept for an intent, sorted by path.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn disclosures(&mut self, intent: [u8; 16]) -> Result<Vec<Disclosure>, StoreError> {
        let sql = "SELECT path, salt, value FROM disclosure WHERE intent = ?1 ORDER BY path";
        rows(self.conn(), sql, [intent], disclosure).map_err(self.wrong())
    }

    /// Erases what is kept for an intent, values and salts, save at the paths `kept`; and the name of `item` where it is one
    /// of the values. True where a name went. What is not there is erased already.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn erase_disclosures(
        &mut self,
        intent: [u8; 16],
        kept: &[&str],
        item: Option<[u8; 16]>,
    ) -> Result<bool, StoreError> {
        let wrong = self.wrong();
        let texts = self.disclosures(intent)?;
        let erased: Vec<&Disclosure> = texts.iter().filter(|it| !kept.contains(&it.path.as_str())).collect();
        let tx = self.database.conn.transaction().map_err(&wrong)?;
        let mut renamed = false;
        for disclosure in erased {
            tx.execute("DELETE FROM disclosure WHERE intent = ?1 AND path = ?2", (intent, &disclosure.path))
                .map_err(&wrong)?;
            let sql = "DELETE FROM name WHERE item = ?1 AND text = ?2";
            renamed |= tx.execute(sql, (item, &disclosure.value)).map_err(&wrong)? > 0;
        }
        tx.commit().map_err(&wrong)?;
        self.leave_nothing_beside()?;
        Ok(renamed)
    }

    /// Erases the name of an item that was given with no intent. True where there was one.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn erase_name(&mut self, item: [u8; 16]) -> Result<bool, StoreError> {
        let gone = self.change("DELETE FROM name WHERE item = ?1", [item])? > 0;
        self.leave_nothing_beside()?;
        Ok(gone)
    }

    /// Erases a file.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn erase_attachment(&mut self, sha256: &[u8; 32]) -> Result<(), StoreError> {
        self.change("DELETE FROM attachment WHERE sha256 = ?1", [sha256])?;
        self.leave_nothing_beside()
    }

    /// Pages that were erased are zero in the database and lie in the log of writes as they were: it is emptied.
    fn leave_nothing_beside(&self) -> Result<(), StoreError> {
        let emptied = self.conn().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        emptied.map_err(self.wrong())
    }

    /// Keeps a file under its digest, which the caller has computed. Doing it again changes nothing.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn put_attachment(&mut self, sha256: &[u8; 32], bytes: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO attachment (sha256, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.change(sql, (sha256, bytes)).map(drop)
    }

    /// The file with this digest, if it is kept. An office of before there were any keeps none.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn attachment(&mut self, sha256: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.keeps_attachments()? {
            return Ok(None);
        }
        let sql = "SELECT bytes FROM attachment WHERE sha256 = ?1";
        self.conn().query_row(sql, [sha256], |row| row.get(0)).optional().map_err(self.wrong())
    }

    /// Is the file with this digest kept?
    ///
    /// # Errors
    /// See [`Office`].
    pub fn has_attachment(&mut self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)";
        let found = self.keeps_attachments()?.then(|| self.conn().query_row(sql, [sha256], |row| row.get(0)));
        found.transpose().map(Option::unwrap_or_default).map_err(self.wrong())
    }

    /// An office that is only read is not brought up to date: it may lack the table.
    fn keeps_attachments(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'attachment')";
        self.conn().query_row(sql, [], |row| row.get(0)).map_err(self.wrong())
    }

    /// Keeps the name under which a person, a gun, a lot or a place is shown, instead of an earlier one.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn put_name(&mut self, item: [u8; 16], text: &str) -> Result<(), StoreError> {
        self.change(PUT_NAME, (item, text)).map(drop)
    }

    /// What a founding needs, in one transaction: names, and the founder's PIN.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn put_founding(&mut self, names: &[([u8; 16], &str)], person: [u8; 16], hash: &str) -> Result<(), StoreError> {
        let together = self.conn().unchecked_transaction().map_err(self.wrong())?;
        for name in names {
            self.change(PUT_NAME, *name)?;
        }
        self.change(SET_PIN, (person, hash))?;
        together.commit().map_err(self.wrong())
    }

    /// The name under which something is shown.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn name(&mut self, item: [u8; 16]) -> Result<Option<String>, StoreError> {
        let sql = "SELECT text FROM name WHERE item = ?1";
        self.conn().query_row(sql, [item], |row| row.get(0)).optional().map_err(self.wrong())
    }

    /// All names, sorted by id.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn names(&mut self) -> Result<Vec<([u8; 16], String)>, StoreError> {
        let sql = "SELECT item, text FROM name ORDER BY item";
        rows(self.conn(), sql, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(self.wrong())
    }

    /// Sets a person's PIN, without failures and not locked.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn set_pin_hash(&mut self, person: [u8; 16], hash: &str) -> Result<(), StoreError> {
        self.change(SET_PIN, (person, hash)).map(drop)
    }

    /// A person's PIN, if he has one.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn pin(&mut self, person: [u8; 16]) -> Result<Option<Pin>, StoreError> {
        let sql = "SELECT hash, failures, locked_until_ms FROM pin WHERE person = ?1";
        self.conn()
            .query_row(sql, [person], |row| {
                Ok(Pin { hash: row.get(0)?, failures: row.get(1)?, locked_until_ms: row.get(2)? })
            })
            .optional()
            .map_err(self.wrong())
    }

    /// Counts one failure more, bars attempts until `locked_until_ms` if a time is given, and returns the count; 0 for
    /// a person without a PIN. The count stays at its greatest value rather than begin anew.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn record_pin_failure(&mut self, person: [u8; 16], locked_until_ms: Option<i64>) -> Result<u32, StoreError> {
        let sql = "UPDATE pin SET failures = min(failures + 1, 4294967295),
                                  locked_until_ms = coalesce(?2, locked_until_ms)
                   WHERE person = ?1 RETURNING failures";
        self.conn()
            .query_row(sql, (person, locked_until_ms), |row| row.get(0))
            .optional()
            .map(Option::unwrap_or_default)
            .map_err(self.wrong())
    }

    /// Forgets a person's failures and lifts the lock, after the right PIN.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn reset_pin_failures(&mut self, person: [u8; 16]) -> Result<(), StoreError> {
        let sql = "UPDATE pin SET failures = 0, locked_until_ms = 0 WHERE person = ?1";
        self.change(sql, [person]).map(drop)
    }

    /// Keeps a new session.
    ///
    /// # Errors
    /// [`StoreError::Differs`] if there is a session with this token already.
    pub fn put_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let sql = "INSERT INTO session (token_hash, person, device, created_ms, expires_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
        let values = (session.token_hash, session.person, session.device, session.created_ms, session.expires_ms);
        match self.change(sql, values)? {
            0 => Err(StoreError::Differs { what: "a session" }),
            _ => Ok(()),
        }
    }

    /// The session with this token, if it is not over at `now_ms`.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn session(&mut self, token_hash: &[u8; 32], now_ms: i64) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT token_hash, person, device, created_ms, expires_ms FROM session
                   WHERE token_hash = ?1 AND expires_ms > ?2";
        self.conn()
            .query_row(sql, (token_hash, now_ms), |row| {
                Ok(Session {
                    token_hash: row.get(0)?,
                    person: row.get(1)?,
                    device: row.get(2)?,
                    created_ms: row.get(3)?,
                    expires_ms: row.get(4)?,
                })
            })
            .optional()
            .map_err(self.wrong())
    }

    /// Ends one session; nothing happens if there is none.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn end_session(&mut self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        self.change("DELETE FROM session WHERE token_hash = ?1", [token_hash]).map(drop)
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn end_sessions_of(&mut self, person: [u8; 16]) -> Result<(), StoreError> {
        self.change("DELETE FROM session WHERE person = ?1", [person]).map(drop)
    }

    /// Ends all sessions of a device.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn end_sessions_of_device(&mut self, device: [u8; 16]) -> Result<(), StoreError> {
        self.change("DELETE FROM session WHERE device = ?1", [device]).map(drop)
    }

    /// Removes the sessions that are over at `now_ms`.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn purge_sessions(&mut self, now_ms: i64) -> Result<(), StoreError> {
        self.change("DELETE FROM session WHERE expires_ms <= ?1", [now_ms]).map(drop)
    }

    /// Keeps a new invitation.
    ///
    /// # Errors
    /// [`StoreError::Differs`] if there was an invitation with this code already, used or not.
    pub fn put_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        let sql = "INSERT INTO invitation (code_hash, invitation, person, expires_ms)
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        let values = (invitation.code_hash, invitation.invitation, invitation.person, invitation.expires_ms);
        match self.change(sql, values)? {
            0 => Err(StoreError::Differs { what: "an invitation" }),
            _ => Ok(()),
        }
    }

    /// The invitation with this code, if it is neither used nor over at `now_ms`.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn invitation(&mut self, code_hash: &[u8; 32], now_ms: i64) -> Result<Option<Invitation>, StoreError> {
        let sql = "SELECT code_hash, invitation, person, expires_ms FROM invitation
                   WHERE code_hash = ?1 AND expires_ms > ?2 AND used = 0";
        self.conn()
            .query_row(sql, (code_hash, now_ms), |row| {
                Ok(Invitation {
                    code_hash: row.get(0)?,
                    invitation: row.get(1)?,
                    person: row.get(2)?,
                    expires_ms: row.get(3)?,
                })
            })
            .optional()
            .map_err(self.wrong())
    }

    /// Uses an invitation up: true for the first who asks, false for everybody after, and for an unknown code. Whether
    /// it is over is for [`Office::invitation`] to say before.
    ///
    /// # Errors
    /// See [`Office`].
    pub fn use_invitation(&mut self, code_hash: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "UPDATE invitation SET used = 1 WHERE code_hash = ?1 AND used = 0";
        self.change(sql, [code_hash]).map(|changed| changed == 1)
    }

    /// Runs one statement and returns how many rows it changed.
    fn change(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        self.conn().execute(sql, values).map_err(self.wrong())
    }
}

fn disclosure(row: &Row<'_>) -> rusqlite::Result<Disclosure> {
    Ok(Disclosure { path: row.get(0)?, salt: row.get(1)?, value: row.get(2)? })
}

fn rows<T>(
    conn: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    conn.prepare(sql)?.query_map(values, read)?.collect()
}
