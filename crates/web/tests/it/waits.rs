//! Who is told what on Home, and where a refusal and a report lead.

use kernel::{Content, Intent, Look, RequestKind, StopCause};
use service::testkit::{Part, all};

use crate::fixture::{Set, has, page};

/// The part of Home under "Waits for you"; nothing where nothing waits.
fn waits(home: &str) -> &str {
    home.split("id=\"waiting\"").nth(1).map_or("", |rest| rest.split("</section>").next().unwrap())
}

#[tokio::test]
async fn a_safety_request_waits_for_whoever_may_answer_it_and_is_told_to_those_whose_work_it_is_about() {
    let set = Set::new();
    let stage = &set.stage;
    stage.accepted(Part::Performer, Intent::ReportSafetyRequest { kind: RequestKind::MoreTraining }).unwrap();
    let home = page(&set, Part::Producer, "/").await;
    let waiting = waits(&home);
    assert!(waiting.contains("A safety request: more training") && waiting.contains("/day#requests"), "{home}");
    assert!(waiting.contains("asked for by the performer"), "{waiting}");
    for part in [Part::Armorer, Part::SafetyOfficer] {
        let home = page(&set, part, "/").await;
        assert!(home.contains("A safety request is not granted") && waits(&home).is_empty(), "{home}");
    }
    assert!(!page(&set, Part::Witness, "/").await.contains("safety request"));
    let request = *stage.service.view().state.requests.keys().next().unwrap();
    stage.accepted(Part::Producer, Intent::AnswerRequest { request, granted: false }).unwrap();
    assert!(waits(&page(&set, Part::Producer, "/").await).is_empty(), "it is answered");
}

#[tokio::test]
async fn something_else_is_asked_for_in_words_alone() {
    let set = Set::new();
    let day = page(&set, Part::Performer, "/day").await;
    assert!(!day.contains("<option value=\"other\"") && day.contains("<option value=\"\">choose</option>"), "{day}");
    let other = day.split("&quot;other&quot;").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(other.contains("Something else: say what") && other.contains("required"), "{other}");
}

#[tokio::test]
async fn whoever_inquires_is_told_and_before_that_those_who_may_name_him() {
    let set = Set::new();
    let stage = &set.stage;
    stage.accepted(Part::Performer, Intent::Stop { cause: StopCause::PersonHurt }).unwrap();
    let home = page(&set, Part::FirstAd, "/").await;
    assert!(waits(&home).contains("Name who inquires: somebody is hurt"), "{home}");
    let stop = *stage.service.view().state.stops.keys().next().unwrap();
    let inquirer = stage.person(Part::SafetyOfficer).unwrap();
    stage.accepted(Part::FirstAd, Intent::NameInquiry { stop, inquirer }).unwrap();
    let home = page(&set, Part::SafetyOfficer, "/").await;
    let waiting = waits(&home);
    assert!(waiting.contains("You inquire: somebody is hurt") && waiting.contains("named by the first AD"), "{home}");
    assert!(waiting.contains(&format!("/stops#stop-{stop}")), "{waiting}");
    assert!(page(&set, Part::SafetyOfficer, "/stops").await.contains(&format!("id=\"stop-{stop}\"")));
    assert!(waits(&page(&set, Part::FirstAd, "/").await).is_empty());
    let record = page(&set, Part::FirstAd, "/record").await;
    assert!(record.contains("the safety officer inquires into the stop of 08:00:0"), "{record}");
    assert!(!record.contains("unknown "), "{record}");
    stage.accepted(Part::SafetyOfficer, Intent::CloseInquiry { stop }).unwrap();
    let record = page(&set, Part::FirstAd, "/record").await;
    assert!(record.contains("close inquiry</b>: the stop of 08:00:0") && record.contains("somebody is hurt (entry"));
    assert!(record.contains("of the safety officer"), "a device is somebody's: {record}");
}

#[tokio::test]
async fn a_refused_gun_is_told_to_its_handler_by_name_until_it_is_shown() {
    let set = Set::new();
    set.show_loaded();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    let offer = stage.offer().unwrap();
    stage.accepted(Part::Performer, Intent::RefuseOffer { gun, offer }).unwrap();
    let home = page(&set, Part::Armorer, "/").await;
    assert!(waits(&home).contains("the performer refused GUN 1"), "{home}");
    let check = stage.begin_check().unwrap();
    let answer = Intent::AnswerCheck { gun, check, readings: all(Content::Dummy, 6) };
    stage.accepted(Part::Armorer, answer).unwrap();
    stage.accepted(Part::Witness, answer).unwrap();
    assert!(waits(&page(&set, Part::Armorer, "/").await).is_empty());
}

#[tokio::test]
async fn that_somebody_does_not_look_is_an_answer_and_the_witness_is_told() {
    let set = Set::new();
    set.show_loaded();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    let offer = stage.offer().unwrap();
    let path = format!("/guns/{gun}/handover");
    let before = page(&set, Part::Performer, &path).await;
    assert!(before.contains("data-unless=\"HANDOVER-NO-LAST-LOOK\"") && !before.contains("You do not look, as"));
    assert!(waits(&page(&set, Part::Witness, "/").await).contains("GUN 1: last look, if he declines"));
    assert!(!stage.ask(Part::Performer, Intent::Take { gun, offer, look: Look::Declined }).unwrap().accepted);
    let html = page(&set, Part::Performer, &path).await;
    assert!(html.contains("You do not look, as entered 08:00:0") && html.contains("makes the last look now"), "{html}");
    assert!(page(&set, Part::Armorer, &path).await.contains("the performer does not look, as entered"));
    let home = page(&set, Part::Witness, "/").await;
    assert!(waits(&home).contains("GUN 1: the performer declined: last look"), "{home}");
}

#[tokio::test]
async fn a_refusal_leads_to_what_it_asks_for_and_only_whoever_may_do_it() {
    let set = Set::new();
    let (stage, gun) = (&set.stage, set.stage.revolver);
    stage.accepted(Part::Armorer, Intent::TakeOut { gun }).unwrap();
    let to = stage.person(Part::Performer).unwrap();
    let refused = async |part: Part, intent: record::Intent| {
        let note = stage.note(part, intent).unwrap();
        let reply = set.post("/api/intents", Some(&set.token(part)), note.clone()).await.json();
        stage.recorded(part, &note).unwrap();
        reply
    };
    let reply = refused(Part::Armorer, Intent::Offer { gun, to }).await;
    let ways: Vec<_> = reply["reasons"].as_array().unwrap().iter().map(|it| it["way"]["address"].clone()).collect();
    assert!(ways.contains(&format!("/guns/{gun}/check").into()), "{reply}");
    assert!(ways.contains(&format!("/guns/{gun}").into()), "it is called to set there: {reply}");
    let reply = refused(Part::Performer, Intent::TakeOut { gun }).await;
    assert!(reply["reasons"].as_array().unwrap().iter().all(|it| it["way"].is_null()), "{reply}");
    let lot = stage.dummies;
    let reply = refused(Part::Armorer, Intent::Draw { lot, rounds: 1 }).await;
    assert!(reply.to_string().contains(&format!("/lots/{lot}/count")), "{reply}");
}

#[tokio::test]
async fn report_begins_with_what_was_found_and_goes_on_to_each_gun() {
    let set = Set::new();
    let home = page(&set, Part::Performer, "/").await;
    assert!(home.contains("href=\"/report\""), "{home}");
    let html = page(&set, Part::Performer, "/report").await;
    let (heading, found) = (html.find("<h1 class=\"big\">Report").unwrap(), html.find("I found a round").unwrap());
    let gun = html.find(&format!("/guns/{}#reports", set.stage.revolver)).unwrap();
    assert!(heading < found && found < gun, "{html}");
    assert!(page(&set, Part::Performer, &format!("/guns/{}", set.stage.revolver)).await.contains("id=\"reports\""));
    set.stage.accepted(Part::Performer, Intent::Stop { cause: StopCause::Called }).unwrap();
    assert!(page(&set, Part::Performer, "/stop").await.contains("href=\"/report\""));
    assert!(set.get("/stop", None).await.text().contains("/log-in?then=/report"));
}

#[tokio::test]
async fn a_take_is_said_on_home_with_the_cut_for_the_first_ad() {
    let set = Set::new();
    assert!(!page(&set, Part::FirstAd, "/").await.contains("A take is on"));
    set.stage.accepted(Part::FirstAd, Intent::BeginTake { shot: None }).unwrap();
    let home = page(&set, Part::FirstAd, "/").await;
    assert!(home.contains("A take is on") && has(&home, "report_cut"), "{home}");
    let home = page(&set, Part::Performer, "/").await;
    assert!(home.contains("A take is on") && !has(&home, "report_cut"), "{home}");
    let shots = page(&set, Part::FirstAd, "/shots").await;
    assert_eq!(shots.matches("data-kind=\"report_cut\"").count(), 1, "{shots}");
}

#[tokio::test]
async fn a_new_production_is_told_its_first_steps_in_order() {
    let set = Set::empty();
    let home = page(&set, Part::Armorer, "/").await;
    let steps = home.split("id=\"first-steps\"").nth(1).unwrap().split("</section>").next().unwrap();
    let at = |words: &str| steps.find(words).unwrap_or_else(|| panic!("{words}: {steps}"));
    assert!(at("People, ") < at("/register#place") && at("/register#place") < at("/register#gun"), "{steps}");
    assert!(at("/register#gun") < at("/register#receive") && steps.contains("day 1 is open"), "{steps}");
    assert!(!page(&set, Part::Performer, "/").await.contains("first-steps"), "he enters nothing");
    let register = page(&set, Part::Armorer, "/register").await;
    assert!(register.contains("Enter the place first") && !has(&register, "register_gun"), "{register}");
    let set = Set::new();
    assert!(!page(&set, Part::Armorer, "/").await.contains("first-steps"));
    assert!(has(&page(&set, Part::Armorer, "/register").await, "register_gun"));
}

#[tokio::test]
async fn what_is_open_falls_to_the_handler_and_is_asked_for_when_the_break_comes() {
    let set = Set::new();
    set.show_loaded();
    let offer = set.stage.offer().unwrap();
    set.stage.take(offer).unwrap();
    let html = page(&set, Part::Performer, "/day").await;
    let list = html.split("id=\"open-list\"").nth(1).unwrap();
    assert!(list.contains("It is asked for at lunch") && list.contains("When the break comes: take it back"), "{list}");
    assert!(list.contains("GUN 1 with the performer") && !list.contains("<h3>the performer</h3>"), "{list}");
    assert!(!list.contains("Lock every gun away now"), "{list}");
}

#[tokio::test]
async fn the_chosen_view_of_the_record_is_told_in_words() {
    let set = Set::new();
    set.stage.verify(set.stage.dummies).unwrap();
    let html = page(&set, Part::Producer, "/record?view=original").await;
    let chosen = html.split("aria-current=\"page\"").nth(1).unwrap().split("</a>").next().unwrap();
    assert!(chosen.contains("As first entered") && chosen.contains("shown now"), "{chosen}");
    assert_eq!(html.matches("shown now").count(), 1);
}
