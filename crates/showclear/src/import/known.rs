//! What a production's folder holds already. It is read without being touched.

use std::collections::BTreeMap;
use std::path::Path;

use kernel::{Rules, evolve};
use proof::tree::Hash;
use record::entry::{Body, Entry};
use record::{Id, Intent, Origin, State};
use service::View;
use store::office::Office;
use store::sqlite::SqliteStore;
use store::{Store, StoreError};

use super::sheet::failure;
use super::text::key;
use crate::failure::{Exit, Failure};

/// How many entries are read at once.
const CHUNK: u64 = 512;

/// What is on the register, with the names of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The state.
    pub state: State,
    /// The rules in force.
    pub rules: Rules,
    /// The log's name.
    pub origin: Origin,
    /// Names that were disclosed.
    pub names: BTreeMap<Id, String>,
    /// Serial numbers of guns that were disclosed.
    pub serials: BTreeMap<Id, String>,
    /// How each lot came on the register.
    pub lots: BTreeMap<Id, Intent>,
}

impl Known {
    /// Reads a folder. Nothing in it is made or changed.
    ///
    /// # Errors
    /// Where it is being served, or cannot be read.
    pub fn read(folder: &Path) -> Result<Known, Failure> {
        let failed = |error: StoreError| in_use(Failure::store(&error));
        let mut log = SqliteStore::open_read_only(&folder.join("log.db")).map_err(failed)?;
        let mut office = Office::open_read_only(&folder.join("office.db")).map_err(failed)?;
        let size = log.size().map_err(failed)?;
        let first = log.entries(0, 1).map_err(failed)?.into_iter().next().ok_or_else(no_record)?;
        let origin = Entry::origin_of(&first).map_err(|_| no_record())?;
        let Body::Genesis(genesis) = Entry::decode(&first, &origin).map_err(|_| no_record())?.body else {
            return Err(no_record());
        };
        let rules = genesis.whole_rules();
        let (state, names, serials, lots) = Default::default();
        let mut known = Known { state, rules, origin, names, serials, lots };
        let mut read = 0u64;
        while read < size {
            let chunk = log.entries(read, CHUNK).map_err(failed)?;
            if chunk.is_empty() {
                return Err(no_record());
            }
            for bytes in chunk {
                let entry = Entry::decode(&bytes, &known.origin).map_err(|_| no_record())?;
                known.follow(&entry, &mut office).map_err(failed)?;
                read = read.saturating_add(1);
            }
        }
        let names = office.names().map_err(failed)?;
        known.names = names.into_iter().map(|(id, name)| (Id::from_bytes(id), name)).collect();
        Ok(known)
    }

    /// What a view knows of an open production. It knows no serial numbers.
    #[must_use]
    pub fn of_view(view: &View) -> Known {
        let state = view.state.clone();
        let people = state.people.keys().chain(state.places.keys()).chain(state.guns.keys());
        let all = people.chain(state.lots.keys()).chain(state.scenes.keys());
        let names = all.map(|id| (*id, view.name(*id))).collect();
        let (rules, origin) = (view.rules, view.origin.clone());
        Known { state, rules, origin, names, serials: BTreeMap::new(), lots: BTreeMap::new() }
    }

    fn follow(&mut self, entry: &Entry, office: &mut Office) -> Result<(), StoreError> {
        entry.events().iter().for_each(|event| evolve(&mut self.state, event));
        let Body::Decision(decision) = &entry.body else { return Ok(()) };
        if !decision.accepted {
            return Ok(());
        }
        let said = &decision.intent.said;
        if let Intent::RegisterGun { gun, .. } = said.intent
            && let Some(serial) = text_beside(office, said.id, "serial", &said.digests)?
        {
            self.serials.insert(gun, serial);
        }
        if let Intent::ReceiveLot { lot, .. } | Intent::RegisterLot { lot, .. } = said.intent {
            self.lots.insert(lot, said.intent);
        }
        Ok(())
    }

    /// What something is called; its id where nobody disclosed a name.
    #[must_use]
    pub fn name(&self, id: Id) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// What of these is called what.
    #[must_use]
    pub fn index<'a>(&self, ids: impl Iterator<Item = &'a Id>) -> Index {
        let mut index = Index::default();
        for id in ids {
            if let Some(name) = self.names.get(id) {
                index.0.entry(key(name)).or_default().push(*id);
            }
        }
        index
    }
}

/// Things of one kind by what they are called, whatever the capitals and spaces.
#[derive(Clone, Debug, Default)]
pub struct Index(BTreeMap<String, Vec<Id>>);

impl Index {
    /// Those that are called so.
    #[must_use]
    pub fn called(&self, name: &str) -> &[Id] {
        self.0.get(&key(name)).map_or(&[], Vec::as_slice)
    }
}

/// A text that stands beside the log: where its salt and value are not the ones that were committed to, it counts
/// as none.
fn text_beside(
    office: &mut Office,
    intent: Id,
    path: &str,
    digests: &BTreeMap<String, Hash>,
) -> Result<Option<String>, StoreError> {
    let Some(digest) = digests.get(path) else { return Ok(None) };
    let kept = office.disclosures(intent.to_bytes())?.into_iter().find(|it| it.path == path);
    let fits = kept.filter(|it| proof::commit::commit(&it.salt, path, &it.value) == digest.0);
    Ok(fits.map(|it| it.value))
}

/// A folder that is being served is entered into by people with their devices, not by a file.
pub(super) fn in_use(failure: Failure) -> Failure {
    if failure.exit != Exit::InUse {
        return Failure { means: super::sheet::NOTHING_ENTERED.to_owned(), ..failure };
    }
    let happened = "This production is being served: its record is in use.".to_owned();
    let means = "Nothing was entered, and nothing was read.".to_owned();
    let remedy = "End `showclear serve`, import, and serve again; or enter people and things on the pages.".to_owned();
    Failure { happened, means, remedy, ..failure }
}

fn no_record() -> Failure {
    let remedy = "Run `showclear verify` and `showclear fsck` on its log.db, and go on from the last good copy.";
    failure("record", "the record of this folder cannot be read to its end", remedy)
}
