//! Checks the formats against published examples, a second implementation's vectors, another crate and hostile input.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop at the first surprise"
)]

mod checkpoint;
mod commit;
mod cosignature;
mod note;
mod oracles;
mod policy;
mod receipt;
mod stamp;
mod strict;
mod tiles;
mod tree;
mod vectors;
mod witness;
mod zip;
