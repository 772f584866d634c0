//! What everybody sees of a review: how it goes, and once it is closed what came out.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use programmes::{Season, SeasonId, Template, season, season::web::shown as of_season, template};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Bar, Figure, Tone, Weight, acts, bars, cols, empty, figures, link_button, notice, pager, progress, proof, sheet,
    },
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::shown;
use crate::review::{Answer, Line, Review, Reviewer, State as At, queries, rules};

#[derive(Debug, Deserialize)]
pub(super) struct After {
    after: Option<u32>,
}

struct Facts {
    season: Season,
    template: Template,
    review: Option<Review>,
    reviewers: Vec<Reviewer>,
    lines: Vec<Line>,
    after: u32,
    more: bool,
    runs: bool,
    own: Vec<(u32, String)>,
}

/// `GET /seasons/{season}/review`: six statements, seven for who has signed in.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<After>,
) -> Result<Response, Problem> {
    let (after, actor) = (from.after.unwrap_or(0), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &season)?);
        let mut lines = queries::lines(s, &id, after, queries::PAGE + 1)?;
        let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
        let more = lines.len() > most;
        lines.truncate(most);
        let (review, reviewers) = (queries::review(s, &id)?, queries::reviewers(s, &id)?);
        let own = crate::queries::own_projects(s, &id, &actor)?;
        Ok::<_, Fault>(Facts { season, template, review, reviewers, lines, after, more, runs, own })
    });
    let facts = read.await?;
    let w = visit.words;
    Ok(visit.page(Section::Seasons, w.t("review-title"), &page(&visit, &facts)))
}

fn page(visit: &Visit, facts: &Facts) -> Markup {
    let (w, season) = (visit.words, &facts.season);
    let here = format!("/seasons/{}/review", season.id);
    let mine = visit.actor.person().and_then(|me| facts.reviewers.iter().find(|r| r.person == *me));
    let closed = facts.review.as_ref().filter(|review| review.state == At::Closed);
    let lead = if closed.is_some() { w.t("review-lead-closed") } else { w.t("review-lead") };
    let mut ways = Vec::new();
    if mine.is_some() {
        ways.push(link_button(Weight::First, &format!("{here}/mine"), w.t("review-mine")));
    }
    if facts.template.review.is_some() {
        let contest = format!("/seasons/{}/contest", season.id);
        ways.push(link_button(Weight::Plain, &contest, w.t("contest-title")));
    }
    if facts.runs {
        ways.push(link_button(Weight::Plain, &format!("{here}/run"), w.t("review-run")));
    }
    html! {
        (shown::top(w, (season, &facts.template), w.t("review-title"), lead))
        div.stack {
            @if !ways.is_empty() { (acts(&ways)) }
            @if closed.is_some() { (crate::web::own(w, &season.id, &facts.own)) }
            @match (rules::plan_of(&facts.template), closed) {
                (Err(_), _) => (empty(w.t("review-none-here"), "", None)),
                (Ok(_), Some(review)) => (cols(&result(w, facts, review), &why(w, facts, review))),
                (Ok(_), None) => (cols(&going(w, facts), &criteria(w, &facts.template))),
            }
        }
    }
}

/// Before the review is closed: how far it is, and nothing about scores.
fn going(w: Words, facts: &Facts) -> Markup {
    let sat: Vec<&Reviewer> = facts.reviewers.iter().filter(|r| r.answer == Answer::Accepted).collect();
    let sheets: u64 = sat.iter().map(|r| u64::from(r.n_sheets)).sum();
    let conflicts: u64 = sat.iter().map(|r| u64::from(r.n_conflicts)).sum();
    let wanted = (sat.len() as u64 * u64::from(facts.season.n_projects)).saturating_sub(conflicts);
    html! {
        (notice(w, Tone::Due, "", &html! { p { (w.t("review-going-note")) } }))
        @if sat.is_empty() { (empty(w.t("review-not-begun"), w.t("review-not-begun-hint"), None)) } @else {
            (sheet(w.t("review-progress"), &html! {
                p { (w.n("review-sitting", sat.len())) }
                (progress(w, w.t("review-sheets-in"), sheets, wanted))
            }))
        }
    }
}

/// What is scored, with weights.
pub(super) fn criteria(w: Words, template: &Template) -> Markup {
    let Some(plan) = &template.review else { return html! {} };
    html! {
        (sheet(w.t("review-criteria"), &html! {
            ul.links {
                @for criterion in &plan.criteria {
                    li {
                        strong { (criterion.name.of(w.locale())) " " span.num { (criterion.weight) } }
                        p.small.soft { (criterion.hint.of(w.locale())) }
                    }
                }
            }
            p.small.soft { (w.n("review-rule-least", plan.reviewers)) " " (w.n("review-rule-drop", plan.drop_from)) }
            @if let Some(pass) = plan.pass { p.small.soft { (w.n("review-rule-pass", pass)) } }
            p.small.soft { (w.t("review-rule-ties")) }
            ol.small.soft { @for tie in shown::ties(w, template) { li { (tie) } } }
        }))
    }
}

fn result(w: Words, facts: &Facts, review: &Review) -> Markup {
    let here = format!("/seasons/{}/review", facts.season.id);
    let (sheets, reviewers) = (review.minutes.sheets.to_string(), review.minutes.reviewers.to_string());
    let minutes = format!("{here}/minutes");
    let next = facts.lines.last().filter(|_| facts.more).map(|last| format!("{here}?after={}", last.position));
    let plain = Figure::default();
    html! {
        @if facts.after == 0 {
            (figures(&[
                Figure { label: w.t("review-figure-reviewers"), value: &reviewers, href: Some(&minutes), ..plain },
                Figure { label: w.t("review-figure-sheets"), value: &sheets, href: Some(&minutes), ..plain },
            ]))
        }
        section.stack #ranks {
            h2 { (w.t("review-ranks")) }
            (ranks(w, facts))
            p.small.soft { (w.t("review-points-note")) }
        }
        (pager(w, (facts.after > 0).then_some(here.as_str()), next.as_deref()))
    }
}

fn ranks(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/review/projects", facts.season.id);
    let texts: Vec<(String, String, String)> = facts
        .lines
        .iter()
        .map(|line| {
            let points = line.line.points();
            let spread = line.line.spread.as_ref();
            let range = shown::points(spread.map(|s| &s.range));
            let rank = line.line.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
            let args = [
                ("rank", rank.as_str().into()),
                ("points", if points.is_empty() { "–" } else { points.as_str() }.into()),
                ("range", range.as_str().into()),
            ];
            let cost = of_season::amount(w, &facts.season, line.cost.0);
            (format!("{here}/{}", line.line.number), w.t_with("review-measure", &args), cost)
        })
        .collect();
    let list = facts.lines.iter().zip(&texts).map(|(line, (href, measure, cost))| Bar {
        name: &line.name,
        href: Some(href),
        measure,
        part: hundredths(line),
        whole: 10_000,
        won: matches!(line.line.standing, tally::panel::Standing::Proposed),
        why: html! {
            (shown::standing(w, line.line.standing)) " " span.small.soft.num { (cost) }
            @if let Some(tie) = shown::tie(w, &facts.template, &line.line) { p.small.soft { (tie) } }
        },
    });
    bars(w, &list.collect::<Vec<_>>())
}

fn hundredths(line: &Line) -> u64 {
    let n = line.line.mean.as_ref().and_then(tally::Ratio::hundredths);
    n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
}

/// By which rule, from which inputs, and where the records are.
fn why(w: Words, facts: &Facts, review: &Review) -> Markup {
    let here = format!("/seasons/{}/review", facts.season.id);
    html! {
        (criteria(w, &facts.template))
        (sheet(w.t("review-check-title"), &html! {
            p { (w.t("review-check")) }
            (proof(w, w.t("verdict-digest"), &review.inputs))
            ul.links {
                li { a href={ (here) "/minutes" } { (w.t("review-minutes")) } }
                li { a href={ "/verdicts/" (review.minutes.verdict) } { (w.t("review-verdict")) } }
                li { a href={ "/ledger?about=" (facts.season.id) } { (w.t("season-ledger")) } }
                li { a href={ "/api/v1/seasons/" (facts.season.id) "/review" } { (w.t("review-title")) } }
                li { a href={ "/api/v1/seasons/" (facts.season.id) "/review/sheets" } { (w.t("review-sheets")) } }
            }
            p.small.soft { (format::count(review.minutes.sheets.into())) " · " (review.rule_set) }
        }))
    }
}
