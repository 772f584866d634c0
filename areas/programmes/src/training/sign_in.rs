//! Take over the list that was signed at a training.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape};
use ledger::entry::{self, append};
use matters::attendance::{
    Way,
    record::NewAttendance,
    record_list::{Listed, record_all_under},
};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{EVENT, MAX_SIGNUPS, Signup, TrainingId, queries, store};
use crate::{SeasonId, season};

/// Rows of a list without a person at most.
const MAX_OTHERS: u32 = 200;

/// Who came, as the signed list says.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SignIn {
    /// The ids of those who had signed up and came.
    pub came: Vec<String>,
    /// Numbers of projects of which somebody came, besides those who had signed up.
    pub projects: Vec<u32>,
    /// Rows of the list of people who had not signed up, at most 200.
    pub others: u32,
}

/// Records who came as attendance, and of which projects. What is there already is not recorded twice; nothing is taken
/// back (a row is struck out where attendances are kept).
///
/// # Errors
/// Refusals `invalid-input` (`came`, `projects`, `others`), `season-not-found`, `training-not-found`, `training-not-yet`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn sign_in(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &TrainingId),
    input: &SignIn,
) -> Result<Listed, Fault> {
    let training = queries::training(tx, season, id)?;
    let of = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &of)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site)?;
    if training.day > cx.day {
        return Err(Refusal::new(Kind::Conflict, "training-not-yet").into());
    }
    let signed = store::signups(tx, id)?;
    let (came, projects) = read(input, &signed, &store::numbers(tx, season)?)?;
    let marks: Vec<String> = (1..=input.others).map(|n| n.to_string()).collect();
    let row = |person, mark| NewAttendance {
        site: &site,
        event_kind: EVENT,
        event: id.as_str(),
        person,
        mark,
        way: Way::Paper,
        day: &training.day,
    };
    let named = came.iter().map(|one| row(Some(&one.person), ""));
    let rows: Vec<NewAttendance<'_>> = named.chain(marks.iter().map(|mark| row(None, mark))).collect();
    let kept = if rows.is_empty() { Vec::new() } else { record_all_under(tx, cx, &permit, &rows)? };
    for one in came.iter().filter(|one| !one.came) {
        store::set_came(tx, &permit, id, &one.person)?;
    }
    let mut new = 0_u32;
    for number in &projects {
        new += u32::from(store::insert_project(tx, &permit, (season, id), *number)?);
    }
    if new > 0 {
        let public = json!({ "training": id, "number": training.number, "projects": projects });
        let private = json!({ "by": cx.actor.person() });
        let draft = entry::Draft {
            kind: "training.signed-in",
            subject: season.as_str(),
            public: &public,
            private: Some(&private),
        };
        append(tx, cx, &permit, &draft)?;
    }
    let count = |new: bool| u32::try_from(kept.iter().filter(|(_, is_new)| *is_new == new).count()).unwrap_or(u32::MAX);
    Ok(Listed { recorded: count(true), known: count(false) })
}

/// Those of the sign-ups who came, and all projects of which somebody did, ascending.
fn read<'a>(input: &SignIn, signed: &'a [Signup], runs: &[u32]) -> Result<(Vec<&'a Signup>, Vec<u32>), Refusal> {
    let mut shape = Shape::new();
    let most = usize::try_from(MAX_SIGNUPS).unwrap_or(usize::MAX);
    let ids: Vec<Option<PersonId>> = input.came.iter().take(most + 1).map(|id| id.parse().ok()).collect();
    let found: Option<Vec<&Signup>> =
        ids.iter().map(|id| signed.iter().find(|one| Some(&one.person) == id.as_ref())).collect();
    if found.is_none() {
        shape.error("came", "unknown-choice");
    }
    if input.projects.iter().any(|number| runs.binary_search(number).is_err()) {
        shape.error("projects", "unknown-choice");
    }
    shape.number("others", i64::from(input.others), 0..=i64::from(MAX_OTHERS));
    if input.came.is_empty() && input.projects.is_empty() && input.others == 0 {
        shape.error("came", "required");
    }
    let came = shape.finish(found.unwrap_or_default())?;
    let mut projects: Vec<u32> = came.iter().map(|one| one.number).filter(|number| *number > 0).collect();
    projects.extend(&input.projects);
    projects.sort_unstable();
    projects.dedup();
    Ok((came, projects))
}
