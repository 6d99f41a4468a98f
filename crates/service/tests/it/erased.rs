//! What the record says is erased, is gone: from the office, from every page, from every bundle, and for good.

use kernel::{Erasable, Ground, Intent};
use record::Id;
use record::bundle::extent::Span;
use record::intent::Attachment;
use service::bundle::{Pages, Wish, bundle};
use service::extract::{Question, extract};
use service::testkit::{Part, Stage};
use service::{AttachError, DiscloseError, ErasedBy};

const PHOTOGRAPH: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const NAME: &str = "a name that has to go";

/// Enters a person with a photograph, and gives him and the intent.
fn entered(stage: &Stage) -> (Id, Id) {
    entered_as(stage, stage.fresh_id())
}

/// As [`entered`], by an intent with this id.
fn entered_as(stage: &Stage, intent: Id) -> (Id, Id) {
    let entered = named_alone(stage, intent);
    stage.service.attach(entered.1, PHOTOGRAPH).unwrap();
    entered
}

/// As [`entered_as`], and the photograph that it names does not come.
fn named_alone(stage: &Stage, intent: Id) -> (Id, Id) {
    let person = stage.fresh_id();
    let said = stage.said(Part::Armorer, Intent::AddPerson { person }).unwrap();
    let mut said = record::intent::Said { id: intent, ..said };
    let salt = said.id.to_bytes();
    let digest = |path: &str, value: &str| proof::tree::Hash(proof::commit::commit(&salt, path, value));
    said.digests = [("name", NAME), ("serial", "1871")].map(|(path, it)| (path.to_owned(), digest(path, it))).into();
    let (sha256, len) = (record::bundle::digest_of(PHOTOGRAPH), 7);
    said.attachments = vec![Attachment { sha256, len, media_type: "image/jpeg".to_owned() }];
    let note = stage.sign(Part::Armorer, &said).unwrap();
    let answer = stage.send(Part::Armorer, &note).unwrap();
    assert!(answer.accepted);
    stage.recorded(Part::Armorer, &note).unwrap();
    stage.service.disclose(said.id, "name", salt, NAME).unwrap();
    stage.service.disclose(said.id, "serial", salt, "1871").unwrap();
    (person, said.id)
}

fn erase(intent: Id, what: Erasable) -> record::Intent {
    Intent::Erase { intent, what, ground: Ground::PersonAsked }
}

#[test]
fn an_erased_text_is_gone_and_stays_so_and_the_record_holds() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (person, intent) = entered(&stage);
    assert_eq!(stage.service.view().name(person), NAME);
    assert!(stage.service.beside(person).iter().any(|it| it.intent == intent && it.texts && it.files));
    stage.accepted(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    assert_ne!(stage.service.view().name(person), NAME);
    assert_eq!(stage.service.view().name(stage.service.founder()), Part::Producer.name(), "the founder's stays");
    let again = stage.service.disclose(intent, "name", intent.to_bytes(), NAME);
    assert!(matches!(again, Err(DiscloseError::Erased)), "{again:?}");
    assert!(stage.service.beside(person).iter().any(|it| it.intent == intent && !it.texts && it.files));
    stage.service.close();
    let wish = Wish { names: true, attachments: true, closed_answers: false };
    let bundled = bundle(folder.path(), wish, Pages { format: "#\n", verify: "" }, &mut |_, _| {}).unwrap();
    let report = record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
    assert_eq!((report.redacted, report.attached.carried), (1, 1));
    let [erasure] = report.erased.all.as_slice() else { panic!("{:?}", report.erased) };
    assert_eq!((erasure.intent, erasure.what, erasure.ground), (intent, Erasable::Texts, Ground::PersonAsked));
    assert_eq!((&erasure.not_here, &erasure.here), (&vec!["name".to_owned()], &Vec::new()));
    assert_eq!((erasure.entry + 1, erasure.said_by + 1), (erasure.said_by, report.record.size));
    assert_eq!(report.erased.texts(), report.redacted, "nothing else is kept back");
    let holds = |text: &[u8]| bundled.bytes.windows(text.len()).any(|it| it == text);
    assert!(!holds(NAME.as_bytes()));
    assert!(holds(b"1871"), "a serial is never erased");
    no_file_holds(folder.path(), NAME);
}

/// By which entry it was erased, and why.
fn told(error: Result<(String, Vec<u8>), AttachError>) -> (u64, Ground) {
    match error {
        Err(AttachError::Erased(by)) => (by.index, by.ground),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_erased_file_is_gone_and_not_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (_, intent) = entered(&stage);
    let digest = record::bundle::digest_of(PHOTOGRAPH);
    // Before, it is where it was put; and what another intent names, nobody has erased.
    assert!(stage.service.attachment(intent, digest).is_ok());
    let by = stage.accepted(Part::Armorer, erase(intent, Erasable::Files)).unwrap();
    let gone = AttachError::Erased(ErasedBy { index: by.index, at_ms: by.decided_at_ms, ground: Ground::PersonAsked });
    assert_eq!(stage.service.attachment(intent, digest), Err(gone.clone()));
    assert_eq!(stage.service.attach(intent, PHOTOGRAPH), Err(gone.clone()));
    assert_eq!(gone.code(), "ATTACHMENT-ERASED");
    let said = gone.sentence();
    assert!(said.contains(&format!("entry {}: the person whom it is about asked for it", by.index)), "{said}");
}

/// The same photograph may be attached again, by whoever has a reason to: the erasure was of what had been there.
#[test]
fn a_file_that_came_anew_after_its_erasure_outlives_every_start() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (_, first) = entered(&stage);
    let erased = stage.accepted(Part::Armorer, erase(first, Erasable::Files)).unwrap().index;
    let digest = record::bundle::digest_of(PHOTOGRAPH);
    assert_eq!(told(stage.service.attachment(first, digest)), (erased, Ground::PersonAsked));
    let (_, second) = entered(&stage);
    stage.service.close();
    let stage = stage.reopened(folder.path()).unwrap();
    assert_eq!(stage.service.attachment(second, digest).unwrap().1, PHOTOGRAPH);
    assert_eq!(told(stage.service.attachment(first, digest)).0, erased, "the first one's stays erased");
}

/// Two intents name the same photograph. Erased under one it is gone under the other as well, and both say by what; what was
/// named after the erasure and never came is not said to be erased.
#[test]
fn the_same_file_under_another_intent_says_what_erased_it() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let digest = record::bundle::digest_of(PHOTOGRAPH);
    let ((_, first), (_, second)) = (entered(&stage), entered(&stage));
    let erased = stage.accepted(Part::Armorer, erase(second, Erasable::Files)).unwrap().index;
    for intent in [first, second] {
        assert_eq!(told(stage.service.attachment(intent, digest)).0, erased);
        let index = stage.service.view().index_of(intent).unwrap();
        let [file] = stage.service.attached(index).try_into().unwrap();
        assert_eq!((file.here, file.erased.map(|by| by.index)), (false, Some(erased)));
    }
    let (_, third) = named_alone(&stage, stage.fresh_id());
    assert_eq!(stage.service.attachment(third, digest), Err(AttachError::NotHere));
    let index = stage.service.view().index_of(third).unwrap();
    assert_eq!(stage.service.attached(index)[0].erased, None);
}

#[test]
fn what_is_preserved_is_not_erased() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (person, intent) = entered(&stage);
    let hold = stage.accepted(Part::Performer, Intent::ReportRecordNeeded).unwrap().intent;
    let refused = stage.ask(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    assert!(!refused.accepted);
    assert_eq!(stage.service.view().name(person), NAME);
    stage.accepted(Part::Performer, Intent::ReleaseRecord { preservation: hold }).unwrap();
    stage.accepted(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    assert_ne!(stage.service.view().name(person), NAME);
}

/// Who holds an older copy of the office still has what was erased. What he writes says so, where, and that it was erased.
#[test]
fn what_an_older_copy_of_the_office_discloses_is_told_as_erased_and_here() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (_, intent) = entered(&stage);
    stage.service.close();
    let (office, older) = (folder.path().join("office.db"), folder.path().join("older"));
    std::fs::copy(&office, &older).unwrap();
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    stage.accepted(Part::Armorer, erase(intent, Erasable::Files)).unwrap();
    let size = stage.service.view().size;
    stage.service.close();
    std::fs::copy(&older, &office).unwrap();
    let wish = Wish { names: true, attachments: true, closed_answers: false };
    let bundled = bundle(folder.path(), wish, Pages::default(), &mut |_, _| {}).unwrap();
    let whole = record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
    // The entry alone, with what erased its texts and files beside it.
    let span = Span::Entries { from: size - 3, to: size - 2 };
    let question = Question { labels: Vec::new(), span };
    let extracted = extract(folder.path(), &question, wish, Pages::default(), &mut |_, _| {}).unwrap();
    let report = record::bundle::extract::verify(&extracted.bytes, &record::bundle::Trust::default()).unwrap();
    assert!([size - 2, size - 1].iter().all(|index| report.extent.beside.contains(index)), "{:?}", report.extent);
    assert_eq!(report.erased.all, whole.erased.all);
    let here: Vec<&[String]> = whole.erased.all.iter().map(|it| it.here.as_slice()).collect();
    let photograph = record::bundle::digest_of(PHOTOGRAPH).to_hex();
    assert_eq!(here, [["name".to_owned()], [photograph]]);
    assert_eq!((whole.erased.texts(), whole.erased.files(), whole.redacted), (0, 0, 0));
}

/// The machine stopped between the entry and the erasure: the next start makes up for it.
#[test]
fn what_was_said_to_be_erased_and_is_there_is_erased_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (person, intent) = entered(&stage);
    let office = folder.path().join("office.db");
    stage.accepted(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    stage.service.close();
    {
        let mut office = store::office::Office::open(&office).unwrap();
        office.put_disclosure(intent.to_bytes(), "name", &intent.to_bytes(), NAME).unwrap();
        office.put_name(person.to_bytes(), NAME).unwrap();
    }
    let stage = stage.reopened(folder.path()).unwrap();
    assert_ne!(stage.service.view().name(person), NAME);
    stage.service.close();
    assert_eq!(store::office::Office::open(&office).unwrap().name(person.to_bytes()).unwrap(), None);
}

fn no_file_holds(folder: &std::path::Path, text: &str) {
    for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(text.len()).any(|it| it == text.as_bytes()), "{}", file.display());
    }
}

/// No intent entered the founder: the production's id stands for the founding.
#[test]
fn the_founders_name_is_erased_by_the_founding_and_the_record_holds() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (founder, production) = (stage.service.founder(), stage.service.production());
    let (name, title) = (stage.service.view().name(founder), stage.service.view().name(production));
    assert_eq!(name, Part::Producer.name());
    let beside = stage.service.beside(founder);
    assert!(beside.iter().any(|it| (it.index, it.intent, it.texts, it.files) == (0, production, true, false)));
    let armorer = stage.person(Part::Armorer).unwrap();
    assert!(!stage.service.beside(armorer).iter().any(|it| it.intent == production), "it is nobody else's");
    let refused = stage.ask(Part::Performer, erase(production, Erasable::Texts)).unwrap();
    assert!(!refused.accepted, "who keeps no register erases nothing");
    stage.accepted(Part::Armorer, erase(production, Erasable::Texts)).unwrap();
    assert_ne!(stage.service.view().name(founder), name);
    assert_eq!(stage.service.view().name(production), title, "what the production is called is of no person");
    assert!(stage.service.beside(founder).is_empty());
    stage.service.log_in(stage.device(Part::Producer).unwrap(), founder, Part::Producer.pin()).unwrap();
    assert!(!stage.ask(Part::Armorer, erase(production, Erasable::Texts)).unwrap().accepted, "once");
    stage.service.close();
    no_file_holds(folder.path(), &name);
    let wish = Wish { names: true, attachments: true, closed_answers: false };
    let bundled = bundle(folder.path(), wish, Pages { format: "#\n", verify: "" }, &mut |_, _| {}).unwrap();
    record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap();
    assert!(!bundled.bytes.windows(name.len()).any(|it| it == name.as_bytes()));
}

/// A device may give an intent any id, that of the production too. Nothing is kept from erasure by it.
#[test]
fn an_intent_with_the_productions_id_is_erased_together_with_the_founders_name() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let founder = stage.service.founder();
    let (person, intent) = entered_as(&stage, stage.service.production());
    assert_eq!(stage.service.view().name(person), NAME);
    stage.accepted(Part::Armorer, erase(intent, Erasable::Texts)).unwrap();
    assert_ne!(stage.service.view().name(person), NAME);
    assert_ne!(stage.service.view().name(founder), Part::Producer.name());
    stage.service.close();
    no_file_holds(folder.path(), NAME);
}

#[test]
fn a_hold_and_a_stop_come_before_the_founders_erasure_too() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (founder, asked) = (stage.service.founder(), erase(stage.service.production(), Erasable::Texts));
    let name = stage.service.view().name(founder);
    let hold = stage.accepted(Part::Performer, Intent::ReportRecordNeeded).unwrap().intent;
    let refused = stage.ask(Part::Armorer, asked).unwrap();
    assert_eq!(super::codes(&refused), [kernel::Code::ErasePreserved]);
    stage.accepted(Part::Performer, Intent::ReleaseRecord { preservation: hold }).unwrap();
    stage.accepted(Part::FirstAd, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    let refused = stage.ask(Part::Armorer, asked).unwrap();
    assert!(super::codes(&refused).contains(&kernel::Code::EraseStopStands));
    assert_eq!(stage.service.view().name(founder), name);
}

/// The machine stopped in between, and a new epoch was begun: it stays said, and stays erased.
#[test]
fn the_founders_erasure_is_made_up_for_and_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (founder, asked) = (stage.service.founder(), erase(stage.service.production(), Erasable::Texts));
    stage.accepted(Part::Armorer, asked).unwrap();
    let put_back = || {
        let mut office = store::office::Office::open(&folder.path().join("office.db")).unwrap();
        office.put_name(founder.to_bytes(), NAME).unwrap();
    };
    stage.service.close();
    put_back();
    let stage = stage.reopened(folder.path()).unwrap();
    assert_ne!(stage.service.view().name(founder), NAME);
    stage.service.close();
    put_back();
    let clock: std::sync::Arc<dyn service::Clock> = stage.clock.clone();
    service::begin_epoch(folder.path(), &clock).unwrap();
    let stage = stage.in_next_epoch(folder.path()).unwrap();
    assert_eq!(stage.service.founder(), founder);
    assert_ne!(stage.service.view().name(founder), NAME);
    assert!(stage.service.beside(founder).is_empty());
}
