//! Ideas and proposals as the files hold them, and as somebody types them.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use kernel::{Actor, PlaceId};
use programmes::{
    Idea, SeasonId,
    coaching::ask::{AskQuestions, Asked},
    idea::post,
    proposal::{Typed, TypedFund, TypedLine},
};
use serde::Deserialize;
use serde_json::json;

use super::acts::run;

/// An idea.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdeaData {
    /// 1, 2, 3, …
    pub(super) number: u32,
    /// A key of the template's fields.
    pub(super) field: String,
    pub(super) community: String,
    /// Who wrote it; empty means without a name.
    pub(super) author: String,
    pub(super) title: String,
    pub(super) body: String,
}

/// A line of a budget.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineData {
    /// A key of the template's kinds of lines.
    pub(super) kind: String,
    pub(super) what: String,
    pub(super) quantity: i64,
    /// The price of one.
    pub(super) yuan: i64,
    /// Paid by others than the grant.
    #[serde(default)]
    pub(super) own: bool,
}

/// A source of co-funding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FundData {
    pub(super) whom: String,
    pub(super) yuan: i64,
}

/// A proposal made from an idea, with the answers to the template's form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalData {
    /// The idea's number.
    pub(super) idea: u32,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) need: String,
    pub(super) goals: String,
    pub(super) method: String,
    pub(super) months: String,
    pub(super) team: String,
    pub(super) people: u32,
    pub(super) risks: String,
    pub(super) after: String,
    pub(super) lines: Vec<LineData>,
    pub(super) funds: Vec<FundData>,
    /// What the coach wrote to the authors.
    pub(super) coaching: Vec<String>,
}

#[cfg(test)]
impl ProposalData {
    /// The grant that is asked for, in yuan.
    pub(super) fn grant(&self) -> i64 {
        self.lines.iter().filter(|line| !line.own).map(|line| line.quantity * line.yuan).sum()
    }
}

/// Posts an idea as it comes by the API, where and when it is told.
pub(super) fn post_idea(
    db: &Db,
    season: &SeasonId,
    (idea, place): (&IdeaData, &PlaceId),
    (author, when): (&Actor, (&kernel::Day, i64)),
) -> Result<Idea, Fault> {
    let typed = json!({
        "title": idea.title, "body": idea.body, "field": idea.field, "place": place, "nameless": idea.author.is_empty(),
    });
    let input: post::PostIdea = serde_json::from_value(typed).map_err(|e| DbError::Data(e.to_string()))?;
    let key = season.clone();
    run(db, author, when, move |tx, cx| post::post(tx, cx, &key, &input))
}

/// What an author has before anybody helped: the idea, a goal, a way, and half of the budget.
pub(super) fn first_draft(source: &ProposalData, idea: &IdeaData, place: &PlaceId) -> Typed {
    let whole = written(source, idea, (place, false));
    let grant: Vec<TypedLine> = whole.lines.into_iter().filter(|line| line.from == "grant").collect();
    let half = grant.len().div_ceil(2);
    let known = ["need", "goals", "method"];
    Typed {
        title: idea.title.clone(),
        answers: whole.answers.into_iter().filter(|(key, _)| known.contains(&key.as_str())).collect(),
        lines: grant.into_iter().take(half).collect(),
        funds: Vec::new(),
        ..whole
    }
}

/// What the files say, as it is typed into the form; with or without the risks.
pub(super) fn written(source: &ProposalData, idea: &IdeaData, (place, risks): (&PlaceId, bool)) -> Typed {
    let people = source.people.to_string();
    let answers = [
        ("need", &source.need),
        ("goals", &source.goals),
        ("method", &source.method),
        ("months", &source.months),
        ("team", &source.team),
        ("people", &people),
        ("risks", &source.risks),
        ("after", &source.after),
    ];
    let answers: BTreeMap<String, String> = answers
        .into_iter()
        .filter(|(key, _)| risks || *key != "risks")
        .map(|(key, text)| (key.to_owned(), text.trim().to_owned()))
        .collect();
    let line = |line: &LineData| TypedLine {
        kind: line.kind.clone(),
        what: line.what.clone(),
        quantity: line.quantity.to_string(),
        price: line.yuan.to_string(),
        from: if line.own { "own" } else { "grant" }.into(),
    };
    let funds = source.funds.iter().map(|fund| TypedFund { whom: fund.whom.clone(), amount: fund.yuan.to_string() });
    Typed {
        title: source.title.clone(),
        summary: source.summary.clone(),
        place: place.to_string(),
        field: idea.field.clone(),
        answers,
        lines: source.lines.iter().map(line).collect(),
        funds: funds.collect(),
        ..Typed::default()
    }
}

/// What a coach finds in a first draft: question, answer, what is missing.
pub(super) const FIRST_READING: [(&str, &str, &str); 5] = [
    ("goal", "yes", ""),
    ("method", "yes", ""),
    ("steps", "partly", "每一步谁来做，再写具体一点。"),
    ("plan", "no", "还没有按月写计划，预算也只写了一部分。"),
    ("safeguard", "no", "还没有写可能出什么问题、怎么应对。"),
];
/// What the office wants mended in a proposal that says nothing of its risks.
pub(super) const NO_RISKS: &str = "请补写风险和应对：人手、场地、安全、天气有变化时怎么办。";

/// What a coach found, as it is typed.
pub(super) fn asked(reading: &[(&str, &str, &str)]) -> AskQuestions {
    let asked = |(question, answer, note): &(&str, &str, &str)| Asked {
        question: (*question).into(),
        answer: (*answer).into(),
        note: (*note).into(),
    };
    AskQuestions { answers: reading.iter().map(asked).collect() }
}
