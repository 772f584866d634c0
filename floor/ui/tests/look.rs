//! The stylesheet: contrast of every pair of colours in use, size, and nothing that the content policy forbids.

use std::collections::BTreeMap;

const CSS: &str = include_str!("../assets/look.css");

type Tokens = BTreeMap<String, [u8; 3]>;

/// Colour tokens of the first `:root` block after `from`.
fn tokens(from: &str) -> Tokens {
    let start = CSS.find(from).map_or(CSS, |at| &CSS[at..]);
    let block = start.split_once(":root {").map_or("", |(_, rest)| rest);
    let block = block.split_once('}').map_or(block, |(block, _)| block);
    block
        .split(';')
        .filter_map(|pair| {
            let (name, value) = pair.trim().split_once(": #")?;
            Some((name.trim_start_matches('-').to_owned(), colour(value)?))
        })
        .collect()
}

fn colour(hex: &str) -> Option<[u8; 3]> {
    let wide: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
    let part = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance, WCAG 2.2.
fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_measure_is_right() {
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x77, 0x77, 0x77], [255, 255, 255]) - 4.478).abs() < 1e-3);
}

#[test]
fn text_stands_out_in_light_dark_and_print() {
    let words = ["ink", "ink-soft", "needs-you", "done", "due"];
    let grounds = ["paper", "sheet", "hush"];
    for (scheme, from) in [("light", ":root {"), ("dark", "prefers-color-scheme: dark"), ("print", "@media print")] {
        let found = tokens(from);
        assert_eq!(found.len(), 10, "{scheme}: {:?}", found.keys());
        let of = |name: &str| found[name];
        for word in words {
            for ground in grounds {
                let ratio = contrast(of(word), of(ground));
                assert!(ratio >= 4.5, "{scheme}: {word} on {ground} is {ratio:.2}");
            }
        }
        // Letters on colour: first button, seals, the ribbon of the demonstration.
        for ground in ["needs-you", "done"] {
            let ratio = contrast(of("sheet"), of(ground));
            assert!(ratio >= 4.5, "{scheme}: sheet on {ground} is {ratio:.2}");
        }
        // Edges of controls and of tags, and the bars (WCAG 1.4.11).
        for (edge, ground) in
            [("edge", "sheet"), ("edge", "paper"), ("done", "hush"), ("ink-soft", "hush"), ("needs-you", "sheet")]
        {
            let ratio = contrast(of(edge), of(ground));
            assert!(ratio >= 3.0, "{scheme}: {edge} on {ground} is {ratio:.2}");
        }
    }
}

#[test]
fn colours_are_tokens_and_the_sheet_is_small_and_alone() {
    assert!(CSS.len() < 25_000, "{} bytes", CSS.len());
    for forbidden in ["url(", "@import", "http:", "https:", "!important", "gradient("] {
        assert!(!CSS.contains(forbidden), "{forbidden}");
    }
    assert_eq!(CSS.matches('{').count(), CSS.matches('}').count());
    for line in CSS.lines().filter(|line| line.contains('#') && !line.trim_start().starts_with("--")) {
        let token_block = line.contains(":root");
        let print = line.contains("#000") && line.contains(".top");
        assert!(token_block || print, "a colour outside the tokens: {line}");
    }
}
