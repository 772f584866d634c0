//! A verdict 裁定: a dated rule set and inputs give an outcome and its explanation, which anybody can compute again.
//!
//! This is the register of all verdicts. The area that computed one keeps its details, and its page; the register says
//! that there is one, by which rule, from which inputs, and how to come to the same.

pub mod api;
pub mod enter;
pub mod queries;
pub mod recompute;
pub mod record;
mod rules;
pub mod store;
pub mod unseal;
pub mod web;

use kernel::{Day, Id, Instant, PlaceId, Site};
use ledger::tree::Hash;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The noun of verdict ids.
pub enum VerdictNoun {}
/// The id of a verdict in the register.
pub type VerdictId = Id<VerdictNoun>;

/// A verdict as it stands in the register. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its id.
    pub id: VerdictId,
    /// Where.
    pub place: PlaceId,
    /// The place's way down from the root at that time.
    pub path: String,
    /// What kind of verdict: `season-result`, `notice-minimum`, …
    pub kind: String,
    /// The kind of record it is about: `season`, `notice`, …
    pub subject_kind: String,
    /// That record's id.
    pub subject: String,
    /// What everybody knows the record as; may be empty.
    pub title: String,
    /// The matter it belongs to, if any.
    pub matter: Option<String>,
    /// The rule by the name that the rule set gives it.
    pub rule: String,
    /// The dated rule set.
    pub rule_set: String,
    /// What the rule was set to: a JSON object of few members.
    pub parameters: Value,
    /// SHA-256 over everything the outcome depends on, as the rule set defines it.
    pub inputs: Hash,
    /// What came out: a JSON object of few members.
    pub outcome: Value,
    /// Yes or no, where the rule gives one.
    pub passed: Option<bool>,
    /// Why, in words.
    pub explained: Explained,
    /// The entry of the log that tells of it.
    pub entry: String,
    /// When it was recorded.
    pub decided_at: Instant,
    /// The local day of that.
    pub decided_day: Day,
}

impl Verdict {
    /// Whether this program computed it: such a verdict is explained by a message, one that was entered by a text.
    #[must_use]
    pub fn is_computed_here(&self) -> bool {
        !self.explained.key.is_empty()
    }
}

/// A verdict as the area that computed it hands it over.
#[derive(Debug, Clone)]
pub struct NewVerdict<'a> {
    /// Where.
    pub site: &'a Site,
    /// What kind of verdict, at most 40 characters; the words are `verdict-kind-<this>`.
    pub kind: &'a str,
    /// The kind of record it is about, at most 40 characters.
    pub subject_kind: &'a str,
    /// That record's id, at most 60 characters.
    pub subject: &'a str,
    /// What everybody knows the record as, of which the first 120 characters are kept; empty where not everybody may read
    /// it. It is for readers and stands in no proof.
    pub title: &'a str,
    /// The matter it belongs to, if any.
    pub matter: Option<&'a str>,
    /// The rule by the name that the rule set gives it, at most 80 characters.
    pub rule: &'a str,
    /// The dated rule set, such as `notices/2026-11`; at most 80 characters.
    pub rule_set: &'a str,
    /// What the rule was set to: a JSON object, at most 4,000 bytes. Public: no personal data.
    pub parameters: Value,
    /// SHA-256 over everything the outcome depends on.
    pub inputs: Hash,
    /// What came out: a JSON object, at most 4,000 bytes. Public: no personal data.
    pub outcome: Value,
    /// Yes or no, where the rule gives one.
    pub passed: Option<bool>,
    /// Why, in words. Public: no personal data.
    pub explained: Explained,
}

/// Why a verdict came out as it did: a message of `locales/` with its arguments, so that each reader has it in their
/// language, or a text where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Explained {
    /// The message's key without its prefix `verdict-explained-`; empty means [`Explained::text`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Numbers of the sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ints: Vec<(String, i64)>,
    /// Texts of the sentence, such as days (`2026-11-22`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<(String, String)>,
    /// The explanation itself, where no message holds it; at most 2,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Explained {
    /// By the message `verdict-explained-<key>`.
    pub fn of(key: &str) -> Explained {
        Explained { key: key.to_owned(), ..Explained::default() }
    }

    /// By a text of its own.
    pub fn by_text(text: impl Into<String>) -> Explained {
        Explained { text: text.into(), ..Explained::default() }
    }

    /// The same with a number for its sentence.
    #[must_use]
    pub fn with_int(mut self, name: &str, value: i64) -> Explained {
        self.ints.push((name.to_owned(), value));
        self
    }

    /// The same with a text for its sentence.
    #[must_use]
    pub fn with_text(mut self, name: &str, value: impl Into<String>) -> Explained {
        self.texts.push((name.to_owned(), value.into()));
        self
    }
}
