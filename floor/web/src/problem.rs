//! One table from refusal or fault to status, and its two faces.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::{DbError, Fault};
use kernel::{Arg, FieldError, Kind, Refusal};
use serde::Serialize;
use ui::words::{Words, key_of};

/// A refusal or fault on its way out. Its face is chosen by the request: a page, or a problem document.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// A refusal with its words, or the bare code of a fault.
    pub refusal: Refusal,
    /// For the log only.
    pub cause: Option<String>,
    /// What was typed into a form whose token is not the browser's: shown again, so that nothing is lost.
    pub typed: Box<[(String, String)]>,
}

/// Status of each kind of refusal. 404 where the actor may not know, 403 where they may.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::LimitReached => StatusCode::TOO_MANY_REQUESTS,
    }
}

/// Status of a refusal, also on a page that shows the form again. RFC 9110, 15.5.2: who has not signed in may do so; who
/// has and may not, may not.
pub fn status_of(refusal: &Refusal) -> StatusCode {
    if refusal.code == "sign-in-first" { StatusCode::UNAUTHORIZED } else { status(refusal.kind) }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = status_of(&refusal);
        Problem { status, refusal, cause: None, typed: Box::default() }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        let (status, code) = match error {
            DbError::Busy | DbError::Stopped | DbError::Collided | DbError::Lost(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "busy")
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        let refusal = Refusal::new(Kind::Conflict, code);
        Problem { status, refusal, cause: Some(error.to_string()), typed: Box::default() }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refusal) => refusal.into(),
            Fault::Db(error) => error.into(),
        }
    }
}

impl Problem {
    /// The problem of a bare status, such as 404 for an unknown path.
    pub fn of(status: StatusCode) -> Problem {
        let code = match status.as_u16() {
            400 => "bad-request",
            401 => "sign-in-first",
            403 => "not-allowed",
            404 => "not-found",
            405 => "wrong-method",
            408 => "too-slow",
            413 => "too-large",
            415 => "wrong-type",
            429 => "too-many-requests",
            503 => "busy",
            s if s < 500 => "bad-request",
            _ => "internal",
        };
        Problem { status, refusal: Refusal::new(Kind::Invalid, code), cause: None, typed: Box::default() }
    }

    /// The same problem with a cause for the log.
    #[must_use]
    pub fn because(mut self, cause: impl std::fmt::Display) -> Problem {
        self.cause = Some(cause.to_string());
        self
    }

    /// The sentence that says what is wrong and what to do.
    pub fn sentence(&self, words: Words) -> String {
        let key = key_of("refusal", self.refusal.code);
        words.t_with(&key, &args(&self.refusal.args))
    }

    /// The document of RFC 9457.
    pub fn document(&self, words: Words, request: &str) -> Document {
        Document {
            r#type: format!("urn:linli:problem:{}", self.refusal.code),
            title: self.sentence(words),
            status: self.status.as_u16(),
            code: self.refusal.code.to_owned(),
            request: request.to_owned(),
            errors: self.refusal.fields.iter().map(|f| FieldDocument::new(words, f)).collect(),
        }
    }
}

/// Arguments of a refusal as the words take them.
pub fn args<'a>(args: &'a [(&'static str, Arg)]) -> Vec<(&'a str, ui::words::Arg<'a>)> {
    let value = |arg: &'a Arg| match arg {
        Arg::Int(n) => ui::words::Arg::Int(*n),
        Arg::Text(text) => ui::words::Arg::Text(text),
    };
    args.iter().map(|(name, arg)| (*name, value(arg))).collect()
}

/// The sentence of a field error.
pub fn field_sentence(words: Words, error: &FieldError) -> String {
    words.t_with(&key_of("field", error.code), &args(&error.args))
}

/// A problem document (RFC 9457) with the members `code`, `request` and `errors` besides the standard ones.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Document {
    /// `urn:linli:problem:` and the code.
    pub r#type: String,
    /// A sentence in the language of the request.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable code.
    pub code: String,
    /// The request's id, to be named when asking for help.
    pub request: String,
    /// Field errors, when the input's shape was wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldDocument>,
}

/// One field that cannot be taken as it is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FieldDocument {
    /// The field's name.
    pub field: String,
    /// A stable code.
    pub code: String,
    /// A sentence in the language of the request.
    pub detail: String,
}

impl FieldDocument {
    fn new(words: Words, error: &FieldError) -> FieldDocument {
        let detail = field_sentence(words, error);
        FieldDocument { field: error.field.to_owned(), code: error.code.to_owned(), detail }
    }
}

impl IntoResponse for Problem {
    /// Only carries the problem: the outermost layer gives it its face in the request's language.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
