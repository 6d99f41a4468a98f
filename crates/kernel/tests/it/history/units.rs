//! What is said of units, and what a second one does besides the first.

use kernel::{Holds, Intent, LotKind, Occasion, ShowingState, Toward, Unit};

use super::{Word, fitting, next_day, one_of, sight, somehow, steps as usual_steps};
use crate::stage::{
    ARMORER, CAMERA, FIRST_AD, HANDLER, ITS_GUNS, ITS_LOTS, OF_THE_SECOND, OTHER_SCENE, PEOPLE, PRODUCER,
    SAFETY_OFFICER, SECOND, STAND_IN, Said, Small, Stage, Step, THE_OPEN_ONE, VAULT, Who, is_out,
};

/// Anything at all about units, in a production that has one: what is there already, or a unit that is not.
pub fn about_units(word: &Word) -> Intent<Small> {
    let person = one_of(&PEOPLE, word[3]).0.0;
    let unit = if word[6] < 200 { Unit::FIRST } else { Unit(3) };
    let (gun, lot, place) = (1 + word[3] % 5, 1 + word[3] % 8, 1 + word[3] % 6);
    match word[5] % 6 {
        0 => Intent::EnterUnit { unit: Unit::FIRST },
        1 | 2 => Intent::MovePersonToUnit { person, unit },
        3 => Intent::MoveGunToUnit { gun, unit },
        4 => Intent::MoveLotToUnit { lot, unit },
        _ => Intent::MovePlaceToUnit { place, unit },
    }
}

/// What a word makes happen where there are two units: what the first does, what the second does, and what goes to and
/// fro between them.
pub fn steps(stage: &Stage, word: &Word) -> Vec<Step> {
    match word[3].wrapping_add(word[6].rotate_left(3)) {
        // Everything is of the first unit again after a night, and people are moved anew.
        _ if stage.state.wrapped.is_some() && word[2] < 230 => vec![Step::Says(next_day(stage))],
        0..16 => vec![Step::Says(somehow(to_and_fro(word), word))],
        16..22 => vec![Step::Says(moved_again(stage, word))],
        22..38 => vec![Step::Says(counts(stage, word))],
        38..108 => of_the_second(stage, word).into_iter().map(Step::Says).collect(),
        108..=255 => usual_steps(stage, word),
    }
}

/// What is moved between units, by anybody who leads or keeps the register, and by others.
fn to_and_fro(word: &Word) -> Said {
    let by = one_of(&[ARMORER, PRODUCER, ARMORER, HANDLER], word[4]);
    let unit = one_of(&[Unit::FIRST, SECOND, SECOND, Unit(3)], word[5]);
    let person = one_of(&PEOPLE, word[2]).0.0;
    let intent = match word[1] % 8 {
        0 if word[2] < 60 => Intent::EnterUnit { unit: Unit(2 + word[5] % 2) },
        0..4 => Intent::MovePersonToUnit { person, unit },
        4 | 5 => Intent::MoveGunToUnit { gun: 1 + word[2] % 5, unit },
        6 => Intent::MoveLotToUnit { lot: 1 + word[2] % 8, unit },
        _ => Intent::MovePlaceToUnit { place: 1 + word[2] % 7, unit },
    };
    by.says(intent)
}

/// Somebody who should be of the second unit and is not.
fn moved_again(stage: &Stage, word: &Word) -> Said {
    let away = |who: &&Who| stage.state.units.of_person(who.0) != SECOND;
    let who = OF_THE_SECOND.iter().find(away).copied().unwrap_or_else(|| one_of(&OF_THE_SECOND, word[2]));
    PRODUCER.moves_the_person(who, SECOND)
}

/// A box of either unit is counted, and now and then a round is missed.
fn counts(stage: &Stage, word: &Word) -> Said {
    let of_the_second = word[4] < 150;
    let lot = if of_the_second { one_of(&ITS_LOTS, word[2]) } else { 1 };
    let Some(count) = stage.state.lots[&lot].count else {
        let (by, witness) = if of_the_second { (HANDLER, STAND_IN) } else { (ARMORER, Who(2)) };
        return by.begins_a_count(lot, Occasion::Lunch, witness);
    };
    let mut tally = stage.state.lots[&lot].expected();
    if word[1] < 90 {
        tally.blank = tally.blank.saturating_sub(1);
        tally.dummy = tally.dummy.saturating_sub(1);
    }
    let side = if count.counter_answer.is_some() { count.witness } else { count.counter };
    Who(side).counts_and_seals(lot, tally, Some(9))
}

/// What the second unit would usually do next.
fn of_the_second(stage: &Stage, word: &Word) -> Vec<Said> {
    let state = &stage.state;
    if let Some((_, stop)) = state.held_by().filter(|_| word[2] < 60) {
        return vec![stop.inquiry.map_or_else(
            || PRODUCER.names_for_the_inquiry(SAFETY_OFFICER),
            |inquiry| Who(inquiry.inquirer).closes_the_inquiry(),
        )];
    }
    if state.scene_of(SECOND).is_none() && word[2] < 100 {
        let boxes = ITS_LOTS.map(|lot| HANDLER.takes_the_box_out(lot));
        return [vec![CAMERA.opens_the_other_scene()], boxes.to_vec()].concat();
    }
    let by = if word[4] < 200 { CAMERA } else { FIRST_AD };
    let said = match word[1] {
        0..4 => by.reports_a_break(),
        4..8 => by.breaks_for_lunch(),
        8..12 => by.closes_the_scene(),
        12..24 => by.says(Intent::BeginTake { shot: None }),
        24..36 => by.says(Intent::ReportCut),
        36..70 => return a_shot(stage, word),
        70..84 => return its_scene_ends(stage),
        84..=255 => fitting(stage, &its_words(word)),
    };
    vec![said]
}

/// A word that speaks of a gun of the second unit, its handler, its witness and its blanks.
fn its_words(word: &Word) -> Word {
    let gun = one_of(&[1, 4, 5, 4], word[1]);
    [word[0], gun, word[2], 3, word[4].max(11), word[5], word[6], word[7]]
}

/// Everything of the second unit is taken back, emptied, counted and locked away, and its scene is closed.
fn its_scene_ends(stage: &Stage) -> Vec<Said> {
    let mut said = Vec::new();
    let out: Vec<u8> = ITS_GUNS.into_iter().filter(|gun| is_out(&stage.gun(*gun))).collect();
    for gun in &out {
        let entry = stage.gun(*gun);
        let loaded: Vec<u8> = entry.loaded().iter().collect();
        said.push(HANDLER.takes_back(*gun));
        if entry.is_loaded() && entry.is_fed() {
            said.push(HANDLER.empties_the_feed(*gun, [0, 0], &loaded, entry.loading.map_or(0, |it| it.feed)));
        } else if entry.is_loaded() {
            said.push(HANDLER.unloads(*gun, &loaded));
        }
        said.push(HANDLER.puts_away(*gun, VAULT));
    }
    for lot in ITS_LOTS {
        let it = stage.state.lots[&lot];
        // The count of another hour is given up, and what came out of the guns is counted with the rest.
        said.extend(it.count.map(|count| Who(count.counter).gives_the_count_up(lot)));
        let mut tally = it.expected();
        let of_it = |gun: &&u8| stage.gun(**gun).loading.is_some_and(|loading| loading.lot == lot);
        let back: u32 = out.iter().filter(of_it).map(|gun| stage.gun(*gun).rounds_loaded()).sum();
        let unfired = if it.kind == LotKind::Blank { &mut tally.blank } else { &mut tally.dummy };
        *unfired += back;
        said.push(HANDLER.begins_a_count(lot, Occasion::SceneEnd, STAND_IN));
        said.push(HANDLER.counts(lot, tally));
        said.push(STAND_IN.counts_and_seals(lot, tally, Some(u32::from(lot))));
        said.push(HANDLER.puts_the_box_away(lot));
    }
    said.push(CAMERA.closes_the_scene());
    said
}

/// The second unit plans a shot of its revolver, as it is, and calls SHOT READY.
fn a_shot(stage: &Stage, word: &Word) -> Vec<Said> {
    let (gun, shot) = (one_of(&ITS_GUNS, word[2]), THE_OPEN_ONE);
    let entry = stage.gun(gun);
    let holder = Who(entry.handler().unwrap_or(HANDLER.0));
    let mut said = vec![holder.takes_out(gun), holder.calls_to_set(gun)];
    if !entry.is_loaded() {
        let seen = sight(stage, &entry, 0);
        if !matches!(entry.showing, ShowingState::BeingChecked(_)) {
            said.push(holder.begins_a_check(gun, STAND_IN));
        }
        said.extend([holder.sees(gun, seen), STAND_IN.sees(gun, seen)]);
    }
    let (holds, toward, load, rounds) = (Holds::Empty, Toward::Nobody, None, 0);
    let (stand_off_millimetres, barrier, copy_will_not_do) = (1_000, false, false);
    said.extend([
        CAMERA.says(Intent::PlanShot { scene: OTHER_SCENE }),
        CAMERA.says(Intent::PlanGun {
            gun,
            shot,
            holds,
            load,
            rounds,
            toward,
            stand_off_millimetres,
            barrier,
            copy_will_not_do,
        }),
        CAMERA.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres: 2_000 }),
        CAMERA.says(Intent::CallShotReady { shot }),
    ]);
    if word[4] < 128 {
        said.push(CAMERA.says(Intent::BeginTake { shot: Some(shot) }));
    }
    said
}
