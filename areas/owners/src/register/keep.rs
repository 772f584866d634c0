//! Keep an imported register: begun, filled part by part, sealed; only a sealed one is seen.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Prepared, Register, RegisterId, not_found, queries, site, store};

/// Rows that one write takes.
pub const PART: usize = 1_000;

/// What came of the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// The register that holds already says the same.
    Same(Register),
    /// Its rows may come: from the first on, also those that came before the line broke off.
    Open(RegisterId),
}

/// Begins a version: who keeps rolls there. What is there already says the same: it is answered, and nothing is begun.
///
/// # Errors
/// Refusals `place-not-found`, `not-allowed`; database faults.
pub fn begin(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, new: &Prepared) -> Result<Begun, Fault> {
    let permit = authorize(&cx.actor, Action::KeepRoll, &site(tx, place)?)?;
    if let Some((there, whole)) = store::latest(tx, permit.home(), place)?
        && whole == new.whole
    {
        return Ok(Begun::Same(there));
    }
    if let Some(begun) = store::begun(tx, &permit, place, &new.whole)? {
        return Ok(Begun::Open(begun));
    }
    let register = Register {
        id: cx.id(permit.home()),
        place: place.clone(),
        version: None,
        units: u32::try_from(new.rows.len()).unwrap_or(u32::MAX),
        owners: new.owners,
        area: new.area,
        digest: new.digest,
        made_by: cx.actor.person().cloned(),
        made_day: cx.day.clone(),
    };
    store::insert(tx, &permit, &register, &new.whole)?;
    let told = json!({ "register": register.id, "place": place, "units": register.units });
    let subject = register.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "register.begun", subject, public: &told, private: None })?;
    Ok(Begun::Open(register.id))
}

fn loading(tx: &mut Tx<'_>, cx: &Context, id: &RegisterId) -> Result<(Register, Permit), Fault> {
    let register = store::register(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::KeepRoll, &site(tx, &register.place)?)?;
    Ok((register, permit))
}

/// Takes rows of a register that is begun, [`PART`] at most; rows that are there stay.
///
/// # Errors
/// Refusals `register-not-found`, `register-sealed`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, id: &RegisterId, rows: &[super::Row]) -> Result<(), Fault> {
    let (register, permit) = loading(tx, cx, id)?;
    if register.version.is_some() {
        return Err(Refusal::new(Kind::Conflict, "register-sealed").into());
    }
    if rows.len() > PART {
        let limit = i64::try_from(PART).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit).into());
    }
    store::insert_rows(tx, &permit, id, rows)?;
    let told = json!({ "register": id, "rows": rows.len() });
    append(tx, cx, &permit, &Draft { kind: "register.filled", subject: id.as_str(), public: &told, private: None })?;
    Ok(())
}

/// Seals a register whose rows are all there: from now on it is the one that holds. Sealed before, it is answered.
///
/// # Errors
/// Refusals `register-not-found`, `register-incomplete`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn seal(tx: &mut Tx<'_>, cx: &mut Context, id: &RegisterId) -> Result<Register, Fault> {
    let (register, permit) = loading(tx, cx, id)?;
    if register.version.is_some() {
        return Ok(register);
    }
    if store::count(tx, id)? != u64::from(register.units) {
        return Err(Refusal::new(Kind::Conflict, "register-incomplete").into());
    }
    match store::seal(tx, &permit, &register) {
        // another import was sealed at the same moment
        Ok(false) | Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        Ok(true) => {}
        Err(fault) => return Err(fault.into()),
    }
    let sealed = queries::register(tx, id)?;
    let told = json!({
        "register": id, "place": sealed.place, "version": sealed.version, "units": sealed.units,
        "owners": sealed.owners, "area": sealed.area, "digest": Hash(sealed.digest).to_string(),
    });
    let words = json!({ "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "register.kept", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(sealed)
}

/// All three at once, for a register of one part.
///
/// # Errors
/// Those of the three.
pub fn keep(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, new: &Prepared) -> Result<Register, Fault> {
    match begin(tx, cx, place, new)? {
        Begun::Same(there) => Ok(there),
        Begun::Open(id) => {
            for part in new.rows.chunks(PART) {
                add(tx, cx, &id, part)?;
            }
            seal(tx, cx, &id)
        }
    }
}
