//! Reading results and promotions.

use std::collections::BTreeMap;

use db::{DbError, Fault, Snapshot};

use super::{Earlier, Promotion, Results, store};
use crate::{
    Proposal, Season, SeasonId,
    running::{Closing, Evidence, Run, closing::Grades},
};

/// The results of these projects, 100 at most: two statements and those of the evidence.
///
/// # Errors
/// Database faults.
pub fn results(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    runs: &[Run],
    evidence: &dyn Evidence,
) -> Result<BTreeMap<u32, Results>, Fault> {
    let numbers: Vec<u32> = runs.iter().map(|run| run.number).collect();
    let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else {
        return Ok(BTreeMap::new());
    };
    let points: BTreeMap<u32, i64> = store::points(s, season, (*first, *last))?.into_iter().collect();
    let grades: BTreeMap<u32, Grades> = store::grades(s, season, (*first, *last))?.into_iter().collect();
    let known = evidence.known(s, season, &numbers)?;
    let one = |run: &Run| {
        let results = Results {
            closed: run.closing == Closing::Accepted,
            points: points.get(&run.number).copied(),
            activities: known.get(&run.number).and_then(|known| known.activities),
            grades: grades.get(&run.number).copied().unwrap_or_default(),
        };
        (run.number, results)
    };
    Ok(runs.iter().map(one).collect())
}

/// The promotions of a season, by number; as many as it has projects.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn promotions(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Promotion>, DbError> {
    store::promotions(s, season)
}

/// To what the team of a proposal was promoted in earlier seasons of the same place or programme, the latest first, five
/// at most: of an organisation's proposal that organisation's, of a person's their own.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn earlier(s: &mut Snapshot<'_>, season: &Season, proposal: &Proposal) -> Result<Vec<Earlier>, DbError> {
    let team = proposal.org.as_ref().map_or_else(|| proposal.author.as_str(), |org| org.as_str());
    store::earlier(s, season, team)
}
