//! Surveys: questions in sections, some of them only after certain answers.

mod check;
mod read;
pub mod sealed;
mod suppress;
mod total;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use check::field;
pub use check::{check, check_section, shown};
pub use read::{print, read};
pub(crate) use total::Adding;
pub use total::{GroupTotal, Total, Totals};

/// Questions of a survey at most.
pub const MAX_QUESTIONS: usize = 40;
/// Answers that one question offers at most.
pub const MAX_OFFERED: usize = 20;
/// Characters of a short text at most.
pub const MAX_TEXT: usize = 300;
/// The smallest number of people of whom something is told.
pub const ENOUGH: u64 = 5;

/// Answers by the number of their question: numbers of what was offered, a whole number, or a text. A question that was
/// not answered is not there.
pub type Answers = BTreeMap<u32, Vec<String>>;

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Ask {
    /// One of the offered.
    One {
        /// What is offered, 2 to [`MAX_OFFERED`].
        offered: Vec<String>,
    },
    /// Several of the offered.
    Several {
        /// What is offered.
        offered: Vec<String>,
        /// How many at most.
        most: u32,
    },
    /// 1 to 5.
    Scale,
    /// A whole number within bounds.
    Number {
        /// The least.
        from: i64,
        /// The greatest.
        to: i64,
    },
    /// A short text, which only the office reads.
    Text,
}

impl Ask {
    /// What is offered to choose from; the scale offers 1 to 5.
    pub fn offered(&self) -> Vec<String> {
        match self {
            Ask::One { offered } | Ask::Several { offered, .. } => offered.clone(),
            Ask::Scale => (1..=5).map(|n: u32| n.to_string()).collect(),
            Ask::Number { .. } | Ask::Text => Vec::new(),
        }
    }

    /// The word in the message keys (`poll-ask-<word>`).
    pub fn word(&self) -> &'static str {
        match self {
            Ask::One { .. } => "one",
            Ask::Several { .. } => "several",
            Ask::Scale => "scale",
            Ask::Number { .. } => "number",
            Ask::Text => "text",
        }
    }
}

/// A question is asked only where an earlier one has one of these answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyIf {
    /// The number of the earlier question.
    pub question: u32,
    /// Numbers of what it offers; one of them must have been chosen.
    pub among: Vec<u32>,
}

/// A question. Its number is its place in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The page on which it stands, from 1.
    pub section: u32,
    /// The heading of that page; the same for all its questions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// 1 to 200 characters.
    pub text: String,
    /// What an answer is.
    pub ask: Ask,
    /// Whether it must be answered where it is asked.
    #[serde(default)]
    pub required: bool,
    /// Whether the other answers are also told by the answers to this one: of a question with one answer of several offers
    /// that everybody is asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub groups: bool,
    /// When it is asked; always without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<OnlyIf>,
}

/// The pages of a survey.
pub fn sections(questions: &[Question]) -> u32 {
    questions.iter().map(|question| question.section).max().unwrap_or(0)
}

/// Numbered from 1, as answers name them.
pub fn numbered(questions: &[Question]) -> impl Iterator<Item = (u32, &Question)> {
    (1..).zip(questions)
}
