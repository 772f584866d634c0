//! Which projects the results propose for the next larger class, and which were promoted.

use std::collections::BTreeMap;

use axum::{
    Extension, Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::Refusal;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Head, Tone, Weight, breadcrumb, empty, fold, head, notice, pager, section, sheet, tag, told},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{Earlier, Promotion, Reason, confirm, queries, rules};
use crate::{
    Project, Season, SeasonId, Template, page, project,
    running::{
        Evidence, Run, Told,
        queries::{self as running, PAGE},
    },
    season,
    season::web::shown,
    template::{self, Tier},
};

/// The routes of the pages; `evidence` tells what other areas know.
pub fn routes(evidence: &'static dyn Evidence) -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/promotion", get(list))
        .route("/seasons/{season}/projects/{number}/promote", post(promote))
        .layer(Extension(Told(evidence)))
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    after: Option<u32>,
}

/// A project that has a class above its own.
struct Candidate {
    project: Project,
    tier: String,
    reasons: Vec<Reason>,
}

struct Facts {
    season: Season,
    template: Template,
    runs: bool,
    promoted: Vec<Promotion>,
    names: BTreeMap<u32, String>,
    candidates: Vec<Candidate>,
    /// The last number of this page, where there are more.
    more: Option<u32>,
    after: Option<u32>,
}

/// `GET /seasons/{season}/promotion`.
pub(crate) async fn list(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    listed(&rim, &visit, (told, id, which), None).await
}

/// `POST /seasons/{season}/projects/{number}/promote`.
pub(crate) async fn promote(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Fields(_): Fields<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let of = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| confirm::confirm(tx, cx, told.0, (&of, number))).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/promotion"))),
        Err(refusal) => listed(&rim, &visit, (told, id, Which::default()), Some(&refusal)).await,
    }
}

async fn listed(
    rim: &Rim,
    visit: &Visit,
    (evidence, id, which): (Told, SeasonId, Which),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let promoted = queries::promotions(s, &id)?;
        let projects = project::queries::projects(s, &id, 0, i64::from(crate::MAX_PROJECTS))?;
        let mut projects: BTreeMap<u32, Project> = projects.into_iter().map(|p| (p.number, p)).collect();
        let names = projects.iter().map(|(number, p)| (*number, p.name.clone())).collect();
        let (mut candidates, mut more) = (Vec::new(), None);
        if let (true, Some(rule)) = (runs, &template.promotion) {
            let mut page = running::runs(s, &id, which.after.unwrap_or(0))?;
            let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let is_more = page.len() > most;
            page.truncate(most);
            more = page.last().filter(|_| is_more).map(|run| run.number);
            let open = |run: &Run| {
                rules::above(&template.tiers, &run.tier).is_some() && promoted.iter().all(|p| p.number != run.number)
            };
            page.retain(open);
            let results = queries::results(s, &id, &page, evidence.0)?;
            for run in page {
                let Some(project) = projects.remove(&run.number) else { continue };
                let results = results.get(&run.number).copied().unwrap_or_default();
                candidates.push(Candidate { project, tier: run.tier, reasons: rules::reasons(rule, &results) });
            }
        }
        let after = which.after;
        Ok::<_, Fault>(Facts { season, template, runs, promoted, names, candidates, more, after })
    });
    let facts = read.await?;
    let w = visit.words;
    let (season, board) = (format!("/seasons/{}", facts.season.id), format!("/seasons/{}/running", facts.season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*facts.season.name), (&board, w.t("running-title"))];
    let body = html! {
        (breadcrumb(w, &way, w.t("promotion-title")))
        (head(&Head { title: w.t("promotion-title"), lead: w.t("promotion-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @if let Some(rule) = &facts.template.promotion { p { (rule_of(w, rule)) } }
            (promoted(w, &facts))
            @if facts.runs { (candidates(visit, &facts)) }
        }
    };
    Ok(page::page(visit, w.t("promotion-title"), &body, refusal))
}

fn rule_of(w: Words, rule: &template::Promotion) -> String {
    let args = [
        ("points", rule.points.into()),
        ("activities", rule.activities.into()),
        ("content", rule.content.into()),
        ("answers", rule.answers.into()),
    ];
    w.t_with("promotion-rule", &args)
}

fn tier<'a>(w: Words, tiers: &'a [Tier], key: &'a str) -> &'a str {
    tiers.iter().find(|tier| tier.key == key).map_or(key, |tier| tier.name.of(w.locale()))
}

fn step(w: Words, facts: &Facts, (from, to): (&str, &str)) -> Markup {
    let tiers = &facts.template.tiers;
    html! { (tier(w, tiers, from)) " → " (tier(w, tiers, to)) }
}

fn promoted(w: Words, facts: &Facts) -> Markup {
    if facts.promoted.is_empty() {
        return empty(w.t("promotion-none"), "", None);
    }
    section(
        w.t("promotion-done"),
        &html! {
            ul.links {
                @for one in &facts.promoted {
                    li id={ "project-" (one.number) } {
                        a href={ "/seasons/" (facts.season.id) "/projects/" (one.number) "/running" } {
                            (facts.names.get(&one.number).map_or("", String::as_str))
                        }
                        br;
                        span.small.soft { (step(w, facts, (&one.from, &one.to))) " · " (shown::day(w, &one.day)) }
                        (fold(w.t("promotion-why"), &reasons(w, &one.reasons)))
                    }
                }
            }
        },
    )
}

fn candidates(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let (ready, others): (Vec<&Candidate>, Vec<&Candidate>) =
        facts.candidates.iter().partition(|one| rules::proposed(&one.reasons));
    let here = format!("/seasons/{}/promotion", facts.season.id);
    let next = facts.more.map(|last| format!("{here}?after={last}"));
    html! {
        @if facts.template.promotion.is_none() { p.soft { (w.t("refusal-no-promotion")) } }
        @else {
            (section(w.t("promotion-proposed"), &html! {
                @if ready.is_empty() { p.soft { (w.t("promotion-proposed-none")) } }
                @for one in &ready { (candidate(visit, facts, one, true)) }
            }))
            @if !others.is_empty() {
                (fold(w.t("promotion-others"), &html! { @for one in &others { (candidate(visit, facts, one, false)) } }))
            }
            (pager(w, facts.after.map(|_| here.as_str()), next.as_deref()))
        }
    }
}

fn candidate(visit: &Visit, facts: &Facts, one: &Candidate, ready: bool) -> Markup {
    let w = visit.words;
    let project = format!("/seasons/{}/projects/{}", facts.season.id, one.project.number);
    let to = rules::above(&facts.template.tiers, &one.tier).map_or("", |tier| tier.key.as_str());
    sheet(
        &one.project.name,
        &html! {
            p { (step(w, facts, (&one.tier, to))) }
            (reasons(w, &one.reasons))
            p { a href={ (project) "/running" } { (w.t("promotion-see")) } }
            @if ready {
                (page::press(visit, &format!("{project}/promote"), &[], Weight::Plain, w.t("promotion-confirm")))
            }
        },
    )
}

/// What was asked for and what the project had.
fn reasons(w: Words, list: &[Reason]) -> Markup {
    html! {
        ul.plain {
            @for reason in list {
                li {
                    (tag(if reason.met { Tone::Ok } else { Tone::Due },
                        w.t(if reason.met { "promotion-met" } else { "promotion-lacks" }))) " "
                    (said(w, reason))
                }
            }
        }
    }
}

/// What a team was promoted to in earlier seasons, each with the way to the reasons; nothing where it was to nothing.
/// `tiers` are those of the season that is read.
pub(crate) fn earlier(w: Words, tiers: &[Tier], list: &[Earlier]) -> Markup {
    if list.is_empty() {
        return html! {};
    }
    notice(
        w,
        Tone::Ok,
        w.t("promotion-earlier"),
        &html! {
            ul.links {
                @for one in list {
                    li {
                        (w.t_with("promotion-earlier-line", &[
                            ("season", (&one.name).into()),
                            ("project", (&one.project).into()),
                            ("tier", tier(w, tiers_of(&one.template, tiers), &one.to).into()),
                        ]))
                        " "
                        a href={ "/seasons/" (one.season) "/promotion#project-" (one.number) } {
                            (w.t("promotion-earlier-why"))
                        }
                    }
                }
            }
        },
    )
}

/// The tiers of the program's template of that key, where it has one; else those that are given.
fn tiers_of<'a>(template: &str, tiers: &'a [Tier]) -> &'a [Tier] {
    template::bundled(template).map_or(tiers, |template| &template.tiers)
}

fn said(w: Words, reason: &Reason) -> String {
    let has = if reason.has.is_empty() { w.t("promotion-nothing") } else { &reason.has };
    let args = [("has", has.into()), ("needs", reason.needs.as_str().into())];
    match reason.asked {
        super::Asked::Closing => w.t("promotion-closing").to_owned(),
        asked => w.t_with(&format!("promotion-{}", asked.as_str()), &args),
    }
}
