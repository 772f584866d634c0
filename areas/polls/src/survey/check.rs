//! Whether answers can be taken, and which questions are asked after them.

use kernel::{Arg, FieldError, Refusal};

use super::{Answers, Ask, MAX_QUESTIONS, MAX_TEXT, Question, numbered};

macro_rules! names {
    ($($n:literal)*) => { [$(concat!("q", $n)),*] };
}

/// Names of the fields of a form, `q1` first.
pub(crate) const FIELDS: [&str; MAX_QUESTIONS] = names!(
    1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
);

/// The name of a question's field.
pub(crate) fn field(number: u32) -> &'static str {
    let at = usize::try_from(number).unwrap_or(0).saturating_sub(1);
    FIELDS.get(at).copied().unwrap_or("q1")
}

/// The numbers of the questions that are asked after these answers. A question depends on earlier ones alone
/// ([`super::read`] sees to it), so one pass finds them; what hangs on a question that is not asked is not asked either.
pub fn shown(questions: &[Question], answers: &Answers) -> Vec<u32> {
    let mut shown: Vec<u32> = Vec::new();
    for (number, question) in numbered(questions) {
        let asked = question.only_if.as_ref().is_none_or(|only| {
            let given = answers.get(&only.question).map_or(&[][..], Vec::as_slice);
            let chosen = |n: &u32| given.iter().any(|answer| answer.parse() == Ok(*n));
            shown.contains(&only.question) && only.among.iter().any(chosen)
        });
        if asked {
            shown.push(number);
        }
    }
    shown
}

/// What is kept of answers: those to questions that are asked, each in its one way of writing.
///
/// # Errors
/// Refusal `invalid-input` that names every question (`q1`, `q2`, …) whose answer cannot be taken.
pub fn check(questions: &[Question], answers: &Answers) -> Result<Answers, Refusal> {
    check_section(questions, answers, None)
}

/// The same for the questions of one section; answers to others are kept as they are.
///
/// # Errors
/// As [`check`].
pub fn check_section(questions: &[Question], answers: &Answers, section: Option<u32>) -> Result<Answers, Refusal> {
    let asked = shown(questions, answers);
    let (mut kept, mut wrong) = (Answers::new(), Vec::new());
    for (number, question) in numbered(questions).filter(|(number, _)| asked.contains(number)) {
        let given: Vec<&str> = answers.get(&number).map_or(&[][..], Vec::as_slice).iter().map(|a| a.trim()).collect();
        let given: Vec<&str> = given.into_iter().filter(|answer| !answer.is_empty()).collect();
        if section.is_some_and(|only| only != question.section) {
            if !given.is_empty() {
                kept.insert(number, given.into_iter().map(str::to_owned).collect());
            }
            continue;
        }
        match one(question, &given) {
            Ok(answer) if answer.is_empty() => {}
            Ok(answer) => drop(kept.insert(number, answer)),
            Err(mut error) => {
                error.field = field(number);
                wrong.push(error);
            }
        }
    }
    if wrong.is_empty() { Ok(kept) } else { Err(Refusal::invalid(wrong)) }
}

fn error(code: &'static str, limit: Option<i64>) -> FieldError {
    FieldError { field: "q1", code, args: limit.map(|limit| ("limit", Arg::Int(limit))).into_iter().collect() }
}

fn one(question: &Question, given: &[&str]) -> Result<Vec<String>, FieldError> {
    if given.is_empty() {
        return if question.required { Err(error("required", None)) } else { Ok(Vec::new()) };
    }
    let offered = question.ask.offered().len();
    let chosen = |most: usize| {
        let mut numbers: Vec<usize> = Vec::new();
        for answer in given {
            let number = answer.parse().ok().filter(|n| (1..=offered).contains(n));
            numbers.push(number.ok_or_else(|| error("unknown-choice", None))?);
        }
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() > most {
            return Err(error("too-many", Some(i64::try_from(most).unwrap_or(i64::MAX))));
        }
        Ok(numbers.iter().map(usize::to_string).collect())
    };
    match &question.ask {
        Ask::One { .. } | Ask::Scale => chosen(1),
        Ask::Several { most, .. } => chosen(usize::try_from(*most).unwrap_or(1)),
        Ask::Number { from, to } => {
            let number: i64 = given[0].parse().map_err(|_| error("whole-number", None))?;
            if number < *from {
                return Err(error("too-small", Some(*from)));
            }
            if number > *to {
                return Err(error("too-large", Some(*to)));
            }
            Ok(vec![number.to_string()])
        }
        Ask::Text => {
            let text: String = given[0].chars().filter(|c| !c.is_control()).collect();
            if text.chars().count() > MAX_TEXT {
                return Err(error("too-long", Some(i64::try_from(MAX_TEXT).unwrap_or(i64::MAX))));
            }
            Ok(vec![text])
        }
    }
}
