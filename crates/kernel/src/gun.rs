//! Guns, custody and showing. Nothing here holds heap data, history or text: a state must be
//! small enough to be searched exhaustively.

use crate::barrel::BarrelReadings;
use crate::feed::FeedReading;
use crate::reason::Code;
use crate::rounds::Calibre;
use crate::scope::{Moment, Scope};

/// The most chambers that a cylinder of the register can have.
pub const MAX_CHAMBERS: usize = 12;

/// What a gun-shaped thing is. Every one is registered, rubber ones too (`domain.md` CSATF-1/B).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum GunKind {
    /// Can chamber and fire live ammunition.
    LiveCapable,
    /// Built so that it cannot chamber a live round; fires blanks.
    BlankOnly,
    /// Simulates fire without a cartridge.
    NonGun,
    /// Looks real; does not fire.
    Replica,
    /// A cast copy.
    Rubber,
}

impl GunKind {
    /// Can it fire anything? What can fire is shown; what cannot has its identity matched.
    #[must_use]
    pub const fn fires(self) -> bool {
        match self {
            GunKind::LiveCapable | GunKind::BlankOnly => true,
            GunKind::NonGun | GunKind::Replica | GunKind::Rubber => false,
        }
    }
}

/// How a gun works, which says what must be read in a check.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Action {
    /// A single-action revolver with a loading gate: one chamber at a time.
    SingleAction,
    /// A double-action revolver with a cylinder that swings out.
    DoubleAction,
    /// A magazine and one chamber.
    Magazine,
    /// A pump action.
    Pump,
    /// Two barrels.
    DoubleBarrel,
    /// A bolt action.
    Bolt,
    /// Fed by a belt.
    BeltFed,
    /// Loaded from the muzzle, with charge and cap.
    MuzzleLoader,
    /// No action: a thing that holds no cartridge.
    None,
}

impl Action {
    /// Is there a procedure for checking it? Without one it can be kept and locked, never shown.
    #[must_use]
    pub const fn can_be_checked(self) -> bool {
        match self {
            Action::SingleAction
            | Action::DoubleAction
            | Action::Magazine
            | Action::Pump
            | Action::DoubleBarrel
            | Action::Bolt
            | Action::BeltFed
            | Action::MuzzleLoader => true,
            Action::None => false,
        }
    }
}

/// A set of chambers, numbered from 1 at the marked chamber.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Chambers(u16);

impl Chambers {
    /// No chamber.
    pub const NONE: Chambers = Chambers(0);

    /// The chambers 1 to `count`, at most [`MAX_CHAMBERS`].
    #[must_use]
    pub fn first(count: u8) -> Chambers {
        (1..=count).fold(Chambers::NONE, Chambers::with)
    }

    /// These chambers and `chamber`; a number outside 1 to [`MAX_CHAMBERS`] changes nothing.
    #[must_use]
    pub fn with(self, chamber: u8) -> Chambers {
        Chambers(self.0 | Chambers::bit(chamber))
    }

    /// Is `chamber` among them?
    #[must_use]
    pub fn has(self, chamber: u8) -> bool {
        self.0 & Chambers::bit(chamber) != 0
    }

    /// How many they are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Is there none?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in both.
    #[must_use]
    pub const fn and(self, other: Chambers) -> Chambers {
        Chambers(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub const fn or(self, other: Chambers) -> Chambers {
        Chambers(self.0 | other.0)
    }

    /// Those here and not in `other`.
    #[must_use]
    pub const fn minus(self, other: Chambers) -> Chambers {
        Chambers(self.0 & !other.0)
    }

    /// The chambers, lowest number first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=12).filter(move |chamber| self.has(*chamber))
    }

    fn bit(chamber: u8) -> u16 {
        match chamber {
            1..=12 => 1u16.checked_shl(u32::from(chamber).saturating_sub(1)).unwrap_or(0),
            _ => 0,
        }
    }
}

impl FromIterator<u8> for Chambers {
    fn from_iter<T: IntoIterator<Item = u8>>(chambers: T) -> Self {
        chambers.into_iter().fold(Chambers::NONE, Chambers::with)
    }
}

/// What was seen in a chamber.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Content {
    /// Nothing.
    Empty,
    /// An inert round that looks live.
    Dummy,
    /// A round without projectile.
    Blank,
    /// A round with projectile that is meant to be fired.
    Live,
    /// A fired case.
    Spent,
    /// A coloured or drilled practice round.
    SnapCap,
    /// Not sure: said, never guessed.
    NotSure,
}

/// How it was seen. There is no value for a look from the muzzle or the cylinder's front (law 6).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Method {
    /// Seen at the case head, or into the empty chamber, from behind.
    SeenAtHead,
    /// Taken out and seen.
    RemovedSeen,
    /// Taken out, seen and shaken.
    RemovedSeenShaken,
}

/// One chamber's reading: what, and how.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Reading {
    /// What was seen.
    pub content: Content,
    /// How.
    pub method: Method,
}

/// The readings of a cylinder, indexed from the marked chamber. A chamber that was not read has none.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Readings([Option<Reading>; MAX_CHAMBERS]);

impl Readings {
    /// These readings with `reading` for `chamber`; a number outside the range changes nothing.
    #[must_use]
    pub fn with(mut self, chamber: u8, reading: Reading) -> Readings {
        if let Some(slot) = usize::from(chamber).checked_sub(1).and_then(|index| self.0.get_mut(index)) {
            *slot = Some(reading);
        }
        self
    }

    /// The reading of `chamber`.
    #[must_use]
    pub fn get(&self, chamber: u8) -> Option<Reading> {
        usize::from(chamber).checked_sub(1).and_then(|index| self.0.get(index).copied()).flatten()
    }

    /// The chambers that were read.
    #[must_use]
    pub fn read(&self) -> Chambers {
        self.chambers_where(|_| true)
    }

    /// The chambers in which `content` was seen.
    #[must_use]
    pub fn of(&self, content: Content) -> Chambers {
        self.chambers_where(|reading| reading.content == content)
    }

    /// The chambers whose reading is as asked.
    pub fn chambers_where(&self, is: impl Fn(Reading) -> bool) -> Chambers {
        (1..=12).filter(|chamber| self.get(*chamber).is_some_and(&is)).collect()
    }

    /// Was the same seen in every chamber? Methods may differ.
    #[must_use]
    pub fn agree(&self, other: &Readings) -> bool {
        self.0.iter().zip(other.0.iter()).all(|(one, two)| one.map(|it| it.content) == two.map(|it| it.content))
    }
}

/// Who or where.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Custody<S: Scope> {
    /// In a place.
    In {
        /// The place.
        place: S::Place,
        /// Since when.
        since: S::Time,
    },
    /// With one person.
    With {
        /// The person.
        person: S::Person,
        /// Since when.
        since: S::Time,
        /// The handler who answers for it: the person, or who handed it to him. Nobody where it
        /// was taken around a handover.
        handler: Option<S::Person>,
    },
    /// Laid where the shot plan has it, while the handler who answers for it watches (law 5).
    Preset {
        /// The place.
        place: S::Place,
        /// The handler who answers for it.
        handler: S::Person,
        /// Since when.
        since: S::Time,
    },
    /// In a handover between two.
    Offered {
        /// The giver, who still answers for it.
        from: S::Person,
        /// The receiver.
        to: S::Person,
        /// The offer, which the take names.
        offer: S::Act,
        /// Since when.
        since: S::Time,
    },
    /// Gone: nobody has it, as far as entered.
    Missing {
        /// Since when.
        since: S::Time,
    },
    /// It went back to the rental house that it came from.
    Returned {
        /// Who took it for the house.
        vendor: S::Person,
        /// Since when.
        since: S::Time,
        /// Who signed for it on the house's own device; nobody where the house has not.
        signed_by: Option<S::Person>,
    },
}

/// Why nothing may be said of a gun. Each is a rule of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Doubt {
    /// It was not shown since it was taken out.
    NeverShown,
    /// Two looks differed; both look again.
    AnswersDiffer,
    /// A break began.
    Break,
    /// It changed hands.
    ChangedHands,
    /// The check was given up.
    CheckGivenUp,
    /// The clock jumped.
    ClockJumped,
    /// Somebody entered a doubt.
    Doubted,
    /// Somebody said that it does not work as it should, or a handler cleared that.
    Faulty,
    /// It fired.
    Fired,
    /// The handler who answers for it left the room.
    HandlerLeft,
    /// It was loaded or unloaded.
    Loaded,
    /// Its muzzle was seen toward people.
    MuzzleTowardPeople,
    /// A new production day.
    NewDay,
    /// It left sight.
    OutOfSight,
    /// The receiver refused it.
    Refused,
    /// A stop was pulled.
    Stopped,
    /// The time to show it again has come.
    TimeLapsed,
}

impl Doubt {
    /// Every doubt, in the order they are declared.
    pub const ALL: [Doubt; 17] = [
        Doubt::NeverShown,
        Doubt::AnswersDiffer,
        Doubt::Break,
        Doubt::ChangedHands,
        Doubt::CheckGivenUp,
        Doubt::ClockJumped,
        Doubt::Doubted,
        Doubt::Faulty,
        Doubt::Fired,
        Doubt::HandlerLeft,
        Doubt::Loaded,
        Doubt::MuzzleTowardPeople,
        Doubt::NewDay,
        Doubt::OutOfSight,
        Doubt::Refused,
        Doubt::Stopped,
        Doubt::TimeLapsed,
    ];

    /// Does it put in doubt whether a copy is still the copy that was matched, or when that was? Somebody lost
    /// sight of it, or saw something that such a thing does not do (laws 1 and 14; `domain.md` 2, row 19). It does
    /// not where the thing went from hand to hand in sight, or where only its muzzle or its check is meant.
    #[must_use]
    pub const fn takes_the_match_back(self) -> bool {
        match self {
            Doubt::AnswersDiffer
            | Doubt::Break
            | Doubt::ClockJumped
            | Doubt::Doubted
            | Doubt::Faulty
            | Doubt::Fired
            | Doubt::HandlerLeft
            | Doubt::NewDay
            | Doubt::OutOfSight
            | Doubt::Refused
            | Doubt::Stopped => true,
            Doubt::NeverShown
            | Doubt::ChangedHands
            | Doubt::CheckGivenUp
            | Doubt::Loaded
            | Doubt::MuzzleTowardPeople
            | Doubt::TimeLapsed => false,
        }
    }

    /// The reason that it gives.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Doubt::NeverShown => Code::ShowingNever,
            Doubt::AnswersDiffer => Code::ShowingAnswersDiffer,
            Doubt::Break => Code::ShowingBreak,
            Doubt::ChangedHands => Code::ShowingChangedHands,
            Doubt::CheckGivenUp => Code::ShowingCheckGivenUp,
            Doubt::ClockJumped => Code::ShowingClockJumped,
            Doubt::Doubted => Code::ShowingDoubted,
            Doubt::Faulty => Code::ShowingFaulty,
            Doubt::Fired => Code::ShowingFired,
            Doubt::HandlerLeft => Code::ShowingHandlerLeft,
            Doubt::Loaded => Code::ShowingLoadedSince,
            Doubt::MuzzleTowardPeople => Code::ShowingMuzzle,
            Doubt::NewDay => Code::ShowingNewDay,
            Doubt::OutOfSight => Code::ShowingOutOfSight,
            Doubt::Refused => Code::ShowingRefused,
            Doubt::Stopped => Code::ShowingStopped,
            Doubt::TimeLapsed => Code::ShowingTimeLapsed,
        }
    }
}

/// Every doubt that stands about a gun since it was last shown, each with its last moment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Doubts<S: Scope>([Option<S::Time>; 16]);

impl<S: Scope> Default for Doubts<S> {
    fn default() -> Self {
        Doubts([None; 16])
    }
}

impl<S: Scope> Doubts<S> {
    /// One doubt.
    #[must_use]
    pub fn one(why: Doubt, at: S::Time) -> Self {
        Doubts::default().with(why, at)
    }

    /// These and one more; a later moment replaces an earlier one.
    #[must_use]
    pub fn with(mut self, why: Doubt, at: S::Time) -> Self {
        if let Some(slot) = self.0.get_mut(why as usize) {
            *slot = (*slot).max(Some(at));
        }
        self
    }

    /// Each doubt with its moment, in the order they are declared.
    pub fn iter(&self) -> impl Iterator<Item = (Doubt, S::Time)> + '_ {
        Doubt::ALL.iter().zip(self.0.iter()).filter_map(|(why, at)| at.map(|at| (*why, at)))
    }

    /// The latest doubt: what a card names first.
    #[must_use]
    pub fn latest(&self) -> Option<(Doubt, S::Time)> {
        self.iter().max_by_key(|(_, at)| *at)
    }
}

/// One blind answer.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Answer<S: Scope> {
    /// What was seen in the chambers.
    pub readings: Readings,
    /// What was seen in what feeds it, where it was read.
    pub feed: Option<FeedReading>,
    /// What was said of its barrels, where it is a muzzle-loader.
    pub barrels: Option<BarrelReadings>,
    /// The device it came from.
    pub device: Option<S::Device>,
    /// When: the earlier of the decided and the claimed time.
    pub at: S::Time,
}

/// A check that is under way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Check<S: Scope> {
    /// The intent that began it.
    pub act: S::Act,
    /// Who checks: the handler with the gun.
    pub checker: S::Person,
    /// Who witnesses, blind.
    pub witness: S::Person,
    /// Since when.
    pub since: S::Time,
    /// The device on which it was begun; the witness answers on another.
    pub device: Option<S::Device>,
    /// Whether both look for the second time.
    pub again: bool,
    /// The checker's answer.
    pub checker_answer: Option<Answer<S>>,
    /// The witness's answer.
    pub witness_answer: Option<Answer<S>>,
}

/// The last look, which is part of one handover and carries the showing into other hands.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum LastLook<S: Scope> {
    /// The receiver looked.
    Receiver,
    /// The receiver declined; the witness looked.
    Witness {
        /// The witness.
        witness: S::Person,
        /// The offer for which he looked.
        offer: S::Act,
    },
}

/// What was shown, by two who could not see each other's answers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Showing<S: Scope> {
    /// The check that it came from.
    pub check: S::Act,
    /// What both saw in the chambers.
    pub readings: Readings,
    /// What both saw in what feeds it.
    pub feed: Option<FeedReading>,
    /// What both said of the barrels of a muzzle-loader.
    pub barrels: Option<BarrelReadings>,
    /// Who checked.
    pub checker: S::Person,
    /// Who witnessed.
    pub witness: S::Person,
    /// When: the earliest of both answers.
    pub at: S::Time,
    /// The bore look on which the loading rests, or the rod of a muzzle-loader.
    pub bore: Option<S::Act>,
    /// The last look at the handover.
    pub last_look: Option<LastLook<S>>,
}

/// Where a gun stands between "nothing may be said" and "shown".
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ShowingState<S: Scope> {
    /// Nothing may be said, and why.
    Void(Doubts<S>),
    /// Two people are looking; nobody sees what they saw.
    BeingChecked(Check<S>),
    /// It was shown. Time may have voided it since.
    Shown(Showing<S>),
}

/// Whether light was seen through the bore.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Light {
    /// Light seen.
    Seen,
    /// Something is in the bore.
    Blocked,
}

/// The last look through the bore; of a muzzle-loader the last rod that went down to its mark.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BoreLook<S: Scope> {
    /// The intent of the look.
    pub act: S::Act,
    /// Whether a loading has used it up.
    pub used: bool,
}

/// What was loaded, by the record. It is never shown as what is in the gun.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Loading<S: Scope> {
    /// The lot.
    pub lot: S::Lot,
    /// The chambers.
    pub chambers: Chambers,
    /// How many rounds more are in what feeds it. Working the action moves them to the chamber, and
    /// nobody enters that: by the record only their sum is known.
    pub feed: u8,
    /// The bore look, or the rod of a muzzle-loader, that it used up.
    pub bore: Option<S::Act>,
}

/// That a thing which cannot fire is the thing its label says.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct IdentityMatch<S: Scope> {
    /// Who matched it.
    pub by: S::Person,
    /// When.
    pub at: S::Time,
}

/// What a gun fired since it was loaded, as it was reported.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Fired {
    /// Shots that were heard.
    pub shots: u8,
    /// Times that the trigger was pulled and nothing fired.
    pub misfires: u8,
}

impl Fired {
    /// How many rounds were struck.
    #[must_use]
    pub fn struck(self) -> u32 {
        u32::from(self.shots).saturating_add(u32::from(self.misfires))
    }

    /// Are there more fired cases than shots that were heard, or more struck rounds than were reported? A misfire whose round
    /// went off later is a shot that nobody reported; a shot that was heard and was a misfire is an ear's mistake.
    #[must_use]
    pub fn does_not_explain(self, cases: u32, struck: u32) -> bool {
        cases > u32::from(self.shots) || struck > self.struck()
    }
}

/// A take that a gun with blanks was in, in the hands of one who uses it before the camera: what it fires is fired then.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct InTake<S: Scope> {
    /// Since when the take was on.
    pub began: S::Time,
    /// The cut, once it was entered.
    pub cut: Option<S::Time>,
    /// Whether what it fired was entered: a shot, or that none was fired.
    pub entered: bool,
}

impl<S: Scope> InTake<S> {
    /// Are these shots of this take, by when they were entered? What was entered while it was on is. After the cut, or when the
    /// gun is back, it is entered once, and then nothing but a misfire is left to be entered.
    #[must_use]
    pub fn has(&self, made: S::Time, tolerance: u64, misfire_alone: bool) -> bool {
        let while_on = self.cut.is_none_or(|cut| made <= cut);
        self.began <= made.later_by(tolerance) && (while_on || !self.entered || misfire_alone)
    }
}

/// To whom a gun goes, or went, in a line.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct InLine<S: Scope> {
    /// The line.
    pub line: S::Act,
    /// The intent that issued it, which the witness names.
    pub issue: S::Act,
    /// Whose wristband was read.
    pub to: S::Person,
}

/// Everything the kernel keeps of one gun.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Gun<S: Scope> {
    /// What it is.
    pub kind: GunKind,
    /// How it works.
    pub action: Action,
    /// How many chambers its cylinder has, or barrels where it is loaded from the muzzle.
    pub chambers: u8,
    /// Who or where.
    pub custody: Custody<S>,
    /// Whether something may be said of it.
    pub showing: ShowingState<S>,
    /// What was loaded, by the record.
    pub loading: Option<Loading<S>>,
    /// The last look through the bore; of a muzzle-loader the last rod that went down to its mark.
    pub bore: Option<BoreLook<S>>,
    /// The last match of label and thing.
    pub identity: Option<IdentityMatch<S>>,
    /// Whether two answers differed since it was last shown: the next difference stops. Giving a
    /// check up does not wipe it out.
    pub differed: bool,
    /// Whether blind answers about it are still kept closed.
    pub sealed: bool,
    /// What it takes, as far as entered.
    pub calibre: Option<Calibre>,
    /// The barrels of a muzzle-loader that were primed, by the record: a cap put on, or powder in the pan.
    pub primed: Chambers,
    /// What was fired of the loading.
    pub fired: Fired,
    /// When it last misfired; it is not opened before the wait is over.
    pub misfired_at: Option<S::Time>,
    /// Whether it fired and nobody looked through its bore since, or ran a rod down to its mark.
    pub bore_due: bool,
    /// Since when it does not work as it should, as somebody said, where no handler has cleared that.
    pub faulty_since: Option<S::Time>,
    /// Whether it was called to the set of the open scene.
    pub on_set: bool,
    /// Whether it is, or was until it came back, with one who uses it before the camera: a shot that is
    /// reported is one of his.
    pub played: bool,
    /// The take for which it is, or was, with that one, as planned with blanks.
    pub in_take: Option<InTake<S>>,
    /// When its line was found clear out to its stand-off, if nothing changed since.
    pub line_clear: Option<S::Time>,
    /// The line that it stands in.
    pub in_line: Option<InLine<S>>,
    /// The handler who answers for it, or answered for it last: an inquiry into a gun that lies locked away is about him.
    pub answered_for: Option<S::Person>,
    /// Whether the last place that it was put into is on a range.
    pub at_range: bool,
    /// Whether an inquiry about it was closed since it was loaded: what comes out of it then is entered as it was seen,
    /// and what is not there is written off.
    pub inquired: bool,
}

/// What is known of a thing that is back with its rental house.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Returned<S: Scope> {
    /// Who took it for the house.
    pub vendor: S::Person,
    /// Since when.
    pub since: S::Time,
    /// Who signed for it on the house's own device; nobody where the house has not.
    pub signed_by: Option<S::Person>,
}

impl<S: Scope> Custody<S> {
    /// Since when it is so.
    #[must_use]
    pub const fn since(&self) -> S::Time {
        match *self {
            Custody::In { since, .. }
            | Custody::With { since, .. }
            | Custody::Preset { since, .. }
            | Custody::Offered { since, .. }
            | Custody::Missing { since }
            | Custody::Returned { since, .. } => since,
        }
    }

    /// That the gun is back with its rental house; nothing where it is not.
    #[must_use]
    pub const fn returned(&self) -> Option<Returned<S>> {
        if let Custody::Returned { vendor, since, signed_by } = *self {
            Some(Returned { vendor, since, signed_by })
        } else {
            None
        }
    }
}

impl<S: Scope> Gun<S> {
    /// The handler who answers for it, where there is one.
    #[must_use]
    pub const fn handler(&self) -> Option<S::Person> {
        match self.custody {
            Custody::With { handler, .. } => handler,
            Custody::Offered { from, .. } => Some(from),
            Custody::Preset { handler, .. } => Some(handler),
            Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => None,
        }
    }

    /// Does this person have it in his hands?
    #[must_use]
    pub fn is_with(&self, whom: S::Person) -> bool {
        matches!(self.custody, Custody::With { person, .. } if person == whom)
    }

    /// Is it out of its place, and not back with its rental house? One that is gone is somewhere, and may be loaded there.
    #[must_use]
    pub const fn may_be_reloaded(&self) -> bool {
        !matches!(self.custody, Custody::In { .. } | Custody::Returned { .. })
    }

    /// Its chambers as a set.
    #[must_use]
    pub fn cylinder(&self) -> Chambers {
        Chambers::first(self.chambers)
    }

    /// The chambers that are loaded by the record.
    #[must_use]
    pub fn loaded(&self) -> Chambers {
        self.loading.map_or(Chambers::NONE, |loading| loading.chambers)
    }
}
