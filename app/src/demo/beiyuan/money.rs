//! The money of the season, all of it invented: sources, agreements, tranches, vouchers with pictures of receipts, what was
//! given back.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use funds::{
    agreement::{
        Line,
        draft::{self, DraftAgreement},
        queries as agreements,
        sign::{self, Side},
    },
    book::{AccountKind, queries as books},
    ending::{
        Step, confirm, end,
        give_back::{self, GiveBack},
        year_end,
    },
    source::add::{self, AddSource},
    tranche::{propose, release},
    voucher::{
        decide::{self, RefuseVoucher},
        hand_in::{self, HandIn},
    },
};
use kernel::{Day, Fen};
use programmes::SeasonId;
use work::{
    calendar::add_days,
    files::{Desk, Upload},
};

use super::{
    load::Town,
    receipt,
    running::{Office, Team},
};
use crate::demo::acts::{day, run, then, together};

/// The public's money and a donor's, in yuan: together what the grants may be.
const PUBLIC_YUAN: i64 = 150_000;
const DONATED_YUAN: i64 = 50_000;
/// Projects that put money of their own in: number, yuan.
const OWN: [(u32, i64); 2] = [(19, 600), (20, 480)];
/// The project one of whose vouchers was refused, and comes again mended.
const REFUSED: u32 = 13;
/// The project that hands a paper in a second time, which is stopped at once.
const TWICE: u32 = 21;
/// How much of a budget line its voucher is, in hundredths.
const USED: [i64; 5] = [100, 97, 100, 94, 98];
/// A volunteer's refund of a meal at most, by the template; of the telephone, and a piece of equipment.
const MEAL: i64 = 3_000;
const PHONE: i64 = 2_000;
const PIECE: i64 = 200_000;

/// Which half of the vouchers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    First,
    Second,
}

/// What the season has from its first day.
pub(super) fn sources(db: &Db, town: &Town, season: &SeasonId) -> Result<(), Fault> {
    let given = [
        ("public", "街道公益微项目资金（演示）", PUBLIC_YUAN),
        ("donor", "运河人家商贸有限公司（编的）", DONATED_YUAN),
    ];
    for (kind, name, yuan) in given {
        let (key, amount) = (season.clone(), yuan.to_string());
        let input = AddSource { kind: kind.into(), name: name.into(), amount, ..AddSource::default() };
        run(db, &town.officer, (&day("2024-08-06")?, 10 * 60), move |tx, cx| add::add(tx, cx, &key, &input))?;
    }
    Ok(())
}

/// An agreement with each team, signed by both, and what others bring.
pub(super) fn agreed(db: &Db, office: &Office<'_>, season: &SeasonId, teams: &[Team<'_>]) -> Result<(), Fault> {
    let officer = &office.town.officer;
    together(teams, |team| {
        let (of, number) = (season.clone(), team.number);
        let term =
            DraftAgreement { from: "2024-09-01".into(), until: "2024-11-30".into(), ..DraftAgreement::default() };
        run(db, officer, (&day("2024-08-12")?, 10 * 60), move |tx, cx| {
            draft::draft(tx, cx, (&of, number), &term)?;
            sign::sign(tx, cx, (&of, number), Side::Office)
        })?;
        let of = season.clone();
        let signed = (&day("2024-08-15")?, 19 * 60 + i64::from(number));
        run(db, &team.author, signed, move |tx, cx| sign::sign(tx, cx, (&of, number), Side::Team))?;
        brought(db, office, season, team)
    })
    .map(|_| ())
}

/// What the neighbourhood brings in kind, valued by the proposal, and a team's own money.
fn brought(db: &Db, office: &Office<'_>, season: &SeasonId, team: &Team<'_>) -> Result<(), Fault> {
    let valued = |line: &&crate::demo::written::LineData| {
        format!("{}：{} 次（件），每次（件）按当地同类价格 {} 元折算", line.what, line.quantity, line.yuan)
    };
    let basis: Vec<String> = team.source.lines.iter().filter(|line| line.own).map(|line| valued(&line)).collect();
    let project = team.number.to_string();
    let mut all: Vec<AddSource> = (team.source.funds.iter())
        .map(|fund| AddSource {
            kind: "in-kind".into(),
            name: fund.whom.clone(),
            amount: fund.yuan.to_string(),
            basis: basis.join("；"),
            project: project.clone(),
            ..AddSource::default()
        })
        .collect();
    all.extend(OWN.iter().filter(|(number, _)| *number == team.number).map(|(_, yuan)| AddSource {
        kind: "own".into(),
        name: "参加的家庭自己凑的（演示）".into(),
        amount: yuan.to_string(),
        project: project.clone(),
        ..AddSource::default()
    }));
    for input in all {
        let of = season.clone();
        run(db, &office.town.officer, (&day("2024-08-20")?, 14 * 60), move |tx, cx| add::add(tx, cx, &of, &input))?;
    }
    Ok(())
}

/// One officer proposes a tranche of each project, the other releases it.
pub(super) fn tranche(
    db: &Db,
    office: &Office<'_>,
    (season, teams): (&SeasonId, &[Team<'_>]),
    (number, proposed, released): (u32, &str, &str),
) -> Result<(), Fault> {
    for team in teams {
        let (of, project) = (season.clone(), team.number);
        let on = (&day(proposed)?, 10 * 60);
        run(db, &office.town.officer, on, move |tx, cx| propose::propose(tx, cx, (&of, project, number)))?;
        let (of, on) = (season.clone(), (&day(released)?, 11 * 60));
        run(db, &office.second, on, move |tx, cx| release::release(tx, cx, (&of, project, number)))?;
    }
    Ok(())
}

/// A paper that a team hands in.
struct Paper {
    line: Line,
    /// Counts the papers of a project.
    nth: u32,
    amount: i64,
    day: Day,
}

/// The teams hand four or five vouchers in, two of each project in October and the others at the end; the first officer decides.
pub(super) fn vouchers(
    (db, files): (&Db, &Desk),
    office: &Office<'_>,
    (season, teams): (&SeasonId, &[Team<'_>]),
    half: Half,
) -> Result<(), Fault> {
    let (from, handed, decided) = match half {
        Half::First => ("2024-09-06", "2024-10-14", "2024-10-16"),
        Half::Second => ("2024-10-22", "2024-11-30", "2024-12-02"),
    };
    let (from, handed, decided) = (day(from)?, day(handed)?, day(decided)?);
    together(teams, |team| {
        let (of, number) = (season.clone(), team.number);
        let mut lines = db.read_wait(move |s| agreements::lines(s, &of, number))?;
        // the large ones have papers, of the small ones one or two were not needed
        lines.sort_by_key(|line| std::cmp::Reverse(line.planned.0));
        let n = if number % 3 == 0 { 4 } else { 5 };
        let papers = (1..).zip(lines).take(n).map(|(nth, line)| Paper {
            nth,
            amount: line.planned.0 * USED[usize::try_from(nth).unwrap_or(0) % USED.len()] / 100,
            day: add_days(&from, i32::try_from(nth * 6 + number % 5).unwrap_or(0)),
            line,
        });
        let papers: Vec<Paper> = papers.filter(|paper| (paper.nth <= 2) == (half == Half::First)).collect();
        let mut waiting = Vec::new();
        for paper in &papers {
            waiting.push(hand_in(db, files, (season, team), (paper, &handed, ""))?);
        }
        let mended = match (half, papers.first()) {
            (Half::First, Some(first)) if number == REFUSED => {
                refused(db, office, (season, number), (&waiting[0], &decided))?;
                let again = add_days(&decided, 2);
                waiting.remove(0);
                Some((hand_in(db, files, (season, team), (first, &again, "-2"))?, add_days(&again, 1)))
            }
            (Half::Second, Some(first)) if number == TWICE => {
                stopped(hand_in(db, files, (season, team), (first, &handed, "")))?;
                None
            }
            _ => None,
        };
        approved(db, office, (season, number), (waiting, &decided))?;
        match mended {
            Some((id, on)) => approved(db, office, (season, number), (vec![id], &on)),
            None => Ok(()),
        }
    })
    .map(|_| ())
}

/// Hands a paper in with its picture; `again` tells the picture of a paper that comes a second time from the first.
fn hand_in(
    db: &Db,
    files: &Desk,
    (season, team): (&SeasonId, &Team<'_>),
    (paper, on, again): (&Paper, &Day, &str),
) -> Result<funds::voucher::VoucherId, Fault> {
    let number = format!("24{:02}-{:03}", team.number, paper.nth);
    let amount = Fen(paper.amount).to_string();
    let bytes = receipt::picture(&format!("{number}{again}"), &amount, 3 + paper.nth)?;
    let place = team.place.clone();
    let site = db.read_wait(move |s| places::site(s, &place))?.ok_or_else(|| DbError::Data("no place".into()))?;
    let at = 19 * 60 + i64::from(paper.nth);
    let upload = Upload { name: format!("{number}{again}.png"), bytes };
    let photo = files.receive(&then(&team.author, (on, at))?, &site, &upload)?.id;
    let (kind, count, payee) = paid(&paper.line, paper.amount);
    let input = HandIn {
        line: paper.line.number.to_string(),
        kind: kind.into(),
        paper: number,
        day: paper.day.to_string(),
        amount,
        count: count.to_string(),
        payee: payee.into(),
        purpose: paper.line.what.clone(),
        handler: format!("项目负责人{}", team.called),
        witness: "社区工作者小林（编的）".into(),
        files: vec![photo.to_string()],
        ..HandIn::default()
    };
    let (of, project) = (season.clone(), team.number);
    Ok(run(db, &team.author, (on, at + 1), move |tx, cx| hand_in::hand_in(tx, cx, (&of, project), &input))?.id)
}

/// What kind of paper it is, how many it pays for, and whom.
fn paid(line: &Line, amount: i64) -> (&'static str, i64, &'static str) {
    let times = |cap: i64| (amount + cap - 1) / cap;
    match line.kind.as_str() {
        "volunteers" if !line.what.contains("用餐") => ("phone", times(PHONE), "志愿者小队（演示）"),
        "volunteers" => ("meal", times(MEAL), "志愿者小队（演示）"),
        "equipment" => ("invoice", times(PIECE), "通惠五金日杂（演示）"),
        "publicity" => ("invoice", 1, "运河图文快印（演示）"),
        "expert" => ("receipt", 1, "邻里社工服务社（演示）"),
        "activity" => ("invoice", 1, "北苑便民商行（演示）"),
        _ => ("invoice", 1, "新华文具用品店（演示）"),
    }
}

fn approved(
    db: &Db,
    office: &Office<'_>,
    (season, project): (&SeasonId, u32),
    (ids, on): (Vec<funds::voucher::VoucherId>, &Day),
) -> Result<(), Fault> {
    let of = season.clone();
    run(db, &office.town.officer, (on, 15 * 60), move |tx, cx| {
        for id in &ids {
            decide::approve(tx, cx, (&of, project), id)?;
        }
        Ok(())
    })
}

fn refused(
    db: &Db,
    office: &Office<'_>,
    (season, project): (&SeasonId, u32),
    (id, on): (&funds::voucher::VoucherId, &Day),
) -> Result<(), Fault> {
    let (of, id) = (season.clone(), id.clone());
    let input = RefuseVoucher {
        reason: "发票抬头写的是个人。请让商家换成项目名称，再交一次。".into()
    };
    let no = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| decide::refuse(tx, cx, (&of, project), (&id, &input));
    run(db, &office.town.officer, (on, 15 * 60), no).map(|_| ())
}

/// A paper that was seen before does not come in.
fn stopped(tried: Result<funds::voucher::VoucherId, Fault>) -> Result<(), Fault> {
    match tried {
        Err(Fault::Refused(_)) => Ok(()),
        Err(fault) => Err(fault),
        Ok(_) => Err(DbError::Data("a paper came in twice".into()).into()),
    }
}

/// Each account is settled, what was not spent comes back the same day, and the public's rest lapses with the year.
pub(super) fn settled(db: &Db, office: &Office<'_>, season: &SeasonId, teams: &[Team<'_>]) -> Result<(), Fault> {
    let of = season.clone();
    let held: BTreeMap<u32, Fen> =
        db.read_wait(move |s| books::balances(s, &of, AccountKind::Held))?.into_iter().collect();
    for team in teams {
        let (of, number) = (season.clone(), team.number);
        let left = held.get(&number).copied().unwrap_or(Fen(0));
        let step = run(db, &office.town.officer, (&day("2024-12-20")?, 10 * 60), move |tx, cx| {
            end::settle(tx, cx, (&of, number))
        })?;
        checked(db, office, season, (&step, &day("2024-12-20")?))?;
        if left == Fen(0) {
            continue;
        }
        let of = season.clone();
        let input = GiveBack { amount: left.to_string(), once: "1".into() };
        let step = run(db, &office.town.officer, (&day("2024-12-20")?, 15 * 60), move |tx, cx| {
            give_back::give_back(tx, cx, (&of, number), &input)
        })?;
        checked(db, office, season, (&step, &day("2024-12-20")?))?;
    }
    let of = season.clone();
    let rest =
        run(db, &office.town.officer, (&day("2024-12-31")?, 16 * 60), move |tx, cx| year_end::year_end(tx, cx, &of))?;
    rest.map_or(Ok(()), |step| checked(db, office, season, (&step, &day("2024-12-31")?)))
}

/// The second officer confirms what the first proposed, the same day.
fn checked(db: &Db, office: &Office<'_>, season: &SeasonId, (step, on): (&Step, &Day)) -> Result<(), Fault> {
    let (of, id) = (season.clone(), step.id.clone());
    run(db, &office.second, (on, 17 * 60), move |tx, cx| confirm::confirm(tx, cx, (&of, &id))).map(|_| ())
}
