//! What each rule and each entry of a scenario is worth: what changes without it.

use std::collections::BTreeMap;

use kernel::{Code, Rule};
use record::Id;

use super::file::Scenario;
use super::names::Names;
use super::play::{Answer, Run, Said, play};

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
    /// It was refused and still is, by these other codes.
    StillRefused(Vec<Code>),
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
            How::AsBefore(_) | How::StillRefused(_) | How::NowRefused(_) => false,
        }
    }

    /// Is it no change at all?
    #[must_use]
    pub const fn is_as_before(&self) -> bool {
        matches!(self, How::AsBefore(_))
    }

    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            How::AsBefore(codes) => format!("refused by {} as before", listed(codes)),
            How::StillRefused(codes) => format!("still refused, by {}", listed(codes)),
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

/// A change and the step that was left out of both plays, where one was.
pub type InVariant = (Option<usize>, Change);

/// What changes without each rule that the scenario names; where nothing does in the whole play, what changes in its
/// variants, each with the step that it leaves out.
#[must_use]
pub fn by_rule(scenario: &Scenario) -> Vec<(Rule, Vec<InVariant>)> {
    let rules = scenario.whole_rules();
    let changes = |rule: Rule, left_out: Option<usize>| {
        let (whole, without) = (play(scenario, &rules, left_out), play(scenario, &rules.without(rule), left_out));
        let changes = differences(&whole, &without, &scenario.names).into_iter();
        let changes = changes.filter(|change| !change.how.is_as_before()).map(|change| (left_out, change));
        changes.collect::<Vec<_>>()
    };
    let of_rule = |rule: Rule| {
        let of_whole = changes(rule, None);
        if !of_whole.is_empty() {
            return of_whole;
        }
        scenario.variants.iter().flat_map(|variant| changes(rule, Some(variant.left_out))).collect()
    };
    scenario.rules().into_iter().map(|rule| (rule, of_rule(rule))).collect()
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
        (false, false) => Some(How::StillRefused(now)),
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
