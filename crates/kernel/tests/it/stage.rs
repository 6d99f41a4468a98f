//! The tests' scope, and a stage on which tests read as a set would speak: "the armorer takes
//! gun 1 out".

use kernel::{
    Action, Chambers, Content, Context, Custody, Day, Doubt, Event, Gun, GunKind, Intent, Light, Limits, Look, LotKind,
    Method, Moment, PlaceKind, Proven, Reading, Readings, Role, Roles, RoundKind, Rules, Scope, ShowingState, State,
    StopCause, Verdict, decide, evolve,
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
    type Act = u16;
    type Time = Tick;
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
/// Nobody the register knows.
pub const STRANGER: Who = Who(99);

/// Who is on the register, with the roles of the day and whom they answer to.
pub const PEOPLE: [(Who, &[Role], Option<Who>); 12] = [
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
];

/// A single-action revolver with six chambers.
pub const GUN_1: u8 = 1;
/// A rubber copy.
pub const RUBBER: u8 = 2;
/// A pistol: there is no procedure yet for checking it.
pub const PISTOL: u8 = 3;
/// A blank-only double-action revolver with two chambers.
pub const GUN_4: u8 = 4;

pub const VAULT: u8 = 1;
/// It locks, and it is for ammunition.
pub const AMMUNITION_CASE: u8 = 2;
/// For guns, and it does not lock.
pub const CART: u8 = 3;

/// Dummies that do not show at the head that they are inert.
pub const DUMMIES: u8 = 1;
pub const BLANKS: u8 = 2;
pub const DRESS_ROUNDS: u8 = 3;
/// Dummies drilled through the head.
pub const DRILLED_DUMMIES: u8 = 4;
/// A box with two dummies left.
pub const TWO_DUMMIES: u8 = 5;

/// In an intent: the offer, check or stop that is open.
pub const THE_OPEN_ONE: u16 = u16::MAX;
/// In an intent: an offer, check or stop that never was.
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

    pub const fn opens_day(self, day: u32) -> Said {
        self.says(Intent::OpenDay { day: Day(day) })
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
    /// People, devices, places, guns and lots are entered; day 1 is open.
    pub fn new() -> Stage {
        let mut stage = Stage::before_the_day();
        let at = stage.now;
        evolve(&mut stage.state, &Event::DayOpened { day: Day(1), at });
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

    #[allow(clippy::wildcard_enum_match_arm, reason = "the other intents name nothing that is open")]
    fn resolved(&self, intent: Intent<Small>) -> Intent<Small> {
        let offer_of = |gun: u8| match self.state.guns.get(&gun).map(|it| it.custody) {
            Some(Custody::Offered { offer, .. }) => offer,
            Some(Custody::In { .. } | Custody::With { .. } | Custody::Missing { .. }) | None => ANOTHER,
        };
        let check_of = |gun: u8| match self.state.guns.get(&gun).map(|it| it.showing) {
            Some(ShowingState::BeingChecked(check)) => check.act,
            Some(ShowingState::Void(_) | ShowingState::Shown(_)) | None => ANOTHER,
        };
        let stop = self.state.held_by().map_or(ANOTHER, |(stop, _)| stop);
        let open = |named: u16, found: u16| if named == THE_OPEN_ONE { found } else { named };
        let mut intent = intent;
        match &mut intent {
            Intent::WithdrawOffer { gun, offer }
            | Intent::Take { gun, offer, .. }
            | Intent::RefuseOffer { gun, offer }
            | Intent::LookLast { gun, offer, .. } => *offer = open(*offer, offer_of(*gun)),
            Intent::AnswerCheck { gun, check, .. } | Intent::GiveUpCheck { gun, check } => {
                *check = open(*check, check_of(*gun));
            }
            Intent::NameInquiry { stop: named, .. } | Intent::CloseInquiry { stop: named } => {
                *named = open(*named, stop);
            }
            _ => {}
        }
        intent
    }
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
    for (place, kind, locks, for_guns) in [
        (VAULT, PlaceKind::Vault, true, true),
        (AMMUNITION_CASE, PlaceKind::Case, true, false),
        (CART, PlaceKind::Cart, false, true),
    ] {
        events.push(Event::PlaceRegistered { place, kind, locks, for_guns });
    }
    for (gun, kind, action, chambers) in [
        (GUN_1, GunKind::LiveCapable, Action::SingleAction, 6),
        (RUBBER, GunKind::Rubber, Action::None, 0),
        (PISTOL, GunKind::LiveCapable, Action::Magazine, 1),
        (GUN_4, GunKind::BlankOnly, Action::DoubleAction, 2),
    ] {
        events.push(Event::GunRegistered { gun, kind, action, chambers, place: VAULT, at: Tick(90) });
    }
    for (lot, kind, inert_at_head, rounds) in [
        (DUMMIES, LotKind::Dummy, false, 50),
        (BLANKS, LotKind::Blank, false, 50),
        (DRESS_ROUNDS, LotKind::Dress, false, 50),
        (DRILLED_DUMMIES, LotKind::Dummy, true, 50),
        (TWO_DUMMIES, LotKind::Dummy, false, 2),
    ] {
        events.push(Event::LotRegistered { lot, kind, inert_at_head, rounds });
    }
    events
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
        Event::BreakBegan { .. } => Some(Doubt::Break),
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
