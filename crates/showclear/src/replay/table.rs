//! What each rule and each entry of a scenario is worth: what changes without it.

use kernel::{Code, Rule};

use super::file::Scenario;
use super::names::Names;
use super::play::{Run, play};

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
    /// It was refused and still is, by these codes.
    StillRefused(Vec<Code>),
    /// It was accepted and is refused now, by these codes.
    NowRefused(Vec<Code>),
    /// It was refused by these codes and passes now.
    Passes(Vec<Code>),
    /// It was accepted with these breaches, and they are not named any more.
    NotNamed(Vec<Code>),
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
            How::Passes(_) | How::NotNamed(_) | How::Said { .. } => true,
            How::StillRefused(_) | How::NowRefused(_) => false,
        }
    }

    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            How::StillRefused(codes) => format!("still refused by {}", listed(codes)),
            How::NowRefused(codes) => format!("now refused by {}", listed(codes)),
            How::Passes(codes) => format!("accepted; before, {} stood in the way", listed(codes)),
            How::NotNamed(codes) => format!("accepted; before, {} was named", listed(codes)),
            How::Said { gun, text } => format!("{gun} is said to be {text}"),
        }
    }
}

/// The codes, one after the other.
#[must_use]
pub fn listed(codes: &[Code]) -> String {
    codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ")
}

/// What changes without each rule that the scenario names.
#[must_use]
pub fn by_rule(scenario: &Scenario) -> Vec<(Rule, Vec<Change>)> {
    let whole = play(scenario, &scenario.whole_rules(), None);
    let without = |rule: Rule| play(scenario, &scenario.whole_rules().without(rule), None);
    let changes = |rule: Rule| differences(&whole, &without(rule), &scenario.names);
    let changes = |rule: Rule| changes(rule).into_iter().filter(|change| !is_same(&whole, change)).collect();
    scenario.rules().into_iter().map(|rule| (rule, changes(rule))).collect()
}

/// How the later steps go where one entry is left out: what still stops the chain comes with what
/// passes in silence.
#[must_use]
pub fn differences(whole: &Run, without: &Run, names: &Names) -> Vec<Change> {
    let mut changes = Vec::new();
    let first = without.left_out.map_or(0, |place| place.saturating_add(1));
    for step in first..whole.answers.len() {
        let (Some(was), Some(is)) = (whole.answer(step), without.answer(step)) else { continue };
        let (before, now) = (was.codes(), is.codes());
        let gone: Vec<Code> = before.iter().copied().filter(|code| !now.contains(code)).collect();
        let mut add = |how: How| changes.push(Change { step, how });
        match (was.verdict.accepted, is.verdict.accepted) {
            (false, false) => add(How::StillRefused(now)),
            (true, false) => add(How::NowRefused(now)),
            (false, true) => add(How::Passes(before)),
            (true, true) if !gone.is_empty() => add(How::NotNamed(gone)),
            (true, true) => {}
        }
        for (gun, said) in &is.cards {
            let nothing_before = was.cards.get(gun).is_some_and(|it| it.word == "UNKNOWN");
            if nothing_before && matches!(said.word, "EMPTY" | "DUMMY" | "BLANK") {
                add(How::Said { gun: names.of(*gun), text: said.text.clone() });
            }
        }
    }
    changes
}

/// A step that is refused by the same codes as ever is no change.
fn is_same(whole: &Run, change: &Change) -> bool {
    match &change.how {
        How::StillRefused(codes) => whole.answer(change.step).is_some_and(|answer| answer.codes() == *codes),
        How::NowRefused(_) | How::Passes(_) | How::NotNamed(_) | How::Said { .. } => false,
    }
}
