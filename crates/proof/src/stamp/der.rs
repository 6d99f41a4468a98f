//! The distinguished encoding rules (X.690) as far as time stamps and certificates need them: one spelling for each value,
//! and what is spelled otherwise is refused.

/// The bytes are no such structure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Malformed;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OID: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// A constructed element that is tagged with its place.
pub(super) const fn tagged(place: u8) -> u8 {
    0xa0 | place
}

/// A primitive element that is tagged with its place.
pub(super) const fn tagged_primitive(place: u8) -> u8 {
    0x80 | place
}

/// One element: what kind, what is in it, and its bytes with tag and length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// What is in it, to be read.
    pub(super) const fn reader(&self) -> Reader<'a> {
        Reader { rest: self.body }
    }
}

/// Reads elements one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// The one element that the bytes are.
    pub(super) fn only(bytes: &'a [u8], tag: u8) -> Result<Element<'a>, Malformed> {
        let mut reader = Reader::new(bytes);
        let element = reader.take(tag)?;
        reader.end()?;
        Ok(element)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next element, whatever it is.
    pub(super) fn next(&mut self) -> Result<Element<'a>, Malformed> {
        let (tag, rest) = self.rest.split_first().ok_or(Malformed)?;
        // A tag of more than one byte occurs in none of these structures.
        if tag & 0x1f == 0x1f {
            return Err(Malformed);
        }
        let (length, rest) = length(rest)?;
        let (body, behind) = rest.split_at_checked(length).ok_or(Malformed)?;
        let (whole, _) = self.rest.split_at_checked(self.rest.len().saturating_sub(behind.len())).ok_or(Malformed)?;
        self.rest = behind;
        Ok(Element { tag: *tag, body, whole })
    }

    /// The next element, which must be of this kind.
    pub(super) fn take(&mut self, tag: u8) -> Result<Element<'a>, Malformed> {
        self.optional(tag)?.ok_or(Malformed)
    }

    /// The next element, if it is of this kind.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        if self.rest.first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// Nothing comes behind.
    pub(super) const fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed) }
    }

    /// A number that is not negative and fits.
    pub(super) fn number(&mut self) -> Result<u64, Malformed> {
        number_in(self.take(INTEGER)?.body)
    }
}

/// The bytes of a whole number that is not negative, without a leading zero.
pub(super) fn magnitude(body: &[u8]) -> Result<&[u8], Malformed> {
    match body {
        [] => Err(Malformed),
        [0, second, ..] if *second < 0x80 => Err(Malformed),
        [0, rest @ ..] => Ok(rest),
        [first, ..] if *first >= 0x80 => Err(Malformed),
        whole => Ok(whole),
    }
}

/// A whole number of 64 bits that is not negative.
pub(super) fn number_in(body: &[u8]) -> Result<u64, Malformed> {
    let bytes = magnitude(body)?;
    if bytes.len() > 8 {
        return Err(Malformed);
    }
    Ok(bytes.iter().fold(0u64, |number, byte| (number << 8) | u64::from(*byte)))
}

/// Yes or no.
pub(super) const fn boolean(element: &Element<'_>) -> Result<bool, Malformed> {
    match element.body {
        [0x00] => Ok(false),
        [0xff] => Ok(true),
        _ => Err(Malformed),
    }
}

/// The bytes of a string of bits that ends with a whole byte.
pub(super) const fn whole_bits<'a>(element: &Element<'a>) -> Result<&'a [u8], Malformed> {
    match element.body {
        [0, bits @ ..] => Ok(bits),
        _ => Err(Malformed),
    }
}

/// A length in its shortest form, and what comes behind.
fn length(bytes: &[u8]) -> Result<(usize, &[u8]), Malformed> {
    let (first, rest) = bytes.split_first().ok_or(Malformed)?;
    if *first < 0x80 {
        return Ok((usize::from(*first), rest));
    }
    // Three bytes are more than any of these structures has; none at all is the form without an end.
    let count = usize::from(first & 0x7f);
    if !(1..=3).contains(&count) {
        return Err(Malformed);
    }
    let (digits, rest) = rest.split_at_checked(count).ok_or(Malformed)?;
    let length = digits.iter().fold(0usize, |length, byte| (length << 8) | usize::from(*byte));
    let is_shortest = length >= 0x80 && digits.first() != Some(&0);
    if is_shortest { Ok((length, rest)) } else { Err(Malformed) }
}

/// Writes an element of at most 127 bytes, which is all that is written here.
pub(super) fn short(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u8::try_from(body.len()).unwrap_or(u8::MAX) & 0x7f;
    [[tag, length].as_slice(), &body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_one_spelling() {
        for (bytes, said) in [
            (&[0x05][..], Some(5)),
            (&[0x7f], Some(127)),
            (&[0x81, 0x80], Some(128)),
            (&[0x82, 0x01, 0x00], Some(256)),
            (&[0x81, 0x7f], None),
            (&[0x82, 0x00, 0x80], None),
            (&[0x80], None),
            (&[0x84, 1, 0, 0, 0], None),
            (&[0x82, 0x01], None),
            (&[], None),
        ] {
            assert_eq!(length(bytes).ok().map(|(length, _)| length), said, "{bytes:02x?}");
        }
    }

    #[test]
    fn a_number_has_one_spelling_and_is_not_negative() {
        for (bytes, said) in [
            (&[0][..], Some(0)),
            (&[0x7f], Some(127)),
            (&[0, 0x80], Some(128)),
            (&[0, 0x7f], None),
            (&[0x80], None),
            (&[], None),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 0], None),
        ] {
            assert_eq!(number_in(bytes).ok(), said, "{bytes:02x?}");
        }
    }
}
