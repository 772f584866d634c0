//! One project: what it wants and, once the verdict is public, exactly why it won or lost.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Actor, OrgId};
use programmes::{
    Phase, Project, Season, SeasonId, Stage, Template,
    proposal::{self, Applied},
    template,
    web::shown::{self, amount},
};
use ui::{
    Markup, Words, html,
    parts::{Figure, Head, Tone, breadcrumb, cols, figures, head, notice, pairs, section, sheet, tag},
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::why;
use crate::{
    Explanation, Lost, Shortfall, VerdictRow, queries,
    review::{self, Line, web::shown::standing},
    selection,
};

struct Facts {
    season: Season,
    project: Project,
    row: Option<VerdictRow>,
    listed: Option<(selection::Row, Template)>,
    /// What the panel came to, once the review is closed.
    reviewed: Option<Line>,
    /// Who applied for it.
    applied: Option<Applied>,
    /// Whether whoever looks has proposed it.
    own: bool,
}

/// `GET /seasons/{season}/projects/{number}`: three statements, five once the verdict is public and the list is there; one
/// more where a panel scores, and one where proposals are written.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let facts = rim
        .db
        .read(move |s| {
            let season = programmes::season::queries::season(s, &id)?;
            let project = programmes::project::queries::project(s, &id, number)?;
            let row = if season.phase == Phase::Published { queries::row(s, &id, number)? } else { None };
            let listed = match selection::queries::row(s, &id, number)? {
                Some(listed) => Some((listed, template::queries::of_season(s, &season)?)),
                None => None,
            };
            let is_plain = template::bundled(&season.template).is_some_and(Template::is_plain_vote);
            let reviewed = if is_plain { None } else { review::queries::line(s, &id, number)? };
            let applied = if is_plain { None } else { proposal::queries::of_project(s, &id, number)? };
            let own = applied.as_ref().is_some_and(|applied| is_own(&actor, applied));
            Ok::<_, Fault>(Facts { season, project, row, listed, reviewed, applied, own })
        })
        .await?;
    Ok(visit.page(Section::Seasons, &facts.project.name, &page(visit.words, &facts)))
}

/// Its author, or who sits in the organisation that applied.
fn is_own(actor: &Actor, applied: &Applied) -> bool {
    let sits = |seats: &[OrgId]| applied.org.as_ref().is_some_and(|org| seats.contains(org));
    actor.principal().is_some_and(|me| applied.author == me.person || sits(&me.seats))
}

/// What the panel came to, with the way to every sheet.
fn reviewed(w: Words, season: &Season, line: &Line) -> Markup {
    let here = format!("/seasons/{}/review", season.id);
    let (rank, points) = (line.line.rank.unwrap_or(0), line.line.points());
    section(
        w.t("project-review-title"),
        &html! {
            p {
                (standing(w, line.line.standing)) " "
                @if rank > 0 { (w.t_with("project-review", &[("rank", rank.into()), ("points", (&points).into())])) }
            }
            ul.links {
                li { a href={ (here) "/projects/" (line.line.number) } { (w.t("project-review-sheets")) } }
                li { a href={ (here) "/minutes" } { (w.t("review-minutes")) } }
            }
        },
    )
}

fn page(w: Words, facts: &Facts) -> Markup {
    let Facts { season, project, row, listed, .. } = facts;
    let here = format!("/seasons/{}", season.id);
    let state = match (listed, row) {
        // the list decides, the vote is a part of it
        (Some((listed, _)), _) => selection::web::standing(w, listed),
        (None, Some(row)) if row.line.won => tag(Tone::Ok, w.t("project-chosen")),
        (None, Some(_)) => tag(Tone::Plain, w.t("project-not-chosen")),
        (None, None) => shown::state(w, season),
    };
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("project-title")))
        (head(&Head {
            kicker: &[state, html! { (w.t_with("idea-number", &[("number", (&project.reference).into())])) }],
            title: &project.name,
            ..Head::default()
        }))
        (cols(
            &html! {
                @if facts.own { (notice(w, Tone::Plain, "", &html! { p { (w.t("project-own")) } })) }
                @if let Some((listed, template)) = listed { (selection::web::of_project(w, (season, template), listed)) }
                @match row {
                    _ if listed.is_some() && row.is_none() => {}
                    Some(row) => (verdict(w, season, row)),
                    None => (notice(w, Tone::Due, "", &html! { p { (w.t("result-pending")) } })),
                }
                @if let Some(line) = &facts.reviewed { (reviewed(w, season, line)) }
                (section(w.t("project-about"), &html! {
                    @if project.about.is_empty() { p.soft { (w.t("project-no-description")) } }
                    @else { div.stack.flow { (shown::prose(&project.about)) } }
                }))
            },
            &aside(w, facts),
        ))
    }
}

fn aside(w: Words, facts: &Facts) -> Markup {
    let Facts { season, project, row, .. } = facts;
    let cost = amount(w, season, project.cost.0);
    let supporters = row.as_ref().map(|row| ui::format::count(row.line.supporters.into()));
    let share = row.as_ref().map(|row| ui::format::percent(row.line.supporters.into(), season.n_ballots));
    let plain = Figure::default();
    let mut list = vec![Figure { label: w.t("project-cost"), value: &cost, ..plain }];
    if let (Some(supporters), Some(share)) = (&supporters, &share) {
        list.push(Figure { label: w.t("project-supporters"), value: supporters, ..plain });
        list.push(Figure { label: w.t("project-share"), value: share, ..plain });
    }
    html! {
        (sheet("", &html! {
            (figures(&list))
            (ways(w, facts))
            @if !project.category.is_empty() { (pairs(&[(w.t("project-category"), html! { (project.category) })])) }
        }))
        @if row.is_some() {
            (sheet(w.t("verdict-title"), &html! {
                p { (w.t("verdict-explain")) }
                ul.links {
                    li { a href={ "/seasons/" (season.id) "/result" } { (w.t("season-see-result")) } }
                    li { a href={ "/ledger/find?about=" (season.id) "&kind=verdict.published" } { (w.t("verdict-entry")) } }
                    li { a href={ "/api/v1/seasons/" (season.id) "/result/" (project.number) } { (w.t("season-api")) } }
                }
                p.small.soft { (w.t("secret-note")) }
            }))
        }
    }
}

/// Where it comes from, and what became of it.
fn ways(w: Words, facts: &Facts) -> Markup {
    let here = format!("/seasons/{}", facts.season.id);
    let project = format!("{here}/projects/{}", facts.project.number);
    let listed = facts.listed.as_ref().filter(|(row, _)| row.matter.is_some());
    let runs = facts.season.stage >= Stage::Approved && listed.is_some();
    html! {
        @if facts.applied.is_some() || runs {
            ul.links {
                @if let Some(applied) = &facts.applied {
                    li { a href={ (here) "/proposals/" (applied.id) } { (w.t("project-way-proposal")) } }
                }
                @if runs {
                    li { a href={ (project) "/running" } { (w.t("run-way-progress")) } }
                    @if listed.is_some_and(|(_, template)| template.funds.is_some()) {
                        li { a href={ (project) "/money" } { (w.t("project-way-money")) } }
                    }
                }
            }
        }
    }
}

fn verdict(w: Words, season: &Season, row: &VerdictRow) -> Markup {
    match &row.line.explanation {
        Explanation::Lost(lost) => section(w.t("project-why-lost"), &loss(w, season, row, lost)),
        won => section(w.t("project-why-won"), &why::won(w, season, won)),
    }
}

fn loss(w: Words, season: &Season, row: &VerdictRow, lost: &Lost) -> Markup {
    html! {
        p { strong { (why::reason(w, season, row.cost.0, lost)) } }
        @if let Some(sentence) = why::second_chance(w, season, lost) { p { (sentence) } }
        @if let Some(short) = &lost.shortfall { (shares(w, season, short)) }
        @if let Some(sentence) = why::enough(w, season, lost) {
            (sheet(w.t("whatif-title"), &html! { p { (sentence) } p.small.soft { (w.t("whatif-note")) } }))
        }
    }
}

fn shares(w: Words, season: &Season, short: &Shortfall) -> Markup {
    let money = |minor: i64| html! { span.num { (amount(w, season, minor)) } };
    html! {
        h3 { (w.t("lost-shares-title")) }
        (pairs(&[
            (w.t("lost-label-needed"), money(short.needed)),
            (w.t("lost-label-given"), money(short.given)),
            (w.t("lost-label-had"), money(short.had)),
            (w.t("lost-label-missing"), money(short.needed.saturating_sub(short.had).max(0))),
        ]))
        (why::spending(w, season, short))
    }
}
