//! The morning that the demonstration plays: what went right, and what was refused.

use kernel::{
    Action, Chambers, Choice, Choices, Code, Content, Intent, Light, Occasion, Pack, Packs, PlaceKind, Readings,
    Requirement, Topic,
};

use super::set::{DAY, Part, Set, all, read};
use crate::failure::Failure;
use crate::import::list::Kind;
use crate::import::plan::Homes;

/// The production's name.
pub const PRODUCTION: &str = "Showclear demonstration";

pub(super) const OFFICE: &str = "the production office";
pub(super) const PROPERTY_MASTER: &str = "the property master";
pub(super) const ARMORER: &str = "the armorer";
const ASSISTANT: &str = "the assistant";
pub(super) const FIRST_AD: &str = "the first AD";
pub(super) const LEAD: &str = "the lead performer";
const SECOND: &str = "the second performer";
const STAND_IN: &str = "the stand-in";
const EXTRA: &str = "the extra";
const CAMERA: &str = "the camera operator";
const PHOTOGRAPHY: &str = "the director of photography";
pub(super) const SAFETY: &str = "the safety officer";
pub(super) const SECOND_WITNESS: &str = "the second witness";
pub(super) const MEDIC: &str = "the medic";
pub(super) const RENTAL: &str = "the rental house";

const fn part(name: &'static str, pin: &'static str) -> Part {
    Part { name, pin }
}

/// Those who act, the founder first. Everybody else of the crew list wears a wristband and has no device.
pub const PARTS: [Part; 14] = [
    part(OFFICE, "1401"),
    part(PROPERTY_MASTER, "2402"),
    part(ARMORER, "3403"),
    part(ASSISTANT, "4404"),
    part(FIRST_AD, "5405"),
    part(LEAD, "6406"),
    part(SECOND, "7407"),
    part(STAND_IN, "8408"),
    part(EXTRA, "9409"),
    part(CAMERA, "1410"),
    part(PHOTOGRAPHY, "2411"),
    part(SAFETY, "3412"),
    part(SECOND_WITNESS, "4413"),
    part(MEDIC, "5414"),
];

/// The lists that the demonstration is entered from, as `showclear import` reads them.
const CREW_LIST: &[u8] = include_bytes!("../../../../testdata/import/crew.csv");
const RENTAL_LIST: &[u8] = include_bytes!("../../../../testdata/import/rental.csv");
const SCENE_LIST: &[u8] = include_bytes!("../../../../testdata/import/scenes.csv");

/// Who was at the safety meeting besides the armorer, who led it.
const AT_THE_MEETING: [&str; 10] =
    [ASSISTANT, PROPERTY_MASTER, FIRST_AD, LEAD, SECOND, STAND_IN, CAMERA, PHOTOGRAPHY, SAFETY, SECOND_WITNESS];

/// The guns of the rental list.
pub const GUNS: [&str; 12] =
    ["GUN 1", "GUN 2", "GUN 3", "GUN 4", "GUN 5", "GUN 6", "GUN 7", "GUN 8", "GUN 9", "GUN 10", "GUN 11", "GUN 12"];

pub(super) const VAULT: &str = "the vault";
const CART: &str = "the gun cart";
pub(super) const AMMUNITION_CASE: &str = "the ammunition case";
pub(super) const CHURCH: &str = "the church set";
pub(super) const CHURCHYARD: &str = "the churchyard set";
pub(super) const DUMMIES: &str = "DUMMIES A";
pub(super) const BLANKS: &str = "BLANKS F";
pub(super) const SCENE: &str = "12A, INT. the church, DAY";
/// The scene of the day in which blanks are fired.
pub(super) const SCENE_WITH_BLANKS: &str = "12, EXT. the churchyard, DAY";

/// One chapter: what is told of it, and its scene.
pub type Chapter = (&'static str, fn(&mut Set) -> Result<(), Failure>);

/// How every day begins.
pub const CALL: Chapter = ("call: the crew list is read, and people's devices are enrolled", enter_people);

/// How the day begins, up to the last thing before lunch.
pub const BEFORE_LUNCH: [Chapter; 11] = [
    CALL,
    ("the packs are adopted in writing, and of two opposed duties one is chosen", adopt_packs),
    ("places; the rental list and the list of scenes are read", register),
    ("every round is looked at by two people; the boxes are sealed and locked away", verify_the_lots),
    ("GUN 3 and the blanks are tested away from people", test_the_blanks),
    ("the office asks for training; the armorer trains and assesses who performs", train),
    ("scene 12 is planned with blanks; safety meeting; scene 12A is opened", meet_and_open),
    ("GUN 1: a word does not stand in for it", not_by_word),
    ("GUN 1 is loaded with dummies, shown to a blind witness, called to set, handed over, taken back", handed_over),
    ("GUN 4, the rubber copy, is matched and handed to the stand-in", copy_for_the_stand_in),
    ("GUN 2: two answers differ, both look again", looked_at_twice),
];

/// Lunch.
pub const LUNCH: Chapter = ("lunch waits until everything is counted and locked away", close_for_lunch);

/// How the story ends: the rest of the day is the browser's.
pub const LAST: Chapter = ("GUN 1 is shown again and handed to the lead performer", last_handovers);

fn enter_people(set: &mut Set) -> Result<(), Failure> {
    set.import(OFFICE, Kind::Crew, CREW_LIST, Homes::default())?;
    PARTS.iter().skip(1).try_for_each(|part| set.enrol(OFFICE, part))
}

/// Where the demonstration is shot, and by whom. Union and trade ask for opposed duties of the performer.
const PACKS: [Pack; 5] = [Pack::Product, Pack::California, Pack::IndustryWide, Pack::SagAftra, Pack::Trade];

fn adopt_packs(set: &mut Set) -> Result<(), Failure> {
    let packs: Packs = PACKS.into_iter().collect();
    set.refused(PROPERTY_MASTER, Intent::AdoptPacks { packs, choices: Choices::NONE }, Code::PackNotChosen)?;
    let choices = Choices::NONE.with(Choice::PerformerMayLook);
    set.granted(PROPERTY_MASTER, Intent::AdoptPacks { packs, choices })?;
    Ok(())
}

fn register(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(10);
    let places = [
        (VAULT, PlaceKind::Vault, true, true),
        ("gun case A", PlaceKind::Case, true, true),
        (CART, PlaceKind::Cart, true, true),
        (AMMUNITION_CASE, PlaceKind::Case, true, false),
        (CHURCH, PlaceKind::Set, false, false),
        (CHURCHYARD, PlaceKind::Set, false, false),
        ("gun belt 1", PlaceKind::Belt, false, false),
    ];
    for (name, kind, locks, for_guns) in places {
        set.enter_thing(PROPERTY_MASTER, name, |place| Intent::RegisterPlace { place, kind, locks, for_guns })?;
    }
    set.import(ARMORER, Kind::Rental, RENTAL_LIST, Homes { from: Some(RENTAL), ..Homes::default() })?;
    set.import(FIRST_AD, Kind::Scenes, SCENE_LIST, Homes::default())
}

/// The lots of the rental list. Each is counted at receipt, or lunch would wait for it.
const LOTS: [&str; 6] = [DUMMIES, "DUMMIES B", BLANKS, "BLANKS Q", "DRESS 1", "SNAP CAPS"];

fn verify_the_lots(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(15);
    for name in LOTS {
        let lot = set.thing(name)?;
        set.granted(ARMORER, Intent::TakeOutLot { lot })?;
        set.count(name, ARMORER, SAFETY, Occasion::Receipt)?;
    }
    let (lot, place) = (set.thing(BLANKS)?, set.thing(VAULT)?);
    set.refused(ARMORER, Intent::PutAwayLot { lot, place }, Code::PlaceNotForRounds)?;
    for name in LOTS.into_iter().filter(|name| ![DUMMIES, BLANKS].contains(name)) {
        let (lot, place) = (set.thing(name)?, set.thing(AMMUNITION_CASE)?);
        set.granted(ARMORER, Intent::PutAwayLot { lot, place })?;
    }
    Ok(())
}

fn test_the_blanks(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(30);
    let (gun, lot) = (set.thing("GUN 3")?, set.thing(BLANKS)?);
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    set.granted(ARMORER, Intent::TestBlank { gun, lot, rounds: 2, stand_off_centimetres: 600 })?;
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    set.granted(ARMORER, Intent::PutAway { gun, place: set.thing(VAULT)? })?;
    set.count(BLANKS, ARMORER, SAFETY, Occasion::SceneEnd)?;
    set.granted(ARMORER, Intent::PutAwayLot { lot, place: set.thing(AMMUNITION_CASE)? })?;
    Ok(())
}

/// On every kind of action that the rental list has and a performer may be given.
fn train(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(33);
    set.granted(OFFICE, Intent::Require { what: Requirement::Training, required: true })?;
    let lead = set.person(LEAD)?;
    let enter = |person, action| Intent::EnterTraining { person, action, passed: true };
    set.refused(LEAD, enter(lead, Action::SingleAction), Code::TrainOwn)?;
    for name in [LEAD, SECOND, STAND_IN] {
        let person = set.person(name)?;
        for action in [Action::SingleAction, Action::DoubleAction, Action::Magazine, Action::DoubleBarrel] {
            set.granted(ARMORER, enter(person, action))?;
        }
    }
    Ok(())
}

fn meet_and_open(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(40);
    let later = set.thing(SCENE_WITH_BLANKS)?;
    set.granted(FIRST_AD, Intent::PlanScene { scene: later, day: Some(DAY), blanks: true })?;
    let (scene, place) = (set.thing(SCENE)?, set.thing(CHURCH)?);
    let four = Topic::ALL.into_iter().filter(|topic| *topic != Topic::Abort).collect();
    set.refused(ARMORER, Intent::HoldMeeting { scene, place, topics: four }, Code::MeetingTopics)?;
    meet(set, SCENE, CHURCH)?;
    set.granted(FIRST_AD, Intent::OpenScene { scene, place })?;
    Ok(())
}

/// The armorer leads a meeting on all five topics; everybody else enters himself.
pub(super) fn meet(set: &mut Set, scene: &str, place: &str) -> Result<(), Failure> {
    let (scene, place, topics) = (set.thing(scene)?, set.thing(place)?, Topic::ALL.into_iter().collect());
    let meeting = set.granted(ARMORER, Intent::HoldMeeting { scene, place, topics })?;
    for name in AT_THE_MEETING {
        let person = set.person(name)?;
        set.granted(name, Intent::AttendMeeting { meeting, person })?;
    }
    Ok(())
}

fn not_by_word(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(45);
    let (gun, to) = (set.thing("GUN 1")?, set.person(LEAD)?);
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to }, Code::ShowingNever)?;
    let lot = set.thing(DUMMIES)?;
    set.refused(ARMORER, Intent::Load { gun, lot, chambers: Chambers::first(6) }, Code::BoreNotLooked)
}

fn handed_over(set: &mut Set) -> Result<(), Failure> {
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
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(LEAD)? }, Code::SetNotCalled)?;
    set.granted(ARMORER, Intent::CallToSet { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(FIRST_AD)? }, Code::HandoverFirstAd)?;
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(EXTRA)? }, Code::MeetingNotThere)?;
    set.refused(ARMORER, Intent::PointTowardPeople { gun }, Code::LineNotApproved)?;
    set.hand_over(ARMORER, "GUN 1", LEAD)?;
    set.clock.minute(56);
    set.granted(ARMORER, Intent::TakeBack { gun })?;
    set.granted(FIRST_AD, Intent::ReportOutOfSight { gun })?;
    set.refused(ARMORER, Intent::Offer { gun, to: set.person(LEAD)? }, Code::ShowingOutOfSight)
}

fn copy_for_the_stand_in(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(75);
    let gun = set.thing("GUN 4")?;
    set.granted(PROPERTY_MASTER, Intent::TakeOut { gun })?;
    set.refused(PROPERTY_MASTER, Intent::Offer { gun, to: set.person(STAND_IN)? }, Code::IdentityNotMatched)?;
    set.granted(PROPERTY_MASTER, Intent::MatchIdentity { gun })?;
    set.hand_over(PROPERTY_MASTER, "GUN 4", STAND_IN)
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

fn close_for_lunch(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(170);
    let place = set.thing(CART)?;
    let (one, copy, lot) = (set.thing("GUN 1")?, set.thing("GUN 4")?, set.thing(DUMMIES)?);
    set.granted(PROPERTY_MASTER, Intent::TakeBack { gun: copy })?;
    set.granted(PROPERTY_MASTER, Intent::PutAway { gun: copy, place })?;
    set.refused(FIRST_AD, Intent::CloseForLunch, Code::GunLeftLoaded)?;
    set.granted(ARMORER, Intent::Unload { gun: one, chambers: Chambers::first(6) })?;
    set.granted(ARMORER, Intent::PutAway { gun: one, place })?;
    set.refused(FIRST_AD, Intent::CloseForLunch, Code::LotLeftOut)?;
    set.count(DUMMIES, ARMORER, SAFETY, Occasion::Lunch)?;
    set.granted(ARMORER, Intent::PutAwayLot { lot, place: set.thing(AMMUNITION_CASE)? })?;
    set.granted(FIRST_AD, Intent::CloseForLunch)?;
    Ok(())
}

fn last_handovers(set: &mut Set) -> Result<(), Failure> {
    set.clock.left(12);
    let copy = set.thing("GUN 4")?;
    set.granted(PROPERTY_MASTER, Intent::TakeOut { gun: copy })?;
    set.granted(PROPERTY_MASTER, Intent::MatchIdentity { gun: copy })?;
    set.hand_over(PROPERTY_MASTER, "GUN 4", STAND_IN)?;
    let (gun, lot) = (set.thing("GUN 1")?, set.thing(DUMMIES)?);
    set.granted(ARMORER, Intent::TakeOutLot { lot })?;
    set.clock.left(4);
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    set.count(DUMMIES, ARMORER, SAFETY, Occasion::Issue)?;
    set.granted(ARMORER, Intent::Load { gun, lot, chambers: Chambers::first(6) })?;
    set.clock.left(2);
    set.show("GUN 1", ARMORER, SAFETY, Content::Dummy)?;
    set.granted(ARMORER, Intent::CallToSet { gun })?;
    set.clock.left(1);
    set.hand_over(ARMORER, "GUN 1", LEAD)
}
