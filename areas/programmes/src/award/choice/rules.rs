//! Facts in, a reasoned answer out.

use kernel::{Day, FieldError, Kind, Refusal};
use work::calendar::add_days;

use super::{Choice, Nominated, State};
use crate::template::{AwardTerm, Decides};

/// The dated set of rules by which awards are chosen.
pub const RULE_SET: &str = "award-choice/2026-11";
/// Persons of a jury.
pub const JURORS: std::ops::RangeInclusive<usize> = 3..=15;
/// Projects among which a choice is made.
pub const NOMINATED: std::ops::RangeInclusive<usize> = 2..=50;
/// Days that a choice is open at most.
pub const MAX_DAYS: i32 = 60;
/// Ballots that a vote needs.
pub const LEAST: u32 = 5;
/// Ballots that a choice takes at most.
pub const MAX_BALLOTS: u32 = 20_000;

/// The category, where a jury or the residents choose.
///
/// # Errors
/// `award-not-found`, `award-by-office`.
pub fn chosen(term: Option<&AwardTerm>) -> Result<&AwardTerm, Refusal> {
    let term = term.ok_or_else(|| Refusal::new(Kind::NotFound, "award-not-found"))?;
    if term.decide == Decides::Office {
        return Err(Refusal::new(Kind::Conflict, "award-by-office"));
    }
    Ok(term)
}

/// The last day of a choice: from tomorrow on, within [`MAX_DAYS`].
///
/// # Errors
/// `invalid-input` with the field `closes`.
pub fn closes(text: &str, today: &Day) -> Result<Day, Refusal> {
    let code = match Day::parse(text.trim()) {
        None if text.trim().is_empty() => "required",
        None => "not-a-date",
        Some(day) if day <= *today => "day-has-passed",
        Some(day) if day > add_days(today, MAX_DAYS) => "day-too-late",
        Some(day) => return Ok(day),
    };
    Err(Refusal::invalid(vec![FieldError::new("closes", code)]))
}

/// Whether there are enough projects to choose among.
///
/// # Errors
/// `award-nominations-too-few`, `award-nominations-too-many`.
pub fn fits(nominated: usize) -> Result<(), Refusal> {
    let (code, limit) = match nominated {
        n if n < *NOMINATED.start() => ("award-nominations-too-few", *NOMINATED.start()),
        n if n > *NOMINATED.end() => ("award-nominations-too-many", *NOMINATED.end()),
        _ => return Ok(()),
    };
    Err(Refusal::new(Kind::Conflict, code).with_int("limit", i64::try_from(limit).unwrap_or(0)))
}

/// Whether ballots come in.
///
/// # Errors
/// `award-counted`, `award-choice-over`, `award-choice-full`.
pub fn takes_ballots(choice: &Choice, today: &Day) -> Result<(), Refusal> {
    if choice.state == State::Counted {
        return Err(Refusal::new(Kind::Conflict, "award-counted"));
    }
    // a whole jury may still change its mind until the count
    if *today > choice.closes {
        return Err(Refusal::new(Kind::Conflict, "award-choice-over"));
    }
    if choice.ballots >= MAX_BALLOTS {
        let full = Refusal::new(Kind::LimitReached, "award-choice-full");
        return Err(full.with_int("limit", i64::from(MAX_BALLOTS)));
    }
    Ok(())
}

/// The projects that a ballot approves of, ascending: one at least, all of them nominated.
///
/// # Errors
/// `invalid-input` with the field `for`.
pub fn ballot(typed: &[u32], nominated: &[Nominated]) -> Result<Vec<u32>, Refusal> {
    let wrong = |code| Refusal::invalid(vec![FieldError::new("for", code)]);
    if typed.is_empty() {
        return Err(wrong("required"));
    }
    if typed.len() > *NOMINATED.end() || !typed.iter().all(|n| nominated.iter().any(|one| one.number == *n)) {
        return Err(wrong("unknown-choice"));
    }
    let mut numbers = typed.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// How many ballots it needs: of a jury more than half of its persons, of a vote [`LEAST`].
pub fn needed(way: Decides, jurors: u32) -> u32 {
    if way == Decides::Jury { jurors / 2 + 1 } else { LEAST }
}

/// Whether it can be counted.
///
/// # Errors
/// `award-choice-runs` until its last day has passed, `award-ballots-too-few` with how many came and are needed.
pub fn may_count(choice: &Choice, today: &Day) -> Result<(), Refusal> {
    if !choice.is_over(today) {
        return Err(Refusal::new(Kind::Conflict, "award-choice-runs").with_text("until", choice.closes.as_str()));
    }
    let needed = needed(choice.way, choice.jurors);
    if choice.ballots >= needed {
        return Ok(());
    }
    let few = Refusal::new(Kind::Conflict, "award-ballots-too-few");
    Err(few.with_int("ballots", i64::from(choice.ballots)).with_int("needed", i64::from(needed)))
}

/// How many ballots approve of each nominated project, in their order. `sets` holds each combination of numbers with how
/// often it was handed in.
pub fn tally(nominated: &[Nominated], sets: &[(Vec<u32>, u64)]) -> Vec<u64> {
    let approve = |number| sets.iter().filter(|(of, _)| of.contains(&number)).map(|(_, n)| n).sum();
    nominated.iter().map(|one| approve(one.number)).collect()
}

/// How many approved of each, as the register tells it: `3: 5; 7: 2`.
pub fn said(nominated: &[Nominated], approvals: &[u64]) -> String {
    let each: Vec<String> = nominated.iter().zip(approvals).map(|(one, n)| format!("{}: {n}", one.number)).collect();
    each.join("; ")
}

/// The rule's name in the register.
pub fn rule(way: Decides) -> &'static str {
    if way == Decides::Jury { "award-by-jury" } else { "award-by-vote" }
}

/// What a count comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// These get it; may be none.
    Settled(Vec<u32>),
    /// Some have equally many where not all of them can get it.
    Tied {
        /// These get it in any case.
        sure: Vec<u32>,
        /// These have equally many.
        tied: Vec<u32>,
        /// So many of them get it, fewer than they are.
        left: usize,
    },
}

/// Most approvals win, as many as there are places. Those that have equally many get it together where the places allow;
/// else the office says which of them, with a reason. A stopped project, or one of which nobody approved, gets nothing.
pub fn outcome(nominated: &[Nominated], approvals: &[u64], places: u32) -> Outcome {
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    let entered = nominated.iter().zip(approvals).filter(|(one, n)| !one.stopped && **n > 0);
    let mut ranked: Vec<(u64, u32)> = entered.map(|(one, n)| (*n, one.number)).collect();
    ranked.sort_unstable_by_key(|(n, number)| (std::cmp::Reverse(*n), *number));
    let numbers = |list: &[(u64, u32)]| list.iter().map(|(_, number)| *number).collect::<Vec<_>>();
    let Some(last) = places.checked_sub(1).and_then(|at| ranked.get(at)).map(|(n, _)| *n) else {
        return Outcome::Settled(if places == 0 { Vec::new() } else { numbers(&ranked) });
    };
    let above: Vec<_> = ranked.iter().filter(|(n, _)| *n > last).copied().collect();
    let at: Vec<_> = ranked.iter().filter(|(n, _)| *n == last).copied().collect();
    if above.len() + at.len() <= places {
        return Outcome::Settled(numbers(&ranked[..above.len() + at.len()]));
    }
    Outcome::Tied { left: places - above.len(), sure: numbers(&above), tied: numbers(&at) }
}

/// Those that the office chose among the tied, ascending.
///
/// # Errors
/// `award-tied` where it chose none, `invalid-input` with the field `chosen`.
pub fn broken(chosen: &[u32], tied: &[u32], left: usize) -> Result<Vec<u32>, Refusal> {
    let (many, left_int) = (tied.iter().map(u32::to_string).collect::<Vec<_>>(), i64::try_from(left).unwrap_or(0));
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() {
        let refusal = Refusal::new(Kind::Conflict, "award-tied").with_text("tied", many.join(", "));
        return Err(refusal.with_int("left", left_int));
    }
    let wrong = |error| Refusal::invalid(vec![error]);
    if !chosen.iter().all(|number| tied.contains(number)) {
        return Err(wrong(FieldError::new("chosen", "unknown-choice")));
    }
    if chosen.len() != left {
        return Err(wrong(FieldError::new("chosen", "so-many").with_limit(left_int)));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nominated(numbers: &[u32]) -> Vec<Nominated> {
        let one = |number: &u32| Nominated {
            number: *number,
            name: String::new(),
            words: String::new(),
            by: None,
            stopped: *number == 9,
            approvals: None,
            certificate: None,
        };
        numbers.iter().map(one).collect()
    }

    #[test]
    fn most_approvals_win_and_a_tie_is_broken_only_where_places_are_too_few() {
        let tied = |sure: &[u32], tied: &[u32], left| Outcome::Tied { sure: sure.into(), tied: tied.into(), left };
        let settled = |given: &[u32]| Outcome::Settled(given.into());
        for (approvals, places, expected) in [
            (&[3, 7, 5][..], 1, settled(&[2])),
            (&[3, 7, 5], 2, settled(&[2, 3])),
            (&[7, 7, 5], 1, tied(&[], &[1, 2], 1)),
            (&[7, 7, 5], 2, settled(&[1, 2])),
            (&[5, 7, 5], 2, tied(&[2], &[1, 3], 1)),
            (&[5, 5, 5], 2, tied(&[], &[1, 2, 3], 2)),
            (&[0, 7, 0], 2, settled(&[2])),
            (&[0, 0, 0], 1, settled(&[])),
            (&[1, 0, 0], 20, settled(&[1])),
        ] {
            assert_eq!(outcome(&nominated(&[1, 2, 3]), approvals, places), expected, "{approvals:?} {places}");
        }
        // what was stopped gets nothing, however many approve
        assert_eq!(outcome(&nominated(&[1, 9]), &[1, 8], 1), settled(&[1]));
    }

    #[test]
    fn the_office_chooses_among_the_tied_alone_and_as_many_as_are_left() {
        let code = |chosen: &[u32]| broken(chosen, &[2, 5, 7], 2).map_err(|refusal| refusal.code);
        assert_eq!(code(&[7, 2, 2]), Ok(vec![2, 7]));
        assert_eq!(code(&[]), Err("award-tied"));
        for wrong in [&[2, 3][..], &[2], &[2, 5, 7]] {
            assert_eq!(code(wrong), Err("invalid-input"), "{wrong:?}");
        }
    }

    #[test]
    fn a_jury_needs_more_than_half_and_a_vote_five() {
        let jury: Vec<u32> = [3, 4, 5, 15].map(|jurors| needed(Decides::Jury, jurors)).into();
        assert_eq!((jury, needed(Decides::Vote, 0)), (vec![2, 3, 3, 8], 5));
    }

    proptest! {
        #[test]
        fn whoever_gets_it_has_at_least_as_many_as_whoever_does_not(
            approvals in prop::collection::vec(0_u64..6, 3..9),
            places in 1_u32..5,
        ) {
            let numbers: Vec<u32> = (11..).take(approvals.len()).collect();
            let of = |number: &u32| approvals[usize::try_from(number - 11).unwrap()];
            let most = usize::try_from(places).unwrap();
            let given = match outcome(&nominated(&numbers), &approvals, places) {
                Outcome::Settled(given) => given,
                Outcome::Tied { sure, tied, left } => {
                    prop_assert!(left > 0 && left < tied.len() && sure.len() + left == most);
                    prop_assert!(tied.iter().all(|n| of(n) == of(&tied[0])));
                    prop_assert!(sure.iter().all(|n| of(n) > of(&tied[0])));
                    sure.into_iter().chain(tied.into_iter().take(left)).collect()
                }
            };
            prop_assert!(given.len() <= most && given.iter().all(|n| of(n) > 0));
            let least = given.iter().map(of).min().unwrap_or(0);
            let others = numbers.iter().filter(|n| !given.contains(n)).map(of).max().unwrap_or(0);
            prop_assert!(given.len() < most && others == 0 || others <= least);
        }

        #[test]
        fn a_tally_is_what_a_plain_count_of_ballots_is(ballots in prop::collection::vec(1_u8..8, 0..40)) {
            let of = |set: u8| (1..=3_u32).filter(|n| set >> (n - 1) & 1 == 1).collect::<Vec<_>>();
            let sets: Vec<(Vec<u32>, u64)> = (1..8_u8)
                .map(|set| (of(set), ballots.iter().filter(|one| **one == set).count() as u64))
                .collect();
            let plain: Vec<u64> =
                (1..=3_u32).map(|n| ballots.iter().filter(|one| of(**one).contains(&n)).count() as u64).collect();
            prop_assert_eq!(tally(&nominated(&[1, 2, 3]), &sets), plain);
        }
    }
}
