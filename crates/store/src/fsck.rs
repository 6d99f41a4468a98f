//! Looks a log over without trusting it: the file, its tables, its order, and each checkpoint's root against the
//! entries.
//!
//! It checks no signature and reads no entry; that is for the verifier, which knows keys and meaning. It opens the file
//! as [`crate::sqlite::SqliteStore::open_read_only`] does and leaves no trace.

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;

use proof::checkpoint::Checkpoint;
use proof::note::Note;
use proof::tree::{Frontier, Hash, hash_leaf};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::file::Database;
use crate::schema::{self, LOG};
use crate::sqlite::number;
use crate::{MAX_ENTRY_BYTES, StoreError};

/// More findings than these say nothing new; the others are counted.
pub const MAX_FINDINGS: usize = 1_000;

/// After how many entries `progress` is called.
const PROGRESS_EVERY: u64 = 4_096;

/// What kind of thing is wrong. The names that [`FindingCode::as_str`] gives never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingCode {
    /// The file says that it is another program's.
    ApplicationId,
    /// A checkpoint covers more entries than there are.
    CheckpointBeyond,
    /// The newest checkpoint does not cover all entries.
    CheckpointMissing,
    /// A checkpoint's root is not the root of the entries that it covers.
    CheckpointRoot,
    /// A checkpoint's text names another size than the one it is filed under.
    CheckpointSize,
    /// A checkpoint is not a signed note with a checkpoint's text.
    CheckpointUnreadable,
    /// The engine could not read on.
    Damaged,
    /// An entry is missing, or stands where none can.
    EntryPlace,
    /// An entry is longer than any that can be written.
    EntryTooLarge,
    /// The engine's own check of pages, indexes and constraints.
    Integrity,
    /// The recorded migrations are not ours.
    Migration,
    /// A table, index or trigger is not as our migrations make it.
    Schema,
    /// A snapshot is of more entries than there are.
    SnapshotBeyond,
    /// The layout's number is none that we know.
    UserVersion,
}

impl FindingCode {
    /// The stable code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApplicationId => "fsck/application-id",
            Self::CheckpointBeyond => "fsck/checkpoint-beyond",
            Self::CheckpointMissing => "fsck/checkpoint-missing",
            Self::CheckpointRoot => "fsck/checkpoint-root",
            Self::CheckpointSize => "fsck/checkpoint-size",
            Self::CheckpointUnreadable => "fsck/checkpoint-unreadable",
            Self::Damaged => "fsck/damaged",
            Self::EntryPlace => "fsck/entry-place",
            Self::EntryTooLarge => "fsck/entry-too-large",
            Self::Integrity => "fsck/integrity",
            Self::Migration => "fsck/migration",
            Self::Schema => "fsck/schema",
            Self::SnapshotBeyond => "fsck/snapshot-beyond",
            Self::UserVersion => "fsck/user-version",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: FindingCode,
    /// Where: `file`, `entry 17`, `checkpoint 18`, `snapshot 12`.
    pub place: String,
    /// What, in one sentence.
    pub sentence: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]: {}", self.place, self.code.as_str(), self.sentence)
    }
}

/// What [`fsck`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FsckReport {
    /// How many entries were read in order from 0.
    pub entries: u64,
    /// How many checkpoints were compared with the entries.
    pub checkpoints: u64,
    /// The root of the tree over these entries.
    pub root: Option<Hash>,
    /// What is wrong, in the order in which it was met.
    pub findings: Vec<Finding>,
    /// How many findings more there were than [`MAX_FINDINGS`].
    pub omitted: u64,
}

impl FsckReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.omitted == 0
    }

    fn add(&mut self, code: FindingCode, place: impl Into<String>, sentence: impl Into<String>) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding { code, place: place.into(), sentence: sentence.into() });
        } else {
            self.omitted = self.omitted.saturating_add(1);
        }
    }
}

/// Checks the log at `path`. `progress` is told how many entries were read, and of how many.
///
/// Whatever is wrong with the contents is a finding of the report, never an error.
///
/// # Errors
/// Where nothing could be checked: [`StoreError::NotFound`], [`StoreError::InUse`], [`StoreError::Failed`], and
/// [`StoreError::Damaged`] for a file that does not even begin as a database.
pub fn fsck(path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<FsckReport, StoreError> {
    let database = Database::open_untrusted(path)?;
    let conn = &database.conn;
    let mut report = FsckReport::default();
    let readable = stage(&mut report, path, |report| check_file(conn, report))?.unwrap_or(false);
    stage(&mut report, path, |report| check_integrity(conn, report))?;
    // Only tables that are ours are read: a view in their place could be made to run for ever.
    if readable {
        stage(&mut report, path, |report| check_log(conn, report, progress))?;
    }
    Ok(report)
}

/// Runs one part of the check. Damage ends the part and is a finding; only what is no fault of the file is an error.
fn stage<T>(
    report: &mut FsckReport,
    path: &Path,
    check: impl FnOnce(&mut FsckReport) -> rusqlite::Result<T>,
) -> Result<Option<T>, StoreError> {
    let error = match check(report) {
        Ok(value) => return Ok(Some(value)),
        Err(e) => e,
    };
    let error = StoreError::from_sqlite(path, &error);
    let StoreError::Damaged { detail, .. } = error else {
        return Err(error);
    };
    report.add(FindingCode::Damaged, "file", format!("it could not be read on: {detail}"));
    Ok(None)
}

/// Whose file it is and how its tables came about. Returns whether they are ours.
fn check_file(conn: &Connection, report: &mut FsckReport) -> rusqlite::Result<bool> {
    let id = schema::application_id(conn)?;
    if id != LOG.application_id {
        let sentence =
            format!("the application id is {id:#010x}, that of {} is {:#010x}", LOG.called, LOG.application_id);
        report.add(FindingCode::ApplicationId, "file", sentence);
    }
    let version = schema::user_version(conn)?;
    if version == 0 || version > LOG.newest() {
        let sentence = format!("the layout has number {version}, this Showclear knows 1 to {}", LOG.newest());
        report.add(FindingCode::UserVersion, "file", sentence);
    }
    let known = version.clamp(1, LOG.newest());
    for sentence in schema::differences_in_migrations(conn, &LOG, known)? {
        report.add(FindingCode::Migration, "file", sentence);
    }
    for sentence in schema::differences_in_tables(conn, &LOG, known)? {
        report.add(FindingCode::Schema, "file", sentence);
    }
    schema::has_tables(conn, &LOG, known)
}

/// The engine's own check, one finding a line.
fn check_integrity(conn: &Connection, report: &mut FsckReport) -> rusqlite::Result<()> {
    let mut statement = conn.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            report.add(FindingCode::Integrity, "file", line);
        }
    }
    Ok(())
}

/// Order, sizes and roots, in one pass over the entries.
fn check_log(conn: &Connection, report: &mut FsckReport, progress: &mut dyn FnMut(u64, u64)) -> rusqlite::Result<()> {
    let total = conn.query_row("SELECT count(*) FROM entry", [], |row| number(row, 0))?;
    let mut heads = read_heads(conn, report)?;
    let newest = heads.back().map(|head| head.size);
    let mut statement = conn.prepare("SELECT seq, bytes FROM entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut tree = Frontier::default();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if u64::try_from(seq) != Ok(tree.size()) {
            // Nothing after a gap can be compared with a checkpoint, so the rest is left to the sentence.
            let sentence = format!("entry {} was expected here", tree.size());
            report.add(FindingCode::EntryPlace, format!("entry {seq}"), sentence);
            break;
        }
        // A table of ours holds nothing but blobs, unless the file was made by hand.
        let ValueRef::Blob(bytes) = row.get_ref(1)? else {
            report.add(FindingCode::EntryPlace, format!("entry {seq}"), "it is not bytes");
            break;
        };
        if bytes.len() > MAX_ENTRY_BYTES {
            let sentence = format!("it is {} bytes long, {MAX_ENTRY_BYTES} can be written", bytes.len());
            report.add(FindingCode::EntryTooLarge, format!("entry {seq}"), sentence);
        }
        tree.push(hash_leaf(bytes));
        compare_head(&mut heads, &tree, report);
        if tree.size().is_multiple_of(PROGRESS_EVERY) {
            progress(tree.size(), total);
        }
    }
    progress(tree.size(), total);
    for head in heads {
        let sentence = format!("it covers more entries than the {} there are", tree.size());
        report.add(FindingCode::CheckpointBeyond, head.place(), sentence);
    }
    if newest.unwrap_or(0) < tree.size() {
        let sentence = format!("the newest checkpoint covers {} entries of {}", newest.unwrap_or(0), tree.size());
        report.add(FindingCode::CheckpointMissing, "file", sentence);
    }
    report.entries = tree.size();
    report.root = Some(tree.root());
    check_snapshots(conn, tree.size(), report)
}

/// What a checkpoint claims; no root where its text cannot be read.
struct Head {
    size: u64,
    root: Option<Hash>,
}

impl Head {
    fn place(&self) -> String {
        format!("checkpoint {}", self.size)
    }
}

/// All checkpoints, the smallest size first.
fn read_heads(conn: &Connection, report: &mut FsckReport) -> rusqlite::Result<VecDeque<Head>> {
    let mut statement = conn.prepare("SELECT size, note FROM checkpoint ORDER BY size")?;
    let mut rows = statement.query([])?;
    let mut heads = VecDeque::new();
    while let Some(row) = rows.next()? {
        let size: i64 = row.get(0)?;
        let place = format!("checkpoint {size}");
        let Ok(size) = u64::try_from(size) else {
            report.add(FindingCode::CheckpointSize, place, "its size is negative");
            continue;
        };
        let claim = row.get_ref(1)?.as_blob().ok().and_then(read_claim);
        match &claim {
            None => report.add(
                FindingCode::CheckpointUnreadable,
                place,
                "it is not a signed note with the text of a checkpoint",
            ),
            Some(claim) if claim.size != size => {
                report.add(FindingCode::CheckpointSize, place, format!("its text says {} entries", claim.size))
            }
            Some(_) => {}
        }
        heads.push_back(Head { size, root: claim.filter(|c| c.size == size).map(|c| c.root) });
    }
    Ok(heads)
}

fn read_claim(note: &[u8]) -> Option<Checkpoint> {
    let note = Note::parse(note).ok()?;
    Checkpoint::parse_text(note.text()).ok()
}

/// Compares the checkpoint for the tree as it stands, if there is one.
fn compare_head(heads: &mut VecDeque<Head>, tree: &Frontier, report: &mut FsckReport) {
    while let Some(head) = heads.pop_front_if(|head| head.size <= tree.size()) {
        let Some(claimed) = head.root else {
            continue;
        };
        report.checkpoints = report.checkpoints.saturating_add(1);
        let root = tree.root();
        if claimed != root {
            let sentence = format!("it claims the root {claimed}, the entries come to {root}");
            report.add(FindingCode::CheckpointRoot, head.place(), sentence);
        }
    }
}

fn check_snapshots(conn: &Connection, entries: u64, report: &mut FsckReport) -> rusqlite::Result<()> {
    let mut statement = conn.prepare("SELECT size FROM snapshot ORDER BY size")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let size: i64 = row.get(0)?;
        if u64::try_from(size).map_or(true, |size| size > entries) {
            let sentence = format!("it is of more entries than the {entries} there are");
            report.add(FindingCode::SnapshotBeyond, format!("snapshot {size}"), sentence);
        }
    }
    Ok(())
}
