//! Put projects on the ballot paper.

use db::{DbError, Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Project, store};
use crate::{
    SeasonId,
    season::{open::MAX_MONEY, queries, rules},
};

/// Projects one command takes; more come in several.
pub const MAX_CHUNK: usize = 100;

/// A project as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct NewProject {
    /// What people and exchange files call it: 1 to 60 characters, unique within the season.
    pub reference: String,
    /// 1 to 400 characters.
    pub name: String,
    /// At most 4,000 characters.
    #[serde(default)]
    pub about: String,
    /// At most 200 characters.
    #[serde(default)]
    pub category: String,
    /// What it costs, in the smallest unit.
    #[schema(value_type = i64)]
    pub cost: Fen,
}

/// Adds projects; they get the next numbers in the order given.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `wrong-phase`, `too-many-projects`, `reference-taken`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn add_projects(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &SeasonId,
    input: &[NewProject],
) -> Result<Vec<Project>, Fault> {
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    rules::may_add(&season, input.len())?;
    if input.len() > MAX_CHUNK {
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", 100).into());
    }
    let projects: Vec<Project> =
        (season.n_projects + 1..).zip(input).map(|(number, new)| draft(number, new)).collect::<Result<_, _>>()?;
    let more = u32::try_from(projects.len()).unwrap_or(u32::MAX);
    if !store::count_projects(tx, &permit, &season, more)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    for project in &projects {
        store::insert_project(tx, &permit, id, project, cx.now).map_err(|e| taken(e, project))?;
        let told = json!({
            "number": project.number, "reference": project.reference, "name": project.name, "cost": project.cost,
        });
        append(tx, cx, &permit, &Draft { kind: "project.added", subject: id.as_str(), public: &told, private: None })?;
    }
    Ok(projects)
}

fn taken(error: DbError, project: &Project) -> Fault {
    match error {
        DbError::Unique(_) => {
            Refusal::new(Kind::Conflict, "reference-taken").with_text("reference", &*project.reference).into()
        }
        error => error.into(),
    }
}

fn draft(number: u32, input: &NewProject) -> Result<Project, Refusal> {
    let mut shape = Shape::new();
    let project = Project {
        number,
        reference: shape.line("reference", &input.reference, 60),
        name: shape.line("name", &input.name, 400),
        about: shape.optional_prose("about", &input.about, 4_000),
        category: shape.optional_line("category", &input.category, 200),
        cost: shape.money("cost", input.cost, 0..=MAX_MONEY),
    };
    shape.finish(project)
}
