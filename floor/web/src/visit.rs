//! What one request brings.

use std::convert::Infallible;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use maud::Markup;
use ui::{Locale, Words};

use crate::Rim;

/// The id of a request, in the log and in every problem document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The part of the site a page belongs to, for the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Home,
    /// Seasons, projects and results.
    Seasons,
    /// The log and its proofs.
    Ledger,
    /// None of them.
    Other,
}

/// The language of a request and what its page's frame needs.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The words in the language of the request.
    pub words: Words,
    /// The request's path and query, for the language switcher.
    pub target: String,
    /// The request's id.
    pub id: String,
    rim: Frame,
}

#[derive(Debug, Clone)]
struct Frame {
    demo: bool,
    name: String,
}

impl Visit {
    /// The visit of a request.
    pub(crate) fn of(parts: &Parts, rim: &Rim) -> Visit {
        let id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
        let target = parts.uri.path_and_query().map_or("/", |t| t.as_str()).to_owned();
        let frame = Frame { demo: rim.settings.demo, name: rim.settings.name.clone() };
        Visit { words: Words::of(locale(parts)), target, id, rim: frame }
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.words.locale()
    }

    /// A whole page around `body`.
    pub fn page(&self, section: Section, title: &str, body: &Markup) -> Response {
        Html(self.document(section, title, body).into_string()).into_response()
    }

    pub(crate) fn document(&self, section: Section, title: &str, body: &Markup) -> Markup {
        crate::frame::frame(self, section, title, body)
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.rim.demo
    }

    pub(crate) fn place(&self) -> &str {
        &self.rim.name
    }
}

/// Chosen by the address, then the cookie, then Accept-Language; the first language is Simplified Chinese.
fn locale(parts: &Parts) -> Locale {
    chosen(parts.uri.query()).or_else(|| cookie(&parts.headers, "lang").and_then(Locale::from_tag)).unwrap_or_else(
        || {
            let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
            Locale::negotiate(header.unwrap_or(""))
        },
    )
}

/// The language that the address itself names: `?lang=ko`.
pub(crate) fn chosen(query: Option<&str>) -> Option<Locale> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == "lang").find_map(|(_, tag)| Locale::from_tag(tag))
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

impl<S: Send + Sync> FromRequestParts<S> for Visit
where
    Rim: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Visit::of(parts, &Rim::from_ref(state)))
    }
}
