//! A PDF is read back by another program: poppler's pdftotext, pdffonts, pdfinfo. Built with the feature `pdf`.
#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::PathBuf, process::Command};

use kernel::Day;
use office::{
    paper::{Paper, Run},
    pdf::{self, Face, Faces, Meta, PACKAGE, PLACES, Unfit},
};

/// The fonts of the machine, or one loud line.
fn fonts(test: &str) -> Option<[Vec<u8>; 2]> {
    let found = PLACES.iter().find_map(|text| Some([fs::read(text).ok()?, fs::read(pdf::bold_beside(text)?).ok()?]));
    if found.is_none() {
        eprintln!("SKIPPED {test}: no fonts in {PLACES:?}; install the package {PACKAGE}");
    }
    found
}

/// What one of poppler's programs says of a file, or one loud line where the program is missing.
fn poppler(test: &str, program: &str, options: &[&str], bytes: &[u8]) -> Option<String> {
    let path = std::env::temp_dir().join(format!("linli-{}-{test}-{program}.pdf", std::process::id()));
    fs::write(&path, bytes).unwrap();
    let to: &[&str] = if program == "pdftotext" { &["-"] } else { &[] };
    let said = Command::new(program).args(options).arg(&path).args(to).output();
    fs::remove_file(&path).unwrap();
    let Ok(said) = said else {
        eprintln!("SKIPPED {test}: there is no {program}; install the package poppler-utils");
        return None;
    };
    let (told, faults) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success() && faults.is_empty(), "{program}: {faults}");
    Some(told.into_owned())
}

fn keep(name: &str, bytes: &[u8]) {
    // for eyes and other programs: LINLI_OFFICE_OUT names a folder
    if let Ok(folder) = std::env::var("LINLI_OFFICE_OUT") {
        fs::write(PathBuf::from(folder).join(name), bytes).unwrap();
    }
}

fn made(paper: &Paper, fonts: &[Vec<u8>; 2], language: &str) -> Vec<u8> {
    let faces = Faces {
        text: Face::read(&fonts[0], language).unwrap(),
        strong: Some(Face::read(&fonts[1], language).unwrap()),
    };
    let day = Day::parse("2024-12-05").unwrap();
    pdf::write(paper, &faces, &Meta { title: "“星选计划”总结", language, made: Some(&day) }).unwrap()
}

const WORDS: &str = "走访了二十一个社区，问出三百零六件小事；“花园”、（楼道）、《公约》……都有人管。";

fn report() -> Paper {
    let mut paper = Paper::new();
    paper.title("“星选计划”总结 <1>");
    paper.heading(1, "一、怎么做的");
    paper.text(&[
        Run::Text(WORDS),
        Run::Link("2137 人次", "https://x.example/f?a=1&b=二"),
        Run::Text(WORDS),
        Run::Strong("人人有责。"),
        Run::Text("\n第二行 😀"),
    ]);
    paper.text(&[Run::Text(
        "주민들이 스스로 동네를 가꿉니다. 여든두 가지 제안 가운데 열네 가지를 골랐습니다. ".repeat(3).as_str(),
    )]);
    paper.text(&[Run::Text(&"The neighbours’ own garden: fourteen projects, don’t ask how many meetings. ".repeat(3))]);
    paper.heading(1, "二、项目");
    let row = |n: usize| {
        let did = if n % 7 == 3 { format!("{WORDS}\n{WORDS}") } else { format!("办了 {n} 场") };
        vec![n.to_string(), format!("第{n}号花园"), "星星闪耀".to_owned(), did]
    };
    let rows: Vec<Vec<String>> = (1..=60).map(row).chain([vec!["61".to_owned()]]).collect();
    paper.table(&["序号", "项目", "归属", "做了什么"], &rows);
    paper.heading(2, "三、来源");
    paper.note(&[Run::Text("供稿："), Run::Link("https://x.example/showcase", "https://x.example/showcase")]);
    paper
}

/// Without blanks and ends of lines, which are not the same in every reader.
fn dense(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let Some(fonts) = fonts("what_is_written_is_read_back") else { return };
    let bytes = made(&report(), &fonts, "zh-Hans");
    keep("report.pdf", &bytes);
    assert!(bytes.len() < 200_000, "fonts of 39 MB come to {} bytes", bytes.len());
    assert_eq!(bytes, made(&report(), &fonts, "zh-Hans"), "the same facts are the same bytes");
    let Some(text) = poppler("read", "pdftotext", &["-layout"], &bytes) else { return };
    let all = dense(&text);
    for part in [
        "“星选计划”总结<1>",
        WORDS,
        "2137人次",
        "人人有责。",
        "第二行〓",
        "열네가지를골랐습니다.",
        "don’taskhowmanymeetings.",
        "https://x.example/showcase",
    ] {
        assert!(all.contains(&dense(part)), "{part}: {text}");
    }
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() >= 5, "{} pages", pages.len());
    for (at, page) in pages.iter().enumerate() {
        assert!(dense(page).ends_with(&format!("—{}—", at + 1)), "page {} has its number: {page}", at + 1);
    }
    for n in 1..=60 {
        let name = format!("第{n}号花园");
        let page = pages.iter().find(|page| page.contains(&name)).unwrap();
        assert_eq!(text.matches(&name).count(), 1, "{name}");
        let heading = page.lines().position(|line| line.contains("序号") && line.contains("做了什么"));
        let at = page.lines().position(|line| line.contains(&name));
        assert!(heading.unwrap() < at.unwrap(), "the titles stand over {name}: {page}");
        let first = page.lines().find(|line| line.contains(&name)).unwrap();
        assert!(first.trim_start().starts_with(&n.to_string()) && first.contains("星星闪耀"), "one row: {first}");
    }
}

#[test]
fn fonts_are_inside_and_cut_down() {
    let Some(fonts) = fonts("fonts_are_inside_and_cut_down") else { return };
    for (language, region) in [("zh-Hans", "sc"), ("zh-Hant", "tc"), ("ko", "kr"), ("en", "sc")] {
        let bytes = made(&report(), &fonts, language);
        let Some(said) = poppler(&format!("fonts-{language}"), "pdffonts", &[], &bytes) else { return };
        let rows: Vec<&str> = said.lines().skip(2).collect();
        assert_eq!(rows.len(), 2, "{said}");
        for (row, weight) in rows.iter().zip(["Regular", "Bold"]) {
            // name, type, encoding, embedded, subset, has the letters of its glyphs
            assert!(row.contains(&format!("+NotoSansCJK{region}-{weight}")), "{row}");
            assert!(row.contains("CID Type 0C") && row.contains("Identity-H"), "{row}");
            assert!(row.split_whitespace().collect::<Vec<_>>().join(" ").contains("yes yes yes"), "{row}");
        }
    }
}

#[test]
fn a_file_says_what_it_is() {
    let Some(fonts) = fonts("a_file_says_what_it_is") else { return };
    let bytes = made(&report(), &fonts, "zh-Hans");
    let Some(said) = poppler("info", "pdfinfo", &[], &bytes) else { return };
    let line = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or_default();
    assert_eq!(line("Title:"), "“星选计划”总结");
    assert_eq!(line("Tagged:"), "yes");
    assert_eq!(line("JavaScript:"), "no");
    assert!(line("CreationDate:").contains("Dec  5") && line("CreationDate:").contains("2024"), "{said}");
    assert!(line("Page size:").contains("A4"), "{said}");
    assert!(bytes.windows(14).any(|piece| piece == b"/Lang(zh-Hans)" || piece == b"/Lang (zh-Hans"), "a language");
    let Some(links) = poppler("links", "pdfinfo", &["-url"], &bytes) else { return };
    assert!(links.contains("https://x.example/f?a=1&b=%E4%BA%8C"), "{links}");
    let Some(parts) = poppler("parts", "pdfinfo", &["-struct-text"], &bytes) else { return };
    assert_eq!(parts.lines().filter(|line| line.trim() == "TR").count(), 62, "repeated titles are no rows: {parts}");
    let line_of = |part: &str| parts.lines().position(|line| line.contains(part));
    assert!(line_of("H1").unwrap() < line_of("H2").unwrap() && line_of("H2").unwrap() < line_of("Table").unwrap());
    for part in ["TH", "TD", "Link", "P (block)"] {
        assert!(line_of(part).is_some(), "{part}: {parts}");
    }
}

#[test]
fn long_rows_long_words_and_nothing_at_all() {
    let Some(fonts) = fonts("long_rows_long_words_and_nothing_at_all") else { return };
    let mut paper = Paper::new();
    paper.page();
    paper.table(&["一", "二"], &[vec!["长".repeat(3_000), "a".repeat(500)]]);
    paper.table(&[], &[vec!["没有".to_owned()]]);
    paper.text(&[Run::Text(&"b".repeat(300))]);
    paper.text(&[]);
    let bytes = made(&paper, &fonts, "zh-Hans");
    keep("long.pdf", &bytes);
    let Some(text) = poppler("long", "pdftotext", &["-layout"], &bytes) else { return };
    let count = |letter: char| text.chars().filter(|c| *c == letter).count();
    assert_eq!((count('长'), count('a'), count('b')), (3_000, 500, 300), "nothing is lost");
    assert!(text.matches('\u{c}').count() >= 4 && text.contains("没有"));
    let empty = made(&Paper::new(), &fonts, "zh-Hans");
    assert!(poppler("empty", "pdfinfo", &[], &empty).unwrap_or("Pages: 1".into()).contains("Pages:"));
}

#[test]
fn what_is_too_long_is_refused_before_it_is_drawn() {
    let Some(fonts) = fonts("what_is_too_long_is_refused_before_it_is_drawn") else { return };
    let faces = Faces { text: Face::read(&fonts[0], "zh-Hans").unwrap(), strong: None };
    let endless = "一\n".repeat(90_000);
    let (mut text, mut table) = (Paper::new(), Paper::new());
    text.text(&[Run::Text(&endless)]);
    table.table(&["一"], &[vec![endless]]);
    for paper in [text, table] {
        let refused = pdf::write(&paper, &faces, &Meta { title: "", language: "zh-Hans", made: None }).err();
        assert_eq!(refused.map(|refused| refused.code), Some("office-too-many-pages"));
    }
}

#[test]
fn one_font_does() {
    let Some(fonts) = fonts("one_font_does") else { return };
    let faces = Faces { text: Face::read(&fonts[0], "zh-Hans").unwrap(), strong: None };
    let bytes = pdf::write(&report(), &faces, &Meta { title: "x", language: "zh-Hans", made: None }).unwrap();
    keep("one-font.pdf", &bytes);
    let Some(said) = poppler("one", "pdffonts", &[], &bytes) else { return };
    assert_eq!(said.lines().skip(2).count(), 1, "{said}");
}

#[test]
fn what_is_no_font_is_told() {
    assert_eq!(Face::read(b"", "zh-Hans").unwrap_err(), Unfit::Unreadable);
    assert_eq!(Face::read(b"%PDF-1.7 and more that is no font at all", "ko").unwrap_err(), Unfit::Unreadable);
    let Some(fonts) = fonts("what_is_no_font_is_told") else { return };
    for length in [13, 400, 4_000, 400_000, 4_000_000] {
        // a font that was copied in part is refused, or at least nothing falls
        if let Ok(text) = Face::read(&fonts[0][..length], "zh-Hans") {
            let meta = Meta { title: "", language: "zh-Hans", made: None };
            assert_eq!(pdf::write(&report(), &Faces { text, strong: None }, &meta).unwrap_err().code, "pdf-font-unfit");
        }
    }
}
