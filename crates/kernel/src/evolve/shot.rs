//! What an event does to the shot plans, and when SHOT READY holds no more.

use crate::event::Event;
use crate::gun::{Gun, InTake};
use crate::scope::Scope;
use crate::shot::{Holds, PlannedGun, Shot, ShotChange, Take, Told};
use crate::state::State;
use crate::unit::Unit;

#[allow(clippy::wildcard_enum_match_arm, reason = "the caller names every event that is about a shot")]
pub(super) fn of_a_shot<S: Scope>(state: &mut State<S>, event: &Event<S>) {
    match *event {
        Event::ShotPlanned { shot, scene } => {
            state.shots.insert(shot, Shot { scene, ready: None });
        }
        Event::GunPlanned { shot, gun, holds, load, rounds, toward, stand_off_millimetres, barrier, by } => {
            let (approved_by, nearest_millimetres) = (None, None);
            let (barrier_stands, protection_worn) = (false, false);
            let planned = PlannedGun {
                holds,
                load,
                rounds,
                toward,
                stand_off_millimetres,
                barrier,
                by,
                approved_by,
                nearest_millimetres,
                barrier_stands,
                protection_worn,
            };
            state.planned_guns.insert((shot, gun), planned);
            nobody_was_told(state, shot);
            void(state, shot);
        }
        Event::PersonPlaced { shot, gun, person, distance_millimetres } => {
            state.placed.insert((shot, gun, person), distance_millimetres);
            with(state, shot, gun, |planned| {
                (planned.approved_by, planned.nearest_millimetres) = (None, None);
                planned.protection_worn = false;
            });
            was_not_told(state, shot, person);
            void(state, shot);
        }
        Event::PersonLeftOut { shot, person } => {
            state.placed.retain(|(of, _, who), _| (*of, *who) != (shot, person));
            was_not_told(state, shot, person);
            void(state, shot);
        }
        Event::PersonTold { shot, person } => {
            state.told.insert((shot, person), Told::Told);
        }
        Event::ShotRefused { shot, person } => {
            state.told.insert((shot, person), Told::Refused);
            void(state, shot);
        }
        Event::MuzzleApproved { shot, gun, by } => with(state, shot, gun, |planned| planned.approved_by = Some(by)),
        Event::StandOffMeasured { shot, gun, nearest_millimetres } => {
            with(state, shot, gun, |planned| planned.nearest_millimetres = Some(nearest_millimetres));
        }
        Event::BarrierSet { shot, gun } => with(state, shot, gun, |planned| planned.barrier_stands = true),
        Event::ProtectionEntered { shot, gun } => with(state, shot, gun, |planned| planned.protection_worn = true),
        Event::ShotReadyCalled { shot, at } => {
            not_ready(state, state.unit_of_shot(shot));
            if let Some(shot) = state.shots.get_mut(&shot) {
                shot.ready = Some(at);
            }
        }
        Event::ShotChanged { shot, change, .. } => changed(state, shot, change),
        Event::TakeBegun { shot, at } => take_begun(state, Unit::FIRST, Take { shot, since: at }),
        Event::TakeEnded { at } => take_ended(state, Unit::FIRST, at),
        _ => {}
    }
}

fn with<S: Scope>(state: &mut State<S>, shot: S::Act, gun: S::Gun, change: impl FnOnce(&mut PlannedGun<S>)) {
    if let Some(planned) = state.planned_guns.get_mut(&(shot, gun)) {
        change(planned);
    }
}

fn void<S: Scope>(state: &mut State<S>, shot: S::Act) {
    if let Some(shot) = state.shots.get_mut(&shot) {
        shot.ready = None;
    }
}

/// What somebody was told was of another plan. A refusal stands.
fn was_not_told<S: Scope>(state: &mut State<S>, shot: S::Act, person: S::Person) {
    if state.told.get(&(shot, person)) == Some(&Told::Told) {
        state.told.remove(&(shot, person));
    }
}

fn nobody_was_told<S: Scope>(state: &mut State<S>, shot: S::Act) {
    state.told.retain(|(of, _), told| *of != shot || *told == Told::Refused);
}

/// Whatever changed, every line is measured again, that of blanks as well, every shield looked at, and whoever is close by. Where
/// people or the action changed everybody is told again, and where the action changed somebody approves again.
fn changed<S: Scope>(state: &mut State<S>, shot: S::Act, change: ShotChange) {
    let of_it = state.planned_guns.iter_mut().filter(|((of, _), _)| *of == shot);
    of_it.for_each(|(_, planned)| {
        unmeasured(planned);
        if change == ShotChange::Action {
            planned.approved_by = None;
        }
    });
    let guns: Vec<S::Gun> = state.planned_guns.keys().filter(|(of, _)| *of == shot).map(|(_, gun)| *gun).collect();
    for gun in guns {
        super::with(state, gun, Gun::line_changed);
    }
    if matches!(change, ShotChange::People | ShotChange::Action) {
        nobody_was_told(state, shot);
    }
    void(state, shot);
}

const fn unmeasured<S: Scope>(planned: &mut PlannedGun<S>) {
    planned.nearest_millimetres = None;
    (planned.barrier_stands, planned.protection_worn) = (false, false);
}

/// SHOT READY stands for no shot.
pub(super) fn no_shot_is_ready<S: Scope>(state: &mut State<S>) {
    state.shots.values_mut().for_each(|shot| shot.ready = None);
}

/// SHOT READY stands for no shot of the unit.
fn not_ready<S: Scope>(state: &mut State<S>, unit: Unit) {
    let shots: Vec<S::Act> = state.ready_shots_of(unit).collect();
    shots.into_iter().for_each(|shot| void(state, shot));
}

/// What is planned with blanks for the shot, and is with one who uses it before the camera, is in the take from now on.
pub(super) fn take_begun<S: Scope>(state: &mut State<S>, unit: Unit, take: Take<S>) {
    super::unit::take(state, unit, Some(take));
    let guns: Vec<S::Gun> = state.guns.keys().copied().filter(|gun| state.units.of_gun(*gun) == unit).collect();
    guns.into_iter().for_each(|gun| comes_into_the_take(state, gun));
}

pub(super) fn take_ended<S: Scope>(state: &mut State<S>, unit: Unit, at: S::Time) {
    super::unit::take(state, unit, None);
    let units = &state.units;
    let guns = state.guns.iter_mut().filter(|(gun, _)| units.of_gun(**gun) == unit);
    let takes = guns.filter_map(|(_, gun)| gun.in_take.as_mut());
    takes.filter(|it| it.cut.is_none()).for_each(|it| it.cut = Some(at));
}

/// The same of a gun that comes into those hands while the take is on.
pub(super) fn comes_into_the_take<S: Scope>(state: &mut State<S>, gun: S::Gun) {
    let Some(Take { shot: Some(shot), since }) = state.take_of(state.units.of_gun(gun)) else { return };
    let planned = state.planned_guns.get(&(shot, gun)).is_some_and(|it| it.holds == Holds::Blank);
    super::with(state, gun, |gun| {
        // Of an earlier take it has the cut.
        let in_it = gun.in_take.is_some_and(|it| it.cut.is_none());
        if planned && gun.played && !in_it {
            gun.in_take = Some(InTake { began: since, cut: None, entered: false });
        }
    });
}

/// Whoever had a gun that can fire where SHOT READY was called has it no more: who stands where has changed.
pub(super) fn gun_left_its_hands<S: Scope>(state: &mut State<S>, gun: S::Gun) {
    if state.guns.get(&gun).is_some_and(|it| it.kind.fires()) {
        let planned = state.planned_guns.keys().filter(|(_, of)| *of == gun).map(|(shot, _)| *shot);
        let shots: Vec<S::Act> = planned.collect();
        shots.into_iter().for_each(|shot| void(state, shot));
    }
}

/// A break, a stop or the end of the scene: no line of the unit is as it was measured, and no take of it is on.
pub(super) fn everybody_moved<S: Scope>(state: &mut State<S>, unit: Unit) {
    not_ready(state, unit);
    let units = &state.units;
    let planned = state.planned_guns.iter_mut().filter(|((_, gun), _)| units.of_gun(*gun) == unit);
    planned.for_each(|(_, planned)| unmeasured(planned));
    super::unit::take(state, unit, None);
}

/// What was said and approved on another day is said and approved again. A refusal stands.
pub(super) fn day_began<S: Scope>(state: &mut State<S>) {
    state.told.retain(|_, told| *told == Told::Refused);
    state.planned_guns.values_mut().for_each(|planned| planned.approved_by = None);
}

/// Something changed in the line of one gun.
pub(super) fn line_changed<S: Scope>(state: &mut State<S>, gun: S::Gun) {
    let shots: Vec<S::Act> = state.planned_guns.keys().filter(|(_, of)| *of == gun).map(|(shot, _)| *shot).collect();
    for shot in shots {
        with(state, shot, gun, unmeasured);
        void(state, shot);
    }
}

/// Somebody who stands in a line left or came back: who stands where has changed.
pub(super) fn person_moved<S: Scope>(state: &mut State<S>, person: S::Person) {
    let stands = state.placed.keys().filter(|(_, _, who)| *who == person).map(|(shot, ..)| *shot);
    let shots: Vec<S::Act> = stands.collect();
    shots.into_iter().for_each(|shot| void(state, shot));
}
