//! Log-in, and the enrolment of devices.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::board::resolve;
use crate::api::intents::AnswerJson;
use crate::api::{Body, id};
use crate::auth::{Caller, Me, cookie};
use crate::problem::Problem;
use crate::state::App;

/// How long a browser keeps its session: a long shooting day. The server ends it no later.
const SESSION_LIFE_S: u32 = 14 * 60 * 60;

/// Who logs in, on which device.
#[derive(Deserialize, ToSchema)]
pub struct LogIn {
    /// The device at hand, which is enrolled.
    pub device: String,
    /// The person, by id.
    pub person: Option<String>,
    /// The person, by the label of his badge.
    pub badge: Option<String>,
    /// His own PIN.
    pub pin: String,
}

/// Who is logged in.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedIn {
    /// The person.
    pub person: String,
    /// His name.
    pub name: String,
}

/// The PIN that was and the PIN that shall be.
#[derive(Deserialize, ToSchema)]
pub struct NewPin {
    /// The PIN that was.
    pub old: String,
    /// The PIN that shall be: 4 to 8 digits.
    pub new: String,
}

/// A one-time code.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct OneTimeCode {
    /// Six characters and a check character.
    pub code: String,
}

/// Who is invited by a code.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invited {
    /// The intent that invited.
    pub invitation: String,
    /// The person.
    pub person: String,
    /// His name.
    pub name: String,
}

/// A device that enrols.
#[derive(Deserialize, ToSchema)]
pub struct Enrolment {
    /// The signed note, as text.
    pub note: String,
    /// The one-time code.
    pub code: String,
    /// The person's PIN: set with his first device, entered with every other.
    pub pin: String,
}

/// Logs a person in by his PIN.
#[utoipa::path(post, path = "/api/log-in", request_body = LogIn,
    responses((status = 200, body = LoggedIn), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 423, body = Problem)))]
pub async fn log_in(State(app): State<App>, Body(given): Body<LogIn>) -> Result<(HeaderMap, Json<LoggedIn>), Problem> {
    let device = id(&given.device, "device")?;
    let person = match (&given.person, &given.badge) {
        (Some(person), _) => id(person, "person")?,
        (None, Some(badge)) => id(&resolve(&app.now(), badge, Some("person"))?.id, "person")?,
        (None, None) => return Err(Problem::malformed("neither person nor badge is given")),
    };
    let service = app.service.clone();
    // Hashing a PIN takes its time on purpose; it must not hold up the streams.
    let logged_in = tokio::task::spawn_blocking(move || service.log_in(device, person, &given.pin)).await;
    let (token, _) = logged_in.map_err(|_| Problem::failed())?.map_err(Problem::from)?;
    let mut headers = HeaderMap::new();
    let line = cookie(&token, SESSION_LIFE_S, app.options.secure_cookies);
    headers.insert(SET_COOKIE, HeaderValue::from_str(&line).map_err(|_| Problem::failed())?);
    Ok((headers, Json(LoggedIn { person: person.to_string(), name: app.service.view().name(person) })))
}

/// Ends the session.
#[utoipa::path(post, path = "/api/log-out", responses((status = 204)))]
pub async fn log_out(State(app): State<App>, caller: Caller) -> Result<(StatusCode, HeaderMap), Problem> {
    if let Some(token) = &caller.token {
        app.service.log_out(token);
    }
    let mut headers = HeaderMap::new();
    let line = cookie("", 0, app.options.secure_cookies);
    headers.insert(SET_COOKIE, HeaderValue::from_str(&line).map_err(|_| Problem::failed())?);
    Ok((StatusCode::NO_CONTENT, headers))
}

/// Another PIN for oneself. It ends every session of the person, also this one.
#[utoipa::path(post, path = "/api/pin", request_body = NewPin,
    responses((status = 204), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 423, body = Problem)))]
pub async fn change_pin(State(app): State<App>, me: Me, Body(given): Body<NewPin>) -> Result<StatusCode, Problem> {
    let device = me.session.device.ok_or_else(Problem::not_logged_in)?;
    let service = app.service.clone();
    let changed = tokio::task::spawn_blocking(move || {
        // The old PIN is proven as at the log-in, with the same lock against guessing.
        let (token, _) = service.log_in(device, me.person, &given.old)?;
        service.log_out(&token);
        service.set_pin(me.person, &given.new)
    });
    changed.await.map_err(|_| Problem::failed())?.map_err(Problem::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The one-time code of an invitation, for the one who invited. A new one replaces it.
#[utoipa::path(post, path = "/api/invitations/{intent}/code", params(("intent" = String, Path)),
    responses((status = 200, body = OneTimeCode), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn invitation_code(
    State(app): State<App>,
    me: Me,
    Path(invitation): Path<String>,
) -> Result<Json<OneTimeCode>, Problem> {
    let invitation = id(&invitation, "invitation")?;
    if !app.service.view().state.invitations.contains_key(&invitation) {
        return Err(Problem::unknown("invitation"));
    }
    let code = app.service.issue_code(&me.session, invitation)?;
    Ok(Json(OneTimeCode { code }))
}

/// Whom a one-time code invites. The code stays good until a device is enrolled with it.
#[utoipa::path(post, path = "/api/enrolments", request_body = OneTimeCode,
    responses((status = 200, body = Invited), (status = 403, body = Problem), (status = 423, body = Problem)))]
pub async fn redeem(State(app): State<App>, Body(given): Body<OneTimeCode>) -> Result<Json<Invited>, Problem> {
    let (invitation, person) = app.service.redeem_code(&given.code)?;
    let name = app.service.view().name(person);
    Ok(Json(Invited { invitation: invitation.to_string(), person: person.to_string(), name }))
}

/// Enrols a device: its own key signs the note, the code opens the invitation.
#[utoipa::path(post, path = "/api/devices", request_body = Enrolment,
    responses((status = 200, body = AnswerJson), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 423, body = Problem)))]
pub async fn enrol(State(app): State<App>, Body(given): Body<Enrolment>) -> Result<Json<AnswerJson>, Problem> {
    let Enrolment { note, code, pin } = given;
    let answer = app.service.enrol(note.into_bytes(), code, pin).await?;
    Ok(Json(AnswerJson::new(&app.now(), &answer, None)))
}
