//! All SQL of matters.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, PersonId};
use rights::Permit;
use work::files::FileId;

use super::{Grade, Matter, MatterId, Outcome, Part, Stage, Step};

/// Columns of a matter in the order of its fields. The path is the place's own, which decides who may do what; the
/// stored one is for lists, and may be on its way for seconds after a move.
macro_rules! columns {
    () => {
        "m.id, m.number, m.place, (SELECT w.path FROM places w WHERE w.id = m.place), m.title, m.kind, m.stage, m.state, m.joined_into, m.author, m.anonymous, \
         m.steps, m.waits, m.round, m.opened_at, m.opened_day, m.closed_day, m.closed_by, m.outcome, m.grade"
    };
}
const COLUMNS: usize = 20;

/// A page of a list within a place.
macro_rules! page {
    ($within:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", p.shown FROM matters m JOIN places p ON p.id = m.place \
           WHERE m.home = ?1 AND ",
            $within,
            " AND m.id < ?4 AND (?5 = '' OR m.stage = ?5) \
           AND (?6 = '' OR m.kind = ?6) AND (?7 = '' OR m.state = ?7) \
           AND (?8 = '' OR lower(m.title) LIKE ?8 ESCAPE '!' OR m.number = ?9) ORDER BY m.id DESC LIMIT ?10"
        )
    };
}

db::statements! {
    STATEMENTS:
    /// The guard of the numbers: one row a home and year.
    NEXT_NUMBER = "INSERT INTO matter_numbers (home, year, last) VALUES (?1, ?2, 1) \
                   ON CONFLICT (home, year) DO UPDATE SET last = matter_numbers.last + 1 RETURNING last";
    INSERT = concat!("INSERT INTO matters (home, id, number, place, path, title, kind, stage, state, joined_into, author, \
              anonymous, entered_by, source, once, steps, waits, round, opened_at, opened_day, changed_at, closed_at, \
              closed_day, closed_by, outcome, grade) \
              VALUES (?1, ?2, ?3, ?4, ", places::path_now!("?4", "?5"), ", ?6, ?7, ?8, ?9, NULL, ?10, ?11, ?12, ?13, ?14, \
              0, 0, 0, ?15, ?16, ?15, NULL, NULL, NULL, NULL, NULL)");
    BY_ID = concat!("SELECT ", columns!(), " FROM matters m WHERE m.home = ?1 AND m.id = ?2");
    ONCE = concat!("SELECT ", columns!(), " FROM matters m WHERE m.home = ?1 AND m.once = ?2");
    BY_NUMBER = "SELECT id FROM matters WHERE home = ?1 AND number = ?2";
    SHOWN = concat!("SELECT ", columns!(), ", p.shown FROM matters m JOIN places p ON p.id = m.place \
            WHERE m.home = ?1 AND m.id = ?2");
    /// Newest first. An empty parameter filters nothing.
    PAGE = page!("m.path >= ?2 AND m.path < ?3");
    /// The same while records of a move are on their way.
    PAGE_BY_TREE = page!("p.path >= ?2 AND p.path < ?3");
    /// Takes the next place in the thread of an open matter.
    NEXT_STEP = "UPDATE matters SET steps = steps + 1, changed_at = ?3 \
                 WHERE home = ?1 AND id = ?2 AND state = 'open' AND steps < ?4 RETURNING steps, stage";
    SHIFT = "UPDATE matters SET stage = ?4, steps = steps + 1, changed_at = ?5 \
             WHERE home = ?1 AND id = ?2 AND state = 'open' AND stage = ?3 RETURNING steps, stage";
    CLOSE = "UPDATE matters SET stage = 'appraise', state = 'closed', outcome = ?3, closed_at = ?4, closed_day = ?5, \
             closed_by = ?6, changed_at = ?4, steps = steps + 1 \
             WHERE home = ?1 AND id = ?2 AND state = 'open' AND waits = 0 RETURNING steps, stage";
    REOPEN = "UPDATE matters SET stage = 'do', state = 'open', round = round + 1, changed_at = ?3, steps = steps + 1, \
              grade = NULL WHERE home = ?1 AND id = ?2 AND state = 'closed' AND round = ?4 RETURNING steps, stage";
    JOIN = "UPDATE matters SET state = 'joined', joined_into = ?3, waits = 0, changed_at = ?4, steps = steps + 1 \
            WHERE home = ?1 AND id = ?2 AND state = 'open' RETURNING steps, stage";
    TAKE_IN = "UPDATE matters SET waits = waits + ?3, changed_at = ?4, steps = steps + 1 \
               WHERE home = ?1 AND id = ?2 AND state = 'open' RETURNING steps, stage";
    /// What was joined earlier leads to where the thread goes on.
    LEAD_ON = "UPDATE matters SET joined_into = ?3 WHERE home = ?1 AND joined_into = ?2";
    WAIT = "UPDATE matters SET waits = waits + ?3 WHERE home = ?1 AND id = ?2 AND waits + ?3 >= 0";
    SET_GRADE = "UPDATE matters SET grade = ?3 WHERE home = ?1 AND id = ?2 AND author = ?4";

    INSERT_STEP = "INSERT INTO matter_steps (home, matter, n, at, day, stage, kind, words, says, person, role, org, \
                   shown, link, duty, files) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL, ?12, ?13, ?14, ?15)";
    /// The newest first; inner steps only for the office.
    STEPS = "SELECT n, at, day, stage, kind, words, says, person, role, shown, link, duty, files FROM matter_steps \
             WHERE home = ?1 AND matter = ?2 AND n < ?3 AND (shown OR ?4) ORDER BY n DESC LIMIT ?5";
    /// Whether a step with the file whose id is in the pattern `?3` is public; a public one counts more.
    FILE_SHOWN = "SELECT shown FROM matter_steps WHERE home = ?1 AND matter = ?2 AND files LIKE ?3 \
                  ORDER BY shown DESC LIMIT 1";
    FOLLOW = places::follow!("matters");

    PUT_PERSON = "INSERT INTO matter_people (home, matter, person, part, anonymous, since_at) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (home, matter, person) DO NOTHING";
    /// All authors are credited: who only followed becomes more.
    CREDIT = "INSERT INTO matter_people (home, matter, person, part, anonymous, since_at) \
              SELECT home, ?3, person, CASE WHEN part = 'follower' THEN 'follower' ELSE 'credited' END, anonymous, ?4 \
              FROM matter_people WHERE home = ?1 AND matter = ?2 \
              ON CONFLICT (home, matter, person) DO UPDATE SET part = CASE WHEN matter_people.part = 'follower' \
              THEN excluded.part ELSE matter_people.part END, \
              anonymous = CASE WHEN matter_people.part = 'follower' THEN excluded.anonymous \
              ELSE matter_people.anonymous END";
    UNFOLLOW = "DELETE FROM matter_people WHERE home = ?1 AND matter = ?2 AND person = ?3 AND part = 'follower'";
    PART_OF = "SELECT part FROM matter_people WHERE home = ?1 AND matter = ?2 AND person = ?3";
    /// As what somebody belonged to it when it was answered.
    GRADES_AS = "SELECT p.part FROM matter_people p JOIN matters m ON m.home = p.home AND m.id = p.matter \
                 WHERE p.home = ?1 AND p.matter = ?2 AND p.person = ?3 \
                 AND (p.part <> 'follower' OR p.since_at <= m.closed_at)";
    PEOPLE = "SELECT person, part, anonymous FROM matter_people WHERE home = ?1 AND matter = ?2 AND person > ?3 \
              ORDER BY person LIMIT ?4";
    AUTHORS = "SELECT person, part, anonymous FROM matter_people WHERE home = ?1 AND matter = ?2 \
               AND part <> 'follower' AND person > ?3 ORDER BY person LIMIT ?4";

    /// May be changed for some days after it was first given.
    PUT_GRADE = "INSERT INTO matter_grades (home, matter, round, person, grade, words, at, first_day) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (home, matter, round, person) DO UPDATE SET \
                 grade = excluded.grade, words = excluded.words, at = excluded.at WHERE matter_grades.first_day >= ?9";
    GRADES = "SELECT grade, count(*) FROM matter_grades WHERE home = ?1 AND matter = ?2 AND round = ?3 GROUP BY grade";
    GRADE_OF = "SELECT grade, words FROM matter_grades WHERE home = ?1 AND matter = ?2 AND round = ?3 AND person = ?4";
    /// Where a list begins that nobody has said a place for.
    FIRST_PLACE = "SELECT id FROM places WHERE level = 'subdistrict' AND state = 'open' ORDER BY sort, id LIMIT 1";
}

/// A word of one of the model's types.
pub(crate) fn word<T: std::str::FromStr<Err = ()>>(row: &Row<'_>, i: usize) -> Result<T, DbError> {
    let word: String = row.get(i)?;
    word.parse().map_err(|()| DbError::Data(format!("column {i}: {word}")))
}

pub(crate) fn word_or_none<T: std::str::FromStr<Err = ()>>(row: &Row<'_>, i: usize) -> Result<Option<T>, DbError> {
    let word: Option<String> = row.get(i)?;
    word.map(|word| word.parse().map_err(|()| DbError::Data(format!("column {i}: {word}")))).transpose()
}

impl FromRow for Matter {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Matter {
            id: row.get(0)?,
            number: row.get(1)?,
            place: row.get(2)?,
            path: row.get(3)?,
            title: row.get(4)?,
            kind: row.get(5)?,
            stage: word(row, 6)?,
            state: word(row, 7)?,
            joined_into: row.get(8)?,
            author: row.get(9)?,
            anonymous: row.get(10)?,
            n_steps: row.get(11)?,
            n_waits: row.get(12)?,
            round: row.get(13)?,
            opened_at: row.get(14)?,
            opened_day: row.get(15)?,
            closed_day: row.get(16)?,
            closed_by: row.get(17)?,
            outcome: word_or_none(row, 18)?,
            grade: word_or_none(row, 19)?,
        })
    }
}

/// A matter with the name of its place as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The matter.
    pub matter: Matter,
    /// The place's name.
    pub place: String,
}

impl FromRow for Shown {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Shown { matter: Matter::from_row(row)?, place: row.get(COLUMNS)? })
    }
}

impl FromRow for Step {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let files: String = row.get(12)?;
        Ok(Step {
            n: row.get(0)?,
            at: row.get(1)?,
            day: row.get(2)?,
            stage: word(row, 3)?,
            kind: row.get(4)?,
            words: row.get(5)?,
            says: row.get(6)?,
            person: row.get(7)?,
            role: row.get(8)?,
            shown: row.get(9)?,
            link: row.get(10)?,
            duty: row.get(11)?,
            files: serde_json::from_str(&files).map_err(|e| DbError::Data(format!("files of a step: {e}")))?,
        })
    }
}

/// Somebody who belongs to a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// How.
    pub part: Part,
    /// Named to nobody outside the office.
    pub anonymous: bool,
}

impl FromRow for Member {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Member { person: row.get(0)?, part: word(row, 1)?, anonymous: row.get(2)? })
    }
}

/// The next place of a thread and the stage the matter is in.
pub(crate) struct Next {
    pub n: u32,
    pub stage: Stage,
}

impl FromRow for Next {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Next { n: row.get(0)?, stage: word(row, 1)? })
    }
}

pub(crate) fn next_number(tx: &mut Tx<'_>, permit: &Permit, day: &Day) -> Result<String, DbError> {
    let (year, ..) = day.parts();
    let (last,): (i64,) = tx.one(&NEXT_NUMBER, params![permit.home(), i64::from(year)])?;
    Ok(format!("{year:04}-{last:06}"))
}

pub(crate) fn insert(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    matter: &Matter,
    once: &str,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &matter.id,
        &matter.number,
        &matter.place,
        &matter.path,
        &matter.title,
        &matter.kind,
        matter.stage.as_str(),
        matter.state.as_str(),
        matter.author.as_ref(),
        matter.anonymous,
        cx.entered_by(),
        cx.source().as_str(),
        once,
        matter.opened_at,
        &matter.opened_day,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn matter(s: &mut Snapshot<'_>, id: &MatterId) -> Result<Option<Matter>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

pub(crate) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Matter>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(crate) fn next_step(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &MatterId,
    now: Instant,
    most: u32,
) -> Result<Option<Next>, DbError> {
    tx.optional(&NEXT_STEP, params![permit.home(), id, now, most])
}

pub(crate) fn shift(
    tx: &mut Tx<'_>,
    permit: &Permit,
    matter: &Matter,
    to: Stage,
    now: Instant,
) -> Result<Option<Next>, DbError> {
    tx.optional(&SHIFT, params![permit.home(), &matter.id, matter.stage.as_str(), to.as_str(), now])
}

pub(crate) fn close(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    id: &MatterId,
    outcome: Outcome,
) -> Result<Option<Next>, DbError> {
    let params = params![permit.home(), id, outcome.as_str(), cx.now, &cx.day, cx.actor.person()];
    tx.optional(&CLOSE, params)
}

pub(crate) fn reopen(tx: &mut Tx<'_>, permit: &Permit, matter: &Matter, now: Instant) -> Result<Option<Next>, DbError> {
    tx.optional(&REOPEN, params![permit.home(), &matter.id, now, matter.round])
}

pub(crate) fn join(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &MatterId,
    into: &MatterId,
    now: Instant,
) -> Result<Option<Next>, DbError> {
    tx.optional(&JOIN, params![permit.home(), id, into, now])
}

/// The other side of [`join`]: the duties that wait move along, the authors are credited, earlier links lead on.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    permit: &Permit,
    from: &Matter,
    into: &MatterId,
    now: Instant,
) -> Result<Option<Next>, DbError> {
    let home = permit.home();
    let Some(next) = tx.optional(&TAKE_IN, params![home, into, from.n_waits, now])? else { return Ok(None) };
    tx.execute(&LEAD_ON, params![home, &from.id, into])?;
    tx.execute(&CREDIT, params![home, &from.id, into, now])?;
    Ok(Some(next))
}

/// Counts an open duty that an answer does not meet: `by` is 1 or -1. False when the matter is not there.
pub(crate) fn wait(tx: &mut Tx<'_>, permit: &Permit, id: &MatterId, by: i64) -> Result<bool, DbError> {
    Ok(tx.execute(&WAIT, params![permit.home(), id, by])? == 1)
}

pub(crate) fn insert_step(tx: &mut Tx<'_>, permit: &Permit, id: &MatterId, step: &Step) -> Result<(), DbError> {
    let files = serde_json::to_string(&step.files).map_err(|e| DbError::Data(e.to_string()))?;
    let params = params![
        permit.home(),
        id,
        step.n,
        step.at,
        &step.day,
        step.stage.as_str(),
        &step.kind,
        &step.words,
        step.says.as_deref(),
        step.person.as_ref(),
        &step.role,
        step.shown,
        step.link.as_deref(),
        step.duty.as_ref(),
        &files,
    ];
    tx.execute(&INSERT_STEP, params).map(|_| ())
}

/// The steps before `before`, newest first; inner ones only when `all`.
pub(crate) fn steps(
    s: &mut Snapshot<'_>,
    id: &MatterId,
    before: u32,
    all: bool,
    limit: i64,
) -> Result<Vec<Step>, DbError> {
    s.all(&STEPS, params![id.home(), id, before, all, limit])
}

/// Whether everybody may see a file of a matter; none when no step has it.
pub(crate) fn file_shown(s: &mut Snapshot<'_>, id: &MatterId, file: &FileId) -> Result<Option<bool>, DbError> {
    // an id holds no sign of a pattern
    let pattern = format!("%\"{file}\"%");
    Ok(s.optional::<(bool,)>(&FILE_SHOWN, params![id.home(), id, &pattern])?.map(|(shown,)| shown))
}

pub(crate) fn put_person(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &MatterId,
    member: &Member,
    now: Instant,
) -> Result<(), DbError> {
    let params = params![permit.home(), id, &member.person, member.part.as_str(), member.anonymous, now];
    tx.execute(&PUT_PERSON, params).map(|_| ())
}

pub(crate) fn unfollow(tx: &mut Tx<'_>, permit: &Permit, id: &MatterId, person: &PersonId) -> Result<bool, DbError> {
    Ok(tx.execute(&UNFOLLOW, params![permit.home(), id, person])? == 1)
}

pub(crate) fn part_of(s: &mut Snapshot<'_>, id: &MatterId, person: &PersonId) -> Result<Option<Part>, DbError> {
    let found: Option<(String,)> = s.optional(&PART_OF, params![id.home(), id, person])?;
    found.map(|(word,)| word.parse().map_err(|()| DbError::Data(format!("part {word}")))).transpose()
}

/// As what somebody may grade the answer; none for who came later, and while there is no answer.
pub(crate) fn grades_as(s: &mut Snapshot<'_>, id: &MatterId, person: &PersonId) -> Result<Option<Part>, DbError> {
    let found: Option<(String,)> = s.optional(&GRADES_AS, params![id.home(), id, person])?;
    found.map(|(word,)| word.parse().map_err(|()| DbError::Data(format!("part {word}")))).transpose()
}

/// Who belongs to a matter, after a person's id, in order of ids.
pub(crate) fn people(
    s: &mut Snapshot<'_>,
    id: &MatterId,
    authors: bool,
    after: &str,
    limit: i64,
) -> Result<Vec<Member>, DbError> {
    s.all(if authors { &AUTHORS } else { &PEOPLE }, params![id.home(), id, after, limit])
}

/// A grade on its way into the table.
pub(crate) struct NewGrade<'a> {
    pub person: &'a PersonId,
    pub grade: Grade,
    pub words: &'a str,
    pub changeable_since: &'a Day,
}

/// False when the first grade was given too long ago to be changed.
pub(crate) fn put_grade(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    matter: &Matter,
    new: &NewGrade<'_>,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &matter.id,
        matter.round,
        new.person,
        new.grade.as_str(),
        new.words,
        cx.now,
        &cx.day,
        new.changeable_since,
    ];
    let put = tx.execute(&PUT_GRADE, params)? == 1;
    if put {
        tx.execute(&SET_GRADE, params![permit.home(), &matter.id, new.grade.as_str(), new.person])?;
    }
    Ok(put)
}

pub(crate) fn grades(s: &mut Snapshot<'_>, id: &MatterId, round: u32) -> Result<Vec<(String, u64)>, DbError> {
    s.all(&GRADES, params![id.home(), id, round])
}

pub(crate) fn grade_of(
    s: &mut Snapshot<'_>,
    matter: &Matter,
    person: &PersonId,
) -> Result<Option<(String, String)>, DbError> {
    s.optional(&GRADE_OF, params![matter.home(), &matter.id, matter.round, person])
}
