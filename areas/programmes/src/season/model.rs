//! What a season is, and where it can stand.

use std::str::FromStr;

use kernel::{Day, Fen, Id, Instant};
use places::PlaceId;

/// The noun of season ids.
pub enum SeasonNoun {}
/// The id of a season.
pub type SeasonId = Id<SeasonNoun>;

macro_rules! stages {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal),+ $(,)?) => {
        /// How far a season has come in its template's calendar. The order is the order of its life; a template may
        /// leave stages out.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schema(as = SeasonStage)]
        pub enum Stage { $($(#[doc = $doc])* $name),+ }

        impl Stage {
            /// All of them, in order.
            pub const ALL: &'static [Stage] = &[$(Stage::$name),+];

            /// The word in the database, the API and the message keys (`stage-…`).
            pub fn as_str(self) -> &'static str {
                match self { $(Stage::$name => $word),+ }
            }
        }

        impl FromStr for Stage {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Stage::$name),)+ _ => Err(()) }
            }
        }
    };
}

stages! {
    /// 走访调研: the office goes to the communities and hears what is needed.
    Visits "visits",
    /// 发布征集: the call is out, ideas are not yet taken.
    Call "call",
    /// 征集金点子: everybody posts ideas.
    Ideas "ideas",
    /// 初筛: every idea gets an answer.
    Screening "screening",
    /// 提案辅导: coaches help the authors.
    Coaching "coaching",
    /// 提案提交: proposals are written, submitted and checked.
    Proposals "proposals",
    /// 评审与投票: the panel scores, residents vote; the verdicts are computed.
    Deciding "deciding",
    /// 公示: the list hangs out for objections.
    Notice "notice",
    /// 立项: the list is approved, each proposal is a matter that is being done.
    Approved "approved",
    /// 实施: the projects are being done.
    Running "running",
    /// 中期评估: each project is looked at halfway.
    Midterm "midterm",
    /// 结项: the teams report, the office accepts.
    Closing "closing",
    /// 展示与表彰: what became of it is shown, awards are given.
    Showcase "showcase",
}

/// Where a season's vote stands. The order is the order of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// No vote yet: ideas are collected and projects prepared.
    Collecting,
    /// The vote is open.
    Voting,
    /// The vote is closed and not yet counted.
    Closed,
    /// The verdict is public.
    Published,
}

const PHASES: [(Phase, &str); 4] = [
    (Phase::Collecting, "collecting"),
    (Phase::Voting, "voting"),
    (Phase::Closed, "closed"),
    (Phase::Published, "published"),
];

impl Phase {
    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        PHASES.iter().find(|(phase, _)| *phase == self).map_or("collecting", |(_, word)| word)
    }
}

impl FromStr for Phase {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        PHASES.iter().find(|(_, w)| *w == word).map(|(phase, _)| *phase).ok_or(())
    }
}

/// One round of a programme at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// Its id.
    pub id: SeasonId,
    /// Where it is held.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// What it is about, in a few sentences.
    pub about: String,
    /// The key of the template it runs by.
    pub template: String,
    /// How far it has come.
    pub stage: Stage,
    /// Where its vote stands.
    pub phase: Phase,
    /// What may be spent.
    pub budget: Fen,
    /// ISO 4217 code.
    pub currency: String,
    /// The rule of the count, by the name that `tally` gives it.
    pub rule: String,
    /// The step of the rule's increment, in the smallest unit, if the rule has one.
    pub increment: Option<Fen>,
    /// Projects a ballot may name.
    pub max_choices: u32,
    /// Moves with every change of what a count depends on.
    pub revision: i64,
    /// Its list is computed: neither projects nor a vote come any more.
    pub decided: bool,
    /// Moves with every change of its calendar.
    pub plan_revision: i64,
    /// Projects put to the vote.
    pub n_projects: u32,
    /// Ideas posted.
    pub n_ideas: u32,
    /// Voters on the roll, known from the close on.
    pub n_voters: u64,
    /// Ballots cast, known from the close on.
    pub n_ballots: u64,
    /// Where an imported season came from: JSON of the file's META section, else empty.
    pub source: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// The local day of that.
    pub opened_day: Day,
}
