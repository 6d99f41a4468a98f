//! A production that is to become a range: its people and two places on the range, and nothing else. Whether it is declared one is
//! for the browser, because that goes only as long as no gun, no lot and no scene was ever entered.

use kernel::{Action, Intent, PlaceKind, Role};
use record::Millis;

use super::morning::{ARMORER, Chapter, LEAD, MEDIC, OFFICE, PROPERTY_MASTER};
use super::set::Set;
use crate::failure::Failure;

/// Where guns are put on the range.
const RACK: &str = "the rack";

/// Where boxes of live rounds are put there.
const LOCKER: &str = "the locker";

/// How long the medic stays, in milliseconds: longer than anybody tries things out.
const DUTY_MS: i64 = 24 * 3_600_000;

/// The range and who has to be there, after the people.
pub(super) const ON_THE_RANGE: Chapter =
    ("a rack and a locker on the range; a medic is there, and the armorer has his authority in writing", on_the_range);

fn on_the_range(set: &mut Set) -> Result<(), Failure> {
    set.clock.left(10);
    for (name, for_guns) in [(RACK, true), (LOCKER, false)] {
        let (kind, locks) = (PlaceKind::Range, true);
        set.enter_thing(PROPERTY_MASTER, name, |place| Intent::RegisterPlace { place, kind, locks, for_guns })?;
    }
    let (person, from) = (set.person(MEDIC)?, Millis(set.service.now_ms()));
    let until = Millis(from.0.saturating_add(DUTY_MS));
    set.granted(OFFICE, Intent::RosterDuty { person, role: Role::Medic, from, until })?;
    set.granted(OFFICE, Intent::EnterAuthority { person: set.person(ARMORER)?, given: true })?;
    let (person, action) = (set.person(LEAD)?, Action::DoubleAction);
    set.granted(ARMORER, Intent::EnterTraining { person, action, passed: true })?;
    Ok(())
}
