//! Who may use a gun and who may stand before it: minors, training, the course, whoever steps in (laws 8, 16, 17).

use kernel::{Event, Requirement, Unit};

use crate::history::{Told, over_histories};

/// The receivers that an answer gives a gun that can fire to.
#[allow(clippy::wildcard_enum_match_arm, reason = "no other event gives a gun to anybody by an ask, or as declared")]
fn receivers(told: &Told) -> Vec<(u8, u8)> {
    let given = told.verdict.events.iter().filter_map(|event| match *event {
        Event::GunOffered { gun, to, .. } | Event::TransferDeclared { gun, to } => Some((gun, to)),
        Event::LineIssueBegun { gun, to, .. } => Some((gun, to)),
        Event::GunTaken { gun, person, .. }
        | Event::GunIssuedInLine { gun, person, .. }
        | Event::GunTransferred { gun, person, .. } => Some((gun, person)),
        _ => None,
    });
    given.filter(|(gun, _)| told.before.gun(*gun).kind.fires()).collect()
}

/// What was declared before passes as it was declared.
fn is_scripted(told: &Told) -> bool {
    told.verdict.events.iter().any(|event| matches!(event, Event::GunTransferred { .. }))
}

pub fn a_gun_that_can_fire_goes_to_no_minor_and_to_nobody_untrained_where_training_is_asked_for() {
    over_histories(|told| {
        let state = &told.before.state;
        for (gun, to) in receivers(told) {
            let roles = state.roles(to);
            assert!(!state.is_minor(to), "{to}: {:?}", told.intent);
            if state.required.has(Requirement::Training) && roles.performs() {
                assert!(state.people[&to].trained.has(state.guns[&gun].action), "{to}: {:?}", told.intent);
            }
            if state.required.has(Requirement::Course) && roles.performs() && !is_scripted(told) {
                assert!(state.has_the_course(to), "{to}: {:?}", told.intent);
            }
        }
    });
}

/// Whose hands do something with a gun that can fire by an answer.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events need no permit")]
fn hands_of_handlers(told: &Told) -> Vec<(u8, u8)> {
    let by = told.context.by.unwrap_or_default();
    let at_work = told.verdict.events.iter().filter_map(|event| match *event {
        Event::GunTakenOut { gun, person, .. } => Some((gun, person)),
        Event::GunOffered { gun, from, .. } => Some((gun, from)),
        Event::GunTaken { gun, person, handler, .. } if person == handler => Some((gun, person)),
        Event::GunLoaded { gun, .. }
        | Event::GunLoadedFromHand { gun, .. }
        | Event::GunFeedLoaded { gun, .. }
        | Event::GunReceived { gun, .. } => Some((gun, by)),
        _ => None,
    });
    at_work.filter(|(gun, _)| told.before.gun(*gun).kind.fires()).collect()
}

pub fn whoever_handles_a_gun_that_can_fire_holds_his_permit_where_it_is_asked_for() {
    let held = core::cell::Cell::new(0_u32);
    over_histories(|told| {
        let state = &told.before.state;
        if !state.required.has(Requirement::Permit) {
            return;
        }
        for (_, who) in hands_of_handlers(told) {
            let in_date =
                |permit: kernel::Permit| permit.until.is_none_or(|until| state.day.is_none_or(|day| day <= until));
            assert!(state.people[&who].permit.is_some_and(in_date), "{who}: {:?}", told.intent);
            held.set(held.get() + 1);
        }
    });
    assert!(held.get() > 5, "{} are too few to say anything", held.get());
}

pub fn a_minor_is_entered_for_no_work_with_guns() {
    over_histories(|told| {
        for event in &told.verdict.events {
            if let Event::RolesAssigned { roles, .. } = event {
                let works = roles.iter().any(|role| role.handles() || role == kernel::Role::Witness);
                assert!(!works || !roles.has(kernel::Role::Minor), "{event:?}");
            }
        }
    });
}

pub fn whoever_stands_in_the_line_of_a_shot_that_is_ready_is_of_the_day_was_there_and_is_no_minor() {
    over_histories(|told| {
        let state = &told.before.state;
        for event in &told.verdict.events {
            let Event::ShotReadyCalled { shot, .. } = *event else { continue };
            let stands = state.placed.keys().filter(|(of, gun, _)| *of == shot && state.guns[gun].kind.fires());
            for (.., who) in stands {
                assert!(!state.roles(*who).is_empty() && state.was_at_a_meeting_of(Unit::FIRST, *who), "{who}");
                assert!(!state.is_minor(*who), "{who}");
                assert!(!state.required.has(Requirement::Course) || state.has_the_course(*who), "{who}");
            }
        }
    });
}

pub fn a_gun_that_can_fire_comes_to_a_set_with_whatever_the_production_asks_for() {
    let asked = core::cell::Cell::new(0_u32);
    over_histories(|told| {
        let state = &told.before.state;
        let kernel::Intent::CallToSet { gun } = told.intent else { return };
        if !told.verdict.accepted || !state.guns[&gun].kind.fires() {
            return;
        }
        let unit = told.context.by.map_or(Unit::FIRST, |by| state.units.of_person(by));
        let scene = state.scene_of(unit).unwrap().scene;
        for (what, is_so) in [
            (Requirement::Authority, state.has_authority()),
            (Requirement::Contact, state.contact.is_some()),
            (Requirement::Police, state.police_told.contains_key(&scene)),
        ] {
            if state.required.has(what) {
                assert!(is_so, "{what:?} is asked for");
                asked.set(asked.get() + 1);
            }
        }
    });
    assert!(asked.get() > 5, "{} are too few to say anything", asked.get());
}
