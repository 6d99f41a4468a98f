//! What the kernel is generic over: identifiers and time.

use core::fmt::Debug;
use core::hash::Hash;

/// An opaque identifier. The kernel compares identifiers for equality; it uses their order only to
/// keep maps, never in a rule.
pub trait Id: Copy + Debug + Eq + Hash + Ord {}

impl<T: Copy + Debug + Eq + Hash + Ord> Id for T {}

/// A moment. Moments are ordered; the unit is the scope's own (integer milliseconds in production).
pub trait Moment: Copy + Debug + Eq + Hash + Ord {
    /// The moment `span` units after this one. At the end of the range it stays there.
    #[must_use]
    fn later_by(self, span: u64) -> Self;
}

/// One choice of identifier and time types: UUIDs and milliseconds on a set, small integers in an
/// exhaustive search.
pub trait Scope: 'static + Copy + Debug + Eq + Hash + Ord {
    /// A person.
    type Person: Id;
    /// A device that signs intents.
    type Device: Id;
    /// A place where guns or rounds lie.
    type Place: Id;
    /// A gun-shaped thing.
    type Gun: Id;
    /// A lot of rounds.
    type Lot: Id;
    /// A scene.
    type Scene: Id;
    /// An intent; offers, checks, counts, meetings, lines and stops are named by the intent that made them.
    type Act: Id;
    /// A moment.
    type Time: Moment;

    /// How long a gun stays closed after a misfire: 15 seconds (FIRED-3), in the unit of time.
    const MISFIRE_WAIT: u64;
    /// The longest that one duty of a roster can be: a day, in the unit of time.
    const LONGEST_DUTY: u64;
}
