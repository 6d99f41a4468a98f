//! The next state out of an event. It cannot fail and it knows no rules: replay needs none.

use crate::event::{BlindSide, Event};
use crate::gun::{
    Answer, BoreLook, Chambers, Check, Custody, Doubt, Doubts, Gun, IdentityMatch, LastLook, Light, Loading, Lot,
    Showing, ShowingState,
};
use crate::intent::Look;
use crate::people::{Day, Device, OnDay, Place};
use crate::scope::Scope;
use crate::state::{Inquiry, State, Stop};

/// Applies one event. An event about something that the state does not know changes nothing.
pub fn evolve<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::PersonAdded { person } => {
            state.people.entry(person).or_default();
        }
        Event::RolesAssigned { person, day, roles, answers_to } => {
            state.people.entry(person).or_default().days.insert(day, OnDay { roles, answers_to });
        }
        Event::DayOpened { day, at } => open_day(state, day, at),
        Event::DeviceInvited { invitation, person } => {
            state.invitations.insert(invitation, person);
        }
        Event::DeviceEnrolled { invitation, device, person } => {
            state.invitations.remove(&invitation);
            state.devices.insert(device, Device { owner: person, invitation, revoked: false });
        }
        Event::DeviceRevoked { device } => {
            if let Some(device) = state.devices.get_mut(&device) {
                device.revoked = true;
            }
        }
        Event::PlaceRegistered { place, kind, locks, for_guns } => {
            state.places.insert(place, Place { kind, locks, for_guns });
        }
        Event::LotRegistered { lot, kind, inert_at_head, rounds } => {
            state.lots.insert(lot, Lot { kind, inert_at_head, rounds });
        }
        Event::BreakBegan { at } => void_all(state, Doubt::Break, at),
        Event::ClockJumped { at } => void_all(state, Doubt::ClockJumped, at),
        Event::PersonLeft { person, at } => person_left(state, person, at),
        Event::PersonReturned { person } => {
            if let Some(entry) = state.people.get_mut(&person) {
                entry.out_since = None;
            }
        }
        Event::StopPulled { stop, cause, by, gun, concerned, at } => {
            stop_pulled(state, stop, Stop { cause, by, gun, concerned, since: at, inquiry: None });
        }
        Event::InquiryNamed { stop, inquirer, by } => {
            if let Some(stop) = state.stops.get_mut(&stop) {
                stop.inquiry = Some(Inquiry { inquirer, named_by: by });
            }
        }
        Event::StopLifted { stop } => {
            state.stops.remove(&stop);
        }
        Event::GunRegistered { gun, kind, action, chambers, place, at } => {
            let custody = Custody::In { place, since: at };
            state.guns.insert(gun, Gun { kind, action, chambers, ..Gun::unknown_in(custody, at) });
        }
        Event::GunTakenOut { gun, .. }
        | Event::GunPutAway { gun, .. }
        | Event::GunOffered { gun, .. }
        | Event::OfferWithdrawn { gun, .. }
        | Event::OfferRefused { gun, .. }
        | Event::LastLookMade { gun, .. }
        | Event::GunTaken { gun, .. }
        | Event::GunTakenBack { gun, .. }
        | Event::GunReportedWith { gun, .. }
        | Event::GunReportedGone { gun, .. }
        | Event::BoreLooked { gun, .. }
        | Event::GunLoaded { gun, .. }
        | Event::GunUnloaded { gun, .. }
        | Event::CheckBegun { gun, .. }
        | Event::CheckAnswered { gun, .. }
        | Event::AnswersDiffered { gun, .. }
        | Event::GunShown { gun, .. }
        | Event::AnswersOpened { gun }
        | Event::IdentityMatched { gun, .. }
        | Event::ShowingVoided { gun, .. } => evolve_gun(state, gun, event),
    }
}

/// What an event does to the one gun it is about, and to the lot that the gun's rounds come from.
fn evolve_gun<S: Scope>(state: &mut State<S>, gun: S::Gun, event: &Event<S>) {
    let Some(gun) = state.guns.get_mut(&gun) else { return };
    match *event {
        Event::GunTakenOut { person, at, .. } => gun.taken_out(person, at),
        Event::GunPutAway { place, at, .. } => gun.custody = Custody::In { place, since: at },
        Event::GunOffered { offer, from, to, at, .. } => gun.custody = Custody::Offered { from, to, offer, since: at },
        Event::OfferWithdrawn { from, at, .. } | Event::OfferRefused { from, at, .. } => gun.with(from, Some(from), at),
        Event::LastLookMade { offer, witness, .. } => gun.looked_last(LastLook::Witness { witness, offer }),
        Event::GunTaken { person, handler, look, at, .. } => gun.taken(person, handler, look, at),
        Event::GunTakenBack { person, at, .. } => gun.with(person, Some(person), at),
        Event::GunReportedWith { person, handler, at, .. } => gun.around(Custody::With { person, since: at, handler }),
        Event::GunReportedGone { at, .. } => gun.around(Custody::Missing { since: at }),
        Event::BoreLooked { look, light, .. } => {
            gun.bore = (light == Light::Seen).then_some(BoreLook { act: look, used: false });
        }
        Event::GunLoaded { lot, chambers, .. } => {
            gun.loaded_from(lot, chambers);
            draw(state.lots.get_mut(&lot), chambers);
        }
        Event::GunUnloaded { chambers, .. } => {
            let lot = gun.unloaded(chambers);
            give_back(lot.and_then(|lot| state.lots.get_mut(&lot)), chambers);
        }
        Event::CheckBegun { check, checker, witness, device, at, .. } => {
            gun.check_begun(Check { device, ..Check::new(check, checker, witness, at, gun.differed) });
        }
        Event::CheckAnswered { side, readings, device, at, .. } => gun.answered(side, Answer { readings, device, at }),
        Event::AnswersDiffered { at, .. } => gun.answers_differed(at),
        Event::GunShown { at, .. } => gun.shown(at),
        Event::AnswersOpened { .. } => gun.sealed = false,
        Event::IdentityMatched { by, at, .. } => gun.identity = Some(IdentityMatch { by, at }),
        Event::ShowingVoided { why, at, .. } => gun.void(why, at),
        Event::PersonAdded { .. }
        | Event::RolesAssigned { .. }
        | Event::DayOpened { .. }
        | Event::DeviceInvited { .. }
        | Event::DeviceEnrolled { .. }
        | Event::DeviceRevoked { .. }
        | Event::PlaceRegistered { .. }
        | Event::GunRegistered { .. }
        | Event::LotRegistered { .. }
        | Event::BreakBegan { .. }
        | Event::ClockJumped { .. }
        | Event::PersonLeft { .. }
        | Event::PersonReturned { .. }
        | Event::StopPulled { .. }
        | Event::InquiryNamed { .. }
        | Event::StopLifted { .. } => {}
    }
}

fn open_day<S: Scope>(state: &mut State<S>, day: Day, at: S::Time) {
    state.day = Some(day);
    state.day_since = Some(at);
    for person in state.people.values_mut() {
        person.days.retain(|of, _| *of >= day);
        person.out_since = None;
    }
    void_all(state, Doubt::NewDay, at);
}

fn void_all<S: Scope>(state: &mut State<S>, why: Doubt, at: S::Time) {
    state.guns.values_mut().for_each(|gun| gun.void(why, at));
}

fn stop_pulled<S: Scope>(state: &mut State<S>, act: S::Act, stop: Stop<S>) {
    state.stops.insert(act, stop);
    void_all(state, Doubt::Stopped, stop.since);
    state.guns.values_mut().for_each(|gun| gun.differed = false);
}

fn person_left<S: Scope>(state: &mut State<S>, person: S::Person, at: S::Time) {
    if let Some(entry) = state.people.get_mut(&person) {
        entry.out_since = Some(at);
    }
    let theirs = state.guns.values_mut().filter(|gun| gun.handler() == Some(person));
    theirs.for_each(|gun| gun.void(Doubt::HandlerLeft, at));
}

fn draw(lot: Option<&mut Lot>, chambers: Chambers) {
    if let Some(lot) = lot {
        lot.rounds = lot.rounds.saturating_sub(chambers.count());
    }
}

fn give_back(lot: Option<&mut Lot>, chambers: Chambers) {
    if let Some(lot) = lot {
        lot.rounds = lot.rounds.saturating_add(chambers.count());
    }
}

impl<S: Scope> Check<S> {
    const fn new(act: S::Act, checker: S::Person, witness: S::Person, since: S::Time, again: bool) -> Self {
        Check { act, checker, witness, since, device: None, again, checker_answer: None, witness_answer: None }
    }
}

impl<S: Scope> Gun<S> {
    fn unknown_in(custody: Custody<S>, at: S::Time) -> Self {
        Gun {
            kind: crate::gun::GunKind::LiveCapable,
            action: crate::gun::Action::None,
            chambers: 0,
            custody,
            showing: ShowingState::Void(Doubts::one(Doubt::NeverShown, at)),
            loading: None,
            bore: None,
            identity: None,
            differed: false,
            sealed: false,
        }
    }

    fn with(&mut self, person: S::Person, handler: Option<S::Person>, since: S::Time) {
        self.custody = Custody::With { person, since, handler };
    }

    /// Out of its place it starts anew: earlier doubts have no more to say than this one.
    fn taken_out(&mut self, person: S::Person, at: S::Time) {
        self.with(person, Some(person), at);
        self.showing = ShowingState::Void(Doubts::one(Doubt::NeverShown, at));
        self.bore = None;
        self.identity = None;
    }

    /// Around a handover: nobody saw whether it is still the copy that was matched.
    fn around(&mut self, custody: Custody<S>) {
        self.custody = custody;
        self.identity = None;
    }

    fn taken(&mut self, person: S::Person, handler: S::Person, look: Look, at: S::Time) {
        self.with(person, Some(handler), at);
        if look == Look::Looked {
            self.looked_last(LastLook::Receiver);
        }
    }

    fn looked_last(&mut self, look: LastLook<S>) {
        if let ShowingState::Shown(showing) = &mut self.showing {
            showing.last_look = Some(look);
        }
    }

    fn loaded_from(&mut self, lot: S::Lot, chambers: Chambers) {
        self.loading = Some(Loading { lot, chambers, bore: self.bore.map(|look| look.act) });
        if let Some(look) = &mut self.bore {
            look.used = true;
        }
    }

    fn unloaded(&mut self, chambers: Chambers) -> Option<S::Lot> {
        let loading = self.loading?;
        let left = loading.chambers.minus(chambers);
        self.loading = (!left.is_empty()).then_some(Loading { chambers: left, ..loading });
        Some(loading.lot)
    }

    fn check_begun(&mut self, check: Check<S>) {
        self.showing = ShowingState::BeingChecked(check);
    }

    fn answered(&mut self, side: BlindSide, answer: Answer<S>) {
        self.sealed = true;
        if let ShowingState::BeingChecked(check) = &mut self.showing {
            match side {
                BlindSide::Checker => check.checker_answer = Some(answer),
                BlindSide::Witness => check.witness_answer = Some(answer),
            }
        }
    }

    fn answers_differed(&mut self, at: S::Time) {
        self.differed = true;
        if let ShowingState::BeingChecked(check) = &mut self.showing {
            let again = Check { device: check.device, ..Check::new(check.act, check.checker, check.witness, at, true) };
            *check = again;
        }
    }

    fn shown(&mut self, at: S::Time) {
        self.differed = false;
        if let ShowingState::BeingChecked(check) = self.showing {
            self.showing = ShowingState::Shown(Showing {
                check: check.act,
                readings: check.checker_answer.map_or_else(Default::default, |answer| answer.readings),
                checker: check.checker,
                witness: check.witness,
                at,
                bore: self.loading.and_then(|loading| loading.bore),
                last_look: None,
            });
        }
    }

    /// A doubt about a shown gun voids it; about a void one it is added to the doubts. A look
    /// through the bore outlives nothing but the loading that uses it up.
    fn void(&mut self, why: Doubt, at: S::Time) {
        self.showing = ShowingState::Void(match self.showing {
            ShowingState::Void(doubts) => doubts.with(why, at),
            ShowingState::BeingChecked(_) | ShowingState::Shown(_) => Doubts::one(why, at),
        });
        if why != Doubt::Loaded {
            self.bore = None;
        }
        // Whether a copy is the copy that was matched, or when, is what these two put in doubt.
        if why == Doubt::Doubted || why == Doubt::ClockJumped {
            self.identity = None;
        }
    }
}
