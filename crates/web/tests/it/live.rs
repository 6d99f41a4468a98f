//! The stream: each changed card once, at once, rendered; and a card that falls by itself.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::StatusCode;
use kernel::{Content, Intent};
use service::testkit::Part;
use tokio_stream::StreamExt;

use crate::fixture::{Set, request};

/// A stream of events, read one by one.
struct Events {
    frames: BodyDataStream,
    rest: String,
}

impl Events {
    async fn open(set: &Set) -> Events {
        let response = set.raw(request("GET", "/api/events", Some(&set.viewer()), Body::empty())).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events { frames: response.into_body().into_data_stream(), rest: String::new() }
    }

    /// The next event that is not a beat: its name and its data. Nothing within a second is a failure.
    async fn next(&mut self) -> (String, serde_json::Value) {
        loop {
            while let Some((event, rest)) = self.rest.clone().split_once("\n\n") {
                self.rest = rest.to_owned();
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
                let data = serde_json::from_str(field("data: ")).unwrap();
                if field("event: ") != "beat" {
                    return (field("event: ").to_owned(), data);
                }
            }
            let frame = tokio::time::timeout(Duration::from_secs(1), self.frames.next()).await;
            self.rest.push_str(&String::from_utf8_lossy(&frame.expect("silence").unwrap().unwrap()));
        }
    }

    async fn card_with(&mut self, word: &str) -> String {
        loop {
            let (event, data) = self.next().await;
            let html = data["html"].as_str().unwrap_or_default();
            if event == "card" && html.contains(word) {
                return html.to_owned();
            }
        }
    }
}

#[tokio::test]
async fn a_stream_begins_with_the_head_and_every_card() {
    let set = Set::new();
    let mut events = Events::open(&set).await;
    let (event, head) = events.next().await;
    assert_eq!((event.as_str(), head["size"].as_u64()), ("head", Some(set.stage.service.view().size)));
    for _ in 0..2 {
        let (event, card) = events.next().await;
        assert_eq!(event, "card");
        assert!(card["id"].as_str().unwrap().starts_with("card-"));
        assert!(card["html"].as_str().unwrap().contains("LOCKED"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_reaches_every_stream_and_only_its_card_is_sent() {
    let set = Set::new();
    let mut streams = [Events::open(&set).await, Events::open(&set).await];
    for stream in &mut streams {
        stream.card_with("GUN 2 RUBBER").await;
    }
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    for stream in &mut streams {
        let html = stream.card_with("UNKNOWN").await;
        assert!(html.contains("GUN 1") && html.contains("with the armorer"), "{html}");
    }
    set.stage.accepted(Part::FirstAd, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    for stream in &mut streams {
        stream.card_with("HELD").await;
    }
}

/// A second unit changes no state of any gun, and stands on every card.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_words_alone_change_is_sent_too() {
    let set = Set::new();
    let (stage, unit) = (&set.stage, kernel::Unit(2));
    let mut events = Events::open(&set).await;
    events.card_with("GUN 2 RUBBER").await;
    stage.accepted(Part::Producer, Intent::EnterUnit { unit }).unwrap();
    for _ in 0..2 {
        events.card_with(", first unit").await;
    }
    stage.accepted(Part::Armorer, Intent::MoveGunToUnit { gun: stage.revolver, unit }).unwrap();
    assert!(events.card_with(", second unit").await.contains("GUN 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_showing_that_lapses_is_told_without_anybody_doing_anything() {
    let set = Set::new();
    set.stage.show(Content::Empty).unwrap();
    let mut events = Events::open(&set).await;
    let html = events.card_with("EMPTY").await;
    let left = html.split("data-left-ms=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
    let left: u64 = left.parse().unwrap();
    assert!((299_000..=300_000).contains(&left), "{left}");
    // The task sleeps until the lapse that it knows of; something recorded just before lets it look at the clock.
    set.stage.clock.advance(left - 50);
    set.stage.ask(Part::FirstAd, Intent::ReportReturned { person: set.stage.person(Part::FirstAd).unwrap() }).unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    set.stage.clock.advance(60);
    let html = events.card_with("UNKNOWN").await;
    assert!(html.contains("the time to show it again came at 08:05"), "{html}");
}

#[tokio::test]
async fn a_record_in_doubt_and_a_session_that_ends_are_no_secret() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    assert_eq!(set.get("/api/board", Some(&token)).await.json()["doubt"], serde_json::Value::Null);
    set.stage.service.log_out(&token);
    let reply = set.raw(request("GET", "/api/events", Some(&token), Body::empty())).await;
    assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
}

/// What is no entry is told too: who countersigned the record, who stamped it.
#[tokio::test(flavor = "multi_thread")]
async fn what_changed_beside_the_record_is_told() {
    let set = Set::new();
    let mut events = Events::open(&set).await;
    events.card_with("GUN 2 RUBBER").await;
    let url = "http://tsa.invalid/".to_owned();
    set.stage.service.name_stamp_authorities(std::slice::from_ref(&url));
    set.stage.service.no_wrap_stamp(&url, 1, &service::StampFault::OtherRequest);
    loop {
        let (event, data) = events.next().await;
        if event == "beside" {
            assert_eq!(data, serde_json::json!({}));
            return;
        }
    }
}
