//! An activity 活动: what is held on a day at a place, for a project or by itself.

pub mod calendar;
pub mod cancel;
pub mod change;
pub mod hold;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, Id, Instant, OrgId, PersonId, PlaceId, Site};
use programmes::SeasonId;
use rights::Resource;

/// The noun of activity ids.
pub enum ActivityNoun {}
/// The id of an activity.
pub type ActivityId = Id<ActivityNoun>;

/// What attendances of activities have as the kind of their event.
pub const EVENT: &str = "activity";

/// What an activity is about: the six themes of a campaign, and what fits none of them.
pub const THEMES: [&str; 7] = ["civility", "order", "culture", "health", "environment", "safety", "other"];

/// An activity as it stands now. Earlier wordings are in the private part of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// The season of its project; none where it stands alone.
    pub season: Option<SeasonId>,
    /// The number of its project within that season; none where it stands alone.
    pub project: Option<u32>,
    /// Where, as a place of the tree.
    pub place: PlaceId,
    /// One of [`THEMES`].
    pub theme: String,
    /// 1 to 80 characters.
    pub title: String,
    /// At most 2,000 characters.
    pub about: String,
    /// Where exactly, at most 100 characters.
    pub spot: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The local day on which it begins.
    pub day: Day,
    /// People who fit in; 0 is as many as come.
    pub capacity: u32,
    /// Whoever comes also checks out, because hours count.
    pub hours: bool,
    /// Who wrote the project's proposal and so holds the activity.
    pub owner: Option<PersonId>,
    /// The organisation that applied for the project.
    pub org: Option<OrgId>,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<Instant>,
    /// Why; else empty.
    pub cancelled_reason: String,
    /// People who signed up and have a place.
    pub heads: u32,
    /// Sign-ups that wait for a place.
    pub waiting: u32,
    /// Who came and counts now; in a list of a place, as it was kept at the last check-in.
    pub checked: u32,
    /// 0, and one more with each change of what it says.
    pub revision: u32,
}

impl Activity {
    /// The activity as a record for the question who may do something with it. Whoever wrote the project's proposal, or has
    /// a seat in the organisation that applied, holds it as well as those who do community work there.
    pub fn resource<'a>(&'a self, site: &'a Site) -> Resource<'a> {
        Resource::at(site).owned_by(self.owner.as_ref()).of_organisation(self.org.as_ref())
    }

    /// People for whom there is still a place; `None` where any number fits.
    pub fn free(&self) -> Option<u32> {
        (self.capacity > 0).then(|| self.capacity.saturating_sub(self.heads))
    }
}
