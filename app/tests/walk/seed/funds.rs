//! A season whose money is kept: agreements in every state, a source, a tranche, vouchers with photos.

use std::io::Cursor;

use funds::{
    agreement::{
        draft::{DraftAgreement, draft},
        sign::{Side, sign},
    },
    ending::{
        end::settle,
        give_back::{GiveBack, give_back},
    },
    source::add::{AddSource, add},
    tranche::{propose::propose, release::release},
    voucher::{
        decide::approve,
        hand_in::{HandIn, hand_in},
    },
};
use kernel::{Actor, Fen};
use programmes::{
    SeasonId, Stage,
    project::add as add_projects,
    running,
    season::{
        advance,
        open::{OpenSeason, open},
        queries,
    },
    template::adopt,
};
use rights::{Action, authorize};

use reports::form::{
    Book, Placed,
    add::{self as forms, AddForm},
    bind, fill,
};

use super::{
    super::site::{Who, files},
    Seed,
};

pub(super) fn funds(s: &mut Seed) {
    for (name, n) in [("three", 3), ("four", 4), ("five", 5)] {
        s.keep(name, n);
    }
    let text = include_str!("../../../../areas/programmes/templates/self-governance-fund.toml")
        .replace("key = \"self-governance-fund\"", "key = \"signed-only\"")
        .replace("midterm-passed", "signed")
        .replace("closing-accepted", "signed");
    let place = s.a();
    s.run(move |tx, cx| adopt::adopt(tx, cx, &place, &text));
    for name in ["funded", "lapsing"] {
        let new = OpenSeason::by("signed-only", s.a(), &format!("季 {name}"), Fen(10_000_000));
        let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
        s.keep(name, &season);
        approved(s, &season);
    }
    let season: SeasonId = s.id("funded").parse().unwrap();
    let id = season.clone();
    s.run(move |tx, cx| reports::showcase::publish::publish(tx, cx, &id, true));
    s.keep("done", "done");
    form(s, &season);
    let author = s.actor(Who::Author);
    for project in [1, 2, 4, 5_u32] {
        let id = season.clone();
        let person = s.persons[&Who::Author].to_string();
        let input =
            DraftAgreement { from: "2026-11-01".into(), until: "2027-10-31".into(), person, org: String::new() };
        s.run(move |tx, cx| draft(tx, cx, (&id, project), &input));
        if project == 2 {
            continue;
        }
        let id = season.clone();
        s.run(move |tx, cx| sign(tx, cx, (&id, project), Side::Office));
        let id = season.clone();
        s.run_then(&author, 0, move |tx, cx| sign(tx, cx, (&id, project), Side::Team));
    }
    let id = season.clone();
    let input =
        AddSource { kind: "public".into(), name: "街道".into(), amount: "100000".into(), ..AddSource::default() };
    s.run(move |tx, cx| add(tx, cx, &id, &input));
    for project in [1, 4_u32] {
        let id = season.clone();
        s.run(move |tx, cx| propose(tx, cx, (&id, project, 1)));
    }
    let (id, officer) = (season.clone(), s.actor(Who::Officer));
    s.run_then(&officer, 0, move |tx, cx| release(tx, cx, (&id, 1, 1)));
    for n in 0..4_u8 {
        // the last photo is of a voucher that the walk hands in
        let by = if n == 3 { &officer } else { &author };
        let bill = photo(s, by, n);
        s.keep(format!("bill{n}"), &bill);
        if n < 3 {
            voucher(s, &season, &author, (n, bill));
        }
    }
    let bill = photo(s, &author, 9);
    voucher(s, &season, &author, (3, bill));
    steps(s, &season);
    let (id, first) = (season, s.id("voucher0").parse().unwrap());
    s.run_then(&officer, 0, move |tx, cx| approve(tx, cx, (&id, 1), &first));
}

/// Steps of money that wait for a second person.
fn steps(s: &mut Seed, season: &SeasonId) {
    let id = season.clone();
    let back = GiveBack { amount: "1".into(), once: String::new() };
    let step = s.run(move |tx, cx| give_back(tx, cx, (&id, 1), &back)).id;
    s.keep("step0", &step);
    let id = season.clone();
    let step = s.run(move |tx, cx| settle(tx, cx, (&id, 5))).id;
    s.keep("step1", &step);
}

fn approved(s: &Seed, season: &SeasonId) {
    let project = |n: u32| add_projects::NewProject {
        reference: format!("F{n}"),
        name: format!("花园 {n}"),
        about: String::new(),
        category: String::new(),
        cost: Fen(1_000_000),
    };
    let (id, projects) = (season.clone(), (1..=5).map(project).collect::<Vec<_>>());
    s.run(move |tx, cx| {
        add_projects::add_projects(tx, cx, &id, &projects)?;
        let season = queries::season(tx, &id)?;
        let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
        advance::shift(tx, cx, &permit, &season, Stage::Approved)?;
        for number in 1..=5 {
            running::begin::begin(tx, cx, &permit, (&season, number), None)?;
        }
        Ok(())
    });
}

fn photo(s: &Seed, by: &Actor, n: u8) -> String {
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([n * 20, 255 - n * 20, n * 7]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let upload = work::files::Upload { name: "票.png".into(), bytes: bytes.into_inner() };
    let cx = testkit::context(by.clone(), 950 + u64::from(n));
    files(&s.db).receive(&cx, &site, &upload).unwrap().id.to_string()
}

fn voucher(s: &mut Seed, season: &SeasonId, by: &Actor, (n, bill): (u8, String)) {
    let input = HandIn {
        line: "1".into(),
        kind: "invoice".into(),
        paper: format!("NO{n}"),
        day: "2026-11-20".into(),
        amount: "100".into(),
        payee: "五金店".into(),
        purpose: "画框".into(),
        handler: "甲".into(),
        witness: "乙".into(),
        files: vec![bill],
        ..HandIn::default()
    };
    let id = season.clone();
    let made = s.run_then(by, 0, move |tx, cx| hand_in(tx, cx, (&id, 1), &input)).id;
    s.keep(format!("voucher{n}"), made);
}

/// A form of the district, with a cell that is bound, filled once.
fn form(s: &mut Seed, season: &SeasonId) {
    let mut book = office::xlsx::Book::new("宋体");
    book.sheet("季报", &[office::xlsx::Column { title: "项目", width: 10 }]).unwrap();
    let bytes = book.finish().unwrap();
    let opened = office::xlsx::Workbook::open(bytes.clone()).unwrap();
    let (book, cell) = (Book::check(bytes).unwrap(), Placed::check(&opened, "B1").unwrap());
    let input = AddForm { name: "季报".into(), book, once: "seed".into() };
    let id = season.clone();
    s.run(move |tx, cx| {
        let number = forms::add(tx, cx, &id, &input)?;
        bind::bind(tx, cx, (&id, number), (&cell, "projects"))?;
        fill::fill(tx, cx, (&id, number), "seed")
    });
    s.keep("1", "1");
}
