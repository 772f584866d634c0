//! The opinion map: gathered from the votes, drawn, kept as a read model.

mod draw;
pub mod refresh;

use std::collections::BTreeMap;

use db::{Db, DbError, Fault};
use opinion::{ConversationBuilder, Moderation, OpinionMap, Options};
use serde::{Deserialize, Serialize};

use super::{Conversation, ConversationId, Standing, Statement, Votes, queries, store};

pub use draw::{drawn, members};

/// Participants read in one piece.
const PAGE: i64 = 1_000;
/// Coordinates of a picture are 0 to this.
pub const SIDE: i32 = 1_000;

/// Everything that a map follows from.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The conversation as it was read.
    pub conversation: Conversation,
    /// The statements that were voted on.
    pub statements: Vec<Statement>,
    /// Who takes part with what they said, in order of numbers.
    pub people: Vec<(u32, Votes)>,
}

/// Reads a conversation's statements and votes, page by page, outside any write transaction.
///
/// # Errors
/// Refusal `conversation-not-found`; database faults.
pub fn gather(db: &Db, id: &ConversationId) -> Result<Gathered, Fault> {
    let key = id.clone();
    let (conversation, statements) = db.read_wait(move |s| {
        let conversation = queries::conversation(s, &key)?;
        Ok::<_, Fault>((conversation, queries::shown(s, &key)?))
    })?;
    let (mut people, mut after) = (Vec::new(), -1);
    loop {
        let key = id.clone();
        let page = db.read_wait(move |s| store::people(s, &key, after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = i64::from(last.number);
        people.extend(page.into_iter().map(|one| (one.number, one.votes)));
    }
    Ok(Gathered { conversation, statements, people })
}

/// The options of every map; only the seed is a conversation's own.
#[must_use]
pub fn options(seed: u32) -> Options {
    Options { seed: u64::from(seed), ..Options::default() }
}

/// Draws the map of statements (number, whether it counts) and votes. `before` is each participant's group on the map
/// before, whose colours stay; empty for a map that follows from the votes alone.
///
/// # Errors
/// [`DbError::Data`] where a vote is on no statement, or there are more than a map holds.
pub fn computed(
    statements: &[(u32, bool)],
    people: &[(u32, Votes)],
    seed: u32,
    before: &BTreeMap<u64, u32>,
) -> Result<OpinionMap, DbError> {
    let wrong = |e: opinion::ConversationError| DbError::Data(e.to_string());
    let of = |(number, counts): &(u32, bool)| {
        let moderation = if *counts { Moderation::Accepted } else { Moderation::Rejected };
        opinion::Statement { id: u64::from(*number), moderation, meta: false }
    };
    let statements: Vec<opinion::Statement> = statements.iter().map(of).collect();
    let mut builder = ConversationBuilder::new(&statements).map_err(wrong)?;
    for (number, votes) in people {
        let participant = u64::from(*number);
        builder.participant(participant).map_err(wrong)?;
        for (statement, vote) in votes.iter() {
            builder.vote(participant, u64::from(statement), vote, 0).map_err(wrong)?;
        }
    }
    Ok(OpinionMap::new(builder.finish(), options(seed), before))
}

impl Gathered {
    /// The statements with whether they count.
    #[must_use]
    pub fn counted(&self) -> Vec<(u32, bool)> {
        self.statements.iter().map(|one| (one.number, one.state == Standing::Accepted)).collect()
    }

    /// Its map.
    ///
    /// # Errors
    /// As [`computed`].
    pub fn map(&self, before: &BTreeMap<u64, u32>) -> Result<OpinionMap, DbError> {
        computed(&self.counted(), &self.people, self.conversation.seed, before)
    }
}

/// What is drawn and told of a map. It has no participant's number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = OpinionPicture)]
pub struct Picture {
    /// People who take part.
    pub people: u32,
    /// People who said enough to be in a group.
    pub grouped: u32,
    /// Votes, one for each person and statement.
    pub votes: u64,
    /// Statements that count.
    pub statements: u32,
    /// The part of all differences that each axis shows, in thousandths.
    pub explained: [u32; 2],
    /// How far apart the groups are, −1000 to 1000: near 1000 far, near 0 they touch.
    pub silhouette: i32,
    /// Whether other people of the same kind would give the same groups, in thousandths; 1000 the same.
    pub stability: Option<i32>,
    /// The groups, in order of their ids.
    pub groups: Vec<Group>,
    /// Places of people who are in no group yet: x, y, how many.
    pub alone: Vec<[i32; 3]>,
    /// What all groups share, the clearest first: in every group more than half are on this side.
    pub shared: Vec<Shared>,
    /// What parts the groups, the farthest apart first.
    pub divides: Vec<Divide>,
    /// The counts of every statement, in order of numbers.
    pub counts: Vec<Counted>,
}

/// A group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = OpinionGroup)]
pub struct Group {
    /// Its id from map to map: the index of its colour, its sign and its letter.
    pub id: u32,
    /// How many are in it.
    pub size: u32,
    /// How much of it is found again among other people of the same kind, in thousandths; from 750 on it is stable.
    pub stability: Option<u32>,
    /// The middle of its people.
    pub center: [i32; 2],
    /// Corners of its outline.
    pub corners: Vec<[i32; 2]>,
    /// Places of its people: x, y, how many.
    pub dots: Vec<[i32; 3]>,
    /// What is typical of it.
    pub typical: Vec<Typical>,
}

/// What a group says more often than the others do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = TypicalStatement)]
pub struct Typical {
    /// The statement.
    pub number: u32,
    /// Whether it agrees; else it disagrees.
    pub agree: bool,
    /// How many of the group are on this side, and how many of it voted.
    pub here: [u32; 2],
    /// How many of all other groups are, and how many of them voted.
    pub elsewhere: [u32; 2],
}

/// What all groups share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = SharedStatement)]
pub struct Shared {
    /// The statement.
    pub number: u32,
    /// Whether they agree; else they disagree.
    pub agree: bool,
    /// Group-aware consensus in thousandths.
    pub value: u32,
}

/// What parts the groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = DividingStatement)]
pub struct Divide {
    /// The statement.
    pub number: u32,
    /// The group that agrees most.
    pub most: u32,
    /// The group that agrees least.
    pub least: u32,
    /// The difference of their shares of agreement, in thousandths.
    pub distance: u32,
}

/// The counts of a statement: agree, disagree, pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = StatementCounts)]
pub struct Counted {
    /// The statement.
    pub number: u32,
    /// Everybody.
    pub all: [u32; 3],
    /// Each group, in the order of the groups; empty where a group has so few votes that one could tell who they are.
    pub groups: Vec<[u32; 3]>,
    /// How much is learnt from showing it next, in millionths.
    pub priority: u64,
}

impl Picture {
    /// Reads it as it is kept.
    ///
    /// # Errors
    /// [`DbError::Data`].
    pub fn parse(text: &str) -> Result<Picture, DbError> {
        serde_json::from_str(text).map_err(|e| DbError::Data(format!("map: {e}")))
    }

    /// As it is kept.
    ///
    /// # Errors
    /// [`DbError::Data`], which does not happen.
    pub fn print(&self) -> Result<String, DbError> {
        serde_json::to_string(self).map_err(|e| DbError::Data(e.to_string()))
    }

    /// The counts of a statement.
    #[must_use]
    pub fn of(&self, number: u32) -> Option<&Counted> {
        let at = self.counts.binary_search_by_key(&number, |counted| counted.number).ok()?;
        self.counts.get(at)
    }
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From the left, 0 to [`SIDE`].
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// The group's id; nothing for who has said too little.
    pub group: Option<u32>,
}

/// Finds a participant in the text of members.
#[must_use]
pub fn place_of(members: &str, participant: u32) -> Option<Place> {
    let (_, x, y, group) = each_member(members).find(|(number, ..)| *number == participant)?;
    Some(Place { x, y, group })
}

/// Each participant with their place and group, from the text that [`members`] makes.
pub fn each_member(members: &str) -> impl Iterator<Item = (u32, i32, i32, Option<u32>)> + '_ {
    members.split(';').filter_map(|row| {
        let mut cells = row.split(',');
        let (number, x, y) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        Some((number, x, y, cells.next()?.parse().ok()))
    })
}
