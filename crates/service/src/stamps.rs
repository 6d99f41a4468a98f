//! Time stamps over the checkpoints of a production (RFC 3161): what an authority is asked, and what of its answers is kept.
//! Here for a folder that nobody serves; `stamping.rs` does the same for a wrap while it is served.
//!
//! They lie in the folder `timestamps`, of each the answer as it came (`<size>.tsr`), the checkpoint that it is over
//! (`<size>.checkpoint`) and, where they were given, certificates of the authority (`<size>.pem`). A second stamp over the same
//! checkpoint, by another authority, is `<size>-2`, and so on. Where the service asked for it, `<size>.url` says at which
//! address, so that nobody is asked twice. Nothing here reads a secret.

use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::note::VerifyingKey;
use proof::stamp::{self, Authority, Certificate, MAX_PEM_BYTES, MAX_STAMP_BYTES, Stamp, StampError, UpTo};
use record::Origin;
use record::bundle::{KeptStamp, size_in_stamp_name, stamp_name};
use record::entry::{Body, Entry};
use store::sqlite::SqliteStore;
use store::{Sealed, Store, StoreError};

use crate::heads::{read_up_to, write};
use crate::random;
use crate::service::LOG;

/// The folder with the stamps.
pub(crate) const STAMPS: &str = "timestamps";

/// The longest address of an authority that is asked while a production is served, in bytes.
pub const MAX_AUTHORITY_BYTES: usize = 2_048;

/// Why no stamp was asked for, or none was kept.
#[derive(Debug, thiserror::Error)]
pub enum StampFault {
    /// The log cannot be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// There is no record in the folder, or its first entry cannot be read.
    #[error("{} holds no record whose beginning can be read", path.display())]
    NotFounded {
        /// The folder.
        path: PathBuf,
    },
    /// The newest checkpoint is not one that the log's own key has signed.
    #[error("the newest checkpoint does not hold: {detail}")]
    Checkpoint {
        /// What is wrong with it.
        detail: String,
    },
    /// Nobody answered.
    #[error("the authority gave no answer: {detail}")]
    NotAnswered {
        /// What the network said.
        detail: String,
    },
    /// The answer is none, says no, or its signature does not hold.
    #[error("{0}")]
    Answer(#[from] StampError),
    /// The stamp is over no checkpoint that this log has.
    #[error("the stamp is over none of this log's checkpoints")]
    OfNoCheckpoint,
    /// The answer is about another request than the one that was sent.
    #[error("the answer is not to the request that was sent")]
    OtherRequest,
    /// The certificates that were given are not those of the authority that signed.
    #[error("the certificate of the authority `{authority}` does not lead to any of those that were given")]
    Chain {
        /// The name in the certificate that signed.
        authority: String,
    },
    /// Enough stamps over this checkpoint are kept.
    #[error("as many stamps over the checkpoint of {size} entries as are kept are there already")]
    Enough {
        /// How many entries it covers.
        size: u64,
    },
    /// A file of stamps cannot be read or written.
    #[error("{} cannot be used: {detail}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// No randomness.
    #[error("this machine gives no random numbers")]
    NoRandomness,
}

impl StampFault {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StampFault::Store(error) => error.code(),
            StampFault::NotFounded { .. } => "RECORD-NOT-FOUNDED",
            StampFault::Checkpoint { .. } => "stamp/checkpoint",
            StampFault::NotAnswered { .. } => "stamp/not-answered",
            StampFault::Answer(error) => error.code(),
            StampFault::OfNoCheckpoint => "stamp/of-no-checkpoint",
            StampFault::OtherRequest => "stamp/other-request",
            StampFault::Chain { .. } => "stamp/chain",
            StampFault::Enough { .. } => "stamp/enough",
            StampFault::File { .. } => "stamp/file",
            StampFault::NoRandomness => "RANDOMNESS-MISSING",
        }
    }

    /// What to do now.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            StampFault::Store(error) => error.remedy(),
            StampFault::NotFounded { .. } => {
                "Look at the folder's name: it is the one that `showclear serve` is given."
            }
            StampFault::Checkpoint { .. } => {
                "Write nothing to the folder. Copy it, and run `showclear verify` on the log.db of the copy."
            }
            StampFault::NotAnswered { .. } => {
                "Look at the address and the network, or write the request with `showclear stamp request` and send it from another machine."
            }
            StampFault::Answer(StampError::Refused { .. }) => {
                "Ask the authority why, make a new request, and send it again, or send it to another authority."
            }
            StampFault::Answer(StampError::Pem) => "Take the authority's certificates from its own page, as PEM.",
            StampFault::Answer(_) => {
                "Take the answer again as the authority sent it. If it stays so, make a new request and send it to another authority."
            }
            StampFault::OfNoCheckpoint | StampFault::OtherRequest => {
                "Look at the file: it may belong to another production, or to a request that was sent by somebody else. Make a new request."
            }
            StampFault::Chain { .. } => {
                "Take the certificates of this authority from its own page, or leave --chain out: then the stamp is kept with those in it."
            }
            StampFault::Enough { .. } => "Nothing is missing. The next checkpoint can be stamped again.",
            StampFault::File { .. } => "Look at the folder, at its rights and at the space that is left.",
            StampFault::NoRandomness => "Start the machine again, then try once more.",
        }
    }
}

impl From<crate::random::NoRandomness> for StampFault {
    fn from(_: crate::random::NoRandomness) -> Self {
        StampFault::NoRandomness
    }
}

/// What an authority is asked.
#[derive(Clone, Debug)]
pub struct StampRequest {
    /// The request (TimeStampReq).
    pub bytes: Vec<u8>,
    /// How many entries the checkpoint covers.
    pub size: u64,
    /// The log's name.
    pub origin: Origin,
    checkpoint: Vec<u8>,
    nonce: [u8; 8],
}

impl StampRequest {
    /// Asks about this checkpoint of the log.
    pub(crate) fn over(sealed: Sealed, origin: Origin) -> Result<StampRequest, StampFault> {
        let nonce = random::bytes()?;
        let Sealed { size, note } = sealed;
        Ok(StampRequest { bytes: stamp::request(&note, nonce), size, origin, checkpoint: note, nonce })
    }

    /// The stamp in an answer that came to this very request, and whose it is.
    pub(crate) fn answered(
        &self,
        answer: &[u8],
        chain: Option<&[u8]>,
    ) -> Result<(Stamp, Option<Authority>), StampFault> {
        let (stamp, authority) = read_answer(answer, chain, Some(self.nonce))?;
        if stamp.is_over(&self.checkpoint) { Ok((stamp, authority)) } else { Err(StampFault::OfNoCheckpoint) }
    }

    /// The checkpoint that is asked about.
    pub(crate) fn sealed(&self) -> Sealed {
        Sealed { size: self.size, note: self.checkpoint.clone() }
    }
}

/// A stamp that was kept.
#[derive(Clone, Debug)]
pub struct TakenStamp {
    /// The log's name.
    pub origin: Origin,
    /// How many entries the stamped checkpoint covers.
    pub size: u64,
    /// When the authority says that it was made, in milliseconds since 1970.
    pub made_ms: i64,
    /// Whose it is; nothing where its signature is of a kind that is not checked here.
    pub authority: Option<Authority>,
    /// Where it lies.
    pub path: PathBuf,
}

/// The request for a stamp over the newest checkpoint of a folder. Nothing of it is remembered: the answer is known by the
/// checkpoint that it is over.
///
/// # Errors
/// [`StampFault`], where the log cannot be read or is being served.
pub fn stamp_request(folder: &Path) -> Result<StampRequest, StampFault> {
    let mut log = Log::open(folder)?;
    let newest = log.newest()?;
    log.opened(&newest).map_err(|error| StampFault::Checkpoint { detail: error.to_string() })?;
    StampRequest::over(newest, log.origin)
}

/// Takes the answer of an authority: it must be granted, over a checkpoint of this log, and signed as it says. `chain` holds
/// certificates of the authority as PEM; with it, the one that signed must lead to one of them.
///
/// # Errors
/// [`StampFault`]; nothing is kept then.
pub fn take_stamp(folder: &Path, answer: &[u8], chain: Option<&[u8]>) -> Result<TakenStamp, StampFault> {
    take(folder, answer, chain, None)
}

/// As [`take_stamp`], of an answer that came to this very request.
///
/// # Errors
/// [`StampFault`]; nothing is kept then.
pub fn take_stamp_for(
    request: &StampRequest,
    folder: &Path,
    answer: &[u8],
    chain: Option<&[u8]>,
) -> Result<TakenStamp, StampFault> {
    take(folder, answer, chain, Some(request.nonce))
}

fn take(folder: &Path, answer: &[u8], chain: Option<&[u8]>, nonce: Option<[u8; 8]>) -> Result<TakenStamp, StampFault> {
    let (stamp, authority) = read_answer(answer, chain, nonce)?;
    let mut log = Log::open(folder)?;
    let sealed = log.stamped(&stamp)?;
    let path = keep(&folder.join(STAMPS), &sealed, &Answer { bytes: answer, chain, url: None })?;
    Ok(TakenStamp { origin: log.origin, size: sealed.size, made_ms: stamp.made_ms(), authority, path })
}

fn read_answer(
    answer: &[u8],
    chain: Option<&[u8]>,
    nonce: Option<[u8; 8]>,
) -> Result<(Stamp, Option<Authority>), StampFault> {
    let stamp = Stamp::parse(answer)?;
    if nonce.is_some_and(|nonce| !stamp.answers(nonce)) {
        return Err(StampFault::OtherRequest);
    }
    let authority = authority(&stamp, chain)?;
    Ok((stamp, authority))
}

fn authority(stamp: &Stamp, chain: Option<&[u8]>) -> Result<Option<Authority>, StampFault> {
    let chain = chain.map_or(Ok(Vec::new()), Certificate::read_pem)?;
    match stamp.verify(&chain, &chain) {
        Ok(Authority { name, up_to: UpTo::Elsewhere, .. }) => Err(StampFault::Chain { authority: name }),
        Ok(authority) => Ok(Some(authority)),
        Err(StampError::Unsupported) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A log that is read.
struct Log {
    store: SqliteStore,
    origin: Origin,
    key: VerifyingKey,
    folder: PathBuf,
}

impl Log {
    fn open(folder: &Path) -> Result<Log, StampFault> {
        let mut store = SqliteStore::open_read_only(&folder.join(LOG))?;
        let not_founded = || StampFault::NotFounded { path: folder.to_owned() };
        let first = store.entries(0, 1)?.into_iter().next().ok_or_else(not_founded)?;
        let origin = Entry::origin_of(&first).map_err(|_| not_founded())?;
        let entry = Entry::decode(&first, &origin).map_err(|_| not_founded())?;
        let Body::Genesis(genesis) = entry.body else { return Err(not_founded()) };
        let key = genesis.log_key.parse().map_err(|_| not_founded())?;
        Ok(Log { store, origin, key, folder: folder.to_owned() })
    }

    fn newest(&mut self) -> Result<Sealed, StampFault> {
        let newest = self.store.checkpoint()?;
        newest.ok_or_else(|| StampFault::NotFounded { path: self.folder.clone() })
    }

    fn opened(&self, sealed: &Sealed) -> Result<Checkpoint, proof::checkpoint::CheckpointError> {
        Checkpoint::open(&sealed.note, &self.origin.to_string(), std::slice::from_ref(&self.key))
    }

    /// The checkpoint of this log that a stamp is over: the newest first, for it is mostly that one.
    fn stamped(&mut self, stamp: &Stamp) -> Result<Sealed, StampFault> {
        let newest = self.newest()?.size;
        for size in (1..=newest).rev() {
            let Some(sealed) = self.store.checkpoint_at(size)? else { continue };
            if stamp.is_over(&sealed.note) && self.opened(&sealed).is_ok_and(|it| it.size == size) {
                return Ok(sealed);
            }
        }
        Err(StampFault::OfNoCheckpoint)
    }
}

/// What is kept of an answer.
pub(crate) struct Answer<'a> {
    /// As it came.
    pub(crate) bytes: &'a [u8],
    /// Certificates of the authority, as PEM.
    pub(crate) chain: Option<&'a [u8]>,
    /// Where the service asked for it.
    pub(crate) url: Option<&'a str>,
}

/// Writes the files of a stamp, the answer last: where it lies, the others do. One that is there already is not kept twice.
pub(crate) fn keep(folder: &Path, sealed: &Sealed, answer: &Answer<'_>) -> Result<PathBuf, StampFault> {
    let file = |path: &Path, detail: String| StampFault::File { path: path.to_owned(), detail };
    std::fs::create_dir_all(folder).map_err(|error| file(folder, error.to_string()))?;
    for name in (1..).map_while(|number| stamp_name(sealed.size, number)) {
        let path = |ending: &str| folder.join(format!("{name}.{ending}"));
        let is_there = small(&path("tsr"), MAX_STAMP_BYTES)?;
        if is_there.as_deref().is_some_and(|bytes| bytes != answer.bytes) {
            continue;
        }
        let put = |ending: &str, bytes: &[u8]| {
            let path = path(ending);
            write(&path, bytes).map_err(|error| file(&path, error.to_string()))
        };
        put("checkpoint", &sealed.note)?;
        if let Some(chain) = answer.chain {
            put("pem", chain)?;
        }
        if let Some(url) = answer.url {
            put("url", format!("{url}\n").as_bytes())?;
        }
        put("tsr", answer.bytes)?;
        return Ok(path("tsr"));
    }
    Err(StampFault::Enough { size: sealed.size })
}

fn small(path: &Path, most: usize) -> Result<Option<Vec<u8>>, StampFault> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    read_up_to(path, most).map_err(|error| StampFault::File { path: path.to_owned(), detail: error.to_string() })
}

/// The stamps of a folder that are over checkpoints of this log and hold. One that does not is said to whoever runs this, and
/// stays behind: a damaged file beside the record keeps nobody from handing the record over.
pub(crate) fn kept_stamps(folder: &Path, origin: &Origin, key: &VerifyingKey) -> Vec<KeptStamp> {
    let folder = folder.join(STAMPS);
    let Ok(files) = std::fs::read_dir(&folder) else { return Vec::new() };
    let mut kept = Vec::new();
    for path in files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|it| it == "tsr")) {
        match kept_stamp(&path, origin, key) {
            Some(stamp) => kept.push(stamp),
            None => tracing::error!(path = %path.display(), "this time stamp cannot be used and is left out"),
        }
    }
    kept.sort_by(|one, other| one.name.cmp(&other.name));
    kept
}

/// A stamp of the folder over a checkpoint of at least so many entries, as far as a page tells of it.
pub(crate) struct ToldStamp {
    /// How many entries the stamped checkpoint covers.
    pub(crate) size: u64,
    /// When the authority says that it was made.
    pub(crate) made_ms: i64,
    /// The authority's name in its certificate.
    pub(crate) authority: Option<String>,
    /// Where the service asked for it.
    pub(crate) url: Option<String>,
}

/// Whether there are stamps in a production's folder at all, and those over at least `size` entries that hold.
pub(crate) fn told_stamps(folder: &Path, origin: &Origin, key: &VerifyingKey, size: u64) -> (bool, Vec<ToldStamp>) {
    let Ok(files) = std::fs::read_dir(folder.join(STAMPS)) else { return (false, Vec::new()) };
    let files = files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|it| it == "tsr"));
    let files: Vec<PathBuf> = files.collect();
    let told = |path: &PathBuf| {
        let of = size_in_stamp_name(path.file_stem()?.to_str()?).filter(|of| *of >= size)?;
        let kept = kept_stamp(path, origin, key)?;
        let stamp = Stamp::parse(&kept.answer).ok()?;
        let authority = authority(&stamp, kept.chain.as_deref()).ok()?.map(|it| it.name);
        let url = small(&path.with_extension("url"), MAX_AUTHORITY_BYTES).ok().flatten();
        let url = url.and_then(|bytes| Some(String::from_utf8(bytes).ok()?.trim_end().to_owned()));
        Some(ToldStamp { size: of, made_ms: stamp.made_ms(), authority, url })
    };
    (!files.is_empty(), files.iter().filter_map(told).collect())
}

fn kept_stamp(path: &Path, origin: &Origin, key: &VerifyingKey) -> Option<KeptStamp> {
    let name = path.file_stem()?.to_str()?.to_owned();
    let size = size_in_stamp_name(&name)?;
    let answer = small(path, MAX_STAMP_BYTES).ok()??;
    let checkpoint = small(&path.with_extension("checkpoint"), proof::note::MAX_NOTE_BYTES).ok()??;
    let chain = small(&path.with_extension("pem"), MAX_PEM_BYTES).ok()?;
    let head = Checkpoint::open(&checkpoint, &origin.to_string(), std::slice::from_ref(key)).ok()?;
    let stamp = Stamp::parse(&answer).ok().filter(|it| it.is_over(&checkpoint) && head.size == size)?;
    authority(&stamp, chain.as_deref()).ok()?;
    Some(KeptStamp { name, answer, checkpoint, chain })
}
