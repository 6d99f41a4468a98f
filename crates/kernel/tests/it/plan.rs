//! What is planned of a gun in a shot.

use kernel::{Holds, Intent, Load, Toward};

use crate::stage::{Small, THE_OPEN_ONE};

/// A gun in a plan.
#[derive(Clone, Copy)]
pub struct Plan {
    pub holds: Holds,
    pub load: Option<Load>,
    pub rounds: u8,
    pub toward: Toward,
    pub stand_off_millimetres: u32,
    pub barrier: bool,
    pub copy_will_not_do: bool,
}

/// Empty, toward a camera that is at least two metres away.
pub const EMPTY: Plan = Plan {
    holds: Holds::Empty,
    load: None,
    rounds: 0,
    toward: Toward::Camera,
    stand_off_millimetres: 2_000,
    barrier: false,
    copy_will_not_do: true,
};

/// Three blanks of a full load, toward nobody.
pub const BLANKS: Plan =
    Plan { holds: Holds::Blank, load: Some(Load::Full), rounds: 3, toward: Toward::Nobody, ..EMPTY };

impl Plan {
    pub const fn of(self, gun: u8) -> Intent<Small> {
        let Plan { holds, load, rounds, toward, stand_off_millimetres, barrier, copy_will_not_do } = self;
        let shot = THE_OPEN_ONE;
        Intent::PlanGun { gun, shot, holds, load, rounds, toward, stand_off_millimetres, barrier, copy_will_not_do }
    }
}
