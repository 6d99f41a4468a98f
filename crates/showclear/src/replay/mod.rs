//! `showclear replay`: a scenario is played step by step through the kernel that runs on a set.

mod before;
mod columns;
pub mod file;
pub mod kinds;
pub mod lined;
pub mod names;
pub mod nearest;
pub mod play;
pub mod preamble;
mod say;
pub mod step;
pub mod table;
pub mod who;

use std::path::{Path, PathBuf};

use kernel::{Rule, Rules};

use crate::failure::{Exit, Failure, out};
use file::Scenario;
use lined::Mistake;
use play::play;

/// The longest scenario that is read, in bytes: a scenario is written by hand.
pub const MAX_SCENARIO_BYTES: u64 = 1_048_576;

/// `showclear replay FILE`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The scenario; docs/scenarios.md says how to write one.
    pub file: PathBuf,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
    /// Play without this rule, to see what then passes. May be given more than once.
    #[arg(long, value_name = "RULE", value_parser = parse_rule)]
    pub without: Vec<Rule>,
    /// For each rule and each decisive entry: what changes without it.
    #[arg(long)]
    pub table: bool,
}

fn parse_rule(text: &str) -> Result<Rule, String> {
    let listed = || Rule::ALL.iter().map(|rule| rule.as_str()).collect::<Vec<_>>().join(", ");
    Rule::parse(text).ok_or_else(|| format!("there is no such rule; the rules are {}", listed()))
}

/// Plays the scenario and says what came of it.
///
/// # Errors
/// Where the file cannot be read or is no scenario.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let scenario = read(&args.file)?;
    let rules = args.without.iter().fold(scenario.whole_rules(), |rules: Rules, rule| rules.without(*rule));
    let outcome = Outcome::of(&scenario, &rules);
    let said = match (args.json, args.table) {
        (true, _) => format!("{}\n", say::json(&scenario, &outcome, &args.without, args.table)),
        (false, true) => columns::text(&scenario),
        (false, false) => say::text(&scenario, &outcome, &args.without),
    };
    out(&said);
    Ok(if outcome.unmet().is_empty() { Exit::Fine } else { Exit::Findings })
}

/// Reads a scenario.
///
/// # Errors
/// Where the file cannot be read or is no scenario: every mistake in it, by line.
pub fn read(path: &Path) -> Result<Scenario, Failure> {
    let text = read_text(path).map_err(|error| Failure::unreadable(path, &error))?;
    Scenario::parse(&text).map_err(|mistakes| not_a_scenario(path, &mistakes))
}

fn read_text(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MAX_SCENARIO_BYTES.saturating_add(1)).read_to_end(&mut bytes)?;
    let too_long = u64::try_from(bytes.len()).map_or(true, |length| length > MAX_SCENARIO_BYTES);
    if too_long {
        return Err(std::io::Error::other(format!("it is longer than {MAX_SCENARIO_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is not text in UTF-8"))
}

fn not_a_scenario(path: &Path, mistakes: &[Mistake]) -> Failure {
    let listed: Vec<String> =
        mistakes.iter().map(|it| format!("  line {}, {}: {}", it.line, it.part, it.sentence)).collect();
    Failure::new(
        Exit::NotReadOrWritten,
        "scenario/malformed",
        format!("the file {} is not a scenario that can be played:\n{}", path.display(), listed.join("\n")),
        "Nothing was played.",
        "Correct these lines; docs/scenarios.md says how a scenario is written.",
    )
}

/// A scenario that was played, with every entry left out that it says.
#[derive(Debug)]
pub struct Outcome {
    /// The whole scenario.
    pub run: play::Run,
    /// Each variant, in the order of the file.
    pub variants: Vec<play::Run>,
    unmet: Vec<String>,
}

impl Outcome {
    /// Plays a scenario and its variants.
    #[must_use]
    pub fn of(scenario: &Scenario, rules: &Rules) -> Outcome {
        let run = play(scenario, rules, None);
        let mut unmet = Vec::new();
        for (place, step) in scenario.steps.iter().enumerate() {
            let wrong = run.answer(place).map(|answer| answer.unmet(&step.expected, &scenario.names));
            let number = place.saturating_add(1);
            unmet
                .extend(wrong.unwrap_or_default().iter().map(|it| format!("step {number} (line {}): {it}", step.line)));
        }
        let mut variants = Vec::new();
        for variant in &scenario.variants {
            let run = play(scenario, rules, Some(variant.left_out));
            for (place, expected) in &variant.then {
                let wrong = run.answer(*place).map(|answer| answer.unmet(expected, &scenario.names));
                let (left_out, number) = (variant.left_out.saturating_add(1), place.saturating_add(1));
                let named =
                    |it: &String| format!("without step {left_out} (line {}), step {number}: {it}", variant.line);
                unmet.extend(wrong.unwrap_or_default().iter().map(named));
            }
            variants.push(run);
        }
        Outcome { run, variants, unmet }
    }

    /// Every expectation that was not met.
    #[must_use]
    pub fn unmet(&self) -> &[String] {
        &self.unmet
    }
}
