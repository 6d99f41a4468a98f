//! The routes as a browser meets them, without a network.
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends where something is not as it must be"
)]

mod access;
mod attachments;
mod bad_input;
mod barrel;
mod blind;
mod day;
mod exhibits;
mod feed;
mod fixture;
mod labels;
mod live;
mod pages;
mod people;
mod range;
mod rental;
mod rounds;
mod rules;
mod shot;
mod units;
mod waits;
mod witnesses;
