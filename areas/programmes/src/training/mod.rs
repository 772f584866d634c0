//! A training of a season 赋能培训: who teaches what on which day, who signs up, who came, what they say of it, and which
//! projects still need it.

pub mod api;
pub mod hold;
pub mod queries;
pub mod rate;
pub mod sign_in;
pub mod sign_up;
pub mod store;
pub mod web;

use kernel::{Day, Id, PersonId};
use serde::{Deserialize, Serialize};

use crate::SeasonId;

/// The noun of training ids.
pub enum TrainingNoun {}
/// The id of a training.
pub type TrainingId = Id<TrainingNoun>;

/// Trainings of a season at most.
pub const MAX_TRAININGS: u32 = 100;
/// People who sign up for one at most.
pub const MAX_SIGNUPS: u32 = 300;
/// Materials of one at most.
pub const MAX_MATERIALS: usize = 10;
/// The kind of event of its attendance.
pub const EVENT: &str = "training";
/// Answers from which on what people say of it is shown: fewer would show who said what.
pub const SHOWN_FROM: u64 = 5;

/// Something to read or to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Material {
    /// What it is called, 1 to 80 characters.
    pub name: String,
    /// Where it lies: `https://` only.
    pub link: String,
}

/// A training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Its id.
    pub id: TrainingId,
    /// Its season.
    pub season: SeasonId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// The day; may be in the future.
    pub day: Day,
    /// Where, in words.
    pub room: String,
    /// Who teaches, by trade and not by name.
    pub teacher: String,
    /// What it is about; may be empty.
    pub about: String,
    /// Its materials.
    pub materials: Vec<Material>,
    /// Who put it down.
    pub recorded_by: Option<PersonId>,
}

/// A training to which somebody came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: TrainingId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// The day.
    pub day: Day,
    /// Visits (人次): rows of attendance that stand, without estimates.
    pub attendance: u64,
}

/// Somebody who signed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signup {
    /// Who; told to nobody.
    pub person: PersonId,
    /// The project for which they come; 0 for community work.
    pub number: u32,
    /// Whether they came.
    pub came: bool,
}

/// An approved project with those who do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trainee {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Who proposed it.
    pub author: Option<PersonId>,
    /// The organisation that did.
    pub org: Option<kernel::OrgId>,
}

/// What those who were there say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// How many answered.
    pub answers: u64,
    /// The sum of their grades, each 1 to 5.
    pub sum: u64,
    /// How many gave 4 or 5.
    pub content: u64,
}
