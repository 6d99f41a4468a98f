//! The signatures of authorities: RSA as PKCS#1 v1.5 has it, and ECDSA on P-256 and P-384, with SHA-256, SHA-384 or SHA-512.
//! Every other one is told from a bad one: it was not checked.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BoxedUint, Pkcs1v15Sign};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::der::{BIT_STRING, INTEGER, Malformed, NULL, OID, Reader, SEQUENCE, magnitude, whole_bits};

/// The sizes of RSA keys that count, in bits. A shorter key can be broken; a longer one is nobody's and slow.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const SHA256_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
const SHA384_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c];
const SHA512_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
const ECDSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04];
const SHA1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];
pub(super) const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];

/// A hash function.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Hash {
    /// Only ever to find a certificate by (RFC 2634), never under a signature.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The function that an AlgorithmIdentifier names; none where it is another one.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<Hash>, Malformed> {
        let named = Named::read(bytes)?;
        let hash = match named.oid {
            SHA1 => Hash::Sha1,
            SHA256 => Hash::Sha256,
            SHA384 => Hash::Sha384,
            SHA512 => Hash::Sha512,
            _ => return Ok(None),
        };
        if named.is_plain() { Ok(Some(hash)) } else { Err(Malformed) }
    }

    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Hash::Sha256 => Sha256::digest(bytes).to_vec(),
            Hash::Sha384 => Sha384::digest(bytes).to_vec(),
            Hash::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// An AlgorithmIdentifier.
pub(super) struct Named<'a> {
    oid: &'a [u8],
    parameters: Option<&'a [u8]>,
}

impl<'a> Named<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Named<'a>, Malformed> {
        let mut reader = Reader::only(bytes, SEQUENCE)?.reader();
        let oid = reader.take(OID)?.body;
        let parameters = if reader.is_empty() { None } else { Some(reader.next()?.whole) };
        reader.end()?;
        Ok(Named { oid, parameters })
    }

    /// Nothing is said besides the name. NULL says nothing.
    fn is_plain(&self) -> bool {
        self.parameters.is_none_or(|it| it == [NULL, 0])
    }
}

/// A way to sign.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scheme {
    /// RSA, with the hash function where the name says it.
    Rsa(Option<Hash>),
    Ecdsa(Hash),
}

impl Scheme {
    /// The way that an AlgorithmIdentifier names; none where it is one that is not known here.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<Scheme>, Malformed> {
        let named = Named::read(bytes)?;
        let scheme = match named.oid {
            RSA => Scheme::Rsa(None),
            SHA256_RSA => Scheme::Rsa(Some(Hash::Sha256)),
            SHA384_RSA => Scheme::Rsa(Some(Hash::Sha384)),
            SHA512_RSA => Scheme::Rsa(Some(Hash::Sha512)),
            ECDSA_SHA256 => Scheme::Ecdsa(Hash::Sha256),
            ECDSA_SHA384 => Scheme::Ecdsa(Hash::Sha384),
            ECDSA_SHA512 => Scheme::Ecdsa(Hash::Sha512),
            _ => return Ok(None),
        };
        if named.is_plain() { Ok(Some(scheme)) } else { Err(Malformed) }
    }
}

/// A public key of an authority.
#[derive(Clone, Debug)]
pub(super) enum PublicKey {
    Rsa(Box<rsa::PublicKey>),
    P256(Box<p256::ecdsa::VerifyingKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
    /// Of a kind or a size that is not checked here.
    Other,
}

/// What was found of a signature.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Found {
    Good,
    Bad,
    /// The way it was made is not known here.
    NotChecked,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo.
    pub(super) fn read(bytes: &[u8]) -> Result<PublicKey, Malformed> {
        let mut reader = Reader::only(bytes, SEQUENCE)?.reader();
        let named = Named::read(reader.take(SEQUENCE)?.whole)?;
        let bits = whole_bits(&reader.take(BIT_STRING)?)?;
        reader.end()?;
        match named.oid {
            RSA if named.is_plain() => read_rsa(bits),
            EC => {
                let curve = Reader::only(named.parameters.ok_or(Malformed)?, OID).map(|it| it.body);
                Ok(read_point(curve.unwrap_or_default(), bits).unwrap_or(PublicKey::Other))
            }
            _ => Ok(PublicKey::Other),
        }
    }

    /// Whether `signature` is this key's over `message`; `digest` is what was said of the hash function elsewhere.
    pub(super) fn check(&self, scheme: Scheme, digest: Option<Hash>, message: &[u8], signature: &[u8]) -> Found {
        let hash = match scheme {
            Scheme::Rsa(named) => named.or(digest),
            Scheme::Ecdsa(named) => Some(named),
        };
        // The text is hashed once, by one function: two names for it are a doubt.
        let Some(hash) = hash.filter(|hash| digest.is_none_or(|digest| digest == *hash)) else { return Found::Bad };
        let hashed = hash.of(message);
        let good = match (self, scheme) {
            (PublicKey::Rsa(key), Scheme::Rsa(_)) => match hash {
                Hash::Sha1 => return Found::NotChecked,
                Hash::Sha256 => key.verify(Pkcs1v15Sign::new::<Sha256>(), &hashed, signature).is_ok(),
                Hash::Sha384 => key.verify(Pkcs1v15Sign::new::<Sha384>(), &hashed, signature).is_ok(),
                Hash::Sha512 => key.verify(Pkcs1v15Sign::new::<Sha512>(), &hashed, signature).is_ok(),
            },
            (PublicKey::P256(key), Scheme::Ecdsa(_)) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()),
            (PublicKey::P384(key), Scheme::Ecdsa(_)) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()),
            (PublicKey::Other, _) => return Found::NotChecked,
            (PublicKey::Rsa(_), Scheme::Ecdsa(_)) | (PublicKey::P256(_) | PublicKey::P384(_), Scheme::Rsa(_)) => false,
        };
        if good { Found::Good } else { Found::Bad }
    }
}

fn read_rsa(bits: &[u8]) -> Result<PublicKey, Malformed> {
    let mut reader = Reader::only(bits, SEQUENCE)?.reader();
    let modulus = BoxedUint::from_be_slice_vartime(magnitude(reader.take(INTEGER)?.body)?);
    let exponent = BoxedUint::from_be_slice_vartime(magnitude(reader.take(INTEGER)?.body)?);
    reader.end()?;
    let key = rsa::PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS);
    Ok(key.map_or(PublicKey::Other, |key| PublicKey::Rsa(Box::new(key))))
}

fn read_point(curve: &[u8], bits: &[u8]) -> Option<PublicKey> {
    match curve {
        P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(|key| PublicKey::P256(Box::new(key))),
        P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(|key| PublicKey::P384(Box::new(key))),
        _ => None,
    }
}
