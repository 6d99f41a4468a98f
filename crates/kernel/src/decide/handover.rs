//! Offer, take, refuse, last look.

use super::Judge;
use super::shot::not_matched;
use crate::board::not_shown;
use crate::event::Event;
use crate::feed::Seen;
use crate::gun::{Custody, Doubt, Gun, LastLook, ShowingState};
use crate::intent::Look;
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

/// An open offer.
struct OpenOffer<S: Scope> {
    from: S::Person,
    to: S::Person,
}

impl<S: Scope> Judge<'_, S> {
    pub(super) fn offer(&mut self, id: S::Gun, to: S::Person) {
        self.may_issue();
        self.is_handler(Code::HandoverNotHandler);
        self.in_the_room(self.by());
        self.known_person(to);
        self.refuse_if(self.by() == Some(to), Code::HandoverToSelf);
        self.may_receive(to);
        self.person_of_my_unit(to);
        self.gun_is_free(id);
        let (Some(gun), Some(from)) = (self.gun(id), self.by()) else { return };
        self.holds(&gun);
        self.holds_a_permit(Some(from).filter(|_| gun.kind.fires()));
        self.ready_for(id, &gun, to);
        self.act(Event::GunOffered { gun: id, offer: self.context.act, from, to, at: self.now() });
    }

    /// A performer, a stand-in, an extra or a handler; never a first AD, whatever else he is.
    pub(super) fn may_receive(&mut self, to: S::Person) {
        let roles = self.state.roles(to);
        if roles.has(Role::FirstAd) {
            self.refuse(Reason::new(Code::HandoverFirstAd).who(to));
        } else if !roles.performs() && !roles.handles() {
            self.refuse(Reason::new(Code::HandoverReceiverRole).who(to));
        }
    }

    /// A handler takes a gun as it is; it is UNKNOWN in his hands. To anybody else it is shown, or
    /// matched where it cannot fire.
    fn ready_for(&mut self, id: S::Gun, gun: &Gun<S>, to: S::Person) {
        let roles = self.state.roles(to);
        if roles.handles() && !roles.performs() {
            self.not_being_checked(gun);
            self.takes_over_live(gun, to);
            return;
        }
        self.works(id, gun);
        if !gun.kind.fires() {
            self.matched(gun);
            return;
        }
        for reason in not_shown(self.rules, gun, self.now()) {
            self.refuse(reason);
        }
        if self.state.is_range() {
            self.ready_for_the_range(gun, to);
        } else {
            self.ready_for_the_scene(id, gun, to);
        }
        self.was_shown_by_others(gun, to);
    }

    /// The receiver neither checked nor witnessed what comes to him.
    pub(super) fn was_shown_by_others(&mut self, gun: &Gun<S>, to: S::Person) {
        if let ShowingState::Shown(showing) = gun.showing {
            self.refuse_if(showing.checker == to || showing.witness == to, Code::WitnessIsReceiver);
        }
    }

    /// A thing that cannot fire was matched with its label, and not too long ago.
    pub(super) fn matched(&mut self, gun: &Gun<S>) {
        if let Some(reason) = not_matched(self.rules, gun, self.now()) {
            self.refuse(reason);
        }
    }

    /// The open offer of this gun, if it is the one that is named.
    fn open_offer(&mut self, gun: &Gun<S>, named: S::Act) -> Option<OpenOffer<S>> {
        match gun.custody {
            Custody::Offered { from, to, offer, .. } if offer == named => Some(OpenOffer { from, to }),
            Custody::Offered { .. } => {
                self.refuse(Reason::new(Code::HandoverOfferStale));
                None
            }
            Custody::In { .. }
            | Custody::With { .. }
            | Custody::Preset { .. }
            | Custody::Missing { .. }
            | Custody::Returned { .. } => {
                self.refuse(Reason::new(Code::HandoverNoOffer));
                None
            }
        }
    }

    fn offered_to_me(&mut self, offer: &OpenOffer<S>) {
        if self.by() != Some(offer.to) {
            self.refuse(Reason::new(Code::HandoverOtherReceiver).who(offer.to));
        }
    }

    pub(super) fn withdraw_offer(&mut self, id: S::Gun, named: S::Act) {
        let Some(gun) = self.gun(id) else { return };
        let Some(offer) = self.open_offer(&gun, named) else { return };
        if self.by() != Some(offer.from) {
            self.refuse(Reason::new(Code::CustodyHeldByAnother).who(offer.from));
        }
        self.act(Event::OfferWithdrawn { gun: id, from: offer.from, at: self.now() });
        self.act_by(Rule::Showing6, Event::ShowingVoided { gun: id, why: Doubt::ChangedHands, at: self.now() });
    }

    pub(super) fn refuse_offer(&mut self, id: S::Gun, named: S::Act) {
        let Some(gun) = self.gun(id) else { return };
        let Some(offer) = self.open_offer(&gun, named) else { return };
        self.offered_to_me(&offer);
        self.act(Event::OfferRefused { gun: id, from: offer.from, at: self.now() });
        self.act_by(Rule::Handover4, Event::ShowingVoided { gun: id, why: Doubt::Refused, at: self.now() });
    }

    pub(super) fn take(&mut self, id: S::Gun, named: S::Act, look: Look) {
        self.not_held();
        self.not_wrapped();
        self.day_open();
        if let Some(by) = self.by() {
            self.may_receive(by);
        }
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        let Some(offer) = self.open_offer(&gun, named) else { return };
        self.offered_to_me(&offer);
        self.in_the_room(Some(offer.from));
        self.in_the_room(Some(by));
        self.ready_for(id, &gun, by);
        let roles = self.state.roles(by);
        let takes_over = roles.handles() && !roles.performs();
        if takes_over {
            self.no_other_duty();
            self.holds_a_permit(Some(by).filter(|_| gun.kind.fires()));
        }
        if !takes_over && gun.kind.fires() && look == Look::Declined {
            self.witness_looked(&gun, named);
        }
        let handler = if takes_over { by } else { offer.from };
        self.act(Event::GunTaken { gun: id, person: by, handler, look, at: self.now() });
        if takes_over {
            self.act_by(Rule::Showing6, Event::ShowingVoided { gun: id, why: Doubt::ChangedHands, at: self.now() });
        }
    }

    fn witness_looked(&mut self, gun: &Gun<S>, named: S::Act) {
        let looked = match gun.showing {
            ShowingState::Shown(showing) => match showing.last_look {
                Some(LastLook::Witness { offer, .. }) => offer == named,
                Some(LastLook::Receiver) | None => false,
            },
            ShowingState::Void(_) | ShowingState::BeingChecked(_) => false,
        };
        self.refuse_if(!looked, Code::HandoverNoLastLook);
    }

    /// The witness's last look, in the receiver's place. What differs voids; what is live stops.
    pub(super) fn look_last(&mut self, id: S::Gun, named: S::Act, seen: &Seen) {
        self.not_held();
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        let Some(offer) = self.open_offer(&gun, named) else { return };
        for reason in not_shown(self.rules, &gun, self.now()) {
            self.refuse(reason);
        }
        self.complete(&gun, seen);
        self.stop_if_live(id, seen);
        if let ShowingState::Shown(showing) = gun.showing {
            if showing.witness == by {
                self.witnesses_for(Some(offer.from), by);
            } else {
                self.refuse(Reason::new(Code::LastLookNotWitness));
            }
            let givers = self.owner_of_device() == Some(offer.from);
            self.refuse_if(givers, Code::WitnessDependent);
            let differs = !showing.seen().agrees(seen);
            if differs && self.refusals.is_empty() {
                self.refuse(Reason::new(Code::LastLookDiffers));
                let why = Doubt::AnswersDiffer;
                self.carry_by(Rule::Handover4, Event::ShowingVoided { gun: id, why, at: self.now() });
            }
        }
        self.act(Event::LastLookMade { gun: id, offer: named, witness: by });
    }

    pub(super) fn stop_if_live(&mut self, id: S::Gun, seen: &Seen) {
        if self.state.has_live_out_of_place(id, seen) {
            self.carry_stop(StopCause::LiveRound, Some(id));
        }
    }

    pub(super) fn owner_of_device(&self) -> Option<S::Person> {
        let device = self.context.device?;
        self.state.devices.get(&device).map(|it| it.owner)
    }

    pub(super) fn match_identity(&mut self, id: S::Gun) {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.holds(&gun);
        self.refuse_if(gun.kind.fires(), Code::IdentityFires);
        self.act(Event::IdentityMatched { gun: id, by, at: self.context.earlier() });
    }
}
