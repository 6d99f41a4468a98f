//! Devices: their ids and key names, and a device without a browser for demonstrations and tests.

use core::fmt;
use std::collections::BTreeMap;

use proof::note::{KeyName, NoteError, Signer};
use sha2::{Digest, Sha256};

use crate::canonical::NotCanonical;
use crate::intent::{Link, Said, Seen, text_hash};
use crate::{Id, Intent, Millis, Origin};

/// The id of the device with this public key: the first 16 bytes of the key's SHA-256, so that the
/// id commits to the key.
#[must_use]
pub fn device_id(public: &[u8; 32]) -> Id {
    let digest: [u8; 32] = Sha256::digest(public).into();
    let mut id = [0u8; 16];
    for (to, from) in id.iter_mut().zip(digest) {
        *to = from;
    }
    Id::from_bytes(id)
}

/// The name of a device's key: opaque, `<production>/k/<8 hex>`.
#[must_use]
pub fn key_name(production: Id, device: Id) -> String {
    format!("{production}/k/{}", device.short())
}

/// Why a draft cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// A text is not in the one form.
    #[error(transparent)]
    Form(#[from] NotCanonical),
    /// The note cannot be made.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// A device with a key of its own and the chain of what it has signed. People's own devices keep
/// their key in the browser; this one is for the desk that imports a list, for the demonstration's
/// people and for tests.
pub struct SimulatedDevice {
    origin: Origin,
    signer: Signer,
    public: [u8; 32],
    last: Option<Link>,
}

impl fmt::Debug for SimulatedDevice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SimulatedDevice").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl SimulatedDevice {
    /// A device of this production with this secret key.
    ///
    /// # Errors
    /// Where the key's name cannot be written, which no production's id leads to.
    pub fn new(origin: &Origin, secret: [u8; 32]) -> Result<SimulatedDevice, NoteError> {
        let public = public_of(secret)?;
        let name = KeyName::new(&key_name(origin.production(), device_id(&public)))?;
        Ok(SimulatedDevice { origin: origin.clone(), signer: Signer::new(name, secret), public, last: None })
    }

    /// The device's id.
    #[must_use]
    pub fn id(&self) -> Id {
        device_id(&self.public)
    }

    /// Its public key.
    #[must_use]
    pub const fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The place that the device's next intent takes in its chain.
    #[must_use]
    pub fn next_link(&self) -> Link {
        self.last.map_or(Link { dseq: 1, prev: None }, |last| Link { dseq: last.dseq.saturating_add(1), ..last })
    }

    /// What the device says next: its place in the chain is filled in, and there is no text, file or
    /// key beside it until the caller adds one.
    #[must_use]
    pub fn says(&self, id: Id, by: Id, claimed_at: Millis, intent: Intent, seen: Seen) -> Said {
        Said {
            id,
            by: Some(by),
            claimed_at,
            intent,
            link: Some(self.next_link()),
            seen: Some(seen),
            names: None,
            key: None,
            digests: BTreeMap::new(),
            attachments: Vec::new(),
        }
    }

    /// Signs an intent as it is.
    ///
    /// # Errors
    /// Where a text in it cannot be written in the one form.
    pub fn sign(&self, said: &Said) -> Result<Vec<u8>, DraftError> {
        Ok(self.signer.sign(&said.text(&self.origin)?)?.to_bytes())
    }

    /// The service has recorded this note of the device, whatever its verdict: the next one follows it.
    pub fn recorded(&mut self, note: &[u8]) {
        self.last = Some(Link { dseq: self.next_link().dseq, prev: Some(text_hash(note)) });
    }
}

/// The public key of a secret.
///
/// # Errors
/// Never for a name as fixed here; the note's own error type is kept.
pub fn public_of(secret: [u8; 32]) -> Result<[u8; 32], NoteError> {
    Ok(*Signer::new(KeyName::new("key")?, secret).verifying_key().public())
}
