//! Leximin and maximin by column generation (Flanigan, Gölz, Gupta, Hennig, Procaccia: *Fair algorithms for selecting
//! citizens' assemblies*, Nature 596, 2021, with people grouped by kind).
//!
//! A stage raises the lowest chance as far as it goes. Kinds with a positive worth at the optimum have that chance in every
//! optimal lottery (complementary slackness), so they are closed at it; the next stage raises the others.

use super::master::Master;
use super::oracle::{Counts, Cover, Oracle};
use super::{Effort, SolveError};

/// What an undiscovered panel may still be worth, in chance, when a stage is taken to be done.
const GAP: f64 = 1e-10;
/// Panels taken from an answer.
const KEPT: usize = 3;
/// The worth from which on a kind is closed; the worths of open kinds add up to one.
const CLOSES: f64 = 1e-7;

/// The panels of the fair lottery with their shares. With `first_only` nothing but the lowest chance is raised.
pub(super) fn leximin(
    oracle: &mut Oracle<'_>,
    cover: Cover,
    first_only: bool,
    effort: &mut Effort,
) -> Result<Vec<(Counts, f64)>, SolveError> {
    // a kind that no panel can hold keeps chance nought
    let mut master = Master::new(&oracle.people, cover.panels, cover.possible);
    while master.any_open() {
        stage(oracle, &mut master, effort)?;
        if first_only {
            break;
        }
        let closing = closing(oracle, &master);
        master.close(&closing)?;
    }
    Ok(master.shares())
}

/// Adds panels until none raises the rise.
fn stage(oracle: &mut Oracle<'_>, master: &mut Master, effort: &mut Effort) -> Result<(), SolveError> {
    loop {
        master.optimise(effort)?;
        let (worths, known) = master.worths();
        let each: Vec<f64> = worths.iter().zip(&oracle.people).map(|(worth, people)| worth / people).collect();
        let found = oracle.ask(&each, known + GAP, true, effort)?;
        // a panel that is known already is worth more by rounding only
        if found.iter().all(|(panel, _)| master.counts.contains(panel)) {
            return Ok(());
        }
        // the first ones found are far from the best
        found.into_iter().rev().take(KEPT).for_each(|(panel, _)| master.add(panel));
    }
}

/// Who is closed after a stage: where all seats are accounted for, everybody.
fn closing(oracle: &Oracle<'_>, master: &Master) -> Vec<usize> {
    let (worths, _) = master.worths();
    let rise = master.rise();
    let open: Vec<usize> = (0..worths.len()).filter(|kind| master.is_open(*kind)).collect();
    let seats: f64 = (0..worths.len())
        .map(|kind| oracle.people[kind] * (master.level(kind) + if master.is_open(kind) { rise } else { 0.0 }))
        .sum();
    if seats >= oracle.size() * (1.0 - 1e-9) {
        return open;
    }
    let most = open.iter().map(|kind| worths[*kind]).fold(0.0, f64::max);
    open.into_iter().filter(|kind| worths[*kind] > CLOSES.min(most * 0.5)).collect()
}
