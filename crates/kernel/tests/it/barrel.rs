//! A muzzle-loader, from the rod to the box again: what a rod can say, what a cap says, and how the count of a lot closes
//! that leaves no brass.

use kernel::{
    BarrelReading, BarrelReadings, Code, Content, Event, Holds, Intent, Light, Load, Occasion, Rod, Seen, ShowingState,
    Status, StopCause, Toward, evolve, options, retell,
};

use crate::retell::evolved;
use crate::stage::{
    ARMORER, BLANKS, DUMMIES, EXTRA, FIRST_AD, MUSKET, PERFORMER, PISTOL, STAND_OFF_CENTIMETRES, Stage, Step,
    THE_OPEN_ONE, VAULT, WITNESS, codes, empty, rods, rounds, stop_in,
};
use crate::verdicts::before::{
    blanks, counted, line_begun, musket_charged, musket_checked, musket_in_a_take, musket_out, musket_primed,
    musket_rodded, take_with,
};

/// The whole way: rod, charge, cap, check, handover, shot, empty, rod, count, and its box is closed.
#[test]
fn a_musket_is_played_and_its_lot_is_counted_without_brass() {
    let before = Stage::new().state.lots[&BLANKS];
    let stage = Stage::new().after(&musket_primed()).after(&musket_checked(rods(1, &[1], &[1])));
    assert!(matches!(
        stage.status(MUSKET),
        Status::Blank { count: 1, of: 1, in_feed: None, primed: Some(1), lot: Some(BLANKS), line_clear: false, .. }
    ));
    let stage = stage.after(&[
        ARMORER.finds_the_line_clear(MUSKET, STAND_OFF_CENTIMETRES).into(),
        ARMORER.offers(MUSKET, PERFORMER).into(),
        WITNESS.sees_last(MUSKET, rods(1, &[1], &[1])).into(),
        PERFORMER.declines_to_look_and_takes(MUSKET).into(),
    ]);
    let stage = stage.after(&take_with(MUSKET, 1)).after(&[
        ARMORER.reports_fired(MUSKET, 1, 0).into(),
        ARMORER.takes_back(MUSKET).into(),
        ARMORER.empties_the_barrels(MUSKET, [&[1], &[], &[]]).into(),
    ]);
    assert!(stage.gun(MUSKET).bore_due && codes(&stage, &FIRST_AD.breaks_for_lunch()).contains(&Code::RodDue));
    let stage =
        stage.after(&[ARMORER.runs_the_rod(MUSKET, Rod::AtMark).into(), ARMORER.puts_away(MUSKET, VAULT).into()]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, lot.misfired), (before.rounds - 1, before.spent, before.misfired));
    let there = blanks(before.rounds - 1, before.spent, before.misfired);
    let closed = stage.after(&counted(BLANKS, Occasion::AfterFiring, there));
    assert!(closed.state.stops.is_empty() && closed.state.lots[&BLANKS].brass_missing == 0);
}

/// Fired of a test, a charge leaves no case either.
#[test]
fn a_test_in_a_musket_brings_no_case_into_the_box() {
    let before = Stage::new().state.lots[&BLANKS];
    let stage = Stage::new().after(&musket_rodded()).after(&[ARMORER.tests(MUSKET, BLANKS, 2).into()]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent), (before.rounds - 2, before.spent));
    assert!(stage.gun(MUSKET).bore_due && stage.gun(MUSKET).bore.is_none());
    assert_eq!(codes(&stage, &ARMORER.loads(MUSKET, BLANKS, &[1])), [Code::RodNotRun]);
}

/// What was drawn is a torn cartridge: it is counted in its box, and loads nothing again.
#[test]
fn a_charge_that_is_drawn_loads_nothing_again() {
    let before = Stage::new().state.lots[&BLANKS];
    let drawn =
        |charges| Stage::new().after(&musket_charged()).after(&[ARMORER.empties_the_barrels(MUSKET, charges).into()]);
    let stage = drawn([&[], &[], &[1]]);
    let lot = stage.state.lots[&BLANKS];
    assert_eq!((lot.rounds, lot.spent, lot.misfired), (before.rounds - 1, before.spent, before.misfired + 1));
    assert!(!stage.gun(MUSKET).is_loaded() && matches!(stage.gun(MUSKET).showing, ShowingState::Void(_)));
    let closed = Stage::new().after(&musket_charged()).after(&[ARMORER.puts_the_box_away(BLANKS).into()]);
    assert_eq!(codes(&closed, &ARMORER.empties_the_barrels(MUSKET, [&[], &[], &[1]])), [Code::LotNotOut]);
}

/// A misfire leaves the charge in: the handler waits, primes again or draws it.
#[test]
fn after_a_misfire_it_is_primed_again_or_drawn() {
    let misfired = Stage::new()
        .after(&musket_in_a_take())
        .after(&[ARMORER.reports_fired(MUSKET, 0, 1).into(), ARMORER.takes_back(MUSKET).into()]);
    assert_eq!(codes(&misfired, &ARMORER.primes(MUSKET, &[1])), [Code::MisfireWait]);
    assert_eq!(codes(&misfired, &ARMORER.empties_the_barrels(MUSKET, [&[], &[1], &[]])), [Code::MisfireWait]);
    let later = misfired.after(&[Step::Later(2)]);
    assert!(later.verdict(&ARMORER.primes(MUSKET, &[1])).accepted);
    assert!(later.verdict(&ARMORER.empties_the_barrels(MUSKET, [&[], &[1], &[]])).accepted);
    // It burned after all, and nobody heard it: that is no misfire.
    let gone = later.verdict(&ARMORER.empties_the_barrels(MUSKET, [&[1], &[], &[]]));
    assert_eq!(stop_in(&gone.events), Some(StopCause::RoundMissing));
}

/// What both read against the record.
#[test]
fn rod_and_cap_are_held_against_the_record() {
    let after = |before: Vec<Step>, seen: Seen| {
        let begun = [ARMORER.begins_a_check(MUSKET, WITNESS).into(), ARMORER.sees(MUSKET, seen).into()];
        let stage = Stage::new().after(&before).after(&begun);
        stop_in(&stage.verdict(&WITNESS.sees(MUSKET, seen)).events)
    };
    let (nothing, charge, capped) = (rods(1, &[], &[]), rods(1, &[1], &[]), rods(1, &[1], &[1]));
    assert_eq!(after(musket_out(), nothing), None);
    assert_eq!(after(musket_out(), charge), Some(StopCause::UnexpectedRound));
    assert_eq!(after(musket_out(), rods(1, &[], &[1])), Some(StopCause::UnexpectedRound), "a cap on an empty barrel");
    assert_eq!(after(musket_charged(), charge), None);
    assert_eq!(after(musket_charged(), nothing), Some(StopCause::RoundMissing));
    assert_eq!(after(musket_charged(), capped), Some(StopCause::UnexpectedRound), "a cap that nobody put on");
    assert_eq!(after(musket_primed(), capped), None);
    assert_eq!(after(musket_primed(), charge), None, "the cap fell off");
}

/// A cap that fell off is off by the record as well: the next one was put on by nobody.
#[test]
fn a_cap_that_both_saw_gone_is_not_expected_back() {
    let charge = rods(1, &[1], &[]);
    let stage = Stage::new().after(&musket_primed()).after(&musket_checked(charge));
    assert!(
        matches!(stage.status(MUSKET), Status::Blank { primed: Some(0), .. }) && stage.gun(MUSKET).primed.is_empty()
    );
    let again = stage
        .after(&[ARMORER.begins_a_check(MUSKET, WITNESS).into(), ARMORER.sees(MUSKET, rods(1, &[1], &[1])).into()]);
    let verdict = again.verdict(&WITNESS.sees(MUSKET, rods(1, &[1], &[1])));
    assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound));
}

/// Last of all, on the set: not at the armorer's table, and on no empty barrel.
#[test]
fn it_is_primed_on_the_set_and_nowhere_else() {
    let at_the_table = [
        ARMORER.takes_out(MUSKET).into(),
        ARMORER.runs_the_rod(MUSKET, Rod::AtMark).into(),
        ARMORER.loads(MUSKET, BLANKS, &[1]).into(),
    ];
    let stage = Stage::new().after(&at_the_table);
    assert_eq!(codes(&stage, &ARMORER.primes(MUSKET, &[1])), [Code::SetNotCalled]);
    let empty = Stage::new().after(&musket_rodded());
    assert_eq!(codes(&empty, &ARMORER.primes(MUSKET, &[1])), [Code::LoadChamberNotLoaded]);
    assert_eq!(codes(&empty, &ARMORER.primes(MUSKET, &[])), [Code::LoadNothing]);
}

/// A barrel that fired, and a cap on it: that is no EMPTY gun.
#[test]
fn an_empty_barrel_with_a_cap_on_is_not_said_to_be_empty() {
    let fired = Stage::new()
        .after(&musket_in_a_take())
        .after(&[ARMORER.reports_fired(MUSKET, 1, 0).into(), ARMORER.takes_back(MUSKET).into()]);
    let bare = fired.clone().after(&musket_checked(rods(1, &[], &[])));
    assert!(matches!(bare.status(MUSKET), Status::Empty(_)));
    let capped = fired.after(&musket_checked(rods(1, &[], &[1])));
    assert!(matches!(capped.status(MUSKET), Status::Unknown { why: kernel::Doubt::Doubted, .. }));
}

/// Priming is a doubt about what was shown, whatever it showed.
#[test]
fn the_cap_voids_what_was_shown() {
    let stage = Stage::new().after(&musket_charged()).after(&musket_checked(rods(1, &[1], &[])));
    let stage = stage.after(&[ARMORER.primes(MUSKET, &[1]).into()]);
    assert!(matches!(stage.status(MUSKET), Status::Unknown { why: kernel::Doubt::Loaded, .. }));
}

/// Not sure is said, never guessed: both look again.
#[test]
fn whoever_is_not_sure_of_the_mark_looks_again() {
    let unsure = BarrelReading { rod: Rod::NotSure, primed: false };
    let unsure = Seen::in_barrels(BarrelReadings::default().with(1, unsure));
    let stage = Stage::new()
        .after(&musket_out())
        .after(&[ARMORER.begins_a_check(MUSKET, WITNESS).into(), ARMORER.sees(MUSKET, unsure).into()]);
    let verdict = stage.verdict(&WITNESS.sees(MUSKET, unsure));
    assert!(verdict.events.iter().any(|event| matches!(event, Event::AnswersDiffered { .. })));
    // At the second time it stops.
    let again = [WITNESS.sees(MUSKET, unsure).into(), ARMORER.sees(MUSKET, unsure).into()];
    let verdict = stage.after(&again).verdict(&WITNESS.sees(MUSKET, unsure));
    assert_eq!(stop_in(&verdict.events), Some(StopCause::AnswersDifferTwice));
}

/// A volley gun or a cap-and-ball cylinder is read barrel by barrel; one that fired is empty, the others are not.
#[test]
fn every_barrel_is_read_for_itself() {
    const VOLLEY: u8 = 70;
    let before = [
        ARMORER.says(Intent::RegisterGun {
            gun: VOLLEY,
            kind: kernel::GunKind::BlankOnly,
            action: kernel::Action::MuzzleLoader,
            chambers: 3,
            place: VAULT,
        }),
        ARMORER.says(Intent::EnterCalibre { gun: VOLLEY, calibre: crate::stage::CALIBRE }),
        ARMORER.takes_out(VOLLEY),
        ARMORER.calls_to_set(VOLLEY),
        ARMORER.runs_the_rod(VOLLEY, Rod::AtMark),
        ARMORER.tests(VOLLEY, BLANKS, 1),
        ARMORER.runs_the_rod(VOLLEY, Rod::AtMark),
        ARMORER.loads(VOLLEY, BLANKS, &[1, 3]),
    ];
    let stage = Stage::new().after(&before.map(Step::from));
    assert_eq!(codes(&stage, &ARMORER.primes(VOLLEY, &[1, 2])), [Code::LoadChamberNotLoaded]);
    assert_eq!(codes(&stage, &ARMORER.primes(VOLLEY, &[1, 4])), [Code::LoadChamberNone]);
    let checks = |stage: Stage, seen| {
        stage.after(&[
            ARMORER.primes(VOLLEY, &[1, 3]).into(),
            ARMORER.begins_a_check(VOLLEY, WITNESS).into(),
            ARMORER.sees(VOLLEY, seen).into(),
            WITNESS.sees(VOLLEY, seen).into(),
        ])
    };
    let stage = checks(stage, rods(3, &[1, 3], &[1, 3]));
    assert!(matches!(stage.status(VOLLEY), Status::Blank { count: 2, of: 3, primed: Some(2), .. }));
    let fired = stage.after(&[
        ARMORER.finds_the_line_clear(VOLLEY, STAND_OFF_CENTIMETRES).into(),
        ARMORER.offers(VOLLEY, PERFORMER).into(),
        PERFORMER.looks_and_takes(VOLLEY).into(),
    ]);
    let fired = fired.after(&take_with(VOLLEY, 2)).after(&[
        ARMORER.reports_fired(VOLLEY, 1, 0).into(),
        ARMORER.takes_back(VOLLEY).into(),
        ARMORER.begins_a_check(VOLLEY, WITNESS).into(),
        ARMORER.sees(VOLLEY, rods(3, &[3], &[3])).into(),
    ]);
    let one_left = fired.clone().after(&[WITNESS.sees(VOLLEY, rods(3, &[3], &[3])).into()]);
    assert!(matches!(one_left.status(VOLLEY), Status::Blank { count: 1, of: 3, primed: Some(1), .. }));
    assert_eq!(codes(&one_left, &ARMORER.primes(VOLLEY, &[3])), [Code::FiredNotEmptied]);
    assert!(one_left.verdict(&ARMORER.empties_the_barrels(VOLLEY, [&[1], &[], &[3]])).accepted);
    let twice = codes(&one_left, &ARMORER.empties_the_barrels(VOLLEY, [&[1, 3], &[], &[3]]));
    assert!(twice.contains(&Code::EmptyChamberTwice));
    // A charge burned that nobody had heard of: a shot, where each of them is accounted for.
    let shots = |charges: [&[u8]; 3]| {
        let verdict = one_left.verdict(&ARMORER.empties_the_barrels(VOLLEY, charges));
        assert!(stop_in(&verdict.events).is_some(), "{charges:?}");
        verdict.events.iter().any(|event| matches!(event, Event::GunFired { shots: 1, misfires: 0, .. }))
    };
    assert!(shots([&[1, 3], &[], &[]]));
    assert!(!shots([&[1], &[3], &[]]), "a misfire is no shot");
    assert!(!shots([&[3], &[], &[]]), "one is missing");
    assert!(!shots([&[1, 3], &[], &[2]]), "one is too many");
    // Of three barrels one was left out.
    let missing = codes(&fired, &WITNESS.sees(VOLLEY, rods(2, &[], &[])));
    assert_eq!(missing, [Code::ShowingChambersMissing]);
}

/// A rod is told again as a rod: nobody saw light through it.
#[test]
fn a_new_epoch_tells_a_rod_and_no_look() {
    for steps in [musket_rodded(), musket_charged(), musket_primed()] {
        let stage = Stage::new().after(&steps);
        let told = retell(&stage.state);
        assert_eq!(evolved(&told), stage.state);
        assert!(told.iter().any(|event| matches!(event, Event::RodRun { gun: MUSKET, .. })));
        assert!(!told.iter().any(|event| matches!(event, Event::BoreLooked { gun: MUSKET, .. })));
    }
    let shown = Stage::new().after(&musket_primed()).after(&musket_checked(rods(1, &[1], &[1])));
    let ShowingState::Shown(showing) = shown.gun(MUSKET).showing else { panic!("not shown") };
    assert_eq!(showing.bore, shown.gun(MUSKET).loading.unwrap().bore, "the showing cites the rod");
    assert_eq!(evolved(&retell(&shown.state)), shown.state);
    // A rod that stood above its mark serves no loading, and leaves none behind.
    let mut blocked = Stage::new().after(&musket_charged());
    evolve(&mut blocked.state, &Event::RodRun { gun: MUSKET, run: 7, rod: Rod::AboveMark });
    assert!(blocked.gun(MUSKET).bore.is_none());
    assert_eq!(evolved(&retell(&blocked.state)), blocked.state);
}

#[test]
fn a_musket_goes_along_a_line_on_two_readings_of_rod_and_cap() {
    let walked = Stage::new().after(&line_begun()).after(&musket_out());
    let issued = walked.after(&[ARMORER.issues(MUSKET, EXTRA, rods(1, &[], &[])).into()]);
    let differs = issued.verdict(&WITNESS.confirms(MUSKET, EXTRA, rods(1, &[1], &[])));
    assert!(!differs.events.iter().any(|event| matches!(event, Event::GunIssuedInLine { .. })));
    let confirmed = issued.after(&[WITNESS.confirms(MUSKET, EXTRA, rods(1, &[], &[])).into()]);
    assert!(matches!(confirmed.status(MUSKET), Status::Empty(_)) && confirmed.gun(MUSKET).is_with(EXTRA.0));
}

#[test]
fn a_last_look_that_reads_another_rod_or_cap_voids() {
    let steps = vec![
        ARMORER.finds_the_line_clear(MUSKET, STAND_OFF_CENTIMETRES).into(),
        ARMORER.offers(MUSKET, PERFORMER).into(),
    ];
    let offered = Stage::new().after(&musket_primed()).after(&musket_checked(rods(1, &[1], &[1]))).after(&steps);
    assert!(codes(&offered, &WITNESS.sees_last(MUSKET, Seen::in_chambers(empty(1)))).contains(&Code::RodUnread));
    for other in [rods(1, &[], &[]), rods(1, &[1], &[])] {
        assert_eq!(codes(&offered, &WITNESS.sees_last(MUSKET, other)), [Code::LastLookDiffers]);
    }
}

/// Whatever is said of a copy of a musket, no rod is asked of it.
#[test]
fn of_a_copy_of_a_musket_no_rod_is_asked() {
    let (gun, kind, action) = (70, kernel::GunKind::Replica, kernel::Action::MuzzleLoader);
    let line = Stage::new().after(&line_begun()).after(&[
        ARMORER.says(Intent::RegisterGun { gun, kind, action, chambers: 1, place: VAULT }).into(),
        ARMORER.takes_out(gun).into(),
        ARMORER.matches_the_label_of(gun).into(),
    ]);
    assert!(line.verdict(&ARMORER.issues(gun, EXTRA, Seen::in_chambers(empty(1)))).accepted);
}

/// Before the camera nobody reloads it by the record: no rod was run.
#[test]
fn a_reload_of_a_musket_stops() {
    let declared = crate::verdicts::before::reload_declared(BLANKS);
    let stage = Stage::new().after(&declared).after(&musket_out());
    let verdict = stage.verdict(&PERFORMER.reports_reloaded(MUSKET, BLANKS, crate::stage::BELT, &[1]));
    assert!(verdict.accepted && verdict.reasons.iter().any(|reason| reason.code == Code::RodUnread));
    assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound));
    assert!(!verdict.events.iter().any(|event| matches!(event, Event::GunReloaded { .. })));
}

/// A plan of dummies in a musket is no load of it; one blank is.
#[test]
fn a_plan_of_a_musket_has_blanks_or_nothing() {
    let plan = |holds, load| {
        ARMORER.says(Intent::PlanGun {
            gun: MUSKET,
            shot: THE_OPEN_ONE,
            holds,
            load,
            rounds: 1,
            toward: Toward::Nobody,
            stand_off_millimetres: 10_000,
            barrier: false,
            copy_will_not_do: false,
        })
    };
    let scene = crate::stage::SCENE;
    let stage = Stage::new().after(&[ARMORER.says(Intent::PlanShot { scene }).into()]);
    assert_eq!(codes(&stage, &plan(Holds::Dummy, None)), [Code::ShotLoad]);
    let planned = stage.after(&[plan(Holds::Blank, Some(Load::Full)).into()]);
    let shot = *planned.state.shots.keys().next().unwrap();
    let missing = |stage: &Stage| {
        let missing = kernel::missing_for_shot_ready(&stage.rules, &stage.state, shot, stage.now);
        missing.iter().any(|reason| reason.code == Code::ShotLoadDiffers)
    };
    let as_planned = planned.clone().after(&musket_primed()).after(&musket_checked(rods(1, &[1], &[1])));
    assert!(!missing(&as_planned));
    let nothing = planned.after(&musket_out()).after(&musket_checked(rods(1, &[], &[])));
    assert!(missing(&nothing));
}

/// What a page offers for a musket is judged by the kinds that a musket takes.
#[test]
fn the_open_acts_of_a_musket_are_those_of_rod_and_cap() {
    use kernel::ActKind;
    let open = |stage: &Stage, gun, kind| {
        let (_, context) = stage.meant(&ARMORER.takes_out(gun));
        let acts = options(&stage.rules, &stage.state, &context, gun);
        acts.into_iter().find(|act| act.kind == kind).map(|act| act.reasons.is_empty())
    };
    let out = Stage::new().after(&musket_out());
    assert_eq!(open(&out, MUSKET, ActKind::RunRod), Some(true));
    assert_eq!((open(&out, MUSKET, ActKind::LookThroughBore), open(&out, MUSKET, ActKind::Unload)), (None, None));
    assert_eq!((open(&out, PISTOL, ActKind::RunRod), open(&out, PISTOL, ActKind::Prime)), (None, None));
    let charged = Stage::new().after(&musket_charged());
    assert_eq!(
        (open(&charged, MUSKET, ActKind::Prime), open(&charged, MUSKET, ActKind::EmptyGun)),
        (Some(true), Some(true))
    );
    let checked = charged.after(&[ARMORER.begins_a_check(MUSKET, WITNESS).into()]);
    assert_eq!(open(&checked, MUSKET, ActKind::AnswerCheck), Some(true));
}

/// A live round that somebody sees is one, whatever words he says it in.
#[test]
fn a_live_round_in_a_musket_stops_in_whatever_words() {
    let stage = Stage::new().after(&musket_out()).after(&[ARMORER.begins_a_check(MUSKET, WITNESS).into()]);
    let verdict = stage.verdict(&WITNESS.answers(MUSKET, rounds(1, &[1], Content::Live)));
    assert!(!verdict.accepted && stop_in(&verdict.events) == Some(StopCause::LiveRound));
}

/// The words of other guns are refused for it, and its own for them.
#[test]
fn rod_and_look_are_no_words_for_each_other() {
    let musket = Stage::new().after(&musket_charged());
    assert_eq!(codes(&musket, &ARMORER.looks_through_the_bore(MUSKET, Light::Seen))[..1], [Code::BoreChambersNotEmpty]);
    for said in [ARMORER.unloads(MUSKET, &[1]), ARMORER.empties(MUSKET, &[], &[], &[1])] {
        assert_eq!(codes(&musket, &said), [Code::RodUnread]);
    }
    assert!(codes(&musket, &ARMORER.loads(MUSKET, DUMMIES, &[1])).contains(&Code::ChargeNotBlank));
}
