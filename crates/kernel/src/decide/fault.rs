//! A gun that does not work as it should.

use super::Judge;
use crate::event::Event;
use crate::gun::{Doubt, Gun};
use crate::reason::{Code, Reason};
use crate::rule::Rule;
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    /// What is no longer known, and used by nobody.
    pub(super) fn report_fault(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.act(Event::FaultReported { gun: id, at: self.context.earlier() });
            self.void_by(Rule::Fault1, id, Doubt::Faulty);
        }
    }

    /// By a handler who has it in his hands, emptied. Whoever looked for what is wrong had it open: it is shown again.
    pub(super) fn clear_fault(&mut self, id: S::Gun) {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.holds(&gun);
        self.not_being_checked(&gun);
        self.misfire_is_over(&gun);
        if gun.is_loaded() {
            self.refuse(Reason::new(Code::GunLeftLoaded).gun(id));
        }
        if gun.faulty_since.is_none() {
            self.refuse(Reason::new(Code::FaultNone).gun(id));
        }
        self.act(Event::FaultCleared { gun: id, by, at: self.now() });
        self.act_by(Rule::Fault1, Event::ShowingVoided { gun: id, why: Doubt::Faulty, at: self.now() });
    }

    /// Nobody loads what does not work, and nobody but a handler gets it.
    pub(super) fn works(&mut self, id: S::Gun, gun: &Gun<S>) {
        if let Some(reason) = does_not_work(id, gun) {
            self.refuse(reason);
        }
    }
}

/// Why a gun that does not work as it should is used by nobody; nothing where it does.
#[must_use]
pub fn does_not_work<S: Scope>(id: S::Gun, gun: &Gun<S>) -> Option<Reason<S>> {
    gun.faulty_since.map(|since| Reason::new(Code::GunFaulty).gun(id).at(since))
}
