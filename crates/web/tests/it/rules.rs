//! The page of the rules: every clause with its source, and how each rule stands on the running day.

use axum::http::StatusCode;
use kernel::{Choice, Choices, Intent, Pack, Packs, clauses};
use service::testkit::Part;

use crate::fixture::Set;

async fn page(set: &Set) -> String {
    let reply = set.get("/rules", Some(&set.token(Part::FirstAd))).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.text()
}

/// What the page says of the day, before the packs.
fn of_the_day(html: &str) -> String {
    html.split("id=\"rules-day\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn every_clause_stands_there_with_its_source_and_whether_it_was_read() {
    let html = page(&Set::new()).await;
    for clause in clauses() {
        let of_clause =
            html.split(&format!("<h3>{}</h3>", clause.id)).nth(1).unwrap_or_else(|| panic!("{}", clause.id));
        let of_clause = of_clause.split("</article>").next().unwrap();
        let read = clause.verified.as_str();
        assert!(of_clause.contains(&format!("<b>{read}</b>")), "{}: {read}", clause.id);
        assert!(of_clause.contains(clause.source.split('\'').next().unwrap()), "{}", clause.id);
    }
}

#[tokio::test]
async fn a_rule_is_breached_by_a_report_open_by_what_is_out_and_neither_by_a_refusal() {
    let set = Set::new();
    let stage = &set.stage;
    let before = of_the_day(&page(&set).await);
    assert!(!before.contains("BREACHED</b>"), "{before}");
    // A refused ask is no breach: nothing was done.
    assert!(!stage.ask(Part::Performer, Intent::TakeOut { gun: stage.revolver }).unwrap().accepted);
    let html = page(&set).await;
    assert!(!of_the_day(&html).contains("BREACHED</b>"));
    assert!(html.contains("<b>CUSTODY-2</b> MET SO FAR, refused an ask"), "{html}");
    // What is out keeps the closings waiting.
    stage.accepted(Part::Armorer, Intent::TakeOut { gun: stage.revolver }).unwrap();
    assert!(of_the_day(&page(&set).await).contains("<b>NOT YET</b> CUSTODY-3"), "{}", of_the_day(&page(&set).await));
    // Somebody says that he has it, around the handler.
    stage.accepted(Part::FirstAd, Intent::ReportHave { gun: stage.revolver }).unwrap();
    assert!(of_the_day(&page(&set).await).contains("<b>BREACHED</b> HANDOVER-2"), "{}", of_the_day(&page(&set).await));
}

async fn at(set: &Set, part: Part, path: &str) -> String {
    let reply = set.get(path, Some(&set.token(part))).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
    reply.text()
}

/// What the page says of one pack, before its clauses.
fn of_pack(html: &str, pack: Pack) -> &str {
    let heading = format!("id=\"pack-{}\"", pack.as_str());
    html.split(&heading).nth(1).unwrap().split("<article>").next().unwrap()
}

#[tokio::test]
async fn each_pack_says_whether_it_is_adopted_by_whom_and_since_when() {
    let set = Set::new();
    let html = page(&set).await;
    assert!(html.contains("No pack was adopted."), "{html}");
    assert!(of_pack(&html, Pack::Ontario).contains("NOT ADOPTED") && of_pack(&html, Pack::Product).contains("HOLDS"));
    let first = Packs::LAWS.with(Pack::Ontario);
    set.stage.accepted(Part::Armorer, Intent::AdoptPacks { packs: first, choices: Choices::NONE }).unwrap();
    let second = first.with(Pack::SagAftra).with(Pack::Trade);
    let choices = Choices::NONE.with(Choice::PerformerLooksEachTime);
    set.stage.accepted(Part::Armorer, Intent::AdoptPacks { packs: second, choices }).unwrap();
    let html = page(&set).await;
    let name = set.stage.service.view().name(set.stage.person(Part::Armorer).unwrap());
    for pack in Pack::ALL {
        let marked = of_pack(&html, pack);
        assert_eq!(marked.contains("<b>ADOPTED</b>"), second.has(pack), "{pack:?}: {marked}");
        assert!(!second.has(pack) || marked.contains(&name), "{marked}");
    }
    assert!(html.contains("Earlier adoptions") && html.contains("Chosen: the performer is asked to look each time"));
    // Of two limits the stricter, each with its source, and what nobody compares.
    let adopted = html.split("id=\"adopted\"").nth(1).unwrap().split("</section>").next().unwrap();
    for words in ["6.1 m", "STEM-8", "SET-10FT", "The stricter holds.", "The same.", "ON-39.1-4", "Nothing is compared"]
    {
        assert!(adopted.contains(words), "{words}: {adopted}");
    }
}

#[tokio::test]
async fn whoever_keeps_the_register_sees_what_would_hold_answers_and_adopts() {
    let set = Set::new();
    let act = "data-kind=\"adopt_packs\"";
    let plain = at(&set, Part::Armorer, "/rules/adopt").await;
    assert!(!plain.contains(act) && plain.contains("not verified</b>: CSATF-1/A"), "{plain}");
    let path = "/rules/adopt?pack=sag_aftra&pack=trade&pack=atlantis&other=ontario";
    let html = at(&set, Part::Armorer, path).await;
    assert!(html.contains(act), "{html}");
    assert!(html.contains("&quot;packs&quot;:[&quot;product&quot;,&quot;sag_aftra&quot;,&quot;trade&quot;]"), "{html}");
    for words in ["never made responsible", "performer_may_look", "SAG-1", "SPEC-1", "text read as quoted", "6.1 m"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("AEA-1"), "of packs that are not asked about nothing is said: {html}");
    let closed = at(&set, Part::Performer, path).await;
    assert!(!closed.contains(act) && closed.contains("REGISTER-NOT-ALLOWED"), "{closed}");
    let nothing_opposed = at(&set, Part::Armorer, "/rules/adopt?pack=california").await;
    assert!(nothing_opposed.contains(act) && !nothing_opposed.contains("performer_may_look"), "{nothing_opposed}");
}

/// Where an adopted pack asks for more than the armorer's test found, the page of the line says whose distance it is.
#[tokio::test]
async fn the_plan_of_a_shot_says_what_adopted_packs_ask_for() {
    let set = Set::new();
    let shot = format!("/shots/{}", set.planned_shot());
    assert!(!at(&set, Part::FirstAd, &shot).await.contains("as adopted"));
    let packs = Packs::LAWS.with(Pack::Ontario).with(Pack::Trade);
    set.stage.accepted(Part::Armorer, Intent::AdoptPacks { packs, choices: Choices::NONE }).unwrap();
    let html = at(&set, Part::FirstAd, &shot).await;
    assert!(
        html.contains("Trade practice, as adopted, asks for a stand-off of 6.1 m at least where blanks are fired"),
        "{html}"
    );
    assert!(html.contains("MUZZLE-NEVER") && html.contains("Ontario is adopted: no gun that can fire"), "{html}");
}
