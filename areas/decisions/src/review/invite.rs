//! Invite somebody to the panel.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season, template};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_REVIEWERS, Reviewer, queries, rules, store};

/// Who is invited.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Invite {
    /// The id of a registered person.
    #[serde(default)]
    pub person: String,
}

/// Invites the person; who was invited before stays as they are.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `person-not-found`, `no-review-here`, `wrong-stage`, `review-closed`,
/// `too-many-reviewers`, `not-allowed`; database faults.
pub fn invite(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &Invite) -> Result<Reviewer, Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    let template = template::queries::of_season(tx, &season)?;
    rules::plan_of(&template)?;
    rules::may_invite(&season)?;
    let wrong = |code| Refusal::invalid(vec![kernel::FieldError::new("person", code)]);
    let typed = input.person.trim();
    let person: PersonId =
        typed.parse().map_err(|_| wrong(if typed.is_empty() { "required" } else { "unknown-choice" }))?;
    let names = people::account::queries::names(tx, std::slice::from_ref(&person))?;
    let (_, name) = names.into_iter().next().ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?;
    if let Some(there) = store::reviewer(tx, id, &person)? {
        return Ok(there);
    }
    store::begin(tx, &permit, id, &cx.day)?;
    if !store::count_reviewer(tx, &permit, id, MAX_REVIEWERS)? {
        rules::open(store::review(tx, id)?)?;
        let limit = i64::from(MAX_REVIEWERS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-reviewers").with_int("limit", limit).into());
    }
    if !store::insert_reviewer(tx, &permit, id, (&person, &name), &cx.day)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let private = json!({ "person": person, "name": name });
    let draft = Draft { kind: "review.invited", subject: id.as_str(), public: &json!({}), private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    queries::reviewer(tx, id, &person)
}
