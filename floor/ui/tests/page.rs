//! Whole pages: nothing inline, everything escaped, the ends of every reference present.

use std::collections::BTreeSet;

use ui::parts;
use ui::parts::{
    Bar, CheckList, Choice, Errors, Field, Head, Input, Seal, bars, budget, checks, form, head, problem, proof, seals,
    select, text, textarea,
};
use ui::{ASSETS, Locale, Markup, Money, Page, Theme, Words, html, main_nav, page, words};

const EVIL: &str = "\"><script>alert('1')</script><b onclick=x>";

fn document(w: Words, body: Markup) -> String {
    let nav = main_nav(w);
    let page = page(&Page {
        words: w,
        title: EVIL,
        description: EVIL,
        path: "/ideas?q=\"><script>",
        place: EVIL,
        source: "/source",
        demo: true,
        elder: false,
        theme: Theme::Auto,
        nonce: "",
        account: html! {},
        nav: &nav,
        more: &[],
        body,
    });
    page.into_string()
}

fn everything(w: Words) -> Markup {
    let list =
        [kernel::FieldError::new("title", "too-long").with_limit(3), kernel::FieldError::new("odd", "never-heard-of")];
    let errors = Errors::new(w, &list);
    let field = |name| Field { name, label: EVIL, hint: EVIL, value: EVIL, error: errors.of(name), required: false };
    let choices = [Choice { value: EVIL, label: EVIL, more: EVIL }];
    html! {
        (head(&Head { title: EVIL, lead: EVIL, ..Head::default() }))
        (seals(w, &[Seal { note: EVIL, ..Seal::default() }; 5]))
        (bars(w, &[Bar { name: EVIL, href: Some("/p"), measure: EVIL, part: 9, whole: 3, won: false, why: html! { (EVIL) } }]))
        (budget(w, Money::cny(i64::MIN), Money::cny(i64::MAX)))
        (proof(w, EVIL, &EVIL.repeat(3)))
        (form("/ideas", &[("token", EVIL)], &html! {
            (errors.summary(&[("title", "标题"), ("odd", "别的")]))
            (text(w, &field("title"), Input::Line, Some(60)))
            (textarea(w, &field("odd"), 4, None))
            (select(w, &field("place"), &choices))
            (checks(w, &CheckList { field: field("boxes"), choices: &choices, chosen: &[EVIL], one: false }))
        }))
    }
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value)).collect()
}

#[test]
fn nothing_is_inline_and_everything_is_escaped() {
    for locale in Locale::ALL {
        let html = document(Words::of(locale), everything(Words::of(locale)));
        for forbidden in ["<script>", "<style", " style=", "<b onclick", "javascript:", "⟦"] {
            assert!(!html.contains(forbidden), "{}: {forbidden}", locale.tag());
        }
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\">", locale.tag())));
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<script").count(), 1);
    }
    assert_eq!(words::misses(), 0);
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    let w = Words::of(Locale::ZhHans);
    let html = document(w, everything(w));
    let ids = attributes(&html, "id");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let mut references = 0;
    for name in ["for", "aria-describedby", "aria-labelledby"] {
        for id in attributes(&html, name).into_iter().flat_map(str::split_whitespace) {
            assert!(unique.contains(id), "{name}={id}");
            references += 1;
        }
    }
    for id in attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(unique.contains(id), "#{id}");
        references += 1;
    }
    assert!(references >= 10, "{references}");
}

#[test]
fn the_page_names_assets_that_exist() {
    let html = document(Words::of(Locale::En), html! {});
    for asset in ASSETS {
        // one script belongs to a single page
        assert_eq!(html.contains(asset.path), asset.path != ui::TAPS_PATH, "{}", asset.path);
        assert!(!asset.bytes.is_empty());
    }
    let linked = attributes(&html, "href").into_iter().filter(|href| href.starts_with("/assets/"));
    assert!(linked.into_iter().all(|href| ASSETS.iter().any(|asset| asset.path == href)));
}

#[test]
fn errors_are_told_in_words_and_values_are_kept() {
    let list = [kernel::FieldError::new("title", "too-long").with_limit(1_200)];
    let errors = Errors::new(Words::of(Locale::ZhHans), &list);
    assert_eq!(errors.of("title").as_deref(), Some("太长了，最多 1,200 个字。"));
    assert_eq!(errors.of("place"), None);
    let odd = [kernel::FieldError::new("x", "never-heard-of")];
    let errors = Errors::new(Words::of(Locale::En), &odd);
    assert_eq!(errors.of("x").as_deref(), Some("This is not as it should be. Please check it."));
    let field = Field { name: "x", label: "X", value: "\nkept", ..Field::default() };
    assert!(textarea(Words::of(Locale::En), &field, 3, None).into_string().contains(">\n\nkept</textarea>"));
    assert!(Errors::new(Words::of(Locale::En), &[]).summary(&[]).into_string().is_empty());
}

#[test]
fn every_problem_has_words_in_every_language() {
    for locale in Locale::ALL {
        let w = Words::of(locale);
        let titles: BTreeSet<String> = [400, 403, 404, 409, 413, 422, 429, 500, 503]
            .into_iter()
            .map(|status| problem(w, status, None).into_string())
            .collect();
        assert_eq!(titles.len(), 9);
        assert!(titles.iter().all(|html| !html.contains('⟦')));
        assert!(problem(w, 502, None).into_string().contains(w.t("problem-500-title")));
        assert!(problem(w, 418, Some(EVIL)).into_string().contains("&lt;script"));
    }
}

/// Everything that the style guide shows.
fn guide(locale: Locale) -> String {
    let w = Words::of(locale);
    document(w, ui::styleguide(w))
}

#[test]
fn the_style_guide_speaks_every_language_and_its_references_hold() {
    for locale in Locale::ALL {
        let html = guide(locale);
        for forbidden in ["⟦", "<style", " style=", "javascript:", "<script>"] {
            assert!(!html.contains(forbidden), "{}: {forbidden}", locale.tag());
        }
        let ids = attributes(&html, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        for name in ["for", "aria-describedby", "aria-labelledby", "form", "data-copy"] {
            for id in attributes(&html, name).into_iter().flat_map(str::split_whitespace) {
                assert!(unique.contains(id), "{name}={id}");
            }
        }
        for id in attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(unique.contains(id), "#{id}");
        }
    }
    assert_eq!(words::misses(), 0);
}

#[test]
fn a_page_with_everything_on_it_weighs_less_than_100_kilobytes() {
    for locale in Locale::ALL {
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
        let html = guide(locale);
        assert!(brotli::BrotliCompress(&mut html.as_bytes(), &mut packed, &params).is_ok());
        let assets: usize = ASSETS.iter().map(|asset| asset.brotli.len()).sum();
        assert!(packed.len() + assets <= 100_000, "{}: {} + {assets}", locale.tag(), packed.len());
    }
}

#[test]
fn the_frame_tells_theme_nonce_and_view() {
    let w = Words::of(Locale::ZhHans);
    let of = |theme, nonce, elder| {
        let nav = main_nav(w);
        let page = Page {
            words: w,
            title: "x",
            description: "",
            path: "/ideas?theme=dark&after=7",
            place: "",
            source: "",
            demo: false,
            elder,
            theme,
            nonce,
            account: ui::parts::account("/me", EVIL),
            nav: &nav,
            more: &[],
            body: html! {},
        };
        ui::page(&page).into_string()
    };
    let plain = of(Theme::Auto, "", false);
    assert!(!plain.contains("data-theme") && !plain.contains("nonce") && !plain.contains("class=\"elder\""));
    assert!(plain.contains("href=\"/ideas?after=7&amp;theme=light\""));
    assert!(plain.contains("href=\"/ideas?theme=dark&amp;after=7&amp;view=elder\""));
    let other = of(Theme::Dark, "abc\"", true);
    assert!(other.contains("data-theme=\"dark\"") && other.contains("nonce=\"abc&quot;\""));
    assert!(other.contains("class=\"elder\"") && !other.contains("<b onclick"));
    for theme in Theme::ALL {
        assert_eq!(Theme::from_tag(theme.tag()), Some(theme));
    }
    assert_eq!(Theme::from_tag("night"), None);
}

#[test]
fn a_filter_shows_its_first_field_and_folds_the_others() {
    let w = Words::of(Locale::ZhHans);
    let text = |name| {
        let field = parts::Field { name, label: name, ..parts::Field::default() };
        parts::text(w, &field, parts::Input::Line, None)
    };
    let hidden = html! { input type="hidden" name="of" value="place"; };
    let shown = |fields: &[Markup], on: &[(&str, &str)]| {
        parts::filter(w, &parts::Filter { action: "/x", label: "", fields, on, found: "" }).into_string()
    };
    let one = shown(&[hidden.clone(), text("words")], &[]);
    assert!(!one.contains("<details") && one.contains("name=\"of\"") && one.contains("name=\"words\""));
    let two = shown(&[hidden, text("words"), text("kind")], &[]);
    let (before, folded) = two.split_once("<details").unwrap();
    assert!(before.contains("name=\"words\"") && before.contains("name=\"of\"") && folded.contains("name=\"kind\""));
    assert!(!folded.starts_with(" open"));
    assert!(shown(&[text("words"), text("kind")], &[("x", "/x")]).contains("<details open"));
    // who searches by words does not filter
    let field = parts::Field { name: "q", label: "q", ..parts::Field::default() };
    let by_words = shown(&[parts::text(w, &field, parts::Input::Search, None), text("kind")], &[]);
    assert!(by_words.contains(w.t("btn-search")) && !by_words.contains(w.t("btn-filter")));
    assert!(one.contains(w.t("btn-filter")) && !one.contains(w.t("btn-search")));
}

#[test]
fn each_label_of_several_forms_leads_to_its_own_field() {
    let w = Words::of(Locale::En);
    let field = parts::Field { name: "words", label: "Words", hint: "a hint", ..parts::Field::default() };
    let one = parts::form("/x", &[], &parts::textarea(w, &field, 3, None));
    let said = html! { p { "id=\"f-words\" is what somebody wrote" } };
    let both = html! { (parts::apart("note", &one)) (parts::apart("answer", &html! { (one) (said) })) }.into_string();
    for scope in ["note", "answer"] {
        assert!(both.contains(&format!("for=\"{scope}-f-words\"")), "{both}");
        assert_eq!(both.matches(&format!(" id=\"{scope}-f-words\"")).count(), 1);
        assert!(both.contains(&format!("aria-describedby=\"{scope}-f-words-hint\"")));
        assert!(both.contains(&format!("id=\"{scope}-f-words-hint\"")));
    }
    assert!(both.contains("id=&quot;f-words&quot; is what somebody wrote"), "what people wrote stays");
}

/// Parts that stand on every page or in another part, with where they are seen.
const SEEN_ELSEWHERE: [(&str, &str); 4] = [
    ("account", "the top bar"),
    ("apart", "around forms: it changes ids alone"),
    ("print_button", "in a receipt"),
    ("qr_modules", "a calculation; its picture is in a receipt"),
];

#[test]
fn every_part_is_on_the_page_of_parts() {
    let read = |folder: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        files.collect::<Vec<_>>().join("\n")
    };
    let (parts, shown) = (read("src/parts"), read("src/styleguide"));
    // functions that begin a line and answer markup or what a page is made of
    let names: Vec<&str> =
        parts.lines().filter_map(|line| line.strip_prefix("pub fn ")?.split(['(', '<']).next()).collect();
    assert!(names.len() > 50, "{names:?}");
    let is_call = |at: usize| {
        let before = &shown[..at];
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with("fn ")
    };
    let called = |name: &str| shown.match_indices(&format!("{name}(")).any(|(at, _)| is_call(at));
    let missing: Vec<&&str> =
        names.iter().filter(|name| SEEN_ELSEWHERE.iter().all(|(seen, _)| seen != *name) && !called(name)).collect();
    assert!(missing.is_empty(), "not on /styleguide: {missing:?}");
}
