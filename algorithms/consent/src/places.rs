//! Where units lie, in the order in which people list them.

use std::collections::HashMap;

use crate::cast::{Scope, is_asked};
use crate::roll::Roll;
use crate::text::natural;

/// Units of one building, or of one floor of it.
pub(crate) struct Run<'a> {
    pub(crate) building: &'a str,
    /// That of the first unit.
    pub(crate) floor: &'a str,
    /// Indices in the roll.
    pub(crate) units: &'a [usize],
}

/// The units asked, building by building and floor by floor.
pub(crate) struct Places<'a> {
    /// In natural order.
    pub(crate) buildings: Vec<&'a str>,
    floors: Vec<&'a str>,
    /// Indices in the roll, by building, then floor.
    pub(crate) order: Vec<usize>,
    /// For each of `order` the indices of its building and floor.
    place: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(roll: &'a Roll, scope: &Scope<'_>) -> Self {
        let asked = || roll.units().iter().enumerate().filter(|(_, unit)| is_asked(scope, unit));
        let (buildings, rank) = ranked(asked().map(|(_, unit)| unit.building.as_str()));
        let (floors, rank_of_floor) = ranked(asked().map(|(_, unit)| unit.floor.as_str()));
        let mut placed: Vec<((usize, usize), usize)> =
            asked().zip(rank).zip(rank_of_floor).map(|(((at, _), building), floor)| ((building, floor), at)).collect();
        placed.sort_unstable();
        let (place, order) = placed.into_iter().unzip();
        Self { buildings, floors, order, place }
    }

    /// Building by building, or floor by floor of each.
    pub(crate) fn runs(&self, by_floor: bool) -> impl Iterator<Item = Run<'_>> {
        let key = move |&(building, floor): &(usize, usize)| (building, by_floor.then_some(floor));
        let mut rest = self.order.as_slice();
        self.place.chunk_by(move |a, b| key(a) == key(b)).filter_map(move |places| {
            let (units, after) = rest.split_at(places.len().min(rest.len()));
            rest = after;
            let &(building, floor) = places.first()?;
            Some(Run { building: self.buildings.get(building)?, floor: self.floors.get(floor)?, units })
        })
    }
}

/// The different names in natural order, and for each name given its place among them.
fn ranked<'a>(names: impl Iterator<Item = &'a str>) -> (Vec<&'a str>, impl Iterator<Item = usize>) {
    let mut first_seen: HashMap<&str, usize> = HashMap::new();
    // neighbours in a roll mostly have the same name
    let mut last = ("", None);
    let numbers: Vec<usize> = names
        .map(|name| match last {
            (before, Some(number)) if before == name => number,
            _ => {
                let next = first_seen.len();
                let number = *first_seen.entry(name).or_insert(next);
                last = (name, Some(number));
                number
            }
        })
        .collect();
    let mut sorted: Vec<(&str, usize)> = first_seen.into_iter().collect();
    sorted.sort_unstable_by(|(a, _), (b, _)| natural(a, b));
    let mut rank = vec![0; sorted.len()];
    for (place, (_, number)) in sorted.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*number) {
            *slot = place;
        }
    }
    let names = sorted.into_iter().map(|(name, _)| name).collect();
    (names, numbers.into_iter().map(move |number| rank.get(number).copied().unwrap_or_default()))
}
