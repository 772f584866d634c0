//! Pages of a season with many ideas, and memory beside many residents.
//!
//! The first run fills an empty database and measures; a second run on the same database only measures, so that the
//! memory it prints is that of serving.

use std::{fs, time::Instant};

use db::{Db, Fault};
use kernel::{Actor, Fen};
use linli::home::context;
use people::commands::register;
use places::{Level, Place, commands::add};
use programmes::{
    IdeaId, SeasonId, Stage,
    idea::{
        comment,
        post::{PostIdea, post},
        queries as ideas,
    },
    season::{advance, open, queries as seasons},
};
use tokio::runtime::Runtime;

use crate::{Anything, Rate, http, votes};

/// Comments on the idea whose page is measured.
const COMMENTS: usize = 150;

/// Commands of one transaction while filling.
const TOGETHER: usize = 20;

/// Requests of each page.
const REQUESTS: usize = 3_000;

/// How much the database is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fill {
    pub ideas: usize,
    pub residents: usize,
}

/// Fills the database where it is empty, then asks for pages over one connection.
pub(crate) fn run(runtime: &Runtime, db: &Db, fill: Fill) -> Result<(), Anything> {
    let season = match db.read_wait(|s| seasons::seasons(s, None))?.into_iter().find(|season| season.name == "ideas") {
        Some(season) => season.id,
        None => filled(db, fill)?,
    };
    let of = season.clone();
    let popular = db.read_wait(move |s| {
        let filter = ideas::Filter { order: ideas::Order::Supports, ..ideas::Filter::default() };
        let newest = ideas::page(s, &of, &ideas::Filter::default())?;
        Ok::<_, Fault>((ideas::page(s, &of, &filter)?, newest))
    })?;
    let talked = popular.1.iter().find(|idea| idea.n_comments > 0).ok_or("no idea with comments")?;
    let address = http::serve(runtime, db)?;
    let of = format!("/seasons/{season}/ideas");
    for (what, path) in [
        ("page: ideas, newest", of.clone()),
        ("page: ideas, most supported", format!("{of}?sort=supports")),
        ("page: ideas of one field", format!("{of}?field=safety")),
        ("page: ideas, a word that many have", format!("{of}?q=%E7%81%AF")),
        ("page: an idea with 150 comments", format!("{of}/{}", talked.id)),
        ("page: the season", format!("/seasons/{season}")),
    ] {
        page(db, address, what, &path)?;
    }
    println!("memory now {} kB, at most {} kB", status("VmRSS")?, status("VmHWM")?);
    Ok(())
}

fn page(db: &Db, address: std::net::SocketAddr, what: &'static str, path: &str) -> Result<(), Anything> {
    let mut reader = http::Connection::open(address)?;
    let (mut bytes, before) = (0, db.counters().statements());
    let (start, cpu) = (Instant::now(), serving()?);
    for _ in 0..REQUESTS {
        let (status, length) = reader.ask("GET", path, "")?;
        if status != 200 {
            return Err(format!("{path}: status {status}").into());
        }
        bytes = length;
    }
    let each = (serving()? - cpu) * 10_000 / REQUESTS as u64;
    let statements = (db.counters().statements() - before) / REQUESTS as u64;
    let note = format!("{each} µs of CPU, {statements} statements, {bytes} bytes");
    Rate::since(what, REQUESTS, start).with(note).print();
    Ok(())
}

/// Processor time of the process without this thread, which asks, in hundredths of a second.
fn serving() -> Result<u64, Anything> {
    let of = |path: &str| -> Result<u64, Anything> {
        let text = fs::read_to_string(path)?;
        let (_, fields) = text.rsplit_once(')').ok_or("no such field")?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        Ok(fields.get(11).ok_or("no such field")?.parse::<u64>()?
            + fields.get(12).ok_or("no such field")?.parse::<u64>()?)
    };
    Ok(of("/proc/self/stat")?.saturating_sub(of("/proc/thread-self/stat")?))
}

fn status(name: &str) -> Result<String, Anything> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such field")?;
    Ok(line.trim_matches([':', '\t', ' ', 'k', 'B']).to_owned())
}

/// A season in which ideas are taken, with ideas, comments and residents.
fn filled(db: &Db, fill: Fill) -> Result<SeasonId, Anything> {
    let (season, places) = ground(db)?;
    let start = Instant::now();
    let residents: Vec<usize> = (0..fill.residents).collect();
    for chunk in residents.chunks(TOGETHER) {
        let (chunk, cx, places) = (chunk.to_vec(), context(Actor::Operator), places.clone());
        db.write_wait(move |tx| {
            let cx = &mut cx.clone();
            for n in &chunk {
                let place = &places[n % places.len()].id;
                let input = register::RegisterPerson { place: place.to_string(), name: format!("居民 {n}") };
                register::register(tx, cx, place.home(), &input)?;
            }
            Ok::<_, Fault>(())
        })?;
    }
    Rate::since("residents registered, durable", fill.residents, start).print();
    let start = Instant::now();
    let numbers: Vec<usize> = (0..fill.ideas).collect();
    let mut last = None;
    for chunk in numbers.chunks(TOGETHER) {
        let (chunk, cx, of, places) = (chunk.to_vec(), context(Actor::Operator), season.clone(), places.clone());
        last = db.write_wait(move |tx| {
            let (cx, mut last) = (&mut cx.clone(), None);
            for n in &chunk {
                last = Some(post(tx, cx, &of, &idea(*n, &places))?.id);
            }
            Ok::<_, Fault>(last)
        })?;
    }
    Rate::since("ideas posted, durable", fill.ideas, start).print();
    talk(db, &season, &last.ok_or("no idea")?)?;
    if fill.residents > 0 {
        votes::open_season(db, fill.residents)?;
    }
    Ok(season)
}

fn idea(n: usize, places: &[Place]) -> PostIdea {
    const FIELDS: [&str; 4] = ["safety", "culture", "convenience", "elders"];
    const WHAT: [&str; 5] =
        ["楼道里装一盏灯", "给老人送一顿热饭", "周末清一个角落", "孩子放学后有个去处", "修一修门前的坡道"];
    PostIdea {
        title: format!("{}（第 {n} 条）", WHAT[n % WHAT.len()]),
        body: "晚上下楼看不清脚下，老人不敢出门。想请大家一起出主意，材料不贵，邻居愿意出力。".repeat(2),
        field: FIELDS[n % FIELDS.len()].into(),
        place: places[n % places.len()].id.to_string(),
        ..PostIdea::default()
    }
}

fn ground(db: &Db) -> Result<(SeasonId, Vec<Place>), Anything> {
    let cx = context(Actor::Operator);
    Ok(db.write_wait(move |tx| {
        let cx = &mut cx.clone();
        let add = |tx: &mut db::Tx<'_>, cx: &mut kernel::Context, parent, level, name: String| {
            add::add(tx, cx, &add::AddPlace { parent, level, name })
        };
        let root = add(tx, cx, None, Level::Subdistrict, "安里街道".into())?;
        let mut places = Vec::new();
        for n in 1..=10 {
            places.push(add(tx, cx, Some(root.id.clone()), Level::Community, format!("第{n}社区"))?);
        }
        let new = open::OpenSeason::by("star-pick", root.id, "ideas", Fen(20_000_000));
        let season = open::open(tx, cx, &new)?.id;
        while seasons::season(tx, &season)?.stage != Stage::Ideas {
            let to = seasons::next_stage(tx, &season)?;
            advance::advance(tx, cx, &season, to)?;
        }
        Ok::<_, Fault>((season, places))
    })?)
}

fn talk(db: &Db, season: &SeasonId, idea: &IdeaId) -> Result<(), Anything> {
    for n in 0..COMMENTS {
        let (of, idea, cx) = (season.clone(), idea.clone(), context(Actor::Operator));
        let input = comment::NewComment {
            words: format!("第 {n} 句：我们楼也一样，愿意出一份力，请说说什么时候开始。"),
            ..comment::NewComment::default()
        };
        db.write_wait(move |tx| comment::comment(tx, &mut cx.clone(), (&of, &idea), &input))?;
    }
    Ok(())
}
