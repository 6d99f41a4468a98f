//! Files at the door: sent after their intent, shown in the page, and in no other way than they are.

use axum::http::StatusCode;
use kernel::{Action, Erasable, Ground, Intent};
use record::Id;
use record::bundle::digest_of;
use record::intent::Attachment;
use service::testkit::Part;

use crate::fixture::Set;

const PHOTOGRAPH: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
const LETTER: &[u8] = b"%PDF-1.7 a letter";

/// A copy enters the register with a photograph and a letter.
fn registered(set: &Set) -> (Id, Id) {
    let named = |bytes: &[u8], media_type: &str| Attachment {
        sha256: digest_of(bytes),
        len: u32::try_from(bytes.len()).unwrap(),
        media_type: media_type.to_owned(),
    };
    let gun = set.stage.fresh_id();
    let (kind, action, place) = (kernel::GunKind::Rubber, Action::None, set.stage.vault);
    let mut said =
        set.stage.said(Part::Armorer, Intent::RegisterGun { gun, kind, action, chambers: 0, place }).unwrap();
    said.attachments = vec![named(PHOTOGRAPH, "image/jpeg"), named(LETTER, "application/pdf")];
    let note = set.stage.sign(Part::Armorer, &said).unwrap();
    let answer = set.stage.send(Part::Armorer, &note).unwrap();
    assert!(answer.accepted);
    set.stage.recorded(Part::Armorer, &note).unwrap();
    (gun, answer.intent)
}

fn hex(bytes: &[u8]) -> String {
    digest_of(bytes).to_hex()
}

#[tokio::test]
async fn a_file_that_arrives_is_shown_where_its_entry_is() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let (gun, intent) = registered(&set);
    let page = format!("/guns/{gun}");
    let photograph = format!("/api/attachments/{intent}/{}", hex(PHOTOGRAPH));
    let before = set.get(&page, Some(&token)).await.text();
    assert_eq!(before.matches("has not arrived").count(), 2);
    let missing = set.get(&photograph, Some(&token)).await;
    assert_eq!((missing.status, missing.code().as_str()), (StatusCode::NOT_FOUND, "ATTACHMENT-NOT-HERE"));
    for bytes in [PHOTOGRAPH, LETTER] {
        let reply = set.post(&format!("/api/attachments/{intent}"), Some(&token), bytes.to_vec()).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT);
    }
    let after = set.get(&page, Some(&token)).await.text();
    assert!(after.contains(&format!("src=\"{photograph}\"")) && !after.contains("has not arrived"));
    let shown = set.get(&photograph, Some(&token)).await;
    assert_eq!((shown.header("content-type"), shown.header("content-disposition")), ("image/jpeg", "inline"));
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert_eq!(shown.header("cache-control"), "no-store");
    let letter = set.get(&format!("/api/attachments/{intent}/{}", hex(LETTER)), Some(&token)).await;
    assert!(letter.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn what_is_not_named_or_too_large_is_answered_in_words() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let (_, intent) = registered(&set);
    let path = format!("/api/attachments/{intent}");
    // A file may be larger than anything else that is taken here.
    let named_by_nobody = set.post(&path, Some(&token), vec![7; showclear_web::MAX_BODY_BYTES * 4]).await;
    assert_eq!((named_by_nobody.status.as_u16(), named_by_nobody.code().as_str()), (409, "ATTACHMENT-NOT-NAMED"));
    let too_large = set.post(&path, Some(&token), vec![7; service::MAX_ATTACHMENT_BYTES + 1]).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    for digest in ["", "00", &"0".repeat(63), &"A".repeat(64), &"é".repeat(32)] {
        let reply = set.get(&format!("{path}/{}", digest.replace('é', "%C3%A9")), Some(&token)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{digest}");
    }
}

/// A file that was erased says by which entry, when and why, and nobody is sent to look for it on a telephone.
#[tokio::test]
async fn an_erased_file_says_by_what_it_was_erased() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let (gun, intent) = registered(&set);
    let path = format!("/api/attachments/{intent}");
    set.post(&path, Some(&token), PHOTOGRAPH.to_vec()).await;
    let erase = Intent::Erase { intent, what: Erasable::Files, ground: Ground::Ordered };
    let by = set.stage.accepted(Part::Armorer, erase).unwrap().index;
    let asked = set.get(&format!("{path}/{}", hex(PHOTOGRAPH)), Some(&token)).await;
    let sent = set.post(&path, Some(&token), PHOTOGRAPH.to_vec()).await;
    for reply in [asked, sent] {
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::GONE, "ATTACHMENT-ERASED"));
        let said = reply.json();
        let sentence = said["sentence"].as_str().unwrap();
        assert!(sentence.contains(&format!("by entry {by}: a court or an authority ordered it")), "{sentence}");
        assert!(sentence.contains("was erased 20"), "when, with its day: {sentence}");
        assert!(!said["remedy"].as_str().unwrap().contains("telephone"), "{said}");
    }
    let html = set.get(&format!("/guns/{gun}"), Some(&token)).await.text();
    assert_eq!(html.matches(&format!("by entry {by}: a court or an authority ordered it")).count(), 2, "{html}");
    assert!(!html.contains("has not arrived"), "{html}");
}

/// Only who keeps the register is offered it, and of the other things that stand beside the record nobody's are.
#[tokio::test]
async fn what_can_be_erased_is_offered_to_the_keepers_of_the_register() {
    let set = Set::new();
    let (gun, intent) = registered(&set);
    let page = format!("/guns/{gun}");
    let keeper = set.get(&page, Some(&set.token(Part::Armorer))).await.text();
    assert!(keeper.contains("data-kind=\"erase\"") && keeper.contains(&format!("data-item=\"{intent}\"")));
    let performer = set.get(&page, Some(&set.token(Part::Performer))).await.text();
    assert!(!performer.contains("data-kind=\"erase\""));
    set.stage.accepted(Part::Performer, Intent::ReportRecordNeeded).unwrap();
    let held = set.get(&page, Some(&set.token(Part::Armorer))).await.text();
    assert!(!held.contains("data-kind=\"erase\"") && held.contains("has asked that nothing be erased"));
    let stops = set.get("/stops", Some(&set.token(Part::Performer))).await.text();
    assert!(stops.contains("data-kind=\"release_record\"") && !stops.contains("data-kind=\"report_record_needed\""));
}

/// No intent entered the founder: his name is erased by the production's id.
#[tokio::test]
async fn the_founders_name_is_offered_to_be_erased_until_it_is() {
    let set = Set::new();
    let (founder, production) = (set.stage.service.founder(), set.stage.service.production());
    let page = format!("/people/{founder}");
    let offered = format!("data-item=\"{production}\"");
    let keeper = set.get(&page, Some(&set.token(Part::Armorer))).await.text();
    assert!(keeper.contains("data-kind=\"erase\"") && keeper.contains(&offered), "{keeper}");
    assert!(!set.get(&page, Some(&set.token(Part::Performer))).await.text().contains(&offered));
    let erase = Intent::Erase { intent: production, what: Erasable::Texts, ground: Ground::PersonAsked };
    set.stage.accepted(Part::Armorer, erase).unwrap();
    let after = set.get(&page, Some(&set.token(Part::Armorer))).await.text();
    assert!(!after.contains(&offered) && !after.contains(Part::Producer.name()), "{after}");
    let record = set.get("/record", Some(&set.token(Part::Armorer))).await;
    assert_eq!(record.status, StatusCode::OK);
    assert!(!record.text().contains(Part::Producer.name()));
}
