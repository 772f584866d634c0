//! What stands around every handler: ids, limits, headers, the same-origin check, problems' faces, log and metrics.

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use maud::html;
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{
    Problem, Rim, Section, Visit,
    body::wants_json,
    visit::{RequestId, chosen},
};

/// Bytes of a body.
const MAX_BODY: usize = 1 << 20;
/// How long a request may take.
const MAX_TIME: Duration = Duration::from_secs(30);

/// No inline script or style, no foreign source, no framing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
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
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, MAX_TIME))
        .layer(from_fn_with_state(rim.clone(), face))
        .layer(CompressionLayer::new())
        .with_state(rim)
}

async fn face(State(rim): State<Rim>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = format!("{:016x}", rim.context(kernel::Actor::Visitor).chance.bits128() as u64);
    request.extensions_mut().insert(RequestId(id.clone()));
    let route = request.extensions().get::<MatchedPath>().map_or("unknown".to_owned(), |p| p.as_str().to_owned());
    let (method, language) = (request.method().clone(), chosen(request.uri().query()));
    let json = wants_json(request.uri().path(), request.headers());
    let (parts, body) = request.into_parts();
    let visit = Visit::of(&parts, &rim);
    let foreign = is_foreign_write(&parts);
    let request = Request::from_parts(parts, body);
    let mut response = if foreign {
        Problem::of(StatusCode::FORBIDDEN).because("a write from another origin").into_response()
    } else {
        guarded(request, next).await
    };
    if let Some(problem) = problem_of(&mut response) {
        response = rendered(&response, &problem, &visit, json);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", value);
    }
    if let Some(locale) = language {
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", locale.tag());
        headers.extend(HeaderValue::from_str(&cookie).ok().map(|value| (header::SET_COOKIE, value)));
    }
    record(&method, &route, response.status(), start.elapsed(), &id);
    response
}

/// Runs the handler on a task of its own, so that a panic is an answer and not a broken connection.
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

fn rendered(response: &Response, problem: &Problem, visit: &Visit, json: bool) -> Response {
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
