//! What the record keeps of lots, counts and shots.

use kernel::{BlindSide, Calibre, Code, Content, Event, Intent, Load, Lot, LotKind, Occasion, Seen, Status, Told};

use super::{counts, counts_on};
use crate::shown::shown_as;
use crate::stage::{
    AMMUNITION_CASE, ARMORER, BLANKS, CALIBRE, CAMERA, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, LATECOMER, MUSKET,
    OBSERVER, PERFORMER, PISTOL, QUIET_SCENE, SCENE, Stage, Step, THE_OPEN_ONE, Tick, VENDOR, WITNESS, codes, empty,
    on, rods, rounds, stop_in,
};
use crate::verdicts::before::{being_checked, brass_missing, dummies, fired, out, pistol_checked, pistol_loaded};
use crate::verdicts::shots::{self, Plan};

// A check.

/// Who answers to somebody else than the checker is nobody's subordinate here.
#[test]
fn a_witness_answers_to_anybody_but_the_checker() {
    let with_the_handler = Stage::new().after(&[HANDLER.takes_out(GUN_1).into()]);
    assert_eq!(codes(&with_the_handler, &HANDLER.begins_a_check(GUN_1, OBSERVER)), []);
    assert_eq!(codes(&on(out()), &ARMORER.begins_a_check(GUN_1, OBSERVER)), [Code::WitnessSubordinate]);
}

/// Two shots were heard: there are two cases, or one that nobody saw, and never three.
#[test]
fn as_many_cases_are_seen_as_shots_were_reported() {
    let after = |cases: &[u8]| {
        let blank = rounds(6, &[1, 2, 3], Content::Blank);
        let case = rounds(1, &[1], Content::Spent).get(1).unwrap();
        let readings = cases.iter().fold(blank, |readings, chamber| readings.with(*chamber, case));
        let begun = [ARMORER.begins_a_check(GUN_1, WITNESS).into(), ARMORER.answers(GUN_1, readings).into()];
        stop_in(&on(fired()).after(&begun).verdict(&WITNESS.answers(GUN_1, readings)).events)
    };
    assert_eq!((after(&[1]), after(&[1, 2])), (None, None));
    assert!(after(&[1, 2, 3]).is_some());
}

/// The box that a live round came out of is in question, wherever the round was seen.
#[test]
fn a_live_round_in_a_gun_puts_its_lot_in_question() {
    let stage = on(pistol_loaded(3)).after(&[ARMORER.begins_a_check(PISTOL, WITNESS).into()]);
    let mut live = stage.clone();
    let seen = crate::stage::seen(false, 3, Content::Live);
    live.goes_on(&ARMORER.sees(PISTOL, seen).into()).unwrap();
    let lot = |stage: &Stage| stage.state.lots[&DUMMIES];
    assert!(lot(&stage).verified.is_some() && lot(&stage).counted);
    assert!(lot(&live).verified.is_none() && !lot(&live).counted);
}

/// What was fed and came out by number leaves no chamber loaded by the record.
#[test]
fn what_is_left_of_a_feed_is_a_number() {
    let loaded = Event::GunFeedLoaded {
        gun: PISTOL,
        lot: DUMMIES,
        chambers: crate::stage::chambers(&[1]),
        rounds: 3,
        from: None,
    };
    let comes_out =
        |unfired| Step::Happens(Event::GunFeedEmptied { gun: PISTOL, spent: 0, misfired: 0, unfired, to: None });
    let loading = |unfired| Stage::new().after(&[Step::Happens(loaded), comes_out(unfired)]).gun(PISTOL).loading;
    let left = loading(2).unwrap();
    assert!(left.chambers.is_empty() && left.feed == 2);
    assert_eq!(loading(4), None);
    let emptied = on(pistol_loaded(3)).after(&[ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 3).into()]);
    let shown = emptied.after(&pistol_checked(crate::stage::seen_empty()));
    assert!(matches!(shown.status(PISTOL), Status::Empty(_)));
}

// Lots.

#[test]
fn a_box_of_its_own_is_what_the_first_one_was() {
    let received = |uniform, calibre| Event::LotReceived {
        lot: 70,
        kind: LotKind::Blank,
        load: Some(Load::Quarter),
        calibre,
        source: VENDOR.0,
        rounds: 20,
        inert_at_head: false,
        uniform,
        place: AMMUNITION_CASE,
        at: Tick(100),
    };
    // Whatever the first one is, and not only what a lot is of which nothing was said.
    let other = Some(Calibre(CALIBRE.0 + 1));
    for (alike, fits) in [(true, Some(CALIBRE)), (false, Some(CALIBRE)), (true, other), (false, None)] {
        let took = Event::LotReboxed { lot: 71, from: 70, rounds: 5, person: ARMORER.0, at: Tick(100) };
        let stage = Stage::new().after(&[Step::Happens(received(alike, fits)), Step::Happens(took)]);
        let what = |lot: u8| {
            let Lot { kind, load, calibre, uniform, inert_at_head, .. } = stage.state.lots[&lot];
            (kind, load, calibre, uniform, inert_at_head)
        };
        assert_eq!(what(70), (LotKind::Blank, Some(Load::Quarter), fits, alike, false));
        assert_eq!(what(71), what(70));
    }
}

#[test]
fn rounds_that_are_found_are_missing_no_more() {
    let (stage, _) = counts(DUMMIES, Occasion::Lunch, dummies(49));
    assert_eq!(stage.state.lots[&DUMMIES].missing, 1);
    let (stage, _) = counts_on(stage, DUMMIES, Occasion::Lunch, dummies(50));
    let lot = stage.state.lots[&DUMMIES];
    assert_eq!((lot.missing, lot.rounds, stage.state.stops.len()), (0, 50, 0), "none is written off");
}

/// On what the count was begun, the witness answers neither the first time nor the second.
#[test]
fn a_count_remembers_on_what_it_was_begun() {
    let there = WITNESS.counts_and_seals(DUMMIES, dummies(50), Some(9)).on_the_device_of(CAMERA);
    let begun = Stage::new()
        .after(&[ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, WITNESS).on_the_device_of(CAMERA).into()]);
    assert_eq!(codes(&begun, &there), [Code::WitnessDependent]);
    let again = begun.after(&[
        WITNESS.counts_and_seals(DUMMIES, dummies(50), Some(9)).into(),
        ARMORER.counts_and_seals(DUMMIES, dummies(49), Some(9)).into(),
    ]);
    assert_eq!(codes(&again, &there), [Code::WitnessDependent]);
}

#[test]
fn a_count_that_is_given_up_leaves_the_last_one_as_it_was() {
    let begun = Stage::new().after(&[ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, WITNESS).into()]);
    let given_up = begun.clone().after(&[ARMORER.gives_the_count_up(DUMMIES).into()]);
    assert!(given_up.state.lots[&DUMMIES].counted);
    let differ = begun.after(&[
        ARMORER.counts(DUMMIES, dummies(50)).into(),
        WITNESS.counts_and_seals(DUMMIES, dummies(49), Some(9)).into(),
        ARMORER.gives_the_count_up(DUMMIES).into(),
    ]);
    assert!(!differ.state.lots[&DUMMIES].counted);
}

/// Of a box of brass the cases are its rounds: what is lost goes from them where nothing was fired out of it.
#[test]
fn brass_of_a_box_of_brass_is_lost_among_its_rounds() {
    let of = |lot, kind, brass| {
        let entered = Event::LotRegistered { lot, kind, inert_at_head: false, rounds: 10 };
        let lost = Event::BrassLost { lot, brass, place: crate::stage::SET, first: ARMORER.0, second: WITNESS.0 };
        let left = Stage::new().after(&[Step::Happens(entered), Step::Happens(lost)]).state.lots[&lot];
        let cases = if kind == LotKind::Spent { left.rounds } else { 0 };
        assert_eq!(left.expected().spent, cases, "a count of it finds its cases");
        left.rounds
    };
    assert_eq!((of(70, LotKind::Spent, 3), of(70, LotKind::Blank, 3)), (7, 10));
    assert_eq!(on(brass_missing()).state.lots[&BLANKS].brass_missing, 1);
}

// Shots.

#[test]
fn a_shield_that_is_set_stands_until_something_changes() {
    let shield = Plan { barrier: true, ..shots::EMPTY };
    let stands = |stage: &Stage| stage.state.planned_guns.values().all(|planned| planned.barrier_stands);
    let stage = on(shots::planned(shield));
    assert!(!stands(&stage));
    let set = stage.after(&[ARMORER.says(Intent::SetBarrier { gun: GUN_1, shot: THE_OPEN_ONE }).into()]);
    assert!(stands(&set));
}

/// What changed in one shot says nothing of what people were told of another, and a refusal stands.
#[test]
fn where_the_people_of_one_shot_change_those_of_another_were_told_still() {
    let mut stage = on(shots::planned(shots::EMPTY));
    let first = *stage.state.shots.keys().next().unwrap();
    let tell = |shot, who: crate::stage::Who| Step::Happens(Event::PersonTold { shot, person: who.0 });
    stage = stage.after(&[tell(first, CAMERA), Step::Happens(Event::ShotRefused { shot: first, person: EXTRA.0 })]);
    stage = stage.after(&[FIRST_AD.says(Intent::PlanShot { scene: SCENE }).into()]);
    let second = *stage.state.shots.keys().next_back().unwrap();
    stage = stage.after(&[tell(second, CAMERA), tell(second, PERFORMER)]);
    let change = Event::ShotChanged { shot: second, change: kernel::ShotChange::People, at: Tick(100) };
    let told = stage.after(&[Step::Happens(change)]).state.told;
    let left: Vec<_> = told.into_iter().collect();
    assert_eq!(left, [((first, CAMERA.0), Told::Told), ((first, EXTRA.0), Told::Refused)]);
}

/// A cap on a barrel without a charge is no empty gun, whatever an older record calls shown.
#[test]
fn a_musket_with_a_cap_on_is_not_empty_as_planned() {
    let plan = FIRST_AD.says(shots::EMPTY.of(MUSKET)).into();
    let differs = |primed: &[u8]| {
        let stage = shown_as(MUSKET, rods(1, &[], primed)).after(&shots::begun()).after(&[plan]);
        codes(&stage, &shots::ready()).contains(&Code::ShotLoadDiffers)
    };
    assert!(differs(&[1]) && !differs(&[]));
}

/// Who is at the meeting of a scene that is not open yet, nobody knows.
#[test]
fn a_line_of_another_scene_asks_nobody_for_a_meeting_that_is_not_held_yet() {
    let late = |scene| {
        let plan = [FIRST_AD.says(Intent::PlanShot { scene }).into(), FIRST_AD.says(shots::EMPTY.of(GUN_1)).into()];
        codes(&Stage::new().after(&plan), &shots::places(LATECOMER, 3_000))
    };
    assert_eq!(late(SCENE), [Code::MeetingNotThere]);
    assert_eq!(late(QUIET_SCENE), []);
}

#[test]
fn both_sides_of_a_check_are_kept_apart() {
    let stage = on(being_checked());
    let seen = Seen::in_chambers(empty(6));
    let of = |side| {
        let answered =
            Event::CheckAnswered { gun: GUN_1, side, readings: seen.readings, device: Some(9), at: Tick(100) };
        let kernel::ShowingState::BeingChecked(check) =
            stage.clone().after(&[Step::Happens(answered)]).gun(GUN_1).showing
        else {
            panic!("no check is open")
        };
        (check.checker_answer.is_some(), check.witness_answer.is_some())
    };
    assert_eq!((of(BlindSide::Checker), of(BlindSide::Witness)), ((true, false), (false, true)));
}
