//! The kinds of intent and their fields, for people: made from the table that reads and writes them.

use record::wire::{KINDS, Kind, WireError};
use record::words::Word;
use serde_json::Value;

use super::names::Space;

/// The kind that is written so.
#[must_use]
pub fn find(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// Every kind, for whoever wrote one that is not there.
#[must_use]
pub fn listed() -> String {
    let words: Vec<&str> = KINDS.iter().map(|kind| kind.word).collect();
    format!("`{}`", words.join("`, `"))
}

/// The words that a field takes.
#[must_use]
pub fn one_of<T: Word>() -> String {
    let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
    format!("one of `{}`", words.join("`, `"))
}

/// Is it what has already happened, and not asked before the act?
#[must_use]
pub fn is_report(kind: &Kind) -> bool {
    kind.word.starts_with("report_") || kind.word == "stop"
}

/// What a field takes, in words.
#[must_use]
pub fn describe(name: &str, schema: &Value) -> String {
    if let Some(space) = Space::of_field(name) {
        let optional = if schema.get("anyOf").is_some() { ", or nothing" } else { "" };
        return format!("the name of a {}{optional}", space.word());
    }
    match name {
        "readings" => "what was seen, chamber by chamber".to_owned(),
        "roles" => "a list of roles".to_owned(),
        _ => by_schema(schema),
    }
}

fn by_schema(schema: &Value) -> String {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of `{}`", words.join("`, `"));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => "true or false".to_owned(),
        Some("array") => "which chambers: `\"1-6\"` or `[1, 2]`".to_owned(),
        _ => "a number".to_owned(),
    }
}

/// Why a kind of intent could not be made of what the file says.
#[must_use]
pub fn explain(kind: &Kind, error: &WireError) -> String {
    let of = |name: &str| {
        let field = kind.fields.iter().find(|(field, _)| *field == name);
        field.map(|(name, schema)| describe(name, &schema()))
    };
    match error {
        WireError::Missing(name) if name == "item" => missing_item(kind),
        WireError::Missing(name) => {
            format!("`{name}` is missing: {}", of(name).unwrap_or_else(|| "it belongs to every intent".to_owned()))
        }
        WireError::Wrong { field, expected } => {
            format!("`{field}` should be {}", of(field).unwrap_or_else(|| (*expected).to_owned()))
        }
        WireError::Unknown(_) | WireError::Kind(_) | WireError::Event(_) => error.to_string(),
    }
}

/// What is said where the item is missing.
#[must_use]
pub fn missing_item(kind: &Kind) -> String {
    let what = kind.item.and_then(Space::of_item).map_or("thing", Space::word);
    format!("`item` is missing: the name of the {what} that `{}` is about", kind.word)
}

/// The table of docs/scenarios.md: every kind of intent with its fields.
#[must_use]
pub fn table() -> String {
    let mut text = "| `do` | | `item` | fields |\n|---|---|---|---|\n".to_owned();
    for kind in KINDS {
        let what = if is_report(kind) { "report" } else { "ask" };
        let item = kind.item.and_then(Space::of_item).map_or("–".to_owned(), |space| space.word().to_owned());
        let fields: Vec<String> =
            kind.fields.iter().map(|(name, schema)| format!("`{name}`: {}", describe(name, &schema()))).collect();
        let fields = if fields.is_empty() { "–".to_owned() } else { fields.join("; ") };
        text.push_str(&format!("| `{}` | {what} | {item} | {fields} |\n", kind.word));
    }
    text
}

/// The table of docs/scenarios.md with every reason code, its rule, and what it says.
#[must_use]
pub fn codes() -> String {
    let mut text = "| code | rule | what it says |\n|---|---|---|\n".to_owned();
    for code in kernel::Code::ALL {
        text.push_str(&format!("| `{}` | `{}` | {} |\n", code.as_str(), code.rule().as_str(), code.sentence()));
    }
    text
}
