//! What came out of a poll, in pictures and words.

use tally::{
    motion::{DotsOutcome, Votes},
    ranked::{Irv, Schulze, Stv},
};
use ui::{
    Markup, Words, format, html,
    parts::{
        Bar, Column, Figure, Head, Table, Tone, Verdict, bars, day, figures, fold, head, proof, section, table, verdict,
    },
    words::{Arg, key_of},
};

use super::ballot::labels;
use crate::{
    Poll, Vote,
    commands::publish::explained,
    count::{Outcome, Received},
    queries::Published,
    survey::{ENOUGH, GroupTotal, Question, Totals, numbered},
};

/// The published result with its verdict.
pub(super) fn shown(w: Words, poll: &Poll, (published, page): (&Published, Option<&str>)) -> Markup {
    let Published { outcome, inputs, received, day: on } = published;
    let reason = reason(w, poll, (*received, outcome));
    let (word, tone) = match outcome.passed() {
        Some(true) => ("poll-passed", Tone::Ok),
        Some(false) => ("poll-not-passed", Tone::Plain),
        None => ("poll-counted", Tone::Ok),
    };
    let digest = inputs.to_string();
    let rule = w.t(&key_of("poll-template", &poll.template));
    html! {
        (section(w.t("poll-result-title"), &html! {
            p.small.soft { (day(w, on)) }
            @if let Some(page) = page {
                (verdict(w, &Verdict {
                    outcome: w.t(word), tone, because: &reason, rule: (rule, "#rule"), inputs: &[], digest: &digest,
                    compute: page,
                }))
            } @else {
                p { strong { (w.t(word)) } " " (reason) }
                (proof(w, w.t("verdict-digest"), &digest))
            }
            (what_came(w, poll, *received))
            (details(w, poll, outcome))
        }))
    }
}

/// The roll, and what became of the ballots: those that were counted, taken back and invalid add up to those received.
/// Each figure leads to the ballots.
fn what_came(w: Words, poll: &Poll, received: Received) -> Markup {
    let list = format!("/polls/{}/ballots", poll.id);
    let mut all = vec![("poll-voters", poll.voters), ("poll-ballots", received.all())];
    if received.all() != received.counted() {
        all.extend([
            ("poll-ballots-withdrawn", received.withdrawn),
            ("poll-ballots-invalid", received.invalid),
            ("poll-ballots-counted", received.counted()),
        ]);
    }
    if poll.is_weighted() {
        all.push(("poll-weight", poll.weight));
    }
    let values: Vec<String> = all.iter().map(|(_, n)| format::count(*n)).collect();
    let of_ballots = |key: &str| key.starts_with("poll-ballots").then_some(list.as_str());
    let told: Vec<Figure<'_>> = (all.iter().zip(&values))
        .map(|((key, _), value)| Figure { label: w.t(key), value, href: of_ballots(key), ..Figure::default() })
        .collect();
    html! {
        (figures(&told))
        @if poll.is_weighted() { p.small.soft { (w.t("poll-weight-note")) } }
    }
}

/// The count of an open poll while it runs.
pub(super) fn so_far(w: Words, poll: &Poll, (received, outcome): (Received, &Outcome)) -> Markup {
    html! {
        (section(w.t("poll-so-far"), &html! {
            p { (w.n("poll-so-far-n", i64::try_from(received.counted()).unwrap_or(i64::MAX))) }
            (details(w, poll, outcome))
        }))
    }
}

/// Why, in the words of the register.
fn reason(w: Words, poll: &Poll, (received, outcome): (Received, &Outcome)) -> String {
    let told = explained(poll, received, outcome);
    let ints = told.ints.iter().map(|(name, n)| (name.as_str(), Arg::Int(*n)));
    let texts = told.texts.iter().map(|(name, text)| (name.as_str(), Arg::Text(text)));
    w.t_with(&key_of("verdict-explained", &told.key), &ints.chain(texts).collect::<Vec<_>>())
}

fn details(w: Words, poll: &Poll, outcome: &Outcome) -> Markup {
    match outcome {
        Outcome::Motion { votes, .. } => motion(w, poll, votes),
        Outcome::Schulze(schulze) => pairwise(w, poll, schulze),
        Outcome::Irv(irv) => rounds(w, poll, irv),
        Outcome::Stv(stv) => stages(w, poll, stv),
        Outcome::Dots(dots) => dotted(w, poll, dots),
        Outcome::Survey(totals) => totalled(w, poll, totals),
    }
}

fn title(poll: &Poll, option: usize) -> &str {
    poll.definition.options.get(option).map_or("", |option| option.title.as_str())
}

fn motion(w: Words, poll: &Poll, votes: &Votes) -> Markup {
    let rows = [(Vote::Agree, votes.agree), (Vote::Disagree, votes.disagree), (Vote::Abstain, votes.abstain)];
    let told = |n: u64| if poll.is_weighted() { weight(w, n) } else { format::count(n) };
    let counts: Vec<String> = rows.iter().map(|(_, n)| told(*n)).collect();
    let whole = rows.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let list: Vec<Bar<'_>> = (rows.iter().zip(&counts))
        .map(|((vote, n), measure)| Bar {
            name: w.t(&key_of("poll-vote", vote.as_str())),
            href: None,
            measure,
            part: *n,
            whole,
            won: true,
            why: html! {},
        })
        .collect();
    bars(w, &list)
}

/// A weight in words, so that nobody takes shares for people.
pub(super) fn weight(w: Words, n: u64) -> String {
    w.n("poll-weight-n", i64::try_from(n).unwrap_or(i64::MAX))
}

fn pairwise(w: Words, poll: &Poll, schulze: &Schulze) -> Markup {
    let n = poll.definition.options.len();
    let numbers: Vec<String> = (1..=n).map(|n| n.to_string()).collect();
    let columns: Vec<Column<'_>> = std::iter::once(Column::text(w.t("poll-option")))
        .chain(numbers.iter().map(|number| Column::number(number)))
        .collect();
    let row = |a: usize| -> Vec<Markup> {
        let name = html! { (a + 1) ". " (title(poll, a)) };
        let cells = (0..n).map(|b| match schulze.prefer.get(a).and_then(|row| row.get(b)) {
            _ if a == b => html! { "–" },
            Some(votes) if schulze.prefer.get(b).and_then(|row| row.get(a)).is_some_and(|back| votes > back) => {
                html! { strong { (votes) } }
            }
            Some(votes) => html! { (votes) },
            None => html! { "–" },
        });
        std::iter::once(name).chain(cells).collect()
    };
    let rows: Vec<Vec<Markup>> = (0..n).map(row).collect();
    html! {
        ol {
            @for placed in &schulze.order {
                li { (title(poll, placed.option)) @if !placed.by_lot.is_empty() { " · " (w.t("poll-by-lot")) } }
            }
        }
        p.small { (w.t(if poll.is_weighted() { "poll-pairwise-weight" } else { "poll-pairwise-note" })) }
        (fold(w.t("poll-pairwise"), &table(w, &Table { id: "pairwise", caption: w.t("poll-pairwise"), columns: &columns, rows: &rows })))
    }
}

fn rounds(w: Words, poll: &Poll, irv: &Irv) -> Markup {
    let labels: Vec<String> =
        (1..=irv.rounds.len()).map(|n| w.n("poll-round-n", i64::try_from(n).unwrap_or(0))).collect();
    let columns: Vec<Column<'_>> = std::iter::once(Column::text(w.t("poll-option")))
        .chain(labels.iter().map(|label| Column::number(label)))
        .collect();
    let rows: Vec<Vec<Markup>> = (0..poll.definition.options.len())
        .map(|option| {
            let cells = irv.rounds.iter().map(|round| match round.votes.get(option).copied().flatten() {
                Some(votes) if round.eliminated == Some(option) => html! { s { (votes) } },
                Some(votes) => html! { (votes) },
                None => html! { "–" },
            });
            std::iter::once(html! { (title(poll, option)) }).chain(cells).collect()
        })
        .collect();
    html! {
        p.small { (w.t("poll-rounds-note")) @if poll.is_weighted() { " " (w.t("poll-rounds-weight")) } }
        (table(w, &Table { id: "rounds", caption: w.t("poll-rounds"), columns: &columns, rows: &rows }))
    }
}

fn stages(w: Words, poll: &Poll, stv: &Stv) -> Markup {
    let labels: Vec<String> =
        (1..=stv.stages.len()).map(|n| w.n("poll-round-n", i64::try_from(n).unwrap_or(0))).collect();
    let columns: Vec<Column<'_>> = std::iter::once(Column::text(w.t("poll-option")))
        .chain(labels.iter().map(|label| Column::number(label)))
        .collect();
    let rows: Vec<Vec<Markup>> = (0..poll.definition.options.len())
        .map(|option| {
            let cells = stv.stages.iter().map(|stage| {
                let votes = stage.votes.get(option).map(ToString::to_string).unwrap_or_default();
                if stage.elected.contains(&option) {
                    html! { strong { (votes) } }
                } else {
                    html! { (votes) }
                }
            });
            std::iter::once(html! { (title(poll, option)) }).chain(cells).collect()
        })
        .collect();
    html! {
        ol { @for option in &stv.elected { li { (title(poll, *option)) } } }
        @let quota = if poll.is_weighted() { "poll-quota-weight" } else { "poll-quota" };
        p.small { (w.n(quota, i64::try_from(stv.quota).unwrap_or(i64::MAX))) }
        (table(w, &Table { id: "stages", caption: w.t("poll-rounds"), columns: &columns, rows: &rows }))
    }
}

fn dotted(w: Words, poll: &Poll, dots: &DotsOutcome) -> Markup {
    let lines = &dots.selection.lines;
    let whole = lines.iter().map(|line| line.votes).max().unwrap_or(0);
    let long = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let measures: Vec<String> = lines
        .iter()
        .map(|line| {
            w.t_with("poll-dots-measure", &[("n", long(line.votes).into()), ("voters", long(line.voters).into())])
        })
        .collect();
    let list: Vec<Bar<'_>> = (lines.iter().zip(&measures))
        .map(|(line, measure)| Bar {
            name: title(poll, line.option),
            href: None,
            measure,
            part: line.votes,
            whole,
            won: dots.selection.chosen.contains(&line.option),
            why: html! { @if line.by_lot { (w.t("poll-by-lot")) } },
        })
        .collect();
    bars(w, &list)
}

fn totalled(w: Words, poll: &Poll, totals: &Totals) -> Markup {
    let questions = &poll.definition.questions;
    let least = totals.least.max(ENOUGH);
    let groups = questions.iter().find(|question| question.groups);
    html! {
        p.small.soft { (w.t_with("poll-survey-note", &[("least", i64::try_from(least).unwrap_or(i64::MAX).into())])) }
        @for ((number, question), total) in numbered(questions).zip(&totals.questions) {
            (head_of(number, &question.text))
            @match total.answers {
                None => p.soft { (w.t("poll-too-few-answers")) },
                Some(n) => {
                    p.small.soft { (w.n("poll-answers-n", i64::try_from(n).unwrap_or(i64::MAX))) }
                    (offered(w, &labels(w, &question.ask), (&total.offered, n)))
                    @if let Some(tenths) = total.mean_tenths {
                        p { (w.t_with("poll-mean", &[("mean", decimal(tenths).as_str().into())])) }
                    }
                    @if let Some(by) = groups.filter(|_| !total.groups.is_empty()) {
                        (by_group(w, number, (question, by), &total.groups))
                    }
                }
            }
        }
    }
}

/// What the groups answered to a question: a row each, those that may be shown.
fn by_group(w: Words, number: u32, (question, by): (&Question, &Question), groups: &[GroupTotal]) -> Markup {
    let (names, offers) = (labels(w, &by.ask), labels(w, &question.ask));
    let title = w.t_with("poll-by-group", &[("question", (&by.text).into())]);
    let is_measured = groups.iter().any(|group| group.mean_tenths.is_some());
    let columns: Vec<Column<'_>> = [Column::text(w.t("poll-group")), Column::number(w.t("poll-answered"))]
        .into_iter()
        .chain(offers.iter().map(|offer| Column::number(offer)))
        .chain(is_measured.then(|| Column::number(w.t("poll-mean-short"))))
        .collect();
    let row = |group: &GroupTotal| -> Vec<Markup> {
        let name = group.group.checked_sub(1).and_then(|at| names.get(at)).map_or("", String::as_str);
        [html! { (name) }, html! { (format::count(group.answers)) }]
            .into_iter()
            .chain(group.offered.iter().map(|n| html! { (format::count(*n)) }))
            .chain(is_measured.then(|| html! { (group.mean_tenths.map_or_else(String::new, decimal)) }))
            .collect()
    };
    let rows: Vec<Vec<Markup>> = groups.iter().map(row).collect();
    fold(
        &title,
        &html! {
            (table(w, &Table { id: &format!("groups-{number}"), caption: &title, columns: &columns, rows: &rows }))
            p.small.soft { (w.t("poll-by-group-note")) }
        },
    )
}

fn head_of(number: u32, text: &str) -> Markup {
    html! { h3 { (number) ". " (text) } }
}

fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

fn offered(w: Words, names: &[String], (counts, whole): (&[Option<u64>], u64)) -> Markup {
    let measures: Vec<String> =
        counts.iter().map(|n| n.map_or_else(|| w.t("poll-too-few-cell").to_owned(), format::count)).collect();
    let list: Vec<Bar<'_>> = (names.iter().zip(counts).zip(&measures))
        .map(|((name, count), measure)| Bar {
            name,
            href: None,
            measure,
            part: count.unwrap_or(0),
            whole,
            won: true,
            why: html! {},
        })
        .collect();
    html! { @if !list.is_empty() { (bars(w, &list)) } }
}

/// The top of an office's page.
pub(super) fn top(one: &super::One, w: Words, (title, lead): (&str, &str)) -> Markup {
    html! {
        (one.way(w, title))
        (head(&Head { kicker: &[super::state(w, &one.poll)], title, lead, ..Head::default() }))
    }
}
