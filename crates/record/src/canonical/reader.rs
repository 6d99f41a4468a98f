//! Reads the one form in one pass: each byte is looked at once, and nothing is written anew to be compared.

use std::borrow::Cow;

use unicode_normalization::is_nfc;

use super::MAX_INTEGER;
use crate::json::{Fields, Json};

/// How deep arrays and objects may lie in each other, as `serde_json` has it.
const MAX_DEPTH: u8 = 127;

/// The value, where `text` is the one form of it; nothing for everything else.
pub(super) fn read(text: &str) -> Option<Json<'_>> {
    let mut reader = Reader { text, at: 0, depth: MAX_DEPTH };
    let value = reader.value()?;
    (reader.at == text.len()).then_some(value)
}

struct Reader<'a> {
    text: &'a str,
    /// How many bytes were read.
    at: usize,
    /// How many more may be opened.
    depth: u8,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Option<Json<'a>> {
        match self.next()? {
            b'"' => self.string().map(|(text, _)| Json::Text(text)),
            b'{' => self.within(Self::object),
            b'[' => self.within(Self::array),
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            _ => self.integer(),
        }
    }

    /// The next byte, which is not passed over.
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Everything that was not read yet.
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Passes over so many bytes.
    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// Whether this comes next; then it is passed over.
    fn has(&mut self, byte: u8) -> bool {
        let has = self.next() == Some(byte);
        self.skip(usize::from(has));
        has
    }

    /// This must come next, and is passed over.
    fn must(&mut self, byte: u8) -> Option<()> {
        self.has(byte).then_some(())
    }

    /// Goes one deeper, over the bracket that was seen.
    fn within(&mut self, inner: impl Fn(&mut Self) -> Option<Json<'a>>) -> Option<Json<'a>> {
        self.depth = self.depth.checked_sub(1)?;
        self.skip(1);
        let value = inner(self)?;
        self.depth = self.depth.saturating_add(1);
        Some(value)
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        self.rest().starts_with(word.as_bytes()).then(|| {
            self.skip(word.len());
            value
        })
    }

    /// No zero before another digit, no zero below zero, no fraction and no exponent.
    fn integer(&mut self) -> Option<Json<'a>> {
        let from = self.at;
        let is_below_zero = self.has(b'-');
        let digits = self.rest();
        let digits = digits.get(..digits.iter().take_while(|byte| byte.is_ascii_digit()).count())?;
        if digits.first() == Some(&b'0') && (digits.len() > 1 || is_below_zero) {
            return None;
        }
        self.skip(digits.len());
        let integer: i64 = self.text.get(from..self.at)?.parse().ok()?;
        (integer.unsigned_abs() <= MAX_INTEGER.unsigned_abs()).then(|| Json::Number(integer.into()))
    }

    fn array(&mut self) -> Option<Json<'a>> {
        let mut items = Vec::new();
        if !self.has(b']') {
            loop {
                items.push(self.value()?);
                if self.has(b']') {
                    break;
                }
                self.must(b',')?;
            }
        }
        Some(Json::List(items))
    }

    /// Keys in plain ASCII, each after the one before it.
    fn object(&mut self) -> Option<Json<'a>> {
        if self.has(b'}') {
            return Some(Json::Object(Fields::default()));
        }
        let (key, value) = self.field()?;
        let mut fields = Fields::one(key, value);
        while !self.has(b'}') {
            self.must(b',')?;
            let (key, value) = self.field()?;
            if fields.last_key().is_some_and(|last| *key <= *last) {
                return None;
            }
            fields.push(key, value);
        }
        Some(Json::Object(fields))
    }

    fn field(&mut self) -> Option<(Cow<'a, str>, Json<'a>)> {
        let (key, is_ascii) = self.string()?;
        self.must(b':')?;
        is_ascii.then_some((key, self.value()?))
    }

    /// A text, and whether it is plain ASCII.
    fn string(&mut self) -> Option<(Cow<'a, str>, bool)> {
        self.must(b'"')?;
        let (plain, is_ascii) = self.plain()?;
        // Most texts have nothing to be escaped, and stay where they are.
        if self.has(b'"') {
            return (is_ascii || is_nfc(plain)).then_some((Cow::Borrowed(plain), is_ascii));
        }
        let text = self.escaped(plain.to_owned())?;
        let is_ascii = text.is_ascii();
        (is_ascii || is_nfc(&text)).then_some((Cow::Owned(text), is_ascii))
    }

    /// Up to the next quote or escape; and whether that is plain ASCII.
    fn plain(&mut self) -> Option<(&'a str, bool)> {
        let from = self.at;
        let (length, is_ascii) = first_special(self.rest())?;
        self.skip(length);
        Some((self.text.get(from..self.at)?, is_ascii))
    }

    /// The rest of a text, from an escape on.
    fn escaped(&mut self, mut text: String) -> Option<String> {
        loop {
            text.push(self.escape()?);
            text.push_str(self.plain()?.0);
            if self.has(b'"') {
                return Some(text);
            }
        }
    }

    /// Every letter that must be escaped has one way of it, and no other letter has any.
    fn escape(&mut self) -> Option<char> {
        self.must(b'\\')?;
        let letter = match self.next()? {
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
        self.skip(1);
        Some(letter)
    }

    /// `u00` and two digits, small ones, of a control character that has no shorter escape.
    fn control(&mut self) -> Option<char> {
        let digits = self.rest().strip_prefix(b"u00")?.get(..2)?;
        let small = digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let digits = str::from_utf8(digits).ok().filter(|_| small)?;
        let letter = char::from(u8::from_str_radix(digits, 16).ok()?);
        self.skip(5);
        (letter < ' ' && !matches!(letter, '\u{8}' | '\u{c}' | '\n' | '\r' | '\t')).then_some(letter)
    }
}

/// The place of the first byte that no text may hold as it is: a quote, a backslash or a control character; and whether all
/// before it is ASCII.
fn first_special(bytes: &[u8]) -> Option<(usize, bool)> {
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut high = 0;
    for (number, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        let found = specials(eight);
        if found != 0 {
            let bits = found.trailing_zeros();
            // What stands behind the special byte is of another text.
            high |= eight & HIGHEST & !u64::MAX.checked_shl(bits).unwrap_or(0);
            let within = usize::try_from(bits).ok()?.checked_div(8)?;
            return Some((number.checked_mul(8)?.checked_add(within)?, high == 0));
        }
        high |= eight & HIGHEST;
    }
    let within = rest.iter().position(|byte| *byte < 0x20 || *byte == b'"' || *byte == b'\\')?;
    let is_ascii = high == 0 && rest.iter().take(within).all(u8::is_ascii);
    Some((bytes.len().checked_sub(rest.len())?.checked_add(within)?, is_ascii))
}

/// Of eight bytes the highest bits.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// Eight bytes at once: of the lowest byte that is special, and perhaps of some above it, the highest bit.
const fn specials(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const SPACES: u64 = 0x2020_2020_2020_2020;
    const QUOTES: u64 = 0x2222_2222_2222_2222;
    const SLASHES: u64 = 0x5c5c_5c5c_5c5c_5c5c;
    // To take away from a byte that is smaller borrows its highest bit; one that had the bit before is none of these.
    let below = eight.wrapping_sub(SPACES) & !eight;
    let (quote, slash) = (eight ^ QUOTES, eight ^ SLASHES);
    let quote = quote.wrapping_sub(EACH) & !quote;
    let slash = slash.wrapping_sub(EACH) & !slash;
    (below | quote | slash) & HIGHEST
}
