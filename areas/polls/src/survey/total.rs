//! Totals of a survey, as far as they may be shown.

use serde::{Deserialize, Serialize};

use super::{
    Answers, Ask, ENOUGH, Question, numbered, shown,
    suppress::{cells, is_safe, rows},
};

/// What a survey comes to. What fewer than `least` people said is not in it, nor can it be worked out from the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// The smallest number of people of whom something is told; 0 in results of an earlier program.
    #[serde(default)]
    pub least: u64,
    /// One for each question, in order.
    pub questions: Vec<Total>,
}

/// What the answers to one question come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// How many answered; nothing where that would tell what a few people said.
    pub answers: Option<u64>,
    /// How often each offer was chosen; nothing where that is hidden. Empty where nothing is offered, or where nothing of
    /// the question is shown.
    pub offered: Vec<Option<u64>>,
    /// The mean of a scale or a number in tenths, rounded half away from 0.
    pub mean_tenths: Option<i64>,
    /// The same by groups, those that may be shown. Empty where the survey has no groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupTotal>,
}

/// What one group answered to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTotal {
    /// The number of the group: of an offer of the question that makes groups.
    pub group: usize,
    /// How many of the group answered.
    pub answers: u64,
    /// How often each offer was chosen by the group.
    pub offered: Vec<u64>,
    /// The mean of a scale or a number in tenths.
    pub mean_tenths: Option<i64>,
}

/// Counts answers of one question.
#[derive(Debug, Clone, Default)]
struct Counting {
    answers: u64,
    offered: Vec<u64>,
    sum: i64,
}

impl Counting {
    fn of(question: &Question) -> Counting {
        Counting { offered: vec![0; question.ask.offered().len()], ..Counting::default() }
    }

    fn add(&mut self, ask: &Ask, given: &[String]) {
        self.answers += 1;
        for value in given.iter().filter_map(|answer| answer.parse::<i64>().ok()) {
            if matches!(ask, Ask::Text) {
                return;
            }
            self.sum = self.sum.saturating_add(value);
            let at = usize::try_from(value).unwrap_or(0).wrapping_sub(1);
            if let Some(n) = self.offered.get_mut(at) {
                *n += 1;
            }
        }
    }

    /// Everything that the question's table shows of these people: how many they are, then each cell.
    fn row(&self) -> Vec<u64> {
        std::iter::once(self.answers).chain(self.offered.iter().copied()).collect()
    }

    fn mean(&self, ask: &Ask) -> Option<i64> {
        matches!(ask, Ask::Scale | Ask::Number { .. }).then(|| tenths(self.sum, self.answers))
    }
}

/// One question with its counts.
#[derive(Debug, Clone)]
struct Line {
    all: Counting,
    /// Of how many ballots it was asked.
    asked: u64,
    /// By the offers of the question that makes groups.
    groups: Vec<Counting>,
}

/// Adds up answers, in whatever order they come.
#[derive(Debug, Clone)]
pub(crate) struct Adding {
    questions: Vec<Question>,
    /// The number of the question that makes groups.
    by: Option<u32>,
    lines: Vec<Line>,
    n_ballots: u64,
}

impl Adding {
    /// Without answers.
    pub fn new(questions: &[Question]) -> Adding {
        let by = numbered(questions).find(|(_, question)| question.groups);
        let groups = by.map_or(0, |(_, question)| question.ask.offered().len());
        let empty = |q: &Question| Line { all: Counting::of(q), asked: 0, groups: vec![Counting::of(q); groups] };
        let (by, lines) = (by.map(|(number, _)| number), questions.iter().map(empty).collect());
        Adding { questions: questions.to_vec(), by, lines, n_ballots: 0 }
    }

    /// Takes the answers of one ballot.
    pub fn add(&mut self, answers: &Answers) {
        self.n_ballots += 1;
        let asked = shown(&self.questions, answers);
        let group = self.by.and_then(|by| answers.get(&by)?.first()?.parse::<u32>().ok()).map(crate::choice::index);
        for ((number, question), line) in numbered(&self.questions).zip(&mut self.lines) {
            line.asked += u64::from(asked.contains(&number));
            let Some(given) = answers.get(&number) else { continue };
            line.all.add(&question.ask, given);
            if let Some(counting) = group.and_then(|at| line.groups.get_mut(at)) {
                counting.add(&question.ask, given);
            }
        }
    }

    /// What may be shown.
    pub fn finish(&self) -> Totals {
        let mut totals: Vec<Total> = Vec::with_capacity(self.questions.len());
        // a question waits for earlier ones alone, so what is shown of those is known
        for (question, line) in self.questions.iter().zip(&self.lines) {
            let total =
                if self.tells_who_was_asked(question, line, &totals) { Total::default() } else { line.total(question) };
            totals.push(total);
        }
        if let Some(by) = self.by {
            let sizes = totals.get(crate::choice::index(by)).map_or_else(Vec::new, |total| total.offered.clone());
            for (((number, question), line), total) in numbered(&self.questions).zip(&self.lines).zip(&mut totals) {
                if number != by {
                    total.groups = line.by_group(question, &sizes, total);
                }
            }
        }
        Totals { least: ENOUGH, questions: totals }
    }

    /// How many answered a question that waits for an answer says how many gave that answer. Where that is hidden, or where
    /// only a few were asked or only a few were not, nothing of the question is shown.
    fn tells_who_was_asked(&self, question: &Question, line: &Line, earlier: &[Total]) -> bool {
        let Some(only) = &question.only_if else { return false };
        let offered = earlier.get(crate::choice::index(only.question)).map_or(&[][..], |total| &total.offered);
        let is_told = |n: &u32| offered.get(crate::choice::index(*n)).is_some_and(Option::is_some);
        !only.among.iter().all(is_told) || !is_safe(line.asked) || !is_safe(self.n_ballots.saturating_sub(line.asked))
    }
}

impl Line {
    fn total(&self, question: &Question) -> Total {
        if self.all.answers < ENOUGH {
            return Total::default();
        }
        let Some(offered) = cells(&self.all.offered) else { return Total::default() };
        // the mean of a scale with few answers in a cell would tell the cell
        let tells = offered.iter().all(Option::is_some);
        let mean_tenths = if tells { self.all.mean(&question.ask) } else { None };
        Total { answers: Some(self.all.answers), offered, mean_tenths, groups: Vec::new() }
    }

    /// The groups that may be shown beside everybody; none where something of everybody is hidden.
    fn by_group(&self, question: &Question, sizes: &[Option<u64>], total: &Total) -> Vec<GroupTotal> {
        let whole = total.answers.is_some() && total.offered.iter().all(Option::is_some);
        if !whole || matches!(question.ask, Ask::Text) {
            return Vec::new();
        }
        // a group whose size is hidden is no row; what it said is in the rest
        let told = |at: usize| sizes.get(at).is_some_and(Option::is_some);
        let table: Vec<Vec<u64>> = (self.groups.iter().enumerate())
            .map(|(at, group)| if told(at) { group.row() } else { Vec::new() })
            .collect();
        let chosen = rows(&table, &self.all.row());
        (self.groups.iter().zip(chosen).enumerate())
            .filter(|(_, (_, shown))| *shown)
            .map(|(at, (group, _))| GroupTotal {
                group: at + 1,
                answers: group.answers,
                offered: group.offered.clone(),
                mean_tenths: group.mean(&question.ask),
            })
            .collect()
    }
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

    fn given(list: &[(u32, &str)]) -> Answers {
        list.iter().map(|(n, a)| (*n, vec![(*a).to_owned()])).collect()
    }

    fn totals(text: &str, ballots: &[(usize, Answers)]) -> Vec<Total> {
        let mut adding = Adding::new(&read(text).unwrap());
        for (n, answers) in ballots {
            (0..*n).for_each(|_| adding.add(answers));
        }
        adding.finish().questions
    }

    #[test]
    fn means_are_rounded_half_away_from_nothing() {
        assert_eq!([tenths(25, 10), tenths(-25, 10), tenths(1, 3), tenths(2, 3)], [25, -25, 3, 7]);
    }

    #[test]
    fn four_answers_are_too_few_and_five_are_enough() {
        let text = "[one] a\n- x\n- y\n[text] b\n[number 0 9] c";
        let answers = given(&[(1, "1"), (2, "secret"), (3, "7")]);
        let few = totals(text, &[(4, answers.clone())]);
        assert!(few.iter().all(|total| total.answers.is_none() && total.offered.is_empty()));
        let enough = totals(text, &[(5, answers)]);
        assert_eq!(enough[0].offered, [Some(5), Some(0)]);
        assert_eq!((enough[1].answers, enough[2].mean_tenths), (Some(5), Some(70)));
        assert!(!serde_json::to_string(&enough).unwrap().contains("secret"));
    }

    #[test]
    fn a_question_that_waits_for_a_hidden_answer_is_hidden_with_it() {
        let text = "[one] a *\n- x\n- y\n- z\n[scale] b *\n? 1 = 1\n[scale] c *\n? 1 = 3";
        let ballots = |few: usize| {
            [(30, given(&[(1, "1"), (2, "5")])), (8, given(&[(1, "2")])), (few, given(&[(1, "3"), (3, "1")]))]
        };
        let all = totals(text, &ballots(6));
        assert_eq!([all[0].answers, all[1].answers, all[2].answers], [Some(44), Some(30), Some(6)]);
        // four chose z: that is hidden with y, and so is what only they were asked, however many answered it
        let some = totals(text, &ballots(4));
        assert_eq!(some[0].offered, [Some(30), None, None]);
        assert_eq!([some[1].answers, some[2].answers], [Some(30), None]);
    }

    #[test]
    fn where_all_but_a_few_were_asked_the_few_are_not_told() {
        // the answers that lead on are all shown, but three did not give one
        let text = "[several 2] a\n- x\n- y\n[scale] b *\n? 1 = 1, 2";
        let asked = totals(text, &[(20, given(&[(1, "1"), (2, "4")])), (3, given(&[]))]);
        assert_eq!((asked[0].answers, asked[1].answers), (Some(20), None));
        let asked = totals(text, &[(20, given(&[(1, "1"), (2, "4")])), (5, given(&[]))]);
        assert_eq!(asked[1].answers, Some(20));
    }

    #[test]
    fn groups_are_shown_where_neither_they_nor_the_rest_are_small() {
        let text = "[group] age *\n- young\n- middle\n- old\n[scale] b";
        let row = |age: &str, score: &str| given(&[(1, age), (2, score)]);
        let told = |ballots: &[(usize, Answers)]| -> Vec<(usize, u64, Option<i64>)> {
            totals(text, ballots)[1].groups.iter().map(|g| (g.group, g.answers, g.mean_tenths)).collect()
        };
        let whole = [(6, row("1", "2")), (7, row("2", "4")), (8, row("3", "5"))];
        assert_eq!(told(&whole), [(1, 6, Some(20)), (2, 7, Some(40)), (3, 8, Some(50))]);
        // four of the old said something else: their row would tell it, and so would all the others together
        let some = [(6, row("1", "2")), (7, row("2", "4")), (8, row("3", "5")), (5, row("1", "4")), (4, row("3", "4"))];
        assert_eq!(told(&some), [(1, 11, Some(29))], "what is left is the middle and the old together");
        // the group itself is small; so that its size is not told by the others, that of another is hidden with it
        assert_eq!(told(&[(9, row("1", "2")), (9, row("2", "2")), (2, row("3", "2"))]), [(2, 9, Some(20))]);
        assert!(totals("[one] a\n- x\n- y\n[scale] b", &[(9, row("1", "2"))])[1].groups.is_empty());
    }
}
