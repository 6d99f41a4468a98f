//! Clocks that are wrong, and clocks that jump.

use kernel::{Code, Content, Doubt, Intent, Status};
use record::Millis;
use service::Clock;
use service::testkit::{Part, Stage};

use crate::{codes, in_memory};

const THREE_HOURS_MS: i64 = 10_800_000;

fn status(stage: &Stage) -> Status<record::Real> {
    let view = stage.service.view();
    let cards = view.cards(stage.service.now_ms());
    cards.into_iter().find(|card| card.gun == stage.revolver).unwrap().status
}

#[test]
fn a_device_three_hours_off_may_report_but_not_ask() {
    for (off, code) in [(-THREE_HOURS_MS, Code::ClockAskLate), (THREE_HOURS_MS, Code::ClockAhead)] {
        let stage = in_memory();
        let ask = |intent| {
            let mut said = stage.said(Part::Armorer, intent).unwrap();
            said.claimed_at = Millis(said.claimed_at.0 + off);
            let note = stage.sign(Part::Armorer, &said).unwrap();
            let answer = stage.send(Part::Armorer, &note).unwrap();
            stage.recorded(Part::Armorer, &note).unwrap();
            answer
        };
        let asked = ask(Intent::TakeOut { gun: stage.revolver });
        assert_eq!((asked.accepted, codes(&asked)), (false, vec![code]));
        let reported = ask(Intent::ReportOutOfSight { gun: stage.revolver });
        assert!(reported.accepted, "{reported:?}");
    }
}

#[test]
fn a_showing_lapses_without_anybody_doing_anything() {
    let stage = in_memory();
    stage.show(Content::Empty).unwrap();
    stage.clock.advance(299_000);
    assert!(matches!(status(&stage), Status::Empty(_)));
    stage.clock.advance(1_000);
    assert!(matches!(status(&stage), Status::Unknown { why: Doubt::TimeLapsed, .. }));
}

#[test]
fn a_clock_that_jumps_is_recorded_and_voids_what_was_shown() {
    for off in [-THREE_HOURS_MS, THREE_HOURS_MS, 2_001, -2_001] {
        let stage = in_memory();
        stage.show(Content::Empty).unwrap();
        let size = stage.service.view().size;
        stage.clock.jump(off);
        let report = stage.ask(Part::Producer, Intent::ReportReturned { person: stage.person(Part::Witness).unwrap() });
        assert_eq!(report.unwrap().index, size + 1, "a notice stands before the decision");
        let Status::Unknown { why, .. } = status(&stage) else { panic!("still shown") };
        assert_eq!(why, Doubt::ClockJumped, "{off}");
        let service::EntryView::Open { bytes } = stage.service.view().entry(size).unwrap() else { panic!("sealed") };
        assert!(String::from_utf8(bytes).unwrap().contains("clock_jumped"));
        // Once is enough.
        stage.ask(Part::Producer, Intent::ReportBreak).unwrap();
        assert_eq!(stage.service.view().size, size + 3);
    }
}

#[test]
fn two_seconds_are_no_jump() {
    let stage = in_memory();
    let size = stage.service.view().size;
    stage.clock.jump(2_000);
    stage.ask(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    assert_eq!(stage.service.view().size, size + 1);
}

#[test]
fn a_wall_clock_set_back_lengthens_no_showing() {
    let stage = in_memory();
    stage.show(Content::Empty).unwrap();
    let shown_at = stage.service.now_ms();
    stage.clock.jump(-THREE_HOURS_MS);
    assert_eq!(stage.service.now_ms(), shown_at);
    stage.clock.advance(300_000);
    assert_eq!(stage.service.now_ms(), shown_at + 300_000);
    assert!(matches!(status(&stage), Status::Unknown { .. }));
    // The wall is hours behind, and yet time runs forward in the record.
    let late = stage.ask(Part::Armorer, Intent::ReportDoubt { gun: stage.revolver }).unwrap();
    assert!(late.decided_at_ms > stage.clock.now_ms());
    assert!(late.decided_at_ms >= shown_at + 300_000);
}

#[test]
fn a_service_that_wakes_before_its_last_entry_believes_nothing_that_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    assert!(matches!(status(&stage), Status::Empty(_)));
    let size = stage.service.view().size;
    stage.clock.jump(-THREE_HOURS_MS);
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.view().size, size + 1);
    assert!(matches!(status(&stage), Status::Unknown { why: Doubt::ClockJumped, .. }));
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.view().size, size + 2, "as long as the clock is behind, each start says so");
}
