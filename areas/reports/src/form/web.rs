//! The office's pages of the district's forms: send one in, bind its cells, fill it, take the filled ones.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, Refusal};
use office::xlsx::{Address, Found, Value, Workbook, letters};
use programmes::{SeasonId, page, season::queries as seasons};
use rights::{Action, authorize};
use serde::Deserialize;
use ui::{
    Markup, Words,
    format::excerpt,
    html,
    parts::{
        Card, Choice, Column, Errors, Field, Head, Input, Tab, Table, Tone, Weight, acts, breadcrumb, button,
        button_named, cards, code, day, empty, fold, form_with_files, head, link_button, section, select, table, tabs,
        tag, told, upload,
    },
};
use web::{Fields, PathId, Problem, Rim, Sent, SignedIn, Upload, Visit};

use super::{
    Book, Bound, Filling, Form, Placed,
    add::{self, AddForm},
    bind, fill, queries,
};
use crate::{
    figure::{self, Report},
    sheets::download,
};

/// Rows and columns of a sheet that the preview shows.
const ROWS: u32 = 60;
const COLUMNS: u32 = 12;
/// Bytes of a workbook, as the field tells them.
const MAX_BYTES: u64 = office::zip::MAX_PACKED as u64;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/forms", Upload::route(get(list).post(send)))
        .route("/seasons/{season}/forms/{form}", get(show))
        .route("/seasons/{season}/forms/{form}/cells", post(cells))
        .route("/seasons/{season}/forms/{form}/fill", post(fill_in))
        .route("/seasons/{season}/forms/{form}/fillings/{filling}", get(file))
}

/// What was typed beside the file.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    once: String,
}

/// `GET /seasons/{season}/forms`.
async fn list(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
) -> Result<Response, Problem> {
    listed(&rim, &visit, id, (&Typed { once: rim.once(), ..Typed::default() }, None)).await
}

async fn listed(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        authorize(&actor, Action::RunSeason, &seasons::site(s, &season)?)?;
        Ok::<_, Fault>((queries::forms(s, &id)?, season))
    });
    let (forms, season) = read.await?;
    let w = visit.words;
    let here = format!("/seasons/{}", season.id);
    let hrefs: Vec<String> = forms.iter().map(|form| format!("{here}/forms/{}", form.number)).collect();
    let metas: Vec<[Markup; 1]> = forms.iter().map(|form| [day(w, &form.added_day)]).collect();
    let list: Vec<Card<'_>> = (forms.iter().enumerate())
        .map(|(at, form)| Card { title: &form.name, href: &hrefs[at], tag: html! {}, meta: &metas[at], excerpt: "" })
        .collect();
    let name = page::Line {
        name: "name",
        label: w.t("form-name"),
        hint: w.t("form-name-hint"),
        value: &typed.name,
        input: Input::Line,
        most: 60,
        required: true,
    };
    // what is wrong with the file is told at the file
    let of_file = refusal.filter(|refusal| refusal.fields.is_empty()).and_then(|refusal| Errors::refusal(w, refusal));
    let field = Field {
        name: "file",
        label: w.t("form-file"),
        hint: w.t("form-file-hint"),
        error: of_file,
        required: true,
        ..Field::default()
    };
    let file = ui::parts::Upload { field, accept: ".xlsx", kinds: "XLSX", most_files: 1, most_bytes: MAX_BYTES };
    let body = html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons")), (&here, &season.name)], w.t("forms-title")))
        (head(&Head { title: w.t("forms-title"), lead: w.t("forms-lead"), ..Head::default() }))
        div.stack {
            @if list.is_empty() { (empty(w.t("forms-none"), w.t("forms-none-hint"), None)) } @else { (cards(&list)) }
            (section(w.t("form-add"), &html! {
                (told(w, refusal))
                (form_with_files(&format!("{here}/forms"), &[("once", &typed.once)], &html! {
                    (visit.csrf_field())
                    (name.show(w, refusal))
                    (upload(w, &file))
                    (acts(&[button(Weight::First, w.t("form-send"))]))
                }))
            }))
        }
    };
    Ok(page::page(visit, w.t("forms-title"), &body, refusal))
}

/// `POST /seasons/{season}/forms`.
async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { fields: typed, files, refusal } = sent;
    // nobody keeps the reader busy who may not
    let (of, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &of)?;
        authorize(&actor, Action::RunSeason, &seasons::site(s, &season)?)?;
        Ok::<_, Fault>(())
    });
    read.await?;
    let file = match (refusal, files.into_iter().next()) {
        (Some(refusal), _) => Err(refusal),
        (None, None) => Err(Refusal::new(Kind::Invalid, "form-file-missing")),
        (None, Some(file)) => Ok(file),
    };
    let book = match file {
        Ok(file) => blocking(move || Book::check(file.bytes)).await?,
        Err(refusal) => Err(refusal),
    };
    let book = match book {
        Ok(book) => book,
        Err(refusal) => return listed(&rim, &visit, id, (&typed, Some(&refusal))).await,
    };
    let input = AddForm { name: typed.name.clone(), book, once: typed.once.clone() };
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| add::add(tx, cx, &of, &input)).await)? {
        Ok(number) => Ok(page::to(&format!("/seasons/{id}/forms/{number}"))),
        Err(refusal) => listed(&rim, &visit, id, (&typed, Some(&refusal))).await,
    }
}

/// Reading and filling a workbook takes longer than the runtime's own threads should.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|e| Fault::from(db::DbError::Data(format!("a workbook: {e}"))))?)
}

type Of = (SeasonId, u32);

/// Which sheet.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Which {
    sheet: String,
}

/// A cell as it was typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct TypedCell {
    cell: String,
    figure: String,
    act: String,
}

/// `GET /seasons/{season}/forms/{form}`.
async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    shown(&rim, &visit, of, (&which.sheet, &TypedCell::default(), None)).await
}

struct Facts {
    report: Report,
    form: Form,
    cells: Vec<Bound>,
    fillings: Vec<Filling>,
}

async fn read(rim: &Rim, visit: &Visit, (id, number): Of) -> Result<(Facts, Workbook), Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        authorize(&actor, Action::RunSeason, &seasons::site(s, &season)?)?;
        let form = queries::form(s, &id, number)?;
        let (cells, fillings) = (queries::cells(s, &id, number)?, queries::fillings(s, &id, number)?);
        let book = queries::book(s, &id, number)?;
        Ok::<_, Fault>((Facts { report: figure::report(s, season)?, form, cells, fillings }, book))
    });
    let (facts, book) = read.await?;
    let book = blocking(move || Workbook::open(book)).await?.map_err(Fault::from)?;
    Ok((facts, book))
}

fn key(of: &str, figure: &str) -> String {
    format!("{of}-{}", figure.replace('_', "-"))
}

async fn shown(
    rim: &Rim,
    visit: &Visit,
    of: Of,
    (sheet, typed, refusal): (&str, &TypedCell, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (facts, book) = read(rim, visit, of).await?;
    let w = visit.words;
    let season = &facts.report.season;
    let over = format!("/seasons/{}", season.id);
    let here = format!("{over}/forms/{}", facts.form.number);
    let sheet = book.sheets().find(|name| *name == sheet).or_else(|| book.sheets().next()).unwrap_or_default();
    let found = book.cells(sheet, ROWS, COLUMNS).map_err(Fault::from)?;
    let hrefs: Vec<String> = book.sheets().map(|name| format!("{here}?sheet={}", web::in_query(name))).collect();
    let list: Vec<Tab<'_>> = (book.sheets().zip(&hrefs))
        .map(|(name, href)| Tab { label: name, href, here: name == sheet, ..Tab::default() })
        .collect();
    let forms = format!("{over}/forms");
    let way = [("/seasons", w.t("nav-seasons")), (over.as_str(), season.name.as_str()), (&forms, w.t("forms-title"))];
    let once = rim.once();
    let body = html! {
        (breadcrumb(w, &way, &facts.form.name))
        (head(&Head { title: &facts.form.name, lead: w.t("form-lead"), ..Head::default() }))
        div.stack {
            (told(w, refusal))
            @if !facts.cells.is_empty() {
                (page::form(visit, &format!("{here}/fill"), &[("once", &once)], &html! {
                    (acts(&[button(Weight::First, w.t("form-fill"))]))
                    p.soft { (w.t("form-fill-hint")) }
                }))
            }
            (fillings(w, &here, &facts.fillings))
            (section(w.t("form-cells"), &html! {
                @for bound in &facts.cells { (one(visit, &here, &facts.report, bound)) }
                (cell_form(visit, (&here, sheet), &facts.report, (typed, refusal)))
            }))
            (section(w.t("form-preview"), &html! {
                @if list.len() > 1 { (tabs(w.t("form-sheets"), &list)) }
                p.soft { (w.t("form-preview-hint")) }
                (preview(w, &facts, sheet, &found))
            }))
        }
    };
    Ok(page::page(visit, &facts.form.name, &body, refusal))
}

/// A bound cell with what would be put in today.
fn one(visit: &Visit, here: &str, report: &Report, bound: &Bound) -> Markup {
    let w = visit.words;
    let at = bound.at.to_string();
    let today = report.figures.iter().find(|figure| figure.key == bound.figure);
    let press = button_named(Weight::Quiet, "act", "unbind", w.t("form-unbind"));
    page::form(
        visit,
        &format!("{here}/cells"),
        &[("cell", &at)],
        &html! {
            div.acts {
                strong.num { (at) }
                span { (w.t(&key("figure", &bound.figure))) }
                @match today {
                    Some(figure) => a href=(figure.page(&report.season)) { (ui::format::count(figure.value)) },
                    None => span.soft { (w.t("form-figure-gone")) },
                }
                (press)
            }
        },
    )
}

fn cell_form(
    visit: &Visit,
    (here, sheet): (&str, &str),
    report: &Report,
    (typed, refusal): (&TypedCell, Option<&Refusal>),
) -> Markup {
    let w = visit.words;
    let hint = w.t_with("form-cell-hint", &[("sheet", sheet.into())]);
    let cell = page::Line {
        name: "cell",
        label: w.t("form-cell"),
        hint: &hint,
        value: &typed.cell,
        input: Input::Line,
        most: 50,
        required: true,
    };
    let figure = Field {
        name: "figure",
        label: w.t("form-figure"),
        value: &typed.figure,
        error: page::errors(w, refusal).of("figure"),
        required: true,
        ..Field::default()
    };
    let labels: Vec<String> = (report.figures.iter())
        .map(|figure| format!("{} ({})", w.t(&key("figure", figure.key)), ui::format::count(figure.value)))
        .collect();
    let choices: Vec<Choice<'_>> = (report.figures.iter().zip(&labels))
        .map(|(figure, label)| Choice { value: figure.key, label, ..Choice::default() })
        .collect();
    page::form(
        visit,
        &format!("{here}/cells"),
        &[("act", "bind")],
        &html! {
            (cell.show(w, refusal))
            (select(w, &figure, &choices))
            (acts(&[button(Weight::Plain, w.t("form-bind"))]))
        },
    )
}

/// The upper left corner of a sheet, with what would be put in today.
fn preview(w: Words, facts: &Facts, sheet: &str, found: &[Found]) -> Markup {
    let bound = |row, column| {
        facts.cells.iter().find(|cell| (cell.at.row, cell.at.column) == (row, column) && cell.at.sheet == sheet)
    };
    let of = |cell: &&Bound| cell.at.sheet == sheet && cell.at.row <= ROWS && cell.at.column <= COLUMNS;
    let mine = || facts.cells.iter().filter(of);
    let rows = found.iter().map(|cell| cell.row).chain(mine().map(|cell| cell.at.row)).max().unwrap_or(0);
    let columns = found.iter().map(|cell| cell.column).chain(mine().map(|cell| cell.at.column)).max().unwrap_or(0);
    let titles: Vec<String> = (1..=columns).map(letters).collect();
    let heads: Vec<Column<'_>> =
        std::iter::once(Column::number("")).chain(titles.iter().map(|title| Column::text(title))).collect();
    let lines: Vec<Vec<Markup>> = (1..=rows)
        .map(|row| {
            let cells = (1..=columns).map(|column| match bound(row, column) {
                Some(cell) => {
                    let today = facts.report.figures.iter().find(|figure| figure.key == cell.figure);
                    let today = today.map(|figure| ui::format::count(figure.value)).unwrap_or_default();
                    html! { strong { (today) } " " (tag(Tone::Ok, w.t(&key("figure", &cell.figure)))) }
                }
                None => match found.iter().find(|cell| (cell.row, cell.column) == (row, column)) {
                    Some(cell) if cell.formula => html! { span.soft { (w.t("form-formula")) } },
                    Some(cell) => html! { (excerpt(&cell.text, 40)) },
                    None => html! {},
                },
            });
            std::iter::once(html! { (row) }).chain(cells).collect()
        })
        .collect();
    table(w, &Table { id: "preview", caption: sheet, columns: &heads, rows: &lines })
}

fn fillings(w: Words, here: &str, list: &[Filling]) -> Markup {
    html! {
        @if !list.is_empty() {
            (section(w.t("form-fillings"), &html! {
                @for filling in list {
                    @let title = w.t_with("form-filling", &[("n", i64::from(filling.number).into())]);
                    div.acts {
                        strong { (title) }
                        (day(w, &filling.day))
                        (link_button(Weight::Plain, &format!("{here}/fillings/{}", filling.number), w.t("form-take")))
                    }
                    (fold(w.t("form-what"), &html! {
                        @for put in &filling.figures {
                            p { span.num { (put.at().to_string()) } " " (w.t(&key("figure", &put.key))) " "
                                strong { (ui::format::count(put.value)) } }
                            p.small { (w.t("figure-digest")) " " (code(&put.digest)) }
                        }
                    }))
                }
            }))
        }
    }
}

/// `POST /seasons/{season}/forms/{form}/cells`.
async fn cells(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<TypedCell>,
) -> Result<Response, Problem> {
    let (id, number) = of.clone();
    let done = if typed.act == "unbind" {
        let at: Address = typed.cell.parse().unwrap_or(Address { sheet: String::new(), row: 0, column: 0 });
        page::act(&rim, &visit, move |tx, cx| bind::unbind(tx, cx, (&id, number), &at)).await
    } else {
        let (_, book) = read(&rim, &visit, of.clone()).await?;
        match Placed::check(&book, &typed.cell) {
            Ok(placed) => {
                let key = typed.figure.clone();
                page::act(&rim, &visit, move |tx, cx| bind::bind(tx, cx, (&id, number), (&placed, &key))).await
            }
            Err(refusal) => Err(refusal.into()),
        }
    };
    let sheet = typed.cell.parse::<Address>().map(|at| at.sheet).unwrap_or_default();
    match page::shown(done)? {
        Ok(()) => Ok(page::to(&format!("/seasons/{}/forms/{}?sheet={}", of.0, of.1, web::in_query(&sheet)))),
        Err(refusal) => shown(&rim, &visit, of, (&sheet, &typed, Some(&refusal))).await,
    }
}

/// What the button sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Pressed {
    once: String,
}

/// `POST /seasons/{season}/forms/{form}/fill`.
async fn fill_in(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(pressed): Fields<Pressed>,
) -> Result<Response, Problem> {
    let (id, number) = of.clone();
    let done = page::act(&rim, &visit, move |tx, cx| fill::fill(tx, cx, (&id, number), &pressed.once)).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/forms/{}", of.0, of.1))),
        Err(refusal) => shown(&rim, &visit, of, ("", &TypedCell::default(), Some(&refusal))).await,
    }
}

/// `GET /seasons/{season}/forms/{form}/fillings/{filling}`: the workbook with the figures of that day.
async fn file(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number, filling)): PathId<(SeasonId, u32, u32)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        authorize(&actor, Action::RunSeason, &seasons::site(s, &season)?)?;
        Ok::<_, Fault>((queries::filling(s, &id, (number, filling))?, queries::book(s, &id, number)?))
    });
    let (kept, book) = read.await?;
    let name = format!("form-{number}-{}.xlsx", kept.day);
    let values: Vec<(Address, Value)> = (kept.figures.iter())
        .map(|put| (put.at(), Value::Whole(i64::try_from(put.value).unwrap_or(i64::MAX))))
        .collect();
    let filled = blocking(move || Workbook::open(book)?.fill(&values)).await?.map_err(Fault::from)?;
    Ok(download(office::XLSX, &name, filled))
}
