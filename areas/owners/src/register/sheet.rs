//! A file of units: CSV in UTF-8 or a workbook (XLSX), looked at row by row before anything is kept.

use consent::{Fault, ReadError, Roll, Status, Unit};
use kernel::{Arg, FieldError, Kind, Refusal};
use office::xlsx::Workbook;

use super::{MAX_NUMBER, MAX_OWNER, MAX_UNITS};

/// Bytes of a file at most: what a form sends a second time to confirm it.
pub const MAX_BYTES: usize = 400 << 10;
/// Columns of a workbook that are looked at.
const MAX_COLUMNS: u32 = 40;

/// A row that cannot be taken: the line, and why as an error whose words are `field-<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line of the file, the head being 1.
    pub line: u64,
    /// Why.
    pub why: FieldError,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The file as text, as it is sent again to confirm it.
    pub text: String,
    /// The units that can be taken.
    pub units: Vec<Unit>,
    /// Every row that cannot, in the order of lines.
    pub faults: Vec<RowFault>,
}

impl Looked {
    /// The roll, where nothing is wrong with the file.
    ///
    /// # Errors
    /// Refusal `register-has-faults` with how many rows are wrong; `register-empty`.
    pub fn roll(self) -> Result<Roll, Refusal> {
        if !self.faults.is_empty() {
            let n = i64::try_from(n_rows(&self.faults)).unwrap_or(i64::MAX);
            return Err(Refusal::new(Kind::Invalid, "register-has-faults").with_int("n", n));
        }
        Roll::new(self.units).map_err(|_| Refusal::new(Kind::Invalid, "register-empty"))
    }
}

/// Reads a file to its end: columns `unit,building,floor,owner,area,status` in any order, in English or Chinese.
///
/// # Errors
/// Refusals `register-too-large`, `register-not-readable` with the line and the reason, those of a workbook
/// (`xlsx-unreadable` and its kin), `too-many-rows`.
pub fn look(bytes: Vec<u8>) -> Result<Looked, Refusal> {
    // a workbook is a zip archive
    let text = if bytes.starts_with(b"PK") {
        from_workbook(bytes)?
    } else {
        String::from_utf8(bytes).map_err(|_| unreadable(&Fault::NotUtf8, 1))?
    };
    if text.len() > MAX_BYTES {
        let limit = i64::try_from(MAX_BYTES >> 10).unwrap_or(0);
        return Err(Refusal::new(Kind::Invalid, "register-too-large").with_int("kilobytes", limit));
    }
    let consent::CheckedRoll { units: taken, faults: wrong } =
        consent::check_roll(text.as_bytes()).map_err(|error| unreadable(&error.fault, error.line))?;
    let mut faults: Vec<RowFault> = wrong.iter().map(fault).collect();
    if taken.len() + n_rows(&faults) > MAX_UNITS {
        let limit = i64::try_from(MAX_UNITS).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "too-many-rows").with_int("limit", limit));
    }
    let mut units = Vec::with_capacity(taken.len());
    for (line, unit) in taken {
        let wrong = bounded(&unit);
        if wrong.is_empty() {
            units.push(unit);
        }
        faults.extend(wrong.into_iter().map(|why| RowFault { line, why }));
    }
    faults.sort_by_key(|fault| fault.line);
    Ok(Looked { text, units, faults })
}

/// How many rows have faults: a row may have several.
pub(crate) fn n_rows(faults: &[RowFault]) -> usize {
    let mut lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

/// What no door has; and what was sold has an owner, or nobody could vote for it and a head would be counted for nobody.
fn bounded(unit: &Unit) -> Vec<FieldError> {
    let cells = [
        ("unit", &unit.unit, MAX_NUMBER),
        ("building", &unit.building, MAX_NUMBER),
        ("floor", &unit.floor, MAX_NUMBER),
        ("owner", &unit.owner, MAX_OWNER),
    ];
    let limit = |most: usize| i64::try_from(most).unwrap_or(0);
    let long = cells.iter().filter(|(_, text, most)| text.chars().nth(*most).is_some());
    let mut wrong: Vec<FieldError> =
        long.map(|(name, _, most)| FieldError::new(name, "too-long").with_limit(limit(*most))).collect();
    if unit.status == Status::Sold && unit.owner.is_empty() {
        wrong.push(FieldError::new("owner", "owner-missing"));
    }
    wrong
}

fn unreadable(fault: &Fault, line: u64) -> Refusal {
    let why = reason(fault);
    let refusal = Refusal::new(Kind::Invalid, why.0).with_int("line", i64::try_from(line).unwrap_or(0));
    why.1.into_iter().fold(refusal, |refusal, (name, text)| refusal.with_text(name, text))
}

/// The code of a whole file's fault and the texts of its sentence.
fn reason(fault: &Fault) -> (&'static str, Vec<(&'static str, String)>) {
    match fault {
        Fault::NotUtf8 => ("register-not-utf8", Vec::new()),
        Fault::OpenQuote => ("register-open-quote", Vec::new()),
        Fault::NoHeading(_) => ("register-empty", Vec::new()),
        Fault::NoColumn { missing, .. } => ("register-no-column", vec![("column", (*missing).to_owned())]),
        Fault::ColumnTwice(name) => ("register-column-twice", vec![("column", (*name).to_owned())]),
        _ => ("register-not-readable", Vec::new()),
    }
}

/// The fault of a row in words of the pages.
pub(crate) fn fault(error: &ReadError) -> RowFault {
    use consent::AreaError;
    let told = |name, code, text: &str| FieldError { field: name, code, args: vec![("text", Arg::Text(text.into()))] };
    let why = match &error.fault {
        Fault::UnitTwice { unit, first } => FieldError {
            field: "unit",
            code: "unit-twice",
            args: vec![("text", Arg::Text(unit.clone())), ("first", Arg::Int(i64::try_from(*first).unwrap_or(0)))],
        },
        Fault::Area(text, AreaError::Zero) => told("area", "area-zero", text),
        Fault::Area(text, AreaError::TooFine) => told("area", "area-too-fine", text),
        Fault::Area(text, AreaError::TooLarge) => told("area", "area-too-large", text),
        Fault::Area(text, AreaError::NotANumber) => told("area", "area-not-a-number", text),
        Fault::Status(text) => told("status", "status-unknown", text),
        Fault::Choice(text) => told("choice", "choice-unknown", text),
        Fault::Channel(text) => told("channel", "channel-unknown", text),
        Fault::Empty(name) => FieldError::new(name, "required"),
        Fault::RowTooShort(name) => FieldError::new(name, "row-too-short"),
        Fault::TooManyCells { .. } => FieldError::new("unit", "row-too-long"),
        _ => FieldError::new("unit", "row-unreadable"),
    };
    RowFault { line: error.line, why }
}

/// The first sheet of a workbook as CSV; its rows keep their numbers.
fn from_workbook(bytes: Vec<u8>) -> Result<String, Refusal> {
    let rows = u32::try_from(MAX_UNITS).unwrap_or(u32::MAX).saturating_add(2);
    let cells = Workbook::open(bytes)?.cells("", rows, MAX_COLUMNS)?;
    let (mut table, mut width): (Vec<Vec<String>>, usize) = (Vec::new(), 0);
    for cell in cells {
        let (row, column) = (cell.row as usize, cell.column as usize);
        while table.len() < row {
            table.push(Vec::new());
        }
        let Some(line) = table.last_mut() else { continue };
        while line.len() < column {
            line.push(String::new());
        }
        if let Some(last) = line.last_mut() {
            *last = plain_number(&cell.text).replace(['\n', '\r'], " ");
        }
        width = width.max(column);
    }
    let mut out = String::new();
    for line in table {
        let cells: Vec<String> = line.into_iter().chain(std::iter::repeat(String::new())).take(width).collect();
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        out.push_str(&quoted.join(","));
        out.push('\n');
    }
    Ok(out)
}

/// A number as a spreadsheet keeps it (`89.530000000000001` for 89.53) without the trace of its binary form: more than ten
/// decimals are rounded to eight. Everything else stays as it is.
fn plain_number(text: &str) -> String {
    let Some((whole, decimals)) = text.split_once('.') else { return text.to_owned() };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() <= 10 || whole.len() > 9 {
        return text.to_owned();
    }
    let kept: u64 = format!("{whole}{}", &decimals[..8]).parse().unwrap_or(0);
    let up = u64::from(decimals.as_bytes().get(8).is_some_and(|digit| *digit >= b'5'));
    let scaled = kept + up;
    let decimals = format!("{:08}", scaled % 100_000_000);
    format!("{}.{}", scaled / 100_000_000, decimals.trim_end_matches('0')).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "房号,楼栋,楼层,业主,面积,状态\n";

    #[test]
    fn every_wrong_row_is_told_with_its_line() {
        let file = format!(
            "{HEAD}1-101,1,1,甲,89.50,已售\n1-101,1,1,乙,89.50,已售\n1-102,1,1,丙,0,已售\n1-103,1,1,丁,88.123,已售\n\
             1-104,1,1,戊,88,出租\n1-105,1,1,己,很大,已售\n{},1,1,庚,88,已售\n1-107,1,1,辛\n",
            "9".repeat(MAX_NUMBER + 1)
        );
        let looked = look(file.into_bytes()).unwrap();
        let found: Vec<_> = looked.faults.iter().map(|f| (f.line, f.why.field, f.why.code)).collect();
        assert_eq!(
            found,
            [
                (3, "unit", "unit-twice"),
                (4, "area", "area-zero"),
                (5, "area", "area-too-fine"),
                (6, "status", "status-unknown"),
                (7, "area", "area-not-a-number"),
                (8, "unit", "too-long"),
                (9, "area", "row-too-short"),
            ]
        );
        assert_eq!(looked.units.len(), 1);
        assert_eq!(looked.roll().unwrap_err().code, "register-has-faults");
    }

    #[test]
    fn a_row_tells_everything_that_is_wrong_with_it_and_what_was_sold_has_an_owner() {
        let file =
            format!("{HEAD}1-101,1,1,甲,89.50,已售\n1-103,1,1,,60.00,已售\n1-101,1,1,乙,0,出租\n1-104,1,1,,60,未售\n");
        let looked = look(file.into_bytes()).unwrap();
        let found: Vec<_> = looked.faults.iter().map(|f| (f.line, f.why.field, f.why.code)).collect();
        assert_eq!(
            found,
            [
                (3, "owner", "owner-missing"),
                (4, "unit", "unit-twice"),
                (4, "area", "area-zero"),
                (4, "status", "status-unknown"),
            ]
        );
        assert_eq!((looked.units.len(), n_rows(&looked.faults)), (2, 2));
        let refusal = looked.roll().unwrap_err();
        assert_eq!(refusal.args, [("n", Arg::Int(2))], "two rows are wrong");
    }

    #[test]
    fn files_that_are_none_say_why() {
        let code = |bytes: &[u8]| look(bytes.to_vec()).map(|_| ()).unwrap_err().code;
        assert_eq!(code(b"\xd5\xc5\xc8\xfd"), "register-not-utf8");
        assert_eq!(code(b""), "register-empty");
        assert_eq!(code("房号,楼栋\n1,1\n".as_bytes()), "register-no-column");
        assert_eq!(code(b"unit,unit,building,floor,owner,area,status\n"), "register-column-twice");
        assert_eq!(code(&vec![b'a'; MAX_BYTES + 1]), "register-too-large");
        assert_eq!(code(b"PK\x03\x04nothing"), "xlsx-unreadable");
        let many: String = (0..=MAX_UNITS).map(|n| format!("{n},1,1,,8,unsold\n")).collect();
        assert_eq!(code(format!("{HEAD}{many}").as_bytes()), "too-many-rows");
        assert_eq!(look(HEAD.as_bytes().to_vec()).unwrap().roll().unwrap_err().code, "register-empty");
    }

    #[test]
    fn numbers_of_spreadsheets_are_those_that_were_typed() {
        for (kept, typed) in [
            ("89.530000000000001", "89.53"),
            ("89.529999999999994", "89.53"),
            ("120", "120"),
            ("88.125", "88.125"),
            ("99.99999999999999", "100"),
            ("1-2.3", "1-2.3"),
            ("甲.乙", "甲.乙"),
        ] {
            assert_eq!(plain_number(kept), typed);
        }
    }

    #[test]
    fn a_workbook_is_read_like_a_text() {
        use office::xlsx::{Book, Cell, Column};
        let mut book = Book::new("SimSun");
        let columns = ["房号", "楼栋", "楼层", "业主", "面积", "状态"].map(|title| Column { title, width: 12 });
        book.sheet("名册", &columns).unwrap();
        for (unit, owner, area) in [("1-101", "甲+乙", "89.53"), ("1-102", "丙", "0")] {
            let cells = [unit, "1", "1", owner, area, "已售"].map(Cell::Text);
            book.row(&cells).unwrap();
        }
        let looked = look(book.finish().unwrap()).unwrap();
        let units: Vec<_> = looked.units.iter().map(|unit| (unit.unit.as_str(), unit.area.0)).collect();
        assert_eq!(units, [("1-101", 8_953)]);
        assert_eq!(
            looked.faults.iter().map(|fault| (fault.line, fault.why.code)).collect::<Vec<_>>(),
            [(3, "area-zero")]
        );
        assert_eq!(look(looked.text.into_bytes()).unwrap().units.len(), 1, "what is confirmed is what was looked at");
    }
}
