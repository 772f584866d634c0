//! Awards of a season: somebody nominates; somebody else, a jury or the residents decide, as the template says for each
//! category; and what is given has a certificate that anyone checks.

pub mod api;
pub mod certificate;
pub mod choice;
pub mod decide;
pub mod nominate;
pub mod queries;
pub mod store;
pub mod web;

use kernel::{Day, PersonId};

use crate::SeasonId;

/// Nominations of a season at most.
pub const MAX_AWARDS: i64 = 200;

kernel::words! {
    /// Where a nomination stands.
    #[schema(as = AwardState)]
    State {
        /// Somebody proposed it.
        Nominated "nominated",
        /// It was given.
        Given "given",
        /// It was not given.
        Refused "refused",
    }
}

/// A nomination, or the award that it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// The season.
    pub season: SeasonId,
    /// The key of the template's category.
    pub category: String,
    /// The project.
    pub number: u32,
    /// Its name.
    pub project: String,
    /// Where it stands.
    pub state: State,
    /// Why, in words.
    pub words: String,
    /// Who nominated it; told to nobody.
    pub nominated_by: Option<PersonId>,
    /// When.
    pub nominated_day: Day,
    /// When it was decided.
    pub decided_day: Option<Day>,
    /// The number of its certificate.
    pub certificate: Option<String>,
    /// How many ballots approved of it, where a jury or the residents chose.
    pub approvals: Option<u64>,
    /// The verdict of that count in the register.
    pub verdict: Option<String>,
}
