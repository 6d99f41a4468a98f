//! A gun that is loaded from the muzzle, and how it is read. It has no breech to open, and nobody looks into
//! a muzzle (law 6): a rod goes down each barrel to the mark that was cut when it was known empty, and the cap
//! on the nipple, or the powder in the pan, is seen from outside.

use crate::gun::{Action, Chambers, Gun, MAX_CHAMBERS};
use crate::scope::Scope;

/// What a rod says in a barrel. It says that something is in it, and never what.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Rod {
    /// It went down to the mark that was cut when the barrel was known empty.
    AtMark,
    /// It stands above its mark: something is in the barrel.
    AboveMark,
    /// Not sure: said, never guessed.
    NotSure,
}

/// One barrel's reading.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BarrelReading {
    /// What the rod said.
    pub rod: Rod,
    /// Whether a cap that has not fired was seen on its nipple, or powder in its pan.
    pub primed: bool,
}

/// The readings of every barrel, or of every chamber of a cap-and-ball cylinder, indexed from the marked one.
/// A barrel that was not read has none.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct BarrelReadings([Option<BarrelReading>; MAX_CHAMBERS]);

impl BarrelReadings {
    /// These readings with `reading` for `barrel`; a number outside the range changes nothing.
    #[must_use]
    pub fn with(mut self, barrel: u8, reading: BarrelReading) -> BarrelReadings {
        if let Some(slot) = usize::from(barrel).checked_sub(1).and_then(|index| self.0.get_mut(index)) {
            *slot = Some(reading);
        }
        self
    }

    /// The reading of `barrel`.
    #[must_use]
    pub fn get(&self, barrel: u8) -> Option<BarrelReading> {
        usize::from(barrel).checked_sub(1).and_then(|index| self.0.get(index).copied()).flatten()
    }

    /// The barrels that were read.
    #[must_use]
    pub fn read(&self) -> Chambers {
        self.barrels_where(|_| true)
    }

    /// The barrels of which the rod said this.
    #[must_use]
    pub fn of(&self, rod: Rod) -> Chambers {
        self.barrels_where(|reading| reading.rod == rod)
    }

    /// The barrels with something in them: the rod stood above its mark.
    #[must_use]
    pub fn charged(&self) -> Chambers {
        self.of(Rod::AboveMark)
    }

    /// The barrels with a cap on, or powder in the pan.
    #[must_use]
    pub fn primed(&self) -> Chambers {
        self.barrels_where(|reading| reading.primed)
    }

    fn barrels_where(&self, is: impl Fn(BarrelReading) -> bool) -> Chambers {
        (1..=12).filter(|barrel| self.get(*barrel).is_some_and(&is)).collect()
    }
}

impl<S: Scope> Gun<S> {
    /// Is it loaded from the muzzle, so that it is read by a rod? Of a thing that cannot fire nothing is asked.
    #[must_use]
    pub fn is_muzzle_loader(&self) -> bool {
        self.kind.fires() && self.action == Action::MuzzleLoader
    }
}
