//! What an event does to a range production, and what of it is on a range.

use crate::event::Event;
use crate::range::{RangeConfirmed, RangeProduction};
use crate::scope::Scope;
use crate::state::State;

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a range production")]
pub(super) fn of_a_range<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::RangeDeclared { declaration, exception, by, at } => {
            state.range = Some(RangeProduction { declaration, exception, by, at, confirmed: None });
        }
        Event::RangeConfirmed { declaration, by, at } => {
            if let Some(range) = state.range.as_mut().filter(|range| range.declaration == declaration) {
                range.confirmed = Some(RangeConfirmed { by, at });
            }
        }
        _ => {}
    }
}
