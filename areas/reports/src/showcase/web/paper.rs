//! The showcase and the press release as papers: a DOCX that Word and WPS open and people edit, and a PDF.

use axum::{extract::State, response::Response};
use kernel::{Kind, Refusal};
use office::{
    docx::{self, Fonts},
    paper::{Paper, Run},
};
use programmes::{SeasonId, template::name_of};
use ui::Locale;
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::{
        Section,
        text::{Piece, pieces},
    },
    Told, pdf,
    show::{belongs, deeds},
    told,
};
use crate::sheets::download;

/// Fonts that Word and WPS have, by language: 仿宋 for the text as GB/T 9704-2012 asks.
fn fonts(locale: Locale) -> Fonts {
    match locale {
        Locale::ZhHans => Fonts { body: "仿宋", title: "宋体", language: "zh-CN" },
        Locale::ZhHant => Fonts { body: "標楷體", title: "新細明體", language: "zh-TW" },
        Locale::En => Fonts { body: "Times New Roman", title: "Times New Roman", language: "zh-CN" },
        Locale::Ko => Fonts { body: "바탕", title: "바탕", language: "ko-KR" },
    }
}

async fn seen(rim: &Rim, visit: &Visit, id: SeasonId) -> Result<Told, Problem> {
    let told = told(rim, visit, id).await?;
    if told.is_seen() { Ok(told) } else { Err(Refusal::new(Kind::NotFound, "showcase-not-published").into()) }
}

/// `GET /seasons/{season}/showcase.docx`.
pub(super) async fn showcase(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let told = seen(&rim, &visit, id).await?;
    let paper = of_showcase(&visit, &told);
    Ok(download(office::DOCX, "showcase.docx", docx::write(&paper, fonts(visit.words.locale()))?))
}

/// `GET /seasons/{season}/showcase.pdf`.
pub(super) async fn showcase_pdf(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let told = seen(&rim, &visit, id).await?;
    let (paper, title) = (of_showcase(&visit, &told), headline(&visit, &told, "showcase-headline"));
    Ok(download(office::PDF, "showcase.pdf", pdf::write(&rim, &visit, paper, title).await?))
}

/// `GET /seasons/{season}/release.docx`.
pub(super) async fn release(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let told = seen(&rim, &visit, id).await?;
    let paper = of_release(&visit, &told);
    Ok(download(office::DOCX, "release.docx", docx::write(&paper, fonts(visit.words.locale()))?))
}

/// `GET /seasons/{season}/release.pdf`.
pub(super) async fn release_pdf(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    let told = seen(&rim, &visit, id).await?;
    let (paper, title) = (of_release(&visit, &told), headline(&visit, &told, "release-headline"));
    Ok(download(office::PDF, "release.pdf", pdf::write(&rim, &visit, paper, title).await?))
}

fn headline(visit: &Visit, told: &Told, key: &str) -> String {
    visit.words.t_with(key, &[("season", told.facts.season().name.as_str().into())])
}

/// The showcase: every part that is open to all, and the table of the projects.
fn of_showcase(visit: &Visit, told: &Told) -> Paper {
    let w = visit.words;
    let mut paper = Paper::new();
    paper.title(&headline(visit, told, "showcase-headline"));
    let open = |part: &&Section| !part.is_release() && told.is_open(**part);
    for part in Section::ALL.iter().filter(open) {
        let text = told.text(visit, *part);
        let table = *part == Section::Projects && !told.facts.done.is_empty();
        if text.is_empty() && !table {
            continue;
        }
        if *part != Section::Opening {
            paper.heading(1, w.t(&format!("showcase-part-{}", part.as_str())));
        }
        write(&mut paper, visit, told, &text);
        if table {
            projects(&mut paper, visit, told);
        }
    }
    source(&mut paper, visit, told);
    paper
}

/// The press release.
fn of_release(visit: &Visit, told: &Told) -> Paper {
    let mut paper = Paper::new();
    paper.title(&headline(visit, told, "release-headline"));
    for part in Section::ALL.iter().filter(|part| part.is_release() && told.is_open(**part)) {
        write(&mut paper, visit, told, &told.text(visit, *part));
    }
    source(&mut paper, visit, told);
    paper
}

/// A text with its figures, each leading to its records on this site.
fn write(paper: &mut Paper, visit: &Visit, told: &Told, text: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let pieces = pieces(line).unwrap_or_default();
        let hrefs: Vec<String> = (pieces.iter())
            .map(|piece| match piece {
                Piece::Figure(name) => told.values.get(*name).map_or("", |said| said.href.as_str()),
                Piece::Words(_) => "",
            })
            .map(|path| if path.is_empty() { String::new() } else { format!("{}{path}", visit.origin) })
            .collect();
        let runs: Vec<Run<'_>> = (pieces.iter().zip(&hrefs))
            .map(|(piece, href)| match piece {
                Piece::Words(words) => Run::Text(words),
                Piece::Figure(name) => match told.values.get(*name) {
                    Some(said) if href.is_empty() => Run::Text(&said.shown),
                    Some(said) => Run::Link(&said.shown, href),
                    None => Run::Text("—"),
                },
            })
            .collect();
        paper.text(&runs);
    }
}

fn projects(paper: &mut Paper, visit: &Visit, told: &Told) {
    let w = visit.words;
    let rows: Vec<Vec<String>> = (told.facts.done.iter())
        .map(|row| {
            let awards = row.awards.iter().map(|key| name_of(&told.facts.template.awards, key, w.locale()).to_owned());
            let of: Vec<String> = belongs(w, told, row).into_iter().chain(awards).collect();
            let (of, did) = (of.join("\n"), deeds(w, told, row).join("\n"));
            vec![row.number.to_string(), row.name.clone(), of, did]
        })
        .collect();
    let titles = ["sheet-number", "sheet-project", "showcase-belongs", "showcase-did"].map(|key| w.t(key));
    paper.table(&titles, &rows);
}

/// Where it comes from: the page on which every figure leads to its records.
fn source(paper: &mut Paper, visit: &Visit, told: &Told) {
    let address = format!("{}{}/showcase", visit.origin, told.here());
    paper.note(&[Run::Text(visit.words.t("showcase-source")), Run::Link(&address, &address)]);
}
