//! The rows of what is back with the rental house, and what the house gets back of rounds.

use kernel::{Code, Custody, Event, Intent, LotCustody, LotKind, Occasion, Role, open_items};

use super::before::{boxes_away, counted, dummies, loaded, pistol_loaded, stopped, wrapped};
use super::rental::returned;
use super::{Row, codes, row};
use crate::stage::{
    ARMORER, BELT, CAMERA, DRESS_ROUNDS, DUMMIES, FIRST_AD, GUN_1, HANDLER, PERFORMER, PRODUCER, SET, Said, Stage,
    Step, TWO_DUMMIES, USED_LOTS, VAULT, VENDOR, WITNESS, on,
};

/// The box with two dummies went back to the rental house.
pub(super) fn box_returned() -> Vec<Step> {
    vec![ARMORER.returns_the_box_to(VENDOR, TWO_DUMMIES).into()]
}

const BACK: Said = ARMORER.returns_the_box_to(VENDOR, DUMMIES);

pub(super) fn rounds_out_rows() -> Vec<Row> {
    use Code::{CountDue, ReturnRoundsOut};
    let both = [CountDue, ReturnRoundsOut];
    vec![
        // In somebody's hands.
        row(ReturnRoundsOut, BACK).and(ARMORER.draws(DUMMIES, 1)).answered(&both),
        // In a place.
        row(ReturnRoundsOut, BACK).and(ARMORER.draws(DUMMIES, 1)).and(ARMORER.stows(DUMMIES, SET, 1)).answered(&both),
        // In a gun, or in what feeds one.
        row(ReturnRoundsOut, BACK).after(loaded()).answered(&both),
        row(ReturnRoundsOut, BACK).after(pistol_loaded(2)).answered(&both),
        // A sealed count of the box says nothing of the round that is not in it.
        row(ReturnRoundsOut, BACK).and(ARMORER.draws(DUMMIES, 1)).after(counted(DUMMIES, Occasion::Wrap, dummies(49))),
        // The seal of a belt vouches for the day, and not for the house.
        row(ReturnRoundsOut, ARMORER.returns_the_box_to(VENDOR, DRESS_ROUNDS))
            .and(ARMORER.draws(DRESS_ROUNDS, 2))
            .and(ARMORER.stows(DRESS_ROUNDS, BELT, 2))
            .and(ARMORER.seals(BELT, 7))
            .after(counted(DRESS_ROUNDS, Occasion::Wrap, dummies(48))),
    ]
}

pub(super) fn sign_rows() -> Vec<Row> {
    use Code::{SignAlready, SignNotReturned, SignNotTheHouse, SignOtherDevice, SignSealDiffers};
    let (gun, lot) = (VENDOR.signs_for(GUN_1), VENDOR.signs_for_the_box(TWO_DUMMIES, SEAL));
    let keeps_guns_too = || vec![PRODUCER.gives_roles(VENDOR, 1, &[Role::Vendor, Role::Handler]).into()];
    vec![
        row(SignAlready, gun).after(returned()).and(gun),
        row(SignAlready, lot).after(box_returned()).and(lot),
        row(SignNotReturned, gun),
        // What came in again is not at the house.
        row(SignNotReturned, gun).after(returned()).and(ARMORER.receives_from(VENDOR, GUN_1, VAULT)),
        row(SignNotReturned, lot),
        row(SignNotTheHouse, ARMORER.signs_for(GUN_1)).after(returned()),
        row(SignNotTheHouse, CAMERA.signs_for_the_box(TWO_DUMMIES, SEAL)).after(box_returned()),
        // Whoever handles guns here as well might sign for what he gave.
        row(SignNotTheHouse, gun).after(returned()).after(keeps_guns_too()),
        row(SignNotTheHouse, lot).after(box_returned()).after(keeps_guns_too()),
        row(SignOtherDevice, gun.on_the_device_of(ARMORER)).after(returned()),
        row(SignOtherDevice, lot.on_the_device_of(ARMORER)).after(box_returned()),
        row(SignSealDiffers, VENDOR.signs_for_the_box(TWO_DUMMIES, SEAL + 1)).after(box_returned()),
    ]
}

/// The seal that the morning put on the box with two dummies.
const SEAL: u32 = TWO_DUMMIES as u32;

fn answer(before: Vec<Step>, said: &Said) -> Vec<Code> {
    codes(&on(before).verdict(said))
}

/// Each thing that keeps a box here, by itself.
#[test]
fn a_box_goes_back_sealed_counted_and_in_the_hands_of_whoever_gives_it() {
    assert_eq!(answer(vec![], &BACK), []);
    assert_eq!(answer(stopped(), &BACK), [Code::StopHeld]);
    assert_eq!(answer(wrapped(), &BACK), [Code::DayWrapped, Code::LotNotOut]);
    assert_eq!(answer(boxes_away(), &BACK), [Code::LotNotOut]);
    assert_eq!(
        answer(vec![], &PERFORMER.returns_the_box_to(VENDOR, DUMMIES)),
        [Code::CustodyNotHandler, Code::LotWithAnother]
    );
    assert_eq!(answer(vec![], &ARMORER.returns_the_box_to(HANDLER, DUMMIES)), [Code::ReturnNotVendor]);
    assert_eq!(
        answer(vec![ARMORER.says(Intent::ReportLeft { person: ARMORER.0 }).into()], &BACK),
        [Code::HandlerOutOfRoom]
    );
    let opened = vec![ARMORER.draws(DUMMIES, 1).into(), ARMORER.puts_back(DUMMIES, 1).into()];
    assert_eq!(answer(opened.clone(), &BACK), [Code::CountDue]);
    // A count that puts no seal on leaves it open; one that does closes it.
    let unsealed = vec![
        ARMORER.begins_a_count(DUMMIES, Occasion::Issue, WITNESS).into(),
        ARMORER.counts(DUMMIES, dummies(50)).into(),
        WITNESS.counts(DUMMIES, dummies(50)).into(),
    ];
    assert_eq!(answer([opened.clone(), unsealed].concat(), &BACK), [Code::CountDue]);
    assert_eq!(answer([opened, counted(DUMMIES, Occasion::Wrap, dummies(50))].concat(), &BACK), []);
    // What was sealed before the break was counted before it.
    let since = vec![ARMORER.reports_a_break().into()];
    assert_eq!(answer(since, &BACK), [Code::CountNotAtIssue]);
    let begun = vec![ARMORER.begins_a_count(DUMMIES, Occasion::Wrap, WITNESS).into()];
    assert_eq!(answer(begun, &BACK), [Code::CountDue, Code::CountOpen]);
    let missing = Step::Happens(Event::BrassMissed { lot: DUMMIES, brass: 1, at: Stage::new().now });
    assert_eq!(answer(vec![missing], &BACK), [Code::CountBrassMissing]);
}

#[test]
fn a_box_that_went_back_keeps_no_day_open_and_is_nobodys_here() {
    let stage = on(box_returned());
    assert!(
        matches!(stage.state.lots[&TWO_DUMMIES].custody, LotCustody::Returned { vendor, .. } if vendor == VENDOR.0)
    );
    assert!(open_items(&stage.state).iter().all(|item| item.lot != Some(TWO_DUMMIES)));
    assert!(open_items(&Stage::new().state).iter().any(|item| item.lot == Some(TWO_DUMMIES)));
    let refused = stage.verdict(&ARMORER.takes_the_box_out(TWO_DUMMIES));
    let told = refused.reasons.first().unwrap();
    assert_eq!((told.who, told.lot, told.at), (Some(VENDOR.0), Some(TWO_DUMMIES), Some(stage.now)));
}

/// What comes again is a lot of its own, and two people have it in the hand before any of it is used.
#[test]
fn rounds_of_it_come_again_as_another_lot_that_nobody_verified() {
    let stage = on(box_returned());
    let again = stage.verdict(&ARMORER.receives(TWO_DUMMIES, LotKind::Dummy, 2));
    assert_eq!(codes(&again), [Code::RegisterAlready]);
    let stage = stage.after(&[ARMORER.receives(70, LotKind::Dummy, 2).into(), ARMORER.takes_the_box_out(70).into()]);
    assert_eq!(codes(&stage.verdict(&ARMORER.draws(70, 1))), [Code::CountNotAtIssue, Code::LotNotVerified]);
}

/// Nothing waits for it, and nothing stands in its way.
#[test]
fn the_house_signs_also_while_everything_is_held_and_after_wrap() {
    let signed = |before: Vec<Step>| {
        let stage = on([returned(), box_returned(), before].concat());
        stage.after(&[VENDOR.signs_for(GUN_1).into(), VENDOR.signs_for_the_box(TWO_DUMMIES, SEAL).into()])
    };
    for before in [vec![], stopped()] {
        let stage = signed(before);
        let by_the_house = Some(VENDOR.0);
        assert!(matches!(stage.gun(GUN_1).custody, Custody::Returned { signed_by, .. } if signed_by == by_the_house));
        let lot = stage.state.lots[&TWO_DUMMIES].custody;
        assert!(matches!(lot, LotCustody::Returned { signed_by, .. } if signed_by == by_the_house));
    }
    let late = on([box_returned(), wrapped_without_it()].concat());
    assert_eq!(codes(&late.verdict(&VENDOR.signs_for_the_box(TWO_DUMMIES, SEAL))), []);
}

/// Every other box is locked away, and the day is wrapped.
fn wrapped_without_it() -> Vec<Step> {
    let others = USED_LOTS.into_iter().filter(|lot| *lot != TWO_DUMMIES);
    let away = others.map(|lot| ARMORER.puts_the_box_away(lot).into()).collect();
    [away, vec![FIRST_AD.closes_the_scene().into(), FIRST_AD.wraps().into()]].concat()
}

/// As it comes in again it is signed for by nobody, whoever signed for it the last time.
#[test]
fn each_time_that_it_goes_back_it_is_signed_for_anew() {
    let stage =
        on(returned()).after(&[VENDOR.signs_for(GUN_1).into(), ARMORER.receives_from(VENDOR, GUN_1, VAULT).into()]);
    let again = stage.after(&super::before::shown()).after(&[ARMORER.returns_to(VENDOR, GUN_1).into()]);
    assert!(matches!(again.gun(GUN_1).custody, Custody::Returned { signed_by: None, .. }));
    assert_eq!(codes(&again.verdict(&VENDOR.signs_for(GUN_1))), []);
}
