//! What is taken, what is not, and what comes back the second time.

use kernel::{Code, Intent, Look, Proven};
use record::Id;
use record::device::SimulatedDevice;
use record::intent::Link;
use record::label::LabelKind;
use service::testkit::{Part, Stage};
use service::{Answer, Matter, Recorded, Session, Standing, SubmitError};

use crate::{codes, in_memory, refused_by_service};

fn take_out(stage: &Stage) -> Intent<record::Real> {
    Intent::TakeOut { gun: stage.revolver }
}

#[test]
fn the_same_intent_again_gives_the_recorded_verdict() {
    let stage = in_memory();
    let note = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    let first = stage.send(Part::Armorer, &note).unwrap();
    stage.recorded(Part::Armorer, &note).unwrap();
    stage.accepted(Part::Armorer, Intent::PutAway { gun: stage.revolver, place: stage.vault }).unwrap();
    let size = stage.service.view().size;
    // Also with nobody logged in any more: it was recorded with somebody.
    for standing in [Standing::Session(stage.session(Part::Armorer).unwrap()), Standing::Nobody] {
        let again = stage.service.submit_blocking(note.clone(), standing).unwrap();
        assert!(again.repeated && !first.repeated);
        let same = |answer: &Answer| (answer.intent, answer.index, answer.accepted, answer.decided_at_ms);
        assert_eq!(same(&again), same(&first));
    }
    assert_eq!(stage.service.view().size, size);
    let Some(Recorded::Open(read)) = stage.service.view().answer(first.intent) else { panic!("not open") };
    assert_eq!((read.index, read.accepted), (first.index, true));
}

#[test]
fn a_refusal_comes_back_with_its_reasons() {
    let stage = in_memory();
    let note = stage.note(Part::Performer, take_out(&stage)).unwrap();
    let first = stage.send(Part::Performer, &note).unwrap();
    assert_eq!((first.accepted, codes(&first)), (false, vec![Code::CustodyNotHandler]));
    let again = stage.send(Part::Performer, &note).unwrap();
    assert_eq!((again.accepted, codes(&again), again.repeated), (false, vec![Code::CustodyNotHandler], true));
}

#[test]
fn the_same_id_over_another_text_is_refused() {
    let stage = in_memory();
    let said = stage.said(Part::Armorer, take_out(&stage)).unwrap();
    let note = stage.sign(Part::Armorer, &said).unwrap();
    stage.send(Part::Armorer, &note).unwrap();
    stage.recorded(Part::Armorer, &note).unwrap();
    let mut other = stage.said(Part::Armorer, Intent::TakeBack { gun: stage.revolver }).unwrap();
    other.id = said.id;
    let other = stage.sign(Part::Armorer, &other).unwrap();
    let error = refused_by_service(stage.send(Part::Armorer, &other));
    assert_eq!(error.code(), "INTENT-ID-TAKEN");
}

#[test]
fn a_gap_and_a_fork_in_a_devices_chain_say_what_is_missing() {
    let stage = in_memory();
    let early = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    let next = stage.said(Part::Armorer, take_out(&stage)).unwrap().link.unwrap();
    let send = |link: Link| {
        let mut said = stage.said(Part::Armorer, take_out(&stage)).unwrap();
        said.link = Some(link);
        let note = stage.sign(Part::Armorer, &said).unwrap();
        refused_by_service(stage.send(Part::Armorer, &note))
    };
    let gap = send(Link { dseq: next.dseq + 2, ..next });
    assert!(
        matches!(gap, SubmitError::OrderGap { expected, found } if (expected, found) == (next.dseq, next.dseq + 2))
    );
    assert!(gap.remedy().contains(&format!("intent {}", next.dseq)), "{}", gap.remedy());
    let before = send(Link { dseq: next.dseq - 1, ..next });
    assert!(matches!(before, SubmitError::OrderFork { .. }), "{before:?}");
    let other_past = send(Link { prev: Some(proof::tree::Hash([9; 32])), ..next });
    assert!(matches!(other_past, SubmitError::OrderFork { .. }), "{other_past:?}");
    let mut loose = stage.said(Part::Armorer, take_out(&stage)).unwrap();
    loose.link = None;
    let loose = stage.sign(Part::Armorer, &loose).unwrap();
    assert_eq!(refused_by_service(stage.send(Part::Armorer, &loose)).code(), "ORDER-MISSING");
    // None of them took the place of the one that belongs there.
    assert!(stage.send(Part::Armorer, &early).unwrap().accepted);
}

#[test]
fn reordered_intents_are_taken_in_the_order_in_which_they_were_signed() {
    let stage = in_memory();
    let first = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    stage.recorded(Part::Armorer, &first).unwrap();
    let second = stage.note(Part::Armorer, Intent::ReportOutOfSight { gun: stage.revolver }).unwrap();
    stage.recorded(Part::Armorer, &second).unwrap();
    assert_eq!(refused_by_service(stage.send(Part::Armorer, &second)).code(), "ORDER-GAP");
    assert!(stage.send(Part::Armorer, &first).unwrap().accepted);
    assert!(stage.send(Part::Armorer, &second).unwrap().accepted);
}

#[test]
fn what_no_enrolled_device_signed_is_not_taken() {
    let stage = in_memory();
    let size = stage.service.view().size;
    let send = |note: Vec<u8>| {
        let standing = Standing::Session(stage.session(Part::Armorer).unwrap());
        stage.service.submit_blocking(note, standing).unwrap_err().code()
    };
    let note = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    let text = String::from_utf8(note.clone()).unwrap();
    assert_eq!(send(text.replace("take_out", "take_back").into_bytes()), "SIGNATURE-WRONG");

    let stranger = SimulatedDevice::new(&stage.service.view().origin, [3; 32]).unwrap();
    let said = stage.said(Part::Armorer, take_out(&stage)).unwrap();
    assert_eq!(send(stranger.sign(&said).unwrap()), "KEY-UNKNOWN");
    let mut brought = said.clone();
    brought.key = Some(*stranger.public());
    assert_eq!(send(stranger.sign(&brought).unwrap()), "KEY-UNKNOWN");

    let elsewhere = in_memory();
    assert_eq!(send(elsewhere.note(Part::Armorer, take_out(&elsewhere)).unwrap()), "INTENT-OTHER-PRODUCTION");
    assert_eq!(send(b"no note at all".to_vec()), "INTENT-MALFORMED");
    assert_eq!(send(vec![b'x'; 20_000]), "INTENT-TOO-LARGE");
    assert_eq!(stage.service.view().size, size);
}

#[test]
fn who_is_not_logged_in_as_the_signer_asks_nothing() {
    let stage = in_memory();
    let note = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    let send = |standing| stage.service.submit_blocking(note.clone(), standing).unwrap_err().code();
    assert_eq!(send(Standing::Nobody), "NOT-LOGGED-IN");
    assert_eq!(send(Standing::Code("K7M2-QXW".to_owned())), "NOT-LOGGED-IN");
    assert_eq!(send(Standing::Session(stage.session(Part::Witness).unwrap())), "SESSION-OTHER-PERSON");
    let viewer = Session { person: None, device: None, viewer: true };
    assert_eq!(send(Standing::Session(viewer)), "SESSION-ONLY-LOOKS");
    assert!(stage.send(Part::Armorer, &note).unwrap().accepted);
}

#[test]
fn anothers_device_is_recorded_as_such() {
    let stage = in_memory();
    // The armorer logs in on the property master's device, and signs there.
    let mut said = stage.said(Part::PropertyMaster, take_out(&stage)).unwrap();
    said.by = Some(stage.person(Part::Armorer).unwrap());
    let note = stage.sign(Part::PropertyMaster, &said).unwrap();
    let person = Some(stage.person(Part::Armorer).unwrap());
    let device = Some(stage.device(Part::PropertyMaster).unwrap());
    let session = Session { person, device, viewer: false };
    let answer = stage.service.submit_blocking(note, Standing::Session(session)).unwrap();
    assert!(answer.accepted, "{answer:?}");
    let line = &stage.service.view().timeline(stage.revolver, 1)[0];
    assert_eq!((line.index, line.proven, line.device), (answer.index, Proven::OtherDevicePin, device));
}

#[test]
fn a_take_names_the_entry_of_its_offer() {
    let stage = in_memory();
    stage.show(kernel::Content::Empty).unwrap();
    let offer = stage.offer().unwrap();
    let take = Intent::Take { gun: stage.revolver, offer, look: Look::Looked };
    let mut said = stage.said(Part::Performer, take).unwrap();
    let right = said.names;
    for wrong in [None, Some(proof::tree::Hash([1; 32]))] {
        said.names = wrong;
        let note = stage.sign(Part::Performer, &said).unwrap();
        assert_eq!(refused_by_service(stage.send(Part::Performer, &note)).code(), "NAMES-ANOTHER-ENTRY");
    }
    said.names = right;
    let note = stage.sign(Part::Performer, &said).unwrap();
    assert!(stage.send(Part::Performer, &note).unwrap().accepted);
}

#[test]
fn a_device_that_has_seen_another_record_is_told_so() {
    let stage = in_memory();
    let mut said = stage.said(Part::Armorer, take_out(&stage)).unwrap();
    let seen = said.seen.unwrap();
    for wrong in [
        record::intent::Seen { root: proof::tree::Hash([1; 32]), ..seen },
        record::intent::Seen { size: seen.size + 1, ..seen },
    ] {
        said.seen = Some(wrong);
        let note = stage.sign(Part::Armorer, &said).unwrap();
        assert_eq!(refused_by_service(stage.send(Part::Armorer, &note)).code(), "SEEN-ANOTHER-RECORD");
    }
}

#[test]
fn anybody_stops_and_nobody_floods() {
    let stage = in_memory();
    let call = |secret: u8| {
        let note = stage.stop_of_a_stranger([secret; 32]).unwrap();
        stage.service.submit_blocking(note, Standing::Nobody)
    };
    assert!(call(20).unwrap().accepted);
    let view = stage.service.view();
    assert_eq!(view.state.stops.len(), 1);
    let stop = view.journal(1).remove(0);
    assert_eq!((stop.kind, stop.by, stop.device, stop.proven), ("stop", None, None, Proven::Nobody));
    for secret in 21..31 {
        assert!(call(secret).unwrap().accepted);
    }
    let error = call(31).unwrap_err();
    assert_eq!(error.code(), "STOPPED-ALREADY");
    assert!(error.sentence().contains("stopped already"), "{}", error.sentence());
    // Who is logged in is never counted among them.
    let by = Intent::Stop { cause: kernel::StopCause::PersonHurt };
    assert!(stage.ask(Part::Armorer, by).unwrap().accepted);
    stage.clock.advance(60_000);
    assert!(call(31).unwrap().accepted);
}

#[test]
fn a_stop_of_an_enrolled_device_needs_no_log_in() {
    let stage = in_memory();
    let mut said = stage.said(Part::Performer, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    said.by = None;
    let note = stage.sign(Part::Performer, &said).unwrap();
    let answer = stage.service.submit_blocking(note, Standing::Nobody).unwrap();
    assert!(answer.accepted);
    let line = stage.service.view().journal(1).remove(0);
    assert_eq!((line.proven, line.device), (Proven::Nobody, Some(stage.device(Part::Performer).unwrap())));
}

#[test]
fn two_things_never_share_a_label() {
    let stage = in_memory();
    let (one, two, label) = two_with_one_label(&stage, LabelKind::Gun);
    let kind = kernel::GunKind::Rubber;
    let register = |gun, place| Intent::RegisterGun { gun, kind, action: kernel::Action::None, chambers: 0, place };
    // A refused registration takes no label.
    assert!(!stage.ask(Part::Armorer, register(one, stage.case)).unwrap().accepted);
    assert!(stage.ask(Part::Armorer, register(two, stage.vault)).unwrap().accepted);
    let error = refused_by_service(stage.ask(Part::Armorer, register(one, stage.vault)));
    assert!(matches!(&error, SubmitError::LabelTaken { label: taken } if *taken == label), "{error:?}");
    // The same thing twice is the kernel's to refuse.
    let again = stage.ask(Part::Armorer, register(two, stage.vault)).unwrap();
    assert_eq!(codes(&again), [Code::RegisterAlready]);
    let view = stage.service.view();
    assert_eq!(view.by_label(&record::label::parse(&label).unwrap()), Some(two));
}

/// Two ids that would be printed alike.
fn two_with_one_label(stage: &Stage, kind: LabelKind) -> (Id, Id, String) {
    let mut seen = std::collections::BTreeMap::new();
    loop {
        let id = stage.fresh_id();
        let label = record::label::label(kind, stage.service.production(), id);
        if let Some(other) = seen.insert(label.clone(), id) {
            return (other, id, label);
        }
    }
}

#[test]
fn two_lots_never_share_a_label_however_they_came() {
    let stage = in_memory();
    stage.fetch(stage.dummies).unwrap();
    let kind = kernel::LotKind::Dummy;
    let old = |lot| Intent::RegisterLot { lot, kind, inert_at_head: true, rounds: 1 };
    let boxed = |lot| Intent::ReBox { lot, from: stage.dummies, rounds: 1 };
    let came = |lot| Intent::ReceiveLot {
        lot,
        kind,
        load: None,
        calibre: None,
        source: stage.vendor,
        rounds: 1,
        inert_at_head: true,
        uniform: true,
        place: stage.case,
    };
    let ways: [&dyn Fn(Id) -> Intent<record::Real>; 3] = [&old, &boxed, &came];
    for (first, second) in [(0, 1), (1, 2), (2, 0)] {
        let (one, two, label) = two_with_one_label(&stage, LabelKind::Lot);
        stage.accepted(Part::Armorer, ways[first](one)).unwrap();
        let error = refused_by_service(stage.ask(Part::Armorer, ways[second](two)));
        assert!(matches!(&error, SubmitError::LabelTaken { label: taken } if *taken == label), "{error:?}");
    }
}

/// A report is always recorded, and names what it breaches, however much that is.
#[test]
fn a_break_with_everything_out_is_recorded() {
    let stage = in_memory();
    let (kind, place) = (kernel::GunKind::Rubber, stage.vault);
    let guns: Vec<Id> = (0..150).map(|_| stage.fresh_id()).collect();
    for gun in &guns {
        let (gun, action) = (*gun, kernel::Action::None);
        stage.accepted(Part::Armorer, Intent::RegisterGun { gun, kind, action, chambers: 0, place }).unwrap();
        stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    }
    let open = kernel::open_items(&stage.service.view().state);
    assert!(open.len() > 150, "{} things are open", open.len());
    let lunch = stage.ask(Part::FirstAd, Intent::CloseForLunch).unwrap();
    let broke = stage.ask(Part::FirstAd, Intent::ReportBreak).unwrap();
    assert_eq!((lunch.accepted, broke.accepted), (false, true));
    for answer in [lunch, broke] {
        let mut named = codes(&answer);
        named.dedup();
        let mut all: Vec<Code> = open.iter().map(|item| item.code).collect();
        all.dedup();
        assert_eq!(named, all, "no kind of open thing is left unnamed");
        assert_eq!(answer.reasons.len(), 64);
    }
}

#[test]
fn the_timeline_holds_refusals_too() {
    let stage = in_memory();
    let refused = stage.ask(Part::Performer, take_out(&stage)).unwrap();
    stage.accepted(Part::Armorer, take_out(&stage)).unwrap();
    let lines = stage.service.view().timeline(stage.revolver, 10);
    let seen: Vec<_> = lines
        .iter()
        .map(|line| match &line.matter {
            Matter::Open { accepted, reasons, .. } => (line.kind, *accepted, reasons.len()),
            Matter::Sealed => panic!("nothing here is sealed"),
        })
        .collect();
    let before = [("enter_calibre", true, 0), ("register_gun", true, 0)];
    assert_eq!(seen, [("take_out", true, 0), ("take_out", false, 1), before[0], before[1]]);
    assert_eq!(lines[1].index, refused.index);
}

#[test]
fn the_runtime_is_not_blocked_by_a_submission() {
    let stage = in_memory();
    let note = stage.note(Part::Armorer, take_out(&stage)).unwrap();
    let standing = Standing::Session(stage.session(Part::Armorer).unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut head = stage.service.subscribe();
    let answer = runtime.block_on(stage.service.submit(note, standing)).unwrap();
    assert!(answer.accepted);
    assert!(head.has_changed().unwrap(), "the board is told");
    assert_eq!(*head.borrow_and_update(), answer.index + 1);
}
