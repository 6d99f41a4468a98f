//! Lots of rounds in words: what their card says, what is in the box and what is out of it.

use kernel::{Custody, Lot, LotCustody, Occasion, OutAt, Source};
use record::{Id, Real};

use crate::words::{self, Look, Names};

/// The card of a lot in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ToldLot {
    /// The lot.
    pub lot: Id,
    /// Its name.
    pub name: String,
    /// What it is: kind, load, calibre.
    pub kind: String,
    /// Shape and colour.
    pub look: Look,
    /// Its state, largest on the card.
    pub word: String,
    /// Where its box is.
    pub place: String,
    /// What is to be done with it, or by what it is known.
    pub until: String,
}

/// Rounds of a lot that are in no box.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OutLine {
    /// Who or where.
    pub at: String,
    /// How many, by the record.
    pub rounds: u32,
}

impl Names<'_> {
    /// A lot in words. While it is counted no number of it is said: whoever counts expects nothing.
    #[must_use]
    pub fn lot(&self, id: Id, lot: &Lot<Real>) -> ToldLot {
        let (look, word, until) = self.lot_state(id, lot);
        ToldLot { lot: id, name: self.name(id), kind: lot_line(lot), look, word, place: self.lot_custody(lot), until }
    }

    fn lot_state(&self, id: Id, lot: &Lot<Real>) -> (Look, String, String) {
        let state = &self.view.state;
        let unknown = |word: &str, until: String| (Look::Unknown, word.to_owned(), until);
        if let Some(doubt) = &self.view.doubt {
            return unknown("UNKNOWN", doubt.clone());
        }
        if lot.custody.returned().is_some() {
            return (Look::OpenBox, "RETURNED".to_owned(), "what comes again is another lot, not verified".to_owned());
        }
        if let Some((_, stop)) = state.held_in(state.units.of_lot(id)) {
            let missing = state.stops.values().any(|stop| stop.lot == Some(id));
            let why = if missing { "a round of it is missing; count it again" } else { words::stop_cause(stop.cause) };
            return (Look::Held, "HELD".to_owned(), format!("{why}, {}", self.minute(stop.since)));
        }
        if let Some(count) = lot.count {
            let again = if count.again { ", for the second time" } else { "" };
            let (counter, witness) = (self.name(count.counter), self.name(count.witness));
            let until = format!("by {counter} and {witness}, since {}{again}", self.minute(count.since));
            return (Look::Checking, "BEING COUNTED".to_owned(), until);
        }
        if state.supplier(id).is_none() {
            return unknown("NO SOURCE", "nobody entered where it came from: it loads nothing".to_owned());
        }
        if lot.verified.is_none() {
            return unknown("NOT VERIFIED", "two people take every round in the hand and count on receipt".to_owned());
        }
        if lot.brass_missing > 0 {
            return unknown("BRASS MISSING", format!("{} not found: search, then declare", cases(lot.brass_missing)));
        }
        if self.is_locked(lot) && !lot.opened {
            return (Look::Locked, "LOCKED".to_owned(), seal_line(lot));
        }
        if !lot.counted {
            return unknown("COUNT DUE", "count it before the first round is issued".to_owned());
        }
        let until = if lot.opened { "opened since it was sealed: count it at the next close" } else { "" };
        let until = if until.is_empty() { seal_line(lot) } else { until.to_owned() };
        // What its rounds are is no state of a box: EMPTY, DUMMY and BLANK are said of guns that were shown.
        let word = if self.is_locked(lot) { "OPENED" } else { "OUT" };
        (Look::OpenBox, word.to_owned(), until)
    }

    /// Whether something is wrong with a lot: nobody knows its source, two did not verify it, or a count
    /// missed something.
    #[must_use]
    pub fn is_in_trouble(&self, id: Id, lot: &Lot<Real>) -> bool {
        if lot.custody.returned().is_some() {
            return false;
        }
        let missed = lot.missing > 0 || lot.brass_missing > 0;
        missed || lot.verified.is_none() || self.view.state.supplier(id).is_none()
    }

    fn is_locked(&self, lot: &Lot<Real>) -> bool {
        match lot.custody {
            LotCustody::In { place, .. } => self.view.state.places.get(&place).is_some_and(|it| it.locks),
            LotCustody::With { .. } | LotCustody::Returned { .. } | LotCustody::Unknown => false,
        }
    }

    /// Where the box of a lot is.
    #[must_use]
    pub fn lot_custody(&self, lot: &Lot<Real>) -> String {
        match lot.custody {
            LotCustody::Unknown => "where its box is was not entered".to_owned(),
            LotCustody::In { place, since } => format!("in {}, since {}", self.name(place), self.clock(since)),
            LotCustody::With { person, since } => format!("with {}, since {}", self.name(person), self.clock(since)),
            LotCustody::Returned { vendor, since, signed_by } => self.at_its_house(vendor, since, signed_by),
        }
    }

    /// Where a lot came from.
    #[must_use]
    pub fn source(&self, lot: &Lot<Real>) -> String {
        match lot.source {
            Source::Unknown => "not entered".to_owned(),
            Source::Supplier(person) => self.name(person),
            Source::Lot(from) => format!("re-boxed out of {}", self.name(from)),
        }
    }

    /// By which two it was verified, and when.
    #[must_use]
    pub fn verified(&self, lot: &Lot<Real>) -> String {
        lot.verified.map_or_else(
            || "not verified".to_owned(),
            |it| format!("{} and {}, {}", self.name(it.counter), self.name(it.witness), self.minute(it.at)),
        )
    }

    /// Where its unfired rounds are that are in no box, by the record: hands, places, guns.
    #[must_use]
    pub fn out_of(&self, id: Id) -> Vec<OutLine> {
        let state = &self.view.state;
        let loose = state.out.iter().filter(|((lot, _), _)| *lot == id).map(|((_, at), rounds)| {
            let at = match at {
                OutAt::Person(person) => format!("in the hands of {}", self.name(*person)),
                OutAt::Place(place) => format!("in {}", self.name(*place)),
            };
            OutLine { at, rounds: *rounds }
        });
        let loaded = state.guns.iter().filter_map(|(gun, entry)| {
            let loading = entry.loading.filter(|loading| loading.lot == id)?;
            let where_ = if matches!(entry.custody, Custody::In { .. }) { "locked away" } else { "out" };
            let at = format!("loaded into {}, which is {where_}", self.name(*gun));
            Some(OutLine { at, rounds: loading.chambers.count() })
        });
        loose.chain(loaded).collect()
    }
}

/// What a lot is: "dummy, .45 Colt".
#[must_use]
pub fn lot_line(lot: &Lot<Real>) -> String {
    let mut parts = vec![words::lot_kind(lot.kind).to_owned()];
    parts.extend(lot.load.map(|load| words::load(load).to_owned()));
    parts.push(lot.calibre.map_or_else(|| "calibre not entered".to_owned(), words::calibre));
    parts.join(", ")
}

/// What is in the box by the record, in lines; nothing of it while it is counted.
#[must_use]
pub fn box_lines(lot: &Lot<Real>) -> Vec<String> {
    if let Some(count) = lot.count {
        let again = count.again.then(|| "the two counts differed: both count again".to_owned());
        let counted = "being counted: no number is said until both have answered".to_owned();
        return again.into_iter().chain([counted]).collect();
    }
    let mut lines = vec![words::rounds(lot.rounds)];
    if lot.spent > 0 {
        lines.push(cases(lot.spent));
    }
    if lot.misfired > 0 {
        lines.push(format!("{} misfired", lot.misfired));
    }
    lines
}

/// The occasion that is due next.
#[must_use]
pub const fn occasion_due(lot: &Lot<Real>) -> Occasion {
    if lot.verified.is_none() {
        Occasion::Receipt
    } else if lot.counted {
        Occasion::Wrap
    } else {
        Occasion::Issue
    }
}

fn cases(cases: u32) -> String {
    if cases == 1 { "1 fired case".to_owned() } else { format!("{cases} fired cases") }
}

fn seal_line(lot: &Lot<Real>) -> String {
    lot.seal.map_or_else(|| "counted, no seal".to_owned(), |seal| format!("counted; seal {seal}"))
}
