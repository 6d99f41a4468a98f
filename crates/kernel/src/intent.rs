//! What people ask and report.

use crate::gun::{Action, Chambers, GunKind, Light, LotKind, Readings};
use crate::people::{Day, PlaceKind, Roles};
use crate::scope::Scope;
use crate::state::StopCause;

/// Whether an intent is judged before the act, or says what has already happened (law 3).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum IntentKind {
    /// "May I?" It can be refused.
    Ask,
    /// "It happened." It is recorded whatever the state; breaches are named, states only fall.
    Report,
}

/// The receiver's answer at a handover. The third answer, a refusal, is an intent of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Look {
    /// He looked.
    Looked,
    /// He declined to look; the witness looks.
    Declined,
}

/// How the person behind an intent was proven. Part of the entry and of every report.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Proven {
    /// His own device, and his PIN.
    OwnDevicePin,
    /// Another's device, and his own PIN.
    OtherDevicePin,
    /// A one-time code, for enrolling a device.
    Code,
    /// Not at all: a stop needs no log-in.
    Nobody,
}

/// A round that was found.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RoundKind {
    /// A live round.
    Live,
    /// A blank.
    Blank,
    /// A dummy.
    Dummy,
    /// Nobody can say.
    NotSure,
}

/// What a person asks or reports. Who he is, when, and on which device stands in the [`Context`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Intent<S: Scope> {
    /// Ask: enter a person.
    AddPerson {
        /// The person.
        person: S::Person,
    },
    /// Ask: say which roles a person has on a day.
    AssignRoles {
        /// The person.
        person: S::Person,
        /// The day.
        day: Day,
        /// The roles; they replace earlier ones.
        roles: Roles,
        /// Whose subordinate the person is.
        answers_to: Option<S::Person>,
    },
    /// Ask: open a production day.
    OpenDay {
        /// The day.
        day: Day,
    },
    /// Ask: let a person enrol a device; a one-time code goes with it, outside the kernel.
    InviteDevice {
        /// The person.
        person: S::Person,
    },
    /// Ask: enrol a device for the person who was invited.
    EnrolDevice {
        /// The intent that invited.
        invitation: S::Act,
        /// The device.
        device: S::Device,
    },
    /// Ask: revoke a device's key.
    RevokeDevice {
        /// The device.
        device: S::Device,
    },
    /// Ask: register a place.
    RegisterPlace {
        /// The place.
        place: S::Place,
        /// What kind it is.
        kind: PlaceKind,
        /// Whether it locks.
        locks: bool,
        /// Whether it is a compartment for guns.
        for_guns: bool,
    },
    /// Ask: register a gun-shaped thing in a place.
    RegisterGun {
        /// The gun.
        gun: S::Gun,
        /// What it is.
        kind: GunKind,
        /// How it works.
        action: Action,
        /// How many chambers it has; 0 for a thing without.
        chambers: u8,
        /// Where it lies.
        place: S::Place,
    },
    /// Ask: register a lot of rounds.
    RegisterLot {
        /// The lot.
        lot: S::Lot,
        /// What its rounds are.
        kind: LotKind,
        /// Whether "inert" shows at the case head.
        inert_at_head: bool,
        /// How many rounds.
        rounds: u32,
    },
    /// Ask: take a gun out of its place.
    TakeOut {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: put a gun away and lock the place.
    PutAway {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
    },
    /// Ask: offer a gun to a receiver.
    Offer {
        /// The gun.
        gun: S::Gun,
        /// The receiver.
        to: S::Person,
    },
    /// Ask: withdraw an offer; the gun stays with the giver.
    WithdrawOffer {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
    },
    /// Ask: take a gun that was offered.
    Take {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// Looked or declined.
        look: Look,
    },
    /// Ask: refuse a gun that was offered.
    RefuseOffer {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
    },
    /// Ask: take a gun back; the handler's signature alone.
    TakeBack {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: the witness makes the last look of a handover.
    LookLast {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// What he saw.
        readings: Readings,
    },
    /// Ask: look through the bore, action open, every chamber empty.
    LookThroughBore {
        /// The gun.
        gun: S::Gun,
        /// What was seen.
        light: Light,
    },
    /// Ask: load from a lot.
    Load {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The chambers.
        chambers: Chambers,
    },
    /// Ask: unload to the lot that the rounds came from.
    Unload {
        /// The gun.
        gun: S::Gun,
        /// The chambers.
        chambers: Chambers,
    },
    /// Ask: begin a check with a named witness.
    BeginCheck {
        /// The gun.
        gun: S::Gun,
        /// The witness.
        witness: S::Person,
    },
    /// Ask: answer a check, blind. Checker and witness answer alike.
    AnswerCheck {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the check.
        check: S::Act,
        /// What was seen.
        readings: Readings,
    },
    /// Ask: give a check up.
    GiveUpCheck {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the check.
        check: S::Act,
    },
    /// Ask: match a thing that cannot fire with its label and photo.
    MatchIdentity {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: may the muzzle point toward people?
    PointTowardPeople {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: "I have it."
    ReportHave {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: "It is gone."
    ReportGone {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: it left sight.
    ReportOutOfSight {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: a doubt about a gun, of whatever kind.
    ReportDoubt {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: its muzzle was toward people.
    ReportMuzzle {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: it fired, and nobody had meant it to.
    ReportDischarge {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: a round was found where none should be.
    ReportRoundFound {
        /// What it is.
        round: RoundKind,
    },
    /// Report: the holder disputes that a gun was taken back from him.
    ReportDispute {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: a person left the room.
    ReportLeft {
        /// The person.
        person: S::Person,
    },
    /// Report: a person is back in the room.
    ReportReturned {
        /// The person.
        person: S::Person,
    },
    /// Report: a break began.
    ReportBreak,
    /// Report: stop everything. Anyone may.
    Stop {
        /// Why.
        cause: StopCause,
    },
    /// Ask: name who inquires into a stop.
    NameInquiry {
        /// The stop.
        stop: S::Act,
        /// Who inquires.
        inquirer: S::Person,
    },
    /// Ask: close the inquiry and lift the stop.
    CloseInquiry {
        /// The stop.
        stop: S::Act,
    },
}

impl<S: Scope> Intent<S> {
    /// Is it judged before the act, or does it say what happened?
    #[must_use]
    pub const fn kind(&self) -> IntentKind {
        match self {
            Intent::ReportHave { .. }
            | Intent::ReportGone { .. }
            | Intent::ReportOutOfSight { .. }
            | Intent::ReportDoubt { .. }
            | Intent::ReportMuzzle { .. }
            | Intent::ReportDischarge { .. }
            | Intent::ReportRoundFound { .. }
            | Intent::ReportDispute { .. }
            | Intent::ReportLeft { .. }
            | Intent::ReportReturned { .. }
            | Intent::ReportBreak
            | Intent::Stop { .. } => IntentKind::Report,
            Intent::AddPerson { .. }
            | Intent::AssignRoles { .. }
            | Intent::OpenDay { .. }
            | Intent::InviteDevice { .. }
            | Intent::EnrolDevice { .. }
            | Intent::RevokeDevice { .. }
            | Intent::RegisterPlace { .. }
            | Intent::RegisterGun { .. }
            | Intent::RegisterLot { .. }
            | Intent::TakeOut { .. }
            | Intent::PutAway { .. }
            | Intent::Offer { .. }
            | Intent::WithdrawOffer { .. }
            | Intent::Take { .. }
            | Intent::RefuseOffer { .. }
            | Intent::TakeBack { .. }
            | Intent::LookLast { .. }
            | Intent::LookThroughBore { .. }
            | Intent::Load { .. }
            | Intent::Unload { .. }
            | Intent::BeginCheck { .. }
            | Intent::AnswerCheck { .. }
            | Intent::GiveUpCheck { .. }
            | Intent::MatchIdentity { .. }
            | Intent::PointTowardPeople { .. }
            | Intent::NameInquiry { .. }
            | Intent::CloseInquiry { .. } => IntentKind::Ask,
        }
    }

    /// The gun that it is about, where it is about one.
    #[must_use]
    pub const fn gun(&self) -> Option<S::Gun> {
        match self {
            Intent::RegisterGun { gun, .. }
            | Intent::TakeOut { gun }
            | Intent::PutAway { gun, .. }
            | Intent::Offer { gun, .. }
            | Intent::WithdrawOffer { gun, .. }
            | Intent::Take { gun, .. }
            | Intent::RefuseOffer { gun, .. }
            | Intent::TakeBack { gun }
            | Intent::LookLast { gun, .. }
            | Intent::LookThroughBore { gun, .. }
            | Intent::Load { gun, .. }
            | Intent::Unload { gun, .. }
            | Intent::BeginCheck { gun, .. }
            | Intent::AnswerCheck { gun, .. }
            | Intent::GiveUpCheck { gun, .. }
            | Intent::MatchIdentity { gun }
            | Intent::PointTowardPeople { gun }
            | Intent::ReportHave { gun }
            | Intent::ReportGone { gun }
            | Intent::ReportOutOfSight { gun }
            | Intent::ReportDoubt { gun }
            | Intent::ReportMuzzle { gun }
            | Intent::ReportDischarge { gun }
            | Intent::ReportDispute { gun } => Some(*gun),
            Intent::AddPerson { .. }
            | Intent::AssignRoles { .. }
            | Intent::OpenDay { .. }
            | Intent::InviteDevice { .. }
            | Intent::EnrolDevice { .. }
            | Intent::RevokeDevice { .. }
            | Intent::RegisterPlace { .. }
            | Intent::RegisterLot { .. }
            | Intent::ReportRoundFound { .. }
            | Intent::ReportLeft { .. }
            | Intent::ReportReturned { .. }
            | Intent::ReportBreak
            | Intent::Stop { .. }
            | Intent::NameInquiry { .. }
            | Intent::CloseInquiry { .. } => None,
        }
    }
}

/// Who, when, on what: everything about an intent but its matter.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Context<S: Scope> {
    /// The intent's own id.
    pub act: S::Act,
    /// Who asks or reports; nobody where a stop was pulled without log-in.
    pub by: Option<S::Person>,
    /// The device that signed; none where it is not enrolled.
    pub device: Option<S::Device>,
    /// How the person was proven.
    pub proven: Proven,
    /// When it is decided, by the service's clock.
    pub decided_at: S::Time,
    /// When it was made, by the device's clock. It only ever shortens.
    pub claimed_at: S::Time,
}

impl<S: Scope> Context<S> {
    /// The earlier of both times: what a showing's life runs from.
    #[must_use]
    pub fn earlier(&self) -> S::Time {
        self.decided_at.min(self.claimed_at)
    }
}
