//! Reading a record from its store, and believing it only where it verifies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};

use kernel::{Rules, SEMANTICS, evolve};
use proof::checkpoint::Checkpoint;
use proof::note::{Note, Signer};
use proof::tree::{Frontier, Hash, hash_leaf};
use record::device::device_id;
use record::entry::{Adopted, Body, Entry, Genesis, Notice, founder_in, rules_hash};
use record::intent::Link;
use record::label::{LabelKind, label};
use record::schema::schema_hash;
use record::{Event, Id, Millis, Origin, State, snapshot};
use store::Store;

use crate::archive::{self, Archive, Kept};
use crate::error::ServiceError;
use crate::found::log_signer;
use crate::key::LogKey;
use crate::wrap::{self, WrapHead};

/// How many entries are read at once.
const CHUNK: u64 = 1_024;

/// The first words of a signed snapshot: it can never pass for a checkpoint. A snapshot of another
/// Showclear is passed over: what its events make of a state is not what the record's events make.
const SNAPSHOT_DOMAIN: &str = "showclear.dev/snapshot/v2";

/// What the writer decides on: made of the log, and thrown away at the first doubt.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) rules: Rules,
    /// The rules by which the log says that it is decided now. Where they are older than those built
    /// in, the writer says so before it decides anything.
    pub(crate) rules_hash: Hash,
    pub(crate) semantics: u32,
    pub(crate) state: State,
    pub(crate) frontier: Frontier,
    pub(crate) links: BTreeMap<Id, Link>,
    pub(crate) labels: BTreeSet<String>,
    pub(crate) last_decided: Millis,
    pub(crate) archive: Arc<RwLock<Archive>>,
    /// The head over the newest wrap.
    pub(crate) wrap: Option<Arc<WrapHead>>,
}

/// A record that verifies.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) core: Core,
    pub(crate) origin: Origin,
    pub(crate) signer: Signer,
    pub(crate) founder: Id,
    pub(crate) checkpoint: Vec<u8>,
    /// The size of the snapshot that the state was made from; 0 for none.
    pub(crate) snapshot: u64,
}

impl Core {
    /// Nothing of a log with these rules yet.
    pub(crate) fn new(rules: Rules, rules_hash: Hash, semantics: u32) -> Core {
        Core {
            rules,
            rules_hash,
            semantics,
            state: State::default(),
            frontier: Frontier::default(),
            links: BTreeMap::new(),
            labels: BTreeSet::new(),
            last_decided: Millis(i64::MIN),
            archive: Arc::new(RwLock::new(Archive::default())),
            wrap: None,
        }
    }

    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Takes in an entry, save for the archive, which takes only what is durable.
    pub(crate) fn follow(&mut self, entry: &Entry, leaf: Hash, production: Id, evolves: bool) {
        self.frontier.push(leaf);
        self.last_decided = entry.decided_at;
        if let Some(intent) = entry.intent()
            && let Some(Link { dseq, .. }) = intent.said.link
            && let Some(device) = signing_device(entry)
        {
            self.links.insert(device, Link { dseq, prev: Some(intent.text_hash()) });
        }
        if let Body::Notice(Notice { adopts: Some(adopted), .. }) = &entry.body {
            (self.rules_hash, self.semantics) = (adopted.rules, adopted.semantics);
        }
        for event in entry.events() {
            self.labels.extend(new_label(event, production));
            if evolves {
                evolve(&mut self.state, event);
            }
        }
    }
}

/// The device that signed an entry's intent, enrolled or not.
fn signing_device(entry: &Entry) -> Option<Id> {
    match &entry.body {
        Body::Decision(decision) => decision.device.or_else(|| decision.intent.said.key.as_ref().map(device_id)),
        Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => None,
    }
}

fn new_label(event: &Event, production: Id) -> Option<String> {
    labelled(event).map(|(kind, item)| label(kind, production, item))
}

/// What an event enters on the register and gives a label.
pub(crate) fn labelled(event: &Event) -> Option<(LabelKind, Id)> {
    if let Event::PersonAdded { person } = event {
        Some((LabelKind::Person, *person))
    } else if let Event::GunRegistered { gun, .. } = event {
        Some((LabelKind::Gun, *gun))
    } else if let Event::LotRegistered { lot, .. } | Event::LotReceived { lot, .. } | Event::LotReboxed { lot, .. } =
        event
    {
        Some((LabelKind::Lot, *lot))
    } else if let Event::PlaceRegistered { place, .. } = event {
        Some((LabelKind::Place, *place))
    } else {
        None
    }
}

fn broken(detail: impl Into<String>) -> ServiceError {
    ServiceError::DoesNotVerify { detail: detail.into() }
}

/// Reads the whole record, checks every entry's place and time, the tree and the checkpoint, and
/// makes the state: from the newest snapshot that this log's key signed, else from the beginning.
pub(crate) fn load(store: &mut dyn Store, key: &LogKey) -> Result<Loaded, ServiceError> {
    let size = store.size()?;
    let first = store.entries(0, 1)?.into_iter().next().ok_or(ServiceError::NotFounded)?;
    let origin = Entry::origin_of(&first).map_err(|error| broken(format!("entry 0: {error}")))?;
    let signer = log_signer(&origin, key)?;
    let genesis = read_genesis(&first, &origin, &signer)?;
    let mut core = Core::new(genesis.whole_rules(), genesis.rules, genesis.semantics);
    let (from, state) = newest_snapshot(store, size, &origin, &signer)?;
    core.state = state;
    let archive = Arc::clone(&core.archive);
    while core.size() < size {
        let chunk = store.entries(core.size(), CHUNK)?;
        if chunk.is_empty() {
            return Err(broken(format!("entry {} is missing", core.size())));
        }
        for bytes in chunk {
            take_in(&mut core, bytes, &origin, from)?;
        }
    }
    let checkpoint = store.checkpoint()?.ok_or_else(|| broken("it has no checkpoint"))?.note;
    let keys = [signer.verifying_key().clone()];
    let head = Checkpoint::open(&checkpoint, &origin.to_string(), &keys)
        .map_err(|error| broken(format!("the checkpoint does not hold: {error}")))?;
    if head.size != size {
        return Err(broken(format!("it has {size} entries, and its newest checkpoint is over {}", head.size)));
    }
    if head.root != core.frontier.root() {
        return Err(broken("the entries are not those that the checkpoint was signed over"));
    }
    let founder = founder_of(&archive)?;
    core.wrap = wrap::newest(store, &core, &origin, signer.verifying_key())?.map(Arc::new);
    Ok(Loaded { core, origin, signer, founder, checkpoint, snapshot: from })
}

fn take_in(core: &mut Core, bytes: Vec<u8>, origin: &Origin, from: u64) -> Result<(), ServiceError> {
    let index = core.size();
    let entry = Entry::decode(&bytes, origin).map_err(|error| broken(format!("entry {index}: {error}")))?;
    if entry.index != index || (index > 0 && entry.decided_at <= core.last_decided) {
        return Err(broken(format!("entry {index} is out of its place or time")));
    }
    if let Body::Notice(Notice { adopts: Some(adopted), .. }) = &entry.body {
        check_adopted(adopted, core)?;
    }
    let leaf = hash_leaf(&bytes);
    core.follow(&entry, leaf, origin.production(), index >= from);
    archive::write(&core.archive).push(Kept { entry, bytes, leaf });
    Ok(())
}

fn read_genesis(first: &[u8], origin: &Origin, signer: &Signer) -> Result<Box<Genesis>, ServiceError> {
    let entry = Entry::decode(first, origin).map_err(|error| broken(format!("entry 0: {error}")))?;
    let Body::Genesis(genesis) = entry.body else { return Err(ServiceError::NotFounded) };
    if genesis.log_key != signer.verifying_key().to_string() {
        return Err(broken("the key in log.key is not the one that this record was founded with"));
    }
    not_newer(genesis.semantics)?;
    let others = genesis.rules != rules_hash(&genesis.limits) || genesis.schema != schema_hash();
    if !genesis.whole_rules().is_whole() || (genesis.semantics == SEMANTICS && others) {
        return Err(ServiceError::OtherRules);
    }
    Ok(genesis)
}

/// A record of older rules is read and gone on with: its entries hold the events, and [`evolve`] knows
/// no rules. What newer rules recorded may mean what is not known here.
const fn not_newer(semantics: u32) -> Result<(), ServiceError> {
    if semantics > SEMANTICS {
        return Err(ServiceError::OtherSemantics { recorded: semantics, built_in: SEMANTICS });
    }
    Ok(())
}

/// The rules with which the log goes on are newer than those it had, and not newer than those built in.
fn check_adopted(adopted: &Adopted, core: &Core) -> Result<(), ServiceError> {
    not_newer(adopted.semantics)?;
    let others = adopted.semantics == SEMANTICS && *adopted != Adopted::built_in(&core.rules.limits());
    if others || adopted.semantics <= core.semantics {
        return Err(ServiceError::OtherRules);
    }
    Ok(())
}

fn founder_of(archive: &RwLock<Archive>) -> Result<Id, ServiceError> {
    let archive = archive::read(archive);
    let events = archive.get(0).map_or(&[][..], |kept| kept.entry.events());
    let founder = founder_in(events);
    founder.ok_or_else(|| broken("the founding entry names no founder"))
}

fn snapshot_line(origin: &Origin) -> String {
    format!("{SNAPSHOT_DOMAIN} {origin} {SEMANTICS}")
}

/// The bytes of a snapshot, signed: whoever writes to the database without the key cannot make up
/// a state with it. Nothing where it would not be read back as this very state.
pub(crate) fn write_snapshot(size: u64, state: &State, origin: &Origin, signer: &Signer) -> Option<Vec<u8>> {
    let written = snapshot::write(size, state).ok()?;
    if !snapshot::read(&written).is_ok_and(|(of, told)| of == size && told == *state) {
        tracing::error!(size, "a snapshot does not tell the state as it is, and is not kept");
        return None;
    }
    let text = format!("{}\n{}\n", snapshot_line(origin), String::from_utf8(written).ok()?);
    Some(signer.sign(&text).ok()?.to_bytes())
}

fn read_snapshot(bytes: &[u8], origin: &Origin, signer: &Signer) -> Option<(u64, State)> {
    let note = Note::parse(bytes).ok()?;
    note.verify(&[signer.verifying_key().clone()]).ok()?;
    let (first, written) = note.text().split_once('\n')?;
    if first != snapshot_line(origin) {
        return None;
    }
    snapshot::read(written.strip_suffix('\n')?.as_bytes()).ok()
}

/// The newest snapshot that can be used, with its size; an empty state and 0 where there is none.
/// The size that counts is the one that was signed.
fn newest_snapshot(
    store: &mut dyn Store,
    size: u64,
    origin: &Origin,
    signer: &Signer,
) -> Result<(u64, State), ServiceError> {
    for (kept_at, bytes) in store.snapshots()? {
        match read_snapshot(&bytes, origin, signer) {
            Some((of, state)) if of <= size => return Ok((of, state)),
            Some(_) | None => tracing::warn!(size = kept_at, "a snapshot cannot be used and is passed over"),
        }
    }
    Ok((0, State::default()))
}
