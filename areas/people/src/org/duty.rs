//! Duties that an organisation owes: it counts them, and does not close while there are any.

use db::{DbError, Fault, Tx};
use kernel::{Kind, OrgId, Refusal};
use rights::Permit;

use super::store;

/// Counts a duty that the organisation takes on, in the transaction that gives or hands over the duty.
///
/// # Errors
/// Refusal `org-closed` (also when it is not there); database faults.
pub fn hold_duty(tx: &mut Tx<'_>, permit: &Permit, org: &OrgId) -> Result<(), Fault> {
    if store::hold_duty(tx, permit, org)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "org-closed").into())
}

/// Counts a duty that the organisation no longer owes, in the transaction that meets it or hands it over.
///
/// # Errors
/// [`DbError::Data`] when it owes nothing, which is a mistake of the caller; database faults.
pub fn release_duty(tx: &mut Tx<'_>, permit: &Permit, org: &OrgId) -> Result<(), Fault> {
    if store::release_duty(tx, permit, org)? {
        return Ok(());
    }
    Err(DbError::Data(format!("organisation {org} releases a duty that it does not owe")).into())
}
