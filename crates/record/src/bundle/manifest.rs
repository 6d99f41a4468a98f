//! The manifest: which files the bundle or the extract has, signed by the log's key.
//!
//! ```text
//! showclear.dev/bundle/v1 <origin>             of an extract: showclear.dev/extract/v1 <origin>
//! size <how many entries>
//! <SHA-256 in hex>  <path>
//! …
//!
//! — <origin> <signature>
//! ```
//!
//! The lines of files are those of `sha256sum`, sorted by path, one for each file but the manifest itself.

use proof::note::{MAX_NOTE_BYTES, Note, NoteError, Signer, VerifyingKey};
use proof::zip::{File, MAX_FILES, MAX_PATH_BYTES, is_path};

use crate::Origin;
use crate::bundle::{BundleFault, digest_of};

/// The manifest's own path.
pub const MANIFEST: &str = "manifest";

/// Whose manifest it is: the first word says so, and one never passes for the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Of a whole record.
    Whole,
    /// Of some entries of one.
    Extract,
}

impl Kind {
    /// The first word, without its version.
    const fn domain(self) -> &'static str {
        match self {
            Kind::Whole => "showclear.dev/bundle/v",
            Kind::Extract => "showclear.dev/extract/v",
        }
    }

    /// What it is called.
    const fn name(self) -> &'static str {
        match self {
            Kind::Whole => "a bundle",
            Kind::Extract => "an extract",
        }
    }

    /// Whose manifest these bytes begin as.
    pub(super) fn of(manifest: &[u8]) -> Option<Kind> {
        [Kind::Whole, Kind::Extract].into_iter().find(|kind| manifest.starts_with(kind.domain().as_bytes()))
    }
}

/// The most bytes of a manifest: a line for each of as many files as an archive has, each of a digest, two spaces and the
/// longest path, and what a note may have besides. It goes nowhere without the files that it lists.
const MAX_MANIFEST_BYTES: usize = MAX_FILES * (64 + 2 + MAX_PATH_BYTES + 1) + MAX_NOTE_BYTES;

/// The version that is written and read.
const VERSION: &str = "1";

/// A manifest that was read.
#[derive(Debug)]
pub(super) struct Manifest {
    note: Note,
    /// The log's name.
    pub(super) origin: Origin,
    /// How many entries the log had.
    pub(super) size: u64,
    /// The digest, in hex, and path of each file.
    listed: Vec<(String, String)>,
}

/// Writes and signs the manifest of `files`, which are sorted by path.
pub(super) fn sign(
    kind: Kind,
    origin: &Origin,
    size: u64,
    files: &[File<'_>],
    signer: &Signer,
) -> Result<Vec<u8>, NoteError> {
    let mut text = format!("{}{VERSION} {origin}\nsize {size}\n", kind.domain());
    for file in files {
        text.push_str(&format!("{}  {}\n", digest_of(file.bytes).to_hex(), file.path));
    }
    Ok(signer.sign_up_to(&text, MAX_MANIFEST_BYTES)?.to_bytes())
}

impl Manifest {
    /// Reads a manifest; its signature is checked by [`Manifest::check_signature`], once the log's key is known.
    pub(super) fn parse(bytes: &[u8], kind: Kind) -> Result<Manifest, BundleFault> {
        let fault = |code, sentence: String| BundleFault::of_file(MANIFEST, code, sentence);
        let shape = || fault("MANIFEST", format!("it does not begin as the manifest of {} does", kind.name()));
        if let Some(other) = Kind::of(bytes).filter(|other| *other != kind) {
            let sentence = format!("this is {}, and not {}", other.name(), kind.name());
            return Err(fault("BUNDLE-KIND", sentence));
        }
        let note =
            Note::parse_up_to(bytes, MAX_MANIFEST_BYTES).map_err(|error| fault("MANIFEST", error.to_string()))?;
        let mut lines = note.text().lines();
        let first = lines.next().and_then(|line| line.strip_prefix(kind.domain())).ok_or_else(shape)?;
        let (version, origin) = first.split_once(' ').ok_or_else(shape)?;
        if version != VERSION {
            let sentence = format!("it is of version {version}, and version {VERSION} is known here");
            return Err(fault("BUNDLE-VERSION", sentence));
        }
        let origin = origin.parse().map_err(|_| shape())?;
        let size = lines.next().and_then(|line| line.strip_prefix("size ")).ok_or_else(shape)?;
        // The text is compared, so that a number has one spelling.
        let size = size.parse::<u64>().ok().filter(|it| it.to_string() == size).ok_or_else(shape)?;
        let listed: Option<Vec<_>> = lines.map(listed).collect();
        let listed = listed.ok_or_else(|| fault("MANIFEST", "a line of it names no file".to_owned()))?;
        Ok(Manifest { origin, size, listed, note })
    }

    /// The files are those that the manifest lists: each one, in this order, and no other.
    pub(super) fn check_files(&self, files: &[File<'_>]) -> Result<(), BundleFault> {
        let mut listed = self.listed.iter();
        for file in files.iter().filter(|file| file.path != MANIFEST) {
            let Some((digest, path)) = listed.next() else {
                return Err(not_listed(file.path));
            };
            if path.as_str() > file.path {
                return Err(not_listed(file.path));
            }
            if path != file.path {
                return Err(missing(path));
            }
            if *digest != digest_of(file.bytes).to_hex() {
                let sentence = "its bytes are not those that the manifest lists".to_owned();
                return Err(BundleFault::of_file(path, "FILE-CHANGED", sentence));
            }
        }
        listed.next().map_or(Ok(()), |(_, path)| Err(missing(path)))
    }

    /// The log's own key signed the manifest.
    pub(super) fn check_signature(&self, key: &VerifyingKey) -> Result<(), BundleFault> {
        let fault = |sentence: String| BundleFault::of_file(MANIFEST, "MANIFEST-SIGNATURE", sentence);
        let signers = self.note.verify(std::slice::from_ref(key)).map_err(|error| fault(error.to_string()))?;
        if signers.is_empty() {
            return Err(fault("the log's key did not sign it".to_owned()));
        }
        Ok(())
    }
}

fn listed(line: &str) -> Option<(String, String)> {
    let (digest, path) = line.split_once("  ")?;
    let digits = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (digest.len() == 64 && digest.bytes().all(digits) && is_path(path)).then(|| (digest.to_owned(), path.to_owned()))
}

fn not_listed(path: &str) -> BundleFault {
    BundleFault::of_file(path, "FILE-NOT-LISTED", "the manifest does not list it".to_owned())
}

fn missing(path: &str) -> BundleFault {
    BundleFault::of_file(path, "FILE-MISSING", "the manifest lists it, and it is not there".to_owned())
}

#[cfg(test)]
mod tests {
    use proof::note::{KeyName, Signer};
    use proof::zip::{File, MAX_FILES, MAX_PATH_BYTES};

    use super::{Kind, Manifest, sign};
    use crate::{Id, Origin};

    #[test]
    fn a_manifest_lists_as_many_files_as_an_archive_has() {
        let paths: Vec<String> = (1..MAX_FILES).map(|file| format!("{file:0>MAX_PATH_BYTES$}")).collect();
        let files: Vec<File<'_>> = paths.iter().map(|path| File { path, bytes: b"" }).collect();
        let origin = Origin::new("example.org", Id::from_bytes([1; 16]), 0).unwrap();
        let signer = Signer::new(KeyName::new(&origin.to_string()).unwrap(), [7; 32]);
        let bytes = sign(Kind::Whole, &origin, 1, &files, &signer).unwrap();
        let manifest = Manifest::parse(&bytes, Kind::Whole).unwrap();
        assert!(manifest.check_files(&files).is_ok());
        assert!(manifest.check_signature(signer.verifying_key()).is_ok());
    }
}
