//! The single transferable vote for several seats.

use std::collections::BTreeMap;

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::{Parted, Profile, RankedError, part};
use crate::{lots::Lots, outcome::Ratio};

/// Seats at most where values are kept as exact fractions: each surplus about doubles their digits.
pub const MAX_EXACT_SEATS: usize = 10;

/// How values of transferred ballots are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fractions {
    /// To five decimal places, any remainder ignored, as the Scottish rules say. What is ignored counts for nobody.
    FiveDecimals,
    /// As exact fractions, for [`MAX_EXACT_SEATS`] at most.
    Exact,
}

/// A count by the weighted inclusive Gregory method, stage by stage.
///
/// The rules are those of Scottish local elections (Scottish Local Government Elections Order 2007, SSI 2007/42, Schedule 1,
/// rules 45 to 52; unchanged in substance in SSI 2011/399). The quota is Droop's, `⌊votes / (seats + 1)⌋ + 1`. Whoever reaches
/// it is elected. The largest surplus is transferred first: *all* ballots of that option go to their next preference among
/// those neither elected nor excluded, each worth `surplus × its value / the option's votes`. With no surplus left, the option
/// with the fewest votes is excluded and its ballots go on at their value. When as many are left as there are seats, they
/// are elected. Equal surpluses and equal last places are parted by the latest earlier stage in which they differed, then
/// by lot: the first drawn is transferred first, the last drawn is excluded first.
///
/// Raising an elected option on a ballot can cost it the seat: see the test by Doron and Kronick's example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stv {
    /// Who is elected, in the order in which it was settled: within a stage most votes first, then by lot. All seats are
    /// filled, as there are no more seats than options.
    pub elected: Vec<usize>,
    /// The quota.
    pub quota: u64,
    /// Ballots that name an option.
    pub valid: u64,
    /// The stages.
    pub stages: Vec<Stage>,
}

/// What a stage is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// First preferences are counted.
    FirstPreferences,
    /// An elected option's surplus goes on.
    Surplus {
        /// Whose.
        option: usize,
        /// How much more than the quota it had.
        surplus: Ratio,
    },
    /// An option is excluded and its ballots go on.
    Exclusion {
        /// Which.
        option: usize,
    },
    /// As many options are left as seats.
    LastSeats,
}

/// A stage and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What it is about.
    pub action: Action,
    /// The votes of each option at its end.
    pub votes: Vec<Ratio>,
    /// Votes that count for nobody any more at its end: no preference left, or lost in decimals.
    pub lost: Ratio,
    /// Who is elected at its end.
    pub elected: Vec<usize>,
    /// Where several were equal: what decided whose ballots went on.
    pub parted: Option<Parted>,
}

impl AsRef<[Ratio]> for Stage {
    fn as_ref(&self) -> &[Ratio] {
        &self.votes
    }
}

/// Fills the seats.
///
/// # Errors
/// [`RankedError::Seats`], [`RankedError::ExactSeats`], [`RankedError::SharedRank`], [`RankedError::Lots`].
pub fn stv(profile: &Profile, seats: usize, fractions: Fractions, lots: &Lots) -> Result<Stv, RankedError> {
    profile.fits(lots)?;
    if seats == 0 || seats > profile.options() {
        return Err(RankedError::Seats(profile.options()));
    }
    if fractions == Fractions::Exact && seats > MAX_EXACT_SEATS {
        return Err(RankedError::ExactSeats);
    }
    let mut count = Count::new(profile, seats, fractions, lots)?;
    count.first();
    while count.elected.len() < seats {
        let left = count.standing(State::Continuing);
        if left.len() <= seats - count.elected.len() {
            count.elect(left);
            count.close(Action::LastSeats, None);
        } else if !count.surplus() {
            count.exclude();
        }
    }
    Ok(Stv { elected: count.elected, quota: count.quota, valid: count.valid, stages: count.stages })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Continuing,
    /// Elected with a surplus that is not transferred yet.
    Above,
    Elected,
    Excluded,
}

/// Ballots that say the same.
struct Paper {
    ranking: Vec<usize>,
    count: u64,
    /// What one of them is worth: a place in [`Count::values`].
    value: usize,
    /// Where in the ranking the option stands that holds it; past the end when nobody does.
    at: usize,
}

struct Count<'a> {
    seats: usize,
    fractions: Fractions,
    lots: &'a Lots,
    quota: u64,
    valid: u64,
    papers: Vec<Paper>,
    /// What ballots are worth. Those that went the same way share a value, so there are few.
    values: Vec<RBig>,
    votes: Vec<RBig>,
    states: Vec<State>,
    elected: Vec<usize>,
    /// Elected in the stage that runs.
    news: Vec<usize>,
    stages: Vec<Stage>,
}

impl<'a> Count<'a> {
    fn new(profile: &Profile, seats: usize, fractions: Fractions, lots: &'a Lots) -> Result<Self, RankedError> {
        let ballots: Vec<(Vec<usize>, u64)> = profile.strict()?.into_iter().filter(|(r, _)| !r.is_empty()).collect();
        let valid = ballots.iter().map(|(_, count)| *count).sum();
        let paper = |(ranking, count): (Vec<usize>, u64)| Paper { ranking, count, value: 0, at: 0 };
        Ok(Self {
            seats,
            fractions,
            lots,
            quota: valid / (seats as u64 + 1) + 1,
            valid,
            papers: ballots.into_iter().map(paper).collect(),
            values: vec![RBig::ONE],
            votes: vec![RBig::ZERO; profile.options()],
            states: vec![State::Continuing; profile.options()],
            elected: Vec::new(),
            news: Vec::new(),
            stages: Vec::new(),
        })
    }

    fn standing(&self, state: State) -> Vec<usize> {
        (0..self.states.len()).filter(|option| self.states[*option] == state).collect()
    }

    fn first(&mut self) {
        for paper in &self.papers {
            if let Some(option) = paper.ranking.first() {
                self.votes[*option] += RBig::from(paper.count);
            }
        }
        self.reach();
        self.close(Action::FirstPreferences, None);
    }

    /// Transfers the largest surplus, if there is one.
    fn surplus(&mut self) -> bool {
        let above = self.standing(State::Above);
        let Some(most) = above.iter().map(|option| &self.votes[*option]).max() else { return false };
        let equal: Vec<usize> = above.iter().copied().filter(|option| self.votes[*option] == *most).collect();
        let Some((option, parted)) = part(&equal, &self.stages, true, self.lots) else { return false };
        let total = self.votes[option].clone();
        let surplus = &total - RBig::from(self.quota);
        self.states[option] = State::Elected;
        self.votes[option] = RBig::from(self.quota);
        self.pass_on(option, Some(&(&surplus / total)));
        self.reach();
        self.close(Action::Surplus { option, surplus: Ratio::of(surplus) }, parted);
        true
    }

    fn exclude(&mut self) {
        let left = self.standing(State::Continuing);
        let fewest = left.iter().map(|option| &self.votes[*option]).min();
        let equal: Vec<usize> = left.iter().copied().filter(|option| Some(&self.votes[*option]) == fewest).collect();
        let Some((option, parted)) = part(&equal, &self.stages, false, self.lots) else { return };
        self.states[option] = State::Excluded;
        self.votes[option] = RBig::ZERO;
        self.pass_on(option, None);
        self.reach();
        self.close(Action::Exclusion { option }, parted);
    }

    /// Every ballot of an option goes to the next continuing one, at a part of its value if one is given.
    fn pass_on(&mut self, from: usize, part: Option<&RBig>) {
        let mut renewed: BTreeMap<usize, usize> = BTreeMap::new();
        let mut gains: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for paper in &mut self.papers {
            if paper.ranking.get(paper.at) != Some(&from) {
                continue;
            }
            if let Some(part) = part {
                let (values, fractions, old) = (&mut self.values, self.fractions, paper.value);
                paper.value = *renewed.entry(old).or_insert_with(|| {
                    let value = &values[old] * part;
                    values.push(if fractions == Fractions::Exact { value } else { to_five_decimals(&value) });
                    values.len() - 1
                });
            }
            let next = (paper.at + 1..paper.ranking.len())
                .find(|at| paper.ranking.get(*at).is_some_and(|o| self.states[*o] == State::Continuing));
            paper.at = next.unwrap_or(paper.ranking.len());
            if let Some(option) = paper.ranking.get(paper.at) {
                *gains.entry((*option, paper.value)).or_insert(0) += paper.count;
            }
        }
        for ((option, value), count) in gains {
            self.votes[option] += &self.values[value] * RBig::from(count);
        }
    }

    /// Elects who has reached the quota.
    fn reach(&mut self) {
        let quota = RBig::from(self.quota);
        let reached = self.standing(State::Continuing).into_iter().filter(|option| self.votes[*option] >= quota);
        self.elect(reached.collect());
    }

    fn elect(&mut self, mut options: Vec<usize>) {
        let quota = RBig::from(self.quota);
        options.sort_by(|a, b| {
            self.votes[*b].cmp(&self.votes[*a]).then_with(|| self.lots.place(*a).cmp(&self.lots.place(*b)))
        });
        for option in options.into_iter().take(self.seats - self.elected.len()) {
            self.states[option] = if self.votes[option] > quota { State::Above } else { State::Elected };
            self.elected.push(option);
            self.news.push(option);
        }
    }

    fn close(&mut self, action: Action, parted: Option<Parted>) {
        let counted = self.votes.iter().fold(RBig::ZERO, |sum, votes| sum + votes);
        self.stages.push(Stage {
            action,
            votes: self.votes.iter().cloned().map(Ratio::of).collect(),
            lost: Ratio::of(RBig::from(self.valid) - counted),
            elected: std::mem::take(&mut self.news),
            parted,
        });
    }
}

fn to_five_decimals(value: &RBig) -> RBig {
    const UNIT: u64 = 100_000;
    RBig::from((value * RBig::from(UNIT)).floor()) / RBig::from(UNIT)
}
