//! A scripted swap of a magazine: round by round, from both sides of every edge.

use kernel::{Action, Calibre, Code, Content, Doubt, Event, Holds, Light, Load, OutAt, Status, StopCause};

use crate::stage::{
    ARMORER, BELT, BLANKS, CALIBRE, DRESS_ROUNDS, DUMMIES, GUN_1, MUSKET, PERFORMER, PISTOL, POCKET, SCENE, SET, Said,
    Stage, Step, TWO_DUMMIES, VAULT, VENDOR, WITNESS, codes, on, seen, stop_in, voiding_in,
};
use crate::verdicts::before::{
    GUN_70, goes_before_the_camera, gun_70_of, musket_charged, pistol_loaded, reload_declared,
};

/// Six dummies in the belt that is declared, and so many in the magazine of the pistol, which is out.
fn ready(in_it: u8) -> Stage {
    on([reload_declared(DUMMIES), pistol_loaded(in_it), vec![goes_before_the_camera(PISTOL)]].concat())
}

const fn swap(rounds: u8, came_out: u8) -> Said {
    PERFORMER.reports_swapped(PISTOL, DUMMIES, (BELT, rounds), (BELT, came_out))
}

/// The codes, and the stop.
fn answer(stage: &Stage, said: &Said) -> (Vec<Code>, Option<StopCause>) {
    let verdict = stage.verdict(said);
    assert!(verdict.accepted, "{verdict:?}");
    (codes(stage, said), stop_in(&verdict.events))
}

const CLEAN: (Vec<Code>, Option<StopCause>) = (Vec::new(), None);

fn stops(code: Code) -> (Vec<Code>, Option<StopCause>) {
    (vec![code], Some(StopCause::UnexpectedRound))
}

/// Three are in it, one comes out with the magazine, five go in: seven are in it by the record, and it is UNKNOWN.
#[test]
fn a_second_magazine_goes_in_and_the_rounds_add_up() {
    let mut stage = ready(3);
    let verdict = stage.goes_on(&swap(5, 1).into()).unwrap();
    assert_eq!((verdict.reasons.len(), voiding_in(&verdict.events)), (0, Some(Doubt::Loaded)));
    assert!(matches!(stage.status(PISTOL), Status::Unknown { why: Doubt::Loaded, .. }));
    let belt = stage.state.out_at(DUMMIES, OutAt::Place(BELT));
    assert_eq!((stage.gun(PISTOL).rounds_loaded(), belt, stage.state.lots[&DUMMIES].rounds), (7, 2, 41));
    // Shown again with all seven, emptied, put back: nothing is missing.
    let stage = stage.after(&[
        ARMORER.takes_back(PISTOL).into(),
        ARMORER.begins_a_check(PISTOL, WITNESS).into(),
        ARMORER.sees(PISTOL, seen(false, 7, Content::Dummy)).into(),
        WITNESS.sees(PISTOL, seen(false, 7, Content::Dummy)).into(),
    ]);
    assert!(matches!(stage.status(PISTOL), Status::Dummy { in_feed: Some(7), .. }));
    let stage = stage.after(&[
        ARMORER.empties_the_feed(PISTOL, [0, 0], &[], 7).into(),
        ARMORER.gathers(DUMMIES, BELT, 2).into(),
        ARMORER.puts_back(DUMMIES, 2).into(),
    ]);
    assert_eq!((stage.state.lots[&DUMMIES].rounds, stage.state.out.len()), (50, 0));
}

/// A round in the chamber is not in the magazine: where none comes out with that one, it stays where it was loaded.
#[test]
fn a_round_in_the_chamber_stays_there_when_an_empty_magazine_comes_out() {
    let chambers = crate::stage::chambers(&[1]);
    let loaded = Event::GunFeedLoaded { gun: PISTOL, lot: DUMMIES, chambers, rounds: 0, from: None };
    let stage = on(reload_declared(DUMMIES)).after(&[
        ARMORER.takes_out(PISTOL).into(),
        goes_before_the_camera(PISTOL),
        Step::Happens(loaded),
    ]);
    let in_it = |came_out| {
        let gun = stage.clone().after(&[swap(5, came_out).into()]).gun(PISTOL);
        (gun.loaded(), gun.rounds_loaded())
    };
    assert_eq!(in_it(0), (chambers, 6));
    assert_eq!(in_it(1), (Default::default(), 5));
}

/// An event of a gun that is on no register moves no rounds.
#[test]
fn a_swap_of_an_unknown_gun_leaves_the_rounds_where_they_are() {
    let mut stage = ready(3);
    let before = stage.state.clone();
    let (lot, place, into, at) = (DUMMIES, BELT, POCKET, stage.now);
    stage.goes_on(&Step::Happens(Event::GunFeedSwapped { gun: 99, lot, place, rounds: 2, came_out: 1, into, at }));
    assert_eq!(stage.state, before);
}

/// What was fired stays on the loading until the gun is emptied: the cases are counted against the shots.
#[test]
fn what_was_fired_before_the_swap_is_emptied_after_it() {
    let loaded = Event::GunFeedLoaded { gun: PISTOL, lot: BLANKS, chambers: Default::default(), rounds: 3, from: None };
    let fired = Event::GunFired { gun: PISTOL, shots: 2, misfires: 0, at: Stage::new().now };
    let stage = on(reload_declared(BLANKS)).after(&[
        ARMORER.takes_out(PISTOL).into(),
        ARMORER.looks_through_the_bore(PISTOL, Light::Seen).into(),
        goes_before_the_camera(PISTOL),
        Step::Happens(loaded),
        Step::Happens(fired),
    ]);
    let of = |came_out| PERFORMER.reports_swapped(PISTOL, BLANKS, (BELT, 6), (BELT, came_out));
    assert_eq!(answer(&stage, &of(1)), CLEAN);
    assert_eq!(answer(&stage, &of(2)), stops(Code::RoundsNotThere), "two of three were fired");
    let stage = stage.after(&[
        of(1).into(),
        ARMORER.takes_back(PISTOL).into(),
        ARMORER.empties_the_feed(PISTOL, [2, 0], &[], 6).into(),
    ]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((stage.gun(PISTOL).loading, lot.spent, stage.state.out_at(BLANKS, OutAt::Place(BELT))), (None, 4, 1));
}

#[test]
fn no_more_goes_in_than_lies_there_and_no_more_comes_out_than_is_in_it() {
    let stage = ready(3);
    assert_eq!(answer(&stage, &swap(6, 3)), CLEAN);
    assert_eq!(answer(&stage, &swap(7, 3)), stops(Code::RoundsNotThere));
    assert_eq!(answer(&stage, &swap(6, 4)), stops(Code::RoundsNotThere));
    assert_eq!(answer(&stage, &swap(0, 3)), stops(Code::RoundsNotThere));
    let of_another = PERFORMER.reports_swapped(PISTOL, TWO_DUMMIES, (BELT, 1), (BELT, 0));
    assert_eq!(answer(&stage, &of_another), stops(Code::RoundsNotThere));
    // Into an empty gun nothing else is needed, and out of it nothing comes.
    let empty = on(reload_declared(DUMMIES)).after(&[ARMORER.takes_out(PISTOL).into(), goes_before_the_camera(PISTOL)]);
    assert_eq!(answer(&empty, &swap(6, 0)), CLEAN);
    assert_eq!(answer(&empty, &swap(6, 1)), stops(Code::RoundsNotThere));
    // One that lies locked away was swapped by nobody.
    assert_eq!(answer(&on(reload_declared(DUMMIES)), &swap(6, 0)), stops(Code::RoundsNotThere));
    let returned = Event::GunReturned { gun: PISTOL, vendor: VENDOR.0, at: Stage::new().now };
    let at_its_house = on(reload_declared(DUMMIES)).after(&[Step::Happens(returned)]);
    assert_eq!(answer(&at_its_house, &swap(6, 0)), stops(Code::RoundsNotThere));
}

/// Dummies into a gun with blanks, and rounds of another box into a gun with rounds of the first.
#[test]
fn what_goes_in_is_of_the_lot_that_is_in_it() {
    let with_blanks =
        Event::GunFeedLoaded { gun: PISTOL, lot: BLANKS, chambers: Default::default(), rounds: 3, from: None };
    let stage = on(reload_declared(DUMMIES)).after(&[
        ARMORER.takes_out(PISTOL).into(),
        goes_before_the_camera(PISTOL),
        Step::Happens(with_blanks),
    ]);
    assert_eq!(answer(&stage, &swap(2, 0)), stops(Code::RoundsNotThere));
    assert_eq!(answer(&stage, &swap(2, 3)), stops(Code::RoundsNotThere), "whatever is said to have come out");
    let dress = on(vec![
        ARMORER.draws(DRESS_ROUNDS, 2).into(),
        ARMORER.stows(DRESS_ROUNDS, BELT, 2).into(),
        ARMORER.declares_a_reload(BELT).into(),
        ARMORER.takes_out(PISTOL).into(),
        goes_before_the_camera(PISTOL),
    ]);
    let said = PERFORMER.reports_swapped(PISTOL, DRESS_ROUNDS, (BELT, 1), (BELT, 0));
    assert_eq!(answer(&dress, &said), stops(Code::RoundsNotThere));
}

/// Its shots are counted against its rounds one by one, and a number of the record has an end.
#[test]
fn a_swap_fills_no_gun_beyond_what_can_be_counted() {
    let with = |rounds| {
        let loaded =
            Event::GunFeedLoaded { gun: PISTOL, lot: DUMMIES, chambers: Default::default(), rounds, from: None };
        on(reload_declared(DUMMIES)).after(&[
            ARMORER.takes_out(PISTOL).into(),
            goes_before_the_camera(PISTOL),
            Step::Happens(loaded),
        ])
    };
    assert_eq!(answer(&with(244), &swap(6, 0)), CLEAN);
    assert_eq!(answer(&with(245), &swap(6, 0)), stops(Code::FeedMany));
    assert_eq!(answer(&with(245), &swap(6, 1)), CLEAN);
}

#[test]
fn only_what_comes_out_of_a_gun_is_swapped() {
    let dummies = on(reload_declared(DUMMIES));
    let of = |gun| PERFORMER.reports_swapped(gun, DUMMIES, (BELT, 2), (SET, 0));
    let with = |action| dummies.clone().after(&gun_70_of(action)).after(&[goes_before_the_camera(GUN_70)]);
    for (action, expected) in [
        (Action::Magazine, CLEAN),
        (Action::BeltFed, CLEAN),
        (Action::Pump, stops(Code::FeedFixed)),
        (Action::Bolt, stops(Code::FeedFixed)),
        (Action::DoubleBarrel, stops(Code::FeedNone)),
    ] {
        assert_eq!(answer(&with(action), &of(GUN_70)), expected, "{action:?}");
    }
    let revolver = dummies.clone().after(&[ARMORER.takes_out(GUN_1).into(), goes_before_the_camera(GUN_1)]);
    assert_eq!(answer(&revolver, &of(GUN_1)), stops(Code::FeedNone));
    let musket = on(reload_declared(BLANKS)).after(&musket_charged()).after(&[goes_before_the_camera(MUSKET)]);
    let said = PERFORMER.reports_swapped(MUSKET, BLANKS, (BELT, 1), (SET, 0));
    assert_eq!(answer(&musket, &said), stops(Code::RodUnread));
}

#[test]
fn what_goes_in_is_verified_fits_and_is_of_no_lot_that_is_held() {
    let stage = |before: &[Step]| ready(3).after(before);
    let change = |event| [Step::Happens(event)];
    let at = Stage::new().now;
    let questioned = Event::CheckAnswered {
        gun: PISTOL,
        side: kernel::BlindSide::Checker,
        readings: crate::stage::rounds(1, &[1], Content::Live),
        device: None,
        at,
    };
    let begun = [
        ARMORER.takes_back(PISTOL).into(),
        ARMORER.begins_a_check(PISTOL, WITNESS).into(),
        Step::Happens(questioned),
        goes_before_the_camera(PISTOL),
    ];
    assert_eq!(answer(&stage(&begun), &swap(2, 0)), stops(Code::LotNotVerified));
    let other = Event::CalibreEntered { gun: PISTOL, calibre: Calibre(CALIBRE.0 + 1) };
    assert_eq!(answer(&stage(&change(other)), &swap(2, 0)), stops(Code::LoadCalibre));
    let held = |lot| Event::LotHeld { lot, stop: 7, missing: 1, by: None, concerned: [None, None], at };
    assert_eq!(answer(&stage(&change(held(DUMMIES))), &swap(2, 0)), stops(Code::StopHeld));
    assert_eq!(answer(&stage(&change(held(BLANKS))), &swap(2, 0)), CLEAN, "of a lot that is not held, before the stop");
}

/// What the shot that is ready, or being taken, has in that gun.
#[test]
fn what_goes_in_is_what_the_shot_has_planned() {
    let planned = |holds, load| {
        let (shot, gun, at) = (900, PISTOL, Stage::new().now);
        let toward = kernel::Toward::Nobody;
        let plan = Event::GunPlanned {
            shot,
            gun,
            holds,
            load,
            rounds: 3,
            toward,
            stand_off_millimetres: 0,
            barrier: false,
            by: ARMORER.0,
        };
        [Event::ShotPlanned { shot, scene: SCENE }, plan, Event::ShotReadyCalled { shot, at }].map(Step::Happens)
    };
    let take = [Step::Happens(Event::TakeBegun { shot: Some(900), at: Stage::new().now })];
    let dummies = ready(3);
    let differs = stops(Code::ShotLoadDiffers);
    assert_eq!(answer(&dummies.clone().after(&planned(Holds::Dummy, None)), &swap(2, 0)), CLEAN);
    assert_eq!(answer(&dummies.clone().after(&planned(Holds::Empty, None)), &swap(2, 0)), differs);
    let blank = dummies.after(&planned(Holds::Blank, Some(Load::Full)));
    assert_eq!(answer(&blank, &swap(2, 0)), differs);
    assert_eq!(answer(&blank.after(&take), &swap(2, 0)), differs);
    let blanks = on(reload_declared(BLANKS)).after(&[
        ARMORER.takes_out(PISTOL).into(),
        ARMORER.looks_through_the_bore(PISTOL, Light::Seen).into(),
        goes_before_the_camera(PISTOL),
    ]);
    let said = PERFORMER.reports_swapped(PISTOL, BLANKS, (BELT, 2), (BELT, 0));
    assert_eq!(answer(&blanks.clone().after(&planned(Holds::Blank, Some(Load::Full))), &said), CLEAN);
    assert_eq!(answer(&blanks.clone().after(&planned(Holds::Blank, Some(Load::Half))), &said), differs);
    assert_eq!(answer(&blanks.after(&planned(Holds::Dummy, None)), &said), differs);
}

/// Where what came out was put is a place of the record, which may have it.
#[test]
fn what_came_out_is_put_where_rounds_may_lie() {
    let stage = ready(3);
    let into = |place, came_out| PERFORMER.reports_swapped(PISTOL, DUMMIES, (BELT, 2), (place, came_out));
    assert_eq!(answer(&stage, &into(SET, 2)), CLEAN);
    assert_eq!(answer(&stage, &into(VAULT, 2)), stops(Code::PlaceNotForRounds));
    assert_eq!(answer(&stage, &into(VAULT, 0)), CLEAN, "an empty magazine is no round");
    assert_eq!(answer(&stage, &into(POCKET, 0)), CLEAN, "wherever it is");
    // Into a pocket that was not declared it went all the same, and that is named.
    assert_eq!(answer(&stage, &into(POCKET, 2)), (vec![Code::BeltNotDeclared], None));
    let sealed = stage.clone().after(&[Step::Happens(Event::BeltSealed { place: POCKET, seal: 7 })]);
    assert_eq!(
        answer(&sealed, &into(POCKET, 2)),
        (vec![Code::BeltNotDeclared, Code::BeltSealed], Some(StopCause::UnexpectedRound))
    );
    let with_blanks = stage.after(&[
        ARMORER.draws(BLANKS, 1).into(),
        ARMORER.declares_a_reload(POCKET).into(),
        ARMORER.stows(BLANKS, POCKET, 1).into(),
    ]);
    assert_eq!(answer(&with_blanks, &into(POCKET, 2)), stops(Code::LoadMixed));
}

/// A swap out of what was not declared happened all the same; with blanks where none are planned it is named as well.
#[test]
fn a_swap_that_was_not_declared_is_named() {
    let stage = ready(3).after(&[ARMORER.draws(DUMMIES, 2).into(), ARMORER.stows(DUMMIES, SET, 2).into()]);
    let said = PERFORMER.reports_swapped(PISTOL, DUMMIES, (SET, 2), (SET, 1));
    assert_eq!(answer(&stage, &said), (vec![Code::BeltNotDeclared], None));
    let quiet = on(reload_declared(BLANKS))
        .after(&[
            ARMORER.takes_out(PISTOL).into(),
            ARMORER.looks_through_the_bore(PISTOL, Light::Seen).into(),
            goes_before_the_camera(PISTOL),
        ])
        .after(&crate::verdicts::before::scene_closed());
    let said = PERFORMER.reports_swapped(PISTOL, BLANKS, (BELT, 2), (SET, 0));
    assert_eq!(answer(&quiet, &said), (vec![Code::BeltNotDeclared, Code::SceneNoBlanks], None));
}

#[test]
fn a_swap_of_what_is_on_no_register_voids_and_stops() {
    let stage = ready(3);
    for said in [
        PERFORMER.reports_swapped(PISTOL, 99, (BELT, 2), (BELT, 0)),
        PERFORMER.reports_swapped(PISTOL, DUMMIES, (99, 2), (BELT, 0)),
        PERFORMER.reports_swapped(PISTOL, DUMMIES, (BELT, 2), (99, 0)),
    ] {
        let verdict = stage.verdict(&said);
        let lowered = (stop_in(&verdict.events), voiding_in(&verdict.events));
        assert_eq!((verdict.accepted, lowered), (false, (Some(StopCause::UnexpectedRound), Some(Doubt::Loaded))));
    }
    assert_eq!(codes(&stage, &PERFORMER.reports_swapped(99, DUMMIES, (BELT, 2), (BELT, 0))), [Code::RegisterUnknown]);
}

/// A reload of a revolver is held against the record like a swap: verified, of its calibre, as planned, of no lot that is held.
#[test]
fn a_reload_is_held_against_the_record_like_a_swap() {
    let stage = on(reload_declared(DUMMIES)).after(&[ARMORER.takes_out(GUN_1).into(), goes_before_the_camera(GUN_1)]);
    let reload = PERFORMER.reports_reloaded(GUN_1, DUMMIES, BELT, &[1]);
    assert_eq!(answer(&stage, &reload), CLEAN);
    let change = |event| stage.clone().after(&[Step::Happens(event)]);
    let at = stage.now;
    let other = Event::CalibreEntered { gun: GUN_1, calibre: Calibre(CALIBRE.0 + 1) };
    assert_eq!(answer(&change(other), &reload), stops(Code::LoadCalibre));
    let held = Event::LotHeld { lot: DUMMIES, stop: 7, missing: 1, by: None, concerned: [None, None], at };
    assert_eq!(answer(&change(held), &reload), stops(Code::StopHeld));
    let live = Event::CountAnswered {
        lot: DUMMIES,
        side: kernel::BlindSide::Checker,
        tally: kernel::Tally { live: 1, ..kernel::Tally::default() },
        seal: None,
        device: None,
        at,
    };
    assert_eq!(answer(&change(live), &reload), stops(Code::LotNotVerified));
    let returned = Event::GunReturned { gun: GUN_1, vendor: VENDOR.0, at };
    assert_eq!(answer(&change(returned), &reload), stops(Code::RoundsNotThere));
    let away = on(reload_declared(DUMMIES));
    assert_eq!(answer(&away, &reload), stops(Code::RoundsNotThere));
    // One that is gone is somewhere, and was loaded there.
    let gone = Event::GunReportedGone { gun: GUN_1, at };
    assert_eq!(answer(&change(gone), &reload), CLEAN);
}

#[test]
fn a_reload_out_of_what_is_on_no_register_voids_and_stops() {
    let stage = on(reload_declared(DUMMIES)).after(&[ARMORER.takes_out(GUN_1).into(), goes_before_the_camera(GUN_1)]);
    for said in
        [PERFORMER.reports_reloaded(GUN_1, 99, BELT, &[1]), PERFORMER.reports_reloaded(GUN_1, DUMMIES, 99, &[1])]
    {
        let verdict = stage.verdict(&said);
        let lowered = (stop_in(&verdict.events), voiding_in(&verdict.events));
        assert_eq!((verdict.accepted, lowered), (false, (Some(StopCause::UnexpectedRound), Some(Doubt::Loaded))));
    }
    assert_eq!(codes(&stage, &PERFORMER.reports_reloaded(99, DUMMIES, BELT, &[1])), [Code::RegisterUnknown]);
}
