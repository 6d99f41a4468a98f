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

use record::bundle::extract::{ExtractReport, is_extract};
use record::bundle::{Trust, verify_with};
use record::verify::Effort;
use serde_json::Value;

#[cfg(not(target_family = "wasm"))]
pub use page::page;

use crate::report::{Broken, Holds, report_json, report_text};

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
    pub fn text(&self, pinned: bool) -> String {
        match self {
            Held::Record(holds) => report_text(holds, pinned),
            Held::Extract(report) => extract::text(report, pinned),
        }
    }

    /// For programs.
    #[must_use]
    pub fn json(&self, pinned: bool) -> Value {
        match self {
            Held::Record(holds) => report_json(holds, pinned),
            Held::Extract(report) => extract::json(report, pinned),
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
