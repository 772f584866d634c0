//! Each threshold of every set at its edge.

mod common;

use common::{estate, question};
use consent::{Choice, Item, Reason, Roll, Rules, count};

const AGREE: Option<Choice> = Some(Choice::Agree);
const AGAINST: Option<Choice> = Some(Choice::Disagree);

/// Every set that comes along, in each of its periods, with every item: at the edge of each of its thresholds it passes, and one
/// head or 0.01 m² below it does not. What is expected stands here, not in the sets.
#[test]
fn every_set_and_item_holds_at_its_edges_on_both_bases() {
    use Item::{ChangeUse, RaiseFund, Rebuild, UseFund};
    /// Numerator and denominator of a share; whether just that much is enough.
    type Share = (u64, u64, bool);
    const TWO_THIRDS: Share = (2, 3, true);
    const THREE_QUARTERS: Share = (3, 4, true);
    const MAJORITY: Share = (1, 2, false);
    let grave = |item| matches!(item, RaiseFund | Rebuild | ChangeUse);
    // heads and area that are just enough of so many
    let least = |(n, d, enough): Share, of: u64| of * n / d + u64::from(!enough);
    let mut told = 0;
    for name in Rules::builtin_names() {
        let rules = Rules::builtin(name).unwrap();
        for (nth, period) in rules.periods.iter().enumerate() {
            let days = [Some(period.from), period.until];
            for (item, on) in
                Item::ALL.into_iter().flat_map(|item| days.into_iter().flatten().map(move |on| (item, on)))
            {
                let before = name == "cn" && nth == 0;
                let (takes_part, agrees) = match before {
                    true if matches!(item, UseFund | RaiseFund | Rebuild) => (None, TWO_THIRDS),
                    true => (None, MAJORITY),
                    false if grave(item) => (Some(TWO_THIRDS), THREE_QUARTERS),
                    false => (Some(TWO_THIRDS), MAJORITY),
                };
                let asked = question(item, &on.to_string());
                let decide = |agree: (u64, u64), took: (u64, u64)| {
                    let against = (took.0 - agree.0, took.1 - agree.1);
                    let silent = (120 - took.0, 1_200_000 - took.1);
                    let parts = [(agree, AGREE), (against, AGAINST), (silent, None)];
                    let parts: Vec<_> =
                        parts.into_iter().filter(|(part, _)| part.0 > 0).map(|((h, a), said)| (h, a, said)).collect();
                    let (units, ballots) = estate(&parts);
                    count(&Roll::new(units).unwrap(), &ballots, &rules, &asked).unwrap().reason
                };
                // who took part: just enough, or (before 2021) all of whom the share is taken
                let took = takes_part.map_or((120, 1_200_000), |share| (least(share, 120), least(share, 1_200_000)));
                let agree = (least(agrees, took.0), least(agrees, took.1));
                let what = format!("{name} {item} {on}");
                assert_eq!(decide(agree, took), Reason::Passed, "{what}");
                assert_eq!(decide((agree.0, agree.1 - 1), took), Reason::ApprovalAreaShort, "{what}");
                assert_eq!(decide((agree.0 - 1, agree.1), took), Reason::ApprovalHeadsShort, "{what}");
                if takes_part.is_some() {
                    assert_eq!(decide(agree, (took.0, took.1 - 1)), Reason::ParticipationAreaShort, "{what}");
                    assert_eq!(decide(agree, (took.0 - 1, took.1)), Reason::ParticipationHeadsShort, "{what}");
                }
                told += 1;
            }
        }
    }
    // nine items on the first and last day of two periods of `cn`, and on the first of each city's
    assert_eq!(told, 9 * (2 + 1 + 1 + 1));
}
