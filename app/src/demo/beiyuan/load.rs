//! Loading it through the verbs of the areas, each at its instant of 2024.

use db::{Db, DbError, Fault, Tx};
use kernel::{Actor, Context, Fen, PlaceId, Post, Role};
use places::{Level, commands::add};
use programmes::{
    Idea, SeasonId,
    season::{
        advance,
        open::{self, OpenSeason},
        queries,
    },
    visit::record as visited,
    workshop::{Taken, ask, attend, card, record as held},
};
use work::{calendar::add_days, files::Desk};

use super::{BUDGET_YUAN, DISTRICT, Data, SUBDISTRICT, TEMPLATE, data, panel, proposals, running, vote};
use crate::demo::{
    acts::{acting, day, person, run, together},
    load::write,
    persons::{self, Cast},
    written::post_idea,
};

/// The first day of the season: its first stage is thirty days of visits.
pub(super) const FIRST: &str = "2024-03-05";
/// Days from the first one to the beginning of call, ideas, screening, coaching, proposals and decision, as the
/// template's calendar has them.
pub(super) const STAGES: [i32; 6] = [30, 37, 67, 81, 102, 116];

/// Loads the season.
///
/// # Errors
/// Database faults; a refusal, or a file that cannot be read, would be a fault of this program.
pub(in crate::demo) fn load(db: &Db, files: &Desk, cast: &Cast) -> Result<(), Fault> {
    let data = data().map_err(DbError::Data)?;
    let town = town(db, &data)?;
    // so that somebody who can sign in may follow the money to the photos of receipts
    if let Some(auditor) = cast.person("supervisor") {
        persons::appoint(db, &town.subdistrict, auditor, Role::Auditor)?;
    }
    let season = opened(db, &town)?;
    for visit in &data.visits {
        let input = visited::RecordVisit {
            place: town.of(&visit.community).to_string(),
            day: visit.day.clone(),
            staff: visit.staff.clone(),
            findings: visit.findings.clone(),
            met: visit.met.clone(),
            needs: visit.needs.clone(),
            has: visit.has.clone(),
            once: String::new(),
        };
        let key = season.clone();
        run(db, &town.officer, (&day(&visit.day)?, 17 * 60), move |tx, cx| visited::record(tx, cx, &key, &input))?;
    }
    town.advance(db, &season, &STAGES[..2])?;
    let ideas = ideas(db, &town, (&season, &data))?;
    workshop(db, &town, &season, &ideas)?;
    panel::answers(db, &town, (&season, &data), &ideas)?;
    town.advance(db, &season, &STAGES[2..4])?;
    let begun = proposals::coached(db, &town, (&season, &data), &ideas)?;
    town.advance(db, &season, &STAGES[4..5])?;
    proposals::checked(db, &town, &season, &begun)?;
    town.advance(db, &season, &STAGES[5..])?;
    panel::review(db, &town, (&season, &data))?;
    vote::vote(db, &town, (&season, &data))?;
    panel::list(db, &town, &season)?;
    running::run_through((db, files), &town, &season, (&begun, &ideas))
}

/// Where it all is, and who does it.
pub(super) struct Town {
    pub(super) subdistrict: PlaceId,
    communities: Vec<(String, PlaceId)>,
    pub(super) officer: Actor,
}

impl Town {
    pub(super) fn of(&self, community: &str) -> &PlaceId {
        let found = self.communities.iter().find(|(name, _)| name == community);
        found.map_or(&self.subdistrict, |(_, id)| id)
    }

    /// Moves the season on, once for each of these days.
    fn advance(&self, db: &Db, season: &SeasonId, days: &[i32]) -> Result<(), Fault> {
        for after in days {
            let (key, on) = (season.clone(), add_days(&day(FIRST)?, *after));
            run(db, &self.officer, (&on, 9 * 60), move |tx, cx| {
                let to = queries::next_stage(tx, &key)?;
                advance::advance(tx, cx, &key, to)
            })?;
        }
        Ok(())
    }
}

fn town(db: &Db, data: &Data) -> Result<Town, Fault> {
    let district = place(db, None, Level::District, DISTRICT)?;
    let subdistrict = place(db, Some(&district), Level::Subdistrict, SUBDISTRICT)?;
    let mut communities = Vec::new();
    for visit in &data.visits {
        let made = place(db, Some(&subdistrict), Level::Community, &visit.official)?;
        communities.push((visit.community.clone(), made));
    }
    let person = person(db, &subdistrict, "江澄")?;
    let officer = acting(person, vec![Post { role: Role::Officer, place: subdistrict.clone() }]);
    Ok(Town { subdistrict, communities, officer })
}

fn place(db: &Db, parent: Option<&PlaceId>, level: Level, name: &str) -> Result<PlaceId, Fault> {
    let new = add::AddPlace { parent: parent.cloned(), level, name: name.to_owned() };
    write(db, Actor::Operator, move |tx, cx| Ok(add::add(tx, cx, &new)?.id))
}

/// What the season says of itself, and of what was added to it here.
const ABOUT: &str = "先走访十三个社区，再征集五十个金点子，辅导成提案，由评审评出十四个来做，做三个月，结项后颁奖、展示。这里的人、话、钱和数字都是编的，只为演示。\n\n\
    居民投票是这份演示自己加上的：名册上的三千位居民都是虚构的，票数只供参考，入选名单由评审决定。";

fn opened(db: &Db, town: &Town) -> Result<SeasonId, Fault> {
    let by = OpenSeason::by(TEMPLATE, town.subdistrict.clone(), "2024 星选计划（演示数据）", Fen(BUDGET_YUAN * 100));
    let input = OpenSeason { about: ABOUT.into(), start: FIRST.into(), ..by };
    let open = move |tx: &mut Tx<'_>, cx: &mut Context| Ok(open::open(tx, cx, &input)?.id);
    run(db, &town.officer, (&day("2024-03-01")?, 9 * 60), open)
}

/// The fifty ideas, spread over the days of their stage.
fn ideas(db: &Db, town: &Town, (season, data): (&SeasonId, &Data)) -> Result<Vec<Idea>, Fault> {
    let first = add_days(&day(FIRST)?, STAGES[1]);
    let authors = together(&data.ideas, |idea| {
        let name = if idea.author.is_empty() { "无名" } else { &idea.author };
        person(db, town.of(&idea.community), name)
    })?;
    let mut posted = Vec::new();
    for (idea, author) in data.ideas.iter().zip(authors) {
        let (place, author) = (town.of(&idea.community), acting(author, Vec::new()));
        let n = i64::from(idea.number);
        let on = add_days(&first, i32::try_from(n * 27 / 50).unwrap_or(0));
        posted.push(post_idea(db, season, (idea, place), (&author, (&on, 8 * 60 + n * 13)))?);
    }
    Ok(posted)
}

/// Questions of the workshop: what was asked, whom, the advice, and what became of it.
const QUESTIONS: [(&str, &str, &str, Taken, &str); 3] = [
    (
        "点子怎么写成能做的提案？",
        "社区营造顾问",
        "先写清楚为了谁、现在什么样、做成以后什么样，再写第一个月做什么。能数的写数字。",
        Taken::Yes,
        "已写进提案辅导的五张卡片。",
    ),
    (
        "志愿者能不能发劳务费？",
        "公益项目财务顾问",
        "志愿服务不发报酬，可以补交通、用餐和通讯，每人每次有上限，凭票据报。",
        Taken::Yes,
        "预算表里只留这三样。",
    ),
    (
        "能不能把三个社区的想法合成一个项目？",
        "社会组织负责人",
        "可以，但要有一个牵头的队伍，一本账，场次按社区分开写。",
        Taken::Partly,
        "今年先各做各的，明年试一个联合项目。",
    ),
];

/// One workshop with the first twelve ideas as its cards.
fn workshop(db: &Db, town: &Town, season: &SeasonId, ideas: &[Idea]) -> Result<(), Fault> {
    let season = season.clone();
    let input = held::RecordWorkshop {
        day: "2024-05-09".into(),
        title: "金点子大讨论".into(),
        summary: "六张桌子，每桌一位主持。先各写各的卡片，再挑出想一起做的，最后请教三位顾问。".into(),
        ..held::RecordWorkshop::default()
    };
    let (at, key) = ((day("2024-05-09")?, 20 * 60), season.clone());
    let done = run(db, &town.officer, (&at.0, at.1), move |tx, cx| held::record(tx, cx, &key, &input))?.id;
    let few: Vec<Idea> = ideas.iter().take(12).cloned().collect();
    let of = (season.clone(), done.clone());
    run(db, &town.officer, (&at.0, at.1), move |tx, cx| {
        let titles = card::AddCards { cards: few.iter().map(|idea| idea.title.clone()).collect() };
        for (made, idea) in card::add(tx, cx, (&of.0, &of.1), &titles)?.iter().zip(&few) {
            card::link(tx, cx, (&of.0, &of.1, made.number), &idea.id)?;
        }
        Ok(())
    })?;
    let of = (season.clone(), done.clone());
    run(db, &town.officer, (&at.0, at.1), move |tx, cx| {
        for (question, expert, advice, taken, note) in QUESTIONS {
            let (question, expert, advice) = (question.into(), expert.into(), advice.into());
            let asked = ask::ask(tx, cx, (&of.0, &of.1), &ask::AskQuestion { question, expert, advice })?;
            let said = ask::TakeUp { taken, note: note.into() };
            ask::take_up(tx, cx, (&of.0, &of.1, asked.number), &said)?;
        }
        Ok(())
    })?;
    run(db, &town.officer, (&at.0, at.1), move |tx, cx| {
        let signed = attend::Attend { rows: Some(46), ..attend::Attend::default() };
        attend::attend(tx, cx, (&season, &done), &signed)
    })
}
