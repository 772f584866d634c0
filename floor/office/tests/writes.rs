//! What is written is read back, and is well-formed XML throughout.
#![expect(clippy::unwrap_used, reason = "tests")]

use kernel::{Day, Fen};
use office::{
    docx::{self, Fonts},
    paper::{Paper, Run},
    xlsx::{Book, Cell, Column, Found, Workbook},
    xml,
    zip::Archive,
};

fn well_formed(bytes: &[u8]) -> Archive {
    let archive = Archive::read(bytes.to_vec()).unwrap();
    for entry in archive.entries() {
        let text = archive.text(&entry.name).unwrap();
        assert_eq!(xml::check(&text), Ok(()), "{}: {text}", entry.name);
    }
    archive
}

fn keep(name: &str, bytes: &[u8]) {
    // for eyes and other programs: LINLI_OFFICE_OUT names a folder
    if let Ok(folder) = std::env::var("LINLI_OFFICE_OUT") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

fn book() -> Vec<u8> {
    let mut book = Book::new("宋体");
    let day = Day::parse("2024-12-05").unwrap();
    book.sheet("流水/一", &[Column { title: "摘要", width: 20 }, Column { title: "金额", width: 12 }]).unwrap();
    book.row(&[Cell::Text("=HYPERLINK(\"http://x\")"), Cell::Money(Fen(10))]).unwrap();
    book.row(&[Cell::Text("<&>\u{1}\" \n二行"), Cell::Money(Fen(20))]).unwrap();
    book.row(&[Cell::Empty, Cell::Money(Fen(i64::MAX)), Cell::Whole(-7), Cell::Day(&day)]).unwrap();
    book.total(&[Cell::Text("合计"), Cell::Money(Fen(30))]).unwrap();
    book.sheet("项目", &[Column { title: "号", width: 6 }]).unwrap();
    book.row(&[Cell::Whole(1_000_000_000_000_000)]).unwrap();
    book.finish().unwrap()
}

#[test]
fn a_book_is_read_back_cell_by_cell() {
    let bytes = book();
    well_formed(&bytes);
    keep("book.xlsx", &bytes);
    let read = Workbook::open(bytes).unwrap();
    assert_eq!(read.sheets().collect::<Vec<_>>(), ["流水一", "项目"]);
    let found = |row, column, text: &str| Found { row, column, text: text.to_owned(), formula: false };
    assert_eq!(
        read.cells("流水一", 100, 10).unwrap(),
        [
            found(1, 1, "摘要"),
            found(1, 2, "金额"),
            found(2, 1, "=HYPERLINK(\"http://x\")"),
            found(2, 2, "0.10"),
            found(3, 1, "<&> \" \n二行"),
            found(3, 2, "0.20"),
            found(4, 2, &Fen(i64::MAX).to_string()),
            found(4, 3, "-7"),
            found(4, 4, "45631"),
            found(5, 1, "合计"),
            found(5, 2, "0.30"),
        ]
    );
    assert_eq!(read.cells("项目", 9, 9).unwrap()[1].text, "1000000000000000");
    assert_eq!(book(), book(), "the same facts are the same bytes");
}

#[test]
fn text_is_never_a_formula_and_large_money_never_a_number() {
    let archive = well_formed(&book());
    let sheet = archive.text("xl/worksheets/sheet1.xml").unwrap();
    assert!(!sheet.contains("<f"), "{sheet}");
    assert!(sheet.contains("<c r=\"A2\" s=\"2\" t=\"inlineStr\">"), "{sheet}");
    assert!(sheet.contains("<c r=\"B4\" s=\"2\" t=\"inlineStr\">"), "a sum of 17 digits would be rounded: {sheet}");
    assert!(archive.text("xl/styles.xml").unwrap().contains("quotePrefix=\"1\""));
}

#[test]
fn a_paper_has_what_was_put_in() {
    let mut paper = Paper::new();
    paper.title("“星选计划”总结 <1>");
    paper.heading(1, "一、怎么做的");
    paper.text(&[
        Run::Text("走访了 "),
        Run::Link("13", "https://x.example/f?a=1&b=2"),
        Run::Text(" 个社区。\n第二行"),
        Run::Strong("重"),
    ]);
    paper.table(&["项目", "场次"], &[vec!["花园".into(), "12".into()], vec!["短".into()]]);
    paper.page();
    paper.note(&[Run::Text("供稿")]);
    let bytes = docx::write(&paper, Fonts { body: "仿宋", title: "宋体", language: "zh-CN" }).unwrap();
    keep("paper.docx", &bytes);
    let archive = well_formed(&bytes);
    let body = archive.text("word/document.xml").unwrap();
    for part in ["“星选计划”总结 &lt;1&gt;", "r:id=\"link0\"", "<w:tblHeader/>", "w:type=\"page\"", "<w:br/>", "供稿"]
    {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert_eq!(body.matches("<w:tc>").count(), 6, "a short row is filled up");
    assert!(archive.text("word/_rels/document.xml.rels").unwrap().contains("https://x.example/f?a=1&amp;b=2"));
    let styles = archive.text("word/styles.xml").unwrap();
    assert!(styles.contains("w:eastAsia=\"仿宋\"") && styles.contains("w:eastAsia=\"宋体\""));
}

#[test]
fn what_is_written_is_bounded() {
    let mut book = Book::new("宋体");
    book.sheet("x", &[Column { title: "x", width: 3 }]).unwrap();
    let refused = (0..office::xlsx::MAX_ROWS + 1).find_map(|_| book.row(&[]).err()).unwrap();
    assert_eq!(refused.code, "office-too-many-rows");
}
