//! Roles at places for a period: appointing, standing in, ending, and who holds what.

pub mod api;
pub mod appoint;
mod duty;
pub mod end;
pub mod queries;
pub mod rules;
pub mod stand_in;
pub mod store;
pub mod web;

use kernel::{Day, Id, PersonId, PlaceId, Role};

pub use duty::{hold_duty, release_duty};
pub use queries::{holders, in_force};
pub use rules::right;

/// The noun of post ids.
pub enum PostNoun {}
/// The id of a post: one person's role at one place for one period. Duties are held by posts, not by persons.
pub type PostId = Id<PostNoun>;

/// A role that somebody was given at a place for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub id: PostId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub role: Role,
    /// Where, and everywhere below.
    pub place: PlaceId,
    /// Which time in a row this person holds this role there: 1, 2, 3, …
    pub term: u32,
    /// The first day.
    pub from: Day,
    /// The last day; `None` means until further notice.
    pub until: Option<Day>,
    /// The post whose holder is away meanwhile.
    pub stand_in_for: Option<PostId>,
    /// Duties it owes: it does not end before they are met or handed over.
    pub open_duties: u32,
    /// The first day on which it was no longer in force, when it was ended early.
    pub ended: Option<Day>,
}

impl Appointment {
    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: &Day) -> bool {
        self.from <= *day && self.is_to_come_or_in_force(day)
    }

    /// Whether it is in force on `day` or will be.
    pub fn is_to_come_or_in_force(&self, day: &Day) -> bool {
        self.until.as_ref().is_none_or(|until| until >= day) && self.ended.as_ref().is_none_or(|ended| ended > day)
    }
}

/// A post with the name of its holder, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The post.
    pub post: Appointment,
    /// The place's name as people say it.
    pub place: String,
    /// The place's way down from the root: ids joined with `/`.
    pub path: String,
    /// The person's name; empty when the person is no longer registered.
    pub name: String,
}
