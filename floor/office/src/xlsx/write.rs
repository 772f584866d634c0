//! Writing a workbook, row after row.

use kernel::{Day, Fen, Kind, Refusal};

use super::{decimal, letters, text, whole};
use crate::{
    xml::escape,
    zip::{Part, Writer},
};

/// Rows of a sheet at most.
pub const MAX_ROWS: u32 = 200_000;
/// Sheets of a book at most.
const MAX_SHEETS: usize = 20;

/// A cell.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// What somebody wrote: never a formula.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// An amount, shown in whole units with two decimals.
    Money(Fen),
    /// A day.
    Day(&'a Day),
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// What stands above it.
    pub title: &'a str,
    /// Its width in digits, 1 to 100.
    pub width: u8,
}

/// A workbook that is being written. Memory holds what is packed already.
#[derive(Debug)]
pub struct Book {
    zip: Writer,
    sheets: Vec<String>,
    open: Option<Part>,
    row: u32,
    font: &'static str,
}

/// Styles by their place in `cellXfs` below; totals stand [`BOLD`] further.
const HEAD: u8 = 1;
const WORDS: u8 = 2;
const COUNT: u8 = 3;
const AMOUNT: u8 = 4;
const DATE: u8 = 5;
const BOLD: u8 = 4;

impl Book {
    /// An empty workbook whose cells are set in a font, such as `宋体`.
    pub fn new(font: &'static str) -> Book {
        Book { zip: Writer::default(), sheets: Vec::new(), open: None, row: 0, font }
    }

    /// Begins a sheet with a row of titles that stays in sight and stands on each printed page.
    ///
    /// # Errors
    /// Refusals `office-too-many-rows`, `office-file-too-large`.
    pub fn sheet(&mut self, name: &str, columns: &[Column<'_>]) -> Result<(), Refusal> {
        self.close()?;
        if self.sheets.len() >= MAX_SHEETS {
            return Err(too_many());
        }
        self.sheets.push(sheet_name(name, &self.sheets));
        let mut part = self.zip.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets.len()));
        part.write(concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
            "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">",
            "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
            "<sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        ))?;
        for (at, column) in (1_u32..).zip(columns) {
            let width = column.width.clamp(1, 100);
            part.write(&format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>"))?;
        }
        part.write("</cols><sheetData>")?;
        (self.open, self.row) = (Some(part), 0);
        let titles: Vec<Cell<'_>> = columns.iter().map(|column| Cell::Text(column.title)).collect();
        self.put(&titles, |_| HEAD)
    }

    /// A row of the sheet.
    ///
    /// # Errors
    /// Refusals `office-too-many-rows`, `office-file-too-large`.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Refusal> {
        self.put(cells, |style| style)
    }

    /// A row of totals.
    ///
    /// # Errors
    /// The same.
    pub fn total(&mut self, cells: &[Cell<'_>]) -> Result<(), Refusal> {
        self.put(cells, |style| style + BOLD)
    }

    fn put(&mut self, cells: &[Cell<'_>], styled: impl Fn(u8) -> u8) -> Result<(), Refusal> {
        let Some(part) = self.open.as_mut().filter(|_| self.row < MAX_ROWS) else { return Err(too_many()) };
        self.row += 1;
        let mut out = format!("<row r=\"{}\">", self.row);
        for (at, cell) in (1_u32..).zip(cells) {
            let at = format!("{}{}", letters(at), self.row);
            let number = |style: u8, digits: &str| format!("<c r=\"{at}\" s=\"{}\"><v>{digits}</v></c>", styled(style));
            let words = |words: &str| {
                let style = styled(WORDS);
                let words = text(words);
                format!(
                    "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>"
                )
            };
            out.push_str(&match *cell {
                Cell::Empty => format!("<c r=\"{at}\" s=\"{}\"/>", styled(WORDS)),
                Cell::Text(said) => words(said),
                Cell::Whole(n) => whole(n).map_or_else(|| words(&n.to_string()), |digits| number(COUNT, &digits)),
                Cell::Money(fen) => {
                    decimal(fen).map_or_else(|| words(&fen.to_string()), |digits| number(AMOUNT, &digits))
                }
                Cell::Day(day) => serial(day).map_or_else(|| words(day.as_str()), |n| number(DATE, &n.to_string())),
            });
        }
        out.push_str("</row>");
        part.write(&out)
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(mut part) = self.open.take() else { return Ok(()) };
        part.write(concat!(
            "</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>",
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/></worksheet>",
        ))?;
        self.zip.end(part)
    }

    /// The workbook's bytes. Without a sheet it has an empty one, for programs open no other.
    ///
    /// # Errors
    /// Refusal `office-file-too-large`.
    pub fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        if self.sheets.is_empty() {
            self.sheet("1", &[Column { title: "", width: 10 }])?;
        }
        self.close()?;
        let numbers = 1..=self.sheets.len();
        let parts: String = (numbers.clone())
            .map(|n| format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{SHEET_TYPE}\"/>"))
            .collect();
        let listed: String = (numbers.clone().zip(&self.sheets))
            .map(|(n, name)| format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>", escape(name)))
            .collect();
        let titles: String = (0..self.sheets.len())
            .map(|n| {
                let quoted = escape(&self.sheets[n].replace('\'', "''"));
                format!("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{n}\">'{quoted}'!$1:$1</definedName>")
            })
            .collect();
        let ways: String = numbers
            .map(|n| {
                format!("<Relationship Id=\"rId{n}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
            })
            .collect();
        let zip = &mut self.zip;
        zip.add(
            "[Content_Types].xml",
            &format!(
                "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"{}.main+xml\"/>\
             <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>{parts}</Types>",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        )?;
        zip.add(
            "_rels/.rels",
            &format!(
                "{XML}<Relationships xmlns=\"{PACKAGE_REL}\">\
             <Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        )?;
        zip.add(
            "xl/workbook.xml",
            &format!(
                "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{REL}\">\
             <bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>{listed}</sheets>\
             <definedNames>{titles}</definedNames></workbook>"
            ),
        )?;
        zip.add(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "{XML}<Relationships xmlns=\"{PACKAGE_REL}\">{ways}\
             <Relationship Id=\"styles\" Type=\"{REL}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        )?;
        zip.add("xl/styles.xml", &styles(self.font))?;
        self.zip.finish()
    }
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_REL: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// In the order of the constants above: plain, titles, words, counts, amounts, days; then the same in bold. Words keep
/// the mark of a quote before them, so that `=1+1` stays what it is when somebody edits the cell.
fn styles(font: &str) -> String {
    let font = escape(font);
    let xf = |format: u16, (face, fill): (u8, u8), more: &str| {
        format!(
            "<xf numFmtId=\"{format}\" fontId=\"{face}\" fillId=\"{fill}\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" \
             applyNumberFormat=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"{more}"
        )
    };
    let top = "><alignment vertical=\"top\"/></xf>";
    let words = " quotePrefix=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>";
    let mut formats = String::from("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
    formats.push_str(&xf(49, (1, 2), " quotePrefix=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>"));
    for face in [0, 1] {
        for (format, more) in [(49, words), (3, top), (4, top), (164, top)] {
            formats.push_str(&xf(format, (face, 0), more));
        }
    }
    let line = |side: &str| format!("<{side} style=\"thin\"><color rgb=\"FF999999\"/></{side}>");
    let lines: String = ["left", "right", "top", "bottom"].map(line).concat();
    format!(
        "{XML}<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"{font}\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"{font}\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\">\
         <fgColor rgb=\"FFEDEDED\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
         <borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
         <border>{lines}<diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"10\">{formats}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// A name that programs take: 1 to 31 characters without `[]:*?/\`, not like one before.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let good = |c: &char| !c.is_control() && !"[]:*?/\\".contains(*c);
    let cleaned: String = wanted.chars().filter(good).collect();
    let cleaned = cleaned.trim().trim_matches('\'').trim();
    let short = |most: usize| -> String { cleaned.chars().take(most).collect() };
    let name = if cleaned.is_empty() { (taken.len() + 1).to_string() } else { short(28) };
    if taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        return format!("{} {}", short(25), taken.len() + 1);
    }
    name
}

/// The number of a day in spreadsheets, where 1900-03-01 is 61; none before, where programs disagree.
fn serial(day: &Day) -> Option<i64> {
    let (year, month, day) = day.parts();
    // days from a civil date by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let serial = days + 25_569;
    (serial >= 61).then_some(serial)
}

fn too_many() -> Refusal {
    Refusal::new(Kind::LimitReached, "office-too-many-rows").with_int("limit", i64::from(MAX_ROWS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_numbers_that_programs_give_them() {
        // from LibreOffice and Excel: 1900-03-01 = 61, 2000-01-01 = 36526, 2024-12-05 = 45631, 2024-02-29 = 45351
        for (day, want) in [
            ("1900-03-01", Some(61)),
            ("2000-01-01", Some(36_526)),
            ("2024-02-29", Some(45_351)),
            ("2024-12-05", Some(45_631)),
            ("1900-02-28", None),
        ] {
            assert_eq!(serial(&Day::parse(day).unwrap()), want, "{day}");
        }
    }

    #[test]
    fn sheets_have_names_that_programs_take() {
        assert_eq!(sheet_name("a/b:c", &[]), "abc");
        assert_eq!(sheet_name("'[]'", &["x".into()]), "2");
        assert_eq!(sheet_name("项目", &["项目".into()]), "项目 2");
        assert_eq!(sheet_name(&"长".repeat(40), &[]).chars().count(), 28);
    }
}
