//! A witness's own page and door: `add-checkpoint` for the logs that it watches, and the same by hand.
//!
//! Nobody logs in here: a request is judged by the log's signature on it, and what a witness answers is no secret
//! (c2sp.org/tlog-witness).

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{DOCTYPE, Markup, html};
use proof::witness::{MAX_REQUEST_BYTES, Refusal};
use service::witness::{Watched, Witness, WitnessFault};

use crate::assets;
use crate::picture::picture;

/// Everything that a witness serves.
pub fn router(witness: Witness) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/by-hand", post(by_hand))
        .route("/assets/{*path}", get(assets::asset))
        .layer(DefaultBodyLimit::max(MAX_REQUEST_BYTES))
        .layer(middleware::from_fn(crate::guard))
        .with_state(witness)
}

type Answered = Result<Vec<u8>, WitnessFault>;

/// What is stored is synced to the disk before it is answered.
async fn answered(witness: Witness, request: Bytes) -> Option<Answered> {
    tokio::task::spawn_blocking(move || witness.answer(&request)).await.ok()
}

/// The call of the specification.
async fn add_checkpoint(State(witness): State<Witness>, body: Result<Bytes, BytesRejection>) -> Response {
    let Ok(request) = body else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let plain = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    match answered(witness, request).await {
        Some(Ok(lines)) => (plain, lines).into_response(),
        Some(Err(WitnessFault::Refused(refusal))) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            tracing::warn!(code = refusal.code(), "a request was not countersigned");
            if let Refusal::Conflict { size } = refusal {
                return (status, [(CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n")).into_response();
            }
            (status, plain, format!("{refusal}\n")).into_response()
        }
        Some(Err(fault)) => {
            tracing::error!(code = fault.code(), %fault, "this witness cannot work");
            (StatusCode::INTERNAL_SERVER_ERROR, plain, "this witness cannot work: look at its own screen\n")
                .into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The page of the witness.
async fn home(State(witness): State<Witness>) -> Markup {
    let logs = witness.logs();
    page(&html! {
        h1.big { "Witness" }
        p { "This witness countersigns a record only if nothing that it saw before was changed or taken away." }
        h2 { "Its key" }
        p.cite { (witness.key()) }
        @match logs {
            Ok(logs) => (watched(&logs)),
            Err(fault) => p.notice role="alert" { (fault) ". " (fault.remedy()) },
        }
        form #request {
            label for="asked" { "A request of a production" }
            textarea #asked name="asked" rows="8" spellcheck="false" autocomplete="off" required {}
            div.acts { button.button type="submit" { "Look and countersign" } }
        }
        div #answer role="status" {}
    })
}

fn watched(logs: &[Watched]) -> Markup {
    html! {
        h2 { "What it watches" }
        @if logs.is_empty() {
            p.notice { "Nothing yet. Note a log's key from the production itself, in person, then: showclear witness watch." }
        }
        @for log in logs {
            p { (log.key.name().as_str()) @if log.row.size == 0 { ": nothing seen yet" } @else { ": " (log.row.size) " entries seen" } }
        }
    }
}

/// The same call from the page: the answer as text and as a picture.
async fn by_hand(State(witness): State<Witness>, body: Result<Bytes, BytesRejection>) -> Response {
    let Ok(request) = body else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    match answered(witness, request).await {
        Some(Ok(lines)) => shown(&lines).into_response(),
        Some(Err(fault)) => {
            let shown = html! { p.notice role="alert" { strong { "NOT COUNTERSIGNED" } " " (fault) ". " (fault.remedy()) } p.cite { (fault.code()) } };
            (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn shown(lines: &[u8]) -> Markup {
    html! {
        h2 { "COUNTERSIGNED" }
        p { "Take this back to the production: as text, or show the picture to its scanner." }
        @if let Some(picture) = picture(lines, "The answer as a QR symbol") { (picture) }
        pre.cite tabindex="0" aria-label="The answer as text" { (String::from_utf8_lossy(lines)) }
    }
}

fn page(main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="dark";
                title { "Witness · Showclear" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/css/showclear.css";
            }
            body.witnesses data-ready="yes" {
                main #main { div.information { (main) } }
                script type="module" src="/assets/js/cosign.js" {}
            }
        }
    }
}
