//! The extract: some entries of a record as one file that a stranger verifies, each with the proof that it is in the
//! record. docs/log-format.md, "The extract", lists the files.
//!
//! [`write()`] is pure: the same record and question give the same bytes. [`verify`] reads the bytes alone. What an
//! extract shows of a range without gaps, that no entry of it is missing, the proofs show. That it holds every entry
//! about a gun, the log's key claims by signing the manifest, and the whole record alone can show.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Limits;
use proof::checkpoint::Checkpoint;
use proof::note::{Note, Signer, VerifyingKey};
use proof::receipt::Receipt;
use proof::tree::{Hash, Tree, hash_leaf, verify_inclusion};
use proof::zip;

use super::consistency::Held;
use super::extent::{Extent, enrols, opens, signer_of};
use super::files::{self, CHECKPOINT, Parts, WITNESSED, WITNESSED_PROOF};
use super::manifest::{Kind, MANIFEST};
use super::opened::{Beside, Learned, Opened};
use super::verify::{Trust, in_file};
use super::{
    Attached, BundleError, BundleFault, Stamped, Witnessed, assemble, consistency, size_in_stamp_name, stamped,
    witnessed,
};
use crate::about::{entered_by, named};
use crate::entry::{Body, Decision, Entry, Genesis};
use crate::erasure::{Erased, erases};
use crate::intent::Link;
use crate::keys::Keys;
use crate::verify::{Fault, check_epoch, check_genesis, is_anonymous_stop, key_of, only_voids};
use crate::{Id, Millis, Origin};

/// What was asked for, and which entries answer it.
const EXTENT: &str = "extract.json";

/// What an extract that holds was found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtractReport {
    /// The log's name.
    pub origin: Origin,
    /// The log's key.
    pub log_key: String,
    /// The limits that the founding set: every verdict was given by them.
    pub limits: Limits,
    /// How many entries the whole record has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// What is in it.
    pub extent: Extent,
    /// How many signatures of devices were checked.
    pub signatures: u64,
    /// When the last extracted entry was decided.
    pub last_decided_at: Millis,
    /// How many files the manifest lists.
    pub files: u64,
    /// How many texts are disclosed, each as an entry in it has a commitment to it.
    pub disclosed: u64,
    /// How many texts of the entries in it are redacted.
    pub redacted: u64,
    /// The files that the entries name.
    pub attached: Attached,
    /// Who outside has countersigned the checkpoint, or an older one.
    pub witnessed: Witnessed,
    /// Which authorities have stamped it, or older ones.
    pub stamped: Stamped,
    /// What of the texts and files was erased, as the entries in it say.
    pub erased: Erased,
}

fn entry_path(index: u64) -> String {
    format!("entries/{index}")
}

fn proof_path(index: u64) -> String {
    format!("proofs/{index}.tlog-proof")
}

/// Writes the extract of a record; `signer` is the log's.
///
/// # Errors
/// [`BundleError`], also where the extent names an entry that is not there.
pub fn write(parts: &Parts<'_>, extent: &Extent, signer: &Signer) -> Result<Vec<u8>, BundleError> {
    let key = signer.verifying_key();
    let places = extent.places();
    let read = files::read(parts.entries, key, |index| places.contains(&index))?;
    let mut files = files::around(parts, &read.origin, key, &read.devices, include_bytes!("readme_of_an_extract.txt"));
    files.push((EXTENT.to_owned(), extent.write()));
    files.extend(older(parts, &read.tree)?);
    for index in places {
        let (entry, receipt) = proven(parts, &read.tree, index).ok_or(BundleError::NotThere { index })?;
        files.push((entry_path(index), entry));
        files.push((proof_path(index), receipt.to_bytes()));
    }
    assemble(Kind::Extract, &read.origin, read.tree.size(), files, signer)
}

/// The older checkpoints that others vouched for, each with the proof that the newest goes on from it.
fn older(parts: &Parts<'_>, tree: &Tree) -> Result<Vec<(String, Vec<u8>)>, BundleError> {
    let newest = Note::parse(parts.checkpoint)?;
    let proof = |path: String, size: Option<u64>| Some((path, consistency::proof(tree, size?, &newest)?));
    let mut files = stamped::files(parts.stamps);
    files.extend(
        parts.stamps.iter().filter_map(|it| proof(stamped::proof_path(&it.name), size_in_stamp_name(&it.name))),
    );
    if let Some(witnessed) = parts.witnessed {
        let head = Note::parse(witnessed).ok().and_then(|note| Checkpoint::parse_text(note.text()).ok());
        files.push((WITNESSED.to_owned(), witnessed.to_vec()));
        files.extend(proof(WITNESSED_PROOF.to_owned(), head.map(|head| head.size)));
    }
    Ok(files)
}

fn proven(parts: &Parts<'_>, tree: &Tree, index: u64) -> Option<(Vec<u8>, Receipt)> {
    let entry = parts.entries.get(usize::try_from(index).ok()?)?;
    let path = tree.prove_inclusion(index, tree.size())?;
    Some((entry.clone(), Receipt { extra: None, index, path, checkpoint: parts.checkpoint.to_vec() }))
}

/// Does the file begin as an extract does? Whether it holds, is another question.
#[must_use]
pub fn is_extract(bytes: &[u8]) -> bool {
    let files = zip::read(bytes).unwrap_or_default();
    files.iter().any(|file| file.path == MANIFEST && Kind::of(file.bytes) == Some(Kind::Extract))
}

/// Verifies an extract.
///
/// # Errors
/// [`BundleFault`], the first thing that is wrong, with its place.
pub fn verify(bytes: &[u8], trust: &Trust<'_>) -> Result<ExtractReport, BundleFault> {
    let opened = Opened::open(bytes, Kind::Extract)?;
    let size = opened.head()?.size;
    let malformed = |sentence| BundleFault::of_file(EXTENT, "EXTRACT-FORM", sentence);
    let extent = Extent::read(opened.get(EXTENT)?).map_err(malformed)?;
    check_extent(&extent, size)?;
    check_paths(&opened, &extent)?;
    let Founding { key, limits, head } = founding(&opened, trust.key)?;
    let mut audit = Audit::new(&opened, head);
    for index in extent.places() {
        audit.entry(index)?;
    }
    audit.check_bounds(&extent)?;
    audit.check_answers(&extent)?;
    let held = audit.held();
    let beside = |fault: BundleFault| fault.beside_a_tree_of(held);
    opened.check_derived(&key, &audit.learned, held).map_err(beside)?;
    let by_proofs = Held::ByProofs(&audit.head, held);
    let witnessed = witnessed::check(&opened, by_proofs, &audit.learned, &key, trust).map_err(beside)?;
    let stamped = stamped::check(&opened, by_proofs, &key, trust).map_err(beside)?;
    let Beside { disclosed, redacted, attached, erased } = opened.check_beside(&audit.learned).map_err(beside)?;
    let last = extent.extracted.last().and_then(|index| audit.entries.get(index));
    Ok(ExtractReport {
        origin: opened.manifest.origin.clone(),
        log_key: key.to_string(),
        limits,
        size,
        root: audit.head.root,
        signatures: audit.signatures,
        last_decided_at: last.map_or(Millis(0), |entry| entry.decided_at),
        files: opened.count(),
        disclosed,
        redacted,
        attached,
        witnessed,
        stamped,
        erased,
        extent,
    })
}

/// The extent says one thing: of a range without gaps every place is there, and nothing lies outside the log.
fn check_extent(extent: &Extent, size: u64) -> Result<(), BundleFault> {
    let fault = |code, sentence: &str| BundleFault::of_file(EXTENT, code, sentence.to_owned());
    if extent.from >= extent.to || extent.to > size || (extent.day.is_some() && extent.moments.is_some()) {
        return Err(fault("EXTRACT-FORM", "its range is not one of this log"));
    }
    let outside = |index: &&u64| !(extent.from..extent.to).contains(index);
    if extent.extracted.is_empty() || extent.extracted.iter().any(|index| outside(&index)) {
        return Err(fault("EXTRACT-FORM", "an entry that was extracted lies outside its range"));
    }
    if extent.beside.iter().any(|index| *index >= size || extent.extracted.binary_search(index).is_ok()) {
        return Err(fault(
            "EXTRACT-FORM",
            "an entry beside those that were extracted is one of them, or not of this log",
        ));
    }
    if !extent.places().contains(&0) {
        return Err(fault(
            "GENESIS-MISSING",
            "the founding entry, which names the log's key, is not among the entries",
        ));
    }
    let missing = |(expected, found): (u64, &u64)| (expected != *found).then_some(expected);
    let gap = (extent.from..).zip(&extent.extracted).find_map(missing);
    let counted = u64::try_from(extent.extracted.len()).unwrap_or(u64::MAX);
    let gap = gap.or_else(|| extent.from.checked_add(counted).filter(|next| *next < extent.to));
    match gap.filter(|_| extent.is_gapless()) {
        Some(index) => {
            let sentence = "it is missing: the extract says that every entry of its range is there".to_owned();
            let fault = Fault { code: "EXTRACT-GAP", index: Some(index), sentence };
            Err(in_file(EXTENT, fault, 0))
        }
        None => Ok(()),
    }
}

/// Each entry that the extent names is there with its proof, and no other.
fn check_paths(opened: &Opened<'_>, extent: &Extent) -> Result<(), BundleFault> {
    let places = extent.places();
    for (prefix, path_of) in [("entries/", entry_path as fn(u64) -> String), ("proofs/", proof_path)] {
        let expected: BTreeSet<String> = places.iter().map(|index| path_of(*index)).collect();
        let found: BTreeSet<&str> = opened.paths(prefix).collect();
        if let Some(path) = expected.iter().find(|path| !found.contains(path.as_str())) {
            let sentence = "extract.json names its entry, and it is not there".to_owned();
            return Err(BundleFault::of_file(path, "EXTRACT-MISSING", sentence));
        }
        if let Some(path) = found.iter().find(|path| !expected.contains(**path)) {
            let sentence = "extract.json does not name its entry".to_owned();
            return Err(BundleFault::of_file(path, "EXTRACT-UNKNOWN", sentence));
        }
    }
    Ok(())
}

/// What the founding entry says, and the checkpoint that its key signed.
struct Founding {
    key: VerifyingKey,
    limits: Limits,
    head: Checkpoint,
}

/// The founding entry names the key that must have signed manifest and checkpoint.
fn founding(opened: &Opened<'_>, pinned: Option<&VerifyingKey>) -> Result<Founding, BundleFault> {
    let path = entry_path(0);
    let at = |fault| in_file(&path, fault, 0);
    let fault = |code, sentence: String| at(Fault { code, index: Some(0), sentence });
    let bytes = opened.get(&path)?;
    let origin = Entry::origin_of(bytes).map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
    let entry = Entry::decode(bytes, &origin).map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
    let Body::Genesis(genesis) = &entry.body else {
        return Err(fault("GENESIS-MISSING", "the first entry is not the founding of a log".to_owned()));
    };
    check_genesis(&entry, genesis, &origin).map_err(at)?;
    check_epoch(genesis, &origin).map_err(at)?;
    let (key, limits) = (log_key(genesis).map_err(at)?, genesis.limits);
    opened.check_founding(&origin, &key)?;
    if pinned.is_some_and(|pinned| *pinned != key) {
        return Err(fault("LOG-KEY", format!("the log names another key than the pinned one: {key}")));
    }
    let head = Checkpoint::open(opened.get(CHECKPOINT)?, &origin.to_string(), std::slice::from_ref(&key));
    let refused =
        |error| BundleFault::of_file(CHECKPOINT, "CHECKPOINT", format!("the checkpoint does not hold: {error}"));
    Ok(Founding { key, limits, head: head.map_err(refused)? })
}

fn log_key(genesis: &Genesis) -> Result<VerifyingKey, Fault> {
    let unreadable = |_| Fault { code: "LOG-KEY", index: Some(0), sentence: "the log's key cannot be read".to_owned() };
    genesis.log_key.parse().map_err(unreadable)
}

/// An extract under audit.
struct Audit<'a> {
    opened: &'a Opened<'a>,
    head: Checkpoint,
    checkpoint: &'a [u8],
    entries: BTreeMap<u64, Entry>,
    leaves: BTreeMap<u64, Hash>,
    acts: BTreeMap<Id, u64>,
    links: BTreeMap<Id, Link>,
    keys: Keys,
    learned: Learned,
    signatures: u64,
}

impl<'a> Audit<'a> {
    fn new(opened: &'a Opened<'a>, head: Checkpoint) -> Audit<'a> {
        Audit {
            opened,
            head,
            // It was read before: there is one.
            checkpoint: opened.get(CHECKPOINT).unwrap_or_default(),
            entries: BTreeMap::new(),
            leaves: BTreeMap::new(),
            acts: BTreeMap::new(),
            links: BTreeMap::new(),
            keys: Keys::default(),
            learned: Learned::default(),
            signatures: 0,
        }
    }

    fn held(&self) -> u64 {
        u64::try_from(self.entries.len()).unwrap_or(u64::MAX)
    }

    /// The next entry: its form, its place, its proof, and who signed it.
    fn entry(&mut self, index: u64) -> Result<(), BundleFault> {
        let path = entry_path(index);
        let held = self.held();
        let fault = |code, sentence: String| in_file(&path, Fault { code, index: Some(index), sentence }, held);
        let bytes = self.opened.get(&path)?;
        let entry = Entry::decode(bytes, &self.opened.manifest.origin)
            .map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
        if entry.index != index {
            return Err(fault("ENTRY-PLACE", format!("the entry says that its place is {}", entry.index)));
        }
        let leaf = hash_leaf(bytes);
        self.proof(index, &leaf)?;
        if self.entries.last_key_value().is_some_and(|(_, before)| entry.decided_at <= before.decided_at) {
            return Err(fault("TIME-BACKWARD", "it was not decided after the entry before it".to_owned()));
        }
        match &entry.body {
            Body::Carried(_) if !self.may_be_carried() => {
                let sentence = "what a new epoch carries over stands behind its first entry and nowhere else";
                return Err(fault("CARRIED-PLACE", sentence.to_owned()));
            }
            Body::Genesis(_) if index > 0 => return Err(fault("GENESIS-AGAIN", "a log is founded once".to_owned())),
            Body::Notice(notice) if !only_voids(notice) => {
                return Err(fault("NOTICE-ACTS", "a notice of the service did more than void".to_owned()));
            }
            Body::Decision(decision) => {
                self.decision(index, decision).map_err(|(code, sentence)| fault(code, sentence))?;
            }
            Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => {}
        }
        self.keys.learn(&entry);
        self.learned.learn(&entry);
        self.leaves.insert(index, leaf);
        self.entries.insert(index, entry);
        Ok(())
    }

    /// In an epoch above 0, before every other entry but the first.
    fn may_be_carried(&self) -> bool {
        let before = self.entries.last_key_value().map(|(_, before)| &before.body);
        let first = matches!(before, Some(Body::Genesis(_) | Body::Carried(_)));
        first && self.opened.manifest.origin.epoch() > 0
    }

    /// The entry's own proof leads to the root of the one checkpoint.
    fn proof(&self, index: u64, leaf: &Hash) -> Result<(), BundleFault> {
        let path = proof_path(index);
        let fault = |code, sentence: String| in_file(&path, Fault { code, index: Some(index), sentence }, self.held());
        let receipt =
            Receipt::parse(self.opened.get(&path)?).map_err(|error| fault(error.code(), error.to_string()))?;
        if receipt.index != index || receipt.extra.is_some() {
            return Err(fault(
                "PROOF-OTHER",
                format!("it is not the proof of this entry but of entry {}", receipt.index),
            ));
        }
        if receipt.checkpoint != self.checkpoint {
            let sentence = "its checkpoint is not the one of the extract".to_owned();
            return Err(fault("PROOF-CHECKPOINT", sentence));
        }
        verify_inclusion(leaf, index, self.head.size, &receipt.path, &self.head.root)
            .map_err(|error| fault(error.code(), error.to_string()))
    }

    /// The device's signature, and what the intent says of others, as far as they are in the extract.
    fn decision(&mut self, index: u64, decision: &Decision) -> Result<(), (&'static str, String)> {
        let intent = &decision.intent;
        let public = key_of(&self.keys, self.opened.manifest.origin.production(), decision)?;
        intent.verify(&public).map_err(|error| ("SIGNATURE", error.to_string()))?;
        self.signatures = self.signatures.saturating_add(1);
        if self.acts.insert(intent.said.id, index).is_some() {
            return Err(("INTENT-TWICE", "an intent with this id was recorded before".to_owned()));
        }
        self.link(decision, &public)?;
        if intent.said.seen.is_some_and(|seen| seen.size > index) {
            return Err(("SEEN-OTHER", "its device had seen more entries than there were".to_owned()));
        }
        let kernel::Intent::Take { offer, .. } = intent.said.intent else { return Ok(()) };
        let leaf = self.acts.get(&offer).and_then(|index| self.leaves.get(index)).copied();
        if leaf.is_some() && leaf != intent.said.names {
            return Err(("NAMES-OTHER", "the take does not name the entry of its offer".to_owned()));
        }
        Ok(())
    }

    /// What one device signed stands in its order. Between two of its intents others may be left out, so that only
    /// neighbours are held to each other's hash.
    fn link(&mut self, decision: &Decision, public: &[u8; 32]) -> Result<(), (&'static str, String)> {
        let fault = |sentence: String| Err(("DEVICE-CHAIN", sentence));
        let Some(link) = decision.intent.said.link else {
            let alone = is_anonymous_stop(decision);
            return if alone { Ok(()) } else { fault("the intent has no place in its device's chain".to_owned()) };
        };
        let device = crate::device::device_id(public);
        let last = self.links.get(&device).copied().unwrap_or(Link { dseq: 0, prev: None });
        if link.dseq <= last.dseq {
            return fault(format!("the device's intent {} comes after its intent {}", link.dseq, last.dseq));
        }
        let neighbours = link.dseq == last.dseq.saturating_add(1);
        if (neighbours && link.prev != last.prev) || (!neighbours && link.prev.is_none()) {
            return fault(format!("the device's intent {} does not follow the one before it", link.dseq));
        }
        self.links.insert(device, Link { dseq: link.dseq, prev: Some(decision.intent.text_hash()) });
        Ok(())
    }

    /// Every extracted entry is about what was asked for, and every other one has a cause to be there.
    fn check_answers(&self, extent: &Extent) -> Result<(), BundleFault> {
        let fault = |index: u64, sentence: &str| {
            let fault = Fault { code: "EXTRACT-OTHER", index: Some(index), sentence: sentence.to_owned() };
            in_file(&entry_path(index), fault, self.held())
        };
        let mut mentioned: BTreeSet<Id> = BTreeSet::new();
        for index in &extent.extracted {
            let Some(entry) = self.entries.get(index) else { continue };
            if !extent.is_gapless() && !extent.about.concerns(entry) {
                return Err(fault(*index, "it is not about what was extracted"));
            }
            mentioned.extend(named(entry));
        }
        let bounds: BTreeSet<u64> = extent.bounds(self.head.size).chain([0]).collect();
        let signers: BTreeSet<Id> = self.entries.values().filter_map(signer_of).collect();
        for index in extent.beside.iter().filter(|index| !bounds.contains(index)) {
            let Some(entry) = self.entries.get(index) else { continue };
            let enters = entry.events().iter().filter_map(entered_by).any(|id| mentioned.contains(&id));
            let erases = erases(entry).any(|(intent, ..)| self.acts.contains_key(&intent));
            if !enters && !erases && !enrols(entry).iter().any(|device| signers.contains(device)) {
                return Err(fault(*index, "nothing in the extract rests on it"));
            }
        }
        Ok(())
    }

    /// A day and a span of moments begin and end where they are said to: the entries just outside show it.
    fn check_bounds(&self, extent: &Extent) -> Result<(), BundleFault> {
        let fault = |index: u64, sentence: &str| {
            let fault = Fault { code: "EXTRACT-BOUND", index: Some(index), sentence: sentence.to_owned() };
            in_file(EXTENT, fault, self.held())
        };
        if let Some(index) = extent.bounds(self.head.size).find(|index| !self.entries.contains_key(index)) {
            return Err(fault(index, "it would show where the range begins or ends, and it is not there"));
        }
        for (index, entry) in &self.entries {
            let within = (extent.from..extent.to).contains(index);
            let of_the_moments = |(from, to): (Millis, Millis)| (from..to).contains(&entry.decided_at) == within;
            if !extent.moments.is_none_or(of_the_moments) {
                return Err(fault(*index, "by its time it lies on the other side of the range's end"));
            }
            let Some(day) = extent.day else { continue };
            let opened = opens(entry);
            let first = *index == extent.from;
            if (within && opened.is_some_and(|it| it != day || !first)) || (!within && opened == Some(day)) {
                return Err(fault(*index, "another day is opened within the range, or this one outside it"));
            }
            if (first || *index == extent.to) && opened.is_none() {
                return Err(fault(*index, "it opens no day, and the range is to begin or end there"));
            }
        }
        Ok(())
    }
}
