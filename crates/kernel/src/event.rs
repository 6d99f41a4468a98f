//! What happened. The state is made of events and of nothing else.

use crate::barrel::{BarrelReadings, Rod};
use crate::erasure::{Erasable, Ground};
use crate::feed::FeedReading;
use crate::gun::{Action, Chambers, Doubt, GunKind, Light, Readings};
use crate::intent::Look;
use crate::loss::Notified;
use crate::pack::{Choices, Packs};
use crate::people::{Day, PlaceKind, Role, Roles};
use crate::range::RangeException;
use crate::request::RequestKind;
use crate::rounds::{Calibre, Load, LotKind, Occasion, Tally};
use crate::scene::Topics;
use crate::scope::Scope;
use crate::shot::{Holds, ShotChange, Toward};
use crate::state::StopCause;
use crate::training::Requirement;
use crate::unit::Unit;

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
    /// Rule packs were adopted; they replace those that were adopted before.
    PacksAdopted {
        /// The packs.
        packs: Packs,
        /// Between opposed duties.
        choices: Choices,
        /// Who adopted them.
        by: S::Person,
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
    /// A lot came in from one source; it is not verified.
    LotReceived {
        /// The lot.
        lot: S::Lot,
        /// What its rounds are.
        kind: LotKind,
        /// The load of blanks.
        load: Option<Load>,
        /// What it takes, or they fit.
        calibre: Option<Calibre>,
        /// Who supplied them.
        source: S::Person,
        /// How many rounds.
        rounds: u32,
        /// Whether "inert" shows at the case head.
        inert_at_head: bool,
        /// Whether every round bears the same marks.
        uniform: bool,
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// What a gun takes was entered.
    CalibreEntered {
        /// The gun.
        gun: S::Gun,
        /// What it takes, or they fit.
        calibre: Calibre,
    },
    /// A person was rostered.
    DutyRostered {
        /// The person.
        person: S::Person,
        /// As what.
        role: Role,
        /// From when.
        from: S::Time,
        /// Until when.
        until: S::Time,
    },
    /// From now on something is asked for beyond the laws, or no longer.
    RequirementSet {
        /// What.
        what: Requirement,
        /// Whether it is asked for.
        required: bool,
    },
    /// A person was trained on guns of an action, and assessed.
    TrainingEntered {
        /// The person.
        person: S::Person,
        /// How such guns work.
        action: Action,
        /// Whether the person passed.
        passed: bool,
    },
    /// A person holds his permit or licence for guns that fire, or holds it no more.
    PermitEntered {
        /// The person.
        person: S::Person,
        /// Whether he holds it.
        held: bool,
        /// The last day on which it is in date; none where it has no end.
        until: Option<Day>,
    },
    /// A person has completed the safety course.
    CourseEntered {
        /// The person.
        person: S::Person,
        /// The last day on which it holds.
        until: Option<Day>,
    },
    /// A person was given the armorer's authority in writing, or it was withdrawn.
    AuthorityEntered {
        /// The armorer or property master.
        person: S::Person,
        /// Given, or withdrawn.
        given: bool,
    },
    /// Somebody was named whom everybody can ask; it was another before.
    ContactNamed {
        /// The person.
        person: S::Person,
    },
    /// The police were told that guns are in a scene.
    PoliceTold {
        /// The scene.
        scene: S::Scene,
        /// When that was entered.
        at: S::Time,
    },
    /// Somebody asked for what the work needs.
    SafetyRequested {
        /// The report that made the request.
        request: S::Act,
        /// What for.
        kind: RequestKind,
        /// Who.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// A safety request was answered. What is granted is open no more.
    RequestAnswered {
        /// The report that made it.
        request: S::Act,
        /// Whether it is granted.
        granted: bool,
        /// Who answered.
        by: S::Person,
    },
    /// A person stands outside the perimeter today as an armed guard, or no longer.
    GuardDeclared {
        /// The guard.
        person: S::Person,
        /// Whether he does.
        outside: bool,
    },
    /// A scene was planned, or its plan changed.
    ScenePlanned {
        /// The scene.
        scene: S::Scene,
        /// The day.
        day: Option<Day>,
        /// Whether blanks are fired in it.
        blanks: bool,
    },
    /// A handler took the box of a lot out of its place.
    LotTakenOut {
        /// The lot.
        lot: S::Lot,
        /// The person.
        person: S::Person,
        /// When.
        at: S::Time,
    },
    /// The box of a lot was put away.
    LotPutAway {
        /// The lot.
        lot: S::Lot,
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// Rounds of a lot were put into a box of their own; the new lot is not verified.
    LotReboxed {
        /// The new lot.
        lot: S::Lot,
        /// The lot that they were in.
        from: S::Lot,
        /// How many rounds.
        rounds: u32,
        /// The person.
        person: S::Person,
        /// When.
        at: S::Time,
    },
    /// Rounds went out of their box into somebody's hands.
    RoundsDrawn {
        /// The lot.
        lot: S::Lot,
        /// The person.
        person: S::Person,
        /// How many rounds.
        rounds: u32,
    },
    /// Rounds went back into their box.
    RoundsPutBack {
        /// The lot.
        lot: S::Lot,
        /// The person.
        person: S::Person,
        /// How many rounds.
        rounds: u32,
    },
    /// Rounds went out of somebody's hands into a place.
    RoundsStowed {
        /// The lot.
        lot: S::Lot,
        /// The person.
        person: S::Person,
        /// The place.
        place: S::Place,
        /// How many rounds.
        rounds: u32,
    },
    /// Rounds went out of a place into somebody's hands.
    RoundsGathered {
        /// The lot.
        lot: S::Lot,
        /// The person.
        person: S::Person,
        /// The place.
        place: S::Place,
        /// How many rounds.
        rounds: u32,
    },
    /// A belt was sealed.
    BeltSealed {
        /// The place.
        place: S::Place,
        /// The seal's number.
        seal: u32,
    },
    /// The seal of a belt was seen intact.
    SealSeen {
        /// The place.
        place: S::Place,
    },
    /// The seal of a belt is broken, or another than it was.
    SealBroken {
        /// The place.
        place: S::Place,
    },
    /// A scripted reload out of a belt or pocket was declared.
    ReloadDeclared {
        /// The place.
        place: S::Place,
    },
    /// A count began.
    CountBegun {
        /// The lot.
        lot: S::Lot,
        /// The intent that began the count.
        count: S::Act,
        /// On what occasion.
        occasion: Occasion,
        /// Who counts.
        counter: S::Person,
        /// The witness.
        witness: S::Person,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// One of the two answered a count. Nobody may see it before both have (law 7).
    CountAnswered {
        /// The lot.
        lot: S::Lot,
        /// Whose answer.
        side: BlindSide,
        /// What was counted.
        tally: Tally,
        /// The seal's number.
        seal: Option<u32>,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// The two counts differed; both count again.
    CountsDiffered {
        /// The lot.
        lot: S::Lot,
        /// When.
        at: S::Time,
    },
    /// Both counted what the record has.
    CountAgreed {
        /// The lot.
        lot: S::Lot,
        /// The seal's number.
        seal: Option<u32>,
        /// When.
        at: S::Time,
    },
    /// Two people had every round of a lot in the hand.
    LotVerified {
        /// The lot.
        lot: S::Lot,
        /// Who counts.
        counter: S::Person,
        /// The witness.
        witness: S::Person,
        /// When.
        at: S::Time,
    },
    /// Both counted, and unfired rounds are missing: the lot and its unit are held.
    LotHeld {
        /// The lot.
        lot: S::Lot,
        /// The stop.
        stop: S::Act,
        /// How many rounds.
        missing: u32,
        /// By whom.
        by: Option<S::Person>,
        /// Whom an inquiry would be about.
        concerned: [Option<S::Person>; 2],
        /// When.
        at: S::Time,
    },
    /// The rounds that were missing are there.
    RoundsFound {
        /// The lot.
        lot: S::Lot,
    },
    /// Both counted, and fired cases are missing: a search.
    BrassMissed {
        /// The lot.
        lot: S::Lot,
        /// How many cases.
        brass: u32,
        /// When.
        at: S::Time,
    },
    /// A count was given up.
    CountGivenUp {
        /// The lot.
        lot: S::Lot,
        /// When.
        at: S::Time,
    },
    /// The blind answers about this lot may be read from here on.
    CountOpened {
        /// The lot.
        lot: S::Lot,
    },
    /// One role says that brass is lost.
    LossDeclared {
        /// The lot.
        lot: S::Lot,
        /// By whom.
        by: S::Person,
        /// How many cases.
        brass: u32,
        /// The place.
        place: S::Place,
    },
    /// Two roles say that brass is lost.
    BrassLost {
        /// The lot.
        lot: S::Lot,
        /// How many cases.
        brass: u32,
        /// The place.
        place: S::Place,
        /// Who said so first.
        first: S::Person,
        /// Who said the same.
        second: S::Person,
    },
    /// The armorer tested blanks in a gun; the larger stand-off of two tests holds.
    BlankTested {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// How many rounds.
        rounds: u32,
        /// The stand-off, in centimetres.
        stand_off_centimetres: u32,
    },
    /// The line of a gun was found clear out to its stand-off.
    LineCleared {
        /// The gun.
        gun: S::Gun,
        /// How far the nearest person is from the muzzle, in centimetres.
        nearest_centimetres: u32,
        /// By whom.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// Something changed in the line of a gun.
    LineChanged {
        /// The gun.
        gun: S::Gun,
        /// When.
        at: S::Time,
    },
    /// A gun fired, or misfired. The wait after a misfire runs from this moment.
    GunFired {
        /// The gun.
        gun: S::Gun,
        /// Shots that were heard.
        shots: u8,
        /// Times that nothing fired.
        misfires: u8,
        /// When.
        at: S::Time,
    },
    /// A gun was emptied: brass and misfired rounds into the box of their lot, unfired ones into somebody's hands or into the box.
    GunEmptied {
        /// The gun.
        gun: S::Gun,
        /// The chambers with fired cases.
        spent: Chambers,
        /// The chambers with rounds that did not fire.
        misfired: Chambers,
        /// The chambers with rounds that were not struck.
        unfired: Chambers,
        /// In whose hands the unfired rounds are; where nobody's, they are in the box.
        to: Option<S::Person>,
    },
    /// One of the two answered the check of a gun with a feed. Nobody may see it before both have (law 7).
    FeedCheckAnswered {
        /// The gun.
        gun: S::Gun,
        /// Whose answer.
        side: BlindSide,
        /// What was seen in the chambers.
        readings: Readings,
        /// What was seen in what feeds it.
        feed: FeedReading,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// Rounds went into a gun with a feed, out of somebody's hands or, where nobody's, out of the box.
    GunFeedLoaded {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The chambers.
        chambers: Chambers,
        /// How many rounds went into what feeds it.
        rounds: u8,
        /// Out of whose hands.
        from: Option<S::Person>,
    },
    /// A gun with a feed was emptied: cases and misfired rounds to the box of their lot, unfired ones into
    /// somebody's hands or into the box. Cases that it threw out lie on the set until they are gathered.
    GunFeedEmptied {
        /// The gun.
        gun: S::Gun,
        /// How many fired cases.
        spent: u8,
        /// How many rounds that did not fire.
        misfired: u8,
        /// How many rounds that were not struck, out of chambers and feed.
        unfired: u8,
        /// In whose hands the unfired rounds are; where nobody's, they are in the box.
        to: Option<S::Person>,
    },
    /// A rod went down the barrels of a muzzle-loader.
    RodRun {
        /// The gun.
        gun: S::Gun,
        /// The intent of it.
        run: S::Act,
        /// What it said.
        rod: Rod,
    },
    /// Caps were put on a muzzle-loader, or powder in its pans.
    GunPrimed {
        /// The gun.
        gun: S::Gun,
        /// The barrels.
        barrels: Chambers,
    },
    /// One of the two answered the check of a muzzle-loader. Nobody may see it before both have (law 7).
    BarrelCheckAnswered {
        /// The gun.
        gun: S::Gun,
        /// Whose answer.
        side: BlindSide,
        /// What the rod said of each barrel, and its cap on or off.
        rods: BarrelReadings,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// A muzzle-loader was emptied. A charge that burned left nothing; one that was drawn went into the box of its
    /// lot, struck or not, and loads nothing again.
    GunBarrelsEmptied {
        /// The gun.
        gun: S::Gun,
        /// The barrels whose charge burned.
        burned: Chambers,
        /// The barrels whose charge did not fire.
        misfired: Chambers,
        /// The barrels whose charge was not struck.
        unfired: Chambers,
    },
    /// Rounds went out of somebody's hands into chambers.
    GunLoadedFromHand {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The chambers.
        chambers: Chambers,
        /// The person.
        person: S::Person,
    },
    /// Rounds went out of chambers into somebody's hands.
    GunUnloadedToHand {
        /// The gun.
        gun: S::Gun,
        /// The chambers.
        chambers: Chambers,
        /// The person.
        person: S::Person,
    },
    /// Rounds went out of a belt or pocket into chambers, before the camera.
    GunReloaded {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The place.
        place: S::Place,
        /// The chambers.
        chambers: Chambers,
        /// When.
        at: S::Time,
    },
    /// A scene was opened.
    SceneOpened {
        /// The scene.
        scene: S::Scene,
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// The scene was closed; what was declared for it holds no more.
    SceneClosed {
        /// The scene.
        scene: S::Scene,
        /// When.
        at: S::Time,
    },
    /// A safety meeting was held.
    MeetingHeld {
        /// The intent that entered the meeting.
        meeting: S::Act,
        /// The scene.
        scene: S::Scene,
        /// The place.
        place: S::Place,
        /// What was gone through.
        topics: Topics,
        /// Who led it.
        led_by: S::Person,
        /// When.
        at: S::Time,
    },
    /// A person was at a safety meeting.
    MeetingAttended {
        /// The intent that entered the meeting.
        meeting: S::Act,
        /// The person.
        person: S::Person,
    },
    /// A gun was called to set.
    GunCalledToSet {
        /// The gun.
        gun: S::Gun,
        /// The scene.
        scene: S::Scene,
        /// When.
        at: S::Time,
    },
    /// A gun was called off the set.
    GunCalledOffSet {
        /// The gun.
        gun: S::Gun,
        /// When.
        at: S::Time,
    },
    /// The day was wrapped.
    DayWrapped {
        /// The day.
        day: Day,
        /// When.
        at: S::Time,
    },
    /// Two began to hand out guns along a line.
    LineBegun {
        /// The line.
        line: S::Act,
        /// The handler.
        handler: S::Person,
        /// The witness.
        witness: S::Person,
        /// When.
        at: S::Time,
    },
    /// The handler read a gun and a wristband in a line.
    LineIssueBegun {
        /// The gun.
        gun: S::Gun,
        /// The line.
        line: S::Act,
        /// The intent that issued it.
        issue: S::Act,
        /// To whom.
        to: S::Person,
    },
    /// Both read alike; the gun is with the person whose wristband was read.
    GunIssuedInLine {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// The handler.
        handler: S::Person,
        /// When.
        at: S::Time,
    },
    /// One of the two counted the guns of a line. Nobody may see it before both have.
    MusterAnswered {
        /// The line.
        line: S::Act,
        /// Whose answer.
        side: BlindSide,
        /// How many guns.
        guns: u32,
        /// The device.
        device: Option<S::Device>,
        /// When.
        at: S::Time,
    },
    /// The two counts of a line differed; both count again.
    MustersDiffered {
        /// The line.
        line: S::Act,
        /// When.
        at: S::Time,
    },
    /// Both counted as many guns as were issued.
    LineMustered {
        /// The line.
        line: S::Act,
        /// When.
        at: S::Time,
    },
    /// The blind counts of this line may be read from here on.
    MusterOpened {
        /// The line.
        line: S::Act,
    },
    /// A gun may pass to this person before the camera.
    TransferDeclared {
        /// The gun.
        gun: S::Gun,
        /// To whom.
        to: S::Person,
    },
    /// A gun may lie in this place before the camera.
    PresetDeclared {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
    },
    /// A gun was laid where the shot plan has it.
    GunPreset {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
        /// The handler.
        handler: S::Person,
        /// When.
        at: S::Time,
    },
    /// A gun passed as the shot plan has it; it never left the handler's sight.
    GunTransferred {
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// The handler.
        handler: S::Person,
        /// When.
        at: S::Time,
    },
    /// The plan of a shot was begun.
    ShotPlanned {
        /// The intent that began it.
        shot: S::Act,
        /// The scene.
        scene: S::Scene,
    },
    /// A gun was entered into the plan of a shot, or changed there; nobody has approved, measured or been told of it.
    GunPlanned {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
        /// What it holds.
        holds: Holds,
        /// The load of its blanks.
        load: Option<Load>,
        /// How many rounds.
        rounds: u8,
        /// Where its muzzle points.
        toward: Toward,
        /// How far whoever stands in its line is from the muzzle at least, in millimetres.
        stand_off_millimetres: u32,
        /// Whether a shield is to stand in its line.
        barrier: bool,
        /// Who planned it.
        by: S::Person,
    },
    /// A person stands in a gun's line by the plan of a shot.
    PersonPlaced {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
        /// The person.
        person: S::Person,
        /// How far from the muzzle, in millimetres.
        distance_millimetres: u32,
    },
    /// A person is left out of a shot.
    PersonLeftOut {
        /// The shot.
        shot: S::Act,
        /// The person.
        person: S::Person,
    },
    /// A person was told of a shot, and may refuse.
    PersonTold {
        /// The shot.
        shot: S::Act,
        /// The person.
        person: S::Person,
    },
    /// A person refused to stand where a shot has him.
    ShotRefused {
        /// The shot.
        shot: S::Act,
        /// The person.
        person: S::Person,
    },
    /// Somebody approved where a muzzle points in a shot.
    MuzzleApproved {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
        /// Who approved.
        by: S::Person,
    },
    /// The nearest person in a gun's line was measured.
    StandOffMeasured {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
        /// How far from the muzzle, in millimetres.
        nearest_millimetres: u32,
    },
    /// The shield in a gun's line stands.
    BarrierSet {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
    },
    /// Everybody close by a gun with blanks has ears and eyes protected.
    ProtectionEntered {
        /// The shot.
        shot: S::Act,
        /// The gun.
        gun: S::Gun,
    },
    /// SHOT READY was called for this shot, and for no other.
    ShotReadyCalled {
        /// The shot.
        shot: S::Act,
        /// When.
        at: S::Time,
    },
    /// Something changed on the set: SHOT READY is void, and what rests on it is asked again.
    ShotChanged {
        /// The shot.
        shot: S::Act,
        /// What changed.
        change: ShotChange,
        /// When.
        at: S::Time,
    },
    /// A gun went back to the rental house that it came from.
    GunReturned {
        /// The gun.
        gun: S::Gun,
        /// Who took it for the house.
        vendor: S::Person,
        /// When.
        at: S::Time,
    },
    /// A gun came from a rental house and was locked away.
    GunReceived {
        /// The gun.
        gun: S::Gun,
        /// Who brought it for the house.
        vendor: S::Person,
        /// Where.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// A locked place is on the way, with what is in it.
    TransitBegun {
        /// The place.
        place: S::Place,
        /// The handler who goes along.
        attendant: S::Person,
        /// Since when.
        at: S::Time,
    },
    /// It has arrived.
    TransitEnded {
        /// The place.
        place: S::Place,
    },
    /// Somebody said that a gun does not work as it should: nobody loads or uses it until a handler has cleared that.
    FaultReported {
        /// The gun.
        gun: S::Gun,
        /// Since when.
        at: S::Time,
    },
    /// A handler cleared it. Its bore is looked through again before it is loaded.
    FaultCleared {
        /// The gun.
        gun: S::Gun,
        /// Who.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// A round was found in a place that should not be there: whatever lies there is verified again by two people, round
    /// by round, and no seal vouches for it.
    PlaceQuestioned {
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// What is in a place was left alone: its rounds are verified again, by two people, before anything of them is issued.
    LeftUnattended {
        /// The place.
        place: S::Place,
        /// When.
        at: S::Time,
    },
    /// Somebody was told that a gun is gone.
    LossTold {
        /// The gun.
        gun: S::Gun,
        /// Who was told.
        notified: Notified,
    },
    /// What of an intent stood beside the record is erased there.
    Erased {
        /// The intent.
        intent: S::Act,
        /// Its texts or its files.
        what: Erasable,
        /// Why.
        ground: Ground,
    },
    /// Nothing that stands beside the record is erased while this holds.
    RecordPreserved {
        /// The intent that asked for it.
        preservation: S::Act,
        /// Who asked.
        by: S::Person,
    },
    /// That hold is over.
    RecordReleased {
        /// The intent that had asked for it.
        preservation: S::Act,
    },
    /// A unit was entered.
    UnitEntered {
        /// The unit.
        unit: Unit,
    },
    /// A person is of a unit for the open day.
    PersonMovedToUnit {
        /// The person.
        person: S::Person,
        /// The unit.
        unit: Unit,
    },
    /// A gun is of a unit from now on.
    GunMovedToUnit {
        /// The gun.
        gun: S::Gun,
        /// The unit.
        unit: Unit,
    },
    /// A lot is of a unit from now on.
    LotMovedToUnit {
        /// The lot.
        lot: S::Lot,
        /// The unit.
        unit: Unit,
    },
    /// A place is of a unit from now on.
    PlaceMovedToUnit {
        /// The place.
        place: S::Place,
        /// The unit.
        unit: Unit,
    },
    /// A break of another unit than the first began.
    UnitBreakBegan {
        /// The unit.
        unit: Unit,
        /// When.
        at: S::Time,
    },
    /// A take of another unit than the first was begun.
    UnitTakeBegun {
        /// The unit.
        unit: Unit,
        /// The shot, where the take has a plan.
        shot: Option<S::Act>,
        /// When.
        at: S::Time,
    },
    /// A take of another unit than the first was cut.
    UnitTakeEnded {
        /// The unit.
        unit: Unit,
        /// When.
        at: S::Time,
    },
    /// This was declared a range production; it is none yet.
    RangeDeclared {
        /// The intent that declared it.
        declaration: S::Act,
        /// For which work.
        exception: RangeException,
        /// Who declared it.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// A second role confirmed it: it is a range production from here on, for good.
    RangeConfirmed {
        /// The intent that declared it.
        declaration: S::Act,
        /// Who confirmed it.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// A take of the first unit began.
    TakeBegun {
        /// The shot, where the take has a plan.
        shot: Option<S::Act>,
        /// When.
        at: S::Time,
    },
    /// The take of the first unit was cut.
    TakeEnded {
        /// When.
        at: S::Time,
    },
    /// The sealed box of a lot went back to the rental house.
    LotReturned {
        /// The lot.
        lot: S::Lot,
        /// Who took it for the house.
        vendor: S::Person,
        /// When.
        at: S::Time,
    },
    /// The rental house signed for a gun that went back.
    GunSignedFor {
        /// The gun.
        gun: S::Gun,
        /// Who signed for the house.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// The rental house signed for the box of a lot that went back.
    LotSignedFor {
        /// The lot.
        lot: S::Lot,
        /// Who signed for the house.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// Before the camera what feeds a gun was swapped: rounds went in out of a belt or pocket, and others came out into a
    /// place. Shots that were fired stay on the loading until the gun is emptied.
    GunFeedSwapped {
        /// The gun.
        gun: S::Gun,
        /// The lot, of what went in and of what came out.
        lot: S::Lot,
        /// Out of which belt or pocket.
        place: S::Place,
        /// How many rounds went in.
        rounds: u8,
        /// How many came out.
        came_out: u8,
        /// Where those are.
        into: S::Place,
        /// When.
        at: S::Time,
    },
    /// A gun is kept as an exhibit, as it is.
    GunExhibited {
        /// The intent that made it one.
        exhibit: S::Act,
        /// The gun.
        gun: S::Gun,
        /// The stop that it is kept for.
        stop: S::Act,
        /// Who guards it.
        guard: S::Person,
        /// When.
        at: S::Time,
    },
    /// The box of a lot is kept as an exhibit.
    LotExhibited {
        /// The intent that made it one.
        exhibit: S::Act,
        /// The lot.
        lot: S::Lot,
        /// The stop that it is kept for.
        stop: S::Act,
        /// Who guards it.
        guard: S::Person,
        /// When.
        at: S::Time,
    },
    /// What was in a gun is bagged as an exhibit; by the record nothing is in the gun any more.
    RoundsBagged {
        /// The intent that made them one.
        exhibit: S::Act,
        /// The gun.
        gun: S::Gun,
        /// The lot that it was loaded from, by the record.
        lot: Option<S::Lot>,
        /// How many of that lot were in it, by the record.
        rounds: u32,
        /// What the two saw.
        saw: Tally,
        /// The stop that they are kept for.
        stop: S::Act,
        /// Who guards the bag.
        guard: S::Person,
        /// When.
        at: S::Time,
    },
    /// An exhibit was given to another, who has not said yet that he has it.
    ExhibitGiven {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
        /// Who gave it.
        from: S::Person,
        /// To whom.
        to: S::Person,
        /// When.
        at: S::Time,
    },
    /// Somebody has an exhibit and guards it from now on.
    ExhibitTaken {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
        /// Who.
        by: S::Person,
        /// When.
        at: S::Time,
    },
    /// The police have an exhibit.
    ExhibitToPolice {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
        /// When.
        at: S::Time,
    },
    /// The inquiry released an exhibit.
    ExhibitReleased {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
        /// When.
        at: S::Time,
    },
}
