//! What has already happened. Recorded whatever the state; breaches are named, states only fall.

use super::Judge;
use crate::event::Event;
use crate::gun::{Custody, Doubt, Gun};
use crate::intent::RoundKind;
use crate::loss::Notified;
use crate::open::open_items_of;
use crate::people::Role;
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    /// "I have it." Custody follows what people say they have; how it came there is named.
    pub(super) fn report_have(&mut self, id: S::Gun) {
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        if matches!(gun.custody, Custody::With { person, .. } if person == by) {
            return;
        }
        if let Some(handler) = self.is_scripted(id, &gun, by) {
            self.names_what_lapsed(id, &gun);
            self.act(Event::GunTransferred { gun: id, person: by, handler, at: self.context.earlier() });
            return;
        }
        self.name_breaches_of_holding(id, &gun);
        let handler = if self.my_roles().handles() { Some(by) } else { gun.handler() };
        self.act(Event::GunReportedWith { gun: id, person: by, handler, at: self.context.earlier() });
        self.void_by(Rule::Showing6, id, Doubt::ChangedHands);
    }

    fn name_breaches_of_holding(&mut self, id: S::Gun, gun: &Gun<S>) {
        self.gun_was_an_exhibit(id);
        if self.state.units.of_gun(id) != self.my_unit() {
            self.breach(Reason::new(Code::UnitOther).what(Thing::Gun).gun(id));
        }
        if !matches!(gun.custody, Custody::Missing { .. }) {
            self.breach(Reason::new(Code::CustodyTakenAround));
        }
        let roles = self.my_roles();
        if let Some(by) = self.by().filter(|_| gun.kind.fires() && roles.has(Role::Minor)) {
            self.breach(Reason::new(Code::MinorNoGun).who(by));
        }
        if roles.has(Role::FirstAd) {
            self.breach(Reason::new(Code::HandoverFirstAd));
        } else if !roles.handles() && !roles.performs() {
            self.breach(Reason::new(Code::HandoverReceiverRole));
        }
    }

    pub(super) fn report_gone(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.act_stop(StopCause::GunMissing, Some(id));
            self.act(Event::GunReportedGone { gun: id, at: self.context.earlier() });
        }
    }

    /// Who was told that a gun is gone. Of one that is there it says nothing.
    pub(super) fn report_told_of_loss(&mut self, id: S::Gun, notified: Notified) {
        if self.gun(id).is_some_and(|gun| matches!(gun.custody, Custody::Missing { .. })) {
            self.act(Event::LossTold { gun: id, notified });
        }
    }

    pub(super) fn report_out_of_sight(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.void_by(Rule::Showing5, id, Doubt::OutOfSight);
        }
    }

    pub(super) fn report_doubt(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.void_by(Rule::Showing1, id, Doubt::Doubted);
        }
    }

    pub(super) fn report_muzzle(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.breach(Reason::new(Code::LineMuzzleTowardPeople));
            self.void_by(Rule::Line1, id, Doubt::MuzzleTowardPeople);
        }
    }

    pub(super) fn report_discharge(&mut self, id: S::Gun) {
        if self.it_fired(id).is_some() {
            // One shot at least: its case is explained, and its bore is looked through.
            self.act(Event::GunFired { gun: id, shots: 1, misfires: 0, at: self.now() });
            self.act_stop(StopCause::Discharge, Some(id));
        }
    }

    /// The gun that fired. One that is on no register holds everything: a shot is a shot.
    pub(super) fn it_fired(&mut self, id: S::Gun) -> Option<Gun<S>> {
        let found = self.state.guns.get(&id).copied();
        if found.is_none() {
            self.breach(Reason::new(Code::RegisterUnknown).what(Thing::Gun));
            self.act_stop(StopCause::Discharge, None);
        }
        found
    }

    pub(super) fn report_round_found(&mut self, round: RoundKind) {
        self.act_stop(found(round), None);
    }

    pub(super) fn report_left(&mut self, person: S::Person) {
        self.known_person(person);
        let at = self.context.earlier();
        if self.state.guns.values().any(|gun| gun.handler() == Some(person)) {
            self.breach(Reason::new(Code::HandlerOutOfRoom).who(person).at(at));
        }
        self.exhibits_of(person);
        self.name_rounds_with(person, at);
        self.act_by(Rule::Handover6, Event::PersonLeft { person, at });
        self.out_of_sight_with(person);
        let left: Vec<S::Place> =
            self.state.transits.iter().filter(|(_, it)| it.attendant == person).map(|(place, _)| *place).collect();
        left.into_iter().for_each(|place| self.left_alone(place));
    }

    /// A gun that another handler answers for goes out of his sight with whoever holds it.
    fn out_of_sight_with(&mut self, person: S::Person) {
        for (id, gun) in &self.state.guns {
            let holds = matches!(gun.custody, Custody::With { person: holder, .. } if holder == person);
            if holds && gun.handler() != Some(person) {
                self.void_by(Rule::Showing5, *id, Doubt::OutOfSight);
            }
        }
    }

    pub(super) fn report_returned(&mut self, person: S::Person) {
        self.known_person(person);
        self.act(Event::PersonReturned { person });
    }

    pub(super) fn report_break(&mut self) {
        for item in open_items_of(self.state, self.my_unit()) {
            self.breach(item);
        }
        self.act_by(Rule::Showing7, self.break_of_my_unit(self.context.earlier()));
    }
}

/// The cause of the stop that a round brings which was found where none should be.
pub(super) const fn found(round: RoundKind) -> StopCause {
    match round {
        RoundKind::Live => StopCause::LiveRound,
        RoundKind::Blank | RoundKind::Dummy | RoundKind::NotSure => StopCause::UnexpectedRound,
    }
}
