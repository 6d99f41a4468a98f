//! Units: what belongs to which, and that nothing goes across.

use super::Judge;
use crate::event::Event;
use crate::gun::{Custody, Gun, ShowingState};
use crate::open::{gun_is_put_away, lot_is_put_away, place_is_at_rest};
use crate::reason::{Code, Reason, Thing};
use crate::rounds::{Lot, OutAt};
use crate::scope::Scope;
use crate::state::{State, Stop};
use crate::unit::Unit;

impl<S: Scope> Judge<'_, S> {
    /// The unit of whoever asks.
    pub(super) fn my_unit(&self) -> Unit {
        self.by().map_or(Unit::FIRST, |by| self.state.units.of_person(by))
    }

    // Nothing goes across units.

    fn in_my_unit(&mut self, unit: Unit, what: Thing, of: impl FnOnce(Reason<S>) -> Reason<S>) {
        if unit != self.my_unit() && self.by().is_some() {
            self.refuse(of(Reason::new(Code::UnitOther).what(what)));
        }
    }

    /// Of a thing that nobody knows nothing is asked: that it is unknown is said elsewhere.
    pub(super) fn gun_of_my_unit(&mut self, gun: S::Gun) {
        if self.state.guns.contains_key(&gun) {
            self.in_my_unit(self.state.units.of_gun(gun), Thing::Gun, |reason| reason.gun(gun));
        }
    }

    pub(super) fn lot_of_my_unit(&mut self, lot: S::Lot) {
        if self.state.lots.contains_key(&lot) {
            self.in_my_unit(self.state.units.of_lot(lot), Thing::Lot, |reason| reason.lot(lot));
        }
    }

    pub(super) fn place_of_my_unit(&mut self, place: S::Place) {
        if self.state.places.contains_key(&place) {
            self.in_my_unit(self.state.units.of_place(place), Thing::Place, |reason| reason.place(place));
        }
    }

    pub(super) fn person_of_my_unit(&mut self, person: S::Person) {
        if self.state.people.contains_key(&person) {
            self.in_my_unit(self.state.units.of_person(person), Thing::Person, |reason| reason.who(person));
        }
    }

    /// Is this lot of the unit of the gun that was loaded with it? One that is not is named.
    pub(super) fn is_of_the_guns_unit(&mut self, gun: S::Gun, lot: S::Lot) -> bool {
        let one_unit = self.state.units.of_lot(lot) == self.state.units.of_gun(gun);
        if !one_unit {
            self.breach(Reason::new(Code::UnitOther).what(Thing::Lot).lot(lot));
        }
        one_unit
    }

    /// The plan of a shot is of the unit whose guns are in it.
    pub(super) fn shot_of_my_unit(&mut self, shot: S::Act) {
        let planned = self.state.planned_guns.keys().filter(|(of, _)| *of == shot);
        let guns: Vec<S::Gun> = planned.map(|(_, gun)| *gun).collect();
        guns.into_iter().for_each(|gun| self.gun_is_free(gun));
    }

    // What holds a unit.

    /// Why nothing is done while this stop stands.
    pub(super) fn held_by(&mut self, stop: Option<(S::Act, Stop<S>)>) {
        if let Some((_, stop)) = stop {
            self.refuse(held(self.state, &stop));
        }
    }

    // Entering units and moving what belongs to them.

    pub(super) fn enter_unit(&mut self, unit: Unit) {
        self.keeps_the_register();
        self.new_on_register(self.state.units.has(unit));
        self.act(Event::UnitEntered { unit });
    }

    /// Whoever enters the roster moves people, himself as well: it gives nobody a role.
    pub(super) fn move_person_to_unit(&mut self, person: S::Person, unit: Unit) {
        self.keeps_the_register();
        self.known_person(person);
        self.known(self.state.units.has(unit), Thing::Unit);
        self.is_let_go(person);
        if is_busy(self.state, person) {
            self.refuse(Reason::new(Code::UnitPersonBusy).who(person));
        }
        self.act(Event::PersonMovedToUnit { person, unit });
    }

    pub(super) fn move_gun_to_unit(&mut self, id: S::Gun, unit: Unit) {
        self.leads_the_work_with_guns();
        let Some(gun) = self.gun(id) else { return };
        self.moves_to(self.state.units.of_gun(id), unit);
        self.gun_is_no_exhibit(id);
        self.refuse_if(!gun_is_put_away(self.state, id, &gun), Code::UnitNotPutAway);
        self.act(Event::GunMovedToUnit { gun: id, unit });
    }

    pub(super) fn move_lot_to_unit(&mut self, id: S::Lot, unit: Unit) {
        self.leads_the_work_with_guns();
        let Some(lot) = self.lot(id) else { return };
        self.moves_to(self.state.units.of_lot(id), unit);
        self.lot_is_no_exhibit(id);
        self.refuse_if(!lot_is_put_away(self.state, id, &lot), Code::UnitNotPutAway);
        self.act(Event::LotMovedToUnit { lot: id, unit });
    }

    pub(super) fn move_place_to_unit(&mut self, id: S::Place, unit: Unit) {
        self.leads_the_work_with_guns();
        if self.place(id).is_none() {
            return;
        }
        self.moves_to(self.state.units.of_place(id), unit);
        self.refuse_if(!place_is_at_rest(self.state, id), Code::UnitNotPutAway);
        self.act(Event::PlaceMovedToUnit { place: id, unit });
    }

    fn leads_the_work_with_guns(&mut self) {
        self.day_open();
        let leads = self.by().is_some_and(|by| self.state.may_have_authority(by));
        self.refuse_if(!leads, Code::RegisterNotAllowed);
    }

    /// Out of a unit that is held goes nobody who was of it when it was held. On a later day everybody stands in the
    /// first unit until he is entered elsewhere: of him whom the stop is not about it frees nothing.
    fn is_let_go(&mut self, person: S::Person) {
        let held = self.state.held_in(self.state.units.of_person(person));
        let of_before = |stop: &Stop<S>| {
            let another_day = self.state.day_since.is_some_and(|day| stop.since < day);
            stop.lot.is_some() && another_day && !stop.concerned.contains(&Some(person))
        };
        self.held_by(held.filter(|(_, stop)| !of_before(stop)));
    }

    /// To a unit that is there, and out of none that is held: moving would free it.
    fn moves_to(&mut self, from: Unit, to: Unit) {
        self.known(self.state.units.has(to), Thing::Unit);
        self.held_by(self.state.held_in(from));
    }
}

/// Why nothing is done while this stop stands: everything is held by it, or one unit of several.
fn held<S: Scope>(state: &State<S>, stop: &Stop<S>) -> Reason<S> {
    let (whole, one) = (Reason::new(Code::StopHeld), Reason::new(Code::StopUnitHeld));
    let lot = stop.lot.filter(|_| state.holds_one_unit(stop).is_some());
    lot.map_or(whole, |lot| one.lot(lot)).at(stop.since)
}

/// Does something hang on this person that he takes along if he goes?
fn is_busy<S: Scope>(state: &State<S>, person: S::Person) -> bool {
    let named = |pair: [S::Person; 2]| pair.contains(&person);
    let guns = state.guns.values().any(|gun| hangs_on(gun, person));
    let lot = |lot: &Lot<S>| {
        let counts = lot.count.is_some_and(|count| named([count.counter, count.witness]));
        counts || lot.holder() == Some(person)
    };
    let rounds = state.out.keys().any(|(_, at)| *at == OutAt::Person(person));
    let lines = state.lines.values().any(|line| named([line.handler, line.witness]));
    let goes_along = state.transits.values().any(|it| it.attendant == person);
    guns || rounds || lines || goes_along || state.lots.values().any(lot)
}

fn hangs_on<S: Scope>(gun: &Gun<S>, person: S::Person) -> bool {
    let offered = matches!(gun.custody, Custody::Offered { to, .. } if to == person);
    let looks = match gun.showing {
        ShowingState::BeingChecked(check) => [check.checker, check.witness].contains(&person),
        ShowingState::Void(_) | ShowingState::Shown(_) => false,
    };
    let in_line = gun.in_line.is_some_and(|it| it.to == person);
    offered || looks || in_line || gun.is_with(person) || gun.handler() == Some(person)
}
