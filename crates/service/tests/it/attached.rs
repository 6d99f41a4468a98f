//! Files that intents name: kept where the record names them, given to whoever may read the entry, carried in a bundle.

use kernel::{Content, Intent, PlaceKind};
use proof::tree::Hash;
use record::bundle::digest_of;
use record::intent::Attachment;
use service::bundle::{Pages, Wish, bundle};
use service::testkit::{Part, Stage, all};
use service::{AttachError, MAX_ATTACHMENT_BYTES};

const PHOTOGRAPH: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

fn named(bytes: &[u8], media_type: &str) -> Attachment {
    let len = u32::try_from(bytes.len()).unwrap();
    Attachment { sha256: digest_of(bytes), len, media_type: media_type.to_owned() }
}

/// Enters something that names these files.
fn entered(stage: &Stage, part: Part, intent: record::Intent, files: Vec<Attachment>) -> (record::Id, u64) {
    let mut said = stage.said(part, intent).unwrap();
    said.attachments = files;
    let note = stage.sign(part, &said).unwrap();
    let answer = stage.send(part, &note).unwrap();
    stage.recorded(part, &note).unwrap();
    (answer.intent, answer.index)
}

fn a_case(stage: &Stage, files: Vec<Attachment>) -> (record::Id, u64) {
    let place = stage.fresh_id();
    entered(
        stage,
        Part::Armorer,
        Intent::RegisterPlace { place, kind: PlaceKind::Case, locks: true, for_guns: true },
        files,
    )
}

#[test]
fn a_file_is_kept_where_an_intent_names_it_and_given_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (intent, index) = a_case(&stage, vec![named(PHOTOGRAPH, "image/jpeg")]);
    let digest = digest_of(PHOTOGRAPH);
    assert_eq!(stage.service.attachment(intent, digest), Err(AttachError::NotHere));
    assert!(stage.service.attached(index).iter().all(|file| !file.here));
    for _ in 0..2 {
        assert_eq!(stage.service.attach(intent, PHOTOGRAPH), Ok(()));
    }
    assert_eq!(stage.service.attachment(intent, digest), Ok(("image/jpeg".to_owned(), PHOTOGRAPH.to_vec())));
    assert!(stage.service.attached(index).iter().all(|file| file.here));
    stage.service.close();
    let stage = stage.reopened(folder.path()).unwrap();
    assert!(stage.service.attachment(intent, digest).is_ok());
}

#[test]
fn what_no_intent_names_or_is_no_picture_or_too_large_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let script = b"<script>".as_slice();
    let large = [PHOTOGRAPH, &vec![0; MAX_ATTACHMENT_BYTES]].concat();
    let short = Attachment { len: 3, ..named(b"%PDF-1.7", "application/pdf") };
    let files = vec![named(script, "text/html"), named(script, "image/png"), named(&large, "image/jpeg"), short];
    let (intent, _) = a_case(&stage, files);
    let refused = |intent, bytes: &[u8]| stage.service.attach(intent, bytes).unwrap_err().code();
    assert_eq!(refused(stage.fresh_id(), PHOTOGRAPH), "INTENT-UNKNOWN");
    assert_eq!(refused(intent, PHOTOGRAPH), "ATTACHMENT-NOT-NAMED");
    assert_eq!(refused(intent, b"%PDF-1.7"), "ATTACHMENT-NOT-NAMED", "it has another length than was said");
    assert_eq!(refused(intent, script), "ATTACHMENT-KIND");
    assert_eq!(refused(intent, &large), "ATTACHMENT-TOO-LARGE");
    for error in [AttachError::NotNamed, AttachError::Kind, AttachError::TooLarge, AttachError::Closed] {
        assert!(error.sentence().ends_with('.') && error.remedy().ends_with('.'));
    }
}

/// A photograph of an open cylinder is a reading.
#[test]
fn a_closed_answer_gives_no_file_until_both_have_answered() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Empty, 6) };
    let (intent, index) = entered(&stage, Part::Armorer, answer, vec![named(PHOTOGRAPH, "image/jpeg")]);
    assert_eq!(stage.service.attach(intent, PHOTOGRAPH), Ok(()));
    for digest in [digest_of(PHOTOGRAPH), Hash([0; 32])] {
        assert_eq!(stage.service.attachment(intent, digest), Err(AttachError::Closed));
    }
    assert_eq!(stage.service.attached(index), []);
    stage.accepted(Part::Witness, answer).unwrap();
    assert!(stage.service.attachment(intent, digest_of(PHOTOGRAPH)).is_ok());
    assert_eq!(stage.service.attached(index).len(), 1);
}

#[test]
fn a_bundle_carries_the_files_only_where_that_is_wished_for() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    let (intent, _) = a_case(&stage, vec![named(PHOTOGRAPH, "image/jpeg"), named(b"never sent", "image/png")]);
    stage.service.attach(intent, PHOTOGRAPH).unwrap();
    stage.service.close();
    for (wished, carried) in [(false, 0), (true, 1)] {
        let wish = Wish { names: false, attachments: wished, closed_answers: false };
        let pages = Pages { format: "# The bytes of the record\n", verify: "" };
        let bundled = bundle(folder.path(), wish, pages, &mut |_, _| {}).unwrap();
        let trust = record::bundle::Trust::default();
        let report = record::bundle::verify(&bundled.bytes, &trust, &mut |_, _| {}).unwrap();
        assert_eq!((bundled.attached, report.attached.carried, report.attached.named), (carried, carried, 2));
    }
}
