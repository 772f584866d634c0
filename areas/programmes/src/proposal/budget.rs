//! What a budget adds up to, and what it must keep to. Amounts are whole numbers of the smallest unit; shares are compared
//! by multiplying out, so nothing is rounded.

use kernel::{Arg, Fen, FieldError};

use super::names;
use crate::template::{Budget, LineKind, Pays};

/// Pieces of one line at most.
pub const MAX_QUANTITY: i64 = 100_000;
/// One piece costs at most this, in the smallest unit. With 60 lines of [`MAX_QUANTITY`] a sum stays far below `i64`.
pub const MAX_PRICE: i64 = 1_000_000_000;

/// Who pays a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purse {
    /// The grant that is asked for.
    Grant,
    /// The applicant, sponsors, the neighbours.
    Own,
}

/// A line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its row in the form, counted from 1.
    pub row: usize,
    /// A key of the template's kinds.
    pub kind: String,
    /// How many, 1 to [`MAX_QUANTITY`].
    pub quantity: i64,
    /// What one costs, 1 to [`MAX_PRICE`].
    pub price: Fen,
    /// Who pays.
    pub purse: Purse,
}

impl Line {
    /// Quantity times price, exactly.
    pub fn amount(&self) -> Fen {
        Fen(self.quantity.saturating_mul(self.price.0))
    }
}

/// What a budget adds up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// What is asked for.
    pub grant: Fen,
    /// What others pay.
    pub own: Fen,
}

impl Sums {
    /// Both.
    pub fn whole(self) -> Fen {
        Fen(self.grant.0.saturating_add(self.own.0))
    }
}

/// The sums of the lines, in any order.
pub fn sums(lines: &[Line]) -> Sums {
    let of =
        |purse| Fen(lines.iter().filter(|l| l.purse == purse).fold(0, |sum: i64, l| sum.saturating_add(l.amount().0)));
    Sums { grant: of(Purse::Grant), own: of(Purse::Own) }
}

/// Everything that the lines break, in the order of the form.
///
/// `cap` is the largest grant of the class, `funds` what the sources of co-funding add up to.
pub fn check(lines: &[Line], budget: &Budget, (cap, funds): (Option<Fen>, Fen)) -> Vec<FieldError> {
    let sums = sums(lines);
    let mut faults: Vec<FieldError> = lines.iter().filter_map(|line| piece(line, budget)).collect();
    faults.extend(budget.lines.iter().filter_map(|kind| share(lines, kind, sums.grant)));
    if sums.whole() == Fen(0) {
        faults.push(FieldError::new("budget", "budget-empty"));
    } else if sums.grant == Fen(0) {
        faults.push(FieldError::new("budget", "grant-empty"));
    }
    if let Some(cap) = cap.filter(|cap| sums.grant > *cap) {
        faults.push(told("budget", "grant-over-cap", &[("limit", cap), ("now", sums.grant)]));
    }
    if let Some((part, of)) = budget.grant_share
        && more_than(sums.grant, (part, of), sums.whole())
    {
        let fault =
            told("budget", "grant-share-over", &[("now", sums.grant), ("limit", most(sums.whole(), (part, of)))]);
        faults.push(fraction(fault, (part, of)));
    }
    if funds != sums.own {
        faults.push(told("funds", "funds-differ", &[("own", sums.own), ("funds", funds)]));
    }
    faults
}

/// What one piece of a line may cost.
fn piece(line: &Line, budget: &Budget) -> Option<FieldError> {
    let kind = budget.lines.iter().find(|kind| kind.key == line.kind)?;
    let (limit, none, over) = match (kind.pays, line.purse) {
        // whoever pays: what volunteers get is a refund and never pay
        (Pays::Volunteers, _) => (budget.volunteer_limit, "volunteers-unpaid", "volunteer-over"),
        (Pays::Assets, Purse::Grant) => (budget.asset_limit, "assets-not-paid", "asset-over"),
        _ => return None,
    };
    match limit.filter(|limit| limit.0 > 0) {
        None => Some(FieldError::new(names::line(line.row, 0), none)),
        Some(limit) if line.price > limit => Some(told(names::line(line.row, 3), over, &[("limit", limit)])),
        Some(_) => None,
    }
}

/// All lines of a kind that the grant pays, together; said at the first of them.
fn share(lines: &[Line], kind: &LineKind, grant: Fen) -> Option<FieldError> {
    let share = kind.share?;
    let of_kind = lines.iter().filter(|line| line.kind == kind.key && line.purse == Purse::Grant);
    let sum = Fen(of_kind.clone().fold(0, |sum: i64, line| sum.saturating_add(line.amount().0)));
    if !more_than(sum, share, grant) {
        return None;
    }
    let row = of_kind.map(|line| line.row).min()?;
    let fault = told(names::line(row, 0), "share-over", &[("now", sum), ("limit", most(grant, share))]);
    Some(fraction(fault, share))
}

/// Whether `sum` is more than `part / of` of the whole.
fn more_than(sum: Fen, (part, of): (u32, u32), whole: Fen) -> bool {
    i128::from(sum.0) * i128::from(of) > i128::from(whole.0) * i128::from(part)
}

/// The largest amount that is not more than `part / of` of the whole.
fn most(whole: Fen, (part, of): (u32, u32)) -> Fen {
    let most = i128::from(whole.0) * i128::from(part) / i128::from(of.max(1));
    Fen(i64::try_from(most).unwrap_or(i64::MAX))
}

fn told(field: &'static str, code: &'static str, amounts: &[(&'static str, Fen)]) -> FieldError {
    let args = amounts.iter().map(|(name, amount)| (*name, Arg::Text(amount.to_string()))).collect();
    FieldError { field, code, args }
}

fn fraction(mut fault: FieldError, (part, of): (u32, u32)) -> FieldError {
    fault.args.push(("share", Arg::Text(format!("{part}/{of}"))));
    fault
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::template::bundled;

    fn line(row: usize, kind: &str, quantity: i64, yuan: i64, purse: Purse) -> Line {
        Line { row, kind: kind.into(), quantity, price: Fen(yuan * 100), purse }
    }

    fn budget() -> Budget {
        bundled("self-governance-fund").unwrap().budget.clone()
    }

    fn found(lines: &[Line], budget: &Budget, cap: Option<i64>, funds: i64) -> Vec<String> {
        let faults = check(lines, budget, (cap.map(Fen), Fen(funds)));
        faults.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
    }

    #[test]
    fn each_rule_of_the_budget_is_told_where_it_is_broken() {
        use Purse::{Grant, Own};
        let b = budget();
        let base = line(1, "activity", 10, 900, Grant); // 9,000
        for (more, funds, want) in [
            (vec![], 0, vec![]),
            // 50 yuan a person-time at most, whoever pays
            (vec![line(2, "volunteers", 10, 50, Grant)], 0, vec![]),
            (vec![line(2, "volunteers", 10, 51, Grant)], 0, vec!["line-2-price: volunteer-over"]),
            (vec![line(2, "volunteers", 1, 51, Own)], 5_100, vec!["line-2-price: volunteer-over"]),
            // a piece of equipment at most 3,000 yuan, three tenths of the grant: 9,000 of 12,857
            (vec![line(2, "equipment", 1, 3_000, Grant)], 0, vec![]),
            (vec![line(2, "equipment", 1, 3_001, Grant)], 0, vec!["line-2-price: asset-over"]),
            (vec![line(2, "equipment", 1, 3_001, Own)], 300_100, vec![]),
            (vec![line(2, "equipment", 2, 2_000, Grant)], 0, vec!["line-2-kind: share-over"]),
            // publicity: a fifth of the grant. 2,250 of 11,250 is exactly that
            (vec![line(2, "publicity", 1, 2_250, Grant)], 0, vec![]),
            (vec![line(2, "publicity", 1, 2_251, Grant)], 0, vec!["line-2-kind: share-over"]),
            (
                vec![line(3, "publicity", 1, 2_000, Grant), line(2, "publicity", 1, 2_000, Grant)],
                0,
                vec!["line-2-kind: share-over"],
            ),
            (vec![line(2, "materials", 20, 1_000, Grant)], 0, vec!["budget: grant-over-cap"]),
            (vec![line(2, "materials", 1, 1_000, Own)], 0, vec!["funds: funds-differ"]),
            (vec![line(2, "materials", 1, 1_000, Own)], 100_000, vec![]),
        ] {
            let lines: Vec<Line> = [vec![base.clone()], more].concat();
            assert_eq!(found(&lines, &b, Some(2_000_000), funds), want, "{lines:?}");
        }
        assert_eq!(found(&[], &b, None, 0), ["budget: budget-empty"]);
        assert_eq!(found(&[line(1, "activity", 1, 5, Own)], &b, None, 500), ["budget: grant-empty"]);
    }

    #[test]
    fn what_a_template_does_not_pay_is_refused_and_the_grant_may_be_a_share_only() {
        let mut b = budget();
        (b.volunteer_limit, b.asset_limit, b.grant_share) = (None, None, Some((3, 5)));
        for kind in &mut b.lines {
            kind.share = None;
        }
        let grant = |kind| vec![line(1, kind, 1, 10, Purse::Grant), line(2, "activity", 1, 10, Purse::Own)];
        assert_eq!(found(&grant("volunteers"), &b, None, 1_000), ["line-1-kind: volunteers-unpaid"]);
        assert_eq!(found(&grant("equipment"), &b, None, 1_000), ["line-1-kind: assets-not-paid"]);
        let shares = |grant, own| {
            found(
                &[line(1, "activity", 1, grant, Purse::Grant), line(2, "activity", 1, own, Purse::Own)],
                &b,
                None,
                own * 100,
            )
        };
        assert_eq!(shares(60, 40), Vec::<String>::new());
        assert_eq!(shares(61, 40), ["budget: grant-share-over"]);
    }

    fn any_line() -> impl Strategy<Value = Line> {
        let kinds = prop::sample::select(vec!["activity", "publicity", "volunteers", "equipment", "other"]);
        let purse = prop::sample::select(vec![Purse::Grant, Purse::Own]);
        (kinds, 1..=MAX_QUANTITY, 1..=MAX_PRICE, purse).prop_map(|(kind, quantity, price, purse)| Line {
            row: 0,
            kind: kind.into(),
            quantity,
            price: Fen(price),
            purse,
        })
    }

    proptest! {
        #[test]
        fn sums_are_exact_and_their_order_does_not_matter(
            (lines, shuffled) in prop::collection::vec(any_line(), 0..=60).prop_flat_map(|lines| {
                (Just(lines.clone()), Just(lines).prop_shuffle())
            })
        ) {
            let sums_of = sums(&lines);
            let naive = |purse| -> i128 {
                lines.iter().filter(|l| l.purse == purse).map(|l| i128::from(l.quantity) * i128::from(l.price.0)).sum()
            };
            prop_assert_eq!(i128::from(sums_of.grant.0), naive(Purse::Grant));
            prop_assert_eq!(i128::from(sums_of.own.0), naive(Purse::Own));
            prop_assert_eq!(i128::from(sums_of.whole().0), naive(Purse::Grant) + naive(Purse::Own));
            prop_assert_eq!(sums(&shuffled), sums_of);
            let codes = |lines: &[Line]| {
                let mut codes: Vec<_> =
                    check(lines, &budget(), (Some(Fen(5_000_000)), Fen(0))).into_iter().map(|f| (f.code, f.args.len())).collect();
                codes.sort_unstable();
                codes
            };
            prop_assert_eq!(codes(&shuffled), codes(&lines));
        }

        #[test]
        fn a_share_holds_exactly_when_no_more_than_that_is_spent(whole in 0..=MAX_PRICE, part in 1..=100_u32, of in 1..=100_u32) {
            let limit = most(Fen(whole), (part, of));
            prop_assert!(!more_than(limit, (part, of), Fen(whole)));
            prop_assert!(more_than(Fen(limit.0 + 1), (part, of), Fen(whole)));
        }
    }
}
