//! The stop (laws 11, 12).

use core::cell::RefCell;

use kernel::{Content, Custody, Event, Intent, IntentKind, Role, Seen, ShowingState, Status, StopCause, shown};

use crate::history::over_histories;
use crate::stage::{PEOPLE, VAULT, Who, anybody, empty, fed, rounds, stop_in};

pub fn anyone_may_stop_without_log_in_and_then_everything_is_held() {
    over_histories(|told| {
        let mut stage = told.after.clone();
        let verdict = stage.goes_on(&anybody(Intent::Stop { cause: StopCause::Called }).into()).unwrap();
        assert!(verdict.accepted);
        let cards = shown(&stage.rules, &stage.state, stage.now);
        assert!(cards.iter().all(|card| matches!(card.status, Status::Held { .. })));
    });
}

pub fn while_everything_is_held_only_locking_away_is_open() {
    over_histories(|told| {
        let moved = |gun: &u8| {
            let (before, after) = (told.before.state.guns.get(gun), told.after.gun(*gun));
            before.is_none_or(|before| before.custody != after.custody || before.loading != after.loading)
        };
        if told.before.state.stops.is_empty() || told.intent.kind() == IntentKind::Report {
            return;
        }
        if told.after.state.guns.keys().any(moved) {
            let locks_away = matches!(
                told.intent,
                Intent::TakeBack { .. }
                    | Intent::PutAway { .. }
                    | Intent::RefuseOffer { .. }
                    | Intent::WithdrawOffer { .. }
                    | Intent::RegisterGun { .. }
                    | Intent::ReceiveFromVendor { .. }
            );
            assert!(locks_away, "{:?}", told.intent);
        }
    });
}

pub fn a_held_gun_can_always_be_taken_back_and_put_away_by_a_handler() {
    let done = RefCell::new(0_u32);
    over_histories(|told| {
        let state = &told.after.state;
        let handlers = PEOPLE
            .iter()
            .map(|(who, ..)| *who)
            .filter(|who| state.roles(who.0).handles() && !state.devices[&who.0].revoked);
        if state.stops.is_empty() {
            return;
        }
        for handler in handlers {
            for (gun, entry) in &state.guns {
                // What the police have is with nobody here.
                if state.exhibit_of_gun(*gun).is_some_and(|it| it.with_police().is_some()) {
                    continue;
                }
                let mut stage = told.after.clone();
                match entry.custody {
                    Custody::In { .. } | Custody::Missing { .. } | Custody::Returned { .. } => continue,
                    Custody::With { person, .. } if person == handler.0 => {}
                    Custody::With { .. } | Custody::Offered { .. } | Custody::Preset { .. } => {
                        // However late it comes: what was claimed before it came there moves nothing.
                        let since = i32::from(stage.now.0) - i32::from(entry.custody.since().0);
                        let back = stage.goes_on(&handler.takes_back(*gun).ago(since.clamp(2, 50)).into()).unwrap();
                        assert!(back.accepted, "{handler:?} {gun}: {:?}", back.reasons);
                    }
                }
                let away = stage.goes_on(&handler.puts_away(*gun, VAULT).ago(-50).into()).unwrap();
                assert!(away.accepted, "{handler:?} {gun}: {:?}", away.reasons);
                *done.borrow_mut() += 1;
            }
        }
    });
    assert!(done.into_inner() > 1000, "too few held guns to say anything");
}

pub fn nothing_but_a_closed_inquiry_lifts_a_stop_or_the_round_that_was_missing() {
    over_histories(|told| {
        for (act, stop) in &told.before.state.stops {
            if told.after.state.stops.contains_key(act) {
                continue;
            }
            if let (Intent::AnswerCount { lot, tally, .. }, Some(missed)) = (told.intent, stop.lot) {
                assert_eq!((lot, tally), (missed, told.before.state.lots[&lot].expected()), "it was not found");
                continue;
            }
            let Intent::CloseInquiry { stop: closed } = told.intent else { panic!("lifted by {:?}", told.intent) };
            let (by, inquiry) = (told.context.by.unwrap(), stop.inquiry.unwrap());
            assert_eq!((closed, inquiry.inquirer), (*act, by));
            assert_ne!(inquiry.named_by, by, "nobody names himself");
            assert!(!stop.concerned.contains(&Some(by)), "it is about him");
            assert!(!told.before.state.roles(by).has(Role::Producer));
        }
    });
}

pub fn a_live_round_that_anybody_sees_stops_everything() {
    over_histories(|told| {
        for (gun, entry) in &told.after.state.guns {
            let ShowingState::BeingChecked(check) = entry.showing else { continue };
            for who in [check.checker, check.witness] {
                let live = rounds(entry.chambers, &[1], Content::Live);
                let verdict = told.after.verdict(&Who(who).answers(*gun, live));
                assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound));
                let in_feed = Seen::with_feed(empty(entry.chambers), fed(1, Content::Live));
                let verdict = told.after.verdict(&Who(who).sees(*gun, in_feed));
                assert_eq!(stop_in(&verdict.events), Some(StopCause::LiveRound), "in what feeds it");
            }
        }
    });
}

pub fn two_answers_that_differ_twice_stop_even_where_the_check_was_given_up_between() {
    over_histories(|told| {
        let (Intent::AnswerCheck { gun, .. }
        | Intent::AnswerFeedCheck { gun, .. }
        | Intent::AnswerBarrelCheck { gun, .. }) = told.intent
        else {
            return;
        };
        let differs = told.verdict.events.iter().any(|event| matches!(event, Event::AnswersDiffered { .. }));
        assert!(!(differs && told.before.gun(gun).differed), "it differed before and was let pass");
    });
}
