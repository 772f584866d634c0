//! Bounded bodies and typed paths whose errors are problems.

use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::Id;
use serde::{Serialize, de::DeserializeOwned};

use crate::Problem;

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

/// The fields of an HTML form.
#[derive(Debug)]
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Form::<T>::from_request(request, state).await {
            Ok(axum::Form(value)) => Ok(Fields(value)),
            Err(rejection) => Err(Problem::of(rejection.status()).because(rejection.body_text())),
        }
    }
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
