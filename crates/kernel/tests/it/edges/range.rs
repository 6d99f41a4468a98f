//! The edges of a range production: the tick at which a medic comes and goes, the round at which a reading or a count is one
//! too many.

use kernel::{Action, Code, Content, Day, Event, Intent, LotKind, Occasion, Role, Status, StopCause, Tally};

use crate::range::{
    LIVE, LOCKER, LONG, MEDIC, MEDIC_FROM, MEDIC_UNTIL, PISTOL_AND_RIFLE, RACK, RIFLE, declared, empty_production,
    live, looked_through, range, receives_live, shown_live, with_the_shooter,
};
use crate::stage::{
    ARMORER, CAMERA, GUN_1, HANDLER, PERFORMER, PISTOL, PRODUCER, SAFETY_OFFICER, STUNT_PERFORMER, Small, Stage, Step,
    Tick, VAULT, WITNESS, codes, empty, rounds, seen, stop_in,
};
use crate::verdicts::inert_at_head;

fn at(tick: u16) -> Stage {
    let mut stage = range().after(&looked_through(GUN_1));
    stage.now = Tick(tick);
    stage
}

#[test]
fn a_medic_is_there_from_the_first_tick_of_his_duty_to_the_last() {
    let loads = ARMORER.loads(GUN_1, LIVE, &[1]);
    for (tick, there) in [(MEDIC_FROM - 1, false), (MEDIC_FROM, true), (MEDIC_UNTIL - 1, true), (MEDIC_UNTIL, false)] {
        let expected: &[Code] = if there { &[] } else { &[Code::RangeNoMedic] };
        assert_eq!(codes(&at(tick), &loads), expected, "{tick}");
    }
}

#[test]
fn whoever_left_and_came_back_is_there_again() {
    let loads = ARMORER.loads(GUN_1, LIVE, &[1]);
    let stage = at(MEDIC_FROM).after(&[CAMERA.reports_left(MEDIC).into()]);
    assert_eq!(codes(&stage, &loads), [Code::RangeNoMedic]);
    let back = stage.after(&[CAMERA.says(Intent::ReportReturned { person: MEDIC.0 }).into()]);
    assert_eq!(codes(&back, &loads), []);
}

/// A second medic serves as well as the first.
#[test]
fn one_medic_is_enough_and_another_role_is_none() {
    let loads = ARMORER.loads(GUN_1, LIVE, &[1]);
    let duty = |role| PRODUCER.rosters(CAMERA, role, MEDIC_FROM, MEDIC_FROM + 20);
    let with = |role| at(MEDIC_FROM).after(&[CAMERA.reports_left(MEDIC).into(), duty(role).into()]);
    assert_eq!(codes(&with(Role::Medic), &loads), []);
    assert_eq!(codes(&with(Role::Camera), &loads), [Code::RangeNoMedic]);
}

/// The armorer who is gone supervises nobody; a property master does in his place.
#[test]
fn an_armorer_or_a_property_master_supervises() {
    let handler = [HANDLER.takes_out(GUN_1), HANDLER.looks_through_the_bore(GUN_1, kernel::Light::Seen)];
    let stage = range().after(&handler.map(Step::from)).after(&[CAMERA.reports_left(ARMORER).into()]);
    let loads = HANDLER.loads(GUN_1, LIVE, &[1]);
    assert_eq!(codes(&stage, &loads), [Code::RangeNoSupervisor]);
    let master = PRODUCER.gives_roles(CAMERA, 1, &[Role::PropertyMaster]);
    assert_eq!(codes(&stage.after(&[master.into()]), &loads), []);
}

/// Whoever shoots is not his own supervisor, nor his own medic.
#[test]
fn the_shooter_neither_supervises_nor_is_the_medic() {
    let shooter = PRODUCER.gives_roles(PERFORMER, 1, &[Role::Performer, Role::PropertyMaster]);
    let medic = PRODUCER.rosters(PERFORMER, Role::Medic, MEDIC_FROM, MEDIC_FROM + 30);
    let handler = PRODUCER.gives_roles(ARMORER, 1, &[Role::Handler]);
    let gone = CAMERA.reports_left(MEDIC);
    let stage = range().after(&shown_live(GUN_1, 1)).after(&[shooter, medic, handler, gone].map(Step::from));
    let offer = |to| codes(&stage, &ARMORER.offers(GUN_1, to));
    assert_eq!(offer(PERFORMER), [Code::RangeNoMedic, Code::RangeNoSupervisor]);
    assert_eq!(offer(STUNT_PERFORMER), [], "for another shooter he is both");
}

#[test]
fn a_chamber_that_was_loaded_may_be_live_and_no_other() {
    let loaded = [looked_through(GUN_1), vec![ARMORER.loads(GUN_1, LIVE, &[2, 4]).into()]].concat();
    let stage = range().after(&loaded).after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into()]);
    let stops = |chambers: &[u8]| {
        let saw = rounds(6, chambers, Content::Live);
        stop_in(&stage.verdict(&WITNESS.answers(GUN_1, saw)).events)
    };
    assert_eq!([stops(&[2]), stops(&[2, 4]), stops(&[])], [None; 3]);
    assert_eq!([stops(&[1]), stops(&[2, 3]), stops(&[2, 4, 6])], [Some(StopCause::LiveRound); 3]);
    // What he says of a magazine that the gun has not.
    let in_a_feed = kernel::Seen::with_feed(empty(6), crate::stage::fed(1, Content::Live));
    let verdict = stage.verdict(&WITNESS.sees(GUN_1, in_a_feed));
    assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound));
}

#[test]
fn a_magazine_may_hold_as_many_live_rounds_as_were_loaded_and_not_one_more() {
    for gun in PISTOL_AND_RIFLE {
        let loaded = [looked_through(gun), vec![ARMORER.loads_the_feed(gun, LIVE, 3).into()]].concat();
        let stage = range().after(&loaded).after(&[ARMORER.begins_a_check(gun, WITNESS).into()]);
        let stops = |chambered, fed| {
            let saw = seen(chambered, fed, Content::Live);
            stop_in(&stage.verdict(&WITNESS.sees(gun, saw)).events)
        };
        assert_eq!([stops(false, 3), stops(true, 2)], [None; 2]);
        assert_eq!([stops(false, 4), stops(true, 3)], [Some(StopCause::LiveRound); 2]);
    }
}

/// Two who see fewer than were loaded say that one is missing.
#[test]
fn a_live_round_fewer_than_was_loaded_is_missing() {
    let loaded = [looked_through(GUN_1), vec![ARMORER.loads(GUN_1, LIVE, &[1, 2]).into()]].concat();
    let one = rounds(6, &[1], Content::Live);
    let stage = range()
        .after(&loaded)
        .after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into(), ARMORER.answers(GUN_1, one).into()]);
    let verdict = stage.verdict(&WITNESS.answers(GUN_1, one));
    assert_eq!((verdict.accepted, stop_in(&verdict.events)), (true, Some(StopCause::RoundMissing)));
}

#[test]
fn a_box_may_hold_as_many_live_rounds_as_are_in_it_and_not_one_more() {
    let stage = range().after(&[ARMORER.begins_a_count(LIVE, Occasion::Issue, WITNESS).into()]);
    let counts = |live| ARMORER.counts(LIVE, Tally { live, ..Tally::default() });
    let stop = |live| stop_in(&stage.verdict(&counts(live)).events);
    assert_eq!([stop(39), stop(40), stop(41)], [None, None, Some(StopCause::LiveRound)]);
    // What is in question is what was counted too many, and nothing else.
    let kept = |live| {
        let mut after = stage.clone();
        after.goes_on(&counts(live).into());
        after.state.lots[&LIVE].verified.is_some()
    };
    assert_eq!([kept(39), kept(40), kept(41)], [true, true, false]);
    // Nor are live rounds in the box of a lot that was loaded out of it.
    let drawn = range().after(&[ARMORER.draws(LIVE, 2).into()]);
    let stage = drawn.after(&[ARMORER.begins_a_count(LIVE, Occasion::Issue, WITNESS).into()]);
    assert_eq!(stop_in(&stage.verdict(&counts(39)).events), Some(StopCause::LiveRound));
}

/// A live round that was seen where none was loaded puts the lot in question; one that was loaded does not.
#[test]
fn a_lot_is_in_question_when_one_live_round_too_many_was_seen() {
    for gun in [GUN_1, PISTOL] {
        let before = [looked_through(gun), vec![crate::range::loads(gun, 2).into()]].concat();
        let stage = range().after(&before).after(&[ARMORER.begins_a_check(gun, WITNESS).into()]);
        let kept = |rounds| {
            let mut after = stage.clone();
            after.goes_on(&WITNESS.sees(gun, live(gun, rounds)).into());
            after.state.lots[&LIVE].verified.is_some()
        };
        assert_eq!([kept(2), kept(3)], [true, false], "{gun}");
    }
}

#[test]
fn live_is_said_with_its_lot_and_its_number_while_it_is_shown() {
    let stage = range().after(&shown_live(GUN_1, 2));
    assert!(matches!(stage.status(GUN_1), Status::Live { count: 2, of: 6, in_feed: None, lot: LIVE, .. }));
    let stage = range().after(&shown_live(PISTOL, 3));
    assert!(matches!(stage.status(PISTOL), Status::Live { count: 0, of: 1, in_feed: Some(3), lot: LIVE, .. }));
    let mut lapsed = range().after(&shown_live(RIFLE, 1));
    lapsed.now = Tick(lapsed.now.0 + 5);
    assert!(matches!(lapsed.status(RIFLE), Status::Unknown { .. }));
    // Fired in part there is more than one thing in it, and no word for it.
    lapsed.rules = kernel::Rules::new(LONG);
    let fired = range().after(&with_the_shooter(GUN_1, 2)).after(&[CAMERA.reports_fired(GUN_1, 1, 0).into()]);
    assert!(matches!(fired.status(GUN_1), Status::Unknown { .. }));
}

/// Where a gun or a box is by the record follows the last place that it was put into.
#[test]
fn what_was_put_away_elsewhere_is_not_on_the_range_until_it_comes_back() {
    let mut stage = range();
    for (place, there) in [(VAULT, false), (RACK, true)] {
        stage = stage.after(&[ARMORER.takes_out(GUN_1).into(), ARMORER.puts_away(GUN_1, place).into()]);
        assert_eq!(stage.gun(GUN_1).at_range, there);
    }
    let put_away = |place| ARMORER.says(Intent::PutAwayLot { lot: LIVE, place });
    let mut stage = range();
    for (place, there) in [(crate::stage::AMMUNITION_CASE, false), (LOCKER, true)] {
        stage = stage.after(&[put_away(place).into()]);
        assert_eq!(stage.state.lots[&LIVE].at_range, there);
        // What is re-boxed is where its rounds were.
        let boxed =
            stage.clone().after(&[ARMORER.takes_the_box_out(LIVE).into(), ARMORER.re_boxes(70, LIVE, 1).into()]);
        assert_eq!(boxed.state.lots[&70].at_range, there);
        assert_eq!(crate::retell::evolved(&kernel::retell(&boxed.state)), boxed.state);
    }
    let received = range().after(&[receives_live(70).into()]);
    assert!(received.state.lots[&70].at_range);
    // A gun that is gone is nowhere, and one that somebody says he has is not on the range by it.
    let gone = range().after(&[ARMORER.takes_out(GUN_1).into(), CAMERA.reports_gone(GUN_1).into()]);
    let found = gone.after(&[ARMORER.has(GUN_1).into()]);
    assert!(!found.gun(GUN_1).at_range);
    let back = [
        vec![ARMORER.takes_out(GUN_1).into()],
        crate::verdicts::before::checked(WITNESS, empty(6)),
        vec![ARMORER.returns_to(crate::stage::VENDOR, GUN_1).into()],
    ];
    let back = range().after(&back.concat());
    assert!(!back.gun(GUN_1).at_range);
    let come = ARMORER.receives_from(crate::stage::VENDOR, GUN_1, RACK);
    assert!(back.after(&[come.into()]).gun(GUN_1).at_range);
}

/// A single gun, lot or scene is enough, and neither people nor places are.
#[test]
fn people_and_places_mix_with_nothing() {
    let stage = empty_production();
    assert!(stage.state.is_empty_of_guns());
    assert_eq!(codes(&stage, &ARMORER.declares_a_range()), []);
    let person = declared().after(&[ARMORER.adds(crate::stage::STRANGER).into()]);
    assert_eq!(codes(&person, &SAFETY_OFFICER.confirms_the_range()), []);
}

/// A declaration that is told after another one has nothing confirmed.
#[test]
fn a_confirmation_is_of_the_declaration_that_it_names() {
    let mut state = declared().state;
    let stale = Event::RangeConfirmed { declaration: 1, by: SAFETY_OFFICER.0, at: Tick(100) };
    kernel::evolve::<Small>(&mut state, &stale);
    assert!(!state.is_range());
}

#[test]
fn nothing_is_declared_or_confirmed_while_all_is_held_or_no_day_is_open() {
    let held = declared().after(&[CAMERA.stops().into()]);
    for said in [ARMORER.declares_a_range(), SAFETY_OFFICER.confirms_the_range()] {
        assert_eq!(codes(&held, &said), [Code::StopHeld]);
    }
    let mut no_day = declared();
    no_day.state.day = None;
    assert_eq!(codes(&no_day, &SAFETY_OFFICER.confirms_the_range())[0], Code::DayNotOpen);
    assert_eq!(codes(&no_day, &ARMORER.declares_a_range())[0], Code::DayNotOpen);
    assert!(Day(1) < Day(2));
}

/// Handler to handler a loaded gun goes on the range alone.
#[test]
fn a_loaded_gun_is_taken_over_on_the_range() {
    let stage = range().after(&shown_live(GUN_1, 1));
    assert_eq!(codes(&stage, &ARMORER.offers(GUN_1, HANDLER)), []);
    let mut elsewhere = stage;
    elsewhere.state.guns.get_mut(&GUN_1).unwrap().at_range = false;
    assert_eq!(codes(&elsewhere, &ARMORER.offers(GUN_1, HANDLER)), [Code::RangeNotThere]);
    assert_eq!(codes(&elsewhere, &ARMORER.offers(GUN_1, PERFORMER)), [Code::RangeNotThere]);
    assert_eq!(elsewhere.gun(GUN_1).action, Action::SingleAction);
}

#[test]
fn a_gun_that_fired_is_emptied_before_it_goes_to_the_next_shooter() {
    let fired =
        [with_the_shooter(GUN_1, 2), vec![CAMERA.reports_fired(GUN_1, 1, 0).into(), ARMORER.takes_back(GUN_1).into()]];
    let one_left = rounds(6, &[2], Content::Live)
        .with(1, kernel::Reading { content: Content::Spent, method: kernel::Method::RemovedSeenShaken });
    let stage = range().after(&fired.concat()).after(&crate::verdicts::before::checked(WITNESS, one_left));
    assert_eq!(codes(&stage, &ARMORER.offers(GUN_1, PERFORMER)), [Code::FiredNotEmptied]);
}

/// What two people bag out of a gun may be as many live rounds as were loaded, and not one more.
#[test]
fn a_bag_may_hold_as_many_live_rounds_as_were_loaded_and_not_one_more() {
    for gun in [GUN_1, PISTOL] {
        let loaded = [looked_through(gun), vec![crate::range::loads(gun, 2).into(), CAMERA.stops().into()]];
        let stage = range().after(&loaded.concat());
        let answer = |live| {
            let bags = HANDLER.bags(gun, WITNESS, Tally { live, ..Tally::default() }, CAMERA);
            (codes(&stage, &bags), stop_in(&stage.verdict(&bags).events))
        };
        assert_eq!(answer(1), (vec![Code::EmptyDiffers], Some(StopCause::RoundMissing)), "{gun}");
        assert_eq!(answer(2), (vec![], None), "{gun}");
        assert_eq!(answer(3), (vec![], Some(StopCause::LiveRound)), "{gun}");
    }
}

/// Live rounds of a range are inert nowhere by their own rule; whatever else can fire is no more so on a range than elsewhere.
#[test]
fn on_a_range_as_elsewhere_only_what_is_inert_shows_that_it_is() {
    let never = |stage: &Stage, kind| codes(stage, &ARMORER.says(inert_at_head(kind))).contains(&Code::LotNeverInert);
    assert_eq!([LotKind::Live, LotKind::Blank, LotKind::Dummy].map(|kind| never(&range(), kind)), [false, true, false]);
    let set = Stage::new();
    assert_eq!([LotKind::Live, LotKind::Blank, LotKind::Dummy].map(|kind| never(&set, kind)), [true, true, false]);
}
