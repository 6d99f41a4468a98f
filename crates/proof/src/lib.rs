//! What makes a log checkable by people who trust nobody: signed notes, the Merkle tree,
//! checkpoints and receipts.
//!
//! The formats are those of the C2SP family, so that any tool that speaks them can check our files
//! without us:
//!
//! | module | format | source |
//! |---|---|---|
//! | [`tree`] | Merkle tree, inclusion and consistency proofs | RFC 6962 section 2.1, RFC 9162 section 2.1 |
//! | [`note`] | text signed by one or more keys | <https://c2sp.org/signed-note> v1.0.0 |
//! | [`checkpoint`] | the signed head of a log | <https://c2sp.org/tlog-checkpoint> v1.0.0 |
//! | [`cosignature`] | that a witness saw a head, and when: Ed25519 and ML-DSA-44 | <https://c2sp.org/tlog-cosignature> v1.1.0-rc.1 |
//! | [`policy`] | which logs and which witnesses, and how many of them | <https://c2sp.org/tlog-policy> |
//! | [`witness`] | what a witness is asked, and what it may answer | <https://c2sp.org/tlog-witness> |
//! | [`receipt`] | proof that one entry is in the log, checkable offline | <https://c2sp.org/tlog-proof> |
//! | [`stamp`] | that bytes existed no later than a moment, by an authority outside | RFC 3161, RFC 5816 |
//! | [`tiles`] | a log as plain files: hash tiles and entry bundles | <https://c2sp.org/tlog-tiles> v0.1.0 |
//! | [`zip`] | many files as one, in one spelling only | PKWARE APPNOTE 6.3, stored files alone |
//! | [`commit`] | a salted commitment to a field that may have to be erased | as RFC 9901 builds it |
//!
//! This crate is pure: no file, no clock, no randomness, and no knowledge of what an entry means.
//! The same code runs in the server, in the command line and in a verifier that somebody else
//! hosts.
//!
//! Three rules hold everywhere:
//!
//! - Bytes are verified as they were received, never written anew first.
//! - Of two ways to write the same value one is accepted and the other refused, so a changed byte
//!   is never "the same note". The only bytes of a receipt that nothing protects are its
//!   [extra data](receipt::Receipt::extra).
//! - Doubt is an error. No function answers with a partial success that a caller could take for a
//!   whole one.

pub mod checkpoint;
pub mod commit;
pub mod cosignature;
mod encoding;
pub mod note;
pub mod policy;
pub mod receipt;
pub mod stamp;
mod strict;
pub mod tiles;
pub mod tree;
pub mod witness;
pub mod zip;
