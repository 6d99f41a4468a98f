//! The one thread that writes: it decides, appends, reads back, signs, commits, publishes, answers.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use kernel::{Event, Intent, Proven, decide};
use proof::checkpoint::Checkpoint;
use proof::note::Signer;
use proof::tree::{Frontier, Hash, hash_leaf};
use record::entry::{Adopted, Body, Decision, Entry, Notice};
use record::intent::{Link, SignedIntent};
use record::label::{LabelKind, label};
use record::{Id, Millis, Origin};
use store::{SealError, Store};

use crate::archive::{self, Kept};
use crate::clock::RecordTime;
use crate::code::Window;
use crate::desk::Desk;
use crate::error::SubmitError;
use crate::key::LogKey;
use crate::load::{Core, Loaded, load, write_snapshot};
use crate::view::{Answer, View, answer, readable};
use crate::wrap::{WrapHead, wrapped_by};

/// The most intents in one commit.
const BATCH: usize = 512;

/// After how many entries a snapshot is kept.
const SNAPSHOT_EVERY: u64 = 1_000;

/// How long a record that cannot be read rests before the next attempt.
const RETRY: Duration = Duration::from_secs(1);

/// What the view says while the record is in doubt.
const IN_DOUBT: &str = "The record could not be written. Nothing of this may be believed: every gun is UNKNOWN.";

/// What the caller gets its answer by.
pub(crate) type Reply = Box<dyn FnOnce(Result<Answer, SubmitError>) + Send>;

/// An intent whose signature was verified, on its way to the writer.
pub(crate) struct Submission {
    pub(crate) intent: SignedIntent,
    /// The device whose enrolled key signed; none for a key that the intent brings.
    pub(crate) device: Option<Id>,
    /// The id of the key that signed, enrolled or not.
    pub(crate) signer: Id,
    /// How the person is proven, or why he is not. It is looked at only where the intent is new.
    pub(crate) proven: Result<Proven, SubmitError>,
    pub(crate) reply: Reply,
}

impl std::fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Submission").field("intent", &self.intent.said.id).finish_non_exhaustive()
    }
}

/// What became of a submission: the place of its entry, and whether it had been there before.
type Outcome = Result<(u64, bool), SubmitError>;

/// The writer of one production.
#[derive(Debug)]
pub(crate) struct Writer {
    store: Box<dyn Store>,
    key: LogKey,
    signer: Signer,
    origin: Origin,
    time: Arc<RecordTime>,
    desk: Arc<Desk>,
    /// What it decides on; nothing while the record is in doubt.
    core: Option<Core>,
    /// The tree over what was acknowledged.
    durable: Frontier,
    checkpoint: Vec<u8>,
    snapshot: u64,
    /// The clock jumped, and no durable entry says so yet.
    jumped: bool,
    /// Stops without log-in while everything is stopped.
    stops: Window,
    /// Where the newest head goes, to be kept outside the database.
    newest_head: Sender<Vec<u8>>,
    /// Where the head over a wrap goes, to be signed a second time.
    wraps: Sender<Arc<WrapHead>>,
}

/// Entries that were decided and are not durable yet.
#[derive(Debug, Default)]
struct Staged {
    kept: Vec<Kept>,
    by_intent: BTreeMap<Id, usize>,
    says_jumped: bool,
}

impl Writer {
    pub(crate) fn new(
        store: Box<dyn Store>,
        key: LogKey,
        loaded: Loaded,
        time: Arc<RecordTime>,
        desk: Arc<Desk>,
        newest_head: Sender<Vec<u8>>,
        wraps: Sender<Arc<WrapHead>>,
    ) -> Writer {
        let Loaded { core, origin, signer, founder: _, checkpoint, snapshot } = loaded;
        let durable = core.frontier.clone();
        let (core, jumped, stops) = (Some(core), false, Window::default());
        let writer = Writer {
            store,
            key,
            signer,
            origin,
            time,
            desk,
            core,
            durable,
            checkpoint,
            snapshot,
            jumped,
            stops,
            newest_head,
            wraps,
        };
        writer.tell_head();
        writer.tell_wrap();
        writer
    }

    /// The keeper of heads may have died of a fault of its own; the record goes on without it.
    fn tell_head(&self) {
        if self.newest_head.send(self.checkpoint.clone()).is_err() {
            tracing::error!("nobody keeps the newest head");
        }
    }

    /// As with [`Writer::tell_head`].
    fn tell_wrap(&self) {
        let Some(wrap) = self.core.as_ref().and_then(|core| core.wrap.clone()) else { return };
        if self.wraps.send(wrap).is_err() {
            tracing::error!("nobody signs the head over the wrap a second time");
        }
    }

    /// Runs until nobody is left who could ask. A fault of our own leaves every gun UNKNOWN.
    pub(crate) fn run(mut self, queue: &Receiver<Submission>) {
        let ended = catch_unwind(AssertUnwindSafe(|| self.serve(queue)));
        if ended.is_err() {
            tracing::error!("the writer failed and is gone; restart the service");
            self.desk.doubt(IN_DOUBT);
        }
    }

    fn serve(&mut self, queue: &Receiver<Submission>) {
        loop {
            let first = if self.core.is_some() {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                queue.recv_timeout(RETRY)
            };
            match first {
                Ok(first) => {
                    let more = queue.try_iter().take(BATCH.saturating_sub(1));
                    let batch: Vec<Submission> = std::iter::once(first).chain(more).collect();
                    self.answer_all(batch);
                }
                Err(RecvTimeoutError::Timeout) => self.reload(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.keep_snapshot();
    }

    /// Decides a batch, commits it, and only then answers anybody.
    fn answer_all(&mut self, batch: Vec<Submission>) {
        if self.core.is_none() {
            self.reload();
        }
        let mut staged = Staged::default();
        let mut outcomes: Vec<(Reply, Outcome)> = Vec::with_capacity(batch.len());
        for submission in batch {
            let Submission { intent, device, signer, proven, reply } = submission;
            let outcome = self.decide(&mut staged, intent, device, signer, proven);
            outcomes.push((reply, outcome));
        }
        let kept = staged.kept.is_empty() || self.commit(staged);
        let archive = self.core.as_ref().map(|core| Arc::clone(&core.archive));
        for (reply, outcome) in outcomes {
            let answered = outcome.and_then(|(index, repeated)| {
                let archive = archive.as_ref().filter(|_| kept).ok_or(SubmitError::StoreFailed)?;
                let archive = archive::read(archive);
                answer(&archive, index, self.durable.size(), &self.checkpoint, repeated).ok_or(SubmitError::StoreFailed)
            });
            reply(answered);
        }
        if self.core.is_none() {
            self.reload();
        } else if self.durable.size().saturating_sub(self.snapshot) >= SNAPSHOT_EVERY {
            self.keep_snapshot();
        }
    }

    fn decide(
        &mut self,
        staged: &mut Staged,
        intent: SignedIntent,
        device: Option<Id>,
        signer: Id,
        proven: Result<Proven, SubmitError>,
    ) -> Outcome {
        let Some(core) = self.core.as_mut() else { return Err(SubmitError::StoreFailed) };
        if let Some(outcome) = recorded_before(core, staged, &intent) {
            return outcome;
        }
        let proven = proven?;
        check_chain(core, &intent, device, signer)?;
        check_seen(core, &intent)?;
        check_names(core, staged, &intent)?;
        check_label(core, &intent, self.origin.production())?;
        let is_stop = matches!(intent.said.intent, Intent::Stop { .. });
        if is_stop && proven == Proven::Nobody && !core.state.stops.is_empty() {
            let now = self.time.monotonic_ms();
            if self.stops.full_for(now).is_some() {
                return Err(SubmitError::StoppedAlready);
            }
            self.stops.count(now);
        }
        self.jumped |= self.time.jumped();
        if self.jumped && !staged.says_jumped {
            notice(core, staged, &self.time, &self.origin)?;
        }
        if core.semantics != kernel::SEMANTICS {
            adopt(core, staged, &self.time, &self.origin)?;
        }
        let decided_at = Millis(self.time.decide_after(core.last_decided.0));
        let mut decision = Decision {
            device,
            proven,
            rules: core.rules_hash,
            semantics: core.semantics,
            accepted: false,
            reasons: Vec::new(),
            events: Vec::new(),
            intent,
        };
        let asked = decision.intent.said.intent;
        let verdict = decide(&core.rules, &core.state, &asked, &decision.context(decided_at));
        (decision.accepted, decision.reasons, decision.events) = (verdict.accepted, verdict.reasons, verdict.events);
        stage(core, staged, decided_at, Body::Decision(Box::new(decision)), &self.origin).map(|index| (index, false))
    }

    /// Says that the clock jumped, before anything else is decided.
    pub(crate) fn notice_jump(&mut self) -> bool {
        let mut staged = Staged::default();
        let Some(core) = self.core.as_mut() else { return false };
        notice(core, &mut staged, &self.time, &self.origin).is_ok() && self.commit(staged)
    }

    /// Makes a batch durable and publishes the view that has it. Where the store fails, nobody can
    /// say whether the batch was kept: the state is thrown away and read anew.
    fn commit(&mut self, staged: Staged) -> bool {
        let (first, root) = (self.durable.size(), self.core.as_ref().map(|core| core.frontier.root()));
        let bytes: Vec<Vec<u8>> = staged.kept.iter().map(|kept| kept.bytes.clone()).collect();
        let mut seal = Seal {
            before: &self.durable,
            meant: &staged.kept,
            root,
            origin: &self.origin,
            signer: &self.signer,
            signed: None,
        };
        let appended = self.store.append(first, &bytes, &mut |read_back| seal.sign(read_back));
        let signed = seal.signed.take();
        match (appended, signed) {
            (Ok(()), Some(checkpoint)) => {
                self.jumped &= !staged.says_jumped;
                self.publish(staged.kept, checkpoint);
                true
            }
            (appended, _) => {
                let code = appended.err().map_or("not-signed", |error| error.code());
                tracing::error!(code, first, entries = bytes.len(), "a batch could not be written");
                self.core = None;
                self.desk.doubt(IN_DOUBT);
                false
            }
        }
    }

    fn publish(&mut self, kept: Vec<Kept>, checkpoint: Vec<u8>) {
        let Some(core) = self.core.as_mut() else { return };
        let wrapped = kept.iter().rev().find_map(|kept| wrapped_by(&kept.entry));
        {
            let mut archive = archive::write(&core.archive);
            kept.into_iter().for_each(|kept| archive.push(kept));
        }
        self.durable = core.frontier.clone();
        self.checkpoint = checkpoint;
        if let Some(wrapped_at) = wrapped {
            core.wrap = Some(Arc::new(WrapHead {
                size: core.size(),
                note: self.checkpoint.clone(),
                wrapped_at_ms: wrapped_at.0,
                last_decided: core.last_decided,
            }));
        }
        self.time.decided(core.last_decided.0);
        self.desk.publish(view_of(core, &self.origin, &self.checkpoint));
        self.tell_head();
        if wrapped.is_some() {
            self.tell_wrap();
        }
    }

    /// Reads the record anew. It is believed again only where it holds everything that was ever
    /// acknowledged.
    fn reload(&mut self) {
        let loaded = match load(self.store.as_mut(), &self.key) {
            Ok(loaded) => loaded,
            Err(error) => {
                tracing::error!(code = error.code(), "the record cannot be read anew");
                return;
            }
        };
        let size = self.durable.size();
        if archive::read(&loaded.core.archive).root_at(size) != Some(self.durable.root()) {
            tracing::error!(size, "the store lost entries that were acknowledged");
            return;
        }
        self.durable = loaded.core.frontier.clone();
        self.checkpoint = loaded.checkpoint;
        self.tell_head();
        self.snapshot = loaded.snapshot;
        self.time.decided(loaded.core.last_decided.0);
        self.desk.publish(view_of(&loaded.core, &self.origin, &self.checkpoint));
        self.core = Some(loaded.core);
        self.tell_wrap();
    }

    /// A snapshot saves time at the next start and is no evidence: where it fails, all goes on.
    fn keep_snapshot(&mut self) {
        let Some(core) = self.core.as_ref().filter(|core| core.size() > self.snapshot) else { return };
        let size = core.size();
        self.snapshot = size;
        let Some(bytes) = write_snapshot(size, &core.state, &self.origin, &self.signer) else { return };
        if let Err(error) = self.store.put_snapshot(size, &bytes) {
            tracing::warn!(code = error.code(), size, "a snapshot could not be kept");
        }
    }
}

/// The view of a record as it stands.
pub(crate) fn view_of(core: &Core, origin: &Origin, checkpoint: &[u8]) -> View {
    View {
        state: readable(&core.state),
        rules: core.rules,
        origin: origin.clone(),
        size: core.size(),
        root: core.frontier.root(),
        checkpoint: checkpoint.to_vec(),
        doubt: None,
        names: Arc::default(),
        archive: Arc::clone(&core.archive),
        wrap: core.wrap.clone(),
    }
}

/// An intent whose id is recorded gets the recorded verdict, if its text is the same; some browsers
/// sign the same text differently each time.
fn recorded_before(core: &Core, staged: &Staged, intent: &SignedIntent) -> Option<Outcome> {
    let archive = archive::read(&core.archive);
    let here = staged.by_intent.get(&intent.said.id).and_then(|place| staged.kept.get(*place));
    let there = || archive.index_of(intent.said.id).and_then(|index| archive.get(index));
    let entry = &here.or_else(there)?.entry;
    let same = entry.intent().is_some_and(|recorded| recorded.text_hash() == intent.text_hash());
    Some(if same { Ok((entry.index, true)) } else { Err(SubmitError::IntentIdTaken) })
}

/// The device's counter and the hash of what it signed before.
fn check_chain(core: &Core, intent: &SignedIntent, device: Option<Id>, signer: Id) -> Result<(), SubmitError> {
    let Some(link) = intent.said.link else {
        // A key that no chain was begun with can at least stop everything.
        let may = matches!(intent.said.intent, Intent::Stop { .. }) && device.is_none();
        return if may { Ok(()) } else { Err(SubmitError::OrderMissing) };
    };
    let last = core.links.get(&signer).copied();
    let next = last.map_or(Link { dseq: 1, prev: None }, |last| Link { dseq: last.dseq.saturating_add(1), ..last });
    let (expected, found) = (next.dseq, link.dseq);
    if found > expected {
        Err(SubmitError::OrderGap { expected, found })
    } else if link != next {
        Err(SubmitError::OrderFork { expected, found })
    } else {
        Ok(())
    }
}

/// A device that saw a head which this log cannot extend has seen another log.
fn check_seen(core: &Core, intent: &SignedIntent) -> Result<(), SubmitError> {
    let Some(seen) = intent.said.seen else { return Ok(()) };
    if archive::read(&core.archive).root_at(seen.size) == Some(seen.root) {
        Ok(())
    } else {
        tracing::error!(size = seen.size, "a device has seen a head that is not of this log");
        Err(SubmitError::SeenAnother { size: seen.size })
    }
}

/// A take names the entry of its offer. An offer that is not recorded is the kernel's to refuse.
fn check_names(core: &Core, staged: &Staged, intent: &SignedIntent) -> Result<(), SubmitError> {
    let Intent::Take { offer, .. } = intent.said.intent else { return Ok(()) };
    let archive = archive::read(&core.archive);
    let here = staged.by_intent.get(&offer).and_then(|place| staged.kept.get(*place));
    let offered = here.or_else(|| archive.get(archive.index_of(offer)?));
    match offered {
        Some(offered) if intent.said.names != Some(offered.leaf) => Err(SubmitError::NamesAnother),
        Some(_) | None => Ok(()),
    }
}

/// Two things never share a label, and two devices never a key's name.
fn check_label(core: &Core, intent: &SignedIntent, production: Id) -> Result<(), SubmitError> {
    let (state, said) = (&core.state, &intent.said);
    let (kind, item, is_new) = if let Intent::AddPerson { person } = said.intent {
        (LabelKind::Person, person, !state.people.contains_key(&person))
    } else if let Intent::RegisterGun { gun, .. } = said.intent {
        (LabelKind::Gun, gun, !state.guns.contains_key(&gun))
    } else if let Intent::RegisterPlace { place, .. } = said.intent {
        (LabelKind::Place, place, !state.places.contains_key(&place))
    } else if let Intent::RegisterLot { lot, .. } | Intent::ReceiveLot { lot, .. } | Intent::ReBox { lot, .. } =
        said.intent
    {
        (LabelKind::Lot, lot, !state.lots.contains_key(&lot))
    } else if let Intent::EnrolDevice { device, .. } = said.intent {
        let taken = state.devices.keys().any(|other| *other != device && other.short() == device.short());
        return if taken { Err(SubmitError::LabelTaken { label: device.short() }) } else { Ok(()) };
    } else {
        return Ok(());
    };
    let label = label(kind, production, item);
    if is_new && core.labels.contains(&label) { Err(SubmitError::LabelTaken { label }) } else { Ok(()) }
}

fn notice(core: &mut Core, staged: &mut Staged, time: &RecordTime, origin: &Origin) -> Result<u64, SubmitError> {
    tracing::warn!("the clock jumped; every showing is void");
    let at = Millis(time.decide_after(core.last_decided.0));
    staged.says_jumped = true;
    let notice = Notice { events: vec![Event::ClockJumped { at }], adopts: None };
    stage(core, staged, at, Body::Notice(notice), origin)
}

/// A record of older rules goes on with those built in: before the first verdict by them it says so,
/// or nobody could tell by which rules which verdict was given.
fn adopt(core: &mut Core, staged: &mut Staged, time: &RecordTime, origin: &Origin) -> Result<u64, SubmitError> {
    let (older, newer) = (core.semantics, kernel::SEMANTICS);
    tracing::warn!(older, newer, "the record goes on with newer rules");
    let at = Millis(time.decide_after(core.last_decided.0));
    let notice = Notice { events: Vec::new(), adopts: Some(Adopted::built_in(&core.rules.limits())) };
    stage(core, staged, at, Body::Notice(notice), origin)
}

/// Writes an entry and goes on from the state that it makes. Nothing of it is durable yet.
fn stage(
    core: &mut Core,
    staged: &mut Staged,
    decided_at: Millis,
    body: Body,
    origin: &Origin,
) -> Result<u64, SubmitError> {
    let index = core.size();
    let entry = Entry { index, decided_at, body };
    let bytes = entry.encode(origin).map_err(|error| {
        tracing::error!(%error, index, "an entry cannot be written");
        SubmitError::TooLarge
    })?;
    let leaf = hash_leaf(&bytes);
    core.follow(&entry, leaf, origin.production(), true);
    if let Some(intent) = entry.intent() {
        staged.by_intent.insert(intent.said.id, staged.kept.len());
    }
    staged.kept.push(Kept { entry, bytes, leaf });
    Ok(index)
}

/// Signs what the database gives back, if it is what was meant: a log that signs what it meant to
/// write is lost at the first wrong bit.
struct Seal<'a> {
    before: &'a Frontier,
    meant: &'a [Kept],
    root: Option<Hash>,
    origin: &'a Origin,
    signer: &'a Signer,
    signed: Option<Vec<u8>>,
}

impl Seal<'_> {
    fn sign(&mut self, read_back: &[Vec<u8>]) -> Result<Vec<u8>, SealError> {
        let mut frontier = self.before.clone();
        if read_back.len() != self.meant.len() {
            return Err(SealError::new("the database gave back another number of entries"));
        }
        for (bytes, meant) in read_back.iter().zip(self.meant) {
            let entry = Entry::decode(bytes, self.origin).map_err(|error| SealError::new(error.to_string()))?;
            let leaf = hash_leaf(bytes);
            if leaf != meant.leaf || entry != meant.entry {
                return Err(SealError::new(format!("entry {} was read back as another", meant.entry.index)));
            }
            frontier.push(leaf);
        }
        if Some(frontier.root()) != self.root {
            return Err(SealError::new("the tree over what was read back has another root"));
        }
        let head = Checkpoint { origin: self.origin.to_string(), size: frontier.size(), root: frontier.root() };
        let note = self.signer.sign(&head.to_text()).map_err(|error| SealError::new(error.to_string()))?;
        let bytes = note.to_bytes();
        self.signed = Some(bytes.clone());
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::{Device, Intent, Limits, Rules};
    use proof::tree::Hash;
    use record::intent::{Said, SignedIntent};
    use record::{Id, Millis};

    use super::check_label;
    use crate::load::Core;

    fn id(first: u8, last: u8) -> Id {
        let mut bytes = [0; 16];
        (bytes[0], bytes[15]) = (first, last);
        Id::from_bytes(bytes)
    }

    fn enrolment(device: Id) -> SignedIntent {
        let said = Said {
            id: id(9, 9),
            by: Some(id(8, 8)),
            claimed_at: Millis(0),
            intent: Intent::EnrolDevice { invitation: id(7, 7), device },
            link: None,
            seen: None,
            names: None,
            key: None,
            digests: BTreeMap::new(),
            attachments: Vec::new(),
        };
        SignedIntent { said, key_name: String::new(), note: Vec::new() }
    }

    /// The name of a key holds eight hex digits of the device's id: whoever makes keys for long
    /// enough finds one with another's name.
    #[test]
    fn two_devices_never_share_a_keys_name() {
        let limits = Limits { showing_life: 1, identity_life: 1, ask_tolerance: 1 };
        let mut core = Core::new(Rules::new(limits), Hash([0; 32]), kernel::SEMANTICS);
        let there = Device { owner: id(8, 8), invitation: id(7, 7), revoked: true };
        core.state.devices.insert(id(1, 1), there);
        let code = |device| check_label(&core, &enrolment(device), id(0, 0)).map_err(|error| error.code());
        assert_eq!(code(id(1, 2)), Err("LABEL-TAKEN"));
        assert_eq!(code(id(2, 2)), Ok(()));
        assert_eq!(code(id(1, 1)), Ok(()), "the same device twice is the kernel's to refuse");
    }
}
