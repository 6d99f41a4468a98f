//! The stories that the demonstration plays: a morning, one up to the scene with blanks, nearly a whole day, or the call of a range.

use kernel::{Chambers, Content, Holds, Intent, Light, Occasion, Readings, Toward};
use record::Id;

use super::morning::{
    AMMUNITION_CASE, ARMORER, BEFORE_LUNCH, BLANKS, CALL, CHURCH, CHURCHYARD, Chapter, DUMMIES, FIRST_AD, GUNS, LAST,
    LEAD, LUNCH, PROPERTY_MASTER, SAFETY, SCENE, SCENE_WITH_BLANKS, SECOND_WITNESS, VAULT, meet,
};
use super::musket::{MUSKET, MUSKET_COMES};
use super::range::ON_THE_RANGE;
use super::set::{Set, all};
use crate::failure::Failure;

/// What is played before the rest of the day is served.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
pub enum Script {
    /// A morning with one scene, in a few moments.
    #[default]
    Morning,
    /// A morning whose scene is closed: the next one, with blanks and a musket, waits for its meeting.
    Blanks,
    /// A whole day up to the last scene: dummies, blanks, copies for extras in a line.
    FullDay,
    /// A call without guns, lots and scenes: the production waits to be declared a range, where live rounds are let in.
    Range,
}

impl Script {
    /// How long before now it begins, in minutes.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        match self {
            Script::Morning | Script::Blanks => 240,
            Script::FullDay => 640,
            Script::Range => 30,
        }
    }

    /// Its chapters.
    #[must_use]
    pub fn chapters(self) -> Vec<Chapter> {
        let after: &[Chapter] = match self {
            Script::Morning => &[LUNCH, LAST],
            Script::Blanks => &[LUNCH, MUSKET_COMES, CLOSED],
            Script::FullDay => &[TAKES, LUNCH, LINES, NEXT_SCENE, VOLLEYS, SCENE_END, LAST_LINE, LAST],
            Script::Range => return vec![CALL, ON_THE_RANGE],
        };
        [&BEFORE_LUNCH, after].concat()
    }

    /// The guns that are there at its end, in the order of the lists.
    #[must_use]
    pub fn guns(self) -> Vec<&'static str> {
        match self {
            Script::Morning | Script::FullDay => GUNS.to_vec(),
            Script::Blanks => GUNS.into_iter().chain([MUSKET]).collect(),
            Script::Range => Vec::new(),
        }
    }
}

const TAKES: Chapter = ("scene 12A: GUN 1 is shown, handed over and taken back for each of 24 takes", takes);
const LINES: Chapter = ("rehearsal: copies go to extras in a line, are counted at the cut, and come back", lines);
const CLOSED: Chapter = ("scene 12A is closed; scene 12, with blanks, waits for its meeting", closed);
const NEXT_SCENE: Chapter = ("scene 12A is closed; scene 12, with blanks, is met for and opened", next_scene);
const VOLLEYS: Chapter = ("scene 12: GUN 3 is loaded with blanks, its line measured, for each of 20 takes", volleys);
const SCENE_END: Chapter = ("everything is counted; scene 12 is closed, and 12A opened again", scene_end);
const LAST_LINE: Chapter = ("two copies go to extras in a line, and stay with them", last_line);

fn takes(set: &mut Set) -> Result<(), Failure> {
    let gun = set.thing("GUN 1")?;
    for take in 0..24i64 {
        set.clock.minute(take.saturating_mul(2).saturating_add(115));
        set.show("GUN 1", ARMORER, SAFETY, Content::Dummy)?;
        set.hand_over(ARMORER, "GUN 1", LEAD)?;
        set.granted(ARMORER, Intent::TakeBack { gun })?;
    }
    Ok(())
}

/// The copies that the property master walks a line with, and who gets each.
const IN_LINE: [(&str, &str); 4] =
    [("GUN 9", "extra 2"), ("GUN 10", "extra 3"), ("GUN 11", "extra 4"), ("GUN 12", "extra 5")];

/// Handler and witness walk the line, one reading each; both count at the cut, blind.
fn walk(set: &mut Set, with: &[(&str, &str)]) -> Result<(), Failure> {
    let witness = set.person(SECOND_WITNESS)?;
    let line = set.granted(PROPERTY_MASTER, Intent::BeginLine { witness })?;
    for (gun, extra) in with {
        let (gun, to, readings) = (set.thing(gun)?, set.person(extra)?, readings_of(set, gun)?);
        let issue = set.granted(PROPERTY_MASTER, Intent::IssueInLine { gun, line, to, readings })?;
        set.granted(SECOND_WITNESS, Intent::ConfirmInLine { gun, issue, to, readings })?;
    }
    let guns = u32::try_from(with.len()).unwrap_or(u32::MAX);
    set.granted(PROPERTY_MASTER, Intent::MusterLine { line, guns })?;
    set.granted(SECOND_WITNESS, Intent::MusterLine { line, guns })?;
    Ok(())
}

/// What is seen of a copy: its chambers empty, where it has any.
fn readings_of(set: &Set, gun: &str) -> Result<Readings, Failure> {
    let gun = set.thing(gun)?;
    Ok(all(Content::Empty, set.service.view().state.guns.get(&gun).map_or(0, |gun| gun.chambers)))
}

fn take_out_and_match(set: &mut Set, with: &[(&str, &str)]) -> Result<(), Failure> {
    for (gun, _) in with {
        let gun = set.thing(gun)?;
        set.granted(PROPERTY_MASTER, Intent::TakeOut { gun })?;
        set.granted(PROPERTY_MASTER, Intent::MatchIdentity { gun })?;
    }
    Ok(())
}

fn lines(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(230);
    take_out_and_match(set, &IN_LINE)?;
    for rehearsal in 0..12i64 {
        set.clock.minute(rehearsal.saturating_mul(5).saturating_add(235));
        walk(set, &IN_LINE)?;
        for (gun, _) in IN_LINE {
            let gun = set.thing(gun)?;
            set.granted(PROPERTY_MASTER, Intent::TakeBack { gun })?;
        }
    }
    for (gun, _) in IN_LINE {
        let (gun, place) = (set.thing(gun)?, set.thing("gun case A")?);
        set.granted(PROPERTY_MASTER, Intent::PutAway { gun, place })?;
    }
    Ok(())
}

fn closed(set: &mut Set) -> Result<(), Failure> {
    set.clock.left(10);
    set.granted(FIRST_AD, Intent::CloseScene)?;
    Ok(())
}

fn next_scene(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(300);
    set.granted(FIRST_AD, Intent::CloseScene)?;
    let (scene, place) = (set.thing(SCENE_WITH_BLANKS)?, set.thing(CHURCHYARD)?);
    meet(set, SCENE_WITH_BLANKS, CHURCHYARD)?;
    set.granted(FIRST_AD, Intent::OpenScene { scene, place })?;
    Ok(())
}

fn volleys(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(310);
    let (gun, lot) = (set.thing("GUN 3")?, set.thing(BLANKS)?);
    set.granted(ARMORER, Intent::TakeOutLot { lot })?;
    set.count(BLANKS, ARMORER, SAFETY, Occasion::BeforeFiring)?;
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.granted(ARMORER, Intent::CallToSet { gun })?;
    let shot = plan_of_the_volleys(set)?;
    for take in 0..20i64 {
        set.clock.minute(take.saturating_mul(8).saturating_add(320));
        volley(set, shot)?;
    }
    set.granted(ARMORER, Intent::PutAway { gun, place: set.thing(VAULT)? })?;
    Ok(())
}

/// Two blanks toward nobody, and nobody within eight metres.
fn plan_of_the_volleys(set: &mut Set) -> Result<Id, Failure> {
    let (gun, scene) = (set.thing("GUN 3")?, set.thing(SCENE_WITH_BLANKS)?);
    let load = set.service.view().state.lots.get(&set.thing(BLANKS)?).and_then(|lot| lot.load);
    let shot = set.granted(FIRST_AD, Intent::PlanShot { scene })?;
    let plan = Intent::PlanGun {
        gun,
        shot,
        holds: Holds::Blank,
        load,
        rounds: 2,
        toward: Toward::Nobody,
        stand_off_millimetres: 8_000,
        barrier: false,
        copy_will_not_do: false,
    };
    set.granted(FIRST_AD, plan)?;
    set.granted(ARMORER, Intent::MeasureStandOff { gun, shot, nearest_millimetres: 8_000 })?;
    set.granted(ARMORER, Intent::EnterProtection { gun, shot })?;
    Ok(shot)
}

/// One take: two blanks are loaded, both are fired while it is on, and what went in comes out.
fn volley(set: &mut Set, shot: Id) -> Result<(), Failure> {
    let (gun, lot, two) = (set.thing("GUN 3")?, set.thing(BLANKS)?, Chambers::first(2));
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    set.granted(ARMORER, Intent::Load { gun, lot, chambers: two })?;
    let check = set.granted(ARMORER, Intent::BeginCheck { gun, witness: set.person(SAFETY)? })?;
    let blanks = all(Content::Blank, 2);
    let readings = (3..=6).fold(blanks, |readings, chamber| readings.with(chamber, super::set::read(Content::Empty)));
    for by in [ARMORER, SAFETY] {
        set.granted(by, Intent::AnswerCheck { gun, check, readings })?;
    }
    set.granted(ARMORER, Intent::ClearLine { gun, nearest_centimetres: 800 })?;
    set.hand_over(ARMORER, "GUN 3", LEAD)?;
    set.granted(FIRST_AD, Intent::CallShotReady { shot })?;
    set.granted(FIRST_AD, Intent::BeginTake { shot: Some(shot) })?;
    set.granted(LEAD, Intent::ReportFired { gun, shots: 2, misfires: 0 })?;
    set.granted(FIRST_AD, Intent::ReportCut)?;
    set.granted(ARMORER, Intent::TakeBack { gun })?;
    let none = Chambers::NONE;
    set.granted(ARMORER, Intent::EmptyGun { gun, spent: two, misfired: none, unfired: none })?;
    set.granted(ARMORER, Intent::LookThroughBore { gun, light: Light::Seen })?;
    Ok(())
}

fn scene_end(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(500);
    set.count(BLANKS, ARMORER, SAFETY, Occasion::SceneEnd)?;
    set.granted(ARMORER, Intent::PutAwayLot { lot: set.thing(BLANKS)?, place: set.thing(AMMUNITION_CASE)? })?;
    set.granted(FIRST_AD, Intent::CloseScene)?;
    set.clock.minute(510);
    let (scene, place) = (set.thing(SCENE)?, set.thing(CHURCH)?);
    set.granted(FIRST_AD, Intent::OpenScene { scene, place })?;
    let (lot, box_place) = (set.thing(DUMMIES)?, set.thing(AMMUNITION_CASE)?);
    set.granted(ARMORER, Intent::TakeOutLot { lot })?;
    set.count(DUMMIES, ARMORER, SAFETY, Occasion::SceneEnd)?;
    set.granted(ARMORER, Intent::PutAwayLot { lot, place: box_place })?;
    Ok(())
}

fn last_line(set: &mut Set) -> Result<(), Failure> {
    set.clock.left(20);
    let stay = [("GUN 11", "extra 4"), ("GUN 12", "extra 5")];
    take_out_and_match(set, &stay)?;
    walk(set, &stay)
}
