//! Putting values into cells of a workbook from outside, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use kernel::Refusal;

use super::{
    Address, Value, Workbook, decimal, letters,
    sheet::{Row, Sheet},
    text, whole,
};
use crate::{
    xml::{Event, Scan, attribute, local},
    zip::{Writer, unreadable},
};

/// What is put in place of what.
type Edit = (Range<usize>, String);
/// Values by column.
type Line<'a> = BTreeMap<u32, &'a Value>;

impl Workbook {
    /// The workbook with values in cells. A cell keeps its style; of two values for one cell the later one stays.
    ///
    /// # Errors
    /// Refusals of [`Workbook::place`]; `xlsx-unreadable`, `office-file-too-large`.
    pub fn fill(&self, values: &[(Address, Value)]) -> Result<Vec<u8>, Refusal> {
        let mut wanted: BTreeMap<usize, BTreeMap<u32, Line<'_>>> = BTreeMap::new();
        for (at, value) in values {
            let at = self.place(at)?;
            let (sheet, _) = self.sheet(&at.sheet)?;
            wanted.entry(sheet).or_default().entry(at.row).or_default().insert(at.column, value);
        }
        let mut changed: BTreeMap<&str, String> = BTreeMap::new();
        for (sheet, rows) in &wanted {
            let sheet = self.sheets.get(*sheet).ok_or_else(unreadable)?;
            changed.insert(&sheet.part, apply(&sheet.xml, edits(sheet, rows)));
        }
        let reckons = self.sheets.iter().any(|sheet| sheet.cells.iter().any(|cell| cell.formula));
        if reckons && !changed.is_empty() {
            let xml = self.archive.text(&self.main)?;
            if let Some(edit) = reckon_anew(&xml)? {
                changed.insert(&self.main, apply(&xml, vec![edit]));
            }
        }
        let mut out = Writer::default();
        for entry in self.archive.entries() {
            match changed.get(entry.name.as_str()) {
                Some(xml) => out.add(&entry.name, xml)?,
                None => out.copy(&self.archive, entry)?,
            }
        }
        out.finish()
    }
}

/// A text with its edits; those that begin at one place are put in their order.
fn apply(xml: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(xml.len() + 64 * edits.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(xml.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(xml.get(at..).unwrap_or_default());
    out
}

fn edits(sheet: &Sheet, rows: &BTreeMap<u32, Line<'_>>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut new_rows = String::new();
    for (number, line) in rows {
        match sheet.rows.binary_search_by_key(number, |row| row.number) {
            Ok(found) => in_row(sheet, &sheet.rows[found], line, &mut out),
            Err(next) => {
                let p = &sheet.prefix;
                let row = format!("<{p}row r=\"{number}\">{}</{p}row>", cells(p, *number, line));
                if sheet.data.empty {
                    new_rows.push_str(&row);
                } else {
                    let at = sheet.rows.get(next).map_or(sheet.data.close, |row| row.tag.start);
                    out.push((at..at, row));
                }
            }
        }
    }
    if !new_rows.is_empty() {
        let p = &sheet.prefix;
        let tag = opened(&sheet.xml, &sheet.data.tag);
        out.push((sheet.data.tag.clone(), format!("{tag}{new_rows}</{p}sheetData>")));
    }
    out
}

/// A tag that closes itself, opened.
fn opened(xml: &str, tag: &Range<usize>) -> String {
    let tag = xml.get(tag.clone()).unwrap_or_default();
    format!("{}>", tag.strip_suffix("/>").unwrap_or(tag).trim_end())
}

fn in_row(sheet: &Sheet, row: &Row, line: &Line<'_>, out: &mut Vec<Edit>) {
    let p = &sheet.prefix;
    if row.empty {
        let filled = format!("{}{}</{p}row>", opened(&sheet.xml, &row.tag), cells(p, row.number, line));
        out.push((row.tag.clone(), filled));
        return;
    }
    let from = sheet.cells.partition_point(|cell| cell.row < row.number);
    let until = sheet.cells.partition_point(|cell| cell.row <= row.number);
    let there = &sheet.cells[from..until];
    for (column, value) in line {
        match there.binary_search_by_key(column, |cell| cell.column) {
            Ok(found) => {
                let cell = &there[found];
                out.push((cell.range.clone(), one(p, (row.number, *column), &cell.style, value)));
            }
            Err(next) => {
                let at = there.get(next).map_or(row.close, |cell| cell.range.start);
                out.push((at..at, one(p, (row.number, *column), "", value)));
            }
        }
    }
}

fn cells(prefix: &str, row: u32, line: &Line<'_>) -> String {
    line.iter().map(|(column, value)| one(prefix, (row, *column), "", value)).collect()
}

fn one(p: &str, (row, column): (u32, u32), style: &str, value: &Value) -> String {
    let at = format!("{}{row}", letters(column));
    let style = if style.is_empty() { String::new() } else { format!(" s=\"{style}\"") };
    let digits = match value {
        Value::Whole(n) => whole(*n),
        Value::Money(fen) => decimal(*fen),
        Value::Text(_) => None,
    };
    if let Some(digits) = digits {
        return format!("<{p}c r=\"{at}\"{style}><{p}v>{digits}</{p}v></{p}c>");
    }
    let words = match value {
        Value::Whole(n) => n.to_string(),
        Value::Money(fen) => fen.to_string(),
        Value::Text(words) => words.clone(),
    };
    let words = text(&words);
    format!("<{p}c r=\"{at}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{words}</{p}t></{p}is></{p}c>")
}

/// Tells programs to reckon formulas when they open the workbook; nothing where it is told already.
fn reckon_anew(xml: &str) -> Result<Option<Edit>, Refusal> {
    // what may stand before it, by the schema
    let before: BTreeSet<&str> = ["sheets", "functionGroups", "externalReferences", "definedNames"].into();
    let mut scan = Scan::new(xml);
    let (mut after, mut prefix) = (None, String::new());
    while let Some((range, event)) = scan.step().map_err(|_| unreadable())? {
        match event {
            Event::Open { name, attributes, empty } if local(name) == "calcPr" => {
                if attribute(attributes, "fullCalcOnLoad").is_some() {
                    return Ok(None);
                }
                let at = range.end - if empty { 2 } else { 1 };
                return Ok(Some((at..at, " fullCalcOnLoad=\"1\"".to_owned())));
            }
            Event::Open { name, empty: true, .. } | Event::Close { name } if before.contains(local(name)) => {
                prefix = name.strip_suffix(local(name)).unwrap_or_default().to_owned();
                after = Some(range.end);
            }
            _ => {}
        }
    }
    Ok(after.map(|at| (at..at, format!("<{prefix}calcPr fullCalcOnLoad=\"1\"/>"))))
}
