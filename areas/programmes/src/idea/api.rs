//! JSON faces of the verbs of ideas.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Answer, Comment, CommentId, Idea, IdeaId, Outcome, State as IdeaState, answer,
    comment::{self, NewComment},
    hide::{self, Why},
    merge::{self, MergeIdeas},
    post,
    queries::{self, Filter, Order},
    show_it,
    split::{self, SplitIdea},
    support, withdraw,
};
use crate::{SeasonId, page::act, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_ideas, post_idea))
        .routes(routes!(merge_ideas))
        .routes(routes!(get_idea))
        .routes(routes!(answer_idea))
        .routes(routes!(hide_idea))
        .routes(routes!(show_idea))
        .routes(routes!(split_idea))
        .routes(routes!(withdraw_idea))
        .routes(routes!(support_idea, unsupport_idea))
        .routes(routes!(list_comments, comment_on_idea))
        .routes(routes!(hide_comment))
}

/// An idea. Whose it is stands in no answer: the name is the one that its author shows.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct IdeaView {
    #[schema(value_type = String)]
    id: IdeaId,
    title: String,
    body: String,
    /// Empty means without a name.
    author: String,
    field: String,
    #[schema(value_type = Option<String>)]
    place: Option<kernel::PlaceId>,
    place_name: String,
    source: &'static str,
    state: IdeaState,
    /// Why the office hid or split it.
    reason: String,
    #[schema(value_type = Option<String>)]
    merged_into: Option<IdeaId>,
    #[schema(value_type = Option<String>)]
    split_from: Option<IdeaId>,
    posted_day: String,
    /// By when it is answered.
    due_day: Option<String>,
    /// The day may still move.
    provisional: bool,
    answer: Option<AnswerView>,
    supports: u32,
    comments: u32,
    photos: u32,
}

/// What the office said.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AnswerView {
    outcome: Outcome,
    words: String,
    day: String,
    /// It came after its day.
    late: bool,
}

impl From<Idea> for IdeaView {
    fn from(i: Idea) -> Self {
        let late = i.is_late();
        let answer = |a: Answer| AnswerView { outcome: a.outcome, words: a.words, day: a.day.to_string(), late };
        IdeaView {
            id: i.id,
            title: i.title,
            body: i.body,
            author: i.author,
            field: i.field,
            place: i.place,
            place_name: i.place_name,
            source: i.source.as_str(),
            state: i.state,
            reason: i.reason,
            merged_into: i.merged_into,
            split_from: i.split_from,
            posted_day: i.posted_day.to_string(),
            provisional: i.promise.as_ref().is_some_and(|p| p.provisional),
            due_day: i.promise.map(|p| p.day.to_string()),
            answer: i.answer.map(answer),
            supports: i.n_supports,
            comments: i.n_comments,
            photos: i.n_photos,
        }
    }
}

/// A comment; one that the office hid has no words and says why.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CommentView {
    #[schema(value_type = String)]
    id: CommentId,
    /// The comment it replies to.
    #[schema(value_type = Option<String>)]
    to: Option<CommentId>,
    words: String,
    author: String,
    hidden: Option<String>,
    posted_day: String,
}

impl From<Comment> for CommentView {
    fn from(c: Comment) -> Self {
        let to = c.is_reply().then(|| c.thread.clone());
        let (words, author) = if c.hidden.is_some() { Default::default() } else { (c.words, c.author) };
        CommentView { id: c.id, to, words, author, hidden: c.hidden, posted_day: c.posted_day.to_string() }
    }
}

/// Which part of the list.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Which {
    /// A key of the template's fields.
    field: String,
    /// The id of a place directly below the season's.
    area: String,
    /// `answered` or `unanswered`.
    answered: String,
    /// Words of the title or the text. They are looked for in 5,000 ideas, from `before` on in the order of the list.
    q: String,
    /// `supports`, or the newest first.
    sort: String,
    /// The id of the last idea of the page before; in the order of supports its number of supports, a dot and its id.
    before: String,
}

/// Ideas of a season that everybody sees, 50 a page.
#[utoipa::path(get, path = "/seasons/{season}/ideas", tag = "programmes", params(("season" = String, Path), Which),
    responses((status = 200, body = Vec<IdeaView>), (status = 404, body = Document)))]
async fn list_ideas(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Json<Vec<IdeaView>>, Problem> {
    let order = if which.sort == "supports" { Order::Supports } else { Order::Newest };
    let Which { field, area, answered, q: words, before, .. } = which;
    let filter = Filter { field, area, answered, words, order, before };
    let found = rim
        .db
        .read(move |s| {
            season::queries::season(s, &id)?;
            Ok::<_, Fault>(queries::page(s, &id, &filter)?)
        })
        .await?;
    Ok(Json(found.into_iter().map(IdeaView::from).collect()))
}

/// Post an idea. The same `once` again answers with the idea that is already there.
#[utoipa::path(post, path = "/seasons/{season}/ideas", tag = "programmes", request_body = post::PostIdea,
    params(("season" = String, Path)),
    responses((status = 201, body = IdeaView), (status = "4XX", body = Document)))]
async fn post_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<post::PostIdea>,
) -> Result<(StatusCode, Json<IdeaView>), Problem> {
    let idea = act(&rim, &visit, move |tx, cx| post::post(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(idea.into())))
}

/// One idea.
#[utoipa::path(get, path = "/seasons/{season}/ideas/{idea}", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 200, body = IdeaView), (status = 404, body = Document)))]
async fn get_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<Json<IdeaView>, Problem> {
    let cx = rim.context_of(&visit);
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        Ok::<_, Fault>(queries::seen(s, &cx, &season, &idea)?.0)
    });
    Ok(Json(read.await?.into()))
}

/// Merge up to 20 ideas into one that is like them.
#[utoipa::path(post, path = "/seasons/{season}/ideas/merge", tag = "programmes", request_body = MergeIdeas,
    params(("season" = String, Path)), responses((status = 200, body = IdeaView), (status = "4XX", body = Document)))]
async fn merge_ideas(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<MergeIdeas>,
) -> Result<Json<IdeaView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| merge::merge(tx, cx, &id, &input)).await?.into()))
}

/// Answer an idea with a reason.
#[utoipa::path(put, path = "/seasons/{season}/ideas/{idea}/answer", tag = "programmes",
    request_body = answer::AnswerIdea, params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 200, body = IdeaView), (status = "4XX", body = Document)))]
async fn answer_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
    Json(input): Json<answer::AnswerIdea>,
) -> Result<Json<IdeaView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| answer::answer(tx, cx, (&id, &idea), &input)).await?.into()))
}

/// Hide an idea with a reason.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/hide", tag = "programmes", request_body = Why,
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 200, body = IdeaView), (status = "4XX", body = Document)))]
async fn hide_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
    Json(input): Json<Why>,
) -> Result<Json<IdeaView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| hide::hide(tx, cx, (&id, &idea), &input)).await?.into()))
}

/// Show an idea that waited for the office's look, or was hidden.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/show", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 200, body = IdeaView), (status = "4XX", body = Document)))]
async fn show_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<Json<IdeaView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| show_it::show(tx, cx, (&id, &idea))).await?.into()))
}

/// Split an idea that holds several.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/split", tag = "programmes", request_body = SplitIdea,
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 201, body = Vec<IdeaView>), (status = "4XX", body = Document)))]
async fn split_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
    Json(input): Json<SplitIdea>,
) -> Result<(StatusCode, Json<Vec<IdeaView>>), Problem> {
    let parts = act(&rim, &visit, move |tx, cx| split::split(tx, cx, (&id, &idea), &input)).await?;
    Ok((StatusCode::CREATED, Json(parts.into_iter().map(IdeaView::from).collect())))
}

/// Take an idea of one's own back.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/withdraw", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 200, body = IdeaView), (status = "4XX", body = Document)))]
async fn withdraw_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<Json<IdeaView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| withdraw::withdraw(tx, cx, (&id, &idea))).await?.into()))
}

/// Support an idea.
#[utoipa::path(put, path = "/seasons/{season}/ideas/{idea}/support", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn support_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<StatusCode, Problem> {
    act(&rim, &visit, move |tx, cx| support::support(tx, cx, (&id, &idea))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Support an idea no longer.
#[utoipa::path(delete, path = "/seasons/{season}/ideas/{idea}/support", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn unsupport_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
) -> Result<StatusCode, Problem> {
    act(&rim, &visit, move |tx, cx| support::unsupport(tx, cx, (&id, &idea))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// After which comment.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct After {
    /// Thread and id of the last comment of the page before, with a dot between them.
    after: String,
}

/// Comments with their replies, the oldest first, 200 a page.
#[utoipa::path(get, path = "/seasons/{season}/ideas/{idea}/comments", tag = "programmes",
    params(("season" = String, Path), ("idea" = String, Path), After),
    responses((status = 200, body = Vec<CommentView>), (status = 404, body = Document)))]
async fn list_comments(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
    Query(page): Query<After>,
) -> Result<Json<Vec<CommentView>>, Problem> {
    let cx = rim.context_of(&visit);
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        queries::seen(s, &cx, &season, &idea)?;
        Ok::<_, Fault>(queries::comments(s, (&id, &idea), &page.after)?)
    });
    Ok(Json(read.await?.into_iter().map(CommentView::from).collect()))
}

/// Comment on an idea, or reply to a comment.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/comments", tag = "programmes", request_body = NewComment,
    params(("season" = String, Path), ("idea" = String, Path)),
    responses((status = 201, body = CommentView), (status = "4XX", body = Document)))]
async fn comment_on_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea)): PathId<(SeasonId, IdeaId)>,
    Json(input): Json<NewComment>,
) -> Result<(StatusCode, Json<CommentView>), Problem> {
    let posted = act(&rim, &visit, move |tx, cx| comment::comment(tx, cx, (&id, &idea), &input)).await?;
    Ok((StatusCode::CREATED, Json(posted.into())))
}

/// Hide a comment with a reason.
#[utoipa::path(post, path = "/seasons/{season}/ideas/{idea}/comments/{comment}/hide", tag = "programmes",
    request_body = Why, params(("season" = String, Path), ("idea" = String, Path), ("comment" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn hide_comment(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, idea, comment)): PathId<(SeasonId, IdeaId, CommentId)>,
    Json(input): Json<Why>,
) -> Result<StatusCode, Problem> {
    act(&rim, &visit, move |tx, cx| hide::hide_comment(tx, cx, (&id, &idea, &comment), &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}
