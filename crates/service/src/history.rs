//! A production's folder as rows, an entry each, in one of the three views of law 13.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proof::tree::{Hash, hash_leaf};
use record::blind::Closed;
use record::bundle::extent::{Asked, Extent};
use record::entry::{Body, Decision, Entry};
use record::history::{Corrections, View, body, event_word};
use record::label::{LabelKind, label};
use record::words::Word;
use record::{Id, Millis, Origin};
use store::StoreError;
use store::office::Office;

use crate::bundle::Folder;
use crate::error::ServiceError;
use crate::extract::{Question, about, not_extracted};
use crate::load::labelled;
use crate::service::OFFICE;

/// What came of an entry's intent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// The founding of the log.
    Founded,
    /// Carried over from the epoch before.
    Carried,
    /// The ask was granted, or the report recorded.
    Accepted,
    /// The ask was refused.
    Refused,
    /// A blind answer that is still kept closed: not even whether it was taken is said.
    Closed,
    /// The service noticed something itself.
    Noticed,
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Founded => "founded",
            Outcome::Carried => "carried",
            Outcome::Accepted => "accepted",
            Outcome::Refused => "refused",
            Outcome::Closed => "closed",
            Outcome::Noticed => "noticed",
        }
    }
}

/// A person or thing as a row names it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Named {
    /// Its identifier.
    pub id: Option<Id>,
    /// Its label, where it has one.
    pub label: Option<String>,
    /// Its name, where names are wished for and the office has one.
    pub name: Option<String>,
}

/// An entry as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its place.
    pub index: u64,
    /// When it was decided.
    pub decided_at: Millis,
    /// When it was made by the device's clock.
    pub claimed_at: Option<Millis>,
    /// The word for what was asked or reported.
    pub kind: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// The codes of every rule that was not met.
    pub reasons: Vec<&'static str>,
    /// What it is about.
    pub about: Named,
    /// Who.
    pub by: Named,
    /// The device.
    pub device: Option<Id>,
    /// How the person was proven.
    pub proven: Option<&'static str>,
    /// The intent's body as JSON in the one form.
    pub says: String,
    /// The words of what happened by it.
    pub happened: Vec<String>,
    /// The entry that it corrects.
    pub corrects: Option<u64>,
    /// The entry that corrects it.
    pub corrected_by: Option<u64>,
    /// The hash of its leaf.
    pub leaf: Hash,
}

/// The rows of a record.
#[derive(Clone, Debug)]
pub struct History {
    /// The log's name.
    pub origin: Origin,
    /// How many entries the record has.
    pub size: u64,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// The rows that answer a question, in one view. It writes nothing.
///
/// # Errors
/// As [`crate::extract::extract`], save for those of writing; blind answers that are still closed refuse nothing here,
/// they are kept back.
pub fn history(folder: &Path, question: &Question, view: View, names: bool) -> Result<History, ServiceError> {
    let read = Folder::read(folder, &mut |_, _| {})?;
    let asked = Asked { about: about(&read, &question.labels)?, span: question.span };
    let extent = Extent::of(&read.entries, &asked).map_err(|error| not_extracted(&error))?;
    let wanted: BTreeSet<u64> = extent.extracted.into_iter().collect();
    let names = if names { named(folder)? } else { BTreeMap::new() };
    let mut telling = Telling { names, ..Telling::default() };
    let mut entries = Vec::new();
    for (index, bytes) in (0u64..).zip(&read.entries) {
        let broken = |error| ServiceError::NotBundled { detail: format!("entry {index} cannot be read: {error}") };
        let entry = Entry::decode(bytes, &read.origin).map_err(broken)?;
        telling.learn(index, &entry, &read.origin);
        entries.push((entry, hash_leaf(bytes)));
    }
    telling.closed_places = telling.closed.places().into_iter().collect();
    let shown = entries.iter().filter(|(entry, _)| wanted.contains(&entry.index));
    let shown = shown.filter(|(entry, _)| telling.corrections.shows(view, entry));
    let rows = shown.map(|(entry, leaf)| telling.row(entry, *leaf)).collect();
    Ok(History { origin: read.origin, size: read.head.size, rows })
}

/// The names that the office has. The record holds without them.
fn named(folder: &Path) -> Result<BTreeMap<Id, String>, StoreError> {
    let names = Office::open_read_only(&folder.join(OFFICE))?.names()?;
    Ok(names.into_iter().map(|(id, name)| (Id::from_bytes(id), name)).collect())
}

/// What is known of the record when its rows are told.
#[derive(Default)]
struct Telling {
    corrections: Corrections,
    closed: Closed,
    closed_places: BTreeSet<u64>,
    labels: BTreeMap<Id, String>,
    names: BTreeMap<Id, String>,
}

impl Telling {
    fn learn(&mut self, index: u64, entry: &Entry, origin: &Origin) {
        self.corrections.learn(entry);
        self.closed.learn(index, entry);
        let entered = entry.events().iter().filter_map(labelled);
        let label_of = |(kind, id): (LabelKind, Id)| (id, label(kind, origin.production(), id));
        self.labels.extend(entered.map(label_of));
    }

    fn named(&self, id: Option<Id>) -> Named {
        let text = |of: &BTreeMap<Id, String>| id.and_then(|id| of.get(&id).cloned());
        Named { id, label: text(&self.labels), name: text(&self.names) }
    }

    fn row(&self, entry: &Entry, leaf: Hash) -> Row {
        let (kind, outcome) = match &entry.body {
            Body::Genesis(_) => ("genesis", Outcome::Founded),
            Body::Carried(_) => ("carried", Outcome::Carried),
            Body::Notice(_) => ("notice", Outcome::Noticed),
            Body::Decision(decision) => (decision.intent.said.kind(), self.outcome(entry.index, decision)),
        };
        let row = Row {
            index: entry.index,
            decided_at: entry.decided_at,
            claimed_at: None,
            kind,
            outcome,
            reasons: Vec::new(),
            about: Named::default(),
            by: Named::default(),
            device: None,
            proven: None,
            says: String::new(),
            happened: Vec::new(),
            corrects: None,
            corrected_by: None,
            leaf,
        };
        let row = if let Body::Decision(decision) = &entry.body { self.decided(row, decision) } else { row };
        // Of a closed answer nothing more is said than every page says.
        if outcome == Outcome::Closed {
            return row;
        }
        Row {
            happened: entry.events().iter().map(event_word).collect(),
            corrects: self.corrections.corrects(entry.index),
            corrected_by: self.corrections.corrected_by(entry.index),
            ..row
        }
    }

    fn outcome(&self, index: u64, decision: &Decision) -> Outcome {
        match (self.closed_places.contains(&index), decision.accepted) {
            (true, _) => Outcome::Closed,
            (false, true) => Outcome::Accepted,
            (false, false) => Outcome::Refused,
        }
    }

    fn decided(&self, row: Row, decision: &Decision) -> Row {
        let said = &decision.intent.said;
        let row = Row {
            claimed_at: Some(said.claimed_at),
            about: self.named(said.item()),
            by: self.named(said.by),
            device: decision.device,
            proven: Some(decision.proven.word()),
            ..row
        };
        if row.outcome == Outcome::Closed {
            return row;
        }
        Row {
            reasons: decision.reasons.iter().map(|reason| reason.code.as_str()).collect(),
            says: body(&said.intent),
            ..row
        }
    }
}
