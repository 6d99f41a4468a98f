//! The state of one production.

use std::collections::{BTreeMap, BTreeSet};

use crate::erasure::{Erasable, Ground};
use crate::exhibit::Exhibit;
use crate::gun::{Custody, Gun};
use crate::loss::Notified;
use crate::pack::{Adoption, Choice, Opposed, Packs};
use crate::people::{Day, Device, Duty, OnDay, Person, Place, Role, Roles, Transit};
use crate::range::RangeProduction;
use crate::request::Request;
use crate::rounds::{Lot, OutAt, Source};
use crate::scene::{Line, Meeting, OpenScene, Scene};
use crate::scope::Scope;
use crate::shot::{PlannedGun, Shot, Standing, Take, Told};
use crate::training::{Requirement, Requirements};
use crate::unit::{Unit, Units};

/// Why a stop was pulled. Each is a precursor: only a named inquiry lifts it (law 11).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum StopCause {
    /// Somebody called it, with or without log-in; it needs no reason.
    Called,
    /// Somebody is hurt.
    PersonHurt,
    /// A gun fired and nobody had meant it to.
    Discharge,
    /// A live round was seen or found.
    LiveRound,
    /// A round was seen or found that should not be there.
    UnexpectedRound,
    /// A round that should be in a gun was not there.
    RoundMissing,
    /// Two blind answers differed for the second time.
    AnswersDifferTwice,
    /// Something is in a bore.
    BoreBlocked,
    /// A gun is gone.
    GunMissing,
    /// A declared armed guard came inside the perimeter.
    GuardInside,
    /// Somebody has a gun or rounds of his own here.
    PersonalWeapon,
}

/// Who inquires into a stop.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Inquiry<S: Scope> {
    /// Who inquires.
    pub inquirer: S::Person,
    /// Who named him.
    pub named_by: S::Person,
}

/// A stop that was not lifted yet. While one stands, everything is held; while one for a missing round stands, the unit
/// of its lot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Stop<S: Scope> {
    /// Why.
    pub cause: StopCause,
    /// Who pulled it; nobody where it was pulled without log-in.
    pub by: Option<S::Person>,
    /// The gun it is about, where it is about one.
    pub gun: Option<S::Gun>,
    /// The lot of which a round is missing; finding it lifts the stop.
    pub lot: Option<S::Lot>,
    /// The people whom an inquiry would be about; they do not lead it.
    pub concerned: [Option<S::Person>; 2],
    /// Since when.
    pub since: S::Time,
    /// The inquiry, once it is named.
    pub inquiry: Option<Inquiry<S>>,
}

/// Everything the kernel knows of a production.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct State<S: Scope> {
    /// The open production day.
    pub day: Option<Day>,
    /// Since when it is open.
    pub day_since: Option<S::Time>,
    /// What the production asks for beyond the laws.
    pub required: Requirements,
    /// What was adopted; nothing where only the product's own laws hold.
    pub adopted: Option<Adoption<S>>,
    /// People.
    pub people: BTreeMap<S::Person, Person<S>>,
    /// Devices.
    pub devices: BTreeMap<S::Device, Device<S>>,
    /// Invitations to enrol a device that were not used yet.
    pub invitations: BTreeMap<S::Act, S::Person>,
    /// Places.
    pub places: BTreeMap<S::Place, Place>,
    /// The places that are on the way, with what is in them.
    pub transits: BTreeMap<S::Place, Transit<S>>,
    /// Guns.
    pub guns: BTreeMap<S::Gun, Gun<S>>,
    /// Lots.
    pub lots: BTreeMap<S::Lot, Lot<S>>,
    /// Unfired rounds that are in no box and in no gun.
    pub out: BTreeMap<(S::Lot, OutAt<S>), u32>,
    /// The stand-off that the armorer's test found for a gun and a lot of blanks, in centimetres.
    pub stand_off_centimetres: BTreeMap<(S::Gun, S::Lot), u32>,
    /// Scenes as they were planned.
    pub scenes: BTreeMap<S::Scene, Scene>,
    /// The scene that the first unit shoots.
    pub scene: Option<OpenScene<S>>,
    /// The safety meetings of the open day, by the intent that entered them.
    pub meetings: BTreeMap<S::Act, Meeting<S>>,
    /// Who was at which meeting, in person.
    pub present: BTreeSet<(S::Act, S::Person)>,
    /// The lines in which guns are handed out, until they are mustered.
    pub lines: BTreeMap<S::Act, Line<S>>,
    /// Which guns may pass to whom before the camera, as the shot plan of the open scene has it.
    pub transfers: BTreeSet<(S::Gun, S::Person)>,
    /// Which guns may lie where before the camera.
    pub presets: BTreeSet<(S::Gun, S::Place)>,
    /// The shot plans, by the intent that began each.
    pub shots: BTreeMap<S::Act, Shot<S>>,
    /// Which guns are in which shot plan, and how.
    pub planned_guns: BTreeMap<(S::Act, S::Gun), PlannedGun<S>>,
    /// Who stands in which gun's line in which shot, and how far from the muzzle, in millimetres.
    pub placed: BTreeMap<Standing<S>, u32>,
    /// Who was told of which shot, and who refused.
    pub told: BTreeMap<(S::Act, S::Person), Told>,
    /// The take of the first unit that is on.
    pub take: Option<Take<S>>,
    /// Since when the open day is wrapped.
    pub wrapped: Option<S::Time>,
    /// Who was told of which guns that are gone.
    pub losses_told: BTreeSet<(S::Gun, Notified)>,
    /// Whom everybody can ask.
    pub contact: Option<S::Person>,
    /// Of which scenes the police were told, since they were last shot.
    pub police_told: BTreeMap<S::Scene, S::Time>,
    /// The other units, and what belongs to them.
    pub units: Units<S>,
    /// Stops: each holds everything, but the one of a missing round, which holds the unit of its lot.
    pub stops: BTreeMap<S::Act, Stop<S>>,
    /// What of which intents was erased beside the record, and why: a new epoch tells it again.
    pub erased: BTreeMap<(S::Act, Erasable), Ground>,
    /// Who asked that nothing be erased, by the intent that did.
    pub preservations: BTreeMap<S::Act, S::Person>,
    /// Safety requests that were not granted.
    pub requests: BTreeMap<S::Act, Request<S>>,
    /// What is kept for an inquiry, by the intent that made it an exhibit.
    pub exhibits: BTreeMap<S::Act, Exhibit<S>>,
    /// That it was declared a range production; nothing where it was not.
    pub range: Option<RangeProduction<S>>,
}

impl<S: Scope> Default for State<S> {
    fn default() -> Self {
        State {
            day: None,
            day_since: None,
            required: Requirements::NONE,
            adopted: None,
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
            invitations: BTreeMap::new(),
            places: BTreeMap::new(),
            transits: BTreeMap::new(),
            guns: BTreeMap::new(),
            lots: BTreeMap::new(),
            out: BTreeMap::new(),
            stand_off_centimetres: BTreeMap::new(),
            scenes: BTreeMap::new(),
            scene: None,
            meetings: BTreeMap::new(),
            present: BTreeSet::new(),
            lines: BTreeMap::new(),
            transfers: BTreeSet::new(),
            presets: BTreeSet::new(),
            shots: BTreeMap::new(),
            planned_guns: BTreeMap::new(),
            placed: BTreeMap::new(),
            told: BTreeMap::new(),
            take: None,
            wrapped: None,
            losses_told: BTreeSet::new(),
            contact: None,
            police_told: BTreeMap::new(),
            units: Units::default(),
            stops: BTreeMap::new(),
            erased: BTreeMap::new(),
            preservations: BTreeMap::new(),
            requests: BTreeMap::new(),
            exhibits: BTreeMap::new(),
            range: None,
        }
    }
}

impl<S: Scope> State<S> {
    /// The person's roles on the open day; none where no day is open or none were entered for it.
    #[must_use]
    pub fn roles(&self, person: S::Person) -> Roles {
        self.on_day(person).map_or(Roles::NONE, |entry| entry.roles)
    }

    /// The packs that hold: the product's own laws, and what was adopted.
    #[must_use]
    pub fn packs(&self) -> Packs {
        self.adopted.map_or(Packs::LAWS, |adopted| adopted.packs)
    }

    /// The side of opposed duties that holds; none where no adopted pack brings a duty of either.
    #[must_use]
    pub fn chosen(&self, opposed: Opposed) -> Option<Choice> {
        self.adopted.and_then(|adopted| opposed.side_that_holds(adopted.packs, adopted.choices))
    }

    /// What was entered of the person for the open day.
    #[must_use]
    pub fn on_day(&self, person: S::Person) -> Option<OnDay<S>> {
        let day = self.day?;
        self.people.get(&person)?.days.get(&day).copied()
    }

    /// Is the person entered as a minor for the open day?
    #[must_use]
    pub fn is_minor(&self, person: S::Person) -> bool {
        self.roles(person).has(Role::Minor)
    }

    /// Since when the person is out of the room, as far as entered.
    #[must_use]
    pub fn out_since(&self, person: S::Person) -> Option<S::Time> {
        self.people.get(&person).and_then(|entry| entry.out_since)
    }

    /// How many rounds of a lot are there, in no box and in no gun.
    #[must_use]
    pub fn out_at(&self, lot: S::Lot, at: OutAt<S>) -> u32 {
        self.out.get(&(lot, at)).copied().unwrap_or(0)
    }

    /// Who supplied a lot, through however many boxes its rounds went; nobody where that was not entered.
    #[must_use]
    pub fn supplier(&self, lot: S::Lot) -> Option<S::Person> {
        let mut at = lot;
        // Each step leads to a lot that was there before; more steps than lots there cannot be.
        for _ in &self.lots {
            match self.lots.get(&at)?.source {
                Source::Unknown => return None,
                Source::Supplier(person) => return Some(person),
                Source::Lot(from) => at = from,
            }
        }
        None
    }

    /// Has the person completed the safety course, and does it hold on the open day?
    #[must_use]
    pub fn has_the_course(&self, person: S::Person) -> bool {
        let course = self.people.get(&person).and_then(|entry| entry.course);
        course.is_some_and(|course| self.day.is_none_or(|day| course.holds_on(day)))
    }

    /// Does the person hold a permit or licence that is in date on the open day?
    #[must_use]
    pub fn has_a_permit(&self, person: S::Person) -> bool {
        let permit = self.people.get(&person).and_then(|entry| entry.permit);
        permit.is_some_and(|permit| self.day.is_none_or(|day| permit.holds_on(day)))
    }

    /// Does the person lead the work with guns today, so that the authority is his?
    #[must_use]
    pub fn may_have_authority(&self, person: S::Person) -> bool {
        let roles = self.roles(person);
        roles.has(Role::Armorer) || roles.has(Role::PropertyMaster)
    }

    /// Has somebody who leads the work with guns today his authority in writing?
    #[must_use]
    pub fn has_authority(&self) -> bool {
        self.people.iter().any(|(id, entry)| entry.authority && self.may_have_authority(*id))
    }

    /// Was the person trained on the action of this gun, or is that not asked for?
    #[must_use]
    pub fn is_trained_on(&self, gun: &Gun<S>, person: S::Person) -> bool {
        let trained = || self.people.get(&person).is_some_and(|entry| entry.trained.has(gun.action));
        !gun.kind.fires() || !self.required.has(Requirement::Training) || trained()
    }

    /// The duty besides guns that a person is rostered for at that moment.
    #[must_use]
    pub fn other_duty(&self, person: S::Person, now: S::Time) -> Option<Duty<S>> {
        let begun = self.people.get(&person)?.duties.iter().take_while(|((from, _), _)| *from <= now);
        begun.map(|(_, duty)| *duty).filter(|duty| now < duty.until && !duty.role.handles()).last()
    }

    /// Does the person answer to `superior` today, himself or through those whom he answers to?
    #[must_use]
    pub fn answers_to(&self, person: S::Person, superior: S::Person) -> bool {
        let next = |who: &S::Person| self.on_day(*who).and_then(|entry| entry.answers_to);
        // A ring of superiors ends where it began.
        core::iter::successors(next(&person), next).take(self.people.len()).any(|who| who == superior)
    }

    /// Is the person out of the room, as far as entered, or entered today for no work that handles guns?
    #[must_use]
    pub fn handles_no_more(&self, person: S::Person) -> bool {
        self.out_since(person).is_some() || !self.roles(person).handles()
    }

    /// The safety meetings that were held for the scene that a unit shoots, where it is shot.
    pub fn meetings_of(&self, unit: Unit) -> impl Iterator<Item = S::Act> + '_ {
        let open = self.scene_of(unit);
        let fits = move |meeting: &Meeting<S>| {
            open.is_some_and(|open| meeting.scene == open.scene && meeting.place == open.place)
        };
        self.meetings.iter().filter(move |(_, meeting)| fits(meeting)).map(|(act, _)| *act)
    }

    /// Was the person at a safety meeting for the scene that a unit shoots?
    #[must_use]
    pub fn was_at_a_meeting_of(&self, unit: Unit, person: S::Person) -> bool {
        self.meetings_of(unit).any(|meeting| self.present.contains(&(meeting, person)))
    }

    /// How many guns of a line are with the people to whom they were issued.
    #[must_use]
    pub fn guns_in_line(&self, line: S::Act) -> u32 {
        let stands = |gun: &&Gun<S>| {
            let holder = match gun.custody {
                Custody::With { person, .. } => Some(person),
                Custody::In { .. }
                | Custody::Offered { .. }
                | Custody::Preset { .. }
                | Custody::Missing { .. }
                | Custody::Returned { .. } => None,
            };
            gun.in_line.is_some_and(|it| it.line == line && Some(it.to) == holder)
        };
        u32::try_from(self.guns.values().filter(stands).count()).unwrap_or(u32::MAX)
    }

    /// The stop that was pulled first of those that still stand. Of two at one moment the cause
    /// decides and then whether somebody inquires, so that their ids decide as little as they can.
    #[must_use]
    pub fn held_by(&self) -> Option<(S::Act, Stop<S>)> {
        self.first_stop(|_| true)
    }

    pub(crate) fn first_stop(&self, holds: impl Fn(&Stop<S>) -> bool) -> Option<(S::Act, Stop<S>)> {
        let stops = self.stops.iter().filter(|(_, stop)| holds(stop)).map(|(act, stop)| (*act, *stop));
        stops.min_by_key(|(_, stop)| (stop.since, stop.cause, stop.inquiry.is_some()))
    }
}
