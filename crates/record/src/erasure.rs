//! What stands beside the record, and what the record says was erased there: docs/log-format.md, "What is erased".
//!
//! An entry holds the digests of texts and files. The bytes lie elsewhere, and an accepted `erase` says that they were
//! deleted. No reader can see that they were; what he sees is what the entries say, and what is in his hands all the same.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Erasable, Event, Ground};
use proof::tree::Hash;

use crate::entry::Entry;
use crate::{Id, Millis};

/// The texts that are never erased, by their paths: a gun without its serial could be any gun.
pub const NEVER_ERASED: [&str; 1] = ["serial"];

/// An erasure of which an entry tells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Erasure {
    /// The intent whose texts or files were erased.
    pub intent: Id,
    /// The place of its entry.
    pub entry: u64,
    /// The place of the entry that says so.
    pub said_by: u64,
    /// When that was decided.
    pub decided_at: Millis,
    /// Its texts or its files.
    pub what: Erasable,
    /// Why.
    pub ground: Ground,
    /// Those of them that are not here: the paths of texts, the digests of files in lower-case hex.
    pub not_here: Vec<String>,
    /// Those that are here all the same.
    pub here: Vec<String>,
}

/// What of the texts and files that the entries hold the digest of was erased, as the entries say.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Erased {
    /// How many texts the entries have a commitment to.
    pub of_texts: u64,
    /// How many different files they name.
    pub of_files: u64,
    /// Each erasure, in the order of the entries that tell of them.
    pub all: Vec<Erasure>,
}

/// The digests that the entries hold, and the erasures of which they tell.
#[derive(Debug, Default)]
pub struct Digests {
    /// The commitments, by intent and path.
    pub(crate) commitments: BTreeMap<(Id, String), Hash>,
    /// The files, each with the length that was said of it.
    pub(crate) files: BTreeSet<(Hash, u32)>,
    /// The intents that hold a digest: their places, and the files that they name.
    holders: BTreeMap<Id, (u64, Vec<Hash>)>,
    /// The last entry that names a file.
    last_named: BTreeMap<Hash, u64>,
    told: BTreeMap<(Id, Erasable), Told>,
}

/// What an entry says of an erasure.
#[derive(Clone, Copy, Debug)]
struct Told {
    by: u64,
    at: Millis,
    ground: Ground,
}

/// Why something is erased, in words.
#[must_use]
pub const fn why(ground: Ground) -> &'static str {
    match ground {
        Ground::PersonAsked => "the person whom it is about asked for it",
        Ground::TimeOver => "nobody has to keep it any longer",
        Ground::EnteredWrongly => "it should never have been entered",
        Ground::Ordered => "a court or an authority ordered it",
    }
}

/// The intents of which an entry says that their texts or files were erased.
#[allow(clippy::wildcard_enum_match_arm, reason = "an event that tells of an erasure is this one")]
pub fn erases(entry: &Entry) -> impl Iterator<Item = (Id, Erasable, Ground)> {
    entry.events().iter().filter_map(|event| match event {
        Event::Erased { intent, what, ground } => Some((*intent, *what, *ground)),
        _ => None,
    })
}

impl Erasure {
    /// Is it of texts? Else it is of files.
    #[must_use]
    pub const fn is_of_texts(&self) -> bool {
        matches!(self.what, Erasable::Texts)
    }

    /// Why, in words.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        why(self.ground)
    }
}

impl Erased {
    /// How many texts were erased and are not here.
    #[must_use]
    pub fn texts(&self) -> u64 {
        count(self.all.iter().filter(|it| it.is_of_texts()).map(|it| it.not_here.len()).sum())
    }

    /// How many different files were erased and are not here.
    #[must_use]
    pub fn files(&self) -> u64 {
        let files = self.all.iter().filter(|it| !it.is_of_texts());
        count(files.flat_map(|it| &it.not_here).collect::<BTreeSet<_>>().len())
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl Digests {
    /// Takes the next entry in.
    pub fn learn(&mut self, entry: &Entry) {
        if let Some(intent) = entry.intent() {
            let said = &intent.said;
            let commitments = said.digests.iter().map(|(path, digest)| ((said.id, path.clone()), *digest));
            self.commitments.extend(commitments);
            self.files.extend(said.attachments.iter().map(|it| (it.sha256, it.len)));
            self.last_named.extend(said.attachments.iter().map(|it| (it.sha256, entry.index)));
            if !said.digests.is_empty() || !said.attachments.is_empty() {
                let files = said.attachments.iter().map(|it| it.sha256).collect();
                self.holders.insert(said.id, (entry.index, files));
            }
        }
        for (intent, what, ground) in erases(entry).filter(|(intent, ..)| self.holders.contains_key(intent)) {
            let told = Told { by: entry.index, at: entry.decided_at, ground };
            self.told.entry((intent, what)).or_insert(told);
        }
    }

    /// What was erased, where these texts are disclosed and these files carried along. A file that is named once more
    /// after it was erased came anew, and counts as not erased.
    #[must_use]
    pub fn erased(&self, disclosed: &BTreeSet<(Id, String)>, carried: &BTreeSet<Hash>) -> Erased {
        let erasure = |(&(intent, what), told): (&(Id, Erasable), &Told)| {
            let (entry, files) = self.holders.get(&intent)?;
            let parts: Vec<(String, bool)> = match what {
                Erasable::Texts => self.texts_of(intent).map(|key| (key.1.clone(), disclosed.contains(key))).collect(),
                Erasable::Files => {
                    let last = files.iter().filter(|it| self.last_named.get(it).is_some_and(|at| *at <= told.by));
                    last.map(|it| (it.to_hex(), carried.contains(it))).collect()
                }
            };
            let those = |is_here: bool| parts.iter().filter(|it| it.1 == is_here).map(|it| it.0.clone()).collect();
            let Told { by: said_by, at: decided_at, ground } = *told;
            let (not_here, here) = (those(false), those(true));
            Some(Erasure { intent, entry: *entry, said_by, decided_at, what, ground, not_here, here })
        };
        let mut all: Vec<Erasure> = self.told.iter().filter_map(erasure).collect();
        all.sort_by_key(|it| (it.said_by, it.entry));
        let files: BTreeSet<Hash> = self.files.iter().map(|(digest, _)| *digest).collect();
        Erased { of_texts: count(self.commitments.len()), of_files: count(files.len()), all }
    }

    /// The texts of an intent that an erasure is about.
    fn texts_of(&self, intent: Id) -> impl Iterator<Item = &(Id, String)> {
        let all = self.commitments.range((intent, String::new())..).map(|(key, _)| key);
        all.take_while(move |key| key.0 == intent).filter(|key| !NEVER_ERASED.contains(&key.1.as_str()))
    }
}
