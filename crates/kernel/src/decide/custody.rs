//! Out of its place, back into it, and back to the handler.

use super::Judge;
use crate::event::Event;
use crate::gun::{Custody, Doubt, Gun};
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn take_out(&mut self, id: S::Gun) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        if gun.kind.fires() {
            self.completed_the_course(Some(by));
            self.holds_a_permit(Some(by));
        }
        match gun.custody {
            Custody::In { place, .. } => self.not_on_the_way(place),
            Custody::With { person, since, .. } if person == by => {
                self.refuse(Reason::new(Code::CustodyAlreadyYours).at(since));
            }
            Custody::With { .. }
            | Custody::Preset { .. }
            | Custody::Offered { .. }
            | Custody::Missing { .. }
            | Custody::Returned { .. } => self.holds(&gun),
        }
        self.act(Event::GunTakenOut { gun: id, person: by, at: self.now() });
    }

    /// Always open, also while everything is held: a gun in hand can be locked away as it is.
    pub(super) fn put_away(&mut self, id: S::Gun, place: S::Place) {
        self.is_handler_or_answers_for(self.state.guns.get(&id).and_then(Gun::handler), Code::CustodyNotHandler);
        self.locks_guns_away(place);
        self.is_not_away(place);
        self.gun_is_not_with_the_police(id);
        let Some(gun) = self.gun(id) else { return };
        self.holds(&gun);
        self.act(Event::GunPutAway { gun: id, place, at: self.now() });
        // What was answered of it stays closed until it is shown or the day is wrapped: whoever checks it next must not
        // read what the last one saw.
        self.act_by(Rule::Showing5, Event::ShowingVoided { gun: id, why: Doubt::OutOfSight, at: self.now() });
    }

    /// A place that is known, locks, and is for guns.
    pub(super) fn locks_guns_away(&mut self, place: S::Place) {
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        self.refuse_if(found.is_some_and(|it| !it.locks), Code::PlaceNotLocked);
        self.refuse_if(found.is_some_and(|it| !it.for_guns), Code::PlaceNotForGuns);
    }

    /// The handler's signature alone, from whoever has it, also out of a handover and while held.
    /// Another handler offers; from him it is taken only where he is out, or everything of its unit is held. Of
    /// whichever unit the handler is, he may.
    pub(super) fn take_back(&mut self, id: S::Gun) {
        self.is_handler_or_answers_for(self.state.guns.get(&id).and_then(Gun::handler), Code::HandoverNotHandler);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.gun_is_not_with_the_police(id);
        self.can_be_taken_back(id, &gun, by);
        self.act(Event::GunTakenBack { gun: id, person: by, at: self.now() });
        self.act_by(Rule::Showing6, Event::ShowingVoided { gun: id, why: Doubt::ChangedHands, at: self.now() });
    }

    fn can_be_taken_back(&mut self, id: S::Gun, gun: &Gun<S>, by: S::Person) {
        match gun.custody {
            Custody::Offered { .. } | Custody::Preset { .. } => {}
            Custody::With { person, since, .. } if person == by => {
                self.refuse(Reason::new(Code::CustodyAlreadyYours).at(since));
            }
            Custody::With { person, .. } => {
                let roles = self.state.roles(person);
                let keeps = roles.handles() && !roles.performs();
                let held = self.state.held_in(self.state.units.of_gun(id)).is_some();
                let there = self.state.out_since(person).is_none() && !held;
                if keeps && there {
                    self.refuse(Reason::new(Code::HandoverNotNeeded).who(person));
                }
            }
            Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => self.holds(gun),
        }
    }
}
