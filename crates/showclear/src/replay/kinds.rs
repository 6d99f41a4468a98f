//! The kinds of intent and their fields, for people: made from the table that reads and writes them.

use kernel::Chambers;
use record::Millis;
use record::wire::{KINDS, Kind, Wire, WireError};
use record::words::{CALIBRES, Word};
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
    format!("one of {}", listed_words::<T>())
}

/// The words, one after the other.
#[must_use]
pub fn listed_words<T: Word>() -> String {
    let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
    format!("`{}`", words.join("`, `"))
}

/// The calibres that are written with a word of their own.
#[must_use]
pub fn calibres() -> String {
    let words: Vec<&str> = CALIBRES.iter().map(|(_, word)| *word).collect();
    format!("`{}`; another one is `other_1` to `other_99`", words.join("`, `"))
}

/// Is it what has already happened, and not asked before the act?
#[must_use]
pub fn is_report(kind: &Kind) -> bool {
    kind.word.starts_with("report_") || kind.word == "stop"
}

/// May nothing stand in a field? Then it may be left out.
#[must_use]
pub fn is_optional(schema: &Value) -> bool {
    let of = schema.get("anyOf").and_then(Value::as_array);
    of.is_some_and(|of| of.iter().any(|it| it.get("type").and_then(Value::as_str) == Some("null")))
}

/// Is it a moment, which a scenario writes as a time of day?
#[must_use]
pub fn is_moment(schema: &Value) -> bool {
    *schema == Millis::schema()
}

/// Is it a list of chambers?
#[must_use]
pub fn is_chambers(schema: &Value) -> bool {
    *schema == Chambers::schema()
}

/// What a field takes, in words.
#[must_use]
pub fn describe(name: &str, schema: &Value) -> String {
    let or_nothing = if is_optional(schema) { ", or nothing" } else { "" };
    if let Some(space) = Space::of_field(name, schema) {
        return format!("the name of a {}{or_nothing}", space.word());
    }
    let plain = if is_optional(schema) { schema.pointer("/anyOf/0").unwrap_or(schema) } else { schema };
    let said = match name {
        "readings" => "what was seen, chamber by chamber".to_owned(),
        "rods" => "what the rod said, and the cap, barrel by barrel".to_owned(),
        "roles" => "a list of roles".to_owned(),
        "topics" => format!("a list of topics: {}", listed_words::<kernel::Topic>()),
        "packs" => format!("a list of packs: {}", listed_words::<kernel::Pack>()),
        "choices" => format!("a list of choices, empty where nothing is opposed: {}", listed_words::<kernel::Choice>()),
        "tally" => "a table of what was counted".to_owned(),
        "saw" => "a table of what came out".to_owned(),
        "feed" => "a table of what was seen in what feeds it".to_owned(),
        "calibre" => "a calibre".to_owned(),
        _ => by_schema(plain),
    };
    format!("{said}{or_nothing}")
}

fn by_schema(schema: &Value) -> String {
    if is_moment(schema) {
        return "a time of day".to_owned();
    }
    if is_chambers(schema) {
        return "which chambers: `\"1-6\"` or `[1, 2]`".to_owned();
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of `{}`", words.join("`, `"));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => "true or false".to_owned(),
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
