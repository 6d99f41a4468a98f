//! Units of one production: they shoot at the same hour in different places, each with a scene, a take and a break
//! of its own.

use std::collections::BTreeMap;

use crate::reason::Reason;
use crate::scene::OpenScene;
use crate::scope::Scope;
use crate::shot::Take;
use crate::state::{State, Stop};

/// A unit, numbered as people on a set speak of it. The first is there from the beginning, and everything belongs to
/// it unless something else was entered.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Unit(pub u8);

impl Unit {
    /// The first unit.
    pub const FIRST: Unit = Unit(1);
}

/// What one unit besides the first has open.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UnitWork<S: Scope> {
    /// The scene that it shoots.
    pub scene: Option<OpenScene<S>>,
    /// Its take that is on.
    pub take: Option<Take<S>>,
}

impl<S: Scope> Default for UnitWork<S> {
    fn default() -> Self {
        UnitWork { scene: None, take: None }
    }
}

/// The units besides the first, and what belongs to them. What is not named here is the first unit's, whose scene and
/// take stand in the [`State`] itself.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Units<S: Scope> {
    /// Each unit besides the first that was entered.
    pub others: BTreeMap<Unit, UnitWork<S>>,
    /// The people of another unit than the first, for the open day.
    pub people: BTreeMap<S::Person, Unit>,
    /// Its guns.
    pub guns: BTreeMap<S::Gun, Unit>,
    /// Its lots.
    pub lots: BTreeMap<S::Lot, Unit>,
    /// Its places.
    pub places: BTreeMap<S::Place, Unit>,
}

impl<S: Scope> Default for Units<S> {
    fn default() -> Self {
        let (others, people, guns) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Units { others, people, guns, lots: BTreeMap::new(), places: BTreeMap::new() }
    }
}

impl<S: Scope> Units<S> {
    /// The unit of a person, today.
    #[must_use]
    pub fn of_person(&self, person: S::Person) -> Unit {
        of(&self.people, person)
    }

    /// The unit of a gun.
    #[must_use]
    pub fn of_gun(&self, gun: S::Gun) -> Unit {
        of(&self.guns, gun)
    }

    /// The unit of a lot.
    #[must_use]
    pub fn of_lot(&self, lot: S::Lot) -> Unit {
        of(&self.lots, lot)
    }

    /// The unit of a place.
    #[must_use]
    pub fn of_place(&self, place: S::Place) -> Unit {
        of(&self.places, place)
    }

    /// Was this unit entered, or is it the first?
    #[must_use]
    pub fn has(&self, unit: Unit) -> bool {
        unit == Unit::FIRST || self.others.contains_key(&unit)
    }

    /// Is there more than one?
    #[must_use]
    pub fn are_several(&self) -> bool {
        !self.others.is_empty()
    }

    /// Every unit, the first one first.
    pub fn all(&self) -> impl Iterator<Item = Unit> + '_ {
        core::iter::once(Unit::FIRST).chain(self.others.keys().copied())
    }

    /// Whose the thing is that stays open for this reason: of a gun, a lot, a place or a person, the first that it names.
    pub(crate) fn of_open_item(&self, item: &Reason<S>) -> Unit {
        let (lot, place, who) = (item.lot, item.place, item.who);
        let gun = item.gun.map(|gun| self.of_gun(gun));
        let lot = || lot.map(|lot| self.of_lot(lot));
        let place = || place.map(|place| self.of_place(place));
        let who = || who.map(|person| self.of_person(person));
        gun.or_else(lot).or_else(place).or_else(who).unwrap_or(Unit::FIRST)
    }
}

fn of<T: Ord>(units: &BTreeMap<T, Unit>, thing: T) -> Unit {
    units.get(&thing).copied().unwrap_or(Unit::FIRST)
}

/// Notes whose a thing is: what is the first unit's is not named.
pub(crate) fn put<T: Ord>(units: &mut BTreeMap<T, Unit>, thing: T, unit: Unit) {
    if unit == Unit::FIRST {
        units.remove(&thing);
    } else {
        units.insert(thing, unit);
    }
}

impl<S: Scope> State<S> {
    /// The scene that a unit shoots.
    #[must_use]
    pub fn scene_of(&self, unit: Unit) -> Option<OpenScene<S>> {
        if unit == Unit::FIRST { self.scene } else { self.units.others.get(&unit).and_then(|work| work.scene) }
    }

    /// The take of a unit that is on.
    #[must_use]
    pub fn take_of(&self, unit: Unit) -> Option<Take<S>> {
        if unit == Unit::FIRST { self.take } else { self.units.others.get(&unit).and_then(|work| work.take) }
    }

    /// The unit that shoots a scene now. A scene is open in one unit at most.
    #[must_use]
    pub fn unit_that_shoots(&self, scene: S::Scene) -> Option<Unit> {
        self.units.all().find(|unit| self.scene_of(*unit).is_some_and(|open| open.scene == scene))
    }

    /// The unit of a shot: the one that shoots its scene; of a scene that is not open, the one of the guns in its plan.
    #[must_use]
    pub fn unit_of_shot(&self, shot: S::Act) -> Unit {
        let shoots = self.shots.get(&shot).and_then(|it| self.unit_that_shoots(it.scene));
        let planned = || self.planned_guns.keys().filter(|(of, _)| *of == shot);
        let of_guns = || planned().map(|(_, gun)| self.units.of_gun(*gun)).min();
        shoots.or_else(of_guns).unwrap_or(Unit::FIRST)
    }

    /// The shots of a unit for which SHOT READY stands: one at most.
    pub fn ready_shots_of(&self, unit: Unit) -> impl Iterator<Item = S::Act> + '_ {
        let ready = self.shots.iter().filter(|(_, shot)| shot.ready.is_some()).map(|(act, _)| *act);
        ready.filter(move |act| self.unit_of_shot(*act) == unit)
    }

    /// The stop that was pulled first of those that hold what belongs to this unit: every stop does, but the one of a
    /// missing round, which holds the unit of its lot alone (law 10).
    #[must_use]
    pub fn held_in(&self, unit: Unit) -> Option<(S::Act, Stop<S>)> {
        self.first_stop(|stop| stop.lot.is_none_or(|lot| self.units.of_lot(lot) == unit))
    }

    /// Is everything held, and not one unit of several alone?
    #[must_use]
    pub fn everything_is_held(&self) -> bool {
        self.stops.values().any(|stop| self.holds_one_unit(stop).is_none())
    }

    /// The stop that says what is held: the first of those that hold everything, else the first of all.
    #[must_use]
    pub fn held_first(&self) -> Option<(S::Act, Stop<S>)> {
        self.first_stop(|stop| self.holds_one_unit(stop).is_none()).or_else(|| self.held_by())
    }

    /// Does this stop hold one unit, and are there others?
    #[must_use]
    pub fn holds_one_unit(&self, stop: &Stop<S>) -> Option<Unit> {
        let several = self.units.are_several();
        stop.lot.filter(|_| several).map(|lot| self.units.of_lot(lot))
    }
}
