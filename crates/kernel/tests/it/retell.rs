//! A state told again is the same state, after every step of every history.

use kernel::{Event, State, evolve, retell};

use crate::history::over_histories;
use crate::stage::{Small, Stage};

/// The state that these events make.
pub fn evolved(events: &[Event<Small>]) -> State<Small> {
    let mut state = State::default();
    events.iter().for_each(|event| evolve(&mut state, event));
    state
}

#[test]
fn a_production_before_its_first_day_is_told_again() {
    let state = Stage::before_the_day().state;
    assert_eq!(evolved(&retell(&state)), state);
}

#[test]
fn every_state_that_is_reached_is_told_again_exactly() {
    over_histories(|told| {
        let state = &told.after.state;
        assert_eq!(&evolved(&retell(state)), state);
    });
}

/// What is stored as a snapshot is short: of each thing its own few events, and no more for all that
/// was ever said of it.
#[test]
fn what_is_told_again_is_short() {
    over_histories(|told| {
        let state = &told.after.state;
        let of = |person: &kernel::Person<Small>| {
            person.days.len() + person.duties.len() + person.trained.iter().count() + 5
        };
        let entries =
            state.people.values().map(of).sum::<usize>() + state.required.iter().count() + state.requests.len() * 2;
        let register = state.devices.len() * 2 + state.invitations.len() + state.places.len() * 3;
        let rounds = state.lots.len() * 9 + state.out.len() * 2 + state.stand_off_centimetres.len();
        let scene = 1 + state.scenes.len() + state.meetings.len() + state.present.len() + state.lines.len() * 4;
        let shots = state.shots.len() * 2 + state.planned_guns.len() * 4 + state.placed.len() + state.told.len();
        let plan = state.transfers.len() + state.presets.len() + shots + 1;
        let units = &state.units;
        let moved = units.people.len() + units.guns.len() + units.lots.len() + units.places.len();
        let units = moved + units.others.len() * 3;
        let beside =
            state.exhibits.len() * 5 + units + state.erased.len() + state.preservations.len() + state.losses_told.len();
        let most =
            4 + beside + entries + register + rounds + scene + plan + state.stops.len() * 2 + state.guns.len() * 14;
        assert!(retell(state).len() <= most, "{} events for {state:?}", retell(state).len());
    });
}
