//! Identifiers and time as they are on a real set.

use core::fmt;
use core::str::FromStr;

use kernel::{Moment, Scope};
use uuid::Uuid;

/// A 128-bit identifier, written as a lower-case UUID with hyphens.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Id(u128);

/// Text that is no identifier.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{0}` is no identifier: it must be a lower-case UUID with hyphens")]
pub struct NotAnId(pub String);

impl Id {
    /// The identifier with these 16 bytes, big end first.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Id {
        Id(u128::from_be_bytes(bytes))
    }

    /// Its 16 bytes, big end first.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// A UUID of version 7: sorted by the time it was made, in Unix milliseconds, filled with ten
    /// random bytes (RFC 9562, 5.7).
    #[must_use]
    pub fn at(unix_ms: u64, random: [u8; 10]) -> Id {
        Id(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid().as_u128())
    }

    /// The first eight hex digits, for key names.
    #[must_use]
    pub fn short(self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Uuid::from_u128(self.0).hyphenated().fmt(formatter)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    /// Reads the one way of writing it; other notations of the same UUID are refused, so that no
    /// identifier has two texts.
    fn from_str(text: &str) -> Result<Id, NotAnId> {
        read_id(text.as_bytes()).ok_or_else(|| NotAnId(text.chars().take(64).collect()))
    }
}

/// The worth of a byte as a hexadecimal digit, the small letters alone; 16 and more where it is none.
const fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte.wrapping_sub(b'0'),
        b'a'..=b'f' => byte.wrapping_sub(b'a').wrapping_add(10),
        _ => u8::MAX,
    }
}

/// Thirty-two digits, small ones, and four hyphens where they belong.
fn read_id(text: &[u8]) -> Option<Id> {
    let (a, rest) = text.split_first_chunk::<8>()?;
    let (b, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<4>()?;
    let (c, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<4>()?;
    let (d, rest) = rest.strip_prefix(b"-")?.split_first_chunk::<4>()?;
    let e: &[u8; 12] = rest.strip_prefix(b"-")?.try_into().ok()?;
    let (mut id, mut bad) = (0u128, 0u8);
    for byte in a.iter().chain(b).chain(c).chain(d).chain(e) {
        let digit = digit(*byte);
        bad |= digit;
        id = (id << 4) | u128::from(digit & 0xf);
    }
    // A digit is below 16; what is none has bits above that.
    (bad < 16).then_some(Id(id))
}

/// A moment in Unix milliseconds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Millis(pub i64);

impl Moment for Millis {
    fn later_by(self, span: u64) -> Self {
        Millis(self.0.saturating_add_unsigned(span))
    }
}

/// The kernel's scope on a real set: 128-bit identifiers and milliseconds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Real;

impl Scope for Real {
    type Person = Id;
    type Device = Id;
    type Place = Id;
    type Gun = Id;
    type Lot = Id;
    type Scene = Id;
    type Act = Id;
    type Time = Millis;

    const MISFIRE_WAIT: u64 = 15_000;
    const LONGEST_DUTY: u64 = 86_400_000;
}
