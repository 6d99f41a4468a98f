//! Verdicts themselves (design 3).

use core::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::any;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use kernel::{Card, Code, Custody, Event, Intent, State, Status, StopCause, decide, evolve, shown};

use super::{codes, receiver, says_what_is_in_it};
use crate::history::{Told, over_histories};
use crate::renaming::Renaming;
use crate::small_scope::bare;
use crate::stage::{ARMORER, Small, Stage, Who, empty, stop_in};

pub fn a_verdict_is_the_same_each_time_it_is_asked_for() {
    over_histories(|told| {
        let again = decide(told.rules(), &told.before.state, &told.intent, &told.context);
        assert_eq!(&again, told.verdict);
        let copy = told.before.state.clone();
        assert_eq!(&decide(told.rules(), &copy, &told.intent, &told.context), told.verdict);
    });
}

pub fn reasons_are_sorted_by_code_and_none_stands_twice() {
    over_histories(|told| {
        let reasons = &told.verdict.reasons;
        assert!(reasons.is_sorted_by_key(|reason| reason.code));
        for (index, reason) in reasons.iter().enumerate() {
            assert!(!reasons[..index].contains(reason), "{reason:?} stands twice");
        }
    });
}

pub fn how_an_id_looks_decides_nothing() {
    over_histories(no_id_decides());
}

/// Under other ids the same is decided, and the same comes of it.
pub fn no_id_decides() -> impl Fn(&Told) {
    let ids = (any::<(u8, u8)>(), any::<(u8, u8)>(), any::<(u16, u16)>());
    let mut runner = TestRunner::new_with_rng(Default::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut renamings = BTreeMap::new();
    for key in 0..16_u16 {
        let (people, things, acts) = ids.new_tree(&mut runner).unwrap().current();
        renamings.insert(key, Renaming { people, things, acts });
    }
    move |told| {
        let renaming = renamings[&(told.context.act % 16)];
        let (rules, state) = (told.rules(), renaming.state(&told.before.state));
        let (intent, context) = (renaming.intent(&told.intent), renaming.context(&told.context));
        let verdict = decide(rules, &state, &intent, &context);
        let reasons = told.verdict.reasons.iter().map(|reason| renaming.reason(reason)).collect();
        let events = told.verdict.events.iter().map(|event| renaming.event(event)).collect();
        assert_eq!(verdict.accepted, told.verdict.accepted);
        assert_eq!(whatever_the_order(verdict.reasons), whatever_the_order(reasons));
        assert_eq!(whatever_the_order(verdict.events.clone()), whatever_the_order(events));
        let mut after = state.clone();
        verdict.events.iter().for_each(|event| evolve(&mut after, event));
        assert_eq!(after, renaming.state(&told.after.state));
        same_cards(&renaming, told, &state);
    }
}

/// Reasons of one code and events about several things come in the order of their ids.
fn whatever_the_order<T: core::fmt::Debug>(things: Vec<T>) -> Vec<String> {
    let mut told: Vec<String> = things.iter().map(|thing| format!("{thing:?}")).collect();
    told.sort();
    told
}

/// What the exhaustive search of `small_scope.rs` does not tell apart, no verdict tells apart.
pub fn what_is_only_told_decides_nothing() {
    over_histories(|told| {
        // Since when somebody has a gun is asked of what comes late, and of nothing else.
        if codes(told.verdict).contains(&Code::ClockBefore) {
            return;
        }
        let mut state = bare(&told.before.state);
        let verdict = decide(told.rules(), &state, &told.intent, &told.context);
        assert_eq!((verdict.accepted, &verdict.events), (told.verdict.accepted, &told.verdict.events));
        verdict.events.iter().for_each(|event| evolve(&mut state, event));
        assert_eq!(bare(&state), bare(&told.after.state));
    });
}

/// The cards are the same; only of two stops at one moment, for one cause and both inquired into,
/// the one that is named goes by its id.
fn same_cards(renaming: &Renaming, told: &Told, renamed: &State<Small>) {
    let by_gun = |cards: Vec<Card<Small>>| cards.into_iter().map(|card| (card.gun, card)).collect::<BTreeMap<_, _>>();
    let now = told.before.now;
    let here = shown(told.rules(), &told.before.state, now).iter().map(|card| renaming.card(card)).collect();
    let there = shown(told.rules(), renamed, now);
    let first = told.before.state.held_by().map(|(_, stop)| (stop.since, stop.cause));
    let tied = told.before.state.stops.values().filter(|stop| Some((stop.since, stop.cause)) == first).count();
    if tied < 2 {
        assert_eq!(by_gun(here), by_gun(there));
    }
}

/// A law that is never put to the test holds of everything.
pub fn the_histories_reach_what_the_laws_speak_of() {
    let reached: RefCell<BTreeMap<&str, u32>> = RefCell::new(BTreeMap::new());
    over_histories(|told| {
        let mut reached = reached.borrow_mut();
        let mut reach = |what, happened: bool| *reached.entry(what).or_default() += u32::from(happened);
        let accepted = told.verdict.accepted;
        let to_performer = receiver(told)
            .is_some_and(|(gun, to)| told.before.gun(gun).kind.fires() && told.before.state.roles(to).performs());
        reach("offered to a performer", to_performer && matches!(told.intent, Intent::Offer { .. }));
        reach("taken by a performer", to_performer && matches!(told.intent, Intent::Take { .. }));
        let fed = |gun: u8| told.before.gun(gun).is_fed();
        reach("feed loaded", accepted && matches!(told.intent, Intent::LoadFeed { .. }));
        reach("feed emptied", accepted && matches!(told.intent, Intent::EmptyFeed { .. }));
        reach("feed read", accepted && matches!(told.intent, Intent::AnswerFeedCheck { .. }));
        reach("feed unread", codes(told.verdict).contains(&Code::FeedUnread));
        let musket = |gun: u8| told.before.gun(gun).is_muzzle_loader();
        reach("rod run", accepted && matches!(told.intent, Intent::RunRod { .. }));
        reach("primed", accepted && matches!(told.intent, Intent::Prime { .. }));
        reach("barrels read", accepted && matches!(told.intent, Intent::AnswerBarrelCheck { .. }));
        reach("barrels emptied", accepted && matches!(told.intent, Intent::EmptyBarrels { .. }));
        reach("rod unread", codes(told.verdict).contains(&Code::RodUnread));
        reach("muzzle-loader to a performer", to_performer && receiver(told).is_some_and(|(gun, _)| musket(gun)));
        reach("gun with a feed to a performer", to_performer && receiver(told).is_some_and(|(gun, _)| fed(gun)));
        let looks_last = matches!(
            told.intent,
            Intent::LookLast { .. } | Intent::LookLastFeed { .. } | Intent::LookLastBarrels { .. }
        );
        reach("looked at last by the witness", accepted && looks_last);
        reach("loaded", accepted && matches!(told.intent, Intent::Load { .. }));
        reach("put away", accepted && matches!(told.intent, Intent::PutAway { .. }));
        reach("stop lifted", accepted && matches!(told.intent, Intent::CloseInquiry { .. }));
        reach("day opened", accepted && matches!(told.intent, Intent::OpenDay { .. }));
        reach("device enrolled", accepted && matches!(told.intent, Intent::EnrolDevice { .. }));
        reach("refused", !accepted);
        reach("refused with a stop", !accepted && stop_in(&told.verdict.events).is_some());
        let stops = |cause| stop_in(&told.verdict.events) == Some(cause);
        reach("answers differ twice", stops(StopCause::AnswersDifferTwice));
        reach("a round that should not be there", stops(StopCause::UnexpectedRound));
        for card in shown(told.rules(), &told.after.state, told.after.now) {
            let with_performer = matches!(card.custody, Custody::With { person, .. } if person == 3);
            reach("shown empty", matches!(card.status, Status::Empty(_)));
            reach("shown with dummies", matches!(card.status, Status::Dummy { .. }));
            reach("shown with dummies in the feed", matches!(card.status, Status::Dummy { in_feed: Some(1..), .. }));
            reach("shown with blanks in the feed", matches!(card.status, Status::Blank { in_feed: Some(1..), .. }));
            reach("shown primed", matches!(card.status, Status::Blank { primed: Some(1..), .. }));
            reach("shown with blanks", matches!(card.status, Status::Blank { .. }));
            reach("shown in the performer's hands", with_performer && says_what_is_in_it(&card.status));
            reach("matched copy", matches!(card.status, Status::Copy { matched: Some(_), .. }));
        }
    });
    for (what, times) in reached.into_inner() {
        assert!(times >= 10, "{what}: {times} times in all histories");
    }
}

pub fn the_histories_reach_what_the_laws_of_rounds_and_days_speak_of() {
    let reached: RefCell<BTreeMap<&str, u32>> = RefCell::new(BTreeMap::new());
    over_histories(|told| {
        let mut reached = reached.borrow_mut();
        let mut reach = |what, happened: bool| *reached.entry(what).or_default() += u32::from(happened);
        let accepted = told.verdict.accepted;
        reach("scene closed", accepted && matches!(told.intent, Intent::CloseScene));
        reach("closed for lunch", accepted && matches!(told.intent, Intent::CloseForLunch));
        reach("not closed for lunch", !accepted && matches!(told.intent, Intent::CloseForLunch));
        reach("line found clear", accepted && matches!(told.intent, Intent::ClearLine { .. }));
        reach("received", accepted && matches!(told.intent, Intent::ReceiveLot { .. }));
        reach("rostered", accepted && matches!(told.intent, Intent::RosterDuty { .. }));
        let refused_for = |code| !accepted && codes(told.verdict).contains(&code);
        reach("refused after wrap", refused_for(Code::DayWrapped));
        reach("refused for another duty", refused_for(Code::DutyDouble));
        reach("refused without the meeting", refused_for(Code::MeetingNotThere));
        reach("refused for a line that is not clear", refused_for(Code::LineNotCleared));
        reach("refused for a lot that is not verified", refused_for(Code::LotNotVerified));
        for event in &told.verdict.events {
            reach("day wrapped", matches!(event, Event::DayWrapped { .. }));
            reach("lot verified", matches!(event, Event::LotVerified { .. }));
            reach("counts differed", matches!(event, Event::CountsDiffered { .. }));
            reach("round missing", matches!(event, Event::LotHeld { .. }));
            reach("brass missing", matches!(event, Event::BrassMissed { .. }));
            reach("brass lost", matches!(event, Event::BrassLost { .. }));
            reach("re-boxed", matches!(event, Event::LotReboxed { .. }));
            reach("drawn", matches!(event, Event::RoundsDrawn { .. }));
            reach("stowed", matches!(event, Event::RoundsStowed { .. }));
            reach("belt sealed", matches!(event, Event::BeltSealed { .. }));
            reach("loaded from the hand", matches!(event, Event::GunLoadedFromHand { .. }));
            reach("reloaded", matches!(event, Event::GunReloaded { .. }));
            reach("emptied", matches!(event, Event::GunEmptied { .. }));
            reach("tested", matches!(event, Event::BlankTested { .. }));
            reach("issued in a line", matches!(event, Event::GunIssuedInLine { .. }));
            reach("line mustered", matches!(event, Event::LineMustered { .. }));
            reach("musters differed", matches!(event, Event::MustersDiffered { .. }));
            reach("laid before the camera", matches!(event, Event::GunPreset { .. }));
            reach("a box back with its rental house", matches!(event, Event::LotReturned { .. }));
            reach("a gun signed for by its house", matches!(event, Event::GunSignedFor { .. }));
            reach("a magazine swapped", matches!(event, Event::GunFeedSwapped { .. }));
            reach("transferred as scripted", matches!(event, Event::GunTransferred { .. }));
        }
    });
    for (what, times) in reached.into_inner() {
        assert!(times >= 5, "{what}: {times} times in all histories");
    }
}

/// The card of a gun that is being checked is the same whatever was answered; that it would be
/// noticed is shown by a card that is not.
pub fn a_card_tells_empty_from_dummies() {
    let stage = Stage::new().after(&[
        ARMORER.takes_out(1).into(),
        ARMORER.begins_a_check(1, Who(2)).into(),
        ARMORER.answers(1, empty(6)).into(),
    ]);
    assert!(matches!(stage.status(1), Status::BeingChecked { .. }));
    let stage = stage.after(&[Who(2).answers(1, empty(6)).into()]);
    assert!(matches!(stage.status(1), Status::Empty(_)));
}
