//! People who are alike for the lot are one kind, and only the number of each kind matters to the quotas.
//!
//! Without a rule of addresses a kind is a set of features. With one, households of equal composition are a class: at most
//! one of each household can be drawn, so a class gives at most as many members as it has households, and within it a
//! kind is a set of features again. People of a kind get equal chances, whoever they are.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::pool::Pool;
use crate::quotas::{MAX_SIZE, Quotas};

/// Different kinds of people at most: the effort grows with their square.
pub const MAX_KINDS: usize = 3_000;

/// People with equal features, in households of equal composition.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// Row of each of its features in the quotas.
    pub(crate) features: Vec<usize>,
    /// Its people by household, in order of keys; each household has equally many.
    pub(crate) households: Vec<Vec<usize>>,
}

impl Kind {
    pub(crate) fn people(&self) -> usize {
        self.households.iter().map(Vec::len).sum()
    }

    pub(crate) fn most(&self) -> u32 {
        u32::try_from(self.households.len()).unwrap_or(u32::MAX)
    }
}

/// A pool, quotas and a size, with people grouped by kind.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(crate) pool: Pool,
    pub(crate) quotas: Quotas,
    pub(crate) size: u32,
    pub(crate) kinds: Vec<Kind>,
    /// Kinds that live in the same households, for each class; most classes have one.
    pub(crate) classes: Vec<Vec<usize>>,
    /// Kind of each person.
    pub(crate) kind_of: Vec<usize>,
    /// Household of each person.
    pub(crate) household_of: Vec<usize>,
}

/// Why people, quotas and size do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProblemError {
    /// A size that is none.
    #[error("a panel has 1 to {MAX_SIZE} members, and not more than the pool has people ({0})")]
    Size(usize),
    /// A person who has not one feature for each category.
    #[error("`{key}` has {found} features for {needed} categories")]
    Features {
        /// Whose.
        key: String,
        /// Features given.
        found: usize,
        /// Categories of the quotas.
        needed: usize,
    },
    /// A person with a feature that the quotas do not name.
    #[error("`{key}` has `{feature}` as {category}, which has no quota: correct the person, or add a row with min 0")]
    NoQuota {
        /// Whose.
        key: String,
        /// Of which category.
        category: String,
        /// Which feature.
        feature: String,
    },
    /// More kinds than can be reckoned with.
    #[error(
        "there are {0} different kinds of people, and {MAX_KINDS} at most can be drawn from fairly: use fewer categories, or features that take in more people"
    )]
    TooManyKinds(usize),
}

impl Problem {
    /// Groups people by kind.
    ///
    /// # Errors
    /// [`ProblemError`] for what does not fit together. Quotas that cannot be met are no error; [`crate::solve`] says so.
    pub fn new(pool: Pool, quotas: Quotas, size: u32) -> Result<Self, ProblemError> {
        if size == 0 || size > MAX_SIZE || size as usize > pool.people().len() {
            return Err(ProblemError::Size(pool.people().len()));
        }
        let rows = rows_of(&pool, &quotas)?;
        let households = households(&pool);
        let mut problem = Self::group(pool, quotas, size, &rows, &households);
        if problem.kinds.len() > MAX_KINDS {
            return Err(ProblemError::TooManyKinds(problem.kinds.len()));
        }
        problem.kinds.shrink_to_fit();
        Ok(problem)
    }

    fn group(pool: Pool, quotas: Quotas, size: u32, rows: &[Vec<usize>], households: &[Vec<usize>]) -> Self {
        // a class is known by the sorted features of its households' people
        let mut classes: BTreeMap<Vec<&[usize]>, Vec<usize>> = BTreeMap::new();
        for (number, members) in households.iter().enumerate() {
            let mut signature: Vec<&[usize]> = members.iter().map(|person| rows[*person].as_slice()).collect();
            signature.sort_unstable();
            classes.entry(signature).or_default().push(number);
        }
        let (mut kinds, mut of_class) = (Vec::new(), Vec::new());
        let (mut kind_of, mut household_of) = (vec![0; rows.len()], vec![0; rows.len()]);
        for (signature, numbers) in &classes {
            let mut distinct = signature.clone();
            distinct.dedup();
            let mut inside = Vec::new();
            for features in distinct {
                let same = |household: &usize| -> Vec<usize> {
                    households[*household].iter().copied().filter(|person| rows[*person] == features).collect()
                };
                let homes: Vec<Vec<usize>> = numbers.iter().map(same).collect();
                for person in homes.iter().flatten() {
                    kind_of[*person] = kinds.len();
                }
                inside.push(kinds.len());
                kinds.push(Kind { features: features.to_vec(), households: homes });
            }
            of_class.push(inside);
            for number in numbers {
                for person in &households[*number] {
                    household_of[*person] = *number;
                }
            }
        }
        Self { pool, quotas, size, kinds, classes: of_class, kind_of, household_of }
    }

    /// The pool.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The quotas.
    #[must_use]
    pub fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// Members of a panel.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// How many different kinds of people there are.
    #[must_use]
    pub fn n_kinds(&self) -> usize {
        self.kinds.len()
    }

    /// Whether so many of these kinds meet the size, every quota and the rule of addresses. Kinds are in order.
    pub(crate) fn admits(&self, panel: &[(usize, u32)]) -> bool {
        let mut rows = vec![0_u64; self.quotas.features().count()];
        let mut seats = vec![0_u32; self.kinds.len()];
        let mut total = 0;
        for (kind, count) in panel {
            let Some(seat) = seats.get_mut(*kind) else { return false };
            *seat = count.saturating_add(*seat);
            total += u64::from(*count);
            self.kinds[*kind].features.iter().for_each(|row| rows[*row] += u64::from(*count));
        }
        let of_class = |class: &Vec<usize>| class.iter().map(|kind| u64::from(seats[*kind])).sum::<u64>();
        let households = |class: &Vec<usize>| class.first().map_or(0, |kind| u64::from(self.kinds[*kind].most()));
        total == u64::from(self.size)
            && self.quotas.features().zip(rows).all(|((_, f), n)| (u64::from(f.min)..=u64::from(f.max)).contains(&n))
            && self.classes.iter().all(|class| of_class(class) <= households(class))
    }

    /// What is wrong with a panel, given by indices into [`Pool::people`]: nothing, or a sentence. Checks size, that
    /// nobody sits twice, every quota and the rule of addresses.
    #[must_use]
    pub fn fault(&self, panel: &[usize]) -> Option<String> {
        let people = self.pool.people();
        if panel.len() != self.size as usize {
            return Some(format!("{} members instead of {}", panel.len(), self.size));
        }
        let mut counts = vec![0_u32; self.quotas.features().count()];
        let mut homes = BTreeMap::new();
        for person in panel {
            let Some(kind) = self.kind_of.get(*person) else { return Some(format!("there is no person {person}")) };
            if let Some(other) = homes.insert(self.household_of[*person], *person) {
                let (one, two) = (&people[other].key, &people[*person].key);
                return Some(if other == *person {
                    format!("`{one}` sits twice")
                } else {
                    format!("`{one}` and `{two}` share an address")
                });
            }
            for row in &self.kinds[*kind].features {
                counts[*row] += 1;
            }
        }
        let wrong = self.quotas.features().zip(counts).find(|((_, f), count)| !(f.min..=f.max).contains(count));
        wrong.map(|((category, feature), count)| {
            let (min, max) = (feature.min, feature.max);
            format!("{count} with {} `{}`, and the quota is {min} to {max}", category.name, feature.name)
        })
    }
}

/// For each person the row of each feature.
fn rows_of(pool: &Pool, quotas: &Quotas) -> Result<Vec<Vec<usize>>, ProblemError> {
    let categories = quotas.categories();
    let mut rows: Vec<BTreeMap<&str, usize>> = Vec::new();
    let mut next = 0;
    for category in categories {
        rows.push(category.features.iter().map(|feature| feature.name.as_str()).zip(next..).collect());
        next += category.features.len();
    }
    let one = |person: &crate::Person| {
        if person.features.len() != categories.len() {
            let (found, needed) = (person.features.len(), categories.len());
            return Err(ProblemError::Features { key: person.key.clone(), found, needed });
        }
        let each = person.features.iter().zip(&rows).zip(categories);
        each.map(|((feature, rows), category)| {
            rows.get(feature.as_str()).copied().ok_or_else(|| ProblemError::NoQuota {
                key: person.key.clone(),
                category: category.name.clone(),
                feature: feature.clone(),
            })
        })
        .collect()
    };
    pool.people().iter().map(one).collect()
}

/// People by household, both in order of keys, so that the order of rows changes nothing.
fn households(pool: &Pool) -> Vec<Vec<usize>> {
    let people = pool.people();
    let mut order: Vec<usize> = (0..people.len()).collect();
    // row numbers in their order, other keys as text
    order.sort_by(|a, b| (people[*a].key.len(), &people[*a].key).cmp(&(people[*b].key.len(), &people[*b].key)));
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut by_address: BTreeMap<&str, usize> = BTreeMap::new();
    for person in order {
        match people[person].address.as_deref() {
            Some(address) => {
                let number = *by_address.entry(address).or_insert(found.len());
                if number == found.len() {
                    found.push(Vec::new());
                }
                found[number].push(person);
            }
            None => found.push(vec![person]),
        }
    }
    found
}
