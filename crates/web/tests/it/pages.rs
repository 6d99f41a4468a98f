//! What every page has, and what each says.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::IF_NONE_MATCH;
use kernel::{Intent, Look};
use service::testkit::{Part, all};
use showclear_web::auth::ROUTES;

use crate::access::filled;
use crate::fixture::{Set, has, page, request};

#[tokio::test]
async fn every_page_has_stop_and_nothing_inline_and_no_false_word() {
    let set = Set::new();
    set.begin_line();
    let token = set.token(Part::Producer);
    // A certificate is there once the day is wrapped; it has a test of its own.
    let pages = ROUTES.iter().filter(|(method, path, _)| {
        *method == "GET" && !path.starts_with("/api/") && !path.starts_with("/assets/") && *path != "/wrap/{day}"
    });
    for (_, path, _) in pages {
        let reply = set.get(&filled(path, &set), Some(&token)).await;
        let html = reply.text();
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert!(html.contains("data-stop=\"called\" data-hold"), "{path} has no STOP");
        assert_eq!(html.matches("<h1").count(), 1, "{path} has one first heading");
        assert!(html.contains("<main id=\"main\">"), "{path}");
        assert!(!html.contains("style=") && !html.contains("onclick"), "{path} has something inline");
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, html.matches("<script type=\"module\" src=\"/assets/").count(), "{path}");
        let lower = html.to_lowercase();
        for word in ["safe", "cold"] {
            let found = lower.split(|c: char| !c.is_ascii_alphabetic()).any(|it| it == word);
            assert!(!found, "{path} says {word}");
        }
    }
}

#[tokio::test]
async fn every_answer_says_where_scripts_may_come_from_and_that_nobody_may_frame_it() {
    let set = Set::new();
    for path in ["/", "/api/production", "/assets/js/main.js", "/nowhere", "/api/board"] {
        let reply = set.get(path, None).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        let cached = if path.starts_with("/assets/") { "no-cache" } else { "no-store" };
        assert_eq!(reply.header("cache-control"), cached, "{path}");
    }
}

#[tokio::test]
async fn files_have_their_type_and_are_not_sent_twice() {
    let set = Set::new();
    for (path, media_type) in [
        ("js/main.js", "text/javascript; charset=utf-8"),
        ("css/showclear.css", "text/css; charset=utf-8"),
        ("fonts/b612-latin-400-normal.woff2", "font/woff2"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let reply = set.get(&format!("/assets/{path}"), None).await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, media_type));
        assert!(!reply.body.is_empty());
        let mut again = request("GET", &format!("/assets/{path}"), None, Body::empty());
        again.headers_mut().insert(IF_NONE_MATCH, reply.headers["etag"].clone());
        let again = set.send(again).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
    }
}

#[tokio::test]
async fn every_module_that_a_module_imports_is_served() {
    let set = Set::new();
    let mut due = vec!["main.js".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = due.pop() {
        if seen.contains(&name) {
            continue;
        }
        let reply = set.get(&format!("/assets/js/{name}"), None).await;
        assert_eq!(reply.status, StatusCode::OK, "{name}");
        for line in reply.text().lines().filter(|line| line.starts_with("import ") || line.starts_with("} from ")) {
            let from = line.split("'./").nth(1).and_then(|rest| rest.split('\'').next());
            due.extend(from.map(str::to_owned));
        }
        seen.push(name);
    }
    assert!(seen.len() >= 15, "{seen:?}");
}

#[tokio::test]
async fn the_board_says_who_since_when_and_until_when() {
    let set = Set::new();
    set.show_loaded();
    let html = set.get("/board", Some(&set.viewer())).await.text();
    for words in [
        "DUMMY 6/6",
        "with the armorer, since 08:00:0",
        "last shown 08:00 by the armorer, witness the witness; show again by",
        "<b>08:05</b>, or if it left your sight",
        "LOCKED",
    ] {
        assert!(html.contains(words), "{words} is missing: {html}");
    }
    set.stage.clock.advance(300_001);
    let html = set.get("/board", Some(&set.viewer())).await.text();
    assert!(!html.contains("DUMMY 6/6") && html.contains("UNKNOWN"), "{html}");
}

#[tokio::test]
async fn a_guns_page_says_which_acts_are_open_and_why_the_others_are_not() {
    let set = Set::new();
    let path = format!("/guns/{}", set.stage.revolver);
    let armorer = set.get(&path, Some(&set.token(Part::Armorer))).await.text();
    assert!(armorer.contains("data-kind=\"take_out\""), "{armorer}");
    let performer = set.get(&path, Some(&set.token(Part::Performer))).await.text();
    assert!(!performer.contains("data-kind=\"take_out\""));
    for words in ["You are not entered as a handler today.", "call the armorer.", "CUSTODY-2 · law · California"] {
        assert!(performer.contains(words), "{words} is missing");
    }
}

#[tokio::test]
async fn a_gun_that_does_not_work_says_so_everywhere_until_it_is_cleared() {
    let set = Set::new();
    let gun = set.stage.revolver;
    let path = format!("/guns/{gun}");
    let page = set.get(&path, Some(&set.token(Part::Performer))).await.text();
    assert!(page.contains("data-kind=\"report_fault\"") && !page.contains("GUN-FAULTY"), "{page}");
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    set.stage.accepted(Part::Performer, Intent::ReportFault { gun }).unwrap();
    let armorer = set.get(&path, Some(&set.token(Part::Armorer))).await.text();
    for words in [
        "GUN-FAULTY · FAULT-1 · trade practice",
        "Somebody said at 08:00 that gun GUN 1 does not work as it should.",
        "data-kind=\"clear_fault\"",
        "reported: it does not work as it should",
    ] {
        assert!(armorer.contains(words), "{words} is missing: {armorer}");
    }
    let board = set.get("/board", Some(&set.viewer())).await.text();
    assert!(board.contains("DOES NOT WORK, said 08:00"), "{board}");
    set.stage.accepted(Part::Armorer, Intent::ClearFault { gun }).unwrap();
    let armorer = set.get(&path, Some(&set.token(Part::Armorer))).await.text();
    assert!(!armorer.contains("GUN-FAULTY") && armorer.contains("looked at: it works as it should"), "{armorer}");
    let board = set.get("/board", Some(&set.viewer())).await.text();
    assert!(!board.contains("DOES NOT WORK"), "{board}");
}

#[tokio::test]
async fn refusals_stand_in_the_timeline_like_acceptances() {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.ask(Part::Performer, Intent::TakeOut { gun }).unwrap();
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let html = set.get(&format!("/guns/{gun}"), Some(&set.token(Part::FirstAd))).await.text();
    let refused = html.find("Refused: taken out of its place").unwrap();
    let accepted = html.find("<b>taken out of its place</b>").unwrap();
    assert!(accepted < refused, "the newest comes first");
    assert!(html.contains("entered by the performer"));
}

#[tokio::test]
async fn the_receiver_gets_three_answers_and_the_take_names_the_offer() {
    let set = Set::new();
    set.show_loaded();
    let offer = set.stage.offer().unwrap();
    let path = format!("/guns/{}/handover", set.stage.revolver);
    let html = set.get(&path, Some(&set.token(Part::Performer))).await.text();
    for words in ["I LOOKED. I take it", "I DO NOT LOOK", "I REFUSE IT", "has not made the last look"] {
        assert!(html.contains(words), "{words}");
    }
    let leaf = set.stage.service.view().leaf_hash(offer).unwrap().to_string();
    assert_eq!(html.matches(&format!("data-names=\"{leaf}\"")).count(), 2);
    let home = set.get("/", Some(&set.token(Part::Performer))).await.text();
    assert!(home.contains("GUN 1 is offered to you"));
    let taken = set.stage.ask(Part::Performer, Intent::Take { gun: set.stage.revolver, offer, look: Look::Looked });
    assert!(taken.unwrap().accepted);
    let home = set.get("/", Some(&set.token(Part::Performer))).await.text();
    assert!(home.contains("You hold one gun.") && !home.contains("is offered to you"));
}

#[tokio::test]
async fn checker_and_witness_get_the_same_screen_and_nobody_else_does() {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let check = set.stage.begin_check().unwrap();
    let path = format!("/guns/{gun}/check");
    for (part, side) in [(Part::Armorer, "checker"), (Part::Witness, "witness")] {
        let html = set.get(&path, Some(&set.token(part))).await.text();
        assert!(
            html.contains(&format!("{{&quot;check&quot;:&quot;{check}&quot;}}"))
                && html.contains("data-chambers=\"6\""),
            "{html}"
        );
        assert!(html.contains(&format!("data-side=\"{side}\"")));
    }
    let other = set.get(&path, Some(&set.token(Part::Performer))).await.text();
    assert!(!other.contains(&check.to_string()) && other.contains("Two others are checking it"));
}

#[tokio::test]
async fn the_stopped_screen_names_nobody_to_strangers() {
    let set = Set::new();
    set.stage.accepted(Part::FirstAd, Intent::Stop { cause: kernel::StopCause::PersonHurt }).unwrap();
    let stranger = set.get("/stop", None).await.text();
    for words in ["Do not open.", "Do not unload.", "Do not discard.", "People first: is anyone hurt?"] {
        assert!(stranger.contains(words), "{words}");
    }
    assert!(!stranger.contains("the first AD") && !stranger.contains("Entered by"), "{stranger}");
    let person = set.get("/stop", Some(&set.token(Part::Armorer))).await.text();
    assert!(person.contains("somebody is hurt. Entered by the first AD. Inquiry: not named yet."), "{person}");
    let board = set.get("/board", Some(&set.viewer())).await.text();
    assert!(board.contains("EVERYTHING IS HELD") && board.contains("HELD"));
}

/// Nothing is edited: what was first entered, what holds, and both.
#[tokio::test]
async fn the_record_is_read_in_three_views() {
    let set = Set::new();
    let token = set.token(Part::Armorer);
    let person = set.stage.person(Part::Performer).unwrap();
    let day = set.stage.service.view().state.day.unwrap();
    let roles =
        |role| kernel::Intent::AssignRoles { person, day, roles: [role].into_iter().collect(), answers_to: None };
    let first = set.stage.accepted(Part::Armorer, roles(kernel::Role::Camera)).unwrap().index;
    let second = set.stage.accepted(Part::Armorer, roles(kernel::Role::StandIn)).unwrap().index;
    let read = |view: &str| {
        let (set, token, path) = (&set, &token, format!("/record?view={view}"));
        async move { set.get(&path, Some(token)).await.text() }
    };
    let there = |page: &str, index: u64| page.contains(&format!("id=\"entry-{index}\""));
    let both = read("both").await;
    assert!(there(&both, first) && there(&both, second));
    assert!(both.contains(&format!("Corrects <a href=\"/record?view=both&amp;before={}\"", first + 1)));
    let (original, corrected) = (read("original").await, read("corrected").await);
    assert!(!there(&original, second) && !there(&corrected, first) && there(&corrected, second));
    // What is not known is every entry; what is older stands on the next page.
    assert_eq!(read("nonsense").await, both);
    let older = set.get("/record?view=both&before=1", Some(&token)).await.text();
    assert!(older.contains("the log was founded") && !older.contains("Older entries"));
    assert_eq!(set.get("/record?before=-1", Some(&token)).await.status.as_u16(), 400);
}

/// Whoever looks for a gun that is gone sees who knows of it already.
#[tokio::test]
async fn a_gun_that_is_gone_says_who_was_told() {
    let set = Set::new();
    let (token, gun) = (set.token(Part::FirstAd), set.stage.revolver);
    let page = format!("/guns/{gun}");
    assert!(!set.get(&page, Some(&token)).await.text().contains("Who was told"));
    set.stage.accepted(Part::Armorer, Intent::ReportGone { gun }).unwrap();
    let gone = set.get(&page, Some(&token)).await.text();
    assert!(gone.contains("Nobody, as far as entered.") && gone.contains("Told: the police"));
    let notified = kernel::Notified::Police;
    set.stage.accepted(Part::FirstAd, Intent::ReportToldOfLoss { gun, notified }).unwrap();
    let told = set.get(&page, Some(&token)).await.text();
    assert!(told.contains("the police.") && !told.contains("Told: the police") && told.contains("Told: the insurer"));
}

/// The part of a page between these two.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let rest = html.split_once(from).unwrap_or_else(|| panic!("{from} is missing: {html}")).1;
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

/// No answer to an offer is put before another.
#[tokio::test]
async fn the_three_answers_to_an_offer_are_of_one_rank() {
    let set = Set::new();
    set.show_loaded();
    set.stage.offer().unwrap();
    let html = page(&set, Part::Performer, &format!("/guns/{}/handover", set.stage.revolver)).await;
    let acts = between(&html, "id=\"acts\"", "</main>");
    assert_eq!(acts.matches("<button").count(), 3, "{acts}");
    assert!(!acts.contains("primary"), "{acts}");
}

/// While everything is held, Home sends nobody to open a gun or a box, and says so.
#[tokio::test]
async fn home_sends_nobody_to_open_anything_that_is_held() {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    set.stage.begin_count(set.stage.dummies, kernel::Occasion::Lunch).unwrap();
    let before = page(&set, Part::Witness, "/").await;
    assert!(between(&before, "Waits for you", "<h2").contains(": count it"), "{before}");
    set.stage.accepted(Part::FirstAd, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    for (part, first) in [(Part::Armorer, "TAKE BACK"), (Part::Witness, "WHAT TO DO"), (Part::Performer, "WHAT TO DO")]
    {
        let html = page(&set, part, "/").await;
        let modes = between(&html, "id=\"modes\"", "</main>");
        assert_eq!(modes.matches("primary").count(), 1, "{html}");
        assert!(modes.contains(&format!("{first}</a>")), "{modes}");
        for shut in ["href=\"/check\"", "href=\"/count\"", "href=\"/give\""] {
            assert!(!modes.contains(shut), "{modes}");
        }
        assert_eq!(modes.contains("No gun and no box is opened."), part != Part::Performer, "{modes}");
    }
    let witness = page(&set, Part::Witness, "/").await;
    assert!(between(&witness, "Waits until the stop is lifted", "</section>").contains(": count it"));
    assert!(!witness.contains("/count\""), "{witness}");
    let check = page(&set, Part::Armorer, "/check").await;
    assert!(check.contains("Check: closed") && !check.contains("class=\"item\""), "{check}");
}

/// A check and a count are offered to those whose acts they are; to others the page says why, and no name to press.
#[tokio::test]
async fn checks_are_not_offered_to_those_whose_act_they_never_are() {
    let set = Set::new();
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun: set.stage.revolver }).unwrap();
    let home = page(&set, Part::Performer, "/").await;
    assert!(!home.contains("href=\"/check\"") && !home.contains("href=\"/count\""), "{home}");
    let witness = page(&set, Part::Witness, "/").await;
    assert!(witness.contains("href=\"/check\"") && witness.contains("href=\"/count\""));
    let path = format!("/guns/{}/check", set.stage.revolver);
    let check = page(&set, Part::Performer, &path).await;
    assert!(!has(&check, "begin_check") && check.contains("You are not entered as a handler today."), "{check}");
    assert!(has(&page(&set, Part::Armorer, &path).await, "begin_check"));
    let lot = page(&set, Part::Performer, &format!("/lots/{}/count", set.stage.dummies)).await;
    assert!(!has(&lot, "begin_count") && lot.contains("You are not entered as a handler today."), "{lot}");
}

/// Whoever has a gun in his hand of which nothing may be said is told what to do with it, and whom to call.
#[tokio::test]
async fn a_performer_is_told_what_to_do_with_an_unknown_or_held_gun() {
    let set = Set::new();
    set.show_loaded();
    let gun = set.stage.revolver;
    let offer = set.stage.offer().unwrap();
    set.stage.accepted(Part::Performer, Intent::Take { gun, offer, look: Look::Looked }).unwrap();
    let path = format!("/guns/{gun}");
    assert!(!page(&set, Part::Performer, &path).await.contains("Muzzle down."));
    set.stage.accepted(Part::Performer, Intent::ReportDoubt { gun }).unwrap();
    let unknown = "Muzzle down. Do not use it. Call the armorer, who answers for it.";
    let held = "Muzzle down. Do not open it. Do not use it. Call the armorer, who answers for it.";
    for at in ["/", &path] {
        assert!(page(&set, Part::Performer, at).await.contains(unknown), "{at}");
        assert!(!page(&set, Part::Armorer, at).await.contains("Muzzle down."), "{at}");
    }
    set.stage.accepted(Part::FirstAd, Intent::Stop { cause: kernel::StopCause::Called }).unwrap();
    for at in ["/", &path] {
        assert!(page(&set, Part::Performer, at).await.contains(held), "{at}");
    }
}

/// What holds the whole set, or voids what was shown, is not said in passing.
#[tokio::test]
async fn that_a_gun_is_gone_or_in_other_hands_is_held() {
    let set = Set::new();
    let html = page(&set, Part::Performer, &format!("/guns/{}", set.stage.revolver)).await;
    for (kind, words) in [("report_gone", "Hold: it is gone. Stops everything"), ("report_have", "Hold: I have it. ")] {
        let form = between(&html, &format!("data-kind=\"{kind}\""), "</form>");
        assert!(form.contains("data-hold") && form.contains(words), "{form}");
    }
    let home = page(&set, Part::Performer, "/").await;
    assert!(between(&home, "log-out", ">").contains("data-hold"), "{home}");
}

/// Both are told that they differed, and neither in what.
#[tokio::test]
async fn a_second_look_says_that_the_first_two_answers_differed() {
    let set = Set::new();
    let gun = set.stage.revolver;
    set.stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let check = set.stage.begin_check().unwrap();
    let path = format!("/guns/{gun}/check");
    let words = "The two answers differed. Look again, each alone.";
    assert!(!page(&set, Part::Armorer, &path).await.contains(words));
    for (part, saw) in [(Part::Armorer, kernel::Content::Empty), (Part::Witness, kernel::Content::Dummy)] {
        let answer = Intent::AnswerCheck { gun, check, readings: all(saw, 6) };
        set.stage.accepted(part, answer).unwrap();
    }
    for part in [Part::Armorer, Part::Witness] {
        assert!(page(&set, part, &path).await.contains(words));
    }
}

/// On a screen by a key nobody is logged in: no link leads where it would not open.
#[tokio::test]
async fn a_board_by_its_key_has_no_link_that_ends_at_the_door() {
    let set = Set::new();
    let wall = set.get("/board", Some(&set.viewer())).await.text();
    assert!(
        wall.contains("class=\"card\"") && !wall.contains("href=\"/guns/") && !wall.contains("href=\"/\""),
        "{wall}"
    );
    assert!(page(&set, Part::FirstAd, "/board").await.contains("href=\"/guns/"));
}

#[tokio::test]
async fn a_gun_is_called_to_the_set_or_off_it_and_its_card_says_which() {
    let set = Set::new();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let path = format!("/guns/{gun}");
    let html = set.get(&path, Some(&set.token(Part::Armorer))).await.text();
    assert!(html.contains("data-kind=\"call_to_set\"") && !html.contains("data-kind=\"call_off_set\""), "{html}");
    assert!(html.contains("not shown yet, since 08:00; <b>show it</b>") && !html.contains("on the set"), "{html}");
    stage.accepted(Part::Armorer, Intent::CallToSet { gun }).unwrap();
    let html = set.get(&path, Some(&set.token(Part::Armorer))).await.text();
    assert!(!html.contains("data-kind=\"call_to_set\"") && html.contains("data-kind=\"call_off_set\""), "{html}");
    assert!(html.contains(", on the set</p>"), "{html}");
}
