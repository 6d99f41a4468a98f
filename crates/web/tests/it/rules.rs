//! The page of the rules: every clause with its source, and how each rule stands on the running day.

use axum::http::StatusCode;
use kernel::{Intent, clauses};
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
