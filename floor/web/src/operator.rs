//! The operator's bearer token.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, header, request::Parts},
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
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        let token = header.and_then(|v| v.strip_prefix("Bearer ")).ok_or(Problem::of(StatusCode::UNAUTHORIZED))?;
        let expected = Rim::from_ref(state).settings.operator.ok_or(Problem::of(StatusCode::FORBIDDEN))?;
        let given: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        // digests are compared, so the time this takes tells nothing about the token
        if given == expected { Ok(Operator(())) } else { Err(Problem::of(StatusCode::FORBIDDEN)) }
    }
}
