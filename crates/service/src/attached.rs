//! Files that intents name by their digest: photographs of case heads, a letter. The record holds the digest for ever;
//! the bytes lie in the office, where they can be erased.

use kernel::{Erasable, Ground};
use proof::tree::Hash;
use record::Id;
use record::bundle::digest_of;
use record::entry::Body;
use record::erasure::{erases, why};
use record::intent::Attachment;
use thiserror::Error;

use crate::archive::{self, Archive};
use crate::service::Service;
use crate::view::View;

/// The most bytes of a file that is kept. A photograph of a telephone is half of it.
pub const MAX_ATTACHMENT_BYTES: usize = 8 * 1024 * 1024;

/// The kinds of files that are kept, each with how one begins.
const KINDS: [(&str, &[u8]); 3] =
    [("image/jpeg", &[0xff, 0xd8, 0xff]), ("image/png", b"\x89PNG\r\n\x1a\n"), ("application/pdf", b"%PDF-")];

/// By what a file was erased.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ErasedBy {
    /// The entry that says so: the erasure's own, or the one that told it again at the head of a new epoch.
    pub index: u64,
    /// When that was decided, in Unix milliseconds.
    pub at_ms: i64,
    /// Why.
    pub ground: Ground,
}

/// Why a file was not kept, or cannot be given.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum AttachError {
    /// No such intent is recorded.
    #[error("No intent is recorded under this id. The file was not kept.")]
    UnknownIntent,
    /// The intent names no such file.
    #[error("The intent names no file with these bytes, this length and this kind. It was not kept.")]
    NotNamed,
    /// It is too large.
    #[error("A file has at most {} MiB. It was not kept; the record has its digest.", MAX_ATTACHMENT_BYTES / 1_048_576)]
    TooLarge,
    /// It is of another kind, or not what it says.
    #[error("A file is a photograph (JPEG or PNG) or a PDF. This one is something else, and was not kept.")]
    Kind,
    /// It was erased; only whoever knows the clock of the production can say when.
    #[error("This file was erased by entry {}: {}. It is not here; the record has its digest.", .0.index, why(.0.ground))]
    Erased(ErasedBy),
    /// A blind answer names it, and that is closed.
    #[error("It belongs to an answer that stays closed until both have answered.")]
    Closed,
    /// It is not there.
    #[error("The record has the digest of this file. The file itself did not arrive here.")]
    NotHere,
    /// The office failed.
    #[error("The file could not be kept or read: the office database failed.")]
    Office,
}

impl AttachError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            AttachError::UnknownIntent => "INTENT-UNKNOWN",
            AttachError::NotNamed => "ATTACHMENT-NOT-NAMED",
            AttachError::TooLarge => "ATTACHMENT-TOO-LARGE",
            AttachError::Kind => "ATTACHMENT-KIND",
            AttachError::Erased(_) => "ATTACHMENT-ERASED",
            AttachError::Closed => "ATTACHMENT-CLOSED",
            AttachError::NotHere => "ATTACHMENT-NOT-HERE",
            AttachError::Office => "OFFICE-FAILED",
        }
    }

    /// What happened.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// What to do now.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            AttachError::UnknownIntent => "Send the intent first, then its files.",
            AttachError::NotNamed => "Send the file exactly as it was when the intent was signed.",
            AttachError::TooLarge => "Keep the file itself: whoever has it can show that it is the one on record.",
            AttachError::Kind => "Take a photograph of it, and attach that.",
            AttachError::Erased(_) => {
                "It does not come back. Who has it still, and needs it with the record, attaches it to a new entry."
            }
            AttachError::Closed => "Wait until the other one has answered.",
            AttachError::NotHere => "Ask whoever attached it, on the telephone with which he did: it sends what waits.",
            AttachError::Office => "Try again. If it happens twice, tell whoever runs the server.",
        }
    }
}

/// What an intent names, and whether the file is here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attached {
    /// Digest, length and kind, as the intent has them.
    pub file: Attachment,
    /// Whether the office has the bytes.
    pub here: bool,
    /// By what it was erased, where it was.
    pub erased: Option<ErasedBy>,
}

impl Service {
    /// Keeps a file that a recorded intent names by digest, length and kind.
    ///
    /// # Errors
    /// [`AttachError`].
    pub fn attach(&self, intent: Id, bytes: &[u8]) -> Result<(), AttachError> {
        if bytes.len() > MAX_ATTACHMENT_BYTES {
            return Err(AttachError::TooLarge);
        }
        let digest = digest_of(bytes);
        let named = self.named_file(intent, digest)?;
        if u32::try_from(bytes.len()) != Ok(named.len) {
            return Err(AttachError::NotNamed);
        }
        let view = self.view();
        if is_erased(&view, intent) {
            return Err(gone(&view, intent, digest));
        }
        if !KINDS.iter().any(|(kind, begins)| *kind == named.media_type && bytes.starts_with(begins)) {
            return Err(AttachError::Kind);
        }
        let kept = self.front().office(|office| office.put_attachment(&digest.0, bytes));
        kept.map_err(|error| office_failed(&error))
    }

    /// A file that an intent names, with its kind. A closed blind answer gives none.
    ///
    /// # Errors
    /// [`AttachError`].
    pub fn attachment(&self, intent: Id, digest: Hash) -> Result<(String, Vec<u8>), AttachError> {
        let view = self.view();
        let index = archive::read(&view.archive).index_of(intent);
        if index.is_some_and(|index| view.is_sealed(index)) {
            return Err(AttachError::Closed);
        }
        let named = self.named_file(intent, digest)?;
        if is_erased(&view, intent) {
            return Err(gone(&view, intent, digest));
        }
        let found =
            self.front().office(|office| office.attachment(&digest.0)).map_err(|error| office_failed(&error))?;
        // Bytes that the disk has changed are not the file that the record names.
        let found = found.filter(|bytes| digest_of(bytes) == digest);
        let found = found.ok_or_else(|| gone(&view, intent, digest))?;
        Ok((named.media_type, found))
    }

    /// The files of an entry's intent. A closed blind answer tells of none.
    #[must_use]
    pub fn attached(&self, index: u64) -> Vec<Attached> {
        let view = self.view();
        if view.is_sealed(index) {
            return Vec::new();
        }
        let archive = archive::read(&view.archive);
        let Some(Body::Decision(decision)) = archive.get(index).map(|kept| &kept.entry.body) else {
            return Vec::new();
        };
        let id = decision.intent.said.id;
        let stands = !is_erased(&view, id);
        let has = |digest: &Hash| self.front().office(|office| office.has_attachment(&digest.0)).unwrap_or(false);
        let attached = |file: &Attachment| {
            let here = stands && has(&file.sha256);
            let erased = if here { None } else { erased_by(&view, &archive, id, file.sha256) };
            Attached { file: file.clone(), here, erased }
        };
        decision.intent.said.attachments.iter().map(attached).collect()
    }

    fn named_file(&self, intent: Id, digest: Hash) -> Result<Attachment, AttachError> {
        let named = self.view().decided(intent, |decision| {
            let named = decision.intent.said.attachments.iter().find(|file| file.sha256 == digest);
            named.cloned().ok_or(AttachError::NotNamed)
        });
        named.unwrap_or(Err(AttachError::UnknownIntent))
    }
}

/// Whether the files of an intent were erased. The same bytes may be here under another one.
fn is_erased(view: &View, intent: Id) -> bool {
    view.state.erased.contains_key(&(intent, Erasable::Files))
}

/// Why a file that an intent names is not here.
fn gone(view: &View, intent: Id, digest: Hash) -> AttachError {
    let archive = archive::read(&view.archive);
    erased_by(view, &archive, intent, digest).map_or(AttachError::NotHere, AttachError::Erased)
}

/// The last erasure of the files of this intent, or of the same bytes under another one since they were named here.
fn erased_by(view: &View, archive: &Archive, intent: Id, digest: Hash) -> Option<ErasedBy> {
    let of_files = || view.state.erased.keys().filter(|(_, what)| *what == Erasable::Files);
    of_files().next()?;
    let named_at = archive.index_of(intent)?;
    let names = |other: Id| {
        let kept = archive.index_of(other).and_then(|index| archive.get(index));
        let said = kept.and_then(|kept| kept.entry.intent()).map(|note| &note.said);
        said.is_some_and(|said| said.attachments.iter().any(|file| file.sha256 == digest))
    };
    (named_at..view.size).rev().find_map(|index| {
        let entry = &archive.get(index)?.entry;
        let mut told = erases(entry).filter(|(_, what, _)| *what == Erasable::Files);
        let (.., ground) = told.find(|(of, ..)| *of == intent || names(*of))?;
        Some(ErasedBy { index, at_ms: entry.decided_at.0, ground })
    })
}

fn office_failed(error: &store::StoreError) -> AttachError {
    tracing::error!(code = error.code(), "a file could not be kept or read");
    AttachError::Office
}
