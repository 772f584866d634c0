//! Exact arithmetic of one run.
//!
//! A balance is the start budget minus the prices its ballot has paid, or zero for good; a price is the cost minus
//! the balances of the poor, divided by the number of the rich. So every quantity is a sum of the cost, the start
//! budget and earlier prices with *small integer* coefficients ([`Form`]), and all of them live over one common
//! denominator: no fraction is ever reduced, and only prices are big numbers.

use dashu_int::IBig;
use dashu_int::ops::Gcd;

use super::run::Purchase;
use crate::election::Election;

/// `cost + start · b0 + Σ prices[j] · price_j`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    cost: i64,
    start: i64,
    prices: Vec<i64>,
}

impl Form {
    /// Just `cost`, in a run that has seen `n` purchases.
    pub(super) fn new(cost: i64, n: usize) -> Self {
        Self { cost, start: 0, prices: vec![0; n] }
    }

    /// Takes away the balances of `n` voters who paid the prices of `payments`.
    pub(super) fn subtract(&mut self, payments: &[u32], n: u32) {
        self.start -= i64::from(n);
        for purchase in payments {
            self.prices[*purchase as usize] += i64::from(n);
        }
    }

    /// Adds the balances of `n` voters who paid the prices of `payments`.
    pub(super) fn add(&mut self, payments: &[u32], n: u32) {
        self.start += i64::from(n);
        for purchase in payments {
            self.prices[*purchase as usize] -= i64::from(n);
        }
    }

    /// Adds the price of a purchase for each of `n` voters.
    pub(super) fn add_price(&mut self, purchase: usize, n: u32) {
        self.prices[purchase] += i64::from(n);
    }
}

/// Start budget and prices as numerators over a common denominator; prices are filled in when first needed.
#[derive(Debug, Default)]
pub(super) struct Exact {
    pub(super) denominator: IBig,
    start: IBig,
    pub(super) prices: Vec<IBig>,
}

impl Exact {
    pub(super) fn reset(&mut self, start: (u128, u64)) {
        self.denominator = IBig::from(start.1);
        self.start = IBig::from(start.0);
        self.prices.clear();
    }

    /// Numerator of a form.
    pub(super) fn value(&self, form: &Form) -> IBig {
        let mut value = &self.denominator * form.cost + &self.start * form.start;
        for (price, n) in self.prices.iter().zip(&form.prices) {
            if *n != 0 {
                value += price * *n;
            }
        }
        value
    }

    /// Numerator of the balance of a voter who paid the prices of `payments`.
    pub(super) fn balance(&self, payments: &[u32]) -> IBig {
        payments.iter().fold(self.start.clone(), |rest, purchase| rest - &self.prices[*purchase as usize])
    }

    /// `share / (rich · denominator) · 2^shift`, rounded down and up.
    pub(super) fn enclose(&self, share: &IBig, rich: u64, shift: u32) -> (u64, u64) {
        let divisor = &self.denominator * rich;
        let scaled = share << shift as usize;
        let lo = &scaled / &divisor;
        let hi = if &lo * &divisor == scaled { lo.clone() } else { &lo + IBig::ONE };
        (u64::try_from(lo).unwrap_or(0), u64::try_from(hi).unwrap_or(u64::MAX))
    }

    /// Computes the prices of all purchases made so far.
    pub(super) fn catch_up(&mut self, election: &Election, bought: &[Purchase], bought_at: &[u32], zeroed_at: &[u32]) {
        for (index, purchase) in bought.iter().enumerate().skip(self.prices.len()) {
            let mut form = Form::new(election.projects()[purchase.project].cost, index);
            for ballot in election.backers(purchase.project) {
                if zeroed_at[*ballot as usize] == index as u32 {
                    let payments = payments_before(election.ballot(*ballot as usize), bought_at, index as u32);
                    form.subtract(&payments, election.counts()[*ballot as usize]);
                }
            }
            self.push(&form, purchase.rich);
        }
    }

    /// Adds the price `form / rich`, widening the common denominator only as far as it must.
    fn push(&mut self, form: &Form, rich: u64) {
        let value = self.value(form);
        let rich = IBig::from(rich);
        let common = IBig::from((&value).gcd(&rich));
        let factor = rich / &common;
        if factor != IBig::ONE {
            self.denominator *= &factor;
            self.start *= &factor;
            self.prices.iter_mut().for_each(|price| *price *= &factor);
        }
        self.prices.push(value / common);
    }
}

/// The purchases before number `before` that a ballot took part in, ascending.
pub(super) fn payments_before(choices: &[u32], bought_at: &[u32], before: u32) -> Vec<u32> {
    let mut payments: Vec<u32> = choices.iter().map(|project| bought_at[*project as usize]).collect();
    // `NEVER` is the largest number, so this also drops what was not bought.
    payments.retain(|purchase| *purchase < before);
    payments.sort_unstable();
    payments
}
