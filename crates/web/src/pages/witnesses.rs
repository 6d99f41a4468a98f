//! Who outside has countersigned the record, and how to ask them without a network.

use axum::extract::State;
use maud::{Markup, html};
use service::{SeenHead, WitnessSeen, Witnessed};

use crate::auth::{Me, encode};
use crate::pages::{Page, PageProblem};
use crate::picture::picture;
use crate::state::App;

/// The page.
pub async fn witnesses(State(app): State<App>, me: Me) -> Result<Markup, PageProblem> {
    let page = Page::mine(&app, &me, "Witnesses", "witnesses");
    let witnessed = app.service.witnessed();
    let main = html! {
        div.information {
            h1.big { "Witnesses" }
            (standing(&page, &witnessed))
            @if witnessed.witnesses.is_empty() { (nobody()) }
            @for witness in &witnessed.witnesses { (one(&app, &page, witness)) }
            h2 { "The log's key" }
            p { "A witness watches this log by it, and whoever verifies the record later holds it against this. Note it on paper." }
            p.cite { (app.service.log_key()) }
        }
        @if !witnessed.witnesses.is_empty() { (answer()) }
    };
    Ok(page.render(&main))
}

/// How long ago enough people outside saw the record.
pub fn ago(now_ms: i64, head: SeenHead) -> String {
    let then = i64::try_from(head.seconds).unwrap_or(i64::MAX).saturating_mul(1_000);
    match now_ms.saturating_sub(then).max(0) / 60_000 {
        0 => "just now".to_owned(),
        minutes @ 1..=119 => format!("{minutes} min ago"),
        minutes => format!("{} h ago", minutes / 60),
    }
}

fn standing(page: &Page, witnessed: &Witnessed) -> Markup {
    let view = &page.moment.view;
    html! {
        @match witnessed.enough {
            Some(head) => p.notice {
                "Countersigned " (ago(page.moment.now_ms, head)) ", up to entry " (head.size.saturating_sub(1)) " of "
                (view.size) "."
            },
            None => p.notice {
                "Not countersigned. Whoever has this server and its key could still write the record anew, save what \
                 others hold a receipt of."
            },
        }
    }
}

fn nobody() -> Markup {
    html! {
        p { "This production has named no witness. Name them in the file " code { "policy.txt" } " of its folder, then start \
             the server again. A witness is made with " code { "showclear witness make" } ", by somebody outside: the \
             insurer, the union, the rental house." }
    }
}

fn one(app: &App, page: &Page, witness: &WitnessSeen) -> Markup {
    let asked = app.service.witness_request(&witness.name);
    let address = format!("/api/witnesses/{}/request", encode(&witness.name).replace('/', "%2F"));
    html! {
        section.witness {
            h2 { (witness.name) }
            p {
                @match witness.newest {
                    Some(head) => {
                        "Countersigned " (ago(page.moment.now_ms, head)) ", up to entry " (head.size.saturating_sub(1)) "."
                    },
                    None => "Has countersigned nothing yet.",
                }
                @if let Some(url) = &witness.url { " It is asked at " (url) "." }
            }
            @match asked {
                Ok(bytes) => {
                    details {
                        summary { "Ask without a network" }
                        p { "Show this to the witness's scanner, or take the file there. The answer comes back below." }
                        @if let Some(picture) = picture(&bytes, "The request as a QR symbol") { (picture) }
                        p { a.button.small href=(address) download={ (witness.name) ".request" } { "Save as a file" } }
                    }
                },
                Err(error) => p.notice { (error.sentence()) " " (error.remedy()) },
            }
        }
    }
}

fn answer() -> Markup {
    html! {
        form #cosignature {
            label for="answer" { "The answer of a witness" }
            textarea #answer name="answer" rows="4" spellcheck="false" autocomplete="off" required {}
            div.acts {
                button.button type="submit" { "Take the answer" }
                button.button type="button" data-round="" { "Begin a new round" }
            }
            p.dim { "A round offers one head to all witnesses. Begin a new one at call, at lunch and at wrap." }
        }
    }
}
