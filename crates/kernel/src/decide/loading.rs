//! The bore, loading and unloading.

use super::Judge;
use crate::event::Event;
use crate::gun::{Chambers, Doubt, Gun, Light};
use crate::reason::{Code, Reason};
use crate::rounds::{Lot, LotKind};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    /// The gun, in the hands of a handler who may open it now.
    pub(super) fn opened_by_handler(&mut self, id: S::Gun) -> Option<Gun<S>> {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.gun_is_free(id);
        let gun = self.gun(id)?;
        self.holds(&gun);
        self.refuse_if(!gun.action.can_be_checked(), Code::CheckNoProcedure);
        self.not_being_checked(&gun);
        Some(gun)
    }

    pub(super) fn look_through_bore(&mut self, id: S::Gun, light: Light) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_barrels(&gun, false);
        self.refuse_if(gun.is_loaded(), Code::BoreChambersNotEmpty);
        if light == Light::Blocked && self.rules.hold(Rule::Bore2) {
            self.refuse(Reason::new(Code::BoreBlocked));
            self.carry_stop(StopCause::BoreBlocked, Some(id));
        }
        self.act(Event::BoreLooked { gun: id, look: self.context.act, light });
    }

    /// Each loading rests on a look through the bore of its own, or on a rod (law 6).
    pub(super) fn bore_was_looked_through(&mut self, gun: &Gun<S>) {
        let (not_yet, used_up) = if gun.is_muzzle_loader() {
            (Code::RodNotRun, Code::RodUsed)
        } else {
            (Code::BoreNotLooked, Code::BoreLookUsed)
        };
        match gun.bore {
            None => self.refuse(Reason::new(not_yet)),
            Some(look) if look.used => self.refuse(Reason::new(used_up)),
            Some(_) => {}
        }
    }

    pub(super) fn fits_the_gun(&mut self, gun: &Gun<S>, lot: &Lot<S>) {
        match (gun.calibre, lot.calibre) {
            (Some(takes), Some(fits)) => self.refuse_if(takes != fits, Code::LoadCalibre),
            (None, _) | (_, None) => self.refuse(Reason::new(Code::LoadCalibreUnknown)),
        }
    }

    pub(super) fn load(&mut self, id: S::Gun, lot_id: S::Lot, chambers: Chambers) {
        self.may_issue();
        let lot = self.lot(lot_id);
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_the_feed(&gun, false);
        self.in_cylinder(&gun, chambers);
        self.refuse_if(gun.is_loaded(), Code::LoadMixed);
        self.bore_was_looked_through(&gun);
        let hand = self.hand_that_draws(lot_id);
        if let Some(lot) = lot {
            self.loads_a_gun(id, lot_id, &gun, &lot);
            match hand {
                Some(_) => self.in_hand(lot_id, chambers.count()),
                None => {
                    self.box_is_out(lot_id, &lot);
                    self.refuse_if(lot.rounds < chambers.count(), Code::LoadLotShort);
                }
            }
        }
        self.act(match hand {
            Some(person) => Event::GunLoadedFromHand { gun: id, lot: lot_id, chambers, person },
            None => Event::GunLoaded { gun: id, lot: lot_id, chambers },
        });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// Rounds that may be in this gun: of a kind that loads one, known, verified, counted, of its
    /// calibre; blanks only as they were tested in it and planned for the open scene.
    pub(super) fn loads_a_gun(&mut self, id: S::Gun, lot_id: S::Lot, gun: &Gun<S>, lot: &Lot<S>) {
        self.refuse_if(!gun.kind.fires(), Code::LoadCopy);
        self.works(id, gun);
        self.may_be_used(lot_id, lot);
        self.holds_a_permit(self.by());
        if gun.is_muzzle_loader() {
            self.is_a_charge(lot);
        } else {
            self.refuse_if(lot.kind.in_chamber().is_none(), Code::LoadKind);
        }
        self.may_load_live(gun, lot);
        self.fits_the_gun(gun, lot);
        if lot.kind == LotKind::Blank {
            let tested = self.state.stand_off_centimetres.contains_key(&(id, lot_id));
            self.refuse_if(!tested, Code::BlankNotTested);
            self.refuse_if(!self.scene_has_blanks(), Code::SceneNoBlanks);
        }
    }

    pub(super) fn unload(&mut self, id: S::Gun, chambers: Chambers) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_the_feed(&gun, false);
        self.speaks_of_barrels(&gun, false);
        self.in_cylinder(&gun, chambers);
        self.misfire_is_over(&gun);
        self.refuse_if(gun.fired.struck() > 0, Code::FiredNotEmptied);
        let missing = chambers.and(gun.cylinder()).minus(gun.loaded());
        if !missing.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNotLoaded).chambers(missing));
        }
        let hand = self.hand_or_box(&gun);
        self.act(match hand {
            Some(person) => Event::GunUnloadedToHand { gun: id, chambers, person },
            None => Event::GunUnloaded { gun: id, chambers },
        });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    pub(super) fn in_cylinder(&mut self, gun: &Gun<S>, chambers: Chambers) {
        self.refuse_if(chambers.is_empty(), Code::LoadNothing);
        self.none_outside(gun, chambers);
    }

    /// The gun has every chamber or barrel that is named.
    pub(super) fn none_outside(&mut self, gun: &Gun<S>, chambers: Chambers) {
        let outside = chambers.minus(gun.cylinder());
        if !outside.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNone).chambers(outside));
        }
    }
}
