//! Computing again whether a notice hung long enough.

use db::{Db, Fault};
use kernel::Day;
use serde::Deserialize;
use serde_json::{Value, json};
use work::calendar::add_days;

use super::{Counted, Notice, NoticeId, RULE_SET, kind_on, queries};
use crate::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, members, subject_id},
};

/// How it is done. The verdict's own entry holds all of the inputs.
pub const METHOD: Method = Method {
    kind: "notice-minimum",
    knows: |set| set == RULE_SET,
    openness: Openness::Open,
    in_log: true,
    gather,
    own: Some(|told| text(&told.parameters, &told.outcome)),
    begin: || Box::<Hung>::default(),
};

/// What the verdict says of an ended notice: what the rule was set to, and how it hung.
pub(super) fn facts(notice: &Notice) -> (Value, Value) {
    let text = |day: &Option<Day>| day.as_ref().map(ToString::to_string).unwrap_or_default();
    let parameters = json!({
        "kind": notice.kind, "law": notice.law, "least": notice.min_days, "counted": notice.counted.as_str(),
    });
    let outcome = json!({
        "from": text(&notice.from_day), "until": text(&notice.until_day), "ended": text(&notice.closed_day),
        "days": notice.days, "version": notice.version, "objections": notice.n_objections,
    });
    (parameters, outcome)
}

/// Everything the outcome depends on: the rule set, its parameters and the facts, a line each.
pub(super) fn text(parameters: &Value, outcome: &Value) -> String {
    format!("{RULE_SET}\n{parameters}\n{outcome}\n")
}

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: NoticeId = subject_id(verdict)?;
    let notice = db.read_wait(move |s| queries::notice(s, &id))?;
    let (parameters, outcome) = facts(&notice);
    text(&parameters, &outcome).split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of [`text`].
#[derive(Default)]
struct Hung {
    lines: Vec<String>,
}

#[derive(Deserialize)]
struct Set {
    kind: String,
}

#[derive(Deserialize)]
struct Facts {
    from: String,
    until: String,
    ended: String,
    days: u32,
}

impl Count for Hung {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.lines.len() == 3 {
            return Err("there is a line too many".into());
        }
        self.lines.push(line.to_owned());
        Ok(())
    }

    /// The rule is looked up anew by the kind and the day on which it went up; the last day by calendar days is computed,
    /// one that gives way to workdays is only bounded from below, for the calendar of holidays is no part of the inputs.
    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let [rule_set, parameters, outcome] = self.lines.as_slice() else { return Err("there are not 3 lines".into()) };
        if rule_set != RULE_SET {
            return Err(format!("the rule set is not {RULE_SET}"));
        }
        let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|e| e.to_string());
        let mut outcome = members(read(outcome)?);
        let set = Set::deserialize(read(parameters)?).map_err(|e| e.to_string())?;
        let facts = Facts::deserialize(Value::Object(outcome.clone())).map_err(|e| e.to_string())?;
        let day = |text: &str| Day::parse(text).ok_or_else(|| format!("{text} is no day"));
        let (from, until, ended) = (day(&facts.from)?, day(&facts.until)?, day(&facts.ended)?);
        let rule = kind_on(&set.kind, &from).ok_or("no rule for this kind of notice held on that day")?;
        let last = add_days(&from, i32::try_from(facts.days).map_err(|e| e.to_string())?);
        let parameters = members(json!({
            "kind": rule.word, "law": rule.law, "least": rule.min_days, "counted": rule.counted.as_str(),
        }));
        if rule.counted == Counted::Days {
            outcome.insert("until".into(), last.to_string().into());
        }
        let passed = facts.days >= rule.min_days && until >= last && ended > until;
        Ok(Computed { rule: Some(rule.law.to_owned()), parameters, outcome, passed: Some(passed) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::recompute::{Answer, from_text};

    fn told(days: u32, until: &str, ended: &str) -> Told {
        let parameters = json!({ "kind": "accounts", "law": "house", "least": 15, "counted": "days" });
        let outcome = json!({
            "from": "2026-11-01", "until": until, "ended": ended, "days": days, "version": 1, "objections": 0,
        });
        let inputs = ledger::tree::Hash::of(text(&parameters, &outcome).as_bytes()).to_string();
        Told {
            verdict: "v".into(),
            kind: "notice-minimum".into(),
            subject: "n".into(),
            rule: "house".into(),
            rule_set: RULE_SET.into(),
            parameters,
            inputs,
            outcome,
            passed: Some(true),
        }
    }

    fn answer(told: &Told) -> Answer {
        from_text(&METHOD, told, &text(&told.parameters, &told.outcome), true)
    }

    #[test]
    fn a_notice_that_hung_long_enough_is_the_same_and_one_that_did_not_differs() {
        let same = Answer::Equal { lines: 3, beside: Vec::new() };
        assert_eq!(answer(&told(15, "2026-11-16", "2026-11-17")), same);
        assert_eq!(answer(&told(20, "2026-11-21", "2026-12-01")), same);
        let differing = |told: &Told| match answer(told) {
            Answer::Differs { what, .. } => what.into_iter().map(|one| one.member).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        // too short, taken down on its last day, a last day that is not the fifteenth
        assert_eq!(differing(&told(14, "2026-11-15", "2026-11-16")), ["passed"]);
        assert_eq!(differing(&told(15, "2026-11-16", "2026-11-16")), ["passed"]);
        assert_eq!(differing(&told(15, "2026-11-15", "2026-11-17")), ["passed", "outcome.until"]);
        // a rule that was not in force
        let mut wrong = told(15, "2026-11-16", "2026-11-17");
        wrong.parameters["least"] = json!(3);
        wrong.inputs = ledger::tree::Hash::of(text(&wrong.parameters, &wrong.outcome).as_bytes()).to_string();
        assert_eq!(differing(&wrong), ["parameters.least"]);
    }
}
