//! Papers: for those who vote without a telephone. A paper is given against the roll, which marks the voter; the paper
//! itself carries a random number that stands beside nobody. Two people read each paper; what they agree on is cast.

pub mod discard;
pub mod give;
pub mod print;
pub mod read;

use ballots::paper::SPOILED;
pub use ballots::paper::{Counts, Paper, State, store};
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal, Site};
use programmes::{Season, season::queries::site};
use rights::{Action, authorize, may};

use crate::print_choices;

/// What somebody reads on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// These projects, ascending.
    Choices(Vec<u32>),
    /// It is no valid ballot: too many marks, a name on it, not to be read.
    Spoiled,
}

impl Reading {
    fn print(&self) -> String {
        match self {
            Reading::Choices(choices) => print_choices(choices),
            Reading::Spoiled => SPOILED.to_owned(),
        }
    }
}

/// Where the actor does community work for a season: at its place, or at each post of theirs within it; one at least.
///
/// # Errors
/// Refusals `not-allowed`, `sign-in-first`; database faults.
pub(crate) fn offices(s: &mut Snapshot<'_>, actor: &Actor, season: &Season) -> Result<Vec<Site>, Fault> {
    let whole = site(s, season)?;
    if may(actor, Action::Enrol, &whole) {
        return Ok(vec![whole]);
    }
    let mut all: Vec<Site> = Vec::new();
    // as many as somebody holds posts at: a few
    for post in actor.principal().map_or(&[][..], |principal| &principal.posts).iter().take(20) {
        if all.iter().any(|at| at.place == post.place) {
            continue;
        }
        let at = places::site(s, &post.place)?;
        all.extend(at.filter(|at| at.above.contains(&season.place) && may(actor, Action::Enrol, at)));
    }
    if all.is_empty() {
        authorize(actor, Action::Enrol, &whole)?;
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    Ok(all)
}

/// One of [`offices`]: for what is the same at each of them.
///
/// # Errors
/// As [`offices`].
pub(crate) fn office(s: &mut Snapshot<'_>, actor: &Actor, season: &Season) -> Result<Site, Fault> {
    let first = offices(s, actor, season)?.into_iter().next();
    Ok(first.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-allowed"))?)
}
