//! What every act of a kind asks alike: who does it, when, with what in his hands, about things that are
//! there. Each list names every such act; what else an answer says is not asked here.

use std::collections::BTreeSet;

use kernel::{
    Action, Calibre, Choices, Code, Content, Day, Doubt, Erasable, Event, Ground, GunKind, Intent, Light, LotKind,
    Notified, Occasion, Packs, PlaceKind, Proven, Reason, Rod, Role, RoundKind, StopCause,
};

use super::before::{out, stopped, wrapped};
use super::codes;
use crate::stage::{
    AMMUNITION_CASE, ARMORER, BELT, BLANKS, CAMERA, CART, DUMMIES, EXTRA, FIRST_AD, GUN_1, HANDLER, PERFORMER, POCKET,
    PRODUCER, RUBBER, SAFETY_OFFICER, SCENE, SET, STAND_OFF_CENTIMETRES, STRANGER, Said, Small, Stage, Step, Tick,
    VAULT, WITNESS, Who, empty, stop_in, voiding_in,
};

const NOWHERE: u8 = 77;
const NO_GUN: u8 = 77;
const NO_LOT: u8 = 77;

/// With the gun in the hands, and it stays there.
fn opens_the_gun(who: Who) -> Vec<Said> {
    vec![
        who.looks_through_the_bore(GUN_1, Light::Seen),
        who.loads(GUN_1, DUMMIES, &[1]),
        who.unloads(GUN_1, &[1]),
        who.tests(GUN_1, BLANKS, 1),
        who.empties(GUN_1, &[], &[], &[1]),
        who.runs_the_rod(GUN_1, Rod::AtMark),
        who.empties_the_barrels(GUN_1, [&[], &[], &[1]]),
        who.primes(GUN_1, &[1]),
    ]
}

/// Something goes out by it.
fn issues(who: Who) -> Vec<Said> {
    vec![
        who.takes_out(GUN_1),
        who.loads(GUN_1, DUMMIES, &[1]),
        who.tests(GUN_1, BLANKS, 1),
        who.primes(GUN_1, &[1]),
        who.begins_a_check(GUN_1, WITNESS),
        who.calls_to_set(GUN_1),
        who.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES),
        who.offers(GUN_1, PERFORMER),
        who.takes_the_box_out(DUMMIES),
        who.re_boxes(70, DUMMIES, 1),
        who.draws(DUMMIES, 1),
        who.stows(DUMMIES, SET, 1),
        who.declares_a_reload(BELT),
        who.begins_a_line(WITNESS),
        who.issues_in_line(GUN_1, EXTRA, empty(6)),
        who.declares_a_transfer(GUN_1, PERFORMER),
        who.declares_a_preset(GUN_1, SET),
        who.lays_the_preset(GUN_1, SET),
    ]
}

/// The other acts of a handler.
fn handles(who: Who) -> Vec<Said> {
    vec![
        who.puts_away(GUN_1, VAULT),
        who.takes_back(GUN_1),
        who.calls_off_set(GUN_1),
        who.matches_the_label_of(RUBBER),
        who.puts_the_box_away(DUMMIES),
        who.gathers(DUMMIES, SET, 1),
        who.seals(BELT, 7),
        who.sees_the_seal(BELT, 7),
        who.begins_a_count(DUMMIES, Occasion::Lunch, WITNESS),
        who.clears_the_fault_of(GUN_1),
    ]
}

fn keeps_the_register(who: Who) -> Vec<Said> {
    let kind = PlaceKind::Case;
    vec![
        who.adds(STRANGER),
        who.gives_roles(WITNESS, 1, &[Role::Witness]),
        who.invites(WITNESS),
        who.revokes_the_device_of(WITNESS),
        who.says(Intent::RegisterPlace { place: 70, kind, locks: true, for_guns: true }),
        who.registers_a_gun(70, Action::SingleAction, 6),
        who.registers_a_lot(70, LotKind::Dummy),
        who.receives(70, LotKind::Dummy, 5),
        who.says(Intent::EnterCalibre { gun: GUN_1, calibre: Calibre(1) }),
        who.rosters(HANDLER, Role::Camera, 100, 110),
        who.adopts(Packs::LAWS, Choices::NONE),
    ]
}

fn runs_the_day(who: Who) -> Vec<Said> {
    vec![
        who.says(Intent::PlanScene { scene: 70, day: None, blanks: false }),
        who.opens_the_scene(SCENE),
        who.closes_the_scene(),
        who.breaks_for_lunch(),
        who.wraps(),
        who.holds_a_meeting(SCENE, SET),
    ]
}

/// Each of these is refused, with this reason among the others.
fn all_name(code: Code, stage: &Stage, said: Vec<Said>) {
    for said in said {
        let verdict = stage.verdict(&said);
        assert!(!verdict.accepted && codes(&verdict).contains(&code), "{code:?}: {said:?}: {:?}", codes(&verdict));
    }
}

#[test]
fn only_a_handler_handles() {
    let by = [opens_the_gun, issues, handles].map(|of| of(WITNESS)).concat();
    for said in by {
        let answer = codes(&Stage::new().verdict(&said));
        let refused = [Code::CustodyNotHandler, Code::HandoverNotHandler].iter().any(|code| answer.contains(code));
        assert!(refused, "{said:?}: {answer:?}");
    }
}

#[test]
fn only_those_who_keep_the_register_write_into_it() {
    all_name(Code::RegisterNotAllowed, &Stage::new(), keeps_the_register(HANDLER));
}

#[test]
fn only_those_who_run_the_day_open_and_close() {
    all_name(Code::RegisterNotAllowed, &Stage::new(), runs_the_day(PERFORMER));
    all_name(Code::RegisterNotAllowed, &Stage::new(), vec![PERFORMER.opens_day(2)]);
}

/// On a day that is not open nobody has a role.
#[test]
fn without_a_day_nothing_is_done() {
    let stage = Stage::before_the_day();
    let all = [opens_the_gun, issues, handles, keeps_the_register, runs_the_day].map(|of| of(ARMORER)).concat();
    all_name(Code::DayNotOpen, &stage, all);
    all_name(
        Code::DayNotOpen,
        &stage,
        vec![ARMORER.says_lost(BLANKS, 1, SET), ARMORER.puts_back(DUMMIES, 1), PERFORMER.looks_and_takes(GUN_1)],
    );
}

#[test]
fn while_everything_is_held_nothing_goes_out_and_no_gun_is_opened() {
    let stage = Stage::new().after(&out()).after(&stopped());
    all_name(Code::StopHeld, &stage, [opens_the_gun, issues].map(|of| of(ARMORER)).concat());
    let others = vec![
        PERFORMER.looks_and_takes(GUN_1),
        WITNESS.looks_last(GUN_1, empty(6)),
        WITNESS.answers(GUN_1, empty(6)),
        WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6)),
        ARMORER.matches_the_label_of(RUBBER),
        ARMORER.asks_to_point_toward_people(RUBBER),
        ARMORER.puts_back(DUMMIES, 1),
        ARMORER.gathers(DUMMIES, SET, 1),
        ARMORER.seals(BELT, 7),
        FIRST_AD.opens_the_scene(SCENE),
    ];
    all_name(Code::StopHeld, &stage, others);
}

#[test]
fn after_wrap_nothing_goes_out() {
    all_name(Code::DayWrapped, &Stage::new().after(&wrapped()), issues(ARMORER));
    all_name(Code::DayWrapped, &Stage::new().after(&wrapped()), vec![HANDLER.looks_and_takes(GUN_1)]);
}

#[test]
fn whoever_has_another_duty_issues_nothing() {
    let stage = Stage::new().after(&[PRODUCER.rosters(ARMORER, Role::Camera, 100, 140).into()]);
    all_name(Code::DutyDouble, &stage, issues(ARMORER));
}

#[test]
fn whoever_is_out_of_the_room_issues_nothing() {
    let stage = Stage::new().after(&[FIRST_AD.reports_left(ARMORER).into()]);
    // To declare what the shot plan has is no act with a gun or a round.
    let declared = |said: &Said| {
        matches!(
            said.intent,
            Intent::DeclareTransfer { .. } | Intent::DeclarePreset { .. } | Intent::DeclareReload { .. }
        )
    };
    let all = [opens_the_gun, issues].map(|of| of(ARMORER)).concat();
    all_name(Code::HandlerOutOfRoom, &stage, all.into_iter().filter(|said| !declared(said)).collect());
}

#[test]
fn nothing_is_done_with_a_gun_that_another_has() {
    let stage = Stage::new().after(&out()).after(&[ARMORER.begins_a_line(WITNESS).into()]);
    let acts = vec![
        HANDLER.puts_away(GUN_1, VAULT),
        HANDLER.begins_a_check(GUN_1, WITNESS),
        HANDLER.calls_to_set(GUN_1),
        HANDLER.calls_off_set(GUN_1),
        HANDLER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES),
        HANDLER.offers(GUN_1, PERFORMER),
        HANDLER.issues_in_line(GUN_1, EXTRA, empty(6)),
        HANDLER.lays_the_preset(GUN_1, SET),
        HANDLER.matches_the_label_of(GUN_1),
        HANDLER.clears_the_fault_of(GUN_1),
    ];
    all_name(Code::CustodyHeldByAnother, &stage, [acts, opens_the_gun(HANDLER)].concat());
}

#[test]
fn a_gun_that_is_being_checked_is_not_opened_nor_checked_again() {
    let stage = Stage::new().after(&super::before::being_checked());
    let again = vec![ARMORER.begins_a_check(GUN_1, WITNESS)];
    all_name(Code::ShowingBeingChecked, &stage, [again, opens_the_gun(ARMORER)].concat());
}

#[test]
fn what_is_not_on_the_register_is_not_spoken_of() {
    let stage = Stage::new().after(&out()).after(&[ARMORER.draws(DUMMIES, 2).into()]);
    all_name(Code::RegisterUnknown, &stage, unknown_people());
    let in_line = stage.clone().after(&super::before::line_begun());
    all_name(Code::RegisterUnknown, &in_line, vec![ARMORER.issues_in_line(GUN_1, STRANGER, empty(6))]);
    all_name(Code::RegisterUnknown, &stage, unknown_places());
    all_name(Code::RegisterUnknown, &stage, unknown_guns_and_lots());
    let revoked = vec![ARMORER.revokes_the_device_of(STRANGER)];
    all_name(Code::RegisterUnknown, &stage, revoked);
}

fn unknown_people() -> Vec<Said> {
    let kind = LotKind::Dummy;
    let receives = Intent::ReceiveLot {
        lot: 70,
        kind,
        load: None,
        calibre: None,
        source: STRANGER.0,
        rounds: 1,
        inert_at_head: false,
        uniform: false,
        place: AMMUNITION_CASE,
    };
    let subordinate = Intent::AssignRoles {
        person: WITNESS.0,
        day: Day(1),
        roles: [Role::Witness].into_iter().collect(),
        answers_to: Some(STRANGER.0),
    };
    vec![
        ARMORER.gives_roles(STRANGER, 1, &[Role::Witness]),
        ARMORER.says(subordinate),
        ARMORER.invites(STRANGER),
        ARMORER.offers(GUN_1, STRANGER),
        ARMORER.begins_a_check(GUN_1, STRANGER),
        ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, STRANGER),
        ARMORER.begins_a_line(STRANGER),
        ARMORER.declares_a_transfer(GUN_1, STRANGER),
        ARMORER.rosters(STRANGER, Role::Camera, 100, 110),
        ARMORER.says(receives),
        FIRST_AD.enters_at_the_meeting(STRANGER),
        FIRST_AD.reports_left(STRANGER),
        FIRST_AD.says(Intent::ReportReturned { person: STRANGER.0 }),
        FIRST_AD.names_for_the_inquiry(STRANGER),
    ]
}

fn unknown_places() -> Vec<Said> {
    let (gun, kind, action) = (70, GunKind::LiveCapable, Action::SingleAction);
    vec![
        ARMORER.puts_away(GUN_1, NOWHERE),
        ARMORER.says(Intent::PutAwayLot { lot: DUMMIES, place: NOWHERE }),
        ARMORER.says(Intent::RegisterGun { gun, kind, action, chambers: 6, place: NOWHERE }),
        ARMORER.stows(DUMMIES, NOWHERE, 1),
        ARMORER.gathers(DUMMIES, NOWHERE, 1),
        ARMORER.seals(NOWHERE, 7),
        ARMORER.sees_the_seal(NOWHERE, 7),
        ARMORER.declares_a_reload(NOWHERE),
        ARMORER.declares_a_preset(GUN_1, NOWHERE),
        ARMORER.lays_the_preset(GUN_1, NOWHERE),
        ARMORER.says_lost(BLANKS, 1, NOWHERE),
        FIRST_AD.says(Intent::OpenScene { scene: SCENE, place: NOWHERE }),
        FIRST_AD.holds_a_meeting(SCENE, NOWHERE),
        FIRST_AD.holds_a_meeting(70, SET),
        ARMORER.says(Intent::ReportSealBroken { place: NOWHERE }),
    ]
}

fn unknown_guns_and_lots() -> Vec<Said> {
    vec![
        ARMORER.puts_away(NO_GUN, VAULT),
        ARMORER.loads(NO_GUN, DUMMIES, &[1]),
        ARMORER.loads(GUN_1, NO_LOT, &[1]),
        ARMORER.tests(GUN_1, NO_LOT, 1),
        ARMORER.calls_to_set(NO_GUN),
        ARMORER.declares_a_transfer(NO_GUN, PERFORMER),
        ARMORER.takes_the_box_out(NO_LOT),
        ARMORER.puts_the_box_away(NO_LOT),
        ARMORER.re_boxes(70, NO_LOT, 1),
        ARMORER.draws(NO_LOT, 1),
        ARMORER.puts_back(NO_LOT, 1),
        ARMORER.gathers(NO_LOT, SET, 1),
        ARMORER.begins_a_count(NO_LOT, Occasion::Lunch, WITNESS),
        ARMORER.says_lost(NO_LOT, 1, SET),
        ARMORER.musters(1),
        ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)),
    ]
}

/// A shot is a shot, whatever it came out of: it is recorded, what is wrong with it is named, and everything is held.
#[test]
fn a_shot_of_a_gun_that_no_register_has_stops_everything() {
    let shots = [ARMORER.reports_fired(NO_GUN, 1, 0), FIRST_AD.says(Intent::ReportDischarge { gun: NO_GUN })];
    for shot in shots {
        let stage = Stage::new();
        let verdict = stage.verdict(&shot);
        assert!(verdict.accepted && codes(&verdict) == [Code::RegisterUnknown], "{verdict:?}");
        assert_eq!(stop_in(&verdict.events), Some(StopCause::Discharge));
        assert_eq!(verdict.events.len(), 1, "of a gun that is not there nothing else is kept");
    }
}

/// Superiors in a ring: the question ends.
#[test]
fn who_answers_to_whom_may_be_entered_in_a_ring() {
    let ring = [ARMORER.puts_under(CAMERA, WITNESS).into(), ARMORER.puts_under(WITNESS, CAMERA).into()];
    let state = Stage::new().after(&ring).state;
    assert!(state.answers_to(CAMERA.0, WITNESS.0) && state.answers_to(CAMERA.0, CAMERA.0));
    assert!(!state.answers_to(CAMERA.0, ARMORER.0) && !state.answers_to(ARMORER.0, CAMERA.0));
}

/// Enrolment asks for the code, the one who was invited, and a device that is new.
#[test]
fn a_device_is_enrolled_by_the_one_who_was_invited() {
    let invited = Step::Happens(Event::DeviceInvited { invitation: 50, person: CAMERA.0 });
    let stage = Stage::new().after(&[invited]);
    let enrols = |who: Who, device| who.says(Intent::EnrolDevice { invitation: 50, device }).proven_by(Proven::Code);
    assert!(stage.verdict(&enrols(CAMERA, 60)).accepted);
    let by_pin = enrols(CAMERA, 60).proven_by(Proven::OwnDevicePin);
    all_name(Code::PersonNotProven, &stage, vec![by_pin]);
    all_name(Code::RegisterUnknown, &stage, vec![enrols(PERFORMER, 60)]);
    all_name(Code::RegisterAlready, &stage, vec![enrols(CAMERA, PERFORMER.0)]);
}

/// A place or a lot is entered once, a gun in a place for guns.
#[test]
fn what_is_there_is_not_entered_again() {
    let kind = PlaceKind::Case;
    let again = vec![
        ARMORER.says(Intent::RegisterPlace { place: CART, kind, locks: true, for_guns: true }),
        ARMORER.registers_a_lot(DUMMIES, LotKind::Dummy),
    ];
    all_name(Code::RegisterAlready, &Stage::new(), again);
    let (gun, kind, action) = (70, GunKind::LiveCapable, Action::SingleAction);
    let in_a_pocket = ARMORER.says(Intent::RegisterGun { gun, kind, action, chambers: 6, place: POCKET });
    all_name(Code::PlaceNotForGuns, &Stage::new(), vec![in_a_pocket]);
}

/// Roles that are gone name nobody and close nothing; a producer does not close what he was named for.
#[test]
fn an_inquiry_asks_who_somebody_is_now() {
    let no_roles = |who: Who| Step::from(ARMORER.gives_roles(who, 1, &[]));
    let held = Stage::new().after(&stopped());
    let nobody = held.clone().after(&[no_roles(CAMERA)]);
    all_name(Code::RegisterNotAllowed, &nobody, vec![CAMERA.names_for_the_inquiry(SAFETY_OFFICER)]);
    let named = held.after(&[
        ARMORER.names_for_the_inquiry(SAFETY_OFFICER).into(),
        ARMORER.gives_roles(SAFETY_OFFICER, 1, &[Role::Producer]).into(),
    ]);
    all_name(Code::InquiryProducer, &named, vec![SAFETY_OFFICER.closes_the_inquiry()]);
}

/// Of a copy nobody is warned; what was found is no loss; and a report of a gun that is there is recorded and says nothing.
#[test]
fn an_inquiry_into_a_gun_that_is_gone_waits_for_the_police_alone() {
    let gone = |gun: u8| {
        let named = PRODUCER.names_for_the_inquiry(SAFETY_OFFICER);
        Stage::new().after(&[ARMORER.says(Intent::ReportGone { gun }).into(), named.into()])
    };
    let closes = |stage: &Stage| stage.verdict(&SAFETY_OFFICER.closes_the_inquiry()).accepted;
    assert!(!closes(&gone(GUN_1)) && closes(&gone(RUBBER)));
    assert!(closes(&gone(GUN_1).after(&[CAMERA.told_of_the_loss_of(GUN_1, Notified::Police).into()])));
    assert!(closes(&gone(GUN_1).after(&[ARMORER.has(GUN_1).into()])));
    let there = Stage::new().verdict(&CAMERA.told_of_the_loss_of(GUN_1, Notified::Police));
    assert!(there.accepted && there.events.is_empty());
}

/// What stands beside an entry is erased once, by the register's keepers; a hold ends with who asked for it, or with an
/// investigator, and not with anybody else's.
#[test]
fn what_is_preserved_is_erased_when_all_who_asked_have_released_it() {
    all_name(Code::RegisterNotAllowed, &Stage::new(), vec![CAMERA.erases_a_name(), HANDLER.erases_a_name()]);
    let accepts = |stage: &Stage, said: Said| stage.verdict(&said).accepted;
    let asked = Stage::new().after(&[CAMERA.preserves_the_record().into(), CAMERA.preserves_the_record().into()]);
    assert_eq!(asked.state.preservations.len(), 1, "asked for twice, it holds once");
    let two = asked.after(&[PERFORMER.preserves_the_record().into(), CAMERA.releases_the_record().into()]);
    assert!(!accepts(&two, PRODUCER.erases_a_name()), "the performer has asked for it too");
    let released = two.after(&[
        ARMORER.gives_roles(SAFETY_OFFICER, 1, &[Role::Investigator]).into(),
        SAFETY_OFFICER.releases_the_record().into(),
    ]);
    let files = PRODUCER.says(Intent::Erase { intent: 1, what: Erasable::Files, ground: Ground::Ordered });
    let erased = released.after(&[PRODUCER.erases_a_name().into()]);
    assert!(accepts(&erased, files), "its files are another thing than its texts");
    assert!(!accepts(&erased, PRODUCER.erases_a_name()));
}

/// A live round in any answer stops, also in a line, whoever says it and whatever else is wrong with it.
#[test]
fn a_live_round_in_a_line_stops() {
    let live = super::before::one_round(Content::Live);
    let line = Stage::new().after(&[ARMORER.begins_a_line(WITNESS).into()]).after(&out());
    let issued = line.verdict(&ARMORER.issues_in_line(GUN_1, EXTRA, live));
    assert_eq!(stop_in(&issued.events), Some(StopCause::LiveRound));
    let line = line.after(&[ARMORER.issues_in_line(GUN_1, EXTRA, empty(6)).into()]);
    let confirmed = line.verdict(&WITNESS.confirms_in_line(GUN_1, CAMERA, live));
    assert_eq!(stop_in(&confirmed.events), Some(StopCause::LiveRound));
    all_name(Code::ShowingChambersMissing, &line, vec![WITNESS.confirms_in_line(GUN_1, EXTRA, empty(3))]);
}

/// Where the check of an issue was given up, nothing was shown that the witness could confirm.
#[test]
fn an_issue_whose_check_was_given_up_is_not_confirmed() {
    let issue = ARMORER.issues_in_line(GUN_1, EXTRA, empty(6));
    let stage = Stage::new()
        .after(&[ARMORER.begins_a_line(WITNESS).into()])
        .after(&out())
        .after(&[issue.into(), ARMORER.gives_the_check_up(GUN_1).into()]);
    all_name(Code::ShowingCheckGivenUp, &stage, vec![WITNESS.confirms_in_line(GUN_1, EXTRA, empty(6))]);
    let copies = Stage::new().after(&[ARMORER.begins_a_line(WITNESS).into()]).after(&super::before::rubber_matched());
    let copies = copies.after(&[ARMORER.issues_in_line(RUBBER, EXTRA, empty(0)).into()]);
    let confirms = WITNESS.confirms_in_line(RUBBER, EXTRA, empty(0));
    assert!(copies.verdict(&confirms).accepted);
    all_name(Code::WitnessDependent, &copies, vec![confirms.on_the_device_of(ARMORER)]);
    let later = copies.after(&[Step::Later(20)]);
    all_name(Code::IdentityLapsed, &later, vec![confirms]);
}

/// What is laid before the camera is shown, or matched where it cannot fire.
#[test]
fn what_is_laid_before_the_camera_is_shown_or_matched() {
    let declared = |gun| vec![ARMORER.declares_a_preset(gun, SET).into()];
    let unseen = Stage::new().after(&declared(GUN_1)).after(&out());
    all_name(Code::ShowingNever, &unseen, vec![ARMORER.lays_the_preset(GUN_1, SET)]);
    let copy = [ARMORER.takes_out(RUBBER).into(), ARMORER.calls_to_set(RUBBER).into()];
    let copy = Stage::new().after(&declared(RUBBER)).after(&copy);
    all_name(Code::IdentityNotMatched, &copy, vec![ARMORER.lays_the_preset(RUBBER, SET)]);
}

/// A report that names nothing that is there still lowers what it can: the gun that it does name.
#[test]
fn a_reload_from_an_unknown_lot_voids_and_stops() {
    let verdict =
        Stage::new().after(&super::before::shown()).verdict(&CAMERA.reports_reloaded(GUN_1, NO_LOT, BELT, &[1]));
    let lowered = (stop_in(&verdict.events), voiding_in(&verdict.events));
    assert_eq!(lowered, (Some(StopCause::UnexpectedRound), Some(Doubt::Loaded)));
}

/// A reload with blanks where none are planned, or with blanks that nobody tested in that gun, is named.
#[test]
fn a_reload_with_blanks_names_what_was_not_planned() {
    let in_the_belt = super::before::reload_declared(BLANKS);
    let stage = Stage::new().after(&super::before::gun_70()).after(&in_the_belt).after(&super::before::scene_closed());
    let verdict = stage.verdict(&PERFORMER.reports_reloaded(super::before::GUN_70, BLANKS, BELT, &[1]));
    assert!(verdict.accepted);
    assert_eq!(codes(&verdict), [Code::BeltNotDeclared, Code::BlankNotTested, Code::SceneNoBlanks]);
}

#[test]
fn a_round_that_is_found_stops_of_whatever_kind_it_is() {
    for round in [RoundKind::Blank, RoundKind::Dummy, RoundKind::NotSure] {
        let said = CAMERA.says(Intent::ReportRoundFoundIn { place: SET, round });
        let stop = stop_in(&Stage::new().verdict(&said).events);
        assert_eq!(stop, Some(StopCause::UnexpectedRound));
    }
}

/// Each of these leaves nothing to be said of the gun.
#[test]
fn what_voids_says_why() {
    use super::before::{blanks_shown, fired, loaded, looked_through, shown};
    let offered_to_the_handler = [shown(), vec![ARMORER.offers(GUN_1, HANDLER).into()]].concat();
    for (before, said, why) in [
        (shown(), ARMORER.puts_away(GUN_1, VAULT), Doubt::OutOfSight),
        (looked_through(), ARMORER.tests(GUN_1, BLANKS, 1), Doubt::Loaded),
        (loaded(), ARMORER.unloads(GUN_1, &[1]), Doubt::Loaded),
        (fired(), ARMORER.empties(GUN_1, &[1, 2], &[], &[3]), Doubt::Loaded),
        (blanks_shown(), ARMORER.reports_fired(GUN_1, 1, 0), Doubt::Fired),
        (offered_to_the_handler, HANDLER.looks_and_takes(GUN_1), Doubt::ChangedHands),
    ] {
        let verdict = Stage::new().after(&before).verdict(&said);
        assert_eq!((verdict.accepted, voiding_in(&verdict.events)), (true, Some(why)), "{said:?}");
    }
}

/// What two people see stops where they differ twice, and where both see what nobody loaded.
#[test]
fn what_two_people_see_in_a_gun_stops() {
    let dummy = super::before::one_round(Content::Dummy);
    let differ = [ARMORER.answers(GUN_1, empty(6)).into(), WITNESS.answers(GUN_1, dummy).into()];
    let again = Stage::new().after(&super::before::being_checked()).after(&differ).after(&differ[..1]);
    let second = again.verdict(&WITNESS.answers(GUN_1, dummy));
    assert_eq!(stop_in(&second.events), Some(StopCause::AnswersDifferTwice));
    let alike = Stage::new().after(&super::before::being_checked()).after(&[ARMORER.answers(GUN_1, dummy).into()]);
    let found = alike.verdict(&WITNESS.answers(GUN_1, dummy));
    assert_eq!(stop_in(&found.events), Some(StopCause::UnexpectedRound));
    let gone = Stage::new()
        .after(&super::before::loaded())
        .after(&[ARMORER.begins_a_check(GUN_1, WITNESS).into(), ARMORER.answers(GUN_1, empty(6)).into()]);
    let missing = gone.verdict(&WITNESS.answers(GUN_1, empty(6)));
    assert_eq!(stop_in(&missing.events), Some(StopCause::RoundMissing));
}

/// The witness of the last look reads every chamber of a gun that is still shown.
#[test]
fn a_last_look_is_whole_and_in_time() {
    let offered = Stage::new().after(&super::before::offered());
    all_name(Code::ShowingChambersMissing, &offered, vec![WITNESS.looks_last(GUN_1, empty(3))]);
    let late = offered.after(&[Step::Later(5)]);
    all_name(Code::ShowingTimeLapsed, &late, vec![WITNESS.looks_last(GUN_1, empty(6))]);
}

/// A line is walked with a trained observer; a copy has no chamber that could be read.
#[test]
fn a_line_asks_for_a_witness_and_for_what_is_there() {
    all_name(Code::WitnessNotTrained, &Stage::new(), vec![ARMORER.begins_a_line(CAMERA)]);
    let copies = Stage::new().after(&super::before::line_begun()).after(&super::before::rubber_matched());
    all_name(Code::LoadChamberNone, &copies, vec![ARMORER.issues_in_line(RUBBER, EXTRA, empty(1))]);
}

/// Without a procedure nothing is opened; without a chamber nothing is unloaded.
#[test]
fn what_cannot_be_read_is_not_opened() {
    let gun = super::before::GUN_70;
    let old = Stage::new().after(&super::before::without_action()).after(&[ARMORER.takes_out(gun).into()]);
    all_name(Code::CheckNoProcedure, &old, vec![ARMORER.looks_through_the_bore(gun, Light::Seen)]);
    let loaded = Stage::new().after(&super::before::loaded());
    all_name(Code::LoadNothing, &loaded, vec![ARMORER.unloads(GUN_1, &[])]);
}

/// A lot of live rounds comes onto no register by these rules; one that is there loads nothing, and stops.
#[test]
fn a_live_lot_of_an_old_record_is_not_used() {
    let live = Event::LotRegistered { lot: 70, kind: LotKind::Live, inert_at_head: false, rounds: 50 };
    let taken_out = Event::LotTakenOut { lot: 70, person: ARMORER.0, at: Tick(100) };
    let stage = Stage::new().after(&[Step::Happens(live), Step::Happens(taken_out)]);
    let stage = stage.after(&super::before::looked_through());
    for said in [ARMORER.draws(70, 1), ARMORER.loads(GUN_1, 70, &[1])] {
        all_name(Code::LoadLive, &stage, vec![said]);
        let verdict = stage.verdict(&said);
        assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound));
        // This is no range: nobody misses its medic here.
        assert!(!codes(&verdict).contains(&Code::RangeNotThere), "{said:?}");
    }
}

#[test]
fn whoever_has_no_role_says_of_no_brass_that_it_is_lost() {
    let stage =
        Stage::new().after(&super::before::brass_missing()).after(&[ARMORER.gives_roles(CAMERA, 1, &[]).into()]);
    all_name(Code::RegisterNotAllowed, &stage, vec![CAMERA.says_lost(BLANKS, 1, SET)]);
}

#[test]
fn a_seal_that_is_reported_broken_is_none() {
    let broken = CAMERA.says(Intent::ReportSealBroken { place: BELT }).into();
    let stage = Stage::new().after(&super::before::belt_sealed()).after(&[broken]);
    all_name(Code::BeltNotSealed, &stage, vec![ARMORER.sees_the_seal(BELT, 7)]);
}

/// An entry has an end: of very many things that are open the first of each code is named, and no more than it holds.
#[test]
fn of_very_many_open_things_no_more_are_named_than_an_entry_holds() {
    let guns: Vec<u8> = (100..180).collect();
    let stage = Stage::new().after(&steps_of(&guns));
    let open = kernel::open_items(&stage.state);
    let codes_of = |reasons: &[Reason<Small>]| reasons.iter().map(|it| it.code).collect::<BTreeSet<Code>>();
    let verdict = stage.verdict(&FIRST_AD.wraps());
    assert!(open.len() > 64 && codes_of(&open).len() > 1);
    assert_eq!(verdict.reasons.len(), 64);
    assert!(codes_of(&open).is_subset(&codes_of(&verdict.reasons)));
    let order = verdict.reasons.iter().map(|it| it.code);
    assert!(order.is_sorted(), "sorted by code");
    // As many as fit are all named.
    let few = Stage::new().after(&steps_of(&guns[..9]));
    let open = kernel::open_items(&few.state);
    let named = few.verdict(&FIRST_AD.wraps()).reasons;
    assert!(named.len() < 64 && open.iter().all(|item| named.contains(item)));
}

fn steps_of(guns: &[u8]) -> Vec<Step> {
    let of =
        |gun: &u8| [ARMORER.registers_a_gun(*gun, Action::SingleAction, 6), ARMORER.takes_out(*gun)].map(Step::from);
    guns.iter().flat_map(of).collect()
}

/// What is over is forgotten when a day begins: the state does not grow with the past.
#[test]
fn a_day_that_opens_forgets_the_duties_that_are_over() {
    let duties = [(101, 105), (106, 110), (111, 150)];
    let mut steps: Vec<Step> =
        duties.map(|(from, until)| PRODUCER.rosters(ARMORER, Role::Camera, from, until).into()).into();
    steps.extend([Step::Later(10), ARMORER.gives_roles(PRODUCER, 2, &[Role::Producer]).into()]);
    let before = Stage::new().after(&steps);
    assert_eq!(before.state.people[&ARMORER.0].duties.len(), 3);
    let after = before.after(&[FIRST_AD.opens_day(2).into()]);
    // The second one ends as the day begins.
    assert!(after.state.people[&ARMORER.0].duties.keys().eq([&(Tick(111), Role::Camera)]));
}
