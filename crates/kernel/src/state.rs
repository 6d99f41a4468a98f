//! The state of one production.

use std::collections::BTreeMap;

use crate::gun::{Gun, Lot};
use crate::people::{Day, Device, OnDay, Person, Place, Roles};
use crate::scope::Scope;

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
}

/// Who inquires into a stop.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Inquiry<S: Scope> {
    /// Who inquires.
    pub inquirer: S::Person,
    /// Who named him.
    pub named_by: S::Person,
}

/// A stop that was not lifted yet. While one stands, everything is held.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Stop<S: Scope> {
    /// Why.
    pub cause: StopCause,
    /// Who pulled it; nobody where it was pulled without log-in.
    pub by: Option<S::Person>,
    /// The gun it is about, where it is about one.
    pub gun: Option<S::Gun>,
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
    /// People.
    pub people: BTreeMap<S::Person, Person<S>>,
    /// Devices.
    pub devices: BTreeMap<S::Device, Device<S>>,
    /// Invitations to enrol a device that were not used yet.
    pub invitations: BTreeMap<S::Act, S::Person>,
    /// Places.
    pub places: BTreeMap<S::Place, Place>,
    /// Guns.
    pub guns: BTreeMap<S::Gun, Gun<S>>,
    /// Lots.
    pub lots: BTreeMap<S::Lot, Lot>,
    /// Stops that hold everything.
    pub stops: BTreeMap<S::Act, Stop<S>>,
}

impl<S: Scope> Default for State<S> {
    fn default() -> Self {
        State {
            day: None,
            day_since: None,
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
            invitations: BTreeMap::new(),
            places: BTreeMap::new(),
            guns: BTreeMap::new(),
            lots: BTreeMap::new(),
            stops: BTreeMap::new(),
        }
    }
}

impl<S: Scope> State<S> {
    /// The person's roles on the open day; none where no day is open or none were entered for it.
    #[must_use]
    pub fn roles(&self, person: S::Person) -> Roles {
        self.on_day(person).map_or(Roles::NONE, |entry| entry.roles)
    }

    /// What was entered of the person for the open day.
    #[must_use]
    pub fn on_day(&self, person: S::Person) -> Option<OnDay<S>> {
        let day = self.day?;
        self.people.get(&person)?.days.get(&day).copied()
    }

    /// Since when the person is out of the room, as far as entered.
    #[must_use]
    pub fn out_since(&self, person: S::Person) -> Option<S::Time> {
        self.people.get(&person).and_then(|entry| entry.out_since)
    }

    /// The stop that was pulled first of those that still stand. Of two at one moment the cause
    /// decides and then whether somebody inquires, so that their ids decide as little as they can.
    #[must_use]
    pub fn held_by(&self) -> Option<(S::Act, Stop<S>)> {
        let stops = self.stops.iter().map(|(act, stop)| (*act, *stop));
        stops.min_by_key(|(_, stop)| (stop.since, stop.cause, stop.inquiry.is_some()))
    }
}
