//! The works of a place, and the form that enters one.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::Place;
use programmes::page;
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Card, Choice, Column, Head, Input, Tab, Table, Weight, acts, breadcrumb, button, cards, day, empty, head,
        link_button, pager, section, select, sheet, table, tabs, text, textarea, told,
    },
};
use web::{Fields, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    super::{
        State as Standing, Work, WorkNoun,
        open::{self, OpenWork},
        queries::{self, KindCount, PAGE},
    },
    Typed, field, kind, kinds, state, typed,
};

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    place: String,
    state: String,
    before: String,
}

/// `GET /works`: two statements, three with a place.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
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
        let path = place.as_ref().map(|place| place.path.as_str());
        let before = optional_id::<WorkNoun>(Some(&asked.before));
        let list = queries::works(s, path, (asked.state.parse().ok(), before.as_ref()))?;
        let counts = queries::by_kind(s, path)?;
        Ok::<_, Fault>((place, list, counts))
    });
    let (place, list, counts) = read.await?;
    let w = visit.words;
    let body = listed(&visit, (place.as_ref(), &which), &list, &counts);
    Ok(page::page(&visit, w.t("works-title"), &body, None))
}

fn address(place: Option<&Place>, state: &str, before: &str) -> String {
    let mut parts = Vec::new();
    parts.extend(place.map(|place| format!("place={}", place.id)));
    parts.extend((!state.is_empty()).then(|| format!("state={state}")));
    parts.extend((!before.is_empty()).then(|| format!("before={before}")));
    if parts.is_empty() { "/works".to_owned() } else { format!("/works?{}", parts.join("&")) }
}

fn listed(visit: &Visit, (place, which): (Option<&Place>, &Which), list: &[Work], counts: &[KindCount]) -> Markup {
    let w = visit.words;
    let chosen = which.state.parse::<Standing>().map_or("", Standing::as_str);
    // at a place, who may there; elsewhere, who may anywhere
    let mine = match place {
        Some(place) => place.site().is_ok_and(|site| may(&visit.actor, Action::MoveMatter, &site)),
        None => visit.actor.principal().is_some_and(|me| !reach(me, Action::MoveMatter).is_empty()),
    };
    let new = format!("/works/new?place={}", place.map_or("", |place| place.id.as_str()));
    let new = link_button(Weight::First, &new, w.t("work-new"));
    let states: Vec<&str> = [""].into_iter().chain(Standing::ALL.iter().map(|state| state.as_str())).collect();
    let hrefs: Vec<String> = states.iter().map(|state| address(place, state, "")).collect();
    let labels: Vec<&str> = (states.iter())
        .map(|state| if state.is_empty() { w.t("works-all") } else { w.t(&format!("work-state-{state}")) })
        .collect();
    let views: Vec<Tab<'_>> = (states.iter().zip(&hrefs).zip(&labels))
        .map(|((state, href), label)| Tab { href, label, here: *state == chosen, ..Tab::default() })
        .collect();
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    let next = list.last().filter(|_| full).map(|last| address(place, chosen, last.id.as_str()));
    let first = address(place, chosen, "");
    html! {
        (head(&Head {
            kicker: &place.iter().map(|place| html! { a href={ "/places/" (place.id) } { (place.shown) } }).collect::<Vec<_>>(),
            title: w.t("works-title"),
            lead: w.t("works-lead"),
            acts: if mine { std::slice::from_ref(&new) } else { &[] },
        }))
        @if !counts.is_empty() { (section(w.t("works-by-kind"), &by_kind(w, counts))) }
        (tabs(w.t("works-title"), &views))
        @if list.is_empty() {
            (empty(w.t(if which.before.is_empty() { "works-none" } else { "list-end" }), "", None))
        } @else { (entries(w, list)) }
        (pager(w, (!which.before.is_empty()).then_some(first.as_str()), next.as_deref()))
    }
}

fn by_kind(w: Words, counts: &[KindCount]) -> Markup {
    let columns = [
        Column::text(w.t("work-field-kind")),
        Column::number(w.t("work-count-planned")),
        Column::number(w.t("work-count-started")),
        Column::number(w.t("work-count-finished")),
    ];
    let rows: Vec<Vec<Markup>> = (counts.iter())
        .map(|count| {
            let number = |n: u64| html! { (format::count(n)) };
            vec![html! { (kind(w, count.kind)) }, number(count.planned), number(count.started), number(count.finished)]
        })
        .collect();
    table(w, &Table { id: "by-kind", caption: w.t("works-by-kind-caption"), columns: &columns, rows: &rows })
}

fn entries(w: Words, list: &[Work]) -> Markup {
    let hrefs: Vec<String> = list.iter().map(|work| format!("/works/{}", work.id)).collect();
    let excerpts: Vec<String> = list.iter().map(|work| format::excerpt(&work.about, 80)).collect();
    let metas: Vec<Vec<Markup>> = (list.iter())
        .map(|work| {
            vec![
                html! { (kind(w, work.kind)) },
                html! { (w.n("work-units-n", work.units)) },
                html! { (day(w, &work.from)) " – " (day(w, &work.until)) },
            ]
        })
        .collect();
    let list = list.iter().enumerate().map(|(at, work)| Card {
        title: &work.title,
        href: &hrefs[at],
        tag: state(w, work.state),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    cards(&list.collect::<Vec<_>>())
}

/// Where the form is asked from.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct From {
    place: String,
}

/// `GET /works/new`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let fields: Typed = [("place".to_owned(), from.place), ("once".to_owned(), rim.once())].into();
    form(&rim, &visit, (&fields, None)).await
}

async fn form(rim: &Rim, visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>)) -> Result<Response, Problem> {
    let places = places::web::choices(rim, visit, Action::MoveMatter, typed(fields, "place")).await?;
    let w = visit.words;
    let places: Vec<Choice<'_>> = places.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let of = |name: &'static str, hint: &'static str, required: bool| {
        field(visit, (name, hint), typed(fields, name), (required, refusal))
    };
    let inner = html! {
        (told(w, refusal))
        (select(w, &of("place", "", true), &places))
        (select(w, &of("kind", "", true), &kinds(w)))
        (text(w, &of("title", "work-field-title-hint", true), Input::Line, Some(80)))
        (textarea(w, &of("about", "work-field-about-hint", false), 4, Some(2_000)))
        (text(w, &of("decision", "work-field-decision-hint", false), Input::Line, Some(300)))
        (text(w, &of("matter", "work-field-matter-hint", false), Input::Line, Some(40)))
        (text(w, &of("verdict", "work-field-verdict-hint", false), Input::Line, Some(60)))
        (text(w, &of("from", "", true), Input::Day, Some(10)))
        (text(w, &of("until", "", true), Input::Day, Some(10)))
        (acts(&[button(Weight::First, w.t("work-open"))]))
    };
    let body = html! {
        (breadcrumb(w, &[("/works", w.t("works-title"))], w.t("work-new")))
        (head(&Head { title: w.t("work-new"), lead: w.t("work-new-lead"), ..Head::default() }))
        (sheet("", &page::form(visit, "/works", &[("once", typed(fields, "once"))], &inner)))
    };
    Ok(page::page(visit, w.t("work-new"), &body, refusal))
}

/// `POST /works`.
pub(super) async fn open(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).to_owned();
    let input = OpenWork {
        place: of("place"),
        kind: of("kind"),
        title: of("title"),
        about: of("about"),
        decision: of("decision"),
        matter: of("matter"),
        verdict: of("verdict"),
        from: of("from"),
        until: of("until"),
        once: of("once"),
    };
    match page::shown(page::act(&rim, &visit, move |tx, cx| open::open(tx, cx, &input)).await)? {
        Ok(work) => Ok(page::to(&format!("/works/{}", work.id))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => form(&rim, &visit, (&fields, Some(&refusal))).await,
    }
}
