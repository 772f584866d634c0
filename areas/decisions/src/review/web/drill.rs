//! The records behind a project's points: each sheet under a letter.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::{SeasonId, template};
use tally::panel::Dropped;
use ui::{
    html,
    parts::{Column, Figure, Table, figures, sheet, table},
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::shown;
use crate::review::{letter, queries};

/// `GET /seasons/{season}/review/projects/{number}`: five statements. 404 before the review is closed.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        let line = queries::line(s, &id, number)?;
        let line = line.ok_or_else(|| Refusal::new(Kind::NotFound, "review-not-closed"))?;
        Ok::<_, Fault>((queries::sheets(s, &id, number)?, line, season, template))
    });
    let (sheets, line, season, template) = read.await?;
    let w = visit.words;
    let criteria = template.review.as_ref().map_or(&[][..], |review| &review.criteria);
    let counted = &line.line;
    let mut columns = vec![Column::text(w.t("review-reviewer"))];
    columns.extend(criteria.iter().map(|criterion| Column::number(criterion.name.of(w.locale()))));
    columns.push(Column::number(w.t("review-total")));
    let rows: Vec<Vec<ui::Markup>> = sheets
        .iter()
        .map(|found| {
            let scored = counted.sheets.iter().find(|scored| scored.reviewer == found.letter);
            let dropped = scored.and_then(|scored| scored.dropped).map(|dropped| match dropped {
                Dropped::Highest => w.t("review-dropped-highest"),
                Dropped::Lowest => w.t("review-dropped-lowest"),
            });
            let mut cells = vec![html! {
                (letter(found.letter))
                @if let Some(dropped) = dropped { " " span.small.soft { (dropped) } }
            }];
            cells.extend(found.sheet.scores.iter().map(|score| html! { (score) }));
            cells.push(html! { (shown::points(scored.map(|scored| &scored.total))) });
            cells
        })
        .collect();
    let mean = shown::points(counted.mean.as_ref());
    let range = shown::points(counted.spread.as_ref().map(|spread| &spread.range));
    let deviation = counted.spread.as_ref().map_or_else(|| "–".to_owned(), tally::panel::Spread::deviation_text);
    let rank = counted.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let exact = counted.mean.as_ref().map(ToString::to_string).unwrap_or_default();
    let plain = Figure::default();
    let body = html! {
        (shown::top(w, (&season, &template), &line.name, ""))
        div.stack {
            p { (shown::standing(w, counted.standing)) }
            (figures(&[
                Figure { label: w.t("review-points"), value: &mean, note: &exact, ..plain },
                Figure { label: w.t("review-rank"), value: &rank, ..plain },
                Figure { label: w.t("review-range"), value: &range, ..plain },
                Figure { label: w.t("review-deviation"), value: &deviation, ..plain },
            ]))
            @if let Some(tie) = shown::tie(w, &template, counted) { p { (tie) } }
            (table(w, &Table { id: "sheets", caption: w.t("review-sheets"), columns: &columns, rows: &rows }))
            p.small.soft { (w.t("review-letters-note")) }
            @if counted.conflicts > 0 { p { (w.n("review-recused", counted.conflicts)) } }
            @for found in sheets.iter().filter(|found| !found.sheet.comment.is_empty()) {
                (sheet(&w.t_with("review-comment-of", &[("letter", (&letter(found.letter)).into())]), &html! {
                    (ui::parts::prose(&found.sheet.comment))
                }))
            }
            ul.links {
                li { a href={ "/seasons/" (season.id) "/projects/" (counted.number) } { (w.t("review-see-project")) } }
            }
        }
    };
    Ok(visit.page(Section::Seasons, &line.name, &body))
}
