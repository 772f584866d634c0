//! Workshops: the list, the form, and one of them with its cards, questions and who came.

mod card;
mod show;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use places::Place;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        self, Card, Choice, Field, Head, Input, Weight, acts, breadcrumb, button, cards, empty, head, link_button,
        pager, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit as Asker};

use super::{
    queries,
    record::{self, RecordWorkshop},
};
use crate::{Season, SeasonId, Stage, page, season, season::web::shown, template};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/workshops", get(list).post(record))
        .route("/seasons/{season}/workshops/new", get(blank))
        .route("/seasons/{season}/workshops/{workshop}", get(show::show))
        .route("/seasons/{season}/workshops/{workshop}/cards", post(show::add_cards))
        .route("/seasons/{season}/workshops/{workshop}/cards/{number}", post(show::link_card))
        .route("/seasons/{season}/workshops/{workshop}/cards/{number}/idea", get(card::blank).post(card::send))
        .route("/seasons/{season}/workshops/{workshop}/questions", post(show::ask))
        .route("/seasons/{season}/workshops/{workshop}/questions/{number}", post(show::take_up))
        .route("/seasons/{season}/workshops/{workshop}/attendance", post(show::attend))
}

/// What was typed, by name of the field.
pub(super) type Typed = BTreeMap<String, String>;

pub(super) fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// Which page of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    before: Option<u32>,
}

/// `GET /seasons/{season}/workshops`: five statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    asker: Asker,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let before = which.before;
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let workshops = queries::workshops(s, &id, before)?;
        Ok::<_, Fault>((places_of(s, &season)?, template, workshops, season))
    });
    let (places, template, workshops, season) = read.await?;
    let w = asker.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/workshops", season.id));
    let hrefs: Vec<String> = workshops.iter().map(|one| format!("{list}/{}", one.id)).collect();
    let excerpts: Vec<String> = workshops.iter().map(|one| shown::excerpt(&one.summary, 100)).collect();
    let name = |id: &kernel::PlaceId| places.iter().find(|place| place.id == *id).map_or("", |place| &*place.shown);
    let metas: Vec<[Markup; 2]> =
        workshops.iter().map(|one| [html! { (name(&one.place)) }, shown::day(w, &one.day)]).collect();
    let rows = workshops.iter().enumerate().map(|(at, one)| Card {
        title: &one.title,
        href: &hrefs[at],
        tag: html! {},
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    let rows: Vec<Card<'_>> = rows.collect();
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= season::queries::PAGE);
    let next = workshops.last().filter(|_| full).map(|last| format!("{list}?before={}", last.number));
    let new = link_button(Weight::First, &format!("{list}/new"), w.t("workshop-new"));
    let mine = season.stage < Stage::Approved && !own(&asker, &places)?.is_empty();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("workshops-title")))
        (head(&Head {
            title: w.t("workshops-title"),
            lead: w.t("workshops-lead"),
            acts: if mine { std::slice::from_ref(&new) } else { &[] },
            ..Head::default()
        }))
        (shown::tabs(w, &season, &template, "workshops"))
        div.stack {
            @if rows.is_empty() { (empty(w.t("workshops-none"), "", None)) } @else { (cards(&rows)) }
            (pager(w, before.map(|_| list.as_str()), next.as_deref()))
        }
    };
    Ok(page::page(&asker, w.t("workshops-title"), &body, None))
}

/// Where workshops are held: the season's place and its communities.
fn places_of(s: &mut db::Snapshot<'_>, season: &Season) -> Result<Vec<Place>, Fault> {
    let mut all = queries::communities(s, season)?;
    if !all.iter().any(|place| place.id == season.place) {
        all.extend(places::queries::show(s, &season.place)?);
    }
    Ok(all)
}

/// Those of them where somebody does community work.
fn own(asker: &Asker, places: &[Place]) -> Result<Vec<(String, String)>, Problem> {
    let mut own = Vec::new();
    for place in places {
        if may(&asker.actor, Action::MoveMatter, &place.site().map_err(Fault::from)?) {
            own.push((place.id.to_string(), place.shown.clone()));
        }
    }
    Ok(own)
}

/// `GET /seasons/{season}/workshops/new`.
pub(crate) async fn blank(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let day = rim.context_of(&asker).day.to_string();
    let typed: Typed = [("once".to_owned(), rim.once()), ("day".to_owned(), day)].into();
    new_page(&rim, &asker, id, (&typed, None)).await
}

async fn new_page(
    rim: &Rim,
    asker: &Asker,
    id: SeasonId,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        Ok::<_, Fault>((places_of(s, &season)?, season))
    });
    let (places, season) = read.await?;
    let own = own(asker, &places)?;
    let Some((last, _)) = own.last() else { return Err(Refusal::new(Kind::Forbidden, "not-allowed").into()) };
    let w = asker.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/workshops", season.id));
    let errors = page::errors(w, refusal);
    let labels = ["place", "day", "title", "summary"].map(|name| (name, w.t(&format!("workshop-field-{name}"))));
    let field = |at: usize, required| {
        let (name, label) = labels[at];
        Field { name, label, hint: "", value: of(typed, name), error: errors.of(name), required }
    };
    // the season's own place stands last, for those who work there
    let place =
        Field { value: if of(typed, "place").is_empty() { last } else { of(typed, "place") }, ..field(0, true) };
    let choices: Vec<Choice<'_>> = own.iter().map(|(id, name)| Choice { value: id, label: name, more: "" }).collect();
    let fields = html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (parts::select(w, &place, &choices))
        (parts::text(w, &field(1, true), Input::Day, Some(10)))
        (parts::text(w, &field(2, true), Input::Line, Some(80)))
        (parts::textarea(w, &field(3, false), 6, Some(4_000)))
        (acts(&[button(Weight::First, w.t("btn-save"))]))
    };
    let way = [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("workshops-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("workshop-new")))
        (head(&Head { title: w.t("workshop-new"), lead: w.t("workshop-new-lead"), ..Head::default() }))
        section.sheet.stack { (page::form(asker, &list, &[("once", of(typed, "once"))], &fields)) }
    };
    Ok(page::page(asker, w.t("workshop-new"), &body, refusal))
}

/// `POST /seasons/{season}/workshops`.
pub(crate) async fn record(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let [place, day, title, summary, once] =
        ["place", "day", "title", "summary", "once"].map(|name| of(&typed, name).to_owned());
    let (season, input) = (id.clone(), RecordWorkshop { place, day, title, summary, once });
    match page::shown(page::act(&rim, &asker, move |tx, cx| record::record(tx, cx, &season, &input)).await)? {
        Ok(done) => Ok(page::to(&format!("/seasons/{id}/workshops/{}", done.id))),
        Err(refusal) => new_page(&rim, &asker, id, (&typed, Some(&refusal))).await,
    }
}
