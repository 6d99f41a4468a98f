//! Who outside has countersigned this record, and what they are asked.
//!
//! The file `policy.txt` in the production's folder names the witnesses, in the form of C2SP tlog-policy. They are asked
//! for one head after the other; what they answer is kept in the folder `cosigned`, a file a head, named by its size:
//! the checkpoint as the log signed it, with the lines of the witnesses under it. The heads over wraps lie there too, with
//! the line of the log's second key.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use proof::checkpoint::Checkpoint;
use proof::cosignature::Cosigner;
use proof::note::{MAX_NOTE_BYTES, Note, SignatureLine, VerifyingKey};
use proof::policy::{MAX_POLICY_BYTES, Policy, Standing};
use proof::tree::Hash;
use proof::witness::Request;
use record::Origin;

use crate::archive;
use crate::cosigned::{Known, LeftOut};
use crate::error::{ServiceError, WitnessError};
use crate::heads::{read_up_to, write};
use crate::second;
use crate::service::Service;
use crate::wrap::WrapHead;

/// The file that names the witnesses.
const POLICY: &str = "policy.txt";

/// The folder with the countersigned heads.
pub(crate) const COSIGNED: &str = "cosigned";

/// How many countersigned heads are kept in memory, the newest ones: more than two days of a round each ten minutes.
const KEPT: usize = 256;

/// How many heads that were offered an answer may still be about.
const OFFERED: usize = 16;

/// The most bytes of an answer: the lines of some cosigners.
pub const MAX_ANSWER_BYTES: usize = 16_384;

/// The witnesses of one production.
#[derive(Debug, Default)]
pub(crate) struct Witnesses {
    folder: Option<PathBuf>,
    policy: Option<(Policy, String)>,
    /// Countersigned heads by their size.
    kept: BTreeMap<u64, Note>,
    /// What a witness itself says it saw last, where that is not what we have of it.
    told: BTreeMap<String, u64>,
    /// Heads that are or were offered, the newest last.
    offered: VecDeque<Note>,
    /// What of the folder could not be used.
    left_out: Vec<LeftOut>,
}

/// Where the witnesses of one production are named and kept. The default names nobody, as for a log in memory.
#[derive(Clone, Debug, Default)]
pub struct WitnessFiles(Option<PathBuf>);

/// How the record stands with its witnesses.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Witnessed {
    /// Each witness of the policy, in its order.
    pub witnesses: Vec<WitnessSeen>,
    /// The newest head that enough of them have countersigned.
    pub enough: Option<SeenHead>,
}

/// A witness, and what it countersigned last.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WitnessSeen {
    /// Its name in the policy.
    pub name: String,
    /// Where it is asked, where the policy says so.
    pub url: Option<String>,
    /// Its newest cosignature.
    pub newest: Option<SeenHead>,
}

/// A head that was countersigned.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SeenHead {
    /// How many entries it covers.
    pub size: u64,
    /// By when, in seconds since 1970, by the clock of the witness; of several witnesses the latest.
    pub seconds: u64,
}

impl WitnessFiles {
    pub(crate) fn of_folder(folder: &Path) -> WitnessFiles {
        WitnessFiles(Some(folder.to_owned()))
    }

    /// The log's second signer, where this is a folder that holds its key.
    pub(crate) fn second(&self, origin: &Origin) -> Option<Cosigner> {
        let read = second::read(self.0.as_deref()?, origin);
        read.unwrap_or_else(|error| {
            tracing::error!(%error, "the log's second key cannot be used");
            None
        })
    }

    /// The folder itself.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// Reads the policy and what was countersigned. A head that the log's key has not signed counts for nothing.
    ///
    /// # Errors
    /// [`ServiceError::PolicyUnusable`] where the policy or the folder cannot be read.
    pub(crate) fn read(&self, origin: &Origin, key: &VerifyingKey) -> Result<Witnesses, ServiceError> {
        let Some(folder) = &self.0 else { return Ok(Witnesses::default()) };
        let policy = read_policy(&folder.join(POLICY), key)?;
        let folder = folder.join(COSIGNED);
        let mut kept = BTreeMap::new();
        let second = self.second(origin);
        let known = Known { origin, key, policy: policy.as_ref().map(|(it, _)| it), second: second.as_ref() };
        let mut left_out = Vec::new();
        for (size, path) in heads_in(&folder)?.into_iter().rev().take(KEPT) {
            let Some(head) = std::fs::read(&path).ok().and_then(|bytes| known.read(&bytes)) else {
                left_out.push(LeftOut { path, line: None });
                continue;
            };
            left_out.extend(head.left_out.into_iter().map(|line| LeftOut { path: path.clone(), line: Some(line) }));
            kept.insert(size, head.note);
        }
        Ok(Witnesses { folder: Some(folder), policy, kept, left_out, ..Witnesses::default() })
    }
}

/// The countersigned heads of a folder by their size, the greatest last.
pub(crate) fn heads_in(folder: &Path) -> Result<BTreeMap<u64, PathBuf>, ServiceError> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    let unreadable =
        |error: std::io::Error| ServiceError::HeadUnreadable { path: folder.to_owned(), detail: error.to_string() };
    let mut heads = BTreeMap::new();
    for file in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = file.map_err(unreadable)?.path();
        let size = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
        if let Some(size) = size {
            heads.insert(size, path);
        }
    }
    Ok(heads)
}

/// The policy, with the log's own key in it. Nothing where there is no such file.
fn read_policy(path: &Path, key: &VerifyingKey) -> Result<Option<(Policy, String)>, ServiceError> {
    let unusable = |detail: String| ServiceError::PolicyUnusable { path: path.to_owned(), detail };
    let most = u64::try_from(MAX_POLICY_BYTES).unwrap_or(u64::MAX);
    let Some(bytes) = read_up_to(path, most)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| unusable("it is not text".to_owned()))?;
    let names_a_log = text.lines().any(|line| line.split_whitespace().next() == Some("log"));
    let text = if names_a_log { text } else { format!("log {key}\n{text}") };
    let policy = Policy::parse(text.as_bytes()).map_err(|error| unusable(error.to_string()))?;
    if !policy.log_keys().contains(&key.to_string()) {
        return Err(unusable("it names the key of another log and not of this one".to_owned()));
    }
    Ok(Some((policy, text)))
}

fn head_of(note: &Note) -> Option<Checkpoint> {
    Checkpoint::parse_text(note.text()).ok()
}

impl Witnesses {
    /// What of the folder could not be used, and goes into no bundle.
    pub(crate) fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The policy as it goes into a bundle.
    pub(crate) fn policy_text(&self) -> Option<&str> {
        self.policy.as_ref().map(|(_, text)| text.as_str())
    }

    /// How the record stands with them.
    pub(crate) fn stand(&self) -> Witnessed {
        let Some((policy, _)) = &self.policy else { return Witnessed::default() };
        let seen = |name: &str| policy.witnesses().find(|it| it.name == name).and_then(|it| self.newest_by(it));
        let witnesses = policy.witnesses().map(|witness| WitnessSeen {
            name: witness.name.clone(),
            url: witness.url.clone(),
            newest: seen(&witness.name),
        });
        Witnessed { witnesses: witnesses.collect(), enough: self.newest_with_enough(policy) }
    }

    /// The newest head that this witness has countersigned; of one that has a key of the log's own, none.
    fn newest_by(&self, witness: &proof::policy::Witness) -> Option<SeenHead> {
        if !self.policy.as_ref().is_some_and(|(policy, _)| policy.stands_apart(witness)) {
            return None;
        }
        self.kept.iter().rev().find_map(|(size, note)| {
            let seconds = witness.key.seen_newest_at(note).ok().flatten()?;
            Some(SeenHead { size: *size, seconds })
        })
    }

    fn newest_with_enough(&self, policy: &Policy) -> Option<SeenHead> {
        self.kept.values().rev().find_map(|note| enough(&policy.stand(note).ok()?))
    }

    /// What goes into a bundle of `size` entries: the checkpoint over all of them as it is kept here, and, where that is
    /// not countersigned by enough, the newest older one that is, or else that anybody has countersigned.
    pub(crate) fn for_bundle(&self, size: u64) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let whole = self.kept.get(&size);
        let Some((policy, _)) = &self.policy else { return (whole.map(Note::to_bytes), None) };
        let stands = |note: &Note| policy.stand(note).ok();
        let has_enough = |note: &Note| stands(note).is_some_and(|standing| enough(&standing).is_some());
        let has_any = |note: &Note| stands(note).is_some_and(|standing| !standing.seen_by.is_empty());
        if whole.is_some_and(has_enough) {
            return (whole.map(Note::to_bytes), None);
        }
        let older = || self.kept.range(..size).rev().map(|(_, note)| note);
        let older = older().find(|note| has_enough(note)).or_else(|| older().find(|note| has_any(note)));
        (whole.map(Note::to_bytes), older.map(Note::to_bytes))
    }

    /// Offers this head from now on.
    pub(crate) fn offer(&mut self, checkpoint: &[u8]) {
        let Ok(note) = Note::parse(checkpoint) else { return };
        if self.offered.back().is_some_and(|newest| newest.text() == note.text()) {
            return;
        }
        self.offered.push_back(note);
        while self.offered.len() > OFFERED {
            self.offered.pop_front();
        }
    }

    /// The head that is offered, and what the witness of this name is known to have seen last.
    pub(crate) fn asked(&self, name: &str) -> Result<(Note, u64), WitnessError> {
        let (policy, _) = self.policy.as_ref().ok_or(WitnessError::NoPolicy)?;
        let witness = policy.witnesses().find(|it| it.name == name).ok_or(WitnessError::Unknown)?;
        let note = self.offered.back().cloned().ok_or(WitnessError::NothingOffered)?;
        let seen = self.newest_by(witness).map_or(0, |head| head.size);
        Ok((note, self.told.get(name).copied().unwrap_or(seen)))
    }

    /// A witness says that it saw another size last.
    pub(crate) fn tell(&mut self, name: &str, size: u64) {
        self.told.insert(name.to_owned(), size);
    }

    /// Takes the lines that a witness answered with, and keeps those that are of a witness of the policy and over a head
    /// that was offered.
    pub(crate) fn take(&mut self, answer: &[u8]) -> Result<SeenHead, WitnessError> {
        let (policy, _) = self.policy.as_ref().ok_or(WitnessError::NoPolicy)?;
        let lines = lines_of(answer)?;
        let found = self.offered.iter().rev().find_map(|offered| {
            let by = by_witnesses(policy, offered, &lines);
            (!by.is_empty()).then_some((offered, by))
        });
        let (offered, by) = found.ok_or(WitnessError::OfNoHead)?;
        let head = head_of(offered).ok_or(WitnessError::OfNoHead)?;
        let kept = self.kept.get(&head.size).filter(|kept| kept.text() == offered.text());
        let mut note = kept.unwrap_or(offered).clone();
        let standing = policy.stand(&note).map_err(|_| WitnessError::OfNoHead)?;
        for (name, line) in &by {
            // Of one witness the first line counts: it says the earliest by when the head was there.
            if !standing.seen_by.iter().any(|seen| seen.name == *name) {
                note.add(line.clone()).map_err(|error| WitnessError::NotKept { detail: error.to_string() })?;
            }
        }
        self.keep(head.size, &note)?;
        let standing = policy.stand(&note).map_err(|_| WitnessError::OfNoHead)?;
        let theirs = standing.seen_by.iter().filter(|seen| by.iter().any(|(name, _)| *name == seen.name));
        let seconds = theirs.map(|seen| seen.seconds).max().unwrap_or(0);
        for (name, _) in &by {
            self.told.remove(name);
        }
        self.remember(head.size, note);
        Ok(SeenHead { size: head.size, seconds })
    }

    fn remember(&mut self, size: u64, note: Note) {
        self.kept.insert(size, note);
        while self.kept.len() > KEPT {
            self.kept.pop_first();
        }
    }

    /// Keeps the head over a wrap with a line by the log's second key, and with the lines that it has already.
    pub(crate) fn sign_too(&mut self, wrap: &WrapHead, second: &Cosigner) -> Result<(), WitnessError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let own = Note::parse(&wrap.note).map_err(|error| WitnessError::NotKept { detail: error.to_string() })?;
        // One that is too old to be in memory lies there all the same.
        let most = u64::try_from(MAX_NOTE_BYTES).unwrap_or(u64::MAX);
        let on_disk =
            || read_up_to(&folder.join(wrap.size.to_string()), most).ok()?.and_then(|it| Note::parse(&it).ok());
        let kept = self.kept.get(&wrap.size).cloned().or_else(on_disk).filter(|kept| kept.text() == own.text());
        let mut note = kept.unwrap_or(own);
        if second::is_signed(&note, second) {
            return Ok(());
        }
        let no_room = || WitnessError::NotKept { detail: "the head has as many lines as it may have".to_owned() };
        second::add(&mut note, second, wrap.last_decided).ok_or_else(no_room)?;
        self.keep(wrap.size, &note)?;
        self.remember(wrap.size, note);
        Ok(())
    }

    fn keep(&self, size: u64, note: &Note) -> Result<(), WitnessError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        std::fs::create_dir_all(folder)
            .and_then(|()| write(&folder.join(size.to_string()), &note.to_bytes()))
            .map_err(|error| WitnessError::NotKept { detail: error.to_string() })
    }
}

/// The head, if enough witnesses have countersigned it.
fn enough(standing: &Standing) -> Option<SeenHead> {
    let seconds = standing.seen_by.iter().map(|seen| seen.seconds).max()?;
    standing.quorum_met.then_some(SeenHead { size: standing.checkpoint.size, seconds })
}

fn lines_of(answer: &[u8]) -> Result<Vec<SignatureLine>, WitnessError> {
    if answer.len() > MAX_ANSWER_BYTES {
        return Err(WitnessError::Malformed);
    }
    let text = str::from_utf8(answer).map_err(|_| WitnessError::Malformed)?;
    let lines: Result<Vec<SignatureLine>, _> = text.lines().map(|line| line.trim_end_matches('\r').parse()).collect();
    lines.ok().filter(|lines| !lines.is_empty()).ok_or(WitnessError::Malformed)
}

/// Whose of these lines are over the offered head: the witness's name, and its line.
fn by_witnesses(policy: &Policy, offered: &Note, lines: &[SignatureLine]) -> Vec<(String, SignatureLine)> {
    let by = |line: &SignatureLine| {
        let mut note = offered.clone();
        note.add(line.clone()).ok()?;
        let mut witnesses = policy.witnesses().filter(|witness| policy.stands_apart(witness));
        let by = witnesses.find(|witness| witness.key.seen_newest_at(&note).is_ok_and(|seen| seen.is_some()))?;
        Some((by.name.clone(), line.clone()))
    };
    lines.iter().filter_map(by).collect()
}

/// The bytes of a request, where the record can still prove the way from what the witness saw.
pub(crate) fn request(note: Note, old_size: u64, prove: impl FnOnce(u64, u64) -> Option<Vec<Hash>>) -> Option<Vec<u8>> {
    let proof = prove(old_size, head_of(&note)?.size)?;
    Some(Request { old_size, proof, checkpoint: note }.to_bytes())
}

/// Witnesses.
impl Service {
    /// How the record stands with its witnesses.
    #[must_use]
    pub fn witnessed(&self) -> Witnessed {
        self.witnesses().stand()
    }

    /// Offers the newest head to all witnesses from now on: a round. A quorum is counted over one head, so all are asked
    /// for the same one.
    pub fn begin_round(&self) {
        let view = self.view();
        if view.doubt.is_none() {
            self.witnesses().offer(&view.checkpoint);
        }
    }

    /// What a witness is asked for the head of this round: the body of `add-checkpoint` (C2SP tlog-witness). The first
    /// that is asked begins a round.
    ///
    /// # Errors
    /// [`WitnessError`].
    pub fn witness_request(&self, name: &str) -> Result<Vec<u8>, WitnessError> {
        if self.witnesses().offered.is_empty() {
            self.begin_round();
        }
        let (note, old_size) = self.witnesses().asked(name)?;
        let view = self.view();
        let archive = archive::read(&view.archive);
        request(note, old_size, |old, new| archive.prove_consistency(old, new))
            .ok_or(WitnessError::Ahead { size: old_size })
    }

    /// A witness says that it saw this size last (409 Conflict): it is asked from there.
    ///
    /// # Errors
    /// [`WitnessError::Ahead`] where this record never had that many entries: it may be an older copy.
    pub fn witness_saw(&self, name: &str, size: u64) -> Result<(), WitnessError> {
        if size > self.view().size {
            tracing::error!(name, size, "a witness has seen more of this log than is here");
            return Err(WitnessError::Ahead { size });
        }
        self.witnesses().tell(name, size);
        Ok(())
    }

    /// Takes what a witness answered: one cosignature a line. Lines of nobody whom the policy names are passed over.
    ///
    /// # Errors
    /// [`WitnessError`]; nothing is kept then.
    pub fn take_cosignatures(&self, answer: &[u8]) -> Result<SeenHead, WitnessError> {
        let taken = self.witnesses().take(answer)?;
        self.desk().ring();
        Ok(taken)
    }
}
