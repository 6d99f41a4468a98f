//! What an event does to belts, the scene, its meetings, its lines and its shot plan.

use super::unit;
use crate::event::{BlindSide, Event};
use crate::people::Place;
use crate::scene::{Line, Meeting, Muster, OpenScene};
use crate::scope::Scope;
use crate::state::State;
use crate::unit::Unit;

fn with_place<S: Scope>(state: &mut State<S>, place: S::Place, change: impl FnOnce(&mut Place)) {
    if let Some(place) = state.places.get_mut(&place) {
        change(place);
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about the scene")]
pub(super) fn of_the_scene<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::BeltSealed { place, seal } => with_place(state, place, |place| {
            place.seal = Some(seal);
            place.seal_seen = true;
        }),
        Event::SealSeen { place } => with_place(state, place, |place| place.seal_seen = true),
        Event::SealBroken { place } => with_place(state, place, |place| {
            place.seal = None;
            place.seal_seen = false;
        }),
        Event::ReloadDeclared { place } => with_place(state, place, |place| place.reload = true),
        // A scene is shot by the unit of the place, in which it is open.
        Event::SceneOpened { scene, place, at } => {
            let unit = state.units.of_place(place);
            unit::scene(state, unit, Some(OpenScene { scene, place, since: at }));
        }
        Event::SceneClosed { scene, .. } => {
            let unit = state.unit_that_shoots(scene).unwrap_or(Unit::FIRST);
            closed(state, unit);
        }
        Event::MeetingHeld { meeting, scene, place, led_by, at, .. } => {
            state.meetings.insert(meeting, Meeting { scene, place, led_by, at });
            state.present.insert((meeting, led_by));
        }
        Event::MeetingAttended { meeting, person } => {
            state.present.insert((meeting, person));
        }
        Event::TransferDeclared { gun, to } => {
            state.transfers.insert((gun, to));
        }
        Event::PresetDeclared { gun, place } => {
            state.presets.insert((gun, place));
        }
        _ => of_a_line(state, event),
    }
}

/// Nothing that was declared for a scene outlives it.
pub(super) fn closed<S: Scope>(state: &mut State<S>, unit: Unit) {
    super::shot::everybody_moved(state, unit);
    if let Some(open) = state.scene_of(unit) {
        state.police_told.remove(&open.scene);
    }
    unit::scene(state, unit, None);
    let units = &state.units;
    state.transfers.retain(|(gun, _)| units.of_gun(*gun) != unit);
    state.presets.retain(|(gun, _)| units.of_gun(*gun) != unit);
    let places = state.places.iter_mut().filter(|(place, _)| units.of_place(**place) == unit);
    places.for_each(|(_, place)| place.reload = false);
    let guns = state.guns.iter_mut().filter(|(gun, _)| units.of_gun(**gun) == unit);
    guns.for_each(|(_, gun)| gun.off_set());
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about the scene")]
fn of_a_line<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::LineBegun { line, handler, witness, at } => {
            let (handler_counted, witness_counted, again) = (None, None, false);
            let begun = Line { handler, witness, since: at, handler_counted, witness_counted, again };
            state.lines.insert(line, begun);
        }
        Event::MusterAnswered { line, side, guns, device, .. } => {
            if let Some(line) = state.lines.get_mut(&line) {
                match side {
                    BlindSide::Checker => line.handler_counted = Some(Muster { guns, device }),
                    BlindSide::Witness => line.witness_counted = Some(Muster { guns, device }),
                }
            }
        }
        Event::MustersDiffered { line, .. } => {
            if let Some(line) = state.lines.get_mut(&line) {
                *line = Line { handler_counted: None, witness_counted: None, again: true, ..*line };
            }
        }
        Event::LineMustered { line, .. } | Event::MusterOpened { line } => {
            state.lines.remove(&line);
        }
        _ => {}
    }
}
