//! The day: scene and meeting, what is open and who owns it, the three closings, the certificate, the
//! line, the roster.

use axum::http::StatusCode;
use kernel::{Content, Day, Intent, Occasion, Role};
use record::Millis;
use service::testkit::{CALL_MS, Part, all};

use crate::fixture::{Set, page};

/// Everything is counted, sealed and locked away.
fn put_everything_away(set: &Set, occasion: Occasion) {
    let stage = &set.stage;
    for lot in [stage.dummies, stage.blanks] {
        if stage.service.view().state.lots[&lot].opened {
            stage.count(lot, occasion).unwrap();
        }
        stage.accepted(Part::Armorer, Intent::PutAwayLot { lot, place: stage.case }).unwrap();
    }
}

#[tokio::test]
async fn what_is_open_stands_under_its_owner_and_keeps_the_closings_shut() {
    let set = Set::new();
    let stage = &set.stage;
    put_everything_away(&set, Occasion::Receipt);
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let html = page(&set, Part::FirstAd, "/day").await;
    let list = html.split("id=\"open-list\"").nth(1).unwrap();
    assert!(list.contains("One thing is open") && list.contains("<h3>the armorer</h3>"), "{list}");
    assert!(list.contains("GUN 1 with the armorer"), "{list}");
    for word in ["LUNCH", "SCENE END", "WRAP"] {
        assert!(!html.contains(&format!("Hold: {word}")), "{word} is open");
    }
    assert_eq!(html.matches("not yet: one thing is open").count(), 3);
    stage.accepted(Part::Armorer, Intent::PutAway { gun: stage.revolver, place: stage.vault }).unwrap();
    let html = page(&set, Part::FirstAd, "/day").await;
    assert!(html.contains("Nothing is open.") && html.contains("Hold: LUNCH") && html.contains("Hold: SCENE END"));
    // The scene is open still: it has to end before the day does.
    assert!(!html.contains("Hold: WRAP") && html.contains("not yet"), "{html}");
    let performer = page(&set, Part::Performer, "/day").await;
    assert!(!performer.contains("data-kind=\"close_for_lunch\"") && !performer.contains("data-kind=\"wrap\""));
}

#[tokio::test]
async fn the_certificate_says_what_was_where_when_the_day_was_wrapped_also_later() {
    let set = Set::new();
    let stage = &set.stage;
    let early = set.get("/wrap/1", Some(&set.token(Part::FirstAd))).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    assert!(early.text().contains("DAY-NOT-WRAPPED"), "{}", early.text());
    put_everything_away(&set, Occasion::Receipt);
    stage.accepted(Part::FirstAd, Intent::CloseScene).unwrap();
    let wrapped = stage.accepted(Part::FirstAd, Intent::Wrap).unwrap();
    let day = page(&set, Part::FirstAd, "/day").await;
    assert!(day.contains("href=\"/wrap/1\"") && !day.contains("data-kind=\"wrap\""), "{day}");
    // The next day a gun is out again: what was where at wrap stays said.
    let person = stage.person(Part::PropertyMaster).unwrap();
    let roles = kernel::Roles::NONE.with(Role::PropertyMaster);
    stage.accepted(Part::Producer, Intent::AssignRoles { person, day: Day(2), roles, answers_to: None }).unwrap();
    stage.accepted(Part::FirstAd, Intent::OpenDay { day: Day(2) }).unwrap();
    stage.accepted(Part::PropertyMaster, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let html = page(&set, Part::Witness, "/wrap/1").await;
    let index = wrapped.index;
    for words in [
        "day 1 wrapped".to_owned(),
        "Wrapped by <b>the first AD</b>".to_owned(),
        format!("entry <b>{index}</b>"),
        format!("/api/receipts/{index}"),
        "GUN 1".to_owned(),
        "in the vault".to_owned(),
        "1001".to_owned(),
        "the armorer and the witness".to_owned(),
        stage.service.view().root.to_string(),
    ] {
        assert!(html.contains(&words), "{words} is missing: {html}");
    }
    assert!(!html.contains("with the property master"), "{html}");
    assert_eq!(set.get("/wrap/2", Some(&set.token(Part::FirstAd))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(set.get("/wrap/first", Some(&set.token(Part::FirstAd))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_five_topics_are_ticked_one_by_one_and_everybody_enters_himself() {
    let set = Set::new();
    let html = page(&set, Part::FirstAd, "/meeting").await;
    assert_eq!(html.matches("name=\"topics\"").count(), 5);
    let form = html.split("data-kind=\"hold_meeting\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert_eq!(form.matches("<button").count(), 1, "there is no button for all of them");
    let stage = &set.stage;
    let topics = kernel::Topic::ALL.into_iter().collect();
    let again = Intent::HoldMeeting { scene: stage.scene, place: stage.set, topics };
    let meeting = stage.accepted(Part::FirstAd, again).unwrap().intent;
    let performer = page(&set, Part::Performer, "/meeting").await;
    assert!(performer.contains("I AM HERE, in person") && performer.contains(&meeting.to_string()), "{performer}");
    assert!(!performer.contains("data-kind=\"hold_meeting\""));
    let leader = page(&set, Part::FirstAd, "/meeting").await;
    assert!(leader.contains("data-kind=\"attend_meeting\"") && leader.contains("data-field=\"person\""), "{leader}");
}

#[tokio::test]
async fn nothing_is_chosen_as_the_place_of_a_scene_and_nobody_shoots_in_a_case() {
    let set = Set::new();
    let stage = &set.stage;
    put_everything_away(&set, Occasion::Receipt);
    stage.accepted(Part::FirstAd, Intent::CloseScene).unwrap();
    let html = page(&set, Part::FirstAd, "/scene").await;
    let form = html.split("data-kind=\"open_scene\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert_eq!(form.matches("<option value=\"\">choose</option>").count(), 2, "{form}");
    assert!(form.contains(&stage.set.to_string()), "{form}");
    for place in [stage.case, stage.vault] {
        assert!(!form.contains(&place.to_string()), "{form}");
    }
}

#[tokio::test]
async fn a_scene_is_closed_by_those_who_run_the_day_when_nothing_is_out() {
    let set = Set::new();
    let html = page(&set, Part::FirstAd, "/scene").await;
    assert!(html.contains("data-kind=\"plan_scene\"") && !html.contains("data-kind=\"close_scene\""), "{html}");
    put_everything_away(&set, Occasion::Receipt);
    assert!(page(&set, Part::FirstAd, "/scene").await.contains("data-kind=\"close_scene\""));
    let performer = page(&set, Part::Performer, "/scene").await;
    assert!(!performer.contains("data-kind=\"close_scene\"") && !performer.contains("data-kind=\"plan_scene\""));
    set.stage.accepted(Part::FirstAd, Intent::CloseScene).unwrap();
    assert!(page(&set, Part::FirstAd, "/scene").await.contains("data-kind=\"open_scene\""));
}

#[tokio::test]
async fn those_who_walk_a_line_read_for_themselves_and_nobody_else_does() {
    let set = Set::new();
    let line = set.begin_line();
    let stage = &set.stage;
    let (gun, to) = (stage.revolver, stage.person(Part::Performer).unwrap());
    let read = format!("/line/{line}/guns/{gun}/to/{to}");
    let handler = page(&set, Part::Armorer, &read).await;
    assert!(handler.contains("data-kind=\"issue_in_line\"") && handler.contains("data-chambers=\"6\""), "{handler}");
    assert!(page(&set, Part::Witness, &read).await.contains("has not read it yet"));
    assert!(page(&set, Part::FirstAd, &read).await.contains("Only the two who walk this line"));
    let issue = Intent::IssueInLine { gun, line, to, readings: all(Content::Empty, 6) };
    let issue = stage.accepted(Part::Armorer, issue).unwrap().intent;
    let list = page(&set, Part::Witness, &format!("/line/{line}")).await;
    assert!(list.contains("GUN 1") && !list.contains("the performer"), "whose wristband it was he reads for himself");
    let witness = page(&set, Part::Witness, &read).await;
    assert!(witness.contains("data-kind=\"confirm_in_line\"") && witness.contains(&issue.to_string()), "{witness}");
    let copy = page(&set, Part::Armorer, &format!("/line/{line}/guns/{}/to/{to}", stage.rubber)).await;
    assert!(copy.contains("It holds no cartridge.") && copy.contains("&quot;readings&quot;:[]"), "{copy}");
    let muster = page(&set, Part::Armorer, &format!("/line/{line}/muster")).await;
    assert!(muster.contains("data-kind=\"muster_line\""), "{muster}");
    stage.accepted(Part::Armorer, Intent::MusterLine { line, guns: 1 }).unwrap();
    assert!(page(&set, Part::Armorer, &format!("/line/{line}/muster")).await.contains("You have counted."));
    assert!(page(&set, Part::Witness, &format!("/line/{line}/muster")).await.contains("data-kind=\"muster_line\""));
}

#[tokio::test]
async fn taking_back_is_a_row_and_lists_what_is_out() {
    let set = Set::new();
    set.show_loaded();
    let offer = set.stage.offer().unwrap();
    set.stage.take(offer).unwrap();
    let html = page(&set, Part::Armorer, "/take-back").await;
    assert!(html.contains("id=\"row\"") && html.contains("data-kind=\"take_back\""), "{html}");
    assert!(html.contains(&format!("data-scan=\"{}\"", set.stage.revolver)), "{html}");
    set.stage.accepted(Part::Armorer, Intent::TakeBack { gun: set.stage.revolver }).unwrap();
    assert!(!page(&set, Part::Armorer, "/take-back").await.contains("data-scan="));
}

#[tokio::test]
async fn a_duty_on_the_roster_stands_on_the_persons_page_and_on_the_day() {
    let set = Set::new();
    let person = set.stage.person(Part::Armorer).unwrap();
    let path = format!("/people/{person}");
    let form = page(&set, Part::Producer, &path).await;
    assert!(form.contains("data-kind=\"roster_duty\"") && form.contains(&format!("value=\"{CALL_MS}\"")), "{form}");
    let duty =
        Intent::RosterDuty { person, role: Role::Props, from: Millis(CALL_MS), until: Millis(CALL_MS + 3_600_000) };
    set.stage.accepted(Part::Producer, duty).unwrap();
    assert!(page(&set, Part::Producer, &path).await.contains("rostered as props from 08:00 until 09:00"));
    assert!(page(&set, Part::FirstAd, "/day").await.contains("the armorer: props until 09:00"));
    let gun = page(&set, Part::Armorer, &format!("/guns/{}", set.stage.revolver)).await;
    assert!(!gun.contains("data-kind=\"take_out\"") && gun.contains("until 09:00"), "{gun}");
}
