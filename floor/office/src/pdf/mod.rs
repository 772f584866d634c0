//! A paper as a PDF (ISO 32000-1, version 1.7): pages that look the same everywhere, behind the feature `pdf`.
//!
//! The page is that of [`crate::docx`]. Fonts are the caller's, read from files of the system: of each only the glyphs
//! that occur go into the file. The file is tagged (headings, paragraphs, tables with their titles, links), has
//! bookmarks for its headings and numbers on its pages, names its title and its language, and can be searched and copied
//! from. Distances are counted in whole thousandths of a point.
//!
//! Letters stand one after another as in Chinese, Japanese, Korean, Latin, Greek and Cyrillic writing; scripts whose
//! letters join or run to the left are not shaped. A character that the font lacks is shown as 〓.

mod canvas;
mod face;
mod file;
mod flow;
mod lines;
mod table;
mod tags;

use kernel::{Day, Kind, Refusal};

pub use self::face::{Face, Unfit};
use self::{canvas::Canvas, flow::Flow};
use crate::paper::Paper;

/// Where Debian, Ubuntu and their kin put the font of the text; then Arch.
pub const PLACES: [&str; 2] =
    ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"];
/// Debian's package with that font.
pub const PACKAGE: &str = "fonts-noto-cjk";
/// Bytes of a font's file at most.
pub const MAX_FONT: u64 = 64 << 20;

/// Pages of a file at most.
const MAX_PAGES: usize = 2_000;

/// What the bold font beside a font is called, where makers keep to `…-Regular` and `…-Bold`.
pub fn bold_beside(text: &str) -> Option<String> {
    let (folder, name) = text.rsplit_once('/').map_or(("", text), |(folder, name)| (&text[..=folder.len()], name));
    name.contains("Regular").then(|| format!("{folder}{}", name.replace("Regular", "Bold")))
}

/// The fonts of a file.
#[derive(Debug)]
pub struct Faces<'a> {
    /// Of the text.
    pub text: Face<'a>,
    /// Of titles; without one they are the text's font drawn thicker.
    pub strong: Option<Face<'a>>,
}

/// What a file says about itself.
#[derive(Debug, Clone, Copy)]
pub struct Meta<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language as BCP 47 writes it, such as `zh-Hans`.
    pub language: &'a str,
    /// The day on which it was made.
    pub made: Option<&'a Day>,
}

/// The paper as a PDF. The same paper, fonts and `meta` give the same bytes.
///
/// # Errors
/// Refusals `office-too-many-pages`, and `pdf-font-unfit` where the font cannot be cut down.
pub fn write(paper: &Paper, faces: &Faces<'_>, meta: &Meta<'_>) -> Result<Vec<u8>, Refusal> {
    let mut flow = Flow::new(Canvas::new(faces));
    for block in paper.blocks() {
        flow.block(block);
        if flow.is_over() {
            let limit = i64::try_from(MAX_PAGES).unwrap_or(0);
            return Err(Refusal::new(Kind::LimitReached, "office-too-many-pages").with_int("limit", limit));
        }
    }
    file::write(&flow.finish(), meta).ok_or_else(|| Refusal::new(Kind::Conflict, "pdf-font-unfit"))
}
