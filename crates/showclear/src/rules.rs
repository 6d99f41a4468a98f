//! `showclear rules`: each clause of the packs with its source, what enforces it, the scenarios that it
//! meets and the tests that change without it; with a production's folder also what that production adopted.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use kernel::{Adoption, Clause, Event, Held, Opposed, Pack, Packs, Rule};
use record::entry::Entry;
use record::{Origin, Real};
use serde_json::{Value, json};
use store::Store as _;
use store::sqlite::SqliteStore;
use web::rules::{Limit, codes, limits, rows_said, scenarios, tests};

use crate::failure::{Exit, Failure, out};
use crate::verify::holding;

/// `showclear rules`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Only this pack; more than once for more packs.
    #[arg(long = "pack", value_name = "PACK", value_parser = PossibleValuesParser::new(Pack::ALL.map(Pack::as_str)))]
    pub packs: Vec<String>,
    /// Mark what the production in this folder adopted. Nothing in it is changed.
    #[arg(long, value_name = "FOLDER")]
    pub of: Option<PathBuf>,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// How many entries are read at a time.
const BATCH: u64 = 512;

/// What a production adopted, where one was named: nothing in it where it adopted nothing.
type Adopted = Option<Option<Adoption<Real>>>;

/// Prints the packs.
///
/// # Errors
/// Where a folder is named that cannot be read, or whose record does not hold.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let named: Packs = args.packs.iter().filter_map(|text| Pack::parse(text)).collect();
    let packs = if named == Packs::NONE { Pack::ALL.into_iter().collect() } else { named };
    let adopted = args.of.as_deref().map(adopted_in).transpose()?;
    out(&if args.json { format!("{}\n", json_of(packs, &adopted)) } else { text_of(packs, &adopted) });
    Ok(Exit::Fine)
}

/// The last adoption of a record that holds.
fn adopted_in(folder: &Path) -> Result<Option<Adoption<Real>>, Failure> {
    let record = holding(folder, "No pack was marked.")?.record;
    let log = folder.join("log.db");
    let mut store = SqliteStore::open_read_only(&log).map_err(|error| Failure::store(&error))?;
    let (mut next, mut last) = (0u64, None);
    while next < record.size {
        let entries = store.entries(next, BATCH).map_err(|error| Failure::store(&error))?;
        last = entries.iter().rev().find_map(|bytes| adoption_of(bytes, &record.origin)).or(last);
        next = next.saturating_add(BATCH);
    }
    Ok(last)
}

#[allow(clippy::wildcard_enum_match_arm, reason = "by one event alone packs are adopted")]
fn adoption_of(bytes: &[u8], origin: &Origin) -> Option<Adoption<Real>> {
    let entry = Entry::decode(bytes, origin).ok()?;
    entry.events().iter().rev().find_map(|event| match *event {
        Event::PacksAdopted { packs, choices, by, at } => Some(Adoption { packs, choices, by, at }),
        _ => None,
    })
}

/// Whether a pack is adopted; the product's laws hold whatever is.
fn mark(adopted: &Adopted, pack: Pack) -> Option<&'static str> {
    let adoption = adopted.as_ref()?;
    Some(match adoption {
        Some(adoption) if adoption.packs.has(pack) => "adopted",
        _ if pack == Pack::Product => "holds, whatever is adopted",
        _ => "not adopted",
    })
}

fn text_of(packs: Packs, adopted: &Adopted) -> String {
    let mut text = String::from(
        "Nothing here prevents anything: a rule can only refuse what somebody enters. The ids of clauses are the \
         project's own.\n",
    );
    match adopted {
        None => {}
        Some(None) => text.push_str("This production adopted no pack. The product's own laws hold.\n"),
        Some(Some(adoption)) => {
            let at = jiff::Timestamp::from_millisecond(adoption.at.0);
            let at = at.map_or_else(|_| format!("{} ms", adoption.at.0), |at| at.to_string());
            text.push_str(&format!("This production adopted its packs at {at}, by {}.\n", adoption.by));
            for choice in adoption.choices.iter() {
                text.push_str(&format!("  chosen: {}\n", choice.as_str()));
            }
        }
    }
    for pack in packs.iter() {
        let mark = mark(adopted, pack).map(|mark| format!(": {mark}")).unwrap_or_default();
        text.push_str(&format!("\n{}: {} ({}){mark}\n", pack.as_str(), pack.title(), pack.place()));
        for clause in pack.clauses() {
            text.push_str(&text_of_clause(clause));
        }
    }
    let limits = limits(packs);
    if !limits.is_empty() {
        text.push_str("\nWhere these packs are adopted together, of two limits the stricter holds:\n");
    }
    for Limit { measure, holds: (value, clause), others } in limits {
        text.push_str(&format!("  {} {value}, by {} ({})\n", measure.as_str(), clause.id, clause.verified.as_str()));
        for (other, clause) in others {
            text.push_str(&format!("    also named: {other}, by {} ({})\n", clause.id, clause.verified.as_str()));
        }
        if let Held::Not(why) = measure.held() {
            text.push_str(&format!("    nothing is compared with it: {why}\n"));
        }
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

fn json_of(packs: Packs, adopted: &Adopted) -> Value {
    let mut rules: Vec<Rule> = packs.iter().flat_map(Pack::clauses).flat_map(Clause::rules).copied().collect();
    rules.sort_unstable();
    rules.dedup();
    let opposed = Opposed::ALL.into_iter().filter(|opposed| opposed.is_open(packs)).map(|opposed| {
        let sides = opposed.sides().map(|(choice, side)| json!({"choice": choice.as_str(), "clauses": side}));
        json!({"question": opposed.question(), "sides": sides})
    });
    let limits = limits(packs).into_iter().map(|limit| (limit.measure.as_str().to_owned(), json!(limit.holds.0)));
    let mut said = json!({
        "packs": packs.iter().map(json_of_pack).collect::<Vec<_>>(),
        "rules": rules.into_iter().map(json_of_rule).collect::<Vec<_>>(),
        "limits": limits.collect::<serde_json::Map<_, _>>(),
        "opposed": opposed.collect::<Vec<_>>(),
    });
    if let (Some(adopted), Some(said)) = (adopted, said.as_object_mut()) {
        said.insert("adopted".to_owned(), adopted.as_ref().map_or(Value::Null, json_of_adoption));
    }
    said
}

fn json_of_adoption(adoption: &Adoption<Real>) -> Value {
    json!({
        "packs": adoption.packs.iter().map(Pack::as_str).collect::<Vec<_>>(),
        "choices": adoption.choices.iter().map(kernel::Choice::as_str).collect::<Vec<_>>(),
        "by": adoption.by.to_string(),
        "at": adoption.at.0,
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
