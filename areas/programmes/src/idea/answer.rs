//! Answer an idea, with a reason.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Role, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{
    self, Holder,
    give::{self, GiveDuty},
    meet,
};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;
use work::{
    calendar::Calendar,
    clock::{Reckoner, Rule},
};

use super::{Answer, Idea, IdeaId, Outcome, State, queries, rules, store};
use crate::{Season, SeasonId, Stage, season};

/// What the office says.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AnswerIdea {
    /// `taken-up`, `not-now` or `elsewhere`. Merging is a verb of its own.
    pub outcome: String,
    /// Why, for everybody to read: 1 to 1,000 characters.
    pub words: String,
}

/// Answers the idea. Another answer takes the place of the first one, whose day stays; the same once more changes
/// nothing.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn answer(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &IdeaId),
    input: &AnswerIdea,
) -> Result<Idea, Fault> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let outcome = input.outcome.parse::<Outcome>().ok().filter(|outcome| *outcome != Outcome::Merged);
    if outcome.is_none() {
        shape.error("outcome", if input.outcome.is_empty() { "required" } else { "unknown-choice" });
    }
    let (words, outcome) = shape.finish((words, outcome))?;
    let outcome = outcome.ok_or_else(|| Refusal::invalid(vec![FieldError::new("outcome", "required")]))?;
    let (season, permit) = queries::office(tx, cx, season)?;
    let idea = queries::idea(tx, &season.id, id)?;
    rules::expect_state(&idea, &[State::Shown])?;
    if idea.answer.as_ref().is_some_and(|a| a.outcome == outcome && a.words == words) {
        return Ok(idea);
    }
    let new = Answer { outcome, words, day: cx.day.clone() };
    if !store::answer(tx, &permit, &season.id, (id, &new))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let idea = queries::idea(tx, &season.id, id)?;
    let told = json!({ "idea": id, "late": idea.is_late(), "outcome": new.outcome });
    let private = json!({ "words": new.words, "by": cx.actor.person() });
    let draft = Draft { kind: "idea.answered", subject: season.id.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    settle(tx, cx, &permit, &season)?;
    Ok(idea)
}

/// What the office's duty is called, before the name of the season.
const TITLE: &str = "回复居民的点子";

/// Gives the office the duty to answer all ideas of the season, with the first of them. One duty for a season and its
/// place: each idea has its own day, which the office's list sorts by, and hundreds of duties of one kind would bury
/// everything else that is due. Its day is the one by which the last idea that can still come in is answered; a plan
/// without days gives none, and so does a place where nobody holds the post.
pub(super) fn owe(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season) -> Result<(), Fault> {
    // the season as it was read before this idea was counted
    if season.n_ideas > 0 {
        return Ok(());
    }
    let plan = season::queries::plan(tx, &season.id)?;
    let Some(last) = plan.iter().find(|planned| planned.stage == season.stage).map(|planned| &planned.until) else {
        return Ok(());
    };
    let template = crate::template::queries::of_season(tx, season)?;
    let calendar = work::queries::calendar(tx)?;
    let last = if *last < cx.day { &cx.day } else { last };
    let Some(promise) = rules::promise(&calendar, last, template.ideas.answer_workdays) else { return Ok(()) };
    give_it(tx, cx, permit, season, (&calendar, &Rule::OnDay(promise.day)))
}

/// Meets the office's duty once no more ideas come in and none is without an answer.
pub(super) fn settle(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season) -> Result<(), Fault> {
    if season.stage <= Stage::Ideas || store::is_owed(tx, &season.id)? {
        return Ok(());
    }
    let duty = duty::queries::given(tx, permit.home(), &once_of(&season.id))?;
    if let Some(duty) = duty.filter(|duty| duty.state.is_open()) {
        meet::end(tx, cx, permit, &duty, &meet::Ending::default())?;
    }
    Ok(())
}

fn once_of(season: &SeasonId) -> String {
    format!("ideas {season}")
}

fn give_it(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &Season,
    (calendar, rule): (&Calendar, &Rule),
) -> Result<(), Fault> {
    for role in [Role::Officer, Role::Secretary] {
        let mut held = people::post::holders(tx, &season.place, role, &cx.day)?;
        held.retain(|post| post.stand_in_for.is_none() && post.id.home() == permit.home());
        let Some(post) = held.into_iter().min_by_key(|post| post.open_duties) else { continue };
        let name: String = season.name.chars().take(60).collect();
        let input = GiveDuty {
            title: format!("{TITLE}：{name}"),
            kind: "ideas".to_owned(),
            once: once_of(&season.id),
            ..GiveDuty::new(season.place.clone(), Holder::Post(post.id), rule)
        };
        let reckoner = Reckoner { calendar, offset_minutes: cx.offset_minutes };
        match give::bind(tx, cx, &reckoner, permit, &input) {
            // it ended in this moment, or the place is no more: then nobody owes it, and the list still shows all
            Err(Fault::Refused(refusal)) if refusal.code != "changed-meanwhile" => {}
            given => return given.map(|_| ()),
        }
    }
    Ok(())
}
