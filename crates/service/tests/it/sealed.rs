//! Blind answers: nobody reads one before both have answered alike.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use kernel::{Content, Intent, Method, Occasion, ShowingState, Status, Tally};
use service::testkit::{Part, Stage, all};
use service::{Answer, EntryView, Matter, Recorded, View};

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
fn answers_that_differ_stay_closed_until_the_day_is_wrapped() {
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
    let all = [&first, &second, &third];
    assert!(all.iter().all(|of| is_closed(&stage, of)), "the next check of it could be answered by them");
    stage.wrap().unwrap();
    assert!(all.iter().all(|of| !is_closed(&stage, of)));
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

/// What was said of a feed or a barrel is an answer as well, whatever gun it was said of.
#[test]
fn what_is_said_of_a_feed_or_a_barrel_is_as_closed_as_what_is_said_of_a_chamber() {
    let stage = in_memory();
    let check = checked(&stage);
    let (gun, readings, to) = (stage.revolver, all(Content::Empty, 6), stage.person(Part::Performer).unwrap());
    let feed = kernel::FeedReading { method: kernel::Method::RemovedSeen, saw: Tally { dummy: 3, ..Tally::default() } };
    let said = [
        (Part::Armorer, Intent::AnswerFeedCheck { gun, check, readings, feed }),
        (Part::Armorer, Intent::IssueFeedInLine { gun, line: check, to, readings, feed }),
        (Part::Witness, Intent::ConfirmFeedInLine { gun, issue: check, to, readings, feed }),
    ];
    let charged = kernel::BarrelReading { rod: kernel::Rod::AboveMark, primed: true };
    let rods = kernel::BarrelReadings::default().with(1, charged);
    let of_barrels = [
        (Part::Armorer, Intent::AnswerBarrelCheck { gun, check, rods }),
        (Part::Armorer, Intent::IssueBarrelsInLine { gun, line: check, to, rods }),
        (Part::Witness, Intent::ConfirmBarrelsInLine { gun, issue: check, to, rods }),
    ];
    let said = said.into_iter().chain(of_barrels);
    let closed: Vec<Answer> = said.map(|(part, intent)| stage.ask(part, intent).unwrap()).collect();
    assert!(closed.iter().all(|answer| is_closed(&stage, answer)));
    answer(&stage, Part::Armorer, check, Content::Empty);
    answer(&stage, Part::Witness, check, Content::Empty);
    assert!(!closed.iter().any(|answer| is_closed(&stage, answer)), "both have answered");
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

// Counts, lines and musters. What was answered is looked for in everything that a view gives out.

/// A tally that nothing else on the stage looks like, and how it reads in the record and in a state.
const ODD: Tally = Tally { live: 0, blank: 54_321, dummy: 0, spent: 0, misfired: 0, not_sure: 0 };
const ODD_TALLY: [&str; 2] = ["\"blank\":54321", "blank: 54321"];

/// A seal that nothing else bears.
const ODD_SEAL: u32 = 918_273_645;

/// Everything that a view gives out to anybody, as text: states of now and of before, both lists of
/// lines, entries with the notes in them, answers, cards, open acts and open things.
fn everything(view: &View, stage: &Stage) -> String {
    let mut told = format!("{:?}{:?}", view.state, view.journal(10_000));
    let things = view.state.guns.keys().chain(view.state.lots.keys());
    things.for_each(|thing| told += &format!("{:?}", view.timeline(*thing, 10_000)));
    let now = stage.service.now_ms();
    told += &format!("{:?}{:?}", view.cards(now), kernel::open_items(&view.state));
    for part in Part::ALL {
        let session = stage.session(part).unwrap();
        view.state.guns.keys().for_each(|gun| told += &format!("{:?}", view.options(&session, *gun, now)));
    }
    for index in 0..view.size {
        told += &format!("{:?}", view.state_as_of(index + 1));
        let EntryView::Open { bytes } = view.entry(index).unwrap() else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let note = BASE64.decode(text.lines().nth(2).unwrap()).unwrap_or_default();
        told += &(text + &String::from_utf8(note).unwrap());
    }
    for line in view.journal(10_000) {
        told += &format!("{:?}", view.answer(line.intent));
    }
    told
}

/// Is any of it to be read anywhere?
fn tells(stage: &Stage, needles: &[&str]) -> bool {
    let told = everything(&stage.service.view(), stage);
    needles.iter().any(|needle| told.contains(needle))
}

/// Is the entry closed, by every way out of the record that leads to it by its place or its intent?
fn closed(stage: &Stage, of: &Answer) -> bool {
    let view = stage.service.view();
    let line = view.journal(10_000).into_iter().find(|line| line.index == of.index).unwrap();
    let ways = [
        view.is_sealed(of.index),
        matches!(view.entry(of.index).unwrap(), EntryView::Sealed { .. }),
        matches!(view.answer(of.intent).unwrap(), Recorded::Sealed { .. }),
        line.matter == Matter::Sealed,
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
    ways[0]
}

fn counts(stage: &Stage, part: Part, count: record::Id, tally: Tally, seal: Option<u32>) -> Answer {
    let method = Method::RemovedSeenShaken;
    stage.ask(part, Intent::AnswerCount { lot: stage.dummies, count, tally, method, seal }).unwrap()
}

#[test]
fn a_count_is_closed_until_both_have_counted_alike() {
    for (first, second) in [(Part::Armorer, Part::Witness), (Part::Witness, Part::Armorer)] {
        let stage = in_memory();
        let count = stage.begin_count(stage.dummies, Occasion::Receipt).unwrap();
        let tally = stage.expected(stage.dummies).unwrap();
        let seal = ODD_SEAL.to_string();
        let one = counts(&stage, first, count, tally, Some(ODD_SEAL));
        assert!(one.accepted && one.reasons.is_empty() && closed(&stage, &one));
        let needles = [seal.as_str(), "\"dummy\":50", "dummy: 50"];
        assert!(!tells(&stage, &needles));
        let before = stage.service.view();
        let two = counts(&stage, second, count, tally, Some(ODD_SEAL));
        assert!(two.accepted && !closed(&stage, &one) && !closed(&stage, &two));
        assert!(needles.iter().all(|needle| tells(&stage, &[needle])), "what is looked for can be found");
        let told = everything(&before, &stage);
        assert!(!needles.iter().any(|needle| told.contains(needle)), "a view from before stays closed");
        assert_eq!(stage.service.view().state.lots[&stage.dummies].seal, Some(ODD_SEAL));
    }
}

#[test]
fn counts_that_differ_stay_closed_through_the_second_look_and_the_stop() {
    let stage = in_memory();
    let count = stage.begin_count(stage.dummies, Occasion::Issue).unwrap();
    let right = stage.expected(stage.dummies).unwrap();
    let one = counts(&stage, Part::Armorer, count, ODD, None);
    let two = counts(&stage, Part::Witness, count, right, None);
    assert!(two.accepted && two.reasons.is_empty(), "who counts second learns nothing from it");
    assert!([&one, &two].iter().all(|of| closed(&stage, of)) && !tells(&stage, &ODD_TALLY));
    let three = counts(&stage, Part::Witness, count, right, None);
    assert!(closed(&stage, &three));
    let four = counts(&stage, Part::Armorer, count, ODD, None);
    assert!(four.accepted && !stage.service.view().state.stops.is_empty(), "differing twice stops everything");
    assert!([&one, &two, &three, &four].iter().all(|of| closed(&stage, of)) && !tells(&stage, &ODD_TALLY));
    // A count that agrees opens all of them.
    stage.count(stage.dummies, Occasion::Issue).unwrap();
    assert!([&one, &two, &three, &four].iter().all(|of| !closed(&stage, of)));
    assert!(ODD_TALLY.iter().all(|needle| tells(&stage, &[needle])));
}

#[test]
fn a_count_that_was_given_up_opens_nothing() {
    let stage = in_memory();
    let lot = stage.dummies;
    let count = stage.begin_count(lot, Occasion::Issue).unwrap();
    let one = counts(&stage, Part::Witness, count, ODD, Some(ODD_SEAL));
    stage.accepted(Part::Armorer, Intent::GiveUpCount { lot, count }).unwrap();
    let again = stage.begin_count(lot, Occasion::Issue).unwrap();
    let two = counts(&stage, Part::Witness, again, ODD, Some(ODD_SEAL));
    let needles = [ODD_TALLY[0], ODD_TALLY[1], "918273645"];
    assert!(closed(&stage, &one) && closed(&stage, &two) && !tells(&stage, &needles));
}

#[test]
fn a_refused_count_is_as_closed_as_an_accepted_one() {
    let stage = in_memory();
    let count = stage.begin_count(stage.dummies, Occasion::Issue).unwrap();
    let absurd = Tally { blank: u32::MAX, ..ODD };
    let third = counts(&stage, Part::FirstAd, count, ODD, None);
    let never = counts(&stage, Part::Armorer, stage.fresh_id(), ODD, Some(ODD_SEAL));
    let absurd = counts(&stage, Part::Armorer, count, absurd, None);
    let refused = [&third, &never, &absurd];
    assert!(refused.iter().all(|of| !of.accepted && !of.reasons.is_empty() && closed(&stage, of)));
    let needles = [ODD_TALLY[0], ODD_TALLY[1], "918273645", "4294967295"];
    assert!(!tells(&stage, &needles));
    let right = stage.expected(stage.dummies).unwrap();
    counts(&stage, Part::Armorer, count, right, None);
    assert!(refused.iter().all(|of| closed(&stage, of)) && !tells(&stage, &needles));
    counts(&stage, Part::Witness, count, right, None);
    assert!(refused.iter().all(|of| !closed(&stage, of)));
    assert!(needles.iter().all(|needle| tells(&stage, &[needle])));
}

/// What a page asks in advance must not tell the second what the first has counted.
#[test]
fn what_would_be_refused_tells_nothing_of_the_first_count() {
    let asked = [(50, 0), (49, 0), (50, 7), (0, 0)].map(|(dummy, spent)| {
        let stage = in_memory();
        let (lot, method) = (stage.dummies, Method::RemovedSeenShaken);
        let count = stage.begin_count(lot, Occasion::Wrap).unwrap();
        let tally = Tally { dummy, spent, ..Tally::default() };
        assert!(counts(&stage, Part::Armorer, count, tally, Some(1)).accepted);
        let view = stage.service.view();
        let session = stage.session(Part::Witness).unwrap();
        let tallies = [Tally { dummy: 50, ..Tally::default() }, ODD, Tally::default()];
        tallies.map(|tally| {
            [None, Some(1), Some(2)].map(|seal| {
                let intent = Intent::AnswerCount { lot, count, tally, method, seal };
                let reasons = view.against(&session, &intent, stage.service.now_ms());
                reasons.iter().map(|reason| reason.code).collect::<Vec<_>>()
            })
        })
    });
    assert!(asked.iter().all(|of| *of == asked[0]), "{asked:?}");
    assert_eq!(asked[0][0], [vec![kernel::Code::CountNoSeal], vec![], vec![]]);
}

/// The armorer has the revolver on the set, and walks a line with the witness.
fn in_line(stage: &Stage) -> record::Id {
    let gun = stage.revolver;
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    stage.call_to_set(gun).unwrap();
    let witness = stage.person(Part::Witness).unwrap();
    stage.accepted(Part::Armorer, Intent::BeginLine { witness }).unwrap().intent
}

fn issues(stage: &Stage, line: record::Id, content: Content) -> Answer {
    let to = stage.person(Part::Performer).unwrap();
    stage.ask(Part::Armorer, Intent::IssueInLine { gun: stage.revolver, line, to, readings: all(content, 6) }).unwrap()
}

fn confirms(stage: &Stage, issue: record::Id, content: Content) -> Answer {
    let to = stage.person(Part::Performer).unwrap();
    stage
        .ask(Part::Witness, Intent::ConfirmInLine { gun: stage.revolver, issue, to, readings: all(content, 6) })
        .unwrap()
}

/// Nothing else on the stage reads so.
const SNAP_CAPS: [&str; 2] = ["\"saw\":\"snap_cap\"", "content: SnapCap"];

#[test]
fn a_reading_in_a_line_is_closed_until_the_witness_reads_the_same() {
    let stage = in_memory();
    let line = in_line(&stage);
    let needles = ["\"saw\":\"empty\"", "content: Empty"];
    let one = issues(&stage, line, Content::Empty);
    assert!(one.accepted && closed(&stage, &one) && blanked(&stage) && !tells(&stage, &needles));
    assert!(is_closed(&stage, &one), "in the timeline of the gun as well");
    let two = confirms(&stage, one.intent, Content::Empty);
    assert!(two.accepted && !is_closed(&stage, &one) && !is_closed(&stage, &two));
    assert!(needles.iter().all(|needle| tells(&stage, &[needle])), "what is looked for can be found");
}

#[test]
fn readings_in_a_line_that_differ_or_are_refused_stay_closed_when_the_gun_is_put_away() {
    let stage = in_memory();
    let line = in_line(&stage);
    let strange = issues(&stage, stage.fresh_id(), Content::SnapCap);
    assert!(!strange.accepted && is_closed(&stage, &strange), "of no line");
    let one = issues(&stage, line, Content::SnapCap);
    let two = confirms(&stage, one.intent, Content::Empty);
    let three = confirms(&stage, stage.fresh_id(), Content::SnapCap);
    assert!(one.accepted && two.accepted && !three.accepted);
    assert!(two.reasons.is_empty(), "who reads second learns nothing from it");
    let all = [&strange, &one, &two, &three];
    assert!(all.iter().all(|of| is_closed(&stage, of)) && blanked(&stage) && !tells(&stage, &SNAP_CAPS));
    stage.accepted(Part::Armorer, Intent::PutAway { gun: stage.revolver, place: stage.vault }).unwrap();
    assert!(all.iter().all(|of| is_closed(&stage, of)) && !tells(&stage, &SNAP_CAPS));
}

#[test]
fn a_muster_is_closed_until_both_have_counted_the_guns() {
    let odd = 31_337;
    let needles = ["\"guns\":31337", "guns: 31337"];
    let muster = |stage: &Stage, part, line, guns| stage.ask(part, Intent::MusterLine { line, guns }).unwrap();
    let stage = in_memory();
    let line = in_line(&stage);
    let refused = muster(&stage, Part::FirstAd, line, odd);
    let one = muster(&stage, Part::Armorer, line, odd);
    let twice = muster(&stage, Part::Armorer, line, odd);
    assert!(!refused.accepted && one.accepted && !twice.accepted);
    let two = muster(&stage, Part::Witness, line, 0);
    assert!(two.accepted && two.reasons.is_empty(), "who counts second learns nothing from it");
    let all = [&refused, &one, &twice, &two];
    assert!(all.iter().all(|of| closed(&stage, of)) && !tells(&stage, &needles));
    assert!(stage.service.view().state.lines[&line].again, "both count again");
    let three = muster(&stage, Part::Witness, line, 0);
    assert!(closed(&stage, &three) && !tells(&stage, &["\"guns\":0", "guns: 31337"]));
    let four = muster(&stage, Part::Armorer, line, 0);
    assert!(four.accepted && !stage.service.view().state.lines.contains_key(&line));
    assert!(all.iter().chain([&&three, &&four]).all(|of| !closed(&stage, of)));
    assert!(needles.iter().all(|needle| tells(&stage, &[needle])));
}
