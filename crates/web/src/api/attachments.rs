//! Files that intents name by their digest: they come after the intent, and are given to whoever may read it.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use proof::tree::Hash;

use crate::api::{bytes_problem, id};
use crate::problem::Problem;
use crate::state::App;

/// Keeps a file that a recorded intent names by digest, length and kind. It is kept beside the record and can be erased
/// there.
#[utoipa::path(post, path = "/api/attachments/{intent}", params(("intent" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream",
        description = "A JPEG, a PNG or a PDF, at most 8 MiB, byte for byte as its digest was signed."),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem)))]
pub async fn attach(
    State(app): State<App>,
    Path(intent): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let intent = id(&intent, "intent")?;
    let bytes = bytes.map_err(|rejection| bytes_problem(&rejection))?;
    let kept = tokio::task::spawn_blocking(move || app.service.attach(intent, &bytes)).await;
    kept.map_err(|_| Problem::failed())??;
    Ok(StatusCode::NO_CONTENT)
}

/// A file that an intent names. While a blind answer is kept closed, its files are too.
#[utoipa::path(get, path = "/api/attachments/{intent}/{sha256}",
    params(("intent" = String, Path), ("sha256" = String, Path, description = "64 lower-case hex digits")),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub async fn attachment(
    State(app): State<App>,
    Path((intent, sha256)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let intent = id(&intent, "intent")?;
    let digest = Hash::from_hex(&sha256).ok_or_else(|| Problem::unknown("file"))?;
    let found = tokio::task::spawn_blocking(move || app.service.attachment(intent, digest)).await;
    let (media_type, bytes) = found.map_err(|_| Problem::failed())??;
    // Only a picture is shown in the page; whatever else it is, the browser puts away as a file.
    let shown = if media_type.starts_with("image/") { "inline" } else { "attachment; filename=\"attached.pdf\"" };
    Ok(([(CONTENT_TYPE, media_type.as_str()), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
