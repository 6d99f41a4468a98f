//! Guns with a feed: what is in a magazine, a tube or a belt is read, loaded and emptied with the chamber.

use super::Judge;
use crate::event::{BlindSide, Event};
use crate::feed::{Feed, FeedReading, MAX_FEED, Seen};
use crate::gun::{Chambers, Content, Doubt, Gun, Method};
use crate::reason::{Code, Reason};
use crate::rounds::Lot;
use crate::rule::Rule;
use crate::scope::Scope;
use crate::state::StopCause;

/// What came out of a gun with a feed.
pub(super) struct CameOut {
    pub(super) spent: u8,
    pub(super) misfired: u8,
    pub(super) chambers: Chambers,
    pub(super) rounds: u8,
}

impl CameOut {
    fn unfired(&self) -> u32 {
        self.chambers.count().saturating_add(u32::from(self.rounds))
    }

    fn struck(&self) -> u32 {
        u32::from(self.spent).saturating_add(u32::from(self.misfired))
    }
}

impl<S: Scope> Judge<'_, S> {
    /// Something is said of what feeds it where something does, and nothing where nothing does.
    pub(super) fn speaks_of_the_feed(&mut self, gun: &Gun<S>, speaks: bool) {
        self.refuse_if(gun.is_fed() && !speaks, Code::FeedUnread);
        self.refuse_if(!gun.is_fed() && speaks, Code::FeedNone);
    }

    /// What feeds it was taken out, or looked into down to the follower; a round that is in it was in
    /// the hand.
    pub(super) fn feed_was_read(&mut self, gun: &Gun<S>, feed: Option<FeedReading>) {
        self.speaks_of_the_feed(gun, feed.is_some());
        if let (of, Some(reading)) = (gun.feed(), feed)
            && of != Feed::Nothing
        {
            let hides = of.comes_out() || reading.rounds() > 0;
            self.refuse_if(hides && reading.method == Method::SeenAtHead, Code::FeedMethod);
        }
    }

    /// The event of an answer: of chambers, with or without a feed, or of barrels.
    pub(super) fn answer_of(&self, gun: S::Gun, side: BlindSide, seen: &Seen) -> Event<S> {
        let (readings, device, at) = (seen.readings, self.context.device, self.context.earlier());
        match (seen.barrels, seen.feed) {
            (Some(rods), _) => Event::BarrelCheckAnswered { gun, side, rods, device, at },
            (None, None) => Event::CheckAnswered { gun, side, readings, device, at },
            (None, Some(feed)) => Event::FeedCheckAnswered { gun, side, readings, feed, device, at },
        }
    }

    /// As what is in chambers is held against the record, so is what is in chamber and feed together:
    /// which of the two a round is in changes whenever the action is worked.
    pub(super) fn feed_differs_from_record(gun: &Gun<S>, lot: Option<&Lot<S>>, seen: &Seen) -> Option<StopCause> {
        let expected = lot.and_then(|lot| lot.kind.in_chamber());
        let as_loaded = expected.map_or(0, |content| seen.count(content));
        let cases = seen.readings.of(Content::Spent).count();
        let fed = seen.feed.map_or(0, |feed| feed.rounds());
        let empty = seen.readings.of(Content::Empty);
        let all = seen.readings.read().minus(empty).count().saturating_add(fed);
        let (loaded, shots) = (gun.rounds_loaded(), u32::from(gun.fired.shots));
        let there = as_loaded.saturating_add(cases);
        if all > there || there > loaded || cases > shots {
            Some(StopCause::UnexpectedRound)
        } else if there.saturating_add(gun.fired.struck()) < loaded {
            Some(StopCause::RoundMissing)
        } else {
            None
        }
    }

    pub(super) fn load_feed(&mut self, id: S::Gun, lot_id: S::Lot, chambers: Chambers, rounds: u8) {
        self.may_issue();
        let lot = self.lot(lot_id);
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_the_feed(&gun, true);
        self.none_outside(&gun, chambers);
        let all = chambers.count().saturating_add(u32::from(rounds));
        self.refuse_if(all == 0, Code::LoadNothing);
        self.refuse_if(all > u32::from(MAX_FEED), Code::FeedMany);
        self.refuse_if(gun.is_loaded(), Code::LoadMixed);
        self.bore_was_looked_through(&gun);
        let from = self.hand_that_draws(lot_id);
        if let Some(lot) = lot {
            self.loads_a_gun(id, lot_id, &gun, &lot);
            match from {
                Some(_) => self.in_hand(lot_id, all),
                None => {
                    self.box_is_out(lot_id, &lot);
                    self.refuse_if(lot.rounds < all, Code::LoadLotShort);
                }
            }
        }
        self.act(Event::GunFeedLoaded { gun: id, lot: lot_id, chambers, rounds, from });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }

    /// What went in comes out, as for a cylinder; of what it threw out only the number is known.
    pub(super) fn empty_feed(&mut self, id: S::Gun, came_out: &CameOut) {
        let Some(gun) = self.opened_by_handler(id) else { return };
        self.speaks_of_the_feed(&gun, true);
        self.misfire_is_over(&gun);
        let outside = came_out.chambers.minus(gun.cylinder());
        if !outside.is_empty() {
            self.refuse(Reason::new(Code::LoadChamberNone).chambers(outside));
        }
        let all = came_out.struck().saturating_add(came_out.unfired());
        self.refuse_if(all == 0 && !gun.inquired, Code::LoadNothing);
        let (fewer, more) = (all < gun.rounds_loaded(), all > gun.rounds_loaded());
        let cases = u32::from(came_out.spent);
        let unexplained = gun.fired.does_not_explain(cases, came_out.struck());
        let differs = !gun.inquired && (fewer || unexplained);
        if (differs || more) && all > 0 && gun.is_fed() && self.rules.hold(Rule::Fired1) {
            self.refuse(Reason::new(Code::EmptyDiffers));
            let cause = if fewer { StopCause::RoundMissing } else { StopCause::UnexpectedRound };
            self.carry_stop(cause, Some(id));
            let seen = self.shots_nobody_reported(id, &gun, cases).filter(|_| !fewer && !more);
            seen.into_iter().for_each(|event| self.carry_by(Rule::Fired1, event));
        }
        let to = self.hand_or_box(&gun);
        if let (Some(loading), true) = (gun.loading, came_out.struck() > 0) {
            self.box_takes_back(loading.lot);
        }
        let (spent, misfired) = (came_out.spent, came_out.misfired);
        let unfired = u8::try_from(came_out.unfired()).unwrap_or(u8::MAX);
        self.act(Event::GunFeedEmptied { gun: id, spent, misfired, unfired, to });
        self.act_by(Rule::Showing8, Event::ShowingVoided { gun: id, why: Doubt::Loaded, at: self.now() });
    }
}
