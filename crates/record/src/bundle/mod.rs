//! The bundle: a whole record as one file that a stranger verifies, years later, with other people's tools. The
//! [`extract`]: some entries of a record in the same form, each with the proof that it is in the record.
//!
//! Unzipped it is a C2SP tlog-tiles directory with what is needed beside it; docs/log-format.md lists the files.
//! [`write()`] is pure: the same record gives the same bytes. [`verify()`] reads the bytes alone.

mod attached;
mod consistency;
mod disclosure;
pub mod extent;
pub mod extract;
mod files;
mod manifest;
mod opened;
mod stamped;
mod verify;
mod witnessed;

use proof::note::{NoteError, Signer};
use proof::tiles::TileError;
use proof::zip::{self, File, ZipError};

use self::manifest::Kind;
use crate::Origin;
use crate::entry::EntryError;
use crate::verify::Fault;

pub use attached::{Attached, digest_of};
pub use disclosure::Disclosure;
pub use files::Parts;
pub use manifest::MANIFEST;
pub use stamped::{KeptStamp, StampFound, Stamped, size_in_stamp_name, stamp_name};
pub use verify::{BundleReport, Trust, verify, verify_with};
pub use witnessed::Witnessed;

/// What is wrong with a bundle, and where: the first thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BundleFault {
    /// The file in the bundle, where it is one.
    pub file: Option<String>,
    /// Code, entry and sentence.
    pub fault: Fault,
    /// How many entries before it hold.
    pub held: u64,
    /// Whether the log's checkpoint holds over all of the entries: what is wrong lies beside them.
    pub tree_holds: bool,
}

impl BundleFault {
    pub(crate) fn of_file(path: &str, code: &'static str, sentence: String) -> BundleFault {
        BundleFault {
            file: Some(path.to_owned()),
            fault: Fault { code, index: None, sentence },
            held: 0,
            tree_holds: false,
        }
    }

    /// The same, found beside a tree of `entries` that holds.
    pub(crate) fn beside_a_tree_of(self, entries: u64) -> BundleFault {
        BundleFault { held: entries, tree_holds: true, ..self }
    }

    fn of_zip(error: &ZipError) -> BundleFault {
        let file = match error {
            ZipError::Order { path } | ZipError::Checksum { path } => Some(path.clone()),
            ZipError::CutOff { .. } | ZipError::Header { .. } | ZipError::Path { .. } | ZipError::TooLarge => None,
        };
        BundleFault {
            file,
            fault: Fault { code: error.code(), index: None, sentence: error.to_string() },
            held: 0,
            tree_holds: false,
        }
    }
}

/// Why a record cannot be bundled.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BundleError {
    /// There is no entry.
    #[error("the log has no entry")]
    Empty,
    /// An entry cannot be read.
    #[error("entry {index} cannot be read: {error}")]
    Entry {
        /// Its place.
        index: u64,
        /// Why.
        error: EntryError,
    },
    /// The log names a key that is not the one that is to sign the manifest.
    #[error("the log names another key than the one in its folder")]
    Key,
    /// An entry that is to be extracted is not in the record.
    #[error("there is no entry {index}")]
    NotThere {
        /// Its place.
        index: u64,
    },
    /// An entry does not fit in a tile.
    #[error("{0}")]
    Tile(#[from] TileError),
    /// The manifest cannot be signed.
    #[error("{0}")]
    Note(#[from] NoteError),
    /// The files do not fit in one.
    #[error("{0}")]
    Zip(#[from] ZipError),
}

/// Writes the bundle of a record; `signer` is the log's.
///
/// # Errors
/// [`BundleError`], for a record that does not verify as well.
pub fn write(parts: &Parts<'_>, signer: &Signer) -> Result<Vec<u8>, BundleError> {
    let (origin, size, files) = files::of(parts, signer.verifying_key())?;
    assemble(Kind::Whole, &origin, size, files, signer)
}

/// The files, sorted, with the manifest that lists them.
fn assemble(
    kind: Kind,
    origin: &Origin,
    size: u64,
    mut owned: Vec<(String, Vec<u8>)>,
    signer: &Signer,
) -> Result<Vec<u8>, BundleError> {
    owned.sort();
    let mut files: Vec<File<'_>> = owned.iter().map(|(path, bytes)| File { path, bytes }).collect();
    let signed = manifest::sign(kind, origin, size, &files, signer)?;
    let at = files.partition_point(|file| file.path < MANIFEST);
    files.insert(at, File { path: MANIFEST, bytes: &signed });
    Ok(zip::write(files)?)
}
