//! Who may ask for what, route by route.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use record::Id;
use service::testkit::Part;
use showclear_web::auth::{Access, ROUTES, access};

use crate::fixture::{Set, request};

/// A path of the table with things that are there.
pub fn filled(path: &str, set: &Set) -> String {
    let label = set.stage.service.view().label(record::label::LabelKind::Gun, set.stage.revolver);
    let person = set.stage.person(Part::Performer).unwrap();
    let line = set.stage.service.view().state.lines.keys().next().copied();
    path.replace("{gun}", &set.stage.revolver.to_string())
        .replace("{lot}", &set.stage.dummies.to_string())
        .replace("{place}", &set.stage.vault.to_string())
        .replace("{line}", &line.unwrap_or(Id::from_bytes([1; 16])).to_string())
        .replace("{shot}", &set.shot().to_string())
        .replace("{day}", "1")
        .replace("{person}", &person.to_string())
        .replace("{index}", "1")
        .replace("{intent}", &Id::from_bytes([1; 16]).to_string())
        .replace("{sha256}", &"0".repeat(64))
        .replace("{label}", &label)
        .replace("{witness}", "insurer")
        .replace("{*path}", "js/main.js")
}

async fn status(set: &Set, method: &str, path: &str, token: Option<&str>) -> (StatusCode, String) {
    let response = set.raw(request(method, &filled(path, set), token, Body::from("{}"))).await;
    let location = response.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
    (response.status(), location.unwrap_or_default())
}

/// Whether somebody was turned away: told so by the API, sent to the log-in by a page.
fn turned_away((status, location): &(StatusCode, String)) -> bool {
    let no = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(status);
    no || (*status == StatusCode::SEE_OTHER && location.starts_with("/log-in?then=/"))
}

#[tokio::test]
async fn every_route_lets_in_whom_the_table_names_and_nobody_else() {
    let set = Set::new();
    let (viewer, person) = (set.viewer(), set.token(Part::FirstAd));
    // The log-out would end the sessions that the others are asked with; it has a test of its own.
    for (method, path, wanted) in ROUTES.iter().filter(|(_, path, _)| *path != "/api/log-out") {
        let nobody = status(&set, method, path, None).await;
        let forged = status(&set, method, path, Some("forged")).await;
        let viewer = status(&set, method, path, Some(&viewer)).await;
        let person = status(&set, method, path, Some(&person)).await;
        assert!(!turned_away(&person), "{method} {path} turned a person away: {person:?}");
        let (for_nobody, for_viewer) = match wanted {
            Access::Anybody => (false, false),
            Access::Viewer => (true, false),
            Access::Person => (true, true),
        };
        // An unknown code or an empty log-in is turned away by what it says, not by who says it.
        let judged = ["/api/intents", "/api/enrolments", "/api/devices", "/api/log-in"];
        if !judged.contains(path) {
            assert_eq!(turned_away(&nobody), for_nobody, "{method} {path} and nobody: {nobody:?}");
            assert_eq!(turned_away(&forged), for_nobody, "{method} {path} and a forged token: {forged:?}");
            assert_eq!(turned_away(&viewer), for_viewer, "{method} {path} and the board: {viewer:?}");
        }
    }
}

#[test]
fn routes_without_authorisation_are_the_ones_that_were_agreed() {
    let open = ROUTES.iter().filter(|(.., access)| *access == Access::Anybody);
    let open: String = open.map(|(method, path, _)| format!("{method} {path}\n")).collect();
    assert_eq!(open, include_str!("routes_without_authorisation.txt"));
}

#[test]
fn what_is_not_in_the_table_is_refused() {
    assert_eq!(access(&Method::GET, "/board"), Some(Access::Viewer));
    assert_eq!(access(&Method::HEAD, "/board"), Some(Access::Viewer));
    assert_eq!(access(&Method::POST, "/board"), None);
    assert_eq!(access(&Method::GET, "/secret"), None);
}

#[tokio::test]
async fn a_method_that_is_not_in_the_table_is_refused_even_with_a_session() {
    let set = Set::new();
    let person = set.token(Part::Armorer);
    for (method, path) in [("DELETE", "/api/board"), ("PUT", "/board"), ("GET", "/api/log-in"), ("GET", "/nowhere")] {
        let reply = set.send(request(method, path, Some(&person), Body::empty())).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
}

#[tokio::test]
async fn the_api_document_and_the_table_name_the_same_routes() {
    let set = Set::new();
    let document = set.get("/api/openapi.json", None).await.json();
    let mut documented: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        documented
            .extend(methods.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let api = ROUTES.iter().filter(|(_, path, _)| path.starts_with("/api/") && *path != "/api/openapi.json");
    let mut served: Vec<String> = api.map(|(method, path, _)| format!("{method} {path}")).collect();
    documented.sort();
    served.sort();
    assert_eq!(documented, served);
    assert!(document["components"]["schemas"]["Intent"]["oneOf"].as_array().unwrap().len() > 30);
}

#[tokio::test]
async fn a_log_in_gives_a_cookie_that_scripts_and_other_sites_cannot_reach_and_a_log_out_ends_it() {
    let set = Set::new();
    let (device, person) = (set.stage.device(Part::Armorer).unwrap(), set.stage.person(Part::Armorer).unwrap());
    let given = serde_json::json!({"device": device.to_string(), "person": person.to_string(), "pin": "1003"});
    let reply = set.post_json("/api/log-in", None, &given).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let cookie = reply.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert_eq!(set.get("/api/board", Some(&token)).await.status, StatusCode::OK);
    assert_eq!(set.post("/api/log-out", Some(&token), "{}").await.status, StatusCode::NO_CONTENT);
    assert_eq!(set.get("/api/board", Some(&token)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_new_pin_needs_the_old_one_and_ends_every_session() {
    let set = Set::new();
    let token = set.token(Part::Witness);
    let wrong = set.post_json("/api/pin", Some(&token), &serde_json::json!({"old": "9999", "new": "4321"})).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::FORBIDDEN, "PIN-WRONG"));
    let letters = set.post_json("/api/pin", Some(&token), &serde_json::json!({"old": "1004", "new": "abcd"})).await;
    assert_eq!((letters.status, letters.code().as_str()), (StatusCode::FORBIDDEN, "PIN-FORM"));
    let done = set.post_json("/api/pin", Some(&token), &serde_json::json!({"old": "1004", "new": "4321"})).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text());
    assert_eq!(set.get("/api/board", Some(&token)).await.status, StatusCode::UNAUTHORIZED);
    let (device, person) = (set.stage.device(Part::Witness).unwrap(), set.stage.person(Part::Witness).unwrap());
    assert!(set.stage.service.log_in(device, person, "1004").is_err());
    assert!(set.stage.service.log_in(device, person, "4321").is_ok());
}

#[tokio::test]
async fn a_badge_logs_its_owner_in_on_another_device() {
    let set = Set::new();
    let person = set.stage.person(Part::Witness).unwrap();
    let badge = set.stage.service.view().label(record::label::LabelKind::Person, person);
    let device = set.stage.device(Part::Armorer).unwrap().to_string();
    let given = serde_json::json!({"device": device, "badge": badge, "pin": "1004"});
    let reply = set.post_json("/api/log-in", None, &given).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.json()["person"], person.to_string());
}

#[tokio::test]
async fn a_board_turns_its_key_into_a_cookie_and_hides_it() {
    let set = Set::new();
    let key = set.viewer();
    let reply = set.get(&format!("/board?key={key}"), None).await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/board"));
    assert!(reply.header("set-cookie").contains(&key));
    assert_eq!(set.get("/board", Some(&key)).await.status, StatusCode::OK);
    assert_eq!(set.get("/board?key=wrong", None).await.header("location"), "/log-in?then=/board");
}
