//! What passes from hand to hand before the camera as it was declared, and a permit on its last day.

use kernel::{Code, Day, Event, Intent, ShowingState};

use crate::stage::{
    ARMORER, FIRST_AD, GUN_1, LIMITS, PERFORMER, PRODUCER, RUBBER, STAND_IN, Stage, Step, Tick, Who, codes, on,
};
use crate::verdicts::before::{blanks_in_a_take, blanks_with_the_performer, rubber_matched};

/// "I have it" is what was declared, and no breach.
fn passes(stage: &Stage, who: Who, gun: u8) -> bool {
    let verdict = codes(stage, &who.has(gun));
    assert!(verdict.is_empty() || verdict.contains(&Code::CustodyTakenAround), "{verdict:?}");
    verdict.is_empty()
}

/// The matched rubber copy is on the set, and may pass to the stand-in.
fn copy_on_the_set() -> Vec<Step> {
    let steps = vec![ARMORER.calls_to_set(RUBBER).into(), ARMORER.declares_a_transfer(RUBBER, STAND_IN).into()];
    [rubber_matched(), steps].concat()
}

fn copy_with_the_performer() -> Vec<Step> {
    let steps = vec![ARMORER.offers(RUBBER, PERFORMER).into(), PERFORMER.looks_and_takes(RUBBER).into()];
    [copy_on_the_set(), steps].concat()
}

#[test]
fn a_copy_passes_from_a_performer_and_not_out_of_the_armorers_hands() {
    assert!(passes(&on(copy_with_the_performer()), STAND_IN, RUBBER));
    assert!(!passes(&on(copy_on_the_set()), STAND_IN, RUBBER));
}

#[test]
fn nothing_passes_while_the_armorer_is_out_or_everything_is_held() {
    let stage = on(copy_with_the_performer());
    let left = stage.clone().after(&[FIRST_AD.reports_left(ARMORER).into()]);
    assert!(!passes(&left, STAND_IN, RUBBER));
    let held = stage.after(&[FIRST_AD.stops().into()]);
    assert!(!passes(&held, STAND_IN, RUBBER));
}

/// Fired it is UNKNOWN already, and goes on to whom the plan says.
#[test]
fn a_gun_that_was_fired_passes_as_declared_and_one_that_is_unknown_does_not() {
    let declared = on(blanks_in_a_take()).after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()]);
    assert!(passes(&declared, STAND_IN, GUN_1));
    let fired = declared.clone().after(&[ARMORER.reports_fired(GUN_1, 1, 0).into()]);
    assert!(passes(&fired, STAND_IN, GUN_1));
    let doubted = declared.after(&[PERFORMER.says(Intent::ReportDoubt { gun: GUN_1 }).into()]);
    assert!(!passes(&doubted, STAND_IN, GUN_1));
}

/// Today is day 1: a permit that ends today is in date, one that ended yesterday is entered as none.
#[test]
fn a_permit_holds_to_the_end_of_its_last_day() {
    let of = |held, until| {
        let entered = Intent::EnterPermit { person: ARMORER.0, held, until: Some(Day(until)) };
        codes(&Stage::new(), &PRODUCER.says(entered))
    };
    assert_eq!((of(true, 1), of(true, 2), of(true, 0)), (vec![], vec![], vec![Code::DayPast]));
    assert_eq!(of(false, 0), []);
}

/// Nobody is called back out of a take that was on before it lapsed; one that began after that does not help.
#[test]
fn what_lapses_in_a_take_is_named_after_the_take_alone() {
    let declared = on(blanks_with_the_performer()).after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()]);
    let ShowingState::Shown(showing) = declared.gun(GUN_1).showing else { panic!("it is not shown") };
    let lapses = Tick(showing.at.0 + LIMITS.showing_life as u16);
    let named = |begun: Option<u16>| {
        let begun = begun.map(|at| Step::Happens(Event::TakeBegun { shot: None, at: Tick(at) }));
        let mut stage = declared.clone().after(&begun.into_iter().collect::<Vec<_>>());
        stage.now = lapses;
        codes(&stage, &STAND_IN.has(GUN_1))
    };
    assert_eq!(named(None), [Code::ShowingTimeLapsed]);
    assert_eq!((named(Some(lapses.0 - 1)), named(Some(showing.at.0))), (vec![], vec![]));
    assert_eq!((named(Some(lapses.0)), named(Some(lapses.0 + 1))), (named(None), named(None)));
}
