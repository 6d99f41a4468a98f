//! Eight phones draw from one lot at once: what is there is drawn, what is not is refused, and nothing
//! is lost.

use std::sync::Barrier;

use kernel::{Code, Event, Intent, LotKind, OutAt};
use record::entry::{Body, Decision, Entry};
use record::{Id, State};
use service::testkit::{Part, Stage};
use service::{Answer, EntryView, View};
use store::fault::{Fault, FaultStore};
use store::memory::MemoryStore;

use crate::{codes, stores};

const PHONES: [Part; 8] = [
    Part::Handler(1),
    Part::Handler(2),
    Part::Handler(3),
    Part::Handler(4),
    Part::Handler(5),
    Part::Handler(6),
    Part::Handler(7),
    Part::Handler(8),
];

const ROUNDS: u32 = 300;

/// A stage with eight handlers besides the armorer, who has the box of a lot of [`ROUNDS`] dummies,
/// verified and counted.
fn with_a_box(nth: u64, fault: Fault) -> (Stage, MemoryStore, Id) {
    let memory = MemoryStore::new();
    let log = FaultStore::new(Box::new(memory.clone()), nth, fault);
    let mut stage = Stage::found_in(stores(Box::new(log))).unwrap();
    PHONES.into_iter().for_each(|part| stage.enter(part).unwrap());
    let lot = stage.receive(LotKind::Dummy, ROUNDS, "DUMMIES B").unwrap();
    stage.verify(lot).unwrap();
    stage.fetch(lot).unwrap();
    (stage, memory, lot)
}

/// How many rounds are in the box, and in anybody's hands.
fn counted(state: &State, lot: Id) -> (u32, u32) {
    let hands = state.out.iter().filter(|((of, _), _)| *of == lot).map(|(_, rounds)| *rounds).sum();
    (state.lots[&lot].rounds, hands)
}

/// Another number each time: for how long a phone gives way to the others.
fn some_steps() -> u64 {
    u64::from(service::random_bytes::<1>().unwrap()[0])
}

/// Signs one draw, and sends it until it is answered, as a phone does.
fn draw(stage: &Stage, part: Part, lot: Id, rounds: u32) -> Answer {
    let note = stage.note(part, Intent::Draw { lot, rounds }).unwrap();
    loop {
        match stage.send(part, &note) {
            Ok(answer) => {
                stage.recorded(part, &note).unwrap();
                return answer;
            }
            Err(error) => assert_eq!(error.code(), "STORE-FAILED"),
        }
    }
}

/// Every phone makes so many draws of so many rounds, all at once, and looks at the board after each.
fn all_draw(stage: &Stage, lot: Id, draws: u32, rounds: u32) -> Vec<Answer> {
    let start = Barrier::new(PHONES.len());
    let phone = &|part| {
        start.wait();
        let draws = (0..draws).map(|_| {
            (0..some_steps()).for_each(|_| std::thread::yield_now());
            let answer = draw(stage, part, lot, rounds);
            let (boxed, hands) = counted(&stage.service.view().state, lot);
            assert_eq!(boxed.checked_add(hands), Some(ROUNDS), "at every head all rounds are somewhere");
            answer
        });
        draws.collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let threads = PHONES.map(|part| scope.spawn(move || phone(part)));
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn decision(view: &View, index: u64) -> Option<Box<Decision>> {
    let EntryView::Open { bytes } = view.entry(index).unwrap() else { panic!("entry {index} is sealed") };
    match Entry::decode(&bytes, &view.origin).unwrap().body {
        Body::Decision(decision) => Some(decision),
        Body::Genesis(_) | Body::Carried(_) | Body::Notice(_) => None,
    }
}

/// Goes through the record from `first` on: what was drawn was there, and only what was not there was
/// refused. Gives how many draws were granted and refused.
fn history(view: &View, first: u64, lot: Id) -> (u32, u32) {
    let (mut left, mut granted, mut refused) = (ROUNDS, 0, 0);
    for decision in (first..view.size).filter_map(|index| decision(view, index)) {
        let Intent::Draw { lot: of, rounds: asked } = decision.intent.said.intent else { continue };
        assert_eq!(of, lot);
        let by = decision.intent.said.by.unwrap();
        if decision.accepted {
            assert_eq!(decision.events, [Event::RoundsDrawn { lot, person: by, rounds: asked }]);
            left = left.checked_sub(asked).expect("below zero");
            granted += 1;
        } else {
            assert!(left < asked && decision.events.is_empty(), "{left} were there, and {asked} were refused");
            refused += 1;
        }
    }
    assert_eq!(left, counted(&view.state, lot).0);
    (granted, refused)
}

fn how_many(answers: &[Answer], are: impl Fn(&Answer) -> bool) -> u32 {
    answers.iter().map(|answer| u32::from(are(answer))).sum()
}

/// Plays it, and holds answers, state and history against each other.
fn plays(stage: &Stage, memory: &MemoryStore, lot: Id, draws: u32, rounds: u32) {
    let before = stage.service.view().size;
    let answers = all_draw(stage, lot, draws, rounds);
    assert!(answers.iter().all(|answer| answer.accepted || codes(answer) == [Code::LoadLotShort]));
    let (granted, refused) = (how_many(&answers, |it| it.accepted), how_many(&answers, |it| !it.accepted));
    assert_eq!((granted * rounds, refused * rounds), (300, 100), "{granted} granted, {refused} refused");
    let view = stage.service.view();
    assert_eq!(counted(&view.state, lot), (0, ROUNDS));
    assert_eq!(history(&view, before, lot), (granted, refused));
    assert_eq!(view.size, before + u64::from(granted + refused), "each attempt stands in the record once");
    for part in PHONES {
        let person = stage.person(part).unwrap();
        let by = |answer: &Answer| decision(&view, answer.index).unwrap().intent.said.by;
        let mine = how_many(&answers, |answer| answer.accepted && by(answer) == Some(person));
        assert_eq!(view.state.out_at(lot, OutAt::Person(person)), mine * rounds, "{part:?}");
    }
    verifies(memory);
}

/// The record holds for whoever verifies it: every signature, and every verdict again.
fn verifies(memory: &MemoryStore) {
    use store::Store;
    let mut memory = memory.clone();
    let entries = memory.entries(0, u64::MAX).unwrap();
    let mut verifier = record::verify::Verifier::begin(&entries[0]).unwrap();
    entries[1..].iter().for_each(|entry| drop(verifier.entry(entry).unwrap()));
    let report = verifier.finish(&memory.checkpoint().unwrap().unwrap().note, None).unwrap();
    assert_eq!(report.replayed, record::verify::Replayed::Replayed);
}

#[test]
fn eight_phones_draw_fifty_each_from_a_lot_of_three_hundred() {
    for _ in 0..2 {
        let (stage, memory, lot) = with_a_box(0, Fault::Lost);
        plays(&stage, &memory, lot, 50, 1);
    }
    for _ in 0..3 {
        let (stage, memory, lot) = with_a_box(0, Fault::Lost);
        plays(&stage, &memory, lot, 1, 50);
    }
}

#[test]
fn neither_a_lost_write_nor_a_kept_one_changes_what_is_drawn() {
    let (stage, _, _) = with_a_box(0, Fault::Lost);
    let written = stage.service.view().size;
    for fault in [Fault::Lost, Fault::KeptUnacknowledged] {
        // The eight wait for their answers, so 400 draws are at least 50 writes.
        for nth in [1, 1 + some_steps() % 45] {
            let (stage, memory, lot) = with_a_box(written + nth, fault);
            plays(&stage, &memory, lot, 50, 1);
        }
        let (stage, memory, lot) = with_a_box(written + 1, fault);
        plays(&stage, &memory, lot, 1, 50);
    }
}
