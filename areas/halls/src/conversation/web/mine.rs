//! What somebody said so far, and the statements they added.

use axum::{extract::State as From, response::Response};
use db::Fault;
use ui::{
    Markup, Words, html,
    parts::{Column, Head, Table, Tone, Weight, acts, empty, head, link_button, section, table, tag},
    words::key_of,
};
use web::{PathId, Problem, Rim, SignedIn};

use super::{One, answer, said, state};
use crate::conversation::{ConversationId, Participant, Standing, State, Statement, queries, word_of};

struct Facts {
    one: One,
    me: Option<Participant>,
    shown: Vec<Statement>,
    own: Vec<Statement>,
}

/// `GET /conversations/{conversation}/mine`: five statements.
pub(crate) async fn mine(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let me = queries::me(s, &id, &actor)?;
        let shown = queries::shown(s, &id)?;
        let own = actor.person().map_or(Ok(Vec::new()), |me| queries::own(s, &id, me))?;
        Ok::<_, Fault>(Facts { one, me, shown, own })
    });
    let facts = read.await?;
    let w = visit.words;
    let title = w.t("conversation-mine");
    let vote = format!("{}/vote", facts.one.here());
    let open = facts.one.conversation.state == State::Open;
    let body = html! {
        (facts.one.way(w, title))
        (head(&Head { kicker: &[state(w, &facts.one.conversation)], title, lead: w.t("conversation-mine-lead"), ..Head::default() }))
        div.stack {
            @match &facts.me {
                Some(me) => {
                    p.soft { (w.t_with("conversation-your-number", &[("number", me.number.to_string().as_str().into())])) }
                    (votes(w, &facts, me))
                }
                None => (empty(w.t("conversation-mine-none"), w.t("conversation-mine-none-hint"), open.then_some((vote.as_str(), w.t("conversation-go"))))),
            }
            @if !facts.own.is_empty() { (added(w, &facts.own)) }
            @if open && facts.me.is_some() { (acts(&[link_button(Weight::First, &vote, w.t("conversation-go-on"))])) }
        }
    };
    Ok(answer(&visit, title, &body, None))
}

fn votes(w: Words, facts: &Facts, me: &Participant) -> Markup {
    let open = facts.one.conversation.state == State::Open;
    let here = facts.one.here();
    let columns = [
        Column::text(w.t("conversation-statement")),
        Column::text(w.t("conversation-your-vote")),
        Column::text(w.t("conversation-change-vote")),
    ];
    let rows: Vec<Vec<Markup>> = facts
        .shown
        .iter()
        .filter_map(|statement| {
            let vote = w.t(&key_of("conversation-vote", word_of(me.votes.of(statement.number)?)));
            let change = open && statement.state == Standing::Accepted;
            let href = format!("{here}/vote?statement={}", statement.number);
            Some(vec![
                html! { (said(w, statement)) },
                html! { strong { (vote) } },
                html! { @if change { a href=(href) { (w.t("conversation-say-anew")) } } @else { "–" } },
            ])
        })
        .collect();
    let caption = w.n("conversation-votes-n", i64::try_from(rows.len()).unwrap_or(0));
    table(w, &Table { id: "votes", caption: &caption, columns: &columns, rows: &rows })
}

/// One's own statements: where each stands, and why one was not taken.
fn added(w: Words, own: &[Statement]) -> Markup {
    section(
        w.t("conversation-own-title"),
        &html! {
            ul.said {
                @for statement in own {
                    li {
                        p { (statement.text) }
                        p { (standing(w, statement)) @if !statement.reason.is_empty() { " " (w.t_with("conversation-because", &[("reason", (&statement.reason).into())])) } }
                    }
                }
            }
        },
    )
}

/// Where a statement stands, in a word.
pub(super) fn standing(w: Words, statement: &Statement) -> Markup {
    let tone = match statement.state {
        Standing::Waiting => Tone::Due,
        Standing::Accepted => Tone::Ok,
        Standing::Rejected | Standing::Removed => Tone::Plain,
    };
    tag(tone, w.t(&key_of("conversation-standing", statement.state.as_str())))
}
