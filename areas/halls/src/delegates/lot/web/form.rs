//! The form of a lot.

use axum::{extract::State, response::Response};
use kernel::{Kind, Refusal};
use ui::{
    Markup, format, html,
    parts::{CheckList, Choice, Head, Input, Weight, acts, button, checks, head, select, sheet, textarea, told},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, shown, to},
};
use work::calendar::add_days;

use super::{
    super::{
        Lot, LotId, PANELS,
        draft::{self as drafting, DraftLot},
        quotas,
    },
    One, one,
};
use crate::delegates::{
    hall::HallId,
    page::{self, Here, Typed, field, line, ticked, typed},
};

async fn here(rim: &Rim, visit: &Visit, id: &HallId) -> Result<Here, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    Ok(rim.db.read(move |s| Here::read(s, &actor, &id)?.for_office(&actor)).await?)
}

/// `GET /halls/{hall}/lots/new`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<HallId>,
) -> Result<Response, Problem> {
    let hall = here(&rim, &visit, &id).await?;
    let until = add_days(&rim.context_of(&visit).day, 14);
    let first = [
        ("size", hall.hall.drawn.to_string()),
        ("rule", "leximin".to_owned()),
        ("panels", "1000".to_owned()),
        ("household", "yes".to_owned()),
        ("enrol_until", until.to_string()),
        ("answer_days", "7".to_owned()),
        ("quotas", visit.words.t("lot-quotas-example").to_owned()),
        ("once", rim.once()),
    ];
    let fields: Typed = first.map(|(name, value)| (name.to_owned(), value)).into();
    Ok(blank_page(&visit, &hall, (&fields, None)))
}

fn blank_page(visit: &Visit, hall: &Here, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let inner = html! { (told(w, refusal)) (body(visit, (fields, refusal))) (acts(&[button(Weight::First, w.t("lot-draft"))])) };
    let body = html! {
        (hall.way(w, w.t("lot-new")))
        (head(&Head { title: w.t("lot-new"), lead: w.t("lot-new-lead"), ..Head::default() }))
        (sheet("", &form(visit, &format!("{}/lots", hall.home()), &[("once", typed(fields, "once"))], &inner)))
    };
    page::answer(visit, w.t("lot-new"), &body, refusal)
}

fn body(visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let one = |names, input| line(w, names, fields, (input, true, refusal));
    let rules: Vec<Choice<'_>> =
        RULES.iter().map(|rule| Choice { value: rule, label: w.t(&format!("lot-rule-{rule}")), more: "" }).collect();
    let counts: Vec<(String, String)> = PANELS.iter().map(|n| (n.to_string(), format::count(u64::from(*n)))).collect();
    let panels: Vec<Choice<'_>> = counts.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let chosen: &[&str] = if ticked(fields, "household") { &["yes"] } else { &[] };
    let household = CheckList {
        field: field(w, ("household", "lot-field-household", ""), "", (false, refusal)),
        choices: &[Choice { value: "yes", label: w.t("lot-household-yes"), more: "" }],
        chosen,
        one: false,
    };
    let lines =
        field(w, ("quotas", "lot-field-quotas", "lot-field-quotas-hint"), typed(fields, "quotas"), (true, refusal));
    html! {
        (one(("title", "lot-field-title", ""), Input::Line))
        (one(("size", "lot-field-size", "lot-field-size-hint"), Input::Number))
        (textarea(w, &lines, 6, Some(6_000)))
        (checks(w, &household))
        (one(("enrol_until", "lot-field-until", ""), Input::Day))
        (select(w, &field(w, ("rule", "lot-field-rule", "lot-field-rule-hint"), typed(fields, "rule"), (true, refusal)), &rules))
        (select(w, &field(w, ("panels", "lot-field-panels", "lot-field-panels-hint"), typed(fields, "panels"), (true, refusal)), &panels))
        (one(("answer_days", "lot-field-answer-days", "lot-field-answer-days-hint"), Input::Number))
    }
}

const RULES: [&str; 3] = ["leximin", "maximin", "nash"];

fn input(fields: &Typed) -> DraftLot {
    let of = |name: &str| typed(fields, name).to_owned();
    DraftLot {
        title: of("title"),
        size: of("size"),
        rule: of("rule"),
        panels: of("panels"),
        quotas: of("quotas"),
        household: ticked(fields, "household"),
        enrol_until: of("enrol_until"),
        answer_days: of("answer_days"),
        once: of("once"),
    }
}

/// `POST /halls/{hall}/lots`.
pub(super) async fn draft(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<HallId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (new, of) = (input(&fields), id.clone());
    match shown(act(&rim, &visit, move |tx, cx| drafting::draft(tx, cx, &of, &new)).await)? {
        Ok(lot) => Ok(to(&format!("/lots/{}", lot.id))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => Ok(blank_page(&visit, &here(&rim, &visit, &id).await?, (&fields, Some(&refusal)))),
    }
}

async fn for_office(rim: &Rim, visit: &Visit, id: &LotId) -> Result<One, Problem> {
    let found = one(rim, visit, id).await?;
    if found.here.office { Ok(found) } else { Err(page::no(&visit.actor).into()) }
}

/// `GET /lots/{lot}/change`.
pub(super) async fn again(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
) -> Result<Response, Problem> {
    let one = for_office(&rim, &visit, &id).await?;
    let fields = kept(&one.lot);
    Ok(change_page(&visit, &one, (&fields, None)))
}

fn kept(lot: &Lot) -> Typed {
    let fields = [
        ("title", lot.title.clone()),
        ("size", lot.size.to_string()),
        ("rule", lot.rule.to_string()),
        ("panels", lot.panels.to_string()),
        ("quotas", quotas::text(&lot.quotas)),
        ("household", if lot.household { "yes" } else { "" }.to_owned()),
        ("enrol_until", lot.enrol_until.to_string()),
        ("answer_days", lot.answer_days.to_string()),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

fn change_page(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let inner = html! { (told(w, refusal)) (body(visit, (fields, refusal))) (acts(&[button(Weight::First, w.t("hall-keep"))])) };
    let body = html! {
        (one.way(w, w.t("lot-change")))
        (head(&Head { title: w.t("lot-change"), ..Head::default() }))
        (sheet("", &form(visit, &format!("{}/change", one.home()), &[], &inner)))
    };
    page::answer(visit, w.t("lot-change"), &body, refusal)
}

/// `POST /lots/{lot}/change`.
pub(super) async fn change(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<LotId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (new, of) = (input(&fields), id.clone());
    match shown(act(&rim, &visit, move |tx, cx| drafting::change(tx, cx, &of, &new)).await)? {
        Ok(_) => Ok(to(&format!("/lots/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => Ok(change_page(&visit, &for_office(&rim, &visit, &id).await?, (&fields, Some(&refusal)))),
    }
}
