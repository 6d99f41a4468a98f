//! The enrolled keys as points of the curve. To decode one takes a third of what its signature takes to check, and the same few
//! phones sign all day.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use proof::note::{KeyName, VerifyingKey};

/// Keys by the 32 bytes that stand in the log. An entry is complete when it is put in, so that a thread which died with the
/// lock has left good ones.
#[derive(Debug, Default)]
pub(crate) struct Signers {
    decoded: RwLock<BTreeMap<[u8; 32], Arc<VerifyingKey>>>,
}

impl Signers {
    /// An enrolled key under the one name that it has, decoded at most once; nothing where it is no key.
    pub(crate) fn enrolled(&self, name: &str, public: [u8; 32]) -> Option<Arc<VerifyingKey>> {
        let known = self.decoded.read().unwrap_or_else(PoisonError::into_inner).get(&public).map(Arc::clone);
        known.or_else(|| {
            let key = Arc::new(decode(name, public)?);
            self.decoded.write().unwrap_or_else(PoisonError::into_inner).insert(public, Arc::clone(&key));
            Some(key)
        })
    }
}

/// A key under its name; nothing where it is none.
pub(crate) fn decode(name: &str, public: [u8; 32]) -> Option<VerifyingKey> {
    VerifyingKey::new(KeyName::new(name).ok()?, public).ok()
}
