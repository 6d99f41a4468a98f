//! The pages of people: what somebody was trained on, and what the production asks for.

use axum::http::StatusCode;
use kernel::{Action, Day, Intent, Requirement};
use service::testkit::Part;

use crate::fixture::Set;

async fn page(set: &Set, part: Part, path: &str) -> String {
    let reply = set.get(path, Some(&set.token(part))).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
    reply.text()
}

fn has(html: &str, kind: &str) -> bool {
    html.contains(&format!("data-kind=\"{kind}\""))
}

#[tokio::test]
async fn training_stands_at_each_person_and_is_entered_by_another_who_handles() {
    let set = Set::new();
    let stage = &set.stage;
    let person = stage.person(Part::Performer).unwrap();
    let path = format!("/people/{person}");
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("Trained on no action, as far as entered.") && has(&html, "enter_training"), "{html}");
    assert!(has(&html, "enter_course") && html.contains("Has not completed the safety course, as far as entered."));
    let own = page(&set, Part::Performer, &path).await;
    assert!(!has(&own, "enter_training") && !has(&own, "enter_course"), "{own}");
    let producer = page(&set, Part::Producer, &path).await;
    assert!(!has(&producer, "enter_training") && has(&producer, "enter_course"), "{producer}");
    let trained = Intent::EnterTraining { person, action: Action::SingleAction, passed: true };
    stage.accepted(Part::Armorer, trained).unwrap();
    stage.accepted(Part::Armorer, Intent::EnterCourse { person, until: Some(Day(3)) }).unwrap();
    let html = page(&set, Part::Armorer, &path).await;
    assert!(html.contains("Trained and assessed on: single-action revolver."), "{html}");
    assert!(html.contains("Completed the safety course, which holds until day 3."), "{html}");
}

#[tokio::test]
async fn what_is_asked_for_is_said_to_everybody_and_stands_at_each_person() {
    let set = Set::new();
    let stage = &set.stage;
    let html = page(&set, Part::Producer, "/people").await;
    assert!(has(&html, "require") && !html.contains("The production asks for:"), "{html}");
    assert!(!has(&page(&set, Part::Witness, "/people").await, "require"));
    stage.accepted(Part::Producer, Intent::Require { what: Requirement::Training, required: true }).unwrap();
    let html = page(&set, Part::Witness, "/people").await;
    assert!(html.contains("The production asks for: training on the action of a gun"), "{html}");
    assert!(page(&set, Part::Producer, "/people").await.contains("REQUIRE-RUNNING-DAY"));
    let person = stage.person(Part::Performer).unwrap();
    let html = page(&set, Part::Armorer, &format!("/people/{person}")).await;
    assert!(html.contains("Trained on no action, as far as entered, and the production asks for it."), "{html}");
}
