//! Ranked ballots: published examples, counter-examples, and what must hold of every election.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

use proptest::prelude::*;
use tally::Lots;
use tally::ranked::{Action, Fractions, PartedBy, Profile, RankedError, Schulze, irv, schulze, stv};

/// Ballots as a number and letters from `A`, best first.
fn profile(options: usize, ballots: &[(u64, &str)]) -> Profile {
    let mut profile = Profile::new(options).unwrap();
    for (count, letters) in ballots {
        let ranking: Vec<usize> = letters.bytes().map(|letter| usize::from(letter - b'A')).collect();
        profile.add(&ranking, *count).unwrap();
    }
    profile
}

fn letters(options: impl IntoIterator<Item = usize>) -> String {
    options.into_iter().map(|option| char::from(b'A' + u8::try_from(option).unwrap())).collect()
}

fn order(found: &Schulze) -> String {
    letters(found.order.iter().map(|placed| placed.option))
}

#[test]
fn schulzes_example_of_forty_five_voters() {
    let ballots = [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ];
    let found = schulze(&profile(5, &ballots), &Lots::listed(5)).unwrap();
    assert_eq!(found.prefer[0], [0, 20, 26, 30, 22]);
    let strengths =
        [[0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0]];
    assert_eq!(found.strength, strengths);
    assert_eq!((order(&found), found.winners.as_slice(), found.condorcet), ("EACBD".into(), &[4][..], None));
    assert!(found.order.iter().all(|placed| placed.by_lot.is_empty()));
    // A reaches B by D and C: 30, 28, 29
    assert_eq!(found.path(0, 1).map(letters), Some("ADCB".into()));
    assert_eq!(found.path(0, 0), None);
}

/// Four towns look for a capital: Memphis, Nashville, Chattanooga, Knoxville.
const TENNESSEE: [(u64, &str); 4] = [(42, "ABCD"), (26, "BCDA"), (15, "CDBA"), (17, "DCBA")];

#[test]
fn a_capital_of_tennessee() {
    let towns = profile(4, &TENNESSEE);
    let found = schulze(&towns, &Lots::listed(4)).unwrap();
    assert_eq!((order(&found), found.condorcet), ("BCDA".into(), Some(1)));
    let found = irv(&towns, &Lots::listed(4)).unwrap();
    assert_eq!(found.winner, Some(3));
    let votes: Vec<_> = found.rounds.iter().map(|round| round.votes.clone()).collect();
    let wanted = [
        vec![Some(42), Some(26), Some(15), Some(17)],
        vec![Some(42), Some(26), None, Some(32)],
        vec![Some(42), None, None, Some(58)],
    ];
    assert_eq!(votes, wanted);
    assert_eq!(found.rounds.iter().map(|round| round.eliminated).collect::<Vec<_>>(), [Some(2), Some(1), None]);
}

#[test]
fn in_an_instant_runoff_raising_the_winner_can_make_it_lose() {
    let before = profile(3, &[(39, "ABC"), (35, "BCA"), (26, "CAB")]);
    assert_eq!(irv(&before, &Lots::listed(3)).unwrap().winner, Some(0));
    // ten of those for B put A first
    let raised = profile(3, &[(39, "ABC"), (10, "ABC"), (25, "BCA"), (26, "CAB")]);
    assert_eq!(irv(&raised, &Lots::listed(3)).unwrap().winner, Some(2));
}

#[test]
fn equal_last_places_go_by_an_earlier_round_then_by_lot() {
    // E goes first; its ballot makes C equal to B, which had more votes in the round before
    let by_round = profile(4, &[(5, "A"), (3, "BA"), (2, "CA"), (1, "DC")]);
    let found = irv(&by_round, &Lots::listed(4)).unwrap();
    let parted = found.rounds[1].parted.clone().unwrap();
    assert_eq!((parted.equal, parted.picked, parted.by), (vec![1, 2], 2, PartedBy::Earlier(1)));
    // never different: who stands last in the order of lots goes
    let by_lot = profile(3, &[(5, "A"), (2, "BA"), (2, "CB"), (2, "")]);
    for (lots, goes) in [(vec![0, 1, 2], 2), (vec![2, 1, 0], 1)] {
        let found = irv(&by_lot, &Lots::drawn(lots).unwrap()).unwrap();
        // 5 of 9 that count are more than half: nobody goes
        assert_eq!((found.winner, found.rounds.len(), found.rounds[0].exhausted), (Some(0), 1, 2));
        let closer = profile(3, &[(4, "A"), (2, "BA"), (2, "CB")]);
        let found = irv(&closer, &Lots::drawn(vec![0, goes ^ 3, goes]).unwrap()).unwrap();
        let parted = found.rounds[0].parted.clone().unwrap();
        assert_eq!((parted.picked, parted.by), (goes, PartedBy::Lot));
    }
    assert_eq!(irv(&profile(2, &[(3, "")]), &Lots::listed(2)).unwrap().winner, None);
}

#[test]
fn party_food_by_the_single_transferable_vote() {
    // orange, pear, chocolate, strawberry, hamburger; three of them for twenty guests (Wikipedia, Single transferable vote)
    let food = profile(5, &[(4, "A"), (2, "BA"), (8, "CD"), (4, "CE"), (1, "D"), (1, "E")]);
    for fractions in [Fractions::Exact, Fractions::FiveDecimals] {
        let found = stv(&food, 3, fractions, &Lots::listed(5)).unwrap();
        assert_eq!((found.quota, letters(found.elected.clone())), (6, "CAD".into()));
        let votes: Vec<String> = found
            .stages
            .iter()
            .map(|stage| stage.votes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(votes, ["4 2 12 1 1", "4 2 6 5 3", "6 0 6 5 3", "6 0 6 5 0", "6 0 6 5 0"]);
        assert_eq!(found.stages[1].action, Action::Surplus { option: 2, surplus: tally::Ratio::new(6, 1).unwrap() });
        assert_eq!(found.stages[4].action, Action::LastSeats);
        // no hamburger ballot names anything else
        assert_eq!(found.stages[3].lost.to_string(), "3");
    }
}

#[test]
fn every_ballot_of_a_surplus_goes_on_at_its_own_value() {
    // 15 ballots, three seats: quota 4. A has 8, surplus 4: each of its ballots goes on worth 1/2. B then has 2 + 6/2 = 5;
    // of its surplus of 1 each ballot carries a fifth of its value: D gets 2·1/5, C 6·1/10. Then D is last.
    let ballots = [(6, "ABC"), (2, "AC"), (2, "BD"), (2, "C"), (3, "D")];
    let found = stv(&profile(4, &ballots), 3, Fractions::Exact, &Lots::listed(4)).unwrap();
    assert_eq!((found.quota, letters(found.elected.clone())), (4, "ABC".into()));
    let votes = |at: usize| found.stages[at].votes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!([votes(0), votes(1), votes(2), votes(3)], ["8 2 2 3", "4 5 3 3", "4 4 18/5 17/5", "4 4 18/5 0"]);
    assert_eq!(
        (&found.stages[3].action, found.stages[3].lost.to_string()),
        (&Action::Exclusion { option: 3 }, "17/5".into())
    );
}

#[test]
fn what_five_decimals_leave_out_is_told() {
    // 13 ballots, two seats: quota 5. A has 7, and 2/7 to five decimals is 0.28571: 7 of them are 0.00003 less than 2
    let ballots = profile(4, &[(6, "ABC"), (1, "AC"), (2, "BD"), (2, "BC"), (2, "C")]);
    let exact = stv(&ballots, 2, Fractions::Exact, &Lots::listed(4)).unwrap();
    assert_eq!((exact.quota, letters(exact.elected.clone())), (5, "AB".into()));
    let told = |found: &tally::ranked::Stv| {
        found.stages[1].votes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!((told(&exact), exact.stages[1].lost.to_string()), ("5 40/7 16/7 0".into(), "0".into()));
    let found = stv(&ballots, 2, Fractions::FiveDecimals, &Lots::listed(4)).unwrap();
    assert_eq!(
        (told(&found), found.stages[1].lost.to_string()),
        ("5 285713/50000 228571/100000 0".into(), "3/100000".into())
    );
}

#[test]
fn doron_and_kronicks_example_raising_an_elected_option_costs_it_the_seat() {
    // Single transferrable vote: an example of a perverse social choice function, AJPS 21 (1977): W, X, Y, Z are A to D
    let before = profile(4, &[(9, "ADBC"), (6, "BCDA"), (2, "CBDA"), (4, "CDBA"), (5, "DBCA")]);
    let found = stv(&before, 2, Fractions::Exact, &Lots::listed(4)).unwrap();
    assert_eq!((found.quota, letters(found.elected)), (9, "AB".into()));
    // two who had X second put it first
    let raised = profile(4, &[(9, "ADBC"), (6, "BCDA"), (2, "BCDA"), (4, "CDBA"), (5, "DBCA")]);
    let found = stv(&raised, 2, Fractions::Exact, &Lots::listed(4)).unwrap();
    assert_eq!(letters(found.elected), "AD");
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let lots = Lots::listed(3);
    assert_eq!(Profile::new(0), Err(RankedError::Options));
    assert_eq!(Profile::new(201), Err(RankedError::Options));
    let mut three = Profile::new(3).unwrap();
    assert_eq!(three.add(&[0, 3], 1), Err(RankedError::Unknown(3)));
    assert_eq!(three.add(&[0, 1, 0], 1), Err(RankedError::Twice(0)));
    assert_eq!(three.add_with_ties(&[vec![0], vec![]], 1), Err(RankedError::EmptyRank(2)));
    assert_eq!(three.add(&[0], u64::MAX), Err(RankedError::TooMany));
    assert_eq!((three.n_ballots(), three.n_distinct()), (0, 0));
    three.add_with_ties(&[vec![2, 1], vec![0]], 3).unwrap();
    three.add_with_ties(&[vec![1, 2], vec![0]], 4).unwrap();
    assert_eq!((three.n_ballots(), three.n_distinct()), (7, 1));
    assert_eq!(irv(&three, &lots), Err(RankedError::SharedRank(1, 2)));
    assert_eq!(stv(&three, 1, Fractions::Exact, &lots), Err(RankedError::SharedRank(1, 2)));
    for seats in [0, 4] {
        assert_eq!(stv(&three, seats, Fractions::Exact, &lots), Err(RankedError::Seats(3)));
    }
    let many = profile(11, &[(1, "A")]);
    assert_eq!(stv(&many, 11, Fractions::Exact, &Lots::listed(11)), Err(RankedError::ExactSeats));
    assert_eq!(stv(&many, 11, Fractions::FiveDecimals, &Lots::listed(11)).unwrap().elected.len(), 11);
    assert_eq!(schulze(&three, &Lots::listed(2)), Err(RankedError::Lots { lots: 2, options: 3 }));
    // equal ranks: 1 and 2 are alike, the lot parts them
    let found = schulze(&three, &Lots::drawn(vec![2, 1, 0]).unwrap()).unwrap();
    assert_eq!((order(&found), found.winners), ("CBA".into(), vec![1, 2]));
    assert_eq!(found.order[0].by_lot, [1]);
}

/// Ballots of up to five options, each a list without repeats, and an order of lots.
fn elections() -> impl Strategy<Value = (usize, Vec<Vec<usize>>, Vec<usize>)> {
    (1..=5_usize).prop_flat_map(|n| {
        let all: Vec<usize> = (0..n).collect();
        let ballot = (Just(all.clone()).prop_shuffle(), 0..=n).prop_map(|(mut order, named)| {
            order.truncate(named);
            order
        });
        (Just(n), prop::collection::vec(ballot, 0..25), Just(all).prop_shuffle())
    })
}

fn of(options: usize, ballots: &[Vec<usize>]) -> Profile {
    let mut profile = Profile::new(options).unwrap();
    ballots.iter().for_each(|ballot| profile.add(ballot, 1).unwrap());
    profile
}

/// The strongest path, found by trying all.
fn plain_strength(found: &Schulze, from: usize, to: usize, seen: &mut Vec<usize>) -> u64 {
    let mut best = 0;
    for next in 0..found.prefer.len() {
        let link = found.prefer[from][next];
        if seen.contains(&next) || link <= found.prefer[next][from] {
            continue;
        }
        seen.push(next);
        let rest = if next == to { u64::MAX } else { plain_strength(found, next, to, seen) };
        seen.pop();
        best = best.max(link.min(rest));
    }
    best
}

/// The Scottish count ballot by ballot, in whole units of 10⁻⁵.
fn plain_stv(options: usize, ballots: &[Vec<usize>], seats: usize, lots: &[usize]) -> Vec<usize> {
    const UNIT: u128 = 100_000;
    let mut papers: Vec<(Vec<usize>, u128)> =
        ballots.iter().filter(|b| !b.is_empty()).map(|b| (b.clone(), UNIT)).collect();
    let quota = (papers.len() as u128 / (seats as u128 + 1) + 1) * UNIT;
    let place = |option: usize| lots.iter().position(|other| *other == option).unwrap();
    let (mut elected, mut pending, mut gone): (Vec<usize>, Vec<usize>, Vec<usize>) = (vec![], vec![], vec![]);
    let mut frozen = vec![None; options];
    let mut history: Vec<Vec<u128>> = vec![];
    // a paper lies with the first of its options that is not struck from it
    loop {
        let lying = |option: usize, papers: &[(Vec<usize>, u128)]| -> u128 {
            papers.iter().filter(|(b, _)| b.first() == Some(&option)).map(|(_, value)| *value).sum()
        };
        let votes: Vec<u128> = (0..options).map(|o| frozen[o].unwrap_or_else(|| lying(o, &papers))).collect();
        history.push(votes.clone());
        let mut news: Vec<usize> =
            (0..options).filter(|o| !elected.contains(o) && !gone.contains(o) && votes[*o] >= quota).collect();
        news.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(place(*a).cmp(&place(*b))));
        pending.extend(news.iter().filter(|o| votes[**o] > quota));
        elected.extend(&news);
        if elected.len() == seats {
            return elected;
        }
        let mut left: Vec<usize> = (0..options).filter(|o| !elected.contains(o) && !gone.contains(o)).collect();
        if left.len() + elected.len() <= seats {
            left.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(place(*a).cmp(&place(*b))));
            elected.extend(left);
            return elected;
        }
        let late: Vec<&Vec<u128>> = history.iter().rev().collect();
        let record = |option: usize| late.iter().map(|votes| votes[option]).collect::<Vec<u128>>();
        let (from, total) = if pending.is_empty() {
            let from = left
                .iter()
                .copied()
                .min_by(|a, b| record(*a).cmp(&record(*b)).then(place(*b).cmp(&place(*a))))
                .unwrap();
            gone.push(from);
            frozen[from] = Some(0);
            (from, None)
        } else {
            let from = pending
                .iter()
                .copied()
                .max_by(|a, b| record(*a).cmp(&record(*b)).then(place(*b).cmp(&place(*a))))
                .unwrap();
            pending.retain(|other| *other != from);
            frozen[from] = Some(quota);
            (from, Some(votes[from]))
        };
        for (ballot, value) in papers.iter_mut().filter(|(ballot, _)| ballot.first() == Some(&from)) {
            if let Some(total) = total {
                *value = (total - quota) * *value / total;
            }
            ballot.retain(|option| !elected.contains(option) && !gone.contains(option));
        }
        papers.retain(|(ballot, _)| !ballot.is_empty());
    }
}

proptest! {
    #[test]
    fn schulze_is_what_all_paths_say((n, ballots, lots) in elections()) {
        let found = schulze(&of(n, &ballots), &Lots::drawn(lots.clone()).unwrap()).unwrap();
        for a in 0..n {
            for b in (0..n).filter(|b| *b != a) {
                prop_assert_eq!(found.strength[a][b], plain_strength(&found, a, b, &mut vec![a]));
                // the path that is told has that strength
                let path = found.path(a, b);
                prop_assert_eq!(path.is_some(), found.strength[a][b] > 0);
                if let Some(path) = path {
                    let links = path.windows(2).map(|p| found.prefer[p[0]][p[1]]).min();
                    prop_assert_eq!((path[0], path[path.len() - 1], links), (a, b, Some(found.strength[a][b])));
                }
            }
        }
        prop_assert!(found.winners.contains(&found.order[0].option));
        for (at, one) in found.order.iter().enumerate() {
            for later in &found.order[at + 1..] {
                prop_assert!(!found.better(later.option, one.option));
            }
        }
        // whoever beats all others one by one is the only winner
        if let Some(best) = found.condorcet {
            prop_assert_eq!(&found.winners, &[best]);
        }
    }

    #[test]
    fn by_schulze_raising_a_winner_never_harms_it((n, ballots, lots) in elections(), which in any::<prop::sample::Index>(), pick in any::<prop::sample::Index>()) {
        let lots = Lots::drawn(lots).unwrap();
        let before = schulze(&of(n, &ballots), &lots).unwrap();
        prop_assume!(!ballots.is_empty());
        let winner = before.winners[pick.index(before.winners.len())];
        let mut raised = ballots.clone();
        let ballot = &mut raised[which.index(ballots.len())];
        match ballot.iter().position(|option| *option == winner) {
            Some(0) => {}
            Some(at) => ballot.swap(at, at - 1),
            None => ballot.push(winner),
        }
        prop_assert!(schulze(&of(n, &raised), &lots).unwrap().winners.contains(&winner));
    }

    #[test]
    fn names_and_order_of_ballots_make_no_difference((n, ballots, lots) in elections(), seats in 1..=5_usize) {
        let seats = seats.min(n);
        let rename = |option: usize| n - 1 - option;
        let renamed: Vec<Vec<usize>> = ballots.iter().rev().map(|ballot| ballot.iter().map(|o| rename(*o)).collect()).collect();
        let mut turned = ballots.clone();
        turned.reverse();
        prop_assert_eq!(of(n, &ballots), of(n, &turned));
        let (one, other) = (of(n, &ballots), of(n, &renamed));
        let other_lots = Lots::drawn(lots.iter().map(|o| rename(*o)).collect()).unwrap();
        let lots = Lots::drawn(lots).unwrap();
        prop_assert_eq!(irv(&one, &lots).unwrap().winner.map(rename), irv(&other, &other_lots).unwrap().winner);
        for fractions in [Fractions::Exact, Fractions::FiveDecimals] {
            let elected = stv(&one, seats, fractions, &lots).unwrap().elected;
            let renamed = stv(&other, seats, fractions, &other_lots).unwrap().elected;
            prop_assert_eq!(elected.into_iter().map(rename).collect::<Vec<_>>(), renamed);
        }
        let placed = |found: Schulze| found.order.into_iter().map(|placed| placed.option).collect::<Vec<_>>();
        let first = placed(schulze(&one, &lots).unwrap());
        prop_assert_eq!(first.into_iter().map(rename).collect::<Vec<_>>(), placed(schulze(&other, &other_lots).unwrap()));
    }

    #[test]
    fn the_scottish_count_is_that_of_single_papers((n, ballots, lots) in elections(), seats in 1..=5_usize) {
        let seats = seats.min(n);
        let found = stv(&of(n, &ballots), seats, Fractions::FiveDecimals, &Lots::drawn(lots.clone()).unwrap()).unwrap();
        prop_assert_eq!(&found.elected, &plain_stv(n, &ballots, seats, &lots));
        prop_assert_eq!(found.elected.len(), seats);
    }

    #[test]
    fn solid_groups_get_their_seats((n, ballots, lots) in elections(), seats in 1..=5_usize, chosen in 1..32_u32) {
        let seats = seats.min(n);
        let group: Vec<usize> = (0..n).filter(|option| chosen >> option & 1 == 1).collect();
        prop_assume!(!group.is_empty());
        let found = stv(&of(n, &ballots), seats, Fractions::Exact, &Lots::drawn(lots).unwrap()).unwrap();
        let solid = ballots.iter().filter(|b| b.len() >= group.len() && b[..group.len()].iter().all(|o| group.contains(o))).count() as u64;
        let due = usize::try_from(solid / found.quota).unwrap().min(group.len());
        let got = found.elected.iter().filter(|option| group.contains(option)).count();
        prop_assert!(got >= due, "{got} of {due}");
    }

    #[test]
    fn one_seat_is_an_instant_runoff_and_a_majority_wins_it((n, ballots, lots) in elections()) {
        let lots = Lots::drawn(lots).unwrap();
        let profile = of(n, &ballots);
        let found = irv(&profile, &lots).unwrap();
        if let Some(winner) = found.winner {
            prop_assert_eq!(&stv(&profile, 1, Fractions::Exact, &lots).unwrap().elected, &[winner]);
        }
        let named = ballots.iter().filter(|ballot| !ballot.is_empty()).count();
        for option in 0..n {
            if 2 * ballots.iter().filter(|ballot| ballot.first() == Some(&option)).count() > named {
                prop_assert_eq!((found.winner, found.rounds.len()), (Some(option), 1));
            }
        }
        // each round tells of all ballots
        for round in &found.rounds {
            prop_assert_eq!(round.votes.iter().flatten().sum::<u64>() + round.exhausted, profile.n_ballots());
        }
    }
}
