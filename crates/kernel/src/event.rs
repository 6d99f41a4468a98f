//! What happened. The state is made of events and of nothing else.

use crate::gun::{Action, Chambers, Doubt, GunKind, Light, LotKind, Readings};
use crate::intent::Look;
use crate::people::{Day, PlaceKind, Roles};
use crate::scope::Scope;
use crate::state::StopCause;

/// Whose of the two blind answers it is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum BlindSide {
    /// The checker's.
    Checker,
    /// The witness's.
    Witness,
}

/// What happened. Each event carries everything that the next state needs, so that replay needs
/// no rules.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Event<S: Scope> {
    /// A person was entered.
    PersonAdded {
        /// The person.
        person: S::Person,
    },
    /// A person's roles on a day were entered.
    RolesAssigned {
        /// The person.
        person: S::Person,
        /// The day.
        day: Day,
        /// The roles.
        roles: Roles,
        /// Whose subordinate the person is.
        answers_to: Option<S::Person>,
    },
    /// A production day was opened; every showing is void.
    DayOpened {
        /// The day.
        day: Day,
        /// When.
        at: S::Time,
    },
    /// A person may enrol a device.
    DeviceInvited {
        /// The intent that invited.
        invitation: S::Act,
        /// The person.
        person: S::Person,
    },
    /// A device was enrolled; the invitation is used up.
    DeviceEnrolled {
        /// The intent that invited.
        invitation: S::Act,
        /// The device.
        device: S::Device,
        /// The person.
        person: S::Person,
    },
    /// A device's key was revoked.
    DeviceRevoked {
        /// The device.
        device: S::Device,
    },
    /// A place was registered.
    PlaceRegistered {
        /// The place.
        place: S::Place,
        /// What kind.
        kind: PlaceKind,
        /// Whether it locks.
        locks: bool,
        /// Whether it is for guns.
        for_guns: bool,
    },
    /// A gun was registered in a place.
    GunRegistered {
        /// The gun.
        gun: S::Gun,
        /// What kind.
        kind: GunKind,
        /// How it works.
        action: Action,
        /// The chambers.
        chambers: u8,
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// A lot was registered.
    LotRegistered {
        /// The lot.
        lot: S::Lot,
        /// What kind.
        kind: LotKind,
        /// Whether "inert" shows at the case head.
        inert_at_head: bool,
        /// How many rounds.
        rounds: u32,
    },
    /// A handler took a gun out of its place.
    GunTakenOut {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// When.
        at: S::Time,
    },
    /// A gun was put away.
    GunPutAway {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// A gun was offered; it is in a handover.
    GunOffered {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// The giver.
        from: S::Person,
        /// The receiver.
        to: S::Person,
        /// When.
        at: S::Time,
    },
    /// An offer was withdrawn; the giver keeps the gun.
    OfferWithdrawn {
        /// The gun.
        gun: S::Gun,
        /// The giver.
        from: S::Person,
        /// When.
        at: S::Time,
    },
    /// The receiver refused; the giver keeps the gun.
    OfferRefused {
        /// The gun.
        gun: S::Gun,
        /// The giver.
        from: S::Person,
        /// When.
        at: S::Time,
    },
    /// The witness made the last look of a handover.
    LastLookMade {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// The witness.
        witness: S::Person,
    },
    /// The receiver took the gun.
    GunTaken {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// The handler who answers for it.
        handler: S::Person,
        /// The look.
        look: Look,
        /// When.
        at: S::Time,
    },
    /// A handler took the gun back.
    GunTakenBack {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// When.
        at: S::Time,
    },
    /// Somebody reported that he has the gun. `handler` is set where he is one.
    GunReportedWith {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// The handler who answers for it.
        handler: Option<S::Person>,
        /// When.
        at: S::Time,
    },
    /// Somebody reported that the gun is gone.
    GunReportedGone {
        /// The gun.
        gun: S::Gun,
        /// When.
        at: S::Time,
    },
    /// A handler looked through the bore.
    BoreLooked {
        /// The gun.
        gun: S::Gun,
        /// The look.
        look: S::Act,
        /// What was seen.
        light: Light,
    },
    /// Rounds went from a lot into chambers.
    GunLoaded {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The chambers.
        chambers: Chambers,
    },
    /// Rounds went from chambers back to their lot.
    GunUnloaded {
        /// The gun.
        gun: S::Gun,
        /// The chambers.
        chambers: Chambers,
    },
    /// A check began.
    CheckBegun {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the check.
        check: S::Act,
        /// The checker.
        checker: S::Person,
        /// The witness.
        witness: S::Person,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// One of the two answered. Nobody may see it before both have (law 7).
    CheckAnswered {
        /// The gun.
        gun: S::Gun,
        /// Whose answer.
        side: BlindSide,
        /// What was seen.
        readings: Readings,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// The two answers differed; both look again.
    AnswersDiffered {
        /// The gun.
        gun: S::Gun,
        /// When.
        at: S::Time,
    },
    /// Both saw the same: the gun is shown.
    GunShown {
        /// The gun.
        gun: S::Gun,
        /// When.
        at: S::Time,
    },
    /// The blind answers about this gun may be read from here on: no open check can be swayed.
    AnswersOpened {
        /// The gun.
        gun: S::Gun,
    },
    /// A thing that cannot fire was matched with its label.
    IdentityMatched {
        /// The gun.
        gun: S::Gun,
        /// By whom.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// What was shown holds no more.
    ShowingVoided {
        /// The gun.
        gun: S::Gun,
        /// Why.
        why: Doubt,
        /// When.
        at: S::Time,
    },
    /// A break began; every showing is void.
    BreakBegan {
        /// When.
        at: S::Time,
    },
    /// A person left the room; what was shown of the guns that he answers for is void.
    PersonLeft {
        /// The person.
        person: S::Person,
        /// When.
        at: S::Time,
    },
    /// A person is back.
    PersonReturned {
        /// The person.
        person: S::Person,
    },
    /// The service's clock jumped; every showing is void.
    ClockJumped {
        /// When.
        at: S::Time,
    },
    /// Everything is held and every showing is void. `concerned` are the people whom an inquiry would be about.
    StopPulled {
        /// The stop.
        stop: S::Act,
        /// Why.
        cause: StopCause,
        /// By whom.
        by: Option<S::Person>,
        /// The gun.
        gun: Option<S::Gun>,
        /// Whom an inquiry would be about.
        concerned: [Option<S::Person>; 2],
        /// When.
        at: S::Time,
    },
    /// A person was named to inquire into a stop.
    InquiryNamed {
        /// The stop.
        stop: S::Act,
        /// Who inquires.
        inquirer: S::Person,
        /// By whom.
        by: S::Person,
    },
    /// The inquiry closed and lifted the stop.
    StopLifted {
        /// The stop.
        stop: S::Act,
    },
}
