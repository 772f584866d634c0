//! Places: a tree of the size of a country's communities in the database and in memory.

use std::{fmt::Write, hint::black_box, time::Instant};

use db::Db;
use kernel::{Actor, PlaceId};
use linli::home::context;
use places::{
    At, Followers, Tree,
    commands::import::take,
    import::{Work, plan, read},
    queries,
};

use crate::{Anything, Rate};

/// Rounds of a query.
const ROUNDS: usize = 300;

/// Imports a made-up tree of about `communities` communities, reads it, searches it, and holds it in memory.
pub(crate) fn run(db: &Db, communities: usize) -> Result<(), Anything> {
    let text = file(communities);
    let start = Instant::now();
    let sheet = read(text.as_bytes())?;
    let rows = sheet.rows.len();
    Rate::since("places: rows of a file read and checked", rows, start).print();
    let start = Instant::now();
    let plan = db.read_wait(move |s| plan(s, &sheet, None))?;
    Rate::since("places: rows compared with the tree", rows, start).print();
    let start = Instant::now();
    let mut work = Work::new(plan, None);
    while let Some(part) = work.next_part() {
        let cx = context(Actor::Operator);
        work.learn(db.write_wait(move |tx| take(tx, &mut cx.clone(), Followers::new(&[]), &part))?);
    }
    Rate::since("places: rows imported, durable", rows, start).with(format!("{} parts", work.n_parts())).print();
    pages(db)?;
    memory(db)
}

/// What one page asks.
fn pages(db: &Db) -> Result<(), Anything> {
    let roots = db.read_wait(|s| queries::page(s, None, None, queries::PAGE))?;
    let root = roots.first().ok_or("no root")?.place.id.clone();
    let district = below(db, &root)?;
    let street = below(db, &district)?;
    let community = below(db, &street)?;
    timed("places: a page of 50 children", || {
        let id = street.clone();
        db.read_wait(move |s| queries::page(s, Some(&id), None, queries::PAGE)).map(|found| found.len())
    })?;
    timed("places: a place with those above it", || {
        let id = community.clone();
        db.read_wait(move |s| queries::way_down(s, &id)).map(|found| found.len())
    })?;
    timed("places: the site of a place", || {
        let id = community.clone();
        db.read_wait(move |s| places::site(s, &id)).map(|found| usize::from(found.is_some()))
    })?;
    for (what, typed) in [
        ("places: search, a whole name", "东河第二十一"),
        ("places: search, one character", "东"),
        ("places: search, inside a name", "河"),
        ("places: search, sounds", "donghe"),
        ("places: search, initials", "dh"),
        ("places: search, nothing", "没有这个地方"),
    ] {
        timed(what, || {
            let near = street.clone();
            db.read_wait(move |s| places::search(s, typed, Some(&near))).map(|found| found.len())
        })?;
    }
    Ok(())
}

fn below(db: &Db, id: &PlaceId) -> Result<PlaceId, Anything> {
    let id = id.clone();
    let found = db.read_wait(move |s| queries::page(s, Some(&id), None, 1))?;
    Ok(found.first().ok_or("nothing below")?.place.id.clone())
}

fn timed<E: Into<Anything>>(what: &'static str, f: impl Fn() -> Result<usize, E>) -> Result<(), Anything> {
    let mut slowest = 0;
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..ROUNDS {
        let one = Instant::now();
        found = f().map_err(Into::into)?;
        slowest = slowest.max(one.elapsed().as_micros());
    }
    Rate::since(what, ROUNDS, start).with(format!("{found} rows, slowest {slowest} µs")).print();
    Ok(())
}

fn memory(db: &Db) -> Result<(), Anything> {
    let start = Instant::now();
    let tree = db.read_wait(Tree::load)?;
    let bytes = tree.bytes();
    let note = format!("{} MB, {} bytes a place", bytes / 1_000_000, bytes / tree.len().max(1));
    Rate::since("places: tree loaded into memory", tree.len(), start).with(note).print();
    let all: Vec<At> = tree.all().collect();
    let n = 20_000_000;
    let start = Instant::now();
    let mut inside = 0_usize;
    for k in 0..n {
        let (a, b) = (all[k * 7_919 % all.len()], all[k * 104_729 % all.len()]);
        inside += usize::from(tree.within(black_box(a), black_box(b)));
    }
    Rate::since("places: within, of two places", n, start).with(format!("{inside} inside")).print();
    let ids: Vec<&str> = all.iter().map(|at| tree.id(*at)).collect();
    let start = Instant::now();
    let found = (0..1_000_000).filter(|k| tree.find(black_box(ids[k * 7_919 % ids.len()])).is_some()).count();
    Rate::since("places: an id found in the tree", found, start).print();
    Ok(())
}

/// A file of provinces with 14 districts, each with 18 subdistricts of 24 communities and names of two words.
fn file(communities: usize) -> String {
    const WORDS: [&str; 16] =
        ["东", "西", "南", "北", "河", "湖", "山", "桥", "柳", "杨", "新", "旧", "安", "康", "平", "泰"];
    const NUMBERS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = String::from("code,level,name,parent\n");
    let mut made = 0;
    for province in 11..99 {
        let _ = writeln!(text, "{province},province,{province}省,\n{province}01,city,市辖区,{province}");
        for district in 1..=14 {
            let above = format!("{province}01{district:02}");
            let _ = writeln!(text, "{above},district,{}{}区,{province}01", WORDS[province % 16], WORDS[district % 16]);
            for street in 1..=40 {
                let code = format!("{above}{street:03}");
                let _ = writeln!(
                    text,
                    "{code},street,{}{}街道,{above}",
                    WORDS[street % 16],
                    WORDS[(street / 16 + district) % 16]
                );
                for n in 1..=24 {
                    let (word, other) = (WORDS[(n + street) % 16], WORDS[(n * 3 + district) % 16]);
                    let number = format!("{}十{}", NUMBERS[1 + n / 10], NUMBERS[n % 10]);
                    let _ = writeln!(text, "{code}{n:03},community,{word}{other}第{number}社区居委会,{code}");
                    made += 1;
                }
                if made >= communities {
                    return text;
                }
            }
        }
    }
    text
}
