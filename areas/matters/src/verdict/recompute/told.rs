//! What was recorded of a verdict, as the register and the log both tell it.

use db::{Db, DbError};
use ledger::{entry::Leaf, read};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::verdict::Verdict;

/// The kind of the entry that tells of a verdict.
const RECORDED: &str = "verdict.recorded";

/// What was recorded of a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its id.
    pub verdict: String,
    /// Its kind.
    pub kind: String,
    /// The id of the record it is about.
    #[serde(default)]
    pub subject: String,
    /// The rule.
    pub rule: String,
    /// The dated rule set.
    pub rule_set: String,
    /// What the rule was set to.
    pub parameters: Value,
    /// SHA-256 of the inputs, hexadecimal.
    pub inputs: String,
    /// What came out.
    pub outcome: Value,
    /// Yes or no, where the rule gives one.
    pub passed: Option<bool>,
}

impl From<&Verdict> for Told {
    fn from(verdict: &Verdict) -> Told {
        Told {
            verdict: verdict.id.to_string(),
            kind: verdict.kind.clone(),
            subject: verdict.subject.clone(),
            rule: verdict.rule.clone(),
            rule_set: verdict.rule_set.clone(),
            parameters: verdict.parameters.clone(),
            inputs: verdict.inputs.to_string(),
            outcome: verdict.outcome.clone(),
            passed: verdict.passed,
        }
    }
}

impl Told {
    /// What an entry of the log tells of a verdict; none for an entry of another kind.
    ///
    /// # Errors
    /// What cannot be read, in a sentence.
    pub fn of_entry(leaf: &Leaf<Value>) -> Result<Option<Told>, String> {
        if leaf.kind != RECORDED {
            return Ok(None);
        }
        let told: Result<Told, _> = Told::deserialize(&leaf.public);
        let told = told.map_err(|e| format!("what it tells of a verdict cannot be read: {e}"))?;
        Ok(Some(Told { subject: leaf.subject.clone().unwrap_or_default(), ..told }))
    }

    /// A member of the outcome as a text.
    #[must_use]
    pub fn outcome_text(&self, name: &str) -> &str {
        self.outcome.get(name).and_then(Value::as_str).unwrap_or("")
    }
}

/// What the log tells of a verdict, once its entry has a place there.
pub(super) fn logged(db: &Db, verdict: &Verdict) -> Result<Option<Told>, DbError> {
    let id = verdict.entry.clone();
    let Some(entry) = db.read_wait(move |s| read::find(s, &id))? else { return Ok(None) };
    let leaf: Leaf<Value> = serde_json::from_slice(&entry.leaf).map_err(|e| DbError::Data(e.to_string()))?;
    Told::of_entry(&leaf).map_err(DbError::Data)
}
