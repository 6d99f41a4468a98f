//! A scenario is played: each step is judged by the kernel, and its events make the next state.

use std::collections::BTreeMap;

use kernel::{
    Code, Custody, Event, Exhibit, ExhibitOf, IntentKind, Keeper, Lot, LotCustody, OutAt, Rules, Scope, ShowingState,
    Status, StopCause, decide, evolve, shown,
};
use record::words::Word;
use record::{Id, Real, State, Verdict};

use super::file::{Expected, Held, Scenario};
use super::names::Names;

/// The words that stand on a gun's card.
pub const CARD_WORDS: [&str; 10] =
    ["UNKNOWN", "EMPTY", "DUMMY", "BLANK", "LIVE", "BEING CHECKED", "IN HANDOVER", "LOCKED", "HELD", "COPY"];

/// What came of one step.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The kernel's verdict.
    pub verdict: Verdict,
    /// What may be said of each gun afterwards.
    pub cards: BTreeMap<Id, Said>,
    /// What may be said of each lot afterwards.
    pub lots: BTreeMap<Id, String>,
    /// The showings that it voided, with the doubts that stand then.
    pub voided: Vec<(Id, Vec<Code>)>,
    /// What is kept for an inquiry afterwards, by the step that made it an exhibit.
    pub exhibits: BTreeMap<Id, String>,
    /// The stops that it pulled, and those that it lifted.
    pub stops: Stops,
}

/// What came of a step for the stops.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Stops {
    /// Why everything is held by it.
    pub pulled: Vec<StopCause>,
    /// Why everything was held before it.
    pub lifted: Vec<StopCause>,
}

/// What may be said of a gun.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said {
    /// The word on its card.
    pub word: &'static str,
    /// The word with how many, or why not.
    pub text: String,
    /// Every doubt that stands about it.
    pub doubts: Vec<Code>,
    /// Who has it, or where it is.
    pub custody: String,
}

/// A scenario that was played.
#[derive(Clone, Debug)]
pub struct Run {
    /// The step that was left out, by its place.
    pub left_out: Option<usize>,
    /// What may be said of each gun before the first step.
    pub before: BTreeMap<Id, Said>,
    /// What may be said of each lot before the first step.
    pub lots_before: BTreeMap<Id, String>,
    /// An answer a step; none for the one that was left out.
    pub answers: Vec<Option<Answer>>,
}

/// Plays a scenario by these rules, with or without one of its entries.
#[must_use]
pub fn play(scenario: &Scenario, rules: &Rules, left_out: Option<usize>) -> Run {
    let mut state = scenario.initial.clone();
    let mut answers = Vec::new();
    let begins = scenario.steps.first().map_or(record::Millis(0), |step| step.context.decided_at);
    let before = cards(rules, &state, begins, &scenario.names);
    let lots_before = lots(&state, &scenario.names);
    for (place, step) in scenario.steps.iter().enumerate() {
        let was = state.clone();
        // The clock jumps whether or not somebody enters something then.
        if step.clock_jumped {
            evolve(&mut state, &Event::ClockJumped { at: step.context.decided_at });
        }
        if left_out == Some(place) {
            answers.push(None);
            continue;
        }
        let verdict = decide(rules, &state, &step.intent, &step.context);
        verdict.events.iter().for_each(|event: &Event<Real>| evolve(&mut state, event));
        let cards = cards(rules, &state, step.context.decided_at, &scenario.names);
        let lots = lots(&state, &scenario.names);
        let (voided, stops) = (voided(&was, &state), Stops::between(&was, &state));
        let exhibits = exhibits(&state, &scenario.names);
        answers.push(Some(Answer { verdict, cards, lots, voided, exhibits, stops }));
    }
    Run { left_out, before, lots_before, answers }
}

impl Run {
    /// The answer to a step.
    #[must_use]
    pub fn answer(&self, place: usize) -> Option<&Answer> {
        self.answers.get(place).and_then(Option::as_ref)
    }

    /// What may be said of each gun before a step.
    #[must_use]
    pub fn cards_before(&self, place: usize) -> &BTreeMap<Id, Said> {
        self.answer_before(place).map_or(&self.before, |answer| &answer.cards)
    }

    /// What may be said of each lot before a step.
    #[must_use]
    pub fn lots_before(&self, place: usize) -> &BTreeMap<Id, String> {
        self.answer_before(place).map_or(&self.lots_before, |answer| &answer.lots)
    }

    /// What was kept for an inquiry before a step; nothing before the first.
    #[must_use]
    pub fn exhibits_before(&self, place: usize) -> &BTreeMap<Id, String> {
        const NOTHING: &BTreeMap<Id, String> = &BTreeMap::new();
        self.answer_before(place).map_or(NOTHING, |answer| &answer.exhibits)
    }

    fn answer_before(&self, place: usize) -> Option<&Answer> {
        self.answers.iter().take(place).rev().flatten().next()
    }
}

impl Answer {
    /// The codes of its reasons.
    #[must_use]
    pub fn codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = self.verdict.reasons.iter().map(|reason| reason.code).collect();
        codes.dedup();
        codes
    }

    /// By which codes the chain breaks: an ask is refused, whatever is accepted or recorded names a breach, or a
    /// report voids a showing. An ask that is granted breaks nothing by ending what was shown, and neither does a
    /// shot, a reload or a swap: one that was not planned is named by a code of its own. A step that holds everything
    /// breaks it as well, with or without a code: that is in `stops`.
    #[must_use]
    pub fn breaks(&self, kind: IntentKind) -> Vec<Code> {
        let mut codes = self.codes();
        if kind == IntentKind::Ask && self.verdict.accepted {
            return codes;
        }
        let voided = self.voided.iter().flat_map(|(_, codes)| codes.iter().copied());
        codes.extend(voided.filter(|code| ![Code::ShowingFired, Code::ShowingLoadedSince].contains(code)));
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What is not as it was expected.
    #[must_use]
    pub fn unmet(&self, expected: &Expected, names: &Names) -> Vec<String> {
        let mut unmet = Vec::new();
        match (expected.accepted, self.verdict.accepted) {
            (Some(true), false) => unmet.push("it was expected to be accepted, and was refused".to_owned()),
            (Some(false), true) => unmet.push("it was expected to be refused, and was accepted".to_owned()),
            (Some(_) | None, _) => {}
        }
        let codes = self.codes();
        for code in expected.reasons.iter().filter(|code| !codes.contains(code)) {
            unmet.push(format!("{} is not among the reasons", code.as_str()));
        }
        unmet.extend(expected.held.and_then(|held| self.held_otherwise(held)));
        for after in &expected.after {
            let gun = names.of(after.gun);
            let Some(said) = self.cards.get(&after.gun) else {
                unmet.push(format!("{gun} is not on the register"));
                continue;
            };
            if said.word != after.word {
                unmet.push(format!("{gun} was expected to be {}, and is {}", after.word, said.text));
            }
            if let Some(doubt) = after.doubt.filter(|doubt| !said.doubts.contains(doubt)) {
                unmet.push(format!("{} is not among the doubts about {gun}", doubt.as_str()));
            }
        }
        unmet
    }
}

impl Answer {
    /// In which way it holds otherwise than expected.
    fn held_otherwise(&self, expected: Held) -> Option<String> {
        let pulled = &self.stops.pulled;
        let met = match expected {
            Held::Nothing => pulled.is_empty(),
            Held::For(cause) => pulled.contains(&cause),
        };
        let expected = match expected {
            Held::Nothing => "it was expected to hold nothing".to_owned(),
            Held::For(cause) => format!("everything was expected to be held ({})", in_words(cause)),
        };
        let is = if pulled.is_empty() { "nothing is held by it".to_owned() } else { everything_is_held(pulled) };
        (!met).then(|| format!("{expected}, and {is}"))
    }
}

/// The word of a cause, as people read it.
#[must_use]
pub fn in_words(cause: StopCause) -> String {
    cause.word().replace('_', " ")
}

/// "everything is held (live round)".
#[must_use]
pub fn everything_is_held(causes: &[StopCause]) -> String {
    let causes: Vec<String> = causes.iter().copied().map(in_words).collect();
    format!("everything is held ({})", causes.join(", "))
}

/// The guns of which something could be said, or was about to be, and of which nothing can be now.
fn voided(was: &State, is: &State) -> Vec<(Id, Vec<Code>)> {
    let mut voided = Vec::new();
    for (id, gun) in &is.guns {
        let before = was.guns.get(id).map(|gun| gun.showing);
        if let (Some(ShowingState::Shown(_) | ShowingState::BeingChecked(_)), ShowingState::Void(doubts)) =
            (before, gun.showing)
        {
            voided.push((*id, doubts.iter().map(|(doubt, _)| doubt.code()).collect()));
        }
    }
    voided
}

impl Stops {
    fn between(was: &State, is: &State) -> Stops {
        let only_in = |here: &State, there: &State| {
            let new = here.stops.iter().filter(|(act, _)| !there.stops.contains_key(act));
            new.map(|(_, stop)| stop.cause).collect()
        };
        Stops { pulled: only_in(is, was), lifted: only_in(was, is) }
    }
}

/// "44 in the box, with the armorer; out of it 6 with the armorer; verified; open since it was last counted".
fn lots(state: &State, names: &Names) -> BTreeMap<Id, String> {
    let of = |(id, lot): (&Id, &Lot<Real>)| {
        let counted = match (lot.seal, lot.opened) {
            (Some(seal), _) => format!("counted and sealed, {seal}"),
            (None, true) => "open since it was last counted".to_owned(),
            (None, false) => "counted".to_owned(),
        };
        let parts = [
            Some(in_the_box(lot, names)),
            out_of_the_box(state, *id, names),
            Some(if lot.verified.is_some() { "verified" } else { "not verified" }.to_owned()),
            Some(match lot.count {
                Some(count) if count.again => "counted, and not alike: both count again".to_owned(),
                Some(_) => "being counted".to_owned(),
                None => counted,
            }),
            (lot.count.is_none() && lot.differed).then(|| "counted, and not alike".to_owned()),
            (lot.missing > 0).then(|| format!("{} missing", lot.missing)),
            (lot.brass_missing > 0).then(|| format!("{} of its brass missing", lot.brass_missing)),
        ];
        (*id, parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    };
    state.lots.iter().map(of).collect()
}

/// "rounds out of the second gun, an exhibit; guarded by the safety officer".
fn exhibits(state: &State, names: &Names) -> BTreeMap<Id, String> {
    let of = |(id, exhibit): (&Id, &Exhibit<Real>)| {
        let what = match exhibit.of {
            ExhibitOf::Gun(gun) => names.of(gun),
            ExhibitOf::Lot(lot) => format!("the box of {}", names.of(lot)),
            ExhibitOf::Rounds(bag) => format!("rounds out of {}", names.of(bag.gun)),
        };
        let has = match exhibit.keeper {
            Keeper::Guard { person, .. } => format!("guarded by {}", names.of(person)),
            Keeper::Given { from, to, .. } => format!("given to {} by {}", names.of(to), names.of(from)),
            Keeper::Police { .. } => "with the police".to_owned(),
        };
        (*id, format!("{what}, an exhibit; {has}"))
    };
    state.exhibits.iter().map(of).collect()
}

fn in_the_box(lot: &Lot<Real>, names: &Names) -> String {
    let mut text = format!("{} in the box", lot.rounds);
    for (number, what) in [(lot.spent, "spent"), (lot.misfired, "misfired")] {
        if number > 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    let place = match lot.custody {
        LotCustody::Unknown => "nobody entered where it is".to_owned(),
        LotCustody::In { place, .. } => format!("in {}", names.of(place)),
        LotCustody::With { person, .. } => format!("with {}", names.of(person)),
        LotCustody::Returned { vendor, signed_by, .. } => back(vendor, signed_by, names),
    };
    format!("{text}, {place}")
}

fn out_of_the_box(state: &State, lot: Id, names: &Names) -> Option<String> {
    let at = |at: &OutAt<Real>| match at {
        OutAt::Person(person) => format!("with {}", names.of(*person)),
        OutAt::Place(place) => format!("in {}", names.of(*place)),
    };
    let out = state.out.iter().filter(|((of, _), _)| *of == lot);
    let out: Vec<String> = out.map(|((_, place), rounds)| format!("{rounds} {}", at(place))).collect();
    (!out.is_empty()).then(|| format!("out of it {}", out.join(", ")))
}

fn cards(rules: &Rules, state: &State, now: record::Millis, names: &Names) -> BTreeMap<Id, Said> {
    let said = |card: kernel::Card<Real>| {
        let doubts = match state.guns.get(&card.gun).map(|gun| gun.showing) {
            Some(ShowingState::Void(doubts)) => doubts.iter().map(|(doubt, _)| doubt.code()).collect(),
            Some(ShowingState::BeingChecked(_) | ShowingState::Shown(_)) | None => Vec::new(),
        };
        let (word, text) = status(&card.status);
        (card.gun, Said { word, text, doubts, custody: custody(&card.custody, names) })
    };
    shown(rules, state, now).into_iter().map(said).collect()
}

fn how_many(count: u32, of: u8, in_feed: Option<u32>) -> String {
    in_feed.map_or_else(|| format!("{count} of {of}"), |fed| format!("{count} in the chamber, {fed} in the feed"))
}

/// The word on a gun's card, and the same with how many, or why not.
#[must_use]
pub fn status<S: Scope>(status: &Status<S>) -> (&'static str, String) {
    let plain = |word: &'static str| (word, word.to_owned());
    match status {
        Status::Unknown { why, .. } => ("UNKNOWN", format!("UNKNOWN: {}", why.code().as_str())),
        Status::Empty(_) => plain("EMPTY"),
        Status::Dummy { count, of, in_feed, .. } => ("DUMMY", format!("DUMMY, {}", how_many(*count, *of, *in_feed))),
        Status::Blank { count, of, in_feed, .. } => ("BLANK", format!("BLANK, {}", how_many(*count, *of, *in_feed))),
        Status::Live { count, of, in_feed, .. } => ("LIVE", format!("LIVE, {}", how_many(*count, *of, *in_feed))),
        Status::BeingChecked { .. } => plain("BEING CHECKED"),
        Status::InHandover { .. } => plain("IN HANDOVER"),
        Status::Locked { .. } => plain("LOCKED"),
        Status::Held { .. } => plain("HELD"),
        Status::Copy { matched: Some(_), .. } => ("COPY", "COPY, its label matched".to_owned()),
        Status::Copy { matched: None, .. } => ("COPY", "COPY, its label not matched".to_owned()),
    }
}

fn custody(custody: &Custody<Real>, names: &Names) -> String {
    match custody {
        Custody::In { place, .. } => format!("in {}", names.of(*place)),
        Custody::With { person, handler: Some(handler), .. } if handler != person => {
            format!("with {}; {} answers for it", names.of(*person), names.of(*handler))
        }
        Custody::With { person, handler: Some(_), .. } => format!("with {}", names.of(*person)),
        Custody::With { person, handler: None, .. } => {
            format!("with {}; no handler answers for it", names.of(*person))
        }
        Custody::Preset { place, handler, .. } => {
            format!("laid in {}; {} answers for it", names.of(*place), names.of(*handler))
        }
        Custody::Offered { from, to, .. } => format!("between {} and {}", names.of(*from), names.of(*to)),
        Custody::Missing { .. } => "gone, as far as entered".to_owned(),
        Custody::Returned { vendor, signed_by, .. } => back(*vendor, *signed_by, names),
    }
}

fn back(vendor: Id, signed_by: Option<Id>, names: &Names) -> String {
    let signed = signed_by
        .map_or_else(|| "not signed for by the house".to_owned(), |by| format!("{} signed for it", names.of(by)));
    format!("back with its rental house, taken by {}; {signed}", names.of(vendor))
}
