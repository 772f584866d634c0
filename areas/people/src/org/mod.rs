//! Organisations that act as themselves, through the persons who hold their seats.

pub mod api;
pub mod close;
mod duty;
pub mod queries;
pub mod register;
pub mod rename;
pub mod rules;
pub mod seat;
pub mod store;
pub mod unseat;
pub mod web;

use std::str::FromStr;

use kernel::{Day, Id, OrgId, PersonId, PlaceId};

pub use duty::{hold_duty, release_duty};
pub use queries::seats_of;

/// The noun of seat ids.
pub enum SeatNoun {}
/// The id of a seat: one person's seat in one organisation for one period.
pub type SeatId = Id<SeatNoun>;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $word:literal),+ $(,)?) => {
        /// What kind of organisation it is. The words are `org-kind-<word>` in `locales/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum OrgKind { $($(#[doc = $doc])* $variant),+ }

        impl OrgKind {
            /// All kinds, in the order in which forms show them.
            pub const ALL: &'static [OrgKind] = &[$(OrgKind::$variant),+];

            /// The word in the database, the API and the message keys.
            pub fn as_str(self) -> &'static str {
                match self { $(OrgKind::$variant => $word),+ }
            }
        }

        impl FromStr for OrgKind {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(OrgKind::$variant),)+ _ => Err(()) }
            }
        }
    };
}

kinds! {
    /// 社区党组织
    PartyBranch "party-branch",
    /// 居委会
    ResidentsCommittee "residents-committee",
    /// 业委会
    OwnersCommittee "owners-committee",
    /// 物业公司
    PropertyCompany "property-company",
    /// 社区社会组织
    CommunityOrg "community-org",
    /// 社会组织, registered with the civil-affairs authority
    SocialOrg "social-org",
    /// 社会企业
    SocialEnterprise "social-enterprise",
    /// 社区社会组织联合会
    Federation "federation",
    /// 社会组织发展服务中心
    SupportCentre "support-centre",
    /// 志愿者团队
    VolunteerTeam "volunteer-team",
    /// 自治团队
    SelfGovTeam "self-gov-team",
    /// 业主大会
    OwnersAssembly "owners-assembly",
    /// 物业管理委员会
    PropertyBoard "property-board",
    /// 居务监督委员会
    SupervisionCommittee "supervision-committee",
    /// 街道党工委
    PartyCommittee "party-committee",
    /// 街道办事处
    SubdistrictOffice "subdistrict-office",
    /// 街道科室
    OfficeSection "office-section",
    /// 职能部门
    Department "department",
    /// 区级部门
    DistrictAuthority "district-authority",
    /// 市属委办局
    MunicipalAgency "municipal-agency",
    /// 报到单位党组织
    UnitPartyOrg "unit-party-org",
    /// 驻区单位、辖区企业
    LocalUnit "local-unit",
    /// 伙伴团队、专业力量
    PartnerTeam "partner-team",
    /// Any other.
    Other "other",
}

impl OrgKind {
    /// One of the five parties (五方) that sit at a joint meeting: Party branch, residents' committee, owners' committee,
    /// property company, social organisation.
    pub fn is_of_five(self) -> bool {
        use OrgKind::{CommunityOrg, OwnersCommittee, PartyBranch, PropertyCompany, ResidentsCommittee, SocialOrg};
        [PartyBranch, ResidentsCommittee, OwnersCommittee, PropertyCompany, CommunityOrg, SocialOrg].contains(&self)
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Where it works, and everywhere below.
    pub place: PlaceId,
    /// What it is.
    pub kind: OrgKind,
    /// Its full name.
    pub name: String,
    /// Its name as people say it.
    pub short: String,
    /// Moves with every change of its name, state or seats.
    pub revision: i64,
    /// Duties it owes: it does not close before they are met or handed over.
    pub open_duties: u32,
    /// The day it was closed, if it was.
    pub closed: Option<Day>,
}

/// A seat that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Who.
    pub person: PersonId,
    /// As what, such as 主任.
    pub title: String,
    /// Whether it is the leading seat, of which there is one at a time.
    pub leads: bool,
    /// The first day.
    pub from: Day,
    /// The last day; `None` means until further notice.
    pub until: Option<Day>,
    /// The first day on which it was no longer held, when it was ended early.
    pub ended: Option<Day>,
}

impl Seat {
    /// Whether it is held on `day`.
    pub fn is_in_force(&self, day: &Day) -> bool {
        self.from <= *day && self.is_to_come_or_in_force(day)
    }

    /// Whether it is held on `day` or will be.
    pub fn is_to_come_or_in_force(&self, day: &Day) -> bool {
        self.until.as_ref().is_none_or(|until| until >= day) && self.ended.as_ref().is_none_or(|ended| ended > day)
    }
}

/// A seat with the name of who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The seat.
    pub seat: Seat,
    /// The person's name; empty when the person is no longer registered.
    pub name: String,
}
