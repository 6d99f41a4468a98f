//! Erasing what stands beside the record, and the hold that beats it.

use super::Judge;
use crate::erasure::{Erasable, Ground};
use crate::event::Event;
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    /// No entry changes by it: the digests stay, and what they are of is gone.
    pub(super) fn erase(&mut self, intent: S::Act, what: Erasable, ground: Ground) {
        self.keeps_the_register();
        self.refuse_if(self.state.erased.contains_key(&(intent, what)), Code::EraseAlready);
        if let Some((_, stop)) = self.state.held_by() {
            self.refuse(Reason::new(Code::EraseStopStands).at(stop.since));
        }
        for by in self.state.preservations.values() {
            self.refuse(Reason::new(Code::ErasePreserved).who(*by));
        }
        self.act(Event::Erased { intent, what, ground });
    }

    /// Anybody may; asked for twice by one person it holds no more than once.
    pub(super) fn report_record_needed(&mut self) {
        let Some(by) = self.by() else { return };
        if !self.state.preservations.values().any(|holder| *holder == by) {
            self.act(Event::RecordPreserved { preservation: self.context.act, by });
        }
    }

    pub(super) fn release_record(&mut self, preservation: S::Act) {
        let Some(holder) = self.state.preservations.get(&preservation).copied() else {
            self.refuse(Reason::new(Code::PreserveNotStanding));
            return;
        };
        if Some(holder) != self.by() && !self.my_roles().has(Role::Investigator) {
            self.refuse(Reason::new(Code::PreserveNotYours).who(holder));
        }
        self.act(Event::RecordReleased { preservation });
    }
}
