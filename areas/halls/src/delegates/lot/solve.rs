//! Find the fair lottery and its numbered list: outside of any write, one at a time, bounded in steps.

use std::{thread, time::Duration};

use db::{Db, Fault};
use kernel::{Kind, Refusal};
use sortition::{Chance, Effort, Infeasible, Outcome, PanelList, Problem, SolveError, numbered_list, solve as reckon};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Alike, Found, Lot, LotId, State, Volunteer, freeze::problem_of, queries, rules, store};

/// Steps that one lottery may take: some ten seconds.
const EFFORT: u64 = 10_000_000_000;
/// Lotteries that are reckoned at a time.
static ONE: Semaphore = Semaphore::const_new(1);
/// How often somebody looks whether it is their turn, and how many times: ten seconds.
const LOOK: Duration = Duration::from_millis(50);
const PATIENCE: u32 = 200;

/// A list that is not published yet.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The lot as it was reckoned.
    pub lot: Lot,
    /// The numbered list.
    pub list: PanelList,
    /// The chance of each number of the pool.
    pub chances: Vec<Chance>,
    /// Figures for reading.
    pub found: Found,
}

/// What reckoning came to.
#[derive(Debug, Clone)]
pub enum Solved {
    /// A lottery and its list.
    Found(Box<Prepared>),
    /// No panel meets the quotas: which of them clash, and the smallest change.
    Impossible(Infeasible),
}

/// Reckons the lottery of a pool, frozen or still open, and its list. No transaction waits meanwhile.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `pool-small`, `features-changed`, `too-many-kinds`, `lot-too-hard`,
/// `lot-busy` where others are reckoned for ten seconds; it may block that long; database faults.
pub fn solve(db: &Db, id: &LotId) -> Result<Solved, Fault> {
    let of = id.clone();
    let (lot, people) = db.read_wait(move |s| {
        let lot = queries::lot(s, &of)?;
        rules::expect(&lot, &[State::Draft, State::Open, State::Frozen])?;
        let people = store::pool(s, &of)?;
        Ok::<_, Fault>((lot, people))
    })?;
    let _turn = turn()?;
    Ok(of_people(lot, &people)?)
}

/// Waits for the one before, which is mostly done in a blink.
fn turn() -> Result<SemaphorePermit<'static>, Refusal> {
    for _ in 0..PATIENCE {
        match ONE.try_acquire() {
            Ok(turn) => return Ok(turn),
            Err(_) => thread::sleep(LOOK),
        }
    }
    Err(Refusal::new(Kind::Conflict, "lot-busy"))
}

/// The same from what is at hand.
///
/// # Errors
/// As [`solve`], without those of reading.
pub fn of_people(lot: Lot, people: &[Volunteer]) -> Result<Solved, Refusal> {
    let hard = |_: SolveError| Refusal::new(Kind::Conflict, "lot-too-hard");
    let problem = problem_of(&lot, people)?;
    let lottery = match reckon(&problem, lot.rule, Effort::steps(EFFORT)).map_err(hard)? {
        Outcome::Feasible(lottery) => lottery,
        Outcome::Infeasible(infeasible) => return Ok(Solved::Impossible(infeasible)),
    };
    let panels = usize::try_from(lot.panels).unwrap_or(usize::MAX);
    let list = numbered_list(&problem, &lottery, panels, Effort::steps(EFFORT)).map_err(hard)?;
    let chances = lottery.chances(&problem);
    let found = figures(&problem, &chances, &list);
    Ok(Solved::Found(Box::new(Prepared { lot, list, chances, found })))
}

/// A chance in billionths, for reading.
#[must_use]
pub fn billionths(chance: Chance) -> u64 {
    let parts = u128::from(chance.numerator) * 1_000_000_000 / u128::from(chance.denominator.max(1));
    u64::try_from(parts).unwrap_or(u64::MAX)
}

fn figures(problem: &Problem, chances: &[Chance], list: &PanelList) -> Found {
    let seats = queries::seats(list);
    let people = problem.pool().people();
    let panels = list.panels().len() as u128;
    // in hundredths of a panel
    let off = |(person, chance): (&sortition::Person, &Chance)| -> u128 {
        let (sits, of) =
            (u128::from(seats.get(person.key.as_str()).copied().unwrap_or(0)), u128::from(chance.denominator));
        (sits * of).abs_diff(u128::from(chance.numerator) * panels) * 100 / of.max(1)
    };
    let error = people.iter().zip(chances).map(off).max().unwrap_or(0);
    let none = Chance { numerator: 0, denominator: 1 };
    Found {
        lowest: chances.iter().min().copied().unwrap_or(none),
        highest: chances.iter().max().copied().unwrap_or(none),
        gini: gini(chances),
        error: u32::try_from(error).unwrap_or(u32::MAX),
        kinds: alike(problem, chances),
    }
}

fn alike(problem: &Problem, chances: &[Chance]) -> Vec<Alike> {
    let mut kinds: std::collections::BTreeMap<&[String], Alike> = std::collections::BTreeMap::new();
    for (person, chance) in problem.pool().people().iter().zip(chances) {
        let first = || Alike { features: person.features.clone(), people: 0, lowest: *chance, highest: *chance };
        let kind = kinds.entry(person.features.as_slice()).or_insert_with(first);
        kind.people += 1;
        (kind.lowest, kind.highest) = (kind.lowest.min(*chance), kind.highest.max(*chance));
    }
    kinds.into_values().collect()
}

/// Mean difference of two people's chances over twice the mean chance, in ten-thousandths.
fn gini(chances: &[Chance]) -> u32 {
    let mut parts: Vec<i128> = chances.iter().map(|chance| i128::from(billionths(*chance))).collect();
    parts.sort_unstable();
    let (n, sum) = (parts.len() as i128, parts.iter().sum::<i128>());
    let weighted: i128 = (0_i128..).zip(&parts).map(|(at, part)| (2 * at + 1 - n) * part).sum();
    if sum == 0 { 0 } else { u32::try_from(weighted * 10_000 / (n * sum)).unwrap_or(0) }
}
