//! A plan in parts, each of which is one transaction.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use kernel::{Home, PlaceId};

use super::plan::{Changed, New, Plan};
use crate::{Code, Place};

/// New places of a part: a fraction of the budget of a write, so that a busy machine stays inside it.
const NEW: usize = 150;
/// Changed places of a part, which take more statements each and stand in its entry by name.
const CHANGED: usize = 40;

/// What must be known of a place to put others into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: PlaceId,
    /// Its home.
    pub home: Home,
    /// Its path.
    pub path: String,
}

impl From<&Place> for Known {
    fn from(place: &Place) -> Self {
        Known { id: place.id.clone(), home: place.home, path: place.path.clone() }
    }
}

/// What one transaction takes in.
#[derive(Debug, Clone)]
pub struct Part {
    /// SHA-256 of the file.
    pub file: [u8; 32],
    /// 1, 2, 3, …
    pub number: u32,
    /// Parts of the whole import.
    pub n_parts: u32,
    /// New places, upper levels first.
    pub new: Vec<New>,
    /// Changed places.
    pub changed: Vec<Changed>,
    /// The places outside the part that those of the part will lie in.
    pub parents: HashMap<Code, Known>,
    /// The place inside which everything must lie; `None` for the whole tree.
    pub under: Option<PlaceId>,
}

/// A plan on its way into the database: takes out the parts one by one, and learns the ids that each has made.
#[derive(Debug)]
pub struct Work {
    new: VecDeque<New>,
    changed: VecDeque<Changed>,
    known: HashMap<Code, Known>,
    file: [u8; 32],
    under: Option<PlaceId>,
    number: u32,
    n_parts: u32,
}

impl Work {
    /// The work of a plan.
    pub fn new(plan: Plan, under: Option<PlaceId>) -> Work {
        let n_parts = plan.new.len().div_ceil(NEW) + plan.changed.len().div_ceil(CHANGED);
        Work {
            new: plan.new.into(),
            changed: plan.changed.into(),
            known: plan.parents,
            file: plan.digest,
            under,
            number: 0,
            n_parts: u32::try_from(n_parts).unwrap_or(u32::MAX),
        }
    }

    /// Parts in all.
    pub fn n_parts(&self) -> u32 {
        self.n_parts
    }

    /// The next part; `None` when all is done. Shared, for a transaction may run more than once.
    pub fn next_part(&mut self) -> Option<Arc<Part>> {
        let new: Vec<New> = self.new.drain(..self.new.len().min(NEW)).collect();
        let n = if new.is_empty() { self.changed.len().min(CHANGED) } else { 0 };
        let changed: Vec<Changed> = self.changed.drain(..n).collect();
        if new.is_empty() && changed.is_empty() {
            return None;
        }
        self.number += 1;
        let wanted = new.iter().map(|new| new.parent).chain(changed.iter().map(|changed| changed.parent));
        let parents = wanted.flatten().filter_map(|code| Some((code, self.known.get(&code)?.clone()))).collect();
        let (file, under) = (self.file, self.under.clone());
        Some(Arc::new(Part { file, number: self.number, n_parts: self.n_parts, new, changed, parents, under }))
    }

    /// Learns what a part has made.
    pub fn learn(&mut self, made: Vec<(Code, Known)>) {
        self.known.extend(made);
    }
}
