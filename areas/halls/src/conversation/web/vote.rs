//! One statement at a time, with three answers.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::Refusal;
use opinion::{ConversationBuilder, Counts, Grouping, pick, priorities};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Head, Tone, Weight, acts, button_named, fold, head, link_button, notice, progress, sheet, told},
    words::key_of,
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, shown, to},
};

use super::{One, answer, provenance, say, state};
use crate::conversation::{
    Adds, ConversationId, Standing, Statement, Votes, map::Picture, of_word, queries, rules::may_say,
    vote::vote as voting, word_of,
};

/// Which statement; the next one without.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    statement: Option<u32>,
    said: Option<u32>,
}

/// What the three buttons send.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    statement: u32,
    vote: String,
}

/// What the page of one statement says.
pub(super) struct Facts {
    pub one: One,
    /// Why one cannot vote now.
    not_now: Option<Refusal>,
    lives: bool,
    mine: Votes,
    n_open: usize,
    statement: Option<Statement>,
}

/// The priority of a statement that nobody has voted on.
fn untouched() -> u64 {
    let Ok(builder) = ConversationBuilder::new(&[opinion::Statement::accepted(0)]) else { return 1 };
    let conversation = builder.finish();
    let counts = Counts::of(&conversation, &Grouping::default());
    priorities(&conversation, &counts, &[]).first().map_or(1, |weight| (weight * 1e6) as u64)
}

/// The next statement that somebody has said nothing about, drawn by how much is learnt from it.
pub(crate) fn next<'a>(
    open: &'a [Statement],
    mine: &Votes,
    picture: Option<&Picture>,
    chance: u64,
) -> Option<&'a Statement> {
    let new = untouched();
    let weight = |statement: &Statement| {
        if mine.of(statement.number).is_some() {
            return 0.0;
        }
        let known = picture.and_then(|picture| picture.of(statement.number));
        // never 0: whoever goes on sees everything
        known.map_or(new, |counted| counted.priority).max(1) as f64
    };
    let weights: Vec<f64> = open.iter().map(weight).collect();
    pick(&weights, chance).and_then(|at| open.get(at))
}

pub(super) async fn facts(rim: &Rim, visit: &Visit, id: &ConversationId, asked: Option<u32>) -> Result<Facts, Problem> {
    let (actor, key, mut cx) = (visit.actor.clone(), id.clone(), rim.context_of(visit));
    let chance = cx.chance.below(u64::MAX);
    let today = cx.day.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &key)?;
        let not_now = may_say(&one.conversation, &today).err();
        let lives = queries::lives_at(s, &actor, &one.conversation.place)?;
        let mine = queries::me(s, &key, &actor)?.map(|me| me.votes).unwrap_or_default();
        let shown = queries::shown(s, &key)?;
        let open: Vec<Statement> = shown.into_iter().filter(|one| one.state == Standing::Accepted).collect();
        let picture = queries::map(s, &key)?.map(|(_, picture)| picture);
        let chosen = asked.and_then(|number| open.iter().find(|one| one.number == number));
        let statement = chosen.or_else(|| next(&open, &mine, picture.as_ref(), chance)).cloned();
        Ok::<_, Fault>(Facts { one, not_now, lives, mine, n_open: open.len(), statement })
    });
    Ok(read.await?)
}

/// `GET /conversations/{conversation}/vote`: five statements.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, which.statement).await?;
    Ok(page(&visit, &facts, (&which, ""), None))
}

/// The page, with the words of a statement that was refused.
pub(super) fn page(
    visit: &Visit,
    facts: &Facts,
    (which, typed): (&Which, &str),
    refusal: Option<&Refusal>,
) -> Response {
    let w = visit.words;
    let one = &facts.one;
    let title = w.t("conversation-vote-title");
    let body = html! {
        (one.way(w, title))
        (head(&Head { kicker: &[state(w, &one.conversation)], title: &one.conversation.title, ..Head::default() }))
        div.stack {
            @if let Some(number) = which.said {
                (notice(w, Tone::Ok, w.t("conversation-said"), &html! { p { (w.n("conversation-said-note", i64::from(number))) } }))
            }
            @if refusal.is_none_or(|refusal| refusal.fields.is_empty()) { (told(w, refusal)) }
            @if let Some(why) = &facts.not_now {
                (told(w, Some(why)))
                (acts(&[link_button(Weight::Plain, &format!("{}/map", one.here()), w.t("conversation-to-map"))]))
            } @else if visit.me.is_none() {
                (notice(w, Tone::Due, w.t("conversation-sign-in"), &html! {
                    p { (w.t("conversation-sign-in-note")) }
                    (acts(&[link_button(Weight::First, &format!("/sign-in?next={}/vote", one.here()), w.t("account-sign-in"))]))
                }))
            } @else if !facts.lives {
                (notice(w, Tone::Due, "", &html! { p { (w.t("refusal-conversation-not-resident")) } }))
            } @else {
                (asked(visit, facts))
                @if one.conversation.adds == Adds::Residents { (say::sheet_of(visit, one, typed, refusal)) }
            }
            (secrecy(w))
            (provenance(w, &one.conversation))
        }
    };
    answer(visit, title, &body, refusal)
}

/// The statement with its buttons, or that there is none left.
fn asked(visit: &Visit, facts: &Facts) -> Markup {
    let (w, one) = (visit.words, &facts.one);
    let whole = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let done = facts.mine.len().min(facts.n_open);
    html! {
        (progress(w, w.t("conversation-progress"), whole(done), whole(facts.n_open)))
        @match &facts.statement {
            Some(statement) => (sheet(&w.n("conversation-statement-n", i64::from(statement.number)), &html! {
                p.statement { (statement.text) }
                @if let Some(vote) = facts.mine.of(statement.number) {
                    p.soft { (w.t(&key_of("conversation-you-said", word_of(vote)))) }
                }
                (takes(visit, one, statement))
            })),
            None => (notice(w, Tone::Ok, w.t("conversation-all-done"), &html! { p { (w.t("conversation-all-done-note")) } })),
        }
        (acts(&[
            link_button(Weight::Plain, &format!("{}/mine", one.here()), w.t("conversation-mine")),
            link_button(Weight::Plain, &format!("{}/map", one.here()), w.t("conversation-to-map")),
        ]))
    }
}

/// The three answers.
fn takes(visit: &Visit, one: &One, statement: &Statement) -> Markup {
    let w = visit.words;
    let number = statement.number.to_string();
    let word = |word| button_named(Weight::Plain, "vote", word, w.t(&key_of("conversation-vote", word)));
    let buttons = html! { div.takes { (word("agree")) (word("disagree")) (word("pass")) } };
    form(visit, &format!("{}/vote", one.here()), &[("statement", &number)], &buttons)
}

/// Who can see what, said plainly.
fn secrecy(w: Words) -> Markup {
    fold(
        w.t("secrecy-title"),
        &html! {
            p { (w.t("conversation-secrecy-number")) }
            p { (w.t("conversation-secrecy-after")) }
            p { (w.t("conversation-secrecy-operator")) }
        },
    )
}

/// `POST /conversations/{conversation}/vote`: then to the next statement.
pub(crate) async fn vote(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let number = typed.statement;
    let done = match of_word(&typed.vote) {
        Some(vote) => {
            let key = id.clone();
            shown(act(&rim, &visit, move |tx, cx| voting(tx, cx, &key, (number, vote))).await)?.map(|_| ())
        }
        None => Err(Refusal::new(kernel::Kind::Invalid, "conversation-no-vote")),
    };
    match done {
        Ok(()) => Ok(to(&format!("/conversations/{id}/vote"))),
        Err(refusal) => {
            let which = Which { statement: Some(number), said: None };
            let facts = facts(&rim, &visit, &id, which.statement).await?;
            Ok(page(&visit, &facts, (&which, ""), Some(&refusal)))
        }
    }
}
