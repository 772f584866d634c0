//! A workbook from outside is filled, and nothing but the named cells changes; bad files are refused, each with its code.
#![expect(clippy::unwrap_used, reason = "tests")]

use kernel::Fen;
use office::{
    xlsx::{Address, Value, Workbook},
    xml,
    zip::{Archive, Writer},
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook as offices make them: shared texts, styles, merged cells, a formula, print setup.
fn parts() -> Vec<(String, String)> {
    let rel = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{REL}/{kind}\" Target=\"{target}\"/>")
    };
    let own = |name: &str, text: String| (name.to_owned(), text);
    vec![
        own(
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?>\n<Types><Override PartName=\"/xl/workbook.xml\" \
            ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
                .into(),
        ),
        own(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>",
                rel("rId1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        own(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>\
            <sheet name=\"季报\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"说 明\" sheetId=\"2\" r:id=\"rId2\"/></sheets>\
            <calcPr calcId=\"191029\"/></workbook>"
            ),
        ),
        own(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\">{}{}{}</Relationships>",
                rel("rId1", "worksheet", "worksheets/sheet1.xml"),
                rel("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
                rel("rId3", "sharedStrings", "sharedStrings.xml")
            ),
        ),
        own(
            "xl/sharedStrings.xml",
            format!(
                "<sst xmlns=\"{MAIN}\" count=\"2\" uniqueCount=\"2\"><si><t>活动场次</t></si>\
            <si><r><t>服务</t></r><r><t xml:space=\"preserve\"> 人次</t></r><rPh sb=\"0\" eb=\"1\"><t>fuwu</t></rPh></si></sst>"
            ),
        ),
        own(
            "xl/worksheets/sheet1.xml",
            format!(
                "<?xml version=\"1.0\"?>\r\n<worksheet xmlns=\"{MAIN}\">\
            <dimension ref=\"A1:C6\"/><sheetData><row r=\"1\" ht=\"30\" customHeight=\"1\"><c r=\"A1\" s=\"4\" t=\"s\"><v>0</v></c>\
            <c r=\"B1\" s=\"7\"/><c r=\"D1\"><f>B1*2</f><v>0</v></c></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c></row>\
            <row r=\"5\" s=\"2\" customFormat=\"1\"/></sheetData><mergeCells count=\"1\"><mergeCell ref=\"B5:C6\"/></mergeCells>\
            <pageSetup paperSize=\"8\" orientation=\"landscape\"/></worksheet>"
            ),
        ),
        own("xl/worksheets/sheet2.xml", format!("<x:worksheet xmlns:x=\"{MAIN}\"><x:sheetData/></x:worksheet>")),
        own("xl/media/keep.bin", "whatever it is".into()),
    ]
}

fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = Writer::default();
    for (name, text) in parts {
        zip.add(name, text).unwrap();
    }
    zip.finish().unwrap()
}

fn changed(name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut parts = parts();
    let part = parts.iter_mut().find(|(part, _)| part == name).unwrap();
    assert!(part.1.contains(from), "{from}");
    part.1 = part.1.replace(from, to);
    pack(&parts)
}

fn added(name: &str, text: &str) -> Vec<u8> {
    let mut parts = parts();
    parts.push((name.into(), text.into()));
    pack(&parts)
}

fn at(text: &str) -> Address {
    text.parse().unwrap()
}

#[test]
fn only_the_named_cells_change() {
    let original = pack(&parts());
    let book = Workbook::open(original.clone()).unwrap();
    assert_eq!(book.sheets().collect::<Vec<_>>(), ["季报", "说 明"]);
    let said: Vec<String> = book.cells("季报", 9, 9).unwrap().into_iter().map(|cell| cell.text).collect();
    assert_eq!(said, ["活动场次", "0", "服务 人次"]);
    let values = [
        (at("季报!B1"), Value::Whole(115)),
        (at("季报!C1"), Value::Text("=1+1 <甲>".into())),
        (at("b3"), Value::Whole(2_137)),
        (at("季报!B2"), Value::Money(Fen(123_456))),
        (at("季报!B5"), Value::Whole(3)),
        (at("季报!A9"), Value::Whole(-1)),
        (at("'说 明'!A1"), Value::Text("今天".into())),
    ];
    let filled = book.fill(&values).unwrap();
    if let Ok(folder) = std::env::var("LINLI_OFFICE_OUT") {
        std::fs::write(std::path::Path::new(&folder).join("filled.xlsx"), &filled).unwrap();
    }
    let (before, after) = (Archive::read(original).unwrap(), Archive::read(filled.clone()).unwrap());
    for entry in before.entries() {
        let (was, is) = (before.text(&entry.name).unwrap(), after.text(&entry.name).unwrap());
        assert_eq!(xml::check(&is).is_ok(), xml::check(&was).is_ok(), "{}", entry.name);
        match entry.name.as_str() {
            "xl/worksheets/sheet1.xml" => {
                let want = was
                    .replace(
                        "<c r=\"B1\" s=\"7\"/>",
                        "<c r=\"B1\" s=\"7\"><v>115</v></c><c r=\"C1\" t=\"inlineStr\"><is>\
                        <t xml:space=\"preserve\">=1+1 &lt;甲&gt;</t></is></c>",
                    )
                    .replace("<row r=\"3\">", "<row r=\"2\"><c r=\"B2\"><v>1234.56</v></c></row><row r=\"3\">")
                    .replace("<v>1</v></c></row>", "<v>1</v></c><c r=\"B3\"><v>2137</v></c></row>")
                    .replace("customFormat=\"1\"/>", "customFormat=\"1\"><c r=\"B5\"><v>3</v></c></row>")
                    .replace("</sheetData>", "<row r=\"9\"><c r=\"A9\"><v>-1</v></c></row></sheetData>");
                assert_eq!(is, want);
            }
            "xl/worksheets/sheet2.xml" => {
                assert!(is.contains("<x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\">"), "{is}");
            }
            "xl/workbook.xml" => assert_eq!(is, was.replace("191029\"/>", "191029\" fullCalcOnLoad=\"1\"/>")),
            name => assert_eq!(is, was, "{name}"),
        }
    }
    let names = |archive: &Archive| archive.entries().iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    let again = Workbook::open(filled).unwrap();
    let texts: Vec<String> = again.cells("季报", 9, 9).unwrap().into_iter().map(|cell| cell.text).collect();
    assert_eq!(texts, ["活动场次", "115", "=1+1 <甲>", "0", "1234.56", "服务 人次", "2137", "3", "-1"]);
}

#[test]
fn cells_that_cannot_be_filled_are_refused() {
    let book = Workbook::open(pack(&parts())).unwrap();
    for (address, code) in
        [("季报!D1", "xlsx-cell-formula"), ("季报!C6", "xlsx-cell-merged"), ("别的!A1", "xlsx-sheet-unknown")]
    {
        assert_eq!(book.fill(&[(at(address), Value::Whole(1))]).unwrap_err().code, code, "{address}");
    }
    assert_eq!(book.place(&at("B1")).unwrap(), at("季报!B1"));
}

#[test]
fn bad_files_are_refused_by_name() {
    let good = pack(&parts());
    let end = good.len() - 22;
    let with = |at: usize, bytes: &[u8]| {
        let mut file = good.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let list = usize::try_from(u32::from_le_bytes(good[end + 16..end + 20].try_into().unwrap())).unwrap();
    let rels = "xl/worksheets/_rels/sheet1.xml.rels";
    let way = |kind: &str, mode: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{REL}/{kind}\" Target=\"http://x\" TargetMode=\"{mode}\"/></Relationships>"
        )
    };
    let sheet = "xl/worksheets/sheet1.xml";
    let bad: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "xlsx-unreadable"),
        ("no archive", b"PK\x03\x04 and then nothing of it".to_vec(), "xlsx-unreadable"),
        (
            "an old file",
            [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat(),
            "xlsx-old-or-locked",
        ),
        ("too large", vec![0; (5 << 20) + 1], "xlsx-too-large"),
        ("cut off", good[..good.len() - 30].to_vec(), "xlsx-unreadable"),
        ("something before it", [b"MZ", good.as_slice()].concat(), "xlsx-unreadable"),
        ("a wrong number of parts", with(end + 10, &[1, 0]), "xlsx-unreadable"),
        ("encrypted", with(list + 8, &[1, 8]), "xlsx-unreadable"),
        ("packed otherwise", with(list + 10, &[9, 0]), "xlsx-unreadable"),
        ("a wrong checksum", with(list + 16, &[1, 2, 3, 4]), "xlsx-unreadable"),
        ("a part of 4 GB", with(list + 24, &[0xff, 0xff, 0xff, 0xfe]), "xlsx-too-much-inside"),
        ("a part larger than it says", with(list + 24, &[1, 0, 0, 0]), "xlsx-unreadable"),
        ("outside of it", with(list + 46, b"/../../etc/passwd.x"), "xlsx-unreadable"),
        ("macros", added("xl/vbaProject.bin", "x"), "xlsx-has-macros"),
        ("old macros", added("xl/macrosheets/sheet1.xml", "<a/>"), "xlsx-has-macros"),
        ("a control", added("xl/activeX/activeX1.bin", "x"), "xlsx-has-macros"),
        ("an object", added("xl/embeddings/oleObject1.bin", "x"), "xlsx-has-macros"),
        (
            "macros by type",
            changed(
                "[Content_Types].xml",
                "openxmlformats-officedocument.spreadsheetml.sheet",
                "ms-excel.sheet.macroEnabled",
            ),
            "xlsx-has-macros",
        ),
        ("a link", added("xl/externalLinks/externalLink1.xml", "<a/>"), "xlsx-links-outside"),
        ("a connection", added("xl/connections.xml", "<a/>"), "xlsx-links-outside"),
        ("a picture from elsewhere", added(rels, &way("image", "External")), "xlsx-links-outside"),
        ("a formula that calls", changed(sheet, "B1*2", "WEBSERVICE (\"x\")"), "xlsx-links-outside"),
        ("another workbook", changed(sheet, "B1*2", "'[1]a'!A1"), "xlsx-links-outside"),
        (
            "a document type",
            changed(sheet, "<worksheet", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet"),
            "xlsx-unreadable",
        ),
        ("an entity", changed(sheet, "B1*2", "&b;"), "xlsx-unreadable"),
        ("no end", changed(sheet, "</worksheet>", ""), "xlsx-unreadable"),
        ("rows out of order", changed(sheet, "<row r=\"3\">", "<row r=\"1\">"), "xlsx-unreadable"),
        ("a row beyond", changed(sheet, "<row r=\"3\">", "<row r=\"1048577\">"), "xlsx-unreadable"),
        ("a cell of another row", changed(sheet, "r=\"A3\"", "r=\"A4\""), "xlsx-unreadable"),
        ("a cell twice", changed(sheet, "r=\"B1\"", "r=\"A1\""), "xlsx-unreadable"),
        ("a style of words", changed(sheet, "s=\"7\"", "s=\"7&quot; x\""), "xlsx-unreadable"),
        ("no sheet", changed("xl/workbook.xml", "<sheet ", "<list "), "xlsx-unreadable"),
        ("no rows", changed(sheet, "sheetData", "sheetDate"), "xlsx-unreadable"),
        ("a part twice", added("XL/workbook.xml", "<a/>"), "xlsx-unreadable"),
        ("another file of offices", pack(&parts()[..2]), "xlsx-unreadable"),
    ];
    for (name, bytes, code) in bad {
        let refused = Workbook::open(bytes).map(|_| ()).unwrap_err();
        assert_eq!(refused.code, code, "{name}");
    }
    let links = added(rels, &way("hyperlink", "External"));
    assert!(Workbook::open(links).is_ok(), "a link to click on is harmless");
}

#[test]
fn a_bomb_is_known_before_it_is_unpacked() {
    let mut parts = parts();
    for n in 0..9 {
        parts.push((format!("xl/media/{n}.bin"), "0".repeat(6 << 20)));
    }
    let bomb = pack(&parts);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    assert_eq!(Workbook::open(bomb).unwrap_err().code, "xlsx-too-much-inside");
    let many: Vec<(String, String)> = (0..2_001).map(|n| (format!("x{n}"), String::new())).collect();
    assert_eq!(Workbook::open(pack(&many)).unwrap_err().code, "xlsx-too-much-inside");
    let row = |n: u32| format!("<row r=\"{n}\">{}</row>", "<c/>".repeat(1_000));
    let cells: String = (1..=201).map(row).collect();
    let wide = changed("xl/worksheets/sheet2.xml", "<x:sheetData/>", &format!("<x:sheetData>{cells}</x:sheetData>"));
    assert_eq!(Workbook::open(wide).unwrap_err().code, "xlsx-too-many-cells");
}

#[test]
fn no_byte_that_is_wrong_makes_it_panic() {
    let good = pack(&parts());
    let mut state = 0x9e37_79b9_u32;
    for _ in 0..3_000 {
        let mut file = good.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = usize::try_from(state >> 8).unwrap() % file.len();
            file[at] = state.to_le_bytes()[0];
        }
        if let Ok(book) = Workbook::open(file) {
            let _ = book.fill(&[(at("A1"), Value::Whole(1))]);
        }
    }
}
