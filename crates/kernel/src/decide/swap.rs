//! A scripted swap before the camera: the magazine or belt comes out of a gun, and another goes in.

use super::Judge;
use super::rounds::{is_in_its_handlers_hands, reloads};
use crate::event::Event;
use crate::feed::{Feed, MAX_FEED};
use crate::gun::{Doubt, Gun};
use crate::people::Place;
use crate::reason::{Code, Reason};
use crate::rounds::{Lot, LotKind, OutAt};
use crate::rule::Rule;
use crate::scope::Scope;
use crate::shot::Holds;
use crate::state::StopCause;

/// What went in, and what came out.
pub(super) struct Swap<S: Scope> {
    pub(super) lot: S::Lot,
    pub(super) place: S::Place,
    pub(super) rounds: u8,
    pub(super) came_out: u8,
    pub(super) into: S::Place,
}

impl<S: Scope> Judge<'_, S> {
    /// As a reload: the rounds of the second magazine are worn in a belt or pocket that was declared for it, counted one by
    /// one, and from then on what is in the gun is UNKNOWN. What cannot have been so by the record stops everything.
    pub(super) fn report_feed_swapped(&mut self, id: S::Gun, swap: &Swap<S>) {
        let (from, into, lot) = (self.place(swap.place), self.place(swap.into), self.lot(swap.lot));
        let Some(gun) = self.gun(id) else { return };
        let (Some(from), Some(into), Some(lot)) = (from, into, lot) else {
            self.loaded_out_of_nowhere(id);
            return;
        };
        let worn_undeclared = swap.came_out > 0 && into.kind.is_worn() && !into.reload;
        if !from.is_declared_for_a_reload() || worn_undeclared || is_in_its_handlers_hands(&gun) {
            self.breach(Reason::new(Code::BeltNotDeclared));
        }
        if lot.kind == LotKind::Blank {
            self.blanks_were_planned(id, &gun, swap.lot);
        }
        self.misfire_was_over(&gun);
        let as_it_may_be = [
            self.swaps_what_feeds_it(&gun),
            self.goes_in(id, &gun, swap.lot, &lot),
            self.adds_up(&gun, swap, &lot),
            self.comes_out_to(swap, &lot, &into),
        ];
        if as_it_may_be.contains(&false) {
            self.act_stop(StopCause::UnexpectedRound, Some(id));
            return;
        }
        let Swap { lot, place, rounds, came_out, into } = *swap;
        let at = self.context.earlier();
        self.act(Event::GunFeedSwapped { gun: id, lot, place, rounds, came_out, into, at });
        self.void_by(Rule::Showing8, id, Doubt::Loaded);
    }

    /// It is fed by something that comes out of it.
    fn swaps_what_feeds_it(&mut self, gun: &Gun<S>) -> bool {
        match gun.feed() {
            Feed::Magazine | Feed::Belt => return true,
            Feed::Tube | Feed::Internal => self.breach(Reason::new(Code::FeedFixed)),
            // No reload of it rests on a rod, and its charges leave no case that would show it.
            Feed::Nothing if gun.is_muzzle_loader() => self.breach(Reason::new(Code::RodUnread)),
            Feed::Nothing => self.breach(Reason::new(Code::FeedNone)),
        }
        false
    }

    /// The rounds are verified, of its calibre, of what the shot has planned, and of no lot of which a round is missing.
    pub(super) fn goes_in(&mut self, id: S::Gun, gun: &Gun<S>, lot_id: S::Lot, lot: &Lot<S>) -> bool {
        let one_unit = self.is_of_the_guns_unit(id, lot_id);
        let mut against = Vec::new();
        if !gun.kind.fires() {
            against.push(Reason::new(Code::LoadCopy));
        }
        if lot.verified.is_none() {
            against.push(Reason::new(Code::LotNotVerified).lot(lot_id));
        }
        let other_calibre = gun.calibre.zip(lot.calibre).is_some_and(|(takes, fits)| takes != fits);
        if other_calibre {
            against.push(Reason::new(Code::LoadCalibre));
        }
        if let Some(stop) = self.state.stops.values().find(|stop| stop.lot == Some(lot_id)) {
            against.push(Reason::new(Code::StopHeld).at(stop.since));
        }
        if self.is_planned_otherwise(id, lot) {
            against.push(Reason::new(Code::ShotLoadDiffers).gun(id));
        }
        let goes = one_unit && against.is_empty();
        against.into_iter().for_each(|reason| self.breach(reason));
        goes
    }

    /// The shot of the take that is on, or the one that is ready, has something else in this gun.
    fn is_planned_otherwise(&self, gun: S::Gun, lot: &Lot<S>) -> bool {
        let unit = self.state.units.of_gun(gun);
        let ready = || self.state.ready_shots_of(unit).next();
        let shot = self.state.take_of(unit).and_then(|take| take.shot).or_else(ready);
        let planned = shot.and_then(|shot| self.state.planned_guns.get(&(shot, gun)));
        planned.is_some_and(|planned| match planned.holds {
            Holds::Empty => true,
            Holds::Dummy => lot.kind != LotKind::Dummy,
            Holds::Blank => lot.kind != LotKind::Blank || lot.load != planned.load,
        })
    }

    /// So many lay there, of the one lot that is in the gun; no more came out than can be left in it; and its shots can still
    /// be counted one by one.
    fn adds_up(&mut self, gun: &Gun<S>, swap: &Swap<S>, lot: &Lot<S>) -> bool {
        let (went_in, came_out, loaded) = (u32::from(swap.rounds), u32::from(swap.came_out), gun.rounds_loaded());
        let there = went_in > 0 && self.state.out_at(swap.lot, OutAt::Place(swap.place)) >= went_in;
        let were_in_it = came_out <= loaded.saturating_sub(gun.fired.struck());
        let one_lot = reloads(lot.kind) && gun.loading.is_none_or(|loading| loading.lot == swap.lot);
        let adds_up = there && were_in_it && one_lot && gun.may_be_reloaded();
        if !adds_up {
            self.breach(Reason::new(Code::RoundsNotThere));
        }
        let many = loaded.saturating_sub(came_out).saturating_add(went_in) > u32::from(MAX_FEED);
        if many {
            self.breach(Reason::new(Code::FeedMany));
        }
        adds_up && !many
    }

    /// What came out is somewhere where rounds may lie, and where none of another kind is worn beside them.
    fn comes_out_to(&mut self, swap: &Swap<S>, lot: &Lot<S>, into: &Place) -> bool {
        if swap.came_out == 0 {
            return true;
        }
        let against = [
            into.for_guns.then_some(Code::PlaceNotForRounds),
            into.seal.is_some().then_some(Code::BeltSealed),
            (into.kind.is_worn() && self.would_mix(swap.lot, lot, swap.into)).then_some(Code::LoadMixed),
        ];
        against.into_iter().flatten().for_each(|code| self.breach(Reason::new(code)));
        against.into_iter().all(|code| code.is_none())
    }
}
