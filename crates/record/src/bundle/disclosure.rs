//! Texts behind the record's commitments: a line each, in the one form of JSON.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use proof::commit::commit;
use proof::tree::Hash;
use serde_json::json;

use super::BundleFault;
use super::files::DISCLOSURES;
use crate::{Id, canonical};

/// The value behind one commitment, with the salt that opens it.
#[derive(Clone, Eq, Ord, PartialEq, PartialOrd)]
pub struct Disclosure {
    /// The intent that holds the commitment.
    pub intent: Id,
    /// Where in it.
    pub path: String,
    /// The salt.
    pub salt: [u8; 16],
    /// The value.
    pub value: String,
}

impl std::fmt::Debug for Disclosure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Disclosure")
            .field("intent", &self.intent)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// The lines, sorted.
pub(super) fn write(disclosures: &[Disclosure]) -> Vec<u8> {
    let sorted: BTreeSet<&Disclosure> = disclosures.iter().collect();
    let line = |it: &&Disclosure| {
        let salt = BASE64.encode(it.salt);
        let value = json!({"intent": it.intent.to_string(), "path": it.path, "salt": salt, "value": it.value});
        canonical::write(&value).ok()
    };
    sorted.iter().filter_map(line).fold(String::new(), |text, line| text + &line + "\n").into_bytes()
}

fn read_line(line: &str) -> Option<Disclosure> {
    let value = canonical::read(line.as_bytes()).ok()?;
    let fields = value.as_object().filter(|fields| fields.len() == 4)?;
    let text = |name: &str| fields.get(name)?.as_str();
    Some(Disclosure {
        intent: text("intent")?.parse().ok()?,
        path: text("path")?.to_owned(),
        salt: BASE64.decode(text("salt")?).ok()?.try_into().ok()?,
        value: text("value")?.to_owned(),
    })
}

/// Holds every disclosed text to its commitment, and gives those that are disclosed, by intent and path.
pub(super) fn check(
    bytes: &[u8],
    commitments: &BTreeMap<(Id, String), Hash>,
) -> Result<BTreeSet<(Id, String)>, BundleFault> {
    let fault = |line: usize, sentence: &str| {
        let sentence = format!("line {}: {sentence}", line.saturating_add(1));
        BundleFault::of_file(DISCLOSURES, "DISCLOSURE", sentence)
    };
    let text = str::from_utf8(bytes).map_err(|_| fault(0, "it is not text"))?;
    let mut before: Option<Disclosure> = None;
    let mut told = BTreeSet::new();
    for (number, line) in text.split_terminator('\n').enumerate() {
        let disclosure = read_line(line).ok_or_else(|| fault(number, "it is not the disclosure of a text"))?;
        if before.as_ref().is_some_and(|before| *before >= disclosure) {
            return Err(fault(number, "it stands in the wrong place, or twice"));
        }
        let key = (disclosure.intent, disclosure.path.clone());
        let Some(Hash(commitment)) = commitments.get(&key) else {
            return Err(fault(number, "no entry has a commitment to this text"));
        };
        if commit(&disclosure.salt, &disclosure.path, &disclosure.value) != *commitment {
            return Err(fault(number, "text and salt are not those that the entry has a commitment to"));
        }
        before = Some(disclosure);
        told.insert(key);
    }
    Ok(told)
}
