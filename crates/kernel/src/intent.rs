//! What people ask and report.

use crate::barrel::{BarrelReadings, Rod};
use crate::erasure::{Erasable, Ground};
use crate::feed::FeedReading;
use crate::gun::{Action, Chambers, GunKind, Light, Method, Readings};
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
    /// Ask: adopt rule packs, in writing. They replace those that were adopted before.
    AdoptPacks {
        /// The packs; the product's own laws are among them.
        packs: Packs,
        /// One for each pair of opposed duties that these packs open.
        choices: Choices,
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
    /// Report: it does not work as it should.
    ReportFault {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: a handler has looked at what was reported of it, and it works as it should; or it was mended.
    ClearFault {
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
    /// Ask: receive a lot of rounds from one source.
    ReceiveLot {
        /// The lot.
        lot: S::Lot,
        /// What its rounds are.
        kind: LotKind,
        /// The load of blanks.
        load: Option<Load>,
        /// What they fit.
        calibre: Option<Calibre>,
        /// Who supplied them.
        source: S::Person,
        /// How many, as the supplier says.
        rounds: u32,
        /// Whether "inert" shows at the case head.
        inert_at_head: bool,
        /// Whether every round bears the same marks.
        uniform: bool,
        /// Where its box is put.
        place: S::Place,
    },
    /// Ask: enter what a gun takes.
    EnterCalibre {
        /// The gun.
        gun: S::Gun,
        /// What it takes.
        calibre: Calibre,
    },
    /// Ask: roster a person; a duty that begins at the same moment is replaced.
    RosterDuty {
        /// The person.
        person: S::Person,
        /// As what.
        role: Role,
        /// From when.
        from: S::Time,
        /// Until when.
        until: S::Time,
    },
    /// Ask: ask for something beyond the laws from now on, or no longer.
    Require {
        /// What is asked for.
        what: Requirement,
        /// Whether it is.
        required: bool,
    },
    /// Ask: enter that a person was trained on guns of an action, and how the assessment ended.
    EnterTraining {
        /// The person.
        person: S::Person,
        /// How such guns work.
        action: Action,
        /// Whether the person passed.
        passed: bool,
    },
    /// Ask: enter that a person has completed the safety course.
    EnterCourse {
        /// The person.
        person: S::Person,
        /// The last day on which it holds; none where it has no end.
        until: Option<Day>,
    },
    /// Ask: enter that a person holds his permit or licence for guns that fire, or holds it no more.
    EnterPermit {
        /// The person.
        person: S::Person,
        /// Whether he holds it.
        held: bool,
        /// The last day on which it is in date; none where it has no end.
        until: Option<Day>,
    },
    /// Ask: enter that a person was given the armorer's authority in writing, or that it was withdrawn.
    EnterAuthority {
        /// The armorer or property master.
        person: S::Person,
        /// Given, or withdrawn.
        given: bool,
    },
    /// Ask: name whom everybody can ask whether something is as it should be.
    NameContact {
        /// The person.
        person: S::Person,
    },
    /// Report: the police were told that guns are in a scene, when and where.
    ReportPoliceTold {
        /// The scene.
        scene: S::Scene,
    },
    /// Report: somebody asks for what the work needs.
    ReportSafetyRequest {
        /// What for.
        kind: RequestKind,
    },
    /// Ask: answer a safety request.
    AnswerRequest {
        /// The report that made it.
        request: S::Act,
        /// Whether it is granted.
        granted: bool,
    },
    /// Ask: declare that a person stands outside the perimeter today as an armed guard, or no longer.
    DeclareGuard {
        /// The guard.
        person: S::Person,
        /// Whether he does.
        outside: bool,
    },
    /// Report: a declared armed guard came inside the perimeter.
    ReportGuardInside {
        /// The guard.
        person: S::Person,
    },
    /// Ask: plan a scene, or change its plan.
    PlanScene {
        /// The scene.
        scene: S::Scene,
        /// The day on which it is to be shot.
        day: Option<Day>,
        /// Whether blanks are fired in it.
        blanks: bool,
    },
    /// Ask: take the box of a lot out of its place.
    TakeOutLot {
        /// The lot.
        lot: S::Lot,
    },
    /// Ask: put the box of a lot away and lock the place.
    PutAwayLot {
        /// The lot.
        lot: S::Lot,
        /// The place.
        place: S::Place,
    },
    /// Ask: put rounds of one lot into a box of their own: a new lot, not verified.
    ReBox {
        /// The new lot.
        lot: S::Lot,
        /// The lot that they were in.
        from: S::Lot,
        /// How many.
        rounds: u32,
    },
    /// Ask: draw rounds out of the box of a lot.
    Draw {
        /// The lot.
        lot: S::Lot,
        /// How many.
        rounds: u32,
    },
    /// Ask: put drawn rounds back into the box of their lot.
    PutBack {
        /// The lot.
        lot: S::Lot,
        /// How many.
        rounds: u32,
    },
    /// Ask: put drawn rounds into a belt, a pocket or another place.
    Stow {
        /// The lot.
        lot: S::Lot,
        /// The place.
        place: S::Place,
        /// How many.
        rounds: u32,
    },
    /// Ask: gather rounds out of a belt, a pocket or another place.
    Gather {
        /// The lot.
        lot: S::Lot,
        /// The place.
        place: S::Place,
        /// How many.
        rounds: u32,
    },
    /// Ask: seal a belt of dress rounds.
    SealBelt {
        /// The belt.
        place: S::Place,
        /// The seal's number.
        seal: u32,
    },
    /// Ask: look at the seal of a belt.
    SeeSeal {
        /// The belt.
        place: S::Place,
        /// The number that he reads.
        seal: u32,
    },
    /// Ask: declare a scripted reload out of a belt or pocket, for the open scene.
    DeclareReload {
        /// The belt or pocket.
        place: S::Place,
    },
    /// Ask: begin a count of a lot's box with a second role.
    BeginCount {
        /// The lot.
        lot: S::Lot,
        /// On what occasion.
        occasion: Occasion,
        /// Who counts as well.
        witness: S::Person,
    },
    /// Ask: answer a count, blind. Counter and witness answer alike.
    AnswerCount {
        /// The lot.
        lot: S::Lot,
        /// The intent that began the count.
        count: S::Act,
        /// What he counted.
        tally: Tally,
        /// How each round was seen.
        method: Method,
        /// The number of the seal that he put on; the second one seals.
        seal: Option<u32>,
    },
    /// Ask: give a count up.
    GiveUpCount {
        /// The lot.
        lot: S::Lot,
        /// The intent that began the count.
        count: S::Act,
    },
    /// Ask: say, after a search, that brass is lost, how much and where. Two roles say the same.
    DeclareLost {
        /// The lot.
        lot: S::Lot,
        /// How many cases.
        brass: u32,
        /// Where.
        place: S::Place,
    },
    /// Ask: enter the armorer's test of a lot of blanks in a gun.
    TestBlank {
        /// The gun.
        gun: S::Gun,
        /// The lot of blanks.
        lot: S::Lot,
        /// How many were fired for it.
        rounds: u32,
        /// The stand-off that it showed, in centimetres.
        stand_off_centimetres: u32,
    },
    /// Ask: find the line of a gun with blanks clear out to its stand-off.
    ClearLine {
        /// The gun.
        gun: S::Gun,
        /// How far the nearest person in its line is from the muzzle, in centimetres.
        nearest_centimetres: u32,
    },
    /// Ask: empty a gun and say what came out of each chamber.
    EmptyGun {
        /// The gun.
        gun: S::Gun,
        /// The chambers with fired cases.
        spent: Chambers,
        /// The chambers with rounds that were struck and did not fire.
        misfired: Chambers,
        /// The chambers with rounds that were not struck.
        unfired: Chambers,
    },
    /// Ask: answer a check of a gun with a feed: what was seen in every chamber and in what feeds it.
    AnswerFeedCheck {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the check.
        check: S::Act,
        /// What was seen in the chambers.
        readings: Readings,
        /// What was seen in what feeds it.
        feed: FeedReading,
    },
    /// Ask: make the last look at a gun with a feed in the receiver's place.
    LookLastFeed {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// What was seen in the chambers.
        readings: Readings,
        /// What was seen in what feeds it.
        feed: FeedReading,
    },
    /// Ask: load a gun with a feed from one lot.
    LoadFeed {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The chambers that a round was put into.
        chambers: Chambers,
        /// How many rounds were put into what feeds it.
        rounds: u8,
    },
    /// Ask: empty a gun with a feed, and say what became of everything that went in.
    EmptyFeed {
        /// The gun.
        gun: S::Gun,
        /// How many fired cases, ejected or still in it.
        spent: u8,
        /// How many rounds that were struck and did not fire.
        misfired: u8,
        /// The chambers with rounds that were not struck.
        chambers: Chambers,
        /// How many unfired rounds came out of what feeds it.
        rounds: u8,
    },
    /// Ask: issue a gun with a feed in a line, on the handler's reading.
    IssueFeedInLine {
        /// The gun.
        gun: S::Gun,
        /// The line.
        line: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What was seen in the chambers.
        readings: Readings,
        /// What was seen in what feeds it.
        feed: FeedReading,
    },
    /// Ask: confirm the issue of a gun with a feed, on the witness's reading.
    ConfirmFeedInLine {
        /// The gun.
        gun: S::Gun,
        /// The intent that issued it.
        issue: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What was seen in the chambers.
        readings: Readings,
        /// What was seen in what feeds it.
        feed: FeedReading,
    },
    /// Ask: run a rod down every barrel of a muzzle-loader, before it is loaded.
    RunRod {
        /// The gun.
        gun: S::Gun,
        /// What it said: at the mark in every barrel, or above it in one.
        rod: Rod,
    },
    /// Ask: put the cap on, or powder in the pan, of barrels that are charged.
    Prime {
        /// The gun.
        gun: S::Gun,
        /// The barrels.
        barrels: Chambers,
    },
    /// Ask: answer a check of a muzzle-loader: what the rod said of every barrel, and the cap on or off.
    AnswerBarrelCheck {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the check.
        check: S::Act,
        /// What the rod said of each barrel, and its cap on or off.
        rods: BarrelReadings,
    },
    /// Ask: make the last look at a muzzle-loader in the receiver's place.
    LookLastBarrels {
        /// The gun.
        gun: S::Gun,
        /// The offer.
        offer: S::Act,
        /// What the rod said of each barrel, and its cap on or off.
        rods: BarrelReadings,
    },
    /// Ask: empty a muzzle-loader, and say what became of every charge that went in.
    EmptyBarrels {
        /// The gun.
        gun: S::Gun,
        /// The barrels whose charge burned.
        burned: Chambers,
        /// The barrels whose charge was struck, did not fire, and was drawn.
        misfired: Chambers,
        /// The barrels whose charge was drawn and never struck.
        unfired: Chambers,
    },
    /// Ask: issue a muzzle-loader in a line, on the handler's reading.
    IssueBarrelsInLine {
        /// The gun.
        gun: S::Gun,
        /// The line.
        line: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What the rod said of each barrel, and its cap on or off.
        rods: BarrelReadings,
    },
    /// Ask: confirm the issue of a muzzle-loader, on the witness's reading.
    ConfirmBarrelsInLine {
        /// The gun.
        gun: S::Gun,
        /// The intent that issued it.
        issue: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What the rod said of each barrel, and its cap on or off.
        rods: BarrelReadings,
    },
    /// Ask: open a scene.
    OpenScene {
        /// The scene.
        scene: S::Scene,
        /// Where it is shot.
        place: S::Place,
    },
    /// Ask: close the open scene: an interlock.
    CloseScene,
    /// Ask: break for lunch: an interlock.
    CloseForLunch,
    /// Ask: wrap the day: an interlock.
    Wrap,
    /// Ask: enter a safety meeting.
    HoldMeeting {
        /// The scene.
        scene: S::Scene,
        /// Where it was held.
        place: S::Place,
        /// What was gone through.
        topics: Topics,
    },
    /// Ask: enter who was at a safety meeting, in person.
    AttendMeeting {
        /// The intent that entered the meeting.
        meeting: S::Act,
        /// Who was there.
        person: S::Person,
    },
    /// Ask: call a gun to the set of the open scene.
    CallToSet {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: call a gun off the set.
    CallOffSet {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: begin to hand out guns along a line of people.
    BeginLine {
        /// Who walks the line as well.
        witness: S::Person,
    },
    /// Ask: issue a gun in a line: scan the gun, scan the wristband, one reading.
    IssueInLine {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the line.
        line: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What was seen; nothing of a thing that cannot fire.
        readings: Readings,
    },
    /// Ask: the witness's reading of a gun that is issued in a line.
    ConfirmInLine {
        /// The gun.
        gun: S::Gun,
        /// The intent that issued it.
        issue: S::Act,
        /// Whose wristband was read.
        to: S::Person,
        /// What was seen.
        readings: Readings,
    },
    /// Ask: count the guns of a line at the cut, blind. Handler and witness answer alike.
    MusterLine {
        /// The intent that began the line.
        line: S::Act,
        /// How many guns were counted.
        guns: u32,
    },
    /// Ask: declare that a gun may pass to a person before the camera in the open scene.
    DeclareTransfer {
        /// The gun.
        gun: S::Gun,
        /// Who may have it.
        to: S::Person,
    },
    /// Ask: declare that a gun may lie in a place before the camera in the open scene.
    DeclarePreset {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
    },
    /// Ask: lay a gun where the shot plan has it, and watch it.
    LayPreset {
        /// The gun.
        gun: S::Gun,
        /// The place.
        place: S::Place,
    },
    /// Report: it fired as planned, or misfired.
    ReportFired {
        /// The gun.
        gun: S::Gun,
        /// Shots that were heard.
        shots: u8,
        /// Times that the trigger was pulled and nothing fired.
        misfires: u8,
    },
    /// Report: people, camera, place or action changed in a gun's line.
    ReportLineChanged {
        /// The gun.
        gun: S::Gun,
    },
    /// Report: it was reloaded before the camera, out of a belt or pocket.
    ReportReloaded {
        /// The gun.
        gun: S::Gun,
        /// The lot.
        lot: S::Lot,
        /// The belt or pocket.
        place: S::Place,
        /// The chambers.
        chambers: Chambers,
    },
    /// Report: the seal of a belt is broken.
    ReportSealBroken {
        /// The belt.
        place: S::Place,
    },
    /// Report: a round was found in a place where none should be.
    ReportRoundFoundIn {
        /// Where it was found.
        place: S::Place,
        /// What it is.
        round: RoundKind,
    },
    /// Ask: begin the plan of a shot of a scene.
    PlanShot {
        /// The scene.
        scene: S::Scene,
    },
    /// Ask: enter a gun into the plan of a shot, or change it there: the exact load, and where its muzzle points.
    PlanGun {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the plan.
        shot: S::Act,
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
        /// Whether a copy that cannot fire was asked for first, and will not do.
        copy_will_not_do: bool,
    },
    /// Ask: enter who stands in a gun's line in a shot, and how far from the muzzle.
    PlacePerson {
        /// Who.
        person: S::Person,
        /// The intent that began the plan.
        shot: S::Act,
        /// In whose line.
        gun: S::Gun,
        /// How far from the muzzle, in millimetres.
        distance_millimetres: u32,
    },
    /// Ask: leave a person out of a shot.
    LeavePersonOut {
        /// Who.
        person: S::Person,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: enter that a person was told of a shot, and that he may refuse.
    TellPerson {
        /// Who.
        person: S::Person,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Report: a person refused to stand where a shot has him. It needs no reason.
    ReportRefusedShot {
        /// Who.
        person: S::Person,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: approve by name where a gun's muzzle points in a shot.
    ApproveMuzzle {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: enter how far the nearest person in a gun's line is from the muzzle, as it was measured on the set.
    MeasureStandOff {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the plan.
        shot: S::Act,
        /// How far, in millimetres.
        nearest_millimetres: u32,
    },
    /// Ask: enter that the shield in a gun's line stands.
    SetBarrier {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: enter that everybody close by a gun with blanks has ears and eyes protected.
    EnterProtection {
        /// The gun.
        gun: S::Gun,
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: is the shot ready? Every gun as planned, everybody where he was said to stand.
    CallShotReady {
        /// The intent that began the plan.
        shot: S::Act,
    },
    /// Ask: may the take begin?
    BeginTake {
        /// The intent that began the plan; none where no gun that can fire is on the set.
        shot: Option<S::Act>,
    },
    /// Report: the take was cut.
    ReportCut,
    /// Report: people, camera, place or action of a shot changed.
    ReportShotChanged {
        /// The intent that began the plan.
        shot: S::Act,
        /// What changed.
        change: ShotChange,
    },
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
    /// Report: somebody has a gun or rounds of his own here, which no register has.
    ReportPersonalWeapon {
        /// Whose they are, where that is known.
        whose: Option<S::Person>,
    },
    /// Ask: give a gun back to the rental house that it came from.
    ReturnToVendor {
        /// The gun.
        gun: S::Gun,
        /// Who takes it for the house.
        vendor: S::Person,
    },
    /// Ask: receive a gun from a rental house: its serial was read, and it is the one on the list.
    ReceiveFromVendor {
        /// The gun.
        gun: S::Gun,
        /// Who brought it for the house.
        vendor: S::Person,
        /// Where it is locked away.
        place: S::Place,
    },
    /// Ask: move a locked place with what is in it, and go along.
    BeginTransit {
        /// The vehicle or the case.
        place: S::Place,
    },
    /// Ask: say that it has arrived, and was never left alone on the way.
    EndTransit {
        /// The vehicle or the case.
        place: S::Place,
    },
    /// Report: a place with guns or rounds in it was left alone.
    ReportUnattended {
        /// The place.
        place: S::Place,
    },
    /// Report: somebody was told that a gun is gone.
    ReportToldOfLoss {
        /// The gun.
        gun: S::Gun,
        /// Who was told.
        notified: Notified,
    },
    /// Ask: erase what stands beside the record of an intent. The entry stays as it is.
    Erase {
        /// The intent.
        intent: S::Act,
        /// Its texts or its files.
        what: Erasable,
        /// Why.
        ground: Ground,
    },
    /// Report: what stands beside the record is needed, and nothing of it may be erased. Anyone may.
    ReportRecordNeeded,
    /// Ask: that it is needed no longer.
    ReleaseRecord {
        /// The intent that asked for it to be preserved.
        preservation: S::Act,
    },
    /// Ask: enter another unit, which shoots at the same hour in another place.
    EnterUnit {
        /// Its number; the first unit is there already.
        unit: Unit,
    },
    /// Ask: move a person to a unit for the open day.
    MovePersonToUnit {
        /// The person.
        person: S::Person,
        /// The unit.
        unit: Unit,
    },
    /// Ask: move a gun to a unit.
    MoveGunToUnit {
        /// The gun.
        gun: S::Gun,
        /// The unit.
        unit: Unit,
    },
    /// Ask: move the box of a lot to a unit.
    MoveLotToUnit {
        /// The lot.
        lot: S::Lot,
        /// The unit.
        unit: Unit,
    },
    /// Ask: move a place to a unit. What is locked away in it stays whose it is.
    MovePlaceToUnit {
        /// The place.
        place: S::Place,
        /// The unit.
        unit: Unit,
    },
    /// Ask: declare that this is a range production, for work for which the law lets live rounds in.
    DeclareRange {
        /// For which work.
        exception: RangeException,
    },
    /// Ask: confirm it, in another role. From then on it is one, for good.
    ConfirmRange {
        /// The intent that declared it.
        declaration: S::Act,
    },
    /// Ask: give the sealed box of a lot back to the rental house, with all that is left of the lot.
    ReturnLotToVendor {
        /// The lot.
        lot: S::Lot,
        /// Who takes it for the house.
        vendor: S::Person,
    },
    /// Ask: sign for the rental house that a gun which went back is there: its serial was read, and it is the one.
    SignForGun {
        /// The gun.
        gun: S::Gun,
    },
    /// Ask: sign for the rental house that the box of a lot which went back is there, under the seal that was put on it.
    SignForLot {
        /// The lot.
        lot: S::Lot,
        /// The number that is read on its seal.
        seal: u32,
    },
    /// Report: before the camera the magazine or belt came out of a gun, and another went in, out of a belt or pocket that
    /// was declared for it.
    ReportFeedSwapped {
        /// The gun.
        gun: S::Gun,
        /// The lot of the rounds that went in.
        lot: S::Lot,
        /// Out of which belt or pocket.
        place: S::Place,
        /// How many rounds went in by it.
        rounds: u8,
        /// How many rounds were in the one that came out.
        came_out: u8,
        /// Where the one that came out was put.
        into: S::Place,
    },
    /// Report: a gun is kept as an exhibit, as it is and where it is.
    ReportGunExhibit {
        /// The gun.
        gun: S::Gun,
        /// The stop that it is kept for.
        stop: S::Act,
        /// Who guards it.
        guard: S::Person,
    },
    /// Report: the box of a lot is kept as an exhibit.
    ReportLotExhibit {
        /// The lot.
        lot: S::Lot,
        /// The stop that it is kept for.
        stop: S::Act,
        /// Who guards it.
        guard: S::Person,
    },
    /// Report: a gun could not stay as it was, two people opened it, and what was in it is bagged by itself as an exhibit.
    ReportRoundsExhibit {
        /// The gun.
        gun: S::Gun,
        /// The stop that they are kept for.
        stop: S::Act,
        /// Who opened it together with the one who reports.
        witness: S::Person,
        /// What they took out of it.
        saw: Tally,
        /// Who guards the bag.
        guard: S::Person,
    },
    /// Report: an exhibit was given to another. He has it when he says so himself.
    ReportExhibitGiven {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
        /// To whom.
        to: S::Person,
    },
    /// Report: whoever reports has an exhibit and guards it now.
    ReportExhibitTaken {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
    },
    /// Report: the police have an exhibit.
    ReportExhibitToPolice {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
    },
    /// Ask: release an exhibit, by the one who inquires.
    ReleaseExhibit {
        /// The intent that made it an exhibit.
        exhibit: S::Act,
    },
}

impl<S: Scope> Intent<S> {
    /// Is it judged before the act, or does it say what happened?
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "every kind of intent is named once")]
    pub const fn kind(&self) -> IntentKind {
        match self {
            Intent::ReportHave { .. }
            | Intent::ReportGone { .. }
            | Intent::ReportOutOfSight { .. }
            | Intent::ReportDoubt { .. }
            | Intent::ReportFault { .. }
            | Intent::ReportMuzzle { .. }
            | Intent::ReportPoliceTold { .. }
            | Intent::ReportDischarge { .. }
            | Intent::ReportRoundFound { .. }
            | Intent::ReportDispute { .. }
            | Intent::ReportLeft { .. }
            | Intent::ReportReturned { .. }
            | Intent::ReportBreak
            | Intent::ReportFired { .. }
            | Intent::ReportLineChanged { .. }
            | Intent::ReportReloaded { .. }
            | Intent::ReportSealBroken { .. }
            | Intent::ReportRoundFoundIn { .. }
            | Intent::ReportRefusedShot { .. }
            | Intent::ReportCut
            | Intent::ReportShotChanged { .. }
            | Intent::ReportRecordNeeded
            | Intent::ReportToldOfLoss { .. }
            | Intent::ReportSafetyRequest { .. }
            | Intent::ReportGuardInside { .. }
            | Intent::ReportPersonalWeapon { .. }
            | Intent::ReportUnattended { .. }
            | Intent::ReportFeedSwapped { .. }
            | Intent::ReportGunExhibit { .. }
            | Intent::ReportLotExhibit { .. }
            | Intent::ReportRoundsExhibit { .. }
            | Intent::ReportExhibitGiven { .. }
            | Intent::ReportExhibitTaken { .. }
            | Intent::ReportExhibitToPolice { .. }
            | Intent::Stop { .. } => IntentKind::Report,
            Intent::AddPerson { .. }
            | Intent::AssignRoles { .. }
            | Intent::OpenDay { .. }
            | Intent::AdoptPacks { .. }
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
            | Intent::ReceiveLot { .. }
            | Intent::EnterCalibre { .. }
            | Intent::RosterDuty { .. }
            | Intent::Require { .. }
            | Intent::EnterTraining { .. }
            | Intent::EnterCourse { .. }
            | Intent::EnterPermit { .. }
            | Intent::NameContact { .. }
            | Intent::EnterAuthority { .. }
            | Intent::AnswerRequest { .. }
            | Intent::DeclareGuard { .. }
            | Intent::PlanScene { .. }
            | Intent::TakeOutLot { .. }
            | Intent::PutAwayLot { .. }
            | Intent::ReBox { .. }
            | Intent::Draw { .. }
            | Intent::PutBack { .. }
            | Intent::Stow { .. }
            | Intent::Gather { .. }
            | Intent::SealBelt { .. }
            | Intent::SeeSeal { .. }
            | Intent::DeclareReload { .. }
            | Intent::BeginCount { .. }
            | Intent::AnswerCount { .. }
            | Intent::GiveUpCount { .. }
            | Intent::DeclareLost { .. }
            | Intent::TestBlank { .. }
            | Intent::ClearLine { .. }
            | Intent::EmptyGun { .. }
            | Intent::AnswerFeedCheck { .. }
            | Intent::LookLastFeed { .. }
            | Intent::LoadFeed { .. }
            | Intent::EmptyFeed { .. }
            | Intent::IssueFeedInLine { .. }
            | Intent::ConfirmFeedInLine { .. }
            | Intent::RunRod { .. }
            | Intent::Prime { .. }
            | Intent::AnswerBarrelCheck { .. }
            | Intent::LookLastBarrels { .. }
            | Intent::EmptyBarrels { .. }
            | Intent::IssueBarrelsInLine { .. }
            | Intent::ConfirmBarrelsInLine { .. }
            | Intent::OpenScene { .. }
            | Intent::CloseScene
            | Intent::CloseForLunch
            | Intent::Wrap
            | Intent::HoldMeeting { .. }
            | Intent::AttendMeeting { .. }
            | Intent::CallToSet { .. }
            | Intent::CallOffSet { .. }
            | Intent::ClearFault { .. }
            | Intent::BeginLine { .. }
            | Intent::IssueInLine { .. }
            | Intent::ConfirmInLine { .. }
            | Intent::MusterLine { .. }
            | Intent::DeclareTransfer { .. }
            | Intent::DeclarePreset { .. }
            | Intent::LayPreset { .. }
            | Intent::PlanShot { .. }
            | Intent::PlanGun { .. }
            | Intent::PlacePerson { .. }
            | Intent::LeavePersonOut { .. }
            | Intent::TellPerson { .. }
            | Intent::ApproveMuzzle { .. }
            | Intent::MeasureStandOff { .. }
            | Intent::SetBarrier { .. }
            | Intent::EnterProtection { .. }
            | Intent::CallShotReady { .. }
            | Intent::BeginTake { .. }
            | Intent::ReturnToVendor { .. }
            | Intent::ReceiveFromVendor { .. }
            | Intent::BeginTransit { .. }
            | Intent::EndTransit { .. }
            | Intent::Erase { .. }
            | Intent::ReleaseRecord { .. }
            | Intent::EnterUnit { .. }
            | Intent::MovePersonToUnit { .. }
            | Intent::MoveGunToUnit { .. }
            | Intent::MoveLotToUnit { .. }
            | Intent::MovePlaceToUnit { .. }
            | Intent::DeclareRange { .. }
            | Intent::ConfirmRange { .. }
            | Intent::ReturnLotToVendor { .. }
            | Intent::SignForGun { .. }
            | Intent::SignForLot { .. }
            | Intent::ReleaseExhibit { .. }
            | Intent::CloseInquiry { .. } => IntentKind::Ask,
        }
    }

    /// The gun that it is about, where it is about one.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "every kind of intent is named once")]
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
            | Intent::ReportToldOfLoss { gun, .. }
            | Intent::ReportOutOfSight { gun }
            | Intent::ReportDoubt { gun }
            | Intent::ReportFault { gun }
            | Intent::ClearFault { gun }
            | Intent::ReportMuzzle { gun }
            | Intent::ReportDischarge { gun }
            | Intent::EnterCalibre { gun, .. }
            | Intent::TestBlank { gun, .. }
            | Intent::ClearLine { gun, .. }
            | Intent::EmptyGun { gun, .. }
            | Intent::AnswerFeedCheck { gun, .. }
            | Intent::LookLastFeed { gun, .. }
            | Intent::LoadFeed { gun, .. }
            | Intent::EmptyFeed { gun, .. }
            | Intent::IssueFeedInLine { gun, .. }
            | Intent::ConfirmFeedInLine { gun, .. }
            | Intent::RunRod { gun, .. }
            | Intent::Prime { gun, .. }
            | Intent::AnswerBarrelCheck { gun, .. }
            | Intent::LookLastBarrels { gun, .. }
            | Intent::EmptyBarrels { gun, .. }
            | Intent::IssueBarrelsInLine { gun, .. }
            | Intent::ConfirmBarrelsInLine { gun, .. }
            | Intent::CallToSet { gun }
            | Intent::CallOffSet { gun }
            | Intent::IssueInLine { gun, .. }
            | Intent::ConfirmInLine { gun, .. }
            | Intent::DeclareTransfer { gun, .. }
            | Intent::DeclarePreset { gun, .. }
            | Intent::LayPreset { gun, .. }
            | Intent::ReportFired { gun, .. }
            | Intent::ReportLineChanged { gun }
            | Intent::ReportReloaded { gun, .. }
            | Intent::PlanGun { gun, .. }
            | Intent::PlacePerson { gun, .. }
            | Intent::ApproveMuzzle { gun, .. }
            | Intent::MeasureStandOff { gun, .. }
            | Intent::SetBarrier { gun, .. }
            | Intent::EnterProtection { gun, .. }
            | Intent::ReturnToVendor { gun, .. }
            | Intent::ReceiveFromVendor { gun, .. }
            | Intent::MoveGunToUnit { gun, .. }
            | Intent::SignForGun { gun }
            | Intent::ReportFeedSwapped { gun, .. }
            | Intent::ReportGunExhibit { gun, .. }
            | Intent::ReportRoundsExhibit { gun, .. }
            | Intent::ReportDispute { gun } => Some(*gun),
            Intent::AddPerson { .. }
            | Intent::AssignRoles { .. }
            | Intent::OpenDay { .. }
            | Intent::AdoptPacks { .. }
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
            | Intent::ReceiveLot { .. }
            | Intent::RosterDuty { .. }
            | Intent::Require { .. }
            | Intent::EnterTraining { .. }
            | Intent::EnterCourse { .. }
            | Intent::EnterPermit { .. }
            | Intent::EnterAuthority { .. }
            | Intent::NameContact { .. }
            | Intent::ReportPoliceTold { .. }
            | Intent::ReportSafetyRequest { .. }
            | Intent::AnswerRequest { .. }
            | Intent::DeclareGuard { .. }
            | Intent::ReportGuardInside { .. }
            | Intent::PlanScene { .. }
            | Intent::TakeOutLot { .. }
            | Intent::PutAwayLot { .. }
            | Intent::ReBox { .. }
            | Intent::Draw { .. }
            | Intent::PutBack { .. }
            | Intent::Stow { .. }
            | Intent::Gather { .. }
            | Intent::SealBelt { .. }
            | Intent::SeeSeal { .. }
            | Intent::DeclareReload { .. }
            | Intent::BeginCount { .. }
            | Intent::AnswerCount { .. }
            | Intent::GiveUpCount { .. }
            | Intent::DeclareLost { .. }
            | Intent::OpenScene { .. }
            | Intent::CloseScene
            | Intent::CloseForLunch
            | Intent::Wrap
            | Intent::HoldMeeting { .. }
            | Intent::AttendMeeting { .. }
            | Intent::BeginLine { .. }
            | Intent::MusterLine { .. }
            | Intent::ReportSealBroken { .. }
            | Intent::ReportRoundFoundIn { .. }
            | Intent::PlanShot { .. }
            | Intent::LeavePersonOut { .. }
            | Intent::TellPerson { .. }
            | Intent::ReportRefusedShot { .. }
            | Intent::CallShotReady { .. }
            | Intent::BeginTake { .. }
            | Intent::ReportCut
            | Intent::ReportShotChanged { .. }
            | Intent::ReportPersonalWeapon { .. }
            | Intent::BeginTransit { .. }
            | Intent::EndTransit { .. }
            | Intent::ReportUnattended { .. }
            | Intent::Erase { .. }
            | Intent::ReportRecordNeeded
            | Intent::ReleaseRecord { .. }
            | Intent::EnterUnit { .. }
            | Intent::MovePersonToUnit { .. }
            | Intent::MoveLotToUnit { .. }
            | Intent::MovePlaceToUnit { .. }
            | Intent::DeclareRange { .. }
            | Intent::ConfirmRange { .. }
            | Intent::ReturnLotToVendor { .. }
            | Intent::SignForLot { .. }
            | Intent::ReportLotExhibit { .. }
            | Intent::ReportExhibitGiven { .. }
            | Intent::ReportExhibitTaken { .. }
            | Intent::ReportExhibitToPolice { .. }
            | Intent::ReleaseExhibit { .. }
            | Intent::CloseInquiry { .. } => None,
        }
    }

    /// The lot that it is about, or that a gun is loaded from by it.
    #[must_use]
    pub const fn lot(&self) -> Option<S::Lot> {
        if let Intent::RegisterLot { lot, .. }
        | Intent::ReceiveLot { lot, .. }
        | Intent::TakeOutLot { lot }
        | Intent::PutAwayLot { lot, .. }
        | Intent::ReBox { lot, .. }
        | Intent::Draw { lot, .. }
        | Intent::PutBack { lot, .. }
        | Intent::Stow { lot, .. }
        | Intent::Gather { lot, .. }
        | Intent::BeginCount { lot, .. }
        | Intent::AnswerCount { lot, .. }
        | Intent::GiveUpCount { lot, .. }
        | Intent::DeclareLost { lot, .. }
        | Intent::Load { lot, .. }
        | Intent::LoadFeed { lot, .. }
        | Intent::TestBlank { lot, .. }
        | Intent::MoveLotToUnit { lot, .. }
        | Intent::ReportReloaded { lot, .. }
        | Intent::ReturnLotToVendor { lot, .. }
        | Intent::SignForLot { lot, .. }
        | Intent::ReportLotExhibit { lot, .. }
        | Intent::ReportFeedSwapped { lot, .. } = self
        {
            Some(*lot)
        } else {
            None
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
