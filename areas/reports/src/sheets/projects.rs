//! The projects of a season as a sheet.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Fen, Refusal};
use office::xlsx::{Book, Cell, Column};
use programmes::{SeasonId, Template, template};
use ui::Words;
use web::{PathId, Problem, Rim, Visit};

use super::{download, font};
use crate::done::{Done, done};

/// `GET /seasons/{season}/projects.xlsx`: a row each project, and the sums.
pub(super) async fn file(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &id)?;
        Ok::<_, Fault>((done(s, &season)?, template))
    });
    let (rows, template) = read.await?;
    Ok(download(office::XLSX, "projects.xlsx", sheet(visit.words, &template, &rows)?))
}

/// Titles with their columns' widths.
const COLUMNS: [(&str, u8); 14] = [
    ("sheet-number", 6),
    ("sheet-project", 30),
    ("sheet-field", 14),
    ("sheet-tier", 10),
    ("sheet-group", 14),
    ("sheet-grant", 14),
    ("sheet-paid", 14),
    ("sheet-spent", 14),
    ("sheet-activities", 10),
    ("sheet-direct", 12),
    ("sheet-persons", 10),
    ("sheet-direct-guessed", 12),
    ("sheet-indirect", 12),
    ("sheet-awards", 20),
];

fn sheet(w: Words, template: &Template, rows: &[Done]) -> Result<Vec<u8>, Refusal> {
    let locale = w.locale();
    let mut book = Book::new(font(locale));
    let columns = COLUMNS.map(|(key, width)| Column { title: w.t(key), width });
    book.sheet(w.t("sheet-projects"), &columns)?;
    let name = |terms, key| template::name_of(terms, key, locale);
    let whole = |n: u64| Cell::Whole(i64::try_from(n).unwrap_or(i64::MAX));
    for row in rows {
        let tier =
            template.tiers.iter().find(|tier| tier.key == row.tier).map_or(row.tier.as_str(), |t| t.name.of(locale));
        let awards: Vec<&str> = row.awards.iter().map(|key| template::name_of(&template.awards, key, locale)).collect();
        let counts = &row.counts;
        book.row(&[
            Cell::Whole(i64::from(row.number)),
            Cell::Text(&row.name),
            Cell::Text(name(&template.fields, &row.field)),
            Cell::Text(tier),
            Cell::Text(name(&template.groups, &row.team)),
            Cell::Money(row.grant),
            Cell::Money(row.paid),
            Cell::Money(row.spent),
            whole(counts.held),
            whole(counts.direct_visits),
            whole(counts.persons),
            whole(counts.estimated_direct),
            whole(counts.indirect_visits),
            Cell::Text(&awards.join(w.t("showcase-and"))),
        ])?;
    }
    let money = |of: fn(&Done) -> Fen| Cell::Money(Fen(rows.iter().map(|row| of(row).0).fold(0, i64::saturating_add)));
    let visits = |of: fn(&Done) -> u64| whole(rows.iter().map(of).fold(0, u64::saturating_add));
    book.total(&[
        Cell::Empty,
        Cell::Text(w.t("sheet-sum")),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        money(|row| row.grant),
        money(|row| row.paid),
        money(|row| row.spent),
        visits(|row| row.counts.held),
        visits(|row| row.counts.direct_visits),
        // the same person comes to several projects: persons are not added up
        Cell::Empty,
        visits(|row| row.counts.estimated_direct),
        visits(|row| row.counts.indirect_visits),
        Cell::Empty,
    ])?;
    book.finish()
}
