//! Who has signed in: the cookie, and the door that knows what its token opens.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use db::{DbError, Snapshot};
use kernel::{Behalf, Day, Instant, PersonId, Principal};
use sha2::{Digest, Sha256};

use crate::{Rim, visit::cookie};

/// How long a browser keeps the cookie; the session's own end is the door's matter.
const MAX_AGE: u32 = 180 * 24 * 3600;

/// Finds who a session's token belongs to. The area `people` implements it; the rim knows no tables.
pub trait Door: Send + Sync {
    /// Who enters with the token whose SHA-256 is given, at `now` on the local day `day`; `None` when the session is
    /// unknown, ended or expired. At most three statements: it runs before every page of somebody who has signed in.
    ///
    /// # Errors
    /// [`DbError`] of the statements.
    fn enter(&self, s: &mut Snapshot<'_>, token: &[u8; 32], now: Instant, day: &Day) -> Result<Option<Entry>, DbError>;
}

/// What a session opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The person with the roles in force.
    pub principal: Principal,
    /// How the person is called on their own pages.
    pub name: String,
    /// For whom they act at present, with a recorded consent.
    pub behalf: Option<Behalf>,
    /// The elder view, where the person has chosen.
    pub elder: Option<bool>,
}

/// The person of a visit, for the frame and greetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Who.
    pub person: PersonId,
    /// How they are called on their own pages.
    pub name: String,
}

/// The header that starts a session in the visitor's browser. `token` is 32 random bytes, of which the database keeps
/// only the SHA-256.
pub fn start(rim: &Rim, token: &[u8; 32]) -> (HeaderName, HeaderValue) {
    let text: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    set(rim, &text, MAX_AGE)
}

/// The header that ends it there.
pub fn end(rim: &Rim) -> (HeaderName, HeaderValue) {
    set(rim, "", 0)
}

/// The digest under which the database keeps a token.
pub fn digest(token: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(token).into()
}

fn set(rim: &Rim, value: &str, age: u32) -> (HeaderName, HeaderValue) {
    let (name, secure) = (name(rim), if rim.settings.https { "; Secure" } else { "" });
    let line = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    (header::SET_COOKIE, HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static("")))
}

/// Behind TLS the name's prefix keeps other hosts of the same domain from setting it (RFC 6265bis, 4.1.3).
fn name(rim: &Rim) -> &'static str {
    if rim.settings.https { "__Host-linli" } else { "linli-session" }
}

/// The token that the request carries, if it has the shape of one.
pub fn token(headers: &HeaderMap, rim: &Rim) -> Option<[u8; 32]> {
    let text = cookie(headers, name(rim))?;
    let mut token = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in token.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(token)
}
