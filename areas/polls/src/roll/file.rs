//! A roll from a file: looked at line by line, then taken.

use std::collections::HashSet;

use db::{Fault, Snapshot, Tx};
use kernel::Context;
use people::{
    VoterKey,
    commands::enrol::{MAX_CHUNK, Voter},
    resident::sheet::{Row, RowError},
};
use rights::{Action, authorize};
use web::Verifiers;

use super::{Listed, MAX_WEIGHT, keep, taking};
use crate::{Poll, PollId, Source, State, queries, rules::expect, verify::Subject};

/// Rows that one transaction takes.
pub const CHUNK: usize = MAX_CHUNK;

/// Rows that can be taken, and what is wrong with the others, in order of lines: besides what the file's own reading
/// found, a weight that is none or where nobody has one, somebody who stands there twice, and what no provider can verify.
pub fn checked(
    poll: &Poll,
    verifiers: &Verifiers,
    rows: Vec<Row>,
    mut errors: Vec<RowError>,
) -> (Vec<Listed>, Vec<RowError>) {
    let (mut seen, mut subjects) = (HashSet::new(), HashSet::new());
    let mut good = Vec::with_capacity(rows.len());
    for row in rows {
        let flat = if row.place.is_empty() { row.flat.clone() } else { format!("{} {}", row.place, row.flat) };
        let weight = match row.weight.trim() {
            "" => Ok(1),
            text => text.parse().ok().filter(|n| (1..=MAX_WEIGHT).contains(n)).ok_or("weight-number"),
        };
        let weight = weight.and_then(|n| if n == 1 || poll.is_weighted() { Ok(n) } else { Err("weight-not-here") });
        let voter = VoterKey::of_row(poll.id.as_str(), &flat, &row.name);
        let subject = Subject::of_cell(verifiers, &poll.id, &row.subject);
        let error = |column, code| RowError { line: row.line, column, code };
        match weight {
            Err(code) => errors.push(error("weight", code)),
            Ok(_) if subject.is_err() => errors.push(error("subject", subject.err().unwrap_or_default())),
            Ok(_) if !seen.insert(voter.0) => errors.push(error("name", "twice-in-file")),
            Ok(_) if subject.is_ok_and(|found| found.is_some_and(|one| !subjects.insert(one))) => {
                errors.push(error("subject", "subject-twice"));
            }
            Ok(weight) => {
                let contact = row.phone.as_ref().map_or(String::new(), |phone| phone.as_str().to_owned());
                good.push(Listed {
                    voter,
                    flat,
                    name: row.name,
                    contact,
                    weight,
                    voted: false,
                    letters: 0,
                    returned: false,
                    subject: subject.unwrap_or_default(),
                });
            }
        }
    }
    errors.sort_by_key(|error| error.line);
    (good, errors)
}

/// What may be done with a file: nothing but by those who keep the roll, while it may change.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `not-allowed`; database faults.
pub fn may_look(s: &mut Snapshot<'_>, cx: &Context, id: &PollId) -> Result<Poll, Fault> {
    let poll = queries::poll(s, id)?;
    authorize(&cx.actor, Action::Enrol, &queries::site(s, &poll)?)?;
    expect(&poll, &[State::Draft])?;
    Ok(poll)
}

/// Puts [`CHUNK`] rows at most on the roll. The same row again is the same voter, with what it says now.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `roll-other-source`, `roll-too-large`, `poll-roll-too-large`,
/// `subject-taken`, `not-allowed`; database faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, rows: &[Listed]) -> Result<u64, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    taking(tx, &permit, &poll, Source::File)?;
    let rows: Vec<(Voter, Listed)> =
        rows.iter().map(|row| (Voter { key: row.voter, person: None }, row.clone())).collect();
    keep(tx, cx, &permit, id, &rows)
}
