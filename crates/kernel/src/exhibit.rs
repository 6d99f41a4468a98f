//! Exhibits: what an inquiry keeps as it is, who guards it, and to whom it went (`design.md` 4, the freeze).

use crate::rounds::{LotKind, Tally};
use crate::scope::Scope;
use crate::state::{State, StopCause};

/// What is kept.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ExhibitOf<S: Scope> {
    /// A gun, with whatever is in it.
    Gun(S::Gun),
    /// The box of a lot.
    Lot(S::Lot),
    /// The rounds that two people took out of a gun, in a bag of their own.
    Rounds(Bagged<S>),
}

/// The rounds of one gun in one bag.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Bagged<S: Scope> {
    /// The gun that they came out of.
    pub gun: S::Gun,
    /// The lot that the gun was loaded from, by the record.
    pub lot: Option<S::Lot>,
    /// How many of that lot were in it, by the record.
    pub rounds: u32,
    /// What the two saw.
    pub saw: Tally,
}

impl<S: Scope> Bagged<S> {
    /// How many unfired rounds of a lot of this kind are in it, where the two saw nothing else than rounds and cases of that
    /// lot, and no more than were loaded; else none.
    #[must_use]
    pub fn unfired_of(&self, kind: Option<LotKind>) -> u32 {
        let unfired = kind.and_then(LotKind::in_chamber).map_or(0, |content| self.saw.of(content));
        let struck = self.saw.spent.saturating_add(self.saw.misfired);
        let all = unfired.saturating_add(struck);
        if self.saw.all() == all && all <= self.rounds { unfired } else { 0 }
    }
}

/// Who has an exhibit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Keeper<S: Scope> {
    /// One person guards it.
    Guard {
        /// Who.
        person: S::Person,
        /// Since when.
        since: S::Time,
    },
    /// One has given it, and the other has not said yet that he has it.
    Given {
        /// Who gave it.
        from: S::Person,
        /// To whom.
        to: S::Person,
        /// Since when.
        since: S::Time,
    },
    /// The police have it.
    Police {
        /// Since when.
        since: S::Time,
    },
}

impl<S: Scope> Keeper<S> {
    /// Since when he has it.
    #[must_use]
    pub const fn since(&self) -> S::Time {
        match *self {
            Keeper::Guard { since, .. } | Keeper::Given { since, .. } | Keeper::Police { since } => since,
        }
    }
}

/// One exhibit.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Exhibit<S: Scope> {
    /// What it is.
    pub of: ExhibitOf<S>,
    /// The stop that it belongs to.
    pub stop: S::Act,
    /// Why that stop was pulled.
    pub cause: StopCause,
    /// Who inquires, or did when the stop was lifted: he alone releases it. Nobody where nobody was named.
    pub inquirer: Option<S::Person>,
    /// Who was named to guard it when it became one.
    pub guard: S::Person,
    /// Since when it is one.
    pub since: S::Time,
    /// Who has it.
    pub keeper: Keeper<S>,
}

impl<S: Scope> Exhibit<S> {
    /// Since when the police have it; nothing where they do not.
    #[must_use]
    pub const fn with_police(&self) -> Option<S::Time> {
        match self.keeper {
            Keeper::Police { since } => Some(since),
            Keeper::Guard { .. } | Keeper::Given { .. } => None,
        }
    }

    /// Who answers for it: whoever guards it, or gave it to one who has not said yet that he has it. Nobody here where the
    /// police have it.
    #[must_use]
    pub const fn answers_for_it(&self) -> Option<S::Person> {
        match self.keeper {
            Keeper::Guard { person, .. } => Some(person),
            Keeper::Given { from, .. } => Some(from),
            Keeper::Police { .. } => None,
        }
    }
}

impl<S: Scope> State<S> {
    /// The exhibit that this gun is, where it is one.
    #[must_use]
    pub fn exhibit_of_gun(&self, gun: S::Gun) -> Option<Exhibit<S>> {
        self.exhibits.values().find(|it| it.of == ExhibitOf::Gun(gun)).copied()
    }

    /// The exhibit that the box of this lot is, where it is one.
    #[must_use]
    pub fn exhibit_of_lot(&self, lot: S::Lot) -> Option<Exhibit<S>> {
        self.exhibits.values().find(|it| it.of == ExhibitOf::Lot(lot)).copied()
    }
}
