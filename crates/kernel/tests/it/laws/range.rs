//! Where live rounds are (laws 9 and 16).

use core::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use kernel::{
    Code, Content, Custody, Event, GunKind, Intent, LotKind, PlaceKind, Role, ShowingState, State, Status, StopCause,
    decide, evolve, open_items, retell, shown,
};

use super::receiver;
use crate::history::{Told, over_histories};
use crate::range::{LIVE, ROUNDS, UNVERIFIED, over_range_histories, over_range_words, play, range};
use crate::renaming::Renaming;
use crate::retell::evolved;
use crate::stage::{PEOPLE, Small, Who, stop_in};

fn has_live(state: &State<Small>) -> bool {
    state.lots.values().any(|lot| lot.kind == LotKind::Live)
}

fn has_scene(state: &State<Small>) -> bool {
    !state.scenes.is_empty() || state.scene.is_some() || !state.shots.is_empty() || state.take.is_some()
}

pub fn no_live_round_is_in_a_production_with_a_scene() {
    over_histories(|told| assert!(!has_live(&told.after.state), "a set has a live round"));
    over_range_histories(|told| {
        let state = &told.after.state;
        assert!(has_live(state) && !has_scene(state), "a range has a scene");
        assert!(state.lots.values().all(|lot| lot.kind == LotKind::Live), "other rounds are among the live ones");
    });
}

pub fn a_set_never_becomes_a_range_nor_a_range_a_set() {
    over_histories(|told| {
        assert!(told.after.state.range.is_none(), "a set is declared a range");
        let by = Who(told.context.by.unwrap_or(PEOPLE[0].0.0));
        for said in [by.declares_a_range(), by.confirms_the_range()] {
            assert!(!told.after.verdict(&said).accepted);
        }
    });
    let first = range().state.range;
    over_range_histories(|told| assert_eq!(told.after.state.range, first, "what is declared once stays"));
}

/// The places are followed from one event to the next, and the medic's hours read from the roster, beside what the rules
/// work out for themselves.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events put nothing into a place")]
pub fn no_live_round_loads_a_gun_off_a_range_or_without_a_medic_and_whoever_supervises() {
    let loaded = RefCell::new(BTreeSet::new());
    over_range_words(&|words| {
        let first = range().state;
        let (guns, lots): (BTreeSet<u8>, BTreeSet<u8>) =
            (first.guns.keys().copied().collect(), first.lots.keys().copied().collect());
        let at_range = RefCell::new((guns, lots));
        play(words, &|told: &Told| {
            let (guns, lots) = &mut *at_range.borrow_mut();
            let state = &told.before.state;
            let on_range = |place: u8| state.places[&place].kind == PlaceKind::Range;
            for event in &told.verdict.events {
                let (gun, lot) = match *event {
                    Event::GunPutAway { gun, place, .. } | Event::GunReceived { gun, place, .. } => {
                        keep(guns, gun, on_range(place));
                        continue;
                    }
                    Event::GunReportedGone { gun, .. } | Event::GunReturned { gun, .. } => {
                        keep(guns, gun, false);
                        continue;
                    }
                    Event::LotReceived { lot, place, .. } | Event::LotPutAway { lot, place, .. } => {
                        keep(lots, lot, on_range(place));
                        continue;
                    }
                    Event::LotReboxed { lot, from, .. } => {
                        let there = lots.contains(&from);
                        keep(lots, lot, there);
                        continue;
                    }
                    Event::GunLoaded { gun, lot, .. }
                    | Event::GunLoadedFromHand { gun, lot, .. }
                    | Event::GunFeedLoaded { gun, lot, .. } => (gun, lot),
                    _ => continue,
                };
                assert!(guns.contains(&gun) && lots.contains(&lot), "loaded off the range");
                assert_eq!(state.guns[&gun].kind, GunKind::LiveCapable);
                assert!(!state.guns[&gun].is_muzzle_loader());
                attended(told);
                loaded.borrow_mut().insert(gun);
            }
        });
    });
    assert!(loaded.borrow().len() > 2, "only {loaded:?} were loaded");
}

fn keep(things: &mut BTreeSet<u8>, thing: u8, there: bool) {
    if there {
        things.insert(thing);
    } else {
        things.remove(&thing);
    }
}

/// A medic is there by the roster of this hour, and whoever supervises is there.
fn attended(told: &Told) {
    let (state, now) = (&told.before.state, told.context.decided_at);
    let there = |person: u8| state.people[&person].out_since.is_none();
    let medic = state.people.iter().any(|(id, person)| {
        let mut begun = person.duties.iter().filter(|((from, _), duty)| *from <= now && now < duty.until);
        there(*id) && begun.next_back().is_some_and(|(_, duty)| duty.role == Role::Medic)
    });
    let leads = |id: u8| state.roles(id).has(Role::Armorer) || state.roles(id).has(Role::PropertyMaster);
    let supervised = state.people.keys().any(|id| there(*id) && leads(*id));
    assert!(medic && supervised, "nobody is there: {:?}", told.intent);
}

pub fn no_gun_on_a_range_goes_to_a_minor_or_to_anybody_untrained() {
    let handed = RefCell::new(0_u32);
    over_range_histories(|told| {
        let Some((gun, to)) = receiver(told) else { return };
        let (entry, state) = (told.before.gun(gun), &told.before.state);
        let live = entry.loading.is_some();
        let shoots = state.roles(to).performs();
        if entry.kind.fires() && (shoots || live) {
            assert!(state.people[&to].trained.has(entry.action), "untrained: {:?}", told.intent);
            assert!(!state.roles(to).has(Role::Minor));
        }
        if live {
            attended(told);
            *handed.borrow_mut() += u32::from(shoots);
        }
    });
    let handed = handed.into_inner();
    assert!(handed > 50, "{handed} are too few to say anything");
}

pub fn a_live_round_that_was_not_loaded_stops_everything_on_a_range_too() {
    let (asked, silent) = (RefCell::new(0_u32), RefCell::new(0_u32));
    over_range_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            let ShowingState::BeingChecked(check) = entry.showing else { continue };
            if !told.after.state.stops.is_empty() || entry.is_muzzle_loader() {
                continue;
            }
            let one_more = one_more(entry);
            for who in [check.checker, check.witness] {
                let verdict = told.after.verdict(&Who(who).sees(*gun, one_more));
                assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound), "{entry:?}");
                *asked.borrow_mut() += 1;
            }
        }
        if let Some((gun, seen)) = super::answer_in(&told.intent)
            && seen.has_live()
            && told.verdict.accepted
            && stop_in(&told.verdict.events).is_none()
        {
            let entry = told.before.gun(gun);
            assert!(seen.count(Content::Live) <= entry.rounds_loaded(), "a live round more than was loaded");
            let lot = told.after.state.lots[&entry.loading.unwrap().lot];
            let before = told.before.state.lots[&entry.loading.unwrap().lot];
            assert_eq!((lot.verified, lot.counted), (before.verified, before.counted), "nothing is in question");
            *silent.borrow_mut() += 1;
        }
    });
    let (asked, silent) = (asked.into_inner(), silent.into_inner());
    assert!(asked > 200 && silent > 200, "{asked} and {silent} are too few to say anything");
}

/// What is in the gun by the record, and one live round more; in a cylinder in a chamber that was not loaded.
fn one_more(entry: &kernel::Gun<Small>) -> kernel::Seen {
    if entry.is_fed() {
        return crate::stage::seen(false, entry.rounds_loaded() + 1, Content::Live);
    }
    let free = entry.cylinder().minus(entry.loaded()).iter().next();
    let chambers: Vec<u8> = free.map_or_else(|| vec![entry.chambers + 1], |chamber| vec![chamber]);
    kernel::Seen::in_chambers(crate::stage::rounds(entry.chambers + 1, &chambers, Content::Live))
}

pub fn what_is_called_live_is_what_was_loaded_and_what_both_saw() {
    let live = RefCell::new(0_u32);
    over_range_histories(|told| {
        for card in shown(told.rules(), &told.after.state, told.after.now) {
            let Status::Live { count, in_feed, lot, .. } = card.status else { continue };
            let entry = told.after.gun(card.gun);
            let ShowingState::Shown(showing) = entry.showing else { panic!("{card:?}") };
            let all = count + in_feed.unwrap_or(0);
            assert_eq!((entry.rounds_loaded(), showing.seen().count(Content::Live)), (all, all));
            assert_eq!(entry.loading.map(|loading| loading.lot), Some(lot));
            assert!(told.after.state.stops.is_empty() && matches!(card.custody, Custody::With { .. }));
            *live.borrow_mut() += 1;
        }
    });
    over_histories(|told| {
        let board = shown(told.rules(), &told.after.state, told.after.now);
        assert!(board.iter().all(|card| !matches!(card.status, Status::Live { .. })), "LIVE on a set");
    });
    let live = live.into_inner();
    assert!(live > 200, "{live} are too few to say anything");
}

pub fn a_day_on_a_range_wraps_with_every_gun_empty_and_looked_through_and_every_live_lot_sealed() {
    let wrapped = RefCell::new(0_u32);
    over_range_histories(|told| {
        if !told.verdict.events.iter().any(|event| matches!(event, Event::DayWrapped { .. })) {
            return;
        }
        let state = &told.after.state;
        assert!(open_items(state).is_empty() && state.stops.is_empty() && state.out.is_empty());
        assert!(state.guns.values().all(|gun| gun.loading.is_none() && !gun.bore_due));
        assert!(state.lots.values().all(|lot| lot.seal.is_some() && lot.count.is_none() && lot.missing == 0));
        *wrapped.borrow_mut() += 1;
    });
    let wrapped = wrapped.into_inner();
    assert!(wrapped > 20, "{wrapped} are too few to say anything");
}

/// But for brass that two declared lost, and rounds that an inquiry wrote off.
pub fn no_live_round_is_made_and_none_is_lost() {
    over_range_words(&|words| {
        let written_off = RefCell::new(0_u32);
        play(words, &|told: &Told| {
            let everywhere = |state: &State<Small>| {
                let boxes: u32 = state.lots.values().map(|lot| lot.rounds + lot.spent + lot.misfired).sum();
                let guns: u32 = state.guns.values().map(kernel::Gun::rounds_loaded).sum();
                boxes + guns + state.out.values().sum::<u32>()
            };
            let came: u32 = told
                .verdict
                .events
                .iter()
                .filter_map(|event| if let Event::LotReceived { rounds, .. } = event { Some(*rounds) } else { None })
                .sum();
            let (before, after) = (everywhere(&told.before.state), everywhere(&told.after.state));
            let off = (before + came).saturating_sub(after);
            if off > 0 {
                assert!(matches!(told.intent, Intent::CloseInquiry { .. }), "lost by {:?}", told.intent);
                *written_off.borrow_mut() += off;
            }
            assert!(after <= before + came, "a round was made by {:?}", told.intent);
        });
    });
    let first = range().state;
    assert_eq!([LIVE, UNVERIFIED].map(|lot| first.lots[&lot].rounds), [ROUNDS, ROUNDS]);
}

pub fn a_range_production_is_told_again_exactly_and_under_other_ids() {
    let renaming = Renaming { people: (7, 31), things: (11, 5), acts: (13, 17) };
    over_range_histories(|told| {
        let state = &told.after.state;
        assert_eq!(&evolved(&retell(state)), state);
        let other = renaming.state(&told.before.state);
        let (intent, context) = (renaming.intent(&told.intent), renaming.context(&told.context));
        let verdict = decide(told.rules(), &other, &intent, &context);
        let codes = |verdict: &kernel::Verdict<Small>| verdict.reasons.iter().map(|it| it.code).collect::<Vec<Code>>();
        assert_eq!((verdict.accepted, codes(&verdict)), (told.verdict.accepted, codes(told.verdict)));
        let mut after = other;
        verdict.events.iter().for_each(|event| evolve(&mut after, event));
        assert_eq!(after, renaming.state(state));
    });
}

pub fn the_histories_of_a_range_reach_what_its_laws_speak_of() {
    let reached: RefCell<BTreeMap<&str, u32>> = RefCell::new(BTreeMap::new());
    over_range_histories(|told| {
        let mut reached = reached.borrow_mut();
        let mut reach = |what, happened: bool| *reached.entry(what).or_default() += u32::from(happened);
        let refused_for = |code| told.verdict.reasons.iter().any(|reason| reason.code == code);
        reach("no medic", refused_for(Code::RangeNoMedic));
        reach("no supervisor", refused_for(Code::RangeNoSupervisor));
        reach("not there", refused_for(Code::RangeNotThere));
        reach("not trained", refused_for(Code::RangeNotTrained));
        reach("no scene", refused_for(Code::RangeNoScene));
        reach("only live", refused_for(Code::RangeOnlyLive));
        reach("no such gun", refused_for(Code::RangeGun));
        reach("already", refused_for(Code::RangeAlready));
        reach("stopped for a live round", stop_in(&told.verdict.events) == Some(StopCause::LiveRound));
        for event in &told.verdict.events {
            let live = |lot: u8| told.after.state.lots[&lot].kind == LotKind::Live;
            reach("cylinder loaded", matches!(event, Event::GunLoaded { lot, .. } if live(*lot)));
            reach("loaded from the hand", matches!(event, Event::GunLoadedFromHand { .. }));
            reach("feed loaded", matches!(event, Event::GunFeedLoaded { .. }));
            reach("cylinder emptied", matches!(event, Event::GunEmptied { .. }));
            reach("feed emptied", matches!(event, Event::GunFeedEmptied { .. }));
            reach("lot verified", matches!(event, Event::LotVerified { .. }));
            reach("received", matches!(event, Event::LotReceived { .. }));
            reach("round missing", matches!(event, Event::LotHeld { .. }));
            reach("re-boxed", matches!(event, Event::LotReboxed { .. }));
            reach("day opened", matches!(event, Event::DayOpened { .. }));
            let planned = stop_in(&told.verdict.events).is_none();
            reach("shot as planned", planned && matches!(event, Event::GunFired { shots: 1.., .. }));
        }
    });
    for (what, times) in reached.into_inner() {
        assert!(times >= 5, "{what}: {times} times in all histories of a range");
    }
}
