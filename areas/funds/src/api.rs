//! JSON faces of the verbs. Amounts in answers are whole numbers of the smallest unit.

use axum::{extract::State as Shared, http::StatusCode};
use db::{Fault, Tx};
use kernel::Context;
use programmes::{SeasonId, page};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use crate::{
    agreement::{
        self, State, TrancheState,
        draft::{self, DraftAgreement},
        queries as agreements,
        sign::{self, SignAgreement},
    },
    book::{AccountKind, queries as books},
    case::Case,
    source::{
        Source, SourceKind,
        add::{self, AddSource},
        queries as sources,
        withdraw::{self, WithdrawSource},
    },
    tranche::{propose, release},
    voucher::{
        self, Voucher, VoucherId, VoucherKind,
        decide::{self, RefuseVoucher},
        hand_in::{self, HandIn},
        queries as vouchers,
    },
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(season_money))
        .routes(routes!(add_source))
        .routes(routes!(withdraw_source))
        .routes(routes!(project_money))
        .routes(routes!(draft_agreement))
        .routes(routes!(sign_agreement))
        .routes(routes!(propose_tranche))
        .routes(routes!(recall_tranche))
        .routes(routes!(release_tranche))
        .routes(routes!(hand_in_voucher))
        .routes(routes!(approve_voucher))
        .routes(routes!(refuse_voucher))
        .merge(crate::ending::api::routes())
        .merge(crate::works::api::routes())
        .merge(crate::handover::api::routes())
}

/// The money of a season.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SeasonMoney {
    /// Given by the public, less what went back.
    public: i64,
    /// Given by donors.
    donor: i64,
    /// Own money of projects.
    own: i64,
    /// In kind, as valued.
    in_kind: i64,
    /// What is not the public's over what is, in lowest terms: numerator and denominator; none without public money.
    leverage: Option<[i64; 2]>,
    /// What lies in the bank.
    bank: i64,
    /// Paid to projects and not given back.
    paid: i64,
    /// Approved vouchers.
    spent: i64,
    /// All accounts added up: 0.
    trial_balance: i64,
}

/// `GET /seasons/{season}/money`.
#[utoipa::path(get, path = "/seasons/{season}/money", tag = "funds", params(("season" = String, Path)),
    responses((status = 200, body = SeasonMoney), (status = 404, body = Document)))]
async fn season_money(Shared(rim): Shared<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<SeasonMoney>, Problem> {
    let read = rim.db.read(move |s| {
        Case::of(s, &id)?;
        Ok::<_, Fault>((sources::given(s, &id)?, books::sums(s, &id)?))
    });
    let (given, sums) = read.await?;
    Ok(Json(SeasonMoney {
        public: given.public.0,
        donor: given.donor.0,
        own: given.own.0,
        in_kind: given.in_kind.0,
        leverage: given.leverage().map(|(part, whole)| [part, whole]),
        bank: sums.of(AccountKind::Bank).0,
        paid: sums.paid().0,
        spent: sums.of(AccountKind::Spent).0,
        trial_balance: sums.trial_balance(),
    }))
}

/// A source that was entered.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SourceView {
    number: u32,
    kind: SourceKind,
    amount: i64,
    project: Option<u32>,
    /// The day it was taken back; nothing while it counts.
    withdrawn: Option<String>,
}

impl From<Source> for SourceView {
    fn from(of: Source) -> SourceView {
        let Source { number, kind, amount, project, withdrawn, .. } = of;
        SourceView { number, kind, amount: amount.0, project, withdrawn: withdrawn.map(|day| day.to_string()) }
    }
}

/// Enter a source.
#[utoipa::path(post, path = "/seasons/{season}/money/sources", tag = "funds", request_body = AddSource,
    params(("season" = String, Path)),
    responses((status = 201, body = SourceView), (status = "4XX", body = Document)))]
async fn add_source(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<AddSource>,
) -> Result<(StatusCode, Json<SourceView>), Problem> {
    let added = page::act(&rim, &visit, move |tx, cx| add::add(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(added.into())))
}

/// Take back a source that was entered by mistake.
#[utoipa::path(post, path = "/seasons/{season}/money/sources/{source}/withdraw", tag = "funds",
    params(("season" = String, Path), ("source" = u32, Path)), request_body = WithdrawSource,
    responses((status = 200, body = SourceView), (status = "4XX", body = Document)))]
async fn withdraw_source(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<WithdrawSource>,
) -> Result<Json<SourceView>, Problem> {
    let gone = page::act(&rim, &visit, move |tx, cx| withdraw::withdraw(tx, cx, (&id, number), &input)).await?;
    Ok(Json(gone.into()))
}

/// A budget line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = FundsLineView)]
pub struct LineView {
    number: u32,
    kind: String,
    what: String,
    planned: i64,
    spent: i64,
    waiting: i64,
    left: i64,
}

/// A tranche.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrancheView {
    number: u32,
    amount: i64,
    condition: programmes::template::Condition,
    state: TrancheState,
    released: Option<String>,
}

/// A voucher, with persons masked for whoever is not of the project, the office or the oversight.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VoucherView {
    id: String,
    number: u32,
    line: u32,
    kind: VoucherKind,
    day: String,
    amount: i64,
    payee: String,
    purpose: String,
    state: voucher::State,
}

impl VoucherView {
    fn of(voucher: &Voucher, inside: bool) -> VoucherView {
        VoucherView {
            id: voucher.id.to_string(),
            number: voucher.number,
            line: voucher.line,
            kind: voucher.kind,
            day: voucher.day.to_string(),
            amount: voucher.amount.0,
            payee: if inside { voucher.payee.clone() } else { voucher.public_payee() },
            purpose: voucher.purpose.clone(),
            state: voucher.state,
        }
    }
}

/// The money of a project.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProjectMoney {
    /// Where the agreement stands.
    state: State,
    total: i64,
    from: String,
    until: String,
    paid: i64,
    spent: i64,
    /// Paid, and not shown vouchers for.
    held: i64,
    /// Spent before it was paid.
    owed: i64,
    /// To be given back.
    to_give_back: i64,
    lines: Vec<LineView>,
    tranches: Vec<TrancheView>,
    /// The newest 50; without the right to see all, the approved ones.
    vouchers: Vec<VoucherView>,
}

/// The money of a project.
#[utoipa::path(get, path = "/seasons/{season}/projects/{number}/money", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = ProjectMoney), (status = 404, body = Document)))]
async fn project_money(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
) -> Result<Json<ProjectMoney>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        let agreement = agreements::agreement(s, &season, number)?;
        let inside = case.sees_all(&actor) || agreement.party.is(&actor, &case.site);
        let sums = books::of_project(s, &season, number)?;
        let lines = agreements::lines(s, &season, number)?;
        let tranches = agreements::tranches(s, &season, number)?;
        let vouchers = vouchers::vouchers(s, (&season, number), inside, None)?;
        let of = |kind| sums.of(kind).0;
        Ok::<_, Fault>(ProjectMoney {
            state: agreement.state,
            total: agreement.total.0,
            from: agreement.from.to_string(),
            until: agreement.until.to_string(),
            paid: sums.paid().0,
            spent: of(AccountKind::Spent),
            held: of(AccountKind::Held),
            owed: of(AccountKind::Owed),
            to_give_back: of(AccountKind::Claim),
            lines: lines.into_iter().map(line).collect(),
            tranches: tranches.into_iter().map(tranche).collect(),
            vouchers: vouchers.iter().map(|voucher| VoucherView::of(voucher, inside)).collect(),
        })
    });
    Ok(Json(read.await?))
}

fn line(line: agreement::Line) -> LineView {
    let left = line.left().0;
    let (planned, spent, waiting) = (line.planned.0, line.spent.0, line.waiting.0);
    LineView { number: line.number, kind: line.kind, what: line.what, planned, spent, waiting, left }
}

fn tranche(of: agreement::Tranche) -> TrancheView {
    let released = of.released.map(|day| day.to_string());
    TrancheView { number: of.number, amount: of.amount.0, condition: of.condition, state: of.state, released }
}

/// Where an agreement stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AgreementView {
    project: u32,
    state: State,
}

/// Runs a verb on an agreement.
async fn agreed(
    (rim, visit): (&Rim, &Visit),
    (season, project): (SeasonId, u32),
    verb: impl Fn(&mut Tx<'_>, &mut Context, (&SeasonId, u32)) -> Result<agreement::Agreement, Fault>
    + Clone
    + Send
    + 'static,
) -> Result<Json<AgreementView>, Problem> {
    let done = page::act(rim, visit, move |tx, cx| verb(tx, cx, (&season, project))).await?;
    Ok(Json(AgreementView { project, state: done.state }))
}

/// Draft the agreement of an approved project.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/agreement", tag = "funds",
    request_body = DraftAgreement, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = Document)))]
async fn draft_agreement(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Json(input): Json<DraftAgreement>,
) -> Result<Json<AgreementView>, Problem> {
    agreed((&rim, &visit), ids, move |tx, cx, ids| draft::draft(tx, cx, ids, &input)).await
}

/// Sign for a side.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/sign", tag = "funds",
    request_body = SignAgreement, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = AgreementView), (status = "4XX", body = Document)))]
async fn sign_agreement(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Json(input): Json<SignAgreement>,
) -> Result<Json<AgreementView>, Problem> {
    agreed((&rim, &visit), ids, move |tx, cx, ids| sign::sign(tx, cx, ids, input.side)).await
}

/// Where a tranche stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrancheDone {
    state: TrancheState,
}

/// Propose a tranche.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/tranches/{tranche}/propose", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path), ("tranche" = u32, Path)),
    responses((status = 200, body = TrancheDone), (status = "4XX", body = Document)))]
async fn propose_tranche(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, tranche)): PathId<(SeasonId, u32, u32)>,
) -> Result<Json<TrancheDone>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| propose::propose(tx, cx, (&season, number, tranche)));
    Ok(Json(TrancheDone { state: done.await? }))
}

/// Take the proposal of a tranche back.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/tranches/{tranche}/recall", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path), ("tranche" = u32, Path)),
    responses((status = 200, body = TrancheDone), (status = "4XX", body = Document)))]
async fn recall_tranche(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, tranche)): PathId<(SeasonId, u32, u32)>,
) -> Result<Json<TrancheDone>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| propose::recall(tx, cx, (&season, number, tranche)));
    Ok(Json(TrancheDone { state: done.await? }))
}

/// Pay a tranche out: another person than who proposed it.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/tranches/{tranche}/release", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path), ("tranche" = u32, Path)),
    responses((status = 200, body = TrancheDone), (status = "4XX", body = Document)))]
async fn release_tranche(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, tranche)): PathId<(SeasonId, u32, u32)>,
) -> Result<Json<TrancheDone>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| release::release(tx, cx, (&season, number, tranche)));
    Ok(Json(TrancheDone { state: done.await? }))
}

/// Hand a voucher in, with the id of a photo.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/vouchers", tag = "funds",
    request_body = HandIn, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 201, body = VoucherView), (status = "4XX", body = Document)))]
async fn hand_in_voucher(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<HandIn>,
) -> Result<(StatusCode, Json<VoucherView>), Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| hand_in::hand_in(tx, cx, (&season, number), &input)).await?;
    Ok((StatusCode::CREATED, Json(VoucherView::of(&done, true))))
}

/// Approve a voucher: another person than who handed it in.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/vouchers/{voucher}/approve", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path), ("voucher" = String, Path)),
    responses((status = 200, body = VoucherView), (status = "4XX", body = Document)))]
async fn approve_voucher(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, id)): PathId<(SeasonId, u32, VoucherId)>,
) -> Result<Json<VoucherView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| decide::approve(tx, cx, (&season, number), &id)).await?;
    Ok(Json(VoucherView::of(&done, true)))
}

/// Refuse a voucher with a reason.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/vouchers/{voucher}/refuse", tag = "funds",
    request_body = RefuseVoucher,
    params(("season" = String, Path), ("number" = u32, Path), ("voucher" = String, Path)),
    responses((status = 200, body = VoucherView), (status = "4XX", body = Document)))]
async fn refuse_voucher(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, id)): PathId<(SeasonId, u32, VoucherId)>,
    Json(input): Json<RefuseVoucher>,
) -> Result<Json<VoucherView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| decide::refuse(tx, cx, (&season, number), (&id, &input))).await?;
    Ok(Json(VoucherView::of(&done, true)))
}
