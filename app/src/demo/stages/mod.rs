//! 演示数据: one invented round of small grants, held at the invented subdistrict, as often as it has stages. Each season
//! stands still in one of them, so that every stage can be tried; its days are counted back from the day of loading.

mod course;

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use kernel::{Actor, Day, Fen, PersonId, PlaceId, Post, Role};
use programmes::season::open::{self, OpenSeason};
use serde::Deserialize;
use work::calendar::add_days;

use super::{
    acts::{acting, person, run, seated, together},
    load::Places,
    persons::Cast,
    tables::COMMUNITIES,
    written::{IdeaData, ProposalData},
};
use course::Course;

/// The key of the template.
const TEMPLATE: &str = "star-pick";
/// What all grants together may be, in yuan: three of the four proposals fit.
const BUDGET_YUAN: i64 = 22_000;
/// Who scores beside the person of the demonstration who can sign in.
const REVIEWERS: [&str; 2] = ["秦素（社会工作）", "温守拙（公益财务）"];

/// Where a season stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Visits,
    Call,
    Ideas,
    Screening,
    Coaching,
    Proposals,
    Review,
    Vote,
    Notice,
    Approved,
}

/// A season: where it stands, on which of its days, its name, and what can be tried.
type Standing = (Far, i32, &'static str, &'static str);

/// The last comes first into a list, so they are opened in this order: the furthest is the oldest.
const STANDINGS: [Standing; 10] = [
    (
        Far::Approved,
        165,
        "试一试 10：立项以后",
        "名单批准了，入选的项目变成事项在做。有一件该交的材料手作社还没有交，已经过期：以街道干部或申报人的身份都看得到。",
    ),
    (Far::Notice, 128, "试一试 9：名单公示", "名单正在公示。以居民的身份可以提意见；以街道干部的身份可以答复意见。"),
    (
        Far::Vote,
        119,
        "试一试 8：居民投票",
        "供参考的居民投票正在进行。以居民的身份勾几下就能投；以街道干部的身份可以看名册、打印纸质票。",
    ),
    (
        Far::Review,
        118,
        "试一试 7：专家评审",
        "评审正在打分，另外两位已经打完。以评审专家的身份先接受邀请、说明有没有利害关系，再逐项打分。",
    ),
    (
        Far::Proposals,
        108,
        "试一试 6：提案提交",
        "有的提案交上来了，有的被退回，有的还在写。以申报人的身份可以提交；以街道干部的身份可以核对、退回。",
    ),
    (
        Far::Coaching,
        90,
        "试一试 5：提案辅导",
        "辅导老师正在看初稿。以辅导老师的身份写意见、过五个问题；以居民或申报人的身份接着写自己的提案。",
    ),
    (
        Far::Screening,
        74,
        "试一试 4：点子初筛",
        "点子正在逐条答复。有一条过了答复期还没有答复：这是故意留着的。以街道干部的身份可以答复、合并、拆分。",
    ),
    (
        Far::Ideas,
        46,
        "试一试 3：征集金点子",
        "正在征集金点子。以居民的身份可以提、可以支持、可以留言；以社工的身份可以替没有手机的老人提。",
    ),
    (
        Far::Call,
        33,
        "试一试 2：发布征集",
        "征集通知发出去了，过几天开始收点子。以街道干部的身份可以改日历、进入下一步。",
    ),
    (Far::Visits, 10, "试一试 1：走访调研", "街道和社工正在走访。以社工的身份可以记一次走访：见了谁、缺什么、有什么。"),
];

/// The sentence that all of them begin with.
const INVENTED: &str = "同一轮虚构的小额项目，停在不同的步骤上，好让您每一步都试一试。街道、社区、人和话都是编的。";

/// What the file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    ideas: Vec<IdeaData>,
    proposals: Vec<ProposalData>,
}

fn told() -> Result<Told, DbError> {
    toml::from_str(include_str!("told.toml")).map_err(|e| DbError::Data(format!("told.toml: {e}")))
}

/// Who takes part, and where.
struct Round {
    told: Told,
    place: PlaceId,
    communities: BTreeMap<&'static str, PlaceId>,
    officer: Actor,
    worker: Actor,
    coach: PersonId,
    /// The first of them can sign in.
    reviewers: Vec<PersonId>,
    people: Vec<(&'static str, PersonId)>,
    club: kernel::OrgId,
}

impl Round {
    fn of(db: &Db, places: &Places, cast: &Cast) -> Result<Round, Fault> {
        let who = |word: &str| {
            let found = cast.person(word).cloned();
            found.ok_or_else(|| DbError::Data(format!("nobody is {word}")))
        };
        let place = places.of(None);
        let mut reviewers = vec![who("reviewer")?];
        for name in REVIEWERS {
            reviewers.push(person(db, &place, name)?);
        }
        let mut people = Vec::new();
        for word in ["resident", "neighbour", "stairwell-head", "couple", "applicant"] {
            people.push((word, who(word)?));
        }
        let names = COMMUNITIES.iter().enumerate();
        Ok(Round {
            told: told()?,
            communities: names.map(|(n, (name, _))| (*name, places.of(Some(n)))).collect(),
            officer: acting(who("officer")?, vec![Post { role: Role::Officer, place: place.clone() }]),
            worker: acting(who("worker")?, vec![Post { role: Role::Worker, place: places.of(Some(0)) }]),
            coach: who("coach")?,
            reviewers,
            people,
            club: cast.club.clone(),
            place,
        })
    }

    /// Somebody who takes part, with the seat they hold.
    fn actor(&self, word: &str) -> Result<Actor, DbError> {
        let found = self.people.iter().find(|(is, _)| *is == word).map(|(_, id)| id.clone());
        let person = found.ok_or_else(|| DbError::Data(format!("nobody is {word}")))?;
        let seats = if word == "applicant" { vec![self.club.clone()] } else { Vec::new() };
        Ok(seated(person, Vec::new(), seats))
    }

    fn at(&self, community: &str) -> &PlaceId {
        self.communities.get(community).unwrap_or(&self.place)
    }
}

/// Loads a season for each stage, as they stand on `today`.
///
/// # Errors
/// Database faults; a refusal, or a file that cannot be read, would be a fault of this program.
pub(super) fn load(db: &Db, (places, cast): (&Places, &Cast), today: &Day) -> Result<(), Fault> {
    let round = Round::of(db, places, cast)?;
    together(&STANDINGS, |(far, days, name, about)| {
        let (far, days) = (*far, *days);
        let first = add_days(today, -days);
        let by = OpenSeason::by(TEMPLATE, round.place.clone(), name, Fen(BUDGET_YUAN * 100));
        let input = OpenSeason { about: format!("{INVENTED}\n\n{about}"), start: first.to_string(), ..by };
        let opened = (&add_days(&first, -1), 9 * 60);
        let season = run(db, &round.officer, opened, move |tx, cx| Ok(open::open(tx, cx, &input)?.id))?;
        Course { db, round: &round, season, first, far, days }.run()
    })
    .map(|_| ())
}
