//! What people wrote, made comparable.

use service::MAX_NAME_CHARS;
use unicode_normalization::UnicodeNormalization;

/// The text in Unicode NFC, without white space at its ends, and with one space where there was more
/// or another kind of it. What nobody sees and nothing hangs on (a byte order mark, a soft hyphen, a space
/// without width) is left out.
#[must_use]
pub fn tidy(text: &str) -> String {
    let seen: String = text.nfc().filter(|it| !matches!(it, '\u{FEFF}' | '\u{AD}' | '\u{200B}')).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two names are compared by: tidy, and without regard to capitals. Up and down again makes "STRASSE"
/// and "straße" one, as folding of cases does.
#[must_use]
pub fn key(text: &str) -> String {
    tidy(&tidy(text).to_uppercase().to_lowercase())
}

/// What a header or a title is looked up by: [`key`], with marks for a space, and "#" and "№" as the word
/// that they stand for. "Serial #" is "serial number", "S/N" is "s n", "Role(s)" is "roles".
#[must_use]
pub fn words(text: &str) -> String {
    let plain: String = text.nfkc().collect();
    let plain = key(&plain).replace("(s)", "s").replace(['\'', '’'], "").replace('#', " number ").replace('&', " and ");
    let apart: String = plain.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let words: Vec<&str> = apart.split(' ').filter(|word| !word.is_empty()).collect();
    words
        .iter()
        .map(|word| if *word == "no" && words.len() > 1 { "number" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Is it too long for a name?
#[must_use]
pub fn is_too_long_for_a_name(text: &str) -> bool {
    text.chars().nth(MAX_NAME_CHARS).is_some()
}

/// Control characters, and those that turn the direction in which a text is read: a name can be made to look
/// like another with them.
pub(super) fn hides(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// Does such a cell stand for nothing? People write a dash, or say that it does not apply.
#[must_use]
pub fn stands_for_nothing(text: &str) -> bool {
    matches!(key(text).as_str(), "-" | "--" | "–" | "—" | "n/a" | "na" | "n.a." | "tba" | "tbc" | "tbd" | "?")
}

/// "yes" or "no" in the ways that people tick a list; nothing where it is neither.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "yes" | "y" | "x" | "true" | "1" | "✓" | "✔" | "☑" | "✅" | "ja" | "oui" | "si" | "sí" => Some(true),
        "no" | "n" | "false" | "0" | "none" | "✗" | "✘" | "☐" | "❌" | "nein" | "non" => Some(false),
        _ => None,
    }
}

/// A text for a message: short, in quotation marks, and with nothing in it that a terminal acts on.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let tidy = tidy(text);
    let seen: String = tidy.chars().map(|it| if hides(it) { '\u{FFFD}' } else { it }).take(LONGEST).collect();
    if tidy.chars().nth(LONGEST).is_some() { format!("`{seen}…`") } else { format!("`{seen}`") }
}
