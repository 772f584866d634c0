//! What the records say of a project on a day: gathered, kept as it was, and known by its digest.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Fen};
use matters::duty;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Case, Evidence, Known, MonthDone};
use crate::proposal;

/// What the records say. Nobody types any of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The project's number.
    pub number: u32,
    /// What it may cost.
    pub cost: Fen,
    /// The day it was begun, `YYYY-MM-DD`.
    pub begun: String,
    /// The day on which this was gathered, `YYYY-MM-DD`.
    pub gathered: String,
    /// The plan by month, as the proposal says it; may be empty.
    pub plan: String,
    /// What other records say.
    pub known: Known,
    /// The same month by month.
    pub months: Vec<MonthDone>,
    /// Duties of the project's matter that are open.
    pub duties_open: u32,
    /// Of these, late ones.
    pub duties_late: u32,
}

/// Gathers it.
///
/// # Errors
/// Database faults.
pub fn gather(s: &mut Snapshot<'_>, evidence: &dyn Evidence, case: &Case, today: &Day) -> Result<Pack, Fault> {
    let (season, number) = (&case.season.id, case.run.number);
    let known = evidence.known(s, season, &[number])?.remove(&number).unwrap_or_default();
    let months = evidence.by_month(s, season, number)?;
    let plan = match &case.applied {
        Some(applied) => {
            let mut typed = proposal::queries::proposal(s, season, &applied.id)?.typed;
            typed.answers.remove("months").unwrap_or_default()
        }
        None => String::new(),
    };
    let duties = match &case.run.matter {
        Some(matter) => duty::queries::of_matter(s, matter)?,
        None => Vec::new(),
    };
    let open = duties.iter().filter(|named| named.duty.state.is_open());
    let late = |named: &&duty::queries::Named| named.duty.deadline.as_ref().is_some_and(|due| due.day < *today);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Pack {
        number,
        cost: case.project.cost,
        begun: case.run.begun_day.to_string(),
        gathered: today.to_string(),
        plan,
        known,
        months,
        duties_open: count(open.clone().count()),
        duties_late: count(open.filter(late).count()),
    })
}

/// The pack as it is kept, and SHA-256 of that text.
///
/// # Errors
/// [`DbError`] where it cannot be written.
pub fn sealed(pack: &Pack) -> Result<(String, [u8; 32]), DbError> {
    let text = serde_json::to_string(pack).map_err(|e| DbError::Data(format!("pack: {e}")))?;
    let digest = Sha256::digest(text.as_bytes()).into();
    Ok((text, digest))
}

/// Reads a kept pack.
///
/// # Errors
/// [`DbError`] where it is none.
pub fn opened(text: &str) -> Result<Pack, DbError> {
    serde_json::from_str(text).map_err(|e| DbError::Data(format!("pack: {e}")))
}
