//! Whatever is sent, the answer is a plain sentence with a stable code, and nothing is recorded.

use axum::http::StatusCode;
use kernel::Intent;
use record::Id;
use record::label::{LabelKind, label};
use serde_json::{Value, json};
use service::testkit::Part;

use crate::fixture::{Reply, Set};

/// A problem says what, what it means, and what to do.
fn told(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (status, code), "{}", reply.text());
    for field in ["sentence", "remedy"] {
        let words = reply.json()[field].as_str().unwrap_or_default().to_owned();
        assert!(words.ends_with('.') && words.len() > 10, "{field}: {words}");
    }
}

#[tokio::test]
async fn bodies_that_are_not_json_are_told() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let size = set.stage.service.view().size;
    for path in ["/api/log-in", "/api/enrolments", "/api/devices", "/api/disclosures"] {
        for body in ["", "{", "[]", "{\"code\":1}", "\u{0}"] {
            told(&set.post(path, Some(&token), body).await, 400, "REQUEST-MALFORMED");
        }
    }
    assert_eq!(set.stage.service.view().size, size);
}

#[tokio::test]
async fn bodies_that_are_too_large_are_told() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let huge = "x".repeat(showclear_web::MAX_BODY_BYTES + 1);
    told(&set.post("/api/intents", Some(&token), huge.clone()).await, 413, "REQUEST-TOO-LARGE");
    let wrapped = json!({ "code": huge }).to_string();
    told(&set.post("/api/enrolments", Some(&token), wrapped).await, 413, "REQUEST-TOO-LARGE");
    let large = "x".repeat(9_000);
    told(&set.post("/api/intents", Some(&token), large).await, 413, "INTENT-TOO-LARGE");
}

#[tokio::test]
async fn notes_that_are_none_are_told() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let note = set.stage.note(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let text = String::from_utf8(note).unwrap();
    told(&set.post("/api/intents", Some(&token), "").await, 400, "INTENT-MALFORMED");
    told(&set.post("/api/intents", Some(&token), vec![0xff_u8, 0xfe]).await, 400, "INTENT-MALFORMED");
    told(&set.post("/api/intents", Some(&token), text.replace("take_out", "make_up")).await, 400, "INTENT-MALFORMED");
    let other = text.replace("showclear.example.org", "showclear.example.net");
    told(&set.post("/api/intents", Some(&token), other).await, 400, "INTENT-OTHER-PRODUCTION");
    let changed = text.replace("take_out", "take_back");
    let reply = set.post("/api/intents", Some(&token), changed).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", reply.text());
    assert!(reply.code().contains("SIGNATURE"), "{}", reply.code());
}

#[tokio::test]
async fn a_note_needs_the_session_of_the_one_who_signed() {
    let set = Set::new();
    let note = set.stage.note(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    told(&set.post("/api/intents", None, note.clone()).await, 401, "NOT-LOGGED-IN");
    told(&set.post("/api/intents", Some(&set.viewer()), note.clone()).await, 403, "SESSION-ONLY-LOOKS");
    told(&set.post("/api/intents", Some(&set.token(Part::Witness)), note).await, 403, "SESSION-OTHER-PERSON");
}

#[tokio::test]
async fn a_stop_needs_nobody() {
    let set = Set::new();
    let note = set.stage.stop_of_a_stranger([9; 32]).unwrap();
    let reply = set.post("/api/intents", None, note).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.json()["accepted"], true);
    assert_eq!(set.get("/api/production", None).await.json()["held"], true);
}

#[tokio::test]
async fn the_same_note_gives_the_same_verdict() {
    let set = Set::new();
    let token = set.token(Part::Performer);
    let note = set.stage.note(Part::Performer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let first = set.post("/api/intents", Some(&token), note.clone()).await.json();
    let second = set.post("/api/intents", Some(&token), note).await.json();
    assert_eq!(first["accepted"], false);
    let codes: Vec<&Value> = first["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert_eq!(codes, ["CUSTODY-NOT-HANDLER"]);
    assert_eq!((&first["repeated"], &second["repeated"]), (&json!(false), &json!(true)));
    for field in ["intent", "index", "accepted", "reasons", "at"] {
        assert_eq!(first[field], second[field], "{field}");
    }
    let verdict = set.get(&format!("/api/intents/{}", first["intent"].as_str().unwrap()), Some(&token)).await.json();
    assert_eq!(verdict["reasons"], first["reasons"]);
}

#[tokio::test]
async fn things_that_are_not_there_are_told() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let nothing = Id::from_bytes([7; 16]);
    for path in ["guns/ID", "guns/ID/options", "intents/ID", "entries/ID", "receipts/ID"] {
        for id in [nothing.to_string(), "99999999".to_owned(), "%00".to_owned(), "..%2f..%2fetc".to_owned()] {
            told(&set.get(&format!("/api/{}", path.replace("ID", &id)), Some(&token)).await, 404, "NOT-FOUND");
        }
    }
    for path in ["check", "offer", "handover", "put-away", "bore", "load", "unload"] {
        let reply = set.get(&format!("/guns/{nothing}/{path}"), Some(&token)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(reply.text().contains("There is no such gun"), "{path}");
    }
    told(&set.get("/assets/../Cargo.toml", None).await, 404, "NOT-FOUND");
    told(&set.get("/api/nowhere", None).await, 404, "NOT-FOUND");
}

#[tokio::test]
async fn a_label_is_told_from_the_wrong_label() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let view = set.stage.service.view();
    let gun = view.label(LabelKind::Gun, set.stage.revolver);
    let person = view.label(LabelKind::Person, set.stage.person(Part::Performer).unwrap());
    let other = label(LabelKind::Gun, Id::from_bytes([3; 16]), set.stage.revolver);
    let unknown = view.label(LabelKind::Gun, Id::from_bytes([4; 16]));
    let mut misread = gun.clone().into_bytes();
    let last = misread.len() - 2;
    misread[last] = if misread[last] == b'7' { b'8' } else { b'7' };
    let misread = String::from_utf8(misread).unwrap();
    let ask = |text: String| {
        let (set, token) = (&set, &token);
        async move { set.get(&format!("/api/labels/{text}?due=gun"), Some(token)).await }
    };
    let found = ask(gun.to_lowercase()).await;
    assert_eq!(found.json()["id"], set.stage.revolver.to_string(), "{}", found.text());
    told(&ask(person).await, 409, "LABEL-OTHER-KIND");
    told(&ask(other).await, 409, "LABEL-OTHER-PRODUCTION");
    told(&ask(unknown).await, 404, "NOT-FOUND");
    told(&ask(misread).await, 400, "LABEL-MISREAD");
    told(&ask("hello".to_owned()).await, 400, "LABEL-MISREAD");
}

#[tokio::test]
async fn a_pin_that_is_tried_too_often_is_locked_and_the_time_is_told() {
    let set = Set::new();
    let device = set.stage.device(Part::Armorer).unwrap().to_string();
    let person = set.stage.person(Part::Armorer).unwrap().to_string();
    let log_in = |pin: &'static str| {
        let (set, given) = (&set, json!({"device": device, "person": person, "pin": pin}));
        async move { set.post_json("/api/log-in", None, &given).await }
    };
    for _ in 0..4 {
        told(&log_in("9999").await, 403, "PIN-WRONG");
    }
    let fifth = log_in("9999").await;
    assert!(["PIN-WRONG", "PIN-LOCKED"].contains(&fifth.code().as_str()), "{}", fifth.text());
    let locked = log_in("1003").await;
    told(&locked, 423, "PIN-LOCKED");
    let words = locked.text();
    assert!(words.contains("60") || words.contains("minute"), "{words}");
    set.stage.clock.advance(61_000);
    assert_eq!(log_in("1003").await.status, StatusCode::OK);
}

#[tokio::test]
async fn codes_that_are_guessed_are_refused_and_soon_not_even_looked_at() {
    let set = Set::new();
    let mut codes = Vec::new();
    for _ in 0..12 {
        codes.push(set.post_json("/api/enrolments", None, &json!({"code": "AAAA-AAA"})).await.code());
    }
    assert_eq!(codes[0], "CODE-WRONG");
    assert_eq!(codes[11], "CODE-TOO-MANY");
}

#[tokio::test]
async fn a_text_that_was_not_committed_to_is_not_kept() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let answer = set.stage.ask(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let salt = "AAAAAAAAAAAAAAAAAAAAAA==";
    let give = |intent: String, salt: &'static str| {
        let (set, token) = (&set, &token);
        let given = json!({"intent": intent, "path": "name", "salt": salt, "value": "GUN 9"});
        async move { set.post_json("/api/disclosures", Some(token), &given).await }
    };
    told(&give(answer.intent.to_string(), salt).await, 409, "DISCLOSE-NO-COMMITMENT");
    told(&give(Id::from_bytes([5; 16]).to_string(), salt).await, 404, "INTENT-UNKNOWN");
    told(&give(answer.intent.to_string(), "AAAA").await, 400, "REQUEST-MALFORMED");
}
