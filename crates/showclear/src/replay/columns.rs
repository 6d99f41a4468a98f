//! The table of `showclear replay --table`: what each entry and each rule stops, and what then without it.

use record::wire;
use serde_json::{Value, json};

use super::file::Scenario;
use super::say::break_json;
use super::table::{Break, Left, Row, rows};

/// How wide each column is, in characters. With what stands between them a line has at most 120.
const WIDTHS: [usize; 3] = [32, 36, 46];

/// The table as text.
#[must_use]
pub fn text(scenario: &Scenario) -> String {
    let rows = rows(scenario);
    let (entries, rules): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| matches!(row.left, Left::Entry(_)));
    let mut text = format!("{}\n", scenario.title);
    for (title, rows) in [("DECISIVE ENTRY", entries), ("RULE", rules)] {
        let line = WIDTHS.map(|width| "-".repeat(width)).join("-+-");
        text.push_str(&format!("\n{}{line}\n", line_of(&[title, "STOPS", "LEFT OUT"])));
        for row in rows {
            text.push_str(&row_text(scenario, row));
        }
    }
    text
}

fn row_text(scenario: &Scenario, row: &Row) -> String {
    let beside = row.beside.map_or_else(String::new, |it| format!("With step {} left out: ", it.saturating_add(1)));
    let left = match row.left {
        Left::Entry(place) => step(scenario, place),
        Left::Rule(rule) => format!("{}: {}", rule.as_str(), rule.sentence()),
    };
    let stops = match (&row.stops, row.opens) {
        (Some(it), _) => broken(scenario, it),
        (None, Some(place)) => format!("no step. It opens {}", step(scenario, place)),
        (None, None) => "no step".to_owned(),
    };
    let cells = [left, format!("{beside}{stops}"), without(scenario, row)];
    let cells: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(cell, width)| wrapped(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |index: usize| {
        let of: Vec<&str> = cells.iter().map(|cell| cell.get(index).map_or("", String::as_str)).collect();
        line_of(&of)
    };
    (0..height).map(line).collect::<String>() + "\n"
}

fn line_of(cells: &[&str]) -> String {
    let padded: Vec<String> = cells.iter().zip(WIDTHS).map(|(cell, width)| format!("{cell:<width$}")).collect();
    format!("{}\n", padded.join(" | ").trim_end())
}

/// `13 "out of sight"`, or `13 offer gun 1` where the step has no name.
fn step(scenario: &Scenario, place: usize) -> String {
    let number = place.saturating_add(1);
    let Some(step) = scenario.steps.get(place) else { return number.to_string() };
    if let Some(name) = &step.name {
        return format!("{number} \"{name}\"");
    }
    let (kind, item, _) = wire::write_intent(&step.intent);
    let item = item.map_or_else(String::new, |item| format!(" {}", scenario.names.of(item)));
    format!("{number} {}{item}", kind.replace('_', " "))
}

fn broken(scenario: &Scenario, it: &Break) -> String {
    format!("{}: {}", step(scenario, it.step), it.text())
}

fn without(scenario: &Scenario, row: &Row) -> String {
    let steps: Vec<String> = row.passes.iter().map(|it| it.saturating_add(1).to_string()).collect();
    let passes = match steps.as_slice() {
        [] => String::new(),
        [one] => format!("{one} passes in silence. "),
        several => format!("{} pass in silence. ", several.join(", ")),
    };
    let said = row.said.iter().map(|text| format!("Then {text}. ")).collect::<String>();
    match &row.in_the_way {
        Some(it) => format!("{passes}{said}In the way: {}", broken(scenario, it)),
        None if row.changes.is_empty() => "nothing changes".to_owned(),
        None => format!("{passes}{said}Nothing is in the way."),
    }
}

/// The words of a cell in lines of at most so many characters; a longer word has a line of its own.
fn wrapped(cell: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in cell.split(' ') {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if line.chars().count().saturating_add(length).saturating_add(1) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The table as JSON: a list of rows.
#[must_use]
pub fn json(scenario: &Scenario) -> Value {
    Value::Array(rows(scenario).iter().map(row_json).collect())
}

fn row_json(row: &Row) -> Value {
    let number = |place: usize| place.saturating_add(1);
    let (entry, rule) = match row.left {
        Left::Entry(place) => (Some(number(place)), None),
        Left::Rule(rule) => (None, Some(rule.as_str())),
    };
    let changes = row.changes.iter().map(|it| json!({"step": number(it.step), "how": it.how.text()}));
    json!({
        "entry": entry,
        "rule": rule,
        "beside_left_out": row.beside.map(number),
        "stops": row.stops.as_ref().map(break_json),
        "opens": row.opens.map(number),
        "passes_in_silence": row.passes.iter().copied().map(number).collect::<Vec<_>>(),
        "then_said": row.said,
        "in_the_way": row.in_the_way.as_ref().map(break_json),
        "changes": changes.collect::<Vec<_>>(),
    })
}
