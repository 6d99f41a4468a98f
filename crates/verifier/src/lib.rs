//! The verifier that goes with every bundle, and the words of what it found.
//!
//! The binary of this crate reads a bundle and says whether it holds. Built for `wasm32-wasip1` it lies in `page/verifier.wasm`;
//! `page()` is `verify.html`, which runs that in a browser without a network. `showclear verify` runs the same Rust.

mod erased;
pub mod extract;
#[cfg(not(target_family = "wasm"))]
mod page;
mod reach;
pub mod report;
mod stamps;
mod witnesses;

use record::Millis;
use record::bundle::extract::{ExtractReport, is_extract};
use record::bundle::{Trust, verify_with};
use record::verify::Effort;
use serde_json::Value;

#[cfg(not(target_family = "wasm"))]
pub use page::page;

use crate::report::{Broken, Holds, report_json, report_text};

/// Who reads what was found.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Reader {
    /// Whether he gave the log's key.
    pub pinned: bool,
    /// What time it is where he is; nothing where no clock is at hand.
    pub now: Option<Millis>,
}

impl Reader {
    /// Of this machine's clock, for nothing but to say of a time that it is still to come. A page in a browser has none but the one that the browser tells it of.
    #[must_use]
    #[allow(
        clippy::disallowed_methods,
        reason = "a verifier stands alone: it knows no service whose clock it could ask"
    )]
    pub fn now(pinned: bool) -> Reader {
        #[cfg(not(target_family = "wasm"))]
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .map(Millis);
        #[cfg(target_family = "wasm")]
        let now = None;
        Reader { pinned, now }
    }
}

/// A file that holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A whole record.
    Record(Holds),
    /// Some entries of one.
    Extract(ExtractReport),
}

impl Held {
    /// For people.
    #[must_use]
    pub fn text(&self, reader: Reader) -> String {
        match self {
            Held::Record(holds) => report_text(holds, reader),
            Held::Extract(report) => extract::text(report, reader),
        }
    }

    /// For programs.
    #[must_use]
    pub fn json(&self, reader: Reader) -> Value {
        match self {
            Held::Record(holds) => report_json(holds, reader),
            Held::Extract(report) => extract::json(report, reader),
        }
    }
}

/// Verifies a bundle or an extract; `progress` is told how many entries were read, and of how many. An extract is never
/// replayed, whatever the effort.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn found(
    bytes: &[u8],
    trust: &Trust<'_>,
    effort: Effort,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Held, Broken> {
    if is_extract(bytes) {
        return Ok(Held::Extract(record::bundle::extract::verify(bytes, trust)?));
    }
    Ok(Held::Record(verify_with(bytes, trust, effort, progress)?.into()))
}
