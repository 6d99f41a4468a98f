//! The screens and the API of Showclear: pages rendered by the server, live cards, the client's
//! modules, and JSON that takes notes as their devices signed them.
//!
//! Nothing is decided here and nothing is signed here. Whatever a page says of a gun comes out of
//! the kernel's `shown` and `options`; whatever a person does goes to the record as a signed note.
//! What may be asked for by whom stands in one table ([`auth::ROUTES`]).

mod api;
mod assets;
pub mod auth;
pub mod labels;
mod live;
mod lot_words;
mod pages;
mod picture;
mod problem;
pub mod rounds;
pub mod rules;
pub mod stamp;
mod state;
mod ways;
pub mod witness;
mod words;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use service::Service;
use tokio::net::TcpListener;
use utoipa_axum::router::OpenApiRouter;

use crate::live::Live;
use crate::state::App;

pub use axum::Router;

pub use crate::problem::Problem;
pub use crate::state::Options;

/// The most bytes of any body that is taken: a note is at most half of it.
pub const MAX_BODY_BYTES: usize = 16_384;

/// How long an open stream may hold up the end.
const LAST_CALL: Duration = Duration::from_secs(2);

/// Scripts, styles, fonts and streams from this server alone, nothing inline, in nobody's frame.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Everything that a production serves. Called within a runtime: the task that renders live cards
/// runs as long as the router does.
pub fn router(service: Service, options: Options) -> Router {
    let options = Arc::new(options);
    let live = Arc::new(Live::start(service.clone(), Arc::clone(&options)));
    let app = App { service, options, live };
    let (api, document) = OpenApiRouter::new().merge(api::routes()).split_for_parts();
    let document = Arc::new(api::document(document));
    let openapi = get(move || async move { axum::Json((*document).clone()) });
    api.merge(pages::routes())
        .route("/api/openapi.json", openapi)
        .route("/assets/{*path}", get(assets::asset))
        .route_layer(middleware::from_fn_with_state(app.clone(), auth::authorise))
        .fallback(pages::nowhere)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn(guard))
        .with_state(app)
}

/// Serves until `shutdown` is done, then lets answers under way end.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (told, mut heard) = tokio::sync::watch::channel(false);
    let stop = async move {
        shutdown.await;
        let _ = told.send(true);
    };
    // Streams of events never end by themselves; they get a moment, then they are cut.
    let last_call = async move {
        while heard.changed().await.is_ok() {
            if *heard.borrow() {
                break;
            }
        }
        tokio::time::sleep(LAST_CALL).await;
    };
    tokio::select! {
        ended = axum::serve(listener, router).with_graceful_shutdown(stop).into_future() => ended,
        () = last_call => Ok(()),
    }
}

async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let all: [(HeaderName, &'static str); 4] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
    ];
    // What a page says of a gun is true now; no memory may show it later. Files set their own.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response.into_response()
}
