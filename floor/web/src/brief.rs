//! A short-lived cookie that binds an errand to the browser in which it began.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{Rim, visit::cookie};

/// The header that keeps `value` under `name` for so many seconds; 0 forgets it. Letters, digits and dashes only.
pub fn set(rim: &Rim, name: &str, value: &str, seconds: u32) -> (HeaderName, HeaderValue) {
    let (name, secure) = (full(rim, name), if rim.settings.https { "; Secure" } else { "" });
    let line = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    (header::SET_COOKIE, HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static("")))
}

/// What the browser brings under `name`.
pub fn value<'h>(headers: &'h HeaderMap, rim: &Rim, name: &str) -> Option<&'h str> {
    cookie(headers, &full(rim, name))
}

/// Behind TLS the name's prefix keeps other hosts of the same domain from setting it (RFC 6265bis, 4.1.3).
fn full(rim: &Rim, name: &str) -> String {
    if rim.settings.https { format!("__Host-linli-{name}") } else { format!("linli-{name}") }
}
