//! The showcase is written and published; the district's form is bound and filled: on both engines.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use db::Db;
use kernel::{Actor, Fen, PlaceId, Post, Principal, Role};
use office::xlsx::{Address, Book as NewBook, Column, Value, Workbook};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add as places_add};
use programmes::{
    SeasonId, Stage,
    project::add as add_projects,
    running,
    season::{
        advance,
        open::{OpenSeason, open},
        queries as seasons,
    },
    template,
};
use reports::{
    done::done,
    form::{
        Book, Placed,
        add::{AddForm, add},
        bind::{bind, unbind},
        fill::fill,
        queries as forms,
    },
    showcase::{
        Section,
        draft::draft,
        facts, publish, queries,
        write::{Write, write},
    },
};
use rights::{Action, authorize};
use testkit::{
    each_engine,
    story::{act, fields, refused},
};
use ui::{Locale, Words};

fn somebody(db: &Db, place: &PlaceId, name: &str, posts: Vec<Post>) -> Actor {
    let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
    let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

fn to_stage(db: &Db, season: &SeasonId, to: Stage) {
    let id = season.clone();
    act(db, Actor::Operator, move |tx, cx| {
        let season = seasons::season(tx, &id)?;
        let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
        advance::shift(tx, cx, &permit, &season, to)
    })
    .unwrap();
}

/// A subdistrict with a season that has two projects, before its approval.
fn town(db: &Db) -> (SeasonId, Actor, Actor) {
    let input = places_add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
    let place = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
    let input = OpenSeason::by("self-governance-fund", place.clone(), "自治金", Fen(100_000_000));
    let season = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap().id;
    let officer = somebody(db, &place, "经办", vec![Post { role: Role::Officer, place: place.clone() }]);
    let stranger = somebody(db, &place, "路人", Vec::new());
    to_stage(db, &season, Stage::Proposals);
    let project = |n: &str| add_projects::NewProject {
        reference: n.into(),
        name: format!("=花园 {n}"),
        about: String::new(),
        category: String::new(),
        cost: Fen(2_000_001),
    };
    let (id, projects) = (season.clone(), [project("A"), project("B")]);
    act(db, Actor::Operator, move |tx, cx| add_projects::add_projects(tx, cx, &id, &projects)).unwrap();
    (season, officer, stranger)
}

fn approve(db: &Db, season: &SeasonId) {
    to_stage(db, season, Stage::Approved);
    let id = season.clone();
    act(db, Actor::Operator, move |tx, cx| {
        let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
        let season = seasons::season(tx, &id)?;
        for number in [1, 2] {
            running::begin::begin(tx, cx, &permit, (&season, number), None)?;
        }
        Ok(())
    })
    .unwrap();
}

fn text(text: &str, version: u32) -> Write {
    let own = str::to_owned;
    Write { section: own("money"), lang: own("zh-Hans"), text: own(text), names: own("nobody"), version }
}

#[test]
fn the_office_writes_and_publishes() {
    each_engine(|db| {
        let (season, officer, stranger) = town(db);
        let go = |actor: &Actor, input: Write| {
            let id = season.clone();
            act(db, actor.clone(), move |tx, cx| write(tx, cx, &id, &input))
        };
        assert_eq!(refused(go(&officer, text("x", 0))), "wrong-stage");
        approve(db, &season);
        assert_eq!(refused(go(&stranger, text("x", 0))), "not-allowed");
        assert_eq!(fields(go(&officer, text("花了 {fortune}", 0))), ["text: unknown-placeholder"]);
        let wrong = Write { section: "x".into(), names: String::new(), ..text("x", 0) };
        assert_eq!(fields(go(&officer, wrong)), ["section: unknown-choice", "names: required"]);
        assert_eq!(go(&officer, text("一共给了 {granted}。", 0)).unwrap().version, 1);
        assert_eq!(go(&officer, text("一共给了 {granted}。", 0)).unwrap().version, 1, "the same sent twice");
        assert_eq!(refused(go(&officer, text("别的", 0))), "changed-meanwhile");
        assert_eq!(go(&officer, text("", 1)).unwrap().version, 2);
        let press = |actor: &Actor, on: bool| {
            let id = season.clone();
            act(db, actor.clone(), move |tx, cx| publish::publish(tx, cx, &id, on))
        };
        assert_eq!(refused(press(&stranger, true)), "not-allowed");
        press(&officer, true).unwrap();
        press(&officer, true).unwrap();
        let id = season.clone();
        act(db, officer.clone(), move |tx, cx| publish::arrange(tx, cx, &id, (Section::Thanks, true))).unwrap();
        let id = season.clone();
        let (kept, versions, granted, told) = db
            .read_wait(move |s| {
                let with = template::queries::with_season(s, &id)?;
                let rows = done(s, &with.0)?;
                let facts = facts::facts(s, with)?;
                let w = Words::of(Locale::ZhHans);
                let values = facts::values(w, &facts);
                let versions = queries::versions(s, &id, (Section::Money, "zh-Hans"))?;
                assert_eq!(rows.len(), 2);
                let granted = values["granted"].clone();
                Ok::<_, db::Fault>((queries::showcase(s, &id)?, versions, granted, draft(w, Section::Money, &values)))
            })
            .unwrap();
        assert_eq!((kept.published.is_some(), kept.hidden), (true, vec![Section::Thanks]));
        assert_eq!(versions.iter().map(|text| text.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(granted.value, 4_000_002, "in fen: {granted:?}");
        assert!(told.contains("{granted}") && !told.contains("{spent}"), "nothing was spent: {told}");
    });
}

fn quarter() -> Vec<u8> {
    let mut book = NewBook::new("宋体");
    book.sheet("季报", &[Column { title: "项目数", width: 10 }, Column { title: "", width: 10 }]).unwrap();
    book.finish().unwrap()
}

#[test]
fn a_form_is_filled_with_what_is_counted_that_day() {
    each_engine(|db| {
        let (season, officer, stranger) = town(db);
        approve(db, &season);
        assert_eq!(Book::check(b"PK and more".to_vec()).unwrap_err().code, "xlsx-unreadable");
        let (book, opened) = (Book::check(quarter()).unwrap(), Workbook::open(quarter()).unwrap());
        assert_eq!(Placed::check(&opened, "nowhere").unwrap_err().fields[0].code, "cell-address");
        assert_eq!(Placed::check(&opened, "年报!B2").unwrap_err().code, "xlsx-sheet-unknown");
        let place = Placed::check(&opened, "B2").unwrap();
        let send = |actor: &Actor| {
            let input = AddForm { name: "季报".into(), book: book.clone(), once: "o".into() };
            let id = season.clone();
            act(db, actor.clone(), move |tx, cx| add(tx, cx, &id, &input))
        };
        assert_eq!(refused(send(&stranger)), "not-allowed");
        assert_eq!((send(&officer).unwrap(), send(&officer).unwrap()), (1, 1), "sent twice, kept once");
        let fill_in = |once: &'static str| {
            let id = season.clone();
            act(db, officer.clone(), move |tx, cx| fill(tx, cx, (&id, 1), once))
        };
        assert_eq!(refused(fill_in("a")), "form-without-cells");
        let put = |number: u32, key: &'static str| {
            let (id, place) = (season.clone(), place.clone());
            act(db, officer.clone(), move |tx, cx| bind(tx, cx, (&id, number), (&place, key)))
        };
        assert_eq!(refused(put(2, "projects")), "form-not-found");
        assert_eq!(fields(put(1, "fortune")), ["figure: unknown-choice"]);
        put(1, "fields").unwrap();
        put(1, "projects").unwrap();
        let first = fill_in("a").unwrap();
        assert_eq!((fill_in("a").unwrap().number, fill_in("b").unwrap().number), (1, 2));
        let id = season.clone();
        let (kept, bytes) = db
            .read_wait(move |s| Ok::<_, db::Fault>((forms::filling(s, &id, (1, 1))?, forms::book(s, &id, 1)?)))
            .unwrap();
        assert_eq!(kept, first);
        assert_eq!(
            (kept.figures.len(), kept.figures[0].key.as_str()),
            (1, "projects"),
            "what was bound before gave way"
        );
        assert_eq!(kept.figures[0].digest.len(), 64);
        let values: Vec<(Address, Value)> =
            (kept.figures.iter()).map(|put| (put.at(), Value::Whole(i64::try_from(put.value).unwrap()))).collect();
        let filled = Workbook::open(Workbook::open(bytes).unwrap().fill(&values).unwrap()).unwrap();
        let cells = filled.cells("季报", 9, 9).unwrap();
        assert_eq!(cells.last().map(|cell| (cell.row, cell.column)), Some((2, 2)), "{cells:?}");
        let (id, at) = (season.clone(), kept.figures[0].at());
        act(db, officer.clone(), move |tx, cx| unbind(tx, cx, (&id, 1), &at)).unwrap();
        assert_eq!(refused(fill_in("c")), "form-without-cells");
    });
}
