//! Which authorities for time stamps say that the record in a bundle existed, and since when at the latest.

use std::cmp::Reverse;

use proof::checkpoint::Checkpoint;
use proof::note::VerifyingKey;
use proof::stamp::{Authority, Certificate, Stamp, StampError, UpTo};

use super::BundleFault;
use super::consistency::Held;
use super::opened::Opened;
use super::verify::Trust;

/// Where time stamps lie.
const FOLDER: &str = "timestamps/";

/// The most stamps over one checkpoint, each by an authority of its own.
const MAX_OF_ONE_SIZE: u64 = 9;

/// A time stamp with what is needed to check it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeptStamp {
    /// What its files are called, without an ending: see [`stamp_name`].
    pub name: String,
    /// The authority's answer (RFC 3161), as it came.
    pub answer: Vec<u8>,
    /// The checkpoint that it is over, byte for byte.
    pub checkpoint: Vec<u8>,
    /// Certificates of the authority, as PEM.
    pub chain: Option<Vec<u8>>,
}

/// What the files of a stamp over the checkpoint of this size are called: the size, and for a second one a number behind it.
/// Nothing where there are too many.
#[must_use]
pub fn stamp_name(size: u64, number: u64) -> Option<String> {
    match number {
        1 => Some(size.to_string()),
        2..=MAX_OF_ONE_SIZE => Some(format!("{size}-{number}")),
        _ => None,
    }
}

/// The size in such a name.
#[must_use]
pub fn size_in_stamp_name(name: &str) -> Option<u64> {
    let (size, number) = name.split_once('-').map_or((name, 1), |(size, number)| (size, number.parse().unwrap_or(0)));
    let size = size.parse().ok()?;
    stamp_name(size, number).filter(|it| it == name).map(|_| size)
}

/// A time stamp that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StampFound {
    /// How many entries its checkpoint covers.
    pub size: u64,
    /// The latest moment at which it was made, in milliseconds since 1970: its time, and how inexact its clock may be.
    pub not_after_ms: i64,
    /// Whose it is; nothing where its signature is of a kind that is not checked here.
    pub authority: Option<Authority>,
}

/// How the record stands with time-stamping authorities.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Stamped {
    /// Every stamp, in the order of its files.
    pub all: Vec<StampFound>,
    /// Whether the one who verifies said which authorities count.
    pub by_given_roots: bool,
}

impl StampFound {
    /// Whether it says something to whoever verifies: its signature holds, and it leads to an authority that he gave, where he
    /// gave any.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.authority.as_ref().is_some_and(|it| it.up_to != UpTo::Elsewhere)
    }
}

impl Stamped {
    /// The stamp that says most: one that counts before one that does not, then the one over most entries, then the earliest.
    #[must_use]
    pub fn best(&self) -> Option<&StampFound> {
        self.best_by(|size| size)
    }

    /// The stamp that says most where `reached` says how many of the entries that matter a checkpoint of some size covers: of
    /// those that cover as many the earliest, and of those over the fewest entries.
    #[must_use]
    pub fn best_by(&self, reached: impl Fn(u64) -> u64) -> Option<&StampFound> {
        self.all.iter().max_by_key(|it| (it.counts(), reached(it.size), Reverse(it.not_after_ms), Reverse(it.size)))
    }
}

/// Where the consistency proof from a stamped checkpoint lies.
pub(super) fn proof_path(name: &str) -> String {
    format!("{FOLDER}{name}.consistency")
}

/// The files of these stamps.
pub(super) fn files(stamps: &[KeptStamp]) -> Vec<(String, Vec<u8>)> {
    let of = |stamp: &KeptStamp| {
        let path = |ending: &str| format!("{FOLDER}{}.{ending}", stamp.name);
        let chain = stamp.chain.clone().map(|chain| (path("pem"), chain));
        let files = [(path("checkpoint"), stamp.checkpoint.clone()), (path("tsr"), stamp.answer.clone())];
        files.into_iter().chain(chain)
    };
    stamps.iter().flat_map(of).collect()
}

/// Holds every time stamp of a bundle or an extract to the record.
pub(super) fn check(
    opened: &Opened<'_>,
    held: Held<'_>,
    key: &VerifyingKey,
    trust: &Trust<'_>,
) -> Result<Stamped, BundleFault> {
    let origin = opened.manifest.origin.as_str();
    let mut all = Vec::new();
    for path in opened.paths(FOLDER) {
        let fault = |code, sentence: String| BundleFault::of_file(path, code, sentence);
        let (name, ending) = path.strip_prefix(FOLDER).and_then(|it| it.split_once('.')).unwrap_or_default();
        let stamp_beside = opened.get(&format!("{FOLDER}{name}.tsr"));
        let size = size_in_stamp_name(name).filter(|_| stamp_beside.is_ok());
        let Some(size) = size.filter(|_| matches!(ending, "tsr" | "checkpoint" | "consistency" | "pem")) else {
            return Err(fault("STAMP-FORM", "it belongs to no time stamp".to_owned()));
        };
        if ending != "tsr" {
            continue;
        }
        let checkpoint_path = format!("{FOLDER}{name}.checkpoint");
        let checkpoint = opened.get(&checkpoint_path)?;
        let chain = opened.get(&format!("{FOLDER}{name}.pem")).ok();
        let stamp = Stamp::parse(opened.get(path)?).map_err(|error| fault("STAMP-FORM", error.to_string()))?;
        let stamped = Checkpoint::open(checkpoint, origin, std::slice::from_ref(key)).ok().filter(|it| it.size == size);
        let is_of_this_log = stamped.map(|it| held.shows(opened, &it, &proof_path(name))).transpose()?;
        if is_of_this_log != Some(true) {
            let sentence = "it is not a checkpoint of this log over the entries that the newest checkpoint is over";
            return Err(BundleFault::of_file(&checkpoint_path, "STAMP-OTHER", sentence.to_owned()));
        }
        if !stamp.is_over(checkpoint) {
            return Err(fault("STAMP-IMPRINT", "it is over other bytes than the checkpoint beside it".to_owned()));
        }
        let authority = authority(&stamp, chain, trust.tsa_roots).map_err(|error| {
            let code = if error == StampError::Pem { "STAMP-FORM" } else { "STAMP-SIGNATURE" };
            fault(code, error.to_string())
        })?;
        all.push(StampFound { size, not_after_ms: stamp.not_after_ms(), authority });
    }
    Ok(Stamped { all, by_given_roots: !trust.tsa_roots.is_empty() })
}

/// Whose stamp it is; nothing where that is not checked here.
fn authority(stamp: &Stamp, chain: Option<&[u8]>, roots: &[Certificate]) -> Result<Option<Authority>, StampError> {
    let chain = chain.map_or(Ok(Vec::new()), Certificate::read_pem)?;
    match stamp.verify(&chain, roots) {
        Ok(authority) => Ok(Some(authority)),
        Err(StampError::Unsupported) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(size: u64, not_after_ms: i64, up_to: UpTo) -> StampFound {
        let authority = Some(Authority { name: "The authority".to_owned(), valid_until_ms: 0, up_to });
        StampFound { size, not_after_ms, authority }
    }

    /// Of a record the stamp over most entries counts. Of an extract the one that reaches most of what was extracted, and
    /// of those that reach as much the earliest.
    #[test]
    fn the_stamp_that_says_most_of_the_entries_that_matter_counts() {
        let all = vec![
            stamp(10, 1, UpTo::Itself),
            stamp(20, 3, UpTo::Itself),
            stamp(30, 4, UpTo::Itself),
            stamp(40, 2, UpTo::Elsewhere),
        ];
        let stamped = Stamped { all, by_given_roots: true };
        let best = |extracted: &[u64]| {
            let reached = |size| u64::try_from(extracted.iter().filter(|it| **it < size).count()).unwrap_or_default();
            stamped.best_by(reached).map(|it| it.size)
        };
        assert_eq!(stamped.best().map(|it| it.size), Some(30));
        assert_eq!(best(&[3, 9]), Some(10), "it reaches them all, and is the earliest");
        assert_eq!(best(&[9, 12]), Some(20));
        assert_eq!(best(&[9, 35]), Some(10), "no other that counts reaches more");
        let all = vec![stamp(20, 1, UpTo::Itself), stamp(30, 1, UpTo::Itself)];
        let at_once = Stamped { all, by_given_roots: true };
        assert_eq!(at_once.best_by(|_| 1).map(|it| it.size), Some(20));
    }

    #[test]
    fn a_name_of_a_stamp_has_one_spelling() {
        for (name, size) in [
            ("12", Some(12)),
            ("12-2", Some(12)),
            ("12-9", Some(12)),
            ("12-1", None),
            ("12-10", None),
            ("012", None),
            ("12-", None),
            ("-2", None),
            ("", None),
        ] {
            assert_eq!(size_in_stamp_name(name), size, "{name}");
        }
    }
}
