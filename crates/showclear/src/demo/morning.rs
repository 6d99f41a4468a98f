//! The morning that the demonstration plays: what went right, and what was refused.

use kernel::{Action, Chambers, Code, Content, GunKind, Intent, Light, Look, LotKind, PlaceKind, Readings, Role};

use super::set::{Part, Set, all, read};
use crate::failure::Failure;

/// How long before now the morning begins, in minutes.
pub const MINUTES: i64 = 240;

/// The production's name.
pub const PRODUCTION: &str = "Showclear demonstration";

const OFFICE: &str = "the production office";
const PROPERTY_MASTER: &str = "the property master";
const ARMORER: &str = "the armorer";
const ASSISTANT: &str = "the assistant";
const FIRST_AD: &str = "the first AD";
const LEAD: &str = "the lead performer";
const STAND_IN: &str = "the stand-in";
const SAFETY: &str = "the safety officer";
const SECOND_WITNESS: &str = "the second witness";

const fn part(name: &'static str, pin: &'static str, roles: &'static [Role]) -> Part {
    Part { name, roles, answers_to: None, pin }
}

/// The fourteen people, the founder first.
pub const PEOPLE: [Part; 14] = [
    part(OFFICE, "1401", &[Role::Producer]),
    part(PROPERTY_MASTER, "2402", &[Role::PropertyMaster]),
    part(ARMORER, "3403", &[Role::Armorer]),
    Part { name: ASSISTANT, roles: &[Role::Assistant], answers_to: Some(ARMORER), pin: "4404" },
    part(FIRST_AD, "5405", &[Role::FirstAd]),
    part(LEAD, "6406", &[Role::Performer]),
    part("the second performer", "7407", &[Role::Performer]),
    part(STAND_IN, "8408", &[Role::StandIn]),
    part("the extra", "9409", &[Role::Extra]),
    part("the camera operator", "1410", &[Role::Camera]),
    part("the director of photography", "2411", &[Role::Camera]),
    part(SAFETY, "3412", &[Role::Witness, Role::SafetyOfficer]),
    part(SECOND_WITNESS, "4413", &[Role::Witness]),
    part("the medic", "5414", &[Role::Medic]),
];

/// The four guns.
pub const GUNS: [&str; 4] = ["GUN 1", "GUN 2", "GUN 3", "GUN 4"];

const VAULT: &str = "the vault";
const CART: &str = "the gun cart";
const DUMMIES: &str = "DUMMIES A";

/// One chapter: what is told of it, and its scene.
type Chapter = (&'static str, fn(&mut Set) -> Result<(), Failure>);

/// Plays the morning. `say` is told each chapter as it begins.
///
/// # Errors
/// Where a step did not go as the story has it.
pub fn play(set: &mut Set, say: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let chapters: [Chapter; 8] = [
        ("call: people and their devices are entered", enter_people),
        ("places, four guns and a lot of dummies are registered", register),
        ("GUN 1: a word does not stand in for it", not_by_word),
        ("GUN 1 is loaded with dummies, shown to a blind witness, handed over, taken back", shown_and_handed_over),
        ("GUN 4, the rubber copy, is matched and handed to the stand-in", copy_for_the_stand_in),
        ("GUN 2: two answers differ, both look again", looked_at_twice),
        ("break: everything is locked away", break_for_lunch),
        ("after the break GUN 1 is shown again and handed to the lead performer", after_the_break),
    ];
    for (chapter, scene) in chapters {
        say(chapter);
        scene(set)?;
    }
    Ok(())
}

fn enter_people(set: &mut Set) -> Result<(), Failure> {
    PEOPLE.iter().skip(1).try_for_each(|part| set.enter_person(OFFICE, part))
}

fn register(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(10);
    let places = [
        (VAULT, PlaceKind::Vault, true, true),
        ("gun case A", PlaceKind::Case, true, true),
        (CART, PlaceKind::Cart, true, true),
        ("the ammunition case", PlaceKind::Case, true, false),
        ("the church set", PlaceKind::Set, false, false),
        ("gun belt 1", PlaceKind::Belt, false, false),
    ];
    for (name, kind, locks, for_guns) in places {
        set.enter_thing(PROPERTY_MASTER, name, |place| Intent::RegisterPlace { place, kind, locks, for_guns })?;
    }
    let place = set.thing(VAULT)?;
    for name in GUNS {
        let copy = name == "GUN 4";
        let kind = if copy { GunKind::Rubber } else { GunKind::LiveCapable };
        let (action, chambers) = if copy { (Action::None, 0) } else { (Action::SingleAction, 6) };
        set.enter_thing(ARMORER, name, |gun| Intent::RegisterGun { gun, kind, action, chambers, place })?;
    }
    let kind = LotKind::Dummy;
    set.enter_thing(ARMORER, DUMMIES, |lot| Intent::RegisterLot { lot, kind, inert_at_head: false, rounds: 60 })
}

fn not_by_word(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(45);
    let (gun, to) = (set.thing("GUN 1")?, set.person(LEAD)?);
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to }, Code::ShowingNever)?;
    let lot = set.thing(DUMMIES)?;
    set.refused(ARMORER, Intent::Load { gun, lot, chambers: Chambers::first(6) }, Code::BoreNotLooked)
}

fn shown_and_handed_over(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(50);
    let (gun, lot) = (set.thing("GUN 1")?, set.thing(DUMMIES)?);
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    set.granted(ARMORER, Intent::Load { gun, lot, chambers: Chambers::first(6) })?;
    set.clock.minute(52);
    let check = set.granted(ARMORER, Intent::BeginCheck { gun, witness: set.person(SAFETY)? })?;
    let three = (1..=3).fold(Readings::default(), |readings, chamber| readings.with(chamber, read(Content::Dummy)));
    let part = Intent::AnswerCheck { gun, check, readings: three };
    set.refused(ARMORER, part, Code::ShowingChambersMissing)?;
    let whole = Intent::AnswerCheck { gun, check, readings: all(Content::Dummy, 6) };
    set.granted(ARMORER, whole)?;
    set.granted(SAFETY, whole)?;
    set.clock.minute(53);
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(FIRST_AD)? }, Code::HandoverFirstAd)?;
    set.refused(ARMORER, Intent::PointTowardPeople { gun }, Code::LineNotApproved)?;
    hand_over(set, ARMORER, "GUN 1", LEAD)?;
    set.clock.minute(56);
    set.granted(ARMORER, Intent::TakeBack { gun })?;
    set.granted(FIRST_AD, Intent::ReportOutOfSight { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(LEAD)? }, Code::ShowingOutOfSight)
}

fn hand_over(set: &mut Set, giver: &str, gun: &str, receiver: &str) -> Result<(), Failure> {
    let (gun, to) = (set.thing(gun)?, set.person(receiver)?);
    let offer = set.granted(giver, Intent::Offer { gun, to })?;
    set.granted(receiver, Intent::Take { gun, offer, look: Look::Looked })?;
    Ok(())
}

fn copy_for_the_stand_in(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(75);
    let gun = set.thing("GUN 4")?;
    set.granted(PROPERTY_MASTER, Intent::TakeOut { gun })?;
    set.refused(PROPERTY_MASTER, Intent::Offer { gun, to: set.person(STAND_IN)? }, Code::IdentityNotMatched)?;
    set.granted(PROPERTY_MASTER, Intent::MatchIdentity { gun })?;
    hand_over(set, PROPERTY_MASTER, "GUN 4", STAND_IN)
}

fn looked_at_twice(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(100);
    let gun = set.thing("GUN 2")?;
    set.granted(ASSISTANT, Intent::TakeOut { gun })?;
    let check = set.granted(ASSISTANT, Intent::BeginCheck { gun, witness: set.person(SECOND_WITNESS)? })?;
    let empty = all(Content::Empty, 6);
    set.granted(ASSISTANT, Intent::AnswerCheck { gun, check, readings: empty })?;
    let unsure = empty.with(4, read(Content::NotSure));
    set.granted(SECOND_WITNESS, Intent::AnswerCheck { gun, check, readings: unsure })?;
    set.clock.minute(102);
    set.granted(ASSISTANT, Intent::AnswerCheck { gun, check, readings: empty })?;
    set.granted(SECOND_WITNESS, Intent::AnswerCheck { gun, check, readings: empty })?;
    set.clock.minute(110);
    set.granted(ASSISTANT, Intent::PutAway { gun, place: set.thing(VAULT)? })?;
    Ok(())
}

fn break_for_lunch(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(170);
    let place = set.thing(CART)?;
    let (one, copy) = (set.thing("GUN 1")?, set.thing("GUN 4")?);
    set.granted(PROPERTY_MASTER, Intent::TakeBack { gun: copy })?;
    set.granted(PROPERTY_MASTER, Intent::PutAway { gun: copy, place })?;
    set.granted(ARMORER, Intent::PutAway { gun: one, place })?;
    set.granted(FIRST_AD, Intent::ReportBreak)?;
    Ok(())
}

fn after_the_break(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(230);
    let copy = set.thing("GUN 4")?;
    set.granted(PROPERTY_MASTER, Intent::TakeOut { gun: copy })?;
    set.granted(PROPERTY_MASTER, Intent::MatchIdentity { gun: copy })?;
    hand_over(set, PROPERTY_MASTER, "GUN 4", STAND_IN)?;
    set.clock.minute(MINUTES.saturating_sub(2));
    let gun = set.thing("GUN 1")?;
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(LEAD)? }, Code::ShowingNever)?;
    let check = set.granted(ARMORER, Intent::BeginCheck { gun, witness: set.person(SAFETY)? })?;
    let whole = Intent::AnswerCheck { gun, check, readings: all(Content::Dummy, 6) };
    set.granted(ARMORER, whole)?;
    set.granted(SAFETY, whole)?;
    set.clock.minute(MINUTES.saturating_sub(1));
    hand_over(set, ARMORER, "GUN 1", LEAD)
}
