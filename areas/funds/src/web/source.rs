//! One source: what it gave, what is left, and where each part went.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::Fen;
use programmes::{SeasonId, page, web::shown::day as shown_day};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Column, Head, Table, breadcrumb, head, pager, pairs, table},
};
use web::{PathId, Problem, Rim, Visit};

use super::money;
use crate::{
    book::{Account, AccountKind, Posted, queries as books},
    case::Case,
    source::queries,
};

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    after: i64,
}

/// `GET /seasons/{season}/money/sources/{source}`: six statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        let source = queries::source(s, &season, number)?;
        let of = |kind| Account::of(kind, number);
        let left = books::balance(s, &season, of(AccountKind::Bank))?;
        let back = books::balance(s, &season, of(AccountKind::Back))?;
        // what never lay in the bank shows on its own account
        let account = of(if source.kind.is_banked() { AccountKind::Bank } else { AccountKind::Source });
        let moves = books::of_account(s, &season, account, which.after)?;
        Ok::<_, Fault>((case, source, (left, back), moves))
    });
    let (case, source, (left, back), moves) = read.await?;
    let w = visit.words;
    let inside = case.sees_all(&visit.actor);
    let name = if inside { source.name.clone() } else { source.public_name() };
    let base = format!("/seasons/{}", case.season.id);
    let all = format!("{base}/money");
    let amount = |fen: Fen| money(w, &case.season, fen);
    let mut facts = vec![
        (w.t("money-field-kind"), html! { (w.t(&format!("money-source-{}", source.kind.as_str()))) }),
        (w.t("money-source-gave"), html! { (amount(source.amount)) }),
        (w.t("money-field-day"), shown_day(w, &source.day)),
    ];
    if source.kind.is_banked() {
        facts.push((w.t("money-source-left"), html! { (amount(left)) }));
        facts.push((w.t("money-source-back"), html! { (amount(back)) }));
    }
    if !source.basis.is_empty() {
        facts.push((w.t("money-field-basis"), html! { (source.basis) }));
    }
    if let Some(project) = source.project {
        let href = format!("{base}/projects/{project}/money");
        facts.push((w.t("money-field-project"), html! { a href=(href) { (w.n("money-project-n", project)) } }));
    }
    let rows = rows(w, &case, &moves);
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= books::PAGE);
    let next =
        moves.last().filter(|_| full).map(|(posted, _)| format!("{all}/sources/{number}?after={}", posted.number));
    let way = [("/seasons", w.t("nav-seasons")), (&*base, &*case.season.name), (&*all, w.t("money-title"))];
    let body = html! {
        (breadcrumb(w, &way, &name))
        (head(&Head { title: &name, lead: w.t("money-source-lead"), ..Head::default() }))
        (pairs(&facts))
        @if !rows.is_empty() { (listed(w, &rows)) }
        (pager(w, None, next.as_deref()))
    };
    Ok(page::page(&visit, &name, &body, None))
}

fn rows(w: Words, case: &Case, moves: &[(Posted, Fen)]) -> Vec<Vec<Markup>> {
    let base = format!("/seasons/{}", case.season.id);
    (moves.iter())
        .map(|(posted, fen)| {
            vec![
                shown_day(w, &posted.day),
                html! { (w.t(&format!("money-why-{}", posted.why.as_str()))) },
                html! { @if let Some(n) = posted.project {
                    a href={ (base) "/projects/" (n) "/money" } { (w.n("money-project-n", n)) }
                } },
                html! { (money(w, &case.season, *fen)) },
            ]
        })
        .collect()
}

fn listed(w: Words, rows: &[Vec<Markup>]) -> Markup {
    let columns = [
        Column::text(w.t("money-field-day")),
        Column::text(w.t("money-csv-why")),
        Column::text(w.t("money-field-project")),
        Column::number(w.t("money-amount")),
    ];
    table(w, &Table { id: "moves", caption: w.t("money-moves"), columns: &columns, rows })
}
