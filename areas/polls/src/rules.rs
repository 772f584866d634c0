//! Facts in, a reasoned answer out.

use ballots::paper::Counts;
use kernel::{Day, Kind, Refusal, Shape};
use serde::{Deserialize, Serialize};
use tally::motion::{Abstentions, Base, Bound, Invalid, MotionRule, Presence, Quorum, Threshold};
use work::calendar::{add_days, days_between};

use crate::{
    Choosable, Definition, MAX_OPTIONS, Openness, Poll, PollKind, Ranked, RankedRule, State,
    choice::dots_rule,
    survey,
    templates::{self, Template},
};

/// Days a poll is open at most.
pub const MAX_POLL_DAYS: i64 = 366;
/// Dots of a voter at most, so that a paper can be counted by hand.
const MAX_DOTS: i64 = 100;

/// A poll as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DraftPoll {
    /// Whom it asks: the id of a place.
    pub place: String,
    /// 1 to 120 characters.
    pub title: String,
    /// What is put to the vote, at most 4,000 characters; without names of residents.
    pub body: String,
    /// `motion`, `ranked`, `dots` or `survey`.
    pub kind: String,
    /// `secret`, `open` or `named`; a survey is secret.
    pub openness: String,
    /// The word of a template of rules, such as `house` or `residents-meeting`.
    pub template: String,
    /// 2 to 30 options, a line each; what stands behind ` | ` explains it. For ranked polls and dots.
    pub options: String,
    /// Of a motion by rules of the house: the share of the roll that must be there, such as `1/2`; empty for none.
    pub quorum: String,
    /// `more-than` or `at-least` that share.
    pub quorum_bound: String,
    /// `took-part` or `present`.
    pub quorum_of: String,
    /// Of a motion by rules of the house: the share that must agree, such as `2/3`.
    pub threshold: String,
    /// `more-than` or `at-least` that share.
    pub bound: String,
    /// What it is a share of: `roll`, `present`, `took-part` or `valid`.
    pub base: String,
    /// Whether those who abstain belong to the valid votes: `in-base` or `left-out`.
    pub abstain: String,
    /// `schulze`, `irv` or `stv`.
    pub ranked: String,
    /// How many options are chosen, by `stv` or dots.
    pub seats: u32,
    /// Dots of a voter, 1 to 100.
    pub dots: u32,
    /// Dots that one option may get.
    pub cap: u32,
    /// The questions of a survey, in the lines of [`crate::survey::read`].
    pub questions: String,
    /// The first day of voting, `YYYY-MM-DD`.
    pub opens: String,
    /// The last day of voting, `YYYY-MM-DD`.
    pub closes: String,
    /// How many days the roll hangs for objections, at least as many as the template says; 0 for not at all.
    pub roll_days: u32,
    /// A text the sender makes up for this one poll, at most 64 characters, so that sending twice makes one.
    pub once: String,
}

/// What a draft says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drafted {
    pub title: String,
    pub body: String,
    pub kind: PollKind,
    pub openness: Openness,
    pub template: String,
    pub definition: Definition,
    pub opens_day: Day,
    pub closes_day: Day,
    pub roll_days: u32,
}

/// What somebody typed, with every wrong field named.
///
/// # Errors
/// Refusal `invalid-input`.
pub(crate) fn drafted(input: &DraftPoll, today: &Day) -> Result<Drafted, Refusal> {
    let mut shape = Shape::new();
    let title = shape.line("title", &input.title, 120);
    let body = shape.optional_prose("body", &input.body, 4_000);
    let kind = word(&mut shape, "kind", &input.kind).unwrap_or(PollKind::Motion);
    let mut openness = word(&mut shape, "openness", &input.openness).unwrap_or(Openness::Secret);
    if kind == PollKind::Survey {
        // answers are told as totals alone
        openness = Openness::Secret;
    }
    let template = templates::on(input.template.trim(), kind, today);
    if template.is_none() {
        shape.error("template", "unknown-choice");
    }
    let least = template.map_or(0, |template| template.roll_days);
    shape.number("roll_days", i64::from(input.roll_days), i64::from(least)..=90);
    let opens_day = day(&mut shape, "opens", &input.opens).unwrap_or_else(|| today.clone());
    let closes_day = day(&mut shape, "closes", &input.closes).unwrap_or_else(|| opens_day.clone());
    if opens_day < *today {
        shape.error("opens", "day-past");
    }
    if closes_day < opens_day {
        shape.error("closes", "day-before");
    } else if days_between(&opens_day, &closes_day) > MAX_POLL_DAYS {
        shape.error("closes", "too-far-ahead");
    }
    let (definition, questions) = definition(&mut shape, input, kind, template);
    let drafted = Drafted {
        title,
        body,
        kind,
        openness,
        template: template.map_or("house", |template| template.word).to_owned(),
        definition,
        opens_day,
        closes_day,
        roll_days: input.roll_days,
    };
    match (shape.finish(drafted), questions) {
        (Err(mut refusal), Some(more)) => {
            refusal.fields.extend(more.fields);
            Err(refusal)
        }
        (Ok(_), Some(refusal)) => Err(refusal),
        (done, None) => done,
    }
}

fn word<T: std::str::FromStr>(shape: &mut Shape, field: &'static str, text: &str) -> Option<T> {
    let found = text.trim().parse().ok();
    if found.is_none() {
        shape.error(field, if text.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    found
}

fn day(shape: &mut Shape, field: &'static str, text: &str) -> Option<Day> {
    let found = Day::parse(text.trim());
    if found.is_none() {
        shape.error(field, if text.trim().is_empty() { "required" } else { "not-a-date" });
    }
    found
}

/// Options and the rule of the kind; beside it what is wrong with the questions of a survey.
fn definition(
    shape: &mut Shape,
    input: &DraftPoll,
    kind: PollKind,
    template: Option<&Template>,
) -> (Definition, Option<Refusal>) {
    let mut definition = Definition::default();
    if matches!(kind, PollKind::Ranked | PollKind::Dots) {
        definition.options = options(shape, &input.options);
    }
    let most = i64::try_from(definition.options.len().saturating_sub(1)).unwrap_or(1).max(1);
    let seats = |shape: &mut Shape| {
        let seats = shape.number("seats", i64::from(input.seats.max(1)), 1..=most);
        usize::try_from(seats).unwrap_or(1)
    };
    match kind {
        PollKind::Motion => {
            let fixed = template.and_then(|template| template.motion);
            definition.motion = fixed.or_else(|| motion(shape, input));
            // heads are counted in a room, and weights are not seen
            if template.is_some_and(|template| template.weighted) && counts_present(definition.motion.as_ref()) {
                shape.error("base", "present-weighted");
            }
        }
        PollKind::Ranked => {
            let rule = word(shape, "ranked", &input.ranked).unwrap_or(RankedRule::Schulze);
            let seats = if rule == RankedRule::Stv { seats(shape) } else { 1 };
            definition.ranked = Some(Ranked { rule, seats });
        }
        PollKind::Dots => {
            let dots = shape.number("dots", i64::from(input.dots), 1..=MAX_DOTS);
            let cap = shape.number("cap", i64::from(input.cap), 1..=dots.max(1));
            let small = |n: i64| u32::try_from(n).unwrap_or(1);
            definition.dots = Some(dots_rule(small(dots), small(cap), seats(shape)));
        }
        PollKind::Survey => match survey::read(&input.questions) {
            Ok(questions) => definition.questions = questions,
            Err(refusal) => return (definition, Some(refusal)),
        },
    }
    (definition, None)
}

fn options(shape: &mut Shape, text: &str) -> Vec<Choosable> {
    let mut list: Vec<Choosable> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MAX_OPTIONS + 1) {
        let (title, about) = line.split_once(['|', '｜']).unwrap_or((line, ""));
        let title = shape.line("options", title, 80);
        let about = shape.optional_line("options", about, 400);
        if list.iter().any(|known| known.title == title) {
            shape.error("options", "named-twice");
        }
        list.push(Choosable { title, about });
    }
    if !(2..=MAX_OPTIONS).contains(&list.len()) {
        shape.error("options", "options-number");
    }
    list
}

/// A rule that the house sets.
fn motion(shape: &mut Shape, input: &DraftPoll) -> Option<MotionRule> {
    let threshold = share(shape, ("threshold", &input.threshold), ("bound", &input.bound));
    let base = match input.base.trim() {
        "roll" => Base::Roll,
        "present" => Base::Present,
        "took-part" => Base::TookPart,
        "valid" => Base::Valid,
        _ => {
            shape.error("base", "unknown-choice");
            Base::Valid
        }
    };
    let abstentions = if input.abstain.trim() == "left-out" { Abstentions::LeftOut } else { Abstentions::InBase };
    let quorum = if input.quorum.trim().is_empty() {
        None
    } else {
        let (bound, numerator, denominator) =
            share(shape, ("quorum", &input.quorum), ("quorum_bound", &input.quorum_bound))?;
        let counts = if input.quorum_of.trim() == "present" { Presence::Present } else { Presence::TookPart };
        Some(Quorum { counts, threshold: Threshold { bound, numerator, denominator, base: Base::Roll } })
    };
    let (bound, numerator, denominator) = threshold?;
    let threshold = Threshold { bound, numerator, denominator, base };
    Some(MotionRule { quorum, threshold, abstentions, invalid: Invalid::TookPart })
}

/// A rule as a form holds it: each field's name and value.
pub(crate) fn print_motion(rule: &MotionRule, mut field: impl FnMut(&'static str, String)) {
    let share = |t: &Threshold| format!("{}/{}", t.numerator, t.denominator);
    let bound = |t: &Threshold| if t.bound == Bound::MoreThan { "more-than" } else { "at-least" }.to_owned();
    field("quorum", rule.quorum.map_or_else(String::new, |q| share(&q.threshold)));
    if let Some(quorum) = rule.quorum {
        field("quorum_bound", bound(&quorum.threshold));
        field("quorum_of", if quorum.counts == Presence::Present { "present" } else { "took-part" }.to_owned());
    }
    field("threshold", share(&rule.threshold));
    field("bound", bound(&rule.threshold));
    let base = match rule.threshold.base {
        Base::Roll => "roll",
        Base::Present => "present",
        Base::TookPart => "took-part",
        Base::Valid => "valid",
    };
    field("base", base.to_owned());
    field("abstain", if rule.abstentions == Abstentions::LeftOut { "left-out" } else { "in-base" }.to_owned());
}

/// Whether a rule counts those who are present.
pub(crate) fn counts_present(rule: Option<&MotionRule>) -> bool {
    rule.is_some_and(|rule| {
        rule.threshold.base == Base::Present || rule.quorum.is_some_and(|q| q.counts == Presence::Present)
    })
}

/// A fraction such as `2/3`, and whether it must be reached or exceeded.
fn share(
    shape: &mut Shape,
    (field, text): (&'static str, &str),
    (bound_field, bound): (&'static str, &str),
) -> Option<(Bound, u32, u32)> {
    let bound = match bound.trim() {
        "more-than" => Bound::MoreThan,
        "at-least" => Bound::AtLeast,
        _ => {
            shape.error(bound_field, "unknown-choice");
            return None;
        }
    };
    let parts = text.trim().split_once(['/', '／']);
    let parts = parts.and_then(|(n, d)| Some((n.trim().parse::<u32>().ok()?, d.trim().parse::<u32>().ok()?)));
    let holds = |n: u32, d: u32| match bound {
        Bound::MoreThan => (1..=1_000).contains(&d) && n < d,
        Bound::AtLeast => (1..=1_000).contains(&d) && n > 0 && n <= d,
    };
    match parts.filter(|(n, d)| holds(*n, *d)) {
        Some((n, d)) => Some((bound, n, d)),
        None => {
            shape.error(field, if text.trim().is_empty() { "required" } else { "not-a-share" });
            None
        }
    }
}

/// What is done in one state only is refused like this in another.
///
/// # Errors
/// `wrong-poll-state`.
pub(crate) fn expect(poll: &Poll, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&poll.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "wrong-poll-state").with_text("state", poll.state.as_str()))
}

/// The first day on which a poll can open whose roll hangs to the end of this one.
pub(crate) fn first_day(until: &Day) -> Day {
    add_days(until, 1)
}

/// Whether a roll that hangs to the end of `until` has hung when voting is to begin. Afterwards the days of voting cannot be
/// changed any more.
///
/// # Errors
/// `roll-hangs-too-long`, with the days.
pub(crate) fn hangs_in_time(poll: &Poll, until: &Day) -> Result<(), Refusal> {
    let first = first_day(until);
    if first <= poll.opens_day {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "roll-hangs-too-long")
        .with_text("until", until.as_str())
        .with_text("opens", poll.opens_day.as_str())
        .with_text("first", first.as_str()))
}

/// Whether ballots are taken on a day.
///
/// # Errors
/// `wrong-poll-state`, `poll-not-yet`, `poll-over`.
pub(crate) fn may_vote(poll: &Poll, today: &Day) -> Result<(), Refusal> {
    expect(poll, &[State::Open])?;
    if *today < poll.opens_day {
        return Err(Refusal::new(Kind::Conflict, "poll-not-yet").with_text("day", poll.opens_day.as_str()));
    }
    if *today > poll.closes_day {
        return Err(Refusal::new(Kind::Conflict, "poll-over").with_text("day", poll.closes_day.as_str()));
    }
    Ok(())
}

/// Whether a poll can be closed: its last day is over, or everybody has voted and no paper is out.
///
/// # Errors
/// `wrong-poll-state`, `poll-still-runs`.
pub(crate) fn may_close(poll: &Poll, today: &Day, (voted, out): (u64, u64)) -> Result<(), Refusal> {
    expect(poll, &[State::Open])?;
    if *today <= poll.closes_day && (voted < poll.voters || out > 0) {
        return Err(Refusal::new(Kind::Conflict, "poll-still-runs").with_text("day", poll.closes_day.as_str()));
    }
    Ok(())
}

/// Days after the last one in which the office still types in papers, or says how many were present, before a poll closes
/// by itself all the same.
pub const DAYS_FOR_PAPERS: i32 = 7;

/// The day on which a poll closes by itself: the one after its last, or, where papers are out or the office is to say how
/// many were present, [`DAYS_FOR_PAPERS`] later.
pub fn closes_by_itself(poll: &Poll, papers: &Counts) -> Day {
    let out = papers.given > papers.counted.saturating_add(papers.spoiled) || papers.pending > 0;
    let wait = if out || poll.counts_present() { DAYS_FOR_PAPERS } else { 0 };
    add_days(&poll.closes_day, wait.saturating_add(1))
}

/// The local hour at which those are reminded who have not voted.
pub const REMIND_HOUR: i64 = 10;

/// The day on which those are reminded who have an account and have not voted: the one before the last, of two days the
/// second. Nobody is reminded of a poll of one day.
pub fn remind_day(poll: &Poll) -> Option<Day> {
    match days_between(&poll.opens_day, &poll.closes_day) {
        ..1 => None,
        1 => Some(poll.closes_day.clone()),
        _ => Some(add_days(&poll.closes_day, -1)),
    }
}

/// The part of a flat that names the building: before the first dash, or up to the word for a building behind a number
/// (`3-2-501`, `东园 5幢301`, `3号楼201`). Empty where it names none.
pub(crate) fn building_of(flat: &str) -> &str {
    let mut before = ' ';
    for (at, c) in flat.char_indices() {
        let behind_a_number =
            before.is_alphanumeric() && (before.is_ascii() || "号號一二三四五六七八九十".contains(before));
        match c {
            '-' | '－' | '–' | '/' | '#' if at > 0 => return flat[..at].trim_end(),
            '幢' | '栋' | '棟' | '楼' | '樓' | '座' if behind_a_number => return &flat[..at + c.len_utf8()],
            _ => before = c,
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buildings_are_read_from_flats() {
        for (flat, building) in [
            ("1-101", "1"),
            ("东园 3-2-501", "东园 3"),
            ("5幢2单元301", "5幢"),
            ("3号楼201", "3号楼"),
            ("东楼新村 12栋-1", "东楼新村 12栋"),
            ("A座1203", "A座"),
            ("平房", ""),
            ("-1", ""),
            ("", ""),
        ] {
            assert_eq!(building_of(flat), building, "{flat}");
        }
    }

    fn today() -> Day {
        Day::parse("2026-11-22").unwrap()
    }

    fn input(kind: &str) -> DraftPoll {
        DraftPoll {
            title: "加装休息椅".into(),
            kind: kind.into(),
            openness: "secret".into(),
            template: "house".into(),
            options: "东门\n西门 | 靠近菜场\n南门".into(),
            threshold: "1/2".into(),
            bound: "more-than".into(),
            base: "valid".into(),
            ranked: "schulze".into(),
            seats: 1,
            dots: 5,
            cap: 3,
            questions: "[scale] 满意吗？".into(),
            opens: "2026-11-23".into(),
            closes: "2026-11-30".into(),
            ..DraftPoll::default()
        }
    }

    fn errors(input: &DraftPoll) -> Vec<String> {
        let refusal = drafted(input, &today()).unwrap_err();
        refusal.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
    }

    #[test]
    fn each_kind_has_its_rule_and_no_other() {
        for kind in PollKind::ALL {
            let found = drafted(&input(kind.as_str()), &today()).unwrap().definition;
            let has =
                [found.motion.is_some(), found.ranked.is_some(), found.dots.is_some(), !found.questions.is_empty()];
            let at = PollKind::ALL.iter().position(|k| k == kind).unwrap();
            let want: Vec<bool> = (0..4).map(|n| n == at).collect();
            assert_eq!(has.to_vec(), want, "{kind:?}");
        }
        let options = drafted(&input("dots"), &today()).unwrap().definition.options;
        assert_eq!((options[1].title.as_str(), options[1].about.as_str()), ("西门", "靠近菜场"));
    }

    #[test]
    fn wrong_fields_are_named() {
        let base = input("motion");
        let cases = [
            (DraftPoll { threshold: "2/2".into(), ..base.clone() }, "threshold: not-a-share"),
            (DraftPoll { threshold: "0/2".into(), bound: "at-least".into(), ..base.clone() }, "threshold: not-a-share"),
            (DraftPoll { threshold: "half".into(), ..base.clone() }, "threshold: not-a-share"),
            (DraftPoll { base: "moon".into(), ..base.clone() }, "base: unknown-choice"),
            (DraftPoll { opens: "2026-11-21".into(), ..base.clone() }, "opens: day-past"),
            (DraftPoll { closes: "2026-11-22".into(), ..base.clone() }, "closes: day-before"),
            (DraftPoll { closes: "2028-11-22".into(), ..base.clone() }, "closes: too-far-ahead"),
            (DraftPoll { template: "residents-meeting".into(), roll_days: 4, ..base.clone() }, "roll_days: too-small"),
            (DraftPoll { template: "statutes".into(), ..input("dots") }, "template: unknown-choice"),
            (DraftPoll { template: "residents-meeting".into(), ..input("ranked") }, "template: unknown-choice"),
            (DraftPoll { template: "residents-meeting".into(), ..input("survey") }, "template: unknown-choice"),
            (DraftPoll { options: "one".into(), ..input("ranked") }, "options: options-number"),
            (DraftPoll { options: "a\na".into(), ..input("ranked") }, "options: named-twice"),
            (
                DraftPoll { template: "statutes".into(), base: "present".into(), ..base.clone() },
                "base: present-weighted",
            ),
            (DraftPoll { cap: 6, ..input("dots") }, "cap: too-large"),
            (DraftPoll { seats: 3, ..input("dots") }, "seats: too-large"),
            (DraftPoll { questions: "?".into(), ..input("survey") }, "questions: survey-line"),
        ];
        for (input, found) in cases {
            assert_eq!(errors(&input).first().map(String::as_str), Some(found), "{input:?}");
        }
        let law = DraftPoll { template: "residents-meeting".into(), roll_days: 5, threshold: "9/9".into(), ..base };
        let rule = drafted(&law, &today()).unwrap().definition.motion;
        assert_eq!(rule, Some(MotionRule::residents_meeting()), "what the law fixes is not typed");
    }
}
