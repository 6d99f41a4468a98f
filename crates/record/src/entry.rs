//! The entry: what the log holds for each intent.
//!
//! ```text
//! showclear.dev/entry/v1 <origin>
//! {"accepted":true,…,"events":[…],"reasons":[…]}
//! <base64 of the intent note, or a hyphen>
//! ```

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use kernel::{Limits, Proven, Rule, Rules, SEMANTICS};
use proof::note::Note;
use proof::tree::Hash;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::canonical::{self, NotCanonical};
use crate::epoch::Carried;
use crate::intent::{IntentError, SignedIntent, read_hash, read_key};
use crate::json::{Fields, Json, Object};
use crate::schema::schema_hash;
use crate::wire::{self, Wire, WireError};
use crate::words::Word;
use crate::{Event, Id, Millis, Origin, Reason, Verdict};

/// The first words of every entry.
pub const ENTRY_DOMAIN: &str = "showclear.dev/entry/v1";

/// The most bytes of an entry: what a length of two bytes can say. The largest intent with as many
/// reasons as the rules give is half of it.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the log; the first is 0.
    pub index: u64,
    /// When it was decided, by the service's clock; later in each entry than in the one before.
    pub decided_at: Millis,
    /// What it is.
    pub body: Body,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The first entry: what the log stands on.
    Genesis(Box<Genesis>),
    /// An intent and its verdict.
    Decision(Box<Decision>),
    /// In a new epoch, behind its first entry: a part of what the epoch before had come to.
    Carried(Box<Carried>),
    /// Something that the service itself noticed. No person signed it, and it gives nobody anything: it
    /// voids, or it names the rules by which is decided from there on.
    Notice(Notice),
}

/// The first entry of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Genesis {
    /// The production.
    pub production: Id,
    /// The log's public key, as a C2SP verifier key.
    pub log_key: String,
    /// The limits that the production adopted.
    pub limits: Limits,
    /// The hash of the rules in force.
    pub rules: Hash,
    /// The number of their semantics.
    pub semantics: u32,
    /// The hash of the schema of intents.
    pub schema: Hash,
    /// The public key of the founder's device.
    pub founder_key: [u8; 32],
    /// The last checkpoint of the epoch before, where there was one.
    pub previous: Option<String>,
    /// The founder and his device.
    pub events: Vec<Event>,
}

/// An intent and its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The device whose enrolled key signed; none for a key that is not enrolled yet.
    pub device: Option<Id>,
    /// How the person was proven.
    pub proven: Proven,
    /// The hash of the rules in force.
    pub rules: Hash,
    /// The number of their semantics.
    pub semantics: u32,
    /// Whether the ask was granted, or the report recorded.
    pub accepted: bool,
    /// Every rule that was not met.
    pub reasons: Vec<Reason>,
    /// What happened.
    pub events: Vec<Event>,
    /// The intent, exactly as signed.
    pub intent: SignedIntent,
}

/// What the service noticed.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What happened by it.
    pub events: Vec<Event>,
    /// The rules by which every later entry is decided, where a newer Showclear goes on with the log.
    pub adopts: Option<Adopted>,
}

/// The rules that a log goes on with. The limits are still those of its founding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Adopted {
    /// The hash of the rules.
    pub rules: Hash,
    /// The number of their semantics.
    pub semantics: u32,
    /// The hash of the schema of intents.
    pub schema: Hash,
}

impl Adopted {
    /// The rules that are built in, with these limits.
    #[must_use]
    pub fn built_in(limits: &Limits) -> Adopted {
        Adopted { rules: rules_hash(limits), semantics: SEMANTICS, schema: schema_hash() }
    }

    fn write(&self) -> Value {
        json!({
            "rules": self.rules.to_string(),
            "schema": self.schema.to_string(),
            "semantics": self.semantics,
        })
    }

    fn read(value: Json<'_>) -> Result<Adopted, WireError> {
        let Some(mut fields) = value.object() else {
            return Err(WireError::Wrong { field: "adopts".to_owned(), expected: "rules, schema and semantics" });
        };
        let adopted = Adopted {
            rules: take_hash(&mut fields, "rules")?,
            semantics: wire::required(&mut fields, "semantics")?,
            schema: take_hash(&mut fields, "schema")?,
        };
        wire::nothing_left(&fields)?;
        Ok(adopted)
    }
}

/// Why bytes are no entry of this log.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum EntryError {
    /// More than [`MAX_ENTRY_BYTES`].
    #[error("the entry is larger than {MAX_ENTRY_BYTES} bytes")]
    TooLarge,
    /// Not three lines that begin as an entry does.
    #[error("this is not an entry: it must have three lines, the first `{ENTRY_DOMAIN} <origin>`")]
    Shape,
    /// An entry of another log.
    #[error("this entry belongs to another log: {0}")]
    OtherOrigin(String),
    /// The verdict is not in the one form.
    #[error("the verdict is not well written: {0}")]
    Form(#[from] NotCanonical),
    /// The verdict does not say what it must.
    #[error("the verdict is not well formed: {0}")]
    Wire(#[from] WireError),
    /// The intent in it is none.
    #[error("the intent in it does not hold: {0}")]
    Intent(#[from] IntentError),
    /// The verdict's claimed time is not the intent's.
    #[error("the verdict gives another claimed time than the intent")]
    ClaimedAt,
}

/// The hash of the rules with these limits: what a verdict says that it was made by.
#[must_use]
pub fn rules_hash(limits: &Limits) -> Hash {
    let ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    hash_json(&json!({"limits": write_limits(limits), "rules": ids, "semantics": SEMANTICS}))
}

/// SHA-256 over the one form of a value.
#[must_use]
pub fn hash_json(value: &Value) -> Hash {
    Hash(Sha256::digest(canonical::write(value).unwrap_or_default()).into())
}

/// Who founds a log: the person that the events of its first entry enter.
#[must_use]
pub fn founder_in(events: &[Event]) -> Option<Id> {
    events.iter().find_map(|event| if let Event::PersonAdded { person } = event { Some(*person) } else { None })
}

impl Decision {
    /// The kernel's verdict in it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict { accepted: self.accepted, reasons: self.reasons.clone(), events: self.events.clone() }
    }

    /// The context in which the kernel gave it.
    #[must_use]
    pub fn context(&self, decided_at: Millis) -> crate::Context {
        crate::Context {
            act: self.intent.said.id,
            by: self.intent.said.by,
            device: self.device,
            proven: self.proven,
            decided_at,
            claimed_at: self.intent.said.claimed_at,
        }
    }
}

impl Genesis {
    /// The rules of the log.
    #[must_use]
    pub const fn whole_rules(&self) -> Rules {
        Rules::new(self.limits)
    }
}

impl Entry {
    /// What happened by it.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        match &self.body {
            Body::Genesis(genesis) => &genesis.events,
            Body::Decision(decision) => &decision.events,
            Body::Carried(carried) => &carried.events,
            Body::Notice(notice) => &notice.events,
        }
    }

    /// The intent in it, where it has one.
    #[must_use]
    pub fn intent(&self) -> Option<&SignedIntent> {
        match &self.body {
            Body::Decision(decision) => Some(&decision.intent),
            Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => None,
        }
    }

    /// The bytes of the leaf.
    ///
    /// # Errors
    /// Where they would be more than [`MAX_ENTRY_BYTES`], or a text is not in the one form.
    pub fn encode(&self, origin: &Origin) -> Result<Vec<u8>, EntryError> {
        let intent = self.intent().map_or_else(|| "-".to_owned(), |intent| BASE64.encode(&intent.note));
        let text = format!("{ENTRY_DOMAIN} {origin}\n{}\n{intent}\n", canonical::write(&self.write())?);
        if text.len() > MAX_ENTRY_BYTES { Err(EntryError::TooLarge) } else { Ok(text.into_bytes()) }
    }

    /// Reads an entry of this log. Signatures are not looked at here.
    ///
    /// # Errors
    /// Where the bytes are no entry of it.
    pub fn decode(bytes: &[u8], origin: &Origin) -> Result<Entry, EntryError> {
        Entry::read(bytes, origin).map(|(entry, _)| entry)
    }

    /// The entry, and the note of the intent in it as it reads.
    pub(crate) fn read(bytes: &[u8], origin: &Origin) -> Result<(Entry, Option<Note>), EntryError> {
        let (first, second, third) = lines(bytes)?;
        let of = first.strip_prefix(ENTRY_DOMAIN).and_then(|it| it.strip_prefix(' ')).ok_or(EntryError::Shape)?;
        if of != origin.as_str() {
            return Err(EntryError::OtherOrigin(of.chars().take(128).collect()));
        }
        let mut fields = canonical::read_text(second)?.object().ok_or(EntryError::Shape)?;
        let what = fields.take("entry").and_then(Json::text).ok_or(EntryError::Shape)?;
        let index = fields.take("index").and_then(|it| it.as_u64()).ok_or(EntryError::Shape)?;
        let decided_at = wire::required(&mut fields, "decided_at")?;
        let mut signed = None;
        let body = match (what.as_ref(), third) {
            ("genesis", "-") => Body::Genesis(Box::new(Genesis::read(&mut fields)?)),
            ("carried", "-") => Body::Carried(Box::new(read_carried(&mut fields)?)),
            ("notice", "-") => Body::Notice(Notice {
                events: read_events(&mut fields)?,
                adopts: fields.take("adopts").map(Adopted::read).transpose()?,
            }),
            ("decision", note) if note != "-" => {
                let note = BASE64.decode(note).map_err(|_| EntryError::Shape)?;
                let (intent, note) = SignedIntent::read(note, origin)?;
                signed = Some(note);
                Body::Decision(Box::new(Decision::read(&mut fields, intent)?))
            }
            _ => return Err(EntryError::Shape),
        };
        wire::nothing_left(&fields)?;
        Ok((Entry { index, decided_at, body }, signed))
    }

    /// The origin that an entry's first line names, before anything else of it is believed.
    ///
    /// # Errors
    /// Where the bytes do not begin as an entry does.
    pub fn origin_of(bytes: &[u8]) -> Result<Origin, EntryError> {
        let (first, ..) = lines(bytes)?;
        let of = first.strip_prefix(ENTRY_DOMAIN).and_then(|it| it.strip_prefix(' ')).ok_or(EntryError::Shape)?;
        of.parse().map_err(|_| EntryError::Shape)
    }

    fn write(&self) -> Value {
        let mut object = match &self.body {
            Body::Genesis(genesis) => genesis.write(),
            Body::Decision(decision) => decision.write(),
            Body::Carried(carried) => write_carried(carried),
            Body::Notice(notice) => {
                let adopts = notice.adopts.map(|adopted| ("adopts".to_owned(), adopted.write()));
                std::iter::once(("entry".to_owned(), Value::from("notice"))).chain(adopts).collect()
            }
        };
        object.insert("index".to_owned(), Value::from(self.index));
        object.insert("decided_at".to_owned(), self.decided_at.put());
        object.insert("events".to_owned(), Value::Array(self.events().iter().map(wire::write_event).collect()));
        Value::Object(object)
    }
}

fn lines(bytes: &[u8]) -> Result<(&str, &str, &str), EntryError> {
    if bytes.len() > MAX_ENTRY_BYTES {
        return Err(EntryError::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| EntryError::Shape)?;
    let mut lines = text.split('\n');
    match (lines.next(), lines.next(), lines.next(), lines.next(), lines.next()) {
        (Some(first), Some(second), Some(third), Some(""), None) => Ok((first, second, third)),
        _ => Err(EntryError::Shape),
    }
}

fn write_carried(carried: &Carried) -> Map<String, Value> {
    let keys: Vec<String> = carried.keys.iter().map(|key| Hash(*key).to_string()).collect();
    let value = json!({"entry": "carried", "keys": keys, "last": carried.last, "lost": carried.lost});
    value.as_object().cloned().unwrap_or_default()
}

fn read_carried(fields: &mut Fields<'_>) -> Result<Carried, WireError> {
    let last = fields.take("last").and_then(|it| it.as_bool()).ok_or_else(|| WireError::Missing("last".to_owned()))?;
    let keys = read_list(fields, "keys", |key| read_key(&key))?;
    Ok(Carried { events: read_events(fields)?, keys, last, lost: take_text_or_null(fields, "lost")? })
}

fn write_limits(limits: &Limits) -> Value {
    json!({
        "ask_tolerance_ms": limits.ask_tolerance,
        "identity_life_ms": limits.identity_life,
        "showing_life_ms": limits.showing_life,
    })
}

fn read_limits(value: Option<Json<'_>>) -> Result<Limits, WireError> {
    let mut fields = value.and_then(Json::object).unwrap_or_default();
    let mut span = |name: &str| {
        let value = fields.take(name).and_then(|it| it.as_u64());
        value.ok_or_else(|| WireError::Wrong { field: name.to_owned(), expected: "a span in milliseconds" })
    };
    let limits = Limits {
        showing_life: span("showing_life_ms")?,
        identity_life: span("identity_life_ms")?,
        ask_tolerance: span("ask_tolerance_ms")?,
    };
    wire::nothing_left(&fields)?;
    Ok(limits)
}

fn read_events(fields: &mut Fields<'_>) -> Result<Vec<Event>, WireError> {
    read_list(fields, "events", wire::event_of)
}

fn read_list<T>(
    fields: &mut Fields<'_>,
    name: &str,
    read: impl Fn(Json<'_>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let items = fields.take(name).and_then(Json::list).ok_or_else(|| WireError::Missing(name.to_owned()))?;
    items.into_iter().map(read).collect()
}

fn take_hash(fields: &mut Fields<'_>, name: &str) -> Result<Hash, WireError> {
    read_hash(name, &fields.take(name).unwrap_or(Json::Null))
}

fn take_text(fields: &mut Fields<'_>, name: &str) -> Result<String, WireError> {
    let text = fields.take(name).and_then(Json::text).map(Cow::into_owned);
    text.ok_or_else(|| WireError::Missing(name.to_owned()))
}

fn take_text_or_null(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, WireError> {
    match fields.take(name) {
        Some(Json::Null) => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text.into_owned())),
        _ => Err(WireError::Missing(name.to_owned())),
    }
}

impl Genesis {
    fn write(&self) -> Map<String, Value> {
        let value = json!({
            "entry": "genesis",
            "founder_key": Hash(self.founder_key).to_string(),
            "limits": write_limits(&self.limits),
            "log_key": self.log_key,
            "previous": self.previous,
            "production": self.production.put(),
            "rules": self.rules.to_string(),
            "schema": self.schema.to_string(),
            "semantics": self.semantics,
        });
        value.as_object().cloned().unwrap_or_default()
    }

    fn read(fields: &mut Fields<'_>) -> Result<Genesis, WireError> {
        Ok(Genesis {
            production: wire::required(fields, "production")?,
            log_key: take_text(fields, "log_key")?,
            limits: read_limits(fields.take("limits"))?,
            rules: take_hash(fields, "rules")?,
            semantics: wire::required(fields, "semantics")?,
            schema: take_hash(fields, "schema")?,
            founder_key: read_key(&fields.take("founder_key").unwrap_or(Json::Null))?,
            previous: take_text_or_null(fields, "previous")?,
            events: read_events(fields)?,
        })
    }
}

impl Decision {
    fn write(&self) -> Map<String, Value> {
        let value = json!({
            "accepted": self.accepted,
            "claimed_at": self.intent.said.claimed_at.put(),
            "device": self.device.put(),
            "entry": "decision",
            "proven": self.proven.word(),
            "reasons": self.reasons.iter().map(wire::write_reason).collect::<Vec<_>>(),
            "rules": self.rules.to_string(),
            "semantics": self.semantics,
        });
        value.as_object().cloned().unwrap_or_default()
    }

    fn read(fields: &mut Fields<'_>, intent: SignedIntent) -> Result<Decision, EntryError> {
        let claimed_at: Millis = wire::required(fields, "claimed_at")?;
        if claimed_at != intent.said.claimed_at {
            return Err(EntryError::ClaimedAt);
        }
        let proven = Proven::from_word(&take_text(fields, "proven")?);
        let proven = proven.ok_or_else(|| WireError::Missing("proven".to_owned()))?;
        Ok(Decision {
            device: wire::required(fields, "device")?,
            proven,
            rules: take_hash(fields, "rules")?,
            semantics: wire::required(fields, "semantics")?,
            accepted: wire::required(fields, "accepted")?,
            reasons: read_list(fields, "reasons", wire::reason_of)?,
            events: read_events(fields)?,
            intent,
        })
    }
}
