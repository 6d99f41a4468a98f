//! What an import says at its end: what was read, which rows are bad, and what changes.

use std::path::Path;

use serde_json::{Value, json};

use super::headers::{Ignored, RowFault};
use super::list::List;
use super::plan::{Line, Plan};
use super::sheet::{Sheet, column_letters};
use super::text::quoted;
use crate::failure::Exit;

/// How it ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    /// It was entered, in so many entries.
    Entered(usize),
    /// Only shown. The rows that would be refused; nothing where nobody said who would sign.
    DryRun(Option<Vec<RowFault>>),
    /// Nothing was entered: bad rows, conflicts, or these refusals.
    NotEntered(Vec<RowFault>),
}

/// Everything that there is to say.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) file: &'a Path,
    pub(super) sheet: &'a Sheet,
    pub(super) list: &'a List,
    pub(super) plan: &'a Plan,
    pub(super) outcome: &'a Outcome,
}

impl Report<'_> {
    fn refused(&self) -> &[RowFault] {
        match self.outcome {
            Outcome::NotEntered(refused) | Outcome::DryRun(Some(refused)) => refused,
            Outcome::Entered(_) | Outcome::DryRun(None) => &[],
        }
    }

    fn is_sound(&self) -> bool {
        self.list.faults.is_empty() && self.plan.conflicts.is_empty() && self.refused().is_empty()
    }

    /// Bad rows, conflicts and refusals are findings.
    pub(super) fn exit(&self) -> Exit {
        if self.is_sound() { Exit::Fine } else { Exit::Findings }
    }

    /// As people read it.
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "{}: {}; the headers stand in row {}.\n",
            self.file.display(),
            self.sheet.read_as,
            self.list.mapping.row
        );
        for (field, column) in &self.list.mapping.columns {
            let header = self.list.mapping.headers.get(field).map_or_else(String::new, |header| quoted(header));
            text.push_str(&format!("  {field:<14} column {} {header}\n", column_letters(*column)));
        }
        self.ignored(&mut text);
        if !self.sheet.others.is_empty() {
            text.push_str(&format!("  sheets that were not read: {}\n", self.sheet.others.join(", ")));
        }
        let rows = |text: &mut String, title: &str, rows: &[RowFault]| {
            if !rows.is_empty() {
                text.push_str(&format!("\n{title}\n"));
            }
            rows.iter().for_each(|row| text.push_str(&format!("  {}\n", said_of_row(row))));
        };
        rows(&mut text, "Bad rows:", &self.list.faults);
        rows(&mut text, "Conflicts with the register, to be settled by hand:", &self.plan.conflicts);
        rows(&mut text, "Refused:", self.refused());
        if !self.list.remarks.is_empty() {
            text.push_str("\nTo know:\n");
        }
        for remark in &self.list.remarks {
            text.push_str(&format!("  row {}: {}\n", remark.row, remark.sentence));
        }
        self.changes(&mut text);
        text.push_str(&format!("\n{}\n", self.last_sentence()));
        text
    }

    fn ignored(&self, text: &mut String) {
        let said = |of: &Ignored| format!("{} {}", of.column, quoted(&of.header));
        let listed = |personal: bool| {
            let of = self.list.mapping.ignored.iter().filter(|it| it.personal == personal).map(said);
            of.collect::<Vec<_>>().join(", ")
        };
        for (personal, sentence) in [(true, "personal, never entered"), (false, "not read")] {
            let columns = listed(personal);
            if !columns.is_empty() {
                text.push_str(&format!("  {sentence}: column {columns}\n"));
            }
        }
    }

    fn changes(&self, text: &mut String) {
        for (title, lines) in [("New:", &self.plan.new), ("Changed:", &self.plan.changed), ("Left:", &self.plan.left)] {
            if !lines.is_empty() {
                text.push_str(&format!("\n{title}\n"));
            }
            for Line { row, name, what } in lines {
                let what = if what.is_empty() { String::new() } else { format!(": {what}") };
                text.push_str(&format!("  row {row}  {name}{what}\n"));
            }
        }
        if !self.plan.not_in_list.is_empty() {
            text.push_str("\nOn the register and not in this list; nothing is done about it:\n");
        }
        for name in &self.plan.not_in_list {
            text.push_str(&format!("  {name}\n"));
        }
    }

    fn last_sentence(&self) -> String {
        let (new, changed, unchanged) = (self.plan.new.len(), self.plan.changed.len(), self.plan.unchanged);
        let counted = format!("{new} new, {changed} changed, {unchanged} unchanged");
        if !self.is_sound() {
            let bad = self.list.faults.len();
            let (conflicts, refused) = (self.plan.conflicts.len(), self.refused().len());
            return format!(
                "Bad rows: {bad}; conflicts: {conflicts}; refusals: {refused}. Nothing was entered. Mend the list and import it again."
            );
        }
        match self.outcome {
            Outcome::Entered(entries) => format!("{counted}. {entries} entries were made."),
            Outcome::DryRun(Some(_)) => format!("{counted}. A dry run: nothing was entered."),
            Outcome::DryRun(None) => {
                format!(
                    "{counted}. A dry run: nothing was entered, and, without --key, nothing was held against the rules."
                )
            }
            Outcome::NotEntered(_) => format!("{counted}. Nothing was entered."),
        }
    }

    /// As one line of JSON.
    pub(super) fn json(&self) -> Value {
        let faults = |faults: &[RowFault]| -> Value {
            faults.iter().map(|it| json!({"row": it.row, "column": it.column, "sentence": it.sentence})).collect()
        };
        let lines = |lines: &[Line]| -> Value {
            lines.iter().map(|it| json!({"row": it.row, "name": it.name, "what": it.what})).collect()
        };
        let mapping = &self.list.mapping;
        let mapped = mapping.columns.iter().map(|(field, column)| {
            let header = mapping.headers.get(field);
            json!({"field": field, "column": column_letters(*column), "header": header})
        });
        let ignored =
            mapping.ignored.iter().map(|it| json!({"column": it.column, "header": it.header, "personal": it.personal}));
        let remarks = self.list.remarks.iter().map(|it| json!({"row": it.row, "sentence": it.sentence}));
        let (entered, judged) = match self.outcome {
            Outcome::Entered(entries) => (*entries, true),
            Outcome::DryRun(refused) => (0, refused.is_some()),
            Outcome::NotEntered(_) => (0, false),
        };
        json!({
            "bad_rows": faults(&self.list.faults),
            "changed": lines(&self.plan.changed),
            "conflicts": faults(&self.plan.conflicts),
            "dry_run": matches!(self.outcome, Outcome::DryRun(_)),
            "entries": entered,
            "header_row": mapping.row,
            "ignored": ignored.collect::<Value>(),
            "judged": judged,
            "left": lines(&self.plan.left),
            "mapped": mapped.collect::<Value>(),
            "new": lines(&self.plan.new),
            "not_in_list": self.plan.not_in_list,
            "read_as": self.sheet.read_as,
            "refused": faults(self.refused()),
            "remarks": remarks.collect::<Value>(),
            "rows": self.list.rows.count(),
            "sheets_not_read": self.sheet.others,
            "unchanged": self.plan.unchanged,
        })
    }
}

fn said_of_row(fault: &RowFault) -> String {
    match &fault.column {
        Some(column) => format!("row {}, column {column}: {}.", fault.row, fault.sentence.trim_end_matches('.')),
        None => format!("row {}: {}.", fault.row, fault.sentence.trim_end_matches('.')),
    }
}
