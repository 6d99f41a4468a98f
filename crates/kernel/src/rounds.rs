//! Lots of rounds: where they came from, how they were verified and counted, where they are. Nothing
//! here holds heap data, history or text, for the same reason as in `gun.rs`.

use crate::gun::{Content, Method, Returned};
use crate::scope::Scope;

/// The most rounds that one entry can speak of. No lot on a set has more; a larger number is a slip.
pub const MAX_ROUNDS: u32 = 100_000;

/// What kind of rounds a lot holds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum LotKind {
    /// Rounds with projectile, meant to be fired.
    Live,
    /// Blanks.
    Blank,
    /// Inert rounds that look live.
    Dummy,
    /// Permanently inert rounds for belts; they never load a gun.
    Dress,
    /// Practice rounds; there is no state to show them by, so they load no gun on a set.
    SnapCap,
    /// Fired cases.
    Spent,
}

impl LotKind {
    /// What is seen in a chamber that was loaded from such a lot; nothing where it never loads a gun.
    #[must_use]
    pub const fn in_chamber(self) -> Option<Content> {
        match self {
            LotKind::Blank => Some(Content::Blank),
            LotKind::Dummy => Some(Content::Dummy),
            LotKind::Live => Some(Content::Live),
            LotKind::Dress | LotKind::SnapCap | LotKind::Spent => None,
        }
    }

    /// Is such a round inert, so that it can show at the case head that it is? A blank is not, nor is a case that was fired
    /// for all that anybody sees of its head.
    #[must_use]
    pub const fn is_inert(self) -> bool {
        match self {
            LotKind::Dummy | LotKind::Dress | LotKind::SnapCap => true,
            LotKind::Live | LotKind::Blank | LotKind::Spent => false,
        }
    }
}

/// What a gun takes and what a lot is: equal or not, by the record's list of calibres. The kernel
/// compares the numbers and reads nothing out of them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Calibre(pub u16);

/// How much powder a blank holds. It is announced (`domain.md` 4, full load).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Load {
    /// A full load.
    Full,
    /// Half of it.
    Half,
    /// A quarter. As much a potential hazard as a full one (`domain.md` 3.8).
    Quarter,
}

/// Where the rounds of a lot came from: one source (law 9).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Source<S: Scope> {
    /// Nobody entered it.
    Unknown,
    /// Somebody supplied them.
    Supplier(S::Person),
    /// They were re-boxed out of another lot.
    Lot(S::Lot),
}

/// Where the box of a lot is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum LotCustody<S: Scope> {
    /// Nobody entered it.
    Unknown,
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
    },
    /// Back with the rental house, for good: what comes again is another lot.
    Returned {
        /// Who took it for the house.
        vendor: S::Person,
        /// Since when.
        since: S::Time,
        /// Who signed for it on the house's own device; nobody where the house has not.
        signed_by: Option<S::Person>,
    },
}

impl<S: Scope> LotCustody<S> {
    /// That the box is back with its rental house; nothing where it is not.
    #[must_use]
    pub const fn returned(&self) -> Option<Returned<S>> {
        if let LotCustody::Returned { vendor, since, signed_by } = *self {
            Some(Returned { vendor, since, signed_by })
        } else {
            None
        }
    }
}

/// Where rounds are that are in no box and in no gun.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum OutAt<S: Scope> {
    /// In somebody's hands.
    Person(S::Person),
    /// In a belt, a pocket, a bin, on a cart.
    Place(S::Place),
}

/// When a lot is counted (law 10).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Occasion {
    /// When it came in: every round in the hand. This count is the lot's verification.
    Receipt,
    /// Before the first of it is issued.
    Issue,
    /// Before a firing.
    BeforeFiring,
    /// After a firing.
    AfterFiring,
    /// Before lunch.
    Lunch,
    /// At the end of a scene.
    SceneEnd,
    /// At wrap.
    Wrap,
}

impl Occasion {
    /// Does the second count seal the box?
    #[must_use]
    pub const fn seals(self) -> bool {
        match self {
            Occasion::Receipt | Occasion::Lunch | Occasion::SceneEnd | Occasion::Wrap => true,
            Occasion::Issue | Occasion::BeforeFiring | Occasion::AfterFiring => false,
        }
    }
}

/// What one person counted in a box.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Tally {
    /// Live rounds.
    pub live: u32,
    /// Unfired blanks.
    pub blank: u32,
    /// Inert rounds: dummies, dress rounds, snap caps.
    pub dummy: u32,
    /// Fired cases: brass.
    pub spent: u32,
    /// Rounds that were struck and did not fire, and charges that were drawn out of a muzzle-loader.
    pub misfired: u32,
    /// Rounds of which he is not sure: said, never guessed.
    pub not_sure: u32,
}

impl Tally {
    /// Every number of it.
    #[must_use]
    pub const fn numbers(&self) -> [u32; 6] {
        [self.live, self.blank, self.dummy, self.spent, self.misfired, self.not_sure]
    }

    /// How many rounds and cases, of whatever kind.
    #[must_use]
    pub fn all(&self) -> u32 {
        self.numbers().into_iter().fold(0, u32::saturating_add)
    }

    /// How many of what a chamber would show as `content`.
    #[must_use]
    pub const fn of(&self, content: Content) -> u32 {
        match content {
            Content::Blank => self.blank,
            Content::Dummy => self.dummy,
            Content::Live => self.live,
            Content::Spent => self.spent,
            Content::NotSure => self.not_sure,
            Content::Empty | Content::SnapCap => 0,
        }
    }

    /// Unfired rounds of whatever kind, misfired ones too.
    #[must_use]
    pub fn unfired(&self) -> u32 {
        [self.live, self.blank, self.dummy, self.misfired].into_iter().fold(0, u32::saturating_add)
    }

    /// Is any number larger than in `other`?
    #[must_use]
    pub fn exceeds(&self, other: &Tally) -> bool {
        self.numbers().iter().zip(other.numbers()).any(|(here, there)| *here > there)
    }
}

/// One blind answer of a count.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct CountAnswer<S: Scope> {
    /// What was counted.
    pub tally: Tally,
    /// The seal that was put on.
    pub seal: Option<u32>,
    /// The device it came from.
    pub device: Option<S::Device>,
    /// When: the earlier of the decided and the claimed time.
    pub at: S::Time,
}

/// A count that is under way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Count<S: Scope> {
    /// The intent that began it.
    pub act: S::Act,
    /// On what occasion.
    pub occasion: Occasion,
    /// Who counts: a handler.
    pub counter: S::Person,
    /// Who counts as well, blind, in another role.
    pub witness: S::Person,
    /// Since when.
    pub since: S::Time,
    /// The device on which it was begun; the witness answers on another.
    pub device: Option<S::Device>,
    /// Whether both count for the second time.
    pub again: bool,
    /// The counter's answer.
    pub counter_answer: Option<CountAnswer<S>>,
    /// The witness's answer.
    pub witness_answer: Option<CountAnswer<S>>,
}

/// Which two had every round of a lot in the hand.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct LotVerified<S: Scope> {
    /// The handler.
    pub counter: S::Person,
    /// The witness.
    pub witness: S::Person,
    /// When: the earlier of both answers.
    pub at: S::Time,
}

/// Brass that one role says is lost, until another says the same.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Loss<S: Scope> {
    /// Who says so.
    pub by: S::Person,
    /// How many cases.
    pub brass: u32,
    /// Where.
    pub place: S::Place,
}

/// A lot: rounds of one kind and one source, in one box.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Lot<S: Scope> {
    /// What its rounds are.
    pub kind: LotKind,
    /// Whether "inert" was said to show at the case head; see [`Lot::shows_inert`]. Where it does not, every round is
    /// removed to be read (law 6).
    pub inert_at_head: bool,
    /// Unfired rounds that are in its box.
    pub rounds: u32,
    /// Fired cases that are in its box.
    pub spent: u32,
    /// Rounds in its box that were struck and did not fire, and charges that were drawn out of a muzzle-loader, struck
    /// or not; they load nothing again.
    pub misfired: u32,
    /// Where they came from.
    pub source: Source<S>,
    /// What they fit, as far as entered.
    pub calibre: Option<Calibre>,
    /// The load of blanks.
    pub load: Option<Load>,
    /// Whether every round bears the same marks.
    pub uniform: bool,
    /// Where its box is.
    pub custody: LotCustody<S>,
    /// Which two had every round of it in the hand.
    pub verified: Option<LotVerified<S>>,
    /// Whether it was counted since the day or the last break began.
    pub counted: bool,
    /// Whether something went into the box or out of it since it was last counted and sealed.
    pub opened: bool,
    /// The number of the seal on its box.
    pub seal: Option<u32>,
    /// The count that is under way.
    pub count: Option<Count<S>>,
    /// Whether two counts differed since the last that agreed: the next difference stops.
    pub differed: bool,
    /// Whether blind answers about it are still kept closed.
    pub sealed: bool,
    /// Unfired rounds that the last count missed.
    pub missing: u32,
    /// Fired cases that the last count missed.
    pub brass_missing: u32,
    /// Brass that one role says is lost.
    pub loss: Option<Loss<S>>,
    /// Whether the last place that its box was put into is on a range.
    pub at_range: bool,
    /// Whether rounds of it that were worn are out of their belt or pocket and not in the box: nobody tells them from those
    /// that were drawn, so that none of it is issued.
    pub worn: bool,
}

impl<S: Scope> Lot<S> {
    /// A lot of which nothing is known but this.
    #[must_use]
    pub const fn of(kind: LotKind, inert_at_head: bool, rounds: u32) -> Self {
        Lot {
            kind,
            inert_at_head,
            rounds,
            spent: 0,
            misfired: 0,
            source: Source::Unknown,
            calibre: None,
            load: None,
            uniform: false,
            custody: LotCustody::Unknown,
            verified: None,
            counted: false,
            opened: true,
            seal: None,
            count: None,
            differed: false,
            sealed: false,
            missing: 0,
            brass_missing: 0,
            loss: None,
            at_range: false,
            worn: false,
        }
    }

    /// What a count of its box finds, if everything is as it is recorded.
    #[must_use]
    pub const fn expected(&self) -> Tally {
        let (rounds, spent, misfired) = (self.rounds, self.spent, self.misfired);
        let none = Tally { live: 0, blank: 0, dummy: 0, spent, misfired, not_sure: 0 };
        match self.kind {
            LotKind::Live => Tally { live: rounds, ..none },
            LotKind::Blank => Tally { blank: rounds, ..none },
            LotKind::Dummy | LotKind::Dress | LotKind::SnapCap => Tally { dummy: rounds, ..none },
            LotKind::Spent => Tally { spent: spent.saturating_add(rounds), ..none },
        }
    }

    /// Does "inert" show at the heads of these rounds? Whatever was entered, it does not where they are not inert.
    #[must_use]
    pub const fn shows_inert(&self) -> bool {
        self.inert_at_head && self.kind.is_inert()
    }

    /// Does this way of looking tell such a round from a live one? Where "inert" does not show at the
    /// head, a dummy is taken out, seen and shaken (`domain.md` 5, checking a dummy).
    #[must_use]
    pub const fn is_told_by(&self, method: Method) -> bool {
        match method {
            Method::SeenAtHead => self.shows_inert(),
            Method::RemovedSeen => self.shows_inert() || !matches!(self.kind, LotKind::Dummy),
            Method::RemovedSeenShaken => true,
        }
    }

    /// The person with its box, if one has it.
    #[must_use]
    pub const fn holder(&self) -> Option<S::Person> {
        match self.custody {
            LotCustody::With { person, .. } => Some(person),
            LotCustody::In { .. } | LotCustody::Returned { .. } | LotCustody::Unknown => None,
        }
    }
}
