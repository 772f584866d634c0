//! From the answers to the ideas to the approved list.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use decisions::{
    review::{self, Conflict, declare::Declaration, invite::Invite, rules::Typed, score::Score},
    selection::{announce, announce::Announce, approve, decide},
};
use kernel::Chance;
use matters::notice;
use programmes::{
    Idea, SeasonId,
    idea::answer::{self, AnswerIdea},
    template::bundled,
};
use work::calendar::add_days;

use super::{
    Data, TEMPLATE,
    load::{FIRST, STAGES, Town},
};
use crate::demo::acts::{acting, day, person, run, together};

/// Days after its posting on which an idea is answered: within the template's fifteen workdays.
const ANSWERED_AFTER: i32 = 12;

/// Every idea gets its answer.
pub(super) fn answers(db: &Db, town: &Town, (season, data): (&SeasonId, &Data), ideas: &[Idea]) -> Result<(), Fault> {
    let both: Vec<_> = data.ideas.iter().zip(ideas).collect();
    together(&both, |(source, idea)| {
        let taken = data.proposals.iter().any(|proposal| proposal.idea == source.number);
        let (outcome, words) = if taken {
            ("taken-up", "这个点子我们想和您一起做。辅导老师会联系您，帮您写成提案。")
        } else {
            ("not-now", "谢谢您。今年名额有限，这个点子先放进点子库，明年征集时优先拿出来商量。")
        };
        let input = AnswerIdea { outcome: outcome.into(), words: words.into() };
        let (key, id, on) = (season.clone(), idea.id.clone(), add_days(&idea.posted_day, ANSWERED_AFTER));
        run(db, &town.officer, (&on, 15 * 60), move |tx, cx| answer::answer(tx, cx, (&key, &id), &input).map(|_| ()))
    })
    .map(|_| ())
}

/// Five reviewers score all projects, the review is closed.
pub(super) fn review(db: &Db, town: &Town, (season, data): (&SeasonId, &Data)) -> Result<(), Fault> {
    let template = bundled(TEMPLATE).and_then(|template| template.review.as_ref());
    let template = template.ok_or_else(|| DbError::Data(format!("no review in {TEMPLATE}")))?;
    let on = add_days(&day(FIRST)?, STAGES[5] + 1);
    let numbers: BTreeMap<u32, u32> = (1..).zip(&data.proposals).map(|(n, proposal)| (proposal.idea, n)).collect();
    let mut panel = Vec::new();
    for reviewer in &data.reviewers {
        let who = person(db, &town.subdistrict, &format!("{}（{}）", reviewer.name, reviewer.trade))?;
        let (key, input) = (season.clone(), Invite { person: who.to_string() });
        run(db, &town.officer, (&on, 9 * 60), move |tx, cx| review::invite::invite(tx, cx, &key, &input).map(|_| ()))?;
        panel.push((reviewer, acting(who, Vec::new())));
    }
    together(&panel, |(reviewer, me)| {
        let said: Vec<Declaration> =
            numbers.values().map(|n| Declaration { number: *n, conflict: Conflict::None }).collect();
        let key = season.clone();
        run(db, me, (&on, 10 * 60), move |tx, cx| {
            review::answer::answer(tx, cx, &key, true)?;
            review::declare::declare(tx, cx, &key, &said).map(|_| ())
        })?;
        for (idea, letter, scores) in &data.sheets {
            let Some(number) = numbers.get(idea).copied().filter(|_| *letter == reviewer.letter) else { continue };
            let named = template.criteria.iter().zip(scores);
            let scores = named.map(|(criterion, n)| (criterion.key.clone(), Typed::Number(i64::from(*n)))).collect();
            let (key, input) = (season.clone(), Score { scores, comment: String::new() });
            run(db, me, (&on, 14 * 60), move |tx, cx| {
                review::score::score(tx, cx, (&key, number), &input).map(|_| ())
            })?;
        }
        Ok(())
    })?;
    let counted = review::count::count(db, season, &mut Chance::seeded(2024))?;
    run(db, &town.officer, (&on, 18 * 60), move |tx, cx| review::close::close(tx, cx, &counted).map(|_| ()))
}

/// The list is computed, hangs out and is approved; fourteen projects become matters.
pub(super) fn list(db: &Db, town: &Town, season: &SeasonId) -> Result<(), Fault> {
    let decided = add_days(&day(FIRST)?, STAGES[5] + 9);
    let key = season.clone();
    run(db, &town.officer, (&decided, 10 * 60), move |tx, cx| decide::decide(tx, cx, &key).map(|_| ()))?;
    let words = Announce {
        title: "2024 星选计划入选名单公示（演示数据）".into(),
        body: "经评审，十四个项目入选，名单和每个项目的理由见入选名单页。居民投票是演示加上的，只供参考。有不同意见，请在公示期内提出。".into(),
    };
    let key = season.clone();
    let announced = move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| announce::announce(tx, cx, &key, &words);
    let posted = run(db, &town.officer, (&decided, 15 * 60), announced)?.id;
    let ended = add_days(&decided, 14);
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
