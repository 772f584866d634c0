//! What the areas that build on programmes know of its projects.

use std::collections::BTreeMap;

use db::{Fault, Snapshot};
use funds::{
    book::{AccountKind, queries as book},
    voucher::queries as vouchers,
};
use kernel::PersonId;
use programmes::{
    Evidence, SeasonId,
    running::{Known, MonthDone, OpenNow, Paid},
};

/// Months that are told of a project at most.
const MOST_MONTHS: usize = 60;

/// Gathered from activities with their attendances and from the book of the season's money.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gathered;

impl Evidence for Gathered {
    fn open_now(&self, s: &mut Snapshot<'_>, limit: usize) -> Result<Vec<OpenNow>, Fault> {
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let rounds = owners::round::queries::open_now(s, most)?.into_iter();
        let rounds = rounds.map(|(id, title)| (("round", format!("/rounds/{id}")), title, None));
        let polls = polls::queries::open_now(s, most)?.into_iter();
        let polls = polls.map(|(id, title, day)| (("poll", format!("/polls/{id}")), title, day));
        let lots = halls::delegates::lot::queries::open_now(s, most)?.into_iter();
        let lots = lots.map(|(id, title, day)| (("lot", format!("/lots/{id}")), title, day));
        let talks = halls::conversation::queries::open_now(s, most)?.into_iter();
        let talks = talks.map(|(id, title, day)| (("conversation", format!("/conversations/{id}")), title, day));
        let all = rounds.chain(polls).chain(lots).chain(talks);
        let mut all: Vec<OpenNow> =
            all.map(|((kind, href), title, until)| OpenNow { kind, title, href, until }).collect();
        // what has no last day may end at any moment
        all.sort_by(|a, b| a.until.cmp(&b.until));
        all.truncate(limit);
        Ok(all)
    }

    fn known(&self, s: &mut Snapshot<'_>, season: &SeasonId, numbers: &[u32]) -> Result<BTreeMap<u32, Known>, Fault> {
        let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else {
            return Ok(BTreeMap::new());
        };
        let range = (first.saturating_sub(1), *last);
        let counts = activities::figures::queries::by_project(s, season)?;
        let money = book::of_projects(s, season, range)?;
        let (moved, held) = (book::last_days(s, season, range)?, activities::figures::queries::last_days(s, season)?);
        let known = |number: &u32| {
            let counts = counts.get(number).copied().unwrap_or_default();
            let sums = money.get(number).cloned().unwrap_or_default();
            let known = Known {
                activities: Some(u32::try_from(counts.held).unwrap_or(u32::MAX)),
                visits: Some(counts.direct_visits),
                estimated: Some(counts.estimated_direct.saturating_add(counts.indirect_visits)),
                money: Some(Paid { received: sums.paid(), spent: sums.of(AccountKind::Spent) }),
                last: moved.get(number).max(held.get(number)).map(ToString::to_string),
            };
            (*number, known)
        };
        Ok(numbers.iter().map(known).collect())
    }

    fn by_month(&self, s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<MonthDone>, Fault> {
        let mut months: BTreeMap<String, MonthDone> = BTreeMap::new();
        for (month, held, visits) in activities::figures::queries::by_month(s, season, number)? {
            let done = months.entry(month).or_default();
            (done.activities, done.visits) = (u32::try_from(held).unwrap_or(u32::MAX), visits);
        }
        for (month, spent) in vouchers::by_month(s, season, number)? {
            months.entry(month).or_default().spent = spent;
        }
        let named = months.into_iter().map(|(month, done)| MonthDone { month, ..done });
        Ok(named.take(MOST_MONTHS).collect())
    }

    fn served(&self, s: &mut Snapshot<'_>, of: (&SeasonId, u32), person: &PersonId) -> Result<Option<bool>, Fault> {
        Ok(activities::figures::queries::served(s, of, person)?)
    }
}
