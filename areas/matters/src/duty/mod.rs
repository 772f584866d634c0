//! A duty 时限: who owes what by when, counted how, met by which evidence.
//!
//! Other areas give duties with [`give::bind`], end them with [`meet::end`] and count what is owed again and again with
//! [`count::count`]; each takes the permit and writes an entry of its own. Days are never counted here: that is the
//! clock's ([`work::clock`]).

pub mod answer;
pub mod api;
pub mod cancel;
pub mod count;
pub mod extend;
pub mod feed;
pub mod give;
pub mod hand_over;
mod holder;
pub mod jobs;
pub mod meet;
pub mod nearest;
pub mod pause;
pub mod plan;
pub mod queries;
pub mod recount;
pub mod rules;
pub mod store;
pub mod web;

use db::DbError;
use kernel::{Day, Home, Id, Instant, PersonId, PlaceId, Site};
use work::clock::{Deadline, Light, Pause, Reckoner, Rule, Span, Terms};

pub use holder::{Holder, HolderError};

use crate::{matter::MatterId, site};

/// The noun of duty ids.
pub enum DutyNoun {}
/// The id of a duty.
pub type DutyId = Id<DutyNoun>;
/// The noun of plan ids.
pub enum PlanNoun {}
/// The id of a plan, which makes a duty for each of its periods.
pub type PlanId = Id<PlanNoun>;

kernel::words! {
    /// Whether a duty is still owed.
    #[schema(as = DutyState)]
    State {
        /// It is owed.
        Open "open",
        /// It is owed, and its clock stands.
        Paused "paused",
        /// Done in time.
        Met "met",
        /// Done, too late.
        MetLate "met-late",
        /// No longer wanted; the last step says why.
        Cancelled "cancelled",
    }
}

impl State {
    /// Whether it is owed still.
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Paused)
    }
}

/// A duty. Handed over, it stays the same duty with its clock and gets another holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its id; its home is that of its place.
    pub id: DutyId,
    /// Where it is owed.
    pub place: PlaceId,
    /// Ids of the place and those above, the root's first, joined with `/`.
    pub path: String,
    /// The matter it belongs to.
    pub matter: Option<MatterId>,
    /// What is owed, in a line.
    pub title: String,
    /// `answer`, or a word of the area that gave it, such as `joint-meeting`.
    pub kind: String,
    /// The answer to its matter meets it, and nothing else.
    pub by_answer: bool,
    /// Who owes it.
    pub holder: Holder,
    /// Who gave it; none where a rule did.
    pub given_by: Option<PersonId>,
    /// How its time is counted.
    pub rule: Rule,
    /// From when on.
    pub start_at: Instant,
    /// The local day of that.
    pub start_day: Day,
    /// More time, in the order in which it was given.
    pub extensions: Vec<Span>,
    /// How often it may get more time.
    pub may_extend: u32,
    /// Suspensions of the clock.
    pub pauses: Vec<Pause>,
    /// By when; none while the clock stands.
    pub deadline: Option<Deadline>,
    /// Whether it is owed still.
    pub state: State,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// The local day of that.
    pub ended_day: Option<Day>,
    /// References to what met it.
    pub evidence: Vec<String>,
    /// The plan it comes from.
    pub plan: Option<PlanId>,
    /// How often it is to be done; 1 but for what is owed so often a year.
    pub n_wanted: u32,
    /// How often it was done.
    pub n_done: u32,
    /// Steps so far.
    pub n_steps: u32,
    /// The page where it is met, a path of this site; empty where that is its own or its matter's.
    pub page: String,
}

impl Duty {
    /// Its shard.
    pub fn home(&self) -> Home {
        self.id.home()
    }

    /// Where it is owed, for the question who may do what.
    ///
    /// # Errors
    /// [`DbError::Data`] when the stored path is no path.
    pub fn site(&self) -> Result<Site, DbError> {
        site::of(self.home(), &self.path)
    }

    /// How it stands at `now`; none when it was cancelled.
    pub fn light(&self, now: Instant) -> Option<Light> {
        match self.state {
            State::Met => Some(Light::Met),
            State::MetLate => Some(Light::MetLate),
            State::Cancelled => None,
            State::Open | State::Paused => Some(work::clock::state(self.deadline.as_ref(), None, now)),
        }
    }

    /// By when it is owed, reckoned anew.
    pub fn reckon(&self, reckoner: &Reckoner<'_>) -> Option<Deadline> {
        let terms =
            Terms { rule: &self.rule, start: self.start_at, extensions: &self.extensions, pauses: &self.pauses };
        rules::deadline(reckoner, &terms, self.n_done)
    }
}
