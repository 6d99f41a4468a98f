//! Which entries are blind answers, and which open them: docs/log-format.md, "What is kept back".

use std::collections::BTreeMap;

use kernel::{Event, Intent};

use crate::Id;
use crate::entry::Entry;

/// The gun, lot or line that a blind answer is about. A refused one counts too: it says as much.
#[must_use]
#[allow(clippy::wildcard_enum_match_arm, reason = "an intent that carries a blind answer is one of these")]
pub fn answer_about(entry: &Entry) -> Option<Id> {
    match entry.intent()?.said.intent {
        Intent::AnswerCheck { gun, .. }
        | Intent::AnswerFeedCheck { gun, .. }
        | Intent::IssueFeedInLine { gun, .. }
        | Intent::ConfirmFeedInLine { gun, .. }
        | Intent::AnswerBarrelCheck { gun, .. }
        | Intent::IssueBarrelsInLine { gun, .. }
        | Intent::ConfirmBarrelsInLine { gun, .. } => Some(gun),
        // A thing that cannot fire is issued in a line without a reading.
        Intent::IssueInLine { gun, readings, .. } | Intent::ConfirmInLine { gun, readings, .. } => {
            (!readings.read().is_empty()).then_some(gun)
        }
        Intent::AnswerCount { lot, .. } => Some(lot),
        Intent::MusterLine { line, .. } => Some(line),
        _ => None,
    }
}

/// The gun, lot or line whose blind answers may be read from this event on.
#[must_use]
#[allow(clippy::wildcard_enum_match_arm, reason = "an event that opens answers is one of these")]
pub const fn opened_by(event: &crate::Event) -> Option<Id> {
    match event {
        Event::AnswersOpened { gun } => Some(*gun),
        Event::CountOpened { lot } => Some(*lot),
        Event::MusterOpened { line } => Some(*line),
        _ => None,
    }
}

/// The blind answers that no entry has opened yet, by what they are about. Fed with every entry in order.
#[derive(Clone, Debug, Default)]
pub struct Closed {
    answers: BTreeMap<Id, Vec<u64>>,
}

impl Closed {
    /// Takes the next entry in, and gives the places of the answers that it opens.
    pub fn learn(&mut self, index: u64, entry: &Entry) -> Vec<u64> {
        if let Some(thing) = answer_about(entry) {
            self.answers.entry(thing).or_default().push(index);
        }
        let things = entry.events().iter().filter_map(opened_by);
        things.flat_map(|thing| self.answers.remove(&thing).unwrap_or_default()).collect()
    }

    /// The places of the answers that are still closed, the first one first.
    #[must_use]
    pub fn places(&self) -> Vec<u64> {
        let mut places: Vec<u64> = self.answers.values().flatten().copied().collect();
        places.sort_unstable();
        places
    }
}
