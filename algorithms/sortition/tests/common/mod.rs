//! Shared by the tests: small pools, plain enumeration of panels, and where real data is.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "each test uses its part, and may fall"
)]

use std::path::{Path, PathBuf};

use sortition::{
    Category, Chance, Effort, Feature, Lottery, Outcome, PeopleColumns, Person, Pool, Problem, Quotas, Rule,
    read_people, read_quotas, solve,
};

/// A small problem in the open: for each category the quotas of its features, for each person the features by index.
#[derive(Clone, Debug)]
pub struct Small {
    pub quotas: Vec<Vec<(u32, u32)>>,
    pub people: Vec<(Vec<usize>, Option<u8>)>,
    pub size: u32,
}

impl Small {
    pub fn problem(&self) -> Problem {
        self.problem_in((0..self.people.len()).collect())
    }

    /// The same people in another order of rows; a key belongs to a person, not to a row.
    pub fn problem_in(&self, order: Vec<usize>) -> Problem {
        let feature = |(name, (min, max)): (usize, &(u32, u32))| Feature {
            name: format!("f{name}"),
            min: *min,
            max: *max,
            flex: None,
        };
        let category = |(name, features): (usize, &Vec<(u32, u32)>)| Category {
            name: format!("c{name}"),
            features: features.iter().enumerate().map(feature).collect(),
        };
        let quotas = Quotas::new(self.quotas.iter().enumerate().map(category).collect()).unwrap();
        let person = |at: usize| Person {
            key: format!("p{at}"),
            features: self.people[at].0.iter().map(|f| format!("f{f}")).collect(),
            address: self.people[at].1.map(|home| format!("home {home}")),
        };
        Problem::new(Pool::new(order.into_iter().map(person).collect()).unwrap(), quotas, self.size).unwrap()
    }

    /// Every panel that meets all rules, by plain counting.
    pub fn panels(&self) -> Vec<Vec<usize>> {
        let n = self.people.len();
        let chosen = |mask: u32| -> Vec<usize> { (0..n).filter(|at| mask >> at & 1 == 1).collect() };
        (0..1_u32 << n).map(chosen).filter(|panel| self.meets(panel, &self.quotas)).collect()
    }

    pub fn meets(&self, panel: &[usize], quotas: &[Vec<(u32, u32)>]) -> bool {
        let homes: Vec<u8> = panel.iter().filter_map(|at| self.people[*at].1).collect();
        let apart = (0..homes.len()).all(|one| !homes[..one].contains(&homes[one]));
        let within = |category: usize, feature: usize, (min, max): (u32, u32)| {
            let count = panel.iter().filter(|at| self.people[**at].0[category] == feature).count() as u32;
            min <= count && count <= max
        };
        let all =
            quotas.iter().enumerate().all(|(c, features)| features.iter().enumerate().all(|(f, q)| within(c, f, *q)));
        panel.len() == self.size as usize && apart && all
    }

    pub fn lottery(&self, rule: Rule) -> (Problem, Lottery) {
        let problem = self.problem();
        match solve(&problem, rule, Effort::default()).unwrap() {
            Outcome::Feasible(lottery) => (problem, lottery),
            Outcome::Infeasible(infeasible) => panic!("{self:?}: {infeasible:?}"),
        }
    }
}

pub fn share(chance: &Chance) -> f64 {
    chance.numerator as f64 / chance.denominator as f64
}

pub fn shares(problem: &Problem, lottery: &Lottery) -> Vec<f64> {
    lottery.chances(problem).iter().map(share).collect()
}

/// The folder of real pools, or one loud line.
pub fn real_data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LINLI_TEST_DATA").map(|root| PathBuf::from(root).join("sortition"));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED {test}: LINLI_TEST_DATA names no folder with sortition/");
    }
    found
}

/// A real pool, whichever names its files have.
pub fn real_problem(folder: &Path, size: u32) -> Problem {
    let either = |one: &str, two: &str| {
        let first = folder.join(one);
        std::fs::read(if first.is_file() { first } else { folder.join(two) }).unwrap()
    };
    let quotas = read_quotas(&either("categories.csv", "features.csv")).unwrap();
    let pool = read_people(&either("respondents.csv", "candidates.csv"), &quotas, &PeopleColumns::default()).unwrap();
    Problem::new(pool, quotas, size).unwrap()
}

pub fn feasible(problem: &Problem, rule: Rule) -> Lottery {
    match solve(problem, rule, Effort::default()).unwrap() {
        Outcome::Feasible(lottery) => lottery,
        Outcome::Infeasible(infeasible) => panic!("{infeasible:?}"),
    }
}
