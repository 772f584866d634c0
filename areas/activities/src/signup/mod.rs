//! A sign-up 报名: a neighbour or a household that wants to come. Where places are few the others wait in a line, and move
//! up in its order when somebody steps back.

pub mod join;
pub mod paste;
pub mod queries;
pub mod rules;
pub mod step_back;
pub mod store;
pub mod web;

use std::str::FromStr;

use kernel::{Id, Instant, PersonId};

/// The noun of sign-up ids.
pub enum SignUpNoun {}
/// The id of a sign-up.
pub type SignUpId = Id<SignUpNoun>;

/// Where a sign-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = SignupState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// They have a place.
    In,
    /// They wait for one.
    Waiting,
    /// They stepped back.
    Out,
}

impl State {
    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            State::In => "in",
            State::Waiting => "waiting",
            State::Out => "out",
        }
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [State::In, State::Waiting, State::Out].into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// A sign-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Its id.
    pub id: SignUpId,
    /// 1, 2, 3, … in the order in which they came.
    pub number: u32,
    /// Who, where they signed up by themselves.
    pub person: Option<PersonId>,
    /// The name of the person or household: for those who hold the activity.
    pub name: String,
    /// How many come, 1 to 20.
    pub heads: u32,
    /// Where it stands.
    pub state: State,
    /// `web`, `counter` or `list`.
    pub source: String,
    /// When they signed up.
    pub made_at: Instant,
}
