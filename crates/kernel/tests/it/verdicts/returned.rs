//! The rows of what is back with the rental house, and what the house gets back of rounds.

use kernel::{Code, Event, Intent, LotCustody, LotKind, Occasion, open_items};

use super::before::{boxes_away, counted, dummies, loaded, pistol_loaded, stopped, wrapped};
use super::{Row, codes, row};
use crate::stage::{
    ARMORER, BELT, DRESS_ROUNDS, DUMMIES, HANDLER, PERFORMER, SET, Said, Stage, Step, TWO_DUMMIES, VENDOR, WITNESS, on,
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
