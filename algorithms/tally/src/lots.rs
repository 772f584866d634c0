//! An order of options that parts what nothing else parts.

use serde::{Deserialize, Serialize};

/// An order of options that is drawn by lot, or agreed, before anybody counts: of options that a rule cannot part, the one
/// that stands first here comes first. Options are numbers from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<usize>", into = "Vec<usize>")]
pub struct Lots {
    order: Vec<usize>,
    /// The place of each option in the order.
    places: Vec<usize>,
}

/// An order that does not hold each option once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order of {0} options names each of them, from 0 on, once")]
pub struct LotsError(usize);

impl Lots {
    /// As options are listed.
    #[must_use]
    pub fn listed(options: usize) -> Self {
        Self { order: (0..options).collect(), places: (0..options).collect() }
    }

    /// As they were drawn, the first one first.
    ///
    /// # Errors
    /// [`LotsError`] where an option is missing or stands there twice.
    pub fn drawn(order: Vec<usize>) -> Result<Self, LotsError> {
        let n = order.len();
        let mut places = vec![n; n];
        for (place, option) in order.iter().enumerate() {
            match places.get_mut(*option) {
                Some(free) if *free == n => *free = place,
                _ => return Err(LotsError(n)),
            }
        }
        Ok(Self { order, places })
    }

    /// How many options there are.
    #[must_use]
    pub fn options(&self) -> usize {
        self.order.len()
    }

    /// The place of an option, 0 for the first; after all others for one that there is not.
    #[must_use]
    pub fn place(&self, option: usize) -> usize {
        self.places.get(option).copied().unwrap_or(self.order.len())
    }
}

impl TryFrom<Vec<usize>> for Lots {
    type Error = LotsError;
    fn try_from(order: Vec<usize>) -> Result<Self, LotsError> {
        Self::drawn(order)
    }
}

impl From<Lots> for Vec<usize> {
    fn from(lots: Lots) -> Self {
        lots.order
    }
}
