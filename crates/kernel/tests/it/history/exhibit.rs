//! What an inquiry keeps, in random histories.

use kernel::{Content, ExhibitOf, Intent, Keeper, Tally};

use super::{Word, one_of};
use crate::stage::{
    ARMORER, CAMERA, DUMMIES, GUN_1, HANDLER, MUSKET, PEOPLE, PISTOL, PRODUCER, SAFETY_OFFICER, Said, Small, Stage,
    THE_OPEN_ONE, WITNESS, Who,
};

/// While a stop stands, something is kept for its inquiry.
pub fn kept(stage: &Stage, word: &Word) -> Said {
    let guard = one_of(&[SAFETY_OFFICER, CAMERA, ARMORER, WITNESS], word[4]);
    let gun = one_of(&[GUN_1, PISTOL, MUSKET, GUN_1], word[5]);
    match word[5] {
        0..80 => HANDLER.keeps_as_an_exhibit(gun, guard),
        80..110 => HANDLER.keeps_the_box_as_an_exhibit(one_of(&[DUMMIES, 2, 5], word[4]), guard),
        110..=255 => HANDLER.bags(gun, WITNESS, came_out(stage, gun, word), guard),
    }
}

/// What comes out of it, mostly as it went in.
fn came_out(stage: &Stage, gun: u8, word: &Word) -> Tally {
    let entry = stage.gun(gun);
    let kind = entry.loading.and_then(|loading| stage.state.lots[&loading.lot].kind.in_chamber());
    let spent = u32::from(entry.fired.shots).min(entry.rounds_loaded());
    let unfired = entry.rounds_loaded().saturating_sub(spent);
    let none = Tally { spent, ..Tally::default() };
    let seen =
        if kind == Some(Content::Blank) { Tally { blank: unfired, ..none } } else { Tally { dummy: unfired, ..none } };
    if word[6] < 30 { Tally { dummy: seen.dummy + 1, ..seen } } else { seen }
}

/// What is kept goes on, and in the end is released by the one who inquires.
pub fn goes_on(stage: &Stage, word: &Word) -> Said {
    let (act, exhibit) = stage.state.exhibits.iter().nth(usize::from(word[4]) % stage.state.exhibits.len()).unwrap();
    let exhibit_act = *act;
    let releases = |who: u8| Who(who).says(Intent::ReleaseExhibit { exhibit: exhibit_act });
    let takes = |who: u8| Who(who).says(Intent::ReportExhibitTaken { exhibit: exhibit_act });
    match (exhibit.keeper, exhibit.inquirer) {
        (Keeper::Police { .. }, _) => takes(SAFETY_OFFICER.0),
        (Keeper::Given { to, .. }, _) if word[5] < 200 => takes(to),
        (Keeper::Guard { person, .. }, _) if word[5] < 40 => {
            let to = one_of(&PEOPLE, word[6]).0.0;
            Who(person).says(Intent::ReportExhibitGiven { exhibit: exhibit_act, to })
        }
        (Keeper::Guard { person, .. }, _) if word[5] < 60 => {
            Who(person).says(Intent::ReportExhibitToPolice { exhibit: exhibit_act })
        }
        (_, Some(inquirer)) => releases(inquirer),
        (_, None) if stage.state.stops.contains_key(&exhibit.stop) => PRODUCER.names_for_the_inquiry(SAFETY_OFFICER),
        (_, None) => match exhibit.of {
            ExhibitOf::Gun(gun) => HANDLER.keeps_as_an_exhibit(gun, SAFETY_OFFICER),
            ExhibitOf::Lot(lot) => HANDLER.keeps_the_box_as_an_exhibit(lot, SAFETY_OFFICER),
            ExhibitOf::Rounds(_) => takes(SAFETY_OFFICER.0),
        },
    }
}

/// Anything at all about exhibits.
pub fn about_exhibits(word: &Word) -> Intent<Small> {
    let (person, exhibit, stop) = (one_of(&PEOPLE, word[6]).0.0, THE_OPEN_ONE, THE_OPEN_ONE);
    match word[5] % 6 {
        0 if word[4] < 128 => Intent::ReportGunExhibit { gun: 1 + word[4] % 5, stop, guard: person },
        0 => Intent::ReportLotExhibit { lot: 1 + word[4] % 8, stop, guard: person },
        1 => Intent::ReportExhibitGiven { exhibit, to: person },
        2 => Intent::ReportExhibitTaken { exhibit },
        3 => Intent::ReportExhibitToPolice { exhibit },
        _ => Intent::ReleaseExhibit { exhibit },
    }
}
