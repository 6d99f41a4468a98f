//! What the bytes of the record mean, and how to verify them.
//!
//! The kernel decides and `proof` proves; this crate says how an intent, a verdict and an event
//! are written ([`intent`], [`entry`], [`wire`]), what a label says ([`label`]), how a reason reads
//! ([`words`]), and whether a record holds ([`verify`]). Bytes are signed, hashed, stored and
//! exported as they are; nothing is serialised again in order to verify it.

pub mod about;
pub mod blind;
pub mod bundle;
pub mod canonical;
pub mod device;
pub mod entry;
pub mod epoch;
pub mod erasure;
pub mod history;
mod id;
pub mod intent;
mod json;
pub mod keys;
pub mod label;
mod look;
mod origin;
pub mod schema;
pub mod snapshot;
pub mod verify;
pub mod wire;
pub mod words;

pub use id::{Id, Millis, NotAnId, Real};
pub use origin::{BadOrigin, Origin};

/// The kernel's state on a real set.
pub type State = kernel::State<Real>;
/// The kernel's intent on a real set.
pub type Intent = kernel::Intent<Real>;
/// The kernel's event on a real set.
pub type Event = kernel::Event<Real>;
/// The kernel's context on a real set.
pub type Context = kernel::Context<Real>;
/// The kernel's verdict on a real set.
pub type Verdict = kernel::Verdict<Real>;
/// The kernel's reason on a real set.
pub type Reason = kernel::Reason<Real>;
/// The spans that a production sets at its founding: they are the same over any ids.
pub use kernel::Limits;
