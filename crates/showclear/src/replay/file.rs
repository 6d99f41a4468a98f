//! A scenario as it stands in its file. The format is described in docs/scenarios.md.

use kernel::{Code, Limits, Rules, StopCause};
use record::{Context, Id, Intent, Millis, State};

use crate::serve::LIMITS;

use super::lined::{Mistake, Mistakes, Section};
use super::names::{Names, SPAN, Space, parse_span};
use super::preamble::Preamble;
use super::step;

/// A scenario that can be played.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it tells.
    pub title: String,
    /// Where it is known from.
    pub source: String,
    /// The limits that the production has adopted.
    pub limits: Limits,
    /// Every name.
    pub names: Names,
    /// The state before the first step.
    pub initial: State,
    /// What happens.
    pub steps: Vec<Step>,
    /// What is looked at with one entry left out.
    pub variants: Vec<Variant>,
}

/// One ask or report.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its line in the file.
    pub line: usize,
    /// Its name, where others refer to it.
    pub name: Option<String>,
    /// Who asks or reports what, on which device, and when.
    pub context: Context,
    /// What.
    pub intent: Intent,
    /// What happened there, in a sentence.
    pub says: Option<String>,
    /// Where that is known from.
    pub note: Option<String>,
    /// Does a refusal or a voiding rest on it?
    pub decisive: bool,
    /// Did the record's clock jump before it?
    pub clock_jumped: bool,
    /// What is expected of the answer.
    pub expected: Expected,
}

/// What is expected of an answer.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Accepted or refused; nothing where only reasons are looked for.
    pub accepted: Option<bool>,
    /// The codes that must be among the reasons.
    pub reasons: Vec<Code>,
    /// Why everything is held by it; nothing where that is not looked for.
    pub held: Option<Held>,
    /// What may be said of guns afterwards.
    pub after: Vec<After>,
}

/// Whether everything is held by a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Held {
    /// Nothing is held by it that was not before.
    Nothing,
    /// Everything is, for this.
    For(StopCause),
}

/// What may be said of a gun after a step.
#[derive(Clone, Debug)]
pub struct After {
    /// The gun.
    pub gun: Id,
    /// The word on its card.
    pub word: String,
    /// A doubt that must stand about it.
    pub doubt: Option<Code>,
}

/// What `[[without]]` looks at of a step, whether or not the rest of it can be read.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its line in the file.
    pub line: usize,
    /// Its name, where others refer to it.
    pub name: Option<String>,
    /// Does a refusal or a voiding rest on it?
    pub decisive: bool,
    /// Is it said what happened there?
    pub says: bool,
}

/// One entry left out.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its line in the file.
    pub line: usize,
    /// The step that is left out, by its place among the steps.
    pub left_out: usize,
    /// What is expected of later steps then.
    pub then: Vec<(usize, Expected)>,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// Every mistake in it, by line.
    pub fn parse(text: &str) -> Result<Scenario, Vec<Mistake>> {
        let mut mistakes = Mistakes::default();
        let mut file = Section::parse(text, &mut mistakes);
        if !mistakes.is_empty() {
            return Err(mistakes.sorted());
        }
        let (_, title) = file.need_text("title", "what the scenario tells", &mut mistakes);
        let (_, source) = file.need_text("source", "where it is known from", &mut mistakes);
        let day = file.whole("day", u32::MAX, &mut mistakes).map_or(1, |(_, day)| day);
        let limits = read_limits(&mut file, &mut mistakes);
        let also_on = file.wholes("also_on", u32::MAX, &mut mistakes);
        let mut preamble = Preamble::read(&mut file, day, also_on, &mut mistakes);
        never_made(&mut file, &mut preamble.names, &mut mistakes);
        let steps = file.sections("step", "step", &mut mistakes);
        let variants = file.sections("without", "without", &mut mistakes);
        if steps.is_empty() {
            mistakes.add(1, "the file", "there is no `[[step]]`: nothing would be played");
        }
        file.finish(&mut mistakes);
        let (steps, headings) = step::read_all(steps, &mut preamble.names, &preamble.owners, &mut mistakes);
        let variants = read_variants(variants, &headings, &preamble.names, &mut mistakes);
        let begins = steps.first().map_or(Millis(0), |step| step.context.decided_at);
        let initial = preamble.state(&limits, begins, &mut mistakes);
        decisive_are_left_out(&headings, &variants, &mut mistakes);
        if mistakes.is_empty() {
            Ok(Scenario { title, source, limits, names: preamble.names, initial, steps, variants })
        } else {
            Err(mistakes.sorted())
        }
    }

    /// The rules whose codes the scenario expects, sorted.
    #[must_use]
    pub fn rules(&self) -> Vec<kernel::Rule> {
        let expected = self.steps.iter().map(|step| &step.expected);
        let then = self.variants.iter().flat_map(|variant| variant.then.iter().map(|(_, expected)| expected));
        let codes = |it: &Expected| -> Vec<Code> {
            it.reasons.iter().copied().chain(it.after.iter().filter_map(|after| after.doubt)).collect()
        };
        let mut rules: Vec<_> = expected.chain(then).flat_map(codes).map(Code::rule).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// The rules whole, with this scenario's limits.
    #[must_use]
    pub const fn whole_rules(&self) -> Rules {
        Rules::new(self.limits)
    }
}

/// Names of steps that nobody made, by which other steps may all the same call what they are about.
fn never_made(file: &mut Section, names: &mut Names, mistakes: &mut Mistakes) {
    for (line, name) in file.texts("never_made", mistakes) {
        if !names.declare(Space::Step, &name) {
            mistakes.add(line, "the file", format!("another step is called `{name}`"));
        }
    }
}

fn read_limits(file: &mut Section, mistakes: &mut Mistakes) -> Limits {
    let mut section = file.section("limits", mistakes);
    let mut span = |name: &'static str, default: u64| {
        let Some((line, text)) = section.text(name, mistakes) else { return default };
        parse_span(&text).unwrap_or_else(|| {
            mistakes.add(line, "limits", format!("`{name}` should be {SPAN}, and is `{text}`"));
            default
        })
    };
    let limits = Limits {
        showing_life: span("show_again_after", LIMITS.showing_life),
        identity_life: span("match_again_after", LIMITS.identity_life),
        ask_tolerance: span("ask_within", LIMITS.ask_tolerance),
    };
    section.finish(mistakes);
    limits
}

/// What is said of a name that is not there.
#[must_use]
pub fn unknown(names: &Names, space: Space, name: &str) -> String {
    format!("there is no {} called `{name}`; there is {}", space.word(), names.listed(space, name))
}

fn read_variants(sections: Vec<Section>, steps: &[Heading], names: &Names, mistakes: &mut Mistakes) -> Vec<Variant> {
    let mut variants = Vec::new();
    for mut section in sections {
        let (line, name) = section.need_text("step", "the name of the step that is left out", mistakes);
        let left_out = place_of(steps, &name);
        if left_out.is_none() && !name.is_empty() {
            mistakes.add(line, &section.part, unknown(names, Space::Step, &name));
        }
        let mut then = Vec::new();
        let part = format!("{}, then", section.part);
        let items = section.sections("then", &part, mistakes);
        if items.is_empty() {
            mistakes.add(section.line, &section.part, "`then` is missing: what is expected of a later step");
        }
        for mut item in items {
            let (line, name) = item.need_text("step", "the name of a later step", mistakes);
            let expected = step::read_expected(&mut item, None, names, mistakes);
            match (place_of(steps, &name), left_out) {
                (Some(step), Some(left_out)) if step > left_out => then.push((step, expected)),
                (Some(_), Some(_)) => {
                    mistakes.add(line, &item.part, format!("`{name}` does not come after the step that is left out"));
                }
                (Some(_), None) => {}
                (None, _) if name.is_empty() => {}
                (None, _) => mistakes.add(line, &item.part, unknown(names, Space::Step, &name)),
            }
            item.finish(mistakes);
        }
        let line = section.line;
        section.finish(mistakes);
        variants.extend(left_out.map(|left_out| Variant { line, left_out, then }));
    }
    variants
}

fn place_of(steps: &[Heading], name: &str) -> Option<usize> {
    steps.iter().position(|step| step.name.as_deref() == Some(name))
}

/// Every decisive entry is also left out once, or nobody would see what rests on it.
fn decisive_are_left_out(steps: &[Heading], variants: &[Variant], mistakes: &mut Mistakes) {
    for (place, step) in steps.iter().enumerate() {
        let part = format!("step {}", place.saturating_add(1));
        let left_out = variants.iter().any(|variant| variant.left_out == place);
        if step.decisive && !step.says {
            mistakes.add(step.line, &part, "it is decisive, and `says` is missing: why it is there");
        }
        if step.decisive && !left_out {
            mistakes.add(step.line, &part, "it is decisive, and no `[[without]]` leaves it out");
        }
        if !step.decisive && left_out {
            mistakes.add(step.line, &part, "a `[[without]]` leaves it out, and it is not marked `decisive = true`");
        }
    }
}
