//! Facts in, what follows out.

use kernel::{Kind, PersonId, Refusal};

use super::{Paper, Reading, State};
use crate::round::Later;

/// What comes of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It was sent before.
    Same,
    /// It is the first of a paper.
    First,
    /// It differs from the first.
    Differ,
    /// It decides; `third` where two had differed.
    Decided {
        /// Whether it decided between two.
        third: bool,
    },
}

/// What a person's reading makes of a paper. `voted`: whether a ballot of the unit stands already.
///
/// # Errors
/// `unit-has-voted`, `paper-other-hands` for one who typed it already, `paper-matches-neither`.
pub fn next(
    paper: Option<&Paper>,
    (who, reading): (&PersonId, &Reading),
    (voted, later): (bool, Later),
) -> Result<Next, Refusal> {
    let refuse = |kind, code| Err(Refusal::new(kind, code));
    let first =
        || if voted && later == Later::Refuse { refuse(Kind::Conflict, "unit-has-voted") } else { Ok(Next::First) };
    let Some(paper) = paper else { return first() };
    let same = |by: &(PersonId, Reading)| by.0 == *who && by.1.says(reading);
    let typed = |by: &(PersonId, Reading)| by.0 == *who;
    let sent = same(&paper.first) || paper.second.as_ref().is_some_and(same);
    let hands = typed(&paper.first) || paper.second.as_ref().is_some_and(typed);
    let second_says = paper.second.as_ref().is_some_and(|second| second.1.says(reading));
    match paper.state {
        _ if sent => Ok(Next::Same),
        State::Counted => first(),
        // one who could type a paper twice would need nobody else
        State::Once | State::Differ if hands => refuse(Kind::Forbidden, "paper-other-hands"),
        State::Once if voted && later == Later::Refuse => refuse(Kind::Conflict, "unit-has-voted"),
        State::Once if paper.first.1.says(reading) => Ok(Next::Decided { third: false }),
        State::Once => Ok(Next::Differ),
        State::Differ if voted && later == Later::Refuse => refuse(Kind::Conflict, "unit-has-voted"),
        State::Differ if paper.first.1.says(reading) || second_says => Ok(Next::Decided { third: true }),
        State::Differ => refuse(Kind::Conflict, "paper-matches-neither"),
    }
}

#[cfg(test)]
mod tests {
    use consent::{Channel, Choice};
    use kernel::{Chance, Home, Id};

    use super::*;

    fn person(n: u64) -> PersonId {
        Id::random(Home(1), &mut Chance::seeded(n))
    }

    fn reads(choice: Choice) -> Reading {
        Reading { choice, channel: Channel::Paper, instruction: String::new() }
    }

    #[test]
    fn two_agree_or_a_third_decides() {
        let (a, b, c) = (person(1), person(2), person(3));
        let paper = |state, second: Option<(PersonId, Reading)>| Paper {
            door: 1,
            state,
            first: (a.clone(), reads(Choice::Agree)),
            second,
            photos: Vec::new(),
        };
        let once = paper(State::Once, None);
        let differ = paper(State::Differ, Some((b.clone(), reads(Choice::Disagree))));
        let counted = paper(State::Counted, Some((b.clone(), reads(Choice::Agree))));
        use Choice::{Abstain, Agree, Disagree};
        use Later::{Refuse, Replace};
        for (paper, who, choice, voted, later, want) in [
            (None, &a, Agree, false, Refuse, Ok(Next::First)),
            (None, &a, Agree, true, Refuse, Err("unit-has-voted")),
            (None, &a, Agree, true, Replace, Ok(Next::First)),
            (Some(&once), &a, Agree, false, Refuse, Ok(Next::Same)),
            (Some(&once), &a, Disagree, false, Refuse, Err("paper-other-hands")),
            (Some(&once), &b, Agree, false, Refuse, Ok(Next::Decided { third: false })),
            (Some(&once), &b, Disagree, false, Refuse, Ok(Next::Differ)),
            (Some(&once), &b, Agree, true, Refuse, Err("unit-has-voted")),
            (Some(&differ), &b, Disagree, false, Refuse, Ok(Next::Same)),
            (Some(&differ), &b, Agree, false, Refuse, Err("paper-other-hands")),
            (Some(&differ), &c, Abstain, false, Refuse, Err("paper-matches-neither")),
            (Some(&differ), &c, Disagree, false, Refuse, Ok(Next::Decided { third: true })),
            (Some(&counted), &c, Agree, true, Refuse, Err("unit-has-voted")),
            (Some(&counted), &c, Agree, true, Replace, Ok(Next::First)),
            (Some(&counted), &b, Agree, true, Refuse, Ok(Next::Same)),
        ] {
            let found = next(paper, (who, &reads(choice)), (voted, later)).map_err(|refusal| refusal.code);
            assert_eq!(found, want, "{choice:?} {voted} {later:?}");
        }
        // the same choice by another way is not the same
        let proxy = Reading { channel: Channel::Proxy, ..reads(Agree) };
        assert_eq!(next(Some(&once), (&b, &proxy), (false, Refuse)), Ok(Next::Differ));
    }
}
