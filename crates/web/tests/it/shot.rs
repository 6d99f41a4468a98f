//! The pages of the shot plan: each sees what he may enter, and what is missing for SHOT READY.

use axum::http::StatusCode;
use kernel::{Content, Holds, Intent, ShotChange, Toward};
use record::Id;
use service::testkit::Part;

use crate::fixture::{Set, has, page};

#[tokio::test]
async fn first_ad_and_armorer_plan_and_nobody_approves_his_own() {
    let set = Set::new();
    let list = page(&set, Part::FirstAd, "/shots").await;
    assert!(has(&list, "plan_shot") && has(&list, "begin_take") && list.contains("No shot plan was entered"), "{list}");
    assert!(!has(&page(&set, Part::Performer, "/shots").await, "plan_shot"));
    let path = format!("/shots/{}", set.planned_shot());
    let html = page(&set, Part::FirstAd, &path).await;
    for words in [
        "toward the camera, stand-off 2.5 m",
        "planned: EMPTY",
        "3 m from the muzzle of",
        "was not told",
        "a shield will stand: not entered yet",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(has(&html, "plan_gun") && has(&html, "place_person") && has(&html, "tell_person"), "{html}");
    assert!(!has(&html, "approve_muzzle") && html.contains("LINE-OWN-APPROVAL"), "{html}");
    assert!(
        !has(&html, "call_shot_ready") && html.contains("SHOT-NOT-TOLD") && html.contains("SHOWING-NEVER"),
        "{html}"
    );
    assert!(html.contains("not ready: 6 things are missing"), "{html}");
    let armorer = page(&set, Part::Armorer, &path).await;
    assert!(has(&armorer, "approve_muzzle") && has(&armorer, "set_barrier") && has(&armorer, "measure_stand_off"));
    let safety = page(&set, Part::SafetyOfficer, &path).await;
    assert!(has(&safety, "measure_stand_off") && !has(&safety, "plan_gun"), "{safety}");
}

#[tokio::test]
async fn what_is_planned_is_no_state_and_stands_beside_the_state_of_the_gun() {
    let set = Set::new();
    let (stage, shot) = (&set.stage, set.planned_shot());
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    let html = page(&set, Part::FirstAd, &format!("/shots/{shot}")).await;
    let gun = html.split("<h2>Guns</h2>").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(gun.contains("data-state=\"unknown\"") && gun.contains("UNKNOWN"), "{gun}");
    assert!(gun.contains("<b>planned: EMPTY</b>"), "{gun}");
    let form = html.split("data-kind=\"plan_gun\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert_eq!(form.matches("<option value=\"\">choose</option>").count(), 3, "gun, load, muzzle: {form}");
    assert!(form.contains("A shield will stand in its line") && !form.contains("option selected"), "{form}");
}

#[tokio::test]
async fn of_several_guns_each_thing_that_is_missing_stands_under_its_gun() {
    let set = Set::new();
    let (stage, shot) = (&set.stage, set.planned_shot());
    let html = page(&set, Part::FirstAd, &format!("/shots/{shot}")).await;
    assert!(html.contains("<h3>GUN 1</h3>") && html.contains("<h3>The people and the shot</h3>"), "{html}");
    let plan = Intent::PlanGun {
        gun: stage.rubber,
        shot,
        holds: Holds::Empty,
        load: None,
        rounds: 0,
        toward: Toward::Nobody,
        stand_off_millimetres: 0,
        barrier: false,
        copy_will_not_do: false,
    };
    stage.accepted(Part::FirstAd, plan).unwrap();
    let name = stage.service.view().name(stage.rubber);
    let html = page(&set, Part::FirstAd, &format!("/shots/{shot}")).await;
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}: {html}"));
    let (one, other) = (at("<h3>GUN 1</h3>"), at(&format!("<h3>{name}</h3>")));
    assert!(one < at("SHOWING-NEVER") && at("SHOWING-NEVER") < at("<h3>The people and the shot</h3>"), "{html}");
    assert!(other < at("IDENTITY-NOT-MATCHED"), "{html}");
    let shut = html.split("Not open now, and why").nth(1).unwrap();
    assert!(shut.contains("GUN 1: It was never shown"), "{shut}");
}

#[tokio::test]
async fn cut_stands_above_what_is_missing() {
    let set = Set::new();
    let shot = set.planned_shot();
    set.stage.accepted(Part::FirstAd, Intent::BeginTake { shot: None }).unwrap();
    let html = page(&set, Part::FirstAd, &format!("/shots/{shot}")).await;
    assert_eq!(html.matches("data-kind=\"report_cut\"").count(), 1, "{html}");
    assert!(html.find("data-kind=\"report_cut\"") < html.find("class=\"why\""), "{html}");
}

#[tokio::test]
async fn shot_ready_of_an_empty_plan_says_that_no_gun_is_in_it() {
    let set = Set::new();
    let shot = set.shot();
    set.stage.accepted(Part::FirstAd, Intent::CallShotReady { shot }).unwrap();
    for path in ["/board".to_owned(), "/shots".to_owned(), format!("/shots/{shot}")] {
        let html = page(&set, Part::FirstAd, &path).await;
        assert!(html.contains("SHOT READY") && html.contains("no gun is in its plan"), "{path}: {html}");
    }
}

#[tokio::test]
async fn of_a_plan_without_a_gun_nobody_says_that_nothing_is_missing() {
    let set = Set::new();
    let html = page(&set, Part::FirstAd, &format!("/shots/{}", set.shot())).await;
    assert!(html.contains("no gun is in its plan") && !html.contains("nothing is missing"), "{html}");
}

#[tokio::test]
async fn whoever_stands_in_a_line_says_that_he_was_told_or_refuses() {
    let set = Set::new();
    let shot = set.planned_shot();
    let path = format!("/shots/{shot}");
    let performer = page(&set, Part::Performer, &path).await;
    assert!(performer.contains("I was told, and may refuse") && performer.contains("I REFUSE to stand there"));
    assert!(!has(&performer, "plan_gun") && !has(&performer, "call_shot_ready"), "{performer}");
    let witness = page(&set, Part::Witness, &path).await;
    assert!(
        !witness.contains("I REFUSE to stand there") && has(&witness, "report_refused_shot"),
        "anybody may report it"
    );
    let person = set.stage.person(Part::Performer).unwrap();
    set.stage.accepted(Part::Performer, Intent::ReportRefusedShot { person, shot }).unwrap();
    let html = page(&set, Part::FirstAd, &path).await;
    assert!(html.contains("SHOT-REFUSED") && !has(&html, "tell_person") && has(&html, "leave_person_out"), "{html}");
    assert!(page(&set, Part::Performer, &path).await.contains("I was told, and may refuse"), "he alone takes it back");
}

#[tokio::test]
async fn shot_ready_says_when_it_is_called_again_and_falls_with_a_change() {
    let set = Set::new();
    let (stage, shot) = (&set.stage, set.planned_shot());
    let (gun, person) = (stage.revolver, stage.person(Part::Performer).unwrap());
    let armorer = |intent| stage.accepted(Part::Armorer, intent).unwrap();
    armorer(Intent::ApproveMuzzle { gun, shot });
    armorer(Intent::SetBarrier { gun, shot });
    armorer(Intent::MeasureStandOff { gun, shot, nearest_millimetres: 3_000 });
    armorer(Intent::TellPerson { person, shot });
    stage.show(Content::Empty).unwrap();
    stage.call_to_set(gun).unwrap();
    let path = format!("/shots/{shot}");
    let html = page(&set, Part::FirstAd, &path).await;
    assert!(has(&html, "call_shot_ready") && html.contains("nothing is missing; SHOT READY was not called"), "{html}");
    assert!(!has(&html, "begin_take") && html.contains("SHOT-NOT-READY"), "{html}");
    let board = |page: String| page.split("id=\"shots\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
    let wall = board(page(&set, Part::Witness, "/board").await);
    assert!(wall.contains("Shot 1: ") && wall.contains("SHOT READY was not called"), "{wall}");
    stage.accepted(Part::FirstAd, Intent::CallShotReady { shot }).unwrap();
    let html = page(&set, Part::FirstAd, &path).await;
    assert!(
        html.contains("SHOT READY called") && html.contains("call it again by") && has(&html, "begin_take"),
        "{html}"
    );
    let wall = board(page(&set, Part::Witness, "/board").await);
    assert!(wall.contains("SHOT READY, called") && wall.contains("call it again by"), "{wall}");
    stage.accepted(Part::FirstAd, Intent::BeginTake { shot: Some(shot) }).unwrap();
    let html = page(&set, Part::Performer, &path).await;
    let wall = board(page(&set, Part::Witness, "/board").await);
    assert!(wall.contains("a take is on, since") && !wall.contains("call it again by"), "{wall}");
    assert!(html.contains("A take is on") && has(&html, "report_cut") && has(&html, "report_shot_changed"), "{html}");
    stage.accepted(Part::Witness, Intent::ReportShotChanged { shot, change: ShotChange::Camera }).unwrap();
    stage.accepted(Part::FirstAd, Intent::ReportCut).unwrap();
    let html = page(&set, Part::FirstAd, &path).await;
    assert!(!has(&html, "begin_take") && html.contains("not ready: 2 things are missing"), "{html}");
}

#[tokio::test]
async fn a_shot_that_is_not_there_is_said_so() {
    let set = Set::new();
    let reply = set.get(&format!("/shots/{}", Id::from_bytes([1; 16])), Some(&set.token(Part::FirstAd))).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}
