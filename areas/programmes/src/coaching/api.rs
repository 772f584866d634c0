//! JSON faces of coaching. Persons are not named.

use axum::{extract::State, http::StatusCode};
use db::Fault;
use kernel::{Kind, Refusal};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Answer, Found, Note,
    ask::{self, AskQuestions},
    assign::{self, AssignCoach},
    note::{self, WriteNote},
    queries,
};
use crate::{ProposalId, SeasonId, page, proposal, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(show_coaching))
        .routes(routes!(put_coach))
        .routes(routes!(write_note))
        .routes(routes!(put_answers))
}

/// What was found on one question.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FoundView {
    version: u32,
    question: String,
    answer: Answer,
    note: String,
    day: String,
}

impl From<Found> for FoundView {
    fn from(f: Found) -> Self {
        FoundView {
            version: f.version,
            question: f.question,
            answer: f.answer,
            note: f.note,
            day: f.made_day.to_string(),
        }
    }
}

/// A note on a version.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NoteView {
    version: u32,
    words: String,
    day: String,
}

impl From<Note> for NoteView {
    fn from(n: Note) -> Self {
        NoteView { version: n.version, words: n.words, day: n.made_day.to_string() }
    }
}

/// What a coach says about a proposal.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CoachingView {
    /// On the questions, in the last version that was gone through.
    answers: Vec<FoundView>,
    /// The last 50, the newest first.
    notes: Vec<NoteView>,
}

/// What the coach says; for the authors, the coach and the office, and for everybody once the season is approved.
#[utoipa::path(get, path = "/seasons/{season}/proposals/{proposal}/coaching", tag = "programmes",
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = CoachingView), (status = 404, body = Document)))]
async fn show_coaching(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
) -> Result<Json<CoachingView>, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &season)?;
        let site = season::queries::site(s, &season)?;
        let (proposal, standing) = proposal::queries::seen(s, (&season.id, &id), &visit.actor, &site)?;
        if !queries::may_read(&season, proposal.state, standing) {
            return Err(Refusal::new(Kind::NotFound, "proposal-not-found").into());
        }
        Ok::<_, Fault>((queries::answers(s, &id)?, queries::notes(s, &id, None)?))
    });
    let (answers, notes) = read.await?;
    let (answers, notes) = (answers.into_iter().map(Into::into).collect(), notes.into_iter().map(Into::into).collect());
    Ok(Json(CoachingView { answers, notes }))
}

/// Say who coaches.
#[utoipa::path(put, path = "/seasons/{season}/proposals/{proposal}/coach", tag = "programmes",
    request_body = AssignCoach, params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn put_coach(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Json(input): Json<AssignCoach>,
) -> Result<StatusCode, Problem> {
    page::act(&rim, &visit, move |tx, cx| assign::assign(tx, cx, (&season, &id), &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Write a note on the last version.
#[utoipa::path(post, path = "/seasons/{season}/proposals/{proposal}/coaching/notes", tag = "programmes",
    request_body = WriteNote, params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 201, body = NoteView), (status = "4XX", body = Document)))]
async fn write_note(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Json(input): Json<WriteNote>,
) -> Result<(StatusCode, Json<NoteView>), Problem> {
    let written = page::act(&rim, &visit, move |tx, cx| note::note(tx, cx, (&season, &id), &input)).await?;
    Ok((StatusCode::CREATED, Json(written.into())))
}

/// Say how far the last version answers the template's questions.
#[utoipa::path(put, path = "/seasons/{season}/proposals/{proposal}/coaching/answers", tag = "programmes",
    request_body = AskQuestions, params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = Vec<FoundView>), (status = "4XX", body = Document)))]
async fn put_answers(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Json(input): Json<AskQuestions>,
) -> Result<Json<Vec<FoundView>>, Problem> {
    let found = page::act(&rim, &visit, move |tx, cx| ask::ask(tx, cx, (&season, &id), &input)).await?;
    Ok(Json(found.into_iter().map(FoundView::from).collect()))
}
