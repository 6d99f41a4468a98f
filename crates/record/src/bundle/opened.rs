//! A bundle or an extract whose files are those of its manifest, and what both are asked alike.

use std::collections::{BTreeMap, BTreeSet};

use proof::checkpoint::Checkpoint;
use proof::note::{Note, VerifyingKey};
use proof::zip::{self, File};

use super::files::{self, CHECKPOINT, DISCLOSURES, DeviceKeys};
use super::manifest::{Kind, MANIFEST, Manifest};
use super::{Attached, BundleFault, attached, disclosure};
use crate::entry::Entry;
use crate::erasure::{Digests, Erased};
use crate::{Id, Millis, Origin};

/// The files, and the manifest that lists them.
pub(super) struct Opened<'a> {
    files: Vec<File<'a>>,
    by_path: BTreeMap<&'a str, &'a [u8]>,
    pub(super) manifest: Manifest,
}

impl<'a> Opened<'a> {
    /// Reads the container and its manifest, and holds every file to it. Whose manifest it is, is seen once the log's
    /// key is known.
    pub(super) fn open(bytes: &'a [u8], kind: Kind) -> Result<Opened<'a>, BundleFault> {
        let files = zip::read(bytes).map_err(|error| BundleFault::of_zip(&error))?;
        let by_path: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.path, file.bytes)).collect();
        let manifest = Manifest::parse(by_path.get(MANIFEST).copied().ok_or_else(|| missing(MANIFEST))?, kind)?;
        manifest.check_files(&files)?;
        Ok(Opened { files, by_path, manifest })
    }

    /// The bytes of a file.
    pub(super) fn get(&self, path: &str) -> Result<&'a [u8], BundleFault> {
        self.by_path.get(path).copied().ok_or_else(|| missing(path))
    }

    /// The paths that begin so, in their order.
    pub(super) fn paths<'b>(&'b self, prefix: &'b str) -> impl Iterator<Item = &'a str> + 'b {
        self.files.iter().map(|file| file.path).filter(move |path| path.starts_with(prefix))
    }

    /// How many files the manifest lists.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.files.len()).unwrap_or(u64::MAX).saturating_sub(1)
    }

    /// The checkpoint as it reads. Who signed it, is seen once the log's key is known.
    pub(super) fn head(&self) -> Result<Checkpoint, BundleFault> {
        let fault = |code, sentence: String| BundleFault::of_file(CHECKPOINT, code, sentence);
        let note = Note::parse(self.get(CHECKPOINT)?).map_err(|error| fault("CHECKPOINT", error.to_string()))?;
        let head = Checkpoint::parse_text(note.text()).map_err(|error| fault("CHECKPOINT", error.to_string()))?;
        if head.origin != self.manifest.origin.to_string() {
            return Err(fault("CHECKPOINT-ORIGIN", format!("it is of another log: {}", head.origin)));
        }
        if head.size != self.manifest.size {
            let sentence =
                format!("it was signed over {} entries, and the manifest says {}", head.size, self.manifest.size);
            return Err(fault("CHECKPOINT-SIZE", sentence));
        }
        Ok(head)
    }

    /// The founding entry is of the manifest's log, and the key that it names signed the manifest.
    pub(super) fn check_founding(&self, origin: &Origin, key: &VerifyingKey) -> Result<(), BundleFault> {
        if *origin != self.manifest.origin {
            let sentence = format!("the manifest is of another log: {}", self.manifest.origin);
            return Err(BundleFault::of_file(MANIFEST, "MANIFEST-ORIGIN", sentence));
        }
        self.manifest.check_signature(key)
    }

    /// What follows from the entries is what follows from them.
    pub(super) fn check_derived(&self, key: &VerifyingKey, learned: &Learned, held: u64) -> Result<(), BundleFault> {
        for (path, bytes) in files::derived(&self.manifest.origin, key, &learned.devices) {
            if self.get(&path)? != bytes {
                let sentence = "it does not hold what follows from the entries".to_owned();
                return Err(BundleFault { held, ..BundleFault::of_file(&path, "FILE-OTHER", sentence) });
            }
        }
        Ok(())
    }

    /// What stands beside the entries: the texts and files that are here, each as its digest has it, and of the others how
    /// many there are and what was erased of them.
    pub(super) fn check_beside(&self, learned: &Learned) -> Result<Beside, BundleFault> {
        let digests = &learned.digests;
        let told = self.by_path.get(DISCLOSURES);
        let told: BTreeSet<(Id, String)> =
            told.map_or(Ok(BTreeSet::new()), |bytes| disclosure::check(bytes, &digests.commitments))?;
        let carried = attached::check(self, &digests.files)?;
        let erased = digests.erased(&told, &carried);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let disclosed = count(told.len());
        let attached = Attached { named: erased.of_files, carried: count(carried.len()) };
        Ok(Beside { disclosed, redacted: erased.of_texts.saturating_sub(disclosed), attached, erased })
    }
}

pub(super) fn missing(path: &str) -> BundleFault {
    BundleFault::of_file(path, "FILE-MISSING", "it is not in the bundle".to_owned())
}

/// What stands beside the entries.
pub(super) struct Beside {
    /// How many texts are disclosed.
    pub(super) disclosed: u64,
    /// How many are not.
    pub(super) redacted: u64,
    /// The files that the entries name.
    pub(super) attached: Attached,
    /// What was erased.
    pub(super) erased: Erased,
}

/// What the entries say about the files beside them.
#[derive(Default)]
pub(super) struct Learned {
    digests: Digests,
    devices: DeviceKeys,
    /// When each was decided, by its place, rising.
    decided: Vec<(u64, Millis)>,
}

impl Learned {
    pub(super) fn learn(&mut self, entry: &Entry) {
        self.devices.learn(entry);
        self.digests.learn(entry);
        self.decided.push((entry.index, entry.decided_at));
    }

    /// The last entry at hand of the first `size` of the log, and when it was decided.
    pub(super) fn last_of(&self, size: u64) -> Option<(u64, Millis)> {
        let count = self.decided.partition_point(|(index, _)| *index < size);
        self.decided.get(count.checked_sub(1)?).copied()
    }
}
