//! The calendar of an installation.

use db::{Db, Fault};
use kernel::{Actor, Day};
use work::{
    commands::import_calendar::{ImportCalendar, Imported, import_calendar, preview},
    queries,
};

use crate::support::{act, each_engine, entries, refused, site};

/// An invented year with a make-up workday on Sunday 3 February 2030.
fn file(first: &str) -> String {
    format!(
        r#"{{"holidays":{{"2030-01-01":"{first}","2030-02-04":"春节","2030-02-05":"春节","2030-02-06":"春节",
            "2030-05-01":"劳动节","2030-10-01":"国庆节","2030-10-02":"国庆节"}},"workdays":{{"2030-02-03":"春节"}}}}"#
    )
}

fn import(db: &Db, actor: Actor, text: &str, source: &str) -> Result<Vec<Imported>, Fault> {
    let (input, place) = (ImportCalendar { text: text.into(), source: source.into() }, site());
    act(db, actor, move |tx, cx| import_calendar(tx, cx, &place, &input))
}

fn seen(db: &Db, text: &str) -> Vec<Imported> {
    let input = ImportCalendar { text: text.into(), source: "notice".into() };
    db.read_wait(move |s| preview(s, &input)).unwrap()
}

fn workday(db: &Db, day: &str) -> (bool, bool) {
    db.read_wait(queries::calendar).unwrap().is_workday(&Day::parse(day).unwrap())
}

#[test]
fn a_fresh_installation_knows_what_came_with_the_program() {
    each_engine(|db| {
        assert_eq!(workday(db, "2025-01-26"), (true, true));
        assert_eq!(workday(db, "2030-02-03"), (false, false));
        assert!(db.read_wait(queries::known_years).unwrap().is_empty());
    });
}

#[test]
fn a_year_is_imported_once_and_replaced_whole() {
    each_engine(|db| {
        let all = Imported { year: 2030, holidays: 7, workdays: 1, changed: 8 };
        assert_eq!(seen(db, &file("元旦")), std::slice::from_ref(&all));
        assert_eq!(workday(db, "2030-02-03"), (false, false), "a look changes nothing");
        assert_eq!(import(db, Actor::Operator, &file("元旦"), "notice 1").unwrap(), std::slice::from_ref(&all));
        assert_eq!(workday(db, "2030-02-03"), (true, true));
        assert_eq!(workday(db, "2030-02-05"), (false, true));

        let none = Imported { changed: 0, ..all.clone() };
        assert_eq!(import(db, Actor::Operator, &file("元旦"), "notice 2").unwrap(), [none]);
        let renamed = Imported { changed: 1, ..all.clone() };
        assert_eq!(seen(db, &file("新年")), std::slice::from_ref(&renamed));
        assert_eq!(import(db, Actor::Operator, &file("新年"), "notice 3").unwrap(), [renamed]);
        // one day moved: gone from one day and new on another
        let moved = file("新年").replace("2030-10-02", "2030-10-03");
        let two = Imported { changed: 2, ..all };
        assert_eq!(import(db, Actor::Operator, &moved, "notice 4").unwrap(), [two]);
        assert_eq!((workday(db, "2030-10-02"), workday(db, "2030-10-03")), ((true, true), (false, true)));
        assert_eq!(entries(db), ["calendar.imported"; 3], "nothing is told of what changed nothing");
        let years = db.read_wait(queries::known_years).unwrap();
        assert_eq!((years.len(), years[0].year, years[0].source.as_str()), (1, 2030, "notice 4"));
    });
}

#[test]
fn an_import_is_refused_with_a_reason_and_changes_nothing() {
    each_engine(|db| {
        assert_eq!(refused(import(db, Actor::Visitor, &file("a"), "notice")), "sign-in-first");
        assert_eq!(refused(import(db, Actor::Operator, &file("a"), " ")), "invalid-input");
        let wrong = file("a").replace("2030-02-03", "2030-02-04");
        let Err(Fault::Refused(refusal)) = import(db, Actor::Operator, &wrong, "notice") else { panic!("taken") };
        assert_eq!(refusal.code, "calendar-has-errors");
        let args: Vec<String> = refusal.args.iter().map(|arg| format!("{arg:?}")).collect();
        assert_eq!(args, [r#"("n", Int(2))"#, r#"("first", Text("workdays 2030-02-04: calendar-not-on-a-weekend"))"#]);
        assert_eq!(workday(db, "2030-05-01"), (true, false));
    });
}

#[test]
fn the_whole_published_file_is_imported() {
    let Some(folder) = testkit::real_data("calendar") else { return };
    let text = std::fs::read_to_string(folder.join("chinese-days.json")).unwrap();
    each_engine(|db| {
        let years = import(db, Actor::Operator, &text, "chinese-days").unwrap();
        assert_eq!((years.len(), years.iter().map(|y| y.changed).sum::<usize>()), (22, 730));
        assert!(seen(db, &text).iter().all(|year| year.changed == 0));
        // Labour Day 2019: announced late, with four days and two make-up Sundays
        assert_eq!((workday(db, "2019-04-28"), workday(db, "2019-05-02")), ((true, true), (false, true)));
    });
}
