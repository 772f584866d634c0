//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State as From},
    http::StatusCode,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, SignedIn, Visit, optional_id, page::act, problem::Document};

use super::{
    Adds, Conversation, ConversationId, DraftConversation, MAP_PEOPLE, Standing, State, Statement,
    close::close,
    draft::{self, ChangeConversation},
    map::Picture,
    moderate::{DecideStatement, moderate},
    of_word,
    open::{Announcement, open},
    queries,
    say::{SayStatement, say},
    vote::vote,
    web::{One, redrawn, settled},
    word_of,
};

/// The JSON face.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_conversations, draft_conversation))
        .routes(routes!(show_conversation))
        .routes(routes!(change_conversation))
        .routes(routes!(open_conversation))
        .routes(routes!(list_statements, say_statement))
        .routes(routes!(decide_statement))
        .routes(routes!(show_my_votes, vote_on_statement))
        .routes(routes!(show_opinion_map, redraw_opinion_map))
        .routes(routes!(close_conversation))
        .routes(routes!(publish_conversation))
}

/// A conversation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ConversationTold)]
pub struct Told {
    #[schema(value_type = String)]
    id: ConversationId,
    #[schema(value_type = String)]
    place: PlaceId,
    title: String,
    body: String,
    days: u32,
    adds: Adds,
    state: State,
    /// Empty in a draft.
    opens: String,
    /// The last day of voting; empty in a draft.
    closes: String,
    /// What the search for groups starts from.
    seed: u32,
    /// The attribution of data from elsewhere; empty where it was held here.
    source: String,
    licence: String,
    url: String,
    revision: i64,
}

impl std::convert::From<Conversation> for Told {
    fn from(one: Conversation) -> Told {
        let day = |day: Option<kernel::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        Told {
            id: one.id,
            place: one.place,
            title: one.title,
            body: one.body,
            days: one.days,
            adds: one.adds,
            state: one.state,
            opens: day(one.opens_day),
            closes: day(one.closes_day),
            seed: one.seed,
            source: one.provenance.source,
            licence: one.provenance.licence,
            url: one.provenance.url,
            revision: one.revision,
        }
    }
}

/// Which conversations.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct Which {
    /// At this place and below; everywhere without.
    place: Option<String>,
    /// Behind this conversation.
    after: Option<String>,
}

/// Conversations, the newest first, 30 a page. Drafts are for the office of the place.
#[utoipa::path(get, path = "/conversations", tag = "conversations", params(Which),
    responses((status = 200, body = Vec<Told>), (status = "4XX", body = Document)))]
async fn list_conversations(
    From(rim): From<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Json<Vec<Told>>, Problem> {
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(which.place.as_deref());
        let place = place.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let drafts = match &place {
            Some(place) => may(&visit.actor, Action::PostNotice, &place.site()?),
            None => false,
        };
        let behind: Option<ConversationId> = optional_id(which.after.as_deref());
        let path = place.as_ref().map(|place| place.path.as_str());
        Ok::<_, Fault>(queries::list(s, path, drafts, behind.as_ref())?)
    });
    Ok(Json(read.await?.into_iter().map(Told::from).collect()))
}

/// Draft a conversation.
#[utoipa::path(post, path = "/conversations", tag = "conversations", request_body = DraftConversation,
    security(("operator" = [])),
    responses((status = 201, body = Told), (status = "4XX", body = Document)))]
async fn draft_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    Json(input): Json<DraftConversation>,
) -> Result<(StatusCode, Json<Told>), Problem> {
    let made = act(&rim, &visit, move |tx, cx| draft::draft(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// One conversation.
#[utoipa::path(get, path = "/conversations/{conversation}", tag = "conversations",
    params(("conversation" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn show_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Json<Told>, Problem> {
    let one = rim.db.read(move |s| One::read(s, &visit.actor, &id)).await?;
    Ok(Json(one.conversation.into()))
}

/// Change a draft.
#[utoipa::path(post, path = "/conversations/{conversation}/change", tag = "conversations",
    request_body = ChangeConversation, security(("operator" = [])), params(("conversation" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn change_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Json(input): Json<ChangeConversation>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| draft::change(tx, cx, &id, &input)).await?.into()))
}

/// Open a draft; with a title a notice is posted.
#[utoipa::path(post, path = "/conversations/{conversation}/open", tag = "conversations", request_body = Announcement,
    security(("operator" = [])), params(("conversation" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn open_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Json(words): Json<Announcement>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| open(tx, cx, &id, &words)).await?.into()))
}

/// A statement.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ConversationStatement)]
pub struct StatementTold {
    number: u32,
    text: String,
    state: Standing,
    /// Why it was not taken; for its author.
    reason: String,
}

impl std::convert::From<Statement> for StatementTold {
    fn from(one: Statement) -> StatementTold {
        StatementTold { number: one.number, text: one.text, state: one.state, reason: one.reason }
    }
}

/// Which statements.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Behind {
    /// Behind this number.
    after: Option<u32>,
}

/// Statements that are voted on, in order of numbers, 30 a page.
#[utoipa::path(get, path = "/conversations/{conversation}/statements", tag = "conversations",
    params(("conversation" = String, Path), ("after" = Option<u32>, Query)),
    responses((status = 200, body = Vec<StatementTold>), (status = "4XX", body = Document)))]
async fn list_statements(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Query(behind): Query<Behind>,
) -> Result<Json<Vec<StatementTold>>, Problem> {
    let read = rim.db.read(move |s| {
        One::read(s, &visit.actor, &id)?;
        Ok::<_, Fault>(queries::standing(s, &id, Standing::Accepted, behind.after.map_or(-1, i64::from))?)
    });
    Ok(Json(read.await?.into_iter().map(StatementTold::from).collect()))
}

/// Add a statement as a resident; it waits until the office has read it.
#[utoipa::path(post, path = "/conversations/{conversation}/statements", tag = "conversations",
    request_body = SayStatement, params(("conversation" = String, Path)),
    responses((status = 201, body = StatementTold), (status = "4XX", body = Document)))]
async fn say_statement(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Json(input): Json<SayStatement>,
) -> Result<(StatusCode, Json<StatementTold>), Problem> {
    let said = act(&rim, &visit, move |tx, cx| say(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(said.into())))
}

/// Decide about a statement that waits, or take one down.
#[utoipa::path(post, path = "/conversations/{conversation}/statements/{number}/decide", tag = "conversations",
    request_body = DecideStatement, security(("operator" = [])),
    params(("conversation" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = StatementTold), (status = "4XX", body = Document)))]
async fn decide_statement(
    From(rim): From<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(ConversationId, u32)>,
    Json(input): Json<DecideStatement>,
) -> Result<Json<StatementTold>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| moderate(tx, cx, (&id, number), &input)).await?.into()))
}

/// A vote on a statement.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = StatementVote)]
pub struct VoteTold {
    /// The statement's number.
    statement: u32,
    /// `agree`, `disagree` or `pass`.
    vote: String,
}

/// What the person who has signed in said so far.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = MyStatementVotes)]
pub struct MyVotes {
    /// The number under which their votes are published; nothing before the first.
    participant: Option<u32>,
    votes: Vec<VoteTold>,
}

fn told(me: Option<&super::Participant>) -> MyVotes {
    let votes = me.into_iter().flat_map(|me| me.votes.iter());
    let votes = votes.map(|(statement, vote)| VoteTold { statement, vote: word_of(vote).to_owned() }).collect();
    MyVotes { participant: me.map(|me| me.number), votes }
}

/// What I said so far.
#[utoipa::path(get, path = "/conversations/{conversation}/votes", tag = "conversations",
    params(("conversation" = String, Path)),
    responses((status = 200, body = MyVotes), (status = "4XX", body = Document)))]
async fn show_my_votes(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
) -> Result<Json<MyVotes>, Problem> {
    let read = rim.db.read(move |s| {
        One::read(s, &visit.actor, &id)?;
        Ok::<_, Fault>(queries::me(s, &id, &visit.actor)?)
    });
    Ok(Json(told(read.await?.as_ref())))
}

/// Vote on a statement, instead of what one said before. The same again changes nothing.
#[utoipa::path(post, path = "/conversations/{conversation}/votes", tag = "conversations", request_body = VoteTold,
    params(("conversation" = String, Path)),
    responses((status = 200, body = MyVotes), (status = "4XX", body = Document)))]
async fn vote_on_statement(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Json(input): Json<VoteTold>,
) -> Result<Json<MyVotes>, Problem> {
    let said = of_word(&input.vote).ok_or_else(|| Refusal::new(Kind::Invalid, "conversation-no-vote"))?;
    let me = act(&rim, &visit, move |tx, cx| vote(tx, cx, &id, (input.statement, said))).await?;
    Ok(Json(told(Some(&me))))
}

/// The last map: without any participant's number, and only from 15 participants on.
#[utoipa::path(get, path = "/conversations/{conversation}/map", tag = "conversations",
    params(("conversation" = String, Path)),
    responses((status = 200, body = Picture), (status = "4XX", body = Document)))]
async fn show_opinion_map(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Json<Picture>, Problem> {
    let none = || Refusal::new(Kind::NotFound, "conversation-no-map");
    let read = rim.db.read(move |s| {
        One::read(s, &visit.actor, &id)?;
        let found = queries::map(s, &id)?.map(|(_, picture)| picture);
        Ok::<_, Fault>(found.filter(|picture| picture.people >= MAP_PEOPLE).ok_or_else(none)?)
    });
    Ok(Json(read.await?))
}

/// Draw the map anew from the votes.
#[utoipa::path(post, path = "/conversations/{conversation}/map", tag = "conversations", security(("operator" = [])),
    params(("conversation" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn redraw_opinion_map(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<StatusCode, Problem> {
    redrawn(&rim, &visit, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Close a conversation whose last day is over.
#[utoipa::path(post, path = "/conversations/{conversation}/close", tag = "conversations", security(("operator" = [])),
    params(("conversation" = String, Path)), responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn close_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| close(tx, cx, &id)).await?.into()))
}

/// Draw the last map of a closed conversation and publish it as a verdict; with a title a notice is posted.
#[utoipa::path(post, path = "/conversations/{conversation}/result", tag = "conversations", request_body = Announcement,
    security(("operator" = [])), params(("conversation" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn publish_conversation(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Json(words): Json<Announcement>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(settled(&rim, &visit, &id, words).await?.into()))
}
