//! What must be accepted: whole ways of rounds, scenes, lines and transfers, from morning to wrap.

use kernel::{
    Code, Content, Custody, Doubt, Event, Light, LotKind, Occasion, OutAt, Reason, Role, ShowingState, StopCause,
    Tally, Verdict, open_items,
};

use super::before::{
    being_counted, belt_sealed, blanks, blanks_in_a_take, boxes_away, brass_missing, checked, counted, cut, dummies,
    gun_away, lifted, line_begun, out, reload_declared, rubber_matched, scene_closed, shown, take_with,
    with_the_performer, wrapped,
};
use super::codes;
use crate::stage::{
    AMMUNITION_CASE, ARMORER, BELT, BLANKS, CAMERA, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, LATECOMER, PERFORMER,
    POCKET, PRODUCER, QUIET_SCENE, RUBBER, SET, STAND_IN, STAND_OFF_CENTIMETRES, Small, Stage, Step, Tick,
    UNVERIFIED_DUMMIES, USED_LOTS, VAULT, WITNESS, Who, empty, rounds, stop_in, voiding_in,
};

/// Every round of a lot, in its box, in hands and places, and in guns.
fn everywhere(stage: &Stage, lot: u8) -> u32 {
    let entry = &stage.state.lots[&lot];
    let out = stage.state.out.iter().filter(|((of, _), _)| *of == lot).map(|(_, rounds)| rounds).sum::<u32>();
    let guns = stage.state.guns.values().filter_map(|gun| gun.loading).filter(|loading| loading.lot == lot);
    entry.rounds + entry.spent + entry.misfired + out + guns.map(|loading| loading.chambers.count()).sum::<u32>()
}

fn with_code(reasons: &[Reason<Small>], code: Code) -> Vec<Reason<Small>> {
    reasons.iter().filter(|reason| reason.code == code).copied().collect()
}

// Rounds.

/// Eight handlers of phones of their own, entered for this day.
fn eight_handlers() -> [Who; 8] {
    [21, 22, 23, 24, 25, 26, 27, 28].map(Who)
}

fn enters(who: Who) -> Vec<Step> {
    let (device, person, invitation) = (who.0, who.0, u16::from(who.0));
    vec![
        PRODUCER.adds(who).into(),
        PRODUCER.gives_roles(who, 1, &[Role::Handler]).into(),
        Step::Happens(Event::DeviceEnrolled { invitation, device, person }),
    ]
}

#[test]
fn eight_people_draw_fifty_each_of_three_hundred() {
    let lot = 70;
    let mut stage = Stage::new()
        .after(&[ARMORER.receives(lot, LotKind::Dummy, 300).into()])
        .after(&counted(lot, Occasion::Receipt, dummies(300)))
        .after(&[ARMORER.takes_the_box_out(lot).into()])
        .after(&eight_handlers().map(enters).concat());
    let mut draw = |who: Who| {
        let verdict = stage.goes_on(&who.draws(lot, 50).into()).unwrap();
        assert_eq!(everywhere(&stage, lot), 300);
        verdict
    };
    let verdicts: Vec<Verdict<Small>> = eight_handlers().into_iter().map(&mut draw).collect();
    let (granted, refused): (Vec<_>, Vec<_>) = verdicts.iter().partition(|verdict| verdict.accepted);
    assert_eq!((granted.len(), refused.len()), (6, 2));
    for verdict in refused {
        assert_eq!((codes(verdict), verdict.events.len()), (vec![Code::LoadLotShort], 0));
    }
    assert_eq!(stage.state.lots[&lot].rounds, 0);
    let in_hand = eight_handlers().map(|who| stage.state.out_at(lot, OutAt::Person(who.0)));
    assert_eq!(in_hand, [50, 50, 50, 50, 50, 50, 0, 0]);
    // Somebody puts ten back; one of those who came too late may have ten, and not eleven.
    let [first, .., last] = eight_handlers();
    let stage = stage.after(&[first.puts_back(lot, 10).into()]);
    assert_eq!(codes(&stage.verdict(&last.draws(lot, 11))), [Code::LoadLotShort]);
    let stage = stage.after(&[last.draws(lot, 10).into()]);
    assert_eq!((stage.state.lots[&lot].rounds, everywhere(&stage, lot)), (0, 300));
}

#[test]
fn a_lot_comes_in_is_verified_and_loads_a_gun() {
    let stage = Stage::new()
        .after(&[ARMORER.receives(70, LotKind::Dummy, 20).into(), ARMORER.takes_the_box_out(70).into()])
        .after(&counted(70, Occasion::Receipt, dummies(20)))
        .after(&out())
        .after(&[
            ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
            ARMORER.loads(GUN_1, 70, &[1, 2, 3, 4, 5, 6]).into(),
        ]);
    assert_eq!((stage.state.lots[&70].rounds, everywhere(&stage, 70)), (14, 20));
}

#[test]
fn what_is_put_into_a_box_of_its_own_is_verified_and_then_used() {
    let stage = Stage::new()
        .after(&[ARMORER.re_boxes(70, DUMMIES, 12).into()])
        .after(&counted(70, Occasion::Receipt, dummies(12)))
        .after(&[ARMORER.draws(70, 12).into()]);
    let lots = &stage.state.lots;
    assert_eq!(
        (lots[&DUMMIES].rounds, lots[&70].rounds, stage.state.supplier(70)),
        (38, 0, stage.state.supplier(DUMMIES))
    );
}

/// The rounds of a receipt that are fewer than the supplier said are missing; nothing is verified.
#[test]
fn a_receipt_that_is_short_holds_the_lot_and_verifies_nothing() {
    let stage = Stage::new().after(&counted(UNVERIFIED_DUMMIES, Occasion::Receipt, dummies(48)));
    let lot = stage.state.lots[&UNVERIFIED_DUMMIES];
    assert_eq!((lot.verified, lot.missing), (None, 2));
    let cause = stage.state.held_by().map(|(_, stop)| (stop.cause, stop.lot));
    assert_eq!(cause, Some((StopCause::RoundMissing, Some(UNVERIFIED_DUMMIES))));
}

#[test]
fn a_missing_dummy_that_is_found_lifts_what_it_held() {
    let held = Stage::new().after(&shown()).after(&counted(DUMMIES, Occasion::Lunch, dummies(49)));
    let offer = ARMORER.offers(GUN_1, PERFORMER);
    assert_eq!(codes(&held.verdict(&offer)), [Code::ShowingStopped, Code::StopHeld]);
    let found = held.after(&counted(DUMMIES, Occasion::Lunch, dummies(50)));
    assert!(found.state.stops.is_empty());
    // By every stop what was shown before holds no more.
    assert_eq!(codes(&found.verdict(&offer)), [Code::ShowingStopped]);
    let again = found.after(&checked(WITNESS, empty(6)));
    assert!(again.verdict(&offer).accepted, "and nothing else is in the way");
}

#[test]
fn a_missing_dummy_that_is_not_found_is_written_off_by_the_inquiry() {
    let stage = Stage::new()
        .after(&counted(DUMMIES, Occasion::Lunch, dummies(49)))
        .after(&lifted())
        .after(&counted(DUMMIES, Occasion::Lunch, dummies(49)))
        .after(&boxes_away())
        .after(&[FIRST_AD.breaks_for_lunch().into()]);
    assert_eq!((stage.state.lots[&DUMMIES].rounds, stage.state.lots[&DUMMIES].missing), (49, 0));
}

#[test]
fn brass_that_two_roles_say_is_lost_keeps_nothing_open() {
    let stage = Stage::new()
        .after(&brass_missing())
        .after(&[ARMORER.says_lost(BLANKS, 1, SET).into(), WITNESS.says_lost(BLANKS, 1, SET).into()])
        .after(&boxes_away())
        .after(&[FIRST_AD.closes_the_scene().into()]);
    assert_eq!((stage.state.lots[&BLANKS].spent, stage.state.lots[&BLANKS].brass_missing), (1, 0));
}

#[test]
fn two_counts_that_differ_once_are_made_again_and_twice_they_stop() {
    let both = |mine, theirs| {
        vec![
            ARMORER.counts(DUMMIES, dummies(mine)).into(),
            WITNESS.counts_and_seals(DUMMIES, dummies(theirs), Some(8)).into(),
        ]
    };
    let differed = Stage::new().after(&being_counted()).after(&both(50, 49));
    assert!(differed.state.lots[&DUMMIES].count.unwrap().again);
    let agreed = differed.clone().after(&both(50, 50));
    assert!(!agreed.state.lots[&DUMMIES].opened);
    let again = differed.after(&both(50, 49)[..1]);
    let second = again.verdict(&WITNESS.counts_and_seals(DUMMIES, dummies(49), Some(8)));
    assert_eq!((second.accepted, stop_in(&second.events)), (true, Some(StopCause::AnswersDifferTwice)));
}

#[test]
fn a_round_more_than_the_record_has_stops() {
    let almost = counted(DUMMIES, Occasion::Lunch, dummies(51));
    let verdict = Stage::new().after(&almost[..2]).verdict(&WITNESS.counts_and_seals(DUMMIES, dummies(51), Some(1)));
    assert_eq!((verdict.accepted, stop_in(&verdict.events)), (true, Some(StopCause::UnexpectedRound)));
}

/// A live round is said by whoever sees it, and however he counts otherwise.
#[test]
fn a_live_round_in_a_box_stops_before_the_other_has_counted() {
    let live = Tally { live: 1, ..dummies(3) };
    let verdict = Stage::new().after(&being_counted()).verdict(&WITNESS.counts(DUMMIES, live));
    assert_eq!((verdict.accepted, stop_in(&verdict.events)), (true, Some(StopCause::LiveRound)));
}

/// A report is never lost: a live round stops also where the place it was found in is on no register.
#[test]
fn a_live_round_stops_wherever_it_was_found() {
    for place in [POCKET, SET, 77] {
        let round = kernel::RoundKind::Live;
        let verdict = Stage::new().verdict(&CAMERA.says(kernel::Intent::ReportRoundFoundIn { place, round }));
        assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound), "in {place}: {:?}", verdict.reasons);
    }
}

// Blanks.

#[test]
fn blanks_are_tested_loaded_fired_emptied_and_counted_until_wrap() {
    let four_blanks = rounds(6, &[1, 2, 3, 4], Content::Blank);
    let fired = Stage::new()
        .after(&out())
        .after(&[
            ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
            ARMORER.tests(GUN_1, BLANKS, 2).into(),
            ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
            ARMORER.draws(BLANKS, 5).into(),
            ARMORER.loads(GUN_1, BLANKS, &[1, 2, 3, 4]).into(),
        ])
        .after(&checked(WITNESS, four_blanks))
        .after(&[
            ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES).into(),
            ARMORER.offers(GUN_1, PERFORMER).into(),
            PERFORMER.looks_and_takes(GUN_1).into(),
        ])
        .after(&take_with(GUN_1, 4))
        .after(&[ARMORER.reports_fired(GUN_1, 3, 1).into(), cut(), ARMORER.takes_back(GUN_1).into()]);
    let empties = ARMORER.empties(GUN_1, &[1, 2, 3], &[4], &[]);
    assert_eq!(codes(&fired.verdict(&empties)), [Code::MisfireWait]);
    let emptied = fired.after(&[
        Step::Later(2),
        empties.into(),
        ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into(),
        ARMORER.puts_back(BLANKS, 1).into(),
    ]);
    let lot = emptied.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, lot.misfired, everywhere(&emptied, BLANKS)), (42, 7, 1, 50));
    let after_firing = vec![
        ARMORER.begins_a_count(BLANKS, Occasion::AfterFiring, WITNESS).into(),
        WITNESS.counts(BLANKS, blanks(42, 7, 1)).into(),
        ARMORER.counts(BLANKS, blanks(42, 7, 1)).into(),
    ];
    let wrapped = emptied
        .after(&after_firing)
        .after(&gun_away())
        .after(&counted(BLANKS, Occasion::SceneEnd, blanks(42, 7, 1)))
        .after(&boxes_away())
        .after(&[FIRST_AD.closes_the_scene().into(), FIRST_AD.wraps().into()]);
    assert_eq!(wrapped.state.wrapped, Some(Tick(102)));
    assert_eq!(open_items(&wrapped.state), []);
}

/// An ear's mistake: fewer cases than shots that were heard.
#[test]
fn a_case_fewer_than_shots_were_heard_is_a_round_that_did_not_fire() {
    let stage = Stage::new().after(&super::before::fired()).after(&[ARMORER.empties(GUN_1, &[1], &[], &[2, 3]).into()]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, everywhere(&stage, BLANKS)), (47, 3, 50));
}

/// The cut comes before the phone: the gun is taken back, and then somebody enters what was fired.
#[test]
fn shots_are_entered_after_the_gun_was_taken_back() {
    let stage = Stage::new().after(&blanks_in_a_take()).after(&[cut(), ARMORER.takes_back(GUN_1).into()]);
    let verdict = stage.verdict(&ARMORER.reports_fired(GUN_1, 2, 0));
    assert_eq!((codes(&verdict), stop_in(&verdict.events)), (vec![], None));
}

/// Each shot is entered as it falls.
#[test]
fn shots_are_entered_one_by_one() {
    let shot = || Step::from(FIRST_AD.reports_fired(GUN_1, 1, 0));
    let stage = Stage::new().after(&blanks_in_a_take()).after(&[shot(), shot(), shot()]);
    assert_eq!((stage.gun(GUN_1).fired.shots, stage.state.stops.len()), (3, 0));
}

/// Three are fired, three are reloaded before the camera into the same chambers, three are fired.
#[test]
fn a_scripted_reload_between_shots_is_counted_round_by_round() {
    let stage = Stage::new().after(&reload_declared(BLANKS)).after(&blanks_in_a_take()).after(&[
        ARMORER.reports_fired(GUN_1, 3, 0).into(),
        PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, &[1, 2, 3]).into(),
        ARMORER.reports_fired(GUN_1, 3, 0).into(),
        ARMORER.takes_back(GUN_1).into(),
        ARMORER.empties(GUN_1, &[1, 2, 3], &[], &[]).into(),
        ARMORER.gathers(BLANKS, BELT, 3).into(),
        ARMORER.puts_back(BLANKS, 3).into(),
    ]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, stage.state.stops.len()), (42, 8, 0));
}

// Belts and reloads.

#[test]
fn a_sealed_belt_of_dress_rounds_stays_out_over_lunch_and_wrap() {
    let lunch = Stage::new().after(&belt_sealed()).after(&boxes_away()).after(&[
        FIRST_AD.breaks_for_lunch().into(),
        HANDLER.sees_the_seal(BELT, 7).into(),
        FIRST_AD.closes_the_scene().into(),
    ]);
    assert_eq!(codes(&lunch.verdict(&FIRST_AD.wraps())), []);
}

/// A seal of another number is no seal: the refusal carries that it is broken.
#[test]
fn another_seal_breaks_the_belt() {
    let mut stage = Stage::new().after(&belt_sealed());
    let refused = stage.goes_on(&HANDLER.sees_the_seal(BELT, 8).into()).unwrap();
    assert_eq!((codes(&refused), stage.state.places[&BELT].seal), (vec![Code::BeltSealDiffers], None));
    assert_eq!(codes(&stage.verdict(&HANDLER.sees_the_seal(BELT, 7))), [Code::BeltNotSealed]);
}

#[test]
fn a_declared_reload_loads_out_of_the_belt_and_leaves_nothing_known() {
    let reload = PERFORMER.reports_reloaded(GUN_1, DUMMIES, BELT, &[1, 2, 3, 4]);
    let mut stage = Stage::new().after(&reload_declared(DUMMIES)).after(&with_the_performer());
    let verdict = stage.goes_on(&reload.into()).unwrap();
    assert_eq!((codes(&verdict), voiding_in(&verdict.events)), (vec![], Some(Doubt::Loaded)));
    assert_eq!((stage.state.out_at(DUMMIES, OutAt::Place(BELT)), everywhere(&stage, DUMMIES)), (2, 50));
    let stage = stage.after(&[
        ARMORER.takes_back(GUN_1).into(),
        ARMORER.gathers(DUMMIES, BELT, 2).into(),
        ARMORER.unloads(GUN_1, &[1, 2, 3, 4]).into(),
        ARMORER.puts_back(DUMMIES, 6).into(),
    ]);
    assert_eq!((stage.state.lots[&DUMMIES].rounds, stage.state.out.len()), (50, 0));
}

// The scene.

#[test]
fn a_handler_who_was_told_at_the_meeting_receives() {
    let stage = Stage::new().after(&shown());
    let offer = ARMORER.offers(GUN_1, LATECOMER);
    assert_eq!(codes(&stage.verdict(&offer)), [Code::MeetingNotThere]);
    for leader_or_himself in [FIRST_AD, LATECOMER] {
        let told = stage.clone().after(&[leader_or_himself.enters_at_the_meeting(LATECOMER).into()]);
        assert!(told.verdict(&offer).accepted);
    }
}

#[test]
fn each_scene_has_a_meeting_of_its_own() {
    let quiet = [scene_closed(), vec![FIRST_AD.opens_the_scene(QUIET_SCENE).into()]].concat();
    let stage = Stage::new().after(&quiet).after(&[
        ARMORER.holds_a_meeting(QUIET_SCENE, SET).into(),
        ARMORER.takes_out(GUN_1).into(),
        ARMORER.calls_to_set(GUN_1).into(),
    ]);
    assert!(stage.gun(GUN_1).on_set);
}

/// A line of two extras: a copy, and a gun that fires, which is shown by being issued.
#[test]
fn a_line_is_issued_mustered_and_taken_back() {
    let issued = Stage::new().after(&line_begun()).after(&out()).after(&rubber_matched()).after(&[
        ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into(),
        WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)).into(),
        ARMORER.issues_in_line(RUBBER, STAND_IN, empty(0)).into(),
        WITNESS.confirms_in_line(RUBBER, STAND_IN, empty(0)).into(),
    ]);
    for (gun, holder) in [(GUN_1, EXTRA), (RUBBER, STAND_IN)] {
        let custody = issued.gun(gun).custody;
        assert!(matches!(custody, Custody::With { person, handler, .. } if person == holder.0 && handler == Some(1)));
    }
    assert!(matches!(issued.gun(GUN_1).showing, ShowingState::Shown(_)));
    let over = issued.after(&[
        WITNESS.musters(2).into(),
        ARMORER.musters(2).into(),
        ARMORER.takes_back(GUN_1).into(),
        HANDLER.takes_back(RUBBER).into(),
        ARMORER.puts_away(GUN_1, VAULT).into(),
        HANDLER.puts_away(RUBBER, VAULT).into(),
    ]);
    let over = over.after(&boxes_away()).after(&[FIRST_AD.closes_the_scene().into()]);
    assert_eq!(over.state.lines.len(), 0);
}

/// Both count one gun fewer than were issued: they count again, and then everything stops.
#[test]
fn a_gun_that_is_missing_at_the_muster_stops() {
    let short = vec![WITNESS.musters(0).into(), ARMORER.musters(0).into()];
    let stage = Stage::new()
        .after(&line_begun())
        .after(&out())
        .after(&[
            ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into(),
            WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)).into(),
        ])
        .after(&short)
        .after(&short[..1]);
    let verdict = stage.verdict(&ARMORER.musters(0));
    assert_eq!((verdict.accepted, stop_in(&verdict.events)), (true, Some(StopCause::GunMissing)));
}

/// The performer drops it, the stand-in snatches it: both as the shot plan has it.
#[test]
fn what_passes_as_declared_stays_shown() {
    let stage = Stage::new()
        .after(&[
            ARMORER.declares_a_transfer(GUN_1, STAND_IN).into(),
            ARMORER.declares_a_transfer(GUN_1, EXTRA).into(),
            ARMORER.declares_a_preset(GUN_1, SET).into(),
        ])
        .after(&shown())
        .after(&[ARMORER.lays_the_preset(GUN_1, SET).into(), STAND_IN.has(GUN_1).into(), EXTRA.has(GUN_1).into()]);
    let gun = stage.gun(GUN_1);
    assert!(matches!(gun.custody, Custody::With { person, handler, .. } if person == EXTRA.0 && handler == Some(1)));
    assert!(matches!(gun.showing, ShowingState::Shown(_)));
    let back = stage.after(&[ARMORER.takes_back(GUN_1).into()]);
    assert!(matches!(back.gun(GUN_1).showing, ShowingState::Void(_)));
}

/// Whoever shows a gun is not among those it passes to.
#[test]
fn what_passes_to_the_witness_who_showed_it_is_shown_no_more() {
    let stage = Stage::new()
        .after(&[ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()])
        .after(&super::before::shown_with(STAND_IN))
        .after(&[ARMORER.offers(GUN_1, PERFORMER).into(), PERFORMER.looks_and_takes(GUN_1).into()]);
    let verdict = stage.verdict(&STAND_IN.has(GUN_1));
    assert_eq!(voiding_in(&verdict.events), Some(Doubt::ChangedHands));
}

// What is open.

/// Each open thing is a reason of its own, with the one who owns it.
#[test]
fn what_keeps_the_scene_open_is_named_thing_by_thing() {
    let stage = Stage::new()
        .after(&out())
        .after(&[HANDLER.draws(DUMMIES, 4).into(), HANDLER.stows(DUMMIES, SET, 3).into()])
        .after(&[ARMORER.begins_a_count(BLANKS, Occasion::SceneEnd, WITNESS).into()]);
    let verdict = stage.verdict(&FIRST_AD.closes_the_scene());
    let (armorer, handler) = (Some(ARMORER.0), Some(HANDLER.0));
    let gun = with_code(&verdict.reasons, Code::CustodyLeftOut);
    assert_eq!(gun.iter().map(|it| (it.gun, it.who)).collect::<Vec<_>>(), [(Some(GUN_1), armorer)]);
    let lots = with_code(&verdict.reasons, Code::LotLeftOut);
    let named = lots.iter().map(|it| (it.lot.unwrap(), it.who)).collect::<Vec<_>>();
    assert_eq!(named, USED_LOTS.map(|lot| (lot, armorer)));
    let counts = with_code(&verdict.reasons, Code::CountOpen);
    assert_eq!(counts.iter().map(|it| (it.lot, it.who)).collect::<Vec<_>>(), [(Some(BLANKS), armorer)]);
    let rounds = with_code(&verdict.reasons, Code::RoundsLeftOut);
    let named = rounds.iter().map(|it| (it.who, it.place, it.rounds)).collect::<Vec<_>>();
    assert_eq!(named, [(handler, None, Some(1)), (None, Some(SET), Some(3))]);
    let due = with_code(&verdict.reasons, Code::CountDue);
    assert_eq!(due.iter().map(|it| it.lot).collect::<Vec<_>>(), [Some(DUMMIES)]);
}

/// Whatever is out comes in after wrap, also by a handler who has another duty by then.
#[test]
fn after_wrap_everything_still_comes_in() {
    let stage = Stage::new().after(&wrapped()).after(&[
        HANDLER.has(GUN_1).into(),
        PRODUCER.rosters(HANDLER, Role::Props, 100, 140).into(),
        HANDLER.puts_away(GUN_1, VAULT).into(),
    ]);
    assert_eq!(stage.gun(GUN_1).handler(), None);
}

/// A wrapped day is followed by another, on which everything is shown, counted and told anew.
#[test]
fn the_next_day_begins_with_a_count() {
    let stage = Stage::new().after(&wrapped()).after(&super::before::next_day());
    assert_eq!((stage.state.wrapped, stage.state.meetings.len()), (None, 0));
    let stage = stage.after(&[ARMORER.takes_the_box_out(DUMMIES).into()]);
    assert_eq!(codes(&stage.verdict(&ARMORER.draws(DUMMIES, 1))), [Code::CountNotAtIssue]);
    let locked = stage.state.lots.values().filter(|lot| lot.holder().is_none());
    let in_case = |lot: &&kernel::Lot<Small>| matches!(lot.custody, kernel::LotCustody::In { place, .. } if place == AMMUNITION_CASE);
    assert_eq!(locked.filter(in_case).count(), 7);
}

/// A night shoot is one day: it ends where the next one is opened, however much time has passed.
#[test]
fn a_day_has_no_date_and_ends_where_the_next_one_begins() {
    let stage = Stage::new().after(&[Step::Later(40_000)]).after(&shown());
    assert!(
        stage.verdict(&ARMORER.offers(GUN_1, PERFORMER)).accepted,
        "roles and meeting are of the day, not of the date"
    );
    let course = kernel::Intent::EnterCourse { person: CAMERA.0, until: Some(kernel::Day(1)) };
    let stage = stage.after(&[PRODUCER.says(course).into(), Step::Later(20_000)]);
    assert!(stage.state.has_the_course(CAMERA.0));
}
