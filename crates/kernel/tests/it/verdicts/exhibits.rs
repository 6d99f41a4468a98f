//! The rows of what an inquiry keeps.

use kernel::{
    Code, Custody, Event, ExhibitOf, Intent, Keeper, MAX_ROUNDS, Occasion, OutAt, Rod, Status, StopCause, Tally, Unit,
    evolve, shown,
};

use super::before::{
    boxes_away, counted, dummies, fired, lifted, loaded, misfired, musket_charged, offered, out, pistol_loaded,
    stopped, with_the_performer,
};
use super::{Row, codes, row};
use crate::retell::evolved;
use crate::stage::{
    ANOTHER, ARMORER, BLANKS, CAMERA, DUMMIES, FIRST_AD, GUN_1, HANDLER, MUSKET, PERFORMER, PISTOL, PRODUCER, RUBBER,
    SAFETY_OFFICER, SET, STRANGER, Said, Stage, Step, TWO_DUMMIES, Tick, VAULT, VENDOR, WITNESS, Who, stop_in,
};

const ONE_DUMMY: Tally = Tally { live: 0, blank: 0, dummy: 1, spent: 0, misfired: 0, not_sure: 0 };

fn keeps(gun: u8) -> Vec<Step> {
    [stopped(), vec![HANDLER.keeps_as_an_exhibit(gun, CAMERA).into()]].concat()
}

/// The gun stays an exhibit when the stop is lifted.
fn kept(gun: u8) -> Vec<Step> {
    [keeps(gun), lifted()].concat()
}

fn box_kept(lot: u8) -> Vec<Step> {
    [stopped(), vec![HANDLER.keeps_the_box_as_an_exhibit(lot, CAMERA).into()], lifted()].concat()
}

fn with_the_police(gun: u8) -> Vec<Step> {
    [kept(gun), vec![CAMERA.gives_the_exhibit_to_the_police().into()]].concat()
}

/// The performer's gun went off: the inquiry is about him and the handler who answers for it.
fn discharged() -> Vec<Step> {
    [with_the_performer(), vec![FIRST_AD.says(Intent::ReportDischarge { gun: GUN_1 }).into()]].concat()
}

/// By code; those of one code as they are written.
pub(super) fn exhibit_rows() -> Vec<Row> {
    let parts = [keeping_rows(), kept_gun_rows(), kept_box_rows(), keeper_rows(), releasing_rows(), police_rows()];
    let mut rows = parts.concat();
    rows.sort_by_key(|row| row.of);
    rows
}

fn keeping_rows() -> Vec<Row> {
    use Code::{ExhibitAlone, ExhibitConcerned};
    vec![
        row(ExhibitAlone, HANDLER.bags(GUN_1, HANDLER, ONE_DUMMY, CAMERA)).after(loaded()).after(stopped()).recorded(),
        row(ExhibitConcerned, CAMERA.keeps_as_an_exhibit(GUN_1, PERFORMER)).after(discharged()).recorded(),
        row(ExhibitConcerned, CAMERA.keeps_as_an_exhibit(RUBBER, ARMORER)).after(discharged()).recorded(),
        row(ExhibitConcerned, CAMERA.keeps_the_box_as_an_exhibit(DUMMIES, ARMORER)).after(discharged()).recorded(),
        row(ExhibitConcerned, CAMERA.gives_the_exhibit_to(ARMORER))
            .after(discharged())
            .and(HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA))
            .recorded(),
        row(ExhibitConcerned, ARMORER.has_the_exhibit())
            .after(discharged())
            .and(HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA))
            .and(CAMERA.gives_the_exhibit_to(ARMORER))
            .recorded(),
    ]
}

fn kept_gun_rows() -> Vec<Row> {
    use Code::{CustodyTakenAround, ExhibitKept, ExhibitLeftOut};
    let of = |said: Said, before: Vec<Step>| row(ExhibitKept, said).after(before).after(kept(GUN_1));
    vec![
        row(ExhibitKept, ARMORER.takes_out(GUN_1)).after(kept(GUN_1)),
        row(ExhibitKept, ARMORER.takes_out(RUBBER)).after(kept(RUBBER)),
        of(ARMORER.unloads(GUN_1, &[1]), loaded()),
        of(ARMORER.empties(GUN_1, &[], &[], &[1]), loaded()),
        of(ARMORER.begins_a_check(GUN_1, WITNESS), out()),
        of(ARMORER.calls_to_set(GUN_1), out()),
        of(ARMORER.clears_the_fault_of(GUN_1), [out(), vec![CAMERA.says_it_does_not_work(GUN_1).into()]].concat()),
        of(ARMORER.offers(GUN_1, HANDLER), out()),
        of(ARMORER.declares_a_transfer(GUN_1, PERFORMER), out()),
        row(ExhibitKept, ARMORER.runs_the_rod(MUSKET, Rod::AtMark))
            .after(musket_charged())
            .after(kept(MUSKET))
            .answered(&[ExhibitKept, Code::RodCharged]),
        row(ExhibitKept, ARMORER.says(Intent::MoveGunToUnit { gun: GUN_1, unit: Unit(2) }))
            .and(PRODUCER.says(Intent::EnterUnit { unit: Unit(2) }))
            .after(kept(GUN_1)),
        // A handover that was under way ends with it.
        row(ExhibitKept, PERFORMER.looks_and_takes(GUN_1)).after(offered()).after(kept(GUN_1)).answered(&[
            ExhibitKept,
            Code::SetNotCalled,
            Code::ShowingStopped,
        ]),
        row(ExhibitKept, PERFORMER.has(GUN_1))
            .after(kept(GUN_1))
            .answered(&[CustodyTakenAround, ExhibitKept])
            .recorded()
            .voids(kernel::Doubt::ChangedHands),
        row(ExhibitLeftOut, FIRST_AD.breaks_for_lunch()).after(boxes_away()).after(out()).after(kept(GUN_1)),
        row(ExhibitLeftOut, FIRST_AD.breaks_for_lunch())
            .after(boxes_away())
            .after(out())
            .after(kept(GUN_1))
            .and(CAMERA.gives_the_exhibit_to(SAFETY_OFFICER)),
    ]
}

fn kept_box_rows() -> Vec<Row> {
    use Code::{CountNotAtIssue, ExhibitKept, ExhibitLeftOut};
    let of = |said| row(ExhibitKept, said).after(box_kept(DUMMIES));
    vec![
        of(ARMORER.draws(DUMMIES, 1)).answered(&[CountNotAtIssue, ExhibitKept]),
        of(ARMORER.re_boxes(90, DUMMIES, 1)),
        of(ARMORER.begins_a_count(DUMMIES, Occasion::Wrap, WITNESS)),
        row(ExhibitKept, ARMORER.counts(DUMMIES, ONE_DUMMY))
            .and(ARMORER.begins_a_count(DUMMIES, Occasion::Issue, WITNESS))
            .after(box_kept(DUMMIES)),
        row(ExhibitKept, ARMORER.puts_back(DUMMIES, 2)).and(ARMORER.draws(DUMMIES, 2)).after(box_kept(DUMMIES)),
        // Cases that come out of another gun do not go into it.
        row(ExhibitKept, ARMORER.empties(GUN_1, &[1, 2], &[], &[3])).after(fired()).after(box_kept(BLANKS)),
        // Nor is what was drawn of it laid where anybody has it.
        row(ExhibitKept, ARMORER.stows(DUMMIES, SET, 2)).and(ARMORER.draws(DUMMIES, 2)).after(box_kept(DUMMIES)),
        row(ExhibitKept, ARMORER.takes_the_box_out(TWO_DUMMIES)).after(boxes_away()).after(box_kept(TWO_DUMMIES)),
        row(ExhibitKept, ARMORER.says(Intent::ReturnLotToVendor { lot: TWO_DUMMIES, vendor: VENDOR.0 }))
            .after(box_kept(TWO_DUMMIES))
            .answered(&[CountNotAtIssue, ExhibitKept]),
        row(ExhibitKept, ARMORER.says(Intent::MoveLotToUnit { lot: TWO_DUMMIES, unit: Unit(2) }))
            .and(PRODUCER.says(Intent::EnterUnit { unit: Unit(2) }))
            .after(boxes_away())
            .after(box_kept(TWO_DUMMIES)),
        row(ExhibitLeftOut, FIRST_AD.breaks_for_lunch())
            .after(boxes_away())
            .and(ARMORER.takes_the_box_out(TWO_DUMMIES))
            .after(box_kept(TWO_DUMMIES)),
    ]
}

fn keeper_rows() -> Vec<Row> {
    use Code::ExhibitNotKeeper;
    let of = |said| row(ExhibitNotKeeper, said).after(kept(GUN_1)).recorded();
    vec![
        of(HANDLER.gives_the_exhibit_to(SAFETY_OFFICER)),
        of(SAFETY_OFFICER.has_the_exhibit()),
        of(HANDLER.gives_the_exhibit_to_the_police()),
        // It was given to another.
        of(HANDLER.has_the_exhibit()).and(CAMERA.gives_the_exhibit_to(SAFETY_OFFICER)),
        of(SAFETY_OFFICER.gives_the_exhibit_to(HANDLER)).and(CAMERA.gives_the_exhibit_to(SAFETY_OFFICER)),
    ]
}

fn releasing_rows() -> Vec<Row> {
    use Code::{ExhibitNoInquiry, ExhibitNotYours};
    vec![
        row(ExhibitNoInquiry, SAFETY_OFFICER.releases_the_exhibit()).after(keeps(GUN_1)),
        row(ExhibitNotYours, CAMERA.releases_the_exhibit()).after(kept(GUN_1)),
        row(ExhibitNotYours, PRODUCER.releases_the_exhibit())
            .after(keeps(GUN_1))
            .and(PRODUCER.names_for_the_inquiry(SAFETY_OFFICER)),
    ]
}

fn police_rows() -> Vec<Row> {
    use Code::ExhibitWithPolice;
    let box_gone = [box_kept(TWO_DUMMIES), vec![CAMERA.gives_the_exhibit_to_the_police().into()]].concat();
    vec![
        row(ExhibitWithPolice, SAFETY_OFFICER.releases_the_exhibit()).after(with_the_police(GUN_1)),
        row(ExhibitWithPolice, ARMORER.takes_out(GUN_1)).after(with_the_police(GUN_1)),
        row(ExhibitWithPolice, ARMORER.puts_away(GUN_1, VAULT)).after(out()).after(with_the_police(GUN_1)),
        row(ExhibitWithPolice, ARMORER.takes_back(GUN_1)).after(with_the_performer()).after(with_the_police(GUN_1)),
        row(ExhibitWithPolice, CAMERA.gives_the_exhibit_to(ARMORER)).after(with_the_police(GUN_1)).recorded(),
        row(ExhibitWithPolice, ARMORER.puts_the_box_away(TWO_DUMMIES)).after(box_gone),
    ]
}

/// The bag against the record, from each side.
#[test]
fn what_two_people_bag_is_held_against_what_went_in() {
    let of = |before: Vec<Step>, gun, saw| {
        let verdict = Stage::new().after(&before).after(&stopped()).verdict(&HANDLER.bags(gun, WITNESS, saw, CAMERA));
        assert!(verdict.accepted);
        (codes(&verdict), stop_in(&verdict.events))
    };
    let none = Tally::default();
    let differs = |cause| (vec![Code::EmptyDiffers], Some(cause));
    assert_eq!(of(loaded(), GUN_1, ONE_DUMMY), (vec![], None));
    assert_eq!(of(loaded(), GUN_1, Tally { dummy: 2, ..none }), differs(StopCause::UnexpectedRound));
    assert_eq!(of(loaded(), GUN_1, Tally { blank: 1, ..none }), differs(StopCause::UnexpectedRound));
    assert_eq!(of(loaded(), GUN_1, Tally { not_sure: 1, ..none }), differs(StopCause::UnexpectedRound));
    assert_eq!(of(loaded(), GUN_1, Tally { spent: 1, ..none }), differs(StopCause::UnexpectedRound));
    assert_eq!(of(loaded(), GUN_1, Tally { misfired: 1, ..none }), differs(StopCause::UnexpectedRound));
    assert_eq!(of(loaded(), GUN_1, Tally { live: 1, ..none }), (vec![], Some(StopCause::LiveRound)));
    assert_eq!(of(vec![], GUN_1, ONE_DUMMY), differs(StopCause::UnexpectedRound));
    assert_eq!(of(pistol_loaded(3), PISTOL, Tally { dummy: 2, ..none }), differs(StopCause::RoundMissing));
    assert_eq!(of(pistol_loaded(3), PISTOL, Tally { dummy: 3, ..none }), (vec![], None));
    // What burned in a musket is in no bag.
    let fired =
        [musket_charged(), vec![PERFORMER.says(Intent::ReportFired { gun: MUSKET, shots: 1, misfires: 0 }).into()]];
    assert_eq!(of(fired.concat(), MUSKET, Tally { blank: 1, ..none }), (vec![], None));
}

/// A bag of nothing is none, and a number of the record has an end.
#[test]
fn a_bag_has_a_round_in_it_and_no_more_than_can_be_counted() {
    let stage = Stage::new().after(&loaded()).after(&stopped());
    let of = |dummy| {
        let verdict = stage.verdict(&HANDLER.bags(GUN_1, WITNESS, Tally { dummy, ..Tally::default() }, CAMERA));
        (verdict.accepted, codes(&verdict).contains(&Code::RoundsNumber))
    };
    assert_eq!([of(0), of(MAX_ROUNDS + 1)], [(false, true); 2]);
    assert_eq!([of(1), of(MAX_ROUNDS)], [(true, false); 2]);
}

/// Where the stop that is named does not stand, whoever keeps something stops everything by it.
#[test]
fn keeping_something_for_no_stop_stops_everything() {
    for intent in [
        Intent::ReportGunExhibit { gun: GUN_1, stop: ANOTHER, guard: CAMERA.0 },
        Intent::ReportLotExhibit { lot: DUMMIES, stop: ANOTHER, guard: CAMERA.0 },
    ] {
        let mut stage = Stage::new();
        let verdict = stage.goes_on(&HANDLER.says(intent).into()).unwrap();
        assert_eq!((verdict.accepted, codes(&verdict)), (true, vec![Code::StopNotStanding]));
        assert_eq!(stop_in(&verdict.events), Some(StopCause::Called));
        let (act, exhibit) = stage.state.exhibits.iter().next().map(|(act, it)| (*act, *it)).unwrap();
        assert_eq!((exhibit.stop, exhibit.inquirer), (act, None));
        assert!(stage.state.stops.contains_key(&act));
    }
}

/// Whom the inquiry of that new stop would be about guards nothing of it either.
#[test]
fn whoever_has_the_gun_is_named_as_its_guard_also_where_that_stops_everything() {
    let stage = Stage::new().after(&with_the_performer());
    let of = |guard: Who| {
        let saw = ONE_DUMMY;
        [
            Intent::ReportGunExhibit { gun: GUN_1, stop: ANOTHER, guard: guard.0 },
            Intent::ReportRoundsExhibit { gun: GUN_1, stop: ANOTHER, witness: WITNESS.0, saw, guard: guard.0 },
        ]
        .map(|intent| codes(&stage.verdict(&CAMERA.says(intent))).contains(&Code::ExhibitConcerned))
    };
    assert_eq!([of(PERFORMER), of(ARMORER), of(SAFETY_OFFICER)], [[true, true], [true, true], [false, false]]);
}

#[test]
fn what_and_who_is_not_on_the_register_is_no_exhibit() {
    let stage = Stage::new().after(&loaded()).after(&stopped());
    for said in [
        HANDLER.keeps_as_an_exhibit(77, CAMERA),
        HANDLER.keeps_as_an_exhibit(GUN_1, STRANGER),
        HANDLER.keeps_the_box_as_an_exhibit(66, CAMERA),
        HANDLER.keeps_the_box_as_an_exhibit(DUMMIES, STRANGER),
        HANDLER.bags(77, WITNESS, ONE_DUMMY, CAMERA),
        HANDLER.bags(GUN_1, STRANGER, ONE_DUMMY, CAMERA),
        HANDLER.bags(GUN_1, WITNESS, ONE_DUMMY, STRANGER),
        HANDLER.gives_the_exhibit_to(CAMERA),
        HANDLER.has_the_exhibit(),
        HANDLER.gives_the_exhibit_to_the_police(),
        HANDLER.releases_the_exhibit(),
    ] {
        assert_eq!(codes(&stage.verdict(&said)), [Code::RegisterUnknown], "{said:?}");
    }
    let kept = stage.after(&[HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA).into()]);
    assert_eq!(codes(&kept.verdict(&CAMERA.gives_the_exhibit_to(STRANGER))), [Code::RegisterUnknown]);
}

/// The freeze, in its order: the gun as it is, what must be opened by two, from hand to hand, to the police and back, released.
#[test]
fn an_exhibit_from_the_stop_to_its_release() {
    let mut stage = Stage::new().after(&loaded()).after(&stopped());
    let says = |stage: &mut Stage, said: Said| {
        let verdict = stage.goes_on(&said.into()).unwrap();
        assert!(verdict.accepted && verdict.reasons.is_empty(), "{said:?} {:?}", verdict.reasons);
    };
    says(&mut stage, HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA));
    says(&mut stage, CAMERA.gives_the_exhibit_to(SAFETY_OFFICER));
    let keeper = |stage: &Stage| stage.state.exhibits.values().next().unwrap().keeper;
    assert!(matches!(keeper(&stage), Keeper::Given { from, to, .. } if (from, to) == (CAMERA.0, SAFETY_OFFICER.0)));
    says(&mut stage, SAFETY_OFFICER.has_the_exhibit());
    // Said twice, it is so once.
    assert!(stage.verdict(&SAFETY_OFFICER.has_the_exhibit()).events.is_empty());
    says(&mut stage, ARMORER.puts_away(GUN_1, VAULT));
    assert!(stage.gun(GUN_1).is_loaded(), "it is locked away as it is");
    for step in lifted() {
        assert!(stage.goes_on(&step).unwrap().accepted);
    }
    says(&mut stage, SAFETY_OFFICER.gives_the_exhibit_to_the_police());
    assert!(stage.verdict(&CAMERA.gives_the_exhibit_to_the_police()).events.is_empty(), "they have it");
    let card = |stage: &Stage| {
        let cards = shown(&stage.rules, &stage.state, stage.now);
        cards.into_iter().find(|card| card.gun == GUN_1).unwrap().status
    };
    assert!(matches!(card(&stage), Status::Held { inquirer: Some(who), .. } if who == SAFETY_OFFICER.0));
    says(&mut stage, CAMERA.has_the_exhibit());
    says(&mut stage, SAFETY_OFFICER.releases_the_exhibit());
    assert!(stage.state.exhibits.is_empty() && matches!(card(&stage), Status::Locked { .. }));
    says(&mut stage, ARMORER.takes_out(GUN_1));
    says(&mut stage, ARMORER.unloads(GUN_1, &[1]));
}

/// A box that was in other hands is verified again, round by round.
#[test]
fn a_box_that_is_released_is_used_by_nobody_before_it_is_verified() {
    let stage = Stage::new().after(&box_kept(DUMMIES)).after(&[SAFETY_OFFICER.releases_the_exhibit().into()]);
    let lot = stage.state.lots[&DUMMIES];
    assert!(lot.verified.is_none() && lot.opened && !lot.counted && lot.seal.is_none());
    assert_eq!(codes(&stage.verdict(&ARMORER.draws(DUMMIES, 1))), [Code::CountNotAtIssue, Code::LotNotVerified]);
}

/// A gun is one exhibit at a time, of the last stop that it was kept for.
#[test]
fn what_one_inquiry_keeps_no_other_stop_takes_from_it() {
    let keeps_anew = [
        (kept(GUN_1), HANDLER.keeps_as_an_exhibit(GUN_1, WITNESS), Code::ExhibitKept),
        (with_the_police(GUN_1), HANDLER.keeps_as_an_exhibit(GUN_1, WITNESS), Code::ExhibitWithPolice),
        (box_kept(DUMMIES), HANDLER.keeps_the_box_as_an_exhibit(DUMMIES, WITNESS), Code::ExhibitKept),
    ];
    for (before, anew, code) in keeps_anew {
        let stage = Stage::new().after(&before).after(&stopped());
        let verdict = stage.verdict(&anew);
        assert!(verdict.accepted && verdict.events.is_empty() && codes(&verdict) == [code], "{verdict:?}");
    }
}

/// Whom it was given to guard by mistake is put right by entering it once more.
#[test]
fn for_its_own_stop_another_guard_is_entered() {
    let mut stage = Stage::new().after(&keeps(GUN_1));
    assert!(stage.goes_on(&HANDLER.keeps_as_an_exhibit(GUN_1, WITNESS).into()).unwrap().accepted);
    let guards: Vec<_> = stage.state.exhibits.values().map(|it| it.guard).collect();
    assert_eq!(guards, [WITNESS.0]);
}

/// Of a stop that was lifted before anybody was named nobody can release anything: it is kept anew, for another stop.
#[test]
fn what_nobody_can_release_is_kept_anew_for_a_new_stop() {
    let mut stage = Stage::new().after(&counted(DUMMIES, Occasion::Lunch, dummies(49)));
    assert!(stage.goes_on(&HANDLER.keeps_as_an_exhibit(GUN_1, CAMERA).into()).unwrap().accepted);
    let mut stage = stage.after(&counted(DUMMIES, Occasion::Lunch, dummies(50)));
    assert!(stage.state.stops.is_empty(), "what was missing is found");
    stage = stage.after(&stopped());
    assert!(stage.goes_on(&HANDLER.keeps_as_an_exhibit(GUN_1, WITNESS).into()).unwrap().accepted);
    let exhibit = stage.state.exhibits.values().next().unwrap();
    assert_eq!((exhibit.of, exhibit.guard, exhibit.inquirer), (ExhibitOf::Gun(GUN_1), WITNESS.0, None));
}

/// It came late from a phone without signal: it is recorded, and moves nothing that went on since.
#[test]
fn what_was_entered_before_an_exhibit_went_on_moves_it_no_more() {
    let stage = Stage::new().after(&with_the_police(GUN_1)).after(&[Step::Later(20)]);
    let has = SAFETY_OFFICER.has_the_exhibit();
    assert!(!stage.verdict(&has).events.is_empty(), "the police gave it back");
    let late = stage.verdict(&has.ago(25));
    assert!(late.accepted && late.events.is_empty() && codes(&late) == [Code::ClockBefore], "{late:?}");
}

/// Whoever guards what nothing locks away does not leave it unsaid.
#[test]
fn a_guard_who_leaves_an_exhibit_is_named() {
    let left = CAMERA.says(Intent::ReportLeft { person: CAMERA.0 });
    let out = Stage::new().after(&out()).after(&keeps(GUN_1));
    assert_eq!(codes(&out.verdict(&left)), [Code::ExhibitLeftOut]);
    assert!(out.verdict(&left).accepted);
    let locked = Stage::new().after(&keeps(GUN_1));
    assert!(codes(&locked.verdict(&left)).is_empty());
    assert!(codes(&Stage::new().after(&out_and_with_the_police()).verdict(&left)).is_empty());
}

fn out_and_with_the_police() -> Vec<Step> {
    [out(), keeps(GUN_1), vec![CAMERA.gives_the_exhibit_to_the_police().into()]].concat()
}

/// Whatever is in them: one bag does not take the place of another.
#[test]
fn two_bags_are_two_exhibits_also_where_they_hold_the_same() {
    let mut stage = Stage::new().after(&stopped());
    for _ in 0..2 {
        assert!(stage.goes_on(&HANDLER.bags(GUN_1, WITNESS, ONE_DUMMY, CAMERA).into()).unwrap().accepted);
    }
    let of: Vec<_> = stage.state.exhibits.values().map(|it| it.of).collect();
    assert_eq!((of.len(), of.first()), (2, of.last()));
    assert_eq!(evolved(&kernel::retell(&stage.state)), stage.state);
}

/// What is locked away, or with the police, keeps no day open; and no bag does.
#[test]
fn an_exhibit_that_is_put_away_keeps_no_day_open() {
    let whose = |who: Who| vec![who.puts_away(GUN_1, VAULT).into()];
    let lunch = |before: Vec<Step>| {
        let stage = Stage::new().after(&boxes_away()).after(&before);
        codes(&stage.verdict(&FIRST_AD.breaks_for_lunch()))
    };
    assert_eq!(lunch([out(), kept(GUN_1), whose(ARMORER)].concat()), []);
    assert_eq!(lunch([out(), with_the_police(GUN_1)].concat()), []);
    let boxed = [vec![ARMORER.takes_the_box_out(TWO_DUMMIES).into()], box_kept(TWO_DUMMIES)].concat();
    assert_eq!(lunch([boxed.clone(), vec![CAMERA.gives_the_exhibit_to_the_police().into()]].concat()), []);
    assert_eq!(lunch([boxed, vec![ARMORER.puts_the_box_away(TWO_DUMMIES).into()]].concat()), []);
    let mut stage = Stage::new().after(&loaded()).after(&stopped());
    stage.goes_on(&HANDLER.bags(GUN_1, WITNESS, ONE_DUMMY, CAMERA).into()).unwrap();
    let gun = stage.gun(GUN_1);
    assert!(!gun.is_loaded() && matches!(gun.custody, Custody::With { .. }));
    let bag = stage.state.exhibits.values().next().unwrap();
    assert!(
        matches!(bag.of, ExhibitOf::Rounds(bag) if (bag.lot, bag.rounds, bag.saw) == (Some(DUMMIES), 1, ONE_DUMMY))
    );
    let unknown = Event::ExhibitTaken { exhibit: ANOTHER, by: CAMERA.0, at: stage.now };
    let before = stage.state.clone();
    evolve(&mut stage.state, &unknown);
    assert_eq!(before, stage.state);
}

/// What comes back out of a bag are the rounds of its lot, and they are verified again; cases put no lot in question.
#[test]
fn of_a_bag_without_a_round_of_its_lot_nothing_comes_back() {
    let of = |saw| {
        let (exhibit, stop, at) = (ANOTHER, ANOTHER, Tick(100));
        let bagged =
            Event::RoundsBagged { exhibit, gun: GUN_1, lot: Some(DUMMIES), rounds: 1, saw, stop, guard: CAMERA.0, at };
        let released = Event::ExhibitReleased { exhibit, at };
        let stage = Stage::new().after(&loaded()).after(&[bagged, released].map(Step::Happens));
        (stage.state.lots[&DUMMIES].verified.is_some(), stage.state.out_at(DUMMIES, OutAt::Person(CAMERA.0)))
    };
    assert_eq!(of(ONE_DUMMY), (false, 1));
    assert_eq!(of(Tally { dummy: 0, spent: 1, ..ONE_DUMMY }), (true, 0));
}

/// A gun that misfired is opened after the wait, whoever opens it.
#[test]
fn two_who_bag_what_misfired_have_waited_to_the_last_tick() {
    let saw = Tally { blank: 1, dummy: 0, spent: 1, misfired: 1, ..ONE_DUMMY };
    let after = |ticks| {
        let stage = Stage::new().after(&misfired()).after(&stopped()).after(&[Step::Later(ticks)]);
        codes(&stage.verdict(&HANDLER.bags(GUN_1, WITNESS, saw, CAMERA))).contains(&Code::MisfireWait)
    };
    assert_eq!([after(0), after(1), after(2)], [true, true, false]);
}
