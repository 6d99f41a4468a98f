//! Everything under other ids: a bijection for each kind of id that keeps nothing of their order.

use kernel::{
    Card, Context, Custody, Event, IdentityMatch, Intent, LastLook, Reason, Shown, State, Status, evolve, retell,
};

use crate::stage::Small;

/// For each kind of id an odd factor and an offset.
#[derive(Clone, Copy, Debug)]
pub struct Renaming {
    pub people: (u8, u8),
    pub things: (u8, u8),
    pub acts: (u16, u16),
}

impl Renaming {
    const fn person(&self, id: u8) -> u8 {
        id.wrapping_mul(self.people.0 | 1).wrapping_add(self.people.1)
    }

    /// Devices, places, guns, lots and scenes.
    const fn thing(&self, id: u8) -> u8 {
        id.wrapping_mul(self.things.0 | 1).wrapping_add(self.things.1)
    }

    const fn act(&self, id: u16) -> u16 {
        id.wrapping_mul(self.acts.0 | 1).wrapping_add(self.acts.1)
    }

    fn somebody(&self, id: Option<u8>) -> Option<u8> {
        id.map(|id| self.person(id))
    }

    fn something(&self, id: Option<u8>) -> Option<u8> {
        id.map(|id| self.thing(id))
    }

    /// The same state under the other ids.
    pub fn state(&self, state: &State<Small>) -> State<Small> {
        let mut renamed = State::default();
        retell(state).iter().for_each(|event| evolve(&mut renamed, &self.event(event)));
        renamed
    }

    pub fn context(&self, context: &Context<Small>) -> Context<Small> {
        let (by, device) = (self.somebody(context.by), self.something(context.device));
        Context { act: self.act(context.act), by, device, ..*context }
    }

    pub fn reason(&self, reason: &Reason<Small>) -> Reason<Small> {
        let (gun, lot, place) = (self.something(reason.gun), self.something(reason.lot), self.something(reason.place));
        Reason { who: self.somebody(reason.who), gun, lot, place, ..*reason }
    }

    pub fn custody(&self, custody: Custody<Small>) -> Custody<Small> {
        match custody {
            Custody::In { place, since } => Custody::In { place: self.thing(place), since },
            Custody::With { person, since, handler } => {
                Custody::With { person: self.person(person), since, handler: self.somebody(handler) }
            }
            Custody::Offered { from, to, offer, since } => {
                Custody::Offered { from: self.person(from), to: self.person(to), offer: self.act(offer), since }
            }
            Custody::Preset { place, handler, since } => {
                Custody::Preset { place: self.thing(place), handler: self.person(handler), since }
            }
            Custody::Missing { since } => Custody::Missing { since },
            Custody::Returned { vendor, since, signed_by } => {
                Custody::Returned { vendor: self.person(vendor), since, signed_by: self.somebody(signed_by) }
            }
        }
    }

    fn shown(&self, shown: Shown<Small>) -> Shown<Small> {
        let last_look = shown.last_look.map(|look| match look {
            LastLook::Receiver => LastLook::Receiver,
            LastLook::Witness { witness, offer } => {
                LastLook::Witness { witness: self.person(witness), offer: self.act(offer) }
            }
        });
        Shown { checker: self.person(shown.checker), witness: self.person(shown.witness), last_look, ..shown }
    }

    fn status(&self, status: Status<Small>) -> Status<Small> {
        match status {
            Status::Unknown { .. } => status,
            Status::Empty(shown) => Status::Empty(self.shown(shown)),
            Status::Dummy { count, of, in_feed, shown } => {
                Status::Dummy { count, of, in_feed, shown: self.shown(shown) }
            }
            Status::Blank { count, of, in_feed, primed, lot, stand_off_centimetres, line_clear, shown } => {
                let (lot, shown) = (self.something(lot), self.shown(shown));
                Status::Blank { count, of, in_feed, primed, lot, stand_off_centimetres, line_clear, shown }
            }
            Status::Live { count, of, in_feed, lot, shown } => {
                Status::Live { count, of, in_feed, lot: self.thing(lot), shown: self.shown(shown) }
            }
            Status::BeingChecked { checker, witness, since, again } => {
                Status::BeingChecked { checker: self.person(checker), witness: self.person(witness), since, again }
            }
            Status::InHandover { from, to, since } => {
                Status::InHandover { from: self.person(from), to: self.person(to), since }
            }
            Status::Locked { place, since } => Status::Locked { place: self.thing(place), since },
            Status::Held { cause, since, inquirer } => Status::Held { cause, since, inquirer: self.somebody(inquirer) },
            Status::Copy { kind, matched, again_by } => {
                let matched = matched.map(|it| IdentityMatch { by: self.person(it.by), at: it.at });
                Status::Copy { kind, matched, again_by }
            }
        }
    }

    pub fn card(&self, card: &Card<Small>) -> Card<Small> {
        let (status, custody) = (self.status(card.status), self.custody(card.custody));
        Card { gun: self.thing(card.gun), status, custody }
    }

    /// Every id in an intent, whatever the intent is.
    pub fn intent(&self, intent: &Intent<Small>) -> Intent<Small> {
        let mut intent = *intent;
        self.people_in(&mut intent);
        self.things_in(&mut intent);
        self.acts_in(&mut intent);
        intent
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name no person")]
    fn people_in(&self, intent: &mut Intent<Small>) {
        match intent {
            Intent::AddPerson { person }
            | Intent::InviteDevice { person }
            | Intent::ReportLeft { person }
            | Intent::ReportReturned { person }
            | Intent::Offer { to: person, .. }
            | Intent::BeginCheck { witness: person, .. }
            | Intent::ReceiveLot { source: person, .. }
            | Intent::RosterDuty { person, .. }
            | Intent::EnterTraining { person, .. }
            | Intent::EnterCourse { person, .. }
            | Intent::EnterPermit { person, .. }
            | Intent::EnterAuthority { person, .. }
            | Intent::NameContact { person }
            | Intent::DeclareGuard { person, .. }
            | Intent::ReportGuardInside { person }
            | Intent::ReportPersonalWeapon { whose: Some(person) }
            | Intent::ReturnToVendor { vendor: person, .. }
            | Intent::ReturnLotToVendor { vendor: person, .. }
            | Intent::ReceiveFromVendor { vendor: person, .. }
            | Intent::BeginCount { witness: person, .. }
            | Intent::AttendMeeting { person, .. }
            | Intent::BeginLine { witness: person }
            | Intent::IssueInLine { to: person, .. }
            | Intent::ConfirmInLine { to: person, .. }
            | Intent::IssueFeedInLine { to: person, .. }
            | Intent::ConfirmFeedInLine { to: person, .. }
            | Intent::IssueBarrelsInLine { to: person, .. }
            | Intent::ConfirmBarrelsInLine { to: person, .. }
            | Intent::DeclareTransfer { to: person, .. }
            | Intent::PlacePerson { person, .. }
            | Intent::LeavePersonOut { person, .. }
            | Intent::TellPerson { person, .. }
            | Intent::ReportRefusedShot { person, .. }
            | Intent::MovePersonToUnit { person, .. }
            | Intent::ReportGunExhibit { guard: person, .. }
            | Intent::ReportLotExhibit { guard: person, .. }
            | Intent::ReportExhibitGiven { to: person, .. }
            | Intent::NameInquiry { inquirer: person, .. } => *person = self.person(*person),
            Intent::ReportRoundsExhibit { witness, guard, .. } => {
                (*witness, *guard) = (self.person(*witness), self.person(*guard));
            }
            Intent::AssignRoles { person, answers_to, .. } => {
                *person = self.person(*person);
                *answers_to = self.somebody(*answers_to);
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name no thing")]
    #[allow(clippy::too_many_lines, reason = "one line a kind of intent")]
    fn things_in(&self, intent: &mut Intent<Small>) {
        match intent {
            Intent::EnrolDevice { device: thing, .. }
            | Intent::RevokeDevice { device: thing }
            | Intent::RegisterPlace { place: thing, .. }
            | Intent::RegisterLot { lot: thing, .. }
            | Intent::TakeOut { gun: thing }
            | Intent::Offer { gun: thing, .. }
            | Intent::WithdrawOffer { gun: thing, .. }
            | Intent::Take { gun: thing, .. }
            | Intent::RefuseOffer { gun: thing, .. }
            | Intent::TakeBack { gun: thing }
            | Intent::LookLast { gun: thing, .. }
            | Intent::LookThroughBore { gun: thing, .. }
            | Intent::Unload { gun: thing, .. }
            | Intent::BeginCheck { gun: thing, .. }
            | Intent::AnswerCheck { gun: thing, .. }
            | Intent::GiveUpCheck { gun: thing, .. }
            | Intent::MatchIdentity { gun: thing }
            | Intent::PointTowardPeople { gun: thing }
            | Intent::ReportHave { gun: thing }
            | Intent::ReportGone { gun: thing }
            | Intent::ReportOutOfSight { gun: thing }
            | Intent::ReportDoubt { gun: thing }
            | Intent::ReportFault { gun: thing }
            | Intent::ClearFault { gun: thing }
            | Intent::ReportMuzzle { gun: thing }
            | Intent::ReportDischarge { gun: thing }
            | Intent::EnterCalibre { gun: thing, .. }
            | Intent::PlanScene { scene: thing, .. }
            | Intent::ReportPoliceTold { scene: thing }
            | Intent::TakeOutLot { lot: thing }
            | Intent::Draw { lot: thing, .. }
            | Intent::PutBack { lot: thing, .. }
            | Intent::SealBelt { place: thing, .. }
            | Intent::SeeSeal { place: thing, .. }
            | Intent::DeclareReload { place: thing }
            | Intent::BeginCount { lot: thing, .. }
            | Intent::AnswerCount { lot: thing, .. }
            | Intent::GiveUpCount { lot: thing, .. }
            | Intent::ClearLine { gun: thing, .. }
            | Intent::EmptyGun { gun: thing, .. }
            | Intent::CallToSet { gun: thing }
            | Intent::CallOffSet { gun: thing }
            | Intent::IssueInLine { gun: thing, .. }
            | Intent::ConfirmInLine { gun: thing, .. }
            | Intent::IssueFeedInLine { gun: thing, .. }
            | Intent::ConfirmFeedInLine { gun: thing, .. }
            | Intent::AnswerFeedCheck { gun: thing, .. }
            | Intent::LookLastFeed { gun: thing, .. }
            | Intent::EmptyFeed { gun: thing, .. }
            | Intent::RunRod { gun: thing, .. }
            | Intent::Prime { gun: thing, .. }
            | Intent::AnswerBarrelCheck { gun: thing, .. }
            | Intent::LookLastBarrels { gun: thing, .. }
            | Intent::EmptyBarrels { gun: thing, .. }
            | Intent::IssueBarrelsInLine { gun: thing, .. }
            | Intent::ConfirmBarrelsInLine { gun: thing, .. }
            | Intent::DeclareTransfer { gun: thing, .. }
            | Intent::ReportFired { gun: thing, .. }
            | Intent::ReportLineChanged { gun: thing }
            | Intent::PlanShot { scene: thing }
            | Intent::PlanGun { gun: thing, .. }
            | Intent::PlacePerson { gun: thing, .. }
            | Intent::ApproveMuzzle { gun: thing, .. }
            | Intent::MeasureStandOff { gun: thing, .. }
            | Intent::SetBarrier { gun: thing, .. }
            | Intent::EnterProtection { gun: thing, .. }
            | Intent::ReturnToVendor { gun: thing, .. }
            | Intent::ReturnLotToVendor { lot: thing, .. }
            | Intent::SignForGun { gun: thing }
            | Intent::SignForLot { lot: thing, .. }
            | Intent::ReportGunExhibit { gun: thing, .. }
            | Intent::ReportLotExhibit { lot: thing, .. }
            | Intent::ReportRoundsExhibit { gun: thing, .. }
            | Intent::BeginTransit { place: thing }
            | Intent::EndTransit { place: thing }
            | Intent::ReportUnattended { place: thing }
            | Intent::ReportSealBroken { place: thing }
            | Intent::ReportRoundFoundIn { place: thing, .. }
            | Intent::ReportToldOfLoss { gun: thing, .. }
            | Intent::MoveGunToUnit { gun: thing, .. }
            | Intent::MoveLotToUnit { lot: thing, .. }
            | Intent::MovePlaceToUnit { place: thing, .. }
            | Intent::ReportDispute { gun: thing } => *thing = self.thing(*thing),
            Intent::RegisterGun { gun: one, place: two, .. }
            | Intent::PutAway { gun: one, place: two }
            | Intent::ReceiveFromVendor { gun: one, place: two, .. }
            | Intent::Load { gun: one, lot: two, .. }
            | Intent::LoadFeed { gun: one, lot: two, .. }
            | Intent::ReceiveLot { lot: one, place: two, .. }
            | Intent::PutAwayLot { lot: one, place: two }
            | Intent::ReBox { lot: one, from: two, .. }
            | Intent::Stow { lot: one, place: two, .. }
            | Intent::Gather { lot: one, place: two, .. }
            | Intent::DeclareLost { lot: one, place: two, .. }
            | Intent::TestBlank { gun: one, lot: two, .. }
            | Intent::OpenScene { scene: one, place: two }
            | Intent::HoldMeeting { scene: one, place: two, .. }
            | Intent::DeclarePreset { gun: one, place: two }
            | Intent::LayPreset { gun: one, place: two } => (*one, *two) = (self.thing(*one), self.thing(*two)),
            Intent::ReportFeedSwapped { gun, lot, place, into, .. } => {
                (*gun, *lot) = (self.thing(*gun), self.thing(*lot));
                (*place, *into) = (self.thing(*place), self.thing(*into));
            }
            Intent::ReportReloaded { gun, lot, place, .. } => {
                (*gun, *lot, *place) = (self.thing(*gun), self.thing(*lot), self.thing(*place));
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name no act")]
    fn acts_in(&self, intent: &mut Intent<Small>) {
        match intent {
            Intent::EnrolDevice { invitation: act, .. }
            | Intent::WithdrawOffer { offer: act, .. }
            | Intent::Take { offer: act, .. }
            | Intent::RefuseOffer { offer: act, .. }
            | Intent::LookLast { offer: act, .. }
            | Intent::AnswerCheck { check: act, .. }
            | Intent::GiveUpCheck { check: act, .. }
            | Intent::AnswerCount { count: act, .. }
            | Intent::GiveUpCount { count: act, .. }
            | Intent::AttendMeeting { meeting: act, .. }
            | Intent::IssueInLine { line: act, .. }
            | Intent::ConfirmInLine { issue: act, .. }
            | Intent::IssueFeedInLine { line: act, .. }
            | Intent::ConfirmFeedInLine { issue: act, .. }
            | Intent::AnswerFeedCheck { check: act, .. }
            | Intent::LookLastFeed { offer: act, .. }
            | Intent::IssueBarrelsInLine { line: act, .. }
            | Intent::ConfirmBarrelsInLine { issue: act, .. }
            | Intent::AnswerBarrelCheck { check: act, .. }
            | Intent::LookLastBarrels { offer: act, .. }
            | Intent::MusterLine { line: act, .. }
            | Intent::PlanGun { shot: act, .. }
            | Intent::PlacePerson { shot: act, .. }
            | Intent::LeavePersonOut { shot: act, .. }
            | Intent::TellPerson { shot: act, .. }
            | Intent::ReportRefusedShot { shot: act, .. }
            | Intent::ApproveMuzzle { shot: act, .. }
            | Intent::MeasureStandOff { shot: act, .. }
            | Intent::SetBarrier { shot: act, .. }
            | Intent::EnterProtection { shot: act, .. }
            | Intent::CallShotReady { shot: act }
            | Intent::BeginTake { shot: Some(act) }
            | Intent::ReportShotChanged { shot: act, .. }
            | Intent::AnswerRequest { request: act, .. }
            | Intent::NameInquiry { stop: act, .. }
            | Intent::Erase { intent: act, .. }
            | Intent::ReleaseRecord { preservation: act }
            | Intent::ConfirmRange { declaration: act }
            | Intent::ReportGunExhibit { stop: act, .. }
            | Intent::ReportLotExhibit { stop: act, .. }
            | Intent::ReportRoundsExhibit { stop: act, .. }
            | Intent::ReportExhibitGiven { exhibit: act, .. }
            | Intent::ReportExhibitTaken { exhibit: act }
            | Intent::ReportExhibitToPolice { exhibit: act }
            | Intent::ReleaseExhibit { exhibit: act }
            | Intent::CloseInquiry { stop: act } => *act = self.act(*act),
            _ => {}
        }
    }

    /// Every id in an event, whatever the event is.
    pub fn event(&self, event: &Event<Small>) -> Event<Small> {
        let mut event = *event;
        self.people_of(&mut event);
        self.things_of(&mut event);
        self.acts_of(&mut event);
        event
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events name no person")]
    #[allow(clippy::too_many_lines, reason = "one line a kind of event")]
    fn people_of(&self, event: &mut Event<Small>) {
        match event {
            Event::PersonAdded { person }
            | Event::DeviceInvited { person, .. }
            | Event::DeviceEnrolled { person, .. }
            | Event::GunTakenOut { person, .. }
            | Event::OfferWithdrawn { from: person, .. }
            | Event::OfferRefused { from: person, .. }
            | Event::LastLookMade { witness: person, .. }
            | Event::GunTakenBack { person, .. }
            | Event::IdentityMatched { by: person, .. }
            | Event::FaultCleared { by: person, .. }
            | Event::RecordPreserved { by: person, .. }
            | Event::PersonLeft { person, .. }
            | Event::DutyRostered { person, .. }
            | Event::TrainingEntered { person, .. }
            | Event::CourseEntered { person, .. }
            | Event::PermitEntered { person, .. }
            | Event::AuthorityEntered { person, .. }
            | Event::ContactNamed { person }
            | Event::SafetyRequested { by: person, .. }
            | Event::RequestAnswered { by: person, .. }
            | Event::RangeDeclared { by: person, .. }
            | Event::RangeConfirmed { by: person, .. }
            | Event::GuardDeclared { person, .. }
            | Event::GunReturned { vendor: person, .. }
            | Event::LotReturned { vendor: person, .. }
            | Event::GunSignedFor { by: person, .. }
            | Event::LotSignedFor { by: person, .. }
            | Event::GunExhibited { guard: person, .. }
            | Event::LotExhibited { guard: person, .. }
            | Event::RoundsBagged { guard: person, .. }
            | Event::ExhibitTaken { by: person, .. }
            | Event::GunReceived { vendor: person, .. }
            | Event::TransitBegun { attendant: person, .. }
            | Event::LotReceived { source: person, .. }
            | Event::LotTakenOut { person, .. }
            | Event::LotReboxed { person, .. }
            | Event::RoundsDrawn { person, .. }
            | Event::RoundsPutBack { person, .. }
            | Event::RoundsStowed { person, .. }
            | Event::RoundsGathered { person, .. }
            | Event::LossDeclared { by: person, .. }
            | Event::PacksAdopted { by: person, .. }
            | Event::LineCleared { by: person, .. }
            | Event::GunLoadedFromHand { person, .. }
            | Event::GunUnloadedToHand { person, .. }
            | Event::MeetingHeld { led_by: person, .. }
            | Event::MeetingAttended { person, .. }
            | Event::LineIssueBegun { to: person, .. }
            | Event::TransferDeclared { to: person, .. }
            | Event::GunPreset { handler: person, .. }
            | Event::GunPlanned { by: person, .. }
            | Event::PersonPlaced { person, .. }
            | Event::PersonLeftOut { person, .. }
            | Event::PersonTold { person, .. }
            | Event::ShotRefused { person, .. }
            | Event::MuzzleApproved { by: person, .. }
            | Event::PersonMovedToUnit { person, .. }
            | Event::PersonReturned { person } => *person = self.person(*person),
            Event::GunOffered { from: one, to: two, .. }
            | Event::GunTaken { person: one, handler: two, .. }
            | Event::CheckBegun { checker: one, witness: two, .. }
            | Event::CountBegun { counter: one, witness: two, .. }
            | Event::LotVerified { counter: one, witness: two, .. }
            | Event::BrassLost { first: one, second: two, .. }
            | Event::LineBegun { handler: one, witness: two, .. }
            | Event::GunIssuedInLine { person: one, handler: two, .. }
            | Event::GunTransferred { person: one, handler: two, .. }
            | Event::ExhibitGiven { from: one, to: two, .. }
            | Event::InquiryNamed { inquirer: one, by: two, .. } => {
                (*one, *two) = (self.person(*one), self.person(*two));
            }
            Event::RolesAssigned { person, answers_to: other, .. }
            | Event::GunReportedWith { person, handler: other, .. } => {
                (*person, *other) = (self.person(*person), self.somebody(*other));
            }
            Event::GunEmptied { to, .. } | Event::GunFeedLoaded { from: to, .. } | Event::GunFeedEmptied { to, .. } => {
                *to = self.somebody(*to);
            }
            Event::StopPulled { by, concerned, .. } | Event::LotHeld { by, concerned, .. } => {
                *by = self.somebody(*by);
                *concerned = concerned.map(|who| self.somebody(who));
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events name no thing")]
    #[allow(clippy::too_many_lines, reason = "one line a kind of event")]
    fn things_of(&self, event: &mut Event<Small>) {
        match event {
            Event::DeviceEnrolled { device: thing, .. }
            | Event::DeviceRevoked { device: thing }
            | Event::PlaceRegistered { place: thing, .. }
            | Event::LotRegistered { lot: thing, .. }
            | Event::GunTakenOut { gun: thing, .. }
            | Event::GunOffered { gun: thing, .. }
            | Event::OfferWithdrawn { gun: thing, .. }
            | Event::OfferRefused { gun: thing, .. }
            | Event::LastLookMade { gun: thing, .. }
            | Event::GunTaken { gun: thing, .. }
            | Event::GunTakenBack { gun: thing, .. }
            | Event::GunReportedWith { gun: thing, .. }
            | Event::GunReportedGone { gun: thing, .. }
            | Event::BoreLooked { gun: thing, .. }
            | Event::GunUnloaded { gun: thing, .. }
            | Event::AnswersDiffered { gun: thing, .. }
            | Event::GunShown { gun: thing, .. }
            | Event::AnswersOpened { gun: thing }
            | Event::IdentityMatched { gun: thing, .. }
            | Event::FaultCleared { gun: thing, .. }
            | Event::CalibreEntered { gun: thing, .. }
            | Event::ScenePlanned { scene: thing, .. }
            | Event::PoliceTold { scene: thing, .. }
            | Event::LotTakenOut { lot: thing, .. }
            | Event::RoundsDrawn { lot: thing, .. }
            | Event::RoundsPutBack { lot: thing, .. }
            | Event::BeltSealed { place: thing, .. }
            | Event::SealSeen { place: thing }
            | Event::SealBroken { place: thing }
            | Event::ReloadDeclared { place: thing }
            | Event::CountsDiffered { lot: thing, .. }
            | Event::CountAgreed { lot: thing, .. }
            | Event::LotVerified { lot: thing, .. }
            | Event::LotHeld { lot: thing, .. }
            | Event::RoundsFound { lot: thing }
            | Event::BrassMissed { lot: thing, .. }
            | Event::CountGivenUp { lot: thing, .. }
            | Event::CountOpened { lot: thing }
            | Event::LineCleared { gun: thing, .. }
            | Event::LineChanged { gun: thing, .. }
            | Event::GunFired { gun: thing, .. }
            | Event::GunEmptied { gun: thing, .. }
            | Event::GunFeedEmptied { gun: thing, .. }
            | Event::RodRun { gun: thing, .. }
            | Event::GunPrimed { gun: thing, .. }
            | Event::GunBarrelsEmptied { gun: thing, .. }
            | Event::GunUnloadedToHand { gun: thing, .. }
            | Event::SceneClosed { scene: thing, .. }
            | Event::GunCalledOffSet { gun: thing, .. }
            | Event::LineIssueBegun { gun: thing, .. }
            | Event::GunIssuedInLine { gun: thing, .. }
            | Event::TransferDeclared { gun: thing, .. }
            | Event::GunTransferred { gun: thing, .. }
            | Event::ShotPlanned { scene: thing, .. }
            | Event::GunPlanned { gun: thing, .. }
            | Event::PersonPlaced { gun: thing, .. }
            | Event::MuzzleApproved { gun: thing, .. }
            | Event::StandOffMeasured { gun: thing, .. }
            | Event::BarrierSet { gun: thing, .. }
            | Event::ProtectionEntered { gun: thing, .. }
            | Event::GunReturned { gun: thing, .. }
            | Event::LotReturned { lot: thing, .. }
            | Event::GunSignedFor { gun: thing, .. }
            | Event::LotSignedFor { lot: thing, .. }
            | Event::GunExhibited { gun: thing, .. }
            | Event::LotExhibited { lot: thing, .. }
            | Event::TransitBegun { place: thing, .. }
            | Event::TransitEnded { place: thing }
            | Event::LeftUnattended { place: thing, .. }
            | Event::PlaceQuestioned { place: thing, .. }
            | Event::FaultReported { gun: thing, .. }
            | Event::LossTold { gun: thing, .. }
            | Event::GunMovedToUnit { gun: thing, .. }
            | Event::LotMovedToUnit { lot: thing, .. }
            | Event::PlaceMovedToUnit { place: thing, .. }
            | Event::ShowingVoided { gun: thing, .. } => *thing = self.thing(*thing),
            Event::GunRegistered { gun: one, place: two, .. }
            | Event::GunPutAway { gun: one, place: two, .. }
            | Event::GunReceived { gun: one, place: two, .. }
            | Event::GunLoaded { gun: one, lot: two, .. }
            | Event::GunFeedLoaded { gun: one, lot: two, .. }
            | Event::LotReceived { lot: one, place: two, .. }
            | Event::LotPutAway { lot: one, place: two, .. }
            | Event::LotReboxed { lot: one, from: two, .. }
            | Event::RoundsStowed { lot: one, place: two, .. }
            | Event::RoundsGathered { lot: one, place: two, .. }
            | Event::LossDeclared { lot: one, place: two, .. }
            | Event::BrassLost { lot: one, place: two, .. }
            | Event::BlankTested { gun: one, lot: two, .. }
            | Event::GunLoadedFromHand { gun: one, lot: two, .. }
            | Event::SceneOpened { scene: one, place: two, .. }
            | Event::MeetingHeld { scene: one, place: two, .. }
            | Event::GunCalledToSet { gun: one, scene: two, .. }
            | Event::PresetDeclared { gun: one, place: two }
            | Event::GunPreset { gun: one, place: two, .. } => (*one, *two) = (self.thing(*one), self.thing(*two)),
            Event::GunFeedSwapped { gun, lot, place, into, .. } => {
                (*gun, *lot) = (self.thing(*gun), self.thing(*lot));
                (*place, *into) = (self.thing(*place), self.thing(*into));
            }
            Event::GunReloaded { gun, lot, place, .. } => {
                (*gun, *lot, *place) = (self.thing(*gun), self.thing(*lot), self.thing(*place));
            }
            Event::CheckBegun { gun: thing, device, .. }
            | Event::CheckAnswered { gun: thing, device, .. }
            | Event::FeedCheckAnswered { gun: thing, device, .. }
            | Event::BarrelCheckAnswered { gun: thing, device, .. }
            | Event::CountBegun { lot: thing, device, .. }
            | Event::CountAnswered { lot: thing, device, .. } => {
                (*thing, *device) = (self.thing(*thing), self.something(*device));
            }
            Event::RoundsBagged { gun, lot, .. } => (*gun, *lot) = (self.thing(*gun), self.something(*lot)),
            Event::MusterAnswered { device: something, .. } | Event::StopPulled { gun: something, .. } => {
                *something = self.something(*something);
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events name no act")]
    fn acts_of(&self, event: &mut Event<Small>) {
        match event {
            Event::DeviceInvited { invitation: act, .. }
            | Event::DeviceEnrolled { invitation: act, .. }
            | Event::GunOffered { offer: act, .. }
            | Event::LastLookMade { offer: act, .. }
            | Event::BoreLooked { look: act, .. }
            | Event::RodRun { run: act, .. }
            | Event::CheckBegun { check: act, .. }
            | Event::CountBegun { count: act, .. }
            | Event::LotHeld { stop: act, .. }
            | Event::MeetingHeld { meeting: act, .. }
            | Event::MeetingAttended { meeting: act, .. }
            | Event::LineBegun { line: act, .. }
            | Event::MusterAnswered { line: act, .. }
            | Event::MustersDiffered { line: act, .. }
            | Event::LineMustered { line: act, .. }
            | Event::MusterOpened { line: act }
            | Event::Erased { intent: act, .. }
            | Event::RecordPreserved { preservation: act, .. }
            | Event::RecordReleased { preservation: act }
            | Event::SafetyRequested { request: act, .. }
            | Event::RequestAnswered { request: act, .. }
            | Event::RangeDeclared { declaration: act, .. }
            | Event::RangeConfirmed { declaration: act, .. }
            | Event::ExhibitGiven { exhibit: act, .. }
            | Event::ExhibitTaken { exhibit: act, .. }
            | Event::ExhibitToPolice { exhibit: act, .. }
            | Event::ExhibitReleased { exhibit: act, .. }
            | Event::StopPulled { stop: act, .. }
            | Event::InquiryNamed { stop: act, .. }
            | Event::ShotPlanned { shot: act, .. }
            | Event::GunPlanned { shot: act, .. }
            | Event::PersonPlaced { shot: act, .. }
            | Event::PersonLeftOut { shot: act, .. }
            | Event::PersonTold { shot: act, .. }
            | Event::ShotRefused { shot: act, .. }
            | Event::MuzzleApproved { shot: act, .. }
            | Event::StandOffMeasured { shot: act, .. }
            | Event::BarrierSet { shot: act, .. }
            | Event::ProtectionEntered { shot: act, .. }
            | Event::ShotReadyCalled { shot: act, .. }
            | Event::ShotChanged { shot: act, .. }
            | Event::TakeBegun { shot: Some(act), .. }
            | Event::UnitTakeBegun { shot: Some(act), .. }
            | Event::StopLifted { stop: act } => *act = self.act(*act),
            Event::LineIssueBegun { line, issue, .. } => (*line, *issue) = (self.act(*line), self.act(*issue)),
            Event::GunExhibited { exhibit: one, stop: two, .. }
            | Event::LotExhibited { exhibit: one, stop: two, .. }
            | Event::RoundsBagged { exhibit: one, stop: two, .. } => (*one, *two) = (self.act(*one), self.act(*two)),
            _ => {}
        }
    }
}
