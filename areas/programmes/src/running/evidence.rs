//! What the areas that build on this one know of a project. They are told by whoever puts the areas together, so that
//! this area depends on none of them.

use std::collections::BTreeMap;

use db::{Fault, Snapshot};
use kernel::{Day, Fen, PersonId};
use serde::{Deserialize, Serialize};

use crate::SeasonId;

/// Money of a project, in the smallest unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Paid {
    /// What was paid to it.
    #[schema(value_type = i64)]
    pub received: Fen,
    /// What it spent, by accepted vouchers.
    #[schema(value_type = i64)]
    pub spent: Fen,
}

/// What is known of a project; absent means that nobody keeps it here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Known {
    /// Activities that were held.
    pub activities: Option<u32>,
    /// Visits (人次) by check-in.
    pub visits: Option<u64>,
    /// Visits that the organisers estimate besides.
    pub estimated: Option<u64>,
    /// Its money.
    pub money: Option<Paid>,
    /// The last day on which anything of it was recorded, `YYYY-MM-DD`.
    pub last: Option<String>,
}

/// What was done in a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MonthDone {
    /// `YYYY-MM`.
    pub month: String,
    /// Activities that were held.
    pub activities: u32,
    /// Visits by check-in.
    pub visits: u64,
    /// What was spent.
    #[schema(value_type = i64)]
    pub spent: Fen,
}

/// Something beside seasons that residents can take part in now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNow {
    /// What it is; the word is `open-now-<kind>`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The last day; none where it is not said.
    pub until: Option<Day>,
}

/// Tells what other areas know of projects, and what is open in them. Each answer is a few statements, however many
/// projects are asked for.
pub trait Evidence: Send + Sync {
    /// What residents can take part in now, the soonest to end first, at most `limit`.
    ///
    /// # Errors
    /// Database faults.
    fn open_now(&self, _: &mut Snapshot<'_>, _limit: usize) -> Result<Vec<OpenNow>, Fault> {
        Ok(Vec::new())
    }

    /// What is known of each of these projects; at most 100 of one season.
    ///
    /// # Errors
    /// Database faults.
    fn known(&self, s: &mut Snapshot<'_>, season: &SeasonId, numbers: &[u32]) -> Result<BTreeMap<u32, Known>, Fault>;

    /// What was done month by month, in order, at most 60.
    ///
    /// # Errors
    /// Database faults.
    fn by_month(&self, s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<MonthDone>, Fault>;

    /// Whether a person took part in something of the project; absent where nobody keeps that here.
    ///
    /// # Errors
    /// Database faults.
    fn served(&self, s: &mut Snapshot<'_>, project: (&SeasonId, u32), person: &PersonId)
    -> Result<Option<bool>, Fault>;
}

/// Knows nothing: an installation of this area alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

impl Evidence for Nothing {
    fn known(&self, _: &mut Snapshot<'_>, _: &SeasonId, _: &[u32]) -> Result<BTreeMap<u32, Known>, Fault> {
        Ok(BTreeMap::new())
    }

    fn by_month(&self, _: &mut Snapshot<'_>, _: &SeasonId, _: u32) -> Result<Vec<MonthDone>, Fault> {
        Ok(Vec::new())
    }

    fn served(&self, _: &mut Snapshot<'_>, _: (&SeasonId, u32), _: &PersonId) -> Result<Option<bool>, Fault> {
        Ok(None)
    }
}

/// Who is asked, as handlers are given it.
#[derive(Clone, Copy)]
pub struct Told(pub &'static dyn Evidence);
