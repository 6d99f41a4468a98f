//! One gun told again.

use super::Known;
use crate::barrel::Rod;
use crate::event::{BlindSide, Event};
use crate::feed::Seen;
use crate::gun::{
    Answer, Chambers, Check, Custody, Doubt, Doubts, Fired, Gun, LastLook, Light, Loading, Readings, Showing,
    ShowingState,
};
use crate::intent::Look;
use crate::scope::Scope;
use crate::state::{State, StopCause};

/// Tells one gun.
pub(super) struct Teller<'a, S: Scope> {
    pub(super) id: S::Gun,
    pub(super) gun: &'a Gun<S>,
    pub(super) state: &'a State<S>,
    pub(super) known: Known<S>,
    pub(super) told: &'a mut Vec<Event<S>>,
}

/// The guns about which an inquiry was closed while they were loaded: each is stopped for and freed before any gun is told
/// whole, for a stop voids what was shown. What comes after leaves that alone.
pub(super) fn inquired<S: Scope>(state: &State<S>, known: Known<S>, told: &mut Vec<Event<S>>) {
    let (Some(place), Some(person), Some(stop)) = (known.place, known.person, known.act) else { return };
    for (id, it) in state.guns.iter().filter(|(_, it)| it.inquired) {
        let (gun, kind, action, chambers) = (*id, it.kind, it.action, it.chambers);
        let Some(Loading { lot, .. }) = it.loading else { continue };
        let at = it.custody.since();
        let (cause, by, concerned) = (StopCause::Called, None, [None, None]);
        told.push(Event::GunRegistered { gun, kind, action, chambers, place, at });
        told.push(Event::GunLoadedFromHand { gun, lot, chambers: Chambers::first(1), person });
        told.push(Event::StopPulled { stop, cause, by, gun: Some(gun), concerned, at });
        told.push(Event::StopLifted { stop });
    }
}

impl<S: Scope> Teller<'_, S> {
    /// What voids comes first, for it wipes out the look through the bore as well; custody comes
    /// late, for nothing but itself changes it then; and after it what it wipes out.
    pub(super) fn gun(mut self) {
        self.registered();
        if let ShowingState::Void(doubts) = self.gun.showing {
            self.doubts(&doubts);
        }
        self.shots_of_no_loading();
        self.look_used_by_another();
        let looked = self.loaded();
        self.bore(looked);
        // Before the shots: what is primed again was not struck.
        self.primed();
        self.shots_of_the_loading();
        match self.gun.showing {
            ShowingState::Void(_) => self.marks(),
            ShowingState::BeingChecked(check) => self.check(&check),
            ShowingState::Shown(showing) => self.showing(&showing),
        }
        self.custody();
        let (gun, identity) = (self.id, self.gun.identity);
        self.told.extend(identity.map(|it| Event::IdentityMatched { gun, by: it.by, at: it.at }));
        self.on_set();
        self.told.extend(self.gun.faulty_since.map(|at| Event::FaultReported { gun, at }));
    }

    const fn since(&self) -> S::Time {
        self.gun.custody.since()
    }

    fn never_shown_at(&self) -> Option<S::Time> {
        match self.gun.showing {
            ShowingState::Void(doubts) => doubts.iter().find(|(why, _)| *why == Doubt::NeverShown).map(|(_, at)| at),
            ShowingState::BeingChecked(_) | ShowingState::Shown(_) => None,
        }
    }

    fn registered(&mut self) {
        let place = match self.gun.custody {
            Custody::In { place, .. } => Some(place),
            Custody::With { .. }
            | Custody::Offered { .. }
            | Custody::Preset { .. }
            | Custody::Missing { .. }
            | Custody::Returned { .. } => self.known.place_by(self.gun.at_range),
        };
        let at = self.never_shown_at().unwrap_or_else(|| self.since());
        let (gun, kind, action, chambers) = (self.id, self.gun.kind, self.gun.action, self.gun.chambers);
        self.told.extend(place.map(|place| Event::GunRegistered { gun, kind, action, chambers, place, at }));
        let (unit, there) = (self.state.units.of_gun(gun), place.map(|place| self.state.units.of_place(place)));
        self.told.extend((there != Some(unit)).then_some(Event::GunMovedToUnit { gun, unit }));
        self.told.extend(self.gun.calibre.map(|calibre| Event::CalibreEntered { gun, calibre }));
    }

    /// A registered gun was never shown. Where that doubt does not stand, a check took its place and
    /// was voided by the others.
    fn doubts(&mut self, doubts: &Doubts<S>) {
        let gun = self.id;
        if self.never_shown_at().is_none()
            && let (Some(check), Some(person)) = (self.known.act, self.known.person)
        {
            let (checker, witness, at) = (person, person, self.since());
            self.told.push(Event::CheckBegun { gun, check, checker, witness, device: None, at });
        }
        let others = doubts.iter().filter(|(why, _)| *why != Doubt::NeverShown);
        self.told.extend(others.map(|(why, at)| Event::ShowingVoided { gun, why, at }));
    }

    /// Of a shot while nothing is loaded no more stays than that the bore is to be looked through, and
    /// of a misfire no more than when it was.
    fn shots_of_no_loading(&mut self) {
        let (gun, fired, misfired_at) = (self.id, self.gun.fired, self.gun.misfired_at);
        let shots = u8::from(self.gun.bore_due && fired.shots == 0);
        let misfires = u8::from(misfired_at.is_some() && fired.misfires == 0);
        let at = misfired_at.unwrap_or_else(|| self.since());
        let fired = shots > 0 || misfires > 0;
        self.told.extend(fired.then_some(Event::GunFired { gun, shots, misfires, at }));
    }

    /// A look that an earlier loading used up, where what is in it rests on none: before what is in it, or that would rest on it.
    fn look_used_by_another(&mut self) {
        let unseen = self.gun.loading.is_some_and(|loading| loading.bore.is_none());
        if let Some(look) = self.gun.bore.filter(|look| look.used && unseen) {
            self.used_up(look.act);
        }
    }

    fn used_up(&mut self, look: S::Act) {
        let (gun, chambers) = (self.id, Chambers::NONE);
        let looked = self.looked(look, true);
        self.told.push(looked);
        if let (Some(lot), Some(person)) = (self.known.lot, self.known.person) {
            self.told.push(Event::GunLoadedFromHand { gun, lot, chambers, person });
            self.told.push(Event::GunUnloadedToHand { gun, chambers, person });
        }
    }

    fn shots_of_the_loading(&mut self) {
        let (gun, Fired { shots, misfires }) = (self.id, self.gun.fired);
        let at = self.gun.misfired_at.unwrap_or_else(|| self.since());
        let fired = shots > 0 || misfires > 0;
        self.told.extend(fired.then_some(Event::GunFired { gun, shots, misfires, at }));
    }

    /// The loading, on the look through the bore that it used up; gives that look.
    fn loaded(&mut self) -> Option<S::Act> {
        let Loading { lot, chambers, feed: rounds, bore } = self.gun.loading?;
        let gun = self.id;
        let looked = bore.map(|look| self.looked(look, true));
        self.told.extend(looked);
        // It fired since, and its cases made room for others: the look that is told does not make its bore looked through.
        let due = self.gun.bore_due && self.gun.fired.shots == 0;
        let at = self.since();
        self.told.extend(due.then_some(Event::GunFired { gun, shots: 1, misfires: 0, at }));
        // Out of hands, for that opens no box.
        self.told.extend(self.known.person.map(|person| {
            if rounds > 0 {
                Event::GunFeedLoaded { gun, lot, chambers, rounds, from: Some(person) }
            } else {
                Event::GunLoadedFromHand { gun, lot, chambers, person }
            }
        }));
        bore
    }

    /// A look through the bore; of a muzzle-loader a rod, for nobody saw light through it.
    fn looked(&self, act: S::Act, clear: bool) -> Event<S> {
        let gun = self.id;
        if self.gun.is_muzzle_loader() {
            return Event::RodRun { gun, run: act, rod: if clear { Rod::AtMark } else { Rod::AboveMark } };
        }
        Event::BoreLooked { gun, look: act, light: if clear { Light::Seen } else { Light::Blocked } }
    }

    /// The last look through the bore, where the loading did not leave it so.
    fn bore(&mut self, left: Option<S::Act>) {
        match self.gun.bore {
            None => {
                let blocked = left.map(|look| self.looked(look, false));
                self.told.extend(blocked);
            }
            Some(look) if look.used && (left == Some(look.act) || self.gun.loading.is_some()) => {}
            Some(look) if look.used => self.used_up(look.act),
            Some(look) => {
                let looked = self.looked(look.act, true);
                self.told.push(looked);
            }
        }
    }

    fn primed(&mut self) {
        let (gun, barrels) = (self.id, self.gun.primed);
        self.told.extend((!barrels.is_empty()).then_some(Event::GunPrimed { gun, barrels }));
    }

    /// Whether answers differed, and whether answers are still closed, where no check is under way.
    fn marks(&mut self) {
        let (gun, at) = (self.id, self.since());
        if self.gun.differed {
            self.told.push(Event::AnswersDiffered { gun, at });
        }
        if self.gun.sealed {
            let nothing = Seen::in_chambers(Readings::default());
            self.told.push(self.answered(BlindSide::Checker, &nothing, None, at));
        }
    }

    const fn answered(&self, side: BlindSide, seen: &Seen, device: Option<S::Device>, at: S::Time) -> Event<S> {
        let (gun, readings) = (self.id, seen.readings);
        match (seen.barrels, seen.feed) {
            (Some(rods), _) => Event::BarrelCheckAnswered { gun, side, rods, device, at },
            (None, None) => Event::CheckAnswered { gun, side, readings, device, at },
            (None, Some(feed)) => Event::FeedCheckAnswered { gun, side, readings, feed, device, at },
        }
    }

    fn check(&mut self, check: &Check<S>) {
        self.marks();
        let (gun, device, at) = (self.id, check.device, check.since);
        let (checker, witness) = (check.checker, check.witness);
        self.told.push(Event::CheckBegun { gun, check: check.act, checker, witness, device, at });
        let mut side = |side, answer: Option<Answer<S>>| {
            let told = answer.map(|it| self.answered(side, &it.seen(), it.device, it.at));
            self.told.extend(told);
        };
        side(BlindSide::Checker, check.checker_answer);
        side(BlindSide::Witness, check.witness_answer);
    }

    fn showing(&mut self, showing: &Showing<S>) {
        let (gun, at) = (self.id, showing.at);
        let (check, checker, witness) = (showing.check, showing.checker, showing.witness);
        self.told.push(Event::CheckBegun { gun, check, checker, witness, device: None, at });
        self.told.push(self.answered(BlindSide::Checker, &showing.seen(), None, at));
        self.told.push(Event::GunShown { gun, at });
        self.told.push(Event::AnswersOpened { gun });
        self.told.extend(showing.last_look.map(|look| match look {
            LastLook::Receiver => Event::GunTaken { gun, person: checker, handler: checker, look: Look::Looked, at },
            LastLook::Witness { witness, offer } => Event::LastLookMade { gun, offer, witness },
        }));
    }

    fn custody(&mut self) {
        if self.gun.handler().is_none() {
            self.answered_for();
        }
        if self.gun.played {
            self.played();
        }
        let gun = self.id;
        self.told.push(match self.gun.custody {
            Custody::In { place, since } => Event::GunPutAway { gun, place, at: since },
            Custody::With { person, handler: Some(handler), since } if self.gun.played && person != handler => {
                Event::GunTransferred { gun, person, handler, at: since }
            }
            Custody::With { person, since, .. } if self.gun.played => Event::GunTakenBack { gun, person, at: since },
            Custody::With { person, since, handler } => Event::GunReportedWith { gun, person, handler, at: since },
            Custody::Offered { from, to, offer, since } => Event::GunOffered { gun, offer, from, to, at: since },
            Custody::Preset { place, handler, since } => Event::GunPreset { gun, place, handler, at: since },
            Custody::Missing { since } => Event::GunReportedGone { gun, at: since },
            Custody::Returned { vendor, since, .. } => Event::GunReturned { gun, vendor, at: since },
        });
        if let Custody::Returned { since: at, signed_by: Some(by), .. } = self.gun.custody {
            self.told.push(Event::GunSignedFor { gun, by, at });
        }
    }

    /// Whoever answered for it last, where nobody does now.
    fn answered_for(&mut self) {
        let (gun, at) = (self.id, self.since());
        let had = |person| Event::GunReportedWith { gun, person, handler: Some(person), at };
        self.told.extend(self.gun.answered_for.map(had));
    }

    /// Somebody had it who uses it before the camera, whoever has it since.
    fn played(&mut self) {
        let (gun, at) = (self.id, self.since());
        if let (Some(person), Some(handler)) = (self.known.person, self.known.another) {
            self.told.push(Event::GunTransferred { gun, person, handler, at });
        }
    }

    /// What ends when a gun is put away or its line changes.
    fn on_set(&mut self) {
        let (gun, at) = (self.id, self.since());
        let open = self.state.scene_of(self.state.units.of_gun(gun));
        if let (true, Some(open)) = (self.gun.on_set, open) {
            self.told.push(Event::GunCalledToSet { gun, scene: open.scene, at });
        }
        let stand_off = self.gun.loading.and_then(|it| self.state.stand_off_centimetres.get(&(gun, it.lot)));
        if let (Some(at), Some(by)) = (self.gun.line_clear, self.gun.handler().or(self.known.person)) {
            let nearest_centimetres = stand_off.copied().unwrap_or(0);
            self.told.push(Event::LineCleared { gun, nearest_centimetres, by, at });
        }
        self.told.extend(self.gun.in_line.map(|it| Event::LineIssueBegun {
            gun,
            line: it.line,
            issue: it.issue,
            to: it.to,
        }));
    }
}
