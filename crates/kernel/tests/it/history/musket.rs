//! What a crew says of the musket.

use kernel::{BarrelReadings, Custody, Gun, Intent, Rod, Seen};

use super::{Word, day, one_of, some_chambers};
use crate::plan::{self, Plan};
use crate::stage::{
    ARMORER, BLANKS, DUMMIES, FIRST_AD, MUSKET, OBSERVER, PERFORMER, SCENE, STAND_IN, STAND_OFF_CENTIMETRES, Said,
    Small, Stage, THE_OPEN_ONE, WITNESS, Who, all_as_recorded, empty, rods,
};

/// What would usually come next before its check.
pub fn before_the_check(entry: &Gun<Small>, gun: u8, holder: Who, word: &Word) -> Said {
    let loaded: Vec<u8> = entry.loaded().iter().collect();
    let unused = entry.bore.is_some_and(|look| !look.used);
    let witness = one_of(&[WITNESS, STAND_IN, WITNESS, STAND_IN, WITNESS, OBSERVER], word[3]);
    match word[2] {
        60..=255 if entry.is_loaded() && entry.fired.struck() > 0 => day::emptied(entry, gun, holder, word),
        0..20 if entry.is_loaded() => day::emptied(entry, gun, holder, word),
        20..120 if entry.is_loaded() && entry.primed.is_empty() => holder.primes(gun, &loaded),
        0..10 if unused => holder.tests(gun, BLANKS, 1 + u32::from(word[4] % 2)),
        10..25 if unused => holder.loads(gun, DUMMIES, &[1]),
        0..220 if unused => holder.loads(gun, BLANKS, &[1]),
        0..125 if !entry.is_loaded() => holder.runs_the_rod(gun, Rod::AtMark),
        125..130 if !entry.is_loaded() => holder.runs_the_rod(gun, one_of(&[Rod::NotSure, Rod::AboveMark], word[4])),
        _ => holder.begins_a_check(gun, witness),
    }
}

/// Is it put away empty, while a scene runs with the box of blanks out?
pub fn may_be_played(stage: &Stage) -> bool {
    let (musket, blanks) = (stage.gun(MUSKET), stage.state.lots[&BLANKS]);
    let away = matches!(musket.custody, Custody::In { .. }) && !musket.is_loaded();
    let box_is_out = blanks.holder().is_some() && blanks.counted && blanks.count.is_none();
    away && box_is_out && stage.state.stops.is_empty() && stage.state.scene.is_some()
}

/// From the vault to the shot and back empty, each entry as it would be made in a hurry.
pub fn whole(stage: &Stage, word: &Word) -> Vec<Said> {
    let seen = rods(1, &[1], &[1]);
    let (scene, shot) = (stage.state.scene.map_or(SCENE, |open| open.scene), THE_OPEN_ONE);
    let (gun, nearest_millimetres) = (MUSKET, STAND_OFF_CENTIMETRES * 10);
    let mut said = vec![
        ARMORER.takes_out(MUSKET),
        ARMORER.calls_to_set(MUSKET),
        ARMORER.runs_the_rod(MUSKET, Rod::AtMark),
        ARMORER.loads(MUSKET, BLANKS, &[1]),
        ARMORER.primes(MUSKET, &[1]),
        ARMORER.begins_a_check(MUSKET, WITNESS),
        ARMORER.sees(MUSKET, seen),
        WITNESS.sees(MUSKET, seen),
        ARMORER.finds_the_line_clear(MUSKET, STAND_OFF_CENTIMETRES),
        ARMORER.offers(MUSKET, PERFORMER),
        WITNESS.sees_last(MUSKET, seen),
        PERFORMER.declines_to_look_and_takes(MUSKET),
        FIRST_AD.says(Intent::PlanShot { scene }),
        FIRST_AD.says(Plan { rounds: 1, ..plan::BLANKS }.of(MUSKET)),
        ARMORER.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres }),
        ARMORER.says(Intent::EnterProtection { gun, shot }),
        FIRST_AD.says(Intent::CallShotReady { shot }),
        FIRST_AD.says(Intent::BeginTake { shot: Some(shot) }),
        ARMORER.reports_fired(MUSKET, u8::from(word[3] < 200), u8::from(word[3] >= 200)),
        FIRST_AD.says(Intent::ReportCut),
        ARMORER.takes_back(MUSKET),
    ];
    // In a hurry one entry is left out now and then, and what comes after it is left out as often.
    if word[2] < 60 {
        said.remove(usize::from(word[4]) % said.len());
    }
    said.truncate(said.len() - usize::from(word[1] % 4));
    said
}

/// Mostly what is there by the record.
pub fn sight(stage: &Stage, entry: &Gun<Small>, by: u8) -> Seen {
    let recorded = all_as_recorded(&stage.state, entry);
    match by {
        0..212 => recorded,
        212..222 => rods(entry.chambers, &[], &[]),
        222..226 => Seen::in_chambers(empty(entry.chambers)),
        226..234 => rods(entry.chambers, &[1], &[]),
        234..240 => rods(entry.chambers, &[1], &[1]),
        240..246 => rods(entry.chambers, &[], &[1]),
        246..252 => not_sure(),
        252..=255 => rods(entry.chambers + 1, &[], &[]),
    }
}

/// Of the first barrel he is not sure.
pub fn not_sure() -> Seen {
    let read = kernel::BarrelReading { rod: Rod::NotSure, primed: false };
    Seen::in_barrels(BarrelReadings::default().with(1, read))
}

/// What would usually become of its charge.
pub fn emptied(entry: &Gun<Small>, gun: u8, holder: Who, word: &Word) -> Said {
    let (shots, misfires) = (entry.fired.shots, entry.fired.misfires);
    match word[4] {
        0..8 => holder.empties_the_barrels(gun, [&[1], &[1], &[]]),
        8..24 => holder.empties_the_barrels(gun, [&[1], &[], &[]]),
        24..32 => holder.empties_the_barrels(gun, [&[], &[1, 2], &[]]),
        _ if shots > 0 => holder.empties_the_barrels(gun, [&[1], &[], &[]]),
        _ if misfires > 0 => holder.empties_the_barrels(gun, [&[], &[1], &[]]),
        32..=255 => holder.empties_the_barrels(gun, [&[], &[], &[1]]),
    }
}

/// Anything at all that is said of rod and cap.
pub fn about_it(gun: u8, act: u16, word: &Word) -> Intent<Small> {
    let barrels = some_chambers(word[4]);
    let rod = one_of(&[Rod::AtMark, Rod::AtMark, Rod::AtMark, Rod::AboveMark, Rod::NotSure], word[4]);
    let seen = if word[4] < 200 { rods(1, &[], &[]) } else { rods(1, &[1], &[1]) };
    let readings = seen.barrels.unwrap_or_default();
    match word[3] % 7 {
        0 => Intent::RunRod { gun, rod },
        1 => Intent::Prime { gun, barrels },
        2 => Intent::AnswerBarrelCheck { gun, check: act, rods: readings },
        3 => Intent::LookLastBarrels { gun, offer: act, rods: readings },
        4 => Intent::EmptyBarrels { gun, burned: barrels, misfired: some_chambers(word[2]), unfired: barrels },
        5 => Intent::IssueBarrelsInLine { gun, line: act, to: word[2] % 16, rods: readings },
        _ => Intent::ConfirmBarrelsInLine { gun, issue: act, to: word[2] % 16, rods: readings },
    }
}
