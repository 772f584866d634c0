//! What of a table of counts may be shown, so that nobody can work out what a few people said: neither from a cell itself
//! nor by taking the shown ones from the sum.

use super::ENOUGH;

/// Whether a count tells of nobody, or of enough people.
pub(super) fn is_safe(n: u64) -> bool {
    n == 0 || n >= ENOUGH
}

/// The cells of one question with those hidden that may not be shown; nothing where so little would be hidden in all that
/// the hidden ones could be told from their sum. The sum itself is shown, and that a hidden cell is not 0 is known.
///
/// Counts below [`ENOUGH`] but for 0 are hidden. Then the smallest of the others is hidden, one after the other, until two
/// are, and each of them could be [`ENOUGH`] or more for all a reader can tell: with `k` hidden cells whose sum is `s`, each
/// of them lies between 1 and `s − k + 1`.
pub(super) fn cells(counts: &[u64]) -> Option<Vec<Option<u64>>> {
    let mut cells: Vec<Option<u64>> = counts.iter().map(|n| is_safe(*n).then_some(*n)).collect();
    if cells.iter().all(Option::is_some) {
        return Some(cells);
    }
    while !is_covered(counts, &cells) {
        let shown = cells.iter_mut().filter(|cell| cell.is_some_and(|n| n > 0));
        let smallest = shown.min_by_key(|cell| **cell)?;
        *smallest = None;
    }
    Some(cells)
}

fn is_covered(counts: &[u64], cells: &[Option<u64>]) -> bool {
    let hidden = || counts.iter().zip(cells).filter(|(_, cell)| cell.is_none()).map(|(n, _)| *n);
    let (k, sum) = (hidden().count() as u64, hidden().sum::<u64>());
    k >= 2 && (sum + 1).saturating_sub(k) >= ENOUGH
}

/// Which rows of a table by groups may be shown beside its sums, which are all shown: `rows` are the groups with their
/// cells, `sums` the cells of everybody. A row is shown where each of its cells is safe. What all the others come to is the
/// sums less the shown rows, so that has to be safe too: until it is, the smallest shown row is left out.
pub(super) fn rows(rows: &[Vec<u64>], sums: &[u64]) -> Vec<bool> {
    let size = |row: &[u64]| row.iter().sum::<u64>();
    let mut shown: Vec<bool> = rows.iter().map(|row| size(row) > 0 && row.iter().all(|n| is_safe(*n))).collect();
    loop {
        let told = || rows.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(row, _)| row);
        let rest = sums.iter().enumerate().map(|(at, sum)| {
            let in_rows: u64 = told().filter_map(|row| row.get(at)).sum();
            sum.saturating_sub(in_rows)
        });
        if rest.into_iter().all(is_safe) {
            return shown;
        }
        let left = (0..rows.len()).filter(|at| shown[*at]).min_by_key(|at| size(&rows[*at]));
        match left {
            Some(at) => shown[at] = false,
            None => return shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_few_said_is_not_shown_and_cannot_be_worked_out() {
        for (counts, told) in [
            (vec![10, 5], Some(vec![Some(10), Some(5)])),
            (vec![10, 4, 6], Some(vec![Some(10), None, None])),
            (vec![10, 0, 6], Some(vec![Some(10), Some(0), Some(6)])),
            (vec![10, 3], Some(vec![None, None])),
            // two hidden cells of 4 and 1: neither could be 5, so a third is hidden with them
            (vec![10, 4, 1], Some(vec![None, None, None])),
            (vec![20, 7, 4, 1], Some(vec![Some(20), None, None, None])),
            // five people said five things: whoever sees that, and 0 for nothing, knows all of it
            (vec![1, 1, 1, 1, 1], None),
            (vec![], Some(vec![])),
        ] {
            assert_eq!(cells(&counts), told, "{counts:?}");
        }
    }

    #[test]
    fn the_rest_of_a_table_is_no_small_group_either() {
        // the second row is small; alone it would be the sums less the others, so the smallest other goes with it
        assert_eq!(rows(&[vec![9, 9], vec![2, 6], vec![5, 6]], &[16, 21]), [true, false, false]);
        assert_eq!(rows(&[vec![9, 9], vec![5, 6]], &[14, 15]), [true, true]);
        // one person belongs to no group: told with the smallest of them
        assert_eq!(rows(&[vec![9, 9], vec![5, 6]], &[15, 15]), [true, false]);
        assert_eq!(rows(&[vec![9, 9]], &[10, 9]), [false]);
        assert_eq!(rows(&[vec![0, 0], vec![5, 6]], &[5, 6]), [false, true], "an empty group is not told");
    }

    /// Every way in which the hidden cells can add up, found one by one.
    fn ways(cells: &[Option<u64>], sum: u64) -> Vec<Vec<u64>> {
        let left = sum - cells.iter().flatten().sum::<u64>();
        let mut found: Vec<Vec<u64>> = vec![Vec::new()];
        for cell in cells {
            let step = |so_far: &Vec<u64>| match cell {
                Some(n) => vec![[so_far.clone(), vec![*n]].concat()],
                None => (1..=left).map(|n| [so_far.clone(), vec![n]].concat()).collect(),
            };
            found = found.iter().flat_map(step).collect();
        }
        found.retain(|way| way.iter().sum::<u64>() == sum);
        found
    }

    proptest! {
        /// Against plain enumeration: of what is shown, each hidden cell can be small and can be large.
        #[test]
        fn a_hidden_cell_stays_unknown(counts in proptest::collection::vec(0_u64..12, 1..5)) {
            let Some(shown) = cells(&counts) else { return Ok(()) };
            let ways = ways(&shown, counts.iter().sum());
            prop_assert!(ways.contains(&counts));
            for at in (0..counts.len()).filter(|at| shown[*at].is_none()) {
                prop_assert!(ways.iter().any(|way| way[at] >= ENOUGH), "{counts:?} {shown:?}");
                prop_assert!(ways.iter().any(|way| way[at] < ENOUGH), "{counts:?} {shown:?}");
            }
            prop_assert!(shown.iter().flatten().all(|n| is_safe(*n)));
        }

        /// Whatever is taken from the sums, no small group is left.
        #[test]
        fn no_rows_leave_a_small_rest(
            table in proptest::collection::vec(proptest::collection::vec(0_u64..12, 3), 0..5),
            others in proptest::collection::vec(0_u64..9, 3),
        ) {
            let sums: Vec<u64> = (0..3).map(|at| others[at] + table.iter().map(|row| row[at]).sum::<u64>()).collect();
            prop_assume!(sums.iter().all(|n| is_safe(*n)));
            let shown = rows(&table, &sums);
            for at in 0..3 {
                let told = |(row, shown): (&Vec<u64>, &bool)| if *shown { row[at] } else { 0 };
                let rest = sums[at] - table.iter().zip(&shown).map(told).sum::<u64>();
                prop_assert!(is_safe(rest), "{table:?} {shown:?}");
            }
            let safe = |(row, shown): (&Vec<u64>, &bool)| !*shown || row.iter().all(|n| is_safe(*n));
            prop_assert!(table.iter().zip(&shown).all(safe));
        }
    }
}
