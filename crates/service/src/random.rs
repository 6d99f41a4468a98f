//! Randomness enters here and nowhere else.

use record::Id;

/// The machine gave no randomness.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("this machine gives no random numbers")]
pub struct NoRandomness;

/// Fresh random bytes from the operating system.
///
/// # Errors
/// [`NoRandomness`] where it gives none.
#[allow(clippy::disallowed_methods, reason = "this is the one place where randomness is drawn")]
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A new identifier: a UUID of version 7 for that moment in Unix milliseconds.
pub(crate) fn id(now_ms: i64) -> Result<Id, NoRandomness> {
    Ok(Id::at(u64::try_from(now_ms).unwrap_or(0), bytes()?))
}
