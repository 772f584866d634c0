//! Where each row and cell of a sheet stands in its text.

use std::ops::Range;

use kernel::{Kind, Refusal};

use super::{MAX_COLUMN, MAX_ROW, cell};
use crate::{
    xml::{Event, Scan, attribute, local, plain},
    zip::unreadable,
};

/// Cells of a workbook at most.
pub(super) const MAX_CELLS: usize = 200_000;
/// Merged ranges of a sheet at most.
const MAX_MERGES: usize = 20_000;

/// The element of all rows.
#[derive(Debug, Clone)]
pub(super) struct Data {
    /// Its opening tag.
    pub tag: Range<usize>,
    /// It closes itself.
    pub empty: bool,
    /// Where its closing tag begins.
    pub close: usize,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub number: u32,
    /// Its opening tag.
    pub tag: Range<usize>,
    /// It closes itself.
    pub empty: bool,
    /// Where its closing tag begins.
    pub close: usize,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// The number of a shared text.
    Shared,
    /// As it stands.
    Plain,
}

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub row: u32,
    pub column: u32,
    /// All of it.
    pub range: Range<usize>,
    /// The number of its style; may be empty.
    pub style: String,
    pub formula: bool,
    pub held: Held,
    /// What stands in it.
    pub text: String,
}

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub name: String,
    /// Its part of the archive.
    pub part: String,
    pub xml: String,
    /// The prefix of its elements with a colon; mostly empty.
    pub prefix: String,
    pub data: Data,
    pub rows: Vec<Row>,
    pub cells: Vec<Cell>,
    /// First row and column, last row and column.
    pub merged: Vec<[u32; 4]>,
}

fn broken<E>(_: E) -> Refusal {
    unreadable()
}

/// What is being read.
#[derive(Default)]
struct Reader {
    prefix: String,
    data: Option<Data>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
    merged: Vec<[u32; 4]>,
    in_data: bool,
    in_row: bool,
    cell: Option<Cell>,
    /// The text of a cell, or of its formula, is being read.
    taking: Option<Taking>,
    formula: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    Value,
    Formula,
}

/// Reads a sheet; `left` is how many cells the workbook may still have.
pub(super) fn read(name: &str, part: &str, xml: String, left: usize) -> Result<Sheet, Refusal> {
    let mut reader = Reader::default();
    let mut scan = Scan::new(&xml);
    while let Some((range, event)) = scan.step().map_err(broken)? {
        match event {
            Event::Open { name, attributes, empty } => {
                reader.open(name, attributes, (range.clone(), empty), left)?;
                if empty {
                    reader.close(name, range)?;
                }
            }
            Event::Close { name } => reader.close(name, range)?,
            Event::Text(text) => reader.text(&plain(text).ok_or_else(unreadable)?),
            Event::Raw(text) => reader.text(text),
            Event::Other => {}
        }
    }
    let Reader { prefix, data, rows, cells, merged, .. } = reader;
    let data = data.ok_or_else(unreadable)?;
    Ok(Sheet { name: name.to_owned(), part: part.to_owned(), xml, prefix, data, rows, cells, merged })
}

impl Reader {
    fn open(
        &mut self,
        name: &str,
        attributes: &str,
        (range, empty): (Range<usize>, bool),
        left: usize,
    ) -> Result<(), Refusal> {
        match local(name) {
            "sheetData" if self.data.is_none() => {
                self.prefix = name.strip_suffix("sheetData").unwrap_or_default().to_owned();
                self.data = Some(Data { tag: range, empty, close: 0 });
                self.in_data = true;
            }
            "sheetData" => return Err(unreadable()),
            "row" if self.in_data && !self.in_row => {
                let last = self.rows.last().map_or(0, |row| row.number);
                let number = number(attributes, last)?;
                self.rows.push(Row { number, tag: range, empty, close: 0 });
                self.in_row = true;
            }
            "c" if self.in_row && self.cell.is_none() => self.begin(attributes, range, left)?,
            "v" | "t" if self.cell.is_some() => self.taking = Some(Taking::Value),
            "f" if self.cell.is_some() => {
                self.taking = Some(Taking::Formula);
                if let Some(cell) = &mut self.cell {
                    cell.formula = true;
                }
            }
            // the reading of a text in another script is no part of it
            "rPh" => self.taking = None,
            "mergeCell" => self.merge(attributes)?,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, attributes: &str, range: Range<usize>, left: usize) -> Result<(), Refusal> {
        if self.cells.len() >= left {
            let limit = i64::try_from(MAX_CELLS).unwrap_or(0);
            return Err(Refusal::new(Kind::Invalid, "xlsx-too-many-cells").with_int("limit", limit));
        }
        let row = self.rows.last().map_or(0, |row| row.number);
        let before = self.cells.last().filter(|cell| cell.row == row).map_or(0, |cell| cell.column);
        let column = match attribute(attributes, "r") {
            Some(at) => {
                let (column, of) = cell(&at).ok_or_else(unreadable)?;
                (of == row && column > before).then_some(column).ok_or_else(unreadable)?
            }
            None => before + 1,
        };
        if column > MAX_COLUMN {
            return Err(unreadable());
        }
        let kind = attribute(attributes, "t");
        let held = if kind.as_deref() == Some("s") { Held::Shared } else { Held::Plain };
        let style = attribute(attributes, "s").unwrap_or_default().into_owned();
        if !style.bytes().all(|b| b.is_ascii_digit()) {
            return Err(unreadable());
        }
        self.cell = Some(Cell { row, column, range, style, formula: false, held, text: String::new() });
        Ok(())
    }

    fn merge(&mut self, attributes: &str) -> Result<(), Refusal> {
        let range = attribute(attributes, "ref").ok_or_else(unreadable)?;
        let (first, last) = range.split_once(':').unwrap_or((&range, &range));
        let (first, last) = (cell(first).ok_or_else(unreadable)?, cell(last).ok_or_else(unreadable)?);
        if self.merged.len() >= MAX_MERGES {
            return Err(unreadable());
        }
        self.merged.push([first.1, first.0, last.1, last.0]);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match (&mut self.cell, self.taking) {
            (Some(cell), Some(Taking::Value)) => cell.text.push_str(text),
            (Some(_), Some(Taking::Formula)) => self.formula.push_str(text),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, range: Range<usize>) -> Result<(), Refusal> {
        match local(name) {
            "v" | "t" => self.taking = None,
            "f" if self.cell.is_some() => {
                self.taking = None;
                if calls_out(&std::mem::take(&mut self.formula)) {
                    return Err(Refusal::new(Kind::Invalid, "xlsx-links-outside"));
                }
            }
            "c" if self.in_row => {
                if let Some(mut cell) = self.cell.take() {
                    cell.range.end = range.end;
                    self.cells.push(cell);
                }
            }
            "row" if self.in_row => {
                self.in_row = false;
                if let Some(row) = self.rows.last_mut() {
                    row.close = range.start;
                }
            }
            "sheetData" => {
                self.in_data = false;
                if let Some(data) = &mut self.data {
                    data.close = range.start;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The number of a row, which is above the one before it.
fn number(attributes: &str, last: u32) -> Result<u32, Refusal> {
    let number = match attribute(attributes, "r") {
        Some(number) => number.parse().map_err(broken)?,
        None => last + 1,
    };
    if number > last && number <= MAX_ROW { Ok(number) } else { Err(unreadable()) }
}

/// A formula that fetches something, or reads another workbook.
fn calls_out(formula: &str) -> bool {
    let upper: String = formula.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    ["WEBSERVICE(", "RTD(", "DDE(", "IMAGE(", "CALL(", "REGISTER.ID("].iter().any(|name| upper.contains(name))
        || upper.starts_with("[1]")
        || upper.contains("'[")
        || upper.contains("://")
}
