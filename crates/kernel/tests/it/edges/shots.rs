//! When a shot is one of a take, when a distance counts no more, and what a discharge leaves.

use kernel::{Code, Content, Event, Intent, StopCause};

use crate::plan::Plan;

use crate::stage::{
    ARMORER, BELT, BLANKS, CAMERA, FIRST_AD, GUN_1, HANDLER, PERFORMER, PRODUCER, RUBBER, SAFETY_OFFICER, SCENE,
    STAND_IN, STAND_OFF_CENTIMETRES, Said, Stage, Step, THE_OPEN_ONE, Tick, WITNESS, Who, codes, on, rounds, stop_in,
};
use crate::verdicts::before::{
    blanks_in_a_take, blanks_offered, blanks_shown, blanks_with_the_performer, checked, cut, fired, lifted, misfired,
    out, reload_declared, rubber_matched, take_with, three_blanks,
};
use crate::verdicts::shots::{called, take_on};

fn shot() -> Said {
    ARMORER.reports_fired(GUN_1, 1, 0)
}

fn stops(stage: &Stage, said: &Said) -> Option<StopCause> {
    stop_in(&stage.verdict(said).events)
}

// What is planned.

/// While the take is on, as often as it falls; after the cut once, and only where nothing was entered before.
#[test]
fn shots_are_entered_while_the_take_is_on_or_once_after_its_cut() {
    let on_it = on(blanks_in_a_take());
    assert_eq!(stops(&on_it.clone().after(&[shot().into()]), &shot()), None);
    let over = on_it.clone().after(&[cut(), Step::Later(1)]);
    assert_eq!(stops(&over, &shot()), None);
    let back = over.clone().after(&[ARMORER.takes_back(GUN_1).into()]);
    assert_eq!(stops(&back, &shot()), None);
    assert_eq!(stops(&over.after(&[shot().into()]), &shot()), Some(StopCause::Discharge));
    let entered = on_it.after(&[shot().into(), cut(), Step::Later(1)]);
    assert_eq!(stops(&entered, &shot()), Some(StopCause::Discharge));
    // A phone without signal said it while the take was on.
    assert_eq!(stops(&entered, &shot().ago(1)), None);
    assert_eq!(stops(&entered, &ARMORER.reports_fired(GUN_1, 0, 1)), None, "a misfire by itself");
}

/// A misfire is entered by itself, and leaves the shots of the take to be entered after its cut.
#[test]
fn a_misfire_that_was_entered_enters_no_take() {
    let misfired = on(blanks_in_a_take()).after(&[ARMORER.reports_fired(GUN_1, 0, 1).into(), cut(), Step::Later(1)]);
    assert_eq!(misfired.gun(GUN_1).in_take.map(|take| take.entered), Some(false));
    assert_eq!(stops(&misfired, &shot()), None);
}

/// Of a take that is over whoever gets it next was not; and of no take a handler who takes it over.
#[test]
fn only_who_uses_it_in_a_take_has_it_in_that_take() {
    let declared = on(blanks_in_a_take()).after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()]);
    let on_it = declared.gun(GUN_1).in_take;
    assert!(on_it.is_some());
    let passes = |stage: &Stage| stage.clone().after(&[STAND_IN.has(GUN_1).into()]).gun(GUN_1).in_take;
    assert_eq!(passes(&declared), on_it, "the same take goes on");
    let entered = declared.clone().after(&[shot().into()]);
    assert_eq!(passes(&entered).map(|take| take.entered), Some(true), "what was entered of it is entered");
    assert_eq!(passes(&declared.clone().after(&[cut(), Step::Later(1)])), None);
    let hands = [ARMORER.takes_back(GUN_1), ARMORER.offers(GUN_1, HANDLER), HANDLER.looks_and_takes(GUN_1)];
    assert_eq!(declared.after(&hands.map(Step::from)).gun(GUN_1).in_take, None);
}

/// What comes to somebody who uses it while a take is on is in it where the shot has it with blanks, and in no other.
#[test]
fn what_comes_into_a_take_is_in_it_as_planned() {
    let comes = |before: Vec<Step>, plan: Plan| {
        let plans = [FIRST_AD.says(Intent::PlanShot { scene: SCENE }), FIRST_AD.says(plan.of(GUN_1))];
        let stage = on(before).after(&plans.map(Step::from));
        let begun = Event::TakeBegun { shot: stage.state.shots.keys().next_back().copied(), at: stage.now };
        stage.after(&[Step::Happens(begun)])
    };
    let taken = |stage: Stage| stage.after(&[PERFORMER.looks_and_takes(GUN_1).into()]).gun(GUN_1).in_take;
    let planned = crate::plan::BLANKS;
    let of_it = comes(blanks_offered(), planned);
    assert_eq!(of_it.gun(GUN_1).in_take, None, "it is in a handover");
    assert_eq!(taken(of_it.clone()).map(|take| (take.began, take.cut)), Some((of_it.now, None)));
    assert_eq!(comes(blanks_with_the_performer(), crate::plan::EMPTY).gun(GUN_1).in_take, None);
    // The next take of the same shot is another, though it begins at once.
    let first = comes(blanks_with_the_performer(), planned).after(&[shot().into(), cut()]);
    let named = first.state.shots.keys().next_back().copied();
    let again = first.clone().after(&[Step::Happens(Event::TakeBegun { shot: named, at: first.now })]);
    let take = again.gun(GUN_1).in_take.unwrap();
    assert_eq!((take.began, take.cut, take.entered), (first.now, None, false));
}

/// That nothing was fired in a take is entered as well.
#[test]
fn who_entered_that_nothing_was_fired_has_entered_the_take() {
    let none = on(blanks_in_a_take()).after(&[cut(), Step::Later(1), ARMORER.reports_fired(GUN_1, 0, 0).into()]);
    assert_eq!(stops(&none, &shot()), Some(StopCause::Discharge));
}

#[test]
fn a_shot_from_before_the_take_is_none_of_it() {
    let stage = on(blanks_with_the_performer()).after(&[Step::Later(1)]).after(&take_with(GUN_1, 3));
    let stage = stage.after(&[Step::Later(1)]);
    assert_eq!(stops(&stage, &shot().ago(3)), None, "no further off than a clock may be");
    assert_eq!(stops(&stage, &shot().ago(4)), Some(StopCause::Discharge));
}

/// It stayed with the armorer while the take ran, and went to the performer after the cut.
#[test]
fn a_gun_that_was_not_in_the_take_fires_none_of_its_shots() {
    let hands_over = [ARMORER.offers(GUN_1, PERFORMER).into(), PERFORMER.looks_and_takes(GUN_1).into()];
    let clear = vec![ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES).into()];
    let ready = on([blanks_shown(), clear, take_with(GUN_1, 3)].concat());
    let after_the_cut = ready.clone().after(&[cut()]).after(&hands_over);
    assert_eq!(stops(&after_the_cut, &shot()), Some(StopCause::Discharge));
    assert_eq!(stops(&ready.after(&hands_over), &shot()), None, "it came into the take while it was on");
}

/// Blanks that went in before the camera, behind a bore that nobody saw.
#[test]
fn blanks_behind_an_unseen_bore_are_no_shot_of_a_take() {
    let offered = [ARMORER.offers(GUN_1, PERFORMER).into(), PERFORMER.looks_and_takes(GUN_1).into()];
    let reloads = PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[1, 2, 3]);
    let looks = |looks: bool| {
        let look = ARMORER.looks_through_the_bore(GUN_1, kernel::Light::Seen);
        let before = if looks { vec![look.into()] } else { vec![] };
        let plan: Vec<Step> = take_with(GUN_1, 3).into_iter().take(4).collect();
        let shown = [out(), before, checked(WITNESS, crate::stage::empty(6))].concat();
        on([reload_declared(BLANKS), plan, shown].concat()).after(&offered)
    };
    assert_eq!(codes(&looks(false), &reloads), [Code::BoreNotLooked]);
    assert_eq!(codes(&looks(true), &reloads), []);
}

/// What was reloaded between shots rests on the look of the loading before it, and goes out no second time.
#[test]
fn a_reload_between_shots_rests_on_the_first_look_and_is_emptied_afterwards() {
    let reloaded = on([reload_declared(BLANKS), blanks_in_a_take()].concat())
        .after(&[ARMORER.reports_fired(GUN_1, 3, 0).into()])
        .after(&[PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[1, 2, 3]).into()]);
    assert_eq!(stops(&reloaded, &shot()), None);
    let back = reloaded
        .after(&[cut(), ARMORER.takes_back(GUN_1).into()])
        .after(&checked(WITNESS, three_blanks()))
        .after(&[ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES).into()]);
    assert_eq!(codes(&back, &ARMORER.offers(GUN_1, PERFORMER)), [Code::BoreDue]);
}

// The line.

/// Closer than the stand-off: refused, and the longer distance from before is gone with SHOT READY.
#[test]
fn a_distance_that_was_found_too_short_takes_the_longer_one_back() {
    let (shot, gun) = (THE_OPEN_ONE, GUN_1);
    let measures =
        |nearest_millimetres| SAFETY_OFFICER.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres });
    let places =
        |distance_millimetres| FIRST_AD.says(Intent::PlacePerson { person: CAMERA.0, shot, gun, distance_millimetres });
    for said in [measures(1_999), places(1_999)] {
        let mut stage = on(called());
        let verdict = stage.goes_on(&said.into()).unwrap();
        assert!(!verdict.accepted);
        let begins = FIRST_AD.says(Intent::BeginTake { shot: Some(shot) });
        assert_eq!(codes(&stage, &begins), [Code::LineNotMeasured, Code::ShotNotReady], "{said:?}");
    }
    let mut kept = on(called());
    let verdict = kept.goes_on(&measures(2_000).into()).unwrap();
    assert!(verdict.accepted && verdict.events.iter().all(|it| !matches!(it, Event::LineChanged { .. })));
    let mut cleared = on(blanks_shown());
    for (nearest, clear) in [(STAND_OFF_CENTIMETRES, true), (STAND_OFF_CENTIMETRES - 1, false)] {
        cleared.goes_on(&ARMORER.finds_the_line_clear(GUN_1, nearest).into());
        assert_eq!(cleared.gun(GUN_1).line_clear.is_some(), clear);
    }
}

// Copies.

/// A copy that is out before the camera is matched, in whatever take.
#[test]
fn a_take_waits_for_every_copy_that_is_there() {
    let begins = FIRST_AD.says(Intent::BeginTake { shot: None });
    let there = on(rubber_matched()).after(&[ARMORER.calls_to_set(RUBBER).into()]);
    assert_eq!(codes(&there, &begins), []);
    let unsure = there.after(&[PERFORMER.says(Intent::ReportOutOfSight { gun: RUBBER }).into()]);
    assert_eq!(codes(&unsure, &begins), [Code::IdentityNotMatched]);
    let with_a_plan = on(called()).after(&[ARMORER.takes_out(RUBBER).into()]);
    let planned = FIRST_AD.says(Intent::BeginTake { shot: Some(THE_OPEN_ONE) });
    assert_eq!(codes(&with_a_plan, &planned), [], "it is in the armorer's hands");
    let on_the_set = with_a_plan.after(&[ARMORER.calls_to_set(RUBBER).into()]);
    assert_eq!(codes(&on_the_set, &planned), [Code::IdentityNotMatched]);
}

// A discharge, and what is found afterwards.

#[test]
fn a_discharge_leaves_a_bore_that_is_due_and_one_case_explained() {
    let stage = on(blanks_with_the_performer())
        .after(&[PERFORMER.says(Intent::ReportDischarge { gun: GUN_1 }).into()])
        .after(&lifted())
        .after(&[ARMORER.takes_back(GUN_1).into()]);
    assert!(stage.gun(GUN_1).bore_due);
    assert_eq!(codes(&stage, &ARMORER.empties(GUN_1, &[1], &[], &[2, 3])), []);
    // What its inquiry has looked into is entered as it was seen.
    assert_eq!(codes(&stage, &ARMORER.empties(GUN_1, &[1, 2], &[], &[3])), []);
    let empty = on(out()).after(&[ARMORER.says(Intent::ReportDischarge { gun: GUN_1 }).into()]);
    assert!(empty.gun(GUN_1).bore_due, "by the record there was nothing in it");
    let copy = on(rubber_matched()).after(&[ARMORER.says(Intent::ReportDischarge { gun: RUBBER }).into()]);
    assert!(!copy.gun(RUBBER).bore_due, "it has no bore that anybody could look through");
}

/// Two cases where one shot was reported stop everything, once: the inquiry closes it, and the same two stop nothing more.
#[test]
fn cases_that_nobody_reported_stop_once() {
    let empties = ARMORER.empties(GUN_1, &[1, 2], &[], &[3]);
    let sees = rounds(6, &[1, 2, 3], Content::Blank).with(1, spent()).with(2, spent());
    let fired_once = || {
        let steps = vec![ARMORER.reports_fired(GUN_1, 1, 0).into(), cut(), ARMORER.takes_back(GUN_1).into()];
        on([blanks_in_a_take(), steps].concat())
    };
    for first in [vec![Step::from(empties)], checked(WITNESS, sees)] {
        let mut stage = fired_once();
        let pulled: Vec<_> = first.iter().filter_map(|step| stop_in(&stage.goes_on(step)?.events)).collect();
        assert_eq!(pulled, [StopCause::UnexpectedRound]);
        let stage = stage.after(&lifted());
        assert_eq!(codes(&stage, &empties), []);
    }
}

fn spent() -> kernel::Reading {
    kernel::Reading { content: Content::Spent, method: kernel::Method::RemovedSeenShaken }
}

/// One shot and one misfire were reported. Two cases: the misfire went off later, and nobody reported that shot.
#[test]
fn a_misfire_that_went_off_is_a_shot_that_nobody_reported() {
    let stage = on(misfired()).after(&[Step::Later(2)]);
    assert_eq!(codes(&stage, &ARMORER.empties(GUN_1, &[1], &[2], &[3])), []);
    assert_eq!(codes(&stage, &ARMORER.empties(GUN_1, &[1, 2], &[], &[3])), [Code::EmptyDiffers]);
    assert_eq!(codes(&stage, &ARMORER.empties(GUN_1, &[], &[1, 2], &[3])), [], "an ear's mistake");
}

// The wait after a misfire.

#[test]
fn after_a_jump_of_the_clock_the_wait_begins_anew() {
    let empties = ARMORER.empties(GUN_1, &[1], &[2], &[3]);
    let jumped = on(misfired()).after(&[Step::Later(50)]);
    let at = jumped.now;
    let jumped = jumped.after(&[Step::Happens(Event::ClockJumped { at })]);
    assert_eq!(codes(&jumped, &empties), [Code::MisfireWait]);
    assert_eq!(codes(&jumped.after(&[Step::Later(2)]), &empties), []);
    let never = on(fired()).after(&[Step::Happens(Event::ClockJumped { at })]);
    assert_eq!(never.gun(GUN_1).misfired_at, None);
}

/// SHOT READY is of the people who stand there: whoever had the gun has it no more.
#[test]
fn shot_ready_falls_with_the_hands_in_which_the_gun_was() {
    let with = [ARMORER.offers(GUN_1, PERFORMER).into(), PERFORMER.looks_and_takes(GUN_1).into()];
    let ready = |stage: &Stage| stage.state.shots.values().any(|shot| shot.ready.is_some());
    let handed = on(called()).after(&with);
    assert!(ready(&handed), "it goes out after SHOT READY as well as before");
    assert!(!ready(&handed.clone().after(&[ARMORER.takes_back(GUN_1).into()])));
    assert!(!ready(&handed.after(&[CAMERA.has(GUN_1).into()])));
    let taken = on(take_on()).after(&with).after(&[PRODUCER.stops().into()]);
    assert!(!ready(&taken));
}

/// Whoever has a gun of the plan uses it before the camera, or handles it; else it is in the wrong hands at SHOT READY.
#[test]
fn at_shot_ready_a_gun_is_in_hands_that_may_have_it() {
    let with = |who: Who| {
        let (person, handler, at) = (who.0, Some(ARMORER.0), Tick(100));
        let stage = on(called()).after(&[Step::Happens(Event::GunReportedWith { gun: GUN_1, person, handler, at })]);
        codes(&stage, &crate::verdicts::shots::ready()).contains(&Code::HandoverReceiverRole)
    };
    assert!(with(CAMERA));
    assert!(!with(PERFORMER) && !with(HANDLER));
}

/// What somebody says late of what is so already moves nothing, and names nothing.
#[test]
fn what_was_so_already_is_no_older_than_what_is() {
    let stage = on(blanks_with_the_performer()).after(&[Step::Later(4)]);
    assert_eq!(codes(&stage, &PERFORMER.has(GUN_1).ago(20)), []);
    assert_eq!(codes(&stage, &CAMERA.has(GUN_1).ago(20)).first(), Some(&Code::ClockBefore));
}
