//! The book of a season as a sheet for the accountant.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use funds::book::{
    BookRow,
    queries::{self, CHUNK, MOST_IN_FILE},
};
use kernel::{Fen, Kind, Refusal};
use office::xlsx::{Book, Cell, Column};
use programmes::{SeasonId, season::queries as seasons, template};
use rights::{Action, authorize};
use serde::Deserialize;
use ui::Words;
use web::{PathId, Problem, Rim, SignedIn};

use super::{download, font};

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    after: i64,
}

/// Titles, the same as in the CSV, with their columns' widths.
const COLUMNS: [(&str, u8); 10] = [
    ("money-csv-transfer", 8),
    ("money-csv-day", 12),
    ("money-csv-why", 16),
    ("money-csv-project", 8),
    ("money-csv-account", 18),
    ("money-csv-debit", 15),
    ("money-csv-credit", 15),
    ("money-field-paper", 18),
    ("money-field-payee", 22),
    ("money-field-purpose", 30),
];

/// `GET /seasons/{season}/money/postings.xlsx`: a row each posting, 20,000 transfers at most after the one that the
/// address names, read 500 at a time, and the sums of both sides, which are equal.
pub(super) async fn file(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let (of, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let (season, template) = template::queries::with_season(s, &of)?;
        authorize(&actor, Action::SeeDuties, &seasons::site(s, &season)?)?;
        if template.funds.is_none() {
            return Err(Refusal::new(Kind::NotFound, "season-without-funds").into());
        }
        Ok::<_, Fault>(queries::count(s, &of)?)
    });
    let until = read.await?.min(from.after.saturating_add(MOST_IN_FILE));
    let w = visit.words;
    let mut book = Book::new(font(w.locale()));
    book.sheet(w.t("sheet-postings"), &COLUMNS.map(|(key, width)| Column { title: w.t(key), width }))?;
    let mut after = from.after.max(0);
    let mut sums = (0_i64, 0_i64);
    while after < until {
        let of = id.clone();
        for row in rim.db.read(move |s| queries::rows(s, &of, after)).await? {
            let side = if row.amount.0 >= 0 { &mut sums.0 } else { &mut sums.1 };
            *side = side.saturating_add(row.amount.0.saturating_abs());
            put(w, &mut book, &row)?;
        }
        after = after.saturating_add(CHUNK);
    }
    let (debit, credit) = (Cell::Money(Fen(sums.0)), Cell::Money(Fen(sums.1)));
    book.total(&[Cell::Text(w.t("sheet-sum")), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, debit, credit])?;
    Ok(download(office::XLSX, "postings.xlsx", book.finish()?))
}

fn put(w: Words, book: &mut Book, row: &BookRow) -> Result<(), Refusal> {
    let sides = if row.amount.0 >= 0 {
        (Cell::Money(row.amount), Cell::Empty)
    } else {
        (Cell::Empty, Cell::Money(Fen(row.amount.0.saturating_neg())))
    };
    let account = format!("{} {}", w.t(&format!("money-account-{}", row.account.kind.as_str())), row.account);
    book.row(&[
        Cell::Whole(row.posted.number),
        Cell::Day(&row.posted.day),
        Cell::Text(w.t(&format!("money-why-{}", row.posted.why.as_str()))),
        row.posted.project.map_or(Cell::Empty, |number| Cell::Whole(i64::from(number))),
        Cell::Text(&account),
        sides.0,
        sides.1,
        Cell::Text(&row.paper),
        Cell::Text(&row.payee),
        Cell::Text(&row.purpose),
    ])
}
