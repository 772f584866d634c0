//! Opening a workbook from outside.

use kernel::{Kind, Refusal};

use super::{
    Address,
    sheet::{self, Held, MAX_CELLS, Sheet},
};
use crate::{
    xml::{Event, Scan, attribute, local, plain},
    zip::{Archive, unreadable},
};

/// Sheets of a workbook at most.
const MAX_SHEETS: usize = 100;
/// Shared texts of a workbook at most, and their bytes.
const MAX_STRINGS: usize = 200_000;
/// How files of older programs, and locked ones, begin.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Parts that run, or bring another program along.
const RUNS: [&str; 6] =
    ["vbaproject", "xl/macrosheets/", "xl/activex/", "xl/embeddings/", "xl/ctrlprops/", "xl/dialogsheets/"];
/// Parts that fetch from elsewhere.
const FETCHES: [&str; 4] = ["xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/webextensions/"];

/// A workbook from outside, measured and read.
#[derive(Debug, Clone)]
pub struct Workbook {
    pub(super) archive: Archive,
    /// The part that lists the sheets.
    pub(super) main: String,
    pub(super) sheets: Vec<Sheet>,
    strings: Vec<String>,
}

/// A cell as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// 1 to 1,048,576.
    pub row: u32,
    /// 1 to 16,384.
    pub column: u32,
    /// What stands in it, as it is stored: a number's digits, a text.
    pub text: String,
    /// It is reckoned by a formula.
    pub formula: bool,
}

impl Workbook {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Refusals `xlsx-too-large`, `xlsx-too-much-inside`, `xlsx-unreadable`, `xlsx-old-or-locked`, `xlsx-has-macros`,
    /// `xlsx-links-outside`, `xlsx-too-many-cells`.
    pub fn open(bytes: Vec<u8>) -> Result<Workbook, Refusal> {
        if bytes.starts_with(OLD) {
            return Err(Refusal::new(Kind::Invalid, "xlsx-old-or-locked"));
        }
        let archive = Archive::read(bytes)?;
        inspect(&archive)?;
        let main = (ways(&archive, "_rels/.rels", "")?.into_iter())
            .find(|way| way.kind == "officeDocument")
            .ok_or_else(unreadable)?
            .target;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let rels = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let ways = ways(&archive, &rels, folder)?;
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut left = MAX_CELLS;
        for (name, id) in listed(&archive.text(&main)?)? {
            let Some(way) = ways.iter().find(|way| way.id == id && way.kind == "worksheet") else { continue };
            if sheets.len() >= MAX_SHEETS || sheets.iter().any(|sheet| sheet.part == way.target) {
                return Err(unreadable());
            }
            let sheet = sheet::read(&name, &way.target, archive.text(&way.target)?, left)?;
            left -= sheet.cells.len();
            sheets.push(sheet);
        }
        if sheets.is_empty() {
            return Err(unreadable());
        }
        let strings = match ways.iter().find(|way| way.kind == "sharedStrings") {
            Some(way) => strings(&archive.text(&way.target)?)?,
            None => Vec::new(),
        };
        Ok(Workbook { archive, main, sheets, strings })
    }

    /// The names of its sheets, in order.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str())
    }

    pub(super) fn sheet(&self, name: &str) -> Result<(usize, &Sheet), Refusal> {
        let named = |sheet: &&Sheet| name.is_empty() || sheet.name.to_lowercase() == name.to_lowercase();
        let found = self.sheets.iter().enumerate().find(|(_, sheet)| named(sheet));
        found.ok_or_else(|| Refusal::new(Kind::Invalid, "xlsx-sheet-unknown").with_text("sheet", name))
    }

    /// The cells of a sheet that hold something, row by row, from the upper left corner.
    ///
    /// # Errors
    /// Refusal `xlsx-sheet-unknown`.
    pub fn cells(&self, sheet: &str, rows: u32, columns: u32) -> Result<Vec<Found>, Refusal> {
        let (_, sheet) = self.sheet(sheet)?;
        let inside = |cell: &&sheet::Cell| cell.row <= rows && cell.column <= columns;
        let found = sheet.cells.iter().filter(inside).map(|cell| Found {
            row: cell.row,
            column: cell.column,
            text: self.said(cell).to_owned(),
            formula: cell.formula,
        });
        Ok(found.filter(|cell| cell.formula || !cell.text.is_empty()).collect())
    }

    fn said<'a>(&'a self, cell: &'a sheet::Cell) -> &'a str {
        match cell.held {
            Held::Plain => &cell.text,
            Held::Shared => {
                let number: Option<usize> = cell.text.trim().parse().ok();
                number.and_then(|n| self.strings.get(n)).map_or("", String::as_str)
            }
        }
    }

    /// An address whose cell can be filled, with the sheet's name as the workbook writes it.
    ///
    /// # Errors
    /// Refusals `xlsx-sheet-unknown`, `xlsx-cell-formula`, `xlsx-cell-merged` (with the cell that stands for it).
    pub fn place(&self, at: &Address) -> Result<Address, Refusal> {
        let (_, sheet) = self.sheet(&at.sheet)?;
        let at = Address { sheet: sheet.name.clone(), ..at.clone() };
        let into = sheet.merged.iter().find(|[top, left, bottom, right]| {
            (*top..=*bottom).contains(&at.row) && (*left..=*right).contains(&at.column)
        });
        if let Some([row, column, ..]) = into.filter(|[top, left, ..]| (*top, *left) != (at.row, at.column)) {
            let first = Address { row: *row, column: *column, ..at };
            return Err(Refusal::new(Kind::Invalid, "xlsx-cell-merged").with_text("cell", first.to_string()));
        }
        let place = sheet.cells.binary_search_by_key(&(at.row, at.column), |cell| (cell.row, cell.column));
        if place.is_ok_and(|found| sheet.cells[found].formula) {
            return Err(Refusal::new(Kind::Invalid, "xlsx-cell-formula").with_text("cell", at.to_string()));
        }
        Ok(at)
    }
}

/// What may not be in a workbook.
fn inspect(archive: &Archive) -> Result<(), Refusal> {
    let macros = || Refusal::new(Kind::Invalid, "xlsx-has-macros");
    let outside = || Refusal::new(Kind::Invalid, "xlsx-links-outside");
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.name.to_ascii_lowercase()).collect();
    if names.iter().any(|name| RUNS.iter().any(|part| name.contains(part))) {
        return Err(macros());
    }
    if names.iter().any(|name| FETCHES.iter().any(|part| name.starts_with(part))) {
        return Err(outside());
    }
    let types = archive.text("[Content_Types].xml")?;
    let mut scan = Scan::new(&types);
    while let Some((_, event)) = scan.step().map_err(|_| unreadable())? {
        let Event::Open { attributes, .. } = event else { continue };
        let kind = attribute(attributes, "ContentType").unwrap_or_default().to_ascii_lowercase();
        if kind.contains("macroenabled") || kind.contains("vbaproject") || kind.contains("intlmacrosheet") {
            return Err(macros());
        }
    }
    for entry in archive.entries().iter().filter(|entry| entry.name.to_ascii_lowercase().ends_with(".rels")) {
        for way in ways(archive, &entry.name, "")? {
            // a link that somebody clicks on fetches nothing by itself
            if way.external && way.kind != "hyperlink" {
                return Err(outside());
            }
            if way.kind == "vbaProject" {
                return Err(macros());
            }
        }
    }
    Ok(())
}

/// A relationship between parts.
struct Way {
    id: String,
    /// The last word of its type.
    kind: String,
    target: String,
    external: bool,
}

/// The relationships that a part lists; their targets are read from `folder`.
fn ways(archive: &Archive, part: &str, folder: &str) -> Result<Vec<Way>, Refusal> {
    let text = archive.text(part)?;
    let mut scan = Scan::new(&text);
    let mut found = Vec::new();
    while let Some((_, event)) = scan.step().map_err(|_| unreadable())? {
        let Event::Open { name, attributes, .. } = event else { continue };
        if local(name) != "Relationship" {
            continue;
        }
        let of = |name: &str| attribute(attributes, name).unwrap_or_default().into_owned();
        let (kind, target) = (of("Type"), of("Target"));
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let external = of("TargetMode").eq_ignore_ascii_case("external");
        found.push(Way { id: of("Id"), kind, target: resolve(folder, &target), external });
    }
    Ok(found)
}

/// The name of a part from a relationship's target.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut way: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                way.pop();
            }
            part => way.push(part),
        }
    }
    way.join("/")
}

/// Names and relationships of the sheets that a workbook lists.
fn listed(xml: &str) -> Result<Vec<(String, String)>, Refusal> {
    let mut scan = Scan::new(xml);
    let mut found = Vec::new();
    while let Some((_, event)) = scan.step().map_err(|_| unreadable())? {
        let Event::Open { name, attributes, .. } = event else { continue };
        if local(name) == "sheet" {
            let of = |name: &str| attribute(attributes, name).map(std::borrow::Cow::into_owned).ok_or_else(unreadable);
            found.push((of("name")?, of("id")?));
        }
    }
    Ok(found)
}

/// The shared texts, without the readings beside them.
fn strings(xml: &str) -> Result<Vec<String>, Refusal> {
    let mut scan = Scan::new(xml);
    let mut found: Vec<String> = Vec::new();
    let (mut taking, mut reading) = (false, false);
    while let Some((_, event)) = scan.step().map_err(|_| unreadable())? {
        match event {
            Event::Open { name, empty, .. } => match local(name) {
                "si" if found.len() >= MAX_STRINGS => return Err(unreadable()),
                "si" => found.push(String::new()),
                "t" => taking = !empty && !reading,
                "rPh" => reading = !empty,
                _ => {}
            },
            Event::Close { name } => match local(name) {
                "t" => taking = false,
                "rPh" => reading = false,
                _ => {}
            },
            Event::Text(text) if taking => {
                let text = plain(text).ok_or_else(unreadable)?;
                found.last_mut().ok_or_else(unreadable)?.push_str(&text);
            }
            Event::Raw(text) if taking => found.last_mut().ok_or_else(unreadable)?.push_str(text),
            _ => {}
        }
    }
    Ok(found)
}
