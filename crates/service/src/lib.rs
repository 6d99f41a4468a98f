//! The service of Showclear: the only clock, the only keys, the only threads.
//!
//! One folder holds one production: the log (`log.db`), the office (`office.db`: names, files, PINs,
//! sessions, codes; never in the log), the log's keys (`log.key`, `log.mldsa44.key`) and its newest head (`log.head`). One thread per production
//! decides, appends, reads back, signs and commits; whoever asks waits for its answer in a queue.
//!
//! * [`Service`] founds and opens a production, takes signed intents, and knows who is logged in.
//! * [`View`] is everything that may be read, as of one head of the log.
//! * [`Clock`] is the only way in for time; the operating system's randomness has one way in too.
//! * [`testkit`] is a small production with simulated devices, for tests.
//!
//! No code here signs an intent: it holds no device's key.

mod archive;
mod attached;
pub mod bundle;
mod clock;
mod code;
mod cosigned;
mod desk;
mod epoch;
mod erasure;
mod error;
pub mod extract;
mod found;
mod heads;
pub mod history;
mod key;
mod load;
mod people;
mod pin;
mod random;
mod second;
mod service;
mod signers;
mod stamping;
mod stamps;
pub mod testkit;
mod view;
pub mod witness;
mod witnessed;
mod wrap;
mod writer;

pub use attached::{AttachError, Attached, ErasedBy, MAX_ATTACHMENT_BYTES};
pub use clock::{Clock, DRIFT_TOLERANCE_MS, SystemClock};
pub use cosigned::LeftOut;
pub use epoch::{Begun, begin_epoch};
pub use erasure::Beside;
pub use error::{CodeError, DiscloseError, MAX_NAME_CHARS, ServiceError, SubmitError, WitnessError};
pub use found::Founding;
pub use heads::{Heads, add_head_medium};
pub use key::LogKey;
pub use people::{SESSION_LIFE_MS, Session, Standing};
pub use pin::{LoginError, PinError};
pub use random::{NoRandomness, bytes as random_bytes};
pub use service::{Service, Stores};
pub use stamping::{StampAsked, StampOverWrap, WrapStamps, authority_host};
pub use stamps::{
    MAX_AUTHORITY_BYTES, StampFault, StampRequest, TakenStamp, stamp_request, take_stamp, take_stamp_for,
};
pub use view::{Answer, EntryView, Matter, ReasonText, RecordLine, Recorded, TimelineEntry, View};
pub use witnessed::{MAX_ANSWER_BYTES, SeenHead, WitnessFiles, WitnessSeen, Witnessed};
pub use wrap::WrapHead;
