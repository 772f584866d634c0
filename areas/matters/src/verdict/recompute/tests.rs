use serde_json::json;

use super::*;

/// Adds up numbers, a line each.
#[derive(Default)]
struct Sum(i64);

impl Count for Sum {
    fn line(&mut self, line: &str) -> Result<(), String> {
        self.0 += line.parse::<i64>().map_err(|e| e.to_string())?;
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        Ok(Computed { outcome: members(json!({ "sum": self.0 })), passed: Some(self.0 > 0), ..Computed::default() })
    }
}

const SUM: Method = Method {
    kind: "sum",
    knows: |set| set == "sums/2026-11",
    openness: Openness::Open,
    in_log: false,
    gather: |_, _, sink| Ok(["1\n", "2\n"].into_iter().try_for_each(sink)?),
    own: None,
    begin: || Box::<Sum>::default(),
};

fn told(text: &str, sum: i64) -> Told {
    Told {
        verdict: "v".into(),
        kind: "sum".into(),
        subject: "s".into(),
        rule: "add".into(),
        rule_set: "sums/2026-11".into(),
        parameters: json!({ "by": "hand" }),
        inputs: Hash::of(text.as_bytes()).to_string(),
        outcome: json!({ "sum": sum, "asked": 3 }),
        passed: Some(true),
    }
}

fn differing(answer: Answer) -> Vec<String> {
    match answer {
        Answer::Differs { what, .. } => what.into_iter().map(|one| one.member).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_recorded_is_compared_with_what_comes_out_member_by_member() {
    let text = "1\n2\n";
    let equal = Answer::Equal { lines: 2, beside: vec!["parameters.by".into(), "outcome.asked".into()] };
    assert_eq!(from_text(&SUM, &told(text, 3), text, true), equal);
    assert_eq!(differing(from_text(&SUM, &told(text, 4), text, true)), ["outcome.sum"]);
    assert_eq!(differing(from_text(&SUM, &told(text, 3), "1\n1\n1\n", true)), ["inputs"], "another text, the same sum");
    assert_eq!(differing(from_text(&SUM, &told(text, 3), "-1\n", true)), ["inputs", "passed", "outcome.sum"]);
    // names are blotted out: the digest is not compared
    assert_eq!(from_text(&SUM, &told(text, 3), "2\n1\n", false), equal);
    // not readable: another text, or a rule that does not fit it
    assert_eq!(differing(from_text(&SUM, &told(text, 3), "x\n", true)), ["inputs"]);
    let unreadable = from_text(&SUM, &told("x\n", 3), "x\n", true);
    assert!(
        matches!(unreadable, Answer::Cannot { why, detail } if why == "inputs-unreadable" && detail.starts_with("line 1:"))
    );
    let unknown = Told { rule_set: "sums/2030-01".into(), ..told(text, 3) };
    assert_eq!(from_text(&SUM, &unknown, text, true), Answer::cannot("rule-set-unknown"));
}

#[test]
fn an_answer_is_told_to_programs_by_its_word() {
    let json = serde_json::to_value(Answer::cannot("elsewhere")).unwrap();
    assert_eq!(json, json!({ "answer": "cannot", "why": "elsewhere", "detail": "" }));
    let json = serde_json::to_value(Answer::Equal { lines: 2, beside: vec!["outcome.voters".into()] }).unwrap();
    assert_eq!(json, json!({ "answer": "equal", "lines": 2, "beside": ["outcome.voters"] }));
}
