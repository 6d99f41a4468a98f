//! The intent as its device signed it: a C2SP signed note of two lines.
//!
//! ```text
//! showclear.dev/intent/v1 <origin>
//! {"body":{…},"by":…,"claimed_at":…,"dseq":…,"id":…,"item":…,"kind":…,"prev":…,"seen":{…}}
//!
//! — <production>/k/<8 hex> <base64 of key id and signature>
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use proof::note::{KeyName, Note, VerifyingKey};
use proof::tree::Hash;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::canonical::{self, NotCanonical};
use crate::json::{Fields, Json, Object};
use crate::wire::{self, Wire, WireError};
use crate::{Id, Intent, Millis, Origin};

/// The first words of every intent note: another document can never pass for one.
pub const INTENT_DOMAIN: &str = "showclear.dev/intent/v1";

/// The most bytes of an intent note, so that its entry stays below 16 KiB.
pub const MAX_INTENT_BYTES: usize = 8_192;

/// The last checkpoint that the signer had: the intent was not made before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Seen {
    /// The size of the log then.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

/// A file that belongs to an intent, by its hash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Attachment {
    /// SHA-256 of the bytes.
    pub sha256: Hash,
    /// How many bytes.
    pub len: u32,
    /// The media type.
    pub media_type: String,
}

/// The place of an intent among those of its device: a gap or a fork shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Link {
    /// The device's counter; the first intent has 1.
    pub dseq: u64,
    /// The hash of the text of the device's previous intent.
    pub prev: Option<Hash>,
}

/// Everything that an intent says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said {
    /// The intent's id. Signature bytes never are one: some browsers randomise them.
    pub id: Id,
    /// Who says it; nobody in a stop without log-in.
    pub by: Option<Id>,
    /// When, by the device's clock.
    pub claimed_at: Millis,
    /// What.
    pub intent: Intent,
    /// Its place among the device's intents; none in a stop by a device that is not enrolled.
    pub link: Option<Link>,
    /// The last checkpoint that the signer had.
    pub seen: Option<Seen>,
    /// The leaf hash of the entry that it answers: a take names its offer.
    pub names: Option<Hash>,
    /// The device's public key, where the log does not have it yet.
    pub key: Option<[u8; 32]>,
    /// Digests of texts that stand beside the log, by path.
    pub digests: BTreeMap<String, Hash>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// An intent with its signature.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedIntent {
    /// What it says.
    pub said: Said,
    /// The name of the key that signed.
    pub key_name: String,
    /// The exact bytes of the note.
    pub note: Vec<u8>,
}

/// Why bytes are no intent of this production.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IntentError {
    /// More than [`MAX_INTENT_BYTES`].
    #[error("the intent is larger than {MAX_INTENT_BYTES} bytes")]
    TooLarge,
    /// No signed note.
    #[error("this is not a signed note: {0}")]
    Note(String),
    /// Not two lines that begin as an intent does, or not one signature.
    #[error("this is not an intent: it must have two lines, the first `{INTENT_DOMAIN} <origin>`, and one signature")]
    Shape,
    /// It was made for another production or epoch.
    #[error("this intent was made for another production or epoch: {0}")]
    OtherOrigin(String),
    /// The second line is not in the one form.
    #[error("the second line is not well written: {0}")]
    Form(#[from] NotCanonical),
    /// The second line does not say what it must.
    #[error("the second line is not well formed: {0}")]
    Wire(#[from] WireError),
    /// The signature does not verify.
    #[error("the signature does not verify with the key of this device")]
    Signature,
}

impl IntentError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            IntentError::TooLarge => "INTENT-TOO-LARGE",
            IntentError::Note(_) | IntentError::Shape | IntentError::Form(_) | IntentError::Wire(_) => {
                "INTENT-MALFORMED"
            }
            IntentError::OtherOrigin(_) => "INTENT-OTHER-PRODUCTION",
            IntentError::Signature => "INTENT-SIGNATURE",
        }
    }
}

impl SignedIntent {
    /// Reads a note that was made for this origin. The signature is not looked at yet.
    ///
    /// # Errors
    /// Where it is no intent, or one for another origin.
    pub fn parse(bytes: &[u8], origin: &Origin) -> Result<SignedIntent, IntentError> {
        SignedIntent::read(bytes.to_vec(), origin).map(|(intent, _)| intent)
    }

    /// As [`SignedIntent::parse`], and beside it the note with its one signature as it reads, for whoever has the key at hand.
    ///
    /// # Errors
    /// As [`SignedIntent::parse`].
    pub fn read(bytes: Vec<u8>, origin: &Origin) -> Result<(SignedIntent, Note), IntentError> {
        if bytes.len() > MAX_INTENT_BYTES {
            return Err(IntentError::TooLarge);
        }
        let note = Note::parse(&bytes).map_err(|error| IntentError::Note(error.to_string()))?;
        let mut lines = note.text().split('\n');
        let (Some(first), Some(second), Some(""), None) = (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(IntentError::Shape);
        };
        let of = first.strip_prefix(INTENT_DOMAIN).and_then(|it| it.strip_prefix(' ')).ok_or(IntentError::Shape)?;
        if of != origin.as_str() {
            return Err(IntentError::OtherOrigin(of.chars().take(128).collect()));
        }
        let [signature] = note.signatures() else { return Err(IntentError::Shape) };
        let said = Said::read(canonical::read_text(second)?)?;
        Ok((SignedIntent { said, key_name: signature.name().as_str().to_owned(), note: bytes }, note))
    }

    /// Checks the one signature with the device's public key, strictly.
    ///
    /// # Errors
    /// Where it does not verify.
    pub fn verify(&self, public: &[u8; 32]) -> Result<(), IntentError> {
        let name = KeyName::new(&self.key_name).map_err(|_| IntentError::Signature)?;
        let key = VerifyingKey::new(name, *public).map_err(|_| IntentError::Signature)?;
        let note = Note::parse(&self.note).map_err(|error| IntentError::Note(error.to_string()))?;
        note.verify(&[key]).map(|_| ()).map_err(|_| IntentError::Signature)
    }

    /// What the device's next intent says under `prev`.
    #[must_use]
    pub fn text_hash(&self) -> Hash {
        text_hash(&self.note)
    }
}

/// The hash of a note's text, which is everything before the blank line and the signatures.
#[must_use]
pub fn text_hash(note: &[u8]) -> Hash {
    let end = note.windows(2).rposition(|pair| pair == b"\n\n").map_or(note.len(), |at| at.saturating_add(1));
    hash_of_text(note.get(..end).unwrap_or(note))
}

/// The same, where the text is known already.
pub(crate) fn hash_of_text(text: impl AsRef<[u8]>) -> Hash {
    Hash(Sha256::digest(text).into())
}

impl Said {
    /// The two lines that are signed.
    ///
    /// # Errors
    /// Where a text cannot be written in the one form.
    pub fn text(&self, origin: &Origin) -> Result<String, NotCanonical> {
        Ok(format!("{INTENT_DOMAIN} {origin}\n{}\n", canonical::write(&self.write())?))
    }

    /// The word for the kind of intent.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        wire::write_intent(&self.intent).0
    }

    /// The thing that the intent is about.
    #[must_use]
    pub fn item(&self) -> Option<Id> {
        wire::write_intent(&self.intent).1
    }

    fn write(&self) -> Value {
        let (kind, item, body) = wire::write_intent(&self.intent);
        let mut object = Map::new();
        let mut put = |name: &str, value: Value| {
            object.insert(name.to_owned(), value);
        };
        put("id", self.id.put());
        put("kind", Value::from(kind));
        put("item", item.put());
        put("body", Value::Object(body));
        put("by", self.by.put());
        put("claimed_at", self.claimed_at.put());
        if let Some(link) = self.link {
            put("dseq", Value::from(link.dseq));
            put("prev", link.prev.map_or(Value::Null, |hash| Value::from(hash.to_string())));
        }
        if let Some(seen) = self.seen {
            put("seen", serde_json::json!({"root": seen.root.to_string(), "size": seen.size}));
        }
        if let Some(names) = self.names {
            put("names", Value::from(names.to_string()));
        }
        if let Some(key) = self.key {
            put("key", Value::from(BASE64.encode(key)));
        }
        if !self.digests.is_empty() {
            let digests = self.digests.iter().map(|(path, hash)| (path.clone(), Value::from(hash.to_string())));
            put("_sd", Value::Object(digests.collect()));
        }
        if !self.attachments.is_empty() {
            put("att", Value::Array(self.attachments.iter().map(Attachment::write).collect()));
        }
        Value::Object(object)
    }

    fn read(value: Json<'_>) -> Result<Said, WireError> {
        let mut fields = value.object().ok_or_else(|| WireError::Missing("id".to_owned()))?;
        let kind = fields.take("kind").and_then(Json::text);
        let kind = kind.ok_or_else(|| WireError::Missing("kind".to_owned()))?;
        let body = fields.take("body").and_then(Json::object).ok_or_else(|| WireError::Missing("body".to_owned()))?;
        let item = wire::required(&mut fields, "item")?;
        let said = Said {
            intent: wire::intent_of(&kind, item, body)?,
            id: wire::required(&mut fields, "id")?,
            by: wire::required(&mut fields, "by")?,
            claimed_at: wire::required(&mut fields, "claimed_at")?,
            link: read_link(&mut fields)?,
            seen: read_seen(&mut fields)?,
            names: fields.take("names").map(|it| read_hash("names", &it)).transpose()?,
            key: fields.take("key").map(|it| read_key(&it)).transpose()?,
            digests: read_digests(fields.take("_sd"))?,
            attachments: read_attachments(fields.take("att"))?,
        };
        wire::nothing_left(&fields)?;
        Ok(said)
    }
}

impl Attachment {
    fn write(&self) -> Value {
        serde_json::json!({"len": self.len, "sha256": self.sha256.to_string(), "type": self.media_type})
    }
}

fn wrong(field: &str, expected: &'static str) -> WireError {
    WireError::Wrong { field: field.to_owned(), expected }
}

pub(crate) fn read_hash(field: &str, value: &Json<'_>) -> Result<Hash, WireError> {
    // Base64 has one spelling for the same bytes: no other is read.
    let hash = value.as_str().and_then(|text| text.parse::<Hash>().ok());
    hash.ok_or_else(|| wrong(field, "32 bytes in base64"))
}

pub(crate) fn read_key(value: &Json<'_>) -> Result<[u8; 32], WireError> {
    read_hash("key", value).map(|hash| hash.0)
}

fn read_link(fields: &mut Fields<'_>) -> Result<Option<Link>, WireError> {
    let Some(dseq) = fields.take("dseq") else { return Ok(None) };
    let dseq = dseq.as_u64().filter(|it| *it >= 1).ok_or_else(|| wrong("dseq", "an integer from 1"))?;
    let prev = match fields.take("prev") {
        None => return Err(WireError::Missing("prev".to_owned())),
        Some(Json::Null) => None,
        Some(value) => Some(read_hash("prev", &value)?),
    };
    Ok(Some(Link { dseq, prev }))
}

fn read_seen(fields: &mut Fields<'_>) -> Result<Option<Seen>, WireError> {
    let Some(value) = fields.take("seen") else { return Ok(None) };
    let mut seen = value.object().unwrap_or_default();
    let size = seen.take("size").and_then(|it| it.as_u64()).ok_or_else(|| wrong("seen", "a size and a root"))?;
    let root = read_hash("seen", &seen.take("root").unwrap_or(Json::Null))?;
    wire::nothing_left(&seen)?;
    Ok(Some(Seen { size, root }))
}

fn read_digests(value: Option<Json<'_>>) -> Result<BTreeMap<String, Hash>, WireError> {
    let Some(value) = value else { return Ok(BTreeMap::new()) };
    let digests = value.object().filter(|it| !it.is_empty()).ok_or_else(|| wrong("_sd", "digests by path"))?;
    digests.into_iter().map(|(path, hash)| Ok((path.into_owned(), read_hash("_sd", &hash)?))).collect()
}

fn read_attachments(value: Option<Json<'_>>) -> Result<Vec<Attachment>, WireError> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let items = value.list().filter(|it| !it.is_empty()).ok_or_else(|| wrong("att", "a list of files"))?;
    items.into_iter().map(read_attachment).collect()
}

fn read_attachment(value: Json<'_>) -> Result<Attachment, WireError> {
    let mut fields = value.object().unwrap_or_default();
    let len = wire::required(&mut fields, "len")?;
    let sha256 = read_hash("att", &fields.take("sha256").unwrap_or(Json::Null))?;
    let media_type = fields.take("type").and_then(Json::text).map(Cow::into_owned);
    let media_type = media_type.ok_or_else(|| wrong("att", "a list of files"))?;
    wire::nothing_left(&fields)?;
    Ok(Attachment { sha256, len, media_type })
}
