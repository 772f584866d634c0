//! The operator's bearer token.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use sha2::{Digest, Sha256};

use crate::{Problem, Rim};

/// Proof that the request carries the installation's token (`Authorization: Bearer …`).
#[derive(Debug, Clone, Copy)]
pub struct Operator(());

impl<S: Send + Sync> FromRequestParts<S> for Operator
where
    Rim: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).ok_or(Problem::of(StatusCode::UNAUTHORIZED))?;
        if opens(token, &Rim::from_ref(state)) { Ok(Operator(())) } else { Err(Problem::of(StatusCode::FORBIDDEN)) }
    }
}

/// Whether the request carries the right token.
pub(crate) fn is_operator(headers: &HeaderMap, rim: &Rim) -> bool {
    bearer(headers).is_some_and(|token| opens(token, rim))
}

/// Whether the request carries a token that is not the operator's: it is refused as a whole instead of being taken for
/// a visitor's, so that a mistyped token is noticed.
pub(crate) fn is_wrong(headers: &HeaderMap, rim: &Rim) -> bool {
    bearer(headers).is_some_and(|token| !opens(token, rim))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Digests are compared, so the time this takes tells nothing about the token.
fn opens(token: &str, rim: &Rim) -> bool {
    let given: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    rim.settings.operator == Some(given)
}
