//! Visits: the list with how far they have come, one of them, and the form.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Figure, Head, Input, Tone, Weight, acts, breadcrumb, button, cards, cols, empty, figures, fold, head,
        link_button, notice, pager, pairs, section, sheet, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit as Asker};

use super::{
    Lists, NeedSum, Visit, VisitId, correct,
    form::{self, Typed},
    queries::{self, Coverage},
    record,
    strike::{self, StrikeVisit},
};
use crate::{
    Season, SeasonId, Stage, Template,
    page::{self, Line},
    season,
    season::web::shown,
    template,
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/visits", get(list).post(record))
        .route("/seasons/{season}/visits/new", get(blank))
        .route("/seasons/{season}/visits/{visit}", get(show))
        .route("/seasons/{season}/visits/{visit}/correct", get(correct_form).post(correct))
        .route("/seasons/{season}/visits/{visit}/strike", post(strike))
}

/// Which page of the list, and of which need.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    before: Option<u32>,
    need: Option<String>,
}

struct Facts {
    season: Season,
    template: Template,
    coverage: Coverage,
    visits: Vec<Visit>,
    needs: Vec<NeedSum>,
}

/// `GET /seasons/{season}/visits`: seven statements.
pub(crate) async fn list(
    State(rim): State<Rim>,
    asker: Asker,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let asked = which.clone();
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        Ok::<_, Fault>(Facts {
            template,
            coverage: queries::coverage(s, &season)?,
            visits: queries::visits(s, &id, asked.need.as_deref(), asked.before)?,
            needs: queries::needs(s, &id)?,
            season,
        })
    });
    let facts = read.await?;
    let w = asker.words;
    let here = format!("/seasons/{}", facts.season.id);
    let new = link_button(Weight::First, &format!("{here}/visits/new"), w.t("visit-new"));
    let open = facts.template.has(Stage::Visits) && facts.season.stage < Stage::Approved;
    let mine = open && !own(&asker, &facts.coverage.communities)?.is_empty();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name)], w.t("visits-title")))
        (head(&Head {
            title: w.t("visits-title"),
            lead: w.t("visits-lead"),
            acts: if mine { std::slice::from_ref(&new) } else { &[] },
            ..Head::default()
        }))
        (shown::tabs(w, &facts.season, &facts.template, "visits"))
        (cols(&html! { (covered(w, &facts)) (listed(w, &facts, &which)) }, &summed(w, &facts)))
    };
    Ok(page::page(&asker, w.t("visits-title"), &body, None))
}

fn name_of<'a>(places: &'a [Place], id: &'a PlaceId) -> &'a str {
    places.iter().find(|place| place.id == *id).map_or(id.as_str(), |place| &place.shown)
}

fn listed(w: Words, facts: &Facts, which: &Which) -> Markup {
    let here = format!("/seasons/{}/visits", facts.season.id);
    let hrefs: Vec<String> = facts.visits.iter().map(|v| format!("{here}/{}", v.id)).collect();
    let excerpts: Vec<String> = facts.visits.iter().map(|v| shown::excerpt(&v.findings, 100)).collect();
    let metas: Vec<[Markup; 2]> =
        facts.visits.iter().map(|v| [html! { (w.n("visit-number", v.number)) }, form::day(w, v)]).collect();
    let list = facts.visits.iter().enumerate().map(|(at, visit)| Card {
        title: name_of(&facts.coverage.communities, &visit.place),
        href: &hrefs[at],
        tag: html! {},
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    let list: Vec<Card<'_>> = list.collect();
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= season::queries::PAGE);
    let asked = which.need.as_ref().map_or_else(String::new, |need| format!("&need={}", form::escaped(need)));
    let next = facts.visits.last().filter(|_| full).map(|last| format!("{here}?before={}{asked}", last.number));
    html! {
        @if let Some(need) = &which.need {
            p { (w.t_with("visits-of-need", &[("need", need.into())])) " " a href=(here) { (w.t("visits-all")) } }
        }
        @if list.is_empty() {
            (empty(w.t(if which.before.is_some() { "list-end" } else { "visits-none" }), "", None))
        } @else { (cards(&list)) }
        (pager(w, which.before.map(|_| here.as_str()), next.as_deref()))
    }
}

/// How many communities were visited, and which were not.
fn covered(w: Words, facts: &Facts) -> Markup {
    let Coverage { communities, visited } = &facts.coverage;
    let not_yet: Vec<&str> =
        communities.iter().filter(|place| !visited.contains(&place.id)).map(|place| &*place.shown).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let of = w.n("visits-of-communities", count(communities.len()));
    sheet(
        w.t("visits-coverage"),
        &html! {
            (figures(&[Figure {
                label: w.t("visits-communities"),
                value: &visited.len().to_string(),
                note: &of,
                ..Figure::default()
            }]))
            @if communities.is_empty() { p.soft { (w.t("visits-no-communities")) } }
            @else if not_yet.is_empty() { p { (w.t("visits-all-covered")) } }
            @else { p { (w.t("visits-not-yet")) } ul.plain { @for name in not_yet { li { (name) } } } }
        },
    )
}

/// Needs that are shown at once.
const FIRST_NEEDS: usize = 12;

/// What is needed, over all visits, with a way to the visits at which it was said.
fn summed(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/visits", facts.season.id);
    let (first, more) = facts.needs.split_at(facts.needs.len().min(FIRST_NEEDS));
    let list = |needs: &[NeedSum]| {
        html! {
            ol.links {
                @for sum in needs {
                    li {
                        a href={ (here) "?need=" (form::escaped(&sum.need)) } { (sum.need) }
                        " "
                        span.small.soft {
                            (w.t_with("visits-need-sum", &[
                                ("mentioned", ui::format::count(sum.mentioned).as_str().into()),
                                ("visits", sum.visits.into()),
                            ]))
                        }
                    }
                }
            }
        }
    };
    html! {
        @if !first.is_empty() {
            (sheet(w.t("visits-needs"), &html! {
                (list(first))
                @if !more.is_empty() {
                    (fold(&w.n("visits-needs-more", u32::try_from(more.len()).unwrap_or(u32::MAX)), &list(more)))
                }
            }))
        }
    }
}

/// The communities where somebody does community work.
fn own(asker: &Asker, communities: &[Place]) -> Result<Vec<(String, String)>, Problem> {
    let mut own = Vec::new();
    for place in communities {
        if may(&asker.actor, Action::MoveMatter, &place.site().map_err(Fault::from)?) {
            own.push((place.id.to_string(), place.shown.clone()));
        }
    }
    Ok(own)
}

/// `GET /seasons/{season}/visits/new`.
pub(crate) async fn blank(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let mut typed = Typed::new();
    typed.insert("once".into(), rim.once());
    typed.insert("day".into(), rim.context_of(&asker).day.to_string());
    new_page(&rim, &asker, id, (typed, None)).await
}

async fn new_page(
    rim: &Rim,
    asker: &Asker,
    id: SeasonId,
    (mut typed, refusal): (Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        Ok::<_, Fault>((queries::communities(s, &season)?, season))
    });
    let (communities, season) = read.await?;
    let own = own(asker, &communities)?;
    if own.is_empty() {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    if let [(only, _)] = &own[..] {
        typed.entry("place".into()).or_insert_with(|| only.clone());
    }
    let w = asker.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/visits", season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&here, &season.name), (&list, w.t("visits-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("visit-new")))
        (head(&Head { title: w.t("visit-new"), lead: w.t("visit-new-lead"), ..Head::default() }))
        (form::show(asker, &list, &own, (&typed, refusal)))
    };
    Ok(page::page(asker, w.t("visit-new"), &body, refusal))
}

/// `POST /seasons/{season}/visits`.
pub(crate) async fn record(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = match form::read(&typed) {
        Ok(input) => input,
        Err(refusal) => return new_page(&rim, &asker, id, (typed, Some(&refusal))).await,
    };
    let season = id.clone();
    match page::shown(page::act(&rim, &asker, move |tx, cx| record::record(tx, cx, &season, &input)).await)? {
        Ok(visit) => Ok(page::to(&format!("/seasons/{id}/visits/{}", visit.id))),
        Err(refusal) => new_page(&rim, &asker, id, (typed, Some(&refusal))).await,
    }
}

struct One {
    season: Season,
    visit: Visit,
    lists: Lists,
    place: Option<Place>,
    inside: bool,
}

async fn one(rim: &Rim, asker: &Asker, (season, id): (SeasonId, VisitId)) -> Result<One, Problem> {
    let actor = asker.actor.clone();
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &season)?;
        let (visit, lists) = queries::visit(s, &season.id, &id)?;
        let place = places::queries::show(s, &visit.place)?;
        let site = place.as_ref().map(Place::site).transpose()?;
        let inside = site.is_some_and(|site| may(&actor, Action::MoveMatter, &site));
        Ok::<_, Fault>(One { season, visit, lists, place, inside })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/visits/{visit}`: four statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    asker: Asker,
    PathId(ids): PathId<(SeasonId, VisitId)>,
) -> Result<Response, Problem> {
    let one = one(&rim, &asker, ids).await?;
    Ok(visit_page(&asker, &one, ("", None)))
}

fn visit_page(asker: &Asker, one: &One, (reason, refusal): (&str, Option<&Refusal>)) -> Response {
    let w = asker.words;
    let One { season, visit, lists, place, inside } = one;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/visits", season.id));
    let name = place.as_ref().map_or(visit.place.as_str(), |place| &place.shown);
    let title = w.t_with("visit-at", &[("place", name.into())]);
    let way = [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("visits-title"))];
    let mut facts = vec![(w.t("visit-field-day"), form::day(w, visit)), (w.t("visit-field-met"), form::met(w, lists))];
    if *inside {
        facts.push((w.t("visit-field-staff"), html! { (visit.staff) }));
    }
    let body = html! {
        (breadcrumb(w, &way, &title))
        (head(&Head { kicker: &[html! { (w.n("visit-number", visit.number)) }], title: &title, ..Head::default() }))
        @if visit.struck_at.is_some() {
            (notice(w, Tone::Due, w.t("visit-is-struck"), &html! { p { (visit.struck_reason) } }))
        }
        (cols(
            &html! {
                (pairs(&facts))
                (section(w.t("visit-field-findings"), &html! { div.flow { (shown::prose(&visit.findings)) } }))
            },
            &html! {
                (form::lists(w, &list, lists))
                @if *inside && visit.struck_at.is_none() && season.stage < Stage::Approved {
                    (acts(&[link_button(Weight::Plain, &format!("{list}/{}/correct", visit.id), w.t("visit-correct"))]))
                }
                @if *inside && visit.struck_at.is_none() { (strike_form(asker, one, (reason, refusal))) }
            },
        ))
    };
    page::page(asker, &title, &body, refusal)
}

fn strike_form(asker: &Asker, one: &One, (reason, refusal): (&str, Option<&Refusal>)) -> Markup {
    let w = asker.words;
    let action = format!("/seasons/{}/visits/{}/strike", one.season.id, one.visit.id);
    let line = Line {
        name: "reason",
        label: w.t("visit-field-reason"),
        hint: w.t("visit-field-reason-hint"),
        value: reason,
        input: Input::Line,
        most: 400,
        required: true,
    };
    let body = page::form(
        asker,
        &action,
        &[],
        &html! {
            (told(w, refusal))
            (line.show(w, refusal))
            (acts(&[button(Weight::Danger, w.t("visit-strike"))]))
        },
    );
    if refusal.is_some() { sheet(w.t("visit-strike"), &body) } else { fold(w.t("visit-strike"), &body) }
}

/// `POST /seasons/{season}/visits/{visit}/strike`.
pub(crate) async fn strike(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId((season, id)): PathId<(SeasonId, VisitId)>,
    Fields(input): Fields<StrikeVisit>,
) -> Result<Response, Problem> {
    let (ids, reason) = ((season.clone(), id.clone()), input.reason.clone());
    let done = page::act(&rim, &asker, move |tx, cx| strike::strike(tx, cx, (&ids.0, &ids.1), &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{season}/visits/{id}"))),
        Err(refusal) => Ok(visit_page(&asker, &one(&rim, &asker, (season, id)).await?, (&reason, Some(&refusal)))),
    }
}

/// `GET /seasons/{season}/visits/{visit}/correct`.
pub(crate) async fn correct_form(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<(SeasonId, VisitId)>,
) -> Result<Response, Problem> {
    correct_page(&rim, &asker, ids, None).await
}

async fn correct_page(
    rim: &Rim,
    asker: &Asker,
    ids: (SeasonId, VisitId),
    typed: Option<(Typed, &Refusal)>,
) -> Result<Response, Problem> {
    let One { season, visit, lists, place, inside } = one(rim, asker, ids).await?;
    if !inside {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let read = {
        let season = season.clone();
        rim.db.read(move |s| queries::communities(s, &season)).await?
    };
    let mut own = own(asker, &read)?;
    let at = visit.place.to_string();
    if !own.iter().any(|(id, _)| *id == at) {
        own.push((at.clone(), place.map_or(at, |place| place.shown)));
    }
    let w = asker.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/visits", season.id));
    let shown = format!("{list}/{}", visit.id);
    let number = w.n("visit-number", visit.number);
    let way =
        [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("visits-title")), (&shown, &number)];
    let refusal = typed.as_ref().map(|(_, refusal)| *refusal);
    let typed = typed.map_or_else(|| form::filled(&visit, &lists), |(typed, _)| typed);
    let body = html! {
        (breadcrumb(w, &way, w.t("visit-correct")))
        (head(&Head { title: w.t("visit-correct"), lead: w.t("visit-correct-lead"), ..Head::default() }))
        (form::show(asker, &format!("{shown}/correct"), &own, (&typed, refusal)))
    };
    Ok(page::page(asker, w.t("visit-correct"), &body, refusal))
}

/// `POST /seasons/{season}/visits/{visit}/correct`.
pub(crate) async fn correct(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<(SeasonId, VisitId)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = match form::read_correction(&typed) {
        Ok(input) => input,
        Err(refusal) => return correct_page(&rim, &asker, ids, Some((typed, &refusal))).await,
    };
    let of = ids.clone();
    match page::shown(page::act(&rim, &asker, move |tx, cx| correct::correct(tx, cx, (&of.0, &of.1), &input)).await)? {
        Ok(visit) => Ok(page::to(&format!("/seasons/{}/visits/{}", ids.0, visit.id))),
        Err(refusal) => correct_page(&rim, &asker, ids, Some((typed, &refusal))).await,
    }
}
