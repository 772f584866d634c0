//! Totals of a survey, as far as they may be shown.

use serde::{Deserialize, Serialize};

use super::{Answers, Ask, ENOUGH, Question, numbered};

/// What a survey comes to. What fewer than [`ENOUGH`] people said is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// One for each question, in order.
    pub questions: Vec<Total>,
}

/// What the answers to one question come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// How many answered; nothing where they are too few to be shown.
    pub answers: Option<u64>,
    /// How often each offer was chosen; nothing where that is too rare to be shown. Empty where nothing is offered, or
    /// where too few answered.
    pub offered: Vec<Option<u64>>,
    /// The mean of a scale or a number in tenths, rounded half away from 0.
    pub mean_tenths: Option<i64>,
}

/// Counts answers of one question.
#[derive(Debug, Clone, Default)]
struct Counting {
    answers: u64,
    offered: Vec<u64>,
    sum: i64,
}

/// Adds up answers, in whatever order they come.
#[derive(Debug, Clone)]
pub(crate) struct Adding {
    questions: Vec<Question>,
    counts: Vec<Counting>,
}

impl Adding {
    /// Without answers.
    pub fn new(questions: &[Question]) -> Adding {
        let empty = |q: &Question| Counting { offered: vec![0; q.ask.offered().len()], ..Counting::default() };
        Adding { questions: questions.to_vec(), counts: questions.iter().map(empty).collect() }
    }

    /// Takes the answers of one ballot.
    pub fn add(&mut self, answers: &Answers) {
        for ((number, question), count) in numbered(&self.questions).zip(&mut self.counts) {
            let Some(given) = answers.get(&number) else { continue };
            count.answers += 1;
            for answer in given {
                let value: Option<i64> = answer.parse().ok();
                match (&question.ask, value) {
                    (Ask::Text, _) | (_, None) => {}
                    (Ask::Number { .. }, Some(value)) => count.sum = count.sum.saturating_add(value),
                    (_, Some(value)) => {
                        count.sum = count.sum.saturating_add(value);
                        let at = usize::try_from(value).unwrap_or(0).wrapping_sub(1);
                        if let Some(n) = count.offered.get_mut(at) {
                            *n += 1;
                        }
                    }
                }
            }
        }
    }

    /// What may be shown.
    pub fn finish(&self) -> Totals {
        let total = |(question, count): (&Question, &Counting)| {
            if count.answers < ENOUGH {
                return Total { answers: None, offered: Vec::new(), mean_tenths: None };
            }
            let is_measured = matches!(question.ask, Ask::Scale | Ask::Number { .. });
            let offered = cells(&count.offered);
            // the mean of a scale with few answers in a cell would tell the cell
            let tells = is_measured && offered.iter().all(Option::is_some);
            let mean_tenths = tells.then(|| tenths(count.sum, count.answers));
            Total { answers: Some(count.answers), offered, mean_tenths }
        };
        Totals { questions: self.questions.iter().zip(&self.counts).map(total).collect() }
    }
}

/// Counts below [`ENOUGH`] but for 0 are hidden. Where that hides one alone, the number of answers would tell it, so the
/// smallest of the others is hidden with it.
fn cells(counts: &[u64]) -> Vec<Option<u64>> {
    let mut cells: Vec<Option<u64>> = counts.iter().map(|n| (*n == 0 || *n >= ENOUGH).then_some(*n)).collect();
    if cells.iter().filter(|cell| cell.is_none()).count() == 1 {
        let smallest = cells.iter_mut().filter(|cell| cell.is_some_and(|n| n > 0)).min_by_key(|cell| **cell);
        if let Some(smallest) = smallest {
            *smallest = None;
        }
    }
    cells
}

fn tenths(sum: i64, of: u64) -> i64 {
    let (sum, of) = (i128::from(sum) * 10, i128::from(of).max(1));
    let half = if sum < 0 { -(of / 2) } else { of / 2 };
    i64::try_from((sum + half) / of).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::read;

    #[test]
    fn what_few_said_is_not_shown_and_cannot_be_worked_out() {
        for (counts, told) in [
            (vec![10, 5], vec![Some(10), Some(5)]),
            (vec![10, 4, 6], vec![Some(10), None, None]),
            (vec![10, 4, 1], vec![Some(10), None, None]),
            (vec![10, 0, 6], vec![Some(10), Some(0), Some(6)]),
            (vec![10, 3], vec![None, None]),
        ] {
            assert_eq!(cells(&counts), told, "{counts:?}");
        }
        assert_eq!([tenths(25, 10), tenths(-25, 10), tenths(1, 3), tenths(2, 3)], [25, -25, 3, 7]);
    }

    #[test]
    fn four_answers_are_too_few_and_five_are_enough() {
        let questions = read("[one] a\n- x\n- y\n[text] b\n[number 0 9] c").unwrap();
        let answers = Answers::from([(1, vec!["1".into()]), (2, vec!["secret".into()]), (3, vec!["7".into()])]);
        let mut adding = Adding::new(&questions);
        (0..4).for_each(|_| adding.add(&answers));
        assert!(adding.finish().questions.iter().all(|total| total.answers.is_none() && total.offered.is_empty()));
        adding.add(&answers);
        let totals = adding.finish();
        assert_eq!(totals.questions[0].offered, [Some(5), Some(0)]);
        assert_eq!((totals.questions[1].answers, totals.questions[2].mean_tenths), (Some(5), Some(70)));
        assert!(!serde_json::to_string(&totals).unwrap().contains("secret"));
    }
}
