//! The names of a scenario, and the identifiers that stand for them.

use std::collections::BTreeMap;

use record::words::Facts;
use record::{Id, Millis};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::nearest;

/// What a name is the name of. A gun and a person may have the same name.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Space {
    /// A person.
    Person,
    /// A device.
    Device,
    /// A place.
    Place,
    /// A gun-shaped thing.
    Gun,
    /// A lot of rounds.
    Lot,
    /// A scene.
    Scene,
    /// A step that others refer to: an offer, a check, a count, a meeting, a line, a shot, a stop, an exhibit, a
    /// request, an invitation.
    Step,
}

impl Space {
    /// In words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Space::Person => "person",
            Space::Device => "device",
            Space::Place => "place",
            Space::Gun => "gun",
            Space::Lot => "lot",
            Space::Scene => "scene",
            Space::Step => "step",
        }
    }

    /// What the item of an intent is a name of, by the word that the table of intents has for it.
    #[must_use]
    pub fn of_item(word: &str) -> Option<Space> {
        match word {
            "person" => Some(Space::Person),
            "device" => Some(Space::Device),
            "place" => Some(Space::Place),
            "gun" => Some(Space::Gun),
            "lot" => Some(Space::Lot),
            "scene" => Some(Space::Scene),
            "stop" | "meeting" | "line" | "shot" | "request" | "intent" | "preservation" | "declaration"
            | "exhibit" => Some(Space::Step),
            _ => None,
        }
    }

    /// What a field of an intent is a name of, where it is an identifier.
    #[must_use]
    pub fn of_field(name: &str, schema: &Value) -> Option<Space> {
        schema.get("format").or_else(|| schema.pointer("/anyOf/0/format"))?;
        match name {
            "answers_to" | "to" | "witness" | "inquirer" | "source" | "vendor" | "whose" | "person" | "guard" => {
                Some(Space::Person)
            }
            "place" | "into" => Some(Space::Place),
            "gun" => Some(Space::Gun),
            "lot" | "from" => Some(Space::Lot),
            "invitation" | "offer" | "check" | "count" | "line" | "issue" | "shot" | "stop" => Some(Space::Step),
            _ => None,
        }
    }

    /// The identifier of a name: the first 16 bytes of a SHA-256 over both, so that the same file
    /// always gives the same record.
    #[must_use]
    pub fn id(self, name: &str) -> Id {
        let digest: [u8; 32] = Sha256::digest(format!("showclear scenario\n{}\n{name}", self.word())).into();
        let mut bytes = [0u8; 16];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = from;
        }
        Id::from_bytes(bytes)
    }
}

/// Whose phone it is, where a step names no device.
#[must_use]
pub fn phone_of(person: &str) -> String {
    format!("{person}'s phone")
}

/// Every name of a scenario.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<Id, (Space, String)>);

impl Names {
    /// Enters a name. Gives false where it was there already.
    pub fn declare(&mut self, space: Space, name: &str) -> bool {
        self.0.insert(space.id(name), (space, name.to_owned())).is_none()
    }

    /// The identifier of a name that was entered.
    #[must_use]
    pub fn find(&self, space: Space, name: &str) -> Option<Id> {
        let id = space.id(name);
        self.0.contains_key(&id).then_some(id)
    }

    /// The names of a kind, for whoever wrote one that is not among them; the one most like it first.
    #[must_use]
    pub fn listed(&self, space: Space, wrong: &str) -> String {
        let mut names: Vec<&str> =
            self.0.values().filter(|(of, _)| *of == space).map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        nearest::listed(wrong, &names)
    }

    /// The name of an identifier, where it has one.
    #[must_use]
    pub fn known(&self, id: Id) -> Option<&str> {
        self.0.get(&id).map(|(_, name)| name.as_str())
    }

    /// The name of an identifier.
    #[must_use]
    pub fn of(&self, id: Id) -> String {
        self.0.get(&id).map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }
}

impl Facts for Names {
    fn person(&self, person: Id) -> String {
        self.of(person)
    }

    fn thing(&self, thing: Id) -> String {
        self.of(thing)
    }

    fn moment(&self, at: Millis) -> String {
        clock(at)
    }
}

/// A moment of a scenario: milliseconds since the midnight before its first step. Parts of a second are written where
/// there are some.
#[must_use]
pub fn clock(at: Millis) -> String {
    let (seconds, part) = (at.0.div_euclid(1_000), at.0.rem_euclid(1_000));
    let (minutes, second) = (seconds.div_euclid(60), seconds.rem_euclid(60));
    let whole = format!("{:02}:{:02}:{second:02}", minutes.div_euclid(60), minutes.rem_euclid(60));
    if part == 0 { whole } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

/// The moment that is written `13:04`, `13:04:30` or `13:04:30.25`. After midnight the hours go on: `25:10`.
#[must_use]
pub fn parse_clock(text: &str) -> Option<Millis> {
    match text.split_once('.') {
        None => parse_seconds(text),
        // Parts of a second stand after a second, and after nothing else.
        Some((whole, part)) if whole.matches(':').count() == 2 => {
            Some(Millis(parse_seconds(whole)?.0.saturating_add(thousandths(part)?)))
        }
        Some(_) => None,
    }
}

/// `25` after the point is 250 milliseconds.
fn thousandths(part: &str) -> Option<i64> {
    let plain = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if plain { format!("{part:0<3}").parse().ok() } else { None }
}

fn parse_seconds(text: &str) -> Option<Millis> {
    let parts: Vec<i64> = text.split(':').map(two_digits).collect::<Option<_>>()?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    if hour > 71 || minute > 59 || second > 59 {
        return None;
    }
    let minutes = hour.saturating_mul(60).saturating_add(minute);
    Some(Millis(minutes.saturating_mul(60).saturating_add(second).saturating_mul(1_000)))
}

fn two_digits(part: &str) -> Option<i64> {
    let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if plain { part.parse().ok() } else { None }
}

/// What a span is, for whoever wrote another.
pub const SPAN: &str =
    "a span from `1 s` to `168 h`, a number and after a space `s`, `min` or `h`, such as `90 s`, `5 min` or `4 h`";

/// A span that is written `90 s`, `5 min` or `4 h`, in milliseconds.
#[must_use]
pub fn parse_span(text: &str) -> Option<u64> {
    let (number, unit) = text.split_once(' ')?;
    let number: u64 = number.parse().ok()?;
    let unit_ms = match unit {
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(unit_ms).filter(|span| (1..=7 * 24 * 3_600_000).contains(span))
}
