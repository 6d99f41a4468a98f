//! What the screens say: kernel values as people read them, and times by the production's clock.
//!
//! A state is said with who, since when and until when; never how long it is good, and never as a
//! word in place of it (laws 1 and 17).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::{
    Action, Calibre, Code, Custody, Doubt, Erasable, Feed, Gun, GunKind, Holds, LastLook, Load, LotKind, Notified,
    Occasion, PlaceKind, RangeException, RequestKind, Requirement, Role, Rule, ShotChange, Shown, Status, StopCause,
    Topic, Toward,
};
use record::label::{LabelKind, label};
use record::words::{Facts, LoadedInto, Sentences, sentences_about};
use record::{Id, Millis, Real, Reason};
use service::{ErasedBy, View};

/// A moment's view of the record, with the clock by which its times are said.
#[derive(Debug)]
pub struct Names<'a> {
    /// What is on record.
    pub view: &'a View,
    /// The production's zone.
    pub zone: &'a TimeZone,
    /// The production.
    pub production: Id,
    /// Now, Unix milliseconds.
    pub now_ms: i64,
}

impl Facts for Names<'_> {
    fn person(&self, person: Id) -> String {
        self.view.name(person)
    }

    fn thing(&self, thing: Id) -> String {
        self.view.name(thing)
    }

    fn moment(&self, at: Millis) -> String {
        self.minute(at)
    }
}

impl Names<'_> {
    /// The disclosed name of a person or thing.
    #[must_use]
    pub fn name(&self, id: Id) -> String {
        self.view.name(id)
    }

    /// `HH:MM:SS` by the production's clock; another day's moment with its date.
    #[must_use]
    pub fn clock(&self, at: Millis) -> String {
        self.format(at, "%H:%M:%S")
    }

    /// `HH:MM` by the production's clock; another day's moment with its date.
    #[must_use]
    pub fn minute(&self, at: Millis) -> String {
        self.format(at, "%H:%M")
    }

    /// The day and `HH:MM:SS` by the production's clock.
    #[must_use]
    pub fn dated(&self, at: Millis) -> String {
        let moment = Timestamp::from_millisecond(at.0).map(|moment| moment.to_zoned(self.zone.clone()));
        moment.map_or_else(|_| "an unknown time".to_owned(), |it| it.strftime("%Y-%m-%d %H:%M:%S %Z").to_string())
    }

    fn format(&self, at: Millis, form: &str) -> String {
        let (Ok(moment), Ok(now)) = (Timestamp::from_millisecond(at.0), Timestamp::from_millisecond(self.now_ms))
        else {
            return "an unknown time".to_owned();
        };
        let (moment, now) = (moment.to_zoned(self.zone.clone()), now.to_zoned(self.zone.clone()));
        let time = moment.strftime(form).to_string();
        if moment.date() == now.date() { time } else { format!("{} {time}", moment.date()) }
    }

    /// The label that is fixed to a gun.
    #[must_use]
    pub fn gun_label(&self, gun: Id) -> String {
        label(LabelKind::Gun, self.production, gun)
    }

    /// A reason as it is shown: what, what to do now, and by which rule.
    #[must_use]
    pub fn reason(&self, reason: &Reason) -> Why {
        self.reason_about(None, reason)
    }

    /// As [`Names::reason`], where it is about this thing unless it names a gun itself: of another gun it says which, and of
    /// one that is loaded from the muzzle it speaks of barrels.
    #[must_use]
    pub fn reason_about(&self, about: Option<Id>, reason: &Reason) -> Why {
        let gun = reason.gun.or(about).and_then(|gun| self.view.state.guns.get(&gun));
        let barrels = gun.is_some_and(Gun::is_muzzle_loader);
        let loaded = if barrels { LoadedInto::Barrels } else { LoadedInto::Chambers };
        let Sentences { sentence, remedy } = sentences_about(loaded, reason, self);
        let other = reason.gun.filter(|gun| Some(*gun) != about).map(|gun| self.name(gun));
        let sentence = other
            .filter(|name| !sentence.contains(name.as_str()))
            .map_or_else(|| sentence.clone(), |name| format!("{name}: {sentence}"));
        Why { code: reason.code, sentence, remedy, cite: cite(reason.code.rule()) }
    }

    /// Who has it or where it is, since when.
    #[must_use]
    pub fn custody(&self, custody: &Custody<Real>) -> String {
        match *custody {
            Custody::In { place, since } => format!("in {}, since {}", self.name(place), self.clock(since)),
            Custody::With { person, since, handler } => {
                let with = format!("with {}, since {}", self.name(person), self.clock(since));
                match handler {
                    Some(handler) if handler == person => with,
                    Some(handler) => format!("{with}; {} answers for it", self.name(handler)),
                    None => format!("{with}; taken around a handover, nobody answers for it"),
                }
            }
            Custody::Offered { from, to, since, .. } => {
                format!("from {} to {}, since {}", self.name(from), self.name(to), self.clock(since))
            }
            Custody::Preset { place, handler, since } => {
                let (place, handler) = (self.name(place), self.name(handler));
                format!("laid in {place} before the camera, since {}; {handler} watches it", self.clock(since))
            }
            Custody::Returned { vendor, since, signed_by } => self.at_its_house(vendor, since, signed_by),
            Custody::Missing { since } => format!("gone: nobody has it as far as entered, since {}", self.clock(since)),
        }
    }

    /// A thing that went back to its rental house: what the giver entered, and whether the house has signed for it.
    #[must_use]
    pub fn at_its_house(&self, vendor: Id, since: Millis, signed_by: Option<Id>) -> String {
        let signed = signed_by.map_or_else(
            || "returned, not signed for by the house".to_owned(),
            |by| format!("{} signed for it", self.name(by)),
        );
        let (vendor, since) = (self.name(vendor), self.clock(since));
        format!("back with its rental house, taken by {vendor}, since {since}; {signed}")
    }

    fn shown(&self, shown: &Shown<Real>) -> Until {
        let look = match shown.last_look {
            None => String::new(),
            Some(LastLook::Receiver) => ", the receiver looked".to_owned(),
            Some(LastLook::Witness { .. }) => ", the witness made the last look".to_owned(),
        };
        let (checker, witness) = (self.name(shown.checker), self.name(shown.witness));
        Until {
            before: format!(
                "last shown {} by {checker}, witness {witness}{look}; show again by",
                self.minute(shown.at)
            ),
            strong: self.minute(shown.again_by),
            after: ", or if it left your sight".to_owned(),
            left_ms: Some(shown.again_by.0.saturating_sub(self.now_ms)),
        }
    }

    /// A card in words.
    #[must_use]
    pub fn told(&self, card: &kernel::Card<Real>) -> Told {
        let gun = self.view.state.guns.get(&card.gun);
        let (look, word, mut until) = match &self.view.doubt {
            Some(doubt) => (Look::Unknown, "UNKNOWN".to_owned(), Until::plain(doubt, "")),
            None => self.status(&card.status),
        };
        // It is held longer than its stop stands.
        if look == Look::Held && self.view.state.exhibit_of_gun(card.gun).is_some() {
            until.before = format!("an exhibit; {}", until.before);
        }
        Told {
            gun: card.gun,
            name: self.name(card.gun),
            label: self.gun_label(card.gun),
            kind: self.of_unit(card.gun, gun.map_or_else(String::new, gun_line)),
            look,
            word,
            who: self.custody(&card.custody),
            until,
        }
    }

    /// What a gun is, of which unit where there are several, whether it was called to the set, and that it does not work.
    fn of_unit(&self, gun: Id, mut line: String) -> String {
        let state = &self.view.state;
        if state.units.are_several() {
            line = format!("{line}, {}", unit(state.units.of_gun(gun)));
        }
        let gun = state.guns.get(&gun);
        if gun.is_some_and(|gun| gun.on_set) {
            line = format!("{line}, on the set");
        }
        match gun.and_then(|gun| gun.faulty_since) {
            Some(since) => format!("{line}, DOES NOT WORK, said {}", self.minute(since)),
            None => line,
        }
    }

    fn status(&self, status: &Status<Real>) -> (Look, String, Until) {
        match status {
            Status::Unknown { why, since } => {
                // What was never shown is not shown again.
                let show = if matches!(why, Doubt::NeverShown) { "show it" } else { "show it again" };
                let until = Until::plain(&format!("{} {};", doubt(*why), self.minute(*since)), show);
                (Look::Unknown, "UNKNOWN".to_owned(), until)
            }
            Status::Empty(shown) => (Look::Empty, "EMPTY".to_owned(), self.shown(shown)),
            Status::Dummy { count, of, in_feed, shown } => {
                let mut until = self.shown(shown);
                until.before =
                    format!("{}{}", in_feed.map_or_else(String::new, |fed| chambered(*count, fed)), until.before);
                (Look::Dummy, format!("DUMMY {}", how_many(*count, *of, *in_feed)), until)
            }
            Status::Blank { count, of, in_feed, primed, lot, stand_off_centimetres, line_clear, shown } => {
                let mut until = self.shown(shown);
                let of_lot = lot.map_or_else(|| "lot not known".to_owned(), |lot| self.blanks(lot));
                let line = line_of_fire(*stand_off_centimetres, *line_clear);
                let fed = in_feed.map_or_else(String::new, |fed| chambered(*count, fed));
                let caps = primed.map_or_else(String::new, caps_on);
                until.before = format!("{fed}{caps}{of_lot}; {line}; {}", until.before);
                (Look::Blank, format!("BLANK {}", how_many(*count, *of, *in_feed)), until)
            }
            Status::Live { count, of, in_feed, lot, shown } => {
                let mut until = self.shown(shown);
                let fed = in_feed.map_or_else(String::new, |fed| chambered(*count, fed));
                until.before = format!("{fed}live rounds of {}; {}", self.name(*lot), until.before);
                let rounds = how_many(*count, *of, *in_feed);
                (Look::Live, format!("LIVE ({}, {rounds})", self.name(*lot)), until)
            }
            Status::BeingChecked { checker, witness, since, again } => {
                let again = if *again { ", for the second time" } else { "" };
                let (checker, witness) = (self.name(*checker), self.name(*witness));
                let by = format!("by {checker}, witness {witness}, since {}{again};", self.clock(*since));
                (Look::Checking, "BEING CHECKED".to_owned(), Until::plain(&by, "wait until both have answered"))
            }
            Status::InHandover { .. } => {
                let until = Until::plain("Until it is taken,", "nothing may be said of it");
                (Look::Handover, "IN HANDOVER".to_owned(), until)
            }
            Status::Locked { .. } => {
                let until = Until::plain("what is in it is not said;", "show it when it is taken out");
                (Look::Locked, "LOCKED".to_owned(), until)
            }
            Status::Held { cause, since, inquirer } => {
                let inquiry = inquirer.map_or_else(|| "not named yet".to_owned(), |it| self.name(it));
                let until =
                    Until::plain(&format!("{} {}; inquiry:", stop_cause(*cause), self.minute(*since)), &inquiry);
                (Look::Held, "HELD".to_owned(), until)
            }
            Status::Copy { kind, matched, again_by } => {
                (Look::Copy, gun_kind(*kind).to_uppercase(), self.identity(*matched, *again_by))
            }
        }
    }

    /// The lot of blanks in a gun: its load is announced, its name follows.
    fn blanks(&self, lot: Id) -> String {
        let load = self.view.state.lots.get(&lot).and_then(|lot| lot.load);
        format!("{}, {}", load.map_or("load not entered", self::load), self.name(lot))
    }

    fn identity(&self, matched: Option<kernel::IdentityMatch<Real>>, again_by: Option<Millis>) -> Until {
        match (matched, again_by) {
            (Some(matched), Some(again_by)) => Until {
                before: format!(
                    "label matched {} by {}; match again by",
                    self.minute(matched.at),
                    self.name(matched.by)
                ),
                strong: self.minute(again_by),
                after: String::new(),
                left_ms: Some(again_by.0.saturating_sub(self.now_ms)),
            },
            (None, _) | (_, None) => Until::plain("label not matched;", "match it before it is used"),
        }
    }
}

/// Until when, in three parts: the middle one is set larger.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Until {
    /// Before.
    pub before: String,
    /// What counts.
    pub strong: String,
    /// After.
    pub after: String,
    /// How long until the card falls to UNKNOWN by itself, milliseconds.
    pub left_ms: Option<i64>,
}

impl Until {
    fn plain(before: &str, strong: &str) -> Until {
        Until { before: before.to_owned(), strong: strong.to_owned(), after: String::new(), left_ms: None }
    }

    /// In one line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}{}", self.before, self.strong, self.after).trim().to_owned()
    }
}

/// A card in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Told {
    /// The gun.
    pub gun: Id,
    /// Its name.
    pub name: String,
    /// The label that is fixed to it.
    pub label: String,
    /// What it is.
    pub kind: String,
    /// Shape and colour.
    pub look: Look,
    /// The state, largest on the card.
    pub word: String,
    /// Who or where, since when.
    pub who: String,
    /// Until when.
    pub until: Until,
}

/// A reason in words: three sentences and a code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Why {
    /// The stable code.
    pub code: Code,
    /// What, and what it means for the gun in the hand.
    pub sentence: String,
    /// What to do now.
    pub remedy: String,
    /// By which rule, how strong, from where.
    pub cite: String,
}

/// The shape and colour of a state: no two are told apart by colour alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Look {
    /// Triangle, amber.
    Unknown,
    /// Open circle, white.
    Empty,
    /// Square with a bar, sky blue.
    Dummy,
    /// Diamond, orange.
    Blank,
    /// A star of four points in a ring, purple: in a range production alone.
    Live,
    /// Triangle with dots, amber.
    Checking,
    /// Two arrows, amber.
    Handover,
    /// Closed padlock, grey.
    Locked,
    /// Octagon, red.
    Held,
    /// Two outlines, one behind the other, white.
    Copy,
    /// A box without lid, white: of lots, never of guns.
    OpenBox,
}

impl Look {
    /// Its word in the page's style and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Look::Unknown => "unknown",
            Look::Empty => "empty",
            Look::Dummy => "dummy",
            Look::Blank => "blank",
            Look::Live => "live",
            Look::Checking => "checking",
            Look::Handover => "handover",
            Look::Locked => "locked",
            Look::Held => "held",
            Look::Copy => "copy",
            Look::OpenBox => "open-box",
        }
    }
}

/// A rule as it is cited under a refusal.
#[must_use]
pub fn cite(rule: Rule) -> String {
    format!("{} · {} · {}", rule.as_str(), rule.strength().as_str(), rule.source())
}

/// A gun in one line: "single-action revolver, 6 chambers".
#[must_use]
pub fn gun_line(gun: &Gun<Real>) -> String {
    if gun.kind.fires() {
        let (one, many) = if gun.is_muzzle_loader() { ("barrel", "barrels") } else { ("chamber", "chambers") };
        let count = if gun.chambers == 1 { one } else { many };
        let blank_only = if gun.kind == GunKind::BlankOnly { ", blank only" } else { "" };
        format!("{}, {} {count}{blank_only}", action(gun.action), gun.chambers)
    } else {
        format!("{}, holds no cartridge", gun_kind(gun.kind))
    }
}

/// What a gun-shaped thing is.
#[must_use]
pub const fn gun_kind(kind: GunKind) -> &'static str {
    match kind {
        GunKind::LiveCapable => "can fire live",
        GunKind::BlankOnly => "blank only",
        GunKind::NonGun => "non-gun",
        GunKind::Replica => "replica",
        GunKind::Rubber => "rubber",
    }
}

/// How a gun works.
#[must_use]
pub const fn action(action: Action) -> &'static str {
    match action {
        Action::SingleAction => "single-action revolver",
        Action::DoubleAction => "double-action revolver",
        Action::Magazine => "magazine",
        Action::Pump => "pump action",
        Action::DoubleBarrel => "double barrel",
        Action::Bolt => "bolt action",
        Action::BeltFed => "belt-fed",
        Action::MuzzleLoader => "muzzle-loader",
        Action::None => "no action",
    }
}

/// What feeds a gun, as a page names it; nothing where nothing does.
#[must_use]
pub const fn feed(feed: Feed) -> Option<&'static str> {
    match feed {
        Feed::Nothing => None,
        Feed::Magazine => Some("magazine"),
        Feed::Tube => Some("tube"),
        Feed::Internal => Some("magazine under the bolt"),
        Feed::Belt => Some("belt"),
    }
}

/// How a gun is opened to be read: what stands over it, what is done, and what its reader says then.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// What stands over it.
    pub title: &'static str,
    /// What is done.
    pub steps: [&'static str; 3],
    /// What the button says.
    pub ready: &'static str,
}

/// How a gun of this action is opened to be read.
#[must_use]
pub const fn opening(action: Action) -> Opening {
    let from_behind = "Look from behind. Never from the muzzle.";
    let chamber = "Look into the chamber, and feel it with a finger.";
    match action {
        Action::SingleAction | Action::DoubleAction | Action::None => Opening {
            title: "Find the marked chamber",
            steps: [
                half_cock_or_swing_out(action),
                "Look from behind. Never from the muzzle, never at the cylinder’s front.",
                "Chamber 1 is the marked one. Turn one chamber at a time.",
            ],
            ready: "Chamber 1 is at the gate",
        },
        Action::MuzzleLoader => Opening {
            title: "Find the marked barrel",
            steps: [
                "Point the muzzle where nobody is. Never look into it. Half-cock the lock.",
                "See each nipple or pan: is a cap on, or powder in it? It comes off before a rod goes down.",
                "Barrel 1 is the marked one. The rod slides down to its mark, or it stands above it.",
            ],
            ready: "It is half-cocked, the rod is in my hand",
        },
        Action::DoubleBarrel => Opening {
            title: "Find the marked barrel",
            steps: [
                "Point the muzzle where nobody is. Break it open.",
                from_behind,
                "Chamber 1 is that of the marked barrel. Read both.",
            ],
            ready: "It is broken open",
        },
        Action::Magazine => Opening {
            title: "Take the magazine out",
            steps: [
                "Point the muzzle where nobody is. First the magazine comes out, then the slide is locked back.",
                chamber,
                "Look down the empty well. Then read the chamber, and the magazine.",
            ],
            ready: "The magazine is out, the slide is back",
        },
        Action::Pump | Action::Bolt => Opening {
            title: "Open the action",
            steps: [
                "Point the muzzle where nobody is. Open the action and leave it open.",
                chamber,
                "Look down to the follower. Then read the chamber, and what feeds it.",
            ],
            ready: "The action is open",
        },
        Action::BeltFed => Opening {
            title: "Lift the belt off",
            steps: [
                "Point the muzzle where nobody is. Open the cover and lift the belt off the tray.",
                chamber,
                "Look along the empty tray. Then read the chamber, and the belt link by link.",
            ],
            ready: "The cover is open, the belt is off",
        },
    }
}

const fn half_cock_or_swing_out(action: Action) -> &'static str {
    if matches!(action, Action::DoubleAction) {
        "Point the muzzle where nobody is. Swing the cylinder out."
    } else {
        "Point the muzzle where nobody is. Half-cock it and open the gate."
    }
}

/// What stands before whoever sends what came out of a gun: that it can hold everything, and that it does so either way.
/// What is expected stands nowhere.
#[must_use]
pub fn before_emptying(loaded: LoadedInto) -> [&'static str; 2] {
    [
        match loaded {
            LoadedInto::Chambers => {
                "Send what came out, whatever it is. If it is not what the record has in this gun, one round more or one less, everything \
                 is held until that is looked into."
            }
            LoadedInto::Barrels => {
                "Send what became of each charge, whatever it is. If it is not what the record has in this gun, one charge more or one \
                 less, everything is held until that is looked into."
            }
        },
        "It is held so in any case: what is not said here is one too many, or missing, at the next check or count. Said now, it is \
         known where it was.",
    ]
}

/// Rounds of chambers, or of chamber and feed together.
fn how_many(count: u32, of: u8, in_feed: Option<u32>) -> String {
    in_feed.map_or_else(|| format!("{count}/{of}"), |fed| count.saturating_add(fed).to_string())
}

/// How many barrels of a muzzle-loader are primed: without a cap or powder in the pan it does not fire.
fn caps_on(primed: u32) -> String {
    if primed == 0 { "not primed; ".to_owned() } else { format!("PRIMED {primed}; ") }
}

fn chambered(count: u32, fed: u32) -> String {
    format!("{count} in the chamber, {fed} in what feeds it; ")
}

/// A doubt, before the minute at which it arose.
#[must_use]
pub const fn doubt(why: Doubt) -> &'static str {
    match why {
        Doubt::NeverShown => "not shown yet, since",
        Doubt::AnswersDiffer => "two answers differed at",
        Doubt::Break => "a break began at",
        Doubt::ChangedHands => "changed hands at",
        Doubt::CheckGivenUp => "check given up at",
        Doubt::ClockJumped => "the record's clock jumped at",
        Doubt::Doubted => "doubted at",
        Doubt::Faulty => "failed or mended at",
        Doubt::HandlerLeft => "its handler left the room at",
        Doubt::Loaded => "loaded or unloaded at",
        Doubt::MuzzleTowardPeople => "muzzle toward people at",
        Doubt::NewDay => "a new production day began at",
        Doubt::OutOfSight => "out of sight at",
        Doubt::Refused => "refused by the receiver at",
        Doubt::Stopped => "a stop was pulled at",
        Doubt::TimeLapsed => "the time to show it again came at",
        Doubt::Fired => "fired at",
    }
}

/// Why a stop was pulled.
#[must_use]
pub const fn stop_cause(cause: StopCause) -> &'static str {
    match cause {
        StopCause::Called => "stop called",
        StopCause::PersonHurt => "somebody is hurt",
        StopCause::Discharge => "a gun fired and nobody meant it to",
        StopCause::LiveRound => "a live round",
        StopCause::UnexpectedRound => "a round that should not be there",
        StopCause::RoundMissing => "a round is missing",
        StopCause::AnswersDifferTwice => "two looks differed twice",
        StopCause::BoreBlocked => "something in a bore",
        StopCause::GunMissing => "a gun is gone",
        StopCause::GuardInside => "an armed guard came inside",
        StopCause::PersonalWeapon => "a gun or rounds that no register has",
    }
}

/// What a safety request is for.
#[must_use]
pub const fn request_kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::MoreTime => "more time",
        RequestKind::MoreTraining => "more training",
        RequestKind::AnotherHandler => "another handler",
        RequestKind::Substitute => "a thing that cannot fire in place of the gun",
        RequestKind::Meeting => "a safety meeting",
        RequestKind::Barrier => "a shield or another barrier",
        RequestKind::Other => "something else",
    }
}

/// What a production may ask for beyond the laws.
#[must_use]
pub const fn requirement(what: Requirement) -> &'static str {
    match what {
        Requirement::Training => "training on the action of a gun, of whoever uses it before the camera",
        Requirement::Course => "the safety course, of whoever handles a gun, witnesses its check or stands in its line",
        Requirement::Permit => {
            "a permit or licence in date, of whoever takes out, receives, loads or hands over a gun that can fire"
        }
        Requirement::Authority => "the armorer's authority in writing, before a gun that can fire comes to a set",
        Requirement::Contact => "a name of whom everybody can ask, before a gun that can fire comes to a set",
        Requirement::Police => "that the police were told of the scene, before a gun that can fire comes to its set",
    }
}

/// The work for which live rounds are let in.
#[must_use]
pub const fn range_exception(what: RangeException) -> &'static str {
    match what {
        RangeException::ActorTraining => "training of actors on a range",
        RangeException::GunfireSound => "recording of gunfire on a range",
        RangeException::Documentary => "a documentary on a range, which re-enacts nothing",
        RangeException::Education => "education on a range",
        RangeException::Subject => "live rounds are the subject: a competition, a documentary, lessons with firearms",
        RangeException::ControlledFacility => "trained military or police in the facility that they control",
    }
}

/// A role.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::PropertyMaster => "property master",
        Role::Armorer => "armorer",
        Role::Assistant => "assistant",
        Role::Handler => "handler",
        Role::Witness => "witness",
        Role::FirstAd => "first AD",
        Role::Performer => "performer",
        Role::StandIn => "stand-in",
        Role::Extra => "extra",
        Role::Camera => "camera",
        Role::SafetyOfficer => "safety officer",
        Role::Medic => "medic",
        Role::Producer => "producer",
        Role::Vendor => "vendor",
        Role::Investigator => "investigator",
        Role::Minor => "minor",
        Role::Props => "props",
    }
}

/// What kind of place it is.
#[must_use]
pub const fn place_kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Vault => "vault",
        PlaceKind::Case => "case",
        PlaceKind::Cart => "cart",
        PlaceKind::Belt => "belt",
        PlaceKind::Pocket => "pocket",
        PlaceKind::Bin => "bin",
        PlaceKind::Set => "set",
        PlaceKind::Range => "range",
        PlaceKind::Vehicle => "vehicle",
        PlaceKind::Transit => "in transit",
    }
}

/// What kind of rounds.
#[must_use]
pub const fn lot_kind(kind: LotKind) -> &'static str {
    match kind {
        LotKind::Live => "live",
        LotKind::Blank => "blank",
        LotKind::Dummy => "dummy",
        LotKind::Dress => "dress",
        LotKind::SnapCap => "snap cap",
        LotKind::Spent => "spent",
    }
}

/// The load of a blank, as it is announced.
#[must_use]
pub const fn load(load: Load) -> &'static str {
    match load {
        Load::Full => "full load",
        Load::Half => "half load",
        Load::Quarter => "quarter load",
    }
}

/// What a gun holds by a plan.
#[must_use]
pub const fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Empty => "EMPTY",
        Holds::Dummy => "DUMMY",
        Holds::Blank => "BLANK",
    }
}

/// Where a muzzle points by a plan.
#[must_use]
pub const fn toward(toward: Toward) -> &'static str {
    match toward {
        Toward::Nobody => "toward nobody",
        Toward::Camera => "toward the camera",
        Toward::People => "toward a person\u{2019}s place",
    }
}

/// What changed on the set.
#[must_use]
pub const fn shot_change(change: ShotChange) -> &'static str {
    match change {
        ShotChange::People => "Who stands where",
        ShotChange::Camera => "The camera",
        ShotChange::Place => "The place",
        ShotChange::Action => "What is played",
    }
}

/// What is erased, in words.
#[must_use]
pub const fn erasable(what: Erasable) -> &'static str {
    match what {
        Erasable::Texts => "name and texts",
        Erasable::Files => "files",
    }
}

/// When a file was erased, by which entry, and why.
#[must_use]
pub fn erased_by(names: &Names<'_>, by: ErasedBy) -> String {
    let why = record::erasure::why(by.ground);
    format!("was erased {}, by entry {}: {why}", names.dated(Millis(by.at_ms)), by.index)
}

/// Who was told that a gun is gone, in words.
#[must_use]
pub const fn notified(notified: Notified) -> &'static str {
    match notified {
        Notified::Police => "the police",
        Notified::LicensingAuthority => "the licensing authority",
        Notified::RentalHouse => "the rental house",
        Notified::Insurer => "the insurer",
        Notified::Producer => "the producer",
    }
}

/// When a lot is counted.
#[must_use]
pub const fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Receipt => "on receipt: every round in the hand",
        Occasion::Issue => "before the first is issued",
        Occasion::BeforeFiring => "before firing",
        Occasion::AfterFiring => "after firing",
        Occasion::Lunch => "lunch",
        Occasion::SceneEnd => "end of scene",
        Occasion::Wrap => "wrap",
    }
}

/// A topic of a safety meeting.
#[must_use]
pub const fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Action => "The intended action",
        Topic::Deviations => "What may deviate from it",
        Topic::Abort => "How it is aborted",
        Topic::Emergency => "What is done in an emergency",
        Topic::ChainOfCommand => "The chain of command",
    }
}

/// A calibre as people write it: ".45 Colt".
#[must_use]
pub fn calibre(calibre: Calibre) -> String {
    let word = record::words::calibre_word(calibre);
    let written = WRITTEN.iter().find(|(listed, _)| *listed == word).map(|(_, written)| (*written).to_owned());
    written.unwrap_or_else(|| word.replace('_', " "))
}

/// How the calibres of the record's list are written.
const WRITTEN: &[(&str, &str)] = &[
    ("22_long_rifle", ".22 Long Rifle"),
    ("32_acp", ".32 ACP"),
    ("380_acp", ".380 ACP"),
    ("38_special", ".38 Special"),
    ("357_magnum", ".357 Magnum"),
    ("40_s_and_w", ".40 S&W"),
    ("10_mm_auto", "10 mm Auto"),
    ("44_40", ".44-40"),
    ("44_magnum", ".44 Magnum"),
    ("45_acp", ".45 ACP"),
    ("45_colt", ".45 Colt"),
    ("45_70", ".45-70"),
    ("30_30", ".30-30"),
    ("30_06", ".30-06"),
    ("303_british", ".303 British"),
    ("308_winchester", ".308 Winchester"),
    ("5_45_by_39", "5.45 × 39 mm"),
    ("5_56_by_45", "5.56 × 45 mm"),
    ("7_62_by_39", "7.62 × 39 mm"),
    ("7_62_by_54_r", "7.62 × 54 mm R"),
    ("7_92_by_57", "7.92 × 57 mm"),
    ("8_mm_blank", "8 mm blank"),
    ("9_by_19", "9 × 19 mm"),
    ("9_mm_blank", "9 mm blank"),
    ("12_gauge", "12 gauge"),
    ("20_gauge", "20 gauge"),
    ("410_bore", ".410 bore"),
    ("50_browning", ".50 Browning"),
    ("36_percussion", ".36 percussion"),
    ("44_percussion", ".44 percussion"),
    ("58_percussion", ".58 percussion"),
    ("69_flintlock", ".69 flintlock"),
    ("75_flintlock", ".75 flintlock"),
];

/// A distance in metres, with as many digits as were entered: "6 m", "4.5 m", "0.75 m".
#[must_use]
pub fn metres(centimetres: u32) -> String {
    let (whole, rest) = (centimetres / 100, centimetres % 100);
    if rest == 0 {
        format!("{whole} m")
    } else if rest.is_multiple_of(10) {
        format!("{whole}.{} m", rest / 10)
    } else {
        format!("{whole}.{rest:02} m")
    }
}

/// The stand-off of blanks in a gun, and whether its line was found clear out to there.
fn line_of_fire(stand_off_centimetres: Option<u32>, line_clear: bool) -> String {
    match (stand_off_centimetres, line_clear) {
        (None, _) => "not tested in this gun: no stand-off is known".to_owned(),
        (Some(needed), true) => format!("stand-off {}, line found clear", metres(needed)),
        (Some(needed), false) => format!("stand-off {}, LINE NOT CLEAR", metres(needed)),
    }
}

/// One round, or so many.
#[must_use]
pub fn rounds(rounds: u32) -> String {
    if rounds == 1 { "1 round".to_owned() } else { format!("{rounds} rounds") }
}

/// A unit, as people on a set speak of it.
#[must_use]
pub fn unit(unit: kernel::Unit) -> String {
    match unit.0 {
        1 => "first unit".to_owned(),
        2 => "second unit".to_owned(),
        3 => "third unit".to_owned(),
        number => format!("unit {number}"),
    }
}

/// With a capital at its head.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The order in which people look for names: GUN 2 before GUN 10.
#[must_use]
pub fn in_order(name: &str) -> (String, u64) {
    let words = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = name.strip_prefix(words).and_then(|digits| digits.parse().ok());
    (words.to_lowercase(), number.unwrap_or_default())
}
