//! The devices' public keys, as the log itself gives them.

use std::collections::BTreeMap;

use kernel::Intent;

use crate::Id;
use crate::device::{device_id, key_name};
use crate::entry::{Body, Entry};

/// Public keys by device.
#[derive(Clone, Debug, Default)]
pub struct Keys(BTreeMap<Id, [u8; 32]>);

impl Keys {
    /// Learns the key that an entry brings: the founder's in the first, an enrolled device's later.
    pub fn learn(&mut self, entry: &Entry) {
        match &entry.body {
            Body::Genesis(genesis) => {
                self.0.insert(device_id(&genesis.founder_key), genesis.founder_key);
            }
            Body::Decision(decision) => {
                if let (true, Intent::EnrolDevice { device, .. }, Some(key)) =
                    (decision.accepted, &decision.intent.said.intent, decision.intent.said.key)
                {
                    self.0.insert(*device, key);
                }
            }
            Body::Notice(_) => {}
        }
    }

    /// The key of a device.
    #[must_use]
    pub fn of(&self, device: Id) -> Option<&[u8; 32]> {
        self.0.get(&device)
    }

    /// The device and key with this name in this production.
    #[must_use]
    pub fn named(&self, production: Id, name: &str) -> Option<(Id, [u8; 32])> {
        self.0.iter().find(|(device, _)| key_name(production, **device) == name).map(|(id, key)| (*id, *key))
    }
}
