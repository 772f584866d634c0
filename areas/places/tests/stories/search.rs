//! Finding places by what people type.

use db::Db;
use kernel::Actor;
use places::commands::alias::{AddAlias, alias};

use crate::support::{CITIES, act, by_code, each_engine, entries, found, found_near, import, refused};

fn names(db: &Db, typed: &str) -> Vec<String> {
    found(db, typed).iter().map(|listed| listed.place.name.clone()).collect()
}

#[test]
fn five_ways_of_typing_find_their_place() {
    each_engine(|db| {
        import(db, CITIES);
        for (typed, first) in [
            ("泉东二居民区", "泉东第二居委会"),
            ("泉东二", "泉东第二居委会"),
            ("龍澤苑", "龙泽苑社区居委会"),
            ("天通西苑四社區", "天通西苑第四社区居委会"),
            ("霍營街道", "霍营街道"),
            ("回龍觀街道", "回龙观街道"),
            ("110114012006", "龙泽苑社区居委会"),
            ("潍坊新村 泉东二", "泉东第二居委会"),
            ("quandongdier", ""),
        ] {
            assert_eq!(names(db, typed).first().map_or("", String::as_str), first, "{typed}");
        }
        for (typed, place) in [
            ("quandong", "泉东第二居委会"),
            ("quan dong", "泉东第二居委会"),
            ("QuanDongEr", "泉东第二居委会"),
            ("lzy", "龙泽苑社区居委会"),
            ("longzeyuan", "龙泽苑社区居委会"),
            ("泽苑", "龙泽苑社区居委会"),
            ("changning", "长宁区"),
            ("110114", "昌平区"),
        ] {
            let found = names(db, typed);
            assert!(found.iter().any(|name| name == place), "{typed}: {found:?}");
        }
        let labels: Vec<String> = found(db, "八里庄街道").iter().map(|listed| listed.label()).collect();
        assert_eq!(labels[..2], ["八里庄街道（朝阳区）", "八里庄街道（海淀区）"]);
        for nothing in ["", "  ", "（）", "x%_'; DROP TABLE places", "\u{10FFFF}", "不存在的地方"] {
            assert_eq!(names(db, nothing), Vec::<String>::new(), "{nothing}");
        }
        assert!(found(db, &"长".repeat(10_000)).len() <= places::MOST_FOUND);
    });
}

#[test]
fn ones_own_places_come_first_among_equals() {
    each_engine(|db| {
        import(db, CITIES);
        let (east, west) = (by_code(db, "110105"), by_code(db, "110108"));
        for near in [&east, &west] {
            let first = found_near(db, "八里庄街道", Some(&near.id)).remove(0);
            assert!(first.place.is_within(&near.id));
        }
        // hundreds of names begin with it, and this one is not among the first of them
        let last = CITIES.lines().rfind(|line| line.split(',').nth(2).is_some_and(|name| name.starts_with('东')));
        let street = by_code(db, last.unwrap().rsplit(',').next().unwrap());
        let first = found_near(db, "东", Some(&street.id)).remove(0);
        assert!(first.place.is_within(&street.id), "{}", first.label());
        assert!(found(db, "东").iter().all(|listed| !listed.place.is_within(&street.id)), "else this shows nothing");
    });
}

#[test]
fn places_are_found_by_the_names_that_articles_use() {
    each_engine(|db| {
        import(db, CITIES);
        let list = places::import::aliases(include_bytes!("../../data/aliases.csv").as_slice()).unwrap();
        for (code, name) in &list {
            let id = by_code(db, &code.short()).id;
            let input = AddAlias { alias: name.clone() };
            act(db, Actor::Operator, move |tx, cx| alias(tx, cx, &id, &input)).unwrap();
        }
        for (code, name) in &list {
            let first = found(db, name).remove(0).place;
            assert_eq!(first.code, Some(*code), "{name}");
        }
        let told = entries(db, "place.alias-added");
        let (code, name) = list[0].clone();
        let id = by_code(db, &code.short()).id;
        let input = AddAlias { alias: name };
        let (id2, input2) = (id.clone(), input.clone());
        assert_eq!(act(db, Actor::Operator, move |tx, cx| alias(tx, cx, &id2, &input2)), Ok(false));
        assert_eq!(entries(db, "place.alias-added"), told, "what is there already is not told again");
        assert_eq!(refused(act(db, Actor::Visitor, move |tx, cx| alias(tx, cx, &id, &input))), "sign-in-first");
    });
}
