//! Loading it through the verbs of the areas, each at its instant of 2024: up to the approved list.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault, Tx};
use decisions::{
    review::{self, Conflict, declare::Declaration, invite::Invite, rules::Typed as Points, score::Score},
    selection::{announce, announce::Announce, approve, decide},
};
use kernel::{Actor, Chance, Context, Fen, PlaceId, Post, Role};
use matters::notice;
use places::{Level, commands::add};
use programmes::{
    ProposalId, SeasonId,
    proposal::{
        Typed, TypedLine,
        check::accept,
        save::{SaveProposal, save},
        start::{StartProposal, start},
        submit::submit,
    },
    season::{
        advance,
        open::{self, OpenSeason},
        queries,
    },
    template::bundled,
};

use super::{BUDGET_YUAN, COMMUNITIES, DISTRICT, ProjectData, SUBDISTRICT, TEMPLATE, course, data};
use crate::demo::{
    acts::{acting, day, person, run, together},
    load::write,
};

/// Who writes the proposals, one for each community. Invented.
const AUTHORS: [&str; 29] = [
    "柏青",
    "岑安",
    "池月",
    "戴舟",
    "杜若",
    "范晴",
    "方野",
    "葛云",
    "耿直",
    "古川",
    "管弦",
    "桂枝",
    "韩松",
    "洪波",
    "纪年",
    "简宁",
    "柯南屏",
    "蓝田",
    "黎明远",
    "凌霄",
    "柳叶",
    "陆行",
    "麦穗",
    "莫愁",
    "宁静",
    "欧阳帆",
    "彭湃",
    "齐眉",
    "阮竹",
];
/// Who scores.
const REVIEWERS: [&str; 3] = ["商陆（社区治理）", "舒怀（公益项目财务）", "唐棣（社会工作）"];
/// Projects that one transaction moves.
const FEW: usize = 11;

/// Loads the season.
///
/// # Errors
/// Database faults; a refusal, or a file that cannot be read, would be a fault of this program.
pub(in crate::demo) fn load(db: &Db) -> Result<(), Fault> {
    let projects = data().map_err(DbError::Data)?;
    let town = town(db)?;
    let season = opened(db, &town)?;
    town.advance(db, &season, &["2024-03-21", "2024-04-20", "2024-04-30"])?;
    proposed(db, &town, &season, &projects)?;
    town.advance(db, &season, &["2024-05-20"])?;
    reviewed(db, &town, &season, &projects)?;
    listed(db, &town, &season)?;
    town.advance(db, &season, &["2024-06-28"])?;
    course::run_season(db, &town, &season, &projects)
}

/// Where it all is, and who does it.
pub(super) struct Town {
    pub(super) subdistrict: PlaceId,
    communities: Vec<PlaceId>,
    authors: Vec<Actor>,
    pub(super) officer: Actor,
    /// Works for the subdistrict, and assesses beside the officer.
    pub(super) worker: Actor,
}

impl Town {
    fn at(&self, community: &str) -> usize {
        COMMUNITIES.iter().position(|name| *name == community).unwrap_or(0)
    }

    pub(super) fn author(&self, project: &ProjectData) -> &Actor {
        self.authors.get(self.at(&project.community)).unwrap_or(&self.officer)
    }

    /// Moves the season on, once for each of these days.
    pub(super) fn advance(&self, db: &Db, season: &SeasonId, days: &[&str]) -> Result<(), Fault> {
        for on in days {
            let key = season.clone();
            run(db, &self.officer, (&day(on)?, 9 * 60), move |tx, cx| {
                let to = queries::next_stage(tx, &key)?;
                advance::advance(tx, cx, &key, to)
            })?;
        }
        Ok(())
    }
}

fn town(db: &Db) -> Result<Town, Fault> {
    let district = place(db, None, Level::District, DISTRICT)?;
    let subdistrict = place(db, Some(&district), Level::Subdistrict, SUBDISTRICT)?;
    let mut communities = Vec::new();
    for name in COMMUNITIES {
        communities.push(place(db, Some(&subdistrict), Level::Community, &format!("{name}居委会"))?);
    }
    let named: Vec<_> = AUTHORS.iter().zip(&communities).collect();
    let authors = together(&named, |(name, at)| Ok(acting(person(db, at, name)?, Vec::new())))?;
    let post = |role| vec![Post { role, place: subdistrict.clone() }];
    let officer = acting(person(db, &subdistrict, "尚书言")?, post(Role::Officer));
    let worker = acting(person(db, &subdistrict, "谈笑")?, post(Role::Worker));
    Ok(Town { communities, authors, officer, worker, subdistrict })
}

fn place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> Result<PlaceId, Fault> {
    let new = add::AddPlace { parent: parent.cloned(), level, name: name.to_owned() };
    write(db, Actor::Operator, move |tx, cx| Ok(add::add(tx, cx, &new)?.id))
}

/// What the season says of itself, and of what is invented in it.
const ABOUT: &str = "五十五个项目，分示范、品牌、育苗三类，编成六个小组，边做边互相学。街道、居委会和十一个项目的名称照公开报道，其余的人、话、活动和金额都是编的，只为演示。";

fn opened(db: &Db, town: &Town) -> Result<SeasonId, Fault> {
    let by =
        OpenSeason::by(TEMPLATE, town.subdistrict.clone(), "2024 年自治金项目（演示数据）", Fen(BUDGET_YUAN * 100));
    let input = OpenSeason { about: ABOUT.into(), start: "2024-03-01".into(), ..by };
    let open = move |tx: &mut Tx<'_>, cx: &mut Context| Ok(open::open(tx, cx, &input)?.id);
    run(db, &town.officer, (&day("2024-02-26")?, 9 * 60), open)
}

/// What stands in a proposal. Numbers are invented.
fn written(town: &Town, project: &ProjectData, n: usize) -> Typed {
    let size = project.size(n);
    let place = town.communities.get(town.at(&project.community)).unwrap_or(&town.subdistrict);
    let people = size.events * 18;
    let answers = [
        ("need", project.need.clone()),
        ("goals", format!("七月到年底办 {} 场，{people} 人次参加，做成以后由居民自己管下去。", size.events)),
        ("method", project.does.clone()),
        ("months", format!("七月到十二月，共 {} 场，每场十八人左右，就在居民区里办。", size.events)),
        ("team", "一位牵头的居民、三位骨干、两位志愿者，居民区社工一名帮着联系场地。".to_owned()),
        ("people", people.to_string()),
        ("risks", "下雨就改到室内；骨干有事，提前一周换人。".to_owned()),
    ];
    let line = |kind: &str, what: &str, quantity: i64, yuan: i64| TypedLine {
        kind: kind.into(),
        what: what.into(),
        quantity: quantity.to_string(),
        price: yuan.to_string(),
        from: "grant".into(),
    };
    Typed {
        title: project.name.clone(),
        summary: format!("{}{}", project.need, project.does),
        place: place.to_string(),
        field: project.field.clone(),
        tier: project.tier.clone(),
        group: project.group.clone(),
        answers: answers.into_iter().map(|(key, text)| (key.to_owned(), text)).collect::<BTreeMap<_, _>>(),
        lines: vec![
            line("activity", "每场活动", size.events, size.event),
            line("materials", "每场材料", size.events, size.things),
            line("publicity", "海报和展板", 1, size.telling),
        ],
        funds: Vec::new(),
    }
}

/// Each is written and submitted by its author; the office takes them in their order.
fn proposed(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let mut begun: Vec<ProposalId> = Vec::new();
    for (n, project) in projects.iter().enumerate() {
        let (key, typed) = (season.clone(), written(town, project, n));
        let on = day(&format!("2024-05-{:02}", 2 + n / 6))?;
        let minutes = 9 * 60 + i64::try_from(n % 6).unwrap_or(0) * 40;
        begun.push(run(db, town.author(project), (&on, minutes), move |tx, cx| {
            let from = StartProposal { title: typed.title.clone(), ..StartProposal::default() };
            let started = start(tx, cx, &key, &from)?;
            let input = SaveProposal { revision: started.revision, version: false, proposal: typed.clone() };
            save(tx, cx, (&key, &started.id), &input)?;
            Ok(submit(tx, cx, (&key, &started.id))?.id)
        })?);
    }
    for few in begun.chunks(FEW) {
        let (key, few) = (season.clone(), few.to_vec());
        run(db, &town.officer, (&day("2024-05-16")?, 14 * 60), move |tx, cx| {
            for id in &few {
                accept(tx, cx, (&key, id))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// What a reviewer gives the `n`-th project for a criterion, of ten: better where the tier asks for more.
fn points(project: &ProjectData, n: usize, reviewer: usize, criterion: usize) -> i64 {
    let least = match project.tier.as_str() {
        "demonstration" => 8,
        "brand" => 7,
        _ => 6,
    };
    least + i64::try_from((n * 3 + reviewer * 5 + criterion * 7) % 3).unwrap_or(0)
}

/// Three reviewers score all of them, and the review is closed.
fn reviewed(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let template = bundled(TEMPLATE).and_then(|template| template.review.as_ref());
    let template = template.ok_or_else(|| DbError::Data(format!("no review in {TEMPLATE}")))?;
    let on = day("2024-05-22")?;
    for (at, name) in REVIEWERS.iter().enumerate() {
        let who = person(db, &town.subdistrict, name)?;
        let (key, input) = (season.clone(), Invite { person: who.to_string() });
        run(db, &town.officer, (&on, 9 * 60), move |tx, cx| review::invite::invite(tx, cx, &key, &input).map(|_| ()))?;
        let me = acting(who, Vec::new());
        let said: Vec<Declaration> =
            (1..).zip(projects).map(|(number, _)| Declaration { number, conflict: Conflict::None }).collect();
        let key = season.clone();
        run(db, &me, (&on, 10 * 60), move |tx, cx| {
            review::answer::answer(tx, cx, &key, true)?;
            review::declare::declare(tx, cx, &key, &said).map(|_| ())
        })?;
        let sheet = |(n, project): (usize, &ProjectData)| {
            let given = template.criteria.iter().enumerate();
            let scores = given.map(|(c, of)| (of.key.clone(), Points::Number(points(project, n, at, c)))).collect();
            Score { scores, comment: String::new() }
        };
        let sheets: Vec<(u32, Score)> = (1..).zip(projects.iter().enumerate().map(sheet)).collect();
        for few in sheets.chunks(FEW) {
            let (key, few) = (season.clone(), few.to_vec());
            run(db, &me, (&on, 14 * 60), move |tx, cx| {
                for (number, input) in &few {
                    review::score::score(tx, cx, (&key, *number), input)?;
                }
                Ok(())
            })?;
        }
    }
    let counted = review::count::count(db, season, &mut Chance::seeded(2024))?;
    let closed = day("2024-05-24")?;
    run(db, &town.officer, (&closed, 18 * 60), move |tx, cx| review::close::close(tx, cx, &counted).map(|_| ()))
}

/// The list is computed, hangs out and is approved; all projects become matters.
fn listed(db: &Db, town: &Town, season: &SeasonId) -> Result<(), Fault> {
    let decided = day("2024-05-28")?;
    let key = season.clone();
    run(db, &town.officer, (&decided, 10 * 60), move |tx, cx| decide::decide(tx, cx, &key).map(|_| ()))?;
    let words = Announce {
        title: "2024 年自治金项目入选名单公示（演示数据）".into(),
        body: "经立项评审，五十五个项目入选：示范类八个、品牌类二十一个、育苗类二十六个，名单和每个项目的理由见入选名单页。有不同意见，请在公示期内提出。".into(),
    };
    let key = season.clone();
    let announced = move |tx: &mut Tx<'_>, cx: &mut Context| announce::announce(tx, cx, &key, &words);
    let posted = run(db, &town.officer, (&decided, 15 * 60), announced)?.id;
    let ended = day("2024-06-12")?;
    run(db, &town.officer, (&ended, 9 * 60), move |tx, cx| notice::end::end(tx, cx, &posted).map(|_| ()))?;
    let key = season.clone();
    run(db, &town.officer, (&ended, 10 * 60), move |tx, cx| approve::approve(tx, cx, &key))?;
    loop {
        let key = season.clone();
        if !run(db, &town.officer, (&ended, 10 * 60), move |tx, cx| approve::open_some(tx, cx, &key))? {
            return Ok(());
        }
    }
}
