//! Pages: the figures of a place and a time, each number a link to its rows; and the list of one event.

use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use db::Fault;
use kernel::{Day, FieldError, Kind as No, PlaceId, Refusal};
use places::Place;
use rights::{Action, authorize, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words,
    format::Count,
    html,
    parts::{
        Errors, Field, Figure, Filter, Head, Input, Table, Weight, acts, button, empty, figures, filter, fold, form,
        head, pager, section, table, text,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit, optional_id};

use super::{
    Attendance, AttendanceId, Figures, api,
    queries::{self, EventAt, Range},
    strike::{Strike, strike},
};
use crate::{
    page,
    site::{path_of, site_of},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/attendance", get(show))
        .route("/attendance/event", get(event))
        .route("/attendance/{attendance}/strike", post(strike_out))
}

/// Of which place and days, and whether the rows are shown.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    place: String,
    from: String,
    until: String,
    /// `visits` or `estimates`; empty is none.
    rows: String,
    at: String,
    id: String,
    event: String,
    event_kind: String,
}

struct Facts {
    asked: Asked,
    place: Place,
    from: Day,
    until: Day,
    told: Figures,
    rows: Vec<Attendance>,
    may_see: bool,
}

/// `GET /attendance?place=…`: four statements, five with rows. `?event=` leads to the event.
async fn show(State(rim): State<Rim>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    if !asked.event.is_empty() {
        let Asked { event, event_kind, place, .. } = &asked;
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if [event, event_kind, place].iter().all(|text| plain(text)) {
            let to = format!("/attendance/event?event={event}&event_kind={event_kind}&place={place}");
            return Ok(Redirect::to(&to).into_response());
        }
        return Err(Refusal::new(No::NotFound, "not-found").into());
    }
    let (from, until) = api::days(&asked.from, &asked.until, &page::today(&rim))?;
    let own = visit.actor.principal().and_then(|me| reach(me, Action::RecordAttendance).into_iter().next());
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let id: Option<PlaceId> = optional_id(Some(&asked.place)).or(own.clone());
        let place = match id {
            Some(id) => places::queries::show(s, &id)?,
            None => places::queries::list(s, None)?.into_iter().next(),
        };
        let Some(place) = place else {
            // nothing was asked for, and nothing is there yet
            let asked_for = !asked.place.is_empty();
            return if asked_for { Err(Refusal::new(No::NotFound, "place-not-found").into()) } else { Ok(None) };
        };
        let may_see = may(&actor, Action::RecordAttendance, &place.site()?);
        let range = Range { home: place.home, path: place.path.clone(), from: from.clone(), until: until.clone() };
        let before = Day::parse(&asked.at).zip(asked.id.parse::<AttendanceId>().ok());
        let before = before.as_ref().map(|(day, id)| (day, id));
        let rows = match asked.rows.as_str() {
            "visits" => Some((false, before)),
            "estimates" => Some((true, before)),
            _ => None,
        };
        let (told, rows) = queries::figures_with_rows(s, &range, rows)?;
        let Range { from, until, .. } = range;
        Ok::<_, Fault>(Some(Facts { asked: asked.clone(), place, from, until, told, rows, may_see }))
    });
    let (facts, w) = (read.await?, visit.words);
    let body = match &facts {
        Some(facts) => told(w, facts),
        None => html! {
            (head(&Head { title: w.t("attendance-title"), lead: w.t("attendance-lead"), ..Head::default() }))
            (empty(w.t("places-none"), w.t("refusal-no-place-yet"), None))
        },
    };
    Ok(visit.page(Section::Other, w.t("attendance-title"), &body))
}

fn told(w: Words, facts: &Facts) -> Markup {
    let Facts { asked, place, from, until, .. } = facts;
    let here = format!("/attendance?place={}&from={from}&until={until}", place.id);
    let day =
        |name, label, value| text(w, &Field { name, label: w.t(label), value, ..Field::default() }, Input::Day, None);
    let fields = [
        html! { input type="hidden" name="place" value=(place.id); },
        day("from", "attendance-from", from.as_str()),
        day("until", "attendance-until", until.as_str()),
    ];
    let full = i64::try_from(facts.rows.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = facts.rows.last().filter(|_| full);
    let next = next.map(|last| format!("{here}&rows={}&at={}&id={}#rows", asked.rows, last.day, last.id));
    let first = format!("{here}&rows={}#rows", asked.rows);
    html! {
        (head(&Head {
            kicker: &[html! { (place.shown) }],
            title: w.t("attendance-title"),
            lead: w.t("attendance-lead"),
            ..Head::default()
        }))
        div.stack {
            (filter(w, &Filter { action: "/attendance", label: "", fields: &fields, on: &[], found: "" }))
            (numbers(w, &facts.told, &format!("{here}&rows=")))
            p.small.soft { (w.t("attendance-counting")) }
            @if ["visits", "estimates"].contains(&asked.rows.as_str()) {
                section.stack #rows {
                    h2 { (w.t(&format!("attendance-rows-{}", asked.rows))) }
                    @if facts.rows.is_empty() { (empty(w.t("attendance-none"), "", None)) }
                    @else { (rows_of(w, &facts.rows, facts.may_see)) }
                    (pager(w, (!asked.id.is_empty()).then_some(first.as_str()), next.as_deref()))
                }
            }
        }
    }
}

/// Each number leads to its rows. Persons, visits and estimates are never added to one another.
fn numbers(w: Words, told: &Figures, rows: &str) -> Markup {
    let (visits, estimates) = (format!("{rows}visits#rows"), format!("{rows}estimates#rows"));
    let unnamed = w.n("attendance-unnamed", told.unnamed);
    let texts = [
        Count::exact(told.visits).attendances(w),
        Count::exact(told.persons).people(w),
        Count::exact(told.estimated_direct).attendances(w),
        Count::exact(told.estimated_indirect).attendances(w),
    ];
    let events = ui::format::count(told.events);
    let plain = Figure::default();
    figures(&[
        Figure { label: w.t("attendance-events"), value: &events, href: Some(&visits), ..plain },
        Figure { label: w.t("attendance-visits"), value: &texts[0], href: Some(&visits), ..plain },
        Figure {
            label: w.t("attendance-persons"),
            value: &texts[1],
            href: Some(&visits),
            note: if told.unnamed > 0 { &unnamed } else { "" },
            ..plain
        },
        Figure { label: w.t("attendance-estimated-direct"), value: &texts[2], href: Some(&estimates), ..plain },
        Figure { label: w.t("attendance-estimated-indirect"), value: &texts[3], href: Some(&estimates), ..plain },
    ])
}

/// Rows without names. Those who may record there see enough of a person's number to tell two rows apart.
fn rows_of(w: Words, rows: &[Attendance], may_see: bool) -> Markup {
    use ui::parts::Column;
    let columns = [
        Column::text(w.t("attendance-column-day")),
        Column::text(w.t("attendance-column-event")),
        Column::text(w.t("attendance-column-who")),
        Column::text(w.t("attendance-column-way")),
        Column::number(w.t("attendance-column-heads")),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            let href =
                format!("/attendance/event?event={}&event_kind={}&place={}", row.event, row.event_kind, row.place);
            vec![
                page::day(w, &row.day),
                html! { @if may_see { a href=(href) { (row.event_kind) } } @else { (row.event_kind) } },
                who(w, row, may_see),
                html! { (w.t(&format!("attendance-way-{}", row.way.as_str()))) },
                html! { (ui::format::count(u64::from(row.headcount))) },
            ]
        })
        .collect();
    table(w, &Table { id: "attendance-rows", caption: w.t("attendance-caption"), columns: &columns, rows: &cells })
}

fn who(w: Words, row: &Attendance, may_see: bool) -> Markup {
    let last_four = |id: &str| id.get(id.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    match &row.person {
        _ if row.estimated => html! { (w.t("attendance-estimate")) @if may_see { " · " (row.basis) } },
        Some(person) if may_see => {
            html! { (w.t_with("attendance-person-ending", &[("end", last_four(person.as_str()).as_str().into())])) }
        }
        Some(_) => html! { (w.t("attendance-person")) },
        None if may_see && !row.mark.is_empty() => html! { (row.mark) },
        None => html! { (w.t("attendance-nobody-known")) },
    }
}

/// `GET /attendance/event?event=…&event_kind=…&place=…`, for those who may record there: four statements.
async fn event(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let list = list_of(&rim, &visit, &asked).await?;
    Ok(visit.page(Section::Other, visit.words.t("attendance-event-title"), &event_page(&visit, &asked, &list, None)))
}

struct List {
    told: Figures,
    rows: Vec<Attendance>,
}

async fn list_of(rim: &Rim, visit: &Visit, asked: &Asked) -> Result<List, Problem> {
    let (actor, asked) = (visit.actor.clone(), asked.clone());
    let read = rim.db.read(move |s| {
        let place: PlaceId = asked.place.parse().map_err(|_| Refusal::new(No::NotFound, "place-not-found"))?;
        let site = site_of(s, &place)?;
        authorize(&actor, Action::RecordAttendance, &site)?;
        let at = EventAt {
            home: site.home,
            path: path_of(&site),
            kind: asked.event_kind.clone(),
            event: asked.event.clone(),
        };
        let told = queries::event_figures(s, &at)?;
        let before: Option<AttendanceId> = optional_id(Some(&asked.id));
        let rows = queries::event_rows(s, &at, before.as_ref())?;
        Ok::<_, Fault>(List { told, rows })
    });
    Ok(read.await?)
}

fn event_page(visit: &Visit, asked: &Asked, list: &List, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let here = format!("/attendance/event?event={}&event_kind={}&place={}", asked.event, asked.event_kind, asked.place);
    let full = i64::try_from(list.rows.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = list.rows.last().filter(|_| full).map(|last| format!("{here}&id={}", last.id));
    let figures = &list.told;
    html! {
        (head(&Head { kicker: &[html! { (asked.event_kind) }], title: w.t("attendance-event-title"), ..Head::default() }))
        div.stack {
            (page::told(w, refusal))
            (numbers(w, figures, &format!("{here}&rows=")))
            (section(w.t("attendance-rows-visits"), &html! {
                @if list.rows.is_empty() { (empty(w.t("attendance-none"), "", None)) }
                @for row in &list.rows { (one(visit, asked, row, refusal)) }
                (pager(w, (!asked.id.is_empty()).then_some(here.as_str()), next.as_deref()))
            }))
        }
    }
}

fn one(visit: &Visit, asked: &Asked, row: &Attendance, refusal: Option<&Refusal>) -> Markup {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let reason = Field {
        name: "reason",
        label: w.t("attendance-field-reason"),
        hint: w.t("attendance-field-reason-hint"),
        error: errors.of("reason"),
        required: true,
        ..Field::default()
    };
    let hidden = [("event", &*asked.event), ("event_kind", &*asked.event_kind), ("place", &*asked.place)];
    let inner = html! {
        (visit.csrf_field())
        (text(w, &reason, Input::Line, Some(200)))
        (acts(&[button(Weight::Plain, w.t("attendance-strike"))]))
    };
    html! {
        article.sheet.stack #{ "row-" (row.id) } {
            p.meta {
                span { (page::day(w, &row.day)) }
                span { (who(w, row, true)) }
                span { (w.t(&format!("attendance-way-{}", row.way.as_str()))) }
                @if row.headcount > 1 { span { (ui::format::count(u64::from(row.headcount))) } }
            }
            @if row.struck_at.is_some() {
                p { del { (w.t("attendance-struck")) } " " (row.struck_reason) }
            } @else {
                (fold(w.t("attendance-strike"), &form(&format!("/attendance/{}/strike", row.id), &hidden, &inner)))
            }
        }
    }
}

/// What the form of a strike sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    reason: String,
    event: String,
    event_kind: String,
    place: String,
}

/// `POST /attendance/{attendance}/strike`.
async fn strike_out(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<AttendanceId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Strike { reason: typed.reason.clone() };
    let Typed { event, event_kind, place, .. } = typed;
    let asked = Asked { event, event_kind, place, ..Asked::default() };
    let refusal = match page::act(&rim, &visit, move |tx, cx| strike(tx, cx, &id, &input)).await {
        Ok(row) => {
            let to = format!("/attendance/event?event={}&event_kind={}&place={}", row.event, row.event_kind, row.place);
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Fault::Refused(refusal)) if refusal.kind != No::NotFound => refusal,
        Err(fault) => return Err(fault.into()),
    };
    let list = list_of(&rim, &visit, &asked).await?;
    let body = event_page(&visit, &asked, &list, Some(&refusal));
    Ok(page::again(&visit, Section::Other, visit.words.t("attendance-event-title"), &body, &refusal))
}
