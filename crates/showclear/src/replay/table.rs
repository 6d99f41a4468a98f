//! What each rule and each entry of a scenario is worth: what changes without it.

use std::collections::BTreeMap;

use kernel::{Code, Rule, StopCause};
use record::Id;

use super::file::{Scenario, Step};
use super::names::Names;
use super::play::{Answer, Run, Said, everything_is_held, play};

/// How a step differs where a rule or an entry is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// The step, by its place.
    pub step: usize,
    /// How.
    pub how: How,
}

/// How a step differs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum How {
    /// It was refused and still is, by the same codes.
    AsBefore(Vec<Code>),
    /// It was refused and still is, by other codes.
    StillRefused {
        /// By which it is refused now.
        by: Vec<Code>,
        /// By which it was refused before and is not now.
        lost: Vec<Code>,
    },
    /// It was accepted and is refused now, by these codes.
    NowRefused(Vec<Code>),
    /// It was refused by these codes and passes now.
    Passes(Vec<Code>),
    /// It was accepted with these breaches, and they are not named any more.
    NotNamed(Vec<Code>),
    /// These doubts do not stand about a gun any more.
    NotDoubted {
        /// The gun's name.
        gun: String,
        /// The doubts.
        codes: Vec<Code>,
    },
    /// Nothing could be said of a gun, and now something is said of it.
    Said {
        /// The gun's name.
        gun: String,
        /// What is said.
        text: String,
    },
}

impl How {
    /// Does it pass in silence what was refused, named or voided before?
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        match self {
            How::Passes(_) | How::NotNamed(_) | How::NotDoubted { .. } | How::Said { .. } => true,
            How::AsBefore(_) | How::StillRefused { .. } | How::NowRefused(_) => false,
        }
    }

    /// Is it no change at all?
    #[must_use]
    pub const fn is_as_before(&self) -> bool {
        matches!(self, How::AsBefore(_))
    }

    /// The codes that are gone.
    #[must_use]
    pub fn lost(&self) -> &[Code] {
        match self {
            How::Passes(lost) | How::NotNamed(lost) => lost,
            How::StillRefused { lost, .. } | How::NotDoubted { codes: lost, .. } => lost,
            How::AsBefore(_) | How::NowRefused(_) | How::Said { .. } => &[],
        }
    }

    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            How::AsBefore(codes) => format!("refused by {} as before", listed(codes)),
            How::StillRefused { by, .. } => format!("still refused, by {}", listed(by)),
            How::NowRefused(codes) => format!("now refused, by {}", listed(codes)),
            How::Passes(codes) => format!("accepted; before, {} stood in the way", listed(codes)),
            How::NotNamed(codes) => format!("accepted; before, {} was named", listed(codes)),
            How::NotDoubted { gun, codes } => format!("{} does not stand about {gun}", listed(codes)),
            How::Said { gun, text } => format!("{gun} is said to be {text}"),
        }
    }
}

/// The codes, one after the other.
#[must_use]
pub fn listed(codes: &[Code]) -> String {
    codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ")
}

/// A step that does not go through, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Break {
    /// The step, by its place.
    pub step: usize,
    /// By which codes it is refused, named or doubted.
    pub codes: Vec<Code>,
    /// Why everything is held by it.
    pub held: Vec<StopCause>,
}

impl Break {
    /// Its codes, and why everything is held: "LOT-LEFT-OUT, everything is held (live round)".
    #[must_use]
    pub fn text(&self) -> String {
        let codes = (!self.codes.is_empty()).then(|| listed(&self.codes));
        let held = (!self.held.is_empty()).then(|| everything_is_held(&self.held));
        codes.into_iter().chain(held).collect::<Vec<_>>().join(", ")
    }
}

/// What is left out in a row of the table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Left {
    /// A decisive entry, by its place.
    Entry(usize),
    /// A rule.
    Rule(Rule),
}

/// What one entry or one rule is worth.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// The entry or the rule.
    pub left: Left,
    /// The entry that is left out of both plays: a rule that another entry covers shows its worth only so.
    pub beside: Option<usize>,
    /// The first step that it stops; nothing where it stops none.
    pub stops: Option<Break>,
    /// The first step that is granted only with it; nothing where it stops one.
    pub opens: Option<usize>,
    /// The steps that pass in silence without it.
    pub passes: Vec<usize>,
    /// What is then said of a gun, and was not.
    pub said: Vec<String>,
    /// The first step that still does not go through without it.
    pub in_the_way: Option<Break>,
    /// Every difference that it makes.
    pub changes: Vec<Change>,
}

/// The whole table: a row each decisive entry, then a row each rule that the scenario names or that changes something.
#[must_use]
pub fn rows(scenario: &Scenario) -> Vec<Row> {
    let rules = scenario.whole_rules();
    let whole = play(scenario, &rules, None);
    let decisive = scenario.steps.iter().enumerate().filter(|(_, step)| step.decisive);
    let of_entry = |(place, _): (usize, &Step)| {
        let without = play(scenario, &rules, Some(place));
        row(scenario, Left::Entry(place), None, (&whole, &without))
    };
    let mut rows: Vec<Row> = decisive.map(of_entry).collect();
    rows.extend(Rule::ALL.iter().filter_map(|rule| of_rule(scenario, *rule, &whole)));
    rows
}

/// Where a rule changes nothing in the whole play, it is looked at with one decisive entry left out.
fn of_rule(scenario: &Scenario, rule: Rule, whole: &Run) -> Option<Row> {
    let rules = scenario.whole_rules();
    let of = |beside: Option<usize>, whole: &Run| {
        row(scenario, Left::Rule(rule), beside, (whole, &play(scenario, &rules.without(rule), beside)))
    };
    let plain = of(None, whole);
    if !plain.changes.is_empty() {
        return Some(plain);
    }
    if !scenario.rules().contains(&rule) {
        return None;
    }
    let mut beside = scenario.variants.iter().map(|variant| variant.left_out);
    let found = beside.find_map(|left_out| {
        let row = of(Some(left_out), &play(scenario, &rules, Some(left_out)));
        (!row.changes.is_empty()).then_some(row)
    });
    found.or(Some(plain))
}

fn row(scenario: &Scenario, left: Left, beside: Option<usize>, (whole, without): (&Run, &Run)) -> Row {
    let mut changes = differences(whole, without, &scenario.names);
    let from = match left {
        Left::Entry(place) => place,
        Left::Rule(_) => {
            changes.retain(|change| !change.how.is_as_before());
            changes.first().map_or(0, |change| change.step)
        }
    };
    let gone = changes.iter().filter(|it| matches!(it.how, How::Passes(_) | How::NotNamed(_)));
    let passes = gone.map(|it| it.step).filter(|it| breaks_at(scenario, without, *it).is_none()).collect();
    let mut said: Vec<String> = Vec::new();
    for change in &changes {
        if let How::Said { gun, text } = &change.how {
            let text = format!("{gun} is {text}");
            if !said.contains(&text) {
                said.push(text);
            }
        }
    }
    let opens = opened(&changes);
    let stops = match left {
        Left::Entry(place) => breaks_at(scenario, whole, place).or_else(|| rests_on(&changes, opens)),
        Left::Rule(rule) => rests_on(&changes, None).or_else(|| first_by(scenario, whole, rule)),
    };
    let opens = opens.filter(|_| stops.is_none());
    let breaks = (from..scenario.steps.len()).filter_map(|place| breaks_at(scenario, without, place));
    let in_the_way = breaks.into_iter().find(|it| !refers_to_nothing(it));
    Row { left, beside, stops, opens, passes, said, in_the_way, changes }
}

/// A step that only finds gone what it refers to, or there what it was to bring, stands in nobody's way.
fn refers_to_nothing(it: &Break) -> bool {
    const GONE: [Code; 7] = [
        Code::CheckNotOpen,
        Code::CountNotOpen,
        Code::CustodyAlreadyYours,
        Code::HandoverNoOffer,
        Code::HandoverOfferStale,
        Code::RegisterUnknown,
        Code::StopNotStanding,
    ];
    it.held.is_empty() && it.codes.iter().all(|code| GONE.contains(code))
}

/// The first step that is refused without it, and not only because it refers to it.
fn opened(changes: &[Change]) -> Option<usize> {
    let refused = changes.iter().filter_map(|change| match &change.how {
        How::NowRefused(codes) => Some(Break { step: change.step, codes: codes.clone(), held: Vec::new() }),
        How::AsBefore(_)
        | How::StillRefused { .. }
        | How::Passes(_)
        | How::NotNamed(_)
        | How::NotDoubted { .. }
        | How::Said { .. } => None,
    });
    refused.into_iter().find(|it| !refers_to_nothing(it)).map(|it| it.step)
}

/// Where the chain breaks at a step, if it does.
#[must_use]
pub fn breaks_at(scenario: &Scenario, run: &Run, place: usize) -> Option<Break> {
    let (step, answer) = (scenario.steps.get(place)?, run.answer(place)?);
    let (codes, held) = (answer.breaks(step.intent.kind()), answer.stops.pulled.clone());
    (!codes.is_empty() || !held.is_empty()).then_some(Break { step: place, codes, held })
}

/// The first step that goes otherwise, with the codes that are gone there; before the step `until`, where there is one.
fn rests_on(changes: &[Change], until: Option<usize>) -> Option<Break> {
    let before = changes.iter().take_while(|change| until.is_none_or(|until| change.step < until));
    let change = before.into_iter().find(|change| !change.how.lost().is_empty())?;
    Some(Break { step: change.step, codes: change.how.lost().to_vec(), held: Vec::new() })
}

fn first_by(scenario: &Scenario, run: &Run, rule: Rule) -> Option<Break> {
    (0..scenario.steps.len()).find_map(|place| {
        let mut found = breaks_at(scenario, run, place)?;
        found.codes.retain(|code| code.rule() == rule);
        (!found.codes.is_empty()).then_some(found)
    })
}

/// How the later steps go where a rule or an entry is missing: what stands in the way then comes with what passes in
/// silence. What is said of a gun is told once, not at each step.
#[must_use]
pub fn differences(whole: &Run, without: &Run, names: &Names) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut told: BTreeMap<Id, Standing> = BTreeMap::new();
    let first = without.left_out.map_or(0, |place| place.saturating_add(1));
    for step in first..whole.answers.len() {
        let (Some(was), Some(is)) = (whole.answer(step), without.answer(step)) else { continue };
        changes.extend(verdicts_differ(was, is).map(|how| Change { step, how }));
        for (gun, said) in &is.cards {
            let Some(before) = was.cards.get(gun) else { continue };
            let standing = Standing::of(before, said);
            if told.insert(*gun, standing.clone()).unwrap_or_default() != standing {
                changes.extend(standing.how(&names.of(*gun)).into_iter().map(|how| Change { step, how }));
            }
        }
    }
    changes
}

fn verdicts_differ(was: &Answer, is: &Answer) -> Option<How> {
    let (before, now) = (was.codes(), is.codes());
    let gone: Vec<Code> = before.iter().copied().filter(|code| !now.contains(code)).collect();
    match (was.verdict.accepted, is.verdict.accepted) {
        (false, false) if before == now => Some(How::AsBefore(now)),
        (false, false) => Some(How::StillRefused { by: now, lost: gone }),
        (true, false) => Some(How::NowRefused(now)),
        (false, true) => Some(How::Passes(before)),
        (true, true) => (!gone.is_empty()).then_some(How::NotNamed(gone)),
    }
}

/// How what is said of a gun differs.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Standing {
    said: Option<String>,
    not_doubted: Vec<Code>,
}

impl Standing {
    fn of(was: &Said, is: &Said) -> Standing {
        let something = matches!(is.word, "EMPTY" | "DUMMY" | "BLANK") && was.word == "UNKNOWN";
        let gone = was.doubts.iter().copied().filter(|code| is.word == "UNKNOWN" && !is.doubts.contains(code));
        Standing { said: something.then(|| is.text.clone()), not_doubted: gone.collect() }
    }

    fn how(self, gun: &str) -> Vec<How> {
        let said = self.said.map(|text| How::Said { gun: gun.to_owned(), text });
        let codes = self.not_doubted;
        let not_doubted = (!codes.is_empty()).then(|| How::NotDoubted { gun: gun.to_owned(), codes });
        said.into_iter().chain(not_doubted).collect()
    }
}
