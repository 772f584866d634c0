//! Trainings: the list with who still needs one, the form, and one of them.

mod show;

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Card, Field, Head, Input, Tone, Weight, acts, breadcrumb, button, cards, empty, head, link_button, pager,
        section, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Held,
    hold::{self, HoldTraining},
    queries,
};
use crate::{SeasonId, page, season, season::web::shown, template};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/trainings", get(list).post(record))
        .route("/seasons/{season}/trainings/new", get(blank))
        .route("/seasons/{season}/trainings/{training}", get(show::show))
        .route("/seasons/{season}/trainings/{training}/signups", post(show::sign_up))
        .route("/seasons/{season}/trainings/{training}/signups/leave", post(show::leave))
        .route("/seasons/{season}/trainings/{training}/attendance", post(show::sign_in))
        .route("/seasons/{season}/trainings/{training}/feedback", post(show::rate))
}

/// Which page of those who still need a training.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    after: Option<u32>,
}

/// `GET /seasons/{season}/trainings`: four statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let all = queries::trainings(s, &id)?;
        // who needs one is asked once there was one
        let missing = match runs && all.iter().any(|one| one.attendance > 0) {
            true => Some(queries::missing(s, &id, which.after.unwrap_or(0))?),
            false => None,
        };
        Ok::<_, Fault>((season, template, runs, all, missing))
    });
    let (season, template, runs, all, missing) = read.await?;
    let w = visit.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/trainings", season.id));
    let new = link_button(Weight::First, &format!("{list}/new"), w.t("training-new"));
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("trainings-title")))
        (head(&Head {
            title: w.t("trainings-title"),
            lead: w.t("trainings-lead"),
            acts: if runs { std::slice::from_ref(&new) } else { &[] },
            ..Head::default()
        }))
        (shown::tabs(w, &season, &template, "trainings"))
        div.stack {
            @if all.is_empty() { (empty(w.t("trainings-none"), "", None)) } @else { (listed(w, &list, &all)) }
            @if let Some(missing) = &missing { (needing(w, (&here, &list), missing, which.after)) }
        }
    };
    Ok(page::page(&visit, w.t("trainings-title"), &body, None))
}

fn listed(w: Words, list: &str, all: &[Held]) -> Markup {
    let hrefs: Vec<String> = all.iter().map(|one| format!("{list}/{}", one.id)).collect();
    let metas: Vec<[Markup; 1]> = all.iter().map(|one| [shown::day(w, &one.day)]).collect();
    let came: Vec<String> =
        all.iter().map(|one| w.t_with("training-came-n", &[("n", one.attendance.into())])).collect();
    let rows: Vec<Card<'_>> = (all.iter().enumerate().rev())
        .map(|(at, one)| Card {
            title: &one.title,
            href: &hrefs[at],
            tag: if one.attendance > 0 {
                tag(Tone::Ok, &came[at])
            } else {
                html! {}
            },
            meta: &metas[at],
            excerpt: "",
        })
        .collect();
    cards(&rows)
}

/// Projects of which nobody came to any training.
fn needing(w: Words, (season, list): (&str, &str), missing: &[(u32, String)], after: Option<u32>) -> Markup {
    let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
    let rows = &missing[..missing.len().min(most)];
    let next = rows.last().filter(|_| missing.len() > most).map(|(number, _)| format!("{list}?after={number}"));
    section(
        w.t("training-needing"),
        &html! {
            @if rows.is_empty() && after.is_none() { p { (w.t("training-needing-none")) } }
            @else { p.soft { (w.t("training-needing-hint")) } }
            ul.links {
                @for (number, name) in rows {
                    li { a href={ (season) "/projects/" (number) "/running" } { (name) } }
                }
            }
            (pager(w, after.map(|_| list), next.as_deref()))
        },
    )
}

/// `GET /seasons/{season}/trainings/new`.
pub(crate) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let typed =
        HoldTraining { once: rim.once(), day: rim.context_of(&visit).day.to_string(), ..HoldTraining::default() };
    new_page(&rim, &visit, id, (&typed, None)).await
}

async fn new_page(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (&HoldTraining, Option<&Refusal>),
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        if !may(&actor, Action::RunSeason, &season::queries::site(s, &season)?) {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        Ok::<_, Fault>(season)
    });
    let season = read.await?;
    let w = visit.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/trainings", season.id));
    let labels = ["title", "day", "room", "teacher", "about", "materials"]
        .map(|name| (name, w.t(&format!("training-field-{name}"))));
    let errors = page::errors(w, refusal);
    let field = |at: usize, value, hint: &str, required| {
        let (name, label) = labels[at];
        let hint = if hint.is_empty() { "" } else { w.t(hint) };
        Field { name, label, hint, value, error: errors.of(name), required }
    };
    let fields = html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (parts::text(w, &field(0, &typed.title, "", true), Input::Line, Some(80)))
        (parts::text(w, &field(1, &typed.day, "", true), Input::Day, Some(10)))
        (parts::text(w, &field(2, &typed.room, "", true), Input::Line, Some(80)))
        (parts::text(w, &field(3, &typed.teacher, "training-field-teacher-hint", true), Input::Line, Some(80)))
        (parts::textarea(w, &field(4, &typed.about, "", false), 5, Some(2_000)))
        (parts::textarea(w, &field(5, &typed.materials, "training-field-materials-hint", false), 3, Some(4_000)))
        (acts(&[button(Weight::First, w.t("btn-save"))]))
    };
    let way = [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("trainings-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("training-new")))
        (head(&Head { title: w.t("training-new"), lead: w.t("training-new-lead"), ..Head::default() }))
        section.sheet.stack { (page::form(visit, &list, &[("once", &typed.once)], &fields)) }
    };
    Ok(page::page(visit, w.t("training-new"), &body, refusal))
}

/// `POST /seasons/{season}/trainings`.
pub(crate) async fn record(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<HoldTraining>,
) -> Result<Response, Problem> {
    let (season, input) = (id.clone(), typed.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| hold::hold(tx, cx, &season, &input)).await)? {
        Ok(done) => Ok(page::to(&format!("/seasons/{id}/trainings/{}", done.id))),
        Err(refusal) => new_page(&rim, &visit, id, (&typed, Some(&refusal))).await,
    }
}
