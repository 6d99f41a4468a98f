//! The kinds of intent and their fields, for people: made from the table that reads and writes them.

use kernel::Chambers;
use record::Millis;
use record::wire::{KINDS, Kind, Wire, WireError};
use record::words::{CALIBRES, Word};
use serde_json::Value;

use super::lined::whole_number;
use super::names::Space;
use super::{nearest, who};

/// The kind that is written so.
#[must_use]
pub fn find(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// Every kind, for whoever wrote one that is not there; the one most like it first.
#[must_use]
pub fn listed(wrong: &str) -> String {
    let words: Vec<&str> = KINDS.iter().map(|kind| kind.word).collect();
    nearest::listed(wrong, &words)
}

/// The words that a field takes; the one most like what was written first.
#[must_use]
pub fn one_of<T: Word>(wrong: &str) -> String {
    let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
    format!("one of {}", nearest::listed(wrong, &words))
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
        _ => by_schema(plain(schema)),
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

/// What a field takes, for whoever wrote something else: with the bounds of a number, and every calibre.
#[must_use]
pub fn expected(name: &str, schema: &Value, wrong: &str) -> String {
    let plain = plain(schema);
    let or_nothing = if is_optional(schema) { ", or nothing" } else { "" };
    if name == "calibre" {
        let words: Vec<&str> = CALIBRES.iter().map(|(_, word)| *word).collect();
        return format!("one of {}, or `other_1` to `other_99`{or_nothing}", nearest::listed(wrong, &words));
    }
    if let Some(words) = plain.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of {}{or_nothing}", nearest::listed(wrong, &words));
    }
    let bound = |name: &str| plain.get(name).and_then(Value::as_u64).and_then(|bound| u32::try_from(bound).ok());
    match (bound("minimum"), bound("maximum")) {
        (Some(0), Some(most)) => format!("{}{or_nothing}", whole_number(most)),
        (Some(least), Some(most)) => format!("a whole number from {least} to {most}{or_nothing}"),
        (Some(_) | None, _) => describe(name, schema),
    }
}

/// May this stand in a field? Of a list or a table only the record knows.
#[must_use]
pub fn takes(name: &str, schema: &Value, value: &Value) -> bool {
    let plain = plain(schema);
    if value.is_null() {
        return is_optional(schema);
    }
    if name == "calibre" {
        return kernel::Calibre::get(value).is_some();
    }
    if let Some(words) = plain.get("enum").and_then(Value::as_array) {
        return words.contains(value);
    }
    let bound = |name: &str, none: i64| plain.get(name).and_then(Value::as_i64).unwrap_or(none);
    match plain.get("type").and_then(Value::as_str) {
        Some("integer") => {
            value.as_i64().is_some_and(|it| (bound("minimum", i64::MIN)..=bound("maximum", i64::MAX)).contains(&it))
        }
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some(_) | None => true,
    }
}

/// What a field takes beside nothing.
fn plain(schema: &Value) -> &Value {
    if is_optional(schema) { schema.pointer("/anyOf/0").unwrap_or(schema) } else { schema }
}

/// What is said where a field is missing.
#[must_use]
pub fn missing(name: &str, schema: &Value) -> String {
    format!("`{name}` is missing: {}", expected(name, schema, ""))
}

/// Why a kind of intent could not be made of what the file says.
#[must_use]
pub fn explain(kind: &Kind, error: &WireError) -> String {
    let of = |name: &str| {
        let field = kind.fields.iter().find(|(field, _)| *field == name);
        field.map(|(name, schema)| expected(name, &schema(), ""))
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

/// The table of docs/scenarios.md: every kind of intent, by whom, and with its fields.
#[must_use]
pub fn table() -> String {
    let mut text = "| `do` | | by | `item` | fields |\n|---|---|---|---|---|\n".to_owned();
    for kind in KINDS {
        let what = if is_report(kind) { "report" } else { "ask" };
        let item = kind.item.and_then(Space::of_item).map_or("–".to_owned(), |space| space.word().to_owned());
        let fields: Vec<String> =
            kind.fields.iter().map(|(name, schema)| format!("`{name}`: {}", describe(name, &schema()))).collect();
        let fields = if fields.is_empty() { "–".to_owned() } else { fields.join("; ") };
        let by = who::by(kind);
        text.push_str(&format!("| `{}` | {what} | {by} | {item} | {fields} |\n", kind.word));
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
