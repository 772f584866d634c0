//! JSON faces of the verbs of works. Amounts are whole numbers of the smallest unit, areas hundredths of a square metre.

use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
};
use db::{Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal};
use programmes::page;
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    Quote, State, Unit, Work, WorkId, WorkKind, WorkNoun,
    apportion::{self, Apportion},
    open::{self, OpenWork},
    queries::{self, KindCount},
    quote::{self, AddQuote, ChooseQuote},
    settle::{self, SettleWork},
    share::{Flat, Rest},
    site,
    unit::{self, AcceptUnits, AddUnits, ReportUnit},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_works, open_work))
        .routes(routes!(count_works))
        .routes(routes!(one_work))
        .routes(routes!(add_quote))
        .routes(routes!(choose_quote))
        .routes(routes!(add_units))
        .routes(routes!(report_unit))
        .routes(routes!(accept_units))
        .routes(routes!(settle_work))
        .routes(routes!(shares_of_work, apportion_work))
        .routes(routes!(announce_shares))
}

/// A work.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkView {
    id: String,
    place: String,
    kind: WorkKind,
    title: String,
    from: String,
    until: String,
    state: State,
    units: u32,
    /// The number of the chosen quote.
    chosen: Option<u32>,
    /// What it cost in the end.
    final_sum: Option<i64>,
}

impl From<Work> for WorkView {
    fn from(work: Work) -> WorkView {
        WorkView {
            id: work.id.to_string(),
            place: work.place.to_string(),
            kind: work.kind,
            title: work.title,
            from: work.from.to_string(),
            until: work.until.to_string(),
            state: work.state,
            units: work.units,
            chosen: work.chosen,
            final_sum: work.final_sum.map(|sum| sum.0),
        }
    }
}

/// Which works.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct WhichWorks {
    /// At this place and below; everywhere without.
    place: String,
    /// In this state.
    state: String,
    /// Older than this work.
    before: String,
}

async fn path_of(rim: &Rim, place: &str) -> Result<Option<String>, Problem> {
    let Some(id): Option<PlaceId> = optional_id(Some(place)) else { return Ok(None) };
    let found = rim.db.read(move |s| Ok::<_, Fault>(places::queries::show(s, &id)?)).await?;
    let found = found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    Ok(Some(found.path))
}

/// Works at a place, the newest first, 30 a page.
#[utoipa::path(get, path = "/works", tag = "works", params(WhichWorks),
    responses((status = 200, body = Vec<WorkView>), (status = 404, body = Document)))]
async fn list_works(Shared(rim): Shared<Rim>, Query(which): Query<WhichWorks>) -> Result<Json<Vec<WorkView>>, Problem> {
    let path = path_of(&rim, &which.place).await?;
    let read = rim.db.read(move |s| {
        let before = optional_id::<WorkNoun>(Some(&which.before));
        Ok::<_, Fault>(queries::works(s, path.as_deref(), (which.state.parse().ok(), before.as_ref()))?)
    });
    Ok(Json(read.await?.into_iter().map(WorkView::from).collect()))
}

/// Units planned, started and finished by kind, at a place and below.
#[utoipa::path(get, path = "/works/by-kind", tag = "works", params(WhichWorks),
    responses((status = 200, body = Vec<KindCount>), (status = 404, body = Document)))]
async fn count_works(
    Shared(rim): Shared<Rim>,
    Query(which): Query<WhichWorks>,
) -> Result<Json<Vec<KindCount>>, Problem> {
    let path = path_of(&rim, &which.place).await?;
    Ok(Json(rim.db.read(move |s| Ok::<_, Fault>(queries::by_kind(s, path.as_deref())?)).await?))
}

/// Enter a work.
#[utoipa::path(post, path = "/works", tag = "works", request_body = OpenWork,
    responses((status = 201, body = WorkView), (status = "4XX", body = Document)))]
async fn open_work(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Json(input): Json<OpenWork>,
) -> Result<(StatusCode, Json<WorkView>), Problem> {
    let work = page::act(&rim, &visit, move |tx, cx| open::open(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(work.into())))
}

/// A quote.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteView {
    number: u32,
    bidder: String,
    amount: i64,
    note: String,
}

impl From<Quote> for QuoteView {
    fn from(quote: Quote) -> QuoteView {
        QuoteView { number: quote.number, bidder: quote.bidder, amount: quote.amount.0, note: quote.note }
    }
}

/// A unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitView {
    number: u32,
    label: String,
    kind: WorkKind,
    state: State,
}

fn units(list: Vec<Unit>) -> Json<Vec<UnitView>> {
    let view = |unit: Unit| UnitView { number: unit.number, label: unit.label, kind: unit.kind, state: unit.state };
    Json(list.into_iter().map(view).collect())
}

/// A work with its quotes and units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WholeWork {
    #[serde(flatten)]
    work: WorkView,
    quotes: Vec<QuoteView>,
    parts: Vec<UnitView>,
}

/// One work.
#[utoipa::path(get, path = "/works/{work}", tag = "works", params(("work" = String, Path)),
    responses((status = 200, body = WholeWork), (status = 404, body = Document)))]
async fn one_work(Shared(rim): Shared<Rim>, PathId(id): PathId<WorkId>) -> Result<Json<WholeWork>, Problem> {
    let read = rim.db.read(move |s| {
        let work = queries::work(s, &id)?;
        Ok::<_, Fault>((work, queries::quotes(s, &id)?, queries::units(s, &id)?))
    });
    let (work, quotes, list) = read.await?;
    let Json(parts) = units(list);
    Ok(Json(WholeWork { work: work.into(), quotes: quotes.into_iter().map(QuoteView::from).collect(), parts }))
}

/// Runs a verb on a work.
async fn done<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    id: WorkId,
    verb: impl Fn(&mut Tx<'_>, &mut Context, &WorkId) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<T, Problem> {
    Ok(page::act(rim, visit, move |tx, cx| verb(tx, cx, &id)).await?)
}

/// Enter a quote.
#[utoipa::path(post, path = "/works/{work}/quotes", tag = "works", request_body = AddQuote,
    params(("work" = String, Path)),
    responses((status = 201, body = QuoteView), (status = "4XX", body = Document)))]
async fn add_quote(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<AddQuote>,
) -> Result<(StatusCode, Json<QuoteView>), Problem> {
    let quote = done((&rim, &visit), id, move |tx, cx, id| quote::add(tx, cx, id, &input)).await?;
    Ok((StatusCode::CREATED, Json(quote.into())))
}

/// Choose a quote with a reason.
#[utoipa::path(post, path = "/works/{work}/choose", tag = "works", request_body = ChooseQuote,
    params(("work" = String, Path)),
    responses((status = 200, body = WorkView), (status = "4XX", body = Document)))]
async fn choose_quote(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<ChooseQuote>,
) -> Result<Json<WorkView>, Problem> {
    Ok(Json(done((&rim, &visit), id, move |tx, cx, id| quote::choose(tx, cx, id, &input)).await?.into()))
}

/// Add units; answers with all of them.
#[utoipa::path(post, path = "/works/{work}/units", tag = "works", request_body = AddUnits,
    params(("work" = String, Path)),
    responses((status = 200, body = Vec<UnitView>), (status = "4XX", body = Document)))]
async fn add_units(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<AddUnits>,
) -> Result<Json<Vec<UnitView>>, Problem> {
    Ok(units(done((&rim, &visit), id, move |tx, cx, id| unit::add(tx, cx, id, &input)).await?))
}

/// Say that a unit was begun or is done; answers with all units.
#[utoipa::path(post, path = "/works/{work}/units/{unit}", tag = "works", request_body = ReportUnit,
    params(("work" = String, Path), ("unit" = u32, Path)),
    responses((status = 200, body = Vec<UnitView>), (status = "4XX", body = Document)))]
async fn report_unit(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(WorkId, u32)>,
    Json(input): Json<ReportUnit>,
) -> Result<Json<Vec<UnitView>>, Problem> {
    Ok(units(done((&rim, &visit), id, move |tx, cx, id| unit::report(tx, cx, (id, number), &input)).await?))
}

/// Accept units that are done: another person than who reported them; answers with all units.
#[utoipa::path(post, path = "/works/{work}/accept", tag = "works", request_body = AcceptUnits,
    params(("work" = String, Path)),
    responses((status = 200, body = Vec<UnitView>), (status = "4XX", body = Document)))]
async fn accept_units(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<AcceptUnits>,
) -> Result<Json<Vec<UnitView>>, Problem> {
    Ok(units(done((&rim, &visit), id, move |tx, cx, id| unit::accept(tx, cx, id, &input)).await?))
}

/// Put down what it cost in the end: another person than who chose the contractor.
#[utoipa::path(post, path = "/works/{work}/settle", tag = "works", request_body = SettleWork,
    params(("work" = String, Path)),
    responses((status = 200, body = WorkView), (status = "4XX", body = Document)))]
async fn settle_work(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<SettleWork>,
) -> Result<Json<WorkView>, Problem> {
    Ok(Json(done((&rim, &visit), id, move |tx, cx, id| settle::settle(tx, cx, id, &input)).await?.into()))
}

/// What a flat bears.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShareView {
    flat: String,
    /// Masked for whoever does not work there.
    owner: String,
    area: i64,
    share: i64,
}

/// Who bears how much.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Shares {
    number: u32,
    total: i64,
    /// The total is that of the settlement, not of the quote.
    is_final: bool,
    rule: Rest,
    area: i64,
    /// SHA-256 over what decides the shares, in hexadecimal.
    inputs: String,
    /// In the order of the flats' names; their shares add up to the total.
    flats: Vec<ShareView>,
}

/// The apportionment that holds.
#[utoipa::path(get, path = "/works/{work}/apportionment", tag = "works", params(("work" = String, Path)),
    responses((status = 200, body = Shares), (status = 404, body = Document)))]
async fn shares_of_work(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
) -> Result<Json<Shares>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let work = queries::work(s, &id)?;
        let inside = may(&actor, Action::SeeDuties, &site(s, &work.place)?);
        let roll = queries::roll(s, &work)?.ok_or_else(|| Refusal::new(Kind::NotFound, "not-apportioned"))?;
        let shares = queries::shares(&roll)?;
        let owner = |name: &str| match name {
            "" => roll.developer.clone(),
            name if inside => name.to_owned(),
            name => crate::masked(name),
        };
        let flats = roll.flats.iter().zip(&shares).map(|(Flat(flat, name, area), share)| ShareView {
            flat: flat.clone(),
            owner: owner(name),
            area: *area,
            share: share.0,
        });
        Ok::<_, Fault>(Shares {
            number: roll.number,
            total: roll.total.0,
            is_final: roll.is_final,
            rule: roll.rule,
            area: roll.area,
            inputs: ledger::tree::Hash(roll.digest).to_string(),
            flats: flats.collect(),
        })
    });
    Ok(Json(read.await?))
}

/// An apportionment that was made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Apportioned {
    number: u32,
    total: i64,
    inputs: String,
}

/// Apportion the final sum, before the settlement the chosen quote.
#[utoipa::path(post, path = "/works/{work}/apportionment", tag = "works", request_body = Apportion,
    params(("work" = String, Path)),
    responses((status = 200, body = Apportioned), (status = "4XX", body = Document)))]
async fn apportion_work(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Json(input): Json<Apportion>,
) -> Result<Json<Apportioned>, Problem> {
    let roll = done((&rim, &visit), id, move |tx, cx, id| apportion::apportion(tx, cx, id, &input)).await?;
    let inputs = ledger::tree::Hash(roll.digest).to_string();
    Ok(Json(Apportioned { number: roll.number, total: roll.total.0, inputs }))
}

/// A notice that was put up.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = WorksPostedView)]
pub struct PostedView {
    notice: String,
}

/// Put the apportionment up as a notice.
#[utoipa::path(post, path = "/works/{work}/apportionment/notice", tag = "works", params(("work" = String, Path)),
    responses((status = 200, body = PostedView), (status = "4XX", body = Document)))]
async fn announce_shares(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
) -> Result<Json<PostedView>, Problem> {
    let posted = done((&rim, &visit), id, apportion::announce).await?;
    Ok(Json(PostedView { notice: posted.id.to_string() }))
}
