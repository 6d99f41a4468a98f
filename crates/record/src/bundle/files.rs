//! What lies in a bundle.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use proof::note::{KeyName, VerifyingKey};
use proof::tiles::{Content, Tile, entry_bundle, hash_tile, tiles_of};
use proof::tree::{Tree, hash_leaf};

use super::{BundleError, Disclosure, KeptStamp, attached, disclosure, stamped};
use crate::device::{device_id, key_name};
use crate::entry::{Body, Entry};
use crate::keys::brought;
use crate::schema::intent_schema;
use crate::{Id, Origin, canonical};

/// The newest checkpoint, as the log signed it.
pub(super) const CHECKPOINT: &str = "checkpoint";
/// The log's key as a verifier key.
pub(super) const LOG_KEY: &str = "keys/log.vkey";
/// The same for openssl.
pub(super) const LOG_KEY_PEM: &str = "keys/log.pem";
/// The key of every device that the entries beside it enrol, a line each.
pub(super) const DEVICE_KEYS: &str = "keys/devices.vkeys";
/// Texts that the record holds as commitments alone.
pub(super) const DISCLOSURES: &str = "disclosures.jsonl";
/// Whom to trust, as C2SP tlog-policy has it.
pub(super) const POLICY: &str = "policy.txt";
/// An older checkpoint that witnesses have countersigned, where the newest is not.
pub(super) const WITNESSED: &str = "witnessed";
/// The schema of intents of the Showclear that writes. Whoever verifies passes over it, and files from before have none.
const INTENTS: &str = "spec/intents.json";
/// Of an extract, the proof that it is one of this log.
pub(super) const WITNESSED_PROOF: &str = "witnessed.consistency";

/// What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 section 4).
const SPKI_ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// What a bundle is made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Every entry, in order.
    pub entries: &'a [Vec<u8>],
    /// The newest checkpoint, with the lines of witnesses where they have countersigned it.
    pub checkpoint: &'a [u8],
    /// An older checkpoint of the same log that witnesses have countersigned. An extract carries a consistency proof beside
    /// it, since it has not the whole record to show that it is one of this log.
    pub witnessed: Option<&'a [u8]>,
    /// Which witnesses count, as C2SP tlog-policy has it; it names the log's key. Without it none does.
    pub policy: Option<&'a str>,
    /// Time stamps over checkpoints of the same log. Beside one over an older checkpoint an extract carries a consistency
    /// proof.
    pub stamps: &'a [KeptStamp],
    /// The texts to disclose; none of them, and all stay redacted.
    pub disclosures: &'a [Disclosure],
    /// The files to carry along that the intents name by their digests; the others stay digests.
    pub attachments: &'a [Vec<u8>],
    /// The page that specifies the format.
    pub format_page: &'a str,
    /// The verifier as a page, `verify.html`; empty, and none goes along.
    pub verify_page: &'a str,
}

/// The log's name, its size, and every file but the manifest.
type Whole = (Origin, u64, Vec<(String, Vec<u8>)>);

pub(super) fn of(parts: &Parts<'_>, key: &VerifyingKey) -> Result<Whole, BundleError> {
    let Read { origin, tree, devices } = read(parts.entries, key, |_| true)?;
    let mut files = around(parts, &origin, key, &devices, include_bytes!("readme.txt"));
    files.extend(parts.witnessed.map(|note| (WITNESSED.to_owned(), note.to_vec())));
    files.extend(stamped::files(parts.stamps));
    for tile in tiles_of(tree.size()) {
        files.push((tile.path(), tile_bytes(&tile, &tree, parts.entries)?));
    }
    Ok((origin, tree.size(), files))
}

/// A record that was read through.
pub(super) struct Read {
    pub(super) origin: Origin,
    pub(super) tree: Tree,
    pub(super) devices: DeviceKeys,
}

/// Reads every entry, and learns the devices of those that go along. The log must name `key`.
pub(super) fn read(
    entries: &[Vec<u8>],
    key: &VerifyingKey,
    goes_along: impl Fn(u64) -> bool,
) -> Result<Read, BundleError> {
    let first = entries.first().ok_or(BundleError::Empty)?;
    let origin = Entry::origin_of(first).map_err(|error| BundleError::Entry { index: 0, error })?;
    let mut tree = Tree::default();
    let mut devices = DeviceKeys::default();
    for bytes in entries {
        let index = tree.size();
        let entry = Entry::decode(bytes, &origin).map_err(|error| BundleError::Entry { index, error })?;
        if let Body::Genesis(genesis) = &entry.body
            && genesis.log_key != key.to_string()
        {
            return Err(BundleError::Key);
        }
        if goes_along(index) {
            devices.learn(&entry);
        }
        tree.push(hash_leaf(bytes));
    }
    Ok(Read { origin, tree, devices })
}

/// What lies around the entries, in a bundle and in an extract alike.
pub(super) fn around(
    parts: &Parts<'_>,
    origin: &Origin,
    key: &VerifyingKey,
    devices: &DeviceKeys,
    readme: &[u8],
) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("README.txt".to_owned(), readme.to_vec()),
        (CHECKPOINT.to_owned(), parts.checkpoint.to_vec()),
        (INTENTS.to_owned(), canonical::write(&intent_schema()).unwrap_or_default().into_bytes()),
        ("spec/log-format.md".to_owned(), parts.format_page.as_bytes().to_vec()),
    ];
    files.extend(derived(origin, key, devices));
    files.extend(attached::files(parts.attachments));
    let policy = parts.policy.map_or_else(|| no_witness(key), str::to_owned);
    files.push((POLICY.to_owned(), policy.into_bytes()));
    if !parts.verify_page.is_empty() {
        files.push(("verify.html".to_owned(), parts.verify_page.as_bytes().to_vec()));
    }
    if !parts.disclosures.is_empty() {
        files.push((DISCLOSURES.to_owned(), disclosure::write(parts.disclosures)));
    }
    files
}

fn tile_bytes(tile: &Tile, tree: &Tree, entries: &[Vec<u8>]) -> Result<Vec<u8>, BundleError> {
    match tile.content {
        // A tile of the tree's own size is in the tree.
        Content::Hashes { level } => Ok(hash_tile(tree, level, tile).unwrap_or_default()),
        Content::Entries => {
            let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            let held = entries.iter().skip(place(tile.first())).take(place(tile.width));
            Ok(entry_bundle(held.map(Vec::as_slice))?)
        }
    }
}

/// The files that follow from the entries alone: whoever verifies makes them anew and compares.
pub(super) fn derived(origin: &Origin, key: &VerifyingKey, devices: &DeviceKeys) -> Vec<(String, Vec<u8>)> {
    let spki = [SPKI_ED25519.as_slice(), key.public()].concat();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64.encode(spki));
    vec![
        (LOG_KEY.to_owned(), format!("{key}\n").into_bytes()),
        (LOG_KEY_PEM.to_owned(), pem.into_bytes()),
        (DEVICE_KEYS.to_owned(), devices.lines(origin).into_bytes()),
    ]
}

/// The policy of a production that has named no witness.
fn no_witness(key: &VerifyingKey) -> String {
    format!("log {key}\nquorum none\n")
}

/// The keys of every device that was ever enrolled, revoked ones too.
#[derive(Debug, Default)]
pub(super) struct DeviceKeys(BTreeSet<(Id, [u8; 32])>);

impl DeviceKeys {
    pub(super) fn learn(&mut self, entry: &Entry) {
        self.0.extend(brought(entry).into_iter().map(|key| (device_id(&key), key)));
    }

    fn lines(&self, origin: &Origin) -> String {
        let name = |device: Id| KeyName::new(&key_name(origin.production(), device)).ok();
        let keys = self.0.iter().filter_map(|(device, key)| VerifyingKey::new(name(*device)?, *key).ok());
        keys.map(|key| format!("{key}\n")).collect()
    }
}
