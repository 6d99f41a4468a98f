//! How far what others vouched for reaches: a checkpoint over some entries says something of these alone.

use record::bundle::extent::Extent;
use serde_json::{Value, json};

/// The entries that matter: of a record all of them, of an extract those that were extracted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach<'a> {
    size: u64,
    extent: Option<&'a Extent>,
}

impl<'a> Reach<'a> {
    /// Of a record of `size` entries.
    pub(crate) const fn of_record(size: u64) -> Reach<'a> {
        Reach { size, extent: None }
    }

    /// Of an extract out of a record of `size` entries.
    pub(crate) const fn of_extract(size: u64, extent: &'a Extent) -> Reach<'a> {
        Reach { size, extent: Some(extent) }
    }

    /// How many entries matter.
    pub(crate) fn all(&self) -> u64 {
        self.extent.map_or(self.size, |extent| count(extent.extracted.len()))
    }

    /// How many of them a checkpoint over the first `covered` entries covers.
    pub(crate) fn within(&self, covered: u64) -> u64 {
        match self.extent {
            None => covered.min(self.size),
            Some(extent) => count(extent.extracted.partition_point(|index| *index < covered)),
        }
    }

    /// How many of the extracted entries that are; nothing of a record.
    pub(crate) fn extracted(&self, covered: u64) -> Option<u64> {
        self.extent.map(|_| self.within(covered))
    }

    /// Says so in what is told of it, for programs.
    pub(crate) fn add_to(&self, told: &mut Value, covered: u64) {
        if let (Some(extracted), Some(fields)) = (self.extracted(covered), told.as_object_mut()) {
            fields.insert("extracted".to_owned(), json!(extracted));
        }
    }

    /// Which entries a checkpoint covers, and of an extract which of those in it.
    pub(crate) fn words(&self, covered: u64) -> String {
        let range = format!("entries [0, {covered}) of {}", self.size);
        let (all, within) = (self.all(), self.within(covered));
        let of_these = match (self.extent, all, within) {
            (None, ..) => return range,
            (_, 1, 1) => "the one extracted is among them".to_owned(),
            (_, 1, _) => "the one extracted is not among them".to_owned(),
            (_, _, 0) => format!("none of the {all} extracted is among them"),
            (..) if within == all => format!("each of the {all} extracted is among them"),
            (..) => {
                let are = if within == 1 { "is" } else { "are" };
                format!("{within} of the {all} extracted {are} among them; those from entry {covered} on are not")
            }
        };
        format!("{range} ({of_these})")
    }
}

/// How many there are.
pub(crate) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
