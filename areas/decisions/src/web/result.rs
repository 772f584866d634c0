//! The result: what was chosen, what was not, and why it holds.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use db::Fault;
use ledger::tree::Hash;
use programmes::{
    Season, SeasonId, template,
    web::shown::{self, amount, money},
};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Bar, Column, Figure, Head, Table, Tone, Weight, acts, bars, breadcrumb, budget, code, cols, empty, figures,
        head, link_button, notice, pager, proof, section, sheet, steps, table, tag,
    },
    words::key_of,
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::why;
use crate::{
    PartTurnout, Verdict, VerdictRow,
    paper::{Counts, store::counts},
    queries,
    recompute::ballots::METHOD,
};

#[derive(Deserialize)]
pub(crate) struct After {
    after: Option<u32>,
}

struct Facts {
    season: Season,
    verdict: Verdict,
    rows: Vec<VerdictRow>,
    turnouts: Vec<PartTurnout>,
    papers: Counts,
    advisory: bool,
    own: Vec<(u32, String)>,
    after: u32,
    more: bool,
}

/// `GET /seasons/{season}/result`: five statements, six for who has signed in. 404 with a way back while there is no verdict.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<After>,
) -> Result<Response, Problem> {
    let (after, actor) = (from.after.unwrap_or(0), visit.actor.clone());
    let (season, found) = rim
        .db
        .read(move |s| {
            let (season, template) = template::queries::with_season(s, &id)?;
            let Some(verdict) = queries::verdict(s, &id)? else { return Ok::<_, Fault>((season, None)) };
            let turnouts = if after == 0 { queries::turnouts(s, &id)? } else { Vec::new() };
            let own = queries::own_projects(s, &id, &actor)?;
            let beside = (turnouts, counts(s, id.home(), id.as_str())?, template.is_advisory(), own);
            Ok((season, Some((verdict, queries::rows(s, &id, after, queries::PAGE + 1)?, beside))))
        })
        .await?;
    let w = visit.words;
    let Some((verdict, mut rows, (turnouts, papers, advisory, own))) = found else {
        let mut response = visit.page(Section::Seasons, w.t("result-title"), &not_yet(w, &season));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return Ok(response);
    };
    let most = usize::try_from(queries::PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let facts = Facts { season, verdict, rows, turnouts, papers, advisory, own, after, more };
    Ok(visit.page(Section::Seasons, w.t("result-title"), &page(w, &facts)))
}

fn way(w: Words, season: &Season) -> Markup {
    let here = format!("/seasons/{}", season.id);
    breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("project-result"))
}

fn not_yet(w: Words, season: &Season) -> Markup {
    html! {
        (way(w, season))
        (head(&Head { kicker: &[shown::state(w, season)], title: w.t("result-not-yet"), ..Head::default() }))
        (notice(w, Tone::Due, "", &html! { p { (w.t("result-pending")) } }))
        (acts(&[link_button(Weight::Plain, &format!("/seasons/{}", season.id), w.t("season-look"))]))
    }
}

fn page(w: Words, facts: &Facts) -> Markup {
    let Facts { season, verdict, .. } = facts;
    let (total, spent) = (amount(w, season, verdict.budget.0), amount(w, season, verdict.total_cost.0));
    let summary = w.t_with(
        "result-summary",
        &[
            ("winners", verdict.n_winners.into()),
            ("projects", season.n_projects.into()),
            ("budget", (&total).into()),
            ("spent", (&spent).into()),
        ],
    );
    html! {
        (way(w, season))
        (head(&Head {
            kicker: &[
                tag(Tone::Ok, w.t("season-state-published")),
                html! { (season.name) },
                shown::day(w, &verdict.published_day),
            ],
            title: w.t("result-title"),
            lead: &summary,
            ..Head::default()
        }))
        @if facts.advisory { (only_advice(w, season)) }
        (cols(
            &html! { (super::own(w, &facts.season.id, &facts.own)) @if facts.after == 0 { (summary_figures(w, facts)) } (lines(w, facts)) (by_parts(w, facts)) },
            &why_it_holds(w, facts),
        ))
    }
}

/// An advisory vote says what it would choose, which is not what is done.
fn only_advice(w: Words, season: &Season) -> Markup {
    let list = format!("/seasons/{}/selection", season.id);
    notice(
        w,
        Tone::Due,
        "",
        &html! {
            p { (w.t("result-advisory")) }
            (acts(&[link_button(Weight::Plain, &list, w.t("season-see-list"))]))
        },
    )
}

fn summary_figures(w: Words, facts: &Facts) -> Markup {
    let Facts { season, verdict, .. } = facts;
    let (ballots, voters) = (format::count(verdict.n_ballots), format::count(season.n_voters));
    let turnout = format::percent(verdict.n_ballots, season.n_voters);
    let winners = format::count(verdict.n_winners.into());
    let plain = Figure::default();
    html! {
        (figures(&[
            Figure { label: w.t("season-ballots"), value: &ballots, ..plain },
            Figure { label: w.t("season-roll"), value: &voters, ..plain },
            Figure { label: w.t("turnout-label"), value: &turnout, ..plain },
            Figure { label: w.t("result-winners"), value: &winners, href: Some("#winners"), ..plain },
        ]))
        (budget(w, money(season, verdict.budget), money(season, verdict.total_cost)))
    }
}

/// Turnout by parts of the place, where it is enough to be shown.
fn by_parts(w: Words, facts: &Facts) -> Markup {
    let cells = |t: &PartTurnout| {
        let name = if t.part.is_empty() { w.t("turnout-part-unknown") } else { &t.part };
        let few = || w.t("turnout-too-few").to_owned();
        let voted = t.voted.map_or_else(few, format::count);
        let share = t.voted.map_or_else(String::new, |voted| format::percent(voted, t.voters));
        vec![html! { (name) }, html! { (format::count(t.voters)) }, html! { (voted) }, html! { (share) }]
    };
    let rows: Vec<Vec<Markup>> = facts.turnouts.iter().map(cells).collect();
    let columns = [
        Column::text(w.t("turnout-part")),
        Column::number(w.t("season-roll")),
        Column::number(w.t("turnout-voted")),
        Column::number(w.t("turnout-label")),
    ];
    let Counts { given, counted, spoiled, .. } = facts.papers;
    let [given_text, counted, spoiled] = [given, counted, spoiled].map(format::count);
    let args = [("given", (&given_text).into()), ("counted", (&counted).into()), ("spoiled", (&spoiled).into())];
    html! {
        @if facts.after == 0 && given > 0 { p { (w.t_with("result-papers", &args)) } }
        @if !rows.is_empty() {
            (table(w, &Table { id: "turnout", caption: w.t("turnout-parts-title"), columns: &columns, rows: &rows }))
            p.small.soft { (w.t("turnout-note")) }
        }
    }
}

fn lines(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}/result", facts.season.id);
    let next = facts.rows.last().filter(|_| facts.more).map(|last| format!("{here}?after={}", last.line.rank));
    let (won, lost): (Vec<_>, Vec<_>) = facts.rows.iter().partition(|row| row.line.won);
    html! {
        @if !won.is_empty() {
            section.stack #winners { h2 { (w.t("result-winners")) } (drawn(w, facts, &won)) }
        }
        @if !lost.is_empty() { (section(w.t("result-losers"), &drawn(w, facts, &lost))) }
        @if facts.rows.is_empty() { (empty(w.t("list-end"), "", Some((&here, w.t("list-first"))))) }
        @else { p.small.soft { (w.t("result-bar-note")) } }
        (pager(w, (facts.after > 0).then_some(here.as_str()), next.as_deref()))
    }
}

/// Bars whose full length stands for all ballots, so that pages of one result can be compared.
fn drawn(w: Words, facts: &Facts, rows: &[&VerdictRow]) -> Markup {
    let season = &facts.season;
    let texts: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let cost = amount(w, season, row.cost.0);
            let args = [("votes", row.line.supporters.into()), ("cost", (&cost).into())];
            (format!("/seasons/{}/projects/{}", season.id, row.line.number), w.t_with("result-votes-cost", &args))
        })
        .collect();
    let list = rows.iter().zip(&texts).map(|(row, (href, measure))| Bar {
        name: &row.name,
        href: Some(href),
        measure,
        part: row.line.supporters.into(),
        whole: facts.verdict.n_ballots,
        won: row.line.won,
        why: why::short(w, season, row),
    });
    bars(w, &list.collect::<Vec<_>>())
}

fn why_it_holds(w: Words, facts: &Facts) -> Markup {
    let Facts { season, verdict, .. } = facts;
    let rule = key_of("rule", &verdict.rule);
    html! {
        (sheet(w.t("verdict-title"), &html! {
            h3 { (w.t(&rule)) }
            p { (w.t(&format!("{rule}-plain"))) }
            p { (w.t("verdict-explain")) }
            (proof(w, w.t("verdict-inputs"), &Hash(verdict.inputs).to_string()))
            p.small.soft { (w.t_with("verdict-rule-set", &[("name", (&verdict.rule_set).into())])) }
            ul.links {
                li { a href={ "/ledger/find?about=" (season.id) "&kind=verdict.published" } { (w.t("verdict-entry")) } }
                li { a href={ "/api/v1/seasons/" (season.id) "/result" } { (w.t("season-api")) } }
            }
        }))
        (sheet(w.t("verdict-recount"), &html! {
            p { (w.t("verdict-recount-here")) }
            @let latest = format!("/verdicts/latest?kind={}&about={}", METHOD.kind, season.id);
            (acts(&[link_button(Weight::Plain, &latest, w.t("verdict-recount-go"))]))
            (steps(&[
                html! { p { (w.t("verdict-step-export")) } (code("linli export --out export")) },
                html! { a href="/ledger/key" { (w.t("verdict-step-key")) } },
                html! { p { (w.t("verdict-step-verify")) } (code("linli verify export --key key.txt")) },
            ]))
        }))
        (sheet(w.t("secrecy-title"), &html! {
            p { (w.t("secrecy-public")) }
            p { (w.t("secrecy-operator")) }
        }))
    }
}
