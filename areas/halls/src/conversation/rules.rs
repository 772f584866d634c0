//! Facts in, a reasoned answer out.

use kernel::{Day, FieldError, Kind, Refusal, Shape};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Adds, Conversation, Standing, State, Statement};

/// Characters of a statement at most: one thought.
pub const MAX_TEXT: usize = 140;
/// Statements that a draft begins with at most.
pub const MAX_FIRST: usize = 50;
/// Statements that a conversation needs before it opens: with fewer nobody sees who thinks alike.
pub const MIN_FIRST: usize = 3;
/// Statements of a conversation at most.
pub const MAX_STATEMENTS: u32 = 1_000;
/// Statements that one resident adds to a conversation at most.
pub const MAX_OWN: i64 = 20;
/// Days a conversation is open at most.
pub const MAX_DAYS: i64 = 90;
/// Participants from whom on the map is public; with fewer, groups would be families.
pub const MAP_PEOPLE: u32 = 15;
/// Votes of a group on a statement from which on the group's counts are told. Where a group has fewer, and not none, the
/// counts of no group are told, so that nobody subtracts.
pub const GROUP_VOTES: u32 = 5;

/// A conversation as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DraftConversation {
    /// Whom it asks: the id of a place.
    pub place: String,
    /// The question, 1 to 120 characters.
    pub title: String,
    /// What it is about, at most 2,000 characters; without names of residents.
    pub body: String,
    /// How many days it is open, 1 to 90.
    pub days: u32,
    /// `nobody` or `residents`.
    pub adds: String,
    /// The first statements, a line each: at most 50, 2 to 140 characters.
    pub statements: String,
    /// A text the sender makes up for this one conversation, at most 64 characters, so that sending twice makes one.
    pub once: String,
}

/// What a draft says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drafted {
    pub title: String,
    pub body: String,
    pub days: u32,
    pub adds: Adds,
    pub first: Vec<String>,
}

/// What somebody typed, with every wrong field named.
///
/// # Errors
/// Refusal `invalid-input`.
pub(crate) fn drafted(input: &DraftConversation) -> Result<Drafted, Refusal> {
    let mut shape = Shape::new();
    let title = shape.line("title", &input.title, 120);
    let body = shape.optional_prose("body", &input.body, 2_000);
    shape.number("days", i64::from(input.days), 1..=MAX_DAYS);
    let adds = input.adds.trim().parse().ok();
    if adds.is_none() {
        shape.error("adds", if input.adds.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let mut first: Vec<String> = Vec::new();
    for line in input.statements.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if first.len() >= MAX_FIRST {
            shape.error("statements", "statements-number");
            break;
        }
        let text = one_line(&mut shape, "statements", line);
        if first.iter().any(|known| sameness(known) == sameness(&text)) {
            shape.error("statements", "named-twice");
        }
        first.push(text);
    }
    let drafted = Drafted { title, body, days: input.days, adds: adds.unwrap_or(Adds::Nobody), first };
    shape.finish(drafted)
}

/// A statement: one line of 2 to [`MAX_TEXT`] characters.
fn one_line(shape: &mut Shape, field: &'static str, text: &str) -> String {
    let text = shape.line(field, text, MAX_TEXT);
    if text.chars().count() == 1 {
        shape.error(field, "statement-short");
    }
    text
}

/// A statement as a resident typed it.
///
/// # Errors
/// Refusal `invalid-input`.
pub(crate) fn statement(text: &str) -> Result<String, Refusal> {
    let mut shape = Shape::new();
    let text = one_line(&mut shape, "text", text);
    shape.finish(text)
}

/// The same for statements that say the same but for spaces, marks and capital letters.
#[must_use]
pub(crate) fn sameness(text: &str) -> [u8; 32] {
    let said: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    // of marks alone the marks are what is said
    let said = if said.is_empty() { text.trim() } else { &said };
    Sha256::digest(said.as_bytes()).into()
}

/// What is done in one state only is refused like this in another.
///
/// # Errors
/// `wrong-conversation-state`.
pub(crate) fn expect(conversation: &Conversation, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&conversation.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "wrong-conversation-state").with_text("state", conversation.state.as_str()))
}

/// Whether votes and statements are taken on a day.
///
/// # Errors
/// `wrong-conversation-state`, `conversation-over`.
pub(crate) fn may_say(conversation: &Conversation, today: &Day) -> Result<(), Refusal> {
    expect(conversation, &[State::Open])?;
    match &conversation.closes_day {
        Some(last) if today > last => {
            Err(Refusal::new(Kind::Conflict, "conversation-over").with_text("day", last.as_str()))
        }
        _ => Ok(()),
    }
}

/// Whether a draft can open.
///
/// # Errors
/// `wrong-conversation-state`, `conversation-few-statements`.
pub(crate) fn may_open(conversation: &Conversation, n_accepted: usize) -> Result<(), Refusal> {
    expect(conversation, &[State::Draft])?;
    if n_accepted < MIN_FIRST {
        let least = i64::try_from(MIN_FIRST).unwrap_or(3);
        return Err(Refusal::new(Kind::Conflict, "conversation-few-statements").with_int("least", least));
    }
    Ok(())
}

/// Whether a conversation can be closed: its last day is over, and every statement has its answer.
///
/// # Errors
/// `wrong-conversation-state`, `conversation-still-runs`, `conversation-statements-wait`.
pub(crate) fn may_close(conversation: &Conversation, today: &Day, n_waiting: i64) -> Result<(), Refusal> {
    expect(conversation, &[State::Open])?;
    if let Some(last) = conversation.closes_day.as_ref().filter(|last| today <= *last) {
        return Err(Refusal::new(Kind::Conflict, "conversation-still-runs").with_text("day", last.as_str()));
    }
    if n_waiting > 0 {
        return Err(Refusal::new(Kind::Conflict, "conversation-statements-wait").with_int("n", n_waiting));
    }
    Ok(())
}

/// Whether a resident can add one more statement.
///
/// # Errors
/// `conversation-adds-nobody`, `conversation-full`, `conversation-own-full`.
pub(crate) fn may_add(conversation: &Conversation, n_own: i64) -> Result<(), Refusal> {
    if conversation.adds == Adds::Nobody {
        return Err(Refusal::new(Kind::Conflict, "conversation-adds-nobody"));
    }
    let full = |code, limit| Refusal::new(Kind::LimitReached, code).with_int("limit", limit);
    if conversation.statements >= MAX_STATEMENTS {
        return Err(full("conversation-full", i64::from(MAX_STATEMENTS)));
    }
    if n_own >= MAX_OWN {
        return Err(full("conversation-own-full", MAX_OWN));
    }
    Ok(())
}

/// Where a statement comes to stand when the office takes it or does not; the same again is no change.
///
/// # Errors
/// `statement-decided` where it was rejected or removed.
pub(crate) fn moderated(statement: &Statement, accept: bool) -> Result<Standing, Refusal> {
    match (statement.state, accept) {
        (Standing::Waiting | Standing::Accepted, true) => Ok(Standing::Accepted),
        (Standing::Waiting | Standing::Rejected, false) => Ok(Standing::Rejected),
        (Standing::Accepted | Standing::Removed, false) => Ok(Standing::Removed),
        (Standing::Rejected | Standing::Removed, true) => Err(Refusal::new(Kind::Conflict, "statement-decided")),
    }
}

/// Why something was not taken, 2 to 200 characters.
///
/// # Errors
/// Refusal `invalid-input`.
pub(crate) fn reason(text: &str) -> Result<String, Refusal> {
    let mut shape = Shape::new();
    let reason = shape.line("reason", text, 200);
    shape.finish(reason)
}

/// The refusal of a field that somebody else filled in first.
pub(crate) fn said_before() -> Refusal {
    Refusal::invalid(vec![FieldError::new("text", "said-before")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> DraftConversation {
        DraftConversation {
            title: "宠物怎么管".into(),
            days: 14,
            adds: "residents".into(),
            statements: "遛狗要牵绳\n\n 可以设遛狗时段 \n应当划出遛狗的地方".into(),
            ..DraftConversation::default()
        }
    }

    fn errors(input: &DraftConversation) -> Vec<String> {
        let refusal = drafted(input).unwrap_err();
        refusal.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
    }

    #[test]
    fn a_draft_says_what_is_wrong_with_each_field() {
        let found = drafted(&input()).unwrap();
        assert_eq!((found.adds, found.first.len(), found.first[1].as_str()), (Adds::Residents, 3, "可以设遛狗时段"));
        let wrong = |change: fn(&mut DraftConversation)| {
            let mut input = input();
            change(&mut input);
            errors(&input)
        };
        assert_eq!(wrong(|i| i.title.clear()), ["title: required"]);
        assert_eq!(wrong(|i| i.days = 0), ["days: too-small"]);
        assert_eq!(wrong(|i| i.days = 91), ["days: too-large"]);
        assert_eq!(wrong(|i| i.adds = "all".into()), ["adds: unknown-choice"]);
        assert_eq!(wrong(|i| i.statements = "狗".into()), ["statements: statement-short"]);
        assert_eq!(wrong(|i| i.statements = "字".repeat(141)), ["statements: too-long"]);
        assert_eq!(wrong(|i| i.statements = "要牵绳\n要 牵绳。".into()), ["statements: named-twice"]);
        let many: String = (0..51).map(|n| format!("第{n}条意见\n")).collect();
        assert_eq!(errors(&DraftConversation { statements: many, ..input() }), ["statements: statements-number"]);
    }

    #[test]
    fn the_same_in_other_marks_is_the_same() {
        assert_eq!(sameness("遛狗，要牵绳！"), sameness("遛狗要牵绳"));
        assert_eq!(sameness("Keep Dogs on a lead."), sameness("keep dogs on a LEAD"));
        assert_ne!(sameness("遛狗要牵绳"), sameness("遛狗不要牵绳"));
        assert_ne!(sameness("！！"), sameness("？？"));
    }

    #[test]
    fn a_statement_is_decided_once_and_taken_down_at_any_time() {
        let at = |state| Statement { number: 1, text: "一".into(), state, author: None, reason: String::new() };
        let table = [
            (Standing::Waiting, true, Some(Standing::Accepted)),
            (Standing::Waiting, false, Some(Standing::Rejected)),
            (Standing::Accepted, true, Some(Standing::Accepted)),
            (Standing::Accepted, false, Some(Standing::Removed)),
            (Standing::Rejected, true, None),
            (Standing::Rejected, false, Some(Standing::Rejected)),
            (Standing::Removed, true, None),
            (Standing::Removed, false, Some(Standing::Removed)),
        ];
        for (state, accept, want) in table {
            assert_eq!(moderated(&at(state), accept).ok(), want, "{state:?} {accept}");
        }
    }
}
