//! The kernel of Showclear: it decides what may be done with a gun, and what may be said of it.
//!
//! It is pure. It has no clock, no input or output, no randomness and no serialisation; nothing in
//! it can fail or wait. It is generic over identifiers and time ([`Scope`]), so that no rule can
//! depend on how an identifier looks, and the code that runs on a set is the code that the
//! exhaustive search in `tests/` goes through.
//!
//! Four functions are the whole of it:
//!
//! * [`decide`] judges an [`Intent`] against a [`State`] and gives a [`Verdict`];
//! * [`evolve`] makes the next state out of an [`Event`];
//! * [`shown`] says what may be said of each gun at a moment;
//! * [`options`] says which acts are open to a person for a gun, and why the others are not.
//!
//! A fifth, [`retell`], tells a state again as a short list of events, for snapshots.

mod act;
mod barrel;
mod board;
mod compact;
mod decide;
mod erasure;
mod event;
mod evolve;
mod exhibit;
mod feed;
mod gun;
mod intent;
mod loss;
mod open;
mod pack;
mod people;
mod range;
mod reason;
mod request;
mod rounds;
mod rule;
mod scene;
mod scope;
mod shot;
mod state;
mod training;
mod unit;

pub use act::{ActKind, OpenAct, options};
pub use barrel::{BarrelReading, BarrelReadings, Rod};
pub use board::{Card, Shown, Status, shown};
pub use compact::retell;
pub use decide::{Verdict, decide, does_not_work, missing_for_shot_ready};
pub use erasure::{Erasable, Ground};
pub use event::{BlindSide, Event};
pub use evolve::evolve;
pub use exhibit::{Bagged, Exhibit, ExhibitOf, Keeper};
pub use feed::{Feed, FeedReading, MAX_FEED, Seen};
pub use gun::{
    Action, Answer, BoreLook, Chambers, Check, Content, Custody, Doubt, Doubts, Fired, Gun, GunKind, IdentityMatch,
    InLine, InTake, LastLook, Light, Loading, MAX_CHAMBERS, Method, Reading, Readings, Returned, Showing, ShowingState,
};
pub use intent::{Context, Intent, IntentKind, Look, Proven, RoundKind};
pub use loss::Notified;
pub use open::{open_items, open_items_of};
pub use pack::{
    Adoption, Choice, Choices, Clause, HAZARDS, Hazard, Held, Measure, Opposed, Pack, Packs, blanks_stand_off, clauses,
    limit, never_at_anyone, strictest,
};
pub use people::{Day, Device, Duty, OnDay, Person, Place, PlaceKind, Role, Roles, Transit};
pub use range::{RangeConfirmed, RangeException, RangeProduction};
pub use reason::{Code, Reason, Thing};
pub use request::{Request, RequestKind, open_requests};
pub use rounds::{
    Calibre, Count, CountAnswer, Load, Loss, Lot, LotCustody, LotKind, LotVerified, MAX_ROUNDS, Occasion, OutAt,
    Source, Tally,
};
pub use rule::{Limits, Rule, Rules, SEMANTICS, Strength, Verified};
pub use scene::{Line, Meeting, Muster, OpenScene, Scene, Topic, Topics};
pub use scope::{Id, Moment, Scope};
pub use shot::{Holds, PlannedGun, Shot, ShotChange, Standing, Take, Told, Toward};
pub use state::{Inquiry, State, Stop, StopCause};
pub use training::{Actions, Course, Permit, Requirement, Requirements};
pub use unit::{Unit, UnitWork, Units};
