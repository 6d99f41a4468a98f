//! No route, page or stream tells what somebody saw before both have answered (law 7).
//!
//! Two productions are played alike, save for what the first one sees. Whatever anybody is served
//! must be the same in both, once ids, hashes and signatures of each production are put aside; and
//! nothing that was put aside may hold a reading.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use kernel::{Content, Intent, Readings};
use record::Id;
use record::label::{LabelKind, label, production_tag};
use service::testkit::{Part, all};
use showclear_web::auth::ROUTES;
use tokio_stream::StreamExt;

use crate::fixture::{Set, request};

/// A run of characters that may be base64: at least as long as a short reading would need.
const LONG: usize = 24;

/// Everything that anybody is served now, by what was asked for and by whom.
async fn walk(set: &Set, intents: &[Id]) -> Vec<(String, String)> {
    let mut tokens = vec![("nobody".to_owned(), None), ("the board".to_owned(), Some(set.viewer()))];
    tokens.extend(Part::ALL.map(|part| (part.name().to_owned(), Some(set.token(part)))));
    let mut seen = Vec::new();
    for (who, token) in &tokens {
        for path in paths(set, intents) {
            let body = if path == "/api/events" {
                stream(set, token.as_deref()).await
            } else {
                let reply = set.get(&path, token.as_deref()).await;
                format!("{} {}", reply.status, reply.text())
            };
            no_reading_is_hidden(&body, &format!("GET {path} as {who}"));
            seen.push((normal(set, &format!("{who}: GET {path}")), normal(set, &body)));
        }
    }
    seen
}

/// Every GET route with every thing that can stand in it.
fn paths(set: &Set, intents: &[Id]) -> Vec<String> {
    let view = set.stage.service.view();
    let mut paths = Vec::new();
    for (_, path, _) in ROUTES.iter().filter(|(method, path, _)| *method == "GET" && !path.contains('*')) {
        let fill = |name: &str, values: Vec<String>| {
            values.into_iter().map(|value| path.replace(name, &value)).collect::<Vec<_>>()
        };
        let ids = |ids: Vec<Id>| ids.iter().map(Id::to_string).collect::<Vec<_>>();
        if path.contains("{gun}") {
            paths.extend(fill("{gun}", ids(view.state.guns.keys().copied().collect())));
        } else if path.contains("{person}") {
            paths.extend(fill("{person}", ids(view.state.people.keys().copied().collect())));
        } else if path.contains("{index}") {
            paths.extend(fill("{index}", (0..view.size).map(|index| index.to_string()).collect()));
        } else if path.contains("{intent}") {
            paths.extend(fill("{intent}", ids(intents.to_vec())));
        } else if path.contains("{label}") {
            paths.extend(fill("{label}", vec![view.label(LabelKind::Gun, set.stage.revolver)]));
        } else {
            paths.push((*path).to_owned());
        }
    }
    paths
}

/// What the stream of events begins with. How often a card is sent hangs on when the stream was
/// opened, so each event counts once.
async fn stream(set: &Set, token: Option<&str>) -> String {
    let response = set.raw(request("GET", "/api/events", token, Body::empty())).await;
    let mut frames = response.into_body().into_data_stream();
    let mut text = String::new();
    while let Ok(Some(Ok(frame))) = tokio::time::timeout(Duration::from_millis(25), frames.next()).await {
        text.push_str(&String::from_utf8_lossy(&frame));
    }
    let events: BTreeSet<&str> = text.split("\n\n").filter(|event| !event.contains("event: beat")).collect();
    events.into_iter().collect::<Vec<_>>().join("\n\n")
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/=-_".contains(character)
}

/// Nothing that decodes holds a reading, and no reading stands there in plain.
fn no_reading_is_hidden(body: &str, what: &str) {
    // The schema of intents names the words; it is the same for everybody.
    if !what.contains("openapi") {
        assert!(!body.contains("\"saw\"") && !body.contains("removed_seen"), "{what} holds a reading: {body}");
    }
    for run in body.split(|character| !is_base64(character)).filter(|run| run.len() >= LONG) {
        let bare = run.trim_end_matches('=');
        let decoded = [STANDARD.decode(run).ok(), STANDARD_NO_PAD.decode(bare).ok(), URL_SAFE_NO_PAD.decode(bare).ok()];
        for bytes in decoded.into_iter().flatten() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("\"saw\"") && !text.contains("readings"), "{what} holds a closed answer");
        }
    }
}

/// Puts aside what differs between any two productions: ids of its own, labels, hashes, signatures.
fn normal(set: &Set, text: &str) -> String {
    let (production, founder) = (set.stage.service.production(), set.stage.service.founder());
    let view = set.stage.service.view();
    let mut text = text.to_owned();
    let labelled = [
        (LabelKind::Gun, view.state.guns.keys().copied().collect::<Vec<_>>()),
        (LabelKind::Person, view.state.people.keys().copied().collect()),
        (LabelKind::Lot, view.state.lots.keys().copied().collect()),
        (LabelKind::Place, view.state.places.keys().copied().collect()),
    ];
    for (kind, ids) in labelled {
        for id in ids {
            text = text.replace(&label(kind, production, id), "LABEL");
        }
    }
    text = text.replace(&production.to_string(), "PRODUCTION").replace(&founder.to_string(), "FOUNDER");
    text = text.replace(&production_tag(production), "TAG");
    let mut plain = String::new();
    let mut run = String::new();
    for character in text.chars().chain(['\n']) {
        if is_base64(character) {
            run.push(character);
            continue;
        }
        let is_id = run.parse::<Id>().is_ok();
        plain.push_str(if run.len() >= LONG && !is_id { "LONG" } else { &run });
        plain.push(character);
        run.clear();
    }
    plain
}

/// What the first and the second to answer see.
struct Play {
    first: (Part, Readings),
    second: (Part, Readings),
}

/// Plays until one has answered, looks everywhere; then until both have, and looks again.
async fn played(play: &Play) -> [Vec<(String, String)>; 2] {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let check = set.stage.begin_check().unwrap();
    let mut intents = vec![check];
    let mut walks = Vec::new();
    for (part, readings) in [play.first, play.second] {
        let note = set.stage.note(part, Intent::AnswerCheck { gun, check, readings }).unwrap();
        let reply = set.post("/api/intents", Some(&set.token(part)), note.clone()).await;
        assert_eq!(reply.json()["accepted"], true, "{}", reply.text());
        no_reading_is_hidden(&reply.text(), "the answer to an answer");
        set.stage.recorded(part, &note).unwrap();
        intents.push(reply.json()["intent"].as_str().unwrap().parse().unwrap());
        // Refusals speak of the gun too: to hand it over now is asked and refused.
        let to = set.stage.person(Part::Performer).unwrap();
        let ask = set.stage.note(Part::Armorer, Intent::Offer { gun, to }).unwrap();
        let refused = set.post("/api/intents", Some(&set.token(Part::Armorer)), ask.clone()).await;
        set.stage.recorded(Part::Armorer, &ask).unwrap();
        let mut walked = walk(&set, &intents).await;
        walked.push(("the refusal".to_owned(), normal(&set, &refused.text())));
        walks.push(walked);
    }
    walks.try_into().unwrap()
}

fn first_difference(one: &[(String, String)], two: &[(String, String)]) -> Option<String> {
    assert_eq!(one.len(), two.len());
    let differ = one.iter().zip(two).find(|(one, two)| one != two);
    differ.map(|((what, one), (_, two))| format!("{what}\n--- one\n{one}\n--- two\n{two}"))
}

#[tokio::test]
async fn nobody_learns_what_the_checker_saw_before_the_witness_answered() {
    let (dummies, empty) = (all(Content::Dummy, 6), all(Content::Empty, 6));
    let one = Play { first: (Part::Armorer, dummies), second: (Part::Witness, empty) };
    let two = Play { first: (Part::Armorer, empty), second: (Part::Witness, dummies) };
    let ([one_alone, one_both], [two_alone, two_both]) = (played(&one).await, played(&two).await);
    assert_eq!(first_difference(&one_alone, &two_alone), None);
    // They differed: still nobody learns what either saw, for both look again.
    assert_eq!(first_difference(&one_both, &two_both), None);
}

#[tokio::test]
async fn nobody_learns_what_the_witness_saw_before_the_checker_answered() {
    let (blanks, empty) = (all(Content::Blank, 6), all(Content::Empty, 6));
    let one = Play { first: (Part::Witness, blanks), second: (Part::Armorer, blanks) };
    let two = Play { first: (Part::Witness, empty), second: (Part::Armorer, empty) };
    let ([one_alone, one_both], [two_alone, two_both]) = (played_open(&one).await, played_open(&two).await);
    assert_eq!(first_difference(&one_alone, &two_alone), None);
    // Once both have answered alike it is shown what they saw: the comparison can tell.
    let told = first_difference(&one_both, &two_both).unwrap();
    assert!(told.contains("BLANK 6/6") || told.contains("EMPTY"), "{told}");
}

/// As [`played`], for two who agree: what was closed is open afterwards and may be read.
async fn played_open(play: &Play) -> [Vec<(String, String)>; 2] {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let check = set.stage.begin_check().unwrap();
    let (part, readings) = play.first;
    let first = set.stage.accepted(part, Intent::AnswerCheck { gun, check, readings }).unwrap();
    let alone = walk(&set, &[check, first.intent]).await;
    let (part, readings) = play.second;
    set.stage.accepted(part, Intent::AnswerCheck { gun, check, readings }).unwrap();
    let token = set.token(Part::FirstAd);
    let board = set.get("/board", Some(&token)).await.text();
    [alone, vec![("the board".to_owned(), normal(&set, &board))]]
}
