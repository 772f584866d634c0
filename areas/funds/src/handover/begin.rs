//! Begin a handover.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, OrgId, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{
    DutyId, Holder,
    give::{self, GiveDuty, titled},
};
use people::org::{OrgKind, queries::org};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use work::{
    calendar::add_days,
    clock::{Reckoner, Rule},
};

use super::{Handover, HandoverId, list::LIST, store};
use crate::{typed, works};

/// Days ahead at most by which everything is to be handed over.
const MOST_DAYS: i32 = 366;

/// Who may sign for the residents: who stands for the owners, or the residents' committee where nobody does.
pub const FOR_RESIDENTS: [OrgKind; 4] =
    [OrgKind::OwnersCommittee, OrgKind::PropertyBoard, OrgKind::OwnersAssembly, OrgKind::ResidentsCommittee];

/// A handover as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct BeginHandover {
    /// The id of the place, such as an estate.
    pub place: String,
    /// The id of the firm that leaves, an organisation.
    pub old_firm: String,
    /// The id of the firm that comes.
    pub new_firm: String,
    /// The id of the organisation that signs for the residents: of one of the kinds [`FOR_RESIDENTS`].
    pub residents: String,
    /// By when everything is to be handed over, `YYYY-MM-DD`: today or up to a year later.
    pub due: String,
    /// A text the sender makes up for this one handover, at most 64 characters, so that sending twice begins one.
    pub once: String,
}

/// Begins a handover with the items of the list and gives the old firm the duty to hand them over: community work at the
/// place. The same `once` of the same person again answers with the handover that is there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn begin(tx: &mut Tx<'_>, cx: &mut Context, input: &BeginHandover) -> Result<Handover, Fault> {
    let place: PlaceId = input.place.trim().parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &works::site(tx, &place)?)?;
    let mut shape = Shape::new();
    let mut orgs = Vec::new();
    for (field, text) in [("old_firm", &input.old_firm), ("new_firm", &input.new_firm), ("residents", &input.residents)]
    {
        orgs.extend(chosen(tx, &mut shape, (field, text), &orgs)?);
    }
    let due = typed::day(&mut shape, "due", &input.due, &cx.day);
    if due < cx.day {
        shape.error("due", "day-has-passed");
    } else if due > add_days(&cx.day, MOST_DAYS) {
        shape.error("due", "day-too-late");
    }
    let once = shape.optional_line("once", &input.once, 64);
    let once = shape.finish(once)?;
    let Ok([old_firm, new_firm, residents]) = <[OrgId; 3]>::try_from(orgs) else {
        return Err(DbError::Data("handover: sides".into()).into());
    };
    let id: HandoverId = cx.id(permit.home());
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    let name = places::queries::show(tx, &place)?.map_or_else(String::new, |place| place.shown);
    let duty = owe(tx, cx, &permit, (&id, &place), ("handover", &name, &old_firm, &Rule::OnDay(due.clone())))?;
    let made_day = cx.day.clone();
    let new = Handover { id, place, old_firm, new_firm, residents, due, is_signed: false, duty, made_day };
    match store::insert(tx, cx, &permit, (&new, &once)) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    for (number, line) in (1..).zip(LIST) {
        store::insert_item(tx, &permit, &new.id, (number, line.key))?;
    }
    let told = json!({
        "handover": new.id, "place": new.place, "due": new.due.as_str(), "items": LIST.len(), "duty": new.duty,
    });
    let words = json!({
        "old": new.old_firm, "new": new.new_firm, "residents": new.residents, "by": cx.actor.person(),
    });
    let entry = Draft { kind: "handover.begun", subject: new.id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(new)
}

/// An organisation that is not closed and stands for no other side.
fn chosen(
    tx: &mut Tx<'_>,
    shape: &mut Shape,
    (field, text): (&'static str, &str),
    before: &[OrgId],
) -> Result<Option<OrgId>, Fault> {
    let text = text.trim();
    let found = match text.parse::<OrgId>() {
        Ok(id) => match org(tx, &id) {
            Ok(found) if found.closed.is_none() && (field != "residents" || FOR_RESIDENTS.contains(&found.kind)) => {
                Some(found.id)
            }
            Ok(_) | Err(Fault::Refused(_)) => None,
            Err(fault) => return Err(fault),
        },
        Err(_) => None,
    };
    match &found {
        None => shape.error(field, if text.is_empty() { "required" } else { "unknown-choice" }),
        Some(id) if before.contains(id) => shape.error(field, "side-twice"),
        Some(_) => {}
    }
    Ok(found)
}

/// A duty of the old firm, met on the handover's page.
pub(super) fn owe(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (id, place): (&HandoverId, &PlaceId),
    (kind, of, firm, rule): (&str, &str, &OrgId, &Rule),
) -> Result<DutyId, Fault> {
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: cx.offset_minutes };
    let input = GiveDuty {
        title: titled(kind, of),
        kind: kind.to_owned(),
        page: format!("/handovers/{id}"),
        ..GiveDuty::new(place.clone(), Holder::Org(firm.clone()), rule)
    };
    Ok(give::bind(tx, cx, &reckoner, permit, &input)?.id)
}

/// Whether its day has gone by without the signatures.
pub fn is_late(handover: &Handover, today: &Day) -> bool {
    !handover.is_signed && handover.due < *today
}
