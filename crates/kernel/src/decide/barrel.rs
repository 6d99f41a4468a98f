//! Guns that are loaded from the muzzle: the rod in place of the look through the bore, the charge, the cap.

use super::Judge;
use crate::barrel::{BarrelReadings, Rod};
use crate::event::Event;
use crate::gun::{Chambers, Content, Doubt, Gun};
use crate::reason::{Code, Reason};
use crate::rounds::{Lot, LotKind};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

/// What became of the charges of a gun, barrel by barrel.
pub(super) struct Charges {
    pub(super) burned: Chambers,
    pub(super) misfired: Chambers,
    pub(super) unfired: Chambers,
}

impl<S: Scope> Judge<'_, S> {
    /// Rod and cap are said of a muzzle-loader, and of no other gun; and nothing else is said of one, for its
    /// chambers nobody can have seen.
    pub(super) fn speaks_of_barrels(&mut self, gun: &Gun<S>, speaks: bool) {
        self.refuse_if(gun.is_muzzle_loader() && !speaks, Code::RodUnread);
        self.refuse_if(!gun.is_muzzle_loader() && speaks, Code::RodNone);
    }

    /// Something in a barrel that nobody loaded, a cap that nobody put on, or nothing where a charge was loaded and no
    /// shot was reported. That a cap fell off is no more than was seen.
    pub(super) fn barrels_differ_from_record(
        gun: &Gun<S>,
        lot: Option<&Lot<S>>,
        readings: &BarrelReadings,
    ) -> Option<StopCause> {
        let charges = lot.is_some_and(|lot| lot.kind.in_chamber() == Some(Content::Blank));
        let loaded = gun.loaded();
        let as_loaded = if charges { loaded } else { Chambers::NONE };
        let gone = loaded.minus(readings.charged());
        if !readings.charged().minus(as_loaded).is_empty() || !readings.primed().minus(gun.primed).is_empty() {
            Some(StopCause::UnexpectedRound)
        } else if gone.count() > u32::from(gun.fired.shots) {
            Some(StopCause::RoundMissing)
        } else {
            None
        }
    }

    /// The rod goes down every barrel before each loading, as others look through the bore.
    pub(super) fn run_rod(&mut self, id: S::Gun, rod: Rod) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_barrels(&gun, true);
        self.refuse_if(gun.is_loaded(), Code::RodCharged);
        match rod {
            Rod::AtMark => {}
            Rod::NotSure => self.refuse(Reason::new(Code::RodNotRun)),
            Rod::AboveMark => {
                if gun.is_muzzle_loader() && !gun.is_loaded() && self.rules.hold(Rule::Rod1) {
                    self.refuse(Reason::new(Code::RodAboveMark));
                    self.carry_stop(StopCause::UnexpectedRound, Some(id));
                }
            }
        }
        self.act(Event::RodRun { gun: id, run: self.context.act, rod });
    }

    /// A charge is a blank of its lot; of whatever else a rod says as much as of a ball.
    pub(super) fn is_a_charge(&mut self, lot: &Lot<S>) {
        match lot.kind {
            // Live rounds have stopped everything already; in a range production RANGE-2 refuses them.
            LotKind::Blank | LotKind::Live => {}
            LotKind::Dummy | LotKind::Dress | LotKind::SnapCap | LotKind::Spent => {
                self.refuse(Reason::new(Code::ChargeNotBlank));
            }
        }
    }

    /// The cap is put on, or the pan primed, last: on a charge, on the set. What was shown was shown without it.
    pub(super) fn prime(&mut self, id: S::Gun, barrels: Chambers) {
        self.may_issue();
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_barrels(&gun, true);
        self.in_cylinder(&gun, barrels);
        self.misfire_is_over(&gun);
        self.works(id, &gun);
        self.refuse_if(gun.fired.shots > 0, Code::FiredNotEmptied);
        self.refuse_if(!gun.on_set, Code::SetNotCalled);
        let not_charged = barrels.and(gun.cylinder()).minus(gun.loaded());
        if !not_charged.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNotLoaded).chambers(not_charged));
        }
        self.act(Event::GunPrimed { gun: id, barrels });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// What went in burned or comes out. A charge that burned leaves nothing: it is accounted for by the shot that
    /// was reported, and where none was, it is missing.
    pub(super) fn empty_barrels(&mut self, id: S::Gun, charges: &Charges) {
        let Charges { burned, misfired, unfired } = *charges;
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_barrels(&gun, true);
        self.misfire_is_over(&gun);
        let all = self.one_thing_of_each(&gun, [burned, misfired, unfired]);
        let fewer = !gun.loaded().minus(all).is_empty();
        let gone = fewer || burned.count() > u32::from(gun.fired.shots);
        let more = !all.and(gun.cylinder()).minus(gun.loaded()).is_empty();
        let struck = burned.or(misfired).count() > gun.fired.struck();
        let differs = !gun.inquired && (gone || struck);
        if (differs || more) && gun.is_muzzle_loader() && self.rules.hold(Rule::Fired1) {
            self.refuse(Reason::new(Code::EmptyDiffers));
            let cause = if gone && !more { StopCause::RoundMissing } else { StopCause::UnexpectedRound };
            self.carry_stop(cause, Some(id));
            let burned = self.shots_nobody_reported(id, &gun, burned.count()).filter(|_| !fewer && !more);
            burned.into_iter().for_each(|event| self.carry_by(Rule::Fired1, event));
        }
        // A charge that was drawn is a torn cartridge: it goes into the box of its lot and loads nothing again.
        if let (Some(loading), false) = (gun.loading, misfired.or(unfired).is_empty()) {
            self.box_takes_back(loading.lot);
        }
        self.act(Event::GunBarrelsEmptied { gun: id, burned, misfired, unfired });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }
}
