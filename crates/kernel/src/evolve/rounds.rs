//! What an event does to lots, and to the rounds between their boxes, people, places and guns. Every
//! round that leaves one comes to another.

use super::{shot, unit, with};
use crate::event::{BlindSide, Event};
use crate::gun::{Chambers, Doubt, Gun};
use crate::open::{is_left_out, is_locked_away};
use crate::rounds::{Count, CountAnswer, Loss, Lot, LotCustody, LotKind, LotVerified, Occasion, OutAt, Source};
use crate::scope::Scope;
use crate::state::{State, Stop, StopCause};
use crate::unit::Unit;

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
            gun.inquired = false;
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
        gun.is_emptied();
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

/// A round was seen in the gun that should not be there: so it may be of the others of its lot.
pub(super) fn seen_where_none_should_be<S: Scope>(state: &mut State<S>, stop: &Stop<S>) {
    let seen = matches!(stop.cause, StopCause::LiveRound | StopCause::UnexpectedRound);
    if let Some(gun) = stop.gun.filter(|_| seen) {
        questioned(state, gun);
    }
}

// What nobody vouches for.

fn question_all<S: Scope>(state: &mut State<S>, questioned: &[S::Lot]) {
    questioned.iter().for_each(|lot| with_lot(state, *lot, Lot::question));
}

/// The lots of which rounds lie in this place loose.
fn loose_in<S: Scope>(state: &State<S>, place: S::Place) -> Vec<S::Lot> {
    state.out.keys().filter(|(_, at)| *at == OutAt::Place(place)).map(|(lot, _)| *lot).collect()
}

fn boxes_in<S: Scope>(state: &State<S>, place: S::Place) -> Vec<S::Lot> {
    let there = |lot: &Lot<S>| matches!(lot.custody, LotCustody::In { place: of, .. } if of == place);
    state.lots.iter().filter(|(_, lot)| there(lot)).map(|(id, _)| *id).collect()
}

/// A round was found in a place: none of those that lie there is told from it by its box or by a seal.
pub(super) fn place_questioned<S: Scope>(state: &mut State<S>, place: S::Place) {
    question_all(state, &loose_in(state, place));
    for lot in boxes_in(state, place) {
        with_lot(state, lot, Lot::is_vouched_for_by_nobody);
    }
    if let Some(place) = state.places.get_mut(&place) {
        place.seal = None;
        place.seal_seen = false;
    }
}

/// Nobody saw what happened to the boxes in a place, or to what lies there loose; a seal carries the count of a belt.
pub(super) fn left_alone<S: Scope>(state: &mut State<S>, place: S::Place) {
    let loose = loose_in(state, place).into_iter().filter(|lot| is_left_out(state, *lot, OutAt::Place(place)));
    let questioned: Vec<S::Lot> = loose.chain(boxes_in(state, place)).collect();
    question_all(state, &questioned);
}

/// Ammunition was not locked away when a break or a day began: an open box, or rounds in hands, on a table, in a belt.
pub(super) fn left_out<S: Scope>(state: &mut State<S>, unit: Unit) {
    let of_the_unit = |lot: &S::Lot| state.units.of_lot(*lot) == unit;
    let open = state.lots.iter().filter(|(_, lot)| lot.opened && !is_locked_away(state, lot)).map(|(id, _)| *id);
    let loose = state.out.keys().filter(|(lot, at)| is_left_out(state, *lot, *at)).map(|(lot, _)| *lot);
    let questioned: Vec<S::Lot> = open.chain(loose).filter(of_the_unit).collect();
    question_all(state, &questioned);
}

/// Whoever leaves with rounds in his hands, or with an open box, or leaves them lying: nobody saw what became of them.
pub(super) fn handler_left<S: Scope>(state: &mut State<S>, person: S::Person) {
    let open = state.lots.iter().filter(|(_, lot)| lot.opened && lot.holder() == Some(person)).map(|(id, _)| *id);
    let loose = state.out.keys().filter(|(_, at)| *at == OutAt::Person(person)).map(|(lot, _)| *lot);
    let questioned: Vec<S::Lot> = open.chain(loose).collect();
    question_all(state, &questioned);
}

// What was worn.

fn is_worn<S: Scope>(state: &State<S>, place: S::Place) -> bool {
    state.places.get(&place).is_some_and(|it| it.kind.is_worn())
}

fn none_in_hands<S: Scope>(state: &State<S>, lot: S::Lot) -> bool {
    !state.out.keys().any(|(of, at)| *of == lot && matches!(at, OutAt::Person(_)))
}

/// What was worn loads no gun: it may be another round than the one that went in (law 9).
fn came_out_of<S: Scope>(state: &mut State<S>, lot: S::Lot, place: S::Place) {
    let worn = is_worn(state, place);
    with_lot(state, lot, |lot| lot.worn |= worn && lot.kind.in_chamber().is_some());
}

/// Back in a belt or pocket it is what it was.
fn went_into<S: Scope>(state: &mut State<S>, lot: S::Lot, place: S::Place) {
    let settled = is_worn(state, place) && none_in_hands(state, lot);
    with_lot(state, lot, |lot| lot.worn &= !settled);
}

/// Back in its box, two people have every round of the lot in the hand again.
fn went_into_the_box<S: Scope>(state: &mut State<S>, lot: S::Lot) {
    let settled = none_in_hands(state, lot);
    with_lot(state, lot, |lot| {
        if lot.worn {
            lot.verified = None;
        }
        lot.worn &= !settled;
    });
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
            went_into_the_box(state, lot);
        }
        Event::RoundsStowed { lot, person, place, rounds } => {
            goes_from(state, lot, OutAt::Person(person), rounds);
            comes_to(state, lot, OutAt::Place(place), rounds);
            went_into(state, lot, place);
        }
        Event::RoundsGathered { lot, person, place, rounds } => {
            goes_from(state, lot, OutAt::Place(place), rounds);
            comes_to(state, lot, OutAt::Person(person), rounds);
            came_out_of(state, lot, place);
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
            with_lot(state, lot, |lot| {
                lot.verified = Some(LotVerified { counter, witness, at });
                lot.worn = false;
            });
        }
        Event::LotHeld { lot, stop, missing, by, concerned, at } => {
            with_lot(state, lot, |lot| lot.missing = missing);
            let cause = StopCause::RoundMissing;
            let pulled = Stop { cause, by, gun: None, lot: Some(lot), concerned, since: at, inquiry: None };
            state.stops.entry(stop).or_insert(pulled);
            held_with(state, lot, at);
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

/// As every stop, the one of a missing round voids what was shown: in its unit, and wherever the lot was loaded.
fn held_with<S: Scope>(state: &mut State<S>, lot: S::Lot, at: S::Time) {
    let unit = state.units.of_lot(lot);
    let units = &state.units;
    let of_it = |gun: &Gun<S>| gun.loading.is_some_and(|loading| loading.lot == lot);
    let held = state.guns.iter_mut().filter(|(id, gun)| units.of_gun(**id) == unit || of_it(gun));
    held.for_each(|(_, gun)| gun.void(Doubt::Stopped, at));
    shot::everybody_moved(state, unit);
}

/// The stop is lifted. Where it held a lot whose rounds were never found, they are written off.
pub(super) fn stop_lifted<S: Scope>(state: &mut State<S>, stop: S::Act) {
    let Some(lifted) = state.stops.remove(&stop) else { return };
    if let Some(gun) = lifted.gun {
        with(state, gun, |gun| gun.inquired = gun.loading.is_some());
    }
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
