//! The answers of a survey for auditors: what was chosen on each ballot and a digest in the place of what was written, so that
//! they open each commitment of the log and compute the totals again.
//!
//! The first line has the questions as JSON; then `ID SALT ANSWERS` of each ballot in the order of ids, answers as JSON.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use ledger::tree::Hash;

use super::{Adding, Answers, Question, Totals};
use crate::{Choice, PollId, PollKind, Weighed, choice::commitment, commands::publish::each_ballot, queries};

/// Hands the lines on, without their line feeds; answers with their number. Nothing of a poll that is no survey, and nothing
/// where a ballot was cast under an earlier program, whose commitment is over what was written.
///
/// # Errors
/// Refusal `poll-not-found`; database faults; those of `line`.
pub fn lines(db: &Db, id: &PollId, mut line: impl FnMut(&str) -> Result<(), String>) -> Result<u64, Fault> {
    let key = id.clone();
    let poll = db.read_wait(move |s| queries::poll(s, &key))?;
    if poll.kind != PollKind::Survey {
        return Ok(0);
    }
    let survey = |kept: &str| match Weighed::parse(PollKind::Survey, kept)?.choice {
        Choice::Survey(salted) => Some(salted),
        _ => None,
    };
    let mut opens = true;
    each_ballot(db, id, |_, kept| {
        opens &= survey(kept).is_none_or(|salted| !salted.written_salt.is_empty());
        Ok(())
    })?;
    if !opens {
        return Ok(0);
    }
    let questions = serde_json::to_string(&poll.definition.questions).map_err(|e| DbError::Data(e.to_string()))?;
    line(&questions).map_err(DbError::Data)?;
    let mut n = 1;
    each_ballot(db, id, |ballot, kept| {
        let Some(salted) = survey(kept) else { return Ok(()) };
        n += 1;
        line(&format!("{ballot} {} {}", salted.salt, salted.told())).map_err(DbError::Data)
    })?;
    Ok(n)
}

/// Reads the lines against the commitments of the log.
#[derive(Debug, Default)]
pub(crate) struct Opening {
    /// Commitments by the ids of their ballots, until they are opened.
    commits: BTreeMap<String, String>,
    adding: Option<Adding>,
}

impl Opening {
    /// Notes what the log has of a ballot.
    pub fn ballot(&mut self, id: &str, commit: &str) {
        self.commits.insert(id.to_owned(), commit.to_owned());
    }

    /// Takes the next line.
    ///
    /// # Errors
    /// A sentence where it opens nothing.
    pub fn line(&mut self, line: &str) -> Result<(), String> {
        let Some(adding) = &mut self.adding else {
            let questions: Vec<Question> = serde_json::from_str(line).map_err(|e| format!("its questions: {e}"))?;
            if questions.len() > super::MAX_QUESTIONS {
                return Err("it has too many questions".into());
            }
            self.adding = Some(Adding::new(&questions));
            return Ok(());
        };
        let [id, salt, told] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err("it has other parts".into());
        };
        let commit = self.commits.remove(id).ok_or("the log has no ballot of this id, or it came before")?;
        let salt = Hash::from_hex(salt).ok_or("its salt is no salt")?.to_string();
        if commitment(&salt, told).to_string() != commit {
            return Err("it does not open the commitment of the log".into());
        }
        let answers: Answers = serde_json::from_str(told).map_err(|e| format!("its answers: {e}"))?;
        adding.add(&answers);
        Ok(())
    }

    /// The totals, once every ballot of the log was opened; nothing where there was no line.
    ///
    /// # Errors
    /// A sentence where ballots are missing.
    pub fn totals(&self) -> Result<Option<Totals>, String> {
        match &self.adding {
            None => Ok(None),
            Some(_) if !self.commits.is_empty() => {
                Err(format!("{} ballots of the log are not opened", self.commits.len()))
            }
            Some(adding) => Ok(Some(adding.finish())),
        }
    }
}
