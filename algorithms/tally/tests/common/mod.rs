//! Shared by the tests: a deliberately plain count in exact fractions, ballot by ballot, and where real data is.
#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes, reason = "each test uses its part, and may fall")]

use std::path::PathBuf;

use dashu_int::IBig;
use dashu_ratio::RBig;
use tally::{Election, ElectionBuilder, Project, Scale};

/// A small election in the open: costs by id, budget, ballots as indices.
#[derive(Clone, Debug)]
pub struct Small {
    pub projects: Vec<(String, i64)>,
    pub budget: i64,
    pub ballots: Vec<Vec<u32>>,
}

impl Small {
    pub fn new(projects: &[(&str, i64)], budget: i64, ballots: &[&[u32]]) -> Self {
        Self {
            projects: projects.iter().map(|(id, cost)| ((*id).to_owned(), *cost)).collect(),
            budget,
            ballots: ballots.iter().map(|ballot| ballot.to_vec()).collect(),
        }
    }

    pub fn election(&self) -> Election {
        let projects = self.projects.iter().map(|(id, cost)| Project { id: id.clone(), cost: *cost }).collect();
        let mut builder = ElectionBuilder::new(Scale::default(), self.budget, projects).unwrap();
        self.ballots.iter().for_each(|ballot| builder.add_ballot(ballot).unwrap());
        builder.finish()
    }

    fn supporters(&self, project: usize) -> Vec<usize> {
        (0..self.ballots.len()).filter(|voter| self.ballots[*voter].contains(&(project as u32))).collect()
    }

    fn cost(&self, project: usize) -> RBig {
        RBig::from(self.projects[project].1)
    }
}

/// A run of equal shares: winners with prices, and balances before the first and after each.
pub struct NaiveRun {
    pub winners: Vec<usize>,
    pub prices: Vec<RBig>,
    pub balances: Vec<Vec<RBig>>,
}

/// What the plain Add1U finds.
pub struct NaiveAdd1u {
    pub winners: Vec<usize>,
    pub runs: u64,
    pub endowment: RBig,
    pub accepted: RBig,
    pub infeasible: bool,
    pub run: NaiveRun,
}

/// Equal shares as it is defined: rho from the poor and rich split, for each voter and each round anew.
pub fn naive_mes(small: &Small, start: &RBig) -> NaiveRun {
    let mut balances = vec![start.clone(); small.ballots.len()];
    let mut run = NaiveRun { winners: Vec::new(), prices: Vec::new(), balances: vec![balances.clone()] };
    loop {
        let mut best: Option<(RBig, &String, usize, RBig)> = None;
        for (project, (id, cost)) in small.projects.iter().enumerate() {
            if run.winners.contains(&project) || *cost == 0 {
                continue;
            }
            let Some(price) = naive_price(small, project, &balances) else { continue };
            let rho = price.clone() / small.cost(project);
            if best.as_ref().is_none_or(|(least, first, _, _)| (&rho, id) < (least, first)) {
                best = Some((rho, id, project, price));
            }
        }
        let Some((_, _, project, price)) = best else { return run };
        for voter in small.supporters(project) {
            let paid = balances[voter].clone().min(price.clone());
            balances[voter] -= paid;
        }
        run.winners.push(project);
        run.prices.push(price);
        run.balances.push(balances.clone());
    }
}

fn naive_price(small: &Small, project: usize, balances: &[RBig]) -> Option<RBig> {
    let mut held: Vec<RBig> = small.supporters(project).into_iter().map(|voter| balances[voter].clone()).collect();
    held.sort();
    let mut rest = small.cost(project);
    for (place, balance) in held.iter().enumerate() {
        let share = rest.clone() / RBig::from(held.len() - place);
        if *balance >= share {
            return Some(share);
        }
        rest -= balance;
    }
    None
}

pub fn naive_greedy(small: &Small, first: &[usize]) -> Vec<usize> {
    let mut winners = first.to_vec();
    let mut order: Vec<usize> = (0..small.projects.len()).filter(|project| !first.contains(project)).collect();
    let gain = |project: usize| if small.projects[project].1 > 0 { small.supporters(project).len() } else { 0 };
    order.sort_by(|a, b| gain(*b).cmp(&gain(*a)).then(small.projects[*a].0.cmp(&small.projects[*b].0)));
    for project in order {
        if total(small, &winners) + small.projects[project].1 <= small.budget {
            winners.push(project);
        }
    }
    winners
}

pub fn naive_add1u(small: &Small, increment: i64) -> NaiveAdd1u {
    let mut endowment = naive_start(small);
    let mut before: Option<(NaiveRun, RBig)> = None;
    let mut runs = 0;
    loop {
        let run = naive_mes(small, &endowment);
        runs += 1;
        let spent = total(small, &run.winners);
        let fits = |project: usize| {
            let cost = small.projects[project].1;
            cost > 0
                && spent + cost <= small.budget
                && !small.supporters(project).is_empty()
                && !run.winners.contains(&project)
        };
        let infeasible = spent > small.budget;
        if infeasible || !(0..small.projects.len()).any(fits) {
            let (run, accepted) = if infeasible { before.unwrap() } else { (run, endowment.clone()) };
            let winners = naive_greedy(small, &run.winners);
            return NaiveAdd1u { winners, runs, endowment, accepted, infeasible, run };
        }
        before = Some((run, endowment.clone()));
        endowment += RBig::from(increment);
    }
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
