//! What holds for every pool, on small ones whose panels can all be enumerated.
#![expect(clippy::unwrap_used, reason = "tests may fall")]

mod common;

use std::collections::BTreeMap;

use common::{Small, share, shares};
use proptest::prelude::*;
use sortition::{
    Effort, ListError, Outcome, PanelList, PeopleColumns, Rule, Seed, draw, numbered_list, read_people, read_quotas,
    reserve_order, solve, stand_ins, withdraw,
};

/// Up to three categories of two or three features, up to ten people, some of whom share an address.
fn small() -> impl Strategy<Value = Small> {
    let quota = (0_u32..3, 0_u32..4).prop_map(|(min, more)| (min, min + more));
    let quotas = prop::collection::vec(prop::collection::vec(quota, 2..4), 1..4);
    quotas.prop_flat_map(|quotas| {
        let features: Vec<_> = quotas.iter().map(|category| 0..category.len()).collect();
        let people = prop::collection::vec((features, prop::option::weighted(0.4, 0_u8..4)), 3..11);
        (Just(quotas), people, 1_u32..5).prop_map(|(quotas, people, size)| {
            let size = size.min(people.len() as u32);
            Small { quotas, people, size }
        })
    })
}

/// The same with quotas wide enough for the first people who live apart.
fn drawable() -> impl Strategy<Value = Small> {
    small().prop_map(|mut small| {
        let mut homes = Vec::new();
        let apart = |at: &usize| {
            let home = small.people[*at].1;
            let new = home.is_none() || !homes.contains(&home);
            homes.push(home);
            new
        };
        let panel: Vec<usize> = (0..small.people.len()).filter(apart).take(small.size as usize).collect();
        small.size = panel.len() as u32;
        for (category, features) in small.quotas.iter_mut().enumerate() {
            for (feature, (min, max)) in features.iter_mut().enumerate() {
                let count = panel.iter().filter(|at| small.people[**at].0[category] == feature).count() as u32;
                (*min, *max) = ((*min).min(count), (*max).max(count));
            }
        }
        small
    })
}

/// Bounds of the lowest chance that any lottery can give to those who can be drawn: a lottery and a weighing of people that
/// multiplicative weights find.
fn bounds(panels: &[Vec<usize>], people: &[usize]) -> (f64, f64) {
    let mut weights: BTreeMap<usize, f64> = people.iter().map(|at| (*at, 1.0)).collect();
    let mut counts: BTreeMap<usize, f64> = people.iter().map(|at| (*at, 0.0)).collect();
    let (rounds, mut above) = (600, f64::INFINITY);
    for _ in 0..rounds {
        let sum: f64 = weights.values().sum();
        let worth = |panel: &&Vec<usize>| panel.iter().map(|at| weights[at]).sum::<f64>() / sum;
        let best = panels.iter().max_by(|a, b| worth(a).total_cmp(&worth(b))).unwrap();
        above = above.min(worth(&best));
        for at in best {
            *weights.get_mut(at).unwrap() *= 0.95;
            *counts.get_mut(at).unwrap() += 1.0;
        }
    }
    (counts.values().copied().fold(f64::INFINITY, f64::min) / f64::from(rounds), above)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_lottery_is_found_exactly_when_there_is_a_panel(small in small()) {
        let panels = small.panels();
        let problem = small.problem();
        match solve(&problem, Rule::Leximin, Effort::default()).unwrap() {
            Outcome::Infeasible(found) => {
                prop_assert!(panels.is_empty());
                // the change that is proposed makes a panel possible
                let mut quotas = small.quotas.clone();
                for new in &found.relax {
                    let at = |name: &str| name[1..].parse::<usize>().unwrap();
                    quotas[at(&new.category)][at(&new.feature)] = (new.new_min, new.new_max);
                }
                let possible = Small { quotas, ..small.clone() }.panels();
                let homes_suffice = !Small { quotas: vec![], ..small.clone() }.panels().is_empty();
                prop_assert_eq!(!possible.is_empty(), homes_suffice);
                prop_assert_eq!(found.relax.is_empty(), !homes_suffice);
                if homes_suffice {
                    prop_assert_eq!(u64::from(found.seats), least_change(&small));
                    prop_assert!(!found.impossible.is_empty());
                }
            }
            Outcome::Feasible(lottery) => {
                prop_assert!(!panels.is_empty());
                let chances = shares(&problem, &lottery);
                prop_assert!((chances.iter().sum::<f64>() - f64::from(small.size)).abs() < 1e-9);
                // exactly those whom no panel holds have no chance
                let possible: Vec<usize> =
                    (0..small.people.len()).filter(|at| panels.iter().any(|panel| panel.contains(at))).collect();
                for (at, chance) in chances.iter().enumerate() {
                    prop_assert_eq!(*chance > 1e-9, possible.contains(&at), "person {} has {}", at, chance);
                }
                let lowest = possible.iter().map(|at| chances[*at]).fold(1.0, f64::min);
                let (below, above) = bounds(&panels, &possible);
                prop_assert!(below - 1e-7 <= lowest && lowest <= above + 1e-7, "{} {} {}", below, lowest, above);
                let maximin = shares(&problem, &small.lottery(Rule::Maximin).1);
                let least = possible.iter().map(|at| maximin[*at]).fold(1.0, f64::min);
                prop_assert!((least - lowest).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn no_panel_improves_a_nash_lottery(small in drawable()) {
        let panels = small.panels();
        let (problem, lottery) = small.lottery(Rule::Nash);
        let chances = shares(&problem, &lottery);
        let possible = (0..small.people.len()).filter(|at| panels.iter().any(|panel| panel.contains(at))).count() as f64;
        for panel in &panels {
            let gain: f64 = panel.iter().map(|at| 1.0 / chances[*at]).sum();
            prop_assert!(gain <= possible * (1.0 + 1e-6), "{:?} gains {} of {}", panel, gain, possible);
        }
    }

    #[test]
    fn the_list_keeps_to_quotas_and_the_order_of_rows_changes_nothing(small in drawable(), turn in 0_usize..10) {
        for rule in [Rule::Leximin, Rule::Maximin, Rule::Nash] {
            let (problem, lottery) = small.lottery(rule);
            let list = numbered_list(&problem, &lottery, 97, Effort::default()).unwrap();
            let mut counts = vec![0_u32; small.people.len()];
            for panel in list.panels() {
                let members: Vec<usize> = panel.iter().map(|key| key[1..].parse().unwrap()).collect();
                prop_assert!(small.meets(&members, &small.quotas));
                members.iter().for_each(|at| counts[*at] += 1);
            }
            // equal people who live alone sit equally often, one more or less
            for (one, a) in small.people.iter().enumerate().filter(|(_, a)| a.1.is_none()) {
                for (two, _) in small.people.iter().enumerate().filter(|(_, b)| *b == a) {
                    prop_assert!(counts[one].abs_diff(counts[two]) <= 1);
                    let chances = lottery.chances(&problem);
                    prop_assert_eq!(chances[one], chances[two]);
                }
            }
            let n = small.people.len();
            let turned: Vec<usize> = (0..n).rev().map(|at| (at + turn) % n).collect();
            let other = small.problem_in(turned.clone());
            let Outcome::Feasible(again) = solve(&other, rule, Effort::default()).unwrap() else { panic!("feasible") };
            for (at, chance) in turned.iter().zip(again.chances(&other)) {
                prop_assert_eq!(share(&chance), share(&lottery.chances(&problem)[*at]));
            }
            prop_assert_eq!(numbered_list(&other, &again, 97, Effort::default()).unwrap(), list);
        }
    }

    #[test]
    fn stand_ins_keep_to_quotas(small in drawable(), seed in "[a-z0-9]{1,12}") {
        let (problem, lottery) = small.lottery(Rule::Leximin);
        let list = numbered_list(&problem, &lottery, 20, Effort::default()).unwrap();
        let drawn = draw(&list, &Seed::new(&seed).unwrap());
        let panel: Vec<usize> = drawn.panel.iter().map(|key| key[1..].parse().unwrap()).collect();
        let order = reserve_order(&problem, &drawn);
        prop_assert_eq!(order.len() + panel.len(), small.people.len());
        for leaves in &panel {
            let others: Vec<usize> = panel.iter().copied().filter(|at| at != leaves).collect();
            let found = stand_ins(&problem, &panel, *leaves, &order, 99);
            let fits = |enters: &&usize| {
                let trial: Vec<usize> = others.iter().copied().chain([**enters]).collect();
                small.meets(&trial, &small.quotas)
            };
            let wanted: Vec<usize> = order.iter().filter(fits).copied().collect();
            prop_assert_eq!(&found, &wanted);
            let (after, replaced) = withdraw(&problem, &drawn, &[format!("p{leaves}")]).unwrap();
            let enters = wanted.first().map(|at| format!("p{at}"));
            prop_assert_eq!(&replaced[0].enters, &enters);
            prop_assert_eq!(after.len(), panel.len() - usize::from(enters.is_none()));
        }
    }

    #[test]
    fn a_changed_byte_changes_the_digest_or_is_refused(small in drawable(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let (problem, lottery) = small.lottery(Rule::Maximin);
        let list = numbered_list(&problem, &lottery, 9, Effort::default()).unwrap();
        let mut bytes = list.text().into_bytes();
        prop_assert_eq!(PanelList::read(&bytes).unwrap(), list.clone());
        let place = at.index(bytes.len());
        prop_assume!(bytes[place] != to);
        bytes[place] = to;
        if let Ok(other) = PanelList::read(&bytes) {
            prop_assert_eq!(other.text().into_bytes(), bytes);
            prop_assert_ne!(other.digest(), list.digest());
        }
    }

    #[test]
    fn no_bytes_make_a_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_some(&bytes);
    }

    #[test]
    fn nothing_like_a_table_makes_a_reader_fall(text in "(category|feature|value|min|max|id|c|f|,|;|\t|\n|\"|1|9|-|\u{feff}| ){0,60}") {
        read_some(text.as_bytes());
    }
}

fn read_some(bytes: &[u8]) {
    let quotas = read_quotas(b"category,feature,min,max\nc,f,0,1\n").unwrap();
    for columns in [PeopleColumns::default(), PeopleColumns { id: Some("c".to_owned()), address: vec!["f".to_owned()] }]
    {
        let _ = read_people(bytes, &quotas, &columns).map_err(|e| assert!(!e.to_string().is_empty()));
    }
    let _ = read_quotas(bytes).map_err(|e| assert!(!e.to_string().is_empty()));
    let _: Result<PanelList, ListError> = PanelList::read(bytes);
}

/// The least sum of changes by looking at every panel of different addresses.
fn least_change(small: &Small) -> u64 {
    let free = Small { quotas: vec![], ..small.clone() }.panels();
    let change = |panel: &Vec<usize>| -> u64 {
        let one = |category: usize, feature: usize, (min, max): (u32, u32)| {
            let count = panel.iter().filter(|at| small.people[**at].0[category] == feature).count() as u32;
            u64::from(min.saturating_sub(count)) + u64::from(count.saturating_sub(max))
        };
        let of = |(c, features): (usize, &Vec<(u32, u32)>)| -> u64 {
            features.iter().enumerate().map(|(f, quota)| one(c, f, *quota)).sum()
        };
        small.quotas.iter().enumerate().map(of).sum()
    };
    free.iter().map(change).min().unwrap()
}

/// Two seats, one for each of two features, of one person and of three: nobody can give all the same chance.
#[test]
fn a_quota_makes_chances_unequal() {
    let quotas = vec![vec![(1, 1), (1, 1)]];
    let people = vec![(vec![0], None), (vec![1], None), (vec![1], None), (vec![1], None)];
    let small = Small { quotas, people, size: 2 };
    for rule in [Rule::Leximin, Rule::Nash] {
        let (problem, lottery) = small.lottery(rule);
        let chances = shares(&problem, &lottery);
        let near = |chance: f64, wanted: f64| (chance - wanted).abs() < 1e-6;
        assert!(
            near(chances[0], 1.0) && chances[1..].iter().all(|chance| near(*chance, 1.0 / 3.0)),
            "{rule} {chances:?}"
        );
    }
}
