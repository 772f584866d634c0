//! What is printed: the outcome as a document. Figures here are for reading and decide nothing.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::draw::{Draw, Replacement, reserve_order, stand_ins};
use crate::kinds::Problem;
use crate::list::PanelList;
use crate::lottery::{Chance, Lottery};
use crate::solve::{Infeasible, Rule};

/// How many stand-ins are named for each member.
const STAND_INS: usize = 3;

/// Pairs that become an object, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The outcome of [`crate::solve`], and of a draw if there is a seed.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Report {
    /// There is a lottery.
    Feasible(Box<Found>),
    /// No panel meets the quotas.
    Infeasible(NotFound),
}

/// A lottery, its list, and a draw.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// Always true.
    pub feasible: bool,
    /// What makes the lottery fair.
    pub rule: Rule,
    /// Members of a panel.
    pub size: u32,
    /// People of the pool.
    pub people: usize,
    /// Different kinds of people.
    pub kinds: usize,
    /// The lowest chance of anybody, 0 to 1.
    pub minimum: f64,
    /// The highest chance of anybody, 0 to 1.
    pub maximum: f64,
    /// Gini coefficient of the chances: 0 when all are equal.
    pub gini: f64,
    /// Key and chance of each person by the lottery.
    pub probabilities: Map<f64>,
    /// Key and chance of each person by the numbered list: the share of its panels in which the person sits.
    pub list_probabilities: Map<f64>,
    /// The largest difference between the two, in panels of the list.
    pub list_error: f64,
    /// SHA-256 of the list's text.
    pub digest: String,
    /// The numbered list: the first panel has number 1.
    pub panels: PanelList,
    /// Seed, number and panel drawn.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub draw: Option<Drawn>,
}

/// A draw and who stands in.
#[derive(Clone, Debug, Serialize)]
pub struct Drawn {
    /// The seed.
    pub seed: String,
    /// The number drawn, from 1.
    pub number: usize,
    /// Hashes it took.
    pub attempts: u32,
    /// Keys of the panel's members.
    pub panel: Vec<String>,
    /// For each member who would stand in, should this member alone withdraw: the first of the reserve order with whom
    /// every quota holds, and two more should those decline.
    pub replacements: Map<Vec<String>>,
    /// Who withdrew, and the panel after that.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
}

/// What became of a panel from which members withdrew.
#[derive(Clone, Debug, Serialize)]
pub struct After {
    /// Who withdrew and who takes the place, in order.
    pub withdrawn: Vec<Replacement>,
    /// Keys of the members now.
    pub panel_after: Vec<String>,
}

/// Why there is no lottery.
#[derive(Clone, Debug, Serialize)]
pub struct NotFound {
    /// Always false.
    pub feasible: bool,
    /// The same in a sentence.
    pub reason: String,
    /// Clash and smallest change.
    #[serde(flatten)]
    pub infeasible: Infeasible,
}

impl Report {
    /// The document of a lottery, its numbered list, and a draw from it.
    #[must_use]
    pub fn found(problem: &Problem, rule: Rule, lottery: &Lottery, list: &PanelList, draw: Option<&Draw>) -> Self {
        let people = problem.pool().people();
        let chances: Vec<f64> = lottery.chances(problem).iter().map(share).collect();
        let by_list = list_chances(problem, list);
        let error = chances.iter().zip(&by_list).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let named = |values: &[f64]| Map(people.iter().map(|p| p.key.clone()).zip(values.iter().copied()).collect());
        Self::Feasible(Box::new(Found {
            feasible: true,
            rule,
            size: problem.size(),
            people: people.len(),
            kinds: problem.n_kinds(),
            minimum: chances.iter().copied().fold(1.0, f64::min),
            maximum: chances.iter().copied().fold(0.0, f64::max),
            gini: gini(&chances),
            probabilities: named(&chances),
            list_probabilities: named(&by_list),
            list_error: error * list.panels().len() as f64,
            digest: list.digest(),
            panels: list.clone(),
            draw: draw.map(|draw| report_draw(problem, draw)),
        }))
    }

    /// The document of quotas that no panel meets.
    #[must_use]
    pub fn not_found(infeasible: Infeasible) -> Self {
        let quotas: Vec<String> = infeasible
            .impossible
            .iter()
            .map(|q| format!("{} `{}` {} to {} (of {} people)", q.category, q.feature, q.min, q.max, q.people))
            .collect();
        let reason = if quotas.is_empty() {
            "the people live at fewer addresses than a panel has members".to_owned()
        } else {
            format!("no panel meets: {}", quotas.join(", "))
        };
        Self::Infeasible(NotFound { feasible: false, reason, infeasible })
    }
}

/// A draw with its stand-ins.
#[must_use]
pub fn report_draw(problem: &Problem, draw: &Draw) -> Drawn {
    let people = problem.pool().people();
    let order = reserve_order(problem, draw);
    let panel: Vec<usize> = (0..people.len()).filter(|at| draw.panel.binary_search(&people[*at].key).is_ok()).collect();
    let names = |leaves: usize| -> Vec<String> {
        let found = stand_ins(problem, &panel, leaves, &order, STAND_INS);
        found.into_iter().map(|person| people[person].key.clone()).collect()
    };
    Drawn {
        seed: draw.seed.as_str().to_owned(),
        number: draw.number,
        attempts: draw.attempts,
        panel: draw.panel.clone(),
        replacements: Map(panel.iter().map(|person| (people[*person].key.clone(), names(*person))).collect()),
        after: None,
    }
}

/// What a published list says by itself, and whether it keeps to the quotas.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub holds: bool,
    /// What is wrong, at most 20 sentences.
    pub faults: Vec<String>,
    /// Whether every panel was held against quotas and people.
    pub quotas_checked: bool,
    /// The draw.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub draw: Option<Checked>,
    /// SHA-256 of the list's text.
    pub list_digest: String,
    /// Members and their share of the list's panels.
    pub list_probabilities: Map<f64>,
}

/// A draw from a published list: with the people at hand also who stands in.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Checked {
    /// The draw alone.
    Draw(Draw),
    /// The draw and who stands in.
    Drawn(Drawn),
}

/// Checks a published list: its digest against the one announced, each panel against quotas and people where they are
/// given; and tells a draw from it. Nothing is solved, and of a list that is not the one announced no draw is told.
#[must_use]
pub fn report_check(
    list: &PanelList,
    announced: Option<&str>,
    problem: Option<&Problem>,
    draw: Option<&Draw>,
) -> CheckReport {
    let mut faults = Vec::new();
    let digest = list.digest();
    let other = announced.is_some_and(|announced| !announced.trim().eq_ignore_ascii_case(&digest));
    if other {
        let fault = "which is not the one announced: nothing is drawn from it";
        faults.push(format!("the digest of this list is {digest}, {fault}"));
    }
    if let Some(problem) = problem {
        let people = problem.pool().people().iter().map(|person| person.key.as_str()).zip(0..);
        let index: BTreeMap<&str, usize> = people.collect();
        for (number, panel) in (1..).zip(list.panels()) {
            let known: Option<Vec<usize>> = panel.iter().map(|key| index.get(key.as_str()).copied()).collect();
            let fault =
                known.map_or(Some("somebody is not among the people".to_owned()), |panel| problem.fault(&panel));
            faults.extend(fault.map(|fault| format!("panel {number}: {fault}")));
        }
        faults.truncate(20);
    }
    let draw = draw.filter(|_| !other).map(|draw| match problem.filter(|_| faults.is_empty()) {
        Some(problem) => Checked::Drawn(report_draw(problem, draw)),
        None => Checked::Draw(draw.clone()),
    });
    let counts: BTreeMap<&str, usize> = counts(list).into_iter().collect();
    let shares = counts.into_iter().map(|(key, count)| (key.to_owned(), count as f64 / list.panels().len() as f64));
    let list_probabilities = Map(shares.collect());
    let holds = faults.is_empty();
    CheckReport { holds, faults, quotas_checked: problem.is_some(), draw, list_digest: digest, list_probabilities }
}

fn share(chance: &Chance) -> f64 {
    chance.numerator as f64 / chance.denominator as f64
}

/// The share of the list's panels in which each person sits.
fn list_chances(problem: &Problem, list: &PanelList) -> Vec<f64> {
    let people = problem.pool().people();
    let counts = counts(list);
    let count = |key: &str| counts.get(key).copied().unwrap_or(0) as f64;
    people.iter().map(|person| count(&person.key) / list.panels().len() as f64).collect()
}

/// In how many panels each key stands.
fn counts(list: &PanelList) -> HashMap<&str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    list.panels().iter().flatten().for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

/// Mean difference of two people's chances over twice the mean chance.
fn gini(chances: &[f64]) -> f64 {
    let mut sorted = chances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<f64>());
    let weighted: f64 = sorted.iter().enumerate().map(|(at, chance)| (2.0 * at as f64 + 1.0 - n) * chance).sum();
    if sum > 0.0 { (weighted / (n * sum)).max(0.0) } else { 0.0 }
}
