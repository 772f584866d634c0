//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State as From},
    http::StatusCode,
};
use ballots::{BallotId, BallotKey};
use db::{Fault, Tx};
use kernel::{Actor, Kind, PlaceId, Refusal};
use places::queries::show as place_of;
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, page::act, problem::Document};

use crate::{
    Choice, Choosable, DraftPoll, Openness, Poll, PollId, PollKind, Salted, State, Vote, Weighed,
    commands::{
        cast::{Coded, cast_code},
        change::{self, ChangePoll},
        close, draft, open,
        revise::revise,
    },
    queries,
    roll::freeze::{self, FreezeRoll},
    survey::Answers,
    web::counted,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_polls, draft_poll))
        .routes(routes!(show_poll))
        .routes(routes!(change_poll))
        .routes(routes!(freeze_roll))
        .routes(routes!(open_poll))
        .routes(routes!(cast_ballot))
        .routes(routes!(change_ballot))
        .routes(routes!(close_poll))
        .routes(routes!(show_result, publish_result))
}

/// A poll.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PollTold)]
pub struct Told {
    #[schema(value_type = String)]
    id: PollId,
    #[schema(value_type = String)]
    place: PlaceId,
    title: String,
    body: String,
    kind: PollKind,
    openness: Openness,
    /// The template of rules.
    template: String,
    options: Vec<Choosable>,
    /// The rule and the questions, as the definition keeps them.
    rule: serde_json::Value,
    opens: String,
    closes: String,
    state: State,
    /// Voters on the frozen roll.
    voters: u64,
    /// Their weights together.
    weight: u64,
    /// What parts ties; empty before the opening.
    seed: String,
    revision: i64,
}

impl std::convert::From<Poll> for Told {
    fn from(poll: Poll) -> Told {
        let rule = crate::Definition { options: Vec::new(), ..poll.definition.clone() };
        Told {
            id: poll.id,
            place: poll.place,
            title: poll.title,
            body: poll.body,
            kind: poll.kind,
            openness: poll.openness,
            template: poll.template,
            options: poll.definition.options,
            rule: serde_json::to_value(rule).unwrap_or_default(),
            opens: poll.opens_day.to_string(),
            closes: poll.closes_day.to_string(),
            state: poll.state,
            voters: poll.voters,
            weight: poll.weight,
            seed: poll.seed,
            revision: poll.revision,
        }
    }
}

/// Which polls.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct Which {
    /// At this place and below; everywhere without.
    place: Option<String>,
    /// Behind this poll.
    after: Option<String>,
}

/// Polls, the newest first, 30 a page. Drafts are for those who keep the roll of the place.
#[utoipa::path(get, path = "/polls", tag = "polls", params(Which),
    responses((status = 200, body = Vec<Told>), (status = "4XX", body = Document)))]
async fn list_polls(
    From(rim): From<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Json<Vec<Told>>, Problem> {
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(which.place.as_deref());
        let place = place.map(|id| place_of(s, &id)).transpose()?.flatten();
        let drafts = match &place {
            Some(place) => may(&visit.actor, Action::Enrol, &place.site()?),
            None => false,
        };
        let behind: Option<PollId> = optional_id(which.after.as_deref());
        let path = place.as_ref().map(|place| place.path.as_str());
        Ok::<_, Fault>(queries::list(s, path, drafts, behind.as_ref())?)
    });
    Ok(Json(read.await?.into_iter().map(Told::from).collect()))
}

/// Draft a poll.
#[utoipa::path(post, path = "/polls", tag = "polls", request_body = DraftPoll, security(("operator" = [])),
    responses((status = 201, body = Told), (status = "4XX", body = Document)))]
async fn draft_poll(
    From(rim): From<Rim>,
    visit: Visit,
    Json(input): Json<DraftPoll>,
) -> Result<(StatusCode, Json<Told>), Problem> {
    let poll = act(&rim, &visit, move |tx, cx| draft::draft(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(poll.into())))
}

/// One poll.
#[utoipa::path(get, path = "/polls/{poll}", tag = "polls", params(("poll" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn show_poll(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<PollId>) -> Result<Json<Told>, Problem> {
    let one = rim.db.read(move |s| crate::web::One::read(s, &visit.actor, &id)).await?;
    Ok(Json(one.poll.into()))
}

/// Change a draft.
#[utoipa::path(post, path = "/polls/{poll}/change", tag = "polls", request_body = ChangePoll,
    security(("operator" = [])), params(("poll" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn change_poll(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Json(input): Json<ChangePoll>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| change::change(tx, cx, &id, &input)).await?.into()))
}

/// Freeze the roll, and hang it out where the poll says so.
#[utoipa::path(post, path = "/polls/{poll}/freeze", tag = "polls", request_body = FreezeRoll,
    security(("operator" = [])), params(("poll" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn freeze_roll(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Json(words): Json<FreezeRoll>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| freeze::freeze(tx, cx, &id, &words)).await?.into()))
}

/// Open a poll.
#[utoipa::path(post, path = "/polls/{poll}/open", tag = "polls", security(("operator" = [])),
    params(("poll" = String, Path)), responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn open_poll(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<PollId>) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| open::open(tx, cx, &id)).await?.into()))
}

/// What a voter chooses: one of the fields, that of the poll's kind.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Chosen {
    /// Of a motion.
    vote: Option<Vote>,
    /// Of a ranked poll: numbers of options, the best first.
    ranked: Option<Vec<u32>>,
    /// Of dots: pairs of an option's number and its dots.
    dots: Option<Vec<(u32, u32)>>,
    /// Of a survey: answers by the number of their question.
    answers: Option<Answers>,
    /// Takes a ballot back; for changing only.
    withdraw: bool,
}

impl Chosen {
    fn choice(self) -> Result<Choice, Refusal> {
        Ok(match self {
            Chosen { vote: Some(vote), .. } => Choice::Motion(vote),
            Chosen { ranked: Some(order), .. } => Choice::Ranked(order),
            Chosen { dots: Some(dots), .. } => Choice::Dots(dots),
            Chosen { answers: Some(answers), .. } => Choice::Survey(Salted::of(answers)),
            Chosen { withdraw: true, .. } => Choice::Withdrawn,
            _ => return Err(Refusal::new(Kind::Invalid, "wrong-ballot")),
        })
    }
}

/// A ballot as a voter sends it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = CastPollBallot)]
pub struct CastBallot {
    /// The voter's code.
    code: String,
    /// What they choose.
    choice: Chosen,
    /// Whether the voter wants to be able to change it.
    #[serde(default)]
    changeable: bool,
}

/// Another choice for a ballot.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = ChangePollBallot)]
pub struct ChangeBallot {
    /// The secret that came with the ballot.
    secret: String,
    /// What they choose now.
    choice: Chosen,
}

/// What a voter keeps: with this id the ballot is found in the log once the poll is closed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PollReceipt)]
pub struct Receipt {
    #[schema(value_type = String)]
    ballot: BallotId,
    /// As the log will have it; nothing of a survey, of which it has a commitment.
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<String>,
    /// What changes the ballot until the close. It is kept nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

fn receipt(ballot: BallotId, says: &Weighed, secret: Option<String>) -> Receipt {
    let says = (!matches!(says.choice, Choice::Survey(_))).then(|| says.print());
    Receipt { ballot, says, secret }
}

/// Cast a ballot with a code of the roll. A voter who sends it again is told `already-voted`.
#[utoipa::path(post, path = "/polls/{poll}/ballots", tag = "polls", request_body = CastBallot,
    params(("poll" = String, Path)), responses((status = 201, body = Receipt), (status = "4XX", body = Document)))]
async fn cast_ballot(
    From(rim): From<Rim>,
    PathId(id): PathId<PollId>,
    Json(input): Json<CastBallot>,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    if input.code.len() > 512 {
        return Err(Refusal::new(Kind::Forbidden, "not-on-the-roll").into());
    }
    let choice = input.choice.choice()?;
    if choice == Choice::Withdrawn {
        return Err(Refusal::new(Kind::Invalid, "wrong-ballot").into());
    }
    let cx = rim.context(Actor::Voter);
    let secret = input.changeable.then(|| rim.once());
    let key = secret.as_deref().and_then(|secret| BallotKey::of(id.as_str(), secret));
    let cast =
        move |tx: &mut Tx<'_>| cast_code(tx, &mut cx.clone(), &id, &Coded { code: &input.code, choice: &choice, key });
    let cast = rim.db.write(cast).await?;
    Ok((StatusCode::CREATED, Json(receipt(cast.id, &cast.ballot, secret))))
}

/// Change a ballot while the poll is open, or take it back. The answer names another ballot: the old one is gone.
#[utoipa::path(post, path = "/polls/{poll}/ballots/change", tag = "polls", request_body = ChangeBallot,
    params(("poll" = String, Path)), responses((status = 200, body = Receipt), (status = "4XX", body = Document)))]
async fn change_ballot(
    From(rim): From<Rim>,
    PathId(id): PathId<PollId>,
    Json(input): Json<ChangeBallot>,
) -> Result<Json<Receipt>, Problem> {
    let cx = rim.context(Actor::Voter);
    let key = BallotKey::of(id.as_str(), &input.secret);
    let key = key.ok_or_else(|| Refusal::new(Kind::NotFound, "no-such-ballot"))?;
    let choice = input.choice.choice()?;
    let changed = move |tx: &mut Tx<'_>| revise(tx, &mut cx.clone(), &id, key, &choice);
    let cast = rim.db.write(changed).await?;
    Ok(Json(receipt(cast.id, &cast.ballot, Some(input.secret))))
}

/// How many were present, where the rule counts them.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ClosePoll {
    present: Option<u64>,
}

/// Close a poll whose last day is over.
#[utoipa::path(post, path = "/polls/{poll}/close", tag = "polls", request_body = ClosePoll,
    security(("operator" = [])), params(("poll" = String, Path)),
    responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn close_poll(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Json(input): Json<ClosePoll>,
) -> Result<Json<Told>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| close::close(tx, cx, &id, input.present)).await?.into()))
}

/// What came out.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResultTold {
    #[schema(value_type = String)]
    poll: PollId,
    /// Ballots that were cast, with those that were taken back.
    ballots: u64,
    /// All that was received: `ballots`, and papers that are no valid ballot. `counted`, `withdrawn` and `invalid` add up to it.
    received: u64,
    /// Ballots that were counted.
    counted: u64,
    /// Ballots that their voters took back.
    withdrawn: u64,
    /// Papers that are no valid ballot.
    invalid: u64,
    /// SHA-256 of everything the outcome depends on, in hexadecimal.
    inputs: String,
    /// Numbers of the chosen options, first to last.
    chosen: Vec<usize>,
    /// Yes or no, of a motion.
    passed: Option<bool>,
    /// The whole outcome.
    outcome: serde_json::Value,
    /// The local day of its publication.
    day: String,
}

/// The published result.
#[utoipa::path(get, path = "/polls/{poll}/result", tag = "polls", params(("poll" = String, Path)),
    responses((status = 200, body = ResultTold), (status = "4XX", body = Document)))]
async fn show_result(From(rim): From<Rim>, PathId(id): PathId<PollId>) -> Result<Json<ResultTold>, Problem> {
    let key = id.clone();
    let found = rim.db.read(move |s| queries::result(s, &key)).await?;
    let queries::Published { outcome, inputs, received, day } =
        found.ok_or_else(|| Refusal::new(Kind::NotFound, "poll-not-found"))?;
    Ok(Json(ResultTold {
        poll: id,
        ballots: received.cast,
        received: received.all(),
        counted: received.counted(),
        withdrawn: received.withdrawn,
        invalid: received.invalid,
        inputs: inputs.to_string(),
        chosen: outcome.chosen().into_iter().map(|option| option + 1).collect(),
        passed: outcome.passed(),
        outcome: serde_json::to_value(&outcome).unwrap_or_default(),
        day: day.to_string(),
    }))
}

/// Count a closed poll and publish what came out.
#[utoipa::path(post, path = "/polls/{poll}/result", tag = "polls", security(("operator" = [])),
    params(("poll" = String, Path)), responses((status = 200, body = Told), (status = "4XX", body = Document)))]
async fn publish_result(From(rim): From<Rim>, visit: Visit, PathId(id): PathId<PollId>) -> Result<Json<Told>, Problem> {
    Ok(Json(counted(&rim, &visit, &id).await?.into()))
}
