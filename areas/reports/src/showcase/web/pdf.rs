//! Papers as PDFs: where the program was built with the feature `pdf` and the machine has a font. Nothing else needs them.

use kernel::{Kind, Refusal};
use office::paper::Paper;
use web::{Problem, Rim, Visit};

fn absent() -> Refusal {
    Refusal::new(Kind::NotFound, "pdf-absent")
}

/// No paper is a PDF here.
#[cfg(not(feature = "pdf"))]
pub(super) async fn write(_: &Rim, _: &Visit, _: Paper, _: String) -> Result<Vec<u8>, Problem> {
    Err(absent().into())
}

/// A paper as a PDF in the reader's language, dated today.
///
/// # Errors
/// Refusals `pdf-absent` where there is no font, `pdf-font-unfit` where it is gone or cannot be used, and those of
/// `office::pdf::write`.
#[cfg(feature = "pdf")]
pub(super) async fn write(rim: &Rim, visit: &Visit, paper: Paper, title: String) -> Result<Vec<u8>, Problem> {
    let fonts = rim.settings.pdf.clone().ok_or_else(absent)?;
    let (day, language) = (rim.context_of(visit).day, visit.words.locale().tag());
    // a paper takes some tenths of a second, and two fonts of 20 MB while it is set
    let _room = ROOM.acquire().await.map_err(|_| absent())?;
    let work = move || {
        let meta = office::pdf::Meta { title: &title, language, made: Some(&day) };
        set(&fonts, &paper, &meta)
    };
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|e| db::Fault::from(db::DbError::Data(format!("a PDF: {e}"))))??)
}

/// PDFs that are made at a time.
#[cfg(feature = "pdf")]
static ROOM: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

#[cfg(feature = "pdf")]
fn set(fonts: &web::PdfFonts, paper: &Paper, meta: &office::pdf::Meta<'_>) -> Result<Vec<u8>, Refusal> {
    use office::pdf::{Face, Faces};

    let unfit = || Refusal::new(Kind::Conflict, "pdf-font-unfit");
    let text = std::fs::read(&fonts.text).map_err(|_| unfit())?;
    let text = Face::read(&text, meta.language).map_err(|_| unfit())?;
    // without the bold font titles are drawn thicker
    let strong = fonts.strong.as_ref().and_then(|path| std::fs::read(path).ok());
    let strong = strong.as_ref().and_then(|strong| Face::read(strong, meta.language).ok());
    office::pdf::write(paper, &Faces { text, strong }, meta)
}
