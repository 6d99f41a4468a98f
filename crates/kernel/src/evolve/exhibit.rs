//! What an event does to exhibits.

use super::{rounds, shot, with};
use crate::event::Event;
use crate::exhibit::{Bagged, Exhibit, ExhibitOf, Keeper};
use crate::gun::Doubt;
use crate::rounds::{Lot, OutAt};
use crate::scope::Scope;
use crate::state::{State, StopCause};

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about an exhibit")]
pub(super) fn of_an_exhibit<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::GunExhibited { exhibit, gun, stop, guard, at } => {
            keep(state, exhibit, ExhibitOf::Gun(gun), (stop, guard, at));
            with(state, gun, |gun| {
                gun.void(Doubt::Stopped, at);
                gun.off_set();
            });
            shot::line_changed(state, gun);
        }
        Event::LotExhibited { exhibit, lot, stop, guard, at } => {
            keep(state, exhibit, ExhibitOf::Lot(lot), (stop, guard, at));
            rounds::with_lot(state, lot, |lot| lot.counted = false);
        }
        Event::RoundsBagged { exhibit, gun, lot, rounds, saw, stop, guard, at } => {
            keep(state, exhibit, ExhibitOf::Rounds(Bagged { gun, lot, rounds, saw }), (stop, guard, at));
            with(state, gun, |gun| {
                gun.has_nothing_in_it();
                gun.void(Doubt::Loaded, at);
            });
        }
        Event::ExhibitGiven { exhibit, from, to, at } => {
            goes_to(state, exhibit, Keeper::Given { from, to, since: at });
        }
        Event::ExhibitTaken { exhibit, by, at } => {
            goes_to(state, exhibit, Keeper::Guard { person: by, since: at });
        }
        Event::ExhibitToPolice { exhibit, at } => goes_to(state, exhibit, Keeper::Police { since: at }),
        Event::ExhibitReleased { exhibit, at } => released(state, exhibit, at),
        _ => {}
    }
}

/// A gun or a box is one exhibit at a time: the last that it was made. Two bags are two, also where they hold the same.
fn keep<S: Scope>(
    state: &mut State<S>,
    act: S::Act,
    of: ExhibitOf<S>,
    (stop, guard, since): (S::Act, S::Person, S::Time),
) {
    let is_a_bag = matches!(of, ExhibitOf::Rounds(_));
    state.exhibits.retain(|_, it| is_a_bag || it.of != of);
    let pulled = state.stops.get(&stop);
    let cause = pulled.map_or(StopCause::Called, |stop| stop.cause);
    let inquirer = pulled.and_then(|stop| stop.inquiry).map(|inquiry| inquiry.inquirer);
    let keeper = Keeper::Guard { person: guard, since };
    state.exhibits.insert(act, Exhibit { of, stop, cause, inquirer, guard, since, keeper });
}

fn goes_to<S: Scope>(state: &mut State<S>, exhibit: S::Act, keeper: Keeper<S>) {
    if let Some(exhibit) = state.exhibits.get_mut(&exhibit) {
        exhibit.keeper = keeper;
    }
}

/// Whoever was named to inquire into the stop decides about what is kept for it.
pub(super) fn inquiry_named<S: Scope>(state: &mut State<S>, stop: S::Act, inquirer: S::Person) {
    let kept = state.exhibits.values_mut().filter(|it| it.stop == stop);
    kept.for_each(|it| it.inquirer = Some(inquirer));
}

/// Nobody can vouch for what was in other hands: a gun is shown again, and a box is verified again, round by round.
fn released<S: Scope>(state: &mut State<S>, exhibit: S::Act, at: S::Time) {
    let Some(kept) = state.exhibits.remove(&exhibit) else { return };
    match kept.of {
        ExhibitOf::Gun(gun) => {
            with(state, gun, |gun| gun.void(Doubt::OutOfSight, at));
            // It was in other hands with what is in it.
            rounds::questioned(state, gun);
        }
        ExhibitOf::Lot(lot) => rounds::with_lot(state, lot, Lot::is_vouched_for_by_nobody),
        ExhibitOf::Rounds(bag) => {
            if let Some(keeper) = kept.answers_for_it() {
                given_out_again(state, &bag, keeper);
            }
        }
    }
}

/// What is in a bag that an inquiry lets go is in the hands of whoever kept it, until it is in its box again. Of a bag with
/// anything else in it than rounds of that lot nothing comes back.
fn given_out_again<S: Scope>(state: &mut State<S>, bag: &Bagged<S>, keeper: S::Person) {
    let Some(lot) = bag.lot else { return };
    let unfired = bag.unfired_of(state.lots.get(&lot).map(|lot| lot.kind));
    if unfired > 0 {
        rounds::comes_to(state, lot, OutAt::Person(keeper), unfired);
        rounds::with_lot(state, lot, Lot::question);
    }
}
