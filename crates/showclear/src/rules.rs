//! `showclear rules`: each clause of the packs with its source, what enforces it, the scenarios that it
//! meets and the tests that change without it.

use clap::builder::PossibleValuesParser;
use kernel::{Clause, Held, Measure, Opposed, Pack, Packs, Rule, limit};
use serde_json::{Value, json};
use web::rules::{codes, rows_said, scenarios, tests};

use crate::failure::{Exit, Failure, out};

/// `showclear rules`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Only this pack; more than once for more packs.
    #[arg(long = "pack", value_name = "PACK", value_parser = PossibleValuesParser::new(Pack::ALL.map(Pack::as_str)))]
    pub packs: Vec<String>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// Prints the packs.
///
/// # Errors
/// Never: the packs are built in.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let named: Packs = args.packs.iter().filter_map(|text| Pack::parse(text)).collect();
    let packs = if named == Packs::NONE { Pack::ALL.into_iter().collect() } else { named };
    out(&if args.json { format!("{}\n", json_of(packs)) } else { text_of(packs) });
    Ok(Exit::Fine)
}

fn text_of(packs: Packs) -> String {
    let mut text = String::from(
        "Nothing here prevents anything: a rule can only refuse what somebody enters. The ids of clauses are the \
         project's own.\n",
    );
    for pack in packs.iter() {
        text.push_str(&format!("\n{}: {} ({})\n", pack.as_str(), pack.title(), pack.place()));
        for clause in pack.clauses() {
            text.push_str(&text_of_clause(clause));
        }
    }
    let limits = limits(packs);
    if !limits.is_empty() {
        text.push_str("\nWhere these packs are adopted together, of two limits the stricter holds:\n");
    }
    for (measure, value) in limits {
        text.push_str(&format!("  {} {value}\n", measure.as_str()));
    }
    for opposed in Opposed::ALL.into_iter().filter(|opposed| opposed.is_open(packs)) {
        text.push_str(&format!("\nTo be chosen in writing: {}\n", opposed.question()));
        for (choice, side) in opposed.sides() {
            text.push_str(&format!("  {} ({})\n", choice.as_str(), side.join(", ")));
        }
    }
    text
}

fn text_of_clause(clause: &Clause) -> String {
    let since = clause.since.map(|since| format!("; in force from {since}")).unwrap_or_default();
    let mut text = format!(
        "\n{}: {}\n  {}, {}; {}, \"{}\"; {}{since}\n  {}\n",
        clause.id,
        clause.sentence,
        clause.who,
        clause.when,
        clause.strength.as_str(),
        clause.verb,
        clause.verified.as_str(),
        clause.source,
    );
    for (measure, value) in clause.limits {
        text.push_str(&format!("  {} {value}\n", measure.as_str()));
    }
    match clause.held {
        Held::Not(why) => text.push_str(&format!("  not enforced: {why}\n")),
        Held::By(rules) => rules.iter().for_each(|rule| text.push_str(&text_of_rule(*rule))),
    }
    text
}

fn text_of_rule(rule: Rule) -> String {
    let codes: Vec<&str> = codes(rule).map(kernel::Code::as_str).collect();
    let met = scenarios(rule);
    let met = if met.is_empty() { "in no scenario".to_owned() } else { format!("in {}", met.join(", ")) };
    let codes = if codes.is_empty() { "no code of its own".to_owned() } else { codes.join(", ") };
    format!("  {}: {codes}\n    {met}; {}\n", rule.as_str(), rows_said(rule))
}

fn limits(packs: Packs) -> Vec<(Measure, u32)> {
    Measure::ALL.into_iter().filter_map(|measure| Some((measure, limit(packs, measure)?))).collect()
}

fn json_of(packs: Packs) -> Value {
    let mut rules: Vec<Rule> = packs.iter().flat_map(Pack::clauses).flat_map(Clause::rules).copied().collect();
    rules.sort_unstable();
    rules.dedup();
    let opposed = Opposed::ALL.into_iter().filter(|opposed| opposed.is_open(packs)).map(|opposed| {
        let sides = opposed.sides().map(|(choice, side)| json!({"choice": choice.as_str(), "clauses": side}));
        json!({"question": opposed.question(), "sides": sides})
    });
    let limits = limits(packs).into_iter().map(|(measure, value)| (measure.as_str().to_owned(), json!(value)));
    json!({
        "packs": packs.iter().map(json_of_pack).collect::<Vec<_>>(),
        "rules": rules.into_iter().map(json_of_rule).collect::<Vec<_>>(),
        "limits": limits.collect::<serde_json::Map<_, _>>(),
        "opposed": opposed.collect::<Vec<_>>(),
    })
}

fn json_of_pack(pack: Pack) -> Value {
    let clauses = pack.clauses().map(|clause| {
        let limits = clause.limits.iter().map(|(measure, value)| (measure.as_str().to_owned(), json!(value)));
        let not_enforced = match clause.held {
            Held::By(_) => None,
            Held::Not(why) => Some(why),
        };
        json!({
            "id": clause.id,
            "sentence": clause.sentence,
            "who": clause.who,
            "when": clause.when,
            "strength": clause.strength.as_str(),
            "verb": clause.verb,
            "source": clause.source,
            "in_force_from": clause.since,
            "text": clause.verified.as_str(),
            "limits": limits.collect::<serde_json::Map<_, _>>(),
            "enforced_by": clause.rules().iter().map(|rule| rule.as_str()).collect::<Vec<_>>(),
            "not_enforced": not_enforced,
        })
    });
    json!({
        "pack": pack.as_str(),
        "title": pack.title(),
        "place": pack.place(),
        "clauses": clauses.collect::<Vec<_>>(),
    })
}

fn json_of_rule(rule: Rule) -> Value {
    let tests = tests(rule).into_iter().map(|(code, rows)| json!({"rows_of": code, "rows": rows}));
    json!({
        "rule": rule.as_str(),
        "sentence": rule.sentence(),
        "source": rule.source(),
        "place": rule.place(),
        "strength": rule.strength().as_str(),
        "verb": rule.verb(),
        "text": rule.verified().as_str(),
        "codes": codes(rule).map(kernel::Code::as_str).collect::<Vec<_>>(),
        "scenarios": scenarios(rule),
        "tests": tests.collect::<Vec<_>>(),
    })
}
