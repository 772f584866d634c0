//! Pages: the money of a season, of a source, of a project; a voucher with its photo; the book as a file.

mod csv;
mod flow;
mod forms;
mod office;
mod project;
mod season;
mod source;
mod step;
mod voucher;

use std::collections::BTreeMap;

use axum::{
    Router,
    routing::{get, post},
};
use kernel::Fen;
use programmes::{Season, web::shown};
use ui::Words;
use web::{Rim, Upload};

/// What was typed into a form.
type Typed = BTreeMap<String, String>;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/money", get(season::show))
        .route("/seasons/{season}/money/sources", post(season::add))
        .route("/seasons/{season}/money/year-end", post(season::year_end))
        .route("/seasons/{season}/money/steps/{step}", post(step::decide))
        .route("/seasons/{season}/money/postings.csv", get(csv::postings))
        .route("/seasons/{season}/money/sources/{source}", get(source::show).post(source::withdraw))
        .route("/seasons/{season}/projects/{number}/money", get(project::show))
        .route("/seasons/{season}/projects/{number}/money/agreement", post(office::draft))
        .route("/seasons/{season}/projects/{number}/money/sign", post(office::sign))
        .route("/seasons/{season}/projects/{number}/money/tranches/{tranche}", post(office::tranche))
        .route("/seasons/{season}/projects/{number}/money/returns", post(office::returns))
        .route("/seasons/{season}/projects/{number}/money/settle", post(office::settle))
        .route("/seasons/{season}/projects/{number}/money/terminate", post(office::terminate))
        .route("/seasons/{season}/projects/{number}/money/vouchers", Upload::route(get(forms::blank).post(forms::send)))
        .route("/seasons/{season}/projects/{number}/money/vouchers/{voucher}", get(voucher::show))
        .route("/seasons/{season}/projects/{number}/money/vouchers/{voucher}/decide", post(voucher::decide))
        .route("/seasons/{season}/projects/{number}/money/vouchers/{voucher}/files/{file}", get(voucher::whole))
        .route("/seasons/{season}/projects/{number}/money/vouchers/{voucher}/files/{file}/small", get(voucher::small))
        .merge(crate::works::web::routes())
        .merge(crate::handover::web::routes())
}

fn typed<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// An amount of a season in a column, with every digit, so that those under one another can be compared and added up.
fn in_column(w: Words, season: &Season, amount: Fen) -> String {
    shown::money(season, amount).exact(w.locale())
}

/// An amount of a season, short and exact.
fn money(w: Words, season: &Season, amount: Fen) -> String {
    shown::amount(w, season, amount.0)
}
