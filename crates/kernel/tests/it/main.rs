//! The proof around the kernel: verdict tables, laws over random histories, an exhaustive search of
//! a small production, and states told again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test stops at the first thing that is not as it should be"
)]

// The name under which every crate of the workspace knows this one.
extern crate showclear_kernel as kernel;

mod barrel;
mod committed;
mod edges;
mod feed;
mod history;
mod laws;
mod packs;
mod people_table;
mod plan;
mod range;
mod renaming;
mod retell;
mod shown;
mod small_scope;
mod stage;
mod swap;
mod units;
mod verdicts;
