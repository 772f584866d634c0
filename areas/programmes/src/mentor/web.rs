//! The pairs of a season, for community work and the teams themselves.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Day, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Choice, Field, Head, Input, Tone, Weight, acts, apart, breadcrumb, button, empty, head, pairs, select,
        sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Pair, agree,
    propose::{self, Propose},
    queries,
};
use crate::{
    Season, SeasonId,
    page::{self, Line},
    season,
    season::web::shown,
    training::{self, Trainee},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/mentors", get(list).post(propose))
        .route("/seasons/{season}/mentors/agree", post(agree))
        .route("/seasons/{season}/mentors/end", post(end))
}

/// What the forms of the page send.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    old: String,
    new: String,
    about: String,
    from: String,
    until: String,
}

impl Typed {
    fn ends(&self) -> (u32, u32) {
        (self.old.parse().unwrap_or(0), self.new.parse().unwrap_or(0))
    }
}

struct Facts {
    season: Season,
    office: bool,
    runs: bool,
    projects: Vec<Trainee>,
    /// Numbers of the projects that the visitor's team does.
    own: Vec<u32>,
    pairs: Vec<Pair>,
    today: Day,
}

/// `GET /seasons/{season}/mentors`.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let day = rim.context_of(&visit).day.to_string();
    let typed = Typed { from: day, ..Typed::default() };
    listed(&rim, &visit, id, (&typed, None)).await
}

async fn listed(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let site = season::queries::site(s, &season)?;
        let (office, runs) = (may(&actor, Action::MoveMatter, &site), may(&actor, Action::RunSeason, &site));
        let projects = training::queries::trainees(s, &id)?;
        let own: Vec<u32> = match actor.principal() {
            Some(me) => (projects.iter())
                .filter(|one| {
                    one.author.as_ref() == Some(&me.person)
                        || one.org.as_ref().is_some_and(|org| me.seats.contains(org))
                })
                .map(|one| one.number)
                .collect(),
            None => Vec::new(),
        };
        let mut pairs = queries::pairs(s, &id)?;
        pairs.retain(|pair| office || own.contains(&pair.old) || own.contains(&pair.new));
        Ok::<_, Fault>(Facts { season, office, runs, projects, own, pairs, today: today.clone() })
    });
    let facts = read.await?;
    let w = visit.words;
    let (season, board) = (format!("/seasons/{}", facts.season.id), format!("/seasons/{}/running", facts.season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*facts.season.name), (&board, w.t("running-title"))];
    let names: BTreeMap<u32, &str> = facts.projects.iter().map(|one| (one.number, one.name.as_str())).collect();
    let none = if facts.office || !facts.own.is_empty() { "mentor-none" } else { "mentor-not-yours" };
    let body = html! {
        (breadcrumb(w, &way, w.t("mentor-title")))
        (head(&Head { title: w.t("mentor-title"), lead: w.t("mentor-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @if facts.pairs.is_empty() { (empty(w.t(none), "", None)) }
            @for pair in &facts.pairs { (one(visit, &facts, (pair, &names))) }
            @if facts.office || !facts.own.is_empty() { (form(visit, &facts, (typed, refusal))) }
        }
    };
    Ok(page::page(visit, w.t("mentor-title"), &body, refusal))
}

fn state(w: Words, pair: &Pair, today: &Day) -> Markup {
    let (tone, key) = match pair {
        pair if pair.ended.is_some() || pair.until < *today => (Tone::Plain, "mentor-over"),
        pair if pair.stands() => (Tone::Ok, "mentor-stands"),
        _ => (Tone::Due, "mentor-waits"),
    };
    tag(tone, w.t(key))
}

fn one(visit: &Visit, facts: &Facts, (pair, names): (&Pair, &BTreeMap<u32, &str>)) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}/mentors", facts.season.id);
    let (old, new) = (pair.old.to_string(), pair.new.to_string());
    let name = |number: &u32| names.get(number).copied().unwrap_or_default();
    let agreed = |day: &Option<Day>| match day {
        Some(day) => html! { (shown::day(w, day)) },
        None => html! { (w.t("mentor-not-agreed")) },
    };
    let list = [
        (w.t("mentor-old"), html! { (name(&pair.old)) " · " (agreed(&pair.old_agreed)) }),
        (w.t("mentor-new"), html! { (name(&pair.new)) " · " (agreed(&pair.new_agreed)) }),
        (w.t("mentor-from"), shown::day(w, &pair.from)),
        (w.t("mentor-until"), shown::day(w, &pair.until)),
    ];
    let open = pair.ended.is_none() && pair.until >= facts.today;
    let mine = [(&pair.old, &pair.old_agreed), (&pair.new, &pair.new_agreed)];
    let waits = mine.iter().any(|(number, agreed)| facts.own.contains(number) && agreed.is_none());
    let ends = facts.runs || mine.iter().any(|(number, _)| facts.own.contains(number));
    let hidden = [("old", old.as_str()), ("new", new.as_str())];
    sheet(
        &format!("{} → {}", name(&pair.old), name(&pair.new)),
        &html! {
            p { (state(w, pair, &facts.today)) }
            div.flow { (shown::prose(&pair.about)) }
            (pairs(&list))
            @if open && waits {
                (page::press(visit, &format!("{here}/agree"), &hidden, Weight::First, w.t("mentor-agree")))
            }
            @if open && ends {
                (page::press(visit, &format!("{here}/end"), &hidden, Weight::Quiet, w.t("mentor-end")))
            }
        },
    )
}

fn form(visit: &Visit, facts: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let numbers: Vec<String> = facts.projects.iter().map(|one| one.number.to_string()).collect();
    let choices: Vec<Choice<'_>> = (facts.projects.iter().zip(&numbers))
        .map(|(one, value)| Choice { value, label: &one.name, more: "" })
        .collect();
    let errors = page::errors(w, refusal);
    let field = |name, label: &str, value| Field {
        name,
        label: w.t(label),
        hint: "",
        value,
        error: errors.of(name),
        required: true,
    };
    let day = |name, label: &str, value| {
        Line { name, label: w.t(label), hint: "", value, input: Input::Day, most: 10, required: true }.show(w, refusal)
    };
    let about = Field { hint: w.t("mentor-about-hint"), ..field("about", "mentor-about", &typed.about) };
    let body = html! {
        (select(w, &field("old", "mentor-old", &typed.old), &choices))
        (select(w, &field("new", "mentor-new", &typed.new), &choices))
        (parts::textarea(w, &about, 3, Some(500)))
        (day("from", "mentor-from", &typed.from))
        (day("until", "mentor-until", &typed.until))
        (acts(&[button(Weight::First, w.t("mentor-propose"))]))
    };
    let form = page::form(visit, &format!("/seasons/{}/mentors", facts.season.id), &[], &body);
    sheet(w.t("mentor-propose"), &apart("propose", &form))
}

async fn answered<T>(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, answer): (&Typed, Result<T, Fault>),
) -> Result<Response, Problem> {
    match page::shown(answer)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/mentors"))),
        Err(refusal) => listed(rim, visit, id, (typed, Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/mentors`.
pub(crate) async fn propose(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (old, new) = typed.ends();
    let [about, from, until] = [&typed.about, &typed.from, &typed.until].map(Clone::clone);
    let (of, input) = (id.clone(), Propose { old, new, about, from, until });
    let answer = page::act(&rim, &visit, move |tx, cx| propose::propose(tx, cx, &of, &input)).await;
    answered(&rim, &visit, id, (&typed, answer)).await
}

/// `POST /seasons/{season}/mentors/agree`.
pub(crate) async fn agree(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, ends) = (id.clone(), typed.ends());
    let answer = page::act(&rim, &visit, move |tx, cx| agree::agree(tx, cx, &of, ends)).await;
    answered(&rim, &visit, id, (&typed, answer)).await
}

/// `POST /seasons/{season}/mentors/end`.
pub(crate) async fn end(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, ends) = (id.clone(), typed.ends());
    let answer = page::act(&rim, &visit, move |tx, cx| agree::end(tx, cx, &of, ends)).await;
    answered(&rim, &visit, id, (&typed, answer)).await
}
