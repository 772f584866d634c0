//! JSON faces of halls, delegates and lots: what everybody may read. No names but those that are shown to all.

use axum::extract::{Query, State as Shared};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    hall::{self, Hall, HallId, HallKind, HallNoun, Way},
    lot::{self, Answer, Lot, LotId, State, key, solve::billionths, web::One},
    seat::{self, Delegate},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_halls)).routes(routes!(show_hall)).routes(routes!(show_lot))
}

/// A hall.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HallView {
    id: String,
    place: String,
    name: String,
    kind: HallKind,
    about: String,
    /// Seats that residents elect; they have the lowest numbers.
    elected: u32,
    /// Seats for which organisations recommend somebody.
    recommended: u32,
    /// Seats that are filled by lot.
    drawn: u32,
    from: String,
    until: String,
}

impl From<Hall> for HallView {
    fn from(hall: Hall) -> Self {
        HallView {
            id: hall.id.to_string(),
            place: hall.place.to_string(),
            name: hall.name,
            kind: hall.kind,
            about: hall.about,
            elected: hall.elected,
            recommended: hall.recommended,
            drawn: hall.drawn,
            from: hall.from.to_string(),
            until: hall.until.to_string(),
        }
    }
}

/// Who sits on a seat.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DelegateView {
    seat: u32,
    way: Way,
    /// Masked, unless they agreed to show it.
    name: String,
    /// The meeting that elected, or the organisation that recommends.
    source: String,
    evidence: String,
    /// The lot that drew them, and their number in its pool.
    lot: Option<String>,
    number: Option<String>,
    from: String,
}

impl From<Delegate> for DelegateView {
    fn from(one: Delegate) -> Self {
        DelegateView {
            seat: one.seat,
            way: one.way,
            name: one.shown(),
            source: one.source,
            evidence: one.evidence,
            lot: one.lot.map(|lot| lot.to_string()),
            number: one.number.map(key),
            from: one.from.to_string(),
        }
    }
}

/// A hall with who sits in it, and its lots.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HallWithSeats {
    #[serde(flatten)]
    hall: HallView,
    delegates: Vec<DelegateView>,
    /// Ids of its lots, the newest first; without drafts.
    lots: Vec<String>,
}

/// Which halls.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct WhichHalls {
    /// At this place and below; everywhere without.
    place: String,
    /// Older than this hall.
    before: String,
}

/// Halls at a place, the newest first, 30 a page.
#[utoipa::path(get, path = "/halls", tag = "halls", params(WhichHalls),
    responses((status = 200, body = Vec<HallView>), (status = 404, body = Document)))]
async fn list_halls(Shared(rim): Shared<Rim>, Query(which): Query<WhichHalls>) -> Result<Json<Vec<HallView>>, Problem> {
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&which.place));
        let path = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?.path)
            }
            None => None,
        };
        let before = optional_id::<HallNoun>(Some(&which.before));
        Ok::<_, Fault>(hall::queries::halls(s, path.as_deref(), before.as_ref())?)
    });
    Ok(Json(read.await?.into_iter().map(HallView::from).collect()))
}

/// One hall with who sits in it.
#[utoipa::path(get, path = "/halls/{hall}", tag = "halls", params(("hall" = String, Path)),
    responses((status = 200, body = HallWithSeats), (status = 404, body = Document)))]
async fn show_hall(Shared(rim): Shared<Rim>, PathId(id): PathId<HallId>) -> Result<Json<HallWithSeats>, Problem> {
    let read = rim.db.read(move |s| {
        let hall = hall::queries::hall(s, &id)?;
        Ok::<_, Fault>((hall, seat::store::sitting(s, &id)?, lot::queries::of_hall(s, &id)?))
    });
    let (hall, sitting, lots) = read.await?;
    let lots = lots.into_iter().filter(|lot| lot.state != State::Draft).map(|lot| lot.id.to_string()).collect();
    let delegates = sitting.into_iter().map(DelegateView::from).collect();
    Ok(Json(HallWithSeats { hall: hall.into(), delegates, lots }))
}

/// A quota.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuotaView {
    category: String,
    value: String,
    min: u32,
    max: u32,
}

/// The figures of a lottery.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LotteryView {
    /// In billionths.
    lowest_chance: u64,
    /// In billionths.
    highest_chance: u64,
    /// In ten-thousandths: 0 when all chances are equal.
    gini: u32,
    /// The largest difference of the list from the lottery, in hundredths of a panel.
    list_error: u32,
}

/// Somebody who was drawn or stands in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OfferView {
    number: String,
    seat: u32,
    answer: Answer,
    due: String,
    /// In whose place they come.
    stands_for: Option<String>,
    verdict: Option<String>,
}

/// A lot.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LotView {
    id: String,
    hall: String,
    title: String,
    state: State,
    size: u32,
    /// `leximin`, `maximin` or `nash`.
    rule: String,
    panels: u32,
    household: bool,
    enrol_until: String,
    quotas: Vec<QuotaView>,
    /// People in the pool.
    people: u64,
    /// SHA-256 of the frozen pool with its salt.
    pool_digest: String,
    /// SHA-256 of the published list, which is at `/lots/{lot}/list.txt`.
    digest: String,
    lottery: Option<LotteryView>,
    seed_source: String,
    seed_at: String,
    seed_day: Option<String>,
    seed: String,
    number: Option<u32>,
    verdict: Option<String>,
    offers: Vec<OfferView>,
}

/// One lot; a draft for those who work on it alone.
#[utoipa::path(get, path = "/lots/{lot}", tag = "halls", params(("lot" = String, Path)),
    responses((status = 200, body = LotView), (status = 404, body = Document)))]
async fn show_lot(Shared(rim): Shared<Rim>, visit: Visit, PathId(id): PathId<LotId>) -> Result<Json<LotView>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        Ok::<_, Fault>((one.lot, lot::queries::count(s, &id)?, lot::queries::offers(s, &id)?))
    });
    let (lot, people, offers) = read.await?;
    Ok(Json(view(lot, people, offers)))
}

fn view(lot: Lot, people: u64, offers: Vec<lot::Offer>) -> LotView {
    let quota = |(category, value): (&sortition::Category, &sortition::Feature)| QuotaView {
        category: category.name.clone(),
        value: value.name.clone(),
        min: value.min,
        max: value.max,
    };
    let offer = |offer: lot::Offer| OfferView {
        number: key(offer.number),
        seat: offer.seat,
        answer: offer.answer,
        due: offer.due.to_string(),
        stands_for: offer.stands_for.map(key),
        verdict: offer.verdict.map(|verdict| verdict.to_string()),
    };
    LotView {
        quotas: lot.quotas.features().map(quota).collect(),
        lottery: lot.found.as_ref().map(|found| LotteryView {
            lowest_chance: billionths(found.lowest),
            highest_chance: billionths(found.highest),
            gini: found.gini,
            list_error: found.error,
        }),
        id: lot.id.to_string(),
        hall: lot.hall.to_string(),
        title: lot.title,
        state: lot.state,
        size: lot.size,
        rule: lot.rule.to_string(),
        panels: lot.panels,
        household: lot.household,
        enrol_until: lot.enrol_until.to_string(),
        people,
        pool_digest: lot.pool.digest,
        digest: lot.digest,
        seed_source: lot.announced.source,
        seed_at: lot.announced.at,
        seed_day: lot.announced.day.map(|day| day.to_string()),
        seed: lot.seed,
        number: lot.number,
        verdict: lot.verdict.map(|verdict| verdict.to_string()),
        offers: offers.into_iter().map(offer).collect(),
    }
}
