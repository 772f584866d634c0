//! Take in the official result of a city's own system.

use std::collections::HashMap;

use consent::{Channel, Choice, Fault as Wrong};
use db::{Fault, Snapshot, Tx};
use kernel::{Arg, Context, Day, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Door, admitted, paper::hold, store};
use crate::{
    register::{
        MAX_UNITS,
        sheet::{RowFault, fault, n_rows},
    },
    round::{Later, Round, RoundId, meanwhile},
};

/// A line of an official result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line of the file.
    pub line: u64,
    /// The unit.
    pub unit: String,
    /// What it said.
    pub choice: Choice,
}

/// Where an official result comes from, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
#[schema(as = OwnersResultSource)]
pub struct From {
    /// Who published it: 1 to 80 characters.
    pub source: String,
    /// The day of that, `YYYY-MM-DD`, not after today.
    pub published: String,
    /// The number or the address of the document, at most 200 characters; may be empty.
    pub document: String,
}

/// An official result that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// Who published it.
    pub source: String,
    /// The day of that.
    pub published: Day,
    /// The number or the address of the document; may be empty.
    pub document: String,
    /// Units whose first ballot it was.
    pub n_new: u32,
    /// Units whose ballot it took the place of.
    pub n_replaced: u32,
    /// Units that had voted by another way, whose ballot stayed.
    pub n_refused: u32,
    /// The day on which it was taken in.
    pub day: Day,
}

/// What an import does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Units whose first ballot it is.
    pub new: usize,
    /// Units whose ballot it takes the place of.
    pub replaced: usize,
    /// Units that said the same before by an import.
    pub same: usize,
    /// Units that have voted by another way, where a later ballot is refused: what stands, stands.
    pub refused: Vec<String>,
}

/// Reads a file with the columns `unit,choice,channel`, each with the channel `import`.
///
/// # Errors
/// Refusal `result-has-faults` whose fields name each wrong line; `register-too-large`, `too-many-rows`.
pub fn look(bytes: &[u8]) -> Result<Vec<Line>, (Refusal, Vec<RowFault>)> {
    let whole = |refusal| (refusal, Vec::new());
    if bytes.len() > crate::register::sheet::MAX_BYTES {
        let limit = i64::try_from(crate::register::sheet::MAX_BYTES >> 10).unwrap_or(0);
        return Err(whole(Refusal::new(Kind::Invalid, "register-too-large").with_int("kilobytes", limit)));
    }
    let consent::CheckedBallots { ballots, faults: wrong } = consent::check_ballots(bytes).map_err(|error| {
        let line = i64::try_from(error.line).unwrap_or(0);
        whole(Refusal::new(Kind::Invalid, code(&error.fault)).with_int("line", line))
    })?;
    let mut faults: Vec<RowFault> = wrong.iter().map(fault).collect();
    if ballots.len() + n_rows(&faults) > MAX_UNITS {
        let limit = i64::try_from(MAX_UNITS).unwrap_or(0);
        return Err(whole(Refusal::new(Kind::LimitReached, "too-many-rows").with_int("limit", limit)));
    }
    let (mut lines, mut seen) = (Vec::new(), HashMap::new());
    for cast in ballots {
        let told = |code, text: &str| FieldError { field: "unit", code, args: vec![("text", Arg::Text(text.into()))] };
        if cast.channel != Channel::Import {
            faults.push(RowFault { line: cast.line, why: told("not-an-import", &cast.unit) });
        } else if let Some(before) = seen.insert(cast.unit.clone(), cast.choice) {
            if before != cast.choice {
                faults.push(RowFault { line: cast.line, why: told("result-contradicts", &cast.unit) });
            }
        } else {
            lines.push(Line { line: cast.line, unit: cast.unit, choice: cast.choice });
        }
    }
    faults.sort_by_key(|fault| fault.line);
    match n_rows(&faults) {
        0 => Ok(lines),
        n => Err((refusal(n), faults)),
    }
}

fn refusal(n: usize) -> Refusal {
    Refusal::new(Kind::Invalid, "result-has-faults").with_int("n", i64::try_from(n).unwrap_or(i64::MAX))
}

fn code(fault: &Wrong) -> &'static str {
    match fault {
        Wrong::NotUtf8 => "register-not-utf8",
        Wrong::NoColumn { .. } | Wrong::NoHeading(_) => "result-no-column",
        _ => "register-not-readable",
    }
}

/// What is taken, the doors that it changes, and the rows that it cannot be taken from.
type Matched = (Taken, Vec<(Door, Choice)>, Vec<RowFault>);

/// What the doors of a round and the lines of a result make together.
fn matched(s: &mut Snapshot<'_>, round: &Round, lines: &[Line]) -> Result<Matched, Fault> {
    let doors: HashMap<String, Door> =
        store::doors(s, &round.id)?.into_iter().map(|door| (door.unit.clone(), door)).collect();
    let standing: HashMap<String, (Choice, Channel)> =
        store::standing(s, &round.id)?.into_iter().map(|cast| (cast.unit, (cast.choice, cast.channel))).collect();
    let (mut taken, mut rows, mut faults) = (Taken::default(), Vec::new(), Vec::new());
    for line in lines {
        let Some(door) = doors.get(&line.unit) else {
            let why = FieldError {
                field: "unit",
                code: "unit-not-asked",
                args: vec![("text", Arg::Text(line.unit.clone()))],
            };
            faults.push(RowFault { line: line.line, why });
            continue;
        };
        match standing.get(&line.unit) {
            None => taken.new += 1,
            Some(before) if *before == (line.choice, Channel::Import) => {
                taken.same += 1;
                continue;
            }
            Some(_) if round.later == Later::Refuse => {
                taken.refused.push(line.unit.clone());
                continue;
            }
            Some(_) => taken.replaced += 1,
        }
        rows.push((door.clone(), line.choice));
    }
    Ok((taken, rows, faults))
}

/// What taking the lines in would do; every line that names no unit of the round is told.
///
/// # Errors
/// Database faults.
pub fn preview(s: &mut Snapshot<'_>, round: &Round, lines: &[Line]) -> Result<(Taken, Vec<RowFault>), Fault> {
    let (taken, _, faults) = matched(s, round, lines)?;
    Ok((taken, faults))
}

/// Takes all lines in, or none where one names no unit of the round. The same file again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `result-has-faults`, `round-not-found`, `round-wrong-state`, `channel-not-admitted`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, (lines, from): (&[Line], &From)) -> Result<Taken, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    admitted(&round, cx, Channel::Import)?;
    let official = shaped(from, &cx.day)?;
    let (taken, rows, faults) = matched(tx, &round, lines)?;
    if !faults.is_empty() {
        return Err(refusal(n_rows(&faults)).into());
    }
    if rows.is_empty() {
        return Ok(taken);
    }
    store::import(tx, &permit, id, (&rows, &cx.day, cx.actor.person()))?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let official = Official {
        n_new: count(taken.new),
        n_replaced: count(taken.replaced),
        n_refused: count(taken.refused.len()),
        ..official
    };
    store::keep_official(tx, &permit, id, (&official, cx.actor.person()))?;
    store::touch(tx, &permit, id)?.then_some(()).ok_or_else(meanwhile)?;
    let told = json!({
        "round": id, "new": taken.new, "replaced": taken.replaced, "refused": taken.refused.len(),
        "published": official.published.as_str(),
    });
    let words = json!({ "source": official.source, "document": official.document, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "ballots.imported", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(taken)
}

fn shaped(from: &From, today: &Day) -> Result<Official, Refusal> {
    let mut shape = Shape::new();
    let source = shape.line("source", &from.source, 80);
    let document = shape.optional_line("document", &from.document, 200);
    let published = Day::parse(from.published.trim());
    match &published {
        None if from.published.trim().is_empty() => shape.error("published", "required"),
        None => shape.error("published", "not-a-date"),
        Some(day) if day > today => shape.error("published", "day-in-future"),
        Some(_) => {}
    }
    let (published, day) = (published.unwrap_or_else(|| today.clone()), today.clone());
    shape.finish(Official { source, published, document, n_new: 0, n_replaced: 0, n_refused: 0, day })
}
