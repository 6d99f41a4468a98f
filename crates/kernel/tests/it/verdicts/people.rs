//! The rows of what people were trained on, and of what a production asks for beyond the laws.

use kernel::{Action, Code, Day, Doubt, Intent, RequestKind, Requirement, Role, StopCause, open_requests};

use super::before::{
    line_begun, looked_through, next_day, offered, out, rubber_matched, scene_closed, scene_over, shown,
    with_the_performer, wrapped,
};
use super::shots::{EMPTY, lined, planned};
use super::{Row, codes, row};
use crate::stage::{
    ARMORER, CAMERA, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, PERFORMER, PISTOL, PRODUCER, QUIET_SCENE, RUBBER,
    SAFETY_OFFICER, SCENE, STAND_IN, STUNT_PERFORMER, Said, Stage, Step, THE_OPEN_ONE, VAULT, VENDOR, WITNESS, Who,
    empty,
};

const fn asks_for(what: Requirement) -> Said {
    PRODUCER.says(Intent::Require { what, required: true })
}

const fn no_longer_asks_for(what: Requirement) -> Said {
    PRODUCER.says(Intent::Require { what, required: false })
}

/// The handler says how the assessment on an action ended.
const fn assessed(person: Who, action: Action, passed: bool) -> Said {
    HANDLER.says(Intent::EnterTraining { person: person.0, action, passed })
}

const fn trained(person: Who) -> Said {
    assessed(person, Action::SingleAction, true)
}

const fn course(by: Who, person: Who, until: Option<u32>) -> Said {
    let until = match until {
        None => None,
        Some(day) => Some(Day(day)),
    };
    by.says(Intent::EnterCourse { person: person.0, until })
}

const TRAINING: Said = asks_for(Requirement::Training);
const COURSE: Said = asks_for(Requirement::Course);

/// The course is asked for, and these people have completed it.
fn completed_by(people: &[Who]) -> Vec<Step> {
    let entered = people.iter().map(|who| course(PRODUCER, *who, None).into());
    [COURSE.into()].into_iter().chain(entered).collect()
}

const fn places(who: Who) -> Said {
    FIRST_AD.says(Intent::PlacePerson { person: who.0, shot: THE_OPEN_ONE, gun: GUN_1, distance_millimetres: 3_000 })
}

const fn ready() -> Said {
    FIRST_AD.says(Intent::CallShotReady { shot: THE_OPEN_ONE })
}

fn offers() -> Said {
    ARMORER.offers(GUN_1, PERFORMER)
}

const fn authority(by: Who, person: Who, given: bool) -> Said {
    by.says(Intent::EnterAuthority { person: person.0, given })
}

pub(super) fn authority_rows() -> Vec<Row> {
    use Code::{AuthorityNotArmorer, AuthorityNotEntered, AuthorityNotYours};
    let calls = || ARMORER.calls_to_set(GUN_1);
    let asked = || asked_for(Requirement::Authority);
    vec![
        row(AuthorityNotArmorer, authority(PRODUCER, HANDLER, true)),
        row(AuthorityNotEntered, calls()).after(asked()),
        row(AuthorityNotEntered, calls())
            .after(asked())
            .after([authority(PRODUCER, ARMORER, true), authority(PRODUCER, ARMORER, false)].map(Step::from)),
        // It is of whoever leads the work today.
        row(AuthorityNotEntered, HANDLER.calls_to_set(GUN_1))
            .and(authority(PRODUCER, ARMORER, true))
            .and(PRODUCER.gives_roles(ARMORER, 1, &[Role::Handler]))
            .and(asks_for(Requirement::Authority))
            .and(HANDLER.takes_out(GUN_1)),
        row(AuthorityNotYours, authority(FIRST_AD, ARMORER, true)),
        row(AuthorityNotYours, authority(PRODUCER, PRODUCER, true)).and(ARMORER.gives_roles(
            PRODUCER,
            1,
            &[Role::Producer, Role::PropertyMaster],
        )),
    ]
}

const fn names(by: Who, person: Who) -> Said {
    by.says(Intent::NameContact { person: person.0 })
}

const fn police_told_of(scene: u8) -> Said {
    CAMERA.says(Intent::ReportPoliceTold { scene })
}

/// It is asked for, and the armorer has a gun that can fire.
fn asked_for(what: Requirement) -> Vec<Step> {
    vec![asks_for(what).into(), ARMORER.takes_out(GUN_1).into()]
}

pub(super) fn contact_rows() -> Vec<Row> {
    vec![row(Code::ContactNotNamed, ARMORER.calls_to_set(GUN_1)).after(asked_for(Requirement::Contact))]
}

pub(super) fn police_rows() -> Vec<Row> {
    use Code::PoliceNotTold;
    let calls = || ARMORER.calls_to_set(GUN_1);
    vec![
        row(PoliceNotTold, calls()).after(asked_for(Requirement::Police)),
        row(PoliceNotTold, calls()).after(asked_for(Requirement::Police)).and(police_told_of(QUIET_SCENE)),
        // They were told of the last time that it was shot.
        row(PoliceNotTold, calls())
            .after(asked_for(Requirement::Police))
            .and(police_told_of(SCENE))
            .after(scene_closed())
            .and(FIRST_AD.opens_the_scene(SCENE)),
    ]
}

/// Where it is asked for, and entered; and a copy comes to the set all the same.
#[test]
fn a_gun_comes_to_the_set_once_somebody_is_named_and_the_police_were_told() {
    let entered =
        [(Requirement::Contact, names(PRODUCER, SAFETY_OFFICER)), (Requirement::Police, police_told_of(SCENE))];
    for (what, said) in entered {
        let stage = Stage::new().after(&asked_for(what)).after(&[ARMORER.takes_out(RUBBER).into()]);
        assert!(!stage.verdict(&ARMORER.calls_to_set(GUN_1)).accepted);
        assert!(stage.verdict(&ARMORER.calls_to_set(RUBBER)).accepted, "{what:?}");
        assert!(stage.after(&[said.into()]).verdict(&ARMORER.calls_to_set(GUN_1)).accepted, "{what:?}");
    }
}

#[test]
fn whom_everybody_can_ask_is_named_by_whoever_keeps_the_register_and_by_the_last_word() {
    let codes = |said: &Said| super::codes(&Stage::new().verdict(said));
    assert_eq!(codes(&names(PERFORMER, SAFETY_OFFICER)), [Code::RegisterNotAllowed]);
    assert_eq!(codes(&names(PRODUCER, NOBODY_TODAY)), [Code::RegisterUnknown]);
    let stage = Stage::new().after(&[names(PRODUCER, PRODUCER), names(ARMORER, SAFETY_OFFICER)].map(Step::from));
    assert_eq!(stage.state.contact, Some(SAFETY_OFFICER.0));
    assert_eq!(crate::retell::evolved(&kernel::retell(&stage.state)), stage.state);
}

/// Since when it is known that they were told; of what no list has nobody can tell them.
#[test]
fn the_police_were_told_when_it_was_first_entered() {
    let stage = Stage::new().after(&[police_told_of(SCENE).into()]);
    let told = stage.state.police_told.clone();
    assert_eq!(told.get(&SCENE), Some(&stage.now));
    let later = stage.after(&[Step::Later(3), police_told_of(SCENE).into()]);
    assert_eq!(later.state.police_told, told);
    assert_eq!(crate::retell::evolved(&kernel::retell(&later.state)), later.state);
    // A new day shoots it anew, though nobody closed it.
    assert!(later.after(&next_day()).state.police_told.is_empty());
    let unknown = Stage::new().verdict(&police_told_of(99));
    assert_eq!(super::codes(&unknown), [Code::RegisterUnknown]);
}

const fn guards(person: Who, outside: bool) -> Said {
    FIRST_AD.says(Intent::DeclareGuard { person: person.0, outside })
}

/// Somebody whom the register knows, without a role today.
const NOBODY_TODAY: Who = Who(40);

fn somebody() -> Step {
    PRODUCER.adds(NOBODY_TODAY).into()
}

pub(super) fn guard_rows() -> Vec<Row> {
    use Code::{GuardHasRole, GuardInside};
    let inside = CAMERA.says(Intent::ReportGuardInside { person: NOBODY_TODAY.0 });
    vec![
        row(GuardHasRole, guards(PERFORMER, true)),
        row(GuardHasRole, PRODUCER.gives_roles(NOBODY_TODAY, 1, &[Role::Extra]))
            .and(somebody())
            .and(guards(NOBODY_TODAY, true)),
        row(GuardInside, inside)
            .and(somebody())
            .and(guards(NOBODY_TODAY, true))
            .recorded()
            .stops(StopCause::GuardInside),
    ]
}

const fn asks(who: Who, kind: RequestKind) -> Said {
    who.says(Intent::ReportSafetyRequest { kind })
}

const fn answers(who: Who, granted: bool) -> Said {
    who.says(Intent::AnswerRequest { request: THE_OPEN_ONE, granted })
}

const MORE_TRAINING: Said = asks(ARMORER, RequestKind::MoreTraining);

pub(super) fn request_rows() -> Vec<Row> {
    use Code::{RequestNotProducer, RequestOpen, RequestOwn, RequestRefused};
    let wrap = || FIRST_AD.wraps();
    vec![
        row(RequestNotProducer, answers(FIRST_AD, true)).and(MORE_TRAINING),
        row(RequestOpen, wrap()).and(MORE_TRAINING).after(scene_over()).recorded(),
        row(RequestOwn, answers(PRODUCER, true)).and(asks(PRODUCER, RequestKind::MoreTime)),
        row(RequestRefused, wrap()).and(MORE_TRAINING).and(answers(PRODUCER, false)).after(scene_over()).recorded(),
    ]
}

const fn permit(by: Who, person: Who, held: bool, until: Option<u32>) -> Said {
    let until = match until {
        Some(day) => Some(Day(day)),
        None => None,
    };
    by.says(Intent::EnterPermit { person: person.0, held, until })
}

const PERMIT: Said = asks_for(Requirement::Permit);

pub(super) fn permit_rows() -> Vec<Row> {
    use Code::{PermitNotInDate, PermitOwn};
    let holds = |who, until| permit(SAFETY_OFFICER, who, true, until);
    let takes_over = || vec![ARMORER.offers(GUN_1, HANDLER).into(), PERMIT.into(), holds(ARMORER, None).into()];
    vec![
        row(PermitNotInDate, ARMORER.takes_out(GUN_1)).and(PERMIT),
        // It is in date on its last day, and on no later one.
        row(PermitNotInDate, ARMORER.takes_out(GUN_1)).and(PERMIT).and(holds(ARMORER, Some(1))).after(next_day()),
        row(PermitNotInDate, ARMORER.takes_out(GUN_1)).and(PERMIT).and(holds(ARMORER, None)).and(permit(
            SAFETY_OFFICER,
            ARMORER,
            false,
            None,
        )),
        row(PermitNotInDate, offers()).after(shown()).and(PERMIT),
        row(PermitNotInDate, HANDLER.looks_and_takes(GUN_1)).after(out()).after(takes_over()),
        row(PermitNotInDate, ARMORER.loads(GUN_1, DUMMIES, &[1])).after(looked_through()).and(PERMIT),
        row(PermitNotInDate, ARMORER.begins_a_line(WITNESS)).and(PERMIT),
        row(PermitNotInDate, ARMORER.receives_from(VENDOR, GUN_1, VAULT)).and(PERMIT),
        row(PermitOwn, permit(PRODUCER, PRODUCER, true, None)),
    ]
}

pub(super) fn course_rows() -> Vec<Row> {
    use Code::CourseNotCompleted;
    let till_yesterday = || vec![course(SAFETY_OFFICER, ARMORER, Some(1)).into(), COURSE.into()];
    vec![
        row(CourseNotCompleted, ARMORER.takes_out(GUN_1)).and(COURSE),
        // It ends with its last day.
        row(CourseNotCompleted, ARMORER.takes_out(GUN_1)).after(till_yesterday()).after(next_day()),
        row(CourseNotCompleted, offers()).after(shown()).after(completed_by(&[ARMORER])),
        row(CourseNotCompleted, offers()).after(shown()).after(completed_by(&[PERFORMER])),
        row(CourseNotCompleted, PERFORMER.looks_and_takes(GUN_1)).after(offered()).after(completed_by(&[ARMORER])),
        row(CourseNotCompleted, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .after(completed_by(&[ARMORER])),
        // Whoever looks at it as a witness has it before him.
        row(CourseNotCompleted, ARMORER.begins_a_check(GUN_1, WITNESS)).after(out()).after(completed_by(&[ARMORER])),
        row(CourseNotCompleted, ARMORER.begins_a_line(WITNESS)).after(completed_by(&[ARMORER])),
        row(CourseNotCompleted, ARMORER.declares_a_transfer(GUN_1, STAND_IN)).after(completed_by(&[ARMORER])),
        row(CourseNotCompleted, places(CAMERA)).after(planned(EMPTY)).and(COURSE),
        // Whoever stood there before it was asked for is found at SHOT READY.
        row(CourseNotCompleted, ready()).after(lined(EMPTY)).after(shown()).after(completed_by(&[ARMORER])),
    ]
}

/// The stand-in is a minor today, and was at the meeting.
fn minor() -> Step {
    PRODUCER.gives_roles(STAND_IN, 1, &[Role::StandIn, Role::Minor]).into()
}

pub(super) fn minor_rows() -> Vec<Row> {
    use Code::{CustodyTakenAround, MinorDuty, MinorInLine, MinorNoGun};
    let gives = |roles: &[Role]| PRODUCER.gives_roles(STAND_IN, 1, roles);
    let offered_to_him = || [shown(), vec![ARMORER.offers(GUN_1, STAND_IN).into(), minor()]].concat();
    vec![
        row(MinorDuty, gives(&[Role::Minor, Role::Handler])),
        row(MinorDuty, gives(&[Role::Performer, Role::Assistant, Role::Minor])),
        row(MinorDuty, gives(&[Role::Witness, Role::Minor])),
        row(MinorInLine, places(STAND_IN)).after(planned(EMPTY)).and(minor()),
        // Whoever stood there before that was entered is found at SHOT READY.
        row(MinorInLine, ready()).after(lined(EMPTY)).after(shown()).and(PRODUCER.gives_roles(
            CAMERA,
            1,
            &[Role::Camera, Role::Minor],
        )),
        row(MinorNoGun, ARMORER.offers(GUN_1, STAND_IN)).after(shown()).and(minor()),
        row(MinorNoGun, STAND_IN.looks_and_takes(GUN_1)).after(offered_to_him()),
        row(MinorNoGun, ARMORER.issues_in_line(GUN_1, STAND_IN, empty(6)))
            .after(line_begun())
            .after(out())
            .and(minor()),
        row(MinorNoGun, ARMORER.declares_a_transfer(GUN_1, STAND_IN)).and(minor()),
        // What was entered since it came to him is found at SHOT READY.
        row(MinorNoGun, ready()).after(lined(EMPTY)).after(with_the_performer()).and(PRODUCER.gives_roles(
            PERFORMER,
            1,
            &[Role::Performer, Role::Minor],
        )),
        row(MinorNoGun, STAND_IN.has(GUN_1))
            .after(with_the_performer())
            .and(minor())
            .answered(&[CustodyTakenAround, MinorNoGun])
            .recorded()
            .voids(Doubt::ChangedHands),
    ]
}

pub(super) fn require_rows() -> Vec<Row> {
    use Code::RequireRunningDay;
    Requirement::ALL
        .into_iter()
        .map(|what| row(RequireRunningDay, no_longer_asks_for(what)).and(asks_for(what)))
        .collect()
}

pub(super) fn train_rows() -> Vec<Row> {
    use Code::{TrainNoAction, TrainNotTrained, TrainOwn};
    vec![
        row(TrainNoAction, assessed(PERFORMER, Action::None, true)),
        row(TrainNotTrained, offers()).after(shown()).and(TRAINING),
        // On another action.
        row(TrainNotTrained, offers()).after(shown()).and(TRAINING).and(assessed(PERFORMER, Action::Magazine, true)),
        // Whoever fails it later is trained no more.
        row(TrainNotTrained, offers()).after(shown()).and(TRAINING).and(trained(PERFORMER)).and(assessed(
            PERFORMER,
            Action::SingleAction,
            false,
        )),
        // Who handles as well receives as a performer.
        row(TrainNotTrained, ARMORER.offers(GUN_1, STUNT_PERFORMER)).after(shown()).and(TRAINING),
        row(TrainNotTrained, PERFORMER.looks_and_takes(GUN_1)).after(offered()).and(TRAINING),
        row(TrainNotTrained, ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)))
            .after(line_begun())
            .after(out())
            .and(TRAINING),
        row(TrainNotTrained, ARMORER.declares_a_transfer(GUN_1, STAND_IN)).and(TRAINING),
        row(TrainOwn, HANDLER.says(Intent::EnterTraining { person: HANDLER.0, action: Action::Pump, passed: true })),
        row(TrainOwn, course(PRODUCER, PRODUCER, None)),
    ]
}

fn after(steps: &[Vec<Step>]) -> Stage {
    Stage::new().after(&steps.concat())
}

#[test]
fn whoever_was_trained_on_its_action_receives_the_gun_and_nothing_is_asked_for_a_copy() {
    let stage = after(&[shown(), vec![TRAINING.into(), trained(PERFORMER).into(), offers().into()]]);
    assert!(stage.verdict(&PERFORMER.looks_and_takes(GUN_1)).accepted);
    let copy = after(&[rubber_matched(), vec![TRAINING.into(), COURSE.into()]]);
    assert!(copy.verdict(&ARMORER.offers(RUBBER, PERFORMER)).accepted);
    assert!(copy.verdict(&ARMORER.declares_a_transfer(RUBBER, STAND_IN)).accepted);
    assert!(copy.verdict(&WITNESS.says(Intent::ReportDoubt { gun: GUN_1 })).accepted);
}

#[test]
fn a_minor_is_handed_a_copy_and_stands_before_it() {
    let stage = after(&[rubber_matched(), vec![minor(), ARMORER.offers(RUBBER, STAND_IN).into()]]);
    let stage = stage.after(&[STAND_IN.looks_and_takes(RUBBER).into()]);
    let plan = FIRST_AD.says(super::shots::Plan { toward: kernel::Toward::Camera, ..EMPTY }.of(RUBBER));
    let place = Intent::PlacePerson { person: STAND_IN.0, shot: THE_OPEN_ONE, gun: RUBBER, distance_millimetres: 1 };
    stage.after(&super::shots::begun()).after(&[plan.into(), FIRST_AD.says(place).into()]);
}

/// A transfer that was declared before he was entered as a minor does not hold.
#[test]
fn a_gun_that_a_minor_has_by_an_earlier_declaration_is_unknown() {
    let declared = vec![ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()];
    let before = [declared, with_the_performer(), vec![minor()]].concat();
    let verdict = Stage::new().after(&before).verdict(&STAND_IN.has(GUN_1));
    assert_eq!(codes(&verdict), [Code::CustodyTakenAround, Code::MinorNoGun]);
}

#[test]
fn nothing_is_asked_for_where_the_production_asks_for_nothing() {
    assert!(after(&[shown()]).verdict(&offers()).accepted);
}

#[test]
fn the_course_holds_to_the_end_of_its_last_day() {
    let stage = after(&[vec![course(SAFETY_OFFICER, ARMORER, Some(1)).into(), COURSE.into()]]);
    assert!(stage.verdict(&ARMORER.takes_out(GUN_1)).accepted);
    assert_eq!(codes(&stage.verdict(&course(ARMORER, CAMERA, Some(0)))), [Code::DayPast]);
}

#[test]
fn what_is_asked_for_is_taken_back_after_wrap_and_by_the_registers_keeper() {
    let stage = after(&[vec![TRAINING.into()], wrapped()]);
    let stage = stage.after(&[no_longer_asks_for(Requirement::Training).into()]);
    assert_eq!(stage.state.required, kernel::Requirements::NONE);
    let by_another = FIRST_AD.says(Intent::Require { what: Requirement::Course, required: true });
    assert_eq!(codes(&stage.verdict(&by_another)), [Code::RegisterNotAllowed]);
}

#[test]
fn who_does_not_handle_guns_enters_no_training_and_who_keeps_nothing_no_course() {
    let stage = Stage::new();
    let by = |who: Who| who.says(Intent::EnterTraining { person: STAND_IN.0, action: Action::Pump, passed: true });
    for who in [PRODUCER, WITNESS, FIRST_AD, SAFETY_OFFICER] {
        assert_eq!(codes(&stage.verdict(&by(who))), [Code::RegisterNotAllowed], "{who:?}");
    }
    assert!(stage.verdict(&by(ARMORER)).accepted);
    assert_eq!(codes(&stage.verdict(&course(PERFORMER, STAND_IN, None))), [Code::RegisterNotAllowed]);
    for who in [PRODUCER, ARMORER, HANDLER, SAFETY_OFFICER] {
        assert!(stage.verdict(&course(who, STAND_IN, None)).accepted, "{who:?}");
    }
}

#[test]
fn of_whoever_does_not_receive_it_anyway_no_training_is_asked() {
    let stage = after(&[shown(), completed_by(&[ARMORER]), vec![TRAINING.into()]]);
    assert_eq!(codes(&stage.verdict(&ARMORER.offers(GUN_1, FIRST_AD))), [Code::HandoverFirstAd]);
    assert_eq!(codes(&stage.verdict(&ARMORER.offers(GUN_1, CAMERA))), [Code::HandoverReceiverRole]);
    assert_eq!(codes(&stage.verdict(&ARMORER.declares_a_transfer(GUN_1, CAMERA))), [Code::HandoverReceiverRole]);
}

/// A transfer that was declared before the training was asked for is none any more for whoever was not
/// trained: that he has it is recorded, and the gun is UNKNOWN.
#[test]
fn a_declared_transfer_to_somebody_untrained_voids_the_showing() {
    let declared = vec![ARMORER.declares_a_transfer(GUN_1, STAND_IN).into()];
    let before = [declared, with_the_performer(), vec![TRAINING.into()]].concat();
    let has = STAND_IN.has(GUN_1);
    let untrained = Stage::new().after(&before).verdict(&has);
    assert!(codes(&untrained).contains(&Code::CustodyTakenAround));
    let trained = Stage::new().after(&before).after(&[trained(STAND_IN).into()]).verdict(&has);
    assert_eq!(codes(&trained), []);
}

#[test]
fn training_is_of_one_action_and_outlasts_the_day() {
    let stage = after(&[vec![trained(PERFORMER).into(), assessed(PERFORMER, Action::Bolt, true).into()]]);
    let stage = stage.after(&next_day());
    let of = |person: Who| stage.state.people[&person.0].trained.iter().collect::<Vec<_>>();
    assert_eq!(of(PERFORMER), [Action::SingleAction, Action::Bolt]);
    assert_eq!(of(STAND_IN), []);
    assert!(stage.state.is_trained_on(&stage.gun(PISTOL), STAND_IN.0), "nothing is asked for");
}

#[test]
fn the_armorer_with_his_authority_calls_a_gun_to_set_and_a_copy_needs_none() {
    let asked = || asked_for(Requirement::Authority);
    let stage = after(&[asked(), vec![authority(PRODUCER, ARMORER, true).into()]]);
    assert!(stage.verdict(&ARMORER.calls_to_set(GUN_1)).accepted);
    let copy = after(&[asked(), vec![ARMORER.takes_out(RUBBER).into()]]);
    assert!(copy.verdict(&ARMORER.calls_to_set(RUBBER)).accepted);
    // It is given once, and holds on other days.
    let next = after(&[vec![authority(PRODUCER, ARMORER, true).into()], next_day()]);
    assert!(next.state.has_authority());
    assert!(!Stage::new().state.has_authority());
}

#[test]
fn a_request_stands_until_it_is_granted_or_was_refused_the_day_before() {
    let stage = after(&[vec![MORE_TRAINING.into(), asks(CAMERA, RequestKind::Barrier).into()]]);
    assert_eq!(open_requests(&stage.state).len(), 2);
    let refused = stage.after(&[answers(PRODUCER, false).into()]);
    let open: Vec<Code> = open_requests(&refused.state).iter().map(|reason| reason.code).collect();
    assert_eq!(open, [Code::RequestOpen, Code::RequestRefused]);
    let granted = refused.clone().after(&[answers(PRODUCER, true).into()]);
    assert_eq!(open_requests(&granted.state).len(), 1, "who refused may still grant it");
    let next = refused.after(&next_day());
    let left: Vec<_> = next.state.requests.values().map(|request| request.kind).collect();
    assert_eq!(left, [RequestKind::MoreTraining], "what nobody answered goes over into the next day");
}

#[test]
fn anybody_asks_while_everything_is_held_and_the_answer_is_a_producers() {
    let stage = after(&[super::before::stopped()]);
    for who in [CAMERA, PERFORMER, EXTRA, WITNESS] {
        assert!(stage.verdict(&asks(who, RequestKind::Other).ago(50)).accepted, "{who:?}");
    }
    let unknown = PRODUCER.says(Intent::AnswerRequest { request: 1, granted: true });
    assert_eq!(codes(&stage.verdict(&unknown)), [Code::RegisterUnknown]);
}

#[test]
fn a_day_that_was_not_wrapped_names_what_was_asked_for() {
    let roles = PRODUCER.gives_roles(ARMORER, 2, &[Role::Armorer]);
    let stage = after(&[vec![MORE_TRAINING.into(), roles.into()]]);
    let opened = stage.verdict(&FIRST_AD.opens_day(2));
    assert!(opened.accepted && codes(&opened).contains(&Code::RequestOpen));
}

#[test]
fn a_guard_is_one_for_the_day_and_his_coming_in_concerns_him() {
    let stage = after(&[vec![somebody(), guards(NOBODY_TODAY, true).into()]]);
    let taken_away = stage.clone().after(&[guards(NOBODY_TODAY, false).into()]);
    assert!(taken_away.verdict(&PRODUCER.gives_roles(NOBODY_TODAY, 1, &[Role::Extra])).accepted);
    assert!(stage.verdict(&PRODUCER.gives_roles(NOBODY_TODAY, 2, &[Role::Extra])).accepted, "another day");
    let next = stage.clone().after(&next_day());
    assert!(!next.state.people[&NOBODY_TODAY.0].guard);
    assert_eq!(
        codes(&stage.verdict(&HANDLER.says(Intent::DeclareGuard { person: NOBODY_TODAY.0, outside: true }))),
        [Code::RegisterNotAllowed]
    );
    let inside = CAMERA.says(Intent::ReportGuardInside { person: NOBODY_TODAY.0 });
    let held = stage.after(&[inside.into()]);
    let (_, stop) = held.state.held_by().unwrap();
    assert_eq!((stop.cause, stop.concerned), (StopCause::GuardInside, [Some(NOBODY_TODAY.0), None]));
    assert_eq!(codes(&held.verdict(&ARMORER.takes_out(GUN_1))), [Code::StopHeld]);
}
