//! Back to the rental house, and from it.

use super::Judge;
use crate::barrel::{BarrelReadings, Rod};
use crate::board::not_shown;
use crate::event::Event;
use crate::gun::{Content, Custody, Doubt, Gun, Showing, ShowingState};
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::rule::Rule;
use crate::scope::Scope;

/// Both saw every chamber empty and what feeds them; or the rod went to its mark in every barrel, and no cap was on.
fn seen_empty<S: Scope>(gun: &Gun<S>, showing: &Showing<S>) -> bool {
    if gun.is_muzzle_loader() {
        let bare = |barrels: BarrelReadings| barrels.of(Rod::AtMark) == gun.cylinder() && barrels.primed().is_empty();
        return showing.barrels.is_some_and(bare);
    }
    let fed_as_well = !gun.is_fed() || showing.feed.is_some_and(|feed| feed.rounds() == 0);
    showing.readings.of(Content::Empty) == gun.cylinder() && fed_as_well
}

impl<S: Scope> Judge<'_, S> {
    /// It leaves the production, and its list of what is out: so it goes to nobody but the house, and empty. While everything
    /// is held it stays, for it may be what an inquiry needs.
    pub(super) fn return_to_vendor(&mut self, id: S::Gun, vendor: S::Person) {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.in_the_room(self.by());
        self.is_of_the_house(vendor);
        self.gun_is_free(id);
        let Some(gun) = self.gun(id) else { return };
        self.holds(&gun);
        if gun.kind.fires() {
            self.shown_empty(&gun);
            // A round that misfired was thrown out of it, and nobody entered where it went.
            if gun.is_loaded() {
                self.refuse(Reason::new(Code::GunLeftLoaded).gun(id));
            }
            if gun.bore_due {
                let due = if gun.is_muzzle_loader() { Code::RodDue } else { Code::BoreDue };
                self.refuse(Reason::new(due).gun(id));
            }
        } else {
            self.matched(&gun);
        }
        self.act(Event::GunReturned { gun: id, vendor, at: self.now() });
        self.act_by(Rule::Showing6, Event::ShowingVoided { gun: id, why: Doubt::ChangedHands, at: self.now() });
    }

    pub(super) fn is_of_the_house(&mut self, person: S::Person) {
        self.known_person(person);
        if !self.state.roles(person).has(Role::Vendor) {
            self.refuse(Reason::new(Code::ReturnNotVendor).who(person));
        }
    }

    fn shown_empty(&mut self, gun: &Gun<S>) {
        not_shown(self.rules, gun, self.now()).into_iter().for_each(|reason| self.refuse(reason));
        let is_empty = match gun.showing {
            ShowingState::Shown(showing) => seen_empty(gun, &showing),
            ShowingState::Void(_) | ShowingState::BeingChecked(_) => false,
        };
        self.refuse_if(!is_empty, Code::ReturnNotEmpty);
    }

    /// The first time, where the list of the house has put it; and again, when it had gone back. Nobody has shown it, whatever
    /// the house says.
    pub(super) fn receive_from_vendor(&mut self, id: S::Gun, vendor: S::Person, place: S::Place) {
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.is_of_the_house(vendor);
        self.locks_guns_away(place);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.holds_a_permit(Some(by).filter(|_| gun.kind.fires()));
        match gun.custody {
            Custody::Returned { .. } => {}
            Custody::In { place: listed, .. } if listed == place => {}
            Custody::With { person, since, .. } if person == by => {
                self.refuse(Reason::new(Code::CustodyAlreadyYours).at(since));
            }
            Custody::In { .. }
            | Custody::With { .. }
            | Custody::Offered { .. }
            | Custody::Preset { .. }
            | Custody::Missing { .. } => self.holds(&gun),
        }
        self.act(Event::GunReceived { gun: id, vendor, place, at: self.now() });
        self.act_by(Rule::Showing5, Event::ShowingVoided { gun: id, why: Doubt::OutOfSight, at: self.now() });
    }
}
