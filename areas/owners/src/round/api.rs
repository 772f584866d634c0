//! JSON faces of rounds.

use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
};
use db::{Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    Later, Meeting, Outcome, Round, RoundId, RoundNoun, State, call, close,
    committee::{self, Came, Told},
    draft::{self, DraftRound},
    extend::{self, Extend},
    freeze::{self, Thaw},
    posted::{self, Challenge},
    queries,
    web::{One, counted},
};
use crate::page;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_rounds, draft_round))
        .routes(routes!(show_round, change_round))
        .routes(routes!(freeze_round))
        .routes(routes!(thaw_round))
        .routes(routes!(call_round))
        .routes(routes!(tell_committee))
        .routes(routes!(delegate_came))
        .routes(routes!(open_round))
        .routes(routes!(extend_round))
        .routes(routes!(close_round))
        .routes(routes!(count_round))
        .routes(routes!(post_round))
        .routes(routes!(challenge_round))
        .routes(routes!(settle_round))
        .routes(routes!(end_round))
}

/// A round.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = OwnersRound)]
pub struct RoundView {
    id: String,
    place: String,
    /// What kind of joint decision.
    item: String,
    title: String,
    question: String,
    cost: Option<i64>,
    /// The buildings that are asked; empty is all.
    buildings: Vec<String>,
    rules: String,
    later: Later,
    meeting: Meeting,
    /// The day on which the notice was sent to the residents' committee.
    committee_told: Option<String>,
    /// The day on which its delegate came.
    delegate_came: Option<String>,
    law_day: Option<String>,
    /// The day on which the vote opened.
    opened: Option<String>,
    /// The last day of the vote; none in rounds from before one was announced.
    closes: Option<String>,
    /// The last day that was announced first, where it was extended.
    closes_first: Option<String>,
    /// Why it was extended; empty where it was not.
    extended_why: String,
    state: State,
    /// The version of the register that was frozen.
    version: Option<u32>,
    units: u32,
    /// In 0.01 m².
    area: u64,
    closed: Option<String>,
    posted: Option<String>,
    /// The verdict in the register.
    verdict: Option<String>,
    outcome: Option<Outcome>,
    /// Whether it stands after a challenge.
    stands: Option<bool>,
}

impl From<Round> for RoundView {
    fn from(round: Round) -> Self {
        RoundView {
            id: round.id.to_string(),
            place: round.place.to_string(),
            item: round.item.name().to_owned(),
            title: round.title,
            question: round.question,
            cost: round.cost.map(|cost| cost.0),
            buildings: round.buildings,
            rules: round.rules,
            later: round.later,
            meeting: round.meeting,
            committee_told: round.committee.told.map(|day| day.to_string()),
            delegate_came: round.committee.came.map(|day| day.to_string()),
            law_day: round.law_day.map(|day| day.to_string()),
            opened: round.days.opened.map(|day| day.to_string()),
            closes: round.closes.day.map(|day| day.to_string()),
            closes_first: round.closes.first.map(|day| day.to_string()),
            extended_why: round.closes.why,
            state: round.state,
            version: round.frozen.version,
            units: round.frozen.units,
            area: round.frozen.area,
            closed: round.days.closed.map(|day| day.to_string()),
            posted: round.days.posted.map(|day| day.to_string()),
            verdict: round.verdict.map(|verdict| verdict.to_string()),
            outcome: round.outcome,
            stands: round.stands,
        }
    }
}

/// Which rounds.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct WhichRounds {
    /// At this place and below; everywhere without.
    place: String,
    /// In this state.
    state: String,
    /// Older than this round.
    before: String,
}

/// Rounds at a place, the newest first, 30 a page; without drafts.
#[utoipa::path(get, path = "/rounds", tag = "owners", params(WhichRounds),
    responses((status = 200, body = Vec<RoundView>), (status = 404, body = Document)))]
async fn list_rounds(
    Shared(rim): Shared<Rim>,
    Query(which): Query<WhichRounds>,
) -> Result<Json<Vec<RoundView>>, Problem> {
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&which.place));
        let path = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?.path)
            }
            None => None,
        };
        let before = optional_id::<RoundNoun>(Some(&which.before));
        Ok::<_, Fault>(queries::rounds(s, path.as_deref(), (which.state.parse().ok(), before.as_ref()), false)?)
    });
    Ok(Json(read.await?.into_iter().map(RoundView::from).collect()))
}

/// Draft a round.
#[utoipa::path(post, path = "/rounds", tag = "owners", request_body = DraftRound,
    responses((status = 201, body = RoundView), (status = "4XX", body = Document)))]
async fn draft_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Json(input): Json<DraftRound>,
) -> Result<(StatusCode, Json<RoundView>), Problem> {
    let round = page::act(&rim, &visit, move |tx, cx| draft::draft(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(round.into())))
}

/// One round; a draft for those who work on it alone.
#[utoipa::path(get, path = "/rounds/{round}", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = 404, body = Document)))]
async fn show_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    let actor = visit.actor.clone();
    let one = rim.db.read(move |s| One::read(s, &actor, &id)).await?;
    Ok(Json(one.round.into()))
}

/// Change a draft; its place stays.
#[utoipa::path(put, path = "/rounds/{round}", tag = "owners", request_body = DraftRound, params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn change_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<DraftRound>,
) -> Result<Json<RoundView>, Problem> {
    let of = id.clone();
    let round = page::act(&rim, &visit, move |tx, cx| draft::change(tx, cx, &of, &input)).await?;
    Ok(Json(round.into()))
}

/// Runs a step of a round.
async fn done(
    (rim, visit): (&Rim, &Visit),
    id: RoundId,
    verb: impl Fn(&mut Tx<'_>, &mut Context, &RoundId) -> Result<Round, Fault> + Clone + Send + 'static,
) -> Result<Json<RoundView>, Problem> {
    let round = page::act(rim, visit, move |tx, cx| verb(tx, cx, &id)).await?;
    Ok(Json(round.into()))
}

/// Freeze the roll and put it up for objections.
#[utoipa::path(post, path = "/rounds/{round}/freeze", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn freeze_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, freeze::freeze).await
}

/// Thaw the roll: a draft again.
#[utoipa::path(post, path = "/rounds/{round}/thaw", tag = "owners", request_body = Thaw, params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn thaw_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Thaw>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| freeze::thaw(tx, cx, id, &input)).await
}

/// Announce the vote.
#[utoipa::path(post, path = "/rounds/{round}/call", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn call_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, call::call).await
}

/// Note that the notice of the vote was brought to the residents' committee.
#[utoipa::path(post, path = "/rounds/{round}/committee", tag = "owners", request_body = Told,
    params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn tell_committee(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Told>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| committee::tell(tx, cx, id, &input)).await
}

/// Note who came from the residents' committee.
#[utoipa::path(post, path = "/rounds/{round}/delegate", tag = "owners", request_body = Came,
    params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn delegate_came(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Came>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| committee::come(tx, cx, id, &input)).await
}

/// Open the vote.
#[utoipa::path(post, path = "/rounds/{round}/open", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn open_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, call::open).await
}

/// Move the last day of the vote to a later one.
#[utoipa::path(post, path = "/rounds/{round}/extend", tag = "owners", request_body = Extend,
    params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn extend_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Extend>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| extend::extend(tx, cx, id, &input)).await
}

/// Close the vote.
#[utoipa::path(post, path = "/rounds/{round}/close", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn close_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, close::close).await
}

/// Count a closed round and record its verdict.
#[utoipa::path(post, path = "/rounds/{round}/count", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn count_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    Ok(Json(counted(&rim, &visit, &id).await?.into()))
}

/// Put the result up.
#[utoipa::path(post, path = "/rounds/{round}/post", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn post_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, posted::post).await
}

/// Note that the result is challenged.
#[utoipa::path(post, path = "/rounds/{round}/challenge", tag = "owners", request_body = Challenge,
    params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn challenge_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Challenge>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| posted::challenge(tx, cx, id, &input)).await
}

/// Note what came of a challenge.
#[utoipa::path(post, path = "/rounds/{round}/settle", tag = "owners", request_body = Challenge,
    params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn settle_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Challenge>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, move |tx, cx, id| posted::settle(tx, cx, id, &input)).await
}

/// End a round that nobody challenged.
#[utoipa::path(post, path = "/rounds/{round}/end", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn end_round(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), id, posted::end).await
}
