//! Trust policies (<https://c2sp.org/tlog-policy>): a text file that says which logs are known, which
//! witnesses, and how many of them must have cosigned a head for it to count.
//!
//! Groups are how a quorum is one of *interests*: two phones of the armorer are one group, and the
//! insurer another.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::CosignerKey;
use crate::encoding::from_decimal;
use crate::note::{Note, NoteError, VerifyingKey};

/// The most bytes in a policy. A key of type 06 takes about 1,800.
pub const MAX_POLICY_BYTES: usize = 1_048_576;

/// The most logs in a policy, and as many witnesses, and as many groups. The format asks for at
/// least 32.
pub const MAX_DEFINED: usize = 256;

/// Why bytes are not a policy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// Larger than [`MAX_POLICY_BYTES`].
    #[error("the policy has {bytes} bytes, more than the {MAX_POLICY_BYTES} allowed: it is another file")]
    TooLarge {
        /// Size of what was offered.
        bytes: usize,
    },
    /// A control character other than tab and newline, or a last line without its newline.
    #[error("the policy holds a control character or was cut off: take it again from its source")]
    NotAPolicy,
    /// A line that cannot be read.
    #[error("line {line} of the policy {what}: nothing was verified by it, put the line right")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: LineFault,
    },
    /// No quorum line.
    #[error("the policy names no quorum: add a line such as `quorum none`, or the name of a witness or group")]
    NoQuorum,
}

impl PolicyError {
    /// A code that stays the same when the sentence is reworded.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "policy/too-large",
            Self::NotAPolicy => "policy/not-a-policy",
            Self::Line { what, .. } => what.code(),
            Self::NoQuorum => "policy/no-quorum",
        }
    }
}

/// What is wrong with a line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LineFault {
    /// Another word than `log`, `witness`, `group` and `quorum`, or too few or too many behind it.
    #[error("is none that a policy has")]
    Form,
    /// A key that cannot be read, or of a type that is not for this.
    #[error("has no key that a log or a witness can have")]
    Key,
    /// The same public key twice among the logs, or twice among the witnesses.
    #[error("names a key that an earlier line has")]
    DuplicateKey,
    /// A name that is taken, or `none`.
    #[error("defines a name that is taken")]
    NameTaken,
    /// A name that no line above defines.
    #[error("uses a name that no line above defines")]
    UnknownName,
    /// A member that another group, or this one, has already.
    #[error("lists a member that is in a group already")]
    MemberTwice,
    /// A threshold of 0, above the number of members, or no plain number.
    #[error("asks for a number of members that the group cannot have")]
    Threshold,
    /// A second quorum line.
    #[error("is a second quorum")]
    SecondQuorum,
    /// More than [`MAX_DEFINED`] of its kind.
    #[error("is one too many of its kind")]
    TooMany,
}

impl LineFault {
    fn code(self) -> &'static str {
        match self {
            Self::Form => "policy/form",
            Self::Key => "policy/key",
            Self::DuplicateKey => "policy/duplicate-key",
            Self::NameTaken => "policy/name-taken",
            Self::UnknownName => "policy/unknown-name",
            Self::MemberTwice => "policy/member-twice",
            Self::Threshold => "policy/threshold",
            Self::SecondQuorum => "policy/second-quorum",
            Self::TooMany => "policy/too-many",
        }
    }
}

/// Why a checkpoint does not count under a policy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyFault {
    /// The checkpoint cannot be read, or a known key's signature on it does not verify.
    #[error("the checkpoint is refused: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// No log of the policy has signed.
    #[error("no log that the policy names has signed this checkpoint: it proves nothing under this policy")]
    UnknownLog,
}

impl PolicyFault {
    /// A code that stays the same when the sentence is reworded; that of the checkpoint if it is at fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Checkpoint(error) => error.code(),
            Self::UnknownLog => "policy/unknown-log",
        }
    }
}

/// A key that a log signs its own checkpoints with.
#[derive(Debug, Clone, PartialEq)]
pub enum LogKey {
    /// Type 01.
    Ed25519(VerifyingKey),
    /// Type 06.
    MlDsa44(CosignerKey),
}

impl LogKey {
    fn read(vkey: &str) -> Result<Self, NoteError> {
        let cosigner = || vkey.parse::<CosignerKey>().ok().filter(CosignerKey::is_ml_dsa_44).map(Self::MlDsa44);
        vkey.parse().map(Self::Ed25519).or_else(|error| cosigner().ok_or(error))
    }

    fn public(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.public().to_vec(),
            Self::MlDsa44(key) => key.public(),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Ed25519(key) => key.name().as_str(),
            Self::MlDsa44(key) => key.name().as_str(),
        }
    }

    /// The key as a verifier key.
    fn written(&self) -> String {
        match self {
            Self::Ed25519(key) => key.to_string(),
            Self::MlDsa44(key) => key.to_string(),
        }
    }

    /// Whether this log has signed `note`, a checkpoint of the log `origin`.
    fn has_signed(&self, note: &Note, origin: &str) -> Result<bool, CheckpointError> {
        match self {
            Self::Ed25519(key) => match note.verify(std::slice::from_ref(key)) {
                Ok(_) => Ok(key.name().as_str() == origin),
                Err(NoteError::NoKnownSignature) => Ok(false),
                Err(error) => Err(error.into()),
            },
            Self::MlDsa44(key) => Ok(key.time_of(note)?.is_some() && key.name().as_str() == origin),
        }
    }
}

/// A witness or a group; members are places in the list of all that is defined.
#[derive(Debug, Clone, PartialEq)]
enum Defined {
    Witness(Box<Witness>),
    Group { threshold: usize, members: Vec<usize> },
}

/// A witness that a policy names.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// Its name in the policy. The format takes any bytes: what is not UTF-8 is shown as `�`.
    pub name: String,
    /// Its key.
    pub key: CosignerKey,
    /// Where it is asked, if the policy says so: the submission prefix of tlog-witness.
    pub url: Option<String>,
}

/// A witness that has cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its name in the policy. The format takes any bytes: what is not UTF-8 is shown as `�`.
    pub name: String,
    /// The time it signed, in seconds since 1970.
    pub seconds: u64,
}

/// How a checkpoint stands under a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// Which witnesses of the policy have cosigned it, in the policy's order.
    pub seen_by: Vec<Seen>,
    /// How many witnesses the policy names that stand apart from the log.
    pub witnesses: usize,
    /// The names of those whose key is one of the log's own. They count for nothing: nobody is his own witness.
    pub not_apart: Vec<String>,
    /// Whether those that have cosigned are enough.
    pub quorum_met: bool,
    /// Whether the log itself has signed it with an ML-DSA-44 key that the policy names.
    pub by_log_ml_dsa_44: bool,
}

/// Which logs, which witnesses, and how many of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    logs: Vec<LogKey>,
    defined: Vec<Defined>,
    names: BTreeMap<Vec<u8>, usize>,
    members: BTreeSet<usize>,
    /// None within means that no cosignature is asked for.
    quorum: Option<Option<usize>>,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] names the first line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        if bytes.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooLarge { bytes: bytes.len() });
        }
        let is_control = |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n')) || *byte == 0x7f;
        if bytes.iter().any(is_control) {
            return Err(PolicyError::NotAPolicy);
        }
        let lines = bytes.strip_suffix(b"\n").ok_or(PolicyError::NotAPolicy)?;
        let mut policy = Self::default();
        for (line, number) in lines.split(|byte| *byte == b'\n').zip(1..) {
            policy.read(line).map_err(|what| PolicyError::Line { line: number, what })?;
        }
        if policy.quorum.is_none() { Err(PolicyError::NoQuorum) } else { Ok(policy) }
    }

    fn read(&mut self, line: &[u8]) -> Result<(), LineFault> {
        let words: Vec<&[u8]> =
            line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", vkey] | [b"log", vkey, _] => self.read_log(vkey),
            [b"witness", name, vkey] => self.read_witness(name, vkey, None),
            [b"witness", name, vkey, url] => self.read_witness(name, vkey, Some(url)),
            [b"group", name, threshold, members @ ..] if !members.is_empty() => {
                self.read_group(name, threshold, members)
            }
            [b"quorum", name] => self.read_quorum(name),
            _ => Err(LineFault::Form),
        }
    }

    fn read_log(&mut self, vkey: &[u8]) -> Result<(), LineFault> {
        let vkey = str::from_utf8(vkey).map_err(|_| LineFault::Key)?;
        let key = LogKey::read(vkey).map_err(|_| LineFault::Key)?;
        if self.logs.iter().any(|log| log.public() == key.public()) {
            return Err(LineFault::DuplicateKey);
        }
        if self.logs.len() >= MAX_DEFINED {
            return Err(LineFault::TooMany);
        }
        self.logs.push(key);
        Ok(())
    }

    fn read_witness(&mut self, name: &[u8], vkey: &[u8], url: Option<&[u8]>) -> Result<(), LineFault> {
        let vkey = str::from_utf8(vkey).map_err(|_| LineFault::Key)?;
        let key: CosignerKey = vkey.parse().map_err(|_| LineFault::Key)?;
        if self.witnesses().any(|witness| witness.key.public() == key.public()) {
            return Err(LineFault::DuplicateKey);
        }
        if self.witnesses().count() >= MAX_DEFINED {
            return Err(LineFault::TooMany);
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.define(name, Defined::Witness(Box::new(Witness { name: text(name), key, url: url.map(text) })))
    }

    fn read_group(&mut self, name: &[u8], threshold: &[u8], names: &[&[u8]]) -> Result<(), LineFault> {
        let mut members = Vec::new();
        for member in names {
            let at = *self.names.get(*member).ok_or(LineFault::UnknownName)?;
            if !self.members.insert(at) {
                return Err(LineFault::MemberTwice);
            }
            members.push(at);
        }
        let threshold = match threshold {
            b"all" => members.len(),
            b"any" => 1,
            number => str::from_utf8(number)
                .ok()
                .and_then(from_decimal)
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| (1..=members.len()).contains(number))
                .ok_or(LineFault::Threshold)?,
        };
        if self.defined.len().saturating_sub(self.witnesses().count()) >= MAX_DEFINED {
            return Err(LineFault::TooMany);
        }
        self.define(name, Defined::Group { threshold, members })
    }

    fn read_quorum(&mut self, name: &[u8]) -> Result<(), LineFault> {
        if self.quorum.is_some() {
            return Err(LineFault::SecondQuorum);
        }
        let of = if name == b"none" { None } else { Some(*self.names.get(name).ok_or(LineFault::UnknownName)?) };
        self.quorum = Some(of);
        Ok(())
    }

    fn define(&mut self, name: &[u8], what: Defined) -> Result<(), LineFault> {
        if name == b"none" || self.names.contains_key(name) {
            return Err(LineFault::NameTaken);
        }
        self.names.insert(name.to_vec(), self.defined.len());
        self.defined.push(what);
        Ok(())
    }

    /// The logs' keys as verifier keys, in the policy's order.
    #[must_use]
    pub fn log_keys(&self) -> Vec<String> {
        self.logs.iter().map(LogKey::written).collect()
    }

    /// The keys that the log of this name signs with, as this policy has them, without their names.
    #[must_use]
    pub fn keys_of(&self, origin: &str) -> Vec<Vec<u8>> {
        self.logs.iter().filter(|log| log.name() == origin).map(LogKey::public).collect()
    }

    /// Whether a witness has another key than the logs of this policy. One that has theirs is none.
    #[must_use]
    pub fn stands_apart(&self, witness: &Witness) -> bool {
        !self.logs.iter().any(|log| log.public() == witness.key.public())
    }

    /// The witnesses, in the policy's order.
    pub fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        self.placed_witnesses().map(|(_, witness)| witness)
    }

    fn placed_witnesses(&self) -> impl Iterator<Item = (usize, &Witness)> {
        self.defined.iter().enumerate().filter_map(|(at, defined)| match defined {
            Defined::Witness(witness) => Some((at, witness.as_ref())),
            Defined::Group { .. } => None,
        })
    }

    /// Holds the checkpoint in `note` against this policy. Signatures of keys that the policy does
    /// not name count for nothing, and so does a witness with the key of a log.
    ///
    /// # Errors
    ///
    /// [`PolicyFault`] if no log of the policy has signed, or a key that the policy names has a
    /// signature that does not verify. Too few witnesses is no error: [`Standing`] says so.
    pub fn stand(&self, note: &Note) -> Result<Standing, PolicyFault> {
        self.stand_apart(note, &[])
    }

    /// As [`Policy::stand`]; `own` are keys of the log, without their names, that this policy need not name: a witness
    /// with one of them counts for nothing either.
    ///
    /// # Errors
    ///
    /// As [`Policy::stand`].
    pub fn stand_apart(&self, note: &Note, own: &[Vec<u8>]) -> Result<Standing, PolicyFault> {
        let checkpoint = Checkpoint::parse_text(note.text())?;
        let (mut by_a_log, mut by_log_ml_dsa_44) = (false, false);
        for log in &self.logs {
            let signed = log.has_signed(note, &checkpoint.origin)?;
            by_a_log |= signed;
            by_log_ml_dsa_44 |= signed && matches!(log, LogKey::MlDsa44(_));
        }
        if !by_a_log {
            return Err(PolicyFault::UnknownLog);
        }
        let (mut seen_by, mut cosigned, mut not_apart) = (Vec::new(), BTreeSet::new(), Vec::new());
        for (at, witness) in self.placed_witnesses() {
            let seen = witness.key.seen_newest_at(note)?;
            if !self.stands_apart(witness) || own.contains(&witness.key.public()) {
                not_apart.push(witness.name.clone());
            } else if let Some(seconds) = seen {
                seen_by.push(Seen { name: witness.name.clone(), seconds });
                cosigned.insert(at);
            }
        }
        let quorum_met = self.quorum.flatten().is_none_or(|quorum| self.met(&cosigned).contains(&quorum));
        let witnesses = self.witnesses().count().saturating_sub(not_apart.len());
        Ok(Standing { checkpoint, seen_by, witnesses, not_apart, quorum_met, by_log_ml_dsa_44 })
    }

    /// Which witnesses and groups have witnessed. A group stands below its members, so one walk is enough.
    fn met(&self, cosigned: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut met = BTreeSet::new();
        for (at, defined) in self.defined.iter().enumerate() {
            let has = match defined {
                Defined::Witness(_) => cosigned.contains(&at),
                Defined::Group { threshold, members } => {
                    members.iter().filter(|member| met.contains(*member)).count() >= *threshold
                }
            };
            if has {
                met.insert(at);
            }
        }
        met
    }
}
