//! Hand in which of the nominated projects deserve an award.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde_json::json;

use super::{queries, rules, store};
use crate::{SeasonId, season};

/// A ballot.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The key of the category.
    pub category: String,
    /// Numbers of the projects that deserve it, one to all that are nominated.
    pub approved: Vec<u32>,
}

/// Keeps the ballot of whoever has signed in, in place of an earlier one. Nobody hands in for another. The same again
/// changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`for`), `season-not-found`, `award-not-found`, `award-counted`, `award-choice-over`,
/// `award-choice-full`, `award-not-on-jury`, `award-juror-involved`, `award-not-resident`, `vote-yourself`,
/// `sign-in-first`, `verify-first`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn cast(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Cast) -> Result<(), Fault> {
    if cx.behalf.is_some() {
        return Err(Refusal::new(Kind::Forbidden, "vote-yourself").into());
    }
    let me = cx.actor.principal().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let held = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &held)?;
    let permit = authorize(&cx.actor, Action::CastBallot, Resource::at(&site).owned_by(Some(&me.person)))?;
    let of = (season, input.category.as_str());
    let choice = store::choice(tx, of)?.ok_or_else(|| Refusal::new(Kind::NotFound, "award-not-found"))?;
    rules::takes_ballots(&choice, &cx.day)?;
    queries::entitled(tx, (&site, &choice), (&me.person, &me.seats))?;
    let approved = rules::ballot(&input.approved, &store::nominated(tx, of)?)?;
    let kept = store::cast(tx, &permit, of, (&choice.voter(&me.person), &approved))?;
    if kept == store::Kept::Same {
        return Ok(());
    }
    if !store::count_ballot(tx, &permit, of, u32::from(kept == store::Kept::New))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    // that somebody took part is kept with the log; for what, nowhere but in the ballot
    let (public, private) = (json!({ "category": input.category }), json!({ "person": me.person }));
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "award.ballot-cast", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
