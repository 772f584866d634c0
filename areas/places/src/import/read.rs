//! Reading a file of codes: pure, bounded, and every wrong row is named.

use std::{
    collections::HashMap,
    io::{self, Read},
};

use csv::{ByteRecord, ReaderBuilder};
use sha2::{Digest, Sha256};

use crate::{Code, Level, commands::MAX_NAME};

/// Bytes of a file at most.
pub const MAX_BYTES: u64 = 200_000_000;
/// Rows of a file at most.
pub const MAX_ROWS: u32 = 1_000_000;
/// Wrong rows that are told one by one; more are counted.
pub const MAX_ERRORS: usize = 200;
/// Characters of a wrong value that are shown.
const SHOWN: usize = 40;

/// A row that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 1 for the first row after the heading.
    pub row: u32,
    /// The line of the file on which it begins.
    pub line: u64,
    /// Its code.
    pub code: Code,
    /// Its level.
    pub level: Level,
    /// Its full name.
    pub name: Box<str>,
    /// The code of the place it lies in; `None` for a root.
    pub parent: Option<Code>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RowError {
    /// 1 for the first row after the heading.
    pub row: u32,
    /// The line of the file on which the row begins; 1 is the heading.
    pub line: u64,
    /// `code`, `level`, `name`, `parent` or `row`.
    pub field: &'static str,
    /// A stable code; the words are `field-<code>`.
    pub code: &'static str,
    /// What stands there, shortened.
    pub value: String,
}

/// A file that was read.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The rows that hold, in their order.
    pub rows: Vec<Row>,
    /// Rows after the heading, right and wrong ones.
    pub n_rows: u32,
    /// The first [`MAX_ERRORS`] errors.
    pub errors: Vec<RowError>,
    /// All errors.
    pub n_errors: u32,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
}

/// Why a file is none of codes at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is longer than a file of codes may be.
    #[error("the file is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// It has more rows than a file of codes may have.
    #[error("the file has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// The heading lacks a column.
    #[error("the heading has no column {0}; expected code,level,name,parent")]
    NoColumn(&'static str),
    /// It is no table of values separated by commas.
    #[error("the file is no CSV: {0}")]
    NotCsv(csv::Error),
}

impl FileError {
    /// A stable code; the words are `refusal-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            FileError::Unreadable(_) => "file-unreadable",
            FileError::TooLong => "file-too-long",
            FileError::TooManyRows => "file-too-many-rows",
            FileError::NoColumn(_) => "file-no-column",
            FileError::NotCsv(_) => "file-not-csv",
        }
    }
}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => FileError::TooLong,
            csv::ErrorKind::Io(cause) => FileError::Unreadable(cause),
            kind => FileError::NotCsv(io::Error::other(format!("{kind:?}")).into()),
        }
    }
}

/// Counts and digests what passes through, and ends at [`MAX_BYTES`].
struct Metered<R> {
    inner: R,
    hasher: Sha256,
    left: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let passed = buffer.get(..n).unwrap_or_default();
        self.hasher.update(passed);
        let length = u64::try_from(n).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(n)
    }
}

/// Reads `code,level,name,parent`, in any order of the columns; other columns are passed over. UTF-8 with or without a
/// byte order mark.
///
/// # Errors
/// [`FileError`] when it is no such file; what is wrong with single rows is in the sheet.
pub fn read(input: impl Read) -> Result<Sheet, FileError> {
    let mut columns = Columns::open(input, &["code", "level", "name", "parent"])?;
    let mut sheet = Sheet::default();
    let mut seen: HashMap<Code, u32> = HashMap::new();
    while let Some((row, line)) = columns.next()? {
        sheet.n_rows = row;
        let mut wrong = Wrong { sheet: &mut sheet, row, line, found: false };
        if columns.is_short() {
            wrong.is("row", "too-few-cells", "");
            continue;
        }
        let Some(cells) = columns.cells() else {
            wrong.is("row", "not-utf8", "");
            continue;
        };
        let read = shaped(&cells, &mut wrong);
        if wrong.found {
            continue;
        }
        if let Some(read) = read {
            if seen.insert(read.code, row).is_some() {
                wrong.is("code", "code-twice", cells[0]);
                continue;
            }
            sheet.rows.push(Row { row, line, ..read });
        }
    }
    sheet.digest = columns.digest();
    Ok(sheet)
}

/// Other names from a file `mention,code`; rows without a usable code are passed over. At most [`MAX_ROWS`].
///
/// # Errors
/// [`FileError`].
pub fn aliases(input: impl Read) -> Result<Vec<(Code, String)>, FileError> {
    let mut columns = Columns::open(input, &["mention", "code"])?;
    let mut found = Vec::new();
    while columns.next()?.is_some() {
        let Some(cells) = columns.cells().filter(|_| !columns.is_short()) else { continue };
        if let Ok(code) = cells[1].parse() {
            found.push((code, cells[0].to_owned()));
        }
    }
    Ok(found)
}

/// A file of which some columns are looked at.
struct Columns<R: Read> {
    reader: csv::Reader<Metered<R>>,
    record: ByteRecord,
    at: Vec<usize>,
    row: u32,
}

impl<R: Read> Columns<R> {
    fn open(input: R, names: &[&'static str]) -> Result<Self, FileError> {
        let metered = Metered { inner: input, hasher: Sha256::new(), left: MAX_BYTES };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(metered);
        let heading = reader.byte_headers()?.clone();
        let place = |name: &&'static str| {
            let is_it = |cell: &[u8]| {
                let cell = cell.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(cell);
                cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
            };
            heading.iter().position(is_it).ok_or(FileError::NoColumn(name))
        };
        let at = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        Ok(Columns { reader, record: ByteRecord::new(), at, row: 0 })
    }

    /// The next row: its number and its line.
    fn next(&mut self) -> Result<Option<(u32, u64)>, FileError> {
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        self.row += 1;
        if self.row > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(Some((self.row, line)))
    }

    fn is_short(&self) -> bool {
        self.at.iter().any(|at| self.record.get(*at).is_none())
    }

    fn cells(&self) -> Option<Vec<&str>> {
        let cell = |at: &usize| std::str::from_utf8(self.record.get(*at).unwrap_or_default()).ok().map(str::trim);
        self.at.iter().map(cell).collect()
    }

    fn digest(self) -> [u8; 32] {
        self.reader.into_inner().hasher.finalize().into()
    }
}

struct Wrong<'s> {
    sheet: &'s mut Sheet,
    row: u32,
    line: u64,
    found: bool,
}

impl Wrong<'_> {
    fn is(&mut self, field: &'static str, code: &'static str, value: &str) {
        self.found = true;
        self.sheet.n_errors = self.sheet.n_errors.saturating_add(1);
        if self.sheet.errors.len() < MAX_ERRORS {
            let value = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
            self.sheet.errors.push(RowError { row: self.row, line: self.line, field, code, value });
        }
    }
}

/// The words of levels in files: those of the program, and those of the official lists.
fn level(word: &str) -> Option<Level> {
    match word {
        "area" | "county" => Some(Level::District),
        "street" | "town" | "township" => Some(Level::Subdistrict),
        "village" => Some(Level::Community),
        word => word.parse().ok().filter(|level| *level <= Level::Community),
    }
}

/// Code, level, name and parent of one row; every error of the row is told.
fn shaped(cells: &[&str], wrong: &mut Wrong<'_>) -> Option<Row> {
    let [code_text, level_text, name, parent_text] = cells else { return None };
    let code: Option<Code> = code_text.parse().ok();
    if code.is_none() {
        wrong.is("code", "not-a-code", code_text);
    }
    let level = level(level_text);
    match (level, code) {
        (None, _) => wrong.is("level", "unknown-level", level_text),
        (Some(level), Some(code)) if code.level().is_some_and(|told| told != level) => {
            wrong.is("level", "level-does-not-fit", level_text);
        }
        _ => {}
    }
    if name.is_empty() {
        wrong.is("name", "required", name);
    } else if name.chars().nth(MAX_NAME).is_some() {
        wrong.is("name", "name-too-long", name);
    } else if name.chars().any(char::is_control) {
        wrong.is("name", "control-characters", name);
    }
    let parent: Option<Code> = parent_text.parse().ok();
    match (parent, code, level) {
        (None, _, _) if !parent_text.is_empty() => wrong.is("parent", "not-a-code", parent_text),
        (Some(parent), Some(code), Some(level)) if !lies_below(code, level, parent) => {
            wrong.is("parent", "parent-not-above", parent_text);
        }
        _ => {}
    }
    Some(Row { row: 0, line: 0, code: code?, level: level?, name: (*name).into(), parent })
}

/// Whether a code of a level lies below another, as far as the digits tell.
fn lies_below(code: Code, level: Level, parent: Code) -> bool {
    match parent.level() {
        Some(above) => above < level && code.is_below(parent, above),
        None => code != parent,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn errors(body: &str) -> Vec<String> {
        let sheet = read(format!("code,level,name,parent\n{body}").as_bytes()).unwrap();
        sheet.errors.iter().map(|e| format!("{}/{} {} {}", e.row, e.line, e.field, e.code)).collect()
    }

    #[test]
    fn every_wrong_cell_is_named_with_its_row_and_line() {
        for (body, expected) in [
            ("11,province,北京市,\n110,city,x,11\n", vec!["2/3 code not-a-code"]),
            ("11,province,,\n", vec!["1/2 name required"]),
            ("11,planet,北京市,\n", vec!["1/2 level unknown-level"]),
            ("11,city,北京市,\n", vec!["1/2 level level-does-not-fit"]),
            ("1101,city,市辖区,12\n", vec!["1/2 parent parent-not-above"]),
            ("1101,city,市辖区,1101\n", vec!["1/2 parent parent-not-above"]),
            ("1101,city,市辖区,x\n", vec!["1/2 parent not-a-code"]),
            ("11,province,a,\n11,province,b,\n", vec!["2/3 code code-twice"]),
            ("11,province\n", vec!["1/2 row too-few-cells"]),
            (
                "x,y,,z\n",
                vec!["1/2 code not-a-code", "1/2 level unknown-level", "1/2 name required", "1/2 parent not-a-code"],
            ),
            ("11,province,\"北\n京\",\n1101,x,y,11\n", vec!["1/2 name control-characters", "2/4 level unknown-level"]),
        ] {
            assert_eq!(errors(body), expected, "{body}");
        }
        assert_eq!(errors("11,province,北京市,\r\n1101,city,市辖区,11"), Vec::<String>::new());
    }

    #[test]
    fn a_mark_an_order_of_columns_and_more_of_them_do_no_harm() {
        let sheet = read("\u{feff}name, Parent ,note,level,code\r\n北京市,,x,province,11\r\n".as_bytes()).unwrap();
        assert_eq!((sheet.rows.len(), sheet.n_errors), (1, 0));
        assert_eq!(&*sheet.rows[0].name, "北京市");
        assert!(matches!(read("code,level,name\n".as_bytes()), Err(FileError::NoColumn("parent"))));
        assert!(matches!(read("".as_bytes()), Err(FileError::NoColumn("code"))));
        let sheet = read(b"code,level,name,parent\n11,province,\xff\xfe,\n".as_slice()).unwrap();
        assert_eq!((sheet.errors[0].code, sheet.rows.len()), ("not-utf8", 0));
    }

    #[test]
    fn many_wrong_rows_are_counted_and_the_first_told() {
        let body = "x,province,y,\n".repeat(1_000);
        let sheet = read(format!("code,level,name,parent\n{body}").as_bytes()).unwrap();
        assert_eq!((sheet.n_errors, sheet.errors.len(), sheet.n_rows), (1_000, MAX_ERRORS, 1_000));
    }

    #[test]
    fn too_many_rows_and_too_many_bytes_end_the_reading() {
        let rows = io::repeat(b'\n').take(10).chain(b"code,level,name,parent\n".as_slice());
        let endless = rows.chain(Lines);
        assert!(matches!(read(endless), Err(FileError::TooManyRows)));
        let long = b"code,level,name,parent\n\"".as_slice().chain(io::repeat(b'x'));
        assert!(matches!(read(long), Err(FileError::TooLong)));
    }

    struct Lines;
    impl Read for Lines {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = buffer.len() - buffer.len() % 2;
            buffer[..n].chunks_mut(2).for_each(|pair| pair.copy_from_slice(b"x\n"));
            Ok(n)
        }
    }

    #[test]
    fn the_two_cities_are_read_without_an_error() {
        let sheet = read(include_bytes!("../../data/regions_bj_sh.csv").as_slice()).unwrap();
        assert_eq!((sheet.rows.len(), sheet.n_errors), (14_663, 0), "{:?}", sheet.errors.first());
        let aliases = aliases(include_bytes!("../../data/aliases.csv").as_slice()).unwrap();
        assert_eq!(aliases.len(), 20);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let whole = [b"code,level,name,parent\n".as_slice(), &bytes].concat();
            if let Ok(sheet) = read(whole.as_slice()) {
                prop_assert!(sheet.rows.len() <= usize::try_from(sheet.n_rows).unwrap());
            }
        }

        #[test]
        fn rows_are_read_as_they_were_written(name in "[^\\p{C}\"\\s]{1,80}") {
            let text = format!("code,level,name,parent\n11,province,\"{name}\",\n");
            let sheet = read(text.as_bytes()).unwrap();
            prop_assert_eq!(&*sheet.rows[0].name, name.as_str());
        }
    }
}
