//! The office's work: what is due first, what waits for a look, and merging several at once.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Day, FieldError, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Confirm, Errors, Field, Head, Tab, Weight, WorkColumn, WorkRow, WorkTable, breadcrumb,
        button, checks, confirm, empty, head, pager, pick_form, tabs, textarea, told, worktable,
    },
};
use web::{Fields, PathId, Problem, Rim, Section, SignedIn, Visit, optional_id};

use super::{by, show::due_of, where_it_stands};
use crate::{
    Season, SeasonId, Template,
    idea::{
        Idea, IdeaId, IdeaNoun,
        merge::{self as merging, MAX_AT_ONCE, MergeIdeas},
        queries,
    },
    page::{act, page as respond, shown, to},
    season::queries::PAGE,
    template::{self, name_of},
};

/// Which list, and from where on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    /// `waiting`, or what is without an answer.
    list: String,
    after: String,
}

/// `GET /seasons/{season}/ideas/work`: four statements.
pub(super) async fn work(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (cx, asked) = (rim.context_of(&visit), which.clone());
    let today = cx.day.clone();
    let read = rim.db.read(move |s| {
        let (season, _) = queries::office(s, &cx, &id)?;
        let template = template::queries::of_season(s, &season)?;
        let ideas = match asked.list.as_str() {
            "waiting" => queries::waiting(s, &id, &asked.after)?,
            _ => queries::unanswered(s, &id, &asked.after)?,
        };
        Ok::<_, Fault>((season, template, ideas))
    });
    let (season, template, ideas) = read.await?;
    let body = page(&visit, (&season, &template), &ideas, (&which, &today));
    Ok(visit.page(Section::Seasons, visit.words.t("ideas-work"), &body))
}

fn page(
    visit: &Visit,
    (season, template): (&Season, &Template),
    ideas: &[Idea],
    (which, today): (&Which, &Day),
) -> Markup {
    let w = visit.words;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/ideas", season.id));
    let base = format!("{list}/work");
    let waiting = which.list == "waiting";
    let second = format!("{base}?list=waiting");
    let both = [
        Tab { label: w.t("ideas-work-unanswered"), href: &base, here: !waiting, ..Tab::default() },
        Tab { label: w.t("ideas-work-waiting"), href: &second, here: waiting, ..Tab::default() },
    ];
    let full = i64::try_from(ideas.len()).is_ok_and(|n| n >= PAGE);
    let next = ideas.last().filter(|_| full).map(|last| {
        let day = last.promise.as_ref().map_or("", |promise| promise.day.as_str());
        let from = if waiting { format!("{second}&") } else { format!("{base}?") };
        format!("{from}after={day}.{}", last.id)
    });
    let first = if waiting { &second } else { &base };
    html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &season.name), (&list, w.t("ideas-title"))],
            w.t("ideas-work"),
        ))
        (head(&Head { title: w.t("ideas-work"), lead: w.t("ideas-work-lead"), ..Head::default() }))
        (tabs(w.t("ideas-work"), &both))
        @if ideas.is_empty() { (empty(w.t("ideas-work-none"), "", None)) } @else {
            (rows(w, (season, template), ideas, today))
            (pick_form(
                w,
                "pick",
                &format!("{list}/merge"),
                &[],
                &[visit.csrf_field(), button(Weight::Plain, w.t("ideas-merge-picked"))],
            ))
        }
        (pager(w, (!which.after.is_empty()).then_some(first.as_str()), next.as_deref()))
    }
}

fn rows(w: Words, (season, template): (&Season, &Template), ideas: &[Idea], today: &Day) -> Markup {
    let columns = ["idea-field-title", "idea-col-due", "idea-field-field", "idea-field-place", "idea-col-supports"];
    let columns: Vec<WorkColumn<'_>> = columns
        .iter()
        .map(|key| WorkColumn { numeric: *key == "idea-col-supports", ..WorkColumn::plain(w.t(key)) })
        .collect();
    let rows: Vec<WorkRow<'_>> = ideas
        .iter()
        .map(|idea| WorkRow {
            key: idea.id.as_str(),
            name: &idea.title,
            picked: false,
            cells: vec![
                html! {
                    a href={ "/seasons/" (season.id) "/ideas/" (idea.id) } { (idea.title) }
                    " " (where_it_stands(w, idea))
                },
                due_of(w, idea, today),
                html! { (name_of(&template.fields, &idea.field, w.locale())) },
                html! { (idea.place_name) },
                html! { (idea.n_supports) },
            ],
        })
        .collect();
    worktable(
        w,
        &WorkTable { id: "ideas", caption: w.t("ideas-title"), columns: &columns, rows: &rows, pick: Some("pick") },
    )
}

/// What was picked, and once it was looked at: into which one, and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Picked {
    pick: Vec<String>,
    into: String,
    words: String,
    ok: String,
}

/// `POST /seasons/{season}/ideas/merge`: first what would happen, then, said once more, it happens.
pub(super) async fn merge(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(picked): Fields<Picked>,
) -> Result<Response, Problem> {
    if picked.ok.is_empty() {
        return look(&rim, &visit, id, (&picked, None)).await;
    }
    let input = MergeIdeas { ideas: picked.pick.clone(), into: picked.into.clone(), words: picked.words.clone() };
    let season = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| merging::merge(tx, cx, &season, &input)).await)? {
        Ok(idea) => Ok(to(&format!("/seasons/{id}/ideas/{}", idea.id))),
        Err(refusal) => look(&rim, &visit, id, (&picked, Some(&refusal))).await,
    }
}

async fn look(
    rim: &Rim,
    visit: &Visit,
    id: SeasonId,
    (picked, refusal): (&Picked, Option<&Refusal>),
) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let ids: Vec<IdeaId> =
        picked.pick.iter().filter_map(|id| optional_id::<IdeaNoun>(Some(id.trim()))).take(MAX_AT_ONCE + 1).collect();
    let read = rim.db.read(move |s| {
        let (season, _) = queries::office(s, &cx, &id)?;
        let ideas = queries::some(s, &season.id, &ids)?;
        Ok::<_, Fault>((season, ideas))
    });
    let (season, ideas) = read.await?;
    let w = visit.words;
    Ok(respond(visit, w.t("ideas-merge-title"), &preview(visit, &season, &ideas, (picked, refusal)), refusal))
}

fn preview(visit: &Visit, season: &Season, ideas: &[Idea], (picked, refusal): (&Picked, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    const NONE: &[FieldError] = &[];
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let base = format!("/seasons/{}/ideas", season.id);
    let labels: Vec<String> =
        ideas.iter().map(|idea| format!("{} · {}", idea.title, w.n("idea-supports", idea.n_supports))).collect();
    let choices: Vec<Choice<'_>> = ideas
        .iter()
        .zip(&labels)
        .map(|(idea, label)| Choice { value: idea.id.as_str(), label, ..Choice::default() })
        .collect();
    // the one that most people want, else the oldest
    let most = ideas.iter().max_by(|a, b| a.n_supports.cmp(&b.n_supports).then(b.id.cmp(&a.id)));
    let chosen = if picked.into.is_empty() { most.map_or("", |idea| idea.id.as_str()) } else { &picked.into };
    let why = Field {
        name: "words",
        label: w.t("idea-field-why"),
        hint: w.t("idea-field-why-hint"),
        value: &picked.words,
        error: errors.of("words"),
        required: true,
    };
    let keep = Field {
        name: "into",
        label: w.t("ideas-merge-keep"),
        error: errors.of("into"),
        required: true,
        ..Field::default()
    };
    let facts: Vec<Markup> = ideas
        .iter()
        .map(|idea| html! { a href={ (base) "/" (idea.id) } { (idea.title) } " " span.small.soft { (by(w, idea)) } })
        .chain([html! { (w.t("ideas-merge-credits")) }, html! { (w.t("ideas-merge-supports")) }])
        .collect();
    let mut hidden: Vec<(&str, &str)> = ideas.iter().map(|idea| ("pick", idea.id.as_str())).collect();
    hidden.push(("ok", "1"));
    let too_few = errors.of("ideas");
    html! {
        (told(w, refusal))
        @if ideas.len() < 2 { (empty(w.t("ideas-merge-two"), too_few.as_deref().unwrap_or(""), Some((&format!("{base}/work"), w.t("ideas-work"))))) }
        @else {
            (confirm(w, &Confirm {
                title: w.t("ideas-merge-title"),
                facts: &facts,
                action: &format!("{base}/merge"),
                hidden: &hidden,
                fields: html! {
                    (visit.csrf_field())
                    (checks(w, &CheckList { field: keep, choices: &choices, chosen: &[chosen], one: true }))
                    (textarea(w, &why, 3, Some(1_000)))
                },
                label: w.t("idea-merge"),
                danger: true,
                back: &format!("{base}/work"),
            }))
        }
    }
}
