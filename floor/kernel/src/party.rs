//! Who takes part: persons, organisations that act as themselves, and the roles persons hold at places.

use std::str::FromStr;

use crate::{Home, Id};

/// The noun of person ids.
pub enum PersonNoun {}
/// The id of a person.
pub type PersonId = Id<PersonNoun>;
/// The noun of organisation ids.
pub enum OrgNoun {}
/// The id of an organisation, which acts through the persons who hold its seats.
pub type OrgId = Id<OrgNoun>;
/// The noun of place ids.
pub enum PlaceNoun {}
/// The id of a place.
pub type PlaceId = Id<PlaceNoun>;

/// What a person may be at a place for a period. The rights of each are sentences in `policies/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 居民, who lives there
    Resident,
    /// 业主, who owns there
    Owner,
    /// 志愿者
    Volunteer,
    /// 议事代表
    Delegate,
    /// 楼门长
    StairwellHead,
    /// 提案团队负责人
    Proposer,
    /// 社区社会组织负责人
    OrgLead,
    /// 联合会工作人员
    FederationStaff,
    /// 物业工作人员
    PropertyStaff,
    /// 业委会成员
    OwnersCommittee,
    /// 社工
    Worker,
    /// 社区书记, first responsible person
    Secretary,
    /// 街道干部
    Officer,
    /// 职能部门干部
    DepartmentOfficer,
    /// 评审专家
    Reviewer,
    /// 居务监督
    Supervisor,
    /// 审计
    Auditor,
    /// 系统管理员
    Admin,
}

const ROLES: [(Role, &str); 18] = [
    (Role::Resident, "resident"),
    (Role::Owner, "owner"),
    (Role::Volunteer, "volunteer"),
    (Role::Delegate, "delegate"),
    (Role::StairwellHead, "stairwell-head"),
    (Role::Proposer, "proposer"),
    (Role::OrgLead, "org-lead"),
    (Role::FederationStaff, "federation-staff"),
    (Role::PropertyStaff, "property-staff"),
    (Role::OwnersCommittee, "owners-committee"),
    (Role::Worker, "worker"),
    (Role::Secretary, "secretary"),
    (Role::Officer, "officer"),
    (Role::DepartmentOfficer, "department-officer"),
    (Role::Reviewer, "reviewer"),
    (Role::Supervisor, "supervisor"),
    (Role::Auditor, "auditor"),
    (Role::Admin, "admin"),
];

impl Role {
    /// All roles, in the order of the golden table.
    pub fn all() -> impl Iterator<Item = Role> {
        ROLES.iter().map(|(role, _)| *role)
    }

    /// The word in the database, the API, the policies and the message keys (`role-<word>`).
    pub fn as_str(self) -> &'static str {
        ROLES.iter().find(|(role, _)| *role == self).map_or("resident", |(_, word)| word)
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        ROLES.iter().find(|(_, w)| *w == word).map(|(role, _)| *role).ok_or(())
    }
}

/// A role at a place, in force on the day of the request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Post {
    /// What.
    pub role: Role,
    /// Where, and everywhere below.
    pub place: PlaceId,
}

/// A person who has signed in, with what counts for their rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person: PersonId,
    /// True after a phone was verified or the desk has checked who it is: needed for publishing.
    pub verified: bool,
    /// Roles in force today, own and as a stand-in.
    pub posts: Vec<Post>,
    /// Organisations in which the person holds a seat today.
    pub seats: Vec<OrgId>,
}

impl Principal {
    /// Whether the person holds the role somewhere.
    pub fn is(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }
}

/// A place together with all places above it: where something is, for the question who may do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The shard.
    pub home: Home,
    /// The place itself.
    pub place: PlaceId,
    /// The places above, nearest first; empty for a root.
    pub above: Vec<PlaceId>,
}

impl Site {
    /// Whether this site is `place` or lies below it.
    pub fn is_within(&self, place: &PlaceId) -> bool {
        self.place == *place || self.above.contains(place)
    }
}

/// By which way something came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The person's own telephone or computer.
    #[default]
    Web,
    /// At the desk.
    Counter,
    /// By telephone.
    Phone,
    /// On paper, typed in.
    Paper,
    /// Noted during a visit.
    Visit,
    /// On a card of a workshop.
    Workshop,
    /// From a file.
    Import,
}

const SOURCES: [(Source, &str); 7] = [
    (Source::Web, "web"),
    (Source::Counter, "counter"),
    (Source::Phone, "phone"),
    (Source::Paper, "paper"),
    (Source::Visit, "visit"),
    (Source::Workshop, "workshop"),
    (Source::Import, "import"),
];

impl Source {
    /// The word in the database, the API and the message keys (`source-<word>`).
    pub fn as_str(self) -> &'static str {
        SOURCES.iter().find(|(source, _)| *source == self).map_or("web", |(_, word)| word)
    }
}

impl FromStr for Source {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        SOURCES.iter().find(|(_, w)| *w == word).map(|(source, _)| *source).ok_or(())
    }
}

/// Somebody else for whom an act is done: at the desk by a worker, or by a child with the parent's recorded consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behalf {
    /// For whom.
    pub person: PersonId,
    /// How it came in.
    pub source: Source,
}
