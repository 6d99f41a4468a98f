//! Custody (laws 4 and 5).

use core::cell::RefCell;

use kernel::{Code, Custody, Event, Intent, IntentKind, Role, ShowingState, Status, shown};

use super::{codes, hands};
use crate::history::over_histories;
use crate::stage::{PEOPLE, Small, Stage, Who};

pub fn a_gun_has_one_custodian_and_nobody_else_can_take_it_out() {
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            let Custody::With { person, .. } = entry.custody else { continue };
            let others = PEOPLE.iter().filter(|(who, ..)| who.0 != person);
            for (other, ..) in others {
                let verdict = told.after.verdict(&other.takes_out(*gun));
                let told_who = verdict.reasons.iter().find(|reason| reason.code == Code::CustodyHeldByAnother);
                assert!(!verdict.accepted);
                assert_eq!(told_who.and_then(|reason| reason.who), Some(person));
            }
        }
    });
}

pub fn a_handover_is_between_two_people_and_only_the_one_named_can_take() {
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            let Custody::Offered { from, to, .. } = entry.custody else { continue };
            assert_ne!(from, to);
            for (other, ..) in PEOPLE.iter().filter(|(who, ..)| who.0 != to) {
                assert!(!told.after.verdict(&other.looks_and_takes(*gun)).accepted);
            }
        }
    });
}

pub fn of_two_who_take_one_gun_the_second_is_refused() {
    over_histories(|told| {
        let Intent::Take { gun, .. } = told.intent else { return };
        if told.verdict.accepted {
            let said = Who(told.context.by.unwrap()).says(told.intent);
            assert!(codes(&told.after.verdict(&said)).contains(&Code::HandoverNoOffer));
            assert_eq!(hands(&told.after.gun(gun)), told.context.by);
        }
    });
}

pub fn custody_changes_by_nothing_but_an_event_about_that_gun() {
    over_histories(|told| {
        for (gun, entry) in &told.before.state.guns {
            let about_it = told.intent.gun() == Some(*gun) && told.verdict.accepted;
            assert!(about_it || told.after.gun(*gun).custody == entry.custody);
        }
    });
}

pub fn a_gun_in_a_handover_is_unknown_or_in_handover_and_never_shown() {
    over_histories(|told| {
        for card in shown(told.rules(), &told.after.state, told.after.now) {
            if matches!(card.custody, Custody::Offered { .. }) {
                assert!(matches!(card.status, Status::InHandover { .. } | Status::Held { .. }), "{card:?}");
            }
        }
    });
}

pub fn a_first_ad_never_becomes_custodian_by_an_accepted_ask() {
    over_histories(|told| {
        if told.intent.kind() == IntentKind::Report {
            return;
        }
        for (gun, entry) in &told.after.state.guns {
            let earlier = told.before.state.guns.get(gun).and_then(hands);
            if let Some(now) = hands(entry)
                && earlier != Some(now)
            {
                assert!(!told.before.state.roles(now).has(Role::FirstAd));
            }
        }
    });
}

pub fn only_a_handler_hands_a_gun_over_and_takes_it_back() {
    over_histories(|told| {
        let hands_on = matches!(told.intent, Intent::Offer { .. } | Intent::TakeBack { .. } | Intent::TakeOut { .. });
        if hands_on && told.verdict.accepted {
            let by = told.context.by.unwrap();
            // Whoever answers for it takes it back, also on a day for which nobody entered him.
            let answers = || told.intent.gun().and_then(|gun| told.before.gun(gun).handler()) == Some(by);
            let comes_back = matches!(told.intent, Intent::TakeBack { .. }) && answers();
            assert!(comes_back || told.before.state.roles(by).handles());
        }
    });
}

pub fn a_gun_that_comes_back_is_unknown_until_it_is_shown_again() {
    over_histories(|told| {
        if let Intent::TakeBack { gun } = told.intent
            && told.verdict.accepted
        {
            assert!(matches!(told.after.gun(gun).showing, ShowingState::Void(_)));
        }
    });
}

/// By what was asked for: what happened all the same is reported.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other events load nothing and give nothing to anybody")]
fn is_loaded_or_used(event: &Event<Small>, before: &Stage) -> Option<u8> {
    let plays = |person: u8| before.state.roles(person).performs();
    match *event {
        Event::GunLoaded { gun, .. }
        | Event::GunLoadedFromHand { gun, .. }
        | Event::GunFeedLoaded { gun, .. }
        | Event::GunPrimed { gun, .. }
        | Event::BlankTested { gun, .. }
        | Event::GunCalledToSet { gun, .. }
        | Event::GunPreset { gun, .. }
        | Event::GunIssuedInLine { gun, .. } => Some(gun),
        Event::GunOffered { gun, to: person, .. } | Event::GunTaken { gun, person, .. } if plays(person) => Some(gun),
        _ => None,
    }
}

pub fn what_does_not_work_is_neither_loaded_nor_used_until_a_handler_has_cleared_it() {
    let cleared = RefCell::new(0_u32);
    over_histories(|told| {
        let fails = |gun: u8| told.before.state.guns.get(&gun).is_some_and(|it| it.faulty_since.is_some());
        if told.intent.kind() == IntentKind::Ask {
            let used = told.verdict.events.iter().filter_map(|event| is_loaded_or_used(event, told.before));
            used.for_each(|gun| assert!(!fails(gun), "gun {gun} does not work, and somebody said so"));
        }
        if let Intent::CallShotReady { shot } | Intent::BeginTake { shot: Some(shot) } = told.intent {
            let planned = told.before.state.planned_guns.keys().filter(|(of, _)| *of == shot);
            let fit = planned.map(|(_, gun)| *gun).all(|gun| !fails(gun));
            assert!(fit || !told.verdict.accepted, "a take with a gun that does not work");
        }
        for gun in told.before.state.guns.keys().copied().filter(|gun| fails(*gun)) {
            if told.after.state.guns[&gun].faulty_since.is_none() {
                let by = told.context.by.unwrap();
                assert!(matches!(told.intent, Intent::ClearFault { gun: named } if named == gun));
                assert!(told.before.gun(gun).is_with(by) && told.before.state.roles(by).handles());
                *cleared.borrow_mut() += 1;
            }
        }
    });
    let cleared = cleared.into_inner();
    assert!(cleared > 20, "too few to say anything: {cleared}");
}
