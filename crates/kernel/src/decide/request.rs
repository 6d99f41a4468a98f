//! Safety requests, the armorer's written authority, whom everybody can ask, who was told outside, guards outside the
//! perimeter, and guns that are nobody's but their owner's.

use super::Judge;
use crate::event::Event;
use crate::people::Role;
use crate::reason::{Code, Reason, Thing};
use crate::request::{RequestKind, open_requests};
use crate::scope::Scope;
use crate::state::StopCause;
use crate::training::Requirement;

impl<S: Scope> Judge<'_, S> {
    /// Anybody asks for what he needs to work as he should.
    pub(super) fn report_safety_request(&mut self, kind: RequestKind) {
        let Some(by) = self.by() else { return };
        self.act(Event::SafetyRequested { request: self.context.act, kind, by, at: self.context.earlier() });
    }

    pub(super) fn answer_request(&mut self, request: S::Act, granted: bool) {
        self.day_open();
        self.refuse_if(!self.my_roles().has(Role::Producer), Code::RequestNotProducer);
        let asked = self.state.requests.get(&request).copied();
        self.known(asked.is_some(), Thing::Request);
        let Some(by) = self.by() else { return };
        self.refuse_if(asked.is_some_and(|it| it.by == by), Code::RequestOwn);
        self.act(Event::RequestAnswered { request, granted, by });
    }

    /// What was asked for and not granted is named once more, and keeps nothing open.
    pub(super) fn name_open_requests(&mut self) {
        for request in open_requests(self.state) {
            self.breach(request);
        }
    }

    pub(super) fn enter_authority(&mut self, person: S::Person, given: bool) {
        self.day_open();
        self.known_person(person);
        let gives = self.my_roles().has(Role::Producer) && self.by() != Some(person);
        self.refuse_if(!gives, Code::AuthorityNotYours);
        self.refuse_if(given && !self.state.may_have_authority(person), Code::AuthorityNotArmorer);
        self.act(Event::AuthorityEntered { person, given });
    }

    /// Somebody who leads the work with guns today has it in writing, where the production asks for it.
    fn authority_was_given(&mut self) {
        let asked = self.state.required.has(Requirement::Authority);
        self.refuse_if(asked && !self.state.has_authority(), Code::AuthorityNotEntered);
    }

    // Whom everybody can ask, and who was told outside.

    pub(super) fn name_contact(&mut self, person: S::Person) {
        self.keeps_the_register();
        self.known_person(person);
        self.act(Event::ContactNamed { person });
    }

    pub(super) fn report_police_told(&mut self, scene: S::Scene) {
        self.known(self.state.scenes.contains_key(&scene), Thing::Scene);
        self.act(Event::PoliceTold { scene, at: self.context.earlier() });
    }

    /// What the production asks for before a gun that can fire comes to a set.
    pub(super) fn may_come_to_the_set(&mut self) {
        self.authority_was_given();
        let asked = |what| self.state.required.has(what);
        let unnamed = asked(Requirement::Contact) && self.state.contact.is_none();
        let told = self.my_scene().is_none_or(|open| self.state.police_told.contains_key(&open.scene));
        let untold = asked(Requirement::Police) && !told;
        self.refuse_if(unnamed, Code::ContactNotNamed);
        self.refuse_if(untold, Code::PoliceNotTold);
    }

    // Guards.

    pub(super) fn declare_guard(&mut self, person: S::Person, outside: bool) {
        let roles = self.my_roles();
        self.day_open();
        self.refuse_if(!roles.runs_the_day() && !roles.has(Role::SafetyOfficer), Code::RegisterNotAllowed);
        self.known_person(person);
        if outside && !self.state.roles(person).is_empty() {
            self.refuse(Reason::new(Code::GuardHasRole).who(person));
        }
        self.act(Event::GuardDeclared { person, outside });
    }

    /// He has a loaded gun that no register has, and he is where the guns of the record are.
    pub(super) fn report_guard_inside(&mut self, person: S::Person) {
        self.known_person(person);
        self.breach(Reason::new(Code::GuardInside).who(person).at(self.context.earlier()));
        self.act_stop_about(StopCause::GuardInside, [Some(person), None]);
    }

    /// What no register has, nobody has checked, counted or locked away.
    pub(super) fn report_personal_weapon(&mut self, whose: Option<S::Person>) {
        if let Some(person) = whose {
            self.known_person(person);
        }
        self.breach(Reason { who: whose, ..Reason::new(Code::PersonalGun) });
        self.act_stop_about(StopCause::PersonalWeapon, [whose, None]);
    }
}
