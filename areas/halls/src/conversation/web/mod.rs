//! The pages of conversations.

mod edit;
mod files;
mod list;
mod map;
mod mine;
mod office;
mod picture;
mod say;
mod show;
mod statements;
mod vote;

use ::web::{Problem, Rim, Section, Visit, page};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, Words, html,
    parts::{Tone, breadcrumb, tag},
    words::key_of,
};

use super::{Conversation, ConversationId, State, Statement, queries};

pub(super) use office::{redrawn, settled};

/// The pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/conversations", get(list::list).post(edit::draft))
        .route("/conversations/new", get(edit::blank))
        .route("/conversations/{conversation}", get(show::show))
        .route("/conversations/{conversation}/change", get(edit::change_form).post(edit::change))
        .route("/conversations/{conversation}/office", get(office::show))
        .route("/conversations/{conversation}/open", post(office::open))
        .route("/conversations/{conversation}/close", post(office::close))
        .route("/conversations/{conversation}/publish", post(office::publish))
        .route("/conversations/{conversation}/redraw", post(office::redraw))
        .route("/conversations/{conversation}/office/statements", post(office::say))
        .route("/conversations/{conversation}/vote", get(vote::show).post(vote::vote))
        .route("/conversations/{conversation}/mine", get(mine::mine))
        .route("/conversations/{conversation}/statements", get(statements::list).post(say::say))
        .route("/conversations/{conversation}/statements/{number}", get(statements::show))
        .route("/conversations/{conversation}/statements/{number}/decide", post(office::decide))
        .route("/conversations/{conversation}/map", get(map::show))
        .route("/conversations/{conversation}/map.csv", get(files::places))
        .route("/conversations/{conversation}/data.zip", get(files::data))
}

/// A conversation as its pages need it.
pub(super) struct One {
    pub conversation: Conversation,
    pub place: Place,
    /// Drafts, opens, adds statements.
    pub keeps: bool,
    /// Decides about statements, closes, publishes.
    pub decides: bool,
}

impl One {
    /// Reads it: two statements. A draft is there for the office alone.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &ConversationId) -> Result<One, Fault> {
        let conversation = queries::conversation(s, id)?;
        let place = places::queries::show(s, &conversation.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let (keeps, decides) = (may(actor, Action::PostNotice, &site), may(actor, Action::RecordVerdict, &site));
        if conversation.state == State::Draft && !keeps {
            return Err(queries::not_found().into());
        }
        Ok(One { conversation, place, keeps, decides })
    }

    /// For the office, and nobody else.
    pub fn inside(s: &mut Snapshot<'_>, actor: &Actor, id: &ConversationId) -> Result<One, Fault> {
        let one = One::read(s, actor, id)?;
        if one.keeps { Ok(one) } else { Err(Refusal::new(Kind::Forbidden, "not-allowed").into()) }
    }

    pub fn here(&self) -> String {
        format!("/conversations/{}", self.conversation.id)
    }

    /// The way to a page of the conversation.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        let steps = [("/conversations", w.t("conversations-title")), (&self.here(), &self.conversation.title)];
        breadcrumb(w, &steps, here)
    }
}

/// Reads a conversation for whoever asks.
pub(super) async fn one(rim: &Rim, visit: &Visit, id: &ConversationId) -> Result<One, Problem> {
    let (actor, id) = (visit.actor.clone(), id.clone());
    Ok(rim.db.read(move |s| One::read(s, &actor, &id)).await?)
}

/// Where a conversation stands, in a word.
pub(super) fn state(w: Words, conversation: &Conversation) -> Markup {
    let tone = match conversation.state {
        State::Draft | State::Published => Tone::Plain,
        State::Open => Tone::Ok,
        State::Closed => Tone::Due,
    };
    tag(tone, w.t(&key_of("conversation-state", conversation.state.as_str())))
}

/// What a statement says; where its words are not shown, that they are not.
pub(super) fn said(w: Words, statement: &Statement) -> String {
    if statement.text.is_empty() || statement.state == super::Standing::Removed {
        return w.n("conversation-removed", i64::from(statement.number));
    }
    statement.text.clone()
}

/// Whose data it is, under which licence; nothing of what was held here.
pub(super) fn provenance(w: Words, conversation: &Conversation) -> Markup {
    let from = &conversation.provenance;
    html! {
        @if conversation.is_taken_in() {
            p.small.soft {
                (w.t_with("conversation-source", &[("source", (&from.source).into()), ("licence", (&from.licence).into())]))
                @if from.url.starts_with("https://") { " " a.url href=(from.url) rel="noopener" translate="no" { (from.url) } }
            }
        }
    }
}

/// A page, with the status of what was refused on it.
pub(super) fn answer(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    page::answer(visit, Section::Other, title, (body, refusal))
}
