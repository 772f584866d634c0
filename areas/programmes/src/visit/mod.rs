//! A visit 走访调研: who went to a community, whom they met, what is needed there and what is there already.

pub mod api;
pub mod correct;
mod form;
pub mod queries;
pub mod record;
pub mod rules;
pub mod store;
pub mod strike;
pub mod web;

use kernel::{Day, Id, Instant, PersonId, PlaceId};
use serde::{Deserialize, Serialize};

use crate::SeasonId;

/// The noun of visit ids.
pub enum VisitNoun {}
/// The id of a visit.
pub type VisitId = Id<VisitNoun>;

/// Visits of a season at most.
pub const MAX_VISITS: u32 = 500;
/// Needs of a visit at most.
pub const MAX_NEEDS: usize = 30;
/// Lines of an inventory at most.
pub const MAX_HAS: usize = 60;

kernel::words! {
    /// Whom one meets on a visit.
    Met {
        /// 居民
        Residents "residents",
        /// 老人
        Elders "elders",
        /// 有孩子的家庭
        Families "families",
        /// 年轻人
        Young "young",
        /// 楼门长
        StairwellHeads "stairwell-heads",
        /// 志愿者
        Volunteers "volunteers",
        /// 社区社会组织
        Organisations "organisations",
        /// 驻区单位和商户
        Firms "firms",
        /// 物业
        Property "property",
        /// 居委会成员
        Committee "committee",
    }
}

kernel::words! {
    /// What a community has.
    Has {
        /// People who can do something; a skill, never a name.
        People "people",
        /// Teams and clubs.
        Teams "teams",
        /// Rooms and open spaces.
        Rooms "rooms",
        /// Firms, shops, schools.
        Firms "firms",
    }
}

/// How many of a kind were met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MetLine {
    /// Who.
    pub kind: Met,
    /// How many, 1 to 100,000.
    pub people: u32,
}

/// A need and how many of those who were met mentioned it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Need {
    /// 1 to 60 characters. The same words at several visits are one need.
    pub need: String,
    /// How many mentioned it, 1 to 100,000.
    pub mentioned: u32,
}

/// Something that the community has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HasLine {
    /// What it is.
    pub kind: Has,
    /// 1 to 60 characters.
    pub name: String,
    /// At most 200 characters.
    #[serde(default)]
    pub note: String,
}

/// A visit as it stands now. Earlier wordings are in the private part of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// Its season.
    pub season: SeasonId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// The community.
    pub place: PlaceId,
    /// The day of the visit.
    pub day: Day,
    /// Who went, by name: for those who do community work there.
    pub staff: String,
    /// What was found.
    pub findings: String,
    /// 0, and one more with each correction.
    pub revision: u32,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub recorded_by: Option<PersonId>,
    /// When it was struck out, if it was.
    pub struck_at: Option<Instant>,
    /// Why; else empty.
    pub struck_reason: String,
}

/// What a visit lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// Whom they met.
    pub met: Vec<MetLine>,
    /// What is needed.
    pub needs: Vec<Need>,
    /// What is there.
    pub has: Vec<HasLine>,
}

/// A need over all visits of a season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NeedSum {
    /// The need.
    pub need: String,
    /// How many mentioned it, at all visits together.
    pub mentioned: u64,
    /// At how many visits.
    pub visits: u64,
}
