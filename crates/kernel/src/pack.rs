//! Rule packs: what statutes, bulletins and the trade ask for, as data, each duty with its source.
//!
//! A pack says what was read and how well. Which of its duties the kernel enforces, and by which of
//! its own rules, stands beside each; of the others it says why not. The pages (S..) are listed in
//! `docs/sources.md`. The ids are the project's own: the texts number themselves otherwise, and of
//! the industry bulletins no numbering was seen.

/// Declares clauses: id, pack, sentence, who, when, strength and verb, source, since, whether the
/// text was read, limits, and what holds it.
macro_rules! clauses {
    ($($id:literal of $pack:ident: $sentence:literal; $who:literal, $when:literal; $strength:ident $verb:literal;
       $source:literal, $since:expr, $verified:ident; [$($measure:ident $value:literal),*]; $held:ident $how:expr;)*) => {
        /// The clauses of this file.
        pub(super) const CLAUSES: &[$crate::pack::Clause] = &[$($crate::pack::Clause {
            id: $id,
            pack: $crate::pack::Pack::$pack,
            sentence: $sentence,
            who: $who,
            when: $when,
            strength: $crate::rule::Strength::$strength,
            verb: $verb,
            source: $source,
            since: $since,
            verified: $crate::rule::Verified::$verified,
            limits: &[$(($crate::pack::Measure::$measure, $value)),*],
            held: $crate::pack::Held::$held($how),
        },)*];
    };
}

mod adopted;
mod california;
mod elsewhere;
mod hazards;
mod industry;
mod laws;
mod trade;

pub use adopted::{Adoption, Choices, blanks_stand_off, never_at_anyone, strictest};
pub use hazards::{HAZARDS, Hazard};

use crate::rule::{Rule, Strength, Verified};

/// A pack: the duties of one body, or of one place.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Pack {
    /// The product's own laws. They hold whatever is adopted.
    Product,
    /// California: Labor Code and Penal Code, as far as read.
    California,
    /// The Industry-Wide bulletins' duties, as quoted or as a sister text words them.
    IndustryWide,
    /// Statements of the performers' union.
    SagAftra,
    /// A leaflet of the stage actors' union.
    ActorsEquity,
    /// New Mexico.
    NewMexico,
    /// Other states and cities of the United States.
    UnitedStates,
    /// United Kingdom.
    UnitedKingdom,
    /// Ontario.
    Ontario,
    /// Manitoba.
    Manitoba,
    /// British Columbia, and the Canadian habits of handling.
    BritishColumbia,
    /// Australia.
    Australia,
    /// Rental houses, armorers and schools.
    Trade,
}

impl Pack {
    /// Every pack, in the order they are declared.
    pub const ALL: [Pack; 13] = [
        Pack::Product,
        Pack::California,
        Pack::IndustryWide,
        Pack::SagAftra,
        Pack::ActorsEquity,
        Pack::NewMexico,
        Pack::UnitedStates,
        Pack::UnitedKingdom,
        Pack::Ontario,
        Pack::Manitoba,
        Pack::BritishColumbia,
        Pack::Australia,
        Pack::Trade,
    ];

    /// The pack's name as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Pack::Product => "product",
            Pack::California => "california",
            Pack::IndustryWide => "industry_wide",
            Pack::SagAftra => "sag_aftra",
            Pack::ActorsEquity => "actors_equity",
            Pack::NewMexico => "new_mexico",
            Pack::UnitedStates => "united_states",
            Pack::UnitedKingdom => "united_kingdom",
            Pack::Ontario => "ontario",
            Pack::Manitoba => "manitoba",
            Pack::BritishColumbia => "british_columbia",
            Pack::Australia => "australia",
            Pack::Trade => "trade",
        }
    }

    /// What it is called inside a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Pack::Product => "The product",
            Pack::California => "California",
            Pack::IndustryWide => "The Industry-Wide pack",
            Pack::SagAftra => "SAG-AFTRA",
            Pack::ActorsEquity => "Actors' Equity",
            Pack::NewMexico => "New Mexico",
            Pack::UnitedStates => "The pack of other states",
            Pack::UnitedKingdom => "United Kingdom",
            Pack::Ontario => "Ontario",
            Pack::Manitoba => "Manitoba",
            Pack::BritishColumbia => "British Columbia",
            Pack::Australia => "Australia",
            Pack::Trade => "Trade practice",
        }
    }

    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Pack::Product => "The product's own laws",
            Pack::California => "California: Labor Code and Penal Code, as far as read",
            Pack::IndustryWide => "Industry-Wide Labor-Management bulletins 1 and 2, as quoted; the ids are ours",
            Pack::SagAftra => "SAG-AFTRA, statements",
            Pack::ActorsEquity => "Actors' Equity, leaflet as quoted",
            Pack::NewMexico => "New Mexico",
            Pack::UnitedStates => "Other states and cities of the United States",
            Pack::UnitedKingdom => "United Kingdom",
            Pack::Ontario => "Ontario, guideline 39, as far as read",
            Pack::Manitoba => "Manitoba, guideline 22, part A, as far as read",
            Pack::BritishColumbia => "British Columbia and Canadian habits of handling",
            Pack::Australia => "Australia",
            Pack::Trade => "Trade practice: rental houses, armorers, schools",
        }
    }

    /// Where it holds.
    #[must_use]
    pub const fn place(self) -> &'static str {
        match self {
            Pack::Product => "Anywhere",
            Pack::California => "California",
            Pack::IndustryWide | Pack::SagAftra | Pack::ActorsEquity | Pack::UnitedStates => "United States",
            Pack::NewMexico => "New Mexico",
            Pack::UnitedKingdom => "United Kingdom",
            Pack::Ontario => "Ontario",
            Pack::Manitoba => "Manitoba",
            Pack::BritishColumbia => "British Columbia; Canada",
            Pack::Australia => "Australia",
            Pack::Trade => "Anywhere",
        }
    }

    /// The pack that is written so, if there is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Pack> {
        Pack::ALL.into_iter().find(|pack| pack.as_str() == text)
    }

    /// Its clauses, in the order they are declared.
    pub fn clauses(self) -> impl Iterator<Item = &'static Clause> {
        clauses().filter(move |clause| clause.pack == self)
    }

    const fn bit(self) -> u16 {
        1u16 << (self as u16)
    }
}

/// A set of packs.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Packs(u16);

impl Packs {
    /// No pack.
    pub const NONE: Packs = Packs(0);

    /// The product's own laws: what holds where nothing is adopted.
    pub const LAWS: Packs = Packs::NONE.with(Pack::Product);

    /// These packs and `pack`.
    #[must_use]
    pub const fn with(self, pack: Pack) -> Packs {
        Packs(self.0 | pack.bit())
    }

    /// Is `pack` among them?
    #[must_use]
    pub const fn has(self, pack: Pack) -> bool {
        self.0 & pack.bit() != 0
    }

    /// The packs, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Pack> {
        Pack::ALL.into_iter().filter(move |pack| self.has(*pack))
    }
}

impl FromIterator<Pack> for Packs {
    fn from_iter<T: IntoIterator<Item = Pack>>(packs: T) -> Self {
        packs.into_iter().fold(Packs::NONE, Packs::with)
    }
}

/// What a number of a duty measures.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Measure {
    /// From the muzzle to a person, in centimetres, at least.
    StandOffCentimetres,
    /// The arc about the line of fire in which nobody stands, in degrees, at least.
    ArcDegrees,
    /// How long a gun stays closed after a misfire, in seconds, at least.
    MisfireWaitSeconds,
    /// The age of whoever holds the permit, in years, at least.
    AgeYears,
    /// How long before the use the police are told, in minutes, at least.
    NoticeMinutes,
    /// How long a permit runs before it is renewed, in months, at most.
    PermitMonths,
}

impl Measure {
    /// Every measure, in the order they are declared.
    pub const ALL: [Measure; 6] = [
        Measure::StandOffCentimetres,
        Measure::ArcDegrees,
        Measure::MisfireWaitSeconds,
        Measure::AgeYears,
        Measure::NoticeMinutes,
        Measure::PermitMonths,
    ];

    /// The measure as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Measure::StandOffCentimetres => "stand_off_centimetres",
            Measure::ArcDegrees => "arc_degrees",
            Measure::MisfireWaitSeconds => "misfire_wait_seconds",
            Measure::AgeYears => "age_years",
            Measure::NoticeMinutes => "notice_minutes",
            Measure::PermitMonths => "permit_months",
        }
    }

    /// By which rules the kernel compares what people enter with a limit of this measure, or why it does not.
    #[must_use]
    pub const fn held(self) -> Held {
        match self {
            Measure::StandOffCentimetres => Held::By(&[Rule::Line2]),
            Measure::MisfireWaitSeconds => Held::By(&[Rule::Fired3]),
            Measure::ArcDegrees => Held::Not("No angle is entered; whoever stands in a line is, with the distance."),
            Measure::AgeYears => Held::Not("Nobody's age is entered."),
            Measure::NoticeMinutes => Held::Not("That they were told is entered, and not how long before."),
            Measure::PermitMonths => {
                Held::Not("A permit is entered with its last day, and nobody enters since when it runs.")
            }
        }
    }

    /// Of two limits, the one that keeps the other as well.
    #[must_use]
    pub const fn stricter(self, one: u32, other: u32) -> u32 {
        let more = match self {
            Measure::StandOffCentimetres
            | Measure::ArcDegrees
            | Measure::MisfireWaitSeconds
            | Measure::AgeYears
            | Measure::NoticeMinutes => one > other,
            Measure::PermitMonths => one < other,
        };
        if more { one } else { other }
    }
}

/// Whether the kernel enforces a clause.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Held {
    /// By these rules, as far as what people enter lets it.
    By(&'static [Rule]),
    /// It does not, and why.
    Not(&'static str),
}

/// One clause: a duty, as its source has it, in the project's own words.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Clause {
    /// The project's id of it.
    pub id: &'static str,
    /// The pack that it belongs to.
    pub pack: Pack,
    /// What must be true.
    pub sentence: &'static str,
    /// Whose duty it is.
    pub who: &'static str,
    /// When.
    pub when: &'static str,
    /// How binding it is.
    pub strength: Strength,
    /// The source's verb.
    pub verb: &'static str,
    /// The clause and its page.
    pub source: &'static str,
    /// From when it is in force, where that is known.
    pub since: Option<&'static str>,
    /// Whether the text was read.
    pub verified: Verified,
    /// The numbers in it.
    pub limits: &'static [(Measure, u32)],
    /// Whether the kernel enforces it.
    pub held: Held,
}

impl Clause {
    /// The rules of the kernel that enforce it.
    #[must_use]
    pub const fn rules(&self) -> &'static [Rule] {
        match self.held {
            Held::By(rules) => rules,
            Held::Not(_) => &[],
        }
    }
}

/// Every clause, pack by pack.
pub fn clauses() -> impl Iterator<Item = &'static Clause> {
    let packs = [laws::CLAUSES, california::CLAUSES, industry::CLAUSES, elsewhere::CLAUSES, trade::CLAUSES];
    packs.into_iter().flatten()
}

/// The limit that holds of a measure when these packs are adopted: of two, the stricter wins. None
/// where no adopted pack names one.
#[must_use]
pub fn limit(packs: Packs, measure: Measure) -> Option<u32> {
    strictest(packs, measure).map(|(value, _)| value)
}

/// Duties that cannot both be followed: a production that adopts both sides chooses in writing.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Opposed {
    /// Whether checking the gun is the performer's clause.
    PerformerChecks,
}

impl Opposed {
    /// Every pair.
    pub const ALL: [Opposed; 1] = [Opposed::PerformerChecks];

    /// What is to be chosen.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Opposed::PerformerChecks => {
                "Is it a performer's duty to check the gun? Whatever is chosen, he is shown, may look, may refuse, and \
                 is never made responsible (law 8)."
            }
        }
    }

    /// The two sides, each with the ids of its duties.
    #[must_use]
    pub const fn sides(self) -> [(Choice, &'static [&'static str]); 2] {
        match self {
            Opposed::PerformerChecks => [
                (Choice::PerformerMayLook, &["SAG-1"]),
                (Choice::PerformerLooksEachTime, &["AEA-1", "SPEC-1", "AU-CALL"]),
            ],
        }
    }

    /// Do these packs bring duties of both sides?
    #[must_use]
    pub fn is_open(self, packs: Packs) -> bool {
        let brings = |ids: &[&str]| clauses().any(|clause| packs.has(clause.pack) && ids.contains(&clause.id));
        self.sides().into_iter().all(|(_, ids)| brings(ids))
    }
}

/// The side of opposed duties that a production chose.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Choice {
    /// The performer may look; nobody asks it of him.
    PerformerMayLook,
    /// The performer is asked to look each time; he may still decline.
    PerformerLooksEachTime,
}

impl Choice {
    /// Every choice, in the order they are declared.
    pub const ALL: [Choice; 2] = [Choice::PerformerMayLook, Choice::PerformerLooksEachTime];

    /// The choice as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Choice::PerformerMayLook => "performer_may_look",
            Choice::PerformerLooksEachTime => "performer_looks_each_time",
        }
    }

    /// What it answers.
    #[must_use]
    pub const fn answers(self) -> Opposed {
        match self {
            Choice::PerformerMayLook | Choice::PerformerLooksEachTime => Opposed::PerformerChecks,
        }
    }
}
