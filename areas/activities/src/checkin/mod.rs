//! A check-in 签到: somebody came. What is beyond doubt is an attendance at once; what is not waits for an officer, and is
//! never counted in silence.

pub mod decide;
pub mod here;
pub mod leave;
pub mod paper;
pub mod queries;
pub mod room;
pub mod rules;
pub mod scan;
pub mod store;
pub mod take;
pub mod web;

use kernel::{Id, Instant, PersonId};
use matters::attendance::{AttendanceId, Way};

use crate::{ActivityId, signup::SignUpId};

/// The noun of check-in ids.
pub enum CheckNoun {}
/// The id of a check-in.
pub type CheckId = Id<CheckNoun>;

kernel::words! {
    /// Where a check-in stands.
    #[schema(as = CheckinState)]
    State {
        /// It is an attendance.
        Counted "counted",
        /// An officer has to look.
        Open "open",
        /// It counts as nothing.
        LeftOut "left-out",
    }
}

kernel::words! {
    /// Why somebody has to look.
    Doubt {
        /// More than half an hour before the start.
        BeforeStart "before-start",
        /// More than an hour after the end.
        AfterEnd "after-end",
        /// The device's clock is off by more than ten minutes, or says what cannot be.
        Clock "clock",
        /// The same person is at another activity at that time.
        Elsewhere "elsewhere",
        /// More came than fit in.
        BeyondCapacity "beyond-capacity",
        /// More came than the sign-up says.
        BeyondSignUp "beyond-sign-up",
    }
}

/// A check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// Who, where they are known.
    pub person: Option<PersonId>,
    /// The sign-up that they came with.
    pub signup: Option<SignUpId>,
    /// A name as it stands on the list; may be empty. For those who hold the activity.
    pub name: String,
    /// How it came in.
    pub way: Way,
    /// When they came, the clock of the device set right.
    pub came_at: Instant,
    /// When the server heard of it.
    pub heard_at: Instant,
    /// Seconds by which the device's clock is ahead; negative where it is behind.
    pub skew: i64,
    /// When they left, where hours count.
    pub left_at: Option<Instant>,
    /// Where it stands.
    pub state: State,
    /// Why somebody had to look; empty where nobody had.
    pub doubts: Vec<Doubt>,
    /// The other activity at the same time.
    pub other: Option<ActivityId>,
    /// The attendance, where it counts or counted.
    pub attendance: Option<AttendanceId>,
    /// Who recorded it.
    pub recorded_by: Option<PersonId>,
    /// What an officer said to it, or why it was left out; else empty.
    pub reason: String,
}
