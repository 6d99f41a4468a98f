//! Lots told again: their boxes, their counts, and the rounds that are out of them.

use super::Known;
use crate::event::{BlindSide, Event};
use crate::gun::{Action, Chambers, GunKind};
use crate::rounds::{Count, CountAnswer, Lot, LotCustody, OutAt, Source, Tally};
use crate::scope::Scope;
use crate::state::{State, StopCause};

/// The boxes as they stood when the day or the last break began: nothing in them is counted yet.
///
/// Re-boxing opens the box that rounds come from, and so does everything that brings cases into one:
/// each box is filled, and then sealed, when nothing more comes from it.
pub(super) fn boxes<S: Scope>(state: &State<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let mut lots: Vec<(&S::Lot, &Lot<S>)> = state.lots.iter().collect();
    lots.sort_by_key(|(_, lot)| times_reboxed(state, lot));
    told.extend(lots.iter().filter_map(|(id, lot)| came(state, **id, lot, known)));
    for (id, lot) in &state.lots {
        cases(state, *id, lot, known, told);
    }
    for (id, lot) in &state.lots {
        put_together(state, *id, lot, known, told);
    }
}

/// How many boxes its rounds were in before: whoever was re-boxed less often is told first.
fn times_reboxed<S: Scope>(state: &State<S>, lot: &Lot<S>) -> usize {
    let before = |lot: &&Lot<S>| match lot.source {
        Source::Lot(from) => state.lots.get(&from),
        Source::Unknown | Source::Supplier(_) => None,
    };
    // Each step leads to a lot that was there before; more steps than lots there cannot be.
    core::iter::successors(Some(lot), before).take(state.lots.len()).count()
}

/// An empty box, of the lot's kind and source.
fn came<S: Scope>(state: &State<S>, id: S::Lot, lot: &Lot<S>, known: Known<S>) -> Option<Event<S>> {
    let Lot { kind, load, calibre, inert_at_head, uniform, .. } = *lot;
    let (at, rounds) = (since(state, lot), 0);
    match lot.source {
        Source::Unknown => Some(Event::LotRegistered { lot: id, kind, inert_at_head, rounds }),
        Source::Supplier(source) => {
            let (place, at) = (known.place_by(false)?, at?);
            Some(Event::LotReceived { lot: id, kind, load, calibre, source, rounds, inert_at_head, uniform, place, at })
        }
        Source::Lot(from) => {
            let (person, at) = (known.person?, at?);
            Some(Event::LotReboxed { lot: id, from, rounds, person, at })
        }
    }
}

/// A moment, where an event needs one and leaves no trace of it: of a box that nobody has entered
/// anywhere it is the morning.
const fn since<S: Scope>(state: &State<S>, lot: &Lot<S>) -> Option<S::Time> {
    match lot.custody {
        LotCustody::Unknown => state.day_since,
        LotCustody::In { since, .. } | LotCustody::With { since, .. } | LotCustody::Returned { since, .. } => {
            Some(since)
        }
    }
}

/// Tests, and whatever else was fired: of a lot that was tested the test brings every case, of
/// another one a gun that is emptied again and again.
fn cases<S: Scope>(state: &State<S>, id: S::Lot, lot: &Lot<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let (mut spent, mut misfired) = (lot.spent, lot.misfired);
    for ((gun, of), stand_off_centimetres) in &state.stand_off_centimetres {
        if *of == id {
            let (gun, rounds, stand_off_centimetres) = (*gun, core::mem::take(&mut spent), *stand_off_centimetres);
            told.push(Event::BlankTested { gun, lot: id, rounds, stand_off_centimetres });
        }
    }
    let (Some(gun), Some(place), Some(person), Some(at)) = (known.gun, known.place, known.person, since(state, lot))
    else {
        return;
    };
    // Any gun serves: the same one is told again afterwards, whole.
    let (kind, action, chambers) = (GunKind::LiveCapable, Action::SingleAction, 0);
    while spent > 0 || misfired > 0 {
        let (fired, struck) = (some(&mut spent), some(&mut misfired));
        told.push(Event::GunRegistered { gun, kind, action, chambers, place, at });
        told.push(Event::GunLoadedFromHand { gun, lot: id, chambers: fired.or(struck), person });
        told.push(Event::GunEmptied { gun, spent: fired, misfired: struck, unfired: Chambers::NONE, to: None });
    }
}

/// As many chambers as there can be, of `rounds`, which are fewer by them afterwards.
fn some(rounds: &mut u32) -> Chambers {
    let chambers = Chambers::first(u8::try_from(*rounds).unwrap_or(u8::MAX));
    *rounds = rounds.saturating_sub(chambers.count());
    chambers
}

fn put_together<S: Scope>(state: &State<S>, lot: S::Lot, it: &Lot<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let rounds = it.rounds;
    let into_it = known.person.filter(|_| rounds > 0).map(|person| Event::RoundsPutBack { lot, person, rounds });
    told.extend(into_it);
    // A box that is out was put away on a range before, where that is what is kept of it.
    if let LotCustody::With { since: at, .. } = it.custody {
        let put_away = known.on_a_range.filter(|_| it.at_range).map(|place| Event::LotPutAway { lot, place, at });
        told.extend(put_away);
    }
    told.extend(match it.custody {
        LotCustody::Unknown => None,
        LotCustody::In { place, since: at } => Some(Event::LotPutAway { lot, place, at }),
        LotCustody::With { person, since: at } => Some(Event::LotTakenOut { lot, person, at }),
        LotCustody::Returned { vendor, since: at, .. } => Some(Event::LotReturned { lot, vendor, at }),
    });
    if let LotCustody::Returned { since: at, signed_by: Some(by), .. } = it.custody {
        told.push(Event::LotSignedFor { lot, by, at });
    }
    if let Some(at) = since(state, it) {
        let (brass, seal) = (it.brass_missing, it.seal);
        told.extend((brass > 0).then_some(Event::BrassMissed { lot, brass, at }));
        told.extend((seal.is_some() && !it.counted).then_some(Event::CountAgreed { lot, seal, at }));
    }
    told.extend(it.loss.map(|loss| Event::LossDeclared { lot, by: loss.by, brass: loss.brass, place: loss.place }));
}

/// The lots that were counted since the day or the last break began.
pub(super) fn counted<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (lot, it) in state.lots.iter().filter(|(_, it)| it.counted) {
        told.extend(since(state, it).map(|at| Event::CountAgreed { lot: *lot, seal: it.seal, at }));
    }
}

/// Counts that are under way for the second time. A stop that was lifted since let the lot forget
/// that its counts differed; the count itself did not.
pub(super) fn begun_again<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let under_way = state.lots.iter().filter_map(|(lot, it)| it.count.map(|count| (*lot, it, count)));
    let mut forgotten = None;
    for (lot, it, count) in under_way.filter(|(_, _, count)| count.again) {
        told.push(Event::CountsDiffered { lot, at: count.since });
        closed(state, lot, it, told);
        told.push(begun(lot, &count));
        forgotten = forgotten.or((!it.differed).then_some((count.act, count.since)));
    }
    if let Some((stop, at)) = forgotten {
        let (by, gun, concerned) = (None, None, [None, None]);
        told.push(Event::StopPulled { stop, cause: StopCause::Called, by, gun, concerned, at });
        told.push(Event::StopLifted { stop });
    }
}

/// What is open about each lot. Before it, a stop lets every lot forget that its counts differed.
pub(super) fn counts<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (lot, it) in &state.lots {
        let (lot, at) = (*lot, it.count.map(|count| count.since).or(since(state, it)));
        told.extend(at.filter(|_| it.differed).map(|at| Event::CountsDiffered { lot, at }));
        let again = it.count.is_some_and(|count| count.again);
        if !again {
            closed(state, lot, it, told);
            told.extend(it.count.map(|count| begun(lot, &count)));
        }
        let Some(count) = it.count else { continue };
        for (side, answer) in [(BlindSide::Checker, count.counter_answer), (BlindSide::Witness, count.witness_answer)] {
            told.extend(answer.map(|answer| answered(lot, side, answer)));
        }
    }
}

/// Before a count is begun anew: an answer of an earlier one is kept closed.
fn closed<S: Scope>(state: &State<S>, lot: S::Lot, it: &Lot<S>, told: &mut Vec<Event<S>>) {
    if let (true, Some(at)) = (it.sealed, since(state, it)) {
        let earlier = CountAnswer { tally: Tally::default(), seal: None, device: None, at };
        told.push(answered(lot, BlindSide::Checker, earlier));
    }
}

const fn begun<S: Scope>(lot: S::Lot, count: &Count<S>) -> Event<S> {
    let Count { occasion, counter, witness, device, since: at, .. } = *count;
    Event::CountBegun { lot, count: count.act, occasion, counter, witness, device, at }
}

const fn answered<S: Scope>(lot: S::Lot, side: BlindSide, answer: CountAnswer<S>) -> Event<S> {
    let CountAnswer { tally, seal, device, at } = answer;
    Event::CountAnswered { lot, side, tally, seal, device, at }
}

/// Which two had every round in the hand. After everything else: a day that begins, a person who leaves and what is
/// gathered out of a belt put lots in question.
pub(super) fn verified<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let verified = |(lot, it): (&S::Lot, &Lot<S>)| {
        it.verified.map(|by| Event::LotVerified { lot: *lot, counter: by.counter, witness: by.witness, at: by.at })
    };
    told.extend(state.lots.iter().filter_map(verified));
}

/// The rounds that are in no box and in no gun. None comes out of a box by it: what is gathered out
/// of a place where nothing lies leaves nothing there, and is in somebody's hands.
pub(super) fn out<S: Scope>(state: &State<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let (Some(anybody), Some(anywhere)) = (known.person, known.not_worn.or(known.place)) else { return };
    let (mut in_hands, mut in_places) = (Vec::new(), Vec::new());
    for ((lot, at), rounds) in &state.out {
        let (lot, rounds) = (*lot, *rounds);
        match *at {
            OutAt::Person(person) => in_hands.push(Event::RoundsGathered { lot, person, place: anywhere, rounds }),
            OutAt::Place(place) => {
                in_places.push(Event::RoundsGathered { lot, person: anybody, place, rounds });
                in_places.push(Event::RoundsStowed { lot, person: anybody, place, rounds });
            }
        }
    }
    // Whoever has nothing of it in his hands yet leaves no round that was worn in them.
    told.append(&mut in_places);
    told.append(&mut in_hands);
}

/// The lots of which rounds that were worn are about: none is gathered by it.
pub(super) fn worn<S: Scope>(state: &State<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let (Some(person), Some(place)) = (known.person, known.worn) else { return };
    let worn = state.lots.iter().filter(|(_, it)| it.worn);
    told.extend(worn.map(|(lot, _)| Event::RoundsGathered { lot: *lot, person, place, rounds: 0 }));
}
