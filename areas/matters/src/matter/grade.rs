//! Grade the answer to a matter; one that is not satisfied with may be sent back once.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;
use work::clock::{Reckoner, Rule};

use super::{
    Grade, Matter, MatterId, Part, State, queries, rules,
    step::{self, NewStep, Place},
    store::{self, NewGrade},
};
use crate::duty::{self, Holder, give::GiveDuty};

/// Workdays for what was sent back.
const AGAIN: Rule = Rule::WithinWorkdays(5);

/// A grade as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct GradeMatter {
    /// 满意, 基本满意, 不满意.
    pub grade: Grade,
    /// Why, at most 500 characters; required for 不满意.
    #[serde(default)]
    pub words: String,
    /// Send it back; counts with 不满意 only, and only from who opened it.
    #[serde(default)]
    pub send_back: bool,
}

/// Grades the answer: whoever opened the matter or followed it when it was answered, once each, changeable for 7 days. True when the matter
/// was sent back.
///
/// # Errors
/// Refusals `invalid-input` (`words`: `reason-required`), `matter-not-found`, `not-answered-yet`, `not-concerned`,
/// `grade-is-final`, `sent-back-before`, `verify-first`, `not-allowed`; database faults.
pub fn grade(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    id: &MatterId,
    input: &GradeMatter,
) -> Result<bool, Fault> {
    let words = shaped(input)?;
    let matter = queries::matter(tx, id)?;
    let site = matter.site()?;
    let Some(person) = cx.author().cloned() else {
        return Err(Refusal::new(Kind::Forbidden, "sign-in-first").into());
    };
    let permit = authorize(&cx.actor, Action::GradeMatter, Resource::at(&site).owned_by(Some(&person)))?;
    crate::site::may_act_for(cx, &site)?;
    keep(tx, cx, reckoner, (&permit, &matter), (input, &words))
}

/// The words as they are kept.
pub(super) fn shaped(input: &GradeMatter) -> Result<String, Refusal> {
    let mut shape = Shape::new();
    let words = shape.optional_prose("words", &input.words, 500);
    if input.grade == Grade::Bad && words.is_empty() {
        shape.error("words", "reason-required");
    }
    shape.finish(words)
}

/// Keeps the grade of whoever the context acts for, with a permit that is there.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    (permit, matter): (&Permit, &Matter),
    (input, words): (&GradeMatter, &str),
) -> Result<bool, Fault> {
    let id = &matter.id;
    let Some(person) = cx.author().cloned() else {
        return Err(Refusal::new(Kind::Forbidden, "sign-in-first").into());
    };
    if matter.state != State::Closed {
        return Err(Refusal::new(Kind::Conflict, "not-answered-yet").into());
    }
    // nobody grades their own answer
    let part = store::grades_as(tx, id, &person)?.filter(|_| matter.closed_by.as_ref() != Some(&person));
    let part = part.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-concerned"))?;
    let since = rules::changeable_since(&cx.day);
    let new = NewGrade { person: &person, grade: input.grade, words, changeable_since: &since };
    if !store::put_grade(tx, cx, permit, matter, &new)? {
        let days = i64::from(rules::GRADE_DAYS);
        return Err(Refusal::new(Kind::Conflict, "grade-is-final").with_int("days", days).into());
    }
    let told = json!({ "grade": input.grade.as_str(), "round": matter.round, "source": cx.source().as_str() });
    let said = json!({ "person": person, "words": words });
    let draft = Draft { kind: "matter.graded", subject: id.as_str(), public: &told, private: Some(&said) };
    append(tx, cx, permit, &draft)?;
    let back = input.send_back && input.grade == Grade::Bad && part != Part::Follower;
    if back {
        send_back(tx, cx, reckoner, permit, matter)?;
    }
    Ok(back)
}

/// Back to 办, with a new duty for who had it, or for who answered when that post is no longer there.
fn send_back(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    matter: &Matter,
) -> Result<(), Fault> {
    if matter.round >= rules::MAX_ROUNDS {
        return Err(Refusal::new(Kind::Conflict, "sent-back-before").into());
    }
    let next = store::reopen(tx, permit, matter, cx.now)?;
    let next = next.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?;
    let site = matter.site()?;
    let new = NewStep { kind: "reopened", ..NewStep::default() };
    step::put(tx, cx, permit, &Place { id: &matter.id, site: &site, next: &next }, &new)?;
    let told = json!({ "round": matter.round + 1, "stage": "do" });
    let draft = Draft { kind: "matter.reopened", subject: matter.id.as_str(), public: &told, private: None };
    append(tx, cx, permit, &draft)?;
    let earlier = duty::store::last_holder(tx, &matter.id)?;
    let who_answered = matter.closed_by.clone().map(Holder::Person);
    let Some(holder) = earlier.or(who_answered.clone()) else { return Ok(()) };
    let new = |holder| GiveDuty {
        matter: Some(matter.id.clone()),
        title: matter.title.clone(),
        kind: "answer".to_owned(),
        by_answer: true,
        ..GiveDuty::new(matter.place.clone(), holder, &AGAIN)
    };
    match (duty::give::bind(tx, cx, reckoner, permit, &new(holder)), who_answered) {
        (Err(Fault::Refused(_)), Some(holder)) => duty::give::bind(tx, cx, reckoner, permit, &new(holder)),
        (given, _) => given,
    }?;
    Ok(())
}
