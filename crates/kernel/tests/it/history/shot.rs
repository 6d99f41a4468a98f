//! What a crew says of a shot: its plan, who stands where, SHOT READY, the take.

use kernel::{Content, Gun, Holds, Intent, Load, ShotChange, ShowingState, Told, Toward, missing_for_shot_ready};

use super::{Word, one_of};
use crate::stage::{
    ANOTHER, ARMORER, CAMERA, FIRST_AD, GUN_1, GUN_4, PEOPLE, PERFORMER, PISTOL, RUBBER, SAFETY_OFFICER, STAND_IN,
    Said, Small, Stage, THE_OPEN_ONE, Who,
};

/// Is a gun that can fire on the set and shown, and nobody has called SHOT READY?
pub fn may_come(stage: &Stage) -> bool {
    let life = stage.rules.limits().showing_life;
    let fresh = |at: u16| u64::from(stage.now.0) < u64::from(at) + life;
    let is_shown = |gun: &Gun<Small>| matches!(gun.showing, ShowingState::Shown(it) if fresh(it.at.0));
    let mut firing = stage.state.guns.values().filter(|gun| gun.kind.fires() && gun.on_set).peekable();
    let idle = stage.state.take.is_none() && stage.state.stops.is_empty();
    firing.peek().is_some() && firing.all(is_shown) && idle && stage.state.scene.is_some()
}

/// A shot from its plan to its take, for the guns that are on the set, each entry as it would be made in a hurry.
pub fn whole(stage: &Stage, word: &Word) -> Vec<Said> {
    let shot = THE_OPEN_ONE;
    let mut said = Vec::new();
    if let Some(open) = stage.state.scene {
        said.push(FIRST_AD.says(Intent::PlanShot { scene: open.scene }));
    }
    let there: Vec<u8> = stage.state.guns.iter().filter(|(_, gun)| gun.on_set).map(|(gun, _)| *gun).collect();
    for gun in there {
        let (person, distance_millimetres) = (one_of(&[CAMERA, STAND_IN], word[4]).0, 7_000);
        said.push(FIRST_AD.says(as_it_is(stage, shot, gun, word)));
        said.push(FIRST_AD.says(Intent::PlacePerson { person, shot, gun, distance_millimetres }));
        said.push(ARMORER.says(Intent::ApproveMuzzle { gun, shot }));
        said.push(SAFETY_OFFICER.says(Intent::MeasureStandOff {
            gun,
            shot,
            nearest_millimetres: distance_millimetres,
        }));
        said.push(ARMORER.says(Intent::SetBarrier { gun, shot }));
        said.push(ARMORER.says(Intent::EnterProtection { gun, shot }));
        said.push(FIRST_AD.says(Intent::TellPerson { person, shot }));
    }
    // In a hurry one entry is left out now and then.
    if word[2] < 40 && said.len() > 1 {
        said.remove(1 + usize::from(word[3]) % (said.len() - 1));
    }
    said.push(FIRST_AD.says(Intent::CallShotReady { shot }));
    if word[3] < 190 {
        said.push(FIRST_AD.says(Intent::BeginTake { shot: Some(shot) }));
    }
    if word[3] < 90 {
        said.push(FIRST_AD.says(Intent::ReportCut));
    }
    said
}

/// What would usually come next: a plan, then whatever is missing for SHOT READY, then the take.
pub fn usual(stage: &Stage, word: &Word) -> Said {
    let state = &stage.state;
    let Some(open) = state.scene else { return FIRST_AD.says(Intent::ReportCut) };
    let mut of_it = state.shots.iter().filter(|(_, shot)| shot.scene == open.scene);
    let Some((shot, it)) = of_it.next_back().map(|(shot, it)| (*shot, *it)) else {
        return one_of(&[FIRST_AD, ARMORER], word[2]).says(Intent::PlanShot { scene: open.scene });
    };
    if state.take.is_some() {
        return FIRST_AD.says(Intent::ReportCut);
    }
    if let Some((gun, _)) =
        state.guns.iter().find(|(gun, it)| it.on_set && !state.planned_guns.contains_key(&(shot, **gun)))
    {
        return FIRST_AD.says(as_it_is(stage, shot, *gun, word));
    }
    match word[2] {
        0..8 => return CAMERA.says(Intent::ReportShotChanged { shot, change: a_change(word[4]) }),
        8..12 => {
            return CAMERA.says(Intent::ReportRefusedShot { person: one_of(&[CAMERA, STAND_IN], word[4]).0, shot });
        }
        12..24 => {
            let (gun, person) =
                (one_of(&[GUN_1, GUN_4, PISTOL], word[3]), one_of(&[CAMERA, STAND_IN, PERFORMER], word[4]).0);
            let distance_millimetres = 5_000 + 100 * u32::from(word[4]);
            return FIRST_AD.says(Intent::PlacePerson { person, shot, gun, distance_millimetres });
        }
        24..32 => {
            return FIRST_AD.says(Intent::LeavePersonOut { person: one_of(&[CAMERA, STAND_IN], word[4]).0, shot });
        }
        32..=255 => {}
    }
    if it.ready.is_some() && word[2] < 200 {
        return FIRST_AD.says(Intent::BeginTake { shot: Some(shot) });
    }
    missing(stage, shot, word).unwrap_or_else(|| FIRST_AD.says(Intent::CallShotReady { shot }))
}

/// One entry that is missing for SHOT READY.
fn missing(stage: &Stage, shot: u16, word: &Word) -> Option<Said> {
    let state = &stage.state;
    let untold = state.placed.keys().find(|(of, _, who)| *of == shot && !state.told.contains_key(&(shot, *who)));
    if let Some((.., person)) = untold {
        return Some(FIRST_AD.says(Intent::TellPerson { person: *person, shot }));
    }
    let refused = state.told.iter().find(|((of, _), told)| *of == shot && **told == Told::Refused);
    if let Some(((_, person), _)) = refused {
        let person = *person;
        let himself = Who(person).says(Intent::TellPerson { person, shot });
        return Some(if word[3] < 100 { himself } else { FIRST_AD.says(Intent::LeavePersonOut { person, shot }) });
    }
    let planned = state.planned_guns.iter().filter(|((of, _), _)| *of == shot);
    for ((_, gun), it) in planned {
        let gun = *gun;
        if it.approved_by.is_none() {
            let by = if it.by == ARMORER.0 { FIRST_AD } else { ARMORER };
            return Some(by.says(Intent::ApproveMuzzle { gun, shot }));
        }
        if it.nearest_millimetres.is_none() {
            let nearest_millimetres = if word[3] < 16 { 1_000 } else { 6_000 + 100 * u32::from(word[3]) };
            return Some(SAFETY_OFFICER.says(Intent::MeasureStandOff { gun, shot, nearest_millimetres }));
        }
        if it.barrier && !it.barrier_stands {
            return Some(ARMORER.says(Intent::SetBarrier { gun, shot }));
        }
        if it.holds == Holds::Blank && !it.protection_worn {
            return Some(SAFETY_OFFICER.says(Intent::EnterProtection { gun, shot }));
        }
    }
    let differs = missing_for_shot_ready(&stage.rules, state, shot, stage.now);
    let gun = differs.iter().find_map(|reason| reason.gun).filter(|_| word[3] < 80)?;
    Some(FIRST_AD.says(as_it_is(stage, shot, gun, word)))
}

/// A plan that has what the gun was shown with, or what is in it by the record.
fn as_it_is(stage: &Stage, shot: u16, gun: u8, word: &Word) -> Intent<Small> {
    let entry = stage.gun(gun);
    let lot = entry.loading.map(|loading| stage.state.lots[&loading.lot]);
    let seen = match entry.showing {
        ShowingState::Shown(showing) => showing.seen().count(Content::Blank) + showing.seen().count(Content::Dummy),
        ShowingState::Void(_) | ShowingState::BeingChecked(_) => entry.rounds_loaded(),
    };
    let rounds = seen.min(200) as u8;
    let load = lot.and_then(|lot| lot.load).filter(|_| rounds > 0);
    let holds = match (rounds, load) {
        (0, _) => Holds::Empty,
        (_, Some(_)) => Holds::Blank,
        (_, None) => Holds::Dummy,
    };
    let toward = one_of(&[Toward::Nobody, Toward::Camera, Toward::Camera, Toward::People], word[4]);
    let (stand_off_millimetres, barrier, copy_will_not_do) = (5_000, word[3] < 170, true);
    Intent::PlanGun { gun, shot, holds, load, rounds, toward, stand_off_millimetres, barrier, copy_will_not_do }
}

fn a_change(by: u8) -> ShotChange {
    one_of(&[ShotChange::People, ShotChange::Camera, ShotChange::Place, ShotChange::Action], by)
}

/// Anything at all about a shot.
pub fn about_a_shot(stage: &Stage, word: &Word) -> Intent<Small> {
    let (gun, person) = (one_of(&[GUN_1, GUN_4, PISTOL, RUBBER, 77], word[3]), one_of(&PEOPLE, word[4]).0.0);
    let shot = if word[4] < 230 { THE_OPEN_ONE } else { ANOTHER };
    let millimetres = u32::from(word[4]) * 60;
    match word[1] % 20 {
        0 => Intent::PlanShot { scene: 1 + word[3] % 4 },
        1 | 2 if stage.state.guns.contains_key(&gun) => as_it_is(stage, shot, gun, word),
        3 => Intent::PlanGun {
            gun,
            shot,
            holds: one_of(&[Holds::Empty, Holds::Dummy, Holds::Blank], word[4]),
            load: (word[3] < 100).then_some(Load::Half),
            rounds: word[4] % 8,
            toward: one_of(&[Toward::Nobody, Toward::Camera, Toward::People], word[3]),
            stand_off_millimetres: millimetres,
            barrier: word[4] < 90,
            copy_will_not_do: word[4] < 190,
        },
        4 | 5 => Intent::PlacePerson { person, shot, gun, distance_millimetres: millimetres },
        6 => Intent::LeavePersonOut { person, shot },
        7 => Intent::TellPerson { person, shot },
        8 => Intent::ReportRefusedShot { person, shot },
        9 => Intent::ApproveMuzzle { gun, shot },
        10 => Intent::MeasureStandOff { gun, shot, nearest_millimetres: millimetres },
        11 => Intent::SetBarrier { gun, shot },
        12 | 13 => Intent::CallShotReady { shot },
        14 | 15 => Intent::BeginTake { shot: (word[3] < 200).then_some(shot) },
        16 => Intent::ReportCut,
        17 => Intent::ReportShotChanged { shot, change: a_change(word[4]) },
        18 => Intent::EnterProtection { gun, shot },
        _ => Intent::PointTowardPeople { gun },
    }
}
