//! What passes between people before the camera, as the shot plan has it (law 5).

use super::Judge;
use super::rounds::is_of_the_set;
use crate::board::{line_is_clear, not_shown};
use crate::event::Event;
use crate::gun::{Custody, Gun, ShowingState};
use crate::people::{Place, Role};
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    pub(super) fn place(&mut self, place: S::Place) -> Option<Place> {
        let found = self.state.places.get(&place).copied();
        self.known(found.is_some(), Thing::Place);
        found
    }

    /// The handler who declares it watches; he was at the meeting, and so was the one who may have it.
    fn plans_for_the_scene(&mut self, id: S::Gun) -> Option<Gun<S>> {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.was_at_the_meeting(self.by());
        self.gun_is_free(id);
        self.gun(id)
    }

    pub(super) fn declare_transfer(&mut self, id: S::Gun, to: S::Person) {
        self.known_person(to);
        self.may_receive(to);
        self.person_of_my_unit(to);
        if let Some(gun) = self.plans_for_the_scene(id) {
            self.was_at_the_meeting(Some(to));
            self.may_use(&gun, to);
            if gun.kind.fires() {
                self.completed_the_course(Some(to).filter(|to| self.state.roles(*to).performs()));
            }
            self.act(Event::TransferDeclared { gun: id, to });
        }
    }

    pub(super) fn declare_preset(&mut self, id: S::Gun, place: S::Place) {
        let found = self.place(place);
        self.refuse_if(found.is_some_and(|it| !is_of_the_set(it.kind)), Code::TransferPlace);
        self.place_of_my_unit(place);
        if self.plans_for_the_scene(id).is_some() {
            self.act(Event::PresetDeclared { gun: id, place });
        }
    }

    /// By the handler who answers for it: out of his own hands, or as it leaves the performer's.
    pub(super) fn lay_preset(&mut self, id: S::Gun, place: S::Place) {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.in_the_room(self.by());
        self.place(place);
        self.place_of_my_unit(place);
        self.gun_is_free(id);
        let (Some(gun), Some(handler)) = (self.gun(id), self.by()) else { return };
        let answers = gun.handler() == Some(handler) && matches!(gun.custody, Custody::With { .. });
        if !answers {
            self.holds(&gun);
        }
        self.refuse_if(!self.state.presets.contains(&(id, place)), Code::TransferNotDeclared);
        self.refuse_if(!gun.on_set, Code::SetNotCalled);
        self.works(id, &gun);
        if gun.kind.fires() {
            for reason in not_shown(self.rules, &gun, self.now()) {
                self.refuse(reason);
            }
            self.refuse_if(gun.fired.struck() > 0, Code::FiredNotEmptied);
            self.line_is_clear(id, &gun);
            self.bore_lets_blanks_out(id, &gun);
        } else {
            self.matched(&gun);
        }
        self.act(Event::GunPreset { gun: id, place, handler, at: self.now() });
    }

    /// Is "I have it" what the shot plan says? Then the handler still watches, and nothing falls.
    pub(super) fn is_scripted(&self, id: S::Gun, gun: &Gun<S>, by: S::Person) -> Option<S::Person> {
        let handler = gun.handler()?;
        let out = self.is_before_the_camera(gun);
        let declared = self.state.transfers.contains(&(id, by)) && gun.on_set;
        let unit = self.state.units.of_gun(id);
        let there = self.state.out_since(handler).is_none() && self.state.out_since(by).is_none();
        let watched = there && self.state.held_in(unit).is_none();
        let one_unit = unit == self.state.units.of_person(by);
        (out && declared && watched && one_unit && self.may_be_used_by(gun, by) && self.may_pass(id, gun, by))
            .then_some(handler)
    }

    /// What was declared while less was asked for does not hold for whoever does not meet it now.
    fn may_be_used_by(&self, gun: &Gun<S>, by: S::Person) -> bool {
        let trained = self.state.is_trained_on(gun, by) || !self.rules.hold(Rule::Train1);
        let grown = !gun.kind.fires() || !self.state.is_minor(by) || !self.rules.hold(Rule::Minor1);
        let roles = self.state.roles(by);
        trained && grown && !roles.has(Role::FirstAd) && (roles.performs() || roles.handles())
    }

    /// What passed as it was declared was shown too long ago. In a take that was on before it lapsed nobody is called
    /// back (law 2).
    pub(super) fn names_what_lapsed(&mut self, id: S::Gun, gun: &Gun<S>) {
        let ShowingState::Shown(showing) = gun.showing else { return };
        let lapses = self.rules.show_again_by::<S>(showing.at);
        let take = self.state.take_of(self.state.units.of_gun(id));
        let in_a_take = take.is_some_and(|take| take.since < lapses);
        if gun.kind.fires() && self.now() >= lapses && !in_a_take {
            self.breach(Reason::new(Code::ShowingTimeLapsed).at(showing.at));
        }
    }

    /// Out of a handler's hands a gun goes by offer and take alone.
    fn is_before_the_camera(&self, gun: &Gun<S>) -> bool {
        match gun.custody {
            Custody::Preset { .. } => true,
            Custody::With { person, handler, .. } => handler != Some(person) && self.state.roles(person).performs(),
            Custody::In { .. } | Custody::Offered { .. } | Custody::Missing { .. } | Custody::Returned { .. } => false,
        }
    }

    /// Fired it is UNKNOWN already. Else it is shown, not by the one who has it now, and the line of
    /// its blanks is clear.
    fn may_pass(&self, id: S::Gun, gun: &Gun<S>, by: S::Person) -> bool {
        let line_clear = gun.line_clear.is_some() || self.stand_off_needed(id, gun).is_none();
        let shown = match gun.showing {
            ShowingState::Shown(showing) => showing.checker != by && showing.witness != by && line_clear,
            ShowingState::Void(_) | ShowingState::BeingChecked(_) => false,
        };
        shown || !gun.kind.fires() || gun.fired.struck() > 0
    }

    /// What a gun needs before it goes to somebody who uses it before the camera: the set, the meeting,
    /// and the line of its blanks.
    pub(super) fn ready_for_the_scene(&mut self, id: S::Gun, gun: &Gun<S>, to: S::Person) {
        if gun.kind.fires() {
            self.refuse_if(!gun.on_set, Code::SetNotCalled);
            self.refuse_if(gun.fired.struck() > 0, Code::FiredNotEmptied);
            self.was_at_the_meeting(gun.handler());
            self.was_at_the_meeting(Some(to));
            self.is_in_the_plan_of_the_take(id);
            self.line_is_clear(id, gun);
            self.bore_lets_blanks_out(id, gun);
            self.may_use(gun, to);
            self.completed_the_course(gun.handler());
            self.completed_the_course(Some(to).filter(|to| self.state.roles(*to).performs()));
        }
    }

    /// Blanks go out only behind a bore that somebody looked through before they went in, and that nothing was fired through
    /// since. It is emptied first: a bore is looked through empty.
    fn bore_lets_blanks_out(&mut self, id: S::Gun, gun: &Gun<S>) {
        if self.stand_off_needed(id, gun).is_none() {
            return;
        }
        let unseen = gun.loading.is_none_or(|loading| loading.bore.is_none());
        if unseen {
            self.refuse(Reason::new(if gun.is_muzzle_loader() { Code::RodNotRun } else { Code::BoreNotLooked }));
        }
        // Of one that was fired and not emptied FIRED-1 says so.
        if gun.bore_due && gun.fired.struck() == 0 {
            self.refuse(Reason::new(if gun.is_muzzle_loader() { Code::RodDue } else { Code::BoreDue }).gun(id));
        }
    }

    pub(super) fn line_is_clear(&mut self, id: S::Gun, gun: &Gun<S>) {
        match self.stand_off_needed(id, gun) {
            None => {}
            Some(None) => self.refuse(Reason::new(Code::BlankNotTested)),
            Some(Some(_)) => self.refuse_if(!line_is_clear(self.rules, gun, self.now()), Code::LineNotCleared),
        }
    }
}
