//! Scenes, safety meetings, and guns that are issued in a line.

use crate::people::Day;
use crate::scope::Scope;

/// A topic of a safety meeting (CSATF-1/D by proxy, `domain.md` 3.2).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Topic {
    /// The intended action.
    Action,
    /// Possible deviations from it.
    Deviations,
    /// How it is aborted.
    Abort,
    /// What is done in an emergency.
    Emergency,
    /// The chain of command.
    ChainOfCommand,
}

impl Topic {
    /// Every topic, in the order they are declared.
    pub const ALL: [Topic; 5] =
        [Topic::Action, Topic::Deviations, Topic::Abort, Topic::Emergency, Topic::ChainOfCommand];

    const fn bit(self) -> u8 {
        match self {
            Topic::Action => 1,
            Topic::Deviations => 1 << 1,
            Topic::Abort => 1 << 2,
            Topic::Emergency => 1 << 3,
            Topic::ChainOfCommand => 1 << 4,
        }
    }
}

/// A set of topics.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Topics(u8);

impl Topics {
    /// No topic.
    pub const NONE: Topics = Topics(0);

    /// These topics and `topic`.
    #[must_use]
    pub const fn with(self, topic: Topic) -> Topics {
        Topics(self.0 | topic.bit())
    }

    /// Is `topic` among them?
    #[must_use]
    pub const fn has(self, topic: Topic) -> bool {
        self.0 & topic.bit() != 0
    }

    /// Are they all there?
    #[must_use]
    pub fn are_whole(self) -> bool {
        Topic::ALL.into_iter().all(|topic| self.has(topic))
    }

    /// The topics, in the order they are declared.
    pub fn iter(self) -> impl Iterator<Item = Topic> {
        Topic::ALL.into_iter().filter(move |topic| self.has(*topic))
    }
}

impl FromIterator<Topic> for Topics {
    fn from_iter<T: IntoIterator<Item = Topic>>(topics: T) -> Self {
        topics.into_iter().fold(Topics::NONE, Topics::with)
    }
}

/// A scene as it was planned.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Scene {
    /// The day on which it is to be shot, if one was planned.
    pub day: Option<Day>,
    /// Whether blanks are fired in it.
    pub blanks: bool,
}

/// The scene that is being shot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct OpenScene<S: Scope> {
    /// Which.
    pub scene: S::Scene,
    /// Where.
    pub place: S::Place,
    /// Since when.
    pub since: S::Time,
}

/// A safety meeting of the open day.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Meeting<S: Scope> {
    /// For which scene.
    pub scene: S::Scene,
    /// Where it was held.
    pub place: S::Place,
    /// Who led it.
    pub led_by: S::Person,
    /// When.
    pub at: S::Time,
}

/// Guns that two people hand out along a line, to people without phones (law 5).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Line<S: Scope> {
    /// The handler who walks it.
    pub handler: S::Person,
    /// The witness who walks with him.
    pub witness: S::Person,
    /// Since when.
    pub since: S::Time,
    /// How many guns the handler counted at the cut, and on which device.
    pub handler_counted: Option<Muster<S>>,
    /// How many the witness counted.
    pub witness_counted: Option<Muster<S>>,
    /// Whether both count for the second time.
    pub again: bool,
}

/// One blind count of the guns in a line.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Muster<S: Scope> {
    /// How many guns.
    pub guns: u32,
    /// The device it came from.
    pub device: Option<S::Device>,
}
