//! Who may be drawn.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// People of a pool at most.
pub const MAX_PEOPLE: usize = 200_000;
/// Length of a key at most, in bytes.
pub const MAX_KEY: usize = 200;

/// Somebody who may be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What stands for the person in published lists: a pseudonym rather than a name. Unique, 1 to [`MAX_KEY`] bytes
    /// without control characters, and without space at its ends.
    pub key: String,
    /// The person's feature in each category, in the order of [`crate::Quotas::categories`].
    pub features: Vec<String>,
    /// Where the person lives, if at most one of an address may be drawn; people without an address live alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// Everybody who may be drawn. Serialised as the list of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Person>", into = "Vec<Person>")]
pub struct Pool(Vec<Person>);

/// Why a pool cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PoolError {
    /// Nobody, or too many.
    #[error("a pool has 1 to {MAX_PEOPLE} people")]
    Size,
    /// A key that is empty, too long, or would break the lines of a published list.
    #[error("person {0} has a key that is empty, longer than {MAX_KEY} bytes, or holds control characters")]
    Key(usize),
    /// A key that two people have.
    #[error("two people have the key `{0}`")]
    KeyTwice(String),
}

/// Whether a key can stand in a published list.
pub(crate) fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= MAX_KEY && key.trim() == key && !key.chars().any(char::is_control)
}

impl Pool {
    /// A pool of these people.
    ///
    /// # Errors
    /// [`PoolError`] for keys that cannot stand in a list. Features are judged by [`crate::Problem::new`].
    pub fn new(people: Vec<Person>) -> Result<Self, PoolError> {
        if people.is_empty() || people.len() > MAX_PEOPLE {
            return Err(PoolError::Size);
        }
        if let Some(at) = people.iter().position(|person| !is_key(&person.key)) {
            return Err(PoolError::Key(at + 1));
        }
        let mut keys = BTreeSet::new();
        if let Some(twice) = people.iter().find(|person| !keys.insert(person.key.as_str())) {
            return Err(PoolError::KeyTwice(twice.key.clone()));
        }
        Ok(Self(people))
    }

    /// The people in the order given.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.0
    }
}

impl TryFrom<Vec<Person>> for Pool {
    type Error = PoolError;
    fn try_from(people: Vec<Person>) -> Result<Self, PoolError> {
        Self::new(people)
    }
}

impl From<Pool> for Vec<Person> {
    fn from(pool: Pool) -> Self {
        pool.0
    }
}
