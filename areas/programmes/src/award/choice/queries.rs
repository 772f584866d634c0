//! Reading choices.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Kind, OrgId, PersonId, Refusal, Site};
use people::{account::VerifiedHow, org};

use super::{Choice, Nominated, Part, State, rules, store};
use crate::{SeasonId, template::Decides};

/// The choice of a category, once it was opened.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn choice(s: &mut Snapshot<'_>, season: &SeasonId, category: &str) -> Result<Option<Choice>, DbError> {
    store::choice(s, (season, category))
}

/// The choices of a season by category, 100 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn choices(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Choice>, DbError> {
    store::choices(s, season)
}

/// The projects that are nominated in a category, by number.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn nominated(s: &mut Snapshot<'_>, season: &SeasonId, category: &str) -> Result<Vec<Nominated>, DbError> {
    store::nominated(s, (season, category))
}

/// Who is invited to the jury of a category.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn jurors(s: &mut Snapshot<'_>, season: &SeasonId, category: &str) -> Result<Vec<PersonId>, DbError> {
    store::jurors(s, (season, category))
}

/// The categories of a season of whose jury a person is.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn called(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<String>, DbError> {
    store::called(s, season, person)
}

/// What a person handed in, while it can be changed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn mine(s: &mut Snapshot<'_>, choice: &Choice, person: &PersonId) -> Result<Option<Vec<u32>>, DbError> {
    if choice.state == State::Counted {
        return Ok(None);
    }
    store::ballot(s, (&choice.season, &choice.category), &choice.voter(person))
}

/// What the ballots of a choice that is over come to as they lie there, and how many approve of each nominated project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn outcome(
    s: &mut Snapshot<'_>,
    choice: &Choice,
    (nominated, places): (&[Nominated], u32),
) -> Result<rules::Outcome, DbError> {
    let sets = store::sets(s, (&choice.season, &choice.category))?;
    Ok(rules::outcome(nominated, &rules::tally(nominated, &sets), places))
}

/// Whether somebody may hand in: who is on the jury and had no part in what is nominated; of a vote, whoever lives at the
/// season's place.
///
/// # Errors
/// Refusals `award-not-on-jury`, `award-juror-involved`, `award-not-resident`; database faults.
pub fn entitled(
    s: &mut Snapshot<'_>,
    (site, choice): (&Site, &Choice),
    (person, seats): (&PersonId, &[OrgId]),
) -> Result<(), Fault> {
    let barred = |code| Err(Refusal::new(Kind::Conflict, code).into());
    let of = (&choice.season, choice.category.as_str());
    if choice.way == Decides::Jury {
        if !store::jurors(s, of)?.contains(person) {
            return barred("award-not-on-jury");
        }
        if store::parts(s, of)?.iter().any(|part| part.is_of(person, seats)) {
            return barred("award-juror-involved");
        }
        return Ok(());
    }
    let lives = people::account::queries::site_of(s, person)?;
    if lives.is_some_and(|lives| lives.place == site.place || lives.above.contains(&site.place)) {
        return Ok(());
    }
    barred("award-not-resident")
}

/// Somebody who may sit on the jury: known by telephone or desk, without a part in what is nominated.
///
/// # Errors
/// Refusals `award-juror-unknown`, `award-juror-involved`; database faults.
pub(super) fn may_sit(s: &mut Snapshot<'_>, (parts, today): (&[Part], &Day), person: &PersonId) -> Result<(), Fault> {
    let known = people::account::queries::standing(s, person)?;
    if !known.is_some_and(|how| matches!(how, VerifiedHow::Phone | VerifiedHow::Desk)) {
        return Err(Refusal::new(Kind::Conflict, "award-juror-unknown").into());
    }
    let seats = match parts.iter().any(|part| part.org.is_some()) {
        true => org::queries::seats_of(s, person, today)?,
        false => Vec::new(),
    };
    if parts.iter().any(|part| part.is_of(person, &seats)) {
        return Err(Refusal::new(Kind::Conflict, "award-juror-involved").into());
    }
    Ok(())
}
