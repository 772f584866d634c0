//! Read a paper: two people, and a third where they differ.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{Season, SeasonId};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Paper, Reading, State, office, store};
use crate::{
    Ballot,
    commands::cast::{open_season, put},
    rules,
};

/// What comes of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    /// It was sent before.
    Same,
    /// It is the first.
    First,
    /// It differs from the first.
    Differ,
    /// It decides.
    Decided,
}

/// Facts in, what follows out.
fn next(paper: &Paper, who: &str, reading: &str) -> Result<Next, Refusal> {
    let (first, second) = (&paper.first, &paper.second);
    let same = |by: &(String, String)| by.0 == who && by.1 == reading;
    let refuse = |code| Err(Refusal::new(Kind::Conflict, code));
    match paper.state {
        State::Blank => Ok(Next::First),
        State::Counted | State::Spoiled => refuse("paper-done"),
        State::Once | State::Differ if same(first) || (paper.state == State::Differ && same(second)) => Ok(Next::Same),
        // one who could read a paper twice would need nobody else
        State::Once | State::Differ if first.0 == who || second.0 == who => {
            Err(Refusal::new(Kind::Forbidden, "paper-other-hands"))
        }
        State::Once if first.1 == reading => Ok(Next::Decided),
        State::Once => Ok(Next::Differ),
        State::Differ if first.1 == reading || second.1 == reading => Ok(Next::Decided),
        State::Differ => refuse("paper-matches-neither"),
    }
}

/// Takes what the actor reads on a paper and answers how far the paper is then. When two agree, the ballot is cast, at
/// most as many as papers were given out whatever was spoiled before, and what was read goes from the paper's row. Sent again, it changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `unknown-paper`, `paper-done`, `paper-other-hands`,
/// `paper-matches-neither`, `more-papers-than-given`, `too-many-choices`, `unknown-project`, `named-twice`,
/// `changed-meanwhile`, `sign-in-first`, `not-allowed`; database faults.
pub fn read(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    number: &str,
    reading: &Reading,
) -> Result<State, Fault> {
    let held = open_season(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &office(tx, &cx.actor, &held)?)?;
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?.to_string();
    let reading = match reading {
        Reading::Choices(chosen) => Reading::Choices(rules::choices(&held, chosen)?),
        Reading::Spoiled => Reading::Spoiled,
    };
    let paper = store::paper(tx, season, number)?.ok_or_else(|| Refusal::new(Kind::NotFound, "unknown-paper"))?;
    let text = reading.print();
    let state = match next(&paper, &who, &text)? {
        Next::Same => return Ok(paper.state),
        Next::First => {
            let first = (who.clone(), text);
            moved(store::advance(tx, &permit, season, &paper, &Paper { state: State::Once, first, ..paper.clone() })?)?;
            store::count_pending(tx, &permit, season)?;
            State::Once
        }
        Next::Differ => {
            let second = (who.clone(), text);
            let other = Paper { state: State::Differ, second, ..paper.clone() };
            moved(store::advance(tx, &permit, season, &paper, &other)?)?;
            State::Differ
        }
        Next::Decided => decide(tx, cx, &permit, &held, (&paper, &reading))?,
    };
    let (public, private) = (json!({ "state": state.as_str() }), json!({ "paper": number, "by": who }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "paper.read", subject: season.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(state)
}

pub(super) fn moved(moved: bool) -> Result<(), Refusal> {
    if moved { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "changed-meanwhile")) }
}

fn decide(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    season: &Season,
    (paper, reading): (&Paper, &Reading),
) -> Result<State, Fault> {
    let state = if *reading == Reading::Spoiled { State::Spoiled } else { State::Counted };
    moved(store::advance(tx, permit, &season.id, paper, &Paper::settled(&paper.number, state))?)?;
    if !store::count_settled(tx, permit, &season.id, state == State::Spoiled)? {
        return Err(Refusal::new(Kind::Conflict, "more-papers-than-given").into());
    }
    if let Reading::Choices(choices) = reading {
        let ballot = Ballot { id: cx.secret_id(permit.home()), choices: choices.clone() };
        put(tx, permit, &season.id, &ballot)?;
    }
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_agree_or_a_third_decides_between_them() {
        let by = |who: &str, what: &str| (who.to_owned(), what.to_owned());
        let paper = |state, first, second| Paper { number: "1".into(), state, first, second };
        let none = || by("", "");
        let once = paper(State::Once, by("a", "1,2"), none());
        let differ = paper(State::Differ, by("a", "1,2"), by("b", "1"));
        let cases = [
            (paper(State::Blank, none(), none()), "a", "1", Ok(Next::First)),
            (once.clone(), "a", "1,2", Ok(Next::Same)),
            (once.clone(), "a", "1", Err("paper-other-hands")),
            (once.clone(), "b", "1,2", Ok(Next::Decided)),
            (once.clone(), "b", "", Ok(Next::Differ)),
            (once, "b", "x", Ok(Next::Differ)),
            (differ.clone(), "b", "1", Ok(Next::Same)),
            (differ.clone(), "a", "1", Err("paper-other-hands")),
            (differ.clone(), "b", "1,2", Err("paper-other-hands")),
            (differ.clone(), "c", "1", Ok(Next::Decided)),
            (differ.clone(), "c", "1,2", Ok(Next::Decided)),
            (differ, "c", "2", Err("paper-matches-neither")),
            (paper(State::Counted, none(), none()), "c", "2", Err("paper-done")),
            (paper(State::Spoiled, none(), none()), "c", "2", Err("paper-done")),
        ];
        for (paper, who, reading, expected) in cases {
            let answer = next(&paper, who, reading).map_err(|refusal| refusal.code);
            assert_eq!(answer, expected, "{paper:?} {who} {reading}");
        }
    }
}
