//! The judgement: every rule that is not met, each with its remedy.

mod barrel;
mod count;
mod custody;
mod erasure;
mod exhibit;
mod fault;
mod feed;
mod firing;
mod handover;
mod late;
mod line;
mod loading;
mod open;
mod pack;
mod range;
mod register;
mod report;
mod request;
mod returned;
mod rounds;
mod scene;
mod shot;
mod showing;
mod stop;
mod swap;
mod training;
mod transfer;
mod transit;
mod unit;
mod vendor;

use crate::event::Event;
use crate::feed::Seen;
use crate::gun::{Custody, Gun, ShowingState};
use crate::intent::{Context, Intent, IntentKind, Proven};
use crate::people::{Role, Roles};
use crate::reason::{Code, Reason, Thing};
use crate::rule::{Rule, Rules};
use crate::scope::{Moment, Scope};
use crate::state::State;

use barrel::Charges;
use feed::CameOut;
use rounds::Delivery;
use shot::Planned;
use swap::Swap;

pub use fault::does_not_work;
pub use shot::missing_for_shot_ready;

/// The answer to an intent.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Verdict<S: Scope> {
    /// Whether the ask is granted, or the report recorded.
    pub accepted: bool,
    /// Every rule that is not met, sorted by code. Of what is accepted: the breaches it names.
    pub reasons: Vec<Reason<S>>,
    /// What happened by it. A refused ask can still carry a stop or a voiding, never the act.
    pub events: Vec<Event<S>>,
}

/// Judges an intent. It changes nothing: the caller applies the events with [`crate::evolve`].
#[must_use]
pub fn decide<S: Scope>(rules: &Rules, state: &State<S>, intent: &Intent<S>, context: &Context<S>) -> Verdict<S> {
    let mut judge = Judge {
        rules,
        state,
        context,
        refusals: Vec::new(),
        breaches: Vec::new(),
        acts: Vec::new(),
        carried: Vec::new(),
    };
    judge.person(intent);
    if intent.kind() == IntentKind::Ask && !only_lowers(intent) {
        judge.clock();
    }
    judge.matter(intent);
    judge.what_is_older_moves_nothing(intent);
    judge.verdict()
}

/// Asks that can only bring a gun nearer to being locked away do not wait for a clock; what they would move was there
/// when they were made, or they move nothing.
const fn only_lowers<S: Scope>(intent: &Intent<S>) -> bool {
    matches!(
        intent,
        Intent::TakeBack { .. }
            | Intent::PutAway { .. }
            | Intent::WithdrawOffer { .. }
            | Intent::RefuseOffer { .. }
            | Intent::GiveUpCheck { .. }
            | Intent::CallOffSet { .. }
            | Intent::PutAwayLot { .. }
            | Intent::GiveUpCount { .. }
    )
}

/// The most reasons of one answer. What is open has as many as there are guns and boxes, and an entry
/// has an end; the whole list is [`crate::open_items`].
const MOST_REASONS: usize = 64;

/// The first of each code stays, however many there are of another.
fn no_more_than_an_entry_holds<S: Scope>(reasons: Vec<Reason<S>>) -> Vec<Reason<S>> {
    if reasons.len() <= MOST_REASONS {
        return reasons;
    }
    let codes = reasons.chunk_by(|one, other| one.code == other.code);
    let mut spare = MOST_REASONS.saturating_sub(codes.clone().count());
    let kept = codes.flat_map(|alike| {
        let others = alike.len().saturating_sub(1).min(spare);
        spare = spare.saturating_sub(others);
        alike.iter().copied().take(others.saturating_add(1))
    });
    kept.collect()
}

/// One judgement under way.
struct Judge<'a, S: Scope> {
    rules: &'a Rules,
    state: &'a State<S>,
    context: &'a Context<S>,
    /// Why it is refused.
    refusals: Vec<Reason<S>>,
    /// What a report breaches; it is recorded all the same.
    breaches: Vec<Reason<S>>,
    /// What happens if it is accepted.
    acts: Vec<Event<S>>,
    /// What happens even if it is refused: stops and voidings.
    carried: Vec<Event<S>>,
}

impl<S: Scope> Judge<'_, S> {
    fn verdict(self) -> Verdict<S> {
        let accepted = self.refusals.is_empty();
        let mut reasons = self.refusals;
        reasons.extend(self.breaches);
        reasons.sort_by_key(|reason| reason.code);
        reasons.dedup();
        let reasons = no_more_than_an_entry_holds(reasons);
        let mut events = if accepted { self.acts } else { Vec::new() };
        events.extend(self.carried);
        Verdict { accepted, reasons, events }
    }

    fn refuse(&mut self, reason: Reason<S>) {
        if self.rules.hold(reason.code.rule()) {
            self.refusals.push(reason);
        }
    }

    fn refuse_if(&mut self, unmet: bool, code: Code) {
        if unmet {
            self.refuse(Reason::new(code));
        }
    }

    fn breach(&mut self, reason: Reason<S>) {
        if self.rules.hold(reason.code.rule()) {
            self.breaches.push(reason);
        }
    }

    fn act(&mut self, event: Event<S>) {
        self.acts.push(event);
    }

    /// An event that is the whole content of a rule: without the rule it does not happen.
    fn act_by(&mut self, rule: Rule, event: Event<S>) {
        if self.rules.hold(rule) {
            self.acts.push(event);
        }
    }

    fn carry_by(&mut self, rule: Rule, event: Event<S>) {
        if self.rules.hold(rule) {
            self.carried.push(event);
        }
    }

    const fn now(&self) -> S::Time {
        self.context.decided_at
    }

    fn by(&self) -> Option<S::Person> {
        self.context.by
    }

    fn my_roles(&self) -> Roles {
        self.by().map_or(Roles::NONE, |by| self.state.roles(by))
    }

    // What is on the register.

    fn known(&mut self, is_known: bool, what: Thing) {
        if !is_known {
            self.refuse(Reason::new(Code::RegisterUnknown).what(what));
        }
    }

    fn gun(&mut self, gun: S::Gun) -> Option<Gun<S>> {
        let found = self.state.guns.get(&gun).copied();
        self.known(found.is_some(), Thing::Gun);
        found
    }

    fn known_person(&mut self, person: S::Person) {
        self.known(self.state.people.contains_key(&person), Thing::Person);
    }

    // Who stands behind it, and when.

    /// A stop needs neither person nor device; an enrolment brings a code; all else is signed on an
    /// enrolled device by a person who was proven.
    fn person(&mut self, intent: &Intent<S>) {
        if matches!(intent, Intent::Stop { .. }) {
            return;
        }
        if let Some(by) = self.by() {
            self.known_person(by);
        } else {
            self.refuse(Reason::new(Code::PersonNotProven));
        }
        if matches!(intent, Intent::EnrolDevice { .. }) {
            self.refuse_if(self.context.proven != Proven::Code, Code::PersonNotProven);
            return;
        }
        let device = self.context.device.and_then(|device| self.state.devices.get(&device));
        match device {
            None => self.refuse(Reason::new(Code::DeviceNotEnrolled)),
            Some(device) if device.revoked => self.refuse(Reason::new(Code::DeviceRevoked)),
            Some(device) => {
                let proven = match self.context.proven {
                    Proven::OwnDevicePin => Some(device.owner) == self.by(),
                    Proven::OtherDevicePin => true,
                    Proven::Code | Proven::Nobody => false,
                };
                self.refuse_if(!proven, Code::PersonNotProven);
            }
        }
    }

    fn clock(&mut self) {
        let tolerance = self.rules.limits().ask_tolerance;
        let (decided, claimed) = (self.context.decided_at, self.context.claimed_at);
        self.refuse_if(claimed.later_by(tolerance) < decided, Code::ClockAskLate);
        self.refuse_if(decided.later_by(tolerance) < claimed, Code::ClockAhead);
    }

    // Conditions that several acts share.

    fn not_held(&mut self) {
        self.held_by(self.state.held_in(self.my_unit()));
    }

    fn not_wrapped(&mut self) {
        if let Some(since) = self.state.wrapped {
            self.refuse(Reason::new(Code::DayWrapped).at(since));
        }
    }

    /// Something goes out by it: nothing is held, the day is not wrapped, and whoever does it does
    /// nothing else at this hour.
    fn may_issue(&mut self) {
        self.not_held();
        self.not_wrapped();
        self.no_other_duty();
    }

    fn day_open(&mut self) {
        self.refuse_if(self.state.day.is_none(), Code::DayNotOpen);
    }

    /// The one who asks is a handler today, and no first AD.
    fn is_handler(&mut self, code: Code) {
        let roles = self.my_roles();
        self.day_open();
        if roles.has(Role::FirstAd) {
            self.refuse(Reason::new(Code::HandoverFirstAd));
        }
        self.refuse_if(!roles.handles(), code);
    }

    /// As a handler, but for whoever answers for the gun or the box already: what went out by him he takes back and locks
    /// away, though a new day has begun for which nobody entered him.
    fn is_handler_or_answers_for(&mut self, answers: Option<S::Person>, code: Code) {
        let is_he = answers.is_some() && answers == self.by();
        if !is_he || self.my_roles().has(Role::FirstAd) {
            self.is_handler(code);
        }
    }

    /// Whoever is out takes nothing, checks nothing, looks at nothing and counts nothing.
    fn in_the_room(&mut self, person: Option<S::Person>) {
        let Some(person) = person else { return };
        if let Some(since) = self.state.out_since(person) {
            self.refuse(Reason::new(Code::HandlerOutOfRoom).who(person).at(since));
        }
    }

    /// The one who asks has the gun in his hands.
    fn holds(&mut self, gun: &Gun<S>) {
        let reason = match gun.custody {
            Custody::With { person, .. } if Some(person) == self.by() => return,
            Custody::With { person, since, .. } => Reason::new(Code::CustodyHeldByAnother).who(person).at(since),
            Custody::Offered { since, .. } => Reason::new(Code::CustodyInHandover).at(since),
            Custody::Preset { handler, since, .. } => Reason::new(Code::CustodyHeldByAnother).who(handler).at(since),
            Custody::In { since, .. } => Reason::new(Code::CustodyLockedAway).at(since),
            Custody::Missing { since } => Reason::new(Code::CustodyGone).at(since),
            Custody::Returned { vendor, since, .. } => Reason::new(Code::CustodyReturned).who(vendor).at(since),
        };
        self.refuse(reason);
    }

    fn not_being_checked(&mut self, gun: &Gun<S>) {
        if let ShowingState::BeingChecked(check) = gun.showing {
            let code = if check.again { Code::ShowingAnswersDiffer } else { Code::ShowingBeingChecked };
            self.refuse(Reason::new(code).at(check.since));
        }
    }

    /// Whom an inquiry would be about: the two who look at the gun where it is being checked, else
    /// its holder and the handler who answers for it, or who did last.
    fn concerned(&self, gun: S::Gun) -> [Option<S::Person>; 2] {
        let Some(gun) = self.state.guns.get(&gun) else { return [None, None] };
        if let ShowingState::BeingChecked(check) = gun.showing {
            return [Some(check.checker), Some(check.witness)];
        }
        let holder = match gun.custody {
            Custody::With { person, .. } => Some(person),
            Custody::Offered { to, .. } => Some(to),
            Custody::In { .. } | Custody::Preset { .. } | Custody::Missing { .. } | Custody::Returned { .. } => None,
        };
        [holder, gun.handler().or(gun.answered_for).filter(|handler| Some(*handler) != holder)]
    }

    // Dispatch.

    #[allow(clippy::too_many_lines, reason = "one arm a kind of intent, and nothing else")]
    fn matter(&mut self, intent: &Intent<S>) {
        match *intent {
            Intent::AddPerson { person } => self.add_person(person),
            Intent::AssignRoles { person, day, roles, answers_to } => self.assign_roles(person, day, roles, answers_to),
            Intent::OpenDay { day } => self.open_day(day),
            Intent::AdoptPacks { packs, choices } => self.adopt_packs(packs, choices),
            Intent::InviteDevice { person } => self.invite_device(person),
            Intent::EnrolDevice { invitation, device } => self.enrol_device(invitation, device),
            Intent::RevokeDevice { device } => self.revoke_device(device),
            Intent::RegisterPlace { place, kind, locks, for_guns } => self.register_place(place, kind, locks, for_guns),
            Intent::RegisterGun { gun, kind, action, chambers, place } => {
                self.register_gun(gun, kind, action, chambers, place);
            }
            Intent::RegisterLot { lot, kind, inert_at_head, rounds } => {
                self.register_lot(lot, kind, inert_at_head, rounds);
            }
            Intent::TakeOut { gun } => self.take_out(gun),
            Intent::PutAway { gun, place } => self.put_away(gun, place),
            Intent::TakeBack { gun } => self.take_back(gun),
            Intent::Offer { gun, to } => self.offer(gun, to),
            Intent::WithdrawOffer { gun, offer } => self.withdraw_offer(gun, offer),
            Intent::Take { gun, offer, look } => self.take(gun, offer, look),
            Intent::RefuseOffer { gun, offer } => self.refuse_offer(gun, offer),
            Intent::LookLast { gun, offer, readings } => self.look_last(gun, offer, &Seen::in_chambers(readings)),
            Intent::LookThroughBore { gun, light } => self.look_through_bore(gun, light),
            Intent::Load { gun, lot, chambers } => self.load(gun, lot, chambers),
            Intent::Unload { gun, chambers } => self.unload(gun, chambers),
            Intent::BeginCheck { gun, witness } => self.begin_check(gun, witness),
            Intent::AnswerCheck { gun, check, readings } => {
                self.answer_check(gun, check, &Seen::in_chambers(readings));
            }
            Intent::GiveUpCheck { gun, check } => self.give_up_check(gun, check),
            Intent::MatchIdentity { gun } => self.match_identity(gun),
            Intent::PointTowardPeople { gun } => self.point_toward_people(gun),
            Intent::ReportHave { gun } => self.report_have(gun),
            Intent::ReportGone { gun } => self.report_gone(gun),
            Intent::ReportToldOfLoss { gun, notified } => self.report_told_of_loss(gun, notified),
            Intent::ReportOutOfSight { gun } => self.report_out_of_sight(gun),
            Intent::ReportDoubt { gun } | Intent::ReportDispute { gun } => self.report_doubt(gun),
            Intent::ReportFault { gun } => self.report_fault(gun),
            Intent::ClearFault { gun } => self.clear_fault(gun),
            Intent::ReportMuzzle { gun } => self.report_muzzle(gun),
            Intent::ReportDischarge { gun } => self.report_discharge(gun),
            Intent::ReportRoundFound { round } => self.report_round_found(round),
            Intent::ReportLeft { person } => self.report_left(person),
            Intent::ReportReturned { person } => self.report_returned(person),
            Intent::ReportBreak => self.report_break(),
            Intent::ReceiveLot { lot, kind, load, calibre, source, rounds, inert_at_head, uniform, place } => {
                let came = Delivery { kind, load, calibre, source, rounds, inert_at_head, uniform, place };
                self.receive_lot(lot, &came);
            }
            Intent::EnterCalibre { gun, calibre } => self.enter_calibre(gun, calibre),
            Intent::RosterDuty { person, role, from, until } => self.roster_duty(person, role, from, until),
            Intent::Require { what, required } => self.require(what, required),
            Intent::EnterTraining { person, action, passed } => self.enter_training(person, action, passed),
            Intent::EnterCourse { person, until } => self.enter_course(person, until),
            Intent::EnterPermit { person, held, until } => self.enter_permit(person, held, until),
            Intent::EnterAuthority { person, given } => self.enter_authority(person, given),
            Intent::NameContact { person } => self.name_contact(person),
            Intent::ReportPoliceTold { scene } => self.report_police_told(scene),
            Intent::ReportSafetyRequest { kind } => self.report_safety_request(kind),
            Intent::AnswerRequest { request, granted } => self.answer_request(request, granted),
            Intent::DeclareGuard { person, outside } => self.declare_guard(person, outside),
            Intent::ReportGuardInside { person } => self.report_guard_inside(person),
            Intent::PlanScene { scene, day, blanks } => self.plan_scene(scene, day, blanks),
            Intent::TakeOutLot { lot } => self.take_out_lot(lot),
            Intent::PutAwayLot { lot, place } => self.put_away_lot(lot, place),
            Intent::ReBox { lot, from, rounds } => self.re_box(lot, from, rounds),
            Intent::Draw { lot, rounds } => self.draw(lot, rounds),
            Intent::PutBack { lot, rounds } => self.put_back(lot, rounds),
            Intent::Stow { lot, place, rounds } => self.stow(lot, place, rounds),
            Intent::Gather { lot, place, rounds } => self.gather(lot, place, rounds),
            Intent::SealBelt { place, seal } => self.seal_belt(place, seal),
            Intent::SeeSeal { place, seal } => self.see_seal(place, seal),
            Intent::DeclareReload { place } => self.declare_reload(place),
            Intent::BeginCount { lot, occasion, witness } => self.begin_count(lot, occasion, witness),
            Intent::AnswerCount { lot, count, tally, method, seal } => {
                self.answer_count(lot, count, &tally, method, seal);
            }
            Intent::GiveUpCount { lot, count } => self.give_up_count(lot, count),
            Intent::DeclareLost { lot, brass, place } => self.declare_lost(lot, brass, place),
            Intent::TestBlank { gun, lot, rounds, stand_off_centimetres } => {
                self.test_blank(gun, lot, rounds, stand_off_centimetres);
            }
            Intent::ClearLine { gun, nearest_centimetres } => self.clear_line(gun, nearest_centimetres),
            Intent::EmptyGun { gun, spent, misfired, unfired } => self.empty_gun(gun, spent, misfired, unfired),
            Intent::OpenScene { scene, place } => self.open_scene(scene, place),
            Intent::CloseScene => self.close_scene(),
            Intent::CloseForLunch => self.close_for_lunch(),
            Intent::Wrap => self.wrap(),
            Intent::HoldMeeting { scene, place, topics } => self.hold_meeting(scene, place, topics),
            Intent::AttendMeeting { meeting, person } => self.attend_meeting(meeting, person),
            Intent::CallToSet { gun } => self.call_to_set(gun),
            Intent::CallOffSet { gun } => self.call_off_set(gun),
            Intent::BeginLine { witness } => self.begin_line(witness),
            Intent::IssueInLine { gun, line, to, readings } => {
                self.issue_in_line(gun, line, to, &Seen::in_chambers(readings));
            }
            Intent::ConfirmInLine { gun, issue, to, readings } => {
                self.confirm_in_line(gun, issue, to, &Seen::in_chambers(readings));
            }
            Intent::AnswerFeedCheck { gun, check, readings, feed } => {
                self.answer_check(gun, check, &Seen::with_feed(readings, feed));
            }
            Intent::LookLastFeed { gun, offer, readings, feed } => {
                self.look_last(gun, offer, &Seen::with_feed(readings, feed));
            }
            Intent::LoadFeed { gun, lot, chambers, rounds } => self.load_feed(gun, lot, chambers, rounds),
            Intent::EmptyFeed { gun, spent, misfired, chambers, rounds } => {
                self.empty_feed(gun, &CameOut { spent, misfired, chambers, rounds });
            }
            Intent::IssueFeedInLine { gun, line, to, readings, feed } => {
                self.issue_in_line(gun, line, to, &Seen::with_feed(readings, feed));
            }
            Intent::ConfirmFeedInLine { gun, issue, to, readings, feed } => {
                self.confirm_in_line(gun, issue, to, &Seen::with_feed(readings, feed));
            }
            Intent::RunRod { gun, rod } => self.run_rod(gun, rod),
            Intent::Prime { gun, barrels } => self.prime(gun, barrels),
            Intent::AnswerBarrelCheck { gun, check, rods } => {
                self.answer_check(gun, check, &Seen::in_barrels(rods));
            }
            Intent::LookLastBarrels { gun, offer, rods } => {
                self.look_last(gun, offer, &Seen::in_barrels(rods));
            }
            Intent::EmptyBarrels { gun, burned, misfired, unfired } => {
                self.empty_barrels(gun, &Charges { burned, misfired, unfired });
            }
            Intent::IssueBarrelsInLine { gun, line, to, rods } => {
                self.issue_in_line(gun, line, to, &Seen::in_barrels(rods));
            }
            Intent::ConfirmBarrelsInLine { gun, issue, to, rods } => {
                self.confirm_in_line(gun, issue, to, &Seen::in_barrels(rods));
            }
            Intent::MusterLine { line, guns } => self.muster_line(line, guns),
            Intent::DeclareTransfer { gun, to } => self.declare_transfer(gun, to),
            Intent::DeclarePreset { gun, place } => self.declare_preset(gun, place),
            Intent::LayPreset { gun, place } => self.lay_preset(gun, place),
            Intent::ReportFired { gun, shots, misfires } => self.report_fired(gun, shots, misfires),
            Intent::ReportLineChanged { gun } => self.report_line_changed(gun),
            Intent::ReportReloaded { gun, lot, place, chambers } => self.report_reloaded(gun, lot, place, chambers),
            Intent::ReportSealBroken { place } => self.report_seal_broken(place),
            Intent::ReportRoundFoundIn { place, round } => self.report_round_found_in(place, round),
            Intent::PlanShot { scene } => self.plan_shot(scene),
            Intent::PlanGun {
                gun,
                shot,
                holds,
                load,
                rounds,
                toward,
                stand_off_millimetres,
                barrier,
                copy_will_not_do,
            } => {
                let plan = Planned { holds, load, rounds, toward, stand_off_millimetres, barrier, copy_will_not_do };
                self.plan_gun(shot, gun, &plan);
            }
            Intent::PlacePerson { person, shot, gun, distance_millimetres } => {
                self.place_person(shot, gun, person, distance_millimetres);
            }
            Intent::LeavePersonOut { person, shot } => self.leave_person_out(shot, person),
            Intent::TellPerson { person, shot } => self.tell_person(shot, person),
            Intent::ReportRefusedShot { person, shot } => self.report_refused_shot(shot, person),
            Intent::ApproveMuzzle { gun, shot } => self.approve_muzzle(shot, gun),
            Intent::MeasureStandOff { gun, shot, nearest_millimetres } => {
                self.measure_stand_off(shot, gun, nearest_millimetres);
            }
            Intent::SetBarrier { gun, shot } => self.set_barrier(shot, gun),
            Intent::EnterProtection { gun, shot } => self.enter_protection(shot, gun),
            Intent::CallShotReady { shot } => self.call_shot_ready(shot),
            Intent::BeginTake { shot } => self.begin_take(shot),
            Intent::ReportCut => self.report_cut(),
            Intent::ReportShotChanged { shot, change } => self.report_shot_changed(shot, change),
            Intent::Stop { cause } => self.stop(cause),
            Intent::ReportPersonalWeapon { whose } => self.report_personal_weapon(whose),
            Intent::ReturnToVendor { gun, vendor } => self.return_to_vendor(gun, vendor),
            Intent::ReceiveFromVendor { gun, vendor, place } => self.receive_from_vendor(gun, vendor, place),
            Intent::BeginTransit { place } => self.begin_transit(place),
            Intent::EndTransit { place } => self.end_transit(place),
            Intent::ReportUnattended { place } => self.report_unattended(place),
            Intent::NameInquiry { stop, inquirer } => self.name_inquiry(stop, inquirer),
            Intent::CloseInquiry { stop } => self.close_inquiry(stop),
            Intent::Erase { intent, what, ground } => self.erase(intent, what, ground),
            Intent::ReportRecordNeeded => self.report_record_needed(),
            Intent::ReleaseRecord { preservation } => self.release_record(preservation),
            Intent::EnterUnit { unit } => self.enter_unit(unit),
            Intent::MovePersonToUnit { person, unit } => self.move_person_to_unit(person, unit),
            Intent::MoveGunToUnit { gun, unit } => self.move_gun_to_unit(gun, unit),
            Intent::MoveLotToUnit { lot, unit } => self.move_lot_to_unit(lot, unit),
            Intent::MovePlaceToUnit { place, unit } => self.move_place_to_unit(place, unit),
            Intent::DeclareRange { exception } => self.declare_range(exception),
            Intent::ConfirmRange { declaration } => self.confirm_range(declaration),
            Intent::ReturnLotToVendor { lot, vendor } => self.return_lot_to_vendor(lot, vendor),
            Intent::SignForGun { gun } => self.sign_for_gun(gun),
            Intent::SignForLot { lot, seal } => self.sign_for_lot(lot, seal),
            Intent::ReportFeedSwapped { gun, lot, place, rounds, came_out, into } => {
                self.report_feed_swapped(gun, &Swap { lot, place, rounds, came_out, into });
            }
            Intent::ReportGunExhibit { gun, stop, guard } => self.report_gun_exhibit(gun, stop, guard),
            Intent::ReportLotExhibit { lot, stop, guard } => self.report_lot_exhibit(lot, stop, guard),
            Intent::ReportRoundsExhibit { gun, stop, witness, saw, guard } => {
                self.report_rounds_exhibit(gun, stop, [witness, guard], &saw);
            }
            Intent::ReportExhibitGiven { exhibit, to } => self.report_exhibit_given(exhibit, to),
            Intent::ReportExhibitTaken { exhibit } => self.report_exhibit_taken(exhibit),
            Intent::ReportExhibitToPolice { exhibit } => self.report_exhibit_to_police(exhibit),
            Intent::ReleaseExhibit { exhibit } => self.release_exhibit(exhibit),
        }
    }
}
