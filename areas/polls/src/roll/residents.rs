//! Put the residents of the poll's place on its roll.

use db::{Fault, Tx};
use kernel::Context;
use people::{VoterKey, commands::enrol::Voter, resident::queries::dwellers};
use rights::{Action, authorize};

use super::{Listed, keep, taking};
use crate::{PollId, Source, queries};

/// Rows of the roll of residents that one transaction looks at.
pub const CHUNK: i64 = 200;

/// What one chunk did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Voters who were new.
    pub new: u64,
    /// Behind which row the next chunk begins: its flat and its id; nothing when this was the last.
    pub after: Option<(String, String)>,
}

/// Puts the residents behind the row `after` (flat and id) on the roll, [`CHUNK`] of them. Who is there stays as they are.
/// Only who lives there: an owner who lives elsewhere is no resident.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `roll-other-source`, `poll-roll-too-large`, `not-allowed`; database
/// faults.
pub fn residents(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, after: (&str, &str)) -> Result<Chunk, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    taking(tx, &permit, &poll, Source::Residents)?;
    let found = dwellers(tx, &poll.place, "", after, CHUNK)?;
    let rows: Vec<(Voter, Listed)> = found
        .iter()
        .map(|d| {
            let key = VoterKey::of_person(id.as_str(), &d.person);
            let row = Listed {
                voter: key,
                flat: format!("{} {}", d.place, d.flat),
                name: d.name.clone(),
                contact: String::new(),
                weight: 1,
                voted: false,
                letters: 0,
                returned: false,
                subject: None,
            };
            (Voter { key, person: Some(d.person.clone()) }, row)
        })
        .collect();
    let new = keep(tx, cx, &permit, id, &rows)?;
    let last = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|n| n >= CHUNK));
    Ok(Chunk { new, after: last.map(|d| (d.flat.clone(), d.row.to_string())) })
}
