//! The page of a seat, for the office: record who was elected or is recommended, or that somebody left.

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    Markup, html,
    parts::{CheckList, Choice, Head, Input, Weight, acts, button, checks, day, head, pairs, sheet, told},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, shown, to},
};

use super::{
    Delegate, DelegateId,
    fill::{self, FillSeat},
    leave::{self, Leave},
    store,
};
use crate::delegates::{
    hall::{HallId, Way},
    page::{self, Here, Typed, line, ticked, typed},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/halls/{hall}/seats/{seat}", get(show).post(fill_it))
        .route("/halls/{hall}/delegates/{delegate}/leave", post(leave_it))
}

struct Facts {
    here: Here,
    seat: u32,
    way: Way,
    sits: Option<Delegate>,
}

async fn facts(rim: &Rim, visit: &Visit, (id, seat): (&HallId, u32)) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let here = Here::read(s, &actor, &id)?.for_office(&actor)?;
        let way = here.hall.way_of(seat).ok_or_else(|| Refusal::new(Kind::NotFound, "seat-not-there"))?;
        let sits = store::sitting(s, &id)?.into_iter().find(|one| one.seat == seat);
        Ok::<_, Fault>(Facts { here, seat, way, sits })
    });
    Ok(read.await?)
}

/// `GET /halls/{hall}/seats/{seat}`: three statements.
async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, seat)): PathId<(HallId, u32)>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, (&id, seat)).await?;
    let fields = Typed::from([("from".to_owned(), rim.context_of(&visit).day.to_string())]);
    Ok(seat_page(&visit, &facts, (&fields, None)))
}

fn seat_page(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let title = w.n("hall-seat-n", f.seat);
    let body = html! {
        (f.here.way(w, &title))
        (head(&Head {
            title: &title,
            lead: w.t(&format!("hall-way-lead-{}", f.way.as_str())),
            kicker: &[html! { (w.t(&format!("hall-way-{}", f.way.as_str()))) }],
            ..Head::default()
        }))
        (told(w, refusal))
        @match (&f.sits, f.way) {
            (Some(sits), _) => (sitting(visit, f, sits, (fields, refusal))),
            (None, Way::Lot) => p { (w.t("seat-by-lot-hint")) " " a href=(f.here.home()) { (f.here.hall.name) } },
            (None, _) => (filling(visit, f, (fields, refusal))),
        }
    };
    page::answer(visit, &title, &body, refusal)
}

fn sitting(visit: &Visit, f: &Facts, sits: &Delegate, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let mut known =
        vec![(w.t("delegate-field-name"), html! { (sits.shown()) }), (w.t("delegate-field-from"), day(w, &sits.from))];
    if !sits.source.is_empty() {
        known.push((w.t("delegate-field-source"), html! { (sits.source) }));
        known.push((w.t("delegate-field-evidence"), html! { (sits.evidence) }));
    }
    let inner = html! {
        (line(w, ("reason", "delegate-field-reason", "delegate-field-reason-hint"), fields, (Input::Line, true, refusal)))
        (acts(&[button(Weight::Plain, w.t("delegate-leave"))]))
    };
    let action = format!("{}/delegates/{}/leave", f.here.home(), sits.id);
    html! {
        (pairs(&known))
        @if let Some(lot) = &sits.lot {
            p { (w.t("delegate-leave-lot")) " " a href={ "/lots/" (lot) "/pool" } { (w.t("lot-drawn-title")) } }
        } @else { (sheet(w.t("delegate-leave-title"), &form(visit, &action, &[], &inner))) }
    }
}

fn filling(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let source = if f.way == Way::Elected { "delegate-field-meeting" } else { "delegate-field-organisation" };
    let one = |names, input, required| line(w, names, fields, (input, required, refusal));
    let chosen: &[&str] = if ticked(fields, "shows") { &["yes"] } else { &[] };
    let shows = CheckList {
        field: page::field(w, ("shows", "delegate-field-shows", ""), "", (false, refusal)),
        choices: &[Choice { value: "yes", label: w.t("delegate-shows-yes"), more: "" }],
        chosen,
        one: false,
    };
    let inner = html! {
        (one(("name", "delegate-field-name", "delegate-field-name-hint"), Input::Line, true))
        (checks(w, &shows))
        (one(("source", source, ""), Input::Line, true))
        (one(("evidence", "delegate-field-evidence", "delegate-field-evidence-hint"), Input::Line, true))
        (one(("from", "delegate-field-from", ""), Input::Day, true))
        (acts(&[button(Weight::First, w.t("delegate-seat"))]))
    };
    sheet("", &form(visit, &format!("{}/seats/{}", f.here.home(), f.seat), &[], &inner))
}

/// `POST /halls/{hall}/seats/{seat}`.
async fn fill_it(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, seat)): PathId<(HallId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let shows = ticked(&fields, "shows");
    let new = FillSeat { name: of("name"), shows, source: of("source"), evidence: of("evidence"), from: of("from") };
    let hall = id.clone();
    let done = act(&rim, &visit, move |tx, cx| fill::fill(tx, cx, (&hall, seat), &new)).await;
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/halls/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(&rim, &visit, (&id, seat)).await?;
            Ok(seat_page(&visit, &facts, (&fields, Some(&refusal))))
        }
    }
}

/// `POST /halls/{hall}/delegates/{delegate}/leave`.
async fn leave_it(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, delegate)): PathId<(HallId, DelegateId)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let new = Leave { reason: typed(&fields, "reason").to_owned() };
    let (hall, who) = (id.clone(), delegate.clone());
    let done = act(&rim, &visit, move |tx, cx| leave::leave(tx, cx, (&hall, &who), &new)).await;
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/halls/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let of = (id.clone(), delegate.clone());
            let read =
                rim.db.read(move |s| Ok::<_, Fault>(store::delegate(s, &of.0, &of.1)?.ok_or_else(super::not_found)?));
            let there = read.await?;
            let facts = facts(&rim, &visit, (&id, there.seat)).await?;
            Ok(seat_page(&visit, &facts, (&fields, Some(&refusal))))
        }
    }
}
