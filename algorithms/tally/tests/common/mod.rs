//! Shared by the tests: a deliberately plain count in exact fractions, ballot by ballot, and where real data is.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "each test uses its part, and may fall"
)]

use std::path::PathBuf;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tally::{BallotKind, Election, ElectionBuilder, Project, Rule, Scale, Utility};

/// A small election in the open: costs by id, budget, ballots as indices, best first where the order counts.
#[derive(Clone, Debug)]
pub struct Small {
    pub projects: Vec<(String, i64)>,
    pub budget: i64,
    pub ballots: Vec<Vec<u32>>,
    pub kind: BallotKind,
    /// Whole points for each choice of each ballot, where ballots have them.
    pub points: Vec<Vec<i32>>,
}

impl Small {
    pub fn new(projects: &[(&str, i64)], budget: i64, ballots: &[&[u32]]) -> Self {
        Self {
            projects: projects.iter().map(|(id, cost)| ((*id).to_owned(), *cost)).collect(),
            budget,
            ballots: ballots.iter().map(|ballot| ballot.to_vec()).collect(),
            kind: BallotKind::Approval,
            points: Vec::new(),
        }
    }

    pub fn election(&self) -> Election {
        let projects = self.projects.iter().map(|(id, cost)| Project { id: id.clone(), cost: *cost }).collect();
        let builder = ElectionBuilder::new(Scale::default(), self.budget, projects).unwrap();
        let mut builder = builder.of_kind(self.kind);
        for (voter, choices) in self.ballots.iter().enumerate() {
            match self.kind {
                BallotKind::Points => {
                    let points: Vec<i32> = self.points[voter].iter().map(|points| points * 1_000).collect();
                    builder.add_points(choices, &points, 1).unwrap();
                }
                _ => builder.add_ballot(choices).unwrap(),
            }
        }
        builder.finish()
    }

    /// What a voter gains from a project by a utility, if the ballot names it.
    pub fn utility(&self, utility: Utility, voter: usize, project: usize) -> RBig {
        let Some(place) = self.ballots[voter].iter().position(|choice| *choice == project as u32) else {
            return RBig::ZERO;
        };
        let cost = self.projects[project].1;
        match utility {
            Utility::Cardinality => RBig::ONE,
            Utility::Cost => RBig::from(cost),
            Utility::CostSqrt => {
                let scaled = UBig::from(cost.unsigned_abs()) * UBig::from(10_u64).pow(24);
                // The least integer whose square is larger, minus one.
                let (mut low, mut high) = (UBig::ZERO, &scaled + UBig::ONE + UBig::ONE);
                while &high - &low > UBig::ONE {
                    let middle = (&low + &high) >> 1;
                    if &middle * &middle <= scaled { low = middle } else { high = middle }
                }
                RBig::from_parts(low.into(), UBig::from(10_u64).pow(12))
            }
            Utility::Points => RBig::from(self.points[voter][place]),
            Utility::Borda => RBig::from(self.ballots[voter].len() - 1 - place),
        }
    }

    fn supporters(&self, project: usize) -> Vec<usize> {
        (0..self.ballots.len()).filter(|voter| self.ballots[*voter].contains(&(project as u32))).collect()
    }

    /// Voters who gain something, and what.
    fn gainers(&self, utility: Utility, project: usize) -> Vec<(usize, RBig)> {
        let gain = |voter| (voter, self.utility(utility, voter, project));
        self.supporters(project).into_iter().map(gain).filter(|(_, gain)| *gain > RBig::ZERO).collect()
    }
}

/// A run of equal shares: winners with prices, and balances before the first and after each.
pub struct NaiveRun {
    pub winners: Vec<usize>,
    pub prices: Vec<RBig>,
    pub balances: Vec<Vec<RBig>>,
}

/// What the plain Add1 finds.
pub struct NaiveAdd1 {
    pub runs: u64,
    pub endowment: RBig,
    pub accepted: RBig,
    pub infeasible: bool,
    pub run: NaiveRun,
}

/// Equal shares as it is defined: rho from the poor and rich split, for each voter and each round anew.
pub fn naive_mes(small: &Small, utility: Utility, start: &RBig) -> NaiveRun {
    let mut balances = vec![start.clone(); small.ballots.len()];
    let mut run = NaiveRun { winners: Vec::new(), prices: Vec::new(), balances: vec![balances.clone()] };
    loop {
        let mut best: Option<(RBig, &String, usize)> = None;
        for (project, (id, cost)) in small.projects.iter().enumerate() {
            if run.winners.contains(&project) {
                continue;
            }
            let Some(rho) = naive_rho(small, (utility, project, *cost), &balances) else { continue };
            if best.as_ref().is_none_or(|(least, first, _)| (&rho, id) < (least, first)) {
                best = Some((rho, id, project));
            }
        }
        let Some((rho, _, project)) = best else { return run };
        for (voter, gain) in small.gainers(utility, project) {
            let paid = balances[voter].clone().min(&rho * &gain);
            balances[voter] -= paid;
        }
        run.winners.push(project);
        run.prices.push(rho);
        run.balances.push(balances.clone());
    }
}

/// What supporters pay for a unit of utility.
fn naive_rho(small: &Small, (utility, project, cost): (Utility, usize, i64), balances: &[RBig]) -> Option<RBig> {
    let mut held: Vec<(RBig, RBig)> =
        small.gainers(utility, project).into_iter().map(|(voter, gain)| (balances[voter].clone(), gain)).collect();
    if cost == 0 {
        return (!held.is_empty()).then_some(RBig::ZERO);
    }
    held.sort_by(|(a, of_a), (b, of_b)| (a * of_b).cmp(&(b * of_a)));
    let mut rest = RBig::from(cost);
    for place in 0..held.len() {
        let gains = held[place..].iter().fold(RBig::ZERO, |sum, (_, gain)| sum + gain);
        let rho = &rest / gains;
        let (balance, gain) = &held[place];
        if *balance >= &rho * gain {
            return Some(rho);
        }
        rest -= balance;
    }
    None
}

pub fn naive_greedy(small: &Small, utility: Utility, first: &[usize]) -> Vec<usize> {
    let mut winners = first.to_vec();
    // Utility per cost; what gains somebody something for nothing comes before all others, by name.
    let density = |project: usize| {
        let total = (0..small.ballots.len()).fold(RBig::ZERO, |sum, v| sum + small.utility(utility, v, project));
        match small.projects[project].1 {
            _ if total <= RBig::ZERO => (false, RBig::ZERO),
            0 => (true, RBig::ZERO),
            cost => (false, total / RBig::from(cost)),
        }
    };
    let densities: Vec<(bool, RBig)> = (0..small.projects.len()).map(density).collect();
    let mut order: Vec<usize> = (0..small.projects.len()).filter(|project| !first.contains(project)).collect();
    order.sort_by(|a, b| densities[*b].cmp(&densities[*a]).then(small.projects[*a].0.cmp(&small.projects[*b].0)));
    for project in order {
        if total(small, &winners) + small.projects[project].1 <= small.budget {
            winners.push(project);
        }
    }
    winners
}

/// Equal shares with budgets that are raised, without completion.
pub fn naive_add1(small: &Small, utility: Utility, increment: i64) -> NaiveAdd1 {
    let mut endowment = naive_start(small);
    let mut before: Option<(NaiveRun, RBig)> = None;
    let mut runs = 0;
    loop {
        let run = naive_mes(small, utility, &endowment);
        runs += 1;
        let spent = total(small, &run.winners);
        let fits = |project: usize| {
            let cost = small.projects[project].1;
            cost > 0
                && spent + cost <= small.budget
                && !small.gainers(utility, project).is_empty()
                && !run.winners.contains(&project)
        };
        let infeasible = spent > small.budget;
        if infeasible || !(0..small.projects.len()).any(fits) {
            let (run, accepted) = if infeasible { before.unwrap() } else { (run, endowment.clone()) };
            return NaiveAdd1 { runs, endowment, accepted, infeasible, run };
        }
        before = Some((run, endowment.clone()));
        endowment += RBig::from(increment);
    }
}

/// Equal shares as equalshares.net has it, without completion.
pub fn naive_net(small: &Small, (integral, exhaustive): (bool, bool), increment: i64) -> Vec<usize> {
    let mut endowment = naive_start(small);
    let mes = |endowment: &RBig| naive_mes(small, Utility::Cost, endowment).winners;
    let all: Vec<usize> = (0..small.projects.len()).collect();
    if total(small, &all) <= small.budget {
        return mes(&endowment);
    }
    if integral {
        endowment = endowment.floor().into();
    }
    let mut winners = mes(&endowment);
    loop {
        let left = small.budget - total(small, &winners);
        let open: Vec<usize> = all.iter().copied().filter(|project| !winners.contains(project)).collect();
        if exhaustive && !open.iter().any(|project| small.projects[*project].1 <= left) {
            return winners;
        }
        // Nobody is left who could buy anything, however rich.
        if open.iter().all(|project| small.projects[*project].1 == 0 || small.supporters(*project).is_empty()) {
            return winners;
        }
        endowment += RBig::from(increment);
        let next = mes(&endowment);
        if total(small, &next) > small.budget {
            return winners;
        }
        winners = next;
    }
}

/// Sequential Phragmén with a load for each voter.
pub fn naive_phragmen(small: &Small) -> Vec<usize> {
    let mut loads = vec![RBig::ZERO; small.ballots.len()];
    let mut winners = Vec::new();
    loop {
        let load = |project: usize| {
            let supporters = small.supporters(project);
            let sum = supporters.iter().fold(RBig::from(small.projects[project].1), |sum, voter| sum + &loads[*voter]);
            // Without supporters the load is infinite.
            if supporters.is_empty() { (true, RBig::ZERO) } else { (false, sum / RBig::from(supporters.len())) }
        };
        let open = (0..small.projects.len()).filter(|p| !winners.contains(p) && small.projects[*p].1 <= small.budget);
        let all: Vec<(usize, (bool, RBig))> = open.map(|project| (project, load(project))).collect();
        let Some(least) = all.iter().map(|(_, load)| load.clone()).min() else { return winners };
        let mut tied: Vec<usize> = all.into_iter().filter(|(_, load)| *load == least).map(|(p, _)| p).collect();
        let left = small.budget - total(small, &winners);
        if tied.iter().any(|project| small.projects[*project].1 > left) {
            return winners;
        }
        tied.sort_by_key(|project| small.projects[*project].0.clone());
        for voter in small.supporters(tied[0]) {
            loads[voter] = least.1.clone();
        }
        winners.push(tied[0]);
    }
}

/// Winners by any rule, counted plainly.
pub fn naive(small: &Small, rule: Rule, increment: i64) -> Vec<usize> {
    let nobody = small.ballots.is_empty();
    let (winners, completion) = match rule {
        Rule::Greedy(utility) => (Vec::new(), Some(utility)),
        Rule::EqualShares { completion, .. } if nobody => (Vec::new(), completion),
        Rule::EqualShares { utility, raised: true, completion } => {
            (naive_add1(small, utility, increment).run.winners, completion)
        }
        Rule::EqualShares { utility, raised: false, completion } => {
            (naive_mes(small, utility, &naive_start(small)).winners, completion)
        }
        Rule::EqualSharesNet { integral, exhaustive, completed } => {
            let winners = if nobody { Vec::new() } else { naive_net(small, (integral, exhaustive), increment) };
            (winners, completed.then_some(Utility::Cost))
        }
        Rule::Phragmen => (naive_phragmen(small), None),
        _ => panic!("no plain count of {rule}"),
    };
    completion.map_or_else(|| winners.clone(), |utility| naive_greedy(small, utility, &winners))
}

pub fn naive_start(small: &Small) -> RBig {
    RBig::from_parts(IBig::from(small.budget), small.ballots.len().into())
}

pub fn total(small: &Small, winners: &[usize]) -> i64 {
    winners.iter().map(|project| small.projects[*project].1).sum()
}

/// The folder of real elections, or one loud line.
pub fn real_data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LINLI_TEST_DATA").map(|root| PathBuf::from(root).join("tally"));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED {test}: LINLI_TEST_DATA names no folder with tally/");
    }
    found
}

pub fn real_files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pb"))
        .collect();
    files.sort();
    files
}
