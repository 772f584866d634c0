//! Pages: the figures of a season, and the records of one.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use db::Fault;
use programmes::{SeasonId, Template, page, season::queries, template, web::shown};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Column, Head, Table, breadcrumb, code, day, empty, figures, fold, head, pager, pairs, section, table,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{Figure, Note, Record, Report, Unit, one, report, word};

/// Records of a page.
const PAGE: usize = 100;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/figures", get(list))
        .route("/seasons/{season}/figures/{figure}", get(records))
}

async fn read(rim: &Rim, id: SeasonId) -> Result<(Report, Template), Problem> {
    let read = rim.db.read(move |s| {
        let season = queries::season(s, &id)?;
        let template = template::queries::of_season(s, &season)?;
        Ok::<_, Fault>((report(s, season)?, template))
    });
    Ok(read.await?)
}

/// The figures of a season.
async fn list(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<Response, Problem> {
    let (report, template) = read(&rim, id).await?;
    let w = visit.words;
    let title = w.t("figures-title");
    let body = html! {
        (opening(w, &report, title, None))
        (shown::tabs(w, &report.season, &template, "figures"))
        p.soft { (w.t("figures-hint")) }
        (numbers(w, &report))
        (definitions(w, &report))
    };
    Ok(page::page(&visit, title, &body, None))
}

fn opening(w: Words, report: &Report, title: &str, over: Option<(&str, &str)>) -> Markup {
    let season = format!("/seasons/{}", report.season.id);
    let mut way = vec![("/seasons", w.t("seasons-title")), (season.as_str(), report.season.name.as_str())];
    way.extend(over);
    html! {
        (breadcrumb(w, &way, title))
        (head(&Head { title, ..Head::default() }))
    }
}

fn numbers(w: Words, report: &Report) -> Markup {
    let shown: Vec<(&str, String, &str, String, &str)> = (report.figures.iter())
        .map(|figure| {
            let value = match figure.unit {
                Unit::Visits => figure.printed().short(w),
                _ => ui::format::count(figure.value),
            };
            let unit = w.t(&format!("figure-unit-{}", figure.unit.as_str()));
            let note = if figure.estimated { w.t("figure-estimated") } else { "" };
            let label = w.t(&word("figure", figure.key));
            (label, value, unit, figure.page(&report.season), note)
        })
        .collect();
    let list: Vec<_> = (shown.iter())
        .map(|(label, value, unit, href, note)| parts::Figure { label, value, unit, href: Some(href), note })
        .collect();
    figures(&list)
}

/// What each of them counts, and the way to its records.
fn definitions(w: Words, report: &Report) -> Markup {
    let told = |figure: &Figure| {
        let records = w.t_with("figure-records", &[("count", figure.records.len().into())]);
        html! { (w.t(&word("figure-def", figure.key))) " " a href=(figure.page(&report.season)) { (records) } }
    };
    let labels: Vec<String> = report.figures.iter().map(|figure| w.t(&word("figure", figure.key)).to_owned()).collect();
    let list: Vec<(&str, Markup)> =
        labels.iter().zip(&report.figures).map(|(label, figure)| (label.as_str(), told(figure))).collect();
    section(w.t("figure-definitions"), &pairs(&list))
}

/// Where a page of records begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct After {
    /// Behind this record.
    after: String,
}

/// The records behind one figure.
async fn records(
    State(rim): State<Rim>,
    visit: Visit,
    Path((id, key)): Path<(String, String)>,
    Query(which): Query<After>,
) -> Result<Response, Problem> {
    let id: SeasonId = id.parse().map_err(|_| Problem::of(StatusCode::NOT_FOUND))?;
    let (report, _) = read(&rim, id).await?;
    let figure = one(&report, &key).map_err(Fault::from)?;
    let w = visit.words;
    let title = w.t(&word("figure", figure.key));
    let over = format!("/seasons/{}/figures", report.season.id);
    let from = figure.records.partition_point(|record| record.id <= which.after);
    let rows = &figure.records[from..figure.records.len().min(from + PAGE)];
    let more = (from + rows.len() < figure.records.len()).then(|| rows.last()).flatten();
    let next = more.map(|last| format!("{}?after={}", figure.page(&report.season), last.id));
    let first = (from > 0).then(|| figure.page(&report.season));
    let body = html! {
        (opening(w, &report, title, Some((&over, w.t("figures-title")))))
        p { (w.t(&word("figure-def", figure.key))) }
        (counted(w, figure))
        @if rows.is_empty() { (empty(w.t("figure-empty"), w.t("figure-empty-hint"), Some((&over, w.t("figures-title"))))) }
        @else { (shown_records(w, figure, rows)) (pager(w, first.as_deref(), next.as_deref())) }
    };
    Ok(page::page(&visit, title, &body, None))
}

fn counted(w: Words, figure: &Figure) -> Markup {
    let value = ui::format::count(figure.value);
    let (value, records) = (value.as_str().into(), figure.records.len().into());
    html! {
        p { strong { (w.t_with("figure-counted", &[("value", value), ("records", records)])) } }
        @if figure.estimated { p.soft { (w.t("figure-estimated-hint")) } }
        (fold(w.t("figure-digest"), &html! { p.small { (w.t("figure-digest-hint")) } p { (code(&figure.digest)) } }))
    }
}

fn shown_records(w: Words, figure: &Figure, rows: &[Record]) -> Markup {
    let cells: Vec<Vec<Markup>> = (rows.iter())
        .map(|record| {
            let mut cells = vec![named(w, record), html! { @if let Some(at) = &record.day { (day(w, at)) } }];
            if figure.is_sum {
                cells.push(html! { (record.part) });
            }
            cells
        })
        .collect();
    let mut columns = vec![Column::text(w.t("figure-record")), Column::text(w.t("figure-day"))];
    if figure.is_sum {
        columns.push(Column::number(w.t(&format!("figure-unit-{}", figure.unit.as_str()))));
    }
    table(w, &Table { id: "records", caption: w.t("figure-source"), columns: &columns, rows: &cells })
}

/// What a record is called, as a link to it, with what is told beside it.
fn named(w: Words, record: &Record) -> Markup {
    let note = match &record.note {
        Note::None => String::new(),
        Note::Basis(basis) => w.t_with("figure-basis", &[("basis", basis.as_str().into())]),
        Note::Named(names) => names.of(w.locale()).to_owned(),
        Note::Round(round) => w.t_with("figure-round", &[("round", (*round).into())]),
        Note::Stage(stage) => w.t(&format!("stage-{}", stage.as_str())).to_owned(),
    };
    let is_stage = matches!(record.note, Note::Stage(_));
    let title = match record.title.as_str() {
        "" if is_stage => w.t_with("figure-stage", &[("stage", note.as_str().into())]),
        "" => w.t("figure-record-merged").to_owned(),
        title => title.to_owned(),
    };
    html! {
        a href=(record.page) { (title) }
        @if !note.is_empty() && !is_stage { p.small.soft { (note) } }
    }
}
