//! The rows of what comes from a rental house and goes back, and of what is on the way.

use kernel::{Code, Content, Doubt, Event, Intent, PlaceKind, Role, Seen};

use super::before::{
    blanks_shown, boxes_away, musket_charged, musket_checked, musket_out, out, pistol_loaded, scene_closed, shown,
};
use super::{Row, codes, row};
use crate::stage::{
    AMMUNITION_CASE, ARMORER, CAMERA, FIRST_AD, GUN_1, HANDLER, MUSKET, OTHER_DUMMIES, PERFORMER, PISTOL, PRODUCER,
    Said, Small, Stage, Step, TWO_DUMMIES, VAULT, VENDOR, WITNESS, Who, empty, fed, rods,
};

/// A vehicle with a compartment for guns.
pub const VEHICLE: u8 = 70;

/// The vehicle is registered, and locks or does not.
pub fn vehicle(locks: bool) -> Said {
    ARMORER.says(Intent::RegisterPlace { place: VEHICLE, kind: PlaceKind::Vehicle, locks, for_guns: true })
}

/// Gun 1 was shown empty, and went back to the rental house.
pub fn returned() -> Vec<Step> {
    [shown(), vec![ARMORER.returns_to(VENDOR, GUN_1).into()]].concat()
}

/// Gun 1 is locked in the vehicle, and the armorer goes along.
pub fn on_the_way() -> Vec<Step> {
    let steps = [vehicle(true), ARMORER.takes_out(GUN_1), ARMORER.puts_away(GUN_1, VEHICLE), ARMORER.moves(VEHICLE)];
    steps.map(Step::from).to_vec()
}

/// The case with every box in it is on the way.
fn boxes_on_the_way() -> Vec<Step> {
    [boxes_away(), vec![ARMORER.moves(AMMUNITION_CASE).into()]].concat()
}

const fn to(whom: Who) -> Said {
    ARMORER.returns_to(whom, GUN_1)
}

pub(super) fn return_rows() -> Vec<Row> {
    use Code::{GunLeftLoaded, ReturnNotEmpty, ReturnNotVendor, ShowingLoadedSince, ShowingNever};
    let loaded = [GunLeftLoaded, ReturnNotEmpty];
    let seen = Seen::with_feed(empty(1), fed(2, Content::Dummy));
    vec![
        row(ReturnNotEmpty, to(VENDOR)).after(out()).answered(&[ReturnNotEmpty, ShowingNever]),
        row(ReturnNotEmpty, to(VENDOR)).after(blanks_shown()).answered(&loaded),
        row(ReturnNotEmpty, ARMORER.returns_to(VENDOR, PISTOL)).after(pistol_loaded(2)).answered(&[
            GunLeftLoaded,
            ReturnNotEmpty,
            ShowingLoadedSince,
            ShowingNever,
        ]),
        // An empty chamber is not an empty gun.
        row(ReturnNotEmpty, ARMORER.returns_to(VENDOR, PISTOL))
            .after(pistol_loaded(2))
            .and(ARMORER.begins_a_check(PISTOL, WITNESS))
            .and(ARMORER.sees(PISTOL, seen))
            .and(WITNESS.sees(PISTOL, seen))
            .answered(&loaded),
        // The rod stands above its mark, or a cap is on.
        row(ReturnNotEmpty, ARMORER.returns_to(VENDOR, MUSKET))
            .after(musket_charged())
            .after(musket_checked(rods(1, &[1], &[])))
            .answered(&loaded),
        row(ReturnNotVendor, to(PERFORMER)).after(shown()),
        row(ReturnNotVendor, to(HANDLER)).after(shown()),
        row(ReturnNotVendor, ARMORER.receives_from(CAMERA, GUN_1, VAULT)).after(returned()),
    ]
}

pub(super) fn transit_rows() -> Vec<Row> {
    use Code::*;
    vec![
        row(TransitNotCarrier, ARMORER.moves(VAULT)),
        row(TransitNotOn, ARMORER.arrives_with(AMMUNITION_CASE)),
        row(TransitNotYours, HANDLER.arrives_with(AMMUNITION_CASE)).after(boxes_on_the_way()),
        row(TransitOn, ARMORER.moves(AMMUNITION_CASE)).after(boxes_on_the_way()),
        row(TransitOn, ARMORER.takes_out(GUN_1)).after(on_the_way()),
        // Nor is anything put into what is away, but by the one who goes along.
        row(TransitOn, HANDLER.puts_away(MUSKET, VEHICLE)).and(HANDLER.takes_out(MUSKET)).after(on_the_way()),
        row(TransitOn, HANDLER.puts_the_box_away(OTHER_DUMMIES)).after(boxes_on_the_way()),
        row(TransitOn, ARMORER.takes_the_box_out(TWO_DUMMIES)).after(boxes_on_the_way()),
        row(TransitOn, FIRST_AD.closes_the_scene()).after(boxes_on_the_way()),
        row(TransitOn, FIRST_AD.wraps()).after(boxes_away()).after(scene_closed()).and(ARMORER.moves(AMMUNITION_CASE)),
        row(TransitUnattended, CAMERA.reports_unattended(AMMUNITION_CASE)).after(boxes_on_the_way()).recorded(),
        // Whoever goes along leaves it.
        row(TransitUnattended, CAMERA.reports_left(ARMORER))
            .after(boxes_on_the_way())
            .recorded()
            .voids(Doubt::HandlerLeft),
    ]
}

/// As it comes for the first time, where the list of the house has put it.
#[test]
fn a_gun_of_the_list_is_received_where_the_list_has_it() {
    let stage = Stage::new();
    let received = stage.verdict(&ARMORER.receives_from(VENDOR, GUN_1, VAULT));
    assert!(received.accepted, "{:?}", received.reasons);
    let again = stage.after(&returned()).verdict(&ARMORER.receives_from(VENDOR, GUN_1, VAULT));
    assert!(again.accepted, "{:?}", again.reasons);
}

#[test]
fn whoever_went_along_says_that_it_has_arrived_and_then_it_is_opened() {
    let mut stage = Stage::new().after(&on_the_way());
    assert!(stage.goes_on(&ARMORER.arrives_with(VEHICLE).into()).unwrap().accepted);
    assert!(stage.goes_on(&ARMORER.takes_out(GUN_1).into()).unwrap().accepted);
}

#[test]
fn whose_the_gun_is_stands_in_the_answer_and_in_the_stop() {
    for whose in [Some(PERFORMER.0), None] {
        let verdict = Stage::new().verdict(&CAMERA.sees_a_personal_weapon_of(whose));
        assert_eq!(verdict.reasons.iter().map(|reason| reason.who).collect::<Vec<_>>(), [whose]);
        let concerned =
            |event: &Event<Small>| matches!(event, Event::StopPulled { concerned, .. } if *concerned == [whose, None]);
        assert!(verdict.events.iter().any(concerned));
    }
}

/// Where the one who went along is gone, whoever leads the work with guns enters that it has arrived; it was left alone.
#[test]
fn where_the_one_who_went_along_is_gone_whoever_leads_enters_that_it_has_arrived() {
    let stage = Stage::new().after(&boxes_on_the_way());
    let arrives = |stage: &Stage| stage.verdict(&HANDLER.arrives_with(AMMUNITION_CASE));
    let leads = |day| PRODUCER.gives_roles(HANDLER, day, &[Role::PropertyMaster]).into();
    let left: Step = CAMERA.reports_left(ARMORER).into();
    assert_eq!(codes(&arrives(&stage.clone().after(&[left]))), [Code::TransitNotYours], "he leads nothing");
    assert_eq!(codes(&arrives(&stage.clone().after(&[leads(1)]))), [Code::TransitNotYours], "nobody is gone");
    let arrived = arrives(&stage.clone().after(&[left, leads(1)]));
    assert!(arrived.accepted && arrived.events.iter().any(|it| matches!(it, Event::LeftUnattended { .. })));
    let next = stage.after(&[leads(2), FIRST_AD.opens_day(2).into()]);
    assert!(arrives(&next).accepted, "{:?}", arrives(&next).reasons);
}

/// What was left alone is counted again, also where nobody says that it was on the way.
#[test]
fn a_box_that_was_left_alone_is_counted_before_anything_of_it_is_issued() {
    let stage = Stage::new().after(&boxes_away()).after(&[CAMERA.reports_unattended(AMMUNITION_CASE).into()]);
    let stage = stage.after(&[ARMORER.takes_the_box_out(TWO_DUMMIES).into()]);
    let verdict = stage.verdict(&ARMORER.draws(TWO_DUMMIES, 1));
    assert_eq!(codes(&verdict), [Code::CountNotAtIssue, Code::LotNotVerified]);
}

#[test]
fn a_musket_goes_back_when_the_rod_went_to_its_mark() {
    let stage = Stage::new().after(&musket_out()).after(&musket_checked(rods(1, &[], &[])));
    let verdict = stage.verdict(&ARMORER.returns_to(VENDOR, MUSKET));
    assert!(verdict.accepted, "{:?}", verdict.reasons);
}
