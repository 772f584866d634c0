//! Draft the agreement of an approved project, from its proposal and the template.

use db::{Fault, Tx};
use kernel::{Context, Fen, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::{
    Project, SeasonId,
    project::queries as projects,
    proposal::{budget::Purse, queries as proposals, read::read},
    running,
    template::Pays,
};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{Agreement, Line, State, Tranche, TrancheState, store};
use crate::{
    book::rules::parts,
    case::{Case, Party, expect_alive},
    typed,
};

/// What the office says of an agreement; everything else comes from the proposal and the template.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DraftAgreement {
    /// The first day whose vouchers count, `YYYY-MM-DD`.
    pub from: String,
    /// The last one, two years later at most.
    pub until: String,
    /// The id of the person on the other side, for a project that came from no proposal; else empty.
    pub person: String,
    /// The id of the organisation on the other side, for a project that came from no proposal; else empty.
    pub org: String,
}

/// Drafts it. A draft that is there already is answered as it is.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `season-without-funds`, `wrong-stage`, `project-not-found`,
/// `project-not-approved`, `agreement-signed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn draft(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    input: &DraftAgreement,
) -> Result<Agreement, Fault> {
    let (case, permit) = Case::office(tx, cx, season)?;
    if let Some(there) = store::agreement(tx, season, project)? {
        let known = there.state == State::Draft;
        return if known { Ok(there) } else { Err(Refusal::new(Kind::Conflict, "agreement-signed").into()) };
    }
    let Project { name, cost: total, .. } = projects::project(tx, season, project)?;
    match running::queries::run(tx, season, project) {
        Err(Fault::Refused(_)) => return Err(Refusal::new(Kind::Conflict, "project-not-approved").into()),
        other => other?,
    };
    expect_alive(tx, season, project)?;
    let (party, lines) = asked(tx, &case, (project, &name, total))?;
    let mut shape = Shape::new();
    let from = typed::day(&mut shape, "from", &input.from, &cx.day);
    let until = typed::day(&mut shape, "until", &input.until, &cx.day);
    let (year, month, day) = from.parts();
    // as tuples, so that a term from 29 February ends with February two years on
    if until < from || until.parts() > (year + 2, month, day) {
        shape.error("until", "money-term");
    }
    let (from, until) = shape.finish((from, until))?;
    let party = match party {
        Some(party) => party,
        None => named(tx, input)?,
    };
    let agreement = Agreement {
        project,
        state: State::Draft,
        total,
        from,
        until,
        party,
        office: None,
        team: None,
        n_vouchers: 0,
        reason: String::new(),
        ended: None,
        duty: None,
    };
    if !store::insert(tx, &permit, season, &agreement, &cx.day)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let amounts = plan(tx, &permit, (&case, &agreement), &lines)?;
    let told = json!({
        "project": project, "total": total, "from": agreement.from.as_str(), "until": agreement.until.as_str(),
        "lines": lines.len(), "tranches": amounts,
    });
    let words = json!({ "person": agreement.party.person, "org": agreement.party.org });
    let entry = Draft { kind: "agreement.drafted", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(agreement)
}

/// Writes the lines down, and the tranches by the template's shares; answers with what each tranche is.
fn plan(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (case, agreement): (&Case, &Agreement),
    lines: &[Line],
) -> Result<Vec<Fen>, Fault> {
    let of = (&case.season.id, agreement.project);
    for line in lines {
        store::insert_line(tx, permit, of, line)?;
    }
    let shares: Vec<u32> = case.funds.tranches.iter().map(|part| part.share).collect();
    let amounts = parts(agreement.total, &shares);
    for ((number, amount), part) in (1..).zip(&amounts).zip(&case.funds.tranches) {
        let (amount, condition, state) = (*amount, part.when, TrancheState::Planned);
        let new = Tranche { number, amount, condition, state, proposed_by: None, released_by: None, released: None };
        store::insert_tranche(tx, permit, of, &new)?;
    }
    Ok(amounts)
}

/// The other side and the budget lines: those of the proposal that the grant pays; without a proposal one line of all.
fn asked(
    tx: &mut Tx<'_>,
    case: &Case,
    (project, name, total): (u32, &str, Fen),
) -> Result<(Option<Party>, Vec<Line>), Fault> {
    let season = &case.season.id;
    let line = |number, kind: String, what: String, planned| Line {
        number,
        kind,
        what,
        planned,
        spent: Fen(0),
        waiting: Fen(0),
    };
    let whole = || {
        let kinds = &case.template.budget.lines;
        let kind = kinds.iter().rfind(|kind| kind.pays == Pays::Use).map_or("other", |kind| kind.key.as_str());
        vec![line(1, kind.to_owned(), name.chars().take(100).collect(), total)]
    };
    let Some(applied) = proposals::of_project(tx, season, project)? else { return Ok((None, whole())) };
    let party = Party { person: Some(applied.author.clone()), org: applied.org.clone() };
    let typed = proposals::proposal(tx, season, &applied.id)?.typed;
    let granted = read(&typed, &case.template).lines.into_iter().filter(|line| line.purse == Purse::Grant);
    let lines: Vec<Line> = (1..)
        .zip(granted)
        .map(|(number, of)| {
            let what = typed.lines.get(of.row.saturating_sub(1)).map_or("", |line| line.what.as_str());
            line(number, of.kind.clone(), what.to_owned(), of.amount())
        })
        .collect();
    // a list that was changed after the check would give another sum: then the whole is one line
    let sum: i64 = lines.iter().map(|line| line.planned.0).sum();
    Ok((Some(party), if sum == total.0 { lines } else { whole() }))
}

/// The side that the office names.
fn named(tx: &mut Tx<'_>, input: &DraftAgreement) -> Result<Party, Fault> {
    let wrong = |field, code| Fault::from(Refusal::invalid(vec![FieldError::new(field, code)]));
    match (input.person.trim(), input.org.trim()) {
        ("", "") => Err(wrong("person", "required")),
        ("", org) => {
            let org = org.parse().map_err(|_| wrong("org", "unknown-choice"))?;
            people::org::queries::org(tx, &org)?;
            Ok(Party { person: None, org: Some(org) })
        }
        (person, "") => {
            let person = person.parse().map_err(|_| wrong("person", "unknown-choice"))?;
            if people::account::queries::place_of(tx, &person)?.is_none() {
                return Err(wrong("person", "unknown-choice"));
            }
            Ok(Party { person: Some(person), org: None })
        }
        _ => Err(wrong("org", "money-one-side")),
    }
}
