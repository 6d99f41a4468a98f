//! One countersigned head as its file has it. Each of its lines stands by itself: one that is damaged takes nothing from the
//! others, is left out, and is told of.

use std::path::PathBuf;

use proof::checkpoint::Checkpoint;
use proof::cosignature::Cosigner;
use proof::note::{Note, VerifyingKey};
use proof::policy::Policy;
use record::Origin;

/// What lies among the countersigned heads and cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LeftOut {
    /// The file of the head.
    pub path: PathBuf,
    /// The damaged line, counted from 1; none where the head itself cannot be used.
    pub line: Option<usize>,
}

/// By whom lines may be that are held to what they say. Those of anybody else are carried along as they are.
pub(crate) struct Known<'a> {
    pub(crate) origin: &'a Origin,
    pub(crate) key: &'a VerifyingKey,
    pub(crate) policy: Option<&'a Policy>,
    pub(crate) second: Option<&'a Cosigner>,
}

/// A head that the log has signed, and the numbers of the lines that were left out.
pub(crate) struct Head {
    pub(crate) note: Note,
    pub(crate) left_out: Vec<usize>,
}

impl Known<'_> {
    /// Reads a head; nothing where the log's own signature is not under it.
    pub(crate) fn read(&self, bytes: &[u8]) -> Option<Head> {
        let whole = self.opened(bytes).filter(|note| self.is_sound(note));
        whole.map(|note| Head { note, left_out: Vec::new() }).or_else(|| self.line_by_line(bytes))
    }

    fn opened(&self, bytes: &[u8]) -> Option<Note> {
        Checkpoint::open(bytes, &self.origin.to_string(), std::slice::from_ref(self.key)).ok()?;
        Note::parse(bytes).ok()
    }

    /// Whether every line by somebody who is known is what it says.
    fn is_sound(&self, note: &Note) -> bool {
        let policy = self.policy.is_none_or(|policy| policy.stand(note).is_ok());
        policy && self.second.is_none_or(|second| second.key().time_of(note).is_ok())
    }

    fn line_by_line(&self, bytes: &[u8]) -> Option<Head> {
        let blank = bytes.windows(2).rposition(|pair| pair == b"\n\n")?;
        let (text, lines) = bytes.split_at_checked(blank.saturating_add(2))?;
        let lines = lines.strip_suffix(b"\n").unwrap_or(lines);
        let lines: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').collect();
        let with = |lines: &[&[u8]]| [text, &lines.join(&b'\n'), b"\n"].concat();
        let own = *lines.iter().find(|line| self.opened(&with(&[line])).is_some())?;
        let stands = |line: &[u8]| line == own || self.opened(&with(&[own, line])).is_some_and(|it| self.is_sound(&it));
        // The text's own lines, and the blank one.
        let above = text.iter().filter(|byte| **byte == b'\n').count();
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        for (line, number) in lines.iter().zip(above.saturating_add(1)..) {
            if stands(line) { kept.push(*line) } else { left_out.push(number) }
        }
        Some(Head { note: self.opened(&with(&kept))?, left_out })
    }
}
