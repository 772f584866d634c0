//! The two files as organisers keep them: quotas and people, comma-separated (or by semicolons or tabs), UTF-8.
//!
//! Quotas: a row for each feature with the columns `category`, then `feature`, `name` or `value`, then `min` and `max`; or
//! `feature`, `value`, `min`, `max`. `min_flex` and `max_flex` bound a relaxation. Other columns are passed over.
//! People: a row for each person with a column named after each category; other columns are passed over.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder, Trim};
use thiserror::Error;

use crate::pool::{MAX_PEOPLE, Person, Pool, is_key};
use crate::quotas::{Category, Feature, MAX_FEATURES, Quotas};

/// Size of a file at most.
pub const MAX_BYTES: usize = 64 << 20;
/// Columns of a file at most.
const MAX_COLUMNS: usize = 500;
/// A bound of a quota at most.
const MAX_BOUND: u32 = 1_000_000;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// The file as a whole.
    #[error("{0}")]
    File(String),
    /// A line, counted from 1.
    #[error("line {line}: {fault}")]
    Line {
        /// Which line.
        line: u64,
        /// What is wrong with it, and what to do.
        fault: String,
    },
}

fn line(line: u64, fault: impl Into<String>) -> FileError {
    FileError::Line { line, fault: fault.into() }
}

/// The line of a record: the reader starts it at the empty lines before.
fn line_of(bytes: &[u8], start: &csv::Position) -> u64 {
    let rest = usize::try_from(start.byte()).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    start.line() + empty.filter(|byte| **byte == b'\n').count() as u64
}

/// Rows of a table with their lines, all as wide as the header.
struct Table {
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    fn read(bytes: &[u8], most: usize) -> Result<Self, FileError> {
        if bytes.len() > MAX_BYTES {
            return Err(FileError::File(format!("the file is larger than {} MiB", MAX_BYTES >> 20)));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // spreadsheets of some languages write semicolons
        let part = [b',', b';', b'\t'].into_iter().find(|part| first.contains(part)).unwrap_or(b',');
        let mut reader =
            ReaderBuilder::new().delimiter(part).has_headers(false).flexible(true).trim(Trim::All).from_reader(bytes);
        let (mut record, mut header, mut rows) = (ByteRecord::new(), Vec::new(), Vec::new());
        while reader.read_byte_record(&mut record).map_err(|e| FileError::File(e.to_string()))? {
            let at = record.position().map_or(0, |start| line_of(bytes, start));
            if record.len() > MAX_COLUMNS {
                return Err(line(at, format!("more than {MAX_COLUMNS} columns")));
            }
            let text = |cell: &[u8]| std::str::from_utf8(cell).map(str::to_owned);
            let cells: Vec<String> = record
                .iter()
                .map(text)
                .collect::<Result<_, _>>()
                .map_err(|_| line(at, "this is not UTF-8: save the table as CSV in UTF-8"))?;
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if header.is_empty() {
                header = cells;
            } else if cells.len() != header.len() {
                return Err(line(at, format!("{} cells, and the first line has {}", cells.len(), header.len())));
            } else if rows.len() == most {
                return Err(line(at, format!("more than {most} rows")));
            } else {
                rows.push((at, cells));
            }
        }
        if rows.is_empty() {
            return Err(FileError::File("the file has no rows below its first line".to_owned()));
        }
        Ok(Self { header, rows })
    }

    /// The column with one of these names, the earlier names first; case counts only where it parts two columns.
    fn column(&self, names: &[&str]) -> Option<usize> {
        let exact = |name: &&str| self.header.iter().position(|title| title == name);
        let near = |name: &&str| self.header.iter().position(|title| title.eq_ignore_ascii_case(name));
        names.iter().find_map(exact).or_else(|| names.iter().find_map(near))
    }

    fn need(&self, names: &[&str]) -> Result<usize, FileError> {
        let found = self.column(names);
        found.ok_or_else(|| line(1, format!("there is no column `{}`", names.first().unwrap_or(&""))))
    }
}

/// Where the category, the feature and its two bounds stand, under either of the two headers.
fn quota_columns(table: &Table) -> Result<[usize; 4], FileError> {
    let find = |names: &[&str]| {
        table.column(names).ok_or_else(|| {
            let missing = names.first().unwrap_or(&"");
            line(
                1,
                format!("write `category,feature,min,max` or `feature,value,min,max`: there is no column `{missing}`"),
            )
        })
    };
    let (category, feature) = match table.column(&["category", "类别"]) {
        Some(category) => (category, find(&["feature", "name", "value", "特征"])?),
        // a column `feature` holds categories under the second header only
        None => match table.column(&["feature"]).zip(table.column(&["value", "name"])) {
            Some(both) => both,
            None => (find(&["category"])?, find(&["feature"])?),
        },
    };
    Ok([category, feature, find(&["min", "最少"])?, find(&["max", "最多"])?])
}

/// Reads quotas.
///
/// # Errors
/// [`FileError`] with the line.
pub fn read_quotas(bytes: &[u8]) -> Result<Quotas, FileError> {
    let table = Table::read(bytes, MAX_FEATURES)?;
    let [category, feature, min, max] = quota_columns(&table)?;
    let flex = table.column(&["min_flex"]).zip(table.column(&["max_flex"]));
    let mut found: BTreeMap<String, Vec<Feature>> = BTreeMap::new();
    for (at, cells) in &table.rows {
        let bound = |column: usize| {
            let number = cells[column].parse().ok().filter(|bound| *bound <= MAX_BOUND);
            let (title, text) = (&table.header[column], &cells[column]);
            number.ok_or_else(|| line(*at, format!("{title} is `{text}`: write a whole number from 0 to {MAX_BOUND}")))
        };
        let (min, max) = (bound(min)?, bound(max)?);
        let flex = flex.filter(|(low, high)| !(cells[*low].is_empty() && cells[*high].is_empty()));
        let flex = flex.map(|(low, high)| Ok((bound(low)?, bound(high)?))).transpose()?;
        if cells[category].is_empty() || cells[feature].is_empty() {
            return Err(line(*at, "a category and a feature need names"));
        }
        let inside = found.entry(cells[category].clone()).or_default();
        if inside.iter().any(|other| other.name == cells[feature]) {
            return Err(line(*at, format!("`{}` is named twice: keep one of the rows", cells[feature])));
        }
        let one = Feature { name: cells[feature].clone(), min, max, flex };
        let (least, most) = flex.unwrap_or((min, max));
        if !(least <= min && min <= max && max <= most) {
            return Err(line(*at, "min must not be above max, nor min_flex above min, nor max above max_flex"));
        }
        inside.push(one);
    }
    let categories = found.into_iter().map(|(name, features)| Category { name, features }).collect();
    Quotas::new(categories).map_err(|e| FileError::File(e.to_string()))
}

/// Which columns of the people's file say what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleColumns {
    /// The column of keys. By default the one named `id`, else the first whose name ends in `_id`, ` id` or `-id` and that
    /// is no category and no household's; without one the key is the number of the row, from 1.
    pub id: Option<String>,
    /// The columns that make up an address, of which at most one person may be drawn; none means no such rule. An empty
    /// address is nobody else's.
    pub address: Vec<String>,
}

/// Reads people.
///
/// # Errors
/// [`FileError`] with the line, also for somebody with a feature that has no quota.
pub fn read_people(bytes: &[u8], quotas: &Quotas, columns: &PeopleColumns) -> Result<Pool, FileError> {
    let table = Table::read(bytes, MAX_PEOPLE)?;
    let mut features = Vec::new();
    for category in quotas.categories() {
        features.push((table.need(&[&category.name])?, category));
    }
    let id = match &columns.id {
        Some(name) => Some(table.need(&[name])?),
        None => guess_id(&table, &features),
    };
    let address: Vec<usize> = columns.address.iter().map(|name| table.need(&[name])).collect::<Result<_, _>>()?;
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut people = Vec::with_capacity(table.rows.len());
    for (number, (at, cells)) in (1_usize..).zip(&table.rows) {
        let key = id.map_or_else(|| number.to_string(), |column| cells[column].clone());
        if !is_key(&key) {
            return Err(line(*at, "the key is empty, longer than 200 bytes, or holds control characters"));
        }
        if let Some(other) = lines.insert(key.clone(), *at) {
            return Err(line(
                *at,
                format!("`{key}` is the key of line {other} too: name the column of keys with --id"),
            ));
        }
        let mut own = Vec::with_capacity(features.len());
        for (column, category) in &features {
            own.push(
                feature_of(category, &cells[*column]).ok_or_else(|| line(*at, no_quota(category, &cells[*column])))?,
            );
        }
        let parts: Vec<&str> = address.iter().map(|column| cells[*column].as_str()).collect();
        let lives = parts.iter().any(|part| !part.is_empty()).then(|| parts.join("\n").to_lowercase());
        people.push(Person { key, features: own, address: lives });
    }
    Pool::new(people).map_err(|e| FileError::File(e.to_string()))
}

fn guess_id(table: &Table, features: &[(usize, &Category)]) -> Option<usize> {
    let is_category = |column: usize| features.iter().any(|(other, _)| *other == column);
    let ends = |title: &str| ["_id", " id", "-id"].iter().any(|end| title.ends_with(end));
    let of_home = |title: &str| ["house", "address", "family", "group"].iter().any(|word| title.contains(word));
    let named = table.column(&["id", "编号"]).filter(|column| !is_category(*column));
    named.or_else(|| {
        let titles = table.header.iter().map(|title| title.to_ascii_lowercase()).enumerate();
        let mut fitting = titles.filter(|(column, title)| ends(title) && !of_home(title) && !is_category(*column));
        fitting.next().map(|(column, _)| column)
    })
}

/// The feature's name as the quotas write it; case counts only where it parts two features.
fn feature_of(category: &Category, text: &str) -> Option<String> {
    let exact = category.features.iter().find(|feature| feature.name == text);
    let near = || category.features.iter().find(|feature| feature.name.to_lowercase() == text.to_lowercase());
    exact.or_else(near).map(|feature| feature.name.clone())
}

fn no_quota(category: &Category, text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!("{} is `{shown}`, which has no quota: correct the row, or add a quota with min 0", category.name)
}
