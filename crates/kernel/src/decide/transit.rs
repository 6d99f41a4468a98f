//! On the way: a locked place that is moved with what is in it, and the handler who goes along.

use super::Judge;
use crate::event::Event;
use crate::gun::{Custody, Gun};
use crate::open::on_the_way;
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    /// Also after wrap, for what is locked away is taken to its store then. While everything is held nothing is moved.
    pub(super) fn begin_transit(&mut self, place: S::Place) {
        self.not_held();
        self.no_other_duty();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        self.refuse_if(found.is_some_and(|it| !it.kind.travels()), Code::TransitNotCarrier);
        self.refuse_if(found.is_some_and(|it| !it.locks), Code::PlaceNotLocked);
        self.not_on_the_way(place);
        self.place_of_my_unit(place);
        self.nothing_loaded_in(place);
        let Some(attendant) = self.by() else { return };
        self.act(Event::TransitBegun { place, attendant, at: self.now() });
    }

    /// Nothing is taken out of a place that is on the way.
    pub(super) fn not_on_the_way(&mut self, place: S::Place) {
        if let Some(transit) = self.state.transits.get(&place) {
            self.refuse(on_the_way(place, transit));
        }
    }

    /// What is loaded by the record is unloaded before it goes on the road; an exhibit goes as it is.
    fn nothing_loaded_in(&mut self, place: S::Place) {
        let there = |gun: &Gun<S>| matches!(gun.custody, Custody::In { place: of, .. } if of == place);
        let loaded = self.state.guns.iter().filter(|(_, gun)| there(gun) && gun.is_loaded());
        let loaded = loaded.filter(|(id, _)| self.state.exhibit_of_gun(**id).is_none()).map(|(id, _)| *id);
        let loaded: Vec<S::Gun> = loaded.collect();
        loaded.into_iter().for_each(|id| self.refuse(Reason::new(Code::GunLeftLoaded).gun(id)));
    }

    /// Into a place that is on the way nobody puts anything but the one who goes along.
    pub(super) fn is_not_away(&mut self, place: S::Place) {
        let away = self.state.transits.get(&place).filter(|transit| Some(transit.attendant) != self.by());
        if let Some(transit) = away {
            self.refuse(on_the_way(place, transit));
        }
    }

    pub(super) fn end_transit(&mut self, place: S::Place) {
        self.known(self.state.places.contains_key(&place), Thing::Place);
        match self.state.transits.get(&place) {
            None => self.refuse(Reason::new(Code::TransitNotOn)),
            Some(transit) if Some(transit.attendant) != self.by() => self.arrives_without(place, transit.attendant),
            Some(_) => {}
        }
        self.act(Event::TransitEnded { place });
    }

    /// Where the one who went along is gone, whoever leads the work with guns enters that it has arrived: it was left alone.
    fn arrives_without(&mut self, place: S::Place, attendant: S::Person) {
        let leads = self.by().is_some_and(|by| self.state.may_have_authority(by));
        if !leads || !self.state.handles_no_more(attendant) {
            self.refuse(Reason::new(Code::TransitNotYours).who(attendant));
            return;
        }
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.act_by(Rule::Transit1, Event::LeftUnattended { place, at: self.now() });
    }

    pub(super) fn report_unattended(&mut self, place: S::Place) {
        let found = self.state.places.contains_key(&place);
        self.known(found, Thing::Place);
        if found {
            self.left_alone(place);
        }
    }

    /// Whoever went along did not; what lies there is counted again before anything of it is issued.
    pub(super) fn left_alone(&mut self, place: S::Place) {
        let at = self.context.earlier();
        if self.state.transits.contains_key(&place) {
            self.breach(Reason::new(Code::TransitUnattended).place(place).at(at));
        }
        self.act_by(Rule::Transit1, Event::LeftUnattended { place, at });
    }
}
