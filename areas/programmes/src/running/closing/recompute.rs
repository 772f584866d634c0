//! Looking again whether the records that a closing was accepted on are those that are kept.

use db::{Db, Fault};
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};
use serde::Deserialize;
use serde_json::json;

use super::decide::{RULE, RULE_SET};
use crate::{
    SeasonId,
    running::{midterm::recompute::number, pack::Pack, store, subject},
};

/// How it is done. The inputs are the pack of records as it was when the report was handed in; the plan in it is in the
/// team's own words, so that it stays where it is. Acceptance itself is a person's judgement: what follows from the
/// records is which project it was, and that nothing in them was changed since.
pub const METHOD: Method = Method {
    kind: "closing",
    knows: |set| set == RULE_SET,
    openness: Openness::Kept,
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Kept>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let number = number(verdict).ok_or_else(gone)?;
    let closed = db.read_wait(move |s| store::closing(s, (&id, number)))?;
    sink(&closed.ok_or_else(gone)?.pack)?;
    Ok(())
}

/// The one line of a pack.
#[derive(Default)]
struct Kept(String);

impl Count for Kept {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if !self.0.is_empty() {
            return Err("there is a second line".into());
        }
        line.clone_into(&mut self.0);
        Ok(())
    }

    fn end(self: Box<Self>, told: &Told) -> Result<Computed, String> {
        let mut read = serde_json::Deserializer::from_str(&self.0);
        let pack = Pack::deserialize(&mut read).map_err(|e| format!("it is no pack of records: {e}"))?;
        let season: SeasonId = told.subject.parse().map_err(|_| "it is about no season".to_owned())?;
        Ok(Computed {
            rule: Some(RULE.into()),
            outcome: members(json!({ "project": subject(&season, pack.number) })),
            ..Computed::default()
        })
    }
}
