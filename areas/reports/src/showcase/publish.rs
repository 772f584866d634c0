//! Publish the showcase of a season, take it back, show and hide its parts.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{Season, SeasonId, Stage, expect_stage, season::queries as seasons};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};

use super::{Section, Showcase, queries, store};
use crate::figure;

/// A season whose list is approved: before, there is nothing to show.
pub(super) fn expect_approved(season: &Season) -> Result<(), Refusal> {
    let since: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| *stage >= Stage::Approved).collect();
    expect_stage(season, &since)
}

fn office(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId) -> Result<(Season, Permit, Showcase), Fault> {
    let found = seasons::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &found)?)?;
    expect_approved(&found)?;
    let showcase = queries::showcase(tx, season)?;
    Ok((found, permit, showcase))
}

/// Shows it to everybody, or to the office alone again. With the entry goes what each figure was then, with the digest
/// of its records, so that anybody can tell later what changed. As it is already: nothing happens.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage` before the list is approved, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn publish(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, on: bool) -> Result<(), Fault> {
    let (found, permit, mut showcase) = office(tx, cx, season)?;
    if showcase.published.is_some() == on {
        return Ok(());
    }
    showcase.published = on.then(|| cx.day.clone());
    if !store::set(tx, &permit, season, &showcase)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = if on {
        let figures: Vec<Value> = (figure::report(tx, found)?.figures.iter())
            .map(|figure| json!({ "key": figure.key, "value": figure.value, "digest": figure.digest }))
            .collect();
        json!({ "figures": figures })
    } else {
        json!({})
    };
    let private = json!({ "by": cx.actor.person() });
    let kind = if on { "showcase.published" } else { "showcase.withdrawn" };
    append(tx, cx, &permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(())
}

/// Shows a part or hides it. As it is already: nothing happens.
///
/// # Errors
/// The same.
pub fn arrange(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    (section, hide): (Section, bool),
) -> Result<(), Fault> {
    let (_, permit, mut showcase) = office(tx, cx, season)?;
    if showcase.hidden.contains(&section) == hide {
        return Ok(());
    }
    showcase.hidden.retain(|other| *other != section);
    if hide {
        showcase.hidden.push(section);
        showcase.hidden.sort();
    }
    if !store::set(tx, &permit, season, &showcase)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "section": section.as_str(), "hidden": hide });
    let private = json!({ "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "showcase.arranged", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
