//! The first officer: a token that `linli serve` prints on an installation without any, and the pages that take it.

use axum::{
    Router,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::{Db, DbError, Fault, Tx, params};
use kernel::{Actor, Context, Day, FieldError, Kind, PersonId, PlaceId, Refusal};
use ledger::tree::Hash;
use people::{
    account::{
        Contact, Ticket,
        ask::{self, AskCode, Purpose, Sent},
        enter::{self, Enter, Who},
        prove::{self, Prove},
    },
    post::appoint,
    session::{Token, device},
};
use places::{Level, commands::add};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use ui::{
    Markup, html,
    parts::{Choice, Errors, Field, Head, Input, Weight, acts, button, form, head, link_button, select, text, told},
};
use web::{Fields, Problem, Rim, Section, Visit, problem};

use crate::{home, settings};

db::statements! {
    STATEMENTS:
    ANY_OFFICE = "SELECT id FROM posts WHERE role IN ('admin', 'officer') AND ended_day IS NULL LIMIT 1";
    TOKEN = "SELECT value FROM settings WHERE name = 'setup-token'";
    /// The guard of the token: it serves once.
    SPEND = "DELETE FROM settings WHERE name = 'setup-token' AND value = ?1";
    NAME = "INSERT INTO settings (name, value) VALUES ('name', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

/// Characters of the installation's name.
const MAX_NAME: usize = 40;
/// Levels that an installation's root may have.
const LEVELS: [Level; 4] = [Level::City, Level::District, Level::Subdistrict, Level::Community];

/// A new token where nobody holds an office yet; the one before ends. Only its SHA-256 is stored.
///
/// # Errors
/// A sentence for the operator.
pub fn offer(db: &Db) -> Result<Option<String>, String> {
    let found: Result<Option<(String,)>, DbError> = db.read_wait(|s| s.optional(&ANY_OFFICE, &[]));
    if found.map_err(|e| e.to_string())?.is_some() {
        return Ok(None);
    }
    let token = Hash(home::entropy()).to_string();
    settings::put(db, "setup-token", &digest(&token)).map_err(|e| e.to_string())?;
    Ok(Some(token))
}

fn digest(token: &str) -> String {
    Hash(Sha256::digest(token.as_bytes()).into()).to_string()
}

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/setup", get(show).post(send))
        .route("/setup/begin", post(begin))
        .route("/setup/done", get(done))
}

/// Everything that the forms send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    token: String,
    /// Name of the installation.
    title: String,
    level: String,
    /// Name of the root place.
    place: String,
    /// The officer's own name.
    name: String,
    contact: String,
    challenge: String,
    code: String,
}

/// `GET /setup?token=…`: one statement.
async fn show(State(rim): State<Rim>, visit: Visit, Query(typed): Query<Typed>) -> Result<Response, Problem> {
    check(&rim, &typed.token).await?;
    Ok(first_page(&visit, &typed, None))
}

/// Whether the token is the one that was printed, and this no demonstration.
async fn check(rim: &Rim, token: &str) -> Result<(), Problem> {
    let kept: Option<(String,)> = rim.db.read(|s| s.optional::<(String,)>(&TOKEN, &[])).await?;
    let refuse = |code| Problem::from(Refusal::new(Kind::Forbidden, code));
    match kept {
        _ if rim.settings.demo => Err(refuse("setup-done")),
        None => Err(refuse("setup-done")),
        Some((kept,)) if kept == digest(token) => Ok(()),
        Some(_) => Err(refuse("setup-token-wrong")),
    }
}

fn first_page(visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Response {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let field = |name: &'static str, value| Field {
        name,
        label: w.t(&format!("setup-{}", if name == "title" { "site" } else { name })),
        value,
        error: errors.of(name),
        required: true,
        ..Field::default()
    };
    let levels = LEVELS.map(|level| Choice {
        value: level.as_str(),
        label: w.t(&format!("setup-level-{}", level.as_str())),
        more: "",
    });
    let body = html! {
        (text(w, &field("title", &typed.title), Input::Line, Some(40)))
        (select(w, &field("level", &typed.level), &levels))
        (text(w, &field("place", &typed.place), Input::Line, Some(80)))
        (text(w, &field("name", &typed.name), Input::Name, Some(60)))
        (text(w, &field("contact", &typed.contact), Input::Line, Some(120)))
        (acts(&[button(Weight::First, w.t("sign-in-send"))]))
    };
    let body = html! {
        (head(&Head { title: w.t("setup-title"), lead: w.t("setup-lead"), ..Head::default() }))
        (told(w, refusal))
        (form("/setup", &[("token", &typed.token)], &html! { (visit.csrf_field()) (body) }))
    };
    page(visit, &body, refusal)
}

fn page(visit: &Visit, body: &Markup, refusal: Option<&Refusal>) -> Response {
    let mut response = visit.page(Section::Other, visit.words.t("setup-title"), body);
    if let Some(refusal) = refusal {
        *response.status_mut() = problem::status_of(refusal);
    }
    response
}

/// What is wrong with the form, all at once.
fn shaped(typed: &Typed) -> Result<(String, Level, String), Refusal> {
    let mut shape = kernel::Shape::new();
    let title = shape.line("title", &typed.title, MAX_NAME);
    let place = shape.line("place", &typed.place, 80);
    shape.line("name", &typed.name, 60);
    let level = typed.level.parse::<Level>().ok().filter(|level| LEVELS.contains(level));
    if level.is_none() {
        shape.error("level", "unknown-choice");
    }
    let (title, place) = shape.finish((title, place))?;
    Ok((title, level.unwrap_or(Level::Subdistrict), place))
}

/// `POST /setup`: sends a code to the officer.
async fn send(State(rim): State<Rim>, visit: Visit, Fields(typed): Fields<Typed>) -> Result<Response, Problem> {
    check(&rim, &typed.token).await?;
    if let Err(refusal) = shaped(&typed) {
        return Ok(first_page(&visit, &typed, Some(&refusal)));
    }
    let cx = rim.context(Actor::Visitor);
    let (contact, locale) = (typed.contact.clone(), visit.locale());
    let input = AskCode { contact, purpose: Purpose::SignIn, locale, network: visit.network() };
    match rim.db.write(move |tx| ask::ask(tx, &mut cx.clone(), &input)).await {
        Ok(sent) => Ok(code_page(&visit, &typed, Some(&sent), None)),
        Err(Fault::Refused(refusal)) => Ok(first_page(&visit, &typed, Some(&refusal))),
        Err(fault) => Err(fault.into()),
    }
}

fn code_page(visit: &Visit, typed: &Typed, sent: Option<&Sent>, refusal: Option<&Refusal>) -> Response {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let contact = Contact::parse(&typed.contact).map_or_else(String::new, |contact| contact.masked());
    let challenge = sent.map_or_else(|| typed.challenge.clone(), |sent| sent.challenge.to_text());
    let field = Field {
        name: "code",
        label: w.t("sign-in-code"),
        error: errors.of("code"),
        required: true,
        ..Field::default()
    };
    let hidden = [
        ("token", typed.token.as_str()),
        ("title", &typed.title),
        ("level", &typed.level),
        ("place", &typed.place),
        ("name", &typed.name),
        ("contact", &typed.contact),
        ("challenge", &challenge),
    ];
    let body = html! {
        (text(w, &field, Input::Code, Some(20)))
        (acts(&[button(Weight::First, w.t("setup-go"))]))
    };
    let body = html! {
        (head(&Head {
            title: w.t("sign-in-code-title"),
            lead: &w.t_with("sign-in-code-lead", &[("contact", (&contact).into())]),
            ..Head::default()
        }))
        (told(w, refusal))
        (form("/setup/begin", &hidden, &html! { (visit.csrf_field()) (body) }))
    };
    page(visit, &body, refusal)
}

/// `POST /setup/begin`: the root place, the officer, the session.
async fn begin(
    State(rim): State<Rim>,
    visit: Visit,
    headers: HeaderMap,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    check(&rim, &typed.token).await?;
    match begun(&rim, &typed, &headers).await {
        Ok(token) => Ok(([web::session::start(&rim, &token.0)], Redirect::to("/setup/done")).into_response()),
        Err(Fault::Refused(refusal)) => Ok(code_page(&visit, &typed, None, Some(&refusal))),
        Err(fault) => Err(fault.into()),
    }
}

async fn begun(rim: &Rim, typed: &Typed, headers: &HeaderMap) -> Result<Token, Fault> {
    let wanted = shaped(typed)?;
    let cx = rim.context(Actor::Visitor);
    let input = Prove {
        contact: typed.contact.clone(),
        challenge: typed.challenge.clone(),
        code: typed.code.clone(),
        purpose: Purpose::SignIn,
    };
    let ticket = rim.db.write(move |tx| prove::prove(tx, &cx, &input)).await?.ticket()?;
    let agent = headers.get(axum::http::header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    let (device, typed, cx) = (device::label(agent), typed.clone(), rim.context(Actor::Operator));
    rim.db.write(move |tx| set_up(tx, &mut cx.clone(), &typed, (&wanted, &ticket, &device))).await
}

type Wanted<'a> = (&'a (String, Level, String), &'a Ticket, &'a str);

/// All of it or nothing: the token is spent, the root is there, its officer and administrator is appointed.
fn set_up(tx: &mut Tx<'_>, cx: &mut Context, typed: &Typed, wanted: Wanted<'_>) -> Result<Token, Fault> {
    let ((title, level, place), ticket, device) = wanted;
    let digest = digest(&typed.token);
    if tx.execute(&SPEND, params![&digest])? != 1 {
        return Err(Refusal::new(Kind::Conflict, "setup-done").into());
    }
    tx.execute(&NAME, params![title])?;
    let root = match places::queries::list(tx, None)?.into_iter().next() {
        Some(root) => root.id,
        None => add::add(tx, cx, &add::AddPlace { parent: None, level: *level, name: place.clone() })?.id,
    };
    let who = Who::Named { name: typed.name.clone(), place: Some(root.clone()) };
    let (token, person) = enter::enter(tx, cx, &Enter { ticket: ticket.clone(), who, device: device.to_owned() })?;
    let day = cx.day.clone();
    for role in ["admin", "officer"] {
        appoint_first(tx, cx, &root, (&person, role, &day))?;
    }
    Ok(token)
}

fn appoint_first(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    root: &PlaceId,
    post: (&PersonId, &str, &Day),
) -> Result<(), Fault> {
    let (person, role, day) = post;
    let input = appoint::Appoint {
        person: person.to_string(),
        role: role.to_owned(),
        from: day.to_string(),
        ..appoint::Appoint::default()
    };
    appoint::appoint(tx, cx, root, &input).map(|_| ())
}

/// `GET /setup/done`: what comes next, for whoever has signed in, which setting up does; a visitor sees the way in.
async fn done(visit: Visit) -> Response {
    let w = visit.words;
    if visit.me.is_none() {
        let body = html! {
            (head(&Head { title: w.t("sign-in-title"), ..Head::default() }))
            (acts(&[link_button(Weight::First, "/sign-in?next=/setup/done", w.t("account-sign-in"))]))
        };
        return page(&visit, &body, None);
    }
    let body = html! {
        (head(&Head { title: w.t("setup-done-title"), lead: w.t("setup-done-lead"), ..Head::default() }))
        ol {
            @for step in ["setup-next-places", "setup-next-people", "setup-next-roll", "setup-next-calendar"] {
                li { (w.t(step)) }
            }
        }
        (acts(&[link_button(Weight::First, "/", w.t("btn-home")), link_button(Weight::Plain, "/me", w.t("me-title"))]))
    };
    page(&visit, &body, None)
}
