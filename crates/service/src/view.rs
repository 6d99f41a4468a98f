//! Everything that may be read, as of one head of the log.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use kernel::{
    Card, Check, Context, Doubt, OpenAct, Proven, Readings, Rules, ShowingState, Status, Tally, decide, evolve,
};
use proof::tree::Hash;
use record::entry::{Body, Decision};
use record::history;
use record::label::LabelKind;
use record::words::{Facts, Sentences, sentences};
use record::{Event, Id, Intent, Millis, Origin, Real, Reason, State};

use crate::archive::{self, Archive, Kept};
use crate::people::Session;
use crate::wrap::WrapHead;

/// The record as of one head. A view never changes; the next commit makes another.
#[derive(Clone, Debug)]
pub struct View {
    /// The state. The readings of a check that is under way are blanked out in it: nobody reads
    /// them here, whatever he does with a view.
    pub state: State,
    /// The rules in force.
    pub rules: Rules,
    /// The log's name.
    pub origin: Origin,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// The signed checkpoint over them.
    pub checkpoint: Vec<u8>,
    /// Why nothing of this may be believed now: the record could not be written or does not verify.
    /// Every gun is UNKNOWN while this stands.
    pub doubt: Option<String>,
    /// The first head over the newest wrap.
    pub wrap: Option<Arc<WrapHead>>,
    pub(crate) names: Arc<BTreeMap<Id, String>>,
    pub(crate) archive: Arc<RwLock<Archive>>,
}

/// The recorded answer to an intent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The intent.
    pub intent: Id,
    /// The place of its entry.
    pub index: u64,
    /// When it was decided, in Unix milliseconds.
    pub decided_at_ms: i64,
    /// Whether the ask was granted, or the report recorded.
    pub accepted: bool,
    /// Every rule that was not met, sorted by code; of an accepted report the breaches.
    pub reasons: Vec<Reason>,
    /// The proof that the entry is in the log: the bytes of a `.tlog-proof` file.
    pub receipt: Vec<u8>,
    /// Whether the intent had been recorded before.
    pub repeated: bool,
}

/// The answer to an intent as anybody may read it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Recorded {
    /// A blind answer that is still kept closed.
    Sealed {
        /// The place of its entry.
        index: u64,
        /// The hash of its leaf.
        leaf_hash: Hash,
    },
    /// Any other.
    Open(Answer),
}

/// An entry as anybody may read it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EntryView {
    /// A blind answer that is still kept closed.
    Sealed {
        /// Its place.
        index: u64,
        /// The hash of its leaf, which can not be guessed: the note in it is signed.
        leaf_hash: Hash,
    },
    /// Any other.
    Open {
        /// The bytes of the leaf.
        bytes: Vec<u8>,
    },
}

/// One line of a gun's timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    /// Its place in the log.
    pub index: u64,
    /// When it was decided, in Unix milliseconds.
    pub decided_at_ms: i64,
    /// When it was made by the device's clock, in Unix milliseconds.
    pub claimed_at_ms: i64,
    /// The intent.
    pub intent: Id,
    /// The word for what was asked or reported.
    pub kind: &'static str,
    /// Who; nobody in a stop without log-in.
    pub by: Option<Id>,
    /// The device, where it was enrolled.
    pub device: Option<Id>,
    /// How the person was proven.
    pub proven: Proven,
    /// The hash of the leaf.
    pub leaf_hash: Hash,
    /// What it says.
    pub matter: Matter,
}

/// One entry of the record, in one of the three views of law 13.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordLine {
    /// Its place in the log.
    pub index: u64,
    /// When it was decided, in Unix milliseconds.
    pub decided_at_ms: i64,
    /// What was asked or reported; nothing where no person signed it.
    pub said: Option<TimelineEntry>,
    /// What it is about, where its intent names one thing.
    pub about: Option<Id>,
    /// The entry that it corrects.
    pub corrects: Option<u64>,
    /// The entry that corrects it.
    pub corrected_by: Option<u64>,
}

/// What a line of a timeline says.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// Nothing yet: a blind answer that is still kept closed. Not even whether it was taken.
    Sealed,
    /// The intent and its verdict.
    Open {
        /// What was asked or reported.
        intent: Intent,
        /// Whether the ask was granted, or the report recorded.
        accepted: bool,
        /// Every rule that was not met.
        reasons: Vec<Reason>,
        /// What happened by it.
        events: Vec<Event>,
    },
}

/// A reason in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReasonText {
    /// The stable code.
    pub code: &'static str,
    /// The rule's id.
    pub rule: &'static str,
    /// How binding the rule's source is.
    pub strength: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// What happened, and what it means for the gun in the hand.
    pub sentence: String,
    /// What to do now.
    pub remedy: String,
}

impl View {
    /// Whether since the record had `since` entries the day began, broke or was wrapped: then a head is worth a round of
    /// witnesses.
    #[must_use]
    pub fn calls_for_a_round(&self, since: u64) -> bool {
        let archive = archive::read(&self.archive);
        let calls = |event: &Event| {
            matches!(
                event,
                Event::DayOpened { .. }
                    | Event::BreakBegan { .. }
                    | Event::UnitBreakBegan { .. }
                    | Event::DayWrapped { .. }
            )
        };
        (since..self.size).filter_map(|index| archive.get(index)).any(|kept| kept.entry.events().iter().any(calls))
    }

    /// What may be said of each gun at that moment (Unix milliseconds). In doubt, of none anything.
    #[must_use]
    pub fn cards(&self, now_ms: i64) -> Vec<Card<Real>> {
        let now = Millis(now_ms);
        let mut cards = kernel::shown(&self.rules, &self.state, now);
        if self.doubt.is_some() {
            cards.iter_mut().for_each(|card| card.status = Status::Unknown { why: Doubt::Doubted, since: now });
        }
        cards
    }

    /// The disclosed name of a person, a thing or the production; else what it is, with the last
    /// four digits of its id.
    #[must_use]
    pub fn name(&self, id: Id) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| {
            let text = id.to_string();
            let (_, tail) = text.split_at(text.len().saturating_sub(4));
            format!("{} {tail}", self.what(id))
        })
    }

    fn what(&self, id: Id) -> &'static str {
        if self.state.people.contains_key(&id) {
            "person"
        } else if self.state.guns.contains_key(&id) {
            "gun"
        } else if self.state.places.contains_key(&id) {
            "place"
        } else if self.state.lots.contains_key(&id) {
            "lot"
        } else if self.state.scenes.contains_key(&id) {
            "scene"
        } else if self.state.devices.contains_key(&id) {
            "device"
        } else {
            "unknown"
        }
    }

    /// The label of a thing.
    #[must_use]
    pub fn label(&self, kind: LabelKind, item: Id) -> String {
        record::label::label(kind, self.origin.production(), item)
    }

    /// The thing with this printed label.
    #[must_use]
    pub fn by_label(&self, label: &record::label::Label) -> Option<Id> {
        let kind = label.kind;
        let here = |items: Vec<Id>| items.into_iter().find(|item| self.label(kind, *item) == label.text);
        match kind {
            LabelKind::Gun => here(self.state.guns.keys().copied().collect()),
            LabelKind::Person => here(self.state.people.keys().copied().collect()),
            LabelKind::Lot => here(self.state.lots.keys().copied().collect()),
            LabelKind::Place => here(self.state.places.keys().copied().collect()),
        }
    }

    /// A reason in words, with names; `moment` says how a time reads to the person.
    #[must_use]
    pub fn explain(&self, reason: &Reason, moment: &dyn Fn(Millis) -> String) -> ReasonText {
        let Sentences { sentence, remedy } = sentences(reason, &Told { view: self, moment });
        let rule = reason.code.rule();
        ReasonText {
            code: reason.code.as_str(),
            rule: rule.as_str(),
            strength: rule.strength().as_str(),
            source: rule.source(),
            sentence,
            remedy,
        }
    }

    /// The acts with a gun for the person of this session, and why some are not open.
    #[must_use]
    pub fn options(&self, session: &Session, gun: Id, now_ms: i64) -> Vec<OpenAct<Real>> {
        kernel::options(&self.rules, &self.state, &self.context(session, now_ms), gun)
    }

    /// Why this intent would be refused to the person of this session; nothing where it would be
    /// granted. Asking records nothing. The blind answers of others are blanked out in what it rests on.
    #[must_use]
    pub fn against(&self, session: &Session, intent: &Intent, now_ms: i64) -> Vec<Reason> {
        let verdict = decide(&self.rules, &self.state, intent, &self.context(session, now_ms));
        if verdict.accepted { Vec::new() } else { verdict.reasons }
    }

    fn context(&self, session: &Session, now_ms: i64) -> Context<Real> {
        let now = Millis(now_ms);
        Context {
            // No intent has this id: the acts named by it are those that are not there.
            act: Id::from_bytes([0; 16]),
            by: session.person,
            device: session.device,
            proven: self.proven(session, session.device, session.person).unwrap_or(Proven::Nobody),
            decided_at: now,
            claimed_at: now,
        }
    }

    /// How the session proves the one who signed on that device; nothing where it does not.
    pub(crate) fn proven(&self, session: &Session, device: Option<Id>, by: Option<Id>) -> Option<Proven> {
        let person = session.person.filter(|person| !session.viewer && Some(*person) == by)?;
        let signing = device?;
        let owner = self.state.devices.get(&signing).map(|it| it.owner);
        let own = session.device == device && owner == Some(person);
        Some(if own { Proven::OwnDevicePin } else { Proven::OtherDevicePin })
    }

    /// The state as it was after the first `size` entries, as it may be read.
    #[must_use]
    pub fn state_as_of(&self, size: u64) -> State {
        let archive = archive::read(&self.archive);
        let mut state = State::default();
        for kept in (0..size.min(self.size)).filter_map(|index| archive.get(index)) {
            kept.entry.events().iter().for_each(|event| evolve(&mut state, event));
        }
        readable(&state)
    }

    /// The last `limit` entries about a gun or a lot, the newest first.
    #[must_use]
    pub fn timeline(&self, thing: Id, limit: usize) -> Vec<TimelineEntry> {
        let archive = archive::read(&self.archive);
        let newest = archive.about(thing).iter().rev().filter(|index| **index < self.size);
        newest.take(limit).filter_map(|index| self.line(&archive, *index)).collect()
    }

    /// The last `limit` entries that hold an intent, whatever it is about, the newest first.
    #[must_use]
    pub fn journal(&self, limit: usize) -> Vec<TimelineEntry> {
        let archive = archive::read(&self.archive);
        (0..self.size).rev().filter_map(|index| self.line(&archive, index)).take(limit).collect()
    }

    /// The last `limit` entries before a place that a view shows, the newest first.
    #[must_use]
    pub fn record(&self, as_seen: history::View, before: u64, limit: usize) -> Vec<RecordLine> {
        let archive = archive::read(&self.archive);
        let shown = (0..before.min(self.size)).rev().filter_map(|index| self.record_line(&archive, as_seen, index));
        shown.take(limit).collect()
    }

    /// What the entry at this place is about, where its intent names one thing.
    #[must_use]
    pub fn about(&self, index: u64) -> Option<Id> {
        let archive = archive::read(&self.archive);
        archive.get(index).and_then(|kept| kept.entry.intent().and_then(|intent| intent.said.item()))
    }

    fn record_line(&self, archive: &Archive, as_seen: history::View, index: u64) -> Option<RecordLine> {
        let kept = archive.get(index)?;
        let corrections = archive.corrections();
        // What came after this view corrects nothing in it.
        let corrected_by = corrections.corrected_by(index).filter(|by| *by < self.size);
        let is_shown = match as_seen {
            history::View::Corrected => corrected_by.is_none() || corrections.shows(as_seen, &kept.entry),
            history::View::Original | history::View::Both => corrections.shows(as_seen, &kept.entry),
        };
        let said = self.line(archive, index);
        let about = kept.entry.intent().and_then(|intent| intent.said.item());
        let corrects = corrections.corrects(index);
        let decided_at_ms = kept.entry.decided_at.0;
        is_shown.then_some(RecordLine { index, decided_at_ms, said, about, corrects, corrected_by })
    }

    fn line(&self, archive: &Archive, index: u64) -> Option<TimelineEntry> {
        let (kept, decision) = decision(archive, index)?;
        let said = &decision.intent.said;
        let matter = if archive.is_sealed(index, self.size) {
            Matter::Sealed
        } else {
            Matter::Open {
                intent: said.intent,
                accepted: decision.accepted,
                reasons: decision.reasons.clone(),
                events: decision.events.clone(),
            }
        };
        Some(TimelineEntry {
            index,
            decided_at_ms: kept.entry.decided_at.0,
            claimed_at_ms: said.claimed_at.0,
            intent: said.id,
            kind: said.kind(),
            by: said.by,
            device: decision.device,
            proven: decision.proven,
            leaf_hash: kept.leaf,
            matter,
        })
    }

    /// Is the entry a blind answer that is still kept closed?
    #[must_use]
    pub fn is_sealed(&self, index: u64) -> bool {
        archive::read(&self.archive).is_sealed(index, self.size)
    }

    /// An entry as anybody may read it.
    #[must_use]
    pub fn entry(&self, index: u64) -> Option<EntryView> {
        let archive = archive::read(&self.archive);
        let kept = archive.get(index).filter(|_| index < self.size)?;
        Some(if archive.is_sealed(index, self.size) {
            EntryView::Sealed { index, leaf_hash: kept.leaf }
        } else {
            EntryView::Open { bytes: kept.bytes.clone() }
        })
    }

    /// The recorded answer to an intent as anybody may read it.
    #[must_use]
    pub fn answer(&self, intent: Id) -> Option<Recorded> {
        let archive = archive::read(&self.archive);
        let index = archive.index_of(intent).filter(|index| *index < self.size)?;
        let kept = archive.get(index)?;
        if archive.is_sealed(index, self.size) {
            return Some(Recorded::Sealed { index, leaf_hash: kept.leaf });
        }
        answer(&archive, index, self.size, &self.checkpoint, true).map(Recorded::Open)
    }

    /// The proof that an entry is in the log: the bytes of a `.tlog-proof` file.
    #[must_use]
    pub fn receipt(&self, index: u64) -> Option<Vec<u8>> {
        archive::read(&self.archive).receipt(index, self.size, &self.checkpoint)
    }

    /// The leaf hash of an intent's entry: what a take says under `names`.
    #[must_use]
    pub fn leaf_hash(&self, intent: Id) -> Option<Hash> {
        let archive = archive::read(&self.archive);
        let index = archive.index_of(intent).filter(|index| *index < self.size)?;
        archive.get(index).map(|kept| kept.leaf)
    }

    /// The place of an intent's entry.
    #[must_use]
    pub fn index_of(&self, intent: Id) -> Option<u64> {
        archive::read(&self.archive).index_of(intent).filter(|index| *index < self.size)
    }

    /// What `read` makes of the decision on an intent, if there is one in the record; also of one that came after
    /// this view.
    pub(crate) fn decided<T>(&self, intent: Id, read: impl FnOnce(&Decision) -> T) -> Option<T> {
        let archive = archive::read(&self.archive);
        let (_, decision) = decision(&archive, archive.index_of(intent)?)?;
        Some(read(decision))
    }
}

/// The answer that the entry at `index` holds.
pub(crate) fn answer(archive: &Archive, index: u64, size: u64, checkpoint: &[u8], repeated: bool) -> Option<Answer> {
    let (kept, decision) = decision(archive, index)?;
    Some(Answer {
        intent: decision.intent.said.id,
        index,
        decided_at_ms: kept.entry.decided_at.0,
        accepted: decision.accepted,
        reasons: decision.reasons.clone(),
        receipt: archive.receipt(index, size, checkpoint)?,
        repeated,
    })
}

fn decision(archive: &Archive, index: u64) -> Option<(&Kept, &Decision)> {
    let kept = archive.get(index)?;
    match &kept.entry.body {
        Body::Decision(decision) => Some((kept, decision)),
        Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => None,
    }
}

/// The state as it may be read: without what was seen or counted where one of two has not answered.
pub(crate) fn readable(state: &State) -> State {
    let mut state = state.clone();
    for gun in state.guns.values_mut() {
        if let ShowingState::BeingChecked(check) = &mut gun.showing {
            blank(check);
        }
    }
    for count in state.lots.values_mut().filter_map(|lot| lot.count.as_mut()) {
        for answer in [&mut count.counter_answer, &mut count.witness_answer].into_iter().flatten() {
            answer.tally = Tally::default();
            answer.seal = None;
        }
    }
    for line in state.lines.values_mut() {
        for muster in [&mut line.handler_counted, &mut line.witness_counted].into_iter().flatten() {
            muster.guns = 0;
        }
    }
    state
}

fn blank(check: &mut Check<Real>) {
    for answer in [&mut check.checker_answer, &mut check.witness_answer].into_iter().flatten() {
        answer.readings = Readings::default();
        answer.feed = None;
        answer.barrels = None;
    }
}

struct Told<'a> {
    view: &'a View,
    moment: &'a dyn Fn(Millis) -> String,
}

impl Facts for Told<'_> {
    fn person(&self, person: Id) -> String {
        self.view.name(person)
    }

    fn thing(&self, thing: Id) -> String {
        self.view.name(thing)
    }

    fn moment(&self, at: Millis) -> String {
        (self.moment)(at)
    }
}
