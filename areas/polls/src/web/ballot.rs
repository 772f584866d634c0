//! The boxes of a ballot: what a form shows, what it sends, and what was chosen in words.

use kernel::{FieldError, Kind, Refusal};
use ui::{
    Markup, Words, html,
    parts::{CheckList, Choice as Box, Errors, Field, Input, checks, pairs, select, text},
    words::key_of,
};
use web::page::errors;

use crate::{
    Choice, Poll, PollKind, Salted, State, Vote,
    survey::{Answers, Ask, Question, field, numbered, shown},
};

/// What a form sent: names and values in order. A name that comes several times is a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The value of a name; empty where it was not sent.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    }

    /// With another value for a name.
    pub fn with(mut self, name: &str, value: &str) -> Typed {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As a form would send a ballot that was cast.
    pub fn of(choice: &Choice) -> Typed {
        let pair = |name: String, value: String| (name, value);
        Typed(match choice {
            Choice::Motion(vote) => vec![pair("choice".into(), vote.as_str().into())],
            Choice::Ranked(order) => {
                (1_u32..).zip(order).map(|(rank, n)| pair(format!("r{n}"), rank.to_string())).collect()
            }
            Choice::Dots(dots) => dots.iter().map(|(n, dots)| pair(format!("d{n}"), dots.to_string())).collect(),
            Choice::Survey(salted) => {
                let all = salted.answers.iter();
                all.flat_map(|(n, list)| list.iter().map(|a| (field(*n).to_owned(), a.clone()))).collect()
            }
            Choice::Withdrawn => Vec::new(),
        })
    }

    /// The pairs of the ballot itself, for hidden fields of the next step.
    pub fn boxes<'a>(&'a self, poll: &Poll) -> Vec<(&'a str, &'a str)> {
        let known = names(poll);
        let is_box = |name: &str| known.iter().any(|known| known == name);
        self.0.iter().filter(|(name, _)| is_box(name)).map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Answers of a survey.
    pub fn answers(&self, questions: &[Question]) -> Answers {
        let given = |number: u32| -> Vec<String> {
            let all = self.all(field(number)).into_iter().map(str::trim).filter(|answer| !answer.is_empty());
            all.map(str::to_owned).collect()
        };
        let list = numbered(questions).map(|(number, _)| (number, given(number)));
        list.filter(|(_, answer)| !answer.is_empty()).collect()
    }

    /// What was chosen.
    ///
    /// # Errors
    /// Refusals `invalid-input` of the field `choice`, `wrong-ballot`.
    pub fn choice(&self, poll: &Poll) -> Result<Choice, Refusal> {
        let wrong = |code| Refusal::invalid(vec![FieldError::new("choice", code)]);
        Ok(match poll.kind {
            PollKind::Motion => {
                let vote = self.one("choice");
                Choice::Motion(
                    vote.parse().map_err(|()| wrong(if vote.is_empty() { "required" } else { "unknown-choice" }))?,
                )
            }
            PollKind::Ranked => {
                let mut ranks: Vec<(u32, u32)> = Vec::new();
                for number in numbers(poll) {
                    match self.one(&format!("r{number}")).trim() {
                        "" => {}
                        rank => ranks.push((rank.parse().map_err(|_| wrong("unknown-choice"))?, number)),
                    }
                }
                ranks.sort_unstable();
                if ranks.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                    return Err(wrong("same-rank"));
                }
                Choice::Ranked(ranks.into_iter().map(|(_, number)| number).collect())
            }
            PollKind::Dots => {
                let mut dots = Vec::new();
                for number in numbers(poll) {
                    match self.one(&format!("d{number}")).trim() {
                        "" => {}
                        n => dots.push((number, n.parse().map_err(|_| wrong("not-a-number"))?)),
                    }
                }
                Choice::Dots(dots)
            }
            PollKind::Survey => {
                let answers = self.answers(&poll.definition.questions);
                Choice::Survey(Salted::of(answers))
            }
        })
    }
}

/// Numbers of the options.
fn numbers(poll: &Poll) -> impl Iterator<Item = u32> {
    1..=u32::try_from(poll.definition.options.len()).unwrap_or(0)
}

/// Names of the boxes of a ballot.
fn names(poll: &Poll) -> Vec<String> {
    match poll.kind {
        PollKind::Motion => vec!["choice".to_owned()],
        PollKind::Ranked => numbers(poll).map(|n| format!("r{n}")).collect(),
        PollKind::Dots => numbers(poll).map(|n| format!("d{n}")).collect(),
        PollKind::Survey => numbered(&poll.definition.questions).map(|(n, _)| field(n).to_owned()).collect(),
    }
}

/// The boxes of a ballot; of a survey those of one page.
pub(crate) fn boxes(w: Words, poll: &Poll, typed: &Typed, (section, refusal): (u32, Option<&Refusal>)) -> Markup {
    let errors = errors(w, refusal);
    match poll.kind {
        PollKind::Motion => motion(w, typed, &errors),
        PollKind::Ranked => ranked(w, poll, typed, &errors),
        PollKind::Dots => dots(w, poll, typed, &errors),
        PollKind::Survey => page(w, poll, typed, (section, &errors)),
    }
}

fn motion(w: Words, typed: &Typed, errors: &Errors<'_>) -> Markup {
    let list: Vec<Box<'_>> = Vote::ALL
        .iter()
        .map(|vote| Box { value: vote.as_str(), label: w.t(&key_of("poll-vote", vote.as_str())), more: "" })
        .collect();
    let field = Field {
        name: "choice",
        label: w.t("poll-your-vote"),
        error: errors.of("choice"),
        required: true,
        ..Field::default()
    };
    checks(w, &CheckList { field, choices: &list, chosen: &[typed.one("choice")], one: true })
}

fn wrong(errors: &Errors<'_>) -> Markup {
    html! { @if let Some(error) = errors.of("choice") { p.error id="f-choice" role="alert" { (error) } } }
}

fn ranked(w: Words, poll: &Poll, typed: &Typed, errors: &Errors<'_>) -> Markup {
    let ranks: Vec<String> = numbers(poll).map(|n| n.to_string()).collect();
    let labels: Vec<String> = numbers(poll).map(|n| w.n("poll-rank-n", n)).collect();
    let choices: Vec<Box<'_>> =
        ranks.iter().zip(&labels).map(|(value, label)| Box { value, label, more: "" }).collect();
    html! {
        p { (w.t("poll-ranked-hint")) }
        (wrong(errors))
        @for (number, option) in numbers(poll).zip(&poll.definition.options) {
            @let name = format!("r{number}");
            (select(w, &Field { name: &name, label: &option.title, hint: &option.about, value: typed.one(&name), ..Field::default() }, &choices))
        }
    }
}

fn dots(w: Words, poll: &Poll, typed: &Typed, errors: &Errors<'_>) -> Markup {
    let rule = poll.definition.dots;
    let args = [("dots", rule.map_or(0, |r| r.dots).into()), ("cap", rule.map_or(0, |r| r.cap).into())];
    html! {
        p { (w.t_with("poll-dots-hint", &args)) }
        (wrong(errors))
        @for (number, option) in numbers(poll).zip(&poll.definition.options) {
            @let name = format!("d{number}");
            (text(w, &Field { name: &name, label: &option.title, hint: &option.about, value: typed.one(&name), ..Field::default() }, Input::Number, Some(3)))
        }
    }
}

/// One page of a survey: the questions of a section that are asked after the answers so far.
fn page(w: Words, poll: &Poll, typed: &Typed, (section, errors): (u32, &Errors<'_>)) -> Markup {
    let questions = &poll.definition.questions;
    let asked = shown(questions, &typed.answers(questions));
    let here: Vec<(u32, &Question)> =
        numbered(questions).filter(|(n, q)| q.section == section && asked.contains(n)).collect();
    html! {
        @if let Some((_, first)) = here.first().filter(|(_, q)| !q.heading.is_empty()) { h2 { (first.heading) } }
        @for (number, question) in here { (one(w, number, question, (typed, errors))) }
    }
}

/// What a question offers, in words.
pub(super) fn labels(w: Words, ask: &Ask) -> Vec<String> {
    match ask {
        Ask::Scale => (1..=5).map(|n| w.t(&format!("poll-scale-{n}")).to_owned()).collect(),
        ask => ask.offered(),
    }
}

fn one(w: Words, number: u32, question: &Question, (typed, errors): (&Typed, &Errors<'_>)) -> Markup {
    let name = field(number);
    let values: Vec<String> = (1..=question.ask.offered().len()).map(|n| n.to_string()).collect();
    let labels = labels(w, &question.ask);
    let hint = match &question.ask {
        Ask::Several { most, .. } if usize::try_from(*most).is_ok_and(|most| most < labels.len()) => {
            w.n("poll-several-hint", *most)
        }
        Ask::Number { from, to } => w.t_with("poll-number-hint", &[("from", (*from).into()), ("to", (*to).into())]),
        Ask::Text => w.t("poll-text-hint").to_owned(),
        _ => String::new(),
    };
    let chosen = typed.all(name);
    let field = Field {
        name,
        label: &question.text,
        hint: &hint,
        value: chosen.first().copied().unwrap_or(""),
        error: errors.of(name),
        required: question.required,
    };
    match &question.ask {
        Ask::Number { .. } => text(w, &field, Input::Number, Some(11)),
        Ask::Text => text(w, &field, Input::Line, Some(300)),
        ask => {
            let list: Vec<Box<'_>> =
                values.iter().zip(&labels).map(|(value, label)| Box { value, label, more: "" }).collect();
            let one = !matches!(ask, Ask::Several { .. });
            checks(w, &CheckList { field, choices: &list, chosen: &chosen, one })
        }
    }
}

/// What a ballot says, in words.
pub(crate) fn said(w: Words, poll: &Poll, choice: &Choice) -> Markup {
    let title = |number: u32| {
        let at = crate::choice::index(number);
        poll.definition.options.get(at).map_or_else(|| number.to_string(), |option| option.title.clone())
    };
    match choice {
        Choice::Withdrawn if poll.state == State::Open => html! { p { (w.t("poll-ballot-withdrawn")) } },
        Choice::Withdrawn => html! { p { (w.t("poll-ballot-withdrawn-over")) } },
        Choice::Motion(vote) => html! { p { strong { (w.t(&key_of("poll-vote", vote.as_str()))) } } },
        Choice::Ranked(order) => html! { ol { @for number in order { li { (title(*number)) } } } },
        Choice::Dots(dots) => html! {
            ul.plain {
                @for (number, n) in dots {
                    li { (w.t_with("poll-dots-line", &[("option", title(*number).as_str().into()), ("n", (*n).into())])) }
                }
            }
        },
        Choice::Survey(salted) => answers(w, &poll.definition.questions, &salted.answers),
    }
}

fn answers(w: Words, questions: &[Question], answers: &Answers) -> Markup {
    let list: Vec<(&str, Markup)> = numbered(questions)
        .filter_map(|(number, question)| {
            let given = answers.get(&number)?;
            Some((question.text.as_str(), html! { (told(w, question, given)) }))
        })
        .collect();
    html! { @if list.is_empty() { p { (w.t("poll-no-answers")) } } @else { (pairs(&list)) } }
}

/// Answers to one question in words.
pub(crate) fn told(w: Words, question: &Question, given: &[String]) -> String {
    let offered = question.ask.offered();
    let word = |answer: &String| match &question.ask {
        Ask::Number { .. } | Ask::Text => answer.clone(),
        Ask::Scale => w.t(&format!("poll-scale-{answer}")).to_owned(),
        _ => {
            let at = answer.parse().map_or(usize::MAX, crate::choice::index);
            offered.get(at).cloned().unwrap_or_default()
        }
    };
    given.iter().map(word).collect::<Vec<_>>().join(" · ")
}

/// A ballot that is none of this poll.
pub(crate) fn gone() -> Refusal {
    Refusal::new(Kind::NotFound, "no-such-ballot")
}
