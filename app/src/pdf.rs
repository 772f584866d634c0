//! PDF: whether the program was built with it, and in which font.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use web::PdfFonts;

/// How it stands with PDF.
#[derive(Debug)]
pub enum Pdf {
    /// It is offered.
    Ready(PdfFonts),
    /// The font cannot be used, for a reason.
    Unfit(PathBuf, String),
    /// No font at any of these places.
    Missing(Vec<PathBuf>),
    /// The program was built without the feature `pdf`.
    NotBuilt,
}

impl Pdf {
    /// Looks for a font: the one that is set, else at the places where systems put one.
    #[cfg(feature = "pdf")]
    pub fn look(set: Option<&Path>) -> Pdf {
        let places: Vec<PathBuf> = match set {
            Some(path) => vec![path.to_path_buf()],
            None => office::pdf::PLACES.map(PathBuf::from).to_vec(),
        };
        let Some(text) = places.iter().find(|path| path.is_file()).cloned() else { return Pdf::Missing(places) };
        if let Err(why) = usable(&text) {
            return Pdf::Unfit(text, why);
        }
        let bold = text.to_str().and_then(office::pdf::bold_beside).map(PathBuf::from);
        let strong = bold.filter(|path| usable(path).is_ok());
        Pdf::Ready(PdfFonts { text, strong })
    }

    /// There is nothing to look for.
    #[cfg(not(feature = "pdf"))]
    pub fn look(_: Option<&Path>) -> Pdf {
        Pdf::NotBuilt
    }

    /// The fonts, where it is offered.
    pub fn fonts(self) -> Option<PdfFonts> {
        match self {
            Pdf::Ready(fonts) => Some(fonts),
            Pdf::Unfit(..) | Pdf::Missing(_) | Pdf::NotBuilt => None,
        }
    }
}

#[cfg(feature = "pdf")]
fn usable(path: &Path) -> Result<(), String> {
    let size = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if size > office::pdf::MAX_FONT {
        return Err(format!("it has more than {} MiB", office::pdf::MAX_FONT >> 20));
    }
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    office::pdf::Face::read(&bytes, "zh-Hans").map(drop).map_err(|e| e.to_string())
}

impl fmt::Display for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pdf::Ready(fonts) => {
                write!(f, "PDF: available with font {}", fonts.text.display())?;
                match &fonts.strong {
                    Some(strong) => write!(f, ", bold {}", strong.display()),
                    None => f.write_str(", no bold one beside it"),
                }
            }
            Pdf::Unfit(path, why) => write!(f, "PDF: the font {} cannot be used: {why}", path.display()),
            Pdf::Missing(places) => {
                let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
                let places = places.join(", ");
                write!(f, "PDF: font not found, install the package {PACKAGE} or set pdf_font (looked at {places})")
            }
            Pdf::NotBuilt => f.write_str("PDF: not built in (cargo build --release --features pdf)"),
        }
    }
}

/// Debian's package with a font that does; the same as `office::pdf::PACKAGE`, which is there only with the feature.
const PACKAGE: &str = "fonts-noto-cjk";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_to_do() {
        let said = |pdf: Pdf| pdf.to_string();
        assert!(
            said(Pdf::Missing(vec!["/a".into(), "/b".into()]))
                .contains("fonts-noto-cjk or set pdf_font (looked at /a, /b)")
        );
        assert!(said(Pdf::NotBuilt).contains("--features pdf"));
        let fonts = PdfFonts { text: "/a".into(), strong: None };
        assert!(said(Pdf::Ready(fonts)).starts_with("PDF: available with font /a"));
        // whatever the build: a font that is not there is never offered
        assert!(Pdf::look(Some(Path::new("/nowhere/font.ttc"))).fonts().is_none());
    }
}
