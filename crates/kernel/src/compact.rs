//! A state told again as a short list of events, so that a snapshot is stored in the form that is
//! stored anyway, and is read back by [`crate::evolve`] like everything else.

use crate::event::{BlindSide, Event};
use crate::gun::{
    Answer, Chambers, Check, Custody, Doubt, Doubts, Gun, LastLook, Light, Loading, Readings, Showing, ShowingState,
};
use crate::intent::Look;
use crate::scope::Scope;
use crate::state::State;

/// Events that make exactly this state out of an empty one.
///
/// They are no history: some stand only for what they leave behind (a check that is begun so that
/// its voiding leaves one doubt alone). This holds for every state that [`crate::decide`] reaches
/// under whole rules, where a gun is registered in a place that is known, by a person, on a device
/// that is enrolled. Whoever stores a snapshot compares what it evolves to with what was told.
#[must_use]
pub fn retell<S: Scope>(state: &State<S>) -> Vec<Event<S>> {
    let mut told = Vec::new();
    people_and_places(state, &mut told);
    stops(state, &mut told);
    let known = Known::in_state(state);
    for (id, gun) in &state.guns {
        Teller { id: *id, gun, known, told: &mut told }.gun();
    }
    // After the guns: a loading draws from a lot, and what is told here is what is left.
    told.extend(state.lots.iter().map(|(lot, it)| Event::LotRegistered {
        lot: *lot,
        kind: it.kind,
        inert_at_head: it.inert_at_head,
        rounds: it.rounds,
    }));
    told
}

/// Before any gun: a new day and a person who leaves void what was shown.
fn people_and_places<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    if let (Some(day), Some(at)) = (state.day, state.day_since) {
        told.push(Event::DayOpened { day, at });
    }
    for (person, entry) in &state.people {
        told.push(Event::PersonAdded { person: *person });
        told.extend(entry.days.iter().map(|(day, it)| Event::RolesAssigned {
            person: *person,
            day: *day,
            roles: it.roles,
            answers_to: it.answers_to,
        }));
        told.extend(entry.out_since.map(|at| Event::PersonLeft { person: *person, at }));
    }
    for (device, it) in &state.devices {
        let (device, invitation, person) = (*device, it.invitation, it.owner);
        told.push(Event::DeviceEnrolled { invitation, device, person });
        told.extend(it.revoked.then_some(Event::DeviceRevoked { device }));
    }
    told.extend(
        state
            .invitations
            .iter()
            .map(|(invitation, person)| Event::DeviceInvited { invitation: *invitation, person: *person }),
    );
    told.extend(state.places.iter().map(|(place, it)| Event::PlaceRegistered {
        place: *place,
        kind: it.kind,
        locks: it.locks,
        for_guns: it.for_guns,
    }));
}

/// Before any gun: a stop voids what was shown.
fn stops<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    for (stop, it) in &state.stops {
        let (stop, concerned, at) = (*stop, it.concerned, it.since);
        told.push(Event::StopPulled { stop, cause: it.cause, by: it.by, gun: it.gun, concerned, at });
        told.extend(it.inquiry.map(|inquiry| Event::InquiryNamed {
            stop,
            inquirer: inquiry.inquirer,
            by: inquiry.named_by,
        }));
    }
}

/// Anything of each kind that the state knows, where an event needs one and leaves no trace of it.
#[derive(Clone, Copy)]
struct Known<S: Scope> {
    place: Option<S::Place>,
    person: Option<S::Person>,
    lot: Option<S::Lot>,
    act: Option<S::Act>,
}

impl<S: Scope> Known<S> {
    fn in_state(state: &State<S>) -> Self {
        Known {
            place: state.places.keys().next().copied(),
            person: state.people.keys().next().copied(),
            lot: state.lots.keys().next().copied(),
            act: state.devices.values().next().map(|device| device.invitation),
        }
    }
}

/// Tells one gun.
struct Teller<'a, S: Scope> {
    id: S::Gun,
    gun: &'a Gun<S>,
    known: Known<S>,
    told: &'a mut Vec<Event<S>>,
}

impl<S: Scope> Teller<'_, S> {
    /// What voids comes first, for it wipes out the look through the bore as well; custody comes
    /// last, for nothing but itself changes it then.
    fn gun(mut self) {
        self.registered();
        if let ShowingState::Void(doubts) = self.gun.showing {
            self.doubts(&doubts);
        }
        let looked = self.loaded();
        self.bore(looked);
        match self.gun.showing {
            ShowingState::Void(_) => self.marks(),
            ShowingState::BeingChecked(check) => self.check(&check),
            ShowingState::Shown(showing) => self.showing(&showing),
        }
        self.custody();
        let (gun, identity) = (self.id, self.gun.identity);
        self.told.extend(identity.map(|it| Event::IdentityMatched { gun, by: it.by, at: it.at }));
    }

    fn since(&self) -> S::Time {
        match self.gun.custody {
            Custody::In { since, .. }
            | Custody::With { since, .. }
            | Custody::Offered { since, .. }
            | Custody::Missing { since } => since,
        }
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
            Custody::With { .. } | Custody::Offered { .. } | Custody::Missing { .. } => self.known.place,
        };
        let at = self.never_shown_at().unwrap_or_else(|| self.since());
        let (gun, kind, action, chambers) = (self.id, self.gun.kind, self.gun.action, self.gun.chambers);
        self.told.extend(place.map(|place| Event::GunRegistered { gun, kind, action, chambers, place, at }));
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

    /// The loading, on the look through the bore that it used up; gives that look.
    fn loaded(&mut self) -> Option<S::Act> {
        let Loading { lot, chambers, bore } = self.gun.loading?;
        let gun = self.id;
        self.told.extend(bore.map(|look| Event::BoreLooked { gun, look, light: Light::Seen }));
        self.told.push(Event::GunLoaded { gun, lot, chambers });
        bore
    }

    /// The last look through the bore, where the loading did not leave it so.
    fn bore(&mut self, left: Option<S::Act>) {
        let gun = self.id;
        match self.gun.bore {
            None => self.told.extend(left.map(|look| Event::BoreLooked { gun, look, light: Light::Blocked })),
            Some(look) if look.used && left == Some(look.act) => {}
            Some(look) => {
                self.told.push(Event::BoreLooked { gun, look: look.act, light: Light::Seen });
                if look.used
                    && let Some(lot) = self.known.lot
                {
                    let chambers = Chambers::NONE;
                    self.told.push(Event::GunLoaded { gun, lot, chambers });
                    self.told.push(Event::GunUnloaded { gun, chambers });
                }
            }
        }
    }

    /// Whether answers differed, and whether answers are still closed, where no check is under way.
    fn marks(&mut self) {
        let (gun, at) = (self.id, self.since());
        if self.gun.differed {
            self.told.push(Event::AnswersDiffered { gun, at });
        }
        if self.gun.sealed {
            self.told.push(self.answered(BlindSide::Checker, Readings::default(), None, at));
        }
    }

    const fn answered(&self, side: BlindSide, readings: Readings, device: Option<S::Device>, at: S::Time) -> Event<S> {
        Event::CheckAnswered { gun: self.id, side, readings, device, at }
    }

    fn check(&mut self, check: &Check<S>) {
        self.marks();
        let (gun, device, at) = (self.id, check.device, check.since);
        let (checker, witness) = (check.checker, check.witness);
        self.told.push(Event::CheckBegun { gun, check: check.act, checker, witness, device, at });
        let mut side = |side, answer: Option<Answer<S>>| {
            let told = answer.map(|it| self.answered(side, it.readings, it.device, it.at));
            self.told.extend(told);
        };
        side(BlindSide::Checker, check.checker_answer);
        side(BlindSide::Witness, check.witness_answer);
    }

    fn showing(&mut self, showing: &Showing<S>) {
        let (gun, at) = (self.id, showing.at);
        let (check, checker, witness) = (showing.check, showing.checker, showing.witness);
        self.told.push(Event::CheckBegun { gun, check, checker, witness, device: None, at });
        self.told.push(self.answered(BlindSide::Checker, showing.readings, None, at));
        self.told.push(Event::GunShown { gun, at });
        self.told.push(Event::AnswersOpened { gun });
        self.told.extend(showing.last_look.map(|look| match look {
            LastLook::Receiver => Event::GunTaken { gun, person: checker, handler: checker, look: Look::Looked, at },
            LastLook::Witness { witness, offer } => Event::LastLookMade { gun, offer, witness },
        }));
    }

    fn custody(&mut self) {
        let gun = self.id;
        self.told.push(match self.gun.custody {
            Custody::In { place, since } => Event::GunPutAway { gun, place, at: since },
            Custody::With { person, since, handler } => Event::GunReportedWith { gun, person, handler, at: since },
            Custody::Offered { from, to, offer, since } => Event::GunOffered { gun, offer, from, to, at: since },
            Custody::Missing { since } => Event::GunReportedGone { gun, at: since },
        });
    }
}
