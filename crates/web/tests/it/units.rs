//! Two units: entered and moved on their page, and said on the board, the day and the cards where there are two.

use kernel::{Day, Intent, Occasion, PlaceKind, Role, Roles, Unit};
use service::testkit::Part;

use crate::fixture::{Set, has, page};

const SECOND: Unit = Unit(2);

/// A second unit is entered, and what is needed of it is of it.
fn enter(set: &Set) {
    set.stage.accepted(Part::Producer, Intent::EnterUnit { unit: SECOND }).unwrap();
}

#[tokio::test]
async fn a_unit_is_entered_and_only_what_would_be_moved_is_there_to_choose() {
    let set = Set::new();
    let stage = &set.stage;
    let html = page(&set, Part::Producer, "/units").await;
    assert!(has(&html, "enter_unit") && html.contains("Hold: enter the second unit"), "{html}");
    assert!(!has(&html, "move_person_to_unit"), "there is nowhere to go: {html}");
    assert!(!has(&page(&set, Part::Performer, "/units").await, "enter_unit"));
    assert!(!page(&set, Part::Armorer, "/board").await.contains("first unit"), "of one unit nobody speaks");
    enter(&set);
    let html = page(&set, Part::Armorer, "/units").await;
    let gun = stage.revolver.to_string();
    assert!(has(&html, "move_gun_to_unit") && has(&html, "move_place_to_unit") && html.contains(&gun), "{html}");
    let form = html.split("data-kind=\"move_gun_to_unit\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("<option value=\"\">choose</option>"), "nothing is chosen before he looks: {form}");
    let html = page(&set, Part::Producer, "/units").await;
    assert!(has(&html, "move_person_to_unit") && !has(&html, "move_gun_to_unit"), "guns are the armorer's: {html}");
    // What is out is not there to choose, and the page says why.
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let html = page(&set, Part::Armorer, "/units").await;
    assert!(!html.contains(&format!("value=\"{gun}\"")) && html.contains("UNIT-NOT-PUT-AWAY"), "{html}");
}

#[tokio::test]
async fn a_thing_leads_to_where_it_is_moved_and_is_chosen_there() {
    let set = Set::new();
    let stage = &set.stage;
    let person = stage.person(Part::Performer).unwrap();
    let paths = [
        (Part::Armorer, format!("/guns/{}", stage.revolver), stage.revolver),
        (Part::Armorer, format!("/lots/{}", stage.dummies), stage.dummies),
        (Part::Armorer, format!("/places/{}", stage.vault), stage.vault),
        (Part::Producer, format!("/people/{person}"), person),
    ];
    for (part, path, _) in &paths {
        assert!(!page(&set, *part, path).await.contains("/units"), "of one unit nobody speaks: {path}");
    }
    enter(&set);
    for (part, path, thing) in &paths {
        let html = page(&set, *part, path).await;
        assert!(html.contains(&format!("/units?of={thing}#open")) && html.contains("move it to another"), "{html}");
    }
    let html = page(&set, Part::Armorer, &format!("/units?of={}", stage.revolver)).await;
    assert!(html.contains(&format!("<option value=\"{}\" selected>", stage.revolver)), "{html}");
    assert_eq!(html.matches("<details open>").count(), 1, "{html}");
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let html = page(&set, Part::Armorer, &format!("/units?of={}", stage.revolver)).await;
    assert!(html.contains("<b>GUN 1</b> is not moved now.") && html.contains("UNIT-NOT-PUT-AWAY"), "{html}");
}

#[tokio::test]
async fn the_board_the_day_and_the_cards_say_which_unit() {
    let set = Set::new();
    let stage = &set.stage;
    enter(&set);
    stage.accepted(Part::Armorer, Intent::MoveGunToUnit { gun: stage.revolver, unit: SECOND }).unwrap();
    let board = page(&set, Part::FirstAd, "/board").await;
    assert!(board.contains(", second unit</p>"), "{board}");
    let gun = page(&set, Part::FirstAd, &format!("/guns/{}", stage.revolver)).await;
    assert!(gun.contains(", second unit</p>"), "{gun}");
    let ridge = stage.place(PlaceKind::Set, false, false, "the ridge").unwrap();
    stage.accepted(Part::Armorer, Intent::MovePlaceToUnit { place: ridge, unit: SECOND }).unwrap();
    assert!(page(&set, Part::FirstAd, &format!("/places/{ridge}")).await.contains("Second unit"));
    let person = stage.person(Part::FirstAd).unwrap();
    stage.accepted(Part::Producer, Intent::MovePersonToUnit { person, unit: SECOND }).unwrap();
    let scene = stage.plans("the ride", false).unwrap();
    stage.accepted(Part::FirstAd, Intent::OpenScene { scene, place: ridge }).unwrap();
    for path in ["/board", "/day", "/scene", "/units"] {
        let html = page(&set, Part::FirstAd, path).await;
        assert!(html.contains("Second unit: the ride, the ridge, since"), "{path}: {html}");
    }
    let day = page(&set, Part::Armorer, "/day").await;
    assert!(day.contains("First unit: ") && day.contains("Second unit: the ride"), "{day}");
    assert!(page(&set, Part::FirstAd, "/people").await.contains("first AD; second unit"));
}

#[tokio::test]
async fn a_missing_round_holds_its_unit_on_every_page_and_the_other_may_still_stop() {
    let set = Set::new();
    let stage = &set.stage;
    enter(&set);
    stage.accepted(Part::Armorer, Intent::MoveGunToUnit { gun: stage.revolver, unit: SECOND }).unwrap();
    let lot = stage.dummies;
    let mut tally = stage.expected(lot).unwrap();
    tally.dummy -= 1;
    let count = stage.begin_count(lot, Occasion::Lunch).unwrap();
    let answer = Intent::AnswerCount { lot, count, tally, method: kernel::Method::RemovedSeenShaken, seal: Some(77) };
    stage.accepted(Part::Armorer, answer).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    let board = page(&set, Part::Performer, "/board").await;
    assert!(board.contains("THE FIRST UNIT IS HELD") && !board.contains("EVERYTHING IS HELD"), "{board}");
    assert!(!board.contains("data-state=\"held\" data-name=\"revolver"), "the gun of the second is not: {board}");
    assert!(page(&set, Part::Performer, "/units").await.contains("HELD"));
    let stop = page(&set, Part::Performer, "/stop").await;
    assert!(stop.contains("Hold: SOMEBODY IS HURT"), "{stop}");
    assert_eq!(set.get("/api/production", None).await.json()["held"], false, "one unit is, and not everything");
    let person = stage.person(Part::Performer).unwrap();
    let roles = Roles::NONE.with(Role::Performer);
    stage.accepted(Part::Producer, Intent::AssignRoles { person, day: Day(1), roles, answers_to: None }).unwrap();
    stage.accepted(Part::Performer, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    let board = page(&set, Part::Performer, "/board").await;
    assert!(board.contains("EVERYTHING IS HELD"), "{board}");
    assert!(page(&set, Part::Performer, "/stop").await.contains("Everything is held"));
    assert_eq!(set.get("/api/production", None).await.json()["held"], true);
}
