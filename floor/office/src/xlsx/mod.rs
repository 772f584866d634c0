//! Workbooks of spreadsheet programs (ECMA-376, SpreadsheetML).

mod fill;
mod open;
mod sheet;
mod write;

use std::{fmt, str::FromStr};

use kernel::Fen;

pub use open::{Found, Workbook};
pub use write::{Book, Cell, Column, MAX_ROWS};

/// Columns of a sheet (A to XFD).
pub const MAX_COLUMN: u32 = 16_384;
/// Rows of a sheet.
pub const MAX_ROW: u32 = 1_048_576;
/// The first whole number of more than 15 digits: from there on programs round.
const INEXACT: u64 = 1_000_000_000_000_000;

/// The address of a cell: `Sheet1!B5`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The name of the sheet; empty means the first one.
    pub sheet: String,
    /// 1 to [`MAX_ROW`].
    pub row: u32,
    /// 1 to [`MAX_COLUMN`].
    pub column: u32,
}

/// A value that is put into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Whole(i64),
    /// An amount, shown in whole units with two decimals.
    Money(Fen),
    /// Text.
    Text(String),
}

/// The letters of a column: 1 is A, 27 is AA.
pub fn letters(column: u32) -> String {
    let mut rest = column;
    let mut out = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        out.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// Column and row of `B5` or `$B$5`, in either case.
pub fn cell(text: &str) -> Option<(u32, u32)> {
    let text: String = text.chars().filter(|c| *c != '$').take(12).collect();
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (name, digits) = text.split_at(split);
    if name.is_empty() || name.len() > 3 || digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut column = 0_u32;
    for letter in name.bytes().map(|b| b.to_ascii_uppercase()) {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row: u32 = digits.parse().ok()?;
    (column <= MAX_COLUMN && row <= MAX_ROW).then_some((column, row))
}

impl FromStr for Address {
    type Err = ();

    /// Takes what people type: a full-width exclamation mark, quotes round the sheet's name, or the cell alone.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let (sheet, at) = match text.rfind(['!', '！']) {
            Some(end) => (text[..end].trim(), text[end..].trim_start_matches(['!', '！']).trim()),
            None => ("", text),
        };
        let sheet = match sheet.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')) {
            Some(inner) => inner.replace("''", "'"),
            None => sheet.to_owned(),
        };
        let (column, row) = cell(at).ok_or(())?;
        if sheet.chars().count() > 31 { Err(()) } else { Ok(Address { sheet, row, column }) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.sheet.as_str();
        // read again without quotes, such a name would be another
        let is_quoted = name.strip_prefix('\'').is_some_and(|rest| rest.ends_with('\''));
        if is_quoted || name.trim() != name {
            write!(f, "'{}'!", name.replace('\'', "''"))?;
        } else if !name.is_empty() {
            write!(f, "{name}!")?;
        }
        write!(f, "{}{}", letters(self.column), self.row)
    }
}

/// A whole number as digits that a program holds exactly; none above 15 digits.
fn whole(n: i64) -> Option<String> {
    (n.unsigned_abs() < INEXACT).then(|| n.to_string())
}

/// An amount as decimal digits that a program holds exactly; none above 15 digits.
fn decimal(amount: Fen) -> Option<String> {
    let fen = amount.0.unsigned_abs();
    let sign = if amount.0 < 0 { "-" } else { "" };
    (fen < INEXACT).then(|| format!("{sign}{}.{:02}", fen / 100, fen % 100))
}

/// Text as a cell holds it: bounded, and without the escapes that programs would read in it (ECMA-376, 22.9.2.19).
fn text(text: &str) -> String {
    const MOST: usize = 32_000;
    let cut: String = if text.chars().count() > MOST {
        text.chars().take(MOST - 1).chain(['…']).collect()
    } else {
        text.to_owned()
    };
    let mut out = String::with_capacity(cut.len());
    for (at, c) in cut.char_indices() {
        let hidden = c == '_'
            && cut.as_bytes().get(at + 1) == Some(&b'x')
            && cut.as_bytes().get(at + 6) == Some(&b'_')
            && cut.as_bytes().get(at + 2..at + 6).is_some_and(|four| four.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if hidden { "_x005F_" } else { "" });
        if !hidden {
            out.push(c);
        }
    }
    crate::xml::escape(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        for (typed, want) in [
            ("B5", "B5"),
            (" 表一!b5 ", "表一!B5"),
            ("'My ''own'' sheet'!$XFD$1048576", "My 'own' sheet!XFD1048576"),
            ("季报！AA10", "季报!AA10"),
        ] {
            assert_eq!(typed.parse::<Address>().unwrap().to_string(), want, "{typed}");
        }
        for bad in ["", "5", "B", "B0", "B05", "XFE1", "A1048577", "A-1", "一1", "B5:C6", "ABCD1", "A99999999999"] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
        assert_eq!(
            (letters(1), letters(26), letters(27), letters(16_384)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }

    #[test]
    fn an_address_is_written_so_that_it_is_read_as_itself() {
        for sheet in ["", "表一", "支出 ", "'支出'", "'", "''", "a'b", "a!", "季报！"] {
            let at = Address { sheet: sheet.into(), row: 5, column: 2 };
            assert_eq!(at.to_string().parse::<Address>(), Ok(at.clone()), "{at}");
        }
        assert_eq!(Address { sheet: "支出 ".into(), row: 5, column: 2 }.to_string(), "'支出 '!B5");
    }

    #[test]
    fn numbers_keep_every_digit_or_become_text() {
        assert_eq!(decimal(Fen(-5)).as_deref(), Some("-0.05"));
        assert_eq!(decimal(Fen(123_456)).as_deref(), Some("1234.56"));
        assert_eq!(decimal(Fen(999_999_999_999_999)).as_deref(), Some("9999999999999.99"));
        assert_eq!(decimal(Fen(i64::MIN)), None);
        assert_eq!(whole(1_000_000_000_000_000), None);
        assert_eq!(text("_x0041_ & _x"), "_x005F_x0041_ &amp; _x");
    }
}
