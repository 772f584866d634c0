//! Papers of a poll: printed, given against the roll (by post or at the booth), read by two.

use ballots::paper::{self, SPOILED, State, Why};
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::{
    VoterKey,
    commands::mark::{mark, seal_mark},
};
use rights::{Action, authorize};
use serde_json::json;

use super::{at_the_desk, takes_papers};
use crate::{Choice, PollId, State as PollState, Weighed, choice, commands::cast, queries, rules::expect, store};

/// What somebody reads on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// This choice.
    Choice(Choice),
    /// It is no valid ballot: too many marks, a name on it, not to be read.
    Spoiled,
}

/// Makes numbers for a page of blank papers.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `no-papers-here`, `not-allowed`; database faults.
pub fn print(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId) -> Result<Vec<String>, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[PollState::Roll, PollState::Open])?;
    takes_papers(&poll)?;
    let numbers = paper::print(tx, cx, &permit, id.as_str())?;
    let told = json!({ "papers": numbers.len() });
    append(tx, cx, &permit, &Draft { kind: "papers.printed", subject: id.as_str(), public: &told, private: None })?;
    Ok(numbers)
}

/// Marks the voter as somebody who votes: whoever has a paper votes by no other way. Which paper it is, nobody notes.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `no-papers-here`, `not-on-the-roll`,
/// `already-voted`, `not-allowed`; database faults.
pub fn give(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, voter: VoterKey) -> Result<(), Fault> {
    let (poll, permit) = at_the_desk(tx, cx, id, Action::Enrol)?;
    takes_papers(&poll)?;
    let mark = mark(tx, cx, &permit, id.as_str(), voter)?;
    seal_mark(tx, cx, &permit, id.as_str(), &mark)?;
    paper::store::count_given(tx, &permit, id.as_str())?;
    Ok(())
}

/// Takes what the actor reads on a paper and answers how far the paper is then. When two agree, the ballot is cast. Sent
/// again, it changes nothing.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `no-papers-here`, those of a ballot's check and of [`paper::read`], `sign-in-first`, `not-allowed`; database faults.
pub fn read(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, number: &str, reading: &Reading) -> Result<State, Fault> {
    // also when the last day is over: who was given a paper in time has voted in time
    let poll = store::hold(tx, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "poll-not-found"))?;
    expect(&poll, &[PollState::Open])?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    takes_papers(&poll)?;
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?.to_string();
    let (text, choice) = match reading {
        Reading::Spoiled => (SPOILED.to_owned(), None),
        Reading::Choice(read) => {
            let choice = choice::check(&poll, read)?;
            (choice.print(), Some(choice))
        }
    };
    let taken = paper::read(tx, &permit, id.as_str(), number, (&who, &text))?;
    if !taken.new {
        return Ok(taken.state);
    }
    if let (true, Some(choice)) = (taken.casts(), choice) {
        cast::put(tx, cx, &permit, id, Weighed { weight: 1, choice })?;
    }
    let (public, private) = (json!({ "state": taken.state.as_str() }), json!({ "paper": number, "by": who }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "paper.read", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(taken.state)
}

/// Makes a paper that was read once, or differently, blank again: nothing of it counts, and it may be read anew. Sent
/// again, it changes nothing.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, those of [`paper::discard`], `sign-in-first`, `not-allowed`; database faults.
pub fn discard(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, number: &str, why: Why) -> Result<State, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    // also when the last day is over: what is read once holds up the close
    expect(&poll, &[PollState::Open])?;
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?.to_string();
    let Some(paper) = paper::discard(tx, &permit, id.as_str(), number)? else { return Ok(State::Blank) };
    let read_by: Vec<&str> = [&paper.first.0, &paper.second.0].into_iter().map(String::as_str).collect();
    let public = json!({ "state": paper.state.as_str(), "why": why.as_str() });
    let private = json!({ "paper": number, "by": who, "read_by": read_by });
    let draft = Draft { kind: "paper.discarded", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(State::Blank)
}
