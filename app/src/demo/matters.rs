//! Matters, duties and notices of the demonstration: some done, some due, one late. The late ones are invented, as all.

use std::sync::Arc;

use db::{Db, Fault};
use kernel::{Actor, Context, Instant, PersonId, Post, Principal, Role};
use matters::{
    duty::{Holder, give, plan, queries},
    matter::{Grade, MatterId, Outcome, Stage, close, grade, open, shift, step},
    notice::{draft::DraftNotice, post::post_now},
};
use work::{
    calendar::Calendar,
    clock::{Reckoner, Rule},
};

use super::{
    load::{Places, write},
    persons::Cast,
};
use crate::home::{OFFSET_MINUTES, context};

const DAY: i64 = 86_400_000_000;

/// A matter: how many days ago, community, who opened it (a word of the cast), title, words, and how far it came.
type NewMatter = (i64, usize, &'static str, &'static str, &'static str, Far);

/// How far a matter came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Far {
    /// Opened, with an answer due.
    Open,
    /// Being done.
    Doing,
    /// Answered and graded.
    Graded(Grade),
    /// Answered, not yet graded.
    Answered,
}

const MATTERS: [NewMatter; 6] = [
    (
        20,
        0,
        "resident",
        "3 号楼二单元楼道灯不亮",
        "二楼到三楼的灯坏了一个星期，晚上下楼看不清台阶。",
        Far::Graded(Grade::Good),
    ),
    (12, 0, "neighbour", "垃圾桶站周末没人清", "周六中午就满了，桶边堆了一地。", Far::Answered),
    (9, 0, "stairwell-head", "一号楼门口的坡道要加扶手", "三位坐轮椅的老人每天进出，雨天容易滑。", Far::Doing),
    (8, 1, "neighbour", "东井车棚里的僵尸车", "有三十多辆没人骑，占着充电的位置。", Far::Open),
    (2, 0, "resident", "广场舞音响太吵", "晚上九点半以后还在放，对面楼有上夜班的。", Far::Open),
    (1, 2, "couple", "河边护栏松了两根", "小孩子爱趴在上面看鱼，不放心。", Far::Open),
];

/// Opens the matters, gives their duties, plans what recurs, and posts two notices.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    for new in MATTERS {
        matter(db, places, cast, new)?;
    }
    recurring(db, places, cast)?;
    notices(db, places)
}

/// Somebody who has signed in, some days ago.
fn some_days_ago(days: i64, person: &PersonId, posts: Vec<Post>) -> Context {
    let Context { now, chance, .. } = context(Actor::Visitor);
    let principal = Principal { person: person.clone(), verified: true, posts, seats: Vec::new() };
    let then = Instant(now.0 - days * DAY);
    Context::new(Actor::Person(Arc::new(principal)), then, OFFSET_MINUTES, chance)
}

fn run<T: Send + 'static>(
    db: &Db,
    cx: Context,
    verb: impl Fn(&mut db::Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    db.write_wait(move |tx| verb(tx, &mut cx.clone()))
}

fn matter(db: &Db, places: &Places, cast: &Cast, new: NewMatter) -> Result<(), Fault> {
    let (days, community, author, title, words, far) = new;
    let place = places.of(Some(community));
    let Some(person) = cast.person(author).cloned() else { return Ok(()) };
    let input = open::OpenMatter {
        place: place.clone(),
        kind: "report".into(),
        title: title.into(),
        words: words.into(),
        anonymous: author == "neighbour",
        files: Vec::new(),
        once: String::new(),
    };
    let opened = run(db, some_days_ago(days, &person, Vec::new()), move |tx, cx| {
        let calendar = work::queries::calendar(tx)?;
        open::open(tx, cx, &reckoner(&calendar), &input)
    })?;
    let worker = if community == 1 { "other-worker" } else { "worker" };
    let (Some(post), Some(office)) = (cast.post(worker).cloned(), cast.person("officer").cloned()) else {
        return Ok(());
    };
    let posts = vec![Post { role: Role::Officer, place: places.of(None) }];
    let id = opened.id.clone();
    let duty = give::GiveDuty {
        matter: Some(id.clone()),
        title: give::titled("answer", title),
        kind: "answer".into(),
        by_answer: true,
        ..give::GiveDuty::new(place, Holder::Post(post), &Rule::WithinWorkdays(5))
    };
    let given = id.clone();
    run(db, some_days_ago(days, &office, posts.clone()), move |tx, cx| {
        // whoever held a post on that day has it already
        if !queries::of_matter(tx, &given)?.is_empty() {
            return Ok(());
        }
        let calendar = work::queries::calendar(tx)?;
        give::give(tx, cx, &reckoner(&calendar), &duty).map(|_| ())
    })?;
    if far == Far::Doing {
        let owed = give::GiveDuty {
            matter: Some(id.clone()),
            title: "装好坡道扶手".into(),
            ..give::GiveDuty::new(
                places.of(Some(community)),
                Holder::Org(cast.property.clone()),
                &Rule::WithinWorkdays(8),
            )
        };
        run(db, some_days_ago(days - 1, &office, posts.clone()), move |tx, cx| {
            let calendar = work::queries::calendar(tx)?;
            give::give(tx, cx, &reckoner(&calendar), &owed)
        })?;
    }
    far_as(db, &id, far, (days, &person), (&office, &posts))
}

fn reckoner(calendar: &Calendar) -> Reckoner<'_> {
    Reckoner { calendar, offset_minutes: OFFSET_MINUTES }
}

/// Brings a matter as far as it came.
fn far_as(
    db: &Db,
    id: &MatterId,
    far: Far,
    (days, author): (i64, &PersonId),
    (office, posts): (&PersonId, &[Post]),
) -> Result<(), Fault> {
    if far == Far::Open {
        return Ok(());
    }
    let at = |days| some_days_ago(days, office, posts.to_vec());
    let matter = id.clone();
    run(db, at(days - 1), move |tx, cx| {
        let to = shift::Shift { to: Stage::Do, words: "已转物业，明天上门看。".into() };
        shift::shift(tx, cx, &matter, &to)
    })?;
    let matter = id.clone();
    run(db, at(days - 2), move |tx, cx| {
        let note = step::Note { words: "看过现场，材料已经订了。".into(), inner: false, files: Vec::new() };
        step::note(tx, cx, &matter, &note)
    })?;
    if far == Far::Doing {
        return Ok(());
    }
    let matter = id.clone();
    run(db, at(days - 4), move |tx, cx| {
        let answer = close::Answer {
            outcome: Outcome::Solved,
            words: "已经办好，请您看一看。还有问题随时告诉我们。".into(),
            files: Vec::new(),
        };
        close::close(tx, cx, &matter, &answer)
    })?;
    let Far::Graded(mark) = far else { return Ok(()) };
    let matter = id.clone();
    run(db, some_days_ago(days - 5, author, Vec::new()), move |tx, cx| {
        let calendar = work::queries::calendar(tx)?;
        let said = grade::GradeMatter { grade: mark, words: "灯亮了，谢谢。".into(), send_back: false };
        grade::grade(tx, cx, &reckoner(&calendar), &matter, &said).map(|_| ())
    })
}

/// What recurs: a joint meeting each month, twelve deliberations a year.
fn recurring(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    let Some(secretary) = cast.post("secretary").cloned() else { return Ok(()) };
    let place = places.of(Some(0));
    write(db, Actor::Operator, move |tx, cx| {
        for (title, kind, rule) in [
            ("五方联席会，每月至少一次", "joint-meeting", "every-month"),
            ("社区议事协商，一年不少于十二次", "deliberation", "times-a-year:12"),
        ] {
            let holder = Holder::Post(secretary.clone());
            let (place, title, kind, rule) = (place.clone(), title.into(), kind.into(), rule.into());
            plan::plan(tx, cx, &plan::MakePlan { place, title, kind, holder, rule })?;
        }
        Ok(())
    })
}

fn notices(db: &Db, places: &Places) -> Result<(), Fault> {
    let (root, first) = (places.of(None).to_string(), places.of(Some(0)).to_string());
    write(db, Actor::Operator, move |tx, cx| {
        for (place, kind, title, body) in [
            (
                &root,
                "grant-approval",
                "2026 年春季邻里微项目入选名单公示",
                "按事先公布的规则，春季投票选出的项目名单、票数和理由见本季结果页。公示期内对名单有意见的，请在本页提出。",
            ),
            (
                &first,
                "residents-affairs",
                "槐树里社区第三季度居务公开",
                "本季度公益金收支、捐赠物资和便民服务项目的执行情况。账目可在居委会查阅，有疑问请在本页提出。",
            ),
        ] {
            let (place, kind, title, body) = (place.clone(), kind.into(), title.into(), body.into());
            post_now(tx, cx, &DraftNotice { place, kind, title, body, ..DraftNotice::default() })?;
        }
        Ok(())
    })
}
