//! What an extract holds: what was asked for, the places of the entries that answer it, and the places of those that
//! stand beside them so that a stranger can check them.
//!
//! ```text
//! {"about":{"guns":[],"lots":[],"persons":[]},"beside":[0],"day":2,"extracted":[41,42,…],"from":41,"moments":null,"to":97}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, Event};
use serde_json::{Map, Value, json};

use crate::about::{concerns_every_gun, entered_by, named};
use crate::device::device_id;
use crate::entry::{Body, Entry, EntryError};
use crate::erasure::erases;
use crate::keys::brought;
use crate::wire::{Wire, WireError, nothing_left, required};
use crate::{Id, Millis, canonical};

/// The most entries of an extract: two files each, and a few beside them, are what a ZIP can count.
pub const MOST_ENTRIES: usize = 32_000;

/// Guns, lots and persons.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct About {
    /// The guns.
    pub guns: BTreeSet<Id>,
    /// The lots.
    pub lots: BTreeSet<Id>,
    /// The persons.
    pub persons: BTreeSet<Id>,
}

/// A part of the record, by its order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Span {
    /// All of it.
    Whole,
    /// From the entry that opens a production day up to the one that opens the next.
    Day(Day),
    /// From an entry up to and without another.
    Entries {
        /// The first.
        from: u64,
        /// The first that does not belong to it.
        to: u64,
    },
    /// What was decided from a moment on and before another.
    Moments {
        /// From then on.
        from: Millis,
        /// Until just before then.
        to: Millis,
    },
}

/// What an extract is asked for: the entries of a span that are about these, or all of the span where nothing is named.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    /// About what.
    pub about: About,
    /// Out of which part.
    pub span: Span,
}

/// What an extract holds: the file `extract.json`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extent {
    /// About what; nothing is named where every entry of the range is there.
    pub about: About,
    /// The production day that the range is, where it is one.
    pub day: Option<Day>,
    /// The moments between which the range lies, where it was asked for by moments.
    pub moments: Option<(Millis, Millis)>,
    /// The first place of the range.
    pub from: u64,
    /// The first place behind it.
    pub to: u64,
    /// The entries that were asked for.
    pub extracted: Vec<u64>,
    /// The entries beside them.
    pub beside: Vec<u64>,
}

/// Why nothing can be extracted.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ExtentError {
    /// An entry cannot be read.
    #[error("entry {index} cannot be read: {error}")]
    Entry {
        /// Its place.
        index: u64,
        /// Why.
        error: EntryError,
    },
    /// No entry opens this day.
    #[error("production day {} is not on the record", .0.0)]
    NoSuchDay(Day),
    /// The range ends behind the record, or where it begins.
    #[error("there are no entries from {from} up to {to}: the record has {size}")]
    NoSuchRange {
        /// Where it was to begin.
        from: u64,
        /// Where it was to end.
        to: u64,
        /// How many entries there are.
        size: u64,
    },
    /// More than one file can hold, each with its proof.
    #[error("that would be {0} entries, and an extract holds {MOST_ENTRIES} at most")]
    TooMany(usize),
    /// No entry of the range answers.
    #[error("no entry of the record is about that")]
    Nothing,
}

impl About {
    /// Is nothing named?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.guns.is_empty() && self.lots.is_empty() && self.persons.is_empty()
    }

    /// Is the entry about one of these? A gun is also concerned by what lapses, holds or frees every gun.
    #[must_use]
    pub fn concerns(&self, entry: &Entry) -> bool {
        let named = named(entry);
        let all = [&self.guns, &self.lots, &self.persons];
        all.iter().any(|ids| !ids.is_disjoint(&named)) || (!self.guns.is_empty() && concerns_every_gun(entry))
    }

    fn write(&self) -> Value {
        let ids = |ids: &BTreeSet<Id>| Value::Array(ids.iter().map(Wire::put).collect());
        json!({"guns": ids(&self.guns), "lots": ids(&self.lots), "persons": ids(&self.persons)})
    }

    fn read(value: Option<Value>) -> Result<About, WireError> {
        let mut fields = object(value, "about")?;
        let mut ids = |name: &str| {
            let list = fields.remove(name).and_then(|it| it.as_array().cloned()).unwrap_or_default();
            let ids: Option<Vec<Id>> = list.iter().map(Id::get).collect();
            ids.ok_or_else(|| wrong(name, "identifiers")).map(BTreeSet::from_iter)
        };
        let about = About { guns: ids("guns")?, lots: ids("lots")?, persons: ids("persons")? };
        nothing_left(&fields)?;
        Ok(about)
    }
}

fn wrong(field: &str, expected: &'static str) -> WireError {
    WireError::Wrong { field: field.to_owned(), expected }
}

fn object(value: Option<Value>, name: &str) -> Result<Map<String, Value>, WireError> {
    value.and_then(|it| it.as_object().cloned()).ok_or_else(|| wrong(name, "an object"))
}

fn place(fields: &mut Map<String, Value>, name: &str) -> Result<u64, WireError> {
    fields.remove(name).and_then(|it| it.as_u64()).ok_or_else(|| wrong(name, "the place of an entry"))
}

/// Places that rise, each once.
fn places(fields: &mut Map<String, Value>, name: &str) -> Result<Vec<u64>, WireError> {
    let list = fields.remove(name).and_then(|it| it.as_array().cloned());
    let places: Option<Vec<u64>> = list.and_then(|list| list.iter().map(Value::as_u64).collect());
    let rising = places.filter(|places| places.is_sorted_by(|one, next| one < next));
    rising.ok_or_else(|| wrong(name, "places of entries, rising"))
}

fn moments(fields: &mut Map<String, Value>) -> Result<Option<(Millis, Millis)>, WireError> {
    match fields.remove("moments") {
        Some(Value::Null) => Ok(None),
        Some(Value::Array(pair)) => match pair.as_slice() {
            [from, to] => Millis::get(from).zip(Millis::get(to)).map(Some).ok_or_else(|| wrong("moments", "two times")),
            _ => Err(wrong("moments", "two times")),
        },
        _ => Err(wrong("moments", "two times or null")),
    }
}

impl Extent {
    /// Is it every entry of its range?
    #[must_use]
    pub fn is_gapless(&self) -> bool {
        self.about.is_empty()
    }

    /// Every place, rising.
    #[must_use]
    pub fn places(&self) -> BTreeSet<u64> {
        self.extracted.iter().chain(&self.beside).copied().collect()
    }

    /// The bytes of `extract.json`.
    pub(super) fn write(&self) -> Vec<u8> {
        let value = json!({
            "about": self.about.write(),
            "beside": self.beside,
            "day": self.day.put(),
            "extracted": self.extracted,
            "from": self.from,
            "moments": self.moments.map(|(from, to)| [from.put(), to.put()]),
            "to": self.to,
        });
        // Identifiers and whole numbers always have the one form.
        let mut bytes = canonical::write(&value).unwrap_or_default().into_bytes();
        bytes.push(b'\n');
        bytes
    }

    /// Reads `extract.json`: one line of JSON in the one form.
    pub(super) fn read(bytes: &[u8]) -> Result<Extent, String> {
        let line = bytes.strip_suffix(b"\n").ok_or("it is not one line")?;
        let value = canonical::read(line).map_err(|error| error.to_string())?;
        let read = |value| -> Result<Extent, WireError> {
            let mut fields = object(Some(value), "extract.json")?;
            let extent = Extent {
                about: About::read(fields.remove("about"))?,
                beside: places(&mut fields, "beside")?,
                day: required(&mut fields, "day")?,
                extracted: places(&mut fields, "extracted")?,
                from: place(&mut fields, "from")?,
                moments: moments(&mut fields)?,
                to: place(&mut fields, "to")?,
            };
            nothing_left(&fields)?;
            Ok(extent)
        };
        let extent = read(value).map_err(|error| error.to_string())?;
        // Identifiers are sorted, and each list is there: there is no second text for one extent.
        if extent.write() == bytes { Ok(extent) } else { Err("it is not written in the one form".to_owned()) }
    }

    /// The extent that answers what is asked for.
    ///
    /// # Errors
    /// [`ExtentError`] where an entry cannot be read, or nothing answers.
    pub fn of(entries: &[Vec<u8>], asked: &Asked) -> Result<Extent, ExtentError> {
        let entries = read_all(entries)?;
        let (from, to) = range(&entries, asked.span)?;
        let within = |entry: &&Entry| (from..to).contains(&entry.index);
        let about = |entry: &&Entry| asked.about.is_empty() || asked.about.concerns(entry);
        let extracted: Vec<u64> = entries.iter().filter(within).filter(about).map(|entry| entry.index).collect();
        if extracted.is_empty() {
            return Err(ExtentError::Nothing);
        }
        let mut extent = Extent {
            about: asked.about.clone(),
            day: if let Span::Day(day) = asked.span { Some(day) } else { None },
            moments: if let Span::Moments { from, to } = asked.span { Some((from, to)) } else { None },
            from,
            to,
            extracted,
            beside: Vec::new(),
        };
        extent.beside = beside(&extent, &entries);
        fits(extent.extracted.len().saturating_add(extent.beside.len()))?;
        Ok(extent)
    }

    /// The places whose entries show that the range begins and ends where it is said to: the one that opens the day,
    /// and those just outside.
    pub(super) fn bounds(&self, size: u64) -> impl Iterator<Item = u64> {
        let before = self.from.checked_sub(1).filter(|_| self.moments.is_some());
        let first = self.day.map(|_| self.from);
        let behind = Some(self.to).filter(|to| *to < size && (self.moments.is_some() || self.day.is_some()));
        before.into_iter().chain(first).chain(behind)
    }
}

const fn fits(entries: usize) -> Result<(), ExtentError> {
    if entries <= MOST_ENTRIES { Ok(()) } else { Err(ExtentError::TooMany(entries)) }
}

fn read_all(entries: &[Vec<u8>]) -> Result<Vec<Entry>, ExtentError> {
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let origin = Entry::origin_of(first).map_err(|error| ExtentError::Entry { index: 0, error })?;
    let read = |(index, bytes): (u64, &Vec<u8>)| {
        Entry::decode(bytes, &origin).map_err(|error| ExtentError::Entry { index, error })
    };
    (0u64..).zip(entries).map(read).collect()
}

fn range(entries: &[Entry], span: Span) -> Result<(u64, u64), ExtentError> {
    let size = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let first = |fits: &dyn Fn(&Entry) -> bool| entries.iter().find(|entry| fits(entry)).map(|entry| entry.index);
    let (from, to) = match span {
        Span::Whole => (0, size),
        Span::Entries { from, to } => (from, to),
        Span::Day(day) => {
            let from = first(&|entry| opens(entry) == Some(day)).ok_or(ExtentError::NoSuchDay(day))?;
            (from, first(&|entry| entry.index > from && opens(entry).is_some()).unwrap_or(size))
        }
        Span::Moments { from, to } => {
            let since = |moment| first(&|entry| entry.decided_at >= moment).unwrap_or(size);
            (since(from), since(to))
        }
    };
    if from < to && to <= size { Ok((from, to)) } else { Err(ExtentError::NoSuchRange { from, to, size }) }
}

/// The production day that an entry opens.
pub(super) fn opens(entry: &Entry) -> Option<Day> {
    entry.events().iter().find_map(|event| if let Event::DayOpened { day, .. } = event { Some(*day) } else { None })
}

/// The device whose key signed an entry's intent, where the intent does not bring that key along.
pub(super) fn signer_of(entry: &Entry) -> Option<Id> {
    match &entry.body {
        Body::Decision(decision) => decision.device,
        Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => None,
    }
}

/// The devices whose keys an entry brings.
pub(super) fn enrols(entry: &Entry) -> Vec<Id> {
    brought(entry).iter().map(device_id).collect()
}

/// What lets a stranger check the extracted entries: the founding, which names the log's key; the entries just outside
/// the range; the first entry that enters each person and thing that is named; of all these the entries that say what
/// was erased of them; and the enrolment of each device that signed one.
fn beside(extent: &Extent, entries: &[Entry]) -> Vec<u64> {
    let at = |index: u64| usize::try_from(index).ok().and_then(|index| entries.get(index));
    let size = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let mut all: BTreeSet<u64> = extent.extracted.iter().copied().chain(extent.bounds(size)).chain([0]).collect();
    let mentioned: BTreeSet<Id> = extent.extracted.iter().filter_map(|index| at(*index)).flat_map(named).collect();
    let mut entered: BTreeMap<Id, u64> = BTreeMap::new();
    for entry in entries {
        for id in entry.events().iter().filter_map(entered_by) {
            entered.entry(id).or_insert(entry.index);
        }
    }
    all.extend(entered.iter().filter(|(id, _)| mentioned.contains(id)).map(|(_, index)| *index));
    // What erases and what enrols may rest on others of the kind, until none is added.
    let mut before = 0;
    while before < all.len() {
        before = all.len();
        let here = || all.iter().filter_map(|index| at(*index));
        let signers: BTreeSet<Id> = here().filter_map(signer_of).collect();
        let acts: BTreeSet<Id> = here().filter_map(|entry| Some(entry.intent()?.said.id)).collect();
        let rests_on = |entry: &&Entry| {
            let enrols = enrols(entry).iter().any(|device| signers.contains(device));
            enrols || erases(entry).any(|(intent, ..)| acts.contains(&intent))
        };
        let more: Vec<u64> = entries.iter().filter(rests_on).map(|entry| entry.index).collect();
        all.extend(more);
    }
    extent.extracted.iter().for_each(|index| {
        all.remove(index);
    });
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proof::zip::MAX_FILES;

    use super::{ExtentError, MOST_ENTRIES, fits};

    #[test]
    fn an_extract_holds_as_many_entries_as_its_container_can_count() {
        assert_eq!(fits(MOST_ENTRIES), Ok(()));
        assert_eq!(fits(MOST_ENTRIES + 1), Err(ExtentError::TooMany(MOST_ENTRIES + 1)));
        let around = 20;
        assert!(2 * MOST_ENTRIES + around <= MAX_FILES);
    }
}
