//! The shot plan, and who stands where: which gun holds what, where its muzzle points, who stands in its line,
//! who approved it, who was told. It holds no text and no history; the record holds the intents.

use crate::rounds::Load;
use crate::scope::Scope;

/// What a gun is to hold in a shot.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Holds {
    /// Nothing.
    Empty,
    /// Dummies.
    Dummy,
    /// Blanks.
    Blank,
}

/// Where a muzzle points in a shot.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Toward {
    /// Toward nobody: the shot is cheated, or the line is clear.
    Nobody,
    /// Toward a camera; somebody may stand behind it.
    Camera,
    /// Toward a person's place.
    People,
}

/// What changed on the set (law 2).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ShotChange {
    /// Who stands where.
    People,
    /// The camera.
    Camera,
    /// The place.
    Place,
    /// What is played.
    Action,
}

/// The plan of one shot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Shot<S: Scope> {
    /// Its scene.
    pub scene: S::Scene,
    /// When SHOT READY was called, while nothing has changed since. Of the shots of a unit at most one has it.
    pub ready: Option<S::Time>,
}

/// A gun as the plan of a shot has it, and what was entered of its line since.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PlannedGun<S: Scope> {
    /// What it holds.
    pub holds: Holds,
    /// The load of its blanks.
    pub load: Option<Load>,
    /// How many rounds.
    pub rounds: u8,
    /// Where its muzzle points.
    pub toward: Toward,
    /// How far whoever stands in its line is from the muzzle at least, in millimetres.
    pub stand_off_millimetres: u32,
    /// Whether a shield is to stand in its line.
    pub barrier: bool,
    /// Who planned it; another approves.
    pub by: S::Person,
    /// Who approved where it points.
    pub approved_by: Option<S::Person>,
    /// How far the nearest in its line was found to be, in millimetres.
    pub nearest_millimetres: Option<u32>,
    /// Whether its shield was entered to stand.
    pub barrier_stands: bool,
    /// Whether everybody close by was entered to have ears and eyes protected.
    pub protection_worn: bool,
}

/// In which shot, in whose line, and who.
pub type Standing<S> = (<S as Scope>::Act, <S as Scope>::Gun, <S as Scope>::Person);

/// Whether somebody was told of a shot (law 17: was told, may refuse).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Told {
    /// He was told, and may refuse.
    Told,
    /// He refused.
    Refused,
}

/// A take that is on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Take<S: Scope> {
    /// The shot, where the take has a plan.
    pub shot: Option<S::Act>,
    /// Since when.
    pub since: S::Time,
}
