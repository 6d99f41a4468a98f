//! Blind answers: nobody reads one before both have answered alike.

use kernel::{Content, Intent, ShowingState, Status};
use service::testkit::{Part, Stage, all};
use service::{Answer, EntryView, Matter, Recorded};

use crate::in_memory;

fn answer(stage: &Stage, part: Part, check: record::Id, content: Content) -> Answer {
    let intent = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(content, 6) };
    stage.ask(part, intent).unwrap()
}

/// Is the entry closed, by every way out of the record? They must agree.
fn is_closed(stage: &Stage, of: &Answer) -> bool {
    let view = stage.service.view();
    let line = view.timeline(stage.revolver, 100).into_iter().find(|line| line.index == of.index).unwrap();
    let everywhere = view.journal(1_000).into_iter().find(|line| line.index == of.index).unwrap();
    let ways = [
        view.is_sealed(of.index),
        matches!(view.entry(of.index).unwrap(), EntryView::Sealed { leaf_hash, .. } if Some(leaf_hash) == view.leaf_hash(of.intent)),
        matches!(view.answer(of.intent).unwrap(), Recorded::Sealed { .. }),
        line.matter == Matter::Sealed,
        everywhere.matter == Matter::Sealed,
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
    ways[0]
}

/// Whether anything in the view tells what was seen.
fn blanked(stage: &Stage) -> bool {
    let ShowingState::BeingChecked(check) = stage.service.view().state.guns[&stage.revolver].showing else {
        return true;
    };
    let answers = [check.checker_answer, check.witness_answer].into_iter().flatten();
    answers.into_iter().all(|answer| answer.readings.read().is_empty())
}

fn checked(stage: &Stage) -> record::Id {
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    stage.begin_check().unwrap()
}

#[test]
fn the_first_answer_is_closed_until_the_second_agrees() {
    let stage = in_memory();
    let check = checked(&stage);
    let first = answer(&stage, Part::Armorer, check, Content::Empty);
    assert!(first.accepted && is_closed(&stage, &first) && blanked(&stage));
    let second = answer(&stage, Part::Witness, check, Content::Empty);
    assert!(second.accepted && !is_closed(&stage, &first) && !is_closed(&stage, &second));
    let EntryView::Open { bytes } = stage.service.view().entry(first.index).unwrap() else { panic!("sealed") };
    assert!(!bytes.is_empty());
}

#[test]
fn a_view_from_before_stays_closed() {
    let stage = in_memory();
    let check = checked(&stage);
    let first = answer(&stage, Part::Witness, check, Content::Empty);
    let before = stage.service.view();
    answer(&stage, Part::Armorer, check, Content::Empty);
    assert!(before.is_sealed(first.index) && !stage.service.view().is_sealed(first.index));
    assert!(before.entry(first.index + 1).is_none(), "a view does not look beyond its head");
}

#[test]
fn answers_that_differ_stay_closed_until_the_gun_is_put_away() {
    let stage = in_memory();
    let check = checked(&stage);
    let first = answer(&stage, Part::Armorer, check, Content::Empty);
    let second = answer(&stage, Part::Witness, check, Content::Dummy);
    assert!(second.accepted && second.reasons.is_empty(), "who answers second learns nothing from it");
    assert!(is_closed(&stage, &first) && is_closed(&stage, &second) && blanked(&stage));
    let third = answer(&stage, Part::Witness, check, Content::Empty);
    assert!(is_closed(&stage, &third) && blanked(&stage));
    stage.accepted(Part::Armorer, Intent::GiveUpCheck { gun: stage.revolver, check }).unwrap();
    assert!(is_closed(&stage, &first), "to give up opens nothing");
    stage.accepted(Part::Armorer, Intent::PutAway { gun: stage.revolver, place: stage.vault }).unwrap();
    assert!([&first, &second, &third].iter().all(|of| !is_closed(&stage, of)));
}

#[test]
fn a_refused_answer_is_as_closed_as_an_accepted_one() {
    let stage = in_memory();
    let check = checked(&stage);
    let intent = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Dummy, 4) };
    let refused = stage.ask(Part::Armorer, intent).unwrap();
    assert!(!refused.accepted && !refused.reasons.is_empty(), "who asked is told why");
    assert!(is_closed(&stage, &refused), "and nobody else is");
    let accepted = answer(&stage, Part::Armorer, check, Content::Empty);
    assert!(is_closed(&stage, &accepted));
    answer(&stage, Part::Witness, check, Content::Empty);
    assert!(!is_closed(&stage, &refused));
}

#[test]
fn a_repeated_answer_tells_its_own_sender_alone() {
    let stage = in_memory();
    let check = checked(&stage);
    let intent = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Empty, 6) };
    let note = stage.note(Part::Armorer, intent).unwrap();
    let first = stage.send(Part::Armorer, &note).unwrap();
    stage.recorded(Part::Armorer, &note).unwrap();
    let again = stage.send(Part::Armorer, &note).unwrap();
    assert_eq!((again.index, again.accepted, again.repeated), (first.index, true, true));
    assert!(is_closed(&stage, &first));
}

#[test]
fn two_productions_that_differ_in_the_first_reading_alone_look_alike() {
    let seen = [Content::Empty, Content::Dummy, Content::NotSure].map(|content| {
        let stage = in_memory();
        let check = checked(&stage);
        answer(&stage, Part::Armorer, check, content);
        let view = stage.service.view();
        let status = view.cards(stage.service.now_ms());
        let status = status.into_iter().find(|card| card.gun == stage.revolver).unwrap().status;
        assert!(matches!(status, Status::BeingChecked { .. }));
        let options = Part::ALL.map(|part| {
            let session = stage.session(part).unwrap();
            let acts = view.options(&session, stage.revolver, stage.service.now_ms());
            let told = |reason: &record::Reason| view.explain(reason, &|_| "a time".to_owned());
            acts.iter().map(|act| (act.kind, act.reasons.iter().map(told).collect::<Vec<_>>())).collect::<Vec<_>>()
        });
        let lines = view.timeline(stage.revolver, 100).into_iter();
        (options, lines.map(|line| (line.index, line.kind, line.matter == Matter::Sealed)).collect::<Vec<_>>())
    });
    assert!(seen[0] == seen[1] && seen[1] == seen[2]);
}
