//! The JSON API. It takes notes as bytes and gives what is on record; it decides nothing.

mod attachments;
mod board;
mod intents;
mod people;
mod record_parts;
mod witnesses;

use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use record::Id;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service::MAX_ATTACHMENT_BYTES;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Showclear",
        description = "What may be said of each gun on a set, and the record behind it. Intents are notes that a \
                       device signed; their second line is described by the schema Intent.",
        license(name = "Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Head;

/// Every route of the API.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(board::board))
        .routes(routes!(board::gun))
        .routes(routes!(board::gun_options))
        .routes(routes!(board::resolve_label))
        .routes(routes!(board::events))
        .routes(routes!(intents::submit))
        .routes(routes!(intents::verdict))
        .routes(routes!(intents::disclose))
        .routes(routes!(attachments::attach).layer(DefaultBodyLimit::max(MAX_ATTACHMENT_BYTES)))
        .routes(routes!(attachments::attachment))
        .routes(routes!(people::log_in))
        .routes(routes!(people::log_out))
        .routes(routes!(people::change_pin))
        .routes(routes!(people::invitation_code))
        .routes(routes!(people::redeem))
        .routes(routes!(people::enrol))
        .routes(routes!(record_parts::production))
        .routes(routes!(record_parts::checkpoint))
        .routes(routes!(record_parts::entry))
        .routes(routes!(record_parts::receipt))
        .routes(routes!(witnesses::witnesses))
        .routes(routes!(witnesses::round))
        .routes(routes!(witnesses::witness_request))
        .routes(routes!(witnesses::cosignatures))
}

/// The document with the schema of intents, which comes from the table that reads them.
pub fn document(api: Document) -> Value {
    let mut document = serde_json::to_value(&api).unwrap_or_else(|_| json!({}));
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.insert("Intent".to_owned(), record::schema::intent_schema());
    }
    document
}

/// A JSON body; what cannot be read is told as a [`Problem`].
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Body(value)),
            Err(JsonRejection::BytesRejection(rejection)) => Err(bytes_problem(&rejection)),
            Err(rejection) => Err(Problem::malformed(&rejection.body_text())),
        }
    }
}

/// A body that could not be taken in.
pub fn bytes_problem(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large()
    } else {
        Problem::malformed("the connection broke")
    }
}

/// Reads an id out of an address.
///
/// # Errors
/// Where it is no id: the thing is unknown.
pub fn id(text: &str, what: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| Problem::unknown(what))
}
