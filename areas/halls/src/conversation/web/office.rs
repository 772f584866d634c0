//! The office's page of a conversation: open it, decide about statements, add some, close it and publish its map.

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
        Field, Head, Input, Tone, Weight, acts, button, button_named, empty, flash, fold, head, link_button, sheet,
        text, textarea, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, press, shown, to},
};

use super::{One, answer, state};
use crate::conversation::{
    Conversation, ConversationId, Standing, State, Statement,
    close::close as closing,
    map::refresh::refresh,
    moderate::{self as moderating, DecideStatement},
    open::{Announcement, open as opening},
    publish::{publish as publishing, settle},
    queries,
    rules::MAX_TEXT,
    say::{SayStatement, say_for_office},
};

/// What was done, and which statement's form was refused.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    done: String,
    after: Option<i64>,
}

/// What somebody typed into one of the forms.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    title: String,
    body: String,
    text: String,
    reason: String,
    act: String,
}

struct Facts {
    one: One,
    waiting: Vec<Statement>,
    n_waiting: i64,
    n_accepted: i64,
}

/// What was refused: the refusal, what was typed, and of which statement.
type Said<'a> = Option<(&'a Refusal, &'a Typed, Option<u32>)>;

/// `GET /conversations/{conversation}/office`: five statements.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    page(&rim, &visit, &id, (&which, None)).await
}

async fn page(
    rim: &Rim,
    visit: &Visit,
    id: &ConversationId,
    (which, refused): (&Which, Said<'_>),
) -> Result<Response, Problem> {
    let (actor, key, after) = (visit.actor.clone(), id.clone(), which.after.unwrap_or(-1));
    let read = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &key)?;
        let waiting = queries::standing(s, &key, Standing::Waiting, after)?;
        let n_waiting = queries::n_of(s, &key, Standing::Waiting)?;
        let n_accepted = queries::n_of(s, &key, Standing::Accepted)?;
        Ok::<_, Fault>(Facts { one, waiting, n_waiting, n_accepted })
    });
    let facts = read.await?;
    let w = visit.words;
    let there = &facts.one.conversation;
    let title = w.t("conversation-office-page");
    let refusal = refused.map(|(refusal, ..)| refusal);
    let done = match which.done.as_str() {
        "accepted" => Some("conversation-done-accepted"),
        "rejected" => Some("conversation-done-rejected"),
        "added" => Some("conversation-done-added"),
        "opened" => Some("conversation-done-opened"),
        "redrawn" => Some("conversation-done-redrawn"),
        _ => None,
    };
    let body = html! {
        (facts.one.way(w, title))
        (head(&Head { kicker: &[state(w, there)], title, lead: &there.title, ..Head::default() }))
        div.stack {
            @if let Some(done) = done { (flash(Tone::Ok, w.t(done))) }
            (told(w, refusal))
            @match there.state {
                State::Draft => (to_open(visit, &facts, refused)),
                State::Open => { (statements(visit, &facts, refused)) (more(visit, &facts, refused)) (to_close(visit, &facts)) }
                State::Closed => (to_publish(visit, &facts.one, refused)),
                State::Published => (empty(w.t("conversation-is-over"), "", Some((&facts.one.here(), w.t("conversation-to-page"))))),
            }
        }
    };
    Ok(answer(visit, title, &body, refusal))
}

/// The notice's words: as typed, else the house's own.
fn notice_fields(w: Words, defaults: (&str, &str), refused: Said<'_>) -> Markup {
    let refusal = refused.map(|(refusal, ..)| refusal);
    let typed = refused.map(|(_, typed, _)| typed);
    let errors = errors(w, refusal);
    let title = typed.map_or(defaults.0, |typed| &typed.title);
    let body = typed.map_or(defaults.1, |typed| &typed.body);
    let field = |name, label: &'static str, value, required| Field {
        name,
        label: w.t(label),
        hint: if name == "title" { w.t("conversation-notice-hint") } else { "" },
        value,
        error: errors.of(name),
        required,
    };
    html! {
        (text(w, &field("title", "conversation-notice-title", title, false), Input::Line, Some(120)))
        (textarea(w, &field("body", "conversation-notice-body", body, false), 4, Some(8_000)))
    }
}

fn to_open(visit: &Visit, facts: &Facts, refused: Said<'_>) -> Markup {
    let (w, one) = (visit.words, &facts.one);
    let there = &one.conversation;
    let days = i64::from(there.days);
    let body = w.t_with("conversation-open-body", &[("title", (&there.title).into()), ("days", days.into())]);
    let title: String =
        w.t_with("conversation-open-title", &[("title", (&there.title).into())]).chars().take(120).collect();
    let fields = html! {
        p { (w.n("conversation-first-n", facts.n_accepted)) }
        (notice_fields(w, (&title, &body), refused))
        (acts(&[
            button(Weight::First, w.t("conversation-open")),
            link_button(Weight::Plain, &format!("{}/change", one.here()), w.t("conversation-change")),
        ]))
    };
    sheet(w.t("conversation-open"), &form(visit, &format!("{}/open", one.here()), &[], &fields))
}

/// The statements that wait, each with its two answers.
fn statements(visit: &Visit, facts: &Facts, refused: Said<'_>) -> Markup {
    let (w, here) = (visit.words, facts.one.here());
    let more = i64::try_from(facts.waiting.len()).is_ok_and(|n| n < facts.n_waiting);
    let last = facts.waiting.last().map(|one| one.number);
    html! {
        section.flow {
            h2 { (w.n("conversation-waiting-n", facts.n_waiting)) }
            @if facts.waiting.is_empty() { p.soft { (w.t("conversation-waiting-none")) } }
            @for statement in &facts.waiting { (decision(visit, &here, statement, refused)) }
            @if let Some(last) = last.filter(|_| more) {
                p { a href={ (here) "/office?after=" (last) } { (w.t("conversation-waiting-more")) } }
            }
        }
    }
}

fn decision(visit: &Visit, here: &str, statement: &Statement, refused: Said<'_>) -> Markup {
    let w = visit.words;
    let number = statement.number;
    let mine = refused.filter(|(.., of)| *of == Some(number));
    let refusal = mine.map(|(refusal, ..)| refusal);
    let reason = Field {
        name: "reason",
        label: w.t("conversation-reason"),
        hint: w.t("conversation-reason-hint"),
        value: mine.map_or("", |(_, typed, _)| &typed.reason),
        error: errors(w, refusal).of("reason"),
        required: false,
    };
    let fields = html! {
        (text(w, &reason, Input::Line, Some(200)))
        (acts(&[
            button_named(Weight::Plain, "act", "accept", w.t("conversation-accept")),
            button_named(Weight::Plain, "act", "reject", w.t("conversation-reject")),
        ]))
    };
    let action = format!("{here}/statements/{number}/decide");
    let body = html! {
        p.statement { (statement.text) }
        (ui::parts::apart(&format!("s{number}"), &form(visit, &action, &[], &fields)))
    };
    sheet(&w.n("conversation-statement-n", i64::from(number)), &body)
}

/// The form by which the office adds a statement.
fn more(visit: &Visit, facts: &Facts, refused: Said<'_>) -> Markup {
    let (w, here) = (visit.words, facts.one.here());
    let refusal = refused.map(|(refusal, ..)| refusal);
    let field = Field {
        name: "text",
        label: w.t("conversation-your-statement"),
        hint: w.t("conversation-office-statement-hint"),
        value: refused.map_or("", |(_, typed, _)| &typed.text),
        error: errors(w, refusal).of("text"),
        required: true,
    };
    let fields = html! {
        (textarea(w, &field, 2, u32::try_from(MAX_TEXT).ok()))
        (acts(&[button(Weight::Plain, w.t("conversation-add"))]))
    };
    fold(w.t("conversation-add"), &form(visit, &format!("{here}/office/statements"), &[], &fields))
}

fn to_close(visit: &Visit, facts: &Facts) -> Markup {
    let (w, here) = (visit.words, facts.one.here());
    sheet(
        w.t("conversation-close"),
        &html! {
            p { (w.t("conversation-close-note")) }
            @if facts.one.decides { (press(visit, &format!("{here}/close"), &[], Weight::Plain, w.t("conversation-close"))) }
            (press(visit, &format!("{here}/redraw"), &[], Weight::Quiet, w.t("conversation-redraw")))
        },
    )
}

fn to_publish(visit: &Visit, one: &One, refused: Said<'_>) -> Markup {
    let w = visit.words;
    let there = &one.conversation;
    let title: String =
        w.t_with("conversation-publish-title", &[("title", (&there.title).into())]).chars().take(120).collect();
    let body = w.t_with("conversation-publish-body", &[("title", (&there.title).into())]);
    let fields = html! {
        p { (w.t("conversation-publish-note")) }
        (notice_fields(w, (&title, &body), refused))
        (acts(&[button(Weight::First, w.t("conversation-publish"))]))
    };
    sheet(w.t("conversation-publish"), &form(visit, &format!("{}/publish", one.here()), &[], &fields))
}

/// Back to the page after something was done, or the page again with what was refused.
async fn then<T>(
    (rim, visit, id): (&Rim, &Visit, &ConversationId),
    done: Result<T, Fault>,
    word: &str,
    (typed, of): (&Typed, Option<u32>),
) -> Result<Response, Problem> {
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/conversations/{id}/office?done={word}"))),
        Err(refusal) => page(rim, visit, id, (&Which::default(), Some((&refusal, typed, of)))).await,
    }
}

/// `POST /conversations/{conversation}/open`.
pub(crate) async fn open(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (key, words) = (id.clone(), Announcement { title: typed.title.clone(), body: typed.body.clone() });
    let done = act(&rim, &visit, move |tx, cx| opening(tx, cx, &key, &words)).await;
    then((&rim, &visit, &id), done, "opened", (&typed, None)).await
}

/// `POST /conversations/{conversation}/statements/{number}/decide`.
pub(crate) async fn decide(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, number)): PathId<(ConversationId, u32)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let accept = typed.act == "accept";
    let (key, input) = (id.clone(), DecideStatement { accept, reason: typed.reason.clone() });
    let done = act(&rim, &visit, move |tx, cx| moderating::moderate(tx, cx, (&key, number), &input)).await;
    then((&rim, &visit, &id), done, if accept { "accepted" } else { "rejected" }, (&typed, Some(number))).await
}

/// `POST /conversations/{conversation}/office/statements`.
pub(crate) async fn say(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (key, input) = (id.clone(), SayStatement { text: typed.text.clone() });
    let done = act(&rim, &visit, move |tx, cx| say_for_office(tx, cx, &key, &input)).await;
    then((&rim, &visit, &id), done, "added", (&typed, None)).await
}

/// `POST /conversations/{conversation}/close`.
pub(crate) async fn close(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let key = id.clone();
    let done = act(&rim, &visit, move |tx, cx| closing(tx, cx, &key)).await;
    then((&rim, &visit, &id), done, "closed", (&Typed::default(), None)).await
}

/// `POST /conversations/{conversation}/publish`.
pub(crate) async fn publish(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let words = Announcement { title: typed.title.clone(), body: typed.body.clone() };
    match shown(settled(&rim, &visit, &id, words).await)? {
        Ok(_) => Ok(to(&format!("/conversations/{id}/map"))),
        Err(refusal) => page(&rim, &visit, &id, (&Which::default(), Some((&refusal, &typed, None)))).await,
    }
}

/// Draws the last map beside the request's thread and publishes it.
///
/// # Errors
/// As [`settle`] and [`publishing`].
pub(in crate::conversation) async fn settled(
    rim: &Rim,
    visit: &Visit,
    id: &ConversationId,
    words: Announcement,
) -> Result<Conversation, Fault> {
    // asked before long work begins
    let (actor, key) = (visit.actor.clone(), id.clone());
    let there = rim.db.read(move |s| queries::may(s, &actor, &key, Action::RecordVerdict)).await?;
    if there.state == State::Published {
        return Ok(there);
    }
    let (db, key) = (rim.db.jobs(), id.clone());
    let settled = tokio::task::spawn_blocking(move || settle(&db, &key));
    let settled = settled.await.map_err(|e| db::DbError::Data(e.to_string()))??;
    let cx = rim.context_of(visit);
    rim.db.write(move |tx| publishing(tx, &mut cx.clone(), &settled, &words)).await
}

/// `POST /conversations/{conversation}/redraw`: the map anew from the votes.
pub(crate) async fn redraw(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let done = redrawn(&rim, &visit, &id).await;
    then((&rim, &visit, &id), done, "redrawn", (&Typed::default(), None)).await
}

/// Draws the map anew beside the request's thread, for who keeps the conversation.
pub(in crate::conversation) async fn redrawn(rim: &Rim, visit: &Visit, id: &ConversationId) -> Result<(), Fault> {
    let (actor, key) = (visit.actor.clone(), id.clone());
    rim.db.read(move |s| queries::may(s, &actor, &key, Action::PostNotice)).await?;
    let (db, key, now) = (rim.db.jobs(), id.clone(), rim.context_of(visit).now);
    let drawn = tokio::task::spawn_blocking(move || refresh(&db, now, &key));
    drawn.await.map_err(|e| db::DbError::Data(e.to_string()))?.map(|_| ())
}
