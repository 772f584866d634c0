//! Pages: the desk, and receipts.

mod consents;
mod form;

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, PersonId, PlaceId, Refusal, Source};
use ledger::entry::EntryId;
use places::Place;
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Field, Filter, Head, Input, Tone, Weight, acts, empty, filter, head, link_button, notice, pairs, sheet, tag,
        text,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    DeskEntry, DeskId, Receipt, ReceiptNumber,
    begin::{self, Begin},
    queries, rules,
};
use crate::{
    account::{self, Account},
    find, shown,
};

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/desk", get(desk).post(begin))
        .route("/desk/{desk}", get(entry))
        .route("/desk/{desk}/verify", post(verify))
        .route("/desk/{desk}/consents", get(consents::show).post(consents::give))
        .route("/desk/{desk}/consents/end", post(consents::end))
        .route("/receipts", get(look_up))
        .route("/receipts/{number}", get(receipt))
}

fn source(w: Words, source: Source) -> &'static str {
    w.t(&format!("source-{}", source.as_str()))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    place: Option<String>,
    #[serde(default)]
    find: String,
}

/// `GET /desk`: at most two statements.
async fn desk(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let typed = Begin { source: Source::Counter.as_str().into(), ..Begin::default() };
    desk_page(&rim, &visit, optional_id(asked.place.as_deref()), (&asked.find, &typed), None).await
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Beginning {
    #[serde(default)]
    place: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    contact: String,
    #[serde(default)]
    shown: String,
    #[serde(default)]
    source: String,
}

/// `POST /desk`.
async fn begin(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Beginning>,
) -> Result<Response, Problem> {
    let Beginning { place, person, name, contact, shown, source } = typed;
    let id: PlaceId = place.parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let input = Begin { person, name, contact, shown, source };
    let (cx, given, at) = (rim.context_of(&visit), input.clone(), id.clone());
    match rim.db.write(move |tx| begin::begin(tx, &mut cx.clone(), &at, &given)).await {
        Ok(entry) => Ok(Redirect::to(&format!("/desk/{}", entry.id)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            desk_page(&rim, &visit, Some(id), ("", &input), Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn desk_page(
    rim: &Rim,
    visit: &Visit,
    wanted: Option<PlaceId>,
    (find, typed): (&str, &Begin),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let principal = visit.actor.principal().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let at = wanted.or_else(|| reach(principal, Action::EnterForAnother).into_iter().next());
    let at = at.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-allowed"))?;
    let asked = shown::asked_for(find, &typed.person);
    let read = rim.db.read(move |s| {
        let place = find::place(s, &at)?;
        let found = find::at_desk(s, place.home, (&asked.0, asked.1.as_ref()))?;
        Ok::<_, Fault>((place, found))
    });
    let (place, found) = read.await?;
    if !may(&visit.actor, Action::EnterForAnother, &place.site()?) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let ways = [
        link_button(Weight::Plain, "/receipts", w.t("receipt-look-up")),
        link_button(Weight::Plain, &format!("/residents/{}", place.id), w.t("place-residents")),
    ];
    let body = html! {
        (shown::way(w, &place, w.t("desk-title")))
        (head(&Head {
            title: &w.t_with("desk-of", &[("place", (&place.shown).into())]),
            lead: w.t("desk-lead"),
            acts: &ways,
            ..Head::default()
        }))
        div.stack {
            (form::who(w, ("/desk", &[("place", place.id.as_str())]), find))
            (form::begin(visit, &place, (&found, find), typed, refusal))
        }
    };
    Ok(shown::page(visit, w.t("desk-title"), &body, refusal))
}

/// `GET /desk/{desk}`: three statements. What can be entered now.
async fn entry(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
) -> Result<Response, Problem> {
    entry_page(&rim, &visit, id, None).await
}

async fn entry_page(rim: &Rim, visit: &Visit, id: DeskId, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let (entry, person, place) = rim.db.read(move |s| read_entry(s, &id, &worker, cx.now)).await?;
    let w = visit.words;
    let is_known = person.verified.is_verified();
    let how = if person.verified.as_str().is_empty() { "no" } else { person.verified.as_str() };
    let known = tag(if is_known { Tone::Ok } else { Tone::Due }, w.t(&format!("me-verified-{how}")));
    let facts = [
        (w.t("desk-for"), html! { (person.name) }),
        (w.t("desk-known"), known),
        (w.t("desk-source"), html! { (source(w, entry.source)) }),
        (w.t("post-place"), html! { (place.shown) }),
    ];
    let matter = format!("/matters/new?place={}&desk={}", place.id, entry.id);
    let matter = link_button(Weight::First, &matter, w.t("desk-intake-matter"));
    let idea = link_button(Weight::Plain, &format!("/desk/{}/ideas", entry.id), w.t("desk-intake-idea"));
    let consents = link_button(Weight::Plain, &format!("/desk/{}/consents", entry.id), w.t("desk-consents"));
    let body = html! {
        (shown::way(w, &place, w.t("desk-title")))
        (head(&Head { title: w.t("desk-what"), lead: w.t("desk-what-lead"), ..Head::default() }))
        div.stack {
            (pairs(&facts))
            @if is_known { (acts(&[matter, idea, consents])) }
            @else {
                (notice(w, Tone::Due, "", &html! { p { (w.t("desk-not-known")) } }))
                (sheet(w.t("desk-shown"), &form::shown(visit, &entry.id, refusal)))
                (acts(&[consents]))
            }
        }
    };
    Ok(shown::page(visit, w.t("desk-what"), &body, refusal))
}

fn read_entry(
    s: &mut db::Snapshot<'_>,
    id: &DeskId,
    worker: &PersonId,
    now: kernel::Instant,
) -> Result<(DeskEntry, Account, Place), Fault> {
    let entry = queries::entry(s, id)?;
    rules::is_good(&entry, worker, now)?;
    let absent = || Refusal::new(Kind::NotFound, "person-not-found");
    let person = account::store::account(s, &entry.person)?.ok_or_else(absent)?;
    let place = find::place(s, &entry.place)?;
    Ok((entry, person, place))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    shown: String,
}

/// `POST /desk/{desk}/verify`: how they showed who they are, when that was not said at the beginning.
async fn verify(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
    Fields(typed): Fields<Shown>,
) -> Result<Response, Problem> {
    let (cx, desk) = (rim.context_of(&visit), id.clone());
    let checked = rim.db.write(move |tx| begin::checked_later(tx, &mut cx.clone(), &desk, typed.shown.trim())).await;
    match checked {
        Ok(()) => Ok(Redirect::to(&format!("/desk/{id}")).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound && refusal.kind != Kind::Conflict => {
            entry_page(&rim, &visit, id, Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
struct Number {
    number: Option<String>,
}

/// `GET /receipts`: the box for a number. A right number leads to its receipt, that of a ballot to where it stands.
async fn look_up(visit: Visit, Query(asked): Query<Number>) -> Response {
    let typed = asked.number.as_deref().unwrap_or("").trim();
    if let Ok(number) = typed.parse::<ReceiptNumber>() {
        return Redirect::to(&format!("/receipts/{number}")).into_response();
    }
    // that of a ballot stands in the register
    if let Ok(ballot) = typed.to_lowercase().parse::<EntryId>() {
        return Redirect::to(&format!("/ledger/find?id={ballot}")).into_response();
    }
    let w = visit.words;
    let kept: String = typed.chars().take(60).collect();
    let field = Field {
        name: "number",
        label: w.t("receipt-your-number"),
        hint: w.t("receipt-number-hint"),
        value: &kept,
        ..Field::default()
    };
    let fields = [text(w, &field, Input::Search, Some(60))];
    let body = html! {
        (head(&Head { title: w.t("receipt-look-up"), lead: w.t("receipt-look-up-lead"), ..Head::default() }))
        div.stack {
            @if !typed.is_empty() { (empty(w.t("receipt-wrong-number"), w.t("receipt-wrong-number-hint"), None)) }
            (filter(w, &Filter { action: "/receipts", label: w.t("receipt-look-up"), fields: &fields, on: &[], found: "" }))
        }
    };
    shown::page(&visit, w.t("receipt-look-up"), &body, None)
}

/// `GET /receipts/{number}`: one statement; at the desk three, with whose it is. To be printed.
async fn receipt(
    State(rim): State<Rim>,
    visit: Visit,
    headers: HeaderMap,
    PathId(number): PathId<String>,
) -> Result<Response, Problem> {
    let number: ReceiptNumber = number.parse().map_err(|_| Refusal::new(Kind::NotFound, "receipt-not-found"))?;
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let receipt = queries::receipt(s, number)?;
        // a visitor has no desk: the place is read only for those who might
        let site = if actor.principal().is_some() { places::site(s, &receipt.place)? } else { None };
        let sees = site.is_some_and(|site| may(&actor, Action::EnterForAnother, &site));
        let whose = if sees { queries::whose(s, number)? } else { None };
        Ok::<_, Fault>((receipt, sees, whose))
    });
    let (receipt, at_desk, whose) = read.await?;
    let w = visit.words;
    let scheme = if rim.settings.https { "https" } else { "http" };
    let url = host(&headers).map_or_else(String::new, |host| format!("{scheme}://{host}{}", receipt.page));
    let next = link_button(Weight::First, &format!("/desk?place={}", receipt.place), w.t("desk-next"));
    let body = html! {
        (slip(w, &receipt, &url))
        @if at_desk {
            div.stack {
                @if let Some((_, name)) = whose { (pairs(&[(w.t("desk-for"), html! { (name) })])) }
                (acts(&[next]))
            }
        }
    };
    Ok(shown::page(&visit, w.t("receipt-title"), &body, None))
}

fn slip(w: Words, receipt: &Receipt, url: &str) -> Markup {
    let mut facts = vec![
        (w.t("receipt-what"), html! { (w.t(&ui::words::key_of("thing", &receipt.thing))) }),
        (w.t("receipt-when"), shown::day(w, &receipt.day)),
        (w.t("desk-source"), html! { (source(w, receipt.source)) }),
        (w.t("receipt-ask"), html! { (w.t_with("receipt-ask-at", &[("place", (&receipt.place_name).into())])) }),
        (w.t("receipt-page"), html! { a href=(receipt.page) { (w.t("receipt-page-open")) } }),
    ];
    if !receipt.title.is_empty() {
        facts.insert(1, (w.t("receipt-about"), html! { (receipt.title) }));
    }
    let number = receipt.number.to_string();
    html! {
        h1.unseen { (w.t("receipt-title")) }
        (ui::parts::receipt(w, &ui::parts::Receipt {
            title: w.t("receipt-title"),
            number: &number,
            issuer: &receipt.place_name,
            facts: &facts,
            url,
            note: w.t("receipt-keep"),
        }))
    }
}

/// The host that the browser asked, if it is written as one: it goes into a code on paper.
fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".:-[]".contains(c);
    (!host.is_empty() && host.len() <= 120 && host.chars().all(plain)).then_some(host)
}
