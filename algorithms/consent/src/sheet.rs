//! The sheet that is posted: by building, floor and unit what was cast, and nobody's name.

use serde::Serialize;

use crate::area::Area;
use crate::ballot::{Ballot, Choice};
use crate::cast::cast;
use crate::count::{CountError, Question, rule_for, scope};
use crate::places::{Places, Run};
use crate::roll::Roll;
use crate::rules::Rules;
use crate::text::natural;

/// What is posted, in the order in which people look for their door. It names units and areas and no person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The buildings asked, in natural order.
    pub buildings: Vec<SheetBuilding>,
}

/// A building's part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetBuilding {
    /// Its name.
    pub building: String,
    /// Its floors, from below.
    pub floors: Vec<SheetFloor>,
}

/// A floor's part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetFloor {
    /// Its name.
    pub floor: String,
    /// Its units, in natural order.
    pub units: Vec<SheetUnit>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetUnit {
    /// The unit's number.
    pub unit: String,
    /// Its area, in 0.01 m².
    pub area: Area,
    /// What its ballot counted as: contradicting ones are invalid. Absent where none counts.
    pub choice: Option<Choice>,
}

/// The sheet of a question: of the same ballots as [`count`](crate::count) counts, as it counts them.
///
/// # Errors
/// As [`count`](crate::count).
pub fn sheet(roll: &Roll, ballots: &[Ballot], rules: &Rules, question: &Question) -> Result<Sheet, CountError> {
    let (period, _) = rule_for(rules, question, ballots)?;
    let named = question.plain_buildings();
    let scope = scope(roll, named.as_deref())?;
    let choices = cast(roll, &scope, period, ballots).choices;
    let places = Places::of(roll, &scope);
    let mut buildings: Vec<SheetBuilding> = Vec::new();
    for Run { building, floor, units } in places.runs(true) {
        let line = |at: &usize| {
            let unit = roll.units().get(*at)?;
            Some(SheetUnit { unit: unit.unit.clone(), area: unit.area, choice: choices.get(*at).copied().flatten() })
        };
        let mut units: Vec<SheetUnit> = units.iter().filter_map(line).collect();
        units.sort_unstable_by(|a, b| natural(&a.unit, &b.unit));
        let floor = SheetFloor { floor: floor.to_owned(), units };
        match buildings.last_mut() {
            Some(last) if last.building == building => last.floors.push(floor),
            _ => buildings.push(SheetBuilding { building: building.to_owned(), floors: vec![floor] }),
        }
    }
    Ok(Sheet { buildings })
}
