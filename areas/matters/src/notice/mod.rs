//! A notice 公示: public posting with a legal minimum, objections, restart on correction.
//!
//! `draft` → `post` → (`object` → `answer`)* → (`correct` → …)* → `end`, or `withdraw` at any time before.

pub mod answer;
pub mod api;
pub mod correct;
mod difference;
pub mod draft;
pub mod end;
mod kinds;
pub mod object;
mod owe;
pub mod post;
pub mod queries;
pub mod recompute;
mod rules;
pub mod store;
pub mod web;
pub mod withdraw;

use kernel::{Day, Id, Instant, PersonId, PlaceId};

pub use difference::{Part, difference};
pub use kinds::{Counted, KINDS, Kind, RULE_SET, kind_on};
pub use rules::{Period, period};
pub(crate) use web::subject_page;

/// The noun of notice ids.
pub enum NoticeNoun {}
/// The id of a notice.
pub type NoticeId = Id<NoticeNoun>;
/// The noun of objection ids.
pub enum ObjectionNoun {}
/// The id of an objection.
pub type ObjectionId = Id<ObjectionNoun>;

kernel::words! {
    /// Where a notice stands.
    #[schema(as = NoticeState)]
    State {
        /// Being written; nobody sees it but those who may post it.
        Draft "draft",
        /// On the board; objections are taken up to its last day.
        Posted "posted",
        /// It has hung for its whole time, and every objection has its answer.
        Ended "ended",
        /// Taken back, with a reason that everybody can read.
        Withdrawn "withdrawn",
    }
}

kernel::words! {
    /// Where an objection stands.
    ObjectionState {
        /// Waits for its answer.
        Open "open",
        /// Answered: it asked, or it concerned something else.
        Answered "answered",
        /// It is right: the notice has to be corrected before it can end.
        Upheld "upheld",
        /// It is not right, and the answer says why.
        Rejected "rejected",
    }
}

/// A notice as it stands now; earlier wordings are [`Version`]s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Whom it concerns: everybody at this place and below.
    pub place: PlaceId,
    /// The place's way down from the root; it follows the place.
    pub path: String,
    /// The place's name then.
    pub place_name: String,
    /// The matter it belongs to, if any.
    pub matter: Option<String>,
    /// The kind of record that is posted: `season`, `round`, `notice`, …; empty when only the text is.
    pub subject_kind: String,
    /// The id of that record; may be empty.
    pub subject: String,
    /// The word of its kind, see [`KINDS`].
    pub kind: String,
    /// Its title, at most 120 characters.
    pub title: String,
    /// Its text, at most 8,000 characters.
    pub body: String,
    /// The text key of the rule that demands it: `law-<this>`.
    pub law: String,
    /// The least number of days by that rule.
    pub min_days: u32,
    /// The days it hangs: never fewer than `min_days`.
    pub days: u32,
    /// How the days are counted.
    pub counted: Counted,
    /// The day on which this wording went up; none of a draft.
    pub from_day: Option<Day>,
    /// The last day on which it hangs and objections are taken, included; none of a draft.
    pub until_day: Option<Day>,
    /// True when `until_day` may still move because a year's holidays are not announced.
    pub provisional: bool,
    /// Where it stands.
    pub state: State,
    /// 1 for the first wording, one more for each correction.
    pub version: u32,
    /// Moves with everything that happens to it.
    pub revision: i64,
    /// Objections so far.
    pub n_objections: u32,
    /// Those that wait for an answer.
    pub n_open: u32,
    /// Those that were upheld and not yet followed by a correction.
    pub n_upheld: u32,
    /// Who wrote it first.
    pub drafted_by: Option<PersonId>,
    /// When it was drafted.
    pub drafted_at: Instant,
    /// Who put up this wording.
    pub posted_by: Option<PersonId>,
    /// When this wording went up.
    pub posted_at: Option<Instant>,
    /// When it ended or was withdrawn.
    pub closed_at: Option<Instant>,
    /// The local day of that.
    pub closed_day: Option<Day>,
    /// Why it was withdrawn; else empty.
    pub reason: String,
}

/// One wording of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3, …
    pub version: u32,
    /// The title then.
    pub title: String,
    /// The text then.
    pub body: String,
    /// Why it replaced the one before; empty of the first.
    pub why: String,
    /// The day on which it went up.
    pub from_day: Day,
    /// The last day it was to hang.
    pub until_day: Day,
    /// Who put it up.
    pub posted_by: Option<PersonId>,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// To which notice.
    pub notice: NoticeId,
    /// Against which wording.
    pub version: u32,
    /// Whose it is; never shown to the public.
    pub author: Option<PersonId>,
    /// How the author wants to be called in public; empty means without a name.
    pub shown_as: String,
    /// What they say; shown to the author and to those who answer only.
    pub words: String,
    /// Where it stands.
    pub state: ObjectionState,
    /// By when an answer is owed.
    pub due_day: Day,
    /// True when that day may still move.
    pub due_provisional: bool,
    /// The answer, public; empty while it is open.
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<PersonId>,
    /// The local day of the answer.
    pub answered_day: Option<Day>,
    /// The wording that put an upheld objection right.
    pub corrected_in: Option<u32>,
    /// When it was made.
    pub made_at: Instant,
    /// The local day of that.
    pub made_day: Day,
}
