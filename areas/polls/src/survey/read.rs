//! A survey as an officer types it: a line a question.
//!
//! ```text
//! # 出行
//! [one] 您平时怎么出门？ *
//! - 步行
//! - 公交
//! [several 2] 哪些地方不好走？
//! ? 1 = 1
//! - 路口
//! - 楼梯
//! [scale] 您满意吗？
//! [number 0 20] 一周出门几次？
//! [text] 还有什么想说的？
//! ```
//!
//! `[group]` instead of `[one]` also tells the other answers by the answers to this one. `#` begins a page, a star at the end asks for an answer, `-` offers one, and `? 1 = 1, 2` asks only where question 1
//! was answered by its first or second offer.

use kernel::{Arg, FieldError, Refusal};

use super::{Ask, MAX_OFFERED, MAX_QUESTIONS, OnlyIf, Question};

/// Characters of a question at most.
const MAX_QUESTION: usize = 200;
/// Characters of an offer or a heading at most.
const MAX_LINE: usize = 80;

/// Words for what an answer is.
const WORDS: [(&str, &str); 12] = [
    ("one", "one"),
    ("单选", "one"),
    ("group", "group"),
    ("分组", "group"),
    ("several", "several"),
    ("多选", "several"),
    ("scale", "scale"),
    ("打分", "scale"),
    ("number", "number"),
    ("数字", "number"),
    ("text", "text"),
    ("文字", "text"),
];

/// The questions of a text.
///
/// # Errors
/// Refusal `invalid-input` whose errors of the field `questions` name lines, the first of each kind first.
pub fn read(text: &str) -> Result<Vec<Question>, Refusal> {
    let mut reader = Reader { section: 1, ..Reader::default() };
    for (line, text) in (1..).zip(text.lines()) {
        reader.line = line;
        let text = text.trim();
        match text.chars().next() {
            None => {}
            Some('#') => reader.heading(text.trim_start_matches('#').trim()),
            Some('[' | '【') => reader.question(text),
            Some('-') => reader.offer(text.trim_start_matches('-').trim()),
            Some('?' | '？') => reader.only_if(text.trim_start_matches(['?', '？'])),
            Some(_) => reader.wrong("survey-line"),
        }
    }
    reader.finish()
}

/// Questions in the lines that [`read`] reads.
pub fn print(questions: &[Question]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut heading = "";
    for (at, question) in questions.iter().enumerate() {
        let begins = at == 0 || questions[at - 1].section != question.section;
        // a question that waits for an answer of the page before begins a page by itself
        let waits = question.only_if.as_ref().and_then(|only| questions.get(crate::choice::index(only.question)));
        let by_itself = at > 0 && waits.is_some_and(|earlier| earlier.section == questions[at - 1].section);
        if begins && (question.heading != heading || (at > 0 && !by_itself)) {
            lines.push(format!("# {}", question.heading));
            heading = &question.heading;
        }
        let star = if question.required { " *" } else { "" };
        let ask = match &question.ask {
            Ask::Several { most, .. } => format!("several {most}"),
            Ask::Number { from, to } => format!("number {from} {to}"),
            Ask::One { .. } if question.groups => "group".to_owned(),
            ask => ask.word().to_owned(),
        };
        lines.push(format!("[{ask}] {}{star}", question.text));
        if let Some(only) = &question.only_if {
            let among: Vec<String> = only.among.iter().map(u32::to_string).collect();
            lines.push(format!("? {} = {}", only.question, among.join(", ")));
        }
        if let Ask::One { offered } | Ask::Several { offered, .. } = &question.ask {
            lines.extend(offered.iter().map(|offer| format!("- {offer}")));
        }
    }
    lines.join("\n")
}

#[derive(Default)]
struct Reader {
    line: i64,
    section: u32,
    heading: String,
    /// Each with its line.
    questions: Vec<(i64, Question)>,
    errors: Vec<FieldError>,
}

impl Reader {
    fn wrong(&mut self, code: &'static str) {
        self.wrong_at(self.line, code);
    }

    fn wrong_at(&mut self, line: i64, code: &'static str) {
        if self.errors.len() < 20 {
            self.errors.push(FieldError { field: "questions", code, args: vec![("line", Arg::Int(line))] });
        }
    }

    fn heading(&mut self, text: &str) {
        if text.chars().count() > MAX_LINE {
            return self.wrong("survey-too-long");
        }
        // a heading before the first question names the first page
        if self.questions.iter().any(|(_, question)| question.section == self.section) {
            self.section += 1;
        }
        text.clone_into(&mut self.heading);
    }

    fn question(&mut self, text: &str) {
        let Some((ask, rest)) = text.trim_start_matches(['[', '【']).split_once([']', '】']) else {
            return self.wrong("survey-line");
        };
        let rest = rest.trim();
        let (required, rest) = match rest.strip_suffix(['*', '＊']) {
            Some(rest) => (true, rest.trim()),
            None => (false, rest),
        };
        if rest.is_empty() || rest.chars().any(char::is_control) {
            return self.wrong("survey-line");
        }
        if rest.chars().count() > MAX_QUESTION {
            return self.wrong("survey-too-long");
        }
        let Some((ask, groups)) = ask_of(ask) else { return self.wrong("survey-kind") };
        // one question alone makes groups: two together would make them small
        if groups && self.questions.iter().any(|(_, question)| question.groups) {
            return self.wrong("survey-group");
        }
        if self.questions.len() >= MAX_QUESTIONS {
            return self.wrong("survey-too-many");
        }
        let question = Question {
            section: self.section,
            heading: self.heading.clone(),
            text: rest.to_owned(),
            ask,
            required,
            groups,
            only_if: None,
        };
        self.questions.push((self.line, question));
    }

    fn offer(&mut self, text: &str) {
        let fits = (1..=MAX_LINE).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        match self.questions.last_mut().map(|(_, question)| &mut question.ask) {
            Some(Ask::One { offered } | Ask::Several { offered, .. }) if fits && offered.len() < MAX_OFFERED => {
                offered.push(text.to_owned());
            }
            Some(Ask::One { .. } | Ask::Several { .. }) => self.wrong("survey-offer"),
            _ => self.wrong("survey-line"),
        }
    }

    /// An earlier question alone, so that nothing runs in circles.
    fn only_if(&mut self, text: &str) {
        let parsed = text.split_once(['=', '＝']).and_then(|(question, among)| {
            let question: u32 = question.trim().parse().ok()?;
            let among = among.split([',', '，', '、']).map(|n| n.trim().parse().ok());
            Some(OnlyIf { question, among: among.collect::<Option<Vec<u32>>>()? })
        });
        let own = u32::try_from(self.questions.len()).unwrap_or(u32::MAX);
        let Some(only) = parsed.filter(|only| !only.among.is_empty()) else { return self.wrong("survey-line") };
        if own == 0 || only.question == 0 || only.question >= own {
            return self.wrong("survey-backwards");
        }
        let at = usize::try_from(only.question).unwrap_or(1).saturating_sub(1);
        let earlier = self.questions.get(at).map_or(0, |(_, earlier)| earlier.section);
        if self.questions.last().is_some_and(|(_, question)| question.groups) {
            return self.wrong("survey-group");
        }
        if let Some((_, question)) = self.questions.last_mut() {
            // a page cannot know what is answered on it: the question begins the next one
            if earlier == question.section {
                self.section += 1;
                question.section = self.section;
            }
            question.only_if = Some(only);
        }
    }

    fn finish(mut self) -> Result<Vec<Question>, Refusal> {
        let mut wrong = Vec::new();
        for (line, question) in &self.questions {
            let offered = question.ask.offered().len();
            let few = matches!(question.ask, Ask::One { .. } | Ask::Several { .. }) && offered < 2;
            if few {
                wrong.push((*line, "survey-offers"));
            }
            let Some(only) = &question.only_if else { continue };
            let at = usize::try_from(only.question).unwrap_or(0).saturating_sub(1);
            let known = self.questions.get(at).map_or(0, |(_, earlier)| earlier.ask.offered().len());
            let within = |n: &u32| usize::try_from(*n).is_ok_and(|n| (1..=known).contains(&n));
            if !only.among.iter().all(within) {
                wrong.push((*line, "survey-answers"));
            }
        }
        if self.questions.is_empty() && self.errors.is_empty() {
            self.errors.push(FieldError::new("questions", "required"));
        }
        wrong.into_iter().for_each(|(line, code)| self.wrong_at(line, code));
        if self.errors.is_empty() {
            Ok(self.questions.into_iter().map(|(_, question)| question).collect())
        } else {
            Err(Refusal::invalid(self.errors))
        }
    }
}

/// What an answer is, and whether it makes groups.
fn ask_of(text: &str) -> Option<(Ask, bool)> {
    let mut parts = text.split_whitespace();
    let typed = parts.next()?.to_lowercase();
    let word = WORDS.iter().find(|(known, _)| *known == typed)?.1;
    let numbers: Option<Vec<i64>> = parts.map(|part| part.parse().ok()).collect();
    let numbers = numbers?;
    let ask = match (word, &numbers[..]) {
        ("one" | "group", []) => Ask::One { offered: Vec::new() },
        ("several", []) => Ask::Several { offered: Vec::new(), most: u32::try_from(MAX_OFFERED).unwrap_or(1) },
        ("several", [most]) => {
            let most = u32::try_from(*most).ok().filter(|most| (1..=20).contains(most))?;
            Ask::Several { offered: Vec::new(), most }
        }
        ("scale", []) => Ask::Scale,
        ("number", [from, to]) if from < to && *from >= -1_000_000_000 && *to <= 1_000_000_000 => {
            Ask::Number { from: *from, to: *to }
        }
        ("text", []) => Ask::Text,
        _ => return None,
    };
    Some((ask, word == "group"))
}

#[cfg(test)]
mod tests {
    use super::{super::shown, *};
    use crate::survey::{Answers, check};

    const GOOD: &str = "# 出行\n[one] 您平时怎么出门？ *\n- 步行\n- 公交\n\n[多选 2] 哪些路口不好走？\n? 1 = 1\n- 东口\n\
                        - 西口\n- 南口\n# 感受\n[scale] 您满意吗？\n[number 0 20] 一周出门几次？\n? 2 = 1，3\n[text] 还有什么想说的？";

    fn errors(text: &str) -> Vec<(i64, &'static str)> {
        let line = |error: &FieldError| match error.args.first() {
            Some((_, Arg::Int(line))) => *line,
            _ => 0,
        };
        read(text).unwrap_err().fields.iter().map(|error| (line(error), error.code)).collect()
    }

    #[test]
    fn questions_are_read_and_faults_name_their_line() {
        let questions = read(GOOD).unwrap();
        let told: Vec<_> = questions.iter().map(|q| (q.section, q.ask.word(), q.required)).collect();
        assert_eq!(
            told,
            [(1, "one", true), (2, "several", false), (3, "scale", false), (3, "number", false), (3, "text", false)]
        );
        assert_eq!(questions[3].only_if, Some(OnlyIf { question: 2, among: vec![1, 3] }));
        for (text, found) in [
            ("", vec![(0, "required")]),
            ("hello", vec![(1, "survey-line")]),
            ("[guess] what", vec![(1, "survey-kind")]),
            ("[number 5 1] n", vec![(1, "survey-kind")]),
            ("[one] a\n- only one", vec![(1, "survey-offers")]),
            ("[scale] a\n- no offers here", vec![(2, "survey-line")]),
            // forwards, itself, nothing, an answer that there is not
            ("[scale] a\n? 2 = 1\n[scale] b", vec![(2, "survey-backwards")]),
            ("[scale] a\n? 1 = 1", vec![(2, "survey-backwards")]),
            ("? 1 = 1", vec![(1, "survey-backwards")]),
            ("[scale] a\n[scale] b\n? 1 = 6", vec![(2, "survey-answers")]),
            ("[text] a\n[scale] b\n? 1 = 1", vec![(2, "survey-answers")]),
            // groups twice, and groups that not everybody is asked for
            ("[group] a\n- x\n- y\n[分组] b", vec![(4, "survey-group")]),
            ("[scale] a\n[group] b\n? 1 = 1\n- x\n- y", vec![(3, "survey-group")]),
        ] {
            assert_eq!(errors(text), found, "{text:?}");
        }
    }

    #[test]
    fn questions_come_back_from_their_lines() {
        for text in [
            GOOD,
            "[scale] a",
            "[group] a *\n- x\n- y\n[text] b",
            "# 一\n[scale] a\n# 二\n[text] b",
            "[several 1] a\n- x\n- y\n[scale] b\n? 1 = 2\n[text] c",
            "[scale] a\n#\n[text] b\n#\n[text] c\n? 1 = 5",
        ] {
            let questions = read(text).unwrap();
            assert_eq!(read(&print(&questions)).unwrap(), questions, "{text}");
        }
    }

    #[test]
    fn a_question_is_asked_only_after_the_answers_it_waits_for() {
        let questions = read(GOOD).unwrap();
        let answers = |list: &[(u32, &str)]| -> Answers {
            list.iter().map(|(n, answer)| (*n, vec![(*answer).to_owned()])).collect()
        };
        assert_eq!(shown(&questions, &answers(&[])), [1, 3, 5]);
        assert_eq!(shown(&questions, &answers(&[(1, "1")])), [1, 2, 3, 5]);
        assert_eq!(shown(&questions, &answers(&[(1, "1"), (2, "3")])), [1, 2, 3, 4, 5]);
        // what hangs on a question that is not asked is not asked, whatever was sent
        assert_eq!(shown(&questions, &answers(&[(1, "2"), (2, "3")])), [1, 3, 5]);
        let kept = check(&questions, &answers(&[(1, "2"), (2, "3"), (4, "7"), (5, " 好 ")])).unwrap();
        assert_eq!(kept, answers(&[(1, "2"), (5, "好")]));
        let wrong = check(&questions, &answers(&[(1, "1"), (2, "4"), (3, "6")])).unwrap_err();
        let wrong: Vec<_> = wrong.fields.iter().map(|e| (e.field, e.code)).collect();
        assert_eq!(wrong, [("q2", "unknown-choice"), ("q3", "unknown-choice")]);
        let wrong = check(&questions, &answers(&[])).unwrap_err();
        assert_eq!((wrong.fields[0].field, wrong.fields[0].code), ("q1", "required"));
    }
}
