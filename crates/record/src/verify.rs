//! Whether a record holds: signatures, tree, order, and the kernel run again.
//!
//! The verifier trusts nothing but the log's key, which the first entry names and the caller may
//! pin. It reads each entry once and stops at the first thing that is wrong.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use kernel::{Intent, Limits, Proven, Role, Roles, Rules, SEMANTICS, decide, evolve};
use proof::checkpoint::Checkpoint;
use proof::note::VerifyingKey;
use proof::tree::{Hash, Tree, hash_leaf};

use crate::device::device_id;
use crate::entry::{Adopted, Body, Decision, Entry, Genesis, Notice, founder_in, rules_hash};
use crate::epoch::{Before, Carried, ends_voided, open_before};
use crate::intent::{IntentError, Link, SignedIntent};
use crate::keys::{Keys, brought, brought_by};
use crate::look::{Eye, Looked, Signed, look_while};
use crate::schema::schema_hash;
use crate::{Event, Id, Millis, Origin, State};

/// What is wrong, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The stable code.
    pub code: &'static str,
    /// The entry, where it is one.
    pub index: Option<u64>,
    /// In a sentence.
    pub sentence: String,
}

/// Whether the kernel was run again over the record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Replayed {
    /// Every verdict came out as recorded.
    Replayed,
    /// Rules of the record, or of a part of it, have another number than the ones built in; signatures
    /// and tree were checked, the verdicts of those rules were not: [`Report::compared`] says how many
    /// verdicts of other parts were.
    NotReplayed {
        /// The first number in the record that is not the one built in.
        recorded: u32,
        /// The number built in.
        built_in: u32,
    },
    /// It was asked to leave the replay out: no verdict was compared. Everything else was checked.
    LeftOut,
}

/// How much of a record is verified.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Effort {
    /// Whether the kernel is run again over it, and every verdict compared.
    pub replay: bool,
    /// How many threads look at entries before their turn comes. However many, the same is found. WebAssembly has one.
    pub threads: NonZeroUsize,
}

impl Default for Effort {
    /// Everything, on the caller's thread alone.
    fn default() -> Effort {
        Effort { replay: true, threads: NonZeroUsize::MIN }
    }
}

/// Entries that were looked at before their turn; none, and each is looked at in its turn. [`Verifier::entries`] gives it.
#[derive(Debug, Default)]
pub struct Ahead(Vec<Looked>);

/// What a record that holds was found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The log's name.
    pub origin: Origin,
    /// The log's key.
    pub log_key: String,
    /// The limits that the founding set: every verdict was given by them.
    pub limits: Limits,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// How many signatures of devices were checked.
    pub signatures: u64,
    /// Whether verdicts were compared.
    pub replayed: Replayed,
    /// How many verdicts were compared with what the rules give, run again.
    pub compared: u64,
    /// The entries whose verdicts were made by rules that are not the ones built in: up to which without it, and by which
    /// numbers, the lowest and the highest.
    pub by_other_rules: Vec<OtherRules>,
    /// When the last entry was decided.
    pub last_decided_at: Millis,
    /// Of a later epoch, what it goes on from. What was carried over is that log's to show.
    pub before: Option<Before>,
}

/// Entries of a record whose verdicts other rules made than the ones built in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OtherRules {
    /// The first of them.
    pub from: u64,
    /// The first behind them.
    pub to: u64,
    /// The lowest number of their rules.
    pub lowest: u32,
    /// The highest.
    pub highest: u32,
}

/// A verification under way. Feed it every entry in order, then the newest checkpoint.
#[derive(Debug)]
pub struct Verifier {
    eye: Arc<Eye>,
    rules: Rules,
    rules_hash: Hash,
    log_key: String,
    /// The number of the rules in force.
    semantics: u32,
    /// The first number that was in force and is not the one built in.
    other_semantics: Option<u32>,
    by_other_rules: Vec<OtherRules>,
    compared: u64,
    state: State,
    keys: Keys,
    tree: Tree,
    links: BTreeMap<Id, Link>,
    acts: BTreeMap<Id, u64>,
    last_decided_at: Millis,
    signatures: u64,
    before: Option<Before>,
    effort: Effort,
    /// Whether parts of what is carried over from the epoch before are still to come.
    carrying: bool,
}

impl Verifier {
    /// Begins with the first entry.
    ///
    /// # Errors
    /// The fault in it, where there is one.
    pub fn begin(first: &[u8]) -> Result<Verifier, Fault> {
        let fault = |code, sentence: String| Fault { code, index: Some(0), sentence };
        let origin = Entry::origin_of(first).map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
        let entry = Entry::decode(first, &origin).map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
        let Body::Genesis(genesis) = &entry.body else {
            return Err(fault("GENESIS-MISSING", "the first entry is not the founding of a log".to_owned()));
        };
        check_genesis(&entry, genesis, &origin)?;
        let mut verifier = Verifier {
            rules: genesis.whole_rules(),
            rules_hash: genesis.rules,
            log_key: genesis.log_key.clone(),
            semantics: genesis.semantics,
            other_semantics: (genesis.semantics != SEMANTICS).then_some(genesis.semantics),
            by_other_rules: Vec::new(),
            compared: 0,
            state: State::default(),
            keys: Keys::default(),
            tree: Tree::default(),
            links: BTreeMap::new(),
            acts: BTreeMap::new(),
            last_decided_at: entry.decided_at,
            signatures: 0,
            effort: Effort::default(),
            carrying: genesis.previous.is_some(),
            before: check_epoch(genesis, &origin)?,
            eye: Arc::new(Eye::new(origin)),
        };
        verifier.keep(&entry, hash_leaf(first));
        Ok(verifier)
    }

    /// The same, with as much effort as is asked for instead of all.
    #[must_use]
    pub fn with(self, effort: Effort) -> Verifier {
        Verifier { effort, ..self }
    }

    /// The next entry.
    ///
    /// # Errors
    /// The fault in it, where there is one.
    pub fn entry(&mut self, bytes: &[u8]) -> Result<Entry, Fault> {
        let looked = self.eye.look(bytes);
        self.judge(looked)
    }

    /// The next entries, while the other threads look at those that come `then`. `ahead` is what was given back when these
    /// were the ones to come; `held` is told of every entry that holds.
    ///
    /// # Errors
    /// The first fault in the log's order, where there is one. [`Verifier::size`] says how many hold.
    pub fn entries<B: AsRef<[u8]> + Sync>(
        &mut self,
        entries: &[B],
        ahead: Ahead,
        then: &[B],
        held: &mut dyn FnMut(&Entry),
    ) -> Result<Ahead, Fault> {
        let threads = self.effort.threads;
        if threads == NonZeroUsize::MIN || cfg!(target_family = "wasm") {
            self.pass(entries, held)?;
            return Ok(Ahead::default());
        }
        let eye = Arc::clone(&self.eye);
        look_while(&eye, threads, then, || {
            let unseen = entries.get(ahead.0.len()..).unwrap_or_default();
            for looked in ahead.0 {
                held(&self.judge(looked)?);
            }
            self.pass(unseen, held)
        })
        .map(Ahead)
    }

    /// The next entries, which nobody looked at yet.
    fn pass<B: AsRef<[u8]>>(&mut self, entries: &[B], held: &mut dyn FnMut(&Entry)) -> Result<(), Fault> {
        entries.iter().try_for_each(|bytes| self.entry(bytes.as_ref()).map(|entry| held(&entry)))
    }

    /// The next entry, whatever was seen of it.
    fn judge(&mut self, looked: Looked) -> Result<Entry, Fault> {
        let index = self.tree.size();
        let fault = |code, sentence: String| Fault { code, index: Some(index), sentence };
        let entry = looked.entry.map_err(|error| fault("ENTRY-MALFORMED", error.to_string()))?;
        if entry.index != index {
            return Err(fault("ENTRY-PLACE", format!("the entry says that its place is {}", entry.index)));
        }
        if entry.decided_at <= self.last_decided_at {
            return Err(fault("TIME-BACKWARD", "it was not decided after the entry before it".to_owned()));
        }
        if self.carrying != matches!(entry.body, Body::Carried(_)) {
            let sentence = "what a new epoch carries over stands behind its first entry, whole, and nowhere else";
            return Err(fault("CARRIED-PLACE", sentence.to_owned()));
        }
        match &entry.body {
            Body::Genesis(_) => return Err(fault("GENESIS-AGAIN", "a log is founded once".to_owned())),
            Body::Carried(carried) => self.carried(carried).map_err(|(code, text)| fault(code, text.to_owned()))?,
            Body::Notice(notice) => {
                if !only_voids(notice) {
                    return Err(fault("NOTICE-ACTS", "a notice of the service did more than void".to_owned()));
                }
                if let Some(adopted) = &notice.adopts {
                    self.adopt(adopted).map_err(|text| fault("RULES-OTHER", text.to_owned()))?;
                }
            }
            Body::Decision(decision) => {
                let judged = self.decision(&entry, decision, looked.signed.as_ref());
                judged.map_err(|(code, text)| fault(code, text))?;
            }
        }
        self.keep(&entry, looked.leaf);
        self.check_carried_whole().map_err(|(code, text)| fault(code, text.to_owned()))?;
        Ok(entry)
    }

    /// A part of what is carried over. The highest head of the epoch before stands in the first part alone.
    fn carried(&mut self, carried: &Carried) -> Result<(), (&'static str, &'static str)> {
        if let Some(note) = &carried.lost {
            let key = self.log_key.parse().ok().filter(|_| self.tree.size() == 1);
            let head = key.and_then(|key| open_before(note.as_bytes(), self.origin(), &key));
            let head = head.ok_or(("CARRIED-LOST", "the lost head is no head of the epoch before"))?;
            if let Some(before) = &mut self.before {
                before.lost_at = Some(head.size);
            }
        }
        if carried.last && !ends_voided(&carried.events) {
            return Err(("CARRIED-NOT-VOIDED", "what is carried over must end with a stop, and no showing may hold"));
        }
        self.carrying = !carried.last;
        Ok(())
    }

    /// Every device that was carried over has its key, and only those that were.
    fn check_carried_whole(&self) -> Result<(), (&'static str, &'static str)> {
        let has_key = |device: &Id| self.keys.of(*device).is_some();
        let is_last = self.before.is_some() && !self.carrying && self.signatures == 0;
        if is_last && !self.state.devices.keys().all(has_key) {
            return Err(("CARRIED-KEYS", "a device was carried over without its key"));
        }
        Ok(())
    }

    /// The log's key is the one that the caller pinned, if he did.
    ///
    /// # Errors
    /// The fault where it is not: then no entry holds.
    pub fn check_pinned(&self, pinned: Option<&VerifyingKey>) -> Result<(), Fault> {
        match pinned.filter(|key| key.to_string() != self.log_key) {
            Some(_) => {
                let sentence = format!("the log names another key than the pinned one: {}", self.log_key);
                Err(Fault { code: "LOG-KEY", index: None, sentence })
            }
            None => Ok(()),
        }
    }

    /// The newest checkpoint: the log's key signed this very tree.
    ///
    /// # Errors
    /// The fault in it, where there is one; also where the log's key is not the one that the
    /// caller pinned.
    pub fn finish(self, checkpoint: &[u8], pinned: Option<&VerifyingKey>) -> Result<Report, Fault> {
        let fault = |code, sentence: String| Fault { code, index: None, sentence };
        let own: VerifyingKey =
            self.log_key.parse().map_err(|_| fault("LOG-KEY", "the log's key cannot be read".to_owned()))?;
        self.check_pinned(pinned)?;
        let head = Checkpoint::open(checkpoint, self.origin().as_str(), &[own])
            .map_err(|error| fault("CHECKPOINT", format!("the checkpoint does not hold: {error}")))?;
        if head.size != self.tree.size() {
            let (has, says) = (self.tree.size(), head.size);
            let sentence = format!("the log has {has} entries, and its newest checkpoint was signed over {says}");
            return Err(fault("CHECKPOINT-SIZE", sentence));
        }
        if head.root != self.tree.root() {
            return Err(fault("TREE-ROOT", "the entries are not those that the checkpoint was signed over".to_owned()));
        }
        if self.carrying {
            let sentence = "the last part of what is carried over from the epoch before is missing";
            return Err(fault("CARRIED-PLACE", sentence.to_owned()));
        }
        let replayed = match self.other_semantics {
            _ if !self.effort.replay => Replayed::LeftOut,
            None => Replayed::Replayed,
            Some(recorded) => Replayed::NotReplayed { recorded, built_in: SEMANTICS },
        };
        Ok(Report {
            origin: self.eye.origin().clone(),
            log_key: self.log_key,
            limits: self.rules.limits(),
            size: head.size,
            root: head.root,
            signatures: self.signatures,
            replayed,
            compared: self.compared,
            by_other_rules: self.by_other_rules,
            last_decided_at: self.last_decided_at,
            before: self.before,
        })
    }

    /// The log's name.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        self.eye.origin()
    }

    /// The log's key, as the first entry names it.
    #[must_use]
    pub fn log_key(&self) -> &str {
        &self.log_key
    }

    /// How many entries hold so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The tree over the entries so far.
    #[must_use]
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The state after the entries so far.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    fn keep(&mut self, entry: &Entry, leaf: Hash) {
        if self.semantics != SEMANTICS {
            self.made_by_other_rules(entry.index);
        }
        self.tree.push(leaf);
        self.keys.learn(entry);
        if !brought(entry).is_empty() {
            // Whoever looks ahead just now goes on with the keys as they were: what it then misses is looked at in its turn.
            Arc::make_mut(&mut self.eye).learn(entry, &self.keys);
        }
        entry.events().iter().for_each(|event| evolve(&mut self.state, event));
        self.last_decided_at = entry.decided_at;
        if let Some(intent) = entry.intent() {
            self.acts.insert(intent.said.id, entry.index);
        }
    }

    /// This entry stands under rules that are not built in.
    fn made_by_other_rules(&mut self, index: u64) {
        let (to, number) = (index.saturating_add(1), self.semantics);
        match self.by_other_rules.last_mut().filter(|last| last.to == index) {
            // The number only ever rises.
            Some(last) => (last.to, last.highest) = (to, number),
            None => self.by_other_rules.push(OtherRules { from: index, to, lowest: number, highest: number }),
        }
    }

    fn decision(
        &mut self,
        entry: &Entry,
        decision: &Decision,
        signed: Option<&Signed>,
    ) -> Result<(), (&'static str, String)> {
        let intent = &decision.intent;
        let enrolled = signed.and_then(|signed| signed.enrolled(decision.device));
        let public = enrolled.map_or_else(|| key_of(&self.keys, self.origin().production(), decision), Ok)?;
        let bad = || ("SIGNATURE", IntentError::Signature.to_string());
        let signed = signed.filter(|signed| signed.is_by(&public)).ok_or_else(bad)?;
        self.signatures = self.signatures.saturating_add(1);
        if self.acts.contains_key(&intent.said.id) {
            return Err(("INTENT-TWICE", "an intent with this id was recorded before".to_owned()));
        }
        self.link(decision, &public, signed.text)?;
        self.seen(intent)?;
        self.names(intent)?;
        self.proven(decision)?;
        if decision.semantics != self.semantics || decision.rules != self.rules_hash {
            return Err(("RULES-OTHER", "the verdict was made by other rules than the log adopted".to_owned()));
        }
        if self.effort.replay && self.semantics == SEMANTICS {
            let context = decision.context(entry.decided_at);
            let verdict = decide(&self.rules, &self.state, &intent.said.intent, &context);
            let recorded = (decision.accepted, decision.reasons.as_slice(), decision.events.as_slice());
            if (verdict.accepted, verdict.reasons.as_slice(), verdict.events.as_slice()) != recorded {
                return Err(("REPLAY", "the rules give another verdict than the one recorded".to_owned()));
            }
            self.compared = self.compared.saturating_add(1);
        }
        Ok(())
    }

    /// A log goes on with newer rules, never with older ones, and keeps its limits.
    fn adopt(&mut self, adopted: &Adopted) -> Result<(), &'static str> {
        if adopted.semantics <= self.semantics {
            return Err("the log goes on with rules that are no newer than those it had");
        }
        if adopted.semantics == SEMANTICS {
            if *adopted != Adopted::built_in(&self.rules.limits()) {
                return Err("the rules it goes on with have the number of those built in, and another hash");
            }
        } else {
            self.other_semantics.get_or_insert(adopted.semantics);
        }
        (self.semantics, self.rules_hash) = (adopted.semantics, adopted.rules);
        Ok(())
    }

    /// The device's counter and the hash of what it signed before: a gap or a fork shows here.
    fn link(&mut self, decision: &Decision, public: &[u8; 32], text: Hash) -> Result<(), (&'static str, String)> {
        let Some(link) = decision.intent.said.link else {
            return if is_anonymous_stop(decision) {
                Ok(())
            } else {
                Err(("DEVICE-CHAIN", "the intent has no place in its device's chain".to_owned()))
            };
        };
        // The device of an enrolled key was held to the key already.
        let device = decision.device.unwrap_or_else(|| device_id(public));
        let last = self.links.get(&device).copied();
        let expected = last.map_or(Link { dseq: 1, prev: None }, |it| Link { dseq: it.dseq.saturating_add(1), ..it });
        if link != expected {
            let sentence = format!("the device's intent {} was expected, and {} came", expected.dseq, link.dseq);
            return Err(("DEVICE-CHAIN", sentence));
        }
        self.links.insert(device, Link { dseq: link.dseq, prev: Some(text) });
        Ok(())
    }

    /// What the signer had seen must have been there.
    fn seen(&self, intent: &SignedIntent) -> Result<(), (&'static str, String)> {
        match intent.said.seen {
            Some(seen) if self.tree.root_at(seen.size) != Some(seen.root) => {
                Err(("SEEN-OTHER", format!("its device had seen another log of {} entries", seen.size)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Nobody was proven on a device of his own that is another's. The kernel asks so of what it accepts, but of no stop.
    fn proven(&self, decision: &Decision) -> Result<(), (&'static str, String)> {
        let owner = decision.device.and_then(|device| self.state.devices.get(&device)).map(|device| device.owner);
        if decision.proven == Proven::OwnDevicePin && (owner.is_none() || owner != decision.intent.said.by) {
            let sentence = "it says that the person was proven on a device of his own, and the device is not his";
            return Err(("PROVEN-OTHER", sentence.to_owned()));
        }
        Ok(())
    }

    /// A take names the entry of its offer.
    fn names(&self, intent: &SignedIntent) -> Result<(), (&'static str, String)> {
        let Intent::Take { offer, .. } = intent.said.intent else { return Ok(()) };
        let leaf = self.acts.get(&offer).and_then(|index| self.tree.subtree(0, *index));
        if leaf.is_some() && leaf != intent.said.names {
            return Err(("NAMES-OTHER", "the take does not name the entry of its offer".to_owned()));
        }
        Ok(())
    }
}

/// The key that must have signed: the enrolled device's, or the one that the intent brings.
pub(crate) fn key_of(keys: &Keys, production: Id, decision: &Decision) -> Result<[u8; 32], (&'static str, String)> {
    let said = &decision.intent.said;
    let named = keys.named(production, &decision.intent.key_name);
    match (decision.device, said.key) {
        (Some(device), None) => match named {
            Some((owner, key)) if owner == device => Ok(key),
            Some(_) | None => Err(("DEVICE-UNKNOWN", "no enrolled device has the key that signed".to_owned())),
        },
        (None, Some(_)) => {
            let sentence = "it brings a key of its own, and is no stop and no enrolment of that key's device and name";
            let brought = brought_by(&decision.intent, production).map(|(_, key)| key);
            brought.ok_or_else(|| ("DEVICE-UNKNOWN", sentence.to_owned()))
        }
        (Some(_), Some(_)) | (None, None) => {
            Err(("DEVICE-UNKNOWN", "nothing says with which key it was signed".to_owned()))
        }
    }
}

/// A stop by a device that nobody enrolled stands in no device's chain.
pub(crate) fn is_anonymous_stop(decision: &Decision) -> bool {
    matches!(decision.intent.said.intent, Intent::Stop { .. }) && decision.device.is_none()
}

/// A notice gives nobody anything.
pub(crate) fn only_voids(notice: &Notice) -> bool {
    notice.events.iter().all(|event| matches!(event, kernel::Event::ClockJumped { .. }))
}

/// A first epoch goes on from nothing, and a later one from a checkpoint of the one before.
pub(crate) fn check_epoch(genesis: &Genesis, origin: &Origin) -> Result<Option<Before>, Fault> {
    let fault = |sentence: &str| Fault { code: "GENESIS-EPOCH", index: Some(0), sentence: sentence.to_owned() };
    match (&genesis.previous, origin.epoch()) {
        (None, 0) => Ok(None),
        (None, _) | (Some(_), 0) => {
            Err(fault("the first epoch goes on from nothing, and every later one from one before"))
        }
        (Some(note), _) => {
            let key = genesis.log_key.parse().map_err(|_| fault("the log's key cannot be read"))?;
            let checkpoint = open_before(note.as_bytes(), origin, &key);
            let checkpoint = checkpoint.ok_or_else(|| fault("it goes on from no checkpoint of the epoch before"))?;
            Ok(Some(Before { checkpoint, lost_at: None }))
        }
    }
}

pub(crate) fn check_genesis(entry: &Entry, genesis: &Genesis, origin: &Origin) -> Result<(), Fault> {
    let fault = |code, sentence: &str| Err(Fault { code, index: Some(0), sentence: sentence.to_owned() });
    if entry.index != 0 || genesis.production != origin.production() {
        return fault("ENTRY-PLACE", "the founding entry names another place or production");
    }
    if genesis.semantics == SEMANTICS {
        if genesis.rules != rules_hash(&genesis.limits) {
            return fault("RULES-OTHER", "the rules have the same number as those built in, and another hash");
        }
        if genesis.schema != schema_hash() {
            return fault("SCHEMA-OTHER", "the schema of intents has another hash than the one built in");
        }
    }
    if !only_founds(genesis, origin) {
        return fault("GENESIS-ACTS", "the founding did more than enter its founder, and nobody signed for that");
    }
    Ok(())
}

/// A founding enters its founder; in a first epoch also an open day, on which he is the producer, and his device.
fn only_founds(genesis: &Genesis, origin: &Origin) -> bool {
    let Some(founder) = founder_in(&genesis.events) else { return false };
    let (producer, own) = (Roles::NONE.with(Role::Producer), device_id(&genesis.founder_key));
    let of_the_first_epoch = |event: &Event| {
        if let Event::RolesAssigned { person, roles, answers_to, .. } = event {
            (*person, *roles, *answers_to) == (founder, producer, None)
        } else if let Event::DeviceEnrolled { device, person, .. } = event {
            (*device, *person) == (own, founder)
        } else {
            matches!(event, Event::DayOpened { .. })
        }
    };
    let is_his_entry = |event: &Event| *event == Event::PersonAdded { person: founder };
    genesis.events.iter().all(|event| is_his_entry(event) || (origin.epoch() == 0 && of_the_first_epoch(event)))
}
