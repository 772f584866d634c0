//! What the office does with a lot.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use sortition::{Infeasible, NewBounds};
use ui::{
    Markup, Words, html,
    parts::{Tone, Weight, acts, button, notice},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, shown, to},
};

use super::{
    super::{
        Lot, LotId, confirm as confirming, draft, freeze,
        publish::{self as publishing, Announce},
        quotas as lines, seed as seeding,
        solve::{self, Prepared, Solved},
    },
    figures,
    show::{Facts, facts, lot_page},
};
use crate::delegates::page::{Typed, typed};

/// What came of a check.
pub(super) enum Checked {
    /// There is a lottery.
    Fair(Box<Prepared>),
    /// There is none, and what would help.
    Impossible(Infeasible),
}

/// To the lot's page, or the page again with what was typed.
async fn answered<T>(
    rim: &Rim,
    visit: &Visit,
    (id, fields): (&LotId, &Typed),
    done: Result<T, Fault>,
) -> Result<Response, Problem> {
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/lots/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(rim, visit, id).await?;
            let today = rim.context_of(visit).day;
            Ok(lot_page(visit, (&facts, &today), (fields, Some(&refusal)), None))
        }
    }
}

/// `POST /lots/{lot}/move`: open, freeze, open again.
pub(super) async fn go(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, reason) = (id.clone(), typed(&fields, "reason").to_owned());
    let early = typed(&fields, "early").to_owned();
    let done = match typed(&fields, "to") {
        "open" => act(&rim, &visit, move |tx, cx| draft::open(tx, cx, &of)).await,
        "frozen" => act(&rim, &visit, move |tx, cx| freeze::freeze(tx, cx, &of, &early)).await,
        "reopened" => act(&rim, &visit, move |tx, cx| freeze::reopen(tx, cx, &of, &reason)).await,
        _ => Err(Refusal::invalid(vec![kernel::FieldError::new("to", "unknown-choice")]).into()),
    };
    answered(&rim, &visit, (&id, &fields), done).await
}

/// `POST /lots/{lot}/quotas`.
pub(super) async fn quotas(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, text) = (id.clone(), typed(&fields, "quotas").to_owned());
    let done = act(&rim, &visit, move |tx, cx| draft::set_quotas(tx, cx, &of, &text)).await;
    answered(&rim, &visit, (&id, &fields), done).await
}

/// Reckons on a thread of its own; whoever has no right there is refused before anything is reckoned.
async fn solved(rim: &Rim, visit: &Visit, id: &LotId, officer: bool) -> Result<Solved, Fault> {
    let (of, action) = (id.clone(), if officer { rights::Action::PublishVerdict } else { rights::Action::MoveMatter });
    act(rim, visit, move |tx, cx| draft::hold_for(tx, cx, &of, action).map(|_| ())).await?;
    let (db, of) = (rim.db.clone(), id.clone());
    let solved = tokio::task::spawn_blocking(move || solve::solve(&db, &of)).await;
    solved.map_err(|e| db::DbError::Data(format!("lots: {e}")))?
}

/// `POST /lots/{lot}/check`: whether a panel is possible, and how equal the chances are; else what would help.
pub(super) async fn check(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    match shown(solved(&rim, &visit, &id, false).await)? {
        Ok(Solved::Found(found)) => checked_page(&rim, &visit, (&id, &fields), &Checked::Fair(found)).await,
        Ok(Solved::Impossible(why)) => checked_page(&rim, &visit, (&id, &fields), &Checked::Impossible(why)).await,
        Err(refusal) => answered(&rim, &visit, (&id, &fields), Err::<(), _>(refusal.into())).await,
    }
}

async fn checked_page(
    rim: &Rim,
    visit: &Visit,
    (id, fields): (&LotId, &Typed),
    checked: &Checked,
) -> Result<Response, Problem> {
    let facts = facts(rim, visit, id).await?;
    let today = rim.context_of(visit).day;
    Ok(lot_page(visit, (&facts, &today), (fields, None), Some(checked)))
}

/// `POST /lots/{lot}/publish`: what was announced is checked first, then the list is reckoned, then both are published.
pub(super) async fn publish(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let input = Announce { source: of("source"), at: of("at"), day: of("day") };
    let today = rim.context_of(&visit).day;
    let prepared = match shown(solved_for(&rim, &visit, &id, (&today, &input)).await)? {
        Ok(Solved::Found(found)) => found,
        Ok(Solved::Impossible(why)) => {
            return checked_page(&rim, &visit, (&id, &fields), &Checked::Impossible(why)).await;
        }
        Err(refusal) => return answered(&rim, &visit, (&id, &fields), Err::<(), _>(refusal.into())).await,
    };
    let done = act(&rim, &visit, move |tx, cx| publishing::publish(tx, cx, &prepared, &input)).await;
    answered(&rim, &visit, (&id, &fields), done).await
}

async fn solved_for(
    rim: &Rim,
    visit: &Visit,
    id: &LotId,
    (today, input): (&kernel::Day, &Announce),
) -> Result<Solved, Fault> {
    let of = id.clone();
    let allowed = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| {
        draft::hold_for(tx, cx, &of, rights::Action::PublishVerdict).map(|_| ())
    };
    act(rim, visit, allowed).await?;
    publishing::checked(today, input)?;
    solved(rim, visit, id, true).await
}

/// `POST /lots/{lot}/seed`.
pub(super) async fn seed(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, text) = (id.clone(), typed(&fields, "seed").to_owned());
    let done = act(&rim, &visit, move |tx, cx| seeding::type_seed(tx, cx, &of, &text)).await;
    answered(&rim, &visit, (&id, &fields), done).await
}

/// `POST /lots/{lot}/confirm`.
pub(super) async fn confirm(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let done = drawn(&rim, &visit, &id, typed(&fields, "seed").to_owned()).await;
    answered(&rim, &visit, (&id, &fields), done).await
}

async fn drawn(rim: &Rim, visit: &Visit, id: &LotId, text: String) -> Result<Lot, Fault> {
    let of = id.clone();
    let allowed = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| {
        draft::hold_for(tx, cx, &of, rights::Action::Approve).map(|_| ())
    };
    act(rim, visit, allowed).await?;
    let (db, of) = (rim.db.clone(), id.clone());
    let drawing = tokio::task::spawn_blocking(move || confirming::prepare(&db, &of)).await;
    let drawing = drawing.map_err(|e| db::DbError::Data(format!("lots: {e}")))??;
    act(rim, visit, move |tx, cx| confirming::confirm(tx, cx, &drawing, &text)).await
}

/// What came of a check, on the lot's page.
pub(super) fn checked(visit: &Visit, f: &Facts, checked: &Checked) -> Markup {
    let w = visit.words;
    match checked {
        Checked::Fair(prepared) => notice(
            w,
            Tone::Ok,
            w.t("lot-possible"),
            &html! {
                p { (w.t("lot-possible-says")) }
                (figures::lottery(w, &Lot { digest: String::new(), ..prepared.lot.clone() }, &prepared.found))
            },
        ),
        Checked::Impossible(why) => notice(w, Tone::Due, w.t("lot-impossible"), &impossible(visit, f, why)),
    }
}

fn impossible(visit: &Visit, f: &Facts, why: &Infeasible) -> Markup {
    let w = visit.words;
    let relaxed = lines::relaxed(&f.one.lot.quotas, &why.relax).ok().filter(|_| !why.relax.is_empty());
    let text = relaxed.as_ref().map(lines::text);
    html! {
        @if why.impossible.is_empty() { p { (w.t("lot-impossible-addresses")) } } @else {
            p { (w.t(if why.impossible.len() == 1 { "lot-impossible-one" } else { "lot-impossible-several" })) }
            ul { @for quota in &why.impossible { li { (clash(w, quota)) } } }
        }
        @if let Some(text) = &text {
            p { (w.n("lot-relax", why.seats)) }
            ul { @for quota in &why.relax { li { (change(w, quota)) } } }
            (form(visit, &format!("{}/quotas", f.one.home()), &[("quotas", text)],
                &acts(&[button(Weight::First, w.t("lot-relax-take"))])))
        } @else { p { (w.t("lot-relax-none")) } }
    }
}

fn clash(w: Words, quota: &NewBounds) -> String {
    w.t_with(
        "lot-quota-clash",
        &[
            ("category", quota.category.as_str().into()),
            ("value", quota.feature.as_str().into()),
            ("min", i64::from(quota.min).into()),
            ("max", i64::from(quota.max).into()),
            ("people", i64::from(quota.people).into()),
        ],
    )
}

fn change(w: Words, quota: &NewBounds) -> String {
    w.t_with(
        "lot-quota-relaxed",
        &[
            ("category", quota.category.as_str().into()),
            ("value", quota.feature.as_str().into()),
            ("min", i64::from(quota.min).into()),
            ("max", i64::from(quota.max).into()),
            ("new-min", i64::from(quota.new_min).into()),
            ("new-max", i64::from(quota.new_max).into()),
        ],
    )
}
