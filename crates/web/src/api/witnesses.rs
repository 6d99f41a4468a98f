//! Witnesses: what they are asked, and what they answered (c2sp.org/tlog-witness). The same bytes go by network, by file
//! and as a picture.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use service::{SeenHead, WitnessError, Witnessed};
use utoipa::ToSchema;

use crate::api::bytes_problem;
use crate::problem::Problem;
use crate::state::App;

/// How the record stands with its witnesses.
#[derive(Debug, Serialize, ToSchema)]
pub struct WitnessedJson {
    /// How many entries the record has.
    pub size: u64,
    /// The newest head that enough witnesses have countersigned.
    pub enough: Option<HeadJson>,
    /// Each witness of the policy.
    pub witnesses: Vec<WitnessJson>,
}

/// A witness.
#[derive(Debug, Serialize, ToSchema)]
pub struct WitnessJson {
    /// Its name in the policy.
    pub name: String,
    /// Where it is asked.
    pub url: Option<String>,
    /// What it countersigned last.
    pub newest: Option<HeadJson>,
}

/// A head that was countersigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadJson {
    /// How many entries it covers.
    pub size: u64,
    /// By when, seconds since 1970 by the witness's clock.
    pub seconds: u64,
}

impl From<SeenHead> for HeadJson {
    fn from(head: SeenHead) -> HeadJson {
        HeadJson { size: head.size, seconds: head.seconds }
    }
}

/// How the record stands with its witnesses.
#[utoipa::path(get, path = "/api/witnesses", responses((status = 200, body = WitnessedJson)))]
pub async fn witnesses(State(app): State<App>) -> Json<WitnessedJson> {
    let Witnessed { witnesses, enough } = app.service.witnessed();
    let told = witnesses.into_iter().map(|witness| WitnessJson {
        name: witness.name,
        url: witness.url,
        newest: witness.newest.map(HeadJson::from),
    });
    Json(WitnessedJson { size: app.service.view().size, enough: enough.map(HeadJson::from), witnesses: told.collect() })
}

/// From now on the newest head is the one that all witnesses are asked to countersign.
#[utoipa::path(post, path = "/api/witnesses/round", responses((status = 204)))]
pub async fn round(State(app): State<App>) -> StatusCode {
    app.service.begin_round();
    StatusCode::NO_CONTENT
}

/// What a witness is asked: the body of `add-checkpoint`.
#[utoipa::path(get, path = "/api/witnesses/{witness}/request", params(("witness" = String, Path)),
    responses((status = 200, body = String, content_type = "text/plain"), (status = 404, body = Problem)))]
pub async fn witness_request(State(app): State<App>, Path(witness): Path<String>) -> Result<Response, Problem> {
    let bytes = app.service.witness_request(&witness)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], bytes).into_response())
}

/// What a witness answered: a cosignature a line.
#[utoipa::path(post, path = "/api/cosignatures", request_body(content = String, content_type = "text/plain"),
    responses((status = 200, body = HeadJson), (status = 400, body = Problem), (status = 409, body = Problem)))]
pub async fn cosignatures(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<HeadJson>, Problem> {
    let answer = body.map_err(|rejection| bytes_problem(&rejection))?;
    // What is kept is synced to the disk.
    let taken = tokio::task::spawn_blocking(move || app.service.take_cosignatures(&answer)).await;
    Ok(Json(taken.map_err(|_| Problem::failed())??.into()))
}

impl From<WitnessError> for Problem {
    fn from(error: WitnessError) -> Problem {
        let status = match &error {
            WitnessError::NoPolicy | WitnessError::Unknown => StatusCode::NOT_FOUND,
            WitnessError::Malformed => StatusCode::BAD_REQUEST,
            WitnessError::OfNoHead | WitnessError::Ahead { .. } => StatusCode::CONFLICT,
            WitnessError::NothingOffered | WitnessError::NotKept { .. } => StatusCode::SERVICE_UNAVAILABLE,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy())
    }
}
