//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};

use super::{Proposal, State};
use crate::{Season, Stage, season::expect_stage};

/// In these stages proposals are written.
pub const WRITING: &[Stage] = &[Stage::Screening, Stage::Coaching, Stage::Proposals];

/// Why a season takes no new proposal.
///
/// # Errors
/// `wrong-stage`, `too-many-proposals`; `changed-meanwhile` where it does by now.
pub fn may_start(season: &Season) -> Result<(), Refusal> {
    expect_stage(season, WRITING)?;
    // the counter was the other guard
    Err(Refusal::new(Kind::LimitReached, "too-many-proposals"))
}

/// Facts about somebody who begins a proposal from an idea.
#[derive(Debug, Clone, Copy)]
pub struct Beginner {
    /// They posted the idea.
    pub is_author: bool,
    /// They apply for an organisation of theirs.
    pub for_org: bool,
    /// They do community work at the season's place.
    pub is_office: bool,
}

/// An idea is taken further by its author, by an organisation, or by the office.
///
/// # Errors
/// `idea-of-another`.
pub fn may_take_up(who: Beginner) -> Result<(), Refusal> {
    if who.is_author || who.for_org || who.is_office {
        return Ok(());
    }
    Err(Refusal::new(Kind::Forbidden, "idea-of-another"))
}

/// A verb that belongs to some states.
///
/// # Errors
/// `proposal-state` with the state it is in.
pub fn expect_state(proposal: &Proposal, expected: &[State]) -> Result<(), Refusal> {
    if expected.contains(&proposal.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "proposal-state").with_text("state", proposal.state.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_is_taken_further_by_three_kinds_of_people() {
        for bits in 0..8_u8 {
            let who = Beginner { is_author: bits & 1 > 0, for_org: bits & 2 > 0, is_office: bits & 4 > 0 };
            let code = may_take_up(who).err().map(|refusal| refusal.code);
            assert_eq!(code, (bits == 0).then_some("idea-of-another"), "{who:?}");
        }
    }

    #[test]
    fn only_drafts_and_what_came_back_is_open_to_its_author() {
        let open: Vec<State> = State::ALL.into_iter().filter(|state| state.is_open()).collect();
        assert_eq!(open, [State::Draft, State::Returned]);
        for state in State::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
    }
}
