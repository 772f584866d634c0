//! All SQL of the book.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Fen};
use programmes::SeasonId;
use rights::Permit;

use super::{Account, AccountKind, BookRow, Entry, Posted, Posting};

db::statements! {
    STATEMENTS:
    BEGIN_BOOK = "INSERT INTO fund_books (home, season, transfers, sources) VALUES (?1, ?2, 0, 0) \
                  ON CONFLICT (home, season) DO NOTHING";
    HOLD_BOOK = "UPDATE fund_books SET transfers = transfers WHERE home = ?1 AND season = ?2";
    NEXT_TRANSFER = "UPDATE fund_books SET transfers = transfers + 1 WHERE home = ?1 AND season = ?2 \
                     RETURNING transfers";
    INSERT_TRANSFER = "INSERT INTO fund_transfers (home, season, number, kind, project, subject, day, made_at, made_by, \
                       once, balanced) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, false)";
    INSERT_POSTING = "INSERT INTO fund_postings (home, season, transfer, line, account, amount) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    BEGIN_ACCOUNT = "INSERT INTO fund_accounts (home, season, account, kind, owner, line, side, balance) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0) ON CONFLICT (home, season, account) DO NOTHING";
    /// The guard of each account: it stays on its side.
    MOVE_ACCOUNT = "UPDATE fund_accounts SET balance = balance + ?4 WHERE home = ?1 AND season = ?2 AND account = ?3 \
                    AND (balance + ?4) * side >= 0";
    /// The guard of each transfer: what was stored of it adds up to nothing.
    SEAL_TRANSFER = "UPDATE fund_transfers SET balanced = true WHERE home = ?1 AND season = ?2 AND number = ?3 \
                     AND (SELECT SUM(amount) FROM fund_postings \
                     WHERE home = ?1 AND season = ?2 AND transfer = ?3) = 0";
    BALANCE = "SELECT balance FROM fund_accounts WHERE home = ?1 AND season = ?2 AND account = ?3";
    BALANCES = "SELECT owner, balance FROM fund_accounts WHERE home = ?1 AND season = ?2 AND kind = ?3 \
                AND balance <> 0 ORDER BY owner LIMIT 2000";
    /// What a project drew of each source's money, less what it gave back.
    DRAWN = "SELECT p.account, CAST(-SUM(p.amount) AS BIGINT) FROM fund_transfers t \
             JOIN fund_postings p ON p.home = t.home AND p.season = t.season AND p.transfer = t.number \
             WHERE t.home = ?1 AND t.season = ?2 AND t.project = ?3 AND p.account LIKE 'bank:%' \
             GROUP BY p.account ORDER BY p.account LIMIT 1000";
    /// The same of all projects: what the picture of a season shows.
    FLOWS = "SELECT p.account, t.project, CAST(-SUM(p.amount) AS BIGINT) FROM fund_transfers t \
             JOIN fund_postings p ON p.home = t.home AND p.season = t.season AND p.transfer = t.number \
             WHERE t.home = ?1 AND t.season = ?2 AND t.project IS NOT NULL AND p.account LIKE 'bank:%' \
             GROUP BY p.account, t.project HAVING SUM(p.amount) <> 0 ORDER BY p.account, t.project LIMIT 5000";
    SUMS = "SELECT kind, CAST(SUM(balance) AS BIGINT) FROM fund_accounts WHERE home = ?1 AND season = ?2 \
            GROUP BY kind ORDER BY kind";
    OF_PROJECT = "SELECT kind, CAST(SUM(balance) AS BIGINT) FROM fund_accounts WHERE home = ?1 AND season = ?2 \
                  AND owner = ?3 AND kind IN ('used', 'held', 'owed', 'spent', 'claim', 'borne') \
                  GROUP BY kind ORDER BY kind";
    OF_PROJECTS = "SELECT owner, kind, CAST(SUM(balance) AS BIGINT) FROM fund_accounts \
                   WHERE home = ?1 AND season = ?2 AND owner > ?3 AND owner <= ?4 \
                   AND kind IN ('used', 'held', 'owed', 'spent', 'claim', 'borne') \
                   GROUP BY owner, kind ORDER BY owner, kind";
    OF_ACCOUNT = "SELECT t.number, t.kind, t.project, t.subject, t.day, t.made_by, p.amount FROM fund_postings p \
                  JOIN fund_transfers t ON t.home = p.home AND t.season = p.season AND t.number = p.transfer \
                  WHERE p.home = ?1 AND p.season = ?2 AND p.account = ?3 AND p.transfer > ?4 \
                  ORDER BY p.transfer LIMIT ?5";
    ROWS = "SELECT t.number, t.kind, t.project, t.subject, t.day, t.made_by, p.account, p.amount, \
            COALESCE(v.paper, ''), COALESCE(v.payee, ''), COALESCE(v.purpose, '') FROM fund_postings p \
            JOIN fund_transfers t ON t.home = p.home AND t.season = p.season AND t.number = p.transfer \
            LEFT JOIN fund_vouchers v ON v.home = t.home AND v.id = t.subject AND t.kind = 'spent' WHERE p.home = ?1 AND p.season = ?2 AND p.transfer > ?3 AND p.transfer <= ?4 ORDER BY p.transfer, p.line";
    COUNT_TRANSFERS = "SELECT transfers FROM fund_books WHERE home = ?1 AND season = ?2";
    LAST_DAYS = "SELECT project, MAX(day) FROM fund_transfers WHERE home = ?1 AND season = ?2 AND project > ?3 \
                 AND project <= ?4 GROUP BY project ORDER BY project";
    /// Of all places: seasons are few.
    BOOKS = "SELECT season FROM fund_books WHERE season > ?1 ORDER BY season LIMIT 500";
    UNSEALED = "SELECT t.number FROM fund_transfers t WHERE t.home = ?1 AND t.season = ?2 AND (NOT t.balanced OR \
                (SELECT SUM(p.amount) FROM fund_postings p WHERE p.home = t.home AND p.season = t.season \
                AND p.transfer = t.number) <> 0) ORDER BY t.number LIMIT 100";
    DRIFTED = "SELECT a.account FROM fund_accounts a WHERE a.home = ?1 AND a.season = ?2 AND (a.balance * a.side < 0 \
               OR a.balance <> COALESCE((SELECT SUM(p.amount) FROM fund_postings p WHERE p.home = a.home \
               AND p.season = a.season AND p.account = a.account), 0)) ORDER BY a.account LIMIT 100";
}

pub(super) fn hold(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<(), DbError> {
    tx.execute(&BEGIN_BOOK, params![permit.home(), season])?;
    tx.execute(&HOLD_BOOK, params![permit.home(), season]).map(|_| ())
}

pub(super) fn next(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<i64, DbError> {
    Ok(tx.one::<(i64,)>(&NEXT_TRANSFER, params![permit.home(), season])?.0)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    entry: &Entry<'_>,
    number: i64,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        entry.season,
        number,
        entry.why.as_str(),
        entry.project,
        entry.subject,
        &cx.day,
        cx.now,
        cx.actor.person(),
        entry.once,
    ];
    tx.execute(&INSERT_TRANSFER, params).map(|_| ())
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, transfer, line): (&SeasonId, i64, i64),
    posting: &Posting,
) -> Result<(), DbError> {
    let account = posting.account.to_string();
    tx.execute(&INSERT_POSTING, params![permit.home(), season, transfer, line, &account, posting.amount]).map(|_| ())
}

/// False when the account would leave its side.
pub(super) fn move_account(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    posting: &Posting,
) -> Result<bool, DbError> {
    let Account { kind, owner, line } = posting.account;
    let account = posting.account.to_string();
    tx.execute(&BEGIN_ACCOUNT, params![permit.home(), season, &account, kind.as_str(), owner, line, kind.side()])?;
    Ok(tx.execute(&MOVE_ACCOUNT, params![permit.home(), season, &account, posting.amount])? == 1)
}

/// False when the stored postings do not add up to nothing.
pub(super) fn seal(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, number: i64) -> Result<bool, DbError> {
    Ok(tx.execute(&SEAL_TRANSFER, params![permit.home(), season, number])? == 1)
}

pub(super) fn balance(s: &mut Snapshot<'_>, season: &SeasonId, account: Account) -> Result<Fen, DbError> {
    let account = account.to_string();
    let found: Option<(Fen,)> = s.optional(&BALANCE, params![season.home(), season, &account])?;
    Ok(found.map_or(Fen(0), |row| row.0))
}

pub(super) fn balances(s: &mut Snapshot<'_>, season: &SeasonId, kind: AccountKind) -> Result<Vec<(u32, Fen)>, DbError> {
    s.all(&BALANCES, params![season.home(), season, kind.as_str()])
}

fn account(text: &str) -> Result<Account, DbError> {
    text.parse().map_err(|()| DbError::Data(format!("account {text}")))
}

fn kind(text: &str) -> Result<AccountKind, DbError> {
    text.parse().map_err(|()| DbError::Data(format!("account {text}")))
}

pub(super) fn drawn(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<(u32, Fen)>, DbError> {
    let rows: Vec<(String, Fen)> = s.all(&DRAWN, params![season.home(), season, project])?;
    rows.into_iter().map(|(text, fen)| Ok((account(&text)?.owner, fen))).collect()
}

pub(super) fn flows(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, u32, Fen)>, DbError> {
    let rows: Vec<(String, u32, Fen)> = s.all(&FLOWS, params![season.home(), season])?;
    rows.into_iter().map(|(text, project, fen)| Ok((account(&text)?.owner, project, fen))).collect()
}

pub(super) fn sums(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(AccountKind, Fen)>, DbError> {
    let rows: Vec<(String, Fen)> = s.all(&SUMS, params![season.home(), season])?;
    rows.into_iter().map(|(text, fen)| Ok((kind(&text)?, fen))).collect()
}

pub(super) fn of_project(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    project: u32,
) -> Result<Vec<(AccountKind, Fen)>, DbError> {
    let rows: Vec<(String, Fen)> = s.all(&OF_PROJECT, params![season.home(), season, project])?;
    rows.into_iter().map(|(text, fen)| Ok((kind(&text)?, fen))).collect()
}

pub(super) fn of_projects(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, until): (u32, u32),
) -> Result<Vec<(u32, AccountKind, Fen)>, DbError> {
    let rows: Vec<(u32, String, Fen)> = s.all(&OF_PROJECTS, params![season.home(), season, after, until])?;
    rows.into_iter().map(|(owner, text, fen)| Ok((owner, kind(&text)?, fen))).collect()
}

impl FromRow for Posted {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let why: String = row.get(1)?;
        Ok(Posted {
            number: row.get(0)?,
            why: why.parse().map_err(|()| DbError::Data(format!("transfer {why}")))?,
            project: row.get(2)?,
            subject: row.get(3)?,
            day: row.get(4)?,
            made_by: row.get(5)?,
        })
    }
}

/// A transfer with what it posted to the account that was asked for.
struct OnAccount(Posted, Fen);

impl FromRow for OnAccount {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(OnAccount(Posted::from_row(row)?, row.get(6)?))
    }
}

/// A posting with its transfer.
struct Whole(Posted, String, Fen, [String; 3]);

impl FromRow for Whole {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let paper = [row.get(8)?, row.get(9)?, row.get(10)?];
        Ok(Whole(Posted::from_row(row)?, row.get(6)?, row.get(7)?, paper))
    }
}

pub(super) fn of_account(
    s: &mut Snapshot<'_>,
    (season, account): (&SeasonId, Account),
    after: i64,
    limit: i64,
) -> Result<Vec<(Posted, Fen)>, DbError> {
    let account = account.to_string();
    let rows: Vec<OnAccount> = s.all(&OF_ACCOUNT, params![season.home(), season, &account, after, limit])?;
    Ok(rows.into_iter().map(|OnAccount(posted, fen)| (posted, fen)).collect())
}

pub(super) fn rows(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, until): (i64, i64),
) -> Result<Vec<BookRow>, DbError> {
    let rows: Vec<Whole> = s.all(&ROWS, params![season.home(), season, after, until])?;
    let row = |Whole(posted, text, amount, [paper, payee, purpose])| {
        Ok(BookRow { posted, account: account(&text)?, amount, paper, payee, purpose })
    };
    rows.into_iter().map(row).collect()
}

/// Transfers that do not add up, and accounts that are not what their postings say.
pub(super) fn faults(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<(Vec<i64>, Vec<String>), DbError> {
    let open: Vec<(i64,)> = s.all(&UNSEALED, params![season.home(), season])?;
    let drifted: Vec<(String,)> = s.all(&DRIFTED, params![season.home(), season])?;
    Ok((open.into_iter().map(|row| row.0).collect(), drifted.into_iter().map(|row| row.0).collect()))
}

/// Transfers of the season so far.
pub(super) fn count(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<i64, DbError> {
    let found: Option<(i64,)> = s.optional(&COUNT_TRANSFERS, params![season.home(), season])?;
    Ok(found.map_or(0, |row| row.0))
}

pub(super) fn seasons(s: &mut Snapshot<'_>, after: &str) -> Result<Vec<SeasonId>, DbError> {
    let rows: Vec<(SeasonId,)> = s.all(&BOOKS, params![after])?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(super) fn last_days(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, until): (u32, u32),
) -> Result<Vec<(u32, Day)>, DbError> {
    s.all(&LAST_DAYS, params![season.home(), season, after, until])
}
