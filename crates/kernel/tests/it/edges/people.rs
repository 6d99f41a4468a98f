//! Who answers, looks, takes and counts; what comes late; and the ways out of what would stand for ever.

use kernel::{Code, Custody, Doubt, Intent, Role, ShowingState};

use crate::stage::{
    ARMORER, CAMERA, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, OBSERVER, PERFORMER, PRODUCER, STAND_IN,
    STUNT_PERFORMER, Stage, Step, VAULT, WITNESS, codes, empty, on,
};
use crate::verdicts::before::{being_checked, blanks_with_the_performer, line_begun, out, shown, with_the_performer};

/// From the moment on at which it came there a late entry is about that, and not one moment before.
#[test]
fn what_was_claimed_since_it_came_there_is_heard_however_late() {
    let stage = on(with_the_performer()).after(&[Step::Later(30)]);
    let back = |ago| codes(&stage, &ARMORER.takes_back(GUN_1).ago(ago));
    assert_eq!((back(30), back(31)), (vec![], vec![Code::ClockBefore]));
    // A clock that is a little behind says nothing.
    let at_once = on(with_the_performer());
    let back = |ago| codes(&at_once, &ARMORER.takes_back(GUN_1).ago(ago));
    assert_eq!((back(2), back(3)), (vec![], vec![Code::ClockBefore]));
    assert_eq!(codes(&Stage::new(), &HANDLER.puts_the_box_away(DUMMIES).ago(2)), []);
}

#[test]
fn whoever_is_back_by_an_old_entry_is_still_out() {
    let stage = on(vec![Step::Later(10), CAMERA.reports_left(WITNESS).into(), Step::Later(10)]);
    let back = Intent::ReportReturned { person: WITNESS.0 };
    let out_after = |ago| stage.clone().after(&[WITNESS.says(back).ago(ago).into()]).state.out_since(WITNESS.0);
    assert!(out_after(11).is_some() && out_after(10).is_none());
}

/// Back in the room he goes on: the check is still his.
#[test]
fn a_witness_who_came_back_answers() {
    let back = WITNESS.says(Intent::ReportReturned { person: WITNESS.0 });
    let stage = on(being_checked()).after(&[CAMERA.reports_left(WITNESS).into(), back.into()]);
    assert_eq!(codes(&stage, &WITNESS.answers(GUN_1, empty(6))), []);
}

/// Out of a check that its witness can answer no more either of the two gets by giving it up.
#[test]
fn a_check_is_given_up_whatever_the_witness_became() {
    let became = PRODUCER.gives_roles(WITNESS, 1, &[Role::Producer]);
    let stage = on(being_checked()).after(&[became.into()]);
    assert_eq!(codes(&stage, &ARMORER.gives_the_check_up(GUN_1)), []);
}

#[test]
fn after_two_answers_that_differ_the_same_check_is_answered_again() {
    let one = [
        ARMORER.answers(GUN_1, empty(6)),
        WITNESS.answers(GUN_1, crate::stage::rounds(6, &[1], kernel::Content::Dummy)),
    ];
    let stage = on(being_checked()).after(&one.map(Step::from));
    assert_eq!(codes(&stage, &ARMORER.begins_a_check(GUN_1, WITNESS)), [Code::ShowingAnswersDiffer]);
    assert_eq!(codes(&stage, &ARMORER.answers(GUN_1, empty(6))), []);
}

/// Whoever checks it next must not read what the last one saw (law 7).
#[test]
fn what_was_answered_of_a_gun_that_was_put_away_stays_closed() {
    let answered = on(being_checked()).after(&[WITNESS.answers(GUN_1, empty(6)).into()]);
    let away = answered.after(&[ARMORER.puts_away(GUN_1, VAULT).into()]);
    assert!(away.gun(GUN_1).sealed);
    let again = away.clone().after(&shown());
    assert!(!again.gun(GUN_1).sealed, "both have answered");
    let wrapped = away.after(&crate::verdicts::before::wrapped());
    assert!(!wrapped.gun(GUN_1).sealed, "nothing is checked any more");
}

// The line.

#[test]
fn a_check_with_another_witness_is_not_answered_along_the_line() {
    let stage = on(line_begun()).after(&out()).after(&[
        ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into(),
        ARMORER.gives_the_check_up(GUN_1).into(),
        ARMORER.begins_a_check(GUN_1, STAND_IN).into(),
        ARMORER.answers(GUN_1, empty(6)).into(),
    ]);
    assert_eq!(codes(&stage, &WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6))), [Code::CheckNotYours]);
}

/// A line whose witness or handler is gone is counted by another of the same work, and never by one person twice.
#[test]
fn another_counts_a_line_in_the_place_of_one_who_is_gone() {
    let stage = on(line_begun());
    assert_eq!(codes(&stage, &STAND_IN.musters(0)), [Code::LineIssueWalker]);
    assert_eq!(codes(&stage, &HANDLER.musters(0)), [Code::LineIssueWalker]);
    let gone = stage.clone().after(&[CAMERA.reports_left(WITNESS).into()]);
    assert_eq!(codes(&gone, &HANDLER.musters(0)), [Code::LineIssueWalker], "the armorer is there");
    assert_eq!(codes(&gone, &CAMERA.musters(0)), [Code::LineIssueWalker]);
    assert_eq!(codes(&gone, &OBSERVER.musters(0)), [Code::LineIssueWalker], "he answers to the armorer");
    assert_eq!(codes(&gone, &STAND_IN.musters(0).on_the_device_of(CAMERA)), [Code::LineIssueWalker]);
    let counted = gone.after(&[ARMORER.musters(0).into(), STAND_IN.musters(0).into()]);
    assert!(counted.state.lines.is_empty());
    let both = PRODUCER.gives_roles(STAND_IN, 1, &[Role::Handler, Role::Witness]);
    let gone = stage.after(&[both, CAMERA.reports_left(ARMORER), CAMERA.reports_left(WITNESS)].map(Step::from));
    let once = gone.after(&[STAND_IN.musters(0).into()]);
    assert!(!once.verdict(&STAND_IN.musters(0)).accepted, "one person twice");
    assert_eq!(
        codes(&once, &HANDLER.musters(0)),
        [Code::LineMusterAnswered],
        "it is the handler's side that he counted"
    );
}

// A new day.

/// At five past midnight the day is opened, and nobody is entered for it as a handler.
fn after_midnight(before: Vec<Step>) -> Stage {
    let keeper = ARMORER.gives_roles(PRODUCER, 2, &[Role::Producer]);
    on(before).after(&[keeper, FIRST_AD.opens_day(2)].map(Step::from))
}

#[test]
fn whoever_answers_for_a_gun_takes_it_back_and_locks_it_away_on_a_day_without_him() {
    let stage = after_midnight(blanks_with_the_performer());
    assert_eq!(codes(&stage, &ARMORER.puts_away(GUN_1, VAULT))[0], Code::CustodyHeldByAnother);
    assert!(!stage.verdict(&HANDLER.takes_back(GUN_1)).accepted, "he answers for nothing");
    for stage in [stage.clone(), stage.after(&[CAMERA.stops().into()])] {
        let away = stage.after(&[ARMORER.takes_back(GUN_1), ARMORER.puts_away(GUN_1, VAULT)].map(Step::from));
        assert!(matches!(away.gun(GUN_1).custody, Custody::In { place: VAULT, .. }));
    }
}

#[test]
fn whoever_is_first_ad_today_takes_nothing_back() {
    let roles = ARMORER.gives_roles(FIRST_AD, 2, &[Role::Producer]);
    let first_ad = PRODUCER.gives_roles(ARMORER, 2, &[Role::FirstAd]);
    let stage = on(with_the_performer()).after(&[roles, first_ad, FIRST_AD.opens_day(2)].map(Step::from));
    assert!(codes(&stage, &ARMORER.takes_back(GUN_1)).contains(&Code::HandoverFirstAd));
}

/// A box as well goes back from the hands that it is in.
#[test]
fn whoever_has_a_box_locks_it_away_on_a_day_without_him() {
    let stage = after_midnight(Vec::new());
    assert_eq!(codes(&stage, &ARMORER.puts_the_box_away(DUMMIES)), []);
    assert_eq!(codes(&stage, &HANDLER.puts_the_box_away(DUMMIES)), [Code::CustodyNotHandler]);
}

// Before the camera.

/// Out of a handler's own hands it goes by offer and take, whatever else he is.
#[test]
fn what_a_handler_who_performs_has_as_its_handler_passes_by_no_script() {
    let his = [
        PRODUCER.gives_roles(ARMORER, 1, &[Role::Armorer, Role::StandIn]),
        ARMORER.declares_a_transfer(GUN_1, PERFORMER),
    ];
    let stage = on(shown()).after(&his.map(Step::from));
    assert_eq!(codes(&stage, &PERFORMER.has(GUN_1)), [Code::CustodyTakenAround]);
    let handed =
        stage.after(&[ARMORER.offers(GUN_1, STUNT_PERFORMER), STUNT_PERFORMER.looks_and_takes(GUN_1)].map(Step::from));
    assert_eq!(codes(&handed, &PERFORMER.has(GUN_1)), []);
}

#[test]
fn what_passes_as_declared_is_named_where_it_was_shown_too_long_ago() {
    let declared = on(blanks_with_the_performer()).after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()]);
    let later = |ticks| codes(&declared.clone().after(&[Step::Later(ticks)]), &STAND_IN.has(GUN_1));
    assert_eq!((later(4), later(5)), (vec![], vec![Code::ShowingTimeLapsed]));
    let passed = declared.clone().after(&[Step::Later(5), STAND_IN.has(GUN_1).into()]);
    assert_eq!(passed.gun(GUN_1).handler(), Some(ARMORER.0), "as it was declared all the same");
}

#[test]
fn nothing_passes_to_one_who_is_out_or_plays_no_more() {
    let declared = on(with_the_performer()).after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()]);
    assert_eq!(codes(&declared, &STAND_IN.has(GUN_1)), []);
    let left = declared.clone().after(&[CAMERA.reports_left(STAND_IN).into()]);
    assert_eq!(codes(&left, &STAND_IN.has(GUN_1)), [Code::CustodyTakenAround]);
    let no_more = declared.after(&[PRODUCER.gives_roles(STAND_IN, 1, &[Role::Witness]).into()]);
    assert!(codes(&no_more, &STAND_IN.has(GUN_1)).contains(&Code::CustodyTakenAround));
}

/// A line that was found clear is so as long as a showing holds.
#[test]
fn a_line_is_clear_as_long_as_a_showing_holds() {
    let blanks = crate::verdicts::before::three_blanks();
    let clear = on(crate::verdicts::before::line_clear());
    let shown_again = |ticks| {
        let again = crate::verdicts::before::checked(WITNESS, blanks);
        codes(&clear.clone().after(&[Step::Later(ticks)]).after(&again), &ARMORER.offers(GUN_1, PERFORMER))
    };
    assert_eq!((shown_again(4), shown_again(5)), (vec![], vec![Code::LineNotCleared]));
}

/// A duty is changed by entering the same work from the same hour on again.
#[test]
fn a_duty_is_changed_by_the_same_work_and_not_by_another() {
    let rostered = on(vec![PRODUCER.rosters(ARMORER, Role::Props, 100, 140).into(), Step::Later(10)]);
    let after = |role| {
        let changed = rostered.clone().after(&[PRODUCER.rosters(ARMORER, role, 100, 105).into()]);
        codes(&changed, &ARMORER.takes_out(GUN_1))
    };
    assert_eq!((after(Role::Props), after(Role::Handler)), (vec![], vec![Code::DutyDouble]));
}

/// A late doubt says when it was, and it stands though the gun was shown since.
#[test]
fn a_late_word_about_the_time_before_the_showing_voids_it_all_the_same() {
    let said = CAMERA.says(Intent::ReportOutOfSight { gun: GUN_1 }).ago(40);
    let stage = on(shown()).after(&[said.into()]);
    let ShowingState::Void(doubts) = stage.gun(GUN_1).showing else { panic!("still shown") };
    assert_eq!(doubts.latest().map(|(why, at)| (why, at.0)), Some((Doubt::OutOfSight, 60)));
}
