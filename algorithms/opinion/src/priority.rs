//! Which statement to show next.

use crate::conversation::Conversation;
use crate::counts::Counts;

/// The priority of statements that ask who somebody is.
pub const META_PRIORITY: f64 = 49.0;

/// 2 to the power of −r/5. Powers of the library differ between machines in the last bit; these do not.
const FIFTHS: [f64; 5] = [1.0, 0.8705505632961241, 0.757858283255199, 0.6597539553864471, 0.5743491774985174];

/// For each statement, how much is learnt from one more vote: with `n` votes of those in groups, `x` agreeing, `p`
/// passing, and the statement's distance `e` from the middle of the map,
/// ((1 − (p+1)/(n+2)) · (e+1) · (x+1)/(n+2) · (1 + 8·2^(−n/5)))². New ones, agreed ones, telling ones come early; those
/// that many pass come late. [`pick`] draws by it.
#[must_use]
pub fn priorities(conversation: &Conversation, counts: &Counts, extremity: &[f64]) -> Vec<f64> {
    let statements = conversation.statements().iter().enumerate();
    let one = |(column, statement): (usize, &crate::vote::Statement)| {
        if statement.meta {
            return META_PRIORITY;
        }
        let count = counts.grouped(column);
        let votes = f64::from(count.votes) + 2.0;
        let passed = (f64::from(count.pass()) + 1.0) / votes;
        let agreed = (f64::from(count.agree) + 1.0) / votes;
        let distance = extremity.get(column).copied().unwrap_or_default();
        let weight = (1.0 - passed) * (distance + 1.0) * agreed * (1.0 + 8.0 * halved_every_five(count.votes));
        weight * weight
    };
    statements.map(one).collect()
}

/// 2 to the power of −n/5.
fn halved_every_five(n: u32) -> f64 {
    let halvings = n / 5;
    let whole = if halvings > 1022 { 0.0 } else { f64::from_bits(u64::from(1023 - halvings) << 52) };
    FIFTHS.get((n % 5) as usize).copied().unwrap_or(1.0) * whole
}

/// Draws a statement in proportion to its weight by one number of chance; its index, or nothing where no weight is
/// above 0. Weights of statements not to be shown (seen, rejected) are given as 0.
#[must_use]
pub fn pick(weights: &[f64], chance: u64) -> Option<usize> {
    let usable = |weight: f64| if weight.is_finite() { weight.max(0.0) } else { 0.0 };
    let total: f64 = weights.iter().map(|w| usable(*w)).sum();
    let aim = total * ((chance >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0));
    let mut sum = 0.0;
    let mut last = None;
    for (index, weight) in weights.iter().enumerate().filter(|(_, weight)| usable(**weight) > 0.0) {
        sum += usable(*weight);
        last = Some(index);
        if sum > aim {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::{halved_every_five, pick};

    #[test]
    fn it_is_half_as_much_every_five() {
        for n in 0..400_u32 {
            let power = 2_f64.powf(-f64::from(n) / 5.0);
            assert!((halved_every_five(n) - power).abs() <= 1e-14 * power, "{n}");
        }
        assert_eq!(halved_every_five(1_000_000), 0.0);
    }

    #[test]
    fn draws_follow_the_weights() {
        let weights = [0.0, 1.0, 3.0, 0.0];
        let drawn = |chance: u64| pick(&weights, chance);
        assert_eq!(
            (drawn(0), drawn(u64::MAX / 8), drawn(u64::MAX / 2), drawn(u64::MAX)),
            (Some(1), Some(1), Some(2), Some(2))
        );
        assert_eq!((pick(&[], 1), pick(&[0.0, f64::NAN], 1)), (None, None));
    }
}
