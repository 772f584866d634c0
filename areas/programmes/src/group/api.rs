//! JSON faces of groups.

use axum::extract::State;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    How, Leader,
    lead::{self, Assign, Lead},
    note::{self, WriteNote},
    queries,
};
use crate::{SeasonId, page, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_groups))
        .routes(routes!(assign_group))
        .routes(routes!(lead_group))
        .routes(routes!(note_group))
}

/// Who leads a group.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LeaderView {
    /// The project whose team leads.
    number: u32,
    how: How,
    since: String,
}

impl From<Leader> for LeaderView {
    fn from(of: Leader) -> LeaderView {
        LeaderView { number: of.number, how: of.how, since: of.since.to_string() }
    }
}

/// A group with its projects.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct GroupView {
    /// The key in the template.
    team: String,
    leader: Option<LeaderView>,
    /// Numbers of its projects, in order.
    projects: Vec<u32>,
}

/// The groups of a season that have members, by their keys.
#[utoipa::path(get, path = "/seasons/{season}/groups", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = Vec<GroupView>), (status = 404, body = Document)))]
async fn list_groups(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<Vec<GroupView>>, Problem> {
    let read = rim.db.read(move |s| {
        season::queries::season(s, &id)?;
        Ok::<_, Fault>((queries::members(s, &id)?, queries::leaders(s, &id)?))
    });
    let (members, mut leaders) = read.await?;
    let mut groups: Vec<GroupView> = Vec::new();
    for member in members.into_iter().filter(|member| !member.team.is_empty()) {
        match groups.last_mut().filter(|group| group.team == member.team) {
            Some(group) => group.projects.push(member.number),
            None => {
                let at = leaders.iter().position(|leader| leader.team == member.team);
                let leader = at.map(|at| leaders.swap_remove(at).into());
                groups.push(GroupView { team: member.team, leader, projects: vec![member.number] });
            }
        }
    }
    Ok(Json(groups))
}

/// Put a project into a group.
#[utoipa::path(post, path = "/seasons/{season}/groups/members", tag = "programmes", request_body = Assign,
    params(("season" = String, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn assign_group(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Assign>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| lead::assign(tx, cx, &id, &input)).await?)
}

/// Say who leads a group.
#[utoipa::path(post, path = "/seasons/{season}/groups/leaders", tag = "programmes", request_body = Lead,
    params(("season" = String, Path)),
    responses((status = 200, body = LeaderView), (status = "4XX", body = Document)))]
async fn lead_group(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Lead>,
) -> Result<Json<LeaderView>, Problem> {
    let leader = page::act(&rim, &visit, move |tx, cx| lead::lead(tx, cx, &id, &input)).await?;
    Ok(Json(leader.into()))
}

/// Note down a visit, a talk or the report of a group.
#[utoipa::path(post, path = "/seasons/{season}/groups/{group}/notes", tag = "programmes", request_body = WriteNote,
    params(("season" = String, Path), ("group" = String, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn note_group(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, team)): PathId<(SeasonId, String)>,
    Json(input): Json<WriteNote>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| note::note(tx, cx, (&id, &team), &input)).await?)
}
