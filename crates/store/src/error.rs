//! What can go wrong with the bytes, in words for the person whose set stands still because of it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ffi;
use thiserror::Error;

/// Why the caller's seal refused a batch that was read back.
///
/// Nothing of the batch is kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct SealError {
    /// What did not agree, in one sentence.
    pub message: String,
}

impl SealError {
    /// A refusal with its sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// What went wrong with a database. `Display` says what happened, [`StoreError::meaning`] what that means for the
/// guns, [`StoreError::remedy`] what to do now; [`StoreError::code`] never changes.
#[derive(Debug, Error)]
pub enum StoreError {
    /// `create` was asked for a place where something already lies.
    #[error("the file {} already exists and is not overwritten", path.display())]
    AlreadyExists {
        /// What lies there: the database, or the journal of one that was removed.
        path: PathBuf,
    },
    /// What was read is not what was ever written.
    #[error("the file {} is damaged, cut short, or not a database at all: {detail}", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What the database engine or the check found.
        detail: String,
    },
    /// The same key was already written with another value.
    #[error("{what} is already recorded with another value")]
    Differs {
        /// What was to be written.
        what: &'static str,
    },
    /// There is no room left where the database lies.
    #[error("there is no room left on the disk for {}", path.display())]
    DiskFull {
        /// The database.
        path: PathBuf,
    },
    /// A batch without entries was to be appended.
    #[error("a batch without entries was to be written")]
    EmptyBatch,
    /// The engine or the operating system failed in a way that none of the other codes names.
    #[error("the file {} could not be used: {detail}", path.display())]
    Failed {
        /// The database.
        path: PathBuf,
        /// What the engine or the operating system said.
        detail: String,
    },
    /// Somebody else has the database open.
    #[error("the database {} is already in use by another program", path.display())]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The database was written by a later Showclear.
    #[error("the file {} was written by a later Showclear: its layout is {found}, this one knows {known}", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// The number of the newest migration in the file.
        found: u32,
        /// The number of the newest migration that is built in.
        known: u32,
    },
    /// There is no such file.
    #[error("there is no database at {}", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is a database of another program, or of another kind.
    #[error("the file {} is not {expected}", path.display())]
    NotShowclear {
        /// The file.
        path: PathBuf,
        /// What was expected there, with its article.
        expected: &'static str,
    },
    /// A batch was to be put where the next entry does not belong.
    #[error("an entry was to be written at {found}, but the next place is {expected}")]
    OutOfPlace {
        /// The size of the log, which is the only place where a batch can start.
        expected: u64,
        /// Where the caller wanted to write.
        found: u64,
    },
    /// The file or its folder cannot be written.
    #[error("the database {} cannot be written: the file, its folder or this opening of it is read-only", path.display())]
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// The tables, their guards or the recorded migrations are not those that Showclear made.
    #[error("the tables of {} were changed by something other than Showclear: {detail}", path.display())]
    SchemaChanged {
        /// The database.
        path: PathBuf,
        /// What differs.
        detail: String,
    },
    /// The caller's seal refused the batch as it was read back.
    #[error("the entries were not sealed: {0}")]
    Seal(#[from] SealError),
    /// An entry is longer than [`crate::MAX_ENTRY_BYTES`].
    #[error("entry {index} is {bytes} bytes long; at most {max} can be recorded", max = crate::MAX_ENTRY_BYTES)]
    TooLarge {
        /// The place of the entry in the log.
        index: u64,
        /// Its length.
        bytes: usize,
    },
}

impl StoreError {
    /// The stable code: interfaces, logs and tests know an error by this and by nothing else.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists { .. } => "store/already-exists",
            Self::Damaged { .. } => "store/damaged",
            Self::Differs { .. } => "store/differs",
            Self::DiskFull { .. } => "store/disk-full",
            Self::EmptyBatch => "store/empty-batch",
            Self::Failed { .. } => "store/failed",
            Self::InUse { .. } => "store/in-use",
            Self::Newer { .. } => "store/newer",
            Self::NotFound { .. } => "store/not-found",
            Self::NotShowclear { .. } => "store/not-showclear",
            Self::OutOfPlace { .. } => "store/out-of-place",
            Self::ReadOnly { .. } => "store/read-only",
            Self::SchemaChanged { .. } => "store/schema-changed",
            Self::Seal(_) => "store/not-sealed",
            Self::TooLarge { .. } => "store/too-large",
        }
    }

    /// What it means for the gun in somebody's hand.
    pub fn meaning(&self) -> &'static str {
        match self {
            Self::Differs { .. } | Self::EmptyBatch | Self::TooLarge { .. } => {
                "Nothing of this was recorded. What was recorded before still stands."
            }
            Self::AlreadyExists { .. } | Self::InUse { .. } | Self::NotFound { .. } | Self::NotShowclear { .. } => {
                "Nothing was recorded or changed here. This says nothing about any gun: keep to what you can see."
            }
            Self::Damaged { .. }
            | Self::DiskFull { .. }
            | Self::Failed { .. }
            | Self::Newer { .. }
            | Self::OutOfPlace { .. }
            | Self::ReadOnly { .. }
            | Self::SchemaChanged { .. }
            | Self::Seal(_) => {
                "What was being recorded may not stand. Every gun counts as UNKNOWN until it is shown again."
            }
        }
    }

    /// What to do now.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::AlreadyExists { .. } => {
                "Choose another name, or open the one that is there. Files ending in -wal or -journal belong to a \
                 database that was moved: put them back beside it."
            }
            Self::Damaged { .. } => {
                "Do not write to this file. Copy it with everything beside it, run `showclear fsck` on the copy, and \
                 begin a new epoch from the last good copy."
            }
            Self::Differs { .. } => "Ask for what is recorded, and record the change as a new entry.",
            Self::DiskFull { .. } => {
                "Free room on the disk, then start Showclear again. Delete nothing that ends in .db, -wal or .lock."
            }
            Self::EmptyBatch => "Send at least one entry.",
            Self::Failed { .. } => {
                "Stop handing over guns, keep the file and everything beside it, and start Showclear again."
            }
            Self::InUse { .. } => {
                "Stop the other Showclear, or wait until its check is done. To check a running record, check a copy."
            }
            Self::Newer { .. } => "Use the Showclear that wrote this file, or a later one.",
            Self::NotFound { .. } => "Look at the name and the folder. Nothing was created.",
            Self::NotShowclear { .. } => "Look at the name. The file was left as it is.",
            Self::OutOfPlace { .. } => "Start Showclear again, so that it reads the record anew.",
            Self::ReadOnly { .. } => {
                "Make the folder writable, or move the record with everything beside it to a disk that is."
            }
            Self::SchemaChanged { .. } => {
                "Do not write to this file. Keep it as evidence, and begin a new epoch from the last good copy."
            }
            Self::Seal(_) => {
                "Start Showclear again and run `showclear fsck`. If it happens twice, the disk or the memory is at fault."
            }
            Self::TooLarge { .. } => "Record the photograph or the long text as an attachment, by its digest.",
        }
    }
}

impl StoreError {
    /// Gives the engine's error the name that the rest of the product knows.
    pub(crate) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let detail = error.to_string();
        let (rusqlite::Error::SqliteFailure(cause, _) | rusqlite::Error::SqlInputError { error: cause, .. }) = error
        else {
            // A row that cannot be read as what the table promises; or our own mistake, which a test would have met.
            return Self::Damaged { path, detail };
        };
        // The low byte is the error, the rest its detail (<https://www.sqlite.org/rescode.html>).
        match cause.extended_code & 0xff {
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB | ffi::SQLITE_FORMAT => Self::Damaged { path, detail },
            ffi::SQLITE_FULL => Self::DiskFull { path },
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::InUse { path },
            ffi::SQLITE_READONLY | ffi::SQLITE_PERM => Self::ReadOnly { path },
            _ => Self::Failed { path, detail },
        }
    }

    /// Gives the operating system's error the name that the rest of the product knows.
    pub(crate) fn from_io(path: &Path, error: &std::io::Error) -> Self {
        let path = path.to_owned();
        let kind = error.kind();
        if kind == ErrorKind::NotFound {
            Self::NotFound { path }
        } else if kind == ErrorKind::PermissionDenied || kind == ErrorKind::ReadOnlyFilesystem {
            Self::ReadOnly { path }
        } else if kind == ErrorKind::StorageFull || kind == ErrorKind::QuotaExceeded {
            Self::DiskFull { path }
        } else {
            let detail = error.to_string();
            Self::Failed { path, detail }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<StoreError> {
        let path = || PathBuf::from("log.db");
        let detail = || "detail".to_owned();
        vec![
            StoreError::AlreadyExists { path: path() },
            StoreError::Damaged { path: path(), detail: detail() },
            StoreError::Differs { what: "a session" },
            StoreError::DiskFull { path: path() },
            StoreError::EmptyBatch,
            StoreError::Failed { path: path(), detail: detail() },
            StoreError::InUse { path: path() },
            StoreError::Newer { path: path(), found: 2, known: 1 },
            StoreError::NotFound { path: path() },
            StoreError::NotShowclear { path: path(), expected: "the log of a Showclear production" },
            StoreError::OutOfPlace { expected: 2, found: 3 },
            StoreError::ReadOnly { path: path() },
            StoreError::SchemaChanged { path: path(), detail: detail() },
            StoreError::Seal(SealError::new("another root")),
            StoreError::TooLarge { index: 4, bytes: 70_000 },
        ]
    }

    #[test]
    fn every_error_has_a_code_of_its_own_and_says_what_to_do() {
        let mut codes: Vec<&str> = Vec::new();
        for error in one_of_each() {
            assert!(error.code().starts_with("store/"));
            assert!(!codes.contains(&error.code()), "{} twice", error.code());
            codes.push(error.code());
            for sentence in [error.meaning(), error.remedy()] {
                assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
            }
            assert!(!error.to_string().ends_with('.'), "{error}");
        }
    }

    #[test]
    fn the_engines_errors_have_our_names() {
        let named = |code| {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            StoreError::from_sqlite(Path::new("log.db"), &error).code()
        };
        for (code, name) in [
            (ffi::SQLITE_CORRUPT, "store/damaged"),
            (ffi::SQLITE_CORRUPT_INDEX, "store/damaged"),
            (ffi::SQLITE_NOTADB, "store/damaged"),
            (ffi::SQLITE_FULL, "store/disk-full"),
            (ffi::SQLITE_BUSY, "store/in-use"),
            (ffi::SQLITE_BUSY_RECOVERY, "store/in-use"),
            (ffi::SQLITE_LOCKED, "store/in-use"),
            (ffi::SQLITE_READONLY, "store/read-only"),
            (ffi::SQLITE_READONLY_DIRECTORY, "store/read-only"),
            (ffi::SQLITE_IOERR_FSYNC, "store/failed"),
        ] {
            assert_eq!(named(code), name, "{code}");
        }
        let row = rusqlite::Error::IntegralValueOutOfRange(0, -1);
        assert_eq!(StoreError::from_sqlite(Path::new("log.db"), &row).code(), "store/damaged");
    }

    #[test]
    fn the_systems_errors_have_our_names() {
        for (kind, name) in [
            (ErrorKind::NotFound, "store/not-found"),
            (ErrorKind::PermissionDenied, "store/read-only"),
            (ErrorKind::ReadOnlyFilesystem, "store/read-only"),
            (ErrorKind::StorageFull, "store/disk-full"),
            (ErrorKind::QuotaExceeded, "store/disk-full"),
            (ErrorKind::BrokenPipe, "store/failed"),
        ] {
            assert_eq!(StoreError::from_io(Path::new("log.db"), &kind.into()).code(), name);
        }
    }
}
