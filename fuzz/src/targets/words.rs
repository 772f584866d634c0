//! What browsers and people send in passing: languages, queries, names, texts that are shown.

use places::{Level, names};
use ui::{Locale, format, parts::qr_modules};

use super::text;
use crate::Target;

pub const TARGETS: &[Target] = &[
    Target::new("languages", "Accept-Language and tags of languages", languages).words(&[
        "zh-Hant",
        "zh-TW",
        "ko",
        "en",
        "yue",
        ";q=0.8",
        ";q=0",
        "*",
        ",",
        "-",
        "zh-Hans-CN-x-1",
    ]),
    Target::new(
        "shown-texts",
        "texts in queries, calendars, pages, QR codes: within their bounds, and the text is still there",
        shown,
    )
    .memory(2 << 20, 1_024)
    .slow(8)
    .words(&["\r\n", "\\n", "BEGIN:VEVENT", ",", ";", "%0d", "\u{202e}", "\u{feff}", "𠮷", "\u{2028}"]),
    Target::new("names", "names of places as people type them: forms to look for", place_names)
        .memory(16 << 20, 2_048)
        .words(&["北苑街道", "第二社区居民委员会", "重庆", "重慶", "beiyuan", "by", "Ｂ", "㐀", "𠮷", " "]),
];

fn languages(input: &[u8]) {
    let text = text(input);
    let _ = Locale::negotiate(&text);
    let _ = Locale::from_tag(&text);
}

fn shown(input: &[u8]) {
    let text = text(input);
    let query = web::in_query(&text);
    assert!(query.bytes().all(|b| b.is_ascii_graphic() && !b"&#\"<>?=+;".contains(&b)), "{query}");
    let mut line = String::new();
    web::ical::fold(&mut line, &format!("SUMMARY:{}", web::ical::text(&text)));
    assert!(line.ends_with("\r\n") && line.split("\r\n").all(|piece| piece.len() <= 75));
    assert_eq!(line.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", web::ical::text(&text)));
    assert!(!web::ical::text(&text).contains(char::is_control));
    let short = format::excerpt(&text, 20);
    assert!(short.chars().count() <= 21 && !short.contains('\n'));
    if let Some((side, dark)) = qr_modules(&text) {
        assert!(side <= 77 && dark.len() == side * side);
    }
}

fn place_names(input: &[u8]) {
    let text = text(input);
    let text = text.chars().take(80).collect::<String>();
    let folded = names::fold(&text);
    assert_eq!(names::fold(&folded), folded);
    let _ = names::forms(&text);
    for level in [Level::District, Level::Subdistrict, Level::Community, Level::Estate] {
        let _ = (names::shorten(level, &text), names::latin(level, &text), names::is_filler(level, &text));
    }
    let _ = names::sort_key(None, &text);
}
