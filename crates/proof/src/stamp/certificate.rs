//! Certificates (RFC 5280) as far as a time stamp rests on them.

use std::fmt;

use super::StampError;
use super::algorithm::{Found, PublicKey, Scheme};
use super::der::{
    BIT_STRING, BOOLEAN, Element, INTEGER, Malformed, OCTET_STRING, OID, Reader, SEQUENCE, SET, boolean, number_in,
    tagged, tagged_primitive, whole_bits,
};
use super::time::moment;
use crate::encoding::from_base64;

const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
const SUBJECT_KEY: &[u8] = &[0x55, 0x1d, 0x0e];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1d, 0x20];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25];
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// The most bytes in a file of certificates.
pub const MAX_PEM_BYTES: usize = 262_144;

/// The most certificates in a time stamp, and in a file.
pub(super) const MAX_CERTIFICATES: usize = 16;

/// The line that begins a certificate in a file.
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";

/// The line that ends it.
const END: &str = "-----END CERTIFICATE-----";

/// A certificate that was read. Whether it is anybody's is another question.
#[derive(Clone)]
pub struct Certificate {
    whole: Vec<u8>,
    signed: Vec<u8>,
    scheme: Option<Scheme>,
    signature: Vec<u8>,
    pub(super) serial: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    /// From when and until when it is valid, in milliseconds since 1970.
    pub(super) valid: (i64, i64),
    pub(super) key: PublicKey,
    uses: Uses,
}

/// What a certificate may be used for.
#[derive(Clone, Debug, Default)]
struct Uses {
    /// It may sign certificates, and how many of them may stand between it and the last one.
    authority: Option<Option<u64>>,
    /// The bits of the key usage: whether it may sign something, and certificates.
    signs: Option<bool>,
    signs_certificates: Option<bool>,
    /// It is for time stamps and for nothing else, and whoever does not understand that must refuse it.
    for_stamps_alone: bool,
    pub(super) subject_key: Option<Vec<u8>>,
    /// Something that whoever does not understand it must refuse.
    not_understood: bool,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("name", &self.name()).field("valid", &self.valid).finish_non_exhaustive()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.whole == other.whole
    }
}

impl Eq for Certificate {}

impl Certificate {
    /// Reads the certificates of a file, each between its `BEGIN` and `END` line. What stands outside is passed over.
    ///
    /// # Errors
    ///
    /// [`StampError::Pem`] where there is none, or one cannot be read.
    pub fn read_pem(bytes: &[u8]) -> Result<Vec<Certificate>, StampError> {
        let text = str::from_utf8(bytes).ok().filter(|_| bytes.len() <= MAX_PEM_BYTES).ok_or(StampError::Pem)?;
        let mut certificates = Vec::new();
        let mut base64: Option<String> = None;
        for line in text.lines().map(str::trim_end) {
            match &mut base64 {
                None if line == BEGIN => base64 = Some(String::new()),
                None => {}
                Some(text) if line == END => {
                    let der = from_base64(text).ok_or(StampError::Pem)?;
                    certificates.push(Certificate::read(&der).map_err(|_| StampError::Pem)?);
                    base64 = None;
                }
                Some(text) => text.push_str(line),
            }
        }
        if base64.is_some() || certificates.is_empty() || certificates.len() > MAX_CERTIFICATES {
            return Err(StampError::Pem);
        }
        Ok(certificates)
    }

    /// Reads one from its bytes.
    pub(super) fn read(whole: &[u8]) -> Result<Certificate, Malformed> {
        let mut reader = Reader::only(whole, SEQUENCE)?.reader();
        let signed = reader.take(SEQUENCE)?;
        let algorithm = reader.take(SEQUENCE)?;
        let signature = whole_bits(&reader.take(BIT_STRING)?)?;
        reader.end()?;
        let mut inner = signed.reader();
        inner.optional(tagged(0))?;
        let serial = inner.take(INTEGER)?.body;
        if inner.take(SEQUENCE)?.whole != algorithm.whole {
            return Err(Malformed);
        }
        let issuer = inner.take(SEQUENCE)?.whole;
        let mut validity = inner.take(SEQUENCE)?.reader();
        let valid = (moment(&validity.next()?)?, moment(&validity.next()?)?);
        validity.end()?;
        let subject = inner.take(SEQUENCE)?.whole;
        let key = PublicKey::read(inner.take(SEQUENCE)?.whole)?;
        inner.optional(tagged_primitive(1))?;
        inner.optional(tagged_primitive(2))?;
        let uses = inner.optional(tagged(3))?.map_or(Ok(Uses::default()), |it| Uses::read(&it))?;
        inner.end()?;
        Ok(Certificate {
            whole: whole.to_vec(),
            signed: signed.whole.to_vec(),
            scheme: Scheme::read(algorithm.whole)?,
            signature: signature.to_vec(),
            serial: serial.to_vec(),
            issuer: issuer.to_vec(),
            subject: subject.to_vec(),
            valid,
            key,
            uses,
        })
    }

    /// The certificate's own bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.whole
    }

    /// The common name of whom it belongs to, else his organisation. It may hold any letters.
    #[must_use]
    pub fn name(&self) -> String {
        let named = |oid| name_in(&self.subject, oid).ok().flatten();
        named(COMMON_NAME).or_else(|| named(ORGANISATION)).unwrap_or_else(|| "without a name".to_owned())
    }

    /// Until when it is valid, in milliseconds since 1970.
    #[must_use]
    pub fn valid_until_ms(&self) -> i64 {
        self.valid.1
    }

    pub(super) fn is_valid_at(&self, ms: i64) -> bool {
        (self.valid.0..=self.valid.1).contains(&ms)
    }

    /// Whether it is one of an authority for time stamps, and for nothing else (RFC 3161 section 2.3).
    pub(super) fn may_stamp(&self) -> bool {
        self.uses.for_stamps_alone && self.uses.signs != Some(false) && !self.uses.not_understood
    }

    pub(super) fn has_subject_key(&self, id: &[u8]) -> bool {
        self.uses.subject_key.as_deref() == Some(id)
    }

    /// Whether `issuer` has signed this certificate and may do so with so many others below it.
    pub(super) fn is_issued_by(&self, issuer: &Certificate, below: u64) -> bool {
        let may = issuer.uses.authority.is_some_and(|most| most.is_none_or(|most| below <= most))
            && issuer.uses.signs_certificates != Some(false)
            && !issuer.uses.not_understood;
        let Some(scheme) = self.scheme.filter(|_| may && self.issuer == issuer.subject) else { return false };
        issuer.key.check(scheme, None, &self.signed, &self.signature) == Found::Good
    }
}

impl Uses {
    fn read(tagged: &Element<'_>) -> Result<Uses, Malformed> {
        let mut uses = Uses::default();
        let mut outer = tagged.reader();
        let mut all = outer.take(SEQUENCE)?.reader();
        outer.end()?;
        let mut seen: Vec<&[u8]> = Vec::new();
        while !all.is_empty() {
            let mut one = all.take(SEQUENCE)?.reader();
            let oid = one.take(OID)?.body;
            // What DER leaves out is "no"; some write it all the same.
            let critical = one.optional(BOOLEAN)?.map_or(Ok(false), |it| boolean(&it))?;
            let value = one.take(OCTET_STRING)?.body;
            one.end()?;
            if seen.contains(&oid) {
                return Err(Malformed);
            }
            seen.push(oid);
            match oid {
                KEY_USAGE => uses.key_usage(value)?,
                BASIC_CONSTRAINTS => uses.basic_constraints(value)?,
                EXTENDED_KEY_USAGE => uses.for_stamps_alone = critical && is_for_stamps_alone(value)?,
                SUBJECT_KEY => uses.subject_key = Some(Reader::only(value, OCTET_STRING)?.body.to_vec()),
                CERTIFICATE_POLICIES => {}
                _ => uses.not_understood |= critical,
            }
        }
        Ok(uses)
    }

    fn key_usage(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let [_unused, bits @ ..] = Reader::only(value, BIT_STRING)?.body else { return Err(Malformed) };
        let first = bits.first().copied().unwrap_or_default();
        // digitalSignature and nonRepudiation; keyCertSign.
        self.signs = Some(first & 0xc0 != 0);
        self.signs_certificates = Some(first & 0x04 != 0);
        Ok(())
    }

    fn basic_constraints(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::only(value, SEQUENCE)?.reader();
        let is_authority = reader.optional(BOOLEAN)?.map_or(Ok(false), |it| boolean(&it))?;
        let most = reader.optional(INTEGER)?.map(|it| number_in(it.body)).transpose()?;
        reader.end()?;
        self.authority = is_authority.then_some(most);
        Ok(())
    }
}

fn is_for_stamps_alone(value: &[u8]) -> Result<bool, Malformed> {
    let mut reader = Reader::only(value, SEQUENCE)?.reader();
    let first = reader.take(OID)?.body;
    Ok(first == TIME_STAMPING && reader.is_empty())
}

/// The last part of a name that is of this kind.
fn name_in(name: &[u8], oid: &[u8]) -> Result<Option<String>, Malformed> {
    let mut parts = Reader::only(name, SEQUENCE)?.reader();
    let mut found = None;
    while !parts.is_empty() {
        let mut set = parts.take(SET)?.reader();
        while !set.is_empty() {
            let mut pair = set.take(SEQUENCE)?.reader();
            let kind = pair.take(OID)?.body;
            let text = pair.next()?;
            if kind == oid {
                found = Some(text_of(&text));
            }
        }
    }
    Ok(found)
}

fn text_of(element: &Element<'_>) -> String {
    if element.tag != 0x1e {
        return String::from_utf8_lossy(element.body).into_owned();
    }
    // Two bytes a letter.
    let units: Vec<u16> = element.body.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
    String::from_utf16_lossy(&units)
}
