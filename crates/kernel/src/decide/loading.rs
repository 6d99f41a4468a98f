//! The bore, loading and unloading.

use super::Judge;
use crate::event::Event;
use crate::gun::{Chambers, Doubt, Gun, Light, LotKind};
use crate::reason::{Code, Reason, Thing};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

impl<S: Scope> Judge<'_, S> {
    /// The gun, in the hands of a handler who may open it now.
    fn opened_by_handler(&mut self, id: S::Gun) -> Option<Gun<S>> {
        self.not_held();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        let gun = self.gun(id)?;
        self.holds(&gun);
        self.refuse_if(!gun.action.can_be_checked(), Code::CheckNoProcedure);
        self.not_being_checked(&gun);
        Some(gun)
    }

    pub(super) fn look_through_bore(&mut self, id: S::Gun, light: Light) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.refuse_if(!gun.loaded().is_empty(), Code::BoreChambersNotEmpty);
        if light == Light::Blocked && self.rules.hold(Rule::Bore2) {
            self.refuse(Reason::new(Code::BoreBlocked));
            self.carry_stop(StopCause::BoreBlocked, Some(id));
        }
        self.act(Event::BoreLooked { gun: id, look: self.context.act, light });
    }

    pub(super) fn load(&mut self, id: S::Gun, lot_id: S::Lot, chambers: Chambers) {
        let lot = self.state.lots.get(&lot_id).copied();
        self.known(lot.is_some(), Thing::Lot);
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.in_cylinder(&gun, chambers);
        self.refuse_if(!gun.loaded().is_empty(), Code::LoadMixed);
        match gun.bore {
            None => self.refuse(Reason::new(Code::BoreNotLooked)),
            Some(look) if look.used => self.refuse(Reason::new(Code::BoreLookUsed)),
            Some(_) => {}
        }
        if let Some(lot) = lot {
            if lot.kind == LotKind::Live {
                self.refuse(Reason::new(Code::LoadLive));
                self.carry_stop(StopCause::LiveRound, Some(id));
            } else {
                self.refuse_if(lot.kind.in_chamber().is_none(), Code::LoadKind);
            }
            self.refuse_if(lot.rounds < chambers.count(), Code::LoadLotShort);
        }
        self.act(Event::GunLoaded { gun: id, lot: lot_id, chambers });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    pub(super) fn unload(&mut self, id: S::Gun, chambers: Chambers) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.in_cylinder(&gun, chambers);
        let missing = chambers.and(gun.cylinder()).minus(gun.loaded());
        if !missing.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNotLoaded).chambers(missing));
        }
        self.act(Event::GunUnloaded { gun: id, chambers });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    fn in_cylinder(&mut self, gun: &Gun<S>, chambers: Chambers) {
        self.refuse_if(chambers.is_empty(), Code::LoadNothing);
        let outside = chambers.minus(gun.cylinder());
        if !outside.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNone).chambers(outside));
        }
    }
}
