//! Reading visits and the board.

use db::{DbError, Snapshot};

use super::{Door, Met, Spent, Totals, Visit, store};
use crate::round::RoundId;

/// The doors of a building, in the order of the register. For those who work on the round.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn doors(s: &mut Snapshot<'_>, round: &RoundId, building: &str) -> Result<Vec<Door>, DbError> {
    store::doors(s, round, building)
}

/// What is known of each building.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn totals(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Totals>, DbError> {
    store::totals(s, round)
}

/// All buildings together.
pub fn sum(list: &[Totals]) -> Totals {
    let mut all = Totals::default();
    for one in list {
        all.units += one.units;
        all.reached += one.reached;
        all.agrees += one.agrees;
        all.refuses += one.refuses;
        all.undecided += one.undecided;
        all.voted += one.voted;
        all.visits += one.visits;
    }
    all
}

/// The doors of a building by floor, in the order in which floors first come; each row's name is the floor's.
pub fn by_floor(doors: &[Door]) -> Vec<Totals> {
    let mut floors: Vec<Totals> = Vec::new();
    for door in doors {
        let at = floors.iter().position(|floor| floor.building == door.floor).unwrap_or(floors.len());
        if at == floors.len() {
            floors.push(Totals { building: door.floor.clone(), ..Totals::default() });
        }
        let Some(floor) = floors.get_mut(at) else { continue };
        let says = |met| u32::from(door.stance == Some(met));
        floor.units += 1;
        floor.reached += u32::from(door.reached);
        floor.agrees += says(Met::Agrees);
        floor.refuses += says(Met::Refuses);
        floor.undecided += says(Met::Undecided);
        floor.voted += u32::from(door.voted);
        floor.visits += door.visits;
    }
    floors
}

/// The visits of a unit, the latest first, 100 at most. For those who work on the round.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn visits(s: &mut Snapshot<'_>, round: &RoundId, unit: &str) -> Result<Vec<Visit>, DbError> {
    store::visits(s, round, unit)
}

/// What visiting took: visits, days.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn spent(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Spent, DbError> {
    store::spent(s, round)
}

/// Floors of all buildings that are asked.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn floors(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    store::floors(s, round)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_add_up_to_their_building() {
        let door = |floor: &str, stance, visits, voted| Door {
            number: 1,
            unit: String::new(),
            floor: floor.into(),
            area: 0,
            visits,
            reached: voted || stance == Some(Met::Agrees),
            stance,
            voted,
        };
        // two entrances, so that each floor comes twice
        let doors = [
            door("1", Some(Met::Agrees), 2, true),
            door("2", None, 1, false),
            door("1", None, 0, true),
            door("2", Some(Met::Agrees), 3, false),
        ];
        let floors = by_floor(&doors);
        let told: Vec<_> =
            floors.iter().map(|one| (one.building.as_str(), one.units, one.reached, one.voted)).collect();
        assert_eq!(told, [("1", 2, 2, 2), ("2", 2, 1, 0)]);
        let all = sum(&floors);
        assert_eq!((all.units, all.reached, all.agrees, all.visits, all.voted), (4, 3, 2, 6, 2));
        assert_eq!(all.not_reached(), 1);
    }
}
