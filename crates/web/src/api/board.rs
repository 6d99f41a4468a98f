//! What may be said of guns now, and the stream of what changes.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Sse;
use axum::response::sse::Event;
use record::label::{parse, production_tag};
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use utoipa::{IntoParams, ToSchema};

use crate::api::id;
use crate::auth::{Caller, Me};
use crate::live::{Update, opening};
use crate::pages::acts::{ReadBy, act_word};
use crate::problem::Problem;
use crate::state::{App, Moment};
use crate::words::{Told, capital};

/// Everything that may be said now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// How many entries the record has.
    pub size: u64,
    /// When this was said, Unix milliseconds by the server's clock.
    pub now_ms: i64,
    /// Why nothing may be said of any gun, where the record itself is in doubt.
    pub doubt: Option<String>,
    /// The guns, in the order of the register.
    pub guns: Vec<GunCard>,
}

/// What may be said of one gun.
#[derive(Debug, Serialize, ToSchema)]
pub struct GunCard {
    /// The gun's id.
    pub gun: String,
    /// Its name.
    pub name: String,
    /// The label that is fixed to it.
    pub label: String,
    /// What it is.
    pub kind: String,
    /// `unknown`, `empty`, `dummy`, `blank`, `checking`, `handover`, `locked`, `held` or `copy`.
    pub state: String,
    /// The state as the board shows it.
    pub word: String,
    /// Who has it or where it is, since when.
    pub who: String,
    /// By whom it was shown, and when it is to be shown again.
    pub until: String,
    /// Milliseconds until it falls to UNKNOWN by itself.
    pub left_ms: Option<i64>,
}

impl From<Told> for GunCard {
    fn from(told: Told) -> GunCard {
        GunCard {
            gun: told.gun.to_string(),
            until: told.until.line(),
            left_ms: told.until.left_ms,
            name: told.name,
            label: told.label,
            kind: told.kind,
            state: told.look.as_str().to_owned(),
            word: told.word,
            who: told.who,
        }
    }
}

/// An act, and why it is not open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Option_ {
    /// The act.
    pub act: String,
    /// Whether it is open.
    pub open: bool,
    /// Why not.
    pub reasons: Vec<crate::api::intents::ReasonJson>,
}

/// What a label is fixed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resolved {
    /// `gun`, `person`, `lot` or `place`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What the reader of a label was asked to read.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Due {
    /// `gun`, `person`, `lot` or `place`.
    pub due: Option<String>,
}

/// What may be said of every gun now. No reading of a check that is under way is part of it.
#[utoipa::path(get, path = "/api/board", responses((status = 200, body = Board), (status = 401, body = Problem)))]
pub async fn board(State(app): State<App>) -> Json<Board> {
    let moment = app.now();
    let cards = moment.view.cards(moment.now_ms);
    let guns = cards.iter().map(|card| moment.names().told(card).into()).collect();
    Json(Board { size: moment.view.size, now_ms: moment.now_ms, doubt: moment.view.doubt.clone(), guns })
}

/// What may be said of one gun now.
#[utoipa::path(get, path = "/api/guns/{gun}", params(("gun" = String, Path)),
    responses((status = 200, body = GunCard), (status = 404, body = Problem)))]
pub async fn gun(State(app): State<App>, Path(gun): Path<String>) -> Result<Json<GunCard>, Problem> {
    let gun = id(&gun, "gun")?;
    let moment = app.now();
    let cards = moment.view.cards(moment.now_ms);
    let card = cards.iter().find(|card| card.gun == gun).ok_or_else(|| Problem::unknown("gun"))?;
    Ok(Json(moment.names().told(card).into()))
}

/// Which acts with a gun are open to the one who asks, and why the others are not.
#[utoipa::path(get, path = "/api/guns/{gun}/options", params(("gun" = String, Path)),
    responses((status = 200, body = Vec<Option_>), (status = 404, body = Problem)))]
pub async fn gun_options(
    State(app): State<App>,
    me: Me,
    Path(gun): Path<String>,
) -> Result<Json<Vec<Option_>>, Problem> {
    let gun = id(&gun, "gun")?;
    let moment = app.now();
    let read_by = moment.view.state.guns.get(&gun).map(ReadBy::of).ok_or_else(|| Problem::unknown("gun"))?;
    let names = moment.names();
    let options = moment.view.options(&me.session, gun, moment.now_ms);
    let options = options.into_iter().map(|open| Option_ {
        act: act_word(open.kind, read_by).to_owned(),
        open: open.reasons.is_empty(),
        reasons: open.reasons.iter().map(|reason| names.reason_about(Some(gun), reason).into()).collect(),
    });
    Ok(Json(options.collect()))
}

/// What a label is fixed to. A label of another production, one that was misread, and one of
/// another kind than is due are each told as such.
#[utoipa::path(get, path = "/api/labels/{label}", params(("label" = String, Path), Due),
    responses((status = 200, body = Resolved), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub async fn resolve_label(
    State(app): State<App>,
    Path(text): Path<String>,
    Query(query): Query<Due>,
) -> Result<Json<Resolved>, Problem> {
    let moment = app.now();
    resolve(&moment, &text, query.due.as_deref()).map(Json)
}

/// Finds what a label is fixed to.
///
/// # Errors
/// Each way in which it can be the wrong one.
pub fn resolve(moment: &Moment, text: &str, due: Option<&str>) -> Result<Resolved, Problem> {
    let read = parse(text).map_err(|error| {
        let sentence = format!("{}. Nothing was done.", capital(&error.to_string()));
        Problem::new(StatusCode::BAD_REQUEST, "LABEL-MISREAD", &sentence, "Scan it again, or type it again.")
    })?;
    if read.production != production_tag(moment.production) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "LABEL-OTHER-PRODUCTION",
            "This label belongs to another production. Nothing is known here of what it is fixed to.",
            "Do not use it. Bring it to the armorer, and register what is new before it is used.",
        ));
    }
    if let Some(due) = due
        && due != read.kind.word()
    {
        let sentence = format!("This is the label of a {}. The label of a {due} is due here.", read.kind.word());
        let remedy = format!("Scan the label on the {due}.");
        return Err(Problem::new(StatusCode::CONFLICT, "LABEL-OTHER-KIND", &sentence, &remedy));
    }
    let id = moment.view.by_label(&read).ok_or_else(|| Problem::unknown(read.kind.word()))?;
    Ok(Resolved { kind: read.kind.word().to_owned(), id: id.to_string(), name: moment.view.name(id) })
}

/// The stream of events: `head` when something was recorded, `card` with the rendered card that
/// changed, `beside` when something that is no entry changed, `beat` while nothing happens. It begins with every card as it stands.
#[utoipa::path(get, path = "/api/events",
    responses((status = 200, description = "text/event-stream", content_type = "text/event-stream"),
        (status = 401, body = Problem)))]
pub async fn events(State(app): State<App>, caller: Caller) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // First listen, then look: what changes in between is sent twice rather than never.
    let receiver = app.live.subscribe();
    let first = tokio_stream::iter(opening(&app.now()).into_iter().map(Arc::new));
    let service = app.service.clone();
    let token = caller.token.unwrap_or_default();
    // A stream that fell behind ends, and so does one whose session is over.
    let later = BroadcastStream::new(receiver).map_while(Result::ok);
    let later = later.take_while(move |update| update.event != "beat" || service.session(&token).is_some());
    Sse::new(first.chain(later).map(|update| Ok(event(&update))))
}

fn event(update: &Update) -> Event {
    Event::default().event(update.event).data(&update.data)
}
