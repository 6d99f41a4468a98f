//! The founding of a production: its first entry.

use kernel::{Day, Event, Limits, Role, Roles, Rules};
use proof::note::{KeyName, Signer};
use record::device::{device_id, key_name};
use record::entry::{Body, Entry, Genesis, rules_hash};
use record::schema::schema_hash;
use record::{Id, Millis, Origin};

use crate::error::ServiceError;
use crate::key::LogKey;
use crate::pin;
use crate::random;

/// What a production is founded with.
#[derive(Clone)]
pub struct Founding {
    /// The domain under which its log is named: lower-case letters, digits, dots, hyphens.
    pub domain: String,
    /// The production's name. It stays in the office database.
    pub production_name: String,
    /// The founder's name. It stays in the office database.
    pub founder_name: String,
    /// The public key of the founder's device (Ed25519, RFC 8032).
    pub founder_public_key: [u8; 32],
    /// The founder's PIN: 4 to 8 digits.
    pub founder_pin: String,
    /// The production day that is open from the founding on.
    pub day: u32,
    /// The limits that the production adopts, in milliseconds.
    pub limits: Limits,
}

impl std::fmt::Debug for Founding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Founding").field("domain", &self.domain).finish_non_exhaustive()
    }
}

/// A founding that can be written down.
#[derive(Debug)]
pub(crate) struct Drafted {
    pub(crate) origin: Origin,
    pub(crate) founder: Id,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pin_hash: String,
}

/// The signer of a log: its key bears the log's own name.
pub(crate) fn log_signer(origin: &Origin, key: &LogKey) -> Result<Signer, ServiceError> {
    let name = KeyName::new(&origin.to_string());
    let name = name.map_err(|error| ServiceError::BadFounding { detail: error.to_string() })?;
    Ok(Signer::new(name, key.secret()))
}

/// Writes the first entry: what the log stands on, the founder with his device, and an open day on
/// which he is the producer, so that somebody can enter all others.
pub(crate) fn draft(founding: &Founding, key: &LogKey, now_ms: i64) -> Result<Drafted, ServiceError> {
    let bad = |detail: String| ServiceError::BadFounding { detail };
    pin::check_form(&founding.founder_pin).map_err(|error| bad(error.to_string()))?;
    for name in [&founding.production_name, &founding.founder_name] {
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err(bad("a name is empty".to_owned()));
        }
    }
    let production = random::id(now_ms)?;
    let founder = random::id(now_ms)?;
    let origin = Origin::new(&founding.domain, production, 0).map_err(|error| bad(error.to_string()))?;
    let device = device_id(&founding.founder_public_key);
    let device_key = KeyName::new(&key_name(production, device));
    device_key
        .and_then(|name| proof::note::VerifyingKey::new(name, founding.founder_public_key))
        .map_err(|error| bad(error.to_string()))?;
    let (day, at) = (Day(founding.day), Millis(now_ms));
    let genesis = Genesis {
        production,
        log_key: log_signer(&origin, key)?.verifying_key().to_string(),
        limits: founding.limits,
        rules: rules_hash(&founding.limits),
        semantics: kernel::SEMANTICS,
        schema: schema_hash(),
        founder_key: founding.founder_public_key,
        previous: None,
        events: vec![
            Event::DayOpened { day, at },
            Event::PersonAdded { person: founder },
            Event::RolesAssigned { person: founder, day, roles: Roles::NONE.with(Role::Producer), answers_to: None },
            // No intent invited the founder; the founding itself stands for the invitation.
            Event::DeviceEnrolled { invitation: production, device, person: founder },
        ],
    };
    if !Rules::new(founding.limits).is_whole() {
        return Err(bad("a rule is left out".to_owned()));
    }
    let entry = Entry { index: 0, decided_at: at, body: Body::Genesis(Box::new(genesis)) };
    let bytes = entry.encode(&origin).map_err(|error| bad(error.to_string()))?;
    let pin_hash = pin::hash(&founding.founder_pin).map_err(|error| bad(error.to_string()))?;
    Ok(Drafted { origin, founder, bytes, pin_hash })
}
