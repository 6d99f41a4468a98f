//! A part of a folder as an extract: by label, by day and by case, and what keeps it from being written.

use kernel::{Content, Intent};
use record::bundle::extent::Span;
use record::bundle::extract::{ExtractReport, verify};
use record::label::{Label, LabelKind, parse};
use service::ServiceError;
use service::bundle::{Pages, Wish};
use service::extract::{Extracted, Question, extract};
use service::testkit::{Part, Stage, all};

const NOTHING_MORE: Wish = Wish { names: false, attachments: false, closed_answers: false };

fn label(stage: &Stage, kind: LabelKind, id: record::Id) -> Label {
    parse(&stage.service.view().label(kind, id)).unwrap()
}

fn written(folder: &std::path::Path, question: &Question, wish: Wish) -> Result<Extracted, ServiceError> {
    extract(folder, question, wish, Pages { format: "# The bytes of the record\n", verify: "" }, &mut |_, _| {})
}

fn verified(extracted: &Extracted) -> ExtractReport {
    verify(&extracted.bytes, &record::bundle::Trust::default()).unwrap()
}

#[test]
fn a_guns_extract_comes_with_names_only_where_they_are_wished_for_and_only_with_those_within() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    let labels = vec![label(&stage, LabelKind::Gun, stage.rubber)];
    stage.service.close();
    let question = Question { labels, span: Span::Whole };
    let redacted = written(folder.path(), &question, NOTHING_MORE).unwrap();
    let report = verified(&redacted);
    assert_eq!((redacted.disclosed, report.disclosed), (0, 0));
    assert!(report.redacted >= 1);
    let told = written(folder.path(), &question, Wish { names: true, ..NOTHING_MORE }).unwrap();
    let with_names = verified(&told);
    assert_eq!((with_names.redacted, with_names.disclosed), (0, report.redacted));
    assert_eq!(with_names.extent, report.extent);
    let holds = |extracted: &Extracted, name: &str| extracted.bytes.windows(name.len()).any(|it| it == name.as_bytes());
    // Who registered the rubber copy and where it lies is named; who has nothing to do with it is not.
    let all = ["the armorer", "the performer", "the safety officer", "the property master"];
    let named: Vec<&str> = all.into_iter().filter(|name| holds(&told, name)).collect();
    assert_eq!(named, ["the armorer"]);
    assert!(!all.iter().any(|name| holds(&redacted, name)));
    assert!(report.extent.extracted.len() < 10, "{:?}", report.extent);
    assert!(!report.extent.extracted.is_empty());
}

/// In an extract, too, the witness would read what the checker saw. One in which it is not, is written.
#[test]
fn a_blind_answer_keeps_only_the_extracts_from_being_written_that_it_is_in() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Empty, 6) };
    let first = stage.accepted(Part::Armorer, answer).unwrap().index;
    let gun = Question { labels: vec![label(&stage, LabelKind::Gun, stage.revolver)], span: Span::Whole };
    let rubber = Question { labels: vec![label(&stage, LabelKind::Gun, stage.rubber)], span: Span::Whole };
    assert_eq!(written(folder.path(), &gun, NOTHING_MORE).unwrap_err().code(), "store/in-use");
    stage.service.close();
    let before = Question { labels: Vec::new(), span: Span::Entries { from: 0, to: first } };
    let around = Question { labels: Vec::new(), span: Span::Entries { from: first, to: first + 1 } };
    let day = Question { labels: Vec::new(), span: Span::Day(kernel::Day(1)) };
    for closed in [&gun, &around, &day] {
        let refused = written(folder.path(), closed, NOTHING_MORE).unwrap_err();
        assert!(matches!(refused, ServiceError::AnswerClosed { index } if index == first), "{refused:?}");
        assert!(written(folder.path(), closed, Wish { closed_answers: true, ..NOTHING_MORE }).is_ok());
    }
    for open in [&before, &rubber] {
        assert!(written(folder.path(), open, NOTHING_MORE).is_ok());
    }
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    stage.service.close();
    for opened in [&gun, &around, &day] {
        assert!(written(folder.path(), opened, NOTHING_MORE).is_ok());
    }
}

/// Seven people's devices: each that signed in the extract is enrolled in it, and no other is.
#[test]
fn every_signature_is_checked_by_an_enrolment_that_is_in_the_extract() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    let person = stage.person(Part::Witness).unwrap();
    let labels = vec![label(&stage, LabelKind::Person, person)];
    let size = stage.service.view().size;
    stage.service.close();
    let last = Question { labels: Vec::new(), span: Span::Entries { from: size - 1, to: size } };
    let report = verified(&written(folder.path(), &last, NOTHING_MORE).unwrap());
    assert!(report.extent.beside.contains(&0) && report.signatures >= 2, "{report:?}");
    let of_the_witness = Question { labels, span: Span::Whole };
    let report = verified(&written(folder.path(), &of_the_witness, NOTHING_MORE).unwrap());
    assert_eq!(report.extent.about.persons.len(), 1);
    assert!(report.signatures > 3);
}

#[test]
fn what_is_not_on_the_register_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let place = label(&stage, LabelKind::Place, stage.vault);
    let unknown = record::label::label(LabelKind::Gun, stage.service.view().origin.production(), stage.vault);
    stage.service.close();
    for label in [place, parse(&unknown).unwrap()] {
        let question = Question { labels: vec![label], span: Span::Whole };
        let refused = written(folder.path(), &question, NOTHING_MORE).unwrap_err();
        assert_eq!(refused.code(), "EXTRACT-UNKNOWN-LABEL");
        assert!(refused.remedy().contains("showclear labels"));
    }
    let question = Question { labels: Vec::new(), span: Span::Day(kernel::Day(7)) };
    assert_eq!(written(folder.path(), &question, NOTHING_MORE).unwrap_err().code(), "EXTRACT-NOTHING");
}
