//! Computing a round's verdict again from its roll and ballots.

use consent::{Question, Rules};
use db::{Db, Fault};
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};

use super::{
    count::{BALLOTS_HEAD, Facts, INPUTS, parameters, told},
    queries,
};

/// How it is done. The inputs are the text of [`Facts::inputs`], with the rules in it, so that any rule set can be
/// computed. They say what was cast for which door; owners are signs in them.
pub const METHOD: Method = Method {
    kind: "consent",
    knows: |_| true,
    openness: Openness::Sealed,
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Counting>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id = subject_id(verdict)?;
    let inputs = db.read_wait(move |s| {
        let round = queries::round(s, &id)?;
        let closed = round.days.closed.clone().ok_or_else(gone)?;
        Ok::<_, Fault>(Facts::read(s, &round, &closed)?.inputs()?)
    })?;
    inputs.split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a round: what is asked, the rules, the roll, the ballots.
#[derive(Default)]
struct Counting {
    head: Vec<String>,
    roll: String,
    ballots: Option<String>,
}

/// Lines before the roll: the form of the text, item, day, buildings, rules.
const HEAD: usize = 5;

impl Count for Counting {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.head.len() < HEAD {
            if self.head.is_empty() && line != INPUTS {
                return Err(format!("it does not begin with {INPUTS}"));
            }
            self.head.push(line.to_owned());
            return Ok(());
        }
        if self.ballots.is_none() && line == BALLOTS_HEAD.join(",") {
            self.ballots = Some(String::new());
        }
        let text = self.ballots.as_mut().unwrap_or(&mut self.roll);
        text.push_str(line);
        text.push('\n');
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let Counting { head, roll, ballots: Some(ballots) } = *self else {
            return Err("the ballots are missing".into());
        };
        let [_, item, on, buildings, rules] = <[String; HEAD]>::try_from(head).map_err(|_| "lines are missing")?;
        let rules: Rules = serde_json::from_str(&rules).map_err(|e| format!("rules: {e}"))?;
        let question = Question {
            item: item.parse().map_err(|e: consent::rules::UnknownItem| e.to_string())?,
            on: on.parse().map_err(|e: consent::NotADay| e.to_string())?,
            buildings: (!buildings.is_empty()).then(|| buildings.split(',').map(str::to_owned).collect()),
        };
        let roll = consent::read_roll(roll.as_bytes()).map_err(|e| format!("roll: {e}"))?;
        let ballots = consent::read_ballots(ballots.as_bytes()).map_err(|e| format!("ballots: {e}"))?;
        let report = consent::count(&roll, &ballots, &rules, &question).map_err(|e| e.to_string())?;
        Ok(Computed {
            rule: Some(report.rule.clone()),
            parameters: members(parameters(&report)),
            outcome: members(told(&report)),
            passed: Some(report.passed),
        })
    }
}
