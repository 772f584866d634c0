//! Exact arithmetic of one run.
//!
//! A balance is the start budget minus the prices its ballot has paid, or zero for good; a price is the cost minus
//! the balances of the poor, divided by the number of the rich. So every quantity is a sum of the cost, the start
//! budget and earlier prices with *small integer* coefficients ([`Form`]), and all of them live over one common
//! denominator: no fraction is ever reduced, and only prices are big numbers. Where supporters have weights, a price
//! is that of one unit of weight, and coefficients are multiplied by weights.

use dashu_int::IBig;
use dashu_int::ops::Gcd;

use super::run::Purchase;
use crate::profile::Profile;

/// A purchase that a voter helped to pay for, and the weight with which.
pub(super) type Payment = (u32, u32);

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

    /// Takes away the balances of `n` voters who made these payments.
    pub(super) fn subtract(&mut self, payments: &[Payment], n: u32) {
        self.start -= i64::from(n);
        for (purchase, weight) in payments {
            self.prices[*purchase as usize] += i64::from(n) * i64::from(*weight);
        }
    }

    /// Adds the balances of `n` voters who made these payments.
    pub(super) fn add(&mut self, payments: &[Payment], n: u32) {
        self.start += i64::from(n);
        for (purchase, weight) in payments {
            self.prices[*purchase as usize] -= i64::from(n) * i64::from(*weight);
        }
    }

    /// Adds what `n` voters paid.
    pub(super) fn add_payment(&mut self, (purchase, weight): Payment, n: u32) {
        self.prices[purchase as usize] += i64::from(n) * i64::from(weight);
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

    /// Numerator of the balance of a voter who made these payments.
    pub(super) fn balance(&self, payments: &[Payment]) -> IBig {
        payments.iter().fold(self.start.clone(), |rest, (purchase, weight)| {
            let price = &self.prices[*purchase as usize];
            if *weight == 1 { rest - price } else { rest - price * *weight }
        })
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
    pub(super) fn catch_up(&mut self, profile: &Profile<'_>, bought: &[Purchase], bought_at: &[u32], zeroed: &[u32]) {
        for (index, purchase) in bought.iter().enumerate().skip(self.prices.len()) {
            let mut form = Form::new(profile.election.projects()[purchase.project].cost, index);
            for ballot in profile.backers(purchase.project) {
                if zeroed[*ballot as usize] == index as u32 {
                    let payments = payments_before(profile, *ballot as usize, bought_at, index as u32);
                    form.subtract(&payments, profile.election.counts()[*ballot as usize]);
                }
            }
            self.push(&form, purchase.weight);
        }
    }

    /// Adds the price `form / weight`, widening the common denominator only as far as it must.
    fn push(&mut self, form: &Form, weight: u64) {
        let value = self.value(form);
        let weight = IBig::from(weight);
        let common = IBig::from((&value).gcd(&weight));
        let factor = weight / &common;
        if factor != IBig::ONE {
            self.denominator *= &factor;
            self.start *= &factor;
            self.prices.iter_mut().for_each(|price| *price *= &factor);
        }
        self.prices.push(value / common);
    }
}

/// The purchases before number `before` that a ballot took part in, ascending.
pub(super) fn payments_before(profile: &Profile<'_>, ballot: usize, bought_at: &[u32], before: u32) -> Vec<Payment> {
    let supported = profile.supported(ballot);
    let mut payments: Vec<Payment> = supported.map(|(project, weight)| (bought_at[project], weight)).collect();
    // `NEVER` is the largest number, so this also drops what was not bought.
    payments.retain(|(purchase, _)| *purchase < before);
    payments.sort_unstable();
    payments
}
