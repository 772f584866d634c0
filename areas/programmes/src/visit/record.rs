//! Record a visit.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{self, append};
use places::PlaceId;
use rights::{Action, Permit, authorize, may};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{HasLine, Lists, MAX_VISITS, MetLine, Need, Visit, queries, rules, store};
use crate::{Season, SeasonId, season, template};

/// A visit as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RecordVisit {
    /// The id of a community of the season.
    pub place: String,
    /// The day of the visit, `YYYY-MM-DD`; not in the future.
    pub day: String,
    /// Who went, by name: 1 to 200 characters.
    pub staff: String,
    /// 1 to 4,000 characters, without names of residents.
    pub findings: String,
    /// Whom they met, each kind once.
    pub met: Vec<MetLine>,
    /// What is needed, 30 lines at most.
    pub needs: Vec<Need>,
    /// What the community has, 60 lines at most.
    pub has: Vec<HasLine>,
    /// A text the sender makes up for this one visit, at most 64 characters, so that sending twice records once.
    pub once: String,
}

/// Records the visit. The same `once` again answers with the visit that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `season-without-visits`, `wrong-stage`, `too-many-visits`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &RecordVisit) -> Result<Visit, Fault> {
    let season = season::queries::season(tx, season)?;
    let named = match input.place.trim().parse() {
        Ok(named) => named,
        // the field is empty: whoever may somewhere in the season is told so
        Err(_) => anywhere(tx, cx, &season)?,
    };
    let permit = permit_at(tx, cx, &season, &named)?;
    rules::may_record(&season, &template::queries::of_season(tx, &season)?)?;
    let draft = rules::draft(input, &cx.day)?;
    let place = of_season(tx, &season, draft.place)?;
    let id = cx.id(season.id.home());
    let once = match (draft.once.as_str(), cx.actor.person()) {
        ("", _) => id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::visit_once(tx, &season.id, &once)? {
        return Ok(there);
    }
    let visit = Visit {
        id,
        season: season.id.clone(),
        number: store::next_number(tx, &season.id)?,
        place,
        day: draft.day,
        staff: draft.staff,
        findings: draft.findings,
        revision: 0,
        recorded_at: cx.now,
        recorded_by: cx.actor.person().cloned(),
        struck_at: None,
        struck_reason: String::new(),
    };
    if visit.number > MAX_VISITS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-visits")
            .with_int("limit", i64::from(MAX_VISITS))
            .into());
    }
    match store::insert(tx, &permit, &visit, &once) {
        // somebody else took the number, or the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    store::insert_lists(tx, &permit, &visit.id, &draft.lists)?;
    let (public, private) = (told(&visit, &draft.lists), words(&visit, &draft.lists));
    let subject = visit.season.as_str();
    append(
        tx,
        cx,
        &permit,
        &entry::Draft { kind: "visit.recorded", subject, public: &public, private: Some(&private) },
    )?;
    Ok(visit)
}

fn anywhere(tx: &mut Tx<'_>, cx: &Context, season: &Season) -> Result<PlaceId, Fault> {
    for place in queries::communities(tx, season)? {
        if may(&cx.actor, Action::MoveMatter, &place.site()?) {
            return Ok(place.id);
        }
    }
    Ok(season.place.clone())
}

/// The right of community work at a place of the season.
pub(crate) fn permit_at(tx: &mut Tx<'_>, cx: &Context, season: &Season, place: &PlaceId) -> Result<Permit, Fault> {
    let site = places::site(tx, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site)?;
    if site.home != season.id.home() {
        return Err(Refusal::new(Kind::Invalid, "place-not-of-season").into());
    }
    Ok(permit)
}

/// A community of the season, or what is wrong with the field.
pub(super) fn of_season(tx: &mut Tx<'_>, season: &Season, place: Option<PlaceId>) -> Result<PlaceId, Fault> {
    let communities = queries::communities(tx, season)?;
    let found = place.filter(|place| communities.iter().any(|there| there.id == *place));
    Ok(found.ok_or_else(|| Refusal::invalid(vec![FieldError::new("place", "not-a-community-here")]))?)
}

/// What everybody may read in the log.
pub(super) fn told(visit: &Visit, lists: &Lists) -> Value {
    let met: u64 = lists.met.iter().map(|line| u64::from(line.people)).sum();
    json!({
        "visit": visit.id, "number": visit.number, "place": visit.place, "on": visit.day.as_str(), "met": met,
        "needs": lists.needs.len(), "revision": visit.revision,
    })
}

/// What people said and wrote.
pub(super) fn words(visit: &Visit, lists: &Lists) -> Value {
    json!({
        "staff": visit.staff, "findings": visit.findings, "met": lists.met, "needs": lists.needs, "has": lists.has,
        "place": visit.place, "on": visit.day.as_str(),
    })
}
