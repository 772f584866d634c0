//! Facts in, a reasoned answer out.

use kernel::{Kind, PlaceId, Refusal};
use programmes::{Phase, Season};

/// The vote of the season is not over: its roll may change.
///
/// # Errors
/// `wrong-phase`.
pub(crate) fn still_open(season: &Season) -> Result<(), Refusal> {
    if season.phase >= Phase::Closed { Err(not_voting(season)) } else { Ok(()) }
}

/// What is done only in the phase of voting, or before it, is refused like this.
pub(crate) fn not_voting(season: &Season) -> Refusal {
    let refusal = Refusal::new(Kind::Conflict, "wrong-phase").with_text("phase", season.phase.as_str());
    refusal.with_text("expected", Phase::Voting.as_str())
}

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

/// The part of a place in which somebody lives: the place directly below it on the path of where they live, or nothing
/// where they are registered at the place itself. Paths are ids joined with `/`.
pub(crate) fn part_of(path: &str, place: &PlaceId) -> Option<PlaceId> {
    let mut ids = path.split('/').skip_while(|id| *id != place.as_str());
    ids.nth(1)?.parse().ok()
}

/// Voters and votes of a part, as they may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnout {
    /// The part; nothing for those of whom the roll does not know it.
    pub part: Option<PlaceId>,
    /// On the roll.
    pub voters: u64,
    /// How many of them voted; nothing where that is too few to be shown.
    pub voted: Option<u64>,
}

/// Votes from which on the turnout of a part is shown.
pub const ENOUGH: u64 = 10;

/// What may be shown of voters and votes by parts: a part with fewer than [`ENOUGH`] votes is not. Where that hides one
/// part alone, the total would tell it, so the smallest of the others is hidden with it. A single part is the total and
/// is left out.
pub(crate) fn turnouts(parts: Vec<(Option<PlaceId>, u64, u64)>) -> Vec<Turnout> {
    if parts.len() < 2 {
        return Vec::new();
    }
    let shown = |voted: u64| (voted >= ENOUGH).then_some(voted);
    let mut list: Vec<Turnout> =
        parts.into_iter().map(|(part, voters, voted)| Turnout { part, voters, voted: shown(voted) }).collect();
    if list.iter().filter(|t| t.voted.is_none()).count() == 1 {
        let smallest = list.iter_mut().filter(|t| t.voted.is_some()).min_by_key(|t| t.voted);
        if let Some(smallest) = smallest {
            smallest.voted = None;
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> PlaceId {
        format!("1-0000000000000000000{n}").parse().unwrap()
    }

    #[test]
    fn a_part_is_what_lies_directly_below() {
        let path = format!("{}/{}/{}", id(1), id(2), id(3));
        assert_eq!(part_of(&path, &id(1)), Some(id(2)));
        assert_eq!(part_of(&path, &id(2)), Some(id(3)));
        assert_eq!(part_of(&path, &id(3)), None);
        assert_eq!(part_of(&path, &id(4)), None);
    }

    #[test]
    fn a_few_votes_are_not_shown_and_cannot_be_worked_out() {
        let cases: &[(&[u64], &[Option<u64>])] = &[
            (&[], &[]),
            (&[500], &[]),
            (&[10, 11], &[Some(10), Some(11)]),
            (&[9, 30, 20], &[None, Some(30), None]),
            (&[0, 30, 20], &[None, Some(30), None]),
            (&[9, 9, 20], &[None, None, Some(20)]),
            (&[3, 10], &[None, None]),
        ];
        for (voted, expected) in cases {
            let parts = (1_u8..).zip(*voted).map(|(n, voted)| (Some(id(n)), 100, *voted)).collect();
            let told: Vec<Option<u64>> = turnouts(parts).into_iter().map(|t| t.voted).collect();
            assert_eq!(told, *expected, "{voted:?}");
        }
    }
}
