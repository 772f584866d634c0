//! A proposal as somebody typed it: bounded and trimmed, and otherwise as it is. A draft may be wrong and incomplete.

use std::collections::BTreeMap;

use kernel::{Refusal, Shape};
use serde::{Deserialize, Serialize};

use super::names;
use crate::template::{EntryKind, Template};

/// Lines of a budget at most.
pub const MAX_LINES: usize = 60;
/// Sources of co-funding at most.
pub const MAX_FUNDS: usize = 10;
/// Characters of a number as it is typed.
const NUMBER: usize = 20;

/// A proposal as it is typed: numbers and amounts are texts, so that what is wrong can be kept and mended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ProposalTyped)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// 1 to 60 characters.
    pub title: String,
    /// What it is about, 1 to 300 characters.
    pub summary: String,
    /// The id of the place where it is to be done: the season's or one below it.
    pub place: String,
    /// A key of the template's fields.
    pub field: String,
    /// A key of the template's tiers.
    pub tier: String,
    /// A key of the template's groups; may be empty.
    pub group: String,
    /// Answers by the keys of the template's form.
    pub answers: BTreeMap<String, String>,
    /// The budget, at most 60 lines.
    pub lines: Vec<TypedLine>,
    /// Where the money comes from that is not asked for, at most 10 lines.
    pub funds: Vec<TypedFund>,
}

/// A line of the budget as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ProposalTypedLine)]
#[serde(default, deny_unknown_fields)]
pub struct TypedLine {
    /// A key of the template's kinds of lines.
    pub kind: String,
    /// What for, 1 to 100 characters.
    pub what: String,
    /// How many pieces, times or person-times: a whole number.
    pub quantity: String,
    /// What one costs, in whole units with up to two decimals.
    pub price: String,
    /// `grant` or `own`; empty means `grant`.
    pub from: String,
}

/// A source of co-funding as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TypedFund {
    /// Who gives it, 1 to 60 characters.
    pub whom: String,
    /// How much, in whole units with up to two decimals.
    pub amount: String,
}

impl TypedLine {
    /// Whether nothing is written in it; where the money would come from is chosen in every row.
    pub fn is_blank(&self) -> bool {
        [&self.kind, &self.what, &self.quantity, &self.price].iter().all(|text| text.trim().is_empty())
    }
}

impl TypedFund {
    /// Whether nothing is written in it.
    pub fn is_blank(&self) -> bool {
        self.whom.trim().is_empty() && self.amount.trim().is_empty()
    }
}

impl Typed {
    /// Without the rows in which nothing is written.
    #[must_use]
    pub fn packed(mut self) -> Typed {
        self.lines.retain(|line| !line.is_blank());
        self.funds.retain(|fund| !fund.is_blank());
        self
    }

    /// Trimmed and without blank rows, if it keeps within its bounds. Whether it makes sense is another question.
    ///
    /// # Errors
    /// `invalid-input` with the fields that are too long, hold control characters, or that the template does not have.
    pub fn bounded(&self, template: &Template) -> Result<Typed, Refusal> {
        let packed = self.clone().packed();
        let mut s = Shape::new();
        let mut typed = Typed {
            title: s.optional_line("title", &packed.title, 60),
            summary: s.optional_prose("summary", &packed.summary, 300),
            place: s.optional_line("place", &packed.place, 60),
            field: s.optional_line("field", &packed.field, 40),
            tier: s.optional_line("tier", &packed.tier, 40),
            group: s.optional_line("group", &packed.group, 40),
            ..Typed::default()
        };
        if packed.answers.keys().any(|key| !template.form.iter().any(|entry| entry.key == *key)) {
            s.error("answers", "unknown-choice");
        }
        for (row, entry) in (1..).zip(&template.form) {
            let Some(text) = packed.answers.get(&entry.key) else { continue };
            let most = usize::try_from(entry.most).unwrap_or(usize::MAX);
            let text = match entry.kind {
                EntryKind::Line => s.optional_line(names::answer(row), text, most),
                EntryKind::Prose => s.optional_prose(names::answer(row), text, most),
                EntryKind::Number => s.optional_line(names::answer(row), text, NUMBER),
            };
            typed.answers.insert(entry.key.clone(), text);
        }
        if packed.lines.len() > MAX_LINES {
            s.error("budget", "too-many-lines");
        }
        if packed.funds.len() > MAX_FUNDS {
            s.error("funds", "too-many-funds");
        }
        typed.lines =
            (1..).zip(packed.lines.iter().take(MAX_LINES)).map(|(row, line)| bounded(&mut s, row, line)).collect();
        for (row, fund) in (1..).zip(packed.funds.iter().take(MAX_FUNDS)) {
            typed.funds.push(TypedFund {
                whom: s.optional_line(names::fund(row, 0), &fund.whom, 60),
                amount: s.optional_line(names::fund(row, 1), &fund.amount, NUMBER),
            });
        }
        s.finish(typed)
    }
}

fn bounded(s: &mut Shape, row: usize, line: &TypedLine) -> TypedLine {
    TypedLine {
        kind: s.optional_line(names::line(row, 0), &line.kind, 40),
        what: s.optional_line(names::line(row, 1), &line.what, 100),
        quantity: s.optional_line(names::line(row, 2), &line.quantity, NUMBER),
        price: s.optional_line(names::line(row, 3), &line.price, NUMBER),
        from: s.optional_line(names::line(row, 4), &line.from, 10),
    }
}
