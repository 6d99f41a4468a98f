//! What comes late from a phone without signal: it moves nothing that was moved since it was claimed.

use super::Judge;
use crate::event::Event;
use crate::gun::Doubt;
use crate::intent::{Intent, IntentKind};
use crate::reason::{Code, Reason};
use crate::rounds::LotCustody;
use crate::rule::Rule;
use crate::scope::{Moment, Scope};

impl<S: Scope> Judge<'_, S> {
    /// The last word on whatever waits for no clock and would say anew who has a gun or a box, where it is, or that
    /// somebody is back. Claimed before that began it is recorded and lowers, and moves nothing: a report names that, an
    /// ask is refused by it.
    pub(super) fn what_is_older_moves_nothing(&mut self, intent: &Intent<S>) {
        let older = self.began(intent).filter(|since| self.is_older_than(*since));
        let Some(since) = older.filter(|_| self.rules.hold(Rule::Clock1) && self.acts.iter().any(moves)) else {
            return;
        };
        let reason = Reason::new(Code::ClockBefore).at(since);
        if intent.kind() == IntentKind::Report {
            self.breach(reason);
            self.acts.retain(|event| !moves(event) && !matches!(event, Event::ShowingVoided { .. }));
        } else if self.refusals.is_empty() {
            self.refuse(reason);
        } else {
            return;
        }
        if let Some(gun) = of_gun(intent) {
            let (why, at) = (Doubt::ChangedHands, self.context.earlier());
            self.carry_by(Rule::Showing6, Event::ShowingVoided { gun, why, at });
        }
    }

    /// An ask as old as that would not be judged at all: a clock that is a little behind says nothing.
    fn is_older_than(&self, since: S::Time) -> bool {
        let (decided, claimed) = (self.context.decided_at, self.context.claimed_at);
        claimed < since && claimed.later_by(self.rules.limits().ask_tolerance) < decided
    }

    /// Since when that is so which the intent would move.
    fn began(&self, intent: &Intent<S>) -> Option<S::Time> {
        if let Intent::PutAwayLot { lot, .. } = *intent {
            return match self.state.lots.get(&lot)?.custody {
                LotCustody::In { since, .. } | LotCustody::With { since, .. } => Some(since),
                LotCustody::Unknown | LotCustody::Returned { .. } => None,
            };
        }
        if let Intent::ReportReturned { person } = *intent {
            return self.state.out_since(person);
        }
        if let Intent::ReportExhibitGiven { exhibit, .. }
        | Intent::ReportExhibitTaken { exhibit }
        | Intent::ReportExhibitToPolice { exhibit } = *intent
        {
            return self.state.exhibits.get(&exhibit).map(|it| it.keeper.since());
        }
        let gun = self.state.guns.get(&of_gun(intent)?)?;
        Some(gun.custody.since())
    }
}

const fn of_gun<S: Scope>(intent: &Intent<S>) -> Option<S::Gun> {
    if let Intent::TakeBack { gun }
    | Intent::PutAway { gun, .. }
    | Intent::ReportHave { gun }
    | Intent::ReportGone { gun } = *intent
    {
        Some(gun)
    } else {
        None
    }
}

const fn moves<S: Scope>(event: &Event<S>) -> bool {
    matches!(
        event,
        Event::GunTakenBack { .. }
            | Event::GunPutAway { .. }
            | Event::GunReportedWith { .. }
            | Event::GunTransferred { .. }
            | Event::GunReportedGone { .. }
            | Event::LotPutAway { .. }
            | Event::PersonReturned { .. }
            | Event::ExhibitGiven { .. }
            | Event::ExhibitTaken { .. }
            | Event::ExhibitToPolice { .. }
    )
}
