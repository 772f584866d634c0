//! The JSON face of figures.

use axum::extract::State;
use programmes::{SeasonId, season::queries};
use serde::Serialize;
use ui::Words;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{Period, Records, Report, Scope, Unit, report};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_figures))
}

/// A figure as others read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FigureView {
    /// Its key.
    #[schema(value_type = String)]
    pub key: &'static str,
    /// The exact count.
    pub value: u64,
    /// What is counted.
    pub unit: Unit,
    /// What counts, in a sentence of the reader's language.
    pub definition: String,
    /// The days it covers.
    pub period: Period,
    /// What it is about.
    pub scope: Scope,
    /// What it is counted from.
    pub records: Records,
    /// Whether some of it was estimated.
    pub estimated: bool,
    /// Whether a text prints it shortened, as more than a round number. The value is exact all the same.
    pub more_than: bool,
    /// SHA-256 over the records: a line each of id, tab, property.
    pub digest: String,
    /// Of awards: what they were given for, each with how many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryView>,
}

/// What awards are given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CategoryView {
    /// Its key.
    pub key: String,
    /// Its name in the reader's language.
    pub name: String,
    /// How many were given for it.
    pub value: u64,
}

fn categories(w: Words, report: &Report, figure: &super::Figure) -> Vec<CategoryView> {
    if figure.unit != Unit::Awards {
        return Vec::new();
    }
    let given = |key: &str| figure.records.iter().filter(|record| record.part == key).count();
    let view = |term: &programmes::template::Term| CategoryView {
        key: term.key.clone(),
        name: term.name.of(w.locale()).to_owned(),
        value: u64::try_from(given(&term.key)).unwrap_or(u64::MAX),
    };
    report.categories.iter().map(view).collect()
}

/// The figures as others read them.
pub fn views(w: Words, report: &Report) -> Vec<FigureView> {
    let view = |figure: &super::Figure| FigureView {
        key: figure.key,
        value: figure.value,
        unit: figure.unit,
        definition: w.t(&super::word("figure-def", figure.key)).to_owned(),
        period: report.period.clone(),
        scope: report.scope.clone(),
        records: Records {
            count: u64::try_from(figure.records.len()).unwrap_or(u64::MAX),
            page: figure.page(&report.season),
        },
        estimated: figure.estimated,
        more_than: figure.printed().is_more(),
        digest: figure.digest.clone(),
        categories: categories(w, report, figure),
    };
    report.figures.iter().map(view).collect()
}

/// The figures of a season, counted from its records.
#[utoipa::path(get, path = "/seasons/{season}/figures", tag = "reports", params(("season" = String, Path)),
    responses((status = 200, body = Vec<FigureView>), (status = 404, body = Document)))]
async fn list_figures(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<Vec<FigureView>>, Problem> {
    let read = rim.db.read(move |s| {
        let season = queries::season(s, &id)?;
        report(s, season)
    });
    Ok(Json(views(visit.words, &read.await?)))
}
