//! One source: what it gave, what is left, and where each part went.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Fen, Refusal};
use programmes::{SeasonId, page, web::shown::day as shown_day};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Head, Input, Table, Tone, Weight, acts, breadcrumb, button, fold, head, notice, pager, pairs, table,
        told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{Typed, money, typed};
use crate::{
    book::{Account, AccountKind, Posted, queries as books},
    case::Case,
    source::{
        Source, queries,
        withdraw::{self, WithdrawSource},
    },
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
    page_of(&rim, &visit, (season, number), (&which, &Typed::default(), None)).await
}

/// `POST /seasons/{season}/money/sources/{source}`: taken back.
pub(super) async fn withdraw(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = WithdrawSource { reason: typed(&fields, "reason").to_owned() };
    let id = season.clone();
    let done = page::act(&rim, &visit, move |tx, cx| withdraw::withdraw(tx, cx, (&id, number), &input)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{season}/money/sources/{number}"))),
        Err(refusal) => page_of(&rim, &visit, (season, number), (&Which::default(), &fields, Some(&refusal))).await,
    }
}

async fn page_of(
    rim: &Rim,
    visit: &Visit,
    (season, number): (SeasonId, u32),
    (which, fields, refusal): (&Which, &Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let after = which.after;
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        let source = queries::source(s, &season, number)?;
        let of = |kind| Account::of(kind, number);
        let left = books::balance(s, &season, of(AccountKind::Bank))?;
        let back = books::balance(s, &season, of(AccountKind::Back))?;
        // what never lay in the bank shows on its own account
        let account = of(if source.kind.is_banked() { AccountKind::Bank } else { AccountKind::Source });
        let moves = books::of_account(s, &season, account, after)?;
        Ok::<_, Fault>((case, source, (left, back), moves))
    });
    let (case, source, (left, back), moves) = read.await?;
    let w = visit.words;
    let inside = case.sees_all(&visit.actor);
    let name = if inside { source.name.clone() } else { source.public_name() };
    let base = format!("/seasons/{}", case.season.id);
    let all = format!("{base}/money");
    let facts = facts(w, &case, (&source, left, back));
    let rows = rows(w, &case, &moves);
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= books::PAGE);
    let next =
        moves.last().filter(|_| full).map(|(posted, _)| format!("{all}/sources/{number}?after={}", posted.number));
    let way = [("/seasons", w.t("nav-seasons")), (&*base, &*case.season.name), (&*all, w.t("money-title"))];
    let body = html! {
        (breadcrumb(w, &way, &name))
        (head(&Head { title: &name, lead: w.t("money-source-lead"), ..Head::default() }))
        (told(w, refusal))
        @if source.withdrawn.is_some() {
            (notice(w, Tone::Due, w.t("money-source-withdrawn"), &html! {
                p { (w.t("money-source-withdrawn-note")) }
                @if inside { p { (source.withdrawn_why) } }
            }))
        }
        (pairs(&facts))
        @if !rows.is_empty() { (listed(w, &rows)) }
        (pager(w, None, next.as_deref()))
        @if source.withdrawn.is_none() && case.is_office(&visit.actor) {
            (fold(w.t("money-source-withdraw"), &taking_back(visit, (&case, number), (fields, refusal))))
        }
    };
    Ok(page::page(visit, &name, &body, refusal))
}

/// What it is, from whom it came, what is left.
fn facts<'a>(w: Words, case: &Case, (source, left, back): (&Source, Fen, Fen)) -> Vec<(&'a str, Markup)> {
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
        let href = format!("/seasons/{}/projects/{project}/money", case.season.id);
        facts.push((w.t("money-field-project"), html! { a href=(href) { (w.n("money-project-n", project)) } }));
    }
    if let Some(day) = &source.withdrawn {
        facts.push((w.t("money-source-withdrawn-day"), shown_day(w, day)));
    }
    facts
}

fn taking_back(visit: &Visit, (case, number): (&Case, u32), (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let reason = page::Line {
        name: "reason",
        label: w.t("money-source-withdraw-reason"),
        hint: w.t("money-source-withdraw-hint"),
        value: typed(fields, "reason"),
        input: Input::Line,
        most: 300,
        required: true,
    };
    let action = format!("/seasons/{}/money/sources/{number}", case.season.id);
    let body = html! {
        (reason.show(w, refusal))
        (acts(&[button(Weight::Plain, w.t("money-source-withdraw"))]))
    };
    page::form(visit, &action, &[], &body)
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
