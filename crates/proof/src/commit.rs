//! Commitments to fields that may have to be erased later: names, contacts and free text.
//!
//! The log holds only the digest. Salt and value live elsewhere and are deleted on erasure; no hash
//! of the log changes, and without the salt the value cannot be guessed from its digest. The
//! construction is that of salted disclosures (RFC 9901), without its envelope.

use sha2::{Digest as _, Sha256};

/// `SHA-256(salt || 0x00 || path || 0x00 || value)`.
///
/// `salt` is 128 bits from a secure source, fresh for each field of each entry. `path` names the
/// field; it must not contain U+0000, or two different fields could share a digest. The paths of
/// our entries are ASCII names of the schema, so none does. `value` may be any text.
#[must_use]
pub fn commit(salt: &[u8; 16], path: &str, value: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update([0x00]);
    hasher.update(path.as_bytes());
    hasher.update([0x00]);
    hasher.update(value.as_bytes());
    hasher.finalize().into()
}
