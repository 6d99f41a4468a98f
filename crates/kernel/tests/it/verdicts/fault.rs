//! A gun that does not work as it should.

use kernel::{Code, Custody, Doubt, Light, Rod, Showing, ShowingState};

use super::before::{
    GUN_70, blanks_in_a_take, blanks_shown, checked, cut, line_begun, loaded, misfired, musket_charged, out,
    pistol_out, rubber_matched, without_action,
};
use super::shots::{lined, ready};
use super::{Row, row};
use crate::plan::EMPTY;
use crate::stage::{
    ARMORER, BLANKS, CAMERA, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, MUSKET, PERFORMER, PISTOL, RUBBER, SET,
    STAND_OFF_CENTIMETRES, Stage, Step, VAULT, VENDOR, WITNESS, codes, empty,
};

fn faulty(gun: u8) -> Step {
    CAMERA.says_it_does_not_work(gun).into()
}

pub fn none_rows() -> Vec<Row> {
    vec![row(Code::FaultNone, ARMORER.clears_the_fault_of(GUN_1)).after(out())]
}

pub fn faulty_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(GunFaulty, ARMORER.loads(GUN_1, DUMMIES, &[1]))
            .after(out())
            .and(faulty(GUN_1))
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen)),
        row(GunFaulty, ARMORER.loads_the_feed(PISTOL, DUMMIES, 1))
            .after(pistol_out())
            .and(faulty(PISTOL))
            .and(ARMORER.looks_through_the_bore(PISTOL, Light::Seen)),
        row(GunFaulty, ARMORER.tests(GUN_1, BLANKS, 1))
            .after(out())
            .and(faulty(GUN_1))
            .and(ARMORER.looks_through_the_bore(GUN_1, Light::Seen)),
        row(GunFaulty, ARMORER.primes(MUSKET, &[1])).after(musket_charged()).and(faulty(MUSKET)),
        row(GunFaulty, ARMORER.calls_to_set(GUN_1)).and(ARMORER.takes_out(GUN_1)).and(faulty(GUN_1)),
        row(GunFaulty, ARMORER.offers(GUN_1, PERFORMER))
            .after(out())
            .and(faulty(GUN_1))
            .after(checked(WITNESS, empty(6))),
        row(GunFaulty, ARMORER.offers(RUBBER, PERFORMER))
            .after(rubber_matched())
            .and(faulty(RUBBER))
            .and(ARMORER.matches_the_label_of(RUBBER)),
        row(GunFaulty, PERFORMER.looks_and_takes(GUN_1))
            .after(super::before::offered())
            .and(faulty(GUN_1))
            .answered(&[GunFaulty, ShowingFaulty]),
        row(GunFaulty, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(faulty(GUN_1)),
        // The witness is on his way with the second reading.
        row(GunFaulty, WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .and(faulty(GUN_1))
            .answered(&[GunFaulty, ShowingFaulty]),
        row(GunFaulty, ARMORER.lays_the_preset(GUN_1, SET))
            .and(ARMORER.declares_a_preset(GUN_1, SET))
            .after(out())
            .and(faulty(GUN_1))
            .after(checked(WITNESS, empty(6))),
        row(GunFaulty, ready()).after(lined(EMPTY)).after(out()).and(faulty(GUN_1)).after(checked(WITNESS, empty(6))),
    ]
}

#[test]
fn it_goes_from_handler_to_handler_is_emptied_checked_and_locked_away_and_back_to_its_house() {
    let stage = Stage::new().after(&loaded()).after(&[faulty(GUN_1)]);
    for said in [
        ARMORER.offers(GUN_1, HANDLER),
        ARMORER.unloads(GUN_1, &[1]),
        ARMORER.begins_a_check(GUN_1, WITNESS),
        ARMORER.puts_away(GUN_1, VAULT),
    ] {
        assert!(stage.verdict(&said).accepted, "{said:?}");
    }
    let empty = stage.after(&[ARMORER.unloads(GUN_1, &[1]).into()]).after(&checked(WITNESS, empty(6)));
    assert!(empty.verdict(&ARMORER.returns_to(VENDOR, GUN_1)).accepted);
}

#[test]
fn what_was_said_of_it_stands_through_a_day_and_through_its_house_until_a_handler_clears_it() {
    let stage = Stage::new().after(&out()).after(&[faulty(GUN_1)]);
    let since = stage.gun(GUN_1).faulty_since;
    assert!(since.is_some());
    let again = stage.after(&[Step::Later(3), faulty(GUN_1)]);
    assert_eq!(again.gun(GUN_1).faulty_since, since, "since it was said first");
    let away = again.clone().after(&[ARMORER.puts_away(GUN_1, VAULT).into()]).after(&super::before::next_day());
    assert_eq!(away.gun(GUN_1).faulty_since, since);
    let back = again
        .after(&checked(WITNESS, empty(6)))
        .after(&[ARMORER.returns_to(VENDOR, GUN_1).into(), ARMORER.receives_from(VENDOR, GUN_1, VAULT).into()]);
    assert!(matches!(back.gun(GUN_1).custody, Custody::In { .. }));
    assert_eq!(back.gun(GUN_1).faulty_since, since, "the house says nothing here");
    let cleared = back.after(&[ARMORER.takes_out(GUN_1).into(), ARMORER.clears_the_fault_of(GUN_1).into()]);
    assert_eq!(cleared.gun(GUN_1).faulty_since, None);
}

#[test]
fn a_cleared_gun_is_shown_and_looked_through_anew() {
    let looks = ARMORER.looks_through_the_bore(GUN_1, Light::Seen);
    let before = Stage::new().after(&out()).after(&[faulty(GUN_1), looks.into()]).after(&checked(WITNESS, empty(6)));
    assert!(before.gun(GUN_1).bore.is_some());
    assert!(matches!(before.gun(GUN_1).showing, ShowingState::Shown(Showing { .. })));
    let cleared = before.after(&[ARMORER.clears_the_fault_of(GUN_1).into()]);
    let ShowingState::Void(doubts) = cleared.gun(GUN_1).showing else { panic!("it was open, and is still shown") };
    assert!(doubts.iter().any(|(why, _)| why == Doubt::Faulty));
    assert_eq!(cleared.gun(GUN_1).bore, None);
    assert_eq!(codes(&cleared, &ARMORER.loads(GUN_1, DUMMIES, &[1])), [Code::BoreNotLooked]);
    let again = cleared.after(&[looks.into()]);
    assert_eq!(codes(&again, &ARMORER.loads(GUN_1, DUMMIES, &[1])), []);
}

#[test]
fn the_handler_who_has_it_clears_it_and_nobody_else() {
    use Code::*;
    let stage = Stage::new().after(&out()).after(&[faulty(GUN_1)]);
    assert_eq!(codes(&stage, &CAMERA.clears_the_fault_of(GUN_1)), [CustodyHeldByAnother, CustodyNotHandler]);
    assert_eq!(
        codes(&stage, &FIRST_AD.clears_the_fault_of(GUN_1)),
        [CustodyHeldByAnother, CustodyNotHandler, HandoverFirstAd]
    );
    assert_eq!(codes(&stage, &HANDLER.clears_the_fault_of(GUN_1)), [CustodyHeldByAnother]);
    let left = stage.clone().after(&[FIRST_AD.reports_left(ARMORER).into()]);
    assert_eq!(codes(&left, &ARMORER.clears_the_fault_of(GUN_1)), [HandlerOutOfRoom]);
    assert_eq!(codes(&stage.clone().after(&[CAMERA.stops().into()]), &ARMORER.clears_the_fault_of(GUN_1)), [StopHeld]);
    let checking = stage.clone().after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into()]);
    assert_eq!(codes(&checking, &ARMORER.clears_the_fault_of(GUN_1)), [ShowingBeingChecked]);
    let away = stage.after(&[ARMORER.puts_away(GUN_1, VAULT).into()]);
    assert_eq!(codes(&away, &ARMORER.clears_the_fault_of(GUN_1)), [CustodyLockedAway]);
    let full = Stage::new().after(&loaded()).after(&[faulty(GUN_1)]);
    assert_eq!(codes(&full, &ARMORER.clears_the_fault_of(GUN_1)), [GunLeftLoaded]);
    let struck = Stage::new().after(&misfired()).after(&[faulty(GUN_1)]);
    assert_eq!(codes(&struck, &ARMORER.clears_the_fault_of(GUN_1)), [GunLeftLoaded, MisfireWait]);
}

/// It is said at once, while it is in the hands of the one it failed for: what it fired before is entered after that, as
/// planned, and it goes back to its handler.
#[test]
fn a_gun_that_fails_in_a_take_holds_nothing_for_what_it_fired_before() {
    let stage = Stage::new().after(&blanks_in_a_take()).after(&[faulty(GUN_1)]);
    let fired = stage.verdict(&ARMORER.reports_fired(GUN_1, 1, 0));
    assert!(fired.accepted && fired.reasons.is_empty(), "{fired:?}");
    let later = stage.after(&[cut(), ARMORER.takes_back(GUN_1).into()]);
    let fired = later.verdict(&ARMORER.reports_fired(GUN_1, 1, 1));
    assert!(fired.accepted && fired.reasons.is_empty(), "{fired:?}");
}

/// A copy can be broken as well, and a thing without an action can be cleared.
#[test]
fn what_cannot_be_checked_can_be_cleared() {
    let stage = Stage::new().after(&without_action()).after(&[ARMORER.takes_out(GUN_70).into(), faulty(GUN_70)]);
    let cleared = stage.after(&[ARMORER.clears_the_fault_of(GUN_70).into()]);
    assert_eq!(cleared.gun(GUN_70).faulty_since, None);
    let copy = Stage::new().after(&rubber_matched()).after(&[faulty(RUBBER)]);
    assert!(copy.gun(RUBBER).identity.is_none(), "nobody knows any more whether it is the copy");
    assert_eq!(copy.after(&[ARMORER.clears_the_fault_of(RUBBER).into()]).gun(RUBBER).faulty_since, None);
}

/// What was found clear and ready before it failed is not so after it was cleared.
#[test]
fn nothing_is_left_of_the_moment_before_it_failed() {
    let stage = Stage::new()
        .after(&blanks_shown())
        .after(&[ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES).into(), faulty(GUN_1)]);
    assert_eq!(stage.gun(GUN_1).line_clear, None);
    let rodded = Stage::new().after(&super::before::musket_rodded()).after(&[faulty(MUSKET)]);
    let cleared = rodded.after(&[ARMORER.clears_the_fault_of(MUSKET).into()]);
    assert_eq!(cleared.gun(MUSKET).bore, None);
    assert!(cleared.verdict(&ARMORER.runs_the_rod(MUSKET, Rod::AtMark)).accepted);
}
