//! What an event does to lots, and to the rounds between their boxes, people, places and guns. Every
//! round that leaves one comes to another.

use super::{unit, with};
use crate::event::{BlindSide, Event};
use crate::gun::{Chambers, Fired, Gun};
use crate::rounds::{Count, CountAnswer, Loss, Lot, LotCustody, LotKind, LotVerified, Occasion, OutAt, Source};
use crate::scope::Scope;
use crate::state::{State, Stop, StopCause};

pub(super) fn with_lot<S: Scope>(state: &mut State<S>, lot: S::Lot, change: impl FnOnce(&mut Lot<S>)) {
    if let Some(lot) = state.lots.get_mut(&lot) {
        change(lot);
    }
}

fn out_by<S: Scope>(state: &mut State<S>, lot: S::Lot, at: OutAt<S>, change: impl FnOnce(u32) -> u32) {
    let rounds = change(state.out_at(lot, at));
    if rounds == 0 {
        state.out.remove(&(lot, at));
    } else {
        state.out.insert((lot, at), rounds);
    }
}

pub(super) fn comes_to<S: Scope>(state: &mut State<S>, lot: S::Lot, at: OutAt<S>, rounds: u32) {
    out_by(state, lot, at, |there| there.saturating_add(rounds));
}

pub(super) fn goes_from<S: Scope>(state: &mut State<S>, lot: S::Lot, at: OutAt<S>, rounds: u32) {
    out_by(state, lot, at, |there| there.saturating_sub(rounds));
}

fn into_box<S: Scope>(state: &mut State<S>, lot: S::Lot, rounds: u32) {
    with_lot(state, lot, |lot| {
        lot.rounds = lot.rounds.saturating_add(rounds);
        lot.open();
    });
}

pub(super) fn out_of_box<S: Scope>(state: &mut State<S>, lot: S::Lot, rounds: u32) {
    with_lot(state, lot, |lot| {
        lot.rounds = lot.rounds.saturating_sub(rounds);
        lot.open();
    });
}

// Guns.

pub(super) fn loaded<S: Scope>(state: &mut State<S>, gun: S::Gun, lot: S::Lot, chambers: Chambers) {
    if state.guns.contains_key(&gun) {
        with(state, gun, |gun| gun.loaded_from(lot, chambers));
        out_of_box(state, lot, chambers.count());
    }
}

pub(super) fn loaded_from_hand<S: Scope>(
    state: &mut State<S>,
    gun: S::Gun,
    lot: S::Lot,
    chambers: Chambers,
    person: S::Person,
) {
    if state.guns.contains_key(&gun) {
        with(state, gun, |gun| gun.loaded_from(lot, chambers));
        goes_from(state, lot, OutAt::Person(person), chambers.count());
    }
}

pub(super) fn reloaded<S: Scope>(state: &mut State<S>, gun: S::Gun, lot: S::Lot, place: S::Place, chambers: Chambers) {
    if state.guns.contains_key(&gun) {
        let mut ejected = 0;
        with(state, gun, |gun| {
            ejected = chambers.and(gun.loaded()).count();
            gun.loaded_from(lot, chambers);
            gun.fired.shots = gun.fired.shots.saturating_sub(u8::try_from(ejected).unwrap_or(u8::MAX));
        });
        goes_from(state, lot, OutAt::Place(place), chambers.count());
        // The cases that made room lie on the set; they are gathered into the box, or missed there.
        with_lot(state, lot, |lot| {
            lot.spent = lot.spent.saturating_add(ejected);
            lot.open();
        });
    }
}

/// Unfired rounds go into somebody's hands, or into the box.
pub(super) fn unfired_come_out<S: Scope>(state: &mut State<S>, lot: S::Lot, rounds: u32, to: Option<S::Person>) {
    match to {
        Some(person) => comes_to(state, lot, OutAt::Person(person), rounds),
        None => into_box(state, lot, rounds),
    }
}

pub(super) fn unloaded<S: Scope>(state: &mut State<S>, gun: S::Gun, chambers: Chambers, to: Option<S::Person>) {
    let mut lot = None;
    with(state, gun, |gun| lot = gun.unloaded(chambers));
    if let Some(lot) = lot {
        unfired_come_out(state, lot, chambers.count(), to);
    }
}

pub(super) fn emptied<S: Scope>(
    state: &mut State<S>,
    gun: S::Gun,
    spent: Chambers,
    misfired: Chambers,
    unfired: Chambers,
    to: Option<S::Person>,
) {
    let mut lot = None;
    with(state, gun, |gun| {
        lot = gun.unloaded(spent.or(misfired).or(unfired));
        gun.fired = Fired::default();
        gun.misfired_at = None;
    });
    let Some(lot) = lot else { return };
    unfired_come_out(state, lot, unfired.count(), to);
    with_lot(state, lot, |lot| {
        lot.spent = lot.spent.saturating_add(spent.count());
        lot.misfired = lot.misfired.saturating_add(misfired.count());
        lot.open();
    });
}

pub(super) fn tested<S: Scope>(
    state: &mut State<S>,
    gun: S::Gun,
    lot: S::Lot,
    rounds: u32,
    stand_off_centimetres: u32,
) {
    let found = state.stand_off_centimetres.entry((gun, lot)).or_insert(0);
    *found = (*found).max(stand_off_centimetres);
    with(state, gun, |gun| {
        gun.bore = None;
        gun.bore_due = true;
    });
    out_of_box(state, lot, rounds);
    // A charge of a muzzle-loader leaves no case.
    let leaves_cases = !state.guns.get(&gun).is_some_and(Gun::is_muzzle_loader);
    if leaves_cases {
        with_lot(state, lot, |lot| lot.spent = lot.spent.saturating_add(rounds));
    }
}

/// A live round was seen in the gun: the lot that it was loaded from is in question (law 2).
pub(super) fn questioned<S: Scope>(state: &mut State<S>, gun: S::Gun) {
    let loading = state.guns.get(&gun).and_then(|gun| gun.loading);
    if let Some(loading) = loading {
        with_lot(state, loading.lot, Lot::question);
    }
}

// Lots.

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a lot")]
pub(super) fn of_a_lot<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::LotReceived { lot, kind, load, calibre, source, rounds, inert_at_head, uniform, place, at } => {
            let (source, custody) = (Source::Supplier(source), LotCustody::In { place, since: at });
            let at_range = state.is_on_a_range(place);
            let came =
                Lot { load, calibre, source, uniform, custody, at_range, ..Lot::of(kind, inert_at_head, rounds) };
            state.lots.insert(lot, came);
            unit::lot_came(state, lot, state.units.of_place(place));
        }
        Event::LotTakenOut { lot, person, at } => {
            with_lot(state, lot, |lot| lot.custody = LotCustody::With { person, since: at });
        }
        Event::LotPutAway { lot, place, at } => {
            let at_range = state.is_on_a_range(place);
            with_lot(state, lot, |lot| {
                lot.custody = LotCustody::In { place, since: at };
                lot.at_range = at_range;
            });
        }
        Event::LotReturned { lot, vendor, at } => {
            with_lot(state, lot, |lot| lot.custody = LotCustody::Returned { vendor, since: at, signed_by: None });
        }
        Event::LotSignedFor { lot, by, .. } => with_lot(state, lot, |lot| {
            if let LotCustody::Returned { signed_by, .. } = &mut lot.custody {
                *signed_by = Some(by);
            }
        }),
        Event::LotReboxed { lot, from, rounds, person, at } => reboxed(state, lot, from, rounds, (person, at)),
        Event::RoundsDrawn { lot, person, rounds } => {
            out_of_box(state, lot, rounds);
            comes_to(state, lot, OutAt::Person(person), rounds);
        }
        Event::RoundsPutBack { lot, person, rounds } => {
            goes_from(state, lot, OutAt::Person(person), rounds);
            into_box(state, lot, rounds);
        }
        Event::RoundsStowed { lot, person, place, rounds } => {
            goes_from(state, lot, OutAt::Person(person), rounds);
            comes_to(state, lot, OutAt::Place(place), rounds);
        }
        Event::RoundsGathered { lot, person, place, rounds } => {
            goes_from(state, lot, OutAt::Place(place), rounds);
            comes_to(state, lot, OutAt::Person(person), rounds);
        }
        _ => of_a_count(state, event),
    }
}

fn reboxed<S: Scope>(
    state: &mut State<S>,
    lot: S::Lot,
    from: S::Lot,
    rounds: u32,
    (person, since): (S::Person, S::Time),
) {
    let Some(old) = state.lots.get(&from).copied() else { return };
    out_of_box(state, from, rounds);
    let (source, custody) = (Source::Lot(from), LotCustody::With { person, since });
    let Lot { load, calibre, uniform, at_range, .. } = old;
    let new = Lot { load, calibre, source, uniform, custody, at_range, ..Lot::of(old.kind, old.inert_at_head, rounds) };
    state.lots.insert(lot, new);
    unit::lot_came(state, lot, state.units.of_lot(from));
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a lot")]
fn of_a_count<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::CountBegun { lot, count, occasion, counter, witness, device, at } => with_lot(state, lot, |lot| {
            let again = lot.differed;
            lot.open();
            lot.count = Some(Count { device, ..Count::new(count, occasion, (counter, witness), at, again) });
        }),
        Event::CountAnswered { lot, side, tally, seal, device, at } => {
            let more_live = state.lots.get(&lot).is_some_and(|lot| tally.live > state.live_rounds_in(lot));
            with_lot(state, lot, |lot| lot.answered(side, CountAnswer { tally, seal, device, at }, more_live));
        }
        Event::CountsDiffered { lot, at } => with_lot(state, lot, |lot| lot.counts_differed(at)),
        Event::CountAgreed { lot, seal, .. } => with_lot(state, lot, |lot| lot.count_agreed(seal)),
        Event::LotVerified { lot, counter, witness, at } => {
            with_lot(state, lot, |lot| lot.verified = Some(LotVerified { counter, witness, at }));
        }
        Event::LotHeld { lot, stop, missing, by, concerned, at } => {
            with_lot(state, lot, |lot| lot.missing = missing);
            let cause = StopCause::RoundMissing;
            let pulled = Stop { cause, by, gun: None, lot: Some(lot), concerned, since: at, inquiry: None };
            state.stops.entry(stop).or_insert(pulled);
        }
        Event::RoundsFound { lot } => with_lot(state, lot, |lot| lot.missing = 0),
        Event::BrassMissed { lot, brass, .. } => with_lot(state, lot, |lot| {
            lot.brass_missing = brass;
            lot.loss = None;
        }),
        Event::CountGivenUp { lot, .. } => with_lot(state, lot, |lot| {
            lot.counted &= !lot.differed;
            lot.count = None;
        }),
        Event::CountOpened { lot } => with_lot(state, lot, |lot| {
            // Both have answered, and nothing agreed: there is more in the box than the record has.
            if lot.count.is_some() {
                lot.question();
            }
            lot.sealed = false;
            lot.count = None;
        }),
        Event::LossDeclared { lot, by, brass, place } => {
            with_lot(state, lot, |lot| lot.loss = Some(Loss { by, brass, place }));
        }
        Event::BrassLost { lot, brass, .. } => with_lot(state, lot, |lot| {
            let fired_here = brass.min(lot.spent);
            lot.spent = lot.spent.saturating_sub(fired_here);
            // A lot of brass has the rest among its rounds.
            if lot.kind == LotKind::Spent {
                lot.rounds = lot.rounds.saturating_sub(brass.saturating_sub(fired_here));
            }
            lot.brass_missing = lot.brass_missing.saturating_sub(brass);
            lot.loss = None;
        }),
        _ => {}
    }
}

/// The stop is lifted. Where it held a lot whose rounds were never found, they are written off.
pub(super) fn stop_lifted<S: Scope>(state: &mut State<S>, stop: S::Act) {
    let Some(lifted) = state.stops.remove(&stop) else { return };
    let Some(lot) = lifted.lot else { return };
    with_lot(state, lot, |lot| {
        let of_the_box = lot.missing.min(lot.rounds);
        lot.rounds = lot.rounds.saturating_sub(of_the_box);
        lot.misfired = lot.misfired.saturating_sub(lot.missing.saturating_sub(of_the_box));
        lot.missing = 0;
    });
}

impl<S: Scope> Count<S> {
    const fn new(
        act: S::Act,
        occasion: Occasion,
        (counter, witness): (S::Person, S::Person),
        since: S::Time,
        again: bool,
    ) -> Self {
        let (device, counter_answer, witness_answer) = (None, None, None);
        Count { act, occasion, counter, witness, since, device, again, counter_answer, witness_answer }
    }
}

impl<S: Scope> Lot<S> {
    /// Something went in or out: the seal is gone, and it is counted before it is put away for good.
    pub(super) const fn open(&mut self) {
        self.opened = true;
        self.seal = None;
    }

    /// What two people had in the hand is in question: nothing of it is used before they have it again.
    pub(super) const fn question(&mut self) {
        self.verified = None;
        self.counted = false;
    }

    /// It was in other hands.
    pub(super) const fn is_vouched_for_by_nobody(&mut self) {
        self.question();
        self.open();
    }

    /// `more_live` says that he counted live rounds which are not in the box by the record.
    const fn answered(&mut self, side: BlindSide, answer: CountAnswer<S>, more_live: bool) {
        self.sealed = true;
        if more_live {
            self.question();
        }
        if let Some(count) = &mut self.count {
            match side {
                BlindSide::Checker => count.counter_answer = Some(answer),
                BlindSide::Witness => count.witness_answer = Some(answer),
            }
        }
    }

    fn counts_differed(&mut self, at: S::Time) {
        self.differed = true;
        self.counted = false;
        if let Some(count) = self.count {
            let both = (count.counter, count.witness);
            self.count = Some(Count { device: count.device, ..Count::new(count.act, count.occasion, both, at, true) });
        }
    }

    const fn count_agreed(&mut self, seal: Option<u32>) {
        self.differed = false;
        self.counted = true;
        self.count = None;
        if seal.is_some() {
            self.seal = seal;
            self.opened = false;
        }
    }
}
