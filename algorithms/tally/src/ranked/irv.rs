//! Instant runoff: the last one goes, until one has more than half.

use serde::{Deserialize, Serialize};

use super::{Parted, Profile, RankedError, part};
use crate::lots::Lots;

/// An instant runoff, round by round.
///
/// Each ballot counts for the first of its options that is left; a ballot without any is exhausted. Who has more than half
/// of the ballots that still count wins. Else the option with the fewest goes; of equal ones the one that had the fewest in
/// the latest earlier round in which they differed, at last the one that stands last in the order of lots.
///
/// Raising the winner on a ballot can make it lose: see the test of that name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Irv {
    /// Who wins; none without a ballot that names an option.
    pub winner: Option<usize>,
    /// The rounds.
    pub rounds: Vec<Round>,
}

/// One round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The votes of each option; none for those that are gone.
    pub votes: Vec<Option<u64>>,
    /// Ballots that count for nobody, empty ones too.
    pub exhausted: u64,
    /// Who goes after this round; none in the last.
    pub eliminated: Option<usize>,
    /// Where several had the fewest: what decided.
    pub parted: Option<Parted>,
}

impl AsRef<[Option<u64>]> for Round {
    fn as_ref(&self) -> &[Option<u64>] {
        &self.votes
    }
}

/// Counts an instant runoff.
///
/// # Errors
/// [`RankedError::SharedRank`], [`RankedError::Lots`].
pub fn irv(profile: &Profile, lots: &Lots) -> Result<Irv, RankedError> {
    profile.fits(lots)?;
    let mut papers: Vec<Paper> =
        profile.strict()?.into_iter().map(|(ranking, count)| Paper { ranking, count, at: 0 }).collect();
    let mut left = vec![true; profile.options()];
    let mut rounds: Vec<Round> = Vec::new();
    loop {
        let mut round = count(&mut papers, &left);
        let counting = profile.n_ballots() - round.exhausted;
        if counting == 0 {
            rounds.push(round);
            return Ok(Irv { winner: None, rounds });
        }
        let standing = |votes: &[Option<u64>]| -> Vec<(usize, u64)> {
            votes.iter().enumerate().filter_map(|(option, votes)| Some((option, (*votes)?))).collect()
        };
        let standing = standing(&round.votes);
        let over_half = standing.iter().find(|(_, votes)| 2 * votes > counting).map(|(option, _)| *option);
        let alone = (standing.len() == 1).then(|| standing.first().map(|(option, _)| *option)).flatten();
        if let Some(winner) = over_half.or(alone) {
            rounds.push(round);
            return Ok(Irv { winner: Some(winner), rounds });
        }
        let fewest = standing.iter().map(|(_, votes)| *votes).min().unwrap_or(0);
        let last: Vec<usize> = standing.iter().filter(|(_, n)| *n == fewest).map(|(option, _)| *option).collect();
        let Some((goes, parted)) = part(&last, &rounds, false, lots) else {
            rounds.push(round);
            return Ok(Irv { winner: None, rounds });
        };
        left[goes] = false;
        (round.eliminated, round.parted) = (Some(goes), parted);
        rounds.push(round);
    }
}

/// Ballots that say the same, and where in the ranking the option stands that they count for.
struct Paper {
    ranking: Vec<usize>,
    count: u64,
    at: usize,
}

fn count(papers: &mut [Paper], left: &[bool]) -> Round {
    let mut votes: Vec<Option<u64>> = left.iter().map(|stays| stays.then_some(0)).collect();
    let mut exhausted = 0;
    for Paper { ranking, count, at } in papers {
        while ranking.get(*at).is_some_and(|option| !left[*option]) {
            *at += 1;
        }
        match ranking.get(*at).and_then(|option| votes[*option].as_mut()) {
            Some(votes) => *votes += *count,
            None => exhausted += *count,
        }
    }
    Round { votes, exhausted, eliminated: None, parted: None }
}
