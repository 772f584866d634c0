//! Many ballots through the same commands that residents use, a chunk a transaction.

use db::{Fault, Tx};
use kernel::Context;
use people::commands::enrol::Voter;
use programmes::SeasonId;

/// Ballots of one transaction: a tenth of the budget of a write, so that a busy machine stays inside it.
pub const CHUNK: usize = 50;

/// A ballot of the bulk: the voter's code and the numbers of the chosen projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The voter's code, unique within the vote.
    pub code: String,
    /// Numbers of projects.
    pub choices: Vec<u32>,
}

/// Enrols the voters of a chunk and casts their ballots.
///
/// # Errors
/// Refusals of `enrol` and `cast`; database faults.
pub fn cast_chunk(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, papers: &[Paper]) -> Result<(), Fault> {
    let voters: Vec<Voter> = papers.iter().map(|paper| Voter::with_code(season.as_str(), &paper.code, None)).collect();
    decisions::commands::enrol::enrol(tx, cx, season, &voters)?;
    for (voter, paper) in voters.iter().zip(papers) {
        decisions::commands::cast::cast(tx, cx, season, voter.key, &paper.choices)?;
    }
    Ok(())
}
