//! Two people and one gun.

use std::sync::Barrier;

use kernel::{Code, Custody, Intent};
use service::testkit::{Part, Stage};

use crate::{codes, in_memory};

#[test]
fn of_two_who_take_one_gun_at_once_one_wins_and_the_other_is_told_who_has_it() {
    let stage = in_memory();
    let gun = stage.revolver;
    let mut won = [0, 0];
    for round in 0..40 {
        let parts = [Part::Armorer, Part::PropertyMaster];
        let start = Barrier::new(2);
        let answers = std::thread::scope(|scope| {
            let ask = |part| {
                let (stage, start) = (&stage, &start);
                scope.spawn(move || {
                    let note = stage.note(part, Intent::TakeOut { gun }).unwrap();
                    start.wait();
                    let answer = stage.send(part, &note).unwrap();
                    stage.recorded(part, &note).unwrap();
                    answer
                })
            };
            parts.map(ask).map(|thread| thread.join().unwrap())
        });
        let winner = usize::from(!answers[0].accepted);
        let loser = 1 - winner;
        assert!(answers[winner].accepted && !answers[loser].accepted, "round {round}: {answers:?}");
        assert_eq!(codes(&answers[loser]), [Code::CustodyHeldByAnother], "round {round}");
        let told = answers[loser].reasons[0].who;
        assert_eq!(told, Some(stage.person(parts[winner]).unwrap()), "round {round}");
        let holder = stage.service.view().state.guns[&gun].custody;
        assert!(matches!(holder, Custody::With { person, .. } if Some(person) == told), "round {round}: {holder:?}");
        won[winner] += 1;
        stage.accepted(parts[winner], Intent::PutAway { gun, place: stage.vault }).unwrap();
    }
    assert_eq!(won[0] + won[1], 40);
}

#[test]
fn the_other_is_told_by_name() {
    let stage = in_memory();
    let gun = stage.revolver;
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let answer = stage.ask(Part::PropertyMaster, Intent::TakeOut { gun }).unwrap();
    let text = stage.service.view().explain(&answer.reasons[0], &|_| "08:00:00".to_owned());
    assert_eq!(text.sentence, "The armorer has the gun, since 08:00:00. You do not.");
    assert_eq!((text.code, text.rule), ("CUSTODY-HELD-BY-ANOTHER", "CUSTODY-1"));
}

#[test]
fn a_gun_goes_from_the_vault_to_the_performer() {
    let stage = in_memory();
    stage.show(kernel::Content::Empty).unwrap();
    let offer = stage.offer().unwrap();
    let answer = stage.take(offer).unwrap();
    assert!(answer.accepted, "{answer:?}");
    let performer = stage.person(Part::Performer).unwrap();
    let custody = stage.service.view().state.guns[&stage.revolver].custody;
    assert!(matches!(custody, Custody::With { person, .. } if person == performer));
    assert_eq!(receipt_of(&stage, &answer), stage.service.view().root);
}

/// The root that a receipt proves its entry under.
fn receipt_of(stage: &Stage, answer: &service::Answer) -> proof::tree::Hash {
    let view = stage.service.view();
    let genesis = match view.entry(0).unwrap() {
        service::EntryView::Open { bytes } => record::entry::Entry::decode(&bytes, &view.origin).unwrap(),
        service::EntryView::Sealed { .. } => panic!("the founding is never sealed"),
    };
    let record::entry::Body::Genesis(genesis) = genesis.body else { panic!("no founding") };
    let key = genesis.log_key.parse().unwrap();
    let receipt = proof::receipt::Receipt::parse(&answer.receipt).unwrap();
    assert_eq!(receipt.index, answer.index);
    let leaf = view.leaf_hash(answer.intent).unwrap();
    receipt.verify(&leaf, stage.service.origin(), &[key]).unwrap().root
}

#[test]
fn many_at_once_are_recorded_once_each_and_in_one_order() {
    let stage = in_memory();
    let before = stage.service.view().size;
    std::thread::scope(|scope| {
        for part in Part::ALL {
            let stage = &stage;
            scope.spawn(move || {
                for _ in 0..20 {
                    let report = Intent::ReportDoubt { gun: stage.revolver };
                    assert!(stage.ask(part, report).unwrap().accepted);
                }
            });
        }
    });
    let view = stage.service.view();
    assert_eq!(view.size - before, 140);
    let decided: Vec<i64> = view.timeline(stage.revolver, 140).iter().map(|line| line.decided_at_ms).collect();
    assert!(decided.windows(2).all(|pair| pair[0] > pair[1]), "time runs forward, entry by entry");
}
