//! The next state out of an event. It cannot fail and it knows no rules: replay needs none.

mod barrel;
mod exhibit;
mod feed;
mod range;
mod rounds;
mod scene;
mod shot;
mod unit;

use crate::event::{BlindSide, Event};
use crate::feed::Seen;
use crate::gun::{
    Answer, BoreLook, Chambers, Check, Custody, Doubt, Doubts, Fired, Gun, IdentityMatch, InLine, LastLook, Light,
    Loading, Showing, ShowingState,
};
use crate::intent::Look;
use crate::pack::Adoption;
use crate::people::{Day, Device, Duty, OnDay, Place, Transit};
use crate::request::Request;
use crate::rounds::Lot;
use crate::scene::Scene;
use crate::scope::Scope;
use crate::state::{Inquiry, State, Stop};
use crate::training::{Course, Permit};
use crate::unit::Unit;

/// Applies one event. An event about something that the state does not know changes nothing.
#[allow(clippy::too_many_lines, reason = "one arm an event, and nothing else")]
pub fn evolve<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::PersonAdded { person } => {
            state.people.entry(person).or_default();
        }
        Event::RolesAssigned { person, day, roles, answers_to } => {
            state.people.entry(person).or_default().days.insert(day, OnDay { roles, answers_to });
        }
        Event::DutyRostered { person, role, from, until } => {
            state.people.entry(person).or_default().duties.insert((from, role), Duty { role, until });
        }
        Event::RequirementSet { what, required } => {
            state.required = if required { state.required.with(what) } else { state.required.without(what) };
        }
        Event::TrainingEntered { person, action, passed } => {
            let trained = &mut state.people.entry(person).or_default().trained;
            *trained = if passed { trained.with(action) } else { trained.without(action) };
        }
        Event::CourseEntered { person, until } => {
            state.people.entry(person).or_default().course = Some(Course { until });
        }
        Event::PermitEntered { person, held, until } => {
            state.people.entry(person).or_default().permit = held.then_some(Permit { until });
        }
        Event::AuthorityEntered { person, given } => {
            state.people.entry(person).or_default().authority = given;
        }
        Event::ContactNamed { person } => state.contact = Some(person),
        Event::PoliceTold { scene, at } => {
            state.police_told.entry(scene).or_insert(at);
        }
        Event::GuardDeclared { person, outside } => {
            state.people.entry(person).or_default().guard = outside;
        }
        Event::SafetyRequested { request, kind, by, at } => {
            state.requests.insert(request, Request { kind, by, since: at, refused_by: None });
        }
        Event::RequestAnswered { request, granted, by } => request_answered(state, request, granted, by),
        Event::DayOpened { day, at } => open_day(state, day, at),
        Event::DayWrapped { at, .. } => state.wrapped = Some(at),
        Event::PacksAdopted { packs, choices, by, at } => adopted(state, Adoption { packs, choices, by, at }),
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
            let unsealed = Place { kind, locks, for_guns, seal: None, seal_seen: false, reload: false };
            state.places.insert(place, unsealed);
        }
        Event::BreakBegan { at } => break_began(state, Unit::FIRST, Doubt::Break, at),
        Event::ClockJumped { at } => {
            void_all(state, Doubt::ClockJumped, at);
            // How long ago it misfired nobody can say: the wait begins anew.
            state.guns.values_mut().for_each(|gun| gun.misfired_at = gun.misfired_at.map(|_| at));
            shot::no_shot_is_ready(state);
        }
        Event::PersonLeft { person, at } => person_left(state, person, at),
        Event::PersonReturned { person } => {
            if let Some(entry) = state.people.get_mut(&person) {
                entry.out_since = None;
            }
            shot::person_moved(state, person);
        }
        Event::StopPulled { stop, cause, by, gun, concerned, at } => {
            stop_pulled(state, stop, Stop { cause, by, gun, lot: None, concerned, since: at, inquiry: None });
        }
        Event::InquiryNamed { stop, inquirer, by } => {
            if let Some(stop) = state.stops.get_mut(&stop) {
                stop.inquiry = Some(Inquiry { inquirer, named_by: by });
            }
            exhibit::inquiry_named(state, stop, inquirer);
        }
        Event::StopLifted { stop } => rounds::stop_lifted(state, stop),
        Event::TransitBegun { place, attendant, at } => {
            state.transits.insert(place, Transit { attendant, since: at });
        }
        Event::TransitEnded { place } => {
            state.transits.remove(&place);
        }
        Event::LeftUnattended { place, at } => left_unattended(state, place, at),
        Event::FaultReported { gun, at } => with(state, gun, |gun| gun.faulty_since = gun.faulty_since.or(Some(at))),
        Event::FaultCleared { gun, .. } => with(state, gun, Gun::fault_cleared),
        Event::PlaceQuestioned { place, .. } => rounds::place_questioned(state, place),
        Event::LossTold { gun, notified } => {
            state.losses_told.insert((gun, notified));
        }
        Event::UnitEntered { .. }
        | Event::PersonMovedToUnit { .. }
        | Event::GunMovedToUnit { .. }
        | Event::LotMovedToUnit { .. }
        | Event::PlaceMovedToUnit { .. }
        | Event::UnitBreakBegan { .. }
        | Event::UnitTakeBegun { .. }
        | Event::UnitTakeEnded { .. } => unit::of_a_unit(state, event),
        Event::RangeDeclared { .. } | Event::RangeConfirmed { .. } => range::of_a_range(state, event),
        Event::GunExhibited { .. }
        | Event::LotExhibited { .. }
        | Event::RoundsBagged { .. }
        | Event::ExhibitGiven { .. }
        | Event::ExhibitTaken { .. }
        | Event::ExhibitToPolice { .. }
        | Event::ExhibitReleased { .. } => exhibit::of_an_exhibit(state, event),
        Event::Erased { intent, what, ground } => {
            state.erased.insert((intent, what), ground);
        }
        Event::RecordPreserved { preservation, by } => {
            state.preservations.insert(preservation, by);
        }
        Event::RecordReleased { preservation } => {
            state.preservations.remove(&preservation);
        }

        // One gun.
        Event::GunRegistered { gun, kind, action, chambers, place, at } => {
            let (custody, at_range) = (Custody::In { place, since: at }, state.is_on_a_range(place));
            // No gun is registered twice, save where a state is told again: see `compact`.
            let inquired = state.guns.get(&gun).is_some_and(|gun| gun.inquired);
            let entered = Gun { kind, action, chambers, at_range, inquired, ..Gun::unknown_in(custody, at) };
            state.guns.insert(gun, entered);
            unit::gun_came(state, gun, place);
        }
        Event::CalibreEntered { gun, calibre } => with(state, gun, |gun| gun.calibre = Some(calibre)),
        Event::GunTakenOut { gun, person, at } => with(state, gun, |gun| gun.taken_out(person, at)),
        Event::GunPutAway { gun, place, at } | Event::GunReceived { gun, place, at, .. } => {
            put_away(state, gun, place, at);
        }
        Event::GunOffered { gun, offer, from, to, at } => {
            with(state, gun, |gun| gun.goes_to(Custody::Offered { from, to, offer, since: at }));
        }
        Event::OfferWithdrawn { gun, from, at } | Event::OfferRefused { gun, from, at } => {
            with(state, gun, |gun| gun.with(from, Some(from), at));
        }
        Event::LastLookMade { gun, offer, witness } => {
            with(state, gun, |gun| gun.looked_last(LastLook::Witness { witness, offer }));
        }
        Event::GunTaken { gun, person, handler, look, at } => {
            with(state, gun, |gun| gun.taken(person, handler, look, at));
            shot::comes_into_the_take(state, gun);
        }
        Event::GunTakenBack { gun, person, at } => {
            with(state, gun, |gun| gun.taken_back(person, at));
            shot::gun_left_its_hands(state, gun);
        }
        Event::GunReportedWith { gun, person, handler, at } => {
            with(state, gun, |gun| gun.around(Custody::With { person, since: at, handler }));
            shot::gun_left_its_hands(state, gun);
            state.losses_told.retain(|(of, _)| *of != gun);
        }
        Event::GunReportedGone { gun, at } => with(state, gun, |gun| {
            gun.around(Custody::Missing { since: at });
            gun.at_range = false;
        }),
        Event::GunReturned { gun, vendor, at } => with(state, gun, |gun| gun.returned(vendor, at)),
        Event::GunSignedFor { gun, by, .. } => with(state, gun, |gun| gun.signed_for(by)),
        Event::GunTransferred { gun, person, handler, at } | Event::GunIssuedInLine { gun, person, handler, at } => {
            with(state, gun, |gun| gun.played_by(person, handler, at));
            shot::comes_into_the_take(state, gun);
        }
        Event::GunPreset { gun, place, handler, at } => {
            with(state, gun, |gun| gun.goes_to(Custody::Preset { place, handler, since: at }));
        }
        Event::BoreLooked { gun, look, light } => with(state, gun, |gun| gun.bore_looked(look, light)),
        Event::CheckBegun { gun, check, checker, witness, device, at } => with(state, gun, |gun| {
            let begun = Check { device, ..Check::new(check, checker, witness, at, gun.differed) };
            gun.showing = ShowingState::BeingChecked(begun);
        }),
        Event::CheckAnswered { gun, side, readings, device, at } => {
            with(state, gun, |gun| gun.answered(side, Answer { readings, feed: None, barrels: None, device, at }));
            if state.has_live_out_of_place(gun, &Seen::in_chambers(readings)) {
                rounds::questioned(state, gun);
            }
        }
        Event::AnswersDiffered { gun, at } => with(state, gun, |gun| gun.answers_differed(at)),
        Event::GunShown { gun, at } => with(state, gun, |gun| gun.shown(at)),
        Event::AnswersOpened { gun } => with(state, gun, |gun| gun.sealed = false),
        Event::IdentityMatched { gun, by, at } => with(state, gun, |gun| gun.identity = Some(IdentityMatch { by, at })),
        Event::ShowingVoided { gun, why, at } => with(state, gun, |gun| gun.void(why, at)),
        Event::LineCleared { gun, at, .. } => with(state, gun, |gun| gun.line_clear = Some(at)),
        Event::LineChanged { gun, .. } => {
            with(state, gun, Gun::line_changed);
            shot::line_changed(state, gun);
        }
        Event::GunFired { gun, shots, misfires, at } => with(state, gun, |gun| gun.fired(shots, misfires, at)),
        Event::GunCalledToSet { gun, .. } => with(state, gun, |gun| gun.on_set = true),
        Event::GunCalledOffSet { gun, .. } => with(state, gun, Gun::off_set),
        Event::LineIssueBegun { gun, line, issue, to } => {
            with(state, gun, |gun| gun.in_line = Some(InLine { line, issue, to }));
        }

        // A gun, and the rounds that go into it or come out.
        Event::GunLoaded { gun, lot, chambers } => rounds::loaded(state, gun, lot, chambers),
        Event::GunLoadedFromHand { gun, lot, chambers, person } => {
            rounds::loaded_from_hand(state, gun, lot, chambers, person);
        }
        Event::GunReloaded { gun, lot, place, chambers, .. } => rounds::reloaded(state, gun, lot, place, chambers),
        Event::GunUnloaded { gun, chambers } => rounds::unloaded(state, gun, chambers, None),
        Event::GunUnloadedToHand { gun, chambers, person } => rounds::unloaded(state, gun, chambers, Some(person)),
        Event::GunEmptied { gun, spent, misfired, unfired, to } => {
            rounds::emptied(state, gun, spent, misfired, unfired, to);
        }
        Event::FeedCheckAnswered { .. }
        | Event::GunFeedLoaded { .. }
        | Event::GunFeedEmptied { .. }
        | Event::GunFeedSwapped { .. } => {
            feed::of_a_feed(state, event);
        }
        Event::RodRun { .. }
        | Event::GunPrimed { .. }
        | Event::BarrelCheckAnswered { .. }
        | Event::GunBarrelsEmptied { .. } => barrel::of_barrels(state, event),
        Event::BlankTested { gun, lot, rounds, stand_off_centimetres } => {
            rounds::tested(state, gun, lot, rounds, stand_off_centimetres);
        }

        // One lot.
        Event::LotRegistered { lot, kind, inert_at_head, rounds } => {
            state.lots.insert(lot, Lot::of(kind, inert_at_head, rounds));
            unit::lot_came(state, lot, Unit::FIRST);
        }
        Event::LotReceived { .. }
        | Event::LotTakenOut { .. }
        | Event::LotPutAway { .. }
        | Event::LotReboxed { .. }
        | Event::RoundsDrawn { .. }
        | Event::RoundsPutBack { .. }
        | Event::RoundsStowed { .. }
        | Event::RoundsGathered { .. }
        | Event::CountBegun { .. }
        | Event::CountAnswered { .. }
        | Event::CountsDiffered { .. }
        | Event::CountAgreed { .. }
        | Event::LotVerified { .. }
        | Event::LotHeld { .. }
        | Event::RoundsFound { .. }
        | Event::BrassMissed { .. }
        | Event::CountGivenUp { .. }
        | Event::CountOpened { .. }
        | Event::LossDeclared { .. }
        | Event::BrassLost { .. }
        | Event::LotReturned { .. }
        | Event::LotSignedFor { .. } => rounds::of_a_lot(state, event),

        // The scene.
        Event::ScenePlanned { scene, day, blanks } => {
            state.scenes.insert(scene, Scene { day, blanks });
        }
        Event::BeltSealed { .. }
        | Event::SealSeen { .. }
        | Event::SealBroken { .. }
        | Event::ReloadDeclared { .. }
        | Event::SceneOpened { .. }
        | Event::SceneClosed { .. }
        | Event::MeetingHeld { .. }
        | Event::MeetingAttended { .. }
        | Event::LineBegun { .. }
        | Event::MusterAnswered { .. }
        | Event::MustersDiffered { .. }
        | Event::LineMustered { .. }
        | Event::MusterOpened { .. }
        | Event::TransferDeclared { .. }
        | Event::PresetDeclared { .. } => scene::of_the_scene(state, event),

        // The shot.
        Event::ShotPlanned { .. }
        | Event::GunPlanned { .. }
        | Event::PersonPlaced { .. }
        | Event::PersonLeftOut { .. }
        | Event::PersonTold { .. }
        | Event::ShotRefused { .. }
        | Event::MuzzleApproved { .. }
        | Event::StandOffMeasured { .. }
        | Event::BarrierSet { .. }
        | Event::ProtectionEntered { .. }
        | Event::ShotReadyCalled { .. }
        | Event::ShotChanged { .. }
        | Event::TakeBegun { .. }
        | Event::TakeEnded { .. } => shot::of_a_shot(state, event),
    }
}

fn with<S: Scope>(state: &mut State<S>, gun: S::Gun, change: impl FnOnce(&mut Gun<S>)) {
    if let Some(gun) = state.guns.get_mut(&gun) {
        change(gun);
    }
}

fn put_away<S: Scope>(state: &mut State<S>, gun: S::Gun, place: S::Place, at: S::Time) {
    let at_range = state.is_on_a_range(place);
    with(state, gun, |gun| {
        gun.put_away(place, at);
        gun.at_range = at_range;
    });
}

/// What is granted is open no more; what is refused stands on the list of the day.
fn request_answered<S: Scope>(state: &mut State<S>, request: S::Act, granted: bool, by: S::Person) {
    if granted {
        state.requests.remove(&request);
    } else if let Some(request) = state.requests.get_mut(&request) {
        request.refused_by = Some(by);
    }
}

fn open_day<S: Scope>(state: &mut State<S>, day: Day, at: S::Time) {
    state.day = Some(day);
    state.day_since = Some(at);
    state.wrapped = None;
    for person in state.people.values_mut() {
        person.days.retain(|of, _| *of >= day);
        person.duties.retain(|_, duty| duty.until > at);
        person.out_since = None;
        person.guard = false;
    }
    state.requests.retain(|_, request| request.refused_by.is_none());
    state.meetings.clear();
    state.present.clear();
    state.units.people.clear();
    shot::day_began(state);
    for unit in unit::all(state) {
        scene::closed(state, unit);
        break_began(state, unit, Doubt::NewDay, at);
    }
}

/// What was found clear was found so by other limits.
fn adopted<S: Scope>(state: &mut State<S>, adoption: Adoption<S>) {
    state.adopted = Some(adoption);
    state.guns.values_mut().for_each(|gun| gun.line_clear = None);
    shot::no_shot_is_ready(state);
}

/// Everything of the unit is shown, counted and looked at anew.
fn break_began<S: Scope>(state: &mut State<S>, unit: Unit, why: Doubt, at: S::Time) {
    shot::everybody_moved(state, unit);
    let units = &state.units;
    let guns = state.guns.iter_mut().filter(|(gun, _)| units.of_gun(**gun) == unit);
    guns.for_each(|(_, gun)| gun.void(why, at));
    let lots = state.lots.iter_mut().filter(|(lot, _)| units.of_lot(**lot) == unit);
    lots.for_each(|(_, lot)| lot.counted = false);
    let places = state.places.iter_mut().filter(|(place, _)| units.of_place(**place) == unit);
    places.for_each(|(_, place)| place.seal_seen = false);
    rounds::left_out(state, unit);
}

fn void_all<S: Scope>(state: &mut State<S>, why: Doubt, at: S::Time) {
    state.guns.values_mut().for_each(|gun| gun.void(why, at));
}

fn stop_pulled<S: Scope>(state: &mut State<S>, act: S::Act, stop: Stop<S>) {
    rounds::seen_where_none_should_be(state, &stop);
    state.stops.insert(act, stop);
    void_all(state, Doubt::Stopped, stop.since);
    unit::all(state).into_iter().for_each(|unit| shot::everybody_moved(state, unit));
    state.guns.values_mut().for_each(|gun| gun.differed = false);
    state.lots.values_mut().for_each(|lot| lot.differed = false);
}

fn person_left<S: Scope>(state: &mut State<S>, person: S::Person, at: S::Time) {
    if let Some(entry) = state.people.get_mut(&person) {
        entry.out_since = Some(at);
    }
    let theirs = state.guns.values_mut().filter(|gun| gun.handler() == Some(person));
    theirs.for_each(|gun| gun.void(Doubt::HandlerLeft, at));
    rounds::handler_left(state, person);
    shot::person_moved(state, person);
}

/// Nobody saw what happened to what lay there.
fn left_unattended<S: Scope>(state: &mut State<S>, place: S::Place, at: S::Time) {
    let there = |gun: &&mut Gun<S>| matches!(gun.custody, Custody::In { place: of, .. } if of == place);
    state.guns.values_mut().filter(there).for_each(|gun| gun.void(Doubt::OutOfSight, at));
    rounds::left_alone(state, place);
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
            calibre: None,
            primed: Chambers::NONE,
            fired: Fired::default(),
            misfired_at: None,
            bore_due: false,
            faulty_since: None,
            on_set: false,
            played: false,
            in_take: None,
            line_clear: None,
            in_line: None,
            answered_for: None,
            at_range: false,
            inquired: false,
        }
    }

    fn with(&mut self, person: S::Person, handler: Option<S::Person>, since: S::Time) {
        self.goes_to(Custody::With { person, since, handler });
    }

    fn goes_to(&mut self, custody: Custody<S>) {
        self.custody = custody;
        self.answered_for = self.handler().or(self.answered_for);
    }

    /// In the hands of one who uses it before the camera, while another answers for it.
    fn played_by(&mut self, person: S::Person, handler: S::Person, at: S::Time) {
        self.with(person, Some(handler), at);
        self.played = person != handler;
        // Of the take that is over it was not.
        self.in_take = self.in_take.filter(|it| self.played && it.cut.is_none());
    }

    /// Out of its place it starts anew: earlier doubts have no more to say than this one.
    fn taken_out(&mut self, person: S::Person, at: S::Time) {
        self.with(person, Some(person), at);
        self.showing = ShowingState::Void(Doubts::one(Doubt::NeverShown, at));
        self.bore = None;
        self.identity = None;
    }

    fn put_away(&mut self, place: S::Place, at: S::Time) {
        self.custody = Custody::In { place, since: at };
        self.off_set();
    }

    fn returned(&mut self, vendor: S::Person, at: S::Time) {
        self.custody = Custody::Returned { vendor, since: at, signed_by: None };
        self.identity = None;
        self.at_range = false;
        self.off_set();
    }

    const fn signed_for(&mut self, by: S::Person) {
        if let Custody::Returned { signed_by, .. } = &mut self.custody {
            *signed_by = Some(by);
        }
    }

    const fn played_no_more(&mut self) {
        self.played = false;
        self.in_take = None;
    }

    fn off_set(&mut self) {
        self.on_set = false;
        self.played_no_more();
        self.line_clear = None;
        self.in_line = None;
    }

    /// Whoever moved people, camera or place may have moved a copy as well.
    fn line_changed(&mut self) {
        self.line_clear = None;
        self.identity = None;
    }

    fn taken_back(&mut self, person: S::Person, at: S::Time) {
        self.with(person, Some(person), at);
        self.in_line = None;
    }

    /// What was in it is out, and with it what was fired of it.
    fn has_nothing_in_it(&mut self) {
        self.loading = None;
        self.inquired = false;
        self.primed = Chambers::NONE;
        self.fired = Fired::default();
        self.misfired_at = None;
    }

    fn bore_looked(&mut self, look: S::Act, light: Light) {
        self.bore = (light == Light::Seen).then_some(BoreLook { act: look, used: false });
        if light == Light::Seen {
            self.bore_due = false;
        }
    }

    fn fired(&mut self, shots: u8, misfires: u8, at: S::Time) {
        // Of a gun that is empty by the record nothing is kept: no round of a later loading was struck.
        if self.loading.is_some() {
            self.fired.shots = self.fired.shots.saturating_add(shots);
            self.fired.misfires = self.fired.misfires.saturating_add(misfires);
        }
        // A thing without action has no bore that anybody could look through.
        self.bore_due |= shots > 0 && self.action.can_be_checked();
        let nothing = shots == 0 && misfires == 0;
        if let Some(take) = &mut self.in_take {
            take.entered |= shots > 0 || nothing;
        } else if matches!(self.custody, Custody::With { person, handler, .. } if handler == Some(person)) {
            // On a range there are no takes: what is entered after the gun came back is entered once.
            self.played = false;
        }
        if misfires > 0 {
            self.misfired_at = self.misfired_at.max(Some(at));
        }
    }

    /// Whoever mended it had it open: what was seen of its bore before says nothing any more.
    fn fault_cleared(&mut self) {
        self.faulty_since = None;
        self.bore = None;
    }

    /// Around a handover: nobody saw whether it is still the copy that was matched.
    fn around(&mut self, custody: Custody<S>) {
        self.goes_to(custody);
        self.identity = None;
        self.played_no_more();
    }

    fn taken(&mut self, person: S::Person, handler: S::Person, look: Look, at: S::Time) {
        self.played_by(person, handler, at);
        if look == Look::Looked {
            self.looked_last(LastLook::Receiver);
        }
    }

    fn looked_last(&mut self, look: LastLook<S>) {
        if let ShowingState::Shown(showing) = &mut self.showing {
            showing.last_look = Some(look);
        }
    }

    /// Rounds went into chambers. A reload before the camera rests on no look of its own, but on that of the loading before
    /// it.
    fn loaded_from(&mut self, lot: S::Lot, chambers: Chambers) {
        let (before, feed) = (self.loaded(), self.loading.map_or(0, |loading| loading.feed));
        let looked = self.bore.filter(|look| !look.used).map(|look| look.act);
        let bore = looked.or(self.loading.and_then(|loading| loading.bore));
        self.loading = Some(Loading { lot, chambers: chambers.or(before), feed, bore });
        self.line_clear = None;
        if let Some(look) = &mut self.bore {
            look.used = true;
        }
    }

    /// Rounds came out of chambers; gives the lot that they are of.
    fn unloaded(&mut self, chambers: Chambers) -> Option<S::Lot> {
        self.primed = self.primed.minus(chambers);
        let loading = self.loading?;
        let left = loading.chambers.minus(chambers);
        let some_left = !left.is_empty() || loading.feed > 0;
        self.loading = some_left.then_some(Loading { chambers: left, ..loading });
        self.inquired &= some_left;
        Some(loading.lot)
    }

    /// All came out of it that is in it. What an inquiry did not find is nowhere any more, by the record as well.
    fn is_emptied(&mut self) {
        self.fired = Fired::default();
        self.misfired_at = None;
        if self.inquired {
            self.has_nothing_in_it();
        }
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
        self.in_line = None;
        if let ShowingState::BeingChecked(check) = &mut self.showing {
            let again = Check { device: check.device, ..Check::new(check.act, check.checker, check.witness, at, true) };
            *check = again;
        }
    }

    fn shown(&mut self, at: S::Time) {
        self.differed = false;
        self.inquired = false;
        self.played_no_more();
        if let ShowingState::BeingChecked(check) = self.showing {
            let barrels = check.checker_answer.and_then(|answer| answer.barrels);
            // A cap that both saw gone is gone by the record as well: the next one that is seen was put on by nobody.
            self.primed = barrels.map_or(self.primed, |it| self.primed.and(it.primed()));
            self.showing = ShowingState::Shown(Showing {
                check: check.act,
                readings: check.checker_answer.map_or_else(Default::default, |answer| answer.readings),
                feed: check.checker_answer.and_then(|answer| answer.feed),
                barrels,
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
        self.line_clear = None;
        // A reload before the camera leaves it in the performer's hands; a handler loads in his own.
        let in_play = matches!(self.custody, Custody::With { person, handler, .. } if handler != Some(person));
        if !(matches!(why, Doubt::Faulty | Doubt::Fired | Doubt::ChangedHands) || (why == Doubt::Loaded && in_play)) {
            self.played_no_more();
        }
        if why.takes_the_match_back() {
            self.identity = None;
        }
    }
}
