//! What people were trained on, the safety course, and what a production asks for beyond the laws.

use crate::gun::Action;
use crate::people::Day;

/// A set of actions on which somebody was trained and assessed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Actions(u16);

impl Actions {
    /// No action.
    pub const NONE: Actions = Actions(0);

    /// These actions and `action`. In a thing without action there is nothing to be trained on.
    #[must_use]
    pub const fn with(self, action: Action) -> Actions {
        Actions(self.0 | action.bit())
    }

    /// These actions without `action`.
    #[must_use]
    pub const fn without(self, action: Action) -> Actions {
        Actions(self.0 & !action.bit())
    }

    /// Is `action` among them?
    #[must_use]
    pub const fn has(self, action: Action) -> bool {
        self.0 & action.bit() != 0
    }

    /// The actions, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Action> {
        Action::ALL.into_iter().filter(move |action| self.has(*action))
    }
}

impl Action {
    /// Every action of a gun, in the order they are declared; a thing without action has none.
    pub const ALL: [Action; 8] = [
        Action::SingleAction,
        Action::DoubleAction,
        Action::Magazine,
        Action::Pump,
        Action::DoubleBarrel,
        Action::Bolt,
        Action::BeltFed,
        Action::MuzzleLoader,
    ];

    const fn bit(self) -> u16 {
        match self {
            Action::SingleAction => 1,
            Action::DoubleAction => 1 << 1,
            Action::Magazine => 1 << 2,
            Action::Pump => 1 << 3,
            Action::DoubleBarrel => 1 << 4,
            Action::Bolt => 1 << 5,
            Action::BeltFed => 1 << 6,
            Action::MuzzleLoader => 1 << 7,
            Action::None => 0,
        }
    }
}

/// A safety course that was completed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Course {
    /// The last day on which it holds; none where it has no end.
    pub until: Option<Day>,
}

impl Course {
    /// Does it hold on that day?
    #[must_use]
    pub fn holds_on(self, day: Day) -> bool {
        holds_on(self.until, day)
    }
}

/// A permit or licence to handle guns that fire, as whoever entered it saw it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Permit {
    /// The last day on which it is in date; none where it has no end.
    pub until: Option<Day>,
}

impl Permit {
    /// Is it in date on that day?
    #[must_use]
    pub fn holds_on(self, day: Day) -> bool {
        holds_on(self.until, day)
    }
}

fn holds_on(until: Option<Day>, day: Day) -> bool {
    until.is_none_or(|until| day <= until)
}

/// What a production may ask for beyond the laws of the product.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Requirement {
    /// Whoever uses a gun before the camera was trained on its action.
    Training,
    /// Whoever handles a gun or stands in its line has completed the safety course.
    Course,
    /// Whoever leads the work with guns has his authority in writing before a gun that can fire comes to a set.
    Authority,
    /// Whoever handles a gun that can fire holds his permit or licence, in date.
    Permit,
    /// Somebody is named whom everybody can ask, before a gun that can fire comes to a set.
    Contact,
    /// The police were told of a scene, before a gun that can fire comes to its set.
    Police,
}

impl Requirement {
    /// Every one, in the order they are declared.
    pub const ALL: [Requirement; 6] = [
        Requirement::Training,
        Requirement::Course,
        Requirement::Authority,
        Requirement::Permit,
        Requirement::Contact,
        Requirement::Police,
    ];

    const fn bit(self) -> u8 {
        match self {
            Requirement::Training => 1,
            Requirement::Course => 1 << 1,
            Requirement::Authority => 1 << 2,
            Requirement::Permit => 1 << 3,
            Requirement::Contact => 1 << 4,
            Requirement::Police => 1 << 5,
        }
    }
}

/// A set of them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Requirements(u8);

impl Requirements {
    /// None of them.
    pub const NONE: Requirements = Requirements(0);

    /// These and `what`.
    #[must_use]
    pub const fn with(self, what: Requirement) -> Requirements {
        Requirements(self.0 | what.bit())
    }

    /// These without `what`.
    #[must_use]
    pub const fn without(self, what: Requirement) -> Requirements {
        Requirements(self.0 & !what.bit())
    }

    /// Is `what` among them?
    #[must_use]
    pub const fn has(self, what: Requirement) -> bool {
        self.0 & what.bit() != 0
    }

    /// They, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Requirement> {
        Requirement::ALL.into_iter().filter(move |what| self.has(*what))
    }
}
