//! Seasons: the list, and one of them with its projects.

use std::cmp::Ordering;

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Actor, Instant, Site};
use places::Place;
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Card, Figure, Head, Seal, Stage as Step, Tone, Weight, acts, breadcrumb, cards, cols, empty, figures, fold,
        head, link_button, notice, pager, pairs, seals, sheet, sheet_needs_you,
    },
    words::key_of,
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::shown;
use crate::{
    Phase, Project, Season, SeasonId, Stage, Template, project::queries as projects_of, season::PlannedStage,
    season::queries, template,
};

#[derive(Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct After {
    after: Option<u32>,
}

/// `GET /seasons`: one statement.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(page): Query<Before>,
) -> Result<Response, Problem> {
    let before = page.before.map(Instant);
    let seasons = rim.db.read(move |s| queries::seasons(s, before)).await?;
    let w = visit.words;
    let full = i64::try_from(seasons.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = seasons.last().filter(|_| full).map(|last| format!("/seasons?before={}", last.opened_at.0));
    let runs = matches!(&visit.actor, Actor::Person(person) if !reach(person, Action::RunSeason).is_empty());
    let mut ways = vec![link_button(Weight::Plain, "/programmes", w.t("programmes-title"))];
    if runs {
        ways.push(link_button(Weight::Plain, "/seasons/new", w.t("season-new")));
    }
    let body = html! {
        (head(&Head { title: w.t("seasons-title"), lead: w.t("seasons-lead"), acts: &ways, ..Head::default() }))
        div.stack {
            @if !seasons.is_empty() {
                (shown::season_cards(w, &seasons.iter().collect::<Vec<_>>()))
            } @else if before.is_none() {
                (empty(w.t("seasons-none"), w.t("seasons-none-hint"), None))
            } @else {
                (empty(w.t("list-end"), "", Some(("/seasons", w.t("list-first")))))
            }
            (pager(w, before.map(|_| "/seasons"), next.as_deref()))
        }
    };
    Ok(visit.page(Section::Seasons, w.t("seasons-title"), &body))
}

struct Facts {
    season: Season,
    place: Option<Place>,
    site: Site,
    projects: Vec<Project>,
    plan: Vec<PlannedStage>,
    template: Template,
    after: u32,
    more: bool,
}

/// `GET /seasons/{season}`: six statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<After>,
) -> Result<Response, Problem> {
    let after = from.after.unwrap_or(0);
    let facts = rim
        .db
        .read(move |s| {
            let season = queries::season(s, &id)?;
            let place = places::queries::show(s, &season.place)?;
            let mut projects = projects_of::projects(s, &id, after, queries::PAGE + 1)?;
            let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
            let more = projects.len() > most;
            projects.truncate(most);
            let (site, plan) = (queries::site(s, &season)?, queries::plan(s, &id)?);
            let template = template::queries::of_season(s, &season)?;
            Ok::<_, Fault>(Facts { season, place, site, projects, plan, template, after, more })
        })
        .await?;
    let w = visit.words;
    let season = &facts.season;
    let place = facts.place.as_ref().map(|place| html! { (place.name) });
    let kicker: Vec<Markup> =
        [Some(shown::state(w, season)), place, Some(shown::day(w, &season.opened_day))].into_iter().flatten().collect();
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons"))], &season.name))
        (head(&Head {
            kicker: &kicker,
            title: &season.name,
            ..Head::default()
        }))
        div.stack {
            (shown::tabs(w, season, &facts.template, ""))
            (way(w, season))
            (to_do(w, season, &facts.template))
            (counts(w, season))
            (cols(
                &html! {
                    @if !season.about.is_empty() { div.stack.flow { (shown::prose(&season.about)) } }
                    (projects(w, &facts))
                },
                &aside(&visit, &facts),
            ))
        }
    };
    Ok(visit.page(Section::Seasons, &season.name, &body))
}

/// The five seals, as far as a season goes: collected until the screening, talked over until the notice, done from the
/// approval on.
fn way(w: Words, season: &Season) -> Markup {
    let now = match season.stage {
        Stage::Visits | Stage::Call | Stage::Ideas | Stage::Screening => 0,
        Stage::Coaching | Stage::Proposals | Stage::Deciding | Stage::Notice => 1,
        Stage::Approved | Stage::Running => 2,
        Stage::Midterm => 3,
        Stage::Closing | Stage::Showcase => 4,
    };
    let note = w.t(&format!("stage-{}", season.stage.as_str()));
    seals(
        w,
        &std::array::from_fn(|at| match at.cmp(&now) {
            Ordering::Less => Seal { stage: Step::Past, note: "" },
            Ordering::Equal => Seal { stage: Step::Now, note },
            Ordering::Greater => Seal { stage: Step::Next, note: "" },
        }),
    )
}

fn to_do(w: Words, season: &Season, template: &Template) -> Markup {
    let ideas = format!("/seasons/{}/ideas", season.id);
    let see_ideas = link_button(Weight::Plain, &ideas, w.t("ideas-all"));
    let to = |weight, part: &str, key: &str| link_button(weight, &format!("/seasons/{}/{part}", season.id), w.t(key));
    let list = to(Weight::First, "selection", "season-see-list");
    let result = |weight| to(weight, "result", "season-see-result");
    let running = |weight| to(weight, "running", "season-see-running");
    let decided = season.phase == Phase::Published;
    let (sentence, buttons) = match (season.stage, season.phase) {
        (_, Phase::Voting) => {
            let vote = format!("/seasons/{}/vote", season.id);
            let see = link_button(Weight::Plain, "#projects", w.t("season-see-projects"));
            (w.t("season-voting-note"), vec![link_button(Weight::First, &vote, w.t("vote-go")), see])
        }
        (_, Phase::Closed) => return notice(w, Tone::Due, "", &html! { p { (w.t("season-closed-note")) } }),
        (Stage::Visits | Stage::Call, _) => {
            let programme = link_button(Weight::Plain, &format!("/programmes/{}", season.template), w.t("season-how"));
            (w.t("season-soon-note"), vec![programme])
        }
        (Stage::Ideas, _) => {
            let form = link_button(Weight::First, &format!("{ideas}#idea-form"), w.t("idea-new"));
            (w.t("season-collecting-note"), vec![form, see_ideas])
        }
        (Stage::Screening, _) => (w.t("season-screening-note"), vec![see_ideas]),
        (Stage::Coaching | Stage::Proposals, _) => (w.t("season-proposals-note"), vec![see_ideas]),
        (Stage::Deciding, _) if decided => (w.t("season-published-note"), vec![result(Weight::First)]),
        (Stage::Deciding, _) => (w.t("season-deciding-note"), vec![]),
        (Stage::Notice, _) => (w.t("season-notice-note"), vec![list]),
        (Stage::Running | Stage::Midterm, _) => (w.t("season-running-note"), vec![running(Weight::First), list]),
        (Stage::Closing, _) => (w.t("season-closing-note"), vec![running(Weight::First), list]),
        (Stage::Showcase, _) => {
            let showcase = to(Weight::First, "showcase", "showcase-title");
            (w.t("season-closing-note"), vec![showcase, running(Weight::Plain), list])
        }
        (Stage::Approved, _) if template.is_plain_vote() => (w.t("season-published-note"), vec![result(Weight::First)]),
        (Stage::Approved, _) if decided => (w.t("season-approved-note"), vec![list, result(Weight::Plain)]),
        (Stage::Approved, _) => (w.t("season-approved-note"), vec![list]),
    };
    sheet_needs_you("", &html! { p { (sentence) } (acts(&buttons)) })
}

fn projects(w: Words, facts: &Facts) -> Markup {
    let season = &facts.season;
    let hrefs: Vec<String> =
        facts.projects.iter().map(|p| format!("/seasons/{}/projects/{}", season.id, p.number)).collect();
    let metas: Vec<[Markup; 3]> = facts
        .projects
        .iter()
        .map(|p| {
            [
                html! { span.num { (w.t_with("idea-number", &[("number", (&p.reference).into())])) } },
                html! { span.num { (shown::amount(w, season, p.cost.0)) } },
                html! { (p.category) },
            ]
        })
        .collect();
    let excerpts: Vec<String> = facts.projects.iter().map(|p| shown::excerpt(&p.about, 100)).collect();
    let list: Vec<Card<'_>> = (facts.projects.iter().enumerate())
        .map(|(at, project)| Card {
            title: &project.name,
            href: &hrefs[at],
            tag: html! {},
            meta: if project.category.is_empty() { &metas[at][..2] } else { &metas[at] },
            excerpt: &excerpts[at],
        })
        .collect();
    let here = format!("/seasons/{}#projects", season.id);
    let next = facts.projects.last().filter(|_| facts.more);
    let next = next.map(|last| format!("/seasons/{}?after={}#projects", season.id, last.number));
    html! {
        section.stack #projects {
            h2 { (w.t("season-projects")) }
            @if !list.is_empty() {
                (cards(&list))
            } @else if facts.after == 0 {
                (empty(w.t("projects-none"), w.t("projects-none-hint"), None))
            } @else {
                (empty(w.t("list-end"), "", Some((&here, w.t("list-first")))))
            }
            (pager(w, (facts.after > 0).then_some(here.as_str()), next.as_deref()))
        }
    }
}

fn aside(visit: &Visit, facts: &Facts) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    let id = &season.id;
    let rule = key_of("rule", &season.rule);
    html! {
        (calendar(visit, facts))
        @if facts.template.vote.is_some() {
            (sheet(w.t("rule-title"), &html! {
                h3 { (w.t(&rule)) }
                p { (w.t(&format!("{rule}-plain"))) }
                p.soft { (w.n("season-max-choices", season.max_choices)) }
            }))
        }
        (sheet(facts.template.name.of(w.locale()), &html! {
            p { (facts.template.about.of(w.locale())) }
            p { a href={ "/programmes/" (season.template) } { (w.t("season-how")) } }
        }))
        (sheet(w.t("season-check-title"), &html! {
            p { a href={ "/ledger?about=" (id) } { (w.t("season-ledger")) } }
            p.soft { (w.t("season-api")) }
            ul.links {
                li { a href={ "/api/v1/seasons/" (id) } { (w.t("season-title")) } }
                li { a href={ "/api/v1/seasons/" (id) "/projects" } { (w.t("season-projects")) } }
                li { a href={ "/api/v1/seasons/" (id) "/ideas" } { (w.t("season-ideas")) } }
                @if season.phase == Phase::Published {
                    li { a href={ "/api/v1/seasons/" (id) "/result" } { (w.t("project-result")) } }
                }
            }
        }))
        (source(w, season))
    }
}

fn counts(w: Words, season: &Season) -> Markup {
    let ideas = format!("/seasons/{}/ideas", season.id);
    let result = format!("/seasons/{}/result", season.id);
    let budget = shown::amount(w, season, season.budget.0);
    let (n_projects, n_ideas) = (format::count(season.n_projects.into()), format::count(season.n_ideas.into()));
    let (n_ballots, n_voters) = (format::count(season.n_ballots), format::count(season.n_voters));
    let turnout = format::percent(season.n_ballots, season.n_voters);
    let plain = Figure::default();
    let mut list = vec![
        Figure { label: w.t("season-budget"), value: &budget, ..plain },
        Figure { label: w.t("season-projects"), value: &n_projects, href: Some("#projects"), ..plain },
        Figure { label: w.t("season-ideas"), value: &n_ideas, href: Some(&ideas), ..plain },
    ];
    if season.phase == Phase::Published {
        list.push(Figure { label: w.t("season-ballots"), value: &n_ballots, href: Some(&result), ..plain });
        list.push(Figure { label: w.t("season-roll"), value: &n_voters, ..plain });
        list.push(Figure { label: w.t("turnout-label"), value: &turnout, ..plain });
    }
    figures(&list)
}

/// Where an imported season came from, in the words of its file.
fn source(w: Words, season: &Season) -> Markup {
    let meta: Vec<(String, String)> = serde_json::from_str(&season.source).unwrap_or_default();
    let list: Vec<(&str, Markup)> = meta.iter().map(|(key, value)| (key.as_str(), html! { (value) })).collect();
    html! {
        @if !list.is_empty() {
            (sheet(w.t("season-source-title"), &html! {
                p { (w.t("season-source")) }
                (fold(w.t("btn-details"), &pairs(&list)))
            }))
        }
    }
}

/// The stages with their days, and the way to the officer's page.
fn calendar(visit: &Visit, facts: &Facts) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    let runs = may(&visit.actor, Action::RunSeason, &facts.site);
    html! {
        (sheet(w.t("season-calendar"), &html! {
            (shown::calendar(w, season, &facts.plan))
            @if runs {
                (acts(&[
                    link_button(Weight::Plain, &format!("/seasons/{}/plan", season.id), w.t("season-run")),
                    link_button(Weight::Quiet, &format!("/seasons/{}/forms", season.id), w.t("forms-title")),
                ]))
            }
        }))
    }
}
