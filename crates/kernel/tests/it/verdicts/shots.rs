//! The rows of the shot plan and of SHOT READY.

use kernel::{Code, Content, Holds, Intent, Load, ShotChange, Toward};

use super::before::{
    blanks_shown, checked, line_clear, out, pistol_checked, quiet_scene, rubber_matched, scene_closed, shown,
    stopped_and_lifted,
};
use super::{Row, codes, row};
pub use crate::plan::{BLANKS, EMPTY, Plan};
use crate::stage::{
    ANOTHER, ARMORER, CAMERA, FIRST_AD, GUN_1, PERFORMER, PISTOL, PRODUCER, QUIET_SCENE, RUBBER, SAFETY_OFFICER, SCENE,
    STAND_IN, Said, Stage, Step, THE_OPEN_ONE, VENDOR, WITNESS, Who, empty, rounds, seen_empty,
};

const SHOT: u16 = THE_OPEN_ONE;

pub fn begun() -> Vec<Step> {
    vec![FIRST_AD.says(Intent::PlanShot { scene: SCENE }).into()]
}

pub const fn ready() -> Said {
    FIRST_AD.says(Intent::CallShotReady { shot: SHOT })
}

const fn take() -> Said {
    FIRST_AD.says(Intent::BeginTake { shot: Some(SHOT) })
}

const fn points() -> Said {
    PERFORMER.asks_to_point_toward_people(GUN_1)
}

pub const fn places(who: Who, distance_millimetres: u32) -> Said {
    FIRST_AD.says(Intent::PlacePerson { person: who.0, shot: SHOT, gun: GUN_1, distance_millimetres })
}

const fn tells(who: Who) -> Said {
    FIRST_AD.says(Intent::TellPerson { person: who.0, shot: SHOT })
}

const fn measures(nearest_millimetres: u32) -> Said {
    SAFETY_OFFICER.says(Intent::MeasureStandOff { gun: GUN_1, shot: SHOT, nearest_millimetres })
}

const fn approves(who: Who) -> Said {
    who.says(Intent::ApproveMuzzle { gun: GUN_1, shot: SHOT })
}

const fn shields() -> Said {
    ARMORER.says(Intent::SetBarrier { gun: GUN_1, shot: SHOT })
}

pub const fn wears() -> Said {
    ARMORER.says(Intent::EnterProtection { gun: GUN_1, shot: SHOT })
}

const fn refuses(who: Who) -> Said {
    CAMERA.says(Intent::ReportRefusedShot { person: who.0, shot: SHOT })
}

const fn changes(change: ShotChange) -> Said {
    CAMERA.says(Intent::ReportShotChanged { shot: SHOT, change })
}

/// The plan of gun 1, with the camera crew three metres in front of it.
pub fn planned(plan: Plan) -> Vec<Step> {
    let steps = vec![FIRST_AD.says(plan.of(GUN_1)).into(), places(CAMERA, 3_000).into()];
    [begun(), steps].concat()
}

/// What SHOT READY asks of the line of gun 1 with the camera crew in it.
pub fn entered_of_the_line() -> Vec<Step> {
    [approves(ARMORER), tells(CAMERA), measures(3_000), shields(), wears()].map(Step::from).to_vec()
}

/// The plan, and everything that SHOT READY asks of the line.
pub fn lined(plan: Plan) -> Vec<Step> {
    [planned(plan), entered_of_the_line()].concat()
}

/// The scene of the plan is opened again, where it was.
pub fn scene_again() -> Vec<Step> {
    vec![FIRST_AD.opens_the_scene(SCENE).into()]
}

/// Gun 1 is shown empty, as it is planned.
fn as_planned() -> Vec<Step> {
    [lined(EMPTY), shown()].concat()
}

pub fn called() -> Vec<Step> {
    [as_planned(), vec![ready().into()]].concat()
}

pub fn take_on() -> Vec<Step> {
    [called(), vec![take().into()]].concat()
}

/// Everything but one entry.
fn without(intent: Said) -> Vec<Step> {
    let same = |step: &Step| matches!(step, Step::Says(said) if said.intent == intent.intent);
    as_planned().into_iter().filter(|step| !same(step)).collect()
}

pub(super) fn before_line_issue_rows() -> Vec<Row> {
    use Code::*;
    let shield = Plan { barrier: true, ..EMPTY };
    let at = |toward, barrier| Plan { toward, barrier, ..BLANKS };
    let of = |plan: Plan| FIRST_AD.says(plan.of(GUN_1));
    let not_asked = Plan { copy_will_not_do: false, ..EMPTY };
    vec![
        row(LineBarrierMissing, ready())
            .after(planned(shield))
            .after([approves(ARMORER), tells(CAMERA), measures(3_000)].map(Step::from))
            .after(shown()),
        // Whatever changed, the shield is looked at again.
        row(LineBarrierMissing, ready())
            .after(lined(shield))
            .after(shown())
            .after([changes(ShotChange::Place), measures(3_000)].map(Step::from)),
        row(LineBlanksAtPeople, of(at(Toward::People, true))).after(begun()),
        row(LineCopyFirst, of(not_asked)).after(begun()),
        row(LineCopyFirst, of(Plan { toward: Toward::People, ..not_asked })).after(begun()),
    ]
}

pub(super) fn before_not_approved_rows() -> Vec<Row> {
    use Code::*;
    let people = Plan { toward: Toward::People, ..EMPTY };
    let blanks_at_camera = Plan { toward: Toward::Camera, ..BLANKS };
    vec![
        row(LineNoBarrier, FIRST_AD.says(blanks_at_camera.of(GUN_1))).after(begun()),
        row(LineNoRole, places(STAND_IN, 4_000)).after(planned(people)).and(PRODUCER.gives_roles(STAND_IN, 1, &[])),
        // Whoever stood there before that was entered is found at SHOT READY.
        row(LineNoRole, ready()).after(lined(people)).after(shown()).and(PRODUCER.gives_roles(CAMERA, 1, &[])),
        row(LineNobodyPlaced, ready())
            .after(begun())
            .and(FIRST_AD.says(people.of(GUN_1)))
            .after([approves(ARMORER), measures(3_000)].map(Step::from))
            .after(shown()),
        row(LineNobodyPlaced, ready())
            .after(lined(people))
            .after(shown())
            .and(FIRST_AD.says(Intent::LeavePersonOut { person: CAMERA.0, shot: SHOT })),
    ]
}

pub(super) fn not_approved_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(LineNotApproved, ready()).after(without(approves(ARMORER))),
        // A change of the plan, of who stands there or of the action has it approved again.
        row(LineNotApproved, ready())
            .after(as_planned())
            .after([places(STAND_IN, 4_000), tells(STAND_IN), measures(3_000)].map(Step::from)),
        row(LineNotApproved, ready())
            .after(as_planned())
            .after([changes(ShotChange::Action), tells(CAMERA), measures(3_000)].map(Step::from)),
        // What points toward nobody by the plan points toward nobody.
        row(LineNotApproved, points())
            .after(lined(Plan { toward: Toward::Nobody, ..EMPTY }))
            .after(shown())
            .and(ready()),
        // The plan of another scene is none of this one.
        row(LineNotApproved, points()).after(as_planned()).after(quiet_scene()),
    ]
}

pub(super) fn before_not_mustered_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(LineNotMeasured, ready()).after(without(measures(3_000))),
        row(LineNotMeasured, ready()).after(as_planned()).and(changes(ShotChange::Camera)),
        row(LineNotMeasured, ready()).after(as_planned()).and(CAMERA.says(Intent::ReportLineChanged { gun: GUN_1 })),
        // After a stop nobody stands where he stood.
        row(LineNotMeasured, ready()).after(lined(EMPTY)).after(stopped_and_lifted()).after(shown()),
        row(LineNotMeasured, take())
            .after(called())
            .and(changes(ShotChange::Place))
            .answered(&[LineNotMeasured, ShotNotReady]),
    ]
}

pub(super) fn before_pack_distance_rows() -> Vec<Row> {
    vec![
        row(Code::LineOwnApproval, approves(FIRST_AD)).after(planned(EMPTY)),
        row(Code::LineOwnApproval, approves(SAFETY_OFFICER)).after(planned(EMPTY)),
    ]
}

pub(super) fn before_too_close_rows() -> Vec<Row> {
    use Code::*;
    let plans = |stand_off_millimetres| FIRST_AD.says(Plan { stand_off_millimetres, ..EMPTY }.of(GUN_1));
    vec![row(LineStandOff, plans(0)).after(begun()), row(LineStandOff, plans(100_001)).after(begun())]
}

pub(super) fn too_close_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(LineTooClose, places(CAMERA, 1_999)).after(planned(EMPTY)),
        row(LineTooClose, measures(1_999)).after(planned(EMPTY)),
        // The test of the blanks says more than the plan: of two limits the stricter.
        row(LineTooClose, ready()).after(lined(BLANKS)).after(blanks_shown()),
        row(LineTooClose, ready())
            .after(begun())
            .and(FIRST_AD.says(BLANKS.of(GUN_1)))
            .after([measures(3_000), shields(), wears()].map(Step::from))
            .after(blanks_shown()),
        row(LineTooClose, ready()).after(lined(BLANKS)).and(measures(6_000)).after(blanks_shown()),
        // A larger stand-off is planned than that at which he was placed.
        row(LineTooClose, ready())
            .after(planned(EMPTY))
            .and(FIRST_AD.says(Plan { stand_off_millimetres: 3_500, ..EMPTY }.of(GUN_1)))
            .after([approves(ARMORER), tells(CAMERA), measures(3_500)].map(Step::from))
            .after(shown()),
    ]
}

pub(super) fn shot_rows() -> Vec<Row> {
    [plan_rows(), ready_rows(), people_rows()].concat()
}

fn plan_rows() -> Vec<Row> {
    use Code::*;
    let loads = |holds, load, rounds| FIRST_AD.says(Plan { holds, load, rounds, ..BLANKS }.of(GUN_1));
    let blank = Plan { toward: Toward::Nobody, ..BLANKS };
    let pistol_out = || [ARMORER.takes_out(PISTOL), ARMORER.calls_to_set(PISTOL)].map(Step::from);
    vec![
        row(ShotGunUnplanned, approves(ARMORER)).after(begun()),
        row(ShotGunUnplanned, measures(3_000)).after(begun()),
        row(ShotGunUnplanned, shields()).after(begun()),
        row(ShotGunUnplanned, places(CAMERA, 3_000)).after(begun()),
        // A second gun that can fire came to the set.
        row(ShotGunUnplanned, ready()).after(as_planned()).after(pistol_out()),
        row(ShotGunUnplanned, take()).after(called()).after(pistol_out()),
        // Without a plan no gun that can fire is on the set.
        row(ShotGunUnplanned, FIRST_AD.says(Intent::BeginTake { shot: None })).after(out()),
        // Nobody called it, and somebody has it who is no handler.
        row(ShotGunUnplanned, FIRST_AD.says(Intent::BeginTake { shot: None }))
            .and(ARMORER.takes_out(GUN_1))
            .and(PERFORMER.has(GUN_1)),
        // What comes into a take is in its plan.
        row(ShotGunUnplanned, ARMORER.offers(PISTOL, PERFORMER))
            .after(take_on())
            .after(pistol_out())
            .after(pistol_checked(seen_empty())),
        row(ShotLapsed, take())
            .after(called())
            .and(Step::Later(3))
            .after(checked(WITNESS, empty(6)))
            .and(Step::Later(2)),
        row(ShotLapsed, points())
            .after(called())
            .and(Step::Later(3))
            .after(checked(WITNESS, empty(6)))
            .and(Step::Later(2)),
        row(ShotLoad, loads(Holds::Empty, None, 1)).after(begun()),
        row(ShotLoad, loads(Holds::Empty, Some(Load::Full), 0)).after(begun()),
        row(ShotLoad, loads(Holds::Dummy, None, 0)).after(begun()),
        row(ShotLoad, loads(Holds::Dummy, None, 7)).after(begun()),
        row(ShotLoad, loads(Holds::Dummy, Some(Load::Full), 1)).after(begun()),
        row(ShotLoad, loads(Holds::Blank, None, 3)).after(begun()),
        row(ShotLoad, FIRST_AD.says(Plan { toward: Toward::Nobody, ..BLANKS }.of(RUBBER))).after(begun()),
        row(ShotLoadDiffers, ready()).after(lined(Plan { holds: Holds::Dummy, rounds: 1, ..EMPTY })).after(shown()),
        row(ShotLoadDiffers, ready())
            .after(lined(Plan { rounds: 2, stand_off_millimetres: 2_000, ..blank }))
            .and(measures(6_000))
            .and(places(CAMERA, 6_000))
            .after([tells(CAMERA), measures(6_000), wears()].map(Step::from))
            .after(blanks_shown()),
        row(ShotLoadDiffers, ready())
            .after(lined(Plan { load: Some(Load::Half), ..blank }))
            .and(places(CAMERA, 6_000))
            .after([tells(CAMERA), measures(6_000), wears()].map(Step::from))
            .after(line_clear()),
    ]
}

fn ready_rows() -> Vec<Row> {
    use Code::*;
    let leaves = || vec![FIRST_AD.reports_left(CAMERA).into()];
    vec![
        row(ShotNoProtection, ready())
            .after(begun())
            .and(FIRST_AD.says(BLANKS.of(GUN_1)))
            .and(measures(6_000))
            .after(blanks_shown()),
        // Whatever changed, and whoever came near, it is looked at again.
        row(ShotNoProtection, ready())
            .after(begun())
            .and(FIRST_AD.says(BLANKS.of(GUN_1)))
            .after([wears(), changes(ShotChange::Place), measures(6_000)].map(Step::from))
            .after(blanks_shown()),
        row(ShotNoProtection, ready())
            .after(begun())
            .and(FIRST_AD.says(BLANKS.of(GUN_1)))
            .after([wears(), places(CAMERA, 6_000), tells(CAMERA), measures(6_000)].map(Step::from))
            .after(blanks_shown()),
        row(ShotNotReady, take()).after(as_planned()),
        // The gun went to other hands than those in which it was ready.
        row(ShotNotReady, take())
            .after(called())
            .and(ARMORER.offers(GUN_1, PERFORMER))
            .and(PERFORMER.looks_and_takes(GUN_1))
            .and(ARMORER.takes_back(GUN_1))
            .after(checked(WITNESS, empty(6))),
        row(ShotNotReady, points()).after(as_planned()),
        // Who stands in a line went away, or came back.
        row(ShotNotReady, take()).after(called()).after(leaves()),
        row(ShotNotReady, take())
            .after(as_planned())
            .after(leaves())
            .and(ready())
            .and(FIRST_AD.says(Intent::ReportReturned { person: CAMERA.0 })),
        row(ShotNotReady, take())
            .after(called())
            .and(FIRST_AD.says(Intent::LeavePersonOut { person: CAMERA.0, shot: SHOT })),
        // Another shot is called, and this one is not ready any more.
        row(ShotNotReady, take()).after(called()).after(begun()).answered(&[ShotGunUnplanned, ShotNotReady]),
        row(ShotNotTold, ready()).after(without(tells(CAMERA))),
        // He was told of another plan.
        row(ShotNotTold, ready())
            .after(as_planned())
            .and(FIRST_AD.says(EMPTY.of(GUN_1)))
            .after([approves(ARMORER), measures(3_000)].map(Step::from)),
        row(ShotNotTold, ready())
            .after(as_planned())
            .and(places(CAMERA, 2_500))
            .after([approves(ARMORER), measures(2_500)].map(Step::from)),
        row(ShotNotTold, ready())
            .after(as_planned())
            .after([changes(ShotChange::People), measures(3_000)].map(Step::from)),
        row(ShotOtherScene, measures(3_000))
            .and(FIRST_AD.says(Intent::PlanShot { scene: QUIET_SCENE }))
            .and(FIRST_AD.says(EMPTY.of(GUN_1))),
        row(ShotOtherScene, ready()).after(begun()).after(quiet_scene()),
    ]
}

fn people_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(ShotRefused, ready()).after(as_planned()).and(refuses(CAMERA)),
        row(ShotRefused, tells(CAMERA)).after(as_planned()).and(refuses(CAMERA)),
        // Left out and placed again he has still refused.
        row(ShotRefused, tells(CAMERA))
            .after(as_planned())
            .and(refuses(CAMERA))
            .and(FIRST_AD.says(Intent::LeavePersonOut { person: CAMERA.0, shot: SHOT }))
            .and(places(CAMERA, 3_000)),
        row(ShotTakeOn, take()).after(take_on()),
        row(ShotTakeOn, ready()).after(take_on()),
    ]
}

#[test]
fn only_he_who_refused_takes_it_back() {
    let stage = crate::stage::Stage::new().after(&as_planned()).after(&[
        refuses(CAMERA).into(),
        CAMERA.says(Intent::TellPerson { person: CAMERA.0, shot: SHOT }).into(),
        ready().into(),
    ]);
    assert!(stage.verdict(&take()).accepted);
}

#[test]
fn a_shot_as_planned_is_ready_and_its_takes_go_on_until_something_changes() {
    let stage = crate::stage::Stage::new().after(&called());
    assert!(stage.verdict(&points()).accepted, "an empty gun, approved, measured, everybody told");
    let stage = stage.after(&[
        take().into(),
        FIRST_AD.says(Intent::ReportCut).into(),
        take().into(),
        changes(ShotChange::People).into(),
    ]);
    assert!(stage.state.take.is_some(), "nobody is called back in a take");
    let stage = stage.after(&[FIRST_AD.says(Intent::ReportCut).into()]);
    assert!(!stage.verdict(&take()).accepted, "then there is no next take");
}

/// Older rules showed a pistol by its chamber alone: of its magazine nothing was said.
#[test]
fn a_pistol_of_which_the_chamber_alone_was_shown_is_not_as_planned() {
    use crate::stage::Tick;
    use kernel::{BlindSide, Event};
    let (gun, device, at, readings) = (PISTOL, None, Tick(100), empty(1));
    let answered = |side| Step::Happens(Event::CheckAnswered { gun, side, readings, device, at });
    let stage = crate::stage::Stage::new().after(&begun()).after(&[
        FIRST_AD.says(Plan { toward: Toward::Nobody, ..EMPTY }.of(PISTOL)).into(),
        FIRST_AD.says(Intent::MeasureStandOff { gun: PISTOL, shot: SHOT, nearest_millimetres: 9_000 }).into(),
        ARMORER.takes_out(PISTOL).into(),
        ARMORER.calls_to_set(PISTOL).into(),
        ARMORER.begins_a_check(PISTOL, WITNESS).into(),
        answered(BlindSide::Checker),
        answered(BlindSide::Witness),
        Step::Happens(Event::GunShown { gun, at }),
    ]);
    assert_eq!(super::codes(&stage.verdict(&ready())), [Code::ShotLoadDiffers]);
}

/// What was said and approved on one day is said and approved again on the next; a refusal stands.
#[test]
fn a_new_day_has_everybody_told_again() {
    let refused = [places(STAND_IN, 4_000).into(), refuses(STAND_IN).into()];
    let again = [approves(ARMORER).into(), tells(CAMERA).into(), measures(3_000).into()];
    let stage = crate::stage::Stage::new().after(&lined(EMPTY)).after(&refused).after(&again);
    assert_eq!(stage.state.told.len(), 2);
    let next = stage.after(&super::before::next_day());
    let told: Vec<_> = next.state.told.iter().map(|((_, who), told)| (*who, *told)).collect();
    assert_eq!(told, [(STAND_IN.0, kernel::Told::Refused)]);
    let planned = next.state.planned_guns.values().next().unwrap();
    assert_eq!((planned.approved_by, planned.nearest_millimetres, planned.barrier_stands), (None, None, false));
    assert_eq!((next.state.shots.len(), next.state.placed.len()), (1, 2), "the plan itself stands");
}

#[test]
fn a_stop_ends_a_take() {
    let stage = crate::stage::Stage::new().after(&take_on()).after(&[CAMERA.stops().into()]);
    assert_eq!(stage.state.take, None);
}

/// A copy that was matched may stand in a plan, without stand-off.
#[test]
fn before_its_meeting_a_line_is_planned_and_not_ready() {
    let stage = Stage::new().after(&quiet_scene());
    let plan =
        [FIRST_AD.says(Intent::PlanShot { scene: QUIET_SCENE }), FIRST_AD.says(EMPTY.of(GUN_1)), places(CAMERA, 3_000)];
    let stage = stage.after(&plan.map(Step::from));
    let missing = codes(&stage.verdict(&ready()));
    assert!(missing.contains(&Code::MeetingNotThere), "{missing:?}");
    let held = stage.after(&[FIRST_AD.holds_a_meeting(QUIET_SCENE, crate::stage::SET).into()]);
    assert_eq!(codes(&held.verdict(&places(STAND_IN, 3_000))), [Code::MeetingNotThere]);
}

#[test]
fn a_copy_stands_in_a_plan() {
    let copy = Plan { stand_off_millimetres: 0, toward: Toward::People, copy_will_not_do: false, ..EMPTY };
    let plan = [begun(), vec![FIRST_AD.says(copy.of(RUBBER)).into()]].concat();
    let unmatched = crate::stage::Stage::new().after(&plan);
    let codes = super::codes(&unmatched.verdict(&ready()));
    assert_eq!(codes, [Code::IdentityNotMatched]);
    let stage = unmatched.after(&rubber_matched()).after(&[ready().into()]);
    assert!(stage.verdict(&take()).accepted);
}

/// Without a plan a take begins where no gun that can fire is on the set: nothing is asked that has no gun.
#[test]
fn a_take_without_guns_needs_no_plan() {
    let stage = crate::stage::Stage::new().after(&rubber_matched());
    assert!(stage.verdict(&FIRST_AD.says(Intent::BeginTake { shot: None })).accepted);
    let closed = crate::stage::Stage::new().after(&scene_closed());
    let refused = closed.verdict(&FIRST_AD.says(Intent::BeginTake { shot: None }));
    assert_eq!(super::codes(&refused), [Code::SceneNotOpen]);
}

/// Who plans, who measures, who calls.
#[test]
fn only_their_roles_plan_measure_and_call() {
    let stage = crate::stage::Stage::new().after(&planned(EMPTY));
    let of = |who: Who, intent| super::codes(&stage.verdict(&who.says(intent)));
    let (gun, shot) = (GUN_1, SHOT);
    for who in [PERFORMER, VENDOR, CAMERA, WITNESS] {
        for intent in [
            Intent::PlanShot { scene: SCENE },
            EMPTY.of(gun),
            Intent::PlacePerson { person: STAND_IN.0, shot, gun, distance_millimetres: 9_000 },
            Intent::MeasureStandOff { gun, shot, nearest_millimetres: 9_000 },
            Intent::SetBarrier { gun, shot },
            Intent::TellPerson { person: STAND_IN.0, shot },
            Intent::LeavePersonOut { person: STAND_IN.0, shot },
            Intent::BeginTake { shot: None },
        ] {
            assert!(of(who, intent).contains(&Code::RegisterNotAllowed), "{who:?} {intent:?}");
        }
        assert_eq!(of(who, Intent::ApproveMuzzle { gun, shot }), [Code::LineOwnApproval]);
    }
    assert!(of(ARMORER, Intent::CallShotReady { shot }).contains(&Code::RegisterNotAllowed));
    for shot in [ANOTHER] {
        for intent in [
            Intent::CallShotReady { shot },
            Intent::BeginTake { shot: Some(shot) },
            Intent::TellPerson { person: STAND_IN.0, shot },
            Intent::ReportRefusedShot { person: STAND_IN.0, shot },
            Intent::ReportShotChanged { shot, change: ShotChange::People },
            Intent::LeavePersonOut { person: STAND_IN.0, shot },
        ] {
            assert!(of(FIRST_AD, intent).contains(&Code::RegisterUnknown), "{intent:?}");
        }
    }
}

/// What was seen decides, and not what was loaded: dummies among them, or one round more, is another load.
#[test]
fn what_was_shown_is_compared_round_by_round() {
    let two_dummies = Plan { holds: Holds::Dummy, rounds: 2, ..EMPTY };
    let plan = [lined(two_dummies), out()].concat();
    let loads = |chambers: &[u8]| {
        vec![
            ARMORER.looks_through_the_bore(GUN_1, kernel::Light::Seen).into(),
            ARMORER.loads(GUN_1, crate::stage::DUMMIES, chambers).into(),
        ]
    };
    for (chambers, as_planned) in [(vec![1], false), (vec![1, 2], true), (vec![1, 2, 3], false)] {
        let seen = rounds(6, &chambers, Content::Dummy);
        let stage = crate::stage::Stage::new().after(&plan).after(&loads(&chambers)).after(&checked(WITNESS, seen));
        assert_eq!(stage.verdict(&ready()).accepted, as_planned, "{chambers:?}");
    }
}
