//! Reads the one form in one pass: each byte is looked at once, and nothing is written anew to be compared.

use std::borrow::Cow;

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
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
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

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
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
        (integer.unsigned_abs() <= MAX_INTEGER.unsigned_abs()).then(|| Json::Number(integer.into()))
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
        if self.has('}') {
            return Some(Json::Object(Fields::default()));
        }
        let (key, value) = self.field()?;
        let mut fields = Fields::one(key, value);
        while !self.has('}') {
            self.rest = self.rest.strip_prefix(',')?;
            let (key, value) = self.field()?;
            if fields.last_key().is_some_and(|last| *key <= *last) {
                return None;
            }
            fields.push(key, value);
        }
        Some(Json::Object(fields))
    }

    fn field(&mut self) -> Option<(Cow<'a, str>, Json<'a>)> {
        let key = self.string().filter(|key| key.is_ascii())?;
        self.rest = self.rest.strip_prefix(':')?;
        Some((key, self.value()?))
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
        let (plain, rest) = self.rest.split_at_checked(first_special(self.rest.as_bytes())?)?;
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

/// The place of the first byte that no text may hold as it is: a quote, a backslash or a control character.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (number, eight) in eights.iter().enumerate() {
        let found = specials(u64::from_le_bytes(*eight));
        if found != 0 {
            let within = usize::try_from(found.trailing_zeros()).ok()?.checked_div(8)?;
            return number.checked_mul(8)?.checked_add(within);
        }
    }
    let within = rest.iter().position(|byte| *byte < 0x20 || *byte == b'"' || *byte == b'\\')?;
    bytes.len().checked_sub(rest.len())?.checked_add(within)
}

/// Eight bytes at once: of the lowest byte that is special, and perhaps of some above it, the highest bit.
const fn specials(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const SPACES: u64 = 0x2020_2020_2020_2020;
    const QUOTES: u64 = 0x2222_2222_2222_2222;
    const SLASHES: u64 = 0x5c5c_5c5c_5c5c_5c5c;
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    // To take away from a byte that is smaller borrows its highest bit; one that had the bit before is none of these.
    let below = eight.wrapping_sub(SPACES) & !eight;
    let (quote, slash) = (eight ^ QUOTES, eight ^ SLASHES);
    let quote = quote.wrapping_sub(EACH) & !quote;
    let slash = slash.wrapping_sub(EACH) & !slash;
    (below | quote | slash) & HIGHEST
}
