//! What is back with the rental house: the boxes of rounds that go there, and the house's own signature.

use super::Judge;
use crate::event::Event;
use crate::gun::Returned;
use crate::intent::Proven;
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::rounds::{Lot, LotCustody};
use crate::scope::Scope;

impl<S: Scope> Judge<'_, S> {
    /// Its rounds are out of this production for good: nobody here knows what is put into that box, or taken out.
    pub(super) fn not_returned(&mut self, id: S::Lot, lot: &Lot<S>) {
        if let Some(Returned { vendor, since, .. }) = lot.custody.returned() {
            self.refuse(Reason::new(Code::LotReturned).lot(id).who(vendor).at(since));
        }
    }

    /// It goes back whole, and the seal says that it does: two people counted it blind, the second sealed it, and nothing
    /// was put in or taken out since. While everything is held it stays, for it may be what an inquiry needs.
    pub(super) fn return_lot_to_vendor(&mut self, id: S::Lot, vendor: S::Person) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.is_of_the_house(vendor);
        let Some(lot) = self.lot(id) else { return };
        self.lot_is_free(id);
        match lot.custody {
            LotCustody::With { person, since } if Some(person) != self.by() => {
                self.refuse(Reason::new(Code::LotWithAnother).who(person).at(since));
            }
            LotCustody::With { .. } | LotCustody::In { .. } | LotCustody::Returned { .. } | LotCustody::Unknown => {
                self.box_is_out(id, &lot);
            }
        }
        self.nothing_of_it_is_out(id);
        self.not_being_counted(id, &lot);
        if lot.opened {
            self.refuse(Reason::new(Code::CountDue).lot(id));
        }
        if !lot.counted {
            self.refuse(Reason::new(Code::CountNotAtIssue).lot(id));
        }
        if lot.brass_missing > 0 {
            self.refuse(Reason::new(Code::CountBrassMissing).lot(id).rounds(lot.brass_missing));
        }
        self.act(Event::LotReturned { lot: id, vendor, at: self.now() });
    }

    /// The second entry of that handover (law 4). Nothing waits for it, so it is open while everything is held and after wrap.
    pub(super) fn sign_for_gun(&mut self, id: S::Gun) {
        self.signs_for_the_house();
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.waits_for_a_signature(gun.custody.returned());
        self.act(Event::GunSignedFor { gun: id, by, at: self.now() });
    }

    /// The seal carries the count: whoever reads another number has another box, or one that was opened.
    pub(super) fn sign_for_lot(&mut self, id: S::Lot, seal: u32) {
        self.signs_for_the_house();
        let (Some(lot), Some(by)) = (self.lot(id), self.by()) else { return };
        let back = lot.custody.returned();
        self.waits_for_a_signature(back);
        self.refuse_if(back.is_some() && lot.seal != Some(seal), Code::SignSealDiffers);
        self.act(Event::LotSignedFor { lot: id, by, at: self.now() });
    }

    /// For the house alone, and on a device of its own: whoever gives things back here does not sign for what he gave.
    fn signs_for_the_house(&mut self) {
        let roles = self.my_roles();
        self.refuse_if(!roles.has(Role::Vendor) || roles.handles(), Code::SignNotTheHouse);
        self.refuse_if(self.context.proven == Proven::OtherDevicePin, Code::SignOtherDevice);
    }

    fn waits_for_a_signature(&mut self, back: Option<Returned<S>>) {
        match back {
            None => self.refuse(Reason::new(Code::SignNotReturned)),
            Some(Returned { since, signed_by: Some(who), .. }) => {
                self.refuse(Reason::new(Code::SignAlready).who(who).at(since))
            }
            Some(Returned { signed_by: None, .. }) => {}
        }
    }

    /// No round of it is in hands, in a place or in a gun, by the record.
    fn nothing_of_it_is_out(&mut self, id: S::Lot) {
        let loose = self.state.out.iter().filter(|((lot, _), _)| *lot == id);
        let loose = loose.fold(0_u32, |sum, (_, rounds)| sum.saturating_add(*rounds));
        let loaded = self.state.guns.values().filter(|gun| gun.loading.is_some_and(|loading| loading.lot == id));
        let loaded = loaded.fold(0_u32, |sum, gun| sum.saturating_add(gun.rounds_loaded()));
        let out = loose.saturating_add(loaded);
        if out > 0 {
            self.refuse(Reason::new(Code::ReturnRoundsOut).lot(id).rounds(out));
        }
    }
}
