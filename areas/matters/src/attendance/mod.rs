//! Attendance 签到: one row a person and event. Visits (人次) are rows, persons (人) are different people; both are
//! derived and never typed in, and never added to one another. Estimates are rows of their own, with what they rest on.

pub mod api;
pub mod estimate;
pub mod queries;
pub mod record;
pub mod record_list;
mod rules;
pub mod store;
pub mod strike;
pub mod web;

use kernel::{Day, Id, Instant, PersonId, PlaceId};

pub use rules::{MAX_HEADCOUNT, MAX_LIST};

/// The noun of attendance ids.
pub enum AttendanceNoun {}
/// The id of an attendance.
pub type AttendanceId = Id<AttendanceNoun>;

kernel::words! {
    /// By which way an attendance came in.
    Way {
        /// Typed in by somebody at a screen.
        Web "web",
        /// The person scanned the event's code.
        Qr "qr",
        /// From a list that was signed on paper.
        Paper "paper",
        /// From a list of another system.
        List "list",
        /// At the desk.
        Counter "counter",
        /// By telephone.
        Phone "phone",
        /// Noted during a visit.
        Visit "visit",
        /// From a file of earlier years.
        Import "import",
    }
}

/// One attendance, or one estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// Its id.
    pub id: AttendanceId,
    /// What kind of event: `activity`, `meeting`, `training`, …
    pub event_kind: String,
    /// The event's id.
    pub event: String,
    /// Who came; none when nobody knows, and of estimates.
    pub person: Option<PersonId>,
    /// A mark that tells rows without a person apart, such as the number on a paper list; never a name.
    pub mark: String,
    /// How it came in.
    pub way: Way,
    /// True for an estimate by the organiser.
    pub estimated: bool,
    /// What an estimate rests on; else empty.
    pub basis: String,
    /// 1, or how many an estimate says.
    pub headcount: u32,
    /// True for those who took part or were served themselves, false for those it reached otherwise.
    pub direct: bool,
    /// Where.
    pub place: PlaceId,
    /// The place's way down from the root at that time.
    pub path: String,
    /// When it was recorded.
    pub at: Instant,
    /// The local day on which they came.
    pub day: Day,
    /// Who recorded it.
    pub recorded_by: Option<PersonId>,
    /// When it was struck out, if it was.
    pub struck_at: Option<Instant>,
    /// Why it was struck out; else empty.
    pub struck_reason: String,
}

/// What is told of attendances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, utoipa::ToSchema)]
pub struct Figures {
    /// Events with at least one attendance.
    pub events: u64,
    /// 人次: rows that were recorded, without estimates.
    pub visits: u64,
    /// Of these, those who took part or were served themselves.
    pub direct_visits: u64,
    /// 人: different persons among the visits that name one.
    pub persons: u64,
    /// Visits that name no person: nobody can say how many different people they are.
    pub unnamed: u64,
    /// Estimates.
    pub estimates: u64,
    /// What the estimates say of those who took part or were served themselves, in 人次.
    pub estimated_direct: u64,
    /// What the estimates say of those reached otherwise, in 人次.
    pub estimated_indirect: u64,
}
