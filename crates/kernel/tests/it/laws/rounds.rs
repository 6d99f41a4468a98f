//! Rounds (law 9) and counts (law 10).

use core::cell::RefCell;
use std::collections::BTreeMap;

use kernel::{
    Event, ExhibitOf, Gun, Intent, Lot, LotKind, Occasion, OutAt, Source, State, StopCause, Tally, Verdict, evolve,
    open_items, shown,
};

use super::{TwoWorlds, all_alike, codes, over_two_worlds};
use crate::history::{Told, cases, over_histories, over_words, play};
use crate::stage::{AMMUNITION_CASE, ARMORER, HANDLER, PEOPLE, PERFORMER, Said, Small, Stage, Step, WITNESS, Who};
use crate::stage::{GUN_1, stop_in};

/// The state before each event of an accepted intent, and the event.
fn each_event(told: &Told, mut look: impl FnMut(&State<Small>, &Event<Small>)) {
    let mut state = told.before.state.clone();
    for event in &told.verdict.events {
        look(&state, event);
        evolve(&mut state, event);
    }
}

/// The rounds and cases of a lot that are somewhere: in the box, in hands and places, in guns, in the bags of an inquiry.
fn somewhere(state: &State<Small>, lot: u8) -> u32 {
    let it = &state.lots[&lot];
    let out = state.out.iter().filter(|((of, _), _)| *of == lot).map(|(_, rounds)| *rounds);
    let loaded = state.guns.values().filter_map(|gun| gun.loading).filter(|loading| loading.lot == lot);
    it.rounds
        + it.spent
        + it.misfired
        + out.sum::<u32>()
        + loaded.map(|it| it.chambers.count() + u32::from(it.feed)).sum::<u32>()
        + super::exhibit::bagged(state).filter(|bag| bag.lot == Some(lot)).map(|bag| bag.rounds).sum::<u32>()
}

/// `out` came out of a gun about which an inquiry was closed; what else was in it by the record is written off.
fn write_off(ledger: &mut BTreeMap<u8, u32>, gun: &Gun<Small>, out: u32) {
    *ledger.get_mut(&gun.loading.unwrap().lot).unwrap() -= gun.rounds_loaded() - out;
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other events make no round and lose none")]
pub fn rounds_are_never_made_and_never_lost() {
    let (gone_for_good, burned_for_good) = (RefCell::new(0_u32), RefCell::new(0_u32));
    let back_again = RefCell::new(0_u32);
    over_words(cases(144), &|words| {
        let first = Stage::new().state;
        let received: BTreeMap<u8, u32> = first.lots.keys().map(|lot| (*lot, somewhere(&first, *lot))).collect();
        let ledger = RefCell::new(received);
        play(words, &|told: &Told| {
            let mut ledger = ledger.borrow_mut();
            each_event(told, |before, event| match *event {
                Event::LotReceived { lot, rounds, .. } | Event::LotRegistered { lot, rounds, .. } => {
                    ledger.insert(lot, rounds);
                }
                Event::LotReboxed { lot, from, rounds, .. } => {
                    ledger.insert(lot, rounds);
                    *ledger.get_mut(&from).unwrap() -= rounds;
                }
                Event::BrassLost { lot, brass, .. } => {
                    *gone_for_good.borrow_mut() += brass;
                    *ledger.get_mut(&lot).unwrap() -= brass;
                }
                // What burned in a muzzle-loader is gone, and so is what was fired of it to test it.
                Event::GunBarrelsEmptied { gun, burned, misfired, unfired } => {
                    let it = &before.guns[&gun];
                    let lot = it.loading.unwrap().lot;
                    *burned_for_good.borrow_mut() += burned.count();
                    *ledger.get_mut(&lot).unwrap() -= burned.count();
                    if it.inquired {
                        write_off(&mut ledger, it, burned.or(misfired).or(unfired).count());
                    }
                }
                Event::BlankTested { gun, lot, rounds, .. } if before.guns[&gun].is_muzzle_loader() => {
                    *ledger.get_mut(&lot).unwrap() -= rounds;
                }
                // Of what was bagged the unfired rounds come back, where nothing else was with them.
                Event::ExhibitReleased { exhibit, .. } => {
                    let ExhibitOf::Rounds(bag) = before.exhibits[&exhibit].of else { return };
                    if let Some(lot) = bag.lot {
                        let back = bag.unfired_of(Some(before.lots[&lot].kind));
                        *back_again.borrow_mut() += back;
                        *ledger.get_mut(&lot).unwrap() -= bag.rounds - back;
                    }
                }
                // What an inquiry about the gun did not find is nowhere any more.
                Event::GunEmptied { gun, spent, misfired, unfired, .. } if before.guns[&gun].inquired => {
                    let out = spent.or(misfired).or(unfired).count();
                    write_off(&mut ledger, &before.guns[&gun], out);
                }
                Event::GunFeedEmptied { gun, spent, misfired, unfired, .. } if before.guns[&gun].inquired => {
                    let out = [spent, misfired, unfired].map(u32::from).iter().sum();
                    write_off(&mut ledger, &before.guns[&gun], out);
                }
                // The inquiry closed over rounds that were never found.
                Event::StopLifted { stop } => {
                    if let Some(lot) = before.stops[&stop].lot {
                        *gone_for_good.borrow_mut() += before.lots[&lot].missing;
                        *ledger.get_mut(&lot).unwrap() -= before.lots[&lot].missing;
                    }
                }
                _ => {}
            });
            for (lot, rounds) in ledger.iter() {
                assert_eq!(somewhere(&told.after.state, *lot), *rounds, "lot {lot}");
            }
        });
    });
    assert!(burned_for_good.into_inner() >= 5, "nothing burned");
    assert!(back_again.into_inner() >= 5, "nothing came back out of a bag");
    assert!(gone_for_good.into_inner() >= 10, "nothing was ever lost or written off");
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other events take no round from anywhere")]
pub fn no_lot_goes_below_zero() {
    over_histories(|told| {
        each_event(told, |before, event| {
            let (there, taken) = match *event {
                Event::RoundsDrawn { lot, rounds, .. }
                | Event::LotReboxed { from: lot, rounds, .. }
                | Event::BlankTested { lot, rounds, .. } => (before.lots[&lot].rounds, rounds),
                Event::GunLoaded { lot, chambers, .. } => (before.lots[&lot].rounds, chambers.count()),
                Event::GunLoadedFromHand { lot, chambers, person, .. } => {
                    (before.out_at(lot, OutAt::Person(person)), chambers.count())
                }
                Event::GunFeedLoaded { lot, chambers, rounds, from, .. } => {
                    let hand = from.map(|person| before.out_at(lot, OutAt::Person(person)));
                    (hand.unwrap_or(before.lots[&lot].rounds), chambers.count() + u32::from(rounds))
                }
                Event::GunReloaded { lot, place, chambers, .. } => {
                    (before.out_at(lot, OutAt::Place(place)), chambers.count())
                }
                Event::GunFeedSwapped { gun, lot, place, rounds, came_out, .. } => {
                    let gun = &before.guns[&gun];
                    assert!(u32::from(came_out) <= gun.rounds_loaded() - gun.fired.struck(), "{event:?}");
                    (before.out_at(lot, OutAt::Place(place)), u32::from(rounds))
                }
                Event::RoundsStowed { lot, person, rounds, .. } | Event::RoundsPutBack { lot, person, rounds } => {
                    (before.out_at(lot, OutAt::Person(person)), rounds)
                }
                Event::RoundsGathered { lot, place, rounds, .. } => (before.out_at(lot, OutAt::Place(place)), rounds),
                Event::BrassLost { lot, brass, .. } => (before.lots[&lot].expected().spent, brass),
                _ => (0, 0),
            };
            assert!(taken <= there, "{event:?} takes {taken} of {there}");
        });
        assert!(told.after.state.out.values().all(|rounds| *rounds > 0), "nothing is nowhere");
    });
}

/// The lot that rounds are issued of by an accepted ask.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other intents issue no round")]
fn issued_of(told: &Told) -> Option<u8> {
    let issued = match told.intent {
        Intent::Draw { lot, .. }
        | Intent::Load { lot, .. }
        | Intent::LoadFeed { lot, .. }
        | Intent::TestBlank { lot, .. } => Some(lot),
        _ => None,
    };
    issued.filter(|_| told.verdict.accepted)
}

pub fn no_round_is_issued_of_a_lot_that_two_people_did_not_verify() {
    over_histories(|told| {
        if let Some(lot) = issued_of(told) {
            let (state, it) = (&told.before.state, told.before.state.lots[&lot]);
            let verified = it.verified.unwrap();
            assert_ne!(verified.counter, verified.witness);
            assert!(state.supplier(lot).is_some(), "nobody says where they came from");
            assert!(it.counted && it.count.is_none());
            let from_hand = matches!(
                told.verdict.events[0],
                Event::GunLoadedFromHand { .. } | Event::GunFeedLoaded { from: Some(_), .. }
            );
            assert!(it.holder().is_some() || from_hand);
        }
        for event in &told.verdict.events {
            let Event::LotVerified { lot, counter, witness, .. } = *event else { continue };
            let count = told.before.state.lots[&lot].count.unwrap();
            let Intent::AnswerCount { tally, method, .. } = told.intent else { panic!("{:?}", told.intent) };
            let other = count.counter_answer.or(count.witness_answer).unwrap();
            assert_eq!((count.occasion, counter, witness), (Occasion::Receipt, count.counter, count.witness));
            assert_eq!((tally, tally.unfired()), (other.tally, told.before.state.lots[&lot].expected().unfired()));
            assert!(told.before.state.lots[&lot].is_told_by(method));
        }
    });
}

pub fn a_rebox_is_unverified() {
    over_histories(|told| {
        let Intent::ReBox { lot, from, rounds } = told.intent else { return };
        if told.verdict.accepted {
            let (new, old) = (told.after.state.lots[&lot], told.before.state.lots[&from]);
            assert!(new.verified.is_none() && !new.counted && new.opened && new.seal.is_none());
            assert_eq!(
                (new.source, new.kind, new.calibre, new.rounds),
                (Source::Lot(from), old.kind, old.calibre, rounds)
            );
            let draws = told.after.verdict(&ARMORER.draws(lot, 1));
            assert!(!draws.accepted, "drawn of a box that nobody has counted");
        }
    });
}

pub fn dummies_and_blanks_are_never_together() {
    over_histories(|told| {
        let (state, earlier) = (&told.after.state, &told.before.state);
        for (id, gun) in &state.guns {
            let Some(loading) = gun.loading else { continue };
            assert!(matches!(state.lots[&loading.lot].kind, LotKind::Dummy | LotKind::Blank));
            let before = earlier.guns.get(id).and_then(|gun| gun.loading);
            assert!(before.is_none_or(|before| before.lot == loading.lot), "two lots in gun {id}");
        }
        let kinds = |place| {
            let there = state.out.keys().filter(move |(_, at)| *at == OutAt::Place(place));
            there.filter_map(|(lot, _)| state.lots[lot].kind.in_chamber())
        };
        for (place, _) in state.places.iter().filter(|(_, place)| place.kind.is_worn()) {
            assert!(all_alike(kinds(*place)), "dummies and blanks in place {place}");
        }
    });
}

/// What is reloaded there is scripted by nobody.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events reload nothing")]
fn in_its_handlers_hands(before: &State<Small>, event: &Event<Small>) -> bool {
    let gun = match event {
        Event::GunFeedSwapped { gun, .. } | Event::GunReloaded { gun, .. } => before.guns.get(gun),
        _ => None,
    };
    gun.is_some_and(
        |gun| matches!(gun.custody, kernel::Custody::With { person, handler, .. } if handler == Some(person)),
    )
}

pub fn nothing_worn_loads_a_gun_unless_a_reload_is_declared() {
    over_histories(|told| {
        each_event(told, |before, event| {
            if let Event::RoundsStowed { lot, place, .. } = *event {
                let (lot, place) = (before.lots[&lot], before.places[&place]);
                assert!(!place.kind.is_worn() || lot.kind == LotKind::Dress || place.reload);
            }
            if let Event::GunFeedSwapped { place, into, came_out, .. } = *event {
                let [from, into] = [place, into].map(|place| before.places[&place]);
                let undeclared = came_out > 0 && into.kind.is_worn() && !into.reload;
                let named = codes(told.verdict).contains(&kernel::Code::BeltNotDeclared);
                let own = in_its_handlers_hands(before, event);
                assert!((from.kind.is_worn() && from.reload && !undeclared && !own) != named);
            }
            if let Event::GunReloaded { place, .. } = *event {
                let place = before.places[&place];
                let named = codes(told.verdict).contains(&kernel::Code::BeltNotDeclared);
                let own = in_its_handlers_hands(before, event);
                assert!((place.kind.is_worn() && place.reload && !own) != named);
            }
            if let Event::GunLoaded { lot, .. }
            | Event::GunLoadedFromHand { lot, .. }
            | Event::GunFeedLoaded { lot, .. } = *event
            {
                assert_ne!(before.lots[&lot].kind, LotKind::Dress);
            }
            if matches!(*event, Event::ReloadDeclared { .. }) {
                assert!(before.scene.is_some(), "declared for no scene");
            }
        });
    });
}

pub fn what_was_seen_in_a_belt_is_no_more_than_its_seal() {
    over_histories(|told| {
        for (place, it) in &told.after.state.places {
            let within = told.after.state.out.keys().filter(|(_, at)| *at == OutAt::Place(*place));
            let dress = |lot: &u8| told.after.state.lots[lot].kind == LotKind::Dress;
            assert!(it.seal.is_none() || within.clone().all(|(lot, _)| dress(lot)), "a seal vouches for place {place}");
            let had = |(lot, at): &(u8, OutAt<Small>)| told.before.state.out.get(&(*lot, *at));
            let moved = within.clone().any(|key| told.after.state.out.get(key) != had(key));
            assert!(!(moved && it.seal.is_some()), "moved behind the seal of place {place}");
        }
    });
}

// Counts (law 10).

pub fn a_count_takes_two_people_of_two_roles_on_two_devices() {
    over_histories(|told| {
        if let (Intent::BeginCount { witness, .. }, true) = (told.intent, told.verdict.accepted) {
            let (by, state) = (told.context.by.unwrap(), &told.before.state);
            assert_ne!(by, witness);
            assert!(state.roles(by).handles() && state.roles(witness).has(kernel::Role::Witness));
            let other = state.roles(witness).without(kernel::Role::Witness);
            assert!(other.is_empty() || !other.all_among(state.roles(by)), "both of one role");
        }
        for lot in told.after.state.lots.values() {
            let Some(count) = lot.count else { continue };
            let owner = |device: Option<u8>| device.map(|device| told.after.state.devices[&device].owner);
            assert_ne!(count.counter_answer.and_then(|it| owner(it.device)), Some(count.witness));
            assert_ne!(count.witness_answer.and_then(|it| owner(it.device)), Some(count.counter));
        }
    });
}

pub fn a_second_count_that_differs_stops() {
    over_histories(|told| {
        let Intent::AnswerCount { lot, tally, .. } = told.intent else { return };
        let Some((other, earlier)) = second_answer(told) else { return };
        let differs = tally != other || tally.not_sure > 0;
        if differs && tally.live == 0 {
            let (before, after) = (told.before.state.lots[&lot], told.after.state.lots[&lot]);
            let stops = stop_in(&told.verdict.events) == Some(StopCause::AnswersDifferTwice);
            assert_eq!(stops, earlier, "{before:?}");
            assert!(stops || after.count.is_some_and(|count| count.again));
            assert!(!before.differed || stops, "it differed before and was let pass");
            assert!(!told.verdict.events.iter().any(|event| matches!(event, Event::CountOpened { .. })));
        }
    });
}

/// What the other one has counted, where this is the second answer of a count; and whether both
/// count for the second time.
fn second_answer(told: &Told) -> Option<(Tally, bool)> {
    let Intent::AnswerCount { lot, .. } = told.intent else { return None };
    let count = told.before.state.lots.get(&lot).and_then(|lot| lot.count).filter(|_| told.verdict.accepted)?;
    let other = count.counter_answer.or(count.witness_answer)?;
    Some((other.tally, count.again))
}

pub fn a_missing_unfired_round_holds_and_more_than_the_record_stops() {
    over_histories(|told| {
        let Intent::AnswerCount { lot, tally, .. } = told.intent else { return };
        let Some((other, _)) = second_answer(told) else { return };
        if tally != other || tally.not_sure > 0 || tally.live > 0 {
            return;
        }
        let expected = told.before.state.lots[&lot].expected();
        let (after, stops) = (told.after.state.lots[&lot], &told.after.state.stops);
        let more = tally.numbers().iter().zip(expected.numbers()).any(|(seen, recorded)| *seen > recorded);
        let missing = expected.unfired().saturating_sub(tally.unfired());
        if more {
            assert_eq!(stop_in(&told.verdict.events), Some(StopCause::UnexpectedRound));
        } else {
            assert_eq!(after.missing, missing);
            let held = stops.values().any(|stop| stop.lot == Some(lot) && stop.cause == StopCause::RoundMissing);
            assert_eq!(held, missing > 0);
            assert_eq!(after.brass_missing, expected.spent - tally.spent);
            assert_eq!(after.expected().unfired(), expected.unfired(), "what is missing is still on the record");
        }
    });
}

pub fn a_live_round_in_a_box_stops_at_once() {
    over_histories(|told| {
        for (lot, it) in &told.after.state.lots {
            let Some(count) = it.count else { continue };
            for who in [count.counter, count.witness] {
                let live = Tally { live: 1, ..it.expected() };
                let verdict = told.after.verdict(&Who(who).counts_and_seals(*lot, live, Some(1)));
                assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound));
            }
        }
    });
}

pub fn the_second_count_seals_and_whatever_is_moved_after_it_breaks_the_seal() {
    over_histories(|told| {
        for (lot, after) in &told.after.state.lots {
            assert_eq!(after.opened, after.seal.is_none(), "lot {lot}");
            let Some(before) = told.before.state.lots.get(lot) else { continue };
            let within = |lot: &Lot<Small>| (lot.rounds, lot.spent, lot.misfired);
            let lost = told
                .verdict
                .events
                .iter()
                .any(|event| matches!(event, Event::BrassLost { .. } | Event::StopLifted { .. }));
            assert!(within(before) == within(after) || lost || after.opened, "moved behind the seal of lot {lot}");
            if after.seal.is_some() && after.seal != before.seal {
                let Intent::AnswerCount { seal, .. } = told.intent else { panic!("sealed by {:?}", told.intent) };
                assert!(seal == after.seal && second_answer(told).is_some(), "sealed before both have counted");
            }
            let sealing = before.count.is_some_and(|count| count.occasion.seals());
            if told.intent.lot() == Some(*lot) && second_answer(told).is_some() && sealing {
                assert!(after.seal.is_some() || !after.counted || before.counted);
            }
        }
    });
}

pub fn brass_is_lost_only_by_two_people_who_say_the_same() {
    over_histories(|told| {
        each_event(told, |before, event| {
            let Event::BrassLost { lot, brass, place, first, second } = *event else { return };
            let loss = before.lots[&lot].loss.unwrap();
            assert_eq!((loss.by, loss.brass, loss.place), (first, brass, place));
            assert_ne!(first, second);
            assert!(brass > 0 && brass <= before.lots[&lot].brass_missing);
        });
    });
}

/// What anybody outside can see.
fn outside(stage: &Stage) -> String {
    let cards = shown(&stage.rules, &stage.state, stage.now);
    format!("{cards:?} {:?}", open_items(&stage.state))
}

/// Everything that somebody could say to find out what the other has counted.
fn probes(lot: u8, tallies: &[Tally]) -> Vec<Said> {
    let mut probes = Vec::new();
    for (who, ..) in PEOPLE {
        probes.extend([
            who.takes_the_box_out(lot),
            who.puts_the_box_away(lot),
            who.draws(lot, 1),
            who.draws(lot, 51),
            who.puts_back(lot, 1),
            who.re_boxes(90, lot, 1),
            who.begins_a_count(lot, Occasion::Wrap, WITNESS),
            who.gives_the_count_up(lot),
            who.says_lost(lot, 1, AMMUNITION_CASE),
            who.loads(GUN_1, lot, &[1]),
            who.breaks_for_lunch(),
            who.wraps(),
            who.reports_a_break(),
        ]);
        for tally in tallies {
            probes.extend([Some(1), None].map(|seal| who.counts_and_seals(lot, *tally, seal)));
        }
    }
    probes
}

/// How many of the two have answered the count that is under way.
fn answers_in(stage: &Stage, lot: u8) -> usize {
    let count = stage.state.lots[&lot].count;
    count.map_or(0, |it| usize::from(it.counter_answer.is_some()) + usize::from(it.witness_answer.is_some()))
}

/// Two worlds that differ in nothing but the first of two counts.
struct Twins {
    lot: u8,
    one: Stage,
    other: Stage,
}

impl TwoWorlds for Twins {
    fn born(told: &Told) -> Option<Twins> {
        let Intent::AnswerCount { lot, count, tally, method, seal } = told.intent else { return None };
        if !told.verdict.accepted || answers_in(told.after, lot) != 1 || tally.live > 0 {
            return None;
        }
        let expected = told.before.state.lots[&lot].expected();
        let fewer = Tally { dummy: expected.dummy / 2, blank: expected.blank / 2, spent: 0, ..expected };
        let others = [expected, fewer, Tally { spent: expected.spent + 3, ..expected }];
        let tally = others.into_iter().find(|it| *it != tally)?;
        let mut other = told.before.clone();
        let intent = Intent::AnswerCount { lot, count, tally, method, seal };
        let ago = i32::from(told.context.decided_at.0) - i32::from(told.context.claimed_at.0);
        let said = Said { by: told.context.by, device: told.context.device, proven: told.context.proven, ago, intent };
        let verdict = other.goes_on(&Step::Says(said)).unwrap();
        assert_eq!((verdict.accepted, &verdict.reasons), (true, &told.verdict.reasons));
        Some(Twins { lot, one: told.after.clone(), other })
    }

    fn one(&self) -> &Stage {
        &self.one
    }

    fn look_alike(&self) {
        assert_eq!(outside(&self.one), outside(&self.other));
        let expected = self.one.state.lots[&self.lot].expected();
        let fewer = Tally { dummy: expected.dummy / 2, blank: expected.blank / 2, spent: 0, ..expected };
        for said in probes(self.lot, &[expected, fewer, Tally { not_sure: 1, ..expected }]) {
            let (one, other) = (self.one.verdict(&said), self.other.verdict(&said));
            assert_eq!((one.accepted, &one.reasons), (other.accepted, &other.reasons), "{said:?}");
            if !matches!(said.intent, Intent::AnswerCount { .. }) {
                assert_eq!(one.events, other.events, "{said:?}");
            }
        }
    }

    /// Both go on alike, until the second answer was given or the count is over.
    fn go_on(&mut self, step: &Step) -> bool {
        let (one, other) = (self.one.goes_on(step), self.other.goes_on(step));
        let seen = |verdict: &Option<Verdict<Small>>| verdict.as_ref().map(|it| (it.accepted, it.reasons.clone()));
        assert_eq!(seen(&one), seen(&other), "{step:?}");
        let open = answers_in(&self.one, self.lot) == 1;
        let answered = matches!(step, Step::Says(Said { intent: Intent::AnswerCount { .. }, .. }));
        if open {
            assert_eq!(outside(&self.one), outside(&self.other));
        } else if !answered {
            assert_eq!(self.one.state, self.other.state, "an answer outlives its count");
        }
        open
    }
}

pub fn a_count_shows_nothing_before_both_have_answered() {
    assert!(over_two_worlds::<Twins>() > 100, "too few counts to say anything");
}

/// A peer lost 294 of 400 (`peers.md`): here nobody's draw is granted beyond what is there.
pub fn who_draws_after_the_last_round_draws_nothing() {
    over_histories(|told| {
        for (lot, it) in &told.after.state.lots {
            for who in [ARMORER, HANDLER, PERFORMER] {
                assert!(!told.after.verdict(&who.draws(*lot, it.rounds + 1)).accepted);
            }
        }
    });
}
