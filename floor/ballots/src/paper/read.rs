//! Read a paper: two people, and a third where they differ.

use db::{Fault, Tx};
use kernel::{Kind, Refusal};
use rights::Permit;

use super::{Paper, SPOILED, State, found, moved, store};

/// What comes of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// How far a paper is after a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// How far it is.
    pub state: State,
    /// Whether the reading changed anything; it does not when it was sent before.
    pub new: bool,
}

impl Taken {
    /// Whether the ballot that was read is to be cast now.
    pub fn casts(self) -> bool {
        self.new && self.state == State::Counted
    }
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

/// Takes what `who` reads on a paper, [`SPOILED`] for one that is no valid ballot. When two agree, what was read goes from
/// the paper's row, and the caller casts the ballot ([`Taken::casts`]): never more than papers were given out, whatever
/// was spoiled before. Sent again, it changes nothing.
///
/// # Errors
/// Refusals `unknown-paper`, `paper-done`, `paper-other-hands`, `paper-matches-neither`, `more-papers-than-given`,
/// `changed-meanwhile`; database faults.
pub fn read(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    number: &str,
    (who, reading): (&str, &str),
) -> Result<Taken, Fault> {
    let paper = found(tx, permit, scope, number)?;
    let by = (who.to_owned(), reading.to_owned());
    let state = match next(&paper, who, reading)? {
        Next::Same => return Ok(Taken { state: paper.state, new: false }),
        Next::First => {
            let read = Paper { state: State::Once, first: by, ..paper.clone() };
            moved(store::advance(tx, permit, scope, &paper, &read)?)?;
            store::count_pending(tx, permit, scope)?;
            State::Once
        }
        Next::Differ => {
            let read = Paper { state: State::Differ, second: by, ..paper.clone() };
            moved(store::advance(tx, permit, scope, &paper, &read)?)?;
            State::Differ
        }
        Next::Decided => {
            let state = if reading == SPOILED { State::Spoiled } else { State::Counted };
            moved(store::advance(tx, permit, scope, &paper, &Paper::settled(&paper.number, state))?)?;
            if !store::count_settled(tx, permit, scope, state == State::Spoiled)? {
                return Err(Refusal::new(Kind::Conflict, "more-papers-than-given").into());
            }
            state
        }
    };
    Ok(Taken { state, new: true })
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
