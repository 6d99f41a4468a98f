//! What an event does to a gun with a feed. Its rounds are one sum over chambers and feed, for working
//! the action moves them and nobody enters that.

use super::rounds::{comes_to, goes_from, out_of_box, questioned, unfired_come_out, with_lot};
use super::with;
use crate::event::Event;
use crate::gun::{Answer, Chambers, Gun, Loading};
use crate::rounds::OutAt;
use crate::scope::Scope;
use crate::state::State;

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a feed")]
pub(super) fn of_a_feed<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::FeedCheckAnswered { gun, side, readings, feed, device, at } => {
            let answer = Answer { readings, feed: Some(feed), barrels: None, device, at };
            with(state, gun, |gun| gun.answered(side, answer));
            if state.has_live_out_of_place(gun, &answer.seen()) {
                questioned(state, gun);
            }
        }
        Event::GunFeedLoaded { gun, lot, chambers, rounds, from } => loaded(state, gun, lot, (chambers, rounds), from),
        Event::GunFeedEmptied { gun, spent, misfired, unfired, to } => {
            emptied(state, gun, [spent, misfired, unfired], to);
        }
        Event::GunFeedSwapped { gun, lot, place, rounds, came_out, into, .. } if state.guns.contains_key(&gun) => {
            with(state, gun, |gun| gun.swapped(lot, came_out, rounds));
            goes_from(state, lot, OutAt::Place(place), u32::from(rounds));
            comes_to(state, lot, OutAt::Place(into), u32::from(came_out));
        }
        _ => {}
    }
}

fn loaded<S: Scope>(
    state: &mut State<S>,
    gun: S::Gun,
    lot: S::Lot,
    (chambers, rounds): (Chambers, u8),
    from: Option<S::Person>,
) {
    if !state.guns.contains_key(&gun) {
        return;
    }
    with(state, gun, |gun| gun.fed_from(lot, chambers, rounds));
    let went_in = chambers.count().saturating_add(u32::from(rounds));
    match from {
        Some(person) => goes_from(state, lot, OutAt::Person(person), went_in),
        None => out_of_box(state, lot, went_in),
    }
}

fn emptied<S: Scope>(state: &mut State<S>, gun: S::Gun, came_out: [u8; 3], to: Option<S::Person>) {
    let mut lot = None;
    with(state, gun, |gun| {
        lot = gun.fed_out(came_out.into_iter().map(u32::from).fold(0, u32::saturating_add));
        gun.is_emptied();
    });
    let (Some(lot), [spent, misfired, unfired]) = (lot, came_out.map(u32::from)) else { return };
    unfired_come_out(state, lot, unfired, to);
    with_lot(state, lot, |lot| {
        lot.spent = lot.spent.saturating_add(spent);
        lot.misfired = lot.misfired.saturating_add(misfired);
        lot.open();
    });
}

impl<S: Scope> Gun<S> {
    fn fed_from(&mut self, lot: S::Lot, chambers: Chambers, rounds: u8) {
        self.loaded_from(lot, chambers);
        if let Some(loading) = &mut self.loading {
            loading.feed = loading.feed.saturating_add(rounds);
        }
    }

    /// Of what is in it some came out with what fed it, and others went in.
    fn swapped(&mut self, lot: S::Lot, came_out: u8, rounds: u8) {
        let looked = self.loading.and_then(|loading| loading.bore);
        if came_out > 0 {
            self.fed_out(u32::from(came_out));
        }
        self.fed_from(lot, Chambers::NONE, rounds);
        if let Some(loading) = &mut self.loading {
            loading.bore = loading.bore.or(looked);
        }
        self.inquired = false;
    }

    /// So many rounds came out of chambers and feed; gives the lot that they are of.
    fn fed_out(&mut self, rounds: u32) -> Option<S::Lot> {
        let loading = self.loading?;
        let left = u8::try_from(self.rounds_loaded().saturating_sub(rounds)).unwrap_or(u8::MAX);
        self.loading = (left > 0).then_some(Loading { chambers: Chambers::NONE, feed: left, ..loading });
        Some(loading.lot)
    }
}
