//! Matters of a place.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::Place;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Filter as Bar, Head, Input, Tone, Weight, cards, empty, filter, head, link_button, pager,
        select, tag, text,
    },
};
use web::{Problem, Rim, Section, Visit, optional_id};

use crate::{
    matter::{
        Stage, State,
        queries::{self, Filter, PAGE},
        rules::EVERYBODYS,
        store::Shown,
    },
    shown::{date, said},
};

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    place: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    before: String,
}

struct Facts {
    place: Option<Place>,
    below: Vec<Place>,
    rows: Vec<Shown>,
}

/// `GET /matters`: four statements.
pub(super) async fn list(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let asked = which.clone();
    let read = rim.db.read(move |s| {
        let id: Option<PlaceId> = match optional_id(Some(&asked.place)) {
            Some(id) => Some(id),
            None => queries::first_place(s)?,
        };
        let Some(id) = id else { return Ok(Facts { place: None, below: Vec::new(), rows: Vec::new() }) };
        let place = places::queries::show(s, &id)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let filter = Filter {
            stage: asked.stage.clone(),
            kind: asked.kind.clone(),
            state: asked.state.clone(),
            words: asked.q.clone(),
            before: optional_id(Some(&asked.before)),
        };
        let rows = queries::page(s, place.home, &place.path, &filter)?;
        let below = places::queries::list(s, Some(&id))?;
        Ok::<_, Fault>(Facts { place: Some(place), below, rows })
    });
    let facts = read.await?;
    let w = visit.words;
    Ok(visit.page(Section::Matters, w.t("matters-title"), &page(w, &which, &facts)))
}

fn page(w: Words, which: &Which, facts: &Facts) -> Markup {
    // only a place that was chosen goes along: else the form proposes the reader's own
    let new = match &facts.place {
        Some(place) if !which.place.is_empty() => format!("/matters/new?place={}", place.id),
        _ => "/matters/new".to_owned(),
    };
    let to_form = html! { @if facts.place.is_some() { (link_button(Weight::First, &new, w.t("matter-new"))) } };
    let here = address(which, "");
    let full = i64::try_from(facts.rows.len()).is_ok_and(|n| n >= PAGE);
    let next = facts.rows.last().filter(|_| full).map(|row| address(which, row.matter.id.as_str()));
    let back = (!which.before.is_empty()).then_some(here.as_str());
    html! {
        (head(&Head {
            kicker: &facts.place.iter().map(|p| html! { (p.shown) }).collect::<Vec<_>>(),
            title: w.t("matters-title"),
            lead: w.t("matters-lead"),
            acts: std::slice::from_ref(&to_form),
        }))
        (bar(w, which, facts))
        @if facts.rows.is_empty() { (empty(w.t("matters-none"), w.t("matters-none-hint"), None)) }
        @else { (rows(w, &facts.rows)) }
        (pager(w, back, next.as_deref()))
    }
}

fn address(which: &Which, before: &str) -> String {
    let mut pairs = vec![("place", &*which.place), ("stage", &*which.stage), ("state", &*which.state)];
    pairs.extend([("kind", &*which.kind), ("q", &*which.q), ("before", before)]);
    let pairs: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/matters?{}", web_query(&pairs))
}

/// A query string.
pub(crate) fn web_query(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(&web::in_query(value));
    }
    out
}

fn bar(w: Words, which: &Which, facts: &Facts) -> Markup {
    let field = |name, label, value| Field { name, label: w.t(label), value, ..Field::default() };
    let choice = |value, label| Choice { value, label, ..Choice::default() };
    let mut places: Vec<Choice<'_>> =
        facts.place.iter().chain(&facts.below).map(|p| choice(p.id.as_str(), &p.shown)).collect();
    places.truncate(100);
    let stages =
        Stage::ALL.iter().map(|s| choice(s.as_str(), w.t(&format!("seal-{}", s.as_str())))).collect::<Vec<_>>();
    let states = State::ALL.iter().map(|s| choice(s.as_str(), said(w, "matter-state", s.as_str()))).collect::<Vec<_>>();
    let kinds = EVERYBODYS.iter().map(|k| choice(k, said(w, "matter-kind", k))).collect::<Vec<_>>();
    let fields = [
        text(w, &field("q", "matters-search", &which.q), Input::Search, Some(60)),
        select(w, &field("place", "matter-field-place", &which.place), &places),
        select(w, &field("stage", "matter-field-stage", &which.stage), &stages),
        select(w, &field("state", "word-status", &which.state), &states),
        select(w, &field("kind", "matter-field-kind", &which.kind), &kinds),
    ];
    filter(w, &Bar { action: "/matters", label: "", fields: &fields, on: &[], found: "" })
}

fn rows(w: Words, rows: &[Shown]) -> Markup {
    let hrefs: Vec<String> = rows.iter().map(|r| format!("/matters/{}", r.matter.id)).collect();
    let metas: Vec<[Markup; 4]> = rows
        .iter()
        .map(|r| {
            let m = &r.matter;
            let kind = said(w, "matter-kind", &m.kind);
            [html! { (m.number) }, html! { (kind) }, html! { (r.place) }, html! { (date(w, &m.opened_day)) }]
        })
        .collect();
    let list = rows.iter().enumerate().map(|(at, row)| Card {
        title: &row.matter.title,
        href: &hrefs[at],
        tag: state_tag(w, row),
        meta: &metas[at],
        excerpt: "",
    });
    cards(&list.collect::<Vec<_>>())
}

/// Where a matter stands, in a word.
pub(super) fn state_tag(w: Words, row: &Shown) -> Markup {
    let m = &row.matter;
    match m.state {
        State::Open => tag(Tone::Due, w.t(&format!("seal-{}", m.stage.as_str()))),
        State::Closed => tag(Tone::Ok, said(w, "matter-state", m.state.as_str())),
        State::Joined => tag(Tone::Plain, said(w, "matter-state", m.state.as_str())),
    }
}
