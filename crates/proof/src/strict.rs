//! Strict verification of Ed25519: one message, one key, one verdict, in every correct verifier.
//!
//! What RFC 8032 section 5.1.7 leaves open is closed here as `verify_strict` of `ed25519-dalek` closes it: the key and the point R of a
//! signature are in their one form and not of small order, and the equation holds without the cofactor. That function reads R as a point
//! to learn its order, then computes R anew and compares the bytes. They are equal or the signature fails, so the point was known
//! already: what is of small order is found here by its bytes, and the square root is saved (`docs/adr/0032`).

use ed25519_dalek::{Signature, SigningKey, Verifier as _, VerifyingKey};

use crate::note::NoteError;

/// The eight points of small order in their one form, as the equation would compute them.
const SMALL_ORDER: [[u8; 32]; 8] = [
    ends(0x01, 0x00, 0x00),
    ends(0xec, 0xff, 0x7f),
    ends(0x00, 0x00, 0x00),
    ends(0x00, 0x00, 0x80),
    OF_ORDER_EIGHT,
    with_last(OF_ORDER_EIGHT, 0x85),
    OTHER_OF_ORDER_EIGHT,
    with_last(OTHER_OF_ORDER_EIGHT, 0xfa),
];

const OF_ORDER_EIGHT: [u8; 32] = [
    0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
    0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
];

const OTHER_OF_ORDER_EIGHT: [u8; 32] = [
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
    0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
];

/// 32 bytes by the first, those between, and the last.
const fn ends(first: u8, between: u8, last: u8) -> [u8; 32] {
    let mut bytes = [between; 32];
    let [head, .., _] = &mut bytes;
    *head = first;
    with_last(bytes, last)
}

/// The same 32 bytes with another last one: the sign of x stands in its highest bit.
const fn with_last(mut bytes: [u8; 32], last: u8) -> [u8; 32] {
    let [.., tail] = &mut bytes;
    *tail = last;
    bytes
}

/// A public key in its one form and not of small order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StrictKey(VerifyingKey);

impl StrictKey {
    /// The key behind 32 bytes.
    ///
    /// # Errors
    ///
    /// [`NoteError::WeakKey`] if they are not the canonical form of a point, or it is of small order.
    pub(crate) fn new(public: [u8; 32]) -> Result<Self, NoteError> {
        let key = VerifyingKey::from_bytes(&public).map_err(|_| NoteError::WeakKey)?;
        let is_canonical = key.to_edwards().compress().to_bytes() == public;
        if key.is_weak() || !is_canonical { Err(NoteError::WeakKey) } else { Ok(Self(key)) }
    }

    /// The public half of a secret key: what is computed from a secret is canonical and never of small order.
    pub(crate) fn of(secret: &SigningKey) -> Self {
        Self(secret.verifying_key())
    }

    /// The key as RFC 8032 writes it.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether this key has signed the message, strictly. Anything but 64 bytes is no signature.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| {
            !SMALL_ORDER.contains(signature.r_bytes()) && self.0.verify(message, &signature).is_ok()
        })
    }
}
