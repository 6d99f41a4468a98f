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
        self.refuse_if(!gun.kind.fires(), Code::LoadCopy);
        self.works(id, &gun);
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
            Some(Some(needed)) if nearest_centimetres < needed => {
                self.is_too_close(id, Reason::new(Code::LineTooClose));
            }
            Some(Some(_)) => {
                let millimetres = nearest_centimetres.saturating_mul(MILLIMETRES_IN_A_CENTIMETRE);
                inside_a_pack(self.state, millimetres).into_iter().for_each(|it| self.is_too_close(id, it));
            }
        }
        self.act(Event::LineCleared { gun: id, nearest_centimetres, by, at: self.now() });
    }

    /// Somebody found a person closer than the stand-off: it is refused, and whatever longer distance was found in the line of
    /// this gun before is none any more, as if its line had been reported to have changed (law 3).
    pub(super) fn is_too_close(&mut self, id: S::Gun, reason: Reason<S>) {
        self.refuse(reason);
        self.carry_by(Rule::Line2, Event::LineChanged { gun: id, at: self.context.earlier() });
    }

    pub(super) fn report_line_changed(&mut self, id: S::Gun) {
        if self.gun(id).is_some() {
            self.act_by(Rule::Line2, Event::LineChanged { gun: id, at: self.context.earlier() });
        }
    }

    /// Planned is a shot of a take: of a gun that went to a performer shown, on the set of the open scene, loaded with blanks
    /// enough, on a look through the bore, as the plan of the take's shot has it. What it fired is entered while the take is on,
    /// at whatever time; or after its cut, or when the gun is back, once, and only where nothing was entered while it was on.
    /// What was entered before the take began is none of it. A misfire by itself may be entered beside the shots.
    /// In a range production there are no takes: planned is a shot on a range with live rounds, entered before the gun is back
    /// or then, once. Every other one stops everything: between takes nothing is fired (`domain.md` 2, row 2).
    pub(super) fn report_fired(&mut self, id: S::Gun, shots: u8, misfires: u8) {
        let Some(gun) = self.it_fired(id) else { return };
        let struck = gun.fired.struck().saturating_add(u32::from(shots)).saturating_add(u32::from(misfires));
        let enough = gun.rounds_loaded() >= struck;
        let misfire_alone = shots == 0 && gun.fired.misfires == 0;
        let of_a_take = self.is_of_its_take(id, &gun, misfire_alone);
        let planned = gun.kind.fires() && gun.played && enough && (of_a_take || self.is_a_shot_of_the_range(&gun));
        let at = self.now();
        self.act(Event::GunFired { gun: id, shots, misfires, at });
        self.void_by(Rule::Fired1, id, Doubt::Fired);
        if !planned && self.rules.hold(Rule::Fired2) {
            self.breach(Reason::new(Code::FiredUnplanned));
            self.act_stop(StopCause::Discharge, Some(id));
        }
    }

    fn is_of_its_take(&self, id: S::Gun, gun: &Gun<S>, misfire_alone: bool) -> bool {
        let blanks = self.stand_off_needed(id, gun).is_some();
        let looked_through = gun.loading.is_some_and(|loading| loading.bore.is_some());
        let (made, tolerance) = (self.context.earlier(), self.rules.limits().ask_tolerance);
        blanks && looked_through && gun.in_take.is_some_and(|it| it.has(made, tolerance, misfire_alone))
    }

    pub(super) fn misfire_is_over(&mut self, gun: &Gun<S>) {
        if let Some(at) = gun.misfired_at
            && self.now() < at.later_by(S::MISFIRE_WAIT)
        {
            self.refuse(Reason::new(Code::MisfireWait).at(at));
        }
    }

    /// The same of a gun that somebody has already opened.
    pub(super) fn misfire_was_over(&mut self, gun: &Gun<S>) {
        let opened = self.context.earlier();
        if let Some(at) = gun.misfired_at
            && at <= opened
            && opened < at.later_by(S::MISFIRE_WAIT)
        {
            self.breach(Reason::new(Code::MisfireWait).at(at));
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
        let differs = !gun.inquired && (fewer || gun.fired.does_not_explain(spent.count(), struck));
        if (differs || more) && !gun.is_muzzle_loader() && self.rules.hold(Rule::Fired1) {
            self.refuse(Reason::new(Code::EmptyDiffers));
            let cause = if fewer && !more { StopCause::RoundMissing } else { StopCause::UnexpectedRound };
            self.carry_stop(cause, Some(id));
            let seen = self.shots_nobody_reported(id, &gun, spent.count()).filter(|_| !fewer && !more);
            seen.into_iter().for_each(|event| self.carry_by(Rule::Fired1, event));
        }
        let to = self.hand_or_box(&gun);
        if let (Some(loading), false) = (gun.loading, spent.or(misfired).is_empty()) {
            self.box_takes_back(loading.lot);
        }
        self.act(Event::GunEmptied { gun: id, spent, misfired, unfired, to });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// Cases that nobody had reported a shot of are shots all the same. They are kept with the stop that they bring, so that
    /// the same cases bring no other one once its inquiry is closed.
    pub(super) fn shots_nobody_reported(&self, gun: S::Gun, it: &Gun<S>, cases: u32) -> Option<Event<S>> {
        let shots = cases.saturating_sub(u32::from(it.fired.shots));
        let shots = u8::try_from(shots).unwrap_or(u8::MAX);
        (shots > 0).then_some(Event::GunFired { gun, shots, misfires: 0, at: self.now() })
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
