//! A musket and its measured charges, which come after lunch of the day with blanks.

use kernel::{Action, GunKind, Intent, Load, LotKind, Occasion, Rod};
use record::words::CALIBRES;

use super::morning::{AMMUNITION_CASE, ARMORER, Chapter, LEAD, PROPERTY_MASTER, RENTAL, SAFETY, VAULT};
use super::set::{Set, broken};
use crate::failure::Failure;

/// What people call it.
pub(super) const MUSKET: &str = "MUSKET 1";

/// Its measured paper cartridges: powder and wad, no ball.
const CHARGES: &str = "CHARGES M";

/// What both take, by the record's list.
const CALIBRE: &str = "58_percussion";

/// It comes, is entered, and is tested.
pub(super) const MUSKET_COMES: Chapter =
    ("a musket comes with its charges; they are counted, and tested away from people", musket_comes);

fn musket_comes(set: &mut Set) -> Result<(), Failure> {
    set.clock.minute(185);
    let calibre = CALIBRES.iter().find(|(_, word)| *word == CALIBRE).map(|(calibre, _)| *calibre);
    let calibre = calibre.ok_or_else(|| broken(CALIBRE))?;
    let (vault, case, source) = (set.thing(VAULT)?, set.thing(AMMUNITION_CASE)?, set.person(RENTAL)?);
    let (kind, action) = (GunKind::LiveCapable, Action::MuzzleLoader);
    let gun = set.enter_thing(PROPERTY_MASTER, MUSKET, |gun| Intent::RegisterGun {
        gun,
        kind,
        action,
        chambers: 1,
        place: vault,
    })?;
    set.granted(PROPERTY_MASTER, Intent::EnterCalibre { gun, calibre })?;
    let lot = set.enter_thing(ARMORER, CHARGES, |lot| Intent::ReceiveLot {
        lot,
        kind: LotKind::Blank,
        load: Some(Load::Full),
        calibre: Some(calibre),
        source,
        rounds: 20,
        inert_at_head: false,
        uniform: true,
        place: case,
    })?;
    set.granted(ARMORER, Intent::TakeOutLot { lot })?;
    set.count(CHARGES, ARMORER, SAFETY, Occasion::Receipt)?;
    set.granted(ARMORER, Intent::TakeOut { gun })?;
    set.granted(ARMORER, Intent::RunRod { gun, rod: Rod::AtMark })?;
    set.granted(ARMORER, Intent::TestBlank { gun, lot, rounds: 1, stand_off_centimetres: 800 })?;
    set.granted(ARMORER, Intent::RunRod { gun, rod: Rod::AtMark })?;
    set.granted(ARMORER, Intent::PutAway { gun, place: vault })?;
    set.count(CHARGES, ARMORER, SAFETY, Occasion::SceneEnd)?;
    set.granted(ARMORER, Intent::PutAwayLot { lot, place: case })?;
    set.granted(ARMORER, Intent::EnterTraining { person: set.person(LEAD)?, action, passed: true })?;
    Ok(())
}
