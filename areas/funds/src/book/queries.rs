//! Reading the book.

use std::collections::BTreeMap;

use db::{DbError, Snapshot};
use kernel::{Day, Fen};
use programmes::SeasonId;

use super::{Account, AccountKind, BookRow, Posted, store};

/// Transfers of a page of an account.
pub const PAGE: i64 = 50;
/// Transfers that are read at a time for a file.
pub const CHUNK: i64 = 500;
/// Transfers of a file at most.
pub const MOST_IN_FILE: i64 = 20_000;

/// What lies on accounts, by what they are for, on their own side: above nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<AccountKind, i64>);

impl Sums {
    /// What lies on the accounts of a kind together; above nothing.
    pub fn of(&self, kind: AccountKind) -> Fen {
        Fen(self.0.get(&kind).copied().unwrap_or(0).saturating_mul(kind.side()))
    }

    /// Paid to projects and not given back: what they hold, spent of it, or must give back.
    pub fn paid(&self) -> Fen {
        let plus = [AccountKind::Held, AccountKind::Spent, AccountKind::Claim].map(|kind| self.of(kind).0);
        let minus = [AccountKind::Owed, AccountKind::Borne].map(|kind| self.of(kind).0);
        Fen(plus.iter().sum::<i64>() - minus.iter().sum::<i64>())
    }

    /// All accounts added up: nothing, always.
    pub fn trial_balance(&self) -> i64 {
        self.0.values().sum()
    }

    fn collect(rows: impl IntoIterator<Item = (AccountKind, Fen)>) -> Sums {
        Sums(rows.into_iter().map(|(kind, fen)| (kind, fen.0)).collect())
    }
}

/// The balance of an account as it is stored: debits above nothing.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn balance(s: &mut Snapshot<'_>, season: &SeasonId, account: Account) -> Result<Fen, DbError> {
    store::balance(s, season, account)
}

/// What lies on the accounts of a kind, by the number of their owner; without those on which nothing lies.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn balances(s: &mut Snapshot<'_>, season: &SeasonId, kind: AccountKind) -> Result<Vec<(u32, Fen)>, DbError> {
    store::balances(s, season, kind)
}

/// The sums of a season.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sums(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Sums, DbError> {
    Ok(Sums::collect(store::sums(s, season)?))
}

/// The sums of a project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Sums, DbError> {
    Ok(Sums::collect(store::of_project(s, season, project)?))
}

/// The sums of the projects after one number, up to another.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_projects(s: &mut Snapshot<'_>, season: &SeasonId, range: (u32, u32)) -> Result<BTreeMap<u32, Sums>, DbError> {
    let mut all: BTreeMap<u32, Sums> = BTreeMap::new();
    for (project, kind, fen) in store::of_projects(s, season, range)? {
        all.entry(project).or_default().0.insert(kind, fen.0);
    }
    Ok(all)
}

/// What a project drew of each source's money, less what it gave back.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn drawn(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<(u32, Fen)>, DbError> {
    store::drawn(s, season, project)
}

/// The same of all projects, as source, project, amount: 5,000 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn flows(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, u32, Fen)>, DbError> {
    store::flows(s, season)
}

/// The transfers of an account after a number, [`PAGE`] at most, each with what it posted there.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_account(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    account: Account,
    after: i64,
) -> Result<Vec<(Posted, Fen)>, DbError> {
    store::of_account(s, (season, account), after, PAGE)
}

/// The postings of the transfers after a number, [`CHUNK`] transfers at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(s: &mut Snapshot<'_>, season: &SeasonId, after: i64) -> Result<Vec<BookRow>, DbError> {
    store::rows(s, season, (after, after.saturating_add(CHUNK)))
}

/// What is wrong with the book of a season, a sentence each; nothing when the trial balance is nothing, each transfer
/// adds up, and each account is what its postings say and on its own side.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn faults(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<String>, DbError> {
    let (open, drifted) = store::faults(s, season)?;
    let balance = sums(s, season)?.trial_balance();
    let balance = (balance != 0).then(|| format!("{season}: the trial balance is {balance}"));
    let open = open.into_iter().map(|number| format!("{season}: transfer {number} does not add up"));
    let drifted = drifted.into_iter().map(|account| format!("{season}: {account} is not what its postings say"));
    Ok(balance.into_iter().chain(open).chain(drifted).collect())
}

/// Transfers of the season so far.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<i64, DbError> {
    store::count(s, season)
}

/// Seasons that have a book, of all places, after an id, 500 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seasons(s: &mut Snapshot<'_>, after: &str) -> Result<Vec<SeasonId>, DbError> {
    store::seasons(s, after)
}

/// The last day on which money of each project moved, for the projects after one number, up to another.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn last_days(s: &mut Snapshot<'_>, season: &SeasonId, range: (u32, u32)) -> Result<BTreeMap<u32, Day>, DbError> {
    Ok(store::last_days(s, season, range)?.into_iter().collect())
}
