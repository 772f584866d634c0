//! What is counted: activities, 人次 and 人 of a project and of a season, from the attendances alone.

pub mod queries;
pub mod store;

/// What is told of activities. Visits (人次) and persons (人) are never added to one another, nor counted visits to
/// estimated ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = ActivityCounts)]
pub struct Counts {
    /// Activities that were not cancelled, held or still to come.
    pub planned: u64,
    /// Activities that were held: not cancelled, and somebody's coming was recorded or estimated.
    pub held: u64,
    /// 人次 served directly: check-ins that count.
    pub direct_visits: u64,
    /// 人: different persons among them, as far as they are known.
    pub persons: u64,
    /// Of the direct visits, those that name nobody: nobody can say how many different people they are.
    pub unnamed: u64,
    /// 人次 served directly that were estimated and not counted.
    pub estimated_direct: u64,
    /// 人次 reached otherwise; always an estimate with its basis.
    pub indirect_visits: u64,
    /// Check-ins that wait for an officer and count as nothing so far.
    pub open: u64,
}

/// An activity that was held, with what it adds to the figures of its season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: crate::ActivityId,
    /// Its title.
    pub title: String,
    /// The day on which it was held.
    pub day: kernel::Day,
    /// 人次 by check-ins that count.
    pub direct_visits: u64,
    /// 人次 reached otherwise, by the estimates.
    pub indirect_visits: u64,
    /// What those estimates rest on, in the order of their entering.
    pub basis: Vec<String>,
}
