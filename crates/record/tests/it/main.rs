//! What the bytes of the record mean, tested as bytes.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests state what they expect and stop where it is not so"
)]

extern crate showclear_record as record;

mod bundle;
mod canonical;
mod entries;
mod epochs;
mod erasures;
mod extracts;
mod format_page;
mod history;
mod intents;
mod labels;
mod log;
mod older_heads;
mod vectors;
mod verify;
mod wire;
mod words;
