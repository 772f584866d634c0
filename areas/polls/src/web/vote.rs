//! The ballot on a phone: choose, look once more, send; change it or take it back until the close.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::BallotKey;
use db::{Fault, Tx};
use kernel::{Actor, FieldError, Kind, Refusal};
use people::store::{has_voted, has_voted_with};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Field, Head, Input, Tone, Weight, acts, button_named, fold, head, notice, sheet, text, told},
};
use web::{
    Fields, PathId, Problem, Rim, Visit, in_query,
    page::{errors, form, to},
};

use super::{
    One, answer,
    ballot::{Typed, boxes, gone, said},
    mine::ballot_of,
    rule, state,
    verify::ways,
};
use crate::{
    Choice, Poll, PollId, PollKind, choice,
    commands::{
        cast::{self, Cast, Coded},
        revise::revise,
    },
    queries,
    rules::may_vote,
    survey, verify,
};

/// Characters of a code.
const CODE: u32 = 128;

/// How the visitor may vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With a code.
    Code,
    /// By account.
    Account,
    /// The account's ballot is cast.
    Voted,
}

pub(super) struct Facts {
    pub one: One,
    way: Way,
    /// Why no ballot is taken today.
    pub not_now: Option<Refusal>,
    /// Who could verify somebody on the roll, by name; whoever votes by account needs none of them.
    pub verifiers: Vec<String>,
}

impl Facts {
    pub fn poll(&self) -> &Poll {
        &self.one.poll
    }

    pub fn here(&self) -> String {
        format!("{}/vote", self.one.here())
    }
}

pub(super) async fn facts(rim: &Rim, visit: &Visit, id: &PollId, by_code: bool) -> Result<Facts, Problem> {
    let (visit, id, today) = (visit.clone(), id.clone(), rim.context_of(visit).day);
    let names: Vec<String> = rim.settings.verifiers.providers.iter().map(|provider| provider.name.clone()).collect();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &visit.actor, &id)?;
        let verified = visit.actor.principal().is_some_and(|me| me.verified) && visit.behalf.is_none();
        let row = if verified && !by_code { queries::row_of(s, &id, &visit.actor)? } else { None };
        let way = match row {
            None => Way::Code,
            Some(row) if has_voted(s, id.home(), id.as_str(), row)? == Some(true) => Way::Voted,
            Some(_) => Way::Account,
        };
        let not_now = may_vote(&one.poll, &today).err();
        let asks = way == Way::Code && !names.is_empty() && verify::store::any(s, &id)?;
        Ok::<_, Fault>(Facts { one, way, not_now, verifiers: if asks { names.clone() } else { Vec::new() } })
    });
    Ok(read.await?)
}

/// By which way somebody wants to vote.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct By {
    by: String,
}

/// `GET /polls/{poll}/vote`: six statements at most.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Query(by): Query<By>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, by.by == "code").await?;
    Ok(paper_page(&visit, &facts, (&Typed::default(), first(facts.poll(), &Typed::default())), None))
}

/// The first page of a survey on which something is asked; 1 of other kinds.
pub(super) fn first(poll: &Poll, typed: &Typed) -> u32 {
    next(poll, typed, 0).unwrap_or(1)
}

/// The next page behind `page` on which something is asked after the answers so far.
fn next(poll: &Poll, typed: &Typed, page: u32) -> Option<u32> {
    sections(poll, typed).into_iter().find(|section| *section > page)
}

fn before(poll: &Poll, typed: &Typed, page: u32) -> Option<u32> {
    sections(poll, typed).into_iter().rev().find(|section| *section < page)
}

fn sections(poll: &Poll, typed: &Typed) -> Vec<u32> {
    let questions = &poll.definition.questions;
    let asked = survey::shown(questions, &typed.answers(questions));
    let mut all: Vec<u32> =
        survey::numbered(questions).filter(|(n, _)| asked.contains(n)).map(|(_, question)| question.section).collect();
    all.dedup();
    all
}

pub(super) fn top(w: Words, facts: &Facts, lead: &str) -> Markup {
    let poll = facts.poll();
    html! {
        (facts.one.way(w, w.t("ballot-title")))
        (head(&Head { kicker: &[state(w, poll)], title: &poll.title, lead, ..Head::default() }))
    }
}

fn paper_page(visit: &Visit, facts: &Facts, typed: (&Typed, u32), refusal: Option<&Refusal>) -> Response {
    page_with(visit, facts, typed, refusal, &Markup::default())
}

/// The page of the ballot with something above it.
pub(super) fn page_with(
    visit: &Visit,
    facts: &Facts,
    (typed, page): (&Typed, u32),
    refusal: Option<&Refusal>,
    above: &Markup,
) -> Response {
    let w = visit.words;
    let changing = !typed.one("key").is_empty();
    let body = html! {
        (top(w, facts, ""))
        div.stack {
            @if let Some(why) = &facts.not_now {
                (told(w, Some(why)))
            } @else if facts.way == Way::Voted && !changing {
                (told(w, refusal))
                (notice(w, Tone::Ok, w.t("vote-done-already"), &html! { p { (w.t("vote-done-already-note")) } }))
                p { a href={ (facts.here()) "?by=code" } { (w.t("vote-by-code")) } }
            } @else {
                (above)
                (paper(visit, facts, (typed, page), refusal))
                @if !changing && typed.one("code").is_empty() { (ways(visit, facts)) }
                @if facts.way == Way::Account && !changing { p { a href={ (facts.here()) "?by=code" } { (w.t("vote-by-code")) } } }
            }
            (fold(w.t("poll-rule-title"), &html! { ul { @for sentence in rule::sentences(w, facts.poll()) { li { (sentence) } } } }))
            (secrecy(w, facts.poll()))
        }
    };
    answer(visit, w.t("ballot-title"), &body, refusal)
}

/// The form with its boxes; of a survey one page, with what was answered on the others.
pub(super) fn paper(visit: &Visit, facts: &Facts, (typed, page): (&Typed, u32), refusal: Option<&Refusal>) -> Markup {
    let (w, poll) = (visit.words, facts.poll());
    let is_survey = poll.kind == PollKind::Survey;
    let key = typed.one("key");
    let asks_code = key.is_empty()
        && (facts.way == Way::Code || !typed.one("code").is_empty())
        && (!is_survey || page == first(poll, typed));
    let number = page.to_string();
    let mut hidden = vec![("page", number.as_str())];
    if !key.is_empty() {
        hidden.push(("key", key));
    }
    if is_survey {
        let of_page: Vec<&str> = survey::numbered(&poll.definition.questions)
            .filter(|(_, question)| question.section == page)
            .map(|(number, _)| survey::field(number))
            .collect();
        hidden.extend(typed.boxes(poll).into_iter().filter(|(name, _)| !of_page.contains(name)));
        if !asks_code && !typed.one("code").is_empty() {
            hidden.push(("code", typed.one("code")));
        }
    }
    let more = is_survey && next(poll, typed, page).is_some();
    let send = if more { "poll-next" } else { "vote-look" };
    let mut buttons = vec![button_named(Weight::First, "act", "next", w.t(send))];
    if is_survey && before(poll, typed, page).is_some() {
        buttons.push(button_named(Weight::Plain, "act", "back", w.t("poll-back")));
    }
    let summary = errors(w, refusal);
    let body = html! {
        (summary.summary(&[("code", w.t("vote-code")), ("choice", w.t("poll-your-vote"))]))
        (told(w, refusal))
        (boxes(w, poll, typed, (page, refusal)))
        @if asks_code { (code_field(visit, facts, typed, refusal)) }
        (acts(&buttons))
    };
    form(visit, &format!("{}/review", facts.here()), &hidden, &body)
}

fn code_field(visit: &Visit, facts: &Facts, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "code",
        label: w.t("vote-code"),
        hint: w.t("vote-code-hint"),
        value: typed.one("code"),
        error: errors(w, refusal).of("code"),
        required: true,
    };
    html! {
        (text(w, &field, Input::Line, Some(CODE)))
        @if visit.me.is_none() {
            p.small { a href={ "/sign-in?next=" (facts.here()) } { (w.t("vote-sign-in")) } }
        }
    }
}

/// `POST /polls/{poll}/vote/review`: the next page of a survey, or what was chosen, once more, before it is sent.
pub(crate) async fn review(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    let facts = facts(&rim, &visit, &id, !typed.one("code").trim().is_empty()).await?;
    let poll = facts.poll();
    let page: u32 = typed.one("page").parse().unwrap_or(1);
    if poll.kind == PollKind::Survey && facts.not_now.is_none() {
        if typed.one("act") == "back" {
            let at = before(poll, &typed, page).unwrap_or_else(|| first(poll, &typed));
            return Ok(paper_page(&visit, &facts, (&typed, at), None));
        }
        let questions = &poll.definition.questions;
        if let Err(refusal) = survey::check_section(questions, &typed.answers(questions), Some(page)) {
            return Ok(paper_page(&visit, &facts, (&typed, page), Some(&refusal)));
        }
        if let Some(at) = next(poll, &typed, page) {
            return Ok(paper_page(&visit, &facts, (&typed, at), None));
        }
    }
    let chosen = match checked(&rim, &facts, &typed).await? {
        Ok(chosen) => chosen,
        Err(refusal) => {
            let at = if poll.kind == PollKind::Survey { first(poll, &typed) } else { page };
            return Ok(paper_page(&visit, &facts, (&typed, at), Some(&refusal)));
        }
    };
    let typed = typed.with("once", &rim.once());
    Ok(answer(&visit, visit.words.t("ballot-title"), &review_of(&visit, &facts, (&typed, &chosen)), None))
}

/// What would be refused is said before the last step.
async fn checked(rim: &Rim, facts: &Facts, typed: &Typed) -> Result<Result<Choice, Refusal>, Problem> {
    let poll = facts.poll();
    if let Some(why) = &facts.not_now {
        return Ok(Err(why.clone()));
    }
    let chosen = typed.choice(poll).and_then(|chosen| choice::check(poll, &chosen));
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let code = typed.one("code").trim().to_owned();
    if !typed.one("key").is_empty() || (code.is_empty() && facts.way == Way::Account) {
        return Ok(Ok(chosen));
    }
    if code.is_empty() || code.chars().count() > 128 {
        let wrong = if code.is_empty() { "required" } else { "too-long" };
        return Ok(Err(Refusal::invalid(vec![FieldError::new("code", wrong).with_limit(128)])));
    }
    let id = poll.id.clone();
    let voted = rim.db.read(move |s| has_voted_with(s, id.home(), id.as_str(), &code)).await?;
    Ok(match voted {
        Some(false) => Ok(chosen),
        Some(true) => Err(Refusal::new(Kind::Conflict, "already-voted")),
        None => Err(Refusal::invalid(vec![FieldError::new("code", "not-on-the-roll")])),
    })
}

fn review_of(visit: &Visit, facts: &Facts, (typed, chosen): (&Typed, &Choice)) -> Markup {
    let w = visit.words;
    let mut hidden = typed.boxes(facts.poll());
    hidden.extend(["code", "key", "once", "page"].map(|name| (name, typed.one(name))));
    let buttons = [
        button_named(Weight::First, "act", "send", w.t("ballot-send")),
        button_named(Weight::Plain, "act", "back", w.t("vote-back")),
    ];
    html! {
        (top(w, facts, w.t("vote-review-lead")))
        div.stack {
            (sheet(w.t("poll-your-vote"), &said(w, facts.poll(), chosen)))
            (form(visit, &facts.here(), &hidden, &acts(&buttons)))
        }
    }
}

/// `POST /polls/{poll}/vote`: casts or changes the ballot, then to the page of the ballot. A form that is sent twice comes
/// to the same ballot.
pub(crate) async fn cast(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Fields(pairs): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    let facts = facts(&rim, &visit, &id, !typed.one("code").trim().is_empty()).await?;
    let page: u32 = typed.one("page").parse().unwrap_or(1);
    if typed.one("act") == "back" {
        return Ok(paper_page(&visit, &facts, (&typed, page), None));
    }
    let secret = if typed.one("key").is_empty() { typed.one("once") } else { typed.one("key") };
    let mine = format!("/polls/{id}/mine?key={}", in_query(secret));
    let done = match send(&rim, &visit, facts.poll(), &typed).await {
        Err(fault) if fault.is_refusal("changed-meanwhile") => send(&rim, &visit, facts.poll(), &typed).await,
        done => done,
    };
    let refusal = match done {
        Ok(_) => return Ok(to(&mine)),
        Err(Fault::Refused(refusal)) if refusal.code != "poll-not-found" => refusal,
        Err(fault) => return Err(fault.into()),
    };
    if refusal.code == "already-voted" && ballot_of(&rim, &id, secret).await?.is_some() {
        return Ok(to(&mine));
    }
    Ok(paper_page(&visit, &facts, (&typed, page), Some(&refusal)))
}

async fn send(rim: &Rim, visit: &Visit, poll: &Poll, typed: &Typed) -> Result<Cast, Fault> {
    let (id, chosen) = (poll.id.clone(), typed.choice(poll)?);
    // a ballot that comes with a code or a link has nothing to do with who is signed in
    let cx = rim.context(Actor::Voter);
    if !typed.one("key").is_empty() {
        let key = BallotKey::of(id.as_str(), typed.one("key")).ok_or_else(gone)?;
        return rim.db.write(move |tx: &mut Tx<'_>| revise(tx, &mut cx.clone(), &id, key, &chosen)).await;
    }
    let key = BallotKey::of(id.as_str(), typed.one("once")).ok_or_else(|| Refusal::new(Kind::Conflict, "key-taken"))?;
    let code: String = typed.one("code").trim().chars().take(128).collect();
    if code.is_empty() {
        let cx = rim.context_of(visit);
        let mine = move |tx: &mut Tx<'_>| cast::cast_mine(tx, &mut cx.clone(), &id, &chosen, Some(key));
        return rim.db.write(mine).await;
    }
    let new = move |tx: &mut Tx<'_>| {
        cast::cast_code(tx, &mut cx.clone(), &id, &Coded { code: &code, choice: &chosen, key: Some(key) })
    };
    rim.db.write(new).await
}

/// Who can see what, said plainly.
pub(super) fn secrecy(w: Words, poll: &Poll) -> Markup {
    use crate::Openness;
    fold(
        w.t("secrecy-title"),
        &html! {
            @match poll.openness {
                Openness::Named => p { (w.t("poll-secrecy-named")) },
                _ if poll.kind == PollKind::Survey => p { (w.t("poll-secrecy-survey")) },
                _ => p { (w.t("secrecy-public")) },
            }
            @if poll.is_weighted() { p { (w.t("poll-secrecy-weight")) } }
            p { (w.t("secrecy-operator")) }
            p { (w.t("vote-secrecy-link")) }
        },
    )
}
