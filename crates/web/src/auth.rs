//! Who may ask for what: one table for every route, and nothing is served that is not in it.

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use record::Id;
use service::Session;

use crate::problem::Problem;
use crate::state::App;

/// The cookie that holds a session's token. Cookies are kept per host, so that each of the demo's
/// people has one of his own.
pub const COOKIE_NAME: &str = "showclear_session";

/// Who may ask.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Access {
    /// Anybody. What is served here names nobody and tells the state of no gun.
    Anybody,
    /// A session, also one that only looks at the board.
    Viewer,
    /// A person who is logged in.
    Person,
}

/// Every route with who may ask for it. A route that is not here is refused, also where the router
/// knows it.
pub const ROUTES: &[(&str, &str, Access)] = &[
    ("GET", "/", Access::Anybody),
    ("POST", "/api/attachments/{intent}", Access::Person),
    ("GET", "/api/attachments/{intent}/{sha256}", Access::Person),
    ("GET", "/api/board", Access::Viewer),
    ("GET", "/api/checkpoint", Access::Person),
    ("POST", "/api/cosignatures", Access::Person),
    ("POST", "/api/devices", Access::Anybody),
    ("POST", "/api/disclosures", Access::Person),
    ("POST", "/api/enrolments", Access::Anybody),
    ("GET", "/api/entries/{index}", Access::Person),
    ("GET", "/api/events", Access::Viewer),
    ("GET", "/api/guns/{gun}", Access::Viewer),
    ("GET", "/api/guns/{gun}/options", Access::Person),
    // The record itself asks who signed: a stop needs no log-in, everything else does.
    ("POST", "/api/intents", Access::Anybody),
    ("GET", "/api/intents/{intent}", Access::Person),
    ("POST", "/api/invitations/{intent}/code", Access::Person),
    ("GET", "/api/labels/{label}", Access::Person),
    ("POST", "/api/log-in", Access::Anybody),
    ("POST", "/api/log-out", Access::Anybody),
    ("GET", "/api/openapi.json", Access::Anybody),
    ("POST", "/api/pin", Access::Person),
    ("GET", "/api/production", Access::Anybody),
    ("GET", "/api/receipts/{index}", Access::Person),
    ("GET", "/api/witnesses", Access::Viewer),
    ("POST", "/api/witnesses/round", Access::Person),
    ("GET", "/api/witnesses/{witness}/request", Access::Person),
    ("GET", "/assets/{*path}", Access::Anybody),
    ("GET", "/board", Access::Viewer),
    ("GET", "/check", Access::Person),
    ("GET", "/count", Access::Person),
    ("GET", "/day", Access::Person),
    ("GET", "/enrol", Access::Anybody),
    ("GET", "/give", Access::Person),
    ("GET", "/guns", Access::Person),
    ("GET", "/guns/{gun}", Access::Person),
    ("GET", "/guns/{gun}/bore", Access::Person),
    ("GET", "/guns/{gun}/check", Access::Person),
    ("GET", "/guns/{gun}/empty", Access::Person),
    ("GET", "/guns/{gun}/fired", Access::Person),
    ("GET", "/guns/{gun}/handover", Access::Person),
    ("GET", "/guns/{gun}/line", Access::Person),
    ("GET", "/guns/{gun}/load", Access::Person),
    ("GET", "/guns/{gun}/offer", Access::Person),
    ("GET", "/guns/{gun}/plan", Access::Person),
    ("GET", "/guns/{gun}/put-away", Access::Person),
    ("GET", "/guns/{gun}/test", Access::Person),
    ("GET", "/guns/{gun}/unload", Access::Person),
    ("GET", "/house", Access::Person),
    ("GET", "/house/return", Access::Person),
    ("GET", "/invitations/{intent}", Access::Person),
    ("GET", "/labels", Access::Person),
    ("GET", "/line", Access::Person),
    ("GET", "/line/{line}", Access::Person),
    ("GET", "/line/{line}/guns/{gun}", Access::Person),
    ("GET", "/line/{line}/guns/{gun}/to/{person}", Access::Person),
    ("GET", "/line/{line}/muster", Access::Person),
    ("GET", "/log-in", Access::Anybody),
    ("GET", "/lots", Access::Person),
    ("GET", "/lots/{lot}", Access::Person),
    ("GET", "/lots/{lot}/count", Access::Person),
    ("GET", "/meeting", Access::Person),
    ("GET", "/people", Access::Person),
    ("GET", "/people/{person}", Access::Person),
    ("GET", "/places", Access::Person),
    ("GET", "/places/{place}", Access::Person),
    ("GET", "/record", Access::Person),
    ("GET", "/register", Access::Person),
    ("GET", "/report", Access::Person),
    ("GET", "/rules", Access::Person),
    ("GET", "/rules/adopt", Access::Person),
    ("GET", "/scene", Access::Person),
    ("GET", "/shots", Access::Person),
    ("GET", "/shots/{shot}", Access::Person),
    ("GET", "/stop", Access::Anybody),
    ("GET", "/stops", Access::Person),
    ("GET", "/take-back", Access::Person),
    ("GET", "/units", Access::Person),
    ("GET", "/witnesses", Access::Person),
    ("GET", "/wrap/{day}", Access::Person),
];

/// Who may ask for a route; nobody where it is not in the table.
#[must_use]
pub fn access(method: &Method, path: &str) -> Option<Access> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    ROUTES.iter().find(|(of, at, _)| *of == method && *at == path).map(|(_, _, access)| *access)
}

/// Who asks, as far as the session says.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The session, where there is one.
    pub session: Option<Session>,
    /// Its token.
    pub token: Option<String>,
}

impl Caller {
    /// The person who is logged in.
    #[must_use]
    pub fn person(&self) -> Option<Id> {
        self.session.as_ref().and_then(|session| session.person)
    }
}

/// A person who is logged in.
#[derive(Clone, Debug)]
pub struct Me {
    /// The person.
    pub person: Id,
    /// The session.
    pub session: Session,
}

impl<S: Send + Sync> FromRequestParts<S> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Me, Problem> {
        let session = parts.extensions.get::<Caller>().and_then(|caller| caller.session);
        let session = session.ok_or_else(Problem::not_logged_in)?;
        let person = session.person.ok_or_else(Problem::only_looks)?;
        Ok(Me { person, session })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Problem> {
        Ok(parts.extensions.get::<Caller>().cloned().unwrap_or_default())
    }
}

/// Looks every request up in [`ROUTES`] and puts the [`Caller`] beside it.
pub async fn authorise(State(app): State<App>, matched: MatchedPath, mut request: Request, next: Next) -> Response {
    let token = token(request.headers()).or_else(|| board_key(&matched, &request));
    let session = token.as_deref().and_then(|token| app.service.session(token));
    let caller = Caller { session, token };
    let is_page = !matched.as_str().starts_with("/api/");
    let Some(access) = access(request.method(), matched.as_str()) else {
        return Problem::unknown("page").into_response();
    };
    match (access, &caller.session) {
        (Access::Anybody, _) => {}
        (Access::Viewer | Access::Person, None) if is_page => return to_log_in(&request),
        (Access::Viewer | Access::Person, None) => return Problem::not_logged_in().into_response(),
        (Access::Person, Some(session)) if session.person.is_none() => {
            return if is_page { to_log_in(&request) } else { Problem::only_looks().into_response() };
        }
        (Access::Viewer | Access::Person, Some(_)) => {}
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

fn to_log_in(request: &Request) -> Response {
    let path = request.uri().path();
    Redirect::to(&format!("/log-in?then={}", encode(path))).into_response()
}

/// The token of the session cookie.
#[must_use]
pub fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE_NAME).map(|(_, value)| value.to_owned()).next()
}

/// A board without keyboard brings its key in the address; the page answers with the cookie.
fn board_key(matched: &MatchedPath, request: &Request) -> Option<String> {
    if matched.as_str() != "/board" {
        return None;
    }
    let pairs = request.uri().query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == "key").map(|(_, value)| value.to_owned()).next()
}

/// The cookie with a session's token: out of reach of scripts and of other sites.
#[must_use]
pub fn cookie(token: &str, life_s: u32, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE_NAME}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={life_s}{secure}")
}

/// Percent-encodes everything but what a query may hold as it is.
pub(crate) fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
