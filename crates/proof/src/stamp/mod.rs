//! Time stamps (RFC 3161, RFC 5816): an authority outside says that bytes existed no later than a moment.
//!
//! [`request`] writes what an authority is asked. [`Stamp::parse`] reads its answer, and [`Stamp::verify`] checks the
//! signature in it, and the certificates up to one that the caller trusts. Whether a certificate was revoked is not asked: that
//! needs the authority. A certificate has to be valid at the moment that the stamp says, not when somebody verifies.

mod algorithm;
mod certificate;
mod der;
mod time;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

pub use self::certificate::{Certificate, MAX_PEM_BYTES};

use self::algorithm::{Found, Hash, Scheme};
use self::certificate::MAX_CERTIFICATES;
use self::der::{
    BOOLEAN, Element, GENERALIZED_TIME, INTEGER, Malformed, NULL, OCTET_STRING, OID, Reader, SEQUENCE, SET, boolean,
    magnitude, short, tagged, tagged_primitive,
};

/// The most bytes in an answer of an authority.
pub const MAX_STAMP_BYTES: usize = 65_536;

/// The most certificates between the one that signed and the one that is trusted.
const MAX_CHAIN: u64 = 6;

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0c];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f];

/// Why bytes are no time stamp, or why one does not count.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum StampError {
    /// Larger than [`MAX_STAMP_BYTES`].
    #[error("the answer has {bytes} bytes, more than the {MAX_STAMP_BYTES} allowed: it is another file")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
    },
    /// Not an answer of an authority as RFC 3161 has it.
    #[error("this is not the answer of a time-stamping authority (RFC 3161), or it was damaged or cut off")]
    Form,
    /// The authority says no.
    #[error("the authority refused the request (status {status}): it stamped nothing")]
    Refused {
        /// The number that it answered with.
        status: u64,
    },
    /// The stamp is over a hash of another function.
    #[error("the stamp is not over a SHA-256: it was asked for by another program")]
    Imprint,
    /// Not a file of certificates.
    #[error("this is not a file of certificates between BEGIN and END lines (PEM), or one of them is damaged")]
    Pem,
    /// A kind of signature that is not known here.
    #[error("the authority signs in a way that is not checked here: check it with openssl")]
    Unsupported,
    /// The signature is not over what the stamp says, or by another key.
    #[error("the authority's signature does not fit the stamp: one of the two was changed")]
    Signature,
    /// The certificate that signed is not there, is for something else, or was not valid then.
    #[error("the certificate that signed the stamp {why}: a stamp by it proves nothing")]
    Certificate {
        /// What is wrong with it.
        why: &'static str,
    },
}

impl StampError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "stamp/too-large",
            Self::Form => "stamp/form",
            Self::Refused { .. } => "stamp/refused",
            Self::Imprint => "stamp/imprint",
            Self::Pem => "stamp/pem",
            Self::Unsupported => "stamp/unsupported",
            Self::Signature => "stamp/signature",
            Self::Certificate { .. } => "stamp/certificate",
        }
    }
}

impl From<Malformed> for StampError {
    fn from(_: Malformed) -> Self {
        Self::Form
    }
}

/// The request for a stamp over `bytes`: their SHA-256, with the certificates of the authority in its answer. The `nonce`
/// makes two requests over the same bytes two.
#[must_use]
pub fn request(bytes: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    let algorithm = short(SEQUENCE, &[&short(OID, &[algorithm::SHA256]), &[NULL, 0]]);
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let imprint = short(SEQUENCE, &[&algorithm, &short(OCTET_STRING, &[&hash])]);
    // One zero before it, so that it is not negative, and none that could be left out.
    let first = nonce.iter().take(7).take_while(|byte| **byte == 0).count();
    let digits = nonce.get(first..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_some_and(|byte| *byte >= 0x80) { &[0] } else { &[] };
    short(SEQUENCE, &[&[INTEGER, 1, 1], &imprint, &short(INTEGER, &[sign, digits]), &[BOOLEAN, 1, 0xff]])
}

/// The answer of an authority that was read. Until [`Stamp::verify`] has succeeded it is a claim by nobody.
#[derive(Clone, Debug)]
pub struct Stamp {
    imprint: [u8; 32],
    made_ms: i64,
    accuracy_ms: i64,
    nonce: Option<Vec<u8>>,
    content: Vec<u8>,
    certificates: Vec<Certificate>,
    signer: Signer,
}

/// Who is said to have signed, and what.
#[derive(Clone, Debug)]
struct Signer {
    named: Named,
    digest: Option<Hash>,
    /// What is signed: the attributes, spelled as a set of their own.
    attributes: Vec<u8>,
    content_digest: Vec<u8>,
    /// The hash of the certificate (RFC 5816, before it RFC 2634).
    certificate: (Option<Hash>, Vec<u8>),
    scheme: Option<Scheme>,
    signature: Vec<u8>,
}

/// How the certificate is named.
#[derive(Clone, Debug)]
enum Named {
    BySerial { issuer: Vec<u8>, serial: Vec<u8> },
    ByKey(Vec<u8>),
}

/// Whose stamp it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authority {
    /// The name in the certificate that signed. It may hold any letters.
    pub name: String,
    /// Until when that certificate is valid, in milliseconds since 1970.
    pub valid_until_ms: i64,
    /// Up to which certificate it was checked.
    pub up_to: UpTo,
}

/// Up to which certificate a signature was checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UpTo {
    /// Up to one of those that the caller trusts, of this name.
    Trusted(String),
    /// Up to the one in the stamp: the caller trusts none.
    Itself,
    /// Up to the one in the stamp: it does not lead to one that the caller trusts.
    Elsewhere,
}

impl Stamp {
    /// Reads an answer (TimeStampResp), without verifying anything.
    ///
    /// # Errors
    ///
    /// [`StampError`] where the authority refused, or this is none of its answers.
    pub fn parse(bytes: &[u8]) -> Result<Self, StampError> {
        if bytes.len() > MAX_STAMP_BYTES {
            return Err(StampError::TooLarge { bytes: bytes.len() });
        }
        let mut response = Reader::only(bytes, SEQUENCE)?.reader();
        let status = response.take(SEQUENCE)?.reader().number()?;
        // Granted, or granted with changes.
        if status > 1 {
            return Err(StampError::Refused { status });
        }
        let mut token = response.take(SEQUENCE)?.reader();
        response.end()?;
        if token.take(OID)?.body != SIGNED_DATA {
            return Err(StampError::Form);
        }
        let mut explicit = token.take(tagged(0))?.reader();
        token.end()?;
        let signed = explicit.take(SEQUENCE)?;
        explicit.end()?;
        Self::read_signed_data(signed.reader())
    }

    fn read_signed_data(mut signed: Reader<'_>) -> Result<Self, StampError> {
        signed.number()?;
        signed.take(SET)?;
        let mut encapsulated = signed.take(SEQUENCE)?.reader();
        if encapsulated.take(OID)?.body != TST_INFO {
            return Err(StampError::Form);
        }
        let mut explicit = encapsulated.take(tagged(0))?.reader();
        encapsulated.end()?;
        let content = explicit.take(OCTET_STRING)?.body;
        explicit.end()?;
        let certificates = signed.optional(tagged(0))?.map_or(Ok(Vec::new()), |it| certificates_in(&it))?;
        signed.optional(tagged(1))?;
        let mut signers = signed.take(SET)?.reader();
        signed.end()?;
        let signer = Signer::read(signers.take(SEQUENCE)?.reader())?;
        signers.end()?;
        let Said { imprint, made_ms, accuracy_ms, nonce } = Said::read(content)?;
        Ok(Self { imprint, made_ms, accuracy_ms, nonce, content: content.to_vec(), certificates, signer })
    }

    /// Whether the stamp is over these bytes.
    #[must_use]
    pub fn is_over(&self, bytes: &[u8]) -> bool {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        self.imprint == hash
    }

    /// The SHA-256 that was stamped.
    #[must_use]
    pub fn imprint(&self) -> &[u8; 32] {
        &self.imprint
    }

    /// When the authority says that it was made, in milliseconds since 1970.
    #[must_use]
    pub fn made_ms(&self) -> i64 {
        self.made_ms
    }

    /// The latest moment at which it can have been made: the authority says how exact its clock is.
    #[must_use]
    pub fn not_after_ms(&self) -> i64 {
        self.made_ms.saturating_add(self.accuracy_ms)
    }

    /// Whether it answers the request with this nonce.
    #[must_use]
    pub fn answers(&self, nonce: [u8; 8]) -> bool {
        let first = nonce.iter().take_while(|byte| **byte == 0).count();
        self.nonce.as_deref() == nonce.get(first..)
    }

    /// Checks the signature, the certificate that made it, and through `beside` and the certificates in the stamp the way up to one of `trusted`.
    ///
    /// # Errors
    ///
    /// [`StampError::Unsupported`] where it cannot be checked here; [`StampError::Signature`] and
    /// [`StampError::Certificate`] where it does not hold. A way that leads elsewhere is no error:
    /// [`Authority::up_to`] says so.
    pub fn verify(&self, beside: &[Certificate], trusted: &[Certificate]) -> Result<Authority, StampError> {
        let refused = |why| StampError::Certificate { why };
        let all = || self.certificates.iter().chain(beside);
        let signer = all().find(|it| self.signer.is_by(it)).ok_or_else(|| refused("does not lie beside it"))?;
        let (Some(scheme), Some(digest)) = (self.signer.scheme, self.signer.digest) else {
            return Err(StampError::Unsupported);
        };
        if !signer.may_stamp() {
            return Err(refused("is not for time stamps alone"));
        }
        if !signer.is_valid_at(self.made_ms) {
            return Err(refused("was not valid at the moment that the stamp says"));
        }
        if digest.of(&self.content) != self.signer.content_digest {
            return Err(StampError::Signature);
        }
        match signer.key.check(scheme, Some(digest), &self.signer.attributes, &self.signer.signature) {
            Found::Good => {}
            Found::Bad => return Err(StampError::Signature),
            Found::NotChecked => return Err(StampError::Unsupported),
        }
        let others: Vec<&Certificate> = all().collect();
        let root = self.climb(signer, &others, trusted, 0);
        let up_to = match root {
            Some(root) => UpTo::Trusted(root.name()),
            None if trusted.is_empty() => UpTo::Itself,
            None => UpTo::Elsewhere,
        };
        Ok(Authority { name: signer.name(), valid_until_ms: signer.valid_until_ms(), up_to })
    }

    /// The trusted certificate that `from` leads to, with so many between it and the one that signed.
    fn climb<'a>(
        &self,
        from: &Certificate,
        others: &[&Certificate],
        trusted: &'a [Certificate],
        between: u64,
    ) -> Option<&'a Certificate> {
        let valid = |it: &&Certificate| it.is_valid_at(self.made_ms);
        let is_end = |end: &&Certificate| **end == *from || from.is_issued_by(end, between);
        if let Some(end) = trusted.iter().filter(valid).find(is_end) {
            return Some(end);
        }
        if between >= MAX_CHAIN {
            return None;
        }
        // Whoever signed himself leads nowhere else.
        let next = others.iter().copied().filter(valid).filter(|it| it.subject != it.issuer && *it != from);
        let mut issuers = next.filter(|it| from.is_issued_by(it, between));
        issuers.find_map(|issuer| self.climb(issuer, others, trusted, between.saturating_add(1)))
    }
}

fn certificates_in(element: &Element<'_>) -> Result<Vec<Certificate>, StampError> {
    let mut reader = element.reader();
    let mut certificates = Vec::new();
    while !reader.is_empty() {
        let one = reader.next()?;
        // Certificates of other kinds carry a tag.
        if one.tag == SEQUENCE {
            certificates.push(Certificate::read(one.whole)?);
        }
        if certificates.len() > MAX_CERTIFICATES {
            return Err(StampError::Form);
        }
    }
    Ok(certificates)
}

impl Signer {
    fn read(mut reader: Reader<'_>) -> Result<Self, StampError> {
        reader.number()?;
        let named = Named::read(&reader.next()?)?;
        let digest = Hash::read(reader.take(SEQUENCE)?.whole)?.filter(|hash| *hash != Hash::Sha1);
        let attributes = reader.take(tagged(0))?;
        let scheme = Scheme::read(reader.take(SEQUENCE)?.whole)?;
        let signature = reader.take(OCTET_STRING)?.body.to_vec();
        reader.optional(tagged(1))?;
        reader.end()?;
        let Attributes { content_digest, certificate } = Attributes::read(attributes.reader())?;
        // They are signed as a set, and carried under a tag.
        let mut set = attributes.whole.to_vec();
        if let Some(tag) = set.first_mut() {
            *tag = SET;
        }
        Ok(Self { named, digest, attributes: set, content_digest, certificate, scheme, signature })
    }

    /// Whether this certificate is the one that is named, by its name and by its hash.
    fn is_by(&self, certificate: &Certificate) -> bool {
        let named = match &self.named {
            Named::BySerial { issuer, serial } => certificate.issuer == *issuer && certificate.serial == *serial,
            Named::ByKey(id) => certificate.has_subject_key(id),
        };
        let (hash, digest) = &self.certificate;
        named && hash.is_some_and(|hash| hash.of(certificate.bytes()) == *digest)
    }
}

impl Named {
    fn read(element: &Element<'_>) -> Result<Self, Malformed> {
        if element.tag == tagged_primitive(0) {
            return Ok(Self::ByKey(element.body.to_vec()));
        }
        if element.tag != SEQUENCE {
            return Err(Malformed);
        }
        let mut reader = element.reader();
        let (issuer, serial) = (reader.take(SEQUENCE)?.whole, reader.take(INTEGER)?.body);
        reader.end()?;
        Ok(Self::BySerial { issuer: issuer.to_vec(), serial: serial.to_vec() })
    }
}

/// The signed attributes that count.
struct Attributes {
    content_digest: Vec<u8>,
    certificate: (Option<Hash>, Vec<u8>),
}

impl Attributes {
    fn read(mut reader: Reader<'_>) -> Result<Self, StampError> {
        let (mut of_stamp, mut content_digest, mut older, mut newer) = (false, None, None, None);
        let mut seen: Vec<&[u8]> = Vec::new();
        while !reader.is_empty() {
            let mut one = reader.take(SEQUENCE)?.reader();
            let oid = one.take(OID)?.body;
            let mut values = one.take(SET)?.reader();
            one.end()?;
            if seen.contains(&oid) {
                return Err(StampError::Form);
            }
            seen.push(oid);
            let value = values.next()?;
            match oid {
                CONTENT_TYPE => of_stamp = value.tag == OID && value.body == TST_INFO && values.is_empty(),
                MESSAGE_DIGEST if value.tag == OCTET_STRING && values.is_empty() => {
                    content_digest = Some(value.body.to_vec());
                }
                SIGNING_CERTIFICATE => older = Some((Some(Hash::Sha1), certificate_hash(&value)?.1)),
                SIGNING_CERTIFICATE_V2 => newer = Some(certificate_hash(&value)?),
                _ => {}
            }
        }
        let certificate = newer.or(older).ok_or(StampError::Form)?;
        let content_digest = content_digest.filter(|_| of_stamp).ok_or(StampError::Form)?;
        Ok(Self { content_digest, certificate })
    }
}

/// The hash of the first certificate that a SigningCertificate or SigningCertificateV2 names, and by which function.
fn certificate_hash(value: &Element<'_>) -> Result<(Option<Hash>, Vec<u8>), Malformed> {
    if value.tag != SEQUENCE {
        return Err(Malformed);
    }
    let mut first = value.reader().take(SEQUENCE)?.reader().take(SEQUENCE)?.reader();
    let named = first.optional(SEQUENCE)?.map(|it| Hash::read(it.whole)).transpose()?;
    Ok((named.unwrap_or(Some(Hash::Sha256)), first.take(OCTET_STRING)?.body.to_vec()))
}

/// What the authority says: the TSTInfo.
struct Said {
    imprint: [u8; 32],
    made_ms: i64,
    accuracy_ms: i64,
    nonce: Option<Vec<u8>>,
}

impl Said {
    fn read(content: &[u8]) -> Result<Self, StampError> {
        let mut reader = Reader::only(content, SEQUENCE)?.reader();
        if reader.number()? != 1 {
            return Err(StampError::Form);
        }
        reader.take(OID)?;
        let mut imprint = reader.take(SEQUENCE)?.reader();
        let hash = Hash::read(imprint.take(SEQUENCE)?.whole)?;
        let digest = imprint.take(OCTET_STRING)?.body;
        imprint.end()?;
        if hash != Some(Hash::Sha256) {
            return Err(StampError::Imprint);
        }
        let imprint = digest.try_into().map_err(|_| StampError::Form)?;
        reader.take(INTEGER)?;
        let made_ms = time::moment(&reader.take(GENERALIZED_TIME)?)?;
        let accuracy_ms = reader.optional(SEQUENCE)?.map_or(Ok(0), |it| accuracy(it.reader()))?;
        if let Some(ordering) = reader.optional(BOOLEAN)? {
            boolean(&ordering)?;
        }
        let nonce = reader.optional(INTEGER)?.map(|it| magnitude(it.body).map(<[u8]>::to_vec)).transpose()?;
        reader.optional(tagged(0))?;
        if let Some(extensions) = reader.optional(tagged(1))? {
            none_is_critical(extensions.reader())?;
        }
        reader.end()?;
        Ok(Self { imprint, made_ms, accuracy_ms, nonce })
    }
}

/// Seconds, milliseconds and microseconds, each of them where it is said; in milliseconds, rounded up.
fn accuracy(mut reader: Reader<'_>) -> Result<i64, Malformed> {
    let seconds = reader.optional(INTEGER)?.map_or(Ok(0), |it| der::number_in(it.body))?;
    let millis = reader.optional(tagged_primitive(0))?.map_or(Ok(0), |it| der::number_in(it.body))?;
    let micros = reader.optional(tagged_primitive(1))?.map_or(Ok(0), |it| der::number_in(it.body))?;
    reader.end()?;
    let all = seconds.saturating_mul(1_000).saturating_add(millis).saturating_add(u64::from(micros > 0));
    i64::try_from(all).map_err(|_| Malformed)
}

/// What has to be understood and is not, is refused.
fn none_is_critical(mut extensions: Reader<'_>) -> Result<(), Malformed> {
    while !extensions.is_empty() {
        let mut one = extensions.take(SEQUENCE)?.reader();
        one.take(OID)?;
        if one.optional(BOOLEAN)?.map_or(Ok(false), |it| boolean(&it))? {
            return Err(Malformed);
        }
    }
    Ok(())
}
