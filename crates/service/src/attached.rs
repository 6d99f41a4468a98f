//! Files that intents name by their digest: photographs of case heads, a letter. The record holds the digest for ever;
//! the bytes lie in the office, where they can be erased.

use kernel::Erasable;
use proof::tree::Hash;
use record::Id;
use record::bundle::digest_of;
use record::entry::Body;
use record::intent::Attachment;
use thiserror::Error;

use crate::archive;
use crate::service::Service;
use crate::view::View;

/// The most bytes of a file that is kept. A photograph of a telephone is half of it.
pub const MAX_ATTACHMENT_BYTES: usize = 8 * 1024 * 1024;

/// The kinds of files that are kept, each with how one begins.
const KINDS: [(&str, &[u8]); 3] =
    [("image/jpeg", &[0xff, 0xd8, 0xff]), ("image/png", b"\x89PNG\r\n\x1a\n"), ("application/pdf", b"%PDF-")];

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
    /// It was erased.
    #[error("This file was erased, and an entry says why. It was not kept.")]
    Erased,
    /// A blind answer names it, and that is closed.
    #[error("It belongs to an answer that stays closed until both have answered.")]
    Closed,
    /// It is not there.
    #[error("The record has the digest of this file. The file itself did not arrive here, or was erased.")]
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
            AttachError::Erased => "ATTACHMENT-ERASED",
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
            AttachError::Erased => "Nothing. Who needs it under the record again attaches it anew.",
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
        if is_erased(&self.view(), intent) {
            return Err(AttachError::Erased);
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
            return Err(AttachError::NotHere);
        }
        let found =
            self.front().office(|office| office.attachment(&digest.0)).map_err(|error| office_failed(&error))?;
        // Bytes that the disk has changed are not the file that the record names.
        let found = found.filter(|bytes| digest_of(bytes) == digest).ok_or(AttachError::NotHere)?;
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
        let stands = !is_erased(&view, decision.intent.said.id);
        let has = |digest: &Hash| self.front().office(|office| office.has_attachment(&digest.0)).unwrap_or(false);
        let is_here = |digest: &Hash| stands && has(digest);
        let attached = |file: &Attachment| Attached { here: is_here(&file.sha256), file: file.clone() };
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

fn office_failed(error: &store::StoreError) -> AttachError {
    tracing::error!(code = error.code(), "a file could not be kept or read");
    AttachError::Office
}
