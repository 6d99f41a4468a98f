//! Blanks: the test, the line, the shot, and what comes out of the gun afterwards.

use super::Judge;
use super::pack::{MILLIMETRES_IN_A_CENTIMETRE, inside_a_pack};
use crate::event::Event;
use crate::gun::{Chambers, Doubt, Gun};
use crate::people::Role;
use crate::reason::{Code, Reason};
use crate::rounds::{LotKind, OutAt};
use crate::rule::Rule;
use crate::scope::{Moment, Scope};
use crate::state::StopCause;

/// The most rounds of one test, and the largest stand-off that can be meant.
const MOST_TEST_ROUNDS: u32 = 20;
const MOST_STAND_OFF_CENTIMETRES: u32 = 10_000;

impl<S: Scope> Judge<'_, S> {
    /// The armorer fired some of the lot away from people: loaded, fired and emptied in one entry.
    pub(super) fn test_blank(&mut self, id: S::Gun, lot_id: S::Lot, rounds: u32, stand_off_centimetres: u32) {
        self.may_issue();
        let roles = self.my_roles();
        let tester = roles.has(Role::Armorer) || roles.has(Role::PropertyMaster);
        self.refuse_if(!tester, Code::BlankTester);
        self.refuse_if(!(1..=MOST_TEST_ROUNDS).contains(&rounds), Code::RoundsNumber);
        let measured = (1..=MOST_STAND_OFF_CENTIMETRES).contains(&stand_off_centimetres);
        self.refuse_if(!measured, Code::BlankStandOff);
        let lot = self.lot(lot_id);
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.refuse_if(gun.is_loaded(), Code::LoadMixed);
        self.bore_was_looked_through(&gun);
        if let Some(lot) = lot {
            self.may_be_used(lot_id, &lot);
            self.box_is_out(lot_id, &lot);
            self.refuse_if(lot.kind != LotKind::Blank, Code::BlankNotThese);
            self.fits_the_gun(&gun, &lot);
            self.refuse_if(lot.rounds < rounds, Code::LoadLotShort);
        }
        self.act(Event::BlankTested { gun: id, lot: lot_id, rounds, stand_off_centimetres });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// The stand-off that the blanks in the gun need, where they were tested; nothing without blanks.
    pub(super) fn stand_off_needed(&self, id: S::Gun, gun: &Gun<S>) -> Option<Option<u32>> {
        let lot = gun.loading?.lot;
        let blanks = self.state.lots.get(&lot).is_some_and(|it| it.kind == LotKind::Blank);
        blanks.then(|| self.state.stand_off_centimetres.get(&(id, lot)).copied())
    }

    pub(super) fn clear_line(&mut self, id: S::Gun, nearest_centimetres: u32) {
        self.may_issue();
        self.is_handler(Code::CustodyNotHandler);
        self.in_the_room(self.by());
        self.gun_is_free(id);
        let (Some(gun), Some(by)) = (self.gun(id), self.by()) else { return };
        self.holds(&gun);
        match self.stand_off_needed(id, &gun) {
            None => self.refuse(Reason::new(Code::LineNotBlanks)),
            Some(None) => self.refuse(Reason::new(Code::BlankNotTested)),
            Some(Some(needed)) if nearest_centimetres < needed => self.refuse(Reason::new(Code::LineTooClose)),
            Some(Some(_)) => {
                let millimetres = nearest_centimetres.saturating_mul(MILLIMETRES_IN_A_CENTIMETRE);
                inside_a_pack(self.state, millimetres).into_iter().for_each(|it| self.refuse(it));
            }
        }
        self.act(Event::LineCleared { gun: id, nearest_centimetres, by, at: self.now() });
    }

    pub(super) fn report_line_changed(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.act_by(Rule::Line2, Event::LineChanged { gun: id, at: self.context.earlier() });
        }
    }

    /// Planned is a shot of a gun that went to a performer shown, loaded with blanks enough, on the set of
    /// the open scene; or, in a range production, on a range with live rounds. It may be entered when the gun is back, once.
    /// Every other one stops everything.
    pub(super) fn report_fired(&mut self, id: S::Gun, shots: u8, misfires: u8) {
        let Some(gun) = self.gun(id) else { return };
        let struck = gun.fired.struck().saturating_add(u32::from(shots)).saturating_add(u32::from(misfires));
        let enough = gun.rounds_loaded() >= struck;
        let of_the_scene = self.stand_off_needed(id, &gun).is_some() && gun.on_set;
        let planned = gun.played && enough && (of_the_scene || self.is_a_shot_of_the_range(&gun));
        let at = self.now();
        self.act(Event::GunFired { gun: id, shots, misfires, at });
        self.void_by(Rule::Fired1, id, Doubt::Fired);
        if !planned && self.rules.hold(Rule::Fired2) {
            self.breach(Reason::new(Code::FiredUnplanned));
            self.act_stop(StopCause::Discharge, Some(id));
        }
    }

    pub(super) fn misfire_is_over(&mut self, gun: &Gun<S>) {
        if let Some(at) = gun.misfired_at
            && self.now() < at.later_by(S::MISFIRE_WAIT)
        {
            self.refuse(Reason::new(Code::MisfireWait).at(at));
        }
    }

    /// What went in comes out. A shot more than was reported, a round more or fewer than was loaded,
    /// stops everything; that fewer shots were fired than were heard is an ear's mistake.
    pub(super) fn empty_gun(&mut self, id: S::Gun, spent: Chambers, misfired: Chambers, unfired: Chambers) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_the_feed(&gun, false);
        self.speaks_of_barrels(&gun, false);
        self.misfire_is_over(&gun);
        let all = self.one_thing_of_each(&gun, [spent, misfired, unfired]);
        let struck = spent.or(misfired).count();
        let fewer = !gun.loaded().minus(all).is_empty();
        let more = !all.and(gun.cylinder()).minus(gun.loaded()).is_empty();
        let differs = !gun.inquired && (fewer || struck > gun.fired.struck());
        if (differs || more) && !gun.is_muzzle_loader() && self.rules.hold(Rule::Fired1) {
            self.refuse(Reason::new(Code::EmptyDiffers));
            let cause = if fewer && !more { StopCause::RoundMissing } else { StopCause::UnexpectedRound };
            self.carry_stop(cause, Some(id));
        }
        let to = self.hand_or_box(&gun);
        if let (Some(loading), false) = (gun.loading, spent.or(misfired).is_empty()) {
            self.box_takes_back(loading.lot);
        }
        self.act(Event::GunEmptied { gun: id, spent, misfired, unfired, to });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// Of each chamber that is named one thing came; gives all of them.
    pub(super) fn one_thing_of_each(&mut self, gun: &Gun<S>, [one, two, three]: [Chambers; 3]) -> Chambers {
        let twice = one.and(two).or(one.and(three)).or(two.and(three));
        if !twice.is_empty() {
            self.refuse(Reason::new(Code::EmptyChamberTwice).chambers(twice));
        }
        let all = one.or(two).or(three);
        if all.is_empty() && gun.inquired {
            return all;
        }
        self.in_cylinder(gun, all);
        all
    }

    /// Where unfired rounds go that come out of a gun: into the hands of one who has drawn of their
    /// lot, else into its box, which stands open then.
    pub(super) fn hand_or_box(&mut self, gun: &Gun<S>) -> Option<S::Person> {
        let lot = gun.loading?.lot;
        let kept = self.state.exhibit_of_lot(lot).is_some();
        // Into the hands as well where an inquiry keeps the box: from there they are locked up.
        let hand = self.hand_that_draws(lot).or_else(|| self.by().filter(|_| kept));
        if hand.is_none() {
            self.box_takes_back(lot);
        }
        hand
    }

    /// Whoever has drawn rounds of a lot loads out of his hands and unloads into them; else it is the
    /// box that the rounds come from and go to.
    pub(super) fn hand_that_draws(&self, lot: S::Lot) -> Option<S::Person> {
        self.by().filter(|by| self.state.out_at(lot, OutAt::Person(*by)) > 0)
    }
}
