//! Pages: handovers of a place, the form that begins one, and one with its items and signatures.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State as Shared},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use people::org::queries::{self as orgs};
use places::Place;
use programmes::page;
use rights::{Action, Resource, authorize, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Column, Field, Head, Input, Table, Tone, Weight, acts, breadcrumb, button, cards, day, empty,
        head, link_button, pager, pairs, print_button, section, select, sheet, table, tag, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    Handover, HandoverId, HandoverNoun, Item, ItemState, Side, Signature,
    begin::{self, BeginHandover},
    list,
    mark::{self, MarkItem},
    queries::{self, PAGE},
    sign,
};
use crate::works::site;

type Typed = BTreeMap<String, String>;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/handovers", get(show_list).post(start))
        .route("/handovers/new", get(blank))
        .route("/handovers/{handover}", get(show))
        .route("/handovers/{handover}/items", post(mark_one))
        .route("/handovers/{handover}/sign", post(sign_one))
}

fn typed<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

fn field<'a>(
    visit: &Visit,
    (name, key): (&'static str, &'static str),
    value: &'a str,
    (required, refusal): (bool, Option<&'a Refusal>),
) -> Field<'a> {
    let w = visit.words;
    Field { name, label: w.t(key), hint: "", value, error: page::errors(w, refusal).of(name), required }
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Which {
    place: String,
    before: String,
}

/// `GET /handovers`: one statement, two with a place.
async fn show_list(Shared(rim): Shared<Rim>, visit: Visit, Query(which): Query<Which>) -> Result<Response, Problem> {
    let asked = which.clone();
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let place = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
            }
            None => None,
        };
        let before = optional_id::<HandoverNoun>(Some(&asked.before));
        let list = queries::handovers(s, place.as_ref().map(|place| place.path.as_str()), before.as_ref())?;
        Ok::<_, Fault>((place, list))
    });
    let (place, list) = read.await?;
    let w = visit.words;
    let today = rim.context_of(&visit).day;
    let here =
        place.as_ref().map_or_else(|| "/handovers?".to_owned(), |place| format!("/handovers?place={}&", place.id));
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    let next = list.last().filter(|_| full).map(|last| format!("{here}before={}", last.id));
    let mine =
        place.as_ref().and_then(|place| place.site().ok()).is_some_and(|at| may(&visit.actor, Action::MoveMatter, &at));
    let new = place.as_ref().map_or_else(String::new, |place| format!("/handovers/new?place={}", place.id));
    let new = link_button(Weight::First, &new, w.t("handover-new"));
    let titles: Vec<String> =
        list.iter().map(|of| w.t_with("handover-of", &[("day", of.made_day.as_str().into())])).collect();
    let hrefs: Vec<String> = list.iter().map(|of| format!("/handovers/{}", of.id)).collect();
    let metas: Vec<Vec<Markup>> =
        list.iter().map(|of| vec![html! { (w.t("handover-due")) " " (day(w, &of.due)) }]).collect();
    let entries = list.iter().enumerate().map(|(at, of)| Card {
        title: &titles[at],
        href: &hrefs[at],
        tag: state(w, of, begin::is_late(of, &today)),
        meta: &metas[at],
        excerpt: "",
    });
    let entries: Vec<Card<'_>> = entries.collect();
    let body = html! {
        (head(&Head {
            kicker: &place.iter().map(|p| html! { a href={ "/places/" (p.id) } { (p.shown) } }).collect::<Vec<_>>(),
            title: w.t("handovers-title"),
            lead: w.t("handovers-lead"),
            acts: if mine { std::slice::from_ref(&new) } else { &[] },
        }))
        @if entries.is_empty() {
            (empty(w.t(if which.before.is_empty() { "handovers-none" } else { "list-end" }), "", None))
        } @else { (cards(&entries)) }
        (pager(w, (!which.before.is_empty()).then_some(here.trim_end_matches(['?', '&'])), next.as_deref()))
    };
    Ok(page::page(&visit, w.t("handovers-title"), &body, None))
}

fn state(w: Words, of: &Handover, late: bool) -> Markup {
    match (of.is_signed, late) {
        (true, _) => tag(Tone::Ok, w.t("handover-signed")),
        (false, true) => tag(Tone::NeedsYou, w.t("handover-late")),
        (false, false) => tag(Tone::Due, w.t("handover-running")),
    }
}

/// `GET /handovers/new`.
async fn blank(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let fields: Typed = [("place".to_owned(), which.place), ("once".to_owned(), rim.once())].into();
    form(&rim, &visit, (&fields, None)).await
}

async fn form(rim: &Rim, visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>)) -> Result<Response, Problem> {
    let not_found = || Refusal::new(Kind::NotFound, "place-not-found");
    let id: PlaceId = typed(fields, "place").trim().parse().map_err(|_| not_found())?;
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let at = site(s, &id)?;
        authorize(&actor, Action::MoveMatter, &at)?;
        let place = places::queries::show(s, &id)?.ok_or_else(not_found)?;
        let mut found = orgs::list(s, &place, &orgs::Which::default())?;
        // firms are registered above the estates they work for, as far as one's own post reaches
        if let Some(own) =
            actor.principal().and_then(|me| reach(me, Action::MoveMatter).into_iter().find(|p| at.above.contains(p)))
            && let Some(above) = places::queries::show(s, &own)?
        {
            found.extend(orgs::list(s, &above, &orgs::Which::default())?);
        }
        let mut list: Vec<(String, String, bool)> = (found.into_iter())
            .map(|of| (of.org.id.to_string(), of.org.name, begin::FOR_RESIDENTS.contains(&of.org.kind)))
            .collect();
        list.sort();
        list.dedup();
        Ok::<_, Fault>((place, list))
    });
    let (place, list) = read.await?;
    let w = visit.words;
    let choices = |residents: bool| -> Vec<Choice<'_>> {
        let fit = list.iter().filter(|(.., stands)| *stands || !residents);
        fit.map(|(value, label, _)| Choice { value, label, more: "" }).collect()
    };
    let (firms, owners) = (choices(false), choices(true));
    let of = |name: &'static str, key: &'static str| field(visit, (name, key), typed(fields, name), (true, refusal));
    let inner = html! {
        (told(w, refusal))
        @if owners.is_empty() { p { (w.t("handover-no-orgs")) " " a href={ "/organisations?place=" (place.id) } { (w.t("nav-orgs")) } } }
        (select(w, &of("old_firm", "handover-side-old"), &firms))
        (select(w, &of("new_firm", "handover-side-new"), &firms))
        (select(w, &of("residents", "handover-side-residents"), &owners))
        (text(w, &of("due", "handover-due"), Input::Day, Some(10)))
        (acts(&[button(Weight::First, w.t("handover-begin"))]))
    };
    let back = format!("/handovers?place={}", place.id);
    let hidden = [("once", typed(fields, "once")), ("place", place.id.as_str())];
    let body = html! {
        (breadcrumb(w, &[(&back, w.t("handovers-title"))], w.t("handover-new")))
        (head(&Head {
            kicker: &[html! { (place.shown) }],
            title: w.t("handover-new"),
            lead: w.t("handover-new-lead"),
            ..Head::default()
        }))
        (sheet("", &page::form(visit, "/handovers", &hidden, &inner)))
    };
    Ok(page::page(visit, w.t("handover-new"), &body, refusal))
}

/// `POST /handovers`.
async fn start(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let input = BeginHandover {
        place: of("place"),
        old_firm: of("old_firm"),
        new_firm: of("new_firm"),
        residents: of("residents"),
        due: of("due"),
        once: of("once"),
    };
    match page::shown(page::act(&rim, &visit, move |tx, cx| begin::begin(tx, cx, &input)).await)? {
        Ok(begun) => Ok(page::to(&format!("/handovers/{}", begun.id))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => form(&rim, &visit, (&fields, Some(&refusal))).await,
    }
}

struct Facts {
    of: Handover,
    place: Place,
    items: Vec<Item>,
    signs: Vec<Signature>,
    /// Names of the sides' organisations.
    names: Vec<(Side, String)>,
    office: bool,
}

async fn facts(rim: &Rim, visit: &Visit, id: &HandoverId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let of = queries::handover(s, &id)?;
        let place = places::queries::show(s, &of.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let office = may(&actor, Action::MoveMatter, &place.site()?);
        let mut names = Vec::new();
        for side in Side::ALL {
            names.push((*side, orgs::org(s, of.org(*side))?.name));
        }
        let (items, signs) = (queries::items(s, &id)?, queries::signs(s, &id)?);
        Ok::<_, Fault>(Facts { of, place, items, signs, names, office })
    });
    Ok(read.await?)
}

/// `GET /handovers/{handover}`: seven statements.
async fn show(Shared(rim): Shared<Rim>, visit: Visit, PathId(id): PathId<HandoverId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    let late = begin::is_late(&facts.of, &rim.context_of(&visit).day);
    Ok(shown(&visit, &facts, late, (&Typed::new(), None)))
}

fn shown(visit: &Visit, f: &Facts, late: bool, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let back = format!("/handovers?place={}", f.place.id);
    let title = w.t_with("handover-of", &[("day", f.of.made_day.as_str().into())]);
    let side_key = |side: Side| w.t(&format!("handover-side-{}", side.as_str()));
    let mut terms: Vec<(&str, Markup)> =
        f.names.iter().map(|(side, name)| (side_key(*side), html! { (name) })).collect();
    terms.push((w.t("handover-due"), day(w, &f.of.due)));
    let columns = [
        Column::text(w.t("handover-item")),
        Column::text(w.t("handover-part")),
        Column::text(w.t("word-status")),
        Column::text(w.t("handover-note")),
    ];
    let rows: Vec<Vec<Markup>> = (f.items.iter())
        .map(|item| {
            let part = list::of(&item.item).map_or("", |line| w.t(&format!("handover-part-{}", line.part)));
            let word = w.t(&format!("handover-state-{}", item.state.as_str()));
            let tone = match item.state {
                ItemState::Open => Tone::Plain,
                ItemState::Handed => Tone::Ok,
                ItemState::Missing | ItemState::Disputed => Tone::Due,
            };
            vec![
                html! { (name(w, &item.item)) },
                html! { (part) },
                tag(tone, word),
                html! { (item.note) @if item.duty.is_some() { " " small.soft { (w.t("handover-owed")) } } },
            ]
        })
        .collect();
    let body = html! {
        (breadcrumb(w, &[(&back, w.t("handovers-title"))], &title))
        (head(&Head {
            kicker: &[html! { a href={ "/places/" (f.place.id) } { (f.place.shown) } }, state(w, &f.of, late)],
            title: &title,
            lead: w.t("handover-lead"),
            acts: &[print_button(w)],
        }))
        (told(w, refusal))
        div.stack {
            (pairs(&terms))
            (section(w.t("handover-items"), &table(w, &Table {
                id: "items", caption: w.t("handover-items-caption"), columns: &columns, rows: &rows,
            })))
            @if f.office && (f.signs.is_empty() || f.items.iter().any(|item| item.state != ItemState::Handed)) {
                (sheet(w.t("handover-mark"), &mark_form(visit, f, (fields, refusal))))
            }
            (section(w.t("handover-signs"), &signatures(visit, f)))
        }
    };
    page::page(visit, &title, &body, refusal)
}

fn name(w: Words, key: &str) -> &str {
    // what the list has no longer keeps its key
    if list::of(key).is_some() { w.t(&format!("handover-item-{key}")) } else { w.t("handover-item-gone") }
}

fn mark_form(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    // once somebody has signed, what was missing may come, and nothing else changes
    let bound = !f.signs.is_empty();
    let numbers: Vec<(String, &str)> = (f.items.iter())
        .filter(|item| !bound || item.state != ItemState::Handed)
        .map(|item| (item.number.to_string(), name(w, &item.item)))
        .collect();
    let items: Vec<Choice<'_>> = numbers.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let states: Vec<Choice<'_>> = (ItemState::ALL.iter())
        .filter(|state| if bound { **state == ItemState::Handed } else { **state != ItemState::Open })
        .map(|state| Choice {
            value: state.as_str(),
            label: w.t(&format!("handover-state-{}", state.as_str())),
            more: "",
        })
        .collect();
    let of = |name: &'static str, key: &'static str, required: bool| {
        field(visit, (name, key), typed(fields, name), (required, refusal))
    };
    page::form(
        visit,
        &format!("/handovers/{}/items", f.of.id),
        &[],
        &html! {
            (select(w, &of("item", "handover-item", true), &items))
            (select(w, &of("state", "word-status", true), &states))
            (text(w, &of("note", "handover-note", false), Input::Line, Some(300)))
            (acts(&[button(Weight::First, w.t("handover-mark"))]))
        },
    )
}

fn signatures(visit: &Visit, f: &Facts) -> Markup {
    let w = visit.words;
    html! {
        @for (side, org) in &f.names {
            @let signed = f.signs.iter().find(|sign| sign.side == *side);
            @let own = may(&visit.actor, Action::WriteProposal, Resource::of(f.of.id.home()).of_organisation(Some(f.of.org(*side))));
            p.meta {
                span { strong { (w.t(&format!("handover-side-{}", side.as_str()))) } }
                span { (org) }
                @if let Some(sign) = signed { (tag(Tone::Ok, w.t("handover-has-signed"))) span { (day(w, &sign.day)) } }
                @else { (tag(Tone::Plain, w.t("handover-not-signed"))) }
            }
            @if signed.is_none() && own && visit.me.is_some() {
                (page::press(visit, &format!("/handovers/{}/sign", f.of.id), &[("side", side.as_str())], Weight::First, w.t("handover-sign")))
            }
        }
    }
}

/// `POST /handovers/{handover}/items`.
async fn mark_one(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<HandoverId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name| typed(&fields, name).to_owned();
    let (input, at) = (MarkItem { item: of("item"), state: of("state"), note: of("note") }, id.clone());
    let done = page::act(&rim, &visit, move |tx, cx| mark::mark(tx, cx, &at, &input)).await;
    after(&rim, &visit, &id, (&fields, page::shown(done)?.map(|_| ()))).await
}

/// `POST /handovers/{handover}/sign`.
async fn sign_one(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<HandoverId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let side: Option<Side> = typed(&fields, "side").parse().ok();
    let Some(side) = side else { return Ok(page::to(&format!("/handovers/{id}"))) };
    let at = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| sign::sign(tx, cx, &at, side)).await;
    after(&rim, &visit, &id, (&Typed::new(), page::shown(done)?.map(|_| ()))).await
}

async fn after(
    rim: &Rim,
    visit: &Visit,
    id: &HandoverId,
    (fields, done): (&Typed, Result<(), Refusal>),
) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(page::to(&format!("/handovers/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(rim, visit, id).await?;
            let late = begin::is_late(&facts.of, &rim.context_of(visit).day);
            Ok(shown(visit, &facts, late, (fields, Some(&refusal))))
        }
    }
}
