//! All SQL of ideas.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId, PlaceId};
use rights::Permit;

use super::{Answer, Idea, IdeaId, Promise, queries::HandedIn};
use crate::{SeasonId, Stage};

pub mod talk;

/// Columns of an idea in the order of its fields.
macro_rules! columns {
    () => {
        "i.id, i.title, i.body, i.author, i.author_person, i.field, i.place, COALESCE(p.shown, ''), i.source, i.state, \
         i.reason, i.merged_into, i.split_from, i.posted_at, i.posted_day, i.due_day, i.soon_day, i.provisional, \
         i.outcome, i.answer, i.answered_day, i.supports, i.comments, i.photos, i.merges"
    };
}

macro_rules! select {
    ($($rest:literal),+) => {
        concat!("SELECT ", columns!(), " FROM ideas i LEFT JOIN places p ON p.id = i.place \
                 WHERE i.home = ?1 AND i.season = ?2 AND ", $($rest),+)
    };
}

/// What everybody sees, by parameters of which an empty one filters nothing: ?4 field, ?5 area, ?6 whether it is
/// answered, ?7 words, ?8 how many.
macro_rules! list {
    ($key:literal, $order:literal) => {
        select!(
            "i.state = 'shown' AND ", $key,
            " AND (?6 = '' OR (?6 = 'answered' AND i.outcome IS NOT NULL) OR (?6 = 'unanswered' AND i.outcome IS NULL)) \
             AND (?7 = '' OR lower(i.title) LIKE ?7 ESCAPE '!' OR lower(i.body) LIKE ?7 ESCAPE '!') ",
            $order, " LIMIT ?8"
        )
    };
}

/// The idea ?5 further on in the order of a list that is narrowed by ?4 alone.
macro_rules! end {
    ($key:literal, $order:literal) => {
        concat!(
            "SELECT i.supports, i.id FROM ideas i WHERE i.home = ?1 AND i.season = ?2 AND i.state = 'shown' AND ",
            $key,
            " ",
            $order,
            " LIMIT 1 OFFSET ?5"
        )
    };
}

db::statements! {
    STATEMENTS:
    /// What was handed in and may be told: the words of what was merged stay with the idea it went into.
    HANDED_IN = "SELECT id, CASE WHEN state = 'shown' THEN title ELSE '' END, posted_day FROM ideas \
                 WHERE home = ?1 AND season = ?2 AND state IN ('shown', 'merged') ORDER BY id LIMIT ?3";
    COUNT_IDEA = "UPDATE seasons SET ideas = ideas + ?5 WHERE home = ?1 AND id = ?2 AND stage = ?3 AND ideas < ?4";
    /// Parts of an idea count too, in whatever stage it is split.
    COUNT_PARTS = "UPDATE seasons SET ideas = ideas + ?3 WHERE home = ?1 AND id = ?2 AND ideas < ?4";
    /// The guard of the bound for one person: touches no row when it is used up.
    COUNT_MINE = "INSERT INTO idea_people (home, season, person, ideas) VALUES (?1, ?2, ?3, 1) \
                  ON CONFLICT (home, season, person) DO UPDATE SET ideas = idea_people.ideas + 1 \
                  WHERE idea_people.ideas < ?4";
    INSERT_IDEA = "INSERT INTO ideas (home, season, id, title, body, author, once, posted_at, posted_day, \
                   author_person, entered_by, source, field, place, area, state, split_from, due_day, soon_day, \
                   provisional, photos) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, \
                   ?21)";
    ONCE = select!("i.once = ?3");
    IDEA = select!("i.id = ?3");
    /// Pages go on by the whole key of the index that gives the order: a bare `id < ?3` would let SQLite walk the
    /// table's own key instead, past everything that the filter leaves out. The other end is that of a search for words.
    NEWEST = list!(
        "i.id < ?3 AND i.id >= ?9 AND (?4 = '' OR i.field = ?4) AND (?5 = '' OR i.area = ?5)",
        "ORDER BY i.id DESC"
    );
    NEWEST_OF_FIELD = list!(
        "(i.field, i.id) < (?4, ?3) AND (i.field, i.id) >= (?4, ?9) AND (?5 = '' OR i.area = ?5)",
        "ORDER BY i.field DESC, i.id DESC"
    );
    NEWEST_OF_AREA = list!(
        "(i.area, i.id) < (?5, ?3) AND (i.area, i.id) >= (?5, ?9) AND (?4 = '' OR i.field = ?4)",
        "ORDER BY i.area DESC, i.id DESC"
    );
    MOST_SUPPORTED = list!(
        "(i.supports, i.id) < (?10, ?3) AND (i.supports, i.id) >= (?11, ?9) \
         AND (?4 = '' OR i.field = ?4) AND (?5 = '' OR i.area = ?5)",
        "ORDER BY i.supports DESC, i.id DESC"
    );
    MOST_SUPPORTED_OF_FIELD = list!(
        "(i.field, i.supports, i.id) < (?4, ?10, ?3) AND (i.field, i.supports, i.id) >= (?4, ?11, ?9) \
         AND (?5 = '' OR i.area = ?5)",
        "ORDER BY i.field DESC, i.supports DESC, i.id DESC"
    );
    MOST_SUPPORTED_OF_AREA = list!(
        "(i.area, i.supports, i.id) < (?5, ?10, ?3) AND (i.area, i.supports, i.id) >= (?5, ?11, ?9) \
         AND (?4 = '' OR i.field = ?4)",
        "ORDER BY i.area DESC, i.supports DESC, i.id DESC"
    );
    /// Where a search for words ends: so many further on in the same order. All but the last are passed over in the
    /// index.
    NEWEST_END = end!(
        "i.id < ?3 AND ?4 = ''", "ORDER BY i.id DESC");
    NEWEST_END_OF_FIELD =
        end!(
        "(i.field, i.id) < (?4, ?3) AND i.field >= ?4", "ORDER BY i.field DESC, i.id DESC");
    NEWEST_END_OF_AREA =
        end!(
        "(i.area, i.id) < (?4, ?3) AND i.area >= ?4", "ORDER BY i.area DESC, i.id DESC");
    MOST_SUPPORTED_END = end!(
        "(i.supports, i.id) < (?6, ?3) AND ?4 = ''",
        "ORDER BY i.supports DESC, i.id DESC"
    );
    MOST_SUPPORTED_END_OF_FIELD = end!(
        "(i.field, i.supports, i.id) < (?4, ?6, ?3) AND i.field >= ?4",
        "ORDER BY i.field DESC, i.supports DESC, i.id DESC"
    );
    MOST_SUPPORTED_END_OF_AREA = end!(
        "(i.area, i.supports, i.id) < (?4, ?6, ?3) AND i.area >= ?4",
        "ORDER BY i.area DESC, i.supports DESC, i.id DESC"
    );
    /// Whatever state they are in: for their author.
    MINE = select!(
        "(i.author_person, i.id) < (?3, ?4) AND i.author_person >= ?3 ORDER BY i.author_person DESC, i.id DESC LIMIT ?5"
    );
    UNANSWERED = select!(
        "i.outcome IS NULL AND i.state IN ('waiting', 'shown') AND (i.due_day, i.id) > (?3, ?4) \
         ORDER BY i.due_day, i.id LIMIT ?5"
    );
    WAITING = select!("i.state = 'waiting' AND (i.due_day, i.id) > (?3, ?4) ORDER BY i.due_day, i.id LIMIT ?5");
    /// Twenty and one at most; fewer are filled up with nothing.
    SOME = select!(
        "i.id IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23) \
         ORDER BY i.id"
    );
    CREDITS = select!(
        "(i.merged_into, i.id) > (?3, '') AND i.merged_into <= ?3 ORDER BY i.merged_into, i.id LIMIT ?4"
    );
    PARTS = select!("(i.split_from, i.id) > (?3, '') AND i.split_from <= ?3 ORDER BY i.split_from, i.id LIMIT ?4");
    /// Whoever ends or gives the office's duty does so one after the other.
    HOLD_STAGE = "UPDATE seasons SET ideas = ideas WHERE home = ?1 AND id = ?2 RETURNING stage";
    OWED = "SELECT id FROM ideas WHERE home = ?1 AND season = ?2 AND outcome IS NULL \
            AND state IN ('waiting', 'shown') AND (due_day, id) > ('', '') ORDER BY due_day, id LIMIT 1";

    SHOW = "UPDATE ideas SET state = 'shown', reason = '' WHERE home = ?1 AND season = ?2 AND id = ?3 \
            AND state IN ('waiting', 'hidden')";
    HIDE = "UPDATE ideas SET state = 'hidden', reason = ?4 WHERE home = ?1 AND season = ?2 AND id = ?3 \
            AND state IN ('waiting', 'shown')";
    WITHDRAW = "UPDATE ideas SET state = 'withdrawn' WHERE home = ?1 AND season = ?2 AND id = ?3 \
                AND author_person = ?4 AND state IN ('waiting', 'shown', 'hidden')";
    /// A later answer takes the place of an earlier one; the day stays that of the first.
    ANSWER = "UPDATE ideas SET outcome = ?4, answer = ?5, \
              answered_day = CASE WHEN answered_day = '' THEN ?6 ELSE answered_day END \
              WHERE home = ?1 AND season = ?2 AND id = ?3 AND state = 'shown'";
    MERGE = "UPDATE ideas SET state = 'merged', merged_into = ?4, outcome = 'merged', answer = ?5, \
             answered_day = CASE WHEN answered_day = '' THEN ?6 ELSE answered_day END \
             WHERE home = ?1 AND season = ?2 AND id = ?3 AND state IN ('waiting', 'shown')";
    /// What was merged earlier leads to where it goes on now.
    LEAD_ON = "UPDATE ideas SET merged_into = ?4 WHERE home = ?1 AND season = ?2 AND merged_into = ?3";
    SPLIT = "UPDATE ideas SET state = 'split', reason = ?4 WHERE home = ?1 AND season = ?2 AND id = ?3 \
             AND state = 'shown'";
}

impl FromRow for Idea {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let word = |what: &str, word: &str| DbError::Data(format!("{what} of an idea: {word}"));
        let (place, source, state): (String, String, String) = (row.get(6)?, row.get(8)?, row.get(9)?);
        let (due, soon, answered): (String, String, String) = (row.get(15)?, row.get(16)?, row.get(20)?);
        let (provisional, outcome): (bool, Option<String>) = (row.get(17)?, row.get(18)?);
        let promise = Day::parse(&due).zip(Day::parse(&soon)).map(|(day, soon)| Promise { day, soon, provisional });
        let answer = match (outcome, Day::parse(&answered)) {
            (Some(outcome), Some(day)) => {
                let outcome = outcome.parse().map_err(|()| word("outcome", &outcome))?;
                Some(Answer { outcome, words: row.get(19)?, day })
            }
            _ => None,
        };
        Ok(Idea {
            id: row.get(0)?,
            title: row.get(1)?,
            body: row.get(2)?,
            author: row.get(3)?,
            person: row.get(4)?,
            field: row.get(5)?,
            place: place.parse().ok(),
            place_name: row.get(7)?,
            source: source.parse().map_err(|()| word("source", &source))?,
            state: state.parse().map_err(|()| word("state", &state))?,
            reason: row.get(10)?,
            merged_into: row.get(11)?,
            split_from: row.get(12)?,
            posted_at: row.get(13)?,
            posted_day: row.get(14)?,
            promise,
            answer,
            n_supports: row.get(21)?,
            n_comments: row.get(22)?,
            n_photos: row.get(23)?,
            n_merged: row.get(24)?,
        })
    }
}

/// False when the season does not collect ideas or holds as many as it may.
pub(super) fn handed_in(s: &mut Snapshot<'_>, season: &SeasonId, limit: u32) -> Result<Vec<HandedIn>, DbError> {
    let rows: Vec<(IdeaId, String, Day)> = s.all(&HANDED_IN, params![season.home(), season, limit])?;
    Ok(rows.into_iter().map(|(id, title, posted_day)| HandedIn { id, title, posted_day }).collect())
}

pub(crate) fn count_idea(tx: &mut Tx<'_>, permit: &Permit, id: &SeasonId, limit: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_IDEA, params![permit.home(), id, Stage::Ideas.as_str(), limit, 1_i64])? == 1)
}

pub(crate) fn count_parts(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &SeasonId,
    more: u32,
    limit: u32,
) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_PARTS, params![permit.home(), id, more, limit])? == 1)
}

/// False when the person has posted as many as anybody may.
pub(crate) fn count_mine(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (person, limit): (&PersonId, u32),
) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_MINE, params![permit.home(), season, person, limit])? == 1)
}

/// How an idea came in, and what only the database knows of it.
pub(crate) struct Came<'a> {
    pub once: &'a str,
    /// The place by which lists filter it.
    pub area: &'a PlaceId,
    /// Who typed it in, where that is not the author.
    pub entered_by: Option<&'a PersonId>,
}

pub(crate) fn insert_idea(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    idea: &Idea,
    came: &Came<'_>,
) -> Result<(), DbError> {
    let due = idea.promise.as_ref();
    let params = params![
        permit.home(),
        season,
        &idea.id,
        &idea.title,
        &idea.body,
        &idea.author,
        came.once,
        idea.posted_at,
        &idea.posted_day,
        idea.person.as_ref(),
        came.entered_by,
        idea.source.as_str(),
        &idea.field,
        idea.place.as_ref().map_or("", PlaceId::as_str),
        came.area,
        idea.state.as_str(),
        idea.split_from.as_ref(),
        due.map_or("", |due| due.day.as_str()),
        due.map_or("", |due| due.soon.as_str()),
        due.is_some_and(|due| due.provisional),
        idea.n_photos,
    ];
    tx.execute(&INSERT_IDEA, params).map(|_| ())
}

pub(crate) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Idea>, DbError> {
    s.optional(&ONCE, params![season.home(), season, once])
}

pub(crate) fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Option<Idea>, DbError> {
    s.optional(&IDEA, params![season.home(), season, id])
}

/// What a list is narrowed to; empty texts narrow nothing.
pub(crate) struct Narrow<'a> {
    pub field: &'a str,
    pub area: &'a str,
    pub answered: &'a str,
    /// A pattern of `LIKE` with `!` before what is meant as it is.
    pub pattern: &'a str,
    /// The id before which the page begins.
    pub before: &'a str,
    /// In the order of supports: that of the last idea of the page before.
    pub supports: Option<i64>,
    pub limit: i64,
}

/// The last idea in which words are looked for: its supports and its id.
pub(crate) type End = (i64, String);

/// Where a search that looks through `most` ideas ends; none where there are no more of them.
pub(crate) fn end(s: &mut Snapshot<'_>, season: &SeasonId, n: &Narrow<'_>, most: i64) -> Result<Option<End>, DbError> {
    let home = season.home();
    let (newest, supported, by) = match (n.field, n.area) {
        ("", "") => (&NEWEST_END, &MOST_SUPPORTED_END, ""),
        (field, "") => (&NEWEST_END_OF_FIELD, &MOST_SUPPORTED_END_OF_FIELD, field),
        (_, area) => (&NEWEST_END_OF_AREA, &MOST_SUPPORTED_END_OF_AREA, area),
    };
    let last = most.saturating_sub(1).max(0);
    match n.supports {
        Some(supports) => s.optional(supported, params![home, season, n.before, by, last, supports]),
        None => s.optional(newest, params![home, season, n.before, by, last]),
    }
}

/// A page of the list, up to the end of a search where it has one.
pub(crate) fn list(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    n: &Narrow<'_>,
    end: Option<&End>,
) -> Result<Vec<Idea>, DbError> {
    let home = season.home();
    let (newest, most) = match (n.field, n.area) {
        ("", "") => (&NEWEST, &MOST_SUPPORTED),
        (_, "") => (&NEWEST_OF_FIELD, &MOST_SUPPORTED_OF_FIELD),
        _ => (&NEWEST_OF_AREA, &MOST_SUPPORTED_OF_AREA),
    };
    let (fewest, last) = end.map_or((-1, ""), |(supports, id)| (*supports, id.as_str()));
    let Narrow { before, field, area, answered, pattern, limit, .. } = *n;
    match n.supports {
        Some(supports) => {
            let params = params![home, season, before, field, area, answered, pattern, limit, last, supports, fewest];
            s.all(most, params)
        }
        None => s.all(newest, params![home, season, before, field, area, answered, pattern, limit, last]),
    }
}

pub(crate) fn mine(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    person: &PersonId,
    (before, limit): (&str, i64),
) -> Result<Vec<Idea>, DbError> {
    s.all(&MINE, params![season.home(), season, person, before, limit])
}

pub(crate) fn unanswered(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (day, id): (&str, &str),
    limit: i64,
) -> Result<Vec<Idea>, DbError> {
    s.all(&UNANSWERED, params![season.home(), season, day, id, limit])
}

pub(crate) fn waiting(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (day, id): (&str, &str),
    limit: i64,
) -> Result<Vec<Idea>, DbError> {
    s.all(&WAITING, params![season.home(), season, day, id, limit])
}

/// Those of 21 ids at most that are there, the oldest first.
pub(crate) fn some(s: &mut Snapshot<'_>, season: &SeasonId, ids: &[IdeaId]) -> Result<Vec<Idea>, DbError> {
    let home = season.home();
    let id = |at: usize| ids.get(at).map_or("", IdeaId::as_str);
    s.all(
        &SOME,
        params![
            home,
            season,
            id(0),
            id(1),
            id(2),
            id(3),
            id(4),
            id(5),
            id(6),
            id(7),
            id(8),
            id(9),
            id(10),
            id(11),
            id(12),
            id(13),
            id(14),
            id(15),
            id(16),
            id(17),
            id(18),
            id(19),
            id(20),
        ],
    )
}

pub(crate) fn merged(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId, limit: i64) -> Result<Vec<Idea>, DbError> {
    s.all(&CREDITS, params![season.home(), season, id, limit])
}

pub(crate) fn parts(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId, limit: i64) -> Result<Vec<Idea>, DbError> {
    s.all(&PARTS, params![season.home(), season, id, limit])
}

/// The season's stage, which stays as it is, and the row to oneself, until the transaction ends.
pub(crate) fn hold_stage(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<Stage, DbError> {
    let (stage,): (String,) = tx.one(&HOLD_STAGE, params![permit.home(), season])?;
    stage.parse().map_err(|()| DbError::Data(format!("stage {stage}")))
}

/// Whether any idea waits for an answer.
pub(crate) fn is_owed(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<bool, DbError> {
    Ok(s.optional::<(String,)>(&OWED, params![season.home(), season])?.is_some())
}

pub(crate) fn show(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, id: &IdeaId) -> Result<bool, DbError> {
    Ok(tx.execute(&SHOW, params![permit.home(), season, id])? == 1)
}

pub(crate) fn hide(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (id, reason): (&IdeaId, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&HIDE, params![permit.home(), season, id, reason])? == 1)
}

pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (id, person): (&IdeaId, &PersonId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&WITHDRAW, params![permit.home(), season, id, person])? == 1)
}

pub(crate) fn answer(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (id, answer): (&IdeaId, &Answer),
) -> Result<bool, DbError> {
    let params = params![permit.home(), season, id, answer.outcome.as_str(), &answer.words, &answer.day];
    Ok(tx.execute(&ANSWER, params)? == 1)
}

/// Where an idea goes, why, and when that was said.
pub(crate) struct Goes<'a> {
    pub into: &'a IdeaId,
    pub words: &'a str,
    pub day: &'a Day,
}

pub(crate) fn merge(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (id, goes): (&IdeaId, &Goes<'_>),
) -> Result<bool, DbError> {
    let home = permit.home();
    let n = tx.execute(&MERGE, params![home, season, id, goes.into, goes.words, goes.day])?;
    tx.execute(&LEAD_ON, params![home, season, id, goes.into])?;
    Ok(n == 1)
}

pub(crate) fn split(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (id, words): (&IdeaId, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&SPLIT, params![permit.home(), season, id, words])? == 1)
}
