//! The forms: draft a conversation, change a draft.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use rights::Action;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Field, Head, Input, Weight, acts, breadcrumb, button, head, link_button, select, text, textarea, told,
    },
    words::key_of,
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, shown, to},
};

use super::{One, answer};
use crate::conversation::{
    Adds, ConversationId, DraftConversation, State,
    draft::{self as drafting, ChangeConversation},
    queries,
};

/// What the form sends; numbers as they were typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    place: String,
    title: String,
    body: String,
    days: String,
    adds: String,
    statements: String,
    once: String,
    revision: i64,
}

impl Typed {
    fn input(&self) -> DraftConversation {
        let t = self.clone();
        // empty is 0, and what is no number is larger than anything allowed
        let days = t.days.trim();
        let days = if days.is_empty() { 0 } else { days.parse().unwrap_or(u32::MAX) };
        DraftConversation {
            place: t.place,
            title: t.title,
            body: t.body,
            days,
            adds: t.adds,
            statements: t.statements,
            once: t.once,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct At {
    place: String,
}

/// `GET /conversations/new`.
pub(crate) async fn blank(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    Query(at): Query<At>,
) -> Result<Response, Problem> {
    let (days, adds) = ("14".to_owned(), Adds::Residents.as_str().to_owned());
    let typed = Typed { place: at.place, days, adds, once: rim.once(), ..Typed::default() };
    new_page(&rim, &visit, &typed, None).await
}

async fn new_page(rim: &Rim, visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let found = places::web::choices(rim, visit, Action::PostNotice, &typed.place).await?;
    let w = visit.words;
    let fields = html! {
        (told(w, refusal))
        (one_of(w, ("place", "conversation-place"), (&found, &typed.place), refusal))
        (fields(w, typed, refusal))
        (acts(&[button(Weight::First, w.t("conversation-draft"))]))
    };
    let body = html! {
        (breadcrumb(w, &[("/conversations", w.t("conversations-title"))], w.t("conversation-new")))
        (head(&Head { title: w.t("conversation-new"), lead: w.t("conversation-new-lead"), ..Head::default() }))
        (form(visit, "/conversations", &[("once", &typed.once)], &fields))
    };
    Ok(answer(visit, w.t("conversation-new"), &body, refusal))
}

fn one_of(
    w: Words,
    (name, label): (&str, &str),
    (choices, value): (&[(String, String)], &str),
    refusal: Option<&Refusal>,
) -> Markup {
    let list: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let error = errors(w, refusal).of(name);
    select(w, &Field { name, label: w.t(label), value, error, required: true, ..Field::default() }, &list)
}

/// What a conversation says.
fn fields(w: Words, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let errors = errors(w, refusal);
    let line = |name, (label, hint): (&'static str, &'static str), value, required| Field {
        name,
        label: w.t(label),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value,
        error: errors.of(name),
        required,
    };
    let adds: Vec<(String, String)> = Adds::ALL
        .iter()
        .map(|word| (word.as_str().to_owned(), w.t(&key_of("conversation-adds", word.as_str())).to_owned()))
        .collect();
    let first = line("statements", ("conversation-first", "conversation-first-hint"), &typed.statements, false);
    let title = line("title", ("conversation-question", "conversation-question-hint"), &typed.title, true);
    let days = line("days", ("conversation-days", ""), &typed.days, true);
    html! {
        (text(w, &title, Input::Line, Some(120)))
        (textarea(w, &line("body", ("conversation-body", "conversation-body-hint"), &typed.body, false), 5, Some(2_000)))
        (text(w, &days, Input::Number, Some(2)))
        (one_of(w, ("adds", "conversation-adds"), (&adds, &typed.adds), refusal))
        (textarea(w, &first, 10, Some(8_000)))
    }
}

/// `POST /conversations`.
pub(crate) async fn draft(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = typed.input();
    match shown(act(&rim, &visit, move |tx, cx| drafting::draft(tx, cx, &input)).await)? {
        Ok(made) => Ok(to(&format!("/conversations/{}/office", made.id))),
        Err(refusal) => new_page(&rim, &visit, &typed, Some(&refusal)).await,
    }
}

/// `GET /conversations/{conversation}/change`.
pub(crate) async fn change_form(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    change_page(&rim, &visit, &id, None, None).await
}

async fn change_page(
    rim: &Rim,
    visit: &Visit,
    id: &ConversationId,
    typed: Option<&Typed>,
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let (actor, key) = (visit.actor.clone(), id.clone());
    let read = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &key)?;
        Ok::<_, Fault>((one, queries::shown(s, &key)?))
    });
    let (one, first) = read.await?;
    let there = &one.conversation;
    if there.state != State::Draft {
        return Ok(to(&one.here()));
    }
    let stored = Typed {
        title: there.title.clone(),
        body: there.body.clone(),
        days: there.days.to_string(),
        adds: there.adds.as_str().to_owned(),
        statements: first.iter().map(|statement| format!("{}\n", statement.text)).collect(),
        revision: there.revision,
        ..Typed::default()
    };
    let typed = typed.unwrap_or(&stored);
    let w = visit.words;
    let revision = typed.revision.to_string();
    let buttons = [
        button(Weight::First, w.t("conversation-save")),
        link_button(Weight::Quiet, &format!("{}/office", one.here()), w.t("confirm-back")),
    ];
    let fields = html! { (told(w, refusal)) (fields(w, typed, refusal)) (acts(&buttons)) };
    let body = html! {
        (one.way(w, w.t("conversation-change")))
        (head(&Head { title: w.t("conversation-change"), ..Head::default() }))
        (form(visit, &format!("{}/change", one.here()), &[("revision", &revision)], &fields))
    };
    Ok(answer(visit, w.t("conversation-change"), &body, refusal))
}

/// `POST /conversations/{conversation}/change`.
pub(crate) async fn change(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = ChangeConversation { revision: typed.revision, conversation: typed.input() };
    let key = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| drafting::change(tx, cx, &key, &input)).await)? {
        Ok(_) => Ok(to(&format!("/conversations/{id}/office"))),
        Err(refusal) => change_page(&rim, &visit, &id, Some(&typed), Some(&refusal)).await,
    }
}
