//! The units of a work: added, reported with photos, accepted.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::page;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Column, Head, Input, Table, Weight, acts, apart, button, day, empty, fold, form_with_files, head,
        section, select, sheet, table, text, textarea, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, Sent, SignedIn, Visit,
    photos::{self, Takes},
};
use work::files::FileId;

use super::{
    super::{
        State as Standing, Step, Unit, WorkId, queries,
        unit::{self, AcceptUnits, AddUnits, MAX_PHOTOS, ReportUnit},
    },
    One, Typed, field, kind, kinds, state, typed,
};

const TAKES: Takes = Takes { most: MAX_PHOTOS, documents: false };

struct Facts {
    one: One,
    units: Vec<Unit>,
    steps: Vec<Step>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &WorkId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        Ok::<_, Fault>(Facts { one, units: queries::units(s, &id)?, steps: queries::steps(s, &id)? })
    });
    Ok(read.await?)
}

/// `GET /works/{work}/units`: four statements.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(listed(&visit, &facts, ("", &Typed::new(), None)))
}

fn listed(visit: &Visit, f: &Facts, (form, fields, refusal): (&str, &Typed, Option<&Refusal>)) -> Response {
    let (w, one) = (visit.words, &f.one);
    let none = Typed::new();
    let of = |name: &str| if form == name { (fields, refusal) } else { (&none, None) };
    let settled = one.work.state == Standing::Settled;
    let add = apart("add", &add_form(visit, one, of("add")));
    let body = html! {
        (one.way(w, w.t("work-units")))
        (head(&Head { title: w.t("work-units"), lead: w.t("work-units-lead"), ..Head::default() }))
        (told(w, refusal))
        @if f.units.is_empty() { (empty(w.t("work-units-none"), "", None)) } @else { (rows(w, f)) }
        @if one.approves && f.units.iter().any(|unit| unit.state == Standing::Done) {
            (sheet(w.t("work-accept"), &apart("accept", &accept_form(visit, one, of("accept")))))
        }
        @if one.office && !settled {
            @if form == "add" || f.units.is_empty() { (sheet(w.t("work-units-add"), &add)) }
            @else { (fold(w.t("work-units-add"), &add)) }
        }
    };
    page::page(visit, w.t("work-units"), &body, refusal)
}

fn rows(w: Words, f: &Facts) -> Markup {
    let here = f.one.here();
    let columns = [
        Column::text(w.t("work-unit")),
        Column::text(w.t("work-field-kind")),
        Column::text(w.t("word-status")),
        Column::text(w.t("work-unit-day")),
        Column::text(w.t("work-open-items")),
    ];
    let rows: Vec<Vec<Markup>> = (f.units.iter())
        .map(|unit| {
            let steps: Vec<&Step> = f.steps.iter().filter(|step| step.unit == unit.number).collect();
            let open = steps.iter().find(|step| step.state == Standing::Accepted).map_or("", |step| &step.words);
            vec![
                html! { a href={ (here) "/units/" (unit.number) } { (unit.label) } },
                html! { (kind(w, unit.kind)) },
                state(w, unit.state),
                html! { @if let Some(last) = steps.last() { (day(w, &last.day)) } },
                html! { (open) },
            ]
        })
        .collect();
    table(w, &Table { id: "units", caption: w.t("work-units-caption"), columns: &columns, rows: &rows })
}

fn add_form(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, hint| field(visit, (name, hint), typed(fields, name), (true, refusal));
    page::form(
        visit,
        &format!("{}/units", one.here()),
        &[],
        &html! {
            (select(w, &of("kind", ""), &kinds(w)))
            (textarea(w, &of("labels", "work-field-labels-hint"), 6, Some(10_000)))
            (acts(&[button(Weight::First, w.t("work-units-add"))]))
        },
    )
}

fn accept_form(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let open = field(visit, ("open", "work-field-open-hint"), typed(fields, "open"), (false, refusal));
    page::form(
        visit,
        &format!("{}/accept", one.here()),
        &[],
        &html! {
            p { (w.t("work-accept-note")) }
            (text(w, &open, Input::Line, Some(300)))
            (acts(&[button(Weight::First, w.t("work-accept"))]))
        },
    )
}

/// `POST /works/{work}/units`.
pub(super) async fn add(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = AddUnits { kind: typed(&fields, "kind").to_owned(), labels: typed(&fields, "labels").to_owned() };
    let of = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| unit::add(tx, cx, &of, &input)).await;
    after(&rim, &visit, &id, ("add", &fields), done).await
}

/// `POST /works/{work}/accept`: all units that are done, or the one that is named.
pub(super) async fn accept(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let units = typed(&fields, "unit").trim().parse().ok().into_iter().collect();
    let input = AcceptUnits { units, open: typed(&fields, "open").to_owned() };
    let of = id.clone();
    let done = page::act(&rim, &visit, move |tx, cx| unit::accept(tx, cx, &of, &input)).await;
    after(&rim, &visit, &id, ("accept", &fields), done).await
}

async fn after(
    rim: &Rim,
    visit: &Visit,
    id: &WorkId,
    (form, fields): (&str, &Typed),
    done: Result<Vec<Unit>, Fault>,
) -> Result<Response, Problem> {
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/works/{id}/units"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(rim, visit, id).await?;
            Ok(listed(visit, &facts, (form, fields, Some(&refusal))))
        }
    }
}

/// What the form of a report sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    to: String,
    day: String,
    words: String,
    /// Ids of photos that an earlier sending brought.
    files: Vec<String>,
}

/// `GET /works/{work}/units/{unit}`: four statements.
pub(super) async fn one(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(WorkId, u32)>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    unit_page(&visit, &facts, number, (&Report::default(), None))
}

fn unit_page(
    visit: &Visit,
    f: &Facts,
    number: u32,
    (report, refusal): (&Report, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (w, one) = (visit.words, &f.one);
    let unit = f.units.iter().find(|unit| unit.number == number);
    let unit = unit.ok_or_else(|| Refusal::new(Kind::NotFound, "unit-not-found"))?;
    let (work, units) = (one.here(), format!("{}/units", one.here()));
    let list = format!("/works?place={}", one.place.id);
    let way = [(&*list, w.t("works-title")), (&*work, &*one.work.title), (&*units, w.t("work-units"))];
    let reports = one.office && unit.state < Standing::Done && one.work.chosen.is_some();
    let body = html! {
        (ui::parts::breadcrumb(w, &way, &unit.label))
        (head(&Head {
            kicker: &[html! { (kind(w, unit.kind)) }, state(w, unit.state)],
            title: &unit.label,
            ..Head::default()
        }))
        (told(w, refusal))
        div.stack {
            @for step in f.steps.iter().filter(|step| step.unit == number) { (stepped(w, one, step)) }
            @if reports { (sheet(w.t("work-report"), &report_form(visit, one, unit, (report, refusal)))) }
            @if one.office && one.work.chosen.is_none() { p.soft { (w.t("refusal-work-without-contractor")) } }
        }
    };
    Ok(page::page(visit, &unit.label, &body, refusal))
}

fn stepped(w: Words, one: &One, step: &Step) -> Markup {
    let photos: Vec<(String, String)> = (step.photos.iter())
        .map(|id| format!("{}/files/{id}", one.here()))
        .map(|href| (format!("{href}/small"), href))
        .collect();
    let alts: Vec<String> = (1..=photos.len()).map(|n| w.n("photo-alt", n)).collect();
    let list: Vec<ui::parts::Photo<'_>> = (photos.iter().zip(&alts))
        .map(|((src, href), alt)| ui::parts::Photo { src, alt, href: Some(href), caption: "" })
        .collect();
    section(
        w.t(&format!("work-state-{}", step.state.as_str())),
        &html! {
            p.meta { span { (day(w, &step.day)) } }
            @if !step.words.is_empty() {
                p { @if step.state == Standing::Accepted { (w.t("work-open-items")) "：" } (step.words) }
            }
            @if !list.is_empty() { (ui::parts::photos(&list)) }
        },
    )
}

fn report_form(visit: &Visit, one: &One, unit: &Unit, (report, refusal): (&Report, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let next = if unit.state == Standing::Planned { "started" } else { "done" };
    let label = w.t(&format!("work-state-{next}"));
    let to = if report.to.is_empty() { next } else { &report.to };
    let action = format!("{}/units/{}", one.here(), unit.number);
    let fields = html! {
        (visit.csrf_field())
        (select(w, &field(visit, ("to", ""), to, (true, refusal)), &[Choice { value: next, label, more: "" }]))
        (text(w, &field(visit, ("day", "work-field-day-hint"), &report.day, (false, refusal)), Input::Day, Some(10)))
        (text(w, &field(visit, ("words", ""), &report.words, (false, refusal)), Input::Line, Some(300)))
        (photos::field(w, "photos", TAKES, &report.files, refusal))
        (acts(&[button(Weight::First, w.t("work-report"))]))
    };
    form_with_files(&action, &[], &fields)
}

/// `POST /works/{work}/units/{unit}`.
pub(super) async fn report(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(WorkId, u32)>,
    sent: Sent<Report>,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    let facts = facts(&rim, &visit, &id).await?;
    // nobody leaves bytes here who may not
    if !facts.one.office {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let site = facts.one.place.site().map_err(Fault::from)?;
    let came = (files, refusal);
    if let Err(refusal) = page::shown(photos::receive((&rim, &visit), &site, TAKES, &mut typed.files, came).await)? {
        return unit_page(&visit, &facts, number, (&typed, Some(&refusal)));
    }
    let Report { to, day, words, files } = typed.clone();
    let (input, of) = (ReportUnit { to, day, words, files }, id.clone());
    match page::act(&rim, &visit, move |tx, cx| unit::report(tx, cx, (&of, number), &input)).await {
        Ok(_) => Ok(page::to(&format!("/works/{id}/units/{number}"))),
        // photos that were swept meanwhile are said on the page too
        Err(Fault::Refused(refusal)) if refusal.code.starts_with("file-") || refusal.kind != Kind::NotFound => {
            unit_page(&visit, &facts, number, (&typed, Some(&refusal)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /works/{work}/files/{file}`: one photo.
pub(super) async fn whole(State(rim): State<Rim>, PathId(ids): PathId<(WorkId, FileId)>) -> Result<Response, Problem> {
    serve(&rim, ids, false).await
}

/// `GET /works/{work}/files/{file}/small`: its small picture.
pub(super) async fn small(State(rim): State<Rim>, PathId(ids): PathId<(WorkId, FileId)>) -> Result<Response, Problem> {
    serve(&rim, ids, true).await
}

async fn serve(rim: &Rim, (id, file): (WorkId, FileId), small: bool) -> Result<Response, Problem> {
    let file = rim.db.read(move |s| queries::photo(s, &id, &file)).await?;
    photos::serve(rim, &file, small).await
}
