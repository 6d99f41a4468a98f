//! Every entry of the log in memory, shared between the writer and all views. It only grows; a view
//! looks no further than the size at which it was made.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use kernel::Event;
use proof::receipt::Receipt;
use proof::tree::{Hash, Tree};
use record::blind::{self, Closed};
use record::entry::Entry;
use record::history::Corrections;
use record::keys::Keys;
use record::{Id, Intent};

/// One entry, with what is looked up of it.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) entry: Entry,
    pub(crate) bytes: Vec<u8>,
    pub(crate) leaf: Hash,
}

/// The entries and their indexes.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    kept: Vec<Kept>,
    tree: Tree,
    keys: Keys,
    by_intent: BTreeMap<Id, u64>,
    /// By gun and by lot.
    by_thing: BTreeMap<Id, Vec<u64>>,
    /// What became an exhibit, by the intent that made it one: what is said of the exhibit later is about that.
    exhibited: BTreeMap<Id, Vec<Id>>,
    /// Blind answers that were not opened yet.
    closed: Closed,
    /// Blind answers by the entry that opened them.
    opened_by: BTreeMap<u64, u64>,
    corrections: Corrections,
}

impl Archive {
    /// Appends an entry that is durable.
    pub(crate) fn push(&mut self, kept: Kept) {
        let index = self.tree.size();
        self.tree.push(kept.leaf);
        self.keys.learn(&kept.entry);
        self.corrections.learn(&kept.entry);
        if let Some(intent) = kept.entry.intent() {
            self.by_intent.insert(intent.said.id, index);
        }
        self.exhibited.extend(exhibited(&kept.entry));
        for thing in self.things_of(&kept.entry) {
            self.by_thing.entry(thing).or_default().push(index);
        }
        let opened = self.closed.learn(index, &kept.entry);
        self.opened_by.extend(opened.into_iter().map(|answer| (answer, index)));
        self.kept.push(kept);
    }

    /// The gun and the lot of the intent, those of the exhibit that it names, and those of a stop which came of it.
    fn things_of(&self, entry: &Entry) -> Vec<Id> {
        let intent = entry.intent().map(|intent| intent.said.intent);
        let asked = intent.into_iter().flat_map(|intent| [intent.gun(), intent.lot()]).flatten();
        let of_exhibit = intent.as_ref().and_then(exhibit).and_then(|id| self.exhibited.get(&id)).into_iter().flatten();
        let of_exhibit = of_exhibit.copied();
        let mut things: Vec<Id> = asked.chain(of_exhibit).chain(held(entry)).collect();
        things.sort_unstable();
        things.dedup();
        things
    }

    pub(crate) fn root_at(&self, size: u64) -> Option<Hash> {
        self.tree.root_at(size)
    }

    pub(crate) fn get(&self, index: u64) -> Option<&Kept> {
        self.kept.get(usize::try_from(index).ok()?)
    }

    /// The place of an intent's entry.
    pub(crate) fn index_of(&self, intent: Id) -> Option<u64> {
        self.by_intent.get(&intent).copied()
    }

    /// The entries about a gun or a lot, the oldest first.
    pub(crate) fn about(&self, thing: Id) -> &[u64] {
        self.by_thing.get(&thing).map_or(&[], Vec::as_slice)
    }

    /// Which entries correct which.
    pub(crate) const fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Is it a blind answer that no entry below `size` has opened? This one question guards every
    /// way out of the record: view, timeline, answer.
    pub(crate) fn is_sealed(&self, index: u64, size: u64) -> bool {
        let blind = self.get(index).is_some_and(|kept| blind::answer_about(&kept.entry).is_some());
        blind && self.opened_by.get(&index).is_none_or(|opener| *opener >= size)
    }

    /// The proof that the log of `old` entries is the beginning of the log of `new`.
    pub(crate) fn prove_consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        self.tree.prove_consistency(old, new)
    }

    /// The proof that an entry is in the log of `size` entries with this checkpoint.
    pub(crate) fn receipt(&self, index: u64, size: u64, checkpoint: &[u8]) -> Option<Vec<u8>> {
        let path = self.tree.prove_inclusion(index, size)?;
        Some(Receipt { extra: None, index, path, checkpoint: checkpoint.to_vec() }.to_bytes())
    }
}

/// The archive for reading. A writer that died with the lock is gone for good, and the view says so:
/// what it leaves is read only up to the sizes that were published before.
pub(crate) fn read(archive: &RwLock<Archive>) -> RwLockReadGuard<'_, Archive> {
    archive.read().unwrap_or_else(PoisonError::into_inner)
}

/// The archive for writing: the writer's thread alone does.
pub(crate) fn write(archive: &RwLock<Archive>) -> RwLockWriteGuard<'_, Archive> {
    archive.write().unwrap_or_else(PoisonError::into_inner)
}

/// The gun of a stop, a lot that is held, and the lot whose rounds were bagged.
#[allow(clippy::wildcard_enum_match_arm, reason = "an event that holds a thing is one of these")]
fn held(entry: &Entry) -> impl Iterator<Item = Id> {
    entry.events().iter().filter_map(|event| match event {
        Event::StopPulled { gun, .. } => *gun,
        Event::LotHeld { lot, .. } => Some(*lot),
        Event::RoundsBagged { lot, .. } => *lot,
        _ => None,
    })
}

/// The exhibit that an intent names.
#[allow(clippy::wildcard_enum_match_arm, reason = "an intent about an exhibit is one of these")]
const fn exhibit(intent: &Intent) -> Option<Id> {
    match intent {
        Intent::ReportExhibitGiven { exhibit, .. }
        | Intent::ReportExhibitTaken { exhibit }
        | Intent::ReportExhibitToPolice { exhibit }
        | Intent::ReleaseExhibit { exhibit } => Some(*exhibit),
        _ => None,
    }
}

/// What became an exhibit in this entry.
#[allow(clippy::wildcard_enum_match_arm, reason = "an event that makes an exhibit is one of these")]
fn exhibited(entry: &Entry) -> impl Iterator<Item = (Id, Vec<Id>)> {
    entry.events().iter().filter_map(|event| match event {
        Event::GunExhibited { exhibit, gun, .. } => Some((*exhibit, vec![*gun])),
        Event::LotExhibited { exhibit, lot, .. } => Some((*exhibit, vec![*lot])),
        Event::RoundsBagged { exhibit, gun, lot, .. } => Some((*exhibit, lot.iter().chain([gun]).copied().collect())),
        _ => None,
    })
}
