//! The devices' public keys, as the log itself gives them.

use std::collections::BTreeMap;

use kernel::Intent;

use crate::Id;
use crate::device::{device_id, key_name};
use crate::entry::{Body, Entry};

/// Public keys by device, and devices by the end of their key's name.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    by_device: BTreeMap<Id, [u8; 32]>,
    by_short: BTreeMap<String, Id>,
}

impl Keys {
    /// Learns the key that an entry brings: the founder's in the first, an enrolled device's later.
    pub fn learn(&mut self, entry: &Entry) {
        match &entry.body {
            Body::Genesis(genesis) => {
                self.keep(device_id(&genesis.founder_key), genesis.founder_key);
            }
            Body::Decision(decision) => {
                if let (true, Intent::EnrolDevice { device, .. }, Some(key)) =
                    (decision.accepted, &decision.intent.said.intent, decision.intent.said.key)
                {
                    self.keep(*device, key);
                }
            }
            Body::Notice(_) => {}
        }
    }

    /// The first device keeps its short name: a later one whose id begins alike is never found by it.
    fn keep(&mut self, device: Id, key: [u8; 32]) {
        self.by_device.insert(device, key);
        self.by_short.entry(device.short()).or_insert(device);
    }

    /// The key of a device.
    #[must_use]
    pub fn of(&self, device: Id) -> Option<&[u8; 32]> {
        self.by_device.get(&device)
    }

    /// The device and key with this name in this production.
    #[must_use]
    pub fn named(&self, production: Id, name: &str) -> Option<(Id, [u8; 32])> {
        let device = self.by_short.get(name.rsplit('/').next()?)?;
        let key = self.by_device.get(device)?;
        (key_name(production, *device) == name).then_some((*device, *key))
    }
}
