//! What a production adopted, and what holds by it.

use super::{Choice, Clause, Measure, Opposed, Pack, Packs, clauses};
use crate::scope::Scope;

/// A set of choices.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Choices(u8);

impl Choices {
    /// No choice.
    pub const NONE: Choices = Choices(0);

    /// These choices and `choice`.
    #[must_use]
    pub const fn with(self, choice: Choice) -> Choices {
        Choices(self.0 | choice.bit())
    }

    /// Is `choice` among them?
    #[must_use]
    pub const fn has(self, choice: Choice) -> bool {
        self.0 & choice.bit() != 0
    }

    /// The choices, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Choice> {
        Choice::ALL.into_iter().filter(move |choice| self.has(*choice))
    }
}

impl FromIterator<Choice> for Choices {
    fn from_iter<T: IntoIterator<Item = Choice>>(choices: T) -> Self {
        choices.into_iter().fold(Choices::NONE, Choices::with)
    }
}

impl Choice {
    const fn bit(self) -> u8 {
        1u8 << (self as u8)
    }
}

impl Opposed {
    /// The side that holds: where both are adopted the one that was chosen, else the one that is adopted. None where
    /// no pack brings a duty of either.
    #[must_use]
    pub fn side_that_holds(self, packs: Packs, choices: Choices) -> Option<Choice> {
        let open = self.is_open(packs);
        let holds = |(choice, ids): &(Choice, &[&str])| {
            let adopted = clauses().any(|clause| packs.has(clause.pack) && ids.contains(&clause.id));
            adopted && (!open || choices.has(*choice))
        };
        self.sides().into_iter().find(holds).map(|(choice, _)| choice)
    }
}

/// The packs and the choices of a production, who adopted them and when.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Adoption<S: Scope> {
    /// The packs.
    pub packs: Packs,
    /// Between opposed duties.
    pub choices: Choices,
    /// Who adopted them.
    pub by: S::Person,
    /// When.
    pub at: S::Time,
}

impl<S: Scope> Adoption<S> {
    /// Would something that holds now hold no more by these packs and choices?
    #[must_use]
    pub fn is_loosened_by(&self, packs: Packs, choices: Choices) -> bool {
        let left_out = self.packs.iter().any(|pack| !packs.has(pack));
        let held = |opposed: Opposed| opposed.side_that_holds(self.packs, self.choices);
        let chosen_anew = |opposed: &Opposed| {
            held(*opposed).is_some_and(|side| opposed.side_that_holds(packs, choices) != Some(side))
        };
        left_out || Opposed::ALL.iter().any(chosen_anew)
    }
}

/// The strictest limit of a measure that these packs name, and the clause that names it; of two that are alike the
/// first.
#[must_use]
pub fn strictest(packs: Packs, measure: Measure) -> Option<(u32, &'static Clause)> {
    let adopted = clauses().filter(|clause| packs.has(clause.pack));
    let named = adopted.flat_map(|clause| clause.limits.iter().map(move |(of, value)| (*of, *value, clause)));
    let of_measure = named.filter(|(of, ..)| *of == measure).map(|(_, value, clause)| (value, clause));
    of_measure.reduce(|one, other| if measure.stricter(one.0, other.0) == one.0 { one } else { other })
}

/// The clauses by which no gun that can fire is pointed at anyone, whoever approves it.
const NEVER_AT_ANYONE: [&str; 1] = ["ON-39.1-4"];

/// The adopted clause by which no gun that can fire is pointed at anyone, whoever approves it, if there is one.
#[must_use]
pub fn never_at_anyone(packs: Packs) -> Option<&'static Clause> {
    clauses().find(|clause| packs.has(clause.pack) && NEVER_AT_ANYONE.contains(&clause.id))
}

/// The pack whose stand-off for blanks is the longest of these packs', and how long it is, in centimetres.
#[must_use]
pub fn blanks_stand_off(packs: Packs) -> Option<(u32, Pack)> {
    strictest(packs, Measure::StandOffCentimetres).map(|(centimetres, clause)| (centimetres, clause.pack))
}
