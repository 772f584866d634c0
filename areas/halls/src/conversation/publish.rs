//! Publish the map of a closed conversation as a verdict.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::verdict::{Explained, NewVerdict, record};
use rights::{Action, authorize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Conversation, ConversationId, State,
    map::{Gathered, Picture, gather, refresh::Drawing},
    open::{Announcement, announce},
    queries,
    rules::{MAP_PEOPLE, expect},
    store,
};

/// The dated rule set: how axes, groups and lists follow from votes.
pub const RULE_SET: &str = "opinion-map/2026-11";
/// The rule's name; the words are `rule-opinion-map`.
pub const RULE: &str = "opinion-map";
/// The kind of verdict.
pub const KIND: &str = "opinion-map";

/// The last map of a conversation, with the digest of what it follows from; the conversation's revision guards it.
#[derive(Debug, Clone)]
pub struct Settled {
    drawing: Drawing,
    inputs: Hash,
}

impl Settled {
    /// What is drawn and told.
    #[must_use]
    pub fn picture(&self) -> &Picture {
        &self.drawing.picture
    }
}

/// Draws the last map of a closed conversation from its votes alone, outside any write transaction.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`; database faults.
pub fn settle(db: &Db, id: &ConversationId) -> Result<Settled, Fault> {
    let gathered = gather(db, id)?;
    expect(&gathered.conversation, &[State::Closed])?;
    let mut digest = Sha256::new();
    lines(&gathered, &mut |line| {
        digest.update(line.as_bytes());
        Ok(())
    })?;
    let inputs = Hash(digest.finalize().into());
    Ok(Settled { drawing: Drawing::of(&gathered, &BTreeMap::new())?, inputs })
}

/// The text of a verdict's inputs, line by line: the seed; `s NUMBER 1 WORDS` of each statement that counts and
/// `s NUMBER -1` of each that was taken down; `p NUMBER VOTES` of each participant.
///
/// # Errors
/// Those of `sink`.
pub(crate) fn lines(gathered: &Gathered, sink: &mut dyn FnMut(&str) -> Result<(), DbError>) -> Result<(), DbError> {
    sink(&format!("{}\n", json!({ "rule_set": RULE_SET, "seed": gathered.conversation.seed })))?;
    for statement in &gathered.statements {
        let counts = statement.state == super::Standing::Accepted;
        let line = if counts {
            format!("s {} 1 {}\n", statement.number, statement.text)
        } else {
            format!("s {} -1\n", statement.number)
        };
        sink(&line)?;
    }
    gathered.people.iter().try_for_each(|(number, votes)| sink(&format!("p {number} {}\n", votes.print())))
}

/// Publishes it: the verdict stands in the register, and a notice tells of it where there are words for one.
///
/// # Errors
/// Refusals `conversation-not-found`, `wrong-conversation-state`, `inputs-changed`, `changed-meanwhile`, those of posting
/// a notice, `not-allowed`; database faults.
pub fn publish(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    settled: &Settled,
    words: &Announcement,
) -> Result<Conversation, Fault> {
    let id = &settled.drawing.conversation.id;
    let conversation = queries::conversation(tx, id)?;
    let site = queries::site(tx, &conversation)?;
    let permit = authorize(&cx.actor, Action::RecordVerdict, &site)?;
    if conversation.state == State::Published {
        return Ok(conversation);
    }
    expect(&conversation, &[State::Closed])?;
    if conversation.revision != settled.drawing.conversation.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    let notice = announce(tx, cx, &conversation, words)?;
    if !store::publish(tx, &permit, &conversation, notice.as_ref())? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let picture = settled.picture();
    store::keep_map(tx, &permit, id, cx.now, (&picture.print()?, &settled.drawing.members))?;
    let told = json!({ "inputs": settled.inputs.to_string(), "people": picture.people, "notice": notice });
    let subject = id.as_str();
    append(tx, cx, &permit, &Draft { kind: "conversation.published", subject, public: &told, private: None })?;
    let verdict = NewVerdict {
        site: &site,
        kind: KIND,
        subject_kind: "conversation",
        subject,
        title: &conversation.title,
        matter: None,
        rule: RULE,
        rule_set: RULE_SET,
        parameters: parameters(conversation.seed),
        inputs: settled.inputs,
        outcome: outcome(picture),
        passed: None,
        explained: explained(picture),
    };
    record::record(tx, cx, &permit, &verdict)?;
    queries::conversation(tx, id)
}

/// What the rule was set to.
pub(crate) fn parameters(seed: u32) -> Value {
    let options = super::map::options(seed);
    json!({ "seed": seed, "least_votes": options.min_votes, "least_group": options.min_group, "shown_from": MAP_PEOPLE })
}

/// What came out, as the register tells it: numbers of statements, sizes of groups. With too few participants nothing is
/// told of groups.
pub(crate) fn outcome(picture: &Picture) -> Value {
    let mut told = json!({
        "people": picture.people, "grouped": picture.grouped, "votes": picture.votes, "statements": picture.statements,
    });
    if picture.people < MAP_PEOPLE {
        return told;
    }
    let shared =
        |side: bool| picture.shared.iter().filter(|one| one.agree == side).map(|one| one.number).collect::<Vec<u32>>();
    told["groups"] = picture.groups.iter().map(|group| json!([group.id, group.size])).collect();
    told["explained"] = json!(picture.explained);
    told["shared_agree"] = json!(shared(true));
    told["shared_disagree"] = json!(shared(false));
    told["divides"] = picture.divides.iter().map(|one| json!(one.number)).collect();
    let typical = |group: &super::map::Group| {
        let numbers: Vec<i64> = group.typical.iter().map(|one| i64::from(one.number)).collect();
        json!([group.id, numbers])
    };
    told["typical"] = picture.groups.iter().map(typical).collect();
    told
}

/// Why, in the words of `verdict-explained-opinion-…`.
pub(crate) fn explained(picture: &Picture) -> Explained {
    let long = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let key = match picture.groups.len() {
        _ if picture.people < MAP_PEOPLE => "opinion-few",
        0 | 1 => "opinion-one",
        _ => "opinion-map",
    };
    Explained::of(key)
        .with_int("people", i64::from(picture.people))
        .with_int("least", i64::from(MAP_PEOPLE))
        .with_int("groups", long(picture.groups.len()))
        .with_int("shared", long(picture.shared.len()))
        .with_int("divides", long(picture.divides.len()))
}
