//! What people upload: pictures, papers, films, workbooks.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use kernel::{Day, Fen};
use office::{
    xlsx::{Address, Book, Cell, Column, Value, Workbook},
    xml,
    zip::{Archive, MAX_UNPACKED},
};
use work::files::{Gate, MAX_DECODED, MAX_EDGE, SMALL_EDGE, prepare, prepare_film, shown_name};

use super::text;
use crate::Target;

pub const TARGETS: &[Target] = &[
    Target::new(
        "pictures",
        "JPEG, PNG, WebP and PDF: refused, or a photo within its bounds, the same each time",
        pictures,
    )
    .made(made_pictures)
    .longest(8 << 10)
    .slow(8)
    // twice: the decoded picture, and what is made of it
    .memory(2 * MAX_DECODED as usize, 64)
    .words(&[
        "\u{ff}\u{d8}",
        "IHDR",
        "IDAT",
        "IEND",
        "iCCP",
        "eXIf",
        "Exif\0\0",
        "RIFF",
        "WEBP",
        "VP8X",
        "VP8L",
        "%PDF-",
        "%%EOF",
        "\x7f\x7f\x7f\x7f",
        "\0\0\0\0",
    ]),
    Target::new(
        "films",
        "MP4 and WebM: what tells of the place is gone, no byte more or less, and cleaning again changes nothing",
        films,
    )
    .made(made_films)
    .words(&[
        "ftyp",
        "isom",
        "moov",
        "trak",
        "udta",
        "meta",
        "uuid",
        "mdat",
        "free",
        "webm",
        "\0\0\0\x01",
        "\0\0\0\0",
        "\0\0\0\x08",
    ]),
    Target::new("archives", "zip archives: what is unpacked is within what was measured", archives)
        .made(made_books)
        .longest(16 << 10)
        // the whole is measured before a part is unpacked; one part at a time
        .memory(2 * MAX_UNPACKED as usize, 64)
        .words(&["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x07\x08", "xl/workbook.xml", "../", "\0\0\0\0"]),
    Target::new("workbooks", "workbooks: read, filled and read again with what was filled in", workbooks)
        .made(made_books)
        .longest(16 << 10)
        .slow(2)
        .memory(4 * MAX_UNPACKED as usize, 64)
        .words(&["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "xl/workbook.xml", "xl/vbaProject.bin"]),
    Target::new(
        "markup",
        "XML of office files: read to its end or refused; a text that is escaped reads as itself",
        markup,
    )
    .words(&[
        "<?xml version=\"1.0\"?>",
        "<a b='1'>",
        "</a>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "<!ENTITY",
        "&amp;",
        "&#x4f60;",
        "&#1114112;",
        "xmlns:x",
        "/>",
        "\u{feff}",
    ]),
    Target::new("file-names", "names of files as they are shown; parts of films that players ask for", file_names)
        .words(&["bytes=0-", "bytes=-1", "bytes=0-18446744073709551615", ",", "../", "\\", "\u{202e}", "%2e%2e"]),
];

fn made_pictures() -> Vec<Vec<u8>> {
    let picture = DynamicImage::from(RgbImage::from_fn(9, 7, |x, y| image::Rgb([x as u8 * 20, y as u8 * 30, 99])));
    let written = |format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("a picture can be written");
        bytes.into_inner()
    };
    let mut all: Vec<Vec<u8>> = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP].map(written).to_vec();
    all.push(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".to_vec());
    all
}

fn pictures(input: &[u8]) {
    let gate = Gate::new(1);
    let first = prepare(input, &gate);
    let Ok(kept) = first else { return };
    assert!(kept.width <= MAX_EDGE && kept.height <= MAX_EDGE);
    if let Some(small) = &kept.small {
        let small = image::load_from_memory(small).expect("the small picture is one");
        assert!(small.width() <= SMALL_EDGE && small.height() <= SMALL_EDGE);
        let whole = image::load_from_memory(&kept.bytes).expect("what is kept is a picture");
        assert_eq!((whole.width(), whole.height()), (kept.width, kept.height));
    }
    assert!(prepare(input, &gate).is_ok_and(|again| again.bytes == kept.bytes), "prepared twice it is two files");
}

fn made_films() -> Vec<Vec<u8>> {
    let boxed = |kind: &[u8; 4], inside: &[u8]| {
        let size = u32::try_from(8 + inside.len()).expect("a small box");
        [&size.to_be_bytes(), kind.as_slice(), inside].concat()
    };
    let place = boxed(b"udta", b"\xa9xyz+39.9+116.4/");
    let trak = boxed(b"trak", &boxed(b"meta", b"who"));
    let moov = boxed(b"moov", &[place, trak].concat());
    let film = [boxed(b"ftyp", b"isom\0\0\0\0"), moov, boxed(b"mdat", b"pictures")].concat();
    vec![film, b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm\x42\x87\x81\x04".to_vec()]
}

fn films(input: &[u8]) {
    let Ok(kept) = prepare_film(input.to_vec()) else { return };
    assert_eq!(kept.bytes.len(), input.len());
    assert!(prepare_film(kept.bytes.clone()).is_ok_and(|again| again.bytes == kept.bytes));
}

fn made_books() -> Vec<Vec<u8>> {
    let day = Day::parse("2026-11-22").expect("a day");
    let mut book = Book::new("宋体");
    book.sheet("支出", &[Column { title: "事由", width: 20 }, Column { title: "金额", width: 12 }]).expect("a sheet");
    book.row(&[Cell::Text("=1+1 & <桌子>"), Cell::Money(Fen(2_600_050)), Cell::Whole(3), Cell::Day(&day)])
        .expect("a row");
    book.sheet("空", &[]).expect("a sheet");
    vec![book.finish().expect("a workbook")]
}

fn archives(input: &[u8]) {
    let Ok(archive) = Archive::read(input.to_vec()) else { return };
    let mut whole = 0;
    for entry in archive.entries() {
        if let Ok(bytes) = archive.unpack(entry) {
            whole += bytes.len() as u64;
        }
        assert_eq!(archive.entry(&entry.name).map(|found| &found.name), Some(&entry.name));
    }
    assert!(whole <= MAX_UNPACKED);
}

fn workbooks(input: &[u8]) {
    let Ok(book) = Workbook::open(input.to_vec()) else { return };
    let names: Vec<String> = book.sheets().map(str::to_owned).collect();
    for name in names.iter().take(3) {
        let _ = book.cells(name, 1_000, 100);
    }
    let at = Address { sheet: String::new(), row: 2, column: 2 };
    let said = Value::Text("已填 <&>".into());
    if let Ok(filled) = book.fill(&[(at, said)]) {
        let again = Workbook::open(filled).expect("what was filled can be opened");
        let cells = again.cells("", 2, 2).expect("the first sheet");
        let cell = cells.iter().find(|cell| (cell.row, cell.column) == (2, 2));
        assert_eq!(cell.map(|cell| cell.text.as_str()), Some("已填 <&>"));
    }
}

fn markup(input: &[u8]) {
    let text = text(input);
    let whole = xml::check(&text).is_ok();
    let mut scan = xml::Scan::new(&text);
    let mut end = 0;
    while let Ok(Some((range, _))) = scan.step() {
        assert!(range.start <= range.end && range.end <= text.len() && text.get(range.clone()).is_some());
        assert!(range.start >= end && range.end > end, "no step forward");
        end = range.end;
    }
    let escaped = xml::escape(&text);
    assert!(xml::check(&format!("<a b=\"{escaped}\">{escaped}</a>")).is_ok());
    let plain = xml::plain(&escaped).expect("what was escaped reads");
    assert!(plain.chars().zip(text.chars()).all(|(read, was)| read == was || read == ' '));
    let _ = (whole, xml::attribute(&text, "b"), xml::plain(&text));
}

fn file_names(input: &[u8]) {
    let text = text(input);
    let name = shown_name(&text);
    assert!(!name.contains(['/', '\\', '\0', '\u{202e}']) && shown_name(&name) == name);
    for whole in [0, 1, 1_000, u64::MAX] {
        if let Ok(Some((first, last))) = web::films::part(&text, whole) {
            assert!(first <= last && last < whole);
        }
    }
}
