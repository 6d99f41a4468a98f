//! A list of one of the three kinds, from its bytes to what it would change.

use kernel::Day;
use record::Id;

use super::crew::{self, CrewRow};
use super::headers::{Mapping, Override, Remark, RowFault, Taken, find};
use super::known::Known;
use super::plan::{self, Homes, Ids, Plan};
use super::rental::{self, RentalRow};
use super::scenes::{self, SceneRow};
use super::sheet::Sheet;
use crate::failure::{Exit, Failure};

/// What a list is of.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub enum Kind {
    /// People with their job titles.
    Crew,
    /// Guns, and lots of rounds.
    Rental,
    /// Scenes of a breakdown or a schedule.
    Scenes,
}

/// The rows of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Rows {
    /// People.
    Crew(Vec<CrewRow>),
    /// Guns and lots.
    Rental(Vec<RentalRow>),
    /// Scenes.
    Scenes(Vec<SceneRow>),
}

impl Rows {
    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Rows::Crew(rows) => rows.len(),
            Rows::Rental(rows) => rows.len(),
            Rows::Scenes(rows) => rows.len(),
        }
    }
}

/// A list that was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct List {
    /// Which column is what.
    pub mapping: Mapping,
    /// Its rows.
    pub rows: Rows,
    /// Rows that cannot be taken.
    pub faults: Vec<RowFault>,
    /// What else is to be said of rows.
    pub remarks: Vec<Remark>,
}

impl List {
    /// Reads a list out of a sheet.
    ///
    /// # Errors
    /// Where its headers are not found.
    pub fn of(kind: Kind, sheet: &Sheet, overrides: &[Override]) -> Result<List, Failure> {
        let table = match kind {
            Kind::Crew => &crew::TABLE,
            Kind::Rental => &rental::TABLE,
            Kind::Scenes => &scenes::TABLE,
        };
        let mapping = find(table, sheet, overrides)?;
        Ok(match kind {
            Kind::Crew => List::from_taken(crew::take(sheet, &mapping), mapping, Rows::Crew),
            Kind::Rental => List::from_taken(rental::take(sheet, &mapping), mapping, Rows::Rental),
            Kind::Scenes => List::from_taken(scenes::take(sheet, &mapping), mapping, Rows::Scenes),
        })
    }

    fn from_taken<R>(taken: Taken<R>, mapping: Mapping, rows: impl FnOnce(Vec<R>) -> Rows) -> List {
        let Taken { rows: taken, mut faults, mut remarks } = taken;
        faults.sort();
        remarks.sort();
        List { mapping, rows: rows(taken), faults, remarks }
    }

    /// What it would change. `me` is who imports it; `day` the day on which a crew list gives roles.
    ///
    /// # Errors
    /// Where no day is open and none is named, or no id can be made.
    pub fn plan(
        &self,
        known: &Known,
        day: Option<u32>,
        homes: Homes<'_>,
        me: Option<Id>,
        ids: Ids<'_>,
    ) -> Result<Plan, Failure> {
        match &self.rows {
            Rows::Crew(rows) => {
                let day = day.map(Day).or(known.state.day).ok_or_else(no_day)?;
                plan::crew(rows, known, day, me, ids)
            }
            Rows::Rental(rows) => plan::rental(rows, known, homes, ids),
            Rows::Scenes(rows) => plan::scenes(rows, known, ids),
        }
    }
}

fn no_day() -> Failure {
    Failure::new(
        Exit::NotReadOrWritten,
        "import/no-day",
        "no production day is open",
        super::sheet::NOTHING_ENTERED,
        "Open the day first, or name it: --day N.",
    )
}
