//! The minutes of a closed review, for paper.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::{Season, SeasonId, Template, season, season::web::shown as of_season, template};
use tally::panel::Standing;
use ui::{
    Markup, Words, html,
    parts::{Column, Table, paper, print_button, proof, table},
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::shown;
use crate::review::{Answer, Line, Review, Reviewer, State as At, letter, queries};

struct Facts {
    season: Season,
    template: Template,
    review: Review,
    reviewers: Vec<Reviewer>,
    lines: Vec<Line>,
}

/// `GET /seasons/{season}/review/minutes`: five statements. 404 before the review is closed.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let review = queries::review(s, &id)?.filter(|review| review.state == At::Closed);
        let review = review.ok_or_else(|| Refusal::new(Kind::NotFound, "review-not-closed"))?;
        let template = template::queries::of_season(s, &season)?;
        let lines = queries::lines(s, &id, 0, i64::from(programmes::MAX_PROJECTS))?;
        Ok::<_, Fault>(Facts { reviewers: queries::reviewers(s, &id)?, season, template, review, lines })
    });
    let facts = read.await?;
    let w = visit.words;
    let title = w.t("review-minutes");
    let day = facts.review.closed_day.as_ref().map(|day| of_season::day(w, day)).unwrap_or_default();
    let sat: Vec<&Reviewer> = facts.reviewers.iter().filter(|r| r.answer == Answer::Accepted).collect();
    let facts_list = [
        (w.t("review-minutes-day"), day),
        (w.t("review-minutes-sat"), html! { (names(w, &sat)) }),
        (w.t("review-figure-sheets"), html! { span.num { (facts.review.minutes.sheets) } }),
        (w.t("review-minutes-rules"), html! { span.num { (facts.review.rule_set) } }),
    ];
    let body = html! {
        (shown::top(w, (&facts.season, &facts.template), title, ""))
        div.stack {
            (paper(title, &facts.season.name, &facts_list, &inside(w, &facts)))
            (print_button(w))
        }
    };
    Ok(visit.page(Section::Seasons, title, &body))
}

/// Names in the order of the language, which tells nothing about letters.
fn names(w: Words, sat: &[&Reviewer]) -> String {
    let mut names: Vec<&str> = sat.iter().map(|reviewer| reviewer.name.as_str()).collect();
    names.sort_unstable();
    let comma = if matches!(w.locale(), ui::Locale::ZhHans | ui::Locale::ZhHant) { "、" } else { ", " };
    names.join(comma)
}

fn inside(w: Words, facts: &Facts) -> Markup {
    let rows: Vec<Vec<Markup>> = (facts.lines.iter())
        .map(|line| {
            let counted = &line.line;
            let spread = counted.spread.as_ref();
            let n_dropped = counted.sheets.iter().filter(|sheet| sheet.dropped.is_some()).count();
            vec![
                html! { (counted.number) " " a href={ "/seasons/" (facts.season.id) "/review/projects/" (counted.number) } { (line.name) } },
                html! { @if let Some(rank) = counted.rank { (rank) } @else { "–" } },
                html! { (shown::points(counted.mean.as_ref())) },
                html! { (counted.sheets.len()) @if n_dropped > 0 { " − " (n_dropped) } },
                html! { (shown::points(spread.map(|spread| &spread.range))) },
                html! { (spread.map_or_else(|| "–".to_owned(), tally::panel::Spread::deviation_text)) },
                html! { (counted.conflicts) },
                shown::standing(w, counted.standing),
            ]
        })
        .collect();
    let columns = [
        Column::text(w.t("review-project")),
        Column::number(w.t("review-rank")),
        Column::number(w.t("review-points")),
        Column::number(w.t("review-minutes-sheets")),
        Column::number(w.t("review-range")),
        Column::number(w.t("review-deviation")),
        Column::number(w.t("review-conflicts")),
        Column::text(w.t("review-standing")),
    ];
    let ties: Vec<(&Line, String)> =
        (facts.lines.iter()).filter_map(|line| Some((line, shown::tie(w, &facts.template, &line.line)?))).collect();
    let reserve: Vec<&Line> = facts.lines.iter().filter(|line| line.line.standing == Standing::Reserve).collect();
    html! {
        (table(w, &Table { id: "minutes", caption: w.t("review-ranks"), columns: &columns, rows: &rows }))
        p.small { (w.t("review-points-note")) " " (w.t("review-conflict-note")) }
        @if !ties.is_empty() {
            h3 { (w.t("review-minutes-ties")) }
            ul { @for (line, why) in &ties { li { (line.line.number) " " (line.name) ": " (why) } } }
        }
        @if !facts.review.minutes.supporters { p.small { (w.t("review-no-supporters")) } }
        h3 { (w.t("review-minutes-reserve")) }
        @if reserve.is_empty() { p { (w.t("review-minutes-no-reserve")) } }
        @else { ol { @for line in &reserve { li { (line.line.number) " " (line.name) } } } }
        @if facts.review.minutes.missing > 0 { p { (w.n("review-minutes-missing", facts.review.minutes.missing)) } }
        (left_out(w, facts))
        (proof(w, w.t("verdict-digest"), &facts.review.inputs))
    }
}

/// What would change if one reviewer were left out.
fn left_out(w: Words, facts: &Facts) -> Markup {
    let all = &facts.review.minutes.left_out;
    html! {
        h3 { (w.t("review-without-title")) }
        @if all.is_empty() { p { (w.t("review-without-nothing")) } } @else {
            ul {
                @for one in all {
                    @let letter = letter(one.reviewer);
                    @let n = one.moved.len();
                    li {
                        (w.t_with("review-without", &[("letter", (&letter).into()), ("n", n.into())]))
                        " "
                        @if one.decides { strong { (w.t("review-without-decides")) } }
                        @else { (w.t("review-without-same")) }
                    }
                }
            }
        }
    }
}
