//! The officer's pages: open a season, move it on, change its days.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Actor, Fen, FieldError, Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Choice, Field, Head, Input, Weight, acts, breadcrumb, button, fieldset, head, money, select, sheet, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::shown;
use crate::{
    Phase, Season, SeasonId, Stage, Template,
    page::{self, Line},
    season::{
        PlannedStage,
        advance::{self, Advance},
        open::{self, OpenSeason},
        open_vote,
        plan::{self, Plan, StageDays},
        queries, rules,
    },
    template,
};

/// Which place, and which template is chosen already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    place: String,
    template: String,
}

/// A season as it is typed into the form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    place: String,
    template: String,
    name: String,
    about: String,
    budget: String,
    start: String,
    once: String,
}

/// `GET /seasons/new`: the form, for who runs seasons at a place.
pub(crate) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let typed = Typed { place: which.place, template: which.template, once: rim.once(), ..Typed::default() };
    open_form(&rim, &visit, &typed, None).await
}

/// `POST /seasons/new`.
pub(crate) async fn open(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = match read(&typed) {
        Ok(input) => input,
        Err(refusal) => return open_form(&rim, &visit, &typed, Some(&refusal)).await,
    };
    match page::shown(page::act(&rim, &visit, move |tx, cx| open::open(tx, cx, &input)).await)? {
        Ok(season) => Ok(page::to(&format!("/seasons/{}", season.id))),
        Err(refusal) => open_form(&rim, &visit, &typed, Some(&refusal)).await,
    }
}

fn read(typed: &Typed) -> Result<OpenSeason, Refusal> {
    let mut wrong = Vec::new();
    let place: Option<PlaceId> = optional_id(Some(&typed.place));
    if place.is_none() {
        wrong.push(FieldError::new("place", "required"));
    }
    let budget = Fen::parse(typed.budget.trim());
    if budget.is_err() {
        wrong.push(FieldError::new("budget", "not-an-amount"));
    }
    let (Some(place), Ok(budget)) = (place, budget) else { return Err(Refusal::invalid(wrong)) };
    let by = OpenSeason::by(&typed.template, place, &typed.name, budget);
    let once = typed.once.clone();
    Ok(OpenSeason { about: typed.about.clone(), start: typed.start.trim().to_owned(), once, ..by })
}

/// The places where somebody runs seasons: those of their posts.
fn places_of(visit: &Visit) -> Vec<PlaceId> {
    let Actor::Person(person) = &visit.actor else { return Vec::new() };
    let mut list: Vec<PlaceId> = Vec::new();
    for post in &person.posts {
        if !list.contains(&post.place) {
            list.push(post.place.clone());
        }
    }
    list
}

async fn open_form(rim: &Rim, visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let mut wanted = places_of(visit);
    if let Some(named) = optional_id(Some(&typed.place)).filter(|id: &PlaceId| !wanted.contains(id)) {
        wanted.push(named);
    }
    let read = rim.db.read(move |s| {
        let mut found: Vec<Place> = Vec::new();
        // as many as somebody holds posts at: a few
        for id in wanted.iter().take(20) {
            found.extend(places::queries::show(s, id)?);
        }
        let home = found.first().map(|place| place.home);
        let templates = match home {
            Some(home) => template::queries::templates(s, home)?,
            None => Vec::new(),
        };
        Ok::<_, Fault>((found, templates))
    });
    let (found, templates) = read.await?;
    let mut own: Vec<Place> = Vec::new();
    for place in found {
        if may(&visit.actor, Action::RunSeason, &place.site()?) {
            own.push(place);
        }
    }
    let elsewhere = !typed.place.is_empty() && !own.iter().any(|place| place.id.as_str() == typed.place);
    if own.is_empty() || elsewhere {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons"))], w.t("season-new")))
        (head(&Head { title: w.t("season-new"), lead: w.t("season-new-lead"), ..Head::default() }))
        (open_fields(visit, (&own, &templates), typed, refusal))
    };
    Ok(page::page(visit, w.t("season-new"), &body, refusal))
}

fn open_fields(
    visit: &Visit,
    (places, templates): (&[Place], &[Template]),
    typed: &Typed,
    refusal: Option<&Refusal>,
) -> Markup {
    let w = visit.words;
    let errors = page::errors(w, refusal);
    let labels = [
        ("place", w.t("season-field-place")),
        ("template", w.t("season-field-template")),
        ("name", w.t("season-field-name")),
        ("budget", w.t("season-field-budget")),
        ("start", w.t("season-field-start")),
        ("about", w.t("season-field-about")),
    ];
    let field = |at: usize, hint: &'static str, value, required| {
        let (name, label) = labels[at];
        let hint = if hint.is_empty() { "" } else { w.t(hint) };
        Field { name, label, hint, value, error: errors.of(name), required }
    };
    let ids: Vec<String> = places.iter().map(|place| place.id.to_string()).collect();
    let place_choices: Vec<Choice<'_>> =
        places.iter().zip(&ids).map(|(place, id)| Choice { value: id, label: &place.shown, more: "" }).collect();
    let template_choices: Vec<Choice<'_>> =
        templates.iter().map(|t| Choice { value: &t.key, label: t.name.of(w.locale()), more: "" }).collect();
    let chosen = if typed.place.is_empty() { ids.first().map_or("", String::as_str) } else { &typed.place };
    let body = html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (select(w, &field(0, "", chosen, true), &place_choices))
        (select(w, &field(1, "season-field-template-hint", &typed.template, true), &template_choices))
        (ui::parts::text(w, &field(2, "season-field-name-hint", &typed.name, true), Input::Line, Some(120)))
        (money(w, &field(3, "season-field-budget-hint", &typed.budget, true), w.t("unit-yuan")))
        (ui::parts::text(w, &field(4, "season-field-start-hint", &typed.start, false), Input::Day, Some(10)))
        (ui::parts::textarea(w, &field(5, "", &typed.about, false), 4, Some(2_000)))
        (acts(&[button(Weight::First, w.t("season-open"))]))
    };
    html! { section.sheet.stack { (page::form(visit, "/seasons/new", &[("once", &typed.once)], &body)) } }
}

/// `GET /seasons/{season}/plan`: where the season stands, its days, and the next step.
pub(crate) async fn plan(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    plan_page(&rim, &visit, id, None).await
}

/// The days of the stages as the form sends them: `stage`, `from`, `until` by stage.
pub(crate) type Days = std::collections::BTreeMap<String, String>;

/// `POST /seasons/{season}/plan`.
pub(crate) async fn reschedule(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(days): Fields<Days>,
) -> Result<Response, Problem> {
    let typed: Vec<StageDays> = Stage::ALL
        .iter()
        .filter_map(|stage| {
            let word = stage.as_str();
            let (from, until) = (days.get(&format!("from-{word}"))?, days.get(&format!("until-{word}"))?);
            Some(StageDays { stage: *stage, from: from.clone(), until: until.clone() })
        })
        .collect();
    // a form that names no calendar saw none
    let revision = days.get("revision").and_then(|text| text.parse().ok()).unwrap_or(-1);
    let typed = Plan { revision, stages: typed };
    let (season, sent) = (id.clone(), typed.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| plan::reschedule(tx, cx, &season, &sent)).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/plan"))),
        Err(refusal) => plan_page(&rim, &visit, id, Some((&refusal, Some(&typed)))).await,
    }
}

/// `POST /seasons/{season}/advance`.
pub(crate) async fn advance(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Advance { to }): Fields<Advance>,
) -> Result<Response, Problem> {
    let season = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| advance::advance(tx, cx, &season, to)).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/plan"))),
        Err(refusal) => plan_page(&rim, &visit, id, Some((&refusal, None))).await,
    }
}

/// `POST /seasons/{season}/open-vote`.
pub(crate) async fn open_vote(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(Days { .. }): Fields<Days>,
) -> Result<Response, Problem> {
    let season = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| open_vote::open_vote(tx, cx, &season)).await)? {
        Ok(()) => Ok(page::to(&format!("/seasons/{id}/plan"))),
        Err(refusal) => plan_page(&rim, &visit, id, Some((&refusal, None))).await,
    }
}

async fn plan_page(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    refused: Option<(&Refusal, Option<&Plan>)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = queries::season(s, &id)?;
        if !may(&actor, Action::RunSeason, &queries::site(s, &season)?) {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        let template = template::queries::of_season(s, &season)?;
        Ok::<_, Fault>((queries::plan(s, &id)?, template, season))
    });
    let (stages, template, season) = read.await?;
    let w = visit.words;
    let here = format!("/seasons/{}", season.id);
    let refusal = refused.map(|(refusal, _)| refusal);
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("season-run")))
        (head(&Head { title: w.t("season-run"), lead: template.name.of(w.locale()), ..Head::default() }))
        (shown::tabs(w, &season, &template, "plan"))
        div.stack {
            (told(w, refusal))
            (next_step(visit, &season, &stages, &template))
            (days_form(visit, &season, &stages, refused))
        }
    };
    Ok(page::page(visit, w.t("season-run"), &body, refusal))
}

fn next_step(visit: &Visit, season: &Season, stages: &[PlannedStage], template: &Template) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}", season.id);
    let now = w.t(&format!("stage-{}", season.stage.as_str()));
    let next = rules::may_advance(season, stages);
    let vote = rules::may_open_vote(season, stages, template).is_ok();
    html! {
        (sheet(w.t("season-next-step"), &html! {
            p { (w.t_with("season-now-in", &[("stage", now.into())])) }
            p.soft { (w.t(&format!("stage-{}-do", season.stage.as_str()))) }
            @if let Ok(next) = next {
                @let name = w.t(&format!("stage-{}", next.as_str()));
                (page::press(visit, &format!("{here}/advance"), &[("to", next.as_str())], Weight::First,
                    &w.t_with("season-advance-to", &[("stage", name.into())])))
            }
            @if vote && season.phase == Phase::Collecting {
                (page::press(visit, &format!("{here}/open-vote"), &[], Weight::Plain, w.t("season-open-vote")))
            }
        }))
    }
}

fn days_form(
    visit: &Visit,
    season: &Season,
    stages: &[PlannedStage],
    refused: Option<(&Refusal, Option<&Plan>)>,
) -> Markup {
    let w = visit.words;
    let sent = refused.and_then(|(_, sent)| sent);
    let typed = |stage: Stage| sent.and_then(|plan| plan.stages.iter().find(|d| d.stage == stage));
    let revision = sent.map_or(season.plan_revision, |plan| plan.revision).to_string();
    let wrong = page::errors(w, refused.map(|(refusal, _)| refusal)).of("plan");
    let line = |name: &str, label: &str, value: &str| {
        Line { name, label, hint: "", value, input: Input::Day, most: 10, required: true }.show(w, None)
    };
    let body = html! {
        @if let Some(wrong) = wrong { p.error { (wrong) } }
        @for planned in stages {
            @let word = planned.stage.as_str();
            @let kept = typed(planned.stage);
            @let from = kept.map_or(planned.from.as_str(), |d| &d.from);
            @let until = kept.map_or(planned.until.as_str(), |d| &d.until);
            (fieldset(w.t(&format!("stage-{word}")), "", &html! {
                (line(&format!("from-{word}"), w.t("season-from"), from))
                (line(&format!("until-{word}"), w.t("season-until"), until))
            }))
        }
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    sheet(
        w.t("season-calendar"),
        &page::form(visit, &format!("/seasons/{}/plan", season.id), &[("revision", &revision)], &body),
    )
}
