//! The page and the program in it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests state what they expect and stop where it is not so"
)]

mod page;
mod program;
