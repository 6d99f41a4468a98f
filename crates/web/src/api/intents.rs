//! Notes in, verdicts out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use record::{Id, Millis, Reason};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{Answer, Recorded, Standing};
use utoipa::ToSchema;

use crate::api::{Body, bytes_problem, id};
use crate::auth::Caller;
use crate::problem::Problem;
use crate::state::{App, Moment};
use crate::ways::{self, Way};
use crate::words::Why;

/// One rule that is not met.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonJson {
    /// A stable code.
    pub code: String,
    /// The rule's id.
    pub rule: String,
    /// How binding its source is.
    pub strength: String,
    /// Its source.
    pub source: String,
    /// What happened, and what it means for the gun in the hand.
    pub sentence: String,
    /// What to do now.
    pub remedy: String,
    /// Where that is done, for whoever asked; nothing where it is no act of his with a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<WayJson>,
}

/// A page, and what is done there.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayJson {
    /// The page's path.
    pub address: String,
    /// What is done there.
    pub words: String,
}

impl From<Why> for ReasonJson {
    fn from(why: Why) -> ReasonJson {
        ReasonJson {
            code: why.code.as_str().to_owned(),
            rule: why.code.rule().as_str().to_owned(),
            strength: why.code.rule().strength().as_str().to_owned(),
            source: why.code.rule().source().to_owned(),
            sentence: why.sentence,
            remedy: why.remedy,
            way: None,
        }
    }
}

/// The recorded verdict on an intent. It never carries what somebody saw.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerJson {
    /// The intent.
    pub intent: String,
    /// The entry's place in the record.
    pub index: u64,
    /// Whether it was granted, or recorded as a report.
    pub accepted: bool,
    /// Whether it was on record before.
    pub repeated: bool,
    /// When it was decided, by the production's clock.
    pub at: String,
    /// Every rule that is not met.
    pub reasons: Vec<ReasonJson>,
    /// Proof that the entry is in the record (c2sp.org/tlog-proof), to be kept by the device.
    pub receipt: String,
}

impl AnswerJson {
    /// The answer in words, with names and times as of `moment`; for a handler who asked with the ways to what is missing.
    #[must_use]
    pub fn new(moment: &Moment, answer: &Answer, asked: Option<Id>) -> AnswerJson {
        let names = moment.names();
        let about = moment.view.about(answer.index);
        let handles = asked.is_some_and(|person| moment.view.state.roles(person).handles());
        let told = |reason: &Reason| {
            let way = ways::way(&names, about, reason).filter(|_| handles && !answer.accepted);
            let way = way.map(|Way { address, words }| WayJson { address, words });
            ReasonJson { way, ..names.reason_about(about, reason).into() }
        };
        AnswerJson {
            intent: answer.intent.to_string(),
            index: answer.index,
            accepted: answer.accepted,
            repeated: answer.repeated,
            at: names.clock(Millis(answer.decided_at_ms)),
            reasons: answer.reasons.iter().map(told).collect(),
            receipt: String::from_utf8_lossy(&answer.receipt).into_owned(),
        }
    }
}

/// A text that an intent committed to, with the salt that opens the commitment.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Disclosure {
    /// The intent.
    pub intent: String,
    /// The path of the commitment.
    pub path: String,
    /// Base64 of 16 bytes.
    pub salt: String,
    /// The text.
    pub value: String,
}

/// Records a note that a device signed. The verdict comes back: granted, or refused with every
/// rule that is not met. The same note again gives the same verdict.
#[utoipa::path(post, path = "/api/intents", request_body(content = String, content_type = "text/plain",
        description = "A signed note: c2sp.org/signed-note. Its second line is an Intent."),
    responses((status = 200, body = AnswerJson), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 503, body = Problem)))]
pub async fn submit(
    State(app): State<App>,
    caller: Caller,
    note: Result<Bytes, BytesRejection>,
) -> Result<Json<AnswerJson>, Problem> {
    let note = note.map_err(|rejection| bytes_problem(&rejection))?;
    let asked = caller.person();
    let standing = caller.session.map_or(Standing::Nobody, Standing::Session);
    let answer = app.service.submit(note.to_vec(), standing).await?;
    Ok(Json(AnswerJson::new(&app.now(), &answer, asked)))
}

/// The recorded verdict on an intent. While a blind answer is kept closed, only its leaf hash is given.
#[utoipa::path(get, path = "/api/intents/{intent}", params(("intent" = String, Path)),
    responses((status = 200, body = AnswerJson), (status = 404, body = Problem)))]
pub async fn verdict(State(app): State<App>, Path(intent): Path<String>) -> Result<Response, Problem> {
    let intent = id(&intent, "intent")?;
    let moment = app.now();
    match moment.view.answer(intent).ok_or_else(|| Problem::unknown("intent"))? {
        Recorded::Open(answer) => Ok(Json(AnswerJson::new(&moment, &answer, None)).into_response()),
        Recorded::Sealed { index, leaf_hash } => {
            Ok(Json(json!({"sealed": true, "index": index, "leaf_hash": leaf_hash.to_string()})).into_response())
        }
    }
}

/// Gives a text that an intent committed to, such as a name. It is kept beside the record and can
/// be erased there.
#[utoipa::path(post, path = "/api/disclosures", request_body = Disclosure,
    responses((status = 204), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub async fn disclose(State(app): State<App>, Body(given): Body<Disclosure>) -> Result<StatusCode, Problem> {
    let intent = id(&given.intent, "intent")?;
    let salt = BASE64.decode(&given.salt).ok().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    let salt = salt.ok_or_else(|| Problem::malformed("the salt is not 16 bytes in base64"))?;
    app.service.disclose(intent, &given.path, salt, &given.value)?;
    Ok(StatusCode::NO_CONTENT)
}
