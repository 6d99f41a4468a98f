//! The one way of writing JSON in the record: a strict subset of RFC 8785 (JCS).
//!
//! ASCII keys in order, no white space, no floating point, integers below 2^53 in amount, strings
//! in normal form C, no key twice. One function writes it; reading accepts nothing that this
//! function would have written otherwise. Signed bytes are never made anew from what was read.

mod reader;

use serde_json::{Map, Value};
use unicode_normalization::is_nfc;

use crate::json::Json;

/// The largest integer that every reader of JSON holds exactly: 2^53 - 1.
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;

/// Why a value cannot be written, or bytes are not in the one form.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NotCanonical {
    /// It is no JSON at all.
    #[error("this is not JSON")]
    NotJson,
    /// A number is no integer below 2^53.
    #[error("a number is not an integer below 2^53")]
    Number,
    /// A key has characters outside ASCII.
    #[error("the key `{0}` is not plain ASCII")]
    Key(String),
    /// A text is not in Unicode normal form C.
    #[error("a text is not in Unicode normal form C")]
    Text,
    /// White space, order, a key given twice, or an escape that is not needed.
    #[error("this JSON is not written in the one form that is signed: sorted keys, no white space, no key twice")]
    Form,
}

/// Writes a value in the one form.
///
/// # Errors
/// Where the value holds what the form excludes.
pub fn write(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write_value(value, &mut text)?;
    Ok(text)
}

/// Reads bytes that are in the one form.
///
/// # Errors
/// Where they are not JSON, or not in the one form.
pub fn read(bytes: &[u8]) -> Result<Value, NotCanonical> {
    let value = str::from_utf8(bytes).ok().and_then(reader::read);
    value.map(Json::value).ok_or_else(|| why_not(bytes))
}

/// The same of bytes that are known to be text, without a copy of it.
pub(crate) fn read_text(text: &str) -> Result<Json<'_>, NotCanonical> {
    reader::read(text).ok_or_else(|| why_not(text.as_bytes()))
}

/// Why bytes are not in the one form. Only what was refused already comes here.
fn why_not(bytes: &[u8]) -> NotCanonical {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return NotCanonical::NotJson };
    write(&value).err().unwrap_or(NotCanonical::Form)
}

fn write_value(value: &Value, text: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            let integer = number.as_i64().filter(|it| it.unsigned_abs() <= MAX_INTEGER.unsigned_abs());
            text.push_str(&integer.ok_or(NotCanonical::Number)?.to_string());
        }
        Value::String(string) => write_string(string, text)?,
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_value(item, text)?;
            }
            text.push(']');
        }
        Value::Object(fields) => write_object(fields, text)?,
    }
    Ok(())
}

/// Sorts the keys itself: whether the map keeps an order of its own hangs on a feature that any
/// dependency could switch on.
fn write_object(fields: &Map<String, Value>, text: &mut String) -> Result<(), NotCanonical> {
    let mut keys: Vec<&String> = fields.keys().collect();
    keys.sort_unstable();
    text.push('{');
    for (place, key) in keys.into_iter().enumerate() {
        if !key.is_ascii() {
            return Err(NotCanonical::Key(key.chars().take(32).collect()));
        }
        if place > 0 {
            text.push(',');
        }
        write_string(key, text)?;
        text.push(':');
        write_value(fields.get(key).unwrap_or(&Value::Null), text)?;
    }
    text.push('}');
    Ok(())
}

fn write_string(string: &str, text: &mut String) -> Result<(), NotCanonical> {
    if !is_nfc(string) {
        return Err(NotCanonical::Text);
    }
    // serde_json escapes as RFC 8785 does: the short escapes, lower-case \u00xx for other control
    // characters, and nothing else.
    text.push_str(&serde_json::to_string(string).map_err(|_| NotCanonical::Text)?);
    Ok(())
}
