//! Units (law 10): two shoot at the same hour, and neither touches what is the other's.

use core::cell::RefCell;
use std::collections::BTreeMap;

use kernel::{Card, Code, Custody, Event, Intent, IntentKind, LotCustody, OutAt, Status, Unit, evolve, retell, shown};

use super::codes;
use super::verdict::no_id_decides;
use crate::history::{Told, over_two_units};
use crate::retell::evolved;
use crate::stage::{PEOPLE, SECOND, Small, Stage, VAULT, Who};

/// The unit of whoever said it.
fn speaker(told: &Told) -> Unit {
    told.context.by.map_or(Unit::FIRST, |by| told.before.state.units.of_person(by))
}

/// What a unit is shown: the cards of its guns, its scene, its take, and which of its shots are ready.
fn is_shown(stage: &Stage, unit: Unit, now: &Stage) -> String {
    let state = &stage.state;
    let mine = |card: &Card<Small>| state.units.of_gun(card.gun) == unit;
    let cards: Vec<_> = shown(&stage.rules, state, now.now).into_iter().filter(mine).collect();
    let ready = state.shots.iter().filter(|(shot, it)| it.ready.is_some() && state.unit_of_shot(**shot) == unit);
    let ready: Vec<_> = ready.collect();
    format!("{cards:?} {:?} {:?} {ready:?}", state.scene_of(unit), state.take_of(unit))
}

/// What is of the whole production, or never limited by unit: stopping, reporting and lifting, taking back and locking
/// away, the day, the packs, the register, and what moves between units.
#[allow(clippy::wildcard_enum_match_arm, reason = "every other intent is of the unit of whoever says it")]
fn is_of_all_units(told: &Told) -> bool {
    let event = |event: &Event<Small>| {
        matches!(event, Event::StopPulled { .. } | Event::DayOpened { .. } | Event::PacksAdopted { .. })
    };
    let lifted = |event: &Event<Small>| match event {
        Event::StopLifted { stop } => told.before.state.stops[stop].lot.is_none(),
        _ => false,
    };
    let of_its_own = matches!(told.intent, Intent::ReportBreak | Intent::ReportCut);
    let report = told.intent.kind() == IntentKind::Report && !of_its_own;
    report
        || told.verdict.events.iter().any(|it| event(it) || lifted(it))
        || matches!(
            told.intent,
            Intent::CloseInquiry { .. }
                | Intent::NameInquiry { .. }
                | Intent::RegisterGun { .. }
                | Intent::TakeBack { .. }
                | Intent::PutAway { .. }
                | Intent::CallOffSet { .. }
                | Intent::WithdrawOffer { .. }
                | Intent::RefuseOffer { .. }
                | Intent::GiveUpCheck { .. }
                | Intent::ReceiveFromVendor { .. }
                | Intent::SignForGun { .. }
                | Intent::SignForLot { .. }
                | Intent::ReleaseExhibit { .. }
                | Intent::MovePersonToUnit { .. }
                | Intent::MoveGunToUnit { .. }
        )
        || matches!(told.intent, Intent::LeavePersonOut { person, .. } if told.context.by == Some(person))
}

pub fn what_one_unit_does_changes_nothing_that_the_other_is_shown() {
    over_two_units(|told| {
        if is_of_all_units(told) {
            return;
        }
        for other in told.before.state.units.all().filter(|unit| *unit != speaker(told)) {
            let (before, after) = (is_shown(told.before, other, told.before), is_shown(told.after, other, told.before));
            assert_eq!(before, after, "{:?} of {:?} by {:?}", told.intent, told.context.by, speaker(told));
        }
    });
}

pub fn a_lost_blank_holds_its_unit_and_no_other() {
    over_two_units(|told| {
        let state = &told.after.state;
        let everything = state.stops.values().any(|stop| stop.lot.is_none());
        let held: Vec<Unit> =
            state.stops.values().filter_map(|stop| stop.lot).map(|lot| state.units.of_lot(lot)).collect();
        let holds = |unit: Unit| everything || held.contains(&unit);
        for card in shown(told.rules(), state, told.after.now) {
            let is_held = matches!(card.status, Status::Held { .. });
            let kept = state.exhibit_of_gun(card.gun).is_some();
            assert_eq!(is_held, kept || holds(state.units.of_gun(card.gun)), "{card:?}");
        }
        for (who, ..) in PEOPLE {
            let verdict = told.after.verdict(&who.takes_out(1));
            let refused = codes(&verdict).iter().any(|code| matches!(code, Code::StopHeld | Code::StopUnitHeld));
            assert_eq!(refused, holds(state.units.of_person(who.0)), "{who:?}");
        }
    });
}

pub fn no_round_goes_into_a_gun_of_another_unit() {
    over_two_units(|told| {
        let units = &told.after.state.units;
        for (gun, entry) in &told.after.state.guns {
            let lot = entry.loading.map(|loading| loading.lot);
            assert!(lot.is_none_or(|lot| units.of_lot(lot) == units.of_gun(*gun)), "{:?}: {entry:?}", told.intent);
        }
    });
}

/// Everybody whom an accepted ask names for a part in what is done, and everything that he does it with.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other intents give nobody a part")]
pub fn nobody_of_another_unit_has_a_part_in_what_a_unit_does() {
    over_two_units(|told| {
        let units = &told.before.state.units;
        let (person, gun, lot) =
            (|person: u8| units.of_person(person), |gun: u8| units.of_gun(gun), |lot: u8| units.of_lot(lot));
        let parts = match told.intent {
            Intent::Offer { gun: one, to } => vec![gun(one), person(to)],
            Intent::Take { gun: one, .. } | Intent::TakeOut { gun: one } | Intent::CallToSet { gun: one } => {
                vec![gun(one)]
            }
            Intent::BeginCheck { gun: one, witness } => vec![gun(one), person(witness)],
            Intent::BeginCount { lot: one, witness, .. } => vec![lot(one), person(witness)],
            Intent::BeginLine { witness } => vec![person(witness)],
            Intent::IssueInLine { gun: one, to, .. }
            | Intent::IssueFeedInLine { gun: one, to, .. }
            | Intent::IssueBarrelsInLine { gun: one, to, .. } => vec![gun(one), person(to)],
            Intent::LookLast { gun: one, .. }
            | Intent::LookLastFeed { gun: one, .. }
            | Intent::LookLastBarrels { gun: one, .. } => vec![gun(one)],
            Intent::Load { gun: one, lot: two, .. }
            | Intent::LoadFeed { gun: one, lot: two, .. }
            | Intent::TestBlank { gun: one, lot: two, .. } => vec![gun(one), lot(two)],
            Intent::Draw { lot: one, .. } | Intent::TakeOutLot { lot: one } | Intent::ReBox { from: one, .. } => {
                vec![lot(one)]
            }
            Intent::PlanGun { gun: one, .. } => vec![gun(one)],
            Intent::PlacePerson { gun: one, person: two, .. } => vec![gun(one), person(two)],
            Intent::DeclareTransfer { gun: one, to } => vec![gun(one), person(to)],
            Intent::OpenScene { place, .. } => vec![units.of_place(place)],
            _ => return,
        };
        if told.verdict.accepted {
            assert!(parts.iter().all(|part| *part == speaker(told)), "{:?} by {:?}", told.intent, speaker(told));
        }
        if let Intent::CallShotReady { shot } = told.intent
            && told.verdict.accepted
        {
            let planned = told.before.state.planned_guns.keys().filter(|(of, _)| *of == shot);
            assert!(planned.into_iter().all(|(_, one)| gun(*one) == speaker(told)));
        }
    });
}

#[allow(clippy::wildcard_enum_match_arm, reason = "nothing else moves between units")]
pub fn what_moves_to_another_unit_was_put_away_and_who_moves_has_nothing_in_hand() {
    over_two_units(|told| {
        let state = &told.before.state;
        let locks = |place: u8| state.places[&place].locks && !state.transits.contains_key(&place);
        for event in &told.verdict.events {
            match *event {
                Event::GunMovedToUnit { gun, .. } => {
                    let gun = state.guns[&gun];
                    assert!(matches!(gun.custody, Custody::In { place, .. } if locks(place)), "{gun:?}");
                    assert!(!gun.is_loaded() && !gun.bore_due, "{gun:?}");
                }
                Event::LotMovedToUnit { lot, .. } => {
                    let (it, out) = (state.lots[&lot], state.out.keys().any(|(of, _)| *of == lot));
                    assert!(matches!(it.custody, LotCustody::In { place, .. } if locks(place)), "{it:?}");
                    assert!(!it.opened && it.count.is_none() && it.missing == 0 && !out, "{it:?}");
                }
                Event::PlaceMovedToUnit { place, .. } => {
                    assert!(state.units.all().all(|unit| state.scene_of(unit).is_none_or(|open| open.place != place)));
                    assert!(!state.transits.contains_key(&place));
                    assert!(!state.out.keys().any(|(_, at)| *at == OutAt::Place(place)));
                }
                Event::PersonMovedToUnit { person, .. } => {
                    let has = |gun: &kernel::Gun<Small>| gun.is_with(person) || gun.handler() == Some(person);
                    assert!(!state.guns.values().any(has), "he would take a gun along");
                    assert!(!state.lots.values().any(|lot| lot.holder() == Some(person)), "or a box");
                    assert!(!state.out.keys().any(|(_, at)| *at == OutAt::Person(person)), "or rounds");
                }
                _ => {}
            }
        }
    });
}

pub fn whoever_handles_guns_takes_back_and_locks_away_whatever_unit_is_held() {
    let done = RefCell::new(0_u32);
    over_two_units(|told| {
        let state = &told.after.state;
        let handlers = PEOPLE
            .iter()
            .map(|(who, ..)| *who)
            .filter(|who| state.roles(who.0).handles() && !state.devices[&who.0].revoked);
        for handler in handlers {
            for (gun, entry) in &state.guns {
                if state.held_in(state.units.of_gun(*gun)).is_none() {
                    continue;
                }
                let mut stage = told.after.clone();
                match entry.custody {
                    Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => continue,
                    Custody::With { person, .. } if person == handler.0 => {}
                    Custody::With { .. } | Custody::Offered { .. } | Custody::Preset { .. } => {
                        let back = stage.goes_on(&handler.takes_back(*gun).into()).unwrap();
                        assert!(back.accepted, "{handler:?} {gun}: {:?}", back.reasons);
                    }
                }
                let away = stage.goes_on(&handler.puts_away(*gun, VAULT).into()).unwrap();
                assert!(away.accepted, "{handler:?} {gun}: {:?}", away.reasons);
                *done.borrow_mut() += 1;
            }
        }
    });
    assert!(done.into_inner() > 500, "too few held guns to say anything");
}

pub fn a_state_of_two_units_is_told_again_exactly() {
    over_two_units(|told| {
        let state = &told.after.state;
        let mut again = evolved(&retell(state));
        assert_eq!(&again, state);
        // And it goes on alike: which unit a scene is of, nobody reads out of the events that came before.
        let verdict = Who(6).stops();
        let events = told.after.verdict(&verdict).events;
        let mut after = state.clone();
        events.iter().for_each(|event| evolve(&mut after, event));
        events.iter().for_each(|event| evolve(&mut again, event));
        assert_eq!(again, after);
    });
}

pub fn how_an_id_looks_decides_nothing_in_two_units() {
    over_two_units(no_id_decides());
}

/// A law that is never put to the test holds of everything.
pub fn the_histories_of_two_units_reach_what_their_laws_speak_of() {
    let reached: RefCell<BTreeMap<&str, u32>> = RefCell::new(BTreeMap::new());
    over_two_units(|told| {
        let mut reached = reached.borrow_mut();
        let mut reach = |what, happened: bool| *reached.entry(what).or_default() += u32::from(happened);
        let (by, state, accepted) = (speaker(told), &told.after.state, told.verdict.accepted);
        let across = codes(told.verdict).contains(&Code::UnitOther);
        reach("refused across units", across && !accepted);
        reach("named across units", across && accepted);
        reach("refused for a held unit", codes(told.verdict).contains(&Code::StopUnitHeld));
        reach("done by the second", accepted && by == SECOND);
        let blanks = matches!(told.intent, Intent::Load { lot: 2, .. } | Intent::LoadFeed { lot: 2, .. });
        reach("blanks loaded in the second", accepted && by == SECOND && blanks);
        reach("taken in the second", accepted && by == SECOND && matches!(told.intent, Intent::Take { .. }));
        reach("ready in the second", accepted && by == SECOND && matches!(told.intent, Intent::CallShotReady { .. }));
        reach("closed in the second", accepted && by == SECOND && matches!(told.intent, Intent::CloseScene));
        reach("two scenes", state.scene.is_some() && state.scene_of(SECOND).is_some());
        reach("two takes", state.take.is_some() && state.take_of(SECOND).is_some());
        let ready = |unit| state.shots.iter().any(|(shot, it)| it.ready.is_some() && state.unit_of_shot(*shot) == unit);
        reach("two shots ready", ready(Unit::FIRST) && ready(SECOND));
        let (one, two) = (state.held_in(Unit::FIRST), state.held_in(SECOND));
        reach("one unit held", one.is_some() != two.is_some());
        for event in &told.verdict.events {
            reach("break of the second", matches!(event, Event::UnitBreakBegan { .. }));
            reach("take of the second", matches!(event, Event::UnitTakeBegun { .. }));
            reach("cut of the second", matches!(event, Event::UnitTakeEnded { .. }));
            reach("person moved", matches!(event, Event::PersonMovedToUnit { .. }));
            reach("gun moved", matches!(event, Event::GunMovedToUnit { .. }));
            reach("lot moved", matches!(event, Event::LotMovedToUnit { .. }));
            reach("place moved", matches!(event, Event::PlaceMovedToUnit { .. }));
            reach("unit entered", matches!(event, Event::UnitEntered { .. }));
        }
    });
    for (what, times) in reached.into_inner() {
        assert!(times >= 5, "{what}: {times} times in all histories");
    }
}
