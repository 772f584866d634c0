//! Rolls and ballots read to their end, with everything that is wrong in them.

use std::collections::HashMap;
use std::io::Read;

use crate::ballot::Ballot;
use crate::count::MAX_BALLOTS;
use crate::read::{BALLOTS, BALLOTS_NAMES, Fault, ROLL, ROLL_NAMES, ReadError, Table, slurp};
use crate::roll::{MAX_UNITS, Unit};
use crate::text::shown;

/// A roll that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedRoll {
    /// The units that can be taken, each with its line.
    pub units: Vec<(u64, Unit)>,
    /// Everything that is wrong with the other rows, in the order of the lines; a row may have several faults.
    pub faults: Vec<ReadError>,
}

/// Ballots that were read to their end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedBallots {
    /// Those that can be taken.
    pub ballots: Vec<Ballot>,
    /// As in [`CheckedRoll`].
    pub faults: Vec<ReadError>,
}

/// Reads a roll to its end, whatever is wrong with single rows. [`crate::read_roll`] takes the file when there is no fault and a
/// unit.
///
/// # Errors
/// [`ReadError`] where the file as a whole cannot be read: not UTF-8, a quote that is never closed, a column missing.
pub fn check_roll(input: impl Read) -> Result<CheckedRoll, ReadError> {
    let text = slurp(input)?;
    let mut table = Table::open(&text, &ROLL, ROLL.len(), ROLL_NAMES)?;
    let (mut units, mut seen): (Vec<(u64, Unit)>, HashMap<String, u64>) = (Vec::new(), HashMap::new());
    let faults = each(&mut table, MAX_UNITS, |table| {
        let line = table.line();
        let mut faults = Vec::new();
        if let Ok(number) = table.number() {
            match seen.get(&number) {
                Some(first) => faults.push(Fault::UnitTwice { unit: shown(&number), first: *first }),
                None => drop(seen.insert(number, line)),
            }
        }
        match table.unit() {
            Ok(unit) if faults.is_empty() => units.push((line, unit)),
            Ok(_) => {}
            Err(others) => faults.extend(others),
        }
        faults
    })?;
    Ok(CheckedRoll { units, faults })
}

/// Reads ballots to their end, as [`check_roll`] does a roll. A unit may stand in several rows.
///
/// # Errors
/// As [`check_roll`].
pub fn check_ballots(input: impl Read) -> Result<CheckedBallots, ReadError> {
    let text = slurp(input)?;
    let mut table = Table::open(&text, &BALLOTS, 3, BALLOTS_NAMES)?;
    let mut ballots = Vec::new();
    let faults = each(&mut table, MAX_BALLOTS, |table| match table.ballot() {
        Ok(ballot) => {
            ballots.push(ballot);
            Vec::new()
        }
        Err(faults) => faults,
    })?;
    Ok(CheckedBallots { ballots, faults })
}

/// Looks at each row; answers what is wrong with them.
fn each(
    table: &mut Table<'_>,
    most: usize,
    mut row: impl FnMut(&Table<'_>) -> Vec<Fault>,
) -> Result<Vec<ReadError>, ReadError> {
    let (mut faults, mut n) = (Vec::new(), 0_usize);
    loop {
        match table.next() {
            Ok(true) => {}
            Ok(false) => return Ok(faults),
            // the row was read and the next one can be
            Err(error) if matches!(error.fault, Fault::TooManyCells { .. } | Fault::CellTooLong) => {
                faults.push(error);
                n += 1;
                continue;
            }
            Err(error) => return Err(error),
        }
        if n >= most {
            return Err(Fault::TooManyRows(most).at(table.line()));
        }
        n += 1;
        let line = table.line();
        faults.extend(row(table).into_iter().map(|fault| fault.at(line)));
    }
}
