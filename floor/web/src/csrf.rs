//! The token of a form: shows that the form came from a page of this site that this browser was given.
//!
//! It is a digest of the session's secret, or of a cookie made for the purpose where nobody has signed in (the
//! "double submit" of a secret that other sites cannot read). The same-origin check stands before it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use axum::http::{HeaderMap, HeaderValue};
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use crate::visit::cookie;

/// The field's name.
pub(crate) const FIELD: &str = "csrf";
const COOKIE: &str = "linli-form";
/// Letters of the token.
const LEN: usize = 32;

/// The secret behind a visit's form tokens. Cheap to clone; the clones share whether it was used.
#[derive(Debug, Clone)]
pub(crate) struct Seed {
    secret: Arc<str>,
    /// Made for this visit: the browser does not have it yet.
    fresh: bool,
    used: Arc<AtomicBool>,
}

impl Seed {
    /// The seed of a request: of its session, else of its form cookie, else `made`.
    pub(crate) fn of(headers: &HeaderMap, session: Option<&[u8; 32]>, made: u128) -> Seed {
        let known = match session {
            Some(token) => Some(token.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
            None => cookie(headers, COOKIE).filter(|text| (32..=64).contains(&text.len())).map(str::to_owned),
        };
        let fresh = known.is_none();
        let secret = known.unwrap_or_else(|| format!("{made:032x}")).into();
        Seed { secret, fresh, used: Arc::default() }
    }

    fn token(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"linli.csrf/v1\0");
        hasher.update(self.secret.as_bytes());
        let digest = hasher.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).take(LEN / 2).collect()
    }

    /// The hidden field.
    pub(crate) fn field(&self) -> Markup {
        self.used.store(true, Relaxed);
        html! { input type="hidden" name=(FIELD) value=(self.token()); }
    }

    /// Whether a form carries the token. The comparison looks at every letter.
    pub(crate) fn accepts(&self, given: &str) -> bool {
        let token = self.token();
        !self.fresh
            && given.len() == token.len()
            && given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }

    /// The cookie to be set: only when a form was made and the browser has no secret yet, so that pages without forms
    /// stay the same for everybody.
    pub(crate) fn cookie(&self, https: bool) -> Option<HeaderValue> {
        let needed = self.fresh && self.used.load(Relaxed);
        let secure = if https { "; Secure" } else { "" };
        let line = || format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax{secure}", self.secret);
        needed.then(|| HeaderValue::from_str(&line()).ok()).flatten()
    }
}
