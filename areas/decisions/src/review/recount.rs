//! Counting closed reviews again from the sheets that the database keeps, and comparing with all that was told of them:
//! the lines and minutes on the pages, the register of verdicts, the log.
//!
//! A public export holds no sheets, so this is done where the installation is. Sheets are public under letters on the
//! pages and in the API of a closed review, so that anybody can do the same with [`tally::panel`].

use db::{Db, DbError, Fault as Failed, Snapshot};
use kernel::{Kind, PersonId, Refusal};
use ledger::{entry::Leaf, read};
use matters::verdict;
use programmes::{SeasonId, season};
use serde::Deserialize;
use tally::panel::{PanelLine, Standing, leave_one_out, rank};

use super::{
    RULE_SET, State,
    close::ranking,
    count::{Facts, inputs, panel_of},
    store,
};
use crate::recompute::Fault;

/// A review that was counted again and came out the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recounted {
    /// Of which season.
    pub season: SeasonId,
    /// Sheets counted.
    pub n_sheets: usize,
    /// Projects ranked.
    pub n_ranked: usize,
    /// Projects proposed.
    pub n_proposed: usize,
}

/// What the log tells of a closed review.
#[derive(Deserialize)]
struct Told {
    rule_set: String,
    inputs: String,
    sheets: usize,
    ranks: Vec<u32>,
    points: Vec<String>,
}

struct Stored {
    facts: Facts,
    lines: Vec<PanelLine>,
    registered: Option<String>,
    told: Option<Told>,
}

/// Counts every closed review of a database again: what came out the same, and everything that does not hold.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn recount(db: &Db) -> Result<(Vec<Recounted>, Vec<Fault>), DbError> {
    let (mut confirmed, mut faults, mut after) = (Vec::new(), Vec::new(), String::new());
    loop {
        let from = after.clone();
        let page = db.read_wait(move |s| store::closed(s, &from))?;
        let Some(last) = page.last() else { return Ok((confirmed, faults)) };
        after = last.to_string();
        for id in page {
            match one(db, &id)? {
                Ok(same) => confirmed.push(same),
                Err(what) => faults.push(Fault { season: id.to_string(), what }),
            }
        }
    }
}

fn one(db: &Db, id: &SeasonId) -> Result<Result<Recounted, String>, DbError> {
    let key = id.clone();
    let stored = match db.read_wait(move |s| stored(s, &key)) {
        Ok(stored) => stored,
        Err(Failed::Refused(refusal)) => return Ok(Err(format!("its review cannot be read: {}", refusal.code))),
        // what somebody wrote into a row may be no review at all
        Err(Failed::Db(DbError::Data(what))) => return Ok(Err(format!("its review cannot be read: {what}"))),
        Err(Failed::Db(error)) => return Err(error),
    };
    Ok(compared(id, &stored))
}

fn stored(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Stored, Failed> {
    let season = season::queries::season(s, id)?;
    let review = store::review(s, id)?.filter(|review| review.state == State::Closed);
    let review = review.ok_or_else(|| Refusal::new(Kind::Conflict, "review-not-closed"))?;
    let lines = store::lines(s, id, 0, i64::from(programmes::MAX_PROJECTS))?;
    // verdicts on the season's projects are about it too, and come later
    let registered = verdict::queries::latest(s, id.home(), (id.as_str(), "season-review"))?;
    let told = told(s, id)?;
    let wants_supporters = review.minutes.supporters;
    Ok(Stored {
        facts: Facts::read(s, season, review, wants_supporters)?,
        lines: lines.into_iter().map(|line| line.line).collect(),
        registered: registered.map(|record| record.inputs.to_string()),
        told,
    })
}

/// The entry of the close, looked for from the end of the log.
fn told(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Option<Told>, DbError> {
    let mut before = u64::MAX;
    loop {
        let page = read::about(s, id.as_str(), before, read::MAX_PAGE)?;
        let Some(last) = page.last() else { return Ok(None) };
        before = last.seq;
        if let Some(entry) = page.iter().find(|entry| entry.kind == "review.closed") {
            let leaf: Result<Leaf<Told>, _> = serde_json::from_slice(&entry.leaf);
            return leaf.map(|leaf| Some(leaf.public)).map_err(|e| DbError::Data(format!("entry {}: {e}", entry.seq)));
        }
    }
}

fn compared(id: &SeasonId, stored: &Stored) -> Result<Recounted, String> {
    let Stored { facts, lines, registered, told } = stored;
    let (review, minutes) = (&facts.review, &facts.review.minutes);
    let sat = facts.reviewers.iter().filter(|reviewer| reviewer.letter > 0);
    let letters: Vec<(PersonId, u32)> = sat.map(|reviewer| (reviewer.person.clone(), reviewer.letter)).collect();
    let (panel, keys) = panel_of(facts, &letters).map_err(|refusal| format!("its template: {}", refusal.code))?;
    let counted = rank(&panel).map_err(|e| format!("its sheets cannot be counted: {e}"))?;
    let left_out = leave_one_out(&panel).map_err(|e| format!("its sheets cannot be counted: {e}"))?;
    let digest = inputs(&panel, &keys).to_string();
    let (ranks, points) = ranking(&counted);
    let told = told.as_ref().ok_or("the log does not tell of its close")?;
    let n_sheets = panel.sheets.len();
    let checks = [
        (review.rule_set == RULE_SET && told.rule_set == RULE_SET, "its rule set is not the one of this program"),
        (facts.sheets.len() == n_sheets, "it has a sheet of somebody without a letter"),
        (review.inputs == digest, "the digest of the inputs differs"),
        (registered.as_ref() == Some(&digest), "the register has another digest, or none"),
        (told.inputs == digest, "the digest in the log differs"),
        (usize::try_from(minutes.sheets) == Ok(n_sheets) && told.sheets == n_sheets, "the number of sheets differs"),
        (told.ranks == ranks && told.points == points, "the ranking in the log differs"),
        (*lines == counted, "the ranking on the pages differs"),
        (minutes.left_out == left_out, "what would change without one reviewer differs"),
    ];
    match checks.iter().find(|(holds, _)| !holds) {
        Some((_, what)) => Err(format!("its review does not hold: {what}")),
        None => Ok(Recounted {
            season: id.clone(),
            n_sheets,
            n_ranked: counted.iter().filter(|line| line.rank.is_some()).count(),
            n_proposed: counted.iter().filter(|line| line.standing == Standing::Proposed).count(),
        }),
    }
}
