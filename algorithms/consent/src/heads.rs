//! Who is one head: the interpretation's article 9.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::cast::Notes;
use crate::report::NoteCode;
use crate::roll::{Roll, Status};
use crate::rules::Period;
use crate::text::co_owners;

/// The head of each unit that is asked.
pub(crate) struct Heads {
    by_unit: Vec<Option<usize>>,
    /// How many heads there are.
    pub(crate) n: usize,
}

impl Heads {
    /// The developer's units are one head; units of the same owners are one head; a unit without a name is one.
    pub(crate) fn of(roll: &Roll, asked: &[usize], period: &Period, notes: &mut Notes) -> Self {
        let mut by_unit = vec![None; roll.units().len()];
        let mut known: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(asked.len());
        let mut developer = None;
        let mut named: HashSet<Cow<'_, str>> = HashSet::new();
        let mut n = 0;
        let mut next = || {
            n += 1;
            n - 1
        };
        for &at in asked {
            let Some((unit, slot)) = roll.units().get(at).zip(by_unit.get_mut(at)) else { continue };
            let head = if period.developer.contains(&unit.status) {
                if unit.status == Status::Unsold {
                    named.insert(co_owners(&unit.owner));
                }
                *developer.get_or_insert_with(&mut next)
            } else {
                let owners = co_owners(&unit.owner);
                if owners.is_empty() {
                    notes.add(NoteCode::OwnerMissing, &unit.unit, 0);
                    next()
                } else {
                    *known.entry(owners).or_insert_with(&mut next)
                }
            };
            *slot = Some(head);
        }
        // a name at an unsold unit is the developer's; where it owns a sold one too, somebody should look
        let its: HashSet<usize> = named.iter().filter_map(|name| known.get(name).copied()).collect();
        if !its.is_empty() {
            let owned =
                asked.iter().filter(|at| by_unit.get(**at).copied().flatten().is_some_and(|head| its.contains(&head)));
            owned
                .filter_map(|at| roll.units().get(*at))
                .for_each(|unit| notes.add(NoteCode::DeveloperAmongOwners, &unit.unit, 0));
        }
        Self { by_unit, n }
    }

    pub(crate) fn of_unit(&self, at: usize) -> Option<usize> {
        self.by_unit.get(at).copied().flatten()
    }
}
