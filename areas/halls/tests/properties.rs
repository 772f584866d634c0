//! What holds of every lottery, whoever volunteered: the order of the pool changes no chance, every panel of the list meets
//! the quotas, and no two of it share an address.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeMap;

use halls::delegates::lot::{
    Announced, Frozen, Lot, Standing, State, Volunteer, key, quotas,
    solve::{Solved, of_people},
};
use kernel::{Chance, Day, Home, Id, Source};
use proptest::prelude::*;

fn lot(size: u32) -> Lot {
    let day = Day::parse("2026-11-22").unwrap();
    let half = size / 2;
    let text = format!("gender: f {half}-{size}, m {half}-{size}\nage: y 0-{size}, o 1-{size}");
    Lot {
        id: "1-0123456789abcdefghjk".parse().unwrap(),
        hall: "1-0123456789abcdefghjk".parse().unwrap(),
        title: String::new(),
        state: State::Frozen,
        size,
        rule: sortition::Rule::Leximin,
        panels: 100,
        quotas: quotas::read(&text).unwrap(),
        household: true,
        enrol_until: day.clone(),
        frozen: None,
        early: String::new(),
        answer_days: 7,
        pool: Frozen::default(),
        digest: String::new(),
        found: None,
        announced: Announced::default(),
        published: None,
        seed: String::new(),
        seed_by: None,
        number: None,
        drawn: None,
        verdict: None,
        revision: 0,
        made_by: None,
        made_day: day,
    }
}

fn volunteer(number: u32, (woman, old, flat): (bool, bool, u8)) -> Volunteer {
    // the categories come in the order of their names: age, gender
    let features = vec![if old { "o" } else { "y" }.to_owned(), if woman { "f" } else { "m" }.to_owned()];
    Volunteer {
        id: Id::random(Home::from_i64(1).unwrap(), &mut Chance::seeded(u64::from(number))),
        person: None,
        name: String::new(),
        contact: String::new(),
        address: format!("{flat}号楼1-1"),
        features,
        source: Source::Import,
        standing: Standing::In,
        number: Some(number),
        made_day: Day::parse("2026-11-22").unwrap(),
    }
}

type Chances = BTreeMap<u32, (u64, u64)>;

/// The chance of each number, reduced to what can be compared; the panels as numbers.
fn solved(people: &[Volunteer], size: u32) -> Option<(Chances, Vec<Vec<u32>>)> {
    let Solved::Found(found) = of_people(lot(size), people).ok()? else { return None };
    let chances = people.iter().zip(&found.chances).map(|(one, chance)| {
        let billionths = halls::delegates::lot::solve::billionths(*chance);
        (one.number.unwrap(), (billionths, 1_000_000_000))
    });
    let panel = |keys: &Vec<String>| -> Vec<u32> { keys.iter().map(|key| key.parse().unwrap()).collect() };
    Some((chances.collect(), found.list.panels().iter().map(panel).collect()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn order_changes_no_chance_and_every_panel_is_lawful(
        drawn in prop::collection::vec((any::<bool>(), any::<bool>(), 0_u8..14), 6..26),
        half in 1_u32..3,
        turn in any::<prop::sample::Index>(),
    ) {
        let size = half * 2;
        let people: Vec<Volunteer> = (1..).zip(&drawn).map(|(number, one)| volunteer(number, *one)).collect();
        let mut turned = people.clone();
        turned.rotate_left(turn.index(people.len()));
        turned.reverse();
        let (one, other) = (solved(&people, size), solved(&turned, size));
        prop_assert_eq!(&one, &other);
        let Some((chances, panels)) = one else { return Ok(()) };
        let seats: u64 = chances.values().map(|(part, _)| *part).sum();
        // whole parts are rounded down, by less than one each
        prop_assert!(seats <= u64::from(size) * 1_000_000_000 && seats + 26 > u64::from(size) * 1_000_000_000);
        prop_assert_eq!(panels.len(), 100);
        for panel in &panels {
            let of = |number: &u32| &drawn[*number as usize - 1];
            prop_assert_eq!(panel.len() as u32, size);
            let women = panel.iter().filter(|number| of(number).0).count() as u32;
            prop_assert!(women == half, "{} women of {}", women, size);
            prop_assert!(panel.iter().any(|number| of(number).1), "nobody old");
            let mut flats: Vec<u8> = panel.iter().map(|number| of(number).2).collect();
            flats.sort_unstable();
            flats.dedup();
            prop_assert_eq!(flats.len() as u32, size, "two of an address");
        }
        prop_assert!(chances.keys().all(|number| key(*number).len() == 4));
    }
}
