//! Computing a poll's verdict again from its terms and ballots.

use db::{Db, DbError, Fault};
use matters::verdict::{
    Verdict,
    recompute::{self, Computed, Method, Openness, Sink, Told, members, subject_id},
};

use crate::{
    PollKind, Weighed,
    commands::publish::{VALID, each_ballot, parameters, rule_of, terms, told, told_before},
    count::{Count, Terms},
    templates::RULE_SET,
};

/// How polls are computed again, a method for each kind of verdict.
pub const METHODS: &[Method] = &[of("poll-motion"), of("poll-ranked"), of("poll-dots"), of("poll-survey")];

/// The inputs are terms and ballots, which everybody may have once a poll is closed: a ballot has no voter in them, and of a
/// survey only the commitment to its answers.
const fn of(kind: &'static str) -> Method {
    Method {
        kind,
        knows: |set| set == RULE_SET,
        openness: Openness::Open,
        in_log: false,
        gather,
        own: None,
        begin: || Box::<Counting>::default(),
    }
}

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let (poll, terms) = terms(db, &subject_id(verdict)?)?;
    let line = serde_json::to_string(&terms).map_err(|e| DbError::Data(e.to_string()))?;
    sink(&format!("{line}\n"))?;
    each_ballot(db, &poll.id, |id, kept| {
        let ballot = Weighed::parse(poll.kind, kept);
        let ballot = ballot.ok_or_else(|| DbError::Data(format!("ballot {id} cannot be read")))?;
        sink(&format!("{id} {}\n", ballot.told(kept)))
    })?;
    Ok(())
}

/// The lines of a poll.
#[derive(Default)]
struct Counting(Option<(Terms, Count)>);

impl recompute::Count for Counting {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let Some((terms, count)) = &mut self.0 else {
            let terms: Terms = serde_json::from_str(line).map_err(|e| e.to_string())?;
            let count = Count::new(&terms, None)?;
            self.0 = Some((terms, count));
            return Ok(());
        };
        let (id, text) = line.split_once(' ').ok_or("a ballot has no text")?;
        if terms.kind == PollKind::Survey {
            count.told(id, text);
            return Ok(());
        }
        count.ballot(id, text)
    }

    /// Of a survey it is the number of ballots that is computed, for its answers are private.
    /// A verdict of an earlier program is compared with what that told.
    fn end(self: Box<Self>, recorded: &Told) -> Result<Computed, String> {
        let (terms, count) = self.0.ok_or("the terms are missing")?;
        let counted = count.finish()?;
        let tells = if recorded.outcome.get(VALID).is_some() { told } else { told_before };
        Ok(Computed {
            rule: Some(rule_of(&terms).to_owned()),
            parameters: members(parameters(&terms)),
            outcome: members(tells(&terms, &counted)),
            passed: counted.outcome.passed(),
        })
    }
}
