//! Live rounds: the production in which alone they are, and what loads and hands over a gun there.

use super::Judge;
use crate::event::Event;
use crate::gun::{Custody, Gun};
use crate::people::Role;
use crate::range::RangeException;
use crate::reason::{Code, Reason};
use crate::rounds::{Lot, LotKind};
use crate::scope::Scope;
use crate::state::State;

/// Who of those that have to be there with live rounds is not: a medic, and whoever supervises.
fn not_attending<S: Scope>(
    state: &State<S>,
    now: S::Time,
    shooter: Option<S::Person>,
) -> impl Iterator<Item = Code> + use<S> {
    let no_medic = (!state.medic_is_there(now, shooter)).then_some(Code::RangeNoMedic);
    let no_supervisor = (!state.is_supervised(shooter)).then_some(Code::RangeNoSupervisor);
    no_medic.into_iter().chain(no_supervisor)
}

impl<S: Scope> Judge<'_, S> {
    /// By whoever leads the work with guns and has his authority in writing, while nothing was entered that could mix.
    pub(super) fn declare_range(&mut self, exception: RangeException) {
        self.day_open();
        self.not_held();
        self.may_become_a_range();
        let Some(by) = self.by() else { return };
        let authority = self.state.people.get(&by).is_some_and(|entry| entry.authority);
        self.refuse_if(!authority || !self.state.may_have_authority(by), Code::RangeNotLeader);
        self.act(Event::RangeDeclared { declaration: self.context.act, exception, by, at: self.now() });
    }

    /// By a safety officer or a producer, who has no part in the work with guns.
    pub(super) fn confirm_range(&mut self, named: S::Act) {
        self.day_open();
        self.not_held();
        self.may_become_a_range();
        let Some(by) = self.by() else { return };
        let declared = self.state.range.filter(|it| it.declaration == named);
        self.refuse_if(declared.is_none(), Code::RangeNotDeclared);
        let roles = self.my_roles();
        let of_another_role = (roles.has(Role::SafetyOfficer) || roles.has(Role::Producer)) && !roles.handles();
        let theirs = declared.is_some_and(|it| it.by == by || self.state.answers_to(by, it.by));
        self.refuse_if(!of_another_role || theirs, Code::RangeConfirmer);
        self.act(Event::RangeConfirmed { declaration: named, by, at: self.now() });
    }

    fn may_become_a_range(&mut self) {
        self.refuse_if(self.state.is_range(), Code::RangeAlready);
        self.refuse_if(!self.state.is_range() && !self.state.is_empty_of_guns(), Code::RangeNotEmpty);
    }

    /// Nothing is filmed with a gun where live rounds are.
    pub(super) fn has_scenes(&mut self) {
        self.refuse_if(self.state.is_range(), Code::RangeNoScene);
    }

    /// A range production has live rounds and no others, and none of them is inert.
    pub(super) fn only_live_on_a_range(&mut self, kind: LotKind, inert_at_head: bool) {
        if self.state.is_range() {
            self.refuse_if(kind != LotKind::Live, Code::RangeOnlyLive);
            self.refuse_if(kind == LotKind::Live && inert_at_head, Code::RangeInert);
        }
    }

    /// Live rounds load a gun that fires them, where both are on a range, before a medic and whoever supervises.
    pub(super) fn may_load_live(&mut self, gun: &Gun<S>, lot: &Lot<S>) {
        if lot.kind == LotKind::Live && self.state.is_range() {
            self.refuse_if(!gun.fires_live(), Code::RangeGun);
            self.refuse_if(!gun.at_range || !lot.at_range, Code::RangeNotThere);
            self.range_is_attended(None);
        }
    }

    fn range_is_attended(&mut self, shooter: Option<S::Person>) {
        not_attending(self.state, self.now(), shooter).for_each(|code| self.refuse(Reason::new(code)));
    }

    /// What a gun needs before it goes to somebody who shoots with it on a range.
    pub(super) fn ready_for_the_range(&mut self, gun: &Gun<S>, to: S::Person) {
        self.refuse_if(!gun.at_range, Code::RangeNotThere);
        self.refuse_if(gun.fired.struck() > 0, Code::FiredNotEmptied);
        self.may_use(gun, to);
        self.completed_the_course(gun.handler());
        self.completed_the_course(Some(to).filter(|to| self.state.roles(*to).performs()));
        if self.state.live_lot_in(gun).is_some() {
            self.range_is_attended(Some(to));
        }
    }

    /// With live rounds in it a gun goes from handler to handler only where the second knows its action as well.
    pub(super) fn takes_over_live(&mut self, gun: &Gun<S>, to: S::Person) {
        if self.state.live_lot_in(gun).is_some() {
            self.refuse_if(!gun.at_range, Code::RangeNotThere);
            self.is_trained_for_the_range(gun, to);
            self.range_is_attended(None);
        }
    }

    /// Here nobody has to ask for training: without it nobody gets a gun that can fire.
    pub(super) fn is_trained_for_the_range(&mut self, gun: &Gun<S>, person: S::Person) {
        let trained = self.state.people.get(&person).is_some_and(|entry| entry.trained.has(gun.action));
        if gun.kind.fires() && !trained {
            self.refuse(Reason::new(Code::RangeNotTrained).who(person));
        }
    }

    /// A shot is planned there of a gun that a shooter had on a range, loaded with live rounds. Who should have been
    /// there and was not is named.
    pub(super) fn is_a_shot_of_the_range(&mut self, gun: &Gun<S>) -> bool {
        if self.state.live_lot_in(gun).is_none() {
            return false;
        }
        let shooter = if let Custody::With { person, .. } = gun.custody { Some(person) } else { None };
        not_attending(self.state, self.now(), shooter).for_each(|code| self.breach(Reason::new(code)));
        gun.at_range
    }
}
