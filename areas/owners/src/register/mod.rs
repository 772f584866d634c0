//! The register 业主名册 of a place: its units with building, floor, exclusive area and owner. An import makes a version; a
//! round is held on one version and keeps it.
//!
//! Names of owners are private: pages veil them, seeing one is an entry of the log, and the log itself holds none.

pub mod api;
pub mod keep;
pub mod queries;
pub mod reveal;
pub mod sheet;
pub mod store;
pub mod web;

use consent::{Roll, Status, Unit};
use db::{Fault, Snapshot};
use kernel::{Day, Id, Kind, PersonId, PlaceId, Refusal, Site};
use ledger::tree::Hash;

/// The noun of register ids.
pub enum RegisterNoun {}
/// The id of a version of a register.
pub type RegisterId = Id<RegisterNoun>;

/// Units of a register at most. A larger estate has a register for each of its parts.
pub const MAX_UNITS: usize = 5_000;
/// Characters of a unit's number, building, floor at most.
pub const MAX_NUMBER: usize = 40;
/// Characters of an owner at most, co-owners included.
pub const MAX_OWNER: usize = 120;

/// A version of the register of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Its id.
    pub id: RegisterId,
    /// Of which place.
    pub place: PlaceId,
    /// 1, 2, 3, …; none while its rows still come in.
    pub version: Option<u32>,
    /// How many units.
    pub units: u32,
    /// How many different owners are named: who owns together is one.
    pub owners: u32,
    /// All areas together, in 0.01 m².
    pub area: u64,
    /// SHA-256 over [`text`] without names.
    pub digest: [u8; 32],
    /// Who imported it.
    pub made_by: Option<PersonId>,
    /// The day of that.
    pub made_day: Day,
}

/// A row of a register as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// 1, 2, 3, … in the order of the file.
    pub number: u32,
    /// The unit; its owner is private.
    pub unit: Unit,
    /// Stands for the owner: `h1`, `h2`, …; empty where nobody is named.
    pub head: String,
}

impl std::fmt::Debug for Row {
    /// Without what is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({} {} {})", self.number, self.unit.unit, self.head)
    }
}

/// A roll made ready to be kept: what is computed outside of a transaction.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(crate) rows: Vec<Row>,
    pub(crate) owners: u32,
    pub(crate) area: u64,
    pub(crate) digest: [u8; 32],
    /// With the names.
    pub(crate) whole: [u8; 32],
}

impl Prepared {
    /// Numbers the rows, puts signs for the owners and takes the digests.
    pub fn of(roll: &Roll) -> Prepared {
        let veiled = roll.without_names();
        let rows: Vec<Row> = (1..)
            .zip(roll.units().iter().zip(veiled.units()))
            .map(|(number, (unit, veiled))| Row { number, unit: unit.clone(), head: veiled.owner.clone() })
            .collect();
        let mut heads: Vec<&str> = rows.iter().map(|row| row.head.as_str()).filter(|head| !head.is_empty()).collect();
        heads.sort_unstable();
        heads.dedup();
        let Hash(digest) = Hash::of(text(veiled.units()).as_bytes());
        let Hash(whole) = Hash::of(text(roll.units()).as_bytes());
        let area = rows.iter().map(|row| row.unit.area.0).sum();
        Prepared { owners: u32::try_from(heads.len()).unwrap_or(u32::MAX), area, digest, whole, rows }
    }

    /// The rows, for what takes them part by part.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// Units as the file that [`consent::read_roll`] reads: the same units give the same bytes.
pub fn text(units: &[Unit]) -> String {
    let head = ["unit", "building", "floor", "owner", "area", "status"].map(str::to_owned);
    let rows = units.iter().map(|unit| {
        let (area, status) = (unit.area.to_string(), status_word(unit.status).to_owned());
        [unit.unit.clone(), unit.building.clone(), unit.floor.clone(), unit.owner.clone(), area, status]
    });
    lines(std::iter::once(head).chain(rows))
}

/// Cells as CSV (RFC 4180) with line feeds.
pub(crate) fn lines<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut out = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            if cell.contains(['"', ',', '\n', '\r']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
        out.push('\n');
    }
    out
}

/// The word of a status in files, in the database and in the message keys (`owner-status-<word>`).
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Sold => "sold",
        Status::Unsold => "unsold",
        Status::Undelivered => "undelivered",
    }
}

pub(crate) fn status_of(word: &str) -> Option<Status> {
    [Status::Sold, Status::Unsold, Status::Undelivered].into_iter().find(|status| status_word(*status) == word)
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "register-not-found")
}

/// Where a register or a round is, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn site(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Site, Fault> {
    Ok(places::site(s, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_register_is_read_back_as_it_was() {
        let file = "unit,building,floor,owner,area,status\n1-101,1,1,\"张,三\",89.50,sold\n1-102,1,1,,120.00,unsold\n\
                    1-103,\"一\"\"号\",1,甲+乙,7.05,undelivered\n";
        let roll = consent::read_roll(file.as_bytes()).unwrap();
        assert_eq!(text(roll.units()), file);
        let prepared = Prepared::of(&roll);
        assert_eq!((prepared.owners, prepared.area), (2, 21_655));
        assert_ne!(prepared.digest, prepared.whole);
        let same = consent::read_roll(file.replace("甲+乙", "乙+甲").as_bytes()).unwrap();
        assert_eq!(Prepared::of(&same).digest, prepared.digest, "who owns together is named in any order");
    }
}
