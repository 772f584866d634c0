//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::{DbError, Fault, Tx};
use kernel::{Actor, Fen, Kind, Refusal};
use people::commands::enrol::Voter;
use programmes::SeasonId;
use rights::Action;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use crate::{
    Ballot, BallotId, BallotKey, Explanation, Verdict, VerdictRow,
    commands::{
        cast::{Coded, cast_code},
        change::change,
        close::close,
        enrol::enrol,
        publish::publish,
    },
    count, queries,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .merge(crate::selection::api::routes())
        .routes(routes!(enrol_voters))
        .routes(routes!(cast_ballot))
        .routes(routes!(change_ballot))
        .routes(routes!(close_vote))
        .routes(routes!(show_result, publish_result))
        .routes(routes!(show_line))
        .merge(crate::review::api::routes())
        .merge(crate::contest::api::routes())
}

/// Voters for the roll of a season's vote.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct EnrolVoters {
    /// One for each voter.
    voters: Vec<NewVoter>,
}

/// A voter.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewVoter {
    /// The secret code the voter gets by letter or at the desk, 12 to 128 characters. Only a digest is kept. Codes of
    /// sixteen letters and digits may be typed in small letters and with or without what stands between groups.
    code: String,
    /// The registered person, if known: code and account then lead to one ballot, and a new code replaces the old one.
    #[schema(value_type = Option<String>)]
    person: Option<people::PersonId>,
}

/// How many voters were new.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Enrolled {
    new: u64,
}

/// Put voters on the roll of a season's vote; at most 500 at once.
#[utoipa::path(post, path = "/seasons/{season}/roll", tag = "decisions", request_body = EnrolVoters,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 200, body = Enrolled), (status = "4XX", body = Document)))]
async fn enrol_voters(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(season): PathId<SeasonId>,
    Json(input): Json<EnrolVoters>,
) -> Result<Json<Enrolled>, Problem> {
    let bad = |code: &str| !(12..=128).contains(&code.chars().count());
    if input.voters.iter().any(|v| bad(v.code.trim())) {
        let field = kernel::FieldError::new("code", "not-a-code");
        return Err(Refusal::invalid(vec![field]).into());
    }
    let cx = rim.context_of(&visit);
    let read = |voter: NewVoter| Voter::with_code(season.as_str(), &voter.code, voter.person);
    let voters: Vec<Voter> = input.voters.into_iter().map(read).collect();
    let new = rim.db.write(move |tx| enrol(tx, &mut cx.clone(), &season, &voters)).await?;
    Ok(Json(Enrolled { new }))
}

/// A ballot as a voter sends it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CastBallot {
    /// The voter's code.
    code: String,
    /// Numbers of the chosen projects; may be empty.
    choices: Vec<u32>,
    /// Whether the voter wants to be able to change it.
    #[serde(default)]
    changeable: bool,
}

/// Other choices for a ballot.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ChangeBallot {
    /// The secret that came with the ballot.
    secret: String,
    /// Numbers of the chosen projects; may be empty.
    choices: Vec<u32>,
}

/// What a voter keeps: with this id the ballot is found in the log once the vote is closed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Receipt {
    #[schema(value_type = String)]
    ballot: BallotId,
    choices: Vec<u32>,
    /// What changes the ballot until the close. It is kept nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// Cast a ballot. Answered once it is durable; a voter who sends it again is told `already-voted`.
#[utoipa::path(post, path = "/seasons/{season}/ballots", tag = "decisions", request_body = CastBallot,
    params(("season" = String, Path)), responses((status = 201, body = Receipt), (status = "4XX", body = Document)))]
async fn cast_ballot(
    State(rim): State<Rim>,
    PathId(season): PathId<SeasonId>,
    Json(input): Json<CastBallot>,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    if input.choices.len() > tally::MAX_CHOICES || input.code.len() > 512 {
        return Err(Refusal::new(Kind::Invalid, "too-many-choices").with_int("limit", 2_000).into());
    }
    let cx = rim.context(Actor::Voter);
    let secret = input.changeable.then(|| rim.once());
    let key = secret.as_deref().and_then(|secret| BallotKey::of(season.as_str(), secret));
    let cast = move |tx: &mut Tx<'_>| {
        cast_code(tx, &mut cx.clone(), &season, &Coded { code: &input.code, chosen: &input.choices, key })
    };
    let Ballot { id: ballot, choices } = rim.db.write(cast).await?;
    Ok((StatusCode::CREATED, Json(Receipt { ballot, choices, secret })))
}

/// Change a ballot while the vote is open. The answer names another ballot: the old one is gone and counts nowhere.
#[utoipa::path(post, path = "/seasons/{season}/ballots/change", tag = "decisions", request_body = ChangeBallot,
    params(("season" = String, Path)), responses((status = 200, body = Receipt), (status = "4XX", body = Document)))]
async fn change_ballot(
    State(rim): State<Rim>,
    PathId(season): PathId<SeasonId>,
    Json(input): Json<ChangeBallot>,
) -> Result<Json<Receipt>, Problem> {
    if input.choices.len() > tally::MAX_CHOICES {
        return Err(Refusal::new(Kind::Invalid, "too-many-choices").with_int("limit", 2_000).into());
    }
    let cx = rim.context(Actor::Voter);
    let key = BallotKey::of(season.as_str(), &input.secret);
    let key = key.ok_or_else(|| Refusal::new(Kind::NotFound, "no-such-ballot"))?;
    let ChangeBallot { secret, choices } = input;
    let changed = move |tx: &mut Tx<'_>| change(tx, &mut cx.clone(), &season, key, &choices);
    let Ballot { id: ballot, choices } = rim.db.write(changed).await?;
    Ok(Json(Receipt { ballot, choices, secret: Some(secret) }))
}

/// Close the vote.
#[utoipa::path(post, path = "/seasons/{season}/close-vote", tag = "decisions", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn close_vote(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| close(tx, &mut cx.clone(), &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Count the closed vote and publish the verdict.
#[utoipa::path(post, path = "/seasons/{season}/result", tag = "decisions", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 201, body = ResultView), (status = "4XX", body = Document)))]
async fn publish_result(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<(StatusCode, Json<ResultView>), Problem> {
    let verdict = count_and_publish(&rim, &visit, &id).await?;
    let rows = rim.db.read(move |s| queries::rows(s, &id, 0, queries::PAGE)).await?;
    Ok((StatusCode::CREATED, Json(ResultView::new(verdict, rows))))
}

/// Counts a closed vote and publishes its verdict.
pub(crate) async fn count_and_publish(rim: &Rim, visit: &Visit, id: &SeasonId) -> Result<Verdict, Fault> {
    // counting is long work: whoever may not publish does not begin it
    let (actor, season) = (visit.actor.clone(), id.clone());
    rim.db.read(move |s| queries::may(s, &actor, &season, Action::PublishVerdict)).await?;
    let (jobs, season) = (rim.db.jobs(), id.clone());
    let counted = tokio::task::spawn_blocking(move || count::count(&jobs, &season)).await;
    let counted = counted.map_err(|e| DbError::Data(format!("the count stopped: {e}")))??;
    let cx = rim.context_of(visit);
    rim.db.write(move |tx| publish(tx, &mut cx.clone(), &counted)).await
}

/// A verdict with a page of its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResultView {
    rule: String,
    rule_set: String,
    /// SHA-256 over everything the outcome depends on, hexadecimal.
    inputs: String,
    #[schema(value_type = i64)]
    budget: Fen,
    #[schema(value_type = i64)]
    total_cost: Fen,
    winners: u32,
    ballots: u64,
    published_day: String,
    lines: Vec<LineView>,
}

/// What a verdict says about one project. Amounts are in the smallest unit of the season's currency.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VoteLineView)]
pub struct LineView {
    rank: u32,
    number: u32,
    reference: String,
    name: String,
    #[schema(value_type = i64)]
    cost: Fen,
    won: bool,
    supporters: u32,
    #[schema(value_type = Object)]
    explanation: Explanation,
}

impl From<VerdictRow> for LineView {
    fn from(row: VerdictRow) -> Self {
        let VerdictRow { line, reference, name, cost } = row;
        let crate::Line { rank, number, won, supporters, explanation } = line;
        LineView { rank, number, reference, name, cost, won, supporters, explanation }
    }
}

impl ResultView {
    fn new(verdict: Verdict, rows: Vec<VerdictRow>) -> ResultView {
        ResultView {
            rule: verdict.rule,
            rule_set: verdict.rule_set,
            inputs: ledger::tree::Hash(verdict.inputs).to_string(),
            budget: verdict.budget,
            total_cost: verdict.total_cost,
            winners: verdict.n_winners,
            ballots: verdict.n_ballots,
            published_day: verdict.published_day.to_string(),
            lines: rows.into_iter().map(LineView::from).collect(),
        }
    }
}

/// Where a page of lines begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct AfterRank {
    /// Lines after this rank.
    after: Option<u32>,
}

/// The verdict and its explanation, 50 lines a page.
#[utoipa::path(get, path = "/seasons/{season}/result", tag = "decisions", params(("season" = String, Path), AfterRank),
    responses((status = 200, body = ResultView), (status = 404, body = Document)))]
async fn show_result(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<AfterRank>,
) -> Result<Json<ResultView>, Problem> {
    let after = page.after.unwrap_or(0);
    let found = rim
        .db
        .read(move |s| {
            let Some(verdict) = queries::verdict(s, &id)? else { return Ok::<_, Fault>(None) };
            Ok(Some((verdict, queries::rows(s, &id, after, queries::PAGE)?)))
        })
        .await?;
    let (verdict, rows) = found.ok_or_else(|| Refusal::new(Kind::NotFound, "no-verdict-yet"))?;
    Ok(Json(ResultView::new(verdict, rows)))
}

/// What the verdict says about one project.
#[utoipa::path(get, path = "/seasons/{season}/result/{number}", tag = "decisions",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = LineView), (status = 404, body = Document)))]
async fn show_line(
    State(rim): State<Rim>,
    PathId((id, number)): PathId<(SeasonId, u32)>,
) -> Result<Json<LineView>, Problem> {
    let row = rim.db.read(move |s| queries::row(s, &id, number)).await?;
    Ok(Json(row.ok_or_else(|| Refusal::new(Kind::NotFound, "no-verdict-yet"))?.into()))
}
