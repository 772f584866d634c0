//! From a lottery to a numbered list of panels, each as likely as the others.
//!
//! A list of `m` panels gives everybody a chance of whole `m`-ths. Each person is to sit in as many panels as the lottery
//! says, rounded down or up; a kind's seats then lie between two bounds. Whole multiples of the lottery's panels come
//! first; the others are chosen, and exchanged, so that as few kinds as possible miss their bounds: first among the panels
//! of the lottery, then among all panels (Flanigan, Kehne, Procaccia: *Fair sortition made transparent*, NeurIPS 2021, show
//! that such lists exist within a small error).

use std::collections::BTreeMap;

use super::oracle::{Counts, Oracle};
use super::{Effort, SolveError};
use crate::assign::assign;
use crate::kinds::Problem;
use crate::list::{MAX_PANELS, MAX_SEATS, PanelList};
use crate::lottery::{Lottery, TOTAL};

/// What a seat beyond the bounds weighs against one within them.
const BEYOND: f64 = 1_000.0;
/// Panels asked of the oracle at most.
const QUESTIONS: u32 = 400;

/// A list of `panels` panels in which each person's share is that of the lottery, rounded to a whole number of panels down
/// or up wherever such a list was found.
///
/// # Errors
/// [`SolveError::Effort`]; [`SolveError::Size`] for a list of no panels, of more than [`MAX_PANELS`], or with more than
/// [`MAX_SEATS`] seats.
pub fn numbered_list(
    problem: &Problem,
    lottery: &Lottery,
    panels: usize,
    mut effort: Effort,
) -> Result<PanelList, SolveError> {
    if panels == 0 || panels > MAX_PANELS || panels * problem.size as usize > MAX_SEATS {
        return Err(SolveError::Size);
    }
    let mut rounding = Rounding::new(lottery, panels);
    rounding.fill(panels, &mut effort)?;
    rounding.exchange(&mut effort)?;
    rounding.ask(problem, &mut effort)?;
    let mut by_kinds: Vec<&Counts> = Vec::new();
    for (panel, number) in rounding.known.iter().zip(&rounding.numbers) {
        by_kinds.extend(std::iter::repeat_n(panel, *number as usize));
    }
    by_kinds.sort();
    Ok(PanelList::of(problem, &assign(problem, &by_kinds)))
}

/// What the seats of a kind are to be.
struct Target {
    people: f64,
    seats: f64,
    low: i64,
    high: i64,
}

impl Target {
    fn new(seats: u64, people: u64, panels: usize) -> Self {
        let (exact, whole) = (u128::from(seats) * panels as u128, u128::from(TOTAL) * u128::from(people.max(1)));
        let down = i64::try_from(exact / whole).unwrap_or(i64::MAX);
        let (least, most) = if exact % whole == 0 { ((down - 1).max(0), down + 1) } else { (down, down + 1) };
        let all = i64::try_from(people).unwrap_or(i64::MAX);
        let seats = exact as f64 / TOTAL as f64;
        Self { people: people as f64, seats, low: least * all, high: most * all }
    }

    fn beyond(&self, seats: i64) -> i64 {
        (self.low - seats).max(seats - self.high).max(0)
    }

    fn cost(&self, seats: i64) -> f64 {
        let (away, beyond) = (seats as f64 - self.seats, self.beyond(seats) as f64);
        away * away / self.people + BEYOND * beyond * beyond
    }
}

struct Rounding {
    targets: Vec<Target>,
    known: Vec<Counts>,
    numbers: Vec<u32>,
    seats: Vec<i64>,
}

impl Rounding {
    fn new(lottery: &Lottery, panels: usize) -> Self {
        let pairs = lottery.seats.iter().zip(&lottery.people);
        let mut rounding = Self {
            targets: pairs.map(|(seats, people)| Target::new(*seats, *people, panels)).collect(),
            known: lottery.panels.iter().map(|panel| panel.members.clone()).collect(),
            numbers: vec![0; lottery.panels.len()],
            seats: vec![0; lottery.seats.len()],
        };
        for (at, panel) in lottery.panels.iter().enumerate() {
            let whole = u128::from(panel.weight) * panels as u128 / u128::from(TOTAL);
            rounding.put(at, i64::try_from(whole).unwrap_or(0));
        }
        rounding
    }

    /// Puts a panel so many times into the list, or takes it out.
    fn put(&mut self, panel: usize, times: i64) {
        self.numbers[panel] = u32::try_from(i64::from(self.numbers[panel]) + times).unwrap_or(0);
        self.known[panel].iter().for_each(|(kind, count)| self.seats[*kind] += times * i64::from(*count));
    }

    /// What one more of a panel costs, or one less for `times` of -1.
    fn change(&self, panel: &Counts, times: i64) -> f64 {
        let one = |(kind, count): &(usize, u32)| {
            let (target, seats) = (&self.targets[*kind], self.seats[*kind]);
            target.cost(seats + times * i64::from(*count)) - target.cost(seats)
        };
        panel.iter().map(one).sum()
    }

    fn best(&self) -> Option<(usize, f64)> {
        let costs = self.known.iter().map(|panel| self.change(panel, 1)).enumerate();
        costs.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))
    }

    fn sweep_work(&self) -> u64 {
        self.known.iter().map(Vec::len).sum::<usize>() as u64 * 4
    }

    /// Adds panels until there are enough, each the one that helps most.
    fn fill(&mut self, panels: usize, effort: &mut Effort) -> Result<(), SolveError> {
        let given: usize = self.numbers.iter().map(|number| *number as usize).sum();
        for _ in given..panels {
            effort.spend(self.sweep_work())?;
            let Some((panel, _)) = self.best() else { break };
            self.put(panel, 1);
        }
        Ok(())
    }

    /// Exchanges one panel for another as long as that helps.
    fn exchange(&mut self, effort: &mut Effort) -> Result<(), SolveError> {
        loop {
            let mut helped = false;
            for panel in 0..self.known.len() {
                if self.numbers[panel] == 0 {
                    continue;
                }
                effort.spend(self.sweep_work())?;
                let taken = self.change(&self.known[panel], -1);
                self.put(panel, -1);
                let best = self.best().filter(|(_, cost)| taken + cost < -1e-9);
                self.put(best.map_or(panel, |(at, _)| at), 1);
                helped |= best.is_some();
            }
            if !helped {
                return Ok(());
            }
        }
    }

    /// Puts a member of another kind into the place of a member of some panel, as long as that helps.
    fn swap(
        &mut self,
        problem: &Problem,
        places: &mut BTreeMap<Counts, usize>,
        effort: &mut Effort,
    ) -> Result<bool, SolveError> {
        let mut helped = false;
        let mut panel = 0;
        while panel < self.known.len() {
            effort.spend((self.known[panel].len() * self.targets.len()) as u64)?;
            let better = if self.numbers[panel] > 0 { self.best_swap(problem, panel) } else { None };
            let Some(counts) = better else {
                panel += 1;
                continue;
            };
            self.put(panel, -1);
            let at = self.place(places, counts);
            self.put(at, 1);
            helped = true;
        }
        Ok(helped)
    }

    /// The panel with one member exchanged that helps most.
    fn best_swap(&self, problem: &Problem, panel: usize) -> Option<Counts> {
        let one = |kind: usize, by: i64| {
            self.targets[kind].cost(self.seats[kind] + by) - self.targets[kind].cost(self.seats[kind])
        };
        let gains: Vec<f64> = (0..self.targets.len()).map(|kind| one(kind, 1)).collect();
        let mut moves: Vec<(f64, usize, usize)> = Vec::new();
        for (leaves, _) in &self.known[panel] {
            let freed = one(*leaves, -1);
            let better = gains.iter().enumerate().filter(|(enters, gain)| enters != leaves && freed + *gain < -1e-9);
            moves.extend(better.map(|(enters, gain)| (freed + gain, *leaves, enters)));
        }
        moves.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let swapped = moves.into_iter().map(|(_, leaves, enters)| {
            let mut counts: BTreeMap<usize, u32> = self.known[panel].iter().copied().collect();
            counts.entry(leaves).and_modify(|count| *count -= 1);
            *counts.entry(enters).or_default() += 1;
            counts.into_iter().filter(|(_, count)| *count > 0).collect::<Counts>()
        });
        swapped.into_iter().find(|counts| problem.admits(counts))
    }

    fn place(&mut self, places: &mut BTreeMap<Counts, usize>, counts: Counts) -> usize {
        *places.entry(counts.clone()).or_insert_with(|| {
            self.known.push(counts);
            self.numbers.push(0);
            self.known.len() - 1
        })
    }

    fn beyond(&self) -> i64 {
        self.targets.iter().zip(&self.seats).map(|(target, seats)| target.beyond(*seats)).sum()
    }

    /// While kinds miss their bounds, looks for panels that are not among those of the lottery.
    fn ask(&mut self, problem: &Problem, effort: &mut Effort) -> Result<(), SolveError> {
        let mut places: BTreeMap<Counts, usize> = self.known.iter().cloned().zip(0..).collect();
        if self.beyond() > 0 {
            self.swap(problem, &mut places, effort)?;
        }
        let mut oracle = Oracle::new(problem);
        let mut questions = 0;
        while self.beyond() > 0 {
            let mut helped = false;
            for panel in 0..self.known.len() {
                if self.numbers[panel] == 0 || self.beyond() == 0 || questions == QUESTIONS {
                    continue;
                }
                questions += 1;
                let taken = self.change(&self.known[panel], -1);
                self.put(panel, -1);
                let worth: Vec<f64> = self
                    .targets
                    .iter()
                    .zip(&self.seats)
                    .map(|(target, seats)| target.cost(*seats) - target.cost(seats + 1))
                    .collect();
                let found = oracle.ask(&worth, f64::NEG_INFINITY, true, effort)?.pop().map(|(counts, _)| counts);
                let better = found.filter(|counts| taken + self.change(counts, 1) < -1e-9);
                helped |= better.is_some();
                let at = better.map_or(panel, |counts| self.place(&mut places, counts));
                self.put(at, 1);
            }
            if !helped {
                return Ok(());
            }
            self.swap(problem, &mut places, effort)?;
        }
        Ok(())
    }
}
