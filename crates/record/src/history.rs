//! Which entry corrects which: law 13, "original, corrected and both are three views".
//!
//! Nothing in the record is changed. What is entered anew is another entry, and the later one holds: the roles of a
//! person on a day, a duty that begins at the same moment, the plan of a scene, the calibre of a gun. What people saw,
//! counted or did is corrected by nothing: a second look or count stands beside the first. Nor are packs that were
//! adopted: until the later adoption the earlier one held, and what was judged by it stands.

use std::collections::BTreeMap;

use kernel::{Day, Event};
use serde_json::Value;

use crate::entry::{Body, Entry};
use crate::wire::{write_event, write_intent};
use crate::{Id, Millis, canonical};

/// One of three ways to read a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum View {
    /// As it was first entered: without the entries that correct others.
    Original,
    /// As it holds: without the entries that others correct.
    Corrected,
    /// Every entry, with what it corrects and what corrects it.
    Both,
}

/// What can be entered anew.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Subject {
    Roles(Id, Day),
    Duty(Id, Millis),
    Plan(Id),
    Calibre(Id),
}

/// Which entries correct which.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Corrections {
    newest: BTreeMap<Subject, u64>,
    corrects: BTreeMap<u64, u64>,
    corrected_by: BTreeMap<u64, u64>,
}

impl Corrections {
    /// Takes the next entry in.
    pub fn learn(&mut self, entry: &Entry) {
        for subject in entry.events().iter().filter_map(subject) {
            let earlier = self.newest.insert(subject, entry.index).filter(|earlier| *earlier < entry.index);
            if let Some(earlier) = earlier {
                self.corrects.insert(entry.index, earlier);
                self.corrected_by.insert(earlier, entry.index);
            }
        }
    }

    /// The entry that this one corrects.
    #[must_use]
    pub fn corrects(&self, index: u64) -> Option<u64> {
        self.corrects.get(&index).copied()
    }

    /// The entry that corrects this one.
    #[must_use]
    pub fn corrected_by(&self, index: u64) -> Option<u64> {
        self.corrected_by.get(&index).copied()
    }

    /// Does a view show the entry? The founding stands in each, and so does what was carried over from the epoch before:
    /// they say more than what was corrected in them.
    #[must_use]
    pub fn shows(&self, view: View, entry: &Entry) -> bool {
        let founding = matches!(entry.body, Body::Genesis(_) | Body::Carried(_));
        match view {
            View::Both => true,
            View::Original => self.corrects(entry.index).is_none(),
            View::Corrected => founding || self.corrected_by(entry.index).is_none(),
        }
    }
}

/// The body of an intent as JSON in the one form.
#[must_use]
pub fn body(intent: &crate::Intent) -> String {
    let (_, _, body) = write_intent(intent);
    // A body that was read has the one form.
    canonical::write(&Value::Object(body)).unwrap_or_default()
}

/// The word for what happened.
#[must_use]
pub fn event_word(event: &crate::Event) -> String {
    write_event(event).get("event").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[allow(clippy::wildcard_enum_match_arm, reason = "an event by which something is entered anew is one of these")]
const fn subject(event: &crate::Event) -> Option<Subject> {
    match event {
        Event::RolesAssigned { person, day, .. } => Some(Subject::Roles(*person, *day)),
        Event::DutyRostered { person, from, .. } => Some(Subject::Duty(*person, *from)),
        Event::ScenePlanned { scene, .. } => Some(Subject::Plan(*scene)),
        Event::CalibreEntered { gun, .. } => Some(Subject::Calibre(*gun)),
        _ => None,
    }
}
