//! The stop, and the inquiry that alone lifts it.

use super::Judge;
use crate::event::Event;
use crate::gun::Custody;
use crate::loss::Notified;
use crate::people::Role;
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::{Stop, StopCause};

impl<S: Scope> Judge<'_, S> {
    fn stop_pulled(&self, cause: StopCause, gun: Option<S::Gun>) -> Event<S> {
        let concerned = gun.map_or([None, None], |gun| self.concerned(gun));
        self.stop_about(cause, gun, concerned)
    }

    fn stop_about(&self, cause: StopCause, gun: Option<S::Gun>, concerned: [Option<S::Person>; 2]) -> Event<S> {
        let (stop, by, at) = (self.context.act, self.context.by, self.now());
        Event::StopPulled { stop, cause, by, gun, concerned, at }
    }

    /// A stop that comes with an act that is accepted.
    pub(super) fn act_stop(&mut self, cause: StopCause, gun: Option<S::Gun>) {
        self.act_by(Rule::Stop1, self.stop_pulled(cause, gun));
    }

    /// A stop about no gun, with the people whom an inquiry would be about.
    pub(super) fn act_stop_about(&mut self, cause: StopCause, concerned: [Option<S::Person>; 2]) {
        self.act_by(Rule::Stop1, self.stop_about(cause, None, concerned));
    }

    /// The same, where the act that brought it may be refused.
    pub(super) fn carry_stop_about(&mut self, cause: StopCause, concerned: [Option<S::Person>; 2]) {
        self.carry_by(Rule::Stop1, self.stop_about(cause, None, concerned));
    }

    /// A stop that holds even where the act that brought it is refused.
    pub(super) fn carry_stop(&mut self, cause: StopCause, gun: Option<S::Gun>) {
        self.carry_by(Rule::Stop1, self.stop_pulled(cause, gun));
    }

    /// Anyone may stop, with or without log-in. A call while another call stands that nobody
    /// inquires into yet is recorded and holds nothing more, so that calling twice does not take two
    /// inquiries; once one is named, a new call is a matter of its own.
    pub(super) fn stop(&mut self, cause: StopCause) {
        let open = |stop: &Stop<S>| stop.cause == StopCause::Called && stop.inquiry.is_none();
        let stands = self.state.stops.values().any(open);
        if cause != StopCause::Called || !stands {
            self.act_stop(cause, None);
        }
    }

    fn standing(&mut self, act: S::Act) -> Option<Stop<S>> {
        let stop = self.state.stops.get(&act).copied();
        self.refuse_if(stop.is_none(), Code::StopNotStanding);
        stop
    }

    fn is_not_about(&mut self, stop: &Stop<S>, person: S::Person) {
        if stop.concerned.contains(&Some(person)) {
            self.refuse(Reason::new(Code::InquiryConcerned).who(person));
        }
    }

    /// No producer, no minor, nobody whom it is about, and nobody who answers to one of them.
    fn may_inquire(&mut self, stop: &Stop<S>, person: S::Person) {
        self.refuse_if(self.state.roles(person).has(Role::Producer), Code::InquiryProducer);
        self.is_not_about(stop, person);
        if self.state.is_minor(person) {
            self.refuse(Reason::new(Code::InquiryMinor).who(person));
        }
        if stop.concerned.iter().flatten().any(|superior| self.state.answers_to(person, *superior)) {
            self.refuse(Reason::new(Code::InquirySubordinate).who(person));
        }
    }

    pub(super) fn name_inquiry(&mut self, act: S::Act, inquirer: S::Person) {
        self.known(self.state.people.contains_key(&inquirer), Thing::Person);
        self.refuse_if(self.my_roles().is_empty(), Code::RegisterNotAllowed);
        let (Some(stop), Some(by)) = (self.standing(act), self.by()) else { return };
        self.refuse_if(by == inquirer, Code::InquirySelfNamed);
        self.may_inquire(&stop, inquirer);
        self.is_not_about(&stop, by);
        self.act(Event::InquiryNamed { stop: act, inquirer, by });
    }

    /// Work does not go on while a gun that can fire is gone and the police do not know.
    fn police_were_told(&mut self, stop: &Stop<S>) {
        let Some(id) = stop.gun.filter(|_| stop.cause == StopCause::GunMissing) else { return };
        let told = self.state.losses_told.contains(&(id, Notified::Police));
        let gun = self.state.guns.get(&id);
        let gone = gun.is_some_and(|gun| gun.kind.fires() && matches!(gun.custody, Custody::Missing { .. }));
        if gone && !told {
            self.refuse(Reason::new(Code::LossPoliceNotTold).gun(id));
        }
    }

    pub(super) fn close_inquiry(&mut self, act: S::Act) {
        let (Some(stop), Some(by)) = (self.standing(act), self.by()) else { return };
        match stop.inquiry {
            None => self.refuse(Reason::new(Code::InquiryNotNamed)),
            Some(inquiry) if inquiry.inquirer != by => {
                self.refuse(Reason::new(Code::InquiryNotYours).who(inquiry.inquirer));
            }
            Some(_) => {}
        }
        self.may_inquire(&stop, by);
        self.police_were_told(&stop);
        self.act(Event::StopLifted { stop: act });
    }
}
