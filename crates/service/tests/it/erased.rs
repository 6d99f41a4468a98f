//! What the record says is erased, is gone: from the office, from every page, from every bundle, and for good.

use kernel::{Erasable, Ground, Intent};
use record::Id;
use record::bundle::extent::Span;
use record::intent::Attachment;
use service::bundle::{Pages, Wish, bundle};
use service::extract::{Question, extract};
use service::testkit::{Part, Stage};
use service::{AttachError, DiscloseError};

const PHOTOGRAPH: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const NAME: &str = "a name that has to go";

/// Enters a person with a photograph, and gives him and the intent.
fn entered(stage: &Stage) -> (Id, Id) {
    let person = stage.fresh_id();
    let mut said = stage.said(Part::Armorer, Intent::AddPerson { person }).unwrap();
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
    stage.service.attach(said.id, PHOTOGRAPH).unwrap();
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
    for file in std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(NAME.len()).any(|it| it == NAME.as_bytes()), "{}", file.display());
    }
}

#[test]
fn an_erased_file_is_gone_and_not_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (_, intent) = entered(&stage);
    stage.accepted(Part::Armorer, erase(intent, Erasable::Files)).unwrap();
    let digest = record::bundle::digest_of(PHOTOGRAPH);
    assert_eq!(stage.service.attachment(intent, digest), Err(AttachError::NotHere));
    assert_eq!(stage.service.attach(intent, PHOTOGRAPH), Err(AttachError::Erased));
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
