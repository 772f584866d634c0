//! The office's form of a part's text, with its versions; showing, hiding, publishing.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::{SeasonId, page};
use rights::{Action, authorize};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Choice, Column, Field, Head, Table, Weight, acts, breadcrumb, button, code, day, fold, head, section,
        select, table, told as said,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    super::{
        NAMES, Section, Text,
        publish::{self},
        queries,
        write::{self, Write},
    },
    Told, prose, told,
};

/// What was typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    text: String,
    names: String,
    version: String,
    act: String,
}

type Of = (SeasonId, String);

fn part(word: &str) -> Result<Section, Fault> {
    Ok(word.parse().map_err(|()| Refusal::new(Kind::NotFound, "showcase-part-unknown"))?)
}

/// `GET /seasons/{season}/showcase/texts/{section}`.
pub(super) async fn form(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
) -> Result<Response, Problem> {
    shown(&rim, &visit, of, (None, None)).await
}

/// `POST /seasons/{season}/showcase/texts/{section}`.
pub(super) async fn write(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let section = part(&of.1)?;
    let input = Write {
        section: of.1.clone(),
        lang: visit.words.locale().tag().to_owned(),
        // a form sends line ends as networks do
        text: if typed.act == "reset" { String::new() } else { typed.text.replace("\r\n", "\n") },
        names: if typed.act == "reset" { "nobody".to_owned() } else { typed.names.clone() },
        version: typed.version.parse().unwrap_or(0),
    };
    let season = of.0.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| write::write(tx, cx, &season, &input)).await)? {
        Ok(_) if section.is_release() => Ok(page::to(&format!("/seasons/{}/release", of.0))),
        Ok(_) => Ok(page::to(&format!("/seasons/{}/showcase", of.0))),
        Err(refusal) => shown(&rim, &visit, of, (Some(&typed), Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/showcase/texts/{section}/arrange`.
pub(super) async fn arrange(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let section = part(&of.1)?;
    let (season, hide) = (of.0.clone(), typed.act == "hide");
    page::act(&rim, &visit, move |tx, cx| publish::arrange(tx, cx, &season, (section, hide))).await?;
    let name = if section.is_release() { "release" } else { "showcase" };
    Ok(page::to(&format!("/seasons/{}/{name}", of.0)))
}

/// `POST /seasons/{season}/showcase/publish`.
pub(super) async fn publish(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (season, on) = (id.clone(), typed.act != "withdraw");
    page::act(&rim, &visit, move |tx, cx| publish::publish(tx, cx, &season, on)).await?;
    Ok(page::to(&format!("/seasons/{id}/showcase")))
}

async fn shown(
    rim: &Rim,
    visit: &Visit,
    (id, word): Of,
    (typed, refusal): (Option<&Typed>, Option<&Refusal>),
) -> Result<Response, Problem> {
    let section = part(&word)?;
    let (of, actor, lang) = (id.clone(), visit.actor.clone(), visit.words.locale().tag());
    let read = rim.db.read(move |s| {
        let season = programmes::season::queries::season(s, &of)?;
        authorize(&actor, Action::RunSeason, &programmes::season::queries::site(s, &season)?)?;
        Ok::<_, Fault>(queries::versions(s, &of, (section, lang))?)
    });
    let versions = read.await?;
    let told = told(rim, visit, id).await?;
    let w = visit.words;
    let here = told.here();
    let title = w.t(&format!("showcase-part-{word}"));
    let now = Typed {
        text: told.text(visit, section),
        names: versions.first().map_or("nobody", |last| last.names.as_str()).to_owned(),
        version: versions.first().map_or(0, |last| last.version).to_string(),
        act: String::new(),
    };
    let typed = typed.unwrap_or(&now);
    let (back, name) = if section.is_release() { ("release", "release-title") } else { ("showcase", "showcase-title") };
    let season = told.facts.season().name.as_str();
    let way = [("/seasons", w.t("nav-seasons")), (here.as_str(), season), (&format!("{here}/{back}"), w.t(name))];
    let body = html! {
        (breadcrumb(w, &way, title))
        (head(&Head { title, lead: w.t("showcase-edit-lead"), ..Head::default() }))
        div.stack {
            (said(w, refusal))
            (text_form(visit, &told, (section, typed), refusal))
            (names_of_figures(w, &told))
            (earlier(w, &told, &versions))
        }
    };
    Ok(page::page(visit, title, &body, refusal))
}

fn text_form(visit: &Visit, told: &Told, (section, typed): (Section, &Typed), refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let action = format!("{}/showcase/texts/{}", told.here(), section.as_str());
    let errors = page::errors(w, refusal);
    let text = Field {
        name: "text",
        label: w.t("showcase-text"),
        hint: w.t("showcase-text-hint"),
        value: &typed.text,
        error: errors.of("text"),
        required: false,
    };
    let names = Field {
        name: "names",
        label: w.t("showcase-names"),
        hint: w.t("showcase-names-hint"),
        value: &typed.names,
        error: errors.of("names"),
        required: true,
    };
    let choices =
        NAMES.map(|value| Choice { value, label: w.t(&format!("showcase-names-{value}")), ..Choice::default() });
    let most = u32::try_from(super::super::MAX_TEXT).unwrap_or(0);
    page::form(
        visit,
        &action,
        &[("version", &typed.version)],
        &html! {
            (parts::textarea(w, &text, 10, Some(most)))
            (select(w, &names, &choices))
            (acts(&[
                button(Weight::First, w.t("showcase-save")),
                parts::button_named(Weight::Quiet, "act", "reset", w.t("showcase-reset")),
            ]))
        },
    )
}

/// The names that a text may hold, with what each says today.
fn names_of_figures(w: Words, told: &Told) -> Markup {
    let rows: Vec<Vec<Markup>> =
        (told.values.iter()).map(|(name, said)| vec![code(&format!("{{{name}}}")), html! { (said.shown) }]).collect();
    let columns = [Column::text(w.t("showcase-name")), Column::text(w.t("showcase-today"))];
    let list = Table { id: "names", caption: w.t("showcase-known"), columns: &columns, rows: &rows };
    section(w.t("showcase-known"), &table(w, &list))
}

fn earlier(w: Words, told: &Told, versions: &[Text]) -> Markup {
    html! {
        @if !versions.is_empty() {
            (section(w.t("showcase-versions"), &html! {
                @for text in versions {
                    (fold(&w.t_with("showcase-version", &[("n", i64::from(text.version).into())]), &html! {
                        p.meta { (day(w, &text.written_day)) span { (w.t(&format!("showcase-names-{}", text.names))) } }
                        @if text.text.is_empty() { p.soft { (w.t("showcase-was-reset")) } }
                        @else { (prose(&told.values, &text.text)) }
                    }))
                }
            }))
        }
    }
}
