//! Polls of the demonstration: a motion, options in an order, dots and a survey in one invented community. All of it is
//! invented.

use db::{Db, DbError, Fault};
use kernel::{Actor, Day, Post, Role};
use people::resident::sheet;
use polls::{
    Choice, DraftPoll, PollId, Salted, Vote,
    commands::{cast, close, draft, open, publish},
    roll::{file, freeze, letters},
    survey::Answers,
};
use work::calendar::add_days;

use super::{
    acts::{acting, run},
    load::Places,
    persons::Cast,
};
use crate::home::context;

/// The community that is asked.
const AT: usize = 3;
/// Voters of each poll.
const VOTERS: usize = 24;
/// Family names of the roll, one after the other.
const FAMILIES: [&str; 8] = ["欧阳", "司徒", "诸葛", "慕容", "上官", "令狐", "皇甫", "端木"];

struct Office {
    officer: Actor,
    today: Day,
}

/// What is asked, and what the voter of each number says; nothing where they stay away.
type Plan = (DraftPoll, fn(usize) -> Option<Choice>);

/// Loads them: a motion and a survey that are over, dots that are over, options that are open.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    let person = cast.person("officer").cloned().ok_or_else(|| DbError::Data("an officer is missing".into()))?;
    let post = Post { role: Role::Officer, place: places.of(None) };
    let office = Office { officer: acting(person, vec![post]), today: context(Actor::Operator).day };
    let place = places.of(Some(AT)).to_string();
    let past = |kind: &str, title: &str, body: &str| DraftPoll {
        place: place.clone(),
        title: title.into(),
        body: format!("{body}演示数据，名册和选票都是编的。"),
        kind: kind.into(),
        openness: "secret".into(),
        template: "house".into(),
        opens: add_days(&office.today, -20).to_string(),
        closes: add_days(&office.today, -14).to_string(),
        ..DraftPoll::default()
    };
    let motion = DraftPoll {
        quorum: "1/2".into(),
        quorum_bound: "at-least".into(),
        quorum_of: "took-part".into(),
        threshold: "1/2".into(),
        bound: "more-than".into(),
        base: "valid".into(),
        abstain: "in-base".into(),
        ..past("motion", "西门晚上十点以后锁不锁", "锁门以后走东门，急事按门铃。")
    };
    let dots = DraftPoll {
        options: "长椅\n健身器\n晾衣架\n自行车棚 | 带充电的插座\n儿童滑梯".into(),
        dots: 5,
        cap: 3,
        seats: 2,
        ..past("dots", "小广场先添什么", "每人五点，想要什么就给什么。")
    };
    let survey = DraftPoll {
        questions: "# 您\n[分组] 您多大年纪？ *\n- 六十岁以下\n- 六十岁和六十岁以上\n# 出行\n[单选] 您平时怎么出门？ *\n- 步行\n- 公交\n\
                    - 骑车\n[打分] 小区里的路好走吗？\n[单选] 雨天呢？\n- 好走\n- 积水\n- 太滑\n# 想法\n[文字] 还有什么想说的？"
            .into(),
        ..past("survey", "小区里好不好走", "几分钟就能填完。")
    };
    let ranked = DraftPoll {
        options: "槐香里\n书声园\n邻里角\n银杏坪".into(),
        ranked: "schulze".into(),
        opens: office.today.to_string(),
        closes: add_days(&office.today, 10).to_string(),
        ..past("ranked", "新修的小花园叫什么名字", "把喜欢的名字排个先后。")
    };
    let plans: [Plan; 3] = [(motion, on_gate), (dots, on_square), (survey, on_roads)];
    for (input, says) in &plans {
        let id = opened(db, &office, input, -21)?;
        voted(db, &office, &id, (says, -16))?;
        ended(db, &office, &id)?;
    }
    let id = opened(db, &office, &ranked, 0)?;
    voted(db, &office, &id, (&(on_name as fn(usize) -> Option<Choice>), 0))
}

fn on_gate(n: usize) -> Option<Choice> {
    let vote = match n % 6 {
        0 => return None,
        1 => Vote::Disagree,
        2 if n > 12 => Vote::Abstain,
        _ => Vote::Agree,
    };
    Some(Choice::Motion(vote))
}

fn on_square(n: usize) -> Option<Choice> {
    let (first, second) = ([1, 4, 4, 2][n % 4], [5, 3, 1][n % 3]);
    Some(Choice::Dots(if first == second { vec![(first, 3)] } else { vec![(first, 3), (second, 2)] }))
}

fn on_roads(n: usize) -> Option<Choice> {
    let older = n.is_multiple_of(2);
    // by which the older walk and find the paths worse; on rainy days only a few slip
    let (way, score) = if older { (1, 2) } else { (n % 4 / 2 + 2, 4 - n % 4 / 2) };
    let rain = if n < 4 { 3 } else { n % 2 + 1 };
    let given = [(1, usize::from(older) + 1), (2, way), (3, score), (4, rain)];
    let mut answers: Answers = given.into_iter().map(|(number, answer)| (number, vec![answer.to_string()])).collect();
    if n.is_multiple_of(4) {
        answers.insert(5, vec!["路灯暗了点".into()]);
    }
    (!n.is_multiple_of(5)).then(|| Choice::Survey(Salted::of(answers)))
}

fn on_name(n: usize) -> Option<Choice> {
    let orders: [&[u32]; 4] = [&[2, 1, 4], &[1, 2, 3, 4], &[4, 2], &[2, 3, 1]];
    (!n.is_multiple_of(3)).then(|| Choice::Ranked(orders[n % 4].to_vec()))
}

/// A poll that is open, with its roll.
fn opened(db: &Db, office: &Office, input: &DraftPoll, day: i32) -> Result<PollId, Fault> {
    let input = input.clone();
    let list: String = (0..VOTERS)
        .map(|n| format!("{}{},{}-{}\n", FAMILIES[n % 8], ["先生", "女士", "师傅"][n / 8 % 3], n / 4 + 1, n % 4 + 101))
        .collect();
    let (rows, errors) = sheet::parse(format!("name,flat\n{list}").as_bytes())?;
    run(db, &office.officer, (&add_days(&office.today, day), 9 * 60), move |tx, cx| {
        let poll = draft::draft(tx, cx, &input)?;
        let (rows, _) = file::checked(&poll, &web::Verifiers::default(), rows.clone(), errors.clone());
        file::take(tx, cx, &poll.id, &rows)?;
        freeze::freeze(tx, cx, &poll.id, &freeze::FreezeRoll::default())?;
        open::open(tx, cx, &poll.id)?;
        Ok(poll.id)
    })
}

/// The voters say what they say, by the codes of their letters.
fn voted(db: &Db, office: &Office, id: &PollId, (says, day): (&fn(usize) -> Option<Choice>, i32)) -> Result<(), Fault> {
    let (of, on) = (id.clone(), add_days(&office.today, day));
    let drawn = run(db, &office.officer, (&on, 10 * 60), move |tx, cx| {
        letters::letters(tx, cx, &of, letters::To::Flats("", ("", &[])))
    })?;
    let (of, says) = (id.clone(), *says);
    run(db, &Actor::Voter, (&on, 18 * 60), move |tx, cx| {
        for (n, letter) in drawn.iter().enumerate() {
            let Some(choice) = says(n) else { continue };
            cast::cast_code(tx, cx, &of, &cast::Coded { code: &letter.code, choice: &choice, key: None })?;
        }
        Ok(())
    })
}

fn ended(db: &Db, office: &Office, id: &PollId) -> Result<(), Fault> {
    let (of, on) = (id.clone(), add_days(&office.today, -13));
    run(db, &office.officer, (&on, 9 * 60), move |tx, cx| close::close(tx, cx, &of, None))?;
    let counted = publish::count(db, id)?;
    run(db, &office.officer, (&on, 10 * 60), move |tx, cx| publish::publish(tx, cx, &counted).map(|_| ()))
}
