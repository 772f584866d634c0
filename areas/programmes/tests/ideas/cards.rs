//! A card of a workshop becomes an idea that says where it comes from, and only once.

use kernel::Source;
use programmes::workshop::{
    Workshop,
    card::{self, AddCards},
    record::{RecordWorkshop, record},
};

use super::*;

fn held(town: &Town<'_>, cards: Vec<String>) -> Workshop {
    let input = RecordWorkshop {
        place: town.east.to_string(),
        day: "2025-03-03".into(),
        title: "槐树下夜谈".into(),
        ..RecordWorkshop::default()
    };
    let season = town.season.clone();
    let made = town.run(&town.officer(), move |tx, cx| {
        let made = record(tx, cx, &season, &input)?;
        card::add(tx, cx, (&season, &made.id), &AddCards { cards: cards.clone() })?;
        Ok(made)
    });
    made.unwrap()
}

#[test]
fn a_card_is_posted_from_its_page_with_credit_to_the_workshop() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let resident = town.person(&town.flat, "某", "");
        let site = Site::new(&town, resident);
        let of = held(&town, vec!["树下放三把长椅".into()]);
        let workshop = format!("/seasons/{}/workshops/{}", town.season, of.id);
        let form = format!("{workshop}/cards/1/idea");
        let leads = format!("href=\"{form}\"");
        assert!(site.get(&workshop, 1).text().contains(&leads) && !site.get(&workshop, 7).text().contains(&leads));
        let page = site.get(&form, 1).text();
        assert!(page.contains("value=\"树下放三把长椅\"") && page.contains("助老帮扶"), "{page}");
        assert_eq!((site.get(&form, 7).status, site.get(&form, 0).status), (403, 303));
        let typed = [("title", "长椅"), ("body", "树下放三把。"), ("field", "")];
        let again = site.post((&form, &form), 1, &typed, &[]);
        assert!(again.status == 422 && again.text().contains("树下放三把。"));
        assert!(town.list(Filter::default()).is_empty());

        let typed = [("title", "长椅"), ("body", "树下放三把。"), ("field", "elders")];
        for _ in 0..2 {
            let done = site.post((&workshop, &form), 1, &typed, &[]);
            assert_eq!((done.status, done.location()), (303, workshop.clone()), "{}", done.text());
        }
        assert_eq!(town.list(Filter::default()), ["长椅"], "once");
        let season = town.season.clone();
        let posted = db.read_wait(move |s| queries::ideas(s, &season, None)).unwrap().remove(0);
        assert_eq!((posted.person, posted.author.as_str(), posted.source), (None, "", Source::Workshop));
        assert_eq!(posted.place_name, "东里", "where the workshop was held");
        let idea = format!("/seasons/{}/ideas/{}", town.season, posted.id);
        assert!(site.get(&workshop, 0).text().contains(&format!("href=\"{idea}\"")));
        let page = site.get(&idea, 0).text();
        assert!(page.contains(&format!("href=\"{workshop}\"")) && page.contains("槐树下夜谈"), "{page}");
        assert_eq!(site.get(&form, 1).location(), workshop, "nothing is left to post");
        town.go_on();
        let late = held(&town, vec!["晚了".into()]);
        assert_eq!(site.get(&format!("/seasons/{}/workshops/{}/cards/1/idea", town.season, late.id), 1).status, 409);
    });
}

#[test]
fn cards_count_among_nobodys_ideas() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let of = held(&town, (1..=11).map(|n| format!("卡片 {n}")).collect());
        for n in 1..=11 {
            let (season, id) = (town.season.clone(), of.id.clone());
            let input = idea(&format!("卡片 {n}"));
            town.run(&town.officer(), move |tx, cx| card::post(tx, cx, (&season, &id, n), &input)).unwrap();
        }
        assert_eq!(town.list(Filter::default()).len(), 11);
        assert!(town.post(&town.officer(), idea("自己的")).is_ok(), "the one who typed them in has none yet");
    });
}
