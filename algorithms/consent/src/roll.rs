//! Who may vote: one row a unit.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::area::Area;
use crate::text::{co_owners, shown, tidy};

/// Units of a roll at most.
pub const MAX_UNITS: usize = 1_000_000;

/// Whose a unit is in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Sold and handed over.
    Sold,
    /// The developer's.
    Unsold,
    /// Sold, but not handed over yet.
    Undelivered,
}

/// One exclusive part: a flat, a shop, a registered parking space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its number, different from every other on the roll, such as `3-2-501`.
    pub unit: String,
    /// Its building.
    pub building: String,
    /// Its floor.
    pub floor: String,
    /// Who owns it: one text for one person everywhere; co-owners joined by `+`.
    pub owner: String,
    /// Its exclusive area.
    pub area: Area,
    /// Whose it is in law.
    pub status: Status,
}

/// A checked roll: at least one unit, each number once. Names are in their plain form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Roll {
    units: Vec<Unit>,
}

/// Why units make no roll. Indices are from 0.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum RollError {
    #[error("the roll has no units")]
    Empty,
    #[error("the roll has more than {MAX_UNITS} units")]
    TooMany,
    #[error("a unit has no number")]
    NoNumber { index: usize },
    #[error("two units are called `{unit}`: put the building into the number, such as 3-501")]
    Twice { unit: String, first: usize, index: usize },
    #[error("`{unit}` has an area out of range: above 0 and at most a million square metres")]
    Area { unit: String, index: usize },
}

impl Status {
    /// From a plain cell in lower case.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        Some(match cell {
            "sold" | "已售" | "已出售" => Self::Sold,
            "unsold" | "未售" | "未出售" => Self::Unsold,
            "undelivered" | "未交付" => Self::Undelivered,
            _ => return None,
        })
    }
}

impl Roll {
    /// Checks units and puts their names into plain form: full-width letters and digits become ASCII, spaces and
    /// invisible characters at the ends and beside Chinese characters go.
    ///
    /// # Errors
    /// [`RollError`].
    pub fn new(mut units: Vec<Unit>) -> Result<Self, RollError> {
        for unit in &mut units {
            for text in [&mut unit.unit, &mut unit.building, &mut unit.floor, &mut unit.owner] {
                if let std::borrow::Cow::Owned(plain) = tidy(text) {
                    *text = plain;
                }
            }
        }
        Self::of_plain(units)
    }

    /// Checks units whose names are in plain form already.
    pub(crate) fn of_plain(units: Vec<Unit>) -> Result<Self, RollError> {
        if units.is_empty() {
            return Err(RollError::Empty);
        }
        if units.len() > MAX_UNITS {
            return Err(RollError::TooMany);
        }
        let mut seen: HashMap<&str, usize> = HashMap::with_capacity(units.len());
        for (index, unit) in units.iter().enumerate() {
            if unit.unit.is_empty() {
                return Err(RollError::NoNumber { index });
            }
            if !(1..=crate::area::MAX_AREA).contains(&unit.area.0) {
                return Err(RollError::Area { unit: shown(&unit.unit), index });
            }
            if let Some(first) = seen.insert(&unit.unit, index) {
                return Err(RollError::Twice { unit: shown(&unit.unit), first, index });
            }
        }
        Ok(Self { units })
    }

    /// The same roll with `h1`, `h2`, … for its owners, in the order in which they first stand: who owns together or twice
    /// is seen, and nobody is named. It counts the same.
    #[must_use]
    pub fn without_names(&self) -> Self {
        let mut numbers: HashMap<std::borrow::Cow<'_, str>, usize> = HashMap::new();
        let veiled = self.units.iter().map(|unit| {
            let owners = co_owners(&unit.owner);
            let owner = if owners.is_empty() {
                String::new()
            } else {
                let next = numbers.len() + 1;
                format!("h{}", numbers.entry(owners).or_insert(next))
            };
            Unit { owner, ..unit.clone() }
        });
        Self { units: veiled.collect() }
    }

    /// The units, in the order they were given.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }
}
