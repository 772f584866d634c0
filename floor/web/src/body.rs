//! Bounded bodies and typed paths whose errors are problems.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Id, Kind, Refusal};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Problem, Visit, csrf};

/// Fields of an expired form that are shown again: as many as the longest form has, which is a budget of 60 lines.
const MOST_TYPED: usize = 400;

/// A JSON body in, a JSON body out.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Json(value)),
            Err(rejection @ JsonRejection::JsonDataError(_)) => {
                let reason = rejection.body_text();
                Err(Problem::of(StatusCode::BAD_REQUEST).because(reason))
            }
            Err(rejection) => Err(Problem::of(rejection.status()).because(rejection.body_text())),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// The fields of an HTML form that carries the token of [`crate::Visit::csrf_field`]. A name that comes several times
/// (checkboxes) is a list.
#[derive(Debug)]
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let visit = request.extensions().get::<Visit>().cloned();
        let bytes = Bytes::from_request(request, state).await.map_err(|e| Problem::of(e.status()).because(e))?;
        let pairs: Vec<(String, String)> =
            serde_html_form::from_bytes(&bytes).map_err(|e| Problem::of(StatusCode::BAD_REQUEST).because(e))?;
        checked(visit.as_ref(), &pairs)?;
        serde_html_form::from_bytes(&bytes)
            .map(Fields)
            // fields that no form of this site sends, such as one twice: there is no form to show again
            .map_err(|e| Problem::of(StatusCode::BAD_REQUEST).because(e))
    }
}

/// The form's token, or the problem that carries what was typed, so that nothing is lost.
pub(crate) fn checked(visit: Option<&Visit>, pairs: &[(String, String)]) -> Result<(), Problem> {
    let given = pairs.iter().find(|(name, _)| name == csrf::FIELD).map_or("", |(_, value)| value);
    if visit.is_some_and(|visit| visit.seed.accepts(given)) {
        return Ok(());
    }
    let mut problem = Problem::from(Refusal::new(Kind::Forbidden, "form-expired"));
    problem.typed = pairs.iter().filter(|(name, _)| name != csrf::FIELD).take(MOST_TYPED).cloned().collect();
    Err(problem)
}

/// The path's parameters. A malformed id names nothing that exists: 404.
#[derive(Debug)]
pub struct PathId<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(PathId(value)),
            Err(rejection) => Err(Problem::of(StatusCode::NOT_FOUND).because(rejection.body_text())),
        }
    }
}

/// An id in a query string that may be absent or malformed, in which case there is none.
pub fn optional_id<K>(text: Option<&str>) -> Option<Id<K>> {
    text.and_then(|t| t.parse().ok())
}

/// True when the client asked for JSON by its path.
pub(crate) fn wants_json(path: &str, headers: &axum::http::HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("");
    path.starts_with("/api/") || (accepts.contains("application/json") && !accepts.contains("text/html"))
}
