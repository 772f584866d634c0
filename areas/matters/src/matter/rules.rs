//! Facts in, a reasoned answer out.

use kernel::{Day, Kind, Principal, Refusal, Role, Site};
use work::calendar::add_days;

use super::{Matter, Stage, State};

/// Kinds that anybody may open; the others belong to the areas that run them.
pub const EVERYBODYS: [&str; 3] = ["report", "suggestion", "idea"];
/// Photos and documents of a step at most.
pub const MAX_FILES: usize = 9;
/// Steps of a thread at most, so that a flood of notes ends.
pub const MAX_STEPS: u32 = 2_000;
/// So many days a grade may be changed, the first not counted.
pub const GRADE_DAYS: i32 = 7;
/// How often a matter may be sent back.
pub const MAX_ROUNDS: u32 = 1;

/// Which way a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As the rule foresees.
    Forward,
    /// Something has to be done again: only with a reason.
    Back,
}

/// The moves that are allowed. What needs no talk goes from 集 to 办 at once; 评 is reached by an answer as well.
const MOVES: [(Stage, Stage, Way); 10] = [
    (Stage::Collect, Stage::Deliberate, Way::Forward),
    (Stage::Collect, Stage::Do, Way::Forward),
    (Stage::Deliberate, Stage::Do, Way::Forward),
    (Stage::Do, Stage::Supervise, Way::Forward),
    (Stage::Supervise, Stage::Appraise, Way::Forward),
    (Stage::Deliberate, Stage::Collect, Way::Back),
    (Stage::Do, Stage::Collect, Way::Back),
    (Stage::Do, Stage::Deliberate, Way::Back),
    (Stage::Supervise, Stage::Do, Way::Back),
    (Stage::Appraise, Stage::Do, Way::Back),
];

/// The way from one stage to another; none when there is no such way.
pub fn way(from: Stage, to: Stage) -> Option<Way> {
    MOVES.iter().find(|(a, b, _)| (*a, *b) == (from, to)).map(|(_, _, way)| *way)
}

/// Where a matter may go from a stage, forward first.
pub fn ways(from: Stage) -> impl Iterator<Item = (Stage, Way)> {
    MOVES.iter().filter(move |(a, ..)| *a == from).map(|(_, to, way)| (*to, *way))
}

/// Whether a matter may be moved.
///
/// # Errors
/// `matter-not-open`, `stage-not-allowed`, `reason-required`.
pub fn may_move(matter: &Matter, to: Stage, reason: &str) -> Result<Way, Refusal> {
    expect_open(matter)?;
    let refusal = || Refusal::new(Kind::Conflict, "stage-not-allowed");
    let way = way(matter.stage, to)
        .ok_or_else(|| refusal().with_text("from", matter.stage.as_str()).with_text("to", to.as_str()))?;
    if way == Way::Back && reason.is_empty() {
        return Err(Refusal::invalid(vec![kernel::FieldError::new("words", "reason-required")]));
    }
    Ok(way)
}

/// What can be done with open matters only.
///
/// # Errors
/// `matter-closed`, `matter-joined`.
pub fn expect_open(matter: &Matter) -> Result<(), Refusal> {
    match matter.state {
        State::Open => Ok(()),
        State::Closed => Err(Refusal::new(Kind::Conflict, "matter-closed").with_text("number", &matter.number)),
        State::Joined => Err(Refusal::new(Kind::Conflict, "matter-joined").with_text("number", &matter.number)),
    }
}

/// Whether a matter may be answered.
///
/// # Errors
/// As [`expect_open`]; `duties-still-open` with their number.
pub fn may_close(matter: &Matter) -> Result<(), Refusal> {
    expect_open(matter)?;
    if matter.n_waits > 0 {
        let refusal = Refusal::new(Kind::Conflict, "duties-still-open");
        return Err(refusal.with_int("n", i64::from(matter.n_waits)));
    }
    Ok(())
}

/// The first day on which a first grade must have been given to be changed today.
pub fn changeable_since(today: &Day) -> Day {
    add_days(today, -GRADE_DAYS)
}

/// In which role somebody acts at a place, as the public sees it: the weightiest of the posts that reach it.
pub fn role_at(principal: Option<&Principal>, site: &Site) -> Option<Role> {
    const WEIGHT: [Role; 4] = [Role::Worker, Role::Secretary, Role::Officer, Role::DepartmentOfficer];
    let held: Vec<Role> =
        principal?.posts.iter().filter(|post| site.is_within(&post.place)).map(|post| post.role).collect();
    WEIGHT.into_iter().find(|role| held.contains(role)).or_else(|| held.first().copied())
}

/// A name as strangers may see it: the first letter and two stars.
pub fn masked(name: &str) -> String {
    name.chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_moves() {
        use Stage::{Appraise, Collect, Deliberate, Do, Supervise};
        // rows: from; columns: to. F forward, B back with a reason, . never
        let table = [
            (Collect, ". F F . ."),
            (Deliberate, "B . F . ."),
            (Do, "B B . F ."),
            (Supervise, ". . B . F"),
            (Appraise, ". . B . ."),
        ];
        for (from, row) in table {
            for (to, want) in Stage::ALL.iter().zip(row.split(' ')) {
                let found = match way(from, *to) {
                    None => ".",
                    Some(Way::Forward) => "F",
                    Some(Way::Back) => "B",
                };
                assert_eq!(found, want, "{from:?} to {to:?}");
            }
        }
        assert_eq!([Collect, Deliberate, Do, Supervise, Appraise].as_slice(), Stage::ALL);
    }

    #[test]
    fn a_grade_may_be_changed_for_seven_days() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(changeable_since(&day("2026-03-08")), day("2026-03-01"));
    }

    #[test]
    fn strangers_see_the_first_letter() {
        assert_eq!(masked("王小明"), "王**");
        assert_eq!(masked(""), "");
    }
}
