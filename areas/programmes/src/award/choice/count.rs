//! Count the ballots of a choice: who has most approvals gets the award.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape, Site};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::verdict::{Explained, NewVerdict, record};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Choice, Nominated, State, rules, rules::Outcome, store};
use crate::{
    SeasonId,
    award::{self, certificate},
    season,
    template::{self, AwardTerm},
};

/// The count that is asked for.
#[derive(Debug, Clone, Default)]
pub struct Count {
    /// The key of the category.
    pub category: String,
    /// Numbers of those of the tied that get it; empty where there is no tie.
    pub chosen: Vec<u32>,
    /// Why these: 1 to 300 characters, public, without names of persons. Empty where there is no tie.
    pub reason: String,
}

/// Everything that the outcome depends on, and what it is.
struct Counted {
    nominated: Vec<Nominated>,
    approvals: Vec<u64>,
    given: Vec<u32>,
    inputs: Hash,
}

/// Counts, records the verdict, gives the award with certificates and tells each nomination how many approved. Somebody
/// does it who had no part in what is nominated; a tie is broken only by somebody who nominated none of the tied. The link
/// from persons to ballots is overwritten. Once more changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`chosen`, `reason`), `season-not-found`, `award-not-found`, `award-by-office`,
/// `award-choice-runs`, `award-ballots-too-few`, `award-tied`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn count(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Count) -> Result<Choice, Fault> {
    let held = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &held)?;
    let of = (season, input.category.as_str());
    let template = template::queries::of_season(tx, &held)?;
    let parts = store::parts(tx, of)?;
    let me = cx.actor.principal();
    let involved: Vec<_> = (me.filter(|me| parts.iter().any(|part| part.is_of(&me.person, &me.seats))))
        .map(|me| me.person.clone())
        .into_iter()
        .collect();
    let permit = authorize(&cx.actor, Action::Approve, Resource::at(&site).in_conflict(&involved))?;
    let term = rules::chosen(template.award(&input.category))?;
    let mut choice = store::choice(tx, of)?.ok_or_else(|| Refusal::new(Kind::NotFound, "award-not-found"))?;
    if choice.state == State::Counted {
        return Ok(choice);
    }
    rules::may_count(&choice, &cx.day)?;
    if !store::close(tx, &permit, &choice)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let sets = store::sets(tx, of)?;
    let nominated = store::nominated(tx, of)?;
    let approvals = rules::tally(&nominated, &sets);
    let outcome = rules::outcome(&nominated, &approvals, term.places);
    let given = match outcome {
        Outcome::Settled(given) => given,
        Outcome::Tied { sure, tied, left } => {
            let (chosen, reason) = broken(cx, &site, (&nominated, &tied, left), input)?;
            choice.reason = reason;
            let mut given: Vec<u32> = sure.into_iter().chain(chosen).collect();
            given.sort_unstable();
            given
        }
    };
    let inputs = Hash(Sha256::digest(text((&choice, term), &nominated, &sets, &given)).into());
    let counted = Counted { nominated, approvals, given, inputs };
    let verdict = record::record(tx, cx, &permit, &registered(&site, (&choice, term), &counted))?.id.to_string();
    (choice.state, choice.counted, choice.verdict) = (State::Counted, Some(cx.day.clone()), Some(verdict));
    choice.salt = Vec::new();
    give(tx, cx, &permit, (&choice, &counted))?;
    store::finish(tx, &permit, &choice)?;
    Ok(choice)
}

/// Which of the tied the office says, and why.
fn broken(
    cx: &Context,
    site: &Site,
    (nominated, tied, left): (&[Nominated], &[u32], usize),
    input: &Count,
) -> Result<(Vec<u32>, String), Refusal> {
    let chosen = rules::broken(&input.chosen, tied, left)?;
    // whoever nominated one of them does not choose between them
    for one in nominated.iter().filter(|one| tied.contains(&one.number)) {
        authorize(&cx.actor, Action::Approve, Resource::at(site).made_by(one.by.as_ref()))?;
    }
    let mut shape = Shape::new();
    let reason = shape.prose("reason", &input.reason, 300);
    Ok((chosen, shape.finish(reason)?))
}

/// Everything that the outcome depends on, in lines, each ended by a line feed: `choice CATEGORY WAY PLACES JURORS`, `nominated NUMBER` or
/// `nominated NUMBER stopped` in the order of numbers, `ballots TIMES NUMBERS` in the order of the text of `NUMBERS`
/// (`3,7`), and where the office chose among tied projects `given NUMBERS`.
pub fn text(
    (choice, term): (&Choice, &AwardTerm),
    nominated: &[Nominated],
    sets: &[(Vec<u32>, u64)],
    given: &[u32],
) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    let numbers = |list: &[u32]| list.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    line(format!("choice {} {} {} {}", choice.category, choice.way.as_str(), term.places, choice.jurors));
    for one in nominated {
        line(format!("nominated {}{}", one.number, if one.stopped { " stopped" } else { "" }));
    }
    for (set, times) in sets {
        line(format!("ballots {times} {}", numbers(set)));
    }
    if !choice.reason.is_empty() {
        line(format!("given {}", numbers(given)));
    }
    out
}

/// The numbers of those that have a certificate.
pub(super) fn given_of(nominated: &[Nominated]) -> Vec<u32> {
    nominated.iter().filter(|one| one.certificate.is_some()).map(|one| one.number).collect()
}

/// Numbers of projects as the register tells them.
pub(super) fn listed(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn registered<'a>(site: &'a Site, (choice, term): (&'a Choice, &AwardTerm), counted: &Counted) -> NewVerdict<'a> {
    let approvals = rules::said(&counted.nominated, &counted.approvals);
    let key = match (counted.given.is_empty(), choice.reason.is_empty()) {
        (true, _) => "award-choice-none",
        (false, true) => "award-choice",
        (false, false) => "award-choice-tied",
    };
    let explained = Explained::of(key)
        .with_text("award", &*term.name.zh_hans)
        .with_text("given", listed(&counted.given))
        .with_text("approvals", &*approvals)
        .with_text("reason", &*choice.reason)
        .with_int("ballots", i64::from(choice.ballots))
        .with_int("places", i64::from(term.places));
    NewVerdict {
        site,
        kind: "award-choice",
        subject_kind: "season",
        subject: choice.season.as_str(),
        title: "",
        matter: None,
        rule: rules::rule(choice.way),
        rule_set: rules::RULE_SET,
        parameters: json!({
            "category": choice.category, "places": term.places, "least": rules::needed(choice.way, choice.jurors),
        }),
        inputs: counted.inputs,
        outcome: json!({
            "category": choice.category, "ballots": choice.ballots, "given": listed(&counted.given),
            "approvals": approvals,
        }),
        passed: Some(!counted.given.is_empty()),
        explained,
    }
}

/// Each nomination is given the award or not, and told how many approved: 50 at most.
fn give(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (choice, counted): (&Choice, &Counted),
) -> Result<(), Fault> {
    for (one, approvals) in counted.nominated.iter().zip(&counted.approvals) {
        let gets = counted.given.contains(&one.number);
        let decided = award::store::Decided {
            state: if gets { award::State::Given } else { award::State::Refused },
            day: cx.day.clone(),
            certificate: gets.then(|| certificate::draw(&mut cx.chance)),
            approvals: Some(*approvals),
            stopped: Some(one.stopped),
            verdict: choice.verdict.clone(),
        };
        if !award::store::decide(tx, permit, (&choice.season, &choice.category, one.number), &decided)? {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
        let public = json!({
            "project": one.number, "category": choice.category, "certificate": decided.certificate,
            "approvals": approvals, "verdict": choice.verdict,
        });
        let private = json!({ "by": cx.actor.person(), "reason": choice.reason });
        let kind = if gets { "award.given" } else { "award.refused" };
        let subject = choice.season.as_str();
        append(tx, cx, permit, &Draft { kind, subject, public: &public, private: Some(&private) })?;
    }
    Ok(())
}
