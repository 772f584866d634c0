//! What a transfer must be, and which source's money moves.

use std::{fmt, str::FromStr};

use kernel::Fen;

use super::MAX_MONEY;

/// Postings of a transfer at most.
pub const MAX_POSTINGS: usize = 1_100;

/// What an account is for; the table in [`super`] says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// What a source gave.
    Source,
    /// What of it lies in the bank.
    Bank,
    /// What went back to it.
    Back,
    /// Own money and gifts in kind that were used.
    Used,
    /// Paid out, and not accounted for yet.
    Held,
    /// Spent before it was paid out.
    Owed,
    /// Approved vouchers of a budget line.
    Spent,
    /// To be given back.
    Claim,
    /// Spent, and borne by the project itself.
    Borne,
}

const KINDS: [(AccountKind, &str, i64); 9] = [
    (AccountKind::Source, "source", -1),
    (AccountKind::Bank, "bank", 1),
    (AccountKind::Back, "back", 1),
    (AccountKind::Used, "used", 1),
    (AccountKind::Held, "held", 1),
    (AccountKind::Owed, "owed", -1),
    (AccountKind::Spent, "spent", 1),
    (AccountKind::Claim, "claim", 1),
    (AccountKind::Borne, "borne", -1),
];

impl AccountKind {
    /// All of them.
    pub fn all() -> impl Iterator<Item = AccountKind> {
        KINDS.iter().map(|(kind, _, _)| *kind)
    }

    /// The word in the database and the message keys (`money-account-…`).
    pub fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// 1 where the balance is never below nothing, -1 where it is never above.
    pub fn side(self) -> i64 {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or(1, |(_, _, side)| *side)
    }
}

impl FromStr for AccountKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        KINDS.iter().find(|(_, w, _)| *w == word).map(|(kind, _, _)| *kind).ok_or(())
    }
}

/// An account of a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account {
    /// What it is for.
    pub kind: AccountKind,
    /// The number of a source or of a project.
    pub owner: u32,
    /// The budget line; 0 where there is none.
    pub line: u32,
}

impl Account {
    /// The account of a source or of a project.
    pub fn of(kind: AccountKind, owner: u32) -> Account {
        Account { kind, owner, line: 0 }
    }

    /// What a project spent of a budget line.
    pub fn spent(project: u32, line: u32) -> Account {
        Account { kind: AccountKind::Spent, owner: project, line }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            AccountKind::Spent => write!(f, "spent:{}:{}", self.owner, self.line),
            kind => write!(f, "{}:{}", kind.as_str(), self.owner),
        }
    }
}

impl FromStr for Account {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(':');
        let kind = parts.next().unwrap_or_default().parse()?;
        let owner = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        let line = parts.next().map_or(Ok(0), |part| part.parse().map_err(|_| ()))?;
        Ok(Account { kind, owner, line })
    }
}

/// One line of a transfer: a debit above nothing, a credit below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Where.
    pub account: Account,
    /// How much.
    pub amount: Fen,
}

/// Postings that add up to nothing: there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer(Vec<Posting>);

/// Why postings are no transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbalanced {
    /// They add up to something.
    Sum(i128),
    /// None, or too many.
    Length(usize),
    /// One of nothing, or of more than [`MAX_MONEY`].
    Amount(i64),
}

impl fmt::Display for Unbalanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unbalanced::Sum(sum) => write!(f, "postings add up to {sum}"),
            Unbalanced::Length(n) => write!(f, "a transfer of {n} postings"),
            Unbalanced::Amount(fen) => write!(f, "a posting of {fen}"),
        }
    }
}

impl std::error::Error for Unbalanced {}

impl Transfer {
    /// A transfer of 2 to [`MAX_POSTINGS`] postings that add up to nothing; those of nothing are left out.
    ///
    /// # Errors
    /// [`Unbalanced`].
    pub fn new(mut postings: Vec<Posting>) -> Result<Transfer, Unbalanced> {
        postings.retain(|posting| posting.amount.0 != 0);
        if !(2..=MAX_POSTINGS).contains(&postings.len()) {
            return Err(Unbalanced::Length(postings.len()));
        }
        let largest = MAX_MONEY.unsigned_abs();
        if let Some(wrong) = postings.iter().find(|posting| posting.amount.0.unsigned_abs() > largest) {
            return Err(Unbalanced::Amount(wrong.amount.0));
        }
        match postings.iter().map(|posting| i128::from(posting.amount.0)).sum() {
            0 => Ok(Transfer(postings)),
            sum => Err(Unbalanced::Sum(sum)),
        }
    }

    /// Its postings.
    pub fn postings(&self) -> &[Posting] {
        &self.0
    }
}

/// Takes an amount from the sources' money in their order; none when there is not enough.
pub fn draw(money: &[(u32, Fen)], amount: Fen) -> Option<Vec<(u32, Fen)>> {
    let mut left = amount.0;
    let mut taken = Vec::new();
    for (source, there) in money {
        let part = there.0.clamp(0, left);
        if part > 0 {
            taken.push((*source, Fen(part)));
            left -= part;
        }
    }
    (left == 0).then_some(taken)
}

/// `amount` in parts by shares of 100, each rounded down; what is left belongs to the last.
pub fn parts(amount: Fen, shares: &[u32]) -> Vec<Fen> {
    let part = |share: &u32| i64::try_from(i128::from(amount.0) * i128::from(*share) / 100).unwrap_or(0);
    let mut parts: Vec<i64> = shares.iter().map(part).collect();
    let sum: i64 = parts.iter().sum();
    if let Some(last) = parts.last_mut() {
        *last += amount.0 - sum;
    }
    parts.into_iter().map(Fen).collect()
}

/// A fraction in its lowest terms; none of nothing.
pub fn lowest(part: i64, whole: i64) -> Option<(i64, i64)> {
    let (mut a, mut b) = (part.unsigned_abs(), whole.unsigned_abs());
    if b == 0 {
        return None;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let by = i64::try_from(a).ok()?;
    Some((part / by, whole / by))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn post(text: &str, fen: i64) -> Posting {
        Posting { account: text.parse().unwrap(), amount: Fen(fen) }
    }

    #[test]
    fn only_what_adds_up_to_nothing_is_a_transfer() {
        let (a, b) = ("bank:1", "source:1");
        for (postings, want) in [
            (vec![post(a, 5), post(b, -5)], Ok(2)),
            (vec![post(a, 5), post(b, -5), post("held:1", 0)], Ok(2)),
            (vec![post(a, 5), post(b, -4)], Err(Unbalanced::Sum(1))),
            (vec![post(a, 0), post(b, 0)], Err(Unbalanced::Length(0))),
            (vec![post(a, MAX_MONEY + 1), post(b, -MAX_MONEY - 1)], Err(Unbalanced::Amount(MAX_MONEY + 1))),
            (vec![post(a, i64::MIN), post(b, i64::MIN)], Err(Unbalanced::Amount(i64::MIN))),
        ] {
            assert_eq!(Transfer::new(postings).map(|t| t.postings().len()), want);
        }
    }

    #[test]
    fn accounts_are_read_as_they_are_written() {
        for text in ["source:1", "bank:2", "back:2", "used:9", "held:3", "owed:3", "spent:3:12", "claim:3", "borne:3"] {
            assert_eq!(text.parse::<Account>().unwrap().to_string(), text);
        }
        for text in ["", "bank", "bank:x", "till:1", "bank:-1"] {
            assert!(text.parse::<Account>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_drawn_is_the_amount_and_no_source_gives_more_than_it_has(
            money in prop::collection::vec(0..=1_000_i64, 0..8), amount in 0..=4_000_i64
        ) {
            let money: Vec<_> = (1..).zip(money).map(|(n, fen)| (n, Fen(fen))).collect();
            let there: i64 = money.iter().map(|(_, fen)| fen.0).sum();
            match draw(&money, Fen(amount)) {
                None => prop_assert!(there < amount),
                Some(taken) => {
                    prop_assert_eq!(taken.iter().map(|(_, fen)| fen.0).sum::<i64>(), amount);
                    for (source, fen) in taken {
                        prop_assert!(money.iter().any(|(n, has)| *n == source && fen.0 <= has.0 && fen.0 > 0));
                    }
                }
            }
        }

        #[test]
        fn parts_add_up_and_are_not_off_by_a_fen_each(amount in 0..=MAX_MONEY, cut in 1..100_u32) {
            let shares = [cut, 100 - cut];
            let parts = parts(Fen(amount), &shares);
            prop_assert_eq!(parts.iter().map(|fen| fen.0).sum::<i64>(), amount);
            for (part, share) in parts.iter().zip(shares) {
                let exact = i128::from(amount) * i128::from(share);
                prop_assert!((i128::from(part.0) * 100 - exact).abs() < 100);
            }
        }

        #[test]
        fn a_fraction_keeps_its_value(a in 0..=MAX_MONEY, b in 1..=MAX_MONEY) {
            let (part, whole) = lowest(a, b).unwrap();
            prop_assert_eq!(i128::from(part) * i128::from(b), i128::from(whole) * i128::from(a));
            prop_assert_eq!(lowest(part, whole), Some((part, whole)));
        }
    }
}
