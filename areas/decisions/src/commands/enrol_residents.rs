//! Put the residents of the season's place on the roll of its vote.

use db::{Fault, Tx};
use kernel::Context;
use people::{
    VoterKey,
    commands::enrol::{self, Listed, Voter},
    resident::queries::{Dweller, dwellers},
};
use programmes::{Season, SeasonId, season::hold, season::queries};
use rights::{Action, Permit, authorize};

use crate::rules;

/// Rows of the roll of residents that one transaction looks at.
pub const CHUNK: i64 = 200;

/// What one chunk did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Voters who were new.
    pub new: u64,
    /// Behind which row the next chunk begins; nothing when this was the last.
    pub after: Option<(String, String)>,
}

/// Puts the residents behind the row `after` (flat and id) on the roll, [`CHUNK`] of them. Who is there stays as they
/// are. Only who lives there: an owner who lives elsewhere is no resident.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `place-not-found`, `not-allowed`; database faults.
pub fn enrol_residents(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    after: (&str, &str),
) -> Result<Chunk, Fault> {
    let (held, permit) = may_enrol(tx, cx, season)?;
    let found = dwellers(tx, &held.place, "", after, CHUNK)?;
    let new = keep(tx, cx, &permit, &held, &found)?;
    let last = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|n| n >= CHUNK));
    Ok(Chunk { new, after: last.map(|d| (d.flat.clone(), d.row.to_string())) })
}

/// The season, held while its roll may change, and the permit.
pub(super) fn may_enrol(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId) -> Result<(Season, Permit), Fault> {
    let held = hold(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &held)?)?;
    rules::still_open(&held)?;
    Ok((held, permit))
}

/// Puts those on the roll who are not on it.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &Season,
    found: &[Dweller],
) -> Result<u64, Fault> {
    let scope = season.id.as_str();
    let voters: Vec<(Voter, _)> = found
        .iter()
        .map(|d| {
            let key = VoterKey::of_person(scope, &d.person);
            (Voter { key, person: Some(d.person.clone()) }, rules::part_of(&d.path, &season.place))
        })
        .collect();
    let listed: Vec<Listed<'_>> = voters.iter().map(|(voter, part)| Listed { voter, part: part.as_ref() }).collect();
    enrol::list(tx, cx, permit, scope, &listed)
}
