//! Reviews, reviewers, sheets and what a review comes to.

use kernel::{Day, PersonId};
use programmes::SeasonId;
use serde::{Deserialize, Serialize};
use tally::{
    Ratio,
    panel::{LeftOut, PanelLine, Standing},
};

kernel::words! {
    /// Where a review stands.
    #[schema(as = ReviewState)]
    State {
        /// Reviewers are invited and score.
        Open "open",
        /// It is counted; nothing changes any more.
        Closed "closed",
    }
}

kernel::words! {
    /// What somebody who was invited has answered.
    #[schema(as = AnswerReview)]
    Answer {
        /// Nothing yet.
        Invited "invited",
        /// They sit on the panel.
        Accepted "accepted",
        /// They do not.
        Declined "declined",
    }
}

kernel::words! {
    /// What a reviewer has to do with a project.
    Conflict {
        /// Nothing: they may score it.
        None "none",
        /// It comes from an organisation they belong to.
        OwnOrganisation "own-organisation",
        /// It comes from kin.
        Kin "kin",
        /// Something else.
        Other "other",
        /// Found: they live in the project's community.
        FoundHome "found-home",
        /// Found: they hold a seat in the organisation that applies.
        FoundOrganisation "found-organisation",
        /// Found: they apply themselves.
        FoundApplicant "found-applicant",
    }
}

impl Conflict {
    /// What a reviewer can say; the rest is found.
    pub const SAID: [Conflict; 4] = [Conflict::None, Conflict::OwnOrganisation, Conflict::Kin, Conflict::Other];
}

/// The review of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Of which season.
    pub season: SeasonId,
    /// Where it stands.
    pub state: State,
    /// How many were invited.
    pub n_reviewers: u32,
    /// Moves with everything that the ranking depends on.
    pub revision: i64,
    /// When the first reviewer was invited.
    pub opened_day: Day,
    /// When it was closed.
    pub closed_day: Option<Day>,
    /// The dated rule set; empty before.
    pub rule_set: String,
    /// SHA-256 of everything the ranking depends on, hexadecimal; empty before.
    pub inputs: String,
    /// What the minutes tell beside the lines.
    pub minutes: Minutes,
}

/// What the minutes of a closed review tell beside the lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// The verdict in the register.
    pub verdict: String,
    /// Sheets that were counted.
    pub sheets: u32,
    /// Reviewers with at least one sheet.
    pub reviewers: u32,
    /// Pairs of reviewer and project without sheet that no conflict explains.
    pub missing: u32,
    /// Whether supporters of the residents' vote could part ties: only where its result was published before.
    pub supporters: bool,
    /// What changes when one reviewer is left out.
    pub left_out: Vec<LeftOut>,
}

/// Somebody who was invited to the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// Who.
    pub person: PersonId,
    /// As they were called when they were invited.
    pub name: String,
    /// What they answered.
    pub answer: Answer,
    /// What stands for them in public, from 1; 0 before the review is closed.
    pub letter: u32,
    /// Projects of which they have said what they have to do with them.
    pub n_declared: u32,
    /// Of these, with a conflict.
    pub n_conflicts: u32,
    /// Sheets they saved.
    pub n_sheets: u32,
}

/// A sheet as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// Whose.
    pub person: PersonId,
    /// Of which project.
    pub project: u32,
    /// Scores in the order of the criteria.
    pub scores: Vec<u32>,
    /// What the reviewer says to it; may be empty.
    pub comment: String,
}

/// What a closed review says of a project, with the project's name and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1 for the first of the list.
    pub position: u32,
    /// What the count says.
    pub line: PanelLine,
    /// The project's reference.
    pub reference: String,
    /// The project's name.
    pub name: String,
    /// What it costs.
    pub cost: kernel::Fen,
}

/// What a closed review came to, for the decision on the season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewOutcome {
    /// SHA-256 of everything it depends on, hexadecimal.
    pub inputs: String,
    /// The verdict in the register.
    pub verdict: String,
    /// One for each project: the ranked ones in order of ranks, then those with too few sheets.
    pub projects: Vec<Placed>,
}

/// A project in a review's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The project's number.
    pub number: u32,
    /// 1 for the best; none with too few sheets.
    pub rank: Option<u32>,
    /// Points of 100, exact; none without a sheet.
    pub points: Option<Ratio>,
    /// Whether it is ranked and reaches the pass mark.
    pub passed: bool,
    /// What the panel alone makes of it.
    pub standing: Standing,
}

/// Scores as they are stored: `8,7,10`.
pub fn print_scores(scores: &[u32]) -> String {
    crate::print_choices(scores)
}

/// Stored scores back; `None` when the text is something else.
pub fn parse_scores(text: &str) -> Option<Vec<u32>> {
    crate::parse_choices(text)
}

/// The letter that stands for a reviewer: 1 is A, 26 is Z, 27 is AA.
pub fn letter(mut n: u32) -> String {
    let mut text = String::new();
    while n > 0 {
        n -= 1;
        text.insert(0, char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let told: Vec<String> = [0, 1, 2, 26, 27, 50, 52, 53].into_iter().map(letter).collect();
        assert_eq!(told, ["", "A", "B", "Z", "AA", "AX", "AZ", "BA"]);
    }
}
