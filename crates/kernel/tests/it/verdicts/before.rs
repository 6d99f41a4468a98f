//! What came before a row: short stories that many rows begin with.

use kernel::{Action, Content, GunKind, Light, Occasion, Readings, Rod, Role, Tally};

use crate::stage::{
    ARMORER, BELT, BLANKS, CALIBRE, CAMERA, DRESS_ROUNDS, DUMMIES, FIRST_AD, GUN_1, LATECOMER, MUSKET, PERFORMER,
    PISTOL, PRODUCER, QUIET_SCENE, RUBBER, SAFETY_OFFICER, SCENE, STAND_OFF_CENTIMETRES, Step, THE_OPEN_ONE, Tick,
    USED_LOTS, VAULT, WITNESS, Who, empty, rods, rounds, seen_empty,
};
use kernel::{Event, Intent, Seen};

use super::shots::{self, Plan};

/// A gun that a row registers.
pub const GUN_70: u8 = 70;

/// The armorer took gun 1 out and called it to set.
pub fn out() -> Vec<Step> {
    vec![ARMORER.takes_out(GUN_1).into(), ARMORER.calls_to_set(GUN_1).into()]
}

/// The armorer began a check with the witness.
pub fn being_checked() -> Vec<Step> {
    [out(), vec![ARMORER.begins_a_check(GUN_1, WITNESS).into()]].concat()
}

/// Both saw in gun 1 what `readings` say.
pub fn checked(witness: Who, readings: Readings) -> Vec<Step> {
    vec![
        ARMORER.begins_a_check(GUN_1, witness).into(),
        ARMORER.answers(GUN_1, readings).into(),
        witness.answers(GUN_1, readings).into(),
    ]
}

/// Both saw gun 1 empty.
pub fn shown() -> Vec<Step> {
    shown_with(WITNESS)
}

pub fn shown_with(witness: Who) -> Vec<Step> {
    [out(), checked(witness, empty(6))].concat()
}

/// Gun 1, shown empty, is offered to the performer.
pub fn offered() -> Vec<Step> {
    [shown(), vec![ARMORER.offers(GUN_1, PERFORMER).into()]].concat()
}

/// The performer looked and took it.
pub fn with_the_performer() -> Vec<Step> {
    [offered(), vec![PERFORMER.looks_and_takes(GUN_1).into()]].concat()
}

/// Gun 1 is out, and its bore was looked through.
pub fn looked_through() -> Vec<Step> {
    [out(), vec![ARMORER.looks_through_the_bore(GUN_1, Light::Seen).into()]].concat()
}

/// A dummy is in chamber 1 of gun 1.
pub fn loaded() -> Vec<Step> {
    [looked_through(), vec![ARMORER.loads(GUN_1, DUMMIES, &[1]).into()]].concat()
}

/// The rubber copy is out and matched.
pub fn rubber_matched() -> Vec<Step> {
    vec![ARMORER.takes_out(RUBBER).into(), ARMORER.matches_the_label_of(RUBBER).into()]
}

/// Somebody called a stop.
pub fn stopped() -> Vec<Step> {
    vec![CAMERA.stops().into()]
}

/// The safety officer lifted the stop that stands.
pub fn lifted() -> Vec<Step> {
    vec![PRODUCER.names_for_the_inquiry(SAFETY_OFFICER).into(), SAFETY_OFFICER.closes_the_inquiry().into()]
}

/// The stop was called and the safety officer lifted it.
pub fn stopped_and_lifted() -> Vec<Step> {
    [stopped(), lifted()].concat()
}

/// The night is over; roles were entered for day 2.
pub fn next_day() -> Vec<Step> {
    vec![
        PRODUCER.gives_roles(ARMORER, 2, &[Role::Armorer]).into(),
        PRODUCER.gives_roles(PERFORMER, 2, &[Role::Performer]).into(),
        FIRST_AD.opens_day(2).into(),
    ]
}

/// A round of `content` in chamber 1 of six, taken out, seen and shaken.
pub fn one_round(content: Content) -> Readings {
    rounds(6, &[1], content)
}

// A pistol.

/// The armorer took the pistol out and called it to set.
pub fn pistol_out() -> Vec<Step> {
    vec![ARMORER.takes_out(PISTOL).into(), ARMORER.calls_to_set(PISTOL).into()]
}

pub fn pistol_looked_through() -> Vec<Step> {
    [pistol_out(), vec![ARMORER.looks_through_the_bore(PISTOL, Light::Seen).into()]].concat()
}

/// So many dummies are in its magazine.
pub fn pistol_loaded(count: u8) -> Vec<Step> {
    [pistol_looked_through(), vec![ARMORER.loads_the_feed(PISTOL, DUMMIES, count).into()]].concat()
}

/// Both saw the same in the pistol.
pub fn pistol_checked(seen: Seen) -> Vec<Step> {
    vec![
        ARMORER.begins_a_check(PISTOL, WITNESS).into(),
        ARMORER.sees(PISTOL, seen).into(),
        WITNESS.sees(PISTOL, seen).into(),
    ]
}

/// It is offered to the performer, empty.
pub fn pistol_offered() -> Vec<Step> {
    let offer = vec![ARMORER.offers(PISTOL, PERFORMER).into()];
    [pistol_out(), pistol_checked(seen_empty()), offer].concat()
}

// A musket.

/// The armorer took the musket out and called it to set.
pub fn musket_out() -> Vec<Step> {
    vec![ARMORER.takes_out(MUSKET).into(), ARMORER.calls_to_set(MUSKET).into()]
}

/// The rod went down to its mark.
pub fn musket_rodded() -> Vec<Step> {
    [musket_out(), vec![ARMORER.runs_the_rod(MUSKET, Rod::AtMark).into()]].concat()
}

/// A blank charge is in it.
pub fn musket_charged() -> Vec<Step> {
    [musket_rodded(), vec![ARMORER.loads(MUSKET, BLANKS, &[1]).into()]].concat()
}

/// The cap is on.
pub fn musket_primed() -> Vec<Step> {
    [musket_charged(), vec![ARMORER.primes(MUSKET, &[1]).into()]].concat()
}

/// Both read the same of rod and cap.
pub fn musket_checked(seen: Seen) -> Vec<Step> {
    vec![
        ARMORER.begins_a_check(MUSKET, WITNESS).into(),
        ARMORER.sees(MUSKET, seen).into(),
        WITNESS.sees(MUSKET, seen).into(),
    ]
}

/// The performer has it, charged and primed.
pub fn musket_with_the_performer() -> Vec<Step> {
    let steps = vec![
        ARMORER.finds_the_line_clear(MUSKET, STAND_OFF_CENTIMETRES).into(),
        ARMORER.offers(MUSKET, PERFORMER).into(),
        PERFORMER.looks_and_takes(MUSKET).into(),
    ];
    [musket_primed(), musket_checked(rods(1, &[1], &[1])), steps].concat()
}

// Blanks.

/// Blanks in chambers 1 to 3 of six.
pub fn three_blanks() -> Readings {
    rounds(6, &[1, 2, 3], Content::Blank)
}

/// Three blanks of the box are in gun 1.
pub fn blanks_loaded() -> Vec<Step> {
    [looked_through(), vec![ARMORER.loads(GUN_1, BLANKS, &[1, 2, 3]).into()]].concat()
}

/// Both saw them.
pub fn blanks_shown() -> Vec<Step> {
    [blanks_loaded(), checked(WITNESS, three_blanks())].concat()
}

/// Its line is clear out to the stand-off.
pub fn line_clear() -> Vec<Step> {
    [blanks_shown(), vec![ARMORER.finds_the_line_clear(GUN_1, STAND_OFF_CENTIMETRES).into()]].concat()
}

/// Gun 1 with its blanks is offered to the performer.
pub fn blanks_offered() -> Vec<Step> {
    [line_clear(), vec![ARMORER.offers(GUN_1, PERFORMER).into()]].concat()
}

/// The performer has it.
pub fn blanks_with_the_performer() -> Vec<Step> {
    [blanks_offered(), vec![PERFORMER.looks_and_takes(GUN_1).into()]].concat()
}

/// A shot of the open scene has this gun with so many blanks, toward nobody; SHOT READY was called, and its take is on.
pub fn take_with(gun: u8, rounds: u8) -> Vec<Step> {
    let (shot, nearest_millimetres) = (THE_OPEN_ONE, STAND_OFF_CENTIMETRES * 10);
    vec![
        FIRST_AD.says(Intent::PlanShot { scene: SCENE }).into(),
        FIRST_AD.says(Plan { rounds, ..shots::BLANKS }.of(gun)).into(),
        SAFETY_OFFICER.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres }).into(),
        ARMORER.says(Intent::EnterProtection { gun, shot }).into(),
        FIRST_AD.says(Intent::CallShotReady { shot }).into(),
        FIRST_AD.says(Intent::BeginTake { shot: Some(shot) }).into(),
    ]
}

pub fn cut() -> Step {
    FIRST_AD.says(Intent::ReportCut).into()
}

/// The performer has gun 1 with its blanks, and a take with it is on.
pub fn blanks_in_a_take() -> Vec<Step> {
    [blanks_with_the_performer(), take_with(GUN_1, 3)].concat()
}

/// The performer has the musket, charged and primed, and a take with it is on.
pub fn musket_in_a_take() -> Vec<Step> {
    [musket_with_the_performer(), take_with(MUSKET, 1)].concat()
}

/// Two of its three blanks were fired, and the armorer has it back.
pub fn fired() -> Vec<Step> {
    let steps = vec![ARMORER.reports_fired(GUN_1, 2, 0).into(), cut(), ARMORER.takes_back(GUN_1).into()];
    [blanks_in_a_take(), steps].concat()
}

/// One of them misfired, and the armorer has it back.
pub fn misfired() -> Vec<Step> {
    let steps = vec![ARMORER.reports_fired(GUN_1, 1, 1).into(), cut(), ARMORER.takes_back(GUN_1).into()];
    [blanks_in_a_take(), steps].concat()
}

// Guns of a row's own.

/// Gun 70 is entered, of six chambers, and nobody says of what calibre; the armorer took it out, called
/// it to set and looked through its bore.
pub fn gun_70_without_calibre() -> Vec<Step> {
    vec![
        ARMORER.registers_a_gun(GUN_70, Action::SingleAction, 6).into(),
        ARMORER.takes_out(GUN_70).into(),
        ARMORER.calls_to_set(GUN_70).into(),
        ARMORER.looks_through_the_bore(GUN_70, Light::Seen).into(),
    ]
}

/// The same of the usual calibre. No blanks were tested in it.
pub fn gun_70() -> Vec<Step> {
    let calibre = ARMORER.says(Intent::EnterCalibre { gun: GUN_70, calibre: CALIBRE }).into();
    [gun_70_without_calibre(), vec![calibre]].concat()
}

/// An old record has a gun that fires and has no action: no register takes one today.
pub fn without_action() -> Vec<Step> {
    let (gun, place, at) = (GUN_70, VAULT, Tick(90));
    let (kind, action, chambers) = (GunKind::LiveCapable, Action::None, 0);
    vec![Step::Happens(Event::GunRegistered { gun, kind, action, chambers, place, at })]
}

/// A gun of another action, empty by the record and on the set.
pub fn gun_70_of(action: Action) -> Vec<Step> {
    let chambers = if action == Action::DoubleBarrel { 2 } else { 1 };
    vec![
        ARMORER.registers_a_gun(GUN_70, action, chambers).into(),
        ARMORER.says(Intent::EnterCalibre { gun: GUN_70, calibre: CALIBRE }).into(),
        ARMORER.takes_out(GUN_70).into(),
        ARMORER.calls_to_set(GUN_70).into(),
    ]
}

/// The performer who came late is a handler today.
pub fn latecomer_handles() -> Vec<Step> {
    vec![PRODUCER.gives_roles(LATECOMER, 1, &[Role::Handler]).into()]
}

// Counts.

pub const fn dummies(dummy: u32) -> Tally {
    Tally { live: 0, blank: 0, dummy, spent: 0, misfired: 0, not_sure: 0 }
}

pub const fn blanks(blank: u32, spent: u32, misfired: u32) -> Tally {
    Tally { live: 0, blank, dummy: 0, spent, misfired, not_sure: 0 }
}

/// The armorer and the witness counted the lot alike; the second one sealed it.
pub fn counted(lot: u8, occasion: Occasion, tally: Tally) -> Vec<Step> {
    vec![
        ARMORER.begins_a_count(lot, occasion, WITNESS).into(),
        ARMORER.counts(lot, tally).into(),
        WITNESS.counts_and_seals(lot, tally, Some(77)).into(),
    ]
}

/// One fired case of the two in the box of blanks was not found.
pub fn brass_missing() -> Vec<Step> {
    counted(BLANKS, Occasion::Lunch, blanks(48, 1, 0))
}

/// A count of the dummies for lunch is under way.
pub fn being_counted() -> Vec<Step> {
    vec![ARMORER.begins_a_count(DUMMIES, Occasion::Lunch, WITNESS).into()]
}

/// The armorer locked every box away.
pub fn boxes_away() -> Vec<Step> {
    USED_LOTS.map(|lot| ARMORER.puts_the_box_away(lot).into()).to_vec()
}

/// Gun 1 was put away.
pub fn gun_away() -> Vec<Step> {
    vec![ARMORER.puts_away(GUN_1, VAULT).into()]
}

// Belts.

/// Twenty dress rounds are in the belt, and their box was counted again.
pub fn belt_filled() -> Vec<Step> {
    let steps = vec![ARMORER.draws(DRESS_ROUNDS, 20).into(), ARMORER.stows(DRESS_ROUNDS, BELT, 20).into()];
    [steps, counted(DRESS_ROUNDS, Occasion::Lunch, dummies(30))].concat()
}

/// The belt was sealed with the number 7.
pub fn belt_sealed() -> Vec<Step> {
    [belt_filled(), vec![ARMORER.seals(BELT, 7).into()]].concat()
}

/// Six rounds of the lot are in the belt, for a scripted reload.
pub fn reload_declared(lot: u8) -> Vec<Step> {
    vec![ARMORER.draws(lot, 6).into(), ARMORER.declares_a_reload(BELT).into(), ARMORER.stows(lot, BELT, 6).into()]
}

// The scene.

/// No scene is open.
pub fn scene_closed() -> Vec<Step> {
    vec![Step::Happens(Event::SceneClosed { scene: SCENE, at: Tick(100) })]
}

/// A scene without blanks is open, and nobody held a meeting for it.
pub fn quiet_scene() -> Vec<Step> {
    [scene_closed(), vec![FIRST_AD.opens_the_scene(QUIET_SCENE).into()]].concat()
}

/// Everything is away and the scene was closed.
pub fn scene_over() -> Vec<Step> {
    [boxes_away(), vec![FIRST_AD.closes_the_scene().into()]].concat()
}

/// The day is wrapped.
pub fn wrapped() -> Vec<Step> {
    [scene_over(), vec![FIRST_AD.wraps().into()]].concat()
}

/// The armorer is rostered for the camera from now on.
pub fn other_duty() -> Vec<Step> {
    vec![PRODUCER.rosters(ARMORER, Role::Camera, 100, 140).into()]
}

/// The armorer and the witness walk a line.
pub fn line_begun() -> Vec<Step> {
    vec![ARMORER.begins_a_line(WITNESS).into()]
}

/// A copy of a revolver, with a cylinder of six, is out and was looked through.
pub fn copy_of_a_revolver() -> Vec<Step> {
    let (gun, place, at) = (GUN_70, VAULT, Tick(90));
    let (kind, action, chambers) = (GunKind::Replica, Action::SingleAction, 6);
    vec![
        Step::Happens(Event::GunRegistered { gun, kind, action, chambers, place, at }),
        ARMORER.says(Intent::EnterCalibre { gun, calibre: CALIBRE }).into(),
        ARMORER.takes_out(gun).into(),
        ARMORER.looks_through_the_bore(gun, Light::Seen).into(),
    ]
}

/// The performer has it before the camera, and the armorer answers for it.
pub fn goes_before_the_camera(gun: u8) -> Step {
    Step::Happens(Event::GunTransferred { gun, person: PERFORMER.0, handler: ARMORER.0, at: Tick(100) })
}
