//! Invite somebody to the jury of an award, or take the invitation back.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{queries, rules, store};
use crate::{
    SeasonId, running, season,
    template::{self, Decides},
};

/// Who is invited.
#[derive(Debug, Clone, Default)]
pub struct Invite {
    /// The key of the category.
    pub category: String,
    /// The id of a person who is verified.
    pub person: String,
}

/// Invites the person; who was invited before stays invited. Nobody who had a part in a nominated project sits on the
/// jury.
///
/// # Errors
/// Refusals `invalid-input` (`person`), `season-not-found`, `wrong-stage`, `award-not-found`, `award-by-office`,
/// `award-by-vote`, `award-choice-open`, `award-juror-unknown`, `award-juror-involved`, `award-jury-full`,
/// `not-allowed`; database faults.
pub fn invite(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Invite) -> Result<(), Fault> {
    let (permit, person) = read(tx, cx, season, input)?;
    let of = (season, input.category.as_str());
    let there = store::jurors(tx, of)?;
    if there.contains(&person) {
        return Ok(());
    }
    let parts = store::parts(tx, of)?;
    queries::may_sit(tx, (&parts, &cx.day), &person)?;
    if there.len() >= *rules::JURORS.end() {
        let limit = i64::try_from(*rules::JURORS.end()).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "award-jury-full").with_int("limit", limit).into());
    }
    if !store::invite(tx, &permit, of, (&person, &cx.day))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    tell(tx, cx, &permit, ("award.juror-invited", of, &person))
}

/// Takes the invitation back before the choice is opened; who was not invited stays so.
///
/// # Errors
/// As [`invite`], but for those about who may sit.
pub fn uninvite(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Invite) -> Result<(), Fault> {
    let (permit, person) = read(tx, cx, season, input)?;
    let of = (season, input.category.as_str());
    if !store::uninvite(tx, &permit, of, &person)? {
        return Ok(());
    }
    tell(tx, cx, &permit, ("award.juror-uninvited", of, &person))
}

fn read(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId, input: &Invite) -> Result<(Permit, PersonId), Fault> {
    let of = season::queries::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &of)?)?;
    running::rules::begun(&of)?;
    let template = template::queries::of_season(tx, &of)?;
    if rules::chosen(template.award(&input.category))?.decide == Decides::Vote {
        return Err(Refusal::new(Kind::Conflict, "award-by-vote").into());
    }
    let typed = input.person.trim();
    let code = if typed.is_empty() { "required" } else { "unknown-choice" };
    let person = typed.parse().map_err(|_| Refusal::invalid(vec![FieldError::new("person", code)]))?;
    if store::choice(tx, (season, &input.category))?.is_some() {
        return Err(Refusal::new(Kind::Conflict, "award-choice-open").into());
    }
    Ok((permit, person))
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, (season, category), person): (&'static str, store::Of<'_>, &PersonId),
) -> Result<(), Fault> {
    let (public, private) = (json!({ "category": category }), json!({ "person": person, "by": cx.actor.person() }));
    append(tx, cx, permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(())
}
