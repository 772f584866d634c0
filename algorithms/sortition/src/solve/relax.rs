//! When no panel meets the quotas: which of them clash, and the smallest change that makes a panel possible.

use serde::{Deserialize, Serialize};

use super::dictionary::Dictionary;
use super::oracle::{Programme, programme};
use super::search::{Aim, search};
use super::{Effort, SolveError};
use crate::kinds::Problem;

/// A quota, and the bounds it would need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBounds {
    /// The category.
    pub category: String,
    /// The feature.
    pub feature: String,
    /// Its bounds.
    pub min: u32,
    /// Its bounds.
    pub max: u32,
    /// The bounds that make a panel possible, together with the others named. Equal to the bounds where it is only named
    /// as part of a clash.
    pub new_min: u32,
    /// The bounds that make a panel possible, together with the others named.
    pub new_max: u32,
    /// People of the pool who have the feature.
    pub people: u32,
}

/// Why there is no panel, and what would make one possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Infeasible {
    /// Quotas that cannot be met together, and of which none could be left out for that: a single one that too few people
    /// meet, or several. Empty when people of the pool live at fewer addresses than a panel has members.
    pub impossible: Vec<NewBounds>,
    /// The new bounds whose changes, counted in seats, add up to the least. Empty when no change of quotas helps.
    pub relax: Vec<NewBounds>,
    /// The sum of the changes.
    pub seats: u32,
    /// Whether the changes stay within the flexible bounds that the quotas state.
    pub within_flex: bool,
}

pub(super) fn relax(problem: &Problem, effort: &mut Effort) -> Result<Infeasible, SolveError> {
    let impossible = clash(problem, effort)?;
    let mut found = Infeasible { impossible, relax: Vec::new(), seats: 0, within_flex: true };
    for within_flex in [true, false] {
        if let Some(relax) = smallest(problem, within_flex, effort)? {
            found.seats = relax.iter().map(|new| (new.min - new.new_min) + (new.new_max - new.max)).sum();
            (found.relax, found.within_flex) = (relax, within_flex);
            break;
        }
    }
    Ok(found)
}

/// Drops quota after quota as long as the rest still clashes.
fn clash(problem: &Problem, effort: &mut Effort) -> Result<Vec<NewBounds>, SolveError> {
    let Programme { matrix, bounds } = programme(problem);
    let n_kinds = problem.kinds.len();
    let none = vec![0.0; n_kinds];
    let mut lp = Dictionary::new(matrix, &bounds);
    let aim = Aim { above: f64::NEG_INFINITY, nodes_after: Some(0) };
    let mut kept = Vec::new();
    // the sum comes first among the rows
    for (row, new) in all(problem).into_iter().enumerate() {
        let variable = n_kinds + 1 + row;
        let before = lp.bounds(variable);
        lp.set_bounds(variable, (0.0, f64::from(problem.size)));
        if !search(&mut lp, &none, aim, effort)?.is_empty() {
            lp.set_bounds(variable, before);
            kept.push(new);
        }
    }
    Ok(kept)
}

/// Every quota as it is.
fn all(problem: &Problem) -> Vec<NewBounds> {
    let mut people = vec![0_u32; problem.quotas.features().count()];
    for kind in &problem.kinds {
        kind.features.iter().for_each(|row| people[*row] += u32::try_from(kind.people()).unwrap_or(u32::MAX));
    }
    let one = |((category, feature), people): ((&crate::Category, &crate::Feature), u32)| NewBounds {
        category: category.name.clone(),
        feature: feature.name.clone(),
        min: feature.min,
        max: feature.max,
        new_min: feature.min,
        new_max: feature.max,
        people,
    };
    problem.quotas.features().zip(people).map(one).collect()
}

/// The least change in seats: each quota gets seats that nobody sits on, and members who are not counted, at a cost of one
/// each.
fn smallest(problem: &Problem, within_flex: bool, effort: &mut Effort) -> Result<Option<Vec<NewBounds>>, SolveError> {
    let Programme { mut matrix, bounds } = programme(problem);
    let (n_kinds, size) = (problem.kinds.len(), problem.size);
    let (mut columns, rows) = (bounds[..n_kinds].to_vec(), &bounds[n_kinds..]);
    let mut rows = rows.to_vec();
    let mut cost = vec![0.0; n_kinds];
    for (row, (_, feature)) in (1..).zip(problem.quotas.features()) {
        let (least, most) = feature.flex.filter(|_| within_flex).unwrap_or((0, size.max(feature.max)));
        // a least above the size is met by nothing: the row has to let the missing seats in
        rows[row] = (f64::from(feature.min), f64::from(feature.max));
        for (room, factor) in [(feature.min - least.min(feature.min), 1.0), (most - feature.max.min(most), -1.0)] {
            matrix.push(vec![(row, factor)]);
            columns.push((0.0, f64::from(room)));
            cost.push(-1.0);
        }
    }
    columns.append(&mut rows);
    let mut lp = Dictionary::new(matrix, &columns);
    let found = search(&mut lp, &cost, Aim { above: f64::NEG_INFINITY, nodes_after: None }, effort)?;
    let Some(best) = found.into_iter().next_back() else { return Ok(None) };
    let changes = best.counts[n_kinds..].chunks_exact(2);
    let changed = all(problem).into_iter().zip(changes).filter_map(|(mut new, change)| {
        new.new_min -= change[0].min(new.min);
        new.new_max += change[1];
        (change[0] > 0 || change[1] > 0).then_some(new)
    });
    Ok(Some(changed.collect()))
}
