//! What stands around every handler: ids, limits, headers, the same-origin check, problems' faces, log and metrics.

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use tower_http::compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType};

use crate::{
    Entry, Problem, Rim, Section, Visit,
    body::wants_json,
    limit::network,
    operator::{is_operator, is_wrong},
    session,
    visit::{RequestId, chosen, queried},
};

/// Bytes of a body.
const MAX_BODY: usize = 1 << 20;
/// How long a request may take.
const MAX_TIME: Duration = Duration::from_secs(30);
/// How much longer a large form may take to arrive, at most.
const MAX_ARRIVING: u64 = 240;
/// Bytes a second with which a large form is expected at least: two megabits.
const SLOWEST: u64 = 256 << 10;

/// No inline script or style, no script without the page's own nonce, no foreign source, no framing.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Two years, as browsers' lists ask for.
const HSTS: &str = "max-age=63072000; includeSubDomains";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// Puts the guards around the routes; the last layer here is the first that a request meets.
pub(crate) fn around(routes: Router<Rim>, rim: Rim) -> Router {
    routes
        .fallback(|| async { Problem::of(StatusCode::NOT_FOUND) })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(timed))
        .layer(from_fn_with_state(rim.clone(), face))
        // films are small already, and a player asks for parts of them
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::new("video/"))))
        .with_state(rim)
}

async fn face(State(rim): State<Rim>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = format!("{:016x}", rim.context(kernel::Actor::Visitor).chance.bits128() as u64);
    request.extensions_mut().insert(RequestId(id.clone()));
    let route = request.extensions().get::<MatchedPath>().map_or("unknown".to_owned(), |p| p.as_str().to_owned());
    let (method, choices) = (request.method().clone(), choices(request.uri().query()));
    let json = wants_json(request.uri().path(), request.headers());
    let (parts, body) = request.into_parts();
    let entered = entered(&rim, &parts).await;
    let visit = Visit::of(&parts, &rim, entered.as_ref().ok().cloned().flatten());
    let refused = match entered {
        Err(error) => Some(Problem::from(error)),
        Ok(_) if is_foreign_write(&parts) => {
            Some(Problem::of(StatusCode::FORBIDDEN).because("a write from another origin"))
        }
        Ok(_) if is_wrong(&parts.headers, &rim) => {
            Some(Problem::of(StatusCode::FORBIDDEN).because("a bearer token that is not the operator's"))
        }
        Ok(_) if is_flood(&parts, &rim) => Some(Problem::of(StatusCode::TOO_MANY_REQUESTS)),
        Ok(_) => None,
    };
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visit.clone());
    let mut response = match refused {
        Some(problem) => problem.into_response(),
        None => guarded(request, next).await,
    };
    if let Some(problem) = problem_of(&mut response) {
        response = rendered(&response, &problem, &visit, json, &method);
    }
    finish(&mut response, &visit, &rim, &choices);
    record(&method, &route, response.status(), start.elapsed(), &id);
    response
}

/// What the request's session opens. Static files are the same for everybody and cost no reading.
async fn entered(rim: &Rim, parts: &axum::http::request::Parts) -> Result<Option<Entry>, db::DbError> {
    let is_static = parts.uri.path().starts_with("/assets/") || parts.uri.path().starts_with("/tile/");
    let token = session::token(&parts.headers, rim).filter(|_| !is_static);
    let (Some(door), Some(token)) = (rim.door(), token) else { return Ok(None) };
    let (digest, cx) = (session::digest(&token), rim.context(kernel::Actor::Visitor));
    rim.db.read(move |s| door.enter(s, &digest, cx.now, &cx.day)).await
}

/// Headers and cookies of every answer.
fn finish(response: &mut Response, visit: &Visit, rim: &Rim, choices: &[String]) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&policy(&visit.nonce)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(value);
    }
    if rim.settings.https {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
    if visit.me.is_some() {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(&visit.id) {
        headers.insert("x-request-id", value);
    }
    let chosen = choices.iter().filter_map(|line| HeaderValue::from_str(line).ok());
    let cookies: Vec<HeaderValue> = chosen.chain(visit.seed.cookie(rim.settings.https)).collect();
    headers.extend(cookies.into_iter().map(|value| (header::SET_COOKIE, value)));
}

/// Language, view and theme that the address itself names are kept for a year.
fn choices(query: Option<&str>) -> Vec<String> {
    let language = chosen(query).map(|locale| ("lang", locale.tag()));
    let view = queried(query, "view").filter(|view| ["elder", "plain"].contains(view)).map(|view| ("view", view));
    let theme = queried(query, "theme").and_then(ui::Theme::from_tag).map(|theme| ("theme", theme.tag()));
    let all = [language, view, theme].into_iter().flatten();
    all.map(|(name, value)| format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax")).collect()
}

/// More writes from one client than people send.
fn is_flood(parts: &axum::http::request::Parts, rim: &Rim) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method) || is_operator(&parts.headers, rim) {
        return false;
    }
    !rim.limiter.admits(client(parts, rim), Instant::now())
}

/// The network of the client ([`network`]).
pub(crate) fn client(parts: &axum::http::request::Parts, rim: &Rim) -> Option<IpAddr> {
    let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let named = parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok());
    // the last address is the one that our own proxy saw; those before it anybody can write
    let forwarded = named.and_then(|list| list.rsplit(',').next()).and_then(|text| text.trim().parse().ok());
    let client = if rim.settings.proxied { forwarded.or(direct) } else { direct };
    client.and_then(network)
}

/// Runs the handler on a task of its own, so that a panic is an answer and not a broken connection.
/// How long a request may take. A form with files may take as much longer as its bytes need on a slow line; routes that
/// take none do not read so much.
fn patience(headers: &HeaderMap) -> Duration {
    let header = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).unwrap_or("");
    let bytes: u64 = match header(header::CONTENT_TYPE).starts_with("multipart/form-data") {
        true => header(header::CONTENT_LENGTH).parse().unwrap_or(0),
        false => 0,
    };
    MAX_TIME + Duration::from_secs((bytes / SLOWEST).min(MAX_ARRIVING))
}

async fn timed(request: Request, next: Next) -> Response {
    let most = patience(request.headers());
    let answer = tokio::time::timeout(most, next.run(request)).await;
    answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

async fn guarded(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => Problem::of(StatusCode::INTERNAL_SERVER_ERROR).because(error).into_response(),
    }
}

/// A write that a browser sends from another site. Browsers say where a request comes from; other programs say nothing
/// and carry no cookies that could be misused.
fn is_foreign_write(parts: &axum::http::request::Parts) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method) {
        return false;
    }
    let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !["same-origin", "none"].contains(&site);
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").map(|(_, rest)| rest) != Some(host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// The problem a handler answered with, or that of a bare error answer by a layer or the router. A page that a handler
/// made itself, such as a form with its errors, stays.
fn problem_of(response: &mut Response) -> Option<Problem> {
    let carried = response.extensions_mut().remove::<Problem>();
    carried.or_else(|| {
        let status = response.status();
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let is_bare = !kind.starts_with("text/html");
        (is_bare && (status.is_client_error() || status.is_server_error())).then(|| Problem::of(status))
    })
}

fn rendered(response: &Response, problem: &Problem, visit: &Visit, json: bool, method: &Method) -> Response {
    if problem.refusal.code == "sign-in-first" && !json && [Method::GET, Method::HEAD].contains(method) {
        let way = format!("/sign-in?next={}", crate::frame::next(&visit.target));
        return Redirect::to(&way).into_response();
    }
    if let Some(cause) = &problem.cause {
        let status = problem.status.as_u16();
        if problem.status.is_server_error() {
            tracing::error!(request = visit.id, status, cause, "request failed");
        } else {
            tracing::debug!(request = visit.id, status, cause, "request refused");
        }
    }
    let mut rendered = if json {
        let document = problem.document(visit.words, &visit.id);
        let mut answer = axum::Json(document).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        answer
    } else {
        let sentence = problem.sentence(visit.words);
        let body = html! { (crate::frame::problem(visit, problem, &sentence)) };
        visit.page(Section::Other, &sentence, &body)
    };
    *rendered.status_mut() = problem.status;
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    if problem.status == StatusCode::SERVICE_UNAVAILABLE {
        rendered.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("2"));
    }
    rendered
}

/// Route templates, not paths: the number of label values is bounded and nothing personal is kept.
fn record(method: &Method, route: &str, status: StatusCode, took: Duration, id: &str) {
    let labels = [("method", method.to_string()), ("route", route.to_owned()), ("status", status.as_u16().to_string())];
    metrics::counter!("linli_http_requests_total", &labels).increment(1);
    metrics::histogram!("linli_http_request_seconds", "route" => route.to_owned()).record(took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request = id, %method, route, status = status.as_u16(), micros, "answered");
}
