//! All SQL of workshops.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use rights::Permit;

use super::{Card, Question, Workshop, WorkshopId};
use crate::{SeasonId, idea::IdeaId};

/// Columns of a workshop in the order of its fields.
macro_rules! columns {
    () => {
        "id, season, number, place, day, title, summary, recorded_at, recorded_by"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO workshops (home, id, season, number, place, day, title, summary, recorded_at, recorded_by, \
              once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    NEXT_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM workshops WHERE home = ?1 AND season = ?2";
    ONCE = concat!("SELECT ", columns!(), " FROM workshops WHERE home = ?1 AND season = ?2 AND once = ?3");
    WORKSHOP = concat!("SELECT ", columns!(), " FROM workshops WHERE home = ?1 AND season = ?2 AND id = ?3");
    WORKSHOPS = concat!("SELECT ", columns!(), " FROM workshops WHERE home = ?1 AND season = ?2 AND number < ?3 \
              ORDER BY number DESC LIMIT ?4");
    INSERT_CARD = "INSERT INTO workshop_cards (home, workshop, number, body) VALUES (?1, ?2, ?3, ?4)";
    CARDS = "SELECT number, body, idea FROM workshop_cards WHERE home = ?1 AND workshop = ?2 ORDER BY number LIMIT 300";
    OF_IDEA = "SELECT w.id, w.title FROM workshop_cards c JOIN workshops w ON w.home = c.home AND w.id = c.workshop \
               WHERE c.home = ?1 AND c.idea = ?2 ORDER BY w.number LIMIT 1";
    LINK_CARD = "UPDATE workshop_cards SET idea = ?4 WHERE home = ?1 AND workshop = ?2 AND number = ?3 \
                 AND idea IS NULL";
    INSERT_QUESTION = "INSERT INTO workshop_questions (home, workshop, number, question, expert, advice, taken, \
                       taken_note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    QUESTIONS = "SELECT number, question, expert, advice, taken, taken_note FROM workshop_questions \
                 WHERE home = ?1 AND workshop = ?2 ORDER BY number LIMIT 100";
    TAKE_UP = "UPDATE workshop_questions SET taken = ?4, taken_note = ?5 \
               WHERE home = ?1 AND workshop = ?2 AND number = ?3";
}

db::record!(Workshop { id, season, number, place, day, title, summary, recorded_at, recorded_by });
db::record!(Card { number, body, idea });

impl FromRow for Question {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let taken: String = row.get(4)?;
        Ok(Question {
            number: row.get(0)?,
            question: row.get(1)?,
            expert: row.get(2)?,
            advice: row.get(3)?,
            taken: taken.parse().map_err(|()| DbError::Data(format!("taken {taken}")))?,
            taken_note: row.get(5)?,
        })
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, workshop: &Workshop, once: &str) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &workshop.id,
        &workshop.season,
        workshop.number,
        &workshop.place,
        &workshop.day,
        &workshop.title,
        &workshop.summary,
        workshop.recorded_at,
        workshop.recorded_by.as_ref(),
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn next_number(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<u32, DbError> {
    let next: Option<(u32,)> = s.optional(&NEXT_NUMBER, params![season.home(), season])?;
    Ok(next.map_or(1, |(number,)| number))
}

pub(super) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Workshop>, DbError> {
    s.optional(&ONCE, params![season.home(), season, once])
}

pub(super) fn workshop(s: &mut Snapshot<'_>, season: &SeasonId, id: &WorkshopId) -> Result<Option<Workshop>, DbError> {
    s.optional(&WORKSHOP, params![season.home(), season, id])
}

pub(super) fn workshops(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (before, limit): (u32, i64),
) -> Result<Vec<Workshop>, DbError> {
    s.all(&WORKSHOPS, params![season.home(), season, before, limit])
}

pub(super) fn insert_card(tx: &mut Tx<'_>, permit: &Permit, id: &WorkshopId, card: &Card) -> Result<(), DbError> {
    tx.execute(&INSERT_CARD, params![permit.home(), id, card.number, &card.body]).map(|_| ())
}

pub(super) fn cards(s: &mut Snapshot<'_>, workshop: &Workshop) -> Result<Vec<Card>, DbError> {
    s.all(&CARDS, params![workshop.season.home(), &workshop.id])
}

/// The workshop at which an idea was written on a card, with its title.
pub(super) fn of_idea(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    idea: &IdeaId,
) -> Result<Option<(WorkshopId, String)>, DbError> {
    s.optional(&OF_IDEA, params![season.home(), idea])
}

/// False when the card is an idea already.
pub(super) fn link_card(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, number): (&WorkshopId, u32),
    idea: &IdeaId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&LINK_CARD, params![permit.home(), id, number, idea])? == 1)
}

pub(super) fn insert_question(tx: &mut Tx<'_>, permit: &Permit, id: &WorkshopId, q: &Question) -> Result<(), DbError> {
    let params =
        params![permit.home(), id, q.number, &q.question, &q.expert, &q.advice, q.taken.as_str(), &q.taken_note];
    tx.execute(&INSERT_QUESTION, params).map(|_| ())
}

pub(super) fn questions(s: &mut Snapshot<'_>, workshop: &Workshop) -> Result<Vec<Question>, DbError> {
    s.all(&QUESTIONS, params![workshop.season.home(), &workshop.id])
}

pub(super) fn take_up(tx: &mut Tx<'_>, permit: &Permit, id: &WorkshopId, q: &Question) -> Result<(), DbError> {
    let params = params![permit.home(), id, q.number, q.taken.as_str(), &q.taken_note];
    tx.execute(&TAKE_UP, params).map(|_| ())
}
