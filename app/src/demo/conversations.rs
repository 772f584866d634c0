//! Conversations of the demonstration: a real one whose data is public, taken in as it is, and a small one that is open
//! in an invented community, with invented residents.

use db::{Db, DbError, Fault};
use halls::conversation::{
    Conversation, ConversationId, DraftConversation, Provenance,
    draft::draft,
    import::{self, Taking},
    map::refresh::refresh,
    open::{Announcement, open},
    publish::{publish, settle},
    say::{SayStatement, say},
    vote::vote,
};
use kernel::{Actor, Post, Role};
use opinion::{Vote, export::Source};
use work::calendar::add_days;

use super::{
    acts::{acting, person, run, then, together},
    load::Places,
    persons::Cast,
};
use crate::home::context;

/// The community that is asked.
const AT: usize = 0;
/// Residents who have answered.
const PEOPLE: usize = 26;
/// Family names of the residents, one after the other.
const FAMILIES: [&str; 8] = ["端木", "东方", "闻人", "公孙", "轩辕", "尉迟", "钟离", "宇文"];

const COMMENTS: &str = include_str!("uberx/comments.csv");
const MATRIX: &str = include_str!("uberx/participants-votes.csv");
/// As the licence of the data asks.
const ATTRIBUTION: &str = "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed \
                           under CC BY 4.0 with Attribution to The Computational Democracy Project.";

const STATEMENTS: [&str; 10] = [
    "在小区里遛狗都要牵绳",
    "电梯里狗要抱起来或戴嘴套",
    "早晚各留一小时，让狗在草坪上跑",
    "应当划一块专门遛狗的地方",
    "不捡狗便的，第一次提醒，第二次贴公告栏",
    "小区里不该养大型犬",
    "喂流浪猫要到指定的地方喂",
    "流浪猫应当统一做绝育",
    "狗叫到夜里十点以后，邻居可以请社区上门说",
    "养狗的人家每年交一点清洁费",
];

/// Loads them.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    taken_in(db, places)?;
    let worker = cast.person("worker").cloned().ok_or_else(|| DbError::Data("a worker is missing".into()))?;
    let place = places.of(Some(AT));
    let worker = acting(worker, vec![Post { role: Role::Worker, place: place.clone() }]);
    let today = context(Actor::Operator).day;
    let began = add_days(&today, -5);
    let input = DraftConversation {
        place: place.to_string(),
        title: "小区里的猫和狗怎么管".into(),
        body: "去年有好几位邻居提到遛狗和流浪猫。先听听大家怎么想，再在议事会上定规矩。演示数据，居民和表态都是编的。"
            .into(),
        days: 21,
        adds: "residents".into(),
        statements: STATEMENTS.join("\n"),
        once: String::new(),
    };
    let one = run(db, &worker, (&began, 9 * 60), move |tx, cx| {
        let one = draft(tx, cx, &input)?;
        open(tx, cx, &one.id, &Announcement::default())
    })?;
    let numbers: Vec<usize> = (0..PEOPLE).collect();
    let residents = together(&numbers, |n| {
        let name = format!("{}{}", FAMILIES[n % 8], ["先生", "女士", "奶奶", "师傅"][n / 8 % 4]);
        let id = person(db, &place, &name)?;
        Ok(acting(id, vec![Post { role: Role::Resident, place: place.clone() }]))
    })?;
    let voters: Vec<(usize, &Actor)> = residents.iter().enumerate().collect();
    together(&voters, |(n, who)| answers(db, &one, (*n, who)))?;
    waiting(db, &one.id, &residents)?;
    refresh(db, then(&worker, (&today, 8 * 60))?.now, &one.id)?;
    Ok(())
}

/// What one resident says: some keep dogs, some are afraid of them, most agree about cats and leads.
fn answers(db: &Db, one: &Conversation, (n, who): (usize, &Actor)) -> Result<(), Fault> {
    let id = one.id.clone();
    let opens = one.opens_day.clone().unwrap_or_else(|| context(Actor::Operator).day);
    let day = add_days(&opens, i32::try_from(n % 5).unwrap_or(0));
    run(db, who, (&day, 19 * 60 + i64::try_from(n).unwrap_or(0)), move |tx, cx| {
        for number in 1..=10_usize {
            if let Some(said) = of(n, number) {
                vote(tx, cx, &id, (u32::try_from(number).unwrap_or(1), said))?;
            }
        }
        Ok(())
    })
}

fn of(n: usize, number: usize) -> Option<Vote> {
    // everybody leaves one or two out, and changes their mind about one
    if n > 1 && (n * 7 + number).is_multiple_of(9) {
        return None;
    }
    let keeps = n % 5 < 2;
    let agrees = match number {
        1 | 7 | 8 => true,
        3 | 4 => keeps,
        2 | 6 | 10 => !keeps,
        5 => !n.is_multiple_of(3),
        _ => n % 4 != 1,
    };
    Some(match (n * 5 + number * 3) % 13 {
        0 => Vote::Pass,
        1 if number > 4 => {
            if agrees {
                Vote::Disagree
            } else {
                Vote::Agree
            }
        }
        _ => {
            if agrees {
                Vote::Agree
            } else {
                Vote::Disagree
            }
        }
    })
}

/// Two statements of residents that nobody of the office has read yet.
fn waiting(db: &Db, id: &ConversationId, residents: &[Actor]) -> Result<(), Fault> {
    let said = ["可以请养狗的邻居轮流在草坪上值日", "物业应当在路口放拾便袋"];
    for (who, text) in residents.iter().zip(said) {
        let (of, input, today) = (id.clone(), SayStatement { text: text.into() }, context(Actor::Operator).day);
        run(db, who, (&add_days(&today, -1), 20 * 60), move |tx, cx| say(tx, cx, &of, &input))?;
    }
    Ok(())
}

/// What vTaiwan asked in 2015, with its public data, as a closed conversation with its verdict.
fn taken_in(db: &Db, places: &Places) -> Result<(), Fault> {
    let held = import::read(COMMENTS.as_bytes(), Source::Matrix(MATRIX.as_bytes()));
    let held = held.map_err(|e| DbError::Data(e.to_string()))?;
    let taking = Taking {
        place: places.of(None).to_string(),
        title: "UberX 自用车载客怎么管（vTaiwan，2015 年）".into(),
        body: "线上叫车迅速兴起，UberX 是否要和出租车、租车业者遵守同样的法律？这是一场真实的网上讨论留下的公开数据，放在这里演示意见地图；意见按原文显示，和本地居民无关。"
            .into(),
        provenance: Provenance {
            source: ATTRIBUTION.into(),
            licence: "CC BY 4.0".into(),
            url: "https://pol.is/3phdex2kjf".into(),
        },
        seed: 0,
    };
    let on = add_days(&context(Actor::Operator).day, -30);
    let one = run(db, &Actor::Operator, (&on, 9 * 60), move |tx, cx| import::take(tx, cx, &taking, &held))?;
    let settled = settle(db, &one.id)?;
    run(db, &Actor::Operator, (&on, 10 * 60), move |tx, cx| publish(tx, cx, &settled, &Announcement::default()))?;
    Ok(())
}
