//! Reading sources.

use db::{DbError, Fault, Snapshot};
use kernel::{Fen, Kind, Refusal};
use programmes::SeasonId;

use super::{Source, SourceKind, store};
use crate::book::{AccountKind, queries::balances, rules::lowest};

/// Sources of a page.
pub const PAGE: i64 = 50;

/// The sources after a number, in order, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sources(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Source>, DbError> {
    store::sources(s, season, after, limit)
}

/// One of them.
///
/// # Errors
/// Refusal `source-not-found`; database faults.
pub fn source(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Source, Fault> {
    let found = store::source(s, season, number)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "source-not-found"))?)
}

/// What the sources of a project gave it in own money and in kind, 100 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Source>, DbError> {
    store::of_project(s, season, project)
}

/// What the sources gave, by kind, less what went back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// Of the public.
    pub public: Fen,
    /// Of donors.
    pub donor: Fen,
    /// Own money of projects.
    pub own: Fen,
    /// In kind.
    pub in_kind: Fen,
}

impl Given {
    /// Everything that is not the public's.
    pub fn other(&self) -> Fen {
        Fen(self.donor.0 + self.own.0 + self.in_kind.0)
    }

    /// What came beside each unit of public money: a fraction in its lowest terms; none without public money.
    pub fn leverage(&self) -> Option<(i64, i64)> {
        lowest(self.other().0, self.public.0)
    }
}

/// What the sources of a season gave, less what went back: what the leverage is counted from.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn given(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Given, DbError> {
    let mut given = Given::default();
    for (kind, fen) in store::given(s, season)? {
        match kind {
            SourceKind::Public => given.public = fen,
            SourceKind::Donor => given.donor = fen,
            SourceKind::Own => given.own = fen,
            SourceKind::InKind => given.in_kind = fen,
        }
    }
    Ok(given)
}

/// Puts the public's sources first, each kind by number: the order in which tranches draw.
///
/// # Errors
/// [`DbError`] of the statement.
pub(crate) fn public_first(s: &mut Snapshot<'_>, season: &SeasonId, money: &mut [(u32, Fen)]) -> Result<(), DbError> {
    let public = store::numbers(s, season, SourceKind::Public)?;
    money.sort_by_key(|(number, _)| (!public.contains(number), *number));
    Ok(())
}

/// The banked sources with the money that is left of them, in the order in which tranches draw.
///
/// # Errors
/// [`DbError`] of the statements.
pub(crate) fn money(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, Fen)>, DbError> {
    let mut money = balances(s, season, AccountKind::Bank)?;
    public_first(s, season, &mut money)?;
    Ok(money)
}

/// The same of the public's money alone.
///
/// # Errors
/// [`DbError`] of the statements.
pub(crate) fn public_money(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, Fen)>, DbError> {
    let public = store::numbers(s, season, SourceKind::Public)?;
    let money = balances(s, season, AccountKind::Bank)?;
    Ok(money.into_iter().filter(|(number, _)| public.contains(number)).collect())
}
