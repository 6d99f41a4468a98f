//! Custody (laws 4 and 5).

use kernel::{Code, Custody, Intent, IntentKind, Role, ShowingState, Status, shown};

use super::{codes, hands};
use crate::history::over_histories;
use crate::stage::{PEOPLE, Who};

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
