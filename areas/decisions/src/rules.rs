//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};
use programmes::Season;

/// What a voter chose, checked and in ascending order.
///
/// # Errors
/// `too-many-choices`, `unknown-project`, `named-twice`.
pub(crate) fn choices(season: &Season, chosen: &[u32]) -> Result<Vec<u32>, Refusal> {
    if chosen.len() > usize::try_from(season.max_choices).unwrap_or(0) {
        let refusal = Refusal::new(Kind::Invalid, "too-many-choices");
        return Err(refusal.with_int("limit", i64::from(season.max_choices)));
    }
    let mut sorted = chosen.to_vec();
    sorted.sort_unstable();
    let named = |code, number: u32| Refusal::new(Kind::Invalid, code).with_int("number", i64::from(number));
    if let Some(unknown) = sorted.iter().find(|n| !(1..=season.n_projects).contains(n)) {
        return Err(named("unknown-project", *unknown));
    }
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(named("named-twice", pair[0])),
        None => Ok(sorted),
    }
}
