//! Put oneself forward, change one's mind; at the desk for somebody without a telephone; take somebody out of the pool.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape, Source};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Lot, LotId, Standing, Volunteer, VolunteerId, draft::hold, not_found, rules, store};
use crate::delegates::hall::{self, meanwhile};

/// What somebody says of themselves.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Enrol {
    /// The value in each category, in the order of the quotas.
    pub features: Vec<String>,
    /// The address: at most 80 characters; needed where at most one of an address is drawn.
    pub address: String,
}

/// What the desk types for somebody without an account.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AtDesk {
    /// Their name: 1 to 40 characters, private.
    pub name: String,
    /// How to reach them: at most 60 characters, private.
    pub contact: String,
    /// The value in each category, in the order of the quotas.
    pub features: Vec<String>,
    /// The address, as for oneself.
    pub address: String,
    /// A text the sender makes up for this one person, at most 64 characters, so that sending twice enrols once.
    pub once: String,
}

/// Puts oneself forward, or somebody for whom one acts; said again before the pool is frozen, what is said last counts.
/// Needs a person whose telephone is verified, or whom the desk has checked.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `enrolment-over`, `pool-full`, `features-missing`,
/// `address-missing`, `volunteer-struck`, `verify-first`, `sign-in-first`, `not-allowed`; database faults.
pub fn enrol(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, input: &Enrol) -> Result<Volunteer, Fault> {
    let (lot, permit) = held(tx, cx, id)?;
    let person = author(cx)?;
    rules::may_enrol(&lot, &cx.day, store::count(tx, id)?)?;
    let names = people::account::queries::names(tx, std::slice::from_ref(&person))?;
    let name = names.into_iter().next().map(|(_, name)| name).unwrap_or_default();
    let new = shaped(cx, &lot, (Some(person.clone()), name, String::new()), (&input.features, &input.address))?;
    let entered_by = cx.entered_by().cloned();
    if let Some(there) = store::mine(tx, id, &person)? {
        let new = Volunteer { id: there.id.clone(), ..new };
        let same = Volunteer { source: there.source, made_day: there.made_day.clone(), ..new.clone() } == there;
        if same {
            return Ok(there);
        }
        if !store::again(tx, &permit, (id, &new), entered_by.as_ref())? {
            return Err(Refusal::new(Kind::Conflict, "volunteer-struck").into());
        }
        enter(tx, cx, &permit, ("lot.enrolled", &lot, &new, ""))?;
        return Ok(new);
    }
    let once = new.id.to_string();
    match store::enrol(tx, &permit, (id, &new), (&once, entered_by.as_ref())) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    enter(tx, cx, &permit, ("lot.enrolled", &lot, &new, ""))?;
    Ok(new)
}

/// Changes one's mind before the pool is frozen. Out already, nothing changes.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `volunteer-not-found`, `sign-in-first`, `not-allowed`; database faults.
pub fn withdraw(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId) -> Result<(), Fault> {
    let (lot, permit) = held(tx, cx, id)?;
    let person = author(cx)?;
    rules::expect(&lot, &[super::State::Open])?;
    let there = store::mine(tx, id, &person)?.ok_or_else(nobody)?;
    if store::leave_pool(tx, &permit, (id, &there.id), (Standing::Withdrawn, ""))? {
        enter(tx, cx, &permit, ("lot.withdrawn", &lot, &there, ""))?;
    }
    Ok(())
}

/// Puts somebody forward who has no account, at the desk: community work. The same `once` of the same worker again answers
/// with who is there.
///
/// # Errors
/// As [`enrol`], and `invalid-input`.
pub fn at_desk(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, input: &AtDesk) -> Result<Volunteer, Fault> {
    let (lot, hall, _) = hold(tx, cx, id)?;
    let permit = authorize(&cx.actor, Action::EnterForAnother, &hall::site(tx, &hall.place)?)?;
    let mut shape = Shape::new();
    let (name, contact) = (shape.line("name", &input.name, 40), shape.optional_line("contact", &input.contact, 60));
    let once = shape.optional_line("once", &input.once, 64);
    let (name, contact, once) = shape.finish((name, contact, once))?;
    let new = shaped(cx, &lot, (None, name, contact), (&input.features, &input.address))?;
    let new = Volunteer { source: Source::Counter, ..new };
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => new.id.to_string(),
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::same_once(tx, id, &once)? {
        return Ok(there);
    }
    rules::may_enrol(&lot, &cx.day, store::count(tx, id)?)?;
    let by = cx.actor.person().cloned();
    match store::enrol(tx, &permit, (id, &new), (&once, by.as_ref())) {
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    enter(tx, cx, &permit, ("lot.enrolled", &lot, &new, ""))?;
    Ok(new)
}

/// Takes somebody out of the pool before it is frozen, with the reason: community work.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `volunteer-not-found`, `not-allowed`; database faults.
pub fn strike(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, volunteer): (&LotId, &VolunteerId),
    reason: &str,
) -> Result<(), Fault> {
    let (lot, _, permit) = hold(tx, cx, id)?;
    rules::expect(&lot, &[super::State::Open])?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    let there = store::volunteer(tx, id, volunteer)?.ok_or_else(nobody)?;
    if store::leave_pool(tx, &permit, (id, volunteer), (Standing::Struck, &reason))? {
        enter(tx, cx, &permit, ("lot.struck", &lot, &there, &reason))?;
    }
    Ok(())
}

/// A held lot with the right to put oneself forward: a verified person, or who enters for another.
fn held(tx: &mut Tx<'_>, cx: &Context, id: &LotId) -> Result<(Lot, Permit), Fault> {
    let lot = store::held(tx, id)?.ok_or_else(not_found)?;
    let hall = hall::queries::hall(tx, &lot.hall)?;
    let act = if cx.behalf.is_some() { Action::EnterForAnother } else { Action::OpenMatter };
    let permit = authorize(&cx.actor, act, &hall::site(tx, &hall.place)?)?;
    Ok((lot, permit))
}

fn author(cx: &Context) -> Result<PersonId, Refusal> {
    cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))
}

fn nobody() -> Refusal {
    Refusal::new(Kind::NotFound, "volunteer-not-found")
}

fn shaped(
    cx: &mut Context,
    lot: &Lot,
    (person, name, contact): (Option<PersonId>, String, String),
    (features, address): (&[String], &str),
) -> Result<Volunteer, Refusal> {
    let mut shape = Shape::new();
    let address = shape.optional_line("address", address, 80);
    if lot.household && same_address(&address).is_empty() {
        shape.error("address", "required");
    }
    let address = shape.finish(address)?;
    rules::features(&lot.quotas, features)?;
    Ok(Volunteer {
        id: cx.secret_id(lot.id.home()),
        person,
        name,
        contact,
        address,
        features: features.to_vec(),
        source: cx.source(),
        standing: Standing::In,
        number: None,
        made_day: cx.day.clone(),
    })
}

/// An address as it is compared: numbers and letters alone, so that `3号楼2单元501` and `3-2-501` are one.
#[must_use]
pub fn same_address(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        let c = match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            other => other,
        };
        if c.is_alphanumeric() && !"号楼幢栋单元室户门".contains(c) {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn enter(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, lot, volunteer, reason): (&'static str, &Lot, &Volunteer, &str),
) -> Result<(), Fault> {
    // by id alone: the number in the pool is given when it is frozen
    let told = json!({ "lot": lot.id, "source": volunteer.source.as_str() });
    let words = json!({
        "by": cx.actor.person(), "volunteer": volunteer.id, "person": volunteer.person, "name": volunteer.name,
        "features": volunteer.features, "address": volunteer.address, "reason": reason,
    });
    append(tx, cx, permit, &Draft { kind, subject: lot.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_flat_is_one_address_however_it_is_written() {
        for written in ["3-2-501", "３号楼２单元501室", " 3 栋 2 单元 501 ", "3—2—501"] {
            assert_eq!(same_address(written), "3-2-501", "{written}");
        }
        assert_ne!(same_address("3-25-01"), same_address("3-2-501"));
        assert_eq!(same_address(" 号楼 "), "");
    }
}
