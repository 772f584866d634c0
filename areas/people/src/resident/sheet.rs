//! A file of residents: CSV in UTF-8, with a head that names its columns in Chinese or English.

use kernel::{Kind, Refusal};

use super::ResidentKind;
use crate::account::{Contact, ContactKind, rules};

/// Bytes of a file.
pub const MAX_BYTES: usize = 20_000_000;
/// Rows of a file.
pub const MAX_ROWS: usize = 100_000;
/// Characters of a flat.
pub const MAX_FLAT: usize = 40;
/// Characters of what a provider says of somebody.
const MAX_SUBJECT: usize = 200;
/// Characters of a weight.
const MAX_WEIGHT: usize = 20;
/// Characters of a place's name or code.
const MAX_PLACE: usize = 80;

/// Columns by their names, the program's own word first. Name and flat must be there.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("name", &["姓名", "名字"]),
    ("phone", &["手机", "手机号", "手机号码", "电话", "联系电话", "mobile"]),
    ("place", &["地点", "小区", "社区", "地点代码", "place code"]),
    ("flat", &["房号", "门牌", "门牌号", "住址", "房屋"]),
    ("kind", &["身份", "类型", "类别"]),
    ("weight", &["票权", "票数", "份额", "份数"]),
    ("subject", &["会员号", "核验号", "member number"]),
];

/// Words for who somebody is.
const KINDS: [(&str, ResidentKind); 8] = [
    ("", ResidentKind::Resident),
    ("resident", ResidentKind::Resident),
    ("居民", ResidentKind::Resident),
    ("住户", ResidentKind::Resident),
    ("租户", ResidentKind::Resident),
    ("owner", ResidentKind::Owner),
    ("业主", ResidentKind::Owner),
    ("产权人", ResidentKind::Owner),
];

/// One row that can be taken.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, the head being 1.
    pub line: usize,
    /// 1 to 60 characters.
    pub name: String,
    /// A mobile telephone; none changes nothing.
    pub phone: Option<Contact>,
    /// A code or a name of a place; empty is the place for which the file is imported.
    pub place: String,
    /// 1 to 40 characters.
    pub flat: String,
    /// Resident, where nothing is said.
    pub kind: ResidentKind,
    /// What a vote of theirs weighs, as it was typed; the roll of residents does not keep it. At most 20 characters.
    pub weight: String,
    /// What a provider that verifies people says of them, such as a member's number; the roll of residents does not keep
    /// it. At most 200 characters.
    pub subject: String,
}

impl std::fmt::Debug for Row {
    /// Without what is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({})", self.line)
    }
}

/// One row that cannot be taken, and why: a code with words `field-<code>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line of the file.
    pub line: usize,
    /// The column's own word.
    pub column: &'static str,
    /// Why.
    pub code: &'static str,
}

/// Reads a file: the rows that can be taken, and what is wrong with the others.
///
/// # Errors
/// Refusals `roll-file-too-large`, `too-many-rows`, `not-utf8`, `looks-like-gbk` (what Excel saves as plain CSV in China),
/// `missing-column`.
pub fn parse(bytes: &[u8]) -> Result<(Vec<Row>, Vec<RowError>), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::new(Kind::Invalid, "roll-file-too-large").with_int("megabytes", 20));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Refusal::new(Kind::Invalid, if looks_like_gbk(bytes) { "looks-like-gbk" } else { "not-utf8" }))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| missing("name"))?)?;
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (at, record) in reader.records().enumerate() {
        if at >= MAX_ROWS {
            return Err(Refusal::new(Kind::LimitReached, "too-many-rows").with_int("limit", MAX_ROWS as i64));
        }
        let line = at + 2;
        match record {
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(record) => match row(line, &columns, &record) {
                Ok(row) => rows.push(row),
                Err((column, code)) => errors.push(RowError { line, column, code }),
            },
            Err(_) => errors.push(RowError { line, column: "name", code: "other" }),
        }
    }
    Ok((rows, errors))
}

/// Whether every byte beyond ASCII is one of a pair as GBK has them (GB 18030-2022, two-byte part).
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(lead) = rest.next() {
        let pair = || rest.clone().next().is_some_and(|trail| matches!(trail, 0x40..=0x7e | 0x80..=0xfe));
        match lead {
            0..=0x7f => {}
            0x81..=0xfe if pair() => {
                rest.next();
            }
            _ => return false,
        }
    }
    true
}

fn missing(column: &'static str) -> Refusal {
    Refusal::new(Kind::Invalid, "missing-column").with_text("column", column)
}

/// Where each of [`COLUMNS`] stands.
fn columns(head: &csv::StringRecord) -> Result<[Option<usize>; 7], Refusal> {
    let at = |n: usize| {
        let (own, others): (&str, &[&str]) = COLUMNS.get(n).copied().unwrap_or(("", &[]));
        head.iter().position(|cell| {
            let cell = cell.trim().to_lowercase();
            cell == own || others.contains(&cell.as_str())
        })
    };
    let found = [at(0), at(1), at(2), at(3), at(4), at(5), at(6)];
    for needed in [0, 3] {
        if found[needed].is_none() {
            return Err(missing(COLUMNS[needed].0));
        }
    }
    Ok(found)
}

type Wrong = (&'static str, &'static str);

fn row(line: usize, columns: &[Option<usize>; 7], record: &csv::StringRecord) -> Result<Row, Wrong> {
    let cell = |n: usize| columns[n].and_then(|at| record.get(at)).unwrap_or("").trim();
    let bounded = |n: usize, most: usize, required: bool| {
        let (text, column) = (cell(n), COLUMNS[n].0);
        if required && text.is_empty() {
            Err((column, "required"))
        } else if text.chars().nth(most).is_some() {
            Err((column, "too-long"))
        } else if text.chars().any(char::is_control) {
            Err((column, "control-characters"))
        } else {
            Ok(text.to_owned())
        }
    };
    let phone = match cell(1) {
        "" => None,
        typed => {
            Some(Contact::parse(typed).filter(|c| c.kind() == ContactKind::Phone).ok_or(("phone", "not-a-phone"))?)
        }
    };
    let word = cell(4).to_lowercase();
    let kind = KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    Ok(Row {
        line,
        name: bounded(0, rules::MAX_NAME, true)?,
        phone,
        place: bounded(2, MAX_PLACE, false)?,
        flat: bounded(3, MAX_FLAT, true)?,
        kind: kind.ok_or(("kind", "unknown-choice"))?,
        weight: cell(5).chars().take(MAX_WEIGHT).collect(),
        subject: bounded(6, MAX_SUBJECT, false)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_taken_and_wrong_ones_are_named() {
        let file = "\u{feff}姓名,手机,门牌,身份\n张三,139 0000 0001,1-101,业主\n李四,,1-102,\n,13900000002,1-103,居民\n\
                    王五,12345,1-104,居民\n赵六,13900000003,,居民\n钱七,13900000004,1-106,国王\n,,,\n\"a\u{7}b\",,1,\n";
        let (rows, errors) = parse(file.as_bytes()).unwrap();
        let taken: Vec<_> = rows.iter().map(|r| (r.line, r.name.as_str(), r.flat.as_str(), r.kind)).collect();
        assert_eq!(taken, [(2, "张三", "1-101", ResidentKind::Owner), (3, "李四", "1-102", ResidentKind::Resident)]);
        assert_eq!(rows[0].phone.as_ref().unwrap().as_str(), "13900000001");
        let wrong: Vec<_> = errors.iter().map(|e| (e.line, e.column, e.code)).collect();
        assert_eq!(
            wrong,
            [
                (4, "name", "required"),
                (5, "phone", "not-a-phone"),
                (6, "flat", "required"),
                (7, "kind", "unknown-choice"),
                (9, "name", "control-characters"),
            ]
        );
    }

    #[test]
    fn files_that_are_none_are_refused() {
        let code = |bytes: &[u8]| parse(bytes).unwrap_err().code;
        // 张三 as Excel saves it, a picture, and the same cut off in the middle
        assert_eq!(code(b"\xd5\xc5\xc8\xfd"), "looks-like-gbk");
        assert_eq!(code(b"\xff\xd8\xff\xe0"), "not-utf8");
        assert_eq!(code(b"\xd5\xc5\xc8"), "not-utf8");
        assert_eq!(code(b""), "missing-column");
        assert_eq!(code(b"name,phone\n"), "missing-column");
        assert_eq!(code(&vec![b'a'; MAX_BYTES + 1]), "roll-file-too-large");
        let long = format!("name,flat\n{}", "a,b\n".repeat(MAX_ROWS + 1));
        assert_eq!(code(long.as_bytes()), "too-many-rows");
        let name = format!("name,flat\n{},1\n", "长".repeat(10_000));
        assert_eq!(parse(name.as_bytes()).unwrap().1[0].code, "too-long");
    }
}
