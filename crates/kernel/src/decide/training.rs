//! Training by type of gun, the safety course, permits, and what a production asks for beyond the laws.

use super::Judge;
use crate::event::Event;
use crate::gun::{Action, Gun};
use crate::people::{Day, Role};
use crate::reason::{Code, Reason};
use crate::scope::Scope;
use crate::state::State;
use crate::training::Requirement;

/// Why a person does not stand in the line of a gun that can fire.
pub(super) fn not_in_its_line<S: Scope>(state: &State<S>, gun: S::Gun, person: S::Person) -> Option<Reason<S>> {
    state.is_minor(person).then(|| Reason::new(Code::MinorInLine).gun(gun).who(person))
}

/// Why a person is not known to have completed the course that the production asks for.
pub(super) fn no_course<S: Scope>(state: &State<S>, person: S::Person) -> Option<Reason<S>> {
    let missing = state.required.has(Requirement::Course) && !state.has_the_course(person);
    missing.then(|| Reason::new(Code::CourseNotCompleted).who(person))
}

impl<S: Scope> Judge<'_, S> {
    /// What is asked for may be asked for at any time; it is not taken back while people work by it.
    pub(super) fn require(&mut self, what: Requirement, required: bool) {
        self.keeps_the_register();
        let running = self.state.day.is_some() && self.state.wrapped.is_none();
        self.refuse_if(!required && running, Code::RequireRunningDay);
        self.act(Event::RequirementSet { what, required });
    }

    /// A handler says how the assessment ended; who failed it is trained no more.
    pub(super) fn enter_training(&mut self, person: S::Person, action: Action, passed: bool) {
        self.day_open();
        self.refuse_if(!self.my_roles().handles(), Code::RegisterNotAllowed);
        self.known_person(person);
        self.not_himself(person);
        self.refuse_if(action == Action::None, Code::TrainNoAction);
        self.act(Event::TrainingEntered { person, action, passed });
    }

    pub(super) fn enter_course(&mut self, person: S::Person, until: Option<Day>) {
        let roles = self.my_roles();
        self.day_open();
        let may = roles.handles() || roles.keeps_the_register() || roles.has(Role::SafetyOfficer);
        self.refuse_if(!may, Code::RegisterNotAllowed);
        self.known_person(person);
        self.not_himself(person);
        let past = until.zip(self.state.day).is_some_and(|(until, open)| until < open);
        self.refuse_if(past, Code::DayPast);
        self.act(Event::CourseEntered { person, until });
    }

    /// As whoever enters it has seen it: the permit itself, and its date.
    pub(super) fn enter_permit(&mut self, person: S::Person, held: bool, until: Option<Day>) {
        let roles = self.my_roles();
        self.day_open();
        let may = roles.keeps_the_register() || roles.has(Role::SafetyOfficer);
        self.refuse_if(!may, Code::RegisterNotAllowed);
        self.known_person(person);
        self.refuse_if(self.by() == Some(person), Code::PermitOwn);
        let past = until.zip(self.state.day).is_some_and(|(until, open)| until < open);
        self.refuse_if(held && past, Code::DayPast);
        self.act(Event::PermitEntered { person, held, until });
    }

    /// Whoever takes out, receives, loads or hands over a gun that can fire, where the production asks for it.
    pub(super) fn holds_a_permit(&mut self, person: Option<S::Person>) {
        let Some(person) = person.filter(|_| self.state.required.has(Requirement::Permit)) else { return };
        if !self.state.has_a_permit(person) {
            self.refuse(Reason::new(Code::PermitNotInDate).who(person));
        }
    }

    fn not_himself(&mut self, person: S::Person) {
        self.refuse_if(self.by() == Some(person), Code::TrainOwn);
    }

    /// Whoever uses a gun that can fire before the camera is no minor, and was trained where the production
    /// asks for it.
    pub(super) fn may_use(&mut self, gun: &Gun<S>, person: S::Person) {
        if gun.kind.fires() && self.state.is_minor(person) {
            self.refuse(Reason::new(Code::MinorNoGun).who(person));
        }
        // Of whoever does not receive it anyway nothing more is asked.
        if self.state.is_range() && self.state.roles(person).performs() {
            self.is_trained_for_the_range(gun, person);
        } else if self.state.roles(person).performs() && !self.state.is_trained_on(gun, person) {
            self.refuse(Reason::new(Code::TrainNotTrained).who(person));
        }
    }

    /// Whoever handles a gun that can fire, where the production asks for it.
    pub(super) fn completed_the_course(&mut self, person: Option<S::Person>) {
        if let Some(reason) = person.and_then(|person| no_course(self.state, person)) {
            self.refuse(reason);
        }
    }
}
