//! The two encodings that all formats share: standard base64 and plain decimal numbers, each in its
//! one spelling.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Standard base64 with padding (RFC 4648 section 4).
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes behind `text`, or nothing if it is not the one canonical spelling of them: the engine
/// refuses missing padding, white space and stray bits behind the last byte.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The same of exactly `N` bytes.
pub(crate) fn from_base64_of<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Room for more than any of them has: a text of more bytes than that is refused as well.
    let mut bytes = [0; 48];
    let written = STANDARD.decode_slice(text, &mut bytes).ok()?;
    bytes.get(..written)?.try_into().ok()
}

/// An ASCII decimal without sign and without leading zeros, `0` excepted.
pub(crate) fn from_decimal(text: &str) -> Option<u64> {
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.starts_with('0') && text != "0";
    if !digits_only || leading_zero {
        return None;
    }
    text.parse().ok()
}

/// Whether `name` may stand in a signature line: not empty, no Unicode space, no plus, no control
/// character.
///
/// The format forbids spaces and plus in names and controls below U+0020 in the whole note; we
/// refuse the other controls too, because a name is shown to people.
pub(crate) fn is_name(name: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    // Almost every name is plain ASCII, in which what is graphic is no space and no control character.
    let plain = name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'+');
    !name.is_empty() && (plain || !name.contains(forbidden))
}
