//! `GET /seasons/{season}/slides`: one project a page, for the meeting: on a screen under one another, on paper one each.
//! With `group` the report of a group: its members alone, and what it noted as its report.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use programmes::{
    SeasonId,
    group::{self, Note, NoteKind},
    page,
    template::name_of,
    web::shown,
};
use serde::Deserialize;
use ui::{
    Markup, Words,
    format::excerpt,
    html,
    parts::{Tab, Tone, breadcrumb, empty, pager, print_button, tabs, tag},
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::Section,
    Told, not_yet, prose,
    show::{PAGE, belongs, deeds},
    told,
};
use crate::done::Done;

/// Which group, and from which project on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    group: String,
    after: u32,
}

pub(super) async fn page(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let told = told(&rim, &visit, id.clone()).await?;
    if !told.is_seen() {
        return Ok(not_yet(&visit, &told));
    }
    let (w, here) = (visit.words, told.here());
    let season = told.facts.season();
    let groups = &told.facts.template.groups;
    let team = groups.iter().find(|term| term.key == which.group).map(|term| term.key.clone());
    let report = match &team {
        Some(team) => report(&rim, id, team.clone()).await?,
        None => None,
    };
    let of: Vec<&Done> =
        told.facts.done.iter().filter(|row| team.as_ref().is_none_or(|team| row.team == *team)).collect();
    let from = of.partition_point(|row| row.number <= which.after);
    let rows = &of[from..of.len().min(from + PAGE)];
    let base = team.as_ref().map_or_else(|| format!("{here}/slides?"), |team| format!("{here}/slides?group={team}&"));
    let next = (from + rows.len() < of.len()).then(|| rows.last()).flatten();
    let next = next.map(|row| format!("{base}after={}", row.number));
    let name = team.as_deref().map_or(season.name.as_str(), |team| name_of(groups, team, w.locale()));
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (here.as_str(), season.name.as_str()),
        (&format!("{here}/showcase"), w.t("showcase-title")),
    ];
    let body = html! {
        (breadcrumb(w, &way, w.t("slides-title")))
        h1 { (w.t("slides-title")) }
        (by_group(w, &told, team.as_deref()))
        div.acts { (print_button(w)) span.soft { (w.t("slides-hint")) } }
        @if rows.is_empty() { (empty(w.t("slides-none"), "", Some((&here, &season.name)))) }
        div.slides {
            @if from == 0 && !rows.is_empty() { (first(&visit, &told, (name, of.len()), report.as_ref())) }
            @for row in rows { (one(w, &told, row)) }
        }
        (pager(w, None, next.as_deref()))
    };
    Ok(page::page(&visit, w.t("slides-title"), &body, None))
}

/// The latest report that a group noted down.
async fn report(rim: &Rim, id: SeasonId, team: String) -> Result<Option<Note>, Problem> {
    let read = rim.db.read(move |s| Ok::<_, Fault>(group::queries::notes(s, &id, (&team, None))?));
    Ok(read.await?.into_iter().find(|note| note.kind == NoteKind::Report))
}

fn by_group(w: Words, told: &Told, here: Option<&str>) -> Markup {
    let groups = &told.facts.template.groups;
    let base = format!("{}/slides", told.here());
    let hrefs: Vec<String> = groups.iter().map(|term| format!("{base}?group={}", term.key)).collect();
    let mut list = vec![Tab { label: w.t("slides-all"), href: &base, here: here.is_none(), ..Tab::default() }];
    list.extend(groups.iter().zip(&hrefs).map(|(term, href)| Tab {
        label: term.name.of(w.locale()),
        href,
        here: here == Some(term.key.as_str()),
        ..Tab::default()
    }));
    html! { @if !groups.is_empty() { (tabs(w.t("slides-groups"), &list)) } }
}

/// The first page: what it is, and the year in a few lines, or the report of the group.
fn first(visit: &Visit, told: &Told, (name, n): (&str, usize), report: Option<&Note>) -> Markup {
    let w = visit.words;
    html! {
        article.slide.cover {
            p.soft { (told.facts.report.scope.place) }
            h2 { (name) }
            p { (w.n("count-projects", n)) }
            @match report {
                Some(note) => (shown::prose(&excerpt(&note.words, 600))),
                None if told.is_open(Section::Done) => (prose(&told.values, &told.text(visit, Section::Done))),
                None => {}
            }
        }
    }
}

fn one(w: Words, told: &Told, row: &Done) -> Markup {
    let locale = w.locale();
    let awards = row.awards.iter().map(|key| name_of(&told.facts.template.awards, key, locale));
    html! {
        article.slide {
            p.meta {
                span.num { (row.number) }
                @for name in belongs(w, told, row) { span { (name) } }
                @for award in awards { (tag(Tone::Ok, award)) }
            }
            h2 { (row.name) }
            div.halves {
                div.stack {
                    @if !row.about.is_empty() { p { (excerpt(&row.about, 200)) } }
                    ul { @for deed in deeds(w, told, row) { li { (deed) } } }
                }
                @if let Some((activity, photo)) = &row.photo {
                    @let alt = if photo.caption.is_empty() { row.name.as_str() } else { photo.caption.as_str() };
                    figure {
                        img src={ "/activities/" (activity) "/files/" (photo.file) } alt=(alt) loading="lazy";
                        @if !photo.caption.is_empty() { figcaption { (photo.caption) } }
                    }
                }
            }
        }
    }
}
