//! Units: nothing goes across, each has a scene, a take and a break of its own, and a missing round holds one of them.

use kernel::{
    Code, Day, Doubt, Event, Holds, Intent, Light, Load, LotKind, Occasion, OutAt, PlaceKind, Reason, Role,
    ShowingState, Status, StopCause, Tally, Thing, Toward, Unit, missing_for_shot_ready, open_items_of,
};

use crate::stage::*;

/// The reason of another unit in an answer, with what it is about.
fn across(stage: &Stage, said: &Said) -> Option<Reason<Small>> {
    stage.verdict(said).reasons.into_iter().find(|reason| reason.code == Code::UnitOther)
}

/// A stage of two units after these steps.
fn two(steps: &[Said]) -> Stage {
    Stage::of_two_units().after(&steps.iter().copied().map(Step::from).collect::<Vec<_>>())
}

const fn dummies(dummy: u32) -> Tally {
    Tally { live: 0, blank: 0, dummy, spent: 0, misfired: 0, not_sure: 0 }
}

/// An empty gun in a shot, toward nobody.
const fn plan(gun: u8) -> Intent<Small> {
    Intent::PlanGun {
        gun,
        shot: THE_OPEN_ONE,
        holds: Holds::Empty,
        load: None,
        rounds: 0,
        toward: Toward::Nobody,
        stand_off_millimetres: 1_000,
        barrier: false,
        copy_will_not_do: false,
    }
}

/// The shot of a unit, whose first AD plans it.
fn planned(by: Who, scene: u8, gun: u8) -> Vec<Said> {
    vec![by.says(Intent::PlanShot { scene }), by.says(plan(gun))]
}

/// A revolver is shown empty on its set by these two, and SHOT READY is called for it.
fn ready(by: Who, scene: u8, gun: u8, (handler, witness): (Who, Who)) -> Vec<Said> {
    let chambers = if gun == GUN_1 { 6 } else { 2 };
    let shot = THE_OPEN_ONE;
    let shown = [
        handler.takes_out(gun),
        handler.calls_to_set(gun),
        handler.begins_a_check(gun, witness),
        handler.answers(gun, empty(chambers)),
        witness.answers(gun, empty(chambers)),
    ];
    let line = [
        by.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres: 2_000 }),
        by.says(Intent::CallShotReady { shot }),
    ];
    [shown.to_vec(), planned(by, scene, gun), line.to_vec()].concat()
}

/// SHOT READY stands in both units.
fn both_ready() -> Vec<Said> {
    let first = ready(FIRST_AD, SCENE, GUN_1, (ARMORER, WITNESS));
    let second = ready(CAMERA, OTHER_SCENE, GUN_4, (HANDLER, STAND_IN));
    [first, second].concat()
}

fn is_ready(stage: &Stage, unit: Unit) -> bool {
    stage.state.shots.iter().any(|(shot, it)| it.ready.is_some() && stage.state.unit_of_shot(*shot) == unit)
}

/// Something that could go across: what comes before it, who says it, and what it is about that is of the other unit.
type Across = (&'static str, Vec<Said>, Said, (Thing, u8));

/// Whatever is done with a gun.
fn guns_go_across() -> Vec<Across> {
    use Thing::{Gun, Lot, Person};
    let has = |gun| vec![HANDLER.has(gun)];
    let out = || vec![HANDLER.takes_out(GUN_4)];
    let looked = || [out(), vec![HANDLER.looks_through_the_bore(GUN_4, Light::Seen)]].concat();
    let fed = || vec![HANDLER.takes_out(PISTOL), HANDLER.looks_through_the_bore(PISTOL, Light::Seen)];
    vec![
        ("taken out", vec![], HANDLER.takes_out(GUN_1), (Gun, GUN_1)),
        ("offered to", out(), HANDLER.offers(GUN_4, ARMORER), (Person, ARMORER.0)),
        ("offered", has(GUN_1), HANDLER.offers(GUN_1, STUNT_PERFORMER), (Gun, GUN_1)),
        ("matched", has(RUBBER), HANDLER.matches_the_label_of(RUBBER), (Gun, RUBBER)),
        ("opened", has(GUN_1), HANDLER.looks_through_the_bore(GUN_1, Light::Seen), (Gun, GUN_1)),
        ("loaded", looked(), HANDLER.loads(GUN_4, DUMMIES, &[1]), (Lot, DUMMIES)),
        ("fed", fed(), HANDLER.loads_the_feed(PISTOL, DUMMIES, 1), (Lot, DUMMIES)),
        ("witnessed by", out(), HANDLER.begins_a_check(GUN_4, WITNESS), (Person, WITNESS.0)),
        ("checked", has(GUN_1), HANDLER.begins_a_check(GUN_1, STAND_IN), (Gun, GUN_1)),
        ("line found clear", has(GUN_1), HANDLER.finds_the_line_clear(GUN_1, 900), (Gun, GUN_1)),
        ("cleared", has(GUN_1), HANDLER.clears_the_fault_of(GUN_1), (Gun, GUN_1)),
        ("called to set", has(GUN_1), HANDLER.calls_to_set(GUN_1), (Gun, GUN_1)),
        ("returned", has(GUN_1), HANDLER.returns_to(VENDOR, GUN_1), (Gun, GUN_1)),
    ]
}

/// With rounds and what they lie in.
fn rounds_go_across() -> Vec<Across> {
    use Thing::{Lot, Person, Place};
    vec![
        ("box taken out", vec![], HANDLER.takes_the_box_out(OTHER_DUMMIES), (Lot, OTHER_DUMMIES)),
        ("drawn", vec![], HANDLER.draws(DUMMIES, 1), (Lot, DUMMIES)),
        ("re-boxed", vec![], HANDLER.re_boxes(70, DUMMIES, 1), (Lot, DUMMIES)),
        ("stowed in", vec![HANDLER.draws(BLANKS, 1)], HANDLER.stows(BLANKS, SET, 1), (Place, SET)),
        (
            "gathered",
            vec![ARMORER.draws(DUMMIES, 1), ARMORER.stows(DUMMIES, SET, 1)],
            HANDLER.gathers(DUMMIES, SET, 1),
            (Lot, DUMMIES),
        ),
        ("sealed", vec![], HANDLER.seals(BELT, 7), (Place, BELT)),
        ("reload declared", vec![], HANDLER.declares_a_reload(POCKET), (Place, POCKET)),
        ("counted", vec![], HANDLER.begins_a_count(DUMMIES, Occasion::Lunch, STAND_IN), (Lot, DUMMIES)),
        ("counted by", vec![], HANDLER.begins_a_count(BLANKS, Occasion::Lunch, WITNESS), (Person, WITNESS.0)),
    ]
}

/// Along a line, before the camera, and in a scene.
fn scenes_go_across() -> Vec<Across> {
    use Thing::{Gun, Person, Place};
    let (has, out) = (|gun| vec![HANDLER.has(gun)], || vec![HANDLER.takes_out(GUN_4)]);
    let begins_a_line = vec![HANDLER.begins_a_line(STAND_IN)];
    let opens = Intent::OpenScene { scene: OTHER_SCENE, place: SET };
    vec![
        ("line walked by", vec![], HANDLER.begins_a_line(WITNESS), (Person, WITNESS.0)),
        (
            "lined out",
            [begins_a_line.clone(), has(GUN_1)].concat(),
            HANDLER.issues_in_line(GUN_1, STUNT_PERFORMER, empty(6)),
            (Gun, GUN_1),
        ),
        (
            "lined out to",
            [begins_a_line, out()].concat(),
            HANDLER.issues_in_line(GUN_4, EXTRA, empty(2)),
            (Person, EXTRA.0),
        ),
        ("transfer declared", vec![], HANDLER.declares_a_transfer(GUN_1, STUNT_PERFORMER), (Gun, GUN_1)),
        ("transfer declared to", vec![], HANDLER.declares_a_transfer(GUN_4, PERFORMER), (Person, PERFORMER.0)),
        ("preset declared", vec![], HANDLER.declares_a_preset(GUN_1, OTHER_SET), (Gun, GUN_1)),
        ("preset declared in", vec![], HANDLER.declares_a_preset(GUN_4, SET), (Place, SET)),
        ("laid", has(GUN_1), HANDLER.lays_the_preset(GUN_1, OTHER_SET), (Gun, GUN_1)),
        ("laid in", out(), HANDLER.lays_the_preset(GUN_4, SET), (Place, SET)),
        ("moved", vec![], HANDLER.moves(AMMUNITION_CASE), (Place, AMMUNITION_CASE)),
        ("scene opened in", vec![CAMERA.closes_the_scene()], CAMERA.says(opens), (Place, SET)),
        ("meeting held in", vec![], CAMERA.holds_a_meeting(OTHER_SCENE, SET), (Place, SET)),
        ("pointed", vec![], STUNT_PERFORMER.asks_to_point_toward_people(GUN_1), (Gun, GUN_1)),
    ]
}

/// In the plan of a shot.
fn shots_go_across() -> Vec<Across> {
    use Thing::{Gun, Person};
    let by_the_ad = |intent| CAMERA.says(intent);
    let shot = THE_OPEN_ONE;
    vec![
        ("planned", vec![by_the_ad(Intent::PlanShot { scene: OTHER_SCENE })], by_the_ad(plan(GUN_1)), (Gun, GUN_1)),
        ("planned besides", planned(FIRST_AD, OTHER_SCENE, GUN_1), by_the_ad(plan(GUN_4)), (Gun, GUN_1)),
        (
            "placed",
            planned(CAMERA, OTHER_SCENE, GUN_4),
            by_the_ad(Intent::PlacePerson { person: PERFORMER.0, shot, gun: GUN_4, distance_millimetres: 9_000 }),
            (Person, PERFORMER.0),
        ),
        (
            "placed before",
            planned(FIRST_AD, SCENE, GUN_1),
            by_the_ad(Intent::PlacePerson { person: STAND_IN.0, shot, gun: GUN_1, distance_millimetres: 9_000 }),
            (Gun, GUN_1),
        ),
        (
            "left out",
            planned(FIRST_AD, SCENE, GUN_1),
            by_the_ad(Intent::LeavePersonOut { person: PERFORMER.0, shot }),
            (Gun, GUN_1),
        ),
        (
            "told",
            planned(FIRST_AD, SCENE, GUN_1),
            by_the_ad(Intent::TellPerson { person: PERFORMER.0, shot }),
            (Gun, GUN_1),
        ),
        (
            "approved",
            planned(FIRST_AD, SCENE, GUN_1),
            by_the_ad(Intent::ApproveMuzzle { gun: GUN_1, shot }),
            (Gun, GUN_1),
        ),
        (
            "measured",
            planned(FIRST_AD, SCENE, GUN_1),
            by_the_ad(Intent::MeasureStandOff { gun: GUN_1, shot, nearest_millimetres: 2_000 }),
            (Gun, GUN_1),
        ),
        ("ready", planned(FIRST_AD, SCENE, GUN_1), by_the_ad(Intent::CallShotReady { shot }), (Gun, GUN_1)),
    ]
}

#[test]
fn nothing_goes_across_units() {
    let mut through = Vec::new();
    let all = [guns_go_across(), rounds_go_across(), scenes_go_across(), shots_go_across()].concat();
    for (what, steps, said, (thing, id)) in all {
        // What is closed for another scene is put away first.
        let mut stage = Stage::of_two_units();
        if what == "scene opened in" {
            stage = put_away(stage);
        }
        let stage = stage.after(&steps.into_iter().map(Step::from).collect::<Vec<_>>());
        let found = stage.verdict(&said).reasons.into_iter().any(|reason| {
            let of = [reason.gun, reason.lot, reason.place, reason.who];
            reason.code == Code::UnitOther && reason.what == Some(thing) && of.contains(&Some(id))
        });
        if !found {
            through.push(format!("{what}: {:?}", stage.verdict(&said).reasons));
        }
    }
    assert!(through.is_empty(), "{}", through.join("\n"));
}

/// The boxes of the second unit are counted, sealed and locked away.
fn put_away(stage: Stage) -> Stage {
    let mut stage = stage;
    for lot in ITS_LOTS {
        let tally = stage.state.lots[&lot].expected();
        stage = stage.after(&[
            HANDLER.begins_a_count(lot, Occasion::SceneEnd, STAND_IN).into(),
            HANDLER.counts(lot, tally).into(),
            STAND_IN.counts_and_seals(lot, tally, Some(u32::from(lot))).into(),
            HANDLER.puts_the_box_away(lot).into(),
        ]);
    }
    stage
}

/// A witness who was moved since does not look last, and whoever was moved does not take.
#[test]
fn what_began_in_one_unit_is_not_ended_out_of_another() {
    let shown = [
        HANDLER.takes_out(GUN_4),
        HANDLER.calls_to_set(GUN_4),
        HANDLER.begins_a_check(GUN_4, STAND_IN),
        HANDLER.answers(GUN_4, empty(2)),
        STAND_IN.answers(GUN_4, empty(2)),
        HANDLER.offers(GUN_4, STUNT_PERFORMER),
    ];
    let stage = two(&shown).after(&[PRODUCER.moves_the_person(STAND_IN, Unit::FIRST).into()]);
    let found = across(&stage, &STAND_IN.looks_last(GUN_4, empty(2))).unwrap();
    assert_eq!((found.what, found.gun), (Some(Thing::Gun), Some(GUN_4)));
    // Over the night everybody is of the first unit again, and the offer stands.
    let roles = [(HANDLER, Role::Handler), (STUNT_PERFORMER, Role::Handler), (PRODUCER, Role::Producer)];
    let mut night = two(&shown);
    for (who, role) in roles {
        let by = if who == PRODUCER { ARMORER } else { PRODUCER };
        night = night.after(&[by.gives_roles(who, 2, &[role]).into()]);
    }
    night = night.after(&[FIRST_AD.opens_day(2).into()]);
    assert_eq!(night.state.units.of_person(HANDLER.0), Unit::FIRST);
    assert_eq!(night.state.units.of_gun(GUN_4), SECOND);
    let found = across(&night, &STUNT_PERFORMER.looks_and_takes(GUN_4)).unwrap();
    assert_eq!((found.what, found.gun), (Some(Thing::Gun), Some(GUN_4)));
    // He is not kept from locking it away; then he is moved, and has it out again.
    let night = night.after(&[
        HANDLER.withdraws_the_offer_of(GUN_4).into(),
        HANDLER.puts_away(GUN_4, VAULT).into(),
        HANDLER.puts_the_box_away(BLANKS).into(),
        HANDLER.puts_the_box_away(DRILLED_DUMMIES).into(),
        PRODUCER.moves_the_person(HANDLER, SECOND).into(),
        HANDLER.takes_out(GUN_4).into(),
    ]);
    assert!(night.gun(GUN_4).is_with(HANDLER.0));
}

/// What was drawn for one unit is not put down in a place of the other after a night.
#[test]
fn rounds_of_another_unit_in_the_hand_are_put_back_and_nothing_else() {
    let mut stage = two(&[HANDLER.draws(DRILLED_DUMMIES, 1)]);
    stage = stage.after(&[PRODUCER.gives_roles(HANDLER, 2, &[Role::Handler]).into()]);
    stage = stage.after(&[ARMORER.gives_roles(PRODUCER, 2, &[Role::Producer]).into(), FIRST_AD.opens_day(2).into()]);
    let found = across(&stage, &HANDLER.stows(DRILLED_DUMMIES, SET, 1)).unwrap();
    assert_eq!((found.what, found.lot), (Some(Thing::Lot), Some(DRILLED_DUMMIES)));
    let back = stage.verdict(&HANDLER.puts_back(DRILLED_DUMMIES, 1));
    assert!(back.accepted, "{:?}", back.reasons);
}

/// A report is never refused: it names that the round was of another unit, and everything stops.
#[test]
fn a_reload_with_a_round_of_another_unit_stops_everything() {
    let steps = [
        ARMORER.declares_a_reload(POCKET),
        ARMORER.draws(DUMMIES, 2),
        ARMORER.stows(DUMMIES, POCKET, 2),
        HANDLER.takes_out(GUN_4),
    ];
    let stage = two(&steps);
    let verdict = stage.verdict(&HANDLER.reports_reloaded(GUN_4, DUMMIES, POCKET, &[1]));
    assert!(verdict.accepted);
    let codes: Vec<Code> = verdict.reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, [Code::BeltNotDeclared, Code::UnitOther]);
    assert_eq!(stop_in(&verdict.events), Some(StopCause::UnexpectedRound));
    let of_its_own = [ARMORER.takes_out(GUN_1), ARMORER.looks_through_the_bore(GUN_1, Light::Seen)];
    let before_the_camera = crate::verdicts::before::goes_before_the_camera(GUN_1);
    let stage = stage.after(&of_its_own.map(Step::from)).after(&[before_the_camera]);
    let verdict = stage.verdict(&ARMORER.reports_reloaded(GUN_1, DUMMIES, POCKET, &[1]));
    assert_eq!((verdict.reasons, stop_in(&verdict.events)), (vec![], None));
}

/// A scripted transfer to somebody who was moved since is none.
#[test]
fn a_gun_passes_before_the_camera_within_its_unit_alone() {
    let steps = [HANDLER.takes_out(GUN_4), HANDLER.calls_to_set(GUN_4), HANDLER.declares_a_transfer(GUN_4, OBSERVER)];
    let mut stage = two(&[]);
    let roles = [Role::Extra].into_iter().collect();
    let extra = Event::RolesAssigned { person: OBSERVER.0, day: Day(1), roles, answers_to: None };
    stage.goes_on(&Step::Happens(extra));
    let stage = stage.after(&steps.map(Step::from)).after(&[
        HANDLER.begins_a_check(GUN_4, STAND_IN).into(),
        HANDLER.answers(GUN_4, empty(2)).into(),
        STAND_IN.answers(GUN_4, empty(2)).into(),
        HANDLER.offers(GUN_4, STUNT_PERFORMER).into(),
        STUNT_PERFORMER.looks_and_takes(GUN_4).into(),
    ]);
    let passes = |stage: &Stage| {
        let verdict = stage.verdict(&OBSERVER.has(GUN_4));
        verdict.events.iter().any(|event| matches!(event, Event::GunTransferred { .. }))
    };
    assert!(passes(&stage));
    let moved = stage.after(&[PRODUCER.moves_the_person(OBSERVER, Unit::FIRST).into()]);
    assert!(!passes(&moved));
}

// Scene, take, break, wrap.

#[test]
fn two_units_have_a_scene_a_shot_ready_and_a_take_each_at_the_same_time() {
    let shot = THE_OPEN_ONE;
    let mut stage = two(&both_ready());
    assert!(is_ready(&stage, Unit::FIRST) && is_ready(&stage, SECOND));
    // The last shot is the second unit's; the first begins its own by its name.
    let first = *stage.state.shots.keys().next().unwrap();
    stage = stage.after(&[
        CAMERA.says(Intent::BeginTake { shot: Some(shot) }).into(),
        FIRST_AD.says(Intent::BeginTake { shot: Some(first) }).into(),
    ]);
    assert!(stage.state.take.is_some() && stage.state.take_of(SECOND).is_some());
    let again = stage.verdict(&CAMERA.says(Intent::BeginTake { shot: Some(shot) }));
    assert!(again.reasons.iter().any(|reason| reason.code == Code::ShotTakeOn));
    let cut = stage.clone().after(&[STUNT_PERFORMER.says(Intent::ReportCut).into()]);
    assert!(cut.state.take.is_some() && cut.state.take_of(SECOND).is_none(), "each cuts its own");
    let cut = stage.after(&[FIRST_AD.says(Intent::ReportCut).into()]);
    assert!(cut.state.take.is_none() && cut.state.take_of(SECOND).is_some());
}

#[test]
fn a_break_of_one_unit_voids_nothing_of_the_other() {
    let stage = two(&both_ready());
    let shown = |stage: &Stage, gun: u8| matches!(stage.gun(gun).showing, ShowingState::Shown(_));
    for (by, mine, other) in
        [(CAMERA, (SECOND, GUN_4), (Unit::FIRST, GUN_1)), (FIRST_AD, (Unit::FIRST, GUN_1), (SECOND, GUN_4))]
    {
        let stage = stage.clone().after(&[by.reports_a_break().into()]);
        assert!(!shown(&stage, mine.1) && !is_ready(&stage, mine.0));
        assert!(shown(&stage, other.1) && is_ready(&stage, other.0));
        let lot = if mine.0 == SECOND { BLANKS } else { DUMMIES };
        let others = if mine.0 == SECOND { DUMMIES } else { BLANKS };
        assert!(!stage.state.lots[&lot].counted && stage.state.lots[&others].counted);
    }
}

/// A unit that ends its scene takes its own guns off the set, and what it declared.
#[test]
fn a_scene_is_closed_when_everything_of_its_unit_is_in() {
    let steps = [
        ARMORER.takes_out(GUN_1),
        ARMORER.calls_to_set(GUN_1),
        ARMORER.declares_a_transfer(GUN_1, PERFORMER),
        ARMORER.declares_a_preset(GUN_1, SET),
        ARMORER.declares_a_reload(POCKET),
        HANDLER.declares_a_transfer(GUN_4, STUNT_PERFORMER),
    ];
    let stage = two(&steps);
    let open = stage.verdict(&CAMERA.closes_the_scene());
    assert!(!open.accepted && open.reasons.iter().all(|reason| reason.gun != Some(GUN_1)), "{:?}", open.reasons);
    let closed = put_away(stage).after(&[CAMERA.closes_the_scene().into()]);
    let state = &closed.state;
    assert!(state.scene.is_some() && state.scene_of(SECOND).is_none() && closed.gun(GUN_1).on_set);
    assert_eq!(state.transfers.iter().copied().collect::<Vec<_>>(), [(GUN_1, PERFORMER.0)]);
    assert!(state.presets.contains(&(GUN_1, SET)) && state.places[&POCKET].reload);
    assert!(!open_items_of(state, Unit::FIRST).is_empty() && open_items_of(state, SECOND).is_empty());
    // The other may go to lunch while the first works.
    assert!(closed.verdict(&CAMERA.breaks_for_lunch()).accepted);
    assert!(!closed.verdict(&FIRST_AD.breaks_for_lunch()).accepted);
    // And shoot the next scene, but not the one that the first has open.
    assert!(closed.verdict(&CAMERA.opens_the_other_scene()).accepted);
}

/// The day is the production's: it is wrapped once, when all units are in.
#[test]
fn the_day_wraps_when_everything_of_every_unit_is_in() {
    let stage = put_away(two(&[])).after(&[CAMERA.closes_the_scene().into()]);
    let wrap = stage.verdict(&CAMERA.wraps());
    let codes: Vec<Code> = wrap.reasons.iter().map(|reason| reason.code).collect();
    assert!(codes.contains(&Code::SceneOpen), "the first unit shoots: {codes:?}");
    assert!(codes.contains(&Code::LotLeftOut), "and has its boxes out: {codes:?}");
    let stage = stage.after(&[Step::Later(1), CAMERA.opens_the_other_scene().into()]);
    let alone = stage.verdict(&FIRST_AD.wraps());
    assert_eq!(alone.reasons.iter().filter(|reason| reason.code == Code::SceneOpen).count(), 2, "each scene is named");
}

#[test]
fn the_shot_that_is_ready_waits_for_the_guns_and_people_of_its_own_unit_alone() {
    let mut stage = two(&both_ready());
    let of = |stage: &Stage, unit: Unit| {
        let shot = stage.state.shots.keys().copied().find(|shot| stage.state.unit_of_shot(*shot) == unit).unwrap();
        missing_for_shot_ready(&stage.rules, &stage.state, shot, stage.now)
    };
    assert_eq!(
        (of(&stage, Unit::FIRST), of(&stage, SECOND)),
        (vec![], vec![]),
        "the gun of the other is on its own set"
    );
    // A gun and a person who are of the other unit since: told of where they are.
    for event in [
        Event::PersonPlaced { shot: 0, gun: GUN_4, person: OBSERVER.0, distance_millimetres: 9_000 },
        Event::PersonMovedToUnit { person: OBSERVER.0, unit: Unit::FIRST },
    ] {
        let second = stage.state.shots.keys().next_back().copied().unwrap();
        let event = if let Event::PersonPlaced { gun, person, distance_millimetres, .. } = event {
            Event::PersonPlaced { shot: second, gun, person, distance_millimetres }
        } else {
            event
        };
        stage.goes_on(&Step::Happens(event));
    }
    let missing = of(&stage, SECOND);
    assert!(missing.iter().any(|it| (it.code, it.who) == (Code::UnitOther, Some(OBSERVER.0))), "{missing:?}");
    stage.goes_on(&Step::Happens(Event::GunMovedToUnit { gun: GUN_4, unit: Unit::FIRST }));
    assert!(!is_ready(&stage, SECOND), "whatever moves voids SHOT READY");
    let missing = of(&stage, SECOND);
    assert!(missing.iter().any(|it| (it.code, it.gun) == (Code::UnitOther, Some(GUN_4))), "{missing:?}");
}

/// Without a plan the take of a unit waits for its own guns to be off the set, and for no other's.
#[test]
fn a_take_without_a_plan_looks_at_the_set_of_its_own_unit() {
    let stage = two(&[ARMORER.takes_out(GUN_1), ARMORER.calls_to_set(GUN_1)]);
    assert!(stage.verdict(&CAMERA.says(Intent::BeginTake { shot: None })).accepted);
    assert!(!stage.verdict(&FIRST_AD.says(Intent::BeginTake { shot: None })).accepted);
}

// The stop.

/// A count of the second unit misses a round.
fn lost(lot: u8, (counter, witness): (Who, Who), one_fewer: Tally) -> Vec<Said> {
    vec![
        counter.begins_a_count(lot, Occasion::Lunch, witness),
        counter.counts(lot, one_fewer),
        witness.counts_and_seals(lot, one_fewer, Some(9)),
    ]
}

#[test]
fn a_missing_round_holds_its_unit_and_every_other_stop_holds_everything() {
    let stage = two(&lost(DRILLED_DUMMIES, (HANDLER, STAND_IN), dummies(49)));
    let held = |stage: &Stage, gun: u8| matches!(stage.status(gun), Status::Held { .. });
    assert!(held(&stage, GUN_4) && held(&stage, PISTOL) && !held(&stage, GUN_1));
    assert_eq!(codes(&stage, &HANDLER.takes_out(GUN_4)), [Code::StopUnitHeld]);
    assert_eq!(codes(&stage, &ARMORER.takes_out(GUN_1)), []);
    assert_eq!(codes(&stage, &STUNT_PERFORMER.takes_out(GUN_4)), [Code::StopUnitHeld]);
    let everything = stage.clone().after(&[EXTRA.stops().into()]);
    assert!(held(&everything, GUN_4) && held(&everything, GUN_1));
    // Found again, it holds nothing.
    let found = [
        HANDLER.begins_a_count(DRILLED_DUMMIES, Occasion::Lunch, STAND_IN),
        HANDLER.counts(DRILLED_DUMMIES, dummies(50)),
        STAND_IN.counts_and_seals(DRILLED_DUMMIES, dummies(50), Some(10)),
    ];
    let found = stage.after(&found.map(Step::from));
    assert!(found.state.stops.is_empty() && !held(&found, GUN_4));
}

/// Where there is one unit the answer is as it always was.
#[test]
fn with_one_unit_a_missing_round_holds_everything() {
    let lost = lost(DUMMIES, (ARMORER, WITNESS), dummies(49));
    let stage = Stage::new().after(&lost.into_iter().map(Step::from).collect::<Vec<_>>());
    assert!(shown_is_held(&stage));
    assert_eq!(codes(&stage, &ARMORER.takes_out(GUN_1)), [Code::StopHeld]);
}

fn shown_is_held(stage: &Stage) -> bool {
    stage.state.guns.keys().all(|gun| matches!(stage.status(*gun), Status::Held { .. }))
}

/// What is held is moved nowhere: it would be freed by it. And a gun is taken back out of another handler's hands only
/// where its own unit is held.
#[test]
fn a_held_unit_keeps_what_is_its_own() {
    let there = [HANDLER.takes_out(GUN_4), ARMORER.takes_out(GUN_1)];
    let stage = two(&[there.to_vec(), lost(DRILLED_DUMMIES, (HANDLER, STAND_IN), dummies(49))].concat());
    assert_eq!(codes(&stage, &ARMORER.moves_the_gun(PISTOL, Unit::FIRST)), [Code::StopUnitHeld]);
    assert_eq!(codes(&stage, &ARMORER.moves_the_place(OTHER_SET, Unit::FIRST))[0], Code::StopUnitHeld);
    assert_eq!(codes(&stage, &PRODUCER.moves_the_person(OBSERVER, Unit::FIRST)), [Code::StopUnitHeld]);
    assert_eq!(codes(&stage, &ARMORER.moves_the_gun(MUSKET, SECOND)), [], "into it anything may go");
    assert_eq!(codes(&stage, &STUNT_PERFORMER.takes_back(GUN_4)), [], "of its own unit");
    assert_eq!(codes(&stage, &ARMORER.takes_back(GUN_4)), [], "and of the other: it is locked away");
    assert_eq!(codes(&stage, &STUNT_PERFORMER.takes_back(GUN_1)), [Code::HandoverNotNeeded], "that one is not held");
}

/// The morning after, everybody stands in the first unit. That it is held keeps back only whom its stop is about.
#[test]
fn on_a_later_day_a_held_unit_lets_go_whom_its_stop_is_not_about() {
    let day_2 = [
        ARMORER.gives_roles(PRODUCER, 2, &[Role::Producer]),
        FIRST_AD.opens_day(2),
        HANDLER.puts_the_box_away(BLANKS),
        HANDLER.puts_the_box_away(DRILLED_DUMMIES),
    ];
    let held = two(&lost(DUMMIES, (ARMORER, WITNESS), dummies(49)));
    let of = |stage: &Stage, who| codes(stage, &PRODUCER.moves_the_person(who, SECOND));
    assert_eq!(of(&held, EXTRA), [Code::StopUnitHeld], "who was of it when it was held");
    let later = held.after(&[Step::Later(10)]).after(&day_2.map(Step::from));
    assert_eq!((of(&later, HANDLER), of(&later, EXTRA)), (vec![], vec![]));
    assert_eq!(of(&later, WITNESS), [Code::StopUnitHeld]);
    let all = two(&[CAMERA.stops()]).after(&[Step::Later(10)]).after(&day_2.map(Step::from));
    assert_eq!(of(&all, EXTRA), [Code::StopHeld]);
}

/// Packs hold for all units: nothing is loosened while any of them is held or shoots.
#[test]
fn packs_are_loosened_only_while_no_unit_shoots() {
    let strict = kernel::Packs::LAWS.with(kernel::Pack::California);
    let choices = kernel::Choices::default();
    let mut stage = put_away(two(&[PRODUCER.adopts(strict, choices)]));
    stage.state.scene = None;
    let loosened = PRODUCER.adopts(kernel::Packs::LAWS, choices);
    assert_eq!(codes(&stage, &loosened), [Code::PackLooserInScene]);
    let stage = stage.after(&[CAMERA.closes_the_scene().into()]);
    assert_eq!(codes(&stage, &loosened), []);
    let stage = stage.after(
        &lost(BLANKS, (HANDLER, STAND_IN), Tally { blank: 1, ..dummies(0) })
            .into_iter()
            .map(Step::from)
            .collect::<Vec<_>>(),
    );
    assert_eq!(codes(&stage, &loosened), [Code::StopUnitHeld]);
}

// Entering and moving.

#[test]
fn units_are_entered_once_and_by_whoever_keeps_the_register() {
    let stage = Stage::new();
    assert_eq!(codes(&stage, &FIRST_AD.enters(SECOND)), [Code::RegisterNotAllowed]);
    assert_eq!(codes(&stage, &PRODUCER.enters(Unit::FIRST)), [Code::RegisterAlready]);
    let stage = stage.after(&[PRODUCER.enters(SECOND).into()]);
    assert_eq!(codes(&stage, &PRODUCER.enters(SECOND)), [Code::RegisterAlready]);
    assert_eq!(codes(&stage, &PRODUCER.enters(Unit(3))), []);
    assert_eq!(codes(&Stage::before_the_day(), &PRODUCER.enters(SECOND)), [Code::DayNotOpen, Code::RegisterNotAllowed]);
}

#[test]
fn guns_boxes_and_places_are_moved_by_whoever_leads_and_people_by_whoever_enters_the_roster() {
    let stage = two(&[]);
    let not_allowed = [Code::RegisterNotAllowed];
    for who in [PRODUCER, HANDLER, FIRST_AD] {
        assert_eq!(codes(&stage, &who.moves_the_gun(MUSKET, SECOND)), not_allowed, "{who:?}");
        assert_eq!(codes(&stage, &who.moves_the_box(OTHER_DUMMIES, SECOND)), not_allowed, "{who:?}");
        assert_eq!(codes(&stage, &who.moves_the_place(BELT, SECOND)), not_allowed, "{who:?}");
    }
    assert_eq!(codes(&stage, &ARMORER.moves_the_gun(MUSKET, SECOND)), []);
    assert_eq!(codes(&stage, &ARMORER.moves_the_box(OTHER_DUMMIES, SECOND)), []);
    assert_eq!(codes(&stage, &ARMORER.moves_the_place(BELT, SECOND)), []);
    assert_eq!(codes(&stage, &HANDLER.moves_the_person(EXTRA, SECOND)), not_allowed);
    assert_eq!(codes(&stage, &PRODUCER.moves_the_person(EXTRA, SECOND)), []);
    assert_eq!(codes(&stage, &PRODUCER.moves_the_person(PRODUCER, SECOND)), [], "himself as well");
    for said in [
        ARMORER.moves_the_gun(MUSKET, Unit(3)),
        ARMORER.moves_the_gun(77, SECOND),
        ARMORER.moves_the_box(77, SECOND),
        ARMORER.moves_the_place(77, SECOND),
        PRODUCER.moves_the_person(STRANGER, SECOND),
    ] {
        assert_eq!(codes(&stage, &said), [Code::RegisterUnknown], "{said:?}");
    }
}

/// What keeps a thing in its unit: why, what came before, and who asks to move it.
type Kept = (&'static str, Vec<Step>, Said);

const GUN_MOVES: Said = ARMORER.moves_the_gun(GUN_1, SECOND);
const BOX_MOVES: Said = ARMORER.moves_the_box(OTHER_DUMMIES, SECOND);

const fn place_moves(place: u8) -> Said {
    ARMORER.moves_the_place(place, SECOND)
}

const VAN: u8 = 70;

fn van() -> Step {
    let (kind, locks, for_guns) = (PlaceKind::Vehicle, true, true);
    ARMORER.says(Intent::RegisterPlace { place: VAN, kind, locks, for_guns }).into()
}

/// It lies on a cart that does not lock.
const ON_THE_CART: Step = Step::Happens(Event::GunPutAway { gun: GUN_1, place: CART, at: Tick(100) });

fn kept_guns() -> Vec<Kept> {
    let out: Step = ARMORER.takes_out(GUN_1).into();
    let looked: Step = ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into();
    let loaded: Step = ARMORER.loads(GUN_1, DUMMIES, &[1]).into();
    let away: Step = ARMORER.puts_away(GUN_1, VAULT).into();
    let fired = Step::Happens(Event::GunFired { gun: GUN_1, shots: 1, misfires: 0, at: Tick(100) });
    let on_the_way = vec![van(), out, ARMORER.puts_away(GUN_1, VAN).into(), ARMORER.moves(VAN).into()];
    vec![
        ("in hand", vec![out], GUN_MOVES),
        ("loaded", vec![out, looked, loaded, away], GUN_MOVES),
        ("fired", vec![out, looked, fired, away], GUN_MOVES),
        ("on the cart", vec![ON_THE_CART], GUN_MOVES),
        ("on the way", on_the_way, GUN_MOVES),
    ]
}

fn kept_boxes() -> Vec<Kept> {
    let lot = OTHER_DUMMIES;
    let opened = [
        ARMORER.takes_the_box_out(lot),
        ARMORER.draws(lot, 1),
        ARMORER.puts_back(lot, 1),
        ARMORER.puts_the_box_away(lot),
    ];
    let (person, chambers) = (ARMORER.0, chambers(&[1]));
    let gathered = Event::RoundsGathered { lot, person, place: SET, rounds: 1 };
    let loaded = Event::GunLoadedFromHand { gun: GUN_1, lot, chambers, person };
    let on_the_way = Event::TransitBegun { place: AMMUNITION_CASE, attendant: person, at: Tick(100) };
    vec![
        ("with somebody", vec![ARMORER.takes_the_box_out(lot).into()], BOX_MOVES),
        ("being counted", vec![ARMORER.begins_a_count(lot, Occasion::Lunch, WITNESS).into()], BOX_MOVES),
        ("not sealed", opened.map(Step::from).to_vec(), BOX_MOVES),
        ("not all in it", vec![Step::Happens(gathered)], BOX_MOVES),
        ("in a gun", vec![Step::Happens(loaded)], BOX_MOVES),
        ("on the way", vec![Step::Happens(on_the_way)], BOX_MOVES),
    ]
}

fn kept_places() -> Vec<Kept> {
    let dress = [ARMORER.draws(DRESS_ROUNDS, 1), ARMORER.stows(DRESS_ROUNDS, BELT, 1)];
    let laid = Event::GunPreset { gun: GUN_1, place: CART, handler: ARMORER.0, at: Tick(100) };
    let lot = Event::LotPutAway { lot: DUMMIES, place: CART, at: Tick(100) };
    vec![
        ("a scene there", vec![], place_moves(SET)),
        ("on the way", vec![van(), ARMORER.moves(VAN).into()], place_moves(VAN)),
        ("rounds in it", dress.map(Step::from).to_vec(), place_moves(BELT)),
        ("a reload out of it", vec![ARMORER.declares_a_reload(POCKET).into()], place_moves(POCKET)),
        ("a gun on it", vec![ON_THE_CART], place_moves(CART)),
        ("a gun laid there", vec![Step::Happens(laid)], place_moves(CART)),
        ("a box on it", vec![Step::Happens(lot)], place_moves(CART)),
    ]
}

/// Each thing that is open about a gun, a box or a place keeps it in its unit.
#[test]
fn what_is_open_about_a_thing_keeps_it_in_its_unit() {
    for (why, steps, said) in [kept_guns(), kept_boxes(), kept_places()].concat() {
        let stage = two(&[]).after(&steps);
        assert_eq!(codes(&stage, &said), [Code::UnitNotPutAway], "{why}: {said:?}");
    }
    let stage = two(&[]);
    for said in [GUN_MOVES, BOX_MOVES, place_moves(CART), place_moves(BELT), place_moves(VAULT)] {
        assert_eq!(codes(&stage, &said), [], "{said:?}: what is at rest goes");
    }
}

/// Each thing that hangs on a person keeps him in his unit.
#[test]
fn what_hangs_on_a_person_keeps_him_in_his_unit() {
    let out = HANDLER.takes_out(GUN_4);
    let set = HANDLER.calls_to_set(GUN_4);
    let checked = HANDLER.begins_a_check(GUN_4, STAND_IN);
    let seen = [HANDLER.answers(GUN_4, empty(2)), STAND_IN.answers(GUN_4, empty(2))];
    let offered = vec![out, set, checked, seen[0], seen[1], HANDLER.offers(GUN_4, STUNT_PERFORMER)];
    let rid = ITS_LOTS.map(|lot| HANDLER.puts_the_box_away(lot));
    let with = |steps: &[Said]| [&rid[..], steps].concat();
    let hangs: Vec<(&str, Vec<Said>, Who)> = vec![
        ("a box", vec![], HANDLER),
        ("a gun", with(&[out]), HANDLER),
        ("a check", with(&[out, checked]), STAND_IN),
        ("an offer", with(&offered), STUNT_PERFORMER),
        ("his own offer", with(&offered), HANDLER),
        (
            "a gun that he answers for",
            with(&[&offered[..], &[STUNT_PERFORMER.looks_and_takes(GUN_4)]].concat()),
            HANDLER,
        ),
        ("rounds", vec![HANDLER.draws(BLANKS, 1), rid[0], rid[1]], HANDLER),
        ("a count", with(&[HANDLER.begins_a_count(BLANKS, Occasion::Lunch, STAND_IN)]), HANDLER),
        ("a count that he witnesses", with(&[HANDLER.begins_a_count(BLANKS, Occasion::Lunch, STAND_IN)]), STAND_IN),
        ("a line", with(&[HANDLER.begins_a_line(STAND_IN)]), HANDLER),
        ("a line that he walks along", with(&[HANDLER.begins_a_line(STAND_IN)]), STAND_IN),
        (
            "a gun that is issued to him",
            with(&[
                out,
                set,
                HANDLER.begins_a_line(STAND_IN),
                HANDLER.issues_in_line(GUN_4, STUNT_PERFORMER, empty(2)),
            ]),
            STUNT_PERFORMER,
        ),
    ];
    for (why, steps, who) in hangs {
        let stage = two(&steps);
        assert_eq!(codes(&stage, &PRODUCER.moves_the_person(who, Unit::FIRST)), [Code::UnitPersonBusy], "{why}");
    }
    let case = Event::PlaceMovedToUnit { place: AMMUNITION_CASE, unit: SECOND };
    let moved = two(&rid).after(&[Step::Happens(case), HANDLER.moves(AMMUNITION_CASE).into()]);
    assert_eq!(codes(&moved, &PRODUCER.moves_the_person(HANDLER, Unit::FIRST)), [Code::UnitPersonBusy], "a transport");
    assert_eq!(codes(&two(&rid), &PRODUCER.moves_the_person(HANDLER, Unit::FIRST)), []);
}

/// What comes into a place is of the unit of that place; what is put into a box of its own stays in its unit.
#[test]
fn what_is_registered_in_a_place_is_of_its_unit() {
    let (case, truck) = (70, 71);
    let place = |place, for_guns| {
        ARMORER.says(Intent::RegisterPlace { place, kind: PlaceKind::Vehicle, locks: true, for_guns })
    };
    let received = |lot, place| {
        let (kind, load, calibre, uniform) = (LotKind::Blank, Some(Load::Full), Some(CALIBRE), true);
        let (source, rounds, inert_at_head) = (VENDOR.0, 10, false);
        ARMORER.says(Intent::ReceiveLot { lot, kind, load, calibre, source, rounds, inert_at_head, uniform, place })
    };
    let (kind, action) = (kernel::GunKind::BlankOnly, kernel::Action::DoubleAction);
    let stage = two(&[
        place(case, false),
        place(truck, true),
        ARMORER.moves_the_place(case, SECOND),
        ARMORER.moves_the_place(truck, SECOND),
        received(80, case),
        received(81, AMMUNITION_CASE),
        ARMORER.says(Intent::RegisterGun { gun: 80, kind, action, chambers: 2, place: truck }),
        ARMORER.registers_a_gun(81, action, 2),
        ARMORER.registers_a_lot(82, LotKind::Dummy),
        HANDLER.re_boxes(83, BLANKS, 5),
        ARMORER.re_boxes(84, DUMMIES, 5),
    ]);
    let units = &stage.state.units;
    assert_eq!([80, 81, 82, 83, 84].map(|lot| units.of_lot(lot).0), [2, 1, 1, 2, 1]);
    assert_eq!([80, 81].map(|gun| units.of_gun(gun).0), [2, 1]);
    assert!(stage.state.out_at(83, OutAt::Person(HANDLER.0)) == 0);
}

/// The armorer who leads both units is in one at an hour, and moves himself.
#[test]
fn whoever_leads_both_units_moves_himself_and_stops_reports_and_lifts_in_either() {
    let mut stage = two(&[]);
    for lot in USED_LOTS {
        if !ITS_LOTS.contains(&lot) {
            stage = stage.after(&[ARMORER.puts_the_box_away(lot).into()]);
        }
    }
    let stage = stage.after(&[ARMORER.moves_the_person(ARMORER, SECOND).into(), ARMORER.takes_out(GUN_4).into()]);
    assert!(stage.gun(GUN_4).is_with(ARMORER.0));
    let stage = stage.after(&[
        ARMORER.says(Intent::ReportDoubt { gun: GUN_1 }).into(),
        SAFETY_OFFICER.says(Intent::ReportMuzzle { gun: GUN_4 }).into(),
        WITNESS.stops().into(),
        HANDLER.names_for_the_inquiry(SAFETY_OFFICER).into(),
        SAFETY_OFFICER.closes_the_inquiry().into(),
    ]);
    assert!(stage.state.stops.is_empty());
}

/// Over a night people are of the first unit again, and what belongs to another stays there.
#[test]
fn people_are_of_a_unit_for_one_day() {
    let stage = two(&[ARMORER.gives_roles(PRODUCER, 2, &[Role::Producer]), FIRST_AD.opens_day(2)]);
    let units = &stage.state.units;
    assert!(OF_THE_SECOND.iter().all(|who| units.of_person(who.0) == Unit::FIRST));
    assert!(ITS_GUNS.iter().all(|gun| units.of_gun(*gun) == SECOND) && units.of_place(OTHER_SET) == SECOND);
    assert!(stage.state.scene.is_none() && stage.state.scene_of(SECOND).is_none(), "and no scene is open");
    assert!(!stage.state.lots[&BLANKS].counted && !stage.state.lots[&DUMMIES].counted, "everything is counted again");
}

/// A round of a lot is missing: what was shown is void in its unit, and of each gun that was loaded from it, wherever.
#[test]
fn a_missing_round_voids_its_unit_and_whatever_its_lot_loaded() {
    let stops = |gun: u8, lot: u8| {
        let loaded = Event::GunLoadedFromHand { gun, lot, chambers: kernel::Chambers::first(1), person: HANDLER.0 };
        let (stop, by, at) = (ANOTHER, Some(ARMORER.0), Tick(100));
        let held = Event::LotHeld { lot: DUMMIES, stop, missing: 1, by, concerned: [None, None], at };
        let stage = Stage::of_two_units().after(&[Step::Happens(loaded), Step::Happens(held)]);
        let ShowingState::Void(doubts) = stage.gun(gun).showing else { panic!("it is shown") };
        doubts.iter().any(|(why, _)| why == Doubt::Stopped)
    };
    assert!(stops(GUN_1, DUMMIES) && stops(GUN_1, OTHER_DUMMIES), "of its unit");
    assert!(stops(GUN_4, DUMMIES));
    assert!(!stops(GUN_4, OTHER_DUMMIES));
}

/// A copy that nobody matched keeps its own unit from a take.
#[test]
fn a_copy_of_the_other_unit_keeps_no_take_from_beginning() {
    let take = |unit: Unit| {
        let moved = Step::Happens(Event::GunMovedToUnit { gun: RUBBER, unit });
        let called = Step::Happens(Event::GunCalledToSet { gun: RUBBER, scene: SCENE, at: Tick(100) });
        codes(&two(&both_ready()).after(&[moved, called]), &FIRST_AD.says(Intent::BeginTake { shot: None }))
    };
    assert!(take(Unit::FIRST).contains(&Code::IdentityNotMatched));
    assert!(!take(SECOND).contains(&Code::IdentityNotMatched));
}
