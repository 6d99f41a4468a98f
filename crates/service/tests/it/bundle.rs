//! A folder as a bundle: what is in it, and what keeps it from being written.

use kernel::{Content, Intent};
use service::ServiceError;
use service::bundle::{Bundled, Pages, Wish, bundle};
use service::testkit::{Part, Stage, all};

const NOTHING_MORE: Wish = Wish { names: false, attachments: false, closed_answers: false };

fn written(folder: &std::path::Path, wish: Wish) -> Result<Bundled, ServiceError> {
    bundle(folder, wish, Pages { format: "# The bytes of the record\n", verify: "" }, &mut |_, _| {})
}

fn verified(bundled: &Bundled) -> record::bundle::BundleReport {
    record::bundle::verify(&bundled.bytes, &record::bundle::Trust::default(), &mut |_, _| {}).unwrap()
}

#[test]
fn names_come_along_only_where_they_are_wished_for() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.show(Content::Empty).unwrap();
    stage.service.close();
    let redacted = written(folder.path(), NOTHING_MORE).unwrap();
    let report = verified(&redacted);
    assert_eq!((redacted.disclosed, report.disclosed), (0, 0));
    assert!(report.redacted > 5);
    let told = written(folder.path(), Wish { names: true, ..NOTHING_MORE }).unwrap();
    let with_names = verified(&told);
    assert_eq!((with_names.redacted, with_names.disclosed), (0, report.redacted));
    assert_eq!(with_names.record, report.record, "the record is the same one");
    let holds = |bundled: &Bundled| bundled.bytes.windows(5).any(|it| it == b"GUN 1");
    assert_eq!((holds(&redacted), holds(&told)), (false, true));
}

/// In a bundle the witness would read what the checker saw before he answers himself.
#[test]
fn a_blind_answer_keeps_the_bundle_from_being_written_until_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun: stage.revolver, check, readings: all(Content::Empty, 6) };
    let first = stage.accepted(Part::Armorer, answer).unwrap().index;
    assert_eq!(written(folder.path(), NOTHING_MORE).unwrap_err().code(), "store/in-use");
    stage.service.close();
    let refused = written(folder.path(), NOTHING_MORE).unwrap_err();
    assert!(matches!(refused, ServiceError::AnswerClosed { index } if index == first), "{refused:?}");
    assert_eq!(refused.code(), "BUNDLE-ANSWER-CLOSED");
    assert!(written(folder.path(), Wish { closed_answers: true, ..NOTHING_MORE }).is_ok());
    let stage = stage.reopened(folder.path()).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    stage.service.close();
    assert!(written(folder.path(), NOTHING_MORE).is_ok());
}

#[test]
fn a_folder_without_its_key_or_with_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::found(folder.path()).unwrap();
    stage.service.close();
    let other = tempfile::tempdir().unwrap();
    Stage::found(other.path()).unwrap().service.close();
    std::fs::copy(other.path().join("log.key"), folder.path().join("log.key")).unwrap();
    assert_eq!(written(folder.path(), NOTHING_MORE).unwrap_err().code(), "BUNDLE-NOT-WRITTEN");
    std::fs::remove_file(folder.path().join("log.key")).unwrap();
    assert_eq!(written(folder.path(), NOTHING_MORE).unwrap_err().code(), "KEY-MISSING");
}

/// The log signs the checkpoint of a bundle with its second key too. A folder from before there was one gets it when it is
/// opened, and is bundled without it until then.
#[test]
fn a_bundle_is_signed_with_the_logs_second_key_too() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("log.mldsa44.key");
    let stage = Stage::found(folder.path()).unwrap();
    stage.service.close();
    let secret = std::fs::read(&key).unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).unwrap().permissions()) & 0o777, 0o600);
    let both = written(folder.path(), NOTHING_MORE).unwrap();
    assert!(verified(&both).witnessed.by_log_ml_dsa_44);
    assert_eq!(written(folder.path(), NOTHING_MORE).unwrap().bytes, both.bytes, "the same record gives the same bytes");
    // The policy that the production wrote itself gets the key as well, and its witnesses stay.
    let witness = proof::cosignature::Cosigner::ed25519(proof::note::KeyName::new("insurer.example").unwrap(), [5; 32]);
    let policy = folder.path().join("policy.txt");
    let own = format!("witness insurer {}\nquorum insurer\n", witness.key());
    let named = format!("# ours\nlog {}\n{own}", verified(&both).record.log_key);
    for text in [own, named] {
        std::fs::write(&policy, text).unwrap();
        let witnessed = verified(&written(folder.path(), NOTHING_MORE).unwrap()).witnessed;
        assert_eq!((witnessed.by_log_ml_dsa_44, witnessed.standing.witnesses), (true, 1));
    }
    std::fs::remove_file(&policy).unwrap();
    std::fs::remove_file(&key).unwrap();
    assert!(!verified(&written(folder.path(), NOTHING_MORE).unwrap()).witnessed.by_log_ml_dsa_44);
    assert!(!key.exists(), "a bundle writes nothing to the folder");
    let stage = stage.reopened(folder.path()).unwrap();
    stage.service.close();
    assert_ne!(std::fs::read(&key).unwrap(), secret);
    assert!(verified(&written(folder.path(), NOTHING_MORE).unwrap()).witnessed.by_log_ml_dsa_44);
    std::fs::write(&key, "not base64!").unwrap();
    assert_eq!(written(folder.path(), NOTHING_MORE).unwrap_err().code(), "KEY-UNUSABLE");
}
