//! What no table before the first step can say of the stage's morning: lots that are counted and that no two people had
//! in the hand. It is said in steps, before the history's own.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kernel::{LotCustody, Source, State};
use record::wire::Wire;
use showclear::replay::names::Space;

use super::cast::{Thing, name, quoted};
use super::writer::Moment;
use crate::stage::{AMMUNITION_CASE, ARMORER, Small, WITNESS, Who};

/// One step, without its moment.
pub struct MorningLine {
    named: Option<String>,
    by: Who,
    kind: &'static str,
    lot: u8,
    rest: String,
}

impl MorningLine {
    /// As a file has it.
    pub fn text(&self, at: &Moment) -> String {
        let mut text = "\n[[step]]\n".to_owned();
        if let Some(named) = &self.named {
            writeln!(text, "name = {}", quoted(named)).unwrap();
        }
        let (by, lot) = (name((Space::Person, u16::from(self.by.0))), name((Space::Lot, u16::from(self.lot))));
        writeln!(text, "at = {}\nby = {}\ndo = \"{}\"", at.text(), quoted(&by), self.kind).unwrap();
        writeln!(text, "item = {}\n{}", quoted(&lot), self.rest).unwrap();
        text
    }
}

/// The steps for those lots of the register that are told.
pub fn lines(state: &State<Small>, told: &BTreeSet<Thing>) -> Vec<MorningLine> {
    let mut lines = Vec::new();
    let case = quoted(&name((Space::Place, u16::from(AMMUNITION_CASE))));
    for (lot, it) in state.lots.iter().filter(|(lot, _)| told.contains(&(Space::Lot, u16::from(**lot)))) {
        let lot = *lot;
        let mut say = |named: Option<&String>, by: Who, kind: &'static str, rest: String| {
            lines.push(MorningLine { named: named.cloned(), by, kind, lot, rest });
        };
        if it.source == Source::Unknown && matches!(it.custody, LotCustody::In { .. }) {
            say(None, ARMORER, "take_out_lot", String::new());
            say(None, ARMORER, "put_away_lot", format!("place = {case}"));
        }
        if it.counted && it.verified.is_none() {
            let count = format!("the count of {} in the morning", name((Space::Lot, u16::from(lot))));
            let witness = quoted(&name((Space::Person, u16::from(WITNESS.0))));
            say(Some(&count), ARMORER, "begin_count", format!("occasion = \"lunch\"\nwitness = {witness}"));
            let tally = it.expected().put();
            let tally = tally.as_object().unwrap().iter().filter(|(_, number)| **number != 0);
            let tally: Vec<String> = tally.map(|(kind, number)| format!("{kind} = {number}")).collect();
            let (count, tally, seal) = (quoted(&count), tally.join(", "), it.seal.unwrap());
            for by in [ARMORER, WITNESS] {
                let rest =
                    format!("count = {count}\nmethod = \"removed_seen_shaken\"\ntally = {{ {tally} }}\nseal = {seal}");
                say(None, by, "answer_count", rest);
            }
        }
    }
    lines
}
