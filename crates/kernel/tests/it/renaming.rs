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

    /// Devices, places, guns and lots.
    const fn thing(&self, id: u8) -> u8 {
        id.wrapping_mul(self.things.0 | 1).wrapping_add(self.things.1)
    }

    const fn act(&self, id: u16) -> u16 {
        id.wrapping_mul(self.acts.0 | 1).wrapping_add(self.acts.1)
    }

    fn somebody(&self, id: Option<u8>) -> Option<u8> {
        id.map(|id| self.person(id))
    }

    fn device(&self, id: Option<u8>) -> Option<u8> {
        id.map(|id| self.thing(id))
    }

    /// The same state under the other ids.
    pub fn state(&self, state: &State<Small>) -> State<Small> {
        let mut renamed = State::default();
        retell(state).iter().for_each(|event| evolve(&mut renamed, &self.event(event)));
        renamed
    }

    pub fn context(&self, context: &Context<Small>) -> Context<Small> {
        let (by, device) = (self.somebody(context.by), self.device(context.device));
        Context { act: self.act(context.act), by, device, ..*context }
    }

    pub fn reason(&self, reason: &Reason<Small>) -> Reason<Small> {
        Reason { who: self.somebody(reason.who), ..*reason }
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
            Custody::Missing { since } => Custody::Missing { since },
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
            Status::Dummy { count, of, shown } => Status::Dummy { count, of, shown: self.shown(shown) },
            Status::Blank { count, of, lot, shown } => {
                Status::Blank { count, of, lot: lot.map(|lot| self.thing(lot)), shown: self.shown(shown) }
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
            | Intent::NameInquiry { inquirer: person, .. } => *person = self.person(*person),
            Intent::AssignRoles { person, answers_to, .. } => {
                *person = self.person(*person);
                *answers_to = self.somebody(*answers_to);
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name no thing")]
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
            | Intent::ReportMuzzle { gun: thing }
            | Intent::ReportDischarge { gun: thing }
            | Intent::ReportDispute { gun: thing } => *thing = self.thing(*thing),
            Intent::RegisterGun { gun, place, .. } | Intent::PutAway { gun, place } => {
                (*gun, *place) = (self.thing(*gun), self.thing(*place));
            }
            Intent::Load { gun, lot, .. } => (*gun, *lot) = (self.thing(*gun), self.thing(*lot)),
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
            | Intent::NameInquiry { stop: act, .. }
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
            | Event::PersonLeft { person, .. }
            | Event::PersonReturned { person } => *person = self.person(*person),
            Event::GunOffered { from: one, to: two, .. }
            | Event::GunTaken { person: one, handler: two, .. }
            | Event::CheckBegun { checker: one, witness: two, .. }
            | Event::InquiryNamed { inquirer: one, by: two, .. } => {
                (*one, *two) = (self.person(*one), self.person(*two));
            }
            Event::RolesAssigned { person, answers_to: other, .. }
            | Event::GunReportedWith { person, handler: other, .. } => {
                (*person, *other) = (self.person(*person), self.somebody(*other));
            }
            Event::StopPulled { by, concerned, .. } => {
                *by = self.somebody(*by);
                *concerned = concerned.map(|who| self.somebody(who));
            }
            _ => {}
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other events name no thing")]
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
            | Event::ShowingVoided { gun: thing, .. } => *thing = self.thing(*thing),
            Event::GunRegistered { gun: one, place: two, .. }
            | Event::GunPutAway { gun: one, place: two, .. }
            | Event::GunLoaded { gun: one, lot: two, .. } => (*one, *two) = (self.thing(*one), self.thing(*two)),
            Event::CheckBegun { gun, device, .. } | Event::CheckAnswered { gun, device, .. } => {
                (*gun, *device) = (self.thing(*gun), self.device(*device));
            }
            Event::StopPulled { gun, .. } => *gun = self.device(*gun),
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
            | Event::CheckBegun { check: act, .. }
            | Event::StopPulled { stop: act, .. }
            | Event::InquiryNamed { stop: act, .. }
            | Event::StopLifted { stop: act } => *act = self.act(*act),
            _ => {}
        }
    }
}
