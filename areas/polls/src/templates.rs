//! Templates of rules: what a law fixes is not typed, with the days on which it holds.

use kernel::Day;
use tally::motion::MotionRule;

use crate::PollKind;

/// The dated name of this table: what a verdict about a poll was computed by.
pub const RULE_SET: &str = "polls/2026-11";

/// Rules that a law, a statute or the house itself sets for a poll.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Template {
    /// Its word: in the database, the API and the message keys (`poll-template-<word>`).
    pub word: &'static str,
    /// The rule's name in the register of verdicts; the words are `rule-<this>`.
    pub rule: &'static str,
    /// The text key of the rule behind it: `law-<this>`.
    pub law: &'static str,
    /// For this kind alone; none for all of them.
    pub kind: Option<PollKind>,
    /// The rule, where it is fixed.
    pub motion: Option<MotionRule>,
    /// Whether votes have the weight that the roll's column says.
    pub weighted: bool,
    /// The least number of days on which the roll hangs for objections.
    pub roll_days: u32,
    /// The kind of the notice on which the roll hangs.
    pub notice: &'static str,
    /// The first day on which this holds; none when it always did.
    pub from: Option<&'static str>,
}

const HOUSE: Template = Template {
    word: "house",
    rule: "poll-house",
    law: "house",
    kind: None,
    motion: None,
    weighted: false,
    roll_days: 0,
    notice: "other",
    from: None,
};

const ORGANIC_LAW: Option<&str> = Some("2026-01-01");

/// All templates, in the order in which a form offers them.
pub const TEMPLATES: &[Template] = &[
    HOUSE,
    // an association whose statutes give its members votes by shares: the roll's column says how many
    Template { word: "statutes", rule: "poll-statutes", weighted: true, ..HOUSE },
    // Organic Law of Urban Residents' Committees, revised 2025-10-28, articles 26 and 27; the roll: article 17
    Template {
        word: "residents-meeting",
        rule: "poll-residents-meeting",
        law: "organic-26",
        kind: Some(PollKind::Motion),
        motion: Some(MotionRule::residents_meeting()),
        roll_days: 5,
        notice: "roll",
        from: ORGANIC_LAW,
        ..HOUSE
    },
    // the same law, articles 28 and 29
    Template {
        word: "representatives-meeting",
        rule: "poll-representatives-meeting",
        law: "organic-26",
        kind: Some(PollKind::Motion),
        motion: Some(MotionRule::representatives_meeting()),
        roll_days: 5,
        notice: "roll",
        from: ORGANIC_LAW,
        ..HOUSE
    },
];

impl Template {
    /// Whether it can be the rule of such a poll: a law is about motions, and dots and surveys count no shares.
    pub fn fits(&self, kind: PollKind) -> bool {
        let weighs = matches!(kind, PollKind::Motion | PollKind::Ranked);
        self.kind.is_none_or(|only| only == kind) && (weighs || !self.weighted)
    }
}

/// The template of a word.
pub fn named(word: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.word == word)
}

/// The template of a word for a kind of poll on a day.
pub fn on(word: &str, kind: PollKind, day: &Day) -> Option<&'static Template> {
    named(word)
        .filter(|template| template.fits(kind))
        .filter(|template| template.from.is_none_or(|from| from <= day.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_holds_for_its_kind_and_from_its_day() {
        let day = |text: &str| Day::parse(text).unwrap();
        assert!(on("house", PollKind::Dots, &day("2020-01-01")).is_some());
        assert!(on("residents-meeting", PollKind::Motion, &day("2026-01-01")).is_some());
        assert!(on("residents-meeting", PollKind::Motion, &day("2025-12-31")).is_none());
        assert!(on("residents-meeting", PollKind::Ranked, &day("2026-01-01")).is_none());
        assert!(on("gossip", PollKind::Motion, &day("2026-01-01")).is_none());
        // who may count by shares says so in statutes, and only there
        assert_eq!(TEMPLATES.iter().filter(|t| t.weighted).map(|t| t.word).collect::<Vec<_>>(), ["statutes"]);
    }
}
