//! What can be seen of an entry before its turn comes.
//!
//! To look needs the entry's own bytes and the keys that are known, and no other entry: it can be done for many at once, in
//! any order, by several threads. What was found is judged in the log's order, by one. So however many threads look, and
//! whichever is first, the same is found.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use proof::note::{KeyName, Note, VerifyingKey};
use proof::tree::{Hash, hash_leaf};

use crate::device::{device_id, key_name};
use crate::entry::{Body, Decision, Entry, EntryError};
use crate::intent::hash_of_text;
use crate::keys::{Keys, brought};
use crate::{Id, Origin};

/// An entry that was looked at.
#[derive(Debug)]
pub(crate) struct Looked {
    /// The hash of its leaf.
    pub(crate) leaf: Hash,
    /// What it is.
    pub(crate) entry: Result<Entry, EntryError>,
    /// What was seen of its intent's signature, where it has an intent.
    pub(crate) signed: Option<Signed>,
}

/// What was seen of an intent's signature.
#[derive(Debug)]
pub(crate) struct Signed {
    /// What the device's next intent says under `prev`.
    pub(crate) text: Hash,
    /// The key that it was held to, and whether it fits; nothing where no such key was known yet.
    by: Option<([u8; 32], bool)>,
    /// Whose enrolled key that is.
    owner: Option<Id>,
    note: Note,
}

impl Signed {
    /// The enrolled key of this device, where it was held to that one. A name once enrolled stays the same device's.
    pub(crate) fn enrolled(&self, device: Option<Id>) -> Option<[u8; 32]> {
        self.by.filter(|_| device.is_some() && self.owner == device).map(|(key, _)| key)
    }

    /// Whether the one signature is by this key, strictly.
    pub(crate) fn is_by(&self, public: &[u8; 32]) -> bool {
        match &self.by {
            Some((key, fits)) if key == public => *fits,
            Some(_) | None => ready(&self.note, public).is_some_and(|key| self.note.is_signed_by(&key)),
        }
    }
}

/// Who looks: it knows the log's name, and the devices' keys as they were decoded once.
#[derive(Clone, Debug)]
pub(crate) struct Eye {
    origin: Origin,
    /// By the key's name.
    keys: BTreeMap<String, (Id, VerifyingKey)>,
}

impl Eye {
    pub(crate) const fn new(origin: Origin) -> Eye {
        Eye { origin, keys: BTreeMap::new() }
    }

    pub(crate) const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Learns the keys that an entry brings, as `keys` has them by then.
    pub(crate) fn learn(&mut self, entry: &Entry, keys: &Keys) {
        for key in brought(entry) {
            let name = key_name(self.origin.production(), device_id(&key));
            let named = keys.named(self.origin.production(), &name);
            let ready =
                named.and_then(|(device, key)| Some((device, VerifyingKey::new(KeyName::new(&name).ok()?, key).ok()?)));
            self.keys.extend(ready.map(|known| (name, known)));
        }
    }

    pub(crate) fn look(&self, bytes: &[u8]) -> Looked {
        let leaf = hash_leaf(bytes);
        match Entry::read(bytes, &self.origin) {
            Ok((entry, note)) => {
                let signed = note.and_then(|note| self.signed(&entry, note));
                Looked { leaf, entry: Ok(entry), signed }
            }
            Err(error) => Looked { leaf, entry: Err(error), signed: None },
        }
    }

    fn signed(&self, entry: &Entry, note: Note) -> Option<Signed> {
        let Body::Decision(decision) = &entry.body else { return None };
        let Decision { intent, .. } = decision.as_ref();
        let known = self.keys.get(&intent.key_name);
        let by = match intent.said.key {
            Some(key) => ready(&note, &key).map(|ready| (key, note.is_signed_by(&ready))),
            None => known.map(|(_, key)| (*key.public(), note.is_signed_by(key))),
        };
        let owner = known.filter(|_| intent.said.key.is_none()).map(|(device, _)| *device);
        Some(Signed { text: hash_of_text(note.text()), by, owner, note })
    }
}

/// This key, under the name that the note gives.
fn ready(note: &Note, public: &[u8; 32]) -> Option<VerifyingKey> {
    let [line] = note.signatures() else { return None };
    VerifyingKey::new(line.name().clone(), *public).ok()
}

/// How many entries a thread takes at a time.
const AT_A_TIME: usize = 8;

/// Entries that several threads look at together.
struct Together<'a, B> {
    eye: &'a Eye,
    entries: &'a [B],
    /// The first entry that no thread has taken yet.
    next: AtomicUsize,
    /// What was seen, by place.
    seen: Mutex<BTreeMap<usize, Vec<Looked>>>,
}

impl<B: AsRef<[u8]>> Together<'_, B> {
    /// Looks at one entry after the other until none is left.
    fn help(&self) {
        loop {
            let from = self.next.fetch_add(AT_A_TIME, Ordering::Relaxed);
            let Some(entries) = self.entries.get(from..).filter(|entries| !entries.is_empty()) else { return };
            let seen = entries.iter().take(AT_A_TIME).map(|bytes| self.eye.look(bytes.as_ref())).collect();
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(from, seen);
        }
    }

    /// Nobody needs the rest.
    fn leave(&self) {
        self.next.store(self.entries.len(), Ordering::Relaxed);
    }
}

/// Looks at entries while `meanwhile` judges those before them, then helps to look. What was seen, in order.
///
/// # Errors
/// Where those before them do not hold: then nobody needs what was seen.
pub(crate) fn look_while<B: AsRef<[u8]> + Sync, E>(
    eye: &Eye,
    threads: NonZeroUsize,
    entries: &[B],
    meanwhile: impl FnOnce() -> Result<(), E>,
) -> Result<Vec<Looked>, E> {
    let together = Together { eye, entries, next: AtomicUsize::new(0), seen: Mutex::default() };
    thread::scope(|scope| {
        for _ in 1..threads.get() {
            // A machine that gives no more threads is a slower one, and no other: this one looks at all that is left.
            let _ = thread::Builder::new().spawn_scoped(scope, || together.help());
        }
        let held = meanwhile();
        match &held {
            Ok(()) => together.help(),
            Err(_) => together.leave(),
        }
        held
    })?;
    Ok(together.seen.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().flatten().collect())
}
