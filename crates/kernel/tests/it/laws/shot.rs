//! Who stands where (laws 2, 16, 17): the shot plan, SHOT READY, the take.

use core::cell::RefCell;

use kernel::{
    Content, Event, Holds, Intent, LotKind, ShowingState, State, Told, Toward, blanks_stand_off, never_at_anyone, shown,
};

use super::says_what_is_in_it;
use crate::history::over_histories;
use crate::stage::{PEOPLE, Small, Stage};

/// Of the plans nothing is freed: what was approved, measured and told may fall, and SHOT READY with it. A take may end.
pub fn only_lower(before: &State<Small>, after: &State<Small>) {
    assert!(before.shots.keys().eq(after.shots.keys()) && before.placed == after.placed);
    assert!(before.planned_guns.keys().eq(after.planned_guns.keys()));
    for (shot, earlier) in &before.shots {
        let later = after.shots[shot];
        assert!(later.scene == earlier.scene && (later.ready.is_none() || later.ready == earlier.ready));
    }
    for (of, earlier) in &before.planned_guns {
        let later = after.planned_guns[of];
        assert!(later.approved_by.is_none() || later.approved_by == earlier.approved_by);
        assert!(later.nearest_millimetres.is_none() || later.nearest_millimetres == earlier.nearest_millimetres);
        assert!(earlier.barrier_stands || !later.barrier_stands);
        assert!(earlier.protection_worn || !later.protection_worn);
        let (approved_by, nearest_millimetres) = (earlier.approved_by, earlier.nearest_millimetres);
        let (barrier_stands, protection_worn) = (earlier.barrier_stands, earlier.protection_worn);
        let as_planned =
            kernel::PlannedGun { approved_by, nearest_millimetres, barrier_stands, protection_worn, ..later };
        assert_eq!(as_planned, *earlier);
    }
    for (of, told) in &after.told {
        assert!(*told == Told::Refused || before.told.get(of) == Some(told), "somebody counts as told");
    }
    let refused = before.told.iter().filter(|(_, told)| **told == Told::Refused);
    refused.for_each(|(of, _)| assert_eq!(after.told.get(of), Some(&Told::Refused), "a refusal was forgotten"));
    assert!(after.take.is_none() || after.take == before.take);
}

/// Everything that law 16 and law 17 ask of a shot, worked out from the state alone.
fn is_as_planned(stage: &Stage, shot: u16) {
    let state = &stage.state;
    let board = shown(&stage.rules, state, stage.now);
    for ((_, id), plan) in state.planned_guns.iter().filter(|((of, _), _)| *of == shot) {
        let gun = state.guns[id];
        if gun.kind.fires() {
            let card = board.iter().find(|card| card.gun == *id).unwrap();
            assert!(says_what_is_in_it(&card.status), "{card:?}");
            let ShowingState::Shown(showing) = gun.showing else { panic!("{gun:?}") };
            let seen = showing.seen();
            let (dummies, blanks) = (seen.count(Content::Dummy), seen.count(Content::Blank) + seen.charges());
            let expected = match plan.holds {
                Holds::Empty => (0, 0),
                Holds::Dummy => (u32::from(plan.rounds), 0),
                Holds::Blank => (0, u32::from(plan.rounds)),
            };
            assert_eq!((dummies, blanks), expected);
            assert!(!seen.has_live() && seen.count(Content::Spent) == 0);
            let mut needed = plan.stand_off_millimetres;
            if let Some(lot) = gun.loading.map(|it| it.lot).filter(|lot| state.lots[lot].kind == LotKind::Blank) {
                needed = needed.max(state.stand_off_centimetres[&(*id, lot)] * 10);
            }
            if plan.holds == Holds::Blank {
                needed = needed.max(blanks_stand_off(state.packs()).map_or(0, |(centimetres, _)| centimetres * 10));
            }
            assert!(plan.nearest_millimetres.is_some_and(|nearest| nearest >= needed));
            let mut inside = state.placed.iter().filter(|((of, gun, _), _)| (*of, *gun) == (shot, *id));
            assert!(inside.all(|(_, distance)| *distance >= needed), "somebody stands inside the stand-off");
            let approved = plan.approved_by.is_some_and(|by| by != plan.by);
            assert!(plan.toward == Toward::Nobody || approved);
            assert!(plan.toward != Toward::People || plan.holds != Holds::Blank);
            assert!(plan.toward == Toward::Nobody || never_at_anyone(state.packs()).is_none());
        } else {
            assert!(gun.identity.is_some());
        }
        assert!(!plan.barrier || plan.barrier_stands);
        assert!(plan.holds != Holds::Blank || plan.protection_worn, "ears and eyes of whoever is close by");
    }
    for (.., person) in state.placed.keys().filter(|(of, ..)| *of == shot) {
        assert_eq!(state.told.get(&(shot, *person)), Some(&Told::Told), "a person was not told, or refused");
    }
    let planned = |gun: &u8| state.planned_guns.contains_key(&(shot, *gun));
    assert!(state.guns.iter().all(|(id, gun)| !gun.kind.fires() || !gun.on_set || planned(id)));
}

#[allow(clippy::wildcard_enum_match_arm, reason = "only two kinds call or begin")]
pub fn shot_ready_and_a_take_wait_for_every_gun_line_and_person_of_the_plan() {
    let takes = RefCell::new((0_u32, 0_u32));
    over_histories(|told| {
        let Some(shot) = (match told.intent {
            Intent::CallShotReady { shot } => Some(shot),
            Intent::BeginTake { shot } => shot,
            _ => None,
        }) else {
            return;
        };
        if told.verdict.accepted {
            is_as_planned(told.before, shot);
            let mut counted = takes.borrow_mut();
            if matches!(told.intent, Intent::BeginTake { .. }) { counted.1 += 1 } else { counted.0 += 1 }
        }
    });
    let (ready, begun) = takes.into_inner();
    assert!(ready > 40 && begun > 15, "too few to say anything: {ready} and {begun}");
}

/// Never a gun that can fire without an approved plan, with a person inside its stand-off, or with a live round.
pub fn a_muzzle_is_let_toward_people_only_in_a_shot_that_is_ready() {
    let let_toward = RefCell::new(0_u32);
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            for (who, ..) in PEOPLE {
                let asked = told.after.verdict(&who.asks_to_point_toward_people(*gun));
                if !asked.accepted {
                    continue;
                }
                if !entry.kind.fires() {
                    assert!(entry.identity.is_some());
                    continue;
                }
                let state = &told.after.state;
                let ready = state.shots.iter().find(|(_, shot)| shot.ready.is_some()).map(|(shot, _)| *shot);
                let plan = state.planned_guns[&(ready.unwrap(), *gun)];
                assert!(plan.toward != Toward::Nobody && plan.approved_by.is_some());
                is_as_planned(told.after, ready.unwrap());
                *let_toward.borrow_mut() += 1;
            }
        }
    });
    assert!(let_toward.into_inner() > 20, "too few to say anything");
}

/// Lapse needs nobody's action, and a change is enough.
#[allow(clippy::wildcard_enum_match_arm, reason = "the others change nothing of who stands where")]
pub fn whatever_changes_on_the_set_takes_shot_ready_away() {
    over_histories(|told| {
        let Some((shot, _)) = told.before.state.shots.iter().find(|(_, shot)| shot.ready.is_some()) else { return };
        let stands = |person: u8| told.before.state.placed.keys().any(|(of, _, who)| (of, *who) == (shot, person));
        let in_plan = |gun: u8| told.before.state.planned_guns.contains_key(&(*shot, gun));
        let changed = match told.intent {
            Intent::ReportShotChanged { shot: of, .. }
            | Intent::ReportRefusedShot { shot: of, .. }
            | Intent::PlanGun { shot: of, .. }
            | Intent::PlacePerson { shot: of, .. }
            | Intent::LeavePersonOut { shot: of, .. } => of == *shot,
            Intent::ReportLineChanged { gun } => in_plan(gun),
            Intent::ReportLeft { person } | Intent::ReportReturned { person } => stands(person),
            Intent::ReportBreak
            | Intent::CloseForLunch
            | Intent::CloseScene
            | Intent::OpenDay { .. }
            | Intent::AdoptPacks { .. } => true,
            _ => told.verdict.events.iter().any(|event| matches!(event, Event::StopPulled { .. })),
        };
        if changed && told.verdict.accepted {
            assert_eq!(told.after.state.shots[shot].ready, None, "{:?}", told.intent);
        }
        if let (Intent::ReportShotChanged { .. }, true) = (told.intent, changed) {
            let guns = told.after.state.guns.iter().filter(|(gun, _)| in_plan(**gun));
            guns.for_each(|(_, gun)| assert!(gun.line_clear.is_none() && gun.identity.is_none(), "{gun:?}"));
        }
    });
}

pub fn nobody_is_called_back_in_a_take() {
    over_histories(|told| {
        if told.before.state.take.is_none() || told.after.state.take.is_some() {
            return;
        }
        let ends = matches!(
            told.intent,
            Intent::ReportCut
                | Intent::ReportBreak
                | Intent::CloseForLunch
                | Intent::CloseScene
                | Intent::OpenDay { .. }
        );
        let stopped = told.before.state.stops.len() < told.after.state.stops.len();
        assert!(ends || stopped, "{:?} ended a take", told.intent);
    });
}

pub fn a_refusal_stands_until_he_who_refused_says_otherwise() {
    over_histories(|told| {
        for ((shot, person), was) in &told.before.state.told {
            if *was == Told::Refused && told.after.state.told.get(&(*shot, *person)) != Some(&Told::Refused) {
                assert!(matches!(told.intent, Intent::TellPerson { .. }) && told.context.by == Some(*person));
            }
        }
    });
}
