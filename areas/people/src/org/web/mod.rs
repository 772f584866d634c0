//! Pages: organisations of a place, and one of them with its seats.

mod forms;

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::{Fault, Tx};
use kernel::{Context, Day, Kind, OrgId, PlaceId, Refusal};
use places::Place;
use rights::{Action, Resource, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Column, Errors, Field, Filter, Head, Input, Table, Tone, Weight, acts, apart, button, cards,
        empty, filter, form, head, link_button, pager, pairs, section, select, sheet, table, tag, text,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    Holder, Org, OrgKind, SeatId,
    close::{self, Close},
    queries::{self, Listed},
    register::{self, Register},
    rename::{self, Rename},
    seat::{self, GiveSeat},
    unseat,
};
use crate::{
    find::{self, Candidate},
    shown,
};

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/organisations", get(list).post(register))
        .route("/organisations/{org}", get(show))
        .route("/organisations/{org}/rename", post(rename))
        .route("/organisations/{org}/close", post(close))
        .route("/organisations/{org}/seats", post(give_seat))
        .route("/organisations/{org}/seats/{seat}/end", post(end_seat))
}

fn kind(w: Words, kind: OrgKind) -> &'static str {
    w.t(&format!("org-kind-{}", kind.as_str()))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    place: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `GET /organisations`: at most three statements. Without a place: those of the first root.
async fn list(State(rim): State<Rim>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    list_page(&rim, &visit, &asked, (&Register::default(), None)).await
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Registering {
    #[serde(default)]
    place: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    short: String,
}

/// `POST /organisations`.
async fn register(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Registering>,
) -> Result<Response, Problem> {
    let Registering { place, kind, name, short } = typed;
    let input = Register { kind, name, short };
    let id: PlaceId = place.parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let (cx, given) = (rim.context_of(&visit), input.clone());
    match rim.db.write(move |tx| register::register(tx, &mut cx.clone(), &id, &given)).await {
        Ok(org) => Ok(Redirect::to(&format!("/organisations/{}", org.id)).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            let asked = Asked { place: Some(place), ..Asked::default() };
            list_page(&rim, &visit, &asked, (&input, Some(&refusal))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn list_page(
    rim: &Rim,
    visit: &Visit,
    asked: &Asked,
    (typed, refusal): (&Register, Option<&Refusal>),
) -> Result<Response, Problem> {
    let chosen = asked.kind.as_deref().and_then(|word| word.parse().ok());
    let after: Option<OrgId> = optional_id(asked.after.as_deref());
    let which = queries::Which { kind: chosen, name: asked.q.clone(), after: after.clone() };
    let wanted: Option<PlaceId> = optional_id(asked.place.as_deref());
    let read = rim.db.read(move |s| {
        let place = match &wanted {
            Some(id) => find::place(s, id)?,
            None => match places::queries::list(s, None)?.into_iter().next() {
                Some(root) => root,
                None => return Ok(None),
            },
        };
        let found = queries::list(s, &place, &which)?;
        Ok::<_, Fault>(Some((place, found)))
    });
    let (read, w) = (read.await?, visit.words);
    let Some((place, found)) = read else {
        let body = html! {
            (head(&Head { title: w.t("orgs-title"), lead: w.t("orgs-lead"), ..Head::default() }))
            (empty(w.t("places-none"), w.t("refusal-no-place-yet"), None))
        };
        return Ok(shown::page(visit, w.t("orgs-title"), &body, refusal));
    };
    let here = format!("/organisations?place={}", place.id);
    let full = i64::try_from(found.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = found.last().filter(|_| full).map(|last| {
        let only = chosen.map_or_else(String::new, |k: OrgKind| format!("&kind={}", k.as_str()));
        format!("{here}&after={}{only}", last.org.id)
    });
    let keeps = may(&visit.actor, Action::KeepOrganisations, &place.site()?);
    let body = html! {
        (shown::way(w, &place, w.t("orgs-title")))
        (head(&Head {
            title: &w.t_with("orgs-of", &[("place", (&place.shown).into())]),
            lead: w.t("orgs-lead"),
            ..Head::default()
        }))
        div.stack {
            (search_box(w, &place, (&asked.q, chosen)))
            @if !found.is_empty() { (listed(w, &found)) }
            @else if after.is_some() { (empty(w.t("list-end"), "", Some((&here, w.t("list-first"))))) }
            @else { (empty(w.t("orgs-none"), "", None)) }
            (pager(w, after.as_ref().map(|_| here.as_str()), next.as_deref()))
            @if keeps { (register_form(visit, &place, typed, refusal)) }
            @else { (shown::refused(w, refusal, &[])) }
        }
    };
    Ok(shown::page(visit, w.t("orgs-title"), &body, refusal))
}

fn kinds(w: Words) -> Vec<Choice<'static>> {
    OrgKind::ALL.iter().map(|k| Choice { value: k.as_str(), label: kind(w, *k), more: "" }).collect()
}

fn search_box(w: Words, place: &Place, (typed, chosen): (&str, Option<OrgKind>)) -> Markup {
    let kind_value = chosen.map_or("", OrgKind::as_str);
    let kind_field = Field { name: "kind", label: w.t("org-kind"), value: kind_value, ..Field::default() };
    let name_field = Field { name: "q", label: w.t("org-name"), value: typed, ..Field::default() };
    let fields = [
        html! { input type="hidden" name="place" value=(place.id); },
        select(w, &kind_field, &kinds(w)),
        text(w, &name_field, Input::Search, Some(60)),
    ];
    filter(w, &Filter { action: "/organisations", label: "", fields: &fields, on: &[], found: "" })
}

fn listed(w: Words, found: &[Listed]) -> Markup {
    let hrefs: Vec<String> = found.iter().map(|l| format!("/organisations/{}", l.org.id)).collect();
    let metas: Vec<[Markup; 2]> =
        found.iter().map(|l| [html! { (kind(w, l.org.kind)) }, html! { (l.place) }]).collect();
    let list = found.iter().enumerate().map(|(at, listed)| Card {
        title: &listed.org.name,
        href: &hrefs[at],
        tag: html! {},
        meta: &metas[at],
        excerpt: "",
    });
    cards(&list.collect::<Vec<_>>())
}

const LABELS: [(&str, &str); 7] = [
    ("kind", "org-kind"),
    ("name", "org-name"),
    ("short", "org-short"),
    ("person", "person-choose"),
    ("title", "seat-title"),
    ("from", "post-from"),
    ("until", "post-until"),
];

fn register_form(visit: &Visit, place: &Place, typed: &Register, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let labels = LABELS.map(|(name, key)| (name, w.t(key)));
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    let field = Field {
        name: "kind",
        label: w.t("org-kind"),
        value: &typed.kind,
        error: errors.of("kind"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        (visit.csrf_field())
        (shown::refused(w, refusal, &labels))
        (select(w, &field, &kinds(w)))
        (names(w, (&typed.name, &typed.short), errors))
        (acts(&[button(Weight::First, w.t("org-register"))]))
    };
    sheet(w.t("org-register"), &apart("new", &form("/organisations", &[("place", place.id.as_str())], &body)))
}

fn names(w: Words, (name, short): (&str, &str), errors: Errors<'_>) -> Markup {
    let full = Field {
        name: "name",
        label: w.t("org-name"),
        value: name,
        error: errors.of("name"),
        required: true,
        ..Field::default()
    };
    let said =
        Field { name: "short", label: w.t("org-short"), value: short, error: errors.of("short"), ..Field::default() };
    html! { (text(w, &full, Input::Line, Some(80))) (text(w, &said, Input::Line, Some(20))) }
}

#[derive(Debug, Default, Deserialize)]
struct Finding {
    #[serde(default)]
    find: String,
    before: Option<String>,
}

struct One {
    org: Org,
    place: Place,
    seats: Vec<Holder>,
    found: Vec<Candidate>,
    before: Option<SeatId>,
    today: Day,
}

/// `GET /organisations/{org}`: at most four statements.
async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<OrgId>,
    Query(finding): Query<Finding>,
) -> Result<Response, Problem> {
    let typed = GiveSeat { from: rim.context_of(&visit).day.to_string(), ..GiveSeat::default() };
    one_page(&rim, &visit, id, (&finding, &typed), None).await
}

async fn one_page(
    rim: &Rim,
    visit: &Visit,
    id: OrgId,
    (finding, typed): (&Finding, &GiveSeat),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let (asked, today) = (shown::asked_for(&finding.find, &typed.person), rim.context_of(visit).day);
    let before: Option<SeatId> = optional_id(finding.before.as_deref());
    let read = rim.db.read(move |s| {
        let org = queries::org(s, &id)?;
        let place = find::place(s, &org.place)?;
        let seats = queries::seats(s, &org.id, before.as_ref())?;
        let found = find::candidates(s, place.home, (&asked.0, asked.1.as_ref()))?;
        Ok::<_, Fault>(One { org, place, seats, found, before: before.clone(), today: today.clone() })
    });
    let one = read.await?;
    let (w, org, site) = (visit.words, &one.org, one.place.site()?);
    let here = format!("/organisations/{}", org.id);
    let full = i64::try_from(one.seats.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = one.seats.last().filter(|_| full).map(|last| format!("{here}?before={}", last.seat.id));
    let lead = one.seats.iter().find(|h| h.seat.leads && h.seat.is_in_force(&one.today)).map(|h| &h.seat.person);
    let open = org.closed.is_none();
    let keeps = open && may(&visit.actor, Action::KeepOrganisations, &site);
    let fills = open && may(&visit.actor, Action::FillSeats, Resource::at(&site).owned_by(lead));
    let facts = [
        (w.t("org-kind"), html! { (kind(w, org.kind)) }),
        (w.t("org-short"), html! { (org.short) }),
        (w.t("post-place"), html! { a href={ "/places/" (org.place) } { (one.place.shown) } }),
    ];
    let all = link_button(Weight::Plain, &format!("/organisations?place={}", org.place), w.t("orgs-all"));
    let body = html! {
        (shown::way(w, &one.place, &org.name))
        (head(&Head { title: &org.name, acts: std::slice::from_ref(&all), ..Head::default() }))
        div.stack {
            @if let Some(day) = &org.closed { p { (tag(Tone::Plain, w.t("org-closed"))) " " (shown::day(w, day)) } }
            (pairs(&facts))
            (section(w.t("seats-title"), &seats(visit, &one, fills)))
            (pager(w, one.before.as_ref().map(|_| here.as_str()), next.as_deref()))
            @if !fills { (shown::refused(w, refusal, &[])) }
            @if fills { (forms::seat(visit, &one, (&finding.find, typed), (keeps, refusal))) }
            @if keeps { (forms::changes(visit, org)) }
        }
    };
    Ok(shown::page(visit, &org.name, &body, refusal))
}

fn seats(visit: &Visit, one: &One, fills: bool) -> Markup {
    let w = visit.words;
    if one.seats.is_empty() {
        return empty(w.t("seats-none"), "", None);
    }
    let sees = shown::Sees::of(&visit.actor);
    let columns = ["post-person", "seat-title", "post-from", "post-until", "post-state"].map(|k| Column::text(w.t(k)));
    let rows: Vec<Vec<Markup>> = one
        .seats
        .iter()
        .map(|Holder { seat, name }| {
            let name = sees.name(name, &one.place.path, seat.leads);
            let held = seat.is_to_come_or_in_force(&one.today);
            let end = format!("/organisations/{}/seats/{}/end", one.org.id, seat.id);
            vec![
                html! { @if name.is_empty() { (w.t("person-gone")) } @else { (name) } },
                html! { (seat.title) @if seat.leads { " " (tag(Tone::Plain, w.t("seat-leads"))) } },
                shown::day(w, &seat.from),
                shown::until(w, seat.until.as_ref()),
                html! {
                    @if !held { (tag(Tone::Plain, w.t("post-over"))) }
                    @else {
                        (tag(Tone::Ok, w.t("post-in-force")))
                        @if fills {
                            (form(&end, &[], &html! { (visit.csrf_field()) (button(Weight::Plain, w.t("seat-end"))) }))
                        }
                    }
                },
            ]
        })
        .collect();
    table(w, &Table { id: "seats", caption: w.t("seats-title"), columns: &columns, rows: &rows })
}

/// Runs a verb and shows the organisation: anew, or with what was refused.
async fn change<T: Send + 'static>(
    rim: &Rim,
    visit: &Visit,
    id: OrgId,
    typed: &GiveSeat,
    mut verb: impl FnMut(&mut Tx<'_>, &mut Context, &OrgId) -> Result<T, Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let (cx, org) = (rim.context_of(visit), id.clone());
    match rim.db.write(move |tx| verb(tx, &mut cx.clone(), &org)).await {
        Ok(_) => Ok(Redirect::to(&format!("/organisations/{id}")).into_response()),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound => {
            one_page(rim, visit, id, (&Finding::default(), typed), Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn rename(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<OrgId>,
    Fields(typed): Fields<Rename>,
) -> Result<Response, Problem> {
    change(&rim, &visit, id, &GiveSeat::default(), move |tx, cx, org| rename::rename(tx, cx, org, &typed)).await
}

async fn close(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<OrgId>,
    Fields(typed): Fields<Close>,
) -> Result<Response, Problem> {
    change(&rim, &visit, id, &GiveSeat::default(), move |tx, cx, org| close::close(tx, cx, org, &typed)).await
}

async fn give_seat(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<OrgId>,
    Fields(typed): Fields<GiveSeat>,
) -> Result<Response, Problem> {
    let input = typed.clone();
    change(&rim, &visit, id, &typed, move |tx, cx, org| seat::seat(tx, cx, org, &input)).await
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn end_seat(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, seat)): PathId<(OrgId, SeatId)>,
    Fields(_): Fields<Nothing>,
) -> Result<Response, Problem> {
    change(&rim, &visit, id, &GiveSeat::default(), move |tx, cx, org| unseat::unseat(tx, cx, org, &seat)).await
}
