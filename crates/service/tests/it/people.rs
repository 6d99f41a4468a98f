//! PINs, sessions, codes, names.

use kernel::{Day, Intent, Role, Roles};
use record::Id;
use service::testkit::{Part, Stage};
use service::{CodeError, PinError, SESSION_LIFE_MS, Session, Standing};

use crate::in_memory;

fn log_in(stage: &Stage, pin: &str) -> Result<String, PinError> {
    let (device, person) = (stage.device(Part::Armorer).unwrap(), stage.person(Part::Armorer).unwrap());
    stage.service.log_in(device, person, pin).map(|(token, _)| token)
}

#[test]
fn a_pin_tried_too_often_is_locked_for_longer_and_longer() {
    let stage = in_memory();
    for _ in 0..4 {
        assert_eq!(log_in(&stage, "9999"), Err(PinError::Wrong));
    }
    assert_eq!(log_in(&stage, "9999"), Err(PinError::Locked { wait_s: 60 }));
    // Locked for the right one too.
    assert_eq!(log_in(&stage, "1003"), Err(PinError::Locked { wait_s: 60 }));
    stage.clock.advance(59_001);
    let told = log_in(&stage, "1003").unwrap_err();
    assert_eq!(told, PinError::Locked { wait_s: 1 });
    assert!(told.remedy().contains("Wait 1 seconds"), "{}", told.remedy());
    stage.clock.advance(999);
    assert_eq!(log_in(&stage, "9999"), Err(PinError::Locked { wait_s: 120 }));
    stage.clock.advance(120_000);
    assert!(log_in(&stage, "1003").is_ok());
    // The right one wipes the failures out.
    assert_eq!(log_in(&stage, "9999"), Err(PinError::Wrong));
}

#[test]
fn guesses_at_once_are_counted_one_after_another() {
    let stage = in_memory();
    let wrong = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| log_in(&stage, "9999").unwrap_err())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|error| *error == PinError::Wrong).count()
    });
    assert_eq!(wrong, 4);
}

#[test]
fn nobody_logs_in_who_is_not_there() {
    let stage = in_memory();
    let (device, person) = (stage.device(Part::Armorer).unwrap(), stage.person(Part::Armorer).unwrap());
    let nobody = Id::from_bytes([9; 16]);
    let code = |device, person| stage.service.log_in(device, person, "1003").unwrap_err().code();
    assert_eq!(code(nobody, person), "DEVICE-NOT-ENROLLED");
    assert_eq!(code(device, nobody), "PERSON-UNKNOWN");
    let person = stage.fresh_id();
    stage.accepted(Part::Producer, Intent::AddPerson { person }).unwrap();
    assert_eq!(code(device, person), "PIN-NONE");
}

#[test]
fn a_session_ends_by_log_out_by_time_by_a_new_pin_and_with_its_device() {
    let stage = in_memory();
    let alive = |token: &str| stage.service.session(token).is_some();
    let token = stage.log_in(Part::Armorer).unwrap();
    assert_eq!(stage.service.session(&token), Some(stage.session(Part::Armorer).unwrap()));
    assert!(!alive("") && !alive("another token"));
    stage.service.log_out(&token);
    assert!(!alive(&token));

    let token = stage.log_in(Part::Armorer).unwrap();
    stage.clock.advance(u64::try_from(SESSION_LIFE_MS).unwrap() - 1);
    assert!(alive(&token));
    stage.clock.advance(1);
    assert!(!alive(&token));

    let token = stage.log_in(Part::Armorer).unwrap();
    stage.service.set_pin(stage.person(Part::Armorer).unwrap(), "1003").unwrap();
    assert!(!alive(&token));

    let token = stage.log_in(Part::Armorer).unwrap();
    let device = stage.device(Part::Armorer).unwrap();
    stage.accepted(Part::Producer, Intent::RevokeDevice { device }).unwrap();
    assert!(!alive(&token));
    assert_eq!(log_in(&stage, "1003"), Err(PinError::UnknownDevice));
}

#[test]
fn a_board_only_looks() {
    let stage = in_memory();
    let (token, session) = stage.service.viewer_token().unwrap();
    assert_eq!(session, Session { person: None, device: None, viewer: true });
    assert_eq!(stage.service.session(&token), Some(session));
    let options = stage.service.view().options(&session, stage.revolver, stage.service.now_ms());
    assert!(options.iter().all(|act| !act.reasons.is_empty()), "nothing is open to a board");
}

#[test]
fn the_open_acts_are_those_that_would_be_accepted() {
    let stage = in_memory();
    let open = |part| {
        let session = stage.session(part).unwrap();
        let options = stage.service.view().options(&session, stage.revolver, stage.service.now_ms());
        options.into_iter().filter(|act| act.reasons.is_empty()).map(|act| act.kind).collect::<Vec<_>>()
    };
    assert_eq!(open(Part::Armorer), [kernel::ActKind::TakeOut]);
    assert_eq!(open(Part::Performer), []);
}

/// A person who is entered and invited, but has no device yet, and the note that enrols one.
fn invited(stage: &Stage) -> (Id, Id, Vec<u8>) {
    let person = stage.fresh_id();
    stage.accepted(Part::Producer, Intent::AddPerson { person }).unwrap();
    let roles = Roles::NONE.with(Role::Extra);
    stage.accepted(Part::Producer, Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }).unwrap();
    let invitation = stage.accepted(Part::Producer, Intent::InviteDevice { person }).unwrap().intent;
    (person, invitation, enrolment(stage, person, invitation, 40))
}

fn enrolment(stage: &Stage, person: Id, invitation: Id, secret: u8) -> Vec<u8> {
    let origin = &stage.service.view().origin;
    let phone = record::device::SimulatedDevice::new(origin, [secret; 32]).unwrap();
    let mut said = stage.said(Part::Producer, Intent::EnrolDevice { invitation, device: phone.id() }).unwrap();
    said.by = Some(person);
    said.link = Some(phone.next_link());
    said.key = Some(*phone.public());
    phone.sign(&said).unwrap()
}

#[test]
fn a_code_enrols_one_device_and_sets_the_pin_once() {
    let stage = in_memory();
    let (person, invitation, note) = invited(&stage);
    let producer = stage.session(Part::Producer).unwrap();
    let code = stage.service.issue_code(&producer, invitation).unwrap();
    assert_eq!(stage.service.redeem_code(&code), Ok((invitation, person)));
    let enrol = |note: &Vec<u8>, code: &str, pin: &str| stage.service.enrol_blocking(note.clone(), code, pin);
    assert_eq!(enrol(&note, &code, "12").unwrap_err().code(), "PIN-FORM");
    assert_eq!(enrol(&note, "0000-000", "2222").unwrap_err().code(), "CODE-WRONG");
    let standing = Standing::Session(producer);
    assert_eq!(stage.service.submit_blocking(note.clone(), standing).unwrap_err().code(), "CODE-MISSING");
    let answer = enrol(&note, &code, "2222").unwrap();
    assert!(answer.accepted, "{answer:?}");
    assert_eq!(stage.service.redeem_code(&code), Err(CodeError::Wrong), "it is used up");
    let device = record::device::device_id(&record::device::public_of([40; 32]).unwrap());
    assert!(stage.service.log_in(device, person, "2222").is_ok());
    // The acknowledgement was lost; the phone sends the same again.
    let again = enrol(&note, &code, "2222").unwrap();
    assert!(again.repeated && again.accepted);
    assert_eq!(enrol(&note, &code, "3333").unwrap_err().code(), "PIN-WRONG", "a code takes no PIN away");
    assert!(stage.service.log_in(device, person, "2222").is_ok());
}

#[test]
fn a_second_device_needs_the_pin_that_is_there() {
    let stage = in_memory();
    let person = stage.person(Part::Armorer).unwrap();
    let invitation = stage.accepted(Part::Armorer, Intent::InviteDevice { person }).unwrap().intent;
    let code = stage.service.issue_code(&stage.session(Part::Armorer).unwrap(), invitation).unwrap();
    let note = enrolment(&stage, person, invitation, 41);
    assert_eq!(stage.service.enrol_blocking(note.clone(), &code, "2222").unwrap_err().code(), "PIN-WRONG");
    assert!(stage.service.enrol_blocking(note, &code, Part::Armorer.pin()).unwrap().accepted);
}

#[test]
fn a_code_is_for_its_inviter_its_person_and_its_day() {
    let stage = in_memory();
    let (person, invitation, note) = invited(&stage);
    let issue = |part| stage.service.issue_code(&stage.session(part).unwrap(), invitation);
    assert_eq!(issue(Part::Armorer), Err(CodeError::Other), "only who invited gets the code");
    let code = issue(Part::Producer).unwrap();
    let other = enrolment(&stage, stage.person(Part::Witness).unwrap(), invitation, 42);
    let error = stage.service.submit_blocking(other, Standing::Code(code.clone())).unwrap_err();
    assert_eq!(error.code(), "CODE-OTHER");
    stage.clock.advance(86_400_000);
    assert_eq!(stage.service.redeem_code(&code), Err(CodeError::Wrong));
    let code = issue(Part::Producer).unwrap();
    assert_eq!(stage.service.redeem_code(&code), Ok((invitation, person)));
    let answer = stage.service.submit_blocking(note, Standing::Code(code)).unwrap();
    // The note itself is a day old by now, and an enrolment is an ask.
    assert_eq!(crate::codes(&answer), [kernel::Code::ClockAskLate]);
    assert_eq!(issue(Part::Producer).map(|code| code.len()), Ok(8), "the invitation still stands");
}

#[test]
fn codes_are_not_guessed() {
    let stage = in_memory();
    for _ in 0..10 {
        assert_eq!(stage.service.redeem_code("0000-000"), Err(CodeError::Wrong));
    }
    let (_, invitation, _) = invited(&stage);
    let code = stage.service.issue_code(&stage.session(Part::Producer).unwrap(), invitation).unwrap();
    assert_eq!(stage.service.redeem_code(&code), Err(CodeError::TooMany { wait_s: 60 }));
    stage.clock.advance(60_000);
    assert!(stage.service.redeem_code(&code).is_ok());
}

#[test]
fn a_name_is_shown_only_if_the_log_commits_to_it() {
    let stage = in_memory();
    let view = stage.service.view();
    assert_eq!(view.name(stage.person(Part::Armorer).unwrap()), "the armorer");
    assert_eq!(view.name(stage.revolver), "GUN 1");
    assert_eq!(view.name(stage.service.production()), "A test production");
    let person = stage.fresh_id();
    let mut said = stage.said(Part::Producer, Intent::AddPerson { person }).unwrap();
    let digest = proof::commit::commit(&[1; 16], "name", "the dresser");
    said.digests = [("name".to_owned(), proof::tree::Hash(digest))].into();
    let note = stage.sign(Part::Producer, &said).unwrap();
    let code = |value: &str, salt, path| stage.service.disclose(said.id, path, [salt; 16], value).map_err(|e| e.code());
    assert_eq!(code("the dresser", 1, "name"), Err("INTENT-UNKNOWN"));
    stage.send(Part::Producer, &note).unwrap();
    let fallback = stage.service.view().name(person);
    assert_eq!(fallback, format!("person {}", &person.to_string()[32..]));
    assert_eq!(code("another", 1, "name"), Err("DISCLOSE-DIFFERS"));
    assert_eq!(code("the dresser", 2, "name"), Err("DISCLOSE-DIFFERS"));
    assert_eq!(code("the dresser", 1, "phone"), Err("DISCLOSE-NO-COMMITMENT"));
    for bad in ["", " the dresser", "the\u{7}dresser", &"x".repeat(121)] {
        assert_eq!(code(bad, 1, "name"), Err("DISCLOSE-TEXT"));
    }
    assert_eq!(code("the dresser", 1, "name"), Ok(()));
    assert_eq!(code("the dresser", 1, "name"), Ok(()), "twice is once");
    assert_eq!(stage.service.view().name(person), "the dresser");
    let service::EntryView::Open { bytes } = stage.service.view().entry(stage.service.view().size - 1).unwrap() else {
        panic!("sealed")
    };
    assert!(!String::from_utf8_lossy(&bytes).contains("dresser"), "no name is in the log");
}

/// What is written beside a request is no part of the record: the record commits to it, and names nothing by it.
#[test]
fn a_note_beside_a_request_is_read_where_the_log_commits_to_it() {
    let stage = in_memory();
    let ask = Intent::ReportSafetyRequest { kind: kernel::RequestKind::Other };
    let mut said = stage.said(Part::Performer, ask).unwrap();
    let digest = proof::commit::commit(&[1; 16], "note", "a rail on the stairs");
    said.digests = [("note".to_owned(), proof::tree::Hash(digest))].into();
    let note = stage.sign(Part::Performer, &said).unwrap();
    stage.send(Part::Performer, &note).unwrap();
    assert_eq!(stage.service.note_of(said.id), None, "not given yet");
    let other = stage.service.disclose(said.id, "note", [1; 16], "a rail");
    assert_eq!(other.map_err(|error| error.code()), Err("DISCLOSE-DIFFERS"));
    stage.service.disclose(said.id, "note", [1; 16], "a rail on the stairs").unwrap();
    assert_eq!(stage.service.note_of(said.id).as_deref(), Some("a rail on the stairs"));
    assert_eq!(stage.service.note_of(stage.fresh_id()), None);
}
