//! One run of equal shares: integer bounds decide, and where they overlap exact arithmetic does.
//!
//! A balance is kept as two integers that enclose `balance · 2^shift`. Every operation rounds outward, so a
//! comparison of bounds that do not overlap is a proof. The rest, nearly always true ties, goes to [`Exact`].
//!
//! A supporter of weight `w` pays `w` times the price, or all that is left. With most utilities all weights are 1, and
//! the loops over wallets are made once for that case and once for the other.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

use dashu_int::IBig;

use super::exact::{Exact, Form, Payment, payments_before};
use crate::election::Election;
use crate::profile::Profile;

/// Never zeroed, never bought.
pub(super) const NEVER: u32 = u32::MAX;

/// How finely bounds are kept; results do not depend on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Precision {
    /// Most fraction bits of a balance; fewer where it would not fit in 63 bits.
    pub(super) bits: u32,
    /// Prices known more loosely than this are tightened from their exact value. With at most
    /// [`crate::MAX_CHOICES`] payments from one balance, its bounds then stay less than `2^32` apart.
    pub(super) loose: u64,
}

impl Precision {
    /// As fine as 63 bits allow.
    pub(super) const FULL: Self = Self { bits: 63, loose: 1 << 16 };
}

/// What each voter of one distinct ballot has left, and how many such voters there are.
#[derive(Clone, Copy, Debug)]
struct Wallet {
    /// Lower bound of `balance · 2^shift`.
    lo: u64,
    /// Upper bound minus lower bound.
    spread: u32,
    /// Voters.
    n: u32,
}

impl Wallet {
    fn hi(self) -> u64 {
        self.lo + u64::from(self.spread)
    }
}

/// A project as bought in a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Purchase {
    pub(super) project: usize,
    /// Voters who pay the full price; the other supporters pay all they have left, which is less.
    pub(super) rich: u64,
    /// Weights of the former together.
    pub(super) weight: u64,
}

/// The price of a unit of weight in a project now, enclosed.
#[derive(Clone, Copy, Debug)]
struct Price {
    project: usize,
    lo: u64,
    hi: u64,
    rich: u64,
    weight: u64,
    /// Whether a supporter with money left would pay all of it.
    some_poor: bool,
    /// Whether the bounds alone tell each supporter poor or rich.
    certain: bool,
    /// Bounds of `price / gain · 2^64`.
    rho_lo: u128,
    rho_hi: u128,
}

impl Price {
    /// Whether the bounds prove that a voter cannot pay this price. (It is above 0, but may be below the unit of the
    /// bounds: who has nothing is poor.)
    fn shows_poor(&self, wallet: Wallet, weight: u32) -> bool {
        u128::from(wallet.hi()) < (u128::from(self.lo) * u128::from(weight)).max(1)
    }
}

/// State of one run. Buffers are kept for the next.
pub(super) struct Run<'a> {
    pub(super) profile: &'a Profile<'a>,
    pub(super) election: &'a Election,
    shift: u32,
    /// Budget of each voter at the start: `(numerator, denominator)`.
    pub(super) start: (u128, u64),
    wallets: Vec<Wallet>,
    /// For each distinct ballot the purchase that took all it had left.
    pub(super) zeroed_at: Vec<u32>,
    /// For each project the purchase that it was.
    pub(super) bought_at: Vec<u32>,
    pub(super) bought: Vec<Purchase>,
    /// Lower bound of each project's price: prices never fall.
    price_floor: Vec<u64>,
    queue: BinaryHeap<(Reverse<u128>, Reverse<usize>)>,
    seen: Vec<Price>,
    pub(super) exact: Exact,
    pub(super) precision: Precision,
}

impl<'a> Run<'a> {
    /// Buffers for runs over an election.
    pub(super) fn new(profile: &'a Profile<'a>) -> Self {
        let election = profile.election;
        let n = election.projects().len();
        Self {
            profile,
            election,
            shift: 0,
            start: (0, 1),
            wallets: Vec::new(),
            zeroed_at: Vec::new(),
            bought_at: vec![NEVER; n],
            bought: Vec::new(),
            price_floor: vec![0; n],
            queue: BinaryHeap::new(),
            seen: Vec::new(),
            exact: Exact::default(),
            precision: Precision::FULL,
        }
    }

    /// Runs with `numerator / denominator` for each voter and stops early once more than `ceiling` is spent.
    /// Returns the total cost of what was bought, which never has a project that costs or gains nothing. The start budget
    /// must be below `2^63`.
    pub(super) fn run(&mut self, start: (u128, u64), ceiling: i64) -> i64 {
        self.reset(start);
        let mut spent = 0;
        while spent <= ceiling
            && let Some(best) = self.cheapest()
        {
            self.buy(&best);
            spent += self.election.projects()[best.project].cost;
        }
        spent
    }

    fn reset(&mut self, start: (u128, u64)) {
        self.start = start;
        let whole = (start.0 / u128::from(start.1)) as u64;
        self.shift = (whole.leading_zeros() - 1).min(self.precision.bits);
        // As `whole < 2^(63 - shift)`, the numerator shifted stays below `2^63 · denominator`.
        let scaled = start.0 << self.shift;
        let lo = (scaled / u128::from(start.1)) as u64;
        let spread = u32::from(!scaled.is_multiple_of(u128::from(start.1)));
        self.wallets.clear();
        self.wallets.extend(self.election.counts().iter().map(|n| Wallet { lo, spread, n: *n }));
        self.zeroed_at.clear();
        self.zeroed_at.resize(self.wallets.len(), NEVER);
        self.bought_at.fill(NEVER);
        self.bought.clear();
        self.exact.reset(start);
        self.queue.clear();
        for (project, asked) in self.election.projects().iter().enumerate() {
            let weight = self.profile.weight(project);
            if weight == 0 || asked.cost == 0 || self.profile.gain(project) == 0 {
                continue;
            }
            let floor = (self.fixed(asked.cost) / u128::from(weight)).min(u128::from(u64::MAX)) as u64;
            self.price_floor[project] = floor;
            self.queue.push((Reverse(self.rho(project, floor)), Reverse(project)));
        }
    }

    fn fixed(&self, amount: i64) -> u128 {
        u128::from(amount.unsigned_abs()) << self.shift
    }

    /// `price / gain · 2^64`, rounded down.
    fn rho(&self, project: usize, price: u64) -> u128 {
        (u128::from(price) << 64) / self.profile.gain(project)
    }

    /// The affordable project with the least price per gain, ties by id.
    ///
    /// Projects wait in the order of the last known lower bound of that ratio, which never falls; the scan ends at
    /// the first whose bound is beyond the best found.
    fn cheapest(&mut self) -> Option<Price> {
        let mut best: Option<Price> = None;
        self.seen.clear();
        while let Some((Reverse(bound), Reverse(project))) = self.queue.peek().copied() {
            if best.is_some_and(|best| bound > best.rho_hi) {
                break;
            }
            self.queue.pop();
            let Some(price) = self.price(project) else { continue };
            self.price_floor[project] = price.lo;
            self.seen.push(price);
            if best.is_none_or(|best| self.beats(&price, &best)) {
                best = Some(price);
            }
        }
        let waiting = self.seen.iter().filter(|price| best.is_none_or(|best| best.project != price.project));
        self.queue.extend(waiting.map(|price| (Reverse(price.rho_lo), Reverse(price.project))));
        best
    }

    fn beats(&mut self, a: &Price, b: &Price) -> bool {
        if a.rho_hi < b.rho_lo {
            return true;
        }
        if a.rho_lo > b.rho_hi {
            return false;
        }
        match self.compare(a, b) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => self.election.rank(a.project) < self.election.rank(b.project),
        }
    }

    /// Exact order of two prices per gain.
    fn compare(&mut self, a: &Price, b: &Price) -> Ordering {
        if !a.some_poor && !b.some_poor {
            // The price is cost / weight then. The two sides stay below 2^115 or are left to long numbers.
            let (over_a, under_a) = self.profile.cost_per_gain(a.project);
            let (over_b, under_b) = self.profile.cost_per_gain(b.project);
            let side = |over: u128, under: u128, weight: u64| over.checked_mul(under)?.checked_mul(weight.into());
            if let (Some(a), Some(b)) = (side(over_a, under_b, b.weight), side(over_b, under_a, a.weight)) {
                return a.cmp(&b);
            }
        }
        let (settled_a, settled_b) = (self.settle(a), self.settle(b));
        let gain = |p: &Price, weight: u64| IBig::from(weight) * IBig::from(self.profile.gain(p.project));
        (settled_a.share * gain(b, settled_b.weight)).cmp(&(settled_b.share * gain(a, settled_a.weight)))
    }

    /// Finds the price of `project`: the `q` with `Σ min(balance, weight · q) = cost` over its supporters. `None` when
    /// they have less than the cost together.
    ///
    /// From a lower bound of `q`, supporters with less are certainly poor; the price that lets the others share the
    /// rest is a better lower bound (the sum is concave in `q`), until no one else turns out to be poor.
    fn price(&mut self, project: usize) -> Option<Price> {
        if self.bought.is_empty() && self.profile.is_uniform() {
            return self.first_price(project);
        }
        let cost = self.fixed(self.election.projects()[project].cost);
        let heaviest = u128::from(self.profile.heaviest(project));
        let mut lo = self.price_floor[project];
        let mut before = u64::MAX;
        loop {
            let split = if heaviest == 1 { self.split::<false>(project, lo) } else { self.split::<true>(project, lo) };
            if split.weight == 0 {
                return None;
            }
            let rest = cost.saturating_sub(split.poor_lo);
            let hi = rest.div_ceil(u128::from(split.weight)).min(u128::from(u64::MAX)) as u64;
            let next = (rest.saturating_sub(u128::from(split.poor_spread)) / u128::from(split.weight))
                .min(u128::from(u64::MAX)) as u64;
            lo = lo.max(next);
            if split.weight == before {
                let some_poor = split.poor_lo > 0 || split.poor_spread > 0;
                let price = self.priced(project, (lo, hi.max(lo)), (split.rich, split.weight), some_poor);
                let width = u128::from(price.hi - price.lo) * heaviest;
                if split.least_rich >= price.hi && width <= u128::from(self.precision.loose) {
                    return Some(price);
                }
                let settled = self.settle(&price);
                if settled.weight == 0 {
                    return None;
                }
                let bounds = self.exact.enclose(&settled.share, settled.weight, self.shift);
                let price = self.priced(project, bounds, (settled.rich, settled.weight), settled.some_poor);
                return Some(Price { certain: false, ..price });
            }
            before = split.weight;
        }
    }

    /// [`Self::price`] while everyone still has the start budget and weight 1.
    fn first_price(&self, project: usize) -> Option<Price> {
        let (n, cost) = (self.profile.weight(project), self.election.projects()[project].cost);
        // Both products stay below 2^24 · 2^87 and 2^50 · 2^24.
        if u128::from(n) * self.start.0 < u128::from(cost.unsigned_abs()) * u128::from(self.start.1) {
            return None;
        }
        let fixed = self.fixed(cost);
        let bounds = ((fixed / u128::from(n)) as u64, fixed.div_ceil(u128::from(n)) as u64);
        let certain = self.wallets.first().is_some_and(|wallet| wallet.lo >= bounds.1);
        Some(Price { certain, ..self.priced(project, bounds, (n, n), false) })
    }

    fn priced(&self, project: usize, (lo, hi): (u64, u64), (rich, weight): (u64, u64), some_poor: bool) -> Price {
        let (rho_lo, rho_hi) = (self.rho(project, lo), self.rho(project, hi) + 1);
        Price { project, lo, hi, rich, weight, some_poor, certain: true, rho_lo, rho_hi }
    }

    /// Parts the supporters of `project` into those who certainly cannot pay `bound` for each unit of weight, and the
    /// rest. Without `WEIGHTED` all weights are 1.
    fn split<const WEIGHTED: bool>(&self, project: usize, bound: u64) -> Split {
        let weights = self.profile.weights(project);
        let mut split = Split { least_rich: u64::MAX, ..Split::default() };
        for (place, ballot) in self.profile.backers(project).iter().enumerate() {
            let wallet = self.wallets[*ballot as usize];
            let weight = if WEIGHTED { weights[place] } else { 1 };
            let poor = match WEIGHTED {
                true => u128::from(wallet.hi()) < (u128::from(bound) * u128::from(weight)).max(1),
                false => wallet.hi() < bound.max(1),
            };
            let n_poor = u64::from(if poor { wallet.n } else { 0 });
            split.poor_lo += u128::from(n_poor) * u128::from(wallet.lo);
            // At most 10^7 voters and spreads below 2^32: no overflow.
            split.poor_spread += n_poor * u64::from(wallet.spread);
            let n_rich = u64::from(wallet.n) - n_poor;
            split.rich += n_rich;
            split.weight += n_rich * u64::from(weight);
            let payable = if WEIGHTED { wallet.lo / u64::from(weight) } else { wallet.lo };
            split.least_rich = split.least_rich.min(if poor { u64::MAX } else { payable });
        }
        split
    }

    /// Decides exactly who is poor, from a price of which only a lower bound must hold.
    fn settle(&mut self, price: &Price) -> Settled {
        self.catch_up();
        let mut form = Form::new(self.election.projects()[price.project].cost, self.bought.len());
        let mut settled = Settled::default();
        let mut rest = Vec::new();
        for (ballot, weight) in self.profile.supporters(price.project) {
            let wallet = self.wallets[ballot];
            if !price.shows_poor(wallet, weight) {
                settled.rich += u64::from(wallet.n);
                settled.weight += u64::from(wallet.n) * u64::from(weight);
                rest.push((ballot, weight));
            } else if wallet.hi() > 0 {
                form.subtract(&self.payments(ballot), wallet.n);
                settled.some_poor = true;
            }
        }
        loop {
            settled.share = self.exact.value(&form);
            let poor = self.poor_among(&mut rest, &settled.share, settled.weight);
            if poor.is_empty() {
                settled.poor.sort_unstable();
                return settled;
            }
            settled.some_poor = true;
            for (ballot, weight) in poor {
                let n = self.wallets[ballot].n;
                form.subtract(&self.payments(ballot), n);
                settled.rich -= u64::from(n);
                settled.weight -= u64::from(n) * u64::from(weight);
                settled.poor.push(ballot);
            }
        }
    }

    /// Computes the exact prices of all purchases so far.
    pub(super) fn catch_up(&mut self) {
        self.exact.catch_up(self.profile, &self.bought, &self.bought_at, &self.zeroed_at);
    }

    /// Takes out of `rest` the ballots that have exactly less than `share / total` left for each unit of weight.
    fn poor_among(&self, rest: &mut Vec<(usize, u32)>, share: &IBig, total: u64) -> Vec<(usize, u32)> {
        if total == 0 {
            return Vec::new();
        }
        let (_, hi) = self.exact.enclose(share, total, self.shift);
        let mut poor = Vec::new();
        // Equal payments make equal balances, and many ballots share them.
        let mut known: BTreeMap<(Vec<Payment>, u32), bool> = BTreeMap::new();
        rest.retain(|(ballot, weight)| {
            if u128::from(self.wallets[*ballot].lo) >= u128::from(hi) * u128::from(*weight) {
                return true;
            }
            let key = (self.payments(*ballot), *weight);
            let is_poor = match known.get(&key) {
                Some(is_poor) => *is_poor,
                None => {
                    let is_poor = self.exact.balance(&key.0) * total < share * *weight;
                    known.insert(key, is_poor);
                    is_poor
                }
            };
            if is_poor {
                poor.push((*ballot, *weight));
            }
            !is_poor
        });
        poor
    }

    /// The purchases that a ballot has helped to pay for, if it has money left.
    fn payments(&self, ballot: usize) -> Vec<Payment> {
        payments_before(self.profile, ballot, &self.bought_at, NEVER)
    }

    /// Lets the supporters pay.
    fn buy(&mut self, price: &Price) {
        let poor = if price.certain { Vec::new() } else { self.settle(price).poor };
        let index = self.bought.len() as u32;
        let mut coarse = Vec::new();
        for (ballot, weight) in self.profile.supporters(price.project) {
            let wallet = &mut self.wallets[ballot];
            if price.shows_poor(*wallet, weight) || poor.binary_search(&ballot).is_ok() {
                if self.zeroed_at[ballot] == NEVER {
                    self.zeroed_at[ballot] = index;
                }
                (wallet.lo, wallet.spread) = (0, 0);
            } else {
                // Who is rich can pay, so the upper bound stays above what is paid at least.
                let hi = wallet.hi().saturating_sub(price.lo.saturating_mul(u64::from(weight)));
                wallet.lo = wallet.lo.saturating_sub(price.hi.saturating_mul(u64::from(weight)));
                wallet.spread = u32::try_from(hi - wallet.lo).unwrap_or_else(|_| {
                    coarse.push(ballot);
                    u32::MAX
                });
            }
        }
        self.bought.push(Purchase { project: price.project, rich: price.rich, weight: price.weight });
        self.bought_at[price.project] = index;
        self.refine(&coarse);
    }

    /// Encloses balances anew whose bounds heavy weights have driven too far apart.
    fn refine(&mut self, ballots: &[usize]) {
        if ballots.is_empty() {
            return;
        }
        self.catch_up();
        for ballot in ballots {
            let balance = self.exact.balance(&self.payments(*ballot));
            let (lo, hi) = self.exact.enclose(&balance, 1, self.shift);
            let wallet = &mut self.wallets[*ballot];
            (wallet.lo, wallet.spread) = (lo, (hi - lo) as u32);
        }
    }
}

/// Exact knowledge of a price: it is `share / weight`, in units of the common denominator.
#[derive(Default)]
struct Settled {
    share: IBig,
    rich: u64,
    weight: u64,
    some_poor: bool,
    /// Poor ballots that bounds alone did not show to be poor, ascending.
    poor: Vec<usize>,
}

/// The supporters of a project parted at a bound.
#[derive(Default)]
struct Split {
    /// Bounds of what the poor have together: the lower one, and what is to be added for the upper one.
    poor_lo: u128,
    poor_spread: u64,
    /// Voters who are not certainly poor, and their weights together.
    rich: u64,
    weight: u64,
    /// Least lower bound, among these, of what one can pay for a unit of weight.
    least_rich: u64,
}
