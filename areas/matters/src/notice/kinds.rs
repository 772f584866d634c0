//! Which notice has to hang how long, and which rule says so: data with dates of validity.
//!
//! Numbers of law come from the cited article. Where no law in force names a number, the house's own default stands
//! with the law `house`, so that no reader takes it for law. Rules of a city stand beside national ones under kinds of
//! their own; an installation elsewhere changes this table, not the code.

use kernel::{Day, Role};

/// The dated name of this table: what a verdict about a notice was computed by.
pub const RULE_SET: &str = "notices/2026-11";

kernel::words! {
    /// How the days of a notice are counted. The day on which it goes up is never counted (Civil Code of China,
    /// article 201).
    Counted {
        /// Calendar days; the last may be a holiday. For postings that only have to be seen.
        Days "days",
        /// Calendar days; a last day that is a holiday gives way to the next workday (Civil Code, article 203). For
        /// periods in which somebody has to act, such as objecting.
        DaysToWorkday "days-to-workday",
        /// Workdays only.
        Workdays "workdays",
    }
}

/// The rule of one kind of notice, for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its word: in the database, the API and the message keys (`notice-kind-<word>`).
    pub word: &'static str,
    /// The rule that demands it; the words are `law-<this>`.
    pub law: &'static str,
    /// The least number of days it hangs.
    pub min_days: u32,
    /// How they are counted.
    pub counted: Counted,
    /// Within how many calendar days of the fact it has to be up, where the rule says so.
    pub within: Option<u32>,
    /// Within how many calendar days an objection has to be answered.
    pub answer_days: u32,
    /// The first day on which this holds; none when it always did.
    pub from: Option<&'static str>,
    /// The last day on which it holds, included; none while it is in force.
    pub until: Option<&'static str>,
}

const fn kind(word: &'static str, law: &'static str, min_days: u32, counted: Counted) -> Kind {
    Kind { word, law, min_days, counted, within: None, answer_days: 7, from: None, until: None }
}

const ORGANIC_LAW: Option<&str> = Some("2026-01-01");
const BEIJING_PROPERTY: Option<&str> = Some("2020-05-01");

/// All kinds, in the order in which a form offers them. A kind may stand more than once with times that do not overlap.
pub const KINDS: &[Kind] = &[
    // affairs of residents: at least 15 days, true and open to query
    Kind { from: ORGANIC_LAW, ..kind("residents-affairs", "organic-34", 15, Counted::Days) },
    Kind { until: Some("2025-12-31"), ..kind("residents-affairs", "house", 7, Counted::Days) },
    // a residents' meeting: notice 10 days before
    Kind { from: ORGANIC_LAW, ..kind("residents-meeting", "organic-26", 10, Counted::Days) },
    Kind { until: Some("2025-12-31"), ..kind("residents-meeting", "house", 10, Counted::Days) },
    // a list of voters: objections within 5 days, answered within 3
    Kind { from: ORGANIC_LAW, answer_days: 3, ..kind("roll", "organic-17", 5, Counted::DaysToWorkday) },
    Kind { until: Some("2025-12-31"), answer_days: 3, ..kind("roll", "house", 5, Counted::DaysToWorkday) },
    // a meeting of owners: called 15 days before, with its agenda
    Kind { from: BEIJING_PROPERTY, ..kind("owners-meeting", "beijing-property-35", 15, Counted::Days) },
    Kind { until: Some("2020-04-30"), ..kind("owners-meeting", "house", 15, Counted::Days) },
    // the same by the rule set of the round, which says how long: no law known here names fewer than 7 days
    kind("owners-meeting-by-rules", "owners-rules", 7, Counted::Days),
    // what the owners decided: posted within 3 days; the law names no length
    Kind {
        from: BEIJING_PROPERTY,
        within: Some(3),
        ..kind("owners-decision", "beijing-property-37", 15, Counted::DaysToWorkday)
    },
    Kind { until: Some("2020-04-30"), within: Some(3), ..kind("owners-decision", "house", 15, Counted::DaysToWorkday) },
    // a meeting of the property management committee: 10 workdays before
    Kind { from: BEIJING_PROPERTY, ..kind("property-committee-meeting", "beijing-property-58", 10, Counted::Workdays) },
    // the hall's own procedure
    kind("deliberation", "house", 3, Counted::Days),
    Kind { within: Some(3), ..kind("minutes", "house", 15, Counted::DaysToWorkday) },
    kind("grant-approval", "house", 7, Counted::DaysToWorkday),
    // results of assessments: six days to object, as in Suzhou's rounds
    kind("assessment", "house", 6, Counted::DaysToWorkday),
    kind("accounts", "house", 15, Counted::Days),
    kind("other", "house", 3, Counted::DaysToWorkday),
];

/// Who is asked to answer an objection, in this order: at the notice's place, else at the nearest above. Who objected, and
/// who wrote or put up the notice, are passed over.
pub const ANSWERED_BY: [Role; 3] = [Role::Worker, Role::Secretary, Role::Officer];

/// The rule of a kind on a day; none for a word that is no kind, or was none that day.
pub fn kind_on(word: &str, day: &Day) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| {
        let (from, until) = (kind.from.unwrap_or(""), kind.until.unwrap_or("~"));
        kind.word == word && from <= day.as_str() && day.as_str() <= until
    })
}

/// The words of the kinds in force on a day, each once.
pub fn words_on(day: &Day) -> impl Iterator<Item = &'static str> {
    KINDS.iter().filter(|kind| kind_on(kind.word, day) == Some(kind)).map(|kind| kind.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn the_numbers_are_those_of_the_rules() {
        let on = |word, at| kind_on(word, &day(at)).map(|k| (k.law, k.min_days, k.counted.as_str()));
        assert_eq!(on("residents-affairs", "2026-01-01"), Some(("organic-34", 15, "days")));
        assert_eq!(on("residents-affairs", "2025-12-31"), Some(("house", 7, "days")));
        assert_eq!(on("roll", "2026-11-22"), Some(("organic-17", 5, "days-to-workday")));
        assert_eq!(on("owners-meeting", "2026-11-22"), Some(("beijing-property-35", 15, "days")));
        assert_eq!(on("owners-meeting-by-rules", "2026-11-22"), Some(("owners-rules", 7, "days")));
        assert_eq!(on("property-committee-meeting", "2026-11-22"), Some(("beijing-property-58", 10, "workdays")));
        assert_eq!(on("property-committee-meeting", "2020-04-30"), None, "there was none yet");
        assert_eq!(on("grant-approval", "2026-11-22"), Some(("house", 7, "days-to-workday")));
        assert_eq!(on("gossip", "2026-11-22"), None);
        assert_eq!(kind_on("roll", &day("2026-11-22")).map(|k| k.answer_days), Some(3));
        assert_eq!(kind_on("owners-decision", &day("2026-11-22")).and_then(|k| k.within), Some(3));
    }

    #[test]
    fn no_day_has_two_rules_of_one_kind() {
        for at in ["2007-10-01", "2020-04-30", "2020-05-01", "2025-12-31", "2026-01-01", "2026-11-22", "2199-12-31"] {
            let held =
                |kind: &&Kind| kind.from.is_none_or(|from| from <= at) && kind.until.is_none_or(|until| at <= until);
            let mut words: Vec<_> = KINDS.iter().filter(held).map(|kind| kind.word).collect();
            let n = words.len();
            words.dedup();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), n, "{at}");
            assert_eq!(words_on(&day(at)).count(), n);
        }
    }

    #[test]
    fn dates_are_days_and_numbers_are_bounded() {
        for kind in KINDS {
            assert!([kind.from, kind.until].into_iter().flatten().all(|text| Day::parse(text).is_some()));
            assert!((1..=60).contains(&kind.min_days) && (1..=60).contains(&kind.answer_days), "{}", kind.word);
        }
    }
}
