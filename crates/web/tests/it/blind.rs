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
use kernel::{Content, Intent, Method, Occasion, Readings, Tally};
use record::Id;
use record::label::{LabelKind, label, production_tag};
use service::testkit::{Part, all};
use showclear_web::auth::ROUTES;
use tokio_stream::StreamExt;

use crate::fixture::{Set, request};

/// A run of characters that may be base64: at least as long as a short reading would need.
const LONG: usize = 24;

/// How many characters around a difference are told.
const AROUND: usize = 200;

/// No drawing of a shape has so many characters; the symbol of a label has more.
const SYMBOL: usize = 400;

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
    let ids = |ids: Vec<Id>| ids.iter().map(Id::to_string).collect::<Vec<_>>();
    let things: [(&str, Vec<String>); 12] = [
        ("{gun}", ids(view.state.guns.keys().copied().collect())),
        ("{lot}", ids(view.state.lots.keys().copied().collect())),
        ("{place}", ids(view.state.places.keys().copied().collect())),
        ("{line}", ids(view.state.lines.keys().copied().collect())),
        ("{shot}", ids(view.state.shots.keys().copied().collect())),
        ("{person}", ids(view.state.people.keys().copied().collect())),
        ("{index}", (0..view.size).map(|index| index.to_string()).collect()),
        ("{intent}", ids(intents.to_vec())),
        (
            "{label}",
            vec![view.label(LabelKind::Gun, set.stage.revolver), view.label(LabelKind::Lot, set.stage.dummies)],
        ),
        ("{day}", vec!["1".to_owned()]),
        ("{witness}", vec!["insurer".to_owned()]),
        ("{sha256}", vec!["0".repeat(64)]),
    ];
    let routes = ROUTES.iter().filter(|(method, path, _)| *method == "GET" && !path.contains('*'));
    let mut paths: Vec<String> = routes.map(|(_, path, _)| (*path).to_owned()).collect();
    for (name, values) in &things {
        let fill = |path: String| -> Vec<String> {
            if !path.contains(name) {
                return vec![path];
            }
            values.iter().map(|value| path.replace(name, value)).collect()
        };
        paths = paths.into_iter().flat_map(fill).collect();
    }
    assert!(paths.iter().all(|path| !path.contains('{')), "a route holds something that is filled with nothing");
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
        let plain = ["\"saw\"", "removed_seen", "\"tally\"", "\"kind\":\"muster_line\""];
        let found = plain.iter().find(|word| body.contains(**word));
        assert!(found.is_none(), "{what} holds a closed answer: {found:?}");
    }
    for run in body.split(|character| !is_base64(character)).filter(|run| run.len() >= LONG) {
        let bare = run.trim_end_matches('=');
        let decoded = [STANDARD.decode(run).ok(), STANDARD_NO_PAD.decode(bare).ok(), URL_SAFE_NO_PAD.decode(bare).ok()];
        for bytes in decoded.into_iter().flatten() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let closed = ["\"saw\"", "readings", "\"tally\"", "\"kind\":\"muster_line\""];
            assert!(!closed.iter().any(|word| text.contains(word)), "{what} holds a closed answer");
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
            let label = label(kind, production, id);
            text = text.replace(&label, "LABEL");
            // Small labels are printed on two lines.
            text = text.replace(&format!(">{}<", label.rsplit('-').next().unwrap()), ">LABEL<");
        }
    }
    text = without_symbols(&text);
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

/// Puts the squares of printed labels aside: a symbol is a drawing of its label, long as no other is.
fn without_symbols(text: &str) -> String {
    let parts = text.split(" d=\"").map(|part| match part.split_once('"') {
        Some((drawing, rest)) if drawing.len() > SYMBOL => format!("SYMBOL\"{rest}"),
        Some(_) | None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join(" d=\"")
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
    let (what, one, two) =
        one.iter().zip(two).find_map(|(one, two)| (one != two).then_some((&one.0, &one.1, &two.1)))?;
    let at = one.chars().zip(two.chars()).take_while(|(one, two)| one == two).count();
    let around = |text: &str| text.chars().skip(at.saturating_sub(AROUND)).take(2 * AROUND).collect::<String>();
    Some(format!("{what}\n--- one\n{}\n--- two\n{}", around(one), around(two)))
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
    // Once both have answered alike it is shown what they saw, and blanks that nobody loaded stop everything: the
    // comparison can tell.
    let told = first_difference(&one_both, &two_both).unwrap();
    assert!(told.contains("EVERYTHING IS HELD"), "{told}");
}

/// As [`played`], for two who agree: what was closed is open afterwards and may be read.
async fn played_open(play: &Play) -> [Vec<(String, String)>; 2] {
    let set = Set::new();
    let gun = set.stage.revolver;
    // A shot plan says how its gun was shown, and nothing before both have said so.
    set.planned_shot();
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

/// A blind answer that is not the reading of a check: what is prepared, what the two sides say, and a
/// text that can be read once both have said the same.
struct Blind {
    prepare: fn(&Set) -> Id,
    first: fn(&Set, Id, bool) -> (Part, record::Intent),
    second: fn(&Set, Id) -> (Part, record::Intent),
    told: &'static str,
}

/// Plays until the first has answered, one of two things, and looks everywhere.
async fn first_answered(blind: &Blind, one: bool) -> (Set, Id, Vec<(String, String)>) {
    let set = Set::new();
    let act = (blind.prepare)(&set);
    let (part, intent) = (blind.first)(&set, act, one);
    let answer = set.stage.accepted(part, intent).unwrap();
    let seen = walk(&set, &[act, answer.intent]).await;
    (set, answer.intent, seen)
}

async fn the_first_answer_stays_closed(blind: &Blind) {
    let (set, first, seen) = first_answered(blind, true).await;
    let (_, _, other) = first_answered(blind, false).await;
    assert_eq!(first_difference(&seen, &other), None);
    let (part, intent) = (blind.second)(&set, first);
    let second = set.stage.accepted(part, intent).unwrap();
    let token = set.token(Part::FirstAd);
    let entries = [second.index - 1, second.index].map(|index| format!("/api/entries/{index}"));
    let mut told = String::new();
    for path in entries {
        told.push_str(&set.get(&path, Some(&token)).await.text());
    }
    assert!(told.contains(blind.told), "once both have said the same it may be read: {told}");
}

#[tokio::test]
async fn nobody_learns_what_was_counted_first_before_both_have_counted() {
    fn answer(set: &Set, count: Id, dummies: u32, seal: Option<u32>) -> record::Intent {
        let tally = Tally { dummy: dummies, ..Tally::default() };
        Intent::AnswerCount { lot: set.stage.dummies, count, tally, method: Method::RemovedSeenShaken, seal }
    }
    the_first_answer_stays_closed(&Blind {
        prepare: |set| set.stage.begin_count(set.stage.dummies, Occasion::Receipt).unwrap(),
        first: |set, count, one| (Part::Armorer, answer(set, count, if one { 50 } else { 37 }, one.then_some(4711))),
        second: |set, _| {
            let count = set.stage.service.view().state.lots[&set.stage.dummies].count.unwrap().act;
            (Part::Witness, answer(set, count, 50, Some(4711)))
        },
        told: "\"tally\"",
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_how_many_guns_were_counted_in_a_line_before_both_have_counted() {
    the_first_answer_stays_closed(&Blind {
        prepare: Set::begin_line,
        first: |_, line, one| (Part::Witness, Intent::MusterLine { line, guns: if one { 0 } else { 7 } }),
        second: |set, _| {
            let line = *set.stage.service.view().state.lines.keys().next().unwrap();
            (Part::Armorer, Intent::MusterLine { line, guns: 0 })
        },
        told: "\"line_mustered\"",
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_what_the_handler_read_in_a_line_before_the_witness_has_read() {
    the_first_answer_stays_closed(&Blind {
        prepare: Set::begin_line,
        first: |set, line, one| {
            let (gun, to) = (set.stage.revolver, set.stage.person(Part::Performer).unwrap());
            let readings = all(if one { Content::Empty } else { Content::Dummy }, 6);
            (Part::Armorer, Intent::IssueInLine { gun, line, to, readings })
        },
        second: |set, issue| {
            let (gun, to) = (set.stage.revolver, set.stage.person(Part::Performer).unwrap());
            (Part::Witness, Intent::ConfirmInLine { gun, issue, to, readings: all(Content::Empty, 6) })
        },
        told: "\"saw\"",
    })
    .await;
}
