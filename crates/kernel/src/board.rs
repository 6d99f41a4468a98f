//! What may be said of each gun at a moment. Never "safe", never a word in place of a state (law 1).

use crate::gun::{Content, Custody, Doubt, Gun, GunKind, IdentityMatch, LastLook, Showing, ShowingState};
use crate::pack::blanks_stand_off;
use crate::reason::{Code, Reason};
use crate::rule::{Rule, Rules};
use crate::scope::Scope;
use crate::state::{State, StopCause};

/// A showing as it may be said: by whom, when, and when it is due again.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Shown<S: Scope> {
    /// Who checked.
    pub checker: S::Person,
    /// Who witnessed.
    pub witness: S::Person,
    /// When it was last shown.
    pub at: S::Time,
    /// When it must be shown again, if it does not leave sight before.
    pub again_by: S::Time,
    /// The last look of the handover, where one was made.
    pub last_look: Option<LastLook<S>>,
}

/// What may be said of a gun.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Status<S: Scope> {
    /// Nothing, and why: the default, where every doubt leads.
    Unknown {
        /// The latest doubt.
        why: Doubt,
        /// Since when.
        since: S::Time,
    },
    /// Every chamber was seen empty, and what feeds them; or the rod went to its mark in every barrel, and no cap is on.
    Empty(Shown<S>),
    /// Dummies, and nothing else.
    Dummy {
        /// In how many chambers.
        count: u32,
        /// Of how many.
        of: u8,
        /// How many more are in what feeds it; nothing where nothing does.
        in_feed: Option<u32>,
        /// By whom and when.
        shown: Shown<S>,
    },
    /// Blanks, and nothing else. The load stands on their lot.
    Blank {
        /// In how many chambers.
        count: u32,
        /// Of how many.
        of: u8,
        /// How many more are in what feeds it; nothing where nothing does.
        in_feed: Option<u32>,
        /// How many barrels of a muzzle-loader are primed; nothing for other guns.
        primed: Option<u32>,
        /// The lot.
        lot: Option<S::Lot>,
        /// The stand-off that holds, in centimetres: the armorer's test's, or an adopted pack's where that is longer;
        /// nothing where it was not tested.
        stand_off_centimetres: Option<u32>,
        /// Whether its line was found clear out to there, and nothing changed since.
        line_clear: bool,
        /// By whom and when.
        shown: Shown<S>,
    },
    /// Live rounds, and nothing else, as they were loaded; in a range production alone.
    Live {
        /// In how many chambers.
        count: u32,
        /// Of how many.
        of: u8,
        /// How many more are in what feeds it; nothing where nothing does.
        in_feed: Option<u32>,
        /// The lot.
        lot: S::Lot,
        /// By whom and when.
        shown: Shown<S>,
    },
    /// Two people are looking; no reading of either is part of this.
    BeingChecked {
        /// Who checks.
        checker: S::Person,
        /// Who witnesses.
        witness: S::Person,
        /// Since when.
        since: S::Time,
        /// Whether they look for the second time.
        again: bool,
    },
    /// Between two people.
    InHandover {
        /// The giver.
        from: S::Person,
        /// The receiver.
        to: S::Person,
        /// Since when.
        since: S::Time,
    },
    /// Put away in a place that locks. What is in it is not said: no count stands behind it yet.
    Locked {
        /// The place.
        place: S::Place,
        /// Since when.
        since: S::Time,
    },
    /// Everything is held, or the unit of the gun; or the gun is an exhibit, also when the rest is held no more.
    Held {
        /// Why.
        cause: StopCause,
        /// Since when.
        since: S::Time,
        /// Who inquires, once named.
        inquirer: Option<S::Person>,
    },
    /// A thing without cartridges. Its kind is shown, never "cannot fire".
    Copy {
        /// What it is.
        kind: GunKind,
        /// The match of label and thing, where it still holds.
        matched: Option<IdentityMatch<S>>,
        /// When it is to be matched again.
        again_by: Option<S::Time>,
    },
}

/// One gun as the board shows it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Card<S: Scope> {
    /// The gun.
    pub gun: S::Gun,
    /// What may be said of it.
    pub status: Status<S>,
    /// Who has it, or where it is.
    pub custody: Custody<S>,
}

/// What may be said of each gun at `now`, in the order of the register.
#[must_use]
pub fn shown<S: Scope>(rules: &Rules, state: &State<S>, now: S::Time) -> Vec<Card<S>> {
    state
        .guns
        .iter()
        .map(|(id, gun)| Card { gun: *id, status: status(rules, state, *id, gun, now), custody: gun.custody })
        .collect()
}

fn status<S: Scope>(rules: &Rules, state: &State<S>, id: S::Gun, gun: &Gun<S>, now: S::Time) -> Status<S> {
    if let Some((_, stop)) = state.held_in(state.units.of_gun(id)) {
        let inquirer = stop.inquiry.map(|inquiry| inquiry.inquirer);
        return Status::Held { cause: stop.cause, since: stop.since, inquirer };
    }
    if let Some(exhibit) = state.exhibit_of_gun(id) {
        return Status::Held { cause: exhibit.cause, since: exhibit.since, inquirer: exhibit.inquirer };
    }
    match gun.custody {
        Custody::In { place, since } if state.places.get(&place).is_some_and(|it| it.locks) => {
            Status::Locked { place, since }
        }
        Custody::Offered { from, to, since, .. } => Status::InHandover { from, to, since },
        Custody::In { .. }
        | Custody::With { .. }
        | Custody::Preset { .. }
        | Custody::Missing { .. }
        | Custody::Returned { .. } => in_hand(rules, state, id, gun, now),
    }
}

fn in_hand<S: Scope>(rules: &Rules, state: &State<S>, id: S::Gun, gun: &Gun<S>, now: S::Time) -> Status<S> {
    if !gun.kind.fires() {
        let matched = gun.identity.filter(|it| now < rules.match_again_by::<S>(it.at));
        let again_by = matched.map(|it| rules.match_again_by::<S>(it.at));
        return Status::Copy { kind: gun.kind, matched, again_by };
    }
    match gun.showing {
        ShowingState::Void(doubts) => {
            let (why, since) = doubts.latest().unwrap_or((Doubt::NeverShown, now));
            Status::Unknown { why, since }
        }
        ShowingState::BeingChecked(check) => {
            let answered = check.checker_answer.is_some() || check.witness_answer.is_some();
            if check.again && !answered {
                return Status::Unknown { why: Doubt::AnswersDiffer, since: check.since };
            }
            let (checker, witness) = (check.checker, check.witness);
            Status::BeingChecked { checker, witness, since: check.since, again: check.again }
        }
        ShowingState::Shown(showing) => shown_status(rules, state, id, gun, &showing, now),
    }
}

fn shown_status<S: Scope>(
    rules: &Rules,
    state: &State<S>,
    id: S::Gun,
    gun: &Gun<S>,
    showing: &Showing<S>,
    now: S::Time,
) -> Status<S> {
    let again_by = rules.show_again_by::<S>(showing.at);
    if now >= again_by && rules.hold(Rule::Showing4) {
        return Status::Unknown { why: Doubt::TimeLapsed, since: again_by };
    }
    let (checker, witness, last_look) = (showing.checker, showing.witness, showing.last_look);
    let shown = Shown { checker, witness, at: showing.at, again_by, last_look };
    let (empty, cylinder) = (showing.readings.of(Content::Empty), gun.cylinder());
    let (barrels, seen) = (showing.barrels, showing.seen());
    let rounds = barrels.map_or(cylinder.minus(empty), |barrels| barrels.charged());
    let primed = barrels.map(|barrels| barrels.primed().count());
    let in_feed = showing.feed.map(|feed| feed.rounds());
    let all = rounds.count().saturating_add(in_feed.unwrap_or(0));
    let only = |content| all == seen.count(content) && all > 0;
    // What stands under a rod is the charge that was loaded, or the check would have stopped everything.
    let charges = barrels.is_some() && all == seen.charges() && all > 0;
    let whole = gun.is_fed() == in_feed.is_some() && gun.is_muzzle_loader() == barrels.is_some();
    let (count, of) = (rounds.count(), gun.chambers);
    if !whole {
        Status::Unknown { why: Doubt::Doubted, since: showing.at }
    } else if all == 0 && primed.unwrap_or(0) == 0 {
        Status::Empty(shown)
    } else if only(Content::Dummy) {
        Status::Dummy { count, of, in_feed, shown }
    } else if only(Content::Blank) || charges {
        let lot = gun.loading.map(|loading| loading.lot);
        let test = lot.and_then(|lot| state.stand_off_centimetres.get(&(id, lot)).copied());
        let asked = blanks_stand_off(state.packs()).map_or(0, |(centimetres, _)| centimetres);
        let (stand_off_centimetres, line_clear) =
            (test.map(|tested| tested.max(asked)), line_is_clear(rules, gun, now));
        Status::Blank { count, of, in_feed, primed, lot, stand_off_centimetres, line_clear, shown }
    } else if let Some(lot) = state.live_lot_in(gun).filter(|_| only(Content::Live)) {
        Status::Live { count, of, in_feed, lot, shown }
    } else {
        Status::Unknown { why: Doubt::Doubted, since: showing.at }
    }
}

/// Was its line found clear, and not longer ago than a showing holds?
pub(crate) fn line_is_clear<S: Scope>(rules: &Rules, gun: &Gun<S>, now: S::Time) -> bool {
    gun.line_clear.is_some_and(|at| now < rules.show_again_by::<S>(at))
}

/// Why a gun that can fire may not be handed to a performer now: every doubt that stands about it.
pub(crate) fn not_shown<S: Scope>(rules: &Rules, gun: &Gun<S>, now: S::Time) -> Vec<Reason<S>> {
    match gun.showing {
        ShowingState::Void(doubts) => doubts.iter().map(|(why, at)| Reason::new(why.code()).at(at)).collect(),
        ShowingState::BeingChecked(check) => {
            let code = if check.again { Code::ShowingAnswersDiffer } else { Code::ShowingBeingChecked };
            vec![Reason::new(code).at(check.since)]
        }
        ShowingState::Shown(showing) if now >= rules.show_again_by::<S>(showing.at) => {
            vec![Reason::new(Code::ShowingTimeLapsed).at(showing.at)]
        }
        ShowingState::Shown(_) => Vec::new(),
    }
}
