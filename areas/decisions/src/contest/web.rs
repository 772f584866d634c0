//! Pages of contests: the order with the officer's buttons, and the display of the room.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Instant, Refusal};
use programmes::{Season, SeasonId, Template, page, season, season::web::shown as of_season, template};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Field, Figure, Head, Input, Table, Tone, Weight, acts, breadcrumb, button, empty, figures, head,
        link_button, sheet, table, tag, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit};

use super::{
    Contest, Speech, Turn,
    arrange::{self as arranging, Arrange},
    next::{self as going_on, Next},
    queries,
    question::{self as asking, Question},
};

/// Seconds after which a browser without scripts asks for the room's display again.
const AGAIN: &str = "15";

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/contest", get(show).post(arrange))
        .route("/seasons/{season}/contest/room", get(room))
        .route("/seasons/{season}/contest/next", post(next))
        .route("/seasons/{season}/contest/questions", post(question))
}

struct Facts {
    season: Season,
    template: Template,
    contest: Option<Contest>,
    turns: Vec<Turn>,
    runs: bool,
    now: Instant,
}

async fn facts(rim: &Rim, visit: &Visit, id: SeasonId) -> Result<Facts, Problem> {
    let (actor, now) = (visit.actor.clone(), rim.context_of(visit).now);
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let (contest, turns) = (queries::maybe(s, &id)?, queries::turns(s, &id)?);
        Ok::<_, Fault>(Facts { season, template, contest, turns, runs, now })
    });
    Ok(read.await?)
}

/// What was typed and why it was not taken.
#[derive(Default)]
struct Typed<'a> {
    order: &'a str,
    minutes: &'a str,
    question: &'a str,
    refusal: Option<&'a Refusal>,
}

/// `GET /seasons/{season}/contest`: five statements.
async fn show(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id).await?;
    Ok(whole(&visit, &facts, &Typed::default()))
}

/// The order as a form sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    order: String,
    minutes: String,
    revision: String,
}

/// `POST /seasons/{season}/contest`.
async fn arrange(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(sent): Fields<Sent>,
) -> Result<Response, Problem> {
    let parts = sent.order.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let input = Arrange {
        // a number that is too large is none of a project
        order: parts.take(1_000).map(|part| part.parse().unwrap_or(0)).collect(),
        minutes: sent.minutes.trim().parse().unwrap_or(0),
        revision: sent.revision.parse().unwrap_or(0),
    };
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| arranging::arrange(tx, cx, &season, &input)).await;
    let typed = Typed { order: &sent.order, minutes: &sent.minutes, ..Typed::default() };
    back(&rim, &visit, id, typed, page::shown(done)?.err()).await
}

/// `POST /seasons/{season}/contest/next`.
async fn next(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(input): Fields<Next>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| going_on::next(tx, cx, &season, input)).await;
    back(&rim, &visit, id, Typed::default(), page::shown(done)?.err()).await
}

/// `POST /seasons/{season}/contest/questions`.
async fn question(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(input): Fields<Question>,
) -> Result<Response, Problem> {
    let (season, sent) = (id.clone(), input.clone());
    let done = page::act(&rim, &visit, move |tx, cx| asking::note(tx, cx, &season, &sent)).await;
    let typed = Typed { question: &input.question, ..Typed::default() };
    back(&rim, &visit, id, typed, page::shown(done)?.err()).await
}

async fn back(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    typed: Typed<'_>,
    refusal: Option<Refusal>,
) -> Result<Response, Problem> {
    let Some(refusal) = refusal else { return Ok(page::to(&format!("/seasons/{id}/contest"))) };
    let facts = facts(rim, visit, id).await?;
    Ok(whole(visit, &facts, &Typed { refusal: Some(&refusal), ..typed }))
}

fn whole(visit: &Visit, facts: &Facts, typed: &Typed<'_>) -> Response {
    let (w, season) = (visit.words, &facts.season);
    let (here, review) = (format!("/seasons/{}", season.id), format!("/seasons/{}/review", season.id));
    let way = [("/seasons", w.t("nav-seasons")), (here.as_str(), season.name.as_str()), (&review, w.t("review-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("contest-title")))
        (head(&Head { title: w.t("contest-title"), lead: w.t("contest-lead"), ..Head::default() }))
        (of_season::tabs(w, season, &facts.template, "review"))
        div.stack {
            (told(w, typed.refusal))
            @if facts.turns.is_empty() { (empty(w.t("contest-none"), w.t("contest-none-hint"), None)) } @else {
                (acts(&[link_button(Weight::Plain, &format!("{here}/contest/room"), w.t("contest-room"))]))
                (order(w, facts))
            }
            @if facts.runs { (running(visit, facts, typed)) }
        }
    };
    page::page(visit, w.t("contest-title"), &body, typed.refusal)
}

fn order(w: Words, facts: &Facts) -> Markup {
    let rows: Vec<Vec<Markup>> = (facts.turns.iter())
        .map(|turn| {
            let (tone, key) = match turn.state {
                Speech::Waiting => (Tone::Plain, "contest-waiting"),
                Speech::Speaking => (Tone::Due, "contest-speaking"),
                Speech::Done => (Tone::Ok, "contest-done"),
            };
            let project = format!("/seasons/{}/projects/{}", facts.season.id, turn.project);
            vec![
                html! { (turn.position) },
                html! {
                    a href=(project) { (turn.name) }
                    @for question in turn.questions.lines() { p.small.soft { (question) } }
                },
                tag(tone, w.t(key)),
                html! { (turn.n_sheets) },
            ]
        })
        .collect();
    let columns = [
        Column::number(w.t("contest-position")),
        Column::text(w.t("review-project")),
        Column::text(w.t("contest-state")),
        Column::number(w.t("review-sheets")),
    ];
    let seed = facts.contest.as_ref().map_or("", |contest| contest.seed.as_str());
    html! {
        (table(w, &Table { id: "order", caption: w.t("contest-order"), columns: &columns, rows: &rows }))
        @if !seed.is_empty() { (ui::parts::proof(w, w.t("contest-seed"), seed)) p.small.soft { (w.t("contest-drawn")) } }
    }
}

/// The officer's buttons: draw or set the order, go on, note a question.
fn running(visit: &Visit, facts: &Facts, typed: &Typed<'_>) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}/contest", facts.season.id);
    let revision = facts.contest.as_ref().map_or(0, |contest| contest.revision).to_string();
    let begun = facts.turns.iter().any(|turn| turn.state != Speech::Waiting);
    let now = facts.turns.iter().rfind(|turn| turn.state != Speech::Waiting);
    let over = !facts.turns.is_empty() && facts.turns.iter().all(|turn| turn.state == Speech::Done);
    html! {
        @if !facts.turns.is_empty() && !over {
            (page::press(visit, &format!("{here}/next"), &[("revision", &revision)], Weight::First,
                w.t(if begun { "contest-next" } else { "contest-begin" })))
        }
        @if let Some(now) = now { (ask(visit, &here, now, typed)) }
        @if !begun { (setting(visit, facts, (&here, &revision), typed)) }
    }
}

fn ask(visit: &Visit, here: &str, now: &Turn, typed: &Typed<'_>) -> Markup {
    let w = visit.words;
    let line = page::Line {
        name: "question",
        label: w.t("contest-question"),
        hint: w.t("contest-question-hint"),
        value: typed.question,
        input: Input::Line,
        most: 200,
        required: true,
    };
    let body = html! { (line.show(w, typed.refusal)) (acts(&[button(Weight::Plain, w.t("contest-note"))])) };
    let position = now.position.to_string();
    sheet(&now.name, &page::form(visit, &format!("{here}/questions"), &[("position", &position)], &body))
}

fn setting(visit: &Visit, facts: &Facts, (here, revision): (&str, &str), typed: &Typed<'_>) -> Markup {
    let w = visit.words;
    let kept: Vec<String> = facts.turns.iter().map(|turn| turn.project.to_string()).collect();
    let kept = kept.join(" ");
    let seconds = facts.contest.as_ref().map_or(300, |contest| contest.seconds);
    let minutes = (seconds / 60).to_string();
    let errors = page::errors(w, typed.refusal);
    let order = Field {
        name: "order",
        label: w.t("contest-by-hand"),
        hint: w.t("contest-by-hand-hint"),
        value: if typed.order.is_empty() { &kept } else { typed.order },
        error: errors.of("order"),
        required: false,
    };
    let line = |value| page::Line {
        name: "minutes",
        label: w.t("contest-minutes"),
        hint: "",
        value,
        input: Input::Number,
        most: 2,
        required: true,
    };
    let minutes = if typed.minutes.is_empty() { &minutes } else { typed.minutes };
    let draw = html! { (line(minutes).show(w, None)) (acts(&[button(Weight::First, w.t("contest-draw"))])) };
    let hand = html! {
        (line(minutes).show(w, typed.refusal))
        (textarea(w, &order, 2, Some(2_000)))
        (acts(&[button(Weight::Plain, w.t("contest-set"))]))
    };
    html! {
        (sheet(w.t("contest-draw-title"), &html! {
            (ui::parts::apart("draw", &page::form(visit, here, &[("revision", revision)], &draw)))
        }))
        (sheet(w.t("contest-hand-title"), &page::form(visit, here, &[("revision", revision)], &hand)))
    }
}

/// `GET /seasons/{season}/contest/room`: large, and asking for itself again.
async fn room(State(rim): State<Rim>, mut visit: Visit, PathId(id): PathId<SeasonId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id).await?;
    let w = visit.words;
    // letters that are read from the last row
    visit.elder = true;
    let mut response = visit.page(Section::Seasons, w.t("contest-room"), &display(w, &facts));
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    Ok(response)
}

fn display(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/contest", facts.season.id);
    let now = facts.turns.iter().find(|turn| turn.state == Speech::Speaking);
    let next = facts.turns.iter().find(|turn| turn.state == Speech::Waiting);
    let title = match (now, next) {
        (Some(turn), _) => turn.name.as_str(),
        (None, Some(_)) => w.t("contest-soon"),
        (None, None) if facts.turns.is_empty() => w.t("contest-none"),
        (None, None) => w.t("contest-over"),
    };
    let left = now.map(|turn| left(facts, turn));
    let sheets = now.map(|turn| turn.n_sheets.to_string()).unwrap_or_default();
    let position = now.map(|turn| format!("{} / {}", turn.position, facts.turns.len())).unwrap_or_default();
    let plain = Figure::default();
    html! {
        div #room hx-get={ (here) "/room" } hx-trigger="every 5s" hx-select="#room" hx-target="#room"
            hx-swap="outerHTML" {
            (head(&Head { kicker: &[html! { (facts.season.name) }], title, ..Head::default() }))
            div.stack {
                @if let Some(left) = &left {
                    (figures(&[
                        Figure { label: w.t("contest-left"), value: left, ..plain },
                        Figure { label: w.t("contest-position"), value: &position, ..plain },
                        Figure { label: w.t("contest-sheets-in"), value: &sheets, ..plain },
                    ]))
                }
                @if let Some(next) = next {
                    (sheet(w.t("contest-then"), &html! { p { strong { (next.name) } } }))
                }
                p.small { a href=(here) { (w.t("contest-title")) } }
            }
        }
    }
}

/// What is left of the time of a speech, in minutes and seconds.
fn left(facts: &Facts, turn: &Turn) -> String {
    let seconds = i64::from(facts.contest.as_ref().map_or(0, |contest| contest.seconds));
    let since = turn.began_at.map_or(0, |began| (facts.now.0 - began.0) / 1_000_000);
    let left = (seconds - since).max(0);
    format!("{}:{:02}", left / 60, left % 60)
}
