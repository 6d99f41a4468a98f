//! A snapshot: the state of the log at a size, retold as a short list of events.

use serde_json::{Value, json};

use crate::canonical::{self, NotCanonical};
use crate::wire::{self, WireError};
use crate::{Event, State};

/// Why bytes are no snapshot.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SnapshotError {
    /// Not in the one form.
    #[error("the snapshot is not well written: {0}")]
    Form(#[from] NotCanonical),
    /// Not a list of events.
    #[error("the snapshot is not well formed: {0}")]
    Wire(#[from] WireError),
}

/// The bytes of a snapshot of this state at this size of the log.
///
/// # Errors
/// Where a number is beyond what the one form can hold.
pub fn write(size: u64, state: &State) -> Result<Vec<u8>, SnapshotError> {
    let events: Vec<Value> = kernel::retell(state).iter().map(wire::write_event).collect();
    Ok(canonical::write(&json!({"events": events, "size": size}))?.into_bytes())
}

/// The size and the state of a snapshot.
///
/// # Errors
/// Where the bytes are no snapshot.
pub fn read(bytes: &[u8]) -> Result<(u64, State), SnapshotError> {
    let value = canonical::read(bytes)?;
    let size = value.get("size").and_then(Value::as_u64);
    let size = size.ok_or_else(|| WireError::Missing("size".to_owned()))?;
    let events = value.get("events").and_then(Value::as_array);
    let events = events.ok_or_else(|| WireError::Missing("events".to_owned()))?;
    let events: Vec<Event> = events.iter().map(wire::read_event).collect::<Result<_, _>>()?;
    let mut state = State::default();
    events.iter().for_each(|event| kernel::evolve(&mut state, event));
    Ok((size, state))
}
