//! A new epoch: how a log begins where the one before cannot be gone on with, as after an old backup was put back.
//!
//! Its first entry names the last checkpoint that the log before is known by. The entries behind it carry over what that
//! log's state was, in the form of events, with the keys of the devices; the last of them voids every showing and stops
//! everything, for nobody can say what happened since. What is lost stands in the open: the highest head that was found.

use kernel::{Event as KernelEvent, StopCause};
use proof::checkpoint::Checkpoint;
use proof::note::{KeyName, VerifyingKey};
use serde_json::Value;

use crate::canonical;
use crate::keys::Keys;
use crate::wire;
use crate::{Event, Id, Millis, Origin, State};

/// The most bytes of events in one entry: with keys and a lost head it stays below what an entry may have.
const EVENT_BYTES: usize = 40_000;

/// The most keys in one entry: 44 letters and two quotation marks each.
const KEYS: usize = 200;

/// A part of what is carried over from the epoch before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Events that tell the state again.
    pub events: Vec<Event>,
    /// The public keys of the devices that these events enrol.
    pub keys: Vec<[u8; 32]>,
    /// Whether it is the last part.
    pub last: bool,
    /// In the first part: the highest head of the epoch before that was found and is not reached; none where nothing is
    /// known to be lost.
    pub lost: Option<String>,
}

/// Where a log came from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Before {
    /// The last checkpoint of the epoch before.
    pub checkpoint: Checkpoint,
    /// How many entries that epoch is known to have had; none where nothing is known to be lost.
    pub lost_at: Option<u64>,
}

/// What is carried over of a state, in parts that each fit an entry. `stop` is the id of the stop that holds everything
/// then.
#[must_use]
pub fn carry(state: &State, keys: &Keys, lost: Option<String>, stop: Id, at: Millis) -> Vec<Carried> {
    let mut parts = vec![Carried { lost, ..Carried::default() }];
    let mut bytes = 0usize;
    for event in kernel::retell(state) {
        let length = length_of(&event);
        let full = parts.last().is_some_and(|part| part.keys.len() >= KEYS);
        if full || bytes.saturating_add(length) > EVENT_BYTES {
            parts.push(Carried::default());
            bytes = 0;
        }
        bytes = bytes.saturating_add(length);
        if let Some(part) = parts.last_mut() {
            if let KernelEvent::DeviceEnrolled { device, .. } = event {
                part.keys.extend(keys.of(device));
            }
            part.events.push(event);
        }
    }
    if let Some(part) = parts.last_mut() {
        part.events.extend(voided(stop, at));
        part.last = true;
    }
    parts
}

/// Nobody can say what happened since: no showing holds, and everything is held until an inquiry.
fn voided(stop: Id, at: Millis) -> [Event; 2] {
    let (cause, by, gun, concerned) = (StopCause::Called, None, None, [None, None]);
    [KernelEvent::ClockJumped { at }, KernelEvent::StopPulled { stop, cause, by, gun, concerned, at }]
}

/// Whether the last part ends as it must.
#[must_use]
pub fn ends_voided(events: &[Event]) -> bool {
    matches!(
        events,
        [
            ..,
            KernelEvent::ClockJumped { .. },
            KernelEvent::StopPulled { cause: StopCause::Called, by: None, gun: None, .. }
        ]
    )
}

fn length_of(event: &Event) -> usize {
    let written: Value = wire::write_event(event);
    canonical::write(&written).map_or(0, |text| text.len().saturating_add(1))
}

/// The name of the log before this one; none for the first epoch.
#[must_use]
pub fn origin_before(origin: &Origin) -> Option<Origin> {
    Origin::new(origin.domain(), origin.production(), origin.epoch().checked_sub(1)?).ok()
}

/// A checkpoint of the epoch before, signed with the same key under that epoch's name.
#[must_use]
pub fn open_before(note: &[u8], origin: &Origin, log_key: &VerifyingKey) -> Option<Checkpoint> {
    let before = origin_before(origin)?.to_string();
    let key = VerifyingKey::new(KeyName::new(&before).ok()?, *log_key.public()).ok()?;
    Checkpoint::open(note, &before, &[key]).ok()
}
