//! A search for words looks through so many ideas at a time and says where it goes on.

use super::*;

#[test]
fn a_search_ends_after_so_many_ideas_and_goes_on_from_there() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        // every tenth has the word, every third is of another field
        for n in 0..60 {
            let title = if n % 10 == 0 { format!("灯 {n}") } else { format!("椅 {n}") };
            let field = if n % 3 == 0 { "elders" } else { "safety" };
            town.post(&Actor::Operator, PostIdea { field: field.into(), ..idea(&title) }).unwrap();
        }
        let (aunt, season) = (town.resident("刘阿姨"), town.season.clone());
        for liked in db.read_wait(move |s| queries::page(s, &season, &Filter::default())).unwrap().iter().skip(20) {
            town.on(&aunt, &liked.id, support::support).unwrap();
        }
        let look = |filter: &Filter, most: i64| {
            let (season, filter) = (town.season.clone(), filter.clone());
            db.read_wait(move |s| queries::search(s, &season, &filter, most)).unwrap()
        };
        let all = |filter: &Filter, most: i64| {
            let (mut filter, mut rounds) = (filter.clone(), Vec::new());
            loop {
                let found = look(&filter, most);
                rounds.push(found.ideas.into_iter().map(|idea| idea.title).collect::<Vec<_>>());
                match found.ended {
                    Some(before) => filter.before = before,
                    None => return rounds,
                }
            }
        };
        let words = Filter { words: "灯".into(), ..Filter::default() };
        let rounds = all(&words, 25);
        assert_eq!(rounds, [&["灯 50", "灯 40"][..], &["灯 30", "灯 20", "灯 10"], &["灯 0"]].map(<[&str]>::to_vec));
        let elders = Filter { field: "elders".into(), ..words.clone() };
        assert_eq!(all(&elders, 11), [vec!["灯 30"], vec!["灯 0"]]);
        let east = Filter { area: town.root.to_string(), ..words.clone() };
        assert_eq!(all(&east, 25), rounds, "of people without a place, at the season's");
        for narrowed in [&words, &elders, &east] {
            let sorted = Filter { order: Order::Supports, ..narrowed.clone() };
            let whole: Vec<String> = look(&sorted, 1_000).ideas.into_iter().map(|idea| idea.title).collect();
            assert_eq!(all(&sorted, 7).concat(), whole);
            assert_eq!(whole.len(), all(narrowed, 1_000).concat().len());
        }
        // fifty found fill a page, and the next one begins after the last of them
        let every = look(&Filter { words: "种菜".into(), ..Filter::default() }, 55);
        assert_eq!((every.ideas.len(), every.ended), (50, None));
        assert_eq!(look(&Filter::default(), 5).ended, None, "without words everything is looked through");
    });
}
