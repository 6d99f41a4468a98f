//! The head over a wrap: the log signs it with its second key as well.
//!
//! A thread of its own does so once the wrap is durable, so that nobody's answer waits for it. The line goes under the head
//! among those that witnesses have countersigned (the folder `cosigned`), and with it into the next bundle and extract.
//! Where the machine stopped in between, the next start makes up for it, of the newest wrap.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use proof::checkpoint::Checkpoint;
use proof::cosignature::Cosigner;
use proof::note::VerifyingKey;
use record::entry::Entry;
use record::{Event, Millis, Origin};
use store::{Sealed, Store, StoreError};

use crate::archive;
use crate::error::ServiceError;
use crate::load::Core;
use crate::witnessed::Witnesses;

/// The first head over a wrap.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrapHead {
    /// How many entries it covers.
    pub size: u64,
    /// The checkpoint, byte for byte as the log's first key signed it.
    pub note: Vec<u8>,
    /// When the day was wrapped, in Unix milliseconds.
    pub wrapped_at_ms: i64,
    /// When the last entry below it was decided.
    pub(crate) last_decided: Millis,
}

impl WrapHead {
    pub(crate) fn sealed(&self) -> Sealed {
        Sealed { size: self.size, note: self.note.clone() }
    }
}

/// When this entry wrapped a day, if it did.
pub(crate) fn wrapped_by(entry: &Entry) -> Option<Millis> {
    let wraps = |event: &Event| matches!(event, Event::DayWrapped { .. });
    (entry.intent().is_some() && entry.events().iter().any(wraps)).then_some(entry.decided_at)
}

/// The head over the newest wrap of a record that was just read. A head that does not hold is told, and counts for nothing:
/// nobody signs it again.
pub(crate) fn newest(
    store: &mut dyn Store,
    core: &Core,
    origin: &Origin,
    key: &VerifyingKey,
) -> Result<Option<WrapHead>, StoreError> {
    let archive = archive::read(&core.archive);
    let wrap = |index: u64| Some((index, wrapped_by(&archive.get(index)?.entry)?));
    let Some((index, wrapped_at)) = (0..core.size()).rev().find_map(wrap) else { return Ok(None) };
    for size in index.saturating_add(1)..=core.size() {
        let Some(Sealed { note, .. }) = store.checkpoint_at(size)? else { continue };
        let head = Checkpoint::open(&note, &origin.to_string(), std::slice::from_ref(key));
        if !head.is_ok_and(|head| head.size == size && archive.root_at(size) == Some(head.root)) {
            tracing::error!(size, "the head over the newest wrap does not hold");
            return Ok(None);
        }
        let last = archive.get(size.saturating_sub(1)).map(|kept| kept.entry.decided_at);
        let last_decided = last.unwrap_or(wrapped_at);
        return Ok(Some(WrapHead { size, note, wrapped_at_ms: wrapped_at.0, last_decided }));
    }
    Ok(None)
}

/// Starts the thread that signs them. It ends when the sender is dropped, and signs what was sent before.
pub(crate) fn sign_all(
    witnesses: &Arc<Mutex<Witnesses>>,
    second: Option<Cosigner>,
) -> Result<(Sender<Arc<WrapHead>>, JoinHandle<()>), ServiceError> {
    let (send, wraps) = channel();
    let witnesses = Arc::clone(witnesses);
    let thread = std::thread::Builder::new().name("wraps".to_owned());
    let thread = thread
        .spawn(move || sign_each(&witnesses, second.as_ref(), &wraps))
        .map_err(|error| ServiceError::NoThread { detail: error.to_string() })?;
    Ok((send, thread))
}

/// One that cannot be signed or kept stops nothing: the record itself is durable. It is told to whoever runs the server.
fn sign_each(witnesses: &Mutex<Witnesses>, second: Option<&Cosigner>, wraps: &Receiver<Arc<WrapHead>>) {
    let Some(second) = second else { return };
    while let Ok(wrap) = wraps.recv() {
        let signed = witnesses.lock().unwrap_or_else(PoisonError::into_inner).sign_too(&wrap, second);
        if let Err(error) = signed {
            tracing::error!(
                code = error.code(),
                size = wrap.size,
                "the head over the wrap is not signed a second time"
            );
        }
    }
}
