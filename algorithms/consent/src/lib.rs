#![doc = include_str!("../README.md")]

mod area;
mod ballot;
mod cast;
mod check;
mod count;
mod day;
mod heads;
mod places;
mod read;
mod report;
mod roll;
mod rows;
pub mod rules;
mod sheet;
mod text;

pub use area::{Area, AreaError, MAX_AREA, Ratio};
pub use ballot::{Ballot, Channel, Choice};
pub use check::{CheckedBallots, CheckedRoll, check_ballots, check_roll};
pub use count::{CountError, MAX_BALLOTS, Question, count};
pub use day::{Day, NotADay};
pub use read::{Fault, MAX_BYTES, MAX_CELL_BYTES, MAX_COLUMNS, ReadError, read_ballots, read_roll};
pub use report::{
    BallotCounts, Basis, ByBasis, Gate, GateCode, Group, MAX_NOTES, Note, NoteCode, Reason, Report, Shares, Sums,
};
pub use roll::{MAX_UNITS, Roll, RollError, Status, Unit};
pub use rules::{Item, Rules};
pub use sheet::{Sheet, SheetBuilding, SheetFloor, SheetUnit, sheet};
