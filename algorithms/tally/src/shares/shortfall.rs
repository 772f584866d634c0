//! What the supporters of each loser spent on winners, and when they had too little left.

use dashu_int::IBig;

use super::exact::{Form, payments_before};
use super::run::{NEVER, Run};
use crate::outcome::{Shortfall, Spent};

/// For each project of a finished run that was not bought, has supporters and costs something: its shortfall.
pub(super) fn shortfalls(run: &mut Run<'_>) -> Vec<Option<Shortfall>> {
    run.catch_up();
    let open = |project: usize| {
        run.bought_at[project] == NEVER
            && run.election.n_supporters(project) > 0
            && run.election.projects()[project].cost > 0
    };
    (0..run.election.projects().len()).map(|project| open(project).then(|| shortfall(run, project))).collect()
}

fn shortfall(run: &Run<'_>, project: usize) -> Shortfall {
    let cost = run.election.projects()[project].cost;
    let needed = &run.exact.denominator * cost;
    let mut given = Form::new(0, run.bought.len());
    given.add(&[], run.election.n_supporters(project));
    let given = run.exact.value(&given);
    let (mut had, mut after, mut spent) = (given.clone(), 0, Vec::new());
    for (index, form) in spendings(run, project).iter().enumerate() {
        if had < needed {
            break;
        }
        after = index + 1;
        let Some(form) = form else { continue };
        let amount = run.exact.value(form);
        had -= &amount;
        spent.push(Spent { winner: run.bought[index].project, amount: floor(run, &amount) });
    }
    spent.retain(|part| part.amount > 0);
    Shortfall { needed: cost, given: floor(run, &given), had: floor(run, &had), after, spent }
}

/// For each purchase what the supporters of `project` paid towards it.
fn spendings(run: &Run<'_>, project: usize) -> Vec<Option<Form>> {
    let n_bought = run.bought.len();
    let mut forms = vec![None; n_bought];
    for ballot in run.election.backers(project) {
        let (ballot, n) = (*ballot as usize, run.election.counts()[*ballot as usize]);
        let payments = payments_before(run.election.ballot(ballot), &run.bought_at, NEVER);
        for (place, purchase) in payments.iter().enumerate() {
            let form = forms[*purchase as usize].get_or_insert_with(|| Form::new(0, n_bought));
            if run.zeroed_at[ballot] == *purchase {
                form.add(&payments[..place], n);
                break;
            }
            form.add_price(*purchase as usize, n);
        }
    }
    forms
}

fn floor(run: &Run<'_>, numerator: &IBig) -> i64 {
    i64::try_from(numerator / &run.exact.denominator).unwrap_or(i64::MAX)
}
