//! All SQL of the rule sets of places.

use db::{DbError, Param, Snapshot, Tx, params};
use kernel::{PlaceId, Site};
use rights::Permit;

use super::Law;

/// Places from one up to its root that are looked at: as many as there are levels.
const LEVELS: usize = 12;

db::statements! {
    STATEMENTS:
    /// Of a place and those above it; a shorter list repeats its last.
    OF = "SELECT place, rules, rules_text, set_by, set_day FROM owner_laws WHERE place IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
          ?9, ?10, ?11, ?12)";
    PUT = "INSERT INTO owner_laws (place, rules, rules_text, set_by, set_day) VALUES (?1, ?2, ?3, ?4, ?5) \
           ON CONFLICT (place) DO UPDATE SET rules = excluded.rules, rules_text = excluded.rules_text, \
           set_by = excluded.set_by, set_day = excluded.set_day";
    DROP = "DELETE FROM owner_laws WHERE place = ?1";
}

db::record!(Law { place, rules, rules_text, set_by, set_day });

/// The nearest one.
pub(super) fn at(s: &mut Snapshot<'_>, site: &Site) -> Result<Option<Law>, DbError> {
    let way: Vec<&PlaceId> = std::iter::once(&site.place).chain(&site.above).take(LEVELS).collect();
    let params: Vec<Param<'_>> =
        way.iter().copied().chain(std::iter::repeat(&site.place)).take(LEVELS).map(Param::from).collect();
    let found: Vec<Law> = s.all(&OF, &params)?;
    Ok(way.iter().find_map(|place| found.iter().find(|law| law.place == **place)).cloned())
}

pub(super) fn put(tx: &mut Tx<'_>, _: &Permit, law: &Law) -> Result<(), DbError> {
    let params = params![&law.place, &law.rules, &law.rules_text, law.set_by.as_ref(), &law.set_day];
    tx.execute(&PUT, params).map(|_| ())
}

pub(super) fn drop(tx: &mut Tx<'_>, _: &Permit, place: &PlaceId) -> Result<(), DbError> {
    tx.execute(&DROP, params![place]).map(|_| ())
}
