//! The second database: what is kept, what is replaced, what can be used once.

use std::path::PathBuf;

use store::office::{Disclosure, Invitation, Office, Pin, Session};
use tempfile::TempDir;

use crate::beside;

const ARMORER: [u8; 16] = [1; 16];
const WITNESS: [u8; 16] = [2; 16];
const PHONE: [u8; 16] = [3; 16];
const TABLET: [u8; 16] = [4; 16];

fn office() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    (folder, path)
}

#[test]
fn it_is_made_where_none_is_and_kept() {
    let (_folder, path) = office();
    Office::open(&path).unwrap().put_name(ARMORER, "the armorer").unwrap();
    assert_eq!(Office::open(&path).unwrap().name(ARMORER).unwrap().as_deref(), Some("the armorer"));
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = office();
    let mut office = Office::open(&path).unwrap();
    office.put_name(ARMORER, "the armorer").unwrap();
    for file in [path.clone(), beside(&path, "-wal")] {
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
}

#[test]
fn a_second_opener_is_refused() {
    let (_folder, path) = office();
    let _first = Office::open(&path).unwrap();
    assert_eq!(Office::open(&path).unwrap_err().code(), "store/in-use");
}

#[test]
fn a_cut_office_is_damaged_and_not_made_anew() {
    let (_folder, path) = office();
    Office::open(&path).unwrap().put_name(ARMORER, "the armorer").unwrap();
    let whole = std::fs::read(&path).unwrap();
    for cut in [0, 50, 4_096, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(Office::open(&path).unwrap_err().code(), "store/damaged", "cut at {cut}");
        assert_eq!(std::fs::metadata(&path).unwrap().len(), cut as u64);
    }
}

#[test]
fn a_disclosure_is_kept_once() {
    let mut office = Office::in_memory().unwrap();
    let intent = [9; 16];
    office.put_disclosure(intent, "/body/note", &[5; 16], "seen at the head").unwrap();
    office.put_disclosure(intent, "/body/note", &[5; 16], "seen at the head").unwrap();
    for (salt, value) in [([5; 16], "not seen"), ([6; 16], "seen at the head")] {
        let error = office.put_disclosure(intent, "/body/note", &salt, value).unwrap_err();
        assert_eq!(error.code(), "store/differs");
    }
    office.put_disclosure(intent, "/body/maker", &[7; 16], "maker").unwrap();
    office.put_disclosure([8; 16], "/body/note", &[6; 16], "another intent").unwrap();
    let kept = |path: &str, salt, value: &str| Disclosure { path: path.to_owned(), salt, value: value.to_owned() };
    assert_eq!(
        office.disclosures(intent).unwrap(),
        [kept("/body/maker", [7; 16], "maker"), kept("/body/note", [5; 16], "seen at the head")]
    );
    assert_eq!(office.disclosures([0; 16]).unwrap(), []);
}

#[test]
fn a_name_replaces_a_name() {
    let mut office = Office::in_memory().unwrap();
    assert_eq!(office.name(WITNESS).unwrap(), None);
    office.put_name(WITNESS, "the witness").unwrap();
    office.put_name(ARMORER, "the assistant").unwrap();
    office.put_name(ARMORER, "the armorer").unwrap();
    assert_eq!(office.names().unwrap(), [(ARMORER, "the armorer".to_owned()), (WITNESS, "the witness".to_owned())]);
}

#[test]
fn pin_failures_are_counted_and_forgotten() {
    let mut office = Office::in_memory().unwrap();
    let pin = |hash: &str, failures, locked_until_ms| Some(Pin { hash: hash.to_owned(), failures, locked_until_ms });
    assert_eq!(office.pin(ARMORER).unwrap(), None);
    assert_eq!(office.record_pin_failure(ARMORER, Some(5)).unwrap(), 0);
    assert_eq!(office.pin(ARMORER).unwrap(), None);
    office.set_pin_hash(ARMORER, "one").unwrap();
    office.set_pin_hash(WITNESS, "two").unwrap();
    assert_eq!(office.record_pin_failure(ARMORER, None).unwrap(), 1);
    assert_eq!(office.record_pin_failure(ARMORER, Some(90_000)).unwrap(), 2);
    assert_eq!(office.record_pin_failure(ARMORER, None).unwrap(), 3);
    assert_eq!(office.pin(ARMORER).unwrap(), pin("one", 3, 90_000));
    assert_eq!(office.pin(WITNESS).unwrap(), pin("two", 0, 0));
    office.reset_pin_failures(ARMORER).unwrap();
    assert_eq!(office.pin(ARMORER).unwrap(), pin("one", 0, 0));
    office.record_pin_failure(ARMORER, Some(7)).unwrap();
    office.set_pin_hash(ARMORER, "three").unwrap();
    assert_eq!(office.pin(ARMORER).unwrap(), pin("three", 0, 0));
}

fn session(token: u8, person: Option<[u8; 16]>, device: Option<[u8; 16]>) -> Session {
    Session { token_hash: [token; 32], person, device, created_ms: 1_000, expires_ms: 2_000 }
}

#[test]
fn a_session_lasts_until_it_expires_or_ends() {
    let mut office = Office::in_memory().unwrap();
    let own = session(1, Some(ARMORER), Some(PHONE));
    office.put_session(&own).unwrap();
    assert_eq!(office.put_session(&own).unwrap_err().code(), "store/differs");
    assert_eq!(office.session(&[1; 32], 1_999).unwrap(), Some(own));
    assert_eq!(office.session(&[1; 32], 2_000).unwrap(), None);
    assert_eq!(office.session(&[2; 32], 1_000).unwrap(), None);
    office.end_session(&[2; 32]).unwrap();
    assert!(office.session(&[1; 32], 1_000).unwrap().is_some());
    office.end_session(&[1; 32]).unwrap();
    assert_eq!(office.session(&[1; 32], 1_000).unwrap(), None);
}

#[test]
fn sessions_end_by_person_by_device_and_by_time() {
    let mut office = Office::in_memory().unwrap();
    let alive = |office: &mut Office| -> Vec<u8> {
        (1..=5).filter(|token| office.session(&[*token; 32], 0).unwrap().is_some()).collect()
    };
    let all = [
        session(1, Some(ARMORER), Some(PHONE)),
        session(2, Some(ARMORER), Some(TABLET)),
        session(3, Some(WITNESS), Some(TABLET)),
        session(4, None, None),
        Session { expires_ms: 3_000, ..session(5, Some(WITNESS), None) },
    ];
    for session in &all {
        office.put_session(session).unwrap();
    }
    assert_eq!(alive(&mut office), [1, 2, 3, 4, 5]);
    assert_eq!(office.session(&[4; 32], 0).unwrap().as_ref(), Some(&all[3]));
    office.end_sessions_of_device(PHONE).unwrap();
    assert_eq!(alive(&mut office), [2, 3, 4, 5]);
    office.end_sessions_of(ARMORER).unwrap();
    assert_eq!(alive(&mut office), [3, 4, 5]);
    office.purge_sessions(1_999).unwrap();
    assert_eq!(alive(&mut office), [3, 4, 5]);
    office.purge_sessions(2_000).unwrap();
    assert_eq!(alive(&mut office), [5]);
}

#[test]
fn an_invitation_opens_once() {
    let (_folder, path) = office();
    let mut office = Office::open(&path).unwrap();
    let invitation = Invitation { code_hash: [1; 32], invitation: [6; 16], person: ARMORER, expires_ms: 2_000 };
    office.put_invitation(&invitation).unwrap();
    assert_eq!(office.put_invitation(&invitation).unwrap_err().code(), "store/differs");
    assert_eq!(office.invitation(&[1; 32], 1_999).unwrap(), Some(invitation.clone()));
    assert_eq!(office.invitation(&[1; 32], 2_000).unwrap(), None);
    assert!(!office.use_invitation(&[2; 32]).unwrap());
    assert!(office.use_invitation(&[1; 32]).unwrap());
    assert!(!office.use_invitation(&[1; 32]).unwrap());
    drop(office);
    let mut office = Office::open(&path).unwrap();
    assert!(!office.use_invitation(&[1; 32]).unwrap());
    assert_eq!(office.invitation(&[1; 32], 0).unwrap(), None);
    assert_eq!(office.put_invitation(&invitation).unwrap_err().code(), "store/differs");
}

#[test]
fn what_is_removed_is_not_in_the_closed_file() {
    let (_folder, path) = office();
    let holds = |text: &str| std::fs::read(&path).unwrap().windows(text.len()).any(|w| w == text.as_bytes());
    let mut office = Office::open(&path).unwrap();
    // So long that the one which replaces it does not lie over its beginning.
    office.put_name(ARMORER, &format!("a name that has to go{}", ".".repeat(200))).unwrap();
    office.put_name(WITNESS, "a name that stays, behind the other on its page").unwrap();
    drop(office);
    assert!(holds("a name that has to go"));
    Office::open(&path).unwrap().put_name(ARMORER, "-").unwrap();
    assert!(!holds("a name that has to go"));
    assert!(holds("a name that stays"));
}

/// Not in the database, and not in the log of writes beside it, while the office is still open.
#[test]
fn what_is_erased_is_in_no_file_from_then_on() {
    let (_folder, path) = office();
    let mut office = Office::open(&path).unwrap();
    let intent = [9; 16];
    office.put_disclosure(intent, "name", &[5; 16], "a name that has to go").unwrap();
    office.put_disclosure(intent, "serial", &[6; 16], "a serial that stays").unwrap();
    office.put_name(ARMORER, "a name that has to go").unwrap();
    office.put_attachment(&[1; 32], b"a photograph that has to go").unwrap();
    let holds = |text: &str| {
        let files = [path.clone(), beside(&path, "-wal")];
        files.iter().any(|file| std::fs::read(file).unwrap().windows(text.len()).any(|it| it == text.as_bytes()))
    };
    assert!(holds("has to go"));
    assert!(!office.erase_disclosures([8; 16], &["serial"], Some(ARMORER)).unwrap(), "of another intent");
    assert!(office.erase_disclosures(intent, &["serial"], Some(ARMORER)).unwrap());
    assert!(!office.erase_disclosures(intent, &["serial"], Some(ARMORER)).unwrap(), "it went before");
    office.erase_attachment(&[1; 32]).unwrap();
    assert!(!holds("has to go"));
    assert!(holds("a serial that stays"));
    assert_eq!((office.name(ARMORER).unwrap(), office.attachment(&[1; 32]).unwrap()), (None, None));
}

/// Somebody who was renamed since keeps the name that he has now.
#[test]
fn a_newer_name_outlasts_an_older_one_that_is_erased() {
    let mut office = Office::in_memory().unwrap();
    office.put_disclosure([9; 16], "name", &[5; 16], "an older name").unwrap();
    office.put_name(ARMORER, "a newer name").unwrap();
    assert!(!office.erase_disclosures([9; 16], &[], Some(ARMORER)).unwrap());
    assert_eq!(office.name(ARMORER).unwrap().as_deref(), Some("a newer name"));
}

#[test]
fn nothing_secret_is_ever_printed() {
    let (_folder, path) = office();
    let mut office = Office::open(&path).unwrap();
    office.set_pin_hash(ARMORER, "$argon2id$secret").unwrap();
    office.put_disclosure([9; 16], "/body/note", &[77; 16], "secret").unwrap();
    let session = Session { token_hash: [77; 32], ..session(1, Some(ARMORER), None) };
    let invitation = Invitation { code_hash: [77; 32], invitation: [6; 16], person: ARMORER, expires_ms: 2_000 };
    let pin = office.pin(ARMORER).unwrap().unwrap();
    let printed = format!(
        "{office:?} {pin:?} {:?} {session:?} {invitation:?}",
        Disclosure { path: "/body/note".to_owned(), salt: [77; 16], value: "secret".to_owned() },
    );
    assert!(!printed.contains("secret"), "{printed}");
    assert!(!printed.contains("77, 77"), "{printed}");
    assert!(printed.contains("/body/note") && printed.contains("failures: 0"), "{printed}");
}

#[test]
fn an_attachment_is_kept_under_its_digest() {
    let (_folder, path) = office();
    let mut office = Office::open(&path).unwrap();
    assert_eq!((office.has_attachment(&[1; 32]).unwrap(), office.attachment(&[1; 32]).unwrap()), (false, None));
    office.put_attachment(&[1; 32], b"a photograph").unwrap();
    office.put_attachment(&[1; 32], b"a photograph").unwrap();
    drop(office);
    let mut office = Office::open_read_only(&path).unwrap();
    assert!(office.has_attachment(&[1; 32]).unwrap());
    assert_eq!(office.attachment(&[1; 32]).unwrap().as_deref(), Some(b"a photograph".as_slice()));
    assert!(!office.has_attachment(&[2; 32]).unwrap());
}
