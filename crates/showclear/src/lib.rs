//! The one binary of Showclear, as a library so that tests can call what the commands call.

pub mod bundle;
pub mod cli;
pub mod demo;
pub mod extract;
pub mod failure;
pub mod fsck;
pub mod history;
pub mod import;
pub mod labels;
pub mod new_epoch;
pub mod replay;
pub mod rules;
pub mod serve;
pub mod stamp;
pub mod verify;
pub mod witness;

/// An entry asks for memory on one thread and is let go of on another, some hundred times: docs/adr/0034.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
