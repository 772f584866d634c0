//! What one request brings.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use kernel::{Actor, Behalf, Kind, Refusal};
use maud::{Markup, html};
use ui::{Locale, Theme, Words};

use crate::{
    Problem, Rim, Settings,
    csrf::Seed,
    operator,
    session::{self, Entry, Me},
};

/// The id of a request, in the log and in every problem document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The part of the site a page belongs to, for the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Home,
    /// What is due.
    Due,
    /// Matters, from the first photo to the last grade.
    Matters,
    /// Seasons, projects and results.
    Seasons,
    /// Public notices.
    Notices,
    /// The log and its proofs.
    Ledger,
    /// None of them.
    Other,
}

/// What one request brings: who, in which language, with which view.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The words in the language of the request.
    pub words: Words,
    /// The request's path and query, for the language switcher.
    pub target: String,
    /// The request's id.
    pub id: String,
    /// Who asks: the operator (by token), a person who has signed in, or a visitor.
    pub actor: Actor,
    /// The person who has signed in.
    pub me: Option<Me>,
    /// For whom they act at present.
    pub behalf: Option<Behalf>,
    /// The elder view: larger letters and targets.
    pub elder: bool,
    /// Light, dark, or as the device has it.
    pub theme: Theme,
    /// Where the site is reached, such as `https://linli.example`, for links that leave it; no slash at the end.
    pub origin: String,
    /// The address that was asked, for sending an expired form again.
    pub(crate) asked: String,
    network: Option<IpAddr>,
    pub(crate) nonce: String,
    pub(crate) seed: Seed,
    rim: Frame,
}

#[derive(Debug, Clone)]
struct Frame {
    settings: Arc<Settings>,
}

impl Visit {
    /// The visit of a request, with what its session opened.
    pub(crate) fn of(parts: &Parts, rim: &Rim, entry: Option<Entry>) -> Visit {
        let id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
        let target = target(parts);
        let frame = Frame { settings: rim.settings.clone() };
        let mut chance = rim.context(Actor::Visitor).chance;
        let token = session::token(&parts.headers, rim).filter(|_| entry.is_some());
        let chosen = choice(parts, "view").map(|view| view == "elder");
        let theme = choice(parts, "theme").and_then(|tag| Theme::from_tag(&tag)).unwrap_or(Theme::Auto);
        let elder = chosen.or(entry.as_ref().and_then(|entry| entry.elder)).unwrap_or(false);
        let seed = Seed::of(&parts.headers, token.as_ref(), chance.bits128());
        let me = entry.as_ref().map(|e| Me { person: e.principal.person.clone(), name: e.name.clone() });
        let behalf = entry.as_ref().and_then(|entry| entry.behalf.clone());
        let actor = match entry {
            _ if operator::is_operator(&parts.headers, rim) => Actor::Operator,
            Some(entry) => Actor::Person(Arc::new(entry.principal)),
            None => Actor::Visitor,
        };
        let nonce = format!("{:032x}", chance.bits128());
        Visit {
            words: Words::of(locale(parts)),
            target,
            asked: parts.uri.path_and_query().map_or("/", |t| t.as_str()).to_owned(),
            id,
            actor,
            me,
            behalf,
            elder,
            theme,
            origin: origin(parts, rim),
            network: crate::guard::client(parts, rim),
            nonce,
            seed,
            rim: frame,
        }
    }

    /// A script of this site that one page alone needs, with the nonce that lets it run. The page must work without it.
    pub fn script(&self, path: &str) -> Markup {
        html! { script src=(path) nonce=(self.nonce) defer {} }
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.words.locale()
    }

    /// What stands for the client where something is counted by client: an IPv4 address, or the /64 of an IPv6 one.
    /// `None` for the machine itself. Not to be kept as it is.
    pub fn network(&self) -> Option<IpAddr> {
        self.network
    }

    /// The hidden field that every form on a page carries; [`crate::Fields`] asks for it.
    pub fn csrf_field(&self) -> Markup {
        self.seed.field()
    }

    /// A whole page around `body`.
    pub fn page(&self, section: Section, title: &str, body: &Markup) -> Response {
        Html(self.document(section, title, body).into_string()).into_response()
    }

    pub(crate) fn document(&self, section: Section, title: &str, body: &Markup) -> Markup {
        crate::frame::frame(self, section, title, body)
    }

    /// Whom the reader of a demonstration can sign in as; nobody in an installation.
    pub fn demo_people(&self) -> &[(&'static str, &'static str)] {
        if self.rim.settings.demo { &self.rim.settings.demo_people } else { &[] }
    }

    /// Whether the site's address is the installation's, and not taken from the request.
    pub(crate) fn has_own_origin(&self) -> bool {
        !self.rim.settings.origin.is_empty()
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.rim.settings.demo
    }

    pub(crate) fn place(&self) -> &str {
        &self.rim.settings.name
    }
}

/// A visit of somebody who has signed in. Who has not is led to the sign-in page and back.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Visit);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    Rim: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        if visit.me.is_some() {
            Ok(SignedIn(visit))
        } else {
            Err(Refusal::new(Kind::Forbidden, "sign-in-first").into())
        }
    }
}

/// Where a reader of this answer is: the page itself, or the page whose form was sent, so that a link to sign in or to
/// another language never leads to an address that only takes forms.
fn target(parts: &Parts) -> String {
    if [Method::GET, Method::HEAD].contains(&parts.method) {
        return parts.uri.path_and_query().map_or("/", |t| t.as_str()).to_owned();
    }
    let text = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
    let page = || {
        let from = text(header::REFERER)?.split_once("://")?.1;
        let (host, path) = from.split_at(from.find('/')?);
        (Some(host) == text(header::HOST)).then(|| path.to_owned())
    };
    page().unwrap_or_else(|| "/".to_owned())
}

/// As the installation says, else as the browser called it. A host that is no host is left out: what remains are paths.
fn origin(parts: &Parts, rim: &Rim) -> String {
    if !rim.settings.origin.is_empty() {
        return rim.settings.origin.trim_end_matches('/').to_owned();
    }
    let host = parts.headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("");
    let plain = host.len() <= 253 && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    let scheme = if rim.settings.https { "https" } else { "http" };
    if host.is_empty() || !plain { String::new() } else { format!("{scheme}://{host}") }
}

/// A text as a value in a query, so that a link means what it says (RFC 3986, 3.4).
pub fn in_query(text: &str) -> String {
    let keep = |b: &u8| b.is_ascii_alphanumeric() || b"/:-_.~".contains(b);
    text.bytes().map(|b| if keep(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// A choice of how pages look: by the address, then the cookie of the same name.
fn choice(parts: &Parts, name: &str) -> Option<String> {
    queried(parts.uri.query(), name).or_else(|| cookie(&parts.headers, name)).map(str::to_owned)
}

/// The value of a name in a query, as it stands there.
pub(crate) fn queried<'q>(query: Option<&'q str>, name: &str) -> Option<&'q str> {
    query?.split('&').filter_map(|pair| pair.split_once('=')).find_map(|(key, value)| (key == name).then_some(value))
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
    queried(query, "lang").and_then(Locale::from_tag)
}

pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
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
        // the guard made it before any handler ran
        Ok(match parts.extensions.get::<Visit>() {
            Some(visit) => visit.clone(),
            None => Visit::of(parts, &Rim::from_ref(state), None),
        })
    }
}
