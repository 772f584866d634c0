//! Open the choice of an award, or give it more days where too few handed in.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Choice, State, queries, rules, store};
use crate::{
    SeasonId, running, season,
    template::{self, AwardTerm, Decides},
};

/// What is opened, and until when.
#[derive(Debug, Clone, Default)]
pub struct OpenChoice {
    /// The key of the category.
    pub category: String,
    /// The last day on which ballots come in, `YYYY-MM-DD`: from tomorrow on, within 60 days.
    pub closes: String,
}

/// Opens it over what is nominated then; no nomination comes in any more. Where its last day has passed and too few
/// handed in, it is given a later one, and the ballots stay. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`closes`), `season-not-found`, `wrong-stage`, `award-not-found`, `award-by-office`,
/// `award-nominations-too-few`, `award-nominations-too-many`, `award-jury-size`, `award-juror-unknown`,
/// `award-juror-involved`, `award-counted`, `award-choice-runs`, `award-choice-ready`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &OpenChoice) -> Result<Choice, Fault> {
    let of = season::queries::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &of)?)?;
    running::rules::begun(&of)?;
    let template = template::queries::of_season(tx, &of)?;
    let term = rules::chosen(template.award(&input.category))?;
    if let Some(there) = store::choice(tx, (season, &input.category))? {
        if there.state == State::Open && there.closes.as_str() == input.closes.trim() {
            return Ok(there);
        }
        return extend(tx, cx, &permit, (there, rules::closes(&input.closes, &cx.day)?));
    }
    let closes = rules::closes(&input.closes, &cx.day)?;
    let nominated = store::nominated(tx, (season, &input.category))?.len();
    rules::fits(nominated)?;
    let jurors = jury(tx, &cx.day, (season, term))?;
    let choice = Choice {
        season: season.clone(),
        category: input.category.clone(),
        way: term.decide,
        state: State::Open,
        opened: cx.day.clone(),
        closes,
        jurors,
        ballots: 0,
        salt: cx.chance.bytes32().to_vec(),
        counted: None,
        verdict: None,
        reason: String::new(),
    };
    if !store::insert(tx, &permit, &choice)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({
        "category": choice.category, "way": choice.way, "closes": choice.closes.as_str(), "nominated": nominated,
        "jurors": jurors, "places": term.places,
    });
    tell(tx, cx, &permit, ("award.choice-opened", &choice, &public))?;
    Ok(choice)
}

/// How many sit on the jury, each of them asked once more whether they may: what is nominated may have come after them.
fn jury(tx: &mut Tx<'_>, today: &Day, (season, term): (&SeasonId, &AwardTerm)) -> Result<u32, Fault> {
    if term.decide != Decides::Jury {
        return Ok(0);
    }
    let jurors = store::jurors(tx, (season, &term.key))?;
    if !rules::JURORS.contains(&jurors.len()) {
        let bound = |n: &usize| i64::try_from(*n).unwrap_or(0);
        let refusal = Refusal::new(Kind::Conflict, "award-jury-size").with_int("least", bound(rules::JURORS.start()));
        return Err(refusal.with_int("most", bound(rules::JURORS.end())).into());
    }
    let parts = store::parts(tx, (season, &term.key))?;
    // fifteen persons at most
    for person in &jurors {
        queries::may_sit(tx, (&parts, today), person)?;
    }
    Ok(u32::try_from(jurors.len()).unwrap_or(u32::MAX))
}

fn extend(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (mut choice, closes): (Choice, Day),
) -> Result<Choice, Fault> {
    if choice.state == State::Counted {
        return Err(Refusal::new(Kind::Conflict, "award-counted").into());
    }
    if cx.day <= choice.closes {
        let runs = Refusal::new(Kind::Conflict, "award-choice-runs").with_text("until", choice.closes.as_str());
        return Err(runs.into());
    }
    // nobody waits for another outcome
    if choice.ballots >= rules::needed(choice.way, choice.jurors) {
        return Err(Refusal::new(Kind::Conflict, "award-choice-ready").into());
    }
    choice.closes = closes;
    if !store::extend(tx, permit, &choice)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "category": choice.category, "closes": choice.closes.as_str(), "ballots": choice.ballots });
    tell(tx, cx, permit, ("award.choice-extended", &choice, &public))?;
    Ok(choice)
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, choice, public): (&'static str, &Choice, &serde_json::Value),
) -> Result<(), Fault> {
    let private = json!({ "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: choice.season.as_str(), public, private: Some(&private) })?;
    Ok(())
}
