//! What an event does to units.

use super::{break_began, shot};
use crate::event::Event;
use crate::gun::Doubt;
use crate::scene::OpenScene;
use crate::scope::Scope;
use crate::shot::Take;
use crate::state::State;
use crate::unit::{Unit, put};

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a unit")]
pub(super) fn of_a_unit<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::UnitEntered { unit } => {
            state.units.others.entry(unit).or_default();
        }
        Event::PersonMovedToUnit { person, unit } => {
            put(&mut state.units.people, person, unit);
            shot::person_moved(state, person);
        }
        Event::GunMovedToUnit { gun, unit } => {
            put(&mut state.units.guns, gun, unit);
            shot::line_changed(state, gun);
        }
        Event::LotMovedToUnit { lot, unit } => put(&mut state.units.lots, lot, unit),
        Event::PlaceMovedToUnit { place, unit } => put(&mut state.units.places, place, unit),
        Event::UnitBreakBegan { unit, at } => break_began(state, unit, Doubt::Break, at),
        Event::UnitTakeBegun { unit, shot, at } => shot::take_begun(state, unit, Take { shot, since: at }),
        Event::UnitTakeEnded { unit, at } => shot::take_ended(state, unit, at),
        _ => {}
    }
}

/// Every unit.
pub(super) fn all<S: Scope>(state: &State<S>) -> Vec<Unit> {
    state.units.all().collect()
}

/// The scene that a unit shoots, or none.
pub(super) fn scene<S: Scope>(state: &mut State<S>, unit: Unit, scene: Option<OpenScene<S>>) {
    if unit == Unit::FIRST {
        state.scene = scene;
    } else if let Some(work) = state.units.others.get_mut(&unit) {
        work.scene = scene;
    }
}

/// The take of a unit that is on, or none.
pub(super) fn take<S: Scope>(state: &mut State<S>, unit: Unit, take: Option<Take<S>>) {
    if unit == Unit::FIRST {
        state.take = take;
    } else if let Some(work) = state.units.others.get_mut(&unit) {
        work.take = take;
    }
}

/// What is registered in a place is of the unit of that place.
pub(super) fn gun_came<S: Scope>(state: &mut State<S>, gun: S::Gun, place: S::Place) {
    let unit = state.units.of_place(place);
    put(&mut state.units.guns, gun, unit);
}

pub(super) fn lot_came<S: Scope>(state: &mut State<S>, lot: S::Lot, unit: Unit) {
    put(&mut state.units.lots, lot, unit);
}
