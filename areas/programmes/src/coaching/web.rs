//! The page on which a coach and an author work.

use axum::{
    Router,
    extract::{Query, State as Shared},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Kind, PersonId, Refusal, Role};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Field, Head, Tone, Weight, acts, button, cols, empty, fieldset, flash, head, link_button, notice,
        pager, select, sheet, tag, textarea, told,
    },
    words::key_of,
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    Answer, Found, Note, NoteId,
    ask::{self, AskQuestions, Asked},
    assign::{self, AssignCoach},
    note::{self, WriteNote},
    queries,
};
use crate::{
    ProposalId, SeasonId, page,
    proposal::{
        State,
        rules::WRITING,
        web::{Facts, facts, page_of, way},
    },
    season::{queries::PAGE, web::shown},
};

type Ids = (SeasonId, ProposalId);

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/proposals/{proposal}/coaching", get(show).post(write))
        .route("/seasons/{season}/proposals/{proposal}/coaching/answers", post(answers))
        .route("/seasons/{season}/proposals/{proposal}/coach", post(name))
}

/// Which notes, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    before: Option<String>,
    done: Option<String>,
}

struct Room {
    facts: Facts,
    found: Vec<Found>,
    notes: Vec<Note>,
    coach: String,
    candidates: Vec<(PersonId, String, Role)>,
}

/// What the forms show again.
#[derive(Default)]
struct Typed<'a> {
    note: WriteNote,
    answers: &'a [Asked],
    refusal: Option<&'a Refusal>,
    done: bool,
    before: Option<NoteId>,
}

/// Seven statements; for the office some more, for those who could coach.
async fn room(rim: &Rim, visit: &Visit, ids: &Ids, before: Option<NoteId>) -> Result<Room, Problem> {
    let ((season, id), actor, day) = (ids.clone(), visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let facts = facts(s, (&season, &id), &actor)?;
        if !queries::may_read(&facts.season, facts.proposal.state, facts.standing) {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        let (found, notes) = (queries::answers(s, &id)?, queries::notes(s, &id, before.as_ref())?);
        let coach = match facts.proposal.coach.as_ref().filter(|_| facts.standing.inside()) {
            Some(coach) => people::account::queries::names(s, std::slice::from_ref(coach))?,
            None => Vec::new(),
        };
        let coach = coach.into_iter().next().map(|(_, name)| name).unwrap_or_default();
        let candidates = if facts.standing.runs { queries::candidates(s, &facts.season, &day)? } else { Vec::new() };
        Ok::<_, Fault>(Room { facts, found, notes, coach, candidates })
    });
    Ok(read.await?)
}

/// `GET …/coaching`.
async fn show(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<Ids>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let before: Option<NoteId> = optional_id(which.before.as_deref());
    let room = room(&rim, &visit, &ids, before.clone()).await?;
    let note = WriteNote { once: rim.once(), ..WriteNote::default() };
    Ok(shown_page(&visit, &room, &Typed { note, done: which.done.is_some(), before, ..Typed::default() }))
}

/// `POST …/coaching`: a note.
async fn write(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<WriteNote>,
) -> Result<Response, Problem> {
    let ((season, id), input) = (ids.clone(), typed.clone());
    let done = page::act(&rim, &visit, move |tx, cx| note::note(tx, cx, (&season, &id), &input)).await;
    let shown = page::shown(done)?.map(|_| ());
    after(&rim, &visit, &ids, (shown, Typed { note: typed, ..Typed::default() })).await
}

/// `POST …/coaching/answers`: what was found on the questions.
async fn answers(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let value = |name: String| pairs.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value).to_owned();
    let asked = pairs.iter().filter_map(|(name, answer)| Some((name.strip_prefix("answer-")?, answer)));
    let answers: Vec<Asked> = asked
        .filter(|(_, answer)| !answer.is_empty())
        .take(100)
        .map(|(key, answer)| Asked { question: key.into(), answer: answer.clone(), note: value(format!("note-{key}")) })
        .collect();
    let ((season, id), input) = (ids.clone(), AskQuestions { answers: answers.clone() });
    let done = page::act(&rim, &visit, move |tx, cx| ask::ask(tx, cx, (&season, &id), &input)).await;
    let shown = page::shown(done)?.map(|_| ());
    after(&rim, &visit, &ids, (shown, Typed { answers: &answers, ..Typed::default() })).await
}

/// `POST …/coach`: who coaches.
async fn name(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<AssignCoach>,
) -> Result<Response, Problem> {
    let (season, id) = ids.clone();
    let done = page::act(&rim, &visit, move |tx, cx| assign::assign(tx, cx, (&season, &id), &typed)).await;
    let shown = page::shown(done)?.map(|_| ());
    after(&rim, &visit, &ids, (shown, Typed::default())).await
}

/// To the page, or the page again with what was typed.
async fn after(
    rim: &Rim,
    visit: &Visit,
    ids: &Ids,
    (done, typed): (Result<(), Refusal>, Typed<'_>),
) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(page::to(&format!("/seasons/{}/proposals/{}/coaching?done=yes", ids.0, ids.1))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let room = room(rim, visit, ids, None).await?;
            Ok(shown_page(visit, &room, &Typed { refusal: Some(&refusal), ..typed }))
        }
    }
}

fn shown_page(visit: &Visit, room: &Room, typed: &Typed<'_>) -> Response {
    let (w, facts) = (visit.words, &room.facts);
    let title = w.t("coaching-title");
    let standing = facts.standing;
    let open = matches!(facts.proposal.state, State::Draft | State::Submitted | State::Returned);
    let speaks = open && (standing.coaches || standing.office);
    let body = html! {
        (way(w, facts, title))
        (head(&Head {
            title: &facts.proposal.typed.title,
            lead: w.t(if standing.inside() { "coaching-lead" } else { "coaching-lead-public" }),
            acts: &[link_button(Weight::Plain, &page_of(facts), w.t("coaching-read"))],
            ..Head::default()
        }))
        div.stack {
            (shown::tabs(w, &facts.season, &facts.template, "proposals"))
            @if typed.done { (flash(Tone::Ok, w.t("coaching-done"))) }
            (told(w, typed.refusal))
            (cols(
                &html! {
                    @if speaks { (questions_form(visit, room, typed)) } @else { (questions(w, room)) }
                    (notes(w, room, typed))
                },
                &html! {
                    @if standing.inside() { (sheet(w.t("coaching-coach"), &coach(visit, room, open, typed.refusal))) }
                    @if speaks { (note_form(visit, room, typed)) }
                },
            ))
        }
    };
    page::page(visit, title, &body, typed.refusal)
}

/// What was found, for those who mend it.
fn questions(w: Words, room: &Room) -> Markup {
    let locale = w.locale();
    html! {
        h2 { (w.t("coaching-questions")) }
        @if room.found.is_empty() { p.soft { (w.t("coaching-questions-none")) } }
        @for question in &room.facts.template.questions {
            @if let Some(found) = room.found.iter().find(|found| found.question == question.key) {
                section.stack {
                    h3 { (question.name.of(locale)) " " (verdict(w, found.answer)) }
                    p.soft { (question.hint.of(locale)) }
                    (shown::prose(&found.note))
                }
            }
        }
    }
}

fn verdict(w: Words, answer: Answer) -> Markup {
    let tone = match answer {
        Answer::Yes => Tone::Ok,
        Answer::Partly => Tone::Due,
        Answer::No => Tone::NeedsYou,
    };
    tag(tone, w.t(&format!("coaching-answer-{}", answer.as_str())))
}

fn questions_form(visit: &Visit, room: &Room, typed: &Typed<'_>) -> Markup {
    let (w, locale) = (visit.words, visit.words.locale());
    let labels = Answer::ALL.map(|answer| w.t(&format!("coaching-answer-{}", answer.as_str())));
    let choices = [0, 1, 2].map(|at| Choice { value: Answer::ALL[at].as_str(), label: labels[at], more: "" });
    let error = page::errors(w, typed.refusal).of("answers");
    let rows: Vec<Markup> = (room.facts.template.questions.iter())
        .map(|question| {
            let asked = typed.answers.iter().find(|asked| asked.question == question.key);
            let found = room.found.iter().find(|found| found.question == question.key);
            let answer = asked.map_or(found.map_or("", |f| f.answer.as_str()), |asked| &asked.answer);
            let words = asked.map_or(found.map_or("", |f| &f.note), |asked| &asked.note);
            let (name, note) = (format!("answer-{}", question.key), format!("note-{}", question.key));
            let first = Field { name: &name, label: w.t("coaching-answer"), value: answer, ..Field::default() };
            let second = Field { name: &note, label: w.t("coaching-answer-note"), value: words, ..Field::default() };
            fieldset(
                question.name.of(locale),
                question.hint.of(locale),
                &html! {
                    (select(w, &first, &choices))
                    (textarea(w, &second, 2, Some(300)))
                },
            )
        })
        .collect();
    let action = format!("{}/coaching/answers", page_of(&room.facts));
    sheet(
        w.t("coaching-questions"),
        &html! {
            p.soft { (reads(w, room)) }
            (page::form(visit, &action, &[], &html! {
                @if let Some(error) = &error { div.field.wrong id="f-answers" { p.error { (error) } } }
                @for row in &rows { (row) }
                (acts(&[button(Weight::Plain, w.t("coaching-answers-send"))]))
            }))
        },
    )
}

/// Which version is spoken of.
fn reads(w: Words, room: &Room) -> String {
    match room.facts.proposal.n_versions {
        0 => w.t("coaching-on-draft").to_owned(),
        n => w.t_with("coaching-on-version", &[("n", n.into())]),
    }
}

fn note_form(visit: &Visit, room: &Room, typed: &Typed<'_>) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "words",
        label: w.t("coaching-note-words"),
        hint: w.t("coaching-note-hint"),
        value: &typed.note.words,
        error: page::errors(w, typed.refusal).of("words"),
        required: true,
    };
    let action = format!("{}/coaching", page_of(&room.facts));
    sheet(
        w.t("coaching-note"),
        &html! {
            p.soft { (reads(w, room)) }
            (page::form(visit, &action, &[("once", &typed.note.once)], &html! {
                (textarea(w, &field, 5, Some(1_000)))
                (acts(&[button(Weight::First, w.t("coaching-note-send"))]))
            }))
        },
    )
}

fn notes(w: Words, room: &Room, typed: &Typed<'_>) -> Markup {
    let full = i64::try_from(room.notes.len()).is_ok_and(|n| n >= PAGE);
    let here = format!("{}/coaching", page_of(&room.facts));
    let next = room.notes.last().filter(|_| full).map(|last| format!("{here}?before={}", last.id));
    html! {
        h2 { (w.t("coaching-notes")) }
        @if room.notes.is_empty() { (empty(w.t("coaching-notes-none"), "", None)) }
        @for note in &room.notes {
            (notice(w, Tone::Plain, "", &html! {
                p.small.soft { (w.t_with("coaching-on-version", &[("n", note.version.into())])) " · " (shown::day(w, &note.made_day)) }
                (shown::prose(&note.words))
            }))
        }
        (pager(w, typed.before.as_ref().map(|_| here.as_str()), next.as_deref()))
    }
}

/// Who coaches, and for the officer who it shall be.
fn coach(visit: &Visit, room: &Room, open: bool, refusal: Option<&Refusal>) -> Markup {
    let (w, facts) = (visit.words, &room.facts);
    let ids: Vec<(String, String)> = (room.candidates.iter())
        .map(|(person, name, role)| (person.to_string(), format!("{name} · {}", w.t(&key_of("role", role.as_str())))))
        .collect();
    let choices: Vec<Choice<'_>> = ids.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let chosen = facts.proposal.coach.as_ref().map_or("", PersonId::as_str);
    let field = Field {
        name: "person",
        label: w.t("coaching-field-coach"),
        hint: w.t("coaching-field-coach-hint"),
        value: chosen,
        error: page::errors(w, refusal).of("person"),
        required: true,
    };
    html! {
        @if room.coach.is_empty() { p { (w.t("coaching-coach-none")) } } @else { p { strong { (room.coach) } } }
        @if facts.standing.runs && open && WRITING.contains(&facts.season.stage) {
            @if choices.is_empty() {
                p.soft { (w.t("coaching-candidates-none")) }
            } @else {
                (page::form(visit, &format!("{}/coach", page_of(facts)), &[], &html! {
                    (select(w, &field, &choices))
                    (acts(&[button(Weight::Plain, w.t("coaching-coach-name"))]))
                }))
            }
        }
    }
}
