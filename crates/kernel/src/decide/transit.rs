//! On the way: a locked place that is moved with what is in it, and the handler who goes along.

use super::Judge;
use crate::event::Event;
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
        let Some(attendant) = self.by() else { return };
        self.act(Event::TransitBegun { place, attendant, at: self.now() });
    }

    /// Nothing is taken out of a place that is on the way.
    pub(super) fn not_on_the_way(&mut self, place: S::Place) {
        if let Some(transit) = self.state.transits.get(&place) {
            self.refuse(on_the_way(place, transit));
        }
    }

    pub(super) fn end_transit(&mut self, place: S::Place) {
        self.known(self.state.places.contains_key(&place), Thing::Place);
        match self.state.transits.get(&place) {
            None => self.refuse(Reason::new(Code::TransitNotOn)),
            Some(transit) if Some(transit.attendant) != self.by() => {
                self.refuse(Reason::new(Code::TransitNotYours).who(transit.attendant));
            }
            Some(_) => {}
        }
        self.act(Event::TransitEnded { place });
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
