//! From the approved list to the showcase: agreements, three months of activities, the assessment halfway, closings,
//! satisfaction, awards.

use db::{Db, DbError, Fault};
use kernel::{Actor, PlaceId, Post, Role};
use matters::notice;
use programmes::{
    Idea, SeasonId, Stage,
    award::{
        choice::{
            self,
            cast::{self, Cast},
            count::{self, Count},
            invite::{self, Invite},
            open::OpenChoice,
        },
        decide as awards, nominate,
    },
    closing::{
        self, Report,
        grade::{self, Grade},
        report::{self, WriteReport},
    },
    midterm::{
        announce,
        decide::{self, Decide},
        mend::{self, Mend},
        open,
        score::{self, WriteSheet},
    },
    running,
    season::{
        advance,
        plan::{self, Plan, StageDays},
        queries,
    },
};
use work::files::Desk;

use super::{held, load::Town, money, proposals::Begun};
use crate::{
    demo::{
        acts::{acting, day, person, run, together},
        written::ProposalData,
    },
    evidence::Gathered,
};

/// The calendar as the office moves it, so that the three months are September to November.
const CALENDAR: [(Stage, &str, &str); 5] = [
    (Stage::Approved, "2024-07-19", "2024-09-01"),
    (Stage::Running, "2024-09-02", "2024-10-20"),
    (Stage::Midterm, "2024-10-21", "2024-11-17"),
    (Stage::Closing, "2024-11-18", "2024-12-01"),
    (Stage::Showcase, "2024-12-02", "2024-12-05"),
];
/// The project that had to mend something halfway.
const MENDS: u32 = 12;
/// Projects whose neighbours are asked how content they are.
const ASKED: [u32; 3] = [5, 18, 21];
/// Those who speak at the showcase: 果园西、玉带路、复兴南里、后南仓、中山街.
const SPEAKERS: [u32; 5] = [5, 8, 17, 18, 21];
/// Category, project, why; the first of each category gets it: of the first by a jury, of the second by the residents' vote,
/// of the third by the office.
const NOMINATED: [(&str, u32, &str); 6] = [
    ("shining", 5, "二十位老街坊开口讲，孩子们听、记、编成一本书，家家都想要一本。"),
    ("mobilising", 17, "二十四个楼门一个不落，每个楼门都有人接着当安全员。"),
    ("innovation", 18, "一户对一户，敲门有约定、有卡片、有回话，别的社区拿去就能用。"),
    ("mobilising", 21, "十个楼门自己商量、自己画，选出了十位楼门长。"),
    ("innovation", 9, "孩子当小掌柜，换来的东西带着故事走。"),
    ("shining", 8, "孩子把家门口的隐患画出来，大人跟着改，一张图挂到现在。"),
];
/// What the jury of the first award and the residents approve of, one a person.
const JURY: [(&str, &[u32]); 5] = [
    ("评委甲（街道图书馆）", &[5]),
    ("评委乙（社区规划师）", &[5, 8]),
    ("评委丙（退休教师）", &[5]),
    ("评委丁（媒体）", &[8]),
    ("评委戊（社会组织）", &[5, 8]),
];
const RESIDENTS: [&[u32]; 6] = [&[17], &[17, 21], &[17], &[21], &[17, 21], &[17]];
/// What neighbours answer at the end.
const CONTENT: [(u32, &str); 6] = [
    (5, "盼着明年接着办。"),
    (5, ""),
    (4, "人多的时候地方有点小。"),
    (5, "孩子回家还在讲。"),
    (4, ""),
    (5, "我家老人说这是今年最高兴的事。"),
];

/// An approved project with who does it.
pub(super) struct Team<'a> {
    pub(super) number: u32,
    pub(super) author: Actor,
    pub(super) place: PlaceId,
    pub(super) source: &'a ProposalData,
    /// How its author is called.
    pub(super) called: String,
    pub(super) community: String,
}

/// Who acts for the office.
pub(super) struct Office<'a> {
    pub(super) town: &'a Town,
    /// A second officer, who releases what the first proposed.
    pub(super) second: Actor,
    /// Somebody of the office who scores as well.
    pub(super) worker: Actor,
}

/// Everything after the approval.
pub(super) fn run_through(
    (db, files): (&Db, &Desk),
    town: &Town,
    season: &SeasonId,
    (begun, ideas): (&[Begun<'_>], &[Idea]),
) -> Result<(), Fault> {
    let office = office(db, town)?;
    let teams = teams(db, town, season, begun)?;
    let neighbours = neighbours(ideas, &teams);
    let all = held::data()?;
    calendar(db, town, season)?;
    money::sources(db, town, season)?;
    money::agreed(db, &office, season, &teams)?;
    money::tranche(db, &office, (season, &teams), (1, "2024-08-22", "2024-08-23"))?;
    advance(db, town, season, (Stage::Running, "2024-09-02"))?;
    let days = |from: &str, until: &str| Ok::<_, DbError>((day(from)?, day(until)?));
    let (from, until) = days("2024-09-01", "2024-10-20")?;
    held::held(db, (season, &all), (&teams, &neighbours), (&from, &until))?;
    money::vouchers((db, files), &office, (season, &teams), money::Half::First)?;
    advance(db, town, season, (Stage::Midterm, "2024-10-21"))?;
    midterm(db, &office, season, &teams)?;
    money::tranche(db, &office, (season, &teams), (2, "2024-11-11", "2024-11-12"))?;
    advance(db, town, season, (Stage::Closing, "2024-11-18"))?;
    let (from, until) = days("2024-10-21", "2024-11-30")?;
    held::held(db, (season, &all), (&teams, &neighbours), (&from, &until))?;
    money::vouchers((db, files), &office, (season, &teams), money::Half::Second)?;
    closed(db, &office, season, &teams)?;
    advance(db, town, season, (Stage::Showcase, "2024-12-02"))?;
    money::tranche(db, &office, (season, &teams), (3, "2024-12-02", "2024-12-03"))?;
    content(db, season, &neighbours)?;
    awarded(db, &office, season, &neighbours)?;
    let key = season.clone();
    let shown = (&day("2024-12-05")?, 9 * 60);
    run(db, &town.officer, shown, move |tx, cx| reports::showcase::publish::publish(tx, cx, &key, true))?;
    let speaks = |number: &u32| {
        let team = teams.iter().find(|team| team.number == *number);
        team.map(|team| format!("{}“{}”", team.community, team.source.title.trim_matches(['“', '”'])))
    };
    held::showcase(db, town, &SPEAKERS.iter().filter_map(speaks).collect::<Vec<_>>())?;
    money::settled(db, &office, season, &teams)
}

fn office<'a>(db: &Db, town: &'a Town) -> Result<Office<'a>, Fault> {
    let with = |name: &str, role| {
        let posts = vec![Post { role, place: town.subdistrict.clone() }];
        Ok::<_, Fault>(acting(person(db, &town.subdistrict, name)?, posts))
    };
    Ok(Office { town, second: with("周予安", Role::Officer)?, worker: with("孟禾", Role::Worker)? })
}

fn teams<'a>(db: &Db, town: &Town, season: &SeasonId, begun: &[Begun<'a>]) -> Result<Vec<Team<'a>>, Fault> {
    let key = season.clone();
    let runs = db.read_wait(move |s| running::queries::runs(s, &key, 0))?;
    let team = |(number, one): (u32, &Begun<'a>)| Team {
        number,
        author: one.author.clone(),
        place: town.of(&one.idea.community).clone(),
        source: one.source,
        called: if one.idea.author.is_empty() { "小余".into() } else { one.idea.author.clone() },
        community: one.idea.community.clone(),
    };
    let known = (1..).zip(begun).filter(|(number, _)| runs.iter().any(|run| run.number == *number));
    Ok(known.map(team).collect())
}

/// Neighbours who are no author of a project that runs.
fn neighbours(ideas: &[Idea], teams: &[Team<'_>]) -> Vec<Actor> {
    let authors: Vec<_> = teams.iter().filter_map(|team| team.author.person()).collect();
    let free = ideas.iter().filter_map(|idea| idea.person.clone()).filter(|person| !authors.contains(&person));
    free.take(CONTENT.len()).map(|person| acting(person, Vec::new())).collect()
}

fn calendar(db: &Db, town: &Town, season: &SeasonId) -> Result<(), Fault> {
    let key = season.clone();
    let days = |(stage, from, until): (Stage, &str, &str)| StageDays { stage, from: from.into(), until: until.into() };
    run(db, &town.officer, (&day("2024-08-05")?, 10 * 60), move |tx, cx| {
        let revision = queries::season(tx, &key)?.plan_revision;
        plan::reschedule(tx, cx, &key, &Plan { revision, stages: CALENDAR.map(days).into() }).map(|_| ())
    })
}

fn advance(db: &Db, town: &Town, season: &SeasonId, (to, on): (Stage, &str)) -> Result<(), Fault> {
    let key = season.clone();
    run(db, &town.officer, (&day(on)?, 9 * 60), move |tx, cx| advance::advance(tx, cx, &key, to).map(|_| ()))
}

/// All are assessed; one mends something and is assessed once more.
fn midterm(db: &Db, office: &Office<'_>, season: &SeasonId, teams: &[Team<'_>]) -> Result<(), Fault> {
    let days = ("2024-10-21", "2024-10-23", "2024-10-24");
    together(teams, |team| assessed(db, office, (season, team), (1, days)))?;
    announced(db, office.town, season, ("2024-10-25", "2024-11-04"))?;
    let mended = teams.iter().filter(|team| team.number == MENDS);
    for team in mended {
        let key = season.clone();
        let words = "两次巡看的记录补上了，缺证明人的收据也请楼门长补签了。".into();
        let input = Mend { words };
        let on = (&day("2024-11-01")?, 20 * 60);
        run(db, &team.author, on, move |tx, cx| mend::mend(tx, cx, (&key, MENDS), &input))?;
        assessed(db, office, (season, team), (2, ("2024-11-04", "2024-11-05", "2024-11-06")))?;
    }
    announced(db, office.town, season, ("2024-11-07", "2024-11-18"))
}

fn assessed(
    db: &Db,
    office: &Office<'_>,
    (season, team): (&SeasonId, &Team<'_>),
    (round, (opens, scores, decides)): (u32, (&str, &str, &str)),
) -> Result<(), Fault> {
    let (number, key) = (team.number, season.clone());
    let opened = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| open::open(tx, cx, &Gathered, (&key, number));
    run(db, &office.town.officer, (&day(opens)?, 10 * 60), opened)?;
    for (who, base) in [(&office.town.officer, 78), (&office.worker, 81)] {
        let points = |criterion: u32| (base + (number * 5 + criterion * 3 + round) % 14).to_string();
        let input = WriteSheet { round, scores: (0..4).map(points).collect(), comment: String::new() };
        let key = season.clone();
        run(db, who, (&day(scores)?, 15 * 60), move |tx, cx| score::score(tx, cx, (&key, number), &input).map(|_| ()))?;
    }
    let mends = round == 1 && number == MENDS;
    let input = Decide {
        round,
        outcome: if mends { "rectify" } else { "passed" }.into(),
        advice: if mends {
            "补齐两次巡看的记录；有一张收据没有证明人，请补上。"
        } else {
            "照计划接着做，签到表当天录入，票据当月交。"
        }
        .into(),
        until: if mends { "2024-11-08".into() } else { String::new() },
    };
    let key = season.clone();
    let decided = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| decide::decide(tx, cx, (&key, number), &input);
    run(db, &office.town.officer, (&day(decides)?, 10 * 60), decided).map(|_| ())
}

fn announced(db: &Db, town: &Town, season: &SeasonId, (posts, ends): (&str, &str)) -> Result<(), Fault> {
    let key = season.clone();
    let post = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| announce::announce(tx, cx, &key);
    let posted = run(db, &town.officer, (&day(posts)?, 15 * 60), post)?.id;
    run(db, &town.officer, (&day(ends)?, 9 * 60), move |tx, cx| notice::end::end(tx, cx, &posted).map(|_| ()))
}

/// Each team hands its report in; the second officer accepts it.
fn closed(db: &Db, office: &Office<'_>, season: &SeasonId, teams: &[Team<'_>]) -> Result<(), Fault> {
    together(teams, |team| {
        let report = Report {
            done: format!("按计划做完了：{}", team.source.method),
            changed: format!("当初大家说：{}三个月下来，参加的人一次比一次熟，有事愿意坐下来说了。", team.source.need),
            learnt: "人手要早排，雨天要有备用的地方，签到表当天录最省事。".into(),
            next: team.source.after.clone(),
            ..Report::default()
        };
        let (key, number) = (season.clone(), team.number);
        let input = WriteReport { revision: 0, report, submit: true };
        run(db, &team.author, (&day("2024-12-01")?, 20 * 60), move |tx, cx| {
            report::write(tx, cx, &Gathered, (&key, number), &input).map(|_| ())
        })?;
        let key = season.clone();
        let accepted = (&day("2024-12-02")?, 8 * 60 + i64::from(number));
        run(db, &office.second, accepted, move |tx, cx| closing::decide::accept(tx, cx, (&key, number)).map(|_| ()))
    })
    .map(|_| ())
}

/// Neighbours who came say how content they are.
fn content(db: &Db, season: &SeasonId, neighbours: &[Actor]) -> Result<(), Fault> {
    for (n, neighbour) in neighbours.iter().enumerate() {
        let key = season.clone();
        run(db, neighbour, (&day("2024-12-03")?, 19 * 60), move |tx, cx| {
            for (shift, number) in ASKED.iter().enumerate() {
                let (points, words) = CONTENT[(n + shift) % CONTENT.len()];
                let input = Grade { grade: points, words: words.into() };
                grade::grade(tx, cx, &Gathered, (&key, *number), &input)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The first officer nominates. A jury chooses the first award and the residents the second, and the second officer counts;
/// on the third the second officer decides.
fn awarded(db: &Db, office: &Office<'_>, season: &SeasonId, neighbours: &[Actor]) -> Result<(), Fault> {
    for (category, number, words) in NOMINATED {
        let input = nominate::Nominate { category: category.into(), number, words: words.into() };
        let key = season.clone();
        let nominated = (&day("2024-12-02")?, 10 * 60);
        run(db, &office.town.officer, nominated, move |tx, cx| nominate::nominate(tx, cx, &key, &input))?;
    }
    let mut jury = Vec::new();
    for (name, approved) in JURY {
        let who = person(db, &office.town.subdistrict, name)?;
        let (key, input) = (season.clone(), Invite { category: NOMINATED[0].0.into(), person: who.to_string() });
        let invited = (&day("2024-12-02")?, 11 * 60);
        run(db, &office.town.officer, invited, move |tx, cx| invite::invite(tx, cx, &key, &input))?;
        jury.push((acting(who, Vec::new()), approved));
    }
    let residents: Vec<(Actor, &[u32])> = neighbours.iter().cloned().zip(RESIDENTS).collect();
    for (category, ballots) in [(NOMINATED[0].0, &jury), (NOMINATED[1].0, &residents)] {
        choose(db, office, (season, category), ballots)?;
    }
    for (number, give) in [(18, true), (9, false)] {
        let input = awards::Decide { category: "innovation".into(), number, give };
        let key = season.clone();
        let decided = (&day("2024-12-04")?, 16 * 60);
        run(db, &office.second, decided, move |tx, cx| awards::decide(tx, cx, &key, &input).map(|_| ()))?;
    }
    Ok(())
}

/// From the opening of a choice to its count on the day after its last.
fn choose(
    db: &Db,
    office: &Office<'_>,
    (season, category): (&SeasonId, &'static str),
    ballots: &[(Actor, &'static [u32])],
) -> Result<(), Fault> {
    let (key, input) = (season.clone(), OpenChoice { category: category.into(), closes: "2024-12-03".into() });
    let opened = (&day("2024-12-02")?, 12 * 60);
    run(db, &office.town.officer, opened, move |tx, cx| choice::open::open(tx, cx, &key, &input).map(|_| ()))?;
    for (who, approved) in ballots {
        let (key, input) = (season.clone(), Cast { category: category.into(), approved: approved.to_vec() });
        run(db, who, (&day("2024-12-03")?, 20 * 60), move |tx, cx| cast::cast(tx, cx, &key, &input))?;
    }
    let (key, input) = (season.clone(), Count { category: category.into(), ..Count::default() });
    let counted = (&day("2024-12-04")?, 15 * 60);
    run(db, &office.second, counted, move |tx, cx| count::count(tx, cx, &key, &input).map(|_| ()))
}
