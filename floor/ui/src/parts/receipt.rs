//! Receipts: slips of paper that prove that something was handed in, with a number and a QR code.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

use super::button::print_button;
use super::list::pairs;
use crate::words::Words;

/// Longest text of a QR code in bytes: more would need modules too small for a cheap printer.
const LONGEST: usize = 300;

/// A QR code (ISO/IEC 18004, error correction M) as a picture in the page, dark on white in every theme, with its quiet
/// zone of four modules. Nothing when `text` is empty or longer than 300 bytes. `label` is its text for those who
/// cannot see it.
#[must_use]
pub fn qr(text: &str, label: &str) -> Markup {
    html! {
        @if let Some((side, path)) = of(text) {
            svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
                rect width="100%" height="100%" fill="#fff" {}
                path fill="#000" d=(path) {}
            }
        }
    }
}

/// The modules of a QR code (ISO/IEC 18004, error correction M) with its quiet zone of four modules: the side, at most
/// 77, and `side * side` of them by rows from the top left, true where dark. `None` when `text` is empty or longer than
/// 300 bytes.
#[must_use]
pub fn qr_modules(text: &str) -> Option<(usize, Vec<bool>)> {
    const QUIET: usize = 4;
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut dark = vec![false; side * side];
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        for (x, color) in row.iter().enumerate() {
            dark[(y + QUIET) * side + x + QUIET] = *color == Color::Dark;
        }
    }
    Some((side, dark))
}

/// The side in modules and the dark runs of each row as path data.
fn of(text: &str) -> Option<(usize, String)> {
    let (side, dark) = qr_modules(text)?;
    let mut path = String::new();
    for (y, row) in dark.chunks(side).enumerate() {
        let mut x = 0;
        while let Some(start) = (x..side).find(|at| row[*at]) {
            let end = (start..side).find(|at| !row[*at]).unwrap_or(side);
            path.push_str(&format!("M{start} {y}h{}v1h-{}z", end - start, end - start));
            x = end;
        }
    }
    Some((side, path))
}

/// What was handed in.
#[derive(Debug)]
pub struct Receipt<'a> {
    /// What it is: `收件回执`, `投票回执`.
    pub title: &'a str,
    /// The number by which it is found again; printed large.
    pub number: &'a str,
    /// Who gave it: the office, the community.
    pub issuer: &'a str,
    /// Facts: when, what, who took it, by when there is an answer.
    pub facts: &'a [(&'a str, Markup)],
    /// The whole address that the QR code leads to; empty leaves the code out.
    pub url: &'a str,
    /// What to keep in mind: "keep this slip"; may be empty.
    pub note: &'a str,
}

/// A slip for the screen and for paper (80 mm rolls and A4). The print button shows where scripts run.
#[must_use]
pub fn receipt(w: Words, receipt: &Receipt<'_>) -> Markup {
    html! {
        section.receipt aria-label=(receipt.title) {
            p.issuer { (receipt.issuer) }
            h2 { (receipt.title) }
            p.number { span.unseen { (w.t("receipt-number")) " " } (receipt.number) }
            (pairs(receipt.facts))
            @if !receipt.url.is_empty() {
                div.find {
                    (qr(receipt.url, w.t("receipt-qr")))
                    p.small { (w.t("receipt-find")) br; span.url translate="no" { (receipt.url) } }
                }
            }
            @if !receipt.note.is_empty() { p.small { (receipt.note) } }
        }
        div.acts { (print_button(w)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_quiet_zone() {
        let (side, path) = of("https://linli.example/r/0037").unwrap_or_default();
        // Version 2 or 3: 25 or 29 modules and the quiet zone on both sides.
        assert!([33, 37].contains(&side), "{side}");
        let far = side - 11;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(path.contains(&corner), "{corner}");
        }
        assert!(!path.contains("M3 ") && !path.contains(" 3h"));
    }

    #[test]
    fn what_cannot_be_coded_leaves_the_code_out() {
        assert!(qr("", "x").into_string().is_empty());
        assert!(qr(&"x".repeat(301), "x").into_string().is_empty());
        assert!(qr(&"邻".repeat(100), "x").into_string().contains("<svg"));
    }
}
