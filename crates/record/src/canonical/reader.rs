//! Reads the one form in one pass: each byte is looked at once, and nothing is written anew to be compared.

use std::borrow::Cow;

use serde_json::Value;
use unicode_normalization::is_nfc;

use super::MAX_INTEGER;
use crate::json::{Fields, Json};

/// How deep arrays and objects may lie in each other, as `serde_json` has it.
const MAX_DEPTH: u8 = 127;

/// The value, where `text` is the one form of it; nothing for everything else.
pub(super) fn read(text: &str) -> Option<Json<'_>> {
    let mut reader = Reader { rest: text, depth: MAX_DEPTH };
    let value = reader.value()?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    /// How many more may be opened.
    depth: u8,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Option<Json<'a>> {
        match self.rest.as_bytes().first()? {
            b'"' => self.string().map(Json::Text),
            b'{' => self.within(Self::object),
            b'[' => self.within(Self::array),
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            _ => self.integer(),
        }
    }

    /// Goes one deeper, over the bracket that was seen.
    fn within(&mut self, inner: impl Fn(&mut Self) -> Option<Json<'a>>) -> Option<Json<'a>> {
        self.depth = self.depth.checked_sub(1)?;
        self.skip(1)?;
        let value = inner(self)?;
        self.depth = self.depth.saturating_add(1);
        Some(value)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Json<'a>> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(Json::Plain(value))
    }

    /// No zero before another digit, no zero below zero, no fraction and no exponent.
    fn integer(&mut self) -> Option<Json<'a>> {
        let text = self.rest.as_bytes();
        let sign = usize::from(text.first() == Some(&b'-'));
        let digits = text.get(sign..)?;
        let digits = digits.get(..digits.iter().take_while(|byte| byte.is_ascii_digit()).count())?;
        if digits.first() == Some(&b'0') && (digits.len() > 1 || sign == 1) {
            return None;
        }
        let end = sign.checked_add(digits.len())?;
        let integer: i64 = self.rest.get(..end)?.parse().ok()?;
        self.skip(end)?;
        (integer.unsigned_abs() <= MAX_INTEGER.unsigned_abs()).then(|| Json::Plain(Value::from(integer)))
    }

    fn array(&mut self) -> Option<Json<'a>> {
        let mut items = Vec::new();
        if !self.has(']') {
            loop {
                items.push(self.value()?);
                if self.has(']') {
                    break;
                }
                self.rest = self.rest.strip_prefix(',')?;
            }
        }
        Some(Json::List(items))
    }

    /// Keys in plain ASCII, each after the one before it.
    fn object(&mut self) -> Option<Json<'a>> {
        let mut fields = Fields::none();
        if self.has('}') {
            return Some(Json::Object(fields));
        }
        loop {
            let key = self.string().filter(|key| key.is_ascii())?;
            if fields.last_key().is_some_and(|last| *key <= *last) {
                return None;
            }
            self.rest = self.rest.strip_prefix(':')?;
            fields.push(key, self.value()?);
            if self.has('}') {
                return Some(Json::Object(fields));
            }
            self.rest = self.rest.strip_prefix(',')?;
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.rest = self.rest.strip_prefix('"')?;
        let plain = self.plain()?;
        // Most texts have nothing to be escaped, and stay where they are.
        let text = if self.has('"') { Cow::Borrowed(plain) } else { Cow::Owned(self.escaped(plain.to_owned())?) };
        (text.is_ascii() || is_nfc(&text)).then_some(text)
    }

    /// Up to the next quote or escape.
    fn plain(&mut self) -> Option<&'a str> {
        let plain = self.rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')?;
        let (plain, rest) = self.rest.split_at_checked(plain)?;
        self.rest = rest;
        Some(plain)
    }

    /// The rest of a text, from an escape on.
    fn escaped(&mut self, mut text: String) -> Option<String> {
        loop {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
            if self.has('"') {
                return Some(text);
            }
        }
    }

    /// Every letter that must be escaped has one way of it, and no other letter has any.
    fn escape(&mut self) -> Option<char> {
        self.rest = self.rest.strip_prefix('\\')?;
        let letter = match self.rest.as_bytes().first()? {
            b'"' => '"',
            b'\\' => '\\',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.control(),
            _ => return None,
        };
        self.skip(1)?;
        Some(letter)
    }

    /// `u00` and two digits, small ones, of a control character that has no shorter escape.
    fn control(&mut self) -> Option<char> {
        self.rest = self.rest.strip_prefix("u00")?;
        let digits = self.rest.get(..2)?;
        let small = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let letter = char::from(u8::from_str_radix(digits, 16).ok().filter(|_| small)?);
        self.skip(2)?;
        (letter < ' ' && !matches!(letter, '\u{8}' | '\u{c}' | '\n' | '\r' | '\t')).then_some(letter)
    }

    /// Whether this comes next; then it is passed over.
    fn has(&mut self, letter: char) -> bool {
        self.rest.strip_prefix(letter).is_some_and(|rest| {
            self.rest = rest;
            true
        })
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.rest = self.rest.get(bytes..)?;
        Some(())
    }
}
