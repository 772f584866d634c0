//! Feedback 反馈: a grade from 1 to 5 and a few words of somebody who came. Shown from five answers on, so that nobody can
//! be guessed.

pub mod queries;
pub mod rate;
pub mod store;

/// Answers from which on they are shown.
pub const SHOWN_FROM: u32 = 5;

/// What is told of the answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Grades {
    /// How many answered.
    pub answers: u32,
    /// How many gave each grade, 1 to 5; all 0 while there are fewer than five answers.
    pub by_grade: [u32; 5],
}

impl Grades {
    /// The mean in tenths, rounded down; `None` while there are fewer than five answers.
    pub fn tenths(&self) -> Option<u32> {
        let sum: u64 = (1_u64..).zip(self.by_grade).map(|(grade, n)| grade * u64::from(n)).sum();
        let n: u64 = self.by_grade.iter().map(|n| u64::from(*n)).sum();
        (n >= u64::from(SHOWN_FROM)).then(|| u32::try_from(sum * 10 / n).unwrap_or(0))
    }
}
