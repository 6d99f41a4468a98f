//! A night shoot is one production day: nothing asks for the date on the wall.

use kernel::{Content, Day, Doubt, Intent, Occasion, Role, Status};
use record::Millis;
use service::testkit::{CALL_MS, Part, Stage};

use crate::in_memory;

const MINUTE_MS: u64 = 60_000;
/// The stage's call is at eight in the morning; midnight is sixteen hours later.
const MIDNIGHT_MS: i64 = CALL_MS + 16 * 60 * 60_000;

/// Lets time pass until so long before midnight, or after it.
fn at(stage: &Stage, after_midnight_ms: i64) {
    let left = MIDNIGHT_MS + after_midnight_ms - stage.service.now_ms();
    stage.clock.advance(u64::try_from(left).unwrap());
}

fn status(stage: &Stage) -> Status<record::Real> {
    let cards = stage.service.view().cards(stage.service.now_ms());
    cards.into_iter().find(|card| card.gun == stage.revolver).unwrap().status
}

#[test]
fn a_check_a_handover_and_a_showing_cross_midnight() {
    let stage = in_memory();
    let gun = stage.revolver;
    at(&stage, -3 * 60_000);
    stage.show(Content::Empty).unwrap();
    assert!(matches!(status(&stage), Status::Empty(_)));
    // Signed before midnight, decided after it: by fifteen seconds, and not by a day.
    stage.call_to_set(gun).unwrap();
    at(&stage, -10_000);
    let offer = Intent::Offer { gun, to: stage.person(Part::Performer).unwrap() };
    let said = stage.said(Part::Armorer, offer).unwrap();
    let note = stage.sign(Part::Armorer, &said).unwrap();
    at(&stage, 5_000);
    let answer = stage.send(Part::Armorer, &note).unwrap();
    stage.recorded(Part::Armorer, &note).unwrap();
    assert!(answer.accepted, "{answer:?}");
    assert!(stage.take(answer.intent).unwrap().accepted);
    assert!(matches!(status(&stage), Status::Empty(_)), "{:?}", status(&stage));
    // The showing lapses five minutes after it was made, on the other date, and not at midnight.
    at(&stage, 2 * 60_000 - 1_000);
    assert!(matches!(status(&stage), Status::Empty(_)));
    at(&stage, 2 * 60_000 + 1_000);
    assert!(matches!(status(&stage), Status::Unknown { why: Doubt::TimeLapsed, .. }), "{:?}", status(&stage));
}

#[test]
fn roles_the_meeting_and_the_roster_hold_until_a_wrap_at_four_in_the_morning() {
    let stage = in_memory();
    let gun = stage.revolver;
    at(&stage, -2 * 60 * 60_000);
    let (person, role) = (stage.person(Part::Armorer).unwrap(), Role::Props);
    let (from, until) = (Millis(MIDNIGHT_MS - 60 * 60_000), Millis(MIDNIGHT_MS + 60 * 60_000));
    stage.accepted(Part::Producer, Intent::RosterDuty { person, role, from, until }).unwrap();
    at(&stage, 30 * 60_000);
    let busy = stage.ask(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    assert!(!busy.accepted, "the duty goes on over midnight");
    at(&stage, 61 * 60_000);
    stage.show(Content::Empty).unwrap();
    let offer = stage.offer().unwrap();
    assert!(stage.take(offer).unwrap().accepted, "at the meeting of the evening before");
    stage.clock.advance(MINUTE_MS);
    stage.accepted(Part::Armorer, Intent::TakeBack { gun }).unwrap();
    stage.accepted(Part::Armorer, Intent::PutAway { gun, place: stage.vault }).unwrap();
    at(&stage, 4 * 60 * 60_000);
    for lot in [stage.dummies, stage.blanks] {
        if stage.service.view().state.lots[&lot].opened {
            stage.count(lot, Occasion::Wrap).unwrap();
        }
        stage.accepted(Part::Armorer, Intent::PutAwayLot { lot, place: stage.case }).unwrap();
    }
    stage.accepted(Part::FirstAd, Intent::CloseScene).unwrap();
    stage.accepted(Part::FirstAd, Intent::Wrap).unwrap();
    let view = stage.service.view();
    assert_eq!(view.state.day, Some(Day(1)));
    let four = MIDNIGHT_MS + 4 * 60 * 60_000;
    assert!(view.state.wrapped.is_some_and(|at| (four..four + 1_000).contains(&at.0)), "{:?}", view.state.wrapped);
}
