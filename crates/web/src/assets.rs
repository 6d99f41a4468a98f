//! Fonts, style and the client's modules, built into the binary and served as they lie in the
//! repository: what a reviewer reads is what the browser runs.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use record::bundle::digest_of;

use crate::problem::Problem;

/// One file.
struct Asset {
    path: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! modules {
    ($($name:literal),* $(,)?) => {
        &[$(Asset {
            path: concat!("js/", $name),
            media_type: JAVASCRIPT,
            bytes: include_bytes!(concat!("../assets/js/", $name)),
        }),*]
    };
}

macro_rules! fonts {
    ($($name:literal),* $(,)?) => {
        &[$(Asset {
            path: concat!("fonts/", $name),
            media_type: "font/woff2",
            bytes: include_bytes!(concat!("../assets/fonts/", $name)),
        }),*]
    };
}

const MODULES: &[Asset] = modules![
    "acts.js",
    "attach.js",
    "barrels.js",
    "bytes.js",
    "canonical.js",
    "check.js",
    "cosign.js",
    "count.js",
    "cylinder.js",
    "empty.js",
    "enrol.js",
    "focus.js",
    "go.js",
    "hold.js",
    "invite.js",
    "keys.js",
    "label.js",
    "live.js",
    "login.js",
    "main.js",
    "note.js",
    "page.js",
    "post.js",
    "reach.js",
    "result.js",
    "row.js",
    "stepper.js",
    "stop.js",
    "submit.js",
    "touch.js",
    "witness.js",
];

const FONTS: &[Asset] = fonts![
    "b612-latin-400-normal.woff2",
    "b612-latin-700-normal.woff2",
    "b612-mono-latin-400-normal.woff2",
    "b612-mono-latin-700-normal.woff2",
];

const STYLE: &[Asset] = &[
    Asset {
        path: "css/showclear.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/css/showclear.css"),
    },
    Asset {
        path: "css/labels-a4.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/css/labels-a4.css"),
    },
    Asset {
        path: "css/labels-letter.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/css/labels-letter.css"),
    },
    Asset {
        path: "css/labels.css",
        media_type: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/css/labels.css"),
    },
    Asset { path: "icon.svg", media_type: "image/svg+xml", bytes: include_bytes!("../assets/icon.svg") },
];

/// Every file with its entity tag, hashed once.
static ALL: LazyLock<Vec<(&'static Asset, String)>> = LazyLock::new(|| {
    let all = MODULES.iter().chain(FONTS).chain(STYLE);
    all.map(|asset| (asset, entity_tag(asset.bytes))).collect()
});

/// Serves a file. Browsers ask again each time and are told "unchanged": after an update no page
/// runs with one old module and one new.
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some((asset, tag)) = ALL.iter().find(|(asset, _)| asset.path == path) else {
        return Problem::unknown("file").into_response();
    };
    let tag = HeaderValue::from_str(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
    let cached = headers.get(IF_NONE_MATCH).is_some_and(|known| *known == tag);
    let caching = [(CACHE_CONTROL, HeaderValue::from_static("no-cache")), (ETAG, tag)];
    if cached {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(CONTENT_TYPE, HeaderValue::from_static(asset.media_type))], asset.bytes).into_response()
}

fn entity_tag(bytes: &[u8]) -> String {
    format!("\"{}\"", digest_of(bytes).to_hex())
}
