//! A witness: it looks at heads of other people's logs, and countersigns those that extend what it saw before.
//!
//! A witness stands apart from the production: on the insurer's laptop, on the telephone of the union's representative. It
//! keeps one folder: `witness.key`, its secret, and `logs`, a file for each log that it watches: the log's key, and the
//! size and root that it saw last. The judgement itself is [`proof::witness::consider`].

use std::fs::TryLockError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use proof::checkpoint::CheckpointError;
use proof::cosignature::Cosigner;
use proof::note::{KeyName, NoteError, VerifyingKey};
use proof::tree::Hash;
use proof::witness::{Refusal, Request, Row, consider};
use sha2::{Digest, Sha256};
use store::lock::Lock;

use crate::clock::Clock;
use crate::error::ServiceError;
use crate::heads::{read_up_to, write};
use crate::key::LogKey;

const KEY: &str = "witness.key";
const NAME: &str = "witness.name";
const LOGS: &str = "logs";
const LOCK: &str = "witness.lock";

/// The most bytes of a small file of a witness.
const MAX_FILE_BYTES: u64 = 4_096;

/// Why a witness cannot work, or does not sign.
#[derive(Debug, thiserror::Error)]
pub enum WitnessFault {
    /// The request is refused.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A file of the witness cannot be read or written.
    #[error("{} cannot be used: {detail}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Another process works with this folder.
    #[error("another witness works in {}", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// There is no witness in the folder.
    #[error("{} holds no witness", path.display())]
    NotMade {
        /// The folder.
        path: PathBuf,
    },
    /// There is one already.
    #[error("{} holds a witness already, and its key is never written over", path.display())]
    AlreadyMade {
        /// The folder.
        path: PathBuf,
    },
    /// The log is watched, with another key.
    #[error("the log `{origin}` is watched already, with another key")]
    OtherKey {
        /// The log.
        origin: String,
    },
    /// The name is none that a key can have.
    #[error("{0}")]
    Name(#[from] NoteError),
    /// No randomness.
    #[error("this machine gives no random numbers")]
    NoRandomness,
    /// The checkpoint cannot be countersigned.
    #[error("{0}")]
    NotSigned(#[from] CheckpointError),
}

impl WitnessFault {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            WitnessFault::Refused(refusal) => refusal.code(),
            WitnessFault::File { .. } => "witness/file",
            WitnessFault::InUse { .. } => "witness/in-use",
            WitnessFault::NotMade { .. } => "witness/not-made",
            WitnessFault::AlreadyMade { .. } => "witness/already-made",
            WitnessFault::OtherKey { .. } => "witness/other-key",
            WitnessFault::Name(error) => error.code(),
            WitnessFault::NoRandomness => "witness/no-randomness",
            WitnessFault::NotSigned(error) => error.code(),
        }
    }

    /// What to do now.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            WitnessFault::Refused(Refusal::Inconsistent(_)) => {
                "Keep the request as it is, and do not answer it: it may be the proof that the record was rewritten. Tell whoever you witness for."
            }
            WitnessFault::Refused(Refusal::Conflict { .. }) => "Ask the production for a request from that size.",
            WitnessFault::Refused(Refusal::UnknownLog { .. }) => {
                "Note the log's key from the production itself, in person, then: showclear witness watch FOLDER VKEY."
            }
            WitnessFault::Refused(_) | WitnessFault::NotSigned(_) => "Ask the production for a new request.",
            WitnessFault::File { .. } => "Look at the folder, at its rights and at the space that is left.",
            WitnessFault::InUse { .. } => "End the other one first.",
            WitnessFault::NotMade { .. } => "Make one: showclear witness make FOLDER --name NAME.",
            WitnessFault::AlreadyMade { .. } => "Use it as it is, or choose another folder.",
            WitnessFault::OtherKey { .. } => {
                "Compare both keys with the one that was noted at the founding. A log never changes its key within an epoch."
            }
            WitnessFault::Name(_) => "Choose a name without spaces and plus signs, such as insurer.example/witness.",
            WitnessFault::NoRandomness => "Start the machine again, then try once more.",
        }
    }
}

/// The type of a witness's signatures (C2SP tlog-cosignature).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Signs {
    /// Ed25519, type 04: an answer of 130 bytes, which fits a picture.
    #[default]
    Ed25519,
    /// ML-DSA-44, type 06: an answer of 3,300 bytes, which holds against quantum computers.
    MlDsa44,
}

impl Signs {
    const fn word(self) -> &'static str {
        match self {
            Signs::Ed25519 => "ed25519",
            Signs::MlDsa44 => "ml-dsa-44",
        }
    }

    fn cosigner(self, name: KeyName, key: &LogKey) -> Cosigner {
        match self {
            Signs::Ed25519 => Cosigner::ed25519(name, key.secret()),
            Signs::MlDsa44 => Cosigner::ml_dsa_44(name, key.secret()),
        }
    }
}

/// A witness at work in its folder. One process works in a folder at a time.
#[derive(Clone, Debug)]
pub struct Witness {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    cosigner: Cosigner,
    clock: Arc<dyn Clock>,
    /// Comparing, storing and signing are one step: of two requests at once the smaller never comes last.
    one_at_a_time: Mutex<()>,
    _lock: Lock,
}

/// A log that a witness watches.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// The log's key; its name is the log's.
    pub key: VerifyingKey,
    /// What was seen last.
    pub row: Row,
}

impl Witness {
    /// Makes a witness: a key of its own under this name, in a folder that is made where it is not there yet.
    ///
    /// # Errors
    /// [`WitnessFault`]. A key that is there is never written over.
    pub fn make(folder: &Path, name: &str, signs: Signs, clock: Arc<dyn Clock>) -> Result<Witness, WitnessFault> {
        let name = KeyName::new(name)?;
        let file = |error: std::io::Error| file(folder, &error);
        std::fs::create_dir_all(folder.join(LOGS)).map_err(file)?;
        let key = LogKey::fresh().map_err(|_| WitnessFault::NoRandomness)?;
        key.write(&folder.join(KEY)).map_err(|error| of_key(folder, &error))?;
        write(&folder.join(NAME), format!("{name}\n{}\n", signs.word()).as_bytes()).map_err(file)?;
        Witness::open(folder, clock)
    }

    /// Goes to work.
    ///
    /// # Errors
    /// [`WitnessFault`].
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Witness, WitnessFault> {
        let not_made = || WitnessFault::NotMade { path: folder.to_owned() };
        let text = small_text(&folder.join(NAME))?.ok_or_else(not_made)?;
        let (name, word) = text.trim_end().split_once('\n').ok_or_else(not_made)?;
        let signs = [Signs::Ed25519, Signs::MlDsa44].into_iter().find(|it| it.word() == word).ok_or_else(not_made)?;
        let lock = lock(folder)?;
        let key = LogKey::read(&folder.join(KEY)).map_err(|error| of_key(folder, &error))?;
        let cosigner = signs.cosigner(KeyName::new(name)?, &key);
        let one_at_a_time = Mutex::new(());
        Ok(Witness {
            inner: Arc::new(Inner { folder: folder.to_owned(), cosigner, clock, one_at_a_time, _lock: lock }),
        })
    }

    /// The key by which others know this witness, as a verifier key.
    #[must_use]
    pub fn key(&self) -> String {
        self.inner.cosigner.key().to_string()
    }

    /// Watches this log from now on. The key should come from the production itself, in person.
    ///
    /// # Errors
    /// [`WitnessFault::OtherKey`] where the log is watched with another key, [`WitnessFault::File`].
    pub fn watch(&self, key: &VerifyingKey) -> Result<(), WitnessFault> {
        let _one = self.inner.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = key.name().as_str();
        match self.watched(origin)? {
            Some(watched) if watched.key == *key => Ok(()),
            Some(_) => Err(WitnessFault::OtherKey { origin: origin.to_owned() }),
            None => self.store(&Watched { key: key.clone(), row: Row::default() }),
        }
    }

    /// The logs that are watched.
    ///
    /// # Errors
    /// [`WitnessFault::File`].
    pub fn logs(&self) -> Result<Vec<Watched>, WitnessFault> {
        let folder = self.inner.folder.join(LOGS);
        let mut logs = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|error| file(&folder, &error))? {
            let path = entry.map_err(|error| file(&folder, &error))?.path();
            if path.extension().is_none() {
                logs.extend(read_watched(&path)?);
            }
        }
        logs.sort_by(|a, b| a.key.name().as_str().cmp(b.key.name().as_str()));
        Ok(logs)
    }

    /// Judges a request and, if it holds, stores what it shows and countersigns: the answer's bytes.
    ///
    /// # Errors
    /// [`WitnessFault`]; nothing was signed then, and what was seen before stands.
    pub fn answer(&self, request: &[u8]) -> Result<Vec<u8>, WitnessFault> {
        let request = Request::parse(request)?;
        let _one = self.inner.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let mut watched = proof::checkpoint::Checkpoint::parse_text(request.checkpoint.text())
            .ok()
            .map(|head| self.watched(&head.origin))
            .transpose()?
            .flatten();
        let row = consider(&request, |_| watched.as_ref().map(|it| (it.key.clone(), it.row)))?;
        if let Some(watched) = &mut watched {
            watched.row = row;
            self.store(watched)?;
        }
        let seconds = u64::try_from(self.inner.clock.now_ms()).unwrap_or(0) / 1_000;
        let line = self.inner.cosigner.cosign(&request.checkpoint, seconds)?;
        Ok(format!("{line}\n").into_bytes())
    }

    fn watched(&self, origin: &str) -> Result<Option<Watched>, WitnessFault> {
        read_watched(&self.file_of(origin)).map(|found| found.filter(|it| it.key.name().as_str() == origin))
    }

    /// A name may hold what no file's name can: the file is named by its hash.
    fn file_of(&self, origin: &str) -> PathBuf {
        let name = Hash(Sha256::digest(origin).into()).to_hex();
        self.inner.folder.join(LOGS).join(name)
    }

    fn store(&self, watched: &Watched) -> Result<(), WitnessFault> {
        let path = self.file_of(watched.key.name().as_str());
        let text = format!("{}\n{}\n{}\n", watched.key, watched.row.size, watched.row.root);
        write(&path, text.as_bytes()).map_err(|error| file(&path, &error))
    }
}

fn read_watched(path: &Path) -> Result<Option<Watched>, WitnessFault> {
    let Some(text) = small_text(path)? else { return Ok(None) };
    // What was seen cannot be guessed: a witness that forgot signs a rewritten record.
    let damaged = || WitnessFault::File { path: path.to_owned(), detail: "it is damaged".to_owned() };
    watched_in(&text).map(Some).ok_or_else(damaged)
}

fn watched_in(text: &str) -> Option<Watched> {
    let mut lines = text.lines();
    let key = lines.next()?.parse().ok()?;
    let size = lines.next()?.parse().ok()?;
    let root = lines.next()?.parse().ok()?;
    Some(Watched { key, row: Row { size, root } })
}

fn small_text(path: &Path) -> Result<Option<String>, WitnessFault> {
    let damaged = |detail: String| WitnessFault::File { path: path.to_owned(), detail };
    let bytes = read_up_to(path, MAX_FILE_BYTES).map_err(|error| damaged(error.to_string()))?;
    bytes.map(|bytes| String::from_utf8(bytes).map_err(|_| damaged("it is not text".to_owned()))).transpose()
}

fn lock(folder: &Path) -> Result<Lock, WitnessFault> {
    let path = folder.join(LOCK);
    Lock::exclusive(&path).map_err(|error| match error {
        TryLockError::WouldBlock => WitnessFault::InUse { path: folder.to_owned() },
        TryLockError::Error(error) => file(&path, &error),
    })
}

fn file(path: &Path, error: &std::io::Error) -> WitnessFault {
    let detail = match error.kind() == ErrorKind::NotFound {
        true => "it is not there".to_owned(),
        false => error.to_string(),
    };
    WitnessFault::File { path: path.to_owned(), detail }
}

fn of_key(folder: &Path, error: &ServiceError) -> WitnessFault {
    if matches!(error, ServiceError::AlreadyThere { .. }) {
        return WitnessFault::AlreadyMade { path: folder.to_owned() };
    }
    WitnessFault::File { path: folder.join(KEY), detail: error.to_string() }
}
