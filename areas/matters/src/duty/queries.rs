//! Reading duties.

use db::{DbError, Fault, FromRow, Param, Row, Snapshot, params};
use kernel::{Actor, Context, Day, Home, Instant, Kind, Refusal};
use places::queries::Around;
use rights::{Action, may};
use work::clock::Light;

use super::{
    Duty, DutyId, Holder,
    holder::{self, Mine},
    store::{self, COLUMNS, DutyStep, MAX_HOLDERS},
};
use crate::{matter::MatterId, site};

/// Rows of a page.
pub const PAGE: i64 = 50;
/// Cells of a board at most: a hundred places and half a year.
const BOARD: i64 = 700;
/// Rows of a list as a file.
pub const FILE: i64 = 5_000;

/// A duty.
///
/// # Errors
/// Refusal `duty-not-found`; database faults.
pub fn duty(s: &mut Snapshot<'_>, id: &DutyId) -> Result<Duty, Fault> {
    Ok(store::duty(s, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "duty-not-found"))?)
}

/// The duty that was given with a text of its own (`once`), if one was.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn given(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Duty>, DbError> {
    store::once(s, home, once)
}

/// The duty that was given with a text of its own (`once`), with the names that a list shows, for the page where it is met.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn given_named(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Named>, DbError> {
    let Some(duty) = store::once(s, home, once)? else { return Ok(None) };
    s.optional(&store::NAMED, params![home, &duty.id])
}

/// A duty with the names that a list shows: no person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The duty.
    pub duty: Duty,
    /// Its place as people say it.
    pub place: String,
    /// Of a post: the role's word; else empty.
    pub role: String,
    /// Of a post: the name of its place; of an organisation: its short name; else empty.
    pub of: String,
}

impl Named {
    /// Who owes it, in words without a person's name.
    pub fn holder(&self, w: ui::Words) -> String {
        crate::shown::holder(w, self)
    }

    /// When it is due with its light, or that its clock stands, or how it ended.
    pub fn due(&self, w: ui::Words, now: Instant, offset_minutes: i32) -> ui::Markup {
        crate::shown::due_or_state(w, &self.duty, now, offset_minutes)
    }
}

impl FromRow for Named {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (post, org): (String, String) = (row.get(COLUMNS + 2)?, row.get(COLUMNS + 3)?);
        Ok(Named {
            duty: Duty::from_row(row)?,
            place: row.get(COLUMNS)?,
            role: row.get(COLUMNS + 1)?,
            of: if org.is_empty() { post } else { org },
        })
    }
}

/// A duty with its names, for whoever may see it: who owes or gave it, and who sees what is due at its place.
///
/// # Errors
/// Refusal `duty-not-found`, also where the actor may not know of it; database faults.
pub fn shown(s: &mut Snapshot<'_>, cx: &Context, id: &DutyId) -> Result<Named, Fault> {
    let hidden = || Refusal::new(Kind::NotFound, "duty-not-found");
    let named: Named = s.optional(&store::NAMED, params![id.home(), id])?.ok_or_else(hidden)?;
    let given = named.duty.given_by.is_some() && named.duty.given_by.as_ref() == cx.actor.person();
    if given || may(&cx.actor, Action::SeeDuties, &named.duty.site()?) {
        return Ok(named);
    }
    if named.duty.holder.is_of(&holder::mine(s, &cx.actor, &cx.day)?) { Ok(named) } else { Err(hidden().into()) }
}

/// What became of a duty, newest first, at most 100.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn steps(s: &mut Snapshot<'_>, id: &DutyId) -> Result<Vec<DutyStep>, DbError> {
    store::steps(s, id, 100)
}

/// Duties of a matter, newest first, at most 50.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_matter(s: &mut Snapshot<'_>, matter: &MatterId) -> Result<Vec<Named>, DbError> {
    s.all(&store::OF_MATTER, params![matter.home(), matter, 50_i64])
}

/// Open duties that were given with texts of their own (`once`) between two, in the order of these, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub(crate) fn given_between(
    s: &mut Snapshot<'_>,
    home: Home,
    (first, end): (&str, &str),
    limit: i64,
) -> Result<Vec<Named>, DbError> {
    s.all(&store::ONCE_BETWEEN, params![home, first, end, limit])
}

/// What somebody owes as: themselves, their posts and those they stand in for, their organisations.
///
/// # Errors
/// Database faults.
pub fn mine(s: &mut Snapshot<'_>, actor: &Actor, day: &Day) -> Result<Mine, Fault> {
    holder::mine(s, actor, day)
}

/// What a holder owes in its home: how many, and the most urgent, for the page before all of it is handed over.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn of_holder(s: &mut Snapshot<'_>, holder: &Holder) -> Result<(u64, Vec<Duty>), DbError> {
    let home = holder.home();
    Ok((store::count_of_holder(s, home, holder)?, store::of_holder(s, home, holder, PAGE)?))
}

/// Whose duties a list shows.
#[derive(Debug, Clone)]
pub enum Scope {
    /// Mine.
    Mine(Mine),
    /// Those of a place, by its path, and of everything below it.
    Below(String),
}

/// Which duties a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Red, amber, green or paused; none for all that run.
    pub light: Option<Light>,
    /// Kind, or empty.
    pub kind: String,
    /// Role of the post that owes it, or empty.
    pub role: String,
    /// Key of the last row seen: when it is due, and its id.
    pub after: Option<(Instant, DutyId)>,
}

/// How many are red, amber, green and paused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = DutyCounts)]
pub struct Counts {
    /// Overdue.
    pub red: u64,
    /// Due soon.
    pub amber: u64,
    /// In time.
    pub green: u64,
    /// The clock stands.
    pub paused: u64,
}

db::record!(Counts { red, amber, green, paused });

/// The sixteen holders of a statement; a shorter list repeats its first.
fn holders(mine: &Mine) -> Vec<String> {
    let ids = mine.0.iter().map(|holder| holder.id().to_owned());
    let first = mine.0.first().map_or_else(String::new, |holder| holder.id().to_owned());
    ids.chain(std::iter::repeat(first)).take(MAX_HOLDERS).collect()
}

/// Duties in a home, overdue first, at most `limit`: one statement. Those below a place are looked for also in the
/// homes from which parts of it came by a move.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn page(
    s: &mut Snapshot<'_>,
    (home, now): (Home, Instant),
    scope: &Scope,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Named>, DbError> {
    let mut found = Vec::new();
    let Around { homes, is_moving } = around(s, home, scope)?;
    for home in homes {
        found.extend(page_in(s, (home, now, is_moving), scope, filter, limit)?);
    }
    // the order of the statements; without a deadline the clock stands
    let due = |named: &Named| named.duty.deadline.as_ref().map(|d| d.until);
    found.sort_by(|a, b| (due(a), &a.duty.id).cmp(&(due(b), &b.duty.id)));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

fn around(s: &mut Snapshot<'_>, home: Home, scope: &Scope) -> Result<Around, DbError> {
    match scope {
        Scope::Mine(_) => Ok(Around { homes: vec![home], is_moving: false }),
        Scope::Below(path) => places::queries::around(s, home, path),
    }
}

fn page_in(
    s: &mut Snapshot<'_>,
    (home, now, is_moving): (Home, Instant, bool),
    scope: &Scope,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Named>, DbError> {
    let (after, id) = match &filter.after {
        Some((at, id)) => (at.0, id.as_str()),
        None => (i64::MIN, ""),
    };
    let all = (i64::MIN, i64::MAX, i64::MIN, i64::MAX);
    let (from, to, amber_from, amber_to) = match filter.light {
        Some(Light::Red) => (i64::MIN, now.0, i64::MIN, i64::MAX),
        Some(Light::Amber) => (now.0, i64::MAX, i64::MIN, now.0),
        Some(Light::Green) => (now.0, i64::MAX, now.0.saturating_add(1), i64::MAX),
        _ => all,
    };
    let paused = filter.light == Some(Light::Paused);
    let mut params: Vec<Param<'_>> = match paused {
        true => params![home, id, &filter.kind, &filter.role].to_vec(),
        false => params![home, after, id, from, to, amber_from, amber_to, &filter.kind, &filter.role, limit].to_vec(),
    };
    match scope {
        Scope::Mine(mine) => {
            let held = holders(mine);
            if paused {
                params.push(limit.into());
            }
            params.extend(held.iter().map(Param::from));
            s.all(if paused { &store::MINE_PAUSED } else { &store::MINE }, &params)
        }
        Scope::Below(path) => {
            let (low, high) = site::below(Some(path));
            params.extend([Param::from(&low), Param::from(&high)]);
            if paused {
                params.push(limit.into());
            }
            let statement = match (paused, is_moving) {
                (true, false) => &store::BELOW_PAUSED,
                (true, true) => &store::BELOW_PAUSED_BY_TREE,
                (false, false) => &store::BELOW,
                (false, true) => &store::BELOW_BY_TREE,
            };
            s.all(statement, &params)
        }
    }
}

/// How many there are by light, where [`page`] looks.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn counts(s: &mut Snapshot<'_>, home: Home, now: Instant, scope: &Scope) -> Result<Counts, DbError> {
    let mut sum = Counts::default();
    let Around { homes, is_moving } = around(s, home, scope)?;
    for home in homes {
        let Counts { red, amber, green, paused } = counts_in(s, (home, now, is_moving), scope)?;
        let Counts { red: r, amber: a, green: g, paused: p } = sum;
        sum = Counts { red: red + r, amber: amber + a, green: green + g, paused: paused + p };
    }
    Ok(sum)
}

fn counts_in(
    s: &mut Snapshot<'_>,
    (home, now, is_moving): (Home, Instant, bool),
    scope: &Scope,
) -> Result<Counts, DbError> {
    match scope {
        Scope::Mine(mine) => {
            let held = holders(mine);
            let mut params = params![home, now].to_vec();
            params.extend(held.iter().map(Param::from));
            s.one(&store::COUNT_MINE, &params)
        }
        Scope::Below(path) => {
            let (low, high) = site::below(Some(path));
            let statement = if is_moving { &store::COUNT_BELOW_BY_TREE } else { &store::COUNT_BELOW };
            s.one(statement, params![home, now, &low, &high])
        }
    }
}

/// One cell of the board: a place, a month of due days, and how its duties stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCell {
    /// The place.
    pub place: kernel::PlaceId,
    /// Its name as people say it.
    pub name: String,
    /// Its way down from the root.
    pub path: String,
    /// `2026-11`.
    pub month: String,
    /// Overdue.
    pub red: u64,
    /// Due soon.
    pub amber: u64,
    /// In time.
    pub green: u64,
    /// Met in time.
    pub met: u64,
    /// Met too late.
    pub late: u64,
}

impl FromRow for BoardCell {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(BoardCell {
            place: row.get(0)?,
            name: row.get(1)?,
            path: row.get(2)?,
            month: row.get(3)?,
            red: row.get(4)?,
            amber: row.get(5)?,
            green: row.get(6)?,
            met: row.get(7)?,
            late: row.get(8)?,
        })
    }
}

/// The board of a place and everything below it, in the order of the tree, for due days from the first to before the
/// second; 700 cells at most.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn board(
    s: &mut Snapshot<'_>,
    (home, now): (Home, Instant),
    path: &str,
    (from, to): (&Day, &Day),
) -> Result<Vec<BoardCell>, DbError> {
    let (low, high) = site::below(Some(path));
    let mut found = Vec::new();
    let Around { homes, is_moving } = places::queries::around(s, home, path)?;
    let statement = if is_moving { &store::BOARD_BY_TREE } else { &store::BOARD };
    for home in homes {
        found.extend(s.all::<BoardCell>(statement, params![home, &low, &high, now, from, to, BOARD])?);
    }
    found.sort_by(|a, b| (&a.path, &a.month).cmp(&(&b.path, &b.month)));
    found.truncate(usize::try_from(BOARD).unwrap_or(0));
    Ok(found)
}
