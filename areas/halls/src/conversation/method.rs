//! Computing a map's verdict again from its statements and votes.

use std::collections::BTreeMap;

use db::{Db, Fault};
use matters::verdict::{
    Verdict,
    recompute::{self, Computed, Method, Openness, Sink, Told, members, subject_id},
};
use serde::Deserialize;

use super::{
    Votes,
    map::{computed, drawn, gather},
    publish::{KIND, RULE, RULE_SET, lines, outcome, parameters},
};

/// How the verdicts of conversations are computed again. Their inputs are open: what accepted statements say, and votes by
/// numbers that name nobody.
pub const METHOD: Method = Method {
    kind: KIND,
    knows: |set| set == RULE_SET,
    openness: Openness::Open,
    in_log: false,
    gather: gathered,
    own: None,
    begin: || Box::<Counting>::default(),
};

fn gathered(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id = subject_id(verdict)?;
    Ok(lines(&gather(db, &id)?, sink)?)
}

#[derive(Debug, Clone, Deserialize)]
struct Terms {
    rule_set: String,
    seed: u32,
}

/// The lines of a conversation.
#[derive(Default)]
struct Counting {
    terms: Option<Terms>,
    statements: Vec<(u32, bool)>,
    people: Vec<(u32, Votes)>,
}

impl recompute::Count for Counting {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.terms.is_none() {
            let terms: Terms = serde_json::from_str(line).map_err(|e| e.to_string())?;
            if terms.rule_set != RULE_SET {
                return Err(format!("rule set {}", terms.rule_set));
            }
            self.terms = Some(terms);
            return Ok(());
        }
        let mut cells = line.splitn(3, ' ');
        let (kind, number, rest) = (cells.next(), cells.next(), cells.next().unwrap_or_default());
        let number = number.and_then(|n| n.parse().ok()).ok_or("a line has no number")?;
        match kind {
            Some("s") => match rest.split(' ').next() {
                Some(moderation @ ("1" | "-1")) => self.statements.push((number, moderation == "1")),
                _ => return Err(format!("statement {number} is neither counted nor taken down")),
            },
            Some("p") => {
                let votes = Votes::parse(rest).ok_or_else(|| format!("votes of participant {number}"))?;
                self.people.push((number, votes));
            }
            _ => return Err("neither a statement nor a participant".into()),
        }
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let terms = self.terms.ok_or("the seed is missing")?;
        let map = computed(&self.statements, &self.people, terms.seed, &BTreeMap::new()).map_err(|e| e.to_string())?;
        Ok(Computed {
            rule: Some(RULE.to_owned()),
            parameters: members(parameters(terms.seed)),
            outcome: members(outcome(&drawn(&map))),
            passed: None,
        })
    }
}
