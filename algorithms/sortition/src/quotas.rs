//! What a panel must look like: for each feature of each category, how many of its members have it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Categories at most.
pub const MAX_CATEGORIES: usize = 30;
/// Features of all categories together at most.
pub const MAX_FEATURES: usize = 400;
/// Members of a panel at most.
pub const MAX_SIZE: u32 = 2_000;

/// One value of a category, such as `female` of `gender`, with its quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// Its name; unique in its category.
    pub name: String,
    /// Members of the panel that have it at least.
    pub min: u32,
    /// Members of the panel that have it at most; not below `min`.
    pub max: u32,
    /// How far a relaxation may go: the lowest `min` and the highest `max`. Absent: as far as it helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flex: Option<(u32, u32)>,
}

/// Something by which people differ, such as `gender`. Each person has exactly one of its features.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its name; unique.
    pub name: String,
    /// Its features.
    pub features: Vec<Feature>,
}

/// The quotas of a panel. Categories and features are kept in the order of their names, so that nothing depends on the
/// order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Category>", into = "Vec<Category>")]
pub struct Quotas(Vec<Category>);

/// Why quotas cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QuotasError {
    /// Nothing to fill, or too much.
    #[error("quotas need 1 to {MAX_CATEGORIES} categories and at most {MAX_FEATURES} features")]
    Size,
    /// A name that occurs twice, by category and feature.
    #[error("`{0}` is named twice in the quotas: keep one of the rows")]
    NamedTwice(String),
    /// A quota whose least is above its most, or its flexible bounds inside its bounds.
    #[error("the quota of `{0}`: min must not be above max, nor min_flex above min, nor max above max_flex")]
    Bounds(String),
}

impl Quotas {
    /// Quotas of these categories.
    ///
    /// # Errors
    /// [`QuotasError`] for what does not fit together.
    pub fn new(mut categories: Vec<Category>) -> Result<Self, QuotasError> {
        let features: usize = categories.iter().map(|category| category.features.len()).sum();
        if categories.is_empty() || categories.len() > MAX_CATEGORIES || features > MAX_FEATURES {
            return Err(QuotasError::Size);
        }
        let mut names = BTreeSet::new();
        for category in &mut categories {
            if !names.insert(category.name.clone()) {
                return Err(QuotasError::NamedTwice(category.name.clone()));
            }
            let mut inside = BTreeSet::new();
            for feature in &category.features {
                let title = format!("{}: {}", category.name, feature.name);
                if !inside.insert(feature.name.as_str()) {
                    return Err(QuotasError::NamedTwice(title));
                }
                let (least, most) = feature.flex.unwrap_or((feature.min, feature.max));
                if !(least <= feature.min && feature.min <= feature.max && feature.max <= most) {
                    return Err(QuotasError::Bounds(title));
                }
            }
            category.features.sort_by(|a, b| a.name.cmp(&b.name));
        }
        categories.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(categories))
    }

    /// The categories in order of names, each with its features in order of names.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.0
    }

    /// Every feature with its category, in order.
    pub fn features(&self) -> impl Iterator<Item = (&Category, &Feature)> {
        self.0.iter().flat_map(|category| category.features.iter().map(move |feature| (category, feature)))
    }
}

impl TryFrom<Vec<Category>> for Quotas {
    type Error = QuotasError;
    fn try_from(categories: Vec<Category>) -> Result<Self, QuotasError> {
        Self::new(categories)
    }
}

impl From<Quotas> for Vec<Category> {
    fn from(quotas: Quotas) -> Self {
        quotas.0
    }
}
