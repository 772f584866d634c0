//! From the approved list to the results halfway: groups, activities, the training, the assessment.

use activities::{
    activity::hold::{HoldActivity, hold as hold_activity},
    checkin::paper::{PaperList, paper},
};
use db::{Db, Fault};
use kernel::Actor;
use programmes::{
    SeasonId,
    group::{
        lead::{Lead, lead},
        note::{WriteNote, note},
    },
    mentor::{
        agree::agree,
        propose::{Propose, propose},
    },
    midterm::{
        announce::announce,
        decide::{Decide, decide},
        open::open,
        score::{WriteSheet, score},
    },
    plan::{
        Typed, TypedLine, TypedMonth,
        write::{WritePlan, write as write_plan},
    },
    training::{
        TrainingId,
        hold::{HoldTraining, hold},
        rate::{Rate, rate},
        sign_in::{SignIn, sign_in},
        sign_up::{SignUp, sign_up},
    },
};

use super::{ProjectData, load::Town};
use crate::{
    demo::acts::{day, run},
    evidence::Gathered,
};

/// Projects that one transaction moves.
const FEW: usize = 11;

/// Runs the season up to the autumn of 2024.
pub(super) fn run_season(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    plans(db, town, season, projects)?;
    groups(db, town, season, projects)?;
    pairs(db, town, season, projects)?;
    activities_of(db, town, season, projects)?;
    training(db, town, season, projects)?;
    town.advance(db, season, &["2024-10-08"])?;
    halfway(db, town, season, projects.len())
}

/// The number of a project by its place in the data.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// Each project's plan for its months, as its size says.
fn plans(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let all: Vec<(usize, &ProjectData)> = projects.iter().enumerate().collect();
    for few in all.chunks(FEW) {
        let written: Vec<(u32, WritePlan)> =
            few.iter().map(|(at, project)| (number(*at), plan_of(project, *at))).collect();
        let key = season.clone();
        run(db, &town.officer, (&day("2024-06-28")?, 15 * 60), move |tx, cx| {
            for (number, input) in &written {
                write_plan(tx, cx, (&key, *number), input)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn plan_of(project: &ProjectData, at: usize) -> WritePlan {
    let size = project.size(at);
    let a_month = size.events / 6;
    let month = |month: u32| TypedMonth {
        month: format!("2024-{month:02}"),
        activities: a_month.to_string(),
        people: (a_month * 18).to_string(),
        money: (a_month * (size.event + size.things)).to_string(),
    };
    let line = |what: &str, sum: i64| TypedLine { what: what.into(), sum: sum.to_string() };
    let lines = vec![
        line("活动费", size.events * size.event),
        line("材料费", size.events * size.things),
        line("宣传费", size.telling),
    ];
    let plan = Typed { months: (7..=12).map(month).collect(), lines, ends: "2024-12-31".into() };
    WritePlan { version: 0, plan, reason: String::new() }
}

/// Who brings on whom, and in what.
const PAIRS: [(&str, &str, &str); 3] = [
    ("618客堂间", "十村拉家常板凳会", "怎么排值班、怎么把议好的事记下来。"),
    ("崂山东路睦邻花街", "杨家渡香草小径", "什么花好养，浇水怎么轮。"),
    ("社区骑士计划", "张杨快递暖心角", "怎么请小哥来坐、来说。"),
];

/// Old hands bring on new ones: the one proposes, the other agrees.
fn pairs(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    for (old, new, about) in PAIRS {
        let find = |name: &str| projects.iter().position(|project| project.name == name);
        let (Some(old), Some(new)) = (find(old), find(new)) else { continue };
        let ends = (number(old), number(new));
        let input = Propose {
            old: ends.0,
            new: ends.1,
            about: about.into(),
            from: "2024-07-10".into(),
            until: "2024-12-31".into(),
        };
        let key = season.clone();
        let by = town.author(&projects[old]);
        run(db, by, (&day("2024-07-08")?, 19 * 60), move |tx, cx| propose(tx, cx, &key, &input))?;
        let (key, by) = (season.clone(), town.author(&projects[new]));
        run(db, by, (&day("2024-07-09")?, 19 * 60), move |tx, cx| agree(tx, cx, &key, ends))?;
    }
    Ok(())
}

/// What the groups noted down: the group, what it was, whom they visited, the day, the words.
const NOTES: [(&str, &str, &str, &str, &str); 8] = [
    (
        "newcomers",
        "talk",
        "",
        "2024-07-18",
        "社区骑士计划讲了一件事：送餐的小哥拍下断落的电线，当天就有人来修。大家说，新来的人也是自己人。",
    ),
    (
        "garden",
        "visit",
        "共融庭院，共享清风",
        "2024-07-25",
        "一起看了庭院的一角，商量怎么改：留一块给孩子，摆两张能坐的凳子。",
    ),
    ("service", "visit", "家校社同心圆", "2024-08-08", "看了放学后的一小时，学校、家长和居民怎么排班，讲得清清楚楚。"),
    ("living-room", "talk", "", "2024-08-15", "说的都是同一个难题：钥匙谁来管。四个项目把值班表拿出来比了比。"),
    ("teams", "talk", "", "2024-08-22", "带头的人怎么换班，十村合唱团的办法大家都记下了。"),
    ("corridors", "visit", "一村楼道博物馆", "2024-08-29", "看了三层小展，商量杂物清走以后怎么不再堆回来。"),
    ("garden", "report", "", "2024-09-26", "小组汇报：七个花园项目，两处已经由居民自己排班浇水。"),
    ("newcomers", "report", "", "2024-09-27", "小组汇报：新邻居来得最多的，是有人带着走一遍的那几场。"),
];

/// A leader for each group, recommended, and what the groups noted down.
fn groups(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let mut leaders: Vec<(String, u32)> = Vec::new();
    for (at, project) in projects.iter().enumerate() {
        if !leaders.iter().any(|(team, _)| *team == project.group) {
            leaders.push((project.group.clone(), number(at)));
        }
    }
    let key = season.clone();
    run(db, &town.officer, (&day("2024-07-02")?, 10 * 60), move |tx, cx| {
        for (team, number) in &leaders {
            lead(tx, cx, &key, &Lead { team: team.clone(), number: *number, how: "recommended".into() })?;
        }
        Ok(())
    })?;
    for (team, kind, visited, on, words) in NOTES {
        let at = projects.iter().position(|project| project.name == visited);
        let input = WriteNote {
            kind: kind.into(),
            number: at.map_or(0, number),
            day: on.into(),
            words: words.into(),
            once: String::new(),
        };
        let key = season.clone();
        run(db, &town.officer, (&day(on)?, 17 * 60), move |tx, cx| note(tx, cx, (&key, team), &input))?;
    }
    Ok(())
}

/// Titles of what is held, one a month.
const TITLES: [&str; 2] = ["第一次碰头", "大家一起做"];

/// Two activities of each project, with the list that was signed on paper.
fn activities_of(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let all: Vec<(usize, &ProjectData)> = projects.iter().enumerate().collect();
    for (month, title) in (7..).zip(TITLES) {
        for few in all.chunks(FEW) {
            let held: Vec<(HoldActivity, u32)> = few
                .iter()
                .map(|(at, project)| {
                    let input = HoldActivity {
                        season: season.to_string(),
                        project: number(*at),
                        theme: theme(&project.field).into(),
                        title: format!("{}：{title}", project.name),
                        about: project.does.clone(),
                        day: format!("2024-{month:02}-{:02}", 5 + at % 22),
                        from: "14:00".into(),
                        until: "16:00".into(),
                        ..HoldActivity::default()
                    };
                    (input, 9 + number(*at) * 7 % 13)
                })
                .collect();
            let on = day(&format!("2024-{month:02}-28"))?;
            run(db, &town.officer, (&on, 17 * 60), move |tx, cx| {
                for (input, heads) in &held {
                    let activity = hold_activity(tx, cx, input)?;
                    let list = PaperList { names: String::new(), heads: *heads, once: String::new() };
                    paper(tx, cx, &activity.id, &list)?;
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// The theme of an activity, by the field of its project.
fn theme(field: &str) -> &'static str {
    match field {
        "safety" => "safety",
        "clean-up" | "stairwells" => "environment",
        "culture" | "recreation" => "culture",
        "elders" => "health",
        _ => "civility",
    }
}

/// What those who were there said of the training.
const SAID: [(u32, &str); 12] = [
    (5, "静安和成都的例子，回来就能用。"),
    (5, "知道怎么把会开成了。"),
    (4, "再多一点时间问问题就好。"),
    (5, "老师把我们的困惑一个一个讲了。"),
    (4, ""),
    (5, "和别的小组换了想法。"),
    (5, ""),
    (3, "例子离我们小区有点远。"),
    (5, "提高参与度的那几招记下了。"),
    (4, "希望有录像。"),
    (5, ""),
    (5, "下次想听怎么留住骨干。"),
];

/// One training: a signed list of those who had signed up, and of others; of a few projects nobody came.
fn training(db: &Db, town: &Town, season: &SeasonId, projects: &[ProjectData]) -> Result<(), Fault> {
    let input = HoldTraining {
        title: "向前一步：高质量社区协作治理".into(),
        day: "2024-09-12".into(),
        room: "街道社区文化活动中心（演示）".into(),
        teacher: "社区治理研究者".into(),
        about: "先讲静安区和成都市的社区治理例子，再分组谈“如何提升居民参与度”，最后请老师答项目里的难题。".into(),
        ..HoldTraining::default()
    };
    let key = season.clone();
    let planned = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| Ok(hold(tx, cx, &key, &input)?.id);
    let id: TrainingId = run(db, &town.officer, (&day("2024-08-26")?, 10 * 60), planned)?;
    let mut came: Vec<(&Actor, String)> = Vec::new();
    for (at, project) in projects.iter().enumerate() {
        let author = town.author(project);
        let Some(me) = author.person().map(ToString::to_string) else { continue };
        if came.iter().any(|(_, there)| *there == me) {
            continue;
        }
        let of = (season.clone(), id.clone());
        let number = number(at);
        run(db, author, (&day("2024-09-03")?, 19 * 60), move |tx, cx| {
            sign_up(tx, cx, (&of.0, &of.1), SignUp { number }).map(|_| ())
        })?;
        came.push((author, me));
    }
    // those of the last six projects could not come
    let list = SignIn {
        came: came.iter().map(|(_, me)| me.clone()).collect(),
        projects: (1..=number(projects.len()).saturating_sub(7)).collect(),
        others: 31,
    };
    let of = (season.clone(), id.clone());
    let (on, late) = (day("2024-09-12")?, 20 * 60);
    run(db, &town.officer, (&on, late), move |tx, cx| sign_in(tx, cx, (&of.0, &of.1), &list).map(|_| ()))?;
    for ((author, _), (grade, words)) in came.iter().zip(SAID) {
        let (of, input) = ((season.clone(), id.clone()), Rate { grade, words: words.into() });
        run(db, author, (&on, late + 30), move |tx, cx| rate(tx, cx, (&of.0, &of.1), &input))?;
    }
    Ok(())
}

/// Each is assessed by two, passes, and the results are posted.
fn halfway(db: &Db, town: &Town, season: &SeasonId, projects: usize) -> Result<(), Fault> {
    let numbers: Vec<u32> = (0..projects).map(number).collect();
    let (opened, scored, decided) = (day("2024-10-09")?, day("2024-10-15")?, day("2024-10-18")?);
    for few in numbers.chunks(FEW) {
        let (key, few) = (season.clone(), few.to_vec());
        let (these, of) = (few.clone(), key.clone());
        run(db, &town.officer, (&opened, 10 * 60), move |tx, cx| {
            for number in &these {
                open(tx, cx, &Gathered, (&of, *number))?;
            }
            Ok(())
        })?;
        for (who, more) in [(&town.officer, 0), (&town.worker, 3)] {
            let (these, of) = (few.clone(), key.clone());
            run(db, who, (&scored, 14 * 60), move |tx, cx| {
                for number in &these {
                    let points = |c: u32| (80 + (number * 7 + c * 5 + more) % 17).to_string();
                    let input = WriteSheet { round: 1, scores: (0..4).map(points).collect(), comment: String::new() };
                    score(tx, cx, (&of, *number), &input)?;
                }
                Ok(())
            })?;
        }
        run(db, &town.officer, (&decided, 16 * 60), move |tx, cx| {
            for number in &few {
                let input = Decide { round: 1, outcome: "passed".into(), ..Decide::default() };
                decide(tx, cx, (&key, *number), &input)?;
            }
            Ok(())
        })?;
    }
    let key = season.clone();
    run(db, &town.officer, (&day("2024-10-21")?, 10 * 60), move |tx, cx| announce(tx, cx, &key).map(|_| ()))
}
