//! Rolls and ballots from CSV.

use std::io::Read;

use thiserror::Error;

use crate::area::AreaError;
use crate::ballot::{Ballot, Channel, Choice};
use crate::count::MAX_BALLOTS;
use crate::roll::{MAX_UNITS, Roll, RollError, Status, Unit};
use crate::rows::{Rows, newlines};
use crate::text::{shown, tidy};

/// Bytes of a file at most.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;
/// Bytes of a cell at most.
pub const MAX_CELL_BYTES: usize = 1_000;
/// Columns at most.
pub const MAX_COLUMNS: usize = 100;
/// Bytes that a row hardly has fewer of.
const SHORTEST_ROW: usize = 16;

/// A fault in a file and the line (from 1) on which its row begins.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct ReadError {
    /// Line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum Fault {
    #[error("the file cannot be read: {0}")]
    Io(String),
    #[error("the file is larger than {MAX_BYTES} bytes")]
    TooLong,
    #[error("this is not UTF-8 text: save the file as CSV with the encoding UTF-8")]
    NotUtf8,
    #[error("a cell that begins with a quote here is never closed: add the closing quote")]
    OpenQuote,
    #[error("the file is empty: its first row names the columns {0}")]
    NoHeading(&'static str),
    #[error("the first row has no column `{missing}`: it has to name {all}, parted by commas")]
    NoColumn { missing: &'static str, all: &'static str },
    #[error("the column `{0}` is named twice")]
    ColumnTwice(&'static str),
    #[error("more than {MAX_COLUMNS} columns")]
    TooManyColumns,
    #[error("the row has {found} cells, but there are {columns} columns: put quotes around a cell with a comma")]
    TooManyCells { found: usize, columns: usize },
    #[error("the row ends before the column `{0}`")]
    RowTooShort(&'static str),
    #[error("a cell is longer than {MAX_CELL_BYTES} bytes: is a closing quote missing?")]
    CellTooLong,
    #[error("more than {0} rows")]
    TooManyRows(usize),
    #[error("the cell `{0}` is empty")]
    Empty(&'static str),
    #[error("the area `{0}` {1}")]
    Area(String, AreaError),
    #[error("the status `{0}` is not known: write sold, unsold or undelivered")]
    Status(String),
    #[error("the choice `{0}` is not known: write agree, disagree, abstain or invalid, and no row if nobody voted")]
    Choice(String),
    #[error("the channel `{0}` is not known: write online, paper, proxy or import")]
    Channel(String),
    #[error(
        "the unit `{unit}` stands in line {first} already: a unit is one row, with its co-owners joined by +; \
        if two buildings have that number, put the building into it, such as 3-501"
    )]
    UnitTwice { unit: String, first: u64 },
    #[error("{0}")]
    Roll(RollError),
}

impl Fault {
    pub(crate) fn at(self, line: u64) -> ReadError {
        ReadError { line, fault: self }
    }
}

/// A column: its name in messages, and how a heading may call it.
pub(crate) type Column = (&'static str, &'static [&'static str]);

pub(crate) const ROLL: [Column; 6] = [
    ("unit", &["unit", "房号", "房號"]),
    ("building", &["building", "楼栋", "樓棟", "楼号", "樓號"]),
    ("floor", &["floor", "楼层", "樓層"]),
    ("owner", &["owner", "业主", "業主"]),
    ("area", &["area", "面积", "面積", "专有面积", "專有面積"]),
    ("status", &["status", "状态", "狀態"]),
];
pub(crate) const ROLL_NAMES: &str = "unit,building,floor,owner,area,status";

pub(crate) const BALLOTS: [Column; 4] = [
    ("unit", &["unit", "房号", "房號"]),
    ("choice", &["choice", "意见", "意見"]),
    ("channel", &["channel", "方式"]),
    ("instruction", &["instruction", "书面委托", "書面委託"]),
];
pub(crate) const BALLOTS_NAMES: &str = "unit,choice,channel";

/// What says in the column `instruction` that there is none.
const NO_INSTRUCTION: [&str; 8] = ["", "-", "0", "no", "none", "无", "無", "否"];

/// Reads a roll: CSV in UTF-8, with or without a byte order mark, columns `unit,building,floor,owner,area,status` in
/// any order; others are passed over.
///
/// # Errors
/// [`ReadError`] with the line and what to do.
pub fn read_roll(input: impl Read) -> Result<Roll, ReadError> {
    roll_of(&slurp(input)?)
}

fn roll_of(text: &str) -> Result<Roll, ReadError> {
    let mut table = Table::open(text, &ROLL, ROLL.len(), ROLL_NAMES)?;
    let n_most = n_rows_at_most(text, MAX_UNITS);
    let (mut units, mut lines) = (Vec::with_capacity(n_most), Vec::with_capacity(n_most));
    while table.next()? {
        if units.len() == MAX_UNITS {
            return Err(Fault::TooManyRows(MAX_UNITS).at(table.line()));
        }
        units.push(table.unit().map_err(|faults| first(faults).at(table.line()))?);
        lines.push(table.line());
    }
    let line_of = |index: usize| lines.get(index).copied().unwrap_or(1);
    Roll::of_plain(units).map_err(|error| match error {
        RollError::Twice { unit, first, index } => Fault::UnitTwice { unit, first: line_of(first) }.at(line_of(index)),
        RollError::NoNumber { index } => Fault::Empty("unit").at(line_of(index)),
        RollError::Area { index, .. } => Fault::Roll(error).at(line_of(index)),
        RollError::Empty | RollError::TooMany => Fault::Roll(error).at(1),
    })
}

/// Reads ballots: as a roll, with the columns `unit,choice,channel`. A fourth column `instruction` may tell of proxies
/// where their written instruction lies; without that column it is taken to have been seen.
///
/// # Errors
/// [`ReadError`] with the line and what to do.
pub fn read_ballots(input: impl Read) -> Result<Vec<Ballot>, ReadError> {
    ballots_of(&slurp(input)?)
}

fn ballots_of(text: &str) -> Result<Vec<Ballot>, ReadError> {
    let mut table = Table::open(text, &BALLOTS, 3, BALLOTS_NAMES)?;
    let mut ballots = Vec::with_capacity(n_rows_at_most(text, MAX_BALLOTS));
    while table.next()? {
        if ballots.len() == MAX_BALLOTS {
            return Err(Fault::TooManyRows(MAX_BALLOTS).at(table.line()));
        }
        ballots.push(table.ballot().map_err(|faults| first(faults).at(table.line()))?);
    }
    Ok(ballots)
}

/// Rows to make room for at once: as many as there are line ends, but no more than a file of that length can well
/// hold, so that a file of empty lines asks for little.
fn n_rows_at_most(text: &str, most: usize) -> usize {
    let lines = usize::try_from(newlines(text.as_bytes())).unwrap_or(usize::MAX);
    lines.min(text.len() / SHORTEST_ROW).min(most)
}

/// The whole file as text, without a byte order mark.
pub(crate) fn slurp(mut input: impl Read) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    input.by_ref().take(most).read_to_end(&mut bytes).map_err(|e| Fault::Io(e.to_string()).at(1))?;
    text_of(bytes)
}

fn text_of(bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLong.at(1));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Fault::NotUtf8.at(1 + newlines(error.as_bytes().get(..valid).unwrap_or_default()))
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    match open_quote(text.as_bytes()) {
        Some(line) => Err(Fault::OpenQuote.at(line)),
        None => Ok(text),
    }
}

/// The line of a quote that opens a cell and is never closed: the reader below would take all that follows for one
/// cell. It follows the reader's grammar: a quote opens only at the start of a cell, a doubled one is a quote.
fn open_quote(bytes: &[u8]) -> Option<u64> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Quote,
    }
    if !bytes.contains(&b'"') {
        return None;
    }
    let (mut at, mut line, mut opened) = (At::Start, 1, 1);
    for b in bytes {
        at = match (at, b) {
            (At::Start, b'"') => {
                opened = line;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Quote,
            (At::Quote, b'"') | (At::Quoted, _) => At::Quoted,
            (_, b',' | b'\n' | b'\r') => At::Start,
            _ => At::Plain,
        };
        line += u64::from(*b == b'\n');
    }
    (at == At::Quoted).then_some(opened)
}

/// A file of which some columns are looked at.
pub(crate) struct Table<'t> {
    rows: Rows<'t>,
    columns: &'static [Column],
    places: Vec<Option<usize>>,
    n_columns: usize,
}

impl<'t> Table<'t> {
    /// Reads the heading; the first `needed` columns have to be there.
    pub(crate) fn open(
        text: &'t str,
        columns: &'static [Column],
        needed: usize,
        all: &'static str,
    ) -> Result<Self, ReadError> {
        let mut table = Table { rows: Rows::new(text), columns, places: Vec::new(), n_columns: MAX_COLUMNS };
        if !table.next()? {
            return Err(Fault::NoHeading(all).at(1));
        }
        let heading: Vec<String> = table.rows.cells().map(|cell| tidy(cell).to_lowercase()).collect();
        for (number, (name, spellings)) in columns.iter().enumerate() {
            let mut found = heading.iter().enumerate().filter(|(_, cell)| spellings.contains(&cell.as_str()));
            let place = found.next().map(|(at, _)| at);
            if found.next().is_some() {
                return Err(Fault::ColumnTwice(name).at(table.line()));
            }
            if place.is_none() && number < needed {
                return Err(Fault::NoColumn { missing: name, all }.at(table.line()));
            }
            table.places.push(place);
        }
        table.n_columns = heading.len();
        Ok(table)
    }

    /// The line on which the row begins.
    pub(crate) fn line(&self) -> u64 {
        self.rows.line
    }

    /// The next row with something in it.
    pub(crate) fn next(&mut self) -> Result<bool, ReadError> {
        loop {
            // what is refused here is not UTF-8, and the text is
            if !self.rows.advance().map_err(|error| Fault::Io(error).at(self.rows.line))? {
                return Ok(false);
            }
            if self.rows.cells().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if !self.rows.is_within(MAX_CELL_BYTES) {
                return Err(Fault::CellTooLong.at(self.line()));
            }
            let found = self.rows.n_cells();
            if found > self.n_columns {
                let fault = match self.places.is_empty() {
                    true => Fault::TooManyColumns,
                    false => Fault::TooManyCells { found, columns: self.n_columns },
                };
                return Err(fault.at(self.line()));
            }
            return Ok(true);
        }
    }

    /// The cell of a column, if the file has the column.
    fn cell(&self, column: usize) -> Result<Option<&str>, Fault> {
        let Some(place) = self.places.get(column).copied().flatten() else { return Ok(None) };
        let name = self.columns.get(column).map_or("", |(name, _)| name);
        self.rows.cell(place).map(Some).ok_or(Fault::RowTooShort(name))
    }

    /// A cell that is read as one of some words, in plain form.
    fn word<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>, fault: fn(String) -> Fault) -> Result<T, Fault> {
        let cell = self.cell(column)?.unwrap_or_default();
        if let Some(found) = read(cell) {
            return Ok(found);
        }
        let plain = tidy(cell).to_lowercase();
        if plain.is_empty() {
            return Err(Fault::Empty(self.columns.get(column).map_or("", |(name, _)| name)));
        }
        read(&plain).ok_or_else(|| fault(shown(cell)))
    }

    fn text(&self, column: usize) -> Result<String, Fault> {
        Ok(tidy(self.cell(column)?.unwrap_or_default()).into_owned())
    }

    /// The first fault of a row is that of the first of its columns.
    pub(crate) fn unit(&self) -> Result<Unit, Vec<Fault>> {
        let area = self.cell(4).and_then(|cell| {
            let plain = tidy(cell.unwrap_or_default());
            plain.parse().map_err(|error| Fault::Area(shown(&plain), error))
        });
        let status = self.word(5, Status::read, Fault::Status);
        match (self.number(), self.text(1), self.text(2), self.text(3), area, status) {
            (Ok(unit), Ok(building), Ok(floor), Ok(owner), Ok(area), Ok(status)) => {
                Ok(Unit { unit, building, floor, owner, area, status })
            }
            (unit, building, floor, owner, area, status) => {
                Err(told([unit.err(), building.err(), floor.err(), owner.err(), area.err(), status.err()]))
            }
        }
    }

    /// The number of a row's unit.
    pub(crate) fn number(&self) -> Result<String, Fault> {
        let number = self.text(0)?;
        if number.is_empty() { Err(Fault::Empty("unit")) } else { Ok(number) }
    }

    /// As [`Table::unit`].
    pub(crate) fn ballot(&self) -> Result<Ballot, Vec<Fault>> {
        let instructed = self.cell(3).map(|cell| {
            cell.is_none_or(|cell| {
                let plain = tidy(cell);
                !NO_INSTRUCTION.iter().any(|none| plain.eq_ignore_ascii_case(none))
            })
        });
        let (choice, channel) =
            (self.word(1, Choice::read, Fault::Choice), self.word(2, Channel::read, Fault::Channel));
        match (self.number(), choice, channel, instructed) {
            (Ok(unit), Ok(choice), Ok(channel), Ok(instructed)) => {
                Ok(Ballot { unit, choice, channel, instructed, line: self.line() })
            }
            (unit, choice, channel, instructed) => {
                Err(told([unit.err(), choice.err(), channel.err(), instructed.err()]))
            }
        }
    }
}

/// All faults of a row; where it ends early, the first column that is missing stands for the rest.
fn told<const N: usize>(found: [Option<Fault>; N]) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for fault in found.into_iter().flatten() {
        let short = |fault: &Fault| matches!(fault, Fault::RowTooShort(_));
        if !short(&fault) || !faults.iter().any(short) {
            faults.push(fault);
        }
    }
    faults
}

/// The first of a row's faults.
fn first(faults: Vec<Fault>) -> Fault {
    faults.into_iter().next().unwrap_or(Fault::Empty("unit"))
}
