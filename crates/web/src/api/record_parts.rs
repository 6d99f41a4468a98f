//! The record itself: its head, its entries and their receipts.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use service::EntryView;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::state::App;

/// The production and the head of its log: what a device needs to sign.
#[derive(Debug, Serialize, ToSchema)]
pub struct Production {
    /// The name of the log.
    pub origin: String,
    /// The production's id.
    pub production: String,
    /// How many entries the log has.
    pub size: u64,
    /// The root over them, base64.
    pub root: String,
    /// Now, Unix milliseconds by the server's clock.
    pub now_ms: i64,
    /// Whether everything is held; a stop that holds one unit of several is not meant.
    pub held: bool,
}

/// The production and the head of its log.
#[utoipa::path(get, path = "/api/production", responses((status = 200, body = Production)))]
pub async fn production(State(app): State<App>) -> Json<Production> {
    let moment = app.now();
    Json(Production {
        origin: moment.origin.clone(),
        production: moment.production.to_string(),
        size: moment.view.size,
        root: moment.view.root.to_string(),
        now_ms: moment.now_ms,
        held: moment.view.state.everything_is_held(),
    })
}

/// The signed checkpoint (c2sp.org/tlog-checkpoint).
#[utoipa::path(get, path = "/api/checkpoint",
    responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn checkpoint(State(app): State<App>) -> Response {
    text(app.service.view().checkpoint.clone())
}

/// An entry as it is hashed. While a blind answer is kept closed, only its leaf hash is given.
#[utoipa::path(get, path = "/api/entries/{index}", params(("index" = u64, Path)),
    responses((status = 200, body = String, content_type = "text/plain"), (status = 404, body = Problem)))]
pub async fn entry(State(app): State<App>, Path(index): Path<String>) -> Result<Response, Problem> {
    let index = number(&index)?;
    match app.service.view().entry(index).ok_or_else(|| Problem::unknown("entry"))? {
        EntryView::Open { bytes, .. } => Ok(text(bytes)),
        EntryView::Sealed { index, leaf_hash } => {
            Ok(Json(json!({"sealed": true, "index": index, "leaf_hash": leaf_hash.to_string()})).into_response())
        }
    }
}

/// The proof that an entry is in the log (c2sp.org/tlog-proof).
#[utoipa::path(get, path = "/api/receipts/{index}", params(("index" = u64, Path)),
    responses((status = 200, body = String, content_type = "text/plain"), (status = 404, body = Problem)))]
pub async fn receipt(State(app): State<App>, Path(index): Path<String>) -> Result<Response, Problem> {
    let index = number(&index)?;
    app.service.view().receipt(index).map(text).ok_or_else(|| Problem::unknown("entry"))
}

fn number(text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| Problem::unknown("entry"))
}

fn text(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], bytes).into_response()
}
