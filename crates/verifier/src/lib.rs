//! The verifier that goes with every bundle, and the words of what it found.
//!
//! The binary of this crate reads a bundle and says whether it holds. Built for `wasm32-wasip1` it lies in `page/verifier.wasm`;
//! `page()` is `verify.html`, which runs that in a browser without a network. `showclear verify` runs the same Rust.

pub mod extract;
#[cfg(not(target_family = "wasm"))]
mod page;
pub mod report;

#[cfg(not(target_family = "wasm"))]
pub use page::page;
