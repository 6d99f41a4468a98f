//! Signed notes (<https://c2sp.org/signed-note> v1.0.0): text that ends in a newline, a blank line,
//! and one line for each signature.
//!
//! Only Ed25519 signatures (type 01) are made and verified here; cosignatures (types 04 and 06) have
//! [a module of their own](crate::cosignature). Signatures of other types and of unknown keys are
//! carried along and count for nothing.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::encoding::{from_base64, is_name, to_base64};
use crate::strict::StrictKey;

/// The most signature lines in a note. The format asks verifiers to take at least so many and to
/// set a limit.
pub const MAX_SIGNATURES: usize = 16;

/// The most bytes in a note that anybody may send: the largest entry of a log (65,535) and 16 of the
/// largest signatures now in use (about 7 kB each in base64) fit more than once.
pub const MAX_NOTE_BYTES: usize = 262_144;

/// The type byte of an Ed25519 key in a key id and in a written key.
const ED25519: u8 = 0x01;

/// Why bytes are not a note, or why a note does not count as signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// Larger than [`MAX_NOTE_BYTES`], or than what whoever reads it allows.
    #[error("the note has {bytes} bytes, more than the {most} allowed: it was not made by Showclear")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
        /// The most that is read.
        most: usize,
    },
    /// Not UTF-8.
    #[error("the note is not UTF-8 text: it was damaged on its way, take it again from its source")]
    NotUtf8,
    /// A control character other than newline.
    #[error("the note holds a control character: line ends must be a bare newline and nothing may be hidden")]
    ControlCharacter,
    /// The text does not end in a newline, or no blank line parts it from signatures.
    #[error("the note is incomplete: it needs text that ends in a newline, a blank line and a signature")]
    Incomplete,
    /// A line behind the last blank line is not a signature line.
    #[error("signature line {line} cannot be read: the note was cut off or changed")]
    SignatureLine {
        /// Counted from 1 behind the blank line.
        line: usize,
    },
    /// More than [`MAX_SIGNATURES`].
    #[error("the note has more than {MAX_SIGNATURES} signatures: refused, so that nobody can make checking slow")]
    TooManySignatures,
    /// Empty, or with a space, a plus or a control character.
    #[error("this is not a key name: it must not be empty and must not contain spaces, `+` or control characters")]
    KeyName,
    /// Not `name+id+key`, or the id is not that of the key.
    #[error("this is not a verifying key as `name+id+key`, or its id belongs to another key: copy it again")]
    VerifyingKey,
    /// Not a point of the curve in canonical form, or one for which anybody can make signatures.
    #[error("the public key is not a usable Ed25519 key: signatures of such a key prove nothing")]
    WeakKey,
    /// A signature line names a known key, and the signature is not by that key over this text.
    #[error("the signature of `{key}` does not fit the text: the text or the signature was changed")]
    BadSignature {
        /// The key that is said to have signed.
        key: KeyName,
    },
    /// No signature is by a key that the caller knows.
    #[error("none of the keys known here has signed the note: it proves nothing here")]
    NoKnownSignature,
}

impl NoteError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "note/too-large",
            Self::NotUtf8 => "note/not-utf8",
            Self::ControlCharacter => "note/control-character",
            Self::Incomplete => "note/incomplete",
            Self::SignatureLine { .. } => "note/signature-line",
            Self::TooManySignatures => "note/too-many-signatures",
            Self::KeyName => "note/key-name",
            Self::VerifyingKey => "note/verifying-key",
            Self::WeakKey => "note/weak-key",
            Self::BadSignature { .. } => "note/bad-signature",
            Self::NoKnownSignature => "note/no-known-signature",
        }
    }
}

/// The name of a key: not empty, without Unicode spaces, `+` and control characters. An address
/// without scheme, such as `example.com/p/1`, is the custom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

impl KeyName {
    /// Checks a name and keeps it.
    ///
    /// # Errors
    ///
    /// [`NoteError::KeyName`] if `name` may not stand in a signature line.
    pub fn new(name: &str) -> Result<Self, NoteError> {
        if is_name(name) { Ok(Self(name.to_owned())) } else { Err(NoteError::KeyName) }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for KeyName {
    type Err = NoteError;

    fn from_str(name: &str) -> Result<Self, NoteError> {
        Self::new(name)
    }
}

/// The Ed25519 public key of a signer, with its name. Written `name+id+key`, as other tools for
/// notes take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    name: KeyName,
    id: [u8; 4],
    key: StrictKey,
}

impl VerifyingKey {
    /// Checks the 32 bytes of a public key and keeps them under a name.
    ///
    /// # Errors
    ///
    /// [`NoteError::WeakKey`] if `public` is not a canonical point of the curve or is one of small
    /// order, for which anybody can make signatures.
    pub fn new(name: KeyName, public: [u8; 32]) -> Result<Self, NoteError> {
        Ok(Self::of(name, StrictKey::new(public)?))
    }

    fn of(name: KeyName, key: StrictKey) -> Self {
        let id = key_id(&name, ED25519, key.as_bytes());
        Self { name, id, key }
    }

    /// The signer's name.
    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The first four bytes of `SHA-256(name || 0x0A || 0x01 || public key)`. Short on purpose: it
    /// finds a key and proves nothing.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The public key as RFC 8032 writes it.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn is_named_in(&self, line: &SignatureLine) -> bool {
        self.name == line.name && self.id == line.key_id
    }

    fn verify(&self, text: &str, line: &SignatureLine) -> Result<(), NoteError> {
        let is_signed = self.key.has_signed(text.as_bytes(), &line.signature);
        if is_signed { Ok(()) } else { Err(NoteError::BadSignature { key: self.name.clone() }) }
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written_key(&self.name, self.id, ED25519, self.public()))
    }
}

impl FromStr for VerifyingKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, kind, public) = read_key(text)?;
        if kind != ED25519 {
            return Err(NoteError::VerifyingKey);
        }
        let public = public.try_into().map_err(|_| NoteError::VerifyingKey)?;
        let key = Self::new(name, public)?;
        // One spelling only; this also compares the id with the one that belongs to the key.
        if key.to_string() == text { Ok(key) } else { Err(NoteError::VerifyingKey) }
    }
}

/// The first four bytes of `SHA-256(name || 0x0A || type || public key)`.
pub(crate) fn key_id(name: &KeyName, kind: u8, public: &[u8]) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_str());
    hasher.update([b'\n', kind]);
    hasher.update(public);
    let [a, b, c, d, ..]: [u8; 32] = hasher.finalize().into();
    [a, b, c, d]
}

/// A key as `name+id+key`.
pub(crate) fn written_key(name: &KeyName, id: [u8; 4], kind: u8, public: &[u8]) -> String {
    let typed_key = [&[kind], public].concat();
    format!("{name}+{:08x}+{}", u32::from_be_bytes(id), to_base64(&typed_key))
}

/// The name, the type and the public key behind `name+id+key`. The id is for the caller to compare.
pub(crate) fn read_key(text: &str) -> Result<(KeyName, u8, Vec<u8>), NoteError> {
    // A name has no plus, but the base64 of a key may.
    let (name, rest) = text.split_once('+').ok_or(NoteError::VerifyingKey)?;
    let (_, typed_key) = rest.split_once('+').ok_or(NoteError::VerifyingKey)?;
    let typed_key = from_base64(typed_key).ok_or(NoteError::VerifyingKey)?;
    let (kind, public) = typed_key.split_first().ok_or(NoteError::VerifyingKey)?;
    Ok((KeyName::new(name)?, *kind, public.to_vec()))
}

/// One signature line of a note. That it stands there does not mean that it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    name: KeyName,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

impl SignatureLine {
    /// A line by a key of this crate.
    pub(crate) fn new(name: KeyName, key_id: [u8; 4], signature: Vec<u8>) -> Self {
        Self { name, key_id, signature }
    }

    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key that is said to have signed.
    #[must_use]
    pub fn key_id(&self) -> [u8; 4] {
        self.key_id
    }

    /// The signature, in the form of the key's type: 64 bytes for Ed25519.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
        let mut signature = from_base64(base64)?;
        let key_id = *signature.first_chunk::<4>()?;
        signature.drain(..4);
        if signature.is_empty() {
            return None;
        }
        Some(Self { name: KeyName::new(name).ok()?, key_id, signature })
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blob = [self.key_id.as_slice(), &self.signature].concat();
        write!(f, "— {} {}", self.name, to_base64(&blob))
    }
}

impl FromStr for SignatureLine {
    type Err = NoteError;

    /// Reads one line without its newline, as a witness answers with.
    fn from_str(line: &str) -> Result<Self, NoteError> {
        Self::parse(line).ok_or(NoteError::SignatureLine { line: 1 })
    }
}

/// A text and the signatures under it. Until [`Note::verify`] has succeeded the text is a claim by
/// nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Reads a note, without verifying anything. [`Note::to_bytes`] gives back exactly `bytes`.
    ///
    /// # Errors
    ///
    /// [`NoteError`] names the first thing that keeps `bytes` from being a note.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        Self::parse_up_to(bytes, MAX_NOTE_BYTES)
    }

    /// The same for a note that nobody sends by itself, of up to `most` bytes.
    ///
    /// # Errors
    ///
    /// As [`Note::parse`].
    pub fn parse_up_to(bytes: &[u8], most: usize) -> Result<Self, NoteError> {
        fits(bytes.len(), most)?;
        let whole = str::from_utf8(bytes).map_err(|_| NoteError::NotUtf8)?;
        if has_control_character(whole) {
            return Err(NoteError::ControlCharacter);
        }
        // The text may have blank lines of its own: the last one ends it.
        let blank = bytes.windows(2).rposition(|pair| pair == b"\n\n").ok_or(NoteError::Incomplete)?;
        let (text, blank_line) = whole.split_at_checked(blank.saturating_add(1)).ok_or(NoteError::Incomplete)?;
        let lines = blank_line.strip_prefix('\n').ok_or(NoteError::Incomplete)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Incomplete)?;
        let mut signatures = Vec::new();
        for (line, number) in lines.split('\n').zip(1..) {
            if signatures.len() == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(SignatureLine::parse(line).ok_or(NoteError::SignatureLine { line: number })?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The signed text, with its last newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in their order, verified or not.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Puts one more signature line under the text, as the one who gathers cosignatures does.
    ///
    /// # Errors
    ///
    /// [`NoteError::TooManySignatures`] and [`NoteError::TooLarge`] if no reader would take the note.
    pub fn add(&mut self, line: SignatureLine) -> Result<(), NoteError> {
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(line);
        fits(self.to_bytes().len(), MAX_NOTE_BYTES).inspect_err(|_| {
            self.signatures.pop();
        })
    }

    /// The note as it is stored and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines: String = self.signatures.iter().map(|line| format!("{line}\n")).collect();
        format!("{}\n{lines}", self.text).into_bytes()
    }

    /// The names of those among `keys` that have signed the text, each once, in the order of the
    /// lines.
    ///
    /// A line counts for a key if name and id are the key's. Signatures of unknown keys are passed
    /// over, as the format demands, so that others can add theirs.
    ///
    /// # Errors
    ///
    /// [`NoteError::BadSignature`] if a known key's signature does not verify, even beside others
    /// that do; [`NoteError::NoKnownSignature`] if no line is by a known key.
    pub fn verify(&self, keys: &[VerifyingKey]) -> Result<Vec<KeyName>, NoteError> {
        let mut signers = Vec::new();
        for line in &self.signatures {
            // Two known keys of one name and id would both have to fit: a doubt that ends in an
            // error.
            for key in keys.iter().filter(|key| key.is_named_in(line)) {
                key.verify(&self.text, line)?;
                if !signers.contains(&key.name) {
                    signers.push(key.name.clone());
                }
            }
        }
        if signers.is_empty() { Err(NoteError::NoKnownSignature) } else { Ok(signers) }
    }

    /// Whether this key has signed the text; as [`Note::verify`] with this key alone.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let mut lines = self.signatures.iter().filter(|line| key.is_named_in(line)).peekable();
        lines.peek().is_some() && lines.all(|line| key.verify(&self.text, line).is_ok())
    }
}

fn fits(bytes: usize, most: usize) -> Result<(), NoteError> {
    if bytes > most { Err(NoteError::TooLarge { bytes, most }) } else { Ok(()) }
}

/// Whether `text` holds what no note may: an ASCII control character other than newline.
fn has_control_character(text: &str) -> bool {
    // Looks at all of it, many bytes at a time: stopping at the first would have to look at each.
    text.bytes().fold(false, |found, byte| found | (byte < 0x20 && byte != b'\n'))
}

/// A secret key with its name: what signs. It shows its public half only, also in `Debug`, and
/// wipes the secret when it is dropped.
pub struct Signer {
    key: SigningKey,
    verifying_key: VerifyingKey,
}

impl Signer {
    /// A signer from the 32 secret bytes of RFC 8032.
    #[must_use]
    pub fn new(name: KeyName, secret: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&secret);
        let verifying_key = VerifyingKey::of(name, StrictKey::of(&key));
        Self { key, verifying_key }
    }

    /// The key that others need in order to verify.
    #[must_use]
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying_key
    }

    /// A note with `text` and this signer's signature.
    ///
    /// # Errors
    ///
    /// [`NoteError::Incomplete`] if `text` does not end in a newline,
    /// [`NoteError::ControlCharacter`] and [`NoteError::TooLarge`] if no reader would take the
    /// note.
    pub fn sign(&self, text: &str) -> Result<Note, NoteError> {
        self.sign_up_to(text, MAX_NOTE_BYTES)
    }

    /// The same for a note that nobody sends by itself, of up to `most` bytes.
    ///
    /// # Errors
    ///
    /// As [`Signer::sign`].
    pub fn sign_up_to(&self, text: &str, most: usize) -> Result<Note, NoteError> {
        if !text.ends_with('\n') {
            return Err(NoteError::Incomplete);
        }
        if has_control_character(text) {
            return Err(NoteError::ControlCharacter);
        }
        let line = SignatureLine {
            name: self.verifying_key.name.clone(),
            key_id: self.verifying_key.id,
            signature: self.key.sign(text.as_bytes()).to_bytes().to_vec(),
        };
        let note = Note { text: text.to_owned(), signatures: vec![line] };
        fits(note.to_bytes().len(), most)?;
        Ok(note)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("verifying_key", &self.verifying_key).finish_non_exhaustive()
    }
}
