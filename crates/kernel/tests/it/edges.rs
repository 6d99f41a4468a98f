//! At the edge: the tick, the round, the centimetre at which an answer changes, from both sides. What stands in the verdict
//! tables is far from its edge, so that a row reads as a set would speak.

mod kept;
mod passing;
mod people;
mod range;
mod rounds;
mod shots;

use kernel::{
    Action, Code, Content, Doubt, Event, GunKind, Holds, Intent, LastLook, Load, MAX_FEED, MAX_ROUNDS, Occasion, Role,
    Scope, ShowingState, Status, StopCause, Tally,
};

use crate::stage::{
    ARMORER, BELT, BLANKS, CAMERA, DRESS_ROUNDS, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, LIMITS, MUSKET, PERFORMER,
    PISTOL, POCKET, PRODUCER, RUBBER, SET, STUNT_PERFORMER, Said, Small, Stage, Step, THE_OPEN_ONE, TWO_DUMMIES, Tick,
    VAULT, WITNESS, chambers, codes, empty, on, stop_in,
};
use crate::verdicts::before::{
    being_checked, being_counted, blanks, blanks_in_a_take, blanks_with_the_performer, brass_missing, counted, dummies,
    fired, line_begun, looked_through, offered, one_round, out, pistol_loaded, pistol_looked_through, reload_declared,
    shown, with_the_performer, wrapped,
};
use crate::verdicts::shots::{self as planned, Plan};

#[test]
fn an_ask_is_as_old_as_the_tolerance_and_no_older() {
    let tolerance = LIMITS.ask_tolerance as i32;
    let of = |ago| codes(&Stage::new(), &ARMORER.takes_out(GUN_1).ago(ago));
    assert_eq!(of(tolerance), []);
    assert_eq!(of(tolerance + 1), [Code::ClockAskLate]);
    assert_eq!(of(-tolerance), []);
    assert_eq!(of(-tolerance - 1), [Code::ClockAhead]);
}

/// However wrong the clock of a phone is: what brings a gun or a box nearer to its place, or ends what is under way, waits
/// for no clock.
#[test]
fn what_only_brings_things_home_waits_for_no_clock() {
    let table: [(Vec<Step>, Said); 8] = [
        (with_the_performer(), ARMORER.takes_back(GUN_1)),
        (out(), ARMORER.puts_away(GUN_1, VAULT)),
        (offered(), ARMORER.withdraws_the_offer_of(GUN_1)),
        (offered(), PERFORMER.refuses(GUN_1)),
        (being_checked(), ARMORER.gives_the_check_up(GUN_1)),
        (out(), ARMORER.calls_off_set(GUN_1)),
        (vec![], ARMORER.puts_the_box_away(DUMMIES)),
        (being_counted(), ARMORER.says(Intent::GiveUpCount { lot: DUMMIES, count: THE_OPEN_ONE })),
    ];
    for (before, said) in table {
        for ago in [-50, 50] {
            // It was there already when that was said.
            let verdict = on(before.clone()).after(&[Step::Later(50)]).verdict(&said.ago(ago));
            assert!(verdict.accepted && verdict.reasons.is_empty(), "{said:?}: {verdict:?}");
        }
    }
}

// What the record keeps of a gun.

#[test]
fn what_is_taken_out_of_some_chambers_stays_loaded_in_the_others() {
    let chambers = |stage: &Stage| stage.gun(GUN_1).loading.map(|loading| loading.chambers.iter().collect::<Vec<_>>());
    let stage = on([looked_through(), vec![ARMORER.loads(GUN_1, DUMMIES, &[1, 2, 3]).into()]].concat());
    let one_out = stage.after(&[ARMORER.unloads(GUN_1, &[2]).into()]);
    assert_eq!(chambers(&one_out), Some(vec![1, 3]));
    let all_out = one_out.after(&[ARMORER.unloads(GUN_1, &[1, 3]).into()]);
    assert_eq!(chambers(&all_out), None);
}

/// Of a pistol the chamber may be empty by the record while its magazine is not.
#[test]
fn what_is_taken_out_of_the_chamber_leaves_the_magazine_loaded() {
    let out = Event::GunUnloaded { gun: PISTOL, chambers: chambers(&[1]) };
    let stage = on(pistol_loaded(3)).after(&[Step::Happens(out)]);
    assert_eq!(stage.gun(PISTOL).loading.map(|loading| loading.feed), Some(3));
}

#[test]
fn a_misfire_alone_asks_for_no_look_through_the_bore() {
    let after = |shots, misfires| {
        on(blanks_in_a_take()).after(&[ARMORER.reports_fired(GUN_1, shots, misfires).into()]).gun(GUN_1)
    };
    let (misfire, shot) = (after(0, 1), after(1, 0));
    assert!(!misfire.bore_due && misfire.misfired_at.is_some());
    assert!(shot.bore_due && shot.misfired_at.is_none());
}

#[test]
fn a_receiver_who_looked_is_the_last_look_and_one_who_declined_is_not() {
    let last_look = |stage: &Stage| match stage.gun(GUN_1).showing {
        ShowingState::Shown(showing) => showing.last_look,
        other @ (ShowingState::Void(_) | ShowingState::BeingChecked(_)) => panic!("{other:?}"),
    };
    assert_eq!(last_look(&on(with_the_performer())), Some(LastLook::Receiver));
    let declined = on(offered())
        .after(&[WITNESS.looks_last(GUN_1, empty(6)).into(), PERFORMER.declines_to_look_and_takes(GUN_1).into()]);
    let by_the_witness = last_look(&declined);
    assert!(by_the_witness.is_some() && by_the_witness != Some(LastLook::Receiver));
}

/// On what the check was begun, the witness answers neither the first time nor the second.
#[test]
fn a_check_that_is_made_again_remembers_on_what_it_was_begun() {
    let stage = on(out()).after(&[
        ARMORER.begins_a_check(GUN_1, WITNESS).on_the_device_of(CAMERA).into(),
        WITNESS.answers(GUN_1, empty(6)).into(),
        ARMORER.answers(GUN_1, one_round(Content::Dummy)).into(),
    ]);
    let there = WITNESS.answers(GUN_1, empty(6)).on_the_device_of(CAMERA);
    assert_eq!(codes(&stage, &there), [Code::WitnessDependent]);
}

/// Fired as planned is what a performer does with a gun that was shown to him: one that left sight is played no more.
#[test]
fn a_gun_that_left_sight_is_played_no_more() {
    let stage = on(blanks_with_the_performer());
    assert!(stage.gun(GUN_1).played);
    let after = |why| {
        let voided = Event::ShowingVoided { gun: GUN_1, why, at: Tick(100) };
        stage.clone().after(&[Step::Happens(voided)]).gun(GUN_1).played
    };
    assert!(after(Doubt::Fired) && after(Doubt::Faulty) && after(Doubt::Loaded) && after(Doubt::ChangedHands));
    assert!(!after(Doubt::OutOfSight) && !after(Doubt::Doubted));
}

// Counts.

fn counts(lot: u8, occasion: Occasion, tally: Tally) -> (Stage, Vec<Event<Small>>) {
    counts_on(Stage::new(), lot, occasion, tally)
}

/// Both count the same; the events of the second answer.
fn counts_on(stage: Stage, lot: u8, occasion: Occasion, tally: Tally) -> (Stage, Vec<Event<Small>>) {
    let steps = counted(lot, occasion, tally);
    let (last, before) = steps.split_last().unwrap();
    let mut stage = stage.after(before);
    let verdict = stage.goes_on(last).unwrap();
    assert!(verdict.accepted, "{verdict:?}");
    (stage, verdict.events)
}

#[test]
fn a_count_is_absurd_above_what_any_box_holds() {
    let stage = on(being_counted());
    assert!(!codes(&stage, &ARMORER.counts(DUMMIES, dummies(MAX_ROUNDS))).contains(&Code::CountAbsurd));
    assert!(codes(&stage, &ARMORER.counts(DUMMIES, dummies(MAX_ROUNDS + 1))).contains(&Code::CountAbsurd));
}

#[test]
fn two_who_are_not_sure_of_the_same_round_count_again() {
    let unsure = Tally { not_sure: 1, ..dummies(49) };
    let (stage, events) = counts(DUMMIES, Occasion::Lunch, unsure);
    assert!(events.iter().any(|event| matches!(event, Event::CountsDiffered { lot: DUMMIES, .. })), "{events:?}");
    assert!(stage.state.lots[&DUMMIES].count.is_some_and(|count| count.again));
}

#[test]
fn a_count_that_agrees_says_nothing_of_what_was_not_missing() {
    let (_, events) = counts(DUMMIES, Occasion::Lunch, dummies(50));
    let says_more = |event: &Event<Small>| {
        matches!(event, Event::RoundsFound { .. } | Event::BrassMissed { .. } | Event::LotHeld { .. })
    };
    assert!(!events.iter().any(says_more), "{events:?}");
}

/// The same round is missed again: what holds everything is the same stop, with the same inquiry.
#[test]
fn a_round_that_is_still_missing_holds_by_the_stop_that_stands() {
    let other = on(vec![CAMERA.stops().into()]);
    let held = |events: &[Event<Small>]| {
        events.iter().find_map(|event| if let Event::LotHeld { stop, .. } = event { Some(*stop) } else { None })
    };
    let (stage, events) = counts_on(other, DUMMIES, Occasion::Lunch, dummies(49));
    let first = held(&events).unwrap();
    assert!(stage.state.stops.len() == 2);
    let (_, events) = counts_on(stage, DUMMIES, Occasion::Lunch, dummies(49));
    assert_eq!(held(&events), Some(first));
}

#[test]
fn brass_that_is_found_is_missing_no_more() {
    let stage = on(fired()).after(&[ARMORER.empties(GUN_1, &[1, 2], &[], &[3]).into()]);
    let before = stage.state.lots[&BLANKS];
    let there = |missing| blanks(before.rounds, before.spent - missing, before.misfired);
    let (stage, _) = counts_on(stage, BLANKS, Occasion::AfterFiring, there(1));
    assert_eq!(stage.state.lots[&BLANKS].brass_missing, 1);
    let (stage, events) = counts_on(stage, BLANKS, Occasion::AfterFiring, there(0));
    assert!(events.iter().any(|event| matches!(event, Event::BrassMissed { lot: BLANKS, brass: 0, .. })), "{events:?}");
    assert_eq!(stage.state.lots[&BLANKS].brass_missing, 0);
}

#[test]
fn one_who_says_twice_that_brass_is_lost_has_said_it_once() {
    let says = ARMORER.says_lost(BLANKS, 1, SET);
    let stage = on(brass_missing()).after(&[says.into()]);
    let verdict = stage.verdict(&says);
    assert!(verdict.accepted && verdict.reasons.is_empty(), "{verdict:?}");
    assert!(matches!(verdict.events[..], [Event::LossDeclared { lot: BLANKS, .. }]), "{verdict:?}");
}

// What feeds a gun.

#[test]
fn a_feed_takes_as_many_as_there_can_be_and_as_many_as_the_box_holds() {
    let stage = on(pistol_looked_through());
    let of = |lot, chambers: &[u8], rounds| {
        let intent = Intent::LoadFeed { gun: PISTOL, lot, chambers: self::chambers(chambers), rounds };
        codes(&stage, &ARMORER.says(intent))
    };
    assert!(!of(DUMMIES, &[], MAX_FEED).contains(&Code::FeedMany));
    assert!(of(DUMMIES, &[1], MAX_FEED).contains(&Code::FeedMany));
    assert_eq!(of(TWO_DUMMIES, &[], 2), []);
    assert_eq!(of(TWO_DUMMIES, &[1], 2), [Code::LoadLotShort]);
}

/// What nobody fired goes back into the hand that it came out of, whether or not its box is there; fired cases go into the box.
#[test]
fn unfired_rounds_of_a_feed_wait_for_no_box() {
    let loads = [
        ARMORER.draws(DUMMIES, 4).into(),
        ARMORER.loads_the_feed(PISTOL, DUMMIES, 3).into(),
        ARMORER.puts_the_box_away(DUMMIES).into(),
    ];
    let stage = on(pistol_looked_through()).after(&loads);
    assert_eq!(codes(&stage, &ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 3)), []);
    let one_fired = ARMORER.empties_the_feed(PISTOL, [1, 0], &[], 2);
    assert!(codes(&stage, &one_fired).contains(&Code::LotNotOut));
}

/// A form that was sent without a number is no round that is missing.
#[test]
fn where_nothing_is_named_nothing_is_missed() {
    let verdict = on(pistol_loaded(3)).verdict(&ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 0));
    assert_eq!(verdict.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>(), [Code::LoadNothing]);
    assert_eq!(verdict.events, []);
}

#[test]
fn the_last_blanks_of_a_box_are_tested_and_no_more() {
    let mut stage = on(looked_through());
    stage.state.lots.get_mut(&BLANKS).unwrap().rounds = 2;
    assert_eq!(codes(&stage, &ARMORER.tests(GUN_1, BLANKS, 2)), []);
    assert_eq!(codes(&stage, &ARMORER.tests(GUN_1, BLANKS, 3)), [Code::LoadLotShort]);
}

// Handover.

/// Who performs is given a gun to perform with, whatever else he is that day: the armorer goes on answering for it.
#[test]
fn a_performer_who_handles_as_well_receives_as_a_performer() {
    let stage = on(shown())
        .after(&[ARMORER.offers(GUN_1, STUNT_PERFORMER).into(), STUNT_PERFORMER.looks_and_takes(GUN_1).into()]);
    assert_eq!(stage.gun(GUN_1).handler(), Some(ARMORER.0));
    assert!(matches!(stage.status(GUN_1), Status::Empty(_)));
    let to_a_handler =
        on(shown()).after(&[ARMORER.offers(GUN_1, HANDLER).into(), HANDLER.looks_and_takes(GUN_1).into()]);
    assert_eq!(to_a_handler.gun(GUN_1).handler(), Some(HANDLER.0));
    assert!(matches!(to_a_handler.status(GUN_1), Status::Unknown { why: Doubt::ChangedHands, .. }));
}

// A line.

/// The handler answers for it still, and it is in other hands: what the witness would confirm is not there any more.
#[test]
fn what_left_the_line_by_a_handover_is_not_confirmed_in_it() {
    let issued = on(line_begun()).after(&out()).after(&[
        ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into(),
        WITNESS.answers(GUN_1, empty(6)).into(),
        ARMORER.offers(GUN_1, PERFORMER).into(),
        PERFORMER.looks_and_takes(GUN_1).into(),
    ]);
    assert!(issued.gun(GUN_1).in_line.is_some() && issued.gun(GUN_1).handler() == Some(ARMORER.0));
    let verdict = codes(&issued, &WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)));
    assert!(verdict.contains(&Code::LineIssueOther), "{verdict:?}");
}

// The register and the day.

#[test]
fn the_last_rounds_of_a_box_are_loaded_and_no_more() {
    let stage = on(looked_through());
    assert_eq!(codes(&stage, &ARMORER.loads(GUN_1, TWO_DUMMIES, &[1, 2])), []);
    assert_eq!(codes(&stage, &ARMORER.loads(GUN_1, TWO_DUMMIES, &[1, 2, 3])), [Code::LoadLotShort]);
}

/// What stands open is named where the day before was left open, and nowhere else.
#[test]
fn the_day_after_a_wrap_names_nothing_that_is_open() {
    let out = Step::Happens(Event::GunTakenOut { gun: GUN_1, person: ARMORER.0, at: Tick(100) });
    let roles = PRODUCER.gives_roles(ARMORER, 2, &[Role::Armorer]).into();
    let wrapped = on(wrapped()).after(&[roles, out]);
    assert_eq!(codes(&wrapped, &FIRST_AD.opens_day(2)), []);
    let left_open = Stage::new().after(&[roles, out]);
    assert!(!codes(&left_open, &FIRST_AD.opens_day(2)).is_empty());
}

#[test]
fn whoever_lost_his_own_phone_revokes_it_himself() {
    assert_eq!(codes(&Stage::new(), &PERFORMER.revokes_the_device_of(PERFORMER)), []);
    assert_eq!(codes(&Stage::new(), &PERFORMER.revokes_the_device_of(CAMERA)), [Code::RegisterNotAllowed]);
}

#[test]
fn each_action_has_its_own_number_of_chambers() {
    let of = |kind, action, chambers| {
        let entered = Intent::RegisterGun { gun: 70, kind, action, chambers, place: VAULT };
        codes(&Stage::new(), &ARMORER.says(entered)).is_empty()
    };
    let counts = |kind, action| (0..=13).filter(|chambers| of(kind, action, *chambers)).collect::<Vec<_>>();
    assert_eq!(counts(GunKind::Rubber, Action::None), [0]);
    assert_eq!(counts(GunKind::LiveCapable, Action::None), []);
    for action in [Action::Magazine, Action::Pump, Action::Bolt, Action::BeltFed] {
        assert_eq!(counts(GunKind::LiveCapable, action), [1]);
    }
    assert_eq!(counts(GunKind::LiveCapable, Action::DoubleBarrel), [2]);
    for action in [Action::SingleAction, Action::DoubleAction, Action::MuzzleLoader] {
        assert_eq!(counts(GunKind::LiveCapable, action), (1..=12).collect::<Vec<_>>());
    }
}

#[test]
fn a_lot_has_as_many_rounds_as_any_box_holds() {
    let of = |rounds| codes(&Stage::new(), &ARMORER.registers_of(70, rounds));
    assert_eq!((of(1), of(MAX_ROUNDS)), (vec![], vec![]));
    assert_eq!((of(0), of(MAX_ROUNDS + 1)), (vec![Code::RoundsNumber], vec![Code::RoundsNumber]));
}

#[test]
fn the_last_rounds_of_a_box_go_into_one_of_their_own() {
    let of = |rounds| codes(&Stage::new(), &ARMORER.re_boxes(70, TWO_DUMMIES, rounds));
    assert_eq!((of(2), of(3)), (vec![], vec![Code::LoadLotShort]));
}

/// Mixed is what lies in one belt, and not what lies anywhere else.
#[test]
fn rounds_in_another_belt_or_hand_mix_with_nothing() {
    let elsewhere = [
        ARMORER.draws(BLANKS, 3).into(),
        ARMORER.draws(DRESS_ROUNDS, 4).into(),
        ARMORER.stows(DRESS_ROUNDS, POCKET, 4).into(),
        ARMORER.draws(DUMMIES, 6).into(),
        ARMORER.declares_a_reload(BELT).into(),
    ];
    let stage = Stage::new().after(&elsewhere);
    assert_eq!(codes(&stage, &ARMORER.stows(DUMMIES, BELT, 6)), []);
    let dress = stage.after(&[ARMORER.draws(DRESS_ROUNDS, 1).into(), ARMORER.stows(DRESS_ROUNDS, BELT, 1).into()]);
    assert_eq!(codes(&dress, &ARMORER.stows(DUMMIES, BELT, 6)), [Code::LoadMixed]);
}

/// As many chambers as were fired are free again, and no more: a reload into the others is a round that nobody can place.
#[test]
fn a_reload_before_the_camera_fits_what_was_fired() {
    let stage =
        on(reload_declared(BLANKS)).after(&blanks_in_a_take()).after(&[ARMORER.reports_fired(GUN_1, 2, 0).into()]);
    let of = |into: &[u8]| stop_in(&stage.verdict(&PERFORMER.reports_reloaded(GUN_1, BLANKS, BELT, into)).events);
    assert_eq!(of(&[1, 2]), None);
    assert_eq!(of(&[1, 2, 3]), Some(StopCause::UnexpectedRound));
    assert_eq!(of(&[1, 2, 4]), None, "chamber 4 was empty");
    assert_eq!(of(&[1, 7]), Some(StopCause::UnexpectedRound), "there is no chamber 7");
    assert_eq!(of(&[]), Some(StopCause::UnexpectedRound));
}

#[test]
fn a_duty_is_as_long_as_a_duty_can_be() {
    let longest = u16::try_from(Small::LONGEST_DUTY).unwrap();
    let of = |from, until| codes(&Stage::new(), &PRODUCER.rosters(CAMERA, Role::Camera, from, until));
    assert_eq!((of(100, 101), of(100, 100 + longest)), (vec![], vec![]));
    assert_eq!((of(100, 100), of(100, 101 + longest)), (vec![Code::DutyHours], vec![Code::DutyHours]));
}

// Shots.

#[test]
fn a_plan_says_exactly_what_a_gun_can_hold() {
    let (empty, blanks) = (planned::EMPTY, planned::BLANKS);
    let dummies = Plan { holds: Holds::Dummy, load: None, ..blanks };
    let holds = |gun, plan: Plan| {
        let stage = Stage::new().after(&planned::begun());
        !codes(&stage, &FIRST_AD.says(plan.of(gun))).contains(&Code::ShotLoad)
    };
    let number_of =
        |gun, plan| (0..=7).filter(|rounds| holds(gun, Plan { rounds: *rounds, ..plan })).collect::<Vec<_>>();
    assert_eq!(number_of(GUN_1, empty), [0]);
    assert_eq!(number_of(GUN_1, dummies), [1, 2, 3, 4, 5, 6]);
    assert_eq!(number_of(GUN_1, blanks), [1, 2, 3, 4, 5, 6]);
    assert_eq!(number_of(PISTOL, dummies), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!((number_of(MUSKET, dummies), number_of(MUSKET, blanks)), (vec![], vec![1]));
    assert_eq!((number_of(RUBBER, dummies), number_of(RUBBER, blanks)), (vec![], vec![]));
    assert_eq!(number_of(GUN_1, Plan { load: Some(Load::Full), ..dummies }), []);
    assert_eq!(number_of(GUN_1, Plan { load: None, ..blanks }), []);
    assert_eq!(number_of(GUN_1, Plan { load: Some(Load::Full), ..empty }), []);
}
