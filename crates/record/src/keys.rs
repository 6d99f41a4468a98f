//! The devices' public keys, as the log itself gives them.

use std::collections::BTreeMap;

use kernel::Intent;

use crate::Id;
use crate::device::{device_id, key_name};
use crate::entry::{Body, Entry};
use crate::intent::SignedIntent;

/// The public keys that an entry brings: the founder's in the first, those of all devices in what a new epoch carries over,
/// and that of a device which is enrolled.
#[must_use]
pub fn brought(entry: &Entry) -> Vec<[u8; 32]> {
    match &entry.body {
        Body::Genesis(genesis) => vec![genesis.founder_key],
        Body::Carried(carried) => carried.keys.clone(),
        Body::Decision(decision) => {
            let said = &decision.intent.said;
            let enrols = decision.accepted && matches!(said.intent, Intent::EnrolDevice { .. });
            said.key.filter(|_| enrols).into_iter().collect()
        }
        Body::Notice(_) => Vec::new(),
    }
}

/// The key that an intent brings itself, with the id of the device that it makes. Only a stop and the enrolment of that very device
/// bring one, under the one name that it has.
#[must_use]
pub fn brought_by(intent: &SignedIntent, production: Id) -> Option<(Id, [u8; 32])> {
    let key = intent.said.key?;
    let made = device_id(&key);
    let may_bring = if let Intent::EnrolDevice { device, .. } = intent.said.intent {
        device == made
    } else {
        matches!(intent.said.intent, Intent::Stop { .. })
    };
    (may_bring && intent.key_name == key_name(production, made)).then_some((made, key))
}

/// Public keys by device, and devices by the end of their key's name.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    by_device: BTreeMap<Id, [u8; 32]>,
    by_short: BTreeMap<String, Id>,
}

impl Keys {
    /// Learns the keys that an entry brings.
    pub fn learn(&mut self, entry: &Entry) {
        for key in brought(entry) {
            self.keep(device_id(&key), key);
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

    /// The device and key with this name in this production, as [`key_name`](crate::device::key_name) writes it.
    #[must_use]
    pub fn named(&self, production: Id, name: &str) -> Option<(Id, [u8; 32])> {
        let (path, short) = name.rsplit_once('/')?;
        let device = self.by_short.get(short)?;
        let key = self.by_device.get(device)?;
        let of: Id = path.strip_suffix("/k")?.parse().ok()?;
        (of == production).then_some((*device, *key))
    }
}
