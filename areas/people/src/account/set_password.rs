//! Set, change or give up one's own password.

use db::{Fault, Tx};
use kernel::Context;

use super::{mine, password::Hashed, store};
use crate::session::{self, Token};

/// A new password, hashed by [`super::password::hash`] after [`super::rules::password`] let it pass.
#[derive(Debug, Clone)]
pub struct SetPassword {
    /// The new one; none gives it up.
    pub password: Option<Hashed>,
    /// End the other sessions; this one stays.
    pub end_others: Option<Token>,
}

/// Keeps the password of whoever has signed in. [`super::password::confirm`] comes before it.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn set_password(tx: &mut Tx<'_>, cx: &mut Context, input: &SetPassword) -> Result<(), Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    store::set_password(tx, &permit, &account.person, input.password.as_ref().map(Hashed::as_str))?;
    if let Some(this) = &input.end_others {
        session::end::others(tx, &permit, &account.person, this)?;
    }
    mine::tell(tx, cx, &permit, "account.password-set", &account.person)
}
