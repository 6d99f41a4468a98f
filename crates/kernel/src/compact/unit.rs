//! Units told again.

use crate::event::Event;
use crate::scope::Scope;
use crate::state::State;

/// The units, and whose the places and boxes are, after the boxes: until then everything is the first unit's.
pub(super) fn units<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    told.extend(state.units.others.keys().map(|unit| Event::UnitEntered { unit: *unit }));
    let place = |(place, unit): (&S::Place, &_)| Event::PlaceMovedToUnit { place: *place, unit: *unit };
    told.extend(state.units.places.iter().map(place));
    let lot = |(lot, unit): (&S::Lot, &_)| Event::LotMovedToUnit { lot: *lot, unit: *unit };
    told.extend(state.units.lots.iter().map(lot));
}

/// Of which unit people are, after the day was opened.
pub(super) fn people<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let moved = |(person, unit): (&S::Person, &_)| Event::PersonMovedToUnit { person: *person, unit: *unit };
    told.extend(state.units.people.iter().map(moved));
}

/// What the units besides the first have on.
pub(super) fn takes<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (unit, work) in &state.units.others {
        told.extend(work.take.map(|take| Event::UnitTakeBegun { unit: *unit, shot: take.shot, at: take.since }));
    }
}
