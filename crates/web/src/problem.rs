//! What went wrong at the door, as a plain answer: code, what happened, what to do now.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use service::{AttachError, CodeError, DiscloseError, LoginError, SubmitError};
use utoipa::ToSchema;

/// Something that was not recorded, or not found. A refusal by a rule is no problem: it is an
/// answer and stands in the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP status.
    #[serde(skip)]
    pub status: u16,
    /// A stable code.
    pub code: String,
    /// What happened, and what it means for the gun in the hand.
    pub sentence: String,
    /// What to do now.
    pub remedy: String,
}

impl Problem {
    /// A problem in words.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, sentence: &str, remedy: &str) -> Problem {
        Problem {
            status: status.as_u16(),
            code: code.to_owned(),
            sentence: sentence.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    /// Nobody is logged in.
    #[must_use]
    pub fn not_logged_in() -> Problem {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "NOT-LOGGED-IN",
            "Nobody is logged in here. Nothing was shown and nothing was recorded.",
            "Log in with your PIN. To stop everything you need no log-in.",
        )
    }

    /// A session that only looks at the board.
    #[must_use]
    pub fn only_looks() -> Problem {
        Problem::new(
            StatusCode::FORBIDDEN,
            "SESSION-ONLY-LOOKS",
            "This is the board's session. It sees the board and nothing else.",
            "Log in as a person on a device of your own.",
        )
    }

    /// Something with this id is not on the register.
    #[must_use]
    pub fn unknown(what: &str) -> Problem {
        Problem::new(
            StatusCode::NOT_FOUND,
            "NOT-FOUND",
            &format!("There is no such {what} in this production's record."),
            "Look at the label again: it may belong to another production.",
        )
    }

    /// The body is not what is taken here.
    #[must_use]
    pub fn malformed(detail: &str) -> Problem {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "REQUEST-MALFORMED",
            &format!("This could not be read: {detail}. Nothing was recorded."),
            "Load the page again and repeat what you did.",
        )
    }

    /// The body is larger than what is taken here.
    #[must_use]
    pub fn too_large() -> Problem {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "REQUEST-TOO-LARGE",
            "This is larger than anything that is taken here. Nothing was recorded.",
            "Leave long texts out.",
        )
    }

    /// The server itself failed.
    #[must_use]
    pub fn failed() -> Problem {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "SERVER-FAILED",
            "The server failed while it answered. What was sent may or may not be on record.",
            "Send the same again: a note that is on record already is answered with its verdict.",
        )
    }

    pub(crate) fn of(status: StatusCode, code: &str, sentence: String, remedy: String) -> Problem {
        Problem { status: status.as_u16(), code: code.to_owned(), sentence, remedy }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self)).into_response()
    }
}

impl From<SubmitError> for Problem {
    fn from(error: SubmitError) -> Problem {
        let status = match &error {
            SubmitError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            SubmitError::NotLoggedIn => StatusCode::UNAUTHORIZED,
            SubmitError::Signature
            | SubmitError::UnknownKey
            | SubmitError::OtherPerson
            | SubmitError::OnlyLooks
            | SubmitError::Code(_)
            | SubmitError::Pin(_) => StatusCode::FORBIDDEN,
            SubmitError::IntentIdTaken
            | SubmitError::OrderGap { .. }
            | SubmitError::OrderFork { .. }
            | SubmitError::OrderMissing
            | SubmitError::SeenAnother { .. }
            | SubmitError::NamesAnother
            | SubmitError::LabelTaken { .. }
            | SubmitError::StoppedAlready => StatusCode::CONFLICT,
            SubmitError::Busy | SubmitError::StoreFailed | SubmitError::Closed => StatusCode::SERVICE_UNAVAILABLE,
            SubmitError::Malformed(_) => StatusCode::BAD_REQUEST,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy())
    }
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Problem {
        let status = match &error {
            LoginError::Locked { .. } => StatusCode::LOCKED,
            LoginError::Office => StatusCode::INTERNAL_SERVER_ERROR,
            LoginError::Form
            | LoginError::Wrong
            | LoginError::NoPin
            | LoginError::UnknownPerson
            | LoginError::UnknownDevice => StatusCode::FORBIDDEN,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy())
    }
}

impl From<CodeError> for Problem {
    fn from(error: CodeError) -> Problem {
        let status = match &error {
            // Not 429: the client would take that for "send the same again".
            CodeError::TooMany { .. } => StatusCode::LOCKED,
            CodeError::Office => StatusCode::INTERNAL_SERVER_ERROR,
            CodeError::Wrong | CodeError::Other | CodeError::Missing => StatusCode::FORBIDDEN,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy())
    }
}

impl From<AttachError> for Problem {
    fn from(error: AttachError) -> Problem {
        let status = match &error {
            AttachError::UnknownIntent | AttachError::NotHere => StatusCode::NOT_FOUND,
            AttachError::NotNamed | AttachError::Closed => StatusCode::CONFLICT,
            AttachError::Erased(_) => StatusCode::GONE,
            AttachError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            AttachError::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            AttachError::Office => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy().to_owned())
    }
}

impl From<DiscloseError> for Problem {
    fn from(error: DiscloseError) -> Problem {
        let status = match &error {
            DiscloseError::UnknownIntent => StatusCode::NOT_FOUND,
            DiscloseError::NoCommitment | DiscloseError::Erased | DiscloseError::Differs => StatusCode::CONFLICT,
            DiscloseError::Text => StatusCode::BAD_REQUEST,
            DiscloseError::Office => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::of(status, error.code(), error.sentence(), error.remedy())
    }
}
