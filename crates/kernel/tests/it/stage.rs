//! The tests' scope, and a stage on which tests read as a set would speak: "the armorer takes
//! gun 1 out".

use kernel::{
    Action, BarrelReading, BarrelReadings, Calibre, Chambers, Choices, Code, Content, Context, Custody, Day, Doubt,
    Erasable, Event, FeedReading, Ground, Gun, GunKind, Intent, Light, Limits, Load, Look, LotKind, Method, Moment,
    Notified, Occasion, Packs, PlaceKind, Proven, RangeException, Reading, Readings, Rod, Role, Roles, RoundKind,
    Rules, Scope, Seen, ShowingState, State, Status, StopCause, Tally, Topic, Unit, Verdict, decide, evolve, shown,
};

/// A moment of the tests.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Tick(pub u16);

impl Moment for Tick {
    fn later_by(self, span: u64) -> Self {
        Tick(self.0.saturating_add(u16::try_from(span).unwrap_or(u16::MAX)))
    }
}

/// Small integers for everything.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Small;

impl Scope for Small {
    type Person = u8;
    type Device = u8;
    type Place = u8;
    type Gun = u8;
    type Lot = u8;
    type Scene = u8;
    type Act = u16;
    type Time = Tick;

    const MISFIRE_WAIT: u64 = 2;
    const LONGEST_DUTY: u64 = 60;
}

/// A showing holds 5 ticks, a match 20, and an ask may be 2 old.
pub const LIMITS: Limits = Limits { showing_life: 5, identity_life: 20, ask_tolerance: 2 };

pub const ARMORER: Who = Who(1);
pub const WITNESS: Who = Who(2);
pub const PERFORMER: Who = Who(3);
pub const FIRST_AD: Who = Who(4);
pub const HANDLER: Who = Who(5);
pub const PRODUCER: Who = Who(6);
pub const ASSISTANT: Who = Who(7);
pub const OBSERVER: Who = Who(8);
pub const STAND_IN: Who = Who(9);
pub const CAMERA: Who = Who(10);
pub const SAFETY_OFFICER: Who = Who(11);
/// A performer who is qualified to handle as well.
pub const STUNT_PERFORMER: Who = Who(12);
/// A rental house.
pub const VENDOR: Who = Who(13);
/// A performer who was not at the safety meeting.
pub const LATECOMER: Who = Who(14);
pub const EXTRA: Who = Who(15);
/// Nobody the register knows.
pub const STRANGER: Who = Who(99);

/// Who is on the register, with the roles of the day and whom they answer to.
pub const PEOPLE: [(Who, &[Role], Option<Who>); 15] = [
    (ARMORER, &[Role::Armorer], None),
    (WITNESS, &[Role::Witness], None),
    (PERFORMER, &[Role::Performer], None),
    (FIRST_AD, &[Role::FirstAd], None),
    (HANDLER, &[Role::Handler], None),
    (PRODUCER, &[Role::Producer], None),
    (ASSISTANT, &[Role::Assistant, Role::Witness], Some(ARMORER)),
    (OBSERVER, &[Role::Witness], Some(ARMORER)),
    (STAND_IN, &[Role::StandIn, Role::Witness], None),
    (CAMERA, &[Role::Camera], None),
    (SAFETY_OFFICER, &[Role::SafetyOfficer], None),
    (STUNT_PERFORMER, &[Role::Performer, Role::Handler], None),
    (VENDOR, &[Role::Vendor], None),
    (LATECOMER, &[Role::Performer], None),
    (EXTRA, &[Role::Extra], None),
];

/// A single-action revolver with six chambers.
pub const GUN_1: u8 = 1;
/// A rubber copy.
pub const RUBBER: u8 = 2;
/// A pistol with a magazine.
pub const PISTOL: u8 = 3;
/// A blank-only double-action revolver with two chambers.
pub const GUN_4: u8 = 4;
/// A musket, loaded from the muzzle.
pub const MUSKET: u8 = 5;

pub const VAULT: u8 = 1;
/// It locks, and it is for ammunition.
pub const AMMUNITION_CASE: u8 = 2;
/// For guns, and it does not lock.
pub const CART: u8 = 3;
/// Where the open scene is shot.
pub const SET: u8 = 4;
pub const BELT: u8 = 5;
pub const POCKET: u8 = 6;

/// Dummies that do not show at the head that they are inert.
pub const DUMMIES: u8 = 1;
pub const BLANKS: u8 = 2;
pub const DRESS_ROUNDS: u8 = 3;
/// Dummies drilled through the head.
pub const DRILLED_DUMMIES: u8 = 4;
/// A box with two dummies left.
pub const TWO_DUMMIES: u8 = 5;
/// Dummies that no two people have had in the hand.
pub const UNVERIFIED_DUMMIES: u8 = 6;
/// Dummies of which nobody entered where they came from.
pub const DUMMIES_OF_NOBODY: u8 = 7;
/// Dummies that fit no gun of the register.
pub const OTHER_DUMMIES: u8 = 8;

/// The lots whose boxes the armorer has out.
pub const USED_LOTS: [u8; 5] = [DUMMIES, BLANKS, DRESS_ROUNDS, DRILLED_DUMMIES, TWO_DUMMIES];

/// What every gun here takes.
pub const CALIBRE: Calibre = Calibre(45);
/// How far the test found that the blanks reach.
pub const STAND_OFF_CENTIMETRES: u32 = 600;

/// The open scene: blanks are planned for it.
pub const SCENE: u8 = 1;
/// A scene without blanks.
pub const QUIET_SCENE: u8 = 2;
/// The safety meeting of the open scene, where it is shot.
pub const MEETING: u16 = 900;

/// In an intent: the offer, check, count, line, issue or stop that is open.
pub const THE_OPEN_ONE: u16 = u16::MAX;
/// In an intent: an offer, check, count, meeting, line, issue or stop that never was.
pub const ANOTHER: u16 = u16::MAX - 1;

/// A person. Each has a device with the same number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Who(pub u8);

/// What somebody says, how, and how long ago.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub by: Option<u8>,
    pub device: Option<u8>,
    pub proven: Proven,
    pub ago: i32,
    pub intent: Intent<Small>,
}

/// Says it without any log-in.
pub const fn anybody(intent: Intent<Small>) -> Said {
    Said { by: None, device: None, proven: Proven::Nobody, ago: 0, intent }
}

impl Said {
    /// On somebody else's device, with his own PIN.
    pub const fn on_the_device_of(self, other: Who) -> Said {
        Said { device: Some(other.0), proven: Proven::OtherDevicePin, ..self }
    }

    pub const fn proven_by(self, proven: Proven) -> Said {
        Said { proven, ..self }
    }

    /// By the device's clock it was said so many ticks ago.
    pub const fn ago(self, ago: i32) -> Said {
        Said { ago, ..self }
    }
}

impl Who {
    pub const fn says(self, intent: Intent<Small>) -> Said {
        Said { by: Some(self.0), device: Some(self.0), proven: Proven::OwnDevicePin, ago: 0, intent }
    }

    pub const fn adds(self, person: Who) -> Said {
        self.says(Intent::AddPerson { person: person.0 })
    }

    pub fn gives_roles(self, person: Who, day: u32, roles: &[Role]) -> Said {
        let roles = roles.iter().copied().collect();
        self.says(Intent::AssignRoles { person: person.0, day: Day(day), roles, answers_to: None })
    }

    /// What he is entered for today stays, and from now on he answers to another.
    pub fn puts_under(self, person: Who, superior: Who) -> Said {
        let roles = [if person == WITNESS { Role::Witness } else { Role::Camera }].into_iter().collect();
        self.says(Intent::AssignRoles { person: person.0, day: Day(1), roles, answers_to: Some(superior.0) })
    }

    pub const fn opens_day(self, day: u32) -> Said {
        self.says(Intent::OpenDay { day: Day(day) })
    }

    pub const fn adopts(self, packs: Packs, choices: Choices) -> Said {
        self.says(Intent::AdoptPacks { packs, choices })
    }

    pub const fn invites(self, person: Who) -> Said {
        self.says(Intent::InviteDevice { person: person.0 })
    }

    pub const fn revokes_the_device_of(self, person: Who) -> Said {
        self.says(Intent::RevokeDevice { device: person.0 })
    }

    pub const fn registers_a_gun(self, gun: u8, action: Action, chambers: u8) -> Said {
        let kind = GunKind::LiveCapable;
        self.says(Intent::RegisterGun { gun, kind, action, chambers, place: VAULT })
    }

    pub const fn registers_a_lot(self, lot: u8, kind: LotKind) -> Said {
        self.says(Intent::RegisterLot { lot, kind, inert_at_head: false, rounds: 50 })
    }

    pub const fn registers_of(self, lot: u8, rounds: u32) -> Said {
        self.says(Intent::RegisterLot { lot, kind: LotKind::Dummy, inert_at_head: false, rounds })
    }

    pub const fn takes_out(self, gun: u8) -> Said {
        self.says(Intent::TakeOut { gun })
    }

    pub const fn puts_away(self, gun: u8, place: u8) -> Said {
        self.says(Intent::PutAway { gun, place })
    }

    pub const fn offers(self, gun: u8, to: Who) -> Said {
        self.says(Intent::Offer { gun, to: to.0 })
    }

    pub const fn withdraws_the_offer_of(self, gun: u8) -> Said {
        self.says(Intent::WithdrawOffer { gun, offer: THE_OPEN_ONE })
    }

    pub const fn looks_and_takes(self, gun: u8) -> Said {
        self.says(Intent::Take { gun, offer: THE_OPEN_ONE, look: Look::Looked })
    }

    pub const fn declines_to_look_and_takes(self, gun: u8) -> Said {
        self.says(Intent::Take { gun, offer: THE_OPEN_ONE, look: Look::Declined })
    }

    pub const fn refuses(self, gun: u8) -> Said {
        self.says(Intent::RefuseOffer { gun, offer: THE_OPEN_ONE })
    }

    pub const fn takes_back(self, gun: u8) -> Said {
        self.says(Intent::TakeBack { gun })
    }

    pub const fn looks_last(self, gun: u8, readings: Readings) -> Said {
        self.says(Intent::LookLast { gun, offer: THE_OPEN_ONE, readings })
    }

    /// Answers the check with everything that he saw.
    pub const fn sees(self, gun: u8, seen: Seen) -> Said {
        let (check, readings) = (THE_OPEN_ONE, seen.readings);
        self.says(match (seen.barrels, seen.feed) {
            (Some(rods), _) => Intent::AnswerBarrelCheck { gun, check, rods },
            (None, None) => Intent::AnswerCheck { gun, check, readings },
            (None, Some(feed)) => Intent::AnswerFeedCheck { gun, check, readings, feed },
        })
    }

    /// Makes the last look with everything that he saw.
    pub const fn sees_last(self, gun: u8, seen: Seen) -> Said {
        let (offer, readings) = (THE_OPEN_ONE, seen.readings);
        self.says(match (seen.barrels, seen.feed) {
            (Some(rods), _) => Intent::LookLastBarrels { gun, offer, rods },
            (None, None) => Intent::LookLast { gun, offer, readings },
            (None, Some(feed)) => Intent::LookLastFeed { gun, offer, readings, feed },
        })
    }

    pub const fn issues(self, gun: u8, to: Who, seen: Seen) -> Said {
        let (line, to, readings) = (THE_OPEN_ONE, to.0, seen.readings);
        self.says(match (seen.barrels, seen.feed) {
            (Some(rods), _) => Intent::IssueBarrelsInLine { gun, line, to, rods },
            (None, None) => Intent::IssueInLine { gun, line, to, readings },
            (None, Some(feed)) => Intent::IssueFeedInLine { gun, line, to, readings, feed },
        })
    }

    pub const fn confirms(self, gun: u8, to: Who, seen: Seen) -> Said {
        let (issue, to, readings) = (THE_OPEN_ONE, to.0, seen.readings);
        self.says(match (seen.barrels, seen.feed) {
            (Some(rods), _) => Intent::ConfirmBarrelsInLine { gun, issue, to, rods },
            (None, None) => Intent::ConfirmInLine { gun, issue, to, readings },
            (None, Some(feed)) => Intent::ConfirmFeedInLine { gun, issue, to, readings, feed },
        })
    }

    /// Into what feeds it, and nothing into the chamber.
    pub const fn loads_the_feed(self, gun: u8, lot: u8, rounds: u8) -> Said {
        self.says(Intent::LoadFeed { gun, lot, chambers: Chambers::NONE, rounds })
    }

    pub fn empties_the_feed(self, gun: u8, [spent, misfired]: [u8; 2], chambers: &[u8], rounds: u8) -> Said {
        self.says(Intent::EmptyFeed { gun, spent, misfired, chambers: self::chambers(chambers), rounds })
    }

    pub const fn runs_the_rod(self, gun: u8, rod: Rod) -> Said {
        self.says(Intent::RunRod { gun, rod })
    }

    pub fn primes(self, gun: u8, barrels: &[u8]) -> Said {
        self.says(Intent::Prime { gun, barrels: chambers(barrels) })
    }

    /// What burned, what misfired, and what was drawn.
    pub fn empties_the_barrels(self, gun: u8, charges: [&[u8]; 3]) -> Said {
        let [burned, misfired, unfired] = charges.map(chambers);
        self.says(Intent::EmptyBarrels { gun, burned, misfired, unfired })
    }

    pub const fn looks_through_the_bore(self, gun: u8, light: Light) -> Said {
        self.says(Intent::LookThroughBore { gun, light })
    }

    pub fn loads(self, gun: u8, lot: u8, chambers: &[u8]) -> Said {
        self.says(Intent::Load { gun, lot, chambers: self::chambers(chambers) })
    }

    pub fn unloads(self, gun: u8, chambers: &[u8]) -> Said {
        self.says(Intent::Unload { gun, chambers: self::chambers(chambers) })
    }

    pub const fn begins_a_check(self, gun: u8, witness: Who) -> Said {
        self.says(Intent::BeginCheck { gun, witness: witness.0 })
    }

    pub const fn answers(self, gun: u8, readings: Readings) -> Said {
        self.says(Intent::AnswerCheck { gun, check: THE_OPEN_ONE, readings })
    }

    pub const fn gives_the_check_up(self, gun: u8) -> Said {
        self.says(Intent::GiveUpCheck { gun, check: THE_OPEN_ONE })
    }

    pub const fn matches_the_label_of(self, gun: u8) -> Said {
        self.says(Intent::MatchIdentity { gun })
    }

    pub const fn asks_to_point_toward_people(self, gun: u8) -> Said {
        self.says(Intent::PointTowardPeople { gun })
    }

    pub const fn has(self, gun: u8) -> Said {
        self.says(Intent::ReportHave { gun })
    }

    pub const fn returns_to(self, vendor: Who, gun: u8) -> Said {
        self.says(Intent::ReturnToVendor { gun, vendor: vendor.0 })
    }

    pub const fn receives_from(self, vendor: Who, gun: u8, place: u8) -> Said {
        self.says(Intent::ReceiveFromVendor { gun, vendor: vendor.0, place })
    }

    pub const fn returns_the_box_to(self, vendor: Who, lot: u8) -> Said {
        self.says(Intent::ReturnLotToVendor { lot, vendor: vendor.0 })
    }

    pub const fn signs_for(self, gun: u8) -> Said {
        self.says(Intent::SignForGun { gun })
    }

    pub const fn signs_for_the_box(self, lot: u8, seal: u32) -> Said {
        self.says(Intent::SignForLot { lot, seal })
    }

    pub const fn moves(self, place: u8) -> Said {
        self.says(Intent::BeginTransit { place })
    }

    pub const fn arrives_with(self, place: u8) -> Said {
        self.says(Intent::EndTransit { place })
    }

    pub const fn reports_unattended(self, place: u8) -> Said {
        self.says(Intent::ReportUnattended { place })
    }

    pub const fn sees_a_personal_weapon_of(self, whose: Option<u8>) -> Said {
        self.says(Intent::ReportPersonalWeapon { whose })
    }

    pub const fn reports_gone(self, gun: u8) -> Said {
        self.says(Intent::ReportGone { gun })
    }

    pub const fn reports_left(self, person: Who) -> Said {
        self.says(Intent::ReportLeft { person: person.0 })
    }

    pub const fn reports_a_break(self) -> Said {
        self.says(Intent::ReportBreak)
    }

    pub const fn finds(self, round: RoundKind) -> Said {
        self.says(Intent::ReportRoundFound { round })
    }

    pub const fn stops(self) -> Said {
        self.says(Intent::Stop { cause: StopCause::Called })
    }

    pub const fn names_for_the_inquiry(self, inquirer: Who) -> Said {
        self.says(Intent::NameInquiry { stop: THE_OPEN_ONE, inquirer: inquirer.0 })
    }

    pub const fn closes_the_inquiry(self) -> Said {
        self.says(Intent::CloseInquiry { stop: THE_OPEN_ONE })
    }

    pub const fn told_of_the_loss_of(self, gun: u8, notified: Notified) -> Said {
        self.says(Intent::ReportToldOfLoss { gun, notified })
    }

    /// Erases the name that the first intent of all committed to, which the person asked for.
    pub const fn erases_a_name(self) -> Said {
        self.says(Intent::Erase { intent: 1, what: Erasable::Texts, ground: Ground::PersonAsked })
    }

    pub const fn preserves_the_record(self) -> Said {
        self.says(Intent::ReportRecordNeeded)
    }

    pub const fn releases_the_record(self) -> Said {
        self.says(Intent::ReleaseRecord { preservation: THE_OPEN_ONE })
    }

    /// Declares a range production, for the training of actors.
    pub const fn declares_a_range(self) -> Said {
        self.says(Intent::DeclareRange { exception: RangeException::ActorTraining })
    }

    /// Keeps a gun as an exhibit of the stop that stands.
    pub const fn keeps_as_an_exhibit(self, gun: u8, guard: Who) -> Said {
        self.says(Intent::ReportGunExhibit { gun, stop: THE_OPEN_ONE, guard: guard.0 })
    }

    pub const fn keeps_the_box_as_an_exhibit(self, lot: u8, guard: Who) -> Said {
        self.says(Intent::ReportLotExhibit { lot, stop: THE_OPEN_ONE, guard: guard.0 })
    }

    /// Opened a gun together with `witness`, and bagged what was in it.
    pub const fn bags(self, gun: u8, witness: Who, saw: Tally, guard: Who) -> Said {
        let (witness, guard) = (witness.0, guard.0);
        self.says(Intent::ReportRoundsExhibit { gun, stop: THE_OPEN_ONE, witness, saw, guard })
    }

    pub const fn gives_the_exhibit_to(self, to: Who) -> Said {
        self.says(Intent::ReportExhibitGiven { exhibit: THE_OPEN_ONE, to: to.0 })
    }

    pub const fn has_the_exhibit(self) -> Said {
        self.says(Intent::ReportExhibitTaken { exhibit: THE_OPEN_ONE })
    }

    pub const fn gives_the_exhibit_to_the_police(self) -> Said {
        self.says(Intent::ReportExhibitToPolice { exhibit: THE_OPEN_ONE })
    }

    pub const fn releases_the_exhibit(self) -> Said {
        self.says(Intent::ReleaseExhibit { exhibit: THE_OPEN_ONE })
    }

    pub const fn confirms_the_range(self) -> Said {
        self.says(Intent::ConfirmRange { declaration: THE_OPEN_ONE })
    }
}

/// What is said of rounds.
impl Who {
    pub const fn receives(self, lot: u8, kind: LotKind, rounds: u32) -> Said {
        self.says(Intent::ReceiveLot {
            lot,
            kind,
            load: None,
            calibre: Some(CALIBRE),
            source: VENDOR.0,
            rounds,
            inert_at_head: false,
            uniform: true,
            place: AMMUNITION_CASE,
        })
    }

    pub const fn takes_the_box_out(self, lot: u8) -> Said {
        self.says(Intent::TakeOutLot { lot })
    }

    pub const fn puts_the_box_away(self, lot: u8) -> Said {
        self.says(Intent::PutAwayLot { lot, place: AMMUNITION_CASE })
    }

    pub const fn re_boxes(self, lot: u8, from: u8, rounds: u32) -> Said {
        self.says(Intent::ReBox { lot, from, rounds })
    }

    pub const fn draws(self, lot: u8, rounds: u32) -> Said {
        self.says(Intent::Draw { lot, rounds })
    }

    pub const fn puts_back(self, lot: u8, rounds: u32) -> Said {
        self.says(Intent::PutBack { lot, rounds })
    }

    pub const fn stows(self, lot: u8, place: u8, rounds: u32) -> Said {
        self.says(Intent::Stow { lot, place, rounds })
    }

    pub const fn gathers(self, lot: u8, place: u8, rounds: u32) -> Said {
        self.says(Intent::Gather { lot, place, rounds })
    }

    pub const fn seals(self, place: u8, seal: u32) -> Said {
        self.says(Intent::SealBelt { place, seal })
    }

    pub const fn sees_the_seal(self, place: u8, seal: u32) -> Said {
        self.says(Intent::SeeSeal { place, seal })
    }

    pub const fn declares_a_reload(self, place: u8) -> Said {
        self.says(Intent::DeclareReload { place })
    }

    pub fn reports_reloaded(self, gun: u8, lot: u8, place: u8, chambers: &[u8]) -> Said {
        self.says(Intent::ReportReloaded { gun, lot, place, chambers: self::chambers(chambers) })
    }

    /// So many rounds of the lot went in out of `place`, and so many came out into `into`.
    pub const fn reports_swapped(
        self,
        gun: u8,
        lot: u8,
        (place, rounds): (u8, u8),
        (into, came_out): (u8, u8),
    ) -> Said {
        self.says(Intent::ReportFeedSwapped { gun, lot, place, rounds, came_out, into })
    }

    pub const fn begins_a_count(self, lot: u8, occasion: Occasion, witness: Who) -> Said {
        self.says(Intent::BeginCount { lot, occasion, witness: witness.0 })
    }

    /// Every round taken out, seen and shaken; no seal put on.
    pub const fn counts(self, lot: u8, tally: Tally) -> Said {
        self.counts_and_seals(lot, tally, None)
    }

    pub const fn counts_and_seals(self, lot: u8, tally: Tally, seal: Option<u32>) -> Said {
        let method = Method::RemovedSeenShaken;
        self.says(Intent::AnswerCount { lot, count: THE_OPEN_ONE, tally, method, seal })
    }

    pub const fn gives_the_count_up(self, lot: u8) -> Said {
        self.says(Intent::GiveUpCount { lot, count: THE_OPEN_ONE })
    }

    pub const fn says_lost(self, lot: u8, brass: u32, place: u8) -> Said {
        self.says(Intent::DeclareLost { lot, brass, place })
    }

    pub const fn tests(self, gun: u8, lot: u8, rounds: u32) -> Said {
        self.says(Intent::TestBlank { gun, lot, rounds, stand_off_centimetres: STAND_OFF_CENTIMETRES })
    }

    pub const fn finds_the_line_clear(self, gun: u8, nearest_centimetres: u32) -> Said {
        self.says(Intent::ClearLine { gun, nearest_centimetres })
    }

    pub const fn says_it_does_not_work(self, gun: u8) -> Said {
        self.says(Intent::ReportFault { gun })
    }

    pub const fn clears_the_fault_of(self, gun: u8) -> Said {
        self.says(Intent::ClearFault { gun })
    }

    pub const fn reports_fired(self, gun: u8, shots: u8, misfires: u8) -> Said {
        self.says(Intent::ReportFired { gun, shots, misfires })
    }

    pub fn empties(self, gun: u8, spent: &[u8], misfired: &[u8], unfired: &[u8]) -> Said {
        let [spent, misfired, unfired] = [spent, misfired, unfired].map(self::chambers);
        self.says(Intent::EmptyGun { gun, spent, misfired, unfired })
    }
}

/// What is said of the scene.
impl Who {
    pub const fn opens_the_scene(self, scene: u8) -> Said {
        self.says(Intent::OpenScene { scene, place: SET })
    }

    pub const fn closes_the_scene(self) -> Said {
        self.says(Intent::CloseScene)
    }

    pub const fn breaks_for_lunch(self) -> Said {
        self.says(Intent::CloseForLunch)
    }

    pub const fn wraps(self) -> Said {
        self.says(Intent::Wrap)
    }

    pub fn holds_a_meeting(self, scene: u8, place: u8) -> Said {
        self.says(Intent::HoldMeeting { scene, place, topics: Topic::ALL.into_iter().collect() })
    }

    pub const fn enters_at_the_meeting(self, person: Who) -> Said {
        self.says(Intent::AttendMeeting { meeting: MEETING, person: person.0 })
    }

    pub const fn rosters(self, person: Who, role: Role, from: u16, until: u16) -> Said {
        self.says(Intent::RosterDuty { person: person.0, role, from: Tick(from), until: Tick(until) })
    }

    pub const fn calls_to_set(self, gun: u8) -> Said {
        self.says(Intent::CallToSet { gun })
    }

    pub const fn calls_off_set(self, gun: u8) -> Said {
        self.says(Intent::CallOffSet { gun })
    }

    pub const fn begins_a_line(self, witness: Who) -> Said {
        self.says(Intent::BeginLine { witness: witness.0 })
    }

    pub const fn issues_in_line(self, gun: u8, to: Who, readings: Readings) -> Said {
        self.says(Intent::IssueInLine { gun, line: THE_OPEN_ONE, to: to.0, readings })
    }

    pub const fn confirms_in_line(self, gun: u8, to: Who, readings: Readings) -> Said {
        self.says(Intent::ConfirmInLine { gun, issue: THE_OPEN_ONE, to: to.0, readings })
    }

    pub const fn musters(self, guns: u32) -> Said {
        self.says(Intent::MusterLine { line: THE_OPEN_ONE, guns })
    }

    pub const fn declares_a_transfer(self, gun: u8, to: Who) -> Said {
        self.says(Intent::DeclareTransfer { gun, to: to.0 })
    }

    pub const fn declares_a_preset(self, gun: u8, place: u8) -> Said {
        self.says(Intent::DeclarePreset { gun, place })
    }

    pub const fn lays_the_preset(self, gun: u8, place: u8) -> Said {
        self.says(Intent::LayPreset { gun, place })
    }
}

/// Chambers 1 to `count` seen empty.
pub fn empty(count: u8) -> Readings {
    rounds(count, &[], Content::Empty)
}

/// Of chambers 1 to `count`, `content` taken out, seen and shaken in those named, the others empty.
pub fn rounds(count: u8, chambers: &[u8], content: Content) -> Readings {
    let taken_out = Reading { content, method: Method::RemovedSeenShaken };
    let seen = Reading { content: Content::Empty, method: Method::SeenAtHead };
    let read = |chamber| if chambers.contains(&chamber) { taken_out } else { seen };
    (1..=count).fold(Readings::default(), |readings, chamber| readings.with(chamber, read(chamber)))
}

/// What two careful people see, if everything is as it is recorded.
pub fn as_recorded(state: &State<Small>, gun: &Gun<Small>) -> Readings {
    let lot = gun.loading.and_then(|loading| state.lots.get(&loading.lot));
    let content = lot.and_then(|lot| lot.kind.in_chamber()).unwrap_or(Content::Empty);
    let loaded: Vec<u8> = gun.loaded().iter().collect();
    rounds(gun.chambers, &loaded, content)
}

/// What feeds it was taken out, and in it `count` of `content`.
pub fn fed(count: u32, content: Content) -> FeedReading {
    let mut saw = Tally::default();
    match content {
        Content::Dummy | Content::SnapCap => saw.dummy = count,
        Content::Blank => saw.blank = count,
        Content::Live => saw.live = count,
        Content::Spent => saw.spent = count,
        Content::NotSure => saw.not_sure = count,
        Content::Empty => {}
    }
    FeedReading { method: Method::RemovedSeenShaken, saw }
}

/// A chamber, empty or with `content`, and `count` rounds of it in what feeds it.
pub fn seen(chamber: bool, count: u32, content: Content) -> Seen {
    let chambers: &[u8] = if chamber { &[1] } else { &[] };
    Seen::with_feed(rounds(1, chambers, content), fed(count, content))
}

/// Nothing in the chamber, and nothing in what feeds it.
pub fn seen_empty() -> Seen {
    seen(false, 0, Content::Empty)
}

/// Of barrels 1 to `count` the rod stands above its mark in `charged` and goes down to it in the others; the caps are on
/// those of `primed`.
pub fn rods(count: u8, charged: &[u8], primed: &[u8]) -> Seen {
    let rod = |barrel| if charged.contains(&barrel) { Rod::AboveMark } else { Rod::AtMark };
    let read = |barrel| BarrelReading { rod: rod(barrel), primed: primed.contains(&barrel) };
    let barrels = (1..=count).fold(BarrelReadings::default(), |readings, it| readings.with(it, read(it)));
    Seen::in_barrels(barrels)
}

/// What two careful people see in whatever gun. Of one with a feed the slide was worked, and the first
/// round is in the chamber, if it is an even one.
pub fn all_as_recorded(state: &State<Small>, gun: &Gun<Small>) -> Seen {
    if gun.is_muzzle_loader() {
        let left: Vec<u8> = gun.loaded().iter().skip(usize::from(gun.fired.shots)).collect();
        let primed: Vec<u8> = gun.primed.iter().filter(|barrel| left.contains(barrel)).collect();
        return rods(gun.chambers, &left, &primed);
    }
    if !gun.is_fed() {
        return Seen::in_chambers(as_recorded(state, gun));
    }
    let lot = gun.loading.and_then(|loading| state.lots.get(&loading.lot));
    let content = lot.and_then(|lot| lot.kind.in_chamber()).unwrap_or(Content::Empty);
    let left = gun.rounds_loaded().saturating_sub(gun.fired.struck());
    let chambered = left > 0 && left.is_multiple_of(2);
    seen(chambered, left - u32::from(chambered), content)
}

/// One thing that happens on the stage.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Somebody says something.
    Says(Said),
    /// Time passes.
    Later(u16),
    /// Something happens that nobody says: the clock jumps.
    Happens(Event<Small>),
}

impl From<Said> for Step {
    fn from(said: Said) -> Step {
        Step::Says(said)
    }
}

/// A production on its first day, with everything in its place.
#[derive(Clone, Debug)]
pub struct Stage {
    pub rules: Rules,
    pub state: State<Small>,
    pub now: Tick,
    acts: u16,
}

impl Stage {
    /// People, devices, places, guns and lots are entered; day 1 is open, and its first scene; its meeting
    /// was held; the lots that are used are counted, and the armorer has their boxes.
    pub fn new() -> Stage {
        let mut stage = Stage::before_the_day();
        for event in morning(stage.now) {
            evolve(&mut stage.state, &event);
        }
        stage
    }

    /// All of it, and no day is open.
    pub fn before_the_day() -> Stage {
        let mut stage = Stage { rules: Rules::new(LIMITS), state: State::default(), now: Tick(100), acts: 1000 };
        for event in register() {
            evolve(&mut stage.state, &event);
        }
        stage
    }

    /// The context and the intent of what is said, now.
    pub fn meant(&self, said: &Said) -> (Intent<Small>, Context<Small>) {
        let claimed = i32::from(self.now.0) - said.ago;
        let claimed_at = Tick(u16::try_from(claimed).unwrap_or(0));
        let (act, by, device) = (self.acts, said.by, said.device);
        let context = Context { act, by, device, proven: said.proven, decided_at: self.now, claimed_at };
        (self.resolved(said.intent), context)
    }

    /// The verdict on what is said, now. Nothing happens by it.
    pub fn verdict(&self, said: &Said) -> Verdict<Small> {
        let (intent, context) = self.meant(said);
        decide(&self.rules, &self.state, &intent, &context)
    }

    /// Goes one step on and gives the verdict, if somebody said something.
    pub fn goes_on(&mut self, step: &Step) -> Option<Verdict<Small>> {
        match step {
            Step::Later(ticks) => {
                self.now = self.now.later_by(u64::from(*ticks));
                None
            }
            Step::Happens(event) => {
                evolve(&mut self.state, event);
                None
            }
            Step::Says(said) => {
                let verdict = self.verdict(said);
                verdict.events.iter().for_each(|event| evolve(&mut self.state, event));
                self.acts += 1;
                Some(verdict)
            }
        }
    }

    /// Goes through all of it; nothing may be refused.
    pub fn after(mut self, steps: &[Step]) -> Stage {
        for step in steps {
            if let Some(verdict) = self.goes_on(step) {
                assert!(verdict.accepted, "refused: {step:?}: {:?}", verdict.reasons);
            }
        }
        self
    }

    pub fn gun(&self, gun: u8) -> Gun<Small> {
        self.state.guns[&gun]
    }

    /// What may be said of the gun, now.
    pub fn status(&self, gun: u8) -> Status<Small> {
        shown(&self.rules, &self.state, self.now).into_iter().find(|card| card.gun == gun).unwrap().status
    }

    /// The stop and the exhibit that an intent about exhibits means.
    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents are about no exhibit")]
    fn of_exhibits(&self, intent: Intent<Small>) -> Intent<Small> {
        let stop = self.state.held_by().map_or(ANOTHER, |(stop, _)| stop);
        let last = self.state.exhibits.keys().next_back().copied().unwrap_or(ANOTHER);
        let open = |named: u16, found: u16| if named == THE_OPEN_ONE { found } else { named };
        let mut intent = intent;
        match &mut intent {
            Intent::ReportGunExhibit { stop: named, .. }
            | Intent::ReportLotExhibit { stop: named, .. }
            | Intent::ReportRoundsExhibit { stop: named, .. } => *named = open(*named, stop),
            Intent::ReportExhibitGiven { exhibit, .. }
            | Intent::ReportExhibitTaken { exhibit }
            | Intent::ReportExhibitToPolice { exhibit }
            | Intent::ReleaseExhibit { exhibit } => *exhibit = open(*exhibit, last),
            _ => {}
        }
        intent
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name nothing that is open")]
    fn resolved(&self, intent: Intent<Small>) -> Intent<Small> {
        let offer_of = |gun: u8| match self.state.guns.get(&gun).map(|it| it.custody) {
            Some(Custody::Offered { offer, .. }) => offer,
            Some(
                Custody::In { .. }
                | Custody::With { .. }
                | Custody::Preset { .. }
                | Custody::Missing { .. }
                | Custody::Returned { .. },
            )
            | None => ANOTHER,
        };
        let check_of = |gun: u8| match self.state.guns.get(&gun).map(|it| it.showing) {
            Some(ShowingState::BeingChecked(check)) => check.act,
            Some(ShowingState::Void(_) | ShowingState::Shown(_)) | None => ANOTHER,
        };
        let count_of = |lot: u8| self.state.lots.get(&lot).and_then(|it| it.count).map_or(ANOTHER, |count| count.act);
        let issue_of = |gun: u8| self.state.guns.get(&gun).and_then(|it| it.in_line).map_or(ANOTHER, |it| it.issue);
        let first_line = self.state.lines.keys().next().copied().unwrap_or(ANOTHER);
        let last_shot = self.state.shots.keys().next_back().copied().unwrap_or(ANOTHER);
        let preserved = self.state.preservations.keys().next().copied().unwrap_or(ANOTHER);
        let last_request = self.state.requests.keys().next_back().copied().unwrap_or(ANOTHER);
        let declared = self.state.range.map_or(ANOTHER, |range| range.declaration);
        let stop = self.state.held_by().map_or(ANOTHER, |(stop, _)| stop);
        let open = |named: u16, found: u16| if named == THE_OPEN_ONE { found } else { named };
        let mut intent = self.of_exhibits(intent);
        match &mut intent {
            Intent::WithdrawOffer { gun, offer }
            | Intent::Take { gun, offer, .. }
            | Intent::RefuseOffer { gun, offer }
            | Intent::LookLast { gun, offer, .. }
            | Intent::LookLastFeed { gun, offer, .. }
            | Intent::LookLastBarrels { gun, offer, .. } => *offer = open(*offer, offer_of(*gun)),
            Intent::AnswerCheck { gun, check, .. }
            | Intent::AnswerFeedCheck { gun, check, .. }
            | Intent::AnswerBarrelCheck { gun, check, .. }
            | Intent::GiveUpCheck { gun, check } => {
                *check = open(*check, check_of(*gun));
            }
            Intent::AnswerCount { lot, count, .. } | Intent::GiveUpCount { lot, count } => {
                *count = open(*count, count_of(*lot));
            }
            Intent::IssueInLine { line, .. }
            | Intent::IssueFeedInLine { line, .. }
            | Intent::IssueBarrelsInLine { line, .. }
            | Intent::MusterLine { line, .. } => *line = open(*line, first_line),
            Intent::ConfirmInLine { gun, issue, .. }
            | Intent::ConfirmFeedInLine { gun, issue, .. }
            | Intent::ConfirmBarrelsInLine { gun, issue, .. } => *issue = open(*issue, issue_of(*gun)),
            Intent::AnswerRequest { request, .. } => *request = open(*request, last_request),
            Intent::NameInquiry { stop: named, .. } | Intent::CloseInquiry { stop: named } => {
                *named = open(*named, stop);
            }
            Intent::ConfirmRange { declaration } => *declaration = open(*declaration, declared),
            Intent::ReleaseRecord { preservation } => *preservation = open(*preservation, preserved),
            Intent::PlanGun { shot, .. }
            | Intent::PlacePerson { shot, .. }
            | Intent::LeavePersonOut { shot, .. }
            | Intent::TellPerson { shot, .. }
            | Intent::ReportRefusedShot { shot, .. }
            | Intent::ApproveMuzzle { shot, .. }
            | Intent::MeasureStandOff { shot, .. }
            | Intent::SetBarrier { shot, .. }
            | Intent::EnterProtection { shot, .. }
            | Intent::CallShotReady { shot }
            | Intent::BeginTake { shot: Some(shot) }
            | Intent::ReportShotChanged { shot, .. } => *shot = open(*shot, last_shot),
            _ => {}
        }
        intent
    }
}

/// Is it out of its place?
pub const fn is_out(gun: &Gun<Small>) -> bool {
    !matches!(gun.custody, Custody::In { .. })
}

/// The events by which everything is on the register.
pub fn register() -> Vec<Event<Small>> {
    let mut events = Vec::new();
    for (who, roles, superior) in PEOPLE {
        let (person, roles, answers_to) = (who.0, roles.iter().copied().collect::<Roles>(), superior.map(|it| it.0));
        events.push(Event::PersonAdded { person });
        events.push(Event::RolesAssigned { person, day: Day(1), roles, answers_to });
        events.push(Event::DeviceEnrolled { invitation: u16::from(person), device: person, person });
    }
    events.extend(places_and_guns());
    events.extend(lots());
    events.extend([
        Event::ScenePlanned { scene: SCENE, day: Some(Day(1)), blanks: true },
        Event::ScenePlanned { scene: QUIET_SCENE, day: None, blanks: false },
    ]);
    events.extend(blanks_tested_in(GUN_1));
    events.extend(blanks_tested_in(GUN_4));
    events.extend(blanks_tested_in(PISTOL));
    events.extend(blanks_tested_in(MUSKET));
    events
}

/// Guns, each with what it is, its action and how many chambers or barrels it has.
pub const GUNS: [(u8, GunKind, Action, u8); 5] = [
    (GUN_1, GunKind::LiveCapable, Action::SingleAction, 6),
    (RUBBER, GunKind::Rubber, Action::None, 0),
    (PISTOL, GunKind::LiveCapable, Action::Magazine, 1),
    (GUN_4, GunKind::BlankOnly, Action::DoubleAction, 2),
    (MUSKET, GunKind::LiveCapable, Action::MuzzleLoader, 1),
];

fn places_and_guns() -> Vec<Event<Small>> {
    let places = [
        (VAULT, PlaceKind::Vault, true, true),
        (AMMUNITION_CASE, PlaceKind::Case, true, false),
        (CART, PlaceKind::Cart, false, true),
        (SET, PlaceKind::Set, false, false),
        (BELT, PlaceKind::Belt, false, false),
        (POCKET, PlaceKind::Pocket, false, false),
    ];
    let registered = |(place, kind, locks, for_guns)| Event::PlaceRegistered { place, kind, locks, for_guns };
    let mut events: Vec<_> = places.into_iter().map(registered).collect();
    for (gun, kind, action, chambers) in GUNS {
        events.push(Event::GunRegistered { gun, kind, action, chambers, place: VAULT, at: Tick(90) });
        if kind.fires() {
            events.push(Event::CalibreEntered { gun, calibre: CALIBRE });
        }
    }
    events
}

/// The lots that are used, and three that nothing is loaded from; those lie counted in the case.
fn lots() -> Vec<Event<Small>> {
    let (vendor, load, at) = (VENDOR.0, Some(Load::Full), Tick(90));
    let received = |lot, kind, load, calibre, inert_at_head, rounds| Event::LotReceived {
        lot,
        kind,
        load,
        calibre: Some(calibre),
        source: vendor,
        rounds,
        inert_at_head,
        uniform: true,
        place: AMMUNITION_CASE,
        at,
    };
    let verified = |lot| Event::LotVerified { lot, counter: ARMORER.0, witness: WITNESS.0, at };
    let (dummy, other) = (LotKind::Dummy, Calibre(CALIBRE.0 + 1));
    let mut events = vec![
        received(DUMMIES, dummy, None, CALIBRE, false, 50),
        received(BLANKS, LotKind::Blank, load, CALIBRE, false, 50),
        received(DRESS_ROUNDS, LotKind::Dress, None, CALIBRE, false, 50),
        received(DRILLED_DUMMIES, dummy, None, CALIBRE, true, 50),
        received(TWO_DUMMIES, dummy, None, CALIBRE, false, 2),
        received(OTHER_DUMMIES, dummy, None, other, false, 50),
    ];
    events.extend(USED_LOTS.map(verified));
    events.extend([
        verified(OTHER_DUMMIES),
        received(UNVERIFIED_DUMMIES, dummy, None, CALIBRE, false, 50),
        Event::LotRegistered { lot: DUMMIES_OF_NOBODY, kind: dummy, inert_at_head: false, rounds: 50 },
        Event::LotPutAway { lot: DUMMIES_OF_NOBODY, place: AMMUNITION_CASE, at },
    ]);
    events
}

/// The day before, the armorer fired one of the blanks in the gun, and looked through its bore.
fn blanks_tested_in(gun: u8) -> [Event<Small>; 5] {
    let (person, at, stand_off_centimetres) = (ARMORER.0, Tick(90), STAND_OFF_CENTIMETRES);
    // Those for the pistol and the musket were of an earlier box.
    let rounds = u32::from(gun != PISTOL && gun != MUSKET);
    let act = 800 + u16::from(gun);
    let cleared = if gun == MUSKET {
        Event::RodRun { gun, run: act, rod: Rod::AtMark }
    } else {
        Event::BoreLooked { gun, look: act, light: Light::Seen }
    };
    [
        // No inquiry of today is about whoever had it then.
        Event::GunReportedWith { gun, person, handler: None, at },
        Event::BlankTested { gun, lot: BLANKS, rounds, stand_off_centimetres },
        cleared,
        Event::GunPutAway { gun, place: VAULT, at },
        Event::ShowingVoided { gun, why: Doubt::OutOfSight, at },
    ]
}

/// The day is opened, every box counted and sealed, the first scene opened, its meeting held.
fn morning(at: Tick) -> Vec<Event<Small>> {
    let mut events = vec![Event::DayOpened { day: Day(1), at }];
    events.extend((DUMMIES..=OTHER_DUMMIES).map(|lot| Event::CountAgreed { lot, seal: Some(u32::from(lot)), at }));
    events.extend(USED_LOTS.map(|lot| Event::LotTakenOut { lot, person: ARMORER.0, at }));
    let topics = Topic::ALL.into_iter().collect();
    events.extend([
        Event::SceneOpened { scene: SCENE, place: SET, at },
        Event::MeetingHeld { meeting: MEETING, scene: SCENE, place: SET, topics, led_by: FIRST_AD.0, at },
    ]);
    let there = PEOPLE.into_iter().map(|(who, ..)| who).filter(|who| *who != LATECOMER);
    events.extend(there.map(|who| Event::MeetingAttended { meeting: MEETING, person: who.0 }));
    events
}

/// The stage after these steps, of which nothing may be refused.
pub fn on(steps: Vec<Step>) -> Stage {
    Stage::new().after(&steps)
}

/// The codes of the answer to what is said, now.
pub fn codes(stage: &Stage, said: &Said) -> Vec<Code> {
    stage.verdict(said).reasons.iter().map(|reason| reason.code).collect()
}

/// The stop that these events pull.
pub fn stop_in(events: &[Event<Small>]) -> Option<StopCause> {
    events.iter().find_map(|event| if let Event::StopPulled { cause, .. } = event { Some(*cause) } else { None })
}

/// The doubt that these events put upon a showing.
#[allow(clippy::wildcard_enum_match_arm, reason = "one who adds an event that voids adds a row to the tables")]
pub fn voiding_in(events: &[Event<Small>]) -> Option<Doubt> {
    events.iter().find_map(|event| match event {
        Event::ShowingVoided { why, .. } => Some(*why),
        Event::BreakBegan { .. } | Event::UnitBreakBegan { .. } => Some(Doubt::Break),
        Event::PersonLeft { .. } => Some(Doubt::HandlerLeft),
        Event::DayOpened { .. } => Some(Doubt::NewDay),
        Event::ClockJumped { .. } => Some(Doubt::ClockJumped),
        _ => None,
    })
}

/// Chambers by number.
pub fn chambers(numbers: &[u8]) -> Chambers {
    numbers.iter().copied().collect()
}

// Two units.

/// The second unit.
pub const SECOND: Unit = Unit(2);
/// Where it shoots.
pub const OTHER_SET: u8 = 7;
/// What it shoots: blanks are planned for it.
pub const OTHER_SCENE: u8 = 3;
/// Its safety meeting.
pub const OTHER_MEETING: u16 = 901;
/// Who is of it: a handler, a trained witness who stands in, its first AD, a performer who handles as well, an observer.
pub const OF_THE_SECOND: [Who; 5] = [HANDLER, STAND_IN, CAMERA, STUNT_PERFORMER, OBSERVER];
/// Its guns.
pub const ITS_GUNS: [u8; 2] = [GUN_4, PISTOL];
/// Its boxes, which its handler has out.
pub const ITS_LOTS: [u8; 2] = [BLANKS, DRILLED_DUMMIES];

/// What is said of units.
impl Who {
    pub const fn enters(self, unit: Unit) -> Said {
        self.says(Intent::EnterUnit { unit })
    }

    pub const fn moves_the_person(self, person: Who, unit: Unit) -> Said {
        self.says(Intent::MovePersonToUnit { person: person.0, unit })
    }

    pub const fn moves_the_gun(self, gun: u8, unit: Unit) -> Said {
        self.says(Intent::MoveGunToUnit { gun, unit })
    }

    pub const fn moves_the_box(self, lot: u8, unit: Unit) -> Said {
        self.says(Intent::MoveLotToUnit { lot, unit })
    }

    pub const fn moves_the_place(self, place: u8, unit: Unit) -> Said {
        self.says(Intent::MovePlaceToUnit { place, unit })
    }

    pub const fn opens_the_other_scene(self) -> Said {
        self.says(Intent::OpenScene { scene: OTHER_SCENE, place: OTHER_SET })
    }
}

impl Stage {
    /// The same production with a second unit, which has a scene open of its own.
    pub fn of_two_units() -> Stage {
        let mut stage = Stage::new();
        second_unit(stage.now).iter().for_each(|event| evolve(&mut stage.state, event));
        stage
    }
}

fn second_unit(at: Tick) -> Vec<Event<Small>> {
    let roles = [Role::FirstAd].into_iter().collect();
    let topics = Topic::ALL.into_iter().collect();
    let mut events = vec![
        Event::UnitEntered { unit: SECOND },
        Event::RolesAssigned { person: CAMERA.0, day: Day(1), roles, answers_to: None },
        Event::PlaceRegistered { place: OTHER_SET, kind: PlaceKind::Set, locks: false, for_guns: false },
        Event::PlaceMovedToUnit { place: OTHER_SET, unit: SECOND },
        Event::ScenePlanned { scene: OTHER_SCENE, day: Some(Day(1)), blanks: true },
    ];
    events.extend(OF_THE_SECOND.map(|who| Event::PersonMovedToUnit { person: who.0, unit: SECOND }));
    events.extend(ITS_GUNS.map(|gun| Event::GunMovedToUnit { gun, unit: SECOND }));
    events.extend(ITS_LOTS.map(|lot| Event::LotMovedToUnit { lot, unit: SECOND }));
    events.extend(ITS_LOTS.map(|lot| Event::LotTakenOut { lot, person: HANDLER.0, at }));
    let (meeting, scene, place, led_by) = (OTHER_MEETING, OTHER_SCENE, OTHER_SET, CAMERA.0);
    events.push(Event::SceneOpened { scene, place, at });
    events.push(Event::MeetingHeld { meeting, scene, place, topics, led_by, at });
    events.extend(PEOPLE.map(|(who, ..)| Event::MeetingAttended { meeting, person: who.0 }));
    events
}
