//! Files that intents name by their digest: they come after the intent, and are given to whoever may read it.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use proof::tree::Hash;
use service::AttachError;

use crate::api::{bytes_problem, id};
use crate::problem::Problem;
use crate::state::{App, Moment};
use crate::words;

/// Keeps a file that a recorded intent names by digest, length and kind. It is kept beside the record and can be erased
/// there.
#[utoipa::path(post, path = "/api/attachments/{intent}", params(("intent" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "A JPEG, a PNG or a PDF, at most 8 MiB, byte for byte as its digest was signed."),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 410, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem)))]
pub async fn attach(
    State(app): State<App>,
    Path(intent): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let intent = id(&intent, "intent")?;
    let bytes = bytes.map_err(|rejection| bytes_problem(&rejection))?;
    let moments = app.clone();
    let kept = tokio::task::spawn_blocking(move || app.service.attach(intent, &bytes)).await;
    kept.map_err(|_| Problem::failed())?.map_err(|error| in_words(&moments.now(), error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// When it was erased is said by the production's clock.
fn in_words(moment: &Moment, error: AttachError) -> Problem {
    let erased = if let AttachError::Erased(by) = &error { Some(*by) } else { None };
    let mut problem = Problem::from(error);
    if let Some(by) = erased {
        let erased = words::erased_by(&moment.names(), by);
        problem.sentence = format!("This file {erased}. It is not here; the record has its digest.");
    }
    problem
}

/// A file that an intent names. While a blind answer is kept closed, its files are too.
#[utoipa::path(get, path = "/api/attachments/{intent}/{sha256}",
    params(("intent" = String, Path), ("sha256" = String, Path, description = "64 lower-case hex digits")),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 410, body = Problem)))]
pub async fn attachment(
    State(app): State<App>,
    Path((intent, sha256)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let intent = id(&intent, "intent")?;
    let digest = Hash::from_hex(&sha256).ok_or_else(|| Problem::unknown("file"))?;
    let moments = app.clone();
    let found = tokio::task::spawn_blocking(move || app.service.attachment(intent, digest)).await;
    let found = found.map_err(|_| Problem::failed())?;
    let (media_type, bytes) = found.map_err(|error| in_words(&moments.now(), error))?;
    // Only a picture is shown in the page; whatever else it is, the browser puts away as a file.
    let shown = if media_type.starts_with("image/") { "inline" } else { "attachment; filename=\"attached.pdf\"" };
    Ok(([(CONTENT_TYPE, media_type.as_str()), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
