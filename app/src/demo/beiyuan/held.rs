//! The activities of the approved projects: who held them, who signed in on paper, on a list or by name, whom they
//! reached besides, and what people said.

use activities::{
    ActivityId,
    activity::hold::{self, HoldActivity},
    checkin::{
        paper::{self, Guess, PaperList},
        take::{self, Arrival, CheckIn},
    },
    feedback::rate::{self, Rate, RatePaper},
    signup::join::{self, Join},
};
use db::{Db, DbError, Fault};
use kernel::{Actor, Day, Instant};
use programmes::SeasonId;
use work::calendar::{add_days, midnight};

use super::{load::Town, running::Team};
use crate::{
    demo::acts::{day, run, together},
    home::OFFSET_MINUTES,
};

/// Where the results were shown.
const HALL: &str = "金禧文化活动中心";
/// Every so many activities one is checked in on a telephone without network, which sends its list in the evening.
const OFFLINE: usize = 5;
/// Every so many activities slips of paper are handed in.
const SLIPS: usize = 12;
/// Activities to which neighbours come by their names: never two at a time.
const BY_NAME: [(u32, &str); 6] = [
    (5, "2024-10-27"),
    (5, "2024-11-30"),
    (18, "2024-10-11"),
    (18, "2024-11-24"),
    (21, "2024-09-14"),
    (21, "2024-11-23"),
];

/// What estimates rest on, by letter.
const BASES: [(&str, &str); 6] = [
    ("A", "贴在楼门口和公示栏，按每户一人看到、户数的六成估计"),
    ("B", "办在小广场上，路过停下来看的，每一刻钟点一次数相加"),
    ("C", "印发的册子和卡片，按一份一户、一户两人看到估计"),
    ("D", "楼门微信群里的阅读数，减去到场的人"),
    ("E", "得到照应的老人家里，按每户两位家人估计"),
    ("F", "展板前由值守的志愿者画正字数，减去签到的人"),
];

/// What stands on the slips.
const SAID: [(u32, &str); 6] = [
    (5, "时间短，孩子坐得住。"),
    (4, "希望早几天通知。"),
    (5, "邻居都认识了。"),
    (5, ""),
    (3, "那天风大，下次放屋里。"),
    (4, "想再来一次。"),
];

/// An activity of the file.
pub(super) struct ActivityData {
    /// The number of the project.
    pub(super) project: u32,
    pub(super) day: Day,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) theme: String,
    pub(super) title: String,
    pub(super) spot: String,
    /// Who signed in.
    pub(super) direct: u32,
    /// Whom it reached besides, by an estimate; 0 is nobody.
    pub(super) indirect: u32,
    /// What the estimate rests on.
    pub(super) basis: &'static str,
}

/// Reads the file that comes with the program.
pub(super) fn data() -> Result<Vec<ActivityData>, DbError> {
    include_str!("activities.txt").lines().filter(|line| !line.starts_with('#')).map(read).collect()
}

fn read(line: &str) -> Result<ActivityData, DbError> {
    let wrong = || DbError::Data(format!("activities.txt: {line}"));
    let cells: Vec<&str> = line.split('|').collect();
    let [project, on, from, until, theme, title, spot, direct, indirect, basis] = cells[..] else {
        return Err(wrong());
    };
    let number = |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<u32>().map_err(|_| wrong()) };
    let basis = BASES.iter().find(|(letter, _)| *letter == basis).map_or("", |(_, words)| words);
    let (project, direct, indirect) = (number(project)?, number(direct)?, number(indirect)?);
    if (indirect > 0) == basis.is_empty() {
        return Err(wrong());
    }
    Ok(ActivityData {
        project,
        day: day(&format!("2024-{on}"))?,
        from: from.into(),
        until: until.into(),
        theme: theme.into(),
        title: title.into(),
        spot: spot.into(),
        direct,
        indirect,
        basis,
    })
}

/// Holds the activities of these days, both included. Neighbours come by their names to some of them.
pub(super) fn held(
    db: &Db,
    (season, all): (&SeasonId, &[ActivityData]),
    (teams, neighbours): (&[Team<'_>], &[Actor]),
    (from, until): (&Day, &Day),
) -> Result<(), Fault> {
    let of = |data: &ActivityData| teams.iter().find(|team| team.number == data.project);
    let listed: Vec<(usize, &ActivityData, &Team<'_>)> = (all.iter().enumerate())
        .filter(|(_, data)| *from <= data.day && data.day <= *until)
        .filter_map(|(n, data)| Some((n, data, of(data)?)))
        .collect();
    together(&listed, |(n, data, team)| {
        let input = HoldActivity {
            season: season.to_string(),
            project: data.project,
            place: team.place.to_string(),
            theme: data.theme.clone(),
            title: data.title.clone(),
            about: format!("“{}”的活动。不用报名也能来。", team.source.title),
            spot: data.spot.clone(),
            day: data.day.to_string(),
            from: data.from.clone(),
            until: data.until.clone(),
            ..HoldActivity::default()
        };
        let told = (&add_days(&data.day, -6), 18 * 60);
        let id = run(db, &team.author, told, move |tx, cx| hold::hold(tx, cx, &input))?.id;
        let is_named = BY_NAME.iter().any(|(number, on)| (*number, *on) == (data.project, data.day.as_str()));
        let named = if is_named { by_name(db, (&id, data), (team, neighbours))? } else { 0 };
        counted(db, (&id, data), &team.author, (*n, data.direct.saturating_sub(named)))?;
        if n % SLIPS == 0 { slips(db, &id, (team, &data.day)) } else { Ok(()) }
    })
    .map(|_| ())
}

/// Neighbours who signed up by themselves are checked in by their names at the door; answers how many.
fn by_name(
    db: &Db,
    (id, data): (&ActivityId, &ActivityData),
    (team, neighbours): (&Team<'_>, &[Actor]),
) -> Result<u32, Fault> {
    let mut rows = Vec::new();
    for neighbour in neighbours {
        let of = id.clone();
        let before = (&add_days(&data.day, -2), 20 * 60);
        let own = run(db, neighbour, before, move |tx, cx| join::join(tx, cx, &of, &Join { heads: 1 }))?;
        rows.push(Arrival { sign_up: own.id.to_string(), ..Arrival::default() });
    }
    let n = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let (of, input) = (id.clone(), CheckIn { sent: None, rows });
    run(db, &team.author, (&data.day, begins(data)? + 5), move |tx, cx| take::take(tx, cx, &of, &input))?;
    Ok(n)
}

/// When it begins, in minutes after midnight.
fn begins(data: &ActivityData) -> Result<i64, DbError> {
    activities::activity::rules::minutes(&data.from).ok_or_else(|| DbError::Data(format!("{} is no time", data.from)))
}

/// The others: a paper list that is typed in the same evening, or what a telephone kept until it had network again.
fn counted(
    db: &Db,
    (id, data): (&ActivityId, &ActivityData),
    author: &Actor,
    (n, heads): (usize, u32),
) -> Result<(), Fault> {
    let (of, evening) = (id.clone(), 20 * 60 + 30);
    if n % OFFLINE == 2 {
        let millis = |minutes: i64| {
            let Instant(day) = midnight(&data.day, OFFSET_MINUTES);
            day / 1_000 + minutes * 60_000
        };
        let begins = begins(data)?;
        let tap =
            |at: i64| Arrival { client: format!("tap-{at}"), at: Some(millis(begins + at % 20)), ..Arrival::default() };
        let input = CheckIn { sent: Some(millis(evening)), rows: (0..i64::from(heads)).map(tap).collect() };
        run(db, author, (&data.day, evening), move |tx, cx| take::take(tx, cx, &of, &input))?;
    } else {
        let input = PaperList { heads, ..PaperList::default() };
        run(db, author, (&data.day, evening), move |tx, cx| paper::paper(tx, cx, &of, &input))?;
    }
    if data.indirect > 0 {
        let of = id.clone();
        let input = Guess { headcount: data.indirect, direct: false, basis: data.basis.into(), once: "1".into() };
        run(db, author, (&data.day, evening + 5), move |tx, cx| paper::guess(tx, cx, &of, &input))?;
    }
    Ok(())
}

fn slips(db: &Db, id: &ActivityId, (team, on): (&Team<'_>, &Day)) -> Result<(), Fault> {
    let of = id.clone();
    run(db, &team.author, (on, 21 * 60), move |tx, cx| {
        for (n, (grade, words)) in SAID.iter().enumerate() {
            let rate = Rate { grade: *grade, words: (*words).into() };
            rate::rate_paper(tx, cx, &of, &RatePaper { rate, once: format!("slip-{n}") })?;
        }
        Ok(())
    })
}

/// The meeting at which the results are shown, with five projects that speak.
pub(super) fn showcase(db: &Db, town: &Town, speakers: &[String]) -> Result<(), Fault> {
    let input = HoldActivity {
        place: town.subdistrict.to_string(),
        theme: "culture".into(),
        title: "2024 星选计划成果展示会（演示数据）".into(),
        about: format!("十四个团队都来，五个团队上台讲：{}。讲完颁奖。", speakers.join("、")),
        spot: HALL.into(),
        day: "2024-12-05".into(),
        from: "14:00".into(),
        until: "16:30".into(),
        ..HoldActivity::default()
    };
    let invited = (&day("2024-11-28")?, 10 * 60);
    let id = run(db, &town.officer, invited, move |tx, cx| hold::hold(tx, cx, &input))?.id;
    let list = PaperList { heads: 96, ..PaperList::default() };
    run(db, &town.officer, (&day("2024-12-05")?, 18 * 60), move |tx, cx| paper::paper(tx, cx, &id, &list)).map(|_| ())
}
