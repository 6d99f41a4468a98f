//! Cosignatures (<https://c2sp.org/tlog-cosignature> v1.1.0-rc.1): a witness says that it saw a
//! log's head, that the head extends what it saw before, and when.
//!
//! Two types: Ed25519 (04), which fits a QR code, and ML-DSA-44 (06, FIPS 204), which also holds
//! against quantum computers. A log may sign its own checkpoints with type 06 as well.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::Signer as _;
use ml_dsa::{EncodedSignature, EncodedVerifyingKey, ExpandedSigningKey, MlDsa44};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{KeyName, Note, NoteError, SignatureLine, key_id, read_key, written_key};
use crate::strict::StrictKey;

/// The type byte of an Ed25519 cosignature.
const ED25519: u8 = 0x04;

/// The type byte of an ML-DSA-44 cosignature.
const ML_DSA_44: u8 = 0x06;

/// What an ML-DSA-44 message begins with: domain separation of a fixed length.
const SUBTREE_LABEL: &[u8; 12] = b"subtree/v1\n\0";

/// A time beyond this is no time, by the specification.
const MAX_SECONDS: u64 = i64::MAX.cast_unsigned();

/// The public key of a cosigner, with its name. Written `name+id+key`.
#[derive(Debug, Clone, PartialEq)]
pub struct CosignerKey {
    name: KeyName,
    id: [u8; 4],
    public: Public,
}

/// The key itself.
#[derive(Debug, Clone, PartialEq)]
enum Public {
    /// Checked by the same rules as the key of a note: canonical and never of small order.
    Ed25519(Box<StrictKey>),
    MlDsa44(Box<ml_dsa::VerifyingKey<MlDsa44>>),
}

impl Public {
    fn kind(&self) -> u8 {
        match self {
            Self::Ed25519(_) => ED25519,
            Self::MlDsa44(_) => ML_DSA_44,
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.as_bytes().to_vec(),
            Self::MlDsa44(key) => key.encode().to_vec(),
        }
    }

    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => key.has_signed(message, signature),
            Self::MlDsa44(key) => EncodedSignature::<MlDsa44>::try_from(signature)
                .ok()
                .and_then(|encoded| ml_dsa::Signature::decode(&encoded))
                .is_some_and(|signature| key.verify_with_context(message, &[], &signature)),
        }
    }
}

impl CosignerKey {
    fn of(name: KeyName, public: Public) -> Self {
        let id = key_id(&name, public.kind(), &public.to_bytes());
        Self { name, id, public }
    }

    /// The cosigner's name.
    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The public key: 32 bytes of Ed25519 or 1,312 of ML-DSA-44.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.public.to_bytes()
    }

    /// Whether it is of type 06, which a log may sign with as well.
    #[must_use]
    pub fn is_ml_dsa_44(&self) -> bool {
        matches!(self.public, Public::MlDsa44(_))
    }

    /// When this cosigner signed the checkpoint in `note`, in seconds since 1970; nothing if no line
    /// is by this key. Of several lines the earliest counts: the head existed by then.
    ///
    /// # Errors
    ///
    /// [`CheckpointError::Note`] with [`NoteError::BadSignature`] if a line names this key and does
    /// not verify, even beside one that does; the other [`CheckpointError`]s if the text is no
    /// checkpoint.
    pub fn time_of(&self, note: &Note) -> Result<Option<u64>, CheckpointError> {
        Ok(self.times_of(note)?.into_iter().min())
    }

    /// When this cosigner saw the checkpoint in `note` as the log's newest, in seconds since 1970;
    /// nothing if it does not say so. A line of type 06 with time 0 says only that the checkpoint is
    /// consistent with all that its cosigner saw of the log.
    ///
    /// # Errors
    ///
    /// As [`CosignerKey::time_of`].
    pub fn seen_newest_at(&self, note: &Note) -> Result<Option<u64>, CheckpointError> {
        let says_so = |time: &u64| *time > 0 || !self.is_ml_dsa_44();
        Ok(self.times_of(note)?.into_iter().filter(says_so).min())
    }

    fn times_of(&self, note: &Note) -> Result<Vec<u64>, CheckpointError> {
        let by_this = |line: &&SignatureLine| *line.name() == self.name && line.key_id() == self.id;
        note.signatures().iter().filter(by_this).map(|line| self.verify(note, line)).collect()
    }

    fn verify(&self, note: &Note, line: &SignatureLine) -> Result<u64, CheckpointError> {
        let bad = || CheckpointError::Note(NoteError::BadSignature { key: self.name.clone() });
        let (time, signature) = line.signature().split_first_chunk::<8>().ok_or_else(bad)?;
        let time = u64::from_be_bytes(*time);
        let message = message(self.public.kind(), &self.name, time, note)?;
        if time <= MAX_SECONDS && self.public.is_signed(&message, signature) { Ok(time) } else { Err(bad()) }
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written_key(&self.name, self.id, self.public.kind(), &self.public.to_bytes()))
    }
}

impl FromStr for CosignerKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, kind, bytes) = read_key(text)?;
        let public = match kind {
            ED25519 => {
                let bytes: [u8; 32] = bytes.try_into().map_err(|_| NoteError::VerifyingKey)?;
                Public::Ed25519(Box::new(StrictKey::new(bytes)?))
            }
            ML_DSA_44 => {
                let encoded = EncodedVerifyingKey::<MlDsa44>::try_from(bytes.as_slice());
                let encoded = encoded.map_err(|_| NoteError::VerifyingKey)?;
                Public::MlDsa44(Box::new(ml_dsa::VerifyingKey::decode(&encoded)))
            }
            _ => return Err(NoteError::VerifyingKey),
        };
        let key = Self::of(name, public);
        // One spelling only; this also compares the id with the one that belongs to the key.
        if key.to_string() == text { Ok(key) } else { Err(NoteError::VerifyingKey) }
    }
}

/// What is signed. Type 04 signs the note's text under two lines of its own; type 06 a structure that
/// also names the cosigner, and leaves out what a checkpoint may have below its third line.
fn message(kind: u8, name: &KeyName, time: u64, note: &Note) -> Result<Vec<u8>, CheckpointError> {
    let checkpoint = Checkpoint::parse_text(note.text())?;
    if kind == ED25519 {
        return Ok(format!("cosignature/v1\ntime {time}\n{}", note.text()).into_bytes());
    }
    let mut bytes = SUBTREE_LABEL.to_vec();
    put_name(&mut bytes, name.as_str()).ok_or(NoteError::KeyName)?;
    bytes.extend(time.to_be_bytes());
    put_name(&mut bytes, &checkpoint.origin).ok_or(CheckpointError::Origin)?;
    bytes.extend(0_u64.to_be_bytes());
    bytes.extend(checkpoint.size.to_be_bytes());
    bytes.extend(checkpoint.root.0);
    Ok(bytes)
}

/// A text of 1 to 255 bytes behind its length; nothing if it is longer.
fn put_name(bytes: &mut Vec<u8>, text: &str) -> Option<()> {
    bytes.push(u8::try_from(text.len()).ok()?);
    bytes.extend(text.as_bytes());
    Some(())
}

/// A secret key with its name: what cosigns. It shows its public half only, also in `Debug`, and
/// wipes the secret when it is dropped.
pub struct Cosigner {
    secret: Secret,
    key: CosignerKey,
}

enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    MlDsa44(Box<ExpandedSigningKey<MlDsa44>>),
}

impl Cosigner {
    /// A cosigner of type 04 from the 32 secret bytes of RFC 8032. Cosigners of this type must each
    /// have a secret of their own, and never that of a log: the message does not name who signs.
    #[must_use]
    pub fn ed25519(name: KeyName, secret: [u8; 32]) -> Self {
        let secret = ed25519_dalek::SigningKey::from_bytes(&secret);
        let key = CosignerKey::of(name, Public::Ed25519(Box::new(StrictKey::of(&secret))));
        Self { secret: Secret::Ed25519(Box::new(secret)), key }
    }

    /// A cosigner of type 06 from the 32-byte seed of FIPS 204.
    #[must_use]
    pub fn ml_dsa_44(name: KeyName, seed: [u8; 32]) -> Self {
        let secret = ExpandedSigningKey::<MlDsa44>::from_seed(&seed.into());
        let key = CosignerKey::of(name, Public::MlDsa44(Box::new(secret.verifying_key())));
        Self { secret: Secret::MlDsa44(Box::new(secret)), key }
    }

    /// The key that others need in order to verify.
    #[must_use]
    pub fn key(&self) -> &CosignerKey {
        &self.key
    }

    /// Signs the checkpoint in `note` as seen at `time`, in seconds since 1970. The caller has
    /// verified the checkpoint and its consistency first: see [`crate::witness`]. The signature is the
    /// deterministic one, for a note is signed without randomness everywhere here.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] if the note's text is no checkpoint, or a name is longer than type 06 can
    /// say; [`NoteError::KeyName`] in it if that name is the cosigner's own.
    pub fn cosign(&self, note: &Note, time: u64) -> Result<SignatureLine, CheckpointError> {
        let time = time.min(MAX_SECONDS);
        let message = message(self.key.public.kind(), &self.key.name, time, note)?;
        let signature = match &self.secret {
            Secret::Ed25519(secret) => secret.sign(&message).to_bytes().to_vec(),
            // Only a context of more than 255 bytes can fail, and there is none.
            Secret::MlDsa44(secret) => {
                secret.sign_deterministic(&message, &[]).map_err(|_| NoteError::KeyName)?.encode().to_vec()
            }
        };
        let timestamped = [time.to_be_bytes().as_slice(), &signature].concat();
        Ok(SignatureLine::new(self.key.name.clone(), self.key.id, timestamped))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cosigner").field("key", &self.key.to_string()).finish_non_exhaustive()
    }
}
