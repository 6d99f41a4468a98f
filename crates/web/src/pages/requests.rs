//! Safety requests: what somebody asked for, and the answer of whoever holds the budget.

use kernel::{Intent, Request, RequestKind};
use maud::{Markup, html};
use record::words::Word;
use record::{Id, Real, State};
use serde_json::json;

use crate::auth::Me;
use crate::pages::Page;
use crate::pages::acts::{Act, Offered};
use crate::state::App;
use crate::words;

/// What was asked for and not granted, under a heading; nothing where nothing is open. What was written beside a request
/// is not of the record and can be erased.
pub fn open(app: &App, page: &Page, state: &State) -> Markup {
    html! {
        @if !state.requests.is_empty() {
            h2 #requests { "Safety requests that were not granted" }
            ul.plain {
                @for (id, request) in by_time(state) {
                    li.item {
                        (line(page, &request))
                        @if let Some(note) = app.service.note_of(id) { span.dim { "\u{201c}" (note) "\u{201d}" } }
                    }
                }
            }
        }
    }
}

fn by_time(state: &State) -> Vec<(Id, Request<Real>)> {
    let mut requests: Vec<_> = state.requests.iter().map(|(id, request)| (*id, *request)).collect();
    requests.sort_by_key(|(_, request)| request.since);
    requests
}

fn line(page: &Page, request: &Request<Real>) -> String {
    let names = page.moment.names();
    let asked = format!(
        "{}: asked for by {} at {}",
        words::request_kind(request.kind),
        names.name(request.by),
        names.minute(request.since)
    );
    match request.refused_by {
        None => format!("{asked}; nobody has answered"),
        Some(by) => format!("{asked}; refused by {}", names.name(by)),
    }
}

/// Said to whoever asked.
const ASKED: &str =
    "Recorded. Whoever holds the budget is told, and it stands on the day\u{2019}s page until it is granted.";

/// To ask is open to everybody, to answer to whoever holds the budget.
pub fn acts(page: &Page, me: &Me) -> Markup {
    let ask = Act::of("report_safety_request", String::new(), "make a safety request")
        .then(ASKED, "")
        .form(&html! {
            label for="request-kind" { "What for" }
            select #request-kind name="kind" data-as="text" required {
                option value="" { "choose" }
                @for kind in RequestKind::ALL { @if kind != RequestKind::Other { option value=(kind.word()) { (words::request_kind(kind)) } } }
            }
            label for="request-note" { "A word on it, if there is one to say" }
            input #request-note name="note" data-as="secret" maxlength="120" autocomplete="off";
            p.dim { "It stands beside the record and can be erased; the record keeps a digest." }
            p.dim { "To stop everything nobody is asked: hold STOP." }
            button.button type="submit" { "Ask for it" }
        });
    // Of something else nobody knows what it is unless it is said.
    let other = Act::of("report_safety_request", String::new(), "make a safety request")
        .body(json!({ "kind": RequestKind::Other.word() }))
        .then(ASKED, "")
        .form(&html! {
            label for="request-other" { "Something else: say what" }
            input #request-other name="note" data-as="secret" required maxlength="120" autocomplete="off";
            button.button type="submit" { "Ask for this" }
        });
    html! {
        details { summary { "Ask for what the work needs" } (ask) (other) }
        @if page.roles().has(kernel::Role::Producer) { (answers(page, me)) }
    }
}

fn answers(page: &Page, me: &Me) -> Markup {
    let mut offered = Offered::new(page, me);
    for (request, it) in by_time(&page.moment.view.state) {
        let title = line(page, &it);
        offered.act(&title, &[Intent::AnswerRequest { request, granted: true }], || {
            html! {
                p { (title) }
                (answer(request, true, "Hold: grant it"))
                @if it.refused_by.is_none() { (answer(request, false, "Hold: refuse it")) }
            }
        });
    }
    html! {
        @if !page.moment.view.state.requests.is_empty() {
            details open { summary { "Answer safety requests" } (offered.render("Another one answers.")) }
        }
    }
}

fn answer(request: Id, granted: bool, words: &str) -> Markup {
    Act::new("answer_request", request, "answer a safety request")
        .body(json!({ "granted": granted }))
        .then(if granted { "Granted." } else { "Refused. It stands on the day\u{2019}s list." }, "")
        .held(words, "small")
}
