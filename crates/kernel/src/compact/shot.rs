//! The shot plans told again.

use crate::event::Event;
use crate::gun::InTake;
use crate::scope::Scope;
use crate::shot::{Holds, PlannedGun, Told};
use crate::state::State;
use crate::unit::Unit;

/// The plans, then who stands where, then what was entered of both: a change of the plan takes that back.
pub(super) fn shots<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    told.extend(state.shots.iter().map(|(shot, it)| Event::ShotPlanned { shot: *shot, scene: it.scene }));
    told.extend(state.planned_guns.iter().map(|((shot, gun), it)| planned(*shot, *gun, it)));
    told.extend(state.placed.iter().map(|((shot, gun, person), distance)| Event::PersonPlaced {
        shot: *shot,
        gun: *gun,
        person: *person,
        distance_millimetres: *distance,
    }));
    for ((shot, gun), it) in &state.planned_guns {
        let (shot, gun) = (*shot, *gun);
        told.extend(it.approved_by.map(|by| Event::MuzzleApproved { shot, gun, by }));
        let measured = |nearest_millimetres| Event::StandOffMeasured { shot, gun, nearest_millimetres };
        told.extend(it.nearest_millimetres.map(measured));
        told.extend(it.barrier_stands.then_some(Event::BarrierSet { shot, gun }));
        told.extend(it.protection_worn.then_some(Event::ProtectionEntered { shot, gun }));
    }
    told.extend(state.told.iter().map(|((shot, person), it)| match it {
        Told::Told => Event::PersonTold { shot: *shot, person: *person },
        Told::Refused => Event::ShotRefused { shot: *shot, person: *person },
    }));
    let ready =
        |(shot, it): (&S::Act, &crate::shot::Shot<S>)| it.ready.map(|at| Event::ShotReadyCalled { shot: *shot, at });
    told.extend(state.shots.iter().filter_map(ready));
}

/// The takes that guns were in, before the plans: each of a plan that has this one gun in it, and none afterwards. First those
/// that are over, for a cut is of every gun of its unit.
pub(super) fn takes_of_guns<S: Scope>(state: &State<S>, told: &mut Vec<Event<S>>) {
    let mut takes: Vec<_> = state.guns.iter().filter_map(|(gun, it)| it.in_take.map(|take| (*gun, take))).collect();
    takes.sort_by_key(|(_, take)| take.cut.is_none());
    for (gun, InTake { began: at, cut, entered }) in takes {
        let of_it = state.planned_guns.iter().find(|((_, of), _)| *of == gun);
        let Some(((shot, _), plan)) = of_it else { continue };
        let (shot, unit) = (*shot, state.units.of_gun(gun));
        told.push(planned(shot, gun, &PlannedGun { holds: Holds::Blank, ..*plan }));
        told.push(match unit {
            Unit::FIRST => Event::TakeBegun { shot: Some(shot), at },
            unit => Event::UnitTakeBegun { unit, shot: Some(shot), at },
        });
        told.extend(entered.then_some(Event::GunFired { gun, shots: 0, misfires: 0, at }));
        told.extend(cut.map(|at| match unit {
            Unit::FIRST => Event::TakeEnded { at },
            unit => Event::UnitTakeEnded { unit, at },
        }));
        told.push(planned(shot, gun, &PlannedGun { holds: Holds::Empty, ..*plan }));
    }
    told.extend(state.take.map(|take| Event::TakeBegun { shot: take.shot, at: take.since }));
}

fn planned<S: Scope>(shot: S::Act, gun: S::Gun, it: &PlannedGun<S>) -> Event<S> {
    let (holds, load, rounds, toward) = (it.holds, it.load, it.rounds, it.toward);
    let (stand_off_millimetres, barrier, by) = (it.stand_off_millimetres, it.barrier, it.by);
    Event::GunPlanned { shot, gun, holds, load, rounds, toward, stand_off_millimetres, barrier, by }
}
