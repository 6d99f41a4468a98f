//! What an entry is about: the identifiers that stand in it, and what happens to every gun without naming one.

use std::collections::BTreeSet;

use kernel::Event;
use serde_json::Value;

use crate::Id;
use crate::entry::Entry;
use crate::wire::{Wire, write_event, write_intent, write_reason};

/// Every identifier that stands in an entry: in the intent's `by`, `item` and `body`, in the reasons and in the events.
#[must_use]
pub fn named(entry: &Entry) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    if let crate::entry::Body::Decision(decision) = &entry.body {
        let said = &decision.intent.said;
        let (_, item, body) = write_intent(&said.intent);
        collect(&Value::Object(body), &mut found);
        found.extend(item.into_iter().chain(said.by));
        decision.reasons.iter().for_each(|reason| collect(&write_reason(reason), &mut found));
    }
    entry.events().iter().for_each(|event| collect(&write_event(event), &mut found));
    found
}

/// No word of the record reads like an identifier, so a text that does is one.
fn collect(value: &Value, found: &mut BTreeSet<Id>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| collect(item, found)),
        Value::String(_) => found.extend(Id::get(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Does something happen in this entry that can lapse, hold or free a gun without naming it, or that lets live rounds into it?
#[must_use]
pub fn concerns_every_gun(entry: &Entry) -> bool {
    let every = |event: &crate::Event| {
        matches!(
            event,
            Event::BreakBegan { .. }
                | Event::ClockJumped { .. }
                | Event::DayOpened { .. }
                | Event::ExhibitGiven { .. }
                | Event::ExhibitReleased { .. }
                | Event::ExhibitTaken { .. }
                | Event::ExhibitToPolice { .. }
                | Event::LotHeld { .. }
                | Event::PacksAdopted { .. }
                | Event::PersonLeft { .. }
                | Event::RangeConfirmed { .. }
                | Event::RoundsFound { .. }
                | Event::SceneClosed { .. }
                | Event::StopLifted { .. }
                | Event::StopPulled { .. }
                | Event::UnitBreakBegan { .. }
        )
    };
    entry.events().iter().any(every)
}

/// The person or thing that an event enters on the register.
#[must_use]
#[allow(clippy::wildcard_enum_match_arm, reason = "an event that enters something is one of these")]
pub const fn entered_by(event: &crate::Event) -> Option<Id> {
    match event {
        Event::PersonAdded { person } => Some(*person),
        Event::GunRegistered { gun, .. } => Some(*gun),
        Event::PlaceRegistered { place, .. } => Some(*place),
        Event::LotRegistered { lot, .. } | Event::LotReceived { lot, .. } | Event::LotReboxed { lot, .. } => Some(*lot),
        Event::ScenePlanned { scene, .. } => Some(*scene),
        _ => None,
    }
}
