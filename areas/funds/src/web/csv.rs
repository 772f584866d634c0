//! The book of a season as a file for the accountant.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::Fen;
use matters::duty::web::cell;
use programmes::SeasonId;
use rights::{Action, authorize};
use serde::Deserialize;
use ui::Words;
use web::{PathId, Problem, Rim, SignedIn};

use crate::{
    book::{
        BookRow,
        queries::{self, CHUNK, MOST_IN_FILE},
    },
    case::Case,
};

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    after: i64,
}

/// `GET /seasons/{season}/money/postings.csv`: a line each posting, 20,000 transfers at most after the one that the address
/// names, read 500 at a time; UTF-8 with a mark that spreadsheets know.
pub(super) async fn postings(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let (season, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        authorize(&actor, Action::SeeDuties, &case.site)?;
        Ok::<_, Fault>(queries::count(s, &season)?)
    });
    let until = read.await?.min(from.after.saturating_add(MOST_IN_FILE));
    let w = visit.words;
    let heads = [
        "money-csv-transfer",
        "money-csv-day",
        "money-csv-why",
        "money-csv-project",
        "money-csv-account",
        "money-csv-debit",
        "money-csv-credit",
        "money-field-paper",
        "money-field-payee",
        "money-field-purpose",
    ];
    let mut out = String::from("\u{feff}");
    out.push_str(&heads.map(|key| cell(w.t(key))).join(","));
    out.push_str("\r\n");
    let mut after = from.after.max(0);
    while after < until {
        let season = id.clone();
        for row in rim.db.read(move |s| queries::rows(s, &season, after)).await? {
            out.push_str(&line(w, &row));
        }
        after += CHUNK;
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=postings.csv"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, out).into_response())
}

fn line(w: Words, row: &BookRow) -> String {
    let (debit, credit) = if row.amount.0 >= 0 { (Some(row.amount), None) } else { (None, Some(Fen(-row.amount.0))) };
    let plain = |amount: Option<Fen>| amount.map(|fen| fen.to_string()).unwrap_or_default();
    let cells = [
        cell(&row.posted.number.to_string()),
        cell(row.posted.day.as_str()),
        cell(w.t(&format!("money-why-{}", row.posted.why.as_str()))),
        cell(&row.posted.project.map(|n| n.to_string()).unwrap_or_default()),
        cell(&format!("{} {}", w.t(&format!("money-account-{}", row.account.kind.as_str())), row.account)),
        cell(&plain(debit)),
        cell(&plain(credit)),
        cell(&row.paper),
        cell(&row.payee),
        cell(&row.purpose),
    ];
    cells.join(",") + "\r\n"
}
