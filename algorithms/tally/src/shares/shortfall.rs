//! What the supporters of each loser spent on winners, and when they had too little left.

use dashu_int::IBig;

use super::exact::{Form, Payment, payments_before};
use super::run::{NEVER, Run};
use crate::outcome::{Shortfall, Spent};

/// The payments of each distinct ballot in order, up to and with the one that took all it had left.
struct Paid {
    payments: Vec<Payment>,
    starts: Vec<usize>,
}

impl Paid {
    fn new(run: &Run<'_>) -> Self {
        let (mut payments, mut starts) = (Vec::new(), vec![0]);
        for (ballot, zeroed_at) in run.zeroed_at.iter().enumerate() {
            let before = zeroed_at.saturating_add(1);
            payments.extend(payments_before(run.profile, ballot, &run.bought_at, before));
            starts.push(payments.len());
        }
        Self { payments, starts }
    }

    fn of(&self, ballot: usize) -> &[Payment] {
        &self.payments[self.starts[ballot]..self.starts[ballot + 1]]
    }
}

/// For each project of a finished run that was not bought, has supporters and costs something: its shortfall.
pub(super) fn shortfalls(run: &mut Run<'_>) -> Vec<Option<Shortfall>> {
    run.catch_up();
    let open = |project: usize| {
        run.bought_at[project] == NEVER
            && run.profile.n_supporters(project) > 0
            && run.election.projects()[project].cost > 0
    };
    let paid = Paid::new(run);
    (0..run.election.projects().len()).map(|project| open(project).then(|| shortfall(run, &paid, project))).collect()
}

fn shortfall(run: &Run<'_>, paid: &Paid, project: usize) -> Shortfall {
    let cost = run.election.projects()[project].cost;
    let needed = &run.exact.denominator * cost;
    let given = given(run, project);
    let (mut had, mut after, mut spent) = (given.clone(), 0, Vec::new());
    for (index, form) in spendings(run, paid, project).iter().enumerate() {
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

/// What all supporters of `project` were given.
fn given(run: &Run<'_>, project: usize) -> IBig {
    let mut given = Form::new(0, run.bought.len());
    given.add(&[], run.profile.n_supporters(project));
    run.exact.value(&given)
}

/// For each project what its supporters had together before the first purchase and after each, rounded down.
pub(super) fn moneys(run: &mut Run<'_>) -> Vec<Vec<i64>> {
    run.catch_up();
    let paid = Paid::new(run);
    (0..run.election.projects().len()).map(|project| money(run, &paid, project)).collect()
}

fn money(run: &Run<'_>, paid: &Paid, project: usize) -> Vec<i64> {
    let mut left = given(run, project);
    let mut amounts = vec![floor(run, &left)];
    for form in spendings(run, paid, project) {
        if let Some(form) = form {
            left -= run.exact.value(&form);
        }
        amounts.push(floor(run, &left));
    }
    amounts
}

/// For each purchase what the supporters of `project` paid towards it.
fn spendings(run: &Run<'_>, paid: &Paid, project: usize) -> Vec<Option<Form>> {
    let n_bought = run.bought.len();
    let mut forms = vec![None; n_bought];
    for ballot in run.profile.backers(project) {
        let (ballot, n) = (*ballot as usize, run.election.counts()[*ballot as usize]);
        let payments = paid.of(ballot);
        for (place, payment) in payments.iter().enumerate() {
            let form = forms[payment.0 as usize].get_or_insert_with(|| Form::new(0, n_bought));
            if run.zeroed_at[ballot] == payment.0 {
                form.add(&payments[..place], n);
                break;
            }
            form.add_payment(*payment, n);
        }
    }
    forms
}

fn floor(run: &Run<'_>, numerator: &IBig) -> i64 {
    i64::try_from(numerator / &run.exact.denominator).unwrap_or(i64::MAX)
}
